/* An equation as read: what ir/equation.c and ir/equation_parser.c share. */
#ifndef COCO_IR_EQUATION_INTERNAL_H
#define COCO_IR_EQUATION_INTERNAL_H

#include "ir/equation.h"

enum { COCO_EQUATION_NO_NAME = 0xff };

/* An attribute of a node: a literal, or a name; neither: any. */
typedef struct coco_equation_attribute {
  const coco_attribute *literal;
  uint8_t index, name;
} coco_equation_attribute;

/* A value: an operation's result, or a name alone. */
typedef struct coco_equation_node {
  const coco_operation_definition *definition; /* NULL: a name */
  uint8_t name;
  uint8_t operand_count, operands[COCO_EQUATION_OPERANDS]; /* nodes */
  uint8_t attribute_count;
  coco_equation_attribute attributes[COCO_EQUATION_ATTRIBUTES];
} coco_equation_node;

typedef struct coco_equation_constraint {
  bool constant, once, of_result_type, of_rank;
  int64_t rank;
} coco_equation_constraint;

struct coco_equation {
  coco_equation_node nodes[COCO_EQUATION_NODES]; /* the first: the left side's root */
  uint8_t node_count, result;                    /* `result`: the right side's root */
  uint8_t location;                              /* the name whose location the result has */
  uint8_t name_count;
  coco_equation_constraint constraints[COCO_EQUATION_NAMES]; /* by name */
};

#endif
