/* Made-up inputs: the same for a seed on every machine. */
#include "tools/common/tensor_file.h"

static uint64_t next_random(uint64_t *state) {
  uint64_t z = (*state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

void coco_tensor_randomize(coco_tensor *tensor, uint64_t seed) {
  const coco_type *element = tensor->type->element;
  const size_t size = coco_type_element_size(element);
  const bool is_bool = coco_type_is_integer(element, 1), is_float = coco_type_is_float(element);
  for (size_t at = 0; size && at + size <= tensor->size; at += size) {
    const uint64_t bits = next_random(&seed);
    if (is_float)
      coco_element_write_real(element, tensor->data + at, (double)(bits >> 11) * 0x1p-52 - 1.0);
    else
      coco_element_write_integer(element, tensor->data + at, (int64_t)(bits % (is_bool ? 2 : 10)));
  }
}
