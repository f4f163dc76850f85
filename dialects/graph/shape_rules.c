/* Shape rules whose result depends on the values of operands: inference calls them with constants, evaluation with
 * what it was given. Numbers come from files: nothing here may overflow, whatever they are. */
#include "dialects/graph/hooks.h"

static bool problem(const char **out, const char *text) {
  *out = text;
  return false;
}

/* The extent that -1 stands for: what is left of the input's elements. Axes that 0 copies cancel on both sides, dynamic
 * or not. */
static bool infer_rest(const coco_extents *input, const bool *copied, const coco_extents *result, size_t hole,
                       int64_t *out, const char **out_problem) {
  coco_extents given = {0}, taken = {0};
  for (size_t i = 0; i < input->rank; ++i)
    if (!copied[i]) given.at[given.rank++] = input->at[i];
  for (size_t i = 0; i < result->rank; ++i)
    if (i != hole && !copied[i]) taken.at[taken.rank++] = result->at[i];
  int64_t elements, known;
  if (!coco_extents_product(given.at, given.rank, &elements) || !coco_extents_product(taken.at, taken.rank, &known))
    return problem(out_problem, "has too many elements");
  *out = COCO_DYNAMIC;
  if (elements == COCO_DYNAMIC) return true;
  if (known == 0) return problem(out_problem, "cannot work out -1 beside an extent of 0");
  if (elements % known != 0) return problem(out_problem, "shape does not divide the input's elements");
  *out = elements / known;
  return true;
}

bool coco_graph_reshape_extents(const coco_extents *input, const int64_t *wanted, size_t count, bool allow_zero,
                                coco_extents *out, const char **out_problem) {
  bool copied[COCO_MAXIMUM_RANK] = {false};
  size_t hole = COCO_MAXIMUM_RANK;
  coco_extents result = {.rank = count};
  for (size_t i = 0; i < count; ++i) {
    if (wanted[i] < -1) return problem(out_problem, "shape has a negative extent");
    if (wanted[i] == -1 && hole != COCO_MAXIMUM_RANK) return problem(out_problem, "shape has more than one -1");
    if (wanted[i] == -1) hole = i;
    copied[i] = wanted[i] == 0 && !allow_zero;
    if (copied[i] && i >= input->rank)
      return problem(out_problem, "shape copies an extent that the input does not have");
    result.at[i] = copied[i] ? input->at[i] : wanted[i];
  }
  if (hole != COCO_MAXIMUM_RANK) {
    if (!infer_rest(input, copied, &result, hole, &result.at[hole], out_problem)) return false;
  } else {
    int64_t before, after;
    if (!coco_extents_product(input->at, input->rank, &before) || !coco_extents_product(result.at, result.rank, &after))
      return problem(out_problem, "has too many elements");
    if (before != after && before != COCO_DYNAMIC && after != COCO_DYNAMIC)
      return problem(out_problem, "shape has another number of elements than the input");
  }
  *out = result;
  return true;
}

/* BOUND, counted from the end when negative, clamped to LOW..HIGH. EXTENT is at most INT64_MAX. */
static int64_t clamp_bound(int64_t bound, int64_t extent, int64_t low, int64_t high) {
  if (bound < 0) bound = bound < -extent ? -1 : bound + extent;
  if (bound < low) bound = low;
  return bound > high ? high : bound;
}

coco_graph_range coco_graph_slice_range(int64_t extent, int64_t start, int64_t end, int64_t step) {
  coco_graph_range range = {.step = step};
  if (extent <= 0) return range;
  if (step > 0) {
    range.start = clamp_bound(start, extent, 0, extent);
    end = clamp_bound(end, extent, 0, extent);
    if (end > range.start) range.count = (end - range.start - 1) / step + 1;
  } else {
    range.start = clamp_bound(start, extent, 0, extent - 1);
    end = clamp_bound(end, extent, -1, extent - 1);
    /* -(step + 1) cannot overflow where -step can. */
    if (end < range.start)
      range.count = (int64_t)((uint64_t)(range.start - end - 1) / ((uint64_t)(-(step + 1)) + 1)) + 1;
  }
  return range;
}

bool coco_graph_slice_extents(const coco_extents *input, size_t count, const int64_t *starts, const int64_t *ends,
                              const int64_t *axes, const int64_t *steps, coco_graph_range *ranges, coco_extents *out,
                              const char **out_problem) {
  bool seen[COCO_MAXIMUM_RANK] = {false};
  if (count > input->rank) return problem(out_problem, "has more bounds than the input has axes");
  *out = *input;
  for (size_t i = 0; i < input->rank; ++i) ranges[i] = (coco_graph_range){.step = 1, .count = input->at[i]};
  for (size_t i = 0; i < count; ++i) {
    int64_t axis = axes ? axes[i] : (int64_t)i;
    const int64_t rank = (int64_t)input->rank, step = steps ? steps[i] : 1;
    if (axis < -rank || axis >= rank) return problem(out_problem, "has an axis out of range");
    if (axis < 0) axis += rank;
    if (seen[axis]) return problem(out_problem, "has an axis twice");
    if (step == 0) return problem(out_problem, "has a step of 0");
    seen[axis] = true;
    if (input->at[axis] == COCO_DYNAMIC) continue;
    ranges[axis] = coco_graph_slice_range(input->at[axis], starts[i], ends[i], step);
    out->at[axis] = ranges[axis].count;
  }
  return true;
}

bool coco_graph_pad_extents(const coco_extents *input, const int64_t *pads, coco_extents *out,
                            const char **out_problem) {
  const int64_t limit = INT64_MAX / 4;
  *out = *input;
  for (size_t i = 0; i < input->rank; ++i) {
    const int64_t before = pads[i], after = pads[input->rank + i];
    if (before < -limit || before > limit || after < -limit || after > limit || input->at[i] > limit)
      return problem(out_problem, "has a pad that is too large");
    if (input->at[i] == COCO_DYNAMIC) continue;
    out->at[i] = input->at[i] + before + after;
    if (out->at[i] < 0) return problem(out_problem, "crops more than there is");
  }
  return true;
}

bool coco_graph_extents_from(const int64_t *values, size_t count, coco_extents *out, const char **out_problem) {
  out->rank = count;
  for (size_t i = 0; i < count; ++i) {
    if (values[i] < 0) return problem(out_problem, "shape has a negative extent");
    out->at[i] = values[i];
  }
  return true;
}
