/* What an elementwise operation computes, and what the scalar operations that stand for it compute, agree: each operation is
 * evaluated as it is, and again after graph-to-lr has made an lr.map of arith and math of it. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "api/registry.h"
#include "dialects/func/func.h"
#include "dialects/graph/graph.h"
#include "dialects/graph/hooks.h"
#include "ir/evaluate.h"
#include "ir/parser.h"
#include "ir/pass.h"
#include "ir/verifier.h"

enum { COUNT = 12, TEXT = 1024 };

static const float reals_left[COUNT] = {0, -0.0f, 1, -1, 0.5f, -2.75f, 3.25f, 100, -1e-3f, INFINITY, -INFINITY, NAN};
static const float reals_right[COUNT] = {-0.0f, 0, 2, -3, -0.5f, 2, 3.25f, NAN, 1e-3f, 1, 2, 1};
static const int32_t integers_left[COUNT] = {0, 1, -1, 7, -7, INT32_MAX, INT32_MIN, 100, -100, 3, 12, -5};
static const int32_t integers_right[COUNT] = {1, 2, -2, -2, 2, 1, 3, 100, 7, 3, 5, -5};
static const uint8_t bytes_left[COUNT] = {0, 1, 255, 7, 249, 128, 127, 100, 156, 3, 12, 251};
static const uint8_t bytes_right[COUNT] = {1, 2, 254, 254, 2, 1, 3, 100, 7, 8, 5, 251};
static const uint8_t bits_left[COUNT] = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1};
static const uint8_t bits_right[COUNT] = {0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1};

static coco_runtime_value input(coco_context *context, char kind, bool right) {
  const int64_t extent = COUNT;
  const coco_type *element = kind == 'f'   ? coco_type_f32(context)
                             : kind == 'u' ? coco_type_integer_signed(context, 8, COCO_UNSIGNED)
                                           : coco_type_integer(context, kind == 'i' ? 32 : 1);
  const coco_type *type = coco_type_tensor(context, 1, &extent, element, NULL);
  const void *data = kind == 'f' ? (const void *)(right ? reals_right : reals_left)
                     : kind == 'i' ? (const void *)(right ? integers_right : integers_left)
                     : kind == 'u' ? (const void *)(right ? bytes_right : bytes_left)
                                   : (const void *)(right ? bits_right : bits_left);
  coco_runtime_value value;
  cr_assert(coco_runtime_borrow(type, (void *)(uintptr_t)data, (size_t)coco_type_byte_count(type), &value));
  return value;
}

static void evaluate(coco_context *context, coco_operation *module, const char *kinds, coco_runtime_value *result) {
  coco_evaluation *evaluation;
  coco_runtime_value inputs[3];
  const size_t count = strlen(kinds);
  for (size_t i = 0; i < count; ++i) inputs[i] = input(context, kinds[i], i + 1 == count && count > 1);
  cr_assert_eq(coco_evaluation_create(context, &evaluation), COCO_OK);
  coco_operation *function = coco_symbol_lookup_in(module, COCO_STRING("f"));
  cr_assert_eq(coco_evaluate_function(evaluation, function, inputs, count, result, 1), COCO_OK);
  coco_evaluation_destroy(evaluation);
}

static void compare(const char *operation, const coco_runtime_value *one, const coco_runtime_value *two) {
  cr_assert_eq(coco_type_element_count(one->type), coco_type_element_count(two->type));
  const coco_type *element = one->type->element;
  const size_t size = coco_type_element_size(element);
  for (size_t i = 0; i < COUNT; ++i) {
    const char *a = (const char *)one->data + i * size, *b = (const char *)two->data + i * size;
    if (!coco_type_is_float(element)) {
      cr_expect_eq(coco_element_read_integer(element, a), coco_element_read_integer(element, b), "%s, element %zu", operation, i);
      continue;
    }
    const double x = coco_element_read_real(element, a), y = coco_element_read_real(element, b);
    const bool equal = (isnan(x) && isnan(y)) || x == y || fabs(x - y) <= 1e-6 * fmax(fabs(x), fabs(y));
    cr_expect(equal && (isnan(x) || x != 0 || signbit(x) == signbit(y)), "%s, element %zu: %.9g, but emitted %.9g", operation, i, x, y);
  }
}

static const char *type_of(char kind) {
  return kind == 'f' ? "tensor<12xf32>" : kind == 'i' ? "tensor<12xi32>" : kind == 'u' ? "tensor<12xui8>" : "tensor<12xi1>";
}

/* KINDS: of the operands ('f' f32, 'i' i32, 'u' ui8, 'b' i1), RESULT: of the result. SHORT_TYPE: the syntax gives the result's type alone. */
static void check(const char *operation, const char *attributes, const char *kinds, char result, bool short_type) {
  char text[TEXT], arguments[256] = "", operands[64] = "", types[256] = "";
  for (size_t i = 0; kinds[i]; ++i) {
    const char *comma = i ? ", " : "";
    snprintf(arguments + strlen(arguments), sizeof arguments - strlen(arguments), "%s%%a%zu: %s", comma, i, type_of(kinds[i]));
    snprintf(operands + strlen(operands), sizeof operands - strlen(operands), "%s%%a%zu", comma, i);
    snprintf(types + strlen(types), sizeof types - strlen(types), "%s%s", comma, type_of(kinds[i]));
  }
  snprintf(text, sizeof text, "func.func @f(%s) -> %s {\n %%0 = graph.%s %s %s : ", arguments, type_of(result), operation, operands, attributes);
  snprintf(text + strlen(text), sizeof text - strlen(text), short_type ? "%s" : "(%s) -> ", short_type ? type_of(result) : types);
  snprintf(text + strlen(text), sizeof text - strlen(text), "%s\n return %%0 : %s\n}\n", short_type ? "" : type_of(result), type_of(result));
  coco_context *context;
  coco_operation *module;
  coco_runtime_value before, after;
  cr_assert_eq(coco_context_create(NULL, &context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
  cr_assert_eq(coco_parse_module(context, coco_string_from(text), COCO_STRING("test"), &module), COCO_OK, "%s", text);
  cr_assert_eq(coco_verify(module), COCO_OK, "%s", text);
  evaluate(context, module, kinds, &before);
  cr_assert_eq(coco_run_pipeline(context, coco_all_passes(), "builtin.module(graph-to-lr)", module), COCO_OK, "%s", text);
  evaluate(context, module, kinds, &after);
  compare(text, &before, &after);
  coco_runtime_release(&before);
  coco_runtime_release(&after);
  coco_operation_erase(module);
  coco_context_destroy(context);
}

Test(graph_scalar, floats_of_one_operand) {
  static const char *const names[] = {"relu", "sigmoid", "softplus", "tanh", "exp", "log", "sqrt", "reciprocal", "abs", "neg", "floor", "ceil", "erf",
                                      "round", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "asinh", "acosh", "atanh", "sign"};
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) check(names[i], "", "f", 'f', true);
  check("leaky_relu", "{alpha = 0.1 : f32}", "f", 'f', true);
  check("clip", "{minimum = -1.0 : f32, maximum = 2.0 : f32}", "f", 'f', true);
  check("clip", "{minimum = 0.0 : f32}", "f", 'f', true);
}

Test(graph_scalar, floats_of_two_operands) {
  static const char *const names[] = {"add", "sub", "mul", "div", "pow", "maximum", "minimum", "modulo", "remainder"};
  static const char *const comparisons[] = {"equal", "less", "greater"};
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) check(names[i], "", "ff", 'f', false);
  for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; ++i) check(comparisons[i], "", "ff", 'b', false);
  check("where", "", "bff", 'f', false);
}

Test(graph_scalar, integers) {
  static const char *const names[] = {"add", "sub", "mul", "div", "maximum", "minimum", "modulo", "remainder", "bit_and", "bit_or", "bit_xor", "shift_left", "shift_right"};
  static const char *const comparisons[] = {"equal", "less", "greater"};
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) check(names[i], "", "ii", 'i', false);
  for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; ++i) check(comparisons[i], "", "ii", 'b', false);
  check("relu", "", "i", 'i', true);
  check("sign", "", "i", 'i', true);
  check("bit_not", "", "i", 'i', true);
  check("abs", "", "i", 'i', true);
  check("neg", "", "i", 'i', true);
  check("clip", "{minimum = -3 : i32, maximum = 5 : i32}", "i", 'i', true);
  check("where", "", "bii", 'i', false);
}

/* arith knows no unsigned types: they are signless inside, and read as unsigned where it matters. */
Test(graph_scalar, unsigned_integers) {
  static const char *const names[] = {"add", "sub", "mul", "div", "maximum", "minimum", "modulo", "remainder", "bit_and", "bit_or", "bit_xor", "shift_left", "shift_right"};
  static const char *const comparisons[] = {"equal", "less", "greater"};
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) check(names[i], "", "uu", 'u', false);
  for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; ++i) check(comparisons[i], "", "uu", 'b', false);
  check("relu", "", "u", 'u', true);
  check("sign", "", "u", 'u', true);
  check("bit_not", "", "u", 'u', true);
  check("clip", "{minimum = 5 : ui8, maximum = 200 : ui8}", "u", 'u', true);
  check("cast", "{to = f32}", "u", 'f', false);
  check("cast", "{to = i32}", "u", 'i', false);
  check("cast", "{to = ui8}", "i", 'u', false);
  check("where", "", "buu", 'u', false);
}

Test(graph_scalar, bits) {
  check("and", "", "bb", 'b', false);
  check("or", "", "bb", 'b', false);
  check("less", "", "bb", 'b', false);
  check("greater", "", "bb", 'b', false);
  check("maximum", "", "bb", 'b', false);
  check("not", "", "b", 'b', true);
}

Test(graph_scalar, casts) {
  check("cast", "{to = i32}", "f", 'i', false);
  check("cast", "{to = i1}", "f", 'b', false);
  check("cast", "{to = f32}", "i", 'f', false);
  check("cast", "{to = i1}", "i", 'b', false);
  check("cast", "{to = f32}", "b", 'f', false);
  check("cast", "{to = i32}", "b", 'i', false);
}

/* A row that takes its meaning from scalar.c has one there. */
Test(graph_scalar, every_elementwise_row_has_a_rule) {
  size_t count = 0;
  for (size_t i = 0; i < coco_graph_dialect.operation_count; ++i) {
    const coco_operation_definition *row = coco_graph_dialect.operations[i];
    if (row->evaluate != coco_graph_elementwise_evaluate) continue;
    ++count;
    cr_expect(coco_graph_is_elementwise(&(coco_operation){.definition = row}), "%s has no row in dialects/graph/scalar.c",
              row->name);
  }
  cr_assert(count > 40);
}
