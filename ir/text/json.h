/* A strict reader of JSON for small headers: a cursor over the text, nothing is built. */
#ifndef COCO_IR_TEXT_JSON_H
#define COCO_IR_TEXT_JSON_H

#include "ir/base/memory.h"

typedef struct coco_json {
  const char *next, *end;
  coco_arena *arena;  /* of strings with escapes */
  const char *error;  /* the first thing wrong; NULL: nothing */
  bool no_memory;
} coco_json;

bool coco_json_take(coco_json *json, char punctuation); /* true when it was next, and is taken */
void coco_json_want(coco_json *json, char punctuation); /* an error when it is not next */
coco_string coco_json_string(coco_json *json);          /* data NULL after an error */
int64_t coco_json_count(coco_json *json);               /* a whole number from 0 on; -1 after an error */
void coco_json_skip(coco_json *json);                   /* any value; nesting is limited */
void coco_json_fail(coco_json *json, const char *error);
bool coco_json_at_end(coco_json *json);                 /* only white space is left */

#endif
