/* The two global symbols of an object, NAME_run and NAME_info, as include/coco/object.h promises them. */
#include "coco/object.h"

#include <stdio.h>
#include <string.h>

#include "dialects/func/func.h"
#include "lowering/llvm/translate.h"


/* The parameters of @main, and what they are. */
typedef struct interface {
  coco_translator *translator;
  const coco_operation *entry;
  const coco_type *type; /* of @main */
  const coco_attribute *inputs, *outputs; /* names */
  size_t input_count, output_count;
  uint64_t scratch_size, scratch_alignment;
} interface;

static uint32_t element_code(const coco_type *element) {
  if (element->kind == COCO_TYPE_FLOAT) {
    switch (element->format) {
      case COCO_F16: return COCO_OBJECT_F16;
      case COCO_BF16: return COCO_OBJECT_BF16;
      case COCO_F32: return COCO_OBJECT_F32;
      case COCO_F64: return COCO_OBJECT_F64;
      default: return 0;
    }
  }
  if (element->kind == COCO_TYPE_INDEX) return COCO_OBJECT_I64;
  if (element->kind != COCO_TYPE_INTEGER) return 0;
  bool is_unsigned = element->signedness == COCO_UNSIGNED;
  switch (element->width) {
    case 1: return COCO_OBJECT_BOOL;
    case 8: return is_unsigned ? COCO_OBJECT_U8 : COCO_OBJECT_I8;
    case 16: return is_unsigned ? COCO_OBJECT_U16 : COCO_OBJECT_I16;
    case 32: return is_unsigned ? COCO_OBJECT_U32 : COCO_OBJECT_I32;
    case 64: return is_unsigned ? COCO_OBJECT_U64 : COCO_OBJECT_I64;
    default: return 0;
  }
}

static coco_status check_tensors(const interface *of) {
  for (size_t i = 0; i < of->input_count + of->output_count; ++i) {
    const coco_type *type = of->type->inputs[i];
    char text[96];
    if (type->kind != COCO_TYPE_MEMREF || type->encoding || coco_type_byte_count(type) < 0 ||
        type->rank > COCO_OBJECT_MAXIMUM_RANK || !element_code(type->element))
      return coco_operation_error(of->entry, "has the argument type %s, which an object's interface cannot have",
                                  coco_type_text(type, text, sizeof text));
  }
  return COCO_OK;
}

static coco_status read_interface(coco_translator *translator, interface *out) {
  enum { SCRATCH_ALIGNMENT = 64 };
  coco_operation *entry = coco_symbol_lookup_in(translator->source, COCO_STRING("main"));
  *out = (interface){.translator = translator,
                     .entry = entry,
                     .type = COCO_PROPERTY(entry, func_func, function_type)->type,
                     .scratch_alignment = SCRATCH_ALIGNMENT};
  out->inputs = coco_operation_get(entry, COCO_STRING("coco.inputs"));
  out->outputs = coco_operation_get(entry, COCO_STRING("coco.outputs"));
  if (!coco_attribute_is(out->inputs, COCO_ATTRIBUTE_ARRAY) || !coco_attribute_is(out->outputs, COCO_ATTRIBUTE_ARRAY))
    return coco_operation_error(entry, "lacks the attributes coco.inputs and coco.outputs, which name the arguments");
  out->input_count = out->inputs->count;
  out->output_count = out->outputs->count;
  size_t tensors = out->input_count + out->output_count;
  if (out->type->input_count != tensors && out->type->input_count != tensors + 1)
    return coco_operation_error(entry, "has %u arguments: coco.inputs and coco.outputs name %zu",
                                out->type->input_count, tensors);
  if (out->type->input_count > tensors) {
    int64_t size =
        out->type->inputs[tensors]->kind == COCO_TYPE_MEMREF ? coco_type_byte_count(out->type->inputs[tensors]) : -1;
    if (size < 0) return coco_operation_error(entry, "has a last argument that is not a static arena");
    out->scratch_size = (uint64_t)size;
  }
  return check_tensors(out);
}

/* ---- NAME_info ---- */

static LLVMValueRef internal_constant(coco_translator *translator, LLVMValueRef value) {
  LLVMValueRef global = LLVMAddGlobal(translator->module, LLVMTypeOf(value), "");
  LLVMSetInitializer(global, value);
  LLVMSetGlobalConstant(global, 1);
  LLVMSetLinkage(global, LLVMPrivateLinkage);
  LLVMSetUnnamedAddress(global, LLVMGlobalUnnamedAddr);
  return global;
}

static LLVMValueRef text_constant(coco_translator *translator, coco_string text) {
  return internal_constant(translator,
                           LLVMConstStringInContext2(translator->llvm, text.data ? text.data : "", text.size, 0));
}

static LLVMTypeRef tensor_type(coco_translator *translator) {
  LLVMTypeRef i32 = LLVMInt32TypeInContext(translator->llvm), i64 = LLVMInt64TypeInContext(translator->llvm);
  LLVMTypeRef members[] = {coco_pointer_type(translator), i32, i32, LLVMArrayType2(i64, COCO_OBJECT_MAXIMUM_RANK), i64};
  return LLVMStructTypeInContext(translator->llvm, members, 5, 0);
}

static LLVMValueRef tensor_constant(coco_translator *translator, const coco_type *type, coco_string name) {
  LLVMValueRef shape[COCO_OBJECT_MAXIMUM_RANK];
  for (size_t i = 0; i < COCO_OBJECT_MAXIMUM_RANK; ++i)
    shape[i] = coco_constant_i64(translator, i < type->rank ? type->shape[i] : 0);
  LLVMValueRef members[] = {text_constant(translator, name), coco_constant_i32(translator, element_code(type->element)),
                            coco_constant_i32(translator, type->rank),
                            LLVMConstArray2(LLVMInt64TypeInContext(translator->llvm), shape, COCO_OBJECT_MAXIMUM_RANK),
                            coco_constant_i64(translator, coco_type_byte_count(type))};
  return LLVMConstStructInContext(translator->llvm, members, 5, 0);
}

static coco_status tensors_constant(const interface *of, const coco_attribute *names, size_t first, LLVMValueRef *out) {
  coco_translator *translator = of->translator;
  LLVMValueRef *items = coco_allocate_zeroed(translator->allocator, names->count + 1, sizeof *items);
  if (!items) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < names->count; ++i)
    items[i] = tensor_constant(translator, of->type->inputs[first + i], names->elements[i]->text);
  *out = internal_constant(translator, LLVMConstArray2(tensor_type(translator), items, names->count));
  coco_free(translator->allocator, items, (names->count + 1) * sizeof *items);
  return COCO_OK;
}

/* What the least demanding variant needs: the last one. */
static coco_string required_features(const coco_emission_request *request) {
  return coco_string_from(request->variants[request->variant_count - 1].target->requirements);
}

static void global_name(const coco_translator *translator, const char *suffix, char *out, size_t size) {
  snprintf(out, size, "%.*s%s", COCO_PRINT(translator->request->name), suffix);
}

static coco_status make_info(const interface *of) {
  coco_translator *translator = of->translator;
  const coco_emission_request *request = translator->request;
  LLVMValueRef inputs, outputs;
  COCO_TRY(tensors_constant(of, of->inputs, 0, &inputs));
  COCO_TRY(tensors_constant(of, of->outputs, of->input_count, &outputs));
  char name[256];
  LLVMValueRef members[] = {
      coco_constant_i32(translator, COCO_OBJECT_MAGIC),
      coco_constant_i32(translator, COCO_OBJECT_VERSION),
      text_constant(translator, request->name),
      coco_constant_i32(translator, (int64_t)of->input_count),
      coco_constant_i32(translator, (int64_t)of->output_count),
      inputs,
      outputs,
      coco_constant_i64(translator, (int64_t)of->scratch_size),
      coco_constant_i64(translator, (int64_t)of->scratch_alignment),
      coco_constant_i64(translator, (int64_t)request->weights->size),
      coco_constant_i32(translator, request->weights->size && request->placement == COCO_WEIGHTS_EXTERNAL),
      coco_constant_i32(translator, 0),
      text_constant(translator, request->compiler),
      text_constant(translator, coco_string_from(request->triple)),
      text_constant(translator, required_features(request)),
      text_constant(translator, request->pipeline),
      text_constant(translator, request->schedule_hash)};
  LLVMValueRef value = LLVMConstStructInContext(translator->llvm, members, sizeof members / sizeof *members, 0);
  global_name(translator, "_info", name, sizeof name);
  LLVMValueRef info = LLVMAddGlobal(translator->module, LLVMTypeOf(value), name);
  LLVMSetInitializer(info, value);
  LLVMSetGlobalConstant(info, 1);
  return COCO_OK;
}

/* ---- NAME_run ---- */

typedef struct run {
  const interface *of;
  LLVMValueRef function, weights, scratch, threads;
  bool external; /* the weights are an argument */
} run;

static LLVMValueRef either(coco_translator *translator, LLVMValueRef left, LLVMValueRef right) {
  return left ? LLVMBuildOr(translator->builder, left, right, "") : right;
}

static LLVMValueRef is_misaligned(coco_translator *translator, LLVMValueRef pointer, uint64_t alignment) {
  LLVMValueRef address = LLVMBuildPtrToInt(translator->builder, pointer, LLVMInt64TypeInContext(translator->llvm), "");
  LLVMValueRef low =
      LLVMBuildAnd(translator->builder, address, coco_constant_i64(translator, (int64_t)alignment - 1), "");
  return LLVMBuildICmp(translator->builder, LLVMIntNE, low, coco_constant_i64(translator, 0), "");
}

/* Returns CODE from the function when CONDITION holds. */
static void return_if(coco_translator *translator, LLVMValueRef condition, int64_t code) {
  if (!condition) return;
  LLVMBasicBlockRef wrong = coco_new_block(translator, ""), fine = coco_new_block(translator, "");
  LLVMBuildCondBr(translator->builder, condition, wrong, fine);
  LLVMPositionBuilderAtEnd(translator->builder, wrong);
  LLVMBuildRet(translator->builder, coco_constant_i32(translator, code));
  LLVMPositionBuilderAtEnd(translator->builder, fine);
}

static void check_arguments(const run *of) {
  coco_translator *translator = of->of->translator;
  LLVMValueRef null = NULL, misaligned = NULL;
  for (size_t i = 0; i < of->of->input_count + of->of->output_count; ++i) {
    const coco_type *type = of->of->type->inputs[i];
    LLVMValueRef pointer = LLVMGetParam(of->function, (unsigned)i);
    size_t alignment = coco_type_element_size(type->element);
    if (coco_type_byte_count(type) > 0)
      null = either(translator, null, LLVMBuildIsNull(translator->builder, pointer, ""));
    if (alignment > 1) misaligned = either(translator, misaligned, is_misaligned(translator, pointer, alignment));
  }
  if (of->external) {
    null = either(translator, null, LLVMBuildIsNull(translator->builder, of->weights, ""));
    misaligned = either(translator, misaligned, is_misaligned(translator, of->weights, COCO_WEIGHTS_ALIGNMENT));
  }
  if (of->of->scratch_size) {
    null = either(translator, null, LLVMBuildIsNull(translator->builder, of->scratch, ""));
    misaligned = either(translator, misaligned, is_misaligned(translator, of->scratch, of->of->scratch_alignment));
  }
  return_if(translator, null, COCO_OBJECT_NULL_ARGUMENT);
  return_if(translator, misaligned, COCO_OBJECT_MISALIGNED);
}

static coco_status call_main(const run *of, LLVMValueRef entry) {
  coco_translator *translator = of->of->translator;
  unsigned count = LLVMCountParams(entry), next = 0;
  LLVMValueRef *arguments = coco_allocate_zeroed(translator->allocator, count, sizeof *arguments);
  if (!arguments) return COCO_OUT_OF_MEMORY;
  for (; next < of->of->input_count + of->of->output_count; ++next) arguments[next] = LLVMGetParam(of->function, next);
  if (count > next + (translator->weights_symbol ? 1u : 2u)) arguments[next++] = of->scratch;
  if (!translator->weights_symbol) arguments[next++] = of->weights;
  arguments[next] = of->threads;
  LLVMBuildCall2(translator->builder, LLVMGlobalGetValueType(entry), entry, arguments, count, "");
  LLVMBuildRet(translator->builder, coco_constant_i32(translator, COCO_OBJECT_OK));
  coco_free(translator->allocator, arguments, count * sizeof *arguments);
  return COCO_OK;
}

static coco_status dispatch(const run *of, const LLVMValueRef *mains) {
  coco_translator *translator = of->of->translator;
  const coco_emission_request *request = translator->request;
  for (size_t i = 0; i < request->variant_count; ++i) {
    LLVMValueRef able;
    COCO_TRY(coco_translate_processor_check(translator, request->variants[i].target->requirements, &able));
    if (!able) return call_main(of, mains[i]);
    LLVMBasicBlockRef yes = coco_new_block(translator, request->variants[i].target->name),
                      no = coco_new_block(translator, "");
    LLVMBuildCondBr(translator->builder, able, yes, no);
    LLVMPositionBuilderAtEnd(translator->builder, yes);
    COCO_TRY(call_main(of, mains[i]));
    LLVMPositionBuilderAtEnd(translator->builder, no);
  }
  LLVMBuildRet(translator->builder, coco_constant_i32(translator, COCO_OBJECT_UNSUPPORTED_PROCESSOR));
  return COCO_OK;
}

static coco_status make_run(const interface *of, const LLVMValueRef *mains) {
  coco_translator *translator = of->translator;
  unsigned tensors = (unsigned)(of->input_count + of->output_count);
  run here = {
      .of = of,
      .external = translator->request->weights->size && translator->request->placement == COCO_WEIGHTS_EXTERNAL};
  unsigned count = tensors + (here.external ? 3 : 2);
  LLVMTypeRef *types = coco_allocate_zeroed(translator->allocator, count, sizeof *types);
  if (!types) return COCO_OUT_OF_MEMORY;
  for (unsigned i = 0; i < count; ++i) types[i] = coco_pointer_type(translator);
  LLVMTypeRef type = LLVMFunctionType(LLVMInt32TypeInContext(translator->llvm), types, count, 0);
  coco_free(translator->allocator, types, count * sizeof *types);
  char name[256];
  global_name(translator, "_run", name, sizeof name);
  here.function = LLVMAddFunction(translator->module, name, type);
  coco_add_attribute(translator->llvm, here.function, LLVMAttributeFunctionIndex, "nounwind", 0);
  here.weights = here.external ? LLVMGetParam(here.function, tensors) : LLVMConstNull(coco_pointer_type(translator));
  here.scratch = LLVMGetParam(here.function, count - 2);
  here.threads = LLVMGetParam(here.function, count - 1);
  translator->function = here.function;
  LLVMPositionBuilderAtEnd(translator->builder, LLVMAppendBasicBlockInContext(translator->llvm, here.function, ""));
  check_arguments(&here);
  return dispatch(&here, mains);
}

coco_status coco_translate_interface(coco_translator *translator, const LLVMValueRef *mains) {
  interface of;
  translator->variant = NULL;
  translator->source = translator->request->variants[0].module;
  COCO_TRY(read_interface(translator, &of));
  for (size_t i = 1; i < translator->request->variant_count; ++i) {
    interface other;
    translator->source = translator->request->variants[i].module;
    COCO_TRY(read_interface(translator, &other));
    if (other.input_count != of.input_count || other.output_count != of.output_count)
      return coco_operation_error(other.entry, "has another interface than the first variant");
    if (other.scratch_size > of.scratch_size) of.scratch_size = other.scratch_size;
  }
  translator->source = translator->request->variants[0].module;
  COCO_TRY(make_info(&of));
  return make_run(&of, mains);
}
