/* Compiles in memory and runs in this process. The weights stay outside of the object. */
#include "tools/coco-run/native.h"

typedef struct just_in_time {
  native_code code;
  coco_jit *engine;
  run_layer *layers; /* by the profile's index */
  size_t layer_count;
} just_in_time;

/* The hook has no argument for us: what it fills is of the one network that runs with a profile. */
static struct {
  run_network *network;
  double started;
} profiled;

static void profile_layer(uint32_t index, uint32_t after) {
  if (!after) {
    profiled.started = coco_seconds();
    return;
  }
  double seconds = coco_seconds() - profiled.started;
  just_in_time *state = profiled.network->state;
  if (index < state->layer_count && run_profile_add(&profiled.network->profile, index, state->layers[index], profiled.started, seconds) != COCO_OK) run_profile_clear(&profiled.network->profile);
}

/* Names are the compiled code's, kinds and sizes the plan's, which has the same layers unless the model came as loops. */
static coco_status take_layers(just_in_time *state, coco_context *context, const run_profile *profile, const coco_compiled *compiled) {
  bool planned = profile->planned_count == compiled->layer_count;
  state->layers = coco_allocate_zeroed(&coco_heap, compiled->layer_count + 1, sizeof *state->layers);
  if (!state->layers) return COCO_OUT_OF_MEMORY;
  state->layer_count = compiled->layer_count;
  for (size_t i = 0; i < compiled->layer_count; ++i) {
    state->layers[i] = planned ? profile->planned[i] : (run_layer){.kind = COCO_STRING("call")};
    state->layers[i].name = coco_context_intern(context, compiled->layers[i]);
    if (!state->layers[i].name.data) return COCO_OUT_OF_MEMORY;
  }
  return COCO_OK;
}

static coco_status load(run_network *network, just_in_time *state, const coco_compiled *compiled) {
  run_job *job = network->job;
  COCO_TRY(run_take_interface(network, compiled));
  COCO_TRY(take_layers(state, job->tool.context, &network->profile, compiled));
  if (compiled->weights.size) {
    uint8_t *weights = coco_allocate_aligned(&coco_heap, compiled->weights.size, COCO_WEIGHTS_ALIGNMENT);
    if (!weights) return COCO_OUT_OF_MEMORY;
    coco_weights_copy(&compiled->weights, weights);
    state->code.weights = weights;
    state->code.weights_size = compiled->weights.size;
  }
  state->code.scratch_size = compiled->scratch_size;
  state->code.scratch_alignment = 64;
  COCO_TRY(coco_jit_create(job->tool.context, coco_buffer_view(&compiled->code), job->options.profile ? profile_layer : NULL, &state->engine));
  uint64_t address = coco_jit_find(state->engine, "model_run");
  if (!address) return COCO_REPORTED;
  state->code.run = (void (*)(void))(uintptr_t)address;
  return native_start_threads(job, &state->code);
}

static coco_status prepare(run_network *network, coco_operation *module) {
  coco_compile_options options;
  coco_compiled compiled;
  coco_status status = run_compile_options(network, &options);
  options.weights = COCO_WEIGHTS_EXTERNAL;
  if (status == COCO_OK) status = coco_compile(network->job->tool.context, module, &options, &compiled);
  coco_operation_erase(module);
  if (status != COCO_OK) return status;
  just_in_time *state = coco_allocate_zeroed(&coco_heap, 1, sizeof *state);
  network->state = state;
  status = state ? load(network, state, &compiled) : COCO_OUT_OF_MEMORY;
  coco_compiled_destroy(&compiled);
  return status;
}

static coco_status execute(run_network *network, const run_tensors *inputs, run_tensors *outputs, size_t repeat, double *seconds) {
  just_in_time *state = network->state;
  profiled.network = network;
  return native_execute(network, &state->code, inputs, outputs, repeat, seconds);
}

static void destroy(run_network *network) {
  just_in_time *state = network->state;
  coco_jit_destroy(state->engine);
  coco_thread_pool_destroy(state->code.pool);
  if (state->code.weights) coco_free_aligned(&coco_heap, (void *)(uintptr_t)state->code.weights, state->code.weights_size, COCO_WEIGHTS_ALIGNMENT);
  coco_free(&coco_heap, state->layers, (state->layer_count + 1) * sizeof *state->layers);
  coco_free(&coco_heap, state, sizeof *state);
}

const run_backend run_just_in_time = {prepare, execute, destroy};
