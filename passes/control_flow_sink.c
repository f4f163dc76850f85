/* Moves operations into the only region that uses them, when that region runs at most once: then they are not computed
 * where the other way is taken.
 *
 *   %a = f(); if c { g(%a) }  =>  if c { %a = f(); g(%a) }      when f has no effect
 *
 * Nothing is moved into a loop. What moved may let its own operands follow. Inner operations come first. Linear in the
 * uses of what is moved, times the nesting of regions. */
#include "dialects/scf/scf.h"
#include "passes/control_flow.h"
#include "passes/passes.h"

enum { SUNK };
static const char *const statistics[] = {"operations sunk"};

typedef struct sinking {
  coco_pass *pass;
  const coco_allocator *allocator;
  COCO_VECTOR_OF(coco_operation *) pending; /* whose operands may follow into the region */
  coco_status status;
} sinking;

static bool is_inside(const coco_operation *operation, const coco_region *region) {
  for (const coco_region *at = operation->block ? operation->block->region : NULL; at;
       at = at->owner->block ? at->owner->block->region : NULL)
    if (at == region) return true;
  return false;
}

/* A loop around the region, but not around OPERATION, would compute it in every turn. */
static bool crosses_loop(const coco_operation *operation, const coco_region *region) {
  for (const coco_operation *at = region->owner; at && at->block && at->block->region != operation->block->region;
       at = coco_operation_parent(at))
    if (coco_operation_has_trait(coco_operation_parent(at), COCO_LOOP)) return true;
  return false;
}

/* The entry block of a region comes before everything in it, so a use inside is a use that it dominates. */
static bool is_used_inside_alone(const coco_operation *operation, const coco_region *region) {
  for (size_t i = 0; i < operation->result_count; ++i)
    for (const coco_use *use = operation->results[i].first_use; use; use = use->next)
      if (!is_inside(use->owner, region)) return false;
  return true;
}

static coco_status sink_operands(sinking *s, const coco_operation *user, coco_region *region) {
  for (size_t i = 0; i < user->operand_count; ++i) {
    coco_operation *operation = coco_value_operation(coco_operation_operand(user, i));
    if (!operation || !operation->block || is_inside(operation, region) || operation == region->owner) continue;
    if (!coco_operation_has_no_effect(operation) || !is_used_inside_alone(operation, region)) continue;
    if (crosses_loop(operation, region)) continue;
    coco_operation_detach(operation);
    coco_block_prepend(region->first, operation);
    ++s->pass->statistics[SUNK];
    s->pass->changed = true;
    COCO_TRY(coco_vector_push(s->allocator, &s->pending, operation));
  }
  return COCO_OK;
}

static coco_status sink_into(sinking *s, coco_region *region) {
  s->pending.count = 0;
  for (coco_block *block = region->first; block; block = block->next)
    for (coco_operation *operation = block->first; operation; operation = operation->next)
      COCO_TRY(coco_vector_push(s->allocator, &s->pending, operation));
  while (s->pending.count) {
    coco_operation *user = s->pending.items[--s->pending.count];
    for (coco_operation *inner = user; inner; inner = coco_walk_next(inner, user))
      COCO_TRY(sink_operands(s, inner, region));
  }
  return COCO_OK;
}

static coco_walk_result visit(coco_operation *operation, void *user) {
  sinking *s = user;
  if (!coco_operation_is(operation, &coco_scf_if) && !coco_operation_is(operation, &coco_scf_execute_region))
    return COCO_WALK_ON;
  for (size_t r = 0; r < operation->region_count && s->status == COCO_OK; ++r)
    if (coco_operation_region(operation, r)->first) s->status = sink_into(s, coco_operation_region(operation, r));
  return s->status == COCO_OK ? COCO_WALK_ON : COCO_WALK_STOP;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  sinking s = {.pass = pass, .allocator = coco_context_allocator(pass->context)};
  coco_operation_walk(root, COCO_POST_ORDER, visit, &s);
  coco_vector_free(s.allocator, &s.pending);
  return s.status;
}

const coco_pass_definition coco_pass_control_flow_sink = {
    .name = "control-flow-sink",
    .documentation = "Move operations into the only conditional region that uses them.",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
