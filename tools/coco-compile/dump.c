/* --dump-ir: one file for each level, and files of weights that levels share. */
#include <stdio.h>

#include "ir/printer.h"
#include "ir/text/blobs.h"
#include "tools/coco-compile/compile.h"

/* The name of a file with the weights of MODULE, written now or before. */
static coco_status find_sidecar(const coco_tool *tool, compile_dumps *dumps, const char *directory, const char *base, coco_operation *module, const char **out) {
  char hash[COCO_SIDECAR_HASH_SIZE], path[1024];
  COCO_TRY(coco_blobs_hash(module, hash));
  for (size_t i = 0; i < dumps->sidecar_count; ++i)
    if (strcmp(dumps->hashes[i], hash) == 0) {
      *out = dumps->sidecars[i];
      return COCO_OK;
    }
  size_t index = dumps->sidecar_count < COMPILE_MAXIMUM_SIDECARS ? dumps->sidecar_count++ : COMPILE_MAXIMUM_SIDECARS - 1;
  memcpy(dumps->hashes[index], hash, sizeof hash);
  snprintf(dumps->sidecars[index], sizeof dumps->sidecars[index], "%s.safetensors", base);
  *out = dumps->sidecars[index];
  if (snprintf(path, sizeof path, "%s/%s", directory, *out) >= (int)sizeof path) return coco_tool_error(tool, "the folder of --dump-ir has too long a name");
  return coco_tool_write_weights(tool, module, path);
}

coco_status compile_dump(const coco_tool *tool, compile_dumps *dumps, const char *directory, const char *level, const coco_target_variant *variant, coco_operation *module) {
  char base[64], path[1024];
  const char *sidecar;
  snprintf(base, sizeof base, "%u-%s%s%s", dumps->number++, level, variant ? "-" : "", variant ? variant->name : "");
  if (snprintf(path, sizeof path, "%s/%s.mlir", directory, base) >= (int)sizeof path) return coco_tool_error(tool, "the folder of --dump-ir has too long a name");
  COCO_TRY(find_sidecar(tool, dumps, directory, base, module, &sidecar));
  coco_buffer text = COCO_BUFFER(coco_context_allocator(tool->context));
  coco_print_options options = {.locations = true, .sidecar = coco_string_from(sidecar)};
  coco_status status = coco_print_operation(&text, module, &options);
  int error = 0;
  coco_string part = coco_buffer_view(&text);
  if (status == COCO_OK) status = coco_file_write(path, &part, 1, &error);
  coco_buffer_free(&text);
  return status == COCO_IO_ERROR ? coco_tool_error(tool, "cannot write '%s': %s", path, strerror(error)) : status;
}
