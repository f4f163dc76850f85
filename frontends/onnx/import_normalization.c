/* ONNX's normalisations by the input's own mean and variance, as reductions and elementwise operations. */
#include "frontends/onnx/importer.h"

typedef struct normal {
  coco_value *mean, *inverse, *value; /* mean: NULL where it is not taken off */
} normal;

/* value = (x - mean) / sqrt(mean((x - mean)^2) + epsilon) over COUNT axes; without CENTRED, mean is 0. */
static normal normalise(coco_onnx_node *node, coco_value *x, const int64_t *axes, size_t count, double epsilon, bool centred) {
  normal out = {NULL, NULL, NULL};
  if (!x) return out;
  if (centred) out.mean = coco_onnx_reduce(node, "mean", x, axes, count, true);
  coco_value *deviation = centred ? coco_onnx_binary(node, &coco_graph_sub, x, out.mean) : x;
  coco_value *square = coco_onnx_binary(node, &coco_graph_mul, deviation, deviation);
  coco_value *variance = coco_onnx_reduce(node, "mean", square, axes, count, true);
  coco_value *guarded = coco_onnx_binary(node, &coco_graph_add, variance, coco_onnx_scalar(node, x->type->element, epsilon));
  coco_value *root = coco_onnx_unary(node, &coco_graph_sqrt, guarded);
  out.inverse = coco_onnx_unary(node, &coco_graph_reciprocal, root);
  out.value = coco_onnx_binary(node, &coco_graph_mul, deviation, out.inverse);
  return out;
}

/* value * scale + bias, where they are there. */
static coco_value *scale_and_shift(coco_onnx_node *node, coco_value *value, coco_value *scale, coco_value *bias) {
  if (scale) value = coco_onnx_binary(node, &coco_graph_mul, value, scale);
  return bias ? coco_onnx_binary(node, &coco_graph_add, value, bias) : value;
}

/* What is computed with: f32 when the node asks for it (stash_type 1) and elements are narrower. */
static coco_status stash_type(coco_onnx_node *node, const coco_type *element, const coco_type **out) {
  int64_t stash;
  COCO_TRY(coco_onnx_get_integer(node, "stash_type", 1, &stash));
  *out = element;
  if (stash == COCO_ONNX_FLOAT && element->width < 32) *out = coco_type_f32(node->context);
  return COCO_OK;
}

/* LayerNormalization (with a mean), RMSNormalization (without): over all axes from `axis` on. */
static coco_status import_layer_normalization(coco_onnx_node *node) {
  bool centred = node->operator_row->choice != NULL;
  COCO_TRY(coco_onnx_check_inputs(node, 2, centred ? 3 : 2));
  double epsilon;
  int64_t axis, axes[COCO_ONNX_MAXIMUM_RANK];
  const coco_type *type = node->inputs[0]->type, *element = coco_type_scalar(type), *computed;
  COCO_TRY(coco_onnx_get_float(node, "epsilon", 1e-5, &epsilon));
  COCO_TRY(coco_onnx_get_integer(node, "axis", -1, &axis));
  COCO_TRY(coco_onnx_normalize_axis(node, axis, type->rank, &axis));
  COCO_TRY(stash_type(node, element, &computed));
  if (!computed) return COCO_OUT_OF_MEMORY;
  size_t count = type->rank - (size_t)axis;
  for (size_t i = 0; i < count; ++i) axes[i] = axis + (int64_t)i;
  normal parts = normalise(node, coco_onnx_cast(node, node->inputs[0], computed), axes, count, epsilon, centred);
  coco_value *value = coco_onnx_cast(node, parts.value, element);
  COCO_TRY(coco_onnx_set(node, 0, scale_and_shift(node, value, node->inputs[1], coco_onnx_input(node, 2))));
  COCO_TRY(coco_onnx_set(node, 1, parts.mean));
  return coco_onnx_set(node, 2, parts.inverse);
}

/* A vector of channels beside an input of RANK: [c] as [c, 1, …]. */
static coco_value *by_channel(coco_onnx_node *node, coco_value *vector, size_t rank) {
  int64_t trailing[COCO_ONNX_MAXIMUM_RANK];
  for (size_t i = 2; i < rank; ++i) trailing[i - 2] = (int64_t)i - 1;
  return coco_onnx_unsqueeze(node, vector, trailing, rank - 2);
}

static coco_status import_instance_normalization(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 3, 3));
  double epsilon;
  COCO_TRY(coco_onnx_get_float(node, "epsilon", 1e-5, &epsilon));
  coco_onnx_ignore(node, "consumed_inputs");
  uint32_t rank = node->inputs[0]->type->rank;
  if (rank < 3 || rank > COCO_ONNX_MAXIMUM_RANK)
    return coco_onnx_node_error(node, "the input should have spatial dimensions");
  int64_t axes[COCO_ONNX_MAXIMUM_RANK];
  for (uint32_t i = 2; i < rank; ++i) axes[i - 2] = i;
  normal parts = normalise(node, node->inputs[0], axes, rank - 2, epsilon, true);
  coco_value *scale = by_channel(node, node->inputs[1], rank), *bias = by_channel(node, node->inputs[2], rank);
  return coco_onnx_set(node, 0, scale_and_shift(node, parts.value, scale, bias));
}

/* Channels in groups: [n, c, …] as [n, groups, rest], normalised over the rest. Scale and bias are of groups before version 21, then of
 * channels. */
static coco_status import_group_normalization(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 3, 3));
  double epsilon;
  int64_t groups;
  coco_value *x = node->inputs[0], *scale = node->inputs[1], *bias = node->inputs[2];
  const coco_type *type = x->type, *element = coco_type_scalar(type), *computed;
  COCO_TRY(coco_onnx_get_float(node, "epsilon", 1e-5, &epsilon));
  COCO_TRY(coco_onnx_get_integer(node, "num_groups", 1, &groups));
  COCO_TRY(stash_type(node, element, &computed));
  COCO_TRY(coco_onnx_check_static(node, x, "the input"));
  if (type->rank < 2 || groups < 1 || type->shape[1] % groups != 0 || coco_type_element_count(type) <= 0)
    return coco_onnx_node_error(node, "the groups do not divide the input's channels");
  int64_t rest = coco_type_element_count(type) / type->shape[0] / groups;
  coco_value *grouped = coco_onnx_reshape_to(node, coco_onnx_cast(node, x, computed), (int64_t[]){type->shape[0], groups, rest}, 3);
  coco_value *value = coco_onnx_cast(node, normalise(node, grouped, (int64_t[]){2}, 1, epsilon, true).value, element);
  if (node->version < 21)
    value = scale_and_shift(node, value, by_channel(node, scale, 3), by_channel(node, bias, 3));
  value = coco_onnx_reshape_to(node, value, type->shape, type->rank);
  if (node->version >= 21)
    value = scale_and_shift(node, value, by_channel(node, scale, type->rank), by_channel(node, bias, type->rank));
  return coco_onnx_set(node, 0, value);
}

const coco_onnx_operator coco_onnx_normalization_operators[] = {
    {"InstanceNormalization", {1, 6, 22}, import_instance_normalization, NULL, NULL},
    {"LayerNormalization", {17}, import_layer_normalization, NULL, "centred"},
    {"RMSNormalization", {23}, import_layer_normalization, NULL, NULL},
    {"GroupNormalization", {18, 21}, import_group_normalization, NULL, NULL},
    {0},
};
