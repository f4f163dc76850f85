/* Tests of the verifier on IR that no parser would make, and of its cost. What text can say is tested in tests/lit/ir.
 */
#include "ir/verifier.h"

#include "tests/unit/support.h"

static void expect_error(fixture *f, const char *part) {
  cr_assert_eq(coco_verify(f->module), COCO_REPORTED);
  cr_assert(strstr(f->seen.text, part), "got: %s", f->seen.text);
}

Test(verifier, accepts_a_function) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1);
  coco_build_binary(&f.builder, &coco_arith_addi, x, x);
  make_return(&f);
  cr_assert_eq(coco_verify(f.module), COCO_OK, "%s", f.seen.text);
  cr_assert_eq(f.seen.count, 0);
  tear_down(&f);
}

Test(verifier, block_without_terminator) {
  fixture f;
  set_up(&f, NULL);
  make_constant(&f, 1);
  expect_error(&f, "block with no terminator");
  tear_down(&f);
}

Test(verifier, empty_block) {
  fixture f;
  set_up(&f, NULL);
  expect_error(&f, "empty block: expect at least a terminator");
  tear_down(&f);
}

Test(verifier, terminator_in_the_middle) {
  fixture f;
  set_up(&f, NULL);
  make_return(&f);
  make_return(&f);
  expect_error(&f, "'func.return' op must be the last operation in the parent block");
  tear_down(&f);
}

Test(verifier, operand_without_a_value) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1);
  coco_operation *sum = coco_value_operation(coco_build_binary(&f.builder, &coco_arith_addi, x, x));
  make_return(&f);
  coco_operation_set_operand(sum, 1, NULL);
  expect_error(&f, "null operand #1 found");
  tear_down(&f);
}

Test(verifier, result_without_a_type) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1);
  make_return(&f);
  x->type = NULL;
  expect_error(&f, "result #0 has no type");
  tear_down(&f);
}

Test(verifier, value_that_stands_nowhere) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1);
  coco_build_binary(&f.builder, &coco_arith_addi, x, x);
  make_return(&f);
  coco_operation_detach(coco_value_operation(x));
  expect_error(&f, "'arith.addi' op operand #0 is a value of an operation or block that stands nowhere");
  coco_operation_insert_before(coco_value_operation(x), f.body->first);
  tear_down(&f);
}

Test(verifier, missing_property) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *constant = coco_value_operation(make_constant(&f, 1));
  make_return(&f);
  coco_operation_set_property(constant, COCO_PROPERTY_INDEX(arith_constant, value), NULL);
  expect_error(&f, "'arith.constant' op requires attribute 'value'");
  tear_down(&f);
}

Test(verifier, declared_type_differs_from_the_inferred_one) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1);
  make_return(&f);
  x->type = coco_type_f32(f.context);
  cr_assert_eq(coco_verify(f.module), COCO_REPORTED);
  tear_down(&f);
}

Test(verifier, use_before_definition) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1);
  coco_value *sum = coco_build_binary(&f.builder, &coco_arith_addi, x, x);
  make_return(&f);
  coco_operation_insert_after(coco_value_operation(x), coco_value_operation(sum));
  expect_error(&f, "operand #0 does not dominate this use");
  tear_down(&f);
}

Test(verifier, value_of_another_function) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1);
  make_return(&f);
  coco_operation *other = make_function(&f, "other", NULL);
  coco_builder_to_end(&f.builder, coco_operation_body(other, 0));
  coco_build_binary(&f.builder, &coco_arith_addi, x, x);
  make_return(&f);
  cr_assert_eq(coco_verify(f.module), COCO_REPORTED);
  tear_down(&f);
}

Test(verifier, value_from_outside_an_isolated_operation) {
  fixture f;
  set_up(&f, NULL);
  coco_builder_to_end(&f.builder, f.module_body);
  coco_value *x = make_constant(&f, 1);
  coco_builder_to_end(&f.builder, f.body);
  coco_build_binary(&f.builder, &coco_arith_addi, x, x);
  make_return(&f);
  expect_error(&f, "'arith.addi' op using value defined outside the region");
  tear_down(&f);
}

Test(verifier, every_sibling_is_looked_at) {
  fixture f;
  set_up(&f, NULL);
  for (size_t i = 0; i < 5; ++i) {
    coco_operation *constant = coco_value_operation(make_constant(&f, 1));
    coco_operation_set_property(constant, COCO_PROPERTY_INDEX(arith_constant, value), NULL);
  }
  make_return(&f);
  cr_assert_eq(coco_verify(f.module), COCO_REPORTED);
  cr_assert_eq(f.seen.count, 5);
  tear_down(&f);
}

Test(verifier, same_symbol_twice) {
  fixture f;
  set_up(&f, NULL);
  make_return(&f);
  coco_builder_to_end(&f.builder, coco_operation_body(make_function(&f, "main", NULL), 0));
  make_return(&f);
  expect_error(&f, "redefinition of symbol named 'main'");
  tear_down(&f);
}

Test(verifier, unregistered_operations_need_permission) {
  fixture f;
  set_up(&f, NULL);
  make_unregistered(&f, "mystery.op", NULL, 0, NULL, 0, 0);
  make_return(&f);
  expect_error(&f, "operation 'mystery.op' is unregistered; --allow-unregistered-dialect accepts it");
  coco_context_allow_unregistered(f.context, true);
  cr_assert_eq(coco_verify(f.module), COCO_OK);
  tear_down(&f);
}

Test(verifier, branch_to_a_block_of_another_region) {
  fixture f;
  set_up(&f, NULL);
  coco_context_allow_unregistered(f.context, true);
  coco_operation *other = make_function(&f, "other", NULL);
  coco_block *target = coco_region_append_block(f.context, coco_operation_region(other, 0));
  coco_build(&f.builder,
             &(coco_operation_state){.definition = coco_context_operation(f.context, COCO_STRING("test.branch")),
                                     .successors = &target,
                                     .successor_count = 1});
  expect_error(&f, "reference to block defined in another region");
  tear_down(&f);
}

Test(verifier, a_million_operations_are_verified_in_linear_time) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1);
  for (size_t i = 0; i < 1000000; ++i) x = coco_build_binary(&f.builder, &coco_arith_addi, x, x);
  make_return(&f);
  cr_assert_eq(f.builder.status, COCO_OK);
  cr_assert_eq(coco_verify(f.module), COCO_OK);
  tear_down(&f);
}
