/* Reference evaluation of lr.conv, lr.matmul, lr.window and lr.reduce: the shared loops give the accumulators, the
 * region the elements. Layouts and tuning do not count; packed weights are unpacked before. */
#include "dialects/lr/body.h"
#include "dialects/lr/hooks.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/window.h"
#include "dialects/lr/winograd.h"
#include "dialects/shared/products.h"
#include "dialects/shared/reduction.h"

static bool is_double(const coco_runtime_value *value) { return value->type->element->format == COCO_F64; }

/* The same numbers in FROM's shape with the elements of ELEMENT. */
static coco_status convert(coco_evaluation *evaluation, const coco_runtime_value *from, const coco_type *element,
                           coco_runtime_value *out) {
  const coco_type *type = coco_type_tensor(coco_evaluation_context(evaluation), from->type->rank, from->type->shape,
                                           element, NULL);
  if (!type) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_evaluation_allocate(evaluation, type, out));
  size_t size = coco_type_element_size(from->type->element), out_size = coco_type_element_size(element);
  for (int64_t i = 0; i < coco_type_element_count(type); ++i) {
    double number = coco_element_read_real(from->type->element, (const uint8_t *)from->data + (size_t)i * size);
    coco_element_write_real(element, (uint8_t *)out->data + (size_t)i * out_size, number);
  }
  return COCO_OK;
}

/* What products are summed in: f64 for itself, f32 for f32 and all that is narrower. *out is the caller's to release. */
static coco_status widen(coco_evaluation *evaluation, const coco_runtime_value *value, coco_runtime_value *out) {
  if (is_double(value) || value->type->element->format == COCO_F32) {
    *out = coco_runtime_retain(value);
    return COCO_OK;
  }
  const coco_type *single = coco_type_f32(coco_evaluation_context(evaluation));
  return single ? convert(evaluation, value, single, out) : COCO_OUT_OF_MEMORY;
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
  const size_t size = coco_type_element_size(type->element);
  uint8_t *to = out->data;
  for (int64_t output = 0; output < outputs; ++output) {
    int64_t lane = output / COCO_LR_LANES * rows * COCO_LR_LANES + output % COCO_LR_LANES;
    for (int64_t row = 0; row < rows; ++row, to += size)
      memcpy(to, (const uint8_t *)packed->data + (size_t)(lane + row * COCO_LR_LANES) * size, size);
  }
  return COCO_OK;
}

/* Input, weight (unpacked) and sums of a layer, in the type that products are summed in. */
typedef struct sums {
  coco_runtime_value input, weight, output;
} sums;

static void release_sums(sums *of) {
  coco_runtime_release(&of->input);
  coco_runtime_release(&of->weight);
  coco_runtime_release(&of->output);
}

static coco_status prepare_sums(coco_evaluation *evaluation, const coco_operation *operation,
                                const coco_runtime_value *operands, bool packed, int64_t outputs, sums *out) {
  coco_runtime_value weight = {0};
  *out = (sums){0};
  coco_status status = packed ? unpack(evaluation, &operands[1], outputs, &weight) : COCO_OK;
  if (status == COCO_OK) status = widen(evaluation, packed ? &weight : &operands[1], &out->weight);
  if (status == COCO_OK) status = widen(evaluation, &operands[0], &out->input);
  if (status == COCO_OK) status = allocate_accumulators(evaluation, operation, &out->input, &out->output);
  if (packed) coco_runtime_release(&weight);
  if (status != COCO_OK) release_sums(out);
  return status;
}

/* Ends a layer of products: the sums, rounded to the input's elements, go through the region. */
static coco_status finish_sums(coco_evaluation *evaluation, const coco_operation *operation, const coco_attribute *maps,
                               sums *of, const coco_runtime_value *operands, coco_runtime_value *results) {
  coco_runtime_value rounded;
  const coco_type *element = operands[0].type->element;
  coco_status status = COCO_OK;
  if (of->output.type->element == element)
    rounded = coco_runtime_retain(&of->output);
  else
    status = convert(evaluation, &of->output, element, &rounded);
  release_sums(of);
  return status == COCO_OK ? finish(evaluation, operation, maps, 2, &rounded, operands, results) : status;
}

/* A convolution of Winograd's: verified, so f32. */
static coco_status evaluate_winograd(coco_evaluation *evaluation, const coco_operation *operation,
                                     const coco_winograd *algorithm, const coco_runtime_value *operands,
                                     coco_runtime_value *results) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_conv, info));
  const coco_type *input = operands[0].type, *output = coco_operation_result(operation, 0)->type;
  coco_winograd_convolution convolution = {.algorithm = algorithm,
                                           .batch = input->shape[0],
                                           .channels = input->shape[1],
                                           .filters = output->shape[1],
                                           .pads = {info.window.pads[0], info.window.pads[1]},
                                           .input = {input->shape[2], input->shape[3]},
                                           .output = {output->shape[2], output->shape[3]}};
  coco_runtime_value accumulators;
  COCO_TRY(allocate_accumulators(evaluation, operation, &operands[0], &accumulators));
  if (coco_type_element_count(output) > 0) {
    coco_status status = coco_winograd_convolve(coco_context_allocator(operation->context), &convolution,
                                                operands[0].data, operands[1].data, accumulators.data);
    if (status != COCO_OK) {
      coco_runtime_release(&accumulators);
      return status;
    }
  }
  return finish(evaluation, operation, COCO_PROPERTY(operation, lr_conv, maps), 2, &accumulators, operands, results);
}

coco_status coco_lr_conv_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                  const coco_runtime_value *operands, coco_runtime_value *results) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_conv, info));
  const coco_winograd *algorithm = coco_winograd_of_storage(COCO_PROPERTY(operation, lr_conv, storage)->text);
  if (algorithm) return evaluate_winograd(evaluation, operation, algorithm, operands, results);
  const coco_type *input = operands[0].type, *output = coco_operation_result(operation, 0)->type;
  const coco_convolution convolution = coco_lr_convolution_of(operation, &info, input);
  bool packed = coco_lr_storage_is_packed(COCO_PROPERTY(operation, lr_conv, storage)->text);
  sums of;
  COCO_TRY(prepare_sums(evaluation, operation, operands, packed, output->shape[1], &of));
  if (coco_type_element_count(output) > 0) {
    if (is_double(&of.output))
      coco_convolve_f64(&convolution, of.input.data, of.weight.data, of.output.data);
    else
      coco_convolve_f32(&convolution, of.input.data, of.weight.data, of.output.data);
  }
  return finish_sums(evaluation, operation, COCO_PROPERTY(operation, lr_conv, maps), &of, operands, results);
}

static void multiply(const sums *of, int64_t batch, int64_t rows, int64_t columns, int64_t depth, coco_matrix_view b) {
  coco_matrix_view a = {depth, 1};
  for (int64_t i = 0; i < batch; ++i) {
    int64_t left = i * rows * depth, right = i * depth * columns, out = i * rows * columns;
    if (is_double(&of->output))
      coco_multiply_f64(rows, columns, depth, (const double *)of->input.data + left, a,
                        (const double *)of->weight.data + right, b, (double *)of->output.data + out);
    else
      coco_multiply_f32(rows, columns, depth, (const float *)of->input.data + left, a,
                        (const float *)of->weight.data + right, b, (float *)of->output.data + out);
  }
}

static coco_status multiply_integers(coco_evaluation *evaluation, const coco_operation *operation,
                                     const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *a = operands[0].type, *output = coco_operation_result(operation, 0)->type;
  const int64_t depth = a->shape[a->rank - 1], rows = output->shape[output->rank - 2],
                columns = output->shape[output->rank - 1], size = (int64_t)coco_type_element_size(a->element);
  coco_runtime_value products;
  COCO_TRY(allocate_accumulators(evaluation, operation, &operands[0], &products));
  for (int64_t i = 0; i < (output->rank == 3 ? output->shape[0] : 1); ++i)
    coco_multiply_integers(a->element, rows, columns, depth, (const char *)operands[0].data + i * rows * depth * size,
                           (coco_matrix_view){depth, 1}, (const char *)operands[1].data + i * depth * columns * size,
                           (coco_matrix_view){columns, 1}, (char *)products.data + i * rows * columns * size);
  return finish(evaluation, operation, COCO_PROPERTY(operation, lr_matmul, maps), 2, &products, operands, results);
}

coco_status coco_lr_matmul_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                    const coco_runtime_value *operands, coco_runtime_value *results) {
  if (!coco_type_is_float(operands[0].type->element)) return multiply_integers(evaluation, operation, operands, results);
  const coco_type *a = operands[0].type, *output = coco_operation_result(operation, 0)->type;
  bool packed = !coco_string_is(COCO_PROPERTY(operation, lr_matmul, storage)->text, "plain");
  int64_t depth = a->shape[a->rank - 1], rows = output->shape[output->rank - 2],
          columns = output->shape[output->rank - 1];
  sums of;
  COCO_TRY(prepare_sums(evaluation, operation, operands, packed, columns, &of));
  coco_matrix_view view = packed ? (coco_matrix_view){1, depth} : (coco_matrix_view){columns, 1};
  multiply(&of, output->rank == 3 ? output->shape[0] : 1, rows, columns, depth, view);
  return finish_sums(evaluation, operation, COCO_PROPERTY(operation, lr_matmul, maps), &of, operands, results);
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
