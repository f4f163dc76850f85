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
  if (!after) {
    state->started = coco_seconds();
    return;
  }
  double seconds = coco_seconds() - state->started;
  if (!operation->result_count || coco_value_constant(coco_operation_result(operation, 0))) return;
  int64_t bytes = coco_type_has_static_shape(results[0].type) ? coco_type_byte_count(results[0].type) : 0;
  run_layer layer = {coco_location_layer(operation->location), coco_operation_name(operation), bytes > 0 ? bytes : 0};
  if (run_profile_add(&network->profile, (uintptr_t)operation, layer, state->started, seconds) != COCO_OK) run_profile_clear(&network->profile);
}

static coco_status prepare(run_network *network, coco_operation *module) {
  interpreter *state = coco_allocate_zeroed(&coco_heap, 1, sizeof *state);
  if (!state) {
    coco_operation_erase(module);
    return COCO_OUT_OF_MEMORY;
  }
  state->module = module;
  network->state = state;
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

/* One call at the graph level: inputs in, results out. */
static coco_status call_graph(run_network *network, coco_operation *entry, const run_tensors *inputs, coco_runtime_value *results) {
  interpreter *state = network->state;
  coco_runtime_value values[COCO_MODEL_MAXIMUM_TENSORS];
  for (size_t i = 0; i < inputs->count; ++i) values[i] = coco_tensor_value(&inputs->items[i]);
  return coco_evaluate_function(state->evaluation, entry, values, inputs->count, results, network->outputs.count);
}

/* One call at the loop level: inputs, outputs and the arena are memory of the arguments' types. */
static coco_status call_loops(run_network *network, coco_operation *entry, const run_tensors *inputs, coco_runtime_value *results) {
  enum { MAXIMUM_ARGUMENTS = 2 * COCO_MODEL_MAXIMUM_TENSORS + 1 };
  interpreter *state = network->state;
  coco_runtime_value values[MAXIMUM_ARGUMENTS] = {0};
  const coco_block *body = coco_operation_body(entry, 0);
  size_t count = body->argument_count, outputs = network->outputs.count;
  if (count > MAXIMUM_ARGUMENTS) return coco_tool_error(&network->job->tool, "@main has more than %d arguments", MAXIMUM_ARGUMENTS);
  coco_status status = COCO_OK;
  for (size_t i = 0; i < count && status == COCO_OK; ++i) {
    status = coco_evaluation_allocate(state->evaluation, body->arguments[i]->type, &values[i]);
    if (status == COCO_OK && i < inputs->count && inputs->items[i].size) memcpy(values[i].data, inputs->items[i].data, inputs->items[i].size);
  }
  if (status == COCO_OK) status = coco_evaluate_function(state->evaluation, entry, values, count, NULL, 0);
  for (size_t i = 0; i < outputs && status == COCO_OK; ++i) results[i] = coco_runtime_retain(&values[inputs->count + i]);
  for (size_t i = 0; i < count; ++i) coco_runtime_release(&values[i]);
  return status;
}

static coco_status execute(run_network *network, const run_tensors *inputs, run_tensors *outputs, size_t repeat, double *seconds) {
  interpreter *state = network->state;
  coco_operation *entry = coco_model_entry(state->module);
  bool loops = coco_model_is_loops(state->module);
  coco_runtime_value results[COCO_MODEL_MAXIMUM_TENSORS] = {0};
  if (!entry) return COCO_REPORTED;
  coco_status status = COCO_OK;
  for (size_t run = 0; run < repeat && status == COCO_OK; ++run) {
    for (size_t i = 0; i < network->outputs.count; ++i) coco_runtime_release(&results[i]);
    double start = coco_seconds();
    status = loops ? call_loops(network, entry, inputs, results) : call_graph(network, entry, inputs, results);
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
