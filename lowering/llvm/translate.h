/* What the translators of operations share. Private to lowering/llvm.
 *
 * A table row joins an operation's definition and the function that translates it; an operation
 * without a row is an error that names it. Rules of the translation:
 *   index is i64; integers and floats are LLVM's; a vector is 1-D; i1 is a byte in memory.
 *   A memref is the pointer to its first element (its offset included); strides stand in the type.
 *   No fast-math flags: a multiplication and an addition are fused only where math.fma or vector.fma says so.
 *   Terminators of structured operations are read by their parents and have no row. */
#ifndef COCO_LOWERING_LLVM_TRANSLATE_H
#define COCO_LOWERING_LLVM_TRANSLATE_H

#include <llvm-c/Core.h>
#include <llvm-c/DebugInfo.h>
#include <llvm-c/Target.h>

#include "ir/printer.h"
#include "lowering/llvm/emit.h"

typedef struct coco_translator {
  coco_context *context;
  const coco_allocator *allocator;
  const coco_emission_request *request;
  coco_emission_kind kind;
  LLVMContextRef llvm;
  LLVMModuleRef module;
  LLVMBuilderRef builder;
  LLVMTargetDataRef layout;
  LLVMValueRef weights_symbol; /* NULL: an argument */

  LLVMDIBuilderRef debug;
  LLVMMetadataRef debug_file, debug_type;
  coco_string_map debug_files; /* name -> LLVMMetadataRef */

  coco_pointer_map rows;      /* definition -> row */
  /* Of the variant at work. */
  const coco_target_variant *variant;
  coco_operation *source;     /* its module */
  coco_pointer_map functions; /* func.func -> LLVMValueRef */
  uint32_t layer_count;       /* calls in @main so far */
  /* Of the function at work. */
  coco_pointer_map values;    /* coco_value -> LLVMValueRef */
  LLVMValueRef function;
  LLVMValueRef threads, weights; /* hidden arguments; weights NULL when embedded */
  LLVMMetadataRef scope;
  const coco_location *scope_location;
  coco_string layer;          /* name of the layer */
  bool in_piece;              /* inside the body of a scf.parallel */
  bool streams;               /* which has stores past the caches */
  uint32_t depth;             /* of nested regions */
} coco_translator;

typedef struct coco_translation_row {
  const coco_operation_definition *definition;
  coco_status (*translate)(coco_translator *translator, coco_operation *operation, int detail);
  int detail; /* for the function: an opcode, a flag */
  const char *name; /* for the function: an intrinsic, a library function */
} coco_translation_row;

typedef struct coco_translation_table {
  const coco_translation_row *rows;
  size_t count;
} coco_translation_table;

extern const coco_translation_table coco_translate_arith, coco_translate_math, coco_translate_memref,
    coco_translate_scf, coco_translate_vector, coco_translate_function;

/* The row's `name` of an operation that has one. */
const char *coco_translation_name(coco_translator *translator, const coco_operation *operation);

/* ---- Regions and values ---- */
/* Translates the operations of BLOCK but its terminator, which is returned. */
coco_status coco_translate_block(coco_translator *translator, coco_block *block,
                                 coco_operation **out_terminator) COCO_MUST_USE;
/* Declares and fills the functions of one variant; *out_main is that of @main. */
coco_status coco_translate_module(coco_translator *translator, const coco_emission_variant *variant,
                                  LLVMValueRef *out_main) COCO_MUST_USE;
coco_status coco_translate_parallel(coco_translator *translator, coco_operation *operation, int detail);
LLVMValueRef coco_translated(coco_translator *translator, const coco_value *value);
coco_status coco_translation_set(coco_translator *translator, const coco_value *value,
                                 LLVMValueRef translated) COCO_MUST_USE;
static inline LLVMValueRef coco_translated_operand(coco_translator *translator, const coco_operation *operation,
                                                   size_t index) {
  return coco_translated(translator, coco_operation_operand(operation, index));
}
/* Sets result 0. */
coco_status coco_translation_result(coco_translator *translator, coco_operation *operation,
                                    LLVMValueRef translated) COCO_MUST_USE;

/* ---- Types and constants ---- */
/* Reports at OPERATION when TYPE has no translation. */
coco_status coco_translate_type(coco_translator *translator, const coco_operation *operation, const coco_type *type,
                                LLVMTypeRef *out) COCO_MUST_USE;
/* The type that a value has in memory: i1 is i8. */
LLVMTypeRef coco_memory_type(coco_translator *translator, LLVMTypeRef type);
LLVMTypeRef coco_pointer_type(coco_translator *translator);
LLVMValueRef coco_constant_i64(coco_translator *translator, int64_t value);
LLVMValueRef coco_constant_i32(coco_translator *translator, int64_t value);
/* A scalar constant of LLVM type TYPE from the bytes of an element. */
LLVMValueRef coco_constant_element(const coco_type *scalar, LLVMTypeRef type, const void *element);
/* VALUE in every lane of a vector of COUNT. */
LLVMValueRef coco_splat(coco_translator *translator, LLVMValueRef value, unsigned count);

/* ---- Code ---- */
LLVMBasicBlockRef coco_new_block(coco_translator *translator, const char *name);
/* In the entry block of the function at work. */
LLVMValueRef coco_entry_alloca(coco_translator *translator, LLVMTypeRef type, unsigned alignment);
LLVMValueRef coco_call_intrinsic(coco_translator *translator, const char *name, LLVMTypeRef *overloads,
                                 unsigned overload_count, LLVMValueRef *arguments, unsigned argument_count);
/* A function of the C library; pure, does not throw. */
LLVMValueRef coco_call_library(coco_translator *translator, const char *name, LLVMTypeRef result,
                               LLVMValueRef *arguments, unsigned argument_count);
void coco_add_attribute(LLVMContextRef llvm, LLVMValueRef function, LLVMAttributeIndex index, const char *name,
                        uint64_t value);
void coco_add_text_attribute(LLVMContextRef llvm, LLVMValueRef function, const char *name, const char *value);
/* An internal function with the variant's processor attributes. */
LLVMValueRef coco_new_function(coco_translator *translator, coco_string name, const char *suffix, LLVMTypeRef type);
/* OFFSET in bytes from POINTER, within its object. */
LLVMValueRef coco_byte_offset(coco_translator *translator, LLVMValueRef pointer, LLVMValueRef offset);

/* ---- Memory (translate_memref.c) ---- */
/* The address of an element of MEMREF; INDICES are rank values. NULL after a diagnostic at OPERATION. */
LLVMValueRef coco_element_address(coco_translator *translator, const coco_operation *operation,
                                  const coco_value *memref, LLVMValueRef *indices);
LLVMValueRef coco_load_value(coco_translator *translator, LLVMTypeRef type, LLVMValueRef address, unsigned alignment);
void coco_store_value(coco_translator *translator, LLVMValueRef value, LLVMValueRef address, unsigned alignment);
/* What memory a memref value is in: follows views to the argument, global or allocation. */
const coco_value *coco_memref_root(const coco_value *memref);

/* ---- Debug information (debug.c) ---- */
coco_status coco_debug_begin(coco_translator *translator);
void coco_debug_end(coco_translator *translator);
/* Gives the function at work a subprogram that bears the layer's name, and makes it the scope of new instructions. */
void coco_debug_function(coco_translator *translator, LLVMValueRef function, coco_string name,
                         const coco_location *location);
void coco_debug_location(coco_translator *translator, const coco_location *location);
/* Back to the scope of an outer function. */
void coco_debug_clear(coco_translator *translator);

/* ---- Object interface ---- */
/* NAME_run and NAME_info; MAINS are the variants' entry functions. */
coco_status coco_translate_interface(coco_translator *translator, const LLVMValueRef *mains) COCO_MUST_USE;
/* An i1: whether the processor that runs has what REQUIREMENTS lists ("avx512f,fma"). NULL: a name is unknown. Leaves
 * *out NULL when nothing is required. */
coco_status coco_translate_processor_check(coco_translator *translator, const char *requirements,
                                           LLVMValueRef *out) COCO_MUST_USE;

#endif
