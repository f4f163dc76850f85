/* FKW from dense weights and back, and in other orders. All of it goes by way of the kernels by filter and channel. */
#include "dialects/pattern/fkw.h"

#include <string.h>

uint32_t coco_fkw_channel_groups(const coco_fkw_shape *shape) {
  return (shape->channels + shape->span - 1) / shape->span;
}

uint64_t coco_fkw_support(const float *kernel, uint32_t positions) {
  uint64_t support = 0;
  for (uint32_t i = 0; i < positions; ++i)
    if (kernel[i] != 0) support |= (uint64_t)1 << i;
  return support;
}

/* As the support, but -0.0 counts. */
static uint64_t bits_set(const float *kernel, uint32_t positions) {
  uint64_t support = 0;
  for (uint32_t i = 0; i < positions; ++i) {
    uint32_t bits;
    memcpy(&bits, &kernel[i], sizeof bits);
    if (bits) support |= (uint64_t)1 << i;
  }
  return support;
}

size_t coco_fkw_reorder_length(const coco_fkw *fkw) {
  const size_t filters = fkw->shape.filters;
  return fkw->own_orders ? filters * coco_fkw_channel_groups(&fkw->shape) : filters;
}

uint32_t coco_fkw_filter(const coco_fkw *fkw, size_t row) {
  return fkw->reorder[fkw->own_orders ? row : row % fkw->shape.filters];
}

/* 1 + the first mask that covers SUPPORT; 0: none does. */
static uint16_t covering(const coco_fkw_set *set, uint64_t support) {
  for (uint32_t p = 0; p < set->count; ++p)
    if ((support & ~set->masks[p]) == 0) return (uint16_t)(p + 1);
  return 0;
}

static bool choose(const coco_fkw_shape *shape, const float *weights, uint16_t *choice) {
  const uint32_t positions = shape->set.positions;
  const size_t count = (size_t)shape->filters * shape->channels;
  for (size_t i = 0; i < count; ++i, weights += positions) {
    const uint64_t support = coco_fkw_support(weights, positions);
    if (!support) continue;
    choice[i] = covering(&shape->set, bits_set(weights, positions));
    if (!choice[i]) choice[i] = covering(&shape->set, support);
    if (!choice[i]) return false;
  }
  return true;
}

/* ---- Arrays from kernels ---- */

static coco_status allocate(const coco_fkw_shape *shape, size_t kernels, coco_arena *arena, coco_fkw *out) {
  const size_t rows = (size_t)coco_fkw_channel_groups(shape) * shape->filters;
  *out = (coco_fkw){.shape = *shape, .kernels = (uint32_t)kernels};
  out->offset = coco_arena_allocate_zeroed(arena, rows + 1, sizeof *out->offset);
  out->reorder = coco_arena_allocate_zeroed(arena, (size_t)shape->filters + 1, sizeof *out->reorder);
  out->index = coco_arena_allocate_zeroed(arena, kernels + 1, sizeof *out->index);
  out->runs = coco_arena_allocate_zeroed(arena, rows * (shape->set.count + 1) + 1, sizeof *out->runs);
  out->weights = coco_arena_allocate_zeroed(arena, kernels * shape->set.entries + 1, sizeof *out->weights);
  const bool all = out->offset && out->reorder && out->index && out->runs && out->weights;
  return all ? COCO_OK : COCO_OUT_OF_MEMORY;
}

static float *gather_entries(float *to, const float *kernel, uint64_t mask) {
  for (; mask; mask &= mask - 1) *to++ = kernel[__builtin_ctzll(mask)];
  return to;
}

/* Kernels of one filter in channels [from, to), from *kernel on, which advances. Returns where the next weights go. */
static float *store_row(coco_fkw *fkw, const coco_fkw_kernels *kernels, uint32_t filter, uint32_t from, uint32_t to,
                        uint32_t *runs, uint32_t *kernel, float *weights) {
  const coco_fkw_set *set = &fkw->shape.set;
  const uint16_t *choice = kernels->choice + (size_t)filter * fkw->shape.channels;
  const float *dense = kernels->dense + (size_t)filter * fkw->shape.channels * set->positions;
  for (uint32_t p = 0; p <= set->count; ++p) runs[p] = 0;
  for (uint32_t c = from; c < to; ++c)
    if (choice[c]) ++runs[choice[c]];
  for (uint32_t p = 0; p < set->count; ++p) runs[p + 1] += runs[p];
  for (uint32_t p = 0; p < set->count; ++p) {
    if (runs[p] == runs[p + 1]) continue;
    for (uint32_t c = from; c < to; ++c) {
      if (choice[c] != p + 1) continue;
      fkw->index[(*kernel)++] = c;
      weights = gather_entries(weights, dense + (size_t)c * set->positions, set->masks[p]);
    }
  }
  return weights;
}

static coco_status assemble(const coco_fkw_shape *shape, const coco_fkw_kernels *kernels, const uint32_t *reorder,
                            coco_arena *arena, coco_fkw *out) {
  const size_t count = (size_t)shape->filters * shape->channels;
  size_t total = 0;
  for (size_t i = 0; i < count; ++i) total += kernels->choice[i] != 0;
  COCO_TRY(allocate(shape, total, arena, out));
  memcpy(out->reorder, reorder, shape->filters * sizeof *reorder);
  uint32_t kernel = 0, *runs = out->runs;
  float *weights = out->weights;
  size_t row = 0;
  for (uint32_t from = 0; from < shape->channels; from += shape->span) {
    const uint32_t to = shape->channels - from < shape->span ? shape->channels : from + shape->span;
    for (uint32_t i = 0; i < shape->filters; ++i, runs += shape->set.count + 1) {
      out->offset[row++] = kernel;
      weights = store_row(out, kernels, reorder[i], from, to, runs, &kernel, weights);
    }
  }
  out->offset[row] = kernel;
  return COCO_OK;
}

static coco_status allocate_kernels(const coco_fkw_shape *shape, bool dense, coco_arena *arena, coco_fkw_kernels *out) {
  const size_t count = (size_t)shape->filters * shape->channels;
  *out = (coco_fkw_kernels){.choice = coco_arena_allocate_zeroed(arena, count + 1, sizeof *out->choice)};
  if (!out->choice) return COCO_OUT_OF_MEMORY;
  if (!dense) return COCO_OK;
  out->dense = coco_arena_allocate_zeroed(arena, count * shape->set.positions + 1, sizeof *out->dense);
  return out->dense ? COCO_OK : COCO_OUT_OF_MEMORY;
}

coco_status coco_fkw_from_dense(const coco_fkw_shape *shape, const float *weights, const coco_fkw_order *order,
                                coco_arena *arena, coco_fkw *out, bool *out_fits) {
  coco_fkw_kernels kernels;
  uint32_t *reorder;
  *out_fits = false;
  if (coco_fkw_shape_check(shape)) return COCO_INVALID_ARGUMENT;
  COCO_TRY(allocate_kernels(shape, false, arena, &kernels));
  if (!choose(shape, weights, kernels.choice)) return COCO_OK;
  *out_fits = true;
  kernels.dense = (float *)(uintptr_t)weights; /* only read */
  COCO_TRY(coco_fkw_reorder(shape, kernels.choice, order, arena, &reorder));
  return assemble(shape, &kernels, reorder, arena, out);
}

/* ---- Kernels from arrays ---- */

/* Puts each kernel where it belongs. CHOICE or DENSE may be NULL. */
static void scatter(const coco_fkw *fkw, uint16_t *choice, float *dense) {
  const coco_fkw_shape *shape = &fkw->shape;
  const coco_fkw_set *set = &shape->set;
  const size_t rows = (size_t)coco_fkw_channel_groups(shape) * shape->filters;
  for (size_t row = 0; row < rows; ++row) {
    const uint32_t *runs = fkw->runs + row * (set->count + 1);
    const size_t filter = coco_fkw_filter(fkw, row);
    for (uint32_t p = 0; p < set->count; ++p)
      for (uint32_t k = fkw->offset[row] + runs[p]; k < fkw->offset[row] + runs[p + 1]; ++k) {
        const size_t at = filter * shape->channels + fkw->index[k];
        const float *from = fkw->weights + (size_t)k * set->entries;
        if (choice) choice[at] = (uint16_t)(p + 1);
        if (!dense) continue;
        for (uint64_t mask = set->masks[p]; mask; mask &= mask - 1)
          dense[at * set->positions + (unsigned)__builtin_ctzll(mask)] = *from++;
      }
  }
}

void coco_fkw_to_dense(const coco_fkw *fkw, float *weights) {
  const coco_fkw_shape *shape = &fkw->shape;
  const size_t count = (size_t)shape->filters * shape->channels * shape->set.positions;
  for (size_t i = 0; i < count; ++i) weights[i] = 0;
  scatter(fkw, NULL, weights);
}

coco_status coco_fkw_rearrange(const coco_fkw *fkw, uint32_t span, const coco_fkw_order *order, coco_arena *arena,
                               coco_fkw *out) {
  coco_fkw_shape shape = fkw->shape;
  coco_fkw_kernels kernels;
  uint32_t *reorder = fkw->reorder;
  shape.span = span;
  if (coco_fkw_shape_check(&shape)) return COCO_INVALID_ARGUMENT;
  COCO_TRY(allocate_kernels(&shape, true, arena, &kernels));
  scatter(fkw, kernels.choice, kernels.dense);
  if (order) COCO_TRY(coco_fkw_reorder(&shape, kernels.choice, order, arena, &reorder));
  return assemble(&shape, &kernels, reorder, arena, out);
}

/* ---- Other filters and channels ---- */

/* The order of FKW for the filters that are left: by the place that the old one has. */
static coco_status order_of_selection(const coco_fkw *fkw, const uint32_t *filters, uint32_t count, coco_arena *arena,
                                      uint32_t **out_reorder) {
  const uint32_t none = UINT32_MAX, old = fkw->shape.filters;
  uint32_t *now = coco_arena_allocate_zeroed(arena, (size_t)old + 1, sizeof *now);
  uint32_t *reorder = *out_reorder = coco_arena_allocate_zeroed(arena, (size_t)count + 1, sizeof *reorder);
  if (!now || !reorder) return COCO_OUT_OF_MEMORY;
  for (uint32_t f = 0; f < old; ++f) now[f] = none;
  for (uint32_t f = 0; f < count; ++f) {
    const uint32_t from = filters ? filters[f] : f;
    if (from >= old || now[from] != none) return COCO_INVALID_ARGUMENT;
    now[from] = f;
  }
  for (uint32_t i = 0; i < old; ++i)
    if (now[fkw->reorder[i]] != none) *reorder++ = now[fkw->reorder[i]];
  return COCO_OK;
}

static coco_status copy_kernels(const coco_fkw_shape *from_shape, const coco_fkw_kernels *from, const uint32_t *filters,
                                const uint32_t *channels, const coco_fkw_shape *shape, coco_fkw_kernels *to) {
  const size_t positions = shape->set.positions;
  for (uint32_t f = 0; f < shape->filters; ++f)
    for (uint32_t c = 0; c < shape->channels; ++c) {
      const uint32_t old_filter = filters ? filters[f] : f, old_channel = channels ? channels[c] : c;
      if (old_channel >= from_shape->channels) return COCO_INVALID_ARGUMENT;
      const size_t old = (size_t)old_filter * from_shape->channels + old_channel, now = (size_t)f * shape->channels + c;
      to->choice[now] = from->choice[old];
      memcpy(to->dense + now * positions, from->dense + old * positions, positions * sizeof *to->dense);
    }
  return COCO_OK;
}

coco_status coco_fkw_select(const coco_fkw *fkw, const uint32_t *filters, uint32_t filter_count,
                            const uint32_t *channels, uint32_t channel_count, coco_arena *arena, coco_fkw *out) {
  coco_fkw_shape shape = fkw->shape;
  coco_fkw_kernels from, to;
  uint32_t *reorder;
  if (filters) shape.filters = filter_count;
  if (filters && shape.channels == 1 && shape.group == fkw->shape.filters) shape.group = filter_count;
  if (channels) shape.channels = channel_count;
  if (shape.span > shape.channels) shape.span = shape.channels;
  if (coco_fkw_shape_check(&shape)) return COCO_INVALID_ARGUMENT;
  COCO_TRY(order_of_selection(fkw, filters, shape.filters, arena, &reorder));
  COCO_TRY(allocate_kernels(&fkw->shape, true, arena, &from));
  COCO_TRY(allocate_kernels(&shape, true, arena, &to));
  scatter(fkw, from.choice, from.dense);
  COCO_TRY(copy_kernels(&fkw->shape, &from, filters, channels, &shape, &to));
  return assemble(&shape, &to, reorder, arena, out);
}

/* ---- Sizes ---- */

size_t coco_fkw_element_size(const uint32_t *values, size_t count) {
  uint32_t all = 0;
  for (size_t i = 0; i < count; ++i) all |= values[i];
  return all <= UINT8_MAX ? 1 : all <= UINT16_MAX ? 2 : 4;
}

size_t coco_fkw_structure_size(const coco_fkw *fkw) {
  const coco_fkw_shape *shape = &fkw->shape;
  const size_t rows = (size_t)coco_fkw_channel_groups(shape) * shape->filters,
               run_count = rows * (shape->set.count + 1);
  return coco_fkw_element_size(fkw->offset, rows + 1) * (rows + 1) +
         coco_fkw_element_size(fkw->reorder, coco_fkw_reorder_length(fkw)) * coco_fkw_reorder_length(fkw) +
         coco_fkw_element_size(fkw->index, fkw->kernels) * fkw->kernels +
         coco_fkw_element_size(fkw->runs, run_count) * run_count;
}
