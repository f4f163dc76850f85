/* Finding the classes of channels; see the header. */
#include "passes/channel_classes.h"

#include "dialects/graph/graph.h"
#include "dialects/shared/shape.h"

/* More along axis 1 are no channels: rows of a matrix, samples. Values past the total are not looked at. */
enum { MOST_CHANNELS = 1 << 20, MOST_IN_ALL = 1 << 28 };

/* ---- What operations do ---- */

static bool has_channels(const coco_value *value) {
  const coco_type *type = value->type;
  return type->kind == COCO_TYPE_TENSOR && coco_type_has_static_shape(type) && type->rank >= 2 &&
         coco_type_element_count(type) >= 1 && type->shape[1] <= MOST_CHANNELS;
}

/* Whether AXES are all behind the channels, where there are any. */
static bool are_behind(const coco_attribute *axes) {
  for (size_t i = 0; axes && i < axes->count; ++i)
    if (coco_attribute_i64s(axes)[i] < 2) return false;
  return axes && axes->count > 0;
}

/* A pad that adds no channels. */
static bool pads_planes(const coco_operation *pad) {
  int64_t pads[2 * COCO_MAXIMUM_RANK];
  size_t count;
  const size_t rank = pad->operands[0].value->type->rank;
  return coco_graph_constant_integers(pad->operands[1].value, pads, 2 * COCO_MAXIMUM_RANK, &count) &&
         count == 2 * rank && pads[1] == 0 && pads[rank + 1] == 0;
}

static bool keeps_channel_axis(const coco_operation *transpose) {
  const int64_t *permutation = coco_attribute_i64s(COCO_PROPERTY(transpose, graph_transpose, permutation));
  return permutation[0] == 0 && permutation[1] == 1;
}

/* Same channels in operand 0 and in the result. */
static bool is_along(const coco_operation *operation) {
  if (coco_operation_is(operation, &coco_graph_max_pool) || coco_operation_is(operation, &coco_graph_average_pool))
    return true;
  if (coco_operation_is(operation, &coco_graph_reduce)) return are_behind(COCO_PROPERTY(operation, graph_reduce, axes));
  if (coco_operation_is(operation, &coco_graph_squeeze))
    return are_behind(COCO_PROPERTY(operation, graph_squeeze, axes));
  if (coco_operation_is(operation, &coco_graph_unsqueeze))
    return are_behind(COCO_PROPERTY(operation, graph_unsqueeze, axes));
  if (coco_operation_is(operation, &coco_graph_softmax))
    return coco_property_integer(COCO_PROPERTY(operation, graph_softmax, axis), 0) >= 2;
  if (coco_operation_is(operation, &coco_graph_gather))
    return coco_property_integer(COCO_PROPERTY(operation, graph_gather, axis), 0) >= 2;
  if (coco_operation_is(operation, &coco_graph_transpose)) return keeps_channel_axis(operation);
  return coco_operation_is(operation, &coco_graph_pad) && pads_planes(operation);
}

/* Along which axis a concatenation of known parts joins them. */
static coco_channel_kind concat_kind(const coco_operation *concat) {
  for (size_t i = 0; i < concat->operand_count; ++i)
    if (!coco_type_has_static_shape(concat->operands[i].value->type)) return COCO_CHANNELS_UNKNOWN;
  return coco_property_integer(COCO_PROPERTY(concat, graph_concat, axis), 0) == 1 ? COCO_CHANNELS_JOIN
                                                                                  : COCO_CHANNELS_STACK;
}

/* A slice: of channels from *out_start on, or of each. */
static coco_channel_kind slice_kind(const coco_operation *slice, uint32_t *out_start) {
  const coco_value *has_axes = COCO_OPERAND(slice, graph_slice, axes),
                   *has_steps = COCO_OPERAND(slice, graph_slice, steps);
  const int64_t rank = (int64_t)slice->operands[0].value->type->rank;
  int64_t starts[COCO_MAXIMUM_RANK], ends[COCO_MAXIMUM_RANK], axes[COCO_MAXIMUM_RANK], steps[COCO_MAXIMUM_RANK];
  size_t count, other;
  if (!coco_graph_constant_integers(slice->operands[1].value, starts, COCO_MAXIMUM_RANK, &count) ||
      !coco_graph_constant_integers(slice->operands[2].value, ends, COCO_MAXIMUM_RANK, &other) || other != count)
    return COCO_CHANNELS_UNKNOWN;
  for (size_t i = 0; i < count; ++i) axes[i] = (int64_t)i, steps[i] = 1;
  if (has_axes && !coco_graph_constant_integers(has_axes, axes, COCO_MAXIMUM_RANK, &other))
    return COCO_CHANNELS_UNKNOWN;
  if (has_steps && !coco_graph_constant_integers(has_steps, steps, COCO_MAXIMUM_RANK, &other))
    return COCO_CHANNELS_UNKNOWN;
  for (size_t i = 0; i < count; ++i) {
    if ((axes[i] < 0 ? axes[i] + rank : axes[i]) != 1) continue;
    if (steps[i] != 1) return COCO_CHANNELS_UNKNOWN;
    *out_start =
        (uint32_t)coco_graph_slice_range(slice->operands[0].value->type->shape[1], starts[i], ends[i], 1).start;
    return COCO_CHANNELS_PART;
  }
  return COCO_CHANNELS_ALONG;
}

/* Elements stay in their order, and samples apart; channels become fewer or more by a whole number of times. */
static bool regroups(const coco_operation *operation) {
  const coco_type *from = operation->operands[0].value->type, *to = operation->results[0].type;
  if (coco_operation_is(operation, &coco_graph_flatten)
          ? coco_property_integer(COCO_PROPERTY(operation, graph_flatten, axis), 0) != 1
          : !coco_operation_is(operation, &coco_graph_reshape))
    return false;
  return from->shape[0] == to->shape[0] && (from->shape[1] % to->shape[1] == 0 || to->shape[1] % from->shape[1] == 0);
}

/* A product in which rows are channels, or planes are: of each with one constant matrix. *out_input: what has them. */
static bool multiplies_each(const coco_operation *operation, uint32_t *out_input) {
  if (!coco_operation_is(operation, &coco_graph_matmul)) return false;
  const coco_value *left = operation->operands[0].value, *right = operation->operands[1].value;
  *out_input = coco_channels_are_constant(left) ? 1 : 0;
  return (left->type->rank >= 3 && right->type->rank == 2 && coco_channels_are_constant(right)) ||
         (right->type->rank >= 4 && left->type->rank == 2 && coco_channels_are_constant(left));
}

/* A layer with weights; *out_step gets them. */
static coco_status look_at_layer(coco_pass *pass, coco_channel_step *step) {
  const coco_operation *operation = step->operation;
  const bool conv = coco_operation_is(operation, &coco_graph_conv);
  if (coco_operation_is(operation, &coco_pattern_block_conv) || coco_operation_is(operation, &coco_pattern_linear)) {
    if (operation->operands[0].value->type->rank != operation->results[0].type->rank) return COCO_OK;
    if (coco_operation_is(operation, &coco_pattern_linear) && operation->results[0].type->rank != 2) return COCO_OK;
    if (coco_channels_have_constants(operation, 1)) step->kind = COCO_CHANNELS_LAYER;
    return COCO_OK;
  }
  if (conv ? !coco_channels_have_constants(operation, 1) : !coco_channels_is_product(operation)) return COCO_OK;
  COCO_TRY(coco_constant_floats(operation->operands[1].value, pass->scratch, &step->weights));
  if (operation->operand_count > 2)
    COCO_TRY(coco_constant_floats(operation->operands[2].value, pass->scratch, &step->bias));
  if (!step->weights || (operation->operand_count > 2 && !step->bias)) return COCO_OK;
  step->kind = conv && coco_channels_group(operation) > 1 ? COCO_CHANNELS_GROUPED : COCO_CHANNELS_LAYER;
  return COCO_OK;
}

static bool is_expansion_of_planes(const coco_operation *operation) {
  const coco_type *from = operation->operands[0].value->type, *to = operation->results[0].type;
  return coco_operation_is(operation, &coco_graph_expand) && from->rank == to->rank && from->shape[1] == to->shape[1];
}

/* Fills in KIND and what belongs to it, of an operation of one result that has channels. */
static coco_status look_at(coco_pass *pass, coco_channel_step *step) {
  const coco_operation *operation = step->operation;
  if (coco_graph_is_elementwise(operation)) {
    step->kind = COCO_CHANNELS_EACH;
    return COCO_OK;
  }
  if (coco_operation_is(operation, &coco_graph_concat)) {
    step->kind = concat_kind(operation);
    return COCO_OK;
  }
  if (multiplies_each(operation, &step->input)) {
    step->kind = COCO_CHANNELS_ALONG;
    return COCO_OK;
  }
  step->input = 0;
  if (operation->operand_count == 0 || !has_channels(operation->operands[0].value)) return COCO_OK;
  if (coco_operation_is(operation, &coco_graph_slice))
    step->kind = slice_kind(operation, &step->start);
  else if (is_along(operation) || is_expansion_of_planes(operation))
    step->kind = COCO_CHANNELS_ALONG;
  else if (regroups(operation))
    step->kind = COCO_CHANNELS_REGROUP;
  else
    return look_at_layer(pass, step);
  return COCO_OK;
}

/* ---- Classes ---- */

uint32_t coco_channel_class(coco_channel_classes *classes, uint32_t channel) {
  uint32_t *parents = classes->parents;
  while (parents[channel] != channel) channel = parents[channel] = parents[parents[channel]];
  return channel;
}

void coco_channel_hold(coco_channel_classes *classes, uint32_t channel) {
  classes->held[coco_channel_class(classes, channel)] = 1;
}

static void unite(coco_channel_classes *classes, uint32_t a, uint32_t b) {
  a = coco_channel_class(classes, a), b = coco_channel_class(classes, b);
  if (a == b) return;
  if (a > b) {
    const uint32_t c = a;
    a = b, b = c;
  }
  classes->parents[b] = a;
  classes->held[a] |= classes->held[b];
}

const coco_channel_step *coco_channel_step_of(const coco_channel_classes *classes, const coco_value *value) {
  const coco_channel_step *step = value->is_argument ? NULL : coco_pointer_map_get(&classes->steps_of, value->owner);
  return step && step->count && value->index == 0 ? step : NULL;
}

static void hold(coco_channel_classes *classes, const coco_channel_step *step) {
  for (uint32_t c = 0; step && c < step->count; ++c) coco_channel_hold(classes, step->first + c);
}

/* The step that makes operand INDEX of STEP. */
static const coco_channel_step *source(const coco_channel_classes *classes, const coco_channel_step *step,
                                       size_t index) {
  return coco_channel_step_of(classes, step->operation->operands[index].value);
}

/* Channel i of FROM with channel i of the result; what has none there holds them. */
static void unite_each(coco_channel_classes *classes, const coco_channel_step *from, const coco_channel_step *step) {
  if (!from || from->count != step->count) {
    hold(classes, from);
    hold(classes, step);
    return;
  }
  for (uint32_t c = 0; c < step->count; ++c) unite(classes, from->first + c, step->first + c);
}

/* Constants have a number for each channel or one for all; so may other operands, one that is then read for all. */
static void relate_elementwise(coco_channel_classes *classes, const coco_channel_step *step) {
  const coco_type *result = step->operation->results[0].type;
  for (size_t i = 0; i < step->operation->operand_count; ++i) {
    const coco_value *value = step->operation->operands[i].value;
    if (coco_channels_are_constant(value)) continue;
    const coco_channel_step *from = source(classes, step, i);
    if (from && value->type->rank == result->rank && from->count == step->count) {
      unite_each(classes, from, step);
      continue;
    }
    hold(classes, from);
    if (value->type->kind != COCO_TYPE_TENSOR || coco_channels_axis(value->type, result) >= 0) hold(classes, step);
  }
}

static void relate_join(coco_channel_classes *classes, const coco_channel_step *step) {
  uint32_t at = step->first;
  for (size_t i = 0; i < step->operation->operand_count; ++i) {
    const coco_channel_step *from = source(classes, step, i);
    const uint32_t count = (uint32_t)step->operation->operands[i].value->type->shape[1];
    for (uint32_t c = 0; c < count; ++c) {
      if (from)
        unite(classes, from->first + c, at + c);
      else
        coco_channel_hold(classes, at + c);
    }
    at += count;
  }
}

static void relate_regrouped(coco_channel_classes *classes, const coco_channel_step *from,
                             const coco_channel_step *step) {
  const uint32_t most = from->count > step->count ? from->count : step->count;
  for (uint32_t c = 0; c < most; ++c)
    unite(classes, from->first + c / (most / from->count), step->first + c / (most / step->count));
}

uint32_t coco_channels_in_group(const coco_channel_step *grouped) {
  return (uint32_t)grouped->operation->operands[1].value->type->shape[1];
}

static void relate_groups(coco_channel_classes *classes, const coco_channel_step *from, const coco_channel_step *step) {
  const uint32_t inputs = coco_channels_in_group(step), outputs = step->count / (from->count / inputs);
  for (uint32_t c = 0; c < from->count; ++c) unite(classes, from->first + c, step->first + c / inputs * outputs);
  for (uint32_t c = 0; c < step->count; ++c) unite(classes, step->first + c / outputs * outputs, step->first + c);
}

static bool has_same_zeros(const float *a, const float *b, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    if ((a[i] == 0) != (b[i] == 0)) return false;
  return true;
}

static bool is_empty(const float *weights, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    if (weights[i] != 0) return false;
  return true;
}

/* Whether the filters of LAYER, a convolution of one position, keep the same inputs SHARE by SHARE, and not all the
 * same ones. */
static bool keeps_same_inputs(const coco_channel_step *layer, uint32_t share) {
  const coco_type *type = layer->operation->operands[1].value->type;
  const int64_t filters = type->shape[0], inputs = type->shape[1];
  if (coco_type_element_count(type) != filters * inputs || filters % share != 0) return false;
  const float *before = NULL;
  bool differ = false;
  for (int64_t f = 0; f < filters; ++f) {
    const float *filter = layer->weights + f * inputs;
    if (f % share != 0) {
      if (!has_same_zeros(filter, layer->weights + (f - f % share) * inputs, inputs)) return false;
    } else if (!is_empty(filter, inputs)) {
      differ = differ || (before && !has_same_zeros(before, filter, inputs));
      before = filter;
    }
  }
  return differ;
}

/* Filters that keep the same inputs stay together: code for them reads each input once, which is worth more than
 * single filters are. */
static void relate_sharing(coco_channel_classes *classes, const coco_channel_step *layer) {
  if (!coco_operation_is(layer->operation, &coco_graph_conv)) return;
  const uint32_t share = keeps_same_inputs(layer, 4) ? 4 : keeps_same_inputs(layer, 2) ? 2 : 1;
  for (uint32_t c = 0; share > 1 && c < layer->count; ++c)
    unite(classes, layer->first + c / share * share, layer->first + c);
}

/* Of operations that take channels from one operand: the others are read whole. */
static void relate_one(coco_channel_classes *classes, const coco_channel_step *step) {
  const coco_channel_step *from = source(classes, step, step->input);
  for (size_t i = 0; i < step->operation->operand_count; ++i)
    if (i != step->input) hold(classes, source(classes, step, i));
  if (step->kind == COCO_CHANNELS_LAYER) {
    const coco_operation *operation = step->operation;
    if (coco_pattern_is_blocks(operation) ||
        (!coco_operation_is(operation, &coco_graph_conv) && !coco_channels_made_apart(operation)))
      hold(classes, step);
    relate_sharing(classes, step);
  } else if (!from) {
    hold(classes, step);
  } else if (step->kind == COCO_CHANNELS_REGROUP) {
    relate_regrouped(classes, from, step);
  } else if (step->kind == COCO_CHANNELS_GROUPED) {
    relate_groups(classes, from, step);
  } else if (step->kind == COCO_CHANNELS_PART) {
    for (uint32_t c = 0; c < step->count; ++c) unite(classes, from->first + step->start + c, step->first + c);
  } else {
    unite_each(classes, from, step);
  }
}

static void relate(coco_channel_classes *classes, const coco_channel_step *step) {
  const size_t count = step->operation->operand_count;
  switch (step->kind) {
    case COCO_CHANNELS_UNKNOWN:
      hold(classes, step);
      for (size_t i = 0; i < count; ++i) hold(classes, source(classes, step, i));
      break;
    case COCO_CHANNELS_EACH:
      relate_elementwise(classes, step);
      break;
    case COCO_CHANNELS_JOIN:
      relate_join(classes, step);
      break;
    case COCO_CHANNELS_STACK:
      for (size_t i = 0; i < count; ++i) unite_each(classes, source(classes, step, i), step);
      break;
    default:
      relate_one(classes, step);
      break;
  }
}

/* What is read by no operation of the block, or in another one. */
static void hold_used_elsewhere(coco_channel_classes *classes, const coco_channel_step *step) {
  if (!step->count) return;
  const coco_value *value = &step->operation->results[0];
  bool elsewhere = !value->first_use;
  for (const coco_use *use = value->first_use; use; use = use->next)
    elsewhere = elsewhere || use->owner->block != step->operation->block;
  if (elsewhere) hold(classes, step);
}

/* ---- Finding ---- */

/* A step for each operation but constants. */
static coco_status make_steps(coco_pass *pass, coco_block *block, coco_channel_classes *out) {
  size_t count = 0;
  for (const coco_operation *operation = block->first; operation; operation = operation->next) ++count;
  out->steps = coco_arena_allocate_zeroed(pass->scratch, count + 1, sizeof *out->steps);
  if (!out->steps) return COCO_OUT_OF_MEMORY;
  for (coco_operation *operation = block->first; operation; operation = operation->next) {
    if (coco_operation_is(operation, &coco_graph_constant)) continue;
    coco_channel_step *step = &out->steps[out->step_count++];
    *step = (coco_channel_step){.operation = operation, .first = out->channels};
    COCO_TRY(coco_pointer_map_set(&out->steps_of, operation, step));
    if (operation->result_count != 1 || !has_channels(&operation->results[0]) || out->channels > MOST_IN_ALL) continue;
    step->count = (uint32_t)operation->results[0].type->shape[1];
    out->channels += step->count;
    COCO_TRY(look_at(pass, step));
  }
  return COCO_OK;
}

coco_status coco_channel_classes_find(coco_pass *pass, coco_block *block, coco_channel_classes *out) {
  *out = (coco_channel_classes){.steps_of = {.allocator = pass->scratch->allocator}};
  COCO_TRY(make_steps(pass, block, out));
  out->parents = coco_arena_allocate(pass->scratch, ((size_t)out->channels + 1) * sizeof *out->parents);
  out->held = coco_arena_allocate_zeroed(pass->scratch, (size_t)out->channels + 1, sizeof *out->held);
  if (!out->parents || !out->held) return COCO_OUT_OF_MEMORY;
  for (uint32_t c = 0; c < out->channels; ++c) out->parents[c] = c;
  for (size_t i = 0; i < out->step_count; ++i) {
    relate(out, &out->steps[i]);
    hold_used_elsewhere(out, &out->steps[i]);
  }
  return COCO_OK;
}

void coco_channel_classes_free(coco_channel_classes *classes) { coco_pointer_map_free(&classes->steps_of); }
