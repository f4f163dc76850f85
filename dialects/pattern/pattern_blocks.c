/* pattern.linear and pattern.block_conv: their shapes, their arrays, and what they compute. */
#include <string.h>

#include "dialects/pattern/hooks.h"
#include "dialects/pattern/pattern.h"
#include "dialects/shared/shape.h"

enum { BIAS = COCO_BLOCK_ARRAYS + 1 };

bool coco_pattern_is_blocks(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_pattern_linear) || coco_operation_is(operation, &coco_pattern_block_conv);
}

/* ---- Shapes ---- */

static coco_status expect_shape(const coco_inference *inference, size_t operand, size_t rank, const int64_t *shape) {
  const coco_type *type = inference->operands[operand]->type;
  const char *name = inference->definition->operands[operand].name;
  if (type->rank != rank)
    return coco_inference_error(inference, "expects operand '%s' of rank %zu, but it has rank %u", name, rank,
                                (unsigned)type->rank);
  for (size_t i = 0; i < rank; ++i)
    if (shape[i] != COCO_DYNAMIC && type->shape[i] != shape[i])
      return coco_inference_error(inference, "expects operand '%s' with an extent of %lld along axis %zu", name,
                                  (long long)shape[i], i);
  return COCO_OK;
}

static coco_status check_arrays(const coco_inference *inference, int64_t outputs, int64_t depth) {
  const coco_type *element = inference->operands[0]->type->element;
  if (!coco_type_is_float(element) || element->format != COCO_F32)
    return coco_inference_error(inference, "expects an input of f32");
  for (size_t i = COCO_BLOCK_ARRAYS; i < inference->operand_count; ++i)
    if (inference->operands[i]->type->element != element)
      return coco_inference_error(inference, "expects weights and bias of f32");
  for (size_t i = 1; i < COCO_BLOCK_ARRAYS; ++i)
    if (coco_type_bits(inference->operands[i]->type->element) > 32)
      return coco_inference_error(inference, "expects arrays of integers of at most 32 bits");
  if (depth == COCO_DYNAMIC) return coco_inference_error(inference, "expects an input with a known number of elements");
  const char *wrong = coco_blocks_extents_check(outputs, depth);
  if (wrong) return coco_inference_error(inference, "has wrong extents: %s", wrong);
  const int64_t kept = inference->operands[2]->type->rank == 1 ? inference->operands[2]->type->shape[0] : COCO_DYNAMIC;
  COCO_TRY(expect_shape(inference, 1, 1, (const int64_t[]){coco_blocks_rows((uint32_t)outputs) + 1}));
  COCO_TRY(expect_shape(inference, 2, 1, (const int64_t[]){COCO_DYNAMIC}));
  COCO_TRY(expect_shape(inference, 3, 2, (const int64_t[]){kept, COCO_BLOCK_OUTPUTS}));
  return inference->operand_count > BIAS ? expect_shape(inference, BIAS, 1, &outputs) : COCO_OK;
}

static coco_status set_result(const coco_inference *inference, const coco_extents *shape) {
  int64_t count;
  if (!coco_extents_product(shape->at, shape->rank, &count))
    return coco_inference_error(inference, "result has too many elements");
  inference->results[0] =
      coco_type_tensor(inference->context, shape->rank, shape->at, inference->operands[0]->type->element, NULL);
  return inference->results[0] ? COCO_OK : COCO_OUT_OF_MEMORY;
}

coco_status coco_pattern_linear_infer(const coco_inference *inference) {
  const coco_type *input = inference->operands[0]->type;
  const int64_t outputs = coco_property_integer(COCO_INFER_PROPERTY(inference, pattern_linear, outputs), 0);
  coco_extents shape;
  if (input->rank < 1 || !coco_extents_of(input, &shape))
    return coco_inference_error(inference, "expects an input of rank 1 to %d, but it has rank %u", COCO_MAXIMUM_RANK,
                                (unsigned)input->rank);
  COCO_TRY(check_arrays(inference, outputs, input->shape[input->rank - 1]));
  shape.at[shape.rank - 1] = outputs;
  return set_result(inference, &shape);
}

coco_status coco_pattern_block_conv_infer(const coco_inference *inference) {
  const coco_type *input = inference->operands[0]->type;
  const coco_attribute *kernel = COCO_INFER_PROPERTY(inference, pattern_block_conv, kernel);
  const int64_t filters = coco_property_integer(COCO_INFER_PROPERTY(inference, pattern_block_conv, filters), 0);
  coco_window window;
  int64_t positions;
  COCO_TRY(coco_pattern_window(inference, kernel, COCO_INFER_PROPERTY(inference, pattern_block_conv, strides),
                               COCO_INFER_PROPERTY(inference, pattern_block_conv, pads),
                               COCO_INFER_PROPERTY(inference, pattern_block_conv, dilations), &window));
  if (!coco_extents_product(coco_attribute_i64s(kernel), kernel->count, &positions) ||
      positions > COCO_BLOCKS_MAX_EXTENT || input->shape[1] > COCO_BLOCKS_MAX_EXTENT)
    return coco_inference_error(inference, "has too large a kernel, or too many channels");
  const int64_t depth = input->shape[1] == COCO_DYNAMIC ? COCO_DYNAMIC : input->shape[1] * positions;
  COCO_TRY(check_arrays(inference, filters, depth));
  coco_extents output = {.rank = input->rank, .at = {input->shape[0], filters}};
  COCO_TRY(coco_pattern_slide(inference, &window, &output));
  return set_result(inference, &output);
}

/* ---- Reading ---- */

const char *coco_pattern_block_window(const coco_operation *conv, coco_window *out) {
  const coco_attribute *kernel = COCO_PROPERTY(conv, pattern_block_conv, kernel);
  return coco_window_make(
      out, kernel->count, coco_attribute_i64s(kernel), COCO_PROPERTY(conv, pattern_block_conv, strides),
      COCO_PROPERTY(conv, pattern_block_conv, pads), COCO_PROPERTY(conv, pattern_block_conv, dilations), false);
}

/* Of OPERATION, whose input has the type INPUT. */
static void extents_of(const coco_operation *operation, const coco_type *input, int64_t *outputs, int64_t *depth) {
  if (coco_operation_is(operation, &coco_pattern_linear)) {
    *outputs = coco_property_integer(COCO_PROPERTY(operation, pattern_linear, outputs), 0);
    *depth = input->shape[input->rank - 1];
    return;
  }
  const coco_attribute *kernel = COCO_PROPERTY(operation, pattern_block_conv, kernel);
  *outputs = coco_property_integer(COCO_PROPERTY(operation, pattern_block_conv, filters), 0);
  *depth = input->shape[1];
  for (size_t i = 0; i < kernel->count; ++i) *depth *= coco_attribute_i64s(kernel)[i];
}

const char *coco_blocks_check_lengths(int64_t outputs, int64_t depth, const coco_pattern_array *arrays) {
  const char *wrong = coco_blocks_extents_check(outputs, depth);
  if (wrong) return wrong;
  const int64_t kept = coco_type_element_count(arrays[1].type);
  if (coco_type_element_count(arrays[0].type) != coco_blocks_rows((uint32_t)outputs) + 1)
    return "there must be one offset per block of 16 outputs, and one more";
  if (kept > INT32_MAX || coco_type_element_count(arrays[2].type) != kept * COCO_BLOCK_OUTPUTS)
    return "there must be 16 weights for each kept input";
  return NULL;
}

coco_status coco_blocks_read_arrays(int64_t outputs, int64_t depth, const coco_pattern_array *arrays, coco_arena *arena,
                                    coco_blocks *out, const char **out_wrong) {
  *out_wrong = coco_blocks_check_lengths(outputs, depth, arrays);
  if (*out_wrong) return COCO_OK;
  *out = (coco_blocks){.outputs = (uint32_t)outputs,
                       .depth = (uint32_t)depth,
                       .kept = (uint32_t)coco_type_element_count(arrays[1].type)};
  COCO_TRY(coco_pattern_read_integers(&arrays[0], arena, &out->offset));
  COCO_TRY(coco_pattern_read_integers(&arrays[1], arena, &out->index));
  COCO_TRY(coco_pattern_read_floats(&arrays[2], arena, &out->weights));
  *out_wrong = coco_blocks_check(out);
  return COCO_OK;
}

coco_status coco_blocks_read_constants(const coco_operation *operation, coco_value *const *values, coco_arena *arena,
                                       coco_blocks *out, bool *out_known) {
  coco_pattern_array arrays[COCO_BLOCK_ARRAYS];
  int64_t outputs, depth;
  const char *wrong;
  *out_known = false;
  for (size_t i = 0; i < COCO_BLOCK_ARRAYS; ++i)
    if (!coco_pattern_constant_array(values[i], &arrays[i])) return COCO_OK;
  extents_of(operation, operation->operands[0].value->type, &outputs, &depth);
  COCO_TRY(coco_blocks_read_arrays(outputs, depth, arrays, arena, out, &wrong));
  *out_known = !wrong;
  return COCO_OK;
}

coco_status coco_pattern_blocks_verify(coco_operation *operation) {
  coco_pattern_array arrays[COCO_BLOCK_ARRAYS];
  int64_t outputs, depth;
  for (size_t i = 0; i < COCO_BLOCK_ARRAYS; ++i)
    if (!coco_pattern_constant_array(operation->operands[i + 1].value, &arrays[i])) return COCO_OK;
  coco_arena scratch = {.allocator = coco_context_allocator(operation->context)};
  coco_blocks blocks;
  const char *wrong = NULL;
  extents_of(operation, operation->operands[0].value->type, &outputs, &depth);
  const coco_status status = coco_blocks_read_arrays(outputs, depth, arrays, &scratch, &blocks, &wrong);
  coco_arena_destroy(&scratch);
  if (status != COCO_OK) return status;
  return wrong ? coco_operation_error(operation, "has wrong arrays: %s", wrong) : COCO_OK;
}

/* ---- Writing ---- */

coco_status coco_blocks_build_arrays(coco_builder *builder, const coco_blocks *blocks, coco_string layer,
                                     coco_value *out[COCO_BLOCK_ARRAYS]) {
  const int64_t offsets = coco_blocks_rows(blocks->outputs) + 1, kept = blocks->kept;
  const coco_type *element = coco_type_f32(builder->context);
  const coco_type *type =
      element ? coco_type_tensor(builder->context, 2, (const int64_t[]){kept, COCO_BLOCK_OUTPUTS}, element, NULL)
              : NULL;
  if (!type) return COCO_OUT_OF_MEMORY;
  out[0] = coco_pattern_build_integers(builder, layer, "offset", blocks->offset, 1, &offsets);
  out[1] = coco_pattern_build_integers(builder, layer, "index", blocks->index, 1, &kept);
  out[2] =
      builder->status == COCO_OK ? coco_pattern_build_floats(builder, layer, "weights", type, blocks->weights) : NULL;
  return builder->status;
}

static void transpose(const float *from, size_t rows, size_t columns, float *to) {
  for (size_t i = 0; i < rows; ++i)
    for (size_t k = 0; k < columns; ++k) memcpy(&to[k * rows + i], &from[i * columns + k], sizeof *to);
}

coco_status coco_blocks_dense_weight(const coco_operation *operation, const coco_blocks *blocks, bool transposed,
                                     coco_arena *arena, const coco_attribute **out) {
  const coco_type *input = operation->operands[0].value->type;
  const size_t count = (size_t)blocks->outputs * blocks->depth;
  int64_t extents[5] = {blocks->outputs, blocks->depth};
  size_t rank = 2;
  if (coco_operation_is(operation, &coco_pattern_block_conv)) {
    const coco_attribute *kernel = COCO_PROPERTY(operation, pattern_block_conv, kernel);
    extents[1] = input->shape[1];
    for (size_t i = 0; i < kernel->count; ++i) extents[rank++] = coco_attribute_i64s(kernel)[i];
  }
  if (transposed) extents[0] = blocks->depth, extents[1] = blocks->outputs;
  const coco_type *type = coco_type_tensor(operation->context, rank, extents, input->element, NULL);
  float *dense = coco_arena_allocate(arena, count * sizeof *dense), *turned = dense;
  if (transposed) turned = coco_arena_allocate(arena, count * sizeof *dense);
  if (!type || !dense || !turned) return COCO_OUT_OF_MEMORY;
  coco_blocks_to_dense(blocks, dense);
  if (transposed) transpose(dense, blocks->outputs, blocks->depth, turned);
  const coco_runtime_value tensor = {.type = type, .data = turned};
  const coco_string layer = coco_location_layer(operation->location);
  return coco_runtime_to_attribute(operation->context, &tensor, layer.size ? layer : COCO_STRING("weight"), out);
}

/* ---- Evaluation ---- */

static coco_status read(coco_evaluation *evaluation, const coco_operation *operation,
                        const coco_runtime_value *operands, coco_blocks *out) {
  coco_pattern_array arrays[COCO_BLOCK_ARRAYS];
  int64_t outputs, depth;
  const char *wrong;
  for (size_t i = 0; i < COCO_BLOCK_ARRAYS; ++i)
    arrays[i] = (coco_pattern_array){.type = operands[i + 1].type, .data = operands[i + 1].data};
  extents_of(operation, operands[0].type, &outputs, &depth);
  COCO_TRY(coco_blocks_read_arrays(outputs, depth, arrays, coco_evaluation_scratch(evaluation), out, &wrong));
  return wrong ? coco_evaluation_error(evaluation, operation, "has wrong arrays: %s", wrong) : COCO_OK;
}

static coco_status allocate(coco_evaluation *evaluation, const coco_operation *operation, const coco_extents *shape,
                            coco_runtime_value *result) {
  const coco_type *type = coco_type_tensor(coco_evaluation_context(evaluation), shape->rank, shape->at,
                                           operation->results[0].type->element, NULL);
  return type ? coco_evaluation_allocate(evaluation, type, result) : COCO_OUT_OF_MEMORY;
}

/* ROWS times BLOCKS numbers of INNER elements get the bias of their number. */
static void add_bias(const float *bias, int64_t rows, int64_t outputs, int64_t inner, float *output) {
  for (int64_t i = 0; i < rows * outputs; ++i)
    for (int64_t k = 0; k < inner; ++k) output[i * inner + k] += bias[i % outputs];
}

coco_status coco_pattern_linear_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                         const coco_runtime_value *operands, coco_runtime_value *results) {
  coco_blocks blocks;
  coco_extents shape;
  COCO_TRY(read(evaluation, operation, operands, &blocks));
  if (!coco_extents_of(operands[0].type, &shape)) return COCO_INVALID_ARGUMENT;
  shape.at[shape.rank - 1] = blocks.outputs;
  COCO_TRY(allocate(evaluation, operation, &shape, results));
  const int64_t rows = coco_type_element_count(results->type) / blocks.outputs;
  COCO_TRY(coco_blocks_multiply(&blocks, rows, operands[0].data, coco_evaluation_scratch(evaluation), results->data));
  if (operation->operand_count > BIAS) add_bias(operands[BIAS].data, rows, blocks.outputs, 1, results->data);
  return COCO_OK;
}

coco_status coco_pattern_block_conv_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                             const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *input = operands[0].type;
  coco_blocks blocks;
  COCO_TRY(read(evaluation, operation, operands, &blocks));
  coco_convolution c = {.batch = input->shape[0], .channels = input->shape[1], .filters = blocks.outputs, .group = 1};
  coco_extents shape = {.rank = input->rank, .at = {input->shape[0], blocks.outputs}};
  int64_t plane = 1;
  if (coco_pattern_block_window(operation, &c.window)) return COCO_INVALID_ARGUMENT;
  for (size_t i = 0; i < c.window.rank; ++i) {
    c.input[i] = input->shape[i + 2];
    if (!coco_window_extent(&c.window, i, c.input[i], &c.output[i])) return COCO_INVALID_ARGUMENT;
    shape.at[i + 2] = c.output[i];
    plane *= c.output[i];
  }
  COCO_TRY(allocate(evaluation, operation, &shape, results));
  coco_blocks_convolve(&blocks, &c, operands[0].data, results->data);
  if (operation->operand_count > BIAS) add_bias(operands[BIAS].data, c.batch, c.filters, plane, results->data);
  return COCO_OK;
}
