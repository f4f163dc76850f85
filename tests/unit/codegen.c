/* Tests of emission from outside: what a caller can ask for that no target of ours does. */
#include "ir/parser.h"
#include "lowering/llvm/emit.h"
#include "tests/unit/support.h"

static const char plain[] = "func.func @main(%x: memref<4xf32>, %y: memref<4xf32>) attributes "
                            "{coco.inputs = [\"x\"], coco.outputs = [\"y\"]} {\n  return\n}\n";
static const char other[] = "func.func @main(%x: memref<4xf32>, %y: memref<4xf32>) attributes "
                            "{coco.inputs = [\"x\", \"y\"], coco.outputs = []} {\n  return\n}\n";
static const char unnamed[] = "func.func @main(%x: memref<4xf32>) attributes {coco.inputs = [\"x\"]} {\n  return\n}\n";

static const coco_target_variant any = {.name = "any", .cpu = "", .features = "", .requirements = ""};
static const coco_target_variant better = {.name = "better", .cpu = "", .features = "", .requirements = "avx2"};
static const coco_target_variant magic = {.name = "magic", .cpu = "", .features = "", .requirements = "avx2,magic"};

/* LLVM IR for TRIPLE of one or two variants; ERROR is a part of what is said, NULL: nothing is. */
static void emit(const char *triple, const coco_target_variant *first, const char *text, const char *second_text,
                 const char *error) {
  fixture f;
  coco_operation *modules[2] = {NULL, NULL};
  coco_weights weights;
  coco_buffer out = COCO_BUFFER(&coco_heap);
  set_up(&f, NULL);
  cr_assert_eq(coco_parse_module(f.context, coco_string_from(text), COCO_STRING("first"), &modules[0]), COCO_OK);
  if (second_text)
    cr_assert_eq(coco_parse_module(f.context, coco_string_from(second_text), COCO_STRING("second"), &modules[1]),
                 COCO_OK);
  cr_assert_eq(coco_weights_create(f.context, &weights), COCO_OK);
  const coco_emission_variant variants[] = {{first, modules[0]}, {&any, modules[1]}};
  const coco_emission_request request = {.name = COCO_STRING("net"),
                                         .triple = triple,
                                         .variants = variants,
                                         .variant_count = second_text ? 2 : 1,
                                         .weights = &weights,
                                         .placement = COCO_WEIGHTS_EXTERNAL};
  coco_status status = coco_llvm_emit(f.context, &request, COCO_EMIT_LLVM_IR, &out);
  cr_expect_eq(status, error ? COCO_REPORTED : COCO_OK, "%s", f.seen.text);
  cr_expect(!error || strstr(f.seen.text, error), "got: %s", f.seen.text);
  coco_buffer_free(&out);
  coco_weights_destroy(&weights);
  for (size_t i = 0; i < 2; ++i)
    if (modules[i]) coco_operation_erase(modules[i]);
  tear_down(&f);
}

Test(codegen, variants_of_one_interface) {
  emit("x86_64-unknown-linux-gnu", &better, plain, plain, NULL);
  emit("x86_64-unknown-linux-gnu", &better, plain, other, "'func.func' op has another interface than the first variant");
  emit("x86_64-unknown-linux-gnu", &any, unnamed, NULL,
       "'func.func' op lacks the attributes coco.inputs and coco.outputs, which name the arguments");
}

Test(codegen, what_a_processor_must_have_can_be_asked) {
  emit("x86_64-unknown-linux-gnu", &magic, plain, plain, "the processor feature 'magic' has no check at run time");
  emit("aarch64-unknown-linux-gnu", &better, plain, plain, "the processor feature 'avx2' has no check at run time");
  emit("i686-unknown-linux-gnu", &better, plain, plain,
       "no check of processor features is known for i686-unknown-linux-gnu");
}

Test(codegen, what_llvm_refuses_is_told_in_its_words) {
  emit("pdp11-unknown-none", &any, plain, NULL, "LLVM: ");
}
