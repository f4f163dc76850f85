/* pattern.conv => lr.pattern_conv, where the lr operation can have it: images of two axes that can be cut into patches,
 * of any group.
 *
 *   pattern.conv(x, fkw, b) => lr.pattern_conv(x, fkw, b) { acc + b[channel], then the chain }
 *   pattern.conv(x, fkw, b) => lr.conv(x, dense(fkw), b) { the same }, elsewhere
 *
 * The arrays must be constants. Cost: linear in the kernels, or in the dense weights. */
#include "dialects/lr/window.h"
#include "dialects/pattern/pattern.h"
#include "lowering/graph_to_lr.h"
#include "lowering/lr_schedule.h"

static coco_value *outer(const coco_layer *layer, size_t group) {
  coco_value *value = coco_operation_group_value(layer->anchor, group);
  return value ? coco_layer_outer(layer, value) : NULL;
}
#define ANCHOR_OPERAND(name) outer(layer, offsetof(struct coco_pattern_conv_operands, name))

static const coco_attribute *info_of(coco_layer *layer) {
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
  const coco_attribute *info = coco_lr_window_attribute(
      layer->context, &window, coco_property_integer(COCO_PROPERTY(anchor, pattern_conv, group), 1));
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

static bool can_be_patterns(const coco_layer *layer, const coco_fkw *fkw) {
  return layer->type->rank == 4 && fkw->kernels > 0;
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
  const coco_attribute *info = info_of(layer);
  if (!info) return NULL;
  if (!can_be_patterns(layer, &fkw)) return build_dense(layer, &fkw, info);
  coco_value *value = build_patterns(layer, info);
  if (!value || coco_schedule_patches(coco_value_operation(value), &input, &result)) return value;
  coco_operation_erase(coco_value_operation(value));
  return build_dense(layer, &fkw, info);
}
