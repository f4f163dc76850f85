/* Reductions: for each output point, or 16 of a row, a walk over the reduced axes in row-major order. */
#include <math.h>

#include "dialects/arith/arith.h"
#include "dialects/math/math.h"
#include "dialects/shared/reduction.h"
#include "lowering/loops_common.h"

typedef struct reduce_plan {
  coco_reduction kind;
  const coco_type *element; /* of the input, signless */
  const coco_type *scalar;  /* what is accumulated: i64 where the sum of integers is used whole, else the element */
  bool is_unsigned;        /* of integers; bits too: i1's 1 is not -1 here */
  int64_t count;                  /* elements that make one */
  bool reduced[COCO_LOOPS_RANK];  /* by axis of the input */
  bool keep;
} reduce_plan;

static coco_value *binary(coco_loops *loops, const reduce_plan *plan, const coco_operation_definition *real, const coco_operation_definition *integer,
                          coco_value *left, coco_value *right) {
  return coco_build_binary(&loops->builder, coco_type_is_float(plan->scalar) ? real : integer, left, right);
}

static coco_value *step(coco_loops *loops, const reduce_plan *plan, coco_value *sum, coco_value *next) {
  bool real = coco_type_is_float(plan->scalar);
  switch (plan->kind) {
    case COCO_REDUCE_MAX: return binary(loops, plan, &coco_arith_maximumf, plan->is_unsigned ? &coco_arith_maxui : &coco_arith_maxsi, sum, next);
    case COCO_REDUCE_MIN: return binary(loops, plan, &coco_arith_minimumf, plan->is_unsigned ? &coco_arith_minui : &coco_arith_minsi, sum, next);
    case COCO_REDUCE_PRODUCT: return binary(loops, plan, &coco_arith_mulf, &coco_arith_muli, sum, next);
    case COCO_REDUCE_SUM_SQUARE:
    case COCO_REDUCE_L2:
      if (real) return coco_loops_fma(loops, next, next, sum);
      return coco_build_binary(&loops->builder, &coco_arith_addi, coco_build_binary(&loops->builder, &coco_arith_muli, next, next), sum);
    case COCO_REDUCE_L1:
      if (!plan->is_unsigned) next = coco_build_unary(&loops->builder, real ? &coco_math_absf : &coco_math_absi, next);
      return binary(loops, plan, &coco_arith_addf, &coco_arith_addi, sum, next);
    default: return binary(loops, plan, &coco_arith_addf, &coco_arith_addi, sum, next);
  }
}

static coco_value *initial(coco_loops *loops, const reduce_plan *plan, const coco_type *type) {
  int64_t half = (int64_t)1 << (plan->scalar->width >= 2 && plan->scalar->width <= 64 ? plan->scalar->width - 2 : 0);
  switch (plan->kind) {
    case COCO_REDUCE_MAX: return coco_loops_number(loops, type, -INFINITY, plan->is_unsigned ? 0 : -half * 2);
    case COCO_REDUCE_MIN: return coco_loops_number(loops, type, INFINITY, !plan->is_unsigned ? half - 1 + half : plan->scalar->width == 1 ? 1 : -1);
    case COCO_REDUCE_PRODUCT: return coco_loops_number(loops, type, 1, 1);
    default: return coco_loops_number(loops, type, 0, 0);
  }
}

static coco_value *converted(coco_loops *loops, const coco_operation_definition *definition, coco_value *value, const coco_type *scalar) {
  if (!value) return NULL;
  size_t lanes = coco_type_is(value->type, COCO_TYPE_VECTOR) ? (size_t)value->type->shape[0] : 0;
  return coco_build_value(&loops->builder, &(coco_operation_state){.definition = definition, COCO_WITH_OPERANDS(value),
                                                                   COCO_WITH_RESULTS(coco_loops_vector_type(loops, scalar, lanes))});
}

static coco_value *widened(coco_loops *loops, const reduce_plan *plan, coco_value *value) {
  value = coco_loops_seen_as(loops, value, plan->element);
  if (plan->scalar == plan->element) return value;
  return converted(loops, plan->is_unsigned ? &coco_arith_extui : &coco_arith_extsi, value, plan->scalar);
}

/* Towards zero. */
static coco_value *integer_root(coco_loops *loops, coco_value *sum, const coco_type *scalar) {
  const coco_type *f64 = coco_type_float(loops->context, COCO_F64);
  if (!f64) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  if (loops->builder.status != COCO_OK) return NULL;
  coco_value *root = converted(loops, &coco_arith_sitofp, sum, f64);
  return converted(loops, &coco_arith_fptosi, root ? coco_build_unary(&loops->builder, &coco_math_sqrt, root) : NULL, scalar);
}

static coco_value *finish(coco_loops *loops, const reduce_plan *plan, coco_value *sum) {
  if (!sum || (plan->kind != COCO_REDUCE_MEAN && plan->kind != COCO_REDUCE_L2)) return sum;
  bool real = coco_type_is_float(plan->scalar);
  if (plan->kind == COCO_REDUCE_MEAN) return binary(loops, plan, &coco_arith_divf, plan->is_unsigned ? &coco_arith_divui : &coco_arith_divsi, sum, coco_loops_number(loops, sum->type, (double)plan->count, plan->count));
  return real ? coco_build_unary(&loops->builder, &coco_math_sqrt, sum) : integer_root(loops, sum, plan->scalar);
}

/* The walk over the reduced axes from AXIS on. */
static coco_value *walk(coco_loops *loops, const reduce_plan *plan, const coco_point *point, coco_index *place, const int64_t *steps, size_t axis, coco_value *sum) {
  const coco_view *input = &loops->operands[0];
  if (axis == input->tensor->rank) {
    coco_value *next = coco_view_load_lanes(loops, input, place, steps, point->lanes, point->valid);
    return step(loops, plan, sum, widened(loops, plan, next));
  }
  if (!plan->reduced[axis]) return walk(loops, plan, point, place, steps, axis + 1, sum);
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(input->tensor->shape[axis]), 1, &sum, 1);
  place[axis] = loop.induction;
  coco_value *next = walk(loops, plan, point, place, steps, axis + 1, loop.carried[0]);
  coco_loop_end(loops, &loop, &next);
  return loop.carried[0];
}

static void reduce_point(coco_loops *loops, const coco_point *point, void *user) {
  const reduce_plan *plan = user;
  coco_index place[COCO_LOOPS_RANK];
  int64_t steps[COCO_LOOPS_RANK] = {0};
  for (size_t i = 0, at = 0; i < loops->operands[0].tensor->rank; ++i) {
    place[i] = coco_index_of(0);
    if (plan->reduced[i]) {
      at += plan->keep;
      continue;
    }
    if (point->lanes && point->axis == at) steps[i] = 1;
    place[i] = point->index[at++];
  }
  coco_value *sum = initial(loops, plan, coco_loops_vector_type(loops, plan->scalar, point->lanes));
  if (plan->count > 0) sum = walk(loops, plan, point, place, steps, 0, sum);
  sum = finish(loops, plan, sum);
  if (plan->scalar != plan->element) sum = converted(loops, &coco_arith_trunci, sum, plan->element);
  coco_loops_finish(loops, point, coco_loops_seen_as(loops, sum, loops->operands[0].tensor->element), 1);
}

void coco_loops_reduce(coco_loops *loops) {
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(loops->layer, lr_reduce, tuning));
  const coco_type *input = loops->operands[0].tensor;
  const coco_attribute *axes = COCO_PROPERTY(loops->layer, lr_reduce, axes);
  reduce_plan plan = {.count = 1,
                      .keep = COCO_PROPERTY(loops->layer, lr_reduce, keep_dimensions)->integer != 0};
  coco_reduction_named(COCO_PROPERTY(loops->layer, lr_reduce, kind)->text, &plan.kind); /* verified: it is there */
  plan.is_unsigned = coco_type_is_integer(input->element, 1) || input->element->signedness == COCO_UNSIGNED;
  plan.element = plan.scalar = coco_loops_signless(loops, input->element);
  if ((plan.kind == COCO_REDUCE_MEAN || plan.kind == COCO_REDUCE_L2) && !coco_type_is_float(plan.element)) plan.scalar = coco_type_integer(loops->context, 64);
  if (!plan.scalar) {
    coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
    return;
  }
  for (size_t i = 0; i < axes->count; ++i) {
    int64_t axis = coco_attribute_i64s(axes)[i];
    plan.reduced[axis] = true;
    plan.count *= input->shape[axis];
  }
  size_t axis = coco_loops_axis(loops);
  /* An output row whose axis is a reduced one has a single element. */
  coco_loops_over_points(loops, &loops->output, axis, tuning.pieces, reduce_point, &plan);
  coco_view_zero_halo(loops, &loops->output);
}
