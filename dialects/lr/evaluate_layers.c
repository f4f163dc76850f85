/* Reference evaluation of lr.conv, lr.matmul and lr.window. Layouts and tuning do not count; packed weights are read as packed.
 *
 * Products are accumulated with fmaf from zero, over channels, then kernel positions row by row; positions outside the input are left
 * out. Cost: that of the naive loops; the positions of a window are found once for all filters and channels. */
#include <math.h>

#include "dialects/lr/body.h"
#include "dialects/lr/hooks.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/window.h"
#include "dialects/shared/shape.h"

static coco_status require_f32(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *value) {
  const coco_type *element = value->type->element;
  if (coco_type_is_float(element) && element->format == COCO_F32) return COCO_OK;
  return coco_evaluation_error(evaluation, operation, "is evaluated for f32 elements only");
}

/* The kernel positions of one output place that lie inside the input. */
typedef struct taps {
  size_t count;
  size_t padded;    /* positions inside the input or its padding */
  int64_t *inputs;  /* offsets in a channel's plane */
  int64_t *kernels; /* row-major numbers of kernel positions */
} taps;

static coco_status taps_make(taps *list, coco_evaluation *evaluation, const coco_window *window) {
  int64_t positions = 0;
  if (!coco_extents_product(window->kernel, window->rank, &positions)) return COCO_OUT_OF_MEMORY;
  coco_arena *arena = coco_evaluation_scratch(evaluation);
  list->inputs = coco_arena_allocate_zeroed(arena, (size_t)positions, sizeof *list->inputs);
  list->kernels = coco_arena_allocate_zeroed(arena, (size_t)positions, sizeof *list->kernels);
  return list->inputs && list->kernels ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* Finds the taps of the output place PLACE (spatial indices) in planes of the extents SPATIAL. */
static void taps_find(taps *list, const coco_window *window, const int64_t *spatial, const int64_t *place) {
  int64_t kernel[COCO_WINDOW_MAX_RANK] = {0}, number = 0;
  list->count = list->padded = 0;
  do {
    int64_t offset = 0;
    bool inside = true, padded = true;
    for (size_t i = 0; i < window->rank; ++i) {
      int64_t at = coco_window_index(window, i, place[i], kernel[i]);
      inside = inside && at >= 0 && at < spatial[i];
      padded = padded && at < spatial[i] + window->pads[window->rank + i];
      offset = offset * spatial[i] + at;
    }
    list->padded += padded;
    if (inside) {
      list->inputs[list->count] = offset;
      list->kernels[list->count++] = number;
    }
    ++number;
  } while (coco_index_next(window->kernel, window->rank, kernel));
}

/* How the weights of a filter are read: base + (channel * positions + position) * step. */
typedef struct filter_weights {
  const float *data;
  int64_t channels, positions; /* of one filter */
  bool packed;
} filter_weights;

static float accumulate(const filter_weights *weights, int64_t filter, const taps *list, const float *input, int64_t plane) {
  int64_t size = weights->channels * weights->positions, step = weights->packed ? COCO_LR_LANES : 1;
  const float *base = weights->packed ? weights->data + filter / COCO_LR_LANES * size * COCO_LR_LANES + filter % COCO_LR_LANES : weights->data + filter * size;
  float sum = 0;
  for (int64_t channel = 0; channel < weights->channels; ++channel) {
    const float *row = base + channel * weights->positions * step;
    const float *image = input + channel * plane;
    for (size_t i = 0; i < list->count; ++i) sum = fmaf(image[list->inputs[i]], row[list->kernels[i] * step], sum);
  }
  return sum;
}

static int64_t product(const int64_t *extents, size_t count) {
  int64_t result = 1;
  for (size_t i = 0; i < count; ++i) result *= extents[i];
  return result;
}

coco_status coco_lr_conv_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands,
                                  coco_runtime_value *results) {
  COCO_TRY(require_f32(evaluation, operation, &operands[0]));
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_conv, info));
  const coco_type *input = operands[0].type, *output = coco_operation_result(operation, 0)->type;
  size_t rank = info.window.rank;
  coco_lr_body body;
  taps list;
  COCO_TRY(coco_lr_body_make(&body, evaluation, operation, COCO_PROPERTY(operation, lr_conv, maps), 2, true, operands, results));
  COCO_TRY(taps_make(&list, evaluation, &info.window));
  filter_weights weights = {.data = operands[1].data,
                            .channels = input->shape[1] / info.group,
                            .positions = product(info.window.kernel, rank),
                            .packed = !coco_string_is(COCO_PROPERTY(operation, lr_conv, storage)->text, "plain")};
  int64_t plane = product(input->shape + 2, rank), places = product(output->shape + 2, rank);
  int64_t filters = output->shape[1], filters_per_group = filters / info.group;
  int64_t index[COCO_LR_MAX_RANK] = {0};
  if (coco_type_element_count(output) == 0) return COCO_OK;
  for (int64_t n = 0; n < output->shape[0]; ++n) {
    int64_t place = 0;
    index[0] = n;
    do {
      taps_find(&list, &info.window, input->shape + 2, index + 2);
      for (int64_t filter = 0; filter < filters; ++filter) {
        const float *image = (const float *)operands[0].data + (n * input->shape[1] + filter / filters_per_group * weights.channels) * plane;
        coco_runtime_value sum = {.type = input->element, .real = accumulate(&weights, filter, &list, image, plane)};
        index[1] = filter;
        COCO_TRY(coco_lr_body_store(&body, &sum, index, (n * filters + filter) * places + place));
      }
      ++place;
    } while (coco_index_next(output->shape + 2, rank, index + 2));
  }
  return COCO_OK;
}

coco_status coco_lr_matmul_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands,
                                    coco_runtime_value *results) {
  COCO_TRY(require_f32(evaluation, operation, &operands[0]));
  const coco_type *a = operands[0].type, *output = coco_operation_result(operation, 0)->type;
  bool packed = !coco_string_is(COCO_PROPERTY(operation, lr_matmul, storage)->text, "plain");
  int64_t depth = a->shape[a->rank - 1], rows = output->shape[output->rank - 2], columns = output->shape[output->rank - 1];
  int64_t step = packed ? COCO_LR_LANES : columns;
  coco_lr_body body;
  COCO_TRY(coco_lr_body_make(&body, evaluation, operation, COCO_PROPERTY(operation, lr_matmul, maps), 2, true, operands, results));
  if (coco_type_element_count(output) == 0) return COCO_OK;
  int64_t index[COCO_LR_MAX_RANK] = {0}, position = 0;
  do {
    int64_t batch = output->rank == 3 ? index[0] : 0, row = index[output->rank - 2], column = index[output->rank - 1];
    const float *left = (const float *)operands[0].data + (batch * rows + row) * depth;
    const float *right = (const float *)operands[1].data;
    right += packed ? column / COCO_LR_LANES * depth * COCO_LR_LANES + column % COCO_LR_LANES : batch * depth * columns + column;
    float sum = 0;
    for (int64_t k = 0; k < depth; ++k) sum = fmaf(left[k], right[k * step], sum);
    coco_runtime_value value = {.type = a->element, .real = sum};
    COCO_TRY(coco_lr_body_store(&body, &value, index, position++));
  } while (coco_index_next(output->shape, output->rank, index));
  return COCO_OK;
}

/* The largest element: NaN when one is, and -0 below +0. */
static coco_runtime_value largest(const coco_runtime_value *input, int64_t base, const taps *list) {
  coco_runtime_value result = coco_lr_element(input, base + list->inputs[0]);
  bool real = coco_type_is_float(result.type);
  for (size_t i = 1; i < list->count; ++i) {
    coco_runtime_value next = coco_lr_element(input, base + list->inputs[i]);
    bool larger = real ? isnan(next.real) || next.real > result.real || (next.real == result.real && signbit(result.real)) : next.integer > result.integer;
    if (larger && !(real && isnan(result.real))) result = next;
  }
  return result;
}

/* The sum in order, rounded after each step, over the divisor. */
static coco_runtime_value average(const coco_runtime_value *input, int64_t base, const taps *list, size_t divisor) {
  const coco_type *element = input->type->element;
  coco_runtime_value sum = {.type = element};
  for (size_t i = 0; i < list->count; ++i) {
    sum.real = coco_round_to_format(element->format, sum.real + coco_lr_element(input, base + list->inputs[i]).real);
  }
  sum.real = coco_round_to_format(element->format, sum.real / (double)divisor);
  return sum;
}

coco_status coco_lr_window_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands,
                                    coco_runtime_value *results) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_window, info));
  bool maximum = coco_string_is(COCO_PROPERTY(operation, lr_window, kind)->text, "max");
  bool count_padding = COCO_PROPERTY(operation, lr_window, count_include_pad)->integer != 0;
  const coco_type *input = operands[0].type, *output = coco_operation_result(operation, 0)->type;
  coco_lr_body body;
  taps list;
  COCO_TRY(coco_lr_body_make(&body, evaluation, operation, COCO_PROPERTY(operation, lr_window, maps), 1, true, operands, results));
  COCO_TRY(taps_make(&list, evaluation, &info.window));
  if (coco_type_element_count(output) == 0) return COCO_OK;
  int64_t plane = product(input->shape + 2, info.window.rank), index[COCO_LR_MAX_RANK] = {0}, position = 0;
  do {
    taps_find(&list, &info.window, input->shape + 2, index + 2);
    int64_t base = (index[0] * input->shape[1] + index[1]) * plane;
    coco_runtime_value value = {.type = input->element};
    if (list.count && maximum) value = largest(&operands[0], base, &list);
    if (list.count && !maximum) value = average(&operands[0], base, &list, count_padding ? list.padded : list.count);
    COCO_TRY(coco_lr_body_store(&body, &value, index, position++));
  } while (coco_index_next(output->shape, output->rank, index));
  return COCO_OK;
}
