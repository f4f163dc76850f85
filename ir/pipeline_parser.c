/* Textual pipelines:
 *
 *   pipeline := anchor "(" list ")" | list
 *   list     := (item ("," item)*)?
 *   item     := name ("{" (option ("=" value)?)* "}")? | anchor "(" list ")"
 *
 * White space, newlines included, may stand between all tokens. A list without an anchor is for
 * the root, mostly builtin.module, and its passes that run on another operation are nested by themselves; inside an
 * anchor what is written is what is meant. A named pipeline is replaced by the text it stands for. */
#include "ir/pass_internal.h"
#include "ir/pass_options.h"

typedef struct parser {
  coco_pass_manager *manager;
  coco_string file, text;
  size_t at;
  size_t depth;  /* of anchors and named pipelines */
  bool implicit; /* passes may be nested by themselves */
  bool spelled;
  const struct parser *caller;        /* of a named pipeline's text: who expands it, */
  const coco_pass_definition *called; /* what it is, */
  size_t called_at;                   /* and where its name stands */
} parser;

/* ---- Tokens ---- */

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

static void skip_space(parser *p) {
  while (p->at < p->text.size && is_space(p->text.data[p->at])) ++p->at;
}

/* The next byte that is no white space; 0 at the end. */
static char peek(parser *p) {
  skip_space(p);
  return p->at < p->text.size ? p->text.data[p->at] : 0;
}

static coco_string take_name(parser *p) {
  skip_space(p);
  size_t start = p->at;
  while (p->at < p->text.size && is_name_byte(p->text.data[p->at])) ++p->at;
  return (coco_string){p->text.data + start, p->at - start};
}

static const coco_location *location_at(const parser *p, size_t at) {
  int64_t line = 1, column = 1;
  for (size_t i = 0; i < at && i < p->text.size; ++i) {
    column = p->text.data[i] == '\n' ? 1 : column + 1;
    line += p->text.data[i] == '\n';
  }
  return coco_location_file(p->manager->context, p->file, line, column);
}

static coco_status error_at(const parser *p, size_t at, const char *message) {
  const coco_location *location = location_at(p, at);
  return location ? coco_error(p->manager->context, location, "%s", message) : COCO_OUT_OF_MEMORY;
}

/* ---- Suggestions ---- */

typedef struct suggestion {
  coco_string given, best;
  size_t distance;
} suggestion;

static void consider(suggestion *s, const char *candidate) {
  coco_string name = coco_string_from(candidate);
  size_t distance = coco_string_distance(s->given, name, s->distance);
  if (distance >= s->distance) return;
  s->distance = distance;
  s->best = name;
}

static coco_status error_with_suggestion(const parser *p, size_t at, const char *what, const suggestion *s) {
  const coco_location *location = location_at(p, at);
  if (!location) return COCO_OUT_OF_MEMORY;
  if (!s->best.data) return coco_error(p->manager->context, location, "'%.*s' %s", COCO_PRINT(s->given), what);
  return coco_error(p->manager->context, location, "'%.*s' %s; did you mean '%.*s'?", COCO_PRINT(s->given), what,
                    COCO_PRINT(s->best));
}

static coco_status unknown_pass(const parser *p, size_t at, coco_string name) {
  suggestion s = {.given = name, .distance = 2 + name.size / 3};
  for (const coco_pass_definition *const *const *list = p->manager->registry->lists; *list; ++list)
    for (const coco_pass_definition *const *pass = *list; *pass; ++pass) consider(&s, (*pass)->name);
  return error_with_suggestion(p, at, "does not refer to a registered pass or pass pipeline", &s);
}

const coco_pass_definition *coco_pass_find(const coco_pass_registry *registry, coco_string name) {
  for (const coco_pass_definition *const *const *list = registry->lists; *list; ++list)
    for (const coco_pass_definition *const *pass = *list; *pass; ++pass)
      if (coco_string_is(name, (*pass)->name)) return *pass;
  return NULL;
}

/* ---- Options ---- */

/* A value up to white space or the closing brace; quotes and brackets may hold both. */
static coco_string take_value(parser *p) {
  const char *text = p->text.data;
  size_t start = p->at, depth = 0;
  char quote = p->at < p->text.size && (text[p->at] == '"' || text[p->at] == '\'') ? text[p->at] : 0;
  if (quote) {
    const char *end = memchr(text + start + 1, quote, p->text.size - start - 1);
    if (end) {
      p->at = (size_t)(end - text) + 1;
      return (coco_string){text + start + 1, p->at - start - 2};
    }
  }
  for (; p->at < p->text.size; ++p->at) {
    char c = text[p->at];
    if (depth == 0 && (is_space(c) || c == '}')) break;
    if (c == '{' || c == '[' || c == '(') ++depth;
    if ((c == '}' || c == ']' || c == ')') && depth) --depth;
  }
  coco_string value = {text + start, p->at - start};
  if (value.size >= 2 && value.data[0] == '{') value = (coco_string){value.data + 1, value.size - 2};
  return value;
}

/* Such a text could not be printed as one that is read. */
static bool has_both_quotes(coco_string text) {
  return text.size && memchr(text.data, '"', text.size) && memchr(text.data, '\'', text.size);
}

static coco_status unknown_option(const parser *p, size_t at, coco_string name, const coco_pass_definition *pass) {
  if (pass->option_count == 0) return error_at(p, at, "this pass has no options");
  suggestion s = {.given = name, .distance = 2 + name.size / 3};
  for (size_t i = 0; i < pass->option_count; ++i) consider(&s, pass->options[i].name);
  return error_with_suggestion(p, at, "is no option of this pass", &s);
}

static coco_status bad_value(const parser *p, size_t at, coco_string value, const coco_option_row *row) {
  const coco_location *location = location_at(p, at);
  if (!location) return COCO_OUT_OF_MEMORY;
  return coco_error(p->manager->context, location, "option '%s' takes %s, not '%.*s'", row->name,
                    coco_option_kind_text(row->kind), COCO_PRINT(value));
}

static coco_status parse_option(parser *p, const coco_pass_definition *pass, coco_option_value *values) {
  skip_space(p);
  size_t name_at = p->at, index = 0;
  coco_string name = take_name(p);
  if (name.size == 0) return error_at(p, name_at, "expected the name of an option or '}'");
  while (index < pass->option_count && !coco_string_is(name, pass->options[index].name)) ++index;
  if (index == pass->option_count) return unknown_option(p, name_at, name, pass);
  const coco_option_row *row = &pass->options[index];
  coco_string value = COCO_STRING("true");
  size_t value_at = name_at;
  if (peek(p) == '=') {
    ++p->at;
    skip_space(p);
    value_at = p->at;
    value = take_value(p);
  } else if (row->kind != COCO_OPTION_BOOL) {
    return error_at(p, p->at, "expected '=' and a value");
  }
  if (has_both_quotes(value)) return error_at(p, value_at, "a value cannot hold both kinds of quotes");
  coco_status status = COCO_OK;
  if (!coco_option_parse(&p->manager->arena, row->kind, value, &values[index], &status))
    return status != COCO_OK ? status : bad_value(p, value_at, value, row);
  values[index].given = true;
  return COCO_OK;
}

static coco_status parse_options(parser *p, const coco_pass_definition *pass, coco_option_value *values) {
  if (peek(p) != '{') return COCO_OK;
  size_t open = p->at++;
  while (peek(p) != '}') {
    if (!peek(p)) return error_at(p, open, "this '{' is never closed");
    COCO_TRY(parse_option(p, pass, values));
  }
  ++p->at;
  return COCO_OK;
}

/* ---- Steps ---- */

static coco_status parse_list(parser *p, coco_pipeline *pipeline);

static coco_pipeline_step *append_step(parser *p, coco_pipeline *pipeline, size_t at) {
  coco_pipeline_step *step = coco_arena_allocate_zeroed(&p->manager->arena, 1, sizeof *step);
  if (!step) return NULL;
  step->location = location_at(p, at);
  step->spelled = p->spelled;
  step->number = p->manager->step_count++;
  if (!step->location) return NULL;
  if (pipeline->last)
    pipeline->last->next = step;
  else
    pipeline->first = step;
  pipeline->last = step;
  return step;
}

/* The nested pipeline for ANCHOR at the end of PIPELINE; neighbours with one anchor are one pipeline. */
static coco_pipeline *nested_pipeline(parser *p, coco_pipeline *pipeline, coco_string anchor, size_t at) {
  if (p->implicit && pipeline->last && pipeline->last->nested &&
      coco_string_equal(pipeline->last->nested->anchor, anchor))
    return pipeline->last->nested;
  coco_pipeline_step *step = append_step(p, pipeline, at);
  coco_pipeline *nested = step ? coco_arena_allocate_zeroed(&p->manager->arena, 1, sizeof *nested) : NULL;
  if (!nested) return NULL;
  nested->anchor = coco_arena_copy(&p->manager->arena, anchor);
  step->nested = nested;
  return nested->anchor.data ? nested : NULL;
}

static coco_status parse_nested(parser *p, coco_pipeline *pipeline, coco_string anchor, size_t at) {
  size_t open = p->at++;
  if (p->depth >= COCO_PIPELINE_NESTING) return error_at(p, at, "pipelines are nested too deeply");
  bool same = p->implicit && coco_string_equal(anchor, pipeline->anchor);
  coco_pipeline *nested = same ? pipeline : nested_pipeline(p, pipeline, anchor, at);
  if (!nested) return COCO_OUT_OF_MEMORY;
  bool implicit = p->implicit;
  p->implicit = false;
  ++p->depth;
  COCO_TRY(parse_list(p, nested));
  --p->depth;
  p->implicit = implicit;
  if (peek(p) != ')')
    return error_at(p, p->at < p->text.size ? p->at : open,
                    p->at < p->text.size ? "expected ',' or ')'" : "this '(' is never closed");
  ++p->at;
  return COCO_OK;
}

static coco_status expand_named(parser *p, coco_pipeline *pipeline, const coco_pass_definition *named, size_t at) {
  if (peek(p) == '{') return error_at(p, p->at, "a named pipeline takes no options");
  if (p->depth >= COCO_PIPELINE_NESTING) return error_at(p, at, "pipelines are nested too deeply");
  parser inner = {.manager = p->manager,
                  .file = coco_string_from(named->name),
                  .text = coco_string_from(named->pipeline),
                  .depth = p->depth + 1,
                  .implicit = true,
                  .caller = p,
                  .called = named,
                  .called_at = at};
  COCO_TRY(coco_context_add_source(p->manager->context, inner.file, inner.text));
  COCO_TRY(parse_list(&inner, pipeline));
  return peek(&inner) ? error_at(&inner, inner.at, "expected ',' or the end") : COCO_OK;
}

/* What was written is what is shown: the named pipeline, not its pass. */
static coco_status wrong_anchor(const parser *p, size_t at, const coco_pass_definition *pass, coco_string anchor) {
  const char *wanted = pass->anchor;
  for (; p->caller; p = p->caller) {
    pass = p->called;
    at = p->called_at;
  }
  const coco_location *location = location_at(p, at);
  if (!location) return COCO_OUT_OF_MEMORY;
  return coco_error(p->manager->context, location, "pass '%s' runs on '%s', not on '%.*s'; did you mean '%s(%s)'?",
                    pass->name, wanted, COCO_PRINT(anchor), wanted, pass->name);
}

/* Whether PASS may get a pipeline of its own anchor inside one for ANCHOR. Nothing but a module holds modules. */
static bool may_nest(const parser *p, const coco_pass_definition *pass, coco_string anchor) {
  return p->implicit && !coco_string_is(anchor, "any") && !(p->caller && strcmp(pass->anchor, "builtin.module") == 0);
}

static coco_status parse_pass(parser *p, coco_pipeline *pipeline, const coco_pass_definition *pass, size_t at) {
  if (pass->anchor && !coco_string_is(pipeline->anchor, pass->anchor)) {
    if (!may_nest(p, pass, pipeline->anchor)) return wrong_anchor(p, at, pass, pipeline->anchor);
    pipeline = nested_pipeline(p, pipeline, coco_string_from(pass->anchor), at);
    if (!pipeline) return COCO_OUT_OF_MEMORY;
  }
  coco_pipeline_step *step = append_step(p, pipeline, at);
  if (!step) return COCO_OUT_OF_MEMORY;
  step->pass = pass;
  step->record.statistics =
      coco_arena_allocate_zeroed(&p->manager->arena, pass->statistic_count + 1, sizeof *step->record.statistics);
  if (!step->record.statistics) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_option_defaults(&p->manager->arena, pass, &step->options));
  return parse_options(p, pass, step->options);
}

static coco_status parse_item(parser *p, coco_pipeline *pipeline) {
  skip_space(p);
  size_t at = p->at;
  coco_string name = take_name(p);
  if (name.size == 0) return error_at(p, at, "expected the name of a pass, a pipeline or an operation");
  if (peek(p) == '(') return parse_nested(p, pipeline, name, at);
  const coco_pass_definition *pass = coco_pass_find(p->manager->registry, name);
  if (!pass) return unknown_pass(p, at, name);
  return pass->pipeline ? expand_named(p, pipeline, pass, at) : parse_pass(p, pipeline, pass, at);
}

static coco_status parse_list(parser *p, coco_pipeline *pipeline) {
  if (!peek(p) || peek(p) == ')') return COCO_OK;
  for (;;) {
    COCO_TRY(parse_item(p, pipeline));
    if (peek(p) != ',') return COCO_OK;
    ++p->at;
  }
}

/* Whether all of TEXT is one item ANCHOR(…), and which anchor. */
static bool is_anchored(parser p, coco_string *out_anchor) {
  *out_anchor = take_name(&p);
  if (out_anchor->size == 0 || peek(&p) != '(') return false;
  size_t depth = 0;
  for (; p.at < p.text.size; ++p.at) {
    char c = p.text.data[p.at];
    depth += c == '(';
    if (c == ')' && --depth == 0) break;
  }
  if (p.at >= p.text.size) return true; /* unbalanced: reported while parsing */
  ++p.at;
  return peek(&p) == 0;
}

coco_status coco_pipeline_parse(coco_pass_manager *manager, coco_string text) {
  coco_context *context = manager->context;
  coco_string copy = coco_arena_copy(coco_context_arena(context), text); /* locations outlive the manager */
  if (!copy.data) return COCO_OUT_OF_MEMORY;
  parser p = {.manager = manager, .file = COCO_STRING("<pass-pipeline>"), .text = copy, .spelled = true};
  COCO_TRY(coco_context_add_source(context, p.file, copy));
  coco_string anchor, root = manager->options.root.size ? manager->options.root : COCO_STRING("builtin.module");
  manager->root.anchor = coco_arena_copy(&manager->arena, root);
  if (!manager->root.anchor.data) return COCO_OUT_OF_MEMORY;
  if (is_anchored(p, &anchor) && (coco_string_equal(anchor, root) || coco_string_is(anchor, "any"))) {
    skip_space(&p);
    p.at += anchor.size;
    if (coco_string_is(anchor, "any")) manager->root.anchor = COCO_STRING("any");
    size_t open = (peek(&p), p.at++);
    COCO_TRY(parse_list(&p, &manager->root));
    if (peek(&p) == ')')
      ++p.at;
    else
      return error_at(&p, p.at < copy.size ? p.at : open,
                      p.at < copy.size ? "expected ',' or ')'" : "this '(' is never closed");
  } else {
    p.implicit = true;
    COCO_TRY(parse_list(&p, &manager->root));
  }
  return peek(&p) ? error_at(&p, p.at, "expected ',' or the end of the pipeline") : COCO_OK;
}
