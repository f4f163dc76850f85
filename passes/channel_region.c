/* Finding regions of channels, and changing them; see the header. */
#include "passes/channel_region.h"

#include <string.h>

#include "dialects/graph/graph.h"

/* ---- Finding ---- */

static bool is_constant(const coco_value *value) {
  const coco_attribute *constant = coco_value_constant(value);
  bool splat;
  return coco_attribute_is_elements(constant) && coco_elements_data(constant, &splat);
}

/* Every operand from FIRST on is a constant whose bytes are at hand. */
static bool has_constants(const coco_operation *operation, size_t first) {
  for (size_t i = first; i < operation->operand_count; ++i)
    if (!is_constant(operation->operands[i].value)) return false;
  return true;
}

static int64_t group_of(const coco_operation *conv) {
  return coco_property_integer(coco_operation_get(conv, COCO_STRING("group")), 1);
}

static bool is_conv(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_graph_conv) || coco_operation_is(operation, &coco_pattern_conv);
}

/* A convolution that reads all channels, with constants. */
static bool is_whole_conv(const coco_operation *operation) {
  return is_conv(operation) && group_of(operation) == 1 && has_constants(operation, 1);
}

/* A matrix by a constant one, and for a gemm one number more for each output. */
static bool is_product(const coco_operation *operation) {
  const bool gemm = coco_operation_is(operation, &coco_graph_gemm);
  if (!gemm && !coco_operation_is(operation, &coco_graph_matmul)) return false;
  if (operation->operands[0].value->type->rank != 2 || operation->operands[1].value->type->rank != 2) return false;
  return has_constants(operation, 1) &&
         (!gemm || coco_property_integer(COCO_PROPERTY(operation, graph_gemm, trans_a), 0) == 0);
}

/* One whose outputs can be told apart. */
static bool makes_channels(const coco_operation *product) {
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

/* One filter for each channel, with constants. */
static bool is_depthwise(const coco_operation *operation, int64_t channels) {
  return is_conv(operation) && group_of(operation) == channels && has_constants(operation, 1) &&
         operation->results[0].type->shape[1] == channels;
}
bool coco_channel_region_is_depthwise(const coco_operation *member) { return is_conv(member); }

/* Over space alone, and never above 0 where no number is. */
static bool is_spatial_reduction(const coco_operation *operation) {
  static const char *const kinds[] = {"sum", "mean", "max", "min"};
  if (!coco_operation_is(operation, &coco_graph_reduce)) return false;
  bool known = false;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i)
    known = known || coco_string_is(COCO_PROPERTY(operation, graph_reduce, kind)->text, kinds[i]);
  if (!known) return false;
  const coco_attribute *axes = COCO_PROPERTY(operation, graph_reduce, axes);
  for (size_t i = 0; i < axes->count; ++i)
    if (coco_attribute_i64s(axes)[i] < 2) return false;
  return true;
}

static bool is_channel_flatten(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_graph_flatten) &&
         coco_property_integer(COCO_PROPERTY(operation, graph_flatten, axis), 0) == 1;
}

static bool is_pool(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_graph_max_pool) || coco_operation_is(operation, &coco_graph_average_pool);
}

size_t coco_channel_region_value(const coco_channel_region *region, const coco_value *value) {
  size_t i = 0;
  while (i <= region->member_count && region->values[i].value != value) ++i;
  return i;
}
static bool has_value(const coco_channel_region *region, const coco_value *value) {
  return coco_channel_region_value(region, value) <= region->member_count;
}

/* The axis of constant OPERAND that stands under the channels of RESULT: -1 where it has none. */
static int64_t channel_axis(const coco_type *operand, const coco_type *result) {
  const int64_t axis = 1 - ((int64_t)result->rank - (int64_t)operand->rank);
  return axis >= 0 && operand->shape[axis] != 1 ? axis : -1;
}

static bool is_member(const coco_operation *operation, const coco_channel_value *from, int64_t channels) {
  const coco_type *type = operation->result_count == 1 ? operation->results[0].type : NULL;
  if (!type || operation->operands[0].value->type->kind != COCO_TYPE_TENSOR) return false;
  if (is_pool(operation) || is_spatial_reduction(operation) || is_channel_flatten(operation)) return from->inner == 1;
  if (is_depthwise(operation, channels)) return operation->operands[0].value == from->value && from->inner == 1;
  return coco_graph_is_elementwise(operation) && from->inner == 1 && type->rank == from->value->type->rank &&
         type->rank >= 2 && type->shape[1] == channels;
}

/* Elements of one channel behind a flatten. */
static int64_t inner_of(const coco_operation *member, const coco_channel_value *from) {
  if (!is_channel_flatten(member)) return from->inner;
  return coco_type_element_count(from->value->type) / (from->value->type->shape[0] * from->value->type->shape[1]);
}

static bool add_member(coco_channel_region *region, coco_operation *member, const coco_channel_value *from) {
  if (has_value(region, &member->results[0])) return true;
  if (region->member_count + 1 >= COCO_REGION_LIMIT) return false;
  region->members[region->member_count++] = member;
  region->values[region->member_count] = (coco_channel_value){&member->results[0], inner_of(member, from)};
  return true;
}

static bool is_sink(const coco_use *use, const coco_channel_value *from) {
  const coco_operation *owner = use->owner;
  if (coco_use_index(use) != 0) return false;
  if (is_whole_conv(owner)) return from->inner == 1;
  if (coco_operation_is(owner, &coco_pattern_block_conv)) return from->inner == 1 && has_constants(owner, 1);
  if (coco_operation_is(owner, &coco_pattern_linear)) return from->value->type->rank == 2 && has_constants(owner, 1);
  return is_product(owner);
}

static bool follow(coco_channel_region *region, size_t number) {
  const coco_channel_value from = region->values[number];
  if (!from.value->first_use) return false;
  for (const coco_use *use = from.value->first_use; use; use = use->next) {
    if (use->owner->block != region->producer->block) return false;
    if (is_sink(use, &from)) {
      if (region->sink_count == COCO_REGION_LIMIT) return false;
      region->sink_values[region->sink_count] = number;
      region->sinks[region->sink_count++] = use->owner;
    } else if (!is_member(use->owner, &from, region->channels) || !add_member(region, use->owner, &from)) {
      return false;
    }
  }
  return true;
}

/* What a member reads beside the region are constants, with one number for all channels or one for each. */
static bool reads_region_only(const coco_channel_region *region, const coco_operation *member) {
  if (!coco_graph_is_elementwise(member)) return true;
  for (size_t i = 0; i < member->operand_count; ++i) {
    const coco_value *value = member->operands[i].value;
    if (has_value(region, value)) {
      if (value->type->shape[1] != region->channels || value->type->rank != member->results[0].type->rank) return false;
      continue;
    }
    if (!is_constant(value) || value->type->rank > member->results[0].type->rank) return false;
    const int64_t axis = channel_axis(value->type, member->results[0].type);
    if (axis >= 0 && value->type->shape[axis] != region->channels) return false;
  }
  return true;
}

bool coco_channel_region_find(coco_operation *producer, coco_channel_region *out) {
  const bool product = is_product(producer);
  if (!(product ? makes_channels(producer) : is_whole_conv(producer)) ||
      !coco_type_has_static_shape(producer->results[0].type) || coco_type_element_count(producer->results[0].type) < 1)
    return false;
  *out = (coco_channel_region){.producer = producer, .channels = producer->results[0].type->shape[1]};
  out->values[0] = (coco_channel_value){&producer->results[0], 1};
  for (size_t i = 0; i <= out->member_count; ++i)
    if (!follow(out, i)) return false;
  for (size_t i = 0; i < out->member_count; ++i)
    if (!reads_region_only(out, out->members[i])) return false;
  return out->sink_count > 0;
}

int64_t coco_channel_region_unit(const coco_operation *sink, int64_t inner) {
  if (!coco_operation_is(sink, &coco_pattern_block_conv)) return inner;
  const coco_attribute *kernel = COCO_PROPERTY(sink, pattern_block_conv, kernel);
  int64_t positions = 1;
  for (size_t i = 0; i < kernel->count; ++i) positions *= coco_attribute_i64s(kernel)[i];
  return positions;
}

/* ---- Changing ---- */

typedef struct selection {
  coco_pass *pass;
  const uint32_t *channels;
  uint32_t count;
} selection;

/* Operand INDEX of OPERATION, a constant, with the chosen pieces of INNER elements along AXIS. */
static coco_status gather_operand(const selection *s, coco_operation *operation, size_t index, size_t axis,
                                  int64_t inner) {
  const coco_attribute *constant = coco_value_constant(operation->operands[index].value), *attribute;
  const coco_type *from = constant->type;
  int64_t shape[8];
  size_t outer = 1, piece = coco_type_element_size(from->element) * (size_t)inner;
  if (from->rank > 8) return COCO_UNSUPPORTED;
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
static coco_status select_patterns(const selection *s, coco_operation *conv, bool filters) {
  coco_fkw fkw, now;
  bool known;
  COCO_TRY(coco_pattern_layer_read(conv, s->pass->scratch, &fkw, &known));
  if (!known) return COCO_INVALID_ARGUMENT;
  COCO_TRY(coco_fkw_select(&fkw, filters ? s->channels : NULL, s->count, filters ? NULL : s->channels, s->count,
                           s->pass->scratch, &now));
  return coco_pattern_layer_write(conv, &now);
}

/* Inputs of a layer in blocks, UNIT of them for each channel. */
static coco_status select_block_inputs(const selection *s, coco_operation *layer, int64_t unit) {
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

static coco_status select_product_outputs(const selection *s, coco_operation *product) {
  COCO_TRY(gather_operand(s, product, 1, output_axis(product), 1));
  if (product->operand_count < 3) return COCO_OK;
  return gather_operand(s, product, 2, product->operands[2].value->type->rank - 1, 1);
}

static coco_status select_outputs(const selection *s, coco_operation *conv) {
  if (!is_conv(conv)) return select_product_outputs(s, conv);
  const bool patterns = coco_operation_is(conv, &coco_pattern_conv);
  const size_t bias = patterns ? 6 : 2;
  COCO_TRY(patterns ? select_patterns(s, conv, true) : gather_operand(s, conv, 1, 0, 1));
  return conv->operand_count > bias ? gather_operand(s, conv, bias, 0, 1) : COCO_OK;
}

static coco_status select_inputs(const selection *s, coco_operation *sink, int64_t inner) {
  if (coco_operation_is(sink, &coco_pattern_conv)) return select_patterns(s, sink, false);
  if (coco_operation_is(sink, &coco_graph_conv)) return gather_operand(s, sink, 1, 1, 1);
  if (coco_operation_is(sink, &coco_pattern_linear)) return select_block_inputs(s, sink, inner);
  if (coco_operation_is(sink, &coco_pattern_block_conv))
    return select_block_inputs(s, sink, coco_channel_region_unit(sink, inner));
  return gather_operand(s, sink, 1, 1 - output_axis(sink), inner);
}

static coco_status select_member(const selection *s, const coco_channel_region *region, coco_operation *member) {
  if (is_conv(member)) {
    const coco_attribute *group = coco_attribute_i64(member->context, s->count);
    if (!group) return COCO_OUT_OF_MEMORY;
    COCO_TRY(select_outputs(s, member));
    return coco_operation_set(member, COCO_STRING("group"), group);
  }
  for (size_t i = 0; coco_graph_is_elementwise(member) && i < member->operand_count; ++i) {
    const coco_value *value = member->operands[i].value;
    const int64_t axis = has_value(region, value) ? -1 : channel_axis(value->type, member->results[0].type);
    if (axis >= 0) COCO_TRY(gather_operand(s, member, i, (size_t)axis, 1));
  }
  return COCO_OK;
}

/* The result types again, in program order. */
static coco_status infer_types(const coco_channel_region *region) {
  COCO_TRY(coco_operation_infer(region->producer, true));
  for (coco_operation *operation = region->producer->next; operation; operation = operation->next)
    if (operation->result_count == 1 && has_value(region, &operation->results[0]))
      COCO_TRY(coco_operation_infer(operation, true));
  return COCO_OK;
}

coco_status coco_channel_region_select(coco_pass *pass, coco_channel_region *region, const uint32_t *channels,
                                       uint32_t count) {
  const selection s = {pass, channels, count};
  COCO_TRY(select_outputs(&s, region->producer));
  for (size_t i = 0; i < region->member_count; ++i) COCO_TRY(select_member(&s, region, region->members[i]));
  for (size_t i = 0; i < region->sink_count; ++i)
    COCO_TRY(select_inputs(&s, region->sinks[i], region->values[region->sink_values[i]].inner));
  pass->changed = true;
  return count == region->channels ? COCO_OK : infer_types(region);
}
