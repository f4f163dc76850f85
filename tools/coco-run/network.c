/* Choosing how a network runs, and preparing it for given input types. */
#include <stdlib.h>

#include "api/registry.h"
#include "tools/coco-run/run.h"
#include "tools/common/compiled.h"

static bool is_library(const char *path) {
  size_t size = strlen(path);
  return size > 3 && strcmp(path + size - 3, ".so") == 0;
}

coco_status run_network_choose(run_job *job, const char *name, run_network *out) {
  *out = (run_network){.job = job, .profile.keeps_events = job->options.trace != NULL};
  if (is_library(job->options.positional.items[0])) {
    out->backend = &run_library;
    return COCO_OK;
  }
  if (strcmp(name, "interpreter") == 0) {
    out->backend = &run_interpreter;
    return COCO_OK;
  }
  out->target = coco_target_select(coco_string_from(name));
  if (!out->target) return coco_tool_error(&job->tool, "no target '%s': interpreter, or one of coco-compile --print-targets", name);
  if (job->options.core && !coco_target_has_core(out->target, coco_string_from(job->options.core)))
    return coco_tool_error(&job->tool, "target %s knows no core '%s': coco-compile --print-targets lists them", name, job->options.core);
  if (coco_target_runs_here(out->target)) out->backend = &run_just_in_time;
  else if (out->target->emulator) out->backend = &run_emulator;
  else return coco_tool_error(&job->tool, "code for target %s cannot run on this machine", name);
  return COCO_OK;
}

const coco_type *run_tensor_type(coco_context *context, const coco_type *type) {
  return type->kind == COCO_TYPE_TENSOR && !type->encoding ? type : coco_type_tensor(context, type->rank, type->shape, type->element, NULL);
}

static bool is_prepared(const run_network *network, const coco_type *const *types, size_t count) {
  if (!network->state || count > network->inputs.count) return false;
  for (size_t i = 0; i < count; ++i)
    if (types[i] && types[i] != run_tensor_type(network->job->tool.context, network->inputs.items[i].type)) return false;
  return true;
}

static coco_status set_inputs(run_network *network, coco_operation *module, const coco_type *const *types, size_t count) {
  run_job *job = network->job;
  COCO_TRY(coco_model_apply_shapes(&job->tool, module, &job->options.shapes));
  COCO_TRY(coco_model_inputs(module, &network->inputs));
  if (count > network->inputs.count) return coco_tool_error(&job->tool, "%zu inputs were given: the model has %zu", count, network->inputs.count);
  for (size_t i = 0; i < count && !coco_model_is_loops(module); ++i)
    if (types[i]) COCO_TRY(coco_model_set_input(module, i, types[i]));
  return coco_model_refine(module);
}

coco_status run_network_prepare(run_network *network, const coco_type *const *types, size_t count) {
  run_job *job = network->job;
  if (is_prepared(network, types, count)) return COCO_OK;
  run_network_destroy(network);
  coco_operation *module = NULL;
  if (network->backend != &run_library) {
    COCO_TRY(coco_model_load(&job->tool, job->options.positional.items[0], &module));
    coco_status status = set_inputs(network, module, types, count);
    if (status == COCO_OK && job->options.compare_layers) status = run_expose_values(network, module);
    if (status != COCO_OK) {
      coco_operation_erase(module);
      return status;
    }
    COCO_TRY(coco_model_inputs(module, &network->inputs));
    COCO_TRY(coco_model_outputs(module, &network->outputs));
  }
  coco_progress_step(&job->progress, job->tool.name, "compiling");
  coco_status status = network->backend->prepare(network, module);
  coco_progress_end(&job->progress);
  return status;
}

void run_network_destroy(run_network *network) {
  if (network->state) network->backend->destroy(network);
  network->state = NULL;
  run_profile_clear(&network->profile);
  run_values_clear(&network->values);
}

/* ---- Compilation ---- */

static coco_status observe(void *user, const char *level, const coco_target_variant *variant, coco_operation *module) {
  run_network *network = user;
  coco_progress_step(&network->job->progress, network->job->tool.name, level);
  bool planned = network->job->options.profile && variant && strcmp(level, "lr-scheduled") == 0;
  return planned ? run_profile_plan(&network->profile, module) : COCO_OK;
}

coco_status run_compile_options(run_network *network, coco_compile_options *out) {
  run_job *job = network->job;
  *out = (coco_compile_options){.target = network->target,
                                .core = job->options.core,
                                .variant = job->options.variant,
                                .name = COCO_STRING("model"),
                                .kind = COCO_EMIT_OBJECT,
                                .profile = job->options.profile,
                                .compiler = COCO_STRING("coco " COCO_VERSION),
                                .passes = coco_all_passes(),
                                .observer = observe,
                                .user = network};
  COCO_TRY(coco_tool_read_measure(&job->tool, job->options.measured, COCO_MEASURE_NONE, out));
  return coco_tool_read_freedom(&job->tool, job->options.fp, job->options.storage, job->options.chains,
                                job->options.sparse, out);
}

static coco_status take_tensors(run_network *network, const coco_compiled_tensor *tensors, size_t count, coco_model_tensors *out) {
  if (count > COCO_MODEL_MAXIMUM_TENSORS) return COCO_INVALID_ARGUMENT; /* the model's list of them was checked */
  out->count = count;
  for (size_t i = 0; i < count; ++i) {
    out->items[i] = (coco_model_tensor){tensors[i].name, run_tensor_type(network->job->tool.context, tensors[i].type)};
    if (!out->items[i].type) return COCO_OUT_OF_MEMORY;
  }
  return COCO_OK;
}

coco_status run_take_interface(run_network *network, const coco_compiled *compiled) {
  COCO_TRY(take_tensors(network, compiled->inputs, compiled->input_count, &network->inputs));
  return take_tensors(network, compiled->outputs, compiled->output_count, &network->outputs);
}
