/* Text that others made, inside JSON and inside HTML or SVG: whatever bytes it has, the document stays well-formed and
 * the text stays text. Bytes that are no UTF-8, and characters that those formats do not allow, become U+FFFD. */
#ifndef COCO_TOOLS_COMMON_ESCAPE_H
#define COCO_TOOLS_COMMON_ESCAPE_H

#include "ir/base/buffer.h"

/* The first character of TEXT, which is not empty: *size is its bytes, at least 1; U+FFFD, of 1 byte, when they are no
 * UTF-8. */
uint32_t coco_utf8_first(coco_string text, size_t *size);

/* Appends at most CHARACTERS of TEXT, for a line of a terminal, without control characters; spaces up to as many. */
void coco_put_column_text(coco_buffer *out, coco_string text, size_t characters);
/* Appends TEXT in quotes. */
void coco_put_json_text(coco_buffer *out, coco_string text);
/* Appends TEXT for the inside of an element or of an attribute in either quotes. */
void coco_put_html_text(coco_buffer *out, coco_string text);

#endif
