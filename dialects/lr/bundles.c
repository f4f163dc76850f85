/* Sparse matrices in bundles (pointwise.h): made from FKW, made dense again.
 *
 * Which filters stand together decides how many zeros fill lists up. Filters that share lists stand together in all
 * groups; strands of like length do, in each group anew, so that with lists of some tens of channels a few in a hundred
 * steps are in vain. Filters with lists of their own stand in pairs, in each group anew: even when they choose channels
 * at random, of 64 to 1024 filters and 64 channels two can be found that have half of their channels in common. Cost:
 * the kernels times the groups of channels, and sorting; pairs take the square of the filters for each group. */
#include <stdlib.h>
#include <string.h>

#include "dialects/lr/pointwise.h"
#include "ir/base/hash.h"

/* Channels of a group: as many vectors as leave the first cache room for the rest, at seven of each channel, or as few
 * as an image has; lists that are shared are read so seldom that they may come from the second. Fitted to the 1x1
 * layers of ResNet-50. */
enum { OWN_VECTORS = 512, BLOCK_VECTORS = 7, SHARED_SPAN = 128, VECTOR_PIXELS = 16 };
enum { WORD_BITS = 64 };

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
 * strand and adds them for each filter; lists of one's own, in pairs, reach about 0.6 of the rate of multiply-adds,
 * those of two 0.75, of four 0.95 (256 to 64 channels). */
static coco_status choose_share(const sparse_rows *rows, coco_arena *arena, ranked **out_order, uint32_t *out_share) {
  static const struct {
    uint32_t share;
    double each;
  } shares[] = {{1, 1 / 0.6}, {2, 2 / 0.75}, {4, 4 / 0.95}};
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
  uint64_t *kept;      /* of pairs: by filter, the group's channels as `words` words of bits */
  uint32_t words;
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

/* As many more steps, without weights. Filling up reads the group's first channel. */
static void add_steps(const building *build, uint32_t steps) {
  coco_lr_bundles *made = build->made;
  const size_t begin = (size_t)made->steps * made->strands;
  made->steps += steps;
  for (size_t i = begin; i < (size_t)made->steps * made->strands; ++i) made->index[i] = build->begin;
}

/* The group from channel BEGIN to END, of one phase. */
static void put_strands(building *build, uint32_t group) {
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
    add_steps(build, steps);
    for (uint32_t s = first; s < last && s < build->strands; ++s) put_strand(build, s, begin);
  }
}

/* ---- Pairs ---- */

static const uint64_t *kept_by(const building *build, uint32_t filter) {
  return build->kept + (size_t)filter * build->words;
}

static uint32_t common_channels(const building *build, uint32_t a, uint32_t b) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < build->words; ++i)
    count += (uint32_t)__builtin_popcountll(kept_by(build, a)[i] & kept_by(build, b)[i]);
  return count;
}

static bool keeps(const building *build, uint32_t filter, uint32_t channel) {
  const uint32_t bit = channel - build->begin;
  return kept_by(build, filter)[bit / WORD_BITS] >> bit % WORD_BITS & 1;
}

/* Filters by how many of the group's channels they keep, the most first. */
static void rank_filters(const building *build) {
  const sparse_rows *rows = build->rows;
  memset(build->kept, 0, (size_t)rows->filters * build->words * sizeof *build->kept);
  for (uint32_t f = 0; f < rows->filters; ++f) {
    uint32_t count = 0;
    for (uint32_t k = rows->first[f]; k < rows->first[f + 1]; ++k) {
      const uint32_t bit = rows->channel[k] - build->begin;
      if (rows->channel[k] < build->begin || rows->channel[k] >= build->end) continue;
      build->kept[(size_t)f * build->words + bit / WORD_BITS] |= UINT64_C(1) << bit % WORD_BITS;
      ++count;
    }
    build->by_length[f] = (ranked){.key = build->end - build->begin - count, .number = f};
  }
  qsort(build->by_length, rows->filters, sizeof *build->by_length, compare);
}

static uint32_t length_of(const building *build, uint32_t place) {
  const uint32_t filter = build->by_length[place].number;
  return common_channels(build, filter, filter);
}

/* Behind PLACE, the filter that makes the best pair with the one there: a channel in common saves loads, half of what a
 * step costs in which one of both has nothing to do. */
static uint32_t partner_of(const building *build, uint32_t place) {
  enum { LONGER = 2 };
  const uint32_t length = length_of(build, place);
  int64_t most = INT64_MIN;
  uint32_t best = place;
  for (uint32_t other = place + 1; other < build->rows->filters; ++other) {
    const int64_t lacks = length - length_of(build, other);
    if (length_of(build, other) - LONGER * lacks < most) break; /* and so do all behind it */
    const int64_t gain =
        common_channels(build, build->by_length[place].number, build->by_length[other].number) - LONGER * lacks;
    if (gain <= most) continue;
    most = gain;
    best = other;
  }
  return best;
}

/* Pairs of filters side by side, the longest first, those of like lengths by what they have in common. A filter that is
 * left alone stays the last. */
static void order_pairs(const building *build) {
  ranked *filters = build->by_length;
  rank_filters(build);
  for (uint32_t place = 0; place + 1 < build->rows->filters; place += 2) {
    const uint32_t other = partner_of(build, place);
    const ranked partner = filters[other];
    memmove(&filters[place + 2], &filters[place + 1], (other - place - 1) * sizeof *filters);
    filters[place + 1] = partner;
    filters[place].key = filters[place].key << 32 | common_channels(build, filters[place].number, partner.number);
  }
  qsort(filters, build->rows->filters / 2, 2 * sizeof *filters, compare);
}

static void put_kernel(const building *build, uint32_t step, uint32_t column, uint32_t channel, float weight) {
  coco_lr_bundles *made = build->made;
  made->index[(size_t)step * made->strands + column] = channel;
  made->weights[(size_t)step * made->strands + column] = weight;
}

/* The pair at PLACE, or a filter alone (COUNT 1): SHARED channels that all keep from step BEGIN on, then those of each
 * by itself. */
static void put_pair(const building *build, uint32_t place, uint32_t count, uint32_t shared, uint32_t begin) {
  const sparse_rows *rows = build->rows;
  const uint32_t column = place % build->made->strands;
  uint32_t taken = 0;
  for (uint32_t c = build->begin; c < build->end && taken < shared; ++c) {
    if (!keeps(build, build->by_length[place].number, c)) continue;
    if (count > 1 && !keeps(build, build->by_length[place + 1].number, c)) continue;
    if (count == 1) put_kernel(build, begin + taken, column + 1, c, 0);
    build->slot[c] = ++taken;
  }
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t filter = build->by_length[place + i].number;
    uint32_t own = begin + shared;
    for (uint32_t k = rows->first[filter]; k < rows->first[filter + 1]; ++k) {
      const uint32_t channel = rows->channel[k];
      if (channel < build->begin || channel >= build->end) continue;
      const uint32_t slot = build->slot[channel], step = slot ? begin + slot - 1 : own++;
      put_kernel(build, step, column + i, channel, rows->weight[k]);
    }
  }
  memset(build->slot + build->begin, 0, (build->end - build->begin) * sizeof *build->slot);
}

/* The bundle of COUNT filters from place FIRST on: as many steps in pairs as all of its pairs have. */
static void put_paired_bundle(building *build, uint32_t first, uint32_t count, uint32_t *offset) {
  coco_lr_bundles *made = build->made;
  uint32_t shared = UINT32_MAX, steps = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t length = length_of(build, first + i);
    const uint32_t common = i + 1 == count ? length
                                           : common_channels(build, build->by_length[first + i].number,
                                                             build->by_length[first + i + 1].number);
    if (i % 2 == 0 && common < shared) shared = common;
    if (length > steps) steps = length;
  }
  offset[0] = made->steps;
  offset[1] = made->steps + shared;
  add_steps(build, steps);
  for (uint32_t i = 0; i < count; i += 2)
    put_pair(build, first + i, count - i < 2 ? 1 : 2, shared, offset[0]);
}

/* The group from channel BEGIN to END, of two phases. */
static void put_pairs(building *build, uint32_t group) {
  coco_lr_bundles *made = build->made;
  const uint32_t bundles = coco_lr_bundle_count(made), filters = build->rows->filters;
  order_pairs(build);
  for (uint32_t place = 0; place < filters; ++place)
    made->order[(size_t)group * filters + place] = build->by_length[place].number;
  for (uint32_t b = 0; b < bundles; ++b) {
    const uint32_t first = b * made->strands, left = filters - first;
    put_paired_bundle(build, first, left < made->strands ? left : made->strands,
                      made->offset + 2 * ((size_t)group * bundles + b));
  }
}

/* ---- All ---- */

/* STEPS: at least as many as there will be. A bundle has as many as its longest list, so all have no more than there
 * are kernels. */
static coco_status allocate(building *build, size_t steps, coco_arena *arena) {
  coco_lr_bundles *made = build->made;
  const size_t bundles = coco_lr_bundle_count(made), channels = build->rows->channels;
  made->order = coco_arena_allocate(arena, (size_t)made->groups * made->filters * sizeof *made->order);
  made->offset = coco_arena_allocate_zeroed(arena, made->groups * bundles * made->phases + 1, sizeof *made->offset);
  made->index = coco_arena_allocate(arena, (steps * made->strands + 1) * sizeof *made->index);
  made->weights = coco_arena_allocate_zeroed(arena, steps * coco_lr_bundle_filters(made) + 1, sizeof *made->weights);
  build->slot = coco_arena_allocate_zeroed(arena, channels, sizeof *build->slot);
  build->list = coco_arena_allocate(arena, channels * sizeof *build->list);
  build->by_length = coco_arena_allocate(arena, build->strands * sizeof *build->by_length);
  build->kept = coco_arena_allocate(arena, ((size_t)made->filters * build->words + 1) * sizeof *build->kept);
  const bool all = made->order && made->offset && made->index && made->weights && build->slot && build->list &&
                   build->by_length && build->kept;
  return all ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* Channels of a group, whose filters share lists or not. */
static uint32_t span_of(uint32_t share, int64_t pixels) {
  const int64_t vectors = pixels > 0 && pixels < BLOCK_VECTORS * VECTOR_PIXELS ? (pixels - 1) / VECTOR_PIXELS + 1
                                                                               : BLOCK_VECTORS;
  return share > 1 ? SHARED_SPAN : (uint32_t)(OWN_VECTORS / vectors);
}

coco_status coco_lr_bundles_from_fkw(const coco_fkw *fkw, int64_t pixels, coco_arena *arena, coco_lr_bundles *out) {
  sparse_rows rows;
  ranked *order = NULL;
  uint32_t share = 1;
  COCO_TRY(read_rows(fkw, arena, &rows));
  COCO_TRY(choose_share(&rows, arena, &order, &share));
  const uint32_t span = span_of(share, pixels);
  *out = (coco_lr_bundles){.filters = rows.filters,
                           .channels = rows.channels,
                           .groups = (rows.channels - 1) / span + 1,
                           .strands = COCO_BUNDLE_FILTERS / share,
                           .share = share,
                           .phases = share > 1 ? 1 : 2};
  building build = {.rows = &rows,
                    .order = order,
                    .strands = (rows.filters - 1) / share + 1,
                    .words = span / WORD_BITS + 1,
                    .made = out};
  COCO_TRY(allocate(&build, fkw->kernels, arena));
  for (uint32_t g = 0; g < out->groups; ++g) {
    build.begin = (uint32_t)((uint64_t)g * rows.channels / out->groups);
    build.end = (uint32_t)((uint64_t)(g + 1) * rows.channels / out->groups);
    if (share > 1)
      put_strands(&build, g);
    else
      put_pairs(&build, g);
  }
  out->offset[out->groups * coco_lr_bundle_count(out) * out->phases] = out->steps;
  return COCO_OK;
}

void coco_lr_bundles_to_dense(const coco_lr_bundles *bundles, float *dense) {
  const uint32_t width = coco_lr_bundle_filters(bundles), count = coco_lr_bundle_count(bundles);
  memset(dense, 0, (size_t)bundles->filters * bundles->channels * sizeof *dense);
  for (uint32_t row = 0; row < bundles->groups * count; ++row)
    for (uint32_t step = coco_lr_bundle_begin(bundles, row); step < coco_lr_bundle_begin(bundles, row + 1); ++step)
      for (uint32_t i = 0; i < width && row % count * width + i < bundles->filters; ++i) {
        const uint32_t filter = bundles->order[row / count * bundles->filters + row % count * width + i];
        const uint32_t channel = bundles->index[(size_t)step * bundles->strands + i / bundles->share];
        dense[(size_t)filter * bundles->channels + channel] += bundles->weights[(size_t)step * width + i];
      }
}
