/* Equality of operations up to location, and a hash that agrees with it; the base of CSE.
 *
 * Regions are compared in lock step, values and blocks of one being paired with those of the other. */
#include "ir/operation_internal.h"

static bool is_commutative_pair(const coco_operation *operation) {
  return (operation->definition->traits & COCO_COMMUTATIVE) && operation->operand_count == 2;
}

uint64_t coco_operation_hash(const coco_operation *operation) {
  uint64_t hash = coco_hash_pointer(operation->definition);
  if (is_commutative_pair(operation)) {
    hash = coco_hash_combine(
        hash, coco_hash_pointer(operation->operands[0].value) + coco_hash_pointer(operation->operands[1].value));
  } else {
    for (size_t i = 0; i < operation->operand_count; ++i)
      hash = coco_hash_combine(hash, coco_hash_pointer(operation->operands[i].value));
  }
  for (size_t i = 0; i < operation->result_count; ++i)
    hash = coco_hash_combine(hash, coco_hash_pointer(operation->results[i].type));
  size_t properties = coco_operation_property_count(operation);
  for (size_t i = 0; i < properties; ++i) hash = coco_hash_combine(hash, coco_hash_pointer(operation->properties[i]));
  hash = coco_hash_combine(hash, coco_hash_pointer(operation->attributes));
  return coco_hash_combine(hash, operation->region_count);
}

static bool pair(coco_pointer_map *map, const void *a, void *b) { return coco_pointer_map_set(map, a, b) == COCO_OK; }

static bool same_value(const coco_pointer_map *map, const coco_value *a, const coco_value *b) {
  const void *expected = map ? coco_pointer_map_get(map, a) : NULL;
  return (expected ? expected : a) == b;
}

static bool same_operands(const coco_pointer_map *map, const coco_operation *a, const coco_operation *b) {
  if (is_commutative_pair(a) && same_value(map, a->operands[0].value, b->operands[1].value) &&
      same_value(map, a->operands[1].value, b->operands[0].value))
    return true;
  for (size_t i = 0; i < a->operand_count; ++i)
    if (!same_value(map, a->operands[i].value, b->operands[i].value)) return false;
  return true;
}

/* Everything but operands, successors and what is inside the regions. */
static bool same_row(const coco_operation *a, const coco_operation *b) {
  if (a->definition != b->definition || a->operand_count != b->operand_count || a->result_count != b->result_count ||
      a->region_count != b->region_count || a->successor_count != b->successor_count || a->attributes != b->attributes)
    return false;
  for (size_t i = 0; i < a->result_count; ++i)
    if (a->results[i].type != b->results[i].type) return false;
  size_t properties = coco_operation_property_count(a);
  return properties == 0 || memcmp(a->properties, b->properties, properties * sizeof *a->properties) == 0;
}

static bool pair_blocks(coco_pointer_map *map, const coco_region *a, const coco_region *b) {
  const coco_block *block = a->first;
  coco_block *other = b->first;
  for (; block && other; block = block->next, other = other->next) {
    if (block->argument_count != other->argument_count || !pair(map, block, other)) return false;
    for (size_t i = 0; i < block->argument_count; ++i)
      if (block->arguments[i]->type != other->arguments[i]->type ||
          !pair(map, block->arguments[i], other->arguments[i]))
        return false;
  }
  return !block && !other;
}

/* Makes pairs of A's and B's blocks, arguments and results; references may run ahead, so they are compared
 * afterwards. */
static bool pair_operations(coco_pointer_map *map, coco_operation *a, coco_operation *b) {
  if (!same_row(a, b)) return false;
  for (size_t i = 0; i < a->result_count; ++i)
    if (!pair(map, &a->results[i], &b->results[i])) return false;
  for (size_t i = 0; i < a->region_count; ++i)
    if (!pair_blocks(map, coco_operation_region(a, i), coco_operation_region(b, i))) return false;
  return true;
}

static bool same_references(const coco_pointer_map *map, const coco_operation *a, const coco_operation *b) {
  if (!same_operands(map, a, b)) return false;
  for (size_t i = 0; i < a->successor_count; ++i) {
    const void *expected = coco_pointer_map_get(map, coco_operation_successor(a, i));
    if ((expected ? expected : coco_operation_successor(a, i)) != coco_operation_successor(b, i)) return false;
  }
  return true;
}

typedef bool (*compare)(coco_pointer_map *map, coco_operation *a, coco_operation *b);

static bool compare_references(coco_pointer_map *map, coco_operation *a, coco_operation *b) {
  return same_references(map, a, b);
}

static bool compare_inside(coco_pointer_map *map, const coco_operation *a, const coco_operation *b, compare function) {
  coco_operation *left = coco_walk_next(a, a), *right = coco_walk_next(b, b);
  for (; left && right; left = coco_walk_next(left, a), right = coco_walk_next(right, b)) {
    const coco_block *expected = coco_pointer_map_get(map, left->block);
    if (expected != right->block || !function(map, left, right)) return false;
  }
  return !left && !right;
}

bool coco_operation_equivalent(const coco_operation *a, const coco_operation *b) {
  if (a == b) return true;
  if (!same_row(a, b) || !same_operands(NULL, a, b)) return false;
  for (size_t i = 0; i < a->successor_count; ++i)
    if (coco_operation_successor(a, i) != coco_operation_successor(b, i)) return false;
  if (a->region_count == 0) return true;
  coco_pointer_map map = {.allocator = coco_context_allocator(a->context)};
  bool equal = true;
  for (size_t i = 0; i < a->region_count && equal; ++i)
    equal = pair_blocks(&map, coco_operation_region(a, i), coco_operation_region(b, i));
  equal = equal && compare_inside(&map, a, b, pair_operations) && compare_inside(&map, a, b, compare_references);
  coco_pointer_map_free(&map);
  return equal;
}
