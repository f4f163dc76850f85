/* One case of the node suite: import, prepare, run and compare every test set. See node_suite.c. */
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "frontends/onnx/import.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tests/conformance/node_suite.h"

static const double rtol = 1e-3, atol = 1e-7;

typedef struct case_run {
  run_job job;
  suite_result *result;
  const char *folder; /* of the case */
  coco_string model;
  bool started;       /* something ran: a refusal now is a failure */
} case_run;

static void note(suite_result *result, const char *text, size_t size) {
  if (!result->message[0]) snprintf(result->message, sizeof result->message, "%.*s", (int)size, text);
}

static void note_diagnostic(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  (void)context;
  if (diagnostic->severity == COCO_ERROR) note(user, diagnostic->message.data, diagnostic->message.size);
}

/* ---- Comparing ---- */

static bool agree(const coco_tensor *is, const coco_tensor *expected, suite_result *result) {
  char a[96], b[96], text[256];
  if (is->type != expected->type) {
    snprintf(text, sizeof text, "is %s; expected is %s", coco_type_text(is->type, a, sizeof a), coco_type_text(expected->type, b, sizeof b));
    note(result, text, strlen(text));
    return false;
  }
  const coco_type *element = is->type->element;
  size_t size = coco_type_element_size(element);
  bool is_float = coco_type_is_float(element);
  for (size_t at = 0; size && at + size <= expected->size; at += size) {
    double x = coco_element_read_real(element, is->data + at), y = coco_element_read_real(element, expected->data + at);
    bool same = is_float ? x == y || (isnan(x) && isnan(y)) : coco_element_read_integer(element, is->data + at) == coco_element_read_integer(element, expected->data + at);
    if (same) continue;
    double error = fabs(x - y), unit = is_float && isfinite(error) ? run_ulp(element, y) : 0;
    if (unit > 0 && error / unit > result->ulp) result->ulp = error / unit;
    if (is_float && error <= atol + rtol * fabs(y)) continue;
    snprintf(text, sizeof text, "element %zu is %.9g; expected is %.9g", at / size, x, y);
    note(result, text, strlen(text));
    return false;
  }
  return true;
}

/* ---- Running ---- */

static coco_status load_files(case_run *run, const char *set, const char *kind, run_tensors *out) {
  for (size_t i = 0; i < COCO_MODEL_MAXIMUM_TENSORS; ++i) {
    char path[1100];
    snprintf(path, sizeof path, "%s/%s_%zu.pb", set, kind, i);
    if (access(path, R_OK) != 0) return COCO_OK;
    COCO_TRY(coco_tensor_load(run->job.tool.context, path, NULL, &out->items[i]));
    ++out->count;
  }
  return COCO_OK;
}

static coco_status set_types(const run_tensors *inputs, coco_operation *module, run_network *network) {
  COCO_TRY(coco_verify(module));
  for (size_t i = 0; i < inputs->count; ++i) COCO_TRY(coco_model_set_input(module, i, inputs->items[i].type));
  COCO_TRY(coco_model_refine(module));
  COCO_TRY(coco_model_inputs(module, &network->inputs));
  return coco_model_outputs(module, &network->outputs);
}

static coco_status prepare(case_run *run, coco_string model, const run_tensors *inputs, run_network *network) {
  coco_operation *module = NULL;
  char path[1100];
  snprintf(path, sizeof path, "%s/model.onnx", run->folder);
  COCO_TRY(coco_onnx_import(run->job.tool.context, model, coco_string_from(path), &module));
  coco_status status = set_types(inputs, module, network);
  if (status == COCO_OK) return network->backend->prepare(network, module);
  coco_operation_erase(module);
  return status;
}

static coco_status compare(suite_result *result, const run_tensors *outputs, const run_tensors *expected) {
  char text[64];
  snprintf(text, sizeof text, "%zu outputs; expected are %zu", outputs->count, expected->count);
  if (outputs->count != expected->count) note(result, text, strlen(text));
  bool same = outputs->count == expected->count;
  for (size_t i = 0; same && i < outputs->count; ++i) same = agree(&outputs->items[i], &expected->items[i], result);
  return same ? COCO_OK : COCO_REPORTED;
}

static coco_status run_model(case_run *run, coco_string model, const run_tensors *inputs, const run_tensors *expected) {
  run_network network;
  run_tensors outputs = {.count = 0};
  COCO_TRY(run_network_choose(&run->job, run->job.options.target, &network));
  coco_status status = prepare(run, model, inputs, &network);
  if (status == COCO_OK) {
    run->started = true;
    status = network.backend->execute(&network, inputs, &outputs, 1, NULL);
    if (status == COCO_OK) status = compare(run->result, &outputs, expected);
  }
  run_tensors_free(&run->job, &outputs);
  run_network_destroy(&network);
  return status;
}

/* The tensors of INPUTS that are not FROZEN; the memory stays theirs. */
static run_tensors without(const run_tensors *inputs, const bool *frozen) {
  run_tensors left = {.count = 0};
  for (size_t i = 0; i < inputs->count; ++i)
    if (!frozen[i]) left.items[left.count++] = inputs->items[i];
  return left;
}

static coco_status run_set(case_run *run, const char *set, run_tensors *inputs, run_tensors *expected) {
  COCO_TRY(load_files(run, set, "input", inputs));
  COCO_TRY(load_files(run, set, "output", expected));
  coco_status status = run_model(run, run->model, inputs, expected);
  if (status != COCO_REPORTED || run->started) return status;
  bool frozen[COCO_MODEL_MAXIMUM_TENSORS] = {false};
  size_t count = 0;
  coco_buffer model = COCO_BUFFER(coco_context_allocator(run->job.tool.context));
  coco_status made = suite_freeze(run->job.tool.context, run->model, set, frozen, &count, &model);
  if (made == COCO_OK && count) {
    run_tensors left = without(inputs, frozen);
    run->result->frozen = true;
    run->result->message[0] = '\0';
    status = run_model(run, coco_buffer_view(&model), &left, expected);
  }
  coco_buffer_free(&model);
  return status;
}

static coco_status run_sets(case_run *run) {
  for (int number = 0;; ++number) {
    char set[1000];
    snprintf(set, sizeof set, "%s/test_data_set_%d", run->folder, number);
    if (access(set, R_OK) != 0) return number ? COCO_OK : COCO_IO_ERROR;
    run_tensors inputs = {.count = 0}, expected = {.count = 0};
    coco_status status = run_set(run, set, &inputs, &expected);
    run_tensors_free(&run->job, &inputs);
    run_tensors_free(&run->job, &expected);
    COCO_TRY(status);
  }
}

void suite_run_case(const suite_options *options, const char *name, suite_result *out) {
  char folder[900], path[1000];
  snprintf(folder, sizeof folder, "%s/%s", options->folder, name);
  snprintf(path, sizeof path, "%s/model.onnx", folder);
  case_run run = {.result = out, .folder = folder};
  run.job = (run_job){.options = {.target = options->target, .variant = options->variant, .repeat = 1, .threads = 1}, .image = COCO_IMAGE_OPTIONS};
  run.job.options.positional = (coco_tool_texts){.items = {path}, .count = 1};
  if (coco_tool_start(&run.job.tool, "node-suite") != COCO_OK) return;
  coco_set_diagnostic_handler(run.job.tool.context, note_diagnostic, out, NULL, NULL);
  coco_status status = coco_tool_read(&run.job.tool, path, &run.model);
  if (status == COCO_OK) {
    suite_list_operators(run.job.tool.context, run.model, out->operators, sizeof out->operators);
    status = run_sets(&run);
  }
  out->outcome = status == COCO_OK ? SUITE_PASSED : status == COCO_REPORTED && !run.started && out->message[0] ? SUITE_UNSUPPORTED : SUITE_FAILED;
  if (status != COCO_OK && status != COCO_REPORTED) note(out, coco_status_name(status), strlen(coco_status_name(status)));
  (void)coco_tool_finish(&run.job.tool, COCO_OK);
}
