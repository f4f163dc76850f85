/* Types: uniqued in a context, so equal types are equal pointers; never freed before the context.
 *
 * One struct serves every kind; the fields that a kind does not use are zero. All constructors are
 * thread-compatible (one thread per context) and return NULL only when memory runs out; arguments
 * must be valid (the parser checks what comes from outside). */
#ifndef COCO_IR_TYPE_H
#define COCO_IR_TYPE_H

#include "ir/forward.h"

typedef enum coco_type_kind {
  COCO_TYPE_NONE,
  COCO_TYPE_INDEX,
  COCO_TYPE_INTEGER,         /* width, signedness, text: how it is written */
  COCO_TYPE_FLOAT,           /* format */
  COCO_TYPE_COMPLEX,         /* element */
  COCO_TYPE_TUPLE,           /* results */
  COCO_TYPE_FUNCTION,        /* inputs, results */
  COCO_TYPE_VECTOR,          /* rank, shape, element, scalable */
  COCO_TYPE_TENSOR,          /* rank, shape, element, encoding */
  COCO_TYPE_UNRANKED_TENSOR, /* element */
  COCO_TYPE_MEMREF,          /* rank, shape, element, layout, memory_space */
  COCO_TYPE_UNRANKED_MEMREF, /* element, memory_space */
  COCO_TYPE_OPAQUE           /* text: an unregistered dialect's type, without the leading '!' */
} coco_type_kind;

typedef enum coco_signedness { COCO_SIGNLESS, COCO_SIGNED, COCO_UNSIGNED } coco_signedness;

typedef enum coco_float_format {
  COCO_F16, COCO_BF16, COCO_F32, COCO_F64, COCO_TF32, COCO_F80, COCO_F128,
  COCO_F8E5M2, COCO_F8E4M3FN, COCO_F8E5M2FNUZ, COCO_F8E4M3FNUZ, COCO_F8E4M3B11FNUZ, COCO_F8E4M3, COCO_F8E3M4,
  COCO_FLOAT_FORMAT_COUNT
} coco_float_format;

/* The extent of a dimension that is not known ('?'). */
#define COCO_DYNAMIC INT64_MIN

struct coco_type {
  coco_type_kind kind;
  coco_signedness signedness;
  coco_float_format format;
  uint32_t width;                      /* bits of an integer or a float */
  uint32_t rank;
  const int64_t *shape;                /* rank extents, COCO_DYNAMIC where unknown */
  const bool *scalable;                /* vector: rank flags, or NULL when none is */
  const coco_type *element;
  const coco_attribute *encoding;      /* tensor encoding or memref layout; NULL: none / identity */
  const coco_attribute *memory_space;  /* NULL: the default space */
  const coco_type *const *inputs;
  const coco_type *const *results;
  uint32_t input_count, result_count;
  coco_string text;
};

const coco_type *coco_type_none(coco_context *context);
const coco_type *coco_type_index(coco_context *context);
const coco_type *coco_type_integer(coco_context *context, uint32_t width); /* signless */
const coco_type *coco_type_integer_signed(coco_context *context, uint32_t width, coco_signedness signedness);
const coco_type *coco_type_float(coco_context *context, coco_float_format format);
const coco_type *coco_type_f32(coco_context *context);
const coco_type *coco_type_complex(coco_context *context, const coco_type *element);
const coco_type *coco_type_tuple(coco_context *context, const coco_type *const *types, size_t count);
const coco_type *coco_type_function(coco_context *context, const coco_type *const *inputs, size_t input_count,
                                    const coco_type *const *results, size_t result_count);
const coco_type *coco_type_vector(coco_context *context, size_t rank, const int64_t *shape,
                                  const bool *scalable, const coco_type *element);
const coco_type *coco_type_tensor(coco_context *context, size_t rank, const int64_t *shape,
                                  const coco_type *element, const coco_attribute *encoding);
const coco_type *coco_type_unranked_tensor(coco_context *context, const coco_type *element);
/* An identity LAYOUT map is dropped. */
const coco_type *coco_type_memref(coco_context *context, size_t rank, const int64_t *shape,
                                  const coco_type *element, const coco_attribute *layout,
                                  const coco_attribute *memory_space);
const coco_type *coco_type_unranked_memref(coco_context *context, const coco_type *element,
                                           const coco_attribute *memory_space);
const coco_type *coco_type_opaque(coco_context *context, coco_string text);

/* The same shaped type with another shape of the same or another rank; keeps encoding only for an equal rank. */
const coco_type *coco_type_with_shape(coco_context *context, const coco_type *type, size_t rank, const int64_t *shape);
/* The same shape with another element; a scalar becomes ELEMENT itself. */
const coco_type *coco_type_with_element(coco_context *context, const coco_type *type, const coco_type *element);
const coco_type *coco_type_with_encoding(coco_context *context, const coco_type *tensor, const coco_attribute *encoding);

static inline bool coco_type_is(const coco_type *type, coco_type_kind kind) { return type->kind == kind; }
static inline bool coco_type_is_float(const coco_type *type) { return type->kind == COCO_TYPE_FLOAT; }
static inline bool coco_type_is_integer(const coco_type *type, uint32_t width) {
  return type->kind == COCO_TYPE_INTEGER && type->width == width && type->signedness == COCO_SIGNLESS;
}
static inline bool coco_type_is_shaped(const coco_type *type) { return type->kind >= COCO_TYPE_VECTOR && type->kind <= COCO_TYPE_UNRANKED_MEMREF; }
static inline bool coco_type_is_ranked(const coco_type *type) {
  return type->kind == COCO_TYPE_VECTOR || type->kind == COCO_TYPE_TENSOR || type->kind == COCO_TYPE_MEMREF;
}
/* The element type of a shaped type, else TYPE itself. */
/* Bits of an integer or index scalar, as it is stored and evaluated. */
static inline uint32_t coco_type_bits(const coco_type *scalar) { return scalar->kind == COCO_TYPE_INDEX ? 64 : scalar->width; }
/* The extents of two ranked types are equal, dynamic ones included. */
static inline bool coco_type_same_shape(const coco_type *a, const coco_type *b) {
  return a->rank == b->rank && (a->rank == 0 || memcmp(a->shape, b->shape, a->rank * sizeof *a->shape) == 0);
}
/* How many of COUNT extents, offsets or strides are COCO_DYNAMIC. */
static inline size_t coco_count_dynamic(const int64_t *values, size_t count) {
  size_t dynamic = 0;
  for (size_t i = 0; i < count; i++) dynamic += values[i] == COCO_DYNAMIC;
  return dynamic;
}
static inline const coco_type *coco_type_scalar(const coco_type *type) { return coco_type_is_shaped(type) ? type->element : type; }
/* Ranked and without dynamic dimensions. Scalars are not static shapes. */
bool coco_type_has_static_shape(const coco_type *type);
/* Product of the extents, 1 for scalars; -1 when dynamic, unranked or over INT64_MAX. */
int64_t coco_type_element_count(const coco_type *type);
/* Bytes of one element as stored in buffers and attributes (i1: 1 byte; index: 8); 0 when it has none. */
size_t coco_type_element_size(const coco_type *type);
/* Bytes of one element as it stands in hexadecimal strings: as many as its bits need. */
size_t coco_packed_size(const coco_type *element);
/* element count times element size, or -1. */
int64_t coco_type_byte_count(const coco_type *type);
/* Equal up to dynamic dimensions (and ignoring a tensor's encoding when either has none). */
bool coco_type_compatible(const coco_type *a, const coco_type *b);
/* Strides in elements and the offset of a memref. False when the layout is not strided. Dynamic: COCO_DYNAMIC. */
bool coco_memref_strides(const coco_type *memref, int64_t *out_strides, int64_t *out_offset);

#endif
