/* Building graph operations for a node, and constants from tensors. See importer.h. */
#include "frontends/onnx/importer.h"
#include "ir/rewriter.h"
#include "ir/verifier.h"

enum {
  FOLD_RESULT_ELEMENTS = 1024,  /* operations with at most as many results … */
  FOLD_OPERAND_ELEMENTS = 4096, /* … of operands that have at most as many are folded when they are built */
  INLINE_BYTES = 32,            /* larger constants are resources, … */
  INLINE_INTEGER_BYTES = 512    /* … but shapes and the like stay readable */
};

/* ---- Folding while building ---- */

static bool is_small(const coco_type *type, int64_t limit) {
  if (!coco_type_is_ranked(type)) return false;
  int64_t count = coco_type_element_count(type);
  return count >= 0 && count <= limit;
}

/* Worth trying: everything is small, and constant (or only the operand's type matters). */
static bool may_fold(const coco_operation *operation) {
  if (operation->result_count != 1 || operation->operand_count == 0) return false;
  if (!is_small(coco_operation_result(operation, 0)->type, FOLD_RESULT_ELEMENTS)) return false;
  if (coco_operation_is(operation, &coco_graph_shape)) return true;
  for (size_t i = 0; i < operation->operand_count; ++i) {
    coco_value *operand = coco_operation_operand(operation, i);
    if (!is_small(operand->type, FOLD_OPERAND_ELEMENTS) || !coco_value_constant(operand)) return false;
  }
  return true;
}

coco_value *coco_onnx_emit(coco_onnx_node *node, const coco_operation_state *state) {
  coco_builder *builder = &node->importer->builder;
  for (size_t i = 0; i < state->attribute_count; ++i)
    if (!state->attributes[i].value) coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
  coco_operation *operation = coco_build(builder, state);
  if (!operation) return NULL;
  coco_value *result = coco_operation_result(operation, 0);
  if (!may_fold(operation)) return result;
  bool folded = false, changed = false;
  coco_status status = coco_verify(operation); /* evaluation relies on it */
  if (status == COCO_OK) status = coco_fold_operation(builder, operation, &result, &folded, &changed);
  if (status != COCO_OK) {
    coco_builder_fail(builder, status);
    return NULL;
  }
  if (!folded) return coco_operation_result(operation, 0);
  coco_operation_erase(operation);
  return result;
}

coco_value *coco_onnx_unary(coco_onnx_node *node, const coco_operation_definition *row, coco_value *operand) {
  return coco_onnx_emit(node, &(coco_operation_state){.definition = row, COCO_WITH_OPERANDS(operand)});
}

coco_value *coco_onnx_binary(coco_onnx_node *node, const coco_operation_definition *row, coco_value *left,
                             coco_value *right) {
  return coco_onnx_emit(node, &(coco_operation_state){.definition = row, COCO_WITH_OPERANDS(left, right)});
}

coco_value *coco_onnx_reduce(coco_onnx_node *node, const char *kind, coco_value *input, const int64_t *axes,
                             size_t count, bool keep) {
  coco_context *context = node->context;
  return coco_onnx_emit(
      node, &(coco_operation_state){
                .definition = &coco_graph_reduce,
                COCO_WITH_OPERANDS(input),
                COCO_WITH_ATTRIBUTES(COCO_NAMED("kind", coco_attribute_string(context, coco_string_from(kind))),
                                     COCO_NAMED("axes", coco_attribute_i64_array(context, axes, count)),
                                     COCO_NAMED("keep_dimensions", coco_attribute_bool(context, keep)))});
}

coco_value *coco_onnx_cast(coco_onnx_node *node, coco_value *input, const coco_type *element) {
  if (input && coco_type_scalar(input->type) == element) return input;
  return coco_onnx_emit(
      node, &(coco_operation_state){
                .definition = &coco_graph_cast,
                COCO_WITH_OPERANDS(input),
                COCO_WITH_ATTRIBUTES(COCO_NAMED("to", element ? coco_attribute_type(node->context, element) : NULL))});
}

coco_value *coco_onnx_unsqueeze(coco_onnx_node *node, coco_value *input, const int64_t *axes, size_t count) {
  return coco_onnx_emit(
      node, &(coco_operation_state){
                .definition = &coco_graph_unsqueeze,
                COCO_WITH_OPERANDS(input),
                COCO_WITH_ATTRIBUTES(COCO_NAMED("axes", coco_attribute_i64_array(node->context, axes, count)))});
}

coco_value *coco_onnx_reshape(coco_onnx_node *node, coco_value *input, coco_value *shape, bool allow_zero) {
  return coco_onnx_emit(
      node, &(coco_operation_state){
                .definition = &coco_graph_reshape,
                COCO_WITH_OPERANDS(input, shape),
                COCO_WITH_ATTRIBUTES(COCO_NAMED("allow_zero", coco_attribute_bool(node->context, allow_zero)))});
}

coco_value *coco_onnx_shape(coco_onnx_node *node, coco_value *value) {
  return coco_onnx_unary(node, &coco_graph_shape, value);
}

/* ---- Constants ---- */

/* The nearest integer of 64 bits towards zero; 0 for NaN. */
static int64_t integer_of(double value) {
  if (value != value) return 0;
  if (value >= 9223372036854775808.0) return INT64_MAX;
  return value <= -9223372036854775808.0 ? INT64_MIN : (int64_t)value;
}

static coco_value *build_constant(coco_builder *builder, const coco_attribute *value, const coco_location *location) {
  if (!value) coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
  return coco_build_value(builder, &(coco_operation_state){.definition = &coco_graph_constant,
                                                           .location = location,
                                                           COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))});
}

coco_value *coco_onnx_integers(coco_onnx_node *node, const int64_t *values, size_t count) {
  const coco_type *element = coco_type_integer(node->context, 64);
  const coco_type *type =
      element ? coco_type_tensor(node->context, 1, (int64_t[]){(int64_t)count}, element, NULL) : NULL;
  return build_constant(&node->importer->builder,
                        type ? coco_attribute_dense(node->context, type, values, count * sizeof *values) : NULL, NULL);
}

coco_value *coco_onnx_scalar(coco_onnx_node *node, const coco_type *element, double value) {
  const coco_type *type = coco_type_tensor(node->context, 0, NULL, element, NULL);
  uint64_t bytes[2] = {0};
  coco_onnx_write_number(element, bytes, value);
  return build_constant(&node->importer->builder,
                        type ? coco_attribute_dense(node->context, type, bytes, coco_type_element_size(element)) : NULL,
                        NULL);
}

coco_value *coco_onnx_numbers(coco_onnx_node *node, const coco_type *element, const int64_t *shape, size_t rank,
                              const double *values) {
  coco_builder *builder = &node->importer->builder;
  const coco_type *type = coco_type_tensor(node->context, rank, shape, element, NULL);
  int64_t count = type ? coco_type_element_count(type) : 0;
  size_t size = coco_type_element_size(element), bytes = (size_t)count * size;
  uint64_t small[INLINE_INTEGER_BYTES / sizeof(uint64_t)] = {0};
  uint8_t *data = (uint8_t *)small;
  coco_resource *resource = NULL;
  coco_status status = type ? COCO_OK : COCO_OUT_OF_MEMORY;
  if (bytes > sizeof small) status = coco_resource_allocate(node->context, COCO_STRING("constant"), bytes, &data, &resource);
  if (status != COCO_OK) {
    coco_builder_fail(builder, status);
    return NULL;
  }
  for (int64_t i = 0; i < count; ++i) coco_onnx_write_number(element, data + (size_t)i * size, values[i]);
  return build_constant(builder,
                        resource ? coco_attribute_dense_resource(node->context, type, resource)
                                 : coco_attribute_dense(node->context, type, data, bytes),
                        NULL);
}

coco_value *coco_onnx_gather(coco_onnx_node *node, coco_value *input, coco_value *indices, int64_t axis) {
  return coco_onnx_emit(
      node, &(coco_operation_state){.definition = &coco_graph_gather,
                                    COCO_WITH_OPERANDS(input, indices),
                                    COCO_WITH_ATTRIBUTES(COCO_NAMED("axis", coco_attribute_i64(node->context, axis)))});
}

coco_value *coco_onnx_where(coco_onnx_node *node, coco_value *condition, coco_value *left, coco_value *right) {
  return coco_onnx_emit(
      node, &(coco_operation_state){.definition = &coco_graph_where, COCO_WITH_OPERANDS(condition, left, right)});
}

coco_value *coco_onnx_transpose(coco_onnx_node *node, coco_value *input, const int64_t *permutation, size_t count) {
  return coco_onnx_emit(
      node,
      &(coco_operation_state){.definition = &coco_graph_transpose,
                              COCO_WITH_OPERANDS(input),
                              COCO_WITH_ATTRIBUTES(COCO_NAMED(
                                  "permutation", coco_attribute_i64_array(node->context, permutation, count)))});
}

coco_value *coco_onnx_slice(coco_onnx_node *node, coco_value *input, int64_t axis, int64_t start, int64_t end, int64_t step) {
  coco_value *const operands[] = {input, coco_onnx_integers(node, &start, 1), coco_onnx_integers(node, &end, 1),
                                  coco_onnx_integers(node, &axis, 1), coco_onnx_integers(node, &step, 1)};
  return coco_onnx_emit(
      node, &(coco_operation_state){.definition = &coco_graph_slice, .operands = operands, .operand_count = 5});
}

coco_value *coco_onnx_concat(coco_onnx_node *node, coco_value *const *values, size_t count, int64_t axis) {
  return coco_onnx_emit(
      node, &(coco_operation_state){.definition = &coco_graph_concat,
                                    .operands = values,
                                    .operand_count = count,
                                    COCO_WITH_ATTRIBUTES(COCO_NAMED("axis", coco_attribute_i64(node->context, axis)))});
}

coco_value *coco_onnx_expand_to(coco_onnx_node *node, coco_value *input, const int64_t *shape, size_t rank) {
  return coco_onnx_binary(node, &coco_graph_expand, input, coco_onnx_integers(node, shape, rank));
}

coco_value *coco_onnx_softmax(coco_onnx_node *node, coco_value *input, int64_t axis) {
  return coco_onnx_emit(
      node, &(coco_operation_state){.definition = &coco_graph_softmax,
                                    COCO_WITH_OPERANDS(input),
                                    COCO_WITH_ATTRIBUTES(COCO_NAMED("axis", coco_attribute_i64(node->context, axis)))});
}

coco_status coco_onnx_check_static(const coco_onnx_node *node, const coco_value *value, const char *what) {
  if (!value) return node->importer->builder.status;
  if (!coco_type_has_static_shape(value->type) || value->type->rank > COCO_ONNX_MAXIMUM_RANK)
    return coco_onnx_node_error(node, "the extents of %s must be known, and at most %d", what, COCO_ONNX_MAXIMUM_RANK);
  return COCO_OK;
}

coco_value *coco_onnx_reshape_to(coco_onnx_node *node, coco_value *input, const int64_t *shape, size_t rank) {
  return coco_onnx_reshape(node, input, coco_onnx_integers(node, shape, rank), true);
}

void coco_onnx_write_number(const coco_type *element, void *out, double value) {
  if (coco_type_is_float(element))
    coco_element_write_real(element, out, value);
  else
    coco_element_write_integer(element, out, integer_of(value));
}

const coco_attribute *coco_onnx_number(coco_context *context, const coco_type *element, double value) {
  return coco_type_is_float(element) ? coco_attribute_float(context, element, value)
                                     : coco_attribute_integer(context, element, integer_of(value));
}

static coco_status inline_constant(coco_onnx_importer *importer, const coco_onnx_place *place,
                                   const CocoOnnx__TensorProto *tensor, const coco_type *type,
                                   const coco_attribute **out) {
  uint64_t bytes[INLINE_INTEGER_BYTES / sizeof(uint64_t)] = {0};
  COCO_TRY(coco_onnx_tensor_fill(place, tensor, type, (uint8_t *)bytes));
  *out = coco_attribute_dense(importer->context, type, bytes, (size_t)coco_type_byte_count(type));
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* Bytes that are the elements already stay in the model's file, when it outlives the import; others are copied. */
static coco_status resource_constant(coco_onnx_importer *importer, const coco_onnx_place *place,
                                     CocoOnnx__TensorProto *tensor, const coco_type *type, coco_string name,
                                     const coco_attribute **out) {
  size_t size = (size_t)coco_type_byte_count(type);
  coco_resource *resource = NULL;
  if (importer->file && tensor->has_raw_address && coco_onnx_tensor_is_plain(tensor, type)) {
    const uint8_t *data = (const uint8_t *)coco_onnx_tensor_raw(tensor).data;
    COCO_TRY(coco_resource_borrow(importer->context, name, importer->file, data, size, &resource));
  } else {
    uint8_t *data;
    COCO_TRY(coco_resource_allocate(importer->context, name, size, &data, &resource));
    COCO_TRY(coco_onnx_tensor_fill(place, tensor, type, data));
  }
  *out = coco_attribute_dense_resource(importer->context, type, resource);
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

coco_value *coco_onnx_tensor_constant(coco_onnx_importer *importer, CocoOnnx__TensorProto *tensor, coco_string name,
                                      const coco_location *location) {
  coco_builder *builder = &importer->builder;
  coco_onnx_place place = {importer->context, location, importer->path};
  const coco_type *type = NULL;
  const coco_attribute *value = NULL;
  coco_status status = coco_onnx_tensor_type(&place, tensor, &type);
  if (status == COCO_OK) {
    bool integers = coco_type_scalar(type)->kind == COCO_TYPE_INTEGER;
    status =
        coco_type_byte_count(type) <= (integers ? INLINE_INTEGER_BYTES : INLINE_BYTES)
            ? inline_constant(importer, &place, tensor, type, &value)
            : resource_constant(importer, &place, tensor, type, name.size ? name : COCO_STRING("constant"), &value);
  }
  if (status != COCO_OK) coco_builder_fail(builder, status);
  return status == COCO_OK ? build_constant(builder, value, location) : NULL;
}
