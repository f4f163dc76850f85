/* The reference: the graph (or whatever level the model is at), evaluated operation by operation. */
#include "ir/evaluate.h"
#include "tools/coco-run/run.h"

typedef struct interpreter {
  coco_operation *module;
  coco_evaluation *evaluation;
  double started;
} interpreter;

static void observe(void *user, const coco_operation *operation, const coco_runtime_value *results, bool after) {
  run_network *network = user;
  interpreter *state = network->state;
  (void)results;
  if (!after) {
    state->started = coco_seconds();
    return;
  }
  double seconds = coco_seconds() - state->started;
  coco_string name = coco_location_layer(operation->location);
  if (operation->result_count && !coco_value_constant(coco_operation_result(operation, 0)) && run_profile_add(&network->profile, (uintptr_t)operation, name, seconds) != COCO_OK)
    run_profile_clear(&network->profile);
}

static coco_status prepare(run_network *network, coco_operation *module) {
  interpreter *state = coco_allocate_zeroed(&coco_heap, 1, sizeof *state);
  if (!state) {
    coco_operation_erase(module);
    return COCO_OUT_OF_MEMORY;
  }
  state->module = module;
  network->state = state;
  if (coco_model_is_loops(module)) return coco_tool_error(&network->job->tool, "the interpreter runs models of the graph level; loops are for single layers: coco-opt");
  COCO_TRY(coco_evaluation_create(network->job->tool.context, &state->evaluation));
  if (network->job->options.profile) coco_evaluation_observe(state->evaluation, observe, network);
  return COCO_OK;
}

static coco_status take_outputs(run_network *network, coco_runtime_value *results, run_tensors *outputs) {
  coco_context *context = network->job->tool.context;
  for (size_t i = 0; i < network->outputs.count; ++i) {
    COCO_TRY(coco_tensor_create(context, run_tensor_type(context, results[i].type), &outputs->items[i]));
    ++outputs->count;
    if (outputs->items[i].size) memcpy(outputs->items[i].data, results[i].data, outputs->items[i].size);
  }
  return COCO_OK;
}

static coco_status execute(run_network *network, const run_tensors *inputs, run_tensors *outputs, size_t repeat, double *seconds) {
  interpreter *state = network->state;
  coco_operation *entry = coco_model_entry(state->module);
  coco_runtime_value values[COCO_MODEL_MAXIMUM_TENSORS], results[COCO_MODEL_MAXIMUM_TENSORS] = {0};
  if (!entry) return COCO_REPORTED;
  for (size_t i = 0; i < inputs->count; ++i) values[i] = coco_tensor_value(&inputs->items[i]);
  coco_status status = COCO_OK;
  for (size_t run = 0; run < repeat && status == COCO_OK; ++run) {
    for (size_t i = 0; i < network->outputs.count; ++i) coco_runtime_release(&results[i]);
    double start = coco_seconds();
    status = coco_evaluate_function(state->evaluation, entry, values, inputs->count, results, network->outputs.count);
    if (seconds) seconds[run] = coco_seconds() - start;
  }
  if (status == COCO_OK) status = take_outputs(network, results, outputs);
  for (size_t i = 0; i < network->outputs.count; ++i) coco_runtime_release(&results[i]);
  return status;
}

static void destroy(run_network *network) {
  interpreter *state = network->state;
  if (state->evaluation) coco_evaluation_destroy(state->evaluation);
  coco_operation_erase(state->module);
  coco_free(&coco_heap, state, sizeof *state);
}

const run_backend run_interpreter = {prepare, execute, destroy};
