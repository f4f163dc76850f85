/* The list of target descriptions. A description needs no LLVM, so that every pass can run where code cannot be made. */
#include "lowering/target.h"

#define TARGET(symbol) extern const coco_target_description coco_##symbol##_description;
#include "targets/targets.def"
#undef TARGET

#define TARGET(symbol) &coco_##symbol##_description,
const coco_target_description *const coco_target_descriptions[] = {
#include "targets/targets.def"
    NULL};
#undef TARGET
