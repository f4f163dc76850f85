/* lr.pointwise_conv: its stored form, read and checked, and what it computes. Cost: linear in what is stored, times the
 * image for evaluation. */
#include "dialects/lr/pointwise.h"

#include "dialects/lr/body.h"
#include "dialects/lr/hooks.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/window.h"
#include "dialects/pattern/pattern.h"
#include "dialects/shared/products.h"

enum { FIRST_ARRAY = 1, ORDER = 0, OFFSET, INDEX, WEIGHTS, ARRAYS = COCO_LR_POINTWISE_OPERANDS - FIRST_ARRAY };

/* The numbers that the attributes and the extents of the arrays say; what is wrong with them, NULL: nothing. */
static const char *extents_of(const coco_operation *conv, const coco_pattern_array *arrays, coco_lr_bundles *out) {
  const int64_t filters = COCO_PROPERTY(conv, lr_pointwise_conv, filters)->integer,
                share = COCO_PROPERTY(conv, lr_pointwise_conv, share)->integer,
                channels = coco_operation_operand(conv, 0)->type->shape[1];
  const coco_type *order = arrays[ORDER].type, *index = arrays[INDEX].type, *weights = arrays[WEIGHTS].type;
  if (filters < 1 || filters > COCO_FKW_MAX_EXTENT || channels < 1 || channels > COCO_FKW_MAX_EXTENT)
    return "numbers are out of range";
  if (order->rank != 2 || order->shape[1] != filters || order->shape[0] < 1 || order->shape[0] > channels)
    return "order must be [groups, filters]";
  if (index->rank != 2 || index->shape[1] < 1 || share < 1 || share > COCO_BUNDLES_MOST_FILTERS ||
      index->shape[1] > COCO_BUNDLES_MOST_FILTERS / share)
    return "index must be [steps, strands], and a bundle have 64 filters at most";
  if (weights->rank != 2 || weights->shape[0] != index->shape[0] || weights->shape[1] != index->shape[1] * share)
    return "weights must be [steps, strands * share]";
  if (coco_type_element_count(weights) > INT32_MAX) return "there are too many weights";
  *out = (coco_lr_bundles){.filters = (uint32_t)filters,
                           .channels = (uint32_t)channels,
                           .groups = (uint32_t)order->shape[0],
                           .strands = (uint32_t)index->shape[1],
                           .share = (uint32_t)share,
                           .steps = (uint32_t)index->shape[0]};
  const int64_t rows = (int64_t)out->groups * coco_lr_bundle_count(out),
                phases = (coco_type_element_count(arrays[OFFSET].type) - 1) / rows;
  if (phases < 1 || phases > COCO_BUNDLES_MOST_PHASES ||
      coco_type_element_count(arrays[OFFSET].type) != rows * phases + 1)
    return "there must be one offset, or two, for each group and bundle, and one more";
  out->phases = (uint32_t)phases;
  return NULL;
}

/* Whether strands 2 i and 2 i + 1 read one channel wherever they should. */
static bool pairs_agree(const coco_lr_bundles *bundles) {
  const size_t rows = (size_t)bundles->groups * coco_lr_bundle_count(bundles);
  for (size_t row = 0; bundles->phases > 1 && row < rows; ++row)
    for (uint32_t step = bundles->offset[2 * row]; step < bundles->offset[2 * row + 1]; ++step)
      for (uint32_t s = 1; s < bundles->strands; s += 2) {
        const uint32_t *pair = &bundles->index[(size_t)step * bundles->strands + s - 1];
        if (pair[0] != pair[1]) return false;
      }
  return true;
}

static coco_status check_numbers(const coco_lr_bundles *bundles, coco_arena *arena, const char **out_wrong) {
  const size_t rows = (size_t)bundles->groups * coco_lr_bundle_count(bundles) * bundles->phases;
  uint32_t *last = coco_arena_allocate_zeroed(arena, bundles->filters, sizeof *last); /* 1 + the group it was seen in */
  if (!last) return COCO_OUT_OF_MEMORY;
  *out_wrong = bundles->offset[0] != 0 || bundles->offset[rows] != bundles->steps
                   ? "offset must begin with 0 and end with the number of steps"
                   : NULL;
  for (size_t row = 0; row < rows && !*out_wrong; ++row)
    if (bundles->offset[row + 1] < bundles->offset[row]) *out_wrong = "offset must not fall";
  for (uint32_t group = 0; group < bundles->groups && !*out_wrong; ++group)
    for (uint32_t place = 0; place < bundles->filters && !*out_wrong; ++place) {
      const uint32_t filter = bundles->order[(size_t)group * bundles->filters + place];
      if (filter >= bundles->filters || last[filter] == group + 1)
        *out_wrong = "order must have each filter once in each group";
      else
        last[filter] = group + 1;
    }
  for (size_t i = 0; i < (size_t)bundles->steps * bundles->strands && !*out_wrong; ++i)
    if (bundles->index[i] >= bundles->channels) *out_wrong = "index names a channel that does not exist";
  if (!*out_wrong && !pairs_agree(bundles)) *out_wrong = "strands of a pair must read the same channel";
  return COCO_OK;
}

static coco_status read_form(const coco_operation *conv, const coco_pattern_array *arrays, coco_arena *arena,
                             coco_lr_bundles *out, const char **out_wrong) {
  *out_wrong = extents_of(conv, arrays, out);
  if (*out_wrong) return COCO_OK;
  COCO_TRY(coco_pattern_read_integers(&arrays[ORDER], arena, &out->order));
  COCO_TRY(coco_pattern_read_integers(&arrays[OFFSET], arena, &out->offset));
  COCO_TRY(coco_pattern_read_integers(&arrays[INDEX], arena, &out->index));
  COCO_TRY(coco_pattern_read_floats(&arrays[WEIGHTS], arena, &out->weights));
  return check_numbers(out, arena, out_wrong);
}

coco_status coco_lr_pointwise_read(const coco_operation *conv, coco_arena *arena, coco_lr_bundles *out, bool *out_known,
                                   const char **out_wrong) {
  coco_pattern_array arrays[ARRAYS];
  coco_lr_bundles extents;
  *out_known = true;
  for (size_t i = 0; i < ARRAYS; ++i) {
    *out_known = coco_pattern_constant_array(coco_operation_operand(conv, FIRST_ARRAY + i), &arrays[i]) && *out_known;
    arrays[i].type = coco_operation_operand(conv, FIRST_ARRAY + i)->type;
  }
  if (*out_known) return read_form(conv, arrays, arena, out, out_wrong);
  *out_wrong = extents_of(conv, arrays, &extents);
  return COCO_OK;
}

int64_t coco_lr_pointwise_paired_steps(const coco_operation *conv) {
  coco_pattern_array array;
  coco_lr_bundles bundles;
  coco_pattern_array arrays[ARRAYS];
  for (size_t i = 0; i < ARRAYS; ++i) arrays[i].type = coco_operation_operand(conv, FIRST_ARRAY + i)->type;
  if (extents_of(conv, arrays, &bundles) || bundles.phases < 2) return 0;
  if (!coco_pattern_constant_array(coco_operation_operand(conv, FIRST_ARRAY + OFFSET), &array) || array.splat) return 0;
  const coco_type *element = array.type->element;
  const uint64_t limit = UINT64_MAX >> (64 - coco_type_bits(element));
  const size_t size = coco_type_element_size(element), rows = (size_t)bundles.groups * coco_lr_bundle_count(&bundles);
  int64_t steps = 0;
  for (size_t row = 0; row < rows; ++row) {
    const char *at = (const char *)array.data + 2 * row * size;
    const uint64_t first = (uint64_t)coco_element_read_integer(element, at),
                   end = (uint64_t)coco_element_read_integer(element, at + size);
    steps += (int64_t)((end - first) & limit);
  }
  return steps;
}

coco_status coco_lr_pointwise_check(const coco_operation *operation) {
  coco_arena scratch = {.allocator = coco_context_allocator(operation->context)};
  const char *wrong = NULL;
  bool known;
  coco_lr_bundles bundles;
  coco_status status = coco_lr_pointwise_read(operation, &scratch, &bundles, &known, &wrong);
  coco_arena_destroy(&scratch);
  COCO_TRY(status);
  return wrong ? coco_operation_error(operation, "has a wrong stored form: %s", wrong) : COCO_OK;
}

/* ---- Meaning ---- */

/* What bundle ROW adds to one image. */
static void add_bundle(const coco_convolution *c, const coco_lr_bundles *bundles, uint32_t row, const float *input,
                       float *output) {
  const uint32_t width = coco_lr_bundle_filters(bundles), count = coco_lr_bundle_count(bundles);
  const uint32_t *order = bundles->order + (size_t)(row / count) * bundles->filters;
  const int64_t input_plane = c->input[0] * c->input[1], output_plane = c->output[0] * c->output[1];
  for (uint32_t step = coco_lr_bundle_begin(bundles, row); step < coco_lr_bundle_begin(bundles, row + 1); ++step)
    for (uint32_t i = 0; i < width && row % count * width + i < bundles->filters; ++i) {
      const uint32_t channel = bundles->index[(size_t)step * bundles->strands + i / bundles->share];
      coco_convolve_position_f32(c, 0, input + channel * input_plane, bundles->weights[(size_t)step * width + i],
                                 output + order[row % count * width + i] * output_plane);
    }
}

static void convolve(const coco_convolution *c, const coco_lr_bundles *bundles, const float *input, float *output) {
  const int64_t input_image = c->channels * c->input[0] * c->input[1],
                output_image = c->filters * c->output[0] * c->output[1];
  for (int64_t n = 0; n < c->batch; ++n)
    for (uint32_t row = 0; row < bundles->groups * coco_lr_bundle_count(bundles); ++row)
      add_bundle(c, bundles, row, input + n * input_image, output + n * output_image);
}

coco_status coco_lr_pointwise_conv_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                            const coco_runtime_value *operands, coco_runtime_value *results) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_pointwise_conv, info));
  const coco_type *input = operands[0].type, *result = coco_operation_result(operation, 0)->type;
  const coco_convolution convolution = coco_lr_convolution_of(operation, &info, input);
  coco_pattern_array arrays[ARRAYS];
  coco_lr_bundles bundles;
  const char *wrong;
  for (size_t i = 0; i < ARRAYS; ++i)
    arrays[i] = (coco_pattern_array){.type = operands[FIRST_ARRAY + i].type, .data = operands[FIRST_ARRAY + i].data};
  COCO_TRY(read_form(operation, arrays, coco_evaluation_scratch(evaluation), &bundles, &wrong));
  if (wrong) return coco_evaluation_error(evaluation, operation, "has a wrong stored form: %s", wrong);
  const coco_type *type = coco_type_tensor(operation->context, 4, result->shape, input->element, NULL);
  if (!type) return COCO_OUT_OF_MEMORY;
  coco_runtime_value sums;
  COCO_TRY(coco_evaluation_allocate(evaluation, type, &sums));
  convolve(&convolution, &bundles, operands[0].data, sums.data);
  coco_status status = coco_lr_body_evaluate(evaluation, operation, COCO_PROPERTY(operation, lr_pointwise_conv, maps),
                                             COCO_LR_POINTWISE_OPERANDS, &sums, operands, results);
  coco_runtime_release(&sums);
  return status;
}
