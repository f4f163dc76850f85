/* The table of the graph dialect. */
#include "dialects/graph/graph.h"

#include <stdio.h>

#include "dialects/graph/hooks.h"

#define COCO_ROWS "dialects/graph/graph_ops.def"
#define COCO_ROWS_DIALECT coco_graph_dialect
#define COCO_ROWS_LIST coco_graph_operations
#include "ir/define_operations.inc"

void coco_graph_constant_name(const coco_operation *operation, char *buffer, size_t size) {
  (void)operation;
  snprintf(buffer, size, "cst");
}

coco_value *coco_graph_build_constant(coco_builder *builder, const coco_attribute *value) {
  if (!value) coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
  return coco_build_value(builder, &(coco_operation_state){.definition = &coco_graph_constant,
                                                           COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))});
}

coco_value *coco_graph_build_integers(coco_builder *builder, const int64_t *numbers, size_t count) {
  const coco_type *element = coco_type_integer(builder->context, 64);
  const coco_type *type =
      element ? coco_type_tensor(builder->context, 1, (const int64_t[]){(int64_t)count}, element, NULL) : NULL;
  const coco_runtime_value tensor = {.type = type, .data = (void *)(uintptr_t)numbers};
  const coco_attribute *value = NULL;
  coco_builder_fail(builder, type ? coco_runtime_to_attribute(builder->context, &tensor, COCO_STRING("shape"), &value)
                                  : COCO_OUT_OF_MEMORY);
  return builder->status == COCO_OK ? coco_graph_build_constant(builder, value) : NULL;
}

/* graph.constant holds elements only: scalars outside tensors belong to arith. */
static coco_status materialize(coco_context *context, const coco_attribute *value, const coco_type *type,
                               const coco_location *location, coco_operation **out) {
  *out = NULL;
  if (!coco_attribute_is_elements(value) || value->type != type || !coco_type_is(type, COCO_TYPE_TENSOR))
    return COCO_OK;
  return coco_operation_create(
      context,
      &(coco_operation_state){
          .definition = &coco_graph_constant, .location = location, COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))},
      out);
}

const coco_dialect coco_graph_dialect = {
    .name = "graph",
    .documentation = "Operators of a network on whole tensors, NCHW, with ONNX's meaning.",
    .operations = coco_graph_operations,
    .operation_count = sizeof coco_graph_operations / sizeof *coco_graph_operations,
    .materialize_constant = materialize,
    .patterns = coco_graph_patterns,
};
