/* graph-to-blocks: finds blocks of 16 outputs by one input in the zeros of constant weights.
 *
 *   gemm(a, w, c), matmul(a, w) = pattern.linear(a, blocks(w), c)
 *   conv(x, w, b) = pattern.block_conv(x, blocks(w), b), of one group
 *
 * An input (of a convolution: a position of a channel) is kept for 16 neighbouring outputs when any of their weights is
 * not zero. A layer is converted when few enough are kept. The limits are where the compiled layer is faster than the
 * dense one on AVX-512, relayouts of a network of three included: products take their share of the dense time, at 16
 * rows until 78 %; 1x1 convolutions of 256 channels at 28 x 28 were as fast at 55 %; against Winograd's algorithm 3x3
 * convolutions of 64 to 256 channels were at 22 to 24 %, of 512 channels at 14 x 14 at 39 %, at 7 x 7 beyond 50 %.
 * Convolutions must also have few zeros among what is kept, since single kernels have a form of their own
 * (graph-to-pattern). A layer where more than an eighth of the outputs are empty, other than by whole blocks, waits for
 * remove-empty-channels, since afterwards other outputs are neighbours. A bias that is not one number for each output
 * is added afterwards. The order of sums is that of the dense layer.
 *
 * Runs before graph-to-pattern and graph-fuse, and before and after remove-empty-channels, which keeps outputs of
 * blocks together. Cost: linear in the weights. */
#include "dialects/graph/graph.h"
#include "passes/passes.h"
#include "passes/pattern_layers.h"

enum { MAX_LINEAR, MAX_CONV, MAX_WINOGRAD, MAX_SMALL_WINOGRAD, MIN_FILL };
static const coco_option_row options[] = {
    {"max-linear", COCO_OPTION_COUNT, "70",
     "The percentage of kept blocks up to which a fully connected layer is converted."},
    {"max-conv", COCO_OPTION_COUNT, "50", "The same for convolutions that would be computed directly."},
    {"max-winograd", COCO_OPTION_COUNT, "20",
     "The same for convolutions that Winograd's algorithm can compute: 3x3, of stride and dilation 1."},
    {"max-small-winograd", COCO_OPTION_COUNT, "35", "The same where images are small, of at most 14 x 14 outputs."},
    {"min-fill", COCO_OPTION_COUNT, "75",
     "The percentage of the weights in kept blocks that must not be zero, for convolutions."},
};
enum { PRODUCTS, CONVOLUTIONS, KEPT, ALL };
static const char *const statistics[] = {"products converted", "convolutions converted", "blocks kept in them",
                                         "blocks in them"};

enum { MOST_EMPTY = 8 }; /* one in so many outputs */

/* A layer's dense weights, and what there is in them. */
typedef struct candidate {
  coco_operation *operation;
  coco_blocks_dense dense;
  coco_blocks_count count;
} candidate;

static bool is_static_matrix(const coco_type *type) {
  return type->rank == 2 && coco_type_has_static_shape(type) &&
         !coco_blocks_extents_check(type->shape[1], type->shape[0]) &&
         !coco_blocks_extents_check(type->shape[0], type->shape[1]);
}

/* gemm: not transposed, no factors. */
static bool can_be_linear(const coco_operation *operation) {
  if (!is_static_matrix(operation->operands[1].value->type)) return false;
  if (coco_operation_is(operation, &coco_graph_matmul)) {
    const uint32_t rank = operation->operands[0].value->type->rank;
    return rank >= 1 && operation->results[0].type->rank == rank;
  }
  return coco_property_integer(COCO_PROPERTY(operation, graph_gemm, trans_a), 0) == 0 &&
         COCO_PROPERTY(operation, graph_gemm, alpha)->real == 1 &&
         (operation->operand_count < 3 || COCO_PROPERTY(operation, graph_gemm, beta)->real == 1);
}

static bool can_be_block_conv(const coco_operation *conv) {
  const coco_type *input = conv->operands[0].value->type, *weight = conv->operands[1].value->type;
  const int64_t count = coco_type_element_count(weight);
  if (coco_property_integer(COCO_PROPERTY(conv, graph_conv, group), 1) != 1 || input->shape[1] == COCO_DYNAMIC)
    return false;
  return count > 0 && count <= INT32_MAX && !coco_blocks_extents_check(weight->shape[0], count / weight->shape[0]);
}

static bool is_gemm_transposed(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_graph_gemm) &&
         coco_property_integer(COCO_PROPERTY(operation, graph_gemm, trans_b), 0) != 0;
}

static coco_status read_weights(coco_pass *pass, candidate *layer) {
  const coco_operation *operation = layer->operation;
  const coco_type *type = operation->operands[1].value->type;
  COCO_TRY(coco_constant_floats(operation->operands[1].value, pass->scratch, &layer->dense.at));
  if (!layer->dense.at) return COCO_OK;
  const uint32_t rows = (uint32_t)type->shape[0], columns = (uint32_t)(coco_type_element_count(type) / type->shape[0]);
  const float *at = layer->dense.at;
  if (coco_operation_is(operation, &coco_graph_conv) || is_gemm_transposed(operation))
    layer->dense = (coco_blocks_dense){at, rows, columns, columns, 1};
  else
    layer->dense = (coco_blocks_dense){at, columns, rows, 1, columns};
  layer->count = coco_blocks_survey(&layer->dense);
  return COCO_OK;
}

/* ---- Whether it is worth it ---- */

static bool all_are(const coco_attribute *numbers, int64_t wanted) {
  for (size_t i = 0; i < numbers->count; ++i)
    if (coco_attribute_i64s(numbers)[i] != wanted) return false;
  return true;
}

static bool winograd_can(const coco_operation *conv) {
  const coco_type *weight = conv->operands[1].value->type;
  return weight->rank == 4 && weight->shape[2] == 3 && weight->shape[3] == 3 &&
         all_are(COCO_PROPERTY(conv, graph_conv, strides), 1) && all_are(COCO_PROPERTY(conv, graph_conv, dilations), 1);
}

/* Of few tiles, which leave the algorithm's products short. */
static bool is_small(const coco_operation *conv) {
  enum { SMALL = 14 * 14 };
  const coco_type *result = conv->results[0].type;
  return result->rank == 4 && result->shape[2] > 0 && result->shape[3] > 0 && result->shape[2] <= SMALL &&
         result->shape[2] * result->shape[3] <= SMALL;
}

static size_t limit_of(const coco_operation *operation) {
  if (!coco_operation_is(operation, &coco_graph_conv)) return MAX_LINEAR;
  if (!winograd_can(operation)) return MAX_CONV;
  return is_small(operation) ? MAX_SMALL_WINOGRAD : MAX_WINOGRAD;
}

static bool is_worth_it(const coco_pass *pass, const candidate *layer) {
  const coco_option_value *given = pass->options;
  const bool is_conv = coco_operation_is(layer->operation, &coco_graph_conv);
  const size_t option = limit_of(layer->operation);
  const double blocks = (double)coco_blocks_rows(layer->dense.outputs) * layer->dense.depth;
  if ((double)layer->count.kept * 100 > blocks * (double)given[option].integer) return false;
  if (layer->count.empty * MOST_EMPTY > layer->dense.outputs) return false;
  return !is_conv ||
         (double)layer->count.nonzero * 100 >= (double)layer->count.weights * (double)given[MIN_FILL].integer;
}

/* ---- Converting ---- */

static bool is_bias(const coco_value *c, uint32_t outputs) {
  return c->type->rank == 1 && c->type->shape[0] == (int64_t)outputs;
}

/* sum + c, which is broadcast. */
static coco_value *build_sum(coco_builder *builder, coco_value *sum, coco_value *c) {
  return coco_build_value(builder, &(coco_operation_state){.definition = &coco_graph_add, COCO_WITH_OPERANDS(sum, c)});
}

static coco_status build_linear(coco_builder *builder, const candidate *layer, coco_value *const *arrays,
                                coco_value **out) {
  const coco_operation *operation = layer->operation;
  coco_value *c = operation->operand_count > 2 ? operation->operands[2].value : NULL;
  coco_value *bias = c && is_bias(c, layer->dense.outputs) ? c : NULL;
  const coco_attribute *outputs = coco_attribute_i64(builder->context, layer->dense.outputs);
  if (!outputs) return COCO_OUT_OF_MEMORY;
  *out = coco_build_value(
      builder, &(coco_operation_state){.definition = &coco_pattern_linear,
                                       .operands = (coco_value *const[]){operation->operands[0].value, arrays[0],
                                                                         arrays[1], arrays[2], bias},
                                       .operand_count = bias ? 5 : 4,
                                       COCO_WITH_ATTRIBUTES(COCO_NAMED("outputs", outputs))});
  if (*out && c && !bias) *out = build_sum(builder, *out, c);
  return builder->status;
}

static coco_status build_conv(coco_builder *builder, const candidate *layer, coco_value *const *arrays,
                              coco_value **out) {
  const coco_operation *conv = layer->operation;
  const coco_type *weight = conv->operands[1].value->type;
  coco_value *bias = COCO_OPERAND(conv, graph_conv, bias);
  const coco_attribute *filters = coco_attribute_i64(builder->context, layer->dense.outputs),
                       *kernel = coco_attribute_i64_array(builder->context, weight->shape + 2, weight->rank - 2);
  if (!filters || !kernel) return COCO_OUT_OF_MEMORY;
  *out = coco_build_value(
      builder,
      &(coco_operation_state){
          .definition = &coco_pattern_block_conv,
          .operands = (coco_value *const[]){conv->operands[0].value, arrays[0], arrays[1], arrays[2], bias},
          .operand_count = bias ? 5 : 4,
          COCO_WITH_ATTRIBUTES(
              COCO_NAMED("kernel", kernel), COCO_NAMED("strides", COCO_PROPERTY(conv, graph_conv, strides)),
              COCO_NAMED("pads", COCO_PROPERTY(conv, graph_conv, pads)),
              COCO_NAMED("dilations", COCO_PROPERTY(conv, graph_conv, dilations)), COCO_NAMED("filters", filters))});
  return builder->status;
}

static coco_status convert(coco_pass *pass, const candidate *layer, coco_arena *arena) {
  coco_operation *operation = layer->operation;
  const bool is_conv = coco_operation_is(operation, &coco_graph_conv);
  coco_builder builder = coco_builder_before(operation);
  coco_value *arrays[COCO_BLOCK_ARRAYS], *value;
  coco_blocks blocks;
  COCO_TRY(coco_blocks_from_dense(&layer->dense, arena, &blocks));
  COCO_TRY(coco_blocks_build_arrays(&builder, &blocks, coco_location_layer(operation->location), arrays));
  COCO_TRY(is_conv ? build_conv(&builder, layer, arrays, &value) : build_linear(&builder, layer, arrays, &value));
  coco_value_replace_all_uses(&operation->results[0], value);
  coco_operation_erase(operation);
  ++pass->statistics[is_conv ? CONVOLUTIONS : PRODUCTS];
  pass->statistics[KEPT] += layer->count.kept;
  pass->statistics[ALL] += (uint64_t)coco_blocks_rows(layer->dense.outputs) * layer->dense.depth;
  pass->changed = true;
  return COCO_OK;
}

static coco_status visit(coco_pass *pass, coco_operation *operation, void *user) {
  (void)user;
  const bool is_product =
      coco_operation_is(operation, &coco_graph_gemm) || coco_operation_is(operation, &coco_graph_matmul);
  candidate layer = {.operation = operation};
  if (is_product ? !can_be_linear(operation)
                 : !coco_operation_is(operation, &coco_graph_conv) || !can_be_block_conv(operation))
    return COCO_OK;
  COCO_TRY(read_weights(pass, &layer));
  if (!layer.dense.at || !is_worth_it(pass, &layer)) return COCO_OK;
  coco_arena arena = {.allocator = coco_context_allocator(pass->context)};
  const coco_status status = convert(pass, &layer, &arena);
  coco_arena_destroy(&arena);
  return status;
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  return coco_change_layers(pass, module, visit, NULL);
}

const coco_pass_definition coco_pass_graph_to_blocks = {
    .name = "graph-to-blocks",
    .documentation = "Find blocks of 16 outputs by one input in the zeros of weights, and store such layers compactly.",
    .anchor = "builtin.module",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
