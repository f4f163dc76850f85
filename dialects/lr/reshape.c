/* Reshape maps: indices are joined and split again within the smallest groups of axes whose extents multiply to the
 * same. Cost: linear in the ranks. */
#include "dialects/lr/reshape.h"

#include "dialects/lr/index_map.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"

typedef const coco_affine_expression *expression;

static expression binary(coco_context *context, coco_affine_kind kind, expression left, int64_t right) {
  expression constant = coco_affine_constant(context, right);
  return left && constant ? coco_affine_binary(context, kind, left, constant) : NULL;
}

/* Row-major number of an index over axes [BEGIN, END) of SHAPE, extents of 1 left out. */
static expression join(coco_context *context, const int64_t *shape, uint32_t begin, uint32_t end) {
  expression sum = coco_affine_constant(context, 0);
  int64_t stride = 1;
  for (uint32_t i = end; i-- > begin;) {
    if (shape[i] == 1) continue;
    expression term = binary(context, COCO_AFFINE_MULTIPLY, coco_affine_dimension(context, i), stride);
    if (!sum || !term) return NULL;
    sum = coco_affine_binary(context, COCO_AFFINE_ADD, term, sum);
    stride *= shape[i];
  }
  return sum;
}

/* Splits NUMBER over axes [BEGIN, END) of SHAPE. */
static bool split(coco_context *context, expression number, const int64_t *shape, uint32_t begin, uint32_t end,
                  expression *results) {
  int64_t stride = 1, total = 1;
  for (uint32_t i = begin; i < end; ++i) total *= shape[i];
  for (uint32_t i = end; i-- > begin;) {
    expression part = number;
    if (shape[i] == 1) {
      part = coco_affine_constant(context, 0);
    } else {
      if (stride > 1) part = binary(context, COCO_AFFINE_FLOOR_DIVIDE, part, stride);
      if (stride * shape[i] < total) part = binary(context, COCO_AFFINE_MODULO, part, shape[i]);
    }
    if (!part) return false;
    results[i] = part;
    stride *= shape[i];
  }
  return true;
}

const coco_affine_map *coco_lr_reshape_map(coco_context *context, const coco_type *from, const coco_type *to) {
  expression results[COCO_LR_MAX_RANK];
  if (from->rank > COCO_LR_MAX_RANK) return NULL;
  bool empty = coco_type_element_count(to) == 0;
  for (uint32_t i = 0, j = 0; i < from->rank || j < to->rank;) {
    uint32_t from_begin = i, to_begin = j;
    int64_t left = 1, right = 1;
    if (empty) {
      i = from->rank;
      j = to->rank;
      left = right = 0;
    }
    do {
      /* The side that is behind takes an axis; at a tie both do, so that each group holds something of each side. */
      bool take_left = i < from->rank && (left <= right || j == to->rank),
           take_right = j < to->rank && (right <= left || i == from->rank);
      if (empty) break;
      if (take_left) left *= from->shape[i++];
      if (take_right) right *= to->shape[j++];
    } while (left != right);
    expression number = empty ? coco_affine_constant(context, 0) : join(context, to->shape, to_begin, j);
    if (!number || !split(context, number, from->shape, from_begin, i, results)) return NULL;
  }
  return coco_affine_map_create(context, to->rank, 0, results, from->rank);
}

bool coco_lr_move_is_view(const coco_operation *move) {
  if (move->operand_count != 1 || COCO_PROPERTY(move, lr_move, fill)) return false;
  const coco_type *input = coco_operation_operand(move, 0)->type, *result = coco_operation_result(move, 0)->type;
  coco_lr_layout_info in = coco_lr_layout_of(input), out = coco_lr_layout_of(result);
  if (!coco_lr_layout_is_dense(&in) || !coco_lr_layout_is_dense(&out)) return false;
  if (coco_type_element_count(input) != coco_type_element_count(result)) return false;
  const coco_attribute *domain = COCO_PROPERTY(move, lr_move, domains)->elements[0];
  if (domain->count != result->rank ||
      memcmp(coco_attribute_i64s(domain), result->shape, result->rank * sizeof *result->shape))
    return false;
  if (!coco_affine_map_is_identity(COCO_PROPERTY(move, lr_move, destinations)->elements[0]->map)) return false;
  return COCO_PROPERTY(move, lr_move, sources)->elements[0]->map == coco_lr_reshape_map(move->context, input, result);
}
