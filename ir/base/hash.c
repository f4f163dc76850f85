/* Hash functions and open-addressing tables with linear probing. */
#include "ir/base/hash.h"

static inline uint64_t read_word(const uint8_t *bytes) {
  return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24 |
         (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 | (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

static inline uint64_t read_half(const uint8_t *bytes) {
  return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24;
}

/* SIZE bytes, at most 7, least significant first; reads that overlap bring the same bytes twice. */
static inline uint64_t read_few(const uint8_t *bytes, size_t size) {
  if (size >= 4) return read_half(bytes) | read_half(bytes + size - 4) << 8 * (size - 4);
  if (size == 0) return 0;
  return (uint64_t)bytes[0] | (uint64_t)bytes[size / 2] << 8 * (size / 2) | (uint64_t)bytes[size - 1] << 8 * (size - 1);
}

uint64_t coco_hash_bytes(const void *data, size_t size, uint64_t seed) {
  const uint8_t *bytes = data;
  uint64_t hash = seed ^ (size * 0x9e3779b97f4a7c15u);
  for (; size >= 8; size -= 8, bytes += 8) {
    hash = (hash ^ read_word(bytes)) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 29;
  }
  hash = (hash ^ read_few(bytes, size)) * 0xc4ceb9fe1a85ec53u;
  return hash ^ (hash >> 32);
}

/* ---- Pointers ---- */

static const char tombstone_object;
#define TOMBSTONE ((const void *)&tombstone_object)

static size_t pointer_slot(const coco_pointer_map *map, const void *key) {
  size_t mask = map->capacity - 1;
  size_t slot = (size_t)coco_hash_pointer(key) & mask;
  while (map->keys[slot] && map->keys[slot] != key) slot = (slot + 1) & mask;
  return slot;
}

bool coco_pointer_map_contains(const coco_pointer_map *map, const void *key) {
  return map->capacity != 0 && map->keys[pointer_slot(map, key)] == key;
}

void *coco_pointer_map_get(const coco_pointer_map *map, const void *key) {
  if (map->capacity == 0) return NULL;
  size_t slot = pointer_slot(map, key);
  return map->keys[slot] == key ? map->values[slot] : NULL;
}

static coco_status pointer_map_resize(coco_pointer_map *map, size_t capacity) {
  coco_pointer_map grown = {.allocator = map->allocator, .capacity = capacity};
  grown.keys = coco_allocate_zeroed(map->allocator, capacity, sizeof *grown.keys);
  grown.values = coco_allocate_zeroed(map->allocator, capacity, sizeof *grown.values);
  if (!grown.keys || !grown.values) {
    coco_pointer_map_free(&grown);
    return COCO_OUT_OF_MEMORY;
  }
  for (size_t i = 0; i < map->capacity; ++i) {
    if (!map->keys[i] || map->keys[i] == TOMBSTONE) continue;
    size_t slot = pointer_slot(&grown, map->keys[i]);
    grown.keys[slot] = map->keys[i];
    grown.values[slot] = map->values[i];
    grown.count = ++grown.used;
  }
  coco_pointer_map_free(map);
  *map = grown;
  return COCO_OK;
}

coco_status coco_pointer_map_set(coco_pointer_map *map, const void *key, void *value) {
  if ((map->used + 1) * 4 > map->capacity * 3) {
    size_t capacity = map->capacity == 0 ? 16 : map->count * 2 >= map->capacity ? map->capacity * 2 : map->capacity;
    COCO_TRY(pointer_map_resize(map, capacity));
  }
  size_t mask = map->capacity - 1, slot = (size_t)coco_hash_pointer(key) & mask, tombstone = SIZE_MAX;
  for (; map->keys[slot] && map->keys[slot] != key; slot = (slot + 1) & mask)
    if (tombstone == SIZE_MAX && map->keys[slot] == TOMBSTONE) tombstone = slot;
  if (!map->keys[slot]) {
    /* Used again: a key that comes and goes must not leave a tombstone each time. */
    if (tombstone != SIZE_MAX) slot = tombstone;
    else ++map->used;
    map->keys[slot] = key;
    ++map->count;
  }
  map->values[slot] = value;
  return COCO_OK;
}

void coco_pointer_map_remove(coco_pointer_map *map, const void *key) {
  if (map->capacity == 0) return;
  size_t slot = pointer_slot(map, key);
  if (map->keys[slot] != key) return;
  map->keys[slot] = TOMBSTONE;
  map->values[slot] = NULL;
  --map->count;
}

void coco_pointer_map_clear(coco_pointer_map *map) {
  if (map->capacity > 64 && map->used * 8 < map->capacity) {
    coco_pointer_map_free(map);
    return;
  }
  if (map->used) memset(map->keys, 0, map->capacity * sizeof *map->keys);
  map->count = map->used = 0;
}

void coco_pointer_map_free(coco_pointer_map *map) {
  coco_free(map->allocator, map->keys, map->capacity * sizeof *map->keys);
  coco_free(map->allocator, map->values, map->capacity * sizeof *map->values);
  *map = (coco_pointer_map){.allocator = map->allocator};
}

/* ---- Strings ---- */

static size_t string_slot(const coco_string_map *map, coco_string key, uint64_t hash) {
  size_t mask = map->capacity - 1;
  size_t slot = (size_t)hash & mask;
  while (map->entries[slot].key.data &&
         !(map->entries[slot].hash == hash && coco_string_equal(map->entries[slot].key, key)))
    slot = (slot + 1) & mask;
  return slot;
}

void *coco_string_map_get(const coco_string_map *map, coco_string key) {
  if (map->capacity == 0) return NULL;
  return map->entries[string_slot(map, key, coco_hash_bytes(key.data, key.size, 0))].value;
}

coco_status coco_string_map_set(coco_string_map *map, coco_string key, void *value) {
  if ((map->count + 1) * 4 > map->capacity * 3) {
    coco_string_map grown = {.allocator = map->allocator, .capacity = map->capacity ? map->capacity * 2 : 16};
    grown.entries = coco_allocate_zeroed(map->allocator, grown.capacity, sizeof *grown.entries);
    if (!grown.entries) return COCO_OUT_OF_MEMORY;
    for (size_t i = 0; i < map->capacity; ++i) {
      if (!map->entries[i].key.data) continue;
      grown.entries[string_slot(&grown, map->entries[i].key, map->entries[i].hash)] = map->entries[i];
      ++grown.count;
    }
    coco_string_map_free(map);
    *map = grown;
  }
  if (!key.data) key = COCO_STRING("");
  uint64_t hash = coco_hash_bytes(key.data, key.size, 0);
  coco_string_map_entry *entry = &map->entries[string_slot(map, key, hash)];
  if (!entry->key.data) {
    *entry = (coco_string_map_entry){.key = key, .hash = hash};
    ++map->count;
  }
  entry->value = value;
  return COCO_OK;
}

void coco_string_map_free(coco_string_map *map) {
  coco_free(map->allocator, map->entries, map->capacity * sizeof *map->entries);
  *map = (coco_string_map){.allocator = map->allocator};
}
