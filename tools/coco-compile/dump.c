/* --dump-ir: one file for each level, and files of weights that levels share. */
#include <stdio.h>

#include "ir/printer.h"
#include "tools/coco-compile/compile.h"

/* The blobs that a module names: the sum does not depend on their order. */
static coco_walk_result hash_resources(coco_operation *operation, void *user) {
  uint64_t *sum = user;
  for (uint16_t i = 0; i < operation->definition->attribute_count; ++i) {
    const coco_attribute *value = operation->properties[i];
    if (coco_attribute_is(value, COCO_ATTRIBUTE_DENSE_RESOURCE)) *sum += coco_hash_bytes(value->resource->name.data, value->resource->name.size, value->resource->size);
  }
  return COCO_WALK_ON;
}

/* The name of a file with the weights of MODULE, written now or before. */
static coco_status find_sidecar(const coco_tool *tool, compile_dumps *dumps, const char *directory, const char *base, coco_operation *module, const char **out) {
  uint64_t hash = 0;
  char path[1024];
  coco_operation_walk(module, COCO_PRE_ORDER, hash_resources, &hash);
  for (size_t i = 0; i < dumps->sidecar_count; ++i)
    if (dumps->hashes[i] == hash) {
      *out = dumps->sidecars[i];
      return COCO_OK;
    }
  size_t index = dumps->sidecar_count < COMPILE_MAXIMUM_SIDECARS ? dumps->sidecar_count++ : COMPILE_MAXIMUM_SIDECARS - 1;
  dumps->hashes[index] = hash;
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
