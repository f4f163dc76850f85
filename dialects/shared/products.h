/* Reference sums of products: convolution and matrix product of floats, for the evaluations of every level.
 *
 * Each result accumulates from zero in the documented order, one fused multiply-add after the other; nothing is
 * reassociated. The loops run along rows of the output, so that independent sums advance together: several hundred
 * million multiplications a second, with the same bits on every machine. Nothing allocates. */
#ifndef COCO_DIALECTS_SHARED_PRODUCTS_H
#define COCO_DIALECTS_SHARED_PRODUCTS_H

#include "dialects/shared/window.h"

/* Extents of a convolution, all static; everything is dense and row-major. */
typedef struct coco_convolution {
  coco_window window;                       /* over the spatial axes */
  int64_t batch, channels, filters, group;  /* channels and filters: of all groups */
  int64_t input[COCO_WINDOW_MAX_RANK];      /* spatial extents */
  int64_t output[COCO_WINDOW_MAX_RANK];
} coco_convolution;

/* OUTPUT [batch, filters, output...] must be zero on entry. WEIGHT is [filters, channels / group, kernel...]. No bias.
 * Order: channels, then the kernel row by row. */
void coco_convolve_f32(const coco_convolution *convolution, const float *input, const float *weight, float *output);
void coco_convolve_f64(const coco_convolution *convolution, const double *input, const double *weight, double *output);

/* What one position of the kernel (a number, row-major) with weight WEIGHT adds to one output plane, from one plane of the input. */
void coco_convolve_position_f32(const coco_convolution *convolution, int64_t position, const float *input, float weight,
                                float *output);

/* A matrix by strides in elements: transposing swaps them. */
typedef struct coco_matrix_view {
  int64_t row_stride, column_stride;
} coco_matrix_view;

/* OUTPUT [m, n], row-major, must be zero on entry. A has m rows and k columns, B k rows and n columns. Order: k
 * ascending. */
void coco_multiply_f32(int64_t m, int64_t n, int64_t k, const float *a, coco_matrix_view a_view, const float *b,
                       coco_matrix_view b_view, float *output);
void coco_multiply_f64(int64_t m, int64_t n, int64_t k, const double *a, coco_matrix_view a_view, const double *b,
                       coco_matrix_view b_view, double *output);
/* The same of integers ELEMENT, which wrap around. */
void coco_multiply_integers(const coco_type *element, int64_t m, int64_t n, int64_t k, const void *a,
                            coco_matrix_view a_view, const void *b, coco_matrix_view b_view, void *output);

#endif
