/* Rules of builtin that its rows cannot say. */
#include "dialects/builtin/builtin.h"
#include "dialects/builtin/hooks.h"

coco_status coco_builtin_verify_module(coco_operation *operation) {
  const coco_block *body = coco_operation_body(operation, 0);
  return body && body->argument_count ? coco_operation_error(operation, "region should have no arguments") : COCO_OK;
}

coco_status coco_builtin_verify_cast(coco_operation *operation) {
  return operation->result_count ? COCO_OK
                                 : coco_operation_error(operation, "expected at least one result for cast operation");
}
