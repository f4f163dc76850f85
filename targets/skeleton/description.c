/* A target to start from: it is listed, and describes nothing yet. */
#include "lowering/target.h"

extern const coco_target_description coco_skeleton_description;

const coco_target_description coco_skeleton_description = {
    .name = "skeleton",
    .documentation = "Makes no code: the place from which to start a new target.",
};
