/* The operations of a root as a graph in DOT, the language of Graphviz: a box for each operation, a cluster for each
 * that has regions, an arrow for each use of a value, and with control-flow=true one for each successor. Cost:
 * linear. */
#include "ir/context.h"
#include "ir/operation.h"
#include "ir/printer.h"
#include "passes/passes.h"

enum { MAX_LABEL, PRINT_ATTRIBUTES, PRINT_RESULT_TYPES, CONTROL_FLOW };
static const coco_option_row options[] = {
    {"max-label-len", COCO_OPTION_COUNT, "20", "Cut attributes and types to so many characters."},
    {"print-attrs", COCO_OPTION_BOOL, "true", "Print attributes of operations."},
    {"print-result-types", COCO_OPTION_BOOL, "true", "Print the types of results."},
    {"print-control-flow-edges", COCO_OPTION_BOOL, "false", "Print arrows to successors."},
};

typedef struct drawing {
  const coco_pass *pass;
  const coco_allocator *allocator;
  coco_buffer out;
  coco_pointer_map numbers; /* operation, or argument, to its node's number */
  uintptr_t count;
  size_t depth;
} drawing;

static uintptr_t number_of(const drawing *d, const void *thing) {
  return (uintptr_t)coco_pointer_map_get(&d->numbers, thing);
}

static coco_status give_number(drawing *d, const void *thing) {
  return coco_pointer_map_set(&d->numbers, thing, (void *)++d->count);
}

static void indent(drawing *d) { coco_buffer_indent(&d->out, 2 * d->depth); }

/* TEXT inside a DOT string, cut to LIMIT bytes (0: whole). */
static void put_text(drawing *d, coco_string text, size_t limit) {
  const size_t size = limit && text.size > limit ? limit : text.size;
  for (size_t i = 0; i < size; ++i) {
    const char c = text.data[i];
    if (c == '"' || c == '\\') coco_buffer_byte(&d->out, '\\');
    coco_buffer_byte(&d->out, (unsigned char)c < 0x20 ? ' ' : c);
  }
  if (size < text.size) coco_buffer_text(&d->out, "...");
}

static size_t label_limit(const drawing *d) {
  const int64_t limit = d->pass->options[MAX_LABEL].integer;
  return limit > 0 ? (size_t)limit : 0;
}

static coco_status put_attribute(drawing *d, coco_string name, const coco_attribute *value) {
  coco_buffer text = COCO_BUFFER(d->allocator);
  coco_print_attribute(&text, value);
  coco_status status = text.status;
  if (status == COCO_OK) {
    coco_buffer_text(&d->out, "\\n");
    put_text(d, name, 0);
    coco_buffer_text(&d->out, ": ");
    put_text(d, coco_buffer_view(&text), label_limit(d));
  }
  coco_buffer_free(&text);
  return status;
}

static coco_status put_attributes(drawing *d, const coco_operation *operation) {
  for (size_t i = 0; operation->definition->is_registered && i < operation->definition->attribute_count; ++i)
    if (operation->properties[i])
      COCO_TRY(put_attribute(d, coco_string_from(operation->definition->attributes[i].name), operation->properties[i]));
  const coco_attribute *others = operation->definition->is_registered ? operation->attributes
                                 : operation->properties              ? operation->properties[0]
                                                                      : NULL;
  for (size_t i = 0; others && i < others->count; ++i)
    COCO_TRY(put_attribute(d, others->entries[i].name, others->entries[i].value));
  return COCO_OK;
}

static coco_status put_label(drawing *d, const coco_operation *operation) {
  char type[128];
  put_text(d, coco_operation_name(operation), 0);
  coco_buffer_text(&d->out, " : (");
  for (size_t i = 0; d->pass->options[PRINT_RESULT_TYPES].integer && i < operation->result_count; ++i) {
    if (i) coco_buffer_text(&d->out, ", ");
    put_text(d, coco_string_from(coco_type_text(operation->results[i].type, type, sizeof type)), label_limit(d));
  }
  coco_buffer_text(&d->out, ")");
  return d->pass->options[PRINT_ATTRIBUTES].integer ? put_attributes(d, operation) : COCO_OK;
}

static coco_status draw_operation(drawing *d, coco_operation *operation);

static coco_status draw_region(drawing *d, coco_region *region) {
  char type[128];
  for (coco_block *block = region->first; block; block = block->next) {
    indent(d);
    coco_buffer_format(&d->out, "subgraph cluster_%llu {\n", (unsigned long long)++d->count);
    ++d->depth;
    indent(d);
    coco_buffer_text(&d->out, "label = \"\";\n");
    COCO_TRY(give_number(d, block));
    indent(d);
    coco_buffer_format(&d->out, "v%llu [label = \" \", shape = plain];\n", (unsigned long long)d->count);
    for (size_t i = 0; i < block->argument_count; ++i) {
      COCO_TRY(give_number(d, block->arguments[i]));
      indent(d);
      coco_buffer_format(&d->out, "v%llu [label = \"arg%zu : ", (unsigned long long)d->count, i);
      put_text(d, coco_string_from(coco_type_text(block->arguments[i]->type, type, sizeof type)), label_limit(d));
      coco_buffer_text(&d->out, "\", shape = ellipse];\n");
    }
    for (coco_operation *operation = block->first; operation; operation = operation->next)
      COCO_TRY(draw_operation(d, operation));
    --d->depth;
    indent(d);
    coco_buffer_text(&d->out, "}\n");
  }
  return COCO_OK;
}

/* Recursion is bounded by the nesting that the verifier allows. */
static coco_status draw_operation(drawing *d, coco_operation *operation) {
  indent(d);
  if (operation->region_count) {
    coco_buffer_format(&d->out, "subgraph cluster_%llu {\n", (unsigned long long)++d->count);
    ++d->depth;
    indent(d);
    coco_buffer_text(&d->out, "label = \"");
    COCO_TRY(put_label(d, operation));
    coco_buffer_text(&d->out, "\";\n");
    COCO_TRY(give_number(d, operation)); /* arrows need a node to end at */
    indent(d);
    coco_buffer_format(&d->out, "v%llu [label = \" \", shape = plain];\n", (unsigned long long)d->count);
    for (size_t i = 0; i < operation->region_count; ++i) COCO_TRY(draw_region(d, coco_operation_region(operation, i)));
    --d->depth;
    indent(d);
    coco_buffer_text(&d->out, "}\n");
    return d->out.status;
  }
  COCO_TRY(give_number(d, operation));
  coco_buffer_format(&d->out, "v%llu [label = \"", (unsigned long long)d->count);
  COCO_TRY(put_label(d, operation));
  coco_buffer_text(&d->out, "\", shape = box];\n");
  return d->out.status;
}

static void draw_arrows(drawing *d, const coco_operation *operation) {
  const unsigned long long to = number_of(d, operation);
  for (size_t i = 0; i < operation->operand_count; ++i) {
    const coco_value *value = coco_operation_operand(operation, i);
    const uintptr_t from =
        number_of(d, value->is_argument ? (const void *)value : (const void *)coco_value_operation(value));
    if (!from) continue; /* from outside of the root */
    coco_buffer_format(&d->out, "  v%llu -> v%llu", (unsigned long long)from, to);
    if (operation->operand_count > 1) coco_buffer_format(&d->out, " [label = \"%zu\"]", i);
    coco_buffer_text(&d->out, ";\n");
  }
  for (size_t i = 0; d->pass->options[CONTROL_FLOW].integer && i < operation->successor_count; ++i)
    coco_buffer_format(&d->out, "  v%llu -> v%llu [style = dashed];\n", to,
                       (unsigned long long)number_of(d, coco_operation_successor(operation, i)));
}

static coco_status draw(drawing *d, coco_operation *root) {
  coco_buffer_text(&d->out, "digraph G {\n  compound = true;\n");
  COCO_TRY(draw_operation(d, root));
  for (coco_operation *operation = root; operation; operation = coco_walk_next(operation, root))
    draw_arrows(d, operation);
  coco_buffer_text(&d->out, "}\n");
  return d->out.status;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  const coco_allocator *allocator = coco_context_allocator(pass->context);
  drawing d = {.pass = pass,
               .allocator = allocator,
               .out = COCO_BUFFER(allocator),
               .numbers = {.allocator = allocator},
               .depth = 1};
  coco_status status = draw(&d, root);
  if (status == COCO_OK && pass->print) pass->print(pass->print_user, coco_buffer_view(&d.out));
  coco_pointer_map_free(&d.numbers);
  coco_buffer_free(&d.out);
  return status;
}

const coco_pass_definition coco_pass_view_op_graph = {
    .name = "view-op-graph",
    .documentation = "Print the operations as a graph in DOT, the language of Graphviz.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run};
