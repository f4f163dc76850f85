/* A program of another project: it makes a pool of threads. */
#include <coco/object.h>
#include <coco/thread_pool.h>
#include <stdio.h>

int main(void) {
  coco_thread_pool *pool;
  if (coco_thread_pool_create(1, &pool) != 0) return 1;
  printf("%d thread\n", coco_thread_pool_threads(pool) != NULL);
  coco_thread_pool_destroy(pool);
  return 0;
}
