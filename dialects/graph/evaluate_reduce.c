/* Evaluation of pools, reductions, softmax and batch norm. */
#include <math.h>

#include "dialects/graph/evaluate.h"
#include "dialects/shared/reduction.h"

static coco_status evaluate_pool(coco_evaluation *evaluation, const coco_operation *operation, coco_reduction kind,
                                 bool count_include_pad, const coco_runtime_value *operands,
                                 coco_runtime_value *results) {
  coco_window window;
  COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  const coco_type *input = operands[0].type;
  if (coco_window_make(&window, input->rank - 2, coco_attribute_i64s(COCO_PROPERTY(operation, graph_max_pool, kernel)),
                       COCO_PROPERTY(operation, graph_max_pool, strides), COCO_PROPERTY(operation, graph_max_pool, pads),
                       COCO_PROPERTY(operation, graph_max_pool, dilations), false))
    return COCO_INVALID_ARGUMENT;
  if (coco_type_element_count(results->type) == 0) return COCO_OK;
  coco_pool_planes(kind, count_include_pad, input->element, &window, input->shape[0] * input->shape[1],
                   input->shape + 2, results->type->shape + 2, operands[0].data, results->data);
  return COCO_OK;
}

coco_status coco_graph_max_pool_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                         const coco_runtime_value *operands, coco_runtime_value *results) {
  return evaluate_pool(evaluation, operation, COCO_REDUCE_MAX, false, operands, results);
}

coco_status coco_graph_average_pool_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                             const coco_runtime_value *operands, coco_runtime_value *results) {
  const bool include = coco_property_integer(COCO_PROPERTY(operation, graph_average_pool, count_include_pad), 0) != 0;
  return evaluate_pool(evaluation, operation, COCO_REDUCE_MEAN, include, operands, results);
}

coco_status coco_graph_reduce_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  coco_reduction kind;
  bool is_axis[COCO_MAXIMUM_RANK] = {false};
  if (!coco_reduction_named(COCO_PROPERTY(operation, graph_reduce, kind)->text, &kind)) return COCO_INVALID_ARGUMENT;
  COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  const coco_attribute *axes = COCO_PROPERTY(operation, graph_reduce, axes);
  for (size_t i = 0; i < axes->count; ++i) is_axis[coco_attribute_i64s(axes)[i]] = true;
  const coco_extents extents = coco_graph_runtime_extents(&operands[0]);
  coco_reduce(kind, operands[0].type->element, &extents, is_axis, operands[0].data, results->data);
  return COCO_OK;
}

static double at_precision(bool is_double, double value) { return is_double ? value : (double)(float)value; }

/* One line of softmax: COUNT elements STRIDE bytes apart. The sum runs along the axis. */
static void softmax_line(const coco_type *element, bool is_double, int64_t count, size_t stride, const char *input,
                         char *output) {
  double most = -INFINITY, sum = 0;
  for (int64_t i = 0; i < count; ++i) {
    const double x = coco_element_read_real(element, input + (size_t)i * stride);
    if (x > most || isnan(x)) most = x;
    if (isnan(most)) break;
  }
  for (int pass = 0; pass < 2; ++pass)
    for (int64_t i = 0; i < count; ++i) {
      const double difference =
          at_precision(is_double, coco_element_read_real(element, input + (size_t)i * stride) - most);
      const double power = at_precision(is_double, exp(difference));
      if (pass == 0)
        sum = at_precision(is_double, sum + power);
      else
        coco_element_write_real(element, output + (size_t)i * stride, power / sum);
    }
}

coco_status coco_graph_softmax_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                        const coco_runtime_value *operands, coco_runtime_value *results) {
  COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  const coco_type *type = results->type;
  const size_t axis = (size_t)coco_property_integer(COCO_PROPERTY(operation, graph_softmax, axis), 0);
  const size_t size = coco_type_element_size(type->element);
  if (coco_type_element_count(type) == 0) return COCO_OK;
  int64_t outer = 1, inner = 1;
  for (size_t i = 0; i < axis; ++i) outer *= type->shape[i];
  for (size_t i = axis + 1; i < type->rank; ++i) inner *= type->shape[i];
  for (int64_t o = 0; o < outer; ++o)
    for (int64_t i = 0; i < inner; ++i) {
      const size_t offset = (size_t)(o * type->shape[axis] * inner + i) * size;
      softmax_line(type->element, coco_graph_is_double(results), type->shape[axis], (size_t)inner * size,
                   (const char *)operands[0].data + offset, (char *)results->data + offset);
    }
  return COCO_OK;
}

coco_status coco_graph_batch_norm_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                           const coco_runtime_value *operands, coco_runtime_value *results) {
  COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  const coco_type *type = results->type, *element = type->element;
  const size_t size = coco_type_element_size(element);
  const double epsilon = COCO_PROPERTY(operation, graph_batch_norm, epsilon)->real;
  int64_t plane = 1;
  for (size_t i = 2; i < type->rank; ++i) plane *= type->shape[i];
  const char *input = operands[0].data;
  char *output = results->data;
  for (int64_t row = 0; row < type->shape[0] * type->shape[1]; ++row) {
    double parameters[4]; /* scale, bias, mean, variance */
    for (size_t i = 0; i < 4; ++i)
      parameters[i] =
          coco_element_read_real(element, (const char *)operands[i + 1].data + (size_t)(row % type->shape[1]) * size);
    const double factor = parameters[0] / sqrt(parameters[3] + epsilon);
    for (int64_t i = 0; i < plane; ++i, input += size, output += size)
      coco_element_write_real(element, output,
                              (coco_element_read_real(element, input) - parameters[2]) * factor + parameters[1]);
  }
  return COCO_OK;
}
