/* The pass manager: a parsed pipeline that can be run (ir/pass_run.c) and asked about. */
#include "ir/operation_internal.h"
#include "ir/pass_internal.h"

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

static void free_counts(void *user, const coco_pipeline *pipeline, const coco_pipeline_step *step, size_t depth) {
  (void)pipeline, (void)depth;
  coco_pass_manager *manager = user;
  coco_pattern_counts counts = step->record.patterns;
  coco_vector_free(manager->arena.allocator, &counts);
}

void coco_pass_manager_destroy(coco_pass_manager *manager) {
  if (!manager) return;
  const coco_allocator *allocator = manager->arena.allocator;
  coco_pipeline_visit(&manager->root, 0, free_counts, manager);
  coco_arena_destroy(&manager->scratch);
  coco_arena_destroy(&manager->arena);
  coco_free(allocator, manager, sizeof *manager);
}

static void warn_unused(void *user, const coco_pipeline *pipeline, const coco_pipeline_step *step, size_t depth) {
  (void)depth;
  coco_pass_manager *manager = user;
  if (step->pass && step->record.runs == 0 && step->spelled)
    coco_warning(manager->context, step->location,
                 "pass '%s' ran on no operation: no '%.*s' stands where the pipeline looks", step->pass->name,
                 COCO_PRINT(pipeline->anchor));
}

coco_status coco_pass_manager_run(coco_pass_manager *manager, coco_operation *module) {
  if (!coco_pipeline_is_for(&manager->root, module))
    return coco_error(manager->context, module->location, "cannot run a pipeline for '%.*s' on '%s'",
                      COCO_PRINT(manager->root.anchor), module->definition->name);
  COCO_TRY(coco_pipeline_run(manager, module));
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
