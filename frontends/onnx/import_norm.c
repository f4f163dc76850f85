/* ONNX's normalisations by sums of powers: over axes, over neighbouring channels. Each function opens with its
 * equation. */
#include "frontends/onnx/importer.h"

static coco_value *multiply(coco_onnx_node *node, coco_value *x, coco_value *y) {
  return coco_onnx_binary(node, &coco_graph_mul, x, y);
}
static coco_value *divide(coco_onnx_node *node, coco_value *x, coco_value *y) {
  return coco_onnx_binary(node, &coco_graph_div, x, y);
}
static coco_value *number(coco_onnx_node *node, double value) {
  return coco_onnx_scalar(node, coco_type_scalar(node->inputs[0]->type), value);
}

/* x / norm(x), and 0 where all are 0 */
static coco_status import_lp_normalization(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  coco_value *x = node->inputs[0];
  int64_t axis, p;
  COCO_TRY(coco_onnx_get_integer(node, "axis", -1, &axis));
  COCO_TRY(coco_onnx_get_integer(node, "p", 2, &p));
  COCO_TRY(coco_onnx_normalize_axis(node, axis, x->type->rank, &axis));
  if (p != 1 && p != 2) return coco_onnx_node_error(node, "p should be 1 or 2, not %lld", (long long)p);
  coco_value *norm = coco_onnx_reduce(node, p == 1 ? "l1" : "l2", x, &axis, 1, true);
  coco_value *is_zero = coco_onnx_binary(node, &coco_graph_equal, norm, number(node, 0));
  norm = coco_onnx_emit(node, &(coco_operation_state){.definition = &coco_graph_where,
                                                      COCO_WITH_OPERANDS(is_zero, number(node, 1), norm)});
  return coco_onnx_set(node, 0, divide(node, x, norm));
}

/* (x - mean) / (sqrt(mean of (x - mean)^2) + 1e-9) */
static coco_status import_mean_variance(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  static const int64_t usual[] = {0, 2, 3};
  const int64_t *axes;
  int64_t *sorted;
  size_t count;
  COCO_TRY(coco_onnx_get_integers(node, "axes", &axes, &count));
  if (!axes) axes = usual, count = 3;
  COCO_TRY(coco_onnx_normalize_axes(node, axes, count, node->inputs[0]->type->rank, true, &sorted));
  coco_value *x = node->inputs[0];
  coco_value *centred =
      coco_onnx_binary(node, &coco_graph_sub, x, coco_onnx_reduce(node, "mean", x, sorted, count, true));
  coco_value *deviation = coco_onnx_unary(
      node, &coco_graph_sqrt, coco_onnx_reduce(node, "mean", multiply(node, centred, centred), sorted, count, true));
  return coco_onnx_set(node, 0,
                       divide(node, centred, coco_onnx_binary(node, &coco_graph_add, deviation, number(node, 1e-9))));
}

/* The channels [FROM, FROM + COUNT) of X. */
static coco_value *channels(coco_onnx_node *node, coco_value *x, int64_t from, int64_t count) {
  const int64_t end = from + count, axis = 1;
  coco_value *starts = coco_onnx_integers(node, &from, 1), *ends = coco_onnx_integers(node, &end, 1),
             *axes = coco_onnx_integers(node, &axis, 1);
  return coco_onnx_emit(
      node, &(coco_operation_state){.definition = &coco_graph_slice, COCO_WITH_OPERANDS(x, starts, ends, axes, NULL)});
}

/* x / (bias + alpha / size * sum over `size` channels around of x^2)^beta */
static coco_status import_local_response(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  coco_value *x = node->inputs[0], *sum = NULL;
  double alpha, beta, bias;
  int64_t size, pads[2 * COCO_ONNX_MAXIMUM_RANK] = {0};
  const size_t rank = x->type->rank;
  COCO_TRY(coco_onnx_get_float(node, "alpha", 1e-4f, &alpha));
  COCO_TRY(coco_onnx_get_float(node, "beta", 0.75, &beta));
  COCO_TRY(coco_onnx_get_float(node, "bias", 1, &bias));
  COCO_TRY(coco_onnx_get_integer(node, "size", 0, &size));
  if (rank < 2 || rank > COCO_ONNX_MAXIMUM_RANK || x->type->shape[1] == COCO_DYNAMIC)
    return coco_onnx_node_error(node, "the input should have channels, and their number be known");
  if (size < 1 || size > 64) return coco_onnx_node_error(node, "size should be 1 to 64, not %lld", (long long)size);
  pads[1] = (size - 1) / 2;
  pads[rank + 1] = size - 1 - pads[1];
  coco_value *squares = multiply(node, x, x);
  coco_value *padded = coco_onnx_emit(node, &(coco_operation_state){
      .definition = &coco_graph_pad, COCO_WITH_OPERANDS(squares, coco_onnx_integers(node, pads, 2 * rank)),
      COCO_WITH_ATTRIBUTES(COCO_NAMED("mode", coco_attribute_string(node->context, COCO_STRING("constant"))))});
  for (int64_t i = 0; i < size; ++i) {
    coco_value *part = channels(node, padded, i, x->type->shape[1]);
    sum = sum ? coco_onnx_binary(node, &coco_graph_add, sum, part) : part;
  }
  coco_value *base = coco_onnx_binary(node, &coco_graph_add, multiply(node, sum, number(node, alpha / (double)size)),
                                      number(node, bias));
  return coco_onnx_set(node, 0, divide(node, x, coco_onnx_binary(node, &coco_graph_pow, base, number(node, beta))));
}

const coco_onnx_operator coco_onnx_norm_operators[] = {
    {"LpNormalization", {1, 22}, import_lp_normalization, NULL, NULL},
    {"MeanVarianceNormalization", {9, 13}, import_mean_variance, NULL, NULL},
    {"LRN", {1, 13}, import_local_response, NULL, NULL},
    {0},
};
