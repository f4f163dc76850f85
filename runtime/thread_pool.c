/* A pool of threads that runs the pieces of parallel loops.
 *
 * Layers follow each other closely, many of them shorter than it takes to wake a thread. So a worker that has nothing
 * to do looks at the state for some tens of microseconds before it sleeps; a job is begun, joined and ended by one
 * atomic word each, without a lock; a worker that comes too late for a job goes on looking. Each thread has a range of
 * its own of the pieces, the same in each job that has as many, so that what a layer leaves in a core's caches is where
 * the next layer looks for it. It takes from the front, many pieces at once while many are left; when none are, it
 * moves half of what another thread has left, from the back, into its own range.
 *
 * Invariant: a worker touches a job only while it is counted in the state; it can be counted only while the job is
 * open, and the caller leaves only when the job is closed and the count is 0. So no worker ever sees a job that has
 * ended. */
#include "coco/thread_pool.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAXIMUM_THREADS = 1024, LOOKS = 4000, SHARES = 4 /* in the pieces that a thread has left */, CACHE_LINE = 64 };

/* The state: how many workers are inside the job, whether it may be joined, and its number. */
#define INSIDE UINT64_C(0xffffffff)
#define OPEN (UINT64_C(1) << 32)
#define NEXT_JOB (UINT64_C(1) << 33)

/* Units that wait: number of the first in the low half, end in the high half. A unit is UNIT pieces. */
typedef struct piece_range {
  _Alignas(CACHE_LINE) _Atomic uint64_t bounds;
} piece_range;

typedef struct worker {
  coco_thread_pool *pool;
  pthread_t thread;
  uint32_t range; /* number of its own */
} worker;

struct coco_thread_pool {
  struct coco_threads threads;
  pthread_mutex_t owner; /* held by the caller that uses the workers */
  pthread_mutex_t lock;  /* of sleeping and waking */
  pthread_cond_t work, idle;
  _Atomic uint64_t state;
  void (*body)(void *argument, int64_t index); /* of the job; written while it is closed and nobody is inside */
  void *argument;
  int64_t pieces, unit;
  piece_range *ranges;           /* of the caller, then of the workers */
  atomic_uint_fast32_t sleepers; /* workers that must be woken */
  atomic_bool waiting;           /* the caller sleeps until nobody is inside */
  atomic_bool stop;
  uint32_t worker_count;
  worker workers[];
};

static void relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static uint64_t bounds_of(uint64_t first, uint64_t end) { return first | end << 32; }
static uint64_t first_of(uint64_t bounds) { return bounds & UINT32_MAX; }
static uint64_t end_of(uint64_t bounds) { return bounds >> 32; }

/* Takes units from the front of RANGE, or half of them from the back; returns their bounds, 0 where none wait. */
static uint64_t take(piece_range *range, bool back) {
  uint64_t bounds = atomic_load_explicit(&range->bounds, memory_order_relaxed);
  while (first_of(bounds) < end_of(bounds)) {
    const uint64_t first = first_of(bounds), end = end_of(bounds);
    const uint64_t count = back ? (end - first + 1) / 2 : (end - first + SHARES - 1) / SHARES;
    const uint64_t left = back ? bounds_of(first, end - count) : bounds_of(first + count, end);
    if (atomic_compare_exchange_weak_explicit(&range->bounds, &bounds, left, memory_order_relaxed,
                                              memory_order_relaxed))
      return back ? bounds_of(end - count, end) : bounds_of(first, first + count);
  }
  return 0;
}

static void run_units(const coco_thread_pool *pool, uint64_t bounds) {
  const int64_t units = (int64_t)end_of(bounds);
  const int64_t end = units > pool->pieces / pool->unit ? pool->pieces : units * pool->unit;
  for (int64_t i = (int64_t)first_of(bounds) * pool->unit; i < end; ++i) pool->body(pool->argument, i);
}

/* Whether thread NUMBER, whose range is empty, has found units for it. */
static bool refill(coco_thread_pool *pool, uint32_t number) {
  for (uint32_t i = 1; i < pool->threads.count; ++i) {
    const uint64_t found = take(&pool->ranges[(number + i) % pool->threads.count], true);
    if (!found) continue;
    atomic_store_explicit(&pool->ranges[number].bounds, found, memory_order_relaxed);
    return true;
  }
  return false;
}

static void run_pieces(coco_thread_pool *pool, uint32_t number) {
  do {
    for (uint64_t taken; (taken = take(&pool->ranges[number], false));) run_units(pool, taken);
  } while (refill(pool, number));
}

static bool has_job(uint64_t state, uint64_t seen) { return (state & OPEN) && state / NEXT_JOB != seen; }

/* Whether the worker is inside a job other than *SEEN, which becomes that job's number. */
static bool join(coco_thread_pool *pool, uint64_t *seen) {
  uint64_t state = atomic_load(&pool->state);
  while (has_job(state, *seen)) {
    if (!atomic_compare_exchange_weak(&pool->state, &state, state + 1)) continue;
    *seen = state / NEXT_JOB;
    return true;
  }
  return false;
}

static void leave(coco_thread_pool *pool) {
  uint64_t state = atomic_fetch_sub(&pool->state, 1) - 1;
  if ((state & INSIDE) != 0 || !atomic_load(&pool->waiting)) return;
  pthread_mutex_lock(&pool->lock);
  pthread_cond_signal(&pool->idle);
  pthread_mutex_unlock(&pool->lock);
}

static void sleep_until_job(coco_thread_pool *pool, uint64_t seen) {
  pthread_mutex_lock(&pool->lock);
  atomic_fetch_add(&pool->sleepers, 1);
  while (!atomic_load(&pool->stop) && !has_job(atomic_load(&pool->state), seen))
    pthread_cond_wait(&pool->work, &pool->lock);
  atomic_fetch_sub(&pool->sleepers, 1);
  pthread_mutex_unlock(&pool->lock);
}

static void *work(void *user) {
  const worker *self = user;
  coco_thread_pool *pool = self->pool;
  uint64_t seen = 0;
  int looks = 0;
  while (!atomic_load(&pool->stop)) {
    if (join(pool, &seen)) {
      run_pieces(pool, self->range);
      leave(pool);
      looks = 0;
    } else if (++looks < LOOKS) {
      relax();
    } else {
      sleep_until_job(pool, seen);
      looks = 0;
    }
  }
  return NULL;
}

static void wake(coco_thread_pool *pool) {
  pthread_mutex_lock(&pool->lock);
  pthread_cond_broadcast(&pool->work);
  pthread_mutex_unlock(&pool->lock);
}

static void share_out(coco_thread_pool *pool) {
  const uint64_t threads = pool->threads.count;
  pool->unit = pool->pieces / UINT32_MAX + 1;
  const uint64_t units = (uint64_t)(pool->pieces / pool->unit + (pool->pieces % pool->unit > 0));
  for (uint64_t i = 0; i < threads; ++i)
    atomic_store_explicit(&pool->ranges[i].bounds, bounds_of(units * i / threads, units * (i + 1) / threads),
                          memory_order_relaxed);
}

/* The state before was closed, with nobody inside: only its number is left. */
static void open_job(coco_thread_pool *pool, void (*body)(void *, int64_t), void *argument, int64_t pieces) {
  pool->body = body;
  pool->argument = argument;
  pool->pieces = pieces;
  share_out(pool);
  atomic_store(&pool->state, atomic_load(&pool->state) + NEXT_JOB + OPEN);
  if (atomic_load(&pool->sleepers)) wake(pool);
}

static void close_job(coco_thread_pool *pool) {
  uint64_t state = atomic_fetch_sub(&pool->state, OPEN) - OPEN;
  for (int i = 0; i < LOOKS && (state & INSIDE); ++i) {
    relax();
    state = atomic_load(&pool->state);
  }
  if (!(state & INSIDE)) return;
  pthread_mutex_lock(&pool->lock);
  atomic_store(&pool->waiting, true);
  while (atomic_load(&pool->state) & INSIDE) pthread_cond_wait(&pool->idle, &pool->lock);
  atomic_store(&pool->waiting, false);
  pthread_mutex_unlock(&pool->lock);
}

static void parallel(void *context, void (*body)(void *argument, int64_t index), void *argument, int64_t pieces) {
  coco_thread_pool *pool = context;
  if (pieces <= 1 || !pool->worker_count || pthread_mutex_trylock(&pool->owner)) {
    for (int64_t i = 0; i < pieces; ++i) body(argument, i);
    return;
  }
  open_job(pool, body, argument, pieces);
  run_pieces(pool, 0);
  close_job(pool);
  pthread_mutex_unlock(&pool->owner);
}

int coco_thread_pool_create(uint32_t count, coco_thread_pool **out) {
  *out = NULL;
  if (!count) {
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    count = online > 0 && online < MAXIMUM_THREADS ? (uint32_t)online : 1;
  }
  if (count > MAXIMUM_THREADS) return EINVAL;
  coco_thread_pool *pool = calloc(1, sizeof *pool + (count - 1) * sizeof *pool->workers);
  if (!pool) return ENOMEM;
  pool->ranges = aligned_alloc(CACHE_LINE, count * sizeof *pool->ranges);
  if (!pool->ranges) {
    free(pool);
    return ENOMEM;
  }
  pool->threads = (struct coco_threads){pool, count, parallel};
  pthread_mutex_init(&pool->owner, NULL);
  pthread_mutex_init(&pool->lock, NULL);
  pthread_cond_init(&pool->work, NULL);
  pthread_cond_init(&pool->idle, NULL);
  int error = 0;
  while (!error && pool->worker_count + 1 < count) {
    worker *next = &pool->workers[pool->worker_count];
    *next = (worker){.pool = pool, .range = pool->worker_count + 1};
    if (!(error = pthread_create(&next->thread, NULL, work, next))) ++pool->worker_count;
  }
  if (error) {
    coco_thread_pool_destroy(pool);
    return error;
  }
  *out = pool;
  return 0;
}

const struct coco_threads *coco_thread_pool_threads(const coco_thread_pool *pool) { return &pool->threads; }

void coco_thread_pool_destroy(coco_thread_pool *pool) {
  if (!pool) return;
  atomic_store(&pool->stop, true);
  wake(pool);
  for (uint32_t i = 0; i < pool->worker_count; ++i) pthread_join(pool->workers[i].thread, NULL);
  pthread_cond_destroy(&pool->idle);
  pthread_cond_destroy(&pool->work);
  pthread_mutex_destroy(&pool->lock);
  pthread_mutex_destroy(&pool->owner);
  free(pool->ranges);
  free(pool);
}
