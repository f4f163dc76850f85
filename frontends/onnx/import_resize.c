/* ONNX's Resize and Upsample: one axis after the other.
 *
 * Along an axis each output element is a sum of taps, weight times input element; the places and weights are constants,
 * since extents and scales are. So an axis becomes gathers, constant indices, and products with constant weights;
 * nearest is one gather without a weight. */
#include <math.h>

#include "frontends/onnx/importer.h"

enum { MAXIMUM_TAPS = 256, LARGEST_OUTPUT = 1 << 16 };

typedef enum coordinate_mode {
  HALF_PIXEL,
  HALF_PIXEL_SYMMETRIC,
  PYTORCH_HALF_PIXEL,
  ALIGN_CORNERS,
  ASYMMETRIC,
  CROP_AND_RESIZE
} coordinate_mode;
static const char *const coordinate_modes[] = {"half_pixel",    "half_pixel_symmetric", "pytorch_half_pixel",
                                               "align_corners", "asymmetric",           "tf_crop_and_resize"};

typedef enum nearest_mode { PREFER_FLOOR, PREFER_CEIL, FLOOR, CEIL } nearest_mode;
static const char *const nearest_modes[] = {"round_prefer_floor", "round_prefer_ceil", "floor", "ceil"};

typedef enum filter { NEAREST, LINEAR, CUBIC } filter;
static const char *const filters[] = {"nearest", "linear", "cubic"};

typedef struct resize {
  int coordinates, rounding, filter;
  bool exclude_outside, antialias;
  double cubic, extrapolation;
} resize;

/* One axis: INPUT elements become OUTPUT ones. */
typedef struct axis_resize {
  int64_t axis, input, output;
  double scale, begin, end; /* begin and end: of the region of interest, in parts of the axis */
  double length;            /* the output's, before it was rounded down */
} axis_resize;

static coco_status choose(coco_onnx_node *node, const char *attribute, const char *fallback, const char *const *names,
                          int count, int *out) {
  coco_string text;
  COCO_TRY(coco_onnx_get_string(node, attribute, fallback, &text));
  for (*out = 0; *out < count; ++*out)
    if (coco_string_is(text, names[*out])) return COCO_OK;
  return coco_onnx_node_error(node, "attribute '%s' says '%.*s', which is not known", attribute, COCO_PRINT(text));
}

static coco_status read_attributes(coco_onnx_node *node, resize *out) {
  bool simple = node->version < 11; /* Upsample too */
  coco_string policy;
  COCO_TRY(choose(node, "coordinate_transformation_mode", simple ? "asymmetric" : "half_pixel", coordinate_modes, 6,
                  &out->coordinates));
  COCO_TRY(choose(node, "nearest_mode", simple ? "floor" : "round_prefer_floor", nearest_modes, 4, &out->rounding));
  COCO_TRY(coco_onnx_get_string(node, "mode", "nearest", &policy));
  if (coco_string_is(policy, "bilinear"))
    out->filter = LINEAR;
  else
    COCO_TRY(choose(node, "mode", "nearest", filters, 3, &out->filter));
  COCO_TRY(coco_onnx_get_bool(node, "exclude_outside", false, &out->exclude_outside));
  COCO_TRY(coco_onnx_get_bool(node, "antialias", false, &out->antialias));
  COCO_TRY(coco_onnx_get_float(node, "cubic_coeff_a", -0.75, &out->cubic));
  return coco_onnx_get_float(node, "extrapolation_value", 0, &out->extrapolation);
}

/* ---- Sizes ---- */

/* SIZES: the output's; with a policy other than stretch one scale serves all axes. */
static coco_status scales_from_sizes(coco_onnx_node *node, const int64_t *sizes, axis_resize *axes, size_t count) {
  coco_string policy;
  COCO_TRY(coco_onnx_get_string(node, "keep_aspect_ratio_policy", "stretch", &policy));
  bool larger = coco_string_is(policy, "not_smaller"), kept = larger || coco_string_is(policy, "not_larger");
  if (!kept && !coco_string_is(policy, "stretch"))
    return coco_onnx_node_error(node, "attribute 'keep_aspect_ratio_policy' says '%.*s', which is not known",
                                COCO_PRINT(policy));
  double common = 0;
  for (size_t i = 0; i < count; ++i) {
    if (sizes[i] < 0 || sizes[i] > INT32_MAX) return coco_onnx_node_error(node, "a size is out of range");
    axes[i].output = sizes[i];
    axes[i].scale = axes[i].input ? (double)sizes[i] / (double)axes[i].input : 1;
    if (i == 0 || (larger ? axes[i].scale > common : axes[i].scale < common)) common = axes[i].scale;
  }
  for (size_t i = 0; i < count; ++i) {
    if (kept) axes[i].scale = common, axes[i].output = (int64_t)floor(common * (double)axes[i].input + 0.5);
    axes[i].length = kept ? common * (double)axes[i].input : (double)axes[i].output;
  }
  return COCO_OK;
}

/* An extent that is not known stays so, for a scale of 1. */
static coco_status outputs_from_scales(coco_onnx_node *node, const resize *how, const double *scales, axis_resize *axes,
                                       size_t count) {
  for (size_t i = 0; i < count; ++i) {
    axis_resize *axis = &axes[i];
    double part = how->coordinates == CROP_AND_RESIZE ? axis->end - axis->begin : 1;
    axis->scale = scales[i];
    axis->output = axis->input;
    if (axis->input == COCO_DYNAMIC) continue;
    axis->length = (double)axis->input * part * scales[i];
    if (!(scales[i] > 0) || !(axis->length >= 0 && axis->length < (double)INT32_MAX))
      return coco_onnx_node_error(node, "a scale is out of range");
    axis->output = (int64_t)floor(axis->length);
  }
  return COCO_OK;
}

/* The scales: an attribute (Upsample), or input INDEX; *out stays NULL when there are none. */
static coco_status read_scales(coco_onnx_node *node, size_t index, double **out, size_t *out_count) {
  const CocoOnnx__AttributeProto *attribute = coco_onnx_attribute(node, "scales");
  if (!attribute) return coco_onnx_constant_reals(node, index, out, out_count);
  *out = coco_arena_allocate(&node->importer->scratch, (attribute->n_floats + 1) * sizeof **out);
  if (!*out) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < attribute->n_floats; ++i) (*out)[i] = (double)attribute->floats[i];
  *out_count = attribute->n_floats;
  return COCO_OK;
}

static coco_status read_region(coco_onnx_node *node, axis_resize *axes, size_t count) {
  double *region;
  size_t region_count;
  COCO_TRY(coco_onnx_constant_reals(node, 1, &region, &region_count));
  if (!region || region_count != 2 * count)
    return coco_onnx_node_error(node, "the region of interest should be a constant of two numbers for each axis");
  for (size_t i = 0; i < count; ++i) axes[i].begin = region[i], axes[i].end = region[count + i];
  return COCO_OK;
}

static coco_status read_sizes(coco_onnx_node *node, const resize *how, axis_resize *axes, size_t count) {
  double *scales;
  int64_t *sizes;
  size_t scale_count, size_count;
  bool first = node->version < 11;
  for (size_t i = 0; i < count; ++i) axes[i].begin = 0, axes[i].end = 1;
  if (how->coordinates == CROP_AND_RESIZE) COCO_TRY(read_region(node, axes, count));
  COCO_TRY(read_scales(node, first ? 1 : 2, &scales, &scale_count));
  if (scale_count == count) {
    coco_onnx_ignore(node, "keep_aspect_ratio_policy");
    return outputs_from_scales(node, how, scales, axes, count);
  }
  COCO_TRY(coco_onnx_constant_integers(node, 3, &sizes, &size_count));
  if (!sizes || size_count != count)
    return coco_onnx_node_error(node, "scales or sizes should be constants, one for each axis");
  return scales_from_sizes(node, sizes, axes, count);
}

/* ---- Places and weights ---- */

/* Where output element I of an axis lies among the input's. */
static double source_of(const resize *how, const axis_resize *axis, int64_t i) {
  double x = (double)i, input = (double)axis->input;
  switch ((coordinate_mode)how->coordinates) {
    case ALIGN_CORNERS: return axis->length <= 1 ? 0 : x * (input - 1) / (axis->length - 1);
    case ASYMMETRIC: return x / axis->scale;
    case PYTORCH_HALF_PIXEL: return axis->output > 1 ? (x + 0.5) / axis->scale - 0.5 : 0;
    case HALF_PIXEL_SYMMETRIC: {
      double adjustment = (double)axis->output / (axis->scale * input);
      return input / 2 * (1 - adjustment) + (x + 0.5) / axis->scale - 0.5;
    }
    case CROP_AND_RESIZE: {
      double part = axis->end - axis->begin;
      if (axis->output <= 1) return 0.5 * (axis->begin + axis->end) * (input - 1);
      return axis->begin * (input - 1) + x * part * (input - 1) / (double)(axis->output - 1);
    }
    default: return (x + 0.5) / axis->scale - 0.5;
  }
}

static double nearest_of(const resize *how, double x) {
  switch ((nearest_mode)how->rounding) {
    case PREFER_FLOOR: return ceil(x - 0.5);
    case PREFER_CEIL: return floor(x + 0.5);
    case FLOOR: return floor(x);
    default: return ceil(x);
  }
}

static double cubic_weight(double a, double x) {
  x = fabs(x);
  if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

/* The filter's weight at a distance, stretched by SCALE (at most 1) against aliasing. */
static double weight_at(const resize *how, double distance, double scale) {
  distance *= scale;
  if (how->filter == CUBIC) return cubic_weight(how->cubic, distance);
  return fabs(distance) < 1 ? 1 - fabs(distance) : 0;
}

/* How many input elements make one output element. */
static int64_t tap_count(const resize *how, const axis_resize *axis) {
  if (how->filter == NEAREST) return 1;
  double reach = how->filter == CUBIC ? 2 : 1;
  if (how->antialias && axis->scale < 1) reach = ceil(reach / axis->scale);
  return reach > MAXIMUM_TAPS ? INT64_MAX : 2 * (int64_t)reach;
}

static int64_t clamp(double place, int64_t extent) {
  if (!(place > 0)) return 0;
  return place >= (double)extent ? extent - 1 : (int64_t)place;
}

/* Places and weights of output element I: TAPS numbers, in columns of the axis' output extent. */
static void fill_taps(const resize *how, const axis_resize *axis, int64_t i, int64_t taps, double *places,
                      double *weights) {
  double x = source_of(how, axis, i), total = 0;
  if (taps == 1) {
    places[i] = (double)clamp(nearest_of(how, x), axis->input);
    return;
  }
  double scale = how->antialias && axis->scale < 1 ? axis->scale : 1;
  double base = ceil(x) - 1; /* x - base is over 0 and at most 1 */
  for (int64_t tap = 0; tap < taps; ++tap) {
    double place = base + (double)(tap + 1 - taps / 2), weight = weight_at(how, x - place, scale);
    if (how->exclude_outside && (place < 0 || place >= (double)axis->input)) weight = 0;
    places[tap * axis->output + i] = (double)clamp(place, axis->input);
    weights[tap * axis->output + i] = weight;
    total += weight;
  }
  for (int64_t tap = 0; (how->exclude_outside || how->antialias) && tap < taps; ++tap)
    weights[tap * axis->output + i] /= total;
}

static coco_value *resize_axis(coco_onnx_node *node, const resize *how, const axis_resize *axis, coco_value *input) {
  coco_arena *scratch = &node->importer->scratch;
  int64_t taps = tap_count(how, axis), shape[COCO_ONNX_MAXIMUM_RANK];
  size_t rank = input->type->rank, size = (size_t)taps * (size_t)axis->output;
  double *places = coco_arena_allocate_zeroed(scratch, size + 1, sizeof *places);
  double *weights = coco_arena_allocate_zeroed(scratch, size + 1, sizeof *weights);
  if (!places || !weights) {
    coco_builder_fail(&node->importer->builder, COCO_OUT_OF_MEMORY);
    return NULL;
  }
  for (int64_t i = 0; i < axis->output; ++i) fill_taps(how, axis, i, taps, places, weights);
  for (size_t i = 0; i < rank; ++i) shape[i] = (int64_t)i == axis->axis ? axis->output : 1;
  coco_value *sum = NULL;
  for (int64_t tap = 0; tap < taps; ++tap) {
    coco_value *indices =
        coco_onnx_numbers(node, coco_type_integer(node->context, 64), &axis->output, 1, places + tap * axis->output);
    coco_value *part = coco_onnx_gather(node, input, indices, axis->axis);
    if (taps > 1)
      part = coco_onnx_binary(node, &coco_graph_mul, part,
                              coco_onnx_numbers(node, input->type->element, shape, rank, weights + tap * axis->output));
    sum = sum ? coco_onnx_binary(node, &coco_graph_add, sum, part) : part;
    if (!sum) return NULL;
  }
  return sum;
}

/* where(inside, value, extrapolation), when an output element of the axis lies outside the input. */
static coco_value *extrapolate(coco_onnx_node *node, const resize *how, const axis_resize *axis, coco_value *value) {
  double *inside = coco_arena_allocate_zeroed(&node->importer->scratch, (size_t)axis->output + 1, sizeof *inside);
  int64_t shape[COCO_ONNX_MAXIMUM_RANK];
  bool all = true;
  if (!inside) coco_builder_fail(&node->importer->builder, COCO_OUT_OF_MEMORY);
  if (!inside || !value) return NULL;
  for (int64_t i = 0; i < axis->output; ++i) {
    double x = source_of(how, axis, i);
    inside[i] = x >= 0 && x <= (double)(axis->input - 1);
    all = all && inside[i] != 0;
  }
  for (size_t i = 0; i < value->type->rank; ++i) shape[i] = (int64_t)i == axis->axis ? axis->output : 1;
  if (all) return value;
  return coco_onnx_where(node,
                         coco_onnx_numbers(node, coco_type_integer(node->context, 1), shape, value->type->rank, inside),
                         value, coco_onnx_scalar(node, value->type->element, how->extrapolation));
}

/* ---- The operators ---- */

/* The axes that sizes and scales speak of; all when the attribute is absent. */
static coco_status read_axes(coco_onnx_node *node, axis_resize *axes, size_t *out_count) {
  const coco_type *type = node->inputs[0]->type;
  const int64_t *given;
  int64_t *normal;
  COCO_TRY(coco_onnx_get_integers(node, "axes", &given, out_count));
  if (given) COCO_TRY(coco_onnx_normalize_axes(node, given, *out_count, type->rank, false, &normal));
  if (!given) *out_count = type->rank;
  for (size_t i = 0; i < *out_count; ++i) {
    axes[i].axis = given ? normal[i] : (int64_t)i;
    axes[i].input = type->shape[axes[i].axis];
  }
  return COCO_OK;
}

static coco_status import_resize(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, node->version < 11 ? 2 : 4));
  resize how;
  axis_resize axes[COCO_ONNX_MAXIMUM_RANK];
  size_t count = 0;
  COCO_TRY(read_attributes(node, &how));
  COCO_TRY(read_axes(node, axes, &count));
  COCO_TRY(read_sizes(node, &how, axes, count));
  coco_value *value = node->inputs[0];
  const coco_type *element = coco_type_scalar(value->type);
  bool integers = how.filter != NEAREST && !coco_type_is_float(element);
  if (integers) value = coco_onnx_cast(node, value, coco_type_f32(node->context));
  for (size_t i = 0; i < count && value; ++i) {
    const axis_resize *axis = &axes[i];
    bool crops = how.coordinates == CROP_AND_RESIZE;
    if (axis->output == axis->input && axis->scale >= 1 && axis->scale <= 1 && !crops) continue;
    if (axis->input < 1) return coco_onnx_node_error(node, "the extents of resized axes must be known and not zero");
    if (tap_count(&how, axis) > MAXIMUM_TAPS) return coco_onnx_node_error(node, "a scale is too small");
    if (axis->output > LARGEST_OUTPUT) return coco_onnx_node_error(node, "an axis of more than %d elements is not supported", LARGEST_OUTPUT);
    value = resize_axis(node, &how, axis, value);
    if (crops) value = extrapolate(node, &how, axis, value);
  }
  if (integers && value) value = coco_onnx_cast(node, value, element);
  return coco_onnx_set(node, 0, value);
}

const coco_onnx_operator coco_onnx_resize_operators[] = {
    {"Resize", {10, 11, 13, 18, 19}, import_resize, NULL, NULL},
    {"Upsample", {7, 9}, import_resize, NULL, NULL},
    {0},
};
