/* Schemes in the IR as constraints: see plan.h. */
#include "dialects/pattern/pattern.h"
#include "pruning/plan.h"

static coco_status read_set(const coco_layer *layer, const coco_attribute *symbol, coco_arena *arena, coco_projection *out) {
  const coco_operation *set = coco_symbol_lookup(layer->operation, symbol);
  if (!coco_operation_is(set, &coco_pattern_set))
    return coco_operation_error(layer->operation, "has a pruning scheme that names '%.*s', which is no 'pattern.set'", COCO_PRINT(symbol->text));
  const coco_attribute *kernel = COCO_PROPERTY(set, pattern_set, kernel), *masks = COCO_PROPERTY(set, pattern_set, masks);
  if (kernel->count != 2 || coco_attribute_i64s(kernel)[0] != (int64_t)layer->height ||
      coco_attribute_i64s(kernel)[1] != (int64_t)layer->width)
    return coco_operation_error(layer->operation, "has kernels of %zux%zu, but the set '%.*s' of its pruning scheme has others", layer->height,
                                layer->width, COCO_PRINT(symbol->text));
  uint64_t *copy = coco_arena_copy_bytes(arena, masks->data, masks->count * sizeof *copy);
  if (!copy) return COCO_OUT_OF_MEMORY;
  out->masks = copy;
  out->mask_count = masks->count;
  return COCO_OK;
}

coco_status coco_constraint_of(const coco_layer *layer, const coco_attribute *scheme, coco_arena *arena, coco_constraint *out) {
  *out = (coco_constraint){.scheme = coco_prune_scheme_of(scheme)};
  if (layer->unusable) return coco_operation_error(layer->operation, "has a pruning scheme, but %s", layer->unusable);
  const size_t positions = coco_layer_positions(layer);
  if (positions >= COCO_KERNEL_MAXIMUM_POSITIONS)
    return coco_operation_error(layer->operation, "has a pruning scheme, but its kernels have more than 63 positions");
  out->projection = (coco_projection){.rate = out->scheme.rate, .balance = out->scheme.balance, .span = (size_t)out->scheme.span};
  if (out->scheme.kind == COCO_PRUNE_BLOCKS) return COCO_OK;
  if (out->scheme.kind == COCO_PRUNE_PATTERN) return read_set(layer, out->scheme.set, arena, &out->projection);
  const uint64_t whole = coco_kernel_full_mask(positions);
  out->projection.masks = coco_arena_copy_bytes(arena, &whole, sizeof whole);
  out->projection.mask_count = 1;
  return out->projection.masks ? COCO_OK : COCO_OUT_OF_MEMORY;
}
