/* Which lr operations need not move a byte: reshapes, some changes of layout, and concatenations of ranges. Cost: O(1),
 * save for reshapes with index maps that are not linear, which are compared element by element. */
#include "dialects/lr/index_map.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/shared/shape.h"
#include "lowering/memory_plan.h"

enum { MAXIMUM_COMPARED = 1 << 20 };

static bool is_dense(const coco_type *type) {
  coco_lr_layout_info info = coco_lr_layout_of(type);
  return coco_lr_layout_is_dense(&info);
}

/* Whether both maps take each index of the box EXTENTS to the same row-major position. */
static bool agree(const coco_lr_index_map *a, const coco_lr_index_map *b, const int64_t *extents, size_t rank,
                  int64_t volume) {
  if (a->linear && b->linear) {
    if (a->base != b->base) return false;
    for (size_t i = 0; i < rank; ++i) {
      if (extents[i] > 1 && a->coefficients[i] != b->coefficients[i]) return false;
    }
    return true;
  }
  if (volume > MAXIMUM_COMPARED) return false;
  int64_t index[COCO_LR_MAX_RANK] = {0};
  do {
    if (coco_lr_index_map_at(a, index) != coco_lr_index_map_at(b, index)) return false;
  } while (coco_index_next(extents, rank, index));
  return true;
}

/* A move that copies all elements of one dense tensor in their order: a reshape. */
static bool move_keeps_order(const coco_operation *move) {
  if (move->operand_count != 1) return false;
  const coco_type *input = coco_operation_operand(move, 0)->type, *output = coco_operation_result(move, 0)->type;
  const coco_attribute *domain = COCO_PROPERTY(move, lr_move, domains)->elements[0];
  int64_t count = coco_type_element_count(input), volume = 1;
  for (size_t i = 0; i < domain->count; ++i) volume *= coco_attribute_i64s(domain)[i];
  if (!is_dense(input) || !is_dense(output) || count == 0 || coco_type_element_count(output) != count ||
      volume != count)
    return false;
  coco_lr_index_map source, destination;
  coco_lr_index_map_make(&source, COCO_PROPERTY(move, lr_move, sources)->elements[0]->map, domain->count, input);
  coco_lr_index_map_make(&destination, COCO_PROPERTY(move, lr_move, destinations)->elements[0]->map, domain->count,
                         output);
  return agree(&source, &destination, coco_attribute_i64s(domain), domain->count, volume);
}

/* A relayout that changes no byte's place: to the same layout, or from blocks of single pixels to rows. */
static bool relayout_keeps_order(const coco_operation *relayout) {
  const coco_type *input = coco_operation_operand(relayout, 0)->type,
                  *output = coco_operation_result(relayout, 0)->type;
  if (input == output) return true;
  coco_lr_layout_info in = coco_lr_layout_of(input), out = coco_lr_layout_of(output);
  static const int64_t none[4];
  if (coco_lr_layout_has_patches(&in) || coco_lr_layout_has_patches(&out)) return false;
  if (memcmp(in.halo, none, sizeof none) || memcmp(out.halo, none, sizeof none)) return false;
  if (in.block == out.block) return true;
  if (out.block != 1 || input->rank != 4 || input->shape[2] != 1 || input->shape[3] != 1) return false;
  return input->shape[0] == 1 || input->shape[1] % in.block == 0;
}

bool coco_lr_is_view(const coco_operation *operation) {
  if (coco_operation_is(operation, &coco_lr_move)) return move_keeps_order(operation);
  return coco_operation_is(operation, &coco_lr_relayout) && relayout_keeps_order(operation);
}

/* ---- Concatenations ---- */

/* The axis along which DESTINATION shifts its box, and by how much; false when it is no such map. */
static bool find_shift(const coco_affine_map *destination, size_t rank, size_t *axis, int64_t *shift) {
  if (destination->result_count != rank || destination->dimension_count != rank) return false;
  for (size_t i = 0; i < rank; ++i) {
    int64_t coefficients[COCO_LR_MAX_RANK] = {0}, base = 0;
    if (!coco_lr_affine_linear(destination->results[i], 1, coefficients, rank, &base)) return false;
    for (size_t j = 0; j < rank; ++j) {
      if (coefficients[j] != (i == j)) return false;
    }
    if (base == 0) continue;
    if (*shift) return false;
    *axis = i;
    *shift = base;
  }
  return true;
}

static bool whole_operand(const coco_operation *move, size_t operand) {
  const coco_type *type = coco_operation_operand(move, operand)->type;
  const coco_attribute *domain = COCO_PROPERTY(move, lr_move, domains)->elements[operand];
  return domain->count == type->rank &&
         memcmp(coco_attribute_i64s(domain), type->shape, type->rank * sizeof *type->shape) == 0 &&
         coco_affine_map_is_identity(COCO_PROPERTY(move, lr_move, sources)->elements[operand]->map);
}

bool coco_lr_joins_ranges(const coco_operation *move, int64_t *out_offsets) {
  const coco_type *result = coco_operation_result(move, 0)->type;
  coco_lr_layout_info layout = coco_lr_layout_of(result);
  int64_t covered = 0, size = (int64_t)coco_type_element_size(result->element);
  for (size_t i = 0; i < move->operand_count; ++i) {
    const coco_type *type = coco_operation_operand(move, i)->type;
    size_t axis = result->rank > 1;
    int64_t shift = 0;
    if (type->rank != result->rank || result->rank > COCO_LR_MAX_RANK || type->encoding != result->encoding ||
        !whole_operand(move, i))
      return false;
    if (!find_shift(COCO_PROPERTY(move, lr_move, destinations)->elements[i]->map, result->rank, &axis, &shift))
      return false;
    if (!coco_lr_layout_is_dense(&layout) && axis != 1) return false;
    int64_t stride = size;
    for (size_t j = 0; j < result->rank; ++j) {
      if (j != axis && type->shape[j] != result->shape[j]) return false;
      if (j < axis && result->shape[j] != 1) return false;
      if (j > axis)
        stride *=
            result->rank == 4 && j >= 2 ? result->shape[j] + layout.halo[j - 2] + layout.halo[j] : result->shape[j];
    }
    if (shift % layout.block || shift > INT64_MAX / 4096 / stride) return false;
    out_offsets[i] = shift * stride;
    covered += coco_type_element_count(type);
  }
  return move->operand_count > 0 && covered == coco_type_element_count(result) && covered > 0;
}
