/* Checking operands, properties and results against a row; running a row's inference. */
#include "ir/row_check.h"

#include "ir/operation_internal.h"
#include "ir/printer.h"

enum { TYPE_TEXT = 256 };

/* ---- The view of an operation that inference has ---- */

/* The sizes of the operand groups when the property says them well, else NULL. */
static const int32_t *segment_sizes(const coco_operation *operation) {
  const coco_operation_definition *row = operation->definition;
  if (!(row->traits & COCO_OPERAND_SEGMENTS)) return NULL;
  size_t index = coco_definition_attribute_index(row, COCO_STRING("operandSegmentSizes"));
  const coco_attribute *sizes = index < row->attribute_count ? operation->properties[index] : NULL;
  if (!coco_attribute_is(sizes, COCO_ATTRIBUTE_DENSE_ARRAY) || !coco_type_is_integer(sizes->type, 32) ||
      sizes->count != row->operand_row_count)
    return NULL;
  return sizes->data;
}

static coco_status with_inference(coco_operation *operation, bool exists, const coco_type **results,
                                  coco_status (*function)(const coco_inference *)) {
  coco_value *few[16], **operands = few;
  size_t count = operation->operand_count, size = count * sizeof *operands;
  coco_pool *pool = coco_context_pool(operation->context);
  if (count > sizeof few / sizeof *few) operands = coco_pool_allocate(pool, size);
  if (!operands) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) operands[i] = operation->operands[i].value;
  coco_inference inference = {.context = operation->context,
                              .definition = operation->definition,
                              .location = operation->location,
                              .operands = operands,
                              .operand_count = count,
                              .segment_sizes = segment_sizes(operation),
                              .properties = operation->properties,
                              .regions = exists ? coco_operation_regions(operation) : NULL,
                              .region_count = operation->region_count,
                              .results = results,
                              .result_count = operation->result_count};
  coco_status status = function(&inference);
  if (operands != few) coco_pool_release(pool, operands, size);
  return status;
}

coco_status coco_with_inference(coco_operation *operation, coco_status (*function)(const coco_inference *)) {
  return with_inference(operation, true, NULL, function);
}

/* ---- Operands and properties ---- */

static size_t count_of(const coco_operand_row *rows, size_t row_count, coco_arity arity) {
  size_t count = 0;
  for (size_t i = 0; i < row_count; ++i) count += rows[i].arity == arity;
  return count;
}

bool coco_row_takes(const coco_operand_row *rows, size_t row_count, size_t count) {
  size_t needed = count_of(rows, row_count, COCO_ONE);
  if (count < needed) return false;
  return count_of(rows, row_count, COCO_MANY) > 0 || count <= needed + count_of(rows, row_count, COCO_MAYBE);
}

static coco_status check_count(const coco_inference *inference, const char *what, const coco_operand_row *rows,
                               size_t row_count, size_t found) {
  if (coco_row_takes(rows, row_count, found)) return COCO_OK;
  size_t needed = count_of(rows, row_count, COCO_ONE);
  bool many = count_of(rows, row_count, COCO_MANY) > 0;
  size_t most = needed + count_of(rows, row_count, COCO_MAYBE);
  if (!many && most == 0) return coco_inference_error(inference, "requires zero %ss, but found %zu", what, found);
  if (!many && needed == 1 && most == 1)
    return coco_inference_error(inference, "requires one %s, but found %zu", what, found);
  if (!many && needed == most)
    return coco_inference_error(inference, "expected %zu %ss, but found %zu", needed, what, found);
  if (found < needed)
    return coco_inference_error(inference, "expected %zu or more %ss, but found %zu", needed, what, found);
  return coco_inference_error(inference, "expected at most %zu %ss, but found %zu", most, what, found);
}

static coco_status check_segments(const coco_inference *inference) {
  const coco_operation_definition *row = inference->definition;
  const int32_t *sizes = inference->segment_sizes;
  if (!sizes)
    return coco_inference_error(inference, "requires attribute 'operandSegmentSizes' with %u elements of type i32",
                                row->operand_row_count);
  int64_t total = 0;
  for (size_t i = 0; i < row->operand_row_count; ++i) {
    if (sizes[i] < 0)
      return coco_inference_error(inference, "'operandSegmentSizes' attribute cannot have negative elements");
    const coco_operand_row *operand = &row->operands[i];
    if ((operand->arity == COCO_ONE && sizes[i] != 1) || (operand->arity == COCO_MAYBE && sizes[i] > 1))
      return coco_inference_error(inference, "operand group '%s' requires %s element, but found %d", operand->name,
                                  operand->arity == COCO_ONE ? "1" : "0 or 1", (int)sizes[i]);
    total += sizes[i];
  }
  if ((uint64_t)total == inference->operand_count) return COCO_OK;
  return coco_inference_error(inference,
                              "operand count (%zu) does not match with the total size (%lld) specified in attribute "
                              "'operandSegmentSizes'",
                              inference->operand_count, (long long)total);
}

static coco_status check_operand_types(const coco_inference *inference) {
  const coco_operation_definition *row = inference->definition;
  for (size_t group = 0; group < row->operand_row_count; ++group) {
    coco_type_constraint kind = row->operands[group].kind;
    size_t start, count;
    coco_inference_group(inference, group, &start, &count);
    for (size_t i = start; i < start + count; ++i) {
      const coco_value *value = inference->operands[i];
      if (!value) return coco_inference_error(inference, "null operand #%zu found", i);
      if (coco_type_satisfies(value->type, kind)) continue;
      char text[TYPE_TEXT];
      return coco_inference_error(inference, "operand #%zu must be %s%s, but got '%s'", i,
                                  row->operands[group].arity == COCO_MANY ? "variadic of " : "",
                                  coco_type_constraint_text(kind), coco_type_text(value->type, text, sizeof text));
    }
  }
  return COCO_OK;
}

static coco_status check_properties(const coco_inference *inference) {
  const coco_operation_definition *row = inference->definition;
  for (size_t i = 0; i < row->attribute_count; ++i) {
    const coco_attribute_row *attribute = &row->attributes[i];
    const coco_attribute *value = inference->properties[i];
    if (!value && !attribute->optional)
      return coco_inference_error(inference, "requires attribute '%s'", attribute->name);
    if (!value || coco_attribute_satisfies(value, attribute)) continue;
    const char *detail = attribute->detail;
    return coco_inference_error(inference, "attribute '%s' failed to satisfy constraint: %s%s%s%s", attribute->name,
                                coco_attribute_constraint_text(attribute->kind), detail ? " (" : "",
                                detail ? detail : "", detail ? ")" : "");
  }
  return COCO_OK;
}

coco_status coco_check_row(const coco_inference *inference) {
  const coco_operation_definition *row = inference->definition;
  if (!row->is_registered) return COCO_OK;
  if (row->traits & COCO_OPERAND_SEGMENTS)
    COCO_TRY(check_segments(inference));
  else
    COCO_TRY(check_count(inference, "operand", row->operands, row->operand_row_count, inference->operand_count));
  COCO_TRY(check_operand_types(inference));
  return check_properties(inference);
}

/* ---- Results ---- */

static coco_status check_result_segments(coco_operation *operation) {
  const coco_operation_definition *row = operation->definition;
  size_t index = coco_definition_attribute_index(row, COCO_STRING("resultSegmentSizes"));
  const coco_attribute *sizes = index < row->attribute_count ? operation->properties[index] : NULL;
  if (!coco_attribute_is(sizes, COCO_ATTRIBUTE_DENSE_ARRAY) || !coco_type_is_integer(sizes->type, 32) ||
      sizes->count != row->result_row_count)
    return coco_operation_error(operation, "requires attribute 'resultSegmentSizes' with %u elements of type i32",
                                row->result_row_count);
  const int32_t *values = sizes->data;
  int64_t total = 0;
  for (size_t i = 0; i < sizes->count; ++i) {
    bool fits = row->results[i].arity == COCO_ONE ? values[i] == 1 : values[i] >= 0;
    if (row->results[i].arity == COCO_MAYBE) fits = fits && values[i] <= 1;
    if (!fits)
      return coco_operation_error(operation, "result group '%s' cannot have size %d", row->results[i].name,
                                  (int)values[i]);
    total += values[i];
  }
  if (total == operation->result_count) return COCO_OK;
  return coco_operation_error(operation,
                              "result count (%u) does not match with the total size (%lld) specified in attribute "
                              "'resultSegmentSizes'",
                              operation->result_count, (long long)total);
}

static coco_status check_result_count(const coco_inference *inference) {
  const coco_operation_definition *row = inference->definition;
  return check_count(inference, "result", row->results, row->result_row_count, inference->result_count);
}

coco_status coco_check_results(coco_operation *operation) {
  const coco_operation_definition *row = operation->definition;
  if (row->traits & COCO_RESULT_SEGMENTS)
    COCO_TRY(check_result_segments(operation));
  else
    COCO_TRY(coco_with_inference(operation, check_result_count));
  for (size_t group = 0; group < row->result_row_count; ++group) {
    size_t start, count;
    coco_operation_result_group(operation, group, &start, &count);
    for (size_t i = start; i < start + count; ++i) {
      const coco_type *type = operation->results[i].type;
      if (coco_type_satisfies(type, row->results[group].kind)) continue;
      char text[TYPE_TEXT];
      return coco_operation_error(operation, "result #%zu must be %s%s, but got '%s'", i,
                                  row->results[group].arity == COCO_MANY ? "variadic of " : "",
                                  coco_type_constraint_text(row->results[group].kind),
                                  coco_type_text(type, text, sizeof text));
    }
  }
  return COCO_OK;
}

/* ---- Inference ---- */

static coco_status check_and_infer(const coco_inference *inference) {
  COCO_TRY(coco_check_row(inference));
  if (!inference->definition->infer)
    return coco_inference_error(inference, "needs its result types spelled, they cannot be inferred");
  return inference->definition->infer(inference);
}

static coco_status infer_only(const coco_inference *inference) { return inference->definition->infer(inference); }

static coco_status compare(coco_operation *operation, const coco_type *const *inferred) {
  for (size_t i = 0; i < operation->result_count; ++i) {
    if (coco_type_compatible(inferred[i], operation->results[i].type)) continue;
    char left[TYPE_TEXT], right[TYPE_TEXT];
    return coco_operation_error(operation,
                                "inferred type(s) '%s' are incompatible with return type(s) of operation '%s'",
                                coco_type_text(inferred[i], left, sizeof left),
                                coco_type_text(operation->results[i].type, right, sizeof right));
  }
  return COCO_OK;
}

coco_status coco_operation_infer(coco_operation *operation, bool assign) {
  if (!assign && !operation->definition->infer) return COCO_OK;
  const coco_type *few[8] = {NULL}, **types = few;
  size_t count = operation->result_count, size = count * sizeof *types;
  coco_pool *pool = coco_context_pool(operation->context);
  if (count > sizeof few / sizeof *few) {
    types = coco_pool_allocate(pool, size);
    if (!types) return COCO_OUT_OF_MEMORY;
    memset(types, 0, size);
  }
  coco_status status = with_inference(operation, !assign, types, assign ? check_and_infer : infer_only);
  for (size_t i = 0; i < count && status == COCO_OK; ++i)
    if (!types[i]) status = COCO_OUT_OF_MEMORY;
  if (status == COCO_OK && assign)
    for (size_t i = 0; i < count; ++i) operation->results[i].type = types[i];
  if (status == COCO_OK && !assign) status = compare(operation, types);
  if (types != few) coco_pool_release(pool, types, size);
  return status;
}
