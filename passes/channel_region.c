/* Finding regions of channels, and changing them; see the header. */
#include "passes/channel_region.h"

#include "dialects/graph/graph.h"

/* ---- Finding ---- */

/* A convolution that reads all channels, with constants. */
static bool is_whole_conv(const coco_operation *operation) {
  return coco_channels_is_conv(operation) && coco_channels_group(operation) == 1 &&
         coco_channels_have_constants(operation, 1);
}

/* One filter for each channel, with constants. */
static bool is_depthwise(const coco_operation *operation, int64_t channels) {
  return coco_channels_is_conv(operation) && coco_channels_group(operation) == channels &&
         coco_channels_have_constants(operation, 1) && operation->results[0].type->shape[1] == channels;
}
bool coco_channel_region_is_depthwise(const coco_operation *member) { return coco_channels_is_conv(member); }

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

static bool has_value(const coco_channel_region *region, const coco_value *value) {
  size_t i = 0;
  while (i <= region->member_count && region->values[i].value != value) ++i;
  return i <= region->member_count;
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
  if (coco_operation_is(owner, &coco_pattern_block_conv))
    return from->inner == 1 && coco_channels_have_constants(owner, 1);
  if (coco_operation_is(owner, &coco_pattern_linear))
    return from->value->type->rank == 2 && coco_channels_have_constants(owner, 1);
  return coco_channels_is_product(owner);
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
    if (!coco_channels_are_constant(value) || value->type->rank > member->results[0].type->rank) return false;
    const int64_t axis = coco_channels_axis(value->type, member->results[0].type);
    if (axis >= 0 && value->type->shape[axis] != region->channels) return false;
  }
  return true;
}

bool coco_channel_region_find(coco_operation *producer, coco_channel_region *out) {
  const bool product = coco_channels_is_product(producer);
  if (!(product ? coco_channels_made_apart(producer) : is_whole_conv(producer)) ||
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

/* ---- Changing ---- */

static coco_status select_member(const coco_channel_selection *s, const coco_channel_region *region,
                                 coco_operation *member) {
  if (coco_channels_is_conv(member)) {
    const coco_attribute *group = coco_attribute_i64(member->context, s->count);
    if (!group) return COCO_OUT_OF_MEMORY;
    COCO_TRY(coco_channels_select_outputs(s, member));
    return coco_operation_set(member, COCO_STRING("group"), group);
  }
  for (size_t i = 0; coco_graph_is_elementwise(member) && i < member->operand_count; ++i) {
    const coco_value *value = member->operands[i].value;
    const int64_t axis = has_value(region, value) ? -1 : coco_channels_axis(value->type, member->results[0].type);
    if (axis >= 0) COCO_TRY(coco_channels_gather(s, member, i, (size_t)axis, 1));
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
  const coco_channel_selection s = {pass, channels, count};
  COCO_TRY(coco_channels_select_outputs(&s, region->producer));
  for (size_t i = 0; i < region->member_count; ++i) COCO_TRY(select_member(&s, region, region->members[i]));
  for (size_t i = 0; i < region->sink_count; ++i)
    COCO_TRY(coco_channels_select_inputs(&s, region->sinks[i], region->values[region->sink_values[i]].inner));
  pass->changed = true;
  return count == region->channels ? COCO_OK : infer_types(region);
}
