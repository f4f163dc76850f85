/* A pruned 3x3 convolution in C, as one writes it who knows the patterns but compiles nothing: kernels in the order of
 * their channels, and a switch for each; or, for comparison, the kernels of each pattern one after the other. The two
 * differ in nothing else, so that their difference is what the order of kernels is worth.
 *
 * Images are in patches as in CoCo's own code: the plane is cut into 4x4, lane l of a vector is the same pixel of patch
 * l, and a patch has a border of one vector. A register block is ROWS x COLUMNS vectors of one filter; offsets of loads
 * are constants, and the compiler sees which of a kernel's loads are equal. The result's borders are not written.
 *
 * As a library for bench/pattern, as a program (-DPROGRAM) for counting: PROGRAM ORDER DATA RESULT TIMES, where DATA is
 * channels, filters, size as int64, then input, weights, bias. Functions return 0, or an error code. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUT_OF_MEMORY = 1, UNSUPPORTED = 3, KERNEL = 3, TAPS = 9, ENTRIES = 4, PATTERNS = 8, LANES = 16, GRID = 4 };
enum { ROWS = 2, COLUMNS = 3 };
#define INLINE __attribute__((always_inline)) static inline

struct coco_bench_shape {
  int64_t input_channels, output_channels, size, kernel, stride, padding, groups;
};

#if defined __AVX512F__
enum { WIDTH = 16 };
#elif defined __AVX__
enum { WIDTH = 8 };
#else
enum { WIDTH = 4 };
#endif
enum { PARTS = LANES / WIDTH };
typedef float part __attribute__((vector_size(4 * WIDTH)));
typedef int32_t bits __attribute__((vector_size(4 * WIDTH)));
typedef struct vector {
  part parts[PARTS];
} vector;

typedef struct layer {
  int by_pattern;
  int64_t channels, filters, size, patch, pitch, plane; /* of a patch, its rows and planes with borders, in vectors */
  uint32_t *first;                                      /* kernels of a filter; of a filter's pattern when sorted */
  uint16_t *channel;
  uint8_t *pattern;
  float *weights, *bias;
  vector *input, *output;
} layer;

int coco_bench_kernels_create(const struct coco_bench_shape *shape, const float *const tensors[3], int by_pattern,
                              void **out);
int coco_bench_kernels_run(void *self);
int coco_bench_kernels_output(void *self, float *output);

static const uint16_t masks[PATTERNS] = {0x1b0, 0x0d8, 0x036, 0x01b, 0x03a, 0x0b8, 0x0b2, 0x09a};

/* ---- Blocks ---- */

/* A kernel of MASK; everything but the pointers is a constant where this is expanded. */
INLINE void add(const vector *at, int64_t pitch, const float *weights, int mask, int rows, int columns, part *sums) {
  int entry = 0;
#pragma GCC unroll 9
  for (int tap = 0; tap < TAPS; ++tap) {
    if (!(mask >> tap & 1)) continue;
    part weight = (part){0} + weights[entry++];
#pragma GCC unroll 2
    for (int y = 0; y < rows; ++y)
#pragma GCC unroll 3
      for (int x = 0; x < columns; ++x)
#pragma GCC unroll 4
        for (int i = 0; i < PARTS; ++i)
          sums[(y * columns + x) * PARTS + i] += at[(y + tap / KERNEL) * pitch + x + tap % KERNEL].parts[i] * weight;
  }
}

typedef struct place {
  const layer *layer;
  int64_t filter, offset; /* of the block's first vector in a plane */
} place;

INLINE void add_kernel(const place *p, uint32_t kernel, int mask, int rows, int columns, part *sums) {
  const layer *l = p->layer;
  add(l->input + l->channel[kernel] * l->plane + p->offset, l->pitch, l->weights + (uint64_t)kernel * ENTRIES, mask,
      rows, columns, sums);
}

#define CASE(n)                                           \
  case n:                                                 \
    add_kernel(p, kernel, masks[n], rows, columns, sums); \
    break;

INLINE void add_unordered(const place *p, int rows, int columns, part *sums) {
  const layer *l = p->layer;
  for (uint32_t kernel = l->first[p->filter]; kernel < l->first[p->filter + 1]; ++kernel) switch (l->pattern[kernel]) {
      CASE(0) CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7)
    }
}

#define RUN(n) \
  for (; kernel < run[n + 1]; ++kernel) add_kernel(p, kernel, masks[n], rows, columns, sums);

INLINE void add_by_pattern(const place *p, int rows, int columns, part *sums) {
  const uint32_t *run = p->layer->first + p->filter * PATTERNS;
  uint32_t kernel = run[0];
  RUN(0) RUN(1) RUN(2) RUN(3) RUN(4) RUN(5) RUN(6) RUN(7)
}

INLINE void compute(const place *p, int rows, int columns, int by_pattern) {
  const layer *l = p->layer;
  part sums[ROWS * COLUMNS * PARTS], bias = (part){0} + l->bias[p->filter];
#pragma GCC unroll 24
  for (int i = 0; i < rows * columns * PARTS; ++i) sums[i] = bias;
  if (by_pattern)
    add_by_pattern(p, rows, columns, sums);
  else
    add_unordered(p, rows, columns, sums);
  float *to = (float *)(l->output + p->filter * l->plane + p->offset + l->pitch + 1);
#pragma GCC unroll 24
  for (int i = 0; i < rows * columns * PARTS; ++i) {
    int vector_of = i / PARTS, first = i % PARTS * WIDTH;
    bits positive = (sums[i] > 0) & (bits)sums[i];
    memcpy(to + (vector_of / columns * l->pitch + vector_of % columns) * LANES + first, &positive, sizeof positive);
  }
}

#define FORM(rows, columns)                                                \
  __attribute__((noinline)) static void form_##rows##_##columns(place p) { \
    for (p.filter = 0; p.filter < p.layer->filters; ++p.filter)            \
      if (p.layer->by_pattern)                                             \
        compute(&p, rows, columns, 1);                                     \
      else                                                                 \
        compute(&p, rows, columns, 0);                                     \
  }
FORM(1, 1)
FORM(1, 2)
FORM(1, 3)
FORM(2, 1)
FORM(2, 2)
FORM(2, 3)

/* Where block NUMBER of COUNT begins. */
static int64_t begin(int64_t extent, int64_t count, int64_t number) { return extent * number / count; }

static void run(const layer *l) {
  static void (*const forms[ROWS][COLUMNS])(place) = {{form_1_1, form_1_2, form_1_3}, {form_2_1, form_2_2, form_2_3}};
  int64_t high = (l->patch + ROWS - 1) / ROWS, wide = (l->patch + COLUMNS - 1) / COLUMNS;
#pragma omp parallel for collapse(2) schedule(dynamic)
  for (int64_t y = 0; y < high; ++y)
    for (int64_t x = 0; x < wide; ++x) {
      int64_t row = begin(l->patch, high, y), column = begin(l->patch, wide, x);
      forms[begin(l->patch, high, y + 1) - row - 1][begin(l->patch, wide, x + 1) - column - 1](
          (place){l, 0, row * l->pitch + column});
    }
}

/* ---- A layer ---- */

static int pattern_of(const float *kernel) {
  int support = 0;
  for (int tap = 0; tap < TAPS; ++tap) support |= (kernel[tap] != 0) << tap;
  if (!support) return PATTERNS;
  for (int i = 0; i < PATTERNS; ++i)
    if (!(support & ~masks[i])) return i;
  return PATTERNS + 1;
}

static void take(layer *l, uint32_t number, int pattern, int64_t channel, const float *kernel) {
  l->channel[number] = (uint16_t)channel;
  l->pattern[number] = (uint8_t)pattern;
  for (int tap = 0, entry = 0; tap < TAPS; ++tap)
    if (masks[pattern] >> tap & 1) l->weights[(uint64_t)number * ENTRIES + entry++] = kernel[tap];
}

static int compress(layer *l, const float *weights) {
  uint32_t used = 0, *first = l->first;
  for (int64_t filter = 0; filter < l->filters; ++filter)
    for (int wanted = 0; wanted < (l->by_pattern ? PATTERNS : 1); ++wanted) {
      *first++ = used;
      for (int64_t channel = 0; channel < l->channels; ++channel) {
        const float *kernel = weights + (filter * l->channels + channel) * TAPS;
        int pattern = pattern_of(kernel);
        if (pattern > PATTERNS) return UNSUPPORTED;
        if (l->by_pattern ? pattern == wanted : pattern < PATTERNS) take(l, used++, pattern, channel, kernel);
      }
    }
  *first = used;
  return 0;
}

static void *zeros(size_t size) {
  void *made = aligned_alloc(64, (size + 63) / 64 * 64);
  return made ? memset(made, 0, size) : NULL;
}

/* Lane, row and column of pixel (Y, X), borders included, of the patch that begins at (TOP, LEFT). */
static void fill(layer *l, const float *image) {
  for (int64_t channel = 0; channel < l->channels; ++channel)
    for (int64_t at = 0; at < l->pitch * l->pitch * LANES; ++at) {
      int64_t lane = at % LANES, row = at / LANES / l->pitch, column = at / LANES % l->pitch;
      int64_t y = lane / GRID * l->patch + row - 1, x = lane % GRID * l->patch + column - 1;
      if (y < 0 || y >= l->size || x < 0 || x >= l->size) continue;
      ((float *)(l->input + channel * l->plane + row * l->pitch + column))[lane] =
          image[(channel * l->size + y) * l->size + x];
    }
}

int coco_bench_kernels_create(const struct coco_bench_shape *shape, const float *const tensors[3], int by_pattern,
                              void **out) {
  layer *l = calloc(1, sizeof *l);
  if (!l) return OUT_OF_MEMORY;
  if (shape->kernel != KERNEL || shape->stride != 1 || shape->padding != 1 || shape->groups != 1 ||
      shape->input_channels > UINT16_MAX)
    return UNSUPPORTED;
  *l = (layer){.by_pattern = by_pattern,
               .channels = shape->input_channels,
               .filters = shape->output_channels,
               .size = shape->size,
               .patch = (shape->size + GRID - 1) / GRID};
  l->pitch = l->patch + 2;
  l->plane = l->pitch * l->pitch | 1; /* so that planes begin in different sets of a cache */
  const size_t kernels = (size_t)(l->filters * l->channels);
  l->first = zeros(((size_t)l->filters * PATTERNS + 1) * sizeof *l->first);
  l->channel = zeros(kernels * sizeof *l->channel);
  l->pattern = zeros(kernels);
  l->weights = zeros(kernels * ENTRIES * sizeof *l->weights);
  l->bias = zeros((size_t)l->filters * sizeof *l->bias);
  l->input = zeros((size_t)(l->channels * l->plane) * sizeof *l->input);
  l->output = zeros((size_t)(l->filters * l->plane) * sizeof *l->output);
  if (!l->first || !l->channel || !l->pattern || !l->weights || !l->bias || !l->input || !l->output)
    return OUT_OF_MEMORY;
  memcpy(l->bias, tensors[2], (size_t)l->filters * sizeof *l->bias);
  fill(l, tensors[0]);
  *out = l;
  return compress(l, tensors[1]);
}

int coco_bench_kernels_run(void *self) {
  run(self);
  return 0;
}

/* The output, row-major. */
int coco_bench_kernels_output(void *self, float *output) {
  const layer *l = self;
  for (int64_t i = 0; i < l->filters * l->size * l->size; ++i) {
    int64_t y = i / l->size % l->size, x = i % l->size, lane = y / l->patch * GRID + x / l->patch;
    const vector *plane = l->output + i / (l->size * l->size) * l->plane;
    output[i] = ((const float *)(plane + (y % l->patch + 1) * l->pitch + x % l->patch + 1))[lane];
  }
  return 0;
}

#ifdef PROGRAM
int main(int count, char **arguments) {
  int64_t sizes[3];
  FILE *file = count == 5 ? fopen(arguments[2], "rb") : NULL;
  if (!file || fread(sizes, sizeof sizes, 1, file) != 1) return 2;
  const struct coco_bench_shape shape = {sizes[0], sizes[1], sizes[2], KERNEL, 1, 1, 1};
  const size_t elements[3] = {(size_t)(sizes[0] * sizes[2] * sizes[2]), (size_t)(sizes[0] * sizes[1] * TAPS),
                              (size_t)sizes[1]};
  const size_t results = (size_t)(sizes[1] * sizes[2] * sizes[2]);
  float *tensors[3], *result = malloc(results * sizeof *result);
  for (int i = 0; i < 3; ++i) {
    tensors[i] = malloc(elements[i] * sizeof **tensors);
    if (!tensors[i] || fread(tensors[i], sizeof **tensors, elements[i], file) != elements[i]) return 1;
  }
  fclose(file);
  void *layer;
  const float *const given[3] = {tensors[0], tensors[1], tensors[2]};
  if (!result || coco_bench_kernels_create(&shape, given, atoi(arguments[1]), &layer)) return 1;
  for (int i = atoi(arguments[4]); i > 0; --i) coco_bench_kernels_run(layer);
  coco_bench_kernels_output(layer, result);
  file = fopen(arguments[3], "wb");
  return !file || fwrite(result, sizeof *result, results, file) != results || fclose(file) != 0;
}
#endif
