/* Puts zeros into the weights of every layer that has a pruning scheme: the nearest weights (least sum of squared
 * changes) that obey it. In one shot, without training, accuracy falls. Kept weights stay as they are to the bit.
 *
 * Weights become new constants, named after the old ones. Cost: that of the projections. */
#include "pruning/plan.h"
#include "pruning/pruning.h"

enum { TWO_STEPS };
static const coco_option_row options[] = {
    {"two-steps", COCO_OPTION_BOOL, "false",
     "Rank kernels by their whole energy, as published, not by what their pattern keeps."}};
enum { LAYERS, REMOVED };
static const char *const statistics[] = {"layers", "weights made zero"};

static coco_status project(coco_pass *pass, coco_layer *layer, const coco_attribute *scheme) {
  coco_constraint constraint;
  coco_kernels kernels;
  const coco_allocator *allocator = coco_context_allocator(pass->context);
  COCO_TRY(coco_constraint_of(layer, scheme, pass->scratch, &constraint));
  COCO_TRY(coco_layer_read(layer, layer->weights, pass->scratch, &kernels));
  uint64_t *kept = coco_arena_allocate_zeroed(pass->scratch, coco_layer_kernels(layer), sizeof *kept);
  if (!kept) return COCO_OUT_OF_MEMORY;
  constraint.projection.two_steps = pass->options[TWO_STEPS].integer && constraint.scheme.balance != COCO_BALANCE_RUNS;
  if (constraint.scheme.kind == COCO_PRUNE_BLOCKS)
    COCO_TRY(coco_project_blocks(&kernels, (size_t)constraint.scheme.block[0], (size_t)constraint.scheme.block[1],
                                 constraint.scheme.rate, allocator, kept));
  else
    COCO_TRY(coco_project_patterns(&kernels, &constraint.projection, allocator, kept));
  size_t removed;
  COCO_TRY(coco_layer_put_zeros(layer, kept, &removed));
  ++pass->statistics[LAYERS];
  pass->statistics[REMOVED] += removed;
  pass->changed = pass->changed || removed;
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  for (coco_operation *operation = root, *next; operation; operation = next) {
    coco_layer layer;
    next = coco_walk_next(operation, root); /* a constant that goes stands before */
    const coco_attribute *scheme = coco_prune_scheme_on(operation);
    if (!scheme) continue;
    if (!coco_layer_of(operation, &layer)) return coco_operation_error(operation, "has a pruning scheme, but no weights that can be pruned");
    COCO_TRY(project(pass, &layer, scheme));
  }
  return COCO_OK;
}

const coco_pass_definition coco_pass_prune_project = {
    .name = "prune-project",
    .documentation = "Put zeros into weights as their pruning schemes say, in one shot; accuracy falls without training.",
    .anchor = "builtin.module",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
