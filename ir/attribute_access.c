/* Reading attributes: dictionaries, elements, names in locations. */
#include "ir/context_internal.h"

const coco_attribute *coco_dictionary_get(const coco_attribute *dictionary, coco_string name) {
  if (!coco_attribute_is(dictionary, COCO_ATTRIBUTE_DICTIONARY)) return NULL;
  size_t low = 0, high = dictionary->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = coco_string_compare(dictionary->entries[middle].name, name);
    if (order == 0) return dictionary->entries[middle].value;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return NULL;
}

const coco_attribute *coco_dictionary_with(coco_context *context, const coco_attribute *dictionary, coco_string name,
                                           const coco_attribute *value) {
  size_t count = dictionary ? dictionary->count : 0;
  coco_named_attribute *entries = coco_allocate(&context->allocator, (count + 1) * sizeof *entries);
  if (!entries) return NULL;
  size_t kept = 0;
  for (size_t i = 0; i < count; ++i) {
    if (!coco_string_equal(dictionary->entries[i].name, name)) entries[kept++] = dictionary->entries[i];
  }
  if (value) entries[kept++] = (coco_named_attribute){name, value};
  const coco_attribute *made = coco_attribute_dictionary(context, entries, kept);
  coco_free(&context->allocator, entries, (count + 1) * sizeof *entries);
  return made;
}

bool coco_attribute_is_elements(const coco_attribute *attribute) {
  return coco_attribute_is(attribute, COCO_ATTRIBUTE_DENSE) ||
         coco_attribute_is(attribute, COCO_ATTRIBUTE_DENSE_RESOURCE) ||
         coco_attribute_is(attribute, COCO_ATTRIBUTE_DENSE_STRINGS);
}

const void *coco_elements_data(const coco_attribute *elements, bool *out_splat) {
  *out_splat = false;
  if (coco_attribute_is(elements, COCO_ATTRIBUTE_DENSE)) {
    *out_splat = elements->splat;
    return elements->data;
  }
  if (!coco_attribute_is(elements, COCO_ATTRIBUTE_DENSE_RESOURCE)) return NULL;
  int64_t needed = coco_type_byte_count(elements->type);
  const coco_resource *resource = elements->resource;
  return resource->data && needed >= 0 && (uint64_t)needed <= resource->size ? resource->data : NULL;
}

const void *coco_elements_at(const coco_attribute *elements, int64_t index) {
  bool splat;
  const char *data = coco_elements_data(elements, &splat);
  if (!data || index < 0 || index >= coco_type_element_count(elements->type)) return NULL;
  return splat ? data : data + (size_t)index * coco_type_element_size(elements->type);
}
