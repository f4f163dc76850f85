/* remove-empty-channels: channels that are always zero, or that nothing reads, go through the graph: the filter that
 * makes them, what follows it, and the weights that read them.
 *
 *   A channel is zero for a layer when its filter is zero and its bias is 0, or below 0 with a relu before that layer;
 * or when the filter of a depthwise convolution before that layer is, and its bias likewise. A channel is not read when
 * the weights of a layer are zero there. What is so for all layers that read it is removed.
 *
 * Outputs of matrix products are channels, too. One channel of a layer stays. Numbers that are not finite are taken to
 * be none. Removing one channel can make others free, so it goes on until nothing changes. Convolutions of one group;
 * layers in blocks (graph-to-blocks) lose inputs that nobody makes, but no outputs, since blocks are of neighbours.
 * Runs before graph-to-pattern. Each round is linear in the weights. */
#include "dialects/graph/graph.h"
#include "passes/channel_region.h"
#include "passes/passes.h"

enum { REMOVED };
static const char *const statistics[] = {"channels removed"};

/* Whether the COUNT floats from DATA on, in steps of STRIDE, are all zeros. */
static bool all_zero(const float *data, int64_t count, int64_t stride) {
  for (int64_t i = 0; i < count; ++i)
    if (data[i * stride] != 0) return false;
  return true;
}

/* The constants of a region, as floats. */
typedef struct constants {
  const float *weights, *bias; /* of the producer; bias NULL: none */
  const float *sinks[COCO_REGION_LIMIT];
  const uint8_t *used[COCO_REGION_LIMIT]; /* of sinks in blocks, instead: whether one keeps channel c */
  const float *members[COCO_REGION_LIMIT],
      *member_bias[COCO_REGION_LIMIT]; /* of depthwise convolutions; NULL: not known, none */
} constants;

static coco_status read_members(coco_pass *pass, const coco_channel_region *region, constants *out, bool *out_known) {
  for (size_t i = 0; i < region->member_count; ++i) {
    const coco_operation *member = region->members[i];
    if (!coco_channel_region_is_depthwise(member)) continue;
    if (coco_operation_is(member, &coco_pattern_conv)) *out_known = false;
    if (!*out_known) return COCO_OK;
    COCO_TRY(coco_constant_floats(member->operands[1].value, pass->scratch, &out->members[i]));
    if (member->operand_count <= 2) continue;
    COCO_TRY(coco_constant_floats(member->operands[2].value, pass->scratch, &out->member_bias[i]));
    if (!out->member_bias[i]) out->members[i] = NULL;
  }
  return COCO_OK;
}

/* The channels that sink NUMBER, a layer in blocks, keeps for some block. */
static coco_status read_blocks(coco_pass *pass, const coco_channel_region *region, size_t number, const uint8_t **out) {
  const coco_operation *sink = region->sinks[number];
  const int64_t unit = coco_channel_region_unit(sink, region->values[region->sink_values[number]].inner);
  coco_value *values[COCO_BLOCK_ARRAYS];
  coco_blocks blocks;
  bool known;
  for (size_t i = 0; i < COCO_BLOCK_ARRAYS; ++i) values[i] = sink->operands[i + 1].value;
  COCO_TRY(coco_blocks_read_constants(sink, values, pass->scratch, &blocks, &known));
  if (!known) return COCO_OK;
  uint8_t *used = coco_arena_allocate_zeroed(pass->scratch, (size_t)region->channels + 1, sizeof *used);
  if (!used) return COCO_OUT_OF_MEMORY;
  for (uint32_t k = 0; k < blocks.kept; ++k) used[blocks.index[k] / unit] = 1;
  *out = used;
  return COCO_OK;
}

static coco_status read_constants(coco_pass *pass, const coco_channel_region *region, constants *out, bool *out_known) {
  const coco_operation *producer = region->producer;
  *out = (constants){0};
  *out_known = false;
  COCO_TRY(coco_constant_floats(producer->operands[1].value, pass->scratch, &out->weights));
  if (producer->operand_count > 2)
    COCO_TRY(coco_constant_floats(producer->operands[2].value, pass->scratch, &out->bias));
  if (!out->weights || (producer->operand_count > 2 && !out->bias)) return COCO_OK;
  for (size_t i = 0; i < region->sink_count; ++i) {
    if (coco_operation_is(region->sinks[i], &coco_pattern_conv)) return COCO_OK;
    if (coco_pattern_is_blocks(region->sinks[i]))
      COCO_TRY(read_blocks(pass, region, i, &out->used[i]));
    else
      COCO_TRY(coco_constant_floats(region->sinks[i]->operands[1].value, pass->scratch, &out->sinks[i]));
    if (!out->sinks[i] && !out->used[i]) return COCO_OK;
  }
  *out_known = true;
  return read_members(pass, region, out, out_known);
}

/* Of a gemm, whether outputs are rows of its weight. */
static bool is_transposed(const coco_operation *product) {
  return coco_operation_is(product, &coco_graph_gemm) &&
         coco_property_integer(COCO_PROPERTY(product, graph_gemm, trans_b), 0) != 0;
}

static bool sink_reads(const coco_operation *sink, const float *weights, int64_t channel, int64_t inner) {
  const coco_type *type = sink->operands[1].value->type;
  if (coco_operation_is(sink, &coco_graph_conv)) {
    const int64_t kernel = coco_type_element_count(type) / (type->shape[0] * type->shape[1]);
    for (int64_t f = 0; f < type->shape[0]; ++f)
      if (!all_zero(weights + (f * type->shape[1] + channel) * kernel, kernel, 1)) return true;
    return false;
  }
  const bool transposed = is_transposed(sink);
  for (int64_t i = 0; i < inner; ++i) {
    const int64_t k = channel * inner + i;
    const float *first = transposed ? weights + k : weights + k * type->shape[1];
    if (!all_zero(first, type->shape[transposed ? 0 : 1], transposed ? type->shape[1] : 1)) return true;
  }
  return false;
}

/* ---- What is known of a channel's numbers ---- */

typedef enum known_number { ANY, AT_MOST_ZERO, ZERO } known_number;

/* Sums over an input of which INPUT is known, by weights that are ALL_ZERO or not, plus ADDED. */
static known_number summed(known_number input, bool zero_weights, float added) {
  if (input != ZERO && !zero_weights) return ANY;
  return added == 0 ? ZERO : added < 0 ? AT_MOST_ZERO : ANY;
}

/* The sums of filter CHANNEL, of SIZE weights. */
static known_number filtered(known_number input, const float *weights, const float *bias, int64_t channel,
                             int64_t size) {
  return summed(input, all_zero(weights + channel * size, size, 1), bias ? bias[channel] : 0);
}

/* Those of the producer. */
static known_number produced(const coco_channel_region *region, const constants *c, int64_t channel) {
  const coco_operation *producer = region->producer;
  const int64_t size = coco_type_element_count(producer->operands[1].value->type) / region->channels;
  const bool rows = coco_operation_is(producer, &coco_graph_conv) || is_transposed(producer);
  if (rows) return filtered(ANY, c->weights, c->bias, channel, size);
  return summed(ANY, all_zero(c->weights + channel, size, region->channels), c->bias ? c->bias[channel] : 0);
}

static known_number clipped(const coco_operation *clip, known_number input) {
  const coco_attribute *minimum = COCO_PROPERTY(clip, graph_clip, minimum),
                       *maximum = COCO_PROPERTY(clip, graph_clip, maximum);
  const double low = minimum ? minimum->real : -1, high = maximum ? maximum->real : 1;
  if (low > 0 || high < 0 || input == ANY) return ANY;
  return minimum && low == 0 ? ZERO : input;
}

/* What comes of INPUT behind an operation that looks at single elements or at planes. */
static known_number passed(const coco_operation *member, known_number input) {
  if (coco_operation_is(member, &coco_graph_relu)) return input == ANY ? ANY : ZERO;
  if (coco_operation_is(member, &coco_graph_clip)) return clipped(member, input);
  if (coco_operation_is(member, &coco_graph_leaky_relu))
    return COCO_PROPERTY(member, graph_leaky_relu, alpha)->real >= 0 ? input : input == ZERO ? ZERO : ANY;
  return coco_graph_is_elementwise(member) ? ANY : input;
}

/* KNOWN[v]: of channel CHANNEL in value v of the region. */
static void follow_channel(const coco_channel_region *region, const constants *c, int64_t channel,
                           known_number *known) {
  known[0] = produced(region, c, channel);
  for (size_t i = 0; i < region->member_count; ++i) {
    const coco_operation *member = region->members[i];
    const size_t from = coco_channel_region_value(region, member->operands[0].value);
    const known_number input = from <= i ? known[from] : ANY;
    if (!coco_channel_region_is_depthwise(member)) {
      known[i + 1] = passed(member, input);
      continue;
    }
    const coco_type *weight = member->operands[1].value->type;
    known[i + 1] = c->members[i] ? filtered(input, c->members[i], c->member_bias[i], channel,
                                            coco_type_element_count(weight) / weight->shape[0])
                                 : ANY;
  }
}

/* Each layer that reads the channel gets zeros, or has weights of zero for it. */
static bool is_free(const coco_channel_region *region, const constants *c, int64_t channel) {
  known_number known[COCO_REGION_LIMIT + 1];
  follow_channel(region, c, channel, known);
  for (size_t i = 0; i < region->sink_count; ++i) {
    const size_t value = region->sink_values[i];
    if (known[value] == ZERO) continue;
    if (c->used[i] ? c->used[i][channel]
                   : sink_reads(region->sinks[i], c->sinks[i], channel, region->values[value].inner))
      return false;
  }
  return true;
}

static coco_status visit(coco_pass *pass, coco_operation *operation, void *user) {
  bool *changed = user, known;
  coco_channel_region region;
  constants c;
  if (coco_operation_is(operation, &coco_pattern_conv) || !coco_channel_region_find(operation, &region)) return COCO_OK;
  COCO_TRY(read_constants(pass, &region, &c, &known));
  if (!known) return COCO_OK;
  uint32_t count = 0, *kept = coco_arena_allocate_zeroed(pass->scratch, (size_t)region.channels, sizeof *kept);
  if (!kept) return COCO_OUT_OF_MEMORY;
  for (int64_t channel = 0; channel < region.channels; ++channel)
    if (!is_free(&region, &c, channel)) kept[count++] = (uint32_t)channel;
  if (count == 0) count = 1;
  if (count == region.channels) return COCO_OK;
  *changed = true;
  pass->statistics[REMOVED] += (uint64_t)(region.channels - count);
  return coco_channel_region_select(pass, &region, kept, count);
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
