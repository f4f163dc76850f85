/* lr.block_matmul and lr.block_conv: their stored form, read and checked, and what they compute. The form is that of
 * pattern.linear and pattern.block_conv (dialects/pattern/blocks.h). Cost: linear in what is kept, times the rows or
 * the image for evaluation. */
#include "dialects/lr/blocks.h"

#include "dialects/lr/body.h"
#include "dialects/lr/hooks.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/window.h"

bool coco_lr_is_blocks(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_lr_block_matmul) || coco_operation_is(operation, &coco_lr_block_conv);
}

/* ---- Places ---- */

/* Rows and columns of INPUT's planes in memory. */
static void extents_in_memory(const coco_type *input, int64_t *rows, int64_t *columns) {
  const coco_lr_layout_info layout = coco_lr_layout_of(input);
  *rows = layout.halo[COCO_LR_TOP] + input->shape[2] + layout.halo[COCO_LR_BOTTOM];
  *columns = layout.halo[COCO_LR_LEFT] + input->shape[3] + layout.halo[COCO_LR_RIGHT];
}

int64_t coco_lr_block_place(const coco_type *input, const coco_window *window, int64_t k) {
  int64_t rows, columns;
  extents_in_memory(input, &rows, &columns);
  const int64_t position = k % (window->kernel[0] * window->kernel[1]),
                channel = k / (window->kernel[0] * window->kernel[1]);
  const int64_t row = position / window->kernel[1] * window->dilations[0],
                column = position % window->kernel[1] * window->dilations[1];
  return ((channel / COCO_LR_LANES * rows + row) * columns + column) * COCO_LR_LANES + channel % COCO_LR_LANES;
}

int64_t coco_lr_block_element(const coco_type *input, const coco_window *window, int64_t place) {
  int64_t rows, columns;
  extents_in_memory(input, &rows, &columns);
  const int64_t lane = place % COCO_LR_LANES, pixel = place / COCO_LR_LANES;
  const int64_t column = pixel % columns, row = pixel / columns % rows;
  const int64_t channel = pixel / columns / rows * COCO_LR_LANES + lane;
  if (column % window->dilations[1] || row % window->dilations[0]) return -1;
  const int64_t x = column / window->dilations[1], y = row / window->dilations[0];
  if (channel >= input->shape[1] || x >= window->kernel[1] || y >= window->kernel[0]) return -1;
  return (channel * window->kernel[0] + y) * window->kernel[1] + x;
}

/* ---- The stored form ---- */

static bool is_placed(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_lr_block_conv) &&
         coco_string_is(COCO_PROPERTY(operation, lr_block_conv, storage)->text, "placed");
}

static void extents_of(const coco_operation *operation, int64_t *outputs, int64_t *depth) {
  const coco_type *input = coco_operation_operand(operation, 0)->type;
  *depth = input->shape[1];
  if (coco_operation_is(operation, &coco_lr_block_matmul)) {
    *outputs = COCO_PROPERTY(operation, lr_block_matmul, columns)->integer;
    return;
  }
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_block_conv, info));
  *outputs = COCO_PROPERTY(operation, lr_block_conv, filters)->integer;
  for (size_t i = 0; i < info.window.rank && *depth <= COCO_BLOCKS_MAX_EXTENT; ++i) {
    const int64_t kernel = info.window.kernel[i];
    *depth = kernel > COCO_BLOCKS_MAX_EXTENT ? INT64_MAX : *depth * kernel;
  }
}

/* Places become numbers; what lies nowhere becomes a number that is out of range. */
static void find_elements(const coco_operation *operation, coco_blocks *blocks) {
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_block_conv, info));
  const coco_type *input = coco_operation_operand(operation, 0)->type;
  for (uint32_t k = 0; k < blocks->kept; ++k) {
    const int64_t element = coco_lr_block_element(input, &info.window, blocks->index[k]);
    blocks->index[k] = element < 0 ? blocks->depth : (uint32_t)element;
  }
}

coco_status coco_lr_blocks_read(const coco_operation *operation, const coco_pattern_array *arrays, coco_arena *arena,
                                coco_blocks *out, const char **out_wrong) {
  int64_t outputs, depth;
  extents_of(operation, &outputs, &depth);
  *out_wrong = coco_blocks_check_lengths(outputs, depth, arrays);
  if (*out_wrong) return COCO_OK;
  *out = (coco_blocks){.outputs = (uint32_t)outputs,
                       .depth = (uint32_t)depth,
                       .kept = (uint32_t)coco_type_element_count(arrays[1].type)};
  COCO_TRY(coco_pattern_read_integers(&arrays[0], arena, &out->offset));
  COCO_TRY(coco_pattern_read_integers(&arrays[1], arena, &out->index));
  COCO_TRY(coco_pattern_read_floats(&arrays[2], arena, &out->weights));
  if (is_placed(operation)) find_elements(operation, out);
  *out_wrong = coco_blocks_check(out);
  return COCO_OK;
}

coco_status coco_lr_blocks_check(const coco_operation *operation) {
  coco_pattern_array arrays[COCO_BLOCK_ARRAYS];
  int64_t outputs, depth;
  bool known = true;
  for (size_t i = 0; i < COCO_BLOCK_ARRAYS; ++i) {
    coco_value *value = coco_operation_operand(operation, 1 + i);
    known = coco_pattern_constant_array(value, &arrays[i]) && known;
    arrays[i].type = value->type;
  }
  coco_arena scratch = {.allocator = coco_context_allocator(operation->context)};
  coco_blocks blocks;
  const char *wrong;
  coco_status status = COCO_OK;
  extents_of(operation, &outputs, &depth);
  if (known)
    status = coco_lr_blocks_read(operation, arrays, &scratch, &blocks, &wrong);
  else
    wrong = coco_blocks_check_lengths(outputs, depth, arrays);
  coco_arena_destroy(&scratch);
  COCO_TRY(status);
  return wrong ? coco_operation_error(operation, "has a wrong stored form: %s", wrong) : COCO_OK;
}

/* ---- Evaluation ---- */

/* The blocks, and zeros in the result's shape. */
static coco_status prepare(coco_evaluation *evaluation, const coco_operation *operation,
                           const coco_runtime_value *operands, coco_blocks *blocks, coco_runtime_value *sums) {
  const coco_type *result = coco_operation_result(operation, 0)->type;
  coco_pattern_array arrays[COCO_BLOCK_ARRAYS];
  const char *wrong;
  for (size_t i = 0; i < COCO_BLOCK_ARRAYS; ++i)
    arrays[i] = (coco_pattern_array){.type = operands[1 + i].type, .data = operands[1 + i].data};
  COCO_TRY(coco_lr_blocks_read(operation, arrays, coco_evaluation_scratch(evaluation), blocks, &wrong));
  if (wrong) return coco_evaluation_error(evaluation, operation, "has a wrong stored form: %s", wrong);
  const coco_type *type =
      coco_type_tensor(operation->context, result->rank, result->shape, operands[0].type->element, NULL);
  return type ? coco_evaluation_allocate(evaluation, type, sums) : COCO_OUT_OF_MEMORY;
}

static coco_status finish(coco_evaluation *evaluation, const coco_operation *operation, const coco_attribute *maps,
                          coco_runtime_value *sums, const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_status status =
      coco_lr_body_evaluate(evaluation, operation, maps, COCO_LR_BLOCK_OPERANDS, sums, operands, results);
  coco_runtime_release(sums);
  return status;
}

coco_status coco_lr_block_matmul_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                          const coco_runtime_value *operands, coco_runtime_value *results) {
  coco_blocks blocks;
  coco_runtime_value sums;
  COCO_TRY(prepare(evaluation, operation, operands, &blocks, &sums));
  const coco_status status = coco_blocks_multiply(&blocks, operands[0].type->shape[0], operands[0].data,
                                                  coco_evaluation_scratch(evaluation), sums.data);
  if (status != COCO_OK) {
    coco_runtime_release(&sums);
    return status;
  }
  return finish(evaluation, operation, COCO_PROPERTY(operation, lr_block_matmul, maps), &sums, operands, results);
}

coco_status coco_lr_block_conv_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                        const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_block_conv, info));
  const coco_convolution convolution = coco_lr_convolution_of(operation, &info, operands[0].type);
  coco_blocks blocks;
  coco_runtime_value sums;
  COCO_TRY(prepare(evaluation, operation, operands, &blocks, &sums));
  coco_blocks_convolve(&blocks, &convolution, operands[0].data, sums.data);
  return finish(evaluation, operation, COCO_PROPERTY(operation, lr_block_conv, maps), &sums, operands, results);
}
