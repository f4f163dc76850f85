/* The blobs that a module names. Cost: one look at each attribute. */
#include "ir/text/blobs.h"

#include <stdlib.h>

#include "ir/definition.h"

static void collect(coco_blobs *blobs, const coco_attribute *attribute, int depth);

static void collect_resource(coco_blobs *blobs, const coco_attribute *attribute) {
  const coco_resource *resource = attribute->resource;
  if (!resource->data || coco_pointer_map_contains(&blobs->seen, resource)) return;
  coco_safetensor_part part = {resource->name, attribute->type, resource->data, resource->size};
  blobs->status = coco_pointer_map_set(&blobs->seen, resource, blobs);
  if (blobs->status == COCO_OK) blobs->status = coco_vector_push(blobs->allocator, &blobs->parts, part);
}

static void collect(coco_blobs *blobs, const coco_attribute *attribute, int depth) {
  if (!attribute || blobs->status != COCO_OK || depth > 1000) return;
  size_t count = attribute->count;
  switch (attribute->kind) {
    case COCO_ATTRIBUTE_DENSE_RESOURCE: collect_resource(blobs, attribute); return;
    case COCO_ATTRIBUTE_DICTIONARY:
      for (size_t i = 0; i < count; i++) collect(blobs, attribute->entries[i].value, depth + 1);
      return;
    case COCO_ATTRIBUTE_DISTINCT: collect(blobs, attribute->child, depth + 1); return;
    case COCO_ATTRIBUTE_DIALECT: count = attribute->definition->parameter_count; /* fall through */
    case COCO_ATTRIBUTE_ARRAY:
      for (size_t i = 0; i < count; i++) collect(blobs, attribute->elements[i], depth + 1);
      return;
    default: return;
  }
}

static coco_walk_result visit(coco_operation *operation, void *user) {
  coco_blobs *blobs = user;
  size_t properties = operation->definition->is_registered ? operation->definition->attribute_count : 1;
  for (size_t i = 0; i < properties; i++) collect(blobs, operation->properties[i], 0);
  collect(blobs, operation->attributes, 0);
  return blobs->status == COCO_OK ? COCO_WALK_ON : COCO_WALK_STOP;
}

static size_t element_size(const coco_safetensor_part *part) {
  return part->type && part->type->element ? coco_type_element_size(part->type->element) : 1;
}

static int compare_parts(const void *one, const void *other) {
  const coco_safetensor_part *a = one, *b = other;
  size_t size = element_size(a), other_size = element_size(b);
  return size != other_size ? (size < other_size) - (size > other_size) : coco_string_compare(a->name, b->name);
}

coco_status coco_blobs_collect(coco_operation *module, coco_blobs *out) {
  const coco_allocator *allocator = coco_context_allocator(module->context);
  *out = (coco_blobs){.allocator = allocator, .seen = {.allocator = allocator}};
  coco_operation_walk(module, COCO_PRE_ORDER, visit, out);
  if (out->parts.count) qsort(out->parts.items, out->parts.count, sizeof *out->parts.items, compare_parts);
  return out->status;
}

void coco_blobs_free(coco_blobs *blobs) {
  coco_vector_free(blobs->allocator, &blobs->parts);
  coco_pointer_map_free(&blobs->seen);
}

coco_status coco_blobs_header(const coco_blobs *blobs, coco_buffer *buffer, uint64_t *out_size) {
  coco_safetensors_header(buffer, blobs->parts.items, blobs->parts.count);
  *out_size = buffer->size;
  for (size_t i = 0; i < blobs->parts.count; i++) *out_size += blobs->parts.items[i].size;
  return buffer->status;
}

coco_status coco_blobs_hash(coco_operation *module, char out[COCO_SIDECAR_HASH_SIZE]) {
  enum { LENGTH = 8 }; /* bytes of the header's length, which precedes it */
  coco_blobs blobs;
  coco_buffer header = COCO_BUFFER(coco_context_allocator(module->context));
  uint64_t size;
  coco_status status = coco_blobs_collect(module, &blobs);
  if (status == COCO_OK) status = coco_blobs_header(&blobs, &header, &size);
  if (status == COCO_OK) coco_sidecar_hash((coco_string){header.data + LENGTH, header.size - LENGTH}, size, out);
  coco_blobs_free(&blobs);
  coco_buffer_free(&header);
  return status;
}
