/* Inlining: calls become the bodies of the functions that they call.
 *
 * Functions are taken after those that they call, so that what is inlined is done already; a function is not inlined
 * into itself, nor again into what came from it. A body of several blocks goes where blocks may stand: not into the
 * regions of structured control flow. Private functions that nothing refers to any more are erased. Operations that are
 * inlined have the call's location around theirs. Each function is simplified before and after by a pipeline. */
#include "dialects/cf/cf.h"
#include "dialects/func/func.h"
#include "passes/passes.h"
#include "passes/symbol_uses.h"

enum { DEFAULT_PIPELINE, MAX_ITERATIONS };
static const coco_option_row options[] = {
    {"default-pipeline", COCO_OPTION_STRING, "canonicalize", "What simplifies each function; empty: nothing does."},
    {"max-iterations", COCO_OPTION_COUNT, "4",
     "How often calls that came from an inlined body may be inlined in turn."},
};
enum { INLINED, ERASED };
static const char *const statistics[] = {"calls inlined", "functions erased"};

typedef struct function_state {
  coco_operation *operation, *at; /* at: while its calls are looked at in search of an order */
  bool seen, alive;
} function_state;

/* From whose bodies a call came. */
typedef struct history {
  const function_state *from;
  const struct history *outer;
  int64_t depth;
} history;

typedef struct pending_call {
  coco_operation *call;
  const history *history;
} pending_call;

typedef struct state {
  coco_pass *pass;
  const coco_allocator *allocator;
  coco_operation *root;
  coco_string_map functions; /* name to function_state */
  COCO_VECTOR_OF(function_state *) stack, order;
  COCO_VECTOR_OF(pending_call) calls;
  coco_pass_manager *simplifier; /* NULL: none */
} state;

/* The function that CALL names, when it is one of the root's with a body. */
static function_state *callee(const state *s, const coco_operation *call) {
  const coco_attribute *name = coco_callee_of(call);
  return name ? coco_string_map_get(&s->functions, name->text) : NULL;
}

/* ---- Order ---- */

static coco_status visit_function(state *s, function_state *first) {
  if (first->seen) return COCO_OK;
  first->seen = true;
  first->at = first->operation;
  COCO_TRY(coco_vector_push(s->allocator, &s->stack, first));
  while (s->stack.count) {
    function_state *f = s->stack.items[s->stack.count - 1];
    f->at = coco_walk_next(f->at, f->operation);
    if (!f->at) {
      --s->stack.count;
      COCO_TRY(coco_vector_push(s->allocator, &s->order, f));
      continue;
    }
    function_state *called = callee(s, f->at);
    if (!called || called->seen) continue;
    called->seen = true;
    called->at = called->operation;
    COCO_TRY(coco_vector_push(s->allocator, &s->stack, called));
  }
  return COCO_OK;
}

static coco_status find_functions(state *s) {
  coco_string_map by_name = {.allocator = s->allocator};
  coco_status status = coco_functions_by_name(s->root, &by_name);
  for (size_t i = 0; i < by_name.capacity && status == COCO_OK; ++i) {
    if (!by_name.entries[i].key.data) continue;
    function_state *f = coco_arena_allocate_zeroed(s->pass->scratch, 1, sizeof *f);
    if (f) f->operation = by_name.entries[i].value;
    status = f ? coco_string_map_set(&s->functions, by_name.entries[i].key, f) : COCO_OUT_OF_MEMORY;
  }
  coco_string_map_free(&by_name);
  return status;
}

static coco_status find_order(state *s) {
  for (size_t r = 0; r < s->root->region_count; ++r)
    for (coco_block *block = coco_operation_region(s->root, r)->first; block; block = block->next)
      for (coco_operation *operation = block->first; operation; operation = operation->next) {
        if (!coco_operation_is(operation, &coco_func_func)) continue;
        function_state *f = coco_string_map_get(&s->functions, coco_symbol_name(operation));
        if (f && f->operation == operation) COCO_TRY(visit_function(s, f));
      }
  return COCO_OK;
}

/* ---- One call ---- */

/* Gives COPY and what is inside it the place of the call, and keeps the calls among them for later. */
static coco_status adopt(state *s, coco_operation *copy, const coco_location *place, const history *from) {
  for (coco_operation *operation = copy; operation; operation = coco_walk_next(operation, copy)) {
    operation->location = coco_location_call_site(operation->context, operation->location, place);
    if (!operation->location) return COCO_OUT_OF_MEMORY;
    if (!callee(s, operation)) continue;
    COCO_TRY(coco_vector_push(s->allocator, &s->calls, ((pending_call){operation, from})));
  }
  return COCO_OK;
}

static coco_status map_arguments(const coco_operation *call, const coco_block *entry, coco_pointer_map *map) {
  for (size_t i = 0; i < entry->argument_count; ++i)
    COCO_TRY(coco_pointer_map_set(map, entry->arguments[i], coco_operation_operand(call, i)));
  return COCO_OK;
}

static coco_status inline_block(state *s, coco_operation *call, coco_block *body, const history *from,
                                coco_pointer_map *map) {
  coco_operation *before = call->previous;
  const coco_operation *end = body->last;
  COCO_TRY(map_arguments(call, body, map));
  COCO_TRY(coco_block_clone_into(body, call->block, call, map));
  for (coco_operation *copy = before ? before->next : call->block->first; copy != call; copy = copy->next)
    COCO_TRY(adopt(s, copy, call->location, from));
  for (size_t i = 0; i < call->result_count; ++i) {
    coco_value *value = coco_operation_operand(end, i), *copy = coco_pointer_map_get(map, value);
    coco_value_replace_all_uses(&call->results[i], copy ? copy : value);
  }
  coco_operation_erase(call);
  return COCO_OK;
}

/* What follows CALL becomes a block of its own, whose arguments take the call's place. */
static coco_status split_after(coco_operation *call, coco_block **out) {
  coco_block *rest = coco_block_create(call->context);
  if (!rest) return COCO_OUT_OF_MEMORY;
  coco_region_insert_block(call->block->region, rest, call->block->next);
  for (size_t i = 0; i < call->result_count; ++i) {
    coco_value *argument = coco_block_add_argument(call->context, rest, call->results[i].type);
    if (!argument) return COCO_OUT_OF_MEMORY;
    coco_argument_set_location(argument, call->location);
    coco_value_replace_all_uses(&call->results[i], argument);
  }
  if (call->next) coco_block_move_tail(call->next, rest);
  *out = rest;
  return COCO_OK;
}

static coco_status return_to_branch(coco_operation *end, coco_block *target, coco_pool *pool) {
  size_t size = (end->operand_count + 1) * sizeof(coco_value *);
  coco_value **values = coco_pool_allocate(pool, size);
  if (!values) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < end->operand_count; ++i) values[i] = coco_operation_operand(end, i);
  coco_operation *branch;
  coco_status status = coco_operation_create(end->context,
                                             &(coco_operation_state){.definition = &coco_cf_br,
                                                                     .location = end->location,
                                                                     .operands = values,
                                                                     .operand_count = end->operand_count,
                                                                     .successors = (coco_block *const[]){target},
                                                                     .successor_count = 1},
                                             &branch);
  coco_pool_release(pool, values, size);
  if (status != COCO_OK) return status;
  coco_operation_insert_before(branch, end);
  coco_operation_erase(end);
  return COCO_OK;
}

/* COPY is a clone of the whole function: its blocks go between the call's block and REST. */
static coco_status place_blocks(state *s, coco_operation *call, coco_operation *copy, coco_block *rest,
                                const history *from) {
  coco_block *entry = coco_operation_region(copy, 0)->first;
  for (coco_operation *inner = copy; (inner = coco_walk_next(inner, copy)) != NULL;) {
    if (inner->block->region->owner == copy) COCO_TRY(adopt(s, inner, call->location, from));
  }
  for (coco_block *block = entry; block; block = block->next)
    if (coco_operation_is(block->last, &coco_func_return))
      COCO_TRY(return_to_branch(block->last, rest, coco_context_pool(call->context)));
  for (size_t i = 0; i < entry->argument_count; ++i)
    coco_value_replace_all_uses(entry->arguments[i], coco_operation_operand(call, i));
  coco_block_splice(call->block, NULL, entry);
  for (coco_block *block = entry->next, *next; block; block = next) {
    next = block->next;
    coco_block_detach(block);
    coco_region_insert_block(rest->region, block, rest);
  }
  return COCO_OK;
}

static coco_status inline_region(state *s, coco_operation *call, coco_operation *function, const history *from,
                                 coco_pointer_map *map) {
  coco_operation *copy;
  coco_block *rest;
  COCO_TRY(coco_operation_clone(function, map, &copy));
  coco_status status = split_after(call, &rest);
  if (status == COCO_OK) status = place_blocks(s, call, copy, rest, from);
  coco_operation_erase(copy);
  if (status == COCO_OK) coco_operation_erase(call);
  return status;
}

static bool is_of_root(const state *s, const coco_operation *call) {
  const coco_operation *table = coco_operation_parent(call);
  while (table && !coco_operation_has_trait(table, COCO_SYMBOL_TABLE)) table = coco_operation_parent(table);
  return table == s->root;
}

static bool may_inline(const state *s, const pending_call *pending, const function_state *caller,
                       const function_state *called) {
  const coco_operation *around = coco_operation_parent(pending->call);
  const coco_region *body = coco_operation_region(called->operation, 0);
  if (called == caller || !is_of_root(s, pending->call) || coco_operation_has_trait(around, COCO_GRAPH_REGION))
    return false;
  if (pending->history && pending->history->depth >= s->pass->options[MAX_ITERATIONS].integer) return false;
  for (const history *h = pending->history; h; h = h->outer)
    if (h->from == called) return false;
  if (body->first == body->last) return coco_operation_is(body->first->last, &coco_func_return);
  return !coco_operation_has_trait(around, COCO_SINGLE_BLOCK);
}

static coco_status inline_call(state *s, const pending_call *pending, const function_state *called) {
  history *from = coco_arena_allocate(s->pass->scratch, sizeof *from);
  if (!from) return COCO_OUT_OF_MEMORY;
  *from = (history){called, pending->history, pending->history ? pending->history->depth + 1 : 1};
  coco_pointer_map map = {.allocator = s->allocator};
  coco_region *body = coco_operation_region(called->operation, 0);
  coco_status status = body->first == body->last ? inline_block(s, pending->call, body->first, from, &map)
                                                 : inline_region(s, pending->call, called->operation, from, &map);
  coco_pointer_map_free(&map);
  ++s->pass->statistics[INLINED];
  s->pass->changed = true;
  return status;
}

/* ---- One function ---- */

static coco_status inline_into(state *s, function_state *f, bool *out_any) {
  s->calls.count = 0;
  for (coco_operation *o = f->operation; (o = coco_walk_next(o, f->operation)) != NULL;)
    if (callee(s, o)) COCO_TRY(coco_vector_push(s->allocator, &s->calls, ((pending_call){o, NULL})));
  /* The last first: what follows a call is moved when its callee has several blocks, and then it ends at the next
   * call. */
  while (s->calls.count) {
    pending_call pending = s->calls.items[--s->calls.count];
    const function_state *called = callee(s, pending.call);
    if (!may_inline(s, &pending, f, called)) continue;
    COCO_TRY(inline_call(s, &pending, called));
    *out_any = true;
  }
  return COCO_OK;
}

static coco_status simplify(state *s, const function_state *f) {
  if (!s->simplifier) return COCO_OK;
  s->pass->changed = true;
  return coco_pass_manager_run(s->simplifier, f->operation);
}

static coco_status create_simplifier(state *s) {
  static const coco_pass_definition *const *const lists[] = {coco_passes_list, NULL};
  static const coco_pass_registry registry = {lists};
  coco_string text = s->pass->options[DEFAULT_PIPELINE].string;
  if (!text.size) return COCO_OK;
  const coco_pass_manager_options manager = {.root = COCO_STRING("func.func")};
  return coco_pass_manager_create(s->pass->context, &registry, text, &manager, &s->simplifier);
}

/* ---- Functions that nothing refers to ---- */

typedef struct liveness {
  state *s;
  COCO_VECTOR_OF(function_state *) found;
} liveness;

static coco_status find_alive(void *user, coco_string name) {
  liveness *l = user;
  function_state *f = coco_string_map_get(&l->s->functions, name);
  if (!f || f->alive) return COCO_OK;
  f->alive = true;
  return coco_vector_push(l->s->allocator, &l->found, f);
}

/* Private functions are looked into when a reference to them is found. */
static coco_status mark_alive(state *s, coco_pointer_map *privates) {
  liveness l = {.s = s};
  coco_symbol_uses uses = {.skip = privates, .found = find_alive, .user = &l};
  coco_status status = coco_symbol_uses_gather(s->root, &uses);
  while (l.found.count && status == COCO_OK) {
    const function_state *f = l.found.items[--l.found.count];
    if (coco_pointer_map_contains(privates, f->operation)) status = coco_symbol_uses_gather(f->operation, &uses);
  }
  coco_string_map_free(&uses.names);
  coco_vector_free(s->allocator, &l.found);
  return status;
}

static coco_status erase_dead(state *s) {
  coco_pointer_map privates = {.allocator = s->allocator};
  coco_status status = COCO_OK;
  for (size_t i = 0; i < s->order.count && status == COCO_OK; ++i)
    if (coco_symbol_is_private(s->order.items[i]->operation))
      status = coco_pointer_map_set(&privates, s->order.items[i]->operation, s);
  if (status == COCO_OK && privates.count) status = mark_alive(s, &privates);
  for (size_t i = 0; i < s->order.count && status == COCO_OK; ++i) {
    coco_operation *operation = s->order.items[i]->operation;
    if (s->order.items[i]->alive || !coco_pointer_map_contains(&privates, operation)) continue;
    coco_operation_erase(operation);
    ++s->pass->statistics[ERASED];
    s->pass->changed = true;
  }
  coco_pointer_map_free(&privates);
  return status;
}

static coco_status work(state *s) {
  if (!coco_operation_has_trait(s->root, COCO_SYMBOL_TABLE))
    return coco_operation_error(s->root, "holds no symbols, so nothing in it can be inlined");
  COCO_TRY(create_simplifier(s));
  COCO_TRY(find_functions(s));
  COCO_TRY(find_order(s));
  for (size_t i = 0; i < s->order.count; ++i) {
    bool any = false;
    COCO_TRY(simplify(s, s->order.items[i]));
    COCO_TRY(inline_into(s, s->order.items[i], &any));
    if (any) COCO_TRY(simplify(s, s->order.items[i]));
  }
  return erase_dead(s);
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  const coco_allocator *allocator = coco_context_allocator(pass->context);
  state s = {.pass = pass, .allocator = allocator, .root = root, .functions = {.allocator = allocator}};
  coco_status status = work(&s);
  coco_pass_manager_destroy(s.simplifier);
  coco_string_map_free(&s.functions);
  coco_vector_free(allocator, &s.stack);
  coco_vector_free(allocator, &s.order);
  coco_vector_free(allocator, &s.calls);
  return status;
}

const coco_pass_definition coco_pass_inline = {
    .name = "inline",
    .documentation = "Replace calls by the bodies of the functions that they call.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
