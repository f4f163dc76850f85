/* What an operator's import function calls to read its node: inputs, attributes, constants. See importer.h. */
#include <stdio.h>

#include "frontends/onnx/importer.h"
#include "ir/base/buffer.h"

coco_status coco_onnx_node_error(const coco_onnx_node *node, const char *format, ...) {
  coco_buffer text = COCO_BUFFER(coco_context_allocator(node->context));
  char fixed[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(fixed, sizeof fixed, format, arguments);
  va_end(arguments);
  coco_string name = coco_location_layer(node->location);
  coco_buffer_format(&text, "node '%.*s' (%s-%d): %s", COCO_PRINT(name), node->operator_row->name, (int)node->version,
                     fixed);
  coco_string view = coco_buffer_view(&text);
  coco_status status =
      text.status == COCO_OK ? coco_error(node->context, node->location, "%.*s", COCO_PRINT(view)) : text.status;
  coco_buffer_free(&text);
  return status;
}

/* ---- Inputs and outputs ---- */

coco_status coco_onnx_check_inputs(const coco_onnx_node *node, size_t required, size_t maximum) {
  for (size_t i = 0; i < required; ++i)
    if (!coco_onnx_input(node, i)) return coco_onnx_node_error(node, "input %zu is missing", i);
  for (size_t i = maximum; i < node->input_count; ++i)
    if (node->inputs[i])
      return coco_onnx_node_error(node, "has %zu inputs; at most %zu are known", node->input_count, maximum);
  return COCO_OK;
}

coco_status coco_onnx_set(coco_onnx_node *node, size_t index, coco_value *value) {
  coco_status status = node->importer->builder.status;
  if (status != COCO_OK) return status;
  if (index < node->proto->n_output) node->outputs[index] = value;
  return COCO_OK;
}

coco_status coco_onnx_constant_integers(coco_onnx_node *node, size_t index, int64_t **out, size_t *out_count) {
  coco_value *value = coco_onnx_input(node, index);
  const coco_attribute *elements = value ? coco_value_constant(value) : NULL;
  *out = NULL;
  *out_count = 0;
  if (!elements || !coco_attribute_is_elements(elements)) return COCO_OK;
  const coco_type *scalar = coco_type_scalar(elements->type);
  if (scalar->kind != COCO_TYPE_INTEGER) return coco_onnx_node_error(node, "input %zu should hold integers", index);
  if (elements->type->rank > 1) return coco_onnx_node_error(node, "input %zu should be a vector", index);
  int64_t count = coco_type_element_count(elements->type);
  bool splat;
  if (count < 0 || count > 1 << 16 || (count && !coco_elements_data(elements, &splat))) return COCO_OK;
  *out = coco_arena_allocate(&node->importer->scratch, ((size_t)count + 1) * sizeof **out);
  if (!*out) return COCO_OUT_OF_MEMORY;
  for (int64_t i = 0; i < count; ++i) (*out)[i] = coco_element_read_integer(scalar, coco_elements_at(elements, i));
  *out_count = (size_t)count;
  return COCO_OK;
}

coco_status coco_onnx_constant_reals(coco_onnx_node *node, size_t index, double **out, size_t *out_count) {
  coco_value *value = coco_onnx_input(node, index);
  const coco_attribute *elements = value ? coco_value_constant(value) : NULL;
  *out = NULL;
  *out_count = 0;
  if (!elements || !coco_attribute_is_elements(elements)) return COCO_OK;
  const coco_type *scalar = coco_type_scalar(elements->type);
  int64_t count = coco_type_element_count(elements->type);
  bool splat;
  if (count < 0 || count > 1 << 16 || (count && !coco_elements_data(elements, &splat))) return COCO_OK;
  *out = coco_arena_allocate(&node->importer->scratch, ((size_t)count + 1) * sizeof **out);
  if (!*out) return COCO_OUT_OF_MEMORY;
  for (int64_t i = 0; i < count; ++i) {
    const void *at = coco_elements_at(elements, i);
    (*out)[i] =
        coco_type_is_float(scalar) ? coco_element_read_real(scalar, at) : (double)coco_element_read_integer(scalar, at);
  }
  *out_count = (size_t)count;
  return COCO_OK;
}

bool coco_onnx_constant_real(const coco_onnx_node *node, size_t index, double *out) {
  coco_value *value = coco_onnx_input(node, index);
  const coco_attribute *elements = value ? coco_value_constant(value) : NULL;
  if (!elements || !coco_attribute_is_elements(elements) || coco_type_element_count(elements->type) != 1) return false;
  const void *element = coco_elements_at(elements, 0);
  if (element) *out = coco_element_read_real(coco_type_scalar(elements->type), element);
  return element != NULL;
}

/* ---- Attributes ---- */

enum { /* AttributeProto.AttributeType */
       UNDEFINED,
       FLOAT,
       INT,
       STRING,
       TENSOR,
       GRAPH,
       FLOATS,
       INTS
};

const CocoOnnx__AttributeProto *coco_onnx_attribute(coco_onnx_node *node, const char *name) {
  for (size_t i = 0; i < node->proto->n_attribute; ++i) {
    const CocoOnnx__AttributeProto *attribute = node->proto->attribute[i];
    if (!attribute->name || strcmp(attribute->name, name) != 0) continue;
    node->read[i] = true;
    return attribute;
  }
  return NULL;
}

bool coco_onnx_has(coco_onnx_node *node, const char *name) { return coco_onnx_attribute(node, name) != NULL; }
void coco_onnx_ignore(coco_onnx_node *node, const char *name) { (void)coco_onnx_attribute(node, name); }

/* The attribute NAME when it is there and of TYPE (old models leave the type out). */
static coco_status typed_attribute(coco_onnx_node *node, const char *name, int type, const char *type_name,
                                   const CocoOnnx__AttributeProto **out) {
  *out = coco_onnx_attribute(node, name);
  if (!*out || (*out)->type == type || (*out)->type == UNDEFINED) return COCO_OK;
  return coco_onnx_node_error(node, "attribute '%s' should be %s", name, type_name);
}

coco_status coco_onnx_get_integer(coco_onnx_node *node, const char *name, int64_t fallback, int64_t *out) {
  const CocoOnnx__AttributeProto *attribute;
  COCO_TRY(typed_attribute(node, name, INT, "an integer", &attribute));
  *out = attribute ? attribute->i : fallback;
  return COCO_OK;
}

coco_status coco_onnx_get_bool(coco_onnx_node *node, const char *name, bool fallback, bool *out) {
  int64_t value;
  COCO_TRY(coco_onnx_get_integer(node, name, fallback, &value));
  *out = value != 0;
  return COCO_OK;
}

coco_status coco_onnx_get_float(coco_onnx_node *node, const char *name, double fallback, double *out) {
  const CocoOnnx__AttributeProto *attribute;
  COCO_TRY(typed_attribute(node, name, FLOAT, "a number", &attribute));
  *out = attribute ? (double)attribute->f : fallback;
  return COCO_OK;
}

coco_status coco_onnx_get_string(coco_onnx_node *node, const char *name, const char *fallback, coco_string *out) {
  const CocoOnnx__AttributeProto *attribute;
  COCO_TRY(typed_attribute(node, name, STRING, "a string", &attribute));
  *out = attribute ? (coco_string){(const char *)attribute->s.data, attribute->s.len} : coco_string_from(fallback);
  return COCO_OK;
}

coco_status coco_onnx_get_integers(coco_onnx_node *node, const char *name, const int64_t **out, size_t *out_count) {
  static const int64_t none = 0; /* what an empty list points at */
  const CocoOnnx__AttributeProto *attribute;
  *out = NULL;
  *out_count = 0;
  COCO_TRY(typed_attribute(node, name, INTS, "a list of integers", &attribute));
  if (!attribute) return COCO_OK;
  *out = attribute->n_ints ? attribute->ints : &none;
  *out_count = attribute->n_ints;
  return COCO_OK;
}

coco_status coco_onnx_get_tensor(coco_onnx_node *node, const char *name, CocoOnnx__TensorProto **out) {
  const CocoOnnx__AttributeProto *attribute;
  *out = NULL;
  COCO_TRY(typed_attribute(node, name, TENSOR, "a tensor", &attribute));
  if (attribute && !attribute->t) return coco_onnx_node_error(node, "attribute '%s' holds no tensor", name);
  if (attribute) *out = attribute->t;
  return COCO_OK;
}

coco_status coco_onnx_normalize_axis(coco_onnx_node *node, int64_t axis, size_t rank, int64_t *out) {
  int64_t count = (int64_t)rank;
  if (axis < -count || axis >= count)
    return coco_onnx_node_error(node, "axis %lld is out of range for rank %zu", (long long)axis, rank);
  *out = axis < 0 ? axis + count : axis;
  return COCO_OK;
}

coco_status coco_onnx_normalize_axes(coco_onnx_node *node, const int64_t *axes, size_t count, size_t rank, bool sort,
                                     int64_t **out) {
  if (count > rank) return coco_onnx_node_error(node, "%zu axes are named; the rank is %zu", count, rank);
  int64_t *result = coco_arena_allocate(&node->importer->scratch, (count + 1) * sizeof *result);
  if (!result) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) {
    int64_t axis;
    COCO_TRY(coco_onnx_normalize_axis(node, axes[i], rank, &axis));
    for (size_t j = 0; j < i; ++j)
      if (result[j] == axis) return coco_onnx_node_error(node, "axis %lld is named twice", (long long)axis);
    size_t at = i;
    for (; sort && at > 0 && result[at - 1] > axis; --at) result[at] = result[at - 1];
    result[at] = axis;
  }
  *out = result;
  return COCO_OK;
}
