/* Allocators, arenas, pools and growing arrays. See memory.h for the promises. */
#include "ir/base/memory.h"

#include <stdlib.h>

static void *heap_reallocate(void *context, void *pointer, size_t old_size, size_t new_size) {
  (void)context;
  (void)old_size;
  if (new_size == 0) {
    free(pointer);
    return NULL;
  }
  return realloc(pointer, new_size);
}

const coco_allocator coco_heap = {NULL, heap_reallocate};

void *coco_allocate(const coco_allocator *allocator, size_t size) {
  return allocator->reallocate(allocator->context, NULL, 0, size ? size : 1);
}

void *coco_allocate_zeroed(const coco_allocator *allocator, size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / size) return NULL;
  void *memory = coco_allocate(allocator, count * size);
  if (memory) memset(memory, 0, count * size);
  return memory;
}

void coco_free(const coco_allocator *allocator, void *pointer, size_t size) {
  if (pointer) allocator->reallocate(allocator->context, pointer, size ? size : 1, 0);
}

/* The distance to the block's start is kept in the word before the aligned address. */
void *coco_allocate_aligned(const coco_allocator *allocator, size_t size, size_t alignment) {
  size_t extra = alignment + sizeof(size_t);
  if (size > SIZE_MAX - extra) return NULL;
  char *start = coco_allocate(allocator, size + extra);
  if (!start) return NULL;
  uintptr_t first = (uintptr_t)start + sizeof(size_t);
  size_t shift = sizeof(size_t) + (size_t)((0 - first) & (alignment - 1));
  memcpy(start + shift - sizeof(size_t), &shift, sizeof shift);
  return start + shift;
}

void coco_free_aligned(const coco_allocator *allocator, void *pointer, size_t size, size_t alignment) {
  if (!pointer) return;
  size_t shift;
  memcpy(&shift, (char *)pointer - sizeof(size_t), sizeof shift);
  coco_free(allocator, (char *)pointer - shift, size + alignment + sizeof(size_t));
}

/* ---- Arena ---- */

struct coco_arena_chunk {
  coco_arena_chunk *next;
  size_t size; /* header included */
};

enum { ARENA_FIRST_CHUNK = 4096, ARENA_LARGEST_CHUNK = 1 << 20 };

static bool arena_grow(coco_arena *arena, size_t size) {
  size_t wanted = arena->chunks ? arena->chunks->size * 2 : ARENA_FIRST_CHUNK;
  if (wanted > ARENA_LARGEST_CHUNK) wanted = ARENA_LARGEST_CHUNK;
  size_t header = (sizeof(coco_arena_chunk) + 15) & ~(size_t)15;
  if (size > SIZE_MAX - header) return false;
  if (wanted < size + header) wanted = size + header;
  coco_arena_chunk *chunk = coco_allocate(arena->allocator, wanted);
  if (!chunk) return false;
  chunk->size = wanted;
  chunk->next = arena->chunks;
  arena->chunks = chunk;
  arena->next = (char *)chunk + header;
  arena->limit = (char *)chunk + wanted;
  arena->total += wanted;
  return true;
}

void *coco_arena_allocate(coco_arena *arena, size_t size) {
  if (size > SIZE_MAX - 8) return NULL;
  size = (size + 7) & ~(size_t)7;
  if (!arena->next || (size_t)(arena->limit - arena->next) < size) {
    if (!arena_grow(arena, size)) return NULL;
  }
  void *memory = arena->next;
  arena->next += size;
  return memory;
}

void *coco_arena_allocate_zeroed(coco_arena *arena, size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / size) return NULL;
  void *memory = coco_arena_allocate(arena, count * size);
  if (memory) memset(memory, 0, count * size);
  return memory;
}

void *coco_arena_copy_bytes(coco_arena *arena, const void *data, size_t size) {
  void *memory = coco_arena_allocate(arena, size);
  if (memory && size) memcpy(memory, data, size);
  return memory;
}

coco_string coco_arena_copy(coco_arena *arena, coco_string text) {
  if (text.size == SIZE_MAX) return (coco_string){NULL, 0};
  char *memory = coco_arena_allocate(arena, text.size + 1);
  if (!memory) return (coco_string){NULL, 0};
  if (text.size) memcpy(memory, text.data, text.size);
  memory[text.size] = '\0';
  return (coco_string){memory, text.size};
}

void coco_arena_destroy(coco_arena *arena) {
  while (arena->chunks) {
    coco_arena_chunk *chunk = arena->chunks;
    arena->chunks = chunk->next;
    coco_free(arena->allocator, chunk, chunk->size);
  }
  arena->next = arena->limit = NULL;
  arena->total = 0;
}

/* ARENA goes on in its own newest chunk, which stays first; what was left of FROM's is not used any more. */
void coco_arena_take_over(coco_arena *arena, coco_arena *from) {
  if (!from->chunks) return;
  if (!arena->chunks) {
    const coco_allocator *allocator = arena->allocator;
    *arena = *from;
    arena->allocator = allocator;
  } else {
    coco_arena_chunk *last = from->chunks;
    while (last->next) last = last->next;
    last->next = arena->chunks->next;
    arena->chunks->next = from->chunks;
    arena->total += from->total;
  }
  *from = (coco_arena){.allocator = from->allocator};
}

/* The newest chunk, the largest but for oversized ones, is kept for what comes. */
void coco_arena_reset(coco_arena *arena) {
  coco_arena_chunk *kept = arena->chunks;
  if (!kept) return;
  if (kept->size > ARENA_LARGEST_CHUNK) {
    coco_arena_destroy(arena);
    return;
  }
  arena->chunks = kept->next;
  coco_arena_destroy(arena);
  kept->next = NULL;
  arena->chunks = kept;
  arena->next = (char *)kept + ((sizeof *kept + 15) & ~(size_t)15);
  arena->limit = (char *)kept + kept->size;
  arena->total = kept->size;
}

/* ---- Pool ---- */

typedef struct free_block {
  struct free_block *next;
} free_block;

struct coco_pool_large {
  struct coco_pool_large *next, *previous;
  size_t size;
  size_t padding;
};

static size_t pool_class(size_t size) { return size == 0 ? 0 : (size + COCO_POOL_GRAIN - 1) / COCO_POOL_GRAIN - 1; }

/* The pool that keeps POOL's large blocks, for this thread alone until leave_home. */
static coco_pool *enter_home(coco_pool *pool) {
  if (!pool->home) return pool;
  pool->guard(pool->guard_user, true);
  return pool->home;
}

static void leave_home(coco_pool *pool) {
  if (pool->home) pool->guard(pool->guard_user, false);
}

void *coco_pool_allocate(coco_pool *pool, size_t size) {
  size_t index = pool_class(size);
  if (index < COCO_POOL_CLASSES) {
    free_block *block = pool->free_lists[index];
    if (block) {
      pool->free_lists[index] = block->next;
    } else {
      block = coco_arena_allocate(pool->arena, (index + 1) * COCO_POOL_GRAIN);
      if (!block) return NULL;
    }
    pool->live += size;
    return block;
  }
  if (size > SIZE_MAX - sizeof(struct coco_pool_large)) return NULL;
  struct coco_pool_large *large = coco_allocate(pool->arena->allocator, sizeof *large + size);
  if (!large) return NULL;
  coco_pool *home = enter_home(pool);
  *large = (struct coco_pool_large){.next = home->large, .size = size};
  if (home->large) home->large->previous = large;
  home->large = large;
  leave_home(pool);
  pool->live += size;
  return large + 1;
}

void coco_pool_release(coco_pool *pool, void *pointer, size_t size) {
  if (!pointer) return;
  pool->live -= size;
  size_t index = pool_class(size);
  if (index < COCO_POOL_CLASSES) {
    free_block *block = pointer;
    block->next = pool->free_lists[index];
    pool->free_lists[index] = block;
    return;
  }
  struct coco_pool_large *large = (struct coco_pool_large *)pointer - 1;
  coco_pool *home = enter_home(pool);
  if (large->next) large->next->previous = large->previous;
  if (large->previous) large->previous->next = large->next;
  else home->large = large->next;
  leave_home(pool);
  coco_free(pool->arena->allocator, large, sizeof *large + large->size);
}

void coco_pool_take_over(coco_pool *pool, coco_pool *from) {
  for (size_t i = 0; i < COCO_POOL_CLASSES; ++i) {
    free_block *first = from->free_lists[i], *last = first;
    if (!first) continue;
    while (last->next) last = last->next;
    last->next = pool->free_lists[i];
    pool->free_lists[i] = first;
    from->free_lists[i] = NULL;
  }
  pool->live += from->live;
  from->live = 0;
}

void coco_pool_destroy(coco_pool *pool) {
  while (pool->large) {
    struct coco_pool_large *large = pool->large;
    pool->large = large->next;
    coco_free(pool->arena->allocator, large, sizeof *large + large->size);
  }
  memset(pool->free_lists, 0, sizeof pool->free_lists);
  pool->live = 0;
}

/* ---- Growing arrays ---- */

coco_status coco_vector_grow(const coco_allocator *allocator, void *items, size_t *capacity, size_t element_size,
                             size_t needed) {
  size_t next = *capacity < 4 ? 8 : *capacity + *capacity / 2 + 4;
  if (next < needed) next = needed;
  if (element_size != 0 && next > SIZE_MAX / element_size) return COCO_OUT_OF_MEMORY;
  void *old;
  memcpy(&old, items, sizeof old); /* `items` is the address of a pointer of any type */
  void *grown = allocator->reallocate(allocator->context, old, *capacity * element_size, next * element_size);
  if (!grown) return COCO_OUT_OF_MEMORY;
  memcpy(items, &grown, sizeof grown);
  *capacity = next;
  return COCO_OK;
}
