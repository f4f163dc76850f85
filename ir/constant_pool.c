/* Constants shared within a scope: the nearest region whose owner is isolated from above.
 *
 * They stand at the head of the region's entry block, in the order in which they were met, so each
 * dominates every use in the scope. One value of one type and row is kept once. */
#include "ir/fold.h"
#include "ir/operation_internal.h"

typedef struct constant_scope {
  coco_pointer_map by_attribute; /* to the latest constant with that attribute */
  coco_pointer_map members;      /* constants of this scope */
  coco_operation *last;          /* of those at the head; NULL: none yet */
} constant_scope;

coco_constant_pool coco_constant_pool_create(coco_context *context) {
  const coco_allocator *allocator = coco_context_allocator(context);
  return (coco_constant_pool){
      .allocator = allocator, .scopes = {.allocator = allocator}, .arena = {.allocator = allocator}};
}

void coco_constant_pool_destroy(coco_constant_pool *pool) {
  for (size_t i = 0; i < pool->scopes.capacity; ++i) {
    constant_scope *scope = pool->scopes.keys[i] ? pool->scopes.values[i] : NULL;
    if (!scope) continue;
    coco_pointer_map_free(&scope->by_attribute);
    coco_pointer_map_free(&scope->members);
  }
  coco_pointer_map_free(&pool->scopes);
  coco_arena_destroy(&pool->arena);
}

static coco_region *scope_region(const coco_operation *operation) {
  coco_region *region = operation->block->region;
  while (!(region->owner->definition->traits & COCO_ISOLATED) && region->owner->block && region->owner->block->region)
    region = region->owner->block->region;
  return region;
}

static constant_scope *scope_of(coco_constant_pool *pool, const coco_region *region) {
  constant_scope *scope = coco_pointer_map_get(&pool->scopes, region);
  if (scope) return scope;
  scope = coco_arena_allocate_zeroed(&pool->arena, 1, sizeof *scope);
  if (!scope || coco_pointer_map_set(&pool->scopes, region, scope) != COCO_OK) return NULL;
  scope->by_attribute.allocator = scope->members.allocator = pool->allocator;
  return scope;
}

/* Puts CONSTANT behind those at the head. True: it stood elsewhere. */
static bool move_to_head(constant_scope *scope, coco_region *region, coco_operation *constant) {
  if (scope->last && scope->last->block != region->first) scope->last = NULL; /* a rewrite has moved it */
  coco_operation *previous = constant->previous;
  bool in_place = constant->block == region->first && previous == scope->last;
  if (!in_place) {
    if (scope->last)
      coco_operation_insert_after(constant, scope->last);
    else
      coco_block_prepend(region->first, constant);
  }
  scope->last = constant;
  return !in_place;
}

static coco_status remember(constant_scope *scope, coco_operation *constant) {
  COCO_TRY(coco_pointer_map_set(&scope->by_attribute, coco_value_constant(&constant->results[0]), constant));
  return coco_pointer_map_set(&scope->members, constant, constant);
}

/* The constant with VALUE, unless a rewrite has moved it away from where it dominates everything. */
static coco_operation *find_known(const constant_scope *scope, const coco_region *region, const coco_attribute *value) {
  coco_operation *known = coco_pointer_map_get(&scope->by_attribute, value);
  return known && known->block == region->first ? known : NULL;
}

coco_status coco_constant_pool_add(coco_constant_pool *pool, coco_operation *constant, coco_operation **out_same,
                                   bool *out_moved) {
  *out_same = NULL;
  *out_moved = false;
  const coco_attribute *value = constant->result_count == 1 ? coco_value_constant(&constant->results[0]) : NULL;
  if (!value || !constant->block || !constant->block->region) return COCO_OK;
  coco_region *region = scope_region(constant);
  constant_scope *scope = scope_of(pool, region);
  if (!scope) return COCO_OUT_OF_MEMORY;
  if (coco_pointer_map_contains(&scope->members, constant)) return COCO_OK;
  coco_operation *known = find_known(scope, region, value);
  if (known && coco_operation_equivalent(known, constant)) {
    *out_same = known;
    return COCO_OK;
  }
  *out_moved = move_to_head(scope, region, constant);
  return remember(scope, constant);
}

coco_status coco_constant_pool_get(coco_constant_pool *pool, coco_operation *user, const coco_attribute *value,
                                   const coco_type *type, coco_operation **out, bool *out_new) {
  *out = NULL;
  *out_new = false;
  coco_region *region = scope_region(user);
  constant_scope *scope = scope_of(pool, region);
  if (!scope) return COCO_OUT_OF_MEMORY;
  coco_operation *known = find_known(scope, region, value);
  if (known && known->results[0].type == type && known->definition->dialect == user->definition->dialect) {
    *out = known;
    return COCO_OK;
  }
  coco_operation *made;
  COCO_TRY(coco_materialize(user, value, type, &made));
  if (!made) return COCO_OK;
  if (known && coco_operation_equivalent(known, made)) {
    coco_operation_erase(made);
    *out = known;
    return COCO_OK;
  }
  move_to_head(scope, region, made);
  *out = made;
  *out_new = true;
  return coco_value_constant(&made->results[0]) ? remember(scope, made) : COCO_OK;
}

static void forget_constant(coco_constant_pool *pool, coco_operation *constant) {
  if (constant->result_count != 1 || !constant->block || !constant->block->region) return;
  constant_scope *scope = coco_pointer_map_get(&pool->scopes, scope_region(constant));
  if (!scope) return;
  if (scope->last == constant) {
    coco_operation *previous = constant->previous;
    scope->last = previous && coco_pointer_map_contains(&scope->members, previous) ? previous : NULL;
  }
  coco_pointer_map_remove(&scope->members, constant);
  const coco_attribute *value = coco_value_constant(&constant->results[0]);
  if (value && coco_pointer_map_get(&scope->by_attribute, value) == constant)
    coco_pointer_map_remove(&scope->by_attribute, value);
}

static void forget_scope(coco_constant_pool *pool, const coco_region *region) {
  constant_scope *scope = coco_pointer_map_get(&pool->scopes, region);
  if (!scope) return;
  coco_pointer_map_free(&scope->by_attribute);
  coco_pointer_map_free(&scope->members);
  coco_pointer_map_remove(&pool->scopes, region);
}

void coco_constant_pool_forget(coco_constant_pool *pool, coco_operation *operation) {
  if (operation->definition->traits & COCO_CONSTANT_LIKE) forget_constant(pool, operation);
  for (size_t i = 0; i < operation->region_count; ++i) forget_scope(pool, coco_operation_region(operation, i));
}
