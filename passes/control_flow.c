/* Branches, and what may move across them: see control_flow.h. */
#include "passes/control_flow.h"

#include "dialects/arith/arith.h"
#include "dialects/cf/cf.h"
#include "dialects/memref/memref.h"
#include "dialects/scf/scf.h"

bool coco_branch_operands(const coco_operation *branch, size_t index, size_t *out_start, size_t *out_count) {
  size_t group;
  if (coco_operation_is(branch, &coco_cf_br) && index == 0)
    group = offsetof(struct coco_cf_br_operands, destOperands);
  else if (coco_operation_is(branch, &coco_cf_cond_br) && index < 2)
    group = index ? offsetof(struct coco_cf_cond_br_operands, falseDestOperands)
                  : offsetof(struct coco_cf_cond_br_operands, trueDestOperands);
  else
    return false;
  coco_operation_operand_group(branch, group, out_start, out_count);
  return true;
}

/* ---- Speculation ---- */

/* An integer constant, or one that is the same in every element; false otherwise. */
static bool constant_integer(const coco_value *value, int64_t *out) {
  const coco_attribute *constant = coco_value_constant(value);
  if (!constant) return false;
  if (constant->kind == COCO_ATTRIBUTE_INTEGER && !constant->words) {
    *out = constant->integer;
    return true;
  }
  if (constant->kind != COCO_ATTRIBUTE_DENSE || !constant->splat || coco_type_bits(constant->type->element) > 64)
    return false;
  *out = coco_element_read_integer(constant->type->element, constant->data);
  return true;
}

/* Division by 0 fails, and so does the least number divided by -1. */
static bool divides_safely(const coco_operation *operation, bool is_signed) {
  int64_t divisor;
  return constant_integer(coco_operation_operand(operation, 1), &divisor) && divisor != 0 &&
         !(is_signed && divisor == -1);
}

static bool is_loop_that_ends(const coco_operation *operation) {
  int64_t step;
  if (coco_operation_is(operation, &coco_scf_for))
    return constant_integer(COCO_OPERAND(operation, scf_for, step), &step) && step == 1;
  return coco_operation_is(operation, &coco_scf_parallel);
}

/* OPERATION by itself, its regions left aside. */
static bool is_speculatable_alone(const coco_operation *operation) {
  static const coco_operation_definition *const unsigned_divisions[] = {&coco_arith_divui, &coco_arith_remui,
                                                                        &coco_arith_ceildivui};
  static const coco_operation_definition *const signed_divisions[] = {&coco_arith_divsi, &coco_arith_remsi,
                                                                      &coco_arith_ceildivsi, &coco_arith_floordivsi};
  const coco_operation_definition *row = operation->definition;
  if (!(row->traits & (COCO_PURE | COCO_RECURSIVE_EFFECTS))) return false;
  if (row->traits & COCO_LOOP) return is_loop_that_ends(operation);
  for (size_t i = 0; i < sizeof unsigned_divisions / sizeof *unsigned_divisions; ++i)
    if (row == unsigned_divisions[i]) return divides_safely(operation, false);
  for (size_t i = 0; i < sizeof signed_divisions / sizeof *signed_divisions; ++i)
    if (row == signed_divisions[i]) return divides_safely(operation, true);
  return row != &coco_memref_dim;
}

bool coco_operation_is_speculatable(coco_operation *operation) {
  for (coco_operation *inner = operation; inner; inner = coco_walk_next(inner, operation))
    if (!is_speculatable_alone(inner)) return false;
  return true;
}

bool coco_operation_has_no_effect(coco_operation *operation) {
  return coco_operation_is_pure(operation) && !coco_operation_has_trait(operation, COCO_TERMINATOR);
}

bool coco_value_is_outside(const coco_value *value, const coco_operation *operation) {
  const coco_block *block = coco_value_block(value);
  for (const coco_region *region = block ? block->region : NULL; region;) {
    if (region->owner == operation) return false;
    region = region->owner->block ? region->owner->block->region : NULL;
  }
  return true;
}
