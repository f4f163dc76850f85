/* Packing: plain forms are [blocks][rows][16], rows being (c, kh, kw) or k; Winograd's are transformed. Cost: linear in the
 * weights; one new resource. */
#include "dialects/lr/pack.h"

#include <stdio.h>

#include "dialects/lr/blocks.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/winograd.h"
#include "ir/base/arithmetic.h"
#include "ir/base/file.h"
#include "ir/resource.h"

/* What a weight is packed as: the first member of each recipe's layout, so that no two recipes have the same bytes. */
enum { FORM_BLOCKS, FORM_WINOGRAD, FORM_PLACES };

/* Where element (output, row) of the unpacked weight stands: output * output_stride + row * row_stride. All of it, the
 * bytes included, tells what becomes of a weight: there is no padding. */
typedef struct packing {
  int64_t form; /* FORM_BLOCKS */
  int64_t outputs, rows;
  int64_t output_stride, row_stride;
} packing;

enum { LET_GO = 16 << 20 }; /* bytes of a mapped source that are read before they are let go */

/* Source bytes of blocks that were packed; only where a block's rows stand together. */
typedef struct used_source {
  const coco_resource *resource; /* NULL: nothing to let go */
  const uint8_t *from;
} used_source;

static void let_go(used_source *used, const uint8_t *until, bool all) {
  if (!used->resource || !used->resource->mapped || until < used->from) return;
  if (!all && until - used->from < LET_GO) return;
  coco_file_let_go(used->from, (size_t)(until - used->from));
  used->from = until;
}

static void pack_block(const packing *layout, int64_t block, const uint8_t *source, bool splat, uint8_t *target) {
  for (int64_t row = 0; row < layout->rows; ++row)
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

static void pack_elements(const void *of, const coco_attribute *weight, const uint8_t *source, bool splat, uint8_t *target) {
  const packing *layout = of;
  int64_t blocks = coco_ceil_divide(layout->outputs, COCO_LR_LANES);
  const size_t block_size = (size_t)layout->rows * COCO_LR_LANES * sizeof(float);
  bool together = layout->output_stride == layout->rows && !splat;
  used_source used = {coco_attribute_is(weight, COCO_ATTRIBUTE_DENSE_RESOURCE) ? weight->resource : NULL, source};
  for (int64_t block = 0; block < blocks; ++block) {
    pack_block(layout, block, source, splat, target + (size_t)block * block_size);
    if (together && block + 1 < blocks) let_go(&used, source + (size_t)(block + 1) * block_size, false);
  }
  if (used.resource) coco_resource_let_go(used.resource);
}

/* The resource that holds BYTES, an allocated block which is taken: an earlier one with the same content, or a new one. */
static coco_status resource_of_content(coco_context *context, uint8_t *bytes, size_t size, coco_resource **out) {
  char name[32];
  snprintf(name, sizeof name, "packed_%016llx", (unsigned long long)coco_hash_bytes(bytes, size, 0));
  coco_resource *same = coco_resource_find(context, coco_string_from(name));
  if (same && same->size == size && same->data && memcmp(same->data, bytes, size) == 0) {
    coco_resource_free_block(context, bytes, size);
    *out = same;
    return COCO_OK;
  }
  return coco_resource_take_block(context, coco_string_from(name), bytes, size, out);
}

/* What is to become of a weight. */
typedef struct recipe {
  /* Writes the packed elements for LAYOUT to TARGET. */
  void (*fill)(const void *layout, const coco_attribute *weight, const uint8_t *source, bool splat, uint8_t *target);
  coco_string layout; /* its bytes, which tell recipes apart */
} recipe;

static coco_status pack_new(coco_context *context, const coco_attribute *weight, const recipe *by, size_t size, coco_resource **out) {
  bool splat = false;
  const uint8_t *source = coco_elements_data(weight, &splat);
  uint8_t *bytes = coco_resource_allocate_block(context, size);
  if (!bytes) return COCO_OUT_OF_MEMORY;
  by->fill(by->layout.data, weight, source, splat, bytes);
  return resource_of_content(context, bytes, size, out);
}

/* The variants of a target pack the same weights: the second finds what the first has made. */
static coco_status pack_by(coco_context *context, const coco_attribute *weight, const recipe *by, const coco_type *type,
                           const coco_attribute **out) {
  bool splat = false;
  if (!coco_elements_data(weight, &splat)) return COCO_OK;
  int64_t size = type ? coco_type_byte_count(type) : -1;
  if (size <= 0) return COCO_OUT_OF_MEMORY;
  coco_resource *origin = coco_attribute_is(weight, COCO_ATTRIBUTE_DENSE_RESOURCE) ? weight->resource : NULL;
  coco_resource *resource = origin ? coco_resource_made_of(origin, by->layout) : NULL;
  if (!resource) {
    COCO_TRY(pack_new(context, weight, by, (size_t)size, &resource));
    if (origin) COCO_TRY(coco_resource_remember_made(context, origin, by->layout, resource));
  }
  *out = coco_attribute_dense_resource(context, type, resource);
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

static coco_status pack(coco_context *context, const coco_attribute *weight, const packing *layout,
                        const coco_type *type, const coco_attribute **out) {
  const recipe by = {pack_elements, {(const char *)layout, sizeof *layout}};
  return pack_by(context, weight, &by, type, out);
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
  int64_t packed[] = {coco_ceil_divide(shape[0], COCO_LR_LANES), shape[1], shape[2], shape[3], COCO_LR_LANES};
  return pack(context, weight, &layout, coco_type_tensor(context, 5, packed, weight->type->element, NULL), out);
}

/* ---- Winograd ---- */

typedef struct winograd_packing {
  int64_t form; /* FORM_WINOGRAD */
  int64_t tile, filters, channels;
} winograd_packing;

/* G g G^T for the 3x3 kernels of 16 filters, given as [9][16]; position i goes to TARGET + i * STRIDE. */
static void transform_kernels(const coco_winograd *algorithm, double kernels[][COCO_LR_LANES], float *target,
                              int64_t stride) {
  double half[COCO_WINOGRAD_REACH][3][COCO_LR_LANES];
  const double(*by)[3] = algorithm->kernel;
  for (int64_t i = 0; i < algorithm->reach; ++i) {
    for (int64_t k = 0; k < 3; ++k) {
      for (int lane = 0; lane < COCO_LR_LANES; ++lane)
        half[i][k][lane] =
            by[i][0] * kernels[k][lane] + by[i][1] * kernels[3 + k][lane] + by[i][2] * kernels[6 + k][lane];
    }
  }
  for (int64_t i = 0; i < algorithm->reach; ++i) {
    for (int64_t j = 0; j < algorithm->reach; ++j, target += stride) {
      for (int lane = 0; lane < COCO_LR_LANES; ++lane)
        target[lane] =
            (float)(by[j][0] * half[i][0][lane] + by[j][1] * half[i][1][lane] + by[j][2] * half[i][2][lane]);
    }
  }
}

static void pack_winograd(const void *of, const coco_attribute *weight, const uint8_t *source, bool splat,
                          uint8_t *target) {
  const winograd_packing *layout = of;
  const coco_winograd *algorithm = coco_winograd_of_tile(layout->tile);
  int64_t blocks = coco_ceil_divide(layout->filters, COCO_LR_LANES);
  int64_t plane = blocks * layout->channels * COCO_LR_LANES;
  for (int64_t block = 0; block < blocks; ++block) {
    for (int64_t c = 0; c < layout->channels; ++c) {
      double kernels[9][COCO_LR_LANES] = {{0}};
      for (int64_t lane = 0; lane < COCO_LR_LANES && block * COCO_LR_LANES + lane < layout->filters; ++lane) {
        int64_t first = ((block * COCO_LR_LANES + lane) * layout->channels + c) * 9;
        for (int64_t k = 0; k < 9; ++k) {
          float element;
          memcpy(&element, source + (size_t)(splat ? 0 : first + k) * sizeof element, sizeof element);
          kernels[k][lane] = element;
        }
      }
      float *to = (float *)(void *)target + (block * layout->channels + c) * COCO_LR_LANES;
      transform_kernels(algorithm, kernels, to, plane);
    }
  }
  if (coco_attribute_is(weight, COCO_ATTRIBUTE_DENSE_RESOURCE)) coco_resource_let_go(weight->resource);
}

coco_status coco_lr_pack_winograd_weight(coco_context *context, const coco_attribute *weight,
                                         const coco_winograd *algorithm, const coco_attribute **out) {
  *out = NULL;
  if (!is_f32_of_rank(weight, 4) || weight->type->shape[2] != 3 || weight->type->shape[3] != 3) return COCO_OK;
  const int64_t *shape = weight->type->shape;
  winograd_packing layout = {.form = FORM_WINOGRAD, .tile = algorithm->tile, .filters = shape[0], .channels = shape[1]};
  int64_t packed[] = {algorithm->reach * algorithm->reach, coco_ceil_divide(shape[0], COCO_LR_LANES), shape[1],
                      COCO_LR_LANES};
  const recipe by = {pack_winograd, {(const char *)&layout, sizeof layout}};
  return pack_by(context, weight, &by, coco_type_tensor(context, 4, packed, weight->type->element, NULL), out);
}

coco_status coco_lr_pack_matmul_weight(coco_context *context, const coco_attribute *weight, bool transposed,
                                       const coco_attribute **out) {
  *out = NULL;
  if (!is_f32_of_rank(weight, 2)) return COCO_OK;
  const int64_t *shape = weight->type->shape;
  packing layout = transposed
                       ? (packing){.outputs = shape[0], .rows = shape[1], .output_stride = shape[1], .row_stride = 1}
                       : (packing){.outputs = shape[1], .rows = shape[0], .output_stride = 1, .row_stride = shape[1]};
  int64_t packed[] = {coco_ceil_divide(layout.outputs, COCO_LR_LANES), layout.rows, COCO_LR_LANES};
  return pack(context, weight, &layout, coco_type_tensor(context, 3, packed, weight->type->element, NULL), out);
}

/* One output whose rows are packed apart: [n] is [blocks][1 row][16] of n outputs. */
coco_status coco_lr_pad_vector(coco_context *context, const coco_attribute *vector, const coco_attribute **out) {
  *out = NULL;
  if (!is_f32_of_rank(vector, 1)) return COCO_OK;
  int64_t count = vector->type->shape[0], padded = coco_ceil_divide(count, COCO_LR_LANES) * COCO_LR_LANES;
  if (padded == count) {
    *out = vector;
    return COCO_OK;
  }
  packing layout = {.outputs = count, .rows = 1, .output_stride = 1};
  return pack(context, vector, &layout, coco_type_tensor(context, 1, &padded, vector->type->element, NULL), out);
}

/* Numbers of a convolution's inputs become their places. All bytes count: no padding. */
typedef struct placing {
  int64_t form; /* FORM_PLACES */
  int64_t kernel[2], dilations[2];
  const coco_type *input; /* layout included; a type is one pointer */
} placing;

static void fill_places(const void *of, const coco_attribute *index, const uint8_t *source, bool splat, uint8_t *target) {
  const placing *layout = of;
  const coco_window window = {.rank = 2, .kernel = layout->kernel, .dilations = layout->dilations};
  const coco_type *element = index->type->element;
  const size_t step = coco_type_element_size(element), count = (size_t)coco_type_element_count(index->type);
  const uint64_t bits = coco_type_bits(element), limit = (UINT64_C(1) << bits) - 1;
  for (size_t i = 0; i < count; ++i, target += sizeof(uint32_t)) {
    const uint64_t number = (uint64_t)coco_element_read_integer(element, source + (splat ? 0 : i * step)) & limit;
    const uint32_t place = (uint32_t)coco_lr_block_place(layout->input, &window, (int64_t)number);
    memcpy(target, &place, sizeof place);
  }
}

coco_status coco_lr_pack_places(coco_context *context, const coco_attribute *index, const coco_type *input,
                                const coco_window *window, const coco_attribute **out) {
  const coco_type *element = coco_type_integer_signed(context, 32, COCO_UNSIGNED);
  placing layout = {.form = FORM_PLACES, .input = input};
  memcpy(layout.kernel, window->kernel, sizeof layout.kernel);
  memcpy(layout.dilations, window->dilations, sizeof layout.dilations);
  const coco_type *type = element ? coco_type_tensor(context, 1, index->type->shape, element, NULL) : NULL;
  const recipe by = {fill_places, {(const char *)&layout, sizeof layout}};
  return type ? pack_by(context, index, &by, type, out) : COCO_OUT_OF_MEMORY;
}
