/* lr-schedule: default schedules. Chooses each layer's storage, the layouts of all edges, packed weights and register
 * blocks.
 *
 * Dense convolutions with constant weights are computed in blocks of 16 channels, directly or (1x1, no borders) as a
 * product over pixels; layers that only look at elements follow their inputs; the rest is dense. In three rounds over
 * each block of operations: (1) blocks of channels, forward; (2) halos, which are what the convolutions that read a
 * value need; (3) lr.relayout where a layer needs something else than it is given, storage, weights and tuning. Tuning
 * that is there already is kept.
 *
 * Needs: lr operations without layouts (or a schedule of this pass). Packed weights do not depend on the variant of a
 * target, so that variants share them. Cost: linear in operations and uses, plus the packing. */
#include "lowering/lr_schedule.h"

#include "dialects/arith/arith.h"
#include "dialects/func/func.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/pack.h"
#include "ir/builder.h"
#include "ir/pass.h"

enum { RELAYOUTS = 0, PACKED };

typedef struct schedule {
  coco_context *context;
  coco_pass *pass;
  coco_schedule_figures figures;
  coco_schedule_freedom freedom;
} schedule;

static coco_value *operand(const coco_operation *operation, size_t index) {
  return coco_operation_operand(operation, index);
}
static coco_value *result(const coco_operation *operation) { return coco_operation_result(operation, 0); }
static int64_t block_of(const coco_value *value) {
  return coco_type_is(value->type, COCO_TYPE_TENSOR) ? coco_lr_layout_of(value->type).block : 1;
}
static bool is_lr(const coco_operation *operation) { return operation->definition->dialect == &coco_lr_dialect; }

static bool is_image(const coco_type *type) {
  return type->rank == 4 && coco_type_is_float(type->element) && type->element->format == COCO_F32 &&
         coco_type_element_count(type) > 0;
}

static coco_status set_layout(const schedule *work, coco_value *value, const coco_lr_layout_info *info) {
  const coco_type *type = coco_lr_type_with_layout(work->context, value->type, info);
  if (!type) return COCO_OUT_OF_MEMORY;
  if (type != value->type) work->pass->changed = true;
  value->type = type;
  return COCO_OK;
}

/* ---- First round: blocks ---- */

static bool has_plain_storage(const coco_operation *conv) {
  return coco_string_is(COCO_PROPERTY(conv, lr_conv, storage)->text, "plain");
}

/* f32, two axes, weights at hand. */
static bool can_be_packed(const coco_operation *conv) {
  const coco_attribute *weight = coco_value_constant(operand(conv, 1));
  bool splat;
  return weight && coco_attribute_is_elements(weight) && coco_elements_data(weight, &splat) &&
         is_image(operand(conv, 0)->type) && is_image(result(conv)->type);
}

static bool is_depthwise_conv(const coco_operation *operation) {
  if (!coco_operation_is(operation, &coco_lr_conv)) return false;
  return (!has_plain_storage(operation) || can_be_packed(operation)) && coco_schedule_is_depthwise(operation);
}

/* A convolution over planes: f32, two axes, and few filters or several groups. */
static bool is_rows_conv(const coco_operation *operation) {
  if (!coco_operation_is(operation, &coco_lr_conv)) return false;
  coco_string storage = COCO_PROPERTY(operation, lr_conv, storage)->text;
  if (!coco_string_is(storage, "plain")) return coco_string_is(storage, "rows");
  if (!is_image(operand(operation, 0)->type) || !is_image(result(operation)->type) || is_depthwise_conv(operation))
    return false;
  return coco_schedule_prefers_rows(operation, block_of(operand(operation, 0)) > 1);
}

/* A convolution for the packed kernels: computed already so, or f32, one group, two axes, constant weights at hand, and
 * enough filters. */
static bool is_blocked_conv(const coco_operation *operation) {
  if (!coco_operation_is(operation, &coco_lr_conv) || is_depthwise_conv(operation) || is_rows_conv(operation))
    return false;
  if (!has_plain_storage(operation)) return true;
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_conv, info));
  return can_be_packed(operation) && info.group == 1;
}

static const coco_attribute *maps_of(const coco_operation *operation, size_t *first) {
  *first = coco_operation_is(operation, &coco_lr_map)                                                       ? 0
           : coco_operation_is(operation, &coco_lr_window) || coco_operation_is(operation, &coco_lr_reduce) ? 1
                                                                                                            : 2;
  if (coco_operation_is(operation, &coco_lr_map)) return COCO_PROPERTY(operation, lr_map, maps);
  if (coco_operation_is(operation, &coco_lr_window)) return COCO_PROPERTY(operation, lr_window, maps);
  if (coco_operation_is(operation, &coco_lr_reduce)) return COCO_PROPERTY(operation, lr_reduce, maps);
  if (coco_operation_is(operation, &coco_lr_matmul)) return COCO_PROPERTY(operation, lr_matmul, maps);
  return coco_operation_is(operation, &coco_lr_conv) ? COCO_PROPERTY(operation, lr_conv, maps) : NULL;
}

/* Whether extra number INDEX of an operation is read at the result's own index. */
static bool reads_in_place(const coco_operation *operation, const coco_attribute *maps, size_t first, size_t index) {
  const coco_type *type = operand(operation, first + index)->type, *own = result(operation)->type;
  return coco_affine_map_is_identity(maps->elements[index]->map) && coco_type_same_shape(type, own);
}

/* Windows, maps and concatenations have the block of what they read; concatenations only where pieces are whole blocks.
 */
static int64_t followed_block(const coco_operation *operation) {
  if (!is_image(result(operation)->type)) return 1;
  if (coco_operation_is(operation, &coco_lr_window))
    return is_image(operand(operation, 0)->type) ? block_of(operand(operation, 0)) : 1;
  if (coco_operation_is(operation, &coco_lr_move)) {
    int64_t block = 1;
    for (uint32_t i = 0; i < operation->operand_count && block == 1; ++i) block = block_of(operand(operation, i));
    return block > 1 && coco_lr_move_shifts_blocks(operation, block) ? block : 1;
  }
  if (!coco_operation_is(operation, &coco_lr_map)) return 1;
  size_t first;
  int64_t block = 1;
  const coco_attribute *maps = maps_of(operation, &first);
  for (uint32_t i = 0; i < operation->operand_count; ++i) {
    const coco_type *element = operand(operation, i)->type->element;
    if (!coco_type_is_float(element) || element->format != COCO_F32) return 1;
    if (block == 1 && reads_in_place(operation, maps, first, i)) block = block_of(operand(operation, i));
  }
  return block;
}

static bool is_pattern_conv(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_lr_pattern_conv);
}

static coco_status choose_patches(const schedule *work, coco_operation *conv) {
  coco_lr_layout_info input, made;
  if (!coco_schedule_patches(conv, &input, &made))
    return coco_operation_error(conv, "has images that cannot be cut into patches");
  return set_layout(work, result(conv), &made);
}

static coco_status choose_block(const schedule *work, coco_operation *operation) {
  if (!is_lr(operation) || operation->result_count != 1 || coco_operation_is(operation, &coco_lr_relayout))
    return COCO_OK;
  if (is_pattern_conv(operation)) return choose_patches(work, operation);
  bool blocks = is_blocked_conv(operation) || is_depthwise_conv(operation);
  coco_lr_layout_info info = {.block = blocks ? COCO_LR_LANES : followed_block(operation)};
  return set_layout(work, result(operation), &info);
}

/* ---- Second round: halos ---- */

static void halo_of_conv(const schedule *work, const coco_operation *conv, int64_t halo[4]) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  const coco_winograd *algorithm = coco_schedule_winograd(conv, &work->freedom);
  if (algorithm)
    coco_winograd_halo_needed(algorithm, &info.window, operand(conv, 0)->type, result(conv)->type, halo);
  else
    coco_lr_halo_needed(&info.window, operand(conv, 0)->type, result(conv)->type, halo);
}

static bool same_patches(const coco_lr_layout_info *a, const coco_lr_layout_info *b) {
  return memcmp(a->patches, b->patches, sizeof a->patches) == 0;
}

/* LAYOUT with halos that hold all that NEEDED says. */
static void widen_halo(coco_lr_layout_info *layout, const int64_t needed[4]) {
  for (size_t i = 0; i < 4; ++i) {
    if (needed[i] > layout->halo[i]) layout->halo[i] = needed[i];
  }
}

/* Of patterns after patterns, cut alike. */
static coco_status ask_for_patches(const schedule *work, const coco_operation *conv) {
  coco_value *input = operand(conv, 0);
  coco_lr_layout_info needed, made, given = coco_lr_layout_of(input->type);
  if (!is_pattern_conv(coco_value_operation(input)) || !coco_schedule_patches(conv, &needed, &made) ||
      !same_patches(&needed, &given))
    return COCO_OK;
  widen_halo(&given, needed.halo);
  return set_layout(work, input, &given);
}

/* A blocked convolution asks its input's producer for the halo that it needs. */
static coco_status ask_for_halo(const schedule *work, const coco_operation *operation) {
  if (is_pattern_conv(operation)) return ask_for_patches(work, operation);
  if (!is_blocked_conv(operation)) return COCO_OK;
  coco_value *input = operand(operation, 0);
  const coco_operation *producer = coco_value_operation(input);
  if (!producer || !is_lr(producer) || coco_operation_is(producer, &coco_lr_relayout) || block_of(input) == 1)
    return COCO_OK;
  coco_lr_layout_info info = coco_lr_layout_of(input->type);
  int64_t needed[4];
  halo_of_conv(work, operation, needed);
  widen_halo(&info, needed);
  return set_layout(work, input, &info);
}

/* ---- Third round: relayouts, storage, weights, tuning ---- */

/* The operand as a WANTED tensor: an earlier lr.relayout's result or a new one's. */
static coco_status convert_operand(schedule *work, coco_operation *operation, size_t index, const coco_type *wanted) {
  coco_value *value = operand(operation, index);
  if (wanted == value->type) return COCO_OK;
  for (const coco_use *use = value->first_use; use; use = use->next) {
    coco_operation *user = use->owner;
    if (!coco_operation_is(user, &coco_lr_relayout) || user->block != operation->block || result(user)->type != wanted)
      continue;
    if (!coco_operation_is_before(user, operation)) continue;
    coco_operation_set_operand(operation, index, result(user));
    return COCO_OK;
  }
  coco_builder builder = coco_builder_before(operation);
  const coco_operation *producer = coco_value_operation(value);
  if (producer && operation->operand_count > 0 && !is_lr(operation)) builder.location = producer->location;
  coco_value *made = coco_build_value(
      &builder, &(coco_operation_state){.definition = &coco_lr_relayout,
                                        COCO_WITH_OPERANDS(value),
                                        COCO_WITH_ATTRIBUTES(COCO_NAMED(
                                            "device", coco_attribute_string(work->context, COCO_STRING("cpu")))),
                                        COCO_WITH_RESULTS(wanted)});
  COCO_TRY(builder.status);
  coco_operation_set_operand(operation, index, made);
  ++work->pass->statistics[RELAYOUTS];
  work->pass->changed = true;
  return COCO_OK;
}

/* The operand in the layout INFO. */
static coco_status relayout_operand(schedule *work, coco_operation *operation, size_t index,
                                    const coco_lr_layout_info *info) {
  const coco_type *wanted = coco_lr_type_with_layout(work->context, operand(operation, index)->type, info);
  return wanted ? convert_operand(work, operation, index, wanted) : COCO_OUT_OF_MEMORY;
}

static coco_status make_dense(schedule *work, coco_operation *operation, size_t index) {
  const coco_type *type = operand(operation, index)->type;
  if (!coco_type_is(type, COCO_TYPE_TENSOR) || !type->encoding) return COCO_OK;
  return relayout_operand(work, operation, index, &(coco_lr_layout_info){.block = 1});
}

/* Of BLOCK, with whatever halo it has. */
static coco_status make_block(schedule *work, coco_operation *operation, size_t index, int64_t block) {
  if (block_of(operand(operation, index)) == block && (block > 1 || !operand(operation, index)->type->encoding))
    return COCO_OK;
  return relayout_operand(work, operation, index, &(coco_lr_layout_info){.block = block});
}

/* Puts a constant before OPERATION in place of operand INDEX. */
static coco_status replace_constant(schedule *work, coco_operation *operation, size_t index,
                                    const coco_attribute *value) {
  coco_operation *former = coco_value_operation(operand(operation, index));
  coco_builder builder = coco_builder_before(operation);
  builder.location = former->location;
  coco_value *made = coco_build_value(
      &builder,
      &(coco_operation_state){.definition = &coco_arith_constant, COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))});
  COCO_TRY(builder.status);
  coco_operation_set_operand(operation, index, made);
  if (coco_value_is_unused(result(former))) coco_operation_erase(former);
  work->pass->changed = true;
  return COCO_OK;
}

/* Extras in the result's block where they are read in place, dense elsewhere; constant vectors of channels padded for
 * whole blocks. */
static coco_status serve_extras(schedule *work, coco_operation *operation) {
  size_t first;
  const coco_attribute *maps = maps_of(operation, &first);
  int64_t block = block_of(result(operation));
  for (size_t i = 0; maps && i < maps->count; ++i) {
    if (reads_in_place(operation, maps, first, i)) {
      COCO_TRY(make_block(work, operation, first + i, block));
      continue;
    }
    COCO_TRY(make_dense(work, operation, first + i));
    const coco_attribute *constant = coco_value_constant(operand(operation, first + i)), *padded = NULL;
    const coco_affine_map *map = maps->elements[i]->map;
    bool by_channel =
        map->result_count == 1 && map->results[0]->kind == COCO_AFFINE_DIMENSION && map->results[0]->value == 1;
    if (block == 1 || !constant || !by_channel) continue;
    COCO_TRY(coco_lr_pad_vector(work->context, constant, &padded));
    if (padded && padded != constant) COCO_TRY(replace_constant(work, operation, first + i, padded));
  }
  return COCO_OK;
}

/* 1x1 over blocks without borders: all pixels are one dimension. */
static bool can_be_gemm(const coco_operation *conv) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  coco_lr_layout_info in = coco_lr_layout_of(operand(conv, 0)->type), out = coco_lr_layout_of(result(conv)->type);
  static const int64_t none[4];
  return coco_window_is_pointwise(&info.window) && in.block == COCO_LR_LANES && !memcmp(in.halo, none, sizeof none) &&
         !memcmp(out.halo, none, sizeof none);
}

/* Packed for ALGORITHM; NULL: direct. */
static coco_status pack_weight(schedule *work, coco_operation *conv, const coco_winograd *algorithm) {
  const coco_attribute *packed, *filters = coco_attribute_i64(work->context, result(conv)->type->shape[1]);
  const coco_attribute *weight = coco_value_constant(operand(conv, 1));
  if (!filters) return COCO_OUT_OF_MEMORY;
  COCO_TRY(algorithm ? coco_lr_pack_winograd_weight(work->context, weight, algorithm, &packed)
                     : coco_lr_pack_conv_weight(work->context, weight, &packed));
  if (!packed) return coco_operation_error(conv, "has weights that cannot be packed");
  COCO_TRY(replace_constant(work, conv, 1, packed));
  coco_operation_set_property(conv, COCO_PROPERTY_INDEX(lr_conv, filters), filters);
  ++work->pass->statistics[PACKED];
  return COCO_OK;
}

static coco_status set_tuning_info(schedule *work, coco_operation *operation, size_t property,
                                   const coco_lr_tuning_info *info) {
  if (operation->properties[property]) return COCO_OK;
  const coco_attribute *tuning = coco_lr_tuning_attribute(work->context, info);
  if (!tuning) return COCO_OUT_OF_MEMORY;
  coco_operation_set_property(operation, property, tuning);
  work->pass->changed = true;
  return COCO_OK;
}

static coco_status set_tuning(schedule *work, coco_operation *operation, size_t property, coco_schedule_work block) {
  coco_lr_tuning_info info = coco_schedule_register_block(&work->figures, &block);
  return set_tuning_info(work, operation, property, &info);
}

/* The input of a blocked convolution: blocks as they come; else blocks of 16 where there are as many channels; else
 * planes with a border. */
static coco_status serve_input(schedule *work, coco_operation *conv) {
  coco_lr_layout_info info = coco_lr_layout_of(operand(conv, 0)->type);
  int64_t needed[4];
  bool suffices = !coco_lr_layout_has_patches(&info);
  halo_of_conv(work, conv, needed);
  if (!suffices) info = (coco_lr_layout_info){.block = 1};
  if (info.block == 1 && operand(conv, 0)->type->shape[1] >= COCO_LR_LANES) {
    info.block = COCO_LR_LANES;
    suffices = false;
  }
  for (size_t i = 0; i < 4; ++i) suffices = suffices && info.halo[i] >= needed[i];
  if (suffices) return COCO_OK;
  memcpy(info.halo, needed, sizeof needed);
  return relayout_operand(work, conv, 0, &info);
}

static coco_status set_storage(schedule *work, coco_operation *conv, coco_string storage,
                               const coco_winograd *algorithm) {
  const coco_attribute *value = coco_attribute_string(work->context, storage);
  if (!value) return COCO_OUT_OF_MEMORY;
  COCO_TRY(pack_weight(work, conv, algorithm));
  coco_operation_set_property(conv, COCO_PROPERTY_INDEX(lr_conv, storage), value);
  return COCO_OK;
}

static coco_status finish_depthwise(schedule *work, coco_operation *conv) {
  COCO_TRY(make_block(work, conv, 0, COCO_LR_LANES));
  COCO_TRY(serve_extras(work, conv));
  if (has_plain_storage(conv)) COCO_TRY(set_storage(work, conv, COCO_STRING("depthwise"), NULL));
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  coco_lr_tuning_info tuning =
      coco_schedule_depthwise_block(&work->figures, result(conv)->type->shape[3], info.window.kernel[1]);
  return set_tuning_info(work, conv, COCO_PROPERTY_INDEX(lr_conv, tuning), &tuning);
}

static coco_status tune_winograd(schedule *work, coco_operation *conv, const coco_winograd *algorithm) {
  coco_lr_tuning_info info = coco_schedule_winograd_tuning(&work->figures, &work->freedom, algorithm, conv);
  return set_tuning_info(work, conv, COCO_PROPERTY_INDEX(lr_conv, tuning), &info);
}

/* Planes with the border that the windows read. */
static coco_status finish_rows(schedule *work, coco_operation *conv) {
  coco_lr_window_info window = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  coco_lr_layout_info info = coco_lr_layout_of(operand(conv, 0)->type), wanted = {.block = 1};
  coco_lr_halo_needed(&window.window, operand(conv, 0)->type, result(conv)->type, wanted.halo);
  bool suffices = info.block == 1 && same_patches(&info, &wanted);
  for (size_t i = 0; i < 4; ++i) suffices = suffices && info.halo[i] >= wanted.halo[i];
  if (!suffices) COCO_TRY(relayout_operand(work, conv, 0, &wanted));
  COCO_TRY(make_dense(work, conv, 1));
  COCO_TRY(serve_extras(work, conv));
  const coco_attribute *storage = coco_attribute_string(work->context, COCO_STRING("rows"));
  if (!storage) return COCO_OUT_OF_MEMORY;
  if (has_plain_storage(conv)) work->pass->changed = true;
  coco_operation_set_property(conv, COCO_PROPERTY_INDEX(lr_conv, storage), storage);
  coco_lr_tuning_info tuning = coco_schedule_rows_block(&work->figures, conv);
  return set_tuning_info(work, conv, COCO_PROPERTY_INDEX(lr_conv, tuning), &tuning);
}

static coco_status finish_conv(schedule *work, coco_operation *conv) {
  if (is_rows_conv(conv)) return finish_rows(work, conv);
  if (is_depthwise_conv(conv)) return finish_depthwise(work, conv);
  if (!is_blocked_conv(conv)) {
    COCO_TRY(make_dense(work, conv, 0));
    COCO_TRY(make_dense(work, conv, 1));
    return serve_extras(work, conv);
  }
  COCO_TRY(serve_input(work, conv));
  COCO_TRY(serve_extras(work, conv));
  bool gemm = can_be_gemm(conv);
  const coco_winograd *algorithm = coco_schedule_winograd(conv, &work->freedom);
  const coco_type *type = result(conv)->type;
  if (has_plain_storage(conv)) {
    coco_string storage = coco_string_from(algorithm ? algorithm->storage : gemm ? "gemm" : "direct");
    COCO_TRY(set_storage(work, conv, storage, algorithm));
  }
  if (algorithm) return tune_winograd(work, conv, algorithm);
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  coco_schedule_work block = {.width = gemm ? type->shape[2] * type->shape[3] : type->shape[3],
                              .outputs = type->shape[1],
                              .kernel = info.window.kernel[1],
                              .stride = info.window.strides[1],
                              .height = type->shape[2],
                              .channels = operand(conv, 0)->type->shape[1],
                              .positions = info.window.kernel[0] * info.window.kernel[1]};
  return set_tuning(work, conv, COCO_PROPERTY_INDEX(lr_conv, tuning), block);
}

/* The type that another operation fixes for an operand of this one: a function's for what it is called with and what
 * it returns. NULL: none. */
static const coco_type *fixed_type(coco_operation *operation, size_t index) {
  bool is_return = coco_operation_is(operation, &coco_func_return);
  coco_operation *function = is_return ? coco_operation_parent_of(operation, &coco_func_func) : NULL;
  if (coco_operation_is(operation, &coco_func_call))
    function = coco_symbol_lookup(operation, COCO_PROPERTY(operation, func_call, callee));
  if (!coco_operation_is(function, &coco_func_func)) return NULL;
  const coco_type *type = COCO_PROPERTY(function, func_func, function_type)->type;
  return is_return ? type->results[index] : type->inputs[index];
}

static coco_status finish_other(schedule *work, coco_operation *operation) {
  for (uint32_t i = 0; i < operation->operand_count; ++i) {
    const coco_type *type = fixed_type(operation, i);
    COCO_TRY(type ? convert_operand(work, operation, i, type) : make_dense(work, operation, i));
  }
  return COCO_OK;
}

/* Input and extras of the result's shape in patches, other extras dense. */
static coco_status finish_pattern_conv(schedule *work, coco_operation *conv) {
  coco_lr_layout_info needed, made, given = coco_lr_layout_of(operand(conv, 0)->type);
  if (!coco_schedule_patches(conv, &needed, &made)) return COCO_INVALID_ARGUMENT;
  bool suffices = same_patches(&needed, &given);
  for (size_t i = 0; i < 4; ++i) suffices = suffices && given.halo[i] >= needed.halo[i];
  if (!suffices) COCO_TRY(relayout_operand(work, conv, 0, &needed));
  const coco_attribute *maps = COCO_PROPERTY(conv, lr_pattern_conv, maps);
  for (size_t i = 0; i < maps->count; ++i) {
    coco_lr_layout_info extra = coco_lr_layout_of(operand(conv, COCO_LR_PATTERN_OPERANDS + i)->type);
    if (!reads_in_place(conv, maps, COCO_LR_PATTERN_OPERANDS, i))
      COCO_TRY(make_dense(work, conv, COCO_LR_PATTERN_OPERANDS + i));
    else if (!same_patches(&extra, &made))
      COCO_TRY(relayout_operand(work, conv, COCO_LR_PATTERN_OPERANDS + i, &made));
  }
  size_t property = COCO_PROPERTY_INDEX(lr_pattern_conv, tuning);
  if (conv->properties[property]) return COCO_OK;
  coco_lr_tuning_info info = coco_schedule_pattern_tuning(&work->figures, conv);
  return set_tuning_info(work, conv, property, &info);
}

static coco_status finish_operation(schedule *work, coco_operation *operation) {
  if (is_pattern_conv(operation)) return finish_pattern_conv(work, operation);
  if (coco_operation_is(operation, &coco_lr_conv)) return finish_conv(work, operation);
  if (coco_operation_is(operation, &coco_lr_relayout)) return COCO_OK;
  if (coco_operation_is(operation, &coco_lr_window)) {
    COCO_TRY(make_block(work, operation, 0, block_of(result(operation))));
    return serve_extras(work, operation);
  }
  if (coco_operation_is(operation, &coco_lr_map)) return serve_extras(work, operation);
  if (coco_operation_is(operation, &coco_lr_move) && result(operation)->type->encoding) {
    for (uint32_t i = 0; i < operation->operand_count; ++i)
      COCO_TRY(make_block(work, operation, i, block_of(result(operation))));
    return COCO_OK;
  }
  COCO_TRY(finish_other(work, operation));
  if (!coco_operation_is(operation, &coco_lr_matmul)) return COCO_OK;
  const coco_type *type = result(operation)->type;
  if (coco_string_is(COCO_PROPERTY(operation, lr_matmul, storage)->text, "plain")) return COCO_OK;
  coco_schedule_work block = {.width = type->shape[0], .outputs = type->shape[1], .kernel = 1, .stride = 1};
  return set_tuning(work, operation, COCO_PROPERTY_INDEX(lr_matmul, tuning), block);
}

static coco_status schedule_block(schedule *work, coco_block *block) {
  for (coco_operation *operation = block->first; operation; operation = operation->next)
    COCO_TRY(choose_block(work, operation));
  for (coco_operation *operation = block->first; operation; operation = operation->next)
    COCO_TRY(ask_for_halo(work, operation));
  for (coco_operation *operation = block->first, *next; operation; operation = next) {
    next = operation->next;
    COCO_TRY(finish_operation(work, operation));
  }
  return COCO_OK;
}

enum { FP, CONV_STORAGE };
static const coco_option_row options[] = {
    {"fp", COCO_OPTION_STRING, "fast",
     "strict: results are those of the evaluation in stored order; fast: convolutions may be computed by Winograd's "
     "algorithm, which rounds otherwise."},
    {"conv-storage", COCO_OPTION_STRING, NULL,
     "direct, winograd2, winograd4 or winograd6: the storage of every 3x3 convolution that can have it, whatever the "
     "model finds fastest. For measurements."},
};

static coco_status read_freedom(const coco_pass *pass, const coco_operation *module, coco_schedule_freedom *out) {
  coco_string fp = pass->options[FP].string, forced = pass->options[CONV_STORAGE].string;
  *out = (coco_schedule_freedom){.strict = coco_string_is(fp, "strict"), .forced = forced};
  if (!out->strict && !coco_string_is(fp, "fast"))
    return coco_error(pass->context, module->location, "lr-schedule: fp=%.*s is neither strict nor fast",
                      COCO_PRINT(fp));
  if (forced.size && !coco_string_is(forced, "direct") && !coco_winograd_of_storage(forced))
    return coco_error(pass->context, module->location,
                      "lr-schedule: conv-storage=%.*s is none of direct, winograd2, winograd4, winograd6",
                      COCO_PRINT(forced));
  coco_schedule_freedom_of(module, out);
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  schedule work = {.context = pass->context, .pass = pass, .figures = coco_schedule_figures_of(module)};
  COCO_TRY(read_freedom(pass, module, &work.freedom));
  coco_block *body = coco_operation_body(module, 0);
  for (coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next) {
    coco_block *block = coco_operation_is(operation, &coco_func_func) ? coco_operation_body(operation, 0) : NULL;
    for (; block; block = block->next) COCO_TRY(schedule_block(&work, block));
  }
  return COCO_OK;
}

const coco_pass_definition coco_pass_lr_schedule = {
    .name = "lr-schedule",
    .documentation = "Gives lr operations storages, layouts, packed weights and tuning for the module's coco.target.",
    .anchor = "builtin.module",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = (const char *const[]){"relayouts inserted", "weights packed"},
    .statistic_count = 2,
    .run = run,
};
