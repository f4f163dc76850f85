/* Plans: values of a function are numbered once, and each operation learns which values it uses last.
 * Cost: linear in operations and operands; two walks. */
#include "ir/evaluate_internal.h"

typedef struct plan_builder {
  coco_evaluation *evaluation;
  coco_plan *plan;
  coco_pointer_map slots; /* value to slot + 1 */
} plan_builder;

static coco_status number(plan_builder *planner, const coco_value *value, uint32_t *out) {
  if (planner->plan->slot_count >= UINT32_MAX - 1) return COCO_OUT_OF_MEMORY;
  *out = planner->plan->slot_count++;
  return coco_pointer_map_set(&planner->slots, value, (void *)(uintptr_t)(*out + 1));
}

static coco_status number_region(plan_builder *planner, const coco_region *region, unsigned depth);

static coco_status number_block(plan_builder *planner, const coco_block *block, coco_block_plan *plan, unsigned depth) {
  coco_arena *arena = &planner->plan->arena;
  uint32_t slot;
  plan->block = block;
  plan->first_argument = planner->plan->slot_count;
  for (size_t i = 0; i < block->argument_count; i++) COCO_TRY(number(planner, block->arguments[i], &slot));
  for (const coco_operation *operation = block->first; operation; operation = operation->next) plan->step_count++;
  plan->steps = coco_arena_allocate_zeroed(arena, plan->step_count + 1u, sizeof *plan->steps);
  if (!plan->steps) return COCO_OUT_OF_MEMORY;
  coco_step *step = plan->steps;
  for (const coco_operation *operation = block->first; operation; operation = operation->next, step++) {
    step->operation = operation;
    step->first_result = planner->plan->slot_count;
    for (size_t i = 0; i < operation->result_count; i++) COCO_TRY(number(planner, &operation->results[i], &slot));
    for (size_t i = 0; i < operation->region_count; i++)
      COCO_TRY(number_region(planner, coco_operation_region(operation, i), depth + 1));
  }
  return COCO_OK;
}

/* First walk: slots for all values, and empty steps. */
static coco_status number_region(plan_builder *planner, const coco_region *region, unsigned depth) {
  if (depth > COCO_MAXIMUM_EVALUATION_DEPTH)
    return coco_evaluation_too_deep(planner->evaluation, region->owner);
  coco_region_plan *plan = coco_arena_allocate_zeroed(&planner->plan->arena, 1, sizeof *plan);
  if (!plan) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_pointer_map_set(&planner->plan->regions, region, plan));
  plan->first_slot = planner->plan->slot_count;
  for (const coco_block *block = region->first; block; block = block->next) plan->block_count++;
  plan->blocks = coco_arena_allocate_zeroed(&planner->plan->arena, plan->block_count + 1u, sizeof *plan->blocks);
  if (!plan->blocks) return COCO_OUT_OF_MEMORY;
  size_t index = 0;
  for (const coco_block *block = region->first; block; block = block->next)
    COCO_TRY(number_block(planner, block, &plan->blocks[index++], depth));
  plan->end_slot = planner->plan->slot_count;
  return COCO_OK;
}

static coco_status find_operands(plan_builder *planner, coco_step *step) {
  const coco_operation *operation = step->operation;
  if (operation->operand_count == 0) return COCO_OK;
  uint32_t *slots = coco_arena_allocate(&planner->plan->arena, operation->operand_count * sizeof *slots);
  if (!slots) return COCO_OUT_OF_MEMORY;
  step->operands = slots;
  for (size_t i = 0; i < operation->operand_count; i++) {
    uintptr_t slot = (uintptr_t)coco_pointer_map_get(&planner->slots, operation->operands[i].value);
    if (slot == 0)
      return coco_evaluation_error(planner->evaluation, operation, "uses a value from outside of what is evaluated");
    slots[i] = (uint32_t)(slot - 1);
  }
  return COCO_OK;
}

/* The operation of BLOCK that USER is, or is inside of; NULL: USER is elsewhere. */
static const coco_operation *ancestor_in(const coco_block *block, const coco_operation *user) {
  for (; user; user = coco_operation_parent(user))
    if (user->block == block) return user;
  return NULL;
}

/* The step after which VALUE, defined in BLOCK, is not needed any more; NULL: it lives until the region ends. */
static const coco_operation *last_user(const coco_block *block, const coco_value *value) {
  const coco_operation *last = NULL;
  for (const coco_use *use = value->first_use; use; use = use->next) {
    const coco_operation *user = ancestor_in(block, use->owner);
    if (!user) return NULL;
    if (!last || coco_operation_is_before((coco_operation *)last, (coco_operation *)user)) last = user;
  }
  return last;
}

/* What goes into storage: only these are worth releasing early. */
static bool holds_memory(const coco_value *value) { return coco_type_is_shaped(value->type); }

typedef struct value_death {
  const coco_operation *operation;
  uint32_t slot;
} value_death;

typedef COCO_VECTOR_OF(value_death) death_list;

static coco_status add_death(plan_builder *planner, death_list *deaths, const coco_block *block,
                             const coco_value *value, const coco_operation *definition, uint32_t slot) {
  if (!holds_memory(value)) return COCO_OK;
  const coco_operation *last = coco_value_is_unused(value) ? definition : last_user(block, value);
  if (!last || !last->next) return COCO_OK; /* the terminator hands its operands on; the region's end clears them */
  value_death death = {last, slot};
  return coco_vector_push(planner->evaluation->allocator, deaths, death);
}

static coco_status assign_deaths(plan_builder *planner, coco_block_plan *plan, const death_list *deaths) {
  coco_pointer_map steps = {.allocator = planner->evaluation->allocator};
  coco_status status = COCO_OK;
  for (size_t i = 0; i < plan->step_count && status == COCO_OK; i++)
    status = coco_pointer_map_set(&steps, plan->steps[i].operation, &plan->steps[i]);
  for (size_t i = 0; i < deaths->count && status == COCO_OK; i++)
    ((coco_step *)coco_pointer_map_get(&steps, deaths->items[i].operation))->dead_count++;
  for (size_t i = 0; i < plan->step_count && status == COCO_OK; i++) {
    coco_step *step = &plan->steps[i];
    if (step->dead_count == 0) continue;
    step->dead = coco_arena_allocate(&planner->plan->arena, step->dead_count * sizeof *step->dead);
    if (!step->dead) status = COCO_OUT_OF_MEMORY;
    step->dead_count = 0;
  }
  for (size_t i = 0; i < deaths->count && status == COCO_OK; i++) {
    coco_step *step = coco_pointer_map_get(&steps, deaths->items[i].operation);
    ((uint32_t *)step->dead)[step->dead_count++] = deaths->items[i].slot;
  }
  coco_pointer_map_free(&steps);
  return status;
}

/* Second walk, per block: slots of operands, and last uses. */
static coco_status finish_block(plan_builder *planner, coco_block_plan *plan) {
  death_list deaths = {0};
  coco_status status = COCO_OK;
  for (size_t i = 0; i < plan->block->argument_count && status == COCO_OK; i++)
    status =
        add_death(planner, &deaths, plan->block, plan->block->arguments[i], NULL, plan->first_argument + (uint32_t)i);
  for (size_t i = 0; i < plan->step_count && status == COCO_OK; i++) {
    coco_step *step = &plan->steps[i];
    status = find_operands(planner, step);
    for (size_t j = 0; j < step->operation->result_count && status == COCO_OK; j++)
      status = add_death(planner, &deaths, plan->block, &step->operation->results[j], step->operation,
                         step->first_result + (uint32_t)j);
  }
  if (status == COCO_OK && deaths.count) status = assign_deaths(planner, plan, &deaths);
  coco_vector_free(planner->evaluation->allocator, &deaths);
  return status;
}

static coco_status finish_regions(plan_builder *planner) {
  const coco_pointer_map *regions = &planner->plan->regions;
  for (size_t i = 0; i < regions->capacity; i++) {
    coco_region_plan *plan = regions->keys[i] ? coco_pointer_map_get(regions, regions->keys[i]) : NULL;
    for (size_t j = 0; plan && j < plan->block_count; j++) COCO_TRY(finish_block(planner, &plan->blocks[j]));
  }
  return COCO_OK;
}

coco_status coco_plan_create(coco_evaluation *evaluation, const coco_operation *root, coco_plan **out) {
  const coco_allocator *allocator = evaluation->allocator;
  coco_plan *plan = coco_allocate_zeroed(allocator, 1, sizeof *plan);
  if (!plan) return COCO_OUT_OF_MEMORY;
  plan->arena.allocator = allocator;
  plan->regions.allocator = allocator;
  plan_builder planner = {.evaluation = evaluation, .plan = plan, .slots = {.allocator = allocator}};
  coco_status status = COCO_OK;
  for (size_t i = 0; i < root->region_count && status == COCO_OK; i++)
    status = number_region(&planner, coco_operation_region(root, i), 0);
  if (status == COCO_OK) status = finish_regions(&planner);
  coco_pointer_map_free(&planner.slots);
  if (status != COCO_OK) {
    coco_plan_destroy(allocator, plan);
    return status;
  }
  *out = plan;
  return COCO_OK;
}

void coco_plan_destroy(const coco_allocator *allocator, coco_plan *plan) {
  if (!plan) return;
  coco_pointer_map_free(&plan->regions);
  coco_arena_destroy(&plan->arena);
  coco_free(allocator, plan, sizeof *plan);
}
