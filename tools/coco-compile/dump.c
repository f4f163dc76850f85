/* --dump-ir: one file for each level. */
#include <stdio.h>

#include "ir/printer.h"
#include "tools/coco-compile/compile.h"

coco_status compile_dump(const coco_tool *tool, const char *directory, unsigned number, const char *level, const coco_target_variant *variant, coco_operation *module) {
  char base[64], path[1024], sidecar[96], weights[1024];
  snprintf(base, sizeof base, "%u-%s%s%s", number, level, variant ? "-" : "", variant ? variant->name : "");
  snprintf(sidecar, sizeof sidecar, "%s.safetensors", base);
  if (snprintf(path, sizeof path, "%s/%s.mlir", directory, base) >= (int)sizeof path || snprintf(weights, sizeof weights, "%s/%s", directory, sidecar) >= (int)sizeof weights)
    return coco_tool_error(tool, "the folder of --dump-ir has too long a name");
  coco_status status = coco_write_sidecar(module, weights);
  if (status == COCO_IO_ERROR) return coco_tool_error(tool, "cannot write '%s'", weights);
  if (status != COCO_OK) return status;
  coco_buffer text = COCO_BUFFER(coco_context_allocator(tool->context));
  coco_print_options options = {.locations = true, .sidecar = coco_string_from(sidecar)};
  status = coco_print_operation(&text, module, &options);
  int error = 0;
  coco_string part = coco_buffer_view(&text);
  if (status == COCO_OK) status = coco_file_write(path, &part, 1, &error);
  coco_buffer_free(&text);
  return status == COCO_IO_ERROR ? coco_tool_error(tool, "cannot write '%s': %s", path, strerror(error)) : status;
}
