/* Layouts: how a tensor lies in memory, read from and written to #lr.layout. */
#ifndef COCO_DIALECTS_LR_LAYOUT_H
#define COCO_DIALECTS_LR_LAYOUT_H

#include "dialects/shared/window.h"
#include "ir/base/arithmetic.h"
#include "ir/operation.h"

/* block b > 1: [n][ceil(c / b)][top + h + bottom][left + w + right][b]; block 1: [n][c][top + h + bottom][left + w +
 * right]. Block 1 without halo is the dense row-major tensor of any rank, and its attribute is NULL.
 *
 * Patches [a, b], a * b = 16: the image is cut into a rows of b patches, each of ph = ceil(h / a) rows and pw = ceil(w / b)
 * columns, or of `extents`, so many that all of the image is in some patch, and one vector holds the same pixel of all of
 * them: [n][c][top + ph + bottom][left + pw + right][16]. Lane i * b + j of (y, x) is pixel (i * ph + y, j * pw + x); past
 * the image it is zero. The halo holds pixels of the neighbouring patches, zeros at the image's ends. So a convolution
 * reads whole vectors wherever its window stands. */
typedef struct coco_lr_layout_info {
  int64_t block;      /* channels that lie together; 1: none */
  int64_t halo[4];    /* top, left, bottom, right: border of zeros, or of the neighbours' pixels */
  int64_t patches[2]; /* rows and columns of patches; 0: none */
  int64_t extents[2]; /* rows and columns of a patch; 0: as many as it takes */
} coco_lr_layout_info;

enum { COCO_LR_TOP, COCO_LR_LEFT, COCO_LR_BOTTOM, COCO_LR_RIGHT };

static inline bool coco_lr_layout_is_dense(const coco_lr_layout_info *info) {
  return info->block == 1 && !info->patches[0] && !info->halo[0] && !info->halo[1] && !info->halo[2] && !info->halo[3];
}

static inline bool coco_lr_layout_has_patches(const coco_lr_layout_info *info) { return info->patches[0] > 0; }
/* Whether both cut an image alike: halos may differ. */
static inline bool coco_lr_layout_same_patches(const coco_lr_layout_info *a, const coco_lr_layout_info *b) {
  for (size_t i = 0; i < 2; ++i)
    if (a->patches[i] != b->patches[i] || a->extents[i] != b->extents[i]) return false;
  return true;
}
/* Extents of a patch of TENSOR, which has patches: rows, columns; and of one that is to have those of INFO. */
void coco_lr_patch_extents(const coco_type *tensor, int64_t extents[2]);
void coco_lr_layout_extents(const coco_lr_layout_info *info, const coco_type *tensor, int64_t extents[2]);

/* The layout of a tensor type. An encoding that is not #lr.layout reads as dense. */
coco_lr_layout_info coco_lr_layout_of(const coco_type *type);
/* The encoding for INFO: *out is NULL for the dense layout. */
coco_status coco_lr_layout_attribute(coco_context *context, const coco_lr_layout_info *info,
                                     const coco_attribute **out) COCO_MUST_USE;
/* TENSOR with the encoding for INFO; NULL when memory runs out. */
const coco_type *coco_lr_type_with_layout(coco_context *context, const coco_type *tensor,
                                          const coco_lr_layout_info *info);
/* The memref of a tensor's physical storage, halo included: what is to be allocated. NULL when memory runs out.
 * dense: the same shape. Element (n, c, h, w): [n][c / b][top + h][left + w][c % b], or [n][c][top + h][left + w] for
 * block 1. */
const coco_type *coco_lr_physical_memref(coco_context *context, const coco_type *tensor);

/* The border that INPUT needs to hold all that the windows of a RESULT read beside it: top, left, bottom, right. Two
 * spatial axes. */
void coco_lr_halo_needed(const coco_window *window, const coco_type *input, const coco_type *result, int64_t halo[4]);
/* Whether MOVE, an lr.move, copies nothing but whole blocks of channels, from any rows and columns, to other places of the
 * channel axis, over all of its result. */
bool coco_lr_move_shifts_blocks(const coco_operation *move, int64_t block);

/* Whether REDUCE, an lr.reduce, takes rows and columns of an image together and leaves its channels alone: all of both
 * where they do not stay as axes of extent 1. */
bool coco_lr_reduce_keeps_channels(const coco_operation *reduce);

/* Whether a convolution of STORAGE takes its weight packed in blocks of 16 filters, beside the property `filters`. */
bool coco_lr_storage_is_packed(coco_string storage);

#endif
