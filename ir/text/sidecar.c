/* Loading the weights file beside a text. The file is mapped once; resources borrow from it, and the
 * last one that goes away closes it. Cost: the file's header, whatever the size of the data. */
#include "ir/text/sidecar.h"

#include <errno.h>
#include <stdio.h>

#include "ir/base/file.h"
#include "ir/text/parser_internal.h"
#include "ir/text/safetensors.h"

typedef struct sidecar {
  coco_file file;
  size_t users;
  coco_string path; /* as the text has it; interned */
  char hash[COCO_SIDECAR_HASH_SIZE];
} sidecar;

void coco_sidecar_hash(coco_string header, uint64_t file_size, char out[COCO_SIDECAR_HASH_SIZE]) {
  uint64_t hash = coco_hash_combine(coco_hash_bytes(header.data, header.size, header.size), file_size);
  snprintf(out, COCO_SIDECAR_HASH_SIZE, "%016llx", (unsigned long long)hash);
}

static void release_sidecar(void *owner, const uint8_t *data, size_t size) {
  sidecar *held = owner;
  (void)data, (void)size;
  if (--held->users) return;
  coco_file_close(&held->file);
  coco_free(held->file.allocator, held, sizeof *held);
}

bool coco_sidecar_origin(const coco_resource *resource, coco_string *out_path, coco_string *out_hash) {
  if (resource->release != release_sidecar) return false;
  const sidecar *held = resource->owner;
  *out_path = held->path;
  *out_hash = (coco_string){held->hash, COCO_SIDECAR_HASH_SIZE - 1};
  return true;
}

static coco_status place_error(coco_parser *parser, const char *what) {
  return coco_parser_error_at(parser, parser->sidecar_at.line, parser->sidecar_at.column, "weights file '%.*s': %s",
                              COCO_PRINT(parser->sidecar), what);
}

static coco_status open_file(coco_parser *parser, coco_file *out) {
  int error = 0;
  coco_status status = coco_file_open_beside(parser->allocator, parser->file, parser->sidecar, out, &error);
  if (status == COCO_INVALID_ARGUMENT)
    return place_error(parser, "the path must lead to a file in the text's folder or below");
  if (status == COCO_IO_ERROR) return place_error(parser, error == ELOOP ? "links are not followed" : strerror(error));
  return status;
}

static size_t alignment_of(const uint8_t *data) {
  size_t alignment = 1;
  while (alignment < 64 && !((uintptr_t)data & alignment)) alignment *= 2;
  return alignment;
}

/* Hands the bytes of TENSORS to the declared resources of their names. */
static coco_status fill(coco_parser *parser, sidecar *held, const coco_safetensors *tensors) {
  for (size_t i = 0; i < tensors->count; i++) {
    const coco_safetensor *tensor = &tensors->tensors[i];
    coco_resource *resource = coco_string_map_get(&parser->resources, tensor->name);
    if (!resource || resource->data) continue;
    resource->data = tensor->data;
    resource->size = tensor->size;
    resource->alignment = alignment_of(tensor->data);
    resource->mapped = held->file.mapped;
    resource->release = release_sidecar;
    resource->owner = held;
    held->users++;
  }
  for (size_t i = 0; i < parser->resource_uses.count; i++) {
    const coco_resource_use *use = &parser->resource_uses.items[i];
    if (use->resource->data || coco_string_equal(use->resource->name, COCO_STRING("__elided__"))) continue;
    return coco_parser_error_at(parser, use->line, use->column,
                                "no resource '%.*s' in the text or in weights file '%.*s'",
                                COCO_PRINT(use->resource->name), COCO_PRINT(parser->sidecar));
  }
  return COCO_OK;
}

static coco_status load(coco_parser *parser, sidecar *held) {
  coco_safetensors tensors;
  const char *error;
  COCO_TRY(open_file(parser, &held->file));
  coco_status status = coco_safetensors_read(&parser->arena, held->file.data, held->file.size, &tensors, &error);
  if (status == COCO_INVALID_ARGUMENT) return place_error(parser, error);
  COCO_TRY(status);
  coco_sidecar_hash(tensors.header, held->file.size, held->hash);
  if (parser->sidecar_hash.data && !coco_string_is(parser->sidecar_hash, held->hash)) {
    return place_error(parser, "its hash is not the one that the text was written with");
  }
  return fill(parser, held, &tensors);
}

coco_status coco_sidecar_load(coco_parser *parser) {
  sidecar *held = coco_allocate_zeroed(parser->allocator, 1, sizeof *held);
  COCO_TRY(coco_made(held));
  held->file.allocator = parser->allocator;
  held->users = 1;
  held->path = coco_context_intern(parser->context, parser->sidecar);
  coco_status status = coco_made(held->path.data);
  if (status == COCO_OK) status = load(parser, held);
  release_sidecar(held, NULL, 0);
  return status;
}
