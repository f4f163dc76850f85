/* Prototypes of the hooks of rows, one word each, for the private header of a dialect (dialects/<d>/hooks.h). */
#ifndef COCO_IR_HOOKS_H
#define COCO_IR_HOOKS_H

#include "ir/definition.h"

#define COCO_INFER_HOOK(name) coco_status name(const coco_inference *inference);
#define COCO_VERIFY_HOOK(name) coco_status name(coco_operation *operation);
#define COCO_FOLD_HOOK(name) coco_status name(coco_operation *operation, coco_fold *fold);
#define COCO_EVALUATE_HOOK(name)                                                            \
  coco_status name(coco_evaluation *evaluation, const coco_operation *operation,            \
                   const coco_runtime_value *operands, coco_runtime_value *results);
#define COCO_SYNTAX_HOOKS(dialect, syntax)                                                  \
  coco_status coco_##dialect##_parse_##syntax(coco_parser *parser, coco_operation_state *state); \
  void coco_##dialect##_print_##syntax(coco_printer *printer, const coco_operation *operation);
#define COCO_NAME_HOOK(name) void name(const coco_operation *operation, char *buffer, size_t size);

#endif
