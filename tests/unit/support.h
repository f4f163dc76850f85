/* What the tests of the IR share: a context with all dialects, a module and a function to build in. */
#ifndef COCO_TESTS_UNIT_SUPPORT_H
#define COCO_TESTS_UNIT_SUPPORT_H

#include <criterion/criterion.h>
#include <stdio.h>

#include "api/registry.h"
#include "dialects/arith/arith.h"
#include "dialects/builtin/builtin.h"
#include "dialects/func/func.h"
#include "ir/builder.h"
#include "ir/context.h"

/* The latest messages, one after the other, and how many there were. */
typedef struct seen_diagnostics {
  char text[4096];
  size_t count;
} seen_diagnostics;

typedef struct fixture {
  coco_context *context;
  coco_operation *module, *function;
  coco_block *module_body, *body;
  coco_builder builder; /* at the end of body */
  seen_diagnostics seen;
} fixture;

static inline void keep_diagnostic(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  (void)context;
  seen_diagnostics *seen = user;
  size_t used = strlen(seen->text);
  snprintf(seen->text + used, sizeof seen->text - used, "%.*s\n", COCO_PRINT(diagnostic->message));
  ++seen->count;
}

static inline coco_operation *make_function(fixture *f, const char *name, const char *visibility) {
  const coco_type *type = coco_type_function(f->context, NULL, 0, NULL, 0);
  coco_builder builder = coco_builder_at_end(f->context, f->module_body, coco_location_unknown(f->context));
  coco_operation *function = coco_build(
      &builder,
      &(coco_operation_state){
          .definition = &coco_func_func,
          COCO_WITH_ATTRIBUTES(
              COCO_NAMED("sym_name", coco_attribute_string(f->context, coco_string_from(name))),
              COCO_NAMED("function_type", coco_attribute_type(f->context, type)),
              COCO_NAMED("sym_visibility",
                         visibility ? coco_attribute_string(f->context, coco_string_from(visibility)) : NULL))});
  cr_assert_not_null(function);
  cr_assert_not_null(coco_build_block(&builder, function, 0, NULL, 0));
  return function;
}

static inline void set_up(fixture *f, const coco_allocator *allocator) {
  *f = (fixture){0};
  cr_assert_eq(coco_context_create(allocator, &f->context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(f->context), COCO_OK);
  coco_set_diagnostic_handler(f->context, keep_diagnostic, &f->seen, NULL, NULL);
  cr_assert_eq(
      coco_operation_create(f->context, &(coco_operation_state){.definition = &coco_builtin_module}, &f->module),
      COCO_OK);
  f->module_body = coco_region_append_block(f->context, coco_operation_region(f->module, 0));
  f->function = make_function(f, "main", NULL);
  f->body = coco_operation_body(f->function, 0);
  f->builder = coco_builder_at_end(f->context, f->body, coco_location_unknown(f->context));
}

static inline void tear_down(fixture *f) {
  coco_operation_erase(f->module);
  coco_context_destroy(f->context);
}

static inline coco_value *make_constant(fixture *f, int64_t value) {
  return coco_build_value(
      &f->builder,
      &(coco_operation_state){.definition = &coco_arith_constant,
                              COCO_WITH_ATTRIBUTES(COCO_NAMED("value", coco_attribute_i64(f->context, value)))});
}

static inline void make_return(fixture *f) {
  cr_assert_not_null(coco_build(&f->builder, &(coco_operation_state){.definition = &coco_func_return}));
}

/* An operation "test.NAME" of no dialect. */
static inline coco_operation *make_unregistered(fixture *f, const char *name, coco_value *const *operands,
                                                size_t operand_count, const coco_type *const *types, size_t type_count,
                                                size_t region_count) {
  return coco_build(&f->builder,
                    &(coco_operation_state){.definition = coco_context_operation(f->context, coco_string_from(name)),
                                            .operands = operands,
                                            .operand_count = operand_count,
                                            .result_types = types,
                                            .result_count = type_count,
                                            .region_count = region_count});
}

static inline size_t count_operations(const coco_block *block) {
  size_t count = 0;
  for (const coco_operation *operation = block->first; operation; operation = operation->next) ++count;
  return count;
}

#endif
