/* Makes the symbols directly inside the operation private, but those whose names are in `exclude`: then passes may
 * assume that nobody outside uses them. Linear in the symbols times the names. */
#include "passes/passes.h"
#include "passes/symbol_uses.h"

enum { EXCLUDE };
static const coco_option_row options[] = {
    {"exclude", COCO_OPTION_STRING, NULL, "Names of symbols to leave alone, with commas between."},
};
enum { MADE_PRIVATE };
static const char *const statistics[] = {"symbols made private"};

static bool is_excluded(coco_string names, coco_string name) {
  while (names.size) {
    const char *comma = memchr(names.data, ',', names.size);
    coco_string item = {names.data, comma ? (size_t)(comma - names.data) : names.size};
    if (coco_string_equal(item, name)) return true;
    names = (coco_string){names.data + item.size + (comma ? 1 : 0), names.size - item.size - (comma ? 1 : 0)};
  }
  return false;
}

static coco_status visit(coco_pass *pass, coco_operation *operation) {
  coco_string name = coco_symbol_name(operation);
  if (!name.size || coco_symbol_is_private(operation) || is_excluded(pass->options[EXCLUDE].string, name))
    return COCO_OK;
  const coco_attribute *visibility = coco_attribute_string(pass->context, COCO_STRING("private"));
  if (!visibility) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_operation_set(operation, COCO_STRING("sym_visibility"), visibility));
  ++pass->statistics[MADE_PRIVATE];
  pass->changed = true;
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  for (size_t r = 0; r < root->region_count; ++r)
    for (coco_block *block = coco_operation_region(root, r)->first; block; block = block->next)
      for (coco_operation *operation = block->first; operation; operation = operation->next)
        COCO_TRY(visit(pass, operation));
  return COCO_OK;
}

const coco_pass_definition coco_pass_symbol_privatize = {.name = "symbol-privatize",
                                                         .documentation = "Make symbols private.",
                                                         .options = options,
                                                         .option_count = sizeof options / sizeof *options,
                                                         .statistics = statistics,
                                                         .statistic_count = sizeof statistics / sizeof *statistics,
                                                         .run = run};
