/* ONNX's GridSample: elements at places that data says, as gathers of rows weighted by where the place lies between them. */
#include "frontends/onnx/importer.h"

enum { MAXIMUM_SPATIAL = 3, MAXIMUM_TAPS = 4 };

typedef enum sample_filter { NEAREST, LINEAR, CUBIC } sample_filter;
typedef enum sample_padding { ZEROS, BORDER, REFLECTION } sample_padding;

typedef struct sampling {
  coco_onnx_node *node;
  const coco_type *element;
  sample_filter filter;
  sample_padding padding;
  bool align;
} sampling;

/* Along one axis: places (times the axis' stride) and weights of the taps, [batch, points, 1] each. */
typedef struct sample_axis {
  coco_value *places[MAXIMUM_TAPS], *weights[MAXIMUM_TAPS];
} sample_axis;

static coco_value *number(const sampling *s, double value) { return coco_onnx_scalar(s->node, s->element, value); }
static coco_value *plus(const sampling *s, coco_value *x, double value) { return coco_onnx_binary(s->node, &coco_graph_add, x, number(s, value)); }
static coco_value *times(const sampling *s, coco_value *x, double value) { return coco_onnx_binary(s->node, &coco_graph_mul, x, number(s, value)); }
static coco_value *multiply(const sampling *s, coco_value *x, coco_value *y) { return coco_onnx_binary(s->node, &coco_graph_mul, x, y); }

static coco_value *clamp(const sampling *s, coco_value *x, int64_t extent) {
  x = coco_onnx_binary(s->node, &coco_graph_maximum, x, number(s, 0));
  return coco_onnx_binary(s->node, &coco_graph_minimum, x, number(s, (double)(extent - 1)));
}

/* Folds X into the axis at its ends: a wave of period 2 range. */
static coco_value *reflect(const sampling *s, coco_value *x, int64_t extent) {
  double low = s->align ? 0 : -0.5, range = s->align ? (double)(extent - 1) : (double)extent;
  if (!(range > 0)) return times(s, x, 0);
  coco_value *away = coco_onnx_unary(s->node, &coco_graph_abs, plus(s, x, -low));
  coco_value *turns = coco_onnx_unary(s->node, &coco_graph_floor, times(s, away, 1 / (2 * range)));
  coco_value *within = coco_onnx_binary(s->node, &coco_graph_sub, away, times(s, turns, 2 * range));
  coco_value *back = coco_onnx_binary(s->node, &coco_graph_sub, number(s, 2 * range), within);
  return plus(s, coco_onnx_binary(s->node, &coco_graph_minimum, within, back), low);
}

/* The weight of tap K (counted from the element before the place), RATIO past that element. */
static coco_value *weight_of(const sampling *s, coco_value *ratio, int k) {
  const double a = -0.75;
  if (s->filter == LINEAR) return k ? ratio : plus(s, times(s, ratio, -1), 1);
  coco_value *d = k <= 0 ? plus(s, ratio, -k) : plus(s, times(s, ratio, -1), k);
  if (k == 0 || k == 1) {
    coco_value *inner = plus(s, times(s, d, a + 2), -(a + 3));
    return plus(s, multiply(s, multiply(s, inner, d), d), 1);
  }
  coco_value *inner = plus(s, multiply(s, plus(s, d, -5), d), 8);
  return times(s, plus(s, multiply(s, inner, d), -4), a);
}

/* Tap at POSITION (a whole number) of an axis: its place inside, and its weight, 0 where only zeros are. */
static void set_tap(const sampling *s, sample_axis *axis, size_t tap, coco_value *position, coco_value *weight, int64_t extent, int64_t stride) {
  coco_onnx_node *node = s->node;
  if (s->padding == ZEROS) {
    coco_value *inside = coco_onnx_binary(node, &coco_graph_and, coco_onnx_binary(node, &coco_graph_greater, position, number(s, -0.5)),
                                          coco_onnx_binary(node, &coco_graph_less, position, number(s, (double)extent - 0.5)));
    weight = coco_onnx_where(node, inside, weight, number(s, 0));
  }
  if (s->padding == REFLECTION) position = reflect(s, position, extent);
  const coco_type *integer = coco_type_integer(node->context, 64);
  coco_value *place = coco_onnx_cast(node, clamp(s, position, extent), integer);
  axis->places[tap] = coco_onnx_binary(node, &coco_graph_mul, place, coco_onnx_scalar(node, integer, (double)stride));
  axis->weights[tap] = weight;
}

/* X: where the points lie along the axis, -1 to 1 from end to end. */
static void sample_along(const sampling *s, coco_value *x, int64_t extent, int64_t stride, sample_axis *out) {
  double half = s->align ? (double)(extent - 1) / 2 : (double)extent / 2;
  x = plus(s, times(s, plus(s, x, 1), half), s->align ? 0 : -0.5);
  if (s->padding == BORDER) x = clamp(s, x, extent);
  if (s->filter == NEAREST) {
    x = coco_onnx_unary(s->node, &coco_graph_round, x);
    set_tap(s, out, 0, x, number(s, 1), extent, stride);
    return;
  }
  coco_value *base = coco_onnx_unary(s->node, &coco_graph_floor, x), *ratio = coco_onnx_binary(s->node, &coco_graph_sub, x, base);
  int taps = s->filter == CUBIC ? 4 : 2, first = s->filter == CUBIC ? -1 : 0;
  for (int k = 0; k < taps; ++k) set_tap(s, out, (size_t)k, plus(s, base, first + k), weight_of(s, ratio, first + k), extent, stride);
}

static coco_status read_attributes(coco_onnx_node *node, sampling *out) {
  coco_string mode, padding;
  COCO_TRY(coco_onnx_get_string(node, "mode", "linear", &mode));
  COCO_TRY(coco_onnx_get_string(node, "padding_mode", "zeros", &padding));
  COCO_TRY(coco_onnx_get_bool(node, "align_corners", false, &out->align));
  bool nearest = coco_string_is(mode, "nearest"), cubic = coco_string_is(mode, "cubic") || coco_string_is(mode, "bicubic");
  if (!nearest && !cubic && !coco_string_is(mode, "linear") && !coco_string_is(mode, "bilinear"))
    return coco_onnx_node_error(node, "attribute 'mode' says '%.*s', which is not known", COCO_PRINT(mode));
  out->filter = nearest ? NEAREST : cubic ? CUBIC : LINEAR;
  out->padding = coco_string_is(padding, "border") ? BORDER : coco_string_is(padding, "reflection") ? REFLECTION : ZEROS;
  if (out->padding == ZEROS && !coco_string_is(padding, "zeros"))
    return coco_onnx_node_error(node, "attribute 'padding_mode' says '%.*s', which is not known", COCO_PRINT(padding));
  return COCO_OK;
}

/* The sum over all combinations of taps, one of each axis, of ROWS at their place, times the product of their weights. */
static coco_value *sum_of_taps(const sampling *s, coco_value *rows, coco_value *starts, const sample_axis *axes, size_t rank) {
  size_t taps = s->filter == NEAREST ? 1 : s->filter == LINEAR ? 2 : 4, combinations = 1;
  coco_value *sum = NULL;
  for (size_t i = 0; i < rank; ++i) combinations *= taps;
  for (size_t c = 0; c < combinations; ++c) {
    coco_value *place = starts, *weight = NULL;
    for (size_t i = 0, rest = c; i < rank; ++i, rest /= taps) {
      place = coco_onnx_binary(s->node, &coco_graph_add, axes[i].places[rest % taps], place);
      weight = weight ? multiply(s, weight, axes[i].weights[rest % taps]) : axes[i].weights[rest % taps];
    }
    if (!place) return NULL;
    place = coco_onnx_reshape_to(s->node, place, place->type->shape, 2);
    coco_value *part = multiply(s, coco_onnx_gather(s->node, rows, place, 0), weight);
    sum = sum ? coco_onnx_binary(s->node, &coco_graph_add, sum, part) : part;
  }
  return sum;
}

static coco_status check_grid(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  COCO_TRY(coco_onnx_check_static(node, node->inputs[0], "the input"));
  COCO_TRY(coco_onnx_check_static(node, node->inputs[1], "the grid"));
  const coco_type *type = node->inputs[0]->type, *grid = node->inputs[1]->type;
  bool fits = type->rank >= 3 && type->rank <= 2 + MAXIMUM_SPATIAL && grid->rank == type->rank && grid->shape[0] == type->shape[0] &&
              grid->shape[grid->rank - 1] == (int64_t)type->rank - 2 && coco_type_element_count(type) > 0 && coco_type_is_float(type->element);
  return fits ? COCO_OK : coco_onnx_node_error(node, "the grid does not fit the input");
}

static coco_status import_grid_sample(coco_onnx_node *node) {
  COCO_TRY(check_grid(node));
  const coco_type *type = node->inputs[0]->type, *grid = node->inputs[1]->type, *integer = coco_type_integer(node->context, 64);
  sampling s = {.node = node, .element = type->element};
  COCO_TRY(read_attributes(node, &s));
  size_t rank = type->rank - 2;
  int64_t points = 1, size = 1, shape[2 + MAXIMUM_SPATIAL] = {type->shape[0], type->shape[1]}, channels_last[2 + MAXIMUM_SPATIAL] = {0};
  for (size_t i = 0; i < rank; ++i) {
    points *= shape[2 + i] = grid->shape[1 + i];
    size *= type->shape[2 + i];
    channels_last[1 + i] = (int64_t)i + 2;
  }
  channels_last[1 + rank] = 1;
  coco_value *rows = coco_onnx_transpose(node, node->inputs[0], channels_last, type->rank);
  rows = coco_onnx_reshape_to(node, rows, (int64_t[]){type->shape[0] * size, type->shape[1]}, 2);
  coco_value *places = coco_onnx_reshape_to(node, coco_onnx_cast(node, node->inputs[1], s.element), (int64_t[]){type->shape[0], points, (int64_t)rank}, 3);
  sample_axis axes[MAXIMUM_SPATIAL] = {0};
  for (size_t i = rank, stride = 1; i-- > 0; stride *= (size_t)type->shape[2 + i]) {
    int64_t component = (int64_t)(rank - 1 - i); /* x, the last axis, comes first */
    sample_along(&s, coco_onnx_slice(node, places, 2, component, component + 1, 1), type->shape[2 + i], (int64_t)stride, &axes[i]);
  }
  double *starts = coco_arena_allocate_zeroed(&node->importer->scratch, (size_t)type->shape[0] + 1, sizeof *starts);
  if (!starts) return COCO_OUT_OF_MEMORY;
  for (int64_t i = 0; i < type->shape[0]; ++i) starts[i] = (double)(i * size);
  coco_value *batches = coco_onnx_numbers(node, integer, (int64_t[]){type->shape[0], 1, 1}, 3, starts);
  coco_value *sum = coco_onnx_transpose(node, sum_of_taps(&s, rows, batches, axes, rank), (int64_t[]){0, 2, 1}, 3);
  return coco_onnx_set(node, 0, coco_onnx_reshape_to(node, sum, shape, type->rank));
}

const coco_onnx_operator coco_onnx_sample_operators[] = {
    {"GridSample", {16, 20, 22}, import_grid_sample, NULL, NULL},
    {0},
};
