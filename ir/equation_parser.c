/* Reading equations (see ir/equation.h) once, when their dialect is registered. Linear in the text. */
#include <ctype.h>
#include <stdlib.h>

#include "ir/base/buffer.h"
#include "ir/equation_internal.h"
#include "ir/row_check.h"

typedef struct reader {
  coco_context *context;
  const coco_pattern *pattern;
  const char *at;
  coco_equation *equation;
  coco_string values[COCO_EQUATION_NAMES], attributes[COCO_EQUATION_NAMES];
  uint8_t attribute_names;
  bool right; /* the right side: names must be known */
} reader;

static coco_status wrong(reader *r, const char *reason) {
  return coco_error(r->context, NULL, "pattern '%s' is wrong at '%s': %s", r->pattern->name, r->at, reason);
}

static void skip_space(reader *r) {
  while (isspace((unsigned char)*r->at)) ++r->at;
}

static bool take(reader *r, char byte) {
  skip_space(r);
  if (*r->at != byte) return false;
  ++r->at;
  return true;
}

/* Letters, digits, underscores and dots; empty: there is none. */
static coco_string take_word(reader *r) {
  skip_space(r);
  const char *start = r->at;
  while (isalnum((unsigned char)*r->at) || *r->at == '_' || *r->at == '.') ++r->at;
  return (coco_string){start, (size_t)(r->at - start)};
}

static bool take_keyword(reader *r, const char *keyword) {
  const char *start = r->at;
  if (coco_string_is(take_word(r), keyword)) return true;
  r->at = start;
  return false;
}

static uint8_t find_name(const coco_string *names, size_t count, coco_string name) {
  for (size_t i = 0; i < count; ++i)
    if (coco_string_equal(names[i], name)) return (uint8_t)i;
  return COCO_EQUATION_NO_NAME;
}

/* The name's place among NAMES, a new one if this is the left side. */
static coco_status name_place(reader *r, coco_string *names, uint8_t *count, coco_string name, uint8_t *out) {
  *out = find_name(names, *count, name);
  if (*out != COCO_EQUATION_NO_NAME) return COCO_OK;
  if (r->right) return wrong(r, "the left side has no such name");
  if (*count == COCO_EQUATION_NAMES) return wrong(r, "too many names");
  names[*out = (*count)++] = name;
  return COCO_OK;
}

static bool is_value_name(coco_string word) { return word.size && !memchr(word.data, '.', word.size); }

/* ---- Attributes ---- */

static coco_status read_literal(reader *r, const coco_attribute_row *row, const coco_attribute **out) {
  char *end;
  *out = NULL;
  if (row->kind == COCO_IS_BOOL) {
    const bool yes = take_keyword(r, "true");
    if (!yes && !take_keyword(r, "false")) return COCO_OK;
    *out = coco_attribute_bool(r->context, yes);
    return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
  }
  if (!isdigit((unsigned char)*r->at) && *r->at != '-') return COCO_OK;
  const double number = strtod(r->at, &end);
  if (row->kind == COCO_IS_F32) *out = coco_attribute_f32(r->context, (float)number);
  else if (row->kind == COCO_IS_I64) *out = coco_attribute_integer(r->context, coco_type_integer(r->context, 64), (int64_t)number);
  else return wrong(r, "the attribute is no number");
  r->at = end;
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

static coco_status read_attribute(reader *r, coco_equation_node *node) {
  const coco_operation_definition *row = node->definition;
  if (node->attribute_count == COCO_EQUATION_ATTRIBUTES) return wrong(r, "too many attributes");
  coco_equation_attribute *attribute = &node->attributes[node->attribute_count++];
  *attribute = (coco_equation_attribute){.name = COCO_EQUATION_NO_NAME};
  const size_t index = coco_definition_attribute_index(row, take_word(r));
  if (index == row->attribute_count) return wrong(r, "the operation has no such attribute");
  attribute->index = (uint8_t)index;
  if (!take(r, '=')) return wrong(r, "expected '='");
  skip_space(r);
  COCO_TRY(read_literal(r, &row->attributes[index], &attribute->literal));
  if (attribute->literal || (!r->right && take_keyword(r, "any"))) return COCO_OK;
  const coco_string name = take_word(r);
  if (!name.size) return wrong(r, "expected a number, true, false or a name");
  return name_place(r, r->attributes, &r->attribute_names, name, &attribute->name);
}

/* ---- Values ---- */

static coco_status read_value(reader *r, uint8_t *out);

static coco_status check_operation(reader *r, const coco_operation_definition *row, bool is_root) {
  if (!row) return wrong(r, "no operation has this name");
  if (row->result_row_count != 1 || row->region_count || (row->traits & (COCO_OPERAND_SEGMENTS | COCO_TERMINATOR)))
    return wrong(r, "the operation must have one result, and no regions or operand segments");
  return r->right && !is_root && !row->infer ? wrong(r, "the operation's type cannot be inferred") : COCO_OK;
}

static coco_status read_operation(reader *r, coco_equation_node *node, coco_string name, bool is_root) {
  node->definition = coco_context_find_operation(r->context, name);
  COCO_TRY(check_operation(r, node->definition, is_root));
  if (!take(r, '(')) return wrong(r, "expected '('");
  do {
    if (node->operand_count == COCO_EQUATION_OPERANDS) return wrong(r, "too many operands");
    COCO_TRY(read_value(r, &node->operands[node->operand_count++]));
  } while (take(r, ','));
  if (!coco_row_takes(node->definition->operands, node->definition->operand_row_count, node->operand_count))
    return wrong(r, "the operation takes another number of operands");
  if (!take(r, ')')) return wrong(r, "expected ')'");
  if (!take(r, '{')) return COCO_OK;
  do COCO_TRY(read_attribute(r, node));
  while (take(r, ','));
  return take(r, '}') ? COCO_OK : wrong(r, "expected '}'");
}

/* Nesting is bounded by the number of nodes. */
static coco_status read_value(reader *r, uint8_t *out) {
  coco_equation *equation = r->equation;
  if (equation->node_count == COCO_EQUATION_NODES) return wrong(r, "too many operations and names");
  const uint8_t index = equation->node_count++;
  const bool is_root = index == 0 || (r->right && equation->result == index);
  coco_equation_node *node = &equation->nodes[index];
  *node = (coco_equation_node){.name = COCO_EQUATION_NO_NAME};
  *out = index;
  coco_string word = take_word(r);
  if (is_value_name(word)) {
    COCO_TRY(name_place(r, r->values, &equation->name_count, word, &node->name));
    if (!take(r, ':')) return COCO_OK;
    if (r->right || index == 0) return wrong(r, "only operations inside the left side can be named");
    word = take_word(r);
  }
  return read_operation(r, node, word, is_root);
}

/* ---- Constraints ---- */

/* After "of". */
static coco_status read_kind(reader *r, coco_equation_constraint *constraint) {
  if (take_keyword(r, "result") && take_keyword(r, "type")) {
    constraint->of_result_type = true;
    return COCO_OK;
  }
  if (!take_keyword(r, "rank")) return wrong(r, "expected 'rank' or 'result type'");
  char *end;
  skip_space(r);
  constraint->of_rank = true;
  constraint->rank = strtoll(r->at, &end, 10);
  if (end == r->at) return wrong(r, "expected a number");
  r->at = end;
  return COCO_OK;
}

static coco_status read_constraint(reader *r) {
  const coco_string word = take_word(r);
  uint8_t name;
  if (coco_string_is(word, "result") && take_keyword(r, "at"))
    return name_place(r, r->values, &r->equation->name_count, take_word(r), &r->equation->location);
  COCO_TRY(name_place(r, r->values, &r->equation->name_count, word, &name));
  coco_equation_constraint *constraint = &r->equation->constraints[name];
  if (take_keyword(r, "of")) return read_kind(r, constraint);
  if (take_keyword(r, "constant")) constraint->constant = true;
  else if (take_keyword(r, "once")) constraint->once = true;
  else return wrong(r, "expected 'constant', 'once' or 'of'");
  return COCO_OK;
}

static coco_status read_equation(reader *r) {
  uint8_t root;
  COCO_TRY(read_value(r, &root));
  if (!r->equation->nodes[0].definition) return wrong(r, "the left side must be an operation");
  if (!take(r, '=')) return wrong(r, "expected '='");
  r->right = true;
  r->equation->result = r->equation->node_count;
  COCO_TRY(read_value(r, &root));
  if (take_keyword(r, "where")) {
    do COCO_TRY(read_constraint(r));
    while (take(r, ','));
  }
  skip_space(r);
  return *r->at ? wrong(r, "expected the end") : COCO_OK;
}

coco_status coco_equation_read(coco_context *context, coco_arena *arena, const coco_pattern *pattern,
                               const coco_equation **out) {
  reader r = {.context = context, .pattern = pattern, .at = pattern->equation};
  *out = r.equation = coco_arena_allocate_zeroed(arena, 1, sizeof *r.equation);
  if (!r.equation) return COCO_OUT_OF_MEMORY;
  r.equation->location = COCO_EQUATION_NO_NAME;
  return read_equation(&r);
}
