/* What a pattern.conv computes, in the order that its arrays say. */
#include "dialects/pattern/hooks.h"
#include "dialects/pattern/pattern.h"
#include "dialects/shared/products.h"
#include "dialects/shared/shape.h"

static coco_status describe(const coco_operation *operation, const coco_runtime_value *input, coco_convolution *out) {
  const coco_attribute *kernel = COCO_PROPERTY(operation, pattern_conv, kernel);
  *out = (coco_convolution){.batch = input->type->shape[0],
                            .channels = input->type->shape[1],
                            .filters = coco_property_integer(COCO_PROPERTY(operation, pattern_conv, filters), 0),
                            .group = coco_property_integer(COCO_PROPERTY(operation, pattern_conv, group), 1)};
  if (coco_window_make(&out->window, kernel->count, coco_attribute_i64s(kernel),
                       COCO_PROPERTY(operation, pattern_conv, strides), COCO_PROPERTY(operation, pattern_conv, pads),
                       COCO_PROPERTY(operation, pattern_conv, dilations), false))
    return COCO_INVALID_ARGUMENT;
  for (size_t i = 0; i < out->window.rank; ++i) {
    out->input[i] = input->type->shape[i + 2];
    if (!coco_window_extent(&out->window, i, out->input[i], &out->output[i])) return COCO_INVALID_ARGUMENT;
  }
  return COCO_OK;
}

static coco_status allocate_result(coco_evaluation *evaluation, const coco_operation *operation,
                                   const coco_convolution *c, coco_runtime_value *result) {
  coco_extents extents = {.rank = c->window.rank + 2, .at = {c->batch, c->filters}};
  for (size_t i = 0; i < c->window.rank; ++i) extents.at[i + 2] = c->output[i];
  const coco_type *type = coco_type_tensor(coco_evaluation_context(evaluation), extents.rank, extents.at,
                                           operation->results[0].type->element, NULL);
  return type ? coco_evaluation_allocate(evaluation, type, result) : COCO_OUT_OF_MEMORY;
}

/* One picture: INPUT and OUTPUT are its planes. */
static void convolve_image(const coco_convolution *c, const coco_fkw *fkw, const float *input, int64_t input_plane,
                           float *output, int64_t output_plane) {
  const coco_fkw_shape *shape = &fkw->shape;
  const size_t rows = (size_t)coco_fkw_channel_groups(shape) * shape->filters;
  const float *weight = fkw->weights;
  for (size_t row = 0; row < rows; ++row) {
    const uint32_t *runs = fkw->runs + row * (shape->set.count + 1), filter = coco_fkw_filter(fkw, row);
    const size_t first_channel = (size_t)(filter / (shape->filters / shape->group)) * shape->channels;
    float *to = output + filter * output_plane;
    for (uint32_t p = 0; p < shape->set.count; ++p)
      for (uint32_t k = runs[p]; k < runs[p + 1]; ++k) {
        const float *from = input + (int64_t)(first_channel + fkw->index[fkw->offset[row] + k]) * input_plane;
        for (uint64_t mask = shape->set.masks[p]; mask; mask &= mask - 1)
          coco_convolve_position_f32(c, __builtin_ctzll(mask), from, *weight++, to);
      }
  }
}

static int64_t plane_of(const coco_convolution *c, const int64_t *extents) {
  int64_t plane = 1;
  for (size_t i = 0; i < c->window.rank; ++i) plane *= extents[i];
  return plane;
}

void coco_fkw_convolve(const coco_convolution *c, const coco_fkw *fkw, const float *input, float *output) {
  int64_t input_plane = plane_of(c, c->input), output_plane = plane_of(c, c->output);
  for (int64_t n = 0; n < c->batch; ++n)
    convolve_image(c, fkw, input + n * c->channels * input_plane, input_plane, output + n * c->filters * output_plane,
                   output_plane);
}

static void add_bias(const float *bias, int64_t filters, int64_t plane, float *output) {
  for (int64_t f = 0; f < filters; ++f)
    for (int64_t i = 0; i < plane; ++i) output[f * plane + i] += bias[f];
}

static coco_status read(coco_evaluation *evaluation, const coco_operation *operation,
                        const coco_runtime_value *operands, coco_fkw *out) {
  coco_pattern_array arrays[COCO_PATTERN_ARRAYS];
  const char *wrong;
  for (size_t i = 0; i < COCO_PATTERN_ARRAYS; ++i)
    arrays[i] = (coco_pattern_array){.type = operands[i + 1].type, .data = operands[i + 1].data};
  COCO_TRY(coco_pattern_read(operation, operands[0].type->shape[1], arrays, coco_evaluation_scratch(evaluation), out,
                             &wrong));
  return wrong ? coco_evaluation_error(evaluation, operation, "has wrong arrays: %s", wrong) : COCO_OK;
}

coco_status coco_pattern_conv_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  coco_convolution c;
  coco_fkw fkw;
  COCO_TRY(describe(operation, &operands[0], &c));
  COCO_TRY(read(evaluation, operation, operands, &fkw));
  COCO_TRY(allocate_result(evaluation, operation, &c, results));
  coco_fkw_convolve(&c, &fkw, operands[0].data, results->data);
  if (operation->operand_count <= 6) return COCO_OK;
  int64_t plane = plane_of(&c, c.output);
  for (int64_t n = 0; n < c.batch; ++n)
    add_bias(operands[6].data, c.filters, plane, (float *)results->data + n * c.filters * plane);
  return COCO_OK;
}
