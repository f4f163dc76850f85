/* Hashing, and an open-addressing table from a 64-bit hash and a key to a pointer. */
#ifndef COCO_IR_BASE_HASH_H
#define COCO_IR_BASE_HASH_H

#include "ir/base/memory.h"

uint64_t coco_hash_bytes(const void *data, size_t size, uint64_t seed); /* the same on every machine */

static inline uint64_t coco_hash_combine(uint64_t a, uint64_t b) {
  uint64_t x = (a ^ (b + 0x9e3779b97f4a7c15u + (a << 12) + (a >> 4))) * 0xff51afd7ed558ccdu;
  return x ^ (x >> 32);
}
static inline uint64_t coco_hash_pointer(const void *pointer) {
  return coco_hash_combine((uint64_t)(uintptr_t)pointer, 0x2545f4914f6cdd1du);
}

/* Pointer to pointer. Zero-initialise and set `allocator`. Keys are compared by identity; NULL is no key. */
typedef struct coco_pointer_map {
  const coco_allocator *allocator;
  const void **keys;
  void **values;
  size_t count, used, capacity; /* used counts tombstones too */
} coco_pointer_map;

void *coco_pointer_map_get(const coco_pointer_map *map, const void *key); /* NULL when absent */
bool coco_pointer_map_contains(const coco_pointer_map *map, const void *key);
coco_status coco_pointer_map_set(coco_pointer_map *map, const void *key, void *value) COCO_MUST_USE;
void coco_pointer_map_remove(coco_pointer_map *map, const void *key);
void coco_pointer_map_clear(coco_pointer_map *map); /* costs what was in it, not what it has room for */
void coco_pointer_map_free(coco_pointer_map *map);

/* String to pointer. Keys are borrowed and must outlive the entry. Zero-initialise and set `allocator`. */
typedef struct coco_string_map_entry {
  coco_string key;
  uint64_t hash;
  void *value;
} coco_string_map_entry;
typedef struct coco_string_map {
  const coco_allocator *allocator;
  coco_string_map_entry *entries; /* key.data == NULL: free */
  size_t count, capacity;
} coco_string_map;

void *coco_string_map_get(const coco_string_map *map, coco_string key); /* NULL when absent */
coco_status coco_string_map_set(coco_string_map *map, coco_string key, void *value) COCO_MUST_USE;
void coco_string_map_free(coco_string_map *map);

#endif
