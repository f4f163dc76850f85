/* Rules of structured control flow: what goes into a region and comes out of it agrees with the operation. */
#include "dialects/scf/scf.h"
#include "dialects/scf/hooks.h"
#include "ir/printer.h"

enum { TYPE_TEXT = 128 };

static const coco_operation *last_of(const coco_operation *operation, size_t region) {
  const coco_block *body = coco_operation_body(operation, region);
  return body ? body->last : NULL;
}

/* The operands of the terminator from SKIP on have the types of the results. */
static coco_status check_yields_results(coco_operation *operation, const coco_operation *terminator, size_t skip) {
  if (terminator->operand_count != operation->result_count + skip)
    return coco_operation_error(operation, "region hands on %zu values for %u results",
                                (size_t)terminator->operand_count - skip, operation->result_count);
  for (size_t i = 0; i < operation->result_count; i++) {
    const coco_type *given = coco_operation_operand(terminator, skip + i)->type, *wanted = operation->results[i].type;
    if (given == wanted) continue;
    char left[TYPE_TEXT], right[TYPE_TEXT];
    return coco_operation_error(operation, "region hands on '%s' where '%s' is expected for result %zu",
                                coco_type_text(given, left, sizeof left), coco_type_text(wanted, right, sizeof right),
                                i);
  }
  return COCO_OK;
}

/* Arguments START and on of the region's block have the types of operands FIRST and on, COUNT of them. */
static coco_status check_arguments(coco_operation *operation, size_t region, size_t start, size_t first, size_t count) {
  const coco_block *body = coco_operation_body(operation, region);
  if (!body) return coco_operation_error(operation, "region #%zu must not be empty", region);
  if (body->argument_count != start + count)
    return coco_operation_error(operation, "region #%zu has %u arguments where %zu are expected", region,
                                body->argument_count, start + count);
  for (size_t i = 0; i < count; i++) {
    const coco_type *given = body->arguments[start + i]->type,
                    *wanted = coco_operation_operand(operation, first + i)->type;
    if (given == wanted) continue;
    char left[TYPE_TEXT], right[TYPE_TEXT];
    return coco_operation_error(operation, "type of region argument #%zu ('%s') is not that of its value ('%s')",
                                start + i, coco_type_text(given, left, sizeof left),
                                coco_type_text(wanted, right, sizeof right));
  }
  return COCO_OK;
}

coco_status coco_scf_verify_for(coco_operation *operation) {
  const coco_type *counter = coco_operation_operand(operation, 0)->type;
  if (counter->element || coco_operation_operand(operation, 1)->type != counter ||
      coco_operation_operand(operation, 2)->type != counter)
    return coco_operation_error(operation,
                                "failed to verify that all of {lowerBound, upperBound, step} have same type");
  size_t carried = operation->operand_count - 3;
  COCO_TRY(check_arguments(operation, 0, 1, 3, carried));
  if (coco_operation_body(operation, 0)->arguments[0]->type != counter)
    return coco_operation_error(operation, "expected induction variable to be same type as bounds and step");
  return check_yields_results(operation, last_of(operation, 0), 0);
}

coco_status coco_scf_verify_if(coco_operation *operation) {
  const coco_operation *then_last = last_of(operation, 0), *else_last = last_of(operation, 1);
  if (!then_last) return coco_operation_error(operation, "region #0 must not be empty");
  if (!else_last && operation->result_count)
    return coco_operation_error(operation, "must have an else block if defining values");
  COCO_TRY(check_arguments(operation, 0, 0, 0, 0));
  if (else_last) COCO_TRY(check_arguments(operation, 1, 0, 0, 0));
  COCO_TRY(check_yields_results(operation, then_last, 0));
  return else_last ? check_yields_results(operation, else_last, 0) : COCO_OK;
}

coco_status coco_scf_verify_while(coco_operation *operation) {
  COCO_TRY(check_arguments(operation, 0, 0, 0, operation->operand_count));
  const coco_operation *condition = last_of(operation, 0), *yield = last_of(operation, 1);
  const coco_block *after = coco_operation_body(operation, 1);
  if (!coco_operation_is(condition, &coco_scf_condition))
    return coco_operation_error(operation, "expects the 'before' region to terminate with 'scf.condition'");
  if (!coco_operation_is(yield, &coco_scf_yield))
    return coco_operation_error(operation, "expects the 'after' region to terminate with 'scf.yield'");
  COCO_TRY(check_yields_results(operation, condition, 1));
  if (after->argument_count != operation->result_count)
    return coco_operation_error(operation, "region #1 has %u arguments where %u are expected", after->argument_count,
                                operation->result_count);
  for (size_t i = 0; i < after->argument_count; i++)
    if (after->arguments[i]->type != operation->results[i].type)
      return coco_operation_error(operation, "type of argument #%zu of the 'after' region is not that of the result",
                                  i);
  if (yield->operand_count != operation->operand_count)
    return coco_operation_error(operation, "region hands on %u values for %u initial values", yield->operand_count,
                                operation->operand_count);
  for (size_t i = 0; i < operation->operand_count; i++)
    if (coco_operation_operand(yield, i)->type != coco_operation_operand(operation, i)->type)
      return coco_operation_error(
          operation, "type of value #%zu that the 'after' region yields is not that of the initial value", i);
  return COCO_OK;
}

coco_status coco_scf_verify_parallel(coco_operation *operation) {
  size_t start, sizes[3];
  for (size_t i = 0; i < 3; i++) coco_operation_operand_group(operation, i, &start, &sizes[i]);
  if (sizes[0] == 0)
    return coco_operation_error(operation, "needs at least one tuple element for lowerBound, upperBound and step");
  if (sizes[1] != sizes[0] || sizes[2] != sizes[0])
    return coco_operation_error(operation, "expects as many lower bounds, upper bounds and steps");
  COCO_TRY(check_arguments(operation, 0, 0, 0, sizes[0]));
  const coco_operation *reduce = last_of(operation, 0);
  if (reduce->operand_count != operation->result_count)
    return coco_operation_error(operation, "expects number of results: %u to be the same as number of reductions: %u",
                                operation->result_count, reduce->operand_count);
  return check_yields_results(operation, reduce, 0);
}

coco_status coco_scf_verify_reduce(coco_operation *operation) {
  if (operation->region_count != operation->operand_count)
    return coco_operation_error(operation, "expects as many regions as operands: %u, but found %u",
                                operation->operand_count, operation->region_count);
  for (size_t i = 0; i < operation->region_count; i++) {
    const coco_block *body = coco_operation_body(operation, i);
    const coco_type *type = coco_operation_operand(operation, i)->type;
    if (!body || body->argument_count != 2 || body->arguments[0]->type != type || body->arguments[1]->type != type)
      return coco_operation_error(operation, "expects two block arguments of the operand's type in region #%zu", i);
    if (!body->last || body->last->operand_count != 1 || coco_operation_operand(body->last, 0)->type != type)
      return coco_operation_error(operation, "expects region #%zu to return a value of the operand's type", i);
  }
  return COCO_OK;
}

coco_status coco_scf_verify_execute_region(coco_operation *operation) {
  const coco_block *body = coco_operation_body(operation, 0);
  if (!body) return coco_operation_error(operation, "region needs to have at least one block");
  if (body->argument_count) return coco_operation_error(operation, "region cannot have any arguments");
  for (const coco_block *block = body; block; block = block->next)
    if (coco_operation_is(block->last, &coco_scf_yield)) COCO_TRY(check_yields_results(operation, block->last, 0));
  return COCO_OK;
}
