/* Chance, contexts and inputs of cases. */
#include <math.h>
#include <stdio.h>

#include "api/registry.h"
#include "tests/fuzz/random_graphs/random_graphs.h"

uint64_t chance_next(chance *of) {
  uint64_t x = of->state += 0x9e3779b97f4a7c15u;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
  x = (x ^ x >> 27) * 0x94d049bb133111ebu;
  return x ^ x >> 31;
}

int64_t chance_between(chance *of, int64_t low, int64_t high) {
  if (high <= low) return low;
  return low + (int64_t)(chance_next(of) % (uint64_t)(high - low + 1));
}

bool chance_of(chance *of, int percent) { return chance_between(of, 0, 99) < percent; }

static void keep_message(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  case_session *of = user;
  (void)context;
  if (diagnostic->severity == COCO_ERROR)
    snprintf(of->message, sizeof of->message, "%.*s", COCO_PRINT(diagnostic->message));
}

bool session_start(case_session *out) {
  *out = (case_session){0};
  if (coco_context_create(NULL, &out->context) != COCO_OK) return false;
  coco_set_diagnostic_handler(out->context, keep_message, out, NULL, NULL);
  return coco_register_all_dialects(out->context) == COCO_OK;
}

void session_end(case_session *of) { coco_context_destroy(of->context); }

coco_operation *case_main(coco_operation *module) { return coco_symbol_lookup_in(module, COCO_STRING("main")); }

/* Floats are multiples of 1/256 between -2 and 2, so that sums of a few of them are exact. */
bool case_input(coco_evaluation *evaluation, const coco_type *type, size_t index, coco_runtime_value *out) {
  chance numbers = {0x1234567 + index};
  const coco_type *element = type->element;
  size_t size = coco_type_element_size(element);
  if (coco_evaluation_allocate(evaluation, type, out) != COCO_OK) return false;
  int64_t lowest = element->signedness == COCO_UNSIGNED ? 0 : -9;
  for (int64_t i = 0; i < coco_type_element_count(type); ++i) {
    uint8_t *at = (uint8_t *)out->data + (size_t)i * size;
    if (coco_type_is_float(element))
      coco_element_write_real(element, at, (double)chance_between(&numbers, -512, 512) / 256.0);
    else
      coco_element_write_integer(element, at, chance_between(&numbers, element->width == 1 ? 0 : lowest, element->width == 1 ? 1 : 9));
  }
  return true;
}

double case_magnitude(const coco_runtime_value *value, bool *out_finite) {
  const coco_type *element = value->type->element;
  size_t size = coco_type_element_size(element);
  double largest = 0;
  *out_finite = true;
  for (int64_t i = 0; i < coco_type_element_count(value->type); ++i) {
    double x = fabs(coco_element_read_real(element, (const uint8_t *)value->data + (size_t)i * size));
    if (!isfinite(x)) *out_finite = false;
    else if (x > largest) largest = x;
  }
  return largest;
}
