/* ONNX's reductions. */
#include "frontends/onnx/importer.h"

/* The axes of a reduction: an attribute, or the second input where the version has one; all when there is none. */
static coco_status read_axes(coco_onnx_node *node, bool *out_nothing, int64_t **out, size_t *out_count) {
  const int64_t *axes = NULL;
  size_t count = 0, rank = node->inputs[0]->type->rank;
  bool empty_is_nothing;
  COCO_TRY(coco_onnx_get_bool(node, "noop_with_empty_axes", false, &empty_is_nothing));
  if (coco_onnx_input(node, 1)) {
    int64_t *constant;
    COCO_TRY(coco_onnx_constant_integers(node, 1, &constant, &count));
    if (!constant) return coco_onnx_node_error(node, "axes that are not constant are not supported");
    axes = constant;
  } else {
    COCO_TRY(coco_onnx_get_integers(node, "axes", &axes, &count));
  }
  *out_nothing = count == 0 && empty_is_nothing;
  if (count) {
    *out_count = count;
    return coco_onnx_normalize_axes(node, axes, count, rank, true, out);
  }
  *out = coco_arena_allocate(&node->importer->scratch, (rank + 1) * sizeof **out);
  if (!*out) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < rank; ++i) (*out)[i] = (int64_t)i;
  *out_count = rank;
  return COCO_OK;
}

static bool chosen(const coco_onnx_node *node, const char *choice) {
  return strcmp(node->operator_row->choice, choice) == 0;
}

/* log(sum(exp(x - max))) + max */
static coco_value *log_sum_exp(coco_onnx_node *node, coco_value *x, const int64_t *axes, size_t count, bool keep) {
  coco_value *peak = coco_onnx_reduce(node, "max", x, axes, count, true);
  coco_value *shifted = coco_onnx_binary(node, &coco_graph_sub, x, peak);
  coco_value *sum = coco_onnx_reduce(node, "sum", coco_onnx_unary(node, &coco_graph_exp, shifted), axes, count, true);
  coco_value *result = coco_onnx_binary(node, &coco_graph_add, coco_onnx_unary(node, &coco_graph_log, sum), peak);
  if (keep) return result;
  return coco_onnx_emit(
      node, &(coco_operation_state){
                .definition = &coco_graph_squeeze,
                COCO_WITH_OPERANDS(result),
                COCO_WITH_ATTRIBUTES(COCO_NAMED("axes", coco_attribute_i64_array(node->context, axes, count)))});
}

static coco_status import_reduce(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 2));
  int64_t *axes;
  size_t count = 0;
  bool keep = false, nothing = false;
  coco_value *x = node->inputs[0];
  COCO_TRY(coco_onnx_get_bool(node, "keepdims", true, &keep));
  COCO_TRY(read_axes(node, &nothing, &axes, &count));
  if (nothing) count = 0; /* the elementwise part of the operator remains */
  if (chosen(node, "log_sum_exp")) return coco_onnx_set(node, 0, nothing ? x : log_sum_exp(node, x, axes, count, keep));
  bool log_sum = chosen(node, "log_sum");
  const char *kind = log_sum ? "sum" : node->operator_row->choice;
  coco_value *value = nothing && (log_sum || chosen(node, "sum") || chosen(node, "mean") || chosen(node, "max") ||
                                  chosen(node, "min") || chosen(node, "product"))
                          ? x
                          : coco_onnx_reduce(node, kind, x, axes, count, keep);
  return coco_onnx_set(node, 0, log_sum ? coco_onnx_unary(node, &coco_graph_log, value) : value);
}

const coco_onnx_operator coco_onnx_reduce_operators[] = {
    {"ReduceSum", {1, 11, 13}, import_reduce, NULL, "sum"},
    {"ReduceMean", {1, 11, 13, 18}, import_reduce, NULL, "mean"},
    {"ReduceMax", {1, 11, 12, 13, 18, 20}, import_reduce, NULL, "max"},
    {"ReduceMin", {1, 11, 12, 13, 18, 20}, import_reduce, NULL, "min"},
    {"ReduceProd", {1, 11, 13, 18}, import_reduce, NULL, "product"},
    {"ReduceSumSquare", {1, 11, 13, 18}, import_reduce, NULL, "sum_square"},
    {"ReduceL1", {1, 11, 13, 18}, import_reduce, NULL, "l1"},
    {"ReduceL2", {1, 11, 13, 18}, import_reduce, NULL, "l2"},
    {"ReduceLogSum", {1, 11, 13, 18, 28}, import_reduce, NULL, "log_sum"},
    {"ReduceLogSumExp", {1, 11, 13, 18, 28}, import_reduce, NULL, "log_sum_exp"},
    {0},
};
