/* Blocks of 16 outputs by one input: made from dense weights, made dense again, checked, multiplied. */
#include "dialects/pattern/blocks.h"

#include <string.h>

enum { LANES = COCO_BLOCK_OUTPUTS };

const char *coco_blocks_extents_check(int64_t outputs, int64_t depth) {
  if (outputs < 1 || outputs > COCO_BLOCKS_MAX_EXTENT) return "there must be 1 to 16777216 outputs";
  if (depth < 1 || depth > COCO_BLOCKS_MAX_EXTENT) return "there must be 1 to 16777216 inputs";
  if ((outputs + LANES - 1) / LANES * depth * LANES > INT32_MAX) return "there are too many weights";
  return NULL;
}

const char *coco_blocks_check(const coco_blocks *blocks) {
  const uint32_t rows = coco_blocks_rows(blocks->outputs);
  if (blocks->offset[0] != 0) return "offset must begin with 0";
  for (uint32_t row = 0; row < rows; ++row)
    if (blocks->offset[row + 1] < blocks->offset[row]) return "offset must not fall";
  if (blocks->offset[rows] != blocks->kept) return "offset must end with the number of kept inputs";
  for (uint32_t row = 0; row < rows; ++row)
    for (uint32_t k = blocks->offset[row]; k < blocks->offset[row + 1]; ++k) {
      if (blocks->index[k] >= blocks->depth) return "index names an input that does not exist";
      if (k > blocks->offset[row] && blocks->index[k] <= blocks->index[k - 1]) return "index must ascend in each block";
    }
  return NULL;
}

/* The outputs of block ROW whose weight for input K is not zero, as bits. */
static uint32_t outputs_at(const coco_blocks_dense *dense, uint32_t row, uint32_t k) {
  const uint32_t first = row * LANES, end = first + LANES < dense->outputs ? first + LANES : dense->outputs;
  const float *at = dense->at + k * dense->input_stride;
  uint32_t outputs = 0;
  for (uint32_t o = first; o < end; ++o) outputs |= (uint32_t)(at[o * dense->output_stride] != 0) << (o - first);
  return outputs;
}

coco_blocks_count coco_blocks_survey(const coco_blocks_dense *dense) {
  coco_blocks_count count = {0};
  for (uint32_t row = 0; row < coco_blocks_rows(dense->outputs); ++row) {
    const uint32_t left = dense->outputs - row * LANES, lanes = left < LANES ? left : LANES;
    uint32_t any = 0;
    for (uint32_t k = 0; k < dense->depth; ++k) {
      const uint32_t outputs = outputs_at(dense, row, k);
      count.nonzero += (size_t)__builtin_popcount(outputs);
      count.kept += outputs != 0;
      count.weights += outputs ? lanes : 0;
      any |= outputs;
    }
    if (any) count.empty += lanes - (size_t)__builtin_popcount(any);
  }
  return count;
}

static void gather(const coco_blocks_dense *dense, uint32_t row, uint32_t k, float *lanes) {
  for (uint32_t l = 0; l < LANES; ++l) {
    const uint32_t output = row * LANES + l;
    lanes[l] = output < dense->outputs ? dense->at[output * dense->output_stride + k * dense->input_stride] : 0;
  }
}

coco_status coco_blocks_from_dense(const coco_blocks_dense *dense, coco_arena *arena, coco_blocks *out) {
  const size_t kept = coco_blocks_survey(dense).kept;
  const uint32_t rows = coco_blocks_rows(dense->outputs);
  *out = (coco_blocks){.outputs = dense->outputs, .depth = dense->depth, .kept = (uint32_t)kept};
  out->offset = coco_arena_allocate_zeroed(arena, (size_t)rows + 1, sizeof *out->offset);
  out->index = coco_arena_allocate_zeroed(arena, kept + 1, sizeof *out->index);
  out->weights = coco_arena_allocate_zeroed(arena, (kept + 1) * LANES, sizeof *out->weights);
  if (!out->offset || !out->index || !out->weights) return COCO_OUT_OF_MEMORY;
  uint32_t next = 0;
  for (uint32_t row = 0; row < rows; ++row) {
    for (uint32_t k = 0; k < dense->depth; ++k) {
      if (!outputs_at(dense, row, k)) continue;
      gather(dense, row, k, out->weights + (size_t)next * LANES);
      out->index[next++] = k;
    }
    out->offset[row + 1] = next;
  }
  return COCO_OK;
}

void coco_blocks_to_dense(const coco_blocks *blocks, float *weights) {
  memset(weights, 0, (size_t)blocks->outputs * blocks->depth * sizeof *weights);
  for (uint32_t row = 0; row < coco_blocks_rows(blocks->outputs); ++row)
    for (uint32_t k = blocks->offset[row]; k < blocks->offset[row + 1]; ++k)
      for (uint32_t l = 0; l < LANES && row * LANES + l < blocks->outputs; ++l)
        memcpy(&weights[(size_t)(row * LANES + l) * blocks->depth + blocks->index[k]],
               &blocks->weights[(size_t)k * LANES + l], sizeof *weights);
}

coco_status coco_blocks_select(const coco_blocks *blocks, const uint32_t *channels, uint32_t count, uint32_t unit,
                               coco_arena *arena, coco_blocks *out) {
  const uint32_t rows = coco_blocks_rows(blocks->outputs);
  *out = (coco_blocks){.outputs = blocks->outputs, .depth = count * unit};
  out->offset = coco_arena_allocate_zeroed(arena, (size_t)rows + 1, sizeof *out->offset);
  out->index = coco_arena_allocate_zeroed(arena, (size_t)blocks->kept + 1, sizeof *out->index);
  out->weights = coco_arena_allocate_zeroed(arena, ((size_t)blocks->kept + 1) * LANES, sizeof *out->weights);
  /* 1 + where input k of the block at hand is kept; 0: it is not. */
  uint32_t *kept_at = coco_arena_allocate_zeroed(arena, (size_t)blocks->depth + 1, sizeof *kept_at);
  if (!out->offset || !out->index || !out->weights || !kept_at) return COCO_OUT_OF_MEMORY;
  for (uint32_t row = 0; row < rows; ++row) {
    for (uint32_t k = blocks->offset[row]; k < blocks->offset[row + 1]; ++k) kept_at[blocks->index[k]] = k + 1;
    for (uint32_t k = 0; k < count * unit; ++k) {
      const uint32_t at = kept_at[channels[k / unit] * unit + k % unit];
      if (!at) continue;
      memcpy(out->weights + (size_t)out->kept * LANES, blocks->weights + (size_t)(at - 1) * LANES,
             LANES * sizeof(float));
      out->index[out->kept++] = k;
    }
    out->offset[row + 1] = out->kept;
    for (uint32_t k = blocks->offset[row]; k < blocks->offset[row + 1]; ++k) kept_at[blocks->index[k]] = 0;
  }
  return COCO_OK;
}

/* ---- Products ---- */

static uint32_t lanes_of(const coco_blocks *blocks, uint32_t row) {
  const uint32_t left = blocks->outputs - row * LANES;
  return left < LANES ? left : LANES;
}

/* The kept inputs of a block, side by side, are a dense product with its weights. */
coco_status coco_blocks_multiply(const coco_blocks *blocks, int64_t rows, const float *input, coco_arena *scratch,
                                 float *output) {
  float *inputs = coco_arena_allocate(scratch, ((size_t)blocks->depth + 1) * sizeof *inputs), sums[LANES];
  if (!inputs) return COCO_OUT_OF_MEMORY;
  for (int64_t i = 0; i < rows; ++i)
    for (uint32_t row = 0; row < coco_blocks_rows(blocks->outputs); ++row) {
      const uint32_t first = blocks->offset[row], count = blocks->offset[row + 1] - first;
      for (uint32_t k = 0; k < count; ++k) inputs[k] = input[i * blocks->depth + blocks->index[first + k]];
      memset(sums, 0, sizeof sums);
      coco_multiply_f32(1, LANES, count, inputs, (coco_matrix_view){count, 1}, blocks->weights + (size_t)first * LANES,
                        (coco_matrix_view){LANES, 1}, sums);
      memcpy(output + i * blocks->outputs + row * LANES, sums, lanes_of(blocks, row) * sizeof *sums);
    }
  return COCO_OK;
}

void coco_blocks_convolve(const coco_blocks *blocks, const coco_convolution *c, const float *input, float *output) {
  int64_t positions = 1, input_plane = 1, output_plane = 1;
  for (size_t i = 0; i < c->window.rank; ++i) {
    positions *= c->window.kernel[i];
    input_plane *= c->input[i];
    output_plane *= c->output[i];
  }
  for (int64_t n = 0; n < c->batch; ++n)
    for (uint32_t row = 0; row < coco_blocks_rows(blocks->outputs); ++row)
      for (uint32_t k = blocks->offset[row]; k < blocks->offset[row + 1]; ++k) {
        const float *from = input + (n * c->channels + blocks->index[k] / positions) * input_plane;
        float *to = output + (n * c->filters + row * LANES) * output_plane;
        for (uint32_t l = 0; l < lanes_of(blocks, row); ++l)
          coco_convolve_position_f32(c, blocks->index[k] % positions, from, blocks->weights[(size_t)k * LANES + l],
                                     to + l * output_plane);
      }
}
