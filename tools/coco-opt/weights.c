/* Weights that passes changed: a module whose weights are in a file beside it must not have new ones
 * spelled out in its text, nor silently keep naming the old file for them. */
#include "ir/text/blobs.h"
#include "ir/text/sidecar.h"
#include "tools/coco-opt/opt.h"

enum { SPELLED_UP_TO = 4096 }; /* as the printer: smaller blobs stand in the text anyway */

static bool is_from_a_file(const coco_resource *resource) {
  coco_string path, hash;
  return coco_sidecar_origin(resource, &path, &hash);
}

/* The first large blob of MODULE that was read from no file; NULL: none. *out_any_file: some other was. */
static coco_status find_new(coco_operation *module, const coco_blobs *blobs, const coco_resource **out_new,
                            bool *out_any_file) {
  coco_pointer_map used = {.allocator = blobs->allocator};
  coco_status status = COCO_OK;
  for (size_t i = 0; i < blobs->parts.count && status == COCO_OK; ++i)
    if (blobs->parts.items[i].data) status = coco_pointer_map_set(&used, blobs->parts.items[i].data, module);
  for (const coco_resource *r = coco_resource_first(module->context); r && status == COCO_OK; r = r->next) {
    if (is_from_a_file(r))
      *out_any_file = true;
    else if (r->data && r->size > SPELLED_UP_TO && !*out_new && coco_pointer_map_contains(&used, r->data))
      *out_new = r;
  }
  coco_pointer_map_free(&used);
  return status;
}

coco_status opt_check_weights(const coco_tool *tool, coco_operation *module) {
  coco_blobs blobs;
  const coco_resource *changed = NULL;
  bool any_file = false;
  coco_status status = coco_blobs_collect(module, &blobs);
  if (status == COCO_OK) status = find_new(module, &blobs, &changed, &any_file);
  coco_blobs_free(&blobs);
  if (status != COCO_OK || !any_file || !changed) return status;
  return coco_tool_error(tool,
                         "the passes made new weights ('%.*s', %zu bytes), which are not in the module's weights file; "
                         "--weights-out=FILE says where to write them",
                         COCO_PRINT(changed->name), changed->size);
}

coco_status opt_name_weights(const coco_tool *tool, const coco_context *context, coco_string input, const char *output,
                             coco_string *out) {
  coco_string path = {0}, hash;
  for (const coco_resource *r = coco_resource_first(context); r && !path.size; r = r->next)
    if (!coco_sidecar_origin(r, &path, &hash)) path.size = 0;
  if (!path.size || strcmp(output, "-") == 0) return COCO_OK;
  size_t folder = input.size;
  while (folder && input.data[folder - 1] != '/') --folder;
  coco_buffer weights = COCO_BUFFER(&coco_heap);
  coco_buffer_format(&weights, "%.*s%.*s", (int)folder, input.data, COCO_PRINT(path));
  coco_buffer_byte(&weights, '\0');
  coco_status status = weights.status;
  if (status == COCO_OK) status = coco_tool_sidecar_name(tool, output, weights.data, out);
  /* For what is no file in a folder the name stays. */
  if (status == COCO_OK && out->data == weights.data) *out = (coco_string){0};
  coco_buffer_free(&weights);
  return status;
}
