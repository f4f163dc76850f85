/* Evaluation of elementwise operations: numbers read, computed by scalar.c, rounded to the result's element type. */
#include "dialects/graph/evaluate.h"
#include "dialects/graph/scalar.h"

typedef struct operand_reader {
  const coco_type *element;
  bool is_real;
  const char *data;
  size_t size;
  int64_t strides[COCO_MAXIMUM_RANK]; /* in elements, by the result's axes */
} operand_reader;

static coco_graph_number read_number(const operand_reader *reader, int64_t offset) {
  const char *element = reader->data + (size_t)offset * reader->size;
  if (reader->is_real) return (coco_graph_number){.real = coco_element_read_real(reader->element, element)};
  return (coco_graph_number){.integer = coco_element_read_integer(reader->element, element)};
}

typedef coco_graph_number scalar_function(coco_graph_scalar_task *task, const coco_graph_number *x);

/* All elements of RESULT. The innermost axis is a plain loop; the odometer turns once per row. */
static void run(coco_graph_scalar_task *task, scalar_function *function, const operand_reader *readers, size_t count,
                const coco_runtime_value *result) {
  const coco_extents extents = coco_graph_runtime_extents(result);
  const size_t outer = extents.rank > 0 ? extents.rank - 1 : 0, size = coco_type_element_size(task->to);
  const int64_t row = extents.rank > 0 ? extents.at[outer] : 1;
  const bool to_real = coco_type_is_float(task->to);
  int64_t index[COCO_MAXIMUM_RANK] = {0};
  char *out = result->data;
  do {
    int64_t base[COCO_GRAPH_MAXIMUM_SCALARS] = {0};
    for (size_t k = 0; k < count; ++k) base[k] = coco_index_offset(index, readers[k].strides, outer);
    for (int64_t i = 0; i < row; ++i, out += size) {
      coco_graph_number x[COCO_GRAPH_MAXIMUM_SCALARS];
      for (size_t k = 0; k < count; ++k) x[k] = read_number(&readers[k], base[k] + i * readers[k].strides[outer]);
      const coco_graph_number y = function(task, x);
      if (to_real)
        coco_element_write_real(task->to, out, y.real);
      else
        coco_element_write_integer(task->to, out, y.integer);
    }
  } while (!task->problem && coco_index_next(extents.at, outer, index));
}

coco_status coco_graph_elementwise_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                            const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_graph_scalar_rule *rule = coco_graph_scalar_rule_of(operation);
  const size_t count = operation->operand_count;
  if (!rule || count > COCO_GRAPH_MAXIMUM_SCALARS) return COCO_INVALID_ARGUMENT;
  COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  if (coco_type_element_count(results->type) == 0) return COCO_OK;
  const coco_type *from = operands[count - 1].type->element;
  coco_graph_scalar_task task = {.operation = operation,
                                 .from = from,
                                 .to = results->type->element,
                                 .is_unsigned = from->signedness == COCO_UNSIGNED || coco_type_is_integer(from, 1)};
  scalar_function *function = coco_type_is_float(from) ? rule->reals : rule->integers;
  if (!function) return coco_evaluation_error(evaluation, operation, "is not defined for these elements");
  const coco_extents result = coco_graph_runtime_extents(results);
  operand_reader readers[COCO_GRAPH_MAXIMUM_SCALARS] = {0};
  for (size_t k = 0; k < count; ++k) {
    const coco_type *element = operands[k].type->element;
    const coco_extents own = coco_graph_runtime_extents(&operands[k]);
    readers[k].element = element;
    readers[k].is_real = coco_type_is_float(element);
    readers[k].data = operands[k].data;
    readers[k].size = coco_type_element_size(element);
    coco_broadcast_strides(&own, &result, readers[k].strides);
  }
  run(&task, function, readers, count, results);
  return task.problem ? coco_evaluation_error(evaluation, operation, "%s", task.problem) : COCO_OK;
}
