/* Named blobs. */
#include "ir/resource.h"

#include "ir/base/buffer.h"
#include "ir/base/file.h"
#include "ir/context_internal.h"

coco_resource *coco_resource_find(const coco_context *context, coco_string name) {
  coco_context_enter(context);
  coco_resource *found = coco_string_map_get(&context->resources, name);
  coco_context_leave(context);
  return found;
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

/* A resource without bytes under a name like NAME. NULL: no memory. */
static coco_resource *add_resource(coco_context *context, coco_string name) {
  coco_string kept = free_name(context, name);
  coco_resource *resource = coco_arena_allocate_zeroed(&context->arena, 1, sizeof *resource);
  if (!kept.data || !resource || coco_string_map_set(&context->resources, kept, resource) != COCO_OK) return NULL;
  resource->name = kept;
  if (context->last_resource) context->last_resource->next = resource;
  else context->first_resource = resource;
  context->last_resource = resource;
  return resource;
}

coco_status coco_resource_create(coco_context *context, coco_string name, const uint8_t *data, size_t size,
                                 size_t alignment, void (*release)(void *owner, const uint8_t *data, size_t size),
                                 void *owner, coco_resource **out) {
  coco_context_enter(context);
  coco_resource *resource = *out = add_resource(context, name);
  coco_context_leave(context);
  if (!resource) return COCO_OUT_OF_MEMORY;
  resource->data = data;
  resource->size = size;
  resource->alignment = alignment;
  resource->release = release;
  resource->owner = owner;
  return COCO_OK;
}

enum { RESOURCE_ALIGNMENT = 64 };

static void release_own(void *owner, const uint8_t *data, size_t size) {
  coco_context *context = owner;
  coco_free_aligned(&context->allocator, (void *)(uintptr_t)data, size, RESOURCE_ALIGNMENT);
}

uint8_t *coco_resource_allocate_block(coco_context *context, size_t size) {
  return coco_allocate_aligned(&context->allocator, size, RESOURCE_ALIGNMENT);
}

void coco_resource_free_block(coco_context *context, uint8_t *block, size_t size) { release_own(context, block, size); }

coco_status coco_resource_take_block(coco_context *context, coco_string name, uint8_t *block, size_t size,
                                     coco_resource **out) {
  coco_status status = coco_resource_create(context, name, block, size, RESOURCE_ALIGNMENT, release_own, context, out);
  if (status != COCO_OK) release_own(context, block, size);
  return status;
}

coco_status coco_resource_allocate(coco_context *context, coco_string name, size_t size, uint8_t **out_data,
                                   coco_resource **out) {
  uint8_t *data = coco_resource_allocate_block(context, size);
  if (!data) return COCO_OUT_OF_MEMORY;
  *out_data = data;
  return coco_resource_take_block(context, name, data, size, out);
}

/* ---- What was made of others ---- */

struct coco_resource_derived {
  coco_string recipe;
  coco_resource *made;
  struct coco_resource_derived *next;
};

coco_resource *coco_resource_made_of(const coco_resource *origin, coco_string recipe) {
  for (const struct coco_resource_derived *at = __atomic_load_n(&origin->derived, __ATOMIC_ACQUIRE); at; at = at->next)
    if (coco_string_equal(at->recipe, recipe)) return at->made;
  return NULL;
}

coco_status coco_resource_remember_made(coco_context *context, coco_resource *origin, coco_string recipe, coco_resource *made) {
  coco_context_enter(context);
  struct coco_resource_derived *link = coco_arena_allocate_zeroed(&context->arena, 1, sizeof *link);
  coco_string kept = coco_context_intern(context, recipe);
  const bool is_complete = link && kept.data;
  if (is_complete) {
    *link = (struct coco_resource_derived){kept, made, origin->derived};
    __atomic_store_n(&origin->derived, link, __ATOMIC_RELEASE); /* read without the lock */
  }
  coco_context_leave(context);
  return is_complete ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* ---- Bytes of files ---- */

struct coco_resource_file {
  coco_file file;
  const coco_allocator *allocator;
  size_t users;
};

coco_status coco_resource_file_create(const coco_allocator *allocator, coco_file *file, coco_resource_file **out) {
  coco_resource_file *held = coco_allocate_zeroed(allocator, 1, sizeof *held);
  *out = held;
  if (!held) return COCO_OUT_OF_MEMORY;
  *held = (coco_resource_file){*file, allocator, 1};
  *file = (coco_file){0};
  return COCO_OK;
}

void coco_resource_file_drop(coco_resource_file *file) {
  if (!file || --file->users) return;
  coco_file_close(&file->file);
  coco_free(file->allocator, file, sizeof *file);
}

static void release_borrowed(void *owner, const uint8_t *data, size_t size) {
  (void)data, (void)size;
  coco_resource_file_drop(owner);
}

coco_status coco_resource_borrow(coco_context *context, coco_string name, coco_resource_file *file, const uint8_t *data,
                                 size_t size, coco_resource **out) {
  COCO_TRY(coco_resource_create(context, name, data, size, RESOURCE_ALIGNMENT, release_borrowed, file, out));
  (*out)->mapped = file->file.mapped;
  ++file->users;
  return COCO_OK;
}

void coco_resource_let_go(const coco_resource *resource) {
  if (resource->mapped) coco_file_let_go(resource->data, resource->size);
}
