/* Telling layers that make or read channels apart, and changing them; see the header. */
#include "passes/channel_select.h"

#include <string.h>

#include "dialects/graph/graph.h"
#include "dialects/shared/shape.h"

/* ---- Telling apart ---- */

bool coco_channels_are_constant(const coco_value *value) {
  const coco_attribute *constant = coco_value_constant(value);
  bool splat;
  return coco_attribute_is_elements(constant) && coco_elements_data(constant, &splat);
}

bool coco_channels_have_constants(const coco_operation *operation, size_t first) {
  for (size_t i = first; i < operation->operand_count; ++i)
    if (!coco_channels_are_constant(operation->operands[i].value)) return false;
  return true;
}

int64_t coco_channels_group(const coco_operation *conv) {
  return coco_property_integer(coco_operation_get(conv, COCO_STRING("group")), 1);
}

bool coco_channels_is_conv(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_graph_conv) || coco_operation_is(operation, &coco_pattern_conv);
}

bool coco_channels_is_product(const coco_operation *operation) {
  const bool gemm = coco_operation_is(operation, &coco_graph_gemm);
  if (!gemm && !coco_operation_is(operation, &coco_graph_matmul)) return false;
  if (operation->operands[0].value->type->rank != 2 || operation->operands[1].value->type->rank != 2) return false;
  return coco_channels_have_constants(operation, 1) &&
         (!gemm || coco_property_integer(COCO_PROPERTY(operation, graph_gemm, trans_a), 0) == 0);
}

bool coco_channels_made_apart(const coco_operation *product) {
  const coco_type *result = product->results[0].type;
  if (product->operand_count < 3) return true;
  const coco_type *c = product->operands[2].value->type;
  return COCO_PROPERTY(product, graph_gemm, beta)->real == 1 && c->rank >= 1 &&
         c->shape[c->rank - 1] == result->shape[1] && coco_type_element_count(c) == result->shape[1];
}

/* The axis of a product's weight along which its outputs stand. */
static size_t output_axis(const coco_operation *product) {
  const bool transposed = coco_operation_is(product, &coco_graph_gemm) &&
                          coco_property_integer(COCO_PROPERTY(product, graph_gemm, trans_b), 0) != 0;
  return transposed ? 0 : 1;
}

int64_t coco_channels_axis(const coco_type *operand, const coco_type *result) {
  const int64_t axis = 1 - ((int64_t)result->rank - (int64_t)operand->rank);
  return axis >= 0 && operand->shape[axis] != 1 ? axis : -1;
}

int64_t coco_channels_unit(const coco_operation *sink, int64_t inner) {
  if (!coco_operation_is(sink, &coco_pattern_block_conv)) return inner;
  const coco_attribute *kernel = COCO_PROPERTY(sink, pattern_block_conv, kernel);
  int64_t positions = 1;
  for (size_t i = 0; i < kernel->count; ++i) positions *= coco_attribute_i64s(kernel)[i];
  return positions;
}

/* ---- Changing ---- */

coco_status coco_channels_gather(const coco_channel_selection *s, coco_operation *operation, size_t index, size_t axis,
                                 int64_t inner) {
  const coco_attribute *constant = coco_value_constant(operation->operands[index].value), *attribute;
  const coco_type *from = constant->type;
  int64_t shape[COCO_MAXIMUM_RANK];
  size_t outer = 1, piece = coco_type_element_size(from->element) * (size_t)inner;
  if (from->rank > COCO_MAXIMUM_RANK) return COCO_UNSUPPORTED;
  memcpy(shape, from->shape, from->rank * sizeof *shape);
  for (size_t i = 0; i < axis; ++i) outer *= (size_t)shape[i];
  for (size_t i = axis + 1; i < from->rank; ++i) piece *= (size_t)shape[i];
  const size_t old_count = (size_t)(shape[axis] / inner);
  shape[axis] = (int64_t)s->count * inner;
  const coco_type *type = coco_type_tensor(operation->context, from->rank, shape, from->element, NULL);
  char *data = coco_arena_allocate(s->pass->scratch, outer * s->count * piece + 1);
  if (!type || !data) return COCO_OUT_OF_MEMORY;
  bool splat;
  const char *source = coco_elements_data(constant, &splat);
  const size_t size = coco_type_element_size(from->element);
  for (size_t i = 0; splat && i < outer * s->count * piece; i += size) memcpy(data + i, source, size);
  for (size_t o = 0; o < outer && !splat; ++o)
    for (size_t i = 0; i < s->count; ++i)
      memcpy(data + (o * s->count + i) * piece, source + (o * old_count + s->channels[i]) * piece, piece);
  const coco_runtime_value tensor = {.type = type, .data = data};
  const coco_string layer = coco_location_layer(operation->location);
  coco_builder builder = coco_builder_before(operation);
  COCO_TRY(
      coco_runtime_to_attribute(operation->context, &tensor, layer.size ? layer : COCO_STRING("weight"), &attribute));
  coco_value *value = coco_graph_build_constant(&builder, attribute);
  if (!value) return builder.status;
  coco_operation_set_operand(operation, index, value);
  return COCO_OK;
}

/* Filters (as outputs) or channels (as inputs) of a pattern.conv. */
static coco_status select_patterns(const coco_channel_selection *s, coco_operation *conv, bool filters) {
  coco_fkw fkw, now;
  bool known;
  COCO_TRY(coco_pattern_layer_read(conv, s->pass->scratch, &fkw, &known));
  if (!known) return COCO_INVALID_ARGUMENT;
  COCO_TRY(coco_fkw_select(&fkw, filters ? s->channels : NULL, s->count, filters ? NULL : s->channels, s->count,
                           s->pass->scratch, &now));
  return coco_pattern_layer_write(conv, &now);
}

/* Inputs of a layer in blocks, UNIT of them for each channel. */
static coco_status select_block_inputs(const coco_channel_selection *s, coco_operation *layer, int64_t unit) {
  coco_value *values[COCO_BLOCK_ARRAYS], *arrays[COCO_BLOCK_ARRAYS];
  coco_builder builder = coco_builder_before(layer);
  coco_blocks blocks, now;
  bool known;
  for (size_t i = 0; i < COCO_BLOCK_ARRAYS; ++i) values[i] = layer->operands[i + 1].value;
  COCO_TRY(coco_blocks_read_constants(layer, values, s->pass->scratch, &blocks, &known));
  if (!known) return COCO_INVALID_ARGUMENT;
  COCO_TRY(coco_blocks_select(&blocks, s->channels, s->count, (uint32_t)unit, s->pass->scratch, &now));
  COCO_TRY(coco_blocks_build_arrays(&builder, &now, coco_location_layer(layer->location), arrays));
  for (size_t i = 0; i < COCO_BLOCK_ARRAYS; ++i) coco_operation_set_operand(layer, i + 1, arrays[i]);
  return COCO_OK;
}

static coco_status select_product_outputs(const coco_channel_selection *s, coco_operation *product) {
  COCO_TRY(coco_channels_gather(s, product, 1, output_axis(product), 1));
  if (product->operand_count < 3) return COCO_OK;
  return coco_channels_gather(s, product, 2, product->operands[2].value->type->rank - 1, 1);
}

coco_status coco_channels_select_outputs(const coco_channel_selection *s, coco_operation *conv) {
  if (!coco_channels_is_conv(conv)) return select_product_outputs(s, conv);
  const bool patterns = coco_operation_is(conv, &coco_pattern_conv);
  const size_t bias = patterns ? 6 : 2;
  COCO_TRY(patterns ? select_patterns(s, conv, true) : coco_channels_gather(s, conv, 1, 0, 1));
  return conv->operand_count > bias ? coco_channels_gather(s, conv, bias, 0, 1) : COCO_OK;
}

coco_status coco_channels_select_inputs(const coco_channel_selection *s, coco_operation *sink, int64_t inner) {
  if (coco_operation_is(sink, &coco_pattern_conv)) return select_patterns(s, sink, false);
  if (coco_operation_is(sink, &coco_graph_conv)) return coco_channels_gather(s, sink, 1, 1, 1);
  if (coco_operation_is(sink, &coco_pattern_linear)) return select_block_inputs(s, sink, inner);
  if (coco_operation_is(sink, &coco_pattern_block_conv))
    return select_block_inputs(s, sink, coco_channels_unit(sink, inner));
  return coco_channels_gather(s, sink, 1, 1 - output_axis(sink), inner);
}
