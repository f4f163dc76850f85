/* Tests of the compiled assembly formats: each row's compiles, mistakes are named. */
#include "ir/text/format.h"

#include "tests/unit/support.h"

Test(format, every_row_has_a_good_format) {
  fixture f;
  set_up(&f, NULL);
  coco_arena arena = {.allocator = &coco_heap};
  coco_formats formats = {.map = {.allocator = &coco_heap}, .arena = &arena};
  for (size_t i = 0; i < coco_context_dialect_count(f.context); i++) {
    const coco_dialect *dialect = coco_context_dialect(f.context, i);
    for (size_t j = 0; j < dialect->operation_count; j++) {
      if (!dialect->operations[j]->format) continue;
      const coco_format *format = coco_formats_get(&formats, dialect->operations[j]);
      cr_assert_not_null(format);
      cr_expect_null(format->error, "%s: %s", dialect->operations[j]->name, format->error ? format->error : "");
    }
  }
  coco_formats_free(&formats);
  coco_arena_destroy(&arena);
  tear_down(&f);
}

static const coco_operand_row operands[] = {{"x", COCO_KIND_ANY, COCO_ONE}, {"y", COCO_KIND_ANY, COCO_MANY}};
static const coco_attribute_row attributes[] = {{"a", COCO_IS_I64, true, NULL}};
static const coco_result_row results[] = {{"r", COCO_KIND_ANY, COCO_ONE}};
static const char *const regions[] = {"body", NULL};

static void expect_error_of(const coco_operation_definition *row, const char *error) {
  coco_arena arena = {.allocator = &coco_heap};
  coco_formats formats = {.map = {.allocator = &coco_heap}, .arena = &arena};
  const coco_format *format = coco_formats_get(&formats, row);
  cr_assert_not_null(format);
  if (!error) cr_expect_null(format->error, "%s: %s", row->format, format->error ? format->error : "");
  else cr_expect_str_eq(format->error ? format->error : "nothing", error, "%s", row->format);
  coco_formats_free(&formats);
  coco_arena_destroy(&arena);
}

static void expect_error(const char *text, const char *error) {
  const coco_operation_definition row = {.name = "t.op", .format = text, .operands = operands, .attributes = attributes, .results = results,
                                         .region_names = regions, .operand_row_count = 2, .attribute_count = 1, .result_row_count = 1,
                                         .region_count = 1};
  expect_error_of(&row, error);
}

Test(format, good_ones_compile) {
  expect_error("$x `,` $y (`at` $a^)? $body attr-dict `:` functional-type(operands, results)", NULL);
  expect_error("operands attr-dict-with-keyword ($body^)? `:` type($x) `,` type($r)", NULL);
  expect_error("`(` $x `)` `` attr-dict `:` functional-type($x, $r) successors", NULL);
}

Test(format, mistakes_are_named) {
  expect_error("$x", "no attr-dict");
  expect_error("$z attr-dict", "a name that the row does not have");
  expect_error("`x attr-dict", "a literal without its closing backquote");
  expect_error("($a)? attr-dict", "an optional group without an anchor");
  expect_error("($a^) attr-dict", "an optional group without '?'");
  expect_error("($a^ ($x^)?)? attr-dict", "an optional group inside another");
  expect_error("$a^ attr-dict", "'^' outside of an optional group, or twice");
  expect_error("type($body) attr-dict", "type(...) of a name that the row does not have");
  expect_error("nonsense attr-dict", "an unknown directive");
  expect_error("attr-dict )", "something left over");
  expect_error("attr-dict functional-type(x)", "functional-type wants (operands, results)");
  expect_error("attr-dict functional-type($x, $z)", "functional-type wants (operands, results)");
}

Test(format, an_attribute_beyond_the_64th_cannot_be_named) {
  enum { COUNT = 65 };
  static char names[COUNT][16];
  coco_attribute_row many[COUNT];
  for (int i = 0; i < COUNT; ++i) {
    snprintf(names[i], sizeof names[i], "a%d", i);
    many[i] = (coco_attribute_row){names[i], COCO_IS_I64, true, NULL};
  }
  coco_operation_definition row = {.name = "t.op", .format = "$a63 attr-dict", .attributes = many, .attribute_count = COUNT};
  expect_error_of(&row, NULL);
  row.format = "$a64 attr-dict";
  expect_error_of(&row, "more than 64 attributes");
}
