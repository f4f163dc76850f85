/* Aliases by base and constant offset: see alias.h. Linear in the views between a value and its base. */
#include "passes/alias.h"

#include "dialects/arith/arith.h"
#include "dialects/memref/memref.h"
#include "dialects/vector/vector.h"
#include "passes/for_loops.h"

const coco_value *coco_memory_base(const coco_value *value) {
  static const coco_operation_definition *const views[] = {
      &coco_memref_view, &coco_memref_subview,        &coco_memref_reinterpret_cast,
      &coco_memref_cast, &coco_memref_collapse_shape, &coco_memref_expand_shape};
  for (;;) {
    const coco_operation *operation = coco_value_operation(value);
    size_t i = 0;
    while (i < sizeof views / sizeof *views && !coco_operation_is(operation, views[i])) ++i;
    if (i == sizeof views / sizeof *views) return value;
    value = coco_operation_operand(operation, 0);
  }
}

typedef enum origin { UNKNOWN, ARGUMENT, ALLOCATION, GLOBAL } origin;

static origin origin_of(const coco_value *base) {
  const coco_operation *operation = coco_value_operation(base);
  if (!operation) {
    const coco_operation *parent = coco_value_argument_block(base)->region->owner;
    bool is_entry = coco_value_argument_block(base)->region->first == coco_value_argument_block(base);
    return is_entry && coco_operation_has_trait(parent, COCO_SYMBOL) ? ARGUMENT : UNKNOWN;
  }
  if (coco_operation_is(operation, &coco_memref_get_global)) return GLOBAL;
  return coco_operation_has_trait(operation, COCO_ALLOCATES) ? ALLOCATION : UNKNOWN;
}

bool coco_memory_may_alias(const coco_value *a, const coco_value *b, bool arguments_differ) {
  const coco_value *left = coco_memory_base(a), *right = coco_memory_base(b);
  if (left == right) return true;
  origin from_left = origin_of(left), from_right = origin_of(right);
  if (from_left == UNKNOWN || from_right == UNKNOWN) return true;
  if (from_left == ALLOCATION || from_right == ALLOCATION) return false;
  if (from_left == GLOBAL && from_right == GLOBAL)
    return COCO_PROPERTY(coco_value_operation(left), memref_get_global, name) ==
           COCO_PROPERTY(coco_value_operation(right), memref_get_global, name);
  return !arguments_differ;
}

/* ---- Accesses ---- */

/* Adds INDEX * STRIDE bytes; a constant, also one that is added to a value, goes into the offset. False: too much. */
static bool add_term(coco_memory_access *access, const coco_value *index, int64_t stride) {
  enum { ADDITIONS = 8 };
  int64_t constant, bytes;
  for (size_t i = 0; i < ADDITIONS; ++i) {
    if (coco_value_integer(index, &constant))
      return !__builtin_mul_overflow(constant, stride, &bytes) &&
             !__builtin_add_overflow(access->offset, bytes, &access->offset);
    const coco_operation *sum = coco_value_defined_by(index, &coco_arith_addi);
    if (!sum || !coco_value_integer(coco_operation_operand(sum, 1), &constant)) break;
    if (__builtin_mul_overflow(constant, stride, &bytes) ||
        __builtin_add_overflow(access->offset, bytes, &access->offset))
      return false;
    index = coco_operation_operand(sum, 0);
  }
  if (access->term_count == COCO_ACCESS_TERMS) return false;
  access->terms[access->term_count].value = index;
  access->terms[access->term_count++].stride = stride;
  return true;
}

/* The bytes by which memref.view shifts between MEMORY and its base. Other views say in their types where they
 * begin. */
static bool add_shifts(coco_memory_access *access, const coco_value *memory) {
  while (memory != access->base) {
    const coco_operation *view = coco_value_operation(memory);
    if (coco_operation_is(view, &coco_memref_view) && !add_term(access, coco_operation_operand(view, 1), 1))
      return false;
    memory = coco_operation_operand(view, 0);
  }
  return true;
}

/* COUNT elements, one behind the other, at the indices of OPERATION that begin with operand FIRST. */
static bool find_place(coco_memory_access *access, const coco_operation *operation, const coco_value *memory,
                       size_t first, int64_t count) {
  enum { RANK = 8 };
  int64_t strides[RANK], offset;
  const coco_type *type = memory->type;
  const int64_t size = (int64_t)coco_type_element_size(type->element);
  if (size == 0 || count < 0 || type->rank > RANK || !coco_memref_strides(type, strides, &offset) ||
      offset == COCO_DYNAMIC || operation->operand_count - first < type->rank)
    return false;
  if (__builtin_mul_overflow(offset, size, &access->offset) || __builtin_mul_overflow(count, size, &access->size) ||
      !add_shifts(access, memory))
    return false;
  for (uint32_t i = 0; i < type->rank; ++i) {
    int64_t stride;
    if (strides[i] == COCO_DYNAMIC || __builtin_mul_overflow(strides[i], size, &stride) ||
        !add_term(access, coco_operation_operand(operation, first + i), stride))
      return false;
  }
  return true;
}

bool coco_memory_access_of(const coco_operation *operation, coco_memory_access *out) {
  const bool is_load =
      coco_operation_is(operation, &coco_memref_load) || coco_operation_is(operation, &coco_vector_load);
  if (!is_load && !coco_operation_is(operation, &coco_memref_store) &&
      !coco_operation_is(operation, &coco_vector_store))
    return false;
  const coco_value *value = is_load ? &operation->results[0] : coco_operation_operand(operation, 0);
  const coco_value *memory = coco_operation_operand(operation, is_load ? 0 : 1);
  const bool is_vector =
      coco_operation_is(operation, &coco_vector_load) || coco_operation_is(operation, &coco_vector_store);
  const bool is_row = !is_vector || (value->type->rank <= 1 && !value->type->scalable);
  *out = (coco_memory_access){.base = coco_memory_base(memory)};
  out->is_known = is_row && find_place(out, operation, memory, is_load ? 1 : 2,
                                       is_vector ? coco_type_element_count(value->type) : 1);
  return true;
}

bool coco_accesses_may_overlap(const coco_memory_access *a, const coco_memory_access *b, bool arguments_differ) {
  if (a->base != b->base) return coco_memory_may_alias(a->base, b->base, arguments_differ);
  if (!a->is_known || !b->is_known || a->term_count != b->term_count) return true;
  for (size_t i = 0; i < a->term_count; ++i)
    if (a->terms[i].value != b->terms[i].value || a->terms[i].stride != b->terms[i].stride) return true;
  int64_t distance; /* from A to B */
  if (__builtin_sub_overflow(b->offset, a->offset, &distance)) return true;
  return distance >= 0 ? distance < a->size : distance > -b->size;
}
