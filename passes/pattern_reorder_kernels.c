/* pattern-reorder-kernels: in each run of one pattern, kernels by ascending channel, so that the input is read in its
 * order.
 *
 * The order of filters stays. Results change by roundings where the order of sums does. Convolutions whose arrays are
 * no constants stay. Runs before graph-fuse. Linear in the kernels and the dense weights. */
#include <string.h>

#include "passes/passes.h"
#include "passes/pattern_layers.h"

enum { CHANGED };
static const char *const statistics[] = {"convolutions reordered"};

static coco_status reorder(coco_pass *pass, coco_operation *conv, const coco_fkw *fkw, coco_arena *arena) {
  coco_fkw now;
  COCO_TRY(coco_fkw_rearrange(fkw, fkw->shape.span, NULL, arena, &now));
  if (memcmp(fkw->index, now.index, fkw->kernels * sizeof *fkw->index) == 0) return COCO_OK;
  ++pass->statistics[CHANGED];
  pass->changed = true;
  return coco_pattern_layer_write(conv, &now);
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  return coco_visit_patterns(pass, module, reorder);
}

const coco_pass_definition coco_pass_pattern_reorder_kernels = {
    .name = "pattern-reorder-kernels",
    .documentation = "Order the kernels of each pattern by their channels.",
    .anchor = "builtin.module",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
