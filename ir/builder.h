/* Building operations at a place, without a check after every line.
 *
 * The status is sticky: after a failure every call does nothing and returns NULL, so code builds
 * freely and returns builder.status at the end. NULL operands are tolerated once it is not COCO_OK. */
#ifndef COCO_IR_BUILDER_H
#define COCO_IR_BUILDER_H

#include "ir/definition.h"

struct coco_builder {
  coco_context *context;
  coco_block *block;
  coco_operation *before; /* NULL: at the end of the block */
  const coco_location *location;
  coco_status status;
  /* Called for each new operation (the rewriter listens here). NULL: nobody. */
  void (*inserted)(void *listener, coco_operation *operation);
  void *listener;
};

coco_builder coco_builder_at_end(coco_context *context, coco_block *block, const coco_location *location);
/* Location: that of OPERATION. */
coco_builder coco_builder_before(coco_operation *operation);
coco_builder coco_builder_after(coco_operation *operation);

/* Creates and inserts. The state's location defaults to the builder's. */
coco_operation *coco_build(coco_builder *builder, const coco_operation_state *state);
/* The first result of coco_build. */
coco_value *coco_build_value(coco_builder *builder, const coco_operation_state *state);
/* Operations with inferred results and neither attributes nor regions. */
coco_value *coco_build_unary(coco_builder *builder, const coco_operation_definition *definition, coco_value *operand);
coco_value *coco_build_binary(coco_builder *builder, const coco_operation_definition *definition, coco_value *left, coco_value *right);
/* Appends a block with these argument types to region INDEX of OPERATION. */
coco_block *coco_build_block(coco_builder *builder, coco_operation *operation, size_t region,
                             const coco_type *const *argument_types, size_t argument_count);
void coco_builder_fail(coco_builder *builder, coco_status status); /* keeps an earlier failure */
void coco_builder_to_end(coco_builder *builder, coco_block *block);
void coco_builder_to_before(coco_builder *builder, coco_operation *operation);

#endif
