/* Folding of lr ops. */
#include "dialects/lr/hooks.h"
#include "dialects/lr/index_map.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/reshape.h"

/* relayout(x) => x, when the types are equal.
 * relayout(relayout(x)) => relayout(x), through whatever layout it went. */
coco_status coco_lr_relayout_fold(coco_operation *operation, coco_fold *fold) {
  coco_value *input = coco_operation_operand(operation, 0);
  if (input->type == coco_operation_result(operation, 0)->type) {
    return coco_fold_to_value(fold, input);
  }
  coco_operation *inner = coco_value_defined_by(input, &coco_lr_relayout);
  if (!inner) return COCO_OK;
  coco_operation_set_operand(operation, 0, coco_operation_operand(inner, 0));
  fold->changed = true;
  return COCO_OK;
}

/* Moves of more inputs are left alone. */
enum { COCO_LR_MAX_MERGED = 64 };

/* The map with which MOVE reads its one input when it writes all of its result in place; NULL when it is another kind
 * of move. */
static const coco_affine_map *read_in_place(const coco_operation *move) {
  if (move->operand_count != 1 || COCO_PROPERTY(move, lr_move, fill)) return NULL;
  const coco_type *result = coco_operation_result(move, 0)->type;
  const coco_attribute *domain = COCO_PROPERTY(move, lr_move, domains)->elements[0];
  if (domain->count != result->rank ||
      memcmp(coco_attribute_i64s(domain), result->shape, result->rank * sizeof *result->shape))
    return NULL;
  if (!coco_affine_map_is_identity(COCO_PROPERTY(move, lr_move, destinations)->elements[0]->map)) return NULL;
  return COCO_PROPERTY(move, lr_move, sources)->elements[0]->map;
}

static bool is_linear(const coco_affine_map *map) {
  for (uint32_t i = 0; i < map->result_count; ++i) {
    int64_t coefficients[COCO_LR_MAX_RANK] = {0}, base = 0;
    if (!coco_lr_affine_linear(map->results[i], 1, coefficients, COCO_LR_MAX_RANK, &base)) return false;
  }
  return true;
}

/* The map of source INDEX of MOVE when it reads what INNER reads; *out NULL: not to be merged, since divisions would
 * pile up. */
static coco_status merged_source(const coco_operation *move, uint32_t index, const coco_operation *inner,
                                 const coco_affine_map **out) {
  coco_context *context = move->context;
  const coco_affine_map *source = COCO_PROPERTY(move, lr_move, sources)->elements[index]->map,
                        *through = read_in_place(inner);
  *out = NULL;
  if (!through) return COCO_OK;
  if (is_linear(through)) {
    *out = coco_affine_map_compose(context, through, source);
  } else if (coco_lr_move_is_view(move) && coco_lr_move_is_view(inner)) {
    *out = coco_lr_reshape_map(context, coco_operation_operand(inner, 0)->type, coco_operation_result(move, 0)->type);
  } else {
    return COCO_OK;
  }
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* move(…, move(x), …) => move(…, x, …), when the inner one is a read of x in place. */
static coco_status merge_source(coco_operation *move, uint32_t index, bool *changed) {
  coco_operation *inner = coco_value_defined_by(coco_operation_operand(move, index), &coco_lr_move);
  if (!inner) return COCO_OK;
  coco_value *input = inner->operand_count == 1 ? coco_operation_operand(inner, 0) : NULL;
  if (!input || input->type->encoding || coco_operation_result(inner, 0)->type->encoding ||
      coco_operation_result(move, 0)->type->encoding)
    return COCO_OK;
  const coco_affine_map *map;
  COCO_TRY(merged_source(move, index, inner, &map));
  if (!map) return COCO_OK;
  const coco_attribute *sources = COCO_PROPERTY(move, lr_move, sources), *elements[COCO_LR_MAX_MERGED];
  if (sources->count > COCO_LR_MAX_MERGED) return COCO_OK;
  memcpy(elements, sources->elements, sources->count * sizeof *elements);
  elements[index] = coco_attribute_affine_map(move->context, map);
  sources = elements[index] ? coco_attribute_array(move->context, elements, sources->count) : NULL;
  if (!sources) return COCO_OUT_OF_MEMORY;
  coco_operation_set_property(move, COCO_PROPERTY_INDEX(lr_move, sources), sources);
  coco_operation_set_operand(move, index, input);
  *changed = true;
  return COCO_OK;
}

/* move(x) => x, when every element stays where it is. */
coco_status coco_lr_move_fold(coco_operation *operation, coco_fold *fold) {
  const coco_affine_map *source = read_in_place(operation);
  if (source && coco_affine_map_is_identity(source) &&
      coco_operation_operand(operation, 0)->type == coco_operation_result(operation, 0)->type) {
    return coco_fold_to_value(fold, coco_operation_operand(operation, 0));
  }
  for (uint32_t i = 0; i < operation->operand_count; ++i) COCO_TRY(merge_source(operation, i, &fold->changed));
  return COCO_OK;
}
