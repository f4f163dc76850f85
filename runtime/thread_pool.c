/* A pool of threads that runs the pieces of parallel loops.
 *
 * Layers follow each other closely, many of them shorter than it takes to wake a thread. So a worker that has nothing
 * to do looks at the state for some tens of microseconds before it sleeps; a job is begun, joined and ended by one
 * atomic word each, without a lock; a worker that comes too late for a job goes on looking. Pieces are handed out from
 * a counter, many at once while many are left, one by one at the end: neighbours share caches, and no piece costs a
 * turn of its own.
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

enum { MAXIMUM_THREADS = 1024, LOOKS = 4000, SHARES = 4 /* of a thread in the pieces that are left */ };

/* The state: how many workers are inside the job, whether it may be joined, and its number. */
#define INSIDE UINT64_C(0xffffffff)
#define OPEN (UINT64_C(1) << 32)
#define NEXT_JOB (UINT64_C(1) << 33)

struct coco_thread_pool {
  struct coco_threads threads;
  pthread_mutex_t owner; /* held by the caller that uses the workers */
  pthread_mutex_t lock;  /* of sleeping and waking */
  pthread_cond_t work, idle;
  _Atomic uint64_t state;
  atomic_int_fast64_t next;                    /* piece to be taken */
  void (*body)(void *argument, int64_t index); /* of the job; written while it is closed and nobody is inside */
  void *argument;
  int64_t pieces;
  atomic_uint_fast32_t sleepers; /* workers that must be woken */
  atomic_bool waiting;           /* the caller sleeps until nobody is inside */
  atomic_bool stop;
  uint32_t worker_count;
  pthread_t workers[];
};

static void relax(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void run_pieces(coco_thread_pool *pool) {
  int64_t pieces = pool->pieces, shares = SHARES * (int64_t)pool->threads.count;
  int_fast64_t first = atomic_load_explicit(&pool->next, memory_order_relaxed);
  while (first < pieces) {
    int64_t count = (pieces - first) / shares > 1 ? (pieces - first) / shares : 1;
    if (!atomic_compare_exchange_weak_explicit(&pool->next, &first, first + count, memory_order_relaxed,
                                               memory_order_relaxed))
      continue;
    for (int64_t i = 0; i < count; ++i) pool->body(pool->argument, first + i);
    first = atomic_load_explicit(&pool->next, memory_order_relaxed);
  }
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
  coco_thread_pool *pool = user;
  uint64_t seen = 0;
  int looks = 0;
  while (!atomic_load(&pool->stop)) {
    if (join(pool, &seen)) {
      run_pieces(pool);
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

/* The state before was closed, with nobody inside: only its number is left. */
static void open_job(coco_thread_pool *pool, void (*body)(void *, int64_t), void *argument, int64_t pieces) {
  pool->body = body;
  pool->argument = argument;
  pool->pieces = pieces;
  atomic_store_explicit(&pool->next, 0, memory_order_relaxed);
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
  run_pieces(pool);
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
  pool->threads = (struct coco_threads){pool, count, parallel};
  pthread_mutex_init(&pool->owner, NULL);
  pthread_mutex_init(&pool->lock, NULL);
  pthread_cond_init(&pool->work, NULL);
  pthread_cond_init(&pool->idle, NULL);
  int error = 0;
  while (!error && pool->worker_count + 1 < count)
    if (!(error = pthread_create(&pool->workers[pool->worker_count], NULL, work, pool))) ++pool->worker_count;
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
  for (uint32_t i = 0; i < pool->worker_count; ++i) pthread_join(pool->workers[i], NULL);
  pthread_cond_destroy(&pool->idle);
  pthread_cond_destroy(&pool->work);
  pthread_mutex_destroy(&pool->lock);
  pthread_mutex_destroy(&pool->owner);
  free(pool);
}
