/* Prints how many operations of each kind there are, by name; as mlir-opt writes it. Linear in operations, and in their
 * kinds times its logarithm. */
#include <stdlib.h>

#include "passes/passes.h"

enum { JSON };
static const coco_option_row options[] = {
    {"json", COCO_OPTION_BOOL, "false", "Print an object of names and numbers."},
};

typedef struct kind {
  coco_string name;
  size_t count;
} kind;

typedef struct kinds {
  const coco_allocator *allocator;
  coco_string_map positions; /* name to position + 1 */
  COCO_VECTOR_OF(kind) list;
} kinds;

static coco_status count(kinds *k, coco_operation *root) {
  for (coco_operation *operation = root; operation; operation = coco_walk_next(operation, root)) {
    coco_string name = coco_operation_name(operation);
    uintptr_t position = (uintptr_t)coco_string_map_get(&k->positions, name);
    if (!position) {
      COCO_TRY(coco_vector_push(k->allocator, &k->list, ((kind){name, 0})));
      position = k->list.count;
      COCO_TRY(coco_string_map_set(&k->positions, name, (void *)position));
    }
    ++k->list.items[position - 1].count;
  }
  return COCO_OK;
}

static int by_name(const void *a, const void *b) {
  return coco_string_compare(((const kind *)a)->name, ((const kind *)b)->name);
}

/* The bytes before the first '.'. */
static size_t dialect_size(coco_string name) {
  const char *dot = memchr(name.data, '.', name.size);
  return dot ? (size_t)(dot - name.data) : 0;
}

static void print_table(const kinds *k, coco_buffer *out) {
  size_t dialects = 0, names = 0;
  for (size_t i = 0; i < k->list.count; ++i) {
    size_t dialect = dialect_size(k->list.items[i].name), rest = k->list.items[i].name.size - dialect;
    if (dialect > dialects) dialects = dialect;
    if (rest > names) names = rest;
  }
  coco_buffer_text(out, "Operations encountered:\n-----------------------\n");
  for (size_t i = 0; i < k->list.count; ++i) {
    coco_string name = k->list.items[i].name;
    size_t dialect = dialect_size(name);
    coco_buffer_indent(out, 2 + dialects - dialect);
    coco_buffer_string(out, name);
    coco_buffer_indent(out, names - (name.size - dialect));
    coco_buffer_format(out, " , %zu\n", k->list.items[i].count);
  }
}

static void print_json(const kinds *k, coco_buffer *out) {
  coco_buffer_text(out, "{\n");
  for (size_t i = 0; i < k->list.count; ++i)
    coco_buffer_format(out, "  \"%.*s\" : %zu%s\n", COCO_PRINT(k->list.items[i].name), k->list.items[i].count,
                       i + 1 < k->list.count ? "," : "");
  coco_buffer_text(out, "}\n");
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  const coco_allocator *allocator = coco_context_allocator(pass->context);
  kinds k = {.allocator = allocator, .positions = {.allocator = allocator}};
  coco_buffer out = COCO_BUFFER(allocator);
  coco_status status = count(&k, root);
  if (status == COCO_OK) {
    qsort(k.list.items, k.list.count, sizeof *k.list.items, by_name);
    if (pass->options[JSON].integer)
      print_json(&k, &out);
    else
      print_table(&k, &out);
    status = out.status;
  }
  if (status == COCO_OK && pass->print) pass->print(pass->print_user, coco_buffer_view(&out));
  coco_buffer_free(&out);
  coco_string_map_free(&k.positions);
  coco_vector_free(allocator, &k.list);
  return status;
}

const coco_pass_definition coco_pass_print_op_stats = {
    .name = "print-op-stats",
    .documentation = "Print how many operations of each kind there are.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run};
