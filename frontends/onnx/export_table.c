/* The rows of the ONNX export: one per graph operation. */
#include "frontends/onnx/exporter.h"

typedef coco_onnx_exporter exporter;
typedef CocoOnnx__NodeProto node;

static int64_t integer(const coco_attribute *attribute) { return coco_property_integer(attribute, 0); }

static void put_window(exporter *out, node *to, const coco_attribute *strides, const coco_attribute *pads,
                       const coco_attribute *dilations) {
  coco_onnx_put_integers(out, to, "strides", strides);
  coco_onnx_put_integers(out, to, "pads", pads);
  if (dilations) coco_onnx_put_integers(out, to, "dilations", dilations);
}

static void conv(exporter *out, const coco_operation *from, node *to) {
  const coco_type *weight = from->operands[1].value->type;
  coco_onnx_put_integers(out, to, "kernel_shape",
                         coco_attribute_i64_array(out->context, weight->shape + 2, weight->rank - 2));
  put_window(out, to, COCO_PROPERTY(from, graph_conv, strides), COCO_PROPERTY(from, graph_conv, pads),
             COCO_PROPERTY(from, graph_conv, dilations));
  coco_onnx_put_integer(out, to, "group", integer(COCO_PROPERTY(from, graph_conv, group)));
}

static void gemm(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_put_float(out, to, "alpha", COCO_PROPERTY(from, graph_gemm, alpha)->real);
  coco_onnx_put_float(out, to, "beta", COCO_PROPERTY(from, graph_gemm, beta)->real);
  coco_onnx_put_integer(out, to, "transA", integer(COCO_PROPERTY(from, graph_gemm, trans_a)));
  coco_onnx_put_integer(out, to, "transB", integer(COCO_PROPERTY(from, graph_gemm, trans_b)));
}

static void batch_norm(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_put_float(out, to, "epsilon", COCO_PROPERTY(from, graph_batch_norm, epsilon)->real);
}

static void max_pool(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_put_integers(out, to, "kernel_shape", COCO_PROPERTY(from, graph_max_pool, kernel));
  put_window(out, to, COCO_PROPERTY(from, graph_max_pool, strides), COCO_PROPERTY(from, graph_max_pool, pads),
             COCO_PROPERTY(from, graph_max_pool, dilations));
  coco_onnx_put_integer(out, to, "ceil_mode", integer(COCO_PROPERTY(from, graph_max_pool, ceil_mode)));
}

/* Dilations came with version 19. */
static void average_pool(exporter *out, const coco_operation *from, node *to) {
  const coco_attribute *dilations = COCO_PROPERTY(from, graph_average_pool, dilations);
  for (size_t i = 0; i < dilations->count; ++i)
    if (coco_attribute_i64s(dilations)[i] != 1) {
      coco_onnx_export_fail(
          out, coco_operation_error(from, "has dilations, which the version of ONNX that is written does not know"));
      return;
    }
  coco_onnx_put_integers(out, to, "kernel_shape", COCO_PROPERTY(from, graph_average_pool, kernel));
  put_window(out, to, COCO_PROPERTY(from, graph_average_pool, strides), COCO_PROPERTY(from, graph_average_pool, pads),
             NULL);
  coco_onnx_put_integer(out, to, "ceil_mode", integer(COCO_PROPERTY(from, graph_average_pool, ceil_mode)));
  coco_onnx_put_integer(out, to, "count_include_pad",
                        integer(COCO_PROPERTY(from, graph_average_pool, count_include_pad)));
}

/* Over all axes from the second on, kept: a global pool. */
static bool is_global_pool(const coco_operation *operation, const coco_attribute *axes) {
  if (operation->operands[0].value->type->rank < 3 || axes->count != operation->operands[0].value->type->rank - 2)
    return false;
  return coco_attribute_i64s(axes)[0] == 2 && integer(COCO_PROPERTY(operation, graph_reduce, keep_dimensions));
}

/* Only ReduceSum has its axes as an input in this version; the kind names the operator. */
static void reduce(exporter *out, const coco_operation *from, node *to) {
  static const char *const names[][2] = {{"sum", "ReduceSum"},      {"mean", "ReduceMean"},
                                         {"max", "ReduceMax"},      {"min", "ReduceMin"},
                                         {"product", "ReduceProd"}, {"sum_square", "ReduceSumSquare"},
                                         {"l1", "ReduceL1"},        {"l2", "ReduceL2"}};
  const coco_attribute *kind = COCO_PROPERTY(from, graph_reduce, kind), *axes = COCO_PROPERTY(from, graph_reduce, axes);
  bool is_mean = coco_string_is(kind->text, "mean");
  if (is_global_pool(from, axes) && (is_mean || coco_string_is(kind->text, "max"))) {
    to->op_type = (char *)(uintptr_t)(is_mean ? "GlobalAveragePool" : "GlobalMaxPool");
    return;
  }
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i)
    if (coco_string_is(kind->text, names[i][0])) to->op_type = (char *)(uintptr_t)names[i][1];
  if (coco_string_is(kind->text, "sum"))
    coco_onnx_put_input(out, to, axes);
  else
    coco_onnx_put_integers(out, to, "axes", axes);
  coco_onnx_put_integer(out, to, "keepdims", integer(COCO_PROPERTY(from, graph_reduce, keep_dimensions)));
}

static void softmax(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_put_integer(out, to, "axis", integer(COCO_PROPERTY(from, graph_softmax, axis)));
}
static void concat(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_put_integer(out, to, "axis", integer(COCO_PROPERTY(from, graph_concat, axis)));
}
static void gather(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_put_integer(out, to, "axis", integer(COCO_PROPERTY(from, graph_gather, axis)));
}
static void flatten(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_put_integer(out, to, "axis", integer(COCO_PROPERTY(from, graph_flatten, axis)));
}
static void leaky_relu(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_put_float(out, to, "alpha", COCO_PROPERTY(from, graph_leaky_relu, alpha)->real);
}
static void transpose(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_put_integers(out, to, "perm", COCO_PROPERTY(from, graph_transpose, permutation));
}
static void squeeze(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_put_input(out, to, COCO_PROPERTY(from, graph_squeeze, axes));
}
static void unsqueeze(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_put_input(out, to, COCO_PROPERTY(from, graph_unsqueeze, axes));
}
static void reshape(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_put_integer(out, to, "allowzero", integer(COCO_PROPERTY(from, graph_reshape, allow_zero)));
}

static void clip(exporter *out, const coco_operation *from, node *to) {
  const coco_attribute *minimum = COCO_PROPERTY(from, graph_clip, minimum),
                       *maximum = COCO_PROPERTY(from, graph_clip, maximum);
  coco_onnx_put_input(out, to, minimum);
  if (maximum) coco_onnx_put_input(out, to, maximum);
}

static void cast(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_data_type type = coco_onnx_data_type_of(COCO_PROPERTY(from, graph_cast, to)->type);
  if (type == COCO_ONNX_UNDEFINED)
    coco_onnx_export_fail(out, coco_operation_error(from, "has a type of elements that ONNX does not know"));
  coco_onnx_put_integer(out, to, "to", (int64_t)type);
}

static void constant_of_shape(exporter *out, const coco_operation *from, node *to) {
  coco_onnx_put_tensor(out, to, "value", COCO_PROPERTY(from, graph_constant_of_shape, value));
}

static void pad(exporter *out, const coco_operation *from, node *to) {
  coco_string mode = COCO_PROPERTY(from, graph_pad, mode)->text;
  if (coco_string_is(mode, "wrap"))
    coco_onnx_export_fail(
        out, coco_operation_error(from, "wraps around, which the version of ONNX that is written does not know"));
  coco_onnx_put_string(out, to, "mode", mode);
}

static const coco_onnx_export_row rows[] = {
    {&coco_graph_conv, "Conv", conv},
    {&coco_graph_gemm, "Gemm", gemm},
    {&coco_graph_matmul, "MatMul", NULL},
    {&coco_graph_batch_norm, "BatchNormalization", batch_norm},
    {&coco_graph_max_pool, "MaxPool", max_pool},
    {&coco_graph_average_pool, "AveragePool", average_pool},
    {&coco_graph_reduce, "ReduceSum", reduce},
    {&coco_graph_softmax, "Softmax", softmax},
    {&coco_graph_relu, "Relu", NULL},
    {&coco_graph_sigmoid, "Sigmoid", NULL},
    {&coco_graph_tanh, "Tanh", NULL},
    {&coco_graph_exp, "Exp", NULL},
    {&coco_graph_log, "Log", NULL},
    {&coco_graph_sqrt, "Sqrt", NULL},
    {&coco_graph_reciprocal, "Reciprocal", NULL},
    {&coco_graph_abs, "Abs", NULL},
    {&coco_graph_neg, "Neg", NULL},
    {&coco_graph_floor, "Floor", NULL},
    {&coco_graph_ceil, "Ceil", NULL},
    {&coco_graph_erf, "Erf", NULL},
    {&coco_graph_softplus, "Softplus", NULL},
    {&coco_graph_round, "Round", NULL},
    {&coco_graph_sign, "Sign", NULL},
    {&coco_graph_sin, "Sin", NULL},
    {&coco_graph_cos, "Cos", NULL},
    {&coco_graph_tan, "Tan", NULL},
    {&coco_graph_asin, "Asin", NULL},
    {&coco_graph_acos, "Acos", NULL},
    {&coco_graph_atan, "Atan", NULL},
    {&coco_graph_sinh, "Sinh", NULL},
    {&coco_graph_cosh, "Cosh", NULL},
    {&coco_graph_asinh, "Asinh", NULL},
    {&coco_graph_acosh, "Acosh", NULL},
    {&coco_graph_atanh, "Atanh", NULL},
    {&coco_graph_not, "Not", NULL},
    {&coco_graph_leaky_relu, "LeakyRelu", leaky_relu},
    {&coco_graph_clip, "Clip", clip},
    {&coco_graph_cast, "Cast", cast},
    {&coco_graph_add, "Add", NULL},
    {&coco_graph_sub, "Sub", NULL},
    {&coco_graph_mul, "Mul", NULL},
    {&coco_graph_div, "Div", NULL},
    {&coco_graph_pow, "Pow", NULL},
    {&coco_graph_maximum, "Max", NULL},
    {&coco_graph_minimum, "Min", NULL},
    {&coco_graph_equal, "Equal", NULL},
    {&coco_graph_less, "Less", NULL},
    {&coco_graph_greater, "Greater", NULL},
    {&coco_graph_and, "And", NULL},
    {&coco_graph_or, "Or", NULL},
    {&coco_graph_where, "Where", NULL},
    {&coco_graph_shape, "Shape", NULL},
    {&coco_graph_reshape, "Reshape", reshape},
    {&coco_graph_squeeze, "Squeeze", squeeze},
    {&coco_graph_unsqueeze, "Unsqueeze", unsqueeze},
    {&coco_graph_flatten, "Flatten", flatten},
    {&coco_graph_transpose, "Transpose", transpose},
    {&coco_graph_concat, "Concat", concat},
    {&coco_graph_slice, "Slice", NULL},
    {&coco_graph_pad, "Pad", pad},
    {&coco_graph_gather, "Gather", gather},
    {&coco_graph_expand, "Expand", NULL},
    {&coco_graph_constant_of_shape, "ConstantOfShape", constant_of_shape},
};

const coco_onnx_export_row *coco_onnx_find_export(const coco_operation_definition *row) {
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i)
    if (rows[i].row == row) return &rows[i];
  return NULL;
}
