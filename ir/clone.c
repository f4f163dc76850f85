/* Cloning: first the skeleton (operations, blocks, arguments) is made and each original mapped to its
 * copy, then operands and successors are filled in from the map, so that references forward and
 * around loops need no care. Linear in what is cloned; no recursion. */
#include "ir/operation_internal.h"

static void *mapped(const coco_pointer_map *map, void *original) {
  void *copy = coco_pointer_map_get(map, original);
  return copy ? copy : original;
}

static coco_status clone_shell(coco_operation *original, coco_pointer_map *map, coco_operation **out) {
  coco_operation_counts counts = {.operands = original->operand_count,
                                  .results = original->result_count,
                                  .regions = original->region_count,
                                  .successors = original->successor_count};
  coco_operation *copy;
  COCO_TRY(coco_operation_allocate(original->context, original->definition, original->location, &counts, &copy));
  copy->attributes = original->attributes;
  memcpy(copy->properties, original->properties, coco_operation_property_count(original) * sizeof *copy->properties);
  coco_status status = coco_pointer_map_set(map, original, copy);
  for (size_t i = 0; i < original->result_count && status == COCO_OK; ++i) {
    copy->results[i].type = original->results[i].type;
    status = coco_pointer_map_set(map, &original->results[i], &copy->results[i]);
  }
  if (status != COCO_OK) {
    coco_operation_erase(copy);
    return status;
  }
  *out = copy;
  return COCO_OK;
}

static coco_status clone_blocks(coco_operation *original, coco_operation *copy, coco_pointer_map *map) {
  coco_context *context = original->context;
  for (size_t r = 0; r < original->region_count; ++r) {
    for (coco_block *block = coco_operation_region(original, r)->first; block; block = block->next) {
      coco_block *block_copy = coco_region_append_block(context, coco_operation_region(copy, r));
      if (!block_copy) return COCO_OUT_OF_MEMORY;
      COCO_TRY(coco_pointer_map_set(map, block, block_copy));
      for (size_t i = 0; i < block->argument_count; ++i) {
        coco_value *argument = coco_block_add_argument(context, block_copy, block->arguments[i]->type);
        if (!argument) return COCO_OUT_OF_MEMORY;
        coco_argument_set_location(argument, coco_argument_location(block->arguments[i]));
        COCO_TRY(coco_pointer_map_set(map, block->arguments[i], argument));
      }
    }
  }
  return COCO_OK;
}

static coco_status clone_inside(coco_operation *root, coco_operation *root_copy, coco_pointer_map *map) {
  COCO_TRY(clone_blocks(root, root_copy, map));
  for (coco_operation *original = root; (original = coco_walk_next(original, root)) != NULL;) {
    coco_operation *copy;
    COCO_TRY(clone_shell(original, map, &copy));
    coco_block_append(coco_pointer_map_get(map, original->block), copy);
    COCO_TRY(clone_blocks(original, copy, map));
  }
  return COCO_OK;
}

static void fill_references(const coco_operation *original, const coco_pointer_map *map) {
  coco_operation *copy = coco_pointer_map_get(map, original);
  for (size_t i = 0; i < original->operand_count; ++i)
    if (original->operands[i].value) coco_use_link(&copy->operands[i], mapped(map, original->operands[i].value));
  for (size_t i = 0; i < original->successor_count; ++i)
    coco_operation_successors(copy)[i] = mapped(map, coco_operation_successor(original, i));
}

static coco_status clone_with_map(coco_operation *root, coco_pointer_map *map, coco_operation **out) {
  coco_operation *copy;
  COCO_TRY(clone_shell(root, map, &copy));
  coco_status status = clone_inside(root, copy, map);
  if (status != COCO_OK) {
    coco_operation_erase(copy);
    return status;
  }
  for (coco_operation *original = root; original; original = coco_walk_next(original, root))
    fill_references(original, map);
  *out = copy;
  return COCO_OK;
}

coco_status coco_operation_clone(coco_operation *operation, coco_pointer_map *map, coco_operation **out) {
  *out = NULL;
  if (map) return clone_with_map(operation, map, out);
  coco_pointer_map own = {.allocator = coco_context_allocator(operation->context)};
  coco_status status = clone_with_map(operation, &own, out);
  coco_pointer_map_free(&own);
  return status;
}

coco_status coco_block_clone_into(coco_block *block, coco_block *to, coco_operation *anchor, coco_pointer_map *map) {
  const coco_operation *terminator = coco_block_terminator(block);
  for (coco_operation *operation = block->first; operation && operation != terminator; operation = operation->next) {
    coco_operation *copy;
    COCO_TRY(coco_operation_clone(operation, map, &copy));
    if (anchor)
      coco_operation_insert_before(copy, anchor);
    else
      coco_block_append(to, copy);
  }
  return COCO_OK;
}
