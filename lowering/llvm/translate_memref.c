/* The memref dialect: pointers, addresses, loads and stores.
 *
 * A memref is the pointer to the element at its offset, so a view is a pointer and nothing else.
 * Strides must be static; sizes may be anything, nothing here needs them. */
#include "dialects/memref/memref.h"
#include "dialects/vector/vector.h"
#include "lowering/llvm/translate.h"

enum { MAXIMUM_RANK = 32 };

/* ---- Addresses ---- */

static LLVMValueRef scaled(coco_translator *translator, LLVMValueRef index, int64_t stride) {
  return stride == 1 ? index : LLVMBuildNSWMul(translator->builder, index, coco_constant_i64(translator, stride), "");
}

static LLVMValueRef sum(coco_translator *translator, LLVMValueRef left, LLVMValueRef right) {
  return left ? LLVMBuildNSWAdd(translator->builder, left, right, "") : right;
}

/* The static strides of TYPE; false after a diagnostic. */
static bool read_strides(const coco_operation *operation, const coco_type *type, int64_t *strides,
                         coco_status *status) {
  int64_t offset;
  bool known = type->rank <= MAXIMUM_RANK && coco_memref_strides(type, strides, &offset);
  for (uint32_t i = 0; known && i < type->rank; ++i) known = strides[i] != COCO_DYNAMIC;
  char text[96];
  if (!known)
    *status = coco_operation_error(operation, "uses %s: only memrefs with static strides have a translation to LLVM IR",
                                   coco_type_text(type, text, sizeof text));
  return known;
}

LLVMValueRef coco_element_address(coco_translator *translator, const coco_operation *operation,
                                  const coco_value *memref, LLVMValueRef *indices) {
  int64_t strides[MAXIMUM_RANK];
  coco_status status = COCO_OK;
  if (!read_strides(operation, memref->type, strides, &status)) return NULL;
  LLVMTypeRef element;
  if (coco_translate_type(translator, operation, memref->type->element, &element) != COCO_OK) return NULL;
  LLVMValueRef position = NULL;
  for (uint32_t i = 0; i < memref->type->rank; ++i)
    position = sum(translator, position, scaled(translator, indices[i], strides[i]));
  LLVMValueRef base = coco_translated(translator, memref);
  if (!position) return base;
  return LLVMBuildInBoundsGEP2(translator->builder, coco_memory_type(translator, element), base, &position, 1, "");
}

LLVMValueRef coco_load_value(coco_translator *translator, LLVMTypeRef type, LLVMValueRef address, unsigned alignment) {
  LLVMTypeRef stored = coco_memory_type(translator, type);
  LLVMValueRef value = LLVMBuildLoad2(translator->builder, stored, address, "");
  LLVMSetAlignment(value, alignment);
  return stored == type ? value : LLVMBuildICmp(translator->builder, LLVMIntNE, value, LLVMConstNull(stored), "");
}

static LLVMValueRef store(coco_translator *translator, LLVMValueRef value, LLVMValueRef address, unsigned alignment) {
  LLVMTypeRef type = LLVMTypeOf(value), stored = coco_memory_type(translator, type);
  if (stored != type) value = LLVMBuildZExt(translator->builder, value, stored, "");
  LLVMValueRef made = LLVMBuildStore(translator->builder, value, address);
  LLVMSetAlignment(made, alignment);
  return made;
}

void coco_store_value(coco_translator *translator, LLVMValueRef value, LLVMValueRef address, unsigned alignment) {
  store(translator, value, address, alignment);
}

/* MADE, a vector's store, goes past the caches: it stands at a multiple of its size. */
static void make_nontemporal(coco_translator *translator, LLVMValueRef made, const coco_type *vector) {
  static const char name[] = "nontemporal";
  LLVMMetadataRef one = LLVMValueAsMetadata(coco_constant_i32(translator, 1));
  LLVMMetadataRef node = LLVMMDNodeInContext2(translator->llvm, &one, 1);
  LLVMSetAlignment(made, (unsigned)coco_type_byte_count(vector));
  LLVMSetMetadata(made, LLVMGetMDKindIDInContext(translator->llvm, name, sizeof name - 1),
                  LLVMMetadataAsValue(translator->llvm, node));
  translator->streams = true;
}

const coco_value *coco_memref_root(const coco_value *memref) {
  for (;;) {
    const coco_operation *operation = coco_value_operation(memref);
    if (!operation) return memref;
    if (coco_operation_is(operation, &coco_memref_view) || coco_operation_is(operation, &coco_memref_subview) ||
        coco_operation_is(operation, &coco_memref_cast) ||
        coco_operation_is(operation, &coco_memref_reinterpret_cast) ||
        coco_operation_is(operation, &coco_memref_collapse_shape) ||
        coco_operation_is(operation, &coco_memref_expand_shape))
      memref = coco_operation_operand(operation, 0);
    else
      return memref;
  }
}

/* ---- Loads and stores ---- */

static unsigned element_alignment(const coco_value *memref) {
  size_t size = coco_type_element_size(memref->type->element);
  return size ? (unsigned)size : 1;
}

static LLVMValueRef address_at(coco_translator *translator, const coco_operation *operation, size_t memref) {
  LLVMValueRef indices[MAXIMUM_RANK] = {0};
  const coco_value *base = coco_operation_operand(operation, memref);
  for (uint32_t i = 0; i < base->type->rank && i < MAXIMUM_RANK; ++i)
    indices[i] = coco_translated_operand(translator, operation, memref + 1 + i);
  return coco_element_address(translator, operation, base, indices);
}

static coco_status translate_load(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMTypeRef type;
  COCO_TRY(coco_translate_type(translator, operation, coco_operation_result(operation, 0)->type, &type));
  LLVMValueRef address = address_at(translator, operation, 0);
  if (!address) return COCO_REPORTED;
  return coco_translation_result(
      translator, operation,
      coco_load_value(translator, type, address, element_alignment(coco_operation_operand(operation, 0))));
}

static coco_status translate_store(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef address = address_at(translator, operation, 1);
  if (!address) return COCO_REPORTED;
  LLVMValueRef made = store(translator, coco_translated_operand(translator, operation, 0), address,
                            element_alignment(coco_operation_operand(operation, 1)));
  const coco_attribute *nontemporal =
      coco_operation_is(operation, &coco_vector_store) ? COCO_PROPERTY(operation, vector_store, nontemporal) : NULL;
  if (nontemporal && nontemporal->integer && translator->in_piece)
    make_nontemporal(translator, made, coco_operation_operand(operation, 0)->type);
  return COCO_OK;
}

/* base, indices..., mask, pass_thru. */
static coco_status translate_masked_load(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMTypeRef type;
  COCO_TRY(coco_translate_type(translator, operation, coco_operation_result(operation, 0)->type, &type));
  LLVMValueRef address = address_at(translator, operation, 0);
  if (!address) return COCO_REPORTED;
  LLVMTypeRef overloads[] = {type, coco_pointer_type(translator)};
  LLVMValueRef arguments[] = {address,
                              coco_constant_i32(translator, element_alignment(coco_operation_operand(operation, 0))),
                              coco_translated_operand(translator, operation, operation->operand_count - 2),
                              coco_translated_operand(translator, operation, operation->operand_count - 1)};
  return coco_translation_result(translator, operation,
                                 coco_call_intrinsic(translator, "llvm.masked.load", overloads, 2, arguments, 4));
}

/* base, indices..., mask, value. */
static coco_status translate_masked_store(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef address = address_at(translator, operation, 0);
  if (!address) return COCO_REPORTED;
  LLVMValueRef value = coco_translated_operand(translator, operation, operation->operand_count - 1);
  LLVMTypeRef overloads[] = {LLVMTypeOf(value), coco_pointer_type(translator)};
  LLVMValueRef arguments[] = {value, address,
                              coco_constant_i32(translator, element_alignment(coco_operation_operand(operation, 0))),
                              coco_translated_operand(translator, operation, operation->operand_count - 2)};
  coco_call_intrinsic(translator, "llvm.masked.store", overloads, 2, arguments, 4);
  return COCO_OK;
}

/* ---- Memory and views ---- */

static coco_status translate_get_global(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  coco_operation *global =
      coco_symbol_lookup_in(translator->source, COCO_PROPERTY(operation, memref_get_global, name)->text);
  uint64_t offset = 0;
  if (!coco_operation_is(global, &coco_memref_global) ||
      !coco_weights_offset(translator->request->weights, global, &offset))
    return coco_operation_error(operation, "names a global without a value: it has no translation to LLVM IR");
  LLVMValueRef base = translator->weights_symbol ? translator->weights_symbol : translator->weights;
  return coco_translation_result(translator, operation,
                                 coco_byte_offset(translator, base, coco_constant_i64(translator, (int64_t)offset)));
}

static coco_status translate_alloca(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  enum { ALIGNMENT = 64 };
  const coco_type *type = coco_operation_result(operation, 0)->type;
  int64_t count = coco_type_element_count(type);
  if (count < 0) return coco_operation_error(operation, "has a dynamic size: it has no translation to LLVM IR");
  LLVMTypeRef element;
  COCO_TRY(coco_translate_type(translator, operation, type->element, &element));
  LLVMTypeRef memory = LLVMArrayType2(coco_memory_type(translator, element), (uint64_t)(count ? count : 1));
  return coco_translation_result(translator, operation, coco_entry_alloca(translator, memory, ALIGNMENT));
}

static coco_status translate_view(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef base = coco_translated_operand(translator, operation, 0),
               shift = coco_translated_operand(translator, operation, 1);
  return coco_translation_result(translator, operation, coco_byte_offset(translator, base, shift));
}

/* source, offsets..., sizes..., strides...: the pointer moves by the sum of offset * stride of the source. */
static coco_status translate_subview(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  const coco_value *source = coco_operation_operand(operation, 0);
  const int64_t *offsets = coco_attribute_i64s(COCO_PROPERTY(operation, memref_subview, static_offsets));
  LLVMValueRef indices[MAXIMUM_RANK] = {0};
  size_t dynamic = 1;
  for (uint32_t i = 0; i < source->type->rank && i < MAXIMUM_RANK; ++i)
    indices[i] = offsets[i] == COCO_DYNAMIC ? coco_translated_operand(translator, operation, dynamic++)
                                            : coco_constant_i64(translator, offsets[i]);
  LLVMValueRef address = coco_element_address(translator, operation, source, indices);
  return address ? coco_translation_result(translator, operation, address) : COCO_REPORTED;
}

/* The offset counts from the start of the memory, so the source's own offset must be 0. */
static coco_status translate_reinterpret_cast(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  const coco_value *source = coco_operation_operand(operation, 0);
  int64_t strides[MAXIMUM_RANK], offset = 0;
  if (source->type->kind != COCO_TYPE_MEMREF || source->type->rank > MAXIMUM_RANK ||
      !coco_memref_strides(source->type, strides, &offset) || offset != 0)
    return coco_operation_error(operation,
                                "reinterprets a memref whose offset is not 0: it has no translation to LLVM IR");
  const int64_t *offsets = coco_attribute_i64s(COCO_PROPERTY(operation, memref_reinterpret_cast, static_offsets));
  LLVMValueRef position = offsets[0] == COCO_DYNAMIC ? coco_translated_operand(translator, operation, 1)
                                                     : coco_constant_i64(translator, offsets[0]);
  position = scaled(translator, position, (int64_t)element_alignment(source));
  return coco_translation_result(translator, operation,
                                 coco_byte_offset(translator, coco_translated(translator, source), position));
}

static coco_status translate_prefetch(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMTypeRef type = coco_pointer_type(translator);
  LLVMValueRef address = address_at(translator, operation, 0);
  if (!address) return COCO_REPORTED;
  LLVMValueRef arguments[] = {
      address, coco_constant_i32(translator, COCO_PROPERTY(operation, memref_prefetch, isWrite)->integer != 0),
      coco_constant_i32(translator, COCO_PROPERTY(operation, memref_prefetch, localityHint)->integer),
      coco_constant_i32(translator, COCO_PROPERTY(operation, memref_prefetch, isDataCache)->integer != 0)};
  coco_call_intrinsic(translator, "llvm.prefetch", &type, 1, arguments, 4);
  return COCO_OK;
}

static coco_status translate_same_pointer(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  return coco_translation_result(translator, operation, coco_translated_operand(translator, operation, 0));
}

static coco_status translate_dim(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  const coco_type *type = coco_operation_operand(operation, 0)->type;
  LLVMValueRef index = coco_translated_operand(translator, operation, 1);
  int64_t dimension = LLVMIsAConstantInt(index) ? LLVMConstIntGetSExtValue(index) : -1;
  if (dimension < 0 || dimension >= (int64_t)type->rank || type->shape[dimension] == COCO_DYNAMIC)
    return coco_operation_error(operation, "asks for an extent that is not static: it has no translation to LLVM IR");
  return coco_translation_result(translator, operation, coco_constant_i64(translator, type->shape[dimension]));
}

static coco_status translate_copy(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  const coco_value *source = coco_operation_operand(operation, 0), *target = coco_operation_operand(operation, 1);
  int64_t bytes = coco_type_byte_count(source->type);
  if (bytes < 0 || source->type->encoding || target->type->encoding)
    return coco_operation_error(operation, "copies strided or dynamic memory: it has no translation to LLVM IR");
  LLVMBuildMemCpy(translator->builder, coco_translated(translator, target), element_alignment(target),
                  coco_translated(translator, source), element_alignment(source), coco_constant_i64(translator, bytes));
  return COCO_OK;
}

static coco_status translate_assume_alignment(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef address = LLVMBuildPtrToInt(translator->builder, coco_translated_operand(translator, operation, 0),
                                           LLVMInt64TypeInContext(translator->llvm), "");
  int64_t alignment = COCO_PROPERTY(operation, memref_assume_alignment, alignment)->integer;
  LLVMValueRef low = LLVMBuildAnd(translator->builder, address, coco_constant_i64(translator, alignment - 1), "");
  LLVMValueRef aligned = LLVMBuildICmp(translator->builder, LLVMIntEQ, low, coco_constant_i64(translator, 0), "");
  coco_call_intrinsic(translator, "llvm.assume", NULL, 0, &aligned, 1);
  return COCO_OK;
}

static const coco_translation_row rows[] = {
    {&coco_memref_load, translate_load, 0, NULL},
    {&coco_memref_store, translate_store, 0, NULL},
    {&coco_memref_prefetch, translate_prefetch, 0, NULL},
    {&coco_memref_get_global, translate_get_global, 0, NULL},
    {&coco_memref_alloca, translate_alloca, 0, NULL},
    {&coco_memref_view, translate_view, 0, NULL},
    {&coco_memref_subview, translate_subview, 0, NULL},
    {&coco_memref_reinterpret_cast, translate_reinterpret_cast, 0, NULL},
    {&coco_memref_cast, translate_same_pointer, 0, NULL},
    {&coco_memref_collapse_shape, translate_same_pointer, 0, NULL},
    {&coco_memref_expand_shape, translate_same_pointer, 0, NULL},
    {&coco_memref_dim, translate_dim, 0, NULL},
    {&coco_memref_copy, translate_copy, 0, NULL},
    {&coco_memref_assume_alignment, translate_assume_alignment, 0, NULL},
    {&coco_vector_load, translate_load, 0, NULL},
    {&coco_vector_store, translate_store, 0, NULL},
    {&coco_vector_maskedload, translate_masked_load, 0, NULL},
    {&coco_vector_maskedstore, translate_masked_store, 0, NULL},
};
const coco_translation_table coco_translate_memref = {rows, sizeof rows / sizeof *rows};
