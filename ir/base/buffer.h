/* A growing byte buffer for text and binary output.
 *
 * The status is sticky: after a failed allocation every append does nothing, so a writer appends
 * freely and checks `status` once at the end. */
#ifndef COCO_IR_BASE_BUFFER_H
#define COCO_IR_BASE_BUFFER_H

#include "ir/base/memory.h"

typedef struct coco_buffer {
  const coco_allocator *allocator;
  char *data;
  size_t size, capacity;
  coco_status status;
} coco_buffer;

#define COCO_BUFFER(allocator_pointer) ((coco_buffer){.allocator = (allocator_pointer)})

void coco_buffer_append(coco_buffer *buffer, const void *data, size_t size);
void coco_buffer_string(coco_buffer *buffer, coco_string text);
void coco_buffer_text(coco_buffer *buffer, const char *terminated);
void coco_buffer_byte(coco_buffer *buffer, char byte);
void coco_buffer_indent(coco_buffer *buffer, size_t spaces);
void coco_buffer_integer(coco_buffer *buffer, int64_t value);
void coco_buffer_unsigned(coco_buffer *buffer, uint64_t value);
void coco_buffer_hex(coco_buffer *buffer, const void *data, size_t size); /* two upper-case digits a byte */
void coco_buffer_format(coco_buffer *buffer, const char *format, ...) COCO_PRINTF_LIKE(2, 3);
coco_string coco_buffer_view(const coco_buffer *buffer); /* valid until the next append */
void coco_buffer_clear(coco_buffer *buffer);             /* keeps the memory, clears the status */
void coco_buffer_free(coco_buffer *buffer);

#endif
