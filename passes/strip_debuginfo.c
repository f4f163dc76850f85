/* Removes the locations of all operations, the root's among them: each becomes unknown. Needs nothing, keeps everything
 * else; what reports a layer by its name afterwards has none. Linear in operations. */
#include "ir/attribute.h"
#include "passes/passes.h"

enum { STRIPPED };
static const char *const statistics[] = {"locations removed"};

static coco_status run(coco_pass *pass, coco_operation *root) {
  const coco_location *unknown = coco_location_unknown(pass->context);
  if (!unknown) return COCO_OUT_OF_MEMORY;
  for (coco_operation *operation = root; operation; operation = coco_walk_next(operation, root)) {
    if (operation->location == unknown) continue;
    operation->location = unknown;
    pass->changed = true;
    ++pass->statistics[STRIPPED];
  }
  return COCO_OK;
}

const coco_pass_definition coco_pass_strip_debuginfo = {.name = "strip-debuginfo",
                                                        .documentation = "Remove the locations of all operations.",
                                                        .statistics = statistics,
                                                        .statistic_count = sizeof statistics / sizeof *statistics,
                                                        .run = run};
