/* Borrowed views of bytes: pointer and size, no terminating NUL promised. */
#ifndef COCO_IR_BASE_TEXT_H
#define COCO_IR_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "ir/base/status.h"

typedef struct coco_string {
  const char *data;
  size_t size;
} coco_string;

/* A view of a string literal, usable in constant initialisers. */
#define COCO_STRING(literal) ((coco_string){(literal), sizeof(literal) - 1})

/* For printf: printf("%.*s", COCO_PRINT(view)). */
#define COCO_PRINT(view) (int)(view).size, (view).data

static inline coco_string coco_string_from(const char *terminated) {
  return (coco_string){terminated, terminated ? strlen(terminated) : 0};
}

static inline bool coco_string_equal(coco_string a, coco_string b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool coco_string_is(coco_string a, const char *terminated) {
  return coco_string_equal(a, coco_string_from(terminated));
}

static inline bool coco_string_starts_with(coco_string a, coco_string prefix) {
  return a.size >= prefix.size && (prefix.size == 0 || memcmp(a.data, prefix.data, prefix.size) == 0);
}

/* Byte order; a proper prefix comes first. Negative, zero or positive. */
int coco_string_compare(coco_string a, coco_string b);

/* Edit distance of A and B, at most LIMIT + 1; for "did you mean". */
size_t coco_string_distance(coco_string a, coco_string b, size_t limit);

/* The value of a hexadecimal digit; 99 for other characters. */
static inline uint32_t coco_digit_value(char c) {
  if (c >= '0' && c <= '9') return (uint32_t)(c - '0');
  if (c >= 'a' && c <= 'f') return (uint32_t)(c - 'a' + 10);
  return c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10) : 99;
}

/* Parses the whole of TEXT; false when it is malformed or out of range. Base 10, or 16 after 0x. */
bool coco_string_to_int64(coco_string text, int64_t *out);
/* Locale independent. */
bool coco_string_to_double(coco_string text, double *out);

#endif
