/* Reference evaluation of lr.conv, lr.matmul, lr.window and lr.reduce: the shared loops give the accumulators, the
 * region the elements. Layouts and tuning do not count; packed weights are unpacked before. */
#include "dialects/lr/body.h"
#include "dialects/lr/hooks.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/window.h"
#include "dialects/shared/products.h"
#include "dialects/shared/reduction.h"

static coco_status require_f32(coco_evaluation *evaluation, const coco_operation *operation,
                               const coco_runtime_value *value) {
  const coco_type *element = value->type->element;
  if (coco_type_is_float(element) && element->format == COCO_F32) return COCO_OK;
  return coco_evaluation_error(evaluation, operation, "is evaluated for f32 elements only");
}

/* A tensor of the shape of OPERATION's result with the elements of INPUT, cleared. */
static coco_status allocate_accumulators(coco_evaluation *evaluation, const coco_operation *operation,
                                         const coco_runtime_value *input, coco_runtime_value *out) {
  const coco_type *result = coco_operation_result(operation, 0)->type;
  const coco_type *type = coco_type_tensor(operation->context, result->rank, result->shape, input->type->element, NULL);
  return type ? coco_evaluation_allocate(evaluation, type, out) : COCO_OUT_OF_MEMORY;
}

/* Ends a layer: the region on ACCUMULATORS, which are given back. */
static coco_status finish(coco_evaluation *evaluation, const coco_operation *operation, const coco_attribute *maps,
                          size_t first_extra, coco_runtime_value *accumulators, const coco_runtime_value *operands,
                          coco_runtime_value *results) {
  coco_status status = coco_lr_body_evaluate(evaluation, operation, maps, first_extra, accumulators, operands, results);
  coco_runtime_release(accumulators);
  return status;
}

/* [ceil(outputs / 16)][rows][16] as [outputs][rows], in memory of its own. */
static coco_status unpack(coco_evaluation *evaluation, const coco_runtime_value *packed, int64_t outputs,
                          coco_runtime_value *out) {
  const coco_type *type = packed->type;
  int64_t rows = coco_type_element_count(type) / (type->shape[0] * COCO_LR_LANES);
  const coco_type *unpacked =
      coco_type_tensor(coco_evaluation_context(evaluation), 2, (int64_t[]){outputs, rows}, type->element, NULL);
  if (!unpacked) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_evaluation_allocate(evaluation, unpacked, out));
  const float *from = packed->data;
  float *to = out->data;
  for (int64_t output = 0; output < outputs; ++output) {
    const float *lane = from + output / COCO_LR_LANES * rows * COCO_LR_LANES + output % COCO_LR_LANES;
    for (int64_t row = 0; row < rows; ++row) *to++ = lane[row * COCO_LR_LANES];
  }
  return COCO_OK;
}

coco_status coco_lr_conv_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                  const coco_runtime_value *operands, coco_runtime_value *results) {
  COCO_TRY(require_f32(evaluation, operation, &operands[0]));
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_conv, info));
  const coco_type *input = operands[0].type, *output = coco_operation_result(operation, 0)->type;
  coco_convolution convolution = {.window = info.window,
                                  .batch = input->shape[0],
                                  .channels = input->shape[1],
                                  .filters = output->shape[1],
                                  .group = info.group};
  memcpy(convolution.input, input->shape + 2, info.window.rank * sizeof *input->shape);
  memcpy(convolution.output, output->shape + 2, info.window.rank * sizeof *output->shape);
  coco_runtime_value weight = {0}, accumulators;
  bool packed = !coco_string_is(COCO_PROPERTY(operation, lr_conv, storage)->text, "plain");
  COCO_TRY(allocate_accumulators(evaluation, operation, &operands[0], &accumulators));
  coco_status status = packed ? unpack(evaluation, &operands[1], output->shape[1], &weight) : COCO_OK;
  if (status == COCO_OK && coco_type_element_count(output) > 0) {
    coco_convolve_f32(&convolution, operands[0].data, packed ? weight.data : operands[1].data, accumulators.data);
  }
  if (packed && status == COCO_OK) coco_runtime_release(&weight);
  if (status != COCO_OK) {
    coco_runtime_release(&accumulators);
    return status;
  }
  return finish(evaluation, operation, COCO_PROPERTY(operation, lr_conv, maps), 2, &accumulators, operands, results);
}

coco_status coco_lr_matmul_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                    const coco_runtime_value *operands, coco_runtime_value *results) {
  COCO_TRY(require_f32(evaluation, operation, &operands[0]));
  const coco_type *a = operands[0].type, *output = coco_operation_result(operation, 0)->type;
  bool packed = !coco_string_is(COCO_PROPERTY(operation, lr_matmul, storage)->text, "plain");
  int64_t depth = a->shape[a->rank - 1], rows = output->shape[output->rank - 2],
          columns = output->shape[output->rank - 1];
  int64_t batch = output->rank == 3 ? output->shape[0] : 1;
  coco_runtime_value weight = {0}, accumulators;
  COCO_TRY(allocate_accumulators(evaluation, operation, &operands[0], &accumulators));
  coco_status status = packed ? unpack(evaluation, &operands[1], columns, &weight) : COCO_OK;
  if (status != COCO_OK) {
    coco_runtime_release(&accumulators);
    return status;
  }
  const float *b = packed ? weight.data : operands[1].data;
  coco_matrix_view b_view = packed ? (coco_matrix_view){1, depth} : (coco_matrix_view){columns, 1};
  for (int64_t i = 0; i < batch; ++i) {
    coco_multiply_f32(rows, columns, depth, (const float *)operands[0].data + i * rows * depth,
                      (coco_matrix_view){depth, 1}, b + i * depth * columns, b_view,
                      (float *)accumulators.data + i * rows * columns);
  }
  if (packed) coco_runtime_release(&weight);
  return finish(evaluation, operation, COCO_PROPERTY(operation, lr_matmul, maps), 2, &accumulators, operands, results);
}

coco_status coco_lr_window_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                    const coco_runtime_value *operands, coco_runtime_value *results) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_window, info));
  bool maximum = coco_string_is(COCO_PROPERTY(operation, lr_window, kind)->text, "max");
  bool count_padding = COCO_PROPERTY(operation, lr_window, count_include_pad)->integer != 0;
  const coco_type *input = operands[0].type, *output = coco_operation_result(operation, 0)->type;
  coco_runtime_value accumulators;
  COCO_TRY(allocate_accumulators(evaluation, operation, &operands[0], &accumulators));
  if (coco_type_element_count(output) > 0) {
    coco_pool_planes(maximum ? COCO_REDUCE_MAX : COCO_REDUCE_MEAN, count_padding, input->element, &info.window,
                     input->shape[0] * input->shape[1], input->shape + 2, output->shape + 2, operands[0].data,
                     accumulators.data);
  }
  return finish(evaluation, operation, COCO_PROPERTY(operation, lr_window, maps), 1, &accumulators, operands, results);
}

coco_status coco_lr_reduce_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                    const coco_runtime_value *operands, coco_runtime_value *results) {
  coco_reduction kind;
  coco_extents extents;
  bool is_axis[COCO_MAXIMUM_RANK] = {false};
  const coco_attribute *axes = COCO_PROPERTY(operation, lr_reduce, axes);
  if (!coco_reduction_named(COCO_PROPERTY(operation, lr_reduce, kind)->text, &kind) ||
      !coco_extents_of(operands[0].type, &extents))
    return COCO_INVALID_ARGUMENT;
  for (size_t i = 0; i < axes->count; ++i) is_axis[coco_attribute_i64s(axes)[i]] = true;
  coco_runtime_value accumulators;
  COCO_TRY(allocate_accumulators(evaluation, operation, &operands[0], &accumulators));
  coco_reduce(kind, operands[0].type->element, &extents, is_axis, operands[0].data, accumulators.data);
  return finish(evaluation, operation, COCO_PROPERTY(operation, lr_reduce, maps), 1, &accumulators, operands, results);
}
