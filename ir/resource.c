/* Named blobs. */
#include "ir/resource.h"

#include "ir/base/buffer.h"
#include "ir/context_internal.h"

coco_resource *coco_resource_find(const coco_context *context, coco_string name) {
  return coco_string_map_get(&context->resources, name);
}

coco_resource *coco_resource_first(const coco_context *context) { return context->first_resource; }

/* NAME as MLIR text can have it without quotes: letters, digits, '_', '.' and '$', a letter or '_' first. */
static coco_string bare_name(coco_context *context, coco_string name) {
  coco_buffer bare = COCO_BUFFER(&context->allocator);
  if (!name.size || (name.data[0] >= '0' && name.data[0] <= '9')) coco_buffer_text(&bare, name.size ? "_" : "blob");
  for (size_t i = 0; i < name.size; ++i) {
    const char c = name.data[i];
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    coco_buffer_byte(&bare, is_word || (i && (c == '.' || c == '$')) ? c : '_');
  }
  coco_string kept =
      bare.status == COCO_OK ? coco_context_intern(context, coco_buffer_view(&bare)) : (coco_string){NULL, 0};
  coco_buffer_free(&bare);
  return kept;
}

/* NAME made bare, or NAME_1, NAME_2, … whichever is free. */
static coco_string free_name(coco_context *context, coco_string name) {
  coco_string kept = bare_name(context, name);
  if (!kept.data || !coco_resource_find(context, kept)) return kept;
  coco_buffer candidate = COCO_BUFFER(&context->allocator);
  coco_string base = kept;
  for (uint64_t number = 1;; ++number) {
    coco_buffer_clear(&candidate);
    coco_buffer_string(&candidate, base);
    coco_buffer_byte(&candidate, '_');
    coco_buffer_unsigned(&candidate, number);
    if (candidate.status != COCO_OK) {
      kept.data = NULL;
      break;
    }
    if (coco_resource_find(context, coco_buffer_view(&candidate))) continue;
    kept = coco_context_intern(context, coco_buffer_view(&candidate));
    break;
  }
  coco_buffer_free(&candidate);
  return kept;
}

coco_status coco_resource_create(coco_context *context, coco_string name, const uint8_t *data, size_t size,
                                 size_t alignment, void (*release)(void *owner, const uint8_t *data, size_t size),
                                 void *owner, coco_resource **out) {
  *out = NULL;
  coco_string kept = free_name(context, name);
  coco_resource *resource = coco_arena_allocate_zeroed(&context->arena, 1, sizeof *resource);
  if (!kept.data || !resource) return COCO_OUT_OF_MEMORY;
  *resource = (coco_resource){.name = kept, .data = data, .size = size, .alignment = alignment};
  COCO_TRY(coco_string_map_set(&context->resources, kept, resource));
  resource->release = release;
  resource->owner = owner;
  if (context->last_resource) context->last_resource->next = resource;
  else context->first_resource = resource;
  context->last_resource = resource;
  *out = resource;
  return COCO_OK;
}

enum { RESOURCE_ALIGNMENT = 64 };

static void release_own(void *owner, const uint8_t *data, size_t size) {
  coco_context *context = owner;
  coco_free_aligned(&context->allocator, (void *)(uintptr_t)data, size, RESOURCE_ALIGNMENT);
}

coco_status coco_resource_allocate(coco_context *context, coco_string name, size_t size, uint8_t **out_data,
                                   coco_resource **out) {
  uint8_t *data = coco_allocate_aligned(&context->allocator, size, RESOURCE_ALIGNMENT);
  if (!data) return COCO_OUT_OF_MEMORY;
  coco_status status = coco_resource_create(context, name, data, size, RESOURCE_ALIGNMENT, release_own, context, out);
  if (status != COCO_OK) {
    coco_free_aligned(&context->allocator, data, size, RESOURCE_ALIGNMENT);
    return status;
  }
  *out_data = data;
  return COCO_OK;
}
