/* A strict reader of JSON for small headers. */
#include "ir/text/json.h"

enum { DEEPEST = 32 };

void coco_json_fail(coco_json *json, const char *error) {
  if (!json->error) json->error = error;
  json->next = json->end;
}

static void skip_space(coco_json *json) {
  while (json->next < json->end && strchr(" \t\r\n", *json->next) && *json->next) json->next++;
}

bool coco_json_take(coco_json *json, char punctuation) {
  skip_space(json);
  if (json->next == json->end || *json->next != punctuation) return false;
  json->next++;
  return true;
}

void coco_json_want(coco_json *json, char punctuation) {
  if (!coco_json_take(json, punctuation)) coco_json_fail(json, "the header is not well-formed JSON");
}

bool coco_json_at_end(coco_json *json) {
  skip_space(json);
  return json->next == json->end;
}

static int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool four_digits(const char *text, const char *end, uint32_t *out) {
  if (end - text < 4) return false;
  *out = 0;
  for (int i = 0; i < 4; i++) {
    if (hex(text[i]) < 0) return false;
    *out = *out << 4 | (uint32_t)hex(text[i]);
  }
  return true;
}

static size_t put_utf8(char *out, uint32_t code) {
  if (code < 0x80) return out[0] = (char)code, 1;
  if (code < 0x800) {
    out[0] = (char)(0xC0 | code >> 6);
    out[1] = (char)(0x80 | (code & 63));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 63));
    out[2] = (char)(0x80 | (code & 63));
    return 3;
  }
  out[0] = (char)(0xF0 | code >> 18);
  out[1] = (char)(0x80 | (code >> 12 & 63));
  out[2] = (char)(0x80 | (code >> 6 & 63));
  out[3] = (char)(0x80 | (code & 63));
  return 4;
}

/* After "\u" at *TEXT: the character, a pair of surrogates joined. False: malformed. */
static bool unicode(const char **text, const char *end, uint32_t *out) {
  uint32_t low;
  if (!four_digits(*text, end, out)) return false;
  *text += 4;
  if (*out >= 0xDC00 && *out < 0xE000) return false;
  if (*out < 0xD800 || *out >= 0xDC00) return true;
  if (end - *text < 6 || (*text)[0] != '\\' || (*text)[1] != 'u' || !four_digits(*text + 2, end, &low)) return false;
  if (low < 0xDC00 || low >= 0xE000) return false;
  *text += 6;
  *out = 0x10000 + ((*out - 0xD800) << 10) + (low - 0xDC00);
  return true;
}

static coco_string unescape(coco_json *json, coco_string raw) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const char *text = raw.data, *end = raw.data + raw.size;
  char *out = coco_arena_allocate(json->arena, raw.size + 4);
  size_t size = 0;
  json->no_memory |= !out;
  while (out && text < end) {
    if (*text != '\\') {
      out[size++] = *text++;
      continue;
    }
    const char *escape = strchr(from, text[1]); /* a string token never ends in a backslash */
    uint32_t code;
    text += 2;
    if (text[-1] && escape) {
      out[size++] = to[escape - from];
    } else if (text[-1] == 'u' && unicode(&text, end, &code)) {
      size += put_utf8(out + size, code);
    } else {
      coco_json_fail(json, "a string in the header has a wrong escape");
      return (coco_string){NULL, 0};
    }
  }
  return (coco_string){out, size};
}

coco_string coco_json_string(coco_json *json) {
  coco_json_want(json, '"');
  const char *start = json->next;
  bool escaped = false;
  while (json->next < json->end && *json->next != '"') {
    if ((unsigned char)*json->next < 0x20) break;
    if (*json->next == '\\') {
      escaped = true;
      if (++json->next == json->end) break;
    }
    json->next++;
  }
  if (json->next == json->end || *json->next != '"') {
    coco_json_fail(json, "a string in the header does not end");
    return (coco_string){NULL, 0};
  }
  coco_string raw = {start, (size_t)(json->next++ - start)};
  return escaped ? unescape(json, raw) : raw;
}

int64_t coco_json_count(coco_json *json) {
  skip_space(json);
  const char *start = json->next;
  int64_t value = 0;
  while (json->next < json->end && *json->next >= '0' && *json->next <= '9') {
    int64_t digit = *json->next++ - '0';
    if (value > (INT64_MAX - digit) / 10) {
      coco_json_fail(json, "a number in the header is too large");
      return -1;
    }
    value = value * 10 + digit;
  }
  bool leading_zero = json->next - start > 1 && *start == '0';
  if (json->next == start || leading_zero) {
    coco_json_fail(json, "the header wants a whole number");
    return -1;
  }
  return value;
}

static void skip_value(coco_json *json, int depth);

static void skip_members(coco_json *json, char close, bool named, int depth) {
  if (coco_json_take(json, close)) return;
  do {
    if (named) {
      coco_json_string(json);
      coco_json_want(json, ':');
    }
    skip_value(json, depth + 1);
  } while (!json->error && coco_json_take(json, ','));
  coco_json_want(json, close);
}

static void skip_value(coco_json *json, int depth) {
  if (depth > DEEPEST) {
    coco_json_fail(json, "the header is nested too deeply");
    return;
  }
  skip_space(json);
  if (json->next == json->end) {
    coco_json_fail(json, "the header ends early");
  } else if (coco_json_take(json, '{')) {
    skip_members(json, '}', true, depth);
  } else if (coco_json_take(json, '[')) {
    skip_members(json, ']', false, depth);
  } else if (*json->next == '"') {
    coco_json_string(json);
  } else {
    const char *start = json->next;
    while (json->next < json->end && (hex(*json->next) >= 0 || strchr("+-.eEnulrts", *json->next)) && *json->next)
      json->next++;
    if (json->next == start) coco_json_fail(json, "the header is not well-formed JSON");
  }
}

void coco_json_skip(coco_json *json) { skip_value(json, 0); }
