/* ONNX operators with windows and weights: convolution, pools, products, normalisation, dropout. */
#include "frontends/onnx/importer.h"

enum { MAXIMUM_SPATIAL = 3 };

/* The attributes that convolution and pools share, with auto_pad worked out. */
typedef struct window_attributes {
  size_t rank; /* spatial dimensions */
  int64_t kernel[MAXIMUM_SPATIAL], strides[MAXIMUM_SPATIAL], dilations[MAXIMUM_SPATIAL], pads[2 * MAXIMUM_SPATIAL];
} window_attributes;

/* A list attribute of COUNT entries, each at least MINIMUM; all FALLBACK when it is absent. */
static coco_status read_list(coco_onnx_node *node, const char *name, size_t count, int64_t minimum, int64_t fallback,
                             int64_t *out) {
  const int64_t *values;
  size_t value_count;
  COCO_TRY(coco_onnx_get_integers(node, name, &values, &value_count));
  if (values && value_count != count)
    return coco_onnx_node_error(node, "attribute '%s' has %zu entries, not %zu", name, value_count, count);
  for (size_t i = 0; i < count; ++i) {
    out[i] = values ? values[i] : fallback;
    if (out[i] < minimum || out[i] > INT32_MAX)
      return coco_onnx_node_error(node, "attribute '%s' holds %lld", name, (long long)out[i]);
  }
  return COCO_OK;
}

/* SAME: as many outputs as input / stride, rounded up; an odd pad goes to the end (UPPER) or the beginning (LOWER). */
static coco_status same_pads(coco_onnx_node *node, const coco_type *input, bool lower, window_attributes *window) {
  for (size_t i = 0; i < window->rank; ++i) {
    int64_t extent = input->shape[i + 2], stride = window->strides[i];
    if (extent == COCO_DYNAMIC)
      return coco_onnx_node_error(node, "auto_pad needs the input's extents, and they are not known");
    int64_t outputs = extent / stride + (extent % stride != 0);
    int64_t total = (outputs - 1) * stride + (window->kernel[i] - 1) * window->dilations[i] + 1 - extent;
    if (total < 0) total = 0;
    window->pads[i] = (total + lower) / 2;
    window->pads[window->rank + i] = total - window->pads[i];
  }
  return COCO_OK;
}

/* KERNEL NULL: from kernel_shape, which must be there; else it must agree with kernel_shape. */
static coco_status read_window(coco_onnx_node *node, const int64_t *kernel, window_attributes *out) {
  const coco_type *input = node->inputs[0]->type;
  if (!coco_type_is_ranked(input) || input->rank < 3 || input->rank > 2 + MAXIMUM_SPATIAL)
    return coco_onnx_node_error(node, "the input should have 1 to %d spatial dimensions; its rank is %u",
                                MAXIMUM_SPATIAL, input->rank);
  out->rank = input->rank - 2;
  if (!kernel && !coco_onnx_has(node, "kernel_shape"))
    return coco_onnx_node_error(node, "attribute 'kernel_shape' is missing");
  COCO_TRY(read_list(node, "kernel_shape", out->rank, 1, 1, out->kernel));
  for (size_t i = 0; kernel && i < out->rank; ++i) {
    if (kernel[i] < 1) return coco_onnx_node_error(node, "the weight's extents must be known and not zero");
    if (coco_onnx_has(node, "kernel_shape") && kernel[i] != out->kernel[i])
      return coco_onnx_node_error(node, "attribute 'kernel_shape' says %lld where the weight has %lld",
                                  (long long)out->kernel[i], (long long)kernel[i]);
    out->kernel[i] = kernel[i];
  }
  COCO_TRY(read_list(node, "strides", out->rank, 1, 1, out->strides));
  COCO_TRY(read_list(node, "dilations", out->rank, 1, 1, out->dilations));
  coco_string mode;
  COCO_TRY(coco_onnx_get_string(node, "auto_pad", "NOTSET", &mode));
  bool explicit_pads = coco_string_is(mode, "NOTSET") || mode.size == 0;
  if (!explicit_pads) coco_onnx_ignore(node, "pads");
  if (explicit_pads) return read_list(node, "pads", out->rank * 2, 0, 0, out->pads);
  memset(out->pads, 0, sizeof out->pads);
  if (coco_string_is(mode, "VALID")) return COCO_OK;
  if (coco_string_is(mode, "SAME_UPPER")) return same_pads(node, input, false, out);
  if (coco_string_is(mode, "SAME_LOWER")) return same_pads(node, input, true, out);
  return coco_onnx_node_error(node, "attribute 'auto_pad' is not one that is known");
}

static coco_status import_conv(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 3));
  const coco_type *weight = node->inputs[1]->type;
  if (!coco_type_is_ranked(weight) || weight->rank != node->inputs[0]->type->rank || weight->rank < 3)
    return coco_onnx_node_error(node, "input and weight should have one rank, from 3 on");
  window_attributes window;
  int64_t group;
  COCO_TRY(read_window(node, weight->shape + 2, &window));
  COCO_TRY(coco_onnx_get_integer(node, "group", 1, &group));
  coco_context *context = node->context;
  coco_value *bias = coco_onnx_input(node, 2);
  return coco_onnx_set(
      node, 0,
      coco_onnx_emit(node,
                     &(coco_operation_state){
                         .definition = &coco_graph_conv,
                         .operands = (coco_value *const[]){node->inputs[0], node->inputs[1], bias},
                         .operand_count = bias ? 3 : 2,
                         COCO_WITH_ATTRIBUTES(
                             COCO_NAMED("strides", coco_attribute_i64_array(context, window.strides, window.rank)),
                             COCO_NAMED("pads", coco_attribute_i64_array(context, window.pads, window.rank * 2)),
                             COCO_NAMED("dilations", coco_attribute_i64_array(context, window.dilations, window.rank)),
                             COCO_NAMED("group", coco_attribute_i64(context, group)))}));
}

static coco_status import_pool(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  window_attributes window;
  bool ceil_mode, include;
  COCO_TRY(read_window(node, NULL, &window));
  COCO_TRY(coco_onnx_get_bool(node, "ceil_mode", false, &ceil_mode));
  bool is_average = node->operator_row->row == &coco_graph_average_pool;
  COCO_TRY(coco_onnx_get_bool(node, "count_include_pad", false, &include));
  coco_onnx_ignore(node, "storage_order"); /* it orders the second output only */
  coco_context *context = node->context;
  const coco_named_attribute attributes[] = {
      COCO_NAMED("kernel", coco_attribute_i64_array(context, window.kernel, window.rank)),
      COCO_NAMED("strides", coco_attribute_i64_array(context, window.strides, window.rank)),
      COCO_NAMED("pads", coco_attribute_i64_array(context, window.pads, window.rank * 2)),
      COCO_NAMED("dilations", coco_attribute_i64_array(context, window.dilations, window.rank)),
      COCO_NAMED("ceil_mode", coco_attribute_bool(context, ceil_mode)),
      COCO_NAMED("count_include_pad", coco_attribute_bool(context, include))};
  return coco_onnx_set(node, 0,
                       coco_onnx_emit(node, &(coco_operation_state){.definition = node->operator_row->row,
                                                                    COCO_WITH_OPERANDS(node->inputs[0]),
                                                                    .attributes = attributes,
                                                                    .attribute_count = is_average ? 6 : 5}));
}

/* What ceil_mode adds to the pads at the end, so that the last window fits whole; a window that starts behind the input does not count. */
static void extend_pads(window_attributes *window, const coco_type *input) {
  for (size_t i = 0; i < window->rank; ++i) {
    const int64_t extent = input->shape[i + 2] + window->pads[i] + window->pads[window->rank + i], stride = window->strides[i];
    const int64_t span = (window->kernel[i] - 1) * window->dilations[i] + 1, over = extent >= span ? (extent - span) % stride : 0;
    const int64_t start = extent - span - over + stride;
    if (over && start < input->shape[i + 2] + window->pads[i]) window->pads[window->rank + i] += stride - over;
  }
}

/* X to the power of P, or back (INVERSE). */
static coco_value *power_of(coco_onnx_node *node, coco_value *x, int64_t p, bool inverse) {
  if (p == 1) return x;
  if (p == 2) return inverse ? coco_onnx_unary(node, &coco_graph_sqrt, x) : coco_onnx_binary(node, &coco_graph_mul, x, x);
  return coco_onnx_binary(node, &coco_graph_pow, x, coco_onnx_scalar(node, coco_type_scalar(x->type), inverse ? 1.0 / (double)p : (double)p));
}

/* (sum of |x|^p)^(1/p), the sum by a convolution with ones of each channel */
static coco_status import_lp_pool(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  window_attributes window;
  bool ceil_mode;
  int64_t p, shape[2 + MAXIMUM_SPATIAL] = {0, 1};
  COCO_TRY(read_window(node, NULL, &window));
  COCO_TRY(coco_onnx_get_bool(node, "ceil_mode", false, &ceil_mode));
  COCO_TRY(coco_onnx_get_integer(node, "p", 2, &p));
  const coco_type *type = node->inputs[0]->type;
  if (p < 1 || type->shape[1] == COCO_DYNAMIC) return coco_onnx_node_error(node, "p should be positive, and the number of channels known");
  for (size_t i = 0; i < window.rank; ++i) {
    shape[i + 2] = window.kernel[i];
    if (ceil_mode && type->shape[i + 2] == COCO_DYNAMIC) return coco_onnx_node_error(node, "ceil_mode needs the input's extents, and they are not known");
  }
  if (ceil_mode) extend_pads(&window, type);
  shape[0] = type->shape[1];
  coco_context *context = node->context;
  uint8_t one[16] = {0};
  coco_onnx_write_number(type->element, one, 1);
  const coco_type *weight = coco_type_tensor(context, window.rank + 2, shape, type->element, NULL);
  const coco_attribute *ones = weight ? coco_attribute_dense(context, weight, one, coco_type_element_size(type->element)) : NULL;
  coco_value *powers = power_of(node, coco_onnx_unary(node, &coco_graph_abs, node->inputs[0]), p, false);
  coco_value *kernel = coco_onnx_emit(node, &(coco_operation_state){.definition = &coco_graph_constant, COCO_WITH_ATTRIBUTES(COCO_NAMED("value", ones))});
  coco_value *sums = coco_onnx_emit(node, &(coco_operation_state){
      .definition = &coco_graph_conv, COCO_WITH_OPERANDS(powers, kernel),
      COCO_WITH_ATTRIBUTES(COCO_NAMED("strides", coco_attribute_i64_array(context, window.strides, window.rank)),
                           COCO_NAMED("pads", coco_attribute_i64_array(context, window.pads, window.rank * 2)),
                           COCO_NAMED("dilations", coco_attribute_i64_array(context, window.dilations, window.rank)),
                           COCO_NAMED("group", coco_attribute_i64(context, shape[0])))});
  return coco_onnx_set(node, 0, power_of(node, sums, p, true));
}

static coco_status import_global_pool(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  uint32_t rank = node->inputs[0]->type->rank;
  if (rank < 3 || rank > COCO_ONNX_MAXIMUM_RANK)
    return coco_onnx_node_error(node, "the input should have spatial dimensions");
  int64_t axes[COCO_ONNX_MAXIMUM_RANK];
  for (uint32_t i = 2; i < rank; ++i) axes[i - 2] = i;
  return coco_onnx_set(node, 0,
                       coco_onnx_reduce(node, node->operator_row->choice, node->inputs[0], axes, rank - 2, true));
}

static coco_status import_gemm(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, node->version < 11 ? 3 : 2, 3));
  double alpha, beta;
  bool trans_a, trans_b;
  COCO_TRY(coco_onnx_get_float(node, "alpha", 1, &alpha));
  COCO_TRY(coco_onnx_get_float(node, "beta", 1, &beta));
  COCO_TRY(coco_onnx_get_bool(node, "transA", false, &trans_a));
  COCO_TRY(coco_onnx_get_bool(node, "transB", false, &trans_b));
  coco_onnx_ignore(node, "broadcast"); /* before version 7; the shapes say as much */
  coco_context *context = node->context;
  coco_value *c = coco_onnx_input(node, 2);
  return coco_onnx_set(
      node, 0,
      coco_onnx_emit(node, &(coco_operation_state){
                               .definition = &coco_graph_gemm,
                               .operands = (coco_value *const[]){node->inputs[0], node->inputs[1], c},
                               .operand_count = c ? 3 : 2,
                               COCO_WITH_ATTRIBUTES(COCO_NAMED("alpha", coco_attribute_f32(context, (float)alpha)),
                                                    COCO_NAMED("beta", coco_attribute_f32(context, (float)beta)),
                                                    COCO_NAMED("trans_a", coco_attribute_bool(context, trans_a)),
                                                    COCO_NAMED("trans_b", coco_attribute_bool(context, trans_b)))}));
}

static coco_status import_matmul(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  return coco_onnx_set(node, 0, coco_onnx_binary(node, &coco_graph_matmul, node->inputs[0], node->inputs[1]));
}

static coco_status import_batch_normalization(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 5, 5));
  double epsilon;
  bool training, spatial;
  COCO_TRY(coco_onnx_get_float(node, "epsilon", 1e-5, &epsilon));
  COCO_TRY(coco_onnx_get_bool(node, "training_mode", false, &training));
  COCO_TRY(coco_onnx_get_bool(node, "spatial", true, &spatial));
  coco_onnx_ignore(node, "momentum");
  coco_onnx_ignore(node, "is_test"); /* before version 7; what is imported is inference */
  coco_onnx_ignore(node, "consumed_inputs");
  if (training) return coco_onnx_node_error(node, "training_mode is not supported");
  if (!spatial) return coco_onnx_node_error(node, "spatial = 0 is not supported");
  coco_value **in = node->inputs;
  return coco_onnx_set(
      node, 0,
      coco_onnx_emit(
          node, &(coco_operation_state){
                    .definition = &coco_graph_batch_norm,
                    COCO_WITH_OPERANDS(in[0], in[1], in[2], in[3], in[4]),
                    COCO_WITH_ATTRIBUTES(COCO_NAMED("epsilon", coco_attribute_f32(node->context, (float)epsilon)))}));
}

/* Inference: the input itself. The mask is not answered, so a node that reads it is an error. */
static coco_status import_dropout(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 3));
  const char *ignored[] = {"ratio", "is_test", "seed", "consumed_inputs"};
  for (size_t i = 0; i < sizeof ignored / sizeof *ignored; ++i) coco_onnx_ignore(node, ignored[i]);
  double training = 0;
  if (coco_onnx_input(node, 2) && (!coco_onnx_constant_real(node, 2, &training) || training != 0))
    return coco_onnx_node_error(node, "training_mode is not supported");
  if (node->proto->n_output > 1 && *node->proto->output[1]) {
    const coco_type *element = node->version < 10 ? coco_type_scalar(node->inputs[0]->type) : coco_type_integer(node->context, 1);
    const coco_attribute *one = element ? coco_onnx_number(node->context, element, 1) : NULL;
    COCO_TRY(coco_onnx_set(node, 1, coco_onnx_emit(node, &(coco_operation_state){
        .definition = &coco_graph_constant_of_shape, COCO_WITH_OPERANDS(coco_onnx_shape(node, node->inputs[0])), COCO_WITH_ATTRIBUTES(COCO_NAMED("value", one))})));
  }
  return coco_onnx_set(node, 0, node->inputs[0]);
}

const coco_onnx_operator coco_onnx_nn_operators[] = {
    {"Conv", {1, 11, 22}, import_conv, NULL, NULL},
    {"MaxPool", {1, 8, 10, 11, 12, 22}, import_pool, &coco_graph_max_pool, NULL},
    {"AveragePool", {1, 7, 10, 11, 19, 22}, import_pool, &coco_graph_average_pool, NULL},
    {"LpPool", {2, 11, 18, 22}, import_lp_pool, NULL, NULL},
    {"GlobalAveragePool", {1, 22}, import_global_pool, NULL, "mean"},
    {"GlobalMaxPool", {1, 22}, import_global_pool, NULL, "max"},
    {"Gemm", {1, 6, 7, 9, 11, 13}, import_gemm, NULL, NULL},
    {"MatMul", {1, 9, 13}, import_matmul, NULL, NULL},
    {"BatchNormalization", {1, 6, 7, 9, 14, 15}, import_batch_normalization, NULL, NULL},
    {"Dropout", {1, 6, 7, 10, 12, 13, 22}, import_dropout, NULL, NULL},
    {0},
};
