/* Work on independent operations by several threads in one context. Internal to ir/.
 *
 * What threads share, and how:
 *   types, attributes, affine expressions and maps, strings, resources, the stand-ins of unregistered operations:
 *       one lock, taken only while several threads are at work (coco_context_enter); what was made never changes;
 *   memory of operations: each thread has a pool and an arena, which become the context's at the end;
 *   diagnostics and printed text: kept with the piece of work that they come from and handed on in the order of the
 *       pieces, up to the first piece that failed: what is told does not depend on the number of threads;
 *   the context's allocator: is called by all, so it must allow that; the C heap does.
 * Nobody may replace the diagnostic handler or register a dialect meanwhile. */
#ifndef COCO_IR_PARALLEL_H
#define COCO_IR_PARALLEL_H

#include "ir/context_internal.h"

/* Piece INDEX of the work, on thread WORKER (0: the caller's). */
typedef coco_status (*coco_parallel_function)(void *user, size_t worker, size_t index);

/* Calls FUNCTION for every index below COUNT, on up to THREADS threads, the caller's included. All pieces run, also
 * when some fail. The status is that of the first piece, by index, that failed. Not to be nested. */
coco_status coco_context_run_parallel(coco_context *context, size_t threads, size_t count,
                                      coco_parallel_function function, void *user) COCO_MUST_USE;

/* Keeps TEXT for PRINT until the piece's turn comes. Only from within a piece. */
void coco_parallel_hold_text(coco_context *context, void (*print)(void *user, coco_string text), void *print_user,
                             coco_string text);

#endif
