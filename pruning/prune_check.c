/* Verifies that the weights of every layer with a pruning scheme obey it; an error says where they do not. Changes
 * nothing. Linear in the weights; balanced runs cost an assignment per filter. */
#include "pruning/plan.h"
#include "pruning/pruning.h"

enum { LAYERS };
static const char *const statistics[] = {"layers that obey"};

static coco_status report(const coco_layer *layer, const coco_violation *v) {
  coco_operation *operation = layer->operation;
  switch (v->kind) {
    case COCO_VIOLATES_SET:
      return coco_operation_error(operation, "breaks its pruning scheme: the kernel of filter %zu and channel %zu fits no pattern of the set",
                                  v->filter, v->channel);
    case COCO_VIOLATES_LAYER:
      return coco_operation_error(operation, "breaks its pruning scheme: it has %zu kernels, where %zu are allowed", v->found, v->allowed);
    case COCO_VIOLATES_FILTER:
      return coco_operation_error(operation, "breaks its pruning scheme: filter %zu has %zu kernels, where %zu are allowed", v->filter, v->found,
                                  v->allowed);
    case COCO_VIOLATES_RUNS:
      return coco_operation_error(operation,
                                  "breaks its pruning scheme: of the %zu kernels of filter %zu from channel %zu on, %zu have a place in runs of equal length",
                                  v->found, v->filter, v->channel, v->allowed);
    case COCO_VIOLATES_BLOCKS:
      return coco_operation_error(operation, "breaks its pruning scheme: its blocks have %zu positions, where %zu are allowed", v->found, v->allowed);
    case COCO_VIOLATES_NOTHING: break;
  }
  return COCO_OK;
}

static coco_status check(coco_pass *pass, const coco_layer *layer, const coco_attribute *scheme) {
  coco_constraint constraint;
  coco_kernels kernels;
  coco_violation violation = {0};
  COCO_TRY(coco_constraint_of(layer, scheme, pass->scratch, &constraint));
  COCO_TRY(coco_layer_read(layer, layer->weights, pass->scratch, &kernels));
  if (constraint.scheme.kind == COCO_PRUNE_BLOCKS)
    violation = coco_check_blocks(&kernels, (size_t)constraint.scheme.block[0], (size_t)constraint.scheme.block[1], constraint.scheme.rate);
  else
    COCO_TRY(coco_check_patterns(&kernels, &constraint.projection, coco_context_allocator(pass->context), &violation));
  if (violation.kind) return report(layer, &violation);
  ++pass->statistics[LAYERS];
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  for (coco_operation *operation = root; operation; operation = coco_walk_next(operation, root)) {
    coco_layer layer;
    const coco_attribute *scheme = coco_prune_scheme_on(operation);
    if (!scheme) continue;
    if (!coco_layer_of(operation, &layer)) return coco_operation_error(operation, "has a pruning scheme, but no weights that can be pruned");
    COCO_TRY(check(pass, &layer, scheme));
  }
  return COCO_OK;
}

const coco_pass_definition coco_pass_prune_check = {
    .name = "prune-check",
    .documentation = "Verify that weights obey their pruning schemes.",
    .anchor = "builtin.module",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
