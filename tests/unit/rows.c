/* Tests of what a row may say and no row of the dialects does: lists of narrow numbers and of bits in a custom form,
 * results in groups of any size, a format that is wrong. The dialect here has them. Also texts that are one type or
 * attribute and no more. */
#include "ir/parser.h"
#include "ir/verifier.h"
#include "tests/unit/support.h"

static const coco_attribute_row list_attributes[] = {{"sizes", COCO_IS_I32_ARRAY, false, NULL},
                                                     {"flags", COCO_IS_BOOL_ARRAY, false, NULL}};
static const coco_attribute_row split_attributes[] = {{"resultSegmentSizes", COCO_IS_I32_ARRAY, true, NULL}};
static const coco_result_row split_results[] = {{"many", COCO_KIND_ANY, COCO_MANY},
                                                {"maybe", COCO_KIND_ANY, COCO_MAYBE}};

static const coco_dialect dialect;
static const coco_operation_definition lists = {.name = "t.lists",
                                                .format = "$sizes $flags attr-dict",
                                                .dialect = &dialect,
                                                .is_registered = true,
                                                .attributes = list_attributes,
                                                .attribute_count = 2};
static const coco_operation_definition split = {.name = "t.split",
                                                .dialect = &dialect,
                                                .is_registered = true,
                                                .traits = COCO_RESULT_SEGMENTS,
                                                .attributes = split_attributes,
                                                .attribute_count = 1,
                                                .results = split_results,
                                                .result_row_count = 2};
static const coco_operation_definition wrong = {
    .name = "t.wrong", .format = "$nothing attr-dict", .dialect = &dialect, .is_registered = true};
static const coco_operation_definition *const operations[] = {&lists, &split, &wrong};
static const coco_dialect dialect = {
    .name = "t", .documentation = "Of this test.", .operations = operations, .operation_count = 3};

/* Reads and verifies a module; ERROR is a part of what is said then, NULL: nothing is. */
static void expect(const char *text, const char *error) {
  fixture f;
  coco_operation *module = NULL;
  set_up(&f, NULL);
  cr_assert_eq(coco_context_register_dialect(f.context, &dialect), COCO_OK);
  coco_status status = coco_parse_module(f.context, coco_string_from(text), COCO_STRING("test"), &module);
  if (status == COCO_OK) status = coco_verify(module);
  cr_expect_eq(status, error ? COCO_REPORTED : COCO_OK, "%s gave: %s", text, f.seen.text);
  cr_expect(!error || strstr(f.seen.text, error), "%s gave: %s", text, f.seen.text);
  if (module) coco_operation_erase(module);
  tear_down(&f);
}

Test(rows, lists_of_narrow_numbers_and_of_bits) {
  expect("t.lists [1, -2147483648] [true, false]", NULL);
  expect("t.lists [1, 2147483648] [true]", "'sizes' has a number that does not fit 32 bits");
  expect("t.lists [1] [true, 0]", "expected 'true' or 'false'");
}

Test(rows, groups_of_results) {
  expect("%a:2, %b = \"t.split\"() <{resultSegmentSizes = array<i32: 2, 1>}> : () -> (i1, i1, i8)", NULL);
  expect("%a = \"t.split\"() : () -> i1",
         "'t.split' op requires attribute 'resultSegmentSizes' with 2 elements of type i32");
  expect("%a = \"t.split\"() <{resultSegmentSizes = array<i32: 1>}> : () -> i1",
         "requires attribute 'resultSegmentSizes' with 2 elements");
  expect("%a:2 = \"t.split\"() <{resultSegmentSizes = array<i32: 0, 2>}> : () -> (i1, i1)",
         "'t.split' op result group 'maybe' cannot have size 2");
  expect("%a = \"t.split\"() <{resultSegmentSizes = array<i32: 2, 0>}> : () -> i1",
         "'t.split' op result count (1) does not match with the total size (2) specified in attribute "
         "'resultSegmentSizes'");
}

Test(rows, a_wrong_format_is_reported_where_it_is_used) {
  expect("\"t.wrong\"() : () -> ()", NULL);
  expect("t.wrong", "the assembly format of 't.wrong' is wrong: a name that the row does not have");
}

Test(rows, one_type_or_attribute_and_no_more) {
  fixture f;
  const coco_type *type;
  const coco_attribute *attribute;
  set_up(&f, NULL);
  cr_expect_eq(coco_parse_type_text(f.context, COCO_STRING("i8 i8"), &type), COCO_REPORTED);
  cr_expect_str_eq(f.seen.text, "expected end of the type\n");
  f.seen.text[0] = 0;
  cr_expect_eq(coco_parse_attribute_text(f.context, COCO_STRING("1 : i8,"), &attribute), COCO_REPORTED);
  cr_expect_str_eq(f.seen.text, "expected end of the attribute\n");
  tear_down(&f);
}
