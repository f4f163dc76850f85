/* Tests of the builder: places, sticky failures, and memory that runs out at any point. */
#include "tests/support/limited_memory.h"
#include "tests/unit/support.h"

Test(builder, inserts_where_it_is_told) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *a = coco_value_operation(make_constant(&f, 1)), *b = coco_value_operation(make_constant(&f, 2));
  coco_builder before = coco_builder_before(b), after = coco_builder_after(b);
  const coco_operation_state state = {.definition = &coco_arith_constant,
                                      COCO_WITH_ATTRIBUTES(COCO_NAMED("value", coco_attribute_i64(f.context, 3)))};
  cr_assert_eq(coco_build(&before, &state), a->next);
  cr_assert_eq(coco_build(&after, &state), b->next);
  coco_builder_to_before(&f.builder, a);
  cr_assert_eq(coco_build(&f.builder, &state), f.body->first);
  tear_down(&f);
}

Test(builder, after_a_failure_everything_is_nothing) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1);
  coco_value *wrong = coco_build_unary(&f.builder, &coco_arith_negf, x);
  cr_assert_null(wrong);
  cr_assert_null(coco_build_binary(&f.builder, &coco_arith_addi, wrong, x));
  cr_assert_eq(f.builder.status, COCO_REPORTED);
  cr_assert_eq(f.seen.count, 1);
  cr_assert_eq(count_operations(f.body), 1);
  tear_down(&f);
}

/* ---- Memory that runs out ---- */

static coco_status build_and_clone(coco_context *context) {
  COCO_TRY(coco_register_all_dialects(context));
  coco_operation *module, *copy = NULL;
  COCO_TRY(coco_operation_create(context, &(coco_operation_state){.definition = &coco_builtin_module}, &module));
  coco_block *body = coco_region_append_block(context, coco_operation_region(module, 0));
  if (!body) {
    coco_operation_erase(module);
    return COCO_OUT_OF_MEMORY;
  }
  coco_builder builder = coco_builder_at_end(context, body, coco_location_unknown(context));
  for (int64_t i = 0; i < 100; ++i) {
    const coco_attribute *value = coco_attribute_i64(context, i);
    if (!value) coco_builder_fail(&builder, COCO_OUT_OF_MEMORY);
    coco_value *x = coco_build_value(
        &builder,
        &(coco_operation_state){.definition = &coco_arith_constant, COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))});
    coco_build_binary(&builder, &coco_arith_addi, x, x);
  }
  coco_status status = builder.status;
  if (status == COCO_OK) status = coco_operation_clone(module, NULL, &copy);
  coco_operation_erase(copy);
  coco_operation_erase(module);
  return status;
}

Test(builder, every_failing_allocation_is_an_orderly_failure) {
  size_t failures = 0;
  for (size_t allowed = 0; allowed < 4000; ++allowed) {
    limited_memory l = {.left = allowed};
    const coco_allocator allocator = {.context = &l, .reallocate = limited_reallocate};
    coco_context *context;
    coco_status status = coco_context_create(&allocator, &context);
    if (status == COCO_OK) {
      status = build_and_clone(context);
      coco_context_destroy(context);
    }
    if (status == COCO_OK) break;
    cr_assert_eq(status, COCO_OUT_OF_MEMORY, "status %d with %zu allocations", (int)status, allowed);
    ++failures;
  }
  cr_assert_gt(failures, 10);
  cr_assert_lt(failures, 4000);
}
