/* What the running processor can do, read inline: no library, no state.
 *
 * x86: CPUID leaves 1 and 7, and XGETBV for the registers that the system saves. AArch64: what the
 * kernel tells through getauxval of the C library. */
#include <string.h>

#include "lowering/llvm/translate.h"

enum { LEAF_1_ECX, LEAF_7_EBX, LEAF_7_ECX, X86_WORDS };
enum { STATE_AVX = 0x6, STATE_AVX512 = 0xe6 };

typedef struct x86_feature {
  const char *name;
  uint32_t word, bit;
  uint32_t state; /* bits of XCR0 that it needs */
} x86_feature;

static const x86_feature x86_features[] = {
    {"sse3", LEAF_1_ECX, 0, 0},
    {"ssse3", LEAF_1_ECX, 9, 0},
    {"fma", LEAF_1_ECX, 12, STATE_AVX},
    {"sse4.1", LEAF_1_ECX, 19, 0},
    {"sse4.2", LEAF_1_ECX, 20, 0},
    {"movbe", LEAF_1_ECX, 22, 0},
    {"popcnt", LEAF_1_ECX, 23, 0},
    {"avx", LEAF_1_ECX, 28, STATE_AVX},
    {"f16c", LEAF_1_ECX, 29, STATE_AVX},
    {"bmi", LEAF_7_EBX, 3, 0},
    {"bmi1", LEAF_7_EBX, 3, 0},
    {"avx2", LEAF_7_EBX, 5, STATE_AVX},
    {"bmi2", LEAF_7_EBX, 8, 0},
    {"avx512f", LEAF_7_EBX, 16, STATE_AVX512},
    {"avx512dq", LEAF_7_EBX, 17, STATE_AVX512},
    {"avx512cd", LEAF_7_EBX, 28, STATE_AVX512},
    {"avx512bw", LEAF_7_EBX, 30, STATE_AVX512},
    {"avx512vl", LEAF_7_EBX, 31, STATE_AVX512},
    {"avx512vbmi", LEAF_7_ECX, 1, STATE_AVX512},
    {"avx512vnni", LEAF_7_ECX, 11, STATE_AVX512},
};

typedef struct arm_feature {
  const char *name;
  uint32_t bit; /* of AT_HWCAP */
} arm_feature;

static const arm_feature arm_features[] = {
    {"neon", 1}, {"asimd", 1}, {"lse", 8}, {"fullfp16", 10}, {"fp16", 10}, {"dotprod", 20}, {"sve", 22},
};

/* The next name of a list "a,b"; empty at the end. */
static coco_string next_name(const char **list) {
  while (**list == ',') ++*list;
  size_t size = strcspn(*list, ",");
  coco_string name = {*list, size};
  *list += size;
  return name;
}

static LLVMValueRef masked_equal(coco_translator *translator, LLVMValueRef value, uint32_t mask) {
  LLVMTypeRef type = LLVMTypeOf(value);
  LLVMValueRef wanted = LLVMConstInt(type, mask, 0);
  return LLVMBuildICmp(translator->builder, LLVMIntEQ, LLVMBuildAnd(translator->builder, value, wanted, ""), wanted,
                       "");
}

/* Register NUMBER (eax, ebx, ecx, edx) of CPUID at LEAF, subleaf 0. */
static LLVMValueRef read_cpuid(coco_translator *translator, uint32_t leaf, unsigned number) {
  static const char text[] = "cpuid", constraints[] = "={ax},={bx},={cx},={dx},{ax},{cx},~{dirflag},~{fpsr},~{flags}";
  LLVMTypeRef word = LLVMInt32TypeInContext(translator->llvm);
  LLVMTypeRef result = LLVMStructTypeInContext(translator->llvm, (LLVMTypeRef[]){word, word, word, word}, 4, 0);
  LLVMTypeRef type = LLVMFunctionType(result, (LLVMTypeRef[]){word, word}, 2, 0);
  LLVMValueRef code = LLVMGetInlineAsm(type, text, sizeof text - 1, constraints, sizeof constraints - 1, 1, 0,
                                       LLVMInlineAsmDialectATT, 0);
  LLVMValueRef arguments[] = {LLVMConstInt(word, leaf, 0), LLVMConstInt(word, 0, 0)};
  return LLVMBuildExtractValue(translator->builder, LLVMBuildCall2(translator->builder, type, code, arguments, 2, ""),
                               number, "");
}

/* The low half of XCR0. Spelt as bytes: assemblers differ in when they know the mnemonic. */
static LLVMValueRef read_state(coco_translator *translator) {
  static const char text[] = ".byte 0x0f, 0x01, 0xd0", constraints[] = "={ax},={dx},{cx},~{dirflag},~{fpsr},~{flags}";
  LLVMTypeRef word = LLVMInt32TypeInContext(translator->llvm);
  LLVMTypeRef result = LLVMStructTypeInContext(translator->llvm, (LLVMTypeRef[]){word, word}, 2, 0);
  LLVMTypeRef type = LLVMFunctionType(result, &word, 1, 0);
  LLVMValueRef code = LLVMGetInlineAsm(type, text, sizeof text - 1, constraints, sizeof constraints - 1, 1, 0,
                                       LLVMInlineAsmDialectATT, 0);
  LLVMValueRef zero = LLVMConstInt(word, 0, 0);
  return LLVMBuildExtractValue(translator->builder, LLVMBuildCall2(translator->builder, type, code, &zero, 1, ""), 0,
                               "");
}

/* Conditions are joined by branches, not by `and`: leaf 7 and XGETBV exist only where earlier answers say so. */
typedef struct chain {
  coco_translator *translator;
  LLVMBasicBlockRef failed, sources[8];
  unsigned count;
} chain;

static void require(chain *links, LLVMValueRef condition) {
  LLVMBuilderRef builder = links->translator->builder;
  LLVMBasicBlockRef next = coco_new_block(links->translator, "");
  links->sources[links->count++] = LLVMGetInsertBlock(builder);
  LLVMBuildCondBr(builder, condition, next, links->failed);
  LLVMPositionBuilderAtEnd(builder, next);
}

static LLVMValueRef finish(chain *links) {
  coco_translator *translator = links->translator;
  LLVMBasicBlockRef passed = LLVMGetInsertBlock(translator->builder);
  LLVMBuildBr(translator->builder, links->failed);
  LLVMPositionBuilderAtEnd(translator->builder, links->failed);
  LLVMTypeRef bit = LLVMInt1TypeInContext(translator->llvm);
  LLVMValueRef result = LLVMBuildPhi(translator->builder, bit, ""), no = LLVMConstInt(bit, 0, 0),
               yes = LLVMConstInt(bit, 1, 0);
  for (unsigned i = 0; i < links->count; ++i) LLVMAddIncoming(result, &no, &links->sources[i], 1);
  LLVMAddIncoming(result, &yes, &passed, 1);
  return result;
}

static LLVMValueRef check_x86(coco_translator *translator, const uint32_t *words, uint32_t state) {
  enum { EAX, EBX, ECX, OSXSAVE = 1 << 27 };
  chain links = {.translator = translator, .failed = coco_new_block(translator, "")};
  /* CPUID is slow on virtual machines. A processor that saves AVX's state has leaf 13, hence leaf 7: no need to ask
   * leaf 0. */
  if (!state)
    require(&links, LLVMBuildICmp(translator->builder, LLVMIntUGE, read_cpuid(translator, 0, EAX),
                                  coco_constant_i32(translator, 7), ""));
  require(&links, masked_equal(translator, read_cpuid(translator, 1, ECX),
                               words[LEAF_1_ECX] | (state ? (uint32_t)OSXSAVE : 0)));
  if (words[LEAF_7_EBX]) require(&links, masked_equal(translator, read_cpuid(translator, 7, EBX), words[LEAF_7_EBX]));
  if (words[LEAF_7_ECX]) require(&links, masked_equal(translator, read_cpuid(translator, 7, ECX), words[LEAF_7_ECX]));
  if (state) require(&links, masked_equal(translator, read_state(translator), state));
  return finish(&links);
}

static LLVMValueRef check_arm(coco_translator *translator, uint32_t wanted) {
  enum { AT_HWCAP_KEY = 16 };
  LLVMTypeRef word = LLVMInt64TypeInContext(translator->llvm);
  LLVMValueRef key = coco_constant_i64(translator, AT_HWCAP_KEY);
  return masked_equal(translator, coco_call_library(translator, "getauxval", word, &key, 1), wanted);
}

static coco_status unknown_feature(coco_translator *translator, coco_string name) {
  return coco_error(translator->context, translator->source->location,
                    "the processor feature '%.*s' has no check at run time", COCO_PRINT(name));
}

static coco_status translate_x86(coco_translator *translator, const char *requirements, LLVMValueRef *out) {
  uint32_t words[X86_WORDS] = {0}, state = 0;
  for (coco_string name = next_name(&requirements); name.size; name = next_name(&requirements)) {
    size_t i = 0, count = sizeof x86_features / sizeof *x86_features;
    while (i < count && !coco_string_is(name, x86_features[i].name)) ++i;
    if (i == count) return unknown_feature(translator, name);
    words[x86_features[i].word] |= UINT32_C(1) << x86_features[i].bit;
    state |= x86_features[i].state;
  }
  if (words[LEAF_1_ECX] | words[LEAF_7_EBX] | words[LEAF_7_ECX]) *out = check_x86(translator, words, state);
  return COCO_OK;
}

static coco_status translate_arm(coco_translator *translator, const char *requirements, LLVMValueRef *out) {
  uint32_t wanted = 0;
  for (coco_string name = next_name(&requirements); name.size; name = next_name(&requirements)) {
    size_t i = 0, count = sizeof arm_features / sizeof *arm_features;
    while (i < count && !coco_string_is(name, arm_features[i].name)) ++i;
    if (i == count) return unknown_feature(translator, name);
    wanted |= UINT32_C(1) << arm_features[i].bit;
  }
  /* Every AArch64 processor of a system with an operating system has Advanced SIMD. */
  if (wanted & ~UINT32_C(2)) *out = check_arm(translator, wanted);
  return COCO_OK;
}

coco_status coco_translate_processor_check(coco_translator *translator, const char *requirements, LLVMValueRef *out) {
  *out = NULL;
  coco_string triple = coco_string_from(translator->request->triple);
  if (!requirements || !*requirements) return COCO_OK;
  if (coco_string_starts_with(triple, COCO_STRING("x86_64"))) return translate_x86(translator, requirements, out);
  if (coco_string_starts_with(triple, COCO_STRING("aarch64")) || coco_string_starts_with(triple, COCO_STRING("arm64")))
    return translate_arm(translator, requirements, out);
  return coco_error(translator->context, translator->source->location, "no check of processor features is known for %s",
                    translator->request->triple);
}
