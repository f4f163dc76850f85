/* Patterns written as equations: the text of the pattern is what it does.
 *
 *   arith.addi(arith.addi(x, c), d) = arith.addi(x, arith.addi(c, d)) where c constant, d constant
 *   graph.add(p: graph.matmul(a, b), c) = graph.gemm(a, b, c) {alpha = 1, beta = 1, trans_a = false, trans_b = false}
 *     where p once, p of result type, a of rank 2, b of rank 2, c constant, result at p
 *
 * The left side is matched, its root being the operation that is visited; the right side is built, or is a value of the
 * left one. A name stands for a value, the same one wherever it stands; `name:` before an operation names its result.
 * Attributes in braces are numbers, true or false, or names; `any` matches whatever there is. An attribute that the left
 * side does not mention must be absent: what has flags is not what the equation speaks of. After `where`:
 *
 *   x constant          x is defined by a constant
 *   x once              x has one use
 *   x of rank 2         x is shaped and has that rank
 *   x of result type    x has the type of the root's result
 *   result at x         the result takes the location of what defines x, not the root's
 *
 * Operations have one result, as many operands as their row takes, and no regions, successors or operand segments; they
 * are of the pattern's dialect or one registered before it. Operands are matched in their order: folding has put
 * constants to the right. Cost: a comparison for most operations that do not match; at most COCO_EQUATION_NODES steps
 * for any. */
#ifndef COCO_IR_EQUATION_H
#define COCO_IR_EQUATION_H

#include "ir/rewriter.h"

enum { COCO_EQUATION_NODES = 16, COCO_EQUATION_OPERANDS = 4, COCO_EQUATION_NAMES = 8, COCO_EQUATION_ATTRIBUTES = 6 };

typedef struct coco_equation coco_equation;

/* Reads PATTERN's equation into ARENA. COCO_REPORTED: it is wrong, and a diagnostic names the pattern and the place. */
coco_status coco_equation_read(coco_context *context, coco_arena *arena, const coco_pattern *pattern,
                               const coco_equation **out) COCO_MUST_USE;
/* The operation that the equation is about. */
const coco_operation_definition *coco_equation_root(const coco_equation *equation);
/* As a pattern's `rewrite`. */
coco_status coco_equation_apply(const coco_equation *equation, coco_rewriter *rewriter, coco_operation *operation,
                                bool *matched) COCO_MUST_USE;
/* The equation of a pattern of a registered dialect; NULL: it has none, or is not of a dialect. */
const coco_equation *coco_context_find_equation(const coco_context *context, const coco_pattern *pattern);

#endif
