/* Diagnostics that a test expects:
 *
 *   // expected-error@+1 {{part of the message}}
 *
 * Kinds: error, warning, remark, note, each also with "-re" (text in {{…}} inside the braces is a POSIX
 * extended regular expression). Places: none (this line), @+n, @-n, @above, @below (the nearest line
 * that is not itself only expectations), @unknown. Each matches one diagnostic; a diagnostic without
 * a match is an error (unless only what is expected is verified), as is an expectation without one. Warnings about the
 * pipeline's own text pass. */
#include <regex.h>
#include <stdio.h>

#include "tools/coco-opt/opt.h"

typedef struct expectation {
  coco_severity severity;
  int64_t line; /* 0: unknown location */
  int64_t written_at;
  coco_string text;
  bool is_regex, matched;
  regex_t regex;
} expectation;

struct opt_expectations {
  const coco_allocator *allocator;
  coco_string file;
  opt_verify verify;
  COCO_VECTOR_OF(expectation) list;
  size_t unexpected;
};

static const char *const severity_names[] = {
    [COCO_ERROR] = "error", [COCO_WARNING] = "warning", [COCO_REMARK] = "remark", [COCO_NOTE] = "note"};

/* ---- Lines ---- */

static bool find_in(coco_string text, const char *what, size_t from, size_t *out) {
  size_t size = strlen(what);
  for (size_t i = from; i + size <= text.size; ++i)
    if (memcmp(text.data + i, what, size) == 0) {
      *out = i;
      return true;
    }
  return false;
}

/* Line NUMBER, counted from 1; false behind the end. */
static bool take_line(coco_string text, size_t *at, coco_string *out) {
  if (*at >= text.size) return false;
  const char *end = memchr(text.data + *at, '\n', text.size - *at);
  size_t size = end ? (size_t)(end - text.data) - *at : text.size - *at;
  *out = (coco_string){text.data + *at, size};
  *at += size + 1;
  return true;
}

/* ---- Reading ---- */

static coco_status complain(const opt_expectations *e, int64_t line, const char *message) {
  fprintf(stderr, "%.*s:%lld: error: %s\n", COCO_PRINT(e->file), (long long)line, message);
  return COCO_REPORTED;
}

/* "(a+b)" quoted, text between {{ and }} as it is. */
static coco_status compile(const opt_expectations *e, expectation *item) {
  coco_buffer pattern = COCO_BUFFER(e->allocator);
  bool inside = false;
  for (size_t i = 0; i < item->text.size; ++i) {
    const char *at = item->text.data + i;
    if (i + 1 < item->text.size && at[0] == at[1] && at[0] == (inside ? '}' : '{')) {
      coco_buffer_byte(&pattern, inside ? ')' : '(');
      inside = !inside;
      ++i;
    } else {
      if (!inside && strchr(".[]{}()*+?^$|\\", *at)) coco_buffer_byte(&pattern, '\\');
      coco_buffer_byte(&pattern, *at);
    }
  }
  coco_buffer_byte(&pattern, 0);
  coco_status status = pattern.status;
  if (status == COCO_OK && regcomp(&item->regex, pattern.data, REG_EXTENDED | REG_NOSUB) != 0)
    status = complain(e, item->written_at, "an expectation's regular expression is malformed");
  coco_buffer_free(&pattern);
  return status;
}

/* The place after '@'; *at moves behind it. False: malformed. Lines above and below are given by the caller. */
static bool parse_place(coco_string line, size_t *at, int64_t number, int64_t above, int64_t below, int64_t *out) {
  *out = number;
  if (*at >= line.size || line.data[*at] != '@') return true;
  coco_string rest = {line.data + *at + 1, line.size - *at - 1};
  static const char *const words[] = {"above", "below", "unknown"};
  const int64_t places[] = {above, below, 0};
  for (size_t i = 0; i < 3; ++i)
    if (coco_string_starts_with(rest, coco_string_from(words[i]))) {
      *out = places[i];
      *at += 1 + strlen(words[i]);
      return true;
    }
  if (rest.size < 2 || (rest.data[0] != '+' && rest.data[0] != '-')) return false;
  int64_t distance = 0;
  size_t digits = 1;
  for (; digits < rest.size && rest.data[digits] >= '0' && rest.data[digits] <= '9' && digits < 8; ++digits)
    distance = distance * 10 + (rest.data[digits] - '0');
  *out = rest.data[0] == '+' ? number + distance : number - distance;
  *at += 1 + digits;
  return digits > 1;
}

/* The text in {{…}}, nested pairs included. */
static bool parse_braces(coco_string line, size_t *at, coco_string *out) {
  while (*at < line.size && line.data[*at] == ' ') ++*at;
  if (*at + 2 > line.size || memcmp(line.data + *at, "{{", 2) != 0) return false;
  size_t start = *at += 2, depth = 1;
  for (; *at + 1 < line.size; ++*at) {
    if (memcmp(line.data + *at, "{{", 2) == 0) {
      ++depth;
      ++*at;
    } else if (memcmp(line.data + *at, "}}", 2) == 0) {
      if (--depth == 0) {
        *out = (coco_string){line.data + start, *at - start};
        *at += 2;
        return true;
      }
      ++*at;
    }
  }
  return false;
}

static coco_status parse_expectation(opt_expectations *e, coco_string line, size_t *at, int64_t number, int64_t above,
                                     int64_t below) {
  expectation item = {.written_at = number};
  coco_string rest = {line.data + *at, line.size - *at};
  size_t kind = 0;
  while (kind < 4 && !coco_string_starts_with(rest, coco_string_from(severity_names[kind]))) ++kind;
  if (kind == 4) return complain(e, number, "expected-error, expected-warning, expected-remark or expected-note");
  item.severity = (coco_severity)kind;
  *at += strlen(severity_names[kind]);
  rest = (coco_string){line.data + *at, line.size - *at};
  item.is_regex = coco_string_starts_with(rest, COCO_STRING("-re"));
  if (item.is_regex) *at += 3;
  if (!parse_place(line, at, number, above, below, &item.line))
    return complain(e, number, "malformed place of an expectation");
  if (!parse_braces(line, at, &item.text)) return complain(e, number, "an expectation needs {{text}} in this line");
  if (item.is_regex) COCO_TRY(compile(e, &item));
  return coco_vector_push(e->allocator, &e->list, item);
}

static bool has_expectation(coco_string line) {
  size_t at;
  return find_in(line, "expected-", 0, &at) && find_in(line, "{{", at, &at) && find_in(line, "//", 0, &at);
}

/* The number of the next line after *AT that holds no expectation. */
static int64_t line_below(coco_string text, size_t at, int64_t number) {
  coco_string line;
  do ++number;
  while (take_line(text, &at, &line) && has_expectation(line));
  return number;
}

coco_status opt_expectations_create(const coco_allocator *allocator, coco_string file, coco_string text,
                                    opt_verify verify, opt_expectations **out) {
  *out = NULL;
  opt_expectations *e = coco_allocate(allocator, sizeof *e);
  if (!e) return COCO_OUT_OF_MEMORY;
  *e = (opt_expectations){.allocator = allocator, .file = file, .verify = verify};
  coco_status status = COCO_OK;
  coco_string line;
  int64_t number = 0, above = 0;
  for (size_t at = 0; status == COCO_OK && take_line(text, &at, &line);) {
    ++number;
    if (!has_expectation(line)) {
      above = number;
      continue;
    }
    int64_t below = line_below(text, at, number);
    for (size_t position = 0; status == COCO_OK && find_in(line, "expected-", position, &position);) {
      position += strlen("expected-");
      status = parse_expectation(e, line, &position, number, above, below);
    }
    /* A line that also holds code is what a following @above means. */
    size_t comment;
    if (find_in(line, "//", 0, &comment))
      for (size_t i = 0; i < comment; ++i)
        if (line.data[i] != ' ' && line.data[i] != '\t') above = number;
  }
  if (status != COCO_OK) {
    opt_expectations_destroy(e);
    return status;
  }
  *out = e;
  return COCO_OK;
}

void opt_expectations_destroy(opt_expectations *e) {
  for (size_t i = 0; i < e->list.count; ++i)
    if (e->list.items[i].is_regex) regfree(&e->list.items[i].regex);
  coco_vector_free(e->allocator, &e->list);
  coco_free(e->allocator, e, sizeof *e);
}

/* ---- Comparing ---- */

static bool contains(coco_string message, coco_string part) {
  for (size_t i = 0; i + part.size <= message.size; ++i)
    if (memcmp(message.data + i, part.data, part.size) == 0) return true;
  return part.size == 0;
}

static bool matches(const opt_expectations *e, const expectation *item, const coco_diagnostic *diagnostic,
                    int64_t line) {
  if (item->matched || item->severity != diagnostic->severity || item->line != line) return false;
  if (!item->is_regex) return contains(diagnostic->message, item->text);
  coco_buffer terminated = COCO_BUFFER(e->allocator);
  coco_buffer_string(&terminated, diagnostic->message);
  coco_buffer_byte(&terminated, 0);
  bool found = terminated.status == COCO_OK && regexec(&item->regex, terminated.data, 0, NULL, 0) == 0;
  coco_buffer_free(&terminated);
  return found;
}

static void expect_one(opt_expectations *e, coco_context *context, const coco_diagnostic *diagnostic) {
  coco_file_place place;
  bool has_file = coco_location_find_file(context, diagnostic->location, &place);
  int64_t line = place.line;
  bool elsewhere = has_file && !coco_string_equal(place.file, e->file);
  if (elsewhere && diagnostic->severity != COCO_ERROR) return;
  for (size_t i = 0; i < e->list.count && !elsewhere; ++i) {
    if (!matches(e, &e->list.items[i], diagnostic, line)) continue;
    e->list.items[i].matched = true;
    return;
  }
  if (e->verify == OPT_VERIFY_EXPECTED) return;
  ++e->unexpected;
  fprintf(stderr, "unexpected %s:\n", severity_names[diagnostic->severity]);
  coco_diagnostic alone = *diagnostic;
  alone.note_count = 0;
  coco_tool_print_diagnostic(NULL, context, &alone);
}

void opt_expect_diagnostic(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  opt_expectations *e = user;
  expect_one(e, context, diagnostic);
  for (size_t i = 0; i < diagnostic->note_count; ++i)
    if (!coco_string_starts_with(diagnostic->notes[i].message, COCO_STRING("see current operation")))
      expect_one(e, context, &diagnostic->notes[i]);
}

coco_status opt_expectations_finish(const opt_expectations *e) {
  size_t missing = 0;
  for (size_t i = 0; i < e->list.count; ++i) {
    const expectation *item = &e->list.items[i];
    if (item->matched) continue;
    ++missing;
    fprintf(stderr, "%.*s:%lld: error: expected %s \"%.*s\" was not produced\n", COCO_PRINT(e->file),
            (long long)item->written_at, severity_names[item->severity], COCO_PRINT(item->text));
  }
  return missing || e->unexpected ? COCO_REPORTED : COCO_OK;
}
