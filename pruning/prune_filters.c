/* Puts zeros into whole filters: the weakest of each layer, by the sum of their weights' magnitudes, and into the
 * weights of later layers that read their channels, so that remove-empty-channels makes the layers smaller.
 *
 * A layer is pruned where all that reads its channels can do without them (passes/channel_region.h): not where its
 * outputs are added to another layer's or leave the network. Batch normalisation must have been folded. In one shot,
 * without training, accuracy falls. Cost: linear in the weights. */
#include <math.h>

#include "passes/channel_region.h"
#include "pruning/layers.h"
#include "pruning/pruning.h"

enum { PART };
static const coco_option_row options[] = {
    {"part", COCO_OPTION_INTEGER, "25", "The percentage of each layer's filters to remove, rounded down."}};
enum { LAYERS, FILTERS };
static const char *const statistics[] = {"layers", "filters made zero"};

/* What is no number counts as infinite: it is never removed silently. */
static double magnitude(const coco_kernels *kernels, size_t filter) {
  double sum = 0;
  for (size_t c = 0; c < kernels->channels; ++c) {
    const float *kernel = coco_kernel_at(kernels, filter, c);
    for (size_t i = 0; i < kernels->positions; ++i) sum += kernel[i] < 0 ? -(double)kernel[i] : (double)kernel[i];
  }
  return isnan(sum) ? (double)INFINITY : sum;
}

/* Marks the weakest COUNT filters of LAYER. */
static coco_status choose(coco_pass *pass, const coco_layer *layer, size_t count, bool *removed) {
  coco_kernels kernels;
  coco_ranked *ranked = coco_arena_allocate_zeroed(pass->scratch, layer->filters, sizeof *ranked);
  if (!ranked) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_layer_read(layer, layer->weights, pass->scratch, &kernels));
  for (size_t f = 0; f < layer->filters; ++f) ranked[f] = (coco_ranked){magnitude(&kernels, f), f};
  coco_sort_ranked(ranked, layer->filters);
  for (size_t i = layer->filters - count; i < layer->filters; ++i) removed[ranked[i].index] = true;
  return COCO_OK;
}

/* Zeros for each kernel of OPERATION whose filter (or, of those that READ channels, whose channel, INNER inputs for
 * each) is removed. */
static coco_status clear(coco_pass *pass, coco_operation *operation, const bool *removed, bool reads, int64_t inner) {
  coco_layer layer;
  size_t cleared;
  if (!coco_layer_of(operation, &layer) || !layer.weights) return COCO_INVALID_ARGUMENT;
  uint64_t *kept = coco_arena_allocate(pass->scratch, coco_layer_kernels(&layer) * sizeof *kept);
  if (!kept) return COCO_OUT_OF_MEMORY;
  const uint64_t full = coco_kernel_full_mask(coco_layer_positions(&layer));
  for (size_t f = 0; f < layer.filters; ++f)
    for (size_t c = 0; c < layer.channels; ++c)
      kept[f * layer.channels + c] = removed[reads ? c / (size_t)inner : f] ? 0 : full;
  return coco_layer_put_zeros(&layer, kept, &cleared);
}

/* Whether zeros can be put into all that has weights. */
static bool can_be_cleared(const coco_channel_region *region) {
  coco_layer layer;
  for (size_t i = 0; i < region->sink_count; ++i)
    if (!coco_layer_of(region->sinks[i], &layer) || !layer.weights ||
        coco_layer_positions(&layer) > COCO_KERNEL_MAXIMUM_POSITIONS)
      return false;
  for (size_t i = 0; i < region->member_count; ++i)
    if (coco_channel_region_is_depthwise(region->members[i]) &&
        (!coco_layer_of(region->members[i], &layer) || !layer.weights))
      return false;
  return true;
}

static coco_status visit(coco_pass *pass, coco_operation *operation, void *user) {
  coco_channel_region region;
  coco_layer layer;
  (void)user;
  if (!coco_layer_of(operation, &layer) || !layer.weights || !coco_channel_region_find(operation, &region) ||
      coco_layer_positions(&layer) > COCO_KERNEL_MAXIMUM_POSITIONS || !can_be_cleared(&region))
    return COCO_OK;
  const size_t count = layer.filters * (size_t)pass->options[PART].integer / 100;
  bool *removed = coco_arena_allocate_zeroed(pass->scratch, layer.filters, sizeof *removed);
  if (!removed) return COCO_OUT_OF_MEMORY;
  if (!count) return COCO_OK;
  COCO_TRY(choose(pass, &layer, count, removed));
  COCO_TRY(clear(pass, operation, removed, false, 1));
  for (size_t i = 0; i < region.member_count; ++i)
    if (coco_channel_region_is_depthwise(region.members[i]))
      COCO_TRY(clear(pass, region.members[i], removed, false, 1));
  for (size_t i = 0; i < region.sink_count; ++i)
    COCO_TRY(clear(pass, region.sinks[i], removed, true, region.values[region.sink_values[i]].inner));
  ++pass->statistics[LAYERS];
  pass->statistics[FILTERS] += count;
  pass->changed = true;
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  const int64_t part = pass->options[PART].integer;
  if (part < 0 || part > 99)
    return coco_error(pass->context, root->location, "prune-filters: the option 'part' must be from 0 to 99");
  return coco_visit_layers(pass, root, visit, NULL);
}

const coco_pass_definition coco_pass_prune_filters = {
    .name = "prune-filters",
    .documentation =
        "Put zeros into the weakest filters, and into the weights that read them; accuracy falls without training.",
    .anchor = "builtin.module",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
