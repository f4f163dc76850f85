/* graph-sort-channels: depthwise convolutions get their channels in an order in which those with zeros at the same
 * positions stand together.
 *
 *   sink(depthwise(producer(x, u), w), v) = sink(depthwise(producer(x, u by c), w by c), v with its inputs by c)
 *
 * Code for blocks of channels leaves out what is zero in all channels of a block; that needs channels with one pattern
 * side by side. The producer, everything that keeps channels apart and the layers that read them take the order: it
 * costs nothing when the network runs. Done where blocks of 16 then have at most three quarters of the positions that
 * they had. Sums of the layers that read the channels add in another order. Runs before graph-to-pattern. Linear in the
 * weights of the region. */
#include "dialects/graph/graph.h"
#include "passes/channel_region.h"
#include "passes/passes.h"

enum { SORTED };
static const char *const statistics[] = {"convolutions sorted"};

enum { MOST_SUPPORTS = 64, BLOCK = 16 };

typedef struct supports {
  uint64_t *of_channel;
  uint32_t *group_of_channel;
  int64_t channels;
  uint64_t distinct[MOST_SUPPORTS];
  uint32_t count;
} supports;

/* The positions of each channel's kernel that are not zero; *out_few: there are at most
 * MOST_SUPPORTS different ones. */
static coco_status read_supports(coco_pass *pass, const coco_operation *conv, supports *out, bool *out_few) {
  const coco_type *type = conv->operands[1].value->type;
  const float *weights;
  *out = (supports){.channels = type->shape[0]};
  *out_few = false;
  const int64_t positions = coco_type_element_count(type) / out->channels;
  if (positions < 2 || positions > COCO_FKW_MAX_POSITIONS) return COCO_OK;
  COCO_TRY(coco_constant_floats(conv->operands[1].value, pass->scratch, &weights));
  if (!weights) return COCO_OK;
  out->of_channel = coco_arena_allocate_zeroed(pass->scratch, (size_t)out->channels, sizeof *out->of_channel);
  out->group_of_channel =
      coco_arena_allocate_zeroed(pass->scratch, (size_t)out->channels, sizeof *out->group_of_channel);
  if (!out->of_channel || !out->group_of_channel) return COCO_OUT_OF_MEMORY;
  for (int64_t c = 0; c < out->channels; ++c) {
    const uint64_t support = coco_fkw_support(weights + c * positions, (uint32_t)positions);
    uint32_t group = 0;
    while (group < out->count && out->distinct[group] != support) ++group;
    if (group == MOST_SUPPORTS) return COCO_OK;
    if (group == out->count) out->distinct[out->count++] = support;
    out->of_channel[c] = support;
    out->group_of_channel[c] = group;
  }
  *out_few = true;
  return COCO_OK;
}

/* The supports one after the other: each is followed by the one that adds fewest positions to it, of equal ones the
 * earliest. */
static void chain_supports(const supports *of, uint32_t *order) {
  bool taken[MOST_SUPPORTS] = {false};
  for (uint32_t i = 0; i < of->count; ++i) {
    uint32_t best = of->count;
    for (uint32_t k = 0; k < of->count; ++k) {
      const uint64_t before = i ? of->distinct[order[i - 1]] : 0;
      if (taken[k]) continue;
      if (best == of->count ||
          __builtin_popcountll(before | of->distinct[k]) < __builtin_popcountll(before | of->distinct[best]))
        best = k;
    }
    order[i] = best;
    taken[best] = true;
  }
}

/* Positions that the blocks of channels use, channel I of them being ORDER[i]; NULL: I. */
static int64_t positions_used(const supports *of, const uint32_t *order) {
  int64_t total = 0;
  for (int64_t first = 0; first < of->channels; first += BLOCK) {
    uint64_t used = 0;
    for (int64_t i = first; i < first + BLOCK && i < of->channels; ++i) used |= of->of_channel[order ? order[i] : i];
    total += __builtin_popcountll(used);
  }
  return total;
}

static coco_status sort(coco_pass *pass, coco_channel_region *region, const coco_operation *depthwise, bool *out_done) {
  supports of;
  bool few;
  uint32_t chain[MOST_SUPPORTS], count = 0;
  COCO_TRY(read_supports(pass, depthwise, &of, &few));
  if (!few) return COCO_OK;
  uint32_t *order = coco_arena_allocate_zeroed(pass->scratch, (size_t)of.channels, sizeof *order);
  if (!order) return COCO_OUT_OF_MEMORY;
  chain_supports(&of, chain);
  for (uint32_t i = 0; i < of.count; ++i)
    for (int64_t c = 0; c < of.channels; ++c)
      if (of.group_of_channel[c] == chain[i]) order[count++] = (uint32_t)c;
  if (positions_used(&of, order) * 4 > positions_used(&of, NULL) * 3) return COCO_OK;
  *out_done = true;
  ++pass->statistics[SORTED];
  return coco_channel_region_select(pass, region, order, count);
}

static coco_status visit(coco_pass *pass, coco_operation *operation, void *user) {
  coco_channel_region region;
  bool done = false;
  (void)user;
  if (!coco_operation_is(operation, &coco_graph_conv) || !coco_channel_region_find(operation, &region)) return COCO_OK;
  for (size_t i = 0; i < region.member_count && !done; ++i)
    if (coco_operation_is(region.members[i], &coco_graph_conv)) COCO_TRY(sort(pass, &region, region.members[i], &done));
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  return coco_change_layers(pass, module, visit, NULL);
}

const coco_pass_definition coco_pass_graph_sort_channels = {
    .name = "graph-sort-channels",
    .documentation = "Put channels of depthwise convolutions with zeros at the same positions side by side.",
    .anchor = "builtin.module",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
