/* Window arithmetic; all of it guarded against overflow, since the numbers come from files. Cost: O(1). */
#include "dialects/shared/window.h"

/* Bound on each number of a window, so that sums and products of two of them stay in 64 bits. */
#define LARGEST ((int64_t)1 << 30)

static bool within(int64_t value, int64_t low) { return value >= low && value <= LARGEST; }

const char *coco_window_check(const coco_window *window) {
  if (window->rank == 0 || window->rank > COCO_WINDOW_MAX_RANK) return "needs 1 to 8 spatial axes";
  for (size_t i = 0; i < window->rank; ++i) {
    if (!within(window->kernel[i], 1)) return "kernel extents must be positive, and at most 1073741824";
    if (!within(window->strides[i], 1)) return "strides must be positive, and at most 1073741824";
    if (!within(window->dilations[i], 1)) return "dilations must be positive, and at most 1073741824";
    if (!within(window->pads[i], 0) || !within(window->pads[window->rank + i], 0))
      return "pads must not be negative, and at most 1073741824";
  }
  return NULL;
}

bool coco_window_extent(const coco_window *window, size_t axis, int64_t input, int64_t *out) {
  if (input == COCO_DYNAMIC) {
    *out = COCO_DYNAMIC;
    return true;
  }
  if (input < 0 || input > INT64_MAX / 4) return false;
  int64_t stride = window->strides[axis], begin = window->pads[axis], end = window->pads[window->rank + axis];
  int64_t covered = window->dilations[axis] * (window->kernel[axis] - 1) + 1;
  int64_t room = input + begin + end - covered;
  if (room < 0) return false;
  int64_t positions = (window->ceil_mode ? room + stride - 1 : room) / stride + 1;
  if (window->ceil_mode && (positions - 1) * stride >= input + begin) --positions;
  *out = positions;
  return positions > 0;
}

void coco_window_range(const coco_window *window, size_t axis, int64_t output, int64_t extent, int64_t *begin,
                       int64_t *end) {
  int64_t first = coco_window_index(window, axis, output, 0), step = window->dilations[axis],
          kernel = window->kernel[axis];
  int64_t low = first < 0 ? (-first + step - 1) / step : 0;
  int64_t high = first >= extent ? 0 : (extent - first + step - 1) / step;
  *begin = low < kernel ? low : kernel;
  *end = high < kernel ? high : kernel;
  if (*end < *begin) *end = *begin;
}

void coco_window_outputs(const coco_window *window, size_t axis, int64_t kernel, int64_t extent, int64_t outputs,
                         int64_t *begin, int64_t *end) {
  int64_t stride = window->strides[axis], offset = coco_window_index(window, axis, 0, kernel);
  int64_t low = offset < 0 ? (-offset + stride - 1) / stride : 0;
  int64_t high = offset >= extent ? 0 : (extent - offset + stride - 1) / stride;
  *end = high < outputs ? high : outputs;
  *begin = low < *end ? low : *end;
}

/* COUNT numbers of a dense array of i64, NULL when ATTRIBUTE is not that. */
static const int64_t *numbers(const coco_attribute *attribute, size_t count) {
  if (!coco_attribute_is(attribute, COCO_ATTRIBUTE_DENSE_ARRAY) || !coco_type_is_integer(attribute->type, 64))
    return NULL;
  return attribute->count == count ? coco_attribute_i64s(attribute) : NULL;
}

const char *coco_window_make(coco_window *window, size_t rank, const int64_t *kernel, const coco_attribute *strides,
                             const coco_attribute *pads, const coco_attribute *dilations, bool ceil_mode) {
  *window =
      (coco_window){rank, kernel, numbers(strides, rank), numbers(pads, 2 * rank), numbers(dilations, rank), ceil_mode};
  if (rank == 0 || rank > COCO_WINDOW_MAX_RANK) return "needs 1 to 8 spatial axes";
  if (!window->strides) return "needs one stride per spatial axis";
  if (!window->pads) return "needs two pads per spatial axis: begins, then ends";
  if (!window->dilations) return "needs one dilation per spatial axis";
  return coco_window_check(window);
}

bool coco_window_is_pointwise(const coco_window *window) {
  for (size_t i = 0; i < window->rank; ++i)
    if (window->kernel[i] != 1 || window->strides[i] != 1 || window->pads[i] != 0 ||
        window->pads[window->rank + i] != 0)
      return false;
  return true;
}
