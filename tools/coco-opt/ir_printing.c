/* Printing the IR before and after passes, to standard error. */
#include <stdio.h>

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

static bool is_wanted(const opt_options *o, coco_pass_event event, const coco_pass_definition *pass, bool changed) {
  switch (event) {
    case COCO_BEFORE_PASS:
      return o->print_before_all || names_pass(&o->print_before, pass);
    case COCO_AFTER_PASS: {
      bool named = names_pass(&o->print_after, pass) || o->print_after_all;
      if (!o->print_after_change) return named;
      return changed && (named || o->print_after.count == 0);
    }
    case COCO_AFTER_FAILED_PASS:
      return o->print_after_failure || o->print_after_all || names_pass(&o->print_after, pass);
  }
  return false;
}

void opt_print_ir(void *user, coco_pass_event event, const coco_pass_definition *pass, coco_operation *root,
                  bool changed) {
  const opt_options *options = user;
  if (!is_wanted(options, event, pass, changed)) return;
  static const char *const when[] = {
      [COCO_BEFORE_PASS] = "Before", [COCO_AFTER_PASS] = "After", [COCO_AFTER_FAILED_PASS] = "After Failed"};
  fprintf(stderr, "// -----// IR Dump %s %s", when[event], pass->name);
  coco_string symbol = coco_symbol_name(root);
  if (coco_operation_parent(root)) fprintf(stderr, " ('%s' operation", root->definition->name);
  if (coco_operation_parent(root) && symbol.size) fprintf(stderr, ": @%.*s", COCO_PRINT(symbol));
  fprintf(stderr, "%s //----- //\n", coco_operation_parent(root) ? ")" : "");
  coco_operation *shown = root;
  while (options->print_module_scope && coco_operation_parent(shown)) shown = coco_operation_parent(shown);
  coco_print_options print = opt_print_options(options);
  print.no_resources = true;
  if (event == COCO_AFTER_FAILED_PASS) print.generic = true;
  coco_buffer buffer = COCO_BUFFER(&coco_heap);
  if (coco_print_operation(&buffer, shown, &print) == COCO_OK && buffer.status == COCO_OK)
    fwrite(buffer.data, 1, buffer.size, stderr);
  fputs("\n", stderr);
  coco_buffer_free(&buffer);
}
