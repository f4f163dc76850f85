/* Writing the {-# … #-} section and the weights file beside a text. */
#include "ir/text/printer_internal.h"
#include "ir/text/sidecar.h"

enum { INLINE_UP_TO = 4096 };

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

void coco_write_resources(coco_printer *printer) {
  coco_buffer *buffer = printer->buffer;
  bool first = true;
  for (size_t i = 0; i < printer->resources.count; i++) {
    const coco_resource *resource = printer->resources.items[i];
    if (!resource->data) continue;
    if (first) coco_buffer_text(buffer, "\n{-#\n  dialect_resources: {\n    builtin: {");
    write_blob(buffer, resource, first);
    first = false;
  }
  if (!first) coco_buffer_text(buffer, "\n    }\n  }\n#-}\n");
}

coco_status coco_write_sidecar(const coco_operation *module, const char *path) {
  (void)module;
  (void)path;
  return COCO_UNSUPPORTED;
}
