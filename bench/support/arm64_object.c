/* Runs an object of coco-compile (--name=network, one input, one output or two): PROGRAM INPUT OUTPUT TIMES. Files are
 * raw; OUTPUT gets the first output. */
#include <coco/object.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int32_t network_run(void);
typedef int32_t one(const void *, void *, void *scratch, const struct coco_threads *);
typedef int32_t two(const void *, void *, void *, void *scratch, const struct coco_threads *);
extern const struct coco_object_info network_info;

int main(int argc, char **argv) {
  if (argc != 4 || network_info.input_count != 1 || network_info.output_count > 2) return 2;
  size_t input_size = network_info.inputs[0].size, output_size = network_info.outputs[0].size;
  size_t alignment = network_info.scratch_alignment < 64 ? 64 : network_info.scratch_alignment;
  void *input = malloc(input_size), *output = malloc(output_size);
  void *scratch =
      aligned_alloc(alignment, (network_info.scratch_size + alignment - 1) / alignment * alignment + alignment);
  void *other = network_info.output_count == 2 ? malloc(network_info.outputs[1].size) : NULL;
  FILE *file = fopen(argv[1], "rb");
  if (!input || !output || !scratch || !file || fread(input, 1, input_size, file) != input_size) return 1;
  fclose(file);
  for (int i = atoi(argv[3]); i > 0; --i) {
    void (*run)(void) = (void (*)(void))network_run;
    if ((other ? ((two *)run)(input, output, other, scratch, NULL) : ((one *)run)(input, output, scratch, NULL)) !=
        COCO_OBJECT_OK)
      return 1;
  }
  file = fopen(argv[2], "wb");
  return !file || fwrite(output, 1, output_size, file) != output_size || fclose(file) != 0;
}
