/* Common subexpression elimination: a pure operation that repeats one which dominates it is replaced
 * by that one.
 *
 * One walk in program order with a table of known operations. A region of an isolated operation starts
 * from an empty table; any other region sees what is known around it, and what it adds is taken back at
 * its end. In regions of several blocks what a block knows is passed on only to the blocks after it
 * that it dominates. Expected cost: linear in operations. */
#include "ir/analysis.h"
#include "ir/dominance.h"
#include "passes/passes.h"

enum { MERGED, ERASED };
static const char *const statistics[] = {"operations merged", "dead operations erased"};

/* One known operation: chained by hash, and in order of entry so that a scope can be left. */
typedef struct entry {
  coco_operation *operation;
  uint64_t hash;
  size_t next; /* + 1 in the chain; 0: end */
} entry;

typedef struct state {
  coco_pass *pass;
  const coco_allocator *allocator;
  coco_dominance *dominance;
  COCO_VECTOR_OF(entry) entries;
  size_t *heads; /* + 1 into entries; 0: none */
  size_t head_count;
  size_t floor; /* entries before it belong to what isolation hides */
} state;

static coco_status rehash(state *s, size_t head_count) {
  size_t *heads = coco_allocate_zeroed(s->allocator, head_count, sizeof *heads);
  if (!heads) return COCO_OUT_OF_MEMORY;
  coco_free(s->allocator, s->heads, s->head_count * sizeof *s->heads);
  s->heads = heads;
  s->head_count = head_count;
  for (size_t i = 0; i < s->entries.count; ++i) {
    size_t *head = &heads[s->entries.items[i].hash & (head_count - 1)];
    s->entries.items[i].next = *head;
    *head = i + 1;
  }
  return COCO_OK;
}

static coco_status add(state *s, coco_operation *operation, uint64_t hash) {
  if (s->entries.count >= s->head_count) COCO_TRY(rehash(s, s->head_count ? s->head_count * 2 : 256));
  size_t *head = &s->heads[hash & (s->head_count - 1)];
  entry added = {.operation = operation, .hash = hash, .next = *head};
  COCO_TRY(coco_vector_push(s->allocator, &s->entries, added));
  *head = s->entries.count;
  return COCO_OK;
}

/* Chains hold later entries first, so leaving a scope takes entries off their chains' heads. */
static void leave_to(state *s, size_t count) {
  while (s->entries.count > count) {
    const entry *last = &s->entries.items[--s->entries.count];
    s->heads[last->hash & (s->head_count - 1)] = last->next;
  }
}

static coco_operation *find(const state *s, coco_operation *operation, uint64_t hash) {
  if (!s->head_count) return NULL;
  for (size_t at = s->heads[hash & (s->head_count - 1)]; at > s->floor; at = s->entries.items[at - 1].next) {
    const entry *known = &s->entries.items[at - 1];
    if (known->hash != hash || !coco_operation_equivalent(known->operation, operation)) continue;
    if (known->operation->block == operation->block ||
        coco_value_dominates(s->dominance, &known->operation->results[0], operation))
      return known->operation;
  }
  return NULL;
}

static bool is_dead(coco_operation *operation) {
  return operation->result_count && coco_operation_is_trivially_dead(operation);
}

/* *out_erased: OPERATION is gone. */
static coco_status visit(state *s, coco_operation *operation, bool *out_erased) {
  *out_erased = true;
  if (is_dead(operation)) {
    coco_operation_erase(operation);
    ++s->pass->statistics[ERASED];
    s->pass->changed = true;
    return COCO_OK;
  }
  *out_erased = false;
  if (operation->result_count == 0 || (operation->definition->traits & (COCO_TERMINATOR | COCO_SYMBOL)) ||
      !coco_operation_is_pure(operation))
    return COCO_OK;
  uint64_t hash = coco_operation_hash(operation);
  coco_operation *known = find(s, operation, hash);
  if (!known) return add(s, operation, hash);
  for (size_t i = 0; i < operation->result_count; ++i)
    coco_value_replace_all_uses(&operation->results[i], &known->results[i]);
  coco_operation_erase(operation);
  ++s->pass->statistics[MERGED];
  s->pass->changed = true;
  *out_erased = true;
  return COCO_OK;
}

/* A scope that the walk is inside of: to be left when the walk leaves OWNER's region. */
typedef struct scope {
  coco_region *region;
  size_t entries, floor;
} scope;
typedef COCO_VECTOR_OF(scope) scope_stack;

static coco_status enter(state *s, scope_stack *stack, coco_region *region) {
  scope entered = {.region = region, .entries = s->entries.count, .floor = s->floor};
  if (region->owner->definition->traits & COCO_ISOLATED) s->floor = s->entries.count;
  return coco_vector_push(s->allocator, stack, entered);
}

static void leave(state *s, scope_stack *stack) {
  const scope *left = &stack->items[--stack->count];
  leave_to(s, left->entries);
  s->floor = left->floor;
}

static coco_status walk(state *s, scope_stack *stack, coco_operation *root) {
  for (coco_operation *operation = coco_walk_next(root, root); operation;) {
    coco_region *region = operation->block->region;
    if (stack->count == 0 || stack->items[stack->count - 1].region != region) COCO_TRY(enter(s, stack, region));
    coco_operation *outside = coco_walk_next_outside(operation, root);
    bool erased;
    COCO_TRY(visit(s, operation, &erased));
    coco_operation *next = erased ? outside : coco_walk_next(operation, root);
    bool goes_in = next && next != outside;
    operation = next;
    if (goes_in) continue;
    /* Going on beside or above: scopes that do not hold the next operation are left. */
    const coco_region *next_region = operation ? operation->block->region : NULL;
    while (stack->count && stack->items[stack->count - 1].region != next_region) {
      bool around = false;
      for (const coco_operation *parent = operation ? coco_operation_parent(operation) : NULL; parent && parent->block;
           parent = coco_operation_parent(parent))
        around = around || parent->block->region == stack->items[stack->count - 1].region;
      if (around) break;
      leave(s, stack);
    }
  }
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  const coco_allocator *allocator = coco_context_allocator(pass->context);
  state s = {.pass = pass, .allocator = allocator};
  scope_stack stack = {0};
  void *dominance;
  COCO_TRY(coco_pass_analysis(pass, &coco_dominance_analysis, &dominance));
  s.dominance = dominance;
  coco_status status = walk(&s, &stack, root);
  coco_pass_preserves(pass, &coco_dominance_analysis); /* no block came, went or got another successor */
  coco_vector_free(allocator, &stack);
  coco_vector_free(allocator, &s.entries);
  coco_free(allocator, s.heads, s.head_count * sizeof *s.heads);
  return status;
}

const coco_pass_definition coco_pass_cse = {.name = "cse",
                                            .documentation = "Replace pure operations that repeat a dominating one.",
                                            .statistics = statistics,
                                            .statistic_count = sizeof statistics / sizeof *statistics,
                                            .run = run};
