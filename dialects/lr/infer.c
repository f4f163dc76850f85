/* Result types of the lr ops. Shapes only: a layout is the producer's choice, so that inferred types carry none. */
#include "dialects/lr/hooks.h"
#include "dialects/lr/index_map.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/window.h"
#include "dialects/lr/winograd.h"

enum { MAX_RANK = COCO_LR_MAX_RANK };

/* The type that the region yields; FALLBACK while there is no region. */
static const coco_type *yielded_element(const coco_inference *inference, const coco_type *fallback) {
  if (!inference->regions || inference->region_count == 0) return fallback;
  const coco_block *block = inference->regions[0].first;
  if (!block || !coco_operation_is(block->last, &coco_lr_yield) || block->last->operand_count != 1) return fallback;
  return coco_operation_operand(block->last, 0)->type;
}

static coco_status check_static(const coco_inference *inference) {
  for (size_t i = 0; i < inference->operand_count; ++i) {
    const coco_type *type = inference->operands[i]->type;
    if (!coco_type_has_static_shape(type) || coco_type_element_count(type) < 0 || type->rank > MAX_RANK) {
      return coco_inference_error(inference, "operand #%zu must have a static shape of at most %d dimensions", i,
                                  MAX_RANK);
    }
  }
  return COCO_OK;
}

static coco_status finish(const coco_inference *inference, size_t rank, const int64_t *shape,
                          const coco_type *element) {
  if (!element) return coco_inference_error(inference, "needs its result type spelled, it cannot be inferred");
  if (coco_type_is_shaped(element)) return coco_inference_error(inference, "must yield a scalar");
  const coco_type *type = coco_type_tensor(inference->context, rank, shape, element, NULL);
  if (!type) return COCO_OUT_OF_MEMORY;
  if (coco_type_byte_count(type) < 0) return coco_inference_error(inference, "result is too large");
  inference->results[0] = type;
  return COCO_OK;
}

/* Spatial extents of the result, from those of INPUT. */
static coco_status slide(const coco_inference *inference, const coco_window *window, const coco_type *input,
                         int64_t *shape) {
  if (input->rank != window->rank + 2) {
    return coco_inference_error(inference, "has a window of %zu axes for an input of rank %u", window->rank,
                                input->rank);
  }
  const char *wrong = coco_window_check(window);
  if (wrong) return coco_inference_error(inference, "has a wrong window: %s", wrong);
  for (size_t i = 0; i < window->rank; ++i) {
    if (!coco_window_extent(window, i, input->shape[2 + i], &shape[2 + i])) {
      return coco_inference_error(inference, "has a window that does not fit its input along spatial axis %zu", i);
    }
  }
  return COCO_OK;
}

/* Checks a weight that is transformed for ALGORITHM. */
static coco_status check_winograd(const coco_inference *inference, const coco_winograd *algorithm,
                                  const coco_lr_window_info *info, int64_t filters) {
  const coco_type *input = inference->operands[0]->type, *weight = inference->operands[1]->type;
  if (info->group != 1 || input->rank != 4 || !coco_winograd_fits(&info->window) ||
      !coco_type_is_float(input->element) || input->element->format != COCO_F32)
    return coco_inference_error(inference, "with a Winograd storage must be 3x3, of stride, dilation and group 1, of f32");
  if (weight->rank != 4 || weight->shape[0] != algorithm->reach * algorithm->reach || filters < 1 ||
      (filters - 1) / COCO_LR_LANES + 1 != weight->shape[1] || weight->shape[2] != input->shape[1] ||
      weight->shape[3] != COCO_LR_LANES) {
    return coco_inference_error(inference, "needs a weight packed as [%lld][ceil(filters / 16)][channels][16]",
                                (long long)(algorithm->reach * algorithm->reach));
  }
  return COCO_OK;
}

/* Filters of a convolution from a weight in the given storage; checks the weight against input and window. */
static coco_status conv_filters(const coco_inference *inference, coco_string storage, const coco_lr_window_info *info,
                                int64_t *filters) {
  const coco_type *input = inference->operands[0]->type, *weight = inference->operands[1]->type;
  const int64_t *kernel = weight->shape + 2;
  if (coco_lr_storage_is_packed(storage)) {
    const coco_attribute *count = COCO_INFER_PROPERTY(inference, lr_conv, filters);
    const coco_winograd *algorithm = coco_winograd_of_storage(storage);
    if (!count) return coco_inference_error(inference, "needs 'filters' beside a packed weight");
    *filters = count->integer;
    if (algorithm) return check_winograd(inference, algorithm, info, *filters);
    if (input->rank != 4) return coco_inference_error(inference, "takes a packed weight only for two spatial axes");
    if (info->group < 1 || weight->rank != 5 || weight->shape[4] != COCO_LR_LANES || *filters < 1 || *filters % info->group != 0 ||
        (*filters - 1) / COCO_LR_LANES + 1 != weight->shape[0] || input->shape[1] % info->group != 0 ||
        weight->shape[1] != input->shape[1] / info->group) {
      return coco_inference_error(inference,
                                  "needs a weight packed as [ceil(filters / 16)][channels / group][kernel...][16]");
    }
  } else {
    *filters = weight->rank ? weight->shape[0] : 0;
    if (weight->rank != input->rank || info->group < 1 || *filters % info->group != 0 ||
        input->shape[1] % info->group != 0 || weight->shape[1] != input->shape[1] / info->group) {
      return coco_inference_error(inference, "needs a weight of [filters, channels / group, kernel...]");
    }
  }
  for (size_t i = 0; i < info->window.rank; ++i) {
    if (kernel[i] != info->window.kernel[i])
      return coco_inference_error(inference, "has a weight whose kernel is not the window's");
  }
  return COCO_OK;
}

static bool is_plain(const coco_attribute *storage) { return storage && coco_string_is(storage->text, "plain"); }

coco_status coco_lr_conv_infer(const coco_inference *inference) {
  COCO_TRY(check_static(inference));
  coco_lr_window_info info = coco_lr_window_of(COCO_INFER_PROPERTY(inference, lr_conv, info));
  const coco_type *input = inference->operands[0]->type;
  int64_t shape[MAX_RANK];
  COCO_TRY(slide(inference, &info.window, input, shape));
  const coco_attribute *storage = COCO_INFER_PROPERTY(inference, lr_conv, storage);
  COCO_TRY(conv_filters(inference, storage ? storage->text : (coco_string){0}, &info, &shape[1]));
  shape[0] = input->shape[0];
  return finish(inference, input->rank, shape, yielded_element(inference, input->element));
}

/* Of a convolution of images whose weights do not say how many filters there are. */
static coco_status infer_filtered(const coco_inference *inference, const coco_attribute *info,
                                  const coco_attribute *filters) {
  COCO_TRY(check_static(inference));
  const coco_lr_window_info window = coco_lr_window_of(info);
  const coco_type *input = inference->operands[0]->type;
  int64_t shape[MAX_RANK];
  if (input->rank != 4) return coco_inference_error(inference, "takes images of two spatial axes");
  COCO_TRY(slide(inference, &window.window, input, shape));
  shape[0] = input->shape[0];
  shape[1] = filters->integer;
  if (shape[1] < 1) return coco_inference_error(inference, "needs a positive number of filters");
  return finish(inference, 4, shape, yielded_element(inference, input->element));
}

coco_status coco_lr_pattern_conv_infer(const coco_inference *inference) {
  return infer_filtered(inference, COCO_INFER_PROPERTY(inference, lr_pattern_conv, info),
                        COCO_INFER_PROPERTY(inference, lr_pattern_conv, filters));
}

coco_status coco_lr_pointwise_conv_infer(const coco_inference *inference) {
  return infer_filtered(inference, COCO_INFER_PROPERTY(inference, lr_pointwise_conv, info),
                        COCO_INFER_PROPERTY(inference, lr_pointwise_conv, filters));
}

coco_status coco_lr_block_matmul_infer(const coco_inference *inference) {
  COCO_TRY(check_static(inference));
  const coco_type *a = inference->operands[0]->type;
  const int64_t columns = COCO_INFER_PROPERTY(inference, lr_block_matmul, columns)->integer;
  if (a->rank != 2) return coco_inference_error(inference, "takes a matrix");
  if (columns < 1) return coco_inference_error(inference, "needs a positive number of columns");
  return finish(inference, 2, (int64_t[]){a->shape[0], columns}, yielded_element(inference, a->element));
}

coco_status coco_lr_block_conv_infer(const coco_inference *inference) {
  return infer_filtered(inference, COCO_INFER_PROPERTY(inference, lr_block_conv, info),
                        COCO_INFER_PROPERTY(inference, lr_block_conv, filters));
}

coco_status coco_lr_matmul_infer(const coco_inference *inference) {
  COCO_TRY(check_static(inference));
  const coco_type *a = inference->operands[0]->type, *b = inference->operands[1]->type;
  const coco_type *element = yielded_element(inference, a->element);
  if (is_plain(COCO_INFER_PROPERTY(inference, lr_matmul, storage))) {
    bool fits = a->rank == b->rank && (a->rank == 2 || a->rank == 3) &&
                a->shape[a->rank - 1] == b->shape[b->rank - 2] && (a->rank == 2 || a->shape[0] == b->shape[0]);
    if (!fits) return coco_inference_error(inference, "needs a [m, k] and b [k, n], or both with one batch dimension");
    int64_t shape[3] = {a->shape[0], a->shape[1], 0};
    shape[a->rank - 1] = b->shape[b->rank - 1];
    return finish(inference, a->rank, shape, element);
  }
  const coco_attribute *columns = COCO_INFER_PROPERTY(inference, lr_matmul, columns);
  if (!columns || columns->integer < 1) return coco_inference_error(inference, "needs 'columns' beside a packed b");
  if (a->rank != 2 || b->rank != 3 || b->shape[2] != COCO_LR_LANES || b->shape[1] != a->shape[1] ||
      b->shape[0] != (columns->integer - 1) / COCO_LR_LANES + 1) {
    return coco_inference_error(inference, "needs a [m, k] and b packed as [ceil(columns / 16)][k][16]");
  }
  return finish(inference, 2, (int64_t[]){a->shape[0], columns->integer}, element);
}

coco_status coco_lr_window_infer(const coco_inference *inference) {
  COCO_TRY(check_static(inference));
  coco_lr_window_info info = coco_lr_window_of(COCO_INFER_PROPERTY(inference, lr_window, info));
  info.window.ceil_mode = COCO_INFER_PROPERTY(inference, lr_window, ceil_mode)->integer != 0;
  const coco_type *input = inference->operands[0]->type;
  int64_t shape[MAX_RANK];
  COCO_TRY(slide(inference, &info.window, input, shape));
  shape[0] = input->shape[0];
  shape[1] = input->shape[1];
  return finish(inference, input->rank, shape, yielded_element(inference, input->element));
}

/* The extents of a property `shape`. */
static coco_status check_shape(const coco_inference *inference, const coco_attribute *shape) {
  if (shape->count > MAX_RANK)
    return coco_inference_error(inference, "has a 'shape' of more than %d dimensions", MAX_RANK);
  for (size_t i = 0; i < shape->count; ++i) {
    if (coco_attribute_i64s(shape)[i] < 0) return coco_inference_error(inference, "has a negative extent in 'shape'");
  }
  return COCO_OK;
}

coco_status coco_lr_map_infer(const coco_inference *inference) {
  COCO_TRY(check_static(inference));
  const coco_attribute *shape = COCO_INFER_PROPERTY(inference, lr_map, shape);
  COCO_TRY(check_shape(inference, shape));
  return finish(inference, shape->count, coco_attribute_i64s(shape), yielded_element(inference, NULL));
}

coco_status coco_lr_reduce_infer(const coco_inference *inference) {
  COCO_TRY(check_static(inference));
  const coco_type *input = inference->operands[0]->type;
  const coco_attribute *axes = COCO_INFER_PROPERTY(inference, lr_reduce, axes);
  bool keep = COCO_INFER_PROPERTY(inference, lr_reduce, keep_dimensions)->integer != 0;
  int64_t shape[MAX_RANK], previous = -1;
  size_t rank = 0, next = 0;
  for (size_t i = 0; i < axes->count; ++i) {
    int64_t axis = coco_attribute_i64s(axes)[i];
    if (axis <= previous || axis >= (int64_t)input->rank)
      return coco_inference_error(inference, "needs ascending axes of its input");
    previous = axis;
  }
  for (uint32_t i = 0; i < input->rank; ++i) {
    bool reduced = next < axes->count && coco_attribute_i64s(axes)[next] == (int64_t)i;
    next += reduced;
    if (!reduced || keep) shape[rank++] = reduced ? 1 : input->shape[i];
  }
  return finish(inference, rank, shape, yielded_element(inference, input->element));
}

coco_status coco_lr_move_infer(const coco_inference *inference) {
  COCO_TRY(check_static(inference));
  const coco_attribute *shape = COCO_INFER_PROPERTY(inference, lr_move, shape),
                       *fill = COCO_INFER_PROPERTY(inference, lr_move, fill);
  COCO_TRY(check_shape(inference, shape));
  const coco_type *element = inference->operand_count ? inference->operands[0]->type->element
                             : fill                   ? fill->type
                                                      : NULL;
  return finish(inference, shape->count, coco_attribute_i64s(shape), element);
}

coco_status coco_lr_gather_infer(const coco_inference *inference) {
  COCO_TRY(check_static(inference));
  const coco_type *input = inference->operands[0]->type, *indices = inference->operands[1]->type;
  int64_t axis = COCO_INFER_PROPERTY(inference, lr_gather, axis)->integer, shape[2 * MAX_RANK];
  if (axis < 0 || axis >= (int64_t)input->rank) return coco_inference_error(inference, "needs an axis of its input");
  size_t rank = 0;
  for (int64_t i = 0; i < axis; ++i) shape[rank++] = input->shape[i];
  for (uint32_t i = 0; i < indices->rank; ++i) shape[rank++] = indices->shape[i];
  for (uint32_t i = (uint32_t)axis + 1; i < input->rank; ++i) shape[rank++] = input->shape[i];
  if (rank > MAX_RANK) return coco_inference_error(inference, "result has more than %d dimensions", MAX_RANK);
  return finish(inference, rank, shape, input->element);
}

coco_status coco_lr_scatter_infer(const coco_inference *inference) {
  COCO_TRY(check_static(inference));
  const coco_type *input = inference->operands[0]->type, *indices = inference->operands[1]->type,
                  *updates = inference->operands[2]->type;
  bool fits = input->rank >= 1 && indices->rank == 1 && updates->rank == input->rank &&
              updates->shape[0] == indices->shape[0] && updates->element == input->element;
  for (uint32_t i = 1; fits && i < input->rank; ++i) fits = updates->shape[i] == input->shape[i];
  if (!fits) return coco_inference_error(inference, "needs updates that are slices of the input, one for each index");
  return finish(inference, input->rank, input->shape, input->element);
}

coco_status coco_lr_relayout_infer(const coco_inference *inference) {
  COCO_TRY(check_static(inference));
  const coco_type *type = coco_type_with_encoding(inference->context, inference->operands[0]->type, NULL);
  if (!type) return COCO_OUT_OF_MEMORY;
  inference->results[0] = type;
  return COCO_OK;
}
