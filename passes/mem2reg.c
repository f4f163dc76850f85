/* Promotes memory of one element that is only loaded and stored to values.
 *
 *   %m = memref.alloca() : memref<i32>; store %a, %m[]; %b = load %m[]  =>  %a for %b
 *
 * All uses of an allocation must be in its region, and no use may be in a region inside. Where ways on which different
 * values were stored meet, and the value is loaded later, the block gets an argument. What was never stored is zero, as
 * in evaluation. Allocations used in one block only cost what their uses cost; others cost as much as their region has
 * blocks and branches for each round, and loops within loops need more rounds than one. */
#include <stdlib.h>

#include "dialects/memref/memref.h"
#include "ir/fold.h"
#include "passes/control_flow.h"
#include "passes/passes.h"

enum { PROMOTED, ARGUMENTS };
static const char *const statistics[] = {"allocations promoted", "block arguments added"};

/* What the memory holds: what STORE stored, what the argument of BLOCK is, or, with neither, nothing yet (zero). */
typedef struct definition {
  coco_operation *store;
  coco_block *block;
} definition;

typedef struct block_state {
  coco_block *block;
  definition in, out;
  bool in_known, kills; /* kills: out is its own */
  bool is_live;         /* in is loaded here or later */
  bool merges;          /* in is an argument */
  bool seen, done;      /* by the search for an order; in this round */
  coco_value *argument;
} block_state;

typedef struct block_visit {
  block_state *at;
  size_t successor;
} block_visit;

typedef struct state {
  coco_pass *pass;
  const coco_allocator *allocator;
  coco_operation *slot;
  const coco_type *type;
  COCO_VECTOR_OF(coco_operation *) users;
  COCO_VECTOR_OF(block_state) blocks;
  coco_pointer_map positions; /* block to position + 1 */
  COCO_VECTOR_OF(block_state *) order;
  coco_value *zero;
} state;

/* ---- What can be promoted ---- */

static const coco_attribute *zero_of(coco_context *context, const coco_type *type) {
  if (type->kind == COCO_TYPE_INTEGER || type->kind == COCO_TYPE_INDEX) return coco_attribute_integer(context, type, 0);
  return coco_attribute_float(context, type, 0);
}

static bool is_access(const state *s, const coco_use *use) {
  const coco_operation *owner = use->owner;
  if (!owner->block || owner->block->region != s->slot->block->region) return false;
  if (coco_operation_is(owner, &coco_memref_load)) return true;
  return coco_operation_is(owner, &coco_memref_store) && coco_use_index(use) == 1;
}

static coco_status gather_users(state *s, bool *out_good) {
  s->users.count = 0;
  *out_good = true;
  for (const coco_use *use = s->slot->results[0].first_use; use && *out_good; use = use->next) {
    *out_good = is_access(s, use);
    COCO_TRY(coco_vector_push(s->allocator, &s->users, use->owner));
  }
  return COCO_OK;
}

static bool is_candidate(const coco_operation *operation) {
  if (!coco_operation_is(operation, &coco_memref_alloca) || !operation->block) return false;
  const coco_type *type = operation->results[0].type;
  const coco_type *element = type->element;
  bool plain =
      element->kind == COCO_TYPE_INTEGER || element->kind == COCO_TYPE_INDEX || element->kind == COCO_TYPE_FLOAT;
  return plain && coco_type_has_static_shape(type) && coco_type_element_count(type) == 1;
}

/* ---- Values ---- */

static coco_status make_zero(state *s) {
  if (s->zero) return COCO_OK;
  const coco_attribute *value = zero_of(s->pass->context, s->type);
  coco_operation *constant;
  if (!value) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_materialize(s->slot, value, s->type, &constant));
  if (!constant) return COCO_UNSUPPORTED;
  coco_operation_insert_before(constant, s->slot);
  s->zero = &constant->results[0];
  return COCO_OK;
}

static block_state *state_of(const state *s, const coco_block *block) {
  uintptr_t position = (uintptr_t)coco_pointer_map_get(&s->positions, block);
  return position ? &s->blocks.items[position - 1] : NULL;
}

static coco_status value_of(state *s, definition held, coco_value **out) {
  if (held.store) {
    *out = coco_operation_operand(held.store, 0);
    return COCO_OK;
  }
  if (held.block) {
    *out = state_of(s, held.block)->argument;
    return COCO_OK;
  }
  COCO_TRY(make_zero(s));
  *out = s->zero;
  return COCO_OK;
}

static coco_status replace_load(state *s, coco_operation *load, definition held) {
  coco_value *value;
  COCO_TRY(value_of(s, held, &value));
  if (value == &load->results[0]) COCO_TRY(value_of(s, (definition){0}, &value)); /* of code that nothing reaches */
  coco_value_replace_all_uses(&load->results[0], value);
  return COCO_OK;
}

/* ---- In one block ---- */

static int by_order(const void *a, const void *b) {
  const coco_operation *left = *(coco_operation *const *)a, *right = *(coco_operation *const *)b;
  return left->order < right->order ? -1 : left->order > right->order;
}

static bool is_in_one_block(const state *s) {
  for (size_t i = 0; i < s->users.count; ++i)
    if (s->users.items[i]->block != s->slot->block) return false;
  return true;
}

static coco_status promote_in_block(state *s) {
  if (!s->users.count) return COCO_OK;
  (void)coco_operation_is_before(s->slot, s->users.items[0]); /* numbers the block */
  qsort(s->users.items, s->users.count, sizeof *s->users.items, by_order);
  definition held = {0};
  for (size_t i = 0; i < s->users.count; ++i) {
    coco_operation *user = s->users.items[i];
    if (coco_operation_is(user, &coco_memref_store))
      held = (definition){.store = user};
    else
      COCO_TRY(replace_load(s, user, held));
  }
  return COCO_OK;
}

/* ---- Across blocks ---- */

static bool is_same(definition a, definition b) { return a.store == b.store && a.block == b.block; }

/* Blocks from which nothing is known before they are reached, in the region's order. */
static coco_status note_blocks(state *s) {
  s->blocks.count = 0;
  coco_pointer_map_clear(&s->positions);
  for (coco_block *block = s->slot->block->region->first; block; block = block->next) {
    COCO_TRY(coco_vector_push(s->allocator, &s->blocks, ((block_state){.block = block})));
    COCO_TRY(coco_pointer_map_set(&s->positions, block, (void *)(uintptr_t)s->blocks.count));
  }
  s->blocks.items[0].in_known = true; /* nothing is stored before the region */
  return COCO_OK;
}

/* The users of one block stand together and in order. */
static int by_block(const void *a, const void *b) {
  const coco_operation *left = *(coco_operation *const *)a, *right = *(coco_operation *const *)b;
  if (left->block->order != right->block->order) return left->block->order < right->block->order ? -1 : 1;
  return by_order(a, b);
}

static void sort_users(state *s) {
  for (size_t i = 0; i < s->blocks.count; ++i) {
    coco_block *block = s->blocks.items[i].block;
    block->order = (uint32_t)i;
    if (block->first) (void)coco_operation_is_before(block->first, block->last);
  }
  qsort(s->users.items, s->users.count, sizeof *s->users.items, by_block);
}

/* What each block makes of the memory by itself. The allocation counts as a store of zero. */
static void note_effects(state *s) {
  block_state *own = state_of(s, s->slot->block);
  own->kills = true;
  for (size_t i = 0; i < s->users.count; ++i) {
    coco_operation *user = s->users.items[i];
    block_state *at = state_of(s, user->block);
    if (coco_operation_is(user, &coco_memref_store)) {
      at->out = (definition){.store = user};
      at->kills = true;
    } else if (!at->kills) {
      at->is_live = true;
    }
  }
}

static void spread_liveness(state *s) {
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = s->blocks.count; i-- > 0;) {
      block_state *at = &s->blocks.items[i];
      const coco_operation *end = at->block->last;
      for (size_t k = 0; end && k < end->successor_count && !at->kills && !at->is_live; ++k)
        changed |= at->is_live = state_of(s, coco_operation_successor(end, k))->is_live;
    }
  }
}

/* The blocks that can be reached, each before those that only it leads to: the order in which a depth-first search
 * leaves them, turned around. Where a branch goes back in it, a loop closes. */
static coco_status find_order(state *s) {
  COCO_VECTOR_OF(block_visit) stack = {0};
  s->order.count = 0;
  s->blocks.items[0].seen = true;
  coco_status status = coco_vector_push(s->allocator, &stack, ((block_visit){&s->blocks.items[0], 0}));
  while (stack.count && status == COCO_OK) {
    block_visit *top = &stack.items[stack.count - 1];
    const coco_operation *end = top->at->block->last;
    if (end && top->successor < end->successor_count) {
      block_state *next = state_of(s, coco_operation_successor(end, top->successor++));
      if (next->seen) continue;
      next->seen = true;
      status = coco_vector_push(s->allocator, &stack, ((block_visit){next, 0}));
    } else {
      status = coco_vector_push(s->allocator, &s->order, top->at);
      --stack.count;
    }
  }
  coco_vector_free(s->allocator, &stack);
  for (size_t i = 0, k = s->order.count; i + 1 < k; ++i) {
    block_state *swapped = s->order.items[i];
    s->order.items[i] = s->order.items[--k];
    s->order.items[k] = swapped;
  }
  return status;
}

/* HELD comes to AT: something else than what came before makes an argument, in this round and all later ones. */
static bool meet(block_state *at, definition held) {
  definition argument = {.block = at->block};
  if (!at->in_known) {
    at->in = at->merges ? argument : held;
    at->in_known = true;
    return false;
  }
  if (at->merges || is_same(at->in, held)) return false;
  at->merges = true;
  at->in = argument;
  return true;
}

/* In a round, what comes to a block forwards is there before the block is looked at. A loop whose end brings something
 * else than its beginning had makes another round necessary, from the start. */
static void spread_definitions(state *s) {
  for (bool again = true; again;) {
    again = false;
    for (size_t i = 1; i < s->blocks.count; ++i) s->blocks.items[i].in_known = false;
    for (size_t i = 0; i < s->order.count; ++i) s->order.items[i]->done = false;
    for (size_t i = 0; i < s->order.count; ++i) {
      block_state *at = s->order.items[i];
      at->done = true;
      if (!at->kills) at->out = at->in;
      const coco_operation *end = at->block->last;
      for (size_t k = 0; end && k < end->successor_count; ++k) {
        block_state *next = state_of(s, coco_operation_successor(end, k));
        again |= meet(next, at->out) && next->done;
      }
    }
  }
}

static bool needs_argument(const block_state *at) { return at->is_live && at->merges; }

/* Every branch to a block that needs an argument can be given one. A region's first block has no branches to it. */
static bool can_hand_over(const state *s) {
  for (size_t i = 0; i < s->blocks.count; ++i) {
    const coco_operation *end = s->blocks.items[i].block->last;
    size_t start, count;
    for (size_t k = 0; end && k < end->successor_count; ++k)
      if (needs_argument(state_of(s, coco_operation_successor(end, k))) &&
          !coco_branch_operands(end, k, &start, &count))
        return false;
  }
  return true;
}

static coco_status add_arguments(state *s) {
  for (size_t i = 0; i < s->blocks.count; ++i) {
    block_state *at = &s->blocks.items[i];
    if (!needs_argument(at)) continue;
    at->argument = coco_block_add_argument(s->pass->context, at->block, s->type);
    if (!at->argument) return COCO_OUT_OF_MEMORY;
    ++s->pass->statistics[ARGUMENTS];
  }
  return COCO_OK;
}

/* BRANCH with VALUE behind the operands of successor INDEX. */
static coco_status append_operand(coco_operation *branch, size_t index, coco_value *value) {
  coco_pool *pool = coco_context_pool(branch->context);
  size_t start, count, total = branch->operand_count, size = (total + 1) * sizeof(coco_value *);
  if (!coco_branch_operands(branch, index, &start, &count)) return COCO_UNSUPPORTED;
  coco_value **operands = coco_pool_allocate(pool, size);
  if (!operands) return COCO_OUT_OF_MEMORY;
  size_t place = start + count;
  for (size_t i = 0; i < total; ++i) operands[i < place ? i : i + 1] = coco_operation_operand(branch, i);
  operands[place] = value;
  int32_t sizes[3] = {1, 0, 0}; /* of a conditional branch: the condition, and what goes to each successor */
  for (size_t k = 0; k < branch->successor_count && k < 2; ++k) {
    coco_branch_operands(branch, k, &start, &count);
    sizes[1 + k] = (int32_t)count + (k == index);
  }
  coco_status status =
      coco_operation_set_operands(branch, operands, total + 1, branch->successor_count == 2 ? sizes : NULL);
  coco_pool_release(pool, operands, size);
  return status;
}

static coco_status hand_over(state *s) {
  for (size_t i = 0; i < s->blocks.count; ++i) {
    const block_state *at = &s->blocks.items[i];
    coco_operation *end = at->block->last;
    for (size_t k = 0; end && k < end->successor_count; ++k) {
      if (!state_of(s, coco_operation_successor(end, k))->argument) continue;
      coco_value *value;
      COCO_TRY(value_of(s, at->in_known ? at->out : (definition){0}, &value));
      COCO_TRY(append_operand(end, k, value));
    }
  }
  return COCO_OK;
}

/* Loads in the order of the region: a value that is a load itself may be replaced later, and stores follow it then. */
static coco_status replace_loads(state *s) {
  const coco_block *block = NULL;
  definition held = {0};
  for (size_t i = 0; i < s->users.count; ++i) {
    coco_operation *user = s->users.items[i];
    const block_state *at = state_of(s, user->block);
    if (user->block != block) held = user->block == s->slot->block || !at->in_known ? (definition){0} : at->in;
    block = user->block;
    if (coco_operation_is(user, &coco_memref_store))
      held = (definition){.store = user};
    else
      COCO_TRY(replace_load(s, user, held));
  }
  return COCO_OK;
}

static coco_status promote_across(state *s, bool *out_done) {
  COCO_TRY(note_blocks(s));
  COCO_TRY(find_order(s));
  sort_users(s);
  note_effects(s);
  spread_liveness(s);
  spread_definitions(s);
  *out_done = can_hand_over(s);
  if (!*out_done) return COCO_OK;
  COCO_TRY(add_arguments(s));
  COCO_TRY(replace_loads(s));
  return hand_over(s);
}

/* ---- All of it ---- */

static coco_status promote(state *s, coco_operation *slot) {
  s->slot = slot;
  s->type = slot->results[0].type->element;
  s->zero = NULL;
  bool good;
  COCO_TRY(gather_users(s, &good));
  if (!good) return COCO_OK;
  if (is_in_one_block(s))
    COCO_TRY(promote_in_block(s));
  else
    COCO_TRY(promote_across(s, &good));
  if (!good) return COCO_OK;
  for (size_t i = 0; i < s->users.count; ++i) coco_operation_erase(s->users.items[i]);
  coco_operation_erase(slot);
  ++s->pass->statistics[PROMOTED];
  s->pass->changed = true;
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  const coco_allocator *allocator = coco_context_allocator(pass->context);
  state s = {.pass = pass, .allocator = allocator, .positions = {.allocator = allocator}};
  COCO_VECTOR_OF(coco_operation *) slots = {0};
  coco_status status = COCO_OK;
  for (coco_operation *o = root; o && status == COCO_OK; o = coco_walk_next(o, root))
    if (is_candidate(o)) status = coco_vector_push(allocator, &slots, o);
  for (size_t i = 0; i < slots.count && status == COCO_OK; ++i) status = promote(&s, slots.items[i]);
  coco_vector_free(allocator, &slots);
  coco_vector_free(allocator, &s.users);
  coco_vector_free(allocator, &s.blocks);
  coco_vector_free(allocator, &s.order);
  coco_pointer_map_free(&s.positions);
  return status;
}

const coco_pass_definition coco_pass_mem2reg = {
    .name = "mem2reg",
    .documentation = "Promote memory of one element that is only loaded and stored to values.",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
