/* Values at run time: counted storage, numbers, and their way from and to attributes. */
#include "ir/evaluate_internal.h"

/* The elements follow the header, aligned for any vector register. */
enum { STORAGE_ALIGNMENT = 64 };
struct coco_storage {
  const coco_allocator *allocator;
  size_t size; /* of the allocation */
  size_t owners;
};
enum { STORAGE_HEADER = STORAGE_ALIGNMENT };

/* Bytes from the lowest to the end of the highest element, and bytes of index zero above the lowest. False: overflow.
 */
static bool extent(const coco_type *type, int64_t *out_below, int64_t *out_size) {
  size_t element = coco_type_element_size(type);
  int64_t bytes = coco_type_byte_count(type);
  *out_below = 0;
  *out_size = bytes;
  if (element == 0 || bytes < 0) return false;
  if (type->kind != COCO_TYPE_MEMREF || !type->encoding || bytes == 0) return true;
  int64_t strides[COCO_EVALUATION_RANK], offset, low = 0, high = 0;
  if (type->rank > COCO_EVALUATION_RANK || !coco_memref_strides(type, strides, &offset)) return false;
  for (uint32_t i = 0; i < type->rank; i++) {
    int64_t reach;
    if (strides[i] == COCO_DYNAMIC || __builtin_mul_overflow(strides[i], type->shape[i] - 1, &reach)) return false;
    if (__builtin_add_overflow(reach < 0 ? low : high, reach, reach < 0 ? &low : &high)) return false;
  }
  int64_t span;
  if (__builtin_sub_overflow(high, low, &span) || __builtin_add_overflow(span, 1, &span)) return false;
  return !__builtin_mul_overflow(span, (int64_t)element, out_size) &&
         !__builtin_mul_overflow(-low, (int64_t)element, out_below);
}

/* The bytes that a memref of TYPE skips at the start of its memory. False: negative or not known. */
static bool leading_bytes(const coco_type *type, int64_t *out) {
  int64_t strides[COCO_EVALUATION_RANK], offset = 0;
  *out = 0;
  if (type->kind != COCO_TYPE_MEMREF || !type->encoding) return true;
  if (type->rank > COCO_EVALUATION_RANK || !coco_memref_strides(type, strides, &offset)) return false;
  if (offset == COCO_DYNAMIC) offset = 0;
  return offset >= 0 && !__builtin_mul_overflow(offset, (int64_t)coco_type_element_size(type), out);
}

bool coco_runtime_place(const coco_type *type, uint8_t *base, size_t size, int64_t offset, coco_runtime_value *out) {
  int64_t below, bytes;
  *out = (coco_runtime_value){.type = type};
  if (!extent(type, &below, &bytes) || size > INT64_MAX) return false;
  if (bytes == 0) {
    out->data = base;
  } else {
    if (offset < below || bytes - below > (int64_t)size - offset) return false;
    out->data = base + offset;
  }
  out->limit_low = base;
  out->limit_high = base ? base + size : base;
  return true;
}

bool coco_runtime_borrow(const coco_type *type, void *data, size_t size, coco_runtime_value *out) {
  int64_t leading;
  return leading_bytes(type, &leading) && coco_runtime_place(type, data, size, leading, out);
}

/* Bytes of the memory of its own that a value of TYPE takes, and those of them in front of index zero. */
static bool own_memory(const coco_type *type, int64_t *out_above, int64_t *out_total) {
  int64_t leading, below, bytes;
  if (!extent(type, &below, &bytes) || !leading_bytes(type, &leading)) return false;
  *out_above = leading > below ? leading : below;
  return !__builtin_add_overflow(*out_above, bytes - below, out_total) &&
         *out_total <= PTRDIFF_MAX - 2 * STORAGE_HEADER;
}

bool coco_evaluation_can_allocate(const coco_type *type) {
  int64_t above, total;
  return own_memory(type, &above, &total);
}

coco_status coco_evaluation_allocate(coco_evaluation *evaluation, const coco_type *type, coco_runtime_value *out) {
  int64_t above, total;
  *out = (coco_runtime_value){0};
  if (!own_memory(type, &above, &total)) return COCO_OUT_OF_MEMORY;
  size_t size = (size_t)total + STORAGE_HEADER;
  uint8_t *memory = coco_allocate_aligned(evaluation->allocator, size, STORAGE_ALIGNMENT);
  if (!memory) return COCO_OUT_OF_MEMORY;
  memset(memory, 0, size);
  coco_storage *storage = (coco_storage *)(void *)memory;
  *storage = (coco_storage){evaluation->allocator, size, 1};
  if (!coco_runtime_place(type, memory + STORAGE_HEADER, (size_t)total, above, out)) {
    coco_free_aligned(evaluation->allocator, memory, size, STORAGE_ALIGNMENT);
    return COCO_OUT_OF_MEMORY;
  }
  out->storage = storage;
  return COCO_OK;
}

coco_runtime_value coco_runtime_retain(const coco_runtime_value *value) {
  if (value->storage) value->storage->owners++;
  return *value;
}

void coco_runtime_release(coco_runtime_value *value) {
  coco_storage *storage = value->storage;
  *value = (coco_runtime_value){0};
  if (!storage || --storage->owners) return;
  coco_free_aligned(storage->allocator, storage, storage->size, STORAGE_ALIGNMENT);
}

/* ---- Numbers ---- */

static int64_t fit(const coco_type *type, int64_t value) {
  if (type->kind != COCO_TYPE_INTEGER || type->width >= 64 || type->width == 0) return value;
  uint64_t bits = (uint64_t)value & ((UINT64_C(1) << type->width) - 1);
  bool negative = type->width > 1 && type->signedness != COCO_UNSIGNED && bits >> (type->width - 1) & 1;
  return (int64_t)(negative ? bits | ~((UINT64_C(1) << type->width) - 1) : bits);
}

coco_runtime_value coco_runtime_integer(const coco_type *type, int64_t value) {
  return (coco_runtime_value){.type = type, .integer = fit(type, value)};
}

coco_runtime_value coco_runtime_real(const coco_type *type, double value) {
  return (coco_runtime_value){.type = type, .real = coco_round_to_format(type->format, value)};
}

/* ---- Attributes ---- */

static bool is_aligned(const void *data, size_t alignment) {
  return (uintptr_t)data % (alignment > 16 ? 16 : alignment) == 0;
}

/* SIZE bytes of elements (one of them when SPLAT) as a value of TYPE: borrowed where that can be. */
static coco_status from_elements(coco_evaluation *evaluation, const coco_type *type, const void *data, size_t size,
                                 bool splat, coco_runtime_value *out) {
  size_t element = coco_type_element_size(type);
  int64_t bytes = coco_type_byte_count(type);
  if (bytes < 0 || element == 0) return COCO_UNSUPPORTED;
  if (size != (splat ? element : (size_t)bytes)) return COCO_INVALID_ARGUMENT;
  if (!splat && is_aligned(data, element)) {
    *out = (coco_runtime_value){.type = type, .data = (void *)(uintptr_t)data, .limit_low = data};
    out->limit_high = out->limit_low + size;
    return COCO_OK;
  }
  COCO_TRY(coco_evaluation_allocate(evaluation, type, out));
  if (splat)
    for (int64_t at = 0; at < bytes; at += (int64_t)element) memcpy((uint8_t *)out->data + at, data, element);
  else
    memcpy(out->data, data, size);
  return COCO_OK;
}

/* One number in every element. */
static coco_status from_number(coco_evaluation *evaluation, const coco_attribute *attribute, const coco_type *type,
                               coco_runtime_value *out) {
  uint8_t element[16] = {0};
  const coco_type *scalar = coco_type_scalar(type);
  size_t size = coco_type_element_size(type);
  if (size > 8 || (scalar->kind == COCO_TYPE_FLOAT) != (attribute->kind == COCO_ATTRIBUTE_FLOAT))
    return COCO_UNSUPPORTED;
  if (attribute->kind == COCO_ATTRIBUTE_FLOAT)
    coco_element_write_real(scalar, element, attribute->real);
  else
    coco_element_write_integer(scalar, element, attribute->integer);
  return from_elements(evaluation, type, element, size, true, out);
}

/* Numbers that evaluation knows: no complex ones, no integers wider than 64 bits. */
static bool is_number(const coco_type *scalar) {
  return scalar->kind == COCO_TYPE_FLOAT || scalar->kind == COCO_TYPE_INDEX ||
         (scalar->kind == COCO_TYPE_INTEGER && scalar->width <= 64);
}

coco_status coco_runtime_from_attribute(coco_evaluation *evaluation, const coco_attribute *attribute,
                                        const coco_type *type, coco_runtime_value *out) {
  *out = (coco_runtime_value){.type = type};
  switch (attribute->kind) {
    case COCO_ATTRIBUTE_INTEGER:
      if (attribute->words || (type->kind == COCO_TYPE_INTEGER && type->width > 64)) return COCO_UNSUPPORTED;
      if (coco_type_is_shaped(type)) return from_number(evaluation, attribute, type, out);
      if (type->kind != COCO_TYPE_INTEGER && type->kind != COCO_TYPE_INDEX) return COCO_INVALID_ARGUMENT;
      *out = coco_runtime_integer(type, attribute->integer);
      return COCO_OK;
    case COCO_ATTRIBUTE_FLOAT:
      if (coco_type_is_shaped(type)) return from_number(evaluation, attribute, type, out);
      if (type->kind != COCO_TYPE_FLOAT || type->width > 64) return COCO_UNSUPPORTED;
      *out = coco_runtime_real(type, attribute->real);
      return COCO_OK;
    case COCO_ATTRIBUTE_DENSE:
    case COCO_ATTRIBUTE_DENSE_RESOURCE: {
      if (!is_number(coco_type_scalar(type))) return COCO_UNSUPPORTED;
      bool splat;
      const void *data = coco_elements_data(attribute, &splat);
      size_t size = attribute->kind == COCO_ATTRIBUTE_DENSE ? attribute->data_size : attribute->resource->size;
      if (!data && coco_type_element_count(type) != 0) return COCO_IO_ERROR;
      return from_elements(evaluation, type, data, size, splat, out);
    }
    case COCO_ATTRIBUTE_DENSE_ARRAY:
      return from_elements(evaluation, type, attribute->data,
                           attribute->count * coco_type_element_size(attribute->type), false, out);
    default: return COCO_UNSUPPORTED;
  }
}

/* The elements of a memref in row-major order. */
static void gather(const coco_runtime_value *value, uint8_t *out) {
  const coco_type *type = value->type;
  int64_t strides[COCO_EVALUATION_RANK], offset, index[COCO_EVALUATION_RANK] = {0};
  int64_t count = coco_type_element_count(type), size = (int64_t)coco_type_element_size(type);
  if (!coco_memref_strides(type, strides, &offset)) return;
  for (int64_t i = 0; i < count; i++) {
    int64_t at = 0;
    for (uint32_t j = 0; j < type->rank; j++) at += index[j] * strides[j];
    memcpy(out + i * size, (const uint8_t *)value->data + at * size, (size_t)size);
    for (uint32_t j = type->rank; j-- > 0;) {
      if (++index[j] < type->shape[j]) break;
      index[j] = 0;
    }
  }
}

enum { LARGEST_INLINE = 1024 };

static coco_status elements_to_attribute(coco_context *context, const coco_runtime_value *value, coco_string name,
                                         const coco_attribute **out) {
  const coco_type *type = value->type;
  int64_t bytes = coco_type_byte_count(type);
  if (bytes < 0 || type->rank > COCO_EVALUATION_RANK) return COCO_UNSUPPORTED;
  bool is_memref = type->kind == COCO_TYPE_MEMREF;
  if (is_memref) type = coco_type_tensor(context, type->rank, type->shape, type->element, NULL);
  if (!type) return COCO_OUT_OF_MEMORY;
  if (bytes <= LARGEST_INLINE) {
    uint64_t few[LARGEST_INLINE / 8];
    if (is_memref) gather(value, (uint8_t *)few);
    *out = coco_attribute_dense(context, type, is_memref ? (const void *)few : value->data, (size_t)bytes);
    return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
  }
  uint8_t *data;
  coco_resource *resource;
  COCO_TRY(coco_resource_allocate(context, name, (size_t)bytes, &data, &resource));
  if (is_memref)
    gather(value, data);
  else
    memcpy(data, value->data, (size_t)bytes);
  *out = coco_attribute_dense_resource(context, type, resource);
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

coco_status coco_runtime_to_attribute(coco_context *context, const coco_runtime_value *value, coco_string name,
                                      const coco_attribute **out) {
  switch (value->type->kind) {
    case COCO_TYPE_INDEX:
    case COCO_TYPE_INTEGER: *out = coco_attribute_integer(context, value->type, value->integer); break;
    case COCO_TYPE_FLOAT: *out = coco_attribute_float(context, value->type, value->real); break;
    case COCO_TYPE_VECTOR:
    case COCO_TYPE_TENSOR:
    case COCO_TYPE_MEMREF: return elements_to_attribute(context, value, name, out);
    default: return COCO_UNSUPPORTED;
  }
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}
