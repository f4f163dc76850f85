/* See projection.h. Scratch memory is an arena of the call. */
#include "pruning/projection.h"

#include <math.h>

#include "pruning/assignment.h"

size_t coco_kept_count(size_t count, double rate) {
  if (!(rate > 1)) return count;
  const double kept = ceil((double)count / rate);
  return kept < (double)count ? (size_t)kept : count;
}

void coco_run_lengths(size_t channels, size_t count, double rate, size_t *lengths) {
  const double wanted = rate > 1 ? (double)channels / rate : (double)channels;
  const size_t length = (size_t)floor(wanted / (double)count + 0.5);
  const size_t few = (size_t)floor(wanted + 0.5);
  for (size_t p = 0; p < count; ++p) {
    if (length * count > channels) /* not whole runs: every channel stays */
      lengths[p] = channels / count + (p < channels % count);
    else
      lengths[p] = length ? length : p < (few ? few : 1) && p < channels;
  }
}

/* ---- A kernel's worth ---- */

typedef struct worth {
  double energy; /* under the best pattern */
  size_t pattern;
} worth;

static worth kernel_worth(const coco_kernels *kernels, const coco_projection *projection, size_t index) {
  const float *kernel = coco_kernel_at(kernels, index / kernels->channels, index % kernels->channels);
  worth best = {-1, 0};
  for (size_t p = 0; p < projection->mask_count; ++p) {
    const double energy = coco_kernel_energy(kernel, kernels->positions, projection->masks[p]);
    if (energy > best.energy) best = (worth){energy, p};
  }
  return best;
}

/* ---- The strongest of a layer, or of each filter ---- */

/* Keeps COUNT of the kernels from FIRST on, of SIZE. RANKED has room for SIZE. */
static void keep_strongest(const coco_kernels *kernels, const coco_projection *projection, size_t first, size_t size,
                           size_t count, coco_ranked *ranked, uint64_t *kept) {
  for (size_t i = 0; i < size; ++i) {
    const size_t index = first + i;
    const worth best = kernel_worth(kernels, projection, index);
    const float *kernel = coco_kernel_at(kernels, index / kernels->channels, index % kernels->channels);
    const double rank = projection->two_steps ? coco_kernel_energy(kernel, kernels->positions, UINT64_MAX) : best.energy;
    ranked[i] = (coco_ranked){rank, index};
    kept[index] = best.energy > 0 ? projection->masks[best.pattern] : 0;
  }
  coco_select_ranked(ranked, size, count);
  for (size_t i = count; i < size; ++i) kept[ranked[i].index] = 0;
}

/* ---- Balanced runs ---- */

static size_t group_width(const coco_kernels *kernels, const coco_projection *projection) {
  const size_t span = projection->span;
  return span && span < kernels->channels ? span : kernels->channels;
}

typedef struct runs {
  double *energy; /* [channel of the group][pattern] */
  size_t *lengths;
  int *choice;
} runs;

static coco_status make_runs(const coco_kernels *kernels, const coco_projection *projection, coco_arena *scratch,
                             runs *out) {
  const size_t width = group_width(kernels, projection);
  out->energy = coco_arena_allocate_zeroed(scratch, width * projection->mask_count, sizeof *out->energy);
  out->lengths = coco_arena_allocate_zeroed(scratch, projection->mask_count, sizeof *out->lengths);
  out->choice = coco_arena_allocate_zeroed(scratch, width, sizeof *out->choice);
  return out->energy && out->lengths && out->choice ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* Channels FIRST to FIRST + WIDTH of one filter. */
static coco_status balance_group(const coco_kernels *kernels, const coco_projection *projection, size_t filter,
                                 size_t first, size_t width, const coco_allocator *allocator, runs *r, uint64_t *kept) {
  const size_t patterns = projection->mask_count;
  for (size_t c = 0; c < width; ++c)
    for (size_t p = 0; p < patterns; ++p)
      r->energy[c * patterns + p] =
          coco_kernel_energy(coco_kernel_at(kernels, filter, first + c), kernels->positions, projection->masks[p]);
  coco_run_lengths(width, patterns, projection->rate, r->lengths);
  COCO_TRY(coco_assign_patterns(r->energy, width, patterns, r->lengths, allocator, r->choice));
  for (size_t c = 0; c < width; ++c) {
    const bool stays = r->choice[c] != COCO_UNASSIGNED && r->energy[c * patterns + (size_t)r->choice[c]] > 0;
    kept[filter * kernels->channels + first + c] = stays ? projection->masks[r->choice[c]] : 0;
  }
  return COCO_OK;
}

static coco_status balance_runs(const coco_kernels *kernels, const coco_projection *projection, coco_arena *scratch,
                                uint64_t *kept) {
  runs r;
  const size_t width = group_width(kernels, projection);
  COCO_TRY(make_runs(kernels, projection, scratch, &r));
  for (size_t f = 0; f < kernels->filters; ++f)
    for (size_t first = 0; first < kernels->channels; first += width) {
      const size_t rest = kernels->channels - first;
      COCO_TRY(balance_group(kernels, projection, f, first, rest < width ? rest : width, scratch->allocator, &r, kept));
    }
  return COCO_OK;
}

/* ---- Patterns and connectivity ---- */

static coco_status project(const coco_kernels *kernels, const coco_projection *projection, coco_arena *scratch,
                           uint64_t *kept) {
  const size_t total = kernels->filters * kernels->channels;
  if (projection->balance == COCO_BALANCE_RUNS) return balance_runs(kernels, projection, scratch, kept);
  coco_ranked *ranked = coco_arena_allocate_zeroed(scratch, total, sizeof *ranked);
  if (!ranked) return COCO_OUT_OF_MEMORY;
  if (projection->balance == COCO_BALANCE_NONE) {
    keep_strongest(kernels, projection, 0, total, coco_kept_count(total, projection->rate), ranked, kept);
    return COCO_OK;
  }
  const size_t count = coco_kept_count(kernels->channels, projection->rate);
  for (size_t f = 0; f < kernels->filters; ++f)
    keep_strongest(kernels, projection, f * kernels->channels, kernels->channels, count, ranked, kept);
  return COCO_OK;
}

coco_status coco_project_patterns(const coco_kernels *kernels, const coco_projection *projection,
                                  const coco_allocator *allocator, uint64_t *kept) {
  coco_arena scratch = {.allocator = allocator};
  if (!projection->mask_count || !(projection->rate >= 1) || kernels->positions > COCO_KERNEL_MAXIMUM_POSITIONS ||
      (projection->two_steps && projection->balance == COCO_BALANCE_RUNS))
    return COCO_INVALID_ARGUMENT;
  if (!kernels->filters || !kernels->channels) return COCO_OK;
  const coco_status status = project(kernels, projection, &scratch, kept);
  coco_arena_destroy(&scratch);
  return status;
}

/* ---- Blocks ---- */

typedef struct blocks {
  size_t filters, channels; /* of a block */
  size_t rows, columns;     /* how many blocks */
} blocks;

static blocks blocks_of(const coco_kernels *kernels, size_t block_filters, size_t block_channels) {
  return (blocks){block_filters, block_channels, (kernels->filters + block_filters - 1) / block_filters,
                  (kernels->channels + block_channels - 1) / block_channels};
}

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* Mean energy of position POSITION in the kernels of block INDEX: blocks at the edges are smaller, and count for what they have. */
static double block_energy(const coco_kernels *kernels, const blocks *b, size_t index, size_t position) {
  const size_t filter = index / b->columns * b->filters, channel = index % b->columns * b->channels;
  double sum = 0;
  size_t count = 0;
  for (size_t f = filter; f < smaller(filter + b->filters, kernels->filters); ++f)
    for (size_t c = channel; c < smaller(channel + b->channels, kernels->channels); ++c, ++count)
      sum += coco_kernel_energy(coco_kernel_at(kernels, f, c), kernels->positions, (uint64_t)1 << position);
  return sum / (double)count;
}

static void keep_in_block(const coco_kernels *kernels, const blocks *b, size_t index, size_t position, uint64_t *kept) {
  const size_t filter = index / b->columns * b->filters, channel = index % b->columns * b->channels;
  for (size_t f = filter; f < smaller(filter + b->filters, kernels->filters); ++f)
    for (size_t c = channel; c < smaller(channel + b->channels, kernels->channels); ++c)
      kept[f * kernels->channels + c] |= (uint64_t)1 << position;
}

coco_status coco_project_blocks(const coco_kernels *kernels, size_t block_filters, size_t block_channels, double rate,
                                const coco_allocator *allocator, uint64_t *kept) {
  if (!block_filters || !block_channels || !(rate >= 1) || kernels->positions > COCO_KERNEL_MAXIMUM_POSITIONS)
    return COCO_INVALID_ARGUMENT;
  const blocks b = blocks_of(kernels, block_filters, block_channels);
  const size_t total = b.rows * b.columns * kernels->positions;
  coco_ranked *ranked = coco_allocate_zeroed(allocator, total ? total : 1, sizeof *ranked);
  if (!ranked) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < total; ++i)
    ranked[i] = (coco_ranked){block_energy(kernels, &b, i / kernels->positions, i % kernels->positions), i};
  const size_t count = coco_kept_count(total, rate);
  coco_select_ranked(ranked, total, count);
  for (size_t i = 0; i < kernels->filters * kernels->channels; ++i) kept[i] = 0;
  for (size_t i = 0; i < count; ++i)
    if (ranked[i].value > 0)
      keep_in_block(kernels, &b, ranked[i].index / kernels->positions, ranked[i].index % kernels->positions, kept);
  coco_free(allocator, ranked, (total ? total : 1) * sizeof *ranked);
  return COCO_OK;
}
