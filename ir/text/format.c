/* Compiling `format` strings. Cost: linear in the string, once per row that is met. */
#include "ir/text/format.h"

enum { MAXIMUM_ELEMENTS = 128 };

typedef struct compiler {
  const coco_operation_definition *definition;
  const char *next;
  coco_format *format;
  coco_format_element elements[MAXIMUM_ELEMENTS];
  size_t count;
  const char *error;
  coco_arena *arena;
} compiler;

bool coco_choice_has(const char *choices, coco_string choice) {
  for (const char *start = choices; start; start = strchr(start, '|')) {
    if (*start == '|') start++;
    size_t size = strcspn(start, "|");
    if (coco_string_equal((coco_string){start, size}, choice)) return true;
  }
  return false;
}

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static void skip_space(compiler *c) {
  while (*c->next == ' ' || *c->next == '\n') c->next++;
}

static bool take(compiler *c, const char *text) {
  skip_space(c);
  size_t size = strlen(text);
  if (strncmp(c->next, text, size)) return false;
  if (is_word(text[size - 1]) && is_word(c->next[size])) return false;
  c->next += size;
  return true;
}

static void fail(compiler *c, const char *error) {
  if (!c->error) c->error = error;
}

static void require(compiler *c, const char *text, const char *error) {
  if (!take(c, text)) fail(c, error);
}

static coco_format_element *add(compiler *c, coco_format_kind kind, size_t index) {
  if (c->count == MAXIMUM_ELEMENTS) {
    fail(c, "too long");
    c->count--;
  }
  c->elements[c->count] = (coco_format_element){.kind = kind, .index = (uint16_t)index};
  return &c->elements[c->count++];
}

static coco_string word(compiler *c) {
  const char *start = c->next;
  while (is_word(*c->next)) c->next++;
  return (coco_string){start, (size_t)(c->next - start)};
}

static size_t find_operand(const coco_operation_definition *definition, coco_string name) {
  size_t i = 0;
  while (i < definition->operand_row_count && !coco_string_is(name, definition->operands[i].name)) i++;
  return i;
}

static size_t find_result(const coco_operation_definition *definition, coco_string name) {
  size_t i = 0;
  while (i < definition->result_row_count && !coco_string_is(name, definition->results[i].name)) i++;
  return i;
}

static void compile_literal(compiler *c) {
  const char *stop = strchr(c->next, '`');
  if (!stop) {
    fail(c, "a literal without its closing backquote");
    return;
  }
  coco_string text = {c->next, (size_t)(stop - c->next)};
  bool is_space = text.size == 0 || coco_string_equal(text, COCO_STRING(" "));
  add(c, is_space ? COCO_FORMAT_SPACE : COCO_FORMAT_LITERAL, 0)->text = text;
  c->next = stop + 1;
}

static void compile_variable(compiler *c) {
  const coco_operation_definition *definition = c->definition;
  coco_string name = word(c);
  size_t operand = find_operand(definition, name), attribute = coco_definition_attribute_index(definition, name);
  if (operand < definition->operand_row_count) {
    add(c, COCO_FORMAT_OPERAND, operand);
  } else if (attribute < definition->attribute_count) {
    add(c, COCO_FORMAT_ATTRIBUTE, attribute);
    c->format->attributes |= (uint64_t)1 << (attribute & 63);
    if (attribute > 63) fail(c, "more than 64 attributes");
  } else {
    size_t i = 0;
    while (i < definition->region_count && !coco_string_is(name, definition->region_names[i])) i++;
    if (i == definition->region_count) fail(c, "a name that the row does not have");
    add(c, COCO_FORMAT_REGION, i);
  }
}

/* After "type(". */
static void compile_type(compiler *c) {
  if (take(c, "operands")) {
    add(c, COCO_FORMAT_OPERAND_TYPES, 0);
  } else if (take(c, "results")) {
    add(c, COCO_FORMAT_RESULT_TYPES, 0);
  } else {
    require(c, "$", "type(...) wants $name, operands or results");
    coco_string name = word(c);
    size_t operand = find_operand(c->definition, name), result = find_result(c->definition, name);
    if (operand < c->definition->operand_row_count) {
      add(c, COCO_FORMAT_OPERAND_TYPE, operand);
    } else if (result < c->definition->result_row_count) {
      add(c, COCO_FORMAT_RESULT_TYPE, result);
    } else {
      fail(c, "type(...) of a name that the row does not have");
    }
  }
  require(c, ")", "type(...) without ')'");
}

static void compile_elements(compiler *c, bool in_group, size_t *out_anchor);

static void compile_group(compiler *c) {
  size_t start = c->count, anchor = SIZE_MAX;
  add(c, COCO_FORMAT_GROUP, 0);
  compile_elements(c, true, &anchor);
  require(c, ")", "an optional group without ')'");
  require(c, "?", "an optional group without '?'");
  if (anchor == SIZE_MAX) {
    fail(c, "an optional group without an anchor");
    return;
  }
  c->elements[start].index = (uint16_t)(anchor - start - 1);
  c->elements[start].length = (uint16_t)(c->count - start - 1);
}

static void compile_functional_type(compiler *c) {
  static const char *const error = "functional-type wants (operands, results)";
  coco_format_element *element = add(c, COCO_FORMAT_FUNCTIONAL_TYPE, 0);
  require(c, "(", error);
  if (take(c, "$")) {
    size_t group = find_operand(c->definition, word(c));
    if (group == c->definition->operand_row_count) fail(c, error);
    element->index = (uint16_t)(group + 1);
  } else {
    require(c, "operands", error);
  }
  require(c, ",", error);
  if (take(c, "$")) {
    size_t group = find_result(c->definition, word(c));
    if (group == c->definition->result_row_count) fail(c, error);
    element->length = (uint16_t)(group + 1);
  } else {
    require(c, "results", error);
  }
  require(c, ")", error);
}

static void compile_directive(compiler *c) {
  if (take(c, "attr-dict-with-keyword")) {
    add(c, COCO_FORMAT_DICTIONARY_WITH_KEYWORD, 0);
  } else if (take(c, "attr-dict")) {
    add(c, COCO_FORMAT_DICTIONARY, 0);
  } else if (take(c, "functional-type")) {
    compile_functional_type(c);
  } else if (take(c, "type")) {
    require(c, "(", "type without '('");
    compile_type(c);
  } else if (take(c, "operands")) {
    add(c, COCO_FORMAT_OPERANDS, 0);
  } else if (take(c, "regions")) {
    add(c, COCO_FORMAT_REGIONS, 0);
  } else if (take(c, "successors")) {
    add(c, COCO_FORMAT_SUCCESSORS, 0);
  } else {
    fail(c, "an unknown directive");
  }
}

static void compile_elements(compiler *c, bool in_group, size_t *out_anchor) {
  for (;;) {
    skip_space(c);
    if (c->error || *c->next == '\0' || *c->next == ')') return;
    size_t place = c->count;
    if (take(c, "`")) {
      compile_literal(c);
    } else if (take(c, "$")) {
      compile_variable(c);
    } else if (take(c, "(")) {
      if (in_group) fail(c, "an optional group inside another");
      if (!in_group) compile_group(c);
    } else {
      compile_directive(c);
    }
    if (!take(c, "^")) continue;
    if (!out_anchor || *out_anchor != SIZE_MAX) fail(c, "'^' outside of an optional group, or twice");
    if (out_anchor) *out_anchor = place;
  }
}

static bool has_dictionary(const compiler *c) {
  for (size_t i = 0; i < c->count; i++) {
    coco_format_kind kind = c->elements[i].kind;
    if (kind == COCO_FORMAT_DICTIONARY || kind == COCO_FORMAT_DICTIONARY_WITH_KEYWORD) return true;
  }
  return false;
}

static coco_status list_elided(compiler *c) {
  const coco_operation_definition *definition = c->definition;
  c->format->elided = coco_arena_allocate(c->arena, (definition->attribute_count + 1u) * sizeof *c->format->elided);
  if (!c->format->elided) return COCO_OUT_OF_MEMORY;
  size_t count = 0;
  for (size_t i = 0; i < definition->attribute_count && i < 64; i++) {
    if (c->format->attributes >> i & 1) c->format->elided[count++] = definition->attributes[i].name;
  }
  c->format->elided[count] = NULL;
  return COCO_OK;
}

const coco_format *coco_formats_get(coco_formats *formats, const coco_operation_definition *definition) {
  coco_format *format = coco_pointer_map_get(&formats->map, definition);
  if (format) return format;
  format = coco_arena_allocate_zeroed(formats->arena, 1, sizeof *format);
  if (!format) return NULL;
  compiler c = {.definition = definition, .next = definition->format, .format = format, .arena = formats->arena};
  compile_elements(&c, false, NULL);
  if (*c.next) fail(&c, "something left over");
  if (!has_dictionary(&c)) fail(&c, "no attr-dict");
  if (list_elided(&c) != COCO_OK) return NULL;
  format->error = c.error;
  format->count = c.count;
  format->elements = coco_arena_copy_bytes(formats->arena, c.elements, (c.count ? c.count : 1) * sizeof *c.elements);
  if (!format->elements || coco_pointer_map_set(&formats->map, definition, format) != COCO_OK) return NULL;
  return format;
}

void coco_formats_free(coco_formats *formats) { coco_pointer_map_free(&formats->map); }
