/* One input of coco-opt: parse, verify, run the passes, print; each input in a context of its own. */
#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "api/registry.h"
#include "ir/debug_counter.h"
#include "ir/parser.h"
#include "ir/verifier.h"
#include "tools/coco-opt/opt.h"
#include "tools/coco-opt/reports.h"
#include "tools/coco-opt/reproducer.h"

typedef struct run {
  const coco_tool *tool;
  const opt_options *options;
  coco_context *context;
  coco_string file, text;
  coco_operation *module;
  coco_pass_manager *manager;
  opt_ir_printer printer;
  bool log_failed;
  opt_reproducer reproducer;
  opt_recorded recorded;
  coco_debug_counters counters;
  uint64_t started;
  opt_times times;
} run;

/* Nanoseconds. */
static uint64_t now(void) {
  struct timespec time;
  if (clock_gettime(CLOCK_MONOTONIC, &time) != 0) return 0;
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void print_buffer(coco_buffer *buffer) {
  if (buffer->status == COCO_OK && buffer->size) fwrite(buffer->data, 1, buffer->size, stderr);
  coco_buffer_free(buffer);
}

coco_print_options opt_print_options(const opt_options *options) {
  return (coco_print_options){.generic = options->generic,
                              .locations = options->locations || options->pretty_locations,
                              .pretty_locations = options->pretty_locations,
                              .value_users = options->value_users,
                              .unique_names = options->unique_names,
                              .location_names = options->location_names,
                              .skip_regions = options->skip_regions,
                              .local_scope = options->local_scope,
                              .elide_elements_over = options->elide_elements > 0 ? (size_t)options->elide_elements : 0,
                              .hex_elements_over = options->hex_elements > 0 ? (size_t)options->hex_elements : 0,
                              .no_resources = options->elide_resources >= 0};
}

/* ---- Passes ---- */

static void log_action(run *r, coco_pass_event event, const coco_pass *pass, const coco_operation *root) {
  const char *path = r->options->log_actions;
  bool to_errors = strcmp(path, "-") == 0;
  FILE *file = to_errors ? stderr : fopen(path, "a");
  if (!file) {
    if (!r->log_failed) fprintf(stderr, "coco-opt: cannot write '%s': %s\n", path, strerror(errno));
    r->log_failed = true;
    return;
  }
  const char *what = event == COCO_BEFORE_PASS ? "begins" : event == COCO_AFTER_PASS ? "completed" : "failed";
  coco_string symbol = coco_symbol_name(root);
  fprintf(file, "[thread main] %s Action `pass-execution` running `%s` on Operation `%s`", what, pass->definition->name,
          root->definition->name);
  if (symbol.size) fprintf(file, " @%.*s", COCO_PRINT(symbol));
  fputc('\n', file);
  if (!to_errors) fclose(file);
}

static void print_text(void *user, coco_string text) {
  (void)user;
  fwrite(text.data, 1, text.size, stderr);
}

static void observe(void *user, coco_pass_event event, const coco_pass *pass, coco_operation *root) {
  run *r = user;
  if (event == COCO_BEFORE_PASS) opt_reproducer_before_pass(&r->reproducer, pass, root);
  opt_print_ir(&r->printer, event, pass, root);
  if (r->options->log_actions) log_action(r, event, pass, root);
}

/* Whether somebody looks on between passes: then one thread runs them. */
static bool is_observed(const opt_options *o) {
  return opt_prints_ir(o) || o->print_tree || o->log_actions || o->local_reproducer;
}

static uint32_t thread_count(const opt_options *options) {
  const long processors = options->one_thread || options->run_reproducer ? 1 : sysconf(_SC_NPROCESSORS_ONLN);
  return processors > 0 && processors < 256 ? (uint32_t)processors : 1;
}

/* What is to be run: the recorded pipeline, the one that was given, or the passes given as flags.
 * data NULL: nothing. */
static coco_string pipeline_text(const run *r) {
  if (r->options->run_reproducer) return coco_buffer_view(&r->recorded.pipeline);
  if (r->options->pipeline) return coco_string_from(r->options->pipeline);
  return r->options->passes.size ? coco_buffer_view(&r->options->passes) : (coco_string){0};
}

/* What --mlir-debug-counter says, for the context of this input. */
static coco_status set_counters(run *r) {
  const opt_options *options = r->options;
  r->counters = (coco_debug_counters)COCO_DEBUG_COUNTERS_INIT;
  for (size_t i = 0; i < options->counters.count; ++i) {
    const char *error = coco_debug_counters_read(&r->counters, coco_string_from(options->counters.items[i]));
    if (error) return coco_tool_error(r->tool, "--mlir-debug-counter=%s: %s", options->counters.items[i], error);
  }
  if (options->counters.count || options->print_counters) coco_context_set_debug_counters(r->context, &r->counters);
  return COCO_OK;
}

static coco_status create_manager(run *r) {
  const opt_options *options = r->options;
  COCO_TRY(set_counters(r));
  coco_string text = pipeline_text(r);
  if (!text.data) return COCO_OK;
  coco_pass_manager_options manager = {
      .verify_each = options->run_reproducer ? r->recorded.verify_each : options->verify_each,
      .root = r->module ? coco_operation_name(r->module) : (coco_string){0},
      .print = print_text,
      .threads = thread_count(options),
      .observer = is_observed(options) ? observe : NULL,
      .observer_user = r};
  COCO_TRY(coco_pass_manager_create(r->context, coco_all_passes(), text, &manager, &r->manager));
  if (options->dump_pipeline) {
    coco_buffer buffer = COCO_BUFFER(&coco_heap);
    coco_pass_manager_print_pipeline(r->manager, &buffer);
    coco_buffer_text(&buffer, "\n");
    print_buffer(&buffer);
  }
  return COCO_OK;
}

static coco_status generate_reproducer(const run *r, coco_string pipeline) {
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_status status = opt_reproducer_text(r->options, r->module, pipeline, &text);
  if (status == COCO_OK)
    status = coco_tool_write((coco_tool *)(uintptr_t)r->tool, r->options->generate_reproducer,
                             coco_buffer_view(&text)); /* which only names the tool */
  coco_buffer_free(&text);
  return status;
}

static coco_status run_passes(run *r) {
  coco_buffer pipeline = COCO_BUFFER(&coco_heap);
  coco_pass_manager_print_pipeline(r->manager, &pipeline);
  coco_status status = pipeline.status;
  if (status == COCO_OK && r->options->generate_reproducer)
    status = generate_reproducer(r, coco_buffer_view(&pipeline));
  if (status == COCO_OK) {
    status = opt_reproducer_begin(&r->reproducer, r->module, coco_buffer_view(&pipeline));
    if (status == COCO_OK) status = coco_pass_manager_run(r->manager, r->module);
    coco_status ended = opt_reproducer_end(&r->reproducer, r->tool, status != COCO_OK);
    if (status == COCO_OK) status = ended;
  }
  coco_buffer_free(&pipeline);
  return status == COCO_OK && (r->printer.failed || r->log_failed) ? COCO_REPORTED : status;
}

static void report_counters(const coco_debug_counters *counters, coco_buffer *out) {
  for (size_t i = 0; i < COCO_COUNTED_KINDS; ++i)
    coco_buffer_format(out, "%s: {%lld,%lld,%lld}\n", coco_counted_name((coco_counted)i),
                       (long long)counters->of[i].seen, (long long)counters->of[i].skip,
                       (long long)counters->of[i].count);
}

static coco_status report(const run *r) {
  const opt_options *o = r->options;
  coco_buffer buffer = COCO_BUFFER(&coco_heap);
  coco_status status = COCO_OK;
  opt_times times = r->times;
  times.total = now() - r->started;
  if (o->statistics && r->manager)
    status = opt_report_statistics(r->manager, (opt_display)o->statistics_display, &buffer);
  if (o->print_counters) report_counters(&r->counters, &buffer);
  if (status == COCO_OK && o->timing)
    status =
        opt_report_times(&times, r->manager, (opt_display)o->timing_display, (opt_format)o->report_format, &buffer);
  print_buffer(&buffer);
  return status;
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
  uint64_t start = now();
  COCO_TRY(coco_print_operation(out, r->module, &print));
  r->times.print = now() - start;
  return out->status;
}

/* Parses TEXT in a fresh context and prints it again. */
static coco_status print_again(const run *r, coco_string text, const coco_print_options *print, coco_buffer *out) {
  coco_context *context;
  coco_operation *module = NULL;
  COCO_TRY(coco_context_create(NULL, &context));
  coco_set_diagnostic_handler(context, opt_print_diagnostic, (void *)(uintptr_t)r->options, NULL, NULL);
  coco_context_allow_unregistered(context, r->options->allow_unregistered);
  coco_status status = coco_register_all_dialects(context);
  const coco_parse_options parse = {.no_implicit_module = r->options->no_implicit_module};
  if (status == COCO_OK) status = coco_parse_source(context, text, r->file, &parse, &module);
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
  const bool differs = status == COCO_OK && !coco_string_equal(coco_buffer_view(&first), coco_buffer_view(&second));
  if (differs || status == COCO_REPORTED)
    status = coco_error(r->context, r->module->location,
                        "the module is not the same when it is printed in the %s form and parsed again",
                        generic ? "generic" : "custom");
  coco_buffer_free(&first);
  coco_buffer_free(&second);
  return status;
}

/* ---- One input ---- */

static coco_status parse(run *r) {
  uint64_t start = now();
  const coco_parse_options parse = {.no_implicit_module = r->options->no_implicit_module,
                                    .external = r->options->run_reproducer ? opt_reproducer_read : NULL,
                                    .user = &r->recorded};
  COCO_TRY(coco_parse_source(r->context, r->text, r->file, &parse, &r->module));
  r->times.parse = now() - start;
  COCO_TRY(coco_verify(r->module));
  r->times.verify = now() - start - r->times.parse;
  return r->recorded.pipeline.status;
}

/* Pipelines that depend on what the text holds. */
static coco_status create_late_manager(run *r) {
  if (r->options->run_reproducer && !r->recorded.found)
    return coco_error(r->context, r->module->location, "the text has no mlir_reproducer with a pipeline to run");
  if (pipeline_text(r).data && !coco_operation_has_trait(r->module, COCO_ISOLATED))
    return coco_operation_error(r->module, "is not isolated from above, so no pass can run on it alone");
  return create_manager(r);
}

static bool is_late(const opt_options *options) { return options->run_reproducer || options->no_implicit_module; }

static coco_status transform(run *r, coco_buffer *out) {
  COCO_TRY(parse(r));
  if (is_late(r->options)) COCO_TRY(create_late_manager(r));
  if (r->options->verify_roundtrip) {
    COCO_TRY(verify_roundtrip(r, false));
    COCO_TRY(verify_roundtrip(r, true));
  }
  if (r->manager) COCO_TRY(run_passes(r));
  return r->options->interpret ? opt_interpret(r->module, r->options->interpret, out) : print_module(r, out);
}

/* A failure that was expected is none; without memory nothing is. */
static coco_status transform_expecting(run *r, coco_buffer *out) {
  opt_expectations *expectations;
  opt_verify verify =
      strcmp(r->options->verify_diagnostics, "only-expected") == 0 ? OPT_VERIFY_EXPECTED : OPT_VERIFY_ALL;
  COCO_TRY(opt_expectations_create(&coco_heap, r->file, r->text, verify, &expectations));
  coco_set_diagnostic_handler(r->context, opt_expect_diagnostic, expectations, NULL, NULL);
  size_t size = out->size;
  coco_status status = transform(r, out);
  if (status == COCO_REPORTED) {
    out->size = size;
    status = COCO_OK;
  }
  if (status == COCO_OK) status = opt_expectations_finish(expectations);
  coco_set_diagnostic_handler(r->context, opt_print_diagnostic, (void *)(uintptr_t)r->options, NULL, NULL);
  opt_expectations_destroy(expectations);
  return status;
}

static coco_status process_in_context(run *r, coco_buffer *out) {
  coco_set_diagnostic_handler(r->context, opt_print_diagnostic, (void *)(uintptr_t)r->options, NULL, NULL);
  coco_context_allow_unregistered(r->context, r->options->allow_unregistered);
  COCO_TRY(coco_register_all_dialects(r->context));
  if (!is_late(r->options)) COCO_TRY(create_manager(r));
  COCO_TRY(r->options->verify_diagnostics ? transform_expecting(r, out) : transform(r, out));
  return report(r);
}

coco_status opt_process(const coco_tool *tool, const opt_options *options, coco_string file, coco_string text,
                        coco_buffer *out) {
  run r = {.tool = tool,
           .options = options,
           .file = file,
           .text = text,
           .printer = {.options = options},
           .reproducer = {.options = options},
           .recorded = {.pipeline = COCO_BUFFER(&coco_heap), .verify_each = true},
           .started = now()};
  COCO_TRY(coco_context_create(NULL, &r.context));
  coco_status status = process_in_context(&r, out);
  coco_pass_manager_destroy(r.manager);
  coco_operation_erase(r.module);
  coco_context_destroy(r.context);
  opt_ir_printer_free(&r.printer);
  coco_buffer_free(&r.recorded.pipeline);
  return status;
}
