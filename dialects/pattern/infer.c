/* The shape of a pattern.conv: that of a graph.conv with the same kernel. What the set must be is for the verifier,
 * which can see it. Windows are those of pattern.block_conv, too. */
#include "dialects/pattern/hooks.h"
#include "dialects/pattern/pattern.h"

/* Operand OPERAND must have LENGTH elements along AXIS. */
static coco_status expect_extent(const coco_inference *inference, size_t operand, size_t rank, size_t axis,
                                 int64_t length) {
  const coco_type *type = inference->operands[operand]->type;
  const char *name = inference->definition->operands[operand].name;
  if (type->rank != rank)
    return coco_inference_error(inference, "expects operand '%s' of rank %zu, but it has rank %u", name, rank,
                                (unsigned)type->rank);
  if (length != COCO_DYNAMIC && type->shape[axis] != length)
    return coco_inference_error(inference, "expects operand '%s' with an extent of %lld along axis %zu", name,
                                (long long)length, axis);
  return COCO_OK;
}

/* Channels of one group and channel groups, from checked properties. */
static coco_status count_groups(const coco_inference *inference, int64_t filters, int64_t *out_groups) {
  const int64_t group = coco_property_integer(COCO_INFER_PROPERTY(inference, pattern_conv, group), 1);
  const int64_t span = coco_property_integer(COCO_INFER_PROPERTY(inference, pattern_conv, span), 0);
  const int64_t channels = inference->operands[0]->type->shape[1];
  if (channels == COCO_DYNAMIC)
    return coco_inference_error(inference, "expects an input with a known number of channels");
  if (group < 1 || channels < 1 || channels % group)
    return coco_inference_error(inference, "expects a group count that divides the %lld channels, but it is %lld",
                                (long long)channels, (long long)group);
  if (filters < 1 || filters > COCO_FKW_MAX_EXTENT || filters % group)
    return coco_inference_error(inference, "has %lld filters, which %lld groups do not divide", (long long)filters,
                                (long long)group);
  if (span < 1 || span > channels / group)
    return coco_inference_error(inference, "expects a span of 1 to %lld channels, but it is %lld",
                                (long long)(channels / group), (long long)span);
  *out_groups = (channels / group + span - 1) / span;
  return COCO_OK;
}

static coco_status check_arrays(const coco_inference *inference, int64_t filters, int64_t groups) {
  const coco_type *element = inference->operands[0]->type->element;
  if (!coco_type_is_float(element) || element->format != COCO_F32)
    return coco_inference_error(inference, "expects an input of f32");
  for (size_t i = 5; i < inference->operand_count; ++i)
    if (inference->operands[i]->type->element != element)
      return coco_inference_error(inference, "expects weights and bias of f32");
  for (size_t i = 1; i < 5; ++i)
    if (coco_type_bits(inference->operands[i]->type->element) > 32)
      return coco_inference_error(inference, "expects arrays of integers of at most 32 bits");
  int64_t rows;
  if (!coco_extent_multiply(filters, groups, &rows) || rows > INT32_MAX)
    return coco_inference_error(inference, "has too many channel groups");
  COCO_TRY(expect_extent(inference, 1, 1, 0, rows + 1));
  COCO_TRY(expect_extent(inference, 2, 1, 0, filters));
  COCO_TRY(expect_extent(inference, 3, 1, 0, COCO_DYNAMIC));
  COCO_TRY(expect_extent(inference, 4, 3, 0, groups));
  COCO_TRY(expect_extent(inference, 4, 3, 1, filters));
  COCO_TRY(expect_extent(inference, 5, 1, 0, COCO_DYNAMIC));
  return inference->operand_count > 6 ? expect_extent(inference, 6, 1, 0, filters) : COCO_OK;
}

coco_status coco_pattern_window(const coco_inference *inference, const coco_attribute *kernel,
                                const coco_attribute *strides, const coco_attribute *pads,
                                const coco_attribute *dilations, coco_window *out) {
  const uint32_t rank = (uint32_t)inference->operands[0]->type->rank;
  if (rank < 3 || rank > 5)
    return coco_inference_error(inference, "expects an input of rank 3 to 5, but it has rank %u", rank);
  if (kernel->count != rank - 2)
    return coco_inference_error(inference, "expects a kernel of %u extents, but it has %zu", rank - 2, kernel->count);
  const char *wrong =
      coco_window_make(out, kernel->count, coco_attribute_i64s(kernel), strides, pads, dilations, false);
  return wrong ? coco_inference_error(inference, "has a wrong window: %s", wrong) : COCO_OK;
}

coco_status coco_pattern_slide(const coco_inference *inference, const coco_window *window, coco_extents *output) {
  const coco_type *input = inference->operands[0]->type;
  for (size_t i = 0; i < window->rank; ++i)
    if (!coco_window_extent(window, i, input->shape[i + 2], &output->at[i + 2]))
      return coco_inference_error(
          inference, "expects a window that fits into the padded input, but along spatial axis %zu it does not", i);
  return COCO_OK;
}

coco_status coco_pattern_conv_infer(const coco_inference *inference) {
  const coco_type *input = inference->operands[0]->type;
  const coco_attribute *kernel = COCO_INFER_PROPERTY(inference, pattern_conv, kernel);
  const int64_t filters = coco_property_integer(COCO_INFER_PROPERTY(inference, pattern_conv, filters), 0);
  coco_window window;
  int64_t groups = 0, count;
  COCO_TRY(coco_pattern_window(inference, kernel, COCO_INFER_PROPERTY(inference, pattern_conv, strides),
                               COCO_INFER_PROPERTY(inference, pattern_conv, pads),
                               COCO_INFER_PROPERTY(inference, pattern_conv, dilations), &window));
  COCO_TRY(count_groups(inference, filters, &groups));
  COCO_TRY(check_arrays(inference, filters, groups));
  coco_extents output = {.rank = input->rank, .at = {input->shape[0], filters}};
  COCO_TRY(coco_pattern_slide(inference, &window, &output));
  if (!coco_extents_product(output.at, output.rank, &count))
    return coco_inference_error(inference, "result has too many elements");
  inference->results[0] = coco_type_tensor(inference->context, output.rank, output.at, input->element, NULL);
  return inference->results[0] ? COCO_OK : COCO_OUT_OF_MEMORY;
}
