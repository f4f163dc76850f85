/* --emit-llvm. Without code generation in the build, it says so. */
#include "tools/coco-translate/translate.h"

#ifdef COCO_HAS_CODEGEN
#include "api/registry.h"
#include "targets/compile.h"

coco_status coco_translate_to_llvm(coco_tool *tool, const char *input, coco_operation *module, coco_buffer *out) {
  char text[128];
  const coco_attribute *attached = coco_operation_get(module, COCO_STRING("coco.target"));
  const coco_attribute *name = coco_attribute_is(attached, COCO_ATTRIBUTE_DICTIONARY)
                                   ? coco_dictionary_get(attached, COCO_STRING("name"))
                                   : NULL;
  coco_string symbol = coco_compile_symbol(input, text, sizeof text);
  coco_compile_options options = {
      .target = coco_target_select(coco_attribute_is(name, COCO_ATTRIBUTE_STRING) ? name->text : COCO_STRING("host")),
      .name = symbol.size ? symbol : COCO_STRING("model"),
      .kind = COCO_EMIT_LLVM_IR,
      .weights = COCO_WEIGHTS_EXTERNAL,
      .first_variant = true,
      .as_translated = true,
      .compiler = COCO_STRING("coco " COCO_VERSION),
      .passes = coco_all_passes()};
  if (!options.target) return coco_tool_error(tool, "the module's coco.target names no target of this build");
  coco_compiled compiled;
  COCO_TRY(coco_compile(tool->context, module, &options, &compiled));
  coco_buffer_string(out, coco_buffer_view(&compiled.code));
  coco_compiled_destroy(&compiled);
  return out->status;
}
#else
coco_status coco_translate_to_llvm(coco_tool *tool, const char *input, coco_operation *module, coco_buffer *out) {
  (void)input, (void)module, (void)out;
  return coco_tool_error(tool, "this build makes no LLVM IR: it was configured with COCO_CODEGEN=OFF");
}
#endif
