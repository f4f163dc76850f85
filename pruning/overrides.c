/* Override files: see plan.h. The text is untrusted; every line is checked, and the first mistake is told with its line. */
#include "pruning/plan.h"

bool coco_prune_matches(coco_string wildcard, coco_string name) {
  size_t w = 0, n = 0, star = SIZE_MAX, star_name = 0;
  while (n < name.size) {
    if (w < wildcard.size && wildcard.data[w] == '*') {
      star = w++;
      star_name = n;
    } else if (w < wildcard.size && (wildcard.data[w] == '?' || wildcard.data[w] == name.data[n])) {
      ++w, ++n;
    } else if (star != SIZE_MAX) {
      w = star + 1;
      n = ++star_name;
    } else {
      return false;
    }
  }
  while (w < wildcard.size && wildcard.data[w] == '*') ++w;
  return w == wildcard.size;
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/* The next word of *TEXT, which it takes away; empty at the end. */
static coco_string take_word(coco_string *text) {
  while (text->size && is_space(text->data[0])) ++text->data, --text->size;
  coco_string word = {text->data, 0};
  while (word.size < text->size && !is_space(text->data[word.size])) ++word.size;
  text->data += word.size;
  text->size -= word.size;
  return word;
}

static coco_string take_line(coco_string *text) {
  const char *end = text->size ? memchr(text->data, '\n', text->size) : NULL;
  coco_string line = {text->data, end ? (size_t)(end - text->data) : text->size};
  const size_t taken = line.size + (end != NULL);
  text->data += taken;
  text->size -= taken;
  const char *comment = line.size ? memchr(line.data, '#', line.size) : NULL;
  if (comment) line.size = (size_t)(comment - line.data);
  return line;
}

static bool read_count(coco_string text, int64_t most, int64_t *out) {
  return coco_string_to_int64(text, out) && *out >= 1 && *out <= most;
}

/* What is wrong with the setting; NULL: nothing. */
static const char *read_setting(coco_string key, coco_string value, coco_prune_override *out) {
  if (coco_string_is(key, "rate")) return coco_prune_rate_from(value, &out->rate) ? NULL : "a number of at least 1";
  if (coco_string_is(key, "entries"))
    return read_count(value, COCO_KERNEL_MAXIMUM_POSITIONS - 1, &out->entries) ? NULL : "a number from 1 to 63";
  if (coco_string_is(key, "span")) return read_count(value, INT32_MAX, &out->span) ? NULL : "a number of channels";
  if (coco_string_is(key, "block")) return coco_prune_block_from(value, out->block) ? NULL : "two extents, as 16x4";
  if (coco_string_is(key, "scheme")) {
    out->has_kind = coco_prune_kind_from(value, &out->kind);
    return out->has_kind ? NULL : "pattern, connectivity or blocks";
  }
  if (coco_string_is(key, "balance")) {
    out->has_balance = coco_balance_from(value, &out->balance);
    return out->has_balance ? NULL : "none, filter or runs";
  }
  return "";
}

static coco_status read_words(coco_context *context, const coco_location *location, coco_string line,
                              coco_prune_override *out) {
  size_t words = 0;
  for (coco_string word = take_word(&line); word.size; word = take_word(&line), ++words) {
    if (coco_string_is(word, "skip")) {
      out->skip = true;
      continue;
    }
    const char *equals = memchr(word.data, '=', word.size);
    const coco_string key = {word.data, equals ? (size_t)(equals - word.data) : word.size};
    const coco_string value = equals ? (coco_string){equals + 1, word.size - key.size - 1} : (coco_string){0};
    const char *wanted = equals ? read_setting(key, value, out) : "";
    if (wanted && *wanted)
      return coco_error(context, location, "'%.*s' must be %s, but it is '%.*s'", COCO_PRINT(key), wanted, COCO_PRINT(value));
    if (wanted)
      return coco_error(context, location, "'%.*s' says nothing: skip, rate=R, scheme=KIND, entries=N, balance=HOW, span=N or block=16x4 do",
                        COCO_PRINT(word));
  }
  if (!words) return coco_error(context, location, "'%.*s' is named, but nothing is said of it", COCO_PRINT(out->name));
  if (out->skip && words > 1)
    return coco_error(context, location, "'%.*s' is to be skipped: nothing else can be said of it", COCO_PRINT(out->name));
  return COCO_OK;
}

/* The place of a line in the file that LOCATION names. */
static const coco_location *line_location(coco_context *context, const coco_location *location, int64_t line) {
  coco_file_place place;
  return coco_location_find_file(context, location, &place) ? coco_location_file(context, place.file, line, 1)
                                                            : coco_location_unknown(context);
}

coco_status coco_prune_read_overrides(coco_context *context, const coco_location *location, coco_string text,
                                      coco_arena *arena, coco_prune_override **out, size_t *out_count) {
  size_t lines = 1;
  for (size_t i = 0; i < text.size; ++i) lines += text.data[i] == '\n';
  *out = coco_arena_allocate_zeroed(arena, lines, sizeof **out);
  *out_count = 0;
  if (!*out) return COCO_OUT_OF_MEMORY;
  for (int64_t number = 1; text.size; ++number) {
    coco_string line = take_line(&text);
    coco_prune_override override = {.name = take_word(&line), .line = number};
    if (!override.name.size) continue;
    override.location = line_location(context, location, number);
    if (!override.location) return COCO_OUT_OF_MEMORY;
    COCO_TRY(read_words(context, override.location, line, &override));
    (*out)[(*out_count)++] = override;
  }
  return COCO_OK;
}
