/* The `format` strings of rows, compiled once per reader or writer, for both directions.
 *
 * docs/assembly-format.md describes the language. A format that does not compile is a mistake in a
 * row: the operation is then written in the generic form, and reading its custom form is an error. */
#ifndef COCO_IR_TEXT_FORMAT_H
#define COCO_IR_TEXT_FORMAT_H

#include "ir/base/hash.h"
#include "ir/definition.h"

typedef enum coco_format_kind {
  COCO_FORMAT_LITERAL,    /* text */
  COCO_FORMAT_SPACE,      /* an explicit ` `, or `` (text empty: no space here) */
  COCO_FORMAT_OPERAND,    /* index: operand group */
  COCO_FORMAT_OPERANDS,
  COCO_FORMAT_ATTRIBUTE,  /* index: attribute row */
  COCO_FORMAT_REGION,     /* index */
  COCO_FORMAT_REGIONS,    /* all of a row with variadic regions */
  COCO_FORMAT_SUCCESSORS,
  COCO_FORMAT_OPERAND_TYPE,
  COCO_FORMAT_OPERAND_TYPES,
  COCO_FORMAT_RESULT_TYPE,
  COCO_FORMAT_RESULT_TYPES,
  COCO_FORMAT_FUNCTIONAL_TYPE, /* index, length: operand and result group plus one; 0: all */
  COCO_FORMAT_DICTIONARY,
  COCO_FORMAT_DICTIONARY_WITH_KEYWORD,
  COCO_FORMAT_GROUP       /* the next `length` elements; index: the anchor among them */
} coco_format_kind;

typedef struct coco_format_element {
  coco_format_kind kind;
  uint16_t index;
  uint16_t length;
  coco_string text;
} coco_format_element;

typedef struct coco_format {
  coco_format_element *elements;
  size_t count;
  const char *error;     /* NULL: good */
  uint64_t attributes;   /* bit i: attribute row i has a place of its own (rows have at most 64) */
  const char **elided;   /* names that the dictionary leaves out, NULL-terminated */
} coco_format;

typedef struct coco_formats {
  coco_pointer_map map; /* by row */
  coco_arena *arena;
} coco_formats;

/* The compiled format of DEFINITION, which has one. NULL: no memory. */
const coco_format *coco_formats_get(coco_formats *formats, const coco_operation_definition *definition);
void coco_formats_free(coco_formats *formats);
/* The choices "a|b|c" have CHOICE. */
bool coco_choice_has(const char *choices, coco_string choice);

#endif
