/* See weights.h. Cost: one hash of every byte, and one comparison of bytes that are there already. */
#include "lowering/llvm/weights.h"

#include <string.h>

#include "dialects/memref/memref.h"
#include "ir/base/file.h"

static uint64_t aligned(uint64_t offset) {
  return (offset + COCO_WEIGHTS_ALIGNMENT - 1) / COCO_WEIGHTS_ALIGNMENT * COCO_WEIGHTS_ALIGNMENT;
}

coco_status coco_weights_create(coco_context *context, coco_weights *out) {
  const coco_allocator *allocator = coco_context_allocator(context);
  *out = (coco_weights){.allocator = allocator};
  out->arena.allocator = out->offsets.allocator = out->by_hash.allocator = allocator;
  return COCO_OK;
}

/* The bytes of an elements attribute; a splat is expanded once. */
static coco_status bytes_of(coco_weights *weights, const coco_operation *global, const coco_attribute *value,
                            coco_string *out) {
  bool splat = false;
  const char *data = coco_elements_data(value, &splat);
  int64_t size = coco_type_byte_count(value->type);
  if (!data || size < 0) return coco_operation_error(global, "has a value whose bytes are not at hand");
  *out = (coco_string){data, (size_t)size};
  if (!splat) return COCO_OK;
  size_t element = coco_type_element_size(value->type->element);
  char *copy = coco_arena_allocate(&weights->arena, (size_t)size ? (size_t)size : 1);
  if (!copy) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i + element <= (size_t)size; i += element) memcpy(copy + i, data, element);
  out->data = copy;
  return COCO_OK;
}

/* Entries of one hash follow each other through `by_hash` at seeds 0, 1, 2, …: collisions get the next seed. */
static coco_status place(coco_weights *weights, coco_string bytes, size_t *out_index) {
  for (uint64_t seed = 0;; ++seed) {
    uint64_t hash = coco_hash_bytes(bytes.data, bytes.size, seed);
    void *found = coco_string_map_get(&weights->by_hash, (coco_string){(const char *)&hash, sizeof hash});
    if (found) {
      *out_index = (size_t)(uintptr_t)found - 1;
      if (coco_string_equal(weights->entries.items[*out_index].bytes, bytes)) return COCO_OK;
      continue;
    }
    *out_index = weights->entries.count;
    uint64_t *key = coco_arena_copy_bytes(&weights->arena, &hash, sizeof hash);
    if (!key) return COCO_OUT_OF_MEMORY;
    uint64_t offset = aligned(weights->size);
    COCO_TRY(coco_vector_push(weights->allocator, &weights->entries, ((coco_weights_entry){hash, offset, bytes})));
    weights->size = aligned(offset + bytes.size);
    return coco_string_map_set(&weights->by_hash, (coco_string){(const char *)key, sizeof *key},
                               (void *)(uintptr_t)(*out_index + 1));
  }
}

coco_status coco_weights_add(coco_weights *weights, coco_operation *module) {
  coco_block *body = coco_operation_body(module, 0);
  for (coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next) {
    if (!coco_operation_is(operation, &coco_memref_global)) continue;
    const coco_attribute *value = COCO_PROPERTY(operation, memref_global, initial_value);
    if (!value || !coco_attribute_is_elements(value)) continue;
    coco_string bytes = {0};
    size_t index = 0;
    COCO_TRY(bytes_of(weights, operation, value, &bytes));
    COCO_TRY(place(weights, bytes, &index));
    COCO_TRY(coco_pointer_map_set(&weights->offsets, operation, (void *)(uintptr_t)(index + 1)));
  }
  return COCO_OK;
}

bool coco_weights_offset(const coco_weights *weights, const coco_operation *global, uint64_t *out) {
  size_t found = (size_t)(uintptr_t)coco_pointer_map_get(&weights->offsets, global);
  if (found) *out = weights->entries.items[found - 1].offset;
  return found != 0;
}

static const char padding[COCO_WEIGHTS_ALIGNMENT];

coco_status coco_weights_write_after(const coco_weights *weights, coco_string prefix, const char *path,
                                     int *out_error) {
  size_t count = weights->entries.count;
  coco_string *parts = coco_allocate_zeroed(weights->allocator, 2 * count + 1, sizeof *parts);
  if (!parts) return COCO_OUT_OF_MEMORY;
  parts[0] = prefix;
  for (size_t i = 0; i < count; ++i) {
    const coco_weights_entry *entry = &weights->entries.items[i];
    parts[2 * i + 1] = entry->bytes;
    parts[2 * i + 2] = (coco_string){
        padding, (size_t)(aligned(entry->offset + entry->bytes.size) - entry->offset - entry->bytes.size)};
  }
  coco_status status = coco_file_write(path, parts, 2 * count + 1, out_error);
  coco_free(weights->allocator, parts, (2 * count + 1) * sizeof *parts);
  return status;
}

void coco_weights_copy(const coco_weights *weights, uint8_t *memory) {
  memset(memory, 0, weights->size);
  for (size_t i = 0; i < weights->entries.count; ++i)
    if (weights->entries.items[i].bytes.size)
      memcpy(memory + weights->entries.items[i].offset, weights->entries.items[i].bytes.data,
             weights->entries.items[i].bytes.size);
}

void coco_weights_destroy(coco_weights *weights) {
  if (!weights->allocator) return;
  coco_vector_free(weights->allocator, &weights->entries);
  coco_pointer_map_free(&weights->offsets);
  coco_string_map_free(&weights->by_hash);
  coco_arena_destroy(&weights->arena);
}
