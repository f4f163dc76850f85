/* Layout attributes and the physical shapes that they mean. Cost: O(1). */
#include "dialects/lr/layout.h"

#include "dialects/lr/index_map.h"
#include "dialects/lr/lr.h"

static bool is_layout(const coco_attribute *attribute) {
  return coco_attribute_is(attribute, COCO_ATTRIBUTE_DIALECT) &&
         attribute->definition == &coco_lr_layout_attribute_definition;
}

coco_lr_layout_info coco_lr_layout_of(const coco_type *type) {
  coco_lr_layout_info info = {.block = 1};
  if (!coco_type_is(type, COCO_TYPE_TENSOR) || !is_layout(type->encoding)) return info;
  const coco_attribute *block = COCO_PARAMETER(type->encoding, lr_layout, block);
  const coco_attribute *halo = COCO_PARAMETER(type->encoding, lr_layout, halo);
  const coco_attribute *patches = COCO_PARAMETER(type->encoding, lr_layout, patches);
  const coco_attribute *extents = COCO_PARAMETER(type->encoding, lr_layout, extents);
  if (block) info.block = block->integer;
  if (patches && patches->count == 2) memcpy(info.patches, patches->data, sizeof info.patches);
  if (extents && extents->count == 2) memcpy(info.extents, extents->data, sizeof info.extents);
  if (halo && halo->count == 4) memcpy(info.halo, halo->data, sizeof info.halo);
  return info;
}

coco_status coco_lr_layout_attribute(coco_context *context, const coco_lr_layout_info *info,
                                     const coco_attribute **out) {
  *out = NULL;
  if (coco_lr_layout_is_dense(info)) return COCO_OK;
  static const int64_t none[4];
  bool has_halo = memcmp(info->halo, none, sizeof none) != 0;
  const coco_attribute *parameters[4] = {NULL, NULL, NULL, NULL};
  if (info->block != 1 &&
      !(parameters[offsetof(struct coco_lr_layout_parameters, block)] = coco_attribute_i64(context, info->block))) {
    return COCO_OUT_OF_MEMORY;
  }
  if (has_halo && !(parameters[offsetof(struct coco_lr_layout_parameters, halo)] =
                        coco_attribute_i64_array(context, info->halo, 4))) {
    return COCO_OUT_OF_MEMORY;
  }
  if (coco_lr_layout_has_patches(info) &&
      !(parameters[offsetof(struct coco_lr_layout_parameters, patches)] =
            coco_attribute_i64_array(context, info->patches, 2))) {
    return COCO_OUT_OF_MEMORY;
  }
  if (info->extents[0] && !(parameters[offsetof(struct coco_lr_layout_parameters, extents)] =
                                coco_attribute_i64_array(context, info->extents, 2))) {
    return COCO_OUT_OF_MEMORY;
  }
  *out = coco_attribute_dialect(context, &coco_lr_layout_attribute_definition, parameters);
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

const coco_type *coco_lr_type_with_layout(coco_context *context, const coco_type *tensor,
                                          const coco_lr_layout_info *info) {
  const coco_attribute *encoding;
  if (coco_lr_layout_attribute(context, info, &encoding) != COCO_OK) return NULL;
  return coco_type_with_encoding(context, tensor, encoding);
}

void coco_lr_patch_extents(const coco_type *tensor, int64_t extents[2]) {
  const coco_lr_layout_info info = coco_lr_layout_of(tensor);
  coco_lr_layout_extents(&info, tensor, extents);
}

void coco_lr_layout_extents(const coco_lr_layout_info *info, const coco_type *tensor, int64_t extents[2]) {
  for (size_t i = 0; i < 2; ++i)
    extents[i] = info->extents[i] ? info->extents[i] : coco_ceil_divide(tensor->shape[2 + i], info->patches[i]);
}

const coco_type *coco_lr_physical_memref(coco_context *context, const coco_type *tensor) {
  coco_lr_layout_info info = coco_lr_layout_of(tensor);
  if (coco_lr_layout_is_dense(&info) || tensor->rank != 4) {
    return coco_type_memref(context, tensor->rank, tensor->shape, tensor->element, NULL, NULL);
  }
  if (coco_lr_layout_has_patches(&info)) {
    int64_t patch[2];
    coco_lr_patch_extents(tensor, patch);
    int64_t vectors[] = {tensor->shape[0], tensor->shape[1],
                         patch[0] + info.halo[COCO_LR_TOP] + info.halo[COCO_LR_BOTTOM],
                         patch[1] + info.halo[COCO_LR_LEFT] + info.halo[COCO_LR_RIGHT], COCO_LR_LANES};
    return coco_type_memref(context, 5, vectors, tensor->element, NULL, NULL);
  }
  int64_t shape[5] = {tensor->shape[0], coco_ceil_divide(tensor->shape[1], info.block),
                      tensor->shape[2] + info.halo[COCO_LR_TOP] + info.halo[COCO_LR_BOTTOM],
                      tensor->shape[3] + info.halo[COCO_LR_LEFT] + info.halo[COCO_LR_RIGHT], info.block};
  return coco_type_memref(context, info.block > 1 ? 5 : 4, shape, tensor->element, NULL, NULL);
}

bool coco_lr_storage_is_packed(coco_string storage) {
  return !coco_string_is(storage, "plain") && !coco_string_is(storage, "rows");
}

void coco_lr_halo_needed(const coco_window *window, const coco_type *input, const coco_type *result, int64_t halo[4]) {
  for (size_t i = 0; i < 2; ++i) {
    int64_t last = coco_window_index(window, i, result->shape[2 + i] - 1, window->kernel[i] - 1),
            beyond = last - (input->shape[2 + i] - 1);
    halo[i] = window->pads[i];
    halo[2 + i] = beyond > 0 ? beyond : 0;
  }
}

/* Whether RESULT is dimension I, and for channels plus a whole number of blocks. */
static bool is_own_index(const coco_affine_expression *result, uint32_t i, int64_t block) {
  int64_t coefficients[4] = {0}, base = 0;
  if (!coco_lr_affine_linear(result, 1, coefficients, 4, &base)) return false;
  for (uint32_t j = 0; j < 4; ++j) {
    if (coefficients[j] != (i == j)) return false;
  }
  return i == 1 ? base % block == 0 : base == 0;
}

static bool uses_channels(const coco_affine_expression *expression) {
  if (expression->kind == COCO_AFFINE_CONSTANT || expression->kind == COCO_AFFINE_SYMBOL) return false;
  if (expression->kind == COCO_AFFINE_DIMENSION) return expression->value == 1;
  return uses_channels(expression->left) || uses_channels(expression->right);
}

/* (d0, d1, d2, d3) -> (d0, d1 + a whole number of blocks, d2, d3); or (ANYWHERE) any row and column that all channels share */
static bool shifts_blocks(const coco_affine_map *map, int64_t block, bool anywhere) {
  if (map->dimension_count != 4 || map->result_count != 4) return false;
  for (uint32_t i = 0; i < 4; ++i) {
    bool free_place = anywhere && i >= 2 && !uses_channels(map->results[i]);
    if (!free_place && !is_own_index(map->results[i], i, block)) return false;
  }
  return true;
}

bool coco_lr_move_shifts_blocks(const coco_operation *move, int64_t block) {
  const coco_type *result = coco_operation_result(move, 0)->type;
  if (result->rank != 4 || COCO_PROPERTY(move, lr_move, fill)) return false;
  for (uint32_t i = 0; i < move->operand_count; ++i) {
    const coco_attribute *domain = COCO_PROPERTY(move, lr_move, domains)->elements[i];
    const coco_affine_map *destination = COCO_PROPERTY(move, lr_move, destinations)->elements[i]->map;
    if (!shifts_blocks(COCO_PROPERTY(move, lr_move, sources)->elements[i]->map, block, true) ||
        !shifts_blocks(destination, block, false))
      return false;
    /* A box that ends inside a block must end where the result does: else it would write lanes of another box. */
    int64_t coefficients[4] = {0}, begin = 0;
    if (domain->count != 4 || !coco_lr_affine_linear(destination->results[1], 1, coefficients, 4, &begin)) return false;
    int64_t end = begin + coco_attribute_i64s(domain)[1];
    if (end % block != 0 && end != result->shape[1]) return false;
  }
  return true;
}

bool coco_lr_reduce_keeps_channels(const coco_operation *reduce) {
  const coco_attribute *axes = COCO_PROPERTY(reduce, lr_reduce, axes);
  if (coco_operation_operand(reduce, 0)->type->rank != 4) return false;
  for (size_t i = 0; i < axes->count; ++i) {
    if (coco_attribute_i64s(axes)[i] < 2) return false;
  }
  return COCO_PROPERTY(reduce, lr_reduce, keep_dimensions)->integer != 0 || axes->count == 2;
}
