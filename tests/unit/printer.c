/* Tests of the printer beside the parser: exact bits, parts of a module, memory running out in both. */
#include "ir/parser.h"
#include "ir/printer.h"
#include "tests/unit/support.h"

static const char program[] =
    "module @m attributes {t.x = [1, \"a\\22\", dense<[1.0, 2.5]> : tensor<2xf32>], t.m = affine_map<(d0)[s0] -> (d0 floordiv 2 + s0)>} {\n"
    "  func.func @f(%arg0: memref<4x?xf32, strided<[?, 1], offset: ?>>, %arg1: index) -> index {\n"
    "    %c0 = arith.constant 0 : index\n"
    "    %0:2 = \"t.op\"(%arg1, %1) ({\n"
    "    ^bb0(%arg2: i32):\n"
    "      \"t.br\"(%arg2)[^bb1] : (i32) -> ()\n"
    "    ^bb1:\n"
    "      \"t.end\"() : () -> ()\n"
    "    }) {t.a = #t.b<c>, t.c = @s::@t} : (index, index) -> (index, !t.u)\n"
    "    %1 = arith.addi %0#0, %c0 : index\n"
    "    func.return %1 : index\n"
    "  }\n"
    "}\n"
    "\n"
    "{-#\n"
    "  external_resources: {other: {x: \"y\"}}\n"
    "#-}\n";

Test(printer, floats_keep_every_bit) {
  fixture f;
  set_up(&f, NULL);
  const coco_type *single = coco_type_f32(f.context);
  uint32_t bits = 1;
  for (int i = 0; i < 20000; i++) {
    bits = bits * 1664525u + 1013904223u;
    coco_buffer text = COCO_BUFFER(&coco_heap);
    const int64_t one = 1;
    const coco_attribute *elements = coco_attribute_dense(f.context, coco_type_tensor(f.context, 1, &one, single, NULL), &bits, sizeof bits);
    const coco_attribute *again;
    coco_print_attribute(&text, elements);
    cr_assert_eq(coco_parse_attribute_text(f.context, coco_buffer_view(&text), &again), COCO_OK);
    cr_assert_eq(elements, again, "%08x prints as %.*s", bits, (int)text.size, text.data);
    coco_buffer_free(&text);
  }
  tear_down(&f);
}

Test(printer, small_floats_keep_every_bit) {
  fixture f;
  set_up(&f, NULL);
  for (int format = 0; format < COCO_FLOAT_FORMAT_COUNT; format++) {
    const coco_type *scalar = coco_type_float(f.context, (coco_float_format)format);
    size_t size = coco_type_element_size(scalar);
    for (uint32_t bits = 0; size <= 2 && bits < 1u << 8 * size; bits += size == 2 ? 7 : 1) {
      const int64_t one = 1;
      const coco_attribute *again, *elements = coco_attribute_dense(f.context, coco_type_tensor(f.context, 1, &one, scalar, NULL), &bits, size);
      coco_buffer text = COCO_BUFFER(&coco_heap);
      coco_print_attribute(&text, elements);
      cr_assert_eq(coco_parse_attribute_text(f.context, coco_buffer_view(&text), &again), COCO_OK);
      cr_assert_eq(elements, again, "%08x of format %d prints as %.*s", bits, format, (int)text.size, text.data);
      coco_buffer_free(&text);
    }
  }
  tear_down(&f);
}

static void expect_part(const coco_operation *operation, const char *want) {
  coco_buffer text = COCO_BUFFER(&coco_heap);
  cr_assert_eq(coco_print_operation(&text, operation, NULL), COCO_OK);
  cr_assert(coco_string_is(coco_buffer_view(&text), want), "got %.*s", (int)text.size, text.data);
  coco_buffer_free(&text);
}

Test(printer, a_part_is_named_as_in_the_whole) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1), *y = make_constant(&f, 2);
  coco_value *sum = coco_build_binary(&f.builder, &coco_arith_addi, x, y);
  coco_value *again = coco_build_binary(&f.builder, &coco_arith_addi, sum, x);
  make_return(&f);
  expect_part(coco_value_operation(sum), "%0 = arith.addi %c1_i64, %c2_i64 : i64\n");
  expect_part(coco_value_operation(again), "%1 = arith.addi %0, %c1_i64 : i64\n");
  tear_down(&f);
}

Test(printer, type_text_is_cut_to_its_place) {
  fixture f;
  set_up(&f, NULL);
  const int64_t shape[] = {1000, 1000};
  const coco_type *type = coco_type_tensor(f.context, 2, shape, coco_type_f32(f.context), NULL);
  char text[64], small[12];
  cr_assert_str_eq(coco_type_text(type, text, sizeof text), "tensor<1000x1000xf32>");
  cr_assert_str_eq(coco_type_text(type, small, sizeof small), "tensor<1...");
  tear_down(&f);
}

/* ---- Memory running out ---- */

typedef struct failing_heap {
  size_t allowed, live;
} failing_heap;

static void *failing_reallocate(void *context, void *pointer, size_t old_size, size_t new_size) {
  failing_heap *heap = context;
  if (new_size > old_size || !pointer) {
    if (heap->allowed == 0) return NULL;
    heap->allowed--;
  }
  heap->live += new_size - old_size;
  return coco_heap.reallocate(coco_heap.context, pointer, old_size, new_size);
}

/* Reads and prints the program with ALLOWED allocations from the context's creation on. */
static coco_status read_and_print(failing_heap *heap, size_t allowed) {
  const coco_allocator allocator = {heap, failing_reallocate};
  coco_context *context = NULL;
  coco_operation *module = NULL;
  *heap = (failing_heap){allowed, 0};
  coco_status status = coco_context_create(&allocator, &context);
  if (status == COCO_OK) status = coco_register_all_dialects(context);
  if (status == COCO_OK) {
    coco_context_allow_unregistered(context, true);
    status = coco_parse_module(context, coco_string_from(program), COCO_STRING("t.mlir"), &module);
  }
  if (status == COCO_OK) {
    coco_buffer text = COCO_BUFFER(&allocator);
    status = coco_print_operation(&text, module, NULL);
    coco_buffer_free(&text);
  }
  if (module) coco_operation_erase(module);
  coco_context_destroy(context);
  return status;
}

Test(printer, running_out_of_memory_is_a_status_and_leaks_nothing) {
  failing_heap heap;
  cr_assert_eq(read_and_print(&heap, SIZE_MAX), COCO_OK);
  size_t needed = SIZE_MAX - heap.allowed;
  cr_assert_eq(heap.live, 0);
  for (size_t allowed = 0; allowed < needed; allowed++) {
    cr_assert_eq(read_and_print(&heap, allowed), COCO_OUT_OF_MEMORY, "after %zu allocations", allowed);
    cr_assert_eq(heap.live, 0, "after %zu allocations", allowed);
  }
}

Test(printer, every_prefix_of_a_text_is_read_or_reported) {
  fixture f;
  set_up(&f, NULL);
  coco_context_allow_unregistered(f.context, true);
  for (size_t size = 0; size < sizeof program; size++) {
    coco_operation *module = NULL;
    size_t errors = coco_error_count(f.context);
    coco_status status = coco_parse_module(f.context, (coco_string){program, size}, COCO_STRING("t.mlir"), &module);
    cr_assert(status == COCO_OK || status == COCO_REPORTED);
    cr_assert_eq(status == COCO_REPORTED, coco_error_count(f.context) > errors, "%zu bytes", size);
    if (module) coco_operation_erase(module);
  }
  tear_down(&f);
}
