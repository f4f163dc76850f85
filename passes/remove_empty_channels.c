/* remove-empty-channels: channels that are always zero, or that nothing reads, go through the graph: the filter that
 * makes them, what follows it, and the weights that read them.
 *
 *   A channel is zero for a layer when its filter is zero and its bias is 0, or below 0 with a relu before that layer;
 * or what it is made of is zero: all summands, a factor, all that a depthwise convolution's filter reads. A channel is
 * not read when the weights of a layer are zero there.
 *
 * Channels go by classes (channel_classes.h): those of both summands of a sum, say, with that of the sum. A class is
 * removed when each layer that reads one of its channels gets zeros, or has weights of zero for it. So several layers
 * lose a filter where all their results are added up, and the filters of a gate go with what is zero whatever the gate
 * says. What classes end at: convolutions of one group, products of matrices, layers in blocks (graph-to-blocks), which
 * lose inputs but no outputs, since blocks are of neighbours. What they go through: elementwise operations, pools,
 * reductions and moves over space, concatenations and parts along channels, reshapes that keep channels together
 * (flatten, the interleaving of graph-split-transposed), convolutions of several groups, of which whole groups go. What
 * holds a class: the function's arguments and results, and any other operation.
 *
 * One channel of a value stays. Numbers that are not finite are taken to be none. Removing one channel can make others
 * free, so it goes on until nothing changes. Runs before graph-to-pattern. Each round is linear in the weights. */
#include "dialects/graph/graph.h"
#include "dialects/shared/shape.h"
#include "passes/channel_numbers.h"
#include "passes/passes.h"

enum { REMOVED };
static const char *const statistics[] = {"channels removed"};

/* ---- Which are needed ---- */

/* By channel, whether LAYER, one in blocks, keeps an input of it for some block; NULL: not known. */
static coco_status read_blocks(coco_pass *pass, const coco_operation *layer, uint32_t channels, uint8_t **out) {
  coco_value *values[COCO_BLOCK_ARRAYS];
  coco_blocks blocks;
  bool known;
  *out = NULL;
  for (size_t i = 0; i < COCO_BLOCK_ARRAYS; ++i) values[i] = layer->operands[i + 1].value;
  COCO_TRY(coco_blocks_read_constants(layer, values, pass->scratch, &blocks, &known));
  if (!known) return COCO_OK;
  uint8_t *used = coco_arena_allocate_zeroed(pass->scratch, (size_t)channels + 1, sizeof *used);
  if (!used) return COCO_OUT_OF_MEMORY;
  for (uint32_t k = 0; k < blocks.kept; ++k) used[blocks.index[k] / coco_channels_unit(layer, 1)] = 1;
  *out = used;
  return COCO_OK;
}

static bool reads(const coco_channel_weights *weights, uint32_t outputs, uint32_t input) {
  for (uint32_t o = 0; o < outputs; ++o)
    if (!coco_channel_weights_are_zero(weights, o, input)) return true;
  return false;
}

/* Holds the channels that LAYER cannot do without. */
static coco_status hold_inputs(coco_pass *pass, coco_channel_classes *classes, const coco_channel_step *layer,
                               const uint8_t *zero) {
  const coco_channel_step *from = coco_channel_step_of(classes, layer->operation->operands[0].value);
  coco_channel_weights weights = {0};
  uint8_t *used = NULL;
  if (!from) return COCO_OK;
  if (layer->weights)
    weights = coco_channel_weights_of(layer);
  else
    COCO_TRY(read_blocks(pass, layer->operation, from->count, &used));
  for (uint32_t c = 0; c < from->count; ++c) {
    const uint32_t channel = from->first + c;
    if (zero[channel] || classes->held[coco_channel_class(classes, channel)]) continue;
    if (layer->weights ? reads(&weights, layer->count, c) : !used || used[c]) coco_channel_hold(classes, channel);
  }
  return COCO_OK;
}

/* The first of a value that would have none left. */
static void hold_one(coco_channel_classes *classes, const coco_channel_step *step) {
  for (uint32_t c = 0; c < step->count; ++c)
    if (classes->held[coco_channel_class(classes, step->first + c)]) return;
  if (step->count) coco_channel_hold(classes, step->first);
}

/* ---- Changing ---- */

/* The channels of a step's result that stay. */
typedef struct kept_channels {
  coco_channel_selection selection;
  bool fewer;
} kept_channels;

/* STEP may be NULL: nothing changes. */
static coco_status select_kept(coco_pass *pass, coco_channel_classes *classes, const coco_channel_step *step,
                               kept_channels *out) {
  *out = (kept_channels){.selection = {.pass = pass}};
  if (!step || !step->count) return COCO_OK;
  uint32_t *kept = coco_arena_allocate_zeroed(pass->scratch, step->count, sizeof *kept), count = 0;
  if (!kept) return COCO_OUT_OF_MEMORY;
  for (uint32_t c = 0; c < step->count; ++c)
    if (classes->held[coco_channel_class(classes, step->first + c)]) kept[count++] = c;
  *out = (kept_channels){{pass, kept, count}, count < step->count};
  return COCO_OK;
}

static coco_status change_layer(const coco_channel_step *step, const kept_channels *from, const kept_channels *to) {
  if (from->fewer) COCO_TRY(coco_channels_select_inputs(&from->selection, step->operation, 1));
  return to->fewer ? coco_channels_select_outputs(&to->selection, step->operation) : COCO_OK;
}

static coco_status change_groups(const coco_channel_step *step, const kept_channels *from, const kept_channels *to) {
  const coco_attribute *group =
      coco_attribute_i64(step->operation->context, from->selection.count / coco_channels_in_group(step));
  if (!group) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_channels_select_outputs(&to->selection, step->operation));
  return coco_operation_set(step->operation, COCO_STRING("group"), group);
}

static coco_status change_constants(const coco_channel_step *step, const kept_channels *to) {
  coco_operation *operation = step->operation;
  for (size_t i = 0; i < operation->operand_count; ++i) {
    const coco_value *value = operation->operands[i].value;
    if (!coco_channels_are_constant(value)) continue;
    const int64_t axis = coco_channels_axis(value->type, operation->results[0].type);
    if (axis >= 0) COCO_TRY(coco_channels_gather(&to->selection, operation, i, (size_t)axis, 1));
  }
  return COCO_OK;
}

/* Operand INDEX becomes a constant of NUMBERS. */
static coco_status set_integers(coco_operation *operation, size_t index, const int64_t *numbers, size_t count) {
  coco_builder builder = coco_builder_before(operation);
  coco_value *value = coco_graph_build_integers(&builder, numbers, count);
  if (!value) return builder.status;
  coco_operation_set_operand(operation, index, value);
  return COCO_OK;
}

/* The shape of a reshape or an expansion. */
static coco_status change_shape(const coco_channel_step *step, const kept_channels *to) {
  const coco_type *type = step->operation->results[0].type;
  int64_t shape[COCO_MAXIMUM_RANK];
  for (size_t i = 0; i < type->rank; ++i) shape[i] = i == 1 ? to->selection.count : type->shape[i];
  return set_integers(step->operation, 1, shape, type->rank);
}

/* The bounds of a slice of channels. */
static coco_status change_bounds(const coco_channel_step *step, const kept_channels *from, const kept_channels *to) {
  int64_t starts[COCO_MAXIMUM_RANK], ends[COCO_MAXIMUM_RANK], axes[COCO_MAXIMUM_RANK];
  const coco_value *has_axes = COCO_OPERAND(step->operation, graph_slice, axes);
  const int64_t rank = step->operation->results[0].type->rank;
  uint32_t before = 0;
  size_t count, axis = 1;
  if (!coco_graph_constant_integers(step->operation->operands[1].value, starts, COCO_MAXIMUM_RANK, &count) ||
      !coco_graph_constant_integers(step->operation->operands[2].value, ends, COCO_MAXIMUM_RANK, &count))
    return COCO_INVALID_ARGUMENT;
  if (has_axes && coco_graph_constant_integers(has_axes, axes, COCO_MAXIMUM_RANK, &count))
    for (axis = 0; axes[axis] != 1 && axes[axis] != 1 - rank;) ++axis;
  while (before < from->selection.count && from->selection.channels[before] < step->start) ++before;
  starts[axis] = before;
  ends[axis] = (int64_t)before + to->selection.count;
  COCO_TRY(set_integers(step->operation, 1, starts, count));
  return set_integers(step->operation, 2, ends, count);
}

static coco_status change_step(coco_pass *pass, coco_channel_classes *classes, const coco_channel_step *step) {
  coco_operation *operation = step->operation;
  kept_channels from, to;
  if (!step->count || !operation->operand_count) return COCO_OK;
  const coco_channel_step *source = coco_channel_step_of(classes, operation->operands[step->input].value);
  COCO_TRY(select_kept(pass, classes, source, &from));
  COCO_TRY(select_kept(pass, classes, step, &to));
  if (!from.fewer && !to.fewer) return COCO_OK;
  if (step->kind == COCO_CHANNELS_LAYER) {
    pass->statistics[REMOVED] += to.fewer ? step->count - to.selection.count : 0;
    COCO_TRY(change_layer(step, &from, &to));
  } else if (step->kind == COCO_CHANNELS_GROUPED) {
    COCO_TRY(change_groups(step, &from, &to));
  } else if (step->kind == COCO_CHANNELS_EACH) {
    COCO_TRY(change_constants(step, &to));
  } else if (step->kind == COCO_CHANNELS_PART) {
    COCO_TRY(change_bounds(step, &from, &to));
  } else if (coco_operation_is(operation, &coco_graph_reshape) || coco_operation_is(operation, &coco_graph_expand)) {
    COCO_TRY(change_shape(step, &to));
  }
  return COCO_OK;
}

/* The types of the results again, when all constants are changed: those of operands tell what the old constants are. */
static coco_status infer_types(coco_pass *pass, coco_channel_classes *classes) {
  for (size_t i = 0; i < classes->step_count; ++i) {
    kept_channels kept;
    COCO_TRY(select_kept(pass, classes, &classes->steps[i], &kept));
    if (kept.fewer) COCO_TRY(coco_operation_infer(classes->steps[i].operation, true));
  }
  return COCO_OK;
}

/* ---- Rounds ---- */

/* *changed: whether BLOCK lost channels. */
static coco_status remove_classes(coco_pass *pass, coco_block *block, coco_channel_classes *classes, bool *changed) {
  uint8_t *zero;
  COCO_TRY(coco_channel_classes_find(pass, block, classes));
  COCO_TRY(coco_channel_numbers_find(pass, classes, &zero));
  for (size_t i = 0; i < classes->step_count; ++i)
    if (classes->steps[i].kind == COCO_CHANNELS_LAYER) COCO_TRY(hold_inputs(pass, classes, &classes->steps[i], zero));
  for (size_t i = 0; i < classes->step_count; ++i) hold_one(classes, &classes->steps[i]);
  bool fewer = false;
  for (uint32_t c = 0; c < classes->channels && !fewer; ++c) fewer = !classes->held[coco_channel_class(classes, c)];
  if (!fewer) return COCO_OK;
  *changed = pass->changed = true;
  for (size_t i = 0; i < classes->step_count; ++i) COCO_TRY(change_step(pass, classes, &classes->steps[i]));
  return infer_types(pass, classes);
}

/* Called for each operation of the blocks: looks at a block when it is at the first. */
static coco_status visit(coco_pass *pass, coco_operation *operation, void *user) {
  if (operation->previous) return COCO_OK;
  coco_channel_classes classes;
  const coco_status status = remove_classes(pass, operation->block, &classes, user);
  coco_channel_classes_free(&classes);
  return status;
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  bool changed = true;
  while (changed) {
    changed = false;
    COCO_TRY(coco_visit_layers(pass, module, visit, &changed));
  }
  return coco_erase_dead_constants(pass, module);
}

const coco_pass_definition coco_pass_remove_empty_channels = {
    .name = "remove-empty-channels",
    .documentation = "Remove channels that are zero or that nothing reads.",
    .anchor = "builtin.module",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
