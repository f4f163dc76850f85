/* FKW with one body for masks that are translations of each other, and back.
 *
 * A kernel moved down and right is the same kernel over an input moved up and left: code for one of the masks serves
 * all of them, and runs become longer by as much. Cost: linear in the kernels and the masks. */
#include <string.h>

#include "dialects/pattern/fkw.h"

uint64_t coco_fkw_corner(uint64_t mask, uint32_t width) {
  uint64_t first_row = 0, first_column = 0;
  for (uint32_t i = 0; i < width; ++i) first_row |= UINT64_C(1) << i;
  for (uint32_t i = 0; i < COCO_FKW_MAX_POSITIONS; i += width) first_column |= UINT64_C(1) << i;
  while (mask && !(mask & first_row)) mask >>= width;
  while (mask && !(mask & first_column)) mask >>= 1;
  return mask;
}

uint32_t coco_fkw_shift_stride(uint32_t span) {
  uint32_t stride = 1;
  while (stride < span && stride <= COCO_FKW_MAX_EXTENT) stride *= 2;
  return stride;
}

/* By how much MASK, not empty, stands away from its corner. */
static uint32_t distance_of(uint64_t mask, uint32_t width) {
  return (uint32_t)(__builtin_ctzll(mask) - __builtin_ctzll(coco_fkw_corner(mask, width)));
}

/* The place of DISTANCE in LIST of *COUNT, where it is appended when it is new. */
static uint32_t place_in(uint32_t *list, uint32_t *count, uint32_t distance) {
  uint32_t i = 0;
  while (i < *count && list[i] != distance) ++i;
  if (i == *count) list[(*count)++] = distance;
  return i;
}

void coco_fkw_gather(uint64_t *masks, uint32_t count, uint32_t width) {
  uint32_t distances[COCO_FKW_MAX_POSITIONS], known = 0;
  for (uint32_t first = 0, end; first < count; first = end) {
    const uint64_t corner = coco_fkw_corner(masks[first], width);
    end = first;
    for (uint32_t i = first; i < count; ++i) {
      const uint64_t mask = masks[i];
      if (coco_fkw_corner(mask, width) != corner) continue;
      const uint32_t place = place_in(distances, &known, distance_of(mask, width));
      uint32_t to = end++;
      while (to > first && place_in(distances, &known, distance_of(masks[to - 1], width)) > place) --to;
      for (uint32_t k = i; k > to; --k) masks[k] = masks[k - 1];
      masks[to] = mask;
    }
  }
}

/* The number of the shift by DISTANCE positions, which is added where it is new; COCO_FKW_MAX_SHIFTS: there
 * is no room. */
static uint32_t number_of_shift(coco_fkw_shifts *shifts, uint32_t distance, uint32_t width) {
  const uint32_t row = distance / width, column = distance % width;
  uint32_t i = 0;
  while (i < shifts->count && (shifts->rows[i] != row || shifts->columns[i] != column)) ++i;
  if (i < shifts->count || i == COCO_FKW_MAX_SHIFTS) return i;
  shifts->rows[i] = row;
  shifts->columns[i] = column;
  return shifts->count++;
}

/* Which body a mask has, and which of the shifts. */
typedef struct mask_place {
  uint32_t body, member;
} mask_place;

/* The set's masks as BODIES, in order. Within a body shifts must ascend, so that kernels, which stand by mask, stand by
 * shift. Returns the number of bodies; 0: they do not fit. */
static uint32_t find_bodies(const coco_fkw_set *set, uint32_t width, uint64_t *bodies, mask_place *places,
                            coco_fkw_shifts *shifts) {
  uint32_t count = 0;
  *shifts = (coco_fkw_shifts){0};
  for (uint32_t p = 0; p < set->count; ++p) {
    const uint64_t corner = coco_fkw_corner(set->masks[p], width);
    const uint32_t member = number_of_shift(shifts, distance_of(set->masks[p], width), width);
    if (member == COCO_FKW_MAX_SHIFTS) return 0;
    if (count > 0 && bodies[count - 1] == corner) {
      if (member <= places[p - 1].member) return 0;
    } else {
      for (uint32_t b = 0; b < count; ++b)
        if (bodies[b] == corner) return 0;
      bodies[count++] = corner;
    }
    places[p] = (mask_place){count - 1, member};
  }
  return count;
}

coco_status coco_fkw_share(const coco_fkw *fkw, uint32_t width, coco_arena *arena, coco_fkw *out,
                           coco_fkw_shifts *out_shifts, bool *out_fits) {
  const coco_fkw_shape *shape = &fkw->shape;
  const size_t rows = (size_t)coco_fkw_channel_groups(shape) * shape->filters;
  const uint32_t stride = coco_fkw_shift_stride(shape->span);
  uint64_t *bodies = coco_arena_allocate_zeroed(arena, shape->set.count, sizeof *bodies);
  mask_place *places = coco_arena_allocate_zeroed(arena, shape->set.count, sizeof *places);
  uint32_t *index = coco_arena_allocate_zeroed(arena, (size_t)fkw->kernels + 1, sizeof *index);
  if (!bodies || !places || !index) return COCO_OUT_OF_MEMORY;
  const uint32_t count = find_bodies(&shape->set, width, bodies, places, out_shifts);
  *out_fits = count > 0;
  if (!*out_fits) return COCO_OK;
  uint32_t *runs = coco_arena_allocate_zeroed(arena, rows * (count + 1) + 1, sizeof *runs);
  if (!runs) return COCO_OUT_OF_MEMORY;
  for (size_t row = 0; row < rows; ++row) {
    const uint32_t *from = fkw->runs + row * (shape->set.count + 1),
                   first_channel = (uint32_t)(row / shape->filters) * shape->span;
    for (uint32_t p = 0; p < shape->set.count; ++p) {
      runs[row * (count + 1) + places[p].body + 1] = from[p + 1];
      for (uint32_t k = fkw->offset[row] + from[p]; k < fkw->offset[row] + from[p + 1]; ++k)
        index[k] = places[p].member * stride + fkw->index[k] - first_channel;
    }
  }
  *out = *fkw;
  out->shape.set.masks = bodies;
  out->shape.set.count = count;
  out->index = index;
  out->runs = runs;
  return COCO_OK;
}

/* ---- Back ---- */

/* All masks that bodies and shifts can say, body by body; PATTERNS[body * shifts + member] is 1 + the mask's number, 0
 * where it would leave the kernel. */
static const char *plain_set(const coco_fkw *shared, uint32_t width, const coco_fkw_shifts *shifts, uint64_t *masks,
                             uint32_t *patterns, coco_fkw_set *out) {
  const coco_fkw_set *set = &shared->shape.set;
  *out = *set;
  out->masks = masks;
  out->count = 0;
  for (uint32_t b = 0; b < set->count; ++b) {
    if (coco_fkw_corner(set->masks[b], width) != set->masks[b])
      return "masks with shifts must stand in the top left corner";
    for (uint32_t m = 0; m < shifts->count; ++m) {
      const uint32_t distance = shifts->rows[m] * width + shifts->columns[m];
      const uint64_t moved = distance < set->positions ? set->masks[b] << distance : 0;
      const bool inside = moved && moved >> distance == set->masks[b] && !(moved >> set->positions) &&
                          coco_fkw_corner(moved, width) == set->masks[b];
      if (!inside) continue;
      masks[out->count] = moved;
      patterns[b * shifts->count + m] = ++out->count;
    }
  }
  return out->count <= COCO_FKW_MAX_PATTERNS ? NULL : "there are too many masks and shifts";
}

/* The runs and channels of one row. */
static const char *plain_row(const coco_fkw *shared, const coco_fkw_shifts *shifts, const uint32_t *patterns,
                             size_t row, coco_fkw *out) {
  const coco_fkw_shape *shape = &shared->shape;
  const uint32_t *from = shared->runs + row * (shape->set.count + 1);
  uint32_t *runs = out->runs + row * (out->shape.set.count + 1), last = 0;
  const uint32_t stride = coco_fkw_shift_stride(shape->span);
  const uint64_t first_channel = (uint64_t)(row / shape->filters) * shape->span;
  for (uint32_t b = 0; b < shape->set.count; ++b)
    for (uint32_t k = from[b]; k < from[b + 1]; ++k) {
      const uint32_t code = shared->index[shared->offset[row] + k], member = code / stride;
      const uint64_t channel = first_channel + code % stride;
      if (member >= shifts->count || code % stride >= shape->span || channel >= shape->channels)
        return "index names a shift or a channel that does not exist";
      const uint32_t pattern = patterns[b * shifts->count + member];
      if (!pattern) return "index moves a mask out of the kernel";
      if (pattern < last) return "kernels of a body must stand by shift";
      last = pattern;
      out->index[shared->offset[row] + k] = (uint32_t)channel;
      runs[pattern] = k + 1;
    }
  for (uint32_t p = 0; p < out->shape.set.count; ++p)
    if (runs[p + 1] < runs[p]) runs[p + 1] = runs[p];
  return NULL;
}

coco_status coco_fkw_unshare(const coco_fkw *shared, uint32_t width, const coco_fkw_shifts *shifts, coco_arena *arena,
                             coco_fkw *out, const char **out_wrong) {
  const coco_fkw_shape *shape = &shared->shape;
  const size_t rows = (size_t)coco_fkw_channel_groups(shape) * shape->filters,
               combinations = (size_t)shape->set.count * shifts->count;
  uint64_t *masks = coco_arena_allocate_zeroed(arena, combinations + 1, sizeof *masks);
  uint32_t *patterns = coco_arena_allocate_zeroed(arena, combinations + 1, sizeof *patterns);
  if (!masks || !patterns) return COCO_OUT_OF_MEMORY;
  *out = *shared;
  *out_wrong = plain_set(shared, width, shifts, masks, patterns, &out->shape.set);
  if (!*out_wrong) *out_wrong = coco_fkw_shape_check(&out->shape);
  if (!*out_wrong) COCO_TRY(coco_fkw_check_rows(shared, arena, out_wrong));
  if (*out_wrong) return COCO_OK;
  out->index = coco_arena_allocate_zeroed(arena, (size_t)shared->kernels + 1, sizeof *out->index);
  out->runs = coco_arena_allocate_zeroed(arena, rows * (out->shape.set.count + 1) + 1, sizeof *out->runs);
  if (!out->index || !out->runs) return COCO_OUT_OF_MEMORY;
  for (size_t row = 0; row < rows && !*out_wrong; ++row) *out_wrong = plain_row(shared, shifts, patterns, row, out);
  return *out_wrong ? COCO_OK : coco_fkw_check(out, arena, out_wrong);
}
