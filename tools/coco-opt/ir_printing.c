/* Printing the IR before and after passes: to standard error, or into a tree of files with a folder for each operation
 * that passes run on, whose files are numbered in the order of passes. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "tools/coco-opt/opt.h"

bool opt_prints_ir(const opt_options *options) {
  return options->print_before.count || options->print_after.count || options->print_before_all ||
         options->print_after_all || options->print_after_change || options->print_after_failure;
}

/* Whether one of the texts, each a list with commas, names PASS. */
static bool names_pass(const coco_tool_texts *texts, const coco_pass_definition *pass) {
  for (size_t i = 0; i < texts->count; ++i)
    for (const char *at = texts->items[i]; *at;) {
      size_t size = strcspn(at, ",");
      if (coco_string_is((coco_string){at, size}, pass->name)) return true;
      at += size + (at[size] == ',');
    }
  return false;
}

static bool is_wanted(const opt_options *o, coco_pass_event event, const coco_pass *pass) {
  const coco_pass_definition *row = pass->definition;
  switch (event) {
    case COCO_BEFORE_PASS:
      return o->print_before_all || names_pass(&o->print_before, row);
    case COCO_AFTER_PASS: {
      bool named = names_pass(&o->print_after, row) || o->print_after_all;
      if (!o->print_after_change) return named;
      return pass->changed && (named || o->print_after.count == 0);
    }
    case COCO_AFTER_FAILED_PASS:
      return o->print_after_failure || o->print_after_all || names_pass(&o->print_after, row);
  }
  return false;
}

/* "// -----// IR Dump After cse ('func.func' operation: @f) //----- //" and the operation. */
static void write_dump(const opt_options *options, coco_pass_event event, const coco_pass *pass, coco_operation *root,
                       coco_buffer *out) {
  static const char *const when[] = {
      [COCO_BEFORE_PASS] = "Before", [COCO_AFTER_PASS] = "After", [COCO_AFTER_FAILED_PASS] = "After Failed"};
  coco_buffer_format(out, "// -----// IR Dump %s %s", when[event], pass->definition->name);
  coco_string symbol = coco_symbol_name(root);
  if (coco_operation_parent(root)) coco_buffer_format(out, " ('%s' operation", root->definition->name);
  if (coco_operation_parent(root) && symbol.size) coco_buffer_format(out, ": @%.*s", COCO_PRINT(symbol));
  coco_buffer_text(out, coco_operation_parent(root) ? ") //----- //\n" : " //----- //\n");
  coco_operation *shown = root;
  while (options->print_module_scope && coco_operation_parent(shown)) shown = coco_operation_parent(shown);
  coco_print_options print = opt_print_options(options);
  print.no_resources = true;
  if (event == COCO_AFTER_FAILED_PASS && !options->assume_verified) print.generic = true;
  coco_status status = coco_print_operation(out, shown, &print);
  if (status != COCO_OK && out->status == COCO_OK) out->status = status;
  coco_buffer_text(out, "\n");
}

/* ---- A tree of files ---- */

/* The number of OPERATION in a file's name: 0 when it is met first, and one more for each NEXT pass on it. */
static bool count(opt_ir_printer *printer, const coco_operation *operation, bool next, size_t *out) {
  for (size_t i = 0; i < printer->counters.count; ++i) {
    opt_pass_counter *counter = &printer->counters.items[i];
    if (counter->operation != operation) continue;
    *out = counter->passes += next;
    return true;
  }
  opt_pass_counter counter = {operation, 0};
  *out = 0;
  return coco_vector_push(&coco_heap, &printer->counters, counter) == COCO_OK;
}

/* "func_func_name"; bytes that mean something to the file system become '_'. */
static void append_folder(coco_buffer *path, const coco_operation *operation) {
  coco_buffer_byte(path, '/');
  size_t start = path->size;
  coco_buffer_text(path, operation->definition->name);
  coco_string symbol = coco_symbol_name(operation);
  coco_buffer_byte(path, '_');
  if (symbol.size)
    coco_buffer_string(path, symbol);
  else
    coco_buffer_text(path, "no-symbol-name");
  for (size_t i = start; i < path->size; ++i) {
    unsigned char c = (unsigned char)path->data[i];
    if (c < 0x20 || c == '/' || c == '\\' || c == '.') path->data[i] = '_';
  }
}

static bool make_folder(coco_buffer *path) {
  coco_buffer_byte(path, 0);
  if (path->status != COCO_OK) return false;
  --path->size;
  return mkdir(path->data, 0777) == 0 || errno == EEXIST;
}

enum { DEEPEST_PASS = 128 };

/* The path of the next file of ROOT, whose folders are made. */
static bool next_file(opt_ir_printer *printer, const coco_pass *pass, const coco_operation *root, coco_buffer *path) {
  const coco_operation *chain[DEEPEST_PASS];
  size_t depth = 0;
  for (const coco_operation *o = root; o && depth < DEEPEST_PASS; o = coco_operation_parent(o)) chain[depth++] = o;
  coco_buffer_text(path, printer->options->print_tree);
  if (!make_folder(path)) return false;
  for (size_t i = depth; i-- > 0;) {
    append_folder(path, chain[i]);
    if (!make_folder(path)) return false;
  }
  coco_buffer_byte(path, '/');
  for (size_t i = depth; i-- > 0;) {
    size_t number;
    if (!count(printer, chain[i], i == 0, &number)) return false;
    coco_buffer_format(path, "%zu_", number);
  }
  coco_buffer_format(path, "%s.mlir", pass->definition->name);
  coco_buffer_byte(path, 0);
  return path->status == COCO_OK;
}

static void write_into_tree(opt_ir_printer *printer, const coco_pass *pass, const coco_operation *root,
                            const coco_buffer *text) {
  coco_buffer path = COCO_BUFFER(&coco_heap);
  coco_string part = coco_buffer_view(text);
  int error = 0;
  bool made = next_file(printer, pass, root, &path);
  if (!made) error = errno;
  if (!made || coco_file_write(path.data, &part, 1, &error) != COCO_OK) {
    fprintf(stderr, "coco-opt: cannot write into '%s': %s\n", printer->options->print_tree, strerror(error));
    printer->failed = true;
  }
  coco_buffer_free(&path);
}

void opt_print_ir(opt_ir_printer *printer, coco_pass_event event, const coco_pass *pass, coco_operation *root) {
  if (!is_wanted(printer->options, event, pass)) return;
  coco_buffer text = COCO_BUFFER(&coco_heap);
  write_dump(printer->options, event, pass, root, &text);
  if (text.status != COCO_OK)
    printer->failed = true;
  else if (printer->options->print_tree)
    write_into_tree(printer, pass, root, &text);
  else
    fwrite(text.data, 1, text.size, stderr);
  coco_buffer_free(&text);
}

void opt_ir_printer_free(opt_ir_printer *printer) { coco_vector_free(&coco_heap, &printer->counters); }
