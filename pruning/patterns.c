/* See patterns.h. Scratch memory is an arena of the call. */
#include "pruning/patterns.h"

#include <math.h>
#include <stdlib.h>

#include "pruning/projection.h"

enum { MAXIMUM_SAMPLES = 16384, MAXIMUM_CANDIDATES = 256, MAXIMUM_MOVES = 32 };

bool coco_pattern_method_from(coco_string name, coco_pattern_method *out) {
  *out = coco_string_is(name, "coverage") ? COCO_PATTERNS_BY_COVERAGE : COCO_PATTERNS_BY_FREQUENCY;
  return *out == COCO_PATTERNS_BY_COVERAGE || coco_string_is(name, "frequency");
}

uint64_t coco_kernel_centre(size_t height, size_t width) {
  if (height % 2 == 0 || width % 2 == 0 || height * width < 2 || height * width > COCO_KERNEL_MAXIMUM_POSITIONS)
    return 0;
  return (uint64_t)1 << (height / 2 * width + width / 2);
}

/* FORCED and the positions of the largest SCORES. */
static uint64_t largest(const double *scores, size_t positions, size_t entries, uint64_t forced) {
  uint64_t mask = forced;
  for (size_t taken = coco_mask_entries(forced); taken < entries; ++taken) {
    size_t best = positions;
    for (size_t i = 0; i < positions; ++i)
      if (!(mask >> i & 1) && (best == positions || scores[i] > scores[best])) best = i;
    if (best == positions) return mask;
    mask |= (uint64_t)1 << best;
  }
  return mask;
}

uint64_t coco_natural_pattern(const float *kernel, size_t positions, size_t entries, uint64_t forced) {
  double scores[COCO_KERNEL_MAXIMUM_POSITIONS];
  for (size_t i = 0; i < positions; ++i) scores[i] = isnan(kernel[i]) ? (double)INFINITY : fabs((double)kernel[i]);
  return largest(scores, positions, entries, forced);
}

/* ---- The kernels that have a say ---- */

typedef struct electorate {
  const coco_pattern_choice *choice;
  size_t positions;
  const float **kernels;
  size_t count;
} electorate;

/* Adds the strongest kernels of LAYER, in their order. */
static coco_status add_layer(electorate *voters, const coco_kernels *layer, coco_arena *scratch) {
  const size_t total = layer->filters * layer->channels;
  const size_t kept = coco_kept_count(total, voters->choice->rate);
  coco_ranked *ranked = coco_arena_allocate_zeroed(scratch, total ? total : 1, sizeof *ranked);
  bool *chosen = coco_arena_allocate_zeroed(scratch, total ? total : 1, sizeof *chosen);
  if (!ranked || !chosen) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < total; ++i) {
    const float *kernel = coco_kernel_at(layer, i / layer->channels, i % layer->channels);
    ranked[i] = (coco_ranked){coco_kernel_energy(kernel, layer->positions, UINT64_MAX), i};
  }
  coco_sort_ranked(ranked, total);
  for (size_t i = 0; i < kept && ranked[i].value > 0; ++i) chosen[ranked[i].index] = true;
  for (size_t i = 0; i < total; ++i)
    if (chosen[i]) voters->kernels[voters->count++] = coco_kernel_at(layer, i / layer->channels, i % layer->channels);
  return COCO_OK;
}

/* ---- By frequency ---- */

typedef struct vote {
  uint64_t mask;
  size_t count;
} vote;

static int compare_masks(const void *left, const void *right) {
  const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
  return a < b ? -1 : a > b;
}

static int compare_votes(const void *left, const void *right) {
  const vote *a = left, *b = right;
  if (a->count != b->count) return a->count > b->count ? -1 : 1;
  return a->mask < b->mask ? -1 : a->mask > b->mask;
}

/* The natural patterns, most frequent first. */
static coco_status count_votes(const electorate *voters, coco_arena *scratch, vote **out, size_t *out_count) {
  uint64_t *masks = coco_arena_allocate_zeroed(scratch, voters->count + 1, sizeof *masks);
  vote *votes = coco_arena_allocate_zeroed(scratch, voters->count + 1, sizeof *votes);
  size_t count = 0;
  if (!masks || !votes) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < voters->count; ++i)
    masks[i] = coco_natural_pattern(voters->kernels[i], voters->positions, voters->choice->entries, voters->choice->forced);
  if (voters->count > 1) qsort(masks, voters->count, sizeof *masks, compare_masks);
  for (size_t i = 0; i < voters->count; ++i) {
    if (!count || votes[count - 1].mask != masks[i]) votes[count++].mask = masks[i];
    ++votes[count - 1].count;
  }
  if (count > 1) qsort(votes, count, sizeof *votes, compare_votes);
  *out = votes;
  *out_count = count;
  return COCO_OK;
}

/* ---- By coverage ---- */

typedef struct coverage {
  const electorate *voters;
  size_t sample_count, step; /* sample s is voter s * step */
  double *kept;              /* energy of each sample (row) under each candidate */
  size_t candidate_count;
  double *best; /* energy of each sample under the best pattern so far */
} coverage;

static const float *sample_at(const coverage *c, size_t sample) { return c->voters->kernels[sample * c->step]; }

static coco_status make_table(coverage *c, const vote *candidates, size_t count, coco_arena *scratch) {
  c->step = (c->voters->count + MAXIMUM_SAMPLES - 1) / MAXIMUM_SAMPLES;
  if (!c->step) c->step = 1;
  c->sample_count = (c->voters->count + c->step - 1) / c->step;
  c->candidate_count = count < MAXIMUM_CANDIDATES ? count : MAXIMUM_CANDIDATES;
  c->kept = coco_arena_allocate_zeroed(scratch, c->sample_count * c->candidate_count + 1, sizeof *c->kept);
  c->best = coco_arena_allocate_zeroed(scratch, c->sample_count + 1, sizeof *c->best);
  if (!c->kept || !c->best) return COCO_OUT_OF_MEMORY;
  for (size_t s = 0; s < c->sample_count; ++s)
    for (size_t i = 0; i < c->candidate_count; ++i)
      c->kept[s * c->candidate_count + i] = coco_kernel_energy(sample_at(c, s), c->voters->positions, candidates[i].mask);
  return COCO_OK;
}

/* The candidate that adds most; candidate_count when none adds anything. */
static size_t best_addition(const coverage *c) {
  size_t best = c->candidate_count;
  double best_gain = 0;
  for (size_t i = 0; i < c->candidate_count; ++i) {
    double gain = 0;
    for (size_t s = 0; s < c->sample_count; ++s) {
      const double more = c->kept[s * c->candidate_count + i] - c->best[s];
      if (more > 0) gain += more;
    }
    if (gain > best_gain) best_gain = gain, best = i;
  }
  return best;
}

/* The best of MASKS for a kernel. */
static size_t best_mask(const float *kernel, size_t positions, const uint64_t *masks, size_t count, double *out_energy) {
  size_t best = 0;
  *out_energy = -1;
  for (size_t i = 0; i < count; ++i) {
    const double energy = coco_kernel_energy(kernel, positions, masks[i]);
    if (energy > *out_energy) *out_energy = energy, best = i;
  }
  return best;
}

/* Moves each pattern to the positions where the kernels that chose it have most energy. That never keeps less. False:
 * nothing moved. */
static bool move_towards_kernels(const coverage *c, uint64_t *masks, size_t count) {
  double sums[COCO_PATTERN_MAXIMUM_COUNT][COCO_KERNEL_MAXIMUM_POSITIONS] = {{0}};
  const size_t positions = c->voters->positions;
  bool moved = false;
  for (size_t s = 0; s < c->sample_count; ++s) {
    double energy;
    const float *kernel = sample_at(c, s);
    double *sum = sums[best_mask(kernel, positions, masks, count, &energy)];
    if (isfinite(energy))
      for (size_t i = 0; i < positions; ++i) sum[i] += (double)kernel[i] * (double)kernel[i];
  }
  for (size_t m = 0; m < count; ++m) {
    const uint64_t mask = largest(sums[m], positions, c->voters->choice->entries, c->voters->choice->forced);
    bool taken = false;
    for (size_t other = 0; other < count; ++other) taken = taken || masks[other] == mask;
    if (!taken) masks[m] = mask, moved = true;
  }
  return moved;
}

static coco_status cover(const electorate *voters, const vote *candidates, size_t candidate_count, coco_arena *scratch,
                         uint64_t *masks, size_t *out_count) {
  coverage c = {.voters = voters};
  COCO_TRY(make_table(&c, candidates, candidate_count, scratch));
  for (*out_count = 0; *out_count < voters->choice->count; ++*out_count) {
    const size_t added = best_addition(&c);
    if (added == c.candidate_count) break;
    masks[*out_count] = candidates[added].mask;
    for (size_t s = 0; s < c.sample_count; ++s) {
      const double energy = c.kept[s * c.candidate_count + added];
      if (energy > c.best[s]) c.best[s] = energy;
    }
  }
  for (int move = 0; move < MAXIMUM_MOVES && move_towards_kernels(&c, masks, *out_count); ++move) continue;
  return COCO_OK;
}

/* ---- The choice ---- */

static coco_status choose(const coco_kernels *layers, size_t layer_count, electorate *voters, coco_arena *scratch,
                          uint64_t *masks, size_t *out_count) {
  size_t total = 0, vote_count;
  vote *votes;
  for (size_t i = 0; i < layer_count; ++i) total += layers[i].filters * layers[i].channels;
  voters->kernels = coco_arena_allocate_zeroed(scratch, total + 1, sizeof *voters->kernels);
  if (!voters->kernels) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < layer_count; ++i) COCO_TRY(add_layer(voters, &layers[i], scratch));
  COCO_TRY(count_votes(voters, scratch, &votes, &vote_count));
  if (voters->choice->method == COCO_PATTERNS_BY_COVERAGE)
    return cover(voters, votes, vote_count, scratch, masks, out_count);
  *out_count = vote_count < voters->choice->count ? vote_count : voters->choice->count;
  for (size_t i = 0; i < *out_count; ++i) masks[i] = votes[i].mask;
  return COCO_OK;
}

coco_status coco_choose_patterns(const coco_kernels *layers, size_t layer_count, const coco_pattern_choice *choice,
                                 const coco_allocator *allocator, uint64_t *masks, size_t *out_count) {
  electorate voters = {.choice = choice, .positions = layer_count ? layers[0].positions : 0};
  coco_arena scratch = {.allocator = allocator};
  *out_count = 0;
  for (size_t i = 0; i < layer_count; ++i)
    if (layers[i].positions != voters.positions || voters.positions > COCO_KERNEL_MAXIMUM_POSITIONS)
      return COCO_INVALID_ARGUMENT;
  if (!choice->count || choice->count > COCO_PATTERN_MAXIMUM_COUNT || coco_mask_entries(choice->forced) > choice->entries)
    return COCO_INVALID_ARGUMENT;
  const coco_status status = choose(layers, layer_count, &voters, &scratch, masks, out_count);
  coco_arena_destroy(&scratch);
  return status;
}
