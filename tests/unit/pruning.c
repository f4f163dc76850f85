/* Pattern sets, projections and their checks on plain arrays, against brute force on small cases. */
#include <criterion/criterion.h>
#include <math.h>

#include "pruning/assignment.h"
#include "pruning/patterns.h"
#include "pruning/projection.h"
#include "tests/support/limited_memory.h"

enum { MOST = 256 };

static uint32_t next(uint64_t *state) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 33);
}

static float next_weight(uint64_t *state) { return (float)((double)next(state) * 0x1p-30 - 1.0); }

/* A layer of its own array, kernels one after the other. */
static coco_kernels layer_of(const float *weights, size_t filters, size_t channels, size_t positions) {
  return (coco_kernels){weights, filters, channels, positions, channels * positions, positions};
}

static double kept_energy(const coco_kernels *kernels, const uint64_t *kept) {
  double sum = 0;
  for (size_t i = 0; i < kernels->filters * kernels->channels; ++i)
    sum += coco_kernel_energy(coco_kernel_at(kernels, i / kernels->channels, i % kernels->channels), kernels->positions, kept[i]);
  return sum;
}

static size_t kept_kernels(const coco_kernels *kernels, const uint64_t *kept) {
  size_t count = 0;
  for (size_t i = 0; i < kernels->filters * kernels->channels; ++i) count += kept[i] != 0;
  return count;
}

static void put_zeros(float *weights, const coco_kernels *kernels, const uint64_t *kept) {
  for (size_t i = 0; i < kernels->filters * kernels->channels; ++i)
    for (size_t p = 0; p < kernels->positions; ++p)
      if (!(kept[i] >> p & 1)) weights[i * kernels->positions + p] = 0;
}

/* ---- The projections ---- */

/* The most energy that any choice keeps: each kernel removed or under one of the masks, at most ALLOWED kept; with QUOTAS, no
 * mask more often than its quota. */
static double brute_force(const coco_kernels *kernels, const uint64_t *masks, size_t mask_count, size_t allowed,
                          const size_t *quotas) {
  size_t digits[8] = {0}, total = kernels->filters * kernels->channels;
  double best = 0;
  cr_assert_leq(total, 8);
  for (;;) {
    size_t used[8] = {0}, count = 0;
    double sum = 0;
    bool fits = true;
    for (size_t i = 0; i < total; ++i) {
      if (!digits[i]) continue;
      ++count;
      if (quotas && ++used[digits[i] - 1] > quotas[digits[i] - 1]) fits = false;
      sum += coco_kernel_energy(coco_kernel_at(kernels, i / kernels->channels, i % kernels->channels), kernels->positions,
                                masks[digits[i] - 1]);
    }
    if (fits && count <= allowed && sum > best) best = sum;
    size_t i = 0;
    while (i < total && ++digits[i] > mask_count) digits[i++] = 0;
    if (i == total) return best;
  }
}

static const uint64_t squares_and_t[] = {0x1b0, 0xd8, 0x36, 0x1b, 0x3a, 0xb8, 0xb2, 0x9a};

Test(pruning, the_joint_projection_keeps_as_much_as_any_choice) {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    uint64_t state = seed, kept[4];
    float weights[4 * 9];
    const size_t count = 1 + next(&state) % 4, masks = 1 + next(&state) % 3;
    const double rate = 1 + (double)(next(&state) % 30) / 10;
    for (size_t i = 0; i < 4 * 9; ++i) weights[i] = next_weight(&state);
    const coco_kernels kernels = layer_of(weights, 1, count, 9);
    const coco_projection projection = {.masks = squares_and_t + next(&state) % 5, .mask_count = masks, .rate = rate};
    cr_assert_eq(coco_project_patterns(&kernels, &projection, &coco_heap, kept), COCO_OK);
    const size_t allowed = coco_kept_count(count, rate);
    cr_assert_eq(kept_kernels(&kernels, kept), allowed);
    cr_assert_float_eq(kept_energy(&kernels, kept), brute_force(&kernels, projection.masks, masks, allowed, NULL), 1e-12,
                       "seed %d", (int)seed);
  }
}

Test(pruning, two_steps_rank_kernels_by_energy_that_patterns_do_not_keep) {
  /* The first kernel is the stronger one, but its energy is in a corner that the only pattern leaves out. */
  const float weights[] = {9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0, 2, 2};
  const coco_kernels kernels = layer_of(weights, 1, 2, 9);
  coco_projection projection = {.masks = squares_and_t, .mask_count = 1, .rate = 2};
  uint64_t kept[2];
  cr_assert_eq(coco_project_patterns(&kernels, &projection, &coco_heap, kept), COCO_OK);
  cr_assert(kept[0] == 0 && kept[1] == 0x1b0);
  projection.two_steps = true;
  cr_assert_eq(coco_project_patterns(&kernels, &projection, &coco_heap, kept), COCO_OK);
  cr_assert(kept[0] == 0x1b0 && kept[1] == 0);
}

Test(pruning, equal_runs_keep_as_much_as_any_choice_with_such_runs) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    uint64_t state = seed, kept[6];
    float weights[6 * 9];
    size_t lengths[3];
    const size_t count = 1 + next(&state) % 6, masks = 1 + next(&state) % 3;
    for (size_t i = 0; i < 6 * 9; ++i) weights[i] = next_weight(&state);
    const coco_kernels kernels = layer_of(weights, 1, count, 9);
    const coco_projection projection = {.masks = squares_and_t + next(&state) % 5, .mask_count = masks,
                                        .rate = 1 + (double)(next(&state) % 30) / 10, .balance = COCO_BALANCE_RUNS};
    coco_run_lengths(count, masks, projection.rate, lengths);
    cr_assert_eq(coco_project_patterns(&kernels, &projection, &coco_heap, kept), COCO_OK);
    cr_assert_float_eq(kept_energy(&kernels, kept), brute_force(&kernels, projection.masks, masks, count, lengths), 1e-12,
                       "seed %d", (int)seed);
  }
}

Test(pruning, equal_runs_are_equal_in_each_filter_and_group) {
  enum { FILTERS = 5, CHANNELS = 40, SPAN = 16 };
  static float weights[FILTERS * CHANNELS * 9];
  uint64_t state = 7, kept[FILTERS * CHANNELS];
  for (size_t i = 0; i < sizeof weights / sizeof *weights; ++i) weights[i] = next_weight(&state);
  const coco_kernels kernels = layer_of(weights, FILTERS, CHANNELS, 9);
  const coco_projection projection = {
      .masks = squares_and_t, .mask_count = 4, .rate = 2, .balance = COCO_BALANCE_RUNS, .span = SPAN};
  cr_assert_eq(coco_project_patterns(&kernels, &projection, &coco_heap, kept), COCO_OK);
  for (size_t f = 0; f < FILTERS; ++f)
    for (size_t first = 0; first < CHANNELS; first += SPAN)
      for (size_t p = 0; p < 4; ++p) {
        size_t run = 0;
        for (size_t c = first; c < first + SPAN && c < CHANNELS; ++c) run += kept[f * CHANNELS + c] == squares_and_t[p];
        cr_assert_eq(run, first + SPAN <= CHANNELS ? 2 : 1, "filter %zu, group at %zu, pattern %zu: %zu", f, first, p, run);
      }
}

Test(pruning, lengths_of_runs) {
  size_t lengths[8];
  coco_run_lengths(64, 8, 3.6, lengths); /* 17.8 kernels: 2 of each */
  for (size_t p = 0; p < 8; ++p) cr_assert_eq(lengths[p], 2);
  coco_run_lengths(512, 8, 3.6, lengths); /* 142.2 */
  for (size_t p = 0; p < 8; ++p) cr_assert_eq(lengths[p], 18);
  coco_run_lengths(10, 8, 3.6, lengths); /* 2.8: not even one of each */
  for (size_t p = 0; p < 8; ++p) cr_assert_eq(lengths[p], p < 3);
  coco_run_lengths(3, 8, 1, lengths);
  for (size_t p = 0; p < 8; ++p) cr_assert_eq(lengths[p], p < 3);
  coco_run_lengths(13, 8, 1, lengths); /* all stay */
  for (size_t p = 0; p < 8; ++p) cr_assert_eq(lengths[p], p < 5 ? 2 : 1);
}

Test(pruning, a_balanced_filter_has_its_strongest_kernels) {
  enum { FILTERS = 4, CHANNELS = 10 };
  float weights[FILTERS * CHANNELS * 9];
  uint64_t state = 3, kept[FILTERS * CHANNELS];
  for (size_t i = 0; i < FILTERS * CHANNELS * 9; ++i) weights[i] = next_weight(&state) * (float)(1 + i / (CHANNELS * 9));
  const coco_kernels kernels = layer_of(weights, FILTERS, CHANNELS, 9);
  const coco_projection projection = {.masks = squares_and_t, .mask_count = 8, .rate = 3.6, .balance = COCO_BALANCE_FILTER};
  cr_assert_eq(coco_project_patterns(&kernels, &projection, &coco_heap, kept), COCO_OK);
  for (size_t f = 0; f < FILTERS; ++f) {
    double weakest_kept = INFINITY, strongest_removed = 0;
    size_t count = 0;
    for (size_t c = 0; c < CHANNELS; ++c) {
      double best = 0;
      for (size_t p = 0; p < 8; ++p) best = fmax(best, coco_kernel_energy(coco_kernel_at(&kernels, f, c), 9, squares_and_t[p]));
      count += kept[f * CHANNELS + c] != 0;
      if (kept[f * CHANNELS + c]) weakest_kept = fmin(weakest_kept, best);
      else strongest_removed = fmax(strongest_removed, best);
    }
    cr_assert_eq(count, 3);
    cr_assert_geq(weakest_kept, strongest_removed);
  }
}

Test(pruning, selected_are_those_that_sorting_puts_first) {
  enum { ITEMS = 300 };
  coco_ranked sorted[ITEMS], selected[ITEMS];
  uint64_t seed = 7;
  for (size_t count = 1; count <= ITEMS; count += count < 40 ? 1 : 37)
    for (size_t first = 0; first <= count; first += count / 9 + 1) {
      for (size_t i = 0; i < count; ++i) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        sorted[i] = selected[i] = (coco_ranked){(double)(seed >> 60), i}; /* many of one value */
      }
      coco_sort_ranked(sorted, count);
      coco_select_ranked(selected, count, first);
      coco_sort_ranked(selected, first);
      coco_sort_ranked(selected + first, count - first);
      for (size_t i = 0; i < count; ++i) cr_assert_eq(selected[i].index, sorted[i].index);
    }
}

Test(pruning, strides_are_those_of_the_matrix) {
  /* Two outputs of three inputs, stored input by input: the strongest weights are (0, 2) and (1, 0). */
  const float weights[] = {1, 7, 2, 3, 9, 4};
  const coco_kernels kernels = {weights, 2, 3, 1, 1, 2};
  const uint64_t one = 1;
  uint64_t kept[6];
  const coco_projection projection = {.masks = &one, .mask_count = 1, .rate = 3};
  cr_assert_eq(coco_project_patterns(&kernels, &projection, &coco_heap, kept), COCO_OK);
  const uint64_t expected[] = {0, 0, 1, 1, 0, 0};
  cr_assert_arr_eq(kept, expected, sizeof kept);
}

Test(pruning, blocks_of_greatest_energy_stay) {
  enum { FILTERS = 5, CHANNELS = 3 };
  float weights[FILTERS * CHANNELS * 4];
  uint64_t state = 11, kept[FILTERS * CHANNELS];
  for (size_t i = 0; i < FILTERS * CHANNELS * 4; ++i) weights[i] = next_weight(&state);
  const coco_kernels kernels = layer_of(weights, FILTERS, CHANNELS, 4);
  cr_assert_eq(coco_project_blocks(&kernels, 2, 2, 2.5, &coco_heap, kept), COCO_OK);
  size_t pairs = 0;
  double weakest_kept = INFINITY, strongest_removed = 0;
  for (size_t f = 0; f < FILTERS; f += 2)
    for (size_t c = 0; c < CHANNELS; c += 2)
      for (size_t p = 0; p < 4; ++p) {
        double energy = 0;
        size_t size = 0;
        for (size_t i = f; i < f + 2 && i < FILTERS; ++i)
          for (size_t k = c; k < c + 2 && k < CHANNELS; ++k) {
            energy += coco_kernel_energy(coco_kernel_at(&kernels, i, k), 4, (uint64_t)1 << p);
            ++size;
            cr_assert_eq(kept[i * CHANNELS + k] >> p & 1, kept[f * CHANNELS + c] >> p & 1, "a block is not whole");
          }
        energy /= (double)size; /* blocks at the edges are smaller */
        const bool stays = kept[f * CHANNELS + c] >> p & 1;
        pairs += stays;
        if (stays) weakest_kept = fmin(weakest_kept, energy);
        else strongest_removed = fmax(strongest_removed, energy);
      }
  cr_assert_eq(pairs, 10); /* of 3 x 2 blocks x 4 positions, one in 2.5, rounded up */
  cr_assert_geq(weakest_kept, strongest_removed);
}

/* The last 8 of 24 outputs are half a block: they are not cut off for it. */
Test(pruning, half_a_block_is_not_a_weak_block) {
  float weights[24 * 2];
  uint64_t kept[24 * 2];
  for (size_t i = 0; i < 24 * 2; ++i) weights[i] = i % 2 ? 3 : (i < 32 ? 2.5F : 2);
  const coco_kernels kernels = layer_of(weights, 24, 2, 1);
  cr_assert_eq(coco_project_blocks(&kernels, 16, 1, 2, &coco_heap, kept), COCO_OK);
  for (size_t f = 0; f < 24; ++f) cr_assert(!kept[f * 2] && kept[f * 2 + 1] == 1, "output %zu", f);
}

Test(pruning, what_is_no_number_stays) {
  float weights[3 * 9] = {0};
  weights[13] = 1;
  weights[22] = NAN;
  const coco_kernels kernels = layer_of(weights, 1, 3, 9);
  for (int balance = COCO_BALANCE_NONE; balance <= COCO_BALANCE_RUNS; ++balance) {
    uint64_t kept[3];
    const coco_projection projection = {.masks = squares_and_t, .mask_count = 1, .rate = 3, .balance = (coco_balance)balance};
    cr_assert_eq(coco_project_patterns(&kernels, &projection, &coco_heap, kept), COCO_OK);
    cr_assert(!kept[0] && !kept[1] && kept[2] == squares_and_t[0]);
  }
}

/* ---- Assignments ---- */

Test(pruning, an_assignment_that_must_be_moved_is_moved) {
  /* Taken greedily, channel 0 gets pattern 0 (10) and channel 1 is left with 1: 11. The best is 9 + 9. */
  const double energy[] = {10, 9, 9, 1};
  const size_t quotas[] = {1, 1};
  int choice[2];
  cr_assert_eq(coco_assign_patterns(energy, 2, 2, quotas, &coco_heap, choice), COCO_OK);
  cr_assert(choice[0] == 1 && choice[1] == 0);
}

/* ---- Checks ---- */

Test(pruning, a_projection_passes_its_check_and_is_its_own) {
  enum { FILTERS = 6, CHANNELS = 12 };
  for (int balance = COCO_BALANCE_NONE; balance <= COCO_BALANCE_RUNS; ++balance) {
    float weights[FILTERS * CHANNELS * 9];
    uint64_t state = 5, kept[FILTERS * CHANNELS], again[FILTERS * CHANNELS];
    for (size_t i = 0; i < FILTERS * CHANNELS * 9; ++i) weights[i] = next_weight(&state);
    const coco_kernels kernels = layer_of(weights, FILTERS, CHANNELS, 9);
    const coco_projection projection = {.masks = squares_and_t, .mask_count = 4, .rate = 2.6, .balance = (coco_balance)balance, .span = 8};
    coco_violation violation;
    cr_assert_eq(coco_check_patterns(&kernels, &projection, &coco_heap, &violation), COCO_OK);
    cr_assert_eq(violation.kind, COCO_VIOLATES_SET);
    cr_assert_eq(coco_project_patterns(&kernels, &projection, &coco_heap, kept), COCO_OK);
    put_zeros(weights, &kernels, kept);
    cr_assert_eq(coco_check_patterns(&kernels, &projection, &coco_heap, &violation), COCO_OK);
    cr_assert_eq(violation.kind, COCO_VIOLATES_NOTHING, "balance %d: %d", balance, violation.kind);
    cr_assert_eq(coco_project_patterns(&kernels, &projection, &coco_heap, again), COCO_OK);
    cr_assert_arr_eq(again, kept, sizeof kept);
  }
}

/* One kernel more than allowed, in the pattern that is given. */
static coco_violation_kind problem_with_one_more(coco_balance balance) {
  float weights[2 * 8 * 9] = {0};
  const coco_kernels kernels = layer_of(weights, 2, 8, 9);
  const coco_projection projection = {.masks = squares_and_t, .mask_count = 2, .rate = 4, .balance = balance};
  coco_violation violation;
  weights[8] = weights[9 + 3] = 1; /* 0x1b0 and 0xd8 in the first filter */
  weights[8 * 9 + 8] = weights[9 * 9 + 3] = 1;
  cr_assert_eq(coco_check_patterns(&kernels, &projection, &coco_heap, &violation), COCO_OK);
  cr_assert_eq(violation.kind, COCO_VIOLATES_NOTHING);
  if (balance != COCO_BALANCE_NONE) weights[9 * 9 + 3] = 0;
  weights[2 * 9 + 8] = 1;
  cr_assert_eq(coco_check_patterns(&kernels, &projection, &coco_heap, &violation), COCO_OK);
  return violation.kind;
}

Test(pruning, one_kernel_too_many_is_found) {
  cr_assert_eq(problem_with_one_more(COCO_BALANCE_NONE), COCO_VIOLATES_LAYER);
  cr_assert_eq(problem_with_one_more(COCO_BALANCE_FILTER), COCO_VIOLATES_FILTER);
  cr_assert_eq(problem_with_one_more(COCO_BALANCE_RUNS), COCO_VIOLATES_RUNS);
}

Test(pruning, a_block_too_many_is_found) {
  float weights[4 * 2 * 2] = {0};
  const coco_kernels kernels = layer_of(weights, 4, 2, 2);
  weights[0] = 1;
  weights[2 * 2 * 2 + 1] = 1;
  cr_assert_eq(coco_check_blocks(&kernels, 2, 2, 2).kind, COCO_VIOLATES_NOTHING); /* 2 of 4 */
  weights[1] = 1;
  const coco_violation violation = coco_check_blocks(&kernels, 2, 2, 2);
  cr_assert_eq(violation.kind, COCO_VIOLATES_BLOCKS);
  cr_assert(violation.found == 3 && violation.allowed == 2);
}

/* ---- Sets ---- */

Test(pruning, a_natural_pattern_is_the_centre_and_the_largest) {
  const float kernel[] = {5, -6, 0, 1, 0, 4, 3, -2, 3};
  cr_assert_eq(coco_kernel_centre(3, 3), 0x10);
  cr_assert_eq(coco_kernel_centre(5, 5), 1 << 12);
  cr_assert_eq(coco_kernel_centre(2, 3), 0);
  cr_assert_eq(coco_kernel_centre(1, 1), 0);
  cr_assert_eq(coco_natural_pattern(kernel, 9, 4, 0x10), 0x10 | 1 | 2 | 0x20);
  cr_assert_eq(coco_natural_pattern(kernel, 9, 5, 0), 1 | 2 | 0x20 | 0x40 | 0x100);
}

/* Kernels whose natural patterns are MASKS[i], COUNTS[i] times each. */
static size_t fill_with(float *weights, const uint64_t *masks, const size_t *counts, size_t count) {
  size_t kernel = 0;
  for (size_t i = 0; i < count; ++i)
    for (size_t n = 0; n < counts[i]; ++n, ++kernel)
      for (size_t p = 0; p < 9; ++p) weights[kernel * 9 + p] = masks[i] >> p & 1 ? 1.0F + (float)n : 0.25F;
  return kernel;
}

Test(pruning, natural_patterns_are_counted) {
  static const uint64_t masks[] = {0x1b, 0x3a, 0x9a, 0x36};
  static const size_t counts[] = {2, 5, 3, 3};
  float weights[MOST * 9];
  uint64_t chosen[8];
  size_t count;
  coco_pattern_choice choice = {.count = 8, .entries = 4, .forced = 0x10, .rate = 1};
  const coco_kernels layer = layer_of(weights, 1, fill_with(weights, masks, counts, 4), 9);
  cr_assert_eq(coco_choose_patterns(&layer, 1, &choice, &coco_heap, chosen, &count), COCO_OK);
  cr_assert_eq(count, 4); /* no others are there */
  cr_assert(chosen[0] == 0x3a && chosen[1] == 0x36 && chosen[2] == 0x9a && chosen[3] == 0x1b);
  choice.count = 2;
  cr_assert_eq(coco_choose_patterns(&layer, 1, &choice, &coco_heap, chosen, &count), COCO_OK);
  cr_assert(count == 2 && chosen[0] == 0x3a && chosen[1] == 0x36);
}

Test(pruning, weak_kernels_have_no_say_when_few_will_stay) {
  static const uint64_t masks[] = {0x1b, 0x3a};
  static const size_t counts[] = {6, 4};
  float weights[MOST * 9];
  uint64_t chosen[1];
  size_t count;
  const size_t total = fill_with(weights, masks, counts, 2);
  for (size_t i = 0; i < 6 * 9; ++i) weights[i] /= 100;
  const coco_kernels layer = layer_of(weights, 2, total / 2, 9);
  coco_pattern_choice choice = {.count = 1, .entries = 4, .forced = 0x10, .rate = 1};
  cr_assert_eq(coco_choose_patterns(&layer, 1, &choice, &coco_heap, chosen, &count), COCO_OK);
  cr_assert_eq(chosen[0], 0x1b);
  choice.rate = 2.5;
  cr_assert_eq(coco_choose_patterns(&layer, 1, &choice, &coco_heap, chosen, &count), COCO_OK);
  cr_assert_eq(chosen[0], 0x3a);
}

/* The energy that a layer keeps with a set and no connectivity. */
static double covered(const coco_kernels *kernels, const uint64_t *masks, size_t count) {
  uint64_t kept[MOST];
  const coco_projection projection = {.masks = masks, .mask_count = count, .rate = 1};
  cr_assert_eq(coco_project_patterns(kernels, &projection, &coco_heap, kept), COCO_OK);
  return kept_energy(kernels, kept);
}

Test(pruning, coverage_finds_the_best_single_pattern_and_keeps_more_than_votes) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    float weights[60 * 25];
    uint64_t state = seed, by_coverage[6], by_votes[6];
    size_t count, vote_count;
    double sums[25] = {0};
    for (size_t i = 0; i < 60 * 25; ++i) weights[i] = next_weight(&state), sums[i % 25] += (double)weights[i] * (double)weights[i];
    const coco_kernels layer = layer_of(weights, 6, 10, 25);
    coco_pattern_choice choice = {.count = 1, .entries = 8, .forced = coco_kernel_centre(5, 5), .rate = 1, .method = COCO_PATTERNS_BY_COVERAGE};
    cr_assert_eq(coco_choose_patterns(&layer, 1, &choice, &coco_heap, by_coverage, &count), COCO_OK);
    uint64_t best = choice.forced; /* one pattern for all: the positions that have most energy in all kernels together */
    while (coco_mask_entries(best) < 8) {
      size_t most = 25;
      for (size_t i = 0; i < 25; ++i)
        if (!(best >> i & 1) && (most == 25 || sums[i] > sums[most])) most = i;
      best |= (uint64_t)1 << most;
    }
    cr_assert(count == 1 && by_coverage[0] == best);
    choice.count = 6;
    cr_assert_eq(coco_choose_patterns(&layer, 1, &choice, &coco_heap, by_coverage, &count), COCO_OK);
    choice.method = COCO_PATTERNS_BY_FREQUENCY;
    cr_assert_eq(coco_choose_patterns(&layer, 1, &choice, &coco_heap, by_votes, &vote_count), COCO_OK);
    cr_assert(count == 6 && vote_count == 6);
    cr_assert_gt(covered(&layer, by_coverage, 6), covered(&layer, by_votes, 6));
    for (size_t i = 0; i < 6; ++i)
      cr_assert(coco_mask_entries(by_coverage[i]) == 8 && (by_coverage[i] & choice.forced));
  }
}

/* Squares of weights leave the range of floats long before weights do. */
Test(pruning, coverage_does_not_depend_on_the_scale) {
  static const float scales[] = {0x1p-80f, 0x1p66f};
  float weights[60 * 25], scaled[60 * 25];
  uint64_t state = 7, chosen[6], again[6];
  size_t count, again_count;
  for (size_t i = 0; i < 60 * 25; ++i) weights[i] = next_weight(&state);
  const coco_pattern_choice choice = {.count = 6,
                                      .entries = 8,
                                      .forced = coco_kernel_centre(5, 5),
                                      .rate = 1,
                                      .method = COCO_PATTERNS_BY_COVERAGE};
  const coco_kernels layer = layer_of(weights, 6, 10, 25), other = layer_of(scaled, 6, 10, 25);
  cr_assert_eq(coco_choose_patterns(&layer, 1, &choice, &coco_heap, chosen, &count), COCO_OK);
  for (size_t k = 0; k < sizeof scales / sizeof *scales; ++k) {
    for (size_t i = 0; i < 60 * 25; ++i) scaled[i] = weights[i] * scales[k];
    cr_assert_eq(coco_choose_patterns(&other, 1, &choice, &coco_heap, again, &again_count), COCO_OK);
    cr_assert_eq(again_count, count);
    cr_expect_arr_eq(again, chosen, count * sizeof *chosen);
  }
}

Test(pruning, no_kernels_no_patterns) {
  float weights[9] = {0};
  uint64_t chosen[8];
  size_t count = 1;
  const coco_pattern_choice choice = {.count = 8, .entries = 4, .forced = 0x10, .rate = 1};
  const coco_kernels layer = layer_of(weights, 1, 1, 9);
  cr_assert_eq(coco_choose_patterns(&layer, 1, &choice, &coco_heap, chosen, &count), COCO_OK);
  cr_assert_eq(count, 0);
  cr_assert_eq(coco_choose_patterns(NULL, 0, &choice, &coco_heap, chosen, &count), COCO_OK);
  cr_assert_eq(count, 0);
}

/* ---- Memory ---- */

/* Every call that runs out says so, and gives back what it took (the sanitizers look). */
Test(pruning, memory_may_run_out_anywhere) {
  float weights[8 * 9];
  uint64_t state = 1, kept[8], chosen[4];
  size_t count;
  for (size_t i = 0; i < 8 * 9; ++i) weights[i] = next_weight(&state);
  const coco_kernels layer = layer_of(weights, 2, 4, 9);
  const coco_pattern_choice choice = {.count = 4, .entries = 4, .rate = 1, .method = COCO_PATTERNS_BY_COVERAGE};
  for (size_t left = 0;; ++left) {
    limited_memory limited = {.left = left};
    const coco_allocator allocator = {&limited, limited_reallocate};
    coco_status status = coco_choose_patterns(&layer, 1, &choice, &allocator, chosen, &count);
    for (int balance = COCO_BALANCE_NONE; balance <= COCO_BALANCE_RUNS && status == COCO_OK; ++balance) {
      coco_violation violation;
      const coco_projection projection = {.masks = squares_and_t, .mask_count = 2, .rate = 2, .balance = (coco_balance)balance};
      status = coco_project_patterns(&layer, &projection, &allocator, kept);
      if (status == COCO_OK) status = coco_check_patterns(&layer, &projection, &allocator, &violation);
    }
    if (status == COCO_OK) status = coco_project_blocks(&layer, 2, 2, 2, &allocator, kept);
    if (status == COCO_OK) {
      cr_assert_gt(left, 3);
      return;
    }
    cr_assert_eq(status, COCO_OUT_OF_MEMORY);
  }
}
