/* What the files of coco-opt share. */
#ifndef COCO_TOOLS_COCO_OPT_OPT_H
#define COCO_TOOLS_COCO_OPT_OPT_H

#include "ir/pass.h"
#include "ir/printer.h"
#include "tools/common/options.h"
#include "tools/common/tool.h"

typedef enum opt_format { OPT_TEXT, OPT_JSON } opt_format;                  /* text|json */
typedef enum opt_display { OPT_LIST, OPT_TREE } opt_display;                /* list|tree, list|pipeline */
typedef enum opt_verify { OPT_VERIFY_ALL, OPT_VERIFY_EXPECTED } opt_verify; /* all|only-expected */

/* The command line. */
typedef struct opt_options {
  coco_tool_texts inputs;
  const char *output, *pipeline, *weights_out;
  const char *split, *output_marker, *verify_diagnostics; /* NULL: not given */
  bool verify_each, allow_unregistered, verify_roundtrip, no_implicit_module;
  bool dump_pipeline, list_passes, pass_docs, show_dialects, list_ops, json, timing, statistics;
  int64_t timing_display, report_format, statistics_display;
  const char *generate_reproducer, *crash_reproducer, *log_actions;
  bool local_reproducer, run_reproducer;
  const char *op_docs, *interpret;
  bool show_operations, no_notes;
  int64_t diagnostics_format, verbosity; /* verbosity: error|warning|remark */
  bool generic, locations, pretty_locations, local_scope, value_users, unique_names, location_names, skip_regions;
  bool assume_verified;
  int64_t elide_elements, hex_elements, elide_resources;
  coco_tool_texts print_before, print_after;
  bool print_before_all, print_after_all, print_after_change, print_after_failure, print_module_scope;
  const char *print_tree;
  bool one_thread, print_counters;
  coco_tool_texts counters;
  bool ignored;       /* flags of mlir-opt that change nothing here */
  coco_buffer passes; /* pipeline text made of passes given as flags */
} opt_options;

/* False: a message on standard error says why, or help was printed (*out_exit says which). */
bool opt_parse_command_line(opt_options *options, int argc, char **argv, int *out_exit);

/* Output is appended to OUT; *out_matched (verify_diagnostics): all expectations were met. TEXT keeps the file's line
 * numbers. */
coco_status opt_process(const coco_tool *tool, const opt_options *options, coco_string file, coco_string text,
                        coco_buffer *out) COCO_MUST_USE;
coco_print_options opt_print_options(const opt_options *options);

/* ---- Interpreting ---- */
/* Runs WHAT, "@NAME" of a function without arguments or "all" of them, and appends what they return to OUT. */
coco_status opt_interpret(coco_operation *module, const char *what, coco_buffer *out) COCO_MUST_USE;

/* ---- Printing IR between passes ---- */
typedef struct opt_pass_counter {
  const coco_operation *operation;
  size_t passes;
} opt_pass_counter;
typedef struct opt_ir_printer {
  const opt_options *options;
  COCO_VECTOR_OF(opt_pass_counter) counters; /* of the tree of files */
  bool failed;                               /* something could not be written; a message said so */
} opt_ir_printer;
void opt_print_ir(opt_ir_printer *printer, coco_pass_event event, const coco_pass *pass, coco_operation *root);
void opt_ir_printer_free(opt_ir_printer *printer);
bool opt_prints_ir(const opt_options *options);

/* ---- Diagnostics ---- */
/* A diagnostic handler; its user is the options. */
void opt_print_diagnostic(void *user, coco_context *context, const coco_diagnostic *diagnostic);

/* Fails when MODULE's weights came from a file and passes made others: the text would have to spell them. */
coco_status opt_check_weights(const coco_tool *tool, coco_operation *module) COCO_MUST_USE;

/* How text written to OUTPUT names the file that weights were read from, beside the text INPUT: *out stays empty when
 * there is none. Fails when it cannot. */
coco_status opt_name_weights(const coco_tool *tool, const coco_context *context, coco_string input, const char *output,
                             coco_string *out) COCO_MUST_USE;

/* ---- Expected diagnostics ---- */
typedef struct opt_expectations opt_expectations;
/* Reads "expected-error@+1 {{…}}" and the like from TEXT. Mistakes in them are printed. */
coco_status opt_expectations_create(const coco_allocator *allocator, coco_string file, coco_string text,
                                    opt_verify verify, opt_expectations **out) COCO_MUST_USE;
void opt_expectations_destroy(opt_expectations *expectations);
/* A diagnostic handler; its user is the expectations. What is not expected is printed. */
void opt_expect_diagnostic(void *user, coco_context *context, const coco_diagnostic *diagnostic);
/* Prints what did not happen. COCO_OK: everything expected came, and nothing else. */
coco_status opt_expectations_finish(const opt_expectations *expectations) COCO_MUST_USE;

/* ---- What there is ---- */
void opt_list_passes(void);
void opt_show_dialects(const coco_context *context);
void opt_list_operations(const coco_context *context, bool json);
void opt_print_pass_docs(void); /* Markdown */
coco_status opt_print_op_docs(const coco_tool *tool, const char *dialect) COCO_MUST_USE;

#endif
