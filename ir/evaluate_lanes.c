/* Elementwise evaluation. Cost: one indirect call per element; f32 and 64-bit integers are read without a switch on
 * formats. */
#include "ir/evaluate_lanes.h"

#include <math.h>

coco_lane coco_lane_read(const coco_type *scalar, const void *element) {
  if (scalar->kind == COCO_TYPE_FLOAT) {
    if (scalar->format == COCO_F32) {
      float value;
      memcpy(&value, element, sizeof value);
      return (coco_lane){.real = (double)value};
    }
    return (coco_lane){.real = coco_element_read_real(scalar, element)};
  }
  return (coco_lane){.integer = coco_element_read_integer(scalar, element)};
}

void coco_lane_write(const coco_type *scalar, void *element, coco_lane lane) {
  if (scalar->kind != COCO_TYPE_FLOAT) {
    coco_element_write_integer(scalar, element, lane.integer);
  } else if (scalar->format == COCO_F32) {
    float value = (float)lane.real;
    memcpy(element, &value, sizeof value);
  } else {
    coco_element_write_real(scalar, element, lane.real);
  }
}

coco_lane coco_lane_of(const coco_runtime_value *value) {
  if (value->type->kind == COCO_TYPE_FLOAT) return (coco_lane){.real = value->real};
  return (coco_lane){.integer = value->integer};
}

coco_runtime_value coco_lane_value(const coco_type *type, coco_lane lane) {
  return type->kind == COCO_TYPE_FLOAT ? coco_runtime_real(type, lane.real) : coco_runtime_integer(type, lane.integer);
}

/* Numbers of more than 64 bits, complex numbers and what is no number at all are not evaluated. */
static bool is_number(const coco_type *scalar) {
  if (scalar->kind == COCO_TYPE_INDEX) return true;
  return (scalar->kind == COCO_TYPE_INTEGER || scalar->kind == COCO_TYPE_FLOAT) && scalar->width <= 64 &&
         scalar->width > 0;
}

static coco_status check_types(coco_evaluation *evaluation, const coco_operation *operation,
                               const coco_runtime_value *operands, const coco_type *type) {
  bool numbers = is_number(coco_type_scalar(type));
  for (size_t i = 0; i < operation->operand_count; i++) {
    numbers = numbers && is_number(coco_type_scalar(operands[i].type));
    if (!operands[i].type->element) continue;
    if (coco_type_element_count(operands[i].type) != coco_type_element_count(type))
      return coco_evaluation_error(evaluation, operation, "has operands of different sizes");
  }
  return numbers ? COCO_OK : coco_evaluation_error(evaluation, operation, "has a type that cannot be evaluated");
}

static coco_status evaluate_scalar(coco_evaluation *evaluation, const coco_operation *operation,
                                   const coco_runtime_value *operands, coco_runtime_value *results,
                                   coco_lane_function function) {
  coco_lane in[COCO_LANE_OPERANDS], out;
  for (size_t i = 0; i < operation->operand_count; i++) in[i] = coco_lane_of(&operands[i]);
  const char *problem = function(operands[0].type, operation->results[0].type, in, &out);
  if (problem) return coco_evaluation_error(evaluation, operation, "failed: %s", problem);
  results[0] = coco_lane_value(operation->results[0].type, out);
  return COCO_OK;
}

/* A type with the element of DECLARED and, where that is dynamic, the shape of the operands. */
static const coco_type *static_type(coco_evaluation *evaluation, const coco_type *declared,
                                    const coco_runtime_value *operands, size_t count) {
  if (coco_type_element_count(declared) >= 0) return declared;
  for (size_t i = 0; i < count; i++)
    if (operands[i].type->element)
      return coco_type_with_element(coco_evaluation_context(evaluation), operands[i].type, declared->element);
  return NULL;
}

coco_status coco_evaluate_lanes(coco_evaluation *evaluation, const coco_operation *operation,
                                const coco_runtime_value *operands, coco_runtime_value *results,
                                coco_lane_function function) {
  size_t operand_count = operation->operand_count;
  const coco_type *type = operation->results[0].type;
  if (operand_count == 0 || operand_count > COCO_LANE_OPERANDS) return COCO_INVALID_ARGUMENT;
  if (type->element) type = static_type(evaluation, type, operands, operand_count);
  if (!type) return COCO_OUT_OF_MEMORY;
  COCO_TRY(check_types(evaluation, operation, operands, type));
  if (!type->element) return evaluate_scalar(evaluation, operation, operands, results, function);

  coco_lane in[COCO_LANE_OPERANDS], out;
  const uint8_t *data[COCO_LANE_OPERANDS];
  size_t size[COCO_LANE_OPERANDS];
  const coco_type *scalar[COCO_LANE_OPERANDS], *to = type->element;
  for (size_t i = 0; i < operand_count; i++) {
    data[i] = operands[i].type->element ? operands[i].data : NULL;
    scalar[i] = coco_type_scalar(operands[i].type);
    size[i] = coco_type_element_size(operands[i].type);
    if (!data[i]) in[i] = coco_lane_of(&operands[i]);
  }
  COCO_TRY(coco_evaluation_allocate(evaluation, type, &results[0]));
  size_t result_size = coco_type_element_size(to);
  int64_t count = coco_type_element_count(type);
  uint8_t *result = results[0].data;
  for (int64_t k = 0; k < count; k++) {
    for (size_t i = 0; i < operand_count; i++)
      if (data[i]) in[i] = coco_lane_read(scalar[i], data[i] + (size_t)k * size[i]);
    const char *problem = function(scalar[0], to, in, &out);
    if (problem)
      return coco_evaluation_error(evaluation, operation, "failed at element %lld: %s", (long long)k, problem);
    coco_lane_write(to, result + (size_t)k * result_size, out);
  }
  return COCO_OK;
}

/* A + B where the lost bits, if any, are folded into the last one (round to odd), so that rounding the sum to a
 * format of less than half the digits rounds as if once. */
static double add_to_odd(double a, double b) {
  double sum = a + b, part = sum - a, error = (a - (sum - part)) + (b - part);
  uint64_t bits;
  if (error == 0 || !isfinite(sum)) return sum;
  memcpy(&bits, &sum, sizeof bits);
  if (bits & 1) return sum;
  return nextafter(sum, error > 0 ? INFINITY : -INFINITY);
}

double coco_lane_fma(const coco_type *type, double a, double b, double c) {
  if (type->format == COCO_F32) return (double)fmaf((float)a, (float)b, (float)c);
  if (type->width >= 32) return fma(a, b, c);
  return add_to_odd(a * b, c); /* the product of two short floats is exact */
}
