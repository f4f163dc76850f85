/* pattern.conv => lr.pointwise_conv where kernels have one position, else lr.pattern_conv, where the lr operation can
 * have it: images of two axes that can be cut into patches, of any group.
 *
 *   pattern.conv(x, fkw, b) => lr.pattern_conv(x, fkw, b) { acc + b[channel], then the chain }
 *   pattern.conv(x, fkw, b) => lr.pointwise_conv(x, bundles(fkw), b) { the same }, of 1x1 kernels without padding; a
 *                              stride is an lr.window before it, which leaves out what it does not read
 *   pattern.conv(x, fkw, b) => lr.conv(x, dense(fkw), b) { the same }, elsewhere; its coco.choice says why
 *
 * The arrays must be constants. Cost: linear in the kernels, or in the dense weights. */
#include <stdio.h>

#include "dialects/lr/pattern.h"
#include "dialects/lr/pointwise.h"
#include "dialects/lr/window.h"
#include "dialects/pattern/pattern.h"
#include "lowering/graph_to_lr.h"
#include "lowering/layer_choice.h"
#include "lowering/lr_schedule.h"

static coco_value *outer(const coco_layer *layer, size_t group) {
  coco_value *value = coco_operation_group_value(layer->anchor, group);
  return value ? coco_layer_outer(layer, value) : NULL;
}
#define ANCHOR_OPERAND(name) outer(layer, offsetof(struct coco_pattern_conv_operands, name))

/* GROUP: of the lr operation. */
static const coco_attribute *info_of(coco_layer *layer, int64_t group) {
  const coco_operation *anchor = layer->anchor;
  const coco_attribute *kernel = COCO_PROPERTY(anchor, pattern_conv, kernel);
  coco_window window;
  const char *wrong = coco_window_make(
      &window, kernel->count, coco_attribute_i64s(kernel), COCO_PROPERTY(anchor, pattern_conv, strides),
      COCO_PROPERTY(anchor, pattern_conv, pads), COCO_PROPERTY(anchor, pattern_conv, dilations), false);
  if (wrong) {
    coco_layer_fail(layer, coco_operation_error(anchor, "%s", wrong));
    return NULL;
  }
  const coco_attribute *info = coco_lr_window_attribute(layer->context, &window, group);
  if (!info) coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  return info;
}

static coco_value *build_dense(coco_layer *layer, const coco_fkw *fkw, const coco_attribute *info) {
  const coco_attribute *weight;
  const coco_status status = coco_pattern_dense_weight(layer->anchor, fkw, layer->scratch, &weight);
  if (status != COCO_OK) return coco_layer_fail(layer, status);
  return coco_layer_build_conv(layer, ANCHOR_OPERAND(input), coco_layer_constant(layer, weight), ANCHOR_OPERAND(bias),
                               info);
}

static coco_value *build_patterns(coco_layer *layer, const coco_attribute *info) {
  const coco_operation *anchor = layer->anchor;
  const coco_attribute *masks = COCO_PROPERTY(coco_pattern_conv_set(anchor), pattern_set, masks);
  coco_extras extras = {.count = 0};
  const coco_core_function core = coco_layer_add_bias(layer, &extras, ANCHOR_OPERAND(bias));
  const coco_named_attribute attributes[] = {COCO_NAMED("info", info), COCO_NAMED("masks", masks),
                                             COCO_NAMED("filters", COCO_PROPERTY(anchor, pattern_conv, filters)),
                                             COCO_NAMED("span", COCO_PROPERTY(anchor, pattern_conv, span))};
  return coco_layer_build(
      layer,
      &(coco_layer_operation){.definition = &coco_lr_pattern_conv,
                              .own = {ANCHOR_OPERAND(input), ANCHOR_OPERAND(offset), ANCHOR_OPERAND(reorder),
                                      ANCHOR_OPERAND(index), ANCHOR_OPERAND(runs), ANCHOR_OPERAND(weights)},
                              .own_count = COCO_LAYER_MAX_OWN,
                              .has_accumulator = true,
                              .attributes = attributes,
                              .attribute_count = sizeof attributes / sizeof *attributes,
                              .core = core,
                              .chain = true},
      &extras);
}

/* ---- One position ---- */

static bool is_pointwise(const coco_layer *layer, const coco_fkw *fkw) {
  const coco_attribute *pads = COCO_PROPERTY(layer->anchor, pattern_conv, pads);
  bool padded = false;
  for (size_t i = 0; i < pads->count; ++i) padded = padded || coco_attribute_i64s(pads)[i] != 0;
  return fkw->shape.set.positions == 1 && !padded;
}

static coco_status weights_attribute(coco_layer *layer, const coco_lr_bundles *bundles, coco_string name,
                                     const coco_attribute **out) {
  const int64_t shape[] = {bundles->steps, coco_lr_bundle_filters(bundles)};
  const coco_type *type = coco_type_tensor(layer->context, 2, shape, coco_type_f32(layer->context), NULL);
  if (!type) return COCO_OUT_OF_MEMORY;
  const coco_runtime_value tensor = {.type = type, .data = bundles->weights};
  coco_buffer text = COCO_BUFFER(coco_context_allocator(layer->context));
  coco_buffer_format(&text, "%.*s%sweights", COCO_PRINT(name), name.size ? "." : "");
  coco_status status = text.status;
  if (status == COCO_OK) status = coco_runtime_to_attribute(layer->context, &tensor, coco_buffer_view(&text), out);
  coco_buffer_free(&text);
  return status;
}

enum { BUNDLE_ARRAYS = COCO_LR_POINTWISE_OPERANDS - 1 };

/* The arrays of BUNDLES as attributes, in the order of the operands. */
static coco_status bundle_attributes(coco_layer *layer, const coco_lr_bundles *bundles,
                                     const coco_attribute *out[BUNDLE_ARRAYS]) {
  const coco_string name = coco_location_layer(layer->anchor->location);
  const int64_t order[] = {bundles->groups, bundles->filters}, index[] = {bundles->steps, bundles->strands},
                offsets = (int64_t)bundles->groups * coco_lr_bundle_count(bundles) * bundles->phases + 1;
  COCO_TRY(coco_pattern_integers(layer->context, name, "order", bundles->order, 2, order, &out[0]));
  COCO_TRY(coco_pattern_integers(layer->context, name, "offset", bundles->offset, 1, &offsets, &out[1]));
  COCO_TRY(coco_pattern_integers(layer->context, name, "index", bundles->index, 2, index, &out[2]));
  return weights_attribute(layer, bundles, name, &out[3]);
}

static bool has_strides(const coco_layer *layer) {
  const coco_attribute *strides = COCO_PROPERTY(layer->anchor, pattern_conv, strides);
  for (size_t i = 0; i < strides->count; ++i)
    if (coco_attribute_i64s(strides)[i] != 1) return true;
  return false;
}

/* The pixels of the input at which windows of one position stand, side by side; and the window that is left, of stride
 * 1, as *info. */
static coco_value *pick_pixels(coco_layer *layer, const coco_attribute **info) {
  coco_value *input = ANCHOR_OPERAND(input);
  coco_lr_window_info window = coco_lr_window_of(*info);
  int64_t shape[4], ones[] = {1, 1};
  memcpy(shape, input->type->shape, sizeof shape);
  memcpy(shape + 2, layer->type->shape + 2, 2 * sizeof *shape);
  const coco_attribute *strided = *info, *kind = coco_attribute_string(layer->context, COCO_STRING("max")),
                       *no = coco_attribute_bool(layer->context, false);
  const coco_type *type = coco_type_tensor(layer->context, 4, shape, input->type->element, NULL);
  window.window.strides = ones;
  *info = coco_lr_window_attribute(layer->context, &window.window, 1);
  if (!kind || !no || !type || !*info) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  coco_extras extras = {.count = 0};
  const coco_named_attribute attributes[] = {COCO_NAMED("kind", kind), COCO_NAMED("info", strided),
                                             COCO_NAMED("count_include_pad", no), COCO_NAMED("ceil_mode", no)};
  return coco_layer_build(layer,
                          &(coco_layer_operation){.definition = &coco_lr_window,
                                                  .own = {input},
                                                  .own_count = 1,
                                                  .has_accumulator = true,
                                                  .attributes = attributes,
                                                  .attribute_count = sizeof attributes / sizeof *attributes,
                                                  .type = type},
                          &extras);
}

static coco_value *build_pointwise(coco_layer *layer, const coco_fkw *fkw) {
  const coco_operation *anchor = layer->anchor;
  const coco_attribute *arrays[BUNDLE_ARRAYS], *info = info_of(layer, 1);
  coco_lr_bundles bundles;
  const int64_t pixels = layer->type->shape[2] * layer->type->shape[3];
  coco_status status = coco_lr_bundles_from_fkw(fkw, pixels, layer->scratch, &bundles);
  if (status == COCO_OK) status = bundle_attributes(layer, &bundles, arrays);
  if (status != COCO_OK) return coco_layer_fail(layer, status);
  const coco_attribute *share = coco_attribute_i64(layer->context, bundles.share);
  if (!info) return NULL;
  if (!share) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  coco_value *input = has_strides(layer) ? pick_pixels(layer, &info) : ANCHOR_OPERAND(input);
  if (!input) return NULL;
  coco_extras extras = {.count = 0};
  const coco_core_function core = coco_layer_add_bias(layer, &extras, ANCHOR_OPERAND(bias));
  const coco_named_attribute attributes[] = {COCO_NAMED("info", info),
                                             COCO_NAMED("filters", COCO_PROPERTY(anchor, pattern_conv, filters)),
                                             COCO_NAMED("share", share)};
  coco_layer_operation made = {.definition = &coco_lr_pointwise_conv,
                               .own = {input},
                               .own_count = COCO_LR_POINTWISE_OPERANDS,
                               .has_accumulator = true,
                               .attributes = attributes,
                               .attribute_count = sizeof attributes / sizeof *attributes,
                               .core = core,
                               .chain = true};
  for (size_t i = 0; i < BUNDLE_ARRAYS; ++i) made.own[1 + i] = coco_layer_constant(layer, arrays[i]);
  return coco_layer_build(layer, &made, &extras);
}

/* In place of patterns, which have no code for WHY; the layer says so. */
static coco_value *build_dense_instead(coco_layer *layer, const coco_fkw *fkw, const coco_attribute *info,
                                       const char *why) {
  const coco_fkw_shape *shape = &fkw->shape;
  const double all = (double)shape->filters * shape->channels / shape->group * shape->set.positions,
               kept = (double)fkw->kernels * shape->set.entries;
  char text[120];
  const int size = snprintf(text, sizeof text, "%.1fx only: %s", kept > 0 ? all / kept : 0, why);
  coco_value *value = build_dense(layer, fkw, info);
  if (!value) return NULL;
  const coco_layer_choice choice = {.reason = {text, (size_t)size}};
  const coco_status status = coco_layer_set_choice(coco_value_operation(value), &choice);
  return status == COCO_OK ? value : coco_layer_fail(layer, status);
}

coco_value *coco_lower_pattern_conv(coco_layer *layer) {
  coco_value *arrays[COCO_PATTERN_ARRAYS];
  coco_lr_layout_info input, result;
  coco_fkw fkw;
  bool known;
  for (size_t i = 0; i < COCO_PATTERN_ARRAYS; ++i) arrays[i] = outer(layer, i + 1);
  const coco_status status = coco_pattern_read_constants(layer->anchor, arrays, layer->scratch, &fkw, &known);
  if (status != COCO_OK) return coco_layer_fail(layer, status);
  if (!known)
    return coco_layer_fail(
        layer, coco_operation_error(layer->anchor, "cannot be lowered to lr: its arrays are no constants at hand"));
  const coco_attribute *info =
      info_of(layer, coco_property_integer(COCO_PROPERTY(layer->anchor, pattern_conv, group), 1));
  if (!info) return NULL;
  if (fkw.kernels == 0) return build_dense(layer, &fkw, info);
  if (layer->type->rank != 4) return build_dense_instead(layer, &fkw, info, "code for its zeros has images of two axes");
  coco_value *value = is_pointwise(layer, &fkw) ? build_pointwise(layer, &fkw) : build_patterns(layer, info);
  if (!value || coco_schedule_patches(coco_value_operation(value), &input, &result)) return value;
  coco_operation *picked = coco_value_operation(coco_operation_operand(coco_value_operation(value), 0));
  coco_operation_erase(coco_value_operation(value));
  if (coco_lr_picks_pixels(picked) && coco_value_is_unused(coco_operation_result(picked, 0)))
    coco_operation_erase(picked);
  return build_dense_instead(layer, &fkw, info, "images of these extents cannot be cut into patches");
}
