/* Epilogues: the scalar region of a layer, written again on scalars or on vectors of lanes.
 *
 * Each operation of the region is elementwise, so on vectors it is the same operation with vector types; constants
 * become vectors of equal lanes. */
#include "dialects/arith/arith.h"
#include "dialects/builtin/builtin.h"
#include "lowering/loops_common.h"

static coco_value *copy_constant(coco_loops *loops, const coco_attribute *value, const coco_type *scalar,
                                 size_t lanes) {
  if (lanes == 0) return coco_loops_constant(loops, value);
  const coco_type *type = coco_loops_vector_type(loops, scalar, lanes);
  if (!type) return NULL;
  if (coco_attribute_is(value, COCO_ATTRIBUTE_FLOAT)) return coco_loops_number(loops, type, value->real, 0);
  return coco_loops_number(loops, type, 0, value->integer);
}

static coco_value *mapped(coco_loops *loops, coco_pointer_map *map, coco_value *value, size_t lanes) {
  coco_value *found = coco_pointer_map_get(map, value);
  if (found) return found;
  const coco_attribute *constant = coco_value_constant(value);
  if (constant &&
      (coco_attribute_is(constant, COCO_ATTRIBUTE_FLOAT) || coco_attribute_is(constant, COCO_ATTRIBUTE_INTEGER))) {
    return copy_constant(loops, constant, value->type, lanes);
  }
  coco_builder_fail(&loops->builder, COCO_INVALID_ARGUMENT); /* layers are isolated from above */
  return NULL;
}

static coco_status copy_operation(coco_loops *loops, coco_pointer_map *map, const coco_operation *operation,
                                  size_t lanes) {
  bool elementwise = coco_operation_has_trait(operation, COCO_ELEMENTWISE) ||
                     coco_operation_is(operation, &coco_builtin_unrealized_conversion_cast);
  if (operation->region_count || operation->result_count != 1 || !elementwise) {
    return coco_operation_error(operation, "is not elementwise, so that it cannot be written on vectors");
  }
  size_t rows = operation->definition->attribute_count, count = 0;
  coco_value **operands = coco_arena_allocate(loops->scratch, (operation->operand_count + 1) * sizeof *operands);
  coco_named_attribute *attributes = coco_arena_allocate(loops->scratch, (rows + 1) * sizeof *attributes);
  if (!operands || !attributes) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < operation->operand_count; ++i)
    operands[i] = mapped(loops, map, coco_operation_operand(operation, i), lanes);
  for (size_t i = 0; i < rows; ++i) {
    if (!operation->properties[i]) continue;
    attributes[count++] =
        (coco_named_attribute){coco_string_from(operation->definition->attributes[i].name), operation->properties[i]};
  }
  const coco_type *type = coco_loops_vector_type(loops, coco_operation_result(operation, 0)->type, lanes);
  coco_value *copy =
      coco_build_value(&loops->builder, &(coco_operation_state){.definition = operation->definition,
                                                                .operands = operands,
                                                                .operand_count = operation->operand_count,
                                                                .attributes = attributes,
                                                                .attribute_count = count,
                                                                COCO_WITH_RESULTS(type)});
  if (!copy) return loops->builder.status;
  return coco_pointer_map_set(map, coco_operation_result(operation, 0), copy);
}

static coco_value *copy_region(coco_loops *loops, const coco_block *block, coco_pointer_map *map, size_t lanes) {
  for (const coco_operation *operation = block->first; operation; operation = operation->next) {
    if (loops->builder.status != COCO_OK) return NULL;
    if (coco_operation_is(operation, &coco_lr_yield))
      return mapped(loops, map, coco_operation_operand(operation, 0), lanes);
    if (coco_operation_has_trait(operation, COCO_CONSTANT_LIKE)) continue; /* made where it is used */
    coco_builder_fail(&loops->builder, copy_operation(loops, map, operation, lanes));
  }
  return NULL;
}

coco_value *coco_loops_finished(coco_loops *loops, const coco_point *point, coco_value *accumulator, size_t first) {
  if (loops->builder.status != COCO_OK) return NULL;
  const coco_block *block = coco_operation_body(loops->layer, 0);
  if (!block) return accumulator;
  coco_pointer_map map = {.allocator = coco_context_allocator(loops->context)};
  size_t leading = accumulator ? 1 : 0;
  coco_status status = leading ? coco_pointer_map_set(&map, block->arguments[0], accumulator) : COCO_OK;
  for (size_t i = leading; status == COCO_OK && i < block->argument_count; ++i) {
    size_t operand = first + i - leading;
    if (coco_value_is_unused(block->arguments[i])) continue;
    coco_value *element = coco_view_load_mapped(loops, &loops->operands[operand], loops->maps[operand], point);
    status = element ? coco_pointer_map_set(&map, block->arguments[i], element) : loops->builder.status;
  }
  coco_builder_fail(&loops->builder, status);
  coco_value *result = copy_region(loops, block, &map, point->lanes);
  coco_pointer_map_free(&map);
  return result;
}

void coco_loops_finish(coco_loops *loops, const coco_point *point, coco_value *accumulator, size_t first) {
  coco_view_store_point(loops, &loops->output, coco_loops_finished(loops, point, accumulator, first), point);
}
