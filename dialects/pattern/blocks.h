/* Blocks: the compact form of weights that are pruned in blocks of 16 outputs by one input, or block-punched.
 *
 * Outputs stand in blocks of 16 neighbours; an input is kept for a whole block or not at all. The inputs are those of a
 * sum of products: of a matrix product k, of a convolution (channel, kernel position) as channel * positions +
 * position. With B = ceil(outputs / 16) and K kept inputs of all blocks:
 *
 * - offset [B + 1]: block b has the kept inputs offset[b] to offset[b + 1]
 * - index [K]: their numbers, ascending in each block
 * - weights [K][16]: lane l is the weight of output 16 * b + l; zero past the last output
 *
 * Invariant, checked by coco_blocks_check: offset does not fall, index ascends in each block and is in range. Each
 * output adds its products by ascending input, which is the order of the dense layer. Everything is linear in the dense
 * weights or in the arrays. */
#ifndef COCO_DIALECTS_PATTERN_BLOCKS_H
#define COCO_DIALECTS_PATTERN_BLOCKS_H

#include "dialects/shared/products.h"
#include "ir/base/memory.h"

enum { COCO_BLOCK_OUTPUTS = 16, COCO_BLOCKS_MAX_EXTENT = 1 << 24 };

typedef struct coco_blocks {
  uint32_t outputs, depth; /* depth: inputs of one output's sum */
  uint32_t kept;
  uint32_t *offset, *index;
  float *weights;
} coco_blocks;

/* Dense weights: that of output o and input k is at[o * output_stride + k * input_stride]. */
typedef struct coco_blocks_dense {
  const float *at;
  uint32_t outputs, depth;
  size_t output_stride, input_stride;
} coco_blocks_dense;

static inline uint32_t coco_blocks_rows(uint32_t outputs) {
  return (outputs + COCO_BLOCK_OUTPUTS - 1) / COCO_BLOCK_OUTPUTS;
}

/* What is wrong with the extents, NULL when nothing is. */
const char *coco_blocks_extents_check(int64_t outputs, int64_t depth);
/* What is wrong with the arrays, whose lengths are right; NULL when nothing is. */
const char *coco_blocks_check(const coco_blocks *blocks);

/* How many (block, input) pairs have a weight that is not zero, how many weights there are in these, and how many of
 * them are not zero; how many outputs have none in blocks that keep some input. A zero of either sign is zero. */
typedef struct coco_blocks_count {
  size_t kept, weights, nonzero, empty;
} coco_blocks_count;
coco_blocks_count coco_blocks_survey(const coco_blocks_dense *dense);

/* Pairs of zeros are left out; the weights of others keep their bits. The extents are checked. */
coco_status coco_blocks_from_dense(const coco_blocks_dense *dense, coco_arena *arena, coco_blocks *out) COCO_MUST_USE;
/* The same numbers in their places, as [outputs][depth]; +0.0 elsewhere. */
void coco_blocks_to_dense(const coco_blocks *blocks, float *weights);

/* The blocks whose inputs [i * unit, (i + 1) * unit) are those of channel CHANNELS[i], COUNT channels, each at most
 * once. */
coco_status coco_blocks_select(const coco_blocks *blocks, const uint32_t *channels, uint32_t count, uint32_t unit,
                               coco_arena *arena, coco_blocks *out) COCO_MUST_USE;

/* What the blocks make of ROWS vectors of DEPTH: OUTPUT is [rows][outputs]. Each step is one fused multiply-add. */
coco_status coco_blocks_multiply(const coco_blocks *blocks, int64_t rows, const float *input, coco_arena *scratch,
                                 float *output) COCO_MUST_USE;
/* What they make of images: OUTPUT, which is zero on entry, gets its sums. One group; depth is that of the window. */
void coco_blocks_convolve(const coco_blocks *blocks, const coco_convolution *convolution, const float *input,
                          float *output);

#endif
