/* Dense forms of layers that leave out weights: what they are compared with, and become where that is faster.
 *
 *   lr.pattern_conv(x, fkw, e) { body } = lr.conv(x, dense(fkw), e) { body }
 *   lr.pointwise_conv(x, bundles, e) { body } = lr.conv(x, dense(bundles), e) { body }
 *   lr.block_conv(x, blocks, e) { body } = lr.conv(x, dense(blocks), e) { body }
 *   lr.block_matmul(x, blocks, e) { body } = lr.matmul(x, packed(dense(blocks)), e) { body }
 *
 * Weights keep their bits, the others are +0.0. While a plan is made the weights are all zero, which takes no memory.
 * Cost: linear in the dense weights of the layers that become dense. */
#include "dialects/arith/arith.h"
#include "dialects/lr/blocks.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/pack.h"
#include "dialects/lr/pattern.h"
#include "dialects/lr/pointwise.h"
#include "ir/builder.h"
#include "ir/evaluate.h"
#include "lowering/lr_schedule.h"

enum { MOST_OPERANDS = 264 };

static bool is_pattern(const coco_operation *layer) { return coco_operation_is(layer, &coco_lr_pattern_conv); }
static bool is_matmul(const coco_operation *layer) { return coco_operation_is(layer, &coco_lr_block_matmul); }

static bool is_pointwise(const coco_operation *layer) { return coco_operation_is(layer, &coco_lr_pointwise_conv); }

static bool is_sparse(const coco_operation *layer) {
  return coco_lr_takes_patches(layer) || coco_lr_is_blocks(layer);
}

static size_t own_operands(const coco_operation *layer) {
  size_t first;
  coco_schedule_maps(layer, &first);
  return first;
}

static const coco_attribute *info_of(const coco_operation *layer) {
  if (is_pointwise(layer)) return COCO_PROPERTY(layer, lr_pointwise_conv, info);
  return is_pattern(layer) ? COCO_PROPERTY(layer, lr_pattern_conv, info) : COCO_PROPERTY(layer, lr_block_conv, info);
}

/* Arrays that are at hand; a layer that has a schedule keeps it. */
static bool can_be_dense(const coco_operation *layer) {
  const size_t own = own_operands(layer);
  const coco_type *input = coco_operation_operand(layer, 0)->type;
  if (coco_operation_get(layer, COCO_STRING("tuning")) || input->rank != (is_matmul(layer) ? 2u : 4u) ||
      !coco_type_has_static_shape(input) || layer->operand_count > MOST_OPERANDS)
    return false;
  for (size_t i = 1; i < own; ++i) {
    coco_pattern_array array;
    if (!coco_pattern_constant_array(coco_operation_operand(layer, i), &array)) return false;
  }
  return true;
}

static const coco_type *weight_type(const coco_operation *layer) {
  const coco_type *input = coco_operation_operand(layer, 0)->type, *result = coco_operation_result(layer, 0)->type;
  int64_t extents[4] = {result->shape[1], input->shape[1]};
  if (is_matmul(layer)) {
    extents[0] = coco_ceil_divide(result->shape[1], COCO_LR_LANES);
    extents[2] = COCO_LR_LANES;
    return coco_type_tensor(layer->context, 3, extents, input->element, NULL);
  }
  const coco_lr_window_info info = coco_lr_window_of(info_of(layer));
  extents[1] /= info.group;
  for (size_t i = 0; i < 2; ++i) extents[2 + i] = info.window.kernel[i];
  return coco_type_tensor(layer->context, 4, extents, input->element, NULL);
}

/* A detached constant of zeros. */
static coco_status build_zeros(const coco_operation *layer, coco_operation **out) {
  const coco_type *type = weight_type(layer);
  const float zero = 0;
  const coco_attribute *value = type ? coco_attribute_dense(layer->context, type, &zero, sizeof zero) : NULL;
  if (!value) return COCO_OUT_OF_MEMORY;
  return coco_operation_create(layer->context,
                               &(coco_operation_state){.definition = &coco_arith_constant,
                                                       .location = layer->location,
                                                       COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))},
                               out);
}

/* The operation of the same input, extras and region. */
static coco_status build_layer(coco_operation *layer, coco_value *weight, coco_operation **out) {
  coco_context *context = layer->context;
  const bool product = is_matmul(layer);
  const size_t own = own_operands(layer);
  coco_value *operands[MOST_OPERANDS] = {coco_operation_operand(layer, 0), weight};
  size_t count = 2;
  for (size_t i = own; i < layer->operand_count; ++i) operands[count++] = coco_operation_operand(layer, i);
  const coco_string storage = product ? COCO_STRING("packed") : COCO_STRING("plain");
  const coco_named_attribute attributes[] = {
      COCO_NAMED("device", coco_operation_get(layer, COCO_STRING("device"))),
      COCO_NAMED("storage", coco_attribute_string(context, storage)),
      COCO_NAMED("maps", coco_operation_get(layer, COCO_STRING("maps"))),
      product ? COCO_NAMED("columns", COCO_PROPERTY(layer, lr_block_matmul, columns))
              : COCO_NAMED("info", info_of(layer))};
  if (!attributes[1].value) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_operation_create(context,
                                 &(coco_operation_state){.definition = product ? &coco_lr_matmul : &coco_lr_conv,
                                                         .location = layer->location,
                                                         .operands = operands,
                                                         .operand_count = count,
                                                         .attributes = attributes,
                                                         .attribute_count = sizeof attributes / sizeof *attributes,
                                                         COCO_WITH_RESULTS(coco_operation_result(layer, 0)->type)},
                                 out));
  coco_operation *copy;
  const coco_status status = coco_operation_clone(layer, NULL, &copy);
  if (status == COCO_OK) {
    coco_region_take(coco_operation_region(*out, 0), coco_operation_region(copy, 0));
    coco_operation_erase(copy);
  } else {
    coco_operation_erase(*out);
  }
  return status;
}

coco_status coco_schedule_dense_build(coco_operation *layer, coco_operation **out) {
  coco_operation *zeros;
  *out = NULL;
  if (!is_sparse(layer) || !can_be_dense(layer)) return COCO_OK;
  COCO_TRY(build_zeros(layer, &zeros));
  const coco_status status = build_layer(layer, coco_operation_result(zeros, 0), out);
  if (status != COCO_OK) coco_operation_erase(zeros);
  return status;
}

void coco_schedule_dense_erase(coco_operation *dense) {
  coco_operation *weight = coco_value_operation(coco_operation_operand(dense, 1));
  coco_operation_erase(dense);
  coco_operation_erase(weight);
}

/* ---- Weights ---- */

static coco_status read_blocks(const coco_operation *layer, coco_arena *arena, float **out) {
  coco_pattern_array arrays[COCO_BLOCK_ARRAYS];
  coco_blocks blocks;
  const char *wrong;
  for (size_t i = 0; i < COCO_BLOCK_ARRAYS; ++i) {
    coco_value *value = coco_operation_operand(layer, 1 + i);
    if (!coco_pattern_constant_array(value, &arrays[i])) return COCO_INVALID_ARGUMENT;
    arrays[i].type = value->type;
  }
  COCO_TRY(coco_lr_blocks_read(layer, arrays, arena, &blocks, &wrong));
  if (wrong) return coco_operation_error(layer, "has a wrong stored form: %s", wrong);
  *out = coco_arena_allocate(arena, (size_t)blocks.outputs * blocks.depth * sizeof **out);
  if (!*out) return COCO_OUT_OF_MEMORY;
  coco_blocks_to_dense(&blocks, *out);
  return COCO_OK;
}

static coco_status read_pattern(const coco_operation *layer, coco_arena *arena, float **out) {
  coco_fkw fkw;
  const char *wrong;
  bool known;
  COCO_TRY(coco_lr_pattern_read(layer, arena, &fkw, &known, &wrong));
  if (wrong) return coco_operation_error(layer, "has a wrong stored form: %s", wrong);
  if (!known) return COCO_INVALID_ARGUMENT;
  *out = coco_arena_allocate(arena,
                             (size_t)fkw.shape.filters * fkw.shape.channels * fkw.shape.set.positions * sizeof **out);
  if (!*out) return COCO_OUT_OF_MEMORY;
  coco_fkw_to_dense(&fkw, *out);
  return COCO_OK;
}

static coco_status read_pointwise(const coco_operation *layer, coco_arena *arena, float **out) {
  coco_lr_bundles bundles;
  const char *wrong;
  bool known;
  COCO_TRY(coco_lr_pointwise_read(layer, arena, &bundles, &known, &wrong));
  if (wrong) return coco_operation_error(layer, "has a wrong stored form: %s", wrong);
  if (!known) return COCO_INVALID_ARGUMENT;
  *out = coco_arena_allocate(arena, (size_t)bundles.filters * bundles.channels * sizeof **out);
  if (!*out) return COCO_OUT_OF_MEMORY;
  coco_lr_bundles_to_dense(&bundles, *out);
  return COCO_OK;
}

static coco_status read_weights(const coco_operation *layer, coco_arena *arena, float **out) {
  if (is_pointwise(layer)) return read_pointwise(layer, arena, out);
  return is_pattern(layer) ? read_pattern(layer, arena, out) : read_blocks(layer, arena, out);
}

static coco_status dense_weights(const coco_operation *layer, coco_arena *arena, const coco_attribute **out) {
  const coco_string name = coco_location_layer(layer->location);
  coco_runtime_value tensor = {.type = weight_type(layer)};
  float *weights = NULL;
  if (is_matmul(layer)) {
    const int64_t shape[] = {coco_operation_result(layer, 0)->type->shape[1],
                             coco_operation_operand(layer, 0)->type->shape[1]};
    tensor.type = coco_type_tensor(layer->context, 2, shape, coco_operation_operand(layer, 0)->type->element, NULL);
  }
  if (!tensor.type) return COCO_OUT_OF_MEMORY;
  COCO_TRY(read_weights(layer, arena, &weights));
  tensor.data = weights;
  COCO_TRY(coco_runtime_to_attribute(layer->context, &tensor, name.size ? name : COCO_STRING("weight"), out));
  if (!is_matmul(layer)) return COCO_OK;
  const coco_attribute *rows = *out;
  COCO_TRY(coco_lr_pack_matmul_weight(layer->context, rows, true, out));
  return *out ? COCO_OK : COCO_INVALID_ARGUMENT;
}

/* LAYER, without uses, and the arrays that nobody else reads. */
static void erase_layer(coco_operation *layer) {
  coco_operation *arrays[COCO_LR_PATTERN_OPERANDS];
  const size_t own = own_operands(layer);
  for (size_t i = 1; i < own; ++i) arrays[i] = coco_value_operation(coco_operation_operand(layer, i));
  coco_operation_erase(layer);
  for (size_t i = 1; i < own; ++i) {
    bool erased = false;
    for (size_t k = 1; k < i; ++k) erased = erased || arrays[k] == arrays[i];
    if (!erased && coco_value_is_unused(coco_operation_result(arrays[i], 0)))
      coco_operation_erase(arrays[i]);
    else
      arrays[i] = NULL;
  }
}

coco_status coco_schedule_dense_take(coco_operation *layer, coco_operation *dense) {
  coco_arena arena = {.allocator = coco_context_allocator(layer->context)};
  coco_operation *weight = coco_value_operation(coco_operation_operand(dense, 1));
  const coco_attribute *value;
  const coco_status status = dense_weights(layer, &arena, &value);
  coco_arena_destroy(&arena);
  COCO_TRY(status);
  coco_operation_set_property(weight, COCO_PROPERTY_INDEX(arith_constant, value), value);
  coco_operation_insert_before(weight, layer);
  coco_operation_insert_before(dense, layer);
  coco_value_replace_all_uses(coco_operation_result(layer, 0), coco_operation_result(dense, 0));
  erase_layer(layer);
  return COCO_OK;
}
