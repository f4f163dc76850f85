/* ONNX operators about shapes: Shape, Reshape and its kin, and constants. */
#include "frontends/onnx/importer.h"

/* [START, END) of the extents as ONNX counts: negative from the end, clamped. */
static size_t clamp_axis(int64_t axis, size_t rank) {
  if (axis < 0) axis += (int64_t)rank;
  if (axis < 0) return 0;
  return axis > (int64_t)rank ? rank : (size_t)axis;
}

static coco_status import_shape(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  size_t rank = node->inputs[0]->type->rank;
  int64_t start, end;
  COCO_TRY(coco_onnx_get_integer(node, "start", 0, &start));
  COCO_TRY(coco_onnx_get_integer(node, "end", INT64_MAX, &end));
  coco_value *shape = coco_onnx_shape(node, node->inputs[0]);
  size_t from = clamp_axis(start, rank), to = clamp_axis(end, rank);
  if (from == 0 && to == rank) return coco_onnx_set(node, 0, shape);
  if (to < from) to = from;
  coco_value *starts = coco_onnx_integers(node, &(int64_t){(int64_t)from}, 1),
             *ends = coco_onnx_integers(node, &(int64_t){(int64_t)to}, 1);
  return coco_onnx_set(
      node, 0,
      coco_onnx_emit(node, &(coco_operation_state){.definition = &coco_graph_slice,
                                                   COCO_WITH_OPERANDS(shape, starts, ends, NULL, NULL)}));
}

/* The product of the extents. */
static coco_status import_size(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  return coco_onnx_set(
      node, 0, coco_onnx_reduce(node, "product", coco_onnx_shape(node, node->inputs[0]), &(int64_t){0}, 1, false));
}

static coco_status import_reshape(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, node->version < 5 ? 1 : 2, node->version < 5 ? 1 : 2));
  coco_value *shape = coco_onnx_input(node, 1);
  bool allow_zero;
  COCO_TRY(coco_onnx_get_bool(node, "allowzero", false, &allow_zero));
  if (node->version < 5) {
    const int64_t *extents;
    size_t count;
    COCO_TRY(coco_onnx_get_integers(node, "shape", &extents, &count));
    coco_onnx_ignore(node, "consumed_inputs");
    if (!extents) return coco_onnx_node_error(node, "attribute 'shape' is missing");
    shape = coco_onnx_integers(node, extents, count);
  }
  return coco_onnx_set(node, 0, coco_onnx_reshape(node, node->inputs[0], shape, allow_zero));
}

/* Axes from the attribute (before version 13) or the second input; *out is NULL when there are none. */
static coco_status read_axes(coco_onnx_node *node, const int64_t **out, size_t *out_count) {
  if (node->version < 13) {
    COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
    return coco_onnx_get_integers(node, "axes", out, out_count);
  }
  COCO_TRY(coco_onnx_check_inputs(node, 1, 2));
  int64_t *axes;
  COCO_TRY(coco_onnx_constant_integers(node, 1, &axes, out_count));
  *out = axes;
  if (!axes && coco_onnx_input(node, 1))
    return coco_onnx_node_error(node, "axes that are not constant are not supported");
  return COCO_OK;
}

static coco_status import_squeeze(coco_onnx_node *node) {
  const int64_t *axes;
  size_t count;
  COCO_TRY(read_axes(node, &axes, &count));
  const coco_type *type = node->inputs[0]->type;
  int64_t ones[COCO_ONNX_MAXIMUM_RANK], *normal;
  if (!axes) {
    if (!coco_type_has_static_shape(type) || type->rank > COCO_ONNX_MAXIMUM_RANK)
      return coco_onnx_node_error(node, "without axes the input's extents must be known");
    for (uint32_t i = 0; i < type->rank; ++i)
      if (type->shape[i] == 1) ones[count++] = i;
    axes = ones;
  }
  COCO_TRY(coco_onnx_normalize_axes(node, axes, count, type->rank, true, &normal));
  return coco_onnx_set(
      node, 0,
      coco_onnx_emit(
          node, &(coco_operation_state){
                    .definition = &coco_graph_squeeze,
                    COCO_WITH_OPERANDS(node->inputs[0]),
                    COCO_WITH_ATTRIBUTES(COCO_NAMED("axes", coco_attribute_i64_array(node->context, normal, count)))}));
}

static coco_status import_unsqueeze(coco_onnx_node *node) {
  const int64_t *axes;
  size_t count;
  int64_t *normal;
  COCO_TRY(read_axes(node, &axes, &count));
  if (!axes) return coco_onnx_node_error(node, "the axes are missing");
  COCO_TRY(coco_onnx_normalize_axes(node, axes, count, node->inputs[0]->type->rank + count, true, &normal));
  return coco_onnx_set(node, 0, coco_onnx_unsqueeze(node, node->inputs[0], normal, count));
}

static coco_status import_flatten(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  int64_t axis, rank = node->inputs[0]->type->rank;
  COCO_TRY(coco_onnx_get_integer(node, "axis", 1, &axis));
  if (axis != rank) COCO_TRY(coco_onnx_normalize_axis(node, axis, (size_t)rank, &axis));
  return coco_onnx_set(
      node, 0,
      coco_onnx_emit(node, &(coco_operation_state){
                               .definition = &coco_graph_flatten,
                               COCO_WITH_OPERANDS(node->inputs[0]),
                               COCO_WITH_ATTRIBUTES(COCO_NAMED("axis", coco_attribute_i64(node->context, axis)))}));
}

static coco_status import_expand(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  return coco_onnx_set(node, 0, coco_onnx_binary(node, &coco_graph_expand, node->inputs[0], node->inputs[1]));
}

static coco_status import_constant_of_shape(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  CocoOnnx__TensorProto *tensor;
  COCO_TRY(coco_onnx_get_tensor(node, "value", &tensor));
  const coco_type *type = coco_type_tensor(node->context, 0, NULL, coco_type_f32(node->context), NULL);
  uint64_t element[2] = {0};
  if (tensor) {
    coco_onnx_place place = {node->context, node->location, node->importer->path};
    COCO_TRY(coco_onnx_tensor_type(&place, tensor, &type));
    if (coco_type_element_count(type) != 1)
      return coco_onnx_node_error(node, "attribute 'value' should hold one element");
    COCO_TRY(coco_onnx_tensor_fill(&place, tensor, type, (uint8_t *)element));
  }
  if (!type) return COCO_OUT_OF_MEMORY;
  const coco_type *scalar = coco_type_scalar(type);
  const coco_attribute *value =
      coco_type_is_float(scalar)
          ? coco_attribute_float(node->context, scalar, coco_element_read_real(scalar, element))
          : coco_attribute_integer(node->context, scalar, coco_element_read_integer(scalar, element));
  return coco_onnx_set(node, 0,
                       coco_onnx_emit(node, &(coco_operation_state){.definition = &coco_graph_constant_of_shape,
                                                                    COCO_WITH_OPERANDS(node->inputs[0]),
                                                                    COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))}));
}

/* ---- Constants ---- */

/* A tensor that views an attribute's numbers, so that one path makes all constants. */
static bool view_numbers(coco_onnx_node *node, CocoOnnx__TensorProto *out, int64_t *extent) {
  const CocoOnnx__AttributeProto *attribute;
  out->has_data_type = 1;
  out->dims = extent;
  if ((attribute = coco_onnx_attribute(node, "value_float"))) {
    out->data_type = COCO_ONNX_FLOAT, out->float_data = (float *)(uintptr_t)&attribute->f, out->n_float_data = 1;
  } else if ((attribute = coco_onnx_attribute(node, "value_int"))) {
    out->data_type = COCO_ONNX_INT64, out->int64_data = (int64_t *)(uintptr_t)&attribute->i, out->n_int64_data = 1;
  } else if ((attribute = coco_onnx_attribute(node, "value_floats"))) {
    out->data_type = COCO_ONNX_FLOAT, out->float_data = attribute->floats, out->n_float_data = attribute->n_floats,
    out->n_dims = 1;
  } else if ((attribute = coco_onnx_attribute(node, "value_ints"))) {
    out->data_type = COCO_ONNX_INT64, out->int64_data = attribute->ints, out->n_int64_data = attribute->n_ints,
    out->n_dims = 1;
  }
  *extent = (int64_t)(out->n_float_data + out->n_int64_data);
  return attribute != NULL;
}

static coco_status import_constant(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 0, 0));
  CocoOnnx__TensorProto *tensor, viewed = COCO_ONNX__TENSOR_PROTO__INIT;
  int64_t extent;
  COCO_TRY(coco_onnx_get_tensor(node, "value", &tensor));
  if (!tensor && view_numbers(node, &viewed, &extent)) tensor = &viewed;
  if (!tensor) return coco_onnx_node_error(node, "holds no dense tensor of numbers");
  coco_string name = node->proto->n_output ? coco_string_from(node->proto->output[0]) : (coco_string){0};
  return coco_onnx_set(node, 0, coco_onnx_tensor_constant(node->importer, tensor, name, node->location));
}

static coco_status import_identity(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  return coco_onnx_set(node, 0, node->inputs[0]);
}

/* start + delta * [0, 1, …], for constants: the length is part of the type. */
static coco_status import_range(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 3, 3));
  coco_onnx_ignore(node, "stash_type");
  double start, limit, delta;
  const coco_type *scalar = coco_type_scalar(node->inputs[0]->type);
  if (!coco_onnx_constant_real(node, 0, &start) || !coco_onnx_constant_real(node, 1, &limit) ||
      !coco_onnx_constant_real(node, 2, &delta) || !(delta < 0 || delta > 0))
    return coco_onnx_node_error(node, "start, limit and delta must be constants, and delta not zero");
  double steps = (limit - start) / delta;
  if (!(steps < 1 << 16)) return coco_onnx_node_error(node, "has too many elements");
  int64_t count = steps > 0 ? (int64_t)steps + (steps > (double)(int64_t)steps) : 0;
  size_t size = coco_type_element_size(scalar);
  const coco_type *type = coco_type_tensor(node->context, 1, &count, scalar, NULL);
  uint8_t *data = coco_arena_allocate_zeroed(&node->importer->scratch, (size_t)count + 1, size);
  if (!type || !data) return COCO_OUT_OF_MEMORY;
  for (int64_t i = 0; i < count; ++i)
    coco_onnx_write_number(scalar, data + (size_t)i * size, start + (double)i * delta);
  const coco_attribute *value = coco_attribute_dense(node->context, type, data, (size_t)count * size);
  return coco_onnx_set(node, 0,
                       coco_onnx_emit(node, &(coco_operation_state){.definition = &coco_graph_constant,
                                                                    COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))}));
}

const coco_onnx_operator coco_onnx_shape_operators[] = {
    {"Shape", {1, 13, 15, 19, 21, 23, 24, 25}, import_shape, NULL, NULL},
    {"Size", {1, 13, 19, 21, 23, 24, 25}, import_size, NULL, NULL},
    {"Reshape", {1, 5, 13, 14, 19, 21, 23, 24, 25}, import_reshape, NULL, NULL},
    {"Squeeze", {1, 11, 13, 21, 23, 24, 25}, import_squeeze, NULL, NULL},
    {"Unsqueeze", {1, 11, 13, 21, 23, 24, 25}, import_unsqueeze, NULL, NULL},
    {"Flatten", {1, 9, 11, 13, 21, 23, 24, 25}, import_flatten, NULL, NULL},
    {"Expand", {8, 13}, import_expand, NULL, NULL},
    {"ConstantOfShape", {9, 20, 21, 23, 24, 25}, import_constant_of_shape, NULL, NULL},
    {"Constant", {1, 9, 11, 12, 13, 19, 21, 23, 24, 25}, import_constant, NULL, NULL},
    {"Identity", {1, 13, 14, 16, 19, 21, 23, 24, 25}, import_identity, NULL, NULL},
    {"Range", {11, 27}, import_range, NULL, NULL},
    {0},
};
