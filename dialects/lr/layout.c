/* Layout attributes and the physical shapes that they mean. Cost: O(1). */
#include "dialects/lr/layout.h"

#include "dialects/lr/lr.h"

static bool is_layout(const coco_attribute *attribute) {
  return coco_attribute_is(attribute, COCO_ATTRIBUTE_DIALECT) && attribute->definition == &coco_lr_layout_attribute_definition;
}

coco_lr_layout_info coco_lr_layout_of(const coco_type *type) {
  coco_lr_layout_info info = {.block = 1};
  if (!coco_type_is(type, COCO_TYPE_TENSOR) || !is_layout(type->encoding)) return info;
  const coco_attribute *block = COCO_PARAMETER(type->encoding, lr_layout, block);
  const coco_attribute *halo = COCO_PARAMETER(type->encoding, lr_layout, halo);
  if (block) info.block = block->integer;
  if (halo && halo->count == 4) memcpy(info.halo, halo->data, sizeof info.halo);
  return info;
}

coco_status coco_lr_layout_attribute(coco_context *context, const coco_lr_layout_info *info, const coco_attribute **out) {
  *out = NULL;
  if (coco_lr_layout_is_dense(info)) return COCO_OK;
  static const int64_t none[4];
  bool has_halo = memcmp(info->halo, none, sizeof none) != 0;
  const coco_attribute *parameters[2] = {NULL, NULL};
  if (info->block != 1 && !(parameters[offsetof(struct coco_lr_layout_parameters, block)] = coco_attribute_i64(context, info->block))) {
    return COCO_OUT_OF_MEMORY;
  }
  if (has_halo && !(parameters[offsetof(struct coco_lr_layout_parameters, halo)] = coco_attribute_i64_array(context, info->halo, 4))) {
    return COCO_OUT_OF_MEMORY;
  }
  *out = coco_attribute_dialect(context, &coco_lr_layout_attribute_definition, parameters);
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

const coco_type *coco_lr_type_with_layout(coco_context *context, const coco_type *tensor, const coco_lr_layout_info *info) {
  const coco_attribute *encoding;
  if (coco_lr_layout_attribute(context, info, &encoding) != COCO_OK) return NULL;
  return coco_type_with_encoding(context, tensor, encoding);
}

const coco_type *coco_lr_physical_memref(coco_context *context, const coco_type *tensor) {
  coco_lr_layout_info info = coco_lr_layout_of(tensor);
  if (coco_lr_layout_is_dense(&info) || tensor->rank != 4) {
    return coco_type_memref(context, tensor->rank, tensor->shape, tensor->element, NULL, NULL);
  }
  int64_t shape[5] = {tensor->shape[0], (tensor->shape[1] + info.block - 1) / info.block,
                      tensor->shape[2] + info.halo[COCO_LR_TOP] + info.halo[COCO_LR_BOTTOM],
                      tensor->shape[3] + info.halo[COCO_LR_LEFT] + info.halo[COCO_LR_RIGHT], info.block};
  return coco_type_memref(context, info.block > 1 ? 5 : 4, shape, tensor->element, NULL, NULL);
}
