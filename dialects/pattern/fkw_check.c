/* What FKW arrays must be. They come from files: everything is checked before anything is read through them. */
#include "dialects/pattern/fkw.h"

const char *coco_fkw_set_check(const coco_fkw_set *set) {
  if (set->positions < 1 || set->positions > COCO_FKW_MAX_POSITIONS) return "kernels must have 1 to 63 positions";
  if (set->count < 1 || set->count > COCO_FKW_MAX_PATTERNS) return "there must be 1 to 4096 masks";
  for (uint32_t i = 0; i < set->count; ++i) {
    if (!set->masks[i]) return "masks must not be empty";
    if (set->masks[i] >> set->positions) return "masks must not have bits outside of the kernel";
    if (__builtin_popcountll(set->masks[i]) != __builtin_popcountll(set->masks[0]))
      return "masks must all have the same number of bits";
    for (uint32_t k = 0; k < i; ++k)
      if (set->masks[k] == set->masks[i]) return "masks must be distinct";
  }
  return (uint32_t)__builtin_popcountll(set->masks[0]) == set->entries
             ? NULL
             : "masks must have as many bits as there are entries";
}

const char *coco_fkw_shape_check(const coco_fkw_shape *shape) {
  const char *wrong = coco_fkw_set_check(&shape->set);
  if (wrong) return wrong;
  if (shape->filters < 1 || shape->filters > COCO_FKW_MAX_EXTENT) return "there must be 1 to 16777216 filters";
  if (shape->channels < 1 || shape->channels > COCO_FKW_MAX_EXTENT)
    return "there must be 1 to 16777216 channels in a group";
  if (shape->group < 1 || shape->filters % shape->group) return "the groups must divide the filters";
  if (shape->span < 1 || shape->span > shape->channels) return "the span must be 1 to the channels of a group";
  const uint64_t kernels = (uint64_t)shape->filters * shape->channels, groups = coco_fkw_channel_groups(shape);
  if (kernels > INT32_MAX || kernels * shape->set.positions > INT32_MAX) return "there are too many weights";
  if (groups * shape->filters * (shape->set.count + 1) > INT32_MAX) return "there are too many runs";
  return NULL;
}

/* LAST[f] is 1 + the group whose order named filter f last. */
static const char *check_reorder(const coco_fkw *fkw, uint32_t *last) {
  const uint32_t filters = fkw->shape.filters;
  for (size_t i = 0; i < coco_fkw_reorder_length(fkw); ++i) {
    const uint32_t group = (uint32_t)(i / filters);
    if (fkw->reorder[i] >= filters) return "reorder names a filter that does not exist";
    if (last[fkw->reorder[i]] == group + 1) return "reorder names a filter twice";
    last[fkw->reorder[i]] = group + 1;
  }
  return NULL;
}

static const char *check_offsets(const coco_fkw *fkw, size_t rows) {
  if (fkw->offset[0] != 0) return "offset must begin with 0";
  for (size_t row = 0; row < rows; ++row)
    if (fkw->offset[row + 1] < fkw->offset[row]) return "offset must not fall";
  return fkw->offset[rows] == fkw->kernels ? NULL : "offset must end with the number of kernels";
}

static const char *check_runs(const coco_fkw *fkw, size_t rows) {
  const uint32_t count = fkw->shape.set.count;
  for (size_t row = 0; row < rows; ++row) {
    const uint32_t *runs = fkw->runs + row * (count + 1);
    if (runs[0] != 0) return "the runs of a filter must begin with 0";
    for (uint32_t p = 0; p < count; ++p)
      if (runs[p + 1] < runs[p]) return "the runs of a filter must not fall";
    if (runs[count] != fkw->offset[row + 1] - fkw->offset[row])
      return "the runs of a filter must end with its number of kernels";
  }
  return NULL;
}

/* LAST[c] is 1 + the row that had channel c last. */
static const char *check_index(const coco_fkw *fkw, size_t rows, uint32_t *last) {
  const coco_fkw_shape *shape = &fkw->shape;
  for (size_t row = 0; row < rows; ++row) {
    const size_t from = row / shape->filters * shape->span;
    for (uint32_t k = fkw->offset[row]; k < fkw->offset[row + 1]; ++k) {
      const uint32_t channel = fkw->index[k];
      if (channel >= shape->channels || channel < from || channel - from >= shape->span)
        return "index names a channel outside of its channel group";
      if (last[channel] == row + 1) return "index names a channel twice in one filter";
      last[channel] = (uint32_t)(row + 1);
    }
  }
  return NULL;
}

coco_status coco_fkw_check_rows(const coco_fkw *fkw, coco_arena *scratch, const char **out_wrong) {
  const size_t rows = (size_t)coco_fkw_channel_groups(&fkw->shape) * fkw->shape.filters;
  uint32_t *last = coco_arena_allocate_zeroed(scratch, (size_t)fkw->shape.filters + 1, sizeof *last);
  if (!last) return COCO_OUT_OF_MEMORY;
  *out_wrong = check_reorder(fkw, last);
  if (!*out_wrong) *out_wrong = check_offsets(fkw, rows);
  if (!*out_wrong) *out_wrong = check_runs(fkw, rows);
  return COCO_OK;
}

coco_status coco_fkw_check(const coco_fkw *fkw, coco_arena *scratch, const char **out_wrong) {
  const coco_fkw_shape *shape = &fkw->shape;
  uint32_t *last = coco_arena_allocate_zeroed(scratch, (size_t)shape->channels + 1, sizeof *last);
  if (!last) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_fkw_check_rows(fkw, scratch, out_wrong));
  if (!*out_wrong) *out_wrong = check_index(fkw, (size_t)coco_fkw_channel_groups(shape) * shape->filters, last);
  return COCO_OK;
}
