/* Memory: an allocator that an embedder can replace, arenas, a pool of small objects, growing arrays.
 *
 * Invariant: nothing outside ir/base calls malloc. Every allocation can fail: pointer-returning
 * functions give NULL, the others COCO_OUT_OF_MEMORY. No function here prints or stops the process. */
#ifndef COCO_IR_BASE_MEMORY_H
#define COCO_IR_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ir/base/status.h"
#include "ir/base/text.h"

/* The one way to memory. reallocate(context, NULL, 0, n) allocates, (…, p, n, 0) frees and returns
 * NULL; otherwise it behaves as realloc. Blocks are aligned for any scalar type. */
typedef struct coco_allocator {
  void *context;
  void *(*reallocate)(void *context, void *pointer, size_t old_size, size_t new_size);
} coco_allocator;

/* The C library's heap. */
extern const coco_allocator coco_heap;

void *coco_allocate(const coco_allocator *allocator, size_t size);                 /* not cleared */
void *coco_allocate_zeroed(const coco_allocator *allocator, size_t count, size_t size); /* checks overflow */
void coco_free(const coco_allocator *allocator, void *pointer, size_t size);
/* ALIGNMENT is a power of two. Free with coco_free_aligned and the same size and alignment. */
void *coco_allocate_aligned(const coco_allocator *allocator, size_t size, size_t alignment);
void coco_free_aligned(const coco_allocator *allocator, void *pointer, size_t size, size_t alignment);

/* ---- Arena: memory that goes back all at once. Zero-initialise, then set `allocator`. ---- */
typedef struct coco_arena_chunk coco_arena_chunk;
typedef struct coco_arena {
  const coco_allocator *allocator;
  coco_arena_chunk *chunks; /* newest first */
  char *next, *limit;
  size_t total; /* bytes taken from the allocator */
} coco_arena;

void *coco_arena_allocate(coco_arena *arena, size_t size); /* 8-byte aligned, not cleared; NULL on failure */
void *coco_arena_allocate_zeroed(coco_arena *arena, size_t count, size_t size);
/* A copy of TEXT followed by a NUL that is not counted; data is NULL on failure. */
coco_string coco_arena_copy(coco_arena *arena, coco_string text);
void *coco_arena_copy_bytes(coco_arena *arena, const void *data, size_t size);
void coco_arena_reset(coco_arena *arena);   /* everything allocated so far is gone */
void coco_arena_destroy(coco_arena *arena); /* likewise; the arena can be used again */

/* ---- Pool: objects of many small sizes whose memory is used again after release. ---- */
enum { COCO_POOL_CLASSES = 64, COCO_POOL_GRAIN = 16 };
typedef struct coco_pool {
  coco_arena *arena;                   /* where new memory comes from */
  void *free_lists[COCO_POOL_CLASSES]; /* by (size + 15) / 16 - 1; larger blocks go to the allocator */
  struct coco_pool_large *large;
  size_t live; /* bytes handed out and not released; of one of several pools that release each other's: modulo 2^N */
  /* One of several that release each other's blocks at the same time: the pool that keeps the large blocks of all, and
   * what keeps others from it while a thread is at it. NULL: this one is alone. */
  struct coco_pool *home;
  void (*guard)(void *user, bool enters);
  void *guard_user;
} coco_pool;

void *coco_pool_allocate(coco_pool *pool, size_t size);
void coco_pool_release(coco_pool *pool, void *pointer, size_t size); /* NULL is allowed */
void coco_pool_destroy(coco_pool *pool);                             /* gives back the large blocks */
/* FROM's free blocks become POOL's, which is its home. The arenas stay as they are. */
void coco_pool_take_over(coco_pool *pool, coco_pool *from);
/* FROM's memory becomes ARENA's; FROM is empty then. Both have one allocator. */
void coco_arena_take_over(coco_arena *arena, coco_arena *from);

/* ---- Growing arrays: COCO_VECTOR_OF(T) v = {0}; coco_vector_push(allocator, &v, item). ---- */
#define COCO_VECTOR_OF(element_type) \
  struct {                           \
    element_type *items;             \
    size_t count;                    \
    size_t capacity;                 \
  }

/* Makes room for at least NEEDED elements. ITEMS is the address of the vector's `items`. */
coco_status coco_vector_grow(const coco_allocator *allocator, void *items, size_t *capacity,
                             size_t element_size, size_t needed) COCO_MUST_USE;

#define coco_vector_reserve(allocator, vector, needed)                                   \
  ((needed) <= (vector)->capacity                                                        \
       ? COCO_OK                                                                         \
       : coco_vector_grow((allocator), &(vector)->items, &(vector)->capacity,            \
                          sizeof *(vector)->items, (needed)))

/* A coco_status: COCO_OK or COCO_OUT_OF_MEMORY, in which case the vector is unchanged. */
#define coco_vector_push(allocator, vector, item)                                        \
  (coco_vector_reserve((allocator), (vector), (vector)->count + 1) == COCO_OK            \
       ? ((vector)->items[(vector)->count++] = (item), COCO_OK)                          \
       : COCO_OUT_OF_MEMORY)

#define coco_vector_free(allocator, vector)                                              \
  (coco_free((allocator), (vector)->items, (vector)->capacity * sizeof *(vector)->items), \
   (vector)->items = NULL, (vector)->count = 0, (vector)->capacity = 0)

#endif
