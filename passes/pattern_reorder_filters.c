/* pattern-reorder-filters: filters of one length side by side, alike ones next to each other; and channel groups of
 * another span.
 *
 * The result keeps every bit as long as the span stays: only the order in which filters are computed changes.
 * Convolutions whose arrays are no constants stay. Runs before graph-fuse. Cost: see dialects/pattern/fkw_reorder.c. */
#include <string.h>

#include "passes/passes.h"
#include "passes/pattern_layers.h"

enum { ASCENDING, LENGTHS, SIMILARITY, SPAN };
static const coco_option_row options[] = {
    {"ascending", COCO_OPTION_BOOL, "false", "Shortest filters first."},
    {"lengths", COCO_OPTION_BOOL, "true", "Group filters by their number of kernels."},
    {"similarity", COCO_OPTION_BOOL, "true", "Chain alike filters."},
    {"span", COCO_OPTION_INTEGER, "0", "Input channels of one channel group; 0: as it is; -1: all."},
};
enum { CHANGED };
static const char *const statistics[] = {"convolutions reordered"};

/* Both have as many filters. */
static bool same_order(const coco_fkw *a, const coco_fkw *b) {
  return a->shape.span == b->shape.span && memcmp(a->reorder, b->reorder, a->shape.filters * sizeof *a->reorder) == 0;
}

static coco_status reorder(coco_pass *pass, coco_operation *conv, const coco_fkw *fkw, coco_arena *arena) {
  const coco_option_value *given = pass->options;
  const coco_fkw_order order = {.by_length = given[LENGTHS].integer != 0,
                                .ascending = given[ASCENDING].integer != 0,
                                .by_similarity = given[SIMILARITY].integer != 0};
  coco_fkw now;
  int64_t span = given[SPAN].integer;
  if (span == 0) span = fkw->shape.span;
  if (span < 0 || span > fkw->shape.channels) span = fkw->shape.channels;
  COCO_TRY(coco_fkw_rearrange(fkw, (uint32_t)span, &order, arena, &now));
  if (same_order(fkw, &now)) return COCO_OK;
  ++pass->statistics[CHANGED];
  pass->changed = true;
  return coco_pattern_layer_write(conv, &now);
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  return coco_visit_patterns(pass, module, reorder);
}

const coco_pass_definition coco_pass_pattern_reorder_filters = {
    .name = "pattern-reorder-filters",
    .documentation = "Order the filters of convolutions with patterns by length and likeness.",
    .anchor = "builtin.module",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
