/* Conversion: rewriting until only legal operations are left, or until as it was.
 *
 * A target says what is legal. Operations that are not are given to patterns, by benefit; what a pattern makes must be
 * legal or be converted in turn, else all that the pattern did is undone and the next one is tried. When an operation
 * that must go cannot be converted, everything is undone: the IR is what it was, and a diagnostic says which operation
 * it is.
 *
 * Undoing goes back along a log of changes, so patterns change IR only by the functions below. Replaced operations
 * leave their blocks at once and are gone when the conversion has succeeded. Where a value's type changes, a cast
 * stands between it and what still asks for the former type; casts that have become unnecessary go at the end. Cost:
 * linear in operations and changes, patterns that fail included. */
#ifndef COCO_IR_CONVERSION_H
#define COCO_IR_CONVERSION_H

#include "ir/builder.h"

typedef struct coco_conversion coco_conversion;

typedef enum coco_legality { COCO_LEGALITY_UNKNOWN, COCO_LEGAL, COCO_ILLEGAL } coco_legality;

/* A row of a target. The last one that names an operation or else its dialect decides. */
typedef struct coco_legality_row {
  const char *name; /* "arith.addi", or a dialect: "arith" */
  coco_legality legality;
  bool (*is_legal)(void *user, const coco_operation *operation); /* decides instead of `legality`; may be NULL */
} coco_legality_row;

typedef struct coco_conversion_pattern {
  const char *name;
  const coco_operation_definition *root; /* NULL: any operation */
  int benefit;                           /* higher is tried first */
  /* *matched false, or a failed builder with COCO_UNSUPPORTED: what was done is undone. Other failures end the
   * conversion. */
  coco_status (*convert)(coco_conversion *conversion, coco_operation *operation, bool *matched);
} coco_conversion_pattern;

typedef struct coco_conversion_options {
  const coco_legality_row *rows;
  size_t row_count;
  bool partial; /* operations of unknown legality may stay; else they must go */
  /* The type that values of TYPE are to have: TYPE itself when it is legal, NULL when there is none. NULL: all types
   * stay. */
  const coco_type *(*convert_type)(void *user, coco_context *context, const coco_type *type);
  /* Of the operations of a block the last one first, still what holds others before these: blocks that patterns split
   * are split from their end on, which is linear. */
  bool last_first;
  const coco_operation_definition *cast; /* of one value to another type; NULL: types must agree */
  void *user;
  struct coco_pass *pass; /* told how often each pattern was applied; NULL: nobody is */
} coco_conversion_options;

/* Converts what is inside ROOT. COCO_REPORTED: it could not be, and is as it was. */
coco_status coco_convert(coco_operation *root, const coco_conversion_pattern *const *patterns, size_t count,
                         const coco_conversion_options *options, bool *out_changed) COCO_MUST_USE;

/* ---- For patterns ---- */

/* Inserts before the operation being converted. */
coco_builder *coco_conversion_builder(coco_conversion *conversion);
const coco_type *coco_conversion_type(coco_conversion *conversion, const coco_type *type);
/* Operand INDEX in the type that its own is converted to. NULL: there is none, or no memory (see the builder's
 * status). */
coco_value *coco_conversion_operand(coco_conversion *conversion, coco_operation *operation, size_t index);
/* VALUES stand for the results; of another type, by way of a cast. */
coco_status coco_conversion_replace(coco_conversion *conversion, coco_operation *operation, coco_value *const *values,
                                    size_t count) COCO_MUST_USE;
/* Of an operation without used results. */
coco_status coco_conversion_erase(coco_conversion *conversion, coco_operation *operation) COCO_MUST_USE;
/* Before an operand or a property of OPERATION is changed in place, and it keeps their number. */
coco_status coco_conversion_modify(coco_conversion *conversion, coco_operation *operation) COCO_MUST_USE;
/* The blocks of FROM become TO's, which has none. */
coco_status coco_conversion_take_region(coco_conversion *conversion, coco_region *to, coco_region *from) COCO_MUST_USE;
/* The blocks of FROM go before BLOCK, into its region. */
coco_status coco_conversion_inline_region(coco_conversion *conversion, coco_region *from,
                                          coco_block *block) COCO_MUST_USE;
/* A block behind AFTER. NULL: see the builder's status. */
coco_block *coco_conversion_create_block(coco_conversion *conversion, coco_block *after);
/* Another argument, at the builder's location, for a block that the conversion created. NULL as above. */
coco_value *coco_conversion_add_argument(coco_conversion *conversion, coco_block *block, const coco_type *type);
/* FIRST and what follows it go to TO, a block without operations. The builder stays at its block's end if it was
 * before FIRST. */
coco_status coco_conversion_move_tail(coco_conversion *conversion, coco_operation *first, coco_block *to) COCO_MUST_USE;
/* Gives the arguments of BLOCK the types that theirs are converted to. */
coco_status coco_conversion_convert_arguments(coco_conversion *conversion, coco_block *block) COCO_MUST_USE;

#endif
