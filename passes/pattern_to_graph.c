/* pattern-to-graph: convolutions with patterns become dense ones again.
 *
 *   pattern.conv(x, fkw, b) = conv(x, dense(fkw), b)
 *
 * Kept weights keep their bits, the others are +0.0. What has arrays that are no constants stays. Runs before
 * graph-fuse. Linear in the dense weights. */
#include "dialects/graph/graph.h"
#include "passes/passes.h"
#include "passes/pattern_layers.h"

enum { CONVERTED };
static const char *const statistics[] = {"convolutions converted"};

static coco_status replace(coco_pass *pass, coco_operation *conv, const coco_fkw *fkw, coco_arena *arena) {
  coco_builder builder = coco_builder_before(conv);
  coco_value *bias = COCO_OPERAND(conv, pattern_conv, bias);
  const coco_attribute *dense;
  COCO_TRY(coco_pattern_dense_weight(conv, fkw, arena, &dense));
  coco_value *weight = coco_graph_build_constant(&builder, dense);
  COCO_TRY(builder.status);
  coco_value *value = coco_build_value(
      &builder, &(coco_operation_state){
                    .definition = &coco_graph_conv,
                    .operands = (coco_value *const[]){conv->operands[0].value, weight, bias},
                    .operand_count = bias ? 3 : 2,
                    COCO_WITH_ATTRIBUTES(COCO_NAMED("strides", COCO_PROPERTY(conv, pattern_conv, strides)),
                                         COCO_NAMED("pads", COCO_PROPERTY(conv, pattern_conv, pads)),
                                         COCO_NAMED("dilations", COCO_PROPERTY(conv, pattern_conv, dilations)),
                                         COCO_NAMED("group", COCO_PROPERTY(conv, pattern_conv, group)))});
  if (!value) return builder.status;
  coco_value_replace_all_uses(&conv->results[0], value);
  coco_operation_erase(conv);
  ++pass->statistics[CONVERTED];
  pass->changed = true;
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  COCO_TRY(coco_visit_patterns(pass, module, replace));
  return coco_erase_dead_constants(pass, module);
}

const coco_pass_definition coco_pass_pattern_to_graph = {
    .name = "pattern-to-graph",
    .documentation = "Make convolutions with patterns dense again, exactly.",
    .anchor = "builtin.module",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
