/* The arith dialect: constants and elementwise arithmetic of scalars and vectors. */
#include <math.h>

#include "dialects/arith/arith.h"
#include "dialects/builtin/builtin.h"
#include "lowering/llvm/translate.h"

static coco_status translate_constant(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  const coco_attribute *value = COCO_PROPERTY(operation, arith_constant, value);
  LLVMTypeRef type;
  COCO_TRY(coco_translate_type(translator, operation, value->type, &type));
  if (value->kind == COCO_ATTRIBUTE_INTEGER && !value->words)
    return coco_translation_result(translator, operation, LLVMConstInt(type, (unsigned long long)value->integer, 1));
  if (value->kind == COCO_ATTRIBUTE_FLOAT)
    return coco_translation_result(translator, operation, LLVMConstReal(type, value->real));
  if (!coco_attribute_is_elements(value) || value->type->kind != COCO_TYPE_VECTOR)
    return coco_operation_error(operation, "has a value that has no translation to LLVM IR");
  unsigned count = LLVMGetVectorSize(type);
  LLVMValueRef *lanes = coco_allocate_zeroed(translator->allocator, count, sizeof *lanes);
  if (!lanes) return COCO_OUT_OF_MEMORY;
  coco_status status = COCO_OK;
  for (unsigned i = 0; i < count && status == COCO_OK; ++i) {
    const void *element = coco_elements_at(value, i);
    if (element) lanes[i] = coco_constant_element(value->type->element, LLVMGetElementType(type), element);
    else status = coco_operation_error(operation, "has a value whose bytes are not at hand");
  }
  if (status == COCO_OK) status = coco_translation_result(translator, operation, LLVMConstVector(lanes, count));
  coco_free(translator->allocator, lanes, count * sizeof *lanes);
  return status;
}

static coco_status translate_binary(coco_translator *translator, coco_operation *operation, int opcode) {
  LLVMValueRef left = coco_translated_operand(translator, operation, 0),
               right = coco_translated_operand(translator, operation, 1);
  return coco_translation_result(translator, operation,
                                 LLVMBuildBinOp(translator->builder, (LLVMOpcode)opcode, left, right, ""));
}

static coco_status translate_negation(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  return coco_translation_result(
      translator, operation, LLVMBuildFNeg(translator->builder, coco_translated_operand(translator, operation, 0), ""));
}

/* The row's name is an intrinsic of two operands of one type. */
static coco_status translate_extremum(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef operands[] = {coco_translated_operand(translator, operation, 0),
                             coco_translated_operand(translator, operation, 1)};
  LLVMTypeRef type = LLVMTypeOf(operands[0]);
  return coco_translation_result(
      translator, operation,
      coco_call_intrinsic(translator, coco_translation_name(translator, operation), &type, 1, operands, 2));
}

/* Whether VALUE is a number, or a vector of one number. */
static bool is_number(LLVMValueRef value, double *out) {
  LLVMTypeRef type = LLVMTypeOf(value);
  bool vector = LLVMGetTypeKind(type) == LLVMVectorTypeKind;
  if (!LLVMIsConstant(value)) return false;
  LLVMValueRef element = vector ? LLVMGetAggregateElement(value, 0) : value;
  for (unsigned i = 1, count = vector ? LLVMGetVectorSize(type) : 1; element && i < count; ++i)
    if (LLVMGetAggregateElement(value, i) != element) return false; /* constants are unique */
  if (!element || !LLVMIsAConstantFP(element)) return false;
  LLVMBool inexact;
  *out = LLVMConstRealGetDouble(element, &inexact);
  return !isnan(*out);
}

/* Where the processor's maximum chooses, a > b ? a : b, that of x and a number c is one instruction with c first, since
 * x is taken where it is no number; of zeros x is taken too, which is wrong for x = -0 only when the larger, +0, is c:
 *   maximum(x, c) = (c > x ? c : x) (+ 0 when c is +0),   minimum(x, c) = (c < x ? c : x) when c is not -0. */
static coco_status translate_ordered_extremum(coco_translator *translator, coco_operation *operation, int is_maximum) {
  LLVMBuilderRef builder = translator->builder;
  LLVMValueRef value = coco_translated_operand(translator, operation, 0),
               number = coco_translated_operand(translator, operation, 1);
  double c;
  if (!translator->variant->extremum_chooses || !is_number(number, &c) || (!is_maximum && c == 0 && signbit(c)))
    return translate_extremum(translator, operation, 0);
  LLVMValueRef wins = LLVMBuildFCmp(builder, is_maximum ? LLVMRealOGT : LLVMRealOLT, number, value, "");
  LLVMValueRef chosen = LLVMBuildSelect(builder, wins, number, value, "");
  if (is_maximum && c == 0 && !signbit(c)) chosen = LLVMBuildFAdd(builder, chosen, number, "");
  return coco_translation_result(translator, operation, chosen);
}

enum { ROUND_UP, ROUND_DOWN };

/* Division towards plus or minus infinity: the quotient towards zero, corrected where the remainder is not zero and
 * the exact quotient has the sign of the direction. */
static coco_status translate_rounded_division(coco_translator *translator, coco_operation *operation, int direction) {
  LLVMBuilderRef builder = translator->builder;
  LLVMValueRef left = coco_translated_operand(translator, operation, 0),
               right = coco_translated_operand(translator, operation, 1);
  LLVMTypeRef type = LLVMTypeOf(left);
  LLVMValueRef zero = LLVMConstNull(type);
  LLVMValueRef quotient = LLVMBuildSDiv(builder, left, right, ""), remainder = LLVMBuildSRem(builder, left, right, "");
  LLVMValueRef inexact = LLVMBuildICmp(builder, LLVMIntNE, remainder, zero, "");
  LLVMValueRef negative = LLVMBuildICmp(builder, LLVMIntSLT, LLVMBuildXor(builder, left, right, ""), zero, "");
  if (direction == ROUND_UP) negative = LLVMBuildNot(builder, negative, "");
  LLVMValueRef step = LLVMBuildZExt(builder, LLVMBuildAnd(builder, inexact, negative, ""), type, "");
  LLVMValueRef result =
      direction == ROUND_UP ? LLVMBuildAdd(builder, quotient, step, "") : LLVMBuildSub(builder, quotient, step, "");
  return coco_translation_result(translator, operation, result);
}

static coco_status translate_ceildivui(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMBuilderRef builder = translator->builder;
  LLVMValueRef left = coco_translated_operand(translator, operation, 0),
               right = coco_translated_operand(translator, operation, 1);
  LLVMTypeRef type = LLVMTypeOf(left);
  LLVMValueRef quotient = LLVMBuildUDiv(builder, left, right, ""), remainder = LLVMBuildURem(builder, left, right, "");
  LLVMValueRef inexact = LLVMBuildICmp(builder, LLVMIntNE, remainder, LLVMConstNull(type), "");
  return coco_translation_result(translator, operation,
                                 LLVMBuildAdd(builder, quotient, LLVMBuildZExt(builder, inexact, type, ""), ""));
}

static coco_status translate_cmpi(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  static const LLVMIntPredicate predicates[] = {LLVMIntEQ,  LLVMIntNE,  LLVMIntSLT, LLVMIntSLE, LLVMIntSGT,
                                                LLVMIntSGE, LLVMIntULT, LLVMIntULE, LLVMIntUGT, LLVMIntUGE};
  int64_t predicate = COCO_PROPERTY(operation, arith_cmpi, predicate)->integer;
  if (predicate < 0 || predicate >= (int64_t)(sizeof predicates / sizeof *predicates))
    return COCO_INVALID_ARGUMENT;
  LLVMValueRef left = coco_translated_operand(translator, operation, 0),
               right = coco_translated_operand(translator, operation, 1);
  return coco_translation_result(translator, operation,
                                 LLVMBuildICmp(translator->builder, predicates[predicate], left, right, ""));
}

static coco_status translate_cmpf(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  static const LLVMRealPredicate predicates[] = {LLVMRealPredicateFalse,
                                                 LLVMRealOEQ,
                                                 LLVMRealOGT,
                                                 LLVMRealOGE,
                                                 LLVMRealOLT,
                                                 LLVMRealOLE,
                                                 LLVMRealONE,
                                                 LLVMRealORD,
                                                 LLVMRealUEQ,
                                                 LLVMRealUGT,
                                                 LLVMRealUGE,
                                                 LLVMRealULT,
                                                 LLVMRealULE,
                                                 LLVMRealUNE,
                                                 LLVMRealUNO,
                                                 LLVMRealPredicateTrue};
  int64_t predicate = COCO_PROPERTY(operation, arith_cmpf, predicate)->integer;
  if (predicate < 0 || predicate >= (int64_t)(sizeof predicates / sizeof *predicates))
    return COCO_INVALID_ARGUMENT;
  LLVMValueRef left = coco_translated_operand(translator, operation, 0),
               right = coco_translated_operand(translator, operation, 1);
  return coco_translation_result(translator, operation,
                                 LLVMBuildFCmp(translator->builder, predicates[predicate], left, right, ""));
}

static coco_status translate_select(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef value = LLVMBuildSelect(translator->builder, coco_translated_operand(translator, operation, 0),
                                       coco_translated_operand(translator, operation, 1),
                                       coco_translated_operand(translator, operation, 2), "");
  return coco_translation_result(translator, operation, value);
}

static coco_status translate_cast(coco_translator *translator, coco_operation *operation, int opcode) {
  LLVMTypeRef type;
  COCO_TRY(coco_translate_type(translator, operation, coco_operation_result(operation, 0)->type, &type));
  LLVMValueRef value = coco_translated_operand(translator, operation, 0);
  return coco_translation_result(translator, operation,
                                 LLVMBuildCast(translator->builder, (LLVMOpcode)opcode, value, type, ""));
}

/* The row's name is an intrinsic from floats to the nearest integer that the result can hold (NaN: 0), as evaluation has it:
 * LLVM's plain conversions leave undefined what does not fit, and processors then differ. */
static coco_status translate_saturating_cast(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMTypeRef types[2];
  COCO_TRY(coco_translate_type(translator, operation, coco_operation_result(operation, 0)->type, &types[0]));
  LLVMValueRef value = coco_translated_operand(translator, operation, 0);
  types[1] = LLVMTypeOf(value);
  return coco_translation_result(translator, operation,
                                 coco_call_intrinsic(translator, coco_translation_name(translator, operation), types, 2, &value, 1));
}

static coco_status translate_index_cast(coco_translator *translator, coco_operation *operation, int is_signed) {
  LLVMTypeRef type;
  COCO_TRY(coco_translate_type(translator, operation, coco_operation_result(operation, 0)->type, &type));
  LLVMValueRef value = coco_translated_operand(translator, operation, 0);
  return coco_translation_result(translator, operation,
                                 LLVMBuildIntCast2(translator->builder, value, type, is_signed, ""));
}

/* Integers of another signedness are the same bits. */
static coco_status translate_signedness(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMTypeRef type;
  if (operation->operand_count != 1 || operation->result_count != 1)
    return coco_operation_error(operation, "has no translation to LLVM IR");
  COCO_TRY(coco_translate_type(translator, operation, coco_operation_result(operation, 0)->type, &type));
  LLVMValueRef value = coco_translated_operand(translator, operation, 0);
  if (LLVMTypeOf(value) != type) return coco_operation_error(operation, "has no translation to LLVM IR");
  return coco_translation_result(translator, operation, value);
}

static const coco_translation_row rows[] = {
    {&coco_builtin_unrealized_conversion_cast, translate_signedness, 0, NULL},
    {&coco_arith_constant, translate_constant, 0, NULL},
    {&coco_arith_addf, translate_binary, LLVMFAdd, NULL},
    {&coco_arith_subf, translate_binary, LLVMFSub, NULL},
    {&coco_arith_mulf, translate_binary, LLVMFMul, NULL},
    {&coco_arith_divf, translate_binary, LLVMFDiv, NULL},
    {&coco_arith_remf, translate_binary, LLVMFRem, NULL},
    {&coco_arith_negf, translate_negation, 0, NULL},
    {&coco_arith_addi, translate_binary, LLVMAdd, NULL},
    {&coco_arith_subi, translate_binary, LLVMSub, NULL},
    {&coco_arith_muli, translate_binary, LLVMMul, NULL},
    {&coco_arith_divsi, translate_binary, LLVMSDiv, NULL},
    {&coco_arith_divui, translate_binary, LLVMUDiv, NULL},
    {&coco_arith_remsi, translate_binary, LLVMSRem, NULL},
    {&coco_arith_remui, translate_binary, LLVMURem, NULL},
    {&coco_arith_ceildivsi, translate_rounded_division, ROUND_UP, NULL},
    {&coco_arith_floordivsi, translate_rounded_division, ROUND_DOWN, NULL},
    {&coco_arith_ceildivui, translate_ceildivui, 0, NULL},
    {&coco_arith_andi, translate_binary, LLVMAnd, NULL},
    {&coco_arith_ori, translate_binary, LLVMOr, NULL},
    {&coco_arith_xori, translate_binary, LLVMXor, NULL},
    {&coco_arith_shli, translate_binary, LLVMShl, NULL},
    {&coco_arith_shrsi, translate_binary, LLVMAShr, NULL},
    {&coco_arith_shrui, translate_binary, LLVMLShr, NULL},
    {&coco_arith_maximumf, translate_ordered_extremum, true, "llvm.maximum"},
    {&coco_arith_minimumf, translate_ordered_extremum, false, "llvm.minimum"},
    {&coco_arith_maxnumf, translate_extremum, 0, "llvm.maxnum"},
    {&coco_arith_minnumf, translate_extremum, 0, "llvm.minnum"},
    {&coco_arith_maxsi, translate_extremum, 0, "llvm.smax"},
    {&coco_arith_minsi, translate_extremum, 0, "llvm.smin"},
    {&coco_arith_maxui, translate_extremum, 0, "llvm.umax"},
    {&coco_arith_minui, translate_extremum, 0, "llvm.umin"},
    {&coco_arith_cmpf, translate_cmpf, 0, NULL},
    {&coco_arith_cmpi, translate_cmpi, 0, NULL},
    {&coco_arith_select, translate_select, 0, NULL},
    {&coco_arith_index_cast, translate_index_cast, 1, NULL},
    {&coco_arith_index_castui, translate_index_cast, 0, NULL},
    {&coco_arith_extsi, translate_cast, LLVMSExt, NULL},
    {&coco_arith_extui, translate_cast, LLVMZExt, NULL},
    {&coco_arith_trunci, translate_cast, LLVMTrunc, NULL},
    {&coco_arith_sitofp, translate_cast, LLVMSIToFP, NULL},
    {&coco_arith_uitofp, translate_cast, LLVMUIToFP, NULL},
    {&coco_arith_fptosi, translate_saturating_cast, 0, "llvm.fptosi.sat"},
    {&coco_arith_fptoui, translate_saturating_cast, 0, "llvm.fptoui.sat"},
    {&coco_arith_extf, translate_cast, LLVMFPExt, NULL},
    {&coco_arith_truncf, translate_cast, LLVMFPTrunc, NULL},
    {&coco_arith_bitcast, translate_cast, LLVMBitCast, NULL},
};
const coco_translation_table coco_translate_arith = {rows, sizeof rows / sizeof *rows};
