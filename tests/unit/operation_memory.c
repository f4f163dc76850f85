/* How much memory operations take that are read, verified and printed: counted at the allocator, so the same
 * everywhere. */
#include <stdio.h>

#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tests/unit/support.h"

typedef struct counted_memory {
  size_t now, most;
} counted_memory;

static void *counted_reallocate(void *context, void *pointer, size_t old_size, size_t new_size) {
  counted_memory *counted = context;
  counted->now = counted->now - (pointer ? old_size : 0) + new_size;
  if (counted->now > counted->most) counted->most = counted->now;
  return coco_heap.reallocate(coco_heap.context, pointer, old_size, new_size);
}

static void write_text(coco_buffer *text, size_t functions) {
  for (size_t f = 0; f < functions; ++f) {
    coco_buffer_format(text, "func.func @f%zu(%%a: i32, %%b: i32) -> i32 {\n", f);
    for (size_t i = 0; i < 1000; ++i)
      coco_buffer_format(text, "  %%%zu = \"bench.operation\"(%%%s, %%b) {width = 1 : i32} : (i32, i32) -> i32\n", i,
                         i % 2 ? "0" : "a");
    coco_buffer_text(text, "  return %0 : i32\n}\n");
  }
}

/* The most memory that was taken at once, without what holds the text that is read or written. */
static size_t most_memory(size_t functions) {
  counted_memory counted = {0};
  const coco_allocator allocator = {&counted, counted_reallocate};
  coco_buffer text = COCO_BUFFER(&coco_heap), printed = COCO_BUFFER(&coco_heap);
  coco_context *context;
  coco_operation *module;
  write_text(&text, functions);
  cr_assert_eq(coco_context_create(&allocator, &context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
  coco_context_allow_unregistered(context, true);
  cr_assert_eq(coco_parse_module(context, coco_buffer_view(&text), COCO_STRING("many.mlir"), &module), COCO_OK);
  cr_assert_eq(coco_verify(module), COCO_OK);
  cr_assert_eq(coco_print_operation(&printed, module, NULL), COCO_OK);
  coco_operation_erase(module);
  coco_context_destroy(context);
  cr_assert_eq(counted.now, 0);
  coco_buffer_free(&text);
  coco_buffer_free(&printed);
  return counted.most;
}

Test(memory, an_operation_takes_at_most_220_bytes) {
  size_t each = (most_memory(170) - most_memory(20)) / 150000;
  cr_assert_leq(each, 220, "%zu bytes an operation", each);
  cr_assert_leq(sizeof(coco_operation), 104);
}
