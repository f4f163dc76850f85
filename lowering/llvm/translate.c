/* The translator's common part: types, values, constants, blocks, and the walk over operations.
 *
 * Invariant: the builder stands at the end of a block that has no terminator yet; every value that
 * dominates it is in `values`. Cost: linear in the operations. */
#include "lowering/llvm/translate.h"

#include <stdio.h>
#include <string.h>

#include "dialects/func/func.h"
#include "ir/parser.h"

/* ---- Values ---- */

LLVMValueRef coco_translated(coco_translator *translator, const coco_value *value) {
  return (LLVMValueRef)coco_pointer_map_get(&translator->values, value);
}

coco_status coco_translation_set(coco_translator *translator, const coco_value *value, LLVMValueRef translated) {
  return coco_pointer_map_set(&translator->values, value, translated);
}

coco_status coco_translation_result(coco_translator *translator, coco_operation *operation, LLVMValueRef translated) {
  return coco_translation_set(translator, coco_operation_result(operation, 0), translated);
}

/* ---- Types ---- */

static LLVMTypeRef float_type(coco_translator *translator, coco_float_format format) {
  switch (format) {
    case COCO_F16: return LLVMHalfTypeInContext(translator->llvm);
    case COCO_BF16: return LLVMBFloatTypeInContext(translator->llvm);
    case COCO_F32: return LLVMFloatTypeInContext(translator->llvm);
    case COCO_F64: return LLVMDoubleTypeInContext(translator->llvm);
    default: return NULL;
  }
}

static LLVMTypeRef scalar_type(coco_translator *translator, const coco_type *type) {
  switch (type->kind) {
    case COCO_TYPE_INDEX: return LLVMInt64TypeInContext(translator->llvm);
    case COCO_TYPE_INTEGER:
      return type->width >= 1 && type->width <= 128 ? LLVMIntTypeInContext(translator->llvm, type->width) : NULL;
    case COCO_TYPE_FLOAT: return float_type(translator, type->format);
    default: return NULL;
  }
}

coco_status coco_translate_type(coco_translator *translator, const coco_operation *operation, const coco_type *type,
                                LLVMTypeRef *out) {
  *out = NULL;
  if (type->kind == COCO_TYPE_MEMREF) {
    *out = coco_pointer_type(translator);
  } else if (type->kind == COCO_TYPE_VECTOR) {
    LLVMTypeRef element = scalar_type(translator, type->element);
    int64_t count = coco_type_element_count(type);
    if (type->rank > 1 || type->scalable || count < 1 || count > 65536)
      return coco_operation_error(operation,
                                  "has a vector that is not one-dimensional: it has no translation to LLVM IR");
    if (element) *out = LLVMVectorType(element, (unsigned)count);
  } else {
    *out = scalar_type(translator, type);
  }
  if (*out) return COCO_OK;
  char text[96];
  return coco_operation_error(operation, "uses the type %s, which has no translation to LLVM IR",
                              coco_type_text(type, text, sizeof text));
}

LLVMTypeRef coco_memory_type(coco_translator *translator, LLVMTypeRef type) {
  LLVMTypeRef bit = LLVMInt1TypeInContext(translator->llvm), byte = LLVMInt8TypeInContext(translator->llvm);
  if (type == bit) return byte;
  if (LLVMGetTypeKind(type) == LLVMVectorTypeKind && LLVMGetElementType(type) == bit)
    return LLVMVectorType(byte, LLVMGetVectorSize(type));
  return type;
}

LLVMTypeRef coco_pointer_type(coco_translator *translator) { return LLVMPointerTypeInContext(translator->llvm, 0); }

/* ---- Constants ---- */

LLVMValueRef coco_constant_i64(coco_translator *translator, int64_t value) {
  return LLVMConstInt(LLVMInt64TypeInContext(translator->llvm), (unsigned long long)value, 1);
}

LLVMValueRef coco_constant_i32(coco_translator *translator, int64_t value) {
  return LLVMConstInt(LLVMInt32TypeInContext(translator->llvm), (unsigned long long)value, 1);
}

LLVMValueRef coco_constant_element(const coco_type *scalar, LLVMTypeRef type, const void *element) {
  if (scalar->kind == COCO_TYPE_FLOAT) return LLVMConstReal(type, coco_element_read_real(scalar, element));
  if (scalar->kind == COCO_TYPE_INTEGER && scalar->width > 64) { /* stored least significant byte first */
    uint64_t words[COCO_WIDEST_INTEGER / 64] = {0};
    size_t count = (scalar->width + 63) / 64, size = coco_type_element_size(scalar);
    for (size_t i = 0; i < size && i < 8 * count; ++i)
      words[i / 8] |= (uint64_t)((const uint8_t *)element)[i] << 8 * (i % 8);
    return LLVMConstIntOfArbitraryPrecision(type, (unsigned)count, words);
  }
  return LLVMConstInt(type, (unsigned long long)coco_element_read_integer(scalar, element), 1);
}

LLVMValueRef coco_splat(coco_translator *translator, LLVMValueRef value, unsigned count) {
  LLVMTypeRef type = LLVMVectorType(LLVMTypeOf(value), count);
  LLVMTypeRef mask = LLVMVectorType(LLVMInt32TypeInContext(translator->llvm), count);
  LLVMValueRef one =
      LLVMBuildInsertElement(translator->builder, LLVMGetPoison(type), value, coco_constant_i32(translator, 0), "");
  return LLVMBuildShuffleVector(translator->builder, one, LLVMGetPoison(type), LLVMConstNull(mask), "");
}

/* ---- Code ---- */

LLVMBasicBlockRef coco_new_block(coco_translator *translator, const char *name) {
  return LLVMAppendBasicBlockInContext(translator->llvm, translator->function, name);
}

LLVMValueRef coco_entry_alloca(coco_translator *translator, LLVMTypeRef type, unsigned alignment) {
  LLVMBasicBlockRef here = LLVMGetInsertBlock(translator->builder);
  LLVMBasicBlockRef entry = LLVMGetEntryBasicBlock(translator->function);
  LLVMValueRef first = LLVMGetFirstInstruction(entry);
  if (first) LLVMPositionBuilderBefore(translator->builder, first);
  else LLVMPositionBuilderAtEnd(translator->builder, entry);
  LLVMValueRef memory = LLVMBuildAlloca(translator->builder, type, "");
  LLVMSetAlignment(memory, alignment);
  LLVMPositionBuilderAtEnd(translator->builder, here);
  return memory;
}

LLVMValueRef coco_call_intrinsic(coco_translator *translator, const char *name, LLVMTypeRef *overloads,
                                 unsigned overload_count, LLVMValueRef *arguments, unsigned argument_count) {
  unsigned identifier = LLVMLookupIntrinsicID(name, strlen(name));
  LLVMValueRef function = LLVMGetIntrinsicDeclaration(translator->module, identifier, overloads, overload_count);
  LLVMTypeRef type = LLVMIntrinsicGetType(translator->llvm, identifier, overloads, overload_count);
  return LLVMBuildCall2(translator->builder, type, function, arguments, argument_count, "");
}

void coco_add_attribute(LLVMContextRef llvm, LLVMValueRef function, LLVMAttributeIndex index, const char *name,
                        uint64_t value) {
  LLVMAddAttributeAtIndex(function, index,
                          LLVMCreateEnumAttribute(llvm, LLVMGetEnumAttributeKindForName(name, strlen(name)), value));
}

void coco_add_text_attribute(LLVMContextRef llvm, LLVMValueRef function, const char *name, const char *value) {
  LLVMAddAttributeAtIndex(
      function, LLVMAttributeFunctionIndex,
      LLVMCreateStringAttribute(llvm, name, (unsigned)strlen(name), value, (unsigned)strlen(value)));
}

LLVMValueRef coco_call_library(coco_translator *translator, const char *name, LLVMTypeRef result,
                               LLVMValueRef *arguments, unsigned argument_count) {
  LLVMTypeRef types[4] = {0};
  for (unsigned i = 0; i < argument_count && i < 4; ++i) types[i] = LLVMTypeOf(arguments[i]);
  LLVMTypeRef type = LLVMFunctionType(result, types, argument_count, 0);
  LLVMValueRef function = LLVMGetNamedFunction(translator->module, name);
  if (!function) {
    function = LLVMAddFunction(translator->module, name, type);
    coco_add_attribute(translator->llvm, function, LLVMAttributeFunctionIndex, "nounwind", 0);
    coco_add_attribute(translator->llvm, function, LLVMAttributeFunctionIndex, "willreturn", 0);
    coco_add_attribute(translator->llvm, function, LLVMAttributeFunctionIndex, "memory", 0);
  }
  LLVMValueRef call = LLVMBuildCall2(translator->builder, type, function, arguments, argument_count, "");
  /* LLVM's own identities (pow(x, 2) = x * x) would give other bits than the library. */
  LLVMAddCallSiteAttribute(
      call, LLVMAttributeFunctionIndex,
      LLVMCreateEnumAttribute(translator->llvm, LLVMGetEnumAttributeKindForName("nobuiltin", 9), 0));
  return call;
}

LLVMValueRef coco_new_function(coco_translator *translator, coco_string name, const char *suffix, LLVMTypeRef type) {
  char text[256];
  /* LLVM keeps what begins with "llvm." to itself. */
  const char *own = coco_string_is(translator->request->name, "llvm") ? "_" : "";
  int size = snprintf(text, sizeof text, "%.*s%s.%.*s%s%s%s", COCO_PRINT(translator->request->name), own,
                      (int)(name.size < 128 ? name.size : 128), name.data, suffix, translator->variant ? "." : "",
                      translator->variant ? translator->variant->name : "");
  (void)size;
  LLVMValueRef function = LLVMAddFunction(translator->module, text, type);
  LLVMSetLinkage(function, LLVMInternalLinkage);
  coco_add_attribute(translator->llvm, function, LLVMAttributeFunctionIndex, "nounwind", 0);
  if (translator->variant) {
    const char *tune = translator->request->tune ? translator->request->tune : translator->variant->cpu;
    coco_add_text_attribute(translator->llvm, function, "target-cpu", translator->variant->cpu);
    coco_add_text_attribute(translator->llvm, function, "tune-cpu", tune);
    coco_add_text_attribute(translator->llvm, function, "target-features", translator->variant->features);
  }
  return function;
}

LLVMValueRef coco_byte_offset(coco_translator *translator, LLVMValueRef pointer, LLVMValueRef offset) {
  if (LLVMIsAConstantInt(offset) && LLVMConstIntGetSExtValue(offset) == 0) return pointer;
  return LLVMBuildInBoundsGEP2(translator->builder, LLVMInt8TypeInContext(translator->llvm), pointer, &offset, 1, "");
}

/* ---- Operations ---- */

static const coco_translation_row *find_row(coco_translator *translator, const coco_operation *operation) {
  return (const coco_translation_row *)coco_pointer_map_get(&translator->rows, operation->definition);
}

const char *coco_translation_name(coco_translator *translator, const coco_operation *operation) {
  return find_row(translator, operation)->name;
}

static coco_status translate_operation(coco_translator *translator, coco_operation *operation) {
  const coco_translation_row *row = find_row(translator, operation);
  if (!row) return coco_operation_error(operation, "has no translation to LLVM IR");
  coco_debug_location(translator, operation->location);
  return row->translate(translator, operation, row->detail);
}

coco_status coco_translate_block(coco_translator *translator, coco_block *block, coco_operation **out_terminator) {
  enum { DEPTH_LIMIT = 200 };
  if (translator->depth >= DEPTH_LIMIT)
    return coco_operation_error(coco_operation_parent(block->first), "is nested too deeply");
  ++translator->depth;
  coco_operation *operation = block->first;
  for (; operation && operation->next; operation = operation->next)
    COCO_TRY(translate_operation(translator, operation));
  --translator->depth;
  *out_terminator = operation;
  return COCO_OK;
}
