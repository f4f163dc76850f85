/* Runs an object of coco-compile (--name=network, one input, one output): PROGRAM INPUT OUTPUT TIMES. Files are raw. */
#include <coco/object.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int32_t network_run(const void *input, void *output, void *scratch, const struct coco_threads *threads);
extern const struct coco_object_info network_info;

int main(int argc, char **argv) {
  if (argc != 4 || network_info.input_count != 1 || network_info.output_count != 1) return 2;
  size_t input_size = network_info.inputs[0].size, output_size = network_info.outputs[0].size;
  size_t alignment = network_info.scratch_alignment < 64 ? 64 : network_info.scratch_alignment;
  void *input = malloc(input_size), *output = malloc(output_size);
  void *scratch =
      aligned_alloc(alignment, (network_info.scratch_size + alignment - 1) / alignment * alignment + alignment);
  FILE *file = fopen(argv[1], "rb");
  if (!input || !output || !scratch || !file || fread(input, 1, input_size, file) != input_size) return 1;
  fclose(file);
  for (int i = atoi(argv[3]); i > 0; --i)
    if (network_run(input, output, scratch, NULL) != COCO_OBJECT_OK) return 1;
  file = fopen(argv[2], "wb");
  return !file || fwrite(output, 1, output_size, file) != output_size || fclose(file) != 0;
}
