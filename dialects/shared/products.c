/* Sums of products; see products.h. The loops are in products.inc, once per type. */
#include "dialects/shared/products.h"

#include <math.h>

#include "dialects/shared/shape.h"
#include "ir/evaluate.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define COCO_HAS_FUSED_VECTORS 1
static bool has_fused_vectors(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#endif

static int64_t kernel_size(const coco_window *window) {
  int64_t size = 1;
  for (size_t i = 0; i < window->rank; ++i) size *= window->kernel[i];
  return size;
}

/* A pointwise window sees a plane as one long row. */
static coco_convolution flattened(const coco_convolution *convolution) {
  coco_convolution result = *convolution;
  if (!coco_window_is_pointwise(&convolution->window)) return result;
  result.window.rank = 1;
  for (size_t i = 1; i < convolution->window.rank; ++i) {
    result.input[0] *= convolution->input[i];
    result.output[0] *= convolution->output[i];
  }
  /* The arrays of pads are read as [begin, end]: both are 0 at every place. */
  return result;
}

#define REAL float
#define FUSED fmaf
#define NAME(word) word##_f32
#include "dialects/shared/products.inc"
#undef REAL
#undef FUSED
#undef NAME

void coco_convolve_position_f32(const coco_convolution *convolution, int64_t position, const float *input, float weight,
                                float *output) {
  const coco_window *window = &convolution->window;
  int64_t k[COCO_WINDOW_MAX_RANK];
  for (size_t i = window->rank; i-- > 0; position /= window->kernel[i]) k[i] = position % window->kernel[i];
  convolve_position_f32(convolution, k, input, weight, output);
}

#define REAL double
#define FUSED fma
#define NAME(word) word##_f64
#include "dialects/shared/products.inc"

void coco_multiply_integers(const coco_type *element, int64_t m, int64_t n, int64_t k, const void *a_data,
                            coco_matrix_view a_view, const void *b_data, coco_matrix_view b_view, void *output_data) {
  const char *a = a_data, *b = b_data;
  char *output = output_data;
  const int64_t size = (int64_t)coco_type_element_size(element);
  for (int64_t i = 0; i < m; ++i)
    for (int64_t j = 0; j < n; ++j) {
      uint64_t sum = 0;
      for (int64_t p = 0; p < k; ++p) {
        const int64_t x =
            coco_element_read_integer(element, a + (i * a_view.row_stride + p * a_view.column_stride) * size);
        const int64_t y =
            coco_element_read_integer(element, b + (p * b_view.row_stride + j * b_view.column_stride) * size);
        sum += (uint64_t)x * (uint64_t)y;
      }
      coco_element_write_integer(element, output + (i * n + j) * size, (int64_t)sum);
    }
}
