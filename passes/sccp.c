/* Sparse conditional constant propagation: values that are one constant on every way on which the program can come to
 * them are replaced by it, ways that constant conditions close left aside.
 *
 * Each value is unknown, a constant, or varies, and only ever goes on in this order. An operation is looked at when its
 * block is found to be reached and again when something that it uses goes on; so the cost is linear in uses. Structured
 * control flow and calls are ways too: arguments of a private function that is called only, by calls that are all
 * known, are what those calls hand over. Blocks that are never reached are left as they are. */
#include "dialects/cf/cf.h"
#include "dialects/func/func.h"
#include "dialects/scf/scf.h"
#include "ir/fold.h"
#include "passes/control_flow.h"
#include "passes/passes.h"
#include "passes/symbol_uses.h"

enum { REPLACED, ERASED };
static const char *const statistics[] = {"values replaced by constants", "operations erased"};

/* A function with a body, directly inside the root. */
typedef struct function_state {
  coco_operation *operation;
  bool has_known_callers, reached;
  const coco_attribute **results;         /* NULL: unknown */
  COCO_VECTOR_OF(coco_operation *) calls; /* that were looked at */
  struct function_state *next;
} function_state;

typedef struct state {
  coco_pass *pass;
  const coco_allocator *allocator;
  coco_operation *root;
  coco_folder folder;
  coco_pointer_map values; /* to a constant or to the mark for what varies */
  coco_pointer_map reached;
  COCO_VECTOR_OF(coco_operation *) operations;
  COCO_VECTOR_OF(coco_block *) blocks;
  coco_string_map functions; /* name to function_state */
  coco_pointer_map by_operation;
  function_state *first_function;
} state;

/* The mark for what varies: no attribute has this address. */
static const coco_attribute varies;

static const coco_attribute *known(const state *s, const coco_value *value) {
  return coco_pointer_map_get(&s->values, value);
}

static coco_status push_users(state *s, const coco_value *value) {
  for (const coco_use *use = value->first_use; use; use = use->next)
    if (coco_pointer_map_contains(&s->reached, use->owner->block))
      COCO_TRY(coco_vector_push(s->allocator, &s->operations, use->owner));
  return COCO_OK;
}

/* VALUE may also be CONSTANT (NULL: nothing is known yet). */
static coco_status join(state *s, const coco_value *value, const coco_attribute *constant) {
  const coco_attribute *before = known(s, value);
  if (!constant || before == constant || before == &varies) return COCO_OK;
  COCO_TRY(coco_pointer_map_set(&s->values, value, (void *)(uintptr_t)(before ? &varies : constant)));
  return push_users(s, value);
}

static coco_status join_results(state *s, const coco_operation *operation, const coco_attribute *constant) {
  for (size_t i = 0; i < operation->result_count; ++i) COCO_TRY(join(s, &operation->results[i], constant));
  return COCO_OK;
}

static coco_status reach(state *s, coco_block *block) {
  if (!block || coco_pointer_map_contains(&s->reached, block)) return COCO_OK;
  COCO_TRY(coco_pointer_map_set(&s->reached, block, s));
  return coco_vector_push(s->allocator, &s->blocks, block);
}

/* The arguments of BLOCK from FIRST on may be the COUNT operands of OPERATION from START on. */
static coco_status hand_over(state *s, const coco_operation *operation, size_t start, size_t count,
                             const coco_block *block, size_t first) {
  for (size_t i = 0; block && i < count && first + i < block->argument_count; ++i)
    COCO_TRY(join(s, block->arguments[first + i], known(s, coco_operation_operand(operation, start + i))));
  return COCO_OK;
}

/* The results of TO may be the operands of OPERATION from START on. */
static coco_status hand_out(state *s, const coco_operation *operation, size_t start, const coco_operation *to) {
  for (size_t i = 0; start + i < operation->operand_count && i < to->result_count; ++i)
    COCO_TRY(join(s, &to->results[i], known(s, coco_operation_operand(operation, start + i))));
  return COCO_OK;
}

static coco_status enter_unknown(state *s, const coco_operation *operation) {
  for (size_t r = 0; r < operation->region_count; ++r) {
    coco_block *entry = coco_operation_region(operation, r)->first;
    for (size_t i = 0; entry && i < entry->argument_count; ++i) COCO_TRY(join(s, entry->arguments[i], &varies));
    COCO_TRY(reach(s, entry));
  }
  return join_results(s, operation, &varies);
}

/* ---- Structured control flow ---- */

enum { FOR_BOUNDS = 3 };

static coco_status visit_for(state *s, coco_operation *loop) {
  coco_block *body = coco_operation_body(loop, 0);
  if (!body || !body->argument_count) return enter_unknown(s, loop);
  COCO_TRY(join(s, body->arguments[0], &varies));
  COCO_TRY(reach(s, body));
  COCO_TRY(hand_over(s, loop, FOR_BOUNDS, loop->operand_count - FOR_BOUNDS, body, 1));
  return hand_out(s, loop, FOR_BOUNDS, loop);
}

/* 0: no, 1: yes, 2: perhaps; -1: not known yet. */
static int condition(const state *s, const coco_value *value) {
  const coco_attribute *constant = known(s, value);
  if (!constant) return -1;
  return constant->kind == COCO_ATTRIBUTE_INTEGER && constant != &varies ? constant->integer != 0 : 2;
}

static coco_status visit_if(state *s, coco_operation *branch) {
  int taken = condition(s, coco_operation_operand(branch, 0));
  if (taken < 0) return COCO_OK;
  if (taken != 0) COCO_TRY(reach(s, coco_operation_body(branch, 0)));
  if (taken != 1) COCO_TRY(reach(s, coco_operation_body(branch, 1)));
  return COCO_OK;
}

static coco_status visit_while(state *s, coco_operation *loop) {
  coco_block *before = coco_operation_body(loop, 0);
  COCO_TRY(hand_over(s, loop, 0, loop->operand_count, before, 0));
  return reach(s, before);
}

static coco_status visit_condition(state *s, const coco_operation *end, const coco_operation *loop) {
  int taken = condition(s, coco_operation_operand(end, 0));
  if (taken < 0) return COCO_OK;
  if (taken != 0) {
    coco_block *after = coco_operation_body(loop, 1);
    COCO_TRY(hand_over(s, end, 1, end->operand_count - 1, after, 0));
    COCO_TRY(reach(s, after));
  }
  return taken != 1 ? hand_out(s, end, 1, loop) : COCO_OK;
}

static coco_status visit_yield(state *s, const coco_operation *end, const coco_operation *around) {
  if (coco_operation_is(around, &coco_scf_while))
    return hand_over(s, end, 0, end->operand_count, coco_operation_body(around, 0), 0);
  if (coco_operation_is(around, &coco_scf_for))
    COCO_TRY(hand_over(s, end, 0, end->operand_count, coco_operation_body(around, 0), 1));
  return hand_out(s, end, 0, around);
}

/* ---- Calls ---- */

static coco_status visit_call(state *s, coco_operation *call) {
  const coco_attribute *callee = coco_callee_of(call);
  const coco_operation *function = coco_operation_parent_of(call, &coco_func_func);
  bool looks_in_root = function && coco_operation_parent(function) == s->root;
  function_state *f = callee && looks_in_root ? coco_string_map_get(&s->functions, callee->text) : NULL;
  if (!f || coco_operation_region(f->operation, 0)->first->argument_count != call->operand_count)
    return join_results(s, call, &varies);
  for (size_t i = 0; i < call->result_count; ++i) COCO_TRY(join(s, &call->results[i], f->results[i]));
  if (!coco_pointer_map_contains(&s->by_operation, call)) {
    COCO_TRY(coco_pointer_map_set(&s->by_operation, call, f));
    COCO_TRY(coco_vector_push(s->allocator, &f->calls, call));
  }
  if (!f->has_known_callers) return COCO_OK;
  coco_block *entry = coco_operation_region(f->operation, 0)->first;
  COCO_TRY(hand_over(s, call, 0, call->operand_count, entry, 0));
  return reach(s, entry);
}

static coco_status visit_return(state *s, const coco_operation *end, const coco_operation *function) {
  function_state *f = coco_pointer_map_get(&s->by_operation, function);
  const coco_type *type = f ? COCO_PROPERTY(function, func_func, function_type)->type : NULL;
  bool changed = false;
  for (size_t i = 0; f && i < end->operand_count && i < type->result_count; ++i) {
    const coco_attribute *constant = known(s, coco_operation_operand(end, i)), *before = f->results[i];
    if (!constant || before == constant || before == &varies) continue;
    f->results[i] = before ? &varies : constant;
    changed = true;
  }
  for (size_t i = 0; changed && i < f->calls.count; ++i)
    COCO_TRY(coco_vector_push(s->allocator, &s->operations, f->calls.items[i]));
  return COCO_OK;
}

static coco_status visit_function(state *s, coco_operation *operation) {
  const function_state *f = coco_pointer_map_get(&s->by_operation, operation);
  return f && f->has_known_callers ? COCO_OK : enter_unknown(s, operation);
}

/* ---- Operations ---- */

static coco_status visit_branch(state *s, coco_operation *branch) {
  bool chooses = coco_operation_is(branch, &coco_cf_cond_br);
  int taken = chooses ? condition(s, COCO_OPERAND(branch, cf_cond_br, condition)) : 2;
  if (taken < 0) return COCO_OK;
  for (size_t i = 0; i < branch->successor_count; ++i) {
    if (taken < 2 && (i == 0) != (taken == 1)) continue;
    coco_block *target = coco_operation_successor(branch, i);
    size_t start, count;
    if (coco_branch_operands(branch, i, &start, &count))
      COCO_TRY(hand_over(s, branch, start, count, target, 0));
    else
      for (size_t k = 0; k < target->argument_count; ++k) COCO_TRY(join(s, target->arguments[k], &varies));
    COCO_TRY(reach(s, target));
  }
  return COCO_OK;
}

static coco_status visit_end(state *s, coco_operation *end) {
  if (end->successor_count) return visit_branch(s, end);
  const coco_operation *around = coco_operation_parent(end);
  if (coco_operation_is(end, &coco_scf_condition)) return visit_condition(s, end, around);
  if (coco_operation_is(end, &coco_scf_yield)) return visit_yield(s, end, around);
  if (coco_operation_is(end, &coco_func_return)) return visit_return(s, end, around);
  return end->region_count ? enter_unknown(s, end) : COCO_OK;
}

static bool is_operand(const coco_operation *operation, const coco_value *value) {
  for (size_t i = 0; i < operation->operand_count; ++i)
    if (coco_operation_operand(operation, i) == value) return true;
  return false;
}

/* CONSTANTS and RESULTS are cleared memory for the operands and results. */
static coco_status fold(state *s, coco_operation *operation, const coco_attribute **constants,
                        coco_fold_result *results) {
  for (size_t i = 0; i < operation->operand_count; ++i) {
    const coco_attribute *constant = known(s, coco_operation_operand(operation, i));
    if (!constant) return COCO_OK; /* later */
    constants[i] = constant == &varies ? NULL : constant;
  }
  bool folded;
  COCO_TRY(coco_fold_given(&s->folder, operation, constants, results, &folded));
  for (size_t i = 0; i < operation->result_count; ++i) {
    const coco_attribute *constant = &varies;
    if (folded && results[i].attribute) constant = results[i].attribute;
    /* What is known of another value may change without a word to this operation; of an operand it may not. */
    if (folded && results[i].value && is_operand(operation, results[i].value)) constant = known(s, results[i].value);
    COCO_TRY(join(s, &operation->results[i], constant));
  }
  return COCO_OK;
}

static coco_status visit_plain(state *s, coco_operation *operation) {
  if (coco_operation_has_trait(operation, COCO_CONSTANT_LIKE) && operation->result_count == 1) {
    const coco_attribute *constant = coco_value_constant(&operation->results[0]);
    return join(s, &operation->results[0], constant ? constant : &varies);
  }
  if (!operation->result_count || !(operation->definition->fold || operation->definition->evaluate))
    return join_results(s, operation, &varies);
  size_t operands = operation->operand_count * sizeof(coco_attribute *);
  size_t size = operands + operation->result_count * sizeof(coco_fold_result);
  void *memory = coco_allocate_zeroed(s->allocator, 1, size);
  if (!memory) return COCO_OUT_OF_MEMORY;
  coco_status status = fold(s, operation, memory, (coco_fold_result *)(void *)((char *)memory + operands));
  coco_free(s->allocator, memory, size);
  return status;
}

static coco_status visit(state *s, coco_operation *operation) {
  if (coco_operation_has_trait(operation, COCO_TERMINATOR) || operation->successor_count)
    return visit_end(s, operation);
  if (coco_operation_is(operation, &coco_scf_for)) return visit_for(s, operation);
  if (coco_operation_is(operation, &coco_scf_if)) return visit_if(s, operation);
  if (coco_operation_is(operation, &coco_scf_while)) return visit_while(s, operation);
  if (coco_operation_is(operation, &coco_scf_execute_region)) return reach(s, coco_operation_body(operation, 0));
  if (coco_operation_is(operation, &coco_func_func)) return visit_function(s, operation);
  if (coco_operation_has_trait(operation, COCO_CALL)) return visit_call(s, operation);
  return operation->region_count ? enter_unknown(s, operation) : visit_plain(s, operation);
}

static coco_status propagate(state *s) {
  while (s->blocks.count || s->operations.count) {
    if (s->operations.count) {
      COCO_TRY(visit(s, s->operations.items[--s->operations.count]));
      continue;
    }
    coco_block *block = s->blocks.items[--s->blocks.count];
    for (coco_operation *operation = block->first; operation; operation = operation->next)
      COCO_TRY(visit(s, operation));
  }
  return COCO_OK;
}

/* ---- Beginning ---- */

static coco_status note_functions(state *s, const coco_string_map *by_name, const coco_string_map *otherwise_used) {
  for (size_t i = 0; i < by_name->capacity; ++i) {
    if (!by_name->entries[i].key.data) continue;
    coco_operation *operation = by_name->entries[i].value;
    function_state *f = coco_arena_allocate_zeroed(s->pass->scratch, 1, sizeof *f);
    if (!f) return COCO_OUT_OF_MEMORY;
    f->next = s->first_function;
    s->first_function = f;
    f->operation = operation;
    f->has_known_callers =
        coco_symbol_is_private(operation) && !coco_string_map_get(otherwise_used, by_name->entries[i].key);
    size_t results = COCO_PROPERTY(operation, func_func, function_type)->type->result_count;
    f->results = coco_arena_allocate_zeroed(s->pass->scratch, results + 1, sizeof *f->results);
    if (!f->results) return COCO_OUT_OF_MEMORY;
    COCO_TRY(coco_string_map_set(&s->functions, by_name->entries[i].key, f));
    COCO_TRY(coco_pointer_map_set(&s->by_operation, operation, f));
  }
  return COCO_OK;
}

static coco_status find_functions(state *s) {
  if (!coco_operation_has_trait(s->root, COCO_SYMBOL_TABLE)) return COCO_OK;
  coco_string_map by_name = {.allocator = s->allocator};
  coco_symbol_uses uses = {.skip_callees = true};
  coco_status status = coco_functions_by_name(s->root, &by_name);
  if (status == COCO_OK) status = coco_symbol_uses_gather(s->root, &uses);
  if (status == COCO_OK) status = note_functions(s, &by_name, &uses.names);
  coco_string_map_free(&by_name);
  coco_string_map_free(&uses.names);
  return status;
}

/* ---- Rewriting ---- */

static coco_status replace(state *s, coco_constant_pool *pool, coco_operation *at, coco_value *value) {
  const coco_attribute *constant = known(s, value);
  if (!constant || constant == &varies || !value->first_use) return COCO_OK;
  coco_operation *made;
  bool is_new;
  COCO_TRY(coco_constant_pool_get(pool, at, constant, value->type, &made, &is_new));
  if (!made) return COCO_OK;
  coco_value_replace_all_uses(value, &made->results[0]);
  ++s->pass->statistics[REPLACED];
  s->pass->changed = true;
  return COCO_OK;
}

static coco_status replace_arguments(state *s, coco_constant_pool *pool, const coco_operation *operation) {
  for (size_t r = 0; r < operation->region_count; ++r)
    for (const coco_block *block = coco_operation_region(operation, r)->first; block; block = block->next) {
      if (!block->first || !coco_pointer_map_contains(&s->reached, block)) continue;
      for (size_t i = 0; i < block->argument_count; ++i) COCO_TRY(replace(s, pool, block->first, block->arguments[i]));
    }
  return COCO_OK;
}

/* Constants are kept once for each scope, at its head, beside those that were made. */
static coco_status share_constant(state *s, coco_constant_pool *pool, coco_operation *constant) {
  coco_operation *same;
  bool moved;
  COCO_TRY(coco_constant_pool_add(pool, constant, &same, &moved));
  s->pass->changed = s->pass->changed || moved || same;
  if (!same) return COCO_OK;
  coco_value_replace_all_uses(&constant->results[0], &same->results[0]);
  coco_operation_erase(constant);
  return COCO_OK;
}

/* *out_dead: it is to be erased. */
static coco_status rewrite_operation(state *s, coco_constant_pool *pool, coco_operation *operation, bool *out_dead) {
  for (size_t i = 0; i < operation->result_count; ++i) COCO_TRY(replace(s, pool, operation, &operation->results[i]));
  COCO_TRY(replace_arguments(s, pool, operation));
  const coco_attribute *first = operation->result_count ? known(s, &operation->results[0]) : NULL;
  *out_dead = first && first != &varies && coco_operation_is_trivially_dead(operation);
  return COCO_OK;
}

static coco_status rewrite(state *s, coco_constant_pool *pool) {
  COCO_TRY(replace_arguments(s, pool, s->root));
  for (coco_operation *operation = coco_walk_next(s->root, s->root), *next; operation; operation = next) {
    next = coco_walk_next_outside(operation, s->root);
    if (!coco_pointer_map_contains(&s->reached, operation->block)) continue;
    bool is_constant = coco_operation_has_trait(operation, COCO_CONSTANT_LIKE) && operation->result_count == 1;
    if (is_constant && coco_value_constant(&operation->results[0])) {
      COCO_TRY(share_constant(s, pool, operation));
      continue;
    }
    bool dead;
    COCO_TRY(rewrite_operation(s, pool, operation, &dead));
    if (!dead) {
      next = coco_walk_next(operation, s->root);
      continue;
    }
    coco_operation_erase(operation);
    ++s->pass->statistics[ERASED];
  }
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  const coco_allocator *allocator = coco_context_allocator(pass->context);
  state s = {.pass = pass,
             .allocator = allocator,
             .root = root,
             .folder = {.context = pass->context},
             .values = {.allocator = allocator},
             .reached = {.allocator = allocator},
             .functions = {.allocator = allocator},
             .by_operation = {.allocator = allocator}};
  coco_status status = find_functions(&s);
  if (status == COCO_OK) status = enter_unknown(&s, root);
  if (status == COCO_OK) status = propagate(&s);
  if (status == COCO_OK) {
    coco_constant_pool pool = coco_constant_pool_create(pass->context);
    status = rewrite(&s, &pool);
    coco_constant_pool_destroy(&pool);
  }
  for (function_state *f = s.first_function; f; f = f->next) coco_vector_free(allocator, &f->calls);
  coco_folder_destroy(&s.folder);
  coco_pointer_map_free(&s.values);
  coco_pointer_map_free(&s.reached);
  coco_pointer_map_free(&s.by_operation);
  coco_string_map_free(&s.functions);
  coco_vector_free(allocator, &s.operations);
  coco_vector_free(allocator, &s.blocks);
  return status;
}

const coco_pass_definition coco_pass_sccp = {
    .name = "sccp",
    .documentation = "Replace values that are constant on every way that can be taken.",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
