/* pattern-fold-permutation: a convolution with patterns gives its channels in the order in which it computes them,
 * where all that reads them can be told.
 *
 *   sink(members(pattern.conv(x, reorder r)), w) = sink(members(pattern.conv(x, reorder identity)), w with its inputs
 * by r)
 *
 * What cannot be reached (a sum with another layer, the network's result) keeps the reorder. A sink that has patterns
 * keeps the channels of a run in ascending order, so that its sums may change by roundings. What the folding saves is a
 * table: the time of 3 layers with 256 to 512 channels did not change by what could be measured, so graph-optimize folds
 * between layers with patterns only, and leaves dense weights as they are. Runs before graph-fuse. Linear in the weights
 * of the sinks. */
#include "passes/channel_region.h"
#include "passes/passes.h"

enum { PATTERNS_ONLY };
static const coco_option_row options[] = {
    {"patterns-only", COCO_OPTION_BOOL, "false",
     "Fold only where all that read the channels are convolutions with patterns; dense weights stay as they are."},
};
enum { FOLDED };
static const char *const statistics[] = {"permutations folded"};

static bool is_identity(const coco_fkw *fkw) {
  for (uint32_t i = 0; i < fkw->shape.filters; ++i)
    if (fkw->reorder[i] != i) return false;
  return true;
}

static bool sinks_are_patterns(const coco_channel_region *region) {
  for (size_t i = 0; i < region->sink_count; ++i)
    if (!coco_operation_is(region->sinks[i], &coco_pattern_conv)) return false;
  return true;
}

static coco_status visit(coco_pass *pass, coco_operation *operation, void *user) {
  (void)user;
  coco_channel_region region;
  coco_fkw fkw;
  bool known;
  if (!coco_operation_is(operation, &coco_pattern_conv) || !coco_channel_region_find(operation, &region))
    return COCO_OK;
  if (pass->options[PATTERNS_ONLY].integer && !sinks_are_patterns(&region)) return COCO_OK;
  COCO_TRY(coco_pattern_layer_read(operation, pass->scratch, &fkw, &known));
  if (!known || is_identity(&fkw)) return COCO_OK;
  ++pass->statistics[FOLDED];
  return coco_channel_region_select(pass, &region, fkw.reorder, fkw.shape.filters);
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  return coco_change_layers(pass, module, visit, NULL);
}

const coco_pass_definition coco_pass_pattern_fold_permutation = {
    .name = "pattern-fold-permutation",
    .documentation = "Fold the order of filters into the layers that read their results.",
    .anchor = "builtin.module",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
