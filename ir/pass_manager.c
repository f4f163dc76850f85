/* Running a pipeline: each step on the operation, or on those directly inside it that the nested
 * pipeline is for. After a pass that changed something the verifier runs (verify_each); a failing
 * pass ends the run. */
#include <time.h>

#include "ir/operation_internal.h"
#include "ir/pass_internal.h"
#include "ir/verifier.h"

static uint64_t now(void) {
  struct timespec time;
  if (clock_gettime(CLOCK_MONOTONIC, &time) != 0) return 0;
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

coco_status coco_pass_manager_create(coco_context *context, const coco_pass_registry *registry, coco_string pipeline,
                                     const coco_pass_manager_options *options, coco_pass_manager **out) {
  *out = NULL;
  const coco_allocator *allocator = coco_context_allocator(context);
  coco_pass_manager *manager = coco_allocate(allocator, sizeof *manager);
  if (!manager) return COCO_OUT_OF_MEMORY;
  *manager = (coco_pass_manager){.context = context,
                                 .registry = registry,
                                 .options = options ? *options : (coco_pass_manager_options){.verify_each = true},
                                 .arena = {.allocator = allocator},
                                 .scratch = {.allocator = allocator}};
  coco_status status = coco_pipeline_parse(manager, pipeline);
  if (status != COCO_OK) {
    coco_pass_manager_destroy(manager);
    return status;
  }
  *out = manager;
  return COCO_OK;
}

void coco_pass_manager_destroy(coco_pass_manager *manager) {
  if (!manager) return;
  const coco_allocator *allocator = manager->arena.allocator;
  coco_arena_destroy(&manager->scratch);
  coco_arena_destroy(&manager->arena);
  coco_free(allocator, manager, sizeof *manager);
}

/* ---- Running ---- */

static void observe(const coco_pass_manager *manager, coco_pass_event event, const coco_pass *pass,
                    coco_operation *root) {
  if (manager->options.observer) manager->options.observer(manager->options.observer_user, event, pass, root);
}

static coco_status verify_after(coco_pass_manager *manager, const coco_pipeline_step *step, coco_operation *root) {
  coco_status status = coco_verify(root);
  if (status != COCO_REPORTED) return status;
  return coco_error(manager->context, root->location, "pass '%s' left invalid IR behind", step->pass->name);
}

static coco_status run_pass(coco_pass_manager *manager, coco_pipeline_step *step, coco_operation *root) {
  coco_pass pass = {.definition = step->pass,
                    .context = manager->context,
                    .scratch = &manager->scratch,
                    .options = step->options,
                    .statistics = step->statistics,
                    .print = manager->options.print,
                    .print_user = manager->options.print_user};
  observe(manager, COCO_BEFORE_PASS, &pass, root);
  uint64_t start = now();
  coco_status status = step->pass->run(&pass, root);
  step->nanoseconds += now() - start;
  ++step->runs;
  coco_arena_reset(&manager->scratch);
  if (status == COCO_OK && manager->options.verify_each && pass.changed) status = verify_after(manager, step, root);
  observe(manager, status == COCO_OK ? COCO_AFTER_PASS : COCO_AFTER_FAILED_PASS, &pass, root);
  return status;
}

static bool is_anchor_of(const coco_pipeline *pipeline, const coco_operation *operation) {
  return coco_string_is(pipeline->anchor, "any") || coco_string_equal(pipeline->anchor, coco_operation_name(operation));
}

/* Recursion is bounded by COCO_PIPELINE_NESTING. */
static coco_status run_pipeline(coco_pass_manager *manager, coco_pipeline *pipeline, coco_operation *root);

static coco_status run_nested(coco_pass_manager *manager, coco_pipeline_step *step, coco_operation *root) {
  uint64_t start = now();
  bool is_any = coco_string_is(step->nested->anchor, "any");
  for (size_t i = 0; i < root->region_count; ++i)
    for (coco_block *block = coco_operation_region(root, i)->first; block; block = block->next)
      for (coco_operation *operation = block->first, *next; operation; operation = next) {
        next = operation->next;
        if (!is_anchor_of(step->nested, operation)) continue;
        if (!(operation->definition->traits & COCO_ISOLATED)) {
          if (is_any) continue;
          return coco_operation_error(operation, "is not isolated from above, so no pass can run on it alone");
        }
        ++step->runs;
        COCO_TRY(run_pipeline(manager, step->nested, operation));
      }
  step->nanoseconds += now() - start;
  return COCO_OK;
}

static coco_status run_pipeline(coco_pass_manager *manager, coco_pipeline *pipeline, coco_operation *root) {
  for (coco_pipeline_step *step = pipeline->first; step; step = step->next)
    COCO_TRY(step->pass ? run_pass(manager, step, root) : run_nested(manager, step, root));
  return COCO_OK;
}

static void warn_unused(void *user, const coco_pipeline *pipeline, const coco_pipeline_step *step, size_t depth) {
  (void)depth;
  coco_pass_manager *manager = user;
  if (step->pass && step->runs == 0 && step->spelled)
    coco_warning(manager->context, step->location,
                 "pass '%s' ran on no operation: no '%.*s' stands where the pipeline looks", step->pass->name,
                 COCO_PRINT(pipeline->anchor));
}

coco_status coco_pass_manager_run(coco_pass_manager *manager, coco_operation *module) {
  if (!is_anchor_of(&manager->root, module))
    return coco_error(manager->context, module->location, "cannot run a pipeline for '%.*s' on '%s'",
                      COCO_PRINT(manager->root.anchor), module->definition->name);
  COCO_TRY(run_pipeline(manager, &manager->root, module));
  coco_pipeline_visit(&manager->root, 0, warn_unused, manager);
  return COCO_OK;
}

coco_status coco_run_pipeline(coco_context *context, const coco_pass_registry *registry, const char *pipeline,
                              coco_operation *module) {
  coco_pass_manager *manager;
  COCO_TRY(coco_pass_manager_create(context, registry, coco_string_from(pipeline), NULL, &manager));
  coco_status status = coco_pass_manager_run(manager, module);
  coco_pass_manager_destroy(manager);
  return status;
}
