/* Gathering and scattering of slices; see indexed.h. Cost: linear in the elements that are moved. */
#include "dialects/shared/indexed.h"

coco_indexed coco_indexed_make(const coco_type *input, size_t axis, const coco_type *indices, const void *data) {
  coco_indexed indexed = {.element = input->element,
                          .index = indices->element,
                          .outer = 1,
                          .extent = input->shape[axis],
                          .inner = 1,
                          .count = coco_type_element_count(indices),
                          .indices = data};
  for (size_t i = 0; i < axis; ++i) indexed.outer *= input->shape[i];
  for (size_t i = axis + 1; i < input->rank; ++i) indexed.inner *= input->shape[i];
  return indexed;
}

static int64_t read_index(const coco_indexed *indexed, int64_t i) {
  return coco_element_read_integer(indexed->index,
                                   (const char *)indexed->indices + (size_t)i * coco_type_element_size(indexed->index));
}

static int64_t place(const coco_indexed *indexed, int64_t i) {
  const int64_t index = read_index(indexed, i) % indexed->extent;
  return index < 0 ? index + indexed->extent : index;
}

bool coco_indexed_check(const coco_indexed *indexed, int64_t *out) {
  for (int64_t i = 0; i < indexed->count; ++i) {
    *out = read_index(indexed, i);
    if (*out < -indexed->extent || *out >= indexed->extent) return false;
  }
  return true;
}

void coco_gather_slices(const coco_indexed *indexed, const void *input, void *output) {
  const size_t size = (size_t)indexed->inner * coco_type_element_size(indexed->element);
  const char *from = input;
  char *to = output;
  if (size == 0) return;
  for (int64_t o = 0; o < indexed->outer; ++o, from += size * (size_t)indexed->extent)
    for (int64_t i = 0; i < indexed->count; ++i, to += size) memcpy(to, from + (size_t)place(indexed, i) * size, size);
}

void coco_scatter_slices(const coco_indexed *indexed, const coco_reduction *kind, const void *updates, void *output) {
  const size_t size = (size_t)indexed->inner * coco_type_element_size(indexed->element);
  const char *from = updates;
  char *to = output;
  for (int64_t o = 0; o < indexed->outer; ++o, to += size * (size_t)indexed->extent)
    for (int64_t i = 0; i < indexed->count; ++i, from += size)
      coco_combine(kind, indexed->element, indexed->inner, from, to + (size_t)place(indexed, i) * size);
}

bool coco_scatter_reduction(coco_string name, coco_reduction *out) {
  if (coco_string_is(name, "none")) return false;
  *out = coco_string_is(name, "add")   ? COCO_REDUCE_SUM
         : coco_string_is(name, "mul") ? COCO_REDUCE_PRODUCT
         : coco_string_is(name, "max") ? COCO_REDUCE_MAX
                                       : COCO_REDUCE_MIN;
  return true;
}
