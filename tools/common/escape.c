/* See escape.h. Cost: linear. */
#include "tools/common/escape.h"

enum { REPLACEMENT = 0xfffd };

uint32_t coco_utf8_first(coco_string text, size_t *size) {
  static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
  const unsigned char first = (unsigned char)text.data[0];
  *size = 1;
  if (first < 0x80) return first;
  const size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  if (first < 0xc2 || first > 0xf4 || text.size <= more) return REPLACEMENT;
  uint32_t code = first & (0x3fu >> more);
  for (size_t i = 1; i <= more; ++i) {
    const unsigned char next = (unsigned char)text.data[i];
    if ((next & 0xc0) != 0x80) return REPLACEMENT;
    code = code << 6 | (next & 0x3fu);
  }
  if (code < least[more] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return REPLACEMENT;
  *size = more + 1;
  return code;
}

/* Whether CODE is no text: a terminal may act on it, HTML does not allow it, or it turns the direction of what follows.
 */
static bool is_control(uint32_t code) {
  const bool turns_text = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || turns_text || code == 0xfffe || code == 0xffff;
}

static void put_replacement(coco_buffer *out) { coco_buffer_text(out, "\xef\xbf\xbd"); }

void coco_put_column_text(coco_buffer *out, coco_string text, size_t characters) {
  size_t at = 0, count = 0;
  for (size_t size; at < text.size && count < characters; at += size, ++count) {
    const coco_string rest = {text.data + at, text.size - at};
    const uint32_t code = coco_utf8_first(rest, &size);
    if (code == REPLACEMENT || is_control(code))
      put_replacement(out);
    else
      coco_buffer_append(out, rest.data, size);
  }
  coco_buffer_indent(out, characters - count);
}

void coco_put_json_text(coco_buffer *out, coco_string text) {
  coco_buffer_byte(out, '"');
  for (size_t at = 0, size; at < text.size; at += size) {
    const coco_string rest = {text.data + at, text.size - at};
    const uint32_t code = coco_utf8_first(rest, &size);
    if (code == REPLACEMENT)
      put_replacement(out);
    else if (code < 0x20 || code == 0x7f)
      coco_buffer_format(out, "\\u%04x", (unsigned)code);
    else if (code == '"' || code == '\\')
      coco_buffer_format(out, "\\%c", (char)code);
    else
      coco_buffer_append(out, rest.data, size);
  }
  coco_buffer_byte(out, '"');
}

void coco_put_html_text(coco_buffer *out, coco_string text) {
  for (size_t at = 0, size; at < text.size; at += size) {
    const coco_string rest = {text.data + at, text.size - at};
    const uint32_t code = coco_utf8_first(rest, &size);
    if (is_control(code) || code == REPLACEMENT)
      put_replacement(out);
    else if (code == '<' || code == '>' || code == '&' || code == '"' || code == '\'')
      coco_buffer_format(out, "&#%u;", (unsigned)code);
    else
      coco_buffer_append(out, rest.data, size);
  }
}
