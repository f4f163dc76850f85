/* Winograd's transforms are those of a correlation, exactly; convolutions in floats are close to direct ones. */
#include "dialects/lr/winograd.h"

#include <criterion/criterion.h>
#include <math.h>

#include "api/registry.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/pack.h"
#include "dialects/shared/products.h"
#include "ir/context.h"

enum { CHANNELS = 5, FILTERS = 18, HEIGHT = 11, WIDTH = 9 };

static coco_context *context;
static void start(void) {
  cr_assert_eq(coco_context_create(NULL, &context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
}
static void stop(void) { coco_context_destroy(context); }
TestSuite(winograd, .init = start, .fini = stop);

/* The steps, in double. */
static void apply(const coco_winograd_transform *by, const double *in, double *out) {
  double slots[COCO_WINOGRAD_SLOTS];
  for (size_t i = 0; i < by->inputs; ++i) slots[i] = in[i];
  for (size_t i = 0; i < by->step_count; ++i) {
    const coco_winograd_step *step = &by->steps[i];
    cr_assert(step->to < COCO_WINOGRAD_SLOTS && step->to >= by->inputs);
    double with = step->with == COCO_WINOGRAD_NOTHING ? 0 : slots[step->with];
    slots[step->to] = (double)step->factor * slots[step->from] + with;
  }
  for (size_t i = 0; i < by->outputs; ++i) out[i] = slots[by->results[i]];
}

/* A^T ((G g) . (B^T d)) for unit vectors g and d. */
Test(winograd, one_dimension_is_a_correlation) {
  for (int64_t tile = 2; tile <= 6; tile += 2) {
    const coco_winograd *algorithm = coco_winograd_of_tile(tile);
    cr_assert(algorithm && algorithm->reach == tile + 2);
    for (int64_t i = 0; i < algorithm->reach; ++i) {
      for (int64_t k = 0; k < 3; ++k) {
        double input[COCO_WINOGRAD_REACH] = {0}, half[COCO_WINOGRAD_REACH], out[COCO_WINOGRAD_REACH];
        input[i] = 1;
        apply(&algorithm->input, input, half);
        for (int64_t j = 0; j < algorithm->reach; ++j) half[j] *= algorithm->kernel[j][k];
        apply(&algorithm->output, half, out);
        for (int64_t j = 0; j < tile; ++j) cr_assert_float_eq(out[j], j + k == i, 1e-12);
      }
    }
  }
}

Test(winograd, names_and_windows) {
  cr_assert_null(coco_winograd_of_tile(3));
  cr_assert_null(coco_winograd_of_storage(COCO_STRING("winograd")));
  cr_assert_null(coco_winograd_of_storage(COCO_STRING("direct")));
  cr_assert_eq(coco_winograd_of_storage(COCO_STRING("winograd6"))->tile, 6);
  const int64_t three[] = {3, 3}, one[] = {1, 1}, two[] = {1, 2}, none[4] = {0};
  coco_window window = {.rank = 2, .kernel = three, .strides = one, .pads = none, .dilations = one};
  cr_assert(coco_winograd_fits(&window));
  window.strides = two;
  cr_assert(!coco_winograd_fits(&window));
  window.strides = one;
  window.dilations = two;
  cr_assert(!coco_winograd_fits(&window));
}

/* Packed and convolved against the direct sum. */
static double largest_difference(const coco_winograd *algorithm, const float *input, const float *weight) {
  const int64_t shape[] = {FILTERS, CHANNELS, 3, 3};
  const coco_type *type = coco_type_tensor(context, 4, shape, coco_type_f32(context), NULL);
  const coco_attribute *constant = coco_attribute_dense(context, type, weight, sizeof(float) * FILTERS * CHANNELS * 9),
                       *packed;
  cr_assert_eq(coco_lr_pack_winograd_weight(context, constant, algorithm, &packed), COCO_OK);
  cr_assert_eq(packed->type->rank, 4);
  static const int64_t kernel[] = {3, 3}, ones[] = {1, 1}, pads[] = {1, 0, 1, 2};
  enum { OUT_HEIGHT = HEIGHT, OUT_WIDTH = WIDTH };
  static float expected[FILTERS * OUT_HEIGHT * OUT_WIDTH], found[FILTERS * OUT_HEIGHT * OUT_WIDTH];
  memset(expected, 0, sizeof expected);
  coco_convolution direct = {.window = {.rank = 2, .kernel = kernel, .strides = ones, .pads = pads, .dilations = ones},
                             .batch = 1,
                             .channels = CHANNELS,
                             .filters = FILTERS,
                             .group = 1,
                             .input = {HEIGHT, WIDTH},
                             .output = {OUT_HEIGHT, OUT_WIDTH}};
  coco_convolve_f32(&direct, input, weight, expected);
  coco_winograd_convolution by = {.algorithm = algorithm,
                                  .batch = 1,
                                  .channels = CHANNELS,
                                  .filters = FILTERS,
                                  .pads = {1, 0},
                                  .input = {HEIGHT, WIDTH},
                                  .output = {OUT_HEIGHT, OUT_WIDTH}};
  bool splat;
  cr_assert_eq(coco_winograd_convolve(&coco_heap, &by, input, coco_elements_data(packed, &splat), found), COCO_OK);
  double largest = 0;
  for (size_t i = 0; i < sizeof found / sizeof *found; ++i)
    largest = fmax(largest, fabs((double)found[i] - (double)expected[i]));
  return largest;
}

Test(winograd, convolutions_are_close_to_direct_ones) {
  static float input[CHANNELS * HEIGHT * WIDTH], weight[FILTERS * CHANNELS * 9];
  uint32_t state = 1;
  for (size_t i = 0; i < sizeof input / sizeof *input; ++i)
    input[i] = (float)((int)((state = state * 1664525u + 1013904223u) >> 24) - 128) / 128;
  for (size_t i = 0; i < sizeof weight / sizeof *weight; ++i)
    weight[i] = (float)((int)((state = state * 1664525u + 1013904223u) >> 24) - 128) / 128;
  /* Sums are of 45 products of size up to 1. */
  cr_assert_lt(largest_difference(coco_winograd_of_tile(2), input, weight), 1e-5);
  cr_assert_lt(largest_difference(coco_winograd_of_tile(4), input, weight), 4e-5);
  cr_assert_lt(largest_difference(coco_winograd_of_tile(6), input, weight), 2e-4);
  cr_assert_gt(largest_difference(coco_winograd_of_tile(6), input, weight), 0);
}
