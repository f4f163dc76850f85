/* ONNX operators that compare positions along axes: where the largest element is, running sums, triangles. Each is made
 * of comparisons with the positions 0, 1, … along an axis, which are a constant vector. Each function opens with its
 * equation. */
#include "frontends/onnx/importer.h"

enum {
  LONGEST_AXIS = 1 << 20,  /* of which positions are listed */
  LONGEST_RUNNING = 1 << 12 /* a running sum looks at each pair of positions */
};

static coco_value *equal(coco_onnx_node *node, coco_value *x, coco_value *y) {
  return coco_onnx_binary(node, &coco_graph_equal, x, y);
}
static coco_value *negate(coco_onnx_node *node, coco_value *x) { return coco_onnx_unary(node, &coco_graph_not, x); }
static coco_value *where(coco_onnx_node *node, coco_value *condition, coco_value *x, coco_value *y) {
  return coco_onnx_emit(node,
                        &(coco_operation_state){.definition = &coco_graph_where, COCO_WITH_OPERANDS(condition, x, y)});
}

coco_status coco_onnx_positions(coco_onnx_node *node, int64_t extent, size_t trailing, coco_value **out) {
  int64_t axes[COCO_ONNX_MAXIMUM_RANK];
  if (extent == COCO_DYNAMIC) return coco_onnx_node_error(node, "the extent of the axis must be known");
  if (extent < 0 || extent > LONGEST_AXIS || trailing > COCO_ONNX_MAXIMUM_RANK)
    return coco_onnx_node_error(node, "an axis of %lld elements is too long", (long long)extent);
  int64_t *values = coco_arena_allocate(&node->importer->scratch, ((size_t)extent + 1) * sizeof *values);
  if (!values) return COCO_OUT_OF_MEMORY;
  for (int64_t i = 0; i < extent; ++i) values[i] = i;
  for (size_t i = 0; i < trailing; ++i) axes[i] = (int64_t)i + 1;
  *out = coco_onnx_integers(node, values, (size_t)extent);
  if (trailing) *out = coco_onnx_unsqueeze(node, *out, axes, trailing);
  return node->importer->builder.status;
}

/* The first position that is not below the largest element: min over the axis of (i where not x < max, else the
 * extent); the last one: max of (i where …, else -1). With NaN all positions are as good. */
coco_status coco_onnx_arg(coco_onnx_node *node, coco_value *x, int64_t axis, bool largest, bool last, bool keep,
                          coco_value **out) {
  const coco_type *integer = coco_type_integer(node->context, 64);
  const int64_t extent = x->type->shape[axis];
  coco_value *positions;
  if (!integer) return COCO_OUT_OF_MEMORY;
  if (extent == 0) return coco_onnx_node_error(node, "there is no largest or smallest of no elements");
  COCO_TRY(coco_onnx_positions(node, extent, x->type->rank - 1 - (size_t)axis, &positions));
  coco_value *peak = coco_onnx_reduce(node, largest ? "max" : "min", x, &axis, 1, true);
  coco_value *best = negate(node, coco_onnx_binary(node, largest ? &coco_graph_less : &coco_graph_greater, x, peak));
  coco_value *candidates = where(node, best, positions, coco_onnx_scalar(node, integer, last ? -1 : (double)extent));
  *out = coco_onnx_reduce(node, last ? "max" : "min", candidates, &axis, 1, keep);
  return node->importer->builder.status;
}

static coco_status import_arg(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  int64_t axis;
  bool keep, last;
  coco_value *result;
  COCO_TRY(coco_onnx_get_integer(node, "axis", 0, &axis));
  COCO_TRY(coco_onnx_get_bool(node, "keepdims", true, &keep));
  COCO_TRY(coco_onnx_get_bool(node, "select_last_index", false, &last));
  COCO_TRY(coco_onnx_normalize_axis(node, axis, node->inputs[0]->type->rank, &axis));
  COCO_TRY(coco_onnx_arg(node, node->inputs[0], axis, node->operator_row->choice != NULL, last, keep, &result));
  return coco_onnx_set(node, 0, result);
}

/* x where column - row >= k (upper) or <= k (lower), else 0 */
static coco_status import_trilu(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 2));
  const coco_type *type = node->inputs[0]->type;
  coco_value *rows, *columns, *k = coco_onnx_input(node, 1);
  bool upper;
  COCO_TRY(coco_onnx_get_bool(node, "upper", true, &upper));
  if (type->rank < 2) return coco_onnx_node_error(node, "the input should be a matrix, or several");
  COCO_TRY(coco_onnx_positions(node, type->shape[type->rank - 2], 1, &rows));
  COCO_TRY(coco_onnx_positions(node, type->shape[type->rank - 1], 0, &columns));
  if (k && k->type->rank > 1) return coco_onnx_node_error(node, "k should be a number");
  if (k) rows = coco_onnx_binary(node, &coco_graph_add, rows, k);
  coco_value *cut = coco_onnx_binary(node, upper ? &coco_graph_less : &coco_graph_greater, columns, rows);
  return coco_onnx_set(node, 0, where(node, cut, coco_onnx_scalar(node, type->element, 0), node->inputs[0]));
}

/* y[i] = sum over j of (x[j] where j <= i, else 0); exclusive: j < i; reverse: the order turned. Products likewise,
 * with 1. */
static coco_status import_cumulative(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  coco_value *x = node->inputs[0], *to, *from;
  const bool sum = node->operator_row->choice == NULL;
  bool exclusive, reverse;
  int64_t *axes, axis;
  size_t count;
  COCO_TRY(coco_onnx_get_bool(node, "exclusive", false, &exclusive));
  COCO_TRY(coco_onnx_get_bool(node, "reverse", false, &reverse));
  COCO_TRY(coco_onnx_constant_integers(node, 1, &axes, &count));
  if (count != 1) return coco_onnx_node_error(node, "the axis must be a constant");
  COCO_TRY(coco_onnx_normalize_axis(node, axes[0], x->type->rank, &axis));
  const int64_t extent = x->type->shape[axis], summed = axis + 1;
  const size_t behind = x->type->rank - 1 - (size_t)axis;
  if (extent > LONGEST_RUNNING)
    return coco_onnx_node_error(node, "an axis of %lld elements is too long", (long long)extent);
  COCO_TRY(coco_onnx_positions(node, extent, behind + 1, &to));
  COCO_TRY(coco_onnx_positions(node, extent, behind, &from));
  const coco_operation_definition *strict = reverse ? &coco_graph_greater : &coco_graph_less;
  coco_value *counts =
      exclusive ? coco_onnx_binary(node, strict, from, to) : negate(node, coco_onnx_binary(node, strict, to, from));
  coco_value *terms = where(node, counts, coco_onnx_unsqueeze(node, x, &axis, 1),
                            coco_onnx_scalar(node, x->type->element, sum ? 0 : 1));
  return coco_onnx_set(node, 0, coco_onnx_reduce(node, sum ? "sum" : "product", terms, &summed, 1, false));
}

/* ---- Losses ---- */

/* The elements of X (at axis 1) that HIT selects, which is at most one of each line; 0 where it selects none. */
static coco_value *pick(coco_onnx_node *node, coco_value *hit, coco_value *x, const coco_type *element) {
  const int64_t classes = 1;
  return coco_onnx_reduce(node, "sum", where(node, hit, x, coco_onnx_scalar(node, element, 0)), &classes, 1, false);
}

/* Which class each target names: [n, c, …] of bits. Targets that are to be ignored name none. */
static coco_status find_targets(coco_onnx_node *node, coco_value *target, const coco_type *type, coco_value **out) {
  const coco_type *integer = coco_type_integer(node->context, 64);
  const int64_t axis = 1;
  int64_t ignored;
  coco_value *classes;
  if (!integer) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_onnx_positions(node, type->shape[1], type->rank - 2, &classes));
  target = coco_onnx_unsqueeze(node, coco_onnx_cast(node, target, integer), &axis, 1);
  *out = equal(node, target, classes);
  if (!coco_onnx_has(node, "ignore_index")) return node->importer->builder.status;
  COCO_TRY(coco_onnx_get_integer(node, "ignore_index", 0, &ignored));
  coco_value *valid = negate(node, equal(node, target, coco_onnx_integers(node, &ignored, 1)));
  *out = coco_onnx_binary(node, &coco_graph_and, *out, valid);
  return node->importer->builder.status;
}

/* all: -w[t] x[t]; sum: their sum; mean: their sum over the sum of w[t], where w is 1 when there is none */
static coco_status import_loss(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 3));
  coco_value *x = node->inputs[0], *weight = coco_onnx_input(node, 2), *hit;
  const coco_type *type = x->type, *element = type->element;
  coco_string reduction;
  COCO_TRY(coco_onnx_get_string(node, "reduction", "mean", &reduction));
  if (type->rank < 2 || type->rank > COCO_ONNX_MAXIMUM_RANK || node->inputs[1]->type->rank + 1 != type->rank)
    return coco_onnx_node_error(node, "the input should have one axis more than the target, and classes along axis 1");
  if (node->operator_row->choice) x = coco_onnx_log_softmax(node, x, 1);
  COCO_TRY(coco_onnx_set(node, 1, x));
  COCO_TRY(find_targets(node, node->inputs[1], type, &hit));
  coco_value *one = coco_onnx_scalar(node, element, 1);
  if (weight && type->rank > 2) {
    int64_t trailing[COCO_ONNX_MAXIMUM_RANK];
    for (size_t i = 0; i + 2 < type->rank; ++i) trailing[i] = (int64_t)i + 1;
    weight = coco_onnx_unsqueeze(node, weight, trailing, type->rank - 2);
  }
  coco_value *weights = pick(node, hit, weight ? weight : one, element);
  coco_value *loss = coco_onnx_unary(node, &coco_graph_neg, pick(node, hit, x, element));
  if (weight) loss = coco_onnx_binary(node, &coco_graph_mul, loss, weights);
  if (coco_string_is(reduction, "none")) return coco_onnx_set(node, 0, loss);
  int64_t all[COCO_ONNX_MAXIMUM_RANK];
  for (size_t i = 0; i + 1 < type->rank; ++i) all[i] = (int64_t)i;
  coco_value *sum = coco_onnx_reduce(node, "sum", loss, all, type->rank - 1, false);
  if (coco_string_is(reduction, "sum")) return coco_onnx_set(node, 0, sum);
  if (!coco_string_is(reduction, "mean"))
    return coco_onnx_node_error(node, "attribute 'reduction' is not one that is known");
  return coco_onnx_set(
      node, 0,
      coco_onnx_binary(node, &coco_graph_div, sum, coco_onnx_reduce(node, "sum", weights, all, type->rank - 1, false)));
}

const coco_onnx_operator coco_onnx_index_operators[] = {
    {"ArgMax", {1, 11, 12, 13}, import_arg, NULL, "max"},
    {"ArgMin", {1, 11, 12, 13}, import_arg, NULL, NULL},
    {"Trilu", {14}, import_trilu, NULL, NULL},
    {"CumSum", {11, 14}, import_cumulative, NULL, NULL},
    {"CumProd", {26}, import_cumulative, NULL, "product"},
    {"NegativeLogLikelihoodLoss", {12, 13, 22}, import_loss, NULL, NULL},
    {"SoftmaxCrossEntropyLoss", {12, 13}, import_loss, NULL, "softmax"},
    {0},
};
