/* Orders of filters for threads, for caches and for the prediction of branches.
 *
 * A filter of a group of channels reads a few of them, and the first cache holds few: of 32 channels of 45 vectors, 16.
 * Where the next filter is always the one that reads most of what is there, half of the reads that miss the first cache
 * hit it. Ends of runs are branches that a processor foretells where filters with runs of the same lengths stand
 * together. Ranges of filters, each of which one thread takes, have as many kernels as each other, as far as whole filters
 * can. Cost: kernels times CANDIDATES, and filters times ranges. */
#include <stdlib.h>
#include <string.h>

#include "dialects/pattern/fkw.h"

enum { NEAR_CHANNELS = 14, CANDIDATES = 128 };
enum { NEAR_GAIN = 4, FAR_LOSS = 2, RUN_LOSS = 2 }; /* a kernel of a channel that is near, that is not; a run */

/* What was read last, latest first. */
typedef struct nearness {
  uint32_t channels[NEAR_CHANNELS], count;
  uint8_t *is_near; /* by channel of the group */
} nearness;

static void touch(nearness *near, uint32_t channel) {
  uint32_t at = 0;
  while (at < near->count && near->channels[at] != channel) ++at;
  if (at == near->count && near->count < NEAR_CHANNELS) ++near->count;
  if (at == NEAR_CHANNELS) near->is_near[near->channels[--at]] = 0;
  memmove(near->channels + 1, near->channels, at * sizeof *near->channels);
  near->channels[0] = channel;
  near->is_near[channel] = 1;
}

typedef struct ordering {
  const coco_fkw *fkw;
  bool shared;
  nearness near;
} ordering;

/* The channel of kernel K of ROW, counted from the group's first. */
static uint32_t channel_of(const ordering *of, size_t row, uint32_t k) {
  const coco_fkw_shape *shape = &of->fkw->shape;
  if (of->shared) return of->fkw->index[k] % coco_fkw_shift_stride(shape->span);
  return of->fkw->index[k] - (uint32_t)(row / shape->filters) * shape->span;
}

/* How well ROW follows on what is near and on the row FORMER. */
static int64_t worth_of(const ordering *of, size_t row, size_t former) {
  const coco_fkw *fkw = of->fkw;
  const size_t width = fkw->shape.set.count + 1;
  const uint32_t *runs = fkw->runs + row * width, *others = fkw->runs + former * width;
  int64_t worth = 0;
  for (uint32_t k = fkw->offset[row]; k < fkw->offset[row + 1]; ++k)
    worth += of->near.is_near[channel_of(of, row, k)] ? NEAR_GAIN : -FAR_LOSS;
  for (size_t p = 0; p + 1 < width; ++p) {
    const int64_t more = (int64_t)(runs[p + 1] - runs[p]) - (int64_t)(others[p + 1] - others[p]);
    if (more) worth -= RUN_LOSS * (1 + (more < 0 ? -more : more));
  }
  return worth;
}

/* Puts COUNT rows in order: after each the best of the next ones. */
static void order_rows(ordering *of, size_t *rows, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    size_t best = i;
    int64_t most = INT64_MIN;
    for (size_t c = i; i > 0 && c < count && c < i + CANDIDATES; ++c) {
      const int64_t worth = worth_of(of, rows[c], rows[i - 1]);
      if (worth <= most) continue;
      most = worth;
      best = c;
    }
    const size_t next = rows[best];
    memmove(rows + i + 1, rows + i, (best - i) * sizeof *rows);
    rows[i] = next;
    for (uint32_t k = of->fkw->offset[next]; k < of->fkw->offset[next + 1]; ++k)
      touch(&of->near, channel_of(of, next, k));
  }
}

static void copy_row(const coco_fkw *fkw, size_t from, coco_fkw *out, size_t to) {
  const size_t width = fkw->shape.set.count + 1, entries = fkw->shape.set.entries;
  const uint32_t first = fkw->offset[from], count = fkw->offset[from + 1] - first, place = out->offset[to];
  memcpy(out->runs + to * width, fkw->runs + from * width, width * sizeof *out->runs);
  memcpy(out->index + place, fkw->index + first, count * sizeof *out->index);
  memcpy(out->weights + place * entries, fkw->weights + first * entries, count * entries * sizeof *out->weights);
  out->reorder[to] = coco_fkw_filter(fkw, from);
  out->offset[to + 1] = place + count;
}

static coco_status allocate(const coco_fkw *fkw, coco_arena *arena, coco_fkw *out) {
  const size_t rows = (size_t)coco_fkw_channel_groups(&fkw->shape) * fkw->shape.filters;
  *out = (coco_fkw){.shape = fkw->shape, .kernels = fkw->kernels, .own_orders = true};
  out->offset = coco_arena_allocate_zeroed(arena, rows + 1, sizeof *out->offset);
  out->reorder = coco_arena_allocate_zeroed(arena, rows + 1, sizeof *out->reorder);
  out->index = coco_arena_allocate_zeroed(arena, (size_t)fkw->kernels + 1, sizeof *out->index);
  out->runs = coco_arena_allocate_zeroed(arena, rows * (fkw->shape.set.count + 1) + 1, sizeof *out->runs);
  out->weights =
      coco_arena_allocate_zeroed(arena, (size_t)fkw->kernels * fkw->shape.set.entries + 1, sizeof *out->weights);
  return out->offset && out->reorder && out->index && out->runs && out->weights ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* ---- Ranges ---- */

typedef struct weighed {
  uint32_t kernels, place;
} weighed;

static int compare_weighed(const void *left, const void *right) {
  const weighed *a = left, *b = right;
  if (a->kernels != b->kernels) return a->kernels < b->kernels ? 1 : -1;
  return a->place < b->place ? -1 : a->place > b->place;
}

/* The range that has the fewest KERNELS so far of those with ROOM. */
static size_t lightest(const uint64_t *kernels, const size_t *room, size_t ranges) {
  size_t best = ranges;
  for (size_t r = 0; r < ranges; ++r)
    if (room[r] && (best == ranges || kernels[r] < kernels[best])) best = r;
  return best;
}

/* Whether no range of neighbours has more than its part of the kernels by so much that a thread would be waited for long.
 * Neighbours are alike, which is worth something: of 512 filters at 14x14 with free masks, whose quarters differ a
 * little, dealt ones take 1.17 times as long. */
static bool are_even(const weighed *filters, size_t count, size_t ranges, size_t share) {
  enum { PERCENT = 25 };
  uint64_t all = 0, most = 0, own = 0;
  for (size_t i = 0; i < count; ++i) {
    own = (i % share ? own : 0) + filters[i].kernels;
    all += filters[i].kernels;
    if (own > most) most = own;
  }
  return most * ranges * 100 <= all * (100 + PERCENT);
}

/* Places of filters in the order of ranges: neighbours where those are even; else dealt out the heaviest first, each to
 * the lightest range, where they stay in the order that they had. */
static coco_status deal(const coco_fkw *fkw, size_t ranges, size_t share, coco_arena *arena, uint32_t **out) {
  const size_t filters = fkw->shape.filters, groups = coco_fkw_channel_groups(&fkw->shape);
  weighed *all = coco_arena_allocate_zeroed(arena, filters, sizeof *all);
  uint64_t *kernels = coco_arena_allocate_zeroed(arena, ranges, sizeof *kernels);
  size_t *room = coco_arena_allocate_zeroed(arena, ranges, sizeof *room), count = 0;
  uint32_t *range_of = coco_arena_allocate_zeroed(arena, filters, sizeof *range_of),
           *dealt = coco_arena_allocate_zeroed(arena, filters, sizeof *dealt);
  if (!all || !kernels || !room || !range_of || !dealt) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < filters; ++i) {
    all[i].place = (uint32_t)i;
    for (size_t row = i; row < groups * filters; row += filters)
      all[i].kernels += fkw->offset[row + 1] - fkw->offset[row];
    ++room[i / share];
  }
  const bool even = are_even(all, filters, ranges, share);
  if (!even) qsort(all, filters, sizeof *all, compare_weighed);
  for (size_t i = 0; i < filters; ++i) {
    const size_t to = even ? i / share : lightest(kernels, room, ranges);
    kernels[to] += all[i].kernels;
    --room[to];
    range_of[all[i].place] = (uint32_t)to;
  }
  for (size_t r = 0; r < ranges; ++r)
    for (size_t i = 0; i < filters; ++i)
      if (range_of[i] == r) dealt[count++] = (uint32_t)i;
  *out = dealt;
  return COCO_OK;
}

/* ---- All ---- */

coco_status coco_fkw_localize(const coco_fkw *fkw, bool shared, uint32_t ranges, coco_arena *arena, coco_fkw *out) {
  const size_t filters = fkw->shape.filters, share = (filters + ranges - 1) / ranges,
               groups = coco_fkw_channel_groups(&fkw->shape);
  ordering of = {.fkw = fkw, .shared = shared};
  size_t *rows = coco_arena_allocate_zeroed(arena, filters, sizeof *rows);
  of.near.is_near = coco_arena_allocate_zeroed(arena, coco_fkw_shift_stride(fkw->shape.span), 1);
  uint32_t *dealt;
  if (!rows || !of.near.is_near) return COCO_OUT_OF_MEMORY;
  COCO_TRY(deal(fkw, ranges, share, arena, &dealt));
  COCO_TRY(allocate(fkw, arena, out));
  for (size_t g = 0; g < groups; ++g) {
    for (size_t i = 0; i < filters; ++i) rows[i] = g * filters + dealt[i];
    while (of.near.count > 0) of.near.is_near[of.near.channels[--of.near.count]] = 0;
    for (size_t from = 0; from < filters; from += share)
      order_rows(&of, rows + from, share < filters - from ? share : filters - from);
    for (size_t i = 0; i < filters; ++i) copy_row(fkw, rows[i], out, g * filters + i);
  }
  return COCO_OK;
}

coco_status coco_fkw_keeps_ranges(const coco_fkw *fkw, uint32_t ranges, coco_arena *scratch, bool *out_kept) {
  const size_t filters = fkw->shape.filters, share = (filters + ranges - 1) / ranges;
  size_t *range_of = coco_arena_allocate_zeroed(scratch, filters, sizeof *range_of);
  if (!range_of) return COCO_OUT_OF_MEMORY;
  *out_kept = true;
  for (size_t i = 0; i < coco_fkw_reorder_length(fkw); ++i) {
    const uint32_t filter = fkw->reorder[i];
    if (filter < filters && i < filters) range_of[filter] = i / share;
    *out_kept = *out_kept && filter < filters && range_of[filter] == i % filters / share;
  }
  return COCO_OK;
}
