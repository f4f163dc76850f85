/* A 3x3 convolution whose weights are compressed by rows (CSR), with bias and ReLU: what sparse code reaches that knows
 * nothing of patterns.
 *
 * Vectors run along the pixels of planes with borders of zeros. A plane's rows stand one after the other, with one
 * column of zeros between them, so that a column index is an offset, the same for every pixel, and a vector may run
 * over the end of a row: what it computes in the column of zeros is set to zero again. A block of vectors of one filter
 * stays in registers while the filter's weights pass by. Channels may come in groups, each a matrix of its own: all
 * filters of a block take one group before the next, so that what they read stays in the first cache, and the sums wait
 * in the output. The width of vectors, their number in a block and the channels of a group are those that were fastest
 * in a few trials. A shift by one pixel is a load that is not aligned, which no order of weights avoids.
 *
 * Input and output have one layout, so that layers can follow each other. Functions return 0, or an error code. */
#include <immintrin.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { OUT_OF_MEMORY = 1, UNSUPPORTED = 3, KERNEL = 3, MOST_VECTORS = 24, SLACK = 32, CHUNK = 8, TRIALS = 3 };

struct coco_bench_shape {
  int64_t input_channels, output_channels, size, kernel, stride, padding, groups;
};

typedef struct form {
  int wide; /* vectors of 16 lanes, else of 8 */
  int64_t vectors, span;
} form;

typedef struct layer {
  int64_t channels, filters, size, pitch, plane; /* of rows and planes, in floats */
  const float *weights;
  uint32_t *rows, *columns;      /* rows[group * filters + filter] */
  float *values, *bias, *inside; /* 1 for pixels, 0 for the column between rows */
  float *input, *output;
  form form;
} layer;

int coco_bench_csr_create(const struct coco_bench_shape *shape, const float *const tensors[3], int unused, void **out);
int coco_bench_csr_run(void *self);
int coco_bench_csr_output(void *self, float *output);

/* ---- Blocks ---- */

enum { FIRST_GROUP = 1, LAST_GROUP = 2 };

typedef struct work {
  const layer *layer;
  int64_t group, filter, pixel; /* the first filter of CHUNK, the first pixel of the block */
  int stage;
} work;

/* A block of COUNT vectors; COUNT is a constant where this is expanded. */
#define BLOCK(name, lanes, width, of, features)                                                                        \
  __attribute__((target(features), always_inline)) static inline void name(const work *w, int64_t filter, int count) { \
    const layer *l = w->layer;                                                                                         \
    const float *from = l->input + w->pixel, *inside = l->inside + w->pixel;                                           \
    float *to = l->output + filter * l->plane + l->pitch + 1 + w->pixel;                                               \
    const uint32_t *row = l->rows + w->group * l->filters + filter;                                                    \
    lanes sums[MOST_VECTORS], zero = of##_setzero_ps(), bias = of##_set1_ps(l->bias[filter]);                          \
    _Pragma("GCC unroll 24") for (int i = 0; i < count; ++i) sums[i] =                                                 \
        w->stage & FIRST_GROUP ? bias : of##_loadu_ps(to + i * width);                                                 \
    for (uint32_t k = row[0]; k < row[1]; ++k) {                                                                       \
      const float *at = from + l->columns[k];                                                                          \
      lanes value = of##_set1_ps(l->values[k]);                                                                        \
      _Pragma("GCC unroll 24") for (int i = 0; i < count; ++i) sums[i] =                                               \
          of##_fmadd_ps(of##_loadu_ps(at + i * width), value, sums[i]);                                                \
    }                                                                                                                  \
    if (w->stage & LAST_GROUP)                                                                                         \
      _Pragma("GCC unroll 24") for (int i = 0; i < count; ++i) sums[i] =                                               \
          of##_mul_ps(of##_max_ps(sums[i], zero), of##_loadu_ps(inside + i * width));                                  \
    _Pragma("GCC unroll 24") for (int i = 0; i < count; ++i) of##_storeu_ps(to + i * width, sums[i]);                  \
  }

BLOCK(block_512, __m512, 16, _mm512, "avx512f")
BLOCK(block_256, __m256, 8, _mm256, "avx2,fma")

#define CASE(n)                \
  case n:                      \
    BLOCK_OF(work, filter, n); \
    break;
#define CASES                                                                                                   \
  CASE(1)                                                                                                       \
  CASE(2)                                                                                                       \
  CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) CASE(12) CASE(13) CASE(14) CASE(15) \
      CASE(16) CASE(17) CASE(18) CASE(19) CASE(20) CASE(21) CASE(22) CASE(23) CASE(24)

#define BLOCK_OF block_512
__attribute__((target("avx512f"))) static void filters_512(const work *work, int count) {
  for (int64_t filter = work->filter; filter < work->filter + CHUNK; ++filter) switch (count) {
      CASES
    }
}
#undef BLOCK_OF
#define BLOCK_OF block_256
__attribute__((target("avx2,fma"))) static void filters_256(const work *work, int count) {
  for (int64_t filter = work->filter; filter < work->filter + CHUNK; ++filter) switch (count) {
      CASES
    }
}

/* The plane's vectors in blocks of two sizes that differ by one; a thread has CHUNK filters of a block at a time. */
static void run(const layer *l) {
  int64_t width = l->form.wide ? 16 : 8, all = (l->size * l->pitch + width - 1) / width;
  int64_t blocks = (all + l->form.vectors - 1) / l->form.vectors, least = all / blocks, larger = all % blocks;
  int64_t groups = (l->channels + l->form.span - 1) / l->form.span, chunks = l->filters / CHUNK;
#pragma omp parallel
  for (int64_t at = 0; at < blocks * groups; ++at) {
    int64_t block = at / groups, group = at % groups, first = block * least + (block < larger ? block : larger);
    int stage = (group == 0 ? FIRST_GROUP : 0) | (group == groups - 1 ? LAST_GROUP : 0);
    /* Static and without a barrier: a thread has the same filters in each group. */
#pragma omp for schedule(static) nowait
    for (int64_t chunk = 0; chunk < chunks; ++chunk) {
      const work part = {l, group, chunk * CHUNK, first * width, stage};
      (l->form.wide ? filters_512 : filters_256)(&part, (int)(least + (block < larger)));
    }
  }
}

/* ---- A layer ---- */

static float *floats(int64_t count) {
  float *made = aligned_alloc(64, ((size_t)count * sizeof *made + 63) / 64 * 64);
  if (made) memset(made, 0, (size_t)count * sizeof *made);
  return made;
}

/* The weights in groups of form.span channels. */
static void compress(layer *l) {
  const int64_t taps = KERNEL * KERNEL, span = l->form.span;
  uint32_t used = 0, *row = l->rows;
  for (int64_t first = 0; first < l->channels; first += span)
    for (int64_t filter = 0; filter < l->filters; ++filter) {
      int64_t end = first + span < l->channels ? first + span : l->channels;
      *row++ = used;
      for (int64_t i = first * taps; i < end * taps; ++i) {
        float weight = l->weights[filter * l->channels * taps + i];
        if (weight == 0) continue;
        l->columns[used] = (uint32_t)(i / taps * l->plane + i % taps / KERNEL * l->pitch + i % KERNEL);
        l->values[used++] = weight;
      }
    }
  *row = used;
}

static int fill(layer *l, const float *image, const float *bias) {
  int64_t all = l->filters * l->channels * KERNEL * KERNEL;
  l->rows = malloc((size_t)(l->filters * l->channels + 1) * sizeof *l->rows);
  l->columns = malloc((size_t)all * sizeof *l->columns);
  l->values = malloc((size_t)all * sizeof *l->values);
  l->bias = floats(l->filters);
  l->inside = floats(l->size * l->pitch + SLACK);
  l->input = floats(l->channels * l->plane + SLACK);
  l->output = floats(l->filters * l->plane + SLACK);
  if (!l->rows || !l->columns || !l->values || !l->bias || !l->inside || !l->input || !l->output) return OUT_OF_MEMORY;
  memcpy(l->bias, bias, (size_t)l->filters * sizeof *bias);
  for (int64_t y = 0; y < l->size; ++y)
    for (int64_t x = 0; x < l->size; ++x) l->inside[y * l->pitch + x] = 1;
  for (int64_t y = 0; y < l->channels * l->size; ++y)
    memcpy(l->input + y / l->size * l->plane + (y % l->size + 1) * l->pitch + 1, image + y * l->size,
           (size_t)l->size * sizeof *image);
  return 0;
}

/* Of the processor: who else uses the machine must not choose the form. */
static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double fastest(const layer *l) {
  double best = 1e30;
  for (int trial = 0; trial < TRIALS; ++trial) {
    double start = now();
    run(l);
    double time = now() - start;
    if (time < best) best = time;
  }
  return best;
}

static void choose(layer *l) {
  static const int64_t spans[] = {16, 32, 64, 128, INT32_MAX}, vectors[] = {4, 8, 12, 16, 24};
  double best = 1e30;
  form chosen = {0, 8, 64};
  for (size_t span = 0; span < sizeof spans / sizeof *spans; ++span) {
    if (spans[span] >= l->channels && span > 0 && spans[span - 1] >= l->channels) break;
    l->form.span = spans[span] < l->channels ? spans[span] : l->channels;
    compress(l);
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; ++i)
      for (int wide = 0; wide < (__builtin_cpu_supports("avx512f") ? 2 : 1); ++wide) {
        if (!wide && vectors[i] > 12) continue;
        l->form.wide = wide, l->form.vectors = vectors[i];
        double time = fastest(l);
        if (time < best) best = time, chosen = l->form;
      }
  }
  l->form = chosen;
  compress(l);
}

int coco_bench_csr_create(const struct coco_bench_shape *shape, const float *const tensors[3], int unused, void **out) {
  enum { LINE = 16 };
  layer *l = calloc(1, sizeof *l);
  (void)unused;
  if (!l) return OUT_OF_MEMORY;
  if (shape->kernel != KERNEL || shape->stride != 1 || shape->padding != 1 || shape->groups != 1 ||
      shape->output_channels % CHUNK || shape->input_channels * (shape->size + 2) * (shape->size + 2) > INT32_MAX ||
      !__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
    return UNSUPPORTED;
  *l = (layer){.channels = shape->input_channels,
               .filters = shape->output_channels,
               .size = shape->size,
               .pitch = shape->size + 1,
               .weights = tensors[1]};
  /* An odd number of cache lines, so that equal places of planes are in different sets. */
  l->plane = ((l->size + 2) * l->pitch + SLACK + LINE - 1) / LINE * LINE;
  if (l->plane / LINE % 2 == 0) l->plane += LINE;
  int status = fill(l, tensors[0], tensors[2]);
  if (status) return status;
  choose(l);
  *out = l;
  return 0;
}

int coco_bench_csr_run(void *self) {
  run(self);
  return 0;
}

/* The output, row-major. */
int coco_bench_csr_output(void *self, float *output) {
  const layer *l = self;
  for (int64_t y = 0; y < l->filters * l->size; ++y)
    memcpy(output + y * l->size, l->output + y / l->size * l->plane + (y % l->size + 1) * l->pitch + 1,
           (size_t)l->size * sizeof *output);
  return 0;
}
