/* An optional pool of threads for the "threads" argument of NAME_run (see object.h). Library: coco-runtime.
 *
 * The pool allocates when it is created and never again. One call of NAME_run at a time uses its
 * threads; a concurrent one does its work alone, which is correct and slower. */
#ifndef COCO_THREAD_POOL_H
#define COCO_THREAD_POOL_H

#include <coco/object.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct coco_thread_pool coco_thread_pool;

/* COUNT threads, the caller's included: COUNT - 1 are started. 0: as many as processors are online.
 * Returns 0, or an error number of the system (ENOMEM, EAGAIN, EINVAL for more than 1024). */
int coco_thread_pool_create(uint32_t count, coco_thread_pool **out);
/* What to give to NAME_run; lives as long as the pool. */
const struct coco_threads *coco_thread_pool_threads(const coco_thread_pool *pool);
/* Waits for the threads to end. No call may be running. NULL is allowed. */
void coco_thread_pool_destroy(coco_thread_pool *pool);

#ifdef __cplusplus
}
#endif

#endif
