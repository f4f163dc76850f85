/* The transforms, and the convolution by plain loops. See winograd.h. Cost of the convolution: that of its products;
 * memory for the transformed tiles of one row of tiles. */
#include "dialects/lr/winograd.h"

#include <math.h>

#include "dialects/lr/lr.h"
#include "dialects/shared/products.h"
#include "ir/base/arithmetic.h"

enum { NOTHING = COCO_WINOGRAD_NOTHING };

/* ---- F(2x2): points 0, 1, -1, infinity ---- */

static const double kernel_2[][3] = {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
/* d0 - d2, d1 + d2, d2 - d1, d3 - d1 */
static const coco_winograd_step input_2[] = {{4, 2, 0, -1}, {5, 1, 2, 1}, {6, 1, 2, -1}, {7, 1, 3, -1}};
/* m0 + m1 + m2, m1 - m2 + m3 */
static const coco_winograd_step output_2[] = {{4, 1, 0, 1}, {4, 2, 4, 1}, {5, 2, 1, -1}, {5, 3, 5, 1}};

/* ---- F(4x4): points 0, 1, -1, 2, -2, infinity ---- */

static const double kernel_4[][3] = {{1.0 / 4, 0, 0},
                                     {-1.0 / 6, -1.0 / 6, -1.0 / 6},
                                     {-1.0 / 6, 1.0 / 6, -1.0 / 6},
                                     {1.0 / 24, 1.0 / 12, 1.0 / 6},
                                     {1.0 / 24, -1.0 / 12, 1.0 / 6},
                                     {0, 0, 1}};
static const coco_winograd_step input_4[] = {
    {6, 2, 4, -5},  {6, 0, 6, 4},                                      /* 4 d0 - 5 d2 + d4 */
    {7, 2, 4, -4},  {8, 1, 3, -4},  {9, 8, 7, 1},    {10, 8, 7, -1},   /* (d4 - 4 d2) + (d3 - 4 d1), - */
    {11, 2, 4, -1}, {12, 1, 3, -1}, {13, 12, 11, 2}, {14, 12, 11, -2}, /* (d4 - d2) + 2 (d3 - d1), - */
    {15, 3, 5, -5}, {15, 1, 15, 4},                                    /* 4 d1 - 5 d3 + d5 */
};
static const coco_winograd_step output_4[] = {
    {6, 2, 1, 1},  {7, 2, 1, -1},  {8, 4, 3, 1}, {9, 4, 3, -1}, /* m1 + m2, m1 - m2, m3 + m4, m3 - m4 */
    {10, 0, 6, 1}, {10, 8, 10, 1},                              /* m0 + (m1 + m2) + (m3 + m4) */
    {11, 9, 7, 2},                                              /* (m1 - m2) + 2 (m3 - m4) */
    {12, 8, 6, 4},                                              /* (m1 + m2) + 4 (m3 + m4) */
    {13, 9, 7, 8}, {13, 5, 13, 1},                              /* (m1 - m2) + 8 (m3 - m4) + m5 */
};

/* ---- F(6x6): points 0, 1, -1, 2, -2, 1/2, -1/2, infinity ---- */

static const double kernel_6[][3] = {{1, 0, 0},
                                     {-2.0 / 9, -2.0 / 9, -2.0 / 9},
                                     {-2.0 / 9, 2.0 / 9, -2.0 / 9},
                                     {1.0 / 90, 1.0 / 45, 2.0 / 45},
                                     {1.0 / 90, -1.0 / 45, 2.0 / 45},
                                     {32.0 / 45, 16.0 / 45, 8.0 / 45},
                                     {32.0 / 45, -16.0 / 45, 8.0 / 45},
                                     {0, 0, 1}};
static const coco_winograd_step input_6[] = {
    {8, 2, 4, -1},       {9, 6, 0, -1},       {9, 8, 9, 5.25f}, /* (d0 - d6) + 21/4 (d4 - d2) */
    {10, 6, 2, 1},       {10, 4, 10, -4.25f},                   /* d2 - 17/4 d4 + d6 */
    {11, 5, 1, 1},       {11, 3, 11, -4.25f},                   /* d1 - 17/4 d3 + d5 */
    {12, 11, 10, 1},     {13, 11, 10, -1},                      /* their sum and difference */
    {14, 2, 6, 0.25f},   {14, 4, 14, -1.25f},                   /* 1/4 d2 - 5/4 d4 + d6 */
    {15, 5, 1, 4},       {15, 3, 15, -5},                       /* d1 - 5 d3 + 4 d5, of which half is added */
    {16, 15, 14, 0.5f},  {17, 15, 14, -0.5f}, {18, 2, 6, 4},    {18, 4, 18, -5}, /* 4 d2 - 5 d4 + d6 */
    {19, 1, 5, 4},       {19, 3, 19, -5}, /* 4 d1 - 5 d3 + d5, of which half is added */
    {20, 19, 18, 0.5f},  {21, 19, 18, -0.5f}, {22, 5, 3, -1},   {23, 1, 7, -1},
    {23, 22, 23, 5.25f}, /* (d7 - d1) + 21/4 (d3 - d5) */
};
static const coco_winograd_step output_6[] = {
    {8, 2, 1, 1},        {9, 2, 1, -1}, /* sums and differences of pairs of points */
    {10, 4, 3, 1},       {11, 4, 3, -1},         {12, 6, 5, 1},        {13, 6, 5, -1},     {14, 0, 8, 1},
    {14, 10, 14, 1},     {14, 12, 14, 1},        {15, 11, 9, 2},       {15, 13, 15, 0.5f}, {16, 10, 8, 4},
    {16, 12, 16, 0.25f}, {17, 11, 9, 8},         {17, 13, 17, 0.125f}, {18, 10, 8, 16},    {18, 12, 18, 0.0625f},
    {19, 11, 9, 32},     {19, 13, 19, 0.03125f}, {19, 7, 19, 1},
};

#define STEPS(list) .steps = (list), .step_count = sizeof(list) / sizeof *(list)
static const coco_winograd algorithms[] = {
    {.storage = "winograd2",
     .tile = 2,
     .reach = 4,
     .kernel = kernel_2,
     .input = {STEPS(input_2), .inputs = 4, .outputs = 4, .results = {4, 5, 6, 7}},
     .output = {STEPS(output_2), .inputs = 4, .outputs = 2, .results = {4, 5}}},
    {.storage = "winograd4",
     .tile = 4,
     .reach = 6,
     .kernel = kernel_4,
     .input = {STEPS(input_4), .inputs = 6, .outputs = 6, .results = {6, 9, 10, 13, 14, 15}},
     .output = {STEPS(output_4), .inputs = 6, .outputs = 4, .results = {10, 11, 12, 13}}},
    {.storage = "winograd6",
     .tile = 6,
     .reach = 8,
     .kernel = kernel_6,
     .input = {STEPS(input_6), .inputs = 8, .outputs = 8, .results = {9, 12, 13, 16, 17, 20, 21, 23}},
     .output = {STEPS(output_6), .inputs = 8, .outputs = 6, .results = {14, 15, 16, 17, 18, 19}}},
};

const coco_winograd *coco_winograd_of_tile(int64_t tile) {
  for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; ++i) {
    if (algorithms[i].tile == tile) return &algorithms[i];
  }
  return NULL;
}

const coco_winograd *coco_winograd_of_storage(coco_string storage) {
  for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; ++i) {
    if (coco_string_is(storage, algorithms[i].storage)) return &algorithms[i];
  }
  return NULL;
}

bool coco_winograd_fits(const coco_window *window) {
  if (window->rank != 2) return false;
  for (size_t i = 0; i < 2; ++i) {
    if (window->kernel[i] != 3 || window->strides[i] != 1 || window->dilations[i] != 1) return false;
  }
  return true;
}

int64_t coco_winograd_tiles(const coco_winograd *algorithm, const coco_type *result, size_t axis) {
  return coco_ceil_divide(result->shape[2 + axis], algorithm->tile);
}

void coco_winograd_halo_needed(const coco_winograd *algorithm, const coco_window *window, const coco_type *input,
                               const coco_type *result, int64_t halo[4]) {
  for (size_t i = 0; i < 2; ++i) {
    int64_t size = coco_multiply_saturated(coco_winograd_tiles(algorithm, result, i), algorithm->tile);
    int64_t end = coco_add_saturated(size, 2) - window->pads[i];
    halo[i] = window->pads[i];
    halo[2 + i] = end > input->shape[2 + i] ? end - input->shape[2 + i] : 0;
  }
}

/* ---- The convolution ---- */

/* Elements at FROM, FROM + STRIDE, ... give those at TO, TO + STRIDE, .... */
static void transform(const coco_winograd_transform *by, const float *from, size_t from_stride, float *to,
                      size_t to_stride) {
  float slots[COCO_WINOGRAD_SLOTS];
  for (size_t i = 0; i < by->inputs; ++i) slots[i] = from[i * from_stride];
  for (size_t i = 0; i < by->step_count; ++i) {
    const coco_winograd_step *step = &by->steps[i];
    slots[step->to] = step->with == NOTHING ? step->factor * slots[step->from]
                                            : fmaf(step->factor, slots[step->from], slots[step->with]);
  }
  for (size_t i = 0; i < by->outputs; ++i) to[i * to_stride] = slots[by->results[i]];
}

/* Down the columns, then along the rows: [inputs][inputs] to [outputs][outputs], row-major. */
static void transform_tile(const coco_winograd_transform *by, const float *tile, float *out) {
  float columns[COCO_WINOGRAD_REACH * COCO_WINOGRAD_REACH];
  for (size_t j = 0; j < by->inputs; ++j) transform(by, tile + j, by->inputs, columns + j, by->inputs);
  for (size_t i = 0; i < by->outputs; ++i) transform(by, columns + i * by->inputs, 1, out + i * by->outputs, 1);
}

/* One row of tiles of one image. V is [a * a][tiles][channels], M is [a * a][tiles][16]. */
typedef struct tile_row {
  const coco_winograd_convolution *of;
  const float *input; /* the image */
  float *output;
  int64_t top, tiles; /* first output row */
  float *v, *m;
} tile_row;

static void read_tile(const tile_row *row, int64_t channel, int64_t left, float *tile) {
  const coco_winograd_convolution *of = row->of;
  const float *plane = row->input + channel * of->input[0] * of->input[1];
  int64_t reach = of->algorithm->reach;
  for (int64_t i = 0; i < reach * reach; ++i) {
    int64_t y = row->top - of->pads[0] + i / reach, x = left - of->pads[1] + i % reach;
    bool inside = y >= 0 && x >= 0 && y < of->input[0] && x < of->input[1];
    tile[i] = inside ? plane[y * of->input[1] + x] : 0;
  }
}

static void transform_input(const tile_row *row) {
  const coco_winograd_convolution *of = row->of;
  int64_t positions = of->algorithm->reach * of->algorithm->reach;
  float tile[COCO_WINOGRAD_REACH * COCO_WINOGRAD_REACH], out[COCO_WINOGRAD_REACH * COCO_WINOGRAD_REACH];
  for (int64_t t = 0; t < row->tiles; ++t) {
    for (int64_t c = 0; c < of->channels; ++c) {
      read_tile(row, c, t * of->algorithm->tile, tile);
      transform_tile(&of->algorithm->input, tile, out);
      for (int64_t i = 0; i < positions; ++i) row->v[(i * row->tiles + t) * of->channels + c] = out[i];
    }
  }
}

/* The LANES filters of a block, from filter FIRST on. */
static void transform_output(const tile_row *row, int64_t first, int64_t lanes) {
  const coco_winograd_convolution *of = row->of;
  int64_t positions = of->algorithm->reach * of->algorithm->reach, size = of->algorithm->tile;
  float tile[COCO_WINOGRAD_REACH * COCO_WINOGRAD_REACH], out[COCO_WINOGRAD_REACH * COCO_WINOGRAD_REACH];
  for (int64_t t = 0; t < row->tiles; ++t) {
    for (int64_t lane = 0; lane < lanes; ++lane) {
      for (int64_t i = 0; i < positions; ++i) tile[i] = row->m[(i * row->tiles + t) * COCO_LR_LANES + lane];
      transform_tile(&of->algorithm->output, tile, out);
      float *plane = row->output + (first + lane) * of->output[0] * of->output[1];
      for (int64_t i = 0; i < size * size; ++i) {
        int64_t y = row->top + i / size, x = t * size + i % size;
        if (y < of->output[0] && x < of->output[1]) plane[y * of->output[1] + x] = out[i];
      }
    }
  }
}

static void convolve_row(const tile_row *row, const float *weight) {
  const coco_winograd_convolution *of = row->of;
  int64_t positions = of->algorithm->reach * of->algorithm->reach, channels = of->channels;
  int64_t blocks = coco_ceil_divide(of->filters, COCO_LR_LANES);
  transform_input(row);
  for (int64_t block = 0; block < blocks; ++block) {
    int64_t first = block * COCO_LR_LANES, rest = of->filters - first;
    memset(row->m, 0, (size_t)(positions * row->tiles * COCO_LR_LANES) * sizeof *row->m);
    for (int64_t i = 0; i < positions; ++i)
      coco_multiply_f32(row->tiles, COCO_LR_LANES, channels, row->v + i * row->tiles * channels,
                        (coco_matrix_view){channels, 1}, weight + (i * blocks + block) * channels * COCO_LR_LANES,
                        (coco_matrix_view){COCO_LR_LANES, 1}, row->m + i * row->tiles * COCO_LR_LANES);
    transform_output(row, first, rest < COCO_LR_LANES ? rest : COCO_LR_LANES);
  }
}

coco_status coco_winograd_convolve(const coco_allocator *allocator, const coco_winograd_convolution *convolution,
                                   const float *input, const float *weight, float *output) {
  const coco_winograd_convolution *of = convolution;
  int64_t positions = of->algorithm->reach * of->algorithm->reach;
  int64_t tiles = coco_ceil_divide(of->output[1], of->algorithm->tile);
  int64_t channel = coco_multiply_saturated(positions, tiles), v = coco_multiply_saturated(channel, of->channels);
  int64_t sum = coco_add_saturated(v, coco_multiply_saturated(channel, COCO_LR_LANES));
  int64_t bytes = coco_multiply_saturated(sum, sizeof *input);
  float *memory = bytes < INT64_MAX ? coco_allocate(allocator, (size_t)bytes) : NULL;
  if (!memory) return COCO_OUT_OF_MEMORY;
  for (int64_t n = 0; n < of->batch; ++n) {
    tile_row row = {.of = of,
                    .input = input + n * of->channels * of->input[0] * of->input[1],
                    .output = output + n * of->filters * of->output[0] * of->output[1],
                    .tiles = tiles,
                    .v = memory,
                    .m = memory + v};
    for (; row.top < of->output[0]; row.top += of->algorithm->tile) convolve_row(&row, weight);
  }
  coco_free(allocator, memory, (size_t)bytes);
  return COCO_OK;
}
