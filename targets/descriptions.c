/* The list of target descriptions. A description needs no LLVM, so that every pass can run where code cannot be made.
 */
#include "lowering/target.h"

#define TARGETS(TARGET) TARGET(host) TARGET(arm64) TARGET(skeleton)

#define TARGET_DECLARATION(symbol) extern const coco_target_description coco_##symbol##_description;
TARGETS(TARGET_DECLARATION)

#define TARGET_ENTRY(symbol) &coco_##symbol##_description,
const coco_target_description *const coco_target_descriptions[] = {TARGETS(TARGET_ENTRY) NULL};
