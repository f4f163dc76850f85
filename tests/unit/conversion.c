/* Tests of conversions: legality, types, patterns tried one after the other, and the way back. */
#include "ir/conversion.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tests/unit/support.h"

/* ---- A target without i64 ---- */

static const coco_type *narrow(void *user, coco_context *context, const coco_type *type) {
  (void)user;
  return coco_type_is_integer(type, 64) ? coco_type_integer(context, 32) : type;
}

static bool has_no_i64(void *user, const coco_operation *operation) {
  (void)user;
  for (size_t i = 0; i < operation->operand_count; ++i)
    if (coco_type_is_integer(coco_operation_operand(operation, i)->type, 64)) return false;
  for (size_t i = 0; i < operation->result_count; ++i)
    if (coco_type_is_integer(operation->results[i].type, 64)) return false;
  return true;
}

static const coco_legality_row narrow_rows[] = {
    {"arith", COCO_ILLEGAL, has_no_i64}, {"func", COCO_LEGAL, NULL}, {"arith.muli", COCO_ILLEGAL, NULL}};

static coco_status narrow_constant(coco_conversion *conversion, coco_operation *operation, bool *matched) {
  const coco_attribute *value = coco_value_constant(&operation->results[0]);
  const coco_type *type = coco_conversion_type(conversion, operation->results[0].type);
  coco_value *made = coco_build_value(
      coco_conversion_builder(conversion),
      &(coco_operation_state){
          .definition = &coco_arith_constant,
          COCO_WITH_ATTRIBUTES(COCO_NAMED("value", coco_attribute_integer(operation->context, type, value->integer)))});
  *matched = true;
  return coco_conversion_replace(conversion, operation, &made, 1);
}
static coco_status narrow_sum(coco_conversion *conversion, coco_operation *operation, bool *matched) {
  coco_value *left = coco_conversion_operand(conversion, operation, 0),
             *right = coco_conversion_operand(conversion, operation, 1);
  coco_value *made = coco_build_binary(coco_conversion_builder(conversion), &coco_arith_addi, left, right);
  *matched = true;
  return coco_conversion_replace(conversion, operation, &made, 1);
}
/* x * y => x + y, which is nobody's rule but shows that what is made is converted in turn. */
static coco_status product_to_sum(coco_conversion *conversion, coco_operation *operation, bool *matched) {
  coco_value *made = coco_build_binary(coco_conversion_builder(conversion), &coco_arith_addi,
                                       coco_operation_operand(operation, 0), coco_operation_operand(operation, 1));
  *matched = true;
  return coco_conversion_replace(conversion, operation, &made, 1);
}
/* x * y => x - y, and nothing makes a difference of i64 legal. */
static coco_status product_to_difference(coco_conversion *conversion, coco_operation *operation, bool *matched) {
  coco_value *made = coco_build_binary(coco_conversion_builder(conversion), &coco_arith_subi,
                                       coco_operation_operand(operation, 0), coco_operation_operand(operation, 1));
  *matched = true;
  return coco_conversion_replace(conversion, operation, &made, 1);
}
static coco_status refuse(coco_conversion *conversion, coco_operation *operation, bool *matched) {
  *matched = true;
  COCO_TRY(coco_conversion_modify(conversion, operation));
  coco_operation_set_operand(operation, 0, coco_operation_operand(operation, 1));
  coco_builder_fail(coco_conversion_builder(conversion), COCO_UNSUPPORTED);
  return COCO_OK;
}

static const coco_conversion_pattern constants = {"constant", &coco_arith_constant, 1, narrow_constant};
static const coco_conversion_pattern sums = {"sum", &coco_arith_addi, 1, narrow_sum};
static const coco_conversion_pattern products = {"product-to-sum", &coco_arith_muli, 1, product_to_sum};
static const coco_conversion_pattern differences = {"product-to-difference", &coco_arith_muli, 5,
                                                    product_to_difference};
static const coco_conversion_pattern refused = {"refused", &coco_arith_muli, 9, refuse};

static coco_conversion_options narrow_options(bool partial) {
  return (coco_conversion_options){.rows = narrow_rows,
                                   .row_count = 3,
                                   .partial = partial,
                                   .convert_type = narrow,
                                   .cast = &coco_builtin_unrealized_conversion_cast};
}

/* (2 + 3) * 3, unused. */
static coco_operation *make_program(fixture *f) {
  coco_value *two = make_constant(f, 2), *three = make_constant(f, 3);
  coco_value *sum = coco_build_binary(&f->builder, &coco_arith_addi, two, three);
  return coco_value_operation(coco_build_binary(&f->builder, &coco_arith_muli, sum, three));
}

static coco_buffer text_of(fixture *f) {
  coco_buffer text = COCO_BUFFER(&coco_heap);
  cr_assert_eq(coco_print_operation(&text, f->module, &(coco_print_options){.generic = true}), COCO_OK);
  coco_buffer_byte(&text, '\0');
  return text;
}

Test(conversion, types_and_what_patterns_make) {
  fixture f;
  set_up(&f, NULL);
  make_program(&f);
  make_return(&f);
  const coco_conversion_pattern *const patterns[] = {&constants, &sums, &products, &differences, &refused};
  const coco_conversion_options options = narrow_options(false);
  bool changed;
  cr_assert_eq(coco_convert(f.module, patterns, 5, &options, &changed), COCO_OK, "%s", f.seen.text);
  cr_assert(changed);
  cr_assert_eq(coco_verify(f.module), COCO_OK, "%s", f.seen.text);
  coco_buffer text = text_of(&f);
  cr_assert_null(strstr(text.data, "i64"), "%s", text.data);
  cr_assert_null(strstr(text.data, "cast"), "%s", text.data);
  cr_assert_null(strstr(text.data, "subi"), "%s", text.data);
  cr_assert_eq(count_operations(f.body), 5);
  coco_buffer_free(&text);
  tear_down(&f);
}

static void expect_untouched(fixture *f, const coco_conversion_pattern *const *patterns, size_t count,
                             const char *message) {
  const coco_conversion_options options = narrow_options(false);
  coco_buffer before = text_of(f);
  bool changed;
  cr_assert_eq(coco_convert(f->module, patterns, count, &options, &changed), COCO_REPORTED);
  cr_assert_not(changed);
  coco_buffer after = text_of(f);
  cr_assert_str_eq(after.data, before.data);
  cr_assert(strstr(f->seen.text, message), "%s", f->seen.text);
  coco_buffer_free(&before);
  coco_buffer_free(&after);
}

/* The product comes last: all that was converted before goes back. */
Test(conversion, all_is_undone_when_one_cannot_be) {
  fixture f;
  set_up(&f, NULL);
  make_program(&f);
  make_return(&f);
  const coco_conversion_pattern *const patterns[] = {&constants, &sums, &differences, &refused};
  expect_untouched(&f, patterns, 4, "'arith.muli' op cannot be legalized, and was marked illegal");
  tear_down(&f);
}

Test(conversion, what_nothing_is_known_of_must_go_too) {
  fixture f;
  set_up(&f, NULL);
  coco_context_allow_unregistered(f.context, true);
  make_program(&f);
  make_unregistered(&f, "test.other", NULL, 0, NULL, 0, 0);
  make_return(&f);
  const coco_conversion_pattern *const patterns[] = {&constants, &sums, &products};
  expect_untouched(&f, patterns, 3, "'test.other' op cannot be legalized, and was not marked legal");
  tear_down(&f);
}

Test(conversion, a_partial_one_leaves_casts_to_others) {
  fixture f;
  set_up(&f, NULL);
  coco_context_allow_unregistered(f.context, true);
  coco_value *product = &make_program(&f)->results[0];
  coco_operation *user = make_unregistered(&f, "test.keep", &product, 1, NULL, 0, 0);
  make_return(&f);
  const coco_conversion_pattern *const patterns[] = {&constants, &sums, &products};
  const coco_conversion_options options = narrow_options(true);
  cr_assert_eq(coco_convert(f.module, patterns, 3, &options, NULL), COCO_OK, "%s", f.seen.text);
  cr_assert(coco_value_defined_by(coco_operation_operand(user, 0), &coco_builtin_unrealized_conversion_cast));
  cr_assert(coco_type_is_integer(coco_operation_operand(user, 0)->type, 64));
  cr_assert_eq(coco_verify(f.module), COCO_OK, "%s", f.seen.text);
  tear_down(&f);
}

/* With the user legal, a full conversion may not leave the cast. */
Test(conversion, a_full_one_leaves_no_cast) {
  fixture f;
  set_up(&f, NULL);
  coco_context_allow_unregistered(f.context, true);
  coco_value *product = &make_program(&f)->results[0];
  make_unregistered(&f, "func.keep", &product, 1, NULL, 0, 0); /* all of func is legal */
  make_return(&f);
  const coco_conversion_pattern *const patterns[] = {&constants, &sums, &products};
  expect_untouched(&f, patterns, 3, "failed to convert 'i32' to 'i64', as something still asks for the latter");
  tear_down(&f);
}

/* ---- Regions and arguments ---- */

/* test.loop => test.turns with the region of the former, whose arguments are narrowed. */
static coco_status convert_loop(coco_conversion *conversion, coco_operation *operation, bool *matched) {
  coco_operation *made = coco_build(
      coco_conversion_builder(conversion),
      &(coco_operation_state){.definition = coco_context_operation(operation->context, COCO_STRING("func.turns")),
                              .region_count = 1});
  if (!made) return COCO_OUT_OF_MEMORY;
  *matched = true;
  COCO_TRY(
      coco_conversion_take_region(conversion, coco_operation_region(made, 0), coco_operation_region(operation, 0)));
  COCO_TRY(coco_conversion_convert_arguments(conversion, coco_operation_body(made, 0)));
  return coco_conversion_erase(conversion, operation);
}

static coco_operation *make_loop(fixture *f) {
  coco_context_allow_unregistered(f->context, true);
  coco_operation *loop = make_unregistered(f, "test.loop", NULL, 0, NULL, 0, 1);
  const coco_type *type = coco_type_integer(f->context, 64);
  coco_block *block = coco_build_block(&f->builder, loop, 0, &type, 1);
  coco_builder inside = coco_builder_at_end(f->context, block, coco_location_unknown(f->context));
  coco_build_binary(&inside, &coco_arith_addi, block->arguments[0], block->arguments[0]);
  make_return(f);
  return loop;
}

Test(conversion, regions_and_arguments) {
  for (int is_complete = 0; is_complete < 2; ++is_complete) {
    fixture f;
    set_up(&f, NULL);
    coco_operation *loop = make_loop(&f);
    const coco_conversion_pattern loops = {"loop", loop->definition, 1, convert_loop};
    const coco_conversion_pattern *const patterns[] = {&loops, &sums};
    if (!is_complete) {
      expect_untouched(&f, patterns, 1, "cannot be legalized");
    } else {
      const coco_conversion_options options = narrow_options(false);
      cr_assert_eq(coco_convert(f.module, patterns, 2, &options, NULL), COCO_OK, "%s", f.seen.text);
      coco_buffer text = text_of(&f);
      cr_assert(strstr(text.data, "func.turns"), "%s", text.data);
      cr_assert_null(strstr(text.data, "test.loop"), "%s", text.data);
      cr_assert_null(strstr(text.data, "i64"), "%s", text.data);
      cr_assert_null(strstr(text.data, "cast"), "%s", text.data);
      coco_buffer_free(&text);
    }
    tear_down(&f);
  }
}
