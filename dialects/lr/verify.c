/* What the rows and inference of the lr ops cannot say: windows and schedules in range, layouts that the storage can
 * serve, maps that stay inside their operands, regions that fit their arguments. */
#include "dialects/lr/hooks.h"
#include "dialects/lr/index_map.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/pattern.h"
#include "dialects/lr/window.h"
#include "dialects/lr/winograd.h"

/* ---- Dialect attributes ---- */

coco_status coco_lr_layout_verify(coco_context *context, const coco_location *location,
                                  const coco_attribute *attribute) {
  const coco_attribute *block = COCO_PARAMETER(attribute, lr_layout, block),
                       *halo = COCO_PARAMETER(attribute, lr_layout, halo),
                       *patches = COCO_PARAMETER(attribute, lr_layout, patches),
                       *extents = COCO_PARAMETER(attribute, lr_layout, extents);
  if (patches) {
    const int64_t *counts = coco_attribute_i64s(patches);
    if (block || patches->count != 2 || counts[0] < 1 || counts[1] < 1 || counts[0] > COCO_LR_LANES ||
        counts[0] * counts[1] != COCO_LR_LANES)
      return coco_error(context, location, "#lr.layout needs two numbers of patches that make %d, and no block beside them",
                        COCO_LR_LANES);
  }
  if (extents && (!patches || extents->count != 2 || coco_attribute_i64s(extents)[0] < 1 ||
                  coco_attribute_i64s(extents)[1] < 1 || coco_attribute_i64s(extents)[0] > INT32_MAX ||
                  coco_attribute_i64s(extents)[1] > INT32_MAX))
    return coco_error(context, location, "#lr.layout needs two positive extents, and patches that have them");
  if (block && (block->integer < 1 || block->integer > 64))
    return coco_error(context, location, "#lr.layout needs a block of 1 to 64 channels");
  if (!halo && !patches && (!block || block->integer == 1))
    return coco_error(context, location, "#lr.layout of the dense layout is to be left out");
  if (!halo) return COCO_OK;
  if (halo->count != 4)
    return coco_error(context, location, "#lr.layout needs a halo of four numbers: top, left, bottom, right");
  int64_t largest = 0;
  for (size_t i = 0; i < 4; ++i) {
    int64_t border = coco_attribute_i64s(halo)[i];
    if (border < 0 || border > 4096)
      return coco_error(context, location, "#lr.layout needs a halo of 0 to 4096 elements a side");
    if (border > largest) largest = border;
  }
  if (largest == 0) return coco_error(context, location, "#lr.layout with an empty halo is to leave it out");
  return COCO_OK;
}

coco_status coco_lr_window_attribute_verify(coco_context *context, const coco_location *location,
                                            const coco_attribute *attribute) {
  size_t rank = COCO_PARAMETER(attribute, lr_window, kernel)->count;
  if (COCO_PARAMETER(attribute, lr_window, strides)->count != rank ||
      COCO_PARAMETER(attribute, lr_window, pads)->count != 2 * rank ||
      COCO_PARAMETER(attribute, lr_window, dilations)->count != rank) {
    return coco_error(context, location,
                      "#lr.window needs as many strides and dilations as kernel extents, and twice as many pads");
  }
  coco_lr_window_info info = coco_lr_window_of(attribute);
  const char *wrong = coco_window_check(&info.window);
  if (wrong) return coco_error(context, location, "#lr.window is wrong: %s", wrong);
  if (info.group < 1) return coco_error(context, location, "#lr.window needs a positive group");
  return COCO_OK;
}

coco_status coco_lr_tuning_verify(coco_context *context, const coco_location *location,
                                  const coco_attribute *attribute) {
  static const int64_t largest[] = {64, 16, 64, 4096, 65536, 65536, 1 << 24, 16, 1}; /* as in the row: columns to streams */
  for (size_t i = 0; i < sizeof largest / sizeof *largest; ++i) {
    const coco_attribute *value = attribute->elements[i];
    if (value && (value->integer < 1 || value->integer > largest[i])) {
      return coco_error(context, location, "#lr.tuning needs '%s' from 1 to %lld",
                        attribute->definition->parameters[i].name, (long long)largest[i]);
    }
  }
  coco_lr_tuning_info info = coco_lr_tuning_of(attribute);
  if (info.columns * info.filters > 64)
    return coco_error(context, location, "#lr.tuning has a register block of more than 64 vectors");
  return COCO_OK;
}

/* ---- Layouts ---- */

static const coco_type *result_type(const coco_operation *operation) {
  return coco_operation_result(operation, 0)->type;
}
static const coco_type *operand_type(const coco_operation *operation, size_t index) {
  return coco_operation_operand(operation, index)->type;
}

static bool is_f32(const coco_type *tensor) {
  return coco_type_is_float(tensor->element) && tensor->element->format == COCO_F32;
}

/* Layers that do not know of patches take none; a halo is no wider than the patch that it is taken from. */
static coco_status check_patches(const coco_operation *operation, const coco_type *type, const coco_lr_layout_info *info) {
  if (!coco_operation_is(operation, &coco_lr_relayout) && !coco_lr_takes_patches(operation) &&
      !coco_lr_picks_pixels(operation) && !coco_lr_pools_patches(operation))
    return coco_operation_error(operation, "takes no patches: lr.relayout converts");
  int64_t patch[2];
  coco_lr_patch_extents(type, patch);
  for (size_t i = 0; i < 2; ++i) {
    if (type->shape[2 + i] > patch[i] * info->patches[i])
      return coco_operation_error(operation, "has patches that do not hold all of the image");
  }
  for (size_t i = 0; i < 4; ++i) {
    if (info->halo[i] > patch[i % 2])
      return coco_operation_error(operation, "has a halo that is wider than the patches of its layout");
  }
  if (!is_f32(type)) return coco_operation_error(operation, "has patches of elements that are not f32");
  return COCO_OK;
}

/* An encoding of another dialect, or of the wrong rank. */
static coco_status check_encoding(const coco_operation *operation, const coco_type *type) {
  if (!type->encoding) return COCO_OK;
  if (!coco_attribute_is(type->encoding, COCO_ATTRIBUTE_DIALECT) ||
      type->encoding->definition != &coco_lr_layout_attribute_definition) {
    return coco_operation_error(operation, "takes tensors with #lr.layout or without encoding");
  }
  if (type->rank != 4) return coco_operation_error(operation, "has a layout on a tensor that is not NCHW");
  COCO_TRY(coco_lr_layout_verify(operation->context, operation->location, type->encoding));
  coco_lr_layout_info info = coco_lr_layout_of(type);
  return coco_lr_layout_has_patches(&info) ? check_patches(operation, type, &info) : COCO_OK;
}

static coco_status check_encodings(const coco_operation *operation) {
  for (uint32_t i = 0; i < operation->operand_count; ++i)
    COCO_TRY(check_encoding(operation, operand_type(operation, i)));
  return check_encoding(operation, result_type(operation));
}

static coco_status check_dense(const coco_operation *operation, const coco_type *type, const char *what) {
  coco_lr_layout_info info = coco_lr_layout_of(type);
  return coco_lr_layout_is_dense(&info)
             ? COCO_OK
             : coco_operation_error(operation, "takes no layout on its %s: lr.relayout converts", what);
}

/* ---- Regions and maps ---- */

/* Scalars all through, pure, without regions: what an element's computation is made of. */
static coco_status check_body_operations(const coco_operation *operation, const coco_block *block) {
  for (const coco_operation *inner = block->first; inner; inner = inner->next) {
    if (inner->region_count || !(inner->definition->traits & COCO_PURE)) {
      return coco_operation_error(operation, "has '%s' in its region, which takes pure scalar operations",
                                  inner->definition->name);
    }
    for (uint32_t i = 0; i < inner->result_count; ++i) {
      if (coco_type_is_shaped(inner->results[i].type))
        return coco_operation_error(operation, "has a value in its region that is no scalar");
    }
  }
  return COCO_OK;
}

/* The region takes ACCUMULATOR (NULL: none) and one element of each operand from FIRST on. */
static coco_status check_region(const coco_operation *operation, const coco_type *accumulator, size_t first) {
  const coco_block *block = coco_operation_body(operation, 0);
  if (!block) return coco_operation_error(operation, "needs a region with a block");
  size_t own = accumulator ? 1 : 0, extras = operation->operand_count - first;
  if (block->argument_count != own + extras) {
    return coco_operation_error(operation, "needs a region of %zu arguments, but it has %u", own + extras,
                                block->argument_count);
  }
  if (accumulator && block->arguments[0]->type != accumulator)
    return coco_operation_error(operation, "has a region whose first argument is not of the accumulator's type");
  for (size_t i = 0; i < extras; ++i) {
    if (block->arguments[own + i]->type != operand_type(operation, first + i)->element) {
      return coco_operation_error(operation, "has a region argument #%zu that is not of its operand's element type",
                                  own + i);
    }
  }
  return check_body_operations(operation, block);
}

/* One map for each operand from FIRST on, from the result's index to an index inside. Operands of the result's shape
 * have its block when the map is the identity; others are dense. */
static coco_status check_maps(const coco_operation *operation, const coco_attribute *maps, size_t first) {
  const coco_type *result = result_type(operation);
  size_t extras = operation->operand_count - first;
  if (maps->count != extras) return coco_operation_error(operation, "needs %zu maps, but has %zu", extras, maps->count);
  for (size_t i = 0; i < extras; ++i) {
    const coco_affine_map *map = maps->elements[i]->map;
    const coco_type *type = operand_type(operation, first + i);
    if (type->rank > COCO_LR_MAX_RANK || !coco_lr_map_stays_inside(map, result->shape, result->rank, type)) {
      return coco_operation_error(
          operation, "has a map #%zu that does not certainly lead from the result's indices into its operand", i);
    }
    coco_lr_layout_info info = coco_lr_layout_of(type), wanted = coco_lr_layout_of(result);
    if (coco_affine_map_is_identity(map) && coco_type_same_shape(type, result)) {
      if (info.block != wanted.block || !coco_lr_layout_same_patches(&info, &wanted))
        return coco_operation_error(operation, "needs operand #%zu to have the result's block", first + i);
    } else if (!coco_lr_layout_is_dense(&info)) {
      return coco_operation_error(operation, "takes no layout on operand #%zu, which is broadcast", first + i);
    }
  }
  return COCO_OK;
}

/* ---- Operations ---- */

/* Whether the halo of INPUT holds all that the windows, or the tiles of ALGORITHM, of RESULT read. */
static bool halo_suffices(const coco_winograd *algorithm, const coco_window *window, const coco_type *input,
                          const coco_type *result) {
  coco_lr_layout_info info = coco_lr_layout_of(input);
  int64_t needed[4];
  if (algorithm)
    coco_winograd_halo_needed(algorithm, window, input, result, needed);
  else
    coco_lr_halo_needed(window, input, result, needed);
  for (size_t i = 0; i < 4; ++i) {
    if (info.halo[i] < needed[i]) return false;
  }
  return true;
}

static coco_status check_packed_conv(const coco_operation *operation, const coco_lr_window_info *info,
                                     coco_string storage) {
  const coco_winograd *algorithm = coco_winograd_of_storage(storage);
  const coco_type *input = operand_type(operation, 0), *result = result_type(operation);
  coco_lr_layout_info in = coco_lr_layout_of(input), out = coco_lr_layout_of(result);
  if (info->group != 1) return coco_operation_error(operation, "takes one group for its storage");
  if (out.block != COCO_LR_LANES)
    return coco_operation_error(operation, "needs a result of block %d for its storage", COCO_LR_LANES);
  if (!coco_string_is(storage, "gemm")) {
    if (in.block != COCO_LR_LANES && (in.block != 1 || algorithm))
      return coco_operation_error(operation, "needs an input of block %s%d for its storage", algorithm ? "" : "1 or ",
                                  COCO_LR_LANES);
    if (!halo_suffices(algorithm, &info->window, input, result))
      return coco_operation_error(operation, "needs an input with a halo that holds what its %s read",
                                  algorithm ? "tiles" : "windows");
    return COCO_OK;
  }
  for (size_t i = 0; i < 2; ++i) {
    const coco_window *window = &info->window;
    if (window->kernel[i] != 1 || window->strides[i] != 1 || window->pads[i] || window->pads[2 + i]) {
      return coco_operation_error(operation, "with storage gemm must be 1x1, of stride 1, without padding");
    }
  }
  static const int64_t none[4];
  if (in.block != COCO_LR_LANES || memcmp(in.halo, none, sizeof none) || memcmp(out.halo, none, sizeof none)) {
    return coco_operation_error(operation, "with storage gemm needs block %d without halo", COCO_LR_LANES);
  }
  return COCO_OK;
}

static coco_status check_rows_conv(const coco_operation *operation, const coco_lr_window_info *info) {
  const coco_type *input = operand_type(operation, 0), *result = result_type(operation);
  if (info->window.rank != 2) return coco_operation_error(operation, "with storage rows needs two spatial axes");
  if (coco_lr_layout_of(input).block != 1 || coco_lr_layout_of(result).block != 1)
    return coco_operation_error(operation, "with storage rows needs input and result of block 1");
  if (!halo_suffices(NULL, &info->window, input, result))
    return coco_operation_error(operation, "needs an input with a halo that holds what its windows read");
  return COCO_OK;
}

/* Where MASKS say that there is nothing, the packed WEIGHT is zero. */
static bool masks_cover(const coco_attribute *masks, const coco_attribute *weight) {
  bool splat;
  const int64_t lanes = COCO_LR_LANES, positions = weight->type->shape[2] * weight->type->shape[3];
  const float *data = coco_elements_data(weight, &splat);
  for (int64_t i = 0; data && i < coco_type_element_count(weight->type); ++i) {
    const int64_t position = i / lanes % positions, block = i / lanes / positions;
    if (data[splat ? 0 : i] != 0 && !((uint64_t)coco_attribute_i64s(masks)[block] >> position & 1)) return false;
  }
  return data != NULL;
}

/* What VALUE is outside of a chain, whose arguments are its operands; a chain with more arguments is refused elsewhere. */
static const coco_value *outside_of_chain(const coco_value *value) {
  const coco_block *block = coco_value_argument_block(value);
  const coco_operation *owner = block && block->region ? block->region->owner : NULL;
  const bool is_operand = coco_operation_is(owner, &coco_lr_chain) && value->index < owner->operand_count;
  return is_operand ? coco_operation_operand(owner, value->index) : value;
}

static coco_status check_depthwise_masks(const coco_operation *operation, const coco_lr_window_info *info) {
  const coco_attribute *masks = COCO_PROPERTY(operation, lr_conv, masks);
  const coco_attribute *weight = coco_value_constant(outside_of_chain(coco_operation_operand(operation, 1)));
  const int64_t positions = info->window.kernel[0] * info->window.kernel[1];
  if (!masks) return COCO_OK;
  if (positions > 63 || (int64_t)masks->count != operand_type(operation, 1)->shape[0])
    return coco_operation_error(operation,
                                "needs a mask for each block of 16 channels, and a kernel of at most 63 positions");
  for (size_t i = 0; i < masks->count; ++i)
    if ((uint64_t)coco_attribute_i64s(masks)[i] >> positions)
      return coco_operation_error(operation, "has masks with bits outside of the kernel");
  if (!coco_attribute_is_elements(weight) || !is_f32(weight->type))
    return coco_operation_error(operation, "needs constant weights of f32 for its masks");
  if (!masks_cover(masks, weight))
    return coco_operation_error(operation, "has weights that are not zero where its masks say so");
  return COCO_OK;
}

static coco_status check_depthwise_conv(const coco_operation *operation, const coco_lr_window_info *info) {
  const coco_type *input = operand_type(operation, 0), *result = result_type(operation);
  if (info->group != input->shape[1] || info->group != result->shape[1])
    return coco_operation_error(operation, "with storage depthwise needs as many groups and filters as channels");
  if (coco_lr_layout_of(input).block != COCO_LR_LANES || coco_lr_layout_of(result).block != COCO_LR_LANES)
    return coco_operation_error(operation, "with storage depthwise needs input and result of block %d", COCO_LR_LANES);
  return check_depthwise_masks(operation, info);
}

coco_status coco_lr_conv_verify(coco_operation *operation) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_conv, info));
  coco_string storage = COCO_PROPERTY(operation, lr_conv, storage)->text;
  COCO_TRY(check_encodings(operation));
  COCO_TRY(check_dense(operation, operand_type(operation, 1), "weight"));
  if (coco_string_is(storage, "plain")) {
    COCO_TRY(check_dense(operation, operand_type(operation, 0), "input with storage plain"));
    COCO_TRY(check_dense(operation, result_type(operation), "result with storage plain"));
  } else if (coco_string_is(storage, "rows")) {
    COCO_TRY(check_rows_conv(operation, &info));
  } else if (coco_string_is(storage, "depthwise")) {
    COCO_TRY(check_depthwise_conv(operation, &info));
  } else {
    COCO_TRY(check_packed_conv(operation, &info, storage));
  }
  if (COCO_PROPERTY(operation, lr_conv, masks) && !coco_string_is(storage, "depthwise"))
    return coco_operation_error(operation, "has masks without storage depthwise");
  if (!coco_lr_storage_is_packed(storage) && COCO_PROPERTY(operation, lr_conv, filters))
    return coco_operation_error(operation, "has 'filters' without a packed weight");
  if (operand_type(operation, 0)->element != operand_type(operation, 1)->element)
    return coco_operation_error(operation, "needs input and weight of one element type");
  COCO_TRY(check_region(operation, operand_type(operation, 0)->element, 2));
  return check_maps(operation, COCO_PROPERTY(operation, lr_conv, maps), 2);
}

/* Patches of input and result that fit each other, or no layouts. */
static coco_status check_pattern_layouts(const coco_operation *operation, const coco_window *window) {
  const coco_type *input = operand_type(operation, 0), *result = result_type(operation);
  coco_lr_layout_info in = coco_lr_layout_of(input), out = coco_lr_layout_of(result);
  if (coco_lr_layout_is_dense(&in) && coco_lr_layout_is_dense(&out)) return COCO_OK;
  if (!coco_lr_layout_has_patches(&in) || memcmp(in.patches, out.patches, sizeof in.patches))
    return coco_operation_error(operation, "needs input and result dense, or of the same patches");
  int64_t from[2], to[2];
  coco_lr_patch_extents(input, from);
  coco_lr_patch_extents(result, to);
  for (size_t i = 0; i < 2; ++i) {
    int64_t last = (to[i] - 1) * window->strides[i] - window->pads[i] + (window->kernel[i] - 1) * window->dilations[i];
    if ((in.patches[i] > 1 && from[i] != to[i] * window->strides[i]) || in.halo[i] < window->pads[i] ||
        from[i] + in.halo[2 + i] <= last)
      return coco_operation_error(operation, "needs input patches, and a halo, that hold what its windows read");
  }
  return COCO_OK;
}

coco_status coco_lr_pattern_conv_verify(coco_operation *operation) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_pattern_conv, info));
  COCO_TRY(check_encodings(operation));
  for (uint32_t i = 1; i < COCO_LR_PATTERN_OPERANDS; ++i) COCO_TRY(check_dense(operation, operand_type(operation, i), "stored form"));
  if (!is_f32(operand_type(operation, 0)) || !is_f32(operand_type(operation, COCO_LR_PATTERN_OPERANDS - 1)))
    return coco_operation_error(operation, "needs input and weights of f32");
  COCO_TRY(check_pattern_layouts(operation, &info.window));
  COCO_TRY(coco_lr_pattern_check(operation));
  COCO_TRY(check_region(operation, operand_type(operation, 0)->element, COCO_LR_PATTERN_OPERANDS));
  return check_maps(operation, COCO_PROPERTY(operation, lr_pattern_conv, maps), COCO_LR_PATTERN_OPERANDS);
}

coco_status coco_lr_pointwise_conv_verify(coco_operation *operation) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_pointwise_conv, info));
  COCO_TRY(check_encodings(operation));
  for (uint32_t i = 1; i < COCO_LR_POINTWISE_OPERANDS; ++i)
    COCO_TRY(check_dense(operation, operand_type(operation, i), "stored form"));
  if (!is_f32(operand_type(operation, 0)) || !is_f32(operand_type(operation, COCO_LR_POINTWISE_OPERANDS - 1)))
    return coco_operation_error(operation, "needs input and weights of f32");
  for (size_t i = 0; i < 2; ++i)
    if (info.window.kernel[i] != 1 || info.window.pads[i] || info.window.pads[2 + i] || info.group != 1)
      return coco_operation_error(operation, "takes kernels of one position, without padding and groups");
  COCO_TRY(check_pattern_layouts(operation, &info.window));
  COCO_TRY(coco_lr_pointwise_check(operation));
  COCO_TRY(check_region(operation, operand_type(operation, 0)->element, COCO_LR_POINTWISE_OPERANDS));
  return check_maps(operation, COCO_PROPERTY(operation, lr_pointwise_conv, maps), COCO_LR_POINTWISE_OPERANDS);
}

/* What block layers have in common: dense arrays, f32, a right stored form. */
static coco_status check_blocks(const coco_operation *operation) {
  COCO_TRY(check_encodings(operation));
  for (uint32_t i = 1; i < COCO_LR_BLOCK_OPERANDS; ++i)
    COCO_TRY(check_dense(operation, operand_type(operation, i), "stored form"));
  if (!is_f32(operand_type(operation, 0)) || !is_f32(operand_type(operation, COCO_LR_BLOCK_OPERANDS - 1)))
    return coco_operation_error(operation, "needs input and weights of f32");
  COCO_TRY(coco_lr_blocks_check(operation));
  return check_region(operation, operand_type(operation, 0)->element, COCO_LR_BLOCK_OPERANDS);
}

coco_status coco_lr_block_matmul_verify(coco_operation *operation) {
  COCO_TRY(check_dense(operation, operand_type(operation, 0), "input"));
  COCO_TRY(check_dense(operation, result_type(operation), "result"));
  COCO_TRY(check_blocks(operation));
  return check_maps(operation, COCO_PROPERTY(operation, lr_block_matmul, maps), COCO_LR_BLOCK_OPERANDS);
}

coco_status coco_lr_block_conv_verify(coco_operation *operation) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(operation, lr_block_conv, info));
  const coco_type *input = operand_type(operation, 0), *result = result_type(operation);
  if (info.group != 1) return coco_operation_error(operation, "takes one group");
  if (coco_string_is(COCO_PROPERTY(operation, lr_block_conv, storage)->text, "plain")) {
    COCO_TRY(check_dense(operation, input, "input with storage plain"));
    COCO_TRY(check_dense(operation, result, "result with storage plain"));
  } else {
    COCO_TRY(check_encodings(operation));
    if (coco_lr_layout_of(input).block != COCO_LR_LANES || coco_lr_layout_of(result).block != COCO_LR_LANES)
      return coco_operation_error(operation, "with storage placed needs input and result of block %d", COCO_LR_LANES);
    if (!halo_suffices(NULL, &info.window, input, result))
      return coco_operation_error(operation, "needs an input with a halo that holds what its windows read");
  }
  COCO_TRY(check_blocks(operation));
  return check_maps(operation, COCO_PROPERTY(operation, lr_block_conv, maps), COCO_LR_BLOCK_OPERANDS);
}

coco_status coco_lr_matmul_verify(coco_operation *operation) {
  for (uint32_t i = 0; i < operation->operand_count; ++i)
    COCO_TRY(check_dense(operation, operand_type(operation, i), "operands"));
  COCO_TRY(check_dense(operation, result_type(operation), "result"));
  COCO_TRY(check_encodings(operation));
  if (operand_type(operation, 0)->element != operand_type(operation, 1)->element)
    return coco_operation_error(operation, "needs a and b of one element type");
  if (coco_string_is(COCO_PROPERTY(operation, lr_matmul, storage)->text, "plain") &&
      COCO_PROPERTY(operation, lr_matmul, columns)) {
    return coco_operation_error(operation, "has 'columns' without a packed b");
  }
  if (!coco_string_is(COCO_PROPERTY(operation, lr_matmul, storage)->text, "plain") &&
      !coco_type_is_float(operand_type(operation, 0)->element))
    return coco_operation_error(operation, "packs floats only");
  COCO_TRY(check_region(operation, operand_type(operation, 0)->element, 2));
  return check_maps(operation, COCO_PROPERTY(operation, lr_matmul, maps), 2);
}

coco_status coco_lr_window_verify(coco_operation *operation) {
  const coco_type *input = operand_type(operation, 0), *result = result_type(operation);
  COCO_TRY(check_encodings(operation));
  const coco_lr_layout_info in = coco_lr_layout_of(input), out = coco_lr_layout_of(result);
  if (in.block != out.block) return coco_operation_error(operation, "needs input and result of one block");
  if (coco_lr_layout_has_patches(&in) != coco_lr_layout_has_patches(&out))
    return coco_operation_error(operation, "needs both input and result in patches, or neither");
  if (coco_string_is(COCO_PROPERTY(operation, lr_window, kind)->text, "average") &&
      !coco_type_is_float(input->element)) {
    return coco_operation_error(operation, "averages floats only");
  }
  COCO_TRY(check_region(operation, input->element, 1));
  return check_maps(operation, COCO_PROPERTY(operation, lr_window, maps), 1);
}

coco_status coco_lr_map_verify(coco_operation *operation) {
  COCO_TRY(check_encodings(operation));
  COCO_TRY(check_region(operation, NULL, 0));
  return check_maps(operation, COCO_PROPERTY(operation, lr_map, maps), 0);
}

/* Dense throughout, or an input in blocks whose channels stay channels. */
static coco_status check_reduce_layouts(const coco_operation *operation) {
  coco_lr_layout_info in = coco_lr_layout_of(operand_type(operation, 0)), out = coco_lr_layout_of(result_type(operation));
  if (in.block == 1) {
    COCO_TRY(check_dense(operation, operand_type(operation, 0), "input"));
    return check_dense(operation, result_type(operation), "result");
  }
  if (!coco_lr_reduce_keeps_channels(operation))
    return coco_operation_error(operation, "takes blocks only where it reduces rows and columns of an image");
  if (out.block != (result_type(operation)->rank == 4 ? in.block : 1))
    return coco_operation_error(operation, "needs a result of the input's block");
  return COCO_OK;
}

coco_status coco_lr_reduce_verify(coco_operation *operation) {
  COCO_TRY(check_encodings(operation));
  COCO_TRY(check_reduce_layouts(operation));
  COCO_TRY(check_region(operation, operand_type(operation, 0)->element, 1));
  return check_maps(operation, COCO_PROPERTY(operation, lr_reduce, maps), 1);
}

/* How many points the boxes of a move have together at most, so that products and sums of extents stay in 64 bits. */
#define MOST_POINTS (INT64_MAX / 4096)

/* One box of a move: its extents, the ends of its maps, and what layouts ask. */
static coco_status check_box(const coco_operation *operation, size_t i, int64_t *covered) {
  const coco_attribute *domain = COCO_PROPERTY(operation, lr_move, domains)->elements[i];
  const coco_affine_map *source = COCO_PROPERTY(operation, lr_move, sources)->elements[i]->map;
  const coco_affine_map *destination = COCO_PROPERTY(operation, lr_move, destinations)->elements[i]->map;
  if (domain->kind != COCO_ATTRIBUTE_DENSE_ARRAY || !coco_type_is_integer(domain->type, 64) ||
      domain->count > COCO_LR_MAX_RANK) {
    return coco_operation_error(operation, "needs domains that are lists of at most %d extents", COCO_LR_MAX_RANK);
  }
  const int64_t *extents = coco_attribute_i64s(domain);
  int64_t volume = 1;
  for (size_t j = 0; j < domain->count; ++j) {
    if (extents[j] < 0 || (extents[j] > 0 && volume > MOST_POINTS / extents[j]))
      return coco_operation_error(operation, "has an extent out of range in domain #%zu", i);
    volume *= extents[j];
  }
  const coco_type *input = operand_type(operation, i), *result = result_type(operation);
  if (input->element != result->element)
    return coco_operation_error(operation, "needs inputs of the result's element type");
  if (!coco_lr_map_stays_inside(source, extents, domain->count, input))
    return coco_operation_error(operation, "has a source #%zu that does not certainly stay inside its input", i);
  if (!coco_lr_map_stays_inside(destination, extents, domain->count, result))
    return coco_operation_error(operation, "has a destination #%zu that does not certainly stay inside the result", i);
  if (volume > MOST_POINTS - *covered) return coco_operation_error(operation, "has domains that are too large");
  *covered += volume;
  return COCO_OK;
}

/* Dense throughout, or whole blocks only. */
static coco_status check_move_layouts(const coco_operation *operation) {
  coco_lr_layout_info out = coco_lr_layout_of(result_type(operation));
  bool all_dense = coco_lr_layout_is_dense(&out), one_block = out.block > 1;
  for (uint32_t i = 0; i < operation->operand_count; ++i) {
    coco_lr_layout_info in = coco_lr_layout_of(operand_type(operation, i));
    all_dense = all_dense && coco_lr_layout_is_dense(&in);
    one_block = one_block && in.block == out.block;
  }
  if (all_dense || (one_block && coco_lr_move_shifts_blocks(operation, out.block))) return COCO_OK;
  return coco_operation_error(operation, "takes layouts only of one block, and only to shift whole blocks of channels");
}

coco_status coco_lr_move_verify(coco_operation *operation) {
  size_t count = operation->operand_count;
  if (COCO_PROPERTY(operation, lr_move, domains)->count != count ||
      COCO_PROPERTY(operation, lr_move, sources)->count != count ||
      COCO_PROPERTY(operation, lr_move, destinations)->count != count) {
    return coco_operation_error(operation, "needs a domain, a source and a destination for each input");
  }
  COCO_TRY(check_encodings(operation));
  int64_t covered = 0;
  for (size_t i = 0; i < count; ++i) COCO_TRY(check_box(operation, i, &covered));
  const coco_attribute *fill = COCO_PROPERTY(operation, lr_move, fill);
  if (fill && fill->type != result_type(operation)->element)
    return coco_operation_error(operation, "needs a fill of the result's element type");
  if (!fill && covered != coco_type_element_count(result_type(operation)))
    return coco_operation_error(operation, "needs 'fill', for its domains do not cover the result just once");
  return check_move_layouts(operation);
}

/* Dense throughout; indices lead somewhere. EXTENT: of the axis that they count along. */
static coco_status check_indexed(const coco_operation *operation, int64_t extent) {
  for (uint32_t i = 0; i < operation->operand_count; ++i)
    COCO_TRY(check_dense(operation, operand_type(operation, i), "operands"));
  COCO_TRY(check_dense(operation, result_type(operation), "result"));
  COCO_TRY(check_encodings(operation));
  if (operand_type(operation, 1)->element->width < 8)
    return coco_operation_error(operation, "needs indices of at least 8 bits");
  if (extent == 0 && coco_type_element_count(operand_type(operation, 1)) > 0)
    return coco_operation_error(operation, "has indices into an axis without elements");
  return COCO_OK;
}

coco_status coco_lr_gather_verify(coco_operation *operation) {
  return check_indexed(operation,
                       operand_type(operation, 0)->shape[COCO_PROPERTY(operation, lr_gather, axis)->integer]);
}

coco_status coco_lr_scatter_verify(coco_operation *operation) {
  return check_indexed(operation, operand_type(operation, 0)->shape[0]);
}

coco_status coco_lr_relayout_verify(coco_operation *operation) { return check_encodings(operation); }
