/* The stored form of lr.pattern_conv, for those who look into it or change it. */
#ifndef COCO_DIALECTS_LR_PATTERN_H
#define COCO_DIALECTS_LR_PATTERN_H

#include "dialects/pattern/fkw.h"
#include "dialects/shared/window.h"
#include "ir/operation.h"

/* The plain form of CONV, without shifts, checked, in ARENA. *out_wrong says what is wrong, NULL when nothing is;
 * *out_known is false, and OUT untouched, when its arrays are no constants at hand. */
coco_status coco_lr_pattern_read(const coco_operation *conv, coco_arena *arena, coco_fkw *out, bool *out_known,
                                 const char **out_wrong) COCO_MUST_USE;

/* ---- Layers that read and write patches: lr.pattern_conv and lr.pointwise_conv ---- */

enum { COCO_LR_PATCH_POOL = 4 }; /* positions along an axis of a window over patches */

bool coco_lr_takes_patches(const coco_operation *operation);
/* Whether an operation is an lr.window of f32 images that only leaves out rows and columns: with a kernel of one
 * position, without padding or epilogue. Then it can write any grid of patches from any layout. */
bool coco_lr_picks_pixels(const coco_operation *operation);
/* Whether an operation is an lr.window of f32 images, without an epilogue, that takes the largest of few positions, all
 * inside the image wherever it stands, and goes on to the image's end. Then it can go from patches to patches. */
bool coco_lr_pools_patches(const coco_operation *operation);
/* The window of a layer that takes patches. */
coco_window coco_lr_patched_window(const coco_operation *conv);

#endif
