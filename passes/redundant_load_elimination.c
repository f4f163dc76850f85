/* Redundant-load elimination: a load whose value is already in a register is replaced by that value.
 *
 *   %a = load M[i]; ...; %b = load M[i]  =>  %a for %b, when nothing between them may write
 *
 * Each block is looked at alone: what is known ends with the block, and with each operation that may write memory; a
 * store ends only what it may overlap. Kernels of patterns are written with one load for each multiply-add; those that
 * stand in one body and read one vector become one, across the rows and columns of a register block and across kernels
 * in that body. The statistics count loads as written, so that they tell of the body and not of how often it runs.
 * Expected cost: linear in operations. */
#include "ir/analysis.h"
#include "passes/alias.h"
#include "passes/passes.h"

enum { BEFORE, AFTER };
static const char *const statistics[] = {"loads before", "loads after"};
enum { HEADS = 1024 };
enum { REMEMBERED = 512 }; /* loads that a store is compared with; when more are known, it ends all */

/* A load whose value holds still: chained by hash. */
typedef struct known_load {
  coco_operation *operation; /* NULL: a store may have written there */
  uint64_t hash;
  size_t next; /* + 1; 0: end */
} known_load;

typedef struct elimination {
  coco_pass *pass;
  const coco_allocator *allocator;
  COCO_VECTOR_OF(known_load) known;
  size_t heads[HEADS]; /* + 1 into known; 0: none */
} elimination;

static void forget(elimination *state) {
  if (state->known.count) memset(state->heads, 0, sizeof state->heads);
  state->known.count = 0;
}

static coco_operation *find(const elimination *state, coco_operation *load, uint64_t hash) {
  for (size_t at = state->heads[hash % HEADS]; at; at = state->known.items[at - 1].next) {
    const known_load *entry = &state->known.items[at - 1];
    if (entry->operation && entry->hash == hash && coco_operation_equivalent(entry->operation, load))
      return entry->operation;
  }
  return NULL;
}

/* Forgets what OPERATION, which is not pure, may have written. */
static void forget_written(elimination *state, const coco_operation *operation) {
  coco_memory_access written, read;
  if (state->known.count > REMEMBERED || !coco_memory_access_of(operation, &written)) {
    forget(state);
    return;
  }
  for (size_t i = 0; i < state->known.count; ++i) {
    known_load *entry = &state->known.items[i];
    if (entry->operation &&
        (!coco_memory_access_of(entry->operation, &read) || coco_accesses_may_overlap(&written, &read, false)))
      entry->operation = NULL;
  }
}

/* Reads, and does nothing else: what it reads is named by its operands and attributes. */
static bool is_load(const coco_operation *operation) {
  return (operation->definition->traits & COCO_READS) && operation->result_count == 1 && operation->region_count == 0;
}

static coco_status visit_load(elimination *state, coco_operation *load) {
  ++state->pass->statistics[BEFORE];
  uint64_t hash = coco_operation_hash(load);
  coco_operation *known = find(state, load, hash);
  if (known) {
    coco_value_replace_all_uses(&load->results[0], &known->results[0]);
    coco_operation_erase(load);
    state->pass->changed = true;
    return COCO_OK;
  }
  ++state->pass->statistics[AFTER];
  size_t *head = &state->heads[hash % HEADS];
  COCO_TRY(coco_vector_push(state->allocator, &state->known, ((known_load){load, hash, *head})));
  *head = state->known.count;
  return COCO_OK;
}

static coco_status visit_block(elimination *state, coco_block *block) {
  forget(state);
  for (coco_operation *operation = block->first, *next; operation; operation = next) {
    next = operation->next;
    if (is_load(operation)) {
      COCO_TRY(visit_load(state, operation));
    } else if (!coco_operation_is_pure(operation)) {
      forget_written(state, operation);
    }
  }
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  elimination *state = coco_arena_allocate_zeroed(pass->scratch, 1, sizeof *state);
  if (!state) return COCO_OUT_OF_MEMORY;
  state->pass = pass;
  state->allocator = coco_context_allocator(pass->context);
  coco_status status = COCO_OK;
  for (coco_operation *operation = root; operation && status == COCO_OK; operation = coco_walk_next(operation, root)) {
    for (uint32_t i = 0; i < operation->region_count && status == COCO_OK; ++i) {
      for (coco_block *block = coco_operation_region(operation, i)->first; block && status == COCO_OK;
           block = block->next)
        status = visit_block(state, block);
    }
  }
  coco_vector_free(state->allocator, &state->known);
  coco_pass_preserves(pass, &coco_dominance_analysis);
  return status;
}

const coco_pass_definition coco_pass_redundant_load_elimination = {
    .name = "redundant-load-elimination",
    .documentation = "Replace a load whose value an earlier load of the block holds already.",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run,
};
