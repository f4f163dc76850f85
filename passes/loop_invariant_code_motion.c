/* Moves out of loops what gives the same in every turn.
 *
 *   loop { %a = f(outside) }  =>  %a = f(outside); loop { }
 *
 * when f has no effect and may run even where the loop would have no turn. Inner loops come first, so that what leaves
 * one may leave the next. Linear in the uses of what is moved, times the nesting of regions. */
#include "ir/analysis.h"
#include "passes/control_flow.h"
#include "passes/passes.h"

enum { HOISTED };
static const char *const statistics[] = {"operations hoisted"};

typedef struct motion {
  coco_pass *pass;
  const coco_allocator *allocator;
  COCO_VECTOR_OF(coco_operation *) pending;
  coco_status status;
} motion;

/* Everything that OPERATION and its regions use and do not define is defined outside of LOOP. */
static bool uses_outside_alone(coco_operation *operation, const coco_operation *loop) {
  for (coco_operation *inner = operation; inner; inner = coco_walk_next(inner, operation))
    for (size_t i = 0; i < inner->operand_count; ++i) {
      const coco_value *value = coco_operation_operand(inner, i);
      if (!coco_value_is_outside(value, loop) && coco_value_is_outside(value, operation)) return false;
    }
  return true;
}

/* A value of OPERATION itself counts as one from outside of it, so nothing uses its own results. */
static bool can_leave(coco_operation *operation, const coco_operation *loop) {
  return coco_operation_has_no_effect(operation) && coco_operation_is_speculatable(operation) &&
         uses_outside_alone(operation, loop);
}

/* Users directly in REGION may follow. */
static coco_status push_users(motion *m, const coco_operation *moved, const coco_region *region) {
  for (size_t i = 0; i < moved->result_count; ++i)
    for (const coco_use *use = moved->results[i].first_use; use; use = use->next)
      if (use->owner->block && use->owner->block->region == region)
        COCO_TRY(coco_vector_push(m->allocator, &m->pending, use->owner));
  return COCO_OK;
}

static coco_status hoist_from(motion *m, coco_operation *loop, coco_region *region) {
  m->pending.count = 0;
  for (coco_block *block = region->first; block; block = block->next)
    for (coco_operation *operation = block->first; operation; operation = operation->next)
      COCO_TRY(coco_vector_push(m->allocator, &m->pending, operation));
  for (size_t i = 0; i < m->pending.count; ++i) {
    coco_operation *operation = m->pending.items[i];
    if (operation->block->region != region || !can_leave(operation, loop)) continue;
    coco_operation_detach(operation);
    coco_operation_insert_before(operation, loop);
    ++m->pass->statistics[HOISTED];
    m->pass->changed = true;
    COCO_TRY(push_users(m, operation, region));
  }
  return COCO_OK;
}

static coco_walk_result visit(coco_operation *operation, void *user) {
  motion *m = user;
  if (!coco_operation_has_trait(operation, COCO_LOOP) || !operation->block) return COCO_WALK_ON;
  for (size_t r = 0; r < operation->region_count && m->status == COCO_OK; ++r)
    m->status = hoist_from(m, operation, coco_operation_region(operation, r));
  return m->status == COCO_OK ? COCO_WALK_ON : COCO_WALK_STOP;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  motion m = {.pass = pass, .allocator = coco_context_allocator(pass->context)};
  coco_operation_walk(root, COCO_POST_ORDER, visit, &m);
  coco_vector_free(m.allocator, &m.pending);
  coco_pass_preserves(pass, &coco_dominance_analysis); /* operations move, blocks do not */
  return m.status;
}

const coco_pass_definition coco_pass_loop_invariant_code_motion = {
    .name = "loop-invariant-code-motion",
    .documentation = "Move out of loops what gives the same in every turn.",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
