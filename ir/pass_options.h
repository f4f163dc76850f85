/* Options of a pass as text. Internal to ir/. */
#ifndef COCO_IR_PASS_OPTIONS_H
#define COCO_IR_PASS_OPTIONS_H

#include "ir/pass.h"

/* Reads TEXT as a value of KIND; false when it is none. Lists and strings are copied to ARENA.
 * *out_status tells when memory runs out. */
bool coco_option_parse(coco_arena *arena, coco_option_kind kind, coco_string text, coco_option_value *out,
                       coco_status *out_status);
/* The rows' defaults. */
coco_status coco_option_defaults(coco_arena *arena, const coco_pass_definition *pass,
                                 coco_option_value **out) COCO_MUST_USE;
const char *coco_option_kind_text(coco_option_kind kind); /* "an integer" */
/* "{a=1 b=x}", or nothing for a pass without options. */
void coco_options_print(const coco_pass_definition *pass, const coco_option_value *values, coco_buffer *buffer);

#endif
