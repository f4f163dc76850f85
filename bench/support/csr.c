/* A 3x3 convolution whose weights are compressed by rows (CSR), with bias and ReLU: what sparse code reaches that knows
 * nothing of patterns.
 *
 * Vectors run along the pixels of planes with rows of zeros above and below. A column index is an offset, the same for
 * every pixel. A block of vectors of one filter stays in registers while the filter's weights pass by. Channels may
 * come in groups, each a matrix of its own: all filters of a block take one group before the next, so that what they
 * read stays in the first cache, and the sums wait in the output. A plane is kept in one of two ways: once, with a
 * column of zeros between rows, and loads that are not aligned; or three times, moved by one pixel each way, with
 * aligned loads. The way, the width of vectors, their number in a block and the channels of a group are those that were
 * fastest in a few trials.
 *
 * Input and output have one layout, so that layers can follow each other. Functions return 0, or an error code. */
#include <immintrin.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
  OUT_OF_MEMORY = 1,
  UNSUPPORTED = 3,
  KERNEL = 3,
  MOST_VECTORS = 24,
  SLACK = 32,
  LINE = 16,
  CHUNK = 8,
  TRIALS = 3
};

struct coco_bench_shape {
  int64_t input_channels, output_channels, size, kernel, stride, padding, groups;
};

typedef struct form {
  int copies; /* of a plane: 1 or 3 */
  int wide;   /* vectors of 16 lanes, else of 8 */
  int64_t vectors, span;
} form;

typedef struct layer {
  int64_t channels, filters, size, pitch, plane; /* of rows and planes, in floats */
  const float *image, *weights;
  uint32_t *rows, *columns; /* rows[group * filters + filter] */
  float *values, *bias;
  float *inside;      /* 1 for pixels, 0 for what is between rows */
  int32_t *stored[2]; /* -1 for pixels that have a place in the copy of the left, and of the right neighbours */
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

__attribute__((target("avx512f"), always_inline)) static inline void masked_512(float *to, const int32_t *mask,
                                                                                __m512 value) {
  __m512i bits = _mm512_loadu_si512(mask);
  _mm512_mask_storeu_ps(to, _mm512_test_epi32_mask(bits, bits), value);
}

__attribute__((target("avx2,fma"), always_inline)) static inline void masked_256(float *to, const int32_t *mask,
                                                                                 __m256 value) {
  _mm256_maskstore_ps(to, _mm256_loadu_si256((const __m256i *)mask), value);
}

/* Where the result of the block's first pixel goes. */
static inline float *place(const work *w, int64_t filter) {
  const layer *l = w->layer;
  int64_t plane = l->form.copies == 3 ? filter * 3 + 1 : filter;
  return l->output + plane * l->plane + l->pitch + (l->form.copies == 1) + w->pixel;
}

/* A block of COUNT vectors; COUNT is a constant where this is expanded. */
#define BLOCK(name, lanes, width, of, masked, features)                                                                \
  __attribute__((target(features), always_inline)) static inline void name(const work *w, int64_t filter, int count) { \
    const layer *l = w->layer;                                                                                         \
    const float *from = l->input + w->pixel, *inside = l->inside + w->pixel;                                           \
    float *to = place(w, filter);                                                                                      \
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
    if (l->form.copies == 1 || !(w->stage & LAST_GROUP)) return;                                                       \
    _Pragma("GCC unroll 24") for (int i = 0; i < count; ++i) {                                                         \
      masked(to - l->plane + 1 + i * width, l->stored[0] + w->pixel + i * width, sums[i]);                             \
      masked(to + l->plane - 1 + i * width, l->stored[1] + w->pixel + i * width, sums[i]);                             \
    }                                                                                                                  \
  }

BLOCK(block_512, __m512, 16, _mm512, masked_512, "avx512f")
BLOCK(block_256, __m256, 8, _mm256, masked_256, "avx2,fma")

#define CASE(n)                \
  case n:                      \
    BLOCK_OF(work, filter, n); \
    break;
#define CASES                                                                                                     \
  CASE(1)                                                                                                         \
  CASE(2)                                                                                                         \
  CASE(3)                                                                                                         \
  CASE(4)                                                                                                         \
  CASE(5) CASE(6) CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) CASE(12) CASE(13) CASE(14) CASE(15) CASE(16) CASE(17) \
      CASE(18) CASE(19) CASE(20) CASE(21) CASE(22) CASE(23) CASE(24)

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
  const int64_t taps = KERNEL * KERNEL, span = l->form.span, copies = l->form.copies;
  uint32_t used = 0, *row = l->rows;
  for (int64_t first = 0; first < l->channels; first += span)
    for (int64_t filter = 0; filter < l->filters; ++filter) {
      int64_t end = first + span < l->channels ? first + span : l->channels;
      *row++ = used;
      for (int64_t i = first * taps; i < end * taps; ++i) {
        float weight = l->weights[filter * l->channels * taps + i];
        if (weight == 0) continue;
        int64_t channel = i / taps, y = i % taps / KERNEL, x = i % KERNEL;
        l->columns[used] =
            (uint32_t)((copies == 3 ? (channel * 3 + x) * l->plane : channel * l->plane + x) + y * l->pitch);
        l->values[used++] = weight;
      }
    }
  *row = used;
}

/* The planes as form.copies and form.wide say. */
static void lay_out(layer *l) {
  const int copies = l->form.copies, width = l->form.wide ? 16 : 8;
  l->pitch = copies == 1 ? l->size + 1 : (l->size + width - 1) / width * width;
  /* An odd number of cache lines, so that equal places of planes are in different sets. */
  l->plane = ((l->size + 2) * l->pitch + SLACK + LINE - 1) / LINE * LINE;
  if (l->plane / LINE % 2 == 0) l->plane += LINE;
  memset(l->input, 0, (size_t)(l->channels * copies * l->plane) * sizeof *l->input);
  memset(l->output, 0, (size_t)(l->filters * copies * l->plane) * sizeof *l->output);
  memset(l->inside, 0, (size_t)(l->size * l->pitch + SLACK) * sizeof *l->inside);
  for (int64_t i = 0; i < l->size * l->pitch; ++i) {
    int64_t x = i % l->pitch;
    l->inside[i] = x < l->size;
    l->stored[0][i] = -(x < l->size - 1);
    l->stored[1][i] = -(x > 0);
  }
  for (int64_t i = 0; i < l->channels * l->size * copies; ++i) {
    int64_t copy = i % copies, y = i / copies % l->size, channel = i / copies / l->size;
    float *to = l->input + (channel * copies + copy) * l->plane + (y + 1) * l->pitch;
    const float *from = l->image + (channel * l->size + y) * l->size;
    for (int64_t x = 0; x < l->size; ++x) {
      int64_t moved = copies == 1 ? x + 1 : x + 1 - copy;
      if (copies == 1 || (moved >= 0 && moved < l->size)) to[moved] = from[x];
    }
  }
}

static int allocate(layer *l) {
  int64_t all = l->filters * l->channels * KERNEL * KERNEL, pitch = (l->size + 1 + LINE) / LINE * LINE;
  int64_t plane = (l->size + 2) * pitch + SLACK + 2 * LINE;
  l->rows = malloc((size_t)(l->filters * l->channels + 1) * sizeof *l->rows);
  l->columns = malloc((size_t)all * sizeof *l->columns);
  l->values = malloc((size_t)all * sizeof *l->values);
  l->bias = floats(l->filters);
  l->inside = floats(plane);
  for (int i = 0; i < 2; ++i) l->stored[i] = (int32_t *)floats(plane);
  l->input = floats(l->channels * 3 * plane);
  l->output = floats(l->filters * 3 * plane);
  return l->rows && l->columns && l->values && l->bias && l->inside && l->stored[0] && l->stored[1] && l->input &&
                 l->output
             ? 0
             : OUT_OF_MEMORY;
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

/* Of all groups, the fastest for one way of keeping planes. */
static void try_spans(layer *l, double *best, form *chosen) {
  static const int64_t spans[] = {8, 16, 32, 64, INT32_MAX}, vectors[] = {4, 8, 12, 16, 24};
  lay_out(l);
  for (size_t span = 0; span < sizeof spans / sizeof *spans; ++span) {
    if (span > 0 && spans[span - 1] >= l->channels) break;
    l->form.span = spans[span] < l->channels ? spans[span] : l->channels;
    compress(l);
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; ++i) {
      if (!l->form.wide && vectors[i] > 12) continue;
      l->form.vectors = vectors[i];
      double time = fastest(l);
      if (time < *best) *best = time, *chosen = l->form;
    }
  }
}

static void choose(layer *l) {
  double best = 1e30;
  form chosen = {0};
  for (int copies = 1; copies <= 3; copies += 2)
    for (int wide = 0; wide < (__builtin_cpu_supports("avx512f") ? 2 : 1); ++wide) {
      l->form = (form){.copies = copies, .wide = wide};
      try_spans(l, &best, &chosen);
    }
  l->form = chosen;
  lay_out(l);
  compress(l);
}

int coco_bench_csr_create(const struct coco_bench_shape *shape, const float *const tensors[3], int unused, void **out) {
  layer *l = calloc(1, sizeof *l);
  (void)unused;
  if (!l) return OUT_OF_MEMORY;
  if (shape->kernel != KERNEL || shape->stride != 1 || shape->padding != 1 || shape->groups != 1 ||
      shape->output_channels % CHUNK || shape->input_channels * (shape->size + 2) * (shape->size + LINE) > INT32_MAX ||
      !__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
    return UNSUPPORTED;
  *l = (layer){.channels = shape->input_channels,
               .filters = shape->output_channels,
               .size = shape->size,
               .image = tensors[0],
               .weights = tensors[1]};
  if (allocate(l)) return OUT_OF_MEMORY;
  memcpy(l->bias, tensors[2], (size_t)l->filters * sizeof *l->bias);
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
  const int copies = l->form.copies;
  for (int64_t i = 0; i < l->filters * l->size; ++i) {
    int64_t filter = i / l->size, y = i % l->size, plane = copies == 3 ? filter * 3 + 1 : filter;
    memcpy(output + i * l->size, l->output + plane * l->plane + (y + 1) * l->pitch + (copies == 1),
           (size_t)l->size * sizeof *output);
  }
  return 0;
}
