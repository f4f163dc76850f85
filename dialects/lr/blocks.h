/* lr.block_matmul and lr.block_conv: their stored form, and where a convolution's inputs lie in memory. */
#ifndef COCO_DIALECTS_LR_BLOCKS_H
#define COCO_DIALECTS_LR_BLOCKS_H

#include "dialects/pattern/pattern.h"

bool coco_lr_is_blocks(const coco_operation *operation);

/* Element K (channel * positions + position) of WINDOW over INPUT, a tensor with a layout of block 16: its distance in
 * memory from element 0. */
int64_t coco_lr_block_place(const coco_type *input, const coco_window *window, int64_t k);
/* The other way round; -1: nothing lies there. */
int64_t coco_lr_block_element(const coco_type *input, const coco_window *window, int64_t place);

/* The blocks of OPERATION with ARRAYS, checked, with the numbers of storage plain. */
coco_status coco_lr_blocks_read(const coco_operation *operation, const coco_pattern_array *arrays, coco_arena *arena,
                                coco_blocks *out, const char **out_wrong) COCO_MUST_USE;

#endif
