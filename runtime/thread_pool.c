/* A pool of threads that runs the pieces of parallel loops.
 *
 * Pieces are handed out one by one from a counter. A worker that has nothing to do looks at the job
 * number for some microseconds, because layers follow each other closely, then sleeps.
 * Invariant: a worker touches a job only while it is counted in `active`; the caller leaves only when
 * the job is closed and `active` is 0, so no worker ever sees a job that has ended. */
#include "coco/thread_pool.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAXIMUM_THREADS = 1024, LOOKS = 4000 };

struct coco_thread_pool {
  struct coco_threads threads;
  pthread_mutex_t owner; /* held by the caller that uses the workers */
  pthread_mutex_t lock;  /* of what follows */
  pthread_cond_t work, idle;
  bool open, stop;
  uint32_t active; /* workers inside the job */
  void (*body)(void *argument, int64_t index);
  void *argument;
  int64_t pieces;
  atomic_uint_fast64_t job;       /* its number: changes when there is something new */
  atomic_int_fast64_t next;       /* piece to be taken */
  atomic_uint_fast32_t working;   /* mirrors `active`, to be looked at without the lock */
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

static void run_pieces(coco_thread_pool *pool, void (*body)(void *, int64_t), void *argument, int64_t pieces) {
  for (;;) {
    int64_t index = atomic_fetch_add_explicit(&pool->next, 1, memory_order_relaxed);
    if (index >= pieces) return;
    body(argument, index);
  }
}

static void *work(void *user) {
  coco_thread_pool *pool = user;
  uint64_t seen = 0;
  for (;;) {
    for (int i = 0; i < LOOKS && atomic_load_explicit(&pool->job, memory_order_acquire) == seen; ++i) relax();
    pthread_mutex_lock(&pool->lock);
    while (!pool->stop && (!pool->open || atomic_load(&pool->job) == seen)) pthread_cond_wait(&pool->work, &pool->lock);
    if (pool->stop) break;
    seen = atomic_load(&pool->job);
    void (*body)(void *, int64_t) = pool->body;
    void *argument = pool->argument;
    int64_t pieces = pool->pieces;
    ++pool->active;
    atomic_fetch_add(&pool->working, 1);
    pthread_mutex_unlock(&pool->lock);
    run_pieces(pool, body, argument, pieces);
    pthread_mutex_lock(&pool->lock);
    atomic_fetch_sub(&pool->working, 1);
    if (--pool->active == 0) pthread_cond_signal(&pool->idle);
    pthread_mutex_unlock(&pool->lock);
  }
  pthread_mutex_unlock(&pool->lock);
  return NULL;
}

static void publish(coco_thread_pool *pool, void (*body)(void *, int64_t), void *argument, int64_t pieces) {
  pthread_mutex_lock(&pool->lock);
  pool->body = body;
  pool->argument = argument;
  pool->pieces = pieces;
  pool->open = true;
  atomic_store(&pool->next, 0);
  atomic_fetch_add(&pool->job, 1);
  pthread_cond_broadcast(&pool->work);
  pthread_mutex_unlock(&pool->lock);
}

static void close_job(coco_thread_pool *pool) {
  pthread_mutex_lock(&pool->lock);
  pool->open = false;
  pthread_mutex_unlock(&pool->lock);
  for (int i = 0; i < LOOKS && atomic_load_explicit(&pool->working, memory_order_acquire); ++i) relax();
  pthread_mutex_lock(&pool->lock);
  while (pool->active) pthread_cond_wait(&pool->idle, &pool->lock);
  pthread_mutex_unlock(&pool->lock);
}

static void parallel(void *context, void (*body)(void *argument, int64_t index), void *argument, int64_t pieces) {
  coco_thread_pool *pool = context;
  if (pieces <= 1 || !pool->worker_count || pthread_mutex_trylock(&pool->owner)) {
    for (int64_t i = 0; i < pieces; ++i) body(argument, i);
    return;
  }
  publish(pool, body, argument, pieces);
  run_pieces(pool, body, argument, pieces);
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
  pthread_mutex_lock(&pool->lock);
  pool->stop = true;
  atomic_fetch_add(&pool->job, 1);
  pthread_cond_broadcast(&pool->work);
  pthread_mutex_unlock(&pool->lock);
  for (uint32_t i = 0; i < pool->worker_count; ++i) pthread_join(pool->workers[i], NULL);
  pthread_cond_destroy(&pool->idle);
  pthread_cond_destroy(&pool->work);
  pthread_mutex_destroy(&pool->lock);
  pthread_mutex_destroy(&pool->owner);
  free(pool);
}
