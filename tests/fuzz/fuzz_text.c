/* MLIR text: what parses and verifies is printed, read again and printed again; both texts must be equal,
 * in the custom and in the generic form. Nothing may crash, leak or read outside its input. */
#include <stdio.h>

#include "api/registry.h"
#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tests/fuzz/support/mutators.h"

static void require(bool condition, const char *what, const coco_buffer *first, const coco_buffer *second) {
  if (condition) return;
  fprintf(stderr, "%s\n--- first\n%.*s\n--- second\n%.*s\n", what, (int)first->size, first->data,
          (int)(second ? second->size : 0), second ? second->data : "");
  __builtin_trap();
}

static void show(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_diagnostic_render(context, diagnostic, &text);
  if (user) fprintf(stderr, "%.*s\n", (int)text.size, text.data);
  coco_buffer_free(&text);
}

/* Reads TEXT in a context of its own and prints it to OUT. */
static coco_status round_trip(coco_string text, bool loud, const coco_print_options *options, coco_buffer *out) {
  coco_context *context;
  coco_operation *module = NULL;
  if (coco_context_create(&fuzz_allocator, &context) != COCO_OK) __builtin_trap();
  coco_set_diagnostic_handler(context, show, loud ? context : NULL, NULL, NULL);
  if (coco_register_all_dialects(context) != COCO_OK) __builtin_trap();
  coco_context_allow_unregistered(context, true);
  coco_status status = coco_parse_module(context, text, COCO_STRING("/nonexistent/fuzz.mlir"), &module);
  if (status == COCO_OK) status = coco_verify(module);
  if (status == COCO_OK) status = coco_print_operation(out, module, options);
  if (module) coco_operation_erase(module);
  coco_context_destroy(context);
  return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const coco_print_options forms[] = {{.locations = true}, {.generic = true, .locations = true}};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    coco_buffer first = COCO_BUFFER(&coco_heap), second = COCO_BUFFER(&coco_heap);
    if (round_trip((coco_string){(const char *)data, size}, false, &forms[i], &first) == COCO_OK) {
      coco_status status = round_trip(coco_buffer_view(&first), true, &forms[i], &second);
      require(status == COCO_OK, "what was printed does not parse", &first, NULL);
      bool equal = coco_string_equal(coco_buffer_view(&first), coco_buffer_view(&second));
      require(equal, "the second print differs", &first, &second);
    }
    coco_buffer_free(&first);
    coco_buffer_free(&second);
  }
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maximum_size, unsigned seed) {
  choice c = {seed};
  return mutate_source(&c, data, size, maximum_size);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second, size_t second_size,
                                 uint8_t *out, size_t maximum_size, unsigned seed) {
  choice c = {seed};
  coco_buffer program = COCO_BUFFER(&coco_heap);
  bool changed = mutate_program(&c, (coco_string){(const char *)first, first_size},
                                (coco_string){(const char *)second, second_size}, &program);
  size_t size = changed ? take_mutation(&program, out, maximum_size) : 0;
  coco_buffer_free(&program);
  return size;
}
