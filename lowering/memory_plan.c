/* Lifetimes, buffers and their offsets. See memory_plan.h. */
#include "lowering/memory_plan.h"

#include "dialects/func/func.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/pattern.h"
#include "ir/builder.h"
#include "lowering/winograd_plan.h"

/* ---- Offsets ---- */

static int64_t round_up(int64_t value, int64_t alignment) { return coco_ceil_divide(value, alignment) * alignment; }

static bool meet(const coco_memory_request *a, const coco_memory_request *b) { return a->first <= b->last && b->first <= a->last; }

/* Insertion sorts: the numbers are small, and equal elements stay in order, so that plans are reproducible. */
static void sort_by_size(const coco_memory_request *requests, size_t *order, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    size_t at = i;
    while (at > 0 && requests[order[at - 1]].size < requests[i].size) {
      order[at] = order[at - 1];
      --at;
    }
    order[at] = i;
  }
}

static void insert_by_offset(const coco_memory_request *requests, size_t *placed, size_t count, size_t item) {
  size_t at = count;
  while (at > 0 && requests[placed[at - 1]].offset > requests[item].offset) {
    placed[at] = placed[at - 1];
    --at;
  }
  placed[at] = item;
}

/* The smallest gap between neighbours in time that takes REQUEST, else the end. PLACED is sorted by offset. */
static int64_t best_offset(const coco_memory_request *requests, const size_t *placed, size_t count, const coco_memory_request *request, int64_t alignment) {
  int64_t best = -1, best_room = INT64_MAX, end = 0;
  for (size_t i = 0; i < count; ++i) {
    const coco_memory_request *other = &requests[placed[i]];
    if (!meet(request, other)) continue;
    int64_t room = other->offset - end;
    if (room >= request->size && room < best_room) {
      best = end;
      best_room = room;
    }
    int64_t behind = round_up(other->offset + other->size, alignment);
    if (behind > end) end = behind;
  }
  return best >= 0 ? best : end;
}

coco_status coco_memory_plan(const coco_allocator *allocator, coco_memory_request *requests, size_t count, int64_t alignment, int64_t *out_peak) {
  *out_peak = 0;
  if (count == 0) return COCO_OK;
  size_t *order = coco_allocate_zeroed(allocator, 2 * count, sizeof *order);
  if (!order) return COCO_OUT_OF_MEMORY;
  size_t *placed = order + count;
  sort_by_size(requests, order, count);
  for (size_t i = 0; i < count; ++i) {
    coco_memory_request *request = &requests[order[i]];
    request->offset = best_offset(requests, placed, i, request, alignment);
    insert_by_offset(requests, placed, i, order[i]);
    if (request->offset + request->size > *out_peak) *out_peak = request->offset + request->size;
  }
  coco_free(allocator, order, 2 * count * sizeof *order);
  return COCO_OK;
}

/* The sum changes upwards only where a request begins, so those steps are enough. */
int64_t coco_memory_alive(const coco_memory_request *requests, size_t count) {
  int64_t most = 0;
  for (size_t i = 0; i < count; ++i) {
    int64_t sum = 0;
    for (size_t j = 0; j < count; ++j)
      if (requests[j].first <= requests[i].first && requests[i].first <= requests[j].last) sum += requests[j].size;
    if (sum > most) most = sum;
  }
  return most;
}

/* ---- Values ---- */

size_t coco_lr_first_mapped(const coco_operation *operation) {
  if (coco_operation_is(operation, &coco_lr_map)) return 0;
  if (coco_operation_is(operation, &coco_lr_window) || coco_operation_is(operation, &coco_lr_reduce)) return 1;
  if (coco_operation_is(operation, &coco_lr_pattern_conv)) return COCO_LR_PATTERN_OPERANDS;
  if (coco_operation_is(operation, &coco_lr_pointwise_conv)) return COCO_LR_POINTWISE_OPERANDS;
  if (coco_operation_is(operation, &coco_lr_block_conv) || coco_operation_is(operation, &coco_lr_block_matmul))
    return COCO_LR_BLOCK_OPERANDS;
  if (coco_operation_is(operation, &coco_lr_conv) || coco_operation_is(operation, &coco_lr_matmul)) return 2;
  return operation->operand_count;
}

/* ---- Places ---- */

/* Where a value is to lie in the concatenation that it is a part of. */
typedef struct whole_part {
  const coco_value *whole;
  int64_t offset; /* bytes */
} whole_part;

typedef struct entry_planner {
  coco_operation *function;
  coco_block *block;
  coco_arena *scratch;
  coco_entry_plan *plan;
  coco_pointer_map parts;  /* value -> part */
  coco_pointer_map wholes; /* concatenation -> coco_place, once it has a buffer; NULL before */
} entry_planner;

static coco_status place(entry_planner *planner, const coco_value *value, coco_place place) {
  coco_place *item = coco_arena_copy_bytes(planner->scratch, &place, sizeof place);
  if (!item) return COCO_OUT_OF_MEMORY;
  return coco_pointer_map_set(&planner->plan->places, value, item);
}

/* The step of the operation of the entry block that USER is or stands in. */
static int64_t step_of(const entry_planner *planner, const coco_operation *user) {
  while (user && user->block != planner->block) user = coco_operation_parent(user);
  return user ? (int64_t)user->order : INT64_MAX;
}

static int64_t last_use(const entry_planner *planner, const coco_value *value) {
  const coco_operation *definition = coco_value_operation(value);
  int64_t last = definition ? step_of(planner, definition) : 0;
  for (const coco_use *use = value->first_use; use; use = use->next) {
    int64_t step = step_of(planner, use->owner);
    if (step > last) last = step;
  }
  return last;
}

static void stretch(const entry_planner *planner, size_t buffer, const coco_value *value) {
  int64_t last = last_use(planner, value);
  if (last > planner->plan->buffers[buffer].last) planner->plan->buffers[buffer].last = last;
}

/* Whether operand INDEX is read at the element that is written, and only there. */
static bool reads_in_place(const coco_operation *operation, size_t index) {
  if (index < coco_lr_first_mapped(operation)) return false;
  /* Its sums wait in the result for the next group of channels. */
  if (coco_lr_takes_patches(operation)) return false;
  const coco_attribute *maps = coco_operation_get(operation, COCO_STRING("maps"));
  const coco_affine_map *map = maps->elements[index - coco_lr_first_mapped(operation)]->map;
  return coco_affine_map_is_identity(map) && coco_operation_operand(operation, index)->type == coco_operation_result(operation, 0)->type;
}

/* A place that dies in OPERATION and that it may write its result to: every operand that lies in its buffer is read in place. NULL: none. */
static const coco_place *find_dying(const entry_planner *planner, const coco_operation *operation) {
  int64_t step = step_of(planner, operation);
  for (size_t i = 0; i < operation->operand_count; ++i) {
    const coco_place *own = coco_entry_plan_place(planner->plan, coco_operation_operand(operation, i));
    if (!own || own->kind != COCO_PLACE_ARENA || planner->plan->buffers[own->index].last != step) continue;
    bool all = true;
    for (size_t j = 0; all && j < operation->operand_count; ++j) {
      const coco_place *other = coco_entry_plan_place(planner->plan, coco_operation_operand(operation, j));
      if (other && other->kind == COCO_PLACE_ARENA && other->index == own->index) all = reads_in_place(operation, j) && other->offset == own->offset;
    }
    if (all) return own;
  }
  return NULL;
}

/* The number of the returned operand that VALUE is; false when it is not returned. */
static bool find_output(const entry_planner *planner, const coco_value *value, size_t *out_index) {
  for (const coco_use *use = value->first_use; use; use = use->next) {
    if (use->owner->block == planner->block && coco_operation_is(use->owner, &coco_func_return)) {
      *out_index = coco_use_index(use);
      return true;
    }
  }
  return false;
}

/* A new buffer for VALUE, made by or in OPERATION. */
static coco_status add_buffer(entry_planner *planner, const coco_operation *operation, const coco_value *value, coco_place *out) {
  const coco_type *memref = coco_lr_physical_memref(operation->context, value->type);
  if (!memref) return COCO_OUT_OF_MEMORY;
  int64_t size = coco_type_byte_count(memref);
  if (size < 0 || size > INT64_MAX / 4) return coco_operation_error(operation, "has a result that is too large");
  size_t index = planner->plan->buffer_count++;
  planner->plan->buffers[index] = (coco_memory_request){.size = size, .first = step_of(planner, operation), .last = last_use(planner, value)};
  *out = (coco_place){.kind = COCO_PLACE_ARENA, .index = index};
  return COCO_OK;
}

/* The place of VALUE inside the outermost concatenation that it is a part of, or is. */
static coco_status place_in_whole(entry_planner *planner, const coco_operation *operation, const coco_value *value) {
  const coco_value *whole = value;
  coco_place own = {.kind = COCO_PLACE_ARENA};
  for (const whole_part *part; (part = coco_pointer_map_get(&planner->parts, whole)); whole = part->whole) own.offset += part->offset;
  const coco_place *known = coco_pointer_map_get(&planner->wholes, whole);
  if (known) {
    own.index = known->index;
  } else {
    coco_place made;
    COCO_TRY(add_buffer(planner, operation, whole, &made));
    coco_place *kept = coco_arena_copy_bytes(planner->scratch, &made, sizeof made);
    if (!kept) return COCO_OUT_OF_MEMORY;
    COCO_TRY(coco_pointer_map_set(&planner->wholes, whole, kept));
    own.index = made.index;
  }
  own.is_alias = coco_pointer_map_contains(&planner->wholes, value);
  stretch(planner, own.index, value);
  return place(planner, value, own);
}

static coco_status place_result(entry_planner *planner, coco_operation *operation) {
  coco_value *result = coco_operation_result(operation, 0);
  size_t index;
  if (find_output(planner, result, &index)) return place(planner, result, (coco_place){.kind = COCO_PLACE_OUTPUT, .index = index});
  if (coco_pointer_map_contains(&planner->parts, result) || coco_pointer_map_contains(&planner->wholes, result)) return place_in_whole(planner, operation, result);
  const coco_place *input = operation->operand_count ? coco_entry_plan_place(planner->plan, coco_operation_operand(operation, 0)) : NULL;
  const coco_place *dying = find_dying(planner, operation);
  coco_place own;
  if (input && input->kind == COCO_PLACE_ARENA && coco_lr_is_view(operation)) {
    own = *input;
    own.is_alias = true;
  } else if (dying) {
    own = *dying;
    own.is_alias = false;
  } else {
    COCO_TRY(add_buffer(planner, operation, result, &own));
  }
  stretch(planner, own.index, result);
  return place(planner, result, own);
}

/* ---- Concatenations: parts are computed in their places ---- */

/* Whether VALUE may be computed inside a concatenation: by a layer, for nobody outside, and for this concatenation alone. */
static bool can_be_part(const entry_planner *planner, const coco_value *value) {
  const coco_operation *definition = coco_value_operation(value);
  size_t output;
  return definition && definition->block == planner->block && !coco_operation_has_trait(definition, COCO_CONSTANT_LIKE) && !coco_lr_is_view(definition) &&
         !find_output(planner, value, &output) && !coco_pointer_map_contains(&planner->parts, value);
}

static coco_status plan_concatenation(entry_planner *planner, const coco_operation *move) {
  const coco_value *whole = coco_operation_result(move, 0);
  size_t output, count = move->operand_count;
  int64_t *offsets = coco_arena_allocate_zeroed(planner->scratch, count + 1, sizeof *offsets);
  whole_part *parts = coco_arena_allocate(planner->scratch, (count + 1) * sizeof *parts);
  if (!offsets || !parts) return COCO_OUT_OF_MEMORY;
  if (count < 2 || find_output(planner, whole, &output) || coco_value_is_unused(whole) || !coco_lr_joins_ranges(move, offsets)) return COCO_OK;
  for (size_t i = 0; i < count; ++i) {
    if (offsets[i] % COCO_MEMORY_ALIGNMENT || !can_be_part(planner, coco_operation_operand(move, i))) return COCO_OK;
    for (size_t j = 0; j < i; ++j) {
      if (coco_operation_operand(move, i) == coco_operation_operand(move, j)) return COCO_OK;
    }
  }
  for (size_t i = 0; i < count; ++i) {
    parts[i] = (whole_part){whole, offsets[i]};
    COCO_TRY(coco_pointer_map_set(&planner->parts, coco_operation_operand(move, i), &parts[i]));
  }
  return coco_pointer_map_set(&planner->wholes, whole, NULL);
}

/* Memory for the step of OPERATION alone. */
static coco_status place_workspace(entry_planner *planner, coco_operation *operation) {
  int64_t size = coco_lr_workspace(operation), step = step_of(planner, operation);
  if (size == 0 || coco_value_is_unused(coco_operation_result(operation, 0))) return COCO_OK;
  if (size < 0 || size > INT64_MAX / 4) return coco_operation_error(operation, "needs a workspace that is too large");
  coco_place own = {.kind = COCO_PLACE_ARENA, .index = planner->plan->buffer_count++};
  planner->plan->buffers[own.index] = (coco_memory_request){.size = size, .first = step, .last = step};
  coco_place *item = coco_arena_copy_bytes(planner->scratch, &own, sizeof own);
  return item ? coco_pointer_map_set(&planner->plan->workspaces, operation, item) : COCO_OUT_OF_MEMORY;
}

static coco_status place_all(entry_planner *planner) {
  size_t operations = 0;
  for (coco_operation *operation = planner->block->first; operation; operation = operation->next) ++operations;
  planner->plan->buffers = coco_arena_allocate(planner->scratch, (2 * operations + 1) * sizeof *planner->plan->buffers);
  if (!planner->plan->buffers) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < planner->block->argument_count; ++i) {
    COCO_TRY(place(planner, planner->block->arguments[i], (coco_place){.kind = COCO_PLACE_ARGUMENT, .index = i}));
  }
  for (coco_operation *operation = planner->block->first; operation; operation = operation->next) {
    if (coco_operation_is(operation, &coco_lr_move)) COCO_TRY(plan_concatenation(planner, operation));
  }
  for (coco_operation *operation = planner->block->first; operation; operation = operation->next) {
    if (operation->result_count != 1) continue;
    if (coco_operation_has_trait(operation, COCO_CONSTANT_LIKE)) {
      COCO_TRY(place(planner, coco_operation_result(operation, 0), (coco_place){.kind = COCO_PLACE_CONSTANT}));
    } else {
      COCO_TRY(place_result(planner, operation));
      COCO_TRY(place_workspace(planner, operation));
    }
  }
  return COCO_OK;
}

/* ---- Before: what is returned is computed, once ---- */

/* return %x, %x => %copy = relayout %x, return %x, %copy, also for inputs and constants. */
coco_status coco_entry_own_results(coco_operation *function) {
  coco_block *block = coco_operation_body(function, 0);
  coco_operation *last = coco_block_terminator(block);
  for (size_t i = 0; i < last->operand_count; ++i) {
    coco_value *value = coco_operation_operand(last, i);
    coco_operation *definition = coco_value_operation(value);
    bool owned = definition && !coco_operation_has_trait(definition, COCO_CONSTANT_LIKE);
    for (size_t j = 0; j < i; ++j) owned = owned && coco_operation_operand(last, j) != value;
    if (owned) continue;
    coco_builder builder = coco_builder_before(last);
    const coco_attribute *device = coco_attribute_string(builder.context, COCO_STRING("cpu"));
    if (!device) return COCO_OUT_OF_MEMORY;
    coco_value *copy = coco_build_value(&builder, &(coco_operation_state){.definition = &coco_lr_relayout, COCO_WITH_OPERANDS(value), COCO_WITH_RESULTS(value->type),
                                                                          COCO_WITH_ATTRIBUTES(COCO_NAMED("device", device))});
    COCO_TRY(builder.status);
    coco_operation_set_operand(last, i, copy);
  }
  return COCO_OK;
}

coco_status coco_entry_plan_make(coco_operation *function, coco_arena *scratch, coco_entry_plan *out) {
  const coco_allocator *allocator = coco_context_allocator(function->context);
  *out = (coco_entry_plan){.places = {.allocator = allocator}, .workspaces = {.allocator = allocator}};
  entry_planner planner = {.function = function, .block = coco_operation_body(function, 0), .scratch = scratch, .plan = out, .parts = {.allocator = allocator}, .wholes = {.allocator = allocator}};
  if (planner.block->first) (void)coco_operation_is_before(planner.block->first, planner.block->last); /* numbers the block */
  coco_status status = place_all(&planner);
  if (status == COCO_OK) status = coco_memory_plan(allocator, out->buffers, out->buffer_count, COCO_MEMORY_ALIGNMENT, &out->arena_size);
  coco_pointer_map_free(&planner.parts);
  coco_pointer_map_free(&planner.wholes);
  if (status != COCO_OK) coco_entry_plan_free(out);
  return status;
}

void coco_entry_plan_free(coco_entry_plan *plan) {
  coco_pointer_map_free(&plan->places);
  coco_pointer_map_free(&plan->workspaces);
}
