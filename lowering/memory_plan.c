/* Lifetimes, buffers and their offsets. See memory_plan.h. */
#include "lowering/memory_plan.h"

#include "dialects/func/func.h"
#include "dialects/lr/index_map.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/shared/shape.h"

/* ---- Offsets ---- */

static int64_t round_up(int64_t value, int64_t alignment) { return (value + alignment - 1) / alignment * alignment; }

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

/* ---- Values ---- */

size_t coco_lr_first_mapped(const coco_operation *operation) {
  if (coco_operation_is(operation, &coco_lr_map)) return 0;
  if (coco_operation_is(operation, &coco_lr_window) || coco_operation_is(operation, &coco_lr_reduce)) return 1;
  if (coco_operation_is(operation, &coco_lr_conv) || coco_operation_is(operation, &coco_lr_matmul)) return 2;
  return operation->operand_count;
}

/* ---- Views of other values ---- */

enum { MAXIMUM_COMPARED = 1 << 20 };

static bool is_dense(const coco_type *type) {
  coco_lr_layout_info info = coco_lr_layout_of(type);
  return coco_lr_layout_is_dense(&info);
}

/* Whether both maps take each index of the box EXTENTS to the same row-major position. */
static bool agree(const coco_lr_index_map *a, const coco_lr_index_map *b, const int64_t *extents, size_t rank, int64_t volume) {
  if (a->linear && b->linear) {
    if (a->base != b->base) return false;
    for (size_t i = 0; i < rank; ++i) {
      if (extents[i] > 1 && a->coefficients[i] != b->coefficients[i]) return false;
    }
    return true;
  }
  if (volume > MAXIMUM_COMPARED) return false;
  int64_t index[COCO_LR_MAX_RANK] = {0};
  do {
    if (coco_lr_index_map_at(a, index) != coco_lr_index_map_at(b, index)) return false;
  } while (coco_index_next(extents, rank, index));
  return true;
}

/* A move that copies all elements of one dense tensor in their order: a reshape. */
static bool move_keeps_order(const coco_operation *move) {
  if (move->operand_count != 1) return false;
  const coco_type *input = coco_operation_operand(move, 0)->type, *output = coco_operation_result(move, 0)->type;
  const coco_attribute *domain = COCO_PROPERTY(move, lr_move, domains)->elements[0];
  int64_t count = coco_type_element_count(input), volume = 1;
  for (size_t i = 0; i < domain->count; ++i) volume *= coco_attribute_i64s(domain)[i];
  if (!is_dense(input) || !is_dense(output) || count == 0 || coco_type_element_count(output) != count || volume != count) return false;
  coco_lr_index_map source, destination;
  coco_lr_index_map_make(&source, COCO_PROPERTY(move, lr_move, sources)->elements[0]->map, domain->count, input);
  coco_lr_index_map_make(&destination, COCO_PROPERTY(move, lr_move, destinations)->elements[0]->map, domain->count, output);
  return agree(&source, &destination, coco_attribute_i64s(domain), domain->count, volume);
}

/* A relayout that changes no byte's place: to the same layout, or from blocks of single pixels to rows. */
static bool relayout_keeps_order(const coco_operation *relayout) {
  const coco_type *input = coco_operation_operand(relayout, 0)->type, *output = coco_operation_result(relayout, 0)->type;
  if (input == output) return true;
  coco_lr_layout_info in = coco_lr_layout_of(input), out = coco_lr_layout_of(output);
  static const int64_t none[4];
  if (memcmp(in.halo, none, sizeof none) || memcmp(out.halo, none, sizeof none)) return false;
  if (in.block == out.block) return true;
  if (out.block != 1 || input->rank != 4 || input->shape[2] != 1 || input->shape[3] != 1) return false;
  return input->shape[0] == 1 || input->shape[1] % in.block == 0;
}

static bool is_view(const coco_operation *operation) {
  if (coco_operation_is(operation, &coco_lr_move)) return move_keeps_order(operation);
  return coco_operation_is(operation, &coco_lr_relayout) && relayout_keeps_order(operation);
}

/* ---- Places ---- */

typedef struct entry_planner {
  coco_operation *function;
  coco_block *block;
  coco_arena *scratch;
  coco_entry_plan *plan;
} entry_planner;

static coco_status place(entry_planner *planner, const coco_value *value, coco_place_kind kind, size_t index, bool is_alias) {
  coco_place *item = coco_arena_allocate(planner->scratch, sizeof *item);
  if (!item) return COCO_OUT_OF_MEMORY;
  *item = (coco_place){kind, index, is_alias};
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
  const coco_attribute *maps = coco_operation_get(operation, COCO_STRING("maps"));
  const coco_affine_map *map = maps->elements[index - coco_lr_first_mapped(operation)]->map;
  return coco_affine_map_is_identity(map) && coco_operation_operand(operation, index)->type == coco_operation_result(operation, 0)->type;
}

/* A buffer that dies in OPERATION and that it may write its result to: every operand that lies there is read in place. */
static bool find_dying(const entry_planner *planner, const coco_operation *operation, size_t *out_buffer) {
  int64_t step = step_of(planner, operation);
  for (size_t i = 0; i < operation->operand_count; ++i) {
    const coco_place *own = coco_entry_plan_place(planner->plan, coco_operation_operand(operation, i));
    if (!own || own->kind != COCO_PLACE_ARENA || planner->plan->buffers[own->index].last != step) continue;
    bool all = true;
    for (size_t j = 0; all && j < operation->operand_count; ++j) {
      const coco_place *other = coco_entry_plan_place(planner->plan, coco_operation_operand(operation, j));
      if (other && other->kind == COCO_PLACE_ARENA && other->index == own->index) all = reads_in_place(operation, j);
    }
    *out_buffer = own->index;
    if (all) return true;
  }
  return false;
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

static coco_status place_result(entry_planner *planner, coco_operation *operation) {
  coco_value *result = coco_operation_result(operation, 0);
  size_t index;
  if (find_output(planner, result, &index)) return place(planner, result, COCO_PLACE_OUTPUT, index, false);
  const coco_place *input = operation->operand_count ? coco_entry_plan_place(planner->plan, coco_operation_operand(operation, 0)) : NULL;
  if (input && input->kind == COCO_PLACE_ARENA && is_view(operation)) {
    stretch(planner, input->index, result);
    return place(planner, result, COCO_PLACE_ARENA, input->index, true);
  }
  if (find_dying(planner, operation, &index)) {
    stretch(planner, index, result);
    return place(planner, result, COCO_PLACE_ARENA, index, false);
  }
  const coco_type *memref = coco_lr_physical_memref(operation->context, result->type);
  if (!memref) return COCO_OUT_OF_MEMORY;
  int64_t size = coco_type_byte_count(memref);
  if (size < 0 || size > INT64_MAX / 4) return coco_operation_error(operation, "has a result that is too large");
  index = planner->plan->buffer_count++;
  planner->plan->buffers[index] = (coco_memory_request){.size = size, .first = step_of(planner, operation), .last = last_use(planner, result)};
  return place(planner, result, COCO_PLACE_ARENA, index, false);
}

static coco_status place_all(entry_planner *planner) {
  size_t operations = 0;
  for (coco_operation *operation = planner->block->first; operation; operation = operation->next) ++operations;
  planner->plan->buffers = coco_arena_allocate(planner->scratch, (operations + 1) * sizeof *planner->plan->buffers);
  if (!planner->plan->buffers) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < planner->block->argument_count; ++i) {
    COCO_TRY(place(planner, planner->block->arguments[i], COCO_PLACE_ARGUMENT, i, false));
  }
  for (coco_operation *operation = planner->block->first; operation; operation = operation->next) {
    if (operation->result_count != 1) continue;
    if (coco_operation_has_trait(operation, COCO_CONSTANT_LIKE)) {
      COCO_TRY(place(planner, coco_operation_result(operation, 0), COCO_PLACE_CONSTANT, 0, false));
    } else {
      COCO_TRY(place_result(planner, operation));
    }
  }
  return COCO_OK;
}

coco_status coco_entry_plan_make(coco_operation *function, coco_arena *scratch, coco_entry_plan *out) {
  const coco_allocator *allocator = coco_context_allocator(function->context);
  *out = (coco_entry_plan){.places = {.allocator = allocator}};
  entry_planner planner = {.function = function, .block = coco_operation_body(function, 0), .scratch = scratch, .plan = out};
  if (planner.block->first) (void)coco_operation_is_before(planner.block->first, planner.block->last); /* numbers the block */
  coco_status status = place_all(&planner);
  if (status == COCO_OK) status = coco_memory_plan(allocator, out->buffers, out->buffer_count, COCO_MEMORY_ALIGNMENT, &out->arena_size);
  if (status != COCO_OK) coco_entry_plan_free(out);
  return status;
}

void coco_entry_plan_free(coco_entry_plan *plan) { coco_pointer_map_free(&plan->places); }
