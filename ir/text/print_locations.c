/* Locations for people: without quotes and keywords. They cannot be read back. Depth: as deep as locations are nested,
 * which the parser limits. */
#include "ir/text/printer_internal.h"

static void write_pretty(coco_buffer *buffer, const coco_attribute *location);

static void write_call_site(coco_buffer *buffer, const coco_attribute *location) {
  write_pretty(buffer, location->child);
  bool short_enough = location->child->kind == COCO_LOCATION_NAME && location->caller->kind == COCO_LOCATION_FILE;
  coco_buffer_text(buffer, short_enough ? " at " : "\n at ");
  write_pretty(buffer, location->caller);
}

static void write_fused(coco_buffer *buffer, const coco_attribute *location) {
  if (location->child) {
    coco_buffer_byte(buffer, '<');
    coco_print_attribute(buffer, location->child);
    coco_buffer_byte(buffer, '>');
  }
  coco_buffer_byte(buffer, '[');
  for (size_t i = 0; i < location->count; i++) {
    if (i) coco_buffer_append(buffer, ", ", 2);
    write_pretty(buffer, location->elements[i]);
  }
  coco_buffer_byte(buffer, ']');
}

static void write_pretty(coco_buffer *buffer, const coco_attribute *location) {
  switch (location->kind) {
    case COCO_LOCATION_FILE:
      coco_buffer_string(buffer, location->text);
      coco_buffer_byte(buffer, ':');
      coco_buffer_integer(buffer, location->line);
      coco_buffer_byte(buffer, ':');
      coco_buffer_integer(buffer, location->column);
      return;
    case COCO_LOCATION_NAME:
      coco_print_string_literal(buffer, location->text);
      if (!location->child) return;
      coco_buffer_byte(buffer, '(');
      write_pretty(buffer, location->child);
      coco_buffer_byte(buffer, ')');
      return;
    case COCO_LOCATION_CALL_SITE:
      write_call_site(buffer, location);
      return;
    case COCO_LOCATION_FUSED:
      write_fused(buffer, location);
      return;
    default:
      coco_buffer_text(buffer, "[unknown]");
      return;
  }
}

void coco_write_pretty_location(coco_buffer *buffer, const coco_context *context, const coco_location *location) {
  coco_attribute storage;
  write_pretty(buffer, coco_location_read(context, location, &storage));
}
