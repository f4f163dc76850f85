/* Forms groups: a layer (the anchor) and the elementwise operations that follow it become one graph.fused, which is computed in one
 * go; so do chains of elementwise operations.
 *
 * A group grows along uses, in program order. It may end after an operation when nothing outside uses any result but that one's.
 * It takes the place of its last operation, so whatever its members use is defined before it. Shapes are static and all those of
 * the anchor's result. Anchors are taken from the last to the first, so that a sum of two layers joins the later one. */
#include "dialects/graph/graph.h"
#include "dialects/pattern/pattern.h"
#include "passes/passes.h"

enum { GROUPS, GROUPED };
static const char *const statistics[] = {"groups", "operations in groups"};

enum { MAXIMUM_GROUP = 32, MAXIMUM_INPUTS = 3 * MAXIMUM_GROUP };

typedef struct group {
  coco_operation *members[MAXIMUM_GROUP]; /* in program order */
  size_t count;                           /* members so far */
  size_t complete;                        /* the longest prefix that may be a group */
} group;

static bool is_anchor(const coco_operation *operation) {
  static const coco_operation_definition *const anchors[] = {
      &coco_graph_conv,     &coco_pattern_conv,       &coco_pattern_linear, &coco_pattern_block_conv, &coco_graph_gemm, &coco_graph_matmul,
      &coco_graph_max_pool, &coco_graph_average_pool, &coco_graph_reduce};
  for (size_t i = 0; i < sizeof anchors / sizeof *anchors; ++i)
    if (operation->definition == anchors[i]) return true;
  return false;
}

static bool contains(const group *g, const coco_operation *operation) {
  for (size_t i = 0; i < g->count; ++i)
    if (g->members[i] == operation) return true;
  return false;
}

/* The first operation outside that uses a result of the group; NULL: none. *out_complete: only the last result is used outside.
 * *out_foreign: a use in another block (or a region), past which the group cannot grow. */
static coco_operation *next_user(const group *g, bool *out_complete, bool *out_foreign) {
  coco_operation *next = NULL;
  *out_complete = true;
  *out_foreign = false;
  for (size_t i = 0; i < g->count; ++i)
    for (const coco_use *use = g->members[i]->results[0].first_use; use; use = use->next) {
      if (contains(g, use->owner)) continue;
      if (i + 1 < g->count) *out_complete = false;
      if (use->owner->block != g->members[0]->block)
        *out_foreign = true;
      else if (!next || coco_operation_is_before(use->owner, next))
        next = use->owner;
    }
  return next;
}

static void grow(group *g) {
  const coco_type *type = g->members[0]->results[0].type;
  if (!coco_type_has_static_shape(type)) return;
  for (;;) {
    bool complete, foreign;
    coco_operation *next = next_user(g, &complete, &foreign);
    if (complete) g->complete = g->count;
    if (!next || foreign || g->count == MAXIMUM_GROUP || !coco_graph_is_elementwise(next)) return;
    if (!coco_type_same_shape(next->results[0].type, type)) return;
    g->members[g->count++] = next;
  }
}

/* The values that the members use and do not define, each once. */
static size_t gather_inputs(const group *g, coco_value **inputs) {
  size_t count = 0;
  for (size_t i = 0; i < g->complete; ++i)
    for (size_t k = 0; k < g->members[i]->operand_count; ++k) {
      coco_value *value = g->members[i]->operands[k].value;
      const coco_operation *definer = coco_value_operation(value);
      bool known = definer && contains(g, definer);
      for (size_t n = 0; n < count && !known; ++n) known = inputs[n] == value;
      if (!known) inputs[count++] = value;
    }
  return count;
}

/* Moves the members before YIELD, and lets them use the body's arguments instead of the inputs. */
static void take_members(const group *g, coco_operation *yield, coco_value *const *inputs, size_t input_count) {
  for (size_t i = 0; i < g->complete; ++i) {
    coco_operation *member = g->members[i];
    coco_operation_detach(member);
    coco_operation_insert_before(member, yield);
    for (size_t k = 0; k < member->operand_count; ++k)
      for (size_t n = 0; n < input_count; ++n)
        if (member->operands[k].value == inputs[n]) {
          coco_operation_set_operand(member, k, yield->block->arguments[n]);
          break;
        }
  }
}

static const coco_location *group_location(const group *g) {
  const coco_location *locations[MAXIMUM_GROUP];
  for (size_t i = 0; i < g->complete; ++i) locations[i] = g->members[i]->location;
  return coco_location_fused(g->members[0]->context, locations, g->complete, NULL);
}

/* An empty group after the last member, with a body that yields RESULT. */
static coco_status build_group(const group *g, coco_value *const *inputs, size_t input_count, coco_value *result, coco_operation **out_fused,
                               coco_operation **out_yield) {
  coco_builder builder = coco_builder_after(g->members[g->complete - 1]);
  builder.location = group_location(g);
  if (!builder.location) return COCO_OUT_OF_MEMORY;
  *out_fused = coco_build(&builder, &(coco_operation_state){.definition = &coco_graph_fused,
                                                            .operands = inputs,
                                                            .operand_count = input_count,
                                                            COCO_WITH_RESULTS(result->type)});
  if (!*out_fused) return builder.status;
  const coco_type *types[MAXIMUM_INPUTS];
  for (size_t i = 0; i < input_count; ++i) types[i] = inputs[i]->type;
  coco_block *body = coco_build_block(&builder, *out_fused, 0, types, input_count);
  if (body) coco_builder_to_end(&builder, body);
  *out_yield = coco_build(&builder, &(coco_operation_state){.definition = &coco_graph_yield, COCO_WITH_OPERANDS(result)});
  if (!*out_yield) coco_operation_erase(*out_fused);
  return builder.status;
}

/* The group is made whole before anything moves, so that running out of memory leaves the program as it was. */
static coco_status form(coco_pass *pass, group *g) {
  coco_value *inputs[MAXIMUM_INPUTS], *result = &g->members[g->complete - 1]->results[0];
  coco_operation *fused = NULL, *yield = NULL;
  g->count = g->complete;
  const size_t input_count = gather_inputs(g, inputs);
  COCO_TRY(build_group(g, inputs, input_count, result, &fused, &yield));
  coco_value_replace_all_uses(result, &fused->results[0]);
  coco_operation_set_operand(yield, 0, result);
  take_members(g, yield, inputs, input_count);
  ++pass->statistics[GROUPS];
  pass->statistics[GROUPED] += g->complete;
  pass->changed = true;
  return COCO_OK;
}

static coco_status try_from(coco_pass *pass, coco_operation *start) {
  group g = {.members = {start}, .count = 1};
  grow(&g);
  return g.complete > 1 ? form(pass, &g) : COCO_OK;
}

static coco_status run_block(coco_pass *pass, coco_block *block) {
  coco_operation *next;
  for (coco_operation *operation = block->last; operation; operation = next) {
    next = operation->previous;
    if (is_anchor(operation)) COCO_TRY(try_from(pass, operation));
  }
  /* Chains: a start that has gone into a group is the group's, whose place is after every start that is still to come. */
  for (coco_operation *operation = block->first; operation; operation = next) {
    next = operation->next;
    if (!coco_graph_is_elementwise(operation)) continue;
    coco_operation *before = operation->previous;
    COCO_TRY(try_from(pass, operation));
    if (operation->block != block) next = before ? before->next : block->first;
  }
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  coco_block *body = coco_operation_body(root, 0);
  for (coco_operation *function = body ? body->first : NULL; function; function = function->next)
    for (size_t i = 0; i < function->region_count; ++i)
      for (coco_block *block = coco_operation_region(function, i)->first; block; block = block->next)
        COCO_TRY(run_block(pass, block));
  return COCO_OK;
}

const coco_pass_definition coco_pass_graph_fuse = {
    .name = "graph-fuse",
    .documentation = "Group layers with the elementwise operations that follow them.",
    .anchor = "builtin.module",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
