/* Canonicalization patterns of graph. Each keeps every bit of the result: what changes roundings is a pass of its own.
 *
 * A pattern that joins two operations keeps the place of the second and the layer name of the first. */
#include "dialects/graph/hooks.h"

/* ---- Building ---- */

static const coco_attribute *with_shape(coco_context *context, const coco_attribute *elements, size_t rank,
                                        const int64_t *shape) {
  const coco_type *type = coco_type_tensor(context, rank, shape, elements->type->element, NULL);
  if (!type) return NULL;
  if (coco_attribute_is(elements, COCO_ATTRIBUTE_DENSE_RESOURCE))
    return coco_attribute_dense_resource(context, type, elements->resource);
  return coco_attribute_dense(context, type, elements->data, elements->data_size);
}

static const coco_attribute *i64_vector(coco_context *context, const int64_t *values, size_t count) {
  const coco_type *integer = coco_type_integer(context, 64);
  const int64_t extent = (int64_t)count;
  const coco_type *type = integer ? coco_type_tensor(context, 1, &extent, integer, NULL) : NULL;
  return type ? coco_attribute_dense(context, type, values, count * sizeof *values) : NULL;
}

/* LIKE again, with other operands and a result of TYPE, at the rewriter's place; properties stay, but SEGMENTS are not
 * kept. */
static coco_status build_again(coco_rewriter *rewriter, coco_operation *like, coco_value *const *operands, size_t count,
                               const coco_type *type, coco_value **out) {
  coco_named_attribute attributes[16];
  const coco_operation_definition *row = like->definition;
  for (size_t i = 0; i < row->attribute_count; ++i)
    attributes[i] = (coco_named_attribute){coco_string_from(row->attributes[i].name), like->properties[i]};
  coco_builder *builder = coco_rewriter_builder(rewriter);
  *out = coco_build_value(builder, &(coco_operation_state){.definition = row,
                                                           .location = like->location,
                                                           .operands = operands,
                                                           .operand_count = count,
                                                           COCO_WITH_RESULTS(type),
                                                           .attributes = attributes,
                                                           .attribute_count = row->attribute_count});
  return *out ? COCO_OK : builder->status;
}

static coco_status replace_with_operands(coco_rewriter *rewriter, coco_operation *replaced, coco_operation *like,
                                         coco_value *const *operands, size_t count) {
  coco_value *value;
  COCO_TRY(build_again(rewriter, like, operands, count, replaced->results[0].type, &value));
  return coco_rewriter_replace_one(rewriter, replaced, value);
}

/* ---- Bias ---- */

/* The operation of row DEFINITION whose only use is operand 0 of ADD, when ADD's other operand is a constant and does
 * not stretch it. */
static coco_operation *biased(coco_operation *add, const coco_operation_definition *definition) {
  coco_operation *inner = coco_value_defined_by(add->operands[0].value, definition);
  if (!inner || !coco_value_has_one_use(&inner->results[0]) ||
      !coco_attribute_is_elements(coco_value_constant(add->operands[1].value)))
    return NULL;
  return inner->results[0].type == add->results[0].type ? inner : NULL;
}

/* add(conv(x, w), c[f, 1, ...]) = conv(x, w, c[f]) */
static coco_status bias_of_conv(coco_rewriter *rewriter, coco_operation *add, bool *matched) {
  coco_operation *conv = biased(add, &coco_graph_conv);
  if (!conv || conv->operand_count != 2) return COCO_OK;
  const coco_type *result = add->results[0].type, *type = add->operands[1].value->type;
  const int64_t filters = result->shape[1];
  const size_t channel = type->rank + 1 - result->rank; /* of the constant: axis 1 of the result */
  if (type->rank + 1 < result->rank || filters == COCO_DYNAMIC) return COCO_OK;
  for (size_t i = 0; i < type->rank; ++i)
    if (type->shape[i] != (i == channel ? filters : 1)) return COCO_OK;
  coco_builder *builder = coco_rewriter_builder(rewriter);
  coco_value *bias = coco_graph_build_constant(
      builder, with_shape(builder->context, coco_value_constant(add->operands[1].value), 1, &filters));
  if (!bias) return builder->status;
  *matched = true;
  return replace_with_operands(rewriter, add, conv,
                               (coco_value *const[]){conv->operands[0].value, conv->operands[1].value, bias}, 3);
}

/* ---- Movement ---- */

static bool keeps_elements(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_graph_reshape) || coco_operation_is(operation, &coco_graph_squeeze) ||
         coco_operation_is(operation, &coco_graph_unsqueeze) || coco_operation_is(operation, &coco_graph_flatten);
}

/* reshape(reshape'(x)) = reshape(x), for a static result and any operation that only changes the shape inside */
static coco_status reshape_of_reshape(coco_rewriter *rewriter, coco_operation *operation, bool *matched) {
  coco_operation *inner = coco_value_operation(operation->operands[0].value);
  const coco_type *type = operation->results[0].type;
  if (!keeps_elements(inner) || !coco_type_has_static_shape(type)) return COCO_OK;
  coco_builder *builder = coco_rewriter_builder(rewriter);
  coco_value *shape = coco_graph_build_constant(builder, i64_vector(builder->context, type->shape, type->rank));
  coco_value *value = coco_build_value(
      builder, &(coco_operation_state){.definition = &coco_graph_reshape,
                                       COCO_WITH_OPERANDS(inner->operands[0].value, shape),
                                       COCO_WITH_RESULTS(type),
                                       COCO_WITH_ATTRIBUTES(COCO_NAMED("allow_zero", coco_attribute_bool(builder->context, true)))});
  if (!value) return builder->status;
  *matched = true;
  return coco_rewriter_replace_one(rewriter, operation, value);
}

/* transpose(transpose(x, p), q) = transpose(x, r) with r[i] = p[q[i]] */
static coco_status transpose_of_transpose(coco_rewriter *rewriter, coco_operation *operation, bool *matched) {
  coco_operation *inner = coco_value_defined_by(operation->operands[0].value, &coco_graph_transpose);
  const coco_attribute *outer = COCO_PROPERTY(operation, graph_transpose, permutation);
  if (!inner || outer->count > COCO_MAXIMUM_RANK) return COCO_OK;
  const int64_t *p = coco_attribute_i64s(COCO_PROPERTY(inner, graph_transpose, permutation)),
                *q = coco_attribute_i64s(outer);
  int64_t r[COCO_MAXIMUM_RANK];
  for (size_t i = 0; i < outer->count; ++i) r[i] = p[q[i]];
  coco_builder *builder = coco_rewriter_builder(rewriter);
  coco_value *value = coco_build_value(
      builder, &(coco_operation_state){.definition = &coco_graph_transpose,
                                       COCO_WITH_OPERANDS(inner->operands[0].value),
                                       COCO_WITH_RESULTS(operation->results[0].type),
                                       COCO_WITH_ATTRIBUTES(COCO_NAMED("permutation", coco_attribute_i64_array(builder->context, r, outer->count)))});
  if (!value) return builder->status;
  *matched = true;
  return coco_rewriter_replace_one(rewriter, operation, value);
}

/* Whether MOVE stands, maybe behind others that move elements, after a layer whose result nothing else reads: an
 * elementwise operation can become part of that layer. */
static bool comes_from_layer(const coco_operation *move) {
  while (move && (keeps_elements(move) || coco_operation_is(move, &coco_graph_transpose))) {
    const coco_value *input = move->operands[0].value;
    if (!coco_value_has_one_use(input)) return false;
    move = coco_value_operation(input);
  }
  return coco_operation_is(move, &coco_graph_conv) || coco_operation_is(move, &coco_graph_gemm) ||
         coco_operation_is(move, &coco_graph_matmul);
}

/* f(reshape(x)) = reshape(f(x)), and so for transpose, where x comes from a layer that f can join */
static coco_status elementwise_before_move(coco_rewriter *rewriter, coco_operation *move, bool *matched) {
  coco_value *moved = &move->results[0], *input = move->operands[0].value;
  coco_operation *user = coco_value_has_one_use(moved) ? moved->first_use->owner : NULL;
  if (!user || user->operand_count != 1 || user->result_count != 1 || !coco_graph_is_elementwise(user) ||
      coco_operation_has_trait(user, COCO_OPERAND_SEGMENTS))
    return COCO_OK;
  if (user->results[0].type != moved->type || user->block != move->block || !comes_from_layer(move)) return COCO_OK;
  coco_value *result = NULL;
  *matched = true;
  COCO_TRY(build_again(rewriter, user, &input, 1, input->type, &result));
  coco_value *operands[] = {result, move->operand_count > 1 ? move->operands[1].value : NULL};
  COCO_TRY(build_again(rewriter, move, operands, move->operand_count, moved->type, &result));
  COCO_TRY(coco_rewriter_replace_one(rewriter, user, result));
  coco_rewriter_erase(rewriter, move);
  return COCO_OK;
}

/* The pads of a graph.pad by zeros around the spatial axes alone, added to PADS (those of a convolution). False: it is
 * not that. */
static bool add_spatial_pads(const coco_operation *pad, int64_t *pads, size_t rank) {
  int64_t own[2 * COCO_MAXIMUM_RANK];
  size_t count;
  if (!coco_string_is(COCO_PROPERTY(pad, graph_pad, mode)->text, "constant")) return false;
  if (!coco_graph_constant_integers(pad->operands[1].value, own, 2 * COCO_MAXIMUM_RANK, &count) || count != 2 * rank)
    return false;
  if (pad->operand_count > 2) {
    const coco_attribute *value = coco_value_constant(pad->operands[2].value);
    const void *element = coco_attribute_is_elements(value) ? coco_elements_at(value, 0) : NULL;
    if (!element || coco_element_read_real(value->type->element, element) != 0) return false;
  }
  for (size_t i = 0; i < 2 * rank; ++i) {
    const size_t axis = i % rank;
    if (own[i] < 0 || (axis < 2 && own[i] != 0)) return false;
    if (axis < 2) continue;
    int64_t *to = &pads[(i < rank ? 0 : rank - 2) + axis - 2];
    if (!coco_extent_add(*to, own[i], to)) return false;
  }
  return true;
}

/* conv(pad(x, zeros), w) = conv(x, w) with larger pads */
static coco_status conv_of_pad(coco_rewriter *rewriter, coco_operation *conv, bool *matched) {
  coco_operation *pad = coco_value_defined_by(conv->operands[0].value, &coco_graph_pad);
  const coco_attribute *attribute = COCO_PROPERTY(conv, graph_conv, pads);
  if (!pad || attribute->count > 2 * COCO_MAXIMUM_RANK) return COCO_OK;
  int64_t pads[2 * COCO_MAXIMUM_RANK];
  for (size_t i = 0; i < attribute->count; ++i) pads[i] = coco_attribute_i64s(attribute)[i];
  if (!add_spatial_pads(pad, pads, pad->operands[0].value->type->rank)) return COCO_OK;
  const coco_attribute *larger = coco_attribute_i64_array(conv->context, pads, attribute->count);
  if (!larger) return COCO_OUT_OF_MEMORY;
  coco_operation_set_property(conv, COCO_PROPERTY_INDEX(graph_conv, pads), larger);
  coco_operation_set_operand(conv, 0, pad->operands[0].value);
  coco_rewriter_changed(rewriter, conv);
  *matched = true;
  return COCO_OK;
}

const coco_pattern coco_graph_patterns[] = {
    COCO_REWRITE("bias-of-conv", &coco_graph_add, bias_of_conv),
    COCO_EQUATION("bias-of-matmul",
                  "graph.add(p: graph.matmul(a, b), c)"
                  " = graph.gemm(a, b, c) {alpha = 1, beta = 1, trans_a = false, trans_b = false}"
                  " where a of rank 2, b of rank 2, c constant, p once, p of result type, result at p"),
    COCO_EQUATION("bias-of-gemm",
                  "graph.add(p: graph.gemm(a, b) {alpha = s, beta = any, trans_a = t, trans_b = u}, c)"
                  " = graph.gemm(a, b, c) {alpha = s, beta = 1, trans_a = t, trans_b = u}"
                  " where c constant, p once, p of result type, result at p"),
    COCO_REWRITE("reshape-of-reshape", &coco_graph_reshape, reshape_of_reshape),
    COCO_REWRITE("transpose-of-transpose", &coco_graph_transpose, transpose_of_transpose),
    COCO_REWRITE("elementwise-before-reshape", &coco_graph_reshape, elementwise_before_move),
    COCO_REWRITE("elementwise-before-flatten", &coco_graph_flatten, elementwise_before_move),
    COCO_REWRITE("elementwise-before-transpose", &coco_graph_transpose, elementwise_before_move),
    COCO_REWRITE("conv-of-pad", &coco_graph_conv, conv_of_pad),
    {0},
};
