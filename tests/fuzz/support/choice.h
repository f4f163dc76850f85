/* Random choices of the mutators: a stream that depends on its seed alone (splitmix64). */
#ifndef COCO_TESTS_FUZZ_SUPPORT_CHOICE_H
#define COCO_TESTS_FUZZ_SUPPORT_CHOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct choice {
  uint64_t state;
} choice;

static inline uint64_t choose_bits(choice *c) {
  uint64_t z = c->state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/* Less than COUNT, which is not 0. */
static inline size_t choose(choice *c, size_t count) { return (size_t)(choose_bits(c) % count); }
static inline bool one_in(choice *c, size_t count) { return choose(c, count) == 0; }

/* Integers at which code breaks, among small ones. */
static inline int64_t choose_integer(choice *c) {
  static const int64_t edges[] = {
      0,         1,   -1,  2,    3,         7,         8,          16,        64,        127,
      128,       255, 256, -128, INT32_MAX, INT32_MIN, UINT32_MAX, INT64_MAX, INT64_MIN, INT64_MAX / 2,
      1LL << 40, -2};
  if (one_in(c, 2)) return (int64_t)choose(c, 12);
  return edges[choose(c, sizeof edges / sizeof *edges)];
}

#endif
