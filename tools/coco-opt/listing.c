/* What coco-opt tells about dialects, operations and passes; all of it comes from the rows. */
#include <stdio.h>

#include "api/registry.h"
#include "ir/definition.h"
#include "tools/coco-opt/opt.h"

/* ---- Passes ---- */

static void list_pass(const coco_pass_definition *pass) {
  printf("  --%-33s %s\n", pass->name, pass->documentation);
  if (pass->anchor) printf("%38sRuns on '%s'.\n", "", pass->anchor);
  if (pass->pipeline) printf("%38sPipeline: %s\n", "", pass->pipeline);
  for (size_t i = 0; i < pass->option_count; ++i) {
    const coco_option_row *option = &pass->options[i];
    printf("      %-31s %s", option->name, option->documentation);
    if (option->default_text) printf(" Default: %s.", option->default_text);
    putchar('\n');
  }
}

void opt_list_passes(void) {
  for (const coco_pass_definition *const *const *list = coco_all_passes()->lists; *list; ++list)
    for (const coco_pass_definition *const *pass = *list; *pass; ++pass) list_pass(*pass);
}

/* ---- Dialects and operations ---- */

void opt_show_dialects(const coco_context *context) {
  printf("Available Dialects: ");
  for (size_t i = 0; i < coco_context_dialect_count(context); ++i)
    printf("%s%s", i ? ", " : "", coco_context_dialect(context, i)->name);
  putchar('\n');
}

static void print_json_text(const char *text) {
  putchar('"');
  for (; *text; ++text) {
    if (*text == '"' || *text == '\\') putchar('\\');
    if ((unsigned char)*text < 0x20)
      printf("\\u%04x", (unsigned)*text);
    else
      putchar(*text);
  }
  putchar('"');
}

static void print_json_flag(const char *name, bool value) { printf(", \"%s\": %s", name, value ? "true" : "false"); }

static void print_json(const coco_operation_definition *row) {
  printf("  {\"name\": ");
  print_json_text(row->name);
  printf(", \"documentation\": ");
  print_json_text(row->documentation ? row->documentation : "");
  printf(", \"operands\": %u, \"attributes\": %u, \"results\": %u, \"regions\": %u", row->operand_row_count,
         row->attribute_count, row->result_row_count, row->region_count);
  print_json_flag("infer", row->infer);
  print_json_flag("verify", row->verify);
  print_json_flag("fold", row->fold);
  print_json_flag("evaluate", row->evaluate);
  print_json_flag("format", row->format || row->parse);
  print_json_flag("pure", row->traits & COCO_PURE);
  print_json_flag("terminator", row->traits & COCO_TERMINATOR);
  printf("}");
}

void opt_list_operations(const coco_context *context, bool json) {
  if (json) printf("[\n");
  bool first = true;
  for (size_t i = 0; i < coco_context_dialect_count(context); ++i) {
    const coco_dialect *dialect = coco_context_dialect(context, i);
    for (size_t k = 0; k < dialect->operation_count; ++k) {
      if (json) {
        if (!first) printf(",\n");
        print_json(dialect->operations[k]);
      } else {
        printf("%s\n", dialect->operations[k]->name);
      }
      first = false;
    }
  }
  if (json) printf("\n]\n");
}

/* ---- The reference, in Markdown ---- */

static const struct {
  uint32_t trait;
  const char *text;
} trait_texts[] = {{COCO_PURE, "pure"},
                   {COCO_TERMINATOR, "terminator"},
                   {COCO_COMMUTATIVE, "commutative"},
                   {COCO_IDEMPOTENT, "idempotent"},
                   {COCO_INVOLUTION, "involution"},
                   {COCO_SAME_TYPE, "operands and results of one type"},
                   {COCO_SAME_OPERAND_TYPES, "operands of one type"},
                   {COCO_ELEMENTWISE, "elementwise"},
                   {COCO_CONSTANT_LIKE, "constant"},
                   {COCO_SYMBOL, "symbol"},
                   {COCO_SYMBOL_TABLE, "symbol table"},
                   {COCO_ISOLATED, "isolated from above"},
                   {COCO_SINGLE_BLOCK, "one block"},
                   {COCO_RECURSIVE_EFFECTS, "effects of its regions"},
                   {COCO_READS, "reads memory"},
                   {COCO_ALLOCATES, "allocates"},
                   {COCO_GRAPH_REGION, "graph region"},
                   {COCO_CALL, "call"},
                   {COCO_LOOP, "loop"}};

/* A '|' would end a cell of the table. */
static void print_cell(const char *text) {
  for (; *text; ++text) printf(*text == '|' ? "\\%c" : "%c", *text);
}

static void print_values(const char *title, const coco_operand_row *rows, size_t count) {
  static const char *const arity[] = {[COCO_ONE] = "", [COCO_MAYBE] = "optional ", [COCO_MANY] = "any number of "};
  if (!count) return;
  printf("| %s | type |\n| --- | --- |\n", title);
  for (size_t i = 0; i < count; ++i)
    printf("| `%s` | %s%s |\n", rows[i].name, arity[rows[i].arity], coco_type_constraint_text(rows[i].kind));
  putchar('\n');
}

static void print_attributes(const coco_operation_definition *row) {
  if (!row->attribute_count) return;
  printf("| attribute | what |\n| --- | --- |\n");
  for (size_t i = 0; i < row->attribute_count; ++i) {
    const coco_attribute_row *attribute = &row->attributes[i];
    printf("| `%s` | %s%s", attribute->name, attribute->optional ? "optional " : "",
           coco_attribute_constraint_text(attribute->kind));
    if (attribute->detail) {
      printf(": `");
      print_cell(attribute->detail);
      printf("`");
    }
    printf(" |\n");
  }
  putchar('\n');
}

static void print_operation(const coco_operation_definition *row) {
  printf("## `%s`\n\n%s\n\n", row->name, row->documentation ? row->documentation : "");
  if (row->format) printf("Syntax: `` %s %s ``\n\n", row->name, row->format);
  bool first = true;
  for (size_t i = 0; i < sizeof trait_texts / sizeof *trait_texts; ++i) {
    if (!(row->traits & trait_texts[i].trait)) continue;
    printf("%s%s", first ? "Traits: " : ", ", trait_texts[i].text);
    first = false;
  }
  if (!first) printf("\n\n");
  print_values("operand", row->operands, row->operand_row_count);
  print_attributes(row);
  print_values("result", row->results, row->result_row_count);
  if (row->region_count) {
    printf("Regions:");
    for (size_t i = 0; i < row->region_count; ++i) printf("%s `%s`", i ? "," : "", row->region_names[i]);
    printf("\n\n");
  }
}

static void print_dialect_attribute(const coco_attribute_definition *row) {
  printf("## `#%s`\n\n%s\n\n", row->name, row->documentation ? row->documentation : "");
  if (!row->parameter_count) return;
  static const char *const kinds[] = {[COCO_PARAMETER_INTEGER] = "integer",
                                      [COCO_PARAMETER_INTEGERS] = "list of integers",
                                      [COCO_PARAMETER_KEYWORD] = "keyword",
                                      [COCO_PARAMETER_ATTRIBUTE] = "attribute"};
  printf("| parameter | what |\n| --- | --- |\n");
  for (size_t i = 0; i < row->parameter_count; ++i) {
    const coco_parameter_row *parameter = &row->parameters[i];
    printf("| `%s` | %s%s", parameter->name, parameter->optional ? "optional " : "", kinds[parameter->kind]);
    if (parameter->detail) {
      printf(": `");
      print_cell(parameter->detail);
      printf("`");
    }
    printf(" |\n");
  }
  putchar('\n');
}

/* ---- The reference of passes, in Markdown ---- */

static void print_pass_options(const coco_pass_definition *pass) {
  static const char *const kinds[] = {[COCO_OPTION_BOOL] = "true or false",
                                      [COCO_OPTION_INTEGER] = "an integer",
                                      [COCO_OPTION_COUNT] = "0 or more",
                                      [COCO_OPTION_STRING] = "a text",
                                      [COCO_OPTION_INTEGERS] = "integers"};
  if (!pass->option_count) return;
  printf("| option | value | default | what |\n| --- | --- | --- | --- |\n");
  for (size_t i = 0; i < pass->option_count; ++i) {
    const coco_option_row *option = &pass->options[i];
    printf("| `%s` | %s | %s%s%s | ", option->name, kinds[option->kind], option->default_text ? "`" : "",
           option->default_text ? option->default_text : "", option->default_text ? "`" : "");
    print_cell(option->documentation);
    printf(" |\n");
  }
  putchar('\n');
}

static void print_pass(const coco_pass_definition *pass) {
  printf("## `%s`\n\n%s\n\n", pass->name, pass->documentation);
  if (pass->anchor) printf("Runs on `%s`.\n\n", pass->anchor);
  if (pass->pipeline) printf("Pipeline: `%s`\n\n", pass->pipeline);
  print_pass_options(pass);
  if (pass->statistic_count) printf("Counts:");
  for (size_t i = 0; i < pass->statistic_count; ++i) printf("%s %s", i ? "," : "", pass->statistics[i]);
  if (pass->statistic_count) printf(".\n\n");
}

void opt_print_pass_docs(void) {
  printf(
      "# Passes\n\n[coco-opt.md](coco-opt.md) says how to run them, `coco-opt --print-pass-docs` prints their reference, "
      "and the head of each file says what it does, needs and costs.\n\n");
  for (const coco_pass_definition *const *const *list = coco_all_passes()->lists; *list; ++list)
    for (const coco_pass_definition *const *pass = *list; *pass; ++pass) print_pass(*pass);
}

coco_status opt_print_op_docs(const coco_tool *tool, const char *name) {
  const coco_dialect *dialect = coco_context_find_dialect(tool->context, coco_string_from(name));
  if (!dialect) return coco_tool_error(tool, "there is no dialect '%s'; --show-dialects lists them", name);
  printf("# The %s dialect\n\n%s\n\n", dialect->name, dialect->documentation ? dialect->documentation : "");
  for (size_t i = 0; i < dialect->operation_count; ++i) print_operation(dialect->operations[i]);
  for (size_t i = 0; i < dialect->attribute_count; ++i) print_dialect_attribute(dialect->attributes[i]);
  return COCO_OK;
}
