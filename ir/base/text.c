/* String views: comparing, distance, numbers. Nothing here allocates. */
#include "ir/base/text.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

int coco_string_compare(coco_string a, coco_string b) {
  size_t common = a.size < b.size ? a.size : b.size;
  int order = common ? memcmp(a.data, b.data, common) : 0;
  if (order != 0) return order;
  return a.size < b.size ? -1 : a.size > b.size;
}

/* Levenshtein distance over one row; names longer than the row count as far apart. */
size_t coco_string_distance(coco_string a, coco_string b, size_t limit) {
  enum { LONGEST = 128 };
  size_t row[LONGEST + 1];
  size_t difference = a.size > b.size ? a.size - b.size : b.size - a.size;
  if (b.size > LONGEST || difference > limit) return limit + 1;
  for (size_t j = 0; j <= b.size; ++j) row[j] = j;
  for (size_t i = 1; i <= a.size; ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size; ++j) {
      size_t replaced = diagonal + (a.data[i - 1] != b.data[j - 1]);
      diagonal = row[j];
      size_t best = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
      row[j] = replaced < best ? replaced : best;
    }
  }
  return row[b.size] <= limit ? row[b.size] : limit + 1;
}

bool coco_string_to_int64(coco_string text, int64_t *out) {
  size_t at = 0;
  bool negative = false;
  if (at < text.size && (text.data[at] == '-' || text.data[at] == '+')) negative = text.data[at++] == '-';
  uint64_t base = 10;
  if (at + 2 < text.size && text.data[at] == '0' && (text.data[at + 1] == 'x' || text.data[at + 1] == 'X')) {
    base = 16;
    at += 2;
  }
  if (at == text.size) return false;
  uint64_t limit = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
  uint64_t value = 0;
  for (; at < text.size; ++at) {
    uint64_t digit = coco_digit_value(text.data[at]);
    if (digit >= base || value > (limit - digit) / base) return false;
    value = value * base + digit;
  }
  *out = negative ? (int64_t)(0 - value) : (int64_t)value;
  return true;
}

bool coco_string_to_double(coco_string text, double *out) {
  enum { LONGEST = 512 };
  char copy[LONGEST + 1];
  if (text.size == 0 || text.size > LONGEST) return false;
  const char *point = localeconv()->decimal_point;
  for (size_t i = 0; i < text.size; ++i) {
    char c = text.data[i];
    bool allowed = (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '-' || c == '+';
    if (!allowed) return false;
    copy[i] = c == '.' ? point[0] : c; /* strtod reads the locale's point */
  }
  copy[text.size] = '\0';
  char *end = NULL;
  *out = strtod(copy, &end);
  return end == copy + text.size;
}
