/* Reference meaning of structured control flow. Loops of integers count without overflow: the number of turns is
 * known before the first one. */
#include "ir/evaluate.h"

#include "dialects/scf/scf.h"
#include "dialects/scf/hooks.h"

static void release_all(coco_runtime_value *values, size_t count) {
  for (size_t i = 0; i < count; i++) coco_runtime_release(&values[i]);
}

/* COUNT values in the evaluation's allocator, cleared. */
static coco_runtime_value *take(coco_evaluation *evaluation, size_t count) {
  return coco_allocate_zeroed(coco_context_allocator(coco_evaluation_context(evaluation)), count + 1,
                              sizeof(coco_runtime_value));
}
static void give_back(coco_evaluation *evaluation, coco_runtime_value *values, size_t count) {
  if (values)
    coco_free(coco_context_allocator(coco_evaluation_context(evaluation)), values,
              (count + 1) * sizeof(coco_runtime_value));
}

/* A turn takes some twenty nanoseconds at the least, so that more of them would take months. */
static const uint64_t most_turns = UINT64_C(1) << 48;

static coco_status too_many_turns(coco_evaluation *evaluation, const coco_operation *operation) {
  return coco_evaluation_error(evaluation, operation, "has too many turns");
}

/* Turns of a loop from LOWER to UPPER by STEP. */
static coco_status count_turns(coco_evaluation *evaluation, const coco_operation *operation, int64_t lower,
                               int64_t upper, int64_t step, uint64_t *out) {
  *out = 0;
  if (step <= 0)
    return coco_evaluation_error(evaluation, operation, "has a step of %lld, which is not positive", (long long)step);
  uint64_t distance = (uint64_t)upper - (uint64_t)lower;
  if (lower < upper) *out = (distance - 1) / (uint64_t)step + 1;
  return COCO_OK;
}

coco_status coco_scf_evaluate_for(coco_evaluation *evaluation, const coco_operation *operation,
                                  const coco_runtime_value *operands, coco_runtime_value *results) {
  size_t carried = operation->operand_count - 3;
  int64_t lower = operands[0].integer, step = operands[2].integer;
  uint64_t count;
  COCO_TRY(count_turns(evaluation, operation, lower, operands[1].integer, step, &count));
  if (count > most_turns) return too_many_turns(evaluation, operation);
  /* Arguments of a turn, then what it yields. */
  coco_runtime_value *values = take(evaluation, 2 * carried + 1), *arguments = values, *yielded = values + 1 + carried;
  if (!values) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < carried; i++) arguments[i + 1] = coco_runtime_retain(&operands[i + 3]);
  coco_status status = COCO_OK;
  for (uint64_t turn = 0; turn < count && status == COCO_OK; turn++) {
    arguments[0] = coco_runtime_integer(operands[0].type, (int64_t)((uint64_t)lower + turn * (uint64_t)step));
    status = coco_evaluate_region(evaluation, coco_operation_region(operation, 0), arguments, carried + 1, yielded,
                                  carried, NULL);
    if (status != COCO_OK) break;
    for (size_t i = 0; i < carried; i++) {
      coco_runtime_release(&arguments[i + 1]);
      arguments[i + 1] = yielded[i];
    }
  }
  if (status == COCO_OK)
    for (size_t i = 0; i < carried; i++) results[i] = arguments[i + 1];
  else
    release_all(arguments + 1, carried);
  give_back(evaluation, values, 2 * carried + 1);
  return status;
}

coco_status coco_scf_evaluate_if(coco_evaluation *evaluation, const coco_operation *operation,
                                 const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_region *region = coco_operation_region(operation, operands[0].integer ? 0 : 1);
  if (!region->first && operation->result_count == 0) return COCO_OK;
  return coco_evaluate_region(evaluation, region, NULL, 0, results, operation->result_count, NULL);
}

coco_status coco_scf_evaluate_while(coco_evaluation *evaluation, const coco_operation *operation,
                                    const coco_runtime_value *operands, coco_runtime_value *results) {
  size_t before = operation->operand_count, after = operation->result_count;
  /* Arguments of `before`, then its condition and what it passes on. */
  coco_runtime_value *values = take(evaluation, before + after + 1), *passed = values + before;
  if (!values) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < before; i++) values[i] = coco_runtime_retain(&operands[i]);
  coco_status status;
  for (;;) {
    status =
        coco_evaluate_region(evaluation, coco_operation_region(operation, 0), values, before, passed, after + 1, NULL);
    release_all(values, before);
    if (status != COCO_OK || !passed[0].integer) break;
    status =
        coco_evaluate_region(evaluation, coco_operation_region(operation, 1), passed + 1, after, values, before, NULL);
    release_all(passed, after + 1);
    if (status != COCO_OK) break;
  }
  if (status == COCO_OK)
    for (size_t i = 0; i < after; i++) results[i] = passed[i + 1];
  give_back(evaluation, values, before + after + 1);
  return status;
}

coco_status coco_scf_evaluate_execute_region(coco_evaluation *evaluation, const coco_operation *operation,
                                             const coco_runtime_value *operands, coco_runtime_value *results) {
  (void)operands;
  return coco_evaluate_region(evaluation, coco_operation_region(operation, 0), NULL, 0, results,
                              operation->result_count, NULL);
}

/* ---- scf.parallel: turns in order, the last counter fastest ---- */

/* Combines what one turn gives with what was reduced so far, by the regions of its scf.reduce. */
static coco_status reduce(coco_evaluation *evaluation, const coco_operation *reduction, coco_runtime_value *given,
                          coco_runtime_value *reduced, size_t count) {
  coco_status status = COCO_OK;
  for (size_t i = 0; i < count && status == COCO_OK; i++) {
    coco_runtime_value arguments[2] = {reduced[i], given[i]}, combined;
    status = coco_evaluate_region(evaluation, coco_operation_region(reduction, i), arguments, 2, &combined, 1, NULL);
    if (status != COCO_OK) break;
    coco_runtime_release(&reduced[i]);
    reduced[i] = combined;
  }
  release_all(given, count);
  return status;
}

/* Sets the counters of turn TURN, of EXTENTS[i] turns each. */
static void set_counters(uint64_t turn, size_t rank, const coco_runtime_value *operands, const uint64_t *extents,
                         coco_runtime_value *counters) {
  for (size_t i = rank; i-- > 0; turn /= extents[i]) {
    uint64_t at = (uint64_t)operands[i].integer + turn % extents[i] * (uint64_t)operands[2 * rank + i].integer;
    counters[i] = coco_runtime_integer(operands[i].type, (int64_t)at);
  }
}

/* Turns of each loop, and of the nest: none where one of the loops has none, whatever the others. */
static coco_status count_all_turns(coco_evaluation *evaluation, const coco_operation *operation,
                                   const coco_runtime_value *operands, size_t rank, uint64_t *extents,
                                   uint64_t *out_total) {
  bool none = false;
  for (size_t i = 0; i < rank; i++) {
    COCO_TRY(count_turns(evaluation, operation, operands[i].integer, operands[rank + i].integer,
                         operands[2 * rank + i].integer, &extents[i]));
    none = none || extents[i] == 0;
  }
  *out_total = !none;
  for (size_t i = 0; !none && i < rank; i++) {
    if (extents[i] > most_turns / *out_total) return too_many_turns(evaluation, operation);
    *out_total *= extents[i];
  }
  return COCO_OK;
}

coco_status coco_scf_evaluate_parallel(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  size_t start, rank, count = operation->result_count;
  uint64_t extents[COCO_EVALUATION_RANK], total;
  COCO_OPERAND_GROUP(operation, scf_parallel, lowerBound, &start, &rank);
  if (rank > COCO_EVALUATION_RANK)
    return coco_evaluation_error(evaluation, operation, "has too many loops to be evaluated");
  COCO_TRY(count_all_turns(evaluation, operation, operands, rank, extents, &total));
  coco_runtime_value *counters = take(evaluation, rank + count), *given = counters + rank;
  if (!counters) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; i++) results[i] = coco_runtime_retain(&operands[3 * rank + i]);
  coco_status status = COCO_OK;
  for (uint64_t turn = 0; turn < total && status == COCO_OK; turn++) {
    const coco_operation *reduction = NULL;
    set_counters(turn, rank, operands, extents, counters);
    status =
        coco_evaluate_region(evaluation, coco_operation_region(operation, 0), counters, rank, given, count, &reduction);
    if (status == COCO_OK && count) status = reduce(evaluation, reduction, given, results, count);
  }
  give_back(evaluation, counters, rank + count);
  return status;
}
