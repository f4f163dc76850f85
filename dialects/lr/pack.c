/* Packing: both forms are [blocks][rows][16], rows being (c, kh, kw) or k. Cost: linear in the weights; one new
 * resource. */
#include "dialects/lr/pack.h"

#include <stdio.h>

#include "dialects/lr/lr.h"

/* Where element (output, row) of the unpacked weight stands: output * output_stride + row * row_stride. */
typedef struct packing {
  int64_t outputs, rows;
  int64_t output_stride, row_stride;
} packing;

static void pack_elements(const packing *layout, const uint8_t *source, bool splat, uint8_t *target) {
  int64_t blocks = (layout->outputs + COCO_LR_LANES - 1) / COCO_LR_LANES;
  for (int64_t block = 0; block < blocks; ++block) {
    for (int64_t row = 0; row < layout->rows; ++row) {
      for (int64_t lane = 0; lane < COCO_LR_LANES; ++lane, target += sizeof(float)) {
        int64_t output = block * COCO_LR_LANES + lane;
        float element = 0;
        if (output < layout->outputs) {
          int64_t index = splat ? 0 : output * layout->output_stride + row * layout->row_stride;
          memcpy(&element, source + (size_t)index * sizeof element, sizeof element);
        }
        memcpy(target, &element, sizeof element);
      }
    }
  }
}

/* The resource that holds BYTES: an earlier one with the same content, or a new one. */
static coco_status resource_of_content(coco_context *context, const uint8_t *bytes, size_t size, coco_resource **out) {
  char name[32];
  snprintf(name, sizeof name, "packed_%016llx", (unsigned long long)coco_hash_bytes(bytes, size, 0));
  coco_resource *same = coco_resource_find(context, coco_string_from(name));
  if (same && same->size == size && same->data && memcmp(same->data, bytes, size) == 0) {
    *out = same;
    return COCO_OK;
  }
  uint8_t *data = NULL;
  COCO_TRY(coco_resource_allocate(context, coco_string_from(name), size, &data, out));
  memcpy(data, bytes, size);
  return COCO_OK;
}

static coco_status pack(coco_context *context, const coco_attribute *weight, const packing *layout,
                        const coco_type *type, const coco_attribute **out) {
  bool splat = false;
  const void *source = coco_elements_data(weight, &splat);
  if (!source) return COCO_OK;
  int64_t size = type ? coco_type_byte_count(type) : -1;
  if (size <= 0) return COCO_OUT_OF_MEMORY;
  const coco_allocator *allocator = coco_context_allocator(context);
  uint8_t *bytes = coco_allocate(allocator, (size_t)size);
  if (!bytes) return COCO_OUT_OF_MEMORY;
  pack_elements(layout, source, splat, bytes);
  coco_resource *resource = NULL;
  coco_status status = resource_of_content(context, bytes, (size_t)size, &resource);
  coco_free(allocator, bytes, (size_t)size);
  COCO_TRY(status);
  *out = coco_attribute_dense_resource(context, type, resource);
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

static bool is_f32_of_rank(const coco_attribute *weight, uint32_t rank) {
  const coco_type *type = weight->type;
  return coco_attribute_is_elements(weight) && type->rank == rank && coco_type_is_float(type->element) &&
         type->element->format == COCO_F32 && coco_type_element_count(type) > 0;
}

coco_status coco_lr_pack_conv_weight(coco_context *context, const coco_attribute *weight, const coco_attribute **out) {
  *out = NULL;
  if (!is_f32_of_rank(weight, 4)) return COCO_OK;
  const int64_t *shape = weight->type->shape;
  packing layout = {.outputs = shape[0], .rows = shape[1] * shape[2] * shape[3], .row_stride = 1};
  layout.output_stride = layout.rows;
  int64_t packed[] = {(shape[0] + COCO_LR_LANES - 1) / COCO_LR_LANES, shape[1], shape[2], shape[3], COCO_LR_LANES};
  return pack(context, weight, &layout, coco_type_tensor(context, 5, packed, weight->type->element, NULL), out);
}

coco_status coco_lr_pack_matmul_weight(coco_context *context, const coco_attribute *weight, bool transposed,
                                       const coco_attribute **out) {
  *out = NULL;
  if (!is_f32_of_rank(weight, 2)) return COCO_OK;
  const int64_t *shape = weight->type->shape;
  packing layout = transposed
                       ? (packing){.outputs = shape[0], .rows = shape[1], .output_stride = shape[1], .row_stride = 1}
                       : (packing){.outputs = shape[1], .rows = shape[0], .output_stride = 1, .row_stride = shape[1]};
  int64_t packed[] = {(layout.outputs + COCO_LR_LANES - 1) / COCO_LR_LANES, layout.rows, COCO_LR_LANES};
  return pack(context, weight, &layout, coco_type_tensor(context, 3, packed, weight->type->element, NULL), out);
}

/* One output whose rows are packed apart: [n] is [blocks][1 row][16] of n outputs. */
coco_status coco_lr_pad_vector(coco_context *context, const coco_attribute *vector, const coco_attribute **out) {
  *out = NULL;
  if (!is_f32_of_rank(vector, 1)) return COCO_OK;
  int64_t count = vector->type->shape[0], padded = (count + COCO_LR_LANES - 1) / COCO_LR_LANES * COCO_LR_LANES;
  if (padded == count) {
    *out = vector;
    return COCO_OK;
  }
  packing layout = {.outputs = count, .rows = 1, .output_stride = 1};
  return pack(context, vector, &layout, coco_type_tensor(context, 1, &padded, vector->type->element, NULL), out);
}
