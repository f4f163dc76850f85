/* Passes: the first line of an input is "// PIPELINE", what follows is the program.
 *
 * A pipeline that is read is printed, read and printed again: both prints must be equal. A program that verifies must,
 * once the pipeline has run, verify again, be printed and read; a pass that fails must have said why. Nothing may
 * crash, leak or read outside its input. What programs compute is compared elsewhere (random_programs.py,
 * random_graphs). */
#define _GNU_SOURCE /* memmem */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/registry.h"
#include "ir/parser.h"
#include "ir/pass.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tests/fuzz/support/mutators.h"

typedef struct input {
  coco_string pipeline, program;
} input;

/* Without "// " the pipeline is empty, and all of TEXT the program. */
static input split(coco_string text) {
  if (text.size < 3 || memcmp(text.data, "// ", 3) != 0) return (input){{text.data, 0}, text};
  const char *end = memchr(text.data, '\n', text.size);
  size_t size = end ? (size_t)(end - text.data) : text.size;
  return (input){{text.data + 3, size - 3}, {text.data + size, text.size - size}};
}

/* ---- Running ---- */

typedef struct listener {
  size_t errors;
  coco_buffer text;
} listener;

static void listen(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  listener *l = user;
  if (diagnostic->severity == COCO_ERROR) ++l->errors;
  coco_diagnostic_render(context, diagnostic, &l->text);
  coco_buffer_append(&l->text, "\n", 1);
}

typedef struct run {
  coco_context *context;
  coco_operation *module;
  coco_pass_manager *manager;
  const char *pass; /* the last that ran */
  listener listener;
} run;

static void require(bool condition, const char *what, run *r, input in) {
  if (condition) return;
  fprintf(stderr, "%s\nlast pass: %s\npipeline: %.*s\n%.*s\n", what, r->pass ? r->pass : "none",
          COCO_PRINT(in.pipeline), (int)r->listener.text.size, r->listener.text.data ? r->listener.text.data : "");
  if (r->module) {
    coco_buffer text = COCO_BUFFER(&coco_heap);
    const coco_print_options generic = {.generic = true};
    if (coco_print_operation(&text, r->module, &generic) == COCO_OK)
      fprintf(stderr, "%.*s\n", (int)text.size, text.data);
    coco_buffer_free(&text);
  }
  __builtin_trap();
}

static void observe(void *user, coco_pass_event event, const coco_pass *pass, coco_operation *root) {
  (void)root;
  if (event == COCO_BEFORE_PASS) ((run *)user)->pass = pass->definition->name;
}

static void drop(void *user, coco_string text) { (void)user, (void)text; }

static void start(run *r) {
  *r = (run){.listener = {.text = COCO_BUFFER(&coco_heap)}};
  if (coco_context_create(&fuzz_allocator, &r->context) != COCO_OK) __builtin_trap();
  coco_set_diagnostic_handler(r->context, listen, &r->listener, NULL, NULL);
  if (coco_register_all_dialects(r->context) != COCO_OK) __builtin_trap();
  coco_context_allow_unregistered(r->context, true);
}

static void finish(run *r) {
  coco_pass_manager_destroy(r->manager);
  if (r->module) coco_operation_erase(r->module);
  coco_context_destroy(r->context);
  coco_buffer_free(&r->listener.text);
}

static coco_status read_pipeline(run *r, coco_string text) {
  const coco_pass_manager_options options = {.print = drop, .observer = observe, .observer_user = r};
  coco_pass_manager_destroy(r->manager);
  r->manager = NULL;
  return coco_pass_manager_create(r->context, coco_all_passes(), text, &options, &r->manager);
}

static coco_status read_program(run *r, coco_string text) {
  COCO_TRY(coco_parse_module(r->context, text, COCO_STRING("/nonexistent/fuzz.mlir"), &r->module));
  return coco_verify(r->module);
}

/* What was read prints as text that reads as the same. */
static void require_same_pipeline(run *r, input in) {
  coco_buffer first = COCO_BUFFER(&coco_heap), second = COCO_BUFFER(&coco_heap);
  coco_pass_manager_print_pipeline(r->manager, &first);
  require(read_pipeline(r, coco_buffer_view(&first)) == COCO_OK, "the printed pipeline is not read", r, in);
  coco_pass_manager_print_pipeline(r->manager, &second);
  require(coco_string_equal(coco_buffer_view(&first), coco_buffer_view(&second)), "the second print differs", r, in);
  coco_buffer_free(&first);
  coco_buffer_free(&second);
}

/* The program that passes made is read again. */
static void require_readable(run *r, input in) {
  coco_buffer text = COCO_BUFFER(&coco_heap);
  run again;
  require(coco_print_operation(&text, r->module, NULL) == COCO_OK, "the program is not printed", r, in);
  start(&again);
  coco_status status = read_program(&again, coco_buffer_view(&text));
  if (status != COCO_OK) fprintf(stderr, "%.*s\n", (int)again.listener.text.size, again.listener.text.data);
  require(status == COCO_OK, "what passes made is not read", r, in);
  finish(&again);
  coco_buffer_free(&text);
}

/* Operands give the result's shape: where passes find out that they are constants, a program may turn out to be wrong.
 */
static bool found_wrong(coco_string errors) {
  static const char *const rows[] = {"reshape", "slice", "pad", "expand", "constant_of_shape"};
  char start[64];
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    snprintf(start, sizeof start, "error: 'graph.%s' op", rows[i]);
    if (errors.size && memmem(errors.data, errors.size, start, strlen(start))) return true;
  }
  return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = split((coco_string){(const char *)data, size});
  run r;
  start(&r);
  if (read_pipeline(&r, in.pipeline) == COCO_OK) {
    require_same_pipeline(&r, in);
    if (read_program(&r, in.program) == COCO_OK) {
      size_t errors = r.listener.errors;
      coco_status status = coco_pass_manager_run(r.manager, r.module);
      require(status == COCO_OK || status == COCO_OUT_OF_MEMORY || r.listener.errors > errors,
              "a pass failed without a word", &r, in);
      /* Passes that fail leave a program that may be unfinished, but can be verified and printed. */
      bool valid = coco_verify(r.module) == COCO_OK, wrong = found_wrong(coco_buffer_view(&r.listener.text));
      require(valid || wrong || status != COCO_OK, "a pass made a program that does not verify", &r, in);
      if (valid && status == COCO_OK) require_readable(&r, in);
    }
  }
  finish(&r);
  return 0;
}

/* ---- Changing ---- */

static size_t join(coco_string pipeline, coco_string program, uint8_t *data, size_t maximum_size) {
  coco_buffer out = COCO_BUFFER(&coco_heap);
  coco_buffer_append(&out, "// ", 3);
  for (size_t i = 0; i < pipeline.size; ++i)
    coco_buffer_append(&out, pipeline.data[i] == '\n' ? " " : pipeline.data + i, 1);
  if (!program.size || program.data[0] != '\n') coco_buffer_append(&out, "\n", 1);
  coco_buffer_append(&out, program.data, program.size);
  size_t taken = take_mutation(&out, data, maximum_size);
  coco_buffer_free(&out);
  return taken;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maximum_size, unsigned seed) {
  choice c = {seed};
  if (one_in(&c, 20)) return LLVMFuzzerMutate(data, size, maximum_size);
  input in = split((coco_string){(const char *)data, size});
  if (one_in(&c, 2)) {
    coco_buffer pipeline = COCO_BUFFER(&coco_heap);
    bool changed = mutate_pipeline(&c, in.pipeline, &pipeline);
    if (changed) size = join(coco_buffer_view(&pipeline), in.program, data, maximum_size);
    coco_buffer_free(&pipeline);
    if (changed) return size;
  }
  uint8_t *program = malloc(maximum_size);
  if (!program) return size;
  size_t program_size = in.program.size < maximum_size ? in.program.size : maximum_size;
  memcpy(program, in.program.data, program_size);
  program_size = mutate_source(&c, program, program_size, maximum_size);
  coco_string pipeline = in.pipeline;
  size = join(pipeline, (coco_string){(const char *)program, program_size}, data, maximum_size);
  free(program);
  return size;
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second, size_t second_size,
                                 uint8_t *out, size_t maximum_size, unsigned seed) {
  choice c = {seed};
  input a = split((coco_string){(const char *)first, first_size}),
        b = split((coco_string){(const char *)second, second_size});
  if (one_in(&c, 2)) return join(a.pipeline, b.program, out, maximum_size);
  coco_buffer program = COCO_BUFFER(&coco_heap);
  size_t size = 0;
  if (mutate_program(&c, a.program, b.program, &program))
    size = join(one_in(&c, 2) ? a.pipeline : b.pipeline, coco_buffer_view(&program), out, maximum_size);
  coco_buffer_free(&program);
  return size;
}
