/* Reductions and pools, element by element; see reduction.h. Cost: one read of a number per element. */
#include "dialects/shared/reduction.h"

#include <math.h>

/* What has been accumulated; which member counts depends on the element type. */
typedef struct accumulator {
  double real;
  int64_t integer;
  int64_t count;
} accumulator;

typedef struct task {
  coco_reduction kind;
  const coco_type *element;
  size_t size;      /* bytes of an element */
  bool is_real, is_double, is_unsigned;
} task;

static const char *const names[] = {"sum", "mean", "max", "min", "product", "sum_square", "l1", "l2"};

bool coco_reduction_named(coco_string name, coco_reduction *out) {
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    if (!coco_string_is(name, names[i])) continue;
    *out = (coco_reduction)i;
    return true;
  }
  return false;
}

static task make_task(coco_reduction kind, const coco_type *element) {
  return (task){.kind = kind,
                .element = element,
                .size = coco_type_element_size(element),
                .is_real = coco_type_is_float(element),
                .is_double = coco_type_is_float(element) && element->format == COCO_F64,
                .is_unsigned = element->signedness == COCO_UNSIGNED};
}

static double round_step(const task *t, double value) { return t->is_double ? value : (double)(float)value; }

static void accumulate_real(const task *t, accumulator *sum, double x) {
  switch (t->kind) {
    case COCO_REDUCE_SUM:
    case COCO_REDUCE_MEAN: sum->real = round_step(t, sum->real + x); break;
    case COCO_REDUCE_L1: sum->real = round_step(t, sum->real + fabs(x)); break;
    case COCO_REDUCE_PRODUCT: sum->real = round_step(t, sum->real * x); break;
    case COCO_REDUCE_SUM_SQUARE:
    case COCO_REDUCE_L2:
      sum->real = t->is_double ? fma(x, x, sum->real) : (double)fmaf((float)x, (float)x, (float)sum->real);
      break;
    case COCO_REDUCE_MAX: /* of zeros the positive one, as arith.maximumf */
      if (x > sum->real || isnan(x) || (x == sum->real && signbit(sum->real)))
        sum->real = isnan(sum->real) ? sum->real : x;
      break;
    case COCO_REDUCE_MIN:
      if (x < sum->real || isnan(x) || (x == sum->real && !signbit(sum->real)))
        sum->real = isnan(sum->real) ? sum->real : x;
      break;
  }
}

static bool integer_less(const task *t, int64_t a, int64_t b) {
  return t->is_unsigned ? (uint64_t)a < (uint64_t)b : a < b;
}

static void accumulate_integer(const task *t, accumulator *sum, int64_t x) {
  const uint64_t bits = (uint64_t)x, so_far = (uint64_t)sum->integer;
  uint64_t result = so_far;
  switch (t->kind) {
    case COCO_REDUCE_SUM:
    case COCO_REDUCE_MEAN: result = so_far + bits; break;
    case COCO_REDUCE_L1: result = so_far + (x < 0 && !t->is_unsigned ? 0 - bits : bits); break;
    case COCO_REDUCE_PRODUCT: result = so_far * bits; break;
    case COCO_REDUCE_SUM_SQUARE:
    case COCO_REDUCE_L2: result = so_far + bits * bits; break;
    case COCO_REDUCE_MAX: result = sum->count == 0 || integer_less(t, sum->integer, x) ? bits : so_far; break;
    case COCO_REDUCE_MIN: result = sum->count == 0 || integer_less(t, x, sum->integer) ? bits : so_far; break;
  }
  sum->integer = (int64_t)result;
}

static accumulator start(const task *t) {
  accumulator sum = {0};
  if (t->kind == COCO_REDUCE_PRODUCT) sum.real = sum.integer = 1;
  if (t->kind == COCO_REDUCE_MAX) sum.real = -INFINITY;
  if (t->kind == COCO_REDUCE_MIN) sum.real = INFINITY;
  return sum;
}

static void accumulate(const task *t, accumulator *sum, const void *element) {
  if (t->is_real)
    accumulate_real(t, sum, coco_element_read_real(t->element, element));
  else
    accumulate_integer(t, sum, coco_element_read_integer(t->element, element));
  ++sum->count;
}

/* DIVISOR is what a mean divides by. */
static void finish(const task *t, const accumulator *sum, int64_t divisor, void *element) {
  if (t->is_real) {
    double value = sum->real;
    if (t->kind == COCO_REDUCE_MEAN) value = round_step(t, value / round_step(t, (double)divisor));
    if (t->kind == COCO_REDUCE_L2) value = sqrt(value);
    coco_element_write_real(t->element, element, value);
    return;
  }
  int64_t value = sum->integer;
  if (t->kind == COCO_REDUCE_MEAN)
    value = divisor == 0 ? 0 : t->is_unsigned ? (int64_t)((uint64_t)value / (uint64_t)divisor) : value / divisor;
  if (t->kind == COCO_REDUCE_L2) value = (int64_t)sqrt((double)value);
  coco_element_write_integer(t->element, element, value);
}

void coco_combine(const coco_reduction *kind, const coco_type *element, int64_t count, const void *updates,
                  void *output) {
  const size_t size = coco_type_element_size(element);
  if (!kind && count > 0) memcpy(output, updates, (size_t)count * size);
  if (!kind) return;
  const task t = make_task(*kind, element);
  for (int64_t i = 0; i < count; ++i) {
    char *at = (char *)output + (size_t)i * size;
    accumulator sum = {.count = 1};
    if (t.is_real)
      sum.real = coco_element_read_real(element, at);
    else
      sum.integer = coco_element_read_integer(element, at);
    accumulate(&t, &sum, (const char *)updates + (size_t)i * size);
    finish(&t, &sum, 1, at);
  }
}

void coco_reduce(coco_reduction kind, const coco_type *element, const coco_extents *input_extents, const bool *is_axis,
                 const void *input, void *output) {
  const task t = make_task(kind, element);
  int64_t strides[COCO_MAXIMUM_RANK], inner[COCO_MAXIMUM_RANK], inner_strides[COCO_MAXIMUM_RANK],
      outer[COCO_MAXIMUM_RANK], outer_strides[COCO_MAXIMUM_RANK];
  size_t inner_rank = 0, outer_rank = 0;
  int64_t inner_count = 1, outer_count = 1;
  coco_extents_strides(input_extents, strides);
  for (size_t i = 0; i < input_extents->rank; ++i) {
    const int64_t extent = input_extents->at[i];
    if (is_axis[i]) {
      inner[inner_rank] = extent, inner_strides[inner_rank++] = strides[i], inner_count *= extent;
    } else {
      outer[outer_rank] = extent, outer_strides[outer_rank++] = strides[i], outer_count *= extent;
    }
  }
  int64_t at[COCO_MAXIMUM_RANK] = {0};
  for (int64_t o = 0; o < outer_count; ++o) {
    const int64_t base = coco_index_offset(at, outer_strides, outer_rank);
    accumulator sum = start(&t);
    int64_t index[COCO_MAXIMUM_RANK] = {0};
    for (int64_t i = 0; i < inner_count; ++i) {
      const int64_t offset = base + coco_index_offset(index, inner_strides, inner_rank);
      accumulate(&t, &sum, (const char *)input + (size_t)offset * t.size);
      coco_index_next(inner, inner_rank, index);
    }
    finish(&t, &sum, inner_count, (char *)output + (size_t)o * t.size);
    coco_index_next(outer, outer_rank, at);
  }
}

/* One output of a pool: AT is its position in a plane. */
static void pool_window(const task *t, bool count_include_pad, const coco_window *window, const int64_t *extents,
                        const int64_t *at, const char *plane, void *out) {
  int64_t begin[COCO_WINDOW_MAX_RANK], count[COCO_WINDOW_MAX_RANK], strides[COCO_WINDOW_MAX_RANK],
      k[COCO_WINDOW_MAX_RANK] = {0};
  int64_t positions = 1, padded_positions = 1, stride = 1;
  for (size_t i = window->rank; i-- > 0; stride *= extents[i]) {
    int64_t end, padded_begin, padded_end;
    coco_window_range(window, i, at[i], extents[i], &begin[i], &end);
    count[i] = end - begin[i];
    positions *= count[i];
    strides[i] = stride;
    /* As if the padding at the end belonged to the input: the padding at the begin is never left behind. */
    coco_window_range(window, i, at[i], extents[i] + window->pads[window->rank + i], &padded_begin, &padded_end);
    padded_positions *= padded_end;
  }
  accumulator sum = start(t);
  for (int64_t n = 0; n < positions; ++n) {
    int64_t offset = 0;
    for (size_t i = 0; i < window->rank; ++i)
      offset += coco_window_index(window, i, at[i], begin[i] + k[i]) * strides[i];
    accumulate(t, &sum, plane + (size_t)offset * t->size);
    coco_index_next(count, window->rank, k);
  }
  /* A window in the padding alone has no mean: 0. */
  const int64_t divisor = count_include_pad ? padded_positions : positions;
  finish(t, &sum, divisor > 0 ? divisor : 1, out);
}

void coco_pool_planes(coco_reduction kind, bool count_include_pad, const coco_type *element, const coco_window *window,
                      int64_t planes, const int64_t *input_extents, const int64_t *output_extents, const void *input,
                      void *output) {
  const task t = make_task(kind, element);
  const char *plane = input;
  char *out = output;
  int64_t input_plane = 1, output_plane = 1;
  for (size_t i = 0; i < window->rank; ++i) {
    input_plane *= input_extents[i];
    output_plane *= output_extents[i];
  }
  for (int64_t p = 0; p < planes; ++p, plane += (size_t)input_plane * t.size) {
    int64_t at[COCO_WINDOW_MAX_RANK] = {0};
    for (int64_t o = 0; o < output_plane; ++o, out += t.size) {
      pool_window(&t, count_include_pad, window, input_extents, at, plane, out);
      coco_index_next(output_extents, window->rank, at);
    }
  }
}
