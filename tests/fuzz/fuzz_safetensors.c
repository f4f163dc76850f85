/* safetensors files: every tensor that is accepted lies inside the file, apart from the others, and its bytes can be read. */
#include "ir/text/safetensors.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  coco_arena arena = {.allocator = &coco_heap};
  coco_safetensors tensors;
  const char *error;
  volatile uint8_t sum = 0;
  if (coco_safetensors_read(&arena, data, size, &tensors, &error) == COCO_OK) {
    for (size_t i = 0; i < tensors.count; i++) {
      const coco_safetensor *tensor = &tensors.tensors[i];
      if (tensor->data < data || tensor->size > size || tensor->data > data + (size - tensor->size)) __builtin_trap();
      if (i && tensor->data < tensors.tensors[i - 1].data + tensors.tensors[i - 1].size) __builtin_trap();
      for (size_t j = 0; j < tensor->size; j++) sum = (uint8_t)(sum + tensor->data[j]);
    }
  } else if (!error) {
    __builtin_trap();
  }
  coco_arena_destroy(&arena);
  return 0;
}
