/* coco-opt: reads MLIR text, runs passes on it, writes MLIR text. */
#include <stdio.h>

#include "api/registry.h"
#include "tools/coco-opt/opt.h"

/* ---- Passes as flags ---- */

static bool add_pass(void *user, const char *name, const char *value) {
  opt_options *options = user;
  if (!coco_pass_find(coco_all_passes(), coco_string_from(name))) return false;
  coco_buffer *passes = &options->passes;
  if (passes->size) coco_buffer_text(passes, ",");
  coco_buffer_text(passes, name);
  if (value) coco_buffer_format(passes, "{%s}", value);
  return true;
}

static const coco_pass_definition *pass_at(size_t index) {
  for (const coco_pass_definition *const *const *list = coco_all_passes()->lists; *list; ++list)
    for (const coco_pass_definition *const *pass = *list; *pass; ++pass)
      if (index-- == 0) return *pass;
  return NULL;
}

static const char *pass_name(void *user, size_t index) {
  (void)user;
  const coco_pass_definition *pass = pass_at(index);
  return pass ? pass->name : NULL;
}

static void print_passes(void *user) {
  (void)user;
  printf("\nPasses and pipelines, to be given as --NAME or --NAME=\"option=value ...\", in order:\n\n");
  opt_list_passes();
}

/* ---- The command line ---- */

static coco_tool_parsed parse_command_line(opt_options *o, int argc, char **argv) {
  const coco_tool_option rows[] = {
      {NULL, COCO_TOOL_HEADING, NULL, "Input and output", NULL},
      {"o", COCO_TOOL_TEXT, "FILE",
       "Where to write; - is standard output (the default). Written only when all went well.", &o->output},
      {"weights-out", COCO_TOOL_TEXT, "FILE",
       "Write the weights to FILE (safetensors), named by the text's external_resources.", &o->weights_out},
      {"split-input-file", COCO_TOOL_FLAG, NULL, "Treat the parts between lines '// -----' as separate inputs.",
       &o->split},
      {"allow-unregistered-dialect", COCO_TOOL_FLAG, NULL, "Accept operations that no dialect knows.",
       &o->allow_unregistered},
      {"verify-roundtrip", COCO_TOOL_FLAG, NULL, "Print, parse and print again, and fail when that changes anything.",
       &o->verify_roundtrip},
      {NULL, COCO_TOOL_HEADING, NULL, "Passes", NULL},
      {"pass-pipeline|p", COCO_TOOL_TEXT, "TEXT",
       "What to run: 'builtin.module(func.func(cse,canonicalize{max-iterations=3}),symbol-dce)'.", &o->pipeline},
      {"verify-each", COCO_TOOL_FLAG, NULL,
       "Verify after each pass that changed something (the default); --verify-each=0 does not.", &o->verify_each},
      {"dump-pass-pipeline", COCO_TOOL_FLAG, NULL, "Print the pipeline that runs, with all options.",
       &o->dump_pipeline},
      {"mlir-timing", COCO_TOOL_FLAG, NULL, "Print how long each pass took.", &o->timing},
      {"mlir-pass-statistics", COCO_TOOL_FLAG, NULL, "Print what each pass counted.", &o->statistics},
      {"interpret", COCO_TOOL_TEXT, "@NAME",
       "Run the function NAME, which takes no arguments (all: each such function), and print what it returns.",
       &o->interpret},
      {NULL, COCO_TOOL_HEADING, NULL, "Printing", NULL},
      {"mlir-print-op-generic", COCO_TOOL_FLAG, NULL, "Print every operation in the generic form.", &o->generic},
      {"mlir-print-debuginfo", COCO_TOOL_FLAG, NULL, "Print locations.", &o->locations},
      {"mlir-print-local-scope", COCO_TOOL_FLAG, NULL, "Print without aliases.", &o->local_scope},
      {"mlir-elide-elementsattrs-if-larger", COCO_TOOL_INTEGER, "N",
       "Print larger element lists as dense_resource<__elided__>.", &o->elide_elements},
      {"mlir-print-elementsattrs-with-hex-if-larger", COCO_TOOL_INTEGER, "N",
       "Print larger element lists as hexadecimal strings.", &o->hex_elements},
      {"mlir-elide-resource-strings-if-larger", COCO_TOOL_INTEGER, "N", "Leave the resource section out.",
       &o->elide_resources},
      {"mlir-print-ir-before", COCO_TOOL_TEXTS, "PASS", "Print the IR before PASS (several: separated by commas).",
       &o->print_before},
      {"mlir-print-ir-after", COCO_TOOL_TEXTS, "PASS", "Print the IR after PASS.", &o->print_after},
      {"mlir-print-ir-before-all", COCO_TOOL_FLAG, NULL, "Print the IR before each pass.", &o->print_before_all},
      {"mlir-print-ir-after-all", COCO_TOOL_FLAG, NULL, "Print the IR after each pass.", &o->print_after_all},
      {"mlir-print-ir-after-change", COCO_TOOL_FLAG, NULL, "Print the IR after each pass that changed it.",
       &o->print_after_change},
      {"mlir-print-ir-after-failure", COCO_TOOL_FLAG, NULL, "Print the IR after a pass that failed.",
       &o->print_after_failure},
      {"mlir-print-ir-module-scope", COCO_TOOL_FLAG, NULL,
       "Print the whole module when printing the IR between passes.", &o->print_module_scope},
      {NULL, COCO_TOOL_HEADING, NULL, "Diagnostics", NULL},
      {"verify-diagnostics", COCO_TOOL_FLAG, NULL,
       "Compare diagnostics with comments '// expected-error@+1 {{text}}'; the exit status tells whether they agree.",
       &o->verify_diagnostics},
      {"mlir-print-op-on-diagnostic", COCO_TOOL_FLAG, NULL, "Show the operation that an error is about (the default).",
       &o->show_operations},
      {"mlir-disable-threading", COCO_TOOL_FLAG, NULL, "Accepted; passes run one after the other anyway.", &o->ignored},
      {NULL, COCO_TOOL_HEADING, NULL, "What there is", NULL},
      {"list-passes", COCO_TOOL_FLAG, NULL, "List passes and pipelines.", &o->list_passes},
      {"show-dialects", COCO_TOOL_FLAG, NULL, "List dialects.", &o->show_dialects},
      {"list-ops", COCO_TOOL_FLAG, NULL, "List operations; with --json, with what each row has.", &o->list_ops},
      {"json", COCO_TOOL_FLAG, NULL, "With --list-ops: as JSON.", &o->json},
      {"print-op-docs", COCO_TOOL_TEXT, "DIALECT", "Print the dialect's reference as Markdown.", &o->op_docs},
  };
  const coco_tool_usage usage = {.name = "coco-opt",
                                 .summary = "Reads MLIR text, runs passes on it, and writes MLIR text.",
                                 .usage = "[options] [FILE]",
                                 .options = rows,
                                 .option_count = sizeof rows / sizeof *rows,
                                 .inputs = &o->inputs,
                                 .maximum_inputs = 1,
                                 .other = add_pass,
                                 .other_name = pass_name,
                                 .other_help = print_passes,
                                 .user = o};
  return coco_tool_parse_options(&usage, argc, argv);
}

/* ---- Chunks ---- */

/* "// -----" alone in its line. */
static bool is_split_marker(coco_string line) {
  static const coco_string marker = {"// -----", 8};
  while (line.size > marker.size && strchr(" \t\r", line.data[line.size - 1])) --line.size;
  return coco_string_equal(line, marker);
}

/* The end of the chunk at START, and where the next one starts (the text's size: none). */
static size_t chunk_end(coco_string text, size_t start, size_t *out_next) {
  for (size_t at = start; at < text.size;) {
    coco_string line = {text.data + at, text.size - at};
    const char *newline = memchr(line.data, '\n', line.size);
    size_t after = newline ? (size_t)(newline - text.data) + 1 : text.size;
    if (is_split_marker((coco_string){line.data, newline ? (size_t)(newline - line.data) : line.size})) {
      *out_next = after;
      return at;
    }
    at = after;
  }
  *out_next = text.size;
  return text.size;
}

/* Empty lines stand for what is before a chunk, so that its locations are the file's. */
static coco_status process_chunk(const coco_tool *tool, const opt_options *options, coco_string file, coco_string text,
                                 size_t start, size_t end, coco_buffer *out) {
  coco_buffer padded = COCO_BUFFER(&coco_heap);
  for (size_t i = 0; i < start; ++i)
    if (text.data[i] == '\n') coco_buffer_byte(&padded, '\n');
  coco_buffer_append(&padded, text.data + start, end - start);
  coco_status status = padded.status;
  if (status == COCO_OK) status = opt_process(tool, options, file, coco_buffer_view(&padded), out);
  coco_buffer_free(&padded);
  return status;
}

static coco_status process_chunks(const coco_tool *tool, const opt_options *options, coco_string file, coco_string text,
                                  coco_buffer *out) {
  coco_status result = COCO_OK;
  for (size_t start = 0, next; start <= text.size; start = next) {
    size_t end = chunk_end(text, start, &next);
    if (start) coco_buffer_text(out, "// -----\n");
    coco_status status = process_chunk(tool, options, file, text, start, end, out);
    if (status != COCO_OK && status != COCO_REPORTED) return status;
    if (status != COCO_OK) result = status;
    if (end == text.size) break;
  }
  return result;
}

static coco_status process_file(coco_tool *tool, opt_options *options) {
  const char *path = options->inputs.count ? options->inputs.items[0] : "-";
  coco_string text, file = strcmp(path, "-") == 0 ? COCO_STRING("<stdin>") : coco_string_from(path);
  if (options->passes.status != COCO_OK) return options->passes.status;
  if (options->pipeline && options->passes.size)
    return coco_tool_error(tool, "passes are given either by --pass-pipeline or as flags, not both");
  if (options->split && options->weights_out)
    return coco_tool_error(tool, "--weights-out has room for the weights of one module, not for --split-input-file");
  COCO_TRY(coco_tool_read(tool, path, &text));
  coco_buffer out = COCO_BUFFER(&coco_heap);
  coco_status status =
      options->split ? process_chunks(tool, options, file, text, &out) : opt_process(tool, options, file, text, &out);
  if (status == COCO_OK) status = out.status;
  if (status == COCO_OK)
    status = coco_tool_write(tool, options->output ? options->output : "-", coco_buffer_view(&out));
  coco_buffer_free(&out);
  return status;
}

static coco_status run(coco_tool *tool, opt_options *options) {
  if (options->list_passes) {
    opt_list_passes();
    return COCO_OK;
  }
  if (options->show_dialects) {
    opt_show_dialects(tool->context);
    return COCO_OK;
  }
  if (options->list_ops) {
    opt_list_operations(tool->context, options->json);
    return COCO_OK;
  }
  if (options->op_docs) return opt_print_op_docs(tool, options->op_docs);
  return process_file(tool, options);
}

int main(int argc, char **argv) {
  opt_options options = {
      .verify_each = true, .show_operations = true, .elide_resources = -1, .passes = COCO_BUFFER(&coco_heap)};
  coco_tool_parsed parsed = parse_command_line(&options, argc, argv);
  int exit_status = parsed == COCO_TOOL_DONE ? 0 : 1;
  if (parsed == COCO_TOOL_GO_ON) {
    coco_tool tool;
    coco_status status = coco_tool_start(&tool, "coco-opt");
    if (status == COCO_OK) status = run(&tool, &options);
    exit_status = coco_tool_finish(&tool, status);
  }
  coco_buffer_free(&options.passes);
  return exit_status;
}
