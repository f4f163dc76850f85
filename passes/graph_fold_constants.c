/* Evaluates operations whose operands are all constants, large ones included; large results become resources.
 *
 * A result that is far larger than what it is made of (an expanded scalar) stays an operation: the program is the
 * smaller form. */
#include "dialects/graph/graph.h"
#include "passes/passes.h"

enum { MAX_BYTES };
static const coco_option_row options[] = {
    {"max-bytes", COCO_OPTION_COUNT, "1073741824", "The largest constant to make."},
};
enum { FOLDED, BYTES };
static const char *const statistics[] = {"operations folded", "bytes of new constants"};

/* Results up to this size may be larger than their operands. */
enum { SMALL_RESULT = 1 << 16 };

/* Bytes of a constant operand whose elements are at hand, else -1. */
static int64_t constant_bytes(const coco_value *value) {
  const coco_attribute *constant = coco_value_constant(value);
  bool splat;
  if (!coco_attribute_is_elements(constant) || !coco_elements_data(constant, &splat)) return -1;
  return splat ? (int64_t)coco_type_element_size(constant->type) : coco_type_byte_count(constant->type);
}

static bool is_foldable(const coco_operation *operation, int64_t limit) {
  const coco_operation_definition *row = operation->definition;
  if (row->dialect != &coco_graph_dialect || !(row->traits & COCO_PURE) ||
      (row->traits & (COCO_CONSTANT_LIKE | COCO_TERMINATOR)) || !row->evaluate)
    return false;
  if (operation->result_count != 1 || operation->operand_count == 0 || operation->region_count != 0) return false;
  const int64_t size = coco_type_byte_count(operation->results[0].type);
  int64_t total = 0;
  for (size_t i = 0; i < operation->operand_count; ++i) {
    const int64_t bytes = constant_bytes(operation->operands[i].value);
    if (bytes < 0) return false;
    total = bytes > INT64_MAX / 2 - total ? INT64_MAX / 2 : total + bytes;
  }
  return size >= 0 && size <= limit && (size <= SMALL_RESULT || size <= 2 * total);
}

static coco_status evaluate(coco_evaluation *evaluation, coco_operation *operation, coco_runtime_value *operands,
                            coco_runtime_value *result, const coco_attribute **out) {
  for (size_t i = 0; i < operation->operand_count; ++i) {
    const coco_value *value = operation->operands[i].value;
    COCO_TRY(coco_runtime_from_attribute(evaluation, coco_value_constant(value), value->type, &operands[i]));
  }
  COCO_TRY(coco_evaluate_operation(evaluation, operation, operands, result));
  coco_string name = coco_location_layer(operation->location);
  return coco_runtime_to_attribute(operation->context, result, name.size ? name : COCO_STRING("folded"), out);
}

/* *out is NULL where the evaluation has no result (a division by zero): the operation stays. */
static coco_status fold(coco_evaluation *evaluation, coco_operation *operation, const coco_attribute **out) {
  const coco_allocator *allocator = coco_context_allocator(operation->context);
  const size_t count = (size_t)operation->operand_count + 1;
  coco_runtime_value *values = coco_allocate_zeroed(allocator, count, sizeof *values);
  if (!values) return COCO_OUT_OF_MEMORY;
  *out = NULL;
  coco_status status = evaluate(evaluation, operation, values, &values[count - 1], out);
  for (size_t i = 0; i < count; ++i) coco_runtime_release(&values[i]);
  coco_free(allocator, values, count * sizeof *values);
  if (status != COCO_OK) *out = NULL;
  return status == COCO_OUT_OF_MEMORY ? status : COCO_OK;
}

static coco_status replace(coco_pass *pass, coco_operation *operation, const coco_attribute *value) {
  if (value->type != operation->results[0].type) return COCO_OK;
  coco_builder builder = coco_builder_before(operation);
  coco_value *constant = coco_graph_build_constant(&builder, value);
  if (!constant) return builder.status;
  coco_value_replace_all_uses(&operation->results[0], constant);
  coco_operation_erase(operation);
  ++pass->statistics[FOLDED];
  pass->statistics[BYTES] += (uint64_t)coco_type_byte_count(value->type);
  pass->changed = true;
  return COCO_OK;
}

/* Top-level blocks of functions only: what is in a group has no constant operands. */
static coco_status run_blocks(coco_pass *pass, coco_evaluation *evaluation, coco_region *region) {
  for (coco_block *block = region->first; block; block = block->next)
    for (coco_operation *operation = block->first, *next; operation; operation = next) {
      const coco_attribute *value = NULL;
      next = operation->next;
      if (!is_foldable(operation, pass->options[MAX_BYTES].integer)) continue;
      COCO_TRY(fold(evaluation, operation, &value));
      if (value) COCO_TRY(replace(pass, operation, value));
    }
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  coco_evaluation *evaluation;
  COCO_TRY(coco_evaluation_create(pass->context, &evaluation));
  coco_evaluation_set_quiet(evaluation, true);
  coco_status status = COCO_OK;
  coco_block *body = coco_operation_body(root, 0);
  for (coco_operation *function = body ? body->first : NULL; function && status == COCO_OK; function = function->next)
    for (size_t i = 0; i < function->region_count && status == COCO_OK; ++i)
      status = run_blocks(pass, evaluation, coco_operation_region(function, i));
  coco_evaluation_destroy(evaluation);
  return status;
}

const coco_pass_definition coco_pass_graph_fold_constants = {
    .name = "graph-fold-constants",
    .documentation = "Evaluate operations on constants, large ones included.",
    .anchor = "builtin.module",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
