/* Writing the {-# … #-} section and the weights file beside a text. */
#include "ir/base/file.h"
#include "ir/text/blobs.h"
#include "ir/text/printer_internal.h"
#include "ir/text/sidecar.h"

enum { INLINE_UP_TO = 4096 };

typedef struct section {
  coco_printer *printer;
  coco_string path, name; /* of the weights' file: as it was, and as it is written */
  char hash[COCO_SIDECAR_HASH_SIZE];
} section;

/* ---- Where the blobs are ---- */

/* Without a sidecar in the options: the file that the blobs were read from. */
static void find_origin(section *s) {
  for (size_t i = 0; i < s->printer->resources.count; i++) {
    coco_string hash;
    if (!coco_sidecar_origin(s->printer->resources.items[i], &s->path, &hash)) continue;
    memcpy(s->hash, hash.data, hash.size);
    s->name = s->printer->options.origin.size ? s->printer->options.origin : s->path;
    return;
  }
}

static bool is_inline(const section *s, const coco_resource *resource) {
  size_t limit = s->printer->options.inline_resources_up_to ? s->printer->options.inline_resources_up_to : INLINE_UP_TO;
  coco_string path, hash;
  if (!s->path.size || resource->size <= limit) return true;
  if (s->printer->options.sidecar.size) return false;
  if (!coco_sidecar_origin(resource, &path, &hash)) return true;
  return !coco_string_equal(path, s->path) || memcmp(hash.data, s->hash, hash.size) != 0;
}

/* ---- The section ---- */

static void write_blob(coco_buffer *buffer, const coco_resource *resource, bool first) {
  uint32_t alignment = resource->alignment ? (uint32_t)resource->alignment : 1;
  uint8_t prefix[4] = {(uint8_t)alignment, (uint8_t)(alignment >> 8), (uint8_t)(alignment >> 16), (uint8_t)(alignment >> 24)};
  coco_buffer_text(buffer, first ? "\n      " : ",\n      ");
  coco_write_key(buffer, resource->name);
  coco_buffer_text(buffer, ": \"0x");
  coco_buffer_hex(buffer, prefix, sizeof prefix);
  coco_buffer_hex(buffer, resource->data, resource->size);
  coco_buffer_byte(buffer, '"');
}

static bool write_inline(const section *s) {
  coco_buffer *buffer = s->printer->buffer;
  bool first = true;
  for (size_t i = 0; i < s->printer->resources.count; i++) {
    const coco_resource *resource = s->printer->resources.items[i];
    if (!resource->data || !is_inline(s, resource)) continue;
    if (first) coco_buffer_text(buffer, "\n{-#\n  dialect_resources: {\n    builtin: {");
    write_blob(buffer, resource, first);
    first = false;
  }
  if (!first) coco_buffer_text(buffer, "\n    }\n  }");
  return !first;
}

static bool any_outside(const section *s) {
  for (size_t i = 0; i < s->printer->resources.count; i++) {
    const coco_resource *resource = s->printer->resources.items[i];
    if (resource->data && !is_inline(s, resource)) return true;
  }
  return false;
}

static void write_external(const section *s, bool some) {
  const coco_print_options *options = &s->printer->options;
  coco_buffer *buffer = s->printer->buffer;
  coco_buffer_text(buffer, some ? ",\n" : "\n{-#\n");
  coco_buffer_text(buffer, "  external_resources: {\n    ");
  if (any_outside(s)) {
    coco_buffer_text(buffer, "coco: {\n      weights: ");
    coco_print_string_literal(buffer, s->name);
    coco_buffer_text(buffer, ",\n      hash: ");
    coco_print_string_literal(buffer, coco_string_from(s->hash));
    coco_buffer_text(buffer, options->external.size ? "\n    },\n    " : "\n    }");
  }
  coco_buffer_string(buffer, options->external);
  coco_buffer_text(buffer, "\n  }");
}

void coco_write_resources(coco_printer *printer, const coco_operation *operation) {
  coco_buffer *buffer = printer->buffer;
  section s = {.printer = printer};
  if (!printer->resources.count && !printer->options.external.size) return;
  if (printer->resources.count && printer->options.sidecar.size) {
    s.path = s.name = printer->options.sidecar;
    coco_status status = coco_blobs_hash((coco_operation *)(uintptr_t)operation, s.hash); /* reads only */
    if (status != COCO_OK) buffer->status = status;
  } else {
    find_origin(&s);
  }
  bool some = write_inline(&s);
  if (printer->options.external.size || any_outside(&s)) {
    write_external(&s, some);
    some = true;
  }
  if (some) coco_buffer_text(buffer, "\n#-}\n");
}

/* ---- The weights file ---- */

static coco_status write_parts(const coco_blobs *blobs, const coco_buffer *header, const char *path) {
  coco_string *parts = coco_allocate_zeroed(blobs->allocator, blobs->parts.count + 1, sizeof *parts);
  if (!parts) return COCO_OUT_OF_MEMORY;
  parts[0] = coco_buffer_view(header);
  for (size_t i = 0; i < blobs->parts.count; i++) {
    parts[i + 1] = (coco_string){(const char *)blobs->parts.items[i].data, blobs->parts.items[i].size};
  }
  coco_status status = coco_file_write(path, parts, blobs->parts.count + 1, NULL);
  coco_free(blobs->allocator, parts, (blobs->parts.count + 1) * sizeof *parts);
  return status;
}

coco_status coco_write_sidecar(const coco_operation *module, const char *path) {
  coco_blobs blobs;
  coco_buffer header = COCO_BUFFER(coco_context_allocator(module->context));
  uint64_t size;
  /* The walk reads only. */
  coco_status status = coco_blobs_collect((coco_operation *)(uintptr_t)module, &blobs);
  if (status == COCO_OK) status = coco_blobs_header(&blobs, &header, &size);
  if (status == COCO_OK) status = write_parts(&blobs, &header, path);
  coco_blobs_free(&blobs);
  coco_buffer_free(&header);
  return status;
}
