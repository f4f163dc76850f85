/* The parts of the page of HTML. It needs no script, no font and no other file, and it forbids itself all of them; a
 * colour is by class, so that the style decides for bright and dark. Text of others passes coco_put_html_text. */
#ifndef COCO_TOOLS_COCO_COMPILE_REPORT_HTML_H
#define COCO_TOOLS_COCO_COMPILE_REPORT_HTML_H

#include "tools/coco-compile/report.h"
#include "tools/common/escape.h"

/* What the page colours layers by, and what its bars are. */
typedef struct report_basis {
  bool is_time;          /* milliseconds of a run, else multiplications */
  bool has_choices;      /* between dense and sparse forms */
  bool has_bars_of_time; /* else all are of multiplications */
  double total;          /* of all layers */
} report_basis;

report_basis report_basis_of(const report_variant *variant);
double report_share(const report_basis *basis, const report_layer *layer); /* of the total, 0 to 1 */
/* A class of the style, from "h0" (next to nothing) to "h5". */
const char *report_heat(const report_basis *basis, const report_layer *layer);
void report_put_legend(coco_buffer *out);

/* "12.3 M", "4.56 KB", "1.23 ms": at most three digits. */
void report_put_count(coco_buffer *out, double number);
void report_put_bytes(coco_buffer *out, double bytes);
void report_put_milliseconds(coco_buffer *out, double milliseconds);
/* 1x64x56x56 */
void report_put_shape(coco_buffer *out, const coco_type *type);
/* The end of TEXT, of at most CHARACTERS. */
void report_put_ending(coco_buffer *out, coco_string text, size_t characters);

/* report_graph.c, report_masks.c, report_memory.c: sections of the page. */
coco_status report_put_graph(const report_variant *variant, const report_basis *basis, coco_buffer *out) COCO_MUST_USE;
void report_put_masks(const report_variant *variant, coco_buffer *out);
void report_put_memory(const report_variant *variant, coco_buffer *out);

extern const char *const report_style[]; /* CSS, NULL-terminated */

#endif
