/* Changes of the text of a pipeline: names and options are those of the passes that there are. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "api/registry.h"
#include "tests/fuzz/support/mutators.h"

static const coco_pass_definition *choose_pass(choice *c) {
  size_t count = 0;
  const coco_pass_definition *chosen = NULL;
  for (const coco_pass_definition *const *const *list = coco_all_passes()->lists; *list; ++list)
    for (const coco_pass_definition *const *pass = *list; *pass; ++pass)
      if (one_in(c, ++count)) chosen = *pass;
  return chosen;
}

static void append_text(coco_buffer *out, const char *text) { coco_buffer_append(out, text, strlen(text)); }

static void append_value(choice *c, coco_buffer *out, const coco_option_row *row) {
  static const char *const words[] = {"none",        "all", "auto", "main",   "x86-64-v4",
                                      "neoverse-n1", "8",   "3.6",  "strict", "direct"};
  char number[32];
  snprintf(number, sizeof number, "%" PRId64, choose_integer(c));
  if (row->default_text && one_in(c, 4))
    append_text(out, row->default_text);
  else if (row->kind == COCO_OPTION_BOOL)
    append_text(out, one_in(c, 2) ? "true" : "false");
  else if (row->kind == COCO_OPTION_STRING)
    append_text(out, words[choose(c, sizeof words / sizeof *words)]);
  else
    append_text(out, number);
  for (size_t more = row->kind == COCO_OPTION_INTEGERS ? choose(c, 3) : 0; more; --more) append_text(out, ",8");
}

static void append_pass(choice *c, coco_buffer *out) {
  const coco_pass_definition *pass = choose_pass(c);
  append_text(out, pass->name);
  if (!pass->option_count || one_in(c, 2)) return;
  append_text(out, "{");
  for (size_t i = 0, count = 1 + choose(c, 2); i < count; ++i) {
    const coco_option_row *row = &pass->options[choose(c, pass->option_count)];
    append_text(out, i ? " " : "");
    append_text(out, row->name);
    append_text(out, "=");
    append_value(c, out, row);
  }
  append_text(out, "}");
}

/* A place between two steps: the start, the end, or at a comma outside of options. */
static size_t choose_place(choice *c, coco_string text) {
  size_t count = 1, chosen = one_in(c, 2) ? 0 : text.size, depth = 0;
  for (size_t i = 0; i < text.size; ++i) {
    if (text.data[i] == '{')
      ++depth;
    else if (text.data[i] == '}' && depth)
      --depth;
    else if (text.data[i] == ',' && depth == 0 && one_in(c, ++count))
      chosen = i;
  }
  return chosen;
}

/* The end of the step that starts at AT, in nested pipelines too. */
static size_t step_end(coco_string text, size_t at) {
  size_t depth = 0;
  for (; at < text.size; ++at) {
    if (strchr("({", text.data[at]))
      ++depth;
    else if (strchr(")}", text.data[at]) && depth-- == 0)
      return at;
    else if (text.data[at] == ',' && depth == 0)
      return at;
  }
  return text.size;
}

static void insert_pass(choice *c, coco_string text, size_t at, size_t end, coco_buffer *out) {
  coco_buffer_append(out, text.data, at);
  if (at) append_text(out, ",");
  if (one_in(c, 4)) {
    append_text(out, one_in(c, 2) ? "func.func(" : "any(");
    append_pass(c, out);
    append_text(out, ")");
  } else {
    append_pass(c, out);
  }
  if (end < text.size && text.data[end] != ',' && text.data[end] != ')') append_text(out, ",");
  coco_buffer_append(out, text.data + end, text.size - end);
}

bool mutate_pipeline(choice *c, coco_string text, coco_buffer *out) {
  if (text.size == 0) {
    append_pass(c, out);
    return true;
  }
  if (one_in(c, 8)) return mutate_tokens(c, text, out);
  size_t at = choose_place(c, text), start = at && at < text.size ? at + 1 : at, end = step_end(text, start);
  if (text.size > 400 || one_in(c, 3)) { /* takes out */
    coco_buffer_append(out, text.data, at);
    size_t from = at == 0 && end < text.size ? end + 1 : end;
    coco_buffer_append(out, text.data + from, text.size - from);
    return true;
  }
  insert_pass(c, text, at, one_in(c, 2) ? end : at, out);
  return true;
}
