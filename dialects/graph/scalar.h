/* What an elementwise operation does to one element. Private to dialects/graph. */
#ifndef COCO_DIALECTS_GRAPH_SCALAR_H
#define COCO_DIALECTS_GRAPH_SCALAR_H

#include "dialects/graph/graph.h"

enum { COCO_GRAPH_MAXIMUM_SCALARS = 3 };

/* Which member counts depends on the element type. Integers are extended by their signedness. */
typedef union coco_graph_number {
  double real;
  int64_t integer;
} coco_graph_number;

typedef struct coco_graph_scalar_task {
  const coco_operation *operation;
  const coco_type *from, *to; /* element types of the last operand and of the result */
  bool is_unsigned;           /* of `from`; also for i1 */
  const char *problem;        /* set when there is no result: division by zero */
} coco_graph_scalar_task;

typedef struct coco_graph_scalar_rule {
  const coco_operation_definition *row;
  /* One element. NULL: not for this kind of operands. */
  coco_graph_number (*reals)(coco_graph_scalar_task *task, const coco_graph_number *x);
  coco_graph_number (*integers)(coco_graph_scalar_task *task, const coco_graph_number *x);
  /* The same in arith and math, for signless types. NULL result with the builder well: not for these types. */
  coco_value *(*emit)(coco_builder *builder, const coco_operation *operation, coco_value *const *x);
} coco_graph_scalar_rule;

const coco_graph_scalar_rule *coco_graph_scalar_rule_of(const coco_operation *operation); /* NULL: not elementwise */

#endif
