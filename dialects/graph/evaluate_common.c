/* What the evaluation hooks of graph share, and the evaluation of its structure. */
#include "dialects/graph/evaluate.h"

coco_status coco_graph_constant_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                         const coco_runtime_value *operands, coco_runtime_value *results) {
  (void)operands;
  return coco_runtime_from_attribute(evaluation, COCO_PROPERTY(operation, graph_constant, value),
                                     operation->results[0].type, results);
}

coco_status coco_graph_fused_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                      const coco_runtime_value *operands, coco_runtime_value *results) {
  return coco_evaluate_region(evaluation, coco_operation_region(operation, 0), operands, operation->operand_count,
                              results, 1, NULL);
}

/* Stand-ins for the operands: values that have the static types of run time, and no definition. */
static coco_status infer_at_run_time(coco_evaluation *evaluation, const coco_operation *operation,
                                     const coco_runtime_value *operands, const coco_type **out) {
  const size_t count = operation->operand_count;
  coco_arena *scratch = coco_evaluation_scratch(evaluation);
  coco_value *values = coco_arena_allocate_zeroed(scratch, count + 1, sizeof *values);
  coco_value **pointers = coco_arena_allocate_zeroed(scratch, count + 1, sizeof *pointers);
  if (!values || !pointers) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) {
    values[i] = (coco_value){.type = operands[i].type, .is_argument = true};
    pointers[i] = &values[i];
  }
  const coco_inference inference = {.context = operation->context,
                                    .definition = operation->definition,
                                    .location = operation->location,
                                    .operands = pointers,
                                    .operand_count = count,
                                    .properties = operation->properties,
                                    .results = out,
                                    .result_count = 1};
  return operation->definition->infer(&inference);
}

static bool is_static(const coco_operation *operation) {
  for (size_t i = 0; i < operation->operand_count; ++i)
    if (!coco_type_has_static_shape(operation->operands[i].value->type)) return false;
  return coco_type_has_static_shape(operation->results[0].type);
}

/* Inference judges dynamic operands here, when their extents are known; of static types it gives a static one. */
coco_status coco_graph_allocate_result(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *type = operation->results[0].type;
  if (!is_static(operation)) COCO_TRY(infer_at_run_time(evaluation, operation, operands, &type));
  return coco_evaluation_allocate(evaluation, type, results);
}

coco_status coco_graph_allocate_extents(coco_evaluation *evaluation, const coco_operation *operation,
                                        const coco_extents *extents, coco_runtime_value *results) {
  int64_t count;
  if (!coco_extents_product(extents->at, extents->rank, &count))
    return coco_evaluation_error(evaluation, operation, "result has too many elements");
  const coco_type *type = coco_type_tensor(coco_evaluation_context(evaluation), extents->rank, extents->at,
                                           operation->results[0].type->element, NULL);
  return type ? coco_evaluation_allocate(evaluation, type, results) : COCO_OUT_OF_MEMORY;
}

const coco_runtime_value *coco_graph_group_operand(const coco_operation *operation, const coco_runtime_value *operands,
                                                   size_t group) {
  size_t start, count;
  coco_operation_operand_group(operation, group, &start, &count);
  return count ? &operands[start] : NULL;
}

bool coco_graph_runtime_integers(const coco_runtime_value *value, int64_t *out, size_t capacity, size_t *out_count) {
  const int64_t count = coco_type_element_count(value->type);
  if (count < 0 || (uint64_t)count > capacity) return false;
  const coco_type *element = value->type->element;
  const size_t size = coco_type_element_size(element);
  for (int64_t i = 0; i < count; ++i)
    out[i] = coco_element_read_integer(element, (const char *)value->data + (size_t)i * size);
  *out_count = (size_t)count;
  return true;
}

coco_extents coco_graph_runtime_extents(const coco_runtime_value *value) {
  coco_extents extents = {0};
  coco_extents_of(value->type, &extents);
  return extents;
}

/* Whether loops over float or double can use the elements as they lie. */
static bool is_native(const coco_runtime_value *value) {
  const coco_type *element = value->type->element;
  if (!coco_type_is_float(element) || (element->format != COCO_F32 && element->format != COCO_F64)) return false;
  return (uintptr_t)value->data % coco_type_element_size(element) == 0;
}

static coco_status allocate_floats(coco_evaluation *evaluation, const coco_runtime_value *value, void **out) {
  const size_t size = coco_graph_is_double(value) ? sizeof(double) : sizeof(float);
  const int64_t count = coco_type_element_count(value->type);
  *out = coco_arena_allocate_zeroed(coco_evaluation_scratch(evaluation), (size_t)count + 1, size);
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

coco_status coco_graph_load_floats(coco_evaluation *evaluation, const coco_runtime_value *value, const void **out) {
  *out = value->data;
  if (is_native(value)) return COCO_OK;
  void *copy;
  COCO_TRY(allocate_floats(evaluation, value, &copy));
  const coco_type *element = value->type->element;
  const size_t size = coco_type_element_size(element);
  const int64_t count = coco_type_element_count(value->type);
  for (int64_t i = 0; i < count; ++i) {
    const double real = coco_element_read_real(element, (const char *)value->data + (size_t)i * size);
    if (coco_graph_is_double(value))
      ((double *)copy)[i] = real;
    else
      ((float *)copy)[i] = (float)real;
  }
  *out = copy;
  return COCO_OK;
}

coco_status coco_graph_float_target(coco_evaluation *evaluation, const coco_runtime_value *result, void **out) {
  *out = result->data;
  return is_native(result) ? COCO_OK : allocate_floats(evaluation, result, out);
}

void coco_graph_store_floats(const coco_runtime_value *result, const void *computed) {
  if (computed == result->data) return;
  const coco_type *element = result->type->element;
  const size_t size = coco_type_element_size(element);
  const int64_t count = coco_type_element_count(result->type);
  for (int64_t i = 0; i < count; ++i) {
    const double real =
        coco_graph_is_double(result) ? ((const double *)computed)[i] : (double)((const float *)computed)[i];
    coco_element_write_real(element, (char *)result->data + (size_t)i * size, real);
  }
}
