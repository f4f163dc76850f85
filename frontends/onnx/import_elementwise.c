/* ONNX operators that work element by element: arithmetic, comparison, selection, conversion. */
#include <math.h>

#include "frontends/onnx/importer.h"

static coco_status import_unary(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  coco_onnx_ignore(node, "consumed_inputs");
  return coco_onnx_set(node, 0, coco_onnx_unary(node, node->operator_row->row, node->inputs[0]));
}

/* Before version 7 shapes are equal, unless `broadcast` says that the right one's extents match the left one's from
 * `axis` on (the last ones, without an axis): then extents of 1 are added at its end. */
static coco_status read_operands(coco_onnx_node *node, coco_value **out_left, coco_value **out_right) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  *out_left = node->inputs[0];
  *out_right = node->inputs[1];
  if (node->version >= 7) return COCO_OK;
  bool broadcast;
  int64_t axis;
  size_t left = (*out_left)->type->rank, right = (*out_right)->type->rank;
  coco_onnx_ignore(node, "consumed_inputs");
  bool has_axis = coco_onnx_has(node, "axis");
  COCO_TRY(coco_onnx_get_integer(node, "axis", 0, &axis));
  COCO_TRY(coco_onnx_get_bool(node, "broadcast", false, &broadcast));
  if (!broadcast || !has_axis) return COCO_OK;
  if (axis < 0) axis += (int64_t)left;
  if (axis < 0 || right > left || (size_t)axis > left - right || left > COCO_ONNX_MAXIMUM_RANK)
    return coco_onnx_node_error(node, "axis %lld does not fit operands of rank %zu and %zu", (long long)axis, left,
                                right);
  int64_t axes[COCO_ONNX_MAXIMUM_RANK];
  size_t count = left - right - (size_t)axis;
  for (size_t i = 0; i < count; ++i) axes[i] = (int64_t)(right + i);
  if (count) *out_right = coco_onnx_unsqueeze(node, *out_right, axes, count);
  return COCO_OK;
}

static coco_status import_binary(coco_onnx_node *node) {
  coco_value *left, *right;
  COCO_TRY(read_operands(node, &left, &right));
  return coco_onnx_set(node, 0, coco_onnx_binary(node, node->operator_row->row, left, right));
}

/* x <= y = x < y or x = y (and not the negation of x > y, which NaN would satisfy) */
static coco_status import_or_equal(coco_onnx_node *node) {
  coco_value *left, *right;
  COCO_TRY(read_operands(node, &left, &right));
  coco_value *strict = coco_onnx_binary(node, node->operator_row->row, left, right);
  return coco_onnx_set(
      node, 0, coco_onnx_binary(node, &coco_graph_or, strict, coco_onnx_binary(node, &coco_graph_equal, left, right)));
}

static coco_status import_xor(coco_onnx_node *node) {
  coco_value *left, *right;
  COCO_TRY(read_operands(node, &left, &right));
  return coco_onnx_set(node, 0,
                       coco_onnx_unary(node, &coco_graph_not, coco_onnx_binary(node, &coco_graph_equal, left, right)));
}

/* The remainder with the divisor's sign, or with fmod the dividend's. */
static coco_status import_mod(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  bool truncated;
  COCO_TRY(coco_onnx_get_bool(node, "fmod", false, &truncated));
  return coco_onnx_set(
      node, 0,
      coco_onnx_binary(node, truncated ? &coco_graph_remainder : &coco_graph_modulo, node->inputs[0], node->inputs[1]));
}

static coco_status import_bit_shift(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  coco_string direction;
  COCO_TRY(coco_onnx_get_string(node, "direction", "", &direction));
  bool left = coco_string_is(direction, "LEFT");
  if (!left && !coco_string_is(direction, "RIGHT"))
    return coco_onnx_node_error(node, "attribute 'direction' should be LEFT or RIGHT");
  return coco_onnx_set(node, 0,
                       coco_onnx_binary(node, left ? &coco_graph_shift_left : &coco_graph_shift_right, node->inputs[0],
                                        node->inputs[1]));
}

/* not x = x */
static coco_status import_is_nan(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  coco_value *x = node->inputs[0];
  return coco_onnx_set(node, 0,
                       coco_onnx_unary(node, &coco_graph_not, coco_onnx_binary(node, &coco_graph_equal, x, x)));
}

/* |x| = infinity, x = infinity, x = -infinity, or never: x < x */
static coco_status import_is_inf(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  bool negative, positive;
  COCO_TRY(coco_onnx_get_bool(node, "detect_negative", true, &negative));
  COCO_TRY(coco_onnx_get_bool(node, "detect_positive", true, &positive));
  coco_value *x = node->inputs[0];
  if (!negative && !positive) return coco_onnx_set(node, 0, coco_onnx_binary(node, &coco_graph_less, x, x));
  coco_value *infinity = coco_onnx_scalar(node, coco_type_scalar(x->type), positive ? INFINITY : -INFINITY);
  return coco_onnx_set(
      node, 0,
      coco_onnx_binary(node, &coco_graph_equal, negative && positive ? coco_onnx_unary(node, &coco_graph_abs, x) : x,
                       infinity));
}

/* From version 12 on the exponent may be of another type than the base, which is the result's. */
static coco_status import_pow(coco_onnx_node *node) {
  coco_value *left, *right;
  COCO_TRY(read_operands(node, &left, &right));
  const coco_type *base = coco_type_scalar(left->type), *exponent = coco_type_scalar(right->type);
  if (base != exponent && !coco_type_is_float(base) && coco_type_is_float(exponent)) {
    coco_value *power = coco_onnx_binary(node, &coco_graph_pow, coco_onnx_cast(node, left, exponent), right);
    return coco_onnx_set(node, 0, coco_onnx_cast(node, power, base));
  }
  return coco_onnx_set(node, 0, coco_onnx_binary(node, &coco_graph_pow, left, coco_onnx_cast(node, right, base)));
}

/* Max, Min, Sum: f(f(a, b), c) …; Mean divides the sum by the count. */
static coco_status import_variadic(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, node->input_count ? node->input_count : 1, SIZE_MAX));
  coco_onnx_ignore(node, "consumed_inputs");
  coco_value *value = node->inputs[0];
  for (size_t i = 1; i < node->input_count; ++i)
    value = coco_onnx_binary(node, node->operator_row->row, value, node->inputs[i]);
  if (node->operator_row->choice && node->input_count > 1)
    value =
        coco_onnx_binary(node, &coco_graph_div, value,
                         coco_onnx_scalar(node, coco_type_scalar(node->inputs[0]->type), (double)node->input_count));
  return coco_onnx_set(node, 0, value);
}

static coco_status import_where(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 3, 3));
  return coco_onnx_set(node, 0,
                       coco_onnx_emit(node, &(coco_operation_state){.definition = &coco_graph_where,
                                                                    COCO_WITH_OPERANDS(node->inputs[0], node->inputs[1],
                                                                                       node->inputs[2])}));
}

/* Version 1 names the type in words. */
static int64_t data_type_by_name(coco_string name) {
  static const char *const names[] = {"",      "FLOAT",  "UINT8", "INT8",    "UINT16", "INT16",  "INT32",
                                      "INT64", "STRING", "BOOL",  "FLOAT16", "DOUBLE", "UINT32", "UINT64"};
  for (size_t i = 1; i < sizeof names / sizeof *names; ++i)
    if (coco_string_is(name, names[i])) return (int64_t)i;
  return COCO_ONNX_UNDEFINED;
}

static coco_status import_cast(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  int64_t to = COCO_ONNX_UNDEFINED;
  bool saturate;
  coco_string name = {0}, rounding;
  if (node->version < 6)
    COCO_TRY(coco_onnx_get_string(node, "to", "", &name));
  else
    COCO_TRY(coco_onnx_get_integer(node, "to", COCO_ONNX_UNDEFINED, &to));
  COCO_TRY(coco_onnx_get_bool(node, "saturate", true, &saturate));
  COCO_TRY(coco_onnx_get_string(node, "round_mode", "up", &rounding)); /* for float8e8m0 only */
  if (node->version < 6) to = data_type_by_name(name);
  const coco_type *element;
  if (!coco_onnx_element_type(node->context, to, &element)) return COCO_OUT_OF_MEMORY;
  if (!element)
    return coco_onnx_node_error(node, "elements of type %s (%lld) are not supported", coco_onnx_data_type_name(to),
                                (long long)to);
  if (!saturate && coco_type_is_float(element) && element->format >= COCO_F8E5M2)
    return coco_onnx_node_error(node, "saturate = 0 is not supported");
  return coco_onnx_set(node, 0, coco_onnx_cast(node, node->inputs[0], element));
}

/* Casts to the type of the second input. */
static coco_status import_cast_like(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  coco_onnx_ignore(node, "saturate");
  coco_onnx_ignore(node, "round_mode");
  return coco_onnx_set(node, 0, coco_onnx_cast(node, node->inputs[0], coco_type_scalar(node->inputs[1]->type)));
}

/* Bounds are attributes before version 11, then inputs: constant ones become attributes, others minimum and maximum. */
static coco_status import_clip(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, node->version < 11 ? 1 : 3));
  static const char *const names[] = {"min", "max"}, *const properties[] = {"minimum", "maximum"};
  coco_onnx_ignore(node, "consumed_inputs");
  const coco_type *element = coco_type_scalar(node->inputs[0]->type);
  coco_value *value = node->inputs[0];
  coco_named_attribute bounds[2];
  size_t count = 0;
  for (size_t i = 0; i < 2; ++i) {
    double bound = 0;
    bool constant = node->version < 11 ? coco_onnx_has(node, names[i]) : coco_onnx_constant_real(node, i + 1, &bound);
    if (node->version < 11) COCO_TRY(coco_onnx_get_float(node, names[i], 0, &bound));
    if (constant)
      bounds[count++] =
          (coco_named_attribute){coco_string_from(properties[i]), coco_onnx_number(node->context, element, bound)};
    else if (coco_onnx_input(node, i + 1))
      value = coco_onnx_binary(node, i == 0 ? &coco_graph_maximum : &coco_graph_minimum, value, node->inputs[i + 1]);
  }
  if (count)
    value = coco_onnx_emit(
        node,
        &(coco_operation_state){
            .definition = &coco_graph_clip, COCO_WITH_OPERANDS(value), .attributes = bounds, .attribute_count = count});
  return coco_onnx_set(node, 0, value);
}

const coco_onnx_operator coco_onnx_elementwise_operators[] = {
    {"Relu", {1, 6, 13, 14}, import_unary, &coco_graph_relu, NULL},
    {"Sigmoid", {1, 6, 13}, import_unary, &coco_graph_sigmoid, NULL},
    {"Softplus", {1, 22}, import_unary, &coco_graph_softplus, NULL},
    {"Tanh", {1, 6, 13}, import_unary, &coco_graph_tanh, NULL},
    {"Exp", {1, 6, 13}, import_unary, &coco_graph_exp, NULL},
    {"Log", {1, 6, 13}, import_unary, &coco_graph_log, NULL},
    {"Sqrt", {1, 6, 13}, import_unary, &coco_graph_sqrt, NULL},
    {"Reciprocal", {1, 6, 13}, import_unary, &coco_graph_reciprocal, NULL},
    {"Abs", {1, 6, 13}, import_unary, &coco_graph_abs, NULL},
    {"Neg", {1, 6, 13}, import_unary, &coco_graph_neg, NULL},
    {"Floor", {1, 6, 13}, import_unary, &coco_graph_floor, NULL},
    {"Ceil", {1, 6, 13}, import_unary, &coco_graph_ceil, NULL},
    {"Erf", {9, 13}, import_unary, &coco_graph_erf, NULL},
    {"Round", {11, 22}, import_unary, &coco_graph_round, NULL},
    {"Sign", {9, 13}, import_unary, &coco_graph_sign, NULL},
    {"Sin", {7, 22}, import_unary, &coco_graph_sin, NULL},
    {"Cos", {7, 22}, import_unary, &coco_graph_cos, NULL},
    {"Tan", {7, 22}, import_unary, &coco_graph_tan, NULL},
    {"Asin", {7, 22}, import_unary, &coco_graph_asin, NULL},
    {"Acos", {7, 22}, import_unary, &coco_graph_acos, NULL},
    {"Atan", {7, 22}, import_unary, &coco_graph_atan, NULL},
    {"Sinh", {9, 22}, import_unary, &coco_graph_sinh, NULL},
    {"Cosh", {9, 22}, import_unary, &coco_graph_cosh, NULL},
    {"Asinh", {9, 22}, import_unary, &coco_graph_asinh, NULL},
    {"Acosh", {9, 22}, import_unary, &coco_graph_acosh, NULL},
    {"Atanh", {9, 22}, import_unary, &coco_graph_atanh, NULL},
    {"IsNaN", {9, 13, 20}, import_is_nan, NULL, NULL},
    {"IsInf", {10, 20}, import_is_inf, NULL, NULL},
    {"BitwiseNot", {18}, import_unary, &coco_graph_bit_not, NULL},
    {"BitwiseAnd", {18}, import_binary, &coco_graph_bit_and, NULL},
    {"BitwiseOr", {18}, import_binary, &coco_graph_bit_or, NULL},
    {"BitwiseXor", {18}, import_binary, &coco_graph_bit_xor, NULL},
    {"BitShift", {11}, import_bit_shift, NULL, NULL},
    {"Mod", {10, 13}, import_mod, NULL, NULL},
    {"Not", {1}, import_unary, &coco_graph_not, NULL},
    {"Add", {1, 6, 7, 13, 14}, import_binary, &coco_graph_add, NULL},
    {"Sub", {1, 6, 7, 13, 14}, import_binary, &coco_graph_sub, NULL},
    {"Mul", {1, 6, 7, 13, 14}, import_binary, &coco_graph_mul, NULL},
    {"Div", {1, 6, 7, 13, 14}, import_binary, &coco_graph_div, NULL},
    {"Pow", {1, 7, 12, 13, 15}, import_pow, NULL, NULL},
    {"Max", {1, 6, 8, 12, 13}, import_variadic, &coco_graph_maximum, NULL},
    {"Min", {1, 6, 8, 12, 13}, import_variadic, &coco_graph_minimum, NULL},
    {"Sum", {1, 6, 8, 13}, import_variadic, &coco_graph_add, NULL},
    {"Mean", {1, 6, 8, 13}, import_variadic, &coco_graph_add, "mean"},
    {"Equal", {1, 7, 11, 13, 19}, import_binary, &coco_graph_equal, NULL},
    {"Less", {1, 7, 9, 13}, import_binary, &coco_graph_less, NULL},
    {"Greater", {1, 7, 9, 13}, import_binary, &coco_graph_greater, NULL},
    {"LessOrEqual", {12, 16}, import_or_equal, &coco_graph_less, NULL},
    {"GreaterOrEqual", {12, 16}, import_or_equal, &coco_graph_greater, NULL},
    {"And", {1, 7}, import_binary, &coco_graph_and, NULL},
    {"Or", {1, 7}, import_binary, &coco_graph_or, NULL},
    {"Xor", {1, 7}, import_xor, NULL, NULL},
    {"Where", {9, 16}, import_where, NULL, NULL},
    {"Cast", {1, 6, 9, 13, 19, 21, 23, 24, 25, 28}, import_cast, NULL, NULL},
    {"CastLike", {15, 19, 21, 23, 24, 25}, import_cast_like, NULL, NULL},
    {"Clip", {1, 6, 11, 12, 13}, import_clip, NULL, NULL},
    {0},
};
