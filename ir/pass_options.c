/* Options of passes: reading and printing their values. */
#include "ir/pass_options.h"

static bool is_true(coco_string text) { return coco_string_is(text, "true") || coco_string_is(text, "1"); }
static bool is_false(coco_string text) { return coco_string_is(text, "false") || coco_string_is(text, "0"); }

static coco_string without_ends(coco_string text, char open, char close) {
  if (text.size >= 2 && text.data[0] == open && text.data[text.size - 1] == close)
    return (coco_string){text.data + 1, text.size - 2};
  return text;
}

static coco_string trimmed(coco_string text) {
  while (text.size && text.data[0] == ' ') ++text.data, --text.size;
  while (text.size && text.data[text.size - 1] == ' ') --text.size;
  return text;
}

/* "1,2,3" or "[1, 2, 3]". */
static bool parse_integers(coco_arena *arena, coco_string text, coco_option_value *out, coco_status *out_status) {
  text = trimmed(without_ends(text, '[', ']'));
  size_t count = text.size ? 1 : 0;
  for (size_t i = 0; i < text.size; ++i) count += text.data[i] == ',';
  int64_t *integers = coco_arena_allocate_zeroed(arena, count + 1, sizeof *integers);
  if (!integers) {
    *out_status = COCO_OUT_OF_MEMORY;
    return false;
  }
  for (size_t i = 0; i < count; ++i) {
    const char *comma = memchr(text.data, ',', text.size);
    coco_string item = {text.data, comma ? (size_t)(comma - text.data) : text.size};
    if (!coco_string_to_int64(trimmed(item), &integers[i])) return false;
    if (comma) text = (coco_string){comma + 1, text.size - item.size - 1};
  }
  out->integers = integers;
  out->count = count;
  return true;
}

bool coco_option_parse(coco_arena *arena, coco_option_kind kind, coco_string text, coco_option_value *out,
                       coco_status *out_status) {
  *out = (coco_option_value){0};
  switch (kind) {
    case COCO_OPTION_BOOL:
      out->integer = is_true(text);
      return is_true(text) || is_false(text);
    case COCO_OPTION_INTEGER:
      return coco_string_to_int64(text, &out->integer);
    case COCO_OPTION_COUNT:
      return coco_string_to_int64(text, &out->integer) && out->integer >= 0;
    case COCO_OPTION_STRING:
      out->string = coco_arena_copy(arena, text);
      if (!out->string.data) *out_status = COCO_OUT_OF_MEMORY;
      return out->string.data != NULL;
    case COCO_OPTION_INTEGERS:
      return parse_integers(arena, text, out, out_status);
  }
  return false;
}

static coco_string default_text(const coco_option_row *row) {
  if (row->default_text) return coco_string_from(row->default_text);
  bool number = row->kind != COCO_OPTION_STRING && row->kind != COCO_OPTION_INTEGERS;
  return number ? COCO_STRING("0") : COCO_STRING("");
}

coco_status coco_option_defaults(coco_arena *arena, const coco_pass_definition *pass, coco_option_value **out) {
  coco_option_value *values = coco_arena_allocate_zeroed(arena, pass->option_count + 1, sizeof *values);
  if (!values) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < pass->option_count; ++i) {
    coco_status status = COCO_INVALID_ARGUMENT; /* the row's default is none */
    if (!coco_option_parse(arena, pass->options[i].kind, default_text(&pass->options[i]), &values[i], &status))
      return status;
  }
  *out = values;
  return COCO_OK;
}

const char *coco_option_kind_text(coco_option_kind kind) {
  switch (kind) {
    case COCO_OPTION_BOOL:
      return "true or false";
    case COCO_OPTION_INTEGER:
      return "an integer";
    case COCO_OPTION_COUNT:
      return "an integer that is not negative";
    case COCO_OPTION_STRING:
      return "a text";
    case COCO_OPTION_INTEGERS:
      return "a list of integers";
  }
  return "a value";
}

static void print_value(coco_option_kind kind, const coco_option_value *value, coco_buffer *buffer) {
  switch (kind) {
    case COCO_OPTION_BOOL:
      coco_buffer_text(buffer, value->integer ? "true" : "false");
      break;
    case COCO_OPTION_INTEGER:
    case COCO_OPTION_COUNT:
      coco_buffer_integer(buffer, value->integer);
      break;
    case COCO_OPTION_STRING: { /* holds one kind of quotes at most, see ir/pipeline_parser.c */
      const char *quote = value->string.size && memchr(value->string.data, '"', value->string.size) ? "'" : "\"";
      coco_buffer_text(buffer, quote);
      coco_buffer_string(buffer, value->string);
      coco_buffer_text(buffer, quote);
      break;
    }
    case COCO_OPTION_INTEGERS:
      if (value->count == 0) coco_buffer_text(buffer, "[]");
      for (size_t i = 0; i < value->count; ++i) {
        if (i) coco_buffer_text(buffer, ",");
        coco_buffer_integer(buffer, value->integers[i]);
      }
      break;
  }
}

void coco_options_print(const coco_pass_definition *pass, const coco_option_value *values, coco_buffer *buffer) {
  if (pass->option_count == 0) return;
  coco_buffer_text(buffer, "{");
  for (size_t i = 0; i < pass->option_count; ++i) {
    if (i) coco_buffer_text(buffer, " ");
    coco_buffer_format(buffer, "%s=", pass->options[i].name);
    print_value(pass->options[i].kind, &values[i], buffer);
  }
  coco_buffer_text(buffer, "}");
}
