/* The verifier, in three rounds over the operation and everything inside it, each without recursion:
 *
 *   1. structure and rows: nothing later may trip over a malformed operation;
 *   2. traits, inference against declared types, and the rows' own hooks;
 *   3. dominance, isolation, symbols.
 *
 * A round runs only when those before it found nothing; within a round every operation is looked at,
 * so that all its errors are reported. Each round is linear in the operations, blocks and uses. */
#include "ir/verifier.h"

#include "ir/operation_internal.h"
#include "ir/row_check.h"
#include "ir/verifier_internal.h"

typedef coco_status (*check)(coco_operation *operation, void *user);

/* Calls FUNCTION on ROOT and everything inside; reported errors do not stop it. */
static coco_status check_all(coco_operation *root, check function, void *user) {
  coco_status result = COCO_OK;
  for (coco_operation *operation = root; operation; operation = coco_walk_next(operation, root)) {
    coco_status status = function(operation, user);
    if (status != COCO_OK && status != COCO_REPORTED) return status;
    if (status != COCO_OK) result = status;
  }
  return result;
}

static coco_status check_meaning(coco_operation *operation, void *user) {
  (void)user;
  const coco_operation_definition *row = operation->definition;
  if (!row->is_registered) return COCO_OK;
  COCO_TRY(coco_verify_traits(operation));
  COCO_TRY(coco_operation_infer(operation, false));
  return row->verify ? row->verify(operation) : COCO_OK;
}

static coco_status check_scopes(coco_operation *operation, void *dominance) {
  COCO_TRY(coco_verify_dominance(dominance, operation));
  return coco_verify_symbol_table(operation);
}

coco_status coco_verify(coco_operation *operation) {
  COCO_TRY(check_all(operation, coco_verify_structure, operation));
  COCO_TRY(check_all(operation, check_meaning, NULL));
  coco_dominance *dominance;
  COCO_TRY(coco_dominance_create(operation->context, &dominance));
  coco_status status = check_all(operation, check_scopes, dominance);
  coco_dominance_destroy(dominance);
  return status;
}
