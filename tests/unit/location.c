/* Tests of locations: places in files need no memory, each location has one handle, and all are read back as they were
 * made. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "ir/context.h"
#include "ir/printer.h"

static coco_context *context;
static void start(void) { cr_assert_eq(coco_context_create(NULL, &context), COCO_OK); }
static void stop(void) { coco_context_destroy(context); }
TestSuite(location, .init = start, .fini = stop);

static const coco_location *place(const char *file, int64_t line, int64_t column) {
  return coco_location_file(context, coco_string_from(file), line, column);
}

static void expect_place(const coco_location *location, const char *file, int64_t line, int64_t column) {
  coco_file_place found;
  cr_assert_eq(coco_location_kind(location), COCO_LOCATION_FILE);
  cr_assert(coco_location_find_file(context, location, &found));
  cr_expect(coco_string_is(found.file, file), "%.*s is not %s", COCO_PRINT(found.file), file);
  cr_expect_eq(found.line, line);
  cr_expect_eq(found.column, column);
  const coco_attribute *attribute = coco_location_attribute(context, location);
  cr_assert_not_null(attribute);
  cr_expect_eq(coco_location_from_attribute(context, attribute), location, "there are two handles of one place");
}

Test(location, places_are_read_back_whether_they_fit_a_handle_or_not) {
  const int64_t numbers[] = {0, 1, 77, (1 << 23) - 1, 1 << 23, UINT32_MAX, (int64_t)UINT32_MAX + 1, INT64_MAX};
  enum { COUNT = sizeof numbers / sizeof *numbers };
  for (size_t i = 0; i < COUNT; ++i)
    for (size_t k = 0; k < COUNT; ++k) {
      const coco_location *location = place("a.mlir", numbers[i], numbers[k]);
      expect_place(location, "a.mlir", numbers[i], numbers[k]);
      cr_expect_eq(location, place("a.mlir", numbers[i], numbers[k]));
      cr_expect_neq(location, place("b.mlir", numbers[i], numbers[k]));
      cr_expect_neq(location, place("a.mlir", numbers[i], numbers[k] / 2 + 3));
    }
}

Test(location, more_files_than_are_numbered_are_told_apart) {
  char name[32];
  for (int i = 0; i < 600; ++i) {
    snprintf(name, sizeof name, "file%d", i);
    expect_place(place(name, i, 5), name, i, 5);
    expect_place(place("file0", i, 5), "file0", i, 5);
  }
}

Test(location, a_place_needs_no_memory_once_its_file_is_known) {
  place("a.mlir", 1, 1);
  const char *before = coco_arena_allocate(coco_context_arena(context), 8);
  for (int64_t i = 0; i < 1000; ++i) cr_assert_not_null(place("a.mlir", i, i));
  const char *after = coco_arena_allocate(coco_context_arena(context), 8);
  cr_expect_eq(after - before, 8);
}

Test(location, locations_inside_others_are_found) {
  const coco_location *file = place("a.mlir", 3, 4), *other = place("b.mlir", 5, 6);
  const coco_location *named = coco_location_name(context, COCO_STRING("conv"), file);
  const coco_location *call = coco_location_call_site(context, named, other);
  const coco_location *fused =
      coco_location_fused(context, (const coco_location *const[]){other, call, other}, 2, NULL);
  coco_file_place found;
  cr_assert(coco_location_find_file(context, call, &found));
  cr_expect_eq(found.line, 3);
  cr_assert(coco_location_find_file(context, fused, &found));
  cr_expect_eq(found.line, 5);
  cr_expect(coco_string_is(coco_location_layer(fused), "conv"));
  cr_expect_eq(coco_location_layer(file).size, 0);
  cr_expect_eq(coco_location_fused(context, &file, 1, NULL), file, "one place is itself");
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_print_location(&text, context, fused);
  cr_expect(coco_string_is(coco_buffer_view(&text),
                           "fused[\"b.mlir\":5:6, callsite(\"conv\"(\"a.mlir\":3:4) at \"b.mlir\":5:6)]"));
  coco_buffer_free(&text);
}
