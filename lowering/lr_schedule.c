/* lr-schedule: default schedules. Chooses each layer's storage, the layouts of all edges, packed weights and register
 * blocks.
 *
 * Storages and the forms of all values are chosen together, changes of layout counted (lr_schedule_plan.c, by the model
 * in lr_schedule_ways.c). Then, in three rounds over each block of operations: (1) layouts of results; (2) halos, which
 * are what the convolutions that read a value need; (3) lr.relayout where a layer needs something else than it is
 * given, storage, weights, what of them is left out (masks), and tuning. Tuning that is there already is kept.
 *
 * Needs: lr operations without layouts (or a schedule of this pass). Packed weights do not depend on the variant of a
 * target, so that variants share them: the plan is made with the figures of the first. Cost: that of the plan, linear
 * in operations and uses, plus the packing. */
#include "lowering/lr_schedule.h"

#include "dialects/arith/arith.h"
#include "dialects/func/func.h"
#include "dialects/lr/blocks.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/pack.h"
#include "dialects/lr/pattern.h"
#include "ir/builder.h"
#include "ir/pass.h"

enum { RELAYOUTS = 0, PACKED, KILOCYCLES, DENSE };

typedef struct schedule {
  coco_context *context;
  coco_pass *pass;
  coco_schedule_figures figures;
  coco_schedule_freedom freedom;
  coco_schedule_plan plan; /* of the block at hand */
  coco_pointer_map placed; /* lr.block_conv of storage placed -> the type of input that its places are for */
} schedule;

static coco_value *operand(const coco_operation *operation, size_t index) {
  return coco_operation_operand(operation, index);
}
static coco_value *result(const coco_operation *operation) { return coco_operation_result(operation, 0); }
static int64_t block_of(const coco_value *value) {
  return coco_type_is(value->type, COCO_TYPE_TENSOR) ? coco_lr_layout_of(value->type).block : 1;
}
static bool is_lr(const coco_operation *operation) { return operation->definition->dialect == &coco_lr_dialect; }

/* Whether the layouts of OPERATION are what it is about: changes of them, and layers that were scheduled together. */
static bool is_fixed(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_lr_relayout) || coco_operation_is(operation, &coco_lr_chain);
}

static coco_status set_layout(const schedule *work, coco_value *value, const coco_lr_layout_info *info) {
  const coco_type *type = coco_lr_type_with_layout(work->context, value->type, info);
  if (!type) return COCO_OUT_OF_MEMORY;
  if (type != value->type) work->pass->changed = true;
  value->type = type;
  return COCO_OK;
}

/* What the plan says of OPERATION; NULL: it is not of the block, or a lr.relayout that was made since. */
static const coco_schedule_choice *choice_of(const schedule *work, const coco_operation *operation) {
  return coco_pointer_map_get(&work->plan.choices, operation);
}

static bool has_plain_storage(const coco_operation *conv) {
  return coco_string_is(COCO_PROPERTY(conv, lr_conv, storage)->text, "plain");
}

/* ---- First round: blocks ---- */

static coco_status choose_patches(const schedule *work, coco_operation *conv) {
  coco_lr_layout_info input, made;
  if (!coco_schedule_patches(conv, &input, &made))
    return coco_operation_error(conv, "has images that cannot be cut into patches");
  return set_layout(work, result(conv), &made);
}

/* The grid that a layer which reads VALUE needs; one for all where none does. */
static coco_lr_layout_info grid_of_reader(const coco_value *value) {
  for (const coco_use *use = value->first_use; use; use = use->next) {
    coco_lr_layout_info input, made;
    if (!coco_lr_takes_patches(use->owner) || operand(use->owner, 0) != value ||
        !coco_schedule_patches(use->owner, &input, &made))
      continue;
    memset(input.halo, 0, sizeof input.halo);
    return input;
  }
  return (coco_lr_layout_info){.block = 1, .patches = {4, 4}};
}

static coco_status choose_block(const schedule *work, coco_operation *operation) {
  if (!is_lr(operation) || operation->result_count != 1 || is_fixed(operation)) return COCO_OK;
  if (coco_lr_takes_patches(operation)) return choose_patches(work, operation);
  coco_schedule_form form = choice_of(work, operation)->output;
  if (form == COCO_FORM_PATCHES) {
    const coco_lr_layout_info grid = grid_of_reader(result(operation));
    return set_layout(work, result(operation), &grid);
  }
  bool blocks = form == COCO_FORM_BLOCKS || form == COCO_FORM_BORDERED_BLOCKS;
  return set_layout(work, result(operation), &(coco_lr_layout_info){.block = blocks ? COCO_LR_LANES : 1});
}

/* ---- Second round: halos ---- */

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
  const coco_operation *producer = coco_value_operation(input);
  const bool is_window = coco_operation_is(producer, &coco_lr_window) && coco_lr_layout_has_patches(&given);
  if ((!coco_lr_takes_patches(producer) && !is_window) || !coco_schedule_patches(conv, &needed, &made) ||
      !coco_lr_layout_same_patches(&needed, &given))
    return COCO_OK;
  widen_halo(&given, needed.halo);
  return set_layout(work, input, &given);
}

/* A convolution asks its input's producer for the halo that it needs, where the plan lets the producer write one. */
static coco_status ask_for_halo(const schedule *work, const coco_operation *operation) {
  if (coco_lr_takes_patches(operation)) return ask_for_patches(work, operation);
  const coco_schedule_choice *choice = choice_of(work, operation);
  bool bordered = choice && (choice->input == COCO_FORM_BORDERED_BLOCKS || choice->input == COCO_FORM_BORDERED_PLANES);
  bool is_conv = coco_operation_is(operation, &coco_lr_conv) || coco_operation_is(operation, &coco_lr_block_conv);
  if (!is_conv || !bordered) return COCO_OK;
  coco_value *input = operand(operation, 0);
  const coco_operation *producer = coco_value_operation(input);
  const coco_schedule_choice *made = producer ? choice_of(work, producer) : NULL;
  if (!made || !is_lr(producer) || is_fixed(producer) || made->output != choice->input) return COCO_OK;
  coco_lr_layout_info info = coco_lr_layout_of(input->type);
  int64_t needed[4];
  coco_schedule_halo(operation, choice, needed);
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

/* The operand in the layout INFO. From one grid of patches to another by way of blocks: two times the tiles take less
 * than once the single pixels, however few channels there are. */
static coco_status relayout_operand(schedule *work, coco_operation *operation, size_t index,
                                    const coco_lr_layout_info *info) {
  const coco_type *type = operand(operation, index)->type, *wanted = coco_lr_type_with_layout(work->context, type, info);
  const coco_lr_layout_info given = coco_lr_layout_of(type), blocks = {.block = COCO_LR_LANES};
  if (!wanted) return COCO_OUT_OF_MEMORY;
  if (coco_lr_layout_has_patches(&given) && coco_lr_layout_has_patches(info) && wanted != type) {
    const coco_type *between = coco_lr_type_with_layout(work->context, type, &blocks);
    if (!between) return COCO_OUT_OF_MEMORY;
    COCO_TRY(convert_operand(work, operation, index, between));
  }
  return convert_operand(work, operation, index, wanted);
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
  const coco_attribute *maps = coco_schedule_maps(operation, &first);
  int64_t block = block_of(result(operation));
  for (size_t i = 0; maps && i < maps->count; ++i) {
    if (coco_schedule_reads_in_place(operation, maps, first, i)) {
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

/* Packed for ALGORITHM; NULL: direct. */
static coco_status pack_weight(schedule *work, coco_operation *conv, const coco_winograd *algorithm) {
  const coco_attribute *packed, *filters = coco_attribute_i64(work->context, result(conv)->type->shape[1]);
  const coco_attribute *weight = coco_value_constant(operand(conv, 1));
  if (!filters) return COCO_OUT_OF_MEMORY;
  COCO_TRY(algorithm ? coco_lr_pack_winograd_weight(work->context, weight, algorithm, &packed)
                     : coco_lr_pack_conv_weight(work->context, weight, &packed));
  if (!packed) return COCO_INVALID_ARGUMENT; /* ways that pack are for f32 at hand */
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

/* The input of CONV in the form that the plan says, with the border that it needs. */
static coco_status serve_input(schedule *work, coco_operation *conv, const coco_schedule_choice *choice) {
  bool blocks = choice->input == COCO_FORM_BLOCKS || choice->input == COCO_FORM_BORDERED_BLOCKS;
  coco_lr_layout_info info = coco_lr_layout_of(operand(conv, 0)->type), wanted = {.block = blocks ? COCO_LR_LANES : 1};
  bool suffices = info.block == wanted.block && coco_lr_layout_same_patches(&info, &wanted), none = true;
  coco_schedule_halo(conv, choice, wanted.halo);
  for (size_t i = 0; i < 4; ++i) {
    suffices = suffices && info.halo[i] >= wanted.halo[i];
    none = none && info.halo[i] == 0;
  }
  if (suffices && (none || choice->way != COCO_WAY_GEMM)) return COCO_OK;
  return relayout_operand(work, conv, 0, &wanted);
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
  if (has_plain_storage(conv)) {
    const coco_attribute *masks;
    COCO_TRY(set_storage(work, conv, COCO_STRING("depthwise"), NULL));
    COCO_TRY(coco_schedule_depthwise_masks(conv, coco_context_allocator(work->context), &masks));
    if (masks) coco_operation_set_property(conv, COCO_PROPERTY_INDEX(lr_conv, masks), masks);
  }
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
  COCO_TRY(serve_input(work, conv, choice_of(work, conv)));
  COCO_TRY(make_dense(work, conv, 1));
  COCO_TRY(serve_extras(work, conv));
  const coco_attribute *storage = coco_attribute_string(work->context, COCO_STRING("rows"));
  if (!storage) return COCO_OUT_OF_MEMORY;
  if (has_plain_storage(conv)) work->pass->changed = true;
  coco_operation_set_property(conv, COCO_PROPERTY_INDEX(lr_conv, storage), storage);
  coco_lr_tuning_info tuning = coco_schedule_rows_block(&work->figures, conv);
  return set_tuning_info(work, conv, COCO_PROPERTY_INDEX(lr_conv, tuning), &tuning);
}

static coco_status finish_plain(schedule *work, coco_operation *conv) {
  COCO_TRY(make_dense(work, conv, 0));
  COCO_TRY(make_dense(work, conv, 1));
  return serve_extras(work, conv);
}

static coco_status finish_conv(schedule *work, coco_operation *conv) {
  const coco_schedule_choice *choice = choice_of(work, conv);
  if (choice->way == COCO_WAY_ROWS) return finish_rows(work, conv);
  if (choice->way == COCO_WAY_DEPTHWISE) return finish_depthwise(work, conv);
  if (choice->way == COCO_WAY_PLAIN) return finish_plain(work, conv);
  COCO_TRY(serve_input(work, conv, choice));
  COCO_TRY(serve_extras(work, conv));
  bool gemm = choice->way == COCO_WAY_GEMM;
  if (has_plain_storage(conv)) {
    const char *storage = choice->algorithm ? choice->algorithm->storage : gemm ? "gemm" : "direct";
    COCO_TRY(set_storage(work, conv, coco_string_from(storage), choice->algorithm));
  }
  if (choice->algorithm) return tune_winograd(work, conv, choice->algorithm);
  return set_tuning(work, conv, COCO_PROPERTY_INDEX(lr_conv, tuning), coco_schedule_conv_work(conv, gemm));
}

static coco_status finish_other(schedule *work, coco_operation *operation) {
  for (uint32_t i = 0; i < operation->operand_count; ++i) {
    const coco_type *type = coco_schedule_fixed_type(operation, i);
    COCO_TRY(type ? convert_operand(work, operation, i, type) : make_dense(work, operation, i));
  }
  return COCO_OK;
}

static coco_status set_form(schedule *work, coco_operation *conv) {
  coco_schedule_kernels form;
  const coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(conv, lr_pattern_conv, tuning));
  COCO_TRY(coco_schedule_pattern_form(conv, &tuning, work->pass->scratch, &form));
  for (size_t i = 0; i < COCO_PATTERN_ARRAYS; ++i)
    if (form.arrays[i]) COCO_TRY(replace_constant(work, conv, 1 + i, form.arrays[i]));
  if (form.masks) coco_operation_set_property(conv, COCO_PROPERTY_INDEX(lr_pattern_conv, masks), form.masks);
  if (form.shifts) coco_operation_set_property(conv, COCO_PROPERTY_INDEX(lr_pattern_conv, shifts), form.shifts);
  return COCO_OK;
}

/* Input and extras of the result's shape in patches, other extras dense. */
static coco_status serve_patches(schedule *work, coco_operation *conv) {
  coco_lr_layout_info needed, made, given = coco_lr_layout_of(operand(conv, 0)->type);
  if (!coco_schedule_patches(conv, &needed, &made)) return COCO_INVALID_ARGUMENT;
  bool suffices = coco_lr_layout_same_patches(&needed, &given);
  for (size_t i = 0; i < 4; ++i) suffices = suffices && given.halo[i] >= needed.halo[i];
  if (!suffices) COCO_TRY(relayout_operand(work, conv, 0, &needed));
  size_t first;
  const coco_attribute *maps = coco_schedule_maps(conv, &first);
  for (size_t i = 0; i < maps->count; ++i) {
    coco_lr_layout_info extra = coco_lr_layout_of(operand(conv, first + i)->type);
    if (!coco_schedule_reads_in_place(conv, maps, first, i))
      COCO_TRY(make_dense(work, conv, first + i));
    else if (!coco_lr_layout_same_patches(&extra, &made))
      COCO_TRY(relayout_operand(work, conv, first + i, &made));
  }
  return COCO_OK;
}

static coco_status finish_pattern_conv(schedule *work, coco_operation *conv) {
  COCO_TRY(serve_patches(work, conv));
  size_t property = COCO_PROPERTY_INDEX(lr_pattern_conv, tuning);
  if (!conv->properties[property]) {
    coco_lr_tuning_info info = coco_schedule_pattern_tuning(&work->figures, conv);
    COCO_TRY(set_tuning_info(work, conv, property, &info));
  }
  return set_form(work, conv);
}

static coco_status finish_pointwise_conv(schedule *work, coco_operation *conv) {
  COCO_TRY(serve_patches(work, conv));
  coco_lr_tuning_info info = coco_schedule_pointwise_tuning(&work->figures, conv);
  return set_tuning_info(work, conv, COCO_PROPERTY_INDEX(lr_pointwise_conv, tuning), &info);
}

/* The kept inputs of a convolution whose input has its layout get their places. */
static coco_status place_blocks(schedule *work, coco_operation *conv) {
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_block_conv, info));
  const coco_attribute *placed = coco_attribute_string(work->context, COCO_STRING("placed")), *places = NULL;
  const coco_attribute *index = coco_value_constant(operand(conv, 2));
  if (!placed) return COCO_OUT_OF_MEMORY;
  if (coco_attribute_is_elements(index) && coco_type_element_count(index->type) > 0) {
    COCO_TRY(coco_lr_pack_places(work->context, index, operand(conv, 0)->type, &info.window, &places));
    if (places) COCO_TRY(replace_constant(work, conv, 2, places));
  }
  if (!places && coco_type_element_count(operand(conv, 2)->type) != 0)
    return coco_operation_error(conv, "has an index that is no constant at hand");
  coco_operation_set_property(conv, COCO_PROPERTY_INDEX(lr_block_conv, storage), placed);
  work->pass->changed = true;
  return COCO_OK;
}

static bool is_placed(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_lr_block_conv) &&
         coco_string_is(COCO_PROPERTY(operation, lr_block_conv, storage)->text, "placed");
}

static coco_status finish_block_conv(schedule *work, coco_operation *conv) {
  const coco_type *given = coco_pointer_map_get(&work->placed, conv);
  COCO_TRY(given ? convert_operand(work, conv, 0, given) : serve_input(work, conv, choice_of(work, conv)));
  COCO_TRY(serve_extras(work, conv));
  if (!given) COCO_TRY(place_blocks(work, conv));
  coco_lr_tuning_info tuning = coco_schedule_block_conv(&work->figures, conv);
  return set_tuning_info(work, conv, COCO_PROPERTY_INDEX(lr_block_conv, tuning), &tuning);
}

static coco_status finish_operation(schedule *work, coco_operation *operation) {
  if (coco_operation_is(operation, &coco_lr_block_conv)) return finish_block_conv(work, operation);
  if (coco_operation_is(operation, &coco_lr_pattern_conv)) return finish_pattern_conv(work, operation);
  if (coco_operation_is(operation, &coco_lr_pointwise_conv)) return finish_pointwise_conv(work, operation);
  if (coco_operation_is(operation, &coco_lr_conv)) return finish_conv(work, operation);
  if (coco_operation_is(operation, &coco_lr_relayout)) return COCO_OK;
  if (coco_operation_is(operation, &coco_lr_window) &&
      coco_schedule_form_of(result(operation)->type) == COCO_FORM_PATCHES) {
    const coco_lr_layout_info made = coco_lr_layout_of(result(operation)->type);
    bool patches = coco_schedule_form_of(operand(operation, 0)->type) == COCO_FORM_PATCHES;
    return patches ? COCO_OK : relayout_operand(work, operation, 0, &made);
  }
  if (coco_operation_is(operation, &coco_lr_window) || coco_operation_is(operation, &coco_lr_reduce)) {
    bool blocks = choice_of(work, operation)->input == COCO_FORM_BLOCKS;
    COCO_TRY(make_block(work, operation, 0, blocks ? COCO_LR_LANES : 1));
    return serve_extras(work, operation);
  }
  if (coco_operation_is(operation, &coco_lr_map)) return serve_extras(work, operation);
  if (coco_operation_is(operation, &coco_lr_move) && result(operation)->type->encoding) {
    for (uint32_t i = 0; i < operation->operand_count; ++i)
      COCO_TRY(make_block(work, operation, i, block_of(result(operation))));
    return COCO_OK;
  }
  COCO_TRY(finish_other(work, operation));
  if (coco_operation_is(operation, &coco_lr_block_matmul)) {
    coco_lr_tuning_info tuning = coco_schedule_block_matmul(&work->figures, operation);
    return set_tuning_info(work, operation, COCO_PROPERTY_INDEX(lr_block_matmul, tuning), &tuning);
  }
  if (!coco_operation_is(operation, &coco_lr_matmul)) return COCO_OK;
  const coco_type *type = result(operation)->type;
  if (coco_string_is(COCO_PROPERTY(operation, lr_matmul, storage)->text, "plain")) return COCO_OK;
  coco_schedule_work block = {.width = type->shape[0], .outputs = type->shape[1], .kernel = 1, .stride = 1};
  return set_tuning(work, operation, COCO_PROPERTY_INDEX(lr_matmul, tuning), block);
}

static coco_status schedule_operations(schedule *work, coco_block *block) {
  for (coco_operation *operation = block->first; operation; operation = operation->next)
    if (is_placed(operation))
      COCO_TRY(coco_pointer_map_set(&work->placed, operation, (void *)(uintptr_t)operand(operation, 0)->type));
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

/* Layers that leave out weights become dense where the plan says so; each says what was taken. */
static coco_status take_dense_forms(schedule *work) {
  for (size_t i = 0; i < work->plan.pairs.count; ++i) {
    coco_schedule_pair *pair = &work->plan.pairs.items[i];
    COCO_TRY(coco_schedule_pair_record(pair, &work->freedom));
    if (!pair->taken->dense) continue;
    COCO_TRY(coco_pointer_map_set(&work->plan.choices, pair->dense, (void *)(uintptr_t)pair->taken));
    coco_pointer_map_remove(&work->plan.choices, pair->layer);
    COCO_TRY(coco_schedule_dense_take(pair->layer, pair->dense));
    pair->dense = NULL;
    ++work->pass->statistics[DENSE];
  }
  return COCO_OK;
}

static coco_status schedule_block(schedule *work, coco_block *block) {
  COCO_TRY(coco_schedule_plan_make(block, &work->freedom, &work->plan));
  work->pass->statistics[KILOCYCLES] += (uint64_t)(work->plan.cycles / 1000);
  coco_status status = take_dense_forms(work);
  if (status == COCO_OK) status = schedule_operations(work, block);
  coco_schedule_plan_free(&work->plan);
  return status;
}

enum { FP, CONV_STORAGE, SPARSE };
static const coco_option_row options[] = {
    {"fp", COCO_OPTION_STRING, "fast",
     "strict: results are those of the evaluation in stored order; fast: convolutions may be computed by Winograd's "
     "algorithm, which rounds otherwise."},
    {"conv-storage", COCO_OPTION_STRING, NULL,
     "direct, winograd2, winograd4 or winograd6: the storage of every 3x3 convolution that can have it, whatever the "
     "model finds fastest. For measurements."},
    {"sparse", COCO_OPTION_STRING, "auto",
     "Layers that leave out weights: auto: each becomes dense where that is faster, changes of layout included, by "
     "what "
     "was measured (coco.measured) or else by the model; all: they stay; none: all become dense."},
};

static coco_status read_sparse(const coco_pass *pass, const coco_operation *module, coco_schedule_sparse *out) {
  static const char *const names[] = {"all", "none", "auto"};
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    if (!coco_string_is(pass->options[SPARSE].string, names[i])) continue;
    *out = (coco_schedule_sparse)i;
    return COCO_OK;
  }
  return coco_error(pass->context, module->location, "lr-schedule: sparse=%.*s is none of auto, all, none",
                    COCO_PRINT(pass->options[SPARSE].string));
}

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
  COCO_TRY(read_sparse(pass, module, &out->sparse));
  coco_schedule_freedom_of(module, out);
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  schedule work = {.context = pass->context, .pass = pass, .figures = coco_schedule_figures_of(module)};
  work.placed.allocator = coco_context_allocator(pass->context);
  COCO_TRY(read_freedom(pass, module, &work.freedom));
  coco_block *body = coco_operation_body(module, 0);
  coco_status status = COCO_OK;
  for (coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next) {
    coco_block *block = coco_operation_is(operation, &coco_func_func) ? coco_operation_body(operation, 0) : NULL;
    for (; block && status == COCO_OK; block = block->next) status = schedule_block(&work, block);
  }
  coco_pointer_map_free(&work.placed);
  return status;
}

const coco_pass_definition coco_pass_lr_schedule = {
    .name = "lr-schedule",
    .documentation = "Gives lr operations storages, layouts, packed weights and tuning for the module's coco.target.",
    .anchor = "builtin.module",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = (const char *const[]){"relayouts inserted", "weights packed", "kilocycles predicted",
                                        "pruned layers made dense"},
    .statistic_count = 4,
    .run = run,
};
