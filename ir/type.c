/* Types: construction with uniquing, and questions about them. */
#include "ir/type.h"

#include "ir/base/buffer.h"
#include "ir/context_internal.h"

static bool same_pointers(const coco_type *const *a, const coco_type *const *b, size_t count) {
  return count == 0 || memcmp(a, b, count * sizeof *a) == 0;
}

static bool type_equal(const void *candidate, const void *key) {
  const coco_type *a = candidate, *b = key;
  return a->kind == b->kind && a->signedness == b->signedness && a->format == b->format && a->width == b->width &&
         a->rank == b->rank && a->element == b->element && a->encoding == b->encoding &&
         a->memory_space == b->memory_space && a->input_count == b->input_count && a->result_count == b->result_count &&
         !a->scalable == !b->scalable &&
         (a->rank == 0 || memcmp(a->shape, b->shape, a->rank * sizeof *a->shape) == 0) &&
         (!a->scalable || memcmp(a->scalable, b->scalable, a->rank * sizeof *a->scalable) == 0) &&
         same_pointers(a->inputs, b->inputs, a->input_count) &&
         same_pointers(a->results, b->results, a->result_count) &&
         (a->kind != COCO_TYPE_OPAQUE || coco_string_equal(a->text, b->text));
}

static uint64_t type_hash(const coco_type *type) {
  uint64_t hash = coco_hash_combine((uint64_t)type->kind << 32 | type->width,
                                    (uint64_t)type->signedness << 8 | (uint64_t)type->format);
  hash = coco_hash_bytes(type->shape, type->rank * sizeof *type->shape, hash);
  hash = coco_hash_combine(hash, coco_hash_pointer(type->element));
  hash = coco_hash_combine(hash, coco_hash_pointer(type->encoding));
  hash = coco_hash_combine(hash, coco_hash_pointer(type->memory_space));
  if (type->scalable) hash = coco_hash_bytes(type->scalable, type->rank * sizeof *type->scalable, hash);
  hash = coco_hash_bytes(type->inputs, type->input_count * sizeof *type->inputs, hash);
  hash = coco_hash_bytes(type->results, type->result_count * sizeof *type->results, hash);
  return coco_hash_bytes(type->text.data, type->text.size, hash);
}

/* The word that an integer type is, of BUFFER; else the text of KEY. */
static coco_string text_of(const coco_type *key, coco_buffer *buffer) {
  if (key->kind != COCO_TYPE_INTEGER) return key->text;
  coco_buffer_text(buffer, key->signedness == COCO_SIGNED ? "si" : key->signedness == COCO_UNSIGNED ? "ui" : "i");
  coco_buffer_unsigned(buffer, key->width);
  return coco_buffer_view(buffer);
}

static const coco_type *find_or_make(coco_context *context, const coco_type *key, uint64_t hash) {
  const coco_type *found = coco_unique_find(&context->types, hash, key, type_equal);
  if (found) return found;
  coco_arena *arena = &context->arena;
  coco_type *made = coco_arena_copy_bytes(arena, key, sizeof *key);
  if (!made) return NULL;
  if (key->rank) made->shape = coco_arena_copy_bytes(arena, key->shape, key->rank * sizeof *key->shape);
  if (key->scalable) made->scalable = coco_arena_copy_bytes(arena, key->scalable, key->rank * sizeof *key->scalable);
  if (key->input_count)
    made->inputs = coco_arena_copy_bytes(arena, key->inputs, key->input_count * sizeof *key->inputs);
  if (key->result_count)
    made->results = coco_arena_copy_bytes(arena, key->results, key->result_count * sizeof *key->results);
  coco_buffer word = COCO_BUFFER(&context->allocator);
  coco_string text = text_of(key, &word);
  if (text.size) made->text = coco_arena_copy(arena, text);
  bool complete = (!key->rank || made->shape) && (!key->scalable || made->scalable) &&
                  (!key->input_count || made->inputs) && (!key->result_count || made->results) &&
                  (!text.size || made->text.data) && word.status == COCO_OK;
  coco_buffer_free(&word);
  if (!complete || coco_unique_insert(context, &context->types, hash, made) != COCO_OK) return NULL;
  return made;
}

/* The one type equal to KEY, made from a deep copy when it is new. */
static const coco_type *unique_type(coco_context *context, const coco_type *key) {
  uint64_t hash = type_hash(key);
  if (!context->sharing) return find_or_make(context, key, hash);
  const coco_type *made = coco_sharing_recall(context->sharing, hash, key, type_equal);
  if (made) return made;
  coco_context_enter(context);
  made = find_or_make(context, key, hash);
  coco_context_leave(context);
  if (made) coco_sharing_remember(context->sharing, hash, made, type_equal);
  return made;
}

/* ---- Constructors ---- */

const coco_type *coco_type_none(coco_context *context) {
  return unique_type(context, &(coco_type){.kind = COCO_TYPE_NONE});
}

const coco_type *coco_type_index(coco_context *context) {
  return context->index ? context->index : unique_type(context, &(coco_type){.kind = COCO_TYPE_INDEX, .width = 64});
}

const coco_type *coco_type_integer_signed(coco_context *context, uint32_t width, coco_signedness signedness) {
  if (signedness == COCO_SIGNLESS) { /* those that are asked for all the time */
    if (width == 64 && context->i64) return context->i64;
    if (width == 32 && context->i32) return context->i32;
    if (width == 1 && context->i1) return context->i1;
  }
  return unique_type(context, &(coco_type){.kind = COCO_TYPE_INTEGER, .width = width, .signedness = signedness});
}

const coco_type *coco_type_integer(coco_context *context, uint32_t width) {
  return coco_type_integer_signed(context, width, COCO_SIGNLESS);
}

static uint32_t float_width(coco_float_format format) {
  switch (format) {
    case COCO_F16:
    case COCO_BF16: return 16;
    case COCO_F32: return 32;
    case COCO_F64: return 64;
    case COCO_TF32: return 19;
    case COCO_F80: return 80;
    case COCO_F128: return 128;
    default: return 8;
  }
}

const coco_type *coco_type_float(coco_context *context, coco_float_format format) {
  if (format == COCO_F32 && context->f32) return context->f32;
  return unique_type(context, &(coco_type){.kind = COCO_TYPE_FLOAT, .format = format, .width = float_width(format)});
}

const coco_type *coco_type_f32(coco_context *context) { return context->f32; }

const coco_type *coco_type_complex(coco_context *context, const coco_type *element) {
  return unique_type(context, &(coco_type){.kind = COCO_TYPE_COMPLEX, .element = element});
}

const coco_type *coco_type_tuple(coco_context *context, const coco_type *const *types, size_t count) {
  return unique_type(context, &(coco_type){.kind = COCO_TYPE_TUPLE, .results = types, .result_count = (uint32_t)count});
}

const coco_type *coco_type_function(coco_context *context, const coco_type *const *inputs, size_t input_count,
                                    const coco_type *const *results, size_t result_count) {
  return unique_type(context, &(coco_type){.kind = COCO_TYPE_FUNCTION,
                                           .inputs = inputs,
                                           .input_count = (uint32_t)input_count,
                                           .results = results,
                                           .result_count = (uint32_t)result_count});
}

const coco_type *coco_type_vector(coco_context *context, size_t rank, const int64_t *shape, const bool *scalable,
                                  const coco_type *element) {
  bool any = false;
  for (size_t i = 0; scalable && i < rank; ++i) any = any || scalable[i];
  return unique_type(context, &(coco_type){.kind = COCO_TYPE_VECTOR, .rank = (uint32_t)rank, .shape = shape,
                                           .scalable = any ? scalable : NULL, .element = element});
}

const coco_type *coco_type_tensor(coco_context *context, size_t rank, const int64_t *shape, const coco_type *element,
                                  const coco_attribute *encoding) {
  return unique_type(
      context,
      &(coco_type){
          .kind = COCO_TYPE_TENSOR, .rank = (uint32_t)rank, .shape = shape, .element = element, .encoding = encoding});
}

const coco_type *coco_type_unranked_tensor(coco_context *context, const coco_type *element) {
  return unique_type(context, &(coco_type){.kind = COCO_TYPE_UNRANKED_TENSOR, .element = element});
}

/* The space 0 is the default one, which is not spelled. */
static const coco_attribute *without_default(const coco_attribute *memory_space) {
  bool is_default = coco_attribute_is(memory_space, COCO_ATTRIBUTE_INTEGER) && memory_space->integer == 0 && !memory_space->words;
  return is_default ? NULL : memory_space;
}

const coco_type *coco_type_memref(coco_context *context, size_t rank, const int64_t *shape, const coco_type *element,
                                  const coco_attribute *layout, const coco_attribute *memory_space) {
  if (coco_attribute_is(layout, COCO_ATTRIBUTE_AFFINE_MAP) && coco_affine_map_is_identity(layout->map)) layout = NULL;
  return unique_type(context, &(coco_type){.kind = COCO_TYPE_MEMREF,
                                           .rank = (uint32_t)rank,
                                           .shape = shape,
                                           .element = element,
                                           .encoding = layout,
                                           .memory_space = without_default(memory_space)});
}

const coco_type *coco_type_unranked_memref(coco_context *context, const coco_type *element,
                                           const coco_attribute *memory_space) {
  return unique_type(context,
                     &(coco_type){.kind = COCO_TYPE_UNRANKED_MEMREF, .element = element, .memory_space = without_default(memory_space)});
}

const coco_type *coco_type_opaque(coco_context *context, coco_string text) {
  return unique_type(context, &(coco_type){.kind = COCO_TYPE_OPAQUE, .text = text});
}

const coco_type *coco_type_with_shape(coco_context *context, const coco_type *type, size_t rank, const int64_t *shape) {
  coco_type key = *type;
  if (rank != type->rank) {
    key.encoding = NULL;
    key.scalable = NULL;
  }
  key.rank = (uint32_t)rank;
  key.shape = shape;
  if (key.kind == COCO_TYPE_UNRANKED_TENSOR) key.kind = COCO_TYPE_TENSOR;
  if (key.kind == COCO_TYPE_UNRANKED_MEMREF) key.kind = COCO_TYPE_MEMREF;
  return unique_type(context, &key);
}

const coco_type *coco_type_with_element(coco_context *context, const coco_type *type, const coco_type *element) {
  if (!coco_type_is_shaped(type)) return element;
  coco_type key = *type;
  key.element = element;
  return unique_type(context, &key);
}

const coco_type *coco_type_with_encoding(coco_context *context, const coco_type *tensor,
                                         const coco_attribute *encoding) {
  coco_type key = *tensor;
  key.encoding = encoding;
  return unique_type(context, &key);
}

/* ---- Questions ---- */

bool coco_type_has_static_shape(const coco_type *type) {
  if (!coco_type_is_ranked(type) || type->scalable) return false;
  for (uint32_t i = 0; i < type->rank; ++i) {
    if (type->shape[i] == COCO_DYNAMIC) return false;
  }
  return true;
}

int64_t coco_type_element_count(const coco_type *type) {
  if (!coco_type_is_shaped(type)) return 1;
  if (!coco_type_has_static_shape(type)) return -1;
  for (uint32_t i = 0; i < type->rank; ++i) {
    if (type->shape[i] == 0) return 0;
  }
  int64_t count = 1;
  for (uint32_t i = 0; i < type->rank; ++i) {
    if (type->shape[i] < 0 || count > INT64_MAX / type->shape[i]) return -1;
    count *= type->shape[i];
  }
  return count;
}

size_t coco_type_element_size(const coco_type *type) {
  const coco_type *scalar = coco_type_scalar(type);
  switch (scalar->kind) {
    case COCO_TYPE_INDEX: return 8;
    case COCO_TYPE_INTEGER:
    case COCO_TYPE_FLOAT: {
      if (scalar->width > 1u << 20) return 0;
      size_t bytes = (scalar->width + 7) / 8, size = 1;
      if (scalar->kind == COCO_TYPE_FLOAT && scalar->format == COCO_F80) return 16;
      while (size < bytes) size *= 2;
      return size;
    }
    case COCO_TYPE_COMPLEX: return 2 * coco_type_element_size(scalar->element);
    default: return 0;
  }
}

size_t coco_packed_size(const coco_type *element) {
  if (element->kind == COCO_TYPE_COMPLEX) return 2 * coco_type_element_size(element->element);
  return element->kind == COCO_TYPE_INTEGER ? (element->width + 7) / 8 : coco_type_element_size(element);
}

int64_t coco_type_byte_count(const coco_type *type) {
  int64_t count = coco_type_element_count(type);
  size_t size = coco_type_element_size(type);
  if (count < 0 || size == 0 || count > INT64_MAX / (int64_t)size) return -1;
  return count * (int64_t)size;
}

bool coco_type_compatible(const coco_type *a, const coco_type *b) {
  if (a == b) return true;
  bool tensors = (a->kind == COCO_TYPE_TENSOR || a->kind == COCO_TYPE_UNRANKED_TENSOR) &&
                 (b->kind == COCO_TYPE_TENSOR || b->kind == COCO_TYPE_UNRANKED_TENSOR);
  bool memrefs = (a->kind == COCO_TYPE_MEMREF || a->kind == COCO_TYPE_UNRANKED_MEMREF) &&
                 (b->kind == COCO_TYPE_MEMREF || b->kind == COCO_TYPE_UNRANKED_MEMREF);
  if ((!tensors && !memrefs) || a->element != b->element || a->memory_space != b->memory_space) return false;
  if (a->kind == COCO_TYPE_UNRANKED_TENSOR || b->kind == COCO_TYPE_UNRANKED_TENSOR ||
      a->kind == COCO_TYPE_UNRANKED_MEMREF || b->kind == COCO_TYPE_UNRANKED_MEMREF)
    return true;
  if (a->rank != b->rank) return false;
  if (a->encoding != b->encoding && (memrefs || (a->encoding && b->encoding))) return false;
  for (uint32_t i = 0; i < a->rank; ++i) {
    if (a->shape[i] != b->shape[i] && a->shape[i] != COCO_DYNAMIC && b->shape[i] != COCO_DYNAMIC) return false;
  }
  return true;
}

/* Strides of an affine layout that is a sum of d_i * constant and a constant; false for anything else. */
static bool affine_strides(const coco_affine_expression *expression, int64_t factor, size_t rank, int64_t *strides,
                           int64_t *offset, unsigned depth) {
  if (depth > 64) return false;
  switch (expression->kind) {
    case COCO_AFFINE_CONSTANT:
      return !__builtin_mul_overflow(expression->value, factor, &factor) &&
             !__builtin_add_overflow(*offset, factor, offset);
    case COCO_AFFINE_DIMENSION:
      return (size_t)expression->value < rank &&
             !__builtin_add_overflow(strides[expression->value], factor, &strides[expression->value]);
    case COCO_AFFINE_ADD:
      return affine_strides(expression->left, factor, rank, strides, offset, depth + 1) &&
             affine_strides(expression->right, factor, rank, strides, offset, depth + 1);
    case COCO_AFFINE_MULTIPLY:
      if (expression->right->kind != COCO_AFFINE_CONSTANT ||
          __builtin_mul_overflow(factor, expression->right->value, &factor))
        return false;
      return affine_strides(expression->left, factor, rank, strides, offset, depth + 1);
    default: return false;
  }
}

bool coco_memref_strides(const coco_type *memref, int64_t *out_strides, int64_t *out_offset) {
  const coco_attribute *layout = memref->encoding;
  *out_offset = 0;
  if (coco_attribute_is(layout, COCO_ATTRIBUTE_STRIDED_LAYOUT)) {
    if (layout->count != memref->rank) return false;
    for (uint32_t i = 0; i < memref->rank; ++i) out_strides[i] = layout->integers[i];
    *out_offset = layout->integer;
    return true;
  }
  if (coco_attribute_is(layout, COCO_ATTRIBUTE_AFFINE_MAP)) {
    for (uint32_t i = 0; i < memref->rank; ++i) out_strides[i] = 0;
    return layout->map->result_count == 1 &&
           affine_strides(layout->map->results[0], 1, memref->rank, out_strides, out_offset, 0);
  }
  if (layout) return false;
  int64_t stride = 1;
  for (uint32_t i = memref->rank; i-- > 0;) {
    out_strides[i] = stride;
    if (stride == COCO_DYNAMIC || memref->shape[i] == COCO_DYNAMIC) stride = COCO_DYNAMIC;
    else if (__builtin_mul_overflow(stride, memref->shape[i], &stride)) return false;
  }
  return true;
}
