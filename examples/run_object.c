/* Runs one object that coco-compile made, on inputs of ones. The object is the only thing it needs:
 *
 *   coco-compile model.onnx -o network.o
 *   cc -Iinclude -I. examples/run_object.c network.o -lm -o run && ./run
 */
#include <stdio.h>
#include <stdlib.h>

#include "network.h" /* written beside network.o; expects one f32 input and one f32 output */

int main(void) {
  const struct coco_object_info *info = &network_info;
  float *input = malloc(NETWORK_INPUT_0_ELEMENTS * sizeof *input);
  float *output = malloc(NETWORK_OUTPUT_0_ELEMENTS * sizeof *output);
  size_t alignment = info->scratch_alignment;
  void *scratch = aligned_alloc(alignment, (info->scratch_size + alignment) / alignment * alignment);
  int32_t status = 1;
  if (input && output && scratch) {
    for (size_t i = 0; i < NETWORK_INPUT_0_ELEMENTS; ++i) input[i] = 1.0f;
    status = network_run(input, output, scratch, NULL); /* NULL: on this thread */
  }
  if (status == COCO_OBJECT_OK) {
    printf("%s for %s, made by %s\n", info->name, info->triple, info->compiler);
    printf("input  \"%s\", %llu bytes\n", info->inputs[0].name, (unsigned long long)info->inputs[0].size);
    printf("output \"%s\", %llu bytes:", info->outputs[0].name, (unsigned long long)info->outputs[0].size);
    for (size_t i = 0; i < NETWORK_OUTPUT_0_ELEMENTS && i < 10; ++i) printf(" %g", output[i]);
    printf("\n");
  } else {
    fprintf(stderr, "the network did not run: status %d\n", (int)status);
  }
  free(scratch);
  free(output);
  free(input);
  return status == COCO_OBJECT_OK ? 0 : 1;
}
