/* Joins what the dialects and the libraries of passes contribute. Adding a dialect is a line in
 * api/dialects.def; adding a pass a line in its library's .def. */
#include "api/registry.h"

#include "ir/definition.h"
#include "lowering/lowerings.h"
#include "passes/passes.h"
#include "pruning/pruning.h"

#define DIALECT(name) extern const coco_dialect coco_##name##_dialect;
#include "api/dialects.def"
#undef DIALECT

#define DIALECT(name) &coco_##name##_dialect,
static const coco_dialect *const dialects[] = {
#include "api/dialects.def"
};
#undef DIALECT

coco_status coco_register_all_dialects(coco_context *context) {
  for (size_t i = 0; i < sizeof dialects / sizeof *dialects; ++i)
    COCO_TRY(coco_context_register_dialect(context, dialects[i]));
  return COCO_OK;
}

const coco_pass_registry *coco_all_passes(void) {
  static const coco_pass_definition *const *const lists[] = {coco_passes_list, coco_lowerings_list, coco_pruning_list, NULL};
  static const coco_pass_registry registry = {lists};
  return &registry;
}
