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

/* Makes room for EXTRA more bytes; false: it failed now or before. */
bool coco_buffer_grow(coco_buffer *buffer, size_t extra);
static inline bool coco_buffer_reserve(coco_buffer *buffer, size_t extra) {
  return (buffer->capacity - buffer->size >= extra && buffer->status == COCO_OK) || coco_buffer_grow(buffer, extra);
}
static inline void coco_buffer_append(coco_buffer *buffer, const void *data, size_t size) {
  if (size == 0 || !coco_buffer_reserve(buffer, size)) return;
  memcpy(buffer->data + buffer->size, data, size);
  buffer->size += size;
}
static inline void coco_buffer_string(coco_buffer *buffer, coco_string text) {
  coco_buffer_append(buffer, text.data, text.size);
}
static inline void coco_buffer_text(coco_buffer *buffer, const char *terminated) {
  coco_buffer_append(buffer, terminated, strlen(terminated));
}
static inline void coco_buffer_byte(coco_buffer *buffer, char byte) {
  if (coco_buffer_reserve(buffer, 1)) buffer->data[buffer->size++] = byte;
}
void coco_buffer_indent(coco_buffer *buffer, size_t spaces);
void coco_buffer_integer(coco_buffer *buffer, int64_t value);
void coco_buffer_unsigned(coco_buffer *buffer, uint64_t value);
void coco_buffer_hex(coco_buffer *buffer, const void *data, size_t size); /* two upper-case digits a byte */
void coco_buffer_format(coco_buffer *buffer, const char *format, ...) COCO_PRINTF_LIKE(2, 3);
coco_string coco_buffer_view(const coco_buffer *buffer); /* valid until the next append */
void coco_buffer_clear(coco_buffer *buffer);             /* keeps the memory, clears the status */
void coco_buffer_free(coco_buffer *buffer);

#endif
