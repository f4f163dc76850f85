/* The growing byte buffer. */
#include "ir/base/buffer.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

bool coco_buffer_grow(coco_buffer *buffer, size_t extra) {
  if (buffer->status != COCO_OK) return false;
  if (buffer->capacity - buffer->size >= extra) return true;
  if (extra > SIZE_MAX - buffer->size) {
    buffer->status = COCO_OUT_OF_MEMORY;
    return false;
  }
  size_t needed = buffer->size + extra < 256 ? 256 : buffer->size + extra;
  buffer->status = coco_vector_grow(buffer->allocator, &buffer->data, &buffer->capacity, 1, needed);
  return buffer->status == COCO_OK;
}

void coco_buffer_indent(coco_buffer *buffer, size_t spaces) {
  if (!coco_buffer_reserve(buffer, spaces)) return;
  memset(buffer->data + buffer->size, ' ', spaces);
  buffer->size += spaces;
}

static const char pairs_of_digits[] =
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748"
    "49505152535455565758596061626364656667686970717273747576777879808182838485868788899091929394959697"
    "9899";

void coco_buffer_unsigned(coco_buffer *buffer, uint64_t value) {
  enum { MOST_DIGITS = 20 };
  if (!coco_buffer_reserve(buffer, MOST_DIGITS)) return;
  size_t digits = 1;
  for (uint64_t bound = 10; digits < MOST_DIGITS && value >= bound; bound *= 10) ++digits;
  char *next = buffer->data + buffer->size + digits;
  buffer->size += digits;
  for (; value >= 100; value /= 100) memcpy(next -= 2, &pairs_of_digits[value % 100 * 2], 2);
  if (value >= 10) memcpy(next - 2, &pairs_of_digits[value * 2], 2);
  else next[-1] = (char)('0' + value);
}

void coco_buffer_integer(coco_buffer *buffer, int64_t value) {
  if (value < 0) coco_buffer_byte(buffer, '-');
  coco_buffer_unsigned(buffer, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void coco_buffer_hex(coco_buffer *buffer, const void *data, size_t size) {
  static const char digits[] = "0123456789ABCDEF";
  if (size > SIZE_MAX / 2) buffer->status = COCO_OUT_OF_MEMORY;
  if (buffer->status != COCO_OK || !coco_buffer_reserve(buffer, size * 2)) return;
  const uint8_t *bytes = data;
  for (size_t i = 0; i < size; ++i) {
    buffer->data[buffer->size++] = digits[bytes[i] >> 4];
    buffer->data[buffer->size++] = digits[bytes[i] & 15];
  }
}

void coco_buffer_format(coco_buffer *buffer, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int size = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (size >= 0 && coco_buffer_reserve(buffer, (size_t)size + 1)) {
    vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
    buffer->size += (size_t)size;
  }
  va_end(again);
}

coco_string coco_buffer_view(const coco_buffer *buffer) { return (coco_string){buffer->data, buffer->size}; }

void coco_buffer_clear(coco_buffer *buffer) {
  buffer->size = 0;
  buffer->status = COCO_OK;
}

void coco_buffer_free(coco_buffer *buffer) {
  coco_free(buffer->allocator, buffer->data, buffer->capacity);
  buffer->data = NULL;
  buffer->size = buffer->capacity = 0;
}
