/* Rules of memref that the rows cannot say. */
#include "dialects/memref/hooks.h"
#include "dialects/memref/memref.h"
#include "ir/printer.h"

enum { TYPE_TEXT = 128, MAXIMUM_RANK = 32 };

static const coco_type *operand_type(const coco_operation *operation, size_t index) {
  return coco_operation_operand(operation, index)->type;
}

/* ---- Allocation ---- */

coco_status coco_memref_verify_alloc(coco_operation *operation) {
  const coco_type *type = operation->results[0].type;
  size_t start, sizes, symbols, wanted_symbols = 0;
  COCO_OPERAND_GROUP(operation, memref_alloc, dynamicSizes, &start, &sizes);
  COCO_OPERAND_GROUP(operation, memref_alloc, symbolOperands, &start, &symbols);
  if (coco_count_dynamic(type->shape, type->rank) != sizes)
    return coco_operation_error(operation, "dimension operand count does not equal memref dynamic dimension count");
  if (coco_attribute_is(type->encoding, COCO_ATTRIBUTE_AFFINE_MAP)) wanted_symbols = type->encoding->map->symbol_count;
  if (symbols != wanted_symbols)
    return coco_operation_error(operation, "symbol operand count does not equal memref symbol count: expected %zu, got %zu",
                                wanted_symbols, symbols);
  const coco_attribute *alignment = COCO_PROPERTY(operation, memref_alloc, alignment);
  if (alignment && (alignment->integer <= 0 || (alignment->integer & (alignment->integer - 1))))
    return coco_operation_error(operation, "alignment must be a power of two");
  return COCO_OK;
}

coco_status coco_memref_verify_dealloc(coco_operation *operation) {
  coco_type_kind kind = operand_type(operation, 0)->kind;
  if (kind == COCO_TYPE_MEMREF || kind == COCO_TYPE_UNRANKED_MEMREF) return COCO_OK;
  return coco_operation_error(operation, "operand #0 must be memref");
}

coco_status coco_memref_verify_assume_alignment(coco_operation *operation) {
  int64_t alignment = coco_property_integer(COCO_PROPERTY(operation, memref_assume_alignment, alignment), 0);
  if (alignment > 0 && (alignment & (alignment - 1)) == 0) return COCO_OK;
  return coco_operation_error(operation, "alignment must be power of 2");
}

/* ---- Accesses ---- */

coco_status coco_memref_verify_access(coco_operation *operation) {
  bool is_store = operation->definition == &coco_memref_store;
  const coco_type *type = operand_type(operation, is_store);
  size_t indices = operation->operand_count - 1u - is_store;
  if (indices != type->rank)
    return coco_operation_error(operation, "incorrect number of indices for %s, expected %u but got %zu", is_store ? "store" : "load",
                                type->rank, indices);
  if (is_store && operand_type(operation, 0) != type->element)
    return coco_operation_error(operation, "failed to verify that type of 'value' matches element type of 'memref'");
  return COCO_OK;
}

coco_status coco_memref_verify_prefetch(coco_operation *operation) {
  enum { LOCALITIES = 4 };
  const int64_t locality = coco_property_integer(COCO_PROPERTY(operation, memref_prefetch, localityHint), 0);
  if (operation->operand_count - 1u != operand_type(operation, 0)->rank) return coco_operation_error(operation, "too few indices");
  if (locality >= 0 && locality < LOCALITIES) return COCO_OK;
  return coco_operation_error(operation, "expects a locality of 0 to 3, but it is %lld", (long long)locality);
}

coco_status coco_memref_verify_copy(coco_operation *operation) {
  const coco_type *from = operand_type(operation, 0), *to = operand_type(operation, 1);
  if (from->element != to->element)
    return coco_operation_error(operation, "requires the same element type for all operands");
  bool same = from->rank == to->rank;
  for (uint32_t i = 0; same && i < from->rank; i++)
    same = from->shape[i] == to->shape[i] || from->shape[i] == COCO_DYNAMIC || to->shape[i] == COCO_DYNAMIC;
  return same ? COCO_OK : coco_operation_error(operation, "requires the same shape for all operands");
}

/* ---- Views ---- */

coco_status coco_memref_verify_view(coco_operation *operation) {
  const coco_type *from = operand_type(operation, 0), *to = operation->results[0].type;
  if (from->rank != 1 || !coco_type_is_integer(from->element, 8) || from->encoding)
    return coco_operation_error(operation, "operand #0 must be 1D memref of 8-bit signless integer values");
  if (to->encoding) return coco_operation_error(operation, "unsupported map for result memref type");
  if (from->memory_space != to->memory_space) return coco_operation_error(operation, "different memory spaces");
  size_t dynamic = coco_count_dynamic(to->shape, to->rank), given = operation->operand_count - 2u;
  if (dynamic != given)
    return coco_operation_error(operation, "incorrect number of size operands for type: expected %zu, got %zu", dynamic, given);
  return COCO_OK;
}

/* Group GROUP has an operand for each dynamic entry of LIST, which has COUNT entries; no static one is below LOWEST. */
static coco_status check_list(coco_operation *operation, size_t group, const coco_attribute *list, size_t count, int64_t lowest,
                              const char *what) {
  size_t start, given;
  coco_operation_operand_group(operation, group, &start, &given);
  if (list->count != count)
    return coco_operation_error(operation, "expected %zu %s values, got %zu", count, what, list->count);
  if (coco_count_dynamic(coco_attribute_i64s(list), list->count) != given)
    return coco_operation_error(operation, "expected %zu dynamic %s values", coco_count_dynamic(coco_attribute_i64s(list), list->count), what);
  for (size_t i = 0; i < count; i++) {
    int64_t value = coco_attribute_i64s(list)[i];
    if (value != COCO_DYNAMIC && value < lowest)
      return coco_operation_error(operation, "expected %s values to be non-negative, but got %lld", what, (long long)value);
  }
  return COCO_OK;
}

static bool add(int64_t a, int64_t b, int64_t *out) {
  *out = COCO_DYNAMIC;
  return a == COCO_DYNAMIC || b == COCO_DYNAMIC || !__builtin_add_overflow(a, b, out);
}

const coco_type *coco_memref_subview_type(coco_context *context, const coco_type *source, const int64_t *offsets,
                                          const int64_t *sizes, const int64_t *strides) {
  int64_t own[MAXIMUM_RANK], offset;
  if (source->rank > MAXIMUM_RANK || !coco_memref_strides(source, own, &offset)) return NULL;
  for (uint32_t i = 0; i < source->rank; i++) {
    int64_t part;
    if (!coco_memref_multiply(own[i], offsets[i], &part) || !add(offset, part, &offset) ||
        !coco_memref_multiply(own[i], strides[i], &own[i]))
      return NULL;
  }
  const coco_attribute *layout = coco_attribute_strided_layout(context, offset, own, source->rank);
  return layout ? coco_type_memref(context, source->rank, sizes, source->element, layout, source->memory_space) : NULL;
}

/* Whether DECLARED is INFERRED, some dimensions of size one left out. */
static bool is_reduced(const coco_type *inferred, const coco_type *declared) {
  int64_t inferred_strides[MAXIMUM_RANK], declared_strides[MAXIMUM_RANK], inferred_offset, declared_offset;
  if (declared->rank > inferred->rank || inferred->element != declared->element || inferred->memory_space != declared->memory_space)
    return false;
  if (!coco_memref_strides(inferred, inferred_strides, &inferred_offset) ||
      !coco_memref_strides(declared, declared_strides, &declared_offset) || inferred_offset != declared_offset)
    return false;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < inferred->rank; i++) {
    bool same = kept < declared->rank && inferred->shape[i] == declared->shape[kept] &&
                (inferred_strides[i] == declared_strides[kept] || inferred->shape[i] == 1);
    if (same)
      kept++;
    else if (inferred->shape[i] != 1)
      return false;
  }
  return kept == declared->rank;
}

coco_status coco_memref_verify_subview(coco_operation *operation) {
  const coco_type *from = operand_type(operation, 0), *to = operation->results[0].type;
  const coco_attribute *offsets = COCO_PROPERTY(operation, memref_subview, static_offsets);
  const coco_attribute *sizes = COCO_PROPERTY(operation, memref_subview, static_sizes);
  const coco_attribute *strides = COCO_PROPERTY(operation, memref_subview, static_strides);
  COCO_TRY(check_list(operation, 1, offsets, from->rank, 0, "offset"));
  COCO_TRY(check_list(operation, 2, sizes, from->rank, 0, "size"));
  COCO_TRY(check_list(operation, 3, strides, from->rank, INT64_MIN + 1, "stride"));
  const coco_type *inferred = coco_memref_subview_type(operation->context, from, coco_attribute_i64s(offsets),
                                                       coco_attribute_i64s(sizes), coco_attribute_i64s(strides));
  if (!inferred) return coco_operation_error(operation, "expected a source with a strided layout");
  if (is_reduced(inferred, to)) return COCO_OK;
  char wanted[TYPE_TEXT], given[TYPE_TEXT];
  return coco_operation_error(operation, "expected result type to be '%s' or a rank-reduced version, but got '%s'",
                              coco_type_text(inferred, wanted, sizeof wanted), coco_type_text(to, given, sizeof given));
}

coco_status coco_memref_verify_reinterpret_cast(coco_operation *operation) {
  const coco_type *from = operand_type(operation, 0), *to = operation->results[0].type;
  const coco_attribute *lists[3] = {COCO_PROPERTY(operation, memref_reinterpret_cast, static_offsets),
                                    COCO_PROPERTY(operation, memref_reinterpret_cast, static_sizes),
                                    COCO_PROPERTY(operation, memref_reinterpret_cast, static_strides)};
  int64_t strides[MAXIMUM_RANK], offset;
  if (from->kind != COCO_TYPE_MEMREF && from->kind != COCO_TYPE_UNRANKED_MEMREF)
    return coco_operation_error(operation, "operand #0 must be memref");
  if (from->element != to->element || from->memory_space != to->memory_space)
    return coco_operation_error(operation, "different element types or memory spaces specified for source and result");
  COCO_TRY(check_list(operation, 1, lists[0], 1, INT64_MIN + 1, "offset"));
  COCO_TRY(check_list(operation, 2, lists[1], to->rank, 0, "size"));
  COCO_TRY(check_list(operation, 3, lists[2], to->rank, INT64_MIN + 1, "stride"));
  if (to->rank > MAXIMUM_RANK || !coco_memref_strides(to, strides, &offset))
    return coco_operation_error(operation, "expected result type to have strided layout");
  bool agrees = offset == COCO_DYNAMIC || coco_attribute_i64s(lists[0])[0] == offset;
  for (uint32_t i = 0; agrees && i < to->rank; i++)
    agrees = (to->shape[i] == COCO_DYNAMIC || coco_attribute_i64s(lists[1])[i] == to->shape[i]) &&
             (strides[i] == COCO_DYNAMIC || coco_attribute_i64s(lists[2])[i] == strides[i]);
  return agrees ? COCO_OK : coco_operation_error(operation, "expected result type with offset, sizes and strides as they are given");
}

coco_status coco_memref_verify_cast(coco_operation *operation) {
  const coco_type *from = operand_type(operation, 0), *to = operation->results[0].type;
  int64_t a[MAXIMUM_RANK], b[MAXIMUM_RANK], first, second;
  bool fits = from->rank == to->rank && from->rank <= MAXIMUM_RANK && from->element == to->element &&
              from->memory_space == to->memory_space && coco_memref_strides(from, a, &first) && coco_memref_strides(to, b, &second);
  for (uint32_t i = 0; fits && i < from->rank; i++)
    fits = (from->shape[i] == to->shape[i] || from->shape[i] == COCO_DYNAMIC || to->shape[i] == COCO_DYNAMIC) &&
           (a[i] == b[i] || a[i] == COCO_DYNAMIC || b[i] == COCO_DYNAMIC);
  if (fits && (first == second || first == COCO_DYNAMIC || second == COCO_DYNAMIC)) return COCO_OK;
  char left[TYPE_TEXT], right[TYPE_TEXT];
  return coco_operation_error(operation, "operand type '%s' and result type '%s' are cast incompatible",
                              coco_type_text(from, left, sizeof left), coco_type_text(to, right, sizeof right));
}

/* ---- Globals ---- */

coco_status coco_memref_verify_global(coco_operation *operation) {
  const coco_type *type = COCO_PROPERTY(operation, memref_global, type)->type;
  const coco_attribute *value = COCO_PROPERTY(operation, memref_global, initial_value);
  if (type->kind != COCO_TYPE_MEMREF || !coco_type_has_static_shape(type))
    return coco_operation_error(operation, "type should be static shaped memref");
  if (value && value->kind != COCO_ATTRIBUTE_UNIT) {
    if (!coco_attribute_is_elements(value))
      return coco_operation_error(operation, "initial value should be a unit or elements attribute");
    const coco_type *tensor = coco_type_tensor(operation->context, type->rank, type->shape, type->element, NULL);
    if (!tensor) return COCO_OUT_OF_MEMORY;
    if (value->type != tensor) {
      char wanted[TYPE_TEXT], given[TYPE_TEXT];
      return coco_operation_error(operation, "initial value expected to be of type '%s', but was of type '%s'",
                                  coco_type_text(tensor, wanted, sizeof wanted), coco_type_text(value->type, given, sizeof given));
    }
  }
  const coco_attribute *alignment = COCO_PROPERTY(operation, memref_global, alignment);
  if (alignment && (alignment->integer <= 0 || (alignment->integer & (alignment->integer - 1))))
    return coco_operation_error(operation, "alignment attribute value %lld is not a power of 2", (long long)alignment->integer);
  return COCO_OK;
}

coco_status coco_memref_verify_get_global(coco_operation *operation) {
  const coco_attribute *name = COCO_PROPERTY(operation, memref_get_global, name);
  const coco_operation *global = coco_symbol_lookup(operation, name);
  if (!coco_operation_is(global, &coco_memref_global))
    return coco_operation_error(operation, "'%.*s' does not reference a valid global memref", COCO_PRINT(name->text));
  const coco_attribute *type = COCO_PROPERTY(global, memref_global, type);
  if (!coco_attribute_is(type, COCO_ATTRIBUTE_TYPE) || type->type == operation->results[0].type) return COCO_OK;
  char given[TYPE_TEXT], wanted[TYPE_TEXT];
  return coco_operation_error(operation, "result type '%s' does not match type '%s' of the global memref @%.*s",
                              coco_type_text(operation->results[0].type, given, sizeof given),
                              coco_type_text(type->type, wanted, sizeof wanted), COCO_PRINT(name->text));
}
