/* ONNX's activations: softmax, and those that are made of simpler operations. Each function opens with its equation. */
#include "frontends/onnx/importer.h"

static coco_value *scalar_like(coco_onnx_node *node, double value) {
  return coco_onnx_scalar(node, coco_type_scalar(node->inputs[0]->type), value);
}
static coco_value *add(coco_onnx_node *node, coco_value *x, coco_value *y) {
  return coco_onnx_binary(node, &coco_graph_add, x, y);
}
static coco_value *multiply(coco_onnx_node *node, coco_value *x, coco_value *y) {
  return coco_onnx_binary(node, &coco_graph_mul, x, y);
}
static coco_value *add_number(coco_onnx_node *node, coco_value *x, double y) {
  return add(node, x, scalar_like(node, y));
}
static coco_value *multiply_number(coco_onnx_node *node, coco_value *x, double y) {
  return multiply(node, x, scalar_like(node, y));
}
static coco_value *relu(coco_onnx_node *node, coco_value *x) { return coco_onnx_unary(node, &coco_graph_relu, x); }
static coco_value *negative_part(coco_onnx_node *node, coco_value *x) {
  return coco_onnx_binary(node, &coco_graph_minimum, x, scalar_like(node, 0));
}

static coco_value *clip_to_unit(coco_onnx_node *node, coco_value *x) {
  const coco_type *element = coco_type_scalar(node->inputs[0]->type);
  return coco_onnx_emit(node,
                        &(coco_operation_state){
                            .definition = &coco_graph_clip,
                            COCO_WITH_OPERANDS(x),
                            COCO_WITH_ATTRIBUTES(COCO_NAMED("minimum", coco_onnx_number(node->context, element, 0)),
                                                 COCO_NAMED("maximum", coco_onnx_number(node->context, element, 1)))});
}

/* ---- Softmax ---- */

static coco_value *emit_softmax(coco_onnx_node *node, coco_value *x, int64_t axis) {
  return coco_onnx_emit(
      node, &(coco_operation_state){.definition = &coco_graph_softmax,
                                    COCO_WITH_OPERANDS(x),
                                    COCO_WITH_ATTRIBUTES(COCO_NAMED("axis", coco_attribute_i64(node->context, axis)))});
}

coco_value *coco_onnx_log_softmax(coco_onnx_node *node, coco_value *x, int64_t axis) {
  coco_value *shifted = coco_onnx_binary(node, &coco_graph_sub, x, coco_onnx_reduce(node, "max", x, &axis, 1, true));
  coco_value *sum = coco_onnx_reduce(node, "sum", coco_onnx_unary(node, &coco_graph_exp, shifted), &axis, 1, true);
  return coco_onnx_binary(node, &coco_graph_sub, shifted, coco_onnx_unary(node, &coco_graph_log, sum));
}

/* 1 at the first largest element, else 0 */
static coco_status emit_hardmax(coco_onnx_node *node, coco_value **x, int64_t axis) {
  coco_value *place, *positions;
  const coco_type *type = (*x)->type;
  COCO_TRY(coco_onnx_arg(node, *x, axis, true, false, true, &place));
  COCO_TRY(coco_onnx_positions(node, type->shape[axis], type->rank - 1 - (size_t)axis, &positions));
  *x = coco_onnx_cast(node, coco_onnx_binary(node, &coco_graph_equal, positions, place), type->element);
  return node->importer->builder.status;
}

/* Before version 13 the axes from `axis` on are one: the input is seen as a matrix. */
static coco_status import_softmax(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  coco_value *x = node->inputs[0], *shape = NULL;
  size_t rank = x->type->rank;
  int64_t axis;
  COCO_TRY(coco_onnx_get_integer(node, "axis", node->version < 13 ? 1 : -1, &axis));
  if (node->version < 13 && axis == (int64_t)rank)
    return coco_onnx_node_error(node, "axis %lld leaves nothing to normalise", (long long)axis);
  COCO_TRY(coco_onnx_normalize_axis(node, axis, rank, &axis));
  bool flatten = node->version < 13 && axis + 1 != (int64_t)rank;
  if (flatten) {
    shape = coco_onnx_shape(node, x);
    x = coco_onnx_emit(node, &(coco_operation_state){
                                 .definition = &coco_graph_flatten,
                                 COCO_WITH_OPERANDS(x),
                                 COCO_WITH_ATTRIBUTES(COCO_NAMED("axis", coco_attribute_i64(node->context, axis)))});
    axis = 1;
  }
  if (!node->operator_row->choice) x = emit_softmax(node, x, axis);
  else if (strcmp(node->operator_row->choice, "log") == 0) x = coco_onnx_log_softmax(node, x, axis);
  else COCO_TRY(emit_hardmax(node, &x, axis));
  if (flatten) x = coco_onnx_reshape(node, x, shape, true);
  return coco_onnx_set(node, 0, x);
}

/* ---- One operation each ---- */

static coco_status import_leaky_relu(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  double alpha;
  COCO_TRY(coco_onnx_get_float(node, "alpha", 0.01f, &alpha));
  coco_onnx_ignore(node, "consumed_inputs");
  return coco_onnx_set(
      node, 0,
      coco_onnx_emit(node, &(coco_operation_state){.definition = &coco_graph_leaky_relu,
                                                   COCO_WITH_OPERANDS(node->inputs[0]),
                                                   COCO_WITH_ATTRIBUTES(COCO_NAMED(
                                                       "alpha", coco_attribute_f32(node->context, (float)alpha)))}));
}

/* ---- Made of several ---- */

/* min(max(alpha * x + beta, 0), 1) */
static coco_status import_hard_sigmoid(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  double alpha, beta;
  COCO_TRY(coco_onnx_get_float(node, "alpha", 0.2f, &alpha));
  COCO_TRY(coco_onnx_get_float(node, "beta", 0.5, &beta));
  coco_onnx_ignore(node, "consumed_inputs");
  return coco_onnx_set(node, 0,
                       clip_to_unit(node, add_number(node, multiply_number(node, node->inputs[0], alpha), beta)));
}

/* x * min(max(x / 6 + 1 / 2, 0), 1) */
static coco_status import_hard_swish(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  coco_value *x = node->inputs[0];
  return coco_onnx_set(node, 0,
                       multiply(node, x, clip_to_unit(node, add_number(node, multiply_number(node, x, 1.0 / 6), 0.5))));
}

/* x * tanh(softplus(x)) */
static coco_status import_mish(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  coco_value *x = node->inputs[0];
  return coco_onnx_set(node, 0, multiply(node, x, coco_onnx_unary(node, &coco_graph_tanh, coco_onnx_unary(node, &coco_graph_softplus, x))));
}

/* x / (1 + |x|) */
static coco_status import_softsign(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  coco_value *x = node->inputs[0];
  return coco_onnx_set(
      node, 0,
      coco_onnx_binary(node, &coco_graph_div, x, add_number(node, coco_onnx_unary(node, &coco_graph_abs, x), 1)));
}

/* gamma * (max(x, 0) + alpha * (exp(min(x, 0)) - 1)); gamma is 1 for Elu */
static coco_status import_elu(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  bool selu = node->operator_row->choice != NULL;
  double alpha, gamma;
  COCO_TRY(coco_onnx_get_float(node, "alpha", selu ? 1.67326319217681884765625 : 1, &alpha));
  COCO_TRY(coco_onnx_get_float(node, "gamma", selu ? 1.05070102214813232421875 : 1, &gamma));
  coco_onnx_ignore(node, "consumed_inputs");
  coco_value *x = node->inputs[0];
  coco_value *below = add_number(node, coco_onnx_unary(node, &coco_graph_exp, negative_part(node, x)), -1);
  coco_value *sum = add(node, relu(node, x), multiply_number(node, below, alpha));
  return coco_onnx_set(node, 0, selu ? multiply_number(node, sum, gamma) : sum);
}

/* max(x, 0) + min(0, alpha * (exp(x / alpha) - 1)) */
static coco_status import_celu(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  double alpha;
  COCO_TRY(coco_onnx_get_float(node, "alpha", 1, &alpha));
  if (alpha == 0) return coco_onnx_node_error(node, "alpha should not be 0");
  coco_value *x = node->inputs[0];
  coco_value *power =
      coco_onnx_unary(node, &coco_graph_exp, coco_onnx_binary(node, &coco_graph_div, x, scalar_like(node, alpha)));
  return coco_onnx_set(
      node, 0,
      add(node, relu(node, x), negative_part(node, multiply_number(node, add_number(node, power, -1), alpha))));
}

/* x + bias where x < -lambd, x - bias where x > lambd, else 0 */
static coco_status import_shrink(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  double bias, lambd;
  COCO_TRY(coco_onnx_get_float(node, "bias", 0, &bias));
  COCO_TRY(coco_onnx_get_float(node, "lambd", 0.5, &lambd));
  coco_value *x = node->inputs[0];
  coco_value *above = coco_onnx_binary(node, &coco_graph_greater, x, scalar_like(node, lambd));
  coco_value *below = coco_onnx_binary(node, &coco_graph_less, x, scalar_like(node, -lambd));
  coco_value *inner = coco_onnx_emit(
      node, &(coco_operation_state){
                .definition = &coco_graph_where,
                COCO_WITH_OPERANDS(above, coco_onnx_binary(node, &coco_graph_sub, x, scalar_like(node, bias)),
                                   scalar_like(node, 0))});
  return coco_onnx_set(
      node, 0,
      coco_onnx_emit(node, &(coco_operation_state){.definition = &coco_graph_where,
                                                   COCO_WITH_OPERANDS(below, add_number(node, x, bias), inner)}));
}

/* x / (1 + exp(-alpha * x)) */
static coco_status import_swish(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  double alpha;
  COCO_TRY(coco_onnx_get_float(node, "alpha", 1, &alpha));
  coco_value *x = node->inputs[0];
  return coco_onnx_set(
      node, 0,
      multiply(node, x, coco_onnx_unary(node, &coco_graph_sigmoid, alpha == 1 ? x : multiply_number(node, x, alpha))));
}

/* max(x, 0) + slope * min(x, 0) */
static coco_status import_prelu(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  coco_value *x = node->inputs[0];
  return coco_onnx_set(node, 0, add(node, relu(node, x), multiply(node, node->inputs[1], negative_part(node, x))));
}

/* x where x > alpha, else 0 */
static coco_status import_thresholded_relu(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  double alpha;
  COCO_TRY(coco_onnx_get_float(node, "alpha", 1, &alpha));
  coco_value *x = node->inputs[0], *above = coco_onnx_binary(node, &coco_graph_greater, x, scalar_like(node, alpha));
  return coco_onnx_set(
      node, 0,
      coco_onnx_emit(node, &(coco_operation_state){.definition = &coco_graph_where,
                                                   COCO_WITH_OPERANDS(above, x, scalar_like(node, 0))}));
}

/* x / 2 * (1 + erf(x / sqrt(2))), or with tanh(sqrt(2 / pi) * (x + 0.044715 x^3)) in place of erf */
static coco_status import_gelu(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  coco_string mode;
  COCO_TRY(coco_onnx_get_string(node, "approximate", "none", &mode));
  coco_value *x = node->inputs[0], *bend;
  if (coco_string_is(mode, "tanh")) {
    coco_value *cube = multiply_number(node, multiply(node, multiply(node, x, x), x), 0.044715);
    bend = coco_onnx_unary(node, &coco_graph_tanh, multiply_number(node, add(node, x, cube), 0.79788456080286535588));
  } else if (coco_string_is(mode, "none")) {
    bend = coco_onnx_unary(node, &coco_graph_erf, multiply_number(node, x, 0.70710678118654752440));
  } else {
    return coco_onnx_node_error(node, "attribute 'approximate' is not one that is known");
  }
  return coco_onnx_set(node, 0, multiply(node, multiply_number(node, x, 0.5), add_number(node, bend, 1)));
}

const coco_onnx_operator coco_onnx_activation_operators[] = {
    {"Softmax", {1, 11, 13}, import_softmax, NULL, NULL},
    {"LogSoftmax", {1, 11, 13}, import_softmax, NULL, "log"},
    {"Hardmax", {1, 11, 13}, import_softmax, NULL, "hard"},
    {"Celu", {12, 28}, import_celu, NULL, NULL},
    {"Shrink", {9}, import_shrink, NULL, NULL},
    {"Swish", {24}, import_swish, NULL, NULL},
    {"LeakyRelu", {1, 6, 16}, import_leaky_relu, NULL, NULL},
    {"HardSigmoid", {1, 6, 22}, import_hard_sigmoid, NULL, NULL},
    {"HardSwish", {14, 22}, import_hard_swish, NULL, NULL},
    {"Softsign", {1, 22}, import_softsign, NULL, NULL},
    {"Mish", {18, 22}, import_mish, NULL, NULL},
    {"Elu", {1, 6, 22}, import_elu, NULL, NULL},
    {"Selu", {1, 6, 22}, import_elu, NULL, "selu"},
    {"PRelu", {7, 9, 16}, import_prelu, NULL, NULL}, /* before, a slope per channel had another shape */
    {"ThresholdedRelu", {10, 22}, import_thresholded_relu, NULL, NULL},
    {"Gelu", {20}, import_gelu, NULL, NULL},
    {0},
};
