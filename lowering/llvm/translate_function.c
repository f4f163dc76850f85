/* Functions, calls, and one variant's module.
 *
 * Every function has two hidden parameters after its own: the weights (when they are external) and the
 * threads. Functions are internal; their memrefs are noalias, because a layer's buffers are distinct. */
#include "dialects/func/func.h"
#include "dialects/memref/memref.h"
#include "lowering/llvm/translate.h"

static coco_status declare(coco_translator *translator, coco_operation *function) {
  const coco_type *type = COCO_PROPERTY(function, func_func, function_type)->type;
  if (type->result_count > 1)
    return coco_operation_error(function, "returns %u values: at most one has a translation to LLVM IR",
                                type->result_count);
  LLVMTypeRef result = LLVMVoidTypeInContext(translator->llvm);
  if (type->result_count == 1) COCO_TRY(coco_translate_type(translator, function, type->results[0], &result));
  unsigned hidden = translator->weights_symbol ? 1 : 2;
  LLVMTypeRef *types = coco_allocate_zeroed(translator->allocator, type->input_count + hidden, sizeof *types);
  if (!types) return COCO_OUT_OF_MEMORY;
  coco_status status = COCO_OK;
  for (uint32_t i = 0; i < type->input_count && status == COCO_OK; ++i)
    status = coco_translate_type(translator, function, type->inputs[i], &types[i]);
  if (status == COCO_OK) {
    for (unsigned i = 0; i < hidden; ++i) types[type->input_count + i] = coco_pointer_type(translator);
    LLVMValueRef made = coco_new_function(translator, coco_symbol_name(function), "",
                                          LLVMFunctionType(result, types, type->input_count + hidden, 0));
    /* A layer is a symbol of its own, so that profiles speak of it. */
    coco_add_attribute(translator->llvm, made, LLVMAttributeFunctionIndex, "noinline", 0);
    for (uint32_t i = 0; i < type->input_count; ++i) {
      if (type->inputs[i]->kind != COCO_TYPE_MEMREF) continue;
      coco_add_attribute(translator->llvm, made, i + 1, "noalias", 0);
      coco_add_attribute(translator->llvm, made, i + 1, "noundef", 0);
      int64_t bytes = type->inputs[i]->encoding ? -1 : coco_type_byte_count(type->inputs[i]);
      if (bytes > 0) coco_add_attribute(translator->llvm, made, i + 1, "dereferenceable", (uint64_t)bytes);
    }
    status = coco_pointer_map_set(&translator->functions, function, made);
  }
  coco_free(translator->allocator, types, (type->input_count + hidden) * sizeof *types);
  return status;
}

static coco_status fill(coco_translator *translator, coco_operation *function) {
  coco_block *block = coco_operation_body(function, 0);
  if (!block) return coco_operation_error(function, "has no body: code for it is not at hand");
  if (block->next)
    return coco_operation_error(function,
                                "has more than one block: only structured control flow has a translation to LLVM IR");
  LLVMValueRef made = (LLVMValueRef)coco_pointer_map_get(&translator->functions, function);
  coco_pointer_map_clear(&translator->values);
  translator->function = made;
  for (uint32_t i = 0; i < block->argument_count; ++i)
    COCO_TRY(coco_translation_set(translator, block->arguments[i], LLVMGetParam(made, i)));
  translator->weights = translator->weights_symbol ? NULL : LLVMGetParam(made, block->argument_count);
  translator->threads = LLVMGetParam(made, LLVMCountParams(made) - 1);
  LLVMPositionBuilderAtEnd(translator->builder, LLVMAppendBasicBlockInContext(translator->llvm, made, ""));
  coco_debug_function(translator, made, coco_symbol_name(function), function->location);
  coco_operation *terminator = NULL;
  COCO_TRY(coco_translate_block(translator, block, &terminator));
  if (!coco_operation_is(terminator, &coco_func_return))
    return coco_operation_error(function, "does not end in func.return");
  coco_debug_location(translator, terminator->location);
  if (terminator->operand_count == 1)
    LLVMBuildRet(translator->builder, coco_translated_operand(translator, terminator, 0));
  else LLVMBuildRetVoid(translator->builder);
  coco_debug_clear(translator);
  return COCO_OK;
}

coco_status coco_translate_module(coco_translator *translator, const coco_emission_variant *variant,
                                  LLVMValueRef *out_main) {
  translator->variant = variant->target;
  translator->source = variant->module;
  translator->layer_count = 0;
  coco_pointer_map_clear(&translator->functions);
  coco_block *body = coco_operation_body(variant->module, 0);
  for (coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next) {
    if (coco_operation_is(operation, &coco_func_func)) COCO_TRY(declare(translator, operation));
    else if (!coco_operation_is(operation, &coco_memref_global))
      return coco_operation_error(operation, "has no translation to LLVM IR");
  }
  coco_operation *entry = coco_symbol_lookup_in(variant->module, COCO_STRING("main"));
  if (!coco_operation_is(entry, &coco_func_func))
    return coco_error(translator->context, variant->module->location, "the module has no function @main");
  for (coco_operation *operation = body->first; operation; operation = operation->next)
    if (coco_operation_is(operation, &coco_func_func)) COCO_TRY(fill(translator, operation));
  *out_main = (LLVMValueRef)coco_pointer_map_get(&translator->functions, entry);
  return COCO_OK;
}

/* ---- Calls ---- */

static void call_profile(coco_translator *translator, uint32_t index, bool after) {
  LLVMTypeRef number = LLVMInt32TypeInContext(translator->llvm);
  LLVMTypeRef type = LLVMFunctionType(LLVMVoidTypeInContext(translator->llvm), (LLVMTypeRef[]){number, number}, 2, 0);
  LLVMValueRef hook = LLVMGetNamedFunction(translator->module, "coco_profile_layer");
  if (!hook) hook = LLVMAddFunction(translator->module, "coco_profile_layer", type);
  LLVMBuildCall2(translator->builder, type, hook,
                 (LLVMValueRef[]){coco_constant_i32(translator, index), coco_constant_i32(translator, after)}, 2, "");
}

static bool in_main(const coco_operation *operation) {
  const coco_operation *function = coco_operation_parent_of(operation, &coco_func_func);
  return function && coco_string_is(coco_symbol_name(function), "main");
}

static coco_status translate_call(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  coco_operation *callee = coco_symbol_lookup_in(translator->source, COCO_PROPERTY(operation, func_call, callee)->text);
  LLVMValueRef function = callee ? (LLVMValueRef)coco_pointer_map_get(&translator->functions, callee) : NULL;
  if (!function) return COCO_INVALID_ARGUMENT; /* verified: a function of the module */
  if (translator->in_piece)
    return coco_operation_error(operation, "stands inside scf.parallel: calls there have no translation to LLVM IR");
  unsigned count = LLVMCountParams(function);
  LLVMValueRef *arguments = coco_allocate_zeroed(translator->allocator, count, sizeof *arguments);
  if (!arguments) return COCO_OUT_OF_MEMORY;
  for (uint32_t i = 0; i < operation->operand_count; ++i)
    arguments[i] = coco_translated_operand(translator, operation, i);
  if (!translator->weights_symbol) arguments[operation->operand_count] = translator->weights;
  arguments[count - 1] = translator->threads;
  bool profile = translator->request->profile && in_main(operation);
  uint32_t index = translator->layer_count;
  if (in_main(operation)) ++translator->layer_count;
  if (profile) call_profile(translator, index, false);
  LLVMValueRef result =
      LLVMBuildCall2(translator->builder, LLVMGlobalGetValueType(function), function, arguments, count, "");
  if (profile) call_profile(translator, index, true);
  coco_free(translator->allocator, arguments, count * sizeof *arguments);
  return operation->result_count ? coco_translation_result(translator, operation, result) : COCO_OK;
}

static const coco_translation_row rows[] = {{&coco_func_call, translate_call, 0, NULL}};
const coco_translation_table coco_translate_function = {rows, sizeof rows / sizeof *rows};
