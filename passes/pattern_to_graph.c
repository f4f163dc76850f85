/* pattern-to-graph: layers of patterns and of blocks become dense ones again.
 *
 *   pattern.conv(x, fkw, b) = conv(x, dense(fkw), b)
 *   pattern.block_conv(x, blocks, b) = conv(x, dense(blocks), b)
 *   pattern.linear(x, blocks, b) = gemm(x, dense(blocks), b) of matrices, else matmul(x, dense(blocks)) + b
 *
 * Kept weights keep their bits, the others are +0.0. What has arrays that are no constants stays. Runs before
 * graph-fuse. Linear in the dense weights. */
#include "dialects/graph/graph.h"
#include "passes/passes.h"
#include "passes/pattern_layers.h"

enum { CONVERTED };
static const char *const statistics[] = {"layers converted"};

static void put_in_place(coco_pass *pass, coco_operation *operation, coco_value *value) {
  coco_value_replace_all_uses(&operation->results[0], value);
  coco_operation_erase(operation);
  ++pass->statistics[CONVERTED];
  pass->changed = true;
}

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
  put_in_place(pass, conv, value);
  return COCO_OK;
}

/* ---- Blocks ---- */

static coco_value *build_block_conv(coco_builder *builder, coco_operation *conv, coco_value *weight) {
  coco_value *bias = COCO_OPERAND(conv, pattern_block_conv, bias);
  const coco_attribute *group = coco_attribute_i64(builder->context, 1);
  if (!group) coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
  if (builder->status != COCO_OK) return NULL;
  return coco_build_value(
      builder, &(coco_operation_state){
                   .definition = &coco_graph_conv,
                   .operands = (coco_value *const[]){conv->operands[0].value, weight, bias},
                   .operand_count = bias ? 3 : 2,
                   COCO_WITH_ATTRIBUTES(COCO_NAMED("strides", COCO_PROPERTY(conv, pattern_block_conv, strides)),
                                        COCO_NAMED("pads", COCO_PROPERTY(conv, pattern_block_conv, pads)),
                                        COCO_NAMED("dilations", COCO_PROPERTY(conv, pattern_block_conv, dilations)),
                                        COCO_NAMED("group", group))});
}

static coco_value *build_gemm(coco_builder *builder, coco_operation *linear, coco_value *weight, coco_value *bias) {
  const coco_attribute *one = coco_attribute_float(builder->context, coco_type_f32(builder->context), 1),
                       *no = coco_attribute_bool(builder->context, false),
                       *yes = coco_attribute_bool(builder->context, true);
  if (!one || !no || !yes) coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
  if (builder->status != COCO_OK) return NULL;
  return coco_build_value(
      builder, &(coco_operation_state){.definition = &coco_graph_gemm,
                                       .operands = (coco_value *const[]){linear->operands[0].value, weight, bias},
                                       .operand_count = bias ? 3 : 2,
                                       COCO_WITH_ATTRIBUTES(COCO_NAMED("alpha", one), COCO_NAMED("beta", one),
                                                            COCO_NAMED("trans_a", no), COCO_NAMED("trans_b", yes))});
}

static coco_value *build_linear(coco_builder *builder, coco_operation *linear, coco_value *weight) {
  coco_value *bias = COCO_OPERAND(linear, pattern_linear, bias);
  if (linear->operands[0].value->type->rank == 2) return build_gemm(builder, linear, weight, bias);
  coco_value *product = coco_build_value(
      builder,
      &(coco_operation_state){.definition = &coco_graph_matmul, COCO_WITH_OPERANDS(linear->operands[0].value, weight)});
  if (!product || !bias) return product;
  return coco_build_value(builder,
                          &(coco_operation_state){.definition = &coco_graph_add, COCO_WITH_OPERANDS(product, bias)});
}

static coco_status replace_blocks(coco_pass *pass, coco_operation *operation, coco_arena *arena) {
  const bool is_linear = coco_operation_is(operation, &coco_pattern_linear);
  coco_value *values[COCO_BLOCK_ARRAYS];
  const coco_attribute *dense;
  coco_blocks blocks;
  bool known;
  for (size_t i = 0; i < COCO_BLOCK_ARRAYS; ++i) values[i] = operation->operands[i + 1].value;
  COCO_TRY(coco_blocks_read_constants(operation, values, arena, &blocks, &known));
  if (!known) return COCO_OK;
  const bool transposed = is_linear && operation->operands[0].value->type->rank != 2;
  COCO_TRY(coco_blocks_dense_weight(operation, &blocks, transposed, arena, &dense));
  coco_builder builder = coco_builder_before(operation);
  coco_value *weight = coco_graph_build_constant(&builder, dense);
  COCO_TRY(builder.status);
  coco_value *value =
      is_linear ? build_linear(&builder, operation, weight) : build_block_conv(&builder, operation, weight);
  COCO_TRY(builder.status);
  put_in_place(pass, operation, value);
  return COCO_OK;
}

static coco_status visit_blocks(coco_pass *pass, coco_operation *operation, void *user) {
  (void)user;
  if (!coco_pattern_is_blocks(operation)) return COCO_OK;
  coco_arena arena = {.allocator = coco_context_allocator(pass->context)};
  const coco_status status = replace_blocks(pass, operation, &arena);
  coco_arena_destroy(&arena);
  return status;
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  COCO_TRY(coco_visit_patterns(pass, module, replace));
  return coco_change_layers(pass, module, visit_blocks, NULL);
}

const coco_pass_definition coco_pass_pattern_to_graph = {
    .name = "pattern-to-graph",
    .documentation = "Make layers of patterns and of blocks dense again, exactly.",
    .anchor = "builtin.module",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
