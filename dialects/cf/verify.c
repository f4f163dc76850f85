/* Rules of branches: blocks take what is handed to them. */
#include "dialects/cf/cf.h"
#include "dialects/cf/hooks.h"
#include "ir/printer.h"

enum { TYPE_TEXT = 128 };

/* Operand group GROUP goes to successor INDEX. */
static coco_status check_target(coco_operation *operation, size_t index, size_t group) {
  const coco_block *block = coco_operation_successor(operation, index);
  size_t start, count;
  coco_operation_operand_group(operation, group, &start, &count);
  if (count != block->argument_count)
    return coco_operation_error(operation, "branch has %zu operands for successor #%zu, but target block has %u", count,
                                index, block->argument_count);
  for (size_t i = 0; i < count; i++) {
    const coco_type *given = coco_operation_operand(operation, start + i)->type, *wanted = block->arguments[i]->type;
    if (given == wanted) continue;
    char left[TYPE_TEXT], right[TYPE_TEXT];
    return coco_operation_error(
        operation, "type mismatch for bb argument #%zu of successor #%zu: '%s' given, '%s' expected", i, index,
        coco_type_text(given, left, sizeof left), coco_type_text(wanted, right, sizeof right));
  }
  return COCO_OK;
}

coco_status coco_cf_verify_br(coco_operation *operation) {
  if (operation->successor_count != 1)
    return coco_operation_error(operation, "requires 1 successor but found %u", operation->successor_count);
  return check_target(operation, 0, offsetof(struct coco_cf_br_operands, destOperands));
}

coco_status coco_cf_verify_cond_br(coco_operation *operation) {
  if (operation->successor_count != 2)
    return coco_operation_error(operation, "requires 2 successors but found %u", operation->successor_count);
  COCO_TRY(check_target(operation, 0, offsetof(struct coco_cf_cond_br_operands, trueDestOperands)));
  return check_target(operation, 1, offsetof(struct coco_cf_cond_br_operands, falseDestOperands));
}
