/* Sparse matrices in bundles (pointwise.h): made from FKW, made dense again.
 *
 * Which filters stand together decides how many zeros fill lists up. Filters that share lists stand together in all
 * groups; strands of like length do, in each group anew, so that with lists of some tens of channels a few in a hundred
 * steps are in vain. Cost: the kernels times the groups of channels, and sorting. */
#include <stdlib.h>
#include <string.h>

#include "dialects/lr/pointwise.h"
#include "ir/base/hash.h"

/* Channels of a group: as many as leave the first cache room for the rest, at six or seven vectors each; lists that are
 * shared are read so seldom that they may come from the second. Fitted to 256 to 64 channels of 56 x 56. */
enum { OWN_SPAN = 64, SHARED_SPAN = 128 };

/* A filter, or several that share a list: a key to sort by, and its number. */
typedef struct ranked {
  uint64_t key;
  uint32_t number;
} ranked;

/* The matrix by filters: filter f has channels[first[f]], ... */
typedef struct sparse_rows {
  uint32_t filters, channels;
  uint32_t *first, *channel;
  float *weight;
} sparse_rows;

static int compare(const void *left, const void *right) {
  const ranked *a = left, *b = right;
  if (a->key != b->key) return a->key < b->key ? -1 : 1;
  return a->number < b->number ? -1 : a->number > b->number;
}

/* ---- Reading ---- */

static coco_status read_rows(const coco_fkw *fkw, coco_arena *arena, sparse_rows *out) {
  const coco_fkw_shape *shape = &fkw->shape;
  const size_t rows = (size_t)coco_fkw_channel_groups(shape) * shape->filters;
  *out = (sparse_rows){.filters = shape->filters, .channels = shape->channels * shape->group};
  out->first = coco_arena_allocate_zeroed(arena, (size_t)shape->filters + 2, sizeof *out->first);
  out->channel = coco_arena_allocate(arena, ((size_t)fkw->kernels + 1) * sizeof *out->channel);
  out->weight = coco_arena_allocate(arena, ((size_t)fkw->kernels + 1) * sizeof *out->weight);
  if (!out->first || !out->channel || !out->weight) return COCO_OUT_OF_MEMORY;
  uint32_t *next = out->first + 1; /* while filling: of filter f, where its next channel goes */
  for (size_t row = 0; row < rows; ++row)
    next[fkw->reorder[row % shape->filters] + 1] += fkw->offset[row + 1] - fkw->offset[row];
  for (uint32_t f = 0; f < shape->filters; ++f) next[f + 1] += next[f];
  for (size_t row = 0; row < rows; ++row) {
    const uint32_t filter = fkw->reorder[row % shape->filters];
    const uint32_t before = filter / (shape->filters / shape->group) * shape->channels;
    for (uint32_t k = fkw->offset[row]; k < fkw->offset[row + 1]; ++k) {
      out->channel[next[filter]] = before + fkw->index[k];
      out->weight[next[filter]++] = fkw->weights[k];
    }
  }
  return COCO_OK;
}

/* ---- Which filters share a list ---- */

/* The lengths of the lists of each SHARE filters of ORDER, in sum. SEEN: by channel, all below *turn. */
static size_t joint_length(const sparse_rows *rows, const ranked *order, uint32_t share, uint32_t *seen,
                           uint32_t *turn) {
  size_t length = 0;
  for (uint32_t place = 0; place < rows->filters; ++place) {
    const uint32_t filter = order[place].number;
    if (place % share == 0) ++*turn;
    for (uint32_t k = rows->first[filter]; k < rows->first[filter + 1]; ++k) {
      length += seen[rows->channel[k]] != *turn;
      seen[rows->channel[k]] = *turn;
    }
  }
  return length;
}

static uint64_t hash_channels(const sparse_rows *rows, uint32_t filter) {
  const uint32_t first = rows->first[filter];
  return coco_hash_bytes(rows->channel + first, (rows->first[filter + 1] - first) * sizeof *rows->channel, 0);
}

/* The order of filters and how many share a list, such that a model takes least: a step loads some vectors for each
 * strand and adds them for each filter; lists of one's own reach about 0.55 of the rate of multiply-adds, those of two
 * 0.75, of four 0.95 (256 to 64 channels). */
static coco_status choose_share(const sparse_rows *rows, coco_arena *arena, ranked **out_order, uint32_t *out_share) {
  static const struct {
    uint32_t share;
    double each;
  } shares[] = {{1, 1 / 0.55}, {2, 2 / 0.75}, {4, 4 / 0.95}};
  ranked *orders[2]; /* as they come; equal ones side by side */
  uint32_t *seen = coco_arena_allocate_zeroed(arena, rows->channels, sizeof *seen), turn = 0;
  double least = 0;
  for (size_t i = 0; i < 2; ++i) {
    orders[i] = coco_arena_allocate(arena, rows->filters * sizeof *orders[i]);
    if (!orders[i] || !seen) return COCO_OUT_OF_MEMORY;
    for (uint32_t f = 0; f < rows->filters; ++f)
      orders[i][f] = (ranked){.key = i ? hash_channels(rows, f) : 0, .number = f};
    qsort(orders[i], rows->filters, sizeof *orders[i], compare);
    for (size_t k = 0; k < sizeof shares / sizeof *shares; ++k) {
      const double cost = (double)joint_length(rows, orders[i], shares[k].share, seen, &turn) * shares[k].each;
      if ((i || k) && cost >= least) continue;
      least = cost;
      *out_order = orders[i];
      *out_share = shares[k].share;
    }
  }
  return COCO_OK;
}

/* ---- Building ---- */

typedef struct building {
  const sparse_rows *rows;
  const ranked *order; /* of filters: each `share` are a strand */
  uint32_t begin, end; /* channels of the group at hand */
  uint32_t strands;    /* in all */
  uint32_t *slot;      /* by channel: 1 + its place in the list being made; 0: it is not there */
  uint32_t *list;      /* as many as there are channels */
  ranked *by_length;   /* strands */
  coco_lr_bundles *made;
} building;

static uint32_t filters_of(const building *build, uint32_t strand) {
  const uint32_t share = build->made->share, left = build->rows->filters - strand * share;
  return left < share ? left : share;
}

/* The channels of a strand that are in the group, each once; the caller clears the slots. */
static uint32_t list_channels(const building *build, uint32_t strand) {
  const sparse_rows *rows = build->rows;
  uint32_t count = 0;
  for (uint32_t i = 0; i < filters_of(build, strand); ++i) {
    const uint32_t filter = build->order[strand * build->made->share + i].number;
    for (uint32_t k = rows->first[filter]; k < rows->first[filter + 1]; ++k) {
      const uint32_t channel = rows->channel[k];
      if (channel < build->begin || channel >= build->end || build->slot[channel]) continue;
      build->list[count++] = channel;
      build->slot[channel] = count;
    }
  }
  return count;
}

static void clear_slots(const building *build, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) build->slot[build->list[i]] = 0;
}

/* Strands by their lengths in the group; one with fewer filters than the others stays the last. */
static void sort_strands(const building *build) {
  const uint32_t whole = build->rows->filters / build->made->share;
  for (uint32_t s = 0; s < build->strands; ++s) {
    const uint32_t length = list_channels(build, s);
    clear_slots(build, length);
    build->by_length[s] = (ranked){.key = length, .number = s};
  }
  qsort(build->by_length, whole, sizeof *build->by_length, compare);
}

/* Strand number PLACE of the group, in its steps from FIRST on. */
static void put_strand(const building *build, uint32_t place, uint32_t first) {
  const sparse_rows *rows = build->rows;
  coco_lr_bundles *made = build->made;
  const uint32_t strand = build->by_length[place].number, width = coco_lr_bundle_filters(made);
  const uint32_t column = place % made->strands, count = list_channels(build, strand);
  for (uint32_t i = 0; i < count; ++i) made->index[(size_t)(first + i) * made->strands + column] = build->list[i];
  for (uint32_t i = 0; i < filters_of(build, strand); ++i) {
    const uint32_t filter = build->order[strand * made->share + i].number;
    for (uint32_t k = rows->first[filter]; k < rows->first[filter + 1]; ++k) {
      const uint32_t slot = build->slot[rows->channel[k]];
      if (slot) made->weights[(size_t)(first + slot - 1) * width + column * made->share + i] = rows->weight[k];
    }
  }
  clear_slots(build, count);
}

/* The group from channel BEGIN to END. Filling up reads the group's first channel. */
static void put_group(building *build, uint32_t group) {
  coco_lr_bundles *made = build->made;
  const uint32_t bundles = coco_lr_bundle_count(made);
  sort_strands(build);
  for (uint32_t place = 0; place < build->rows->filters; ++place) {
    const uint32_t strand = build->by_length[place / made->share].number;
    made->order[(size_t)group * made->filters + place] =
        build->order[strand * made->share + place % made->share].number;
  }
  for (uint32_t b = 0; b < bundles; ++b) {
    const uint32_t first = b * made->strands, last = first + made->strands, begin = made->steps;
    uint32_t steps = 0;
    for (uint32_t s = first; s < last && s < build->strands; ++s)
      if (build->by_length[s].key > steps) steps = (uint32_t)build->by_length[s].key;
    made->offset[(size_t)group * bundles + b] = begin;
    made->steps += steps;
    for (size_t i = (size_t)begin * made->strands; i < (size_t)made->steps * made->strands; ++i)
      made->index[i] = build->begin;
    for (uint32_t s = first; s < last && s < build->strands; ++s) put_strand(build, s, begin);
  }
  made->offset[(size_t)(group + 1) * bundles] = made->steps;
}

/* STEPS: at least as many as there will be. A bundle has as many as its longest list, so all have no more than there
 * are kernels. */
static coco_status allocate(building *build, size_t steps, coco_arena *arena) {
  coco_lr_bundles *made = build->made;
  const size_t bundles = coco_lr_bundle_count(made), channels = build->rows->channels;
  made->order = coco_arena_allocate(arena, (size_t)made->groups * made->filters * sizeof *made->order);
  made->offset = coco_arena_allocate_zeroed(arena, made->groups * bundles + 1, sizeof *made->offset);
  made->index = coco_arena_allocate(arena, (steps * made->strands + 1) * sizeof *made->index);
  made->weights = coco_arena_allocate_zeroed(arena, steps * coco_lr_bundle_filters(made) + 1, sizeof *made->weights);
  build->slot = coco_arena_allocate_zeroed(arena, channels, sizeof *build->slot);
  build->list = coco_arena_allocate(arena, channels * sizeof *build->list);
  build->by_length = coco_arena_allocate(arena, build->strands * sizeof *build->by_length);
  const bool all =
      made->order && made->offset && made->index && made->weights && build->slot && build->list && build->by_length;
  return all ? COCO_OK : COCO_OUT_OF_MEMORY;
}

coco_status coco_lr_bundles_from_fkw(const coco_fkw *fkw, coco_arena *arena, coco_lr_bundles *out) {
  sparse_rows rows;
  ranked *order = NULL;
  uint32_t share = 1;
  COCO_TRY(read_rows(fkw, arena, &rows));
  COCO_TRY(choose_share(&rows, arena, &order, &share));
  const uint32_t span = share > 1 ? SHARED_SPAN : OWN_SPAN;
  *out = (coco_lr_bundles){.filters = rows.filters,
                           .channels = rows.channels,
                           .groups = (rows.channels - 1) / span + 1,
                           .strands = COCO_BUNDLE_FILTERS / share,
                           .share = share};
  building build = {.rows = &rows, .order = order, .strands = (rows.filters - 1) / share + 1, .made = out};
  COCO_TRY(allocate(&build, fkw->kernels, arena));
  for (uint32_t g = 0; g < out->groups; ++g) {
    build.begin = (uint32_t)((uint64_t)g * rows.channels / out->groups);
    build.end = (uint32_t)((uint64_t)(g + 1) * rows.channels / out->groups);
    put_group(&build, g);
  }
  return COCO_OK;
}

void coco_lr_bundles_to_dense(const coco_lr_bundles *bundles, float *dense) {
  const uint32_t width = coco_lr_bundle_filters(bundles), count = coco_lr_bundle_count(bundles);
  memset(dense, 0, (size_t)bundles->filters * bundles->channels * sizeof *dense);
  for (uint32_t row = 0; row < bundles->groups * count; ++row)
    for (uint32_t step = bundles->offset[row]; step < bundles->offset[row + 1]; ++step)
      for (uint32_t i = 0; i < width && row % count * width + i < bundles->filters; ++i) {
        const uint32_t filter = bundles->order[row / count * bundles->filters + row % count * width + i];
        const uint32_t channel = bundles->index[(size_t)step * bundles->strands + i / bundles->share];
        dense[(size_t)filter * bundles->channels + channel] += bundles->weights[(size_t)step * width + i];
      }
}
