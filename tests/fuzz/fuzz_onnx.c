/* Fuzzes the ONNX import: whatever the bytes are, it answers a module that verifies and can be exported, or a
 * diagnostic. */
#include "api/registry.h"
#include "frontends/onnx/export.h"
#include "frontends/onnx/import.h"
#include "ir/verifier.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void export_module(coco_operation *module) {
  coco_buffer bytes = COCO_BUFFER(&coco_heap);
  if (coco_onnx_export(module, &bytes) == COCO_OK && bytes.size == 0) __builtin_trap();
  coco_buffer_free(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  coco_context *context;
  coco_operation *module = NULL;
  if (coco_context_create(NULL, &context) != COCO_OK) return 0;
  coco_status status = coco_register_all_dialects(context);
  if (status == COCO_OK)
    status = coco_onnx_import(context, (coco_string){(const char *)data, size}, COCO_STRING("-"), &module);
  if (status == COCO_OK) {
    /* The import checks what it builds: what the verifier refuses is a mistake of ours. */
    if (coco_verify(module) != COCO_OK) __builtin_trap();
    export_module(module);
    coco_operation_erase(module);
  } else if (status == COCO_REPORTED && coco_error_count(context) == 0) {
    __builtin_trap();
  }
  coco_context_destroy(context);
  return 0;
}
