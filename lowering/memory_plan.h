/* The memory plan: where each value of an entry function lives, so that nothing is allocated while running.
 *
 * Values whose lifetimes do not meet share memory; an elementwise layer writes over an operand that dies in it; a reshape is
 * another view of the same bytes; what is concatenated is computed in its place of the whole, where each part is one range of bytes. The arena's size is the peak. */
#ifndef COCO_LOWERING_MEMORY_PLAN_H
#define COCO_LOWERING_MEMORY_PLAN_H

#include "ir/operation.h"

enum { COCO_MEMORY_ALIGNMENT = 64 };

/* SIZE bytes from step FIRST to step LAST, both included. */
typedef struct coco_memory_request {
  int64_t size, first, last;
  int64_t offset; /* the answer */
} coco_memory_request;

/* Gives each request an offset (a multiple of ALIGNMENT) such that requests that live at once do not overlap: large ones first,
 * each in the smallest gap that takes it. *out_peak: the end of the highest. Cost: quadratic in the requests. */
coco_status coco_memory_plan(const coco_allocator *allocator, coco_memory_request *requests, size_t count, int64_t alignment, int64_t *out_peak) COCO_MUST_USE;

/* The most bytes that live at one step: no plan has a lower peak. Cost: quadratic in the requests. */
int64_t coco_memory_alive(const coco_memory_request *requests, size_t count);

typedef enum coco_place_kind {
  COCO_PLACE_ARGUMENT, /* an input of the function */
  COCO_PLACE_CONSTANT,
  COCO_PLACE_OUTPUT,   /* written where the caller wants it */
  COCO_PLACE_ARENA
} coco_place_kind;

typedef struct coco_place {
  coco_place_kind kind;
  size_t index;  /* of the argument, the output, or the buffer */
  int64_t offset; /* bytes from the buffer's start: of a part of a concatenation */
  bool is_alias; /* a view of another value's bytes: nothing is computed */
} coco_place;

typedef struct coco_entry_plan {
  coco_pointer_map places;     /* value -> coco_place */
  coco_pointer_map workspaces; /* operation -> coco_place: what some need while they run */
  coco_memory_request *buffers;
  size_t buffer_count;
  int64_t arena_size;
} coco_entry_plan;

/* Gives FUNCTION results that each are computed by an operation of their own: copies are added where it returns inputs, constants,
 * or a value twice. Does nothing the second time. */
coco_status coco_entry_own_results(coco_operation *function) COCO_MUST_USE;

/* Plans FUNCTION, a func.func of one block of lr operations and constants, each returned value of which is the result of an lr
 * operation and returned once. SCRATCH holds the plan; the map is freed by coco_entry_plan_free. */
coco_status coco_entry_plan_make(coco_operation *function, coco_arena *scratch, coco_entry_plan *out) COCO_MUST_USE;
void coco_entry_plan_free(coco_entry_plan *plan);
static inline const coco_place *coco_entry_plan_place(const coco_entry_plan *plan, const coco_value *value) {
  return coco_pointer_map_get(&plan->places, value);
}

/* NULL: OPERATION needs no workspace. */
static inline const coco_place *coco_entry_plan_workspace(const coco_entry_plan *plan, const coco_operation *operation) {
  return coco_pointer_map_get(&plan->workspaces, operation);
}

/* Whether the bytes of an lr operation's operand are its result already: reshapes, changes of layout that move nothing. */
bool coco_lr_is_view(const coco_operation *operation);
/* Whether each operand of MOVE, a concatenation, is one range of the result's bytes; out_offsets: where each starts. */
bool coco_lr_joins_ranges(const coco_operation *move, int64_t *out_offsets);

/* The first operand of an lr operation that its region reads through an index map; operand_count when it has none. */
size_t coco_lr_first_mapped(const coco_operation *operation);

#endif
