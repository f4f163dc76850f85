/* lr.pattern_conv: its stored form, read and checked, and what it computes. The form is that of pattern.conv
 * (dialects/pattern/fkw.h); the group is the window's. Cost: linear in the kernels, times the image for evaluation. */
#include "dialects/lr/pattern.h"

#include "dialects/lr/body.h"
#include "dialects/lr/hooks.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/window.h"
#include "dialects/pattern/pattern.h"
#include "dialects/shared/products.h"

enum { FIRST_ARRAY = 1, FIRST_EXTRA = FIRST_ARRAY + COCO_PATTERN_ARRAYS };

/* What the attributes say, the masks borrowed; returns what is wrong, NULL: nothing. */
static const char *shape_of(const coco_operation *conv, coco_fkw_shape *out) {
  const coco_attribute *masks = COCO_PROPERTY(conv, lr_pattern_conv, masks);
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_pattern_conv, info));
  int64_t channels = coco_operation_operand(conv, 0)->type->shape[1],
          filters = COCO_PROPERTY(conv, lr_pattern_conv, filters)->integer,
          span = COCO_PROPERTY(conv, lr_pattern_conv, span)->integer,
          positions = info.window.kernel[0] * info.window.kernel[1];
  if (info.group < 1 || channels % info.group) return "the groups must divide the channels";
  if (masks->count < 1 || masks->count > COCO_FKW_MAX_PATTERNS) return "there must be 1 to 4096 masks";
  if (channels > COCO_FKW_MAX_EXTENT || info.group > COCO_FKW_MAX_EXTENT || filters > COCO_FKW_MAX_EXTENT || span < 1 ||
      span > COCO_FKW_MAX_EXTENT)
    return "numbers are out of range";
  if (positions > COCO_FKW_MAX_POSITIONS) return "kernels must have 1 to 63 positions";
  const uint64_t *bits = (const uint64_t *)coco_attribute_i64s(masks);
  *out = (coco_fkw_shape){.set = {.masks = bits,
                                  .count = (uint32_t)masks->count,
                                  .positions = (uint32_t)positions,
                                  .entries = (uint32_t)__builtin_popcountll(bits[0])},
                          .filters = (uint32_t)filters,
                          .channels = (uint32_t)(channels / info.group),
                          .group = (uint32_t)info.group,
                          .span = (uint32_t)span};
  return coco_fkw_shape_check(out);
}

/* The pairs of `shifts`; false: wrong ones. None: count is 0. */
static bool shifts_of(const coco_operation *conv, coco_fkw_shifts *out) {
  const coco_attribute *shifts = COCO_PROPERTY(conv, lr_pattern_conv, shifts);
  *out = (coco_fkw_shifts){0};
  if (!shifts) return true;
  if (shifts->count < 2 || shifts->count % 2 || shifts->count > (size_t)2 * COCO_FKW_MAX_SHIFTS) return false;
  for (size_t i = 0; i < shifts->count; i += 2) {
    const int64_t *pair = coco_attribute_i64s(shifts) + i;
    if (pair[0] < 0 || pair[1] < 0 || pair[0] >= COCO_FKW_MAX_POSITIONS || pair[1] >= COCO_FKW_MAX_POSITIONS)
      return false;
    for (uint32_t k = 0; k < out->count; ++k)
      if (out->rows[k] == pair[0] && out->columns[k] == pair[1]) return false;
    out->rows[out->count] = (uint32_t)pair[0];
    out->columns[out->count++] = (uint32_t)pair[1];
  }
  return true;
}

/* The plain form of CONV, whose shape is SHAPE, with ARRAYS, checked. */
static coco_status read_form(const coco_operation *conv, const coco_fkw_shape *shape, const coco_pattern_array *arrays,
                             coco_arena *arena, coco_fkw *out, const char **out_wrong) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_pattern_conv, info));
  coco_fkw_shifts shifts;
  coco_fkw shared;
  *out_wrong = shifts_of(conv, &shifts) ? NULL : "shifts must be 1 to 16 different pairs of a row and a column";
  if (*out_wrong) return COCO_OK;
  if (shifts.count == 0) return coco_pattern_read_arrays(shape, arrays, arena, out, out_wrong);
  COCO_TRY(coco_pattern_load_arrays(shape, arrays, arena, &shared, out_wrong));
  if (*out_wrong) return COCO_OK;
  return coco_fkw_unshare(&shared, (uint32_t)info.window.kernel[1], &shifts, arena, out, out_wrong);
}

coco_status coco_lr_pattern_read(const coco_operation *conv, coco_arena *arena, coco_fkw *out, bool *out_known,
                                 const char **out_wrong) {
  coco_pattern_array arrays[COCO_PATTERN_ARRAYS];
  coco_fkw_shape shape;
  *out_known = true;
  *out_wrong = shape_of(conv, &shape);
  if (*out_wrong) return COCO_OK;
  for (size_t i = 0; i < COCO_PATTERN_ARRAYS; ++i) {
    *out_known = coco_pattern_constant_array(coco_operation_operand(conv, FIRST_ARRAY + i), &arrays[i]) && *out_known;
    arrays[i].type = coco_operation_operand(conv, FIRST_ARRAY + i)->type;
  }
  if (*out_known) return read_form(conv, &shape, arrays, arena, out, out_wrong);
  *out_wrong = coco_pattern_check_lengths(&shape, arrays);
  return COCO_OK;
}

/* Pieces of the filters run in parallel, over all channel groups: a filter may not change its piece between them. The
 * lengths of CONV's arrays are right. */
static coco_status check_pieces(const coco_operation *conv, coco_arena *scratch, const char **out_wrong) {
  const coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(conv, lr_pattern_conv, tuning));
  const coco_value *reorder = coco_operation_operand(conv, FIRST_ARRAY + 1);
  coco_pattern_array array;
  coco_fkw fkw = {.own_orders = true};
  bool kept = false;
  if (reorder->type->rank == 1 || tuning.pieces <= 1) return COCO_OK;
  *out_wrong = shape_of(conv, &fkw.shape);
  if (!*out_wrong && coco_pattern_constant_array(reorder, &array)) {
    const int64_t filters = fkw.shape.filters, pieces = tuning.pieces < filters ? tuning.pieces : filters;
    COCO_TRY(coco_pattern_read_integers(&array, scratch, &fkw.reorder));
    COCO_TRY(coco_fkw_keeps_ranges(&fkw, (uint32_t)pieces, scratch, &kept));
  }
  if (!*out_wrong && !kept) *out_wrong = "a filter must have one piece in all channel groups";
  return COCO_OK;
}

coco_status coco_lr_pattern_check(const coco_operation *operation) {
  coco_arena scratch = {.allocator = coco_context_allocator(operation->context)};
  const char *wrong = NULL;
  bool known;
  coco_fkw fkw;
  coco_status status = coco_lr_pattern_read(operation, &scratch, &fkw, &known, &wrong);
  if (status == COCO_OK && !wrong) status = check_pieces(operation, &scratch, &wrong);
  coco_arena_destroy(&scratch);
  COCO_TRY(status);
  return wrong ? coco_operation_error(operation, "has a wrong stored form: %s", wrong) : COCO_OK;
}

coco_status coco_lr_pattern_conv_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                          const coco_runtime_value *operands, coco_runtime_value *results) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_pattern_conv, info));
  const coco_type *input = operands[0].type, *result = coco_operation_result(operation, 0)->type;
  const coco_convolution convolution = coco_lr_convolution_of(operation, &info, input);
  coco_pattern_array arrays[COCO_PATTERN_ARRAYS];
  for (size_t i = 0; i < COCO_PATTERN_ARRAYS; ++i)
    arrays[i] = (coco_pattern_array){.type = operands[FIRST_ARRAY + i].type, .data = operands[FIRST_ARRAY + i].data};
  coco_fkw_shape shape;
  coco_fkw fkw;
  const char *wrong = shape_of(operation, &shape);
  if (!wrong) COCO_TRY(read_form(operation, &shape, arrays, coco_evaluation_scratch(evaluation), &fkw, &wrong));
  if (wrong) return coco_evaluation_error(evaluation, operation, "has a wrong stored form: %s", wrong);
  const coco_type *type = coco_type_tensor(operation->context, 4, result->shape, input->element, NULL);
  if (!type) return COCO_OUT_OF_MEMORY;
  coco_runtime_value sums;
  COCO_TRY(coco_evaluation_allocate(evaluation, type, &sums));
  coco_fkw_convolve(&convolution, &fkw, operands[0].data, sums.data);
  coco_status status = coco_lr_body_evaluate(evaluation, operation, COCO_PROPERTY(operation, lr_pattern_conv, maps),
                                             FIRST_EXTRA, &sums, operands, results);
  coco_runtime_release(&sums);
  return status;
}

/* ---- Layers in patches ---- */

bool coco_lr_takes_patches(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_lr_pattern_conv) || coco_operation_is(operation, &coco_lr_pointwise_conv);
}

static bool is_identity(const coco_block *body) {
  const coco_operation *yield = body ? body->first : NULL;
  return !body || (yield && yield == body->last && coco_operation_operand(yield, 0) == body->arguments[0]);
}

/* An lr.window of f32 images, without padding or epilogue. */
static bool is_plain_window(const coco_operation *window) {
  if (!coco_operation_is(window, &coco_lr_window) || window->operand_count != 1) return false;
  const coco_type *input = coco_operation_operand(window, 0)->type;
  const coco_window seen = coco_lr_window_of(COCO_PROPERTY(window, lr_window, info)).window;
  if (input->rank != 4 || !coco_type_is_float(input->element) || input->element->format != COCO_F32) return false;
  for (size_t i = 0; i < 4; ++i)
    if (seen.pads[i]) return false;
  return is_identity(coco_operation_body(window, 0));
}

bool coco_lr_picks_pixels(const coco_operation *window) {
  if (!is_plain_window(window)) return false;
  const coco_window seen = coco_lr_window_of(COCO_PROPERTY(window, lr_window, info)).window;
  return seen.kernel[0] == 1 && seen.kernel[1] == 1;
}

bool coco_lr_pools_patches(const coco_operation *window) {
  if (!is_plain_window(window) || !coco_string_is(COCO_PROPERTY(window, lr_window, kind)->text, "max")) return false;
  const coco_window seen = coco_lr_window_of(COCO_PROPERTY(window, lr_window, info)).window;
  const coco_type *input = coco_operation_operand(window, 0)->type, *result = coco_operation_result(window, 0)->type;
  for (size_t i = 0; i < 2; ++i) {
    const int64_t extent = input->shape[2 + i], outputs = result->shape[2 + i];
    int64_t covered, reach;
    if (seen.kernel[i] > COCO_LR_PATCH_POOL || outputs < 1 ||
        __builtin_mul_overflow(seen.strides[i], outputs, &covered) || covered < extent ||
        __builtin_mul_overflow(seen.kernel[i] - 1, seen.dilations[i], &reach) ||
        __builtin_add_overflow(covered - seen.strides[i], reach, &reach) || reach >= extent)
      return false;
  }
  return true;
}

coco_window coco_lr_patched_window(const coco_operation *conv) {
  const bool pointwise = coco_operation_is(conv, &coco_lr_pointwise_conv);
  return coco_lr_window_of(pointwise ? COCO_PROPERTY(conv, lr_pointwise_conv, info)
                                     : COCO_PROPERTY(conv, lr_pattern_conv, info))
      .window;
}
