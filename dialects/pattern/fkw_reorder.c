/* FKR: filters of equal length together, alike ones side by side, so that neighbours do the same work in the same
 * order.
 *
 * Lists of kernels are compared in the order in which they are computed: by channel group, pattern, channel. Within one
 * length the chain is greedy, and looks at the next COCO_FKW_NEIGHBOURS filters only, so that a network with very many
 * cannot take forever. Cost: linear, and for each filter the channels of so many. */
#include "dialects/pattern/fkw.h"

/* A filter's kernels in the order of computing; starts[g] is the first of channel group g. */
typedef struct list {
  uint16_t *patterns;
  uint32_t *channels, *starts;
  uint32_t length;
} list;

static coco_status make_list(const coco_fkw_shape *shape, const uint16_t *choice, coco_arena *arena, list *out) {
  const uint32_t groups = coco_fkw_channel_groups(shape);
  uint32_t length = 0, at = 0;
  for (uint32_t c = 0; c < shape->channels; ++c) length += choice[c] != 0;
  *out = (list){.patterns = coco_arena_allocate_zeroed(arena, (size_t)length + 1, sizeof *out->patterns),
                .channels = coco_arena_allocate_zeroed(arena, (size_t)length + 1, sizeof *out->channels),
                .starts = coco_arena_allocate_zeroed(arena, (size_t)groups + 1, sizeof *out->starts),
                .length = length};
  if (!out->patterns || !out->channels || !out->starts) return COCO_OUT_OF_MEMORY;
  for (uint32_t g = 0; g < groups; ++g) {
    const uint32_t from = g * shape->span,
                   to = shape->channels - from < shape->span ? shape->channels : from + shape->span;
    out->starts[g] = at;
    for (uint32_t p = 1; p <= shape->set.count && length; ++p)
      for (uint32_t c = from; c < to; ++c) {
        if (choice[c] != p) continue;
        out->patterns[at] = (uint16_t)p;
        out->channels[at++] = c;
      }
  }
  out->starts[groups] = at;
  return COCO_OK;
}

/* Places, counted in each channel group, at which both lists have the same pattern. */
static uint32_t alike(const list *a, const list *b, uint32_t groups) {
  uint32_t count = 0;
  for (uint32_t g = 0; g < groups; ++g) {
    const uint32_t a_length = a->starts[g + 1] - a->starts[g], b_length = b->starts[g + 1] - b->starts[g];
    const uint32_t length = a_length < b_length ? a_length : b_length;
    const uint16_t *x = a->patterns + a->starts[g], *y = b->patterns + b->starts[g];
    for (uint32_t i = 0; i < length; ++i) count += x[i] == y[i];
  }
  return count;
}

static uint32_t common(const uint16_t *a, const uint16_t *b, uint32_t channels) {
  uint32_t count = 0;
  for (uint32_t c = 0; c < channels; ++c) count += a[c] && a[c] == b[c];
  return count;
}

/* ORDER[0 .. count) are filters of one length in ascending order; afterwards they are chained from the first. */
static void chain(const coco_fkw_shape *shape, const uint16_t *choice, const list *lists, uint32_t *order,
                  uint32_t count) {
  const uint32_t groups = coco_fkw_channel_groups(shape);
  for (uint32_t done = 1; done + 1 < count; ++done) {
    const uint32_t last = order[done - 1];
    uint32_t best = done, best_alike = 0, best_common = 0;
    for (uint32_t i = done; i < count && i - done < COCO_FKW_NEIGHBOURS; ++i) {
      const uint32_t places = alike(&lists[last], &lists[order[i]], groups);
      if (i > done && places < best_alike) continue;
      const uint32_t pairs =
          common(choice + (size_t)last * shape->channels, choice + (size_t)order[i] * shape->channels, shape->channels);
      const bool better = i == done || places > best_alike || pairs > best_common;
      if (better) best = i, best_alike = places, best_common = pairs;
    }
    const uint32_t taken = order[best];
    for (uint32_t i = best; i > done; --i) order[i] = order[i - 1]; /* the rest stays ascending */
    order[done] = taken;
  }
}

/* Filters of one convolution group, in ascending order, by length: counted, so that equal lengths keep their order. */
static coco_status by_length(const coco_fkw_shape *shape, const list *lists, bool ascending, coco_arena *arena,
                             uint32_t *order, uint32_t count) {
  uint32_t *places = coco_arena_allocate_zeroed(arena, (size_t)shape->channels + 2, sizeof *places);
  uint32_t *sorted = coco_arena_allocate_zeroed(arena, count, sizeof *sorted);
  if (!places || !sorted) return COCO_OUT_OF_MEMORY;
  const uint32_t most = shape->channels;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t length = lists[order[i]].length;
    ++places[(ascending ? length : most - length) + 1];
  }
  for (uint32_t i = 0; i < most; ++i) places[i + 1] += places[i];
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t length = lists[order[i]].length;
    sorted[places[ascending ? length : most - length]++] = order[i];
  }
  for (uint32_t i = 0; i < count; ++i) order[i] = sorted[i];
  return COCO_OK;
}

static coco_status reorder_group(const coco_fkw_shape *shape, const uint16_t *choice, const list *lists,
                                 const coco_fkw_order *by, coco_arena *arena, uint32_t *order, uint32_t count) {
  if (by->by_length) COCO_TRY(by_length(shape, lists, by->ascending, arena, order, count));
  if (!by->by_similarity) return COCO_OK;
  for (uint32_t from = 0, to; from < count; from = to) {
    for (to = from + 1; to < count && (!by->by_length || lists[order[to]].length == lists[order[from]].length);) ++to;
    chain(shape, choice, lists, order + from, to - from);
  }
  return COCO_OK;
}

coco_status coco_fkw_reorder(const coco_fkw_shape *shape, const uint16_t *choice, const coco_fkw_order *order,
                             coco_arena *arena, uint32_t **out_reorder) {
  uint32_t *reorder = *out_reorder = coco_arena_allocate_zeroed(arena, (size_t)shape->filters + 1, sizeof *reorder);
  if (!reorder) return COCO_OUT_OF_MEMORY;
  for (uint32_t f = 0; f < shape->filters; ++f) reorder[f] = f;
  if (!order->by_length && !order->by_similarity) return COCO_OK;
  list *lists = coco_arena_allocate_zeroed(arena, shape->filters, sizeof *lists);
  if (!lists) return COCO_OUT_OF_MEMORY;
  for (uint32_t f = 0; f < shape->filters; ++f)
    COCO_TRY(make_list(shape, choice + (size_t)f * shape->channels, arena, &lists[f]));
  const uint32_t count = shape->filters / shape->group;
  for (uint32_t g = 0; g < shape->group; ++g)
    COCO_TRY(reorder_group(shape, choice, lists, order, arena, reorder + g * count, count));
  return COCO_OK;
}
