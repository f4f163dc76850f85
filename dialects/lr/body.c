/* See body.h. */
#include "dialects/lr/body.h"

#include "dialects/lr/index_map.h"
#include "dialects/lr/lr.h"
#include "dialects/shared/shape.h"

/* One operation of the region. */
typedef struct body_step {
  const coco_operation *operation;
  const uint32_t *operands;           /* slots */
  coco_runtime_value *operand_values; /* room for them */
  uint32_t first_result;              /* slot */
} body_step;

typedef struct body {
  coco_evaluation *evaluation;
  body_step *steps;
  size_t step_count;
  coco_runtime_value *slots; /* the region's arguments first */
  uint32_t yielded;          /* slot */
  const coco_runtime_value *accumulators;
  size_t extra_count;
  const coco_runtime_value *extras;
  coco_lr_index_map *maps; /* of the extras */
} body;

static coco_runtime_value read_element(const coco_runtime_value *tensor, int64_t position) {
  const coco_type *element = tensor->type->element;
  const uint8_t *address = (const uint8_t *)tensor->data + (size_t)position * coco_type_element_size(element);
  coco_runtime_value value = {.type = element};
  if (coco_type_is_float(element)) {
    value.real = coco_element_read_real(element, address);
  } else {
    value.integer = coco_element_read_integer(element, address);
  }
  return value;
}

static void store_element(const coco_runtime_value *tensor, int64_t position, const coco_runtime_value *value) {
  const coco_type *element = tensor->type->element;
  uint8_t *address = (uint8_t *)tensor->data + (size_t)position * coco_type_element_size(element);
  if (coco_type_is_float(element)) {
    coco_element_write_real(element, address, value->real);
  } else {
    coco_element_write_integer(element, address, value->integer);
  }
}

static coco_status run_step(body *work, const body_step *step) {
  for (uint32_t i = 0; i < step->operation->operand_count; ++i)
    step->operand_values[i] = work->slots[step->operands[i]];
  return step->operation->definition->evaluate(work->evaluation, step->operation, step->operand_values,
                                               &work->slots[step->first_result]);
}

/* The slot of VALUE, which the map holds plus one. All are there: layers are isolated from above. */
static coco_status slot_of(const coco_pointer_map *slots, const coco_value *value, uint32_t *out) {
  uintptr_t found = (uintptr_t)coco_pointer_map_get(slots, value);
  if (!found) return COCO_INVALID_ARGUMENT;
  *out = (uint32_t)(found - 1);
  return COCO_OK;
}

/* Adds the step for OPERATION; one without operands is run now instead. */
static coco_status add_step(body *work, coco_pointer_map *slots, const coco_operation *operation,
                            uint32_t *slot_count) {
  coco_arena *arena = coco_evaluation_scratch(work->evaluation);
  if (!operation->definition->evaluate) return coco_operation_error(operation, "cannot be evaluated");
  uint32_t *operands = coco_arena_allocate_zeroed(arena, operation->operand_count + 1, sizeof *operands);
  body_step step = {.operation = operation, .operands = operands, .first_result = *slot_count};
  step.operand_values = coco_arena_allocate_zeroed(arena, operation->operand_count + 1, sizeof *step.operand_values);
  if (!operands || !step.operand_values) return COCO_OUT_OF_MEMORY;
  for (uint32_t i = 0; i < operation->operand_count; ++i)
    COCO_TRY(slot_of(slots, coco_operation_operand(operation, i), &operands[i]));
  for (uint32_t i = 0; i < operation->result_count; ++i) {
    COCO_TRY(coco_pointer_map_set(slots, coco_operation_result(operation, i), (void *)(uintptr_t)(*slot_count + 1)));
    ++*slot_count;
  }
  if (operation->operand_count == 0) return run_step(work, &step);
  work->steps[work->step_count++] = step;
  return COCO_OK;
}

static coco_status read_block(body *work, coco_pointer_map *slots, const coco_block *block) {
  size_t operations = 0, values = block->argument_count;
  for (const coco_operation *operation = block->first; operation; operation = operation->next) {
    ++operations;
    values += operation->result_count;
  }
  coco_arena *arena = coco_evaluation_scratch(work->evaluation);
  work->steps = coco_arena_allocate_zeroed(arena, operations + 1, sizeof *work->steps);
  work->slots = coco_arena_allocate_zeroed(arena, values + 1, sizeof *work->slots);
  if (!work->steps || !work->slots) return COCO_OUT_OF_MEMORY;
  uint32_t slot_count = 0;
  for (; slot_count < block->argument_count; ++slot_count) {
    COCO_TRY(coco_pointer_map_set(slots, block->arguments[slot_count], (void *)(uintptr_t)(slot_count + 1)));
  }
  for (const coco_operation *operation = block->first; operation != block->last; operation = operation->next) {
    COCO_TRY(add_step(work, slots, operation, &slot_count));
  }
  return slot_of(slots, coco_operation_operand(block->last, 0), &work->yielded);
}

static coco_status prepare(body *work, const coco_operation *operation, const coco_attribute *maps) {
  const coco_type *type = coco_operation_result(operation, 0)->type;
  coco_pointer_map slots = {.allocator = coco_context_allocator(operation->context)};
  coco_status status = read_block(work, &slots, coco_operation_body(operation, 0));
  coco_pointer_map_free(&slots);
  COCO_TRY(status);
  work->maps =
      coco_arena_allocate_zeroed(coco_evaluation_scratch(work->evaluation), maps->count + 1, sizeof *work->maps);
  if (!work->maps) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < maps->count; ++i) {
    coco_lr_index_map_make(&work->maps[i], maps->elements[i]->map, type->rank, work->extras[i].type);
  }
  return COCO_OK;
}

/* The element at INDEX, which has the row-major POSITION. */
static coco_status run(body *work, const int64_t *index, int64_t position, const coco_runtime_value *result) {
  coco_runtime_value *next = work->slots;
  if (work->accumulators) *next++ = read_element(work->accumulators, position);
  for (size_t i = 0; i < work->extra_count; ++i) {
    *next++ = read_element(&work->extras[i], coco_lr_index_map_at(&work->maps[i], index));
  }
  for (size_t i = 0; i < work->step_count; ++i) COCO_TRY(run_step(work, &work->steps[i]));
  store_element(result, position, &work->slots[work->yielded]);
  return COCO_OK;
}

coco_status coco_lr_body_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                  const coco_attribute *maps, size_t first_extra,
                                  const coco_runtime_value *accumulators, const coco_runtime_value *operands,
                                  coco_runtime_value *result) {
  const coco_type *type = coco_operation_result(operation, 0)->type;
  body work = {.evaluation = evaluation,
               .accumulators = accumulators,
               .extras = operands + first_extra,
               .extra_count = maps->count};
  COCO_TRY(prepare(&work, operation, maps));
  if (accumulators && work.yielded == 0) {
    *result = coco_runtime_retain(accumulators);
    result->type = type;
    return COCO_OK;
  }
  COCO_TRY(coco_evaluation_allocate(evaluation, type, result));
  int64_t index[COCO_LR_MAX_RANK] = {0}, position = 0;
  if (coco_type_element_count(type) == 0) return COCO_OK;
  do {
    COCO_TRY(run(&work, index, position++, result));
  } while (coco_index_next(type->shape, type->rank, index));
  return COCO_OK;
}
