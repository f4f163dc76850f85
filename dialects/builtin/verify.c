/* Rules of builtin that its rows cannot say. */
#include "dialects/builtin/builtin.h"
#include "dialects/builtin/hooks.h"

coco_status coco_builtin_verify_cast(coco_operation *operation) {
  return operation->result_count ? COCO_OK
                                 : coco_operation_error(operation, "expected at least one result for cast operation");
}
