/* remove-empty-channels: channels that are always zero, or that nothing reads, go through the graph: the filter that
 * makes them, what follows it, and the weights that read them.
 *
 *   A channel is zero when its filter is and its bias is 0, or below 0 with a relu before every layer that reads it.
 *   A channel is not read when the weights of all layers that read it are zero there.
 *
 * One channel of a convolution stays. Numbers that are not finite are taken to be none. Removing one channel can make
 * others free, so it goes on until nothing changes. Convolutions of one group; runs before graph-to-pattern. Each round
 * is linear in the weights. */
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
} constants;

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
    COCO_TRY(coco_constant_floats(region->sinks[i]->operands[1].value, pass->scratch, &out->sinks[i]));
    if (!out->sinks[i]) return COCO_OK;
  }
  *out_known = true;
  return COCO_OK;
}

static bool sink_reads(const coco_operation *sink, const float *weights, int64_t channel, int64_t inner) {
  const coco_type *type = sink->operands[1].value->type;
  if (coco_operation_is(sink, &coco_graph_conv)) {
    const int64_t kernel = coco_type_element_count(type) / (type->shape[0] * type->shape[1]);
    for (int64_t f = 0; f < type->shape[0]; ++f)
      if (!all_zero(weights + (f * type->shape[1] + channel) * kernel, kernel, 1)) return true;
    return false;
  }
  const bool transposed = coco_property_integer(COCO_PROPERTY(sink, graph_gemm, trans_b), 0) != 0;
  for (int64_t i = 0; i < inner; ++i) {
    const int64_t k = channel * inner + i;
    const float *first = transposed ? weights + k : weights + k * type->shape[1];
    if (!all_zero(first, type->shape[transposed ? 0 : 1], transposed ? type->shape[1] : 1)) return true;
  }
  return false;
}

static bool is_zero_everywhere(const coco_channel_region *region, const constants *c, int64_t channel) {
  const int64_t size = coco_type_element_count(region->producer->operands[1].value->type) / region->channels;
  const float bias = c->bias ? c->bias[channel] : 0;
  if (!region->keeps_zeros || !all_zero(c->weights + channel * size, size, 1)) return false;
  if (bias == 0) return true;
  for (size_t i = 0; i < region->sink_count; ++i)
    if (!region->values[region->sink_values[i]].clipped) return false;
  return bias < 0;
}

static bool is_free(const coco_channel_region *region, const constants *c, int64_t channel) {
  if (is_zero_everywhere(region, c, channel)) return true;
  for (size_t i = 0; i < region->sink_count; ++i)
    if (sink_reads(region->sinks[i], c->sinks[i], channel, region->values[region->sink_values[i]].inner)) return false;
  return true;
}

static coco_status visit(coco_pass *pass, coco_operation *operation, void *user) {
  bool *changed = user, known;
  coco_channel_region region;
  constants c;
  if (!coco_operation_is(operation, &coco_graph_conv) || !coco_channel_region_find(operation, &region)) return COCO_OK;
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
