/* Packing of constant weights into blocks of 16 outputs, the order in which lr.conv and lr.matmul read them. */
#ifndef COCO_DIALECTS_LR_PACK_H
#define COCO_DIALECTS_LR_PACK_H

#include "dialects/lr/winograd.h"
#include "ir/context.h"

/* f32 elements [f, c, kh, kw] -> [ceil(f / 16), c, kh, kw, 16], zeros past f. The resource is named by its content,
 * so that equal packings are one. *out is NULL when the bytes are not at hand or the elements are not f32. */
coco_status coco_lr_pack_conv_weight(coco_context *context, const coco_attribute *weight,
                                     const coco_attribute **out) COCO_MUST_USE;
/* f32 elements [f, c, 3, 3], transformed -> [a * a, ceil(f / 16), c, 16], zeros past f: four times the size and more. */
coco_status coco_lr_pack_winograd_weight(coco_context *context, const coco_attribute *weight,
                                         const coco_winograd *algorithm, const coco_attribute **out) COCO_MUST_USE;
/* f32 elements [k, n] (TRANSPOSED: [n, k]) -> [ceil(n / 16), k, 16]. */
coco_status coco_lr_pack_matmul_weight(coco_context *context, const coco_attribute *weight, bool transposed,
                                       const coco_attribute **out) COCO_MUST_USE;

/* A vector of f32 with zeros behind, up to a multiple of 16; *out is VECTOR itself when it is that long, NULL as above.
 */
coco_status coco_lr_pad_vector(coco_context *context, const coco_attribute *vector,
                               const coco_attribute **out) COCO_MUST_USE;

/* The INDEX of an lr.block_conv of storage plain, not empty, as that of storage placed over INPUT, which has block 16: ui32. *out as
 * above. */
coco_status coco_lr_pack_places(coco_context *context, const coco_attribute *index, const coco_type *input,
                                const coco_window *window, const coco_attribute **out) COCO_MUST_USE;

#endif
