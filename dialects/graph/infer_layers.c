/* Shapes of layers: convolution, matrix products, pools, reductions. */
#include "dialects/graph/hooks.h"

/* Extents that must be equal, where a dynamic one is equal to any. */
static bool agree(int64_t a, int64_t b) { return a == b || a == COCO_DYNAMIC || b == COCO_DYNAMIC; }

/* The result's spatial extents: those of INPUT from axis 2 on, seen through WINDOW. */
static coco_status slide(const coco_inference *inference, const coco_window *window, const coco_extents *input,
                         coco_extents *out) {
  for (size_t i = 0; i < window->rank; ++i)
    if (!coco_window_extent(window, i, input->at[i + 2], &out->at[i + 2]))
      return coco_inference_error(
          inference, "expects a window that fits into the padded input, but along spatial axis %zu it does not", i);
  return COCO_OK;
}

static coco_status conv_channels(const coco_inference *inference, const coco_extents *input,
                                 const coco_extents *weight) {
  const int64_t group = coco_property_integer(COCO_INFER_PROPERTY(inference, graph_conv, group), 1);
  const int64_t channels = weight->at[1], filters = weight->at[0];
  int64_t needed = COCO_DYNAMIC;
  if (group < 1)
    return coco_inference_error(inference, "expects a group count of at least 1, but it is %lld", (long long)group);
  if (channels != COCO_DYNAMIC && !coco_extent_multiply(channels, group, &needed))
    return coco_inference_error(inference, "has too many channels");
  if (!agree(input->at[1], needed))
    return coco_inference_error(inference,
                                "expects an input of %lld channels (%lld in each of %lld groups), but it has %lld",
                                (long long)needed, (long long)channels, (long long)group, (long long)input->at[1]);
  if (filters != COCO_DYNAMIC && filters % group != 0)
    return coco_inference_error(inference, "has %lld filters, which %lld groups do not divide", (long long)filters,
                                (long long)group);
  return COCO_OK;
}

coco_status coco_graph_conv_infer(const coco_inference *inference) {
  coco_extents input, weight;
  coco_window window;
  COCO_TRY(coco_graph_same_elements(inference, 0));
  COCO_TRY(coco_graph_operand_extents(inference, 0, &input));
  COCO_TRY(coco_graph_operand_extents(inference, 1, &weight));
  if (input.rank < 3 || input.rank > 5 || weight.rank != input.rank)
    return coco_inference_error(inference,
                                "expects input and weight of one rank from 3 to 5, but they have %zu and %zu",
                                input.rank, weight.rank);
  const char *wrong = coco_window_make(
      &window, input.rank - 2, weight.at + 2, COCO_INFER_PROPERTY(inference, graph_conv, strides),
      COCO_INFER_PROPERTY(inference, graph_conv, pads), COCO_INFER_PROPERTY(inference, graph_conv, dilations), false);
  if (wrong) return coco_inference_error(inference, "has a wrong window: %s", wrong);
  COCO_TRY(conv_channels(inference, &input, &weight));
  const coco_value *bias = coco_inference_operand(inference, 2);
  if (bias && (bias->type->rank != 1 || !agree(bias->type->shape[0], weight.at[0])))
    return coco_inference_error(inference, "expects a bias with one element per filter");
  coco_extents output = {.rank = input.rank, .at = {input.at[0], weight.at[0]}};
  COCO_TRY(slide(inference, &window, &input, &output));
  return coco_graph_infer_tensor(inference, &output, inference->operands[0]->type->element);
}

coco_status coco_graph_pool_infer(const coco_inference *inference) {
  coco_extents input;
  coco_window window;
  COCO_TRY(coco_graph_operand_extents(inference, 0, &input));
  if (input.rank < 3 || input.rank > 5)
    return coco_inference_error(inference, "expects an input of rank 3 to 5, but it has rank %zu", input.rank);
  /* Both pools have these five properties, in one order. */
  const coco_attribute *kernel = COCO_INFER_PROPERTY(inference, graph_max_pool, kernel);
  if (kernel->count != input.rank - 2)
    return coco_inference_error(inference, "expects a kernel of %zu extents, but it has %zu", input.rank - 2,
                                kernel->count);
  const char *wrong = coco_window_make(
      &window, input.rank - 2, coco_attribute_i64s(kernel), COCO_INFER_PROPERTY(inference, graph_max_pool, strides),
      COCO_INFER_PROPERTY(inference, graph_max_pool, pads), COCO_INFER_PROPERTY(inference, graph_max_pool, dilations),
      coco_property_integer(COCO_INFER_PROPERTY(inference, graph_max_pool, ceil_mode), 0) != 0);
  if (wrong) return coco_inference_error(inference, "has a wrong window: %s", wrong);
  coco_extents output = {.rank = input.rank, .at = {input.at[0], input.at[1]}};
  COCO_TRY(slide(inference, &window, &input, &output));
  return coco_graph_infer_tensor(inference, &output, inference->operands[0]->type->element);
}

coco_status coco_graph_batch_norm_infer(const coco_inference *inference) {
  const coco_type *input = inference->operands[0]->type;
  if (input->rank < 2)
    return coco_inference_error(inference, "expects an input of rank 2 or more, but it has rank %u",
                                (unsigned)input->rank);
  for (size_t i = 1; i < inference->operand_count; ++i) {
    const coco_type *type = inference->operands[i]->type;
    const char *name = inference->definition->operands[i].name;
    if (type->element != input->element)
      return coco_inference_error(inference, "expects operand '%s' to have the input's element type", name);
    if (type->rank != 1 || !agree(type->shape[0], input->shape[1]))
      return coco_inference_error(inference, "expects operand '%s' to have one element per channel", name);
  }
  return coco_infer_like_first(inference);
}

coco_status coco_graph_gemm_infer(const coco_inference *inference) {
  coco_extents a, b, c, stretched;
  COCO_TRY(coco_graph_same_elements(inference, 0));
  COCO_TRY(coco_graph_operand_extents(inference, 0, &a));
  COCO_TRY(coco_graph_operand_extents(inference, 1, &b));
  if (a.rank != 2 || b.rank != 2)
    return coco_inference_error(inference, "expects two matrices, but the operands have ranks %zu and %zu", a.rank,
                                b.rank);
  const size_t trans_a = coco_property_integer(COCO_INFER_PROPERTY(inference, graph_gemm, trans_a), 0) != 0;
  const size_t trans_b = coco_property_integer(COCO_INFER_PROPERTY(inference, graph_gemm, trans_b), 0) != 0;
  if (!agree(a.at[1 - trans_a], b.at[trans_b]))
    return coco_inference_error(inference, "expects matrices that multiply, but %lld columns meet %lld rows",
                                (long long)a.at[1 - trans_a], (long long)b.at[trans_b]);
  coco_extents output = {.rank = 2, .at = {a.at[trans_a], b.at[1 - trans_b]}};
  if (coco_inference_operand(inference, 2)) {
    COCO_TRY(coco_graph_operand_extents(inference, 2, &c));
    bool fits = coco_broadcast(&c, &output, &stretched) && stretched.rank == 2;
    for (size_t i = 0; fits && i < 2; ++i) fits = agree(stretched.at[i], output.at[i]);
    if (!fits) return coco_inference_error(inference, "expects operand 'c' to broadcast to the product's shape");
  }
  return coco_graph_infer_tensor(inference, &output, inference->operands[0]->type->element);
}

coco_status coco_graph_matmul_infer(const coco_inference *inference) {
  coco_extents a, b, output;
  COCO_TRY(coco_graph_same_elements(inference, 0));
  COCO_TRY(coco_graph_operand_extents(inference, 0, &a));
  COCO_TRY(coco_graph_operand_extents(inference, 1, &b));
  if (a.rank == 0 || b.rank == 0) return coco_inference_error(inference, "expects operands of rank 1 or more");
  const int64_t columns = a.at[a.rank - 1], rows = b.at[b.rank == 1 ? 0 : b.rank - 2];
  if (!agree(columns, rows))
    return coco_inference_error(inference, "expects matrices that multiply, but %lld columns meet %lld rows",
                                (long long)columns, (long long)rows);
  coco_extents left = {.rank = a.rank > 2 ? a.rank - 2 : 0}, right = {.rank = b.rank > 2 ? b.rank - 2 : 0};
  for (size_t i = 0; i < left.rank; ++i) left.at[i] = a.at[i];
  for (size_t i = 0; i < right.rank; ++i) right.at[i] = b.at[i];
  if (!coco_broadcast(&left, &right, &output))
    return coco_inference_error(inference, "expects batches that broadcast against each other");
  if (a.rank > 1) output.at[output.rank++] = a.at[a.rank - 2];
  if (b.rank > 1) output.at[output.rank++] = b.at[b.rank - 1];
  return coco_graph_infer_tensor(inference, &output, inference->operands[0]->type->element);
}

coco_status coco_graph_reduce_infer(const coco_inference *inference) {
  coco_extents input, output = {0};
  bool is_axis[COCO_MAXIMUM_RANK];
  COCO_TRY(coco_graph_operand_extents(inference, 0, &input));
  COCO_TRY(coco_graph_axes(inference, COCO_INFER_PROPERTY(inference, graph_reduce, axes), input.rank, is_axis));
  const bool keep = coco_property_integer(COCO_INFER_PROPERTY(inference, graph_reduce, keep_dimensions), 0) != 0;
  for (size_t i = 0; i < input.rank; ++i) {
    if (is_axis[i] && !keep) continue;
    output.at[output.rank++] = is_axis[i] ? 1 : input.at[i];
  }
  return coco_graph_infer_tensor(inference, &output, inference->operands[0]->type->element);
}
