/* Tiles nests of scf.for: loops over tiles around loops in a tile.
 *
 *   for i { for j { f } }  =>  for ti by n*s { for tj by n*s { for i = ti to min(ti+n*s, u) { for j ... { f } } } }
 *
 * A nest is a loop whose body is one loop and so on, with bounds from outside of all; values may be carried by a single
 * loop alone, whose turns stay in their order whatever they do. Of several loops the order changes, so a nest is tiled
 * only when this cannot be told: everything in it but loads and stores computes only, and what may be written is
 * reached, in each turn, at one place, whose indices are the counters of all loops of the nest but one at most. Then
 * two turns that meet at a place differ in that one counter, and the lower comes first in the tiled nest, too. Cost:
 * quadratic in a nest's accesses. */
#include "dialects/arith/arith.h"
#include "dialects/memref/memref.h"
#include "dialects/scf/scf.h"
#include "passes/alias.h"
#include "passes/control_flow.h"
#include "passes/for_loops.h"
#include "passes/passes.h"

enum { TILE_SIZE, TILE_SIZES, DISTINCT_ARGUMENTS };
static const coco_option_row options[] = {
    {"tile-size", COCO_OPTION_COUNT, "4", "Turns in a tile, of loops that tile-sizes does not tell of."},
    {"tile-sizes", COCO_OPTION_INTEGERS, NULL,
     "Turns in a tile, outermost loop first; 1 or less leaves a loop as it is."},
    {"distinct-arguments", COCO_OPTION_BOOL, "false",
     "Assume that no two arguments of a function are the same memory."},
};
enum { TILED, REFUSED };
static const char *const statistics[] = {"nests tiled", "nests whose order matters"};
enum { DEEPEST = 16 };

typedef struct nest {
  coco_pass *pass;
  coco_operation *loops[DEEPEST];
  size_t depth;
  COCO_VECTOR_OF(coco_operation *) accesses;
} nest;

/* ---- Nests ---- */

/* The loop that is all of LOOP's body; NULL: there is none. */
static coco_operation *only_loop(const coco_operation *loop) {
  coco_operation *first = coco_operation_body(loop, 0)->first;
  return coco_operation_is(first, &coco_scf_for) && first->next == coco_operation_body(loop, 0)->last ? first : NULL;
}

/* And counts in index: a tile's end may lie beyond what smaller types hold. */
static bool has_bounds_from_outside(const coco_operation *loop, const coco_operation *outermost) {
  if (coco_operation_operand(loop, 0)->type->kind != COCO_TYPE_INDEX) return false;
  for (size_t i = 0; i < COCO_FOR_BOUNDS; ++i)
    if (!coco_value_is_outside(coco_operation_operand(loop, i), outermost)) return false;
  return true;
}

static void find_nest(nest *n, coco_operation *outermost) {
  n->depth = 0;
  for (coco_operation *loop = outermost; loop && n->depth < DEEPEST; loop = only_loop(loop)) {
    if (loop != outermost && (loop->result_count || outermost->result_count)) return;
    if (!has_bounds_from_outside(loop, outermost)) return;
    n->loops[n->depth++] = loop;
  }
}

/* ---- Whether the order may change ---- */

static bool is_store(const coco_operation *operation) { return coco_operation_is(operation, &coco_memref_store); }
static coco_value *memory_of(const coco_operation *access) {
  return coco_operation_operand(access, is_store(access) ? 1 : 0);
}

static bool has_same_indices(const coco_operation *a, const coco_operation *b) {
  size_t start_a = is_store(a) ? 2 : 1, start_b = is_store(b) ? 2 : 1, count = a->operand_count - start_a;
  if (memory_of(a) != memory_of(b) || b->operand_count - start_b != count) return false;
  for (size_t i = 0; i < count; ++i)
    if (coco_operation_operand(a, start_a + i) != coco_operation_operand(b, start_b + i)) return false;
  return true;
}

/* How many of the nest's counters are no index of STORE. */
static size_t free_counters(const nest *n, const coco_operation *store) {
  size_t free_count = 0;
  for (size_t k = 0; k < n->depth; ++k) {
    const coco_value *counter = coco_operation_body(n->loops[k], 0)->arguments[0];
    bool found = false;
    for (size_t i = 2; i < store->operand_count; ++i) found = found || coco_operation_operand(store, i) == counter;
    free_count += !found;
  }
  return free_count;
}

static coco_status gather_accesses(nest *n, bool *out_good) {
  const coco_allocator *allocator = coco_context_allocator(n->pass->context);
  coco_operation *inner = n->loops[n->depth - 1];
  n->accesses.count = 0;
  *out_good = true;
  for (coco_operation *o = inner; *out_good && (o = coco_walk_next(o, inner)) != NULL;) {
    if (is_store(o) || coco_operation_is(o, &coco_memref_load))
      COCO_TRY(coco_vector_push(allocator, &n->accesses, o));
    else
      *out_good = (o->definition->traits & (COCO_PURE | COCO_RECURSIVE_EFFECTS)) != 0;
  }
  return COCO_OK;
}

static bool may_reorder(const nest *n) {
  bool differ = n->pass->options[DISTINCT_ARGUMENTS].integer;
  for (size_t i = 0; i < n->accesses.count; ++i) {
    const coco_operation *store = n->accesses.items[i];
    if (!is_store(store)) continue;
    if (free_counters(n, store) > 1) return false;
    for (size_t k = 0; k < n->accesses.count; ++k) {
      const coco_operation *other = n->accesses.items[k];
      if (coco_memory_may_alias(memory_of(store), memory_of(other), differ) && !has_same_indices(store, other))
        return false;
    }
  }
  return true;
}

/* ---- Tiling ---- */

static int64_t tile_size(const nest *n, size_t index) {
  const coco_option_value *sizes = &n->pass->options[TILE_SIZES];
  return index < sizes->count ? sizes->integers[index] : n->pass->options[TILE_SIZE].integer;
}

/* The loops over tiles, around where the nest is: OUTER[k] for loop k, NULL where it stays as it is. */
static void build_outer(const nest *n, coco_builder *builder, coco_operation **outer) {
  coco_value *steps[DEEPEST] = {0};
  for (size_t k = 0; k < n->depth; ++k) {
    if (tile_size(n, k) <= 1) continue;
    coco_value *step = COCO_OPERAND(n->loops[k], scf_for, step);
    steps[k] =
        coco_build_binary(builder, &coco_arith_muli, step, coco_build_integer(builder, step->type, tile_size(n, k)));
  }
  coco_operation *first = n->loops[0];
  coco_value *const none[1] = {NULL};
  for (size_t k = 0; k < n->depth && builder->status == COCO_OK; ++k) {
    outer[k] = NULL;
    if (!steps[k]) continue;
    coco_value *carried[1];
    bool carries = n->depth == 1 && first->result_count == 1;
    if (carries) carried[0] = coco_operation_operand(first, COCO_FOR_BOUNDS);
    outer[k] =
        coco_build_for(builder, COCO_OPERAND(n->loops[k], scf_for, lowerBound),
                       COCO_OPERAND(n->loops[k], scf_for, upperBound), steps[k], carries ? carried : none, carries);
    if (outer[k]) coco_builder_to_end(builder, coco_operation_body(outer[k], 0));
  }
}

/* min(ti + n*s, u), at the builder's place. */
static coco_value *end_of_tile(coco_builder *builder, const coco_operation *outer) {
  coco_value *next = coco_build_binary(builder, &coco_arith_addi, coco_operation_body(outer, 0)->arguments[0],
                                       COCO_OPERAND(outer, scf_for, step));
  return coco_build_binary(builder, &coco_arith_minsi, next, COCO_OPERAND(outer, scf_for, upperBound));
}

static coco_status tile(nest *n) {
  coco_operation *outer[DEEPEST] = {0}, *innermost = NULL, *outermost = NULL;
  coco_builder builder = coco_builder_before(n->loops[0]);
  build_outer(n, &builder, outer);
  COCO_TRY(builder.status);
  for (size_t k = 0; k < n->depth; ++k) {
    if (!outer[k]) continue;
    if (!outermost) outermost = outer[k];
    innermost = outer[k];
  }
  if (!innermost) return COCO_OK;
  coco_value *ends[DEEPEST] = {0};
  for (size_t k = 0; k < n->depth; ++k)
    if (outer[k]) ends[k] = end_of_tile(&builder, outer[k]);
  COCO_TRY(builder.status);
  coco_operation *nested = n->loops[0];
  bool carries = nested->result_count == 1;
  if (carries) coco_value_replace_all_uses(&nested->results[0], &outermost->results[0]);
  coco_operation_detach(nested);
  coco_block_append(coco_operation_body(innermost, 0), nested);
  for (size_t k = 0; k < n->depth; ++k) {
    if (!outer[k]) continue;
    coco_operation_set_operand(n->loops[k], 0, coco_operation_body(outer[k], 0)->arguments[0]);
    coco_operation_set_operand(n->loops[k], 1, ends[k]);
    if (carries) coco_operation_set_operand(nested, COCO_FOR_BOUNDS, coco_operation_body(outer[k], 0)->arguments[1]);
    coco_builder_to_end(&builder, coco_operation_body(outer[k], 0));
    coco_build(&builder,
               &(coco_operation_state){.definition = &coco_scf_yield,
                                       .operands = (coco_value *const[]){carries ? &nested->results[0] : NULL},
                                       .operand_count = carries});
  }
  ++n->pass->statistics[TILED];
  n->pass->changed = true;
  return builder.status;
}

static coco_status visit(nest *n, coco_operation *outermost) {
  find_nest(n, outermost);
  if (!n->depth || n->loops[0]->result_count > 1) return COCO_OK;
  bool good = true;
  if (n->depth > 1) COCO_TRY(gather_accesses(n, &good));
  if (n->depth > 1 && !(good && may_reorder(n))) {
    ++n->pass->statistics[REFUSED];
    return COCO_OK;
  }
  return tile(n);
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  nest n = {.pass = pass};
  coco_status status = COCO_OK;
  for (coco_operation *operation = root, *next; operation && status == COCO_OK; operation = next) {
    bool is_loop = coco_operation_is(operation, &coco_scf_for) && operation->block;
    next = is_loop ? coco_walk_next_outside(operation, root) : coco_walk_next(operation, root);
    if (is_loop) status = visit(&n, operation);
  }
  coco_vector_free(coco_context_allocator(pass->context), &n.accesses);
  return status;
}

const coco_pass_definition coco_pass_scf_loop_tile = {.name = "scf-loop-tile",
                                                      .documentation = "Put loops over tiles around nests of loops.",
                                                      .options = options,
                                                      .option_count = sizeof options / sizeof *options,
                                                      .statistics = statistics,
                                                      .statistic_count = sizeof statistics / sizeof *statistics,
                                                      .run = run};
