/* ONNX's ConvTranspose, as a convolution: of the input with zeros between its elements, by the kernel turned around. */
#include "frontends/onnx/importer.h"

enum { MAXIMUM_SPATIAL = 3 };

/* One spatial axis. Pads may be negative once they are those of the convolution. */
typedef struct transposed_axis {
  int64_t extent, kernel, stride, dilation, begin, end, output_padding;
} transposed_axis;

/* Entry I of a list attribute of COUNT entries, at least MINIMUM; FALLBACK when it is absent. */
static coco_status read_entry(coco_onnx_node *node, const char *name, size_t count, size_t i, int64_t minimum, int64_t fallback, int64_t *out) {
  const int64_t *values;
  size_t given;
  COCO_TRY(coco_onnx_get_integers(node, name, &values, &given));
  if (values && given != count) return coco_onnx_node_error(node, "attribute '%s' has %zu entries, not %zu", name, given, count);
  *out = values ? values[i] : fallback;
  if (*out < minimum || *out > INT32_MAX) return coco_onnx_node_error(node, "attribute '%s' holds %lld", name, (long long)*out);
  return COCO_OK;
}

/* The pads that give WANTED outputs: the odd one stands at the end when UPPER, else at the begin. */
static void pads_for_output(transposed_axis *axis, int64_t wanted, bool upper) {
  int64_t total = axis->stride * (axis->extent - 1) + axis->output_padding + (axis->kernel - 1) * axis->dilation + 1 - wanted;
  if (total < 0) axis->output_padding -= total, total = 0;
  axis->begin = upper ? total / 2 : total - total / 2;
  axis->end = total - axis->begin;
}

static coco_status read_axis(coco_onnx_node *node, size_t rank, size_t i, transposed_axis *out) {
  coco_string mode;
  int64_t wanted = 0, kernel = 0;
  *out = (transposed_axis){.extent = node->inputs[0]->type->shape[2 + i], .kernel = node->inputs[1]->type->shape[2 + i]};
  COCO_TRY(coco_onnx_get_string(node, "auto_pad", "NOTSET", &mode));
  COCO_TRY(read_entry(node, "kernel_shape", rank, i, 1, out->kernel, &kernel));
  COCO_TRY(read_entry(node, "strides", rank, i, 1, 1, &out->stride));
  COCO_TRY(read_entry(node, "dilations", rank, i, 1, 1, &out->dilation));
  COCO_TRY(read_entry(node, "output_padding", rank, i, 0, 0, &out->output_padding));
  COCO_TRY(read_entry(node, "pads", 2 * rank, i, 0, 0, &out->begin));
  COCO_TRY(read_entry(node, "pads", 2 * rank, rank + i, 0, 0, &out->end));
  bool upper = coco_string_is(mode, "SAME_UPPER"), same = upper || coco_string_is(mode, "SAME_LOWER");
  if (kernel != out->kernel) return coco_onnx_node_error(node, "attribute 'kernel_shape' is not the weight's");
  if (!same && !coco_string_is(mode, "NOTSET") && !coco_string_is(mode, "VALID"))
    return coco_onnx_node_error(node, "attribute 'auto_pad' says '%.*s', which is not known", COCO_PRINT(mode));
  COCO_TRY(read_entry(node, "output_shape", rank, i, 1, out->extent * out->stride, &wanted));
  if (same || coco_onnx_has(node, "output_shape")) pads_for_output(out, wanted, upper);
  return COCO_OK;
}

static coco_value *pad(coco_onnx_node *node, coco_value *input, const int64_t *pads, size_t rank) {
  return coco_onnx_emit(
      node, &(coco_operation_state){.definition = &coco_graph_pad,
                                    COCO_WITH_OPERANDS(input, coco_onnx_integers(node, pads, 2 * rank)),
                                    COCO_WITH_ATTRIBUTES(COCO_NAMED("mode", coco_attribute_string(node->context, COCO_STRING("constant"))))});
}

/* stride - 1 zeros after each element, then the borders that the convolution reads. */
static coco_value *spread(coco_onnx_node *node, coco_value *input, const transposed_axis *axes, size_t rank) {
  const int64_t *shape = input->type->shape;
  int64_t apart[2 + 2 * MAXIMUM_SPATIAL] = {shape[0], shape[1]}, together[2 + MAXIMUM_SPATIAL] = {shape[0], shape[1]};
  int64_t zeros[4 + 4 * MAXIMUM_SPATIAL] = {0}, borders[4 + 2 * MAXIMUM_SPATIAL] = {0};
  bool strided = false;
  for (size_t i = 0; i < rank; ++i) {
    const transposed_axis *axis = &axes[i];
    int64_t reach = (axis->kernel - 1) * axis->dilation;
    apart[2 + 2 * i] = axis->extent, apart[3 + 2 * i] = 1;
    zeros[2 + 2 * rank + 3 + 2 * i] = axis->stride - 1;
    together[2 + i] = axis->extent * axis->stride;
    borders[2 + i] = reach - axis->begin;
    borders[2 + rank + 2 + i] = reach - axis->end + axis->output_padding - (axis->stride - 1);
    strided = strided || axis->stride > 1;
  }
  if (strided) {
    coco_value *wide = pad(node, coco_onnx_reshape_to(node, input, apart, 2 + 2 * rank), zeros, 2 + 2 * rank);
    input = coco_onnx_reshape_to(node, wide, together, 2 + rank);
  }
  return pad(node, input, borders, 2 + rank);
}

/* [channels, filters / group, …] as [filters, channels / group, …], each kernel turned around. */
static coco_value *turn(coco_onnx_node *node, coco_value *weight, size_t rank, int64_t group) {
  const int64_t *shape = weight->type->shape;
  int64_t grouped[3 + MAXIMUM_SPATIAL] = {group, shape[0] / group, shape[1]}, joined[2 + MAXIMUM_SPATIAL] = {group * shape[1], shape[0] / group};
  int64_t permutation[3 + MAXIMUM_SPATIAL] = {0, 2, 1};
  for (size_t i = 0; i < rank; ++i) grouped[3 + i] = joined[2 + i] = shape[2 + i], permutation[3 + i] = (int64_t)i + 3;
  coco_value *value = coco_onnx_transpose(node, coco_onnx_reshape_to(node, weight, grouped, 3 + rank), permutation, 3 + rank);
  value = coco_onnx_reshape_to(node, value, joined, 2 + rank);
  for (size_t i = 0; i < rank; ++i) value = coco_onnx_slice(node, value, (int64_t)i + 2, -1, INT64_MIN, -1);
  return value;
}

static coco_status import_conv_transpose(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 3));
  COCO_TRY(coco_onnx_check_static(node, node->inputs[0], "the input"));
  COCO_TRY(coco_onnx_check_static(node, node->inputs[1], "the weight"));
  const coco_type *type = node->inputs[0]->type, *weight = node->inputs[1]->type;
  transposed_axis axes[MAXIMUM_SPATIAL];
  int64_t group, dilations[MAXIMUM_SPATIAL], ones[MAXIMUM_SPATIAL] = {1, 1, 1}, none[2 * MAXIMUM_SPATIAL] = {0};
  if (type->rank < 3 || type->rank > 2 + MAXIMUM_SPATIAL || weight->rank != type->rank)
    return coco_onnx_node_error(node, "input and weight should have 1 to %d spatial dimensions", MAXIMUM_SPATIAL);
  size_t rank = type->rank - 2;
  COCO_TRY(coco_onnx_get_integer(node, "group", 1, &group));
  if (group < 1 || weight->shape[0] != type->shape[1] || type->shape[1] % group != 0)
    return coco_onnx_node_error(node, "the weight does not fit the input's channels");
  for (size_t i = 0; i < rank; ++i) {
    COCO_TRY(read_axis(node, rank, i, &axes[i]));
    dilations[i] = axes[i].dilation;
  }
  coco_context *context = node->context;
  coco_value *bias = coco_onnx_input(node, 2);
  coco_value *const operands[] = {spread(node, node->inputs[0], axes, rank), turn(node, node->inputs[1], rank, group), bias};
  return coco_onnx_set(node, 0,
                       coco_onnx_emit(node, &(coco_operation_state){.definition = &coco_graph_conv,
                                                                    .operands = operands,
                                                                    .operand_count = bias ? 3 : 2,
                                                                    COCO_WITH_ATTRIBUTES(COCO_NAMED("strides", coco_attribute_i64_array(context, ones, rank)),
                                                                                         COCO_NAMED("pads", coco_attribute_i64_array(context, none, 2 * rank)),
                                                                                         COCO_NAMED("dilations", coco_attribute_i64_array(context, dilations, rank)),
                                                                                         COCO_NAMED("group", coco_attribute_i64(context, group)))}));
}

const coco_onnx_operator coco_onnx_transposed_operators[] = {
    {"ConvTranspose", {1, 11, 22}, import_conv_transpose, NULL, NULL},
    {0},
};
