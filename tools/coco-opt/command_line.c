/* The command line of coco-opt: a table of rows, and passes as flags. */
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

static coco_tool_parsed parse_rows(opt_options *o, int argc, char **argv) {
  const coco_tool_option rows[] = {
      {NULL, COCO_TOOL_HEADING, NULL, "Input and output", NULL},
      {"o", COCO_TOOL_TEXT, "FILE",
       "Where to write; - is standard output (the default). Written only when all went well.", &o->output},
      {"weights-out", COCO_TOOL_TEXT, "FILE",
       "Write the weights to FILE (safetensors), named by the text's external_resources.", &o->weights_out},
      {"split-input-file", COCO_TOOL_MAYBE_TEXT, "MARKER",
       "Treat the parts between lines '// -----' (or MARKER) as separate inputs.", &o->split},
      {"output-split-marker", COCO_TOOL_TEXT, "MARKER", "The line between the outputs of such parts.",
       &o->output_marker},
      {"no-implicit-module", COCO_TOOL_FLAG, NULL,
       "Take the one operation of the input as it is, whatever it is; no module is put around it.",
       &o->no_implicit_module},
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
      {"run-reproducer", COCO_TOOL_FLAG, NULL, "Run the pipeline that the input's mlir_reproducer records.",
       &o->run_reproducer},
      {"interpret", COCO_TOOL_TEXT, "@NAME",
       "Run the function NAME, which takes no arguments (all: each such function), and print what it returns.",
       &o->interpret},
      {NULL, COCO_TOOL_HEADING, NULL, "Printing", NULL},
      {"mlir-print-op-generic", COCO_TOOL_FLAG, NULL, "Print every operation in the generic form.", &o->generic},
      {"mlir-print-debuginfo", COCO_TOOL_FLAG, NULL, "Print locations.", &o->locations},
      {"mlir-pretty-debuginfo", COCO_TOOL_FLAG, NULL, "Print locations for people; such text cannot be read back.",
       &o->pretty_locations},
      {"mlir-print-value-users", COCO_TOOL_FLAG, NULL, "Say in comments which operations use each value.",
       &o->value_users},
      {"mlir-print-unique-ssa-ids", COCO_TOOL_FLAG, NULL, "Give no two values one name, in whatever regions they are.",
       &o->unique_names},
      {"mlir-use-nameloc-as-prefix", COCO_TOOL_FLAG, NULL, "Name results after the names of their locations.",
       &o->location_names},
      {"mlir-print-skip-regions", COCO_TOOL_FLAG, NULL, "Print {...} for what is inside an operation.",
       &o->skip_regions},
      {"mlir-print-assume-verified", COCO_TOOL_FLAG, NULL,
       "Use custom forms also when printing the IR after a pass that failed.", &o->assume_verified},
      {"mlir-print-local-scope", COCO_TOOL_FLAG, NULL, "Print without aliases.", &o->local_scope},
      {"mlir-elide-elementsattrs-if-larger", COCO_TOOL_COUNT, "N",
       "Print larger element lists as dense_resource<__elided__>.", &o->elide_elements},
      {"mlir-print-elementsattrs-with-hex-if-larger", COCO_TOOL_COUNT, "N",
       "Print larger element lists as hexadecimal strings.", &o->hex_elements},
      {"mlir-elide-resource-strings-if-larger", COCO_TOOL_COUNT, "N", "Leave the resource section out.",
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
      {"mlir-print-ir-tree-dir", COCO_TOOL_TEXT, "DIR",
       "Print the IR between passes into files below DIR, a folder for each operation.", &o->print_tree},
      {NULL, COCO_TOOL_HEADING, NULL, "Diagnostics", NULL},
      {"verify-diagnostics", COCO_TOOL_MAYBE_TEXT, "all|only-expected",
       "Compare diagnostics with comments '// expected-error@+1 {{text}}'; the exit status tells whether they agree. "
       "only-expected: others may come, too.",
       &o->verify_diagnostics},
      {"diagnostics-format", COCO_TOOL_CHOICE, "text|json", "How diagnostics are printed; json: an object a line.",
       &o->diagnostics_format},
      {"mlir-diagnostic-verbosity-level", COCO_TOOL_CHOICE, "error|warning|remark",
       "The least severe diagnostics to print.", &o->verbosity},
      {"mlir-disable-diagnostic-notes", COCO_TOOL_FLAG, NULL, "Print diagnostics without notes.", &o->no_notes},
      {"mlir-print-op-on-diagnostic", COCO_TOOL_FLAG, NULL, "Show the operation that an error is about (the default).",
       &o->show_operations},
      {NULL, COCO_TOOL_HEADING, NULL, "Looking into a run", NULL},
      {"mlir-timing", COCO_TOOL_FLAG, NULL, "Print how long each pass took.", &o->timing},
      {"mlir-timing-display", COCO_TOOL_CHOICE, "list|tree", "Times by name, longest first; or as the pipeline is.",
       &o->timing_display},
      {"mlir-output-format", COCO_TOOL_CHOICE, "text|json", "How times are printed.", &o->report_format},
      {"mlir-pass-statistics", COCO_TOOL_FLAG, NULL, "Print what each pass counted.", &o->statistics},
      {"mlir-pass-statistics-display", COCO_TOOL_CHOICE, "list|pipeline",
       "Statistics by the passes' names, or as the pipeline is.", &o->statistics_display},
      {"mlir-generate-reproducer|generate-reproducer", COCO_TOOL_TEXT, "FILE",
       "Write the input with the pipeline to FILE, for --run-reproducer.", &o->generate_reproducer},
      {"mlir-pass-pipeline-crash-reproducer", COCO_TOOL_TEXT, "FILE", "Write such a file when a pass fails or crashes.",
       &o->crash_reproducer},
      {"mlir-pass-pipeline-local-reproducer", COCO_TOOL_FLAG, NULL,
       "With the IR before the pass that failed, and that pass alone.", &o->local_reproducer},
      {"log-actions-to", COCO_TOOL_TEXT, "FILE", "Log the beginning and the end of each pass (-: standard error).",
       &o->log_actions},
      {"mlir-debug-counter", COCO_TOOL_TEXTS, "NAME-skip=N,NAME-count=M",
       "Leave out the first N steps of a kind and all behind the next M: of pattern, fold or pass.", &o->counters},
      {"mlir-print-debug-counter", COCO_TOOL_FLAG, NULL, "Print how many steps of each kind there were.",
       &o->print_counters},
      {"mlir-disable-threading", COCO_TOOL_FLAG, NULL,
       "Run passes on one function after the other, not on several at once.", &o->one_thread},
      {NULL, COCO_TOOL_HEADING, NULL, "What there is", NULL},
      {"list-passes", COCO_TOOL_FLAG, NULL, "List passes and pipelines.", &o->list_passes},
      {"print-pass-docs", COCO_TOOL_FLAG, NULL, "Print the reference of passes as Markdown.", &o->pass_docs},
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

static bool is_consistent(const opt_options *o) {
  const char *mistake = NULL;
  const char *verify = o->verify_diagnostics;
  if (o->pipeline && o->passes.size)
    mistake = "passes are given either by --pass-pipeline or as flags, not both";
  else if (o->run_reproducer && (o->pipeline || o->passes.size))
    mistake = "--run-reproducer runs the recorded pipeline; no other can be given";
  else if (o->split && o->weights_out)
    mistake = "--weights-out has room for the weights of one module, not for --split-input-file";
  else if (o->local_reproducer && !o->crash_reproducer)
    mistake = "--mlir-pass-pipeline-local-reproducer needs --mlir-pass-pipeline-crash-reproducer=FILE";
  else if (verify && *verify && strcmp(verify, "all") != 0 && strcmp(verify, "only-expected") != 0)
    mistake = "--verify-diagnostics takes all or only-expected";
  if (mistake) fprintf(stderr, "coco-opt: %s\n", mistake);
  return !mistake;
}

bool opt_parse_command_line(opt_options *options, int argc, char **argv, int *out_exit) {
  coco_tool_parsed parsed = parse_rows(options, argc, argv);
  *out_exit = parsed == COCO_TOOL_DONE ? 0 : 1;
  return parsed == COCO_TOOL_GO_ON && is_consistent(options);
}
