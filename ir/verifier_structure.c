/* First round of the verifier: registration, rows, regions, blocks, terminators, successors. */
#include <stdio.h>

#include "ir/operation_internal.h"
#include "ir/row_check.h"
#include "ir/verifier_internal.h"

static bool is_dialect_known(const coco_operation *operation, coco_string *out_dialect) {
  coco_string name = coco_operation_name(operation);
  const char *dot = memchr(name.data, '.', name.size);
  *out_dialect = dot ? (coco_string){name.data, (size_t)(dot - name.data)} : (coco_string){0};
  return dot && coco_context_find_dialect(operation->context, *out_dialect);
}

static coco_status check_registered(const coco_operation *operation) {
  if (operation->definition->is_registered || coco_context_allows_unregistered(operation->context)) return COCO_OK;
  coco_string dialect, name = coco_operation_name(operation);
  if (is_dialect_known(operation, &dialect))
    return coco_error(operation->context, operation->location,
                      "unregistered operation '%.*s' found in dialect ('%.*s')", COCO_PRINT(name), COCO_PRINT(dialect));
  return coco_error(operation->context, operation->location,
                    "operation '%.*s' is unregistered; --allow-unregistered-dialect accepts it", COCO_PRINT(name));
}

static coco_status check_values(const coco_operation *operation) {
  for (size_t i = 0; i < operation->operand_count; ++i)
    if (!operation->operands[i].value) return coco_operation_error(operation, "null operand #%zu found", i);
  for (size_t i = 0; i < operation->result_count; ++i)
    if (!operation->results[i].type) return coco_operation_error(operation, "result #%zu has no type", i);
  return COCO_OK;
}

/* ---- Where it stands ---- */

static bool is_named(const char *name, const char *alternatives) {
  size_t size = strlen(name);
  for (const char *start = alternatives; *start;) {
    size_t length = strcspn(start, "|");
    if (length == size && memcmp(start, name, size) == 0) return true;
    start += length + (start[length] == '|');
  }
  return false;
}

/* "'a.b', 'c.d'" from "a.b|c.d". */
static const char *list_names(const char *alternatives, char *buffer, size_t size) {
  size_t used = 0;
  buffer[0] = 0;
  for (const char *start = alternatives; *start && used < size;) {
    int length = (int)strcspn(start, "|");
    int written = snprintf(buffer + used, size - used, "%s'%.*s'", used ? ", " : "", length, start);
    used += written > 0 ? (size_t)written : 0;
    start += length + (start[length] == '|');
  }
  return buffer;
}

static coco_status check_place(coco_operation *operation, const coco_operation *root) {
  const coco_operation_definition *row = operation->definition;
  const coco_operation *parent = coco_operation_parent(operation);
  if (row->parent && (operation != root || parent) && (!parent || !is_named(parent->definition->name, row->parent))) {
    char names[512];
    list_names(row->parent, names, sizeof names);
    return coco_operation_error(
        operation, strchr(row->parent, '|') ? "expects parent op to be one of %s" : "expects parent op %s", names);
  }
  if ((row->traits & COCO_TERMINATOR) && operation->next)
    return coco_operation_error(operation, "must be the last operation in the parent block");
  return COCO_OK;
}

static coco_status check_successors(coco_operation *operation) {
  if (operation->successor_count == 0) return COCO_OK;
  if (operation->next || !operation->block)
    return coco_operation_error(operation, "operation with block successors must terminate its parent block");
  if (operation->definition->is_registered && !(operation->definition->traits & COCO_TERMINATOR))
    return coco_operation_error(operation, "requires 0 successors but found %u", operation->successor_count);
  for (size_t i = 0; i < operation->successor_count; ++i) {
    const coco_block *target = coco_operation_successor(operation, i);
    if (!target || target->region != operation->block->region)
      return coco_operation_error(operation, "reference to block defined in another region");
    if (target == target->region->first)
      return coco_operation_error(operation, "entry block of region may not have predecessors");
  }
  return COCO_OK;
}

/* ---- What is inside ---- */

static coco_status check_region_count(const coco_operation *operation) {
  const coco_operation_definition *row = operation->definition;
  unsigned count = row->region_count, found = operation->region_count;
  if (!row->is_registered || found == count || (row->variadic_regions && found > count)) return COCO_OK;
  if (count == 0) return coco_operation_error(operation, "requires zero regions, but found %u", found);
  if (count == 1 && !row->variadic_regions)
    return coco_operation_error(operation, "requires one region, but found %u", found);
  return coco_operation_error(operation, "expected %s%u regions, but found %u",
                              row->variadic_regions ? "at least " : "", count, found);
}

static coco_status check_block(const coco_operation *operation, size_t region, const coco_block *block) {
  const coco_operation_definition *row = operation->definition;
  bool free_end = (row->traits & COCO_NO_TERMINATOR) || (!row->is_registered && !block->next && !block->previous);
  for (size_t i = 0; i < block->argument_count; ++i)
    if (!block->arguments[i]->type) return coco_operation_error(operation, "block argument #%zu has no type", i);
  if (free_end) return COCO_OK;
  if (!block->last) {
    if (!row->is_registered || !row->terminator)
      return coco_operation_error(operation, "empty block: expect at least a terminator");
    return coco_operation_error(operation, "expects region #%zu to have a block that ends with '%s'", region,
                                row->terminator);
  }
  const coco_operation *last = coco_block_terminator(block);
  if (!last) return coco_operation_error(block->last, "block with no terminator");
  if (row->terminator && !is_named(last->definition->name, row->terminator)) {
    char names[512];
    return coco_operation_error(operation, "expects regions to end with %s, found '%s'",
                                list_names(row->terminator, names, sizeof names), last->definition->name);
  }
  return COCO_OK;
}

static coco_status check_regions(const coco_operation *operation) {
  COCO_TRY(check_region_count(operation));
  uint32_t traits = operation->definition->traits;
  for (size_t i = 0; i < operation->region_count; ++i) {
    const coco_region *region = coco_operation_region(operation, i);
    if ((traits & COCO_SINGLE_BLOCK) && region->first != region->last)
      return coco_operation_error(operation, "expects region #%zu to have 0 or 1 blocks", i);
    for (const coco_block *block = region->first; block; block = block->next)
      COCO_TRY(check_block(operation, i, block));
  }
  return COCO_OK;
}

coco_status coco_verify_structure(coco_operation *operation, void *root) {
  COCO_TRY(check_registered(operation));
  COCO_TRY(check_values(operation));
  COCO_TRY(check_place(operation, root));
  COCO_TRY(check_successors(operation));
  if (operation->definition->is_registered) {
    COCO_TRY(coco_with_inference(operation, coco_check_row));
    COCO_TRY(coco_check_results(operation));
  }
  return check_regions(operation);
}
