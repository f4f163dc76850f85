/* Objects loaded into this process by ORC. Undefined symbols (the C library, libm) are those of the process. */
#include <llvm-c/Core.h>
#include <llvm-c/Error.h>
#include <llvm-c/LLJIT.h>
#include <llvm-c/Target.h>

#include "lowering/llvm/emit.h"

struct coco_jit {
  coco_context *context;
  LLVMOrcLLJITRef engine;
};

static coco_status orc_error(coco_context *context, const char *what, LLVMErrorRef error) {
  char *text = LLVMGetErrorMessage(error);
  coco_status status = coco_error(context, coco_location_unknown(context), "%s: %s", what, text);
  LLVMDisposeErrorMessage(text);
  return status;
}

static LLVMErrorRef define_hook(coco_jit *jit, coco_profile_hook hook) {
  LLVMJITSymbolFlags flags = {LLVMJITSymbolGenericFlagsExported | LLVMJITSymbolGenericFlagsCallable, 0};
  LLVMOrcCSymbolMapPair pair = {LLVMOrcLLJITMangleAndIntern(jit->engine, "coco_profile_layer"),
                                {(LLVMOrcExecutorAddress)(uintptr_t)hook, flags}};
  return LLVMOrcJITDylibDefine(LLVMOrcLLJITGetMainJITDylib(jit->engine), LLVMOrcAbsoluteSymbols(&pair, 1));
}

static coco_status load(coco_jit *jit, coco_string object, coco_profile_hook hook) {
  LLVMErrorRef error = LLVMOrcCreateLLJIT(&jit->engine, NULL);
  if (error) return orc_error(jit->context, "no just-in-time compiler", error);
  LLVMOrcJITDylibRef library = LLVMOrcLLJITGetMainJITDylib(jit->engine);
  LLVMOrcDefinitionGeneratorRef process;
  error = LLVMOrcCreateDynamicLibrarySearchGeneratorForProcess(&process, LLVMOrcLLJITGetGlobalPrefix(jit->engine), NULL,
                                                               NULL);
  if (error) return orc_error(jit->context, "the process's symbols cannot be found", error);
  LLVMOrcJITDylibAddGenerator(library, process);
  if (hook && (error = define_hook(jit, hook)) != NULL)
    return orc_error(jit->context, "the profile's hook cannot be defined", error);
  LLVMMemoryBufferRef memory = LLVMCreateMemoryBufferWithMemoryRangeCopy(object.data, object.size, "object");
  error = LLVMOrcLLJITAddObjectFile(jit->engine, library, memory);
  return error ? orc_error(jit->context, "the object cannot be loaded", error) : COCO_OK;
}

coco_status coco_jit_create(coco_context *context, coco_string object, coco_profile_hook hook, coco_jit **out) {
  LLVMInitializeNativeTarget();
  LLVMInitializeNativeAsmPrinter();
  coco_jit *jit = coco_allocate_zeroed(coco_context_allocator(context), 1, sizeof *jit);
  if (!jit) return COCO_OUT_OF_MEMORY;
  jit->context = context;
  coco_status status = load(jit, object, hook);
  if (status == COCO_OK) *out = jit;
  else coco_jit_destroy(jit);
  return status;
}

uint64_t coco_jit_find(coco_jit *jit, const char *symbol) {
  LLVMOrcExecutorAddress address = 0;
  LLVMErrorRef error = LLVMOrcLLJITLookup(jit->engine, &address, symbol);
  if (!error) return address;
  if (orc_error(jit->context, "a symbol is not there", error) == COCO_OUT_OF_MEMORY) return 0;
  return 0;
}

void coco_jit_destroy(coco_jit *jit) {
  if (!jit) return;
  if (jit->engine) {
    LLVMErrorRef error = LLVMOrcDisposeLLJIT(jit->engine);
    if (error) LLVMConsumeError(error);
  }
  coco_free(coco_context_allocator(jit->context), jit, sizeof *jit);
}
