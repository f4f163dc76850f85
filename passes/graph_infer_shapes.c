/* Makes shapes static where they can be: folds the arithmetic on shapes and infers results anew, in program order, so
 * that what is known about the inputs reaches the outputs in one walk.
 *
 * A declared extent that inference does not find is kept; one that contradicts it is an error. Linear in the
 * operations. */
#include "dialects/func/func.h"
#include "dialects/graph/graph.h"
#include "dialects/shared/shape.h"
#include "ir/printer.h"
#include "ir/rewriter.h"
#include "passes/graph_shapes.h"
#include "passes/passes.h"

enum { REFINED, FOLDED };
static const char *const statistics[] = {"results refined", "operations folded"};

/* What both types say together; NULL: they contradict each other, or memory ran out (*out_status). */
static const coco_type *meet(coco_context *context, const coco_type *declared, const coco_type *inferred,
                             coco_status *out_status) {
  *out_status = COCO_OK;
  coco_extents a, b;
  if (!coco_type_is(declared, COCO_TYPE_TENSOR) || !coco_type_is(inferred, COCO_TYPE_TENSOR))
    return declared == inferred ? declared : NULL;
  if (declared->element != inferred->element || declared->rank != inferred->rank) return NULL;
  if (!coco_extents_of(declared, &a) || !coco_extents_of(inferred, &b)) return declared;
  for (size_t i = 0; i < a.rank; ++i) {
    if (b.at[i] == COCO_DYNAMIC) b.at[i] = a.at[i];
    if (a.at[i] != COCO_DYNAMIC && a.at[i] != b.at[i]) return NULL;
  }
  const coco_type *type = coco_type_with_shape(context, declared, b.rank, b.at);
  if (!type) *out_status = COCO_OUT_OF_MEMORY;
  return type;
}

static coco_status refine(coco_pass *pass, coco_operation *operation) {
  if (operation->result_count != 1) return COCO_OK;
  const coco_type *declared = operation->results[0].type;
  COCO_TRY(coco_operation_infer(operation, true));
  const coco_type *inferred = operation->results[0].type;
  coco_status status;
  const coco_type *both = meet(pass->context, declared, inferred, &status);
  operation->results[0].type = both ? both : declared;
  if (both && both != declared) {
    ++pass->statistics[REFINED];
    pass->changed = true;
  }
  if (both || status != COCO_OK) return status;
  char one[128], two[128];
  return coco_operation_error(operation, "is declared to have the result '%s', but has '%s'",
                              coco_type_text(declared, one, sizeof one), coco_type_text(inferred, two, sizeof two));
}

/* Folds OPERATION where it can be; *out_folded: it is gone. */
static coco_status fold(coco_pass *pass, coco_operation *operation, bool *out_folded) {
  coco_builder builder = coco_builder_before(operation);
  coco_value *value = NULL;
  bool changed = false;
  *out_folded = false;
  if (operation->result_count != 1 || coco_operation_has_trait(operation, COCO_CONSTANT_LIKE)) return COCO_OK;
  COCO_TRY(coco_fold_operation(&builder, operation, &value, out_folded, &changed));
  pass->changed = pass->changed || changed || *out_folded;
  if (!*out_folded) return COCO_OK;
  coco_value_replace_all_uses(&operation->results[0], value);
  coco_operation_erase(operation);
  ++pass->statistics[FOLDED];
  return COCO_OK;
}

static coco_status visit_block(coco_pass *pass, coco_block *block);

/* A group: its body sees the operands' types, and it has the type of what the body yields. */
static coco_status visit_group(coco_pass *pass, coco_operation *group) {
  coco_block *body = coco_operation_body(group, 0);
  for (size_t i = 0; i < body->argument_count; ++i) body->arguments[i]->type = group->operands[i].value->type;
  COCO_TRY(visit_block(pass, body));
  const coco_type *type = body->last->operands[0].value->type;
  if (type == group->results[0].type) return COCO_OK;
  group->results[0].type = type;
  ++pass->statistics[REFINED];
  pass->changed = true;
  return COCO_OK;
}

/* Groups do not nest, so this calls itself once at most. */
static coco_status visit_block(coco_pass *pass, coco_block *block) {
  for (coco_operation *operation = block->first, *next; operation; operation = next) {
    next = operation->next;
    if (operation->definition->dialect != &coco_graph_dialect || coco_operation_is(operation, &coco_graph_yield))
      continue;
    if (coco_operation_is(operation, &coco_graph_fused)) {
      COCO_TRY(visit_group(pass, operation));
      continue;
    }
    bool folded = false;
    const bool in_group = coco_operation_is(coco_operation_parent(operation), &coco_graph_fused);
    COCO_TRY(refine(pass, operation));
    if (!in_group) COCO_TRY(fold(pass, operation, &folded));
  }
  return COCO_OK;
}

static coco_status visit_function(coco_pass *pass, coco_operation *function) {
  for (coco_block *block = coco_operation_region(function, 0)->first; block; block = block->next)
    COCO_TRY(visit_block(pass, block));
  const coco_attribute *type = COCO_PROPERTY(function, func_func, function_type);
  COCO_TRY(coco_graph_update_function_type(function));
  if (COCO_PROPERTY(function, func_func, function_type) != type) pass->changed = true;
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  coco_block *block = coco_operation_body(root, 0);
  for (coco_operation *operation = block ? block->first : NULL; operation; operation = operation->next)
    if (coco_operation_is(operation, &coco_func_func)) COCO_TRY(visit_function(pass, operation));
  return COCO_OK;
}

const coco_pass_definition coco_pass_graph_infer_shapes = {
    .name = "graph-infer-shapes",
    .documentation = "Fold arithmetic on shapes and make result shapes static where they can be.",
    .anchor = "builtin.module",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
