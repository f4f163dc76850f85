/* Reproducers: a module with the pipeline to run on it, in the text's external_resources, as mlir-opt writes and reads
 * them:
 *
 *   {-# external_resources: { mlir_reproducer: { pipeline: "…", disable_threading: true, verify_each: true } } #-}
 *
 * The text is made before the passes run, so that it can be written whatever they do: by a handler of signals when the
 * program crashes, or when a pass fails. A local one holds the module as it was before the pass that failed, and that
 * pass alone. */
#define _XOPEN_SOURCE 700
#include "tools/coco-opt/reproducer.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "ir/pass.h"

/* ---- The text ---- */

coco_status opt_reproducer_text(const opt_options *options, coco_operation *module, coco_string pipeline,
                                coco_buffer *out) {
  coco_buffer external = COCO_BUFFER(&coco_heap);
  coco_buffer_text(&external, "mlir_reproducer: {\n      pipeline: ");
  coco_print_string_literal(&external, pipeline);
  coco_buffer_format(&external, ",\n      disable_threading: true,\n      verify_each: %s\n    }",
                     options->verify_each ? "true" : "false");
  coco_status status = external.status;
  coco_print_options print = {.generic = options->generic, .external = coco_buffer_view(&external)};
  coco_buffer_clear(out);
  if (status == COCO_OK) status = coco_print_operation(out, module, &print);
  coco_buffer_free(&external);
  return status == COCO_OK ? out->status : status;
}

static void nest(const coco_operation *operation, coco_buffer *out, size_t *depth) {
  const coco_operation *parent = coco_operation_parent(operation);
  if (parent) nest(parent, out, depth);
  coco_buffer_format(out, "%s(", operation->definition->name);
  ++*depth;
}

/* "builtin.module(func.func(cse))". Pipelines are nested few levels deep. */
static coco_status pipeline_of(const coco_pass *pass, const coco_operation *root, coco_buffer *out) {
  size_t depth = 0;
  nest(root, out, &depth);
  coco_pass_print(pass, out);
  for (; depth; --depth) coco_buffer_byte(out, ')');
  return out->status;
}

/* ---- Crashes ---- */

enum { SIGNALS = 5 };
static const int caught[SIGNALS] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

/* What the handler writes: only it and opt_reproducer_arm know it. */
static const char *armed_path;
static const char *volatile armed_text;
static volatile size_t armed_size;

static void on_crash(int number) {
  const char *text = armed_text;
  size_t left = armed_size;
  int file = text ? open(armed_path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
  while (file >= 0 && left) {
    ssize_t written = write(file, text, left);
    if (written <= 0) break;
    text += written;
    left -= (size_t)written;
  }
  static const char said[] = "coco-opt: crashed while passes ran; a reproducer was written\n";
  if (file >= 0 && !left && write(STDERR_FILENO, said, sizeof said - 1) < 0) _exit(1);
  signal(number, SIG_DFL);
  raise(number);
}

static void arm(const char *path, coco_string text) {
  armed_path = path;
  armed_size = text.size;
  armed_text = text.data;
  struct sigaction action = {.sa_handler = on_crash};
  for (size_t i = 0; text.data && i < SIGNALS; ++i) (void)sigaction(caught[i], &action, NULL);
}

static void disarm(void) {
  armed_text = NULL;
  for (size_t i = 0; i < SIGNALS; ++i) signal(caught[i], SIG_DFL);
}

/* ---- Around a run ---- */

coco_status opt_reproducer_begin(opt_reproducer *reproducer, coco_operation *module, coco_string pipeline) {
  reproducer->text = COCO_BUFFER(&coco_heap);
  if (!reproducer->options->crash_reproducer) return COCO_OK;
  reproducer->module = module;
  COCO_TRY(opt_reproducer_text(reproducer->options, module, pipeline, &reproducer->text));
  arm(reproducer->options->crash_reproducer, coco_buffer_view(&reproducer->text));
  return COCO_OK;
}

void opt_reproducer_before_pass(opt_reproducer *reproducer, const coco_pass *pass, const coco_operation *root) {
  if (!reproducer->options->crash_reproducer || !reproducer->options->local_reproducer) return;
  disarm();
  coco_buffer pipeline = COCO_BUFFER(&coco_heap);
  coco_status status = pipeline_of(pass, root, &pipeline);
  if (status == COCO_OK)
    status =
        opt_reproducer_text(reproducer->options, reproducer->module, coco_buffer_view(&pipeline), &reproducer->text);
  coco_buffer_free(&pipeline);
  if (status != COCO_OK) reproducer->status = status;
  if (status == COCO_OK) arm(reproducer->options->crash_reproducer, coco_buffer_view(&reproducer->text));
}

coco_status opt_reproducer_end(opt_reproducer *reproducer, const coco_tool *tool, bool failed) {
  disarm();
  const char *path = reproducer->options->crash_reproducer;
  coco_status status = reproducer->status;
  if (failed && path && status == COCO_OK) {
    status =
        coco_tool_write((coco_tool *)(uintptr_t)tool, path, coco_buffer_view(&reproducer->text)); /* only names it */
    if (status == COCO_OK) fprintf(stderr, "%s: a pass failed; a reproducer is in '%s'\n", tool->name, path);
  }
  coco_buffer_free(&reproducer->text);
  return status;
}

/* ---- Reading ---- */

void opt_reproducer_read(void *user, coco_string owner, coco_string key, coco_string value) {
  opt_recorded *recorded = user;
  if (!coco_string_is(owner, "mlir_reproducer")) return;
  if (coco_string_is(key, "pipeline")) {
    coco_buffer_clear(&recorded->pipeline);
    coco_buffer_string(&recorded->pipeline, value);
    recorded->found = true;
  }
  if (coco_string_is(key, "verify_each")) recorded->verify_each = coco_string_is(value, "true");
}
