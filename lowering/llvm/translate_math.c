/* The math dialect: LLVM intrinsics where every processor of interest has an instruction, else calls of
 * the C library, lane by lane. */
#include <stdio.h>

#include "dialects/math/math.h"
#include "lowering/llvm/translate.h"

/* The row's name is an intrinsic whose operands and result have one type. */
static coco_status translate_intrinsic(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef operands[3] = {0};
  for (uint32_t i = 0; i < operation->operand_count && i < 3; ++i)
    operands[i] = coco_translated_operand(translator, operation, i);
  LLVMTypeRef type = LLVMTypeOf(operands[0]);
  return coco_translation_result(translator, operation,
                                 coco_call_intrinsic(translator, coco_translation_name(translator, operation), &type, 1,
                                                     operands, operation->operand_count));
}

static coco_status translate_absi(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef operands[] = {coco_translated_operand(translator, operation, 0),
                             LLVMConstNull(LLVMInt1TypeInContext(translator->llvm))};
  LLVMTypeRef type = LLVMTypeOf(operands[0]);
  return coco_translation_result(translator, operation,
                                 coco_call_intrinsic(translator, "llvm.abs", &type, 1, operands, 2));
}

static coco_status translate_rsqrt(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef operand = coco_translated_operand(translator, operation, 0);
  LLVMTypeRef type = LLVMTypeOf(operand);
  LLVMValueRef root = coco_call_intrinsic(translator, "llvm.sqrt", &type, 1, &operand, 1);
  LLVMTypeRef scalar = LLVMGetTypeKind(type) == LLVMVectorTypeKind ? LLVMGetElementType(type) : type;
  LLVMValueRef one = LLVMConstReal(scalar, 1.0);
  if (scalar != type) one = coco_splat(translator, one, LLVMGetVectorSize(type));
  return coco_translation_result(translator, operation, LLVMBuildFDiv(translator->builder, one, root, ""));
}

/* One call of NAME (or NAMEf for f32) on scalars; narrower floats go through f32. */
static LLVMValueRef call_scalar(coco_translator *translator, const char *name, LLVMValueRef *arguments,
                                unsigned count) {
  LLVMTypeRef type = LLVMTypeOf(arguments[0]), single = LLVMFloatTypeInContext(translator->llvm);
  if (LLVMGetTypeKind(type) == LLVMDoubleTypeKind) return coco_call_library(translator, name, type, arguments, count);
  char text[32];
  snprintf(text, sizeof text, "%sf", name);
  LLVMValueRef wide[2] = {0};
  for (unsigned i = 0; i < count; ++i)
    wide[i] = type == single ? arguments[i] : LLVMBuildFPExt(translator->builder, arguments[i], single, "");
  LLVMValueRef result = coco_call_library(translator, text, single, wide, count);
  return type == single ? result : LLVMBuildFPTrunc(translator->builder, result, type, "");
}

/* The row's name is a function of the C library. */
static coco_status translate_library(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  const char *name = coco_translation_name(translator, operation);
  LLVMValueRef operands[2] = {0}, arguments[2] = {0};
  unsigned count = operation->operand_count;
  for (unsigned i = 0; i < count; ++i) operands[i] = coco_translated_operand(translator, operation, i);
  LLVMTypeRef type = LLVMTypeOf(operands[0]);
  if (LLVMGetTypeKind(type) != LLVMVectorTypeKind)
    return coco_translation_result(translator, operation, call_scalar(translator, name, operands, count));
  LLVMValueRef result = LLVMGetPoison(type);
  for (unsigned lane = 0; lane < LLVMGetVectorSize(type); ++lane) {
    LLVMValueRef position = coco_constant_i32(translator, lane);
    for (unsigned i = 0; i < count; ++i)
      arguments[i] = LLVMBuildExtractElement(translator->builder, operands[i], position, "");
    result = LLVMBuildInsertElement(translator->builder, result, call_scalar(translator, name, arguments, count),
                                    position, "");
  }
  return coco_translation_result(translator, operation, result);
}

static const coco_translation_row rows[] = {
    {&coco_math_absf, translate_intrinsic, 0, "llvm.fabs"},
    {&coco_math_sqrt, translate_intrinsic, 0, "llvm.sqrt"},
    {&coco_math_floor, translate_intrinsic, 0, "llvm.floor"},
    {&coco_math_ceil, translate_intrinsic, 0, "llvm.ceil"},
    {&coco_math_trunc, translate_intrinsic, 0, "llvm.trunc"},
    {&coco_math_round, translate_intrinsic, 0, "llvm.round"},
    {&coco_math_roundeven, translate_intrinsic, 0, "llvm.roundeven"},
    {&coco_math_copysign, translate_intrinsic, 0, "llvm.copysign"},
    {&coco_math_fma, translate_intrinsic, 0, "llvm.fma"},
    {&coco_math_absi, translate_absi, 0, NULL},
    {&coco_math_rsqrt, translate_rsqrt, 0, NULL},
    {&coco_math_exp, translate_library, 0, "exp"},
    {&coco_math_exp2, translate_library, 0, "exp2"},
    {&coco_math_expm1, translate_library, 0, "expm1"},
    {&coco_math_log, translate_library, 0, "log"},
    {&coco_math_log2, translate_library, 0, "log2"},
    {&coco_math_log1p, translate_library, 0, "log1p"},
    {&coco_math_tanh, translate_library, 0, "tanh"},
    {&coco_math_erf, translate_library, 0, "erf"},
    {&coco_math_sin, translate_library, 0, "sin"},
    {&coco_math_cos, translate_library, 0, "cos"},
    {&coco_math_tan, translate_library, 0, "tan"},
    {&coco_math_atan, translate_library, 0, "atan"},
    {&coco_math_asin, translate_library, 0, "asin"},
    {&coco_math_acos, translate_library, 0, "acos"},
    {&coco_math_sinh, translate_library, 0, "sinh"},
    {&coco_math_cosh, translate_library, 0, "cosh"},
    {&coco_math_asinh, translate_library, 0, "asinh"},
    {&coco_math_acosh, translate_library, 0, "acosh"},
    {&coco_math_atanh, translate_library, 0, "atanh"},
    {&coco_math_powf, translate_library, 0, "pow"},
};
const coco_translation_table coco_translate_math = {rows, sizeof rows / sizeof *rows};
