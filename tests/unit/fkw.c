/* FKW: the worked example of filter reorder, round trips over random shapes, sets and densities, what checks refuse,
 * and running out of memory. */
#include "dialects/pattern/fkw.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint64_t random_state;
static coco_arena arena;

static void start(void) { arena = (coco_arena){.allocator = &coco_heap}; }
static void stop(void) { coco_arena_destroy(&arena); }
TestSuite(fkw, .init = start, .fini = stop);

static uint32_t random_below(uint32_t limit) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((random_state >> 33) % limit);
}

static const coco_fkw_order reordered = {.by_length = true, .by_similarity = true}, unordered = {0};

/* ---- The worked example: six filters of six channels; pattern numbers count from 1, 0 is no kernel ---- */

static const uint8_t example[6][6] = {{1, 0, 2, 0, 3, 1}, {0, 2, 0, 2, 0, 0}, {1, 0, 2, 0, 3, 3},
                                      {0, 0, 1, 0, 2, 0}, {2, 1, 0, 3, 0, 1}, {0, 2, 0, 2, 0, 0}};
static const uint64_t example_masks[3] = {0x1b0, 0xd8, 0x36};

static coco_fkw_shape example_shape(void) {
  return (coco_fkw_shape){.set = {example_masks, 3, 9, 4}, .filters = 6, .channels = 6, .group = 1, .span = 6};
}

/* Weight e of kernel (f, c) is 100 f + 10 c + e + 1. */
static void example_weights(float *weights) {
  memset(weights, 0, 6 * 6 * 9 * sizeof *weights);
  for (uint32_t f = 0; f < 6; ++f)
    for (uint32_t c = 0; c < 6; ++c) {
      uint32_t entry = 0;
      if (!example[f][c]) continue;
      for (uint32_t i = 0; i < 9; ++i)
        if (example_masks[example[f][c] - 1] >> i & 1)
          weights[(f * 6 + c) * 9 + i] = (float)(100 * f + 10 * c + ++entry);
    }
}

static void expect_values(const uint32_t *found, const uint32_t *expected, size_t count, const char *name) {
  for (size_t i = 0; i < count; ++i)
    cr_assert_eq(found[i], expected[i], "%s[%zu] is %u, not %u", name, i, found[i], expected[i]);
}

Test(fkw, worked_example) {
  float weights[6 * 6 * 9];
  const coco_fkw_shape shape = example_shape();
  coco_fkw fkw;
  bool fits;
  example_weights(weights);
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &reordered, &arena, &fkw, &fits), COCO_OK);
  cr_assert(fits);
  cr_assert_eq(fkw.kernels, 18);
  expect_values(fkw.reorder, (const uint32_t[]){0, 4, 2, 1, 5, 3}, 6, "reorder");
  expect_values(fkw.offset, (const uint32_t[]){0, 4, 8, 12, 14, 16, 18}, 7, "offset");
  expect_values(fkw.index, (const uint32_t[]){0, 5, 2, 4, 1, 5, 0, 3, 0, 2, 4, 5, 1, 3, 1, 3, 2, 4}, 18, "index");
  expect_values(fkw.runs, (const uint32_t[]){0, 2, 3, 4, 0, 2, 3, 4, 0, 1, 2, 4, 0, 0, 2, 2, 0, 0, 2, 2, 0, 1, 2, 2},
                24, "runs");
  /* Kernel 5 is channel 5 of filter 4. */
  for (uint32_t e = 0; e < 4; ++e) cr_assert_eq(fkw.weights[5 * 4 + e], (float)(400 + 50 + e + 1));
  cr_assert_eq(coco_fkw_structure_size(&fkw), 6 + 7 + 18 + 24);
}

Test(fkw, shortest_first) {
  float weights[6 * 6 * 9];
  const coco_fkw_shape shape = example_shape();
  coco_fkw fkw;
  bool fits;
  example_weights(weights);
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &(coco_fkw_order){true, true, true}, &arena, &fkw, &fits), COCO_OK);
  expect_values(fkw.reorder, (const uint32_t[]){1, 5, 3, 0, 4, 2}, 6, "reorder");
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &unordered, &arena, &fkw, &fits), COCO_OK);
  expect_values(fkw.reorder, (const uint32_t[]){0, 1, 2, 3, 4, 5}, 6, "reorder");
  expect_values(fkw.offset, (const uint32_t[]){0, 4, 6, 10, 12, 16, 18}, 7, "offset");
}

/* Filter 0 has the first pattern, and so has FILTER; all others have the second. Where FILTER stands in the order. */
enum { MANY = COCO_FKW_NEIGHBOURS + 100 };
static uint32_t place_of_alike(uint32_t filter) {
  static const uint64_t masks[] = {1, 2};
  static float weights[MANY][2];
  const coco_fkw_shape shape = {.set = {masks, 2, 2, 1}, .filters = MANY, .channels = 1, .group = 1, .span = 1};
  coco_fkw fkw;
  bool fits;
  for (uint32_t f = 0; f < MANY; ++f) {
    weights[f][0] = f == 0 || f == filter;
    weights[f][1] = 1 - weights[f][0];
  }
  cr_assert_eq(coco_fkw_from_dense(&shape, weights[0], &reordered, &arena, &fkw, &fits), COCO_OK);
  for (uint32_t i = 0; i < MANY; ++i)
    if (fkw.reorder[i] == filter) return i;
  return MANY;
}

Test(fkw, looks_at_so_many_neighbours) {
  cr_assert_eq(place_of_alike(COCO_FKW_NEIGHBOURS), 1);
  cr_assert_eq(place_of_alike(COCO_FKW_NEIGHBOURS + 1), MANY - 1); /* too far from the first, and unlike the rest */
}

Test(fkw, channel_groups) {
  float weights[6 * 6 * 9];
  coco_fkw_shape shape = example_shape();
  coco_fkw fkw;
  bool fits;
  shape.span = 4;
  example_weights(weights);
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &unordered, &arena, &fkw, &fits), COCO_OK);
  expect_values(fkw.offset, (const uint32_t[]){0, 2, 4, 6, 7, 10, 12, 14, 14, 16, 17, 18, 18}, 13, "offset");
  expect_values(fkw.index, (const uint32_t[]){0, 2, 1, 3, 0, 2, 2, 1, 0, 3, 1, 3, 5, 4, 4, 5, 4, 5}, 18, "index");
}

/* ---- Round trips ---- */

typedef struct sample {
  coco_fkw_shape shape;
  uint64_t masks[12];
  float *weights;
  size_t count;
} sample;

static uint64_t random_mask(uint32_t positions, uint32_t entries) {
  uint64_t mask = 0;
  while ((uint32_t)__builtin_popcountll(mask) < entries) mask |= UINT64_C(1) << random_below(positions);
  return mask;
}

static void make_set(sample *s) {
  static const uint32_t sizes[] = {1, 2, 3, 4, 9, 9, 9, 25, 49};
  const uint32_t positions = sizes[random_below(9)], wanted = 1 + random_below(12);
  const uint32_t entries = positions == 9 ? 4 : 1 + random_below(positions);
  uint32_t count = 0;
  for (uint32_t tries = 0; tries < 50 && count < wanted; ++tries) {
    const uint64_t mask = random_mask(positions, entries);
    bool known = false;
    for (uint32_t i = 0; i < count; ++i) known = known || s->masks[i] == mask;
    if (!known) s->masks[count++] = mask;
  }
  s->shape.set = (coco_fkw_set){s->masks, count, positions, entries};
}

/* Filters and channels may be empty, kept weights zero of either sign. Every kernel has a weight that is not zero. */
static void make_sample(sample *s) {
  make_set(s);
  coco_fkw_shape *shape = &s->shape;
  shape->group = 1 + random_below(3);
  shape->filters = shape->group * (1 + random_below(12));
  shape->channels = 1 + random_below(20);
  shape->span = 1 + random_below(shape->channels);
  s->count = (size_t)shape->filters * shape->channels * shape->set.positions;
  s->weights = coco_arena_allocate_zeroed(&arena, s->count, sizeof(float));
  cr_assert_not_null(s->weights);
  const uint32_t density = random_below(101), dead_filter = random_below(shape->filters),
                 dead_channel = random_below(shape->channels);
  for (uint32_t f = 0; f < shape->filters; ++f)
    for (uint32_t c = 0; c < shape->channels; ++c) {
      if (f == dead_filter || c == dead_channel || random_below(100) >= density) continue;
      float *kernel = s->weights + ((size_t)f * shape->channels + c) * shape->set.positions;
      bool first = true;
      for (uint64_t mask = s->masks[random_below(shape->set.count)]; mask; mask &= mask - 1) {
        const uint32_t kind = first ? 2 : random_below(12);
        kernel[__builtin_ctzll(mask)] = kind == 0 ? -0.0f : kind == 1 ? 0.0f : (float)(1 + random_below(1000)) / 7.0f;
        first = false;
      }
    }
}

static void expect_dense(const coco_fkw *fkw, const sample *s, const char *what) {
  const char *wrong = "not checked";
  cr_assert_eq(coco_fkw_check(fkw, &arena, &wrong), COCO_OK);
  cr_assert_null(wrong, "%s: %s", what, wrong);
  float *dense = coco_arena_allocate(&arena, s->count * sizeof *dense);
  cr_assert_not_null(dense);
  coco_fkw_to_dense(fkw, dense);
  cr_assert(memcmp(dense, s->weights, s->count * sizeof *dense) == 0, "%s: other weights", what);
}

static bool same(const coco_fkw *a, const coco_fkw *b) {
  const size_t rows = (size_t)coco_fkw_channel_groups(&a->shape) * a->shape.filters;
  return a->kernels == b->kernels && !memcmp(a->offset, b->offset, (rows + 1) * 4) &&
         !memcmp(a->reorder, b->reorder, a->shape.filters * 4) && !memcmp(a->index, b->index, a->kernels * 4) &&
         !memcmp(a->runs, b->runs, rows * (a->shape.set.count + 1) * 4) &&
         !memcmp(a->weights, b->weights, (size_t)a->kernels * a->shape.set.entries * 4);
}

Test(fkw, round_trips) {
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    sample s = {0};
    coco_fkw fkw, other, again;
    bool fits;
    random_state = seed;
    make_sample(&s);
    s.shape.set.masks = s.masks;
    const coco_fkw_order order = {random_below(2), random_below(2), random_below(2)};
    cr_assert_eq(coco_fkw_from_dense(&s.shape, s.weights, &order, &arena, &fkw, &fits), COCO_OK);
    cr_assert(fits);
    expect_dense(&fkw, &s, "from dense");
    const uint32_t span = 1 + random_below(s.shape.channels);
    cr_assert_eq(coco_fkw_rearrange(&fkw, span, NULL, &arena, &other), COCO_OK);
    expect_dense(&other, &s, "other span");
    cr_assert(!memcmp(other.reorder, fkw.reorder, s.shape.filters * 4));
    cr_assert_eq(coco_fkw_rearrange(&other, s.shape.span, NULL, &arena, &again), COCO_OK);
    cr_assert(same(&fkw, &again), "seed %llu", (unsigned long long)seed);
    cr_assert_eq(coco_fkw_rearrange(&fkw, s.shape.span, &order, &arena, &again), COCO_OK);
    cr_assert(same(&fkw, &again), "seed %llu", (unsigned long long)seed);
    coco_arena_reset(&arena);
  }
}

/* ---- Shared bodies ---- */

Test(fkw, translated_squares_share_a_body) {
  float weights[6 * 6 * 9];
  const coco_fkw_shape shape = example_shape();
  coco_fkw fkw, shared;
  coco_fkw_shifts shifts;
  bool fits;
  example_weights(weights);
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &reordered, &arena, &fkw, &fits), COCO_OK);
  cr_assert_eq(coco_fkw_share(&fkw, 3, &arena, &shared, &shifts, &fits), COCO_OK);
  cr_assert(fits);
  cr_assert_eq(shared.shape.set.count, 1);
  cr_assert_eq(shared.shape.set.masks[0], 0x1b);
  cr_assert_eq(shifts.count, 3); /* 0x1b0, 0xd8, 0x36 */
  expect_values(shifts.rows, (const uint32_t[]){1, 1, 0}, 3, "rows");
  expect_values(shifts.columns, (const uint32_t[]){1, 0, 1}, 3, "columns");
  /* Eight to a shift; filter 0 has channels 0 and 5 at the first, 2 at the second, 4 at the third. */
  expect_values(shared.index, (const uint32_t[]){0, 5, 8 + 2, 16 + 4}, 4, "index");
  expect_values(shared.runs, (const uint32_t[]){0, 4, 0, 4, 0, 4, 0, 2, 0, 2, 0, 2}, 12, "runs");
}

Test(fkw, shared_bodies_go_back) {
  uint32_t shared_ones = 0;
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    sample s = {0};
    coco_fkw fkw, shared, again;
    coco_fkw_shifts shifts;
    const char *wrong = "not checked";
    bool fits;
    random_state = seed;
    make_sample(&s);
    s.shape.set.masks = s.masks;
    const uint32_t positions = s.shape.set.positions, width = positions == 25   ? 5
                                                              : positions == 49 ? 7
                                                              : positions == 9  ? 3
                                                                                : positions;
    cr_assert_eq(coco_fkw_from_dense(&s.shape, s.weights, &reordered, &arena, &fkw, &fits), COCO_OK);
    cr_assert_eq(coco_fkw_share(&fkw, width, &arena, &shared, &shifts, &fits), COCO_OK);
    if (!fits) continue;
    shared_ones += shared.shape.set.count < s.shape.set.count;
    cr_assert_eq(coco_fkw_unshare(&shared, width, &shifts, &arena, &again, &wrong), COCO_OK);
    cr_assert_null(wrong, "seed %llu: %s", (unsigned long long)seed, wrong);
    expect_dense(&again, &s, "shared and back");
    cr_assert(!memcmp(fkw.index, again.index, fkw.kernels * 4), "seed %llu: another order", (unsigned long long)seed);
    coco_arena_reset(&arena);
  }
  cr_assert_gt(shared_ones, 100);
}

/* Masks of 3x3, in any order. */
Test(fkw, gathered_masks_share_bodies) {
  for (uint64_t seed = 0; seed < 500; ++seed) {
    sample s = {0};
    coco_fkw fkw, shared;
    coco_fkw_shifts shifts;
    uint64_t before = 0, after = 0;
    bool fits;
    random_state = seed;
    do make_sample(&s);
    while (s.shape.set.positions != 9);
    for (uint32_t i = 0; i < s.shape.set.count; ++i) before += s.masks[i] * s.masks[i];
    coco_fkw_gather(s.masks, s.shape.set.count, 3);
    for (uint32_t i = 0; i < s.shape.set.count; ++i) after += s.masks[i] * s.masks[i];
    cr_assert_eq(before, after, "seed %llu: other masks", (unsigned long long)seed);
    s.shape.set.masks = s.masks;
    cr_assert_eq(coco_fkw_from_dense(&s.shape, s.weights, &unordered, &arena, &fkw, &fits), COCO_OK);
    cr_assert_eq(coco_fkw_share(&fkw, 3, &arena, &shared, &shifts, &fits), COCO_OK);
    cr_assert(fits, "seed %llu", (unsigned long long)seed);
    coco_arena_reset(&arena);
  }
}

Test(fkw, wrong_shared_bodies) {
  float weights[6 * 6 * 9];
  const coco_fkw_shape shape = example_shape();
  const uint64_t apart[] = {0x1b0, 0x3a, 0x1b};
  coco_fkw fkw, shared, plain, bad;
  coco_fkw_shifts shifts, moved;
  const char *wrong = NULL;
  bool fits;
  example_weights(weights);
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &reordered, &arena, &fkw, &fits), COCO_OK);
  bad = fkw;
  bad.shape.set.masks = apart;
  cr_assert_eq(coco_fkw_share(&bad, 3, &arena, &shared, &shifts, &fits), COCO_OK);
  cr_expect(!fits, "translations that stand apart");
  cr_assert_eq(coco_fkw_share(&fkw, 3, &arena, &shared, &shifts, &fits), COCO_OK);
#define EXPECT_WRONG(text)                                                          \
  cr_assert_eq(coco_fkw_unshare(&bad, 3, &moved, &arena, &plain, &wrong), COCO_OK); \
  cr_expect_str_eq(wrong ? wrong : "nothing", text);                                \
  bad = shared, moved = shifts
  bad = shared, moved = shifts;
  bad.shape.set.masks = (const uint64_t[]){0x36};
  EXPECT_WRONG("masks with shifts must stand in the top left corner");
  moved.columns[0] = 2;
  EXPECT_WRONG("index moves a mask out of the kernel");
  bad.index = (uint32_t[18]){3 * 8};
  EXPECT_WRONG("index names a shift or a channel that does not exist");
  bad.index = (uint32_t[18]){6};
  EXPECT_WRONG("index names a shift or a channel that does not exist");
  bad.index = (uint32_t[18]){8, 1};
  EXPECT_WRONG("kernels of a body must stand by shift");
  bad.index = (uint32_t[18]){1, 1, 2};
  EXPECT_WRONG("index names a channel twice in one filter");
  bad.offset = (uint32_t[7]){0, 5, 4, 12, 14, 16, 18};
  EXPECT_WRONG("offset must not fall");
#undef EXPECT_WRONG
}

/* Each of 4096 masks, of a corner and three more positions, may be moved: twice as many masks as there can be. */
Test(fkw, masks_and_shifts_say_so_many_masks) {
  enum { WIDTH = 9, POSITIONS = 63 };
  static uint64_t masks[COCO_FKW_MAX_PATTERNS];
  uint32_t count = 0, offset[2] = {0}, reorder[1] = {0}, *runs;
  const char *wrong;
  coco_fkw plain;
  for (uint32_t i = 1; i < POSITIONS; ++i)
    for (uint32_t k = 1; k < i; ++k)
      for (uint32_t m = 1; m < k && count < COCO_FKW_MAX_PATTERNS; ++m)
        if (i % WIDTH != WIDTH - 1 && k % WIDTH != WIDTH - 1 && m % WIDTH != WIDTH - 1)
          masks[count++] = 1 | UINT64_C(1) << i | UINT64_C(1) << k | UINT64_C(1) << m;
  cr_assert_eq(count, COCO_FKW_MAX_PATTERNS);
  runs = coco_arena_allocate_zeroed(&arena, count + 1, sizeof *runs);
  const coco_fkw shared = {.shape = {.set = {masks, count, POSITIONS, 4}, .filters = 1, .channels = 1, .group = 1, .span = 1},
                           .offset = offset, .reorder = reorder, .runs = runs};
  cr_assert_eq(coco_fkw_unshare(&shared, WIDTH, &(coco_fkw_shifts){.count = 1}, &arena, &plain, &wrong), COCO_OK);
  cr_expect_null(wrong);
  cr_assert_eq(coco_fkw_unshare(&shared, WIDTH, &(coco_fkw_shifts){.count = 2, .columns = {0, 1}}, &arena, &plain, &wrong), COCO_OK);
  cr_expect_str_eq(wrong ? wrong : "nothing", "there are too many masks and shifts");
}

/* ---- Orders for caches ---- */

Test(fkw, orders_of_groups_keep_kernels_and_ranges) {
  uint32_t changed = 0;
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    sample s = {0};
    coco_fkw fkw, shared, local;
    coco_fkw_shifts shifts;
    const char *wrong = "not checked";
    bool fits, kept = false;
    random_state = seed;
    make_sample(&s);
    s.shape.set.masks = s.masks;
    const uint32_t ranges = 1 + random_below(s.shape.filters < 4 ? s.shape.filters : 4);
    cr_assert_eq(coco_fkw_from_dense(&s.shape, s.weights, &reordered, &arena, &fkw, &fits), COCO_OK);
    cr_assert_eq(coco_fkw_localize(&fkw, false, ranges, &arena, &local), COCO_OK);
    expect_dense(&local, &s, "localized");
    cr_assert_eq(coco_fkw_keeps_ranges(&local, ranges, &arena, &kept), COCO_OK);
    cr_expect(kept, "seed %llu", (unsigned long long)seed);
    changed += memcmp(local.reorder, fkw.reorder, s.shape.filters * 4) != 0;
    if (s.shape.set.positions != 9) continue;
    cr_assert_eq(coco_fkw_share(&fkw, 3, &arena, &shared, &shifts, &fits), COCO_OK);
    if (!fits) continue;
    cr_assert_eq(coco_fkw_localize(&shared, true, ranges, &arena, &local), COCO_OK);
    cr_assert_eq(coco_fkw_unshare(&local, 3, &shifts, &arena, &fkw, &wrong), COCO_OK);
    cr_assert_null(wrong);
    expect_dense(&fkw, &s, "shared and localized");
    coco_arena_reset(&arena);
  }
  cr_expect_gt(changed, 100);
}

/* Where half of the filters have nearly all kernels, ranges share them; where all are alike, neighbours stay together. */
Test(fkw, ranges_have_as_many_kernels_as_each_other) {
  enum { FILTERS = 32, CHANNELS = 16, RANGES = 4 };
  static const uint64_t point[] = {1};
  float weights[FILTERS * CHANNELS] = {0};
  const coco_fkw_shape shape = {
      .set = {point, 1, 1, 1}, .filters = FILTERS, .channels = CHANNELS, .group = 1, .span = CHANNELS};
  for (int alike = 0; alike < 2; ++alike) {
    coco_fkw fkw, local;
    bool fits;
    for (uint32_t f = 0; f < FILTERS; ++f)
      for (uint32_t c = 0; c < CHANNELS; ++c) weights[f * CHANNELS + c] = alike || f < FILTERS / 2 || c == f % CHANNELS;
    cr_assert_eq(coco_fkw_from_dense(&shape, weights, &reordered, &arena, &fkw, &fits), COCO_OK);
    cr_assert_eq(coco_fkw_localize(&fkw, false, RANGES, &arena, &local), COCO_OK);
    for (uint32_t r = 0; r < RANGES; ++r) {
      const uint32_t kernels = local.offset[(r + 1) * FILTERS / RANGES] - local.offset[r * FILTERS / RANGES];
      cr_expect_eq(kernels, fkw.kernels / RANGES, "range %u has %u of %u kernels", r, kernels, fkw.kernels);
      for (uint32_t i = 0; alike && i < FILTERS / RANGES; ++i)
        cr_expect_eq(local.reorder[r * FILTERS / RANGES + i] / (FILTERS / RANGES), r);
    }
  }
}

/* Even filters read one half of the channels, odd ones the other. */
static void halves(coco_fkw_shape *shape, float *weights) {
  static const uint64_t point[] = {1};
  *shape = (coco_fkw_shape){.set = {point, 1, 1, 1}, .filters = 8, .channels = 64, .group = 1, .span = 32};
  memset(weights, 0, 8 * 64 * sizeof *weights);
  for (uint32_t f = 0; f < 8; ++f)
    for (uint32_t c = 0; c < 64; ++c) weights[f * 64 + c] = c % 2 == f % 2 && c % 32 < 20 ? (float)(f + c + 1) : 0;
}

Test(fkw, filters_that_read_the_same_channels_stand_together) {
  float weights[8 * 64];
  coco_fkw_shape shape;
  coco_fkw fkw, local;
  bool fits, kept;
  halves(&shape, weights);
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &unordered, &arena, &fkw, &fits), COCO_OK);
  cr_assert_eq(coco_fkw_localize(&fkw, false, 1, &arena, &local), COCO_OK);
  expect_values(local.reorder, (const uint32_t[]){0, 2, 4, 6, 1, 3, 5, 7, 0, 2, 4, 6, 1, 3, 5, 7}, 16, "reorder");
  cr_assert_eq(coco_fkw_localize(&fkw, false, 2, &arena, &local), COCO_OK);
  expect_values(local.reorder, (const uint32_t[]){0, 2, 1, 3, 4, 6, 5, 7}, 8, "reorder in halves");
  local.reorder[8 + 0] = 5;
  local.reorder[8 + 4] = 0;
  cr_assert_eq(coco_fkw_keeps_ranges(&local, 2, &arena, &kept), COCO_OK);
  cr_expect(!kept);
}

Test(fkw, filters_with_runs_of_the_same_lengths_stand_together) {
  float weights[4 * 16 * 4] = {0};
  static const uint64_t masks[] = {1, 8};
  const coco_fkw_shape shape = {.set = {masks, 2, 4, 1}, .filters = 4, .channels = 16, .group = 1, .span = 16};
  coco_fkw fkw, local;
  bool fits;
  for (uint32_t f = 0; f < 4; ++f) /* even ones have the first mask alone, all of them all channels */
    for (uint32_t c = 0; c < 16; ++c) weights[(f * 16 + c) * 4 + (f % 2 && c % 2 ? 3 : 0)] = 1;
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &unordered, &arena, &fkw, &fits), COCO_OK);
  cr_assert_eq(coco_fkw_localize(&fkw, false, 1, &arena, &local), COCO_OK);
  expect_values(local.reorder, (const uint32_t[]){0, 2, 1, 3}, 4, "reorder");
}

Test(fkw, filters_and_channels_selected) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    sample s = {0};
    coco_fkw fkw, some;
    bool fits;
    uint32_t filters[64], channels[64], filter_count = 0, channel_count = 0;
    random_state = seed;
    make_sample(&s);
    s.shape.set.masks = s.masks;
    s.shape.group = 1;
    for (uint32_t f = s.shape.filters; f-- > 0;)
      if (random_below(3) || (f == 0 && !filter_count)) filters[filter_count++] = f;
    for (uint32_t c = s.shape.channels; c-- > 0;)
      if (random_below(3) || (c == 0 && !channel_count)) channels[channel_count++] = c;
    cr_assert_eq(coco_fkw_from_dense(&s.shape, s.weights, &reordered, &arena, &fkw, &fits), COCO_OK);
    cr_assert_eq(coco_fkw_select(&fkw, filters, filter_count, channels, channel_count, &arena, &some), COCO_OK);
    sample expected = s;
    const uint32_t positions = s.shape.set.positions;
    expected.count = (size_t)filter_count * channel_count * positions;
    expected.weights = coco_arena_allocate_zeroed(&arena, expected.count, sizeof(float));
    for (uint32_t f = 0; f < filter_count; ++f)
      for (uint32_t c = 0; c < channel_count; ++c)
        memcpy(expected.weights + ((size_t)f * channel_count + c) * positions,
               s.weights + ((size_t)filters[f] * s.shape.channels + channels[c]) * positions,
               positions * sizeof(float));
    expect_dense(&some, &expected, "selected");
    coco_arena_reset(&arena);
  }
}

/* Beside the weights: at most 15 % of what CSR needs, a column of four bytes for each weight and a row pointer for each
 * filter. */
Test(fkw, structure_is_small) {
  enum { FILTERS = 512, CHANNELS = 512, RATE = 36 };
  const uint64_t masks[] = {0x1b0, 0xd8, 0x36, 0x1b, 0x3a, 0xb8, 0xb2, 0x9a};
  const coco_fkw_shape shape = {
      .set = {masks, 8, 9, 4}, .filters = FILTERS, .channels = CHANNELS, .group = 1, .span = 32};
  float *weights = coco_arena_allocate_zeroed(&arena, (size_t)FILTERS * CHANNELS * 9, sizeof *weights);
  coco_fkw fkw;
  bool fits;
  cr_assert_not_null(weights);
  for (size_t k = 0; k < (size_t)FILTERS * CHANNELS; ++k) {
    if (random_below(RATE) >= 10) continue;
    for (uint64_t mask = masks[random_below(8)]; mask; mask &= mask - 1)
      weights[k * 9 + (size_t)__builtin_ctzll(mask)] = 1;
  }
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &reordered, &arena, &fkw, &fits), COCO_OK);
  cr_assert(fits);
  const size_t csr = 4 * (4 * (size_t)fkw.kernels + FILTERS + 1);
  coco_fkw shared;
  coco_fkw_shifts shifts;
  cr_assert_eq(coco_fkw_share(&fkw, 3, &arena, &shared, &shifts, &fits), COCO_OK);
  cr_assert(fits);
  cr_expect_leq(coco_fkw_structure_size(&shared) * 1000, csr * 150, "%zu of %zu", coco_fkw_structure_size(&shared),
                csr);
}

/* ---- What does not fit, and what is refused ---- */

Test(fkw, kernels_outside_of_the_set) {
  float weights[9] = {0, 0, 0, 0, 1, 0, 0, 0, 2};
  const uint64_t masks[] = {0x1b, 0x1b0};
  coco_fkw_shape shape = {.set = {masks, 1, 9, 4}, .filters = 1, .channels = 1, .group = 1, .span = 1};
  coco_fkw fkw;
  bool fits = true;
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &unordered, &arena, &fkw, &fits), COCO_OK);
  cr_assert_not(fits);
  shape.set.count = 2;
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &unordered, &arena, &fkw, &fits), COCO_OK);
  cr_assert(fits);
  expect_values(fkw.runs, (const uint32_t[]){0, 0, 1}, 3, "runs");
  /* A pruned weight of -0.0 is as good as none; a kernel of them is empty. */
  weights[0] = -0.0f;
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &unordered, &arena, &fkw, &fits), COCO_OK);
  cr_assert(fits);
  for (size_t i = 0; i < 9; ++i) weights[i] = -0.0f;
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &unordered, &arena, &fkw, &fits), COCO_OK);
  cr_assert(fits && fkw.kernels == 0);
}

static const char *wrong_of(coco_fkw *fkw) {
  const char *wrong = NULL;
  cr_assert_eq(coco_fkw_check(fkw, &arena, &wrong), COCO_OK);
  return wrong ? wrong : "";
}

#define EXPECT_WRONG(array, position, value, text) \
  do {                                             \
    const uint32_t kept = fkw.array[position];     \
    fkw.array[position] = (value);                 \
    cr_expect_str_eq(wrong_of(&fkw), text);        \
    fkw.array[position] = kept;                    \
  } while (0)

Test(fkw, wrong_arrays) {
  float weights[6 * 6 * 9];
  coco_fkw_shape shape = example_shape();
  coco_fkw fkw;
  bool fits;
  shape.span = 4;
  example_weights(weights);
  cr_assert_eq(coco_fkw_from_dense(&shape, weights, &unordered, &arena, &fkw, &fits), COCO_OK);
  cr_assert_str_eq(wrong_of(&fkw), "");
  EXPECT_WRONG(offset, 0, 1, "offset must begin with 0");
  EXPECT_WRONG(offset, 2, 1, "offset must not fall");
  EXPECT_WRONG(offset, 12, 19, "offset must end with the number of kernels");
  EXPECT_WRONG(reorder, 1, 6, "reorder names a filter that does not exist");
  EXPECT_WRONG(reorder, 1, 0, "reorder names a filter twice");
  EXPECT_WRONG(runs, 0, 1, "the runs of a filter must begin with 0");
  EXPECT_WRONG(runs, 1, 3, "the runs of a filter must not fall");
  EXPECT_WRONG(runs, 3, 9, "the runs of a filter must end with its number of kernels");
  EXPECT_WRONG(index, 0, 4, "index names a channel outside of its channel group");
  EXPECT_WRONG(index, 0, 2, "index names a channel twice in one filter");
  EXPECT_WRONG(index, 12, 3, "index names a channel outside of its channel group");
  EXPECT_WRONG(index, 12, 0xffffffff, "index names a channel outside of its channel group");
}

Test(fkw, wrong_sets_and_shapes) {
  const uint64_t none[] = {0}, twice[] = {3, 3}, uneven[] = {3, 4}, outside[] = {0x201};
  cr_expect_str_eq(coco_fkw_set_check(&(coco_fkw_set){none, 1, 9, 0}), "masks must not be empty");
  cr_expect_str_eq(coco_fkw_set_check(&(coco_fkw_set){twice, 2, 9, 2}), "masks must be distinct");
  cr_expect_str_eq(coco_fkw_set_check(&(coco_fkw_set){uneven, 2, 9, 2}), "masks must all have the same number of bits");
  cr_expect_str_eq(coco_fkw_set_check(&(coco_fkw_set){outside, 1, 9, 2}),
                   "masks must not have bits outside of the kernel");
  coco_fkw_shape shape = example_shape();
  cr_expect_null(coco_fkw_shape_check(&shape));
  shape.group = 4;
  cr_expect_str_eq(coco_fkw_shape_check(&shape), "the groups must divide the filters");
  shape = example_shape(), shape.span = 7;
  cr_expect_str_eq(coco_fkw_shape_check(&shape), "the span must be 1 to the channels of a group");
  shape = example_shape(), shape.filters = 1 << 20, shape.channels = shape.span = 1 << 20;
  cr_expect_str_eq(coco_fkw_shape_check(&shape), "there are too many weights");
  shape = example_shape(), shape.filters = 0;
  cr_expect_str_eq(coco_fkw_shape_check(&shape), "there must be 1 to 16777216 filters");
  shape = example_shape(), shape.channels = (1 << 24) + 1;
  cr_expect_str_eq(coco_fkw_shape_check(&shape), "there must be 1 to 16777216 channels in a group");
  shape = (coco_fkw_shape){.set = {(const uint64_t[]){1}, 1, 1, 1}, .filters = 1 << 24, .channels = 100, .group = 1, .span = 1};
  cr_expect_str_eq(coco_fkw_shape_check(&shape), "there are too many runs");
}

/* ---- Memory that runs out ---- */

static void *failing(void *context, void *pointer, size_t old_size, size_t new_size) {
  size_t *left = context;
  if (new_size > 0 && (*left)-- == 0) return ++*left, NULL;
  return coco_heap.reallocate(coco_heap.context, pointer, old_size, new_size);
}

Test(fkw, out_of_memory) {
  enum { FILTERS = 40, CHANNELS = 40 };
  float *weights = calloc(FILTERS * CHANNELS, sizeof *weights);
  const uint64_t mask = 1;
  const coco_fkw_shape shape = {
      .set = {&mask, 1, 1, 1}, .filters = FILTERS, .channels = CHANNELS, .group = 1, .span = 7};
  for (size_t i = 0; i < FILTERS * CHANNELS; i += 1 + i % 3) weights[i] = 1;
  bool done = false;
  for (size_t allowed = 0; !done; ++allowed) {
    size_t left = allowed;
    const coco_allocator allocator = {&left, failing};
    coco_arena scarce = {.allocator = &allocator};
    coco_fkw fkw, other;
    bool fits;
    coco_status status = coco_fkw_from_dense(&shape, weights, &reordered, &scarce, &fkw, &fits);
    if (status == COCO_OK) status = coco_fkw_rearrange(&fkw, 9, &reordered, &scarce, &other);
    cr_assert(status == COCO_OK || status == COCO_OUT_OF_MEMORY);
    done = status == COCO_OK;
    cr_assert(!done || allowed > 1, "memory never ran out");
    coco_arena_destroy(&scarce);
  }
  free(weights);
}
