/* Evaluation of convolutions and matrix products. The order of every sum is that of dialects/shared/products.h. */
#include "dialects/graph/evaluate.h"
#include "dialects/shared/products.h"

/* Adds BIAS, one number per row of LENGTH elements; rows repeat after COUNT of them. */
static void add_bias(bool is_double, const void *bias, int64_t rows, int64_t count, int64_t length, void *output) {
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t i = 0; i < length; ++i) {
      if (is_double)
        ((double *)output)[row * length + i] += ((const double *)bias)[row % count];
      else
        ((float *)output)[row * length + i] += ((const float *)bias)[row % count];
    }
}

static coco_status describe(const coco_operation *operation, const coco_extents *input, const coco_extents *weight,
                            const coco_extents *output, coco_convolution *out) {
  *out = (coco_convolution){.batch = input->at[0],
                            .channels = input->at[1],
                            .filters = weight->at[0],
                            .group = coco_property_integer(COCO_PROPERTY(operation, graph_conv, group), 1)};
  if (coco_window_make(&out->window, input->rank - 2, weight->at + 2, COCO_PROPERTY(operation, graph_conv, strides),
                       COCO_PROPERTY(operation, graph_conv, pads), COCO_PROPERTY(operation, graph_conv, dilations), false))
    return COCO_INVALID_ARGUMENT;
  for (size_t i = 0; i < out->window.rank; ++i) {
    out->input[i] = input->at[i + 2];
    out->output[i] = output->at[i + 2];
  }
  return COCO_OK;
}

coco_status coco_graph_conv_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                     const coco_runtime_value *operands, coco_runtime_value *results) {
  const void *input, *weight, *bias;
  void *output;
  coco_convolution convolution;
  COCO_TRY(coco_graph_load_floats(evaluation, &operands[0], &input));
  COCO_TRY(coco_graph_load_floats(evaluation, &operands[1], &weight));
  if (operation->operand_count > 2) COCO_TRY(coco_graph_load_floats(evaluation, &operands[2], &bias));
  COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  COCO_TRY(coco_graph_float_target(evaluation, results, &output));
  const coco_extents in = coco_graph_runtime_extents(&operands[0]), kernel = coco_graph_runtime_extents(&operands[1]);
  const coco_extents out = coco_graph_runtime_extents(results);
  COCO_TRY(describe(operation, &in, &kernel, &out, &convolution));
  int64_t plane = 1;
  for (size_t i = 2; i < out.rank; ++i) plane *= out.at[i];
  const bool is_double = coco_graph_is_double(results);
  if (coco_type_element_count(results->type) > 0) {
    if (is_double)
      coco_convolve_f64(&convolution, input, weight, output);
    else
      coco_convolve_f32(&convolution, input, weight, output);
    if (operation->operand_count > 2) add_bias(is_double, bias, out.at[0] * out.at[1], out.at[1], plane, output);
  }
  coco_graph_store_floats(results, output);
  return COCO_OK;
}

/* Operands of a product in the form that its loops take: floats of one width, or integers as they are. */
typedef struct product {
  const coco_type *element;
  bool is_real, is_double;
  int64_t size; /* bytes of an element of a, b and output */
  const char *a, *b;
  char *output;
} product;

static coco_status prepare(coco_evaluation *evaluation, const coco_runtime_value *operands,
                           const coco_runtime_value *result, product *out) {
  const void *a = operands[0].data, *b = operands[1].data;
  void *output = result->data;
  *out = (product){.element = result->type->element,
                   .is_real = coco_type_is_float(result->type->element),
                   .is_double = coco_graph_is_double(result)};
  out->size = out->is_double ? (int64_t)sizeof(double) : (int64_t)sizeof(float);
  if (out->is_real) {
    COCO_TRY(coco_graph_load_floats(evaluation, &operands[0], &a));
    COCO_TRY(coco_graph_load_floats(evaluation, &operands[1], &b));
    COCO_TRY(coco_graph_float_target(evaluation, result, &output));
  } else {
    out->size = (int64_t)coco_type_element_size(out->element);
  }
  out->a = a, out->b = b, out->output = output;
  return COCO_OK;
}

/* Offsets are in elements. */
static void multiply(const product *p, int64_t m, int64_t n, int64_t k, int64_t a_offset, coco_matrix_view a_view,
                     int64_t b_offset, coco_matrix_view b_view, int64_t output_offset) {
  const void *a = p->a + a_offset * p->size, *b = p->b + b_offset * p->size;
  void *output = p->output + output_offset * p->size;
  if (!p->is_real)
    coco_multiply_integers(p->element, m, n, k, a, a_view, b, b_view, output);
  else if (p->is_double)
    coco_multiply_f64(m, n, k, a, a_view, b, b_view, output);
  else
    coco_multiply_f32(m, n, k, a, a_view, b, b_view, output);
}

coco_status coco_graph_matmul_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  product p;
  COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  COCO_TRY(prepare(evaluation, operands, results, &p));
  const coco_extents a = coco_graph_runtime_extents(&operands[0]), b = coco_graph_runtime_extents(&operands[1]);
  const int64_t k = a.at[a.rank - 1];
  const int64_t m = a.rank > 1 ? a.at[a.rank - 2] : 1, n = b.rank > 1 ? b.at[b.rank - 1] : 1;
  if (coco_type_element_count(results->type) == 0) return COCO_OK;
  coco_extents left = {.rank = a.rank > 2 ? a.rank - 2 : 0}, right = {.rank = b.rank > 2 ? b.rank - 2 : 0}, batch;
  for (size_t i = 0; i < left.rank; ++i) left.at[i] = a.at[i];
  for (size_t i = 0; i < right.rank; ++i) right.at[i] = b.at[i];
  if (!coco_broadcast(&left, &right, &batch)) return COCO_INVALID_ARGUMENT;
  int64_t left_strides[COCO_MAXIMUM_RANK], right_strides[COCO_MAXIMUM_RANK], index[COCO_MAXIMUM_RANK] = {0},
                                                                             output_offset = 0;
  coco_broadcast_strides(&left, &batch, left_strides);
  coco_broadcast_strides(&right, &batch, right_strides);
  do {
    multiply(&p, m, n, k, coco_index_offset(index, left_strides, batch.rank) * m * k, (coco_matrix_view){k, 1},
             coco_index_offset(index, right_strides, batch.rank) * k * n, (coco_matrix_view){n, 1}, output_offset);
    output_offset += m * n;
  } while (coco_index_next(batch.at, batch.rank, index));
  if (p.is_real) coco_graph_store_floats(results, p.output);
  return COCO_OK;
}

/* Exact for the usual factor 1; else rounded towards zero, 0 when the product is out of range. */
static int64_t scale_integer(double factor, int64_t value) {
  if (factor == 1) return value;
  const double scaled = factor * (double)value;
  return scaled > -0x1p63 && scaled < 0x1p63 ? (int64_t)scaled : 0;
}

/* output = alpha * output + beta * c, each product and the sum rounded; with factors of 1 the sum alone. */
static void scale_and_add(const coco_operation *operation, const coco_runtime_value *result,
                          const coco_runtime_value *c) {
  const double alpha = COCO_PROPERTY(operation, graph_gemm, alpha)->real,
               beta = COCO_PROPERTY(operation, graph_gemm, beta)->real;
  const coco_type *element = result->type->element;
  const size_t size = coco_type_element_size(element);
  const bool is_real = coco_type_is_float(element), is_double = coco_graph_is_double(result);
  const coco_extents extents = coco_graph_runtime_extents(result);
  int64_t strides[COCO_MAXIMUM_RANK] = {0}, index[COCO_MAXIMUM_RANK] = {0};
  if (c) {
    const coco_extents own = coco_graph_runtime_extents(c);
    coco_broadcast_strides(&own, &extents, strides);
  }
  char *at = result->data;
  do {
    const char *addend =
        c ? (const char *)c->data + (size_t)coco_index_offset(index, strides, extents.rank) * size : NULL;
    if (is_real) {
      double value = alpha * coco_element_read_real(element, at),
             other = addend ? beta * coco_element_read_real(element, addend) : 0;
      if (!is_double) value = (float)value, other = (float)other;
      coco_element_write_real(element, at, addend ? value + other : value);
    } else {
      const int64_t value = scale_integer(alpha, coco_element_read_integer(element, at));
      const int64_t other = addend ? scale_integer(beta, coco_element_read_integer(element, addend)) : 0;
      coco_element_write_integer(element, at, (int64_t)((uint64_t)value + (uint64_t)other));
    }
    at += size;
  } while (coco_index_next(extents.at, extents.rank, index));
}

coco_status coco_graph_gemm_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                     const coco_runtime_value *operands, coco_runtime_value *results) {
  product p;
  COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  COCO_TRY(prepare(evaluation, operands, results, &p));
  if (coco_type_element_count(results->type) == 0) return COCO_OK;
  const bool trans_a = coco_property_integer(COCO_PROPERTY(operation, graph_gemm, trans_a), 0) != 0;
  const bool trans_b = coco_property_integer(COCO_PROPERTY(operation, graph_gemm, trans_b), 0) != 0;
  const int64_t a_columns = operands[0].type->shape[1], b_columns = operands[1].type->shape[1];
  const int64_t m = results->type->shape[0], n = results->type->shape[1], k = operands[0].type->shape[trans_a ? 0 : 1];
  multiply(&p, m, n, k, 0, trans_a ? (coco_matrix_view){1, a_columns} : (coco_matrix_view){a_columns, 1}, 0,
           trans_b ? (coco_matrix_view){1, b_columns} : (coco_matrix_view){b_columns, 1}, 0);
  if (p.is_real) coco_graph_store_floats(results, p.output);
  scale_and_add(operation, results, operation->operand_count > 2 ? &operands[2] : NULL);
  return COCO_OK;
}
