/* pattern.linear => lr.block_matmul; pattern.block_conv => lr.block_conv of images of two axes, else a dense lr.conv.
 *
 *   pattern.linear(x, blocks, b) => lr.block_matmul(x', blocks, b) { acc + b[column], then the chain }
 *   pattern.block_conv(x, blocks, b) => lr.block_conv(x, blocks, b) { acc + b[channel], then the chain }
 *   pattern.block_conv(x, blocks, b) => lr.conv(x, dense(blocks), b) { the same }
 *
 * x' is x between reshapes, unless x is a matrix.
 *
 * The arrays must be constants. Cost: linear in what is kept, or in the dense weights. */
#include "dialects/lr/window.h"
#include "dialects/pattern/pattern.h"
#include "lowering/graph_to_lr.h"

static coco_value *outer(const coco_layer *layer, size_t group) {
  coco_value *value = coco_operation_group_value(layer->anchor, group);
  return value ? coco_layer_outer(layer, value) : NULL;
}
/* Both rows have the same operands. */
#define ANCHOR_OPERAND(name) outer(layer, offsetof(struct coco_pattern_linear_operands, name))

/* Whether the arrays are known; a diagnostic where they are not. */
static bool read_blocks(coco_layer *layer, coco_blocks *out) {
  coco_value *const values[] = {ANCHOR_OPERAND(offset), ANCHOR_OPERAND(index), ANCHOR_OPERAND(weights)};
  bool known;
  const coco_status status = coco_blocks_read_constants(layer->anchor, values, layer->scratch, out, &known);
  if (status != COCO_OK) {
    coco_layer_fail(layer, status);
    return false;
  }
  if (!known)
    coco_layer_fail(
        layer, coco_operation_error(layer->anchor, "cannot be lowered to lr: its arrays are no constants at hand"));
  return known;
}

/* An operation of DEFINITION of INPUT and the anchor's arrays, plus the bias. TYPE NULL: with the chain. */
static coco_value *build(coco_layer *layer, const coco_operation_definition *definition, coco_value *input,
                         const coco_named_attribute *attributes, size_t count, const coco_type *type) {
  coco_layer whole = *layer;
  coco_extras extras = {.count = 0};
  if (type) whole.type = type;
  const coco_core_function core = coco_layer_add_bias(&whole, &extras, ANCHOR_OPERAND(bias));
  coco_value *value = coco_layer_build(
      &whole,
      &(coco_layer_operation){.definition = definition,
                              .own = {input, ANCHOR_OPERAND(offset), ANCHOR_OPERAND(index), ANCHOR_OPERAND(weights)},
                              .own_count = COCO_LR_BLOCK_OPERANDS,
                              .has_accumulator = true,
                              .attributes = attributes,
                              .attribute_count = count,
                              .core = core,
                              .chain = !type,
                              .type = type},
      &extras);
  layer->builder = whole.builder;
  return value;
}

/* ---- Products ---- */

coco_value *coco_lower_pattern_linear(coco_layer *layer) {
  const coco_operation *anchor = layer->anchor;
  const coco_type *result = coco_operation_result(anchor, 0)->type;
  coco_value *input = ANCHOR_OPERAND(input);
  const coco_named_attribute attributes[] = {COCO_NAMED("columns", COCO_PROPERTY(anchor, pattern_linear, outputs))};
  coco_blocks blocks;
  if (!read_blocks(layer, &blocks)) return NULL;
  if (input->type->rank == 2) return build(layer, &coco_lr_block_matmul, input, attributes, 1, NULL);
  const int64_t rows = coco_type_element_count(result) / blocks.outputs;
  const coco_type *type =
      coco_type_tensor(layer->context, 2, (const int64_t[]){rows, blocks.outputs}, input->type->element, NULL);
  if (!type) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  input = coco_layer_build_reshape(layer, input, 2, (const int64_t[]){rows, blocks.depth});
  coco_value *product = input ? build(layer, &coco_lr_block_matmul, input, attributes, 1, type) : NULL;
  product = product ? coco_layer_build_reshape(layer, product, result->rank, result->shape) : NULL;
  return product ? coco_layer_build_chain(layer, product) : NULL;
}

/* ---- Convolutions ---- */

static coco_value *build_dense(coco_layer *layer, const coco_blocks *blocks, const coco_attribute *info) {
  const coco_attribute *weight;
  const coco_status status = coco_blocks_dense_weight(layer->anchor, blocks, false, layer->scratch, &weight);
  if (status != COCO_OK) return coco_layer_fail(layer, status);
  return coco_layer_build_conv(layer, ANCHOR_OPERAND(input), coco_layer_constant(layer, weight), ANCHOR_OPERAND(bias),
                               info);
}

coco_value *coco_lower_pattern_block_conv(coco_layer *layer) {
  const coco_operation *anchor = layer->anchor;
  coco_blocks blocks;
  coco_window window;
  if (!read_blocks(layer, &blocks)) return NULL;
  const char *wrong = coco_pattern_block_window(anchor, &window);
  if (wrong) return coco_layer_fail(layer, coco_operation_error(anchor, "%s", wrong));
  const coco_attribute *info = coco_lr_window_attribute(layer->context, &window, 1),
                       *plain = coco_attribute_string(layer->context, COCO_STRING("plain"));
  if (!info || !plain) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  if (layer->type->rank != 4) return build_dense(layer, &blocks, info);
  const coco_named_attribute attributes[] = {COCO_NAMED("storage", plain), COCO_NAMED("info", info),
                                             COCO_NAMED("filters", COCO_PROPERTY(anchor, pattern_block_conv, filters))};
  return build(layer, &coco_lr_block_conv, ANCHOR_OPERAND(input), attributes, 3, NULL);
}
