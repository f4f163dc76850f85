/* From the request to bytes: the LLVM module, its optimisation, and the machine code.
 *
 * One LLVM context for each call, so nothing is shared between calls but LLVM's own table of targets. */
#include "lowering/llvm/elf.h"
#include "lowering/llvm/emit.h"

#include <llvm-c/Analysis.h>
#include <llvm-c/Error.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <stdio.h>

#include "lowering/llvm/translate.h"

static void initialize_targets(void) {
  LLVMInitializeX86TargetInfo();
  LLVMInitializeX86Target();
  LLVMInitializeX86TargetMC();
  LLVMInitializeX86AsmPrinter();
  LLVMInitializeX86AsmParser();
  LLVMInitializeAArch64TargetInfo();
  LLVMInitializeAArch64Target();
  LLVMInitializeAArch64TargetMC();
  LLVMInitializeAArch64AsmPrinter();
  LLVMInitializeAArch64AsmParser();
}

void coco_llvm_version(char *buffer, size_t size) {
  unsigned major, minor, patch;
  LLVMGetVersion(&major, &minor, &patch);
  snprintf(buffer, size, "%u.%u.%u", major, minor, patch);
}

bool coco_llvm_supports(const char *triple) {
  initialize_targets();
  LLVMTargetRef target;
  char *message = NULL;
  bool found = !LLVMGetTargetFromTriple(triple, &target, &message);
  LLVMDisposeMessage(message);
  return found;
}

/* ---- What LLVM says ---- */

/* What went wrong in LLVM's own words. */
static coco_status llvm_error(coco_translator *translator, const char *text) {
  return coco_error(translator->context, translator->request->variants[0].module->location, "LLVM: %s", text);
}

static void receive_diagnostic(LLVMDiagnosticInfoRef information, void *user) {
  if (LLVMGetDiagInfoSeverity(information) != LLVMDSError) return;
  char *text = LLVMGetDiagInfoDescription(information);
  if (llvm_error(user, text) == COCO_OUT_OF_MEMORY) { /* nothing more can be said */
  }
  LLVMDisposeMessage(text);
}

/* ---- The module ---- */

static const coco_translation_table *const tables[] = {&coco_translate_arith,  &coco_translate_math,
                                                       &coco_translate_memref, &coco_translate_scf,
                                                       &coco_translate_vector, &coco_translate_function};

static coco_status fill_rows(coco_translator *translator) {
  for (size_t t = 0; t < sizeof tables / sizeof *tables; ++t)
    for (size_t i = 0; i < tables[t]->count; ++i)
      COCO_TRY(coco_pointer_map_set(&translator->rows, tables[t]->rows[i].definition, (void *)(uintptr_t)&tables[t]->rows[i]));
  return COCO_OK;
}

#define WEIGHTS_SECTION ".rodata.coco"

/* The lines of assembly that put the weights behind the symbol: their file when there is one, else an empty section
 * that coco_elf_attach fills. */
static void write_weights_section(const coco_emission_request *request, coco_buffer *out) {
  coco_buffer_text(out, "\t.section " WEIGHTS_SECTION ",\"a\",%progbits\n\t.p2align 6\n.Lcoco_weights:\n");
  if (!request->weights_path) {
    coco_buffer_text(out, "\t.text\n");
    return;
  }
  coco_buffer_text(out, "\t.incbin \"");
  for (const char *c = request->weights_path; *c; ++c) {
    if (*c == '"' || *c == '\\') coco_buffer_byte(out, '\\');
    coco_buffer_byte(out, *c);
  }
  coco_buffer_text(out, "\"\n\t.text\n");
}

/* The weights go in by the assembler, never as a constant: code refers to a symbol that does not reach the symbol
 * table. Assembly text gets the lines afterwards, because LLVM would print the file's contents. */
static coco_status embed_weights(coco_translator *translator) {
  const coco_emission_request *request = translator->request;
  LLVMTypeRef type =
      LLVMArrayType2(LLVMInt8TypeInContext(translator->llvm), request->weights->size ? request->weights->size : 1);
  translator->weights_symbol = LLVMAddGlobal(translator->module, type, "\01.Lcoco_weights");
  LLVMSetGlobalConstant(translator->weights_symbol, 1);
  LLVMSetAlignment(translator->weights_symbol, COCO_WEIGHTS_ALIGNMENT);
  if (!request->weights->size) {
    LLVMSetInitializer(translator->weights_symbol, LLVMConstNull(type));
    LLVMSetLinkage(translator->weights_symbol, LLVMPrivateLinkage);
    return COCO_OK;
  }
  LLVMSetVisibility(translator->weights_symbol, LLVMHiddenVisibility);
  if (translator->kind == COCO_EMIT_ASSEMBLY) return COCO_OK;
  coco_buffer text = COCO_BUFFER(translator->allocator);
  write_weights_section(request, &text);
  coco_status status = text.status;
  if (status == COCO_OK) LLVMAppendModuleInlineAsm(translator->module, text.data, text.size);
  coco_buffer_free(&text);
  return status;
}

static coco_status translate_variants(coco_translator *translator, LLVMValueRef *mains) {
  const coco_emission_request *request = translator->request;
  COCO_TRY(fill_rows(translator));
  if (coco_emission_embeds(request) || !request->weights->size) COCO_TRY(embed_weights(translator));
  for (size_t i = 0; i < request->variant_count; ++i)
    COCO_TRY(coco_translate_module(translator, &request->variants[i], &mains[i]));
  return coco_translate_interface(translator, mains);
}

static coco_status translate(coco_translator *translator) {
  const coco_emission_request *request = translator->request;
  LLVMValueRef *mains = coco_allocate_zeroed(translator->allocator, request->variant_count, sizeof *mains);
  if (!mains) return COCO_OUT_OF_MEMORY;
  coco_status status = coco_debug_begin(translator);
  if (status == COCO_OK) status = translate_variants(translator, mains);
  coco_debug_end(translator);
  coco_free(translator->allocator, mains, request->variant_count * sizeof *mains);
  if (status != COCO_OK) return status;
  char *message = NULL;
  if (LLVMVerifyModule(translator->module, LLVMReturnStatusAction, &message))
    status = llvm_error(translator, message);
  LLVMDisposeMessage(message);
  return status;
}

/* ---- Machine code ---- */

/* What loops of explicit vectors need: values in registers, addresses shared and moved out of loops. LLVM's own O2 looks for
 * vectors, calls to inline and loops to unroll that this level has decided on already: it takes twice the time for the same
 * inner loops. (instcombine verifies a fixpoint by default, and aborts without one.) */
static const char passes[] =
    "function(sroa,early-cse<memssa>,instcombine<no-verify-fixpoint>,simplifycfg,loop-mssa(loop-rotate,licm),"
    "early-cse<memssa>,instcombine<no-verify-fixpoint>,simplifycfg)";

static coco_status optimize(coco_translator *translator, LLVMTargetMachineRef machine) {
  LLVMPassBuilderOptionsRef options = LLVMCreatePassBuilderOptions();
  LLVMErrorRef error =
      LLVMRunPasses(translator->module, translator->request->optimize ? passes : "default<O0>", machine, options);
  LLVMDisposePassBuilderOptions(options);
  if (!error) return COCO_OK;
  char *text = LLVMGetErrorMessage(error);
  coco_status status = llvm_error(translator, text);
  LLVMDisposeErrorMessage(text);
  return status;
}

static void print_module(coco_translator *translator, coco_buffer *out) {
  char *text = LLVMPrintModuleToString(translator->module);
  coco_buffer_text(out, text);
  LLVMDisposeMessage(text);
}

static coco_status emit_code(coco_translator *translator, LLVMTargetMachineRef machine, coco_emission_kind kind,
                             coco_buffer *out) {
  if (translator->request->llvm_text) print_module(translator, translator->request->llvm_text);
  if (kind == COCO_EMIT_LLVM_IR) {
    print_module(translator, out);
    return out->status;
  }
  LLVMMemoryBufferRef memory = NULL;
  char *message = NULL;
  size_t errors = coco_error_count(translator->context);
  if (LLVMTargetMachineEmitToMemoryBuffer(machine, translator->module,
                                          kind == COCO_EMIT_OBJECT ? LLVMObjectFile : LLVMAssemblyFile, &message,
                                          &memory)) {
    coco_status status = llvm_error(translator, message);
    LLVMDisposeMessage(message);
    return status;
  }
  coco_buffer_append(out, LLVMGetBufferStart(memory), LLVMGetBufferSize(memory));
  if (kind == COCO_EMIT_ASSEMBLY && translator->weights_symbol && translator->request->weights->size)
    write_weights_section(translator->request, out);
  LLVMDisposeMemoryBuffer(memory);
  if (coco_error_count(translator->context) > errors) return COCO_REPORTED;
  if (out->status != COCO_OK || kind != COCO_EMIT_OBJECT || !coco_emission_embeds(translator->request))
    return out->status;
  return coco_elf_attach(out, WEIGHTS_SECTION, translator->request->weights->size);
}

static coco_status create_machine(coco_translator *translator, LLVMTargetMachineRef *out) {
  LLVMTargetRef target;
  char *message = NULL;
  if (LLVMGetTargetFromTriple(translator->request->triple, &target, &message)) {
    coco_status status = llvm_error(translator, message);
    LLVMDisposeMessage(message);
    return status;
  }
  *out = LLVMCreateTargetMachine(target, translator->request->triple, "", "", LLVMCodeGenLevelDefault, LLVMRelocPIC,
                                 LLVMCodeModelDefault);
  return *out ? COCO_OK : COCO_UNSUPPORTED;
}

static void set_layout(coco_translator *translator, LLVMTargetMachineRef machine) {
  translator->layout = LLVMCreateTargetDataLayout(machine);
  LLVMSetModuleDataLayout(translator->module, translator->layout);
  LLVMSetTarget(translator->module, translator->request->triple);
  LLVMAddModuleFlag(translator->module, LLVMModuleFlagBehaviorWarning, "PIC Level", 9,
                    LLVMValueAsMetadata(LLVMConstInt(LLVMInt32TypeInContext(translator->llvm), 2, 0)));
}

static coco_status emit_with(coco_translator *translator, coco_emission_kind kind, coco_buffer *out) {
  LLVMTargetMachineRef machine = NULL;
  COCO_TRY(create_machine(translator, &machine));
  set_layout(translator, machine);
  coco_status status = translate(translator);
  if (status == COCO_OK && (translator->request->optimize || kind != COCO_EMIT_LLVM_IR))
    status = optimize(translator, machine);
  if (status == COCO_OK) status = emit_code(translator, machine, kind, out);
  LLVMDisposeTargetData(translator->layout);
  LLVMDisposeTargetMachine(machine);
  return status;
}

coco_status coco_llvm_emit(coco_context *context, const coco_emission_request *request, coco_emission_kind kind,
                           coco_buffer *out) {
  const coco_allocator *allocator = coco_context_allocator(context);
  initialize_targets();
  coco_translator translator = {
      .context = context, .kind = kind, .allocator = allocator, .request = request, .llvm = LLVMContextCreate()};
  LLVMContextSetDiagnosticHandler(translator.llvm, receive_diagnostic, &translator);
  translator.module = LLVMModuleCreateWithNameInContext("", translator.llvm);
  LLVMSetModuleIdentifier(translator.module, request->name.data, request->name.size);
  LLVMSetSourceFileName(translator.module, request->name.data, request->name.size);
  translator.builder = LLVMCreateBuilderInContext(translator.llvm);
  translator.rows.allocator = translator.values.allocator = translator.functions.allocator = allocator;
  coco_status status = emit_with(&translator, kind, out);
  coco_pointer_map_free(&translator.rows);
  coco_pointer_map_free(&translator.values);
  coco_pointer_map_free(&translator.functions);
  LLVMDisposeBuilder(translator.builder);
  LLVMDisposeModule(translator.module);
  LLVMContextDispose(translator.llvm);
  return status;
}
