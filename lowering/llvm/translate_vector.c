/* The vector dialect on one-dimensional vectors: lanes of registers. */
#include <string.h>

#include "dialects/vector/vector.h"
#include "lowering/llvm/translate.h"

enum { MAXIMUM_LANES = 1024 };

static unsigned lane_count(LLVMValueRef vector) { return LLVMGetVectorSize(LLVMTypeOf(vector)); }

static coco_status check_lanes(const coco_operation *operation, unsigned count) {
  return count <= MAXIMUM_LANES
             ? COCO_OK
             : coco_operation_error(operation, "has more than %d lanes: it has no translation to LLVM IR",
                                    MAXIMUM_LANES);
}

static coco_status translate_broadcast(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMTypeRef type;
  COCO_TRY(coco_translate_type(translator, operation, coco_operation_result(operation, 0)->type, &type));
  LLVMValueRef value = coco_translated_operand(translator, operation, 0);
  if (LLVMGetTypeKind(LLVMTypeOf(value)) == LLVMVectorTypeKind) {
    if (LLVMTypeOf(value) == type) return coco_translation_result(translator, operation, value);
    value = /* the only lane: more could only stay as they are */
        LLVMBuildExtractElement(translator->builder, value, coco_constant_i32(translator, 0), "");
  }
  return coco_translation_result(translator, operation, coco_splat(translator, value, LLVMGetVectorSize(type)));
}

static coco_status translate_fma(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef operands[3];
  for (size_t i = 0; i < 3; ++i) operands[i] = coco_translated_operand(translator, operation, i);
  LLVMTypeRef type = LLVMTypeOf(operands[0]);
  return coco_translation_result(translator, operation,
                                 coco_call_intrinsic(translator, "llvm.fma", &type, 1, operands, 3));
}

/* The lane that POSITION names, static or the operand at DYNAMIC; lane 0 of a vector without dimensions. */
static LLVMValueRef lane_of(coco_translator *translator, const coco_operation *operation,
                            const coco_attribute *position, size_t dynamic) {
  if (!position->count) return coco_constant_i64(translator, 0);
  int64_t lane = coco_attribute_i64s(position)[0];
  return lane == COCO_DYNAMIC ? coco_translated_operand(translator, operation, dynamic)
                              : coco_constant_i64(translator, lane);
}

static coco_status translate_extract(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef vector = coco_translated_operand(translator, operation, 0);
  if (coco_operation_result(operation, 0)->type->kind == COCO_TYPE_VECTOR)
    return coco_translation_result(translator, operation, vector);
  LLVMValueRef lane = lane_of(translator, operation, COCO_PROPERTY(operation, vector_extract, static_position), 1);
  return coco_translation_result(translator, operation, LLVMBuildExtractElement(translator->builder, vector, lane, ""));
}

static coco_status translate_insert(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef value = coco_translated_operand(translator, operation, 0),
               vector = coco_translated_operand(translator, operation, 1);
  if (coco_operation_operand(operation, 0)->type->kind == COCO_TYPE_VECTOR)
    return coco_translation_result(translator, operation, value);
  LLVMValueRef lane = lane_of(translator, operation, COCO_PROPERTY(operation, vector_insert, static_position), 2);
  return coco_translation_result(translator, operation,
                                 LLVMBuildInsertElement(translator->builder, vector, value, lane, ""));
}

static coco_status translate_extract_element(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef lane = operation->operand_count > 1 ? coco_translated_operand(translator, operation, 1)
                                                   : coco_constant_i64(translator, 0);
  return coco_translation_result(
      translator, operation,
      LLVMBuildExtractElement(translator->builder, coco_translated_operand(translator, operation, 0), lane, ""));
}

static coco_status translate_insert_element(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef lane = operation->operand_count > 2 ? coco_translated_operand(translator, operation, 2)
                                                   : coco_constant_i64(translator, 0);
  return coco_translation_result(
      translator, operation,
      LLVMBuildInsertElement(translator->builder, coco_translated_operand(translator, operation, 1),
                             coco_translated_operand(translator, operation, 0), lane, ""));
}

/* ---- Lanes rearranged ---- */

static LLVMValueRef shuffle(coco_translator *translator, LLVMValueRef left, LLVMValueRef right, const int64_t *lanes,
                            unsigned count) {
  LLVMValueRef mask[MAXIMUM_LANES];
  for (unsigned i = 0; i < count; ++i)
    mask[i] = lanes[i] < 0 ? LLVMGetPoison(LLVMInt32TypeInContext(translator->llvm))
                           : coco_constant_i32(translator, lanes[i]);
  return LLVMBuildShuffleVector(translator->builder, left, right, LLVMConstVector(mask, count), "");
}

/* LLVM's shuffle wants operands of one length: the shorter is lengthened with lanes that nobody reads. */
static LLVMValueRef lengthened(coco_translator *translator, LLVMValueRef vector, unsigned count) {
  int64_t lanes[MAXIMUM_LANES];
  if (lane_count(vector) == count) return vector;
  for (unsigned i = 0; i < count; ++i) lanes[i] = i < lane_count(vector) ? (int64_t)i : -1;
  return shuffle(translator, vector, LLVMGetPoison(LLVMTypeOf(vector)), lanes, count);
}

static coco_status translate_shuffle(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef left = coco_translated_operand(translator, operation, 0),
               right = coco_translated_operand(translator, operation, 1);
  const coco_attribute *mask = COCO_PROPERTY(operation, vector_shuffle, mask);
  unsigned first = lane_count(left), longest = first > lane_count(right) ? first : lane_count(right);
  COCO_TRY(check_lanes(operation, (unsigned)mask->count));
  COCO_TRY(check_lanes(operation, longest));
  int64_t lanes[MAXIMUM_LANES];
  for (size_t i = 0; i < mask->count; ++i) {
    int64_t lane = mask->elements[i]->integer;
    lanes[i] = lane >= (int64_t)first ? lane - first + longest : lane;
  }
  left = lengthened(translator, left, longest);
  right = lengthened(translator, right, longest);
  return coco_translation_result(translator, operation, shuffle(translator, left, right, lanes, (unsigned)mask->count));
}

static coco_status translate_extract_slice(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef vector = coco_translated_operand(translator, operation, 0);
  int64_t offset = COCO_PROPERTY(operation, vector_extract_strided_slice, offsets)->elements[0]->integer;
  int64_t stride = COCO_PROPERTY(operation, vector_extract_strided_slice, strides)->elements[0]->integer;
  unsigned count = (unsigned)coco_type_element_count(coco_operation_result(operation, 0)->type);
  COCO_TRY(check_lanes(operation, count));
  int64_t lanes[MAXIMUM_LANES];
  for (unsigned i = 0; i < count; ++i) lanes[i] = offset + (int64_t)i * stride;
  return coco_translation_result(translator, operation,
                                 shuffle(translator, vector, LLVMGetPoison(LLVMTypeOf(vector)), lanes, count));
}

static coco_status translate_insert_slice(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef source = coco_translated_operand(translator, operation, 0),
               target = coco_translated_operand(translator, operation, 1);
  int64_t offset = COCO_PROPERTY(operation, vector_insert_strided_slice, offsets)->elements[0]->integer;
  int64_t stride = COCO_PROPERTY(operation, vector_insert_strided_slice, strides)->elements[0]->integer;
  unsigned count = lane_count(target), inserted = lane_count(source);
  COCO_TRY(check_lanes(operation, count));
  int64_t lanes[MAXIMUM_LANES];
  for (unsigned i = 0; i < count; ++i) lanes[i] = i;
  for (unsigned i = 0; i < inserted && offset + (int64_t)i * stride < (int64_t)count; ++i)
    lanes[offset + (int64_t)i * stride] = count + i;
  return coco_translation_result(translator, operation,
                                 shuffle(translator, target, lengthened(translator, source, count), lanes, count));
}

static coco_status translate_bitcast(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMTypeRef type;
  COCO_TRY(coco_translate_type(translator, operation, coco_operation_result(operation, 0)->type, &type));
  return coco_translation_result(
      translator, operation,
      LLVMBuildBitCast(translator->builder, coco_translated_operand(translator, operation, 0), type, ""));
}

/* ---- Masks ---- */

static coco_status translate_create_mask(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMTypeRef type;
  COCO_TRY(coco_translate_type(translator, operation, coco_operation_result(operation, 0)->type, &type));
  unsigned count = LLVMGetVectorSize(type);
  COCO_TRY(check_lanes(operation, count));
  LLVMValueRef steps[MAXIMUM_LANES];
  for (unsigned i = 0; i < count; ++i) steps[i] = coco_constant_i32(translator, i);
  /* The bound is cut to [0, count], which fits the 32 bits that vectors compare fastest. */
  LLVMTypeRef index = LLVMInt64TypeInContext(translator->llvm);
  LLVMValueRef low[] = {coco_translated_operand(translator, operation, 0), coco_constant_i64(translator, 0)};
  LLVMValueRef high[] = {coco_call_intrinsic(translator, "llvm.smax", &index, 1, low, 2),
                         coco_constant_i64(translator, count)};
  LLVMValueRef bound =
      LLVMBuildTrunc(translator->builder, coco_call_intrinsic(translator, "llvm.smin", &index, 1, high, 2),
                     LLVMInt32TypeInContext(translator->llvm), "");
  LLVMValueRef mask = LLVMBuildICmp(translator->builder, LLVMIntSLT, LLVMConstVector(steps, count),
                                    coco_splat(translator, bound, count), "");
  return coco_translation_result(translator, operation, mask);
}

static coco_status translate_constant_mask(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMTypeRef type;
  COCO_TRY(coco_translate_type(translator, operation, coco_operation_result(operation, 0)->type, &type));
  unsigned count = LLVMGetVectorSize(type);
  COCO_TRY(check_lanes(operation, count));
  int64_t bound = COCO_PROPERTY(operation, vector_constant_mask, mask_dim_sizes)->elements[0]->integer;
  LLVMValueRef lanes[MAXIMUM_LANES];
  for (unsigned i = 0; i < count; ++i) lanes[i] = LLVMConstInt(LLVMGetElementType(type), (int64_t)i < bound, 0);
  return coco_translation_result(translator, operation, LLVMConstVector(lanes, count));
}

/* ---- Reductions ---- */

typedef struct reduction {
  const char *kind, *reduce, *combine; /* combine: an intrinsic for the accumulator; NULL: by opcode */
  LLVMOpcode opcode;
} reduction;

static const reduction reductions[] = {
    {"minui", "llvm.vector.reduce.umin", "llvm.umin", 0},        {"minsi", "llvm.vector.reduce.smin", "llvm.smin", 0},
    {"maxui", "llvm.vector.reduce.umax", "llvm.umax", 0},        {"maxsi", "llvm.vector.reduce.smax", "llvm.smax", 0},
    {"minnumf", "llvm.vector.reduce.fmin", "llvm.minnum", 0},    {"maxnumf", "llvm.vector.reduce.fmax", "llvm.maxnum", 0},
    {"minimumf", "llvm.vector.reduce.fminimum", "llvm.minimum", 0}, {"maximumf", "llvm.vector.reduce.fmaximum", "llvm.maximum", 0},
    {"and", "llvm.vector.reduce.and", NULL, LLVMAnd},            {"or", "llvm.vector.reduce.or", NULL, LLVMOr},
    {"xor", "llvm.vector.reduce.xor", NULL, LLVMXor},            {"add", "llvm.vector.reduce.add", NULL, LLVMAdd},
    {"mul", "llvm.vector.reduce.mul", NULL, LLVMMul},
};

/* The kind's keyword out of #vector.kind<add>. */
static coco_string reduction_kind(const coco_attribute *kind) {
  static const coco_string prefix = {"vector.kind<", 12};
  coco_string text = kind->text;
  if (coco_string_starts_with(text, prefix) && text.size > prefix.size)
    text = (coco_string){text.data + prefix.size, text.size - prefix.size - 1};
  return text;
}

/* Float sums and products go from the first lane to the last, after the accumulator: the intrinsics without `reassoc`
 * promise that. */
static LLVMValueRef reduce_float(coco_translator *translator, LLVMValueRef vector, LLVMValueRef start, bool is_sum) {
  LLVMTypeRef type = LLVMTypeOf(vector);
  if (!start) start = LLVMConstReal(LLVMGetElementType(type), is_sum ? -0.0 : 1.0);
  LLVMValueRef arguments[] = {start, vector};
  return coco_call_intrinsic(translator, is_sum ? "llvm.vector.reduce.fadd" : "llvm.vector.reduce.fmul", &type, 1,
                             arguments, 2);
}

static coco_status translate_reduction(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMValueRef vector = coco_translated_operand(translator, operation, 0);
  LLVMValueRef start = operation->operand_count > 1 ? coco_translated_operand(translator, operation, 1) : NULL;
  LLVMTypeRef type = LLVMTypeOf(vector);
  coco_string kind = reduction_kind(COCO_PROPERTY(operation, vector_reduction, kind));
  bool is_float = LLVMGetTypeKind(LLVMGetElementType(type)) != LLVMIntegerTypeKind;
  if (is_float && (coco_string_is(kind, "add") || coco_string_is(kind, "mul")))
    return coco_translation_result(translator, operation,
                                   reduce_float(translator, vector, start, coco_string_is(kind, "add")));
  for (size_t i = 0; i < sizeof reductions / sizeof *reductions; ++i) {
    const reduction *row = &reductions[i];
    if (!coco_string_is(kind, row->kind)) continue;
    LLVMValueRef result = coco_call_intrinsic(translator, row->reduce, &type, 1, &vector, 1);
    LLVMTypeRef scalar = LLVMTypeOf(result);
    if (start && row->combine)
      result = coco_call_intrinsic(translator, row->combine, &scalar, 1, (LLVMValueRef[]){start, result}, 2);
    else if (start) result = LLVMBuildBinOp(translator->builder, row->opcode, start, result, "");
    return coco_translation_result(translator, operation, result);
  }
  return COCO_INVALID_ARGUMENT; /* the verifier knows the same kinds */
}

static const coco_translation_row rows[] = {
    {&coco_vector_broadcast, translate_broadcast, 0, NULL},
    {&coco_vector_splat, translate_broadcast, 0, NULL},
    {&coco_vector_fma, translate_fma, 0, NULL},
    {&coco_vector_extract, translate_extract, 0, NULL},
    {&coco_vector_insert, translate_insert, 0, NULL},
    {&coco_vector_extractelement, translate_extract_element, 0, NULL},
    {&coco_vector_insertelement, translate_insert_element, 0, NULL},
    {&coco_vector_shuffle, translate_shuffle, 0, NULL},
    {&coco_vector_extract_strided_slice, translate_extract_slice, 0, NULL},
    {&coco_vector_insert_strided_slice, translate_insert_slice, 0, NULL},
    {&coco_vector_bitcast, translate_bitcast, 0, NULL},
    {&coco_vector_shape_cast, translate_bitcast, 0, NULL},
    {&coco_vector_create_mask, translate_create_mask, 0, NULL},
    {&coco_vector_constant_mask, translate_constant_mask, 0, NULL},
    {&coco_vector_reduction, translate_reduction, 0, NULL},
};
const coco_translation_table coco_translate_vector = {rows, sizeof rows / sizeof *rows};
