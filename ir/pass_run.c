/* Running a pipeline: each step on the operation, or on those directly inside it that the nested pipeline is for. After
 * a pass that changed something the verifier runs (verify_each); a failing pass ends the run.
 *
 * Operations that a nested pipeline runs on are isolated from above, so that passes on them touch nothing in common but
 * the context; with several threads they run at the same time. Operations with symbols of their own are left to one
 * thread: their passes make resources, whose names count on in the context. */
#include <time.h>

#include "ir/analysis_internal.h"
#include "ir/operation_internal.h"
#include "ir/parallel.h"
#include "ir/pass_internal.h"
#include "ir/verifier.h"

static uint64_t now(void) {
  struct timespec time;
  if (clock_gettime(CLOCK_MONOTONIC, &time) != 0) return 0;
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* One thread's run. */
typedef struct runner {
  coco_pass_manager *manager;
  coco_arena *scratch;       /* of the pass that runs */
  coco_step_record *records; /* by the steps' numbers; NULL: those of the steps themselves */
  coco_analysis_cache *analyses;
} runner;

static coco_step_record *record_of(const runner *r, coco_pipeline_step *step) {
  return r->records ? &r->records[step->number] : &step->record;
}

static void observe(const runner *r, coco_pass_event event, const coco_pass *pass, coco_operation *root) {
  const coco_pass_manager_options *options = &r->manager->options;
  if (options->observer) options->observer(options->observer_user, event, pass, root);
}

static coco_status add_pattern_count(const coco_allocator *allocator, coco_pattern_counts *counts,
                                     coco_pattern_count added) {
  for (size_t i = 0; i < counts->count; ++i) {
    if (strcmp(counts->items[i].name, added.name) != 0) continue;
    counts->items[i].count += added.count;
    return COCO_OK;
  }
  return coco_vector_push(allocator, counts, added);
}

coco_status coco_pass_count_pattern(coco_pass *pass, const char *name, uint64_t count) {
  return add_pattern_count(coco_context_allocator(pass->context), pass->patterns, (coco_pattern_count){name, count});
}

static coco_status verify_after(const runner *r, const coco_pipeline_step *step, coco_operation *root) {
  coco_status status = coco_verify(root);
  if (status != COCO_REPORTED) return status;
  return coco_error(r->manager->context, root->location, "pass '%s' left invalid IR behind", step->pass->name);
}

/* The text of a pass on one of several threads. */
static void hold_text(void *user, coco_string text) {
  const coco_pass_manager *manager = user;
  coco_parallel_hold_text(manager->context, manager->options.print, manager->options.print_user, text);
}

static coco_status run_pass(const runner *r, coco_pipeline_step *step, coco_operation *root) {
  if (!coco_context_permits(r->manager->context, COCO_COUNTED_PASS)) {
    ++record_of(r, step)->runs; /* it was its turn */
    return COCO_OK;
  }
  const coco_pass_manager_options *options = &r->manager->options;
  const bool is_held = r->records && options->print;
  coco_step_record *record = record_of(r, step);
  coco_pass pass = {.definition = step->pass,
                    .context = r->manager->context,
                    .scratch = r->scratch,
                    .options = step->options,
                    .statistics = record->statistics,
                    .patterns = &record->patterns,
                    .print = is_held ? hold_text : options->print,
                    .print_user = is_held ? r->manager : options->print_user,
                    .analyses = r->analyses};
  r->analyses->root = root;
  observe(r, COCO_BEFORE_PASS, &pass, root);
  uint64_t start = now();
  coco_status status = step->pass->run(&pass, root);
  record->nanoseconds += now() - start;
  ++record->runs;
  coco_arena_reset(r->scratch);
  coco_analysis_cache_after(r->analyses, root, pass.changed || status != COCO_OK);
  if (status == COCO_OK && options->verify_each && pass.changed) status = verify_after(r, step, root);
  observe(r, status == COCO_OK ? COCO_AFTER_PASS : COCO_AFTER_FAILED_PASS, &pass, root);
  return status;
}

bool coco_pipeline_is_for(const coco_pipeline *pipeline, const coco_operation *operation) {
  return coco_string_is(pipeline->anchor, "any") || coco_string_equal(pipeline->anchor, coco_operation_name(operation));
}

/* ---- Nested pipelines ---- */

/* Recursion is bounded by COCO_PIPELINE_NESTING. */
static coco_status run_pipeline(const runner *r, coco_pipeline *pipeline, coco_operation *root);

/* And then the analyses of ROOT go. */
static coco_status run_on(const runner *r, coco_pipeline *pipeline, coco_operation *root) {
  coco_status status = run_pipeline(r, pipeline, root);
  coco_analysis_cache_leave(r->analyses, root);
  return status;
}

typedef COCO_VECTOR_OF(coco_operation *) operation_list;

/* The operations directly inside ROOT that PIPELINE is for, in order. */
static coco_status find_operations(const coco_pipeline *pipeline, coco_operation *root, operation_list *out) {
  const coco_allocator *allocator = coco_context_allocator(root->context);
  const bool is_any = coco_string_is(pipeline->anchor, "any");
  for (size_t i = 0; i < root->region_count; ++i)
    for (coco_block *block = coco_operation_region(root, i)->first; block; block = block->next)
      for (coco_operation *operation = block->first; operation; operation = operation->next) {
        const bool is_isolated = operation->definition->traits & COCO_ISOLATED;
        if (!coco_pipeline_is_for(pipeline, operation) || (is_any && !is_isolated)) continue;
        if (!is_isolated)
          return coco_operation_error(operation, "is not isolated from above, so no pass can run on it alone");
        COCO_TRY(coco_vector_push(allocator, out, operation));
      }
  return COCO_OK;
}

static bool may_run_at_once(const runner *r, const operation_list *operations) {
  const coco_pass_manager_options *options = &r->manager->options;
  if (r->records || r->manager->context->counters || options->threads < 2 || options->observer || operations->count < 2)
    return false;
  for (size_t i = 0; i < operations->count; ++i)
    if (coco_operation_has_trait(operations->items[i], COCO_SYMBOL_TABLE)) return false;
  return true;
}

/* The runs of a nested pipeline by several threads. */
typedef struct parallel_run {
  runner *runners; /* by thread */
  coco_arena *scratch;
  coco_analysis_cache *analyses;
  coco_pipeline *pipeline;
  operation_list operations;
} parallel_run;

static coco_status run_piece(void *user, size_t worker, size_t index) {
  const parallel_run *run = user;
  return run_on(&run->runners[worker], run->pipeline, run->operations.items[index]);
}

/* Records of all steps below PIPELINE, all 0, for one thread. */
static coco_status make_records(coco_pipeline *pipeline, coco_arena *arena, coco_step_record *records) {
  for (coco_pipeline_step *step = pipeline->first; step; step = step->next) {
    if (step->nested) COCO_TRY(make_records(step->nested, arena, records));
    if (!step->pass) continue;
    uint64_t *statistics = coco_arena_allocate_zeroed(arena, step->pass->statistic_count + 1, sizeof *statistics);
    if (!statistics) return COCO_OUT_OF_MEMORY;
    records[step->number].statistics = statistics;
  }
  return COCO_OK;
}

static coco_status add_records(const coco_allocator *allocator, coco_pipeline *pipeline, coco_step_record *records) {
  coco_status status = COCO_OK;
  for (coco_pipeline_step *step = pipeline->first; step; step = step->next) {
    coco_step_record *from = &records[step->number];
    step->record.runs += from->runs;
    step->record.nanoseconds += from->nanoseconds;
    for (size_t i = 0; step->pass && i < step->pass->statistic_count; ++i)
      step->record.statistics[i] += from->statistics[i];
    for (size_t i = 0; status == COCO_OK && i < from->patterns.count; ++i)
      status = add_pattern_count(allocator, &step->record.patterns, from->patterns.items[i]);
    coco_vector_free(allocator, &from->patterns);
    if (step->nested && status == COCO_OK) status = add_records(allocator, step->nested, records);
  }
  return status;
}

static coco_status run_at_once(const runner *r, coco_pipeline *pipeline, operation_list operations) {
  coco_pass_manager *manager = r->manager;
  const coco_allocator *allocator = coco_context_allocator(manager->context);
  const size_t threads = manager->options.threads < operations.count ? manager->options.threads : operations.count;
  coco_arena arena = {.allocator = allocator};
  parallel_run run = {.runners = coco_arena_allocate_zeroed(&arena, threads, sizeof *run.runners),
                      .scratch = coco_arena_allocate_zeroed(&arena, threads, sizeof *run.scratch),
                      .analyses = coco_arena_allocate_zeroed(&arena, threads, sizeof *run.analyses),
                      .pipeline = pipeline,
                      .operations = operations};
  coco_status status = run.runners && run.scratch && run.analyses ? COCO_OK : COCO_OUT_OF_MEMORY;
  for (size_t i = 0; status == COCO_OK && i < threads; ++i) {
    coco_step_record *records = coco_arena_allocate_zeroed(&arena, manager->step_count, sizeof *records);
    run.scratch[i].allocator = run.analyses[i].allocator = allocator;
    run.runners[i] = (runner){manager, &run.scratch[i], records, &run.analyses[i]};
    status = records ? make_records(pipeline, &arena, records) : COCO_OUT_OF_MEMORY;
  }
  const bool is_ready = status == COCO_OK;
  if (is_ready) status = coco_context_run_parallel(manager->context, threads, operations.count, run_piece, &run);
  for (size_t i = 0; is_ready && i < threads; ++i) {
    const coco_status added = add_records(allocator, pipeline, run.runners[i].records);
    if (status == COCO_OK) status = added;
    coco_arena_destroy(&run.scratch[i]);
    coco_analysis_cache_free(&run.analyses[i]);
  }
  coco_arena_destroy(&arena);
  return status;
}

static coco_status run_nested(const runner *r, coco_pipeline_step *step, coco_operation *root) {
  const coco_allocator *allocator = coco_context_allocator(r->manager->context);
  coco_step_record *record = record_of(r, step);
  operation_list operations = {0};
  uint64_t start = now();
  coco_status status = find_operations(step->nested, root, &operations);
  if (status == COCO_OK) record->runs += operations.count;
  if (status == COCO_OK && may_run_at_once(r, &operations)) {
    status = run_at_once(r, step->nested, operations);
  } else {
    for (size_t i = 0; status == COCO_OK && i < operations.count; ++i)
      status = run_on(r, step->nested, operations.items[i]);
  }
  coco_vector_free(allocator, &operations);
  record->nanoseconds += now() - start;
  return status;
}

static coco_status run_pipeline(const runner *r, coco_pipeline *pipeline, coco_operation *root) {
  for (coco_pipeline_step *step = pipeline->first; step; step = step->next)
    COCO_TRY(step->pass ? run_pass(r, step, root) : run_nested(r, step, root));
  return COCO_OK;
}

/* ---- All of it ---- */

coco_status coco_pipeline_run(coco_pass_manager *manager, coco_operation *module) {
  coco_analysis_cache analyses = {.allocator = coco_context_allocator(manager->context)};
  const runner r = {.manager = manager, .scratch = &manager->scratch, .analyses = &analyses};
  coco_status status = run_on(&r, &manager->root, module);
  coco_analysis_cache_free(&analyses);
  return status;
}
