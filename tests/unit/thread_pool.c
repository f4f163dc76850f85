/* The thread pool: each piece of each job runs once, whoever comes late, sleeps, or is asked twice at a time. */
#include "coco/thread_pool.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { MOST_PIECES = 3000 };

typedef struct count {
  atomic_int runs[MOST_PIECES];
} count;

static void run_piece(void *argument, int64_t index) {
  count *job = argument;
  atomic_fetch_add(&job->runs[index], 1);
}

static void run_job(const struct coco_threads *threads, int64_t pieces) {
  static _Thread_local count job;
  for (int64_t i = 0; i < MOST_PIECES; ++i) atomic_store(&job.runs[i], 0);
  threads->parallel(threads->context, run_piece, &job, pieces);
  for (int64_t i = 0; i < MOST_PIECES; ++i)
    cr_assert_eq(atomic_load(&job.runs[i]), i < pieces, "piece %d of %d", (int)i, (int)pieces);
}

static void rest(void) { nanosleep(&(struct timespec){.tv_nsec = 3000000}, NULL); }

Test(thread_pool, runs_each_piece_once) {
  static const int64_t pieces[] = {0, 1, 2, 3, 7, 16, 100, 1000, MOST_PIECES};
  for (uint32_t threads = 1; threads <= 8; threads = threads < 3 ? threads + 1 : threads + 5) {
    coco_thread_pool *pool;
    cr_assert_eq(coco_thread_pool_create(threads, &pool), 0);
    cr_assert_eq(coco_thread_pool_threads(pool)->count, threads);
    for (int round = 0; round < 40; ++round) {
      for (size_t i = 0; i < sizeof pieces / sizeof *pieces; ++i) run_job(coco_thread_pool_threads(pool), pieces[i]);
      if (round % 10 == 0) rest(); /* the workers sleep, and are woken by the next job */
    }
    coco_thread_pool_destroy(pool);
  }
}

static void *call_often(void *user) {
  for (int i = 0; i < 200; ++i) run_job(user, 50 + i);
  return NULL;
}

Test(thread_pool, serves_callers_at_the_same_time) {
  coco_thread_pool *pool;
  pthread_t others[2];
  cr_assert_eq(coco_thread_pool_create(3, &pool), 0);
  void *threads = (void *)coco_thread_pool_threads(pool);
  for (int i = 0; i < 2; ++i) cr_assert_eq(pthread_create(&others[i], NULL, call_often, threads), 0);
  call_often(threads);
  for (int i = 0; i < 2; ++i) cr_assert_eq(pthread_join(others[i], NULL), 0);
  coco_thread_pool_destroy(pool);
}

Test(thread_pool, of_workers_that_sleep_or_have_just_begun_ends) {
  for (int i = 0; i < 20; ++i) {
    coco_thread_pool *pool;
    cr_assert_eq(coco_thread_pool_create(3, &pool), 0);
    if (i % 4 == 0) rest();
    coco_thread_pool_destroy(pool);
  }
  coco_thread_pool_destroy(NULL);
}
