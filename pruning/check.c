/* Whether weights keep a constraint: see projection.h. */
#include "dialects/pattern/fkw.h"
#include "pruning/assignment.h"
#include "pruning/projection.h"

static uint64_t support_at(const coco_kernels *kernels, size_t filter, size_t channel) {
  return coco_fkw_support(coco_kernel_at(kernels, filter, channel), (uint32_t)kernels->positions);
}

static bool fits(uint64_t support, const coco_projection *projection) {
  for (size_t p = 0; p < projection->mask_count; ++p)
    if (!(support & ~projection->masks[p])) return true;
  return false;
}

/* Channels FIRST to FIRST + WIDTH of a filter: every kernel must find a place in the run of a pattern that covers it. */
static coco_status check_group(const coco_kernels *kernels, const coco_projection *projection, size_t filter,
                               size_t first, size_t width, coco_arena *scratch, coco_violation *out) {
  const size_t patterns = projection->mask_count;
  double *covers = coco_arena_allocate_zeroed(scratch, width * patterns, sizeof *covers);
  size_t *lengths = coco_arena_allocate_zeroed(scratch, patterns, sizeof *lengths), found = 0, placed = 0;
  int *choice = coco_arena_allocate_zeroed(scratch, width, sizeof *choice);
  if (!covers || !lengths || !choice) return COCO_OUT_OF_MEMORY;
  for (size_t c = 0; c < width; ++c) {
    const uint64_t support = support_at(kernels, filter, first + c);
    found += support != 0;
    for (size_t p = 0; p < patterns; ++p) covers[c * patterns + p] = support && !(support & ~projection->masks[p]);
  }
  coco_run_lengths(width, patterns, projection->rate, lengths);
  COCO_TRY(coco_assign_patterns(covers, width, patterns, lengths, scratch->allocator, choice));
  for (size_t c = 0; c < width; ++c)
    placed += choice[c] != COCO_UNASSIGNED && covers[c * patterns + (size_t)choice[c]] > 0;
  if (placed < found)
    *out = (coco_violation){COCO_VIOLATES_RUNS, filter, first, found, placed};
  return COCO_OK;
}

static coco_status check_runs(const coco_kernels *kernels, const coco_projection *projection,
                              const coco_allocator *allocator, coco_violation *out) {
  const size_t width = projection->span && projection->span < kernels->channels ? projection->span : kernels->channels;
  coco_arena scratch = {.allocator = allocator};
  coco_status status = COCO_OK;
  for (size_t f = 0; f < kernels->filters && status == COCO_OK && !out->kind; ++f)
    for (size_t first = 0; first < kernels->channels && status == COCO_OK && !out->kind; first += width) {
      const size_t rest = kernels->channels - first;
      status = check_group(kernels, projection, f, first, rest < width ? rest : width, &scratch, out);
      coco_arena_reset(&scratch);
    }
  coco_arena_destroy(&scratch);
  return status;
}

coco_status coco_check_patterns(const coco_kernels *kernels, const coco_projection *projection,
                                const coco_allocator *allocator, coco_violation *out) {
  size_t in_layer = 0;
  *out = (coco_violation){0};
  for (size_t f = 0; f < kernels->filters; ++f) {
    size_t in_filter = 0;
    for (size_t c = 0; c < kernels->channels; ++c) {
      const uint64_t support = support_at(kernels, f, c);
      in_filter += support != 0;
      if (fits(support, projection)) continue;
      *out = (coco_violation){COCO_VIOLATES_SET, f, c, 0, 0};
      return COCO_OK;
    }
    const size_t allowed = coco_kept_count(kernels->channels, projection->rate);
    if (projection->balance == COCO_BALANCE_FILTER && in_filter > allowed) {
      *out = (coco_violation){COCO_VIOLATES_FILTER, f, 0, in_filter, allowed};
      return COCO_OK;
    }
    in_layer += in_filter;
  }
  if (projection->balance == COCO_BALANCE_RUNS) return check_runs(kernels, projection, allocator, out);
  const size_t allowed = coco_kept_count(kernels->filters * kernels->channels, projection->rate);
  if (projection->balance == COCO_BALANCE_NONE && in_layer > allowed)
    *out = (coco_violation){COCO_VIOLATES_LAYER, 0, 0, in_layer, allowed};
  return COCO_OK;
}

coco_violation coco_check_blocks(const coco_kernels *kernels, size_t block_filters, size_t block_channels, double rate) {
  size_t found = 0;
  const size_t rows = (kernels->filters + block_filters - 1) / block_filters,
               columns = (kernels->channels + block_channels - 1) / block_channels;
  for (size_t block = 0; block < rows * columns; ++block) {
    uint64_t used = 0;
    const size_t filter = block / columns * block_filters, channel = block % columns * block_channels;
    for (size_t f = filter; f < filter + block_filters && f < kernels->filters; ++f)
      for (size_t c = channel; c < channel + block_channels && c < kernels->channels; ++c)
        used |= support_at(kernels, f, c);
    found += coco_mask_entries(used);
  }
  const size_t allowed = coco_kept_count(rows * columns * kernels->positions, rate);
  if (found <= allowed) return (coco_violation){0};
  return (coco_violation){COCO_VIOLATES_BLOCKS, 0, 0, found, allowed};
}
