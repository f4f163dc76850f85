/* The builder: see ir/builder.h. */
#include "ir/builder.h"

coco_builder coco_builder_at_end(coco_context *context, coco_block *block, const coco_location *location) {
  return (coco_builder){.context = context, .block = block, .location = location};
}

coco_builder coco_builder_before(coco_operation *operation) {
  return (coco_builder){
      .context = operation->context, .block = operation->block, .before = operation, .location = operation->location};
}

coco_builder coco_builder_after(coco_operation *operation) {
  return (coco_builder){.context = operation->context,
                        .block = operation->block,
                        .before = operation->next,
                        .location = operation->location};
}

void coco_builder_fail(coco_builder *builder, coco_status status) {
  if (builder->status == COCO_OK) builder->status = status;
}

void coco_builder_to_end(coco_builder *builder, coco_block *block) {
  builder->block = block;
  builder->before = NULL;
}

void coco_builder_to_before(coco_builder *builder, coco_operation *operation) {
  builder->block = operation->block;
  builder->before = operation;
}

coco_operation *coco_build(coco_builder *builder, const coco_operation_state *state) {
  if (builder->status != COCO_OK) return NULL;
  coco_operation_state located = *state;
  if (!located.location) located.location = builder->location;
  coco_operation *operation;
  builder->status = coco_operation_create(builder->context, &located, &operation);
  if (builder->status != COCO_OK) return NULL;
  if (builder->before)
    coco_operation_insert_before(operation, builder->before);
  else
    coco_block_append(builder->block, operation);
  if (builder->inserted) builder->inserted(builder->listener, operation);
  return operation;
}

coco_value *coco_build_value(coco_builder *builder, const coco_operation_state *state) {
  coco_operation *operation = coco_build(builder, state);
  if (!operation) return NULL;
  if (operation->result_count) return coco_operation_result(operation, 0);
  coco_builder_fail(builder, COCO_INVALID_ARGUMENT);
  return NULL;
}

coco_value *coco_build_unary(coco_builder *builder, const coco_operation_definition *definition, coco_value *operand) {
  return coco_build_value(builder, &(coco_operation_state){.definition = definition, COCO_WITH_OPERANDS(operand)});
}

coco_value *coco_build_binary(coco_builder *builder, const coco_operation_definition *definition, coco_value *left,
                              coco_value *right) {
  return coco_build_value(builder, &(coco_operation_state){.definition = definition, COCO_WITH_OPERANDS(left, right)});
}

coco_block *coco_build_block(coco_builder *builder, coco_operation *operation, size_t region,
                             const coco_type *const *argument_types, size_t argument_count) {
  if (builder->status != COCO_OK) return NULL;
  coco_block *block = coco_region_append_block(builder->context, coco_operation_region(operation, region));
  if (!block) {
    coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
    return NULL;
  }
  for (size_t i = 0; i < argument_count; ++i) {
    if (coco_block_add_argument(builder->context, block, argument_types[i])) continue;
    coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
    return NULL;
  }
  return block;
}
