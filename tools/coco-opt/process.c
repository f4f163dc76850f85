/* One input of coco-opt: parse, verify, run the passes, print; each input in a context of its own. */
#include <stdio.h>
#include <time.h>

#include "api/registry.h"
#include "ir/parser.h"
#include "ir/verifier.h"
#include "tools/coco-opt/opt.h"

typedef struct run {
  const coco_tool *tool;
  const opt_options *options;
  coco_context *context;
  coco_string file, text;
  coco_operation *module;
  coco_pass_manager *manager;
  double parse_seconds, verify_seconds, print_seconds;
} run;

static double seconds(void) {
  struct timespec time;
  return clock_gettime(CLOCK_MONOTONIC, &time) == 0 ? (double)time.tv_sec + (double)time.tv_nsec * 1e-9 : 0;
}

static void print_buffer(coco_buffer *buffer) {
  if (buffer->status == COCO_OK && buffer->size) fwrite(buffer->data, 1, buffer->size, stderr);
  coco_buffer_free(buffer);
}

coco_print_options opt_print_options(const opt_options *options) {
  return (coco_print_options){.generic = options->generic,
                              .locations = options->locations,
                              .local_scope = options->local_scope,
                              .elide_elements_over = options->elide_elements > 0 ? (size_t)options->elide_elements : 0,
                              .hex_elements_over = options->hex_elements > 0 ? (size_t)options->hex_elements : 0,
                              .no_resources = options->elide_resources >= 0};
}

/* ---- Diagnostics ---- */

enum { SHOWN_NOTES = 16 };

/* Renders without the notes that show whole operations. */
static void print_without_operations(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  coco_diagnostic notes[SHOWN_NOTES], copy = *diagnostic;
  copy.notes = notes;
  copy.note_count = 0;
  for (size_t i = 0; i < diagnostic->note_count && copy.note_count < SHOWN_NOTES; ++i)
    if (!coco_string_starts_with(diagnostic->notes[i].message, COCO_STRING("see current operation")))
      notes[copy.note_count++] = diagnostic->notes[i];
  coco_tool_print_diagnostic(user, context, &copy);
}

/* ---- Passes ---- */

static coco_status create_manager(run *r) {
  const opt_options *options = r->options;
  if (!options->pipeline && !options->passes.size) return COCO_OK;
  coco_pass_manager_options manager = {.verify_each = options->verify_each, .timing = options->timing};
  if (opt_prints_ir(options)) {
    manager.observer = opt_print_ir;
    manager.observer_user = (void *)options;
  }
  coco_string text = options->pipeline ? coco_string_from(options->pipeline) : coco_buffer_view(&options->passes);
  COCO_TRY(coco_pass_manager_create(r->context, coco_all_passes(), text, &manager, &r->manager));
  if (options->dump_pipeline) {
    coco_buffer buffer = COCO_BUFFER(&coco_heap);
    coco_pass_manager_print_pipeline(r->manager, &buffer);
    coco_buffer_text(&buffer, "\n");
    print_buffer(&buffer);
  }
  return COCO_OK;
}

static void report(const run *r) {
  coco_buffer buffer = COCO_BUFFER(&coco_heap);
  if (r->options->statistics && r->manager) coco_pass_manager_print_statistics(r->manager, &buffer);
  if (r->options->timing) {
    if (r->manager) coco_pass_manager_print_timing(r->manager, &buffer);
    coco_buffer_format(
        &buffer,
        "Beside passes:\n  %10.6f             Parser\n  %10.6f             Verifier\n  %10.6f             Output\n",
        r->parse_seconds, r->verify_seconds, r->print_seconds);
  }
  print_buffer(&buffer);
}

/* ---- Output ---- */

static coco_status print_module(run *r, coco_buffer *out) {
  coco_print_options print = opt_print_options(r->options);
  const char *output = r->options->output ? r->options->output : "-";
  if (r->options->weights_out) {
    COCO_TRY(coco_tool_sidecar_name(r->tool, output, r->options->weights_out, &print.sidecar));
    COCO_TRY(coco_tool_write_weights(r->tool, r->module, r->options->weights_out));
  } else if (!print.no_resources) {
    if (r->manager) COCO_TRY(opt_check_weights(r->tool, r->module));
    COCO_TRY(opt_name_weights(r->tool, r->context, r->file, output, &print.origin));
  }
  double start = seconds();
  COCO_TRY(coco_print_operation(out, r->module, &print));
  r->print_seconds = seconds() - start;
  return out->status;
}

/* Parses TEXT in a fresh context and prints it again. */
static coco_status print_again(const run *r, coco_string text, const coco_print_options *print, coco_buffer *out) {
  coco_context *context;
  coco_operation *module = NULL;
  COCO_TRY(coco_context_create(NULL, &context));
  coco_set_diagnostic_handler(context, coco_tool_print_diagnostic, NULL, NULL, NULL);
  coco_context_allow_unregistered(context, r->options->allow_unregistered);
  coco_status status = coco_register_all_dialects(context);
  if (status == COCO_OK) status = coco_parse_module(context, text, r->file, &module);
  if (status == COCO_OK) status = coco_verify(module);
  if (status == COCO_OK) status = coco_print_operation(out, module, print);
  coco_operation_erase(module);
  coco_context_destroy(context);
  return status;
}

static coco_status verify_roundtrip(const run *r, bool generic) {
  const coco_print_options print = {.generic = generic};
  coco_buffer first = COCO_BUFFER(&coco_heap), second = COCO_BUFFER(&coco_heap);
  coco_status status = coco_print_operation(&first, r->module, &print);
  if (status == COCO_OK) status = first.status;
  if (status == COCO_OK) status = print_again(r, coco_buffer_view(&first), &print, &second);
  if (status == COCO_OK) status = second.status;
  if (status == COCO_OK && !coco_string_equal(coco_buffer_view(&first), coco_buffer_view(&second)))
    status = coco_error(r->context, r->module->location, "printing in the %s form and parsing again changed the module",
                        generic ? "generic" : "custom");
  coco_buffer_free(&first);
  coco_buffer_free(&second);
  return status;
}

/* ---- One input ---- */

static coco_status transform(run *r, coco_buffer *out) {
  double start = seconds();
  COCO_TRY(coco_parse_module(r->context, r->text, r->file, &r->module));
  r->parse_seconds = seconds() - start;
  COCO_TRY(coco_verify(r->module));
  r->verify_seconds = seconds() - start - r->parse_seconds;
  if (r->options->verify_roundtrip) {
    COCO_TRY(verify_roundtrip(r, false));
    COCO_TRY(verify_roundtrip(r, true));
  }
  if (r->manager) COCO_TRY(coco_pass_manager_run(r->manager, r->module));
  return r->options->interpret ? opt_interpret(r->module, r->options->interpret, out) : print_module(r, out);
}

/* A failure that was expected is none; without memory nothing is. */
static coco_status transform_expecting(run *r, coco_buffer *out) {
  opt_expectations *expectations;
  COCO_TRY(opt_expectations_create(&coco_heap, r->file, r->text, &expectations));
  coco_set_diagnostic_handler(r->context, opt_expect_diagnostic, expectations, NULL, NULL);
  size_t size = out->size;
  coco_status status = transform(r, out);
  if (status == COCO_REPORTED) {
    out->size = size;
    status = COCO_OK;
  }
  if (status == COCO_OK) status = opt_expectations_finish(expectations);
  coco_set_diagnostic_handler(r->context, coco_tool_print_diagnostic, NULL, NULL, NULL);
  opt_expectations_destroy(expectations);
  return status;
}

static coco_status process_in_context(run *r, coco_buffer *out) {
  coco_set_diagnostic_handler(r->context,
                              r->options->show_operations ? coco_tool_print_diagnostic : print_without_operations, NULL,
                              NULL, NULL);
  coco_context_allow_unregistered(r->context, r->options->allow_unregistered);
  COCO_TRY(coco_register_all_dialects(r->context));
  COCO_TRY(create_manager(r));
  COCO_TRY(r->options->verify_diagnostics ? transform_expecting(r, out) : transform(r, out));
  report(r);
  return COCO_OK;
}

coco_status opt_process(const coco_tool *tool, const opt_options *options, coco_string file, coco_string text,
                        coco_buffer *out) {
  run r = {.tool = tool, .options = options, .file = file, .text = text};
  COCO_TRY(coco_context_create(NULL, &r.context));
  coco_status status = process_in_context(&r, out);
  coco_pass_manager_destroy(r.manager);
  coco_operation_erase(r.module);
  coco_context_destroy(r.context);
  return status;
}
