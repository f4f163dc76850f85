/* The evaluation: calls, regions, errors. What an operation computes is in its row's `evaluate`. */
#include "ir/evaluate_internal.h"

#include <stdarg.h>
#include <stdio.h>

#include "ir/printer.h"

enum { FEW = 8, MESSAGE_SIZE = 512, TYPE_TEXT = 256 };

coco_context *coco_evaluation_context(coco_evaluation *evaluation) { return evaluation->context; }

coco_arena *coco_evaluation_scratch(coco_evaluation *evaluation) {
  return evaluation->frame ? &evaluation->frame->scratch : &evaluation->scratch;
}

coco_status coco_evaluation_error(coco_evaluation *evaluation, const coco_operation *operation, const char *format,
                                  ...) {
  char message[MESSAGE_SIZE];
  va_list arguments;
  if (evaluation->quiet) return COCO_REPORTED;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  return coco_operation_error(operation, "%s", message);
}

coco_status coco_evaluation_too_deep(coco_evaluation *evaluation, const coco_operation *operation) {
  return coco_evaluation_error(evaluation, operation, "is nested or called too deeply (over %d)",
                               COCO_MAXIMUM_EVALUATION_DEPTH);
}

/* Space for COUNT values: FEW_VALUES when they suffice. */
static coco_runtime_value *take_values(coco_evaluation *evaluation, coco_runtime_value *few_values, size_t count) {
  return count <= FEW ? few_values : coco_allocate_zeroed(evaluation->allocator, count, sizeof *few_values);
}

static void give_back(coco_evaluation *evaluation, coco_runtime_value *few_values, coco_runtime_value *values,
                      size_t count) {
  if (values && values != few_values) coco_free(evaluation->allocator, values, count * sizeof *values);
}

static void release_all(coco_runtime_value *values, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (values[i].storage) coco_runtime_release(&values[i]);
}

/* ---- Frames ---- */

static coco_status push_frame(coco_evaluation *evaluation, coco_frame *frame, const coco_plan *plan) {
  *frame = (coco_frame){.caller = evaluation->frame, .plan = plan, .scratch.allocator = evaluation->allocator};
  frame->values = coco_allocate_zeroed(evaluation->allocator, plan->slot_count + 1u, sizeof *frame->values);
  if (!frame->values) return COCO_OUT_OF_MEMORY;
  evaluation->frame = frame;
  return COCO_OK;
}

static void pop_frame(coco_evaluation *evaluation, coco_frame *frame) {
  release_all(frame->values, frame->plan->slot_count);
  coco_free(evaluation->allocator, frame->values, (frame->plan->slot_count + 1u) * sizeof *frame->values);
  coco_arena_destroy(&frame->scratch);
  evaluation->frame = frame->caller;
}

static coco_status plan_of(coco_evaluation *evaluation, const coco_operation *root, const coco_plan **out) {
  coco_plan *plan = coco_pointer_map_get(&evaluation->plans, root);
  if (!plan) {
    COCO_TRY(coco_plan_create(evaluation, root, &plan));
    coco_status status = coco_pointer_map_set(&evaluation->plans, root, plan);
    if (status != COCO_OK) {
      coco_plan_destroy(evaluation->allocator, plan);
      return status;
    }
  }
  *out = plan;
  return COCO_OK;
}

/* ---- Operations ---- */

/* Hooks rely on it that tensors and memrefs are what the types of their values say, and may read them unchecked. */
static coco_status check_type(coco_evaluation *evaluation, const coco_operation *operation, const char *what,
                              size_t index, const coco_type *declared, const coco_type *type) {
  char text[TYPE_TEXT];
  if (declared == type || (declared->kind != COCO_TYPE_TENSOR && declared->kind != COCO_TYPE_MEMREF)) return COCO_OK;
  bool same = declared->rank == type->rank;
  for (size_t i = 0; same && i < type->rank; i++)
    same = declared->shape[i] == COCO_DYNAMIC || declared->shape[i] == type->shape[i];
  if (same) return COCO_OK;
  return coco_evaluation_error(evaluation, operation, "%s #%zu is of type '%s' now, which its own type does not allow",
                               what, index, coco_type_text(type, text, sizeof text));
}

static coco_status check_results(coco_evaluation *evaluation, const coco_operation *operation,
                                 const coco_runtime_value *results) {
  for (size_t i = 0; i < operation->result_count; i++) {
    const coco_type *type = results[i].type;
    if (!type) return COCO_INVALID_ARGUMENT; /* the hook broke its contract */
    if (!type->element && (type->kind == COCO_TYPE_COMPLEX || type->width > 64))
      return coco_evaluation_error(evaluation, operation, "has a type that cannot be evaluated");
    COCO_TRY(check_type(evaluation, operation, "result", i, operation->results[i].type, type));
  }
  return COCO_OK;
}

/* On failure no result is left. */
static coco_status apply(coco_evaluation *evaluation, const coco_operation *operation,
                         const coco_runtime_value *operands, coco_runtime_value *results) {
  if (!operation->definition->evaluate) return coco_evaluation_error(evaluation, operation, "cannot be evaluated");
  for (size_t i = 0; i < operation->result_count; i++) results[i] = (coco_runtime_value){0};
  coco_status status = operation->definition->evaluate(evaluation, operation, operands, results);
  if (status == COCO_OK) status = check_results(evaluation, operation, results);
  if (status != COCO_OK) release_all(results, operation->result_count);
  return status;
}

static coco_status run_step(coco_evaluation *evaluation, coco_frame *frame, const coco_step *step) {
  const coco_operation *operation = step->operation;
  coco_runtime_value few[FEW], *operands = take_values(evaluation, few, operation->operand_count);
  coco_runtime_value *results = &frame->values[step->first_result];
  if (!operands) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < operation->operand_count; i++) operands[i] = frame->values[step->operands[i]];
  release_all(results, operation->result_count); /* left from an earlier pass through a cycle of blocks */
  coco_status status = apply(evaluation, operation, operands, results);
  give_back(evaluation, few, operands, operation->operand_count);
  for (size_t i = 0; i < step->dead_count; i++) coco_runtime_release(&frame->values[step->dead[i]]);
  return status;
}

/* ---- Regions ---- */

typedef struct region_run {
  coco_evaluation *evaluation;
  coco_frame *frame;
  const coco_region_plan *plan;
  bool observed; /* the top level of a function */
} region_run;

static const coco_block_plan *plan_of_block(const coco_region_plan *plan, const coco_block *block) {
  for (size_t i = 0; i < plan->block_count; i++)
    if (plan->blocks[i].block == block) return &plan->blocks[i];
  return NULL;
}

/* Sets a block's arguments to the operands START and on of STEP; they may be among what is overwritten. */
static coco_status pass_arguments(region_run *run, const coco_step *step, size_t start, size_t count,
                                  const coco_block_plan *to) {
  coco_runtime_value few[FEW], *values = take_values(run->evaluation, few, count), *slots = run->frame->values;
  if (!values) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; i++) values[i] = coco_runtime_retain(&slots[step->operands[start + i]]);
  for (size_t i = 0; i < count; i++) {
    coco_runtime_release(&slots[to->first_argument + i]);
    slots[to->first_argument + i] = values[i];
  }
  give_back(run->evaluation, few, values, count);
  return COCO_OK;
}

/* Follows a terminator with successors. */
static coco_status branch(region_run *run, const coco_step *step, const coco_block_plan **out) {
  const coco_operation *operation = step->operation;
  size_t groups = operation->definition->operand_row_count, count = operation->successor_count, chosen = 0, start, size;
  if (groups < count || (count > 1 && operation->operand_count == 0)) return COCO_INVALID_ARGUMENT;
  if (count > 1) chosen = run->frame->values[step->operands[0]].integer ? 0 : 1;
  coco_operation_operand_group(operation, groups - count + chosen, &start, &size);
  const coco_block_plan *to = plan_of_block(run->plan, coco_operation_successor(operation, chosen));
  if (!to || to->block->argument_count != size) return COCO_INVALID_ARGUMENT;
  *out = to;
  return pass_arguments(run, step, start, size, to);
}

static coco_status run_block(region_run *run, const coco_block_plan *block) {
  coco_evaluation *evaluation = run->evaluation;
  for (size_t i = 0; i + 1 < block->step_count; i++) {
    const coco_step *step = &block->steps[i];
    bool observed = run->observed && evaluation->observer;
    if (observed) evaluation->observer(evaluation->observer_user, step->operation, NULL, false);
    coco_step kept = *step;
    if (observed) kept.dead_count = 0; /* the observer is to see the results first */
    COCO_TRY(run_step(evaluation, run->frame, &kept));
    if (!observed) continue;
    evaluation->observer(evaluation->observer_user, step->operation, &run->frame->values[step->first_result], true);
    for (size_t j = 0; j < step->dead_count; j++) coco_runtime_release(&run->frame->values[step->dead[j]]);
  }
  return COCO_OK;
}

/* Runs blocks until one ends without a successor. */
static coco_status run_blocks(region_run *run, const coco_region *region, const coco_step **out_last) {
  const coco_block_plan *block = &run->plan->blocks[0];
  for (;;) {
    COCO_TRY(run_block(run, block));
    const coco_step *last = block->step_count ? &block->steps[block->step_count - 1] : NULL;
    if (!last || !coco_operation_has_trait(last->operation, COCO_TERMINATOR))
      return coco_evaluation_error(run->evaluation, region->owner, "has a block without a terminator");
    *out_last = last;
    if (last->operation->successor_count == 0) return COCO_OK;
    COCO_TRY(branch(run, last, &block));
  }
}

static coco_status hand_over(region_run *run, const coco_step *last, coco_runtime_value *results, size_t result_count) {
  if (last->operation->operand_count != result_count)
    return coco_evaluation_error(run->evaluation, last->operation, "has %u operands where %zu are expected",
                                 last->operation->operand_count, result_count);
  for (size_t i = 0; i < result_count; i++) results[i] = coco_runtime_retain(&run->frame->values[last->operands[i]]);
  return COCO_OK;
}

/* A terminator with regions of its own may still need the values, so then they stay until the region is run again. */
static coco_status run_region(coco_evaluation *evaluation, coco_frame *frame, const coco_region *region,
                              const coco_runtime_value *arguments, size_t argument_count, coco_runtime_value *results,
                              size_t result_count, const coco_operation **out_terminator) {
  region_run run = {evaluation, frame, coco_pointer_map_get(&frame->plan->regions, region), evaluation->depth == 1};
  const coco_step *last = NULL;
  if (!run.plan || run.plan->block_count == 0) return COCO_INVALID_ARGUMENT;
  coco_runtime_value *slots = frame->values;
  size_t first = run.plan->first_slot, count = run.plan->end_slot - run.plan->first_slot;
  if (run.plan->blocks[0].block->argument_count != argument_count)
    return coco_evaluation_error(evaluation, region->owner, "has a region with %u arguments where %zu are given",
                                 run.plan->blocks[0].block->argument_count, argument_count);
  for (size_t i = 0; i < argument_count; i++)
    COCO_TRY(check_type(evaluation, region->owner, "argument", i, run.plan->blocks[0].block->arguments[i]->type,
                        arguments[i].type));
  release_all(slots + first, count);
  for (size_t i = 0; i < argument_count; i++)
    slots[run.plan->blocks[0].first_argument + i] = coco_runtime_retain(&arguments[i]);
  coco_status status = run_blocks(&run, region, &last);
  if (status == COCO_OK) status = hand_over(&run, last, results, result_count);
  if (status != COCO_OK || last->operation->region_count == 0) release_all(slots + first, count);
  if (status == COCO_OK && out_terminator) *out_terminator = last->operation;
  return status;
}

coco_status coco_evaluate_region(coco_evaluation *evaluation, const coco_region *region,
                                 const coco_runtime_value *arguments, size_t argument_count,
                                 coco_runtime_value *results, size_t result_count,
                                 const coco_operation **out_terminator) {
  if (!evaluation->frame) return COCO_INVALID_ARGUMENT;
  if (evaluation->depth >= COCO_MAXIMUM_EVALUATION_DEPTH)
    return coco_evaluation_too_deep(evaluation, region->owner);
  evaluation->depth++;
  coco_status status = run_region(evaluation, evaluation->frame, region, arguments, argument_count, results,
                                  result_count, out_terminator);
  evaluation->depth--;
  return status;
}

/* ---- Entries ---- */

coco_status coco_evaluate_operation(coco_evaluation *evaluation, const coco_operation *operation,
                                    const coco_runtime_value *operands, coco_runtime_value *results) {
  bool known = operation->region_count == 0 ||
               (evaluation->frame &&
                coco_pointer_map_contains(&evaluation->frame->plan->regions, coco_operation_region(operation, 0)));
  bool outermost = !evaluation->frame;
  coco_status status;
  if (known) {
    status = apply(evaluation, operation, operands, results);
  } else {
    coco_frame frame;
    coco_plan *plan;
    COCO_TRY(coco_plan_create(evaluation, operation, &plan));
    status = push_frame(evaluation, &frame, plan);
    if (status == COCO_OK) {
      evaluation->depth++;
      status = apply(evaluation, operation, operands, results);
      evaluation->depth--;
      pop_frame(evaluation, &frame);
    }
    coco_plan_destroy(evaluation->allocator, plan);
  }
  if (outermost) coco_arena_reset(&evaluation->scratch);
  return status;
}

coco_status coco_evaluate_function(coco_evaluation *evaluation, const coco_operation *function,
                                   const coco_runtime_value *inputs, size_t input_count, coco_runtime_value *results,
                                   size_t result_count) {
  const coco_plan *plan;
  coco_frame frame;
  if (function->region_count != 1 || !coco_operation_region(function, 0)->first)
    return coco_evaluation_error(evaluation, function, "has no body to be evaluated");
  COCO_TRY(plan_of(evaluation, function, &plan));
  coco_status status = push_frame(evaluation, &frame, plan);
  if (status != COCO_OK) return status;
  status = coco_evaluate_region(evaluation, coco_operation_region(function, 0), inputs, input_count, results,
                                result_count, NULL);
  pop_frame(evaluation, &frame);
  return status;
}

coco_status coco_evaluate_call(coco_evaluation *evaluation, const coco_operation *from, const coco_attribute *callee,
                               const coco_runtime_value *arguments, size_t argument_count, coco_runtime_value *results,
                               size_t result_count) {
  const coco_operation *function = coco_pointer_map_get(&evaluation->callees, from);
  if (!function) {
    coco_operation *found = coco_symbol_lookup((coco_operation *)(uintptr_t)from, callee);
    if (!found) return COCO_INVALID_ARGUMENT;
    COCO_TRY(coco_pointer_map_set(&evaluation->callees, from, found));
    function = found;
  }
  return coco_evaluate_function(evaluation, function, arguments, argument_count, results, result_count);
}

coco_status coco_evaluation_persistent(coco_evaluation *evaluation, const void *key, coco_runtime_value **out) {
  coco_runtime_value *value = coco_pointer_map_get(&evaluation->kept, key);
  if (!value) {
    value = coco_allocate_zeroed(evaluation->allocator, 1, sizeof *value);
    if (!value) return COCO_OUT_OF_MEMORY;
    coco_status status = coco_pointer_map_set(&evaluation->kept, key, value);
    if (status != COCO_OK) {
      coco_free(evaluation->allocator, value, sizeof *value);
      return status;
    }
  }
  *out = value;
  return COCO_OK;
}

coco_status coco_evaluation_create(coco_context *context, coco_evaluation **out) {
  const coco_allocator *allocator = coco_context_allocator(context);
  coco_evaluation *evaluation = coco_allocate_zeroed(allocator, 1, sizeof *evaluation);
  if (!evaluation) return COCO_OUT_OF_MEMORY;
  evaluation->context = context;
  evaluation->allocator = evaluation->scratch.allocator = allocator;
  evaluation->plans.allocator = evaluation->kept.allocator = evaluation->callees.allocator = allocator;
  *out = evaluation;
  return COCO_OK;
}

void coco_evaluation_destroy(coco_evaluation *evaluation) {
  if (!evaluation) return;
  const coco_allocator *allocator = evaluation->allocator;
  for (size_t i = 0; i < evaluation->plans.capacity; i++)
    if (evaluation->plans.keys[i])
      coco_plan_destroy(allocator, coco_pointer_map_get(&evaluation->plans, evaluation->plans.keys[i]));
  for (size_t i = 0; i < evaluation->kept.capacity; i++) {
    const void *key = evaluation->kept.keys[i];
    coco_runtime_value *value = key ? coco_pointer_map_get(&evaluation->kept, key) : NULL;
    if (!value) continue;
    coco_runtime_release(value);
    coco_free(allocator, value, sizeof *value);
  }
  coco_pointer_map_free(&evaluation->plans);
  coco_pointer_map_free(&evaluation->kept);
  coco_pointer_map_free(&evaluation->callees);
  coco_arena_destroy(&evaluation->scratch);
  coco_free(allocator, evaluation, sizeof *evaluation);
}

void coco_evaluation_set_quiet(coco_evaluation *evaluation, bool quiet) { evaluation->quiet = quiet; }

void coco_evaluation_observe(coco_evaluation *evaluation, coco_evaluation_observer observer, void *user) {
  evaluation->observer = observer;
  evaluation->observer_user = user;
}
