/* The greedy driver: operations are taken from a worklist, and for each the first of these that
 * applies is done: erased when dead, shared when constant, folded, rewritten by the pattern of
 * highest benefit. What a change affects goes back on the worklist. When it is empty the whole is
 * gone through again, until a round changes nothing or the limit of rounds is reached.
 *
 * One round is linear in operations plus changes, given patterns of constant cost. A round that makes
 * far more changes than there are operations has patterns that undo each other: it ends with a warning. */
#include <stdlib.h>

#include "ir/debug_counter.h"
#include "ir/equation.h"
#include "ir/operation_internal.h"
#include "ir/pass.h"
#include "ir/rewriter_internal.h"

enum { DEFAULT_ITERATIONS = 10, CHANGES_PER_OPERATION = 256, FREE_CHANGES = 65536 };

/* A pattern, what it is about, and its place in the caller's list. */
typedef struct candidate {
  const coco_pattern *pattern;
  const coco_equation *equation;         /* NULL: the pattern is code */
  const coco_operation_definition *root; /* NULL: any operation */
  size_t index;
} candidate;

typedef struct candidate_list {
  candidate *items;
  size_t count;
} candidate_list;

typedef struct driver {
  coco_rewriter rewriter; /* first: its listener is the driver */
  const coco_greedy_options *options;
  candidate_list patterns;  /* all, by benefit */
  coco_pointer_map by_root; /* definition to candidate_list, made when first met */
  coco_arena arena;
  int64_t rewrites, changes; /* all rounds; this round */
  uint64_t *hits;            /* by the patterns' places in the caller's list */
  bool changed, stopped;
} driver;

/* ---- Patterns by operation ---- */

static int compare_candidates(const void *left, const void *right) {
  const candidate *a = left, *b = right;
  if (a->pattern->benefit != b->pattern->benefit) return a->pattern->benefit > b->pattern->benefit ? -1 : 1;
  return (a->index > b->index) - (a->index < b->index);
}

/* Equations of dialects have been read at registration; others are read now. */
static coco_status make_candidate(driver *d, const coco_pattern *pattern, size_t index, candidate *out) {
  *out = (candidate){.pattern = pattern, .root = pattern->root, .index = index};
  if (!pattern->equation) return COCO_OK;
  out->equation = coco_context_find_equation(d->rewriter.context, pattern);
  if (!out->equation) COCO_TRY(coco_equation_read(d->rewriter.context, &d->arena, pattern, &out->equation));
  out->root = coco_equation_root(out->equation);
  return COCO_OK;
}

static coco_status sort_patterns(driver *d, const coco_pattern *const *patterns, size_t count) {
  d->patterns.items = coco_arena_allocate_zeroed(&d->arena, count + 1, sizeof *d->patterns.items);
  d->hits = coco_arena_allocate_zeroed(&d->arena, count + 1, sizeof *d->hits);
  if (!d->patterns.items || !d->hits) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) COCO_TRY(make_candidate(d, patterns[i], i, &d->patterns.items[i]));
  d->patterns.count = count;
  qsort(d->patterns.items, count, sizeof *d->patterns.items, compare_candidates);
  return COCO_OK;
}

static const candidate_list *candidates_for(driver *d, const coco_operation_definition *definition) {
  candidate_list *list = coco_pointer_map_get(&d->by_root, definition);
  if (list) return list;
  size_t count = 0;
  for (size_t i = 0; i < d->patterns.count; ++i) {
    const coco_operation_definition *root = d->patterns.items[i].root;
    count += !root || root == definition;
  }
  list = coco_arena_allocate_zeroed(&d->arena, 1, sizeof *list);
  if (list) list->items = coco_arena_allocate_zeroed(&d->arena, count + 1, sizeof *list->items);
  if (!list || !list->items) return NULL;
  for (size_t i = 0; i < d->patterns.count; ++i) {
    const coco_operation_definition *root = d->patterns.items[i].root;
    if (!root || root == definition) list->items[list->count++] = d->patterns.items[i];
  }
  return coco_pointer_map_set(&d->by_root, definition, list) == COCO_OK ? list : NULL;
}

/* ---- One operation ---- */

static void note_change(driver *d) {
  d->changed = true;
  ++d->changes;
}

/* Constants for the attributes among RESULTS, in place of them. *out_folded false: some could not be made. */
static coco_status place_constants(driver *d, coco_operation *operation, const coco_fold_result *results,
                                   coco_value **values, bool *out_folded) {
  for (size_t i = 0; i < operation->result_count; ++i) {
    values[i] = results[i].value;
    if (!results[i].attribute) continue;
    coco_operation *constant;
    bool made;
    COCO_TRY(coco_constant_pool_get(&d->rewriter.constants, operation, results[i].attribute, operation->results[i].type,
                                    &constant, &made));
    if (!constant) {
      *out_folded = false; /* constants made before are unused, and so go away as dead operations */
      return COCO_OK;
    }
    if (made) coco_rewriter_enqueue(&d->rewriter, constant);
    values[i] = &constant->results[0];
  }
  *out_folded = true;
  return COCO_OK;
}

static coco_status fold_with(driver *d, coco_operation *operation, coco_fold_result *results, coco_value **values,
                             bool *out_done) {
  bool folded, changed;
  COCO_TRY(coco_fold_attempt(&d->rewriter.folder, operation, results, &folded, &changed));
  if (changed) {
    note_change(d);
    coco_rewriter_changed(&d->rewriter, operation);
  }
  if (!folded) {
    *out_done = changed;
    return COCO_OK;
  }
  COCO_TRY(place_constants(d, operation, results, values, out_done));
  if (!*out_done) return COCO_OK;
  note_change(d);
  return coco_rewriter_replace(&d->rewriter, operation, values, operation->result_count);
}

static coco_status fold(driver *d, coco_operation *operation, bool *out_done) {
  enum { FEW = 4 };
  coco_fold_result few_results[FEW] = {{0}}, *results = few_results;
  coco_value *few_values[FEW] = {0}, **values = few_values;
  const coco_allocator *allocator = coco_context_allocator(d->rewriter.context);
  size_t count = operation->result_count;
  if (count > FEW) {
    results = coco_allocate_zeroed(allocator, count, sizeof *results);
    values = coco_allocate_zeroed(allocator, count, sizeof *values);
  }
  coco_status status = results && values ? fold_with(d, operation, results, values, out_done) : COCO_OUT_OF_MEMORY;
  if (count > FEW) {
    coco_free(allocator, results, count * sizeof *results);
    coco_free(allocator, values, count * sizeof *values);
  }
  return status;
}

static coco_status share_constant(driver *d, coco_operation *operation, bool *out_done) {
  coco_operation *same;
  bool moved;
  COCO_TRY(coco_constant_pool_add(&d->rewriter.constants, operation, &same, &moved));
  if (moved) note_change(d);
  if (!same) return COCO_OK;
  *out_done = true;
  note_change(d);
  coco_value *value = &same->results[0];
  return coco_rewriter_replace(&d->rewriter, operation, &value, 1);
}

static coco_status simplify(driver *d, coco_operation *operation, bool *out_done) {
  if (coco_operation_is_trivially_dead(operation)) {
    coco_rewriter_erase(&d->rewriter, operation);
    note_change(d);
    *out_done = true;
    return COCO_OK;
  }
  if (operation->definition->traits & COCO_CONSTANT_LIKE) return share_constant(d, operation, out_done);
  return fold(d, operation, out_done);
}

static coco_status apply_patterns(driver *d, coco_operation *operation) {
  const candidate_list *list = candidates_for(d, operation->definition);
  if (!list) return COCO_OUT_OF_MEMORY;
  coco_builder *builder = &d->rewriter.builder;
  for (size_t i = 0; i < list->count; ++i) {
    coco_builder_to_before(builder, operation);
    builder->location = operation->location;
    bool matched = false;
    if (!coco_context_permits(d->rewriter.context, COCO_COUNTED_PATTERN)) continue;
    const candidate *each = &list->items[i];
    COCO_TRY(each->equation ? coco_equation_apply(each->equation, &d->rewriter, operation, &matched)
                            : each->pattern->rewrite(&d->rewriter, operation, &matched));
    if (builder->status != COCO_OK) return builder->status;
    if (!matched) continue;
    note_change(d);
    ++d->rewrites;
    ++d->hits[list->items[i].index];
    if (d->options->max_rewrites && d->rewrites >= d->options->max_rewrites) d->stopped = true;
    return COCO_OK; /* the operation may be gone; if not, it was put on the list again */
  }
  return COCO_OK;
}

static coco_status visit(driver *d, coco_operation *operation) {
  bool done = false;
  if (d->options->fold && coco_context_permits(d->rewriter.context, COCO_COUNTED_FOLD))
    COCO_TRY(simplify(d, operation, &done));
  if (!done) COCO_TRY(apply_patterns(d, operation));
  return d->rewriter.status;
}

/* ---- Rounds ---- */

static void inserted(void *listener, coco_operation *operation) { coco_rewriter_enqueue(listener, operation); }

/* The worklist gives back the latest first: it is filled backwards. */
static coco_status fill_worklist(driver *d, size_t *out_count) {
  coco_worklist *list = &d->rewriter.worklist;
  coco_operation *root = d->rewriter.root;
  for (coco_operation *operation = root; (operation = coco_walk_next(operation, root)) != NULL;)
    COCO_TRY(coco_worklist_push(list, operation));
  *out_count = list->stack.count;
  if (d->options->bottom_up) return COCO_OK;
  size_t count = list->stack.count;
  for (size_t i = 0; i < count / 2; ++i) {
    coco_operation *other = list->stack.items[count - 1 - i];
    list->stack.items[count - 1 - i] = list->stack.items[i];
    list->stack.items[i] = other;
  }
  for (size_t i = 0; i < count; ++i)
    COCO_TRY(coco_pointer_map_set(&list->positions, list->stack.items[i], (void *)(uintptr_t)(i + 1)));
  return COCO_OK;
}

static coco_status run_round(driver *d) {
  size_t count;
  COCO_TRY(fill_worklist(d, &count));
  int64_t limit = FREE_CHANGES + CHANGES_PER_OPERATION * (int64_t)count;
  d->changes = 0;
  for (coco_operation *operation; !d->stopped && (operation = coco_worklist_pop(&d->rewriter.worklist)) != NULL;) {
    COCO_TRY(visit(d, operation));
    if (d->changes <= limit) continue;
    coco_warning(d->rewriter.context, d->rewriter.root->location,
                 "rewriting of '%s' was given up after %lld changes: some patterns undo each other",
                 d->rewriter.root->definition->name, (long long)d->changes);
    d->stopped = true;
  }
  return COCO_OK;
}

static coco_status run_rounds(driver *d, bool *out_changed) {
  int64_t rounds = d->options->max_iterations ? d->options->max_iterations : DEFAULT_ITERATIONS;
  for (int64_t i = 0; i < rounds && !d->stopped; ++i) {
    d->changed = false;
    COCO_TRY(run_round(d));
    if (!d->changed) break;
    *out_changed = true;
  }
  return COCO_OK;
}

static coco_status tell_hits(const driver *d, const coco_pattern *const *patterns, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    if (d->options->pattern_hits) d->options->pattern_hits[i] += d->hits[i];
    if (d->options->pass && d->hits[i])
      COCO_TRY(coco_pass_count_pattern(d->options->pass, patterns[i]->name, d->hits[i]));
  }
  return COCO_OK;
}

static coco_status rewrite(coco_context *context, coco_operation *root, const coco_pattern *const *patterns,
                           size_t count, const coco_greedy_options *options, bool one_walk, bool *out_changed) {
  const coco_allocator *allocator = coco_context_allocator(context);
  bool changed = false;
  driver d = {.options = options,
              .by_root = {.allocator = allocator},
              .arena = {.allocator = allocator},
              .rewriter = {.context = context,
                           .root = root,
                           .one_walk = one_walk,
                           .worklist = {.allocator = allocator, .positions = {.allocator = allocator}},
                           .constants = coco_constant_pool_create(context),
                           .folder = {.context = context}}};
  d.rewriter.builder = (coco_builder){.context = context, .inserted = inserted, .listener = &d.rewriter};
  coco_status status = sort_patterns(&d, patterns, count);
  if (status == COCO_OK) status = one_walk ? run_round(&d) : run_rounds(&d, &changed);
  changed = changed || d.changed;
  if (status == COCO_OK) status = tell_hits(&d, patterns, count);
  coco_folder_destroy(&d.rewriter.folder);
  coco_constant_pool_destroy(&d.rewriter.constants);
  coco_worklist_free(&d.rewriter.worklist);
  coco_pointer_map_free(&d.by_root);
  coco_arena_destroy(&d.arena);
  if (out_changed) *out_changed = changed;
  return status;
}

coco_status coco_rewrite_greedily(coco_context *context, coco_operation *root, const coco_pattern *const *patterns,
                                  size_t count, const coco_greedy_options *options, bool *out_changed) {
  static const coco_greedy_options defaults = {.fold = true};
  return rewrite(context, root, patterns, count, options ? options : &defaults, false, out_changed);
}

coco_status coco_rewrite_in_one_walk(coco_context *context, coco_operation *root, const coco_pattern *const *patterns,
                                     size_t count, const coco_greedy_options *options, bool *out_changed) {
  const coco_greedy_options own = {.pattern_hits = options ? options->pattern_hits : NULL,
                                   .pass = options ? options->pass : NULL};
  return rewrite(context, root, patterns, count, &own, true, out_changed);
}
