/* What layers take when the network runs on this machine: the loops that the object was made of are compiled once more,
 * with a call of ours around each layer, loaded into this process and run on made-up inputs in one thread. */
#include <stdio.h>

#include "coco/object.h"
#include "lowering/llvm/emit.h"
#include "tools/coco-compile/report.h"
#include "tools/common/native_call.h"
#include "tools/common/progress.h"
#include "tools/common/tensor_file.h"
#include "tools/common/tool.h"

/* The hook has no argument for us: what it fills is of the one network that runs. */
static struct {
  double *least; /* seconds of each call */
  size_t count;
  double started;
} measured;

static void measure_layer(uint32_t index, uint32_t after) {
  const double now = coco_seconds();
  if (!after) {
    measured.started = now;
    return;
  }
  if (index < measured.count && now - measured.started < measured.least[index])
    measured.least[index] = now - measured.started;
}

typedef struct loaded {
  const coco_tool *tool;
  const coco_compiled *compiled;
  coco_jit *engine;
  coco_tensor *tensors; /* inputs, then outputs */
  size_t tensor_count;
  void *weights;
  coco_native_scratch scratch;
  coco_native_call *call;
} loaded;

static coco_status add_tensors(loaded *to, const coco_compiled_tensor *from, size_t count, uint64_t seed) {
  coco_context *context = to->tool->context;
  for (size_t i = 0; i < count; ++i) {
    const coco_type *type =
        coco_type_tensor(context, from[i].type->rank, from[i].type->shape, from[i].type->element, NULL);
    coco_tensor *tensor = &to->tensors[to->tensor_count];
    if (!type) return COCO_OUT_OF_MEMORY;
    COCO_TRY(coco_tensor_create(context, type, tensor));
    coco_tensor_randomize(tensor, seed + i);
    ++to->tensor_count;
  }
  return COCO_OK;
}

static coco_status add_memory(loaded *to) {
  const coco_weights *weights = &to->compiled->weights;
  if (weights->size) {
    to->weights = coco_allocate_aligned(&coco_heap, weights->size, COCO_WEIGHTS_ALIGNMENT);
    if (!to->weights) return COCO_OUT_OF_MEMORY;
    coco_weights_copy(weights, to->weights);
  }
  if (!to->compiled->scratch_size) return COCO_OK;
  return coco_native_scratch_create(to->compiled->scratch_size, COCO_MEMORY_ALIGNMENT, &to->scratch);
}

static coco_status make_call(loaded *to, uint64_t address) {
  size_t count = 0;
  const void **pointers = coco_allocate_zeroed(&coco_heap, to->tensor_count + 3, sizeof *pointers);
  if (!pointers) return COCO_OUT_OF_MEMORY;
  while (count < to->tensor_count) {
    pointers[count] = to->tensors[count].data;
    ++count;
  }
  if (to->weights) pointers[count++] = to->weights;
  pointers[count++] = to->scratch.data;
  pointers[count++] = NULL; /* one thread */
  coco_status status = coco_native_call_create((void (*)(void))(uintptr_t)address, pointers, count, &to->call);
  coco_free(&coco_heap, pointers, (to->tensor_count + 3) * sizeof *pointers);
  if (status == COCO_UNSUPPORTED)
    return coco_tool_error(to->tool, "this build cannot run networks: it is without libffi");
  return status;
}

static coco_status load(loaded *to, const char *symbol) {
  const coco_compiled *compiled = to->compiled;
  to->tensors =
      coco_allocate_zeroed(&coco_heap, compiled->input_count + compiled->output_count + 1, sizeof *to->tensors);
  if (!to->tensors) return COCO_OUT_OF_MEMORY;
  COCO_TRY(add_tensors(to, compiled->inputs, compiled->input_count, 0));
  COCO_TRY(add_tensors(to, compiled->outputs, compiled->output_count, 0));
  COCO_TRY(add_memory(to));
  COCO_TRY(coco_jit_create(to->tool->context, coco_buffer_view(&compiled->code), measure_layer, &to->engine));
  const uint64_t address = coco_jit_find(to->engine, symbol);
  return address ? make_call(to, address) : COCO_REPORTED;
}

static void unload(loaded *of) {
  coco_native_call_destroy(of->call);
  coco_native_scratch_free(&of->scratch);
  coco_jit_destroy(of->engine);
  if (of->weights) coco_free_aligned(&coco_heap, of->weights, of->compiled->weights.size, COCO_WEIGHTS_ALIGNMENT);
  for (size_t i = 0; i < of->tensor_count; ++i) coco_tensor_free(of->tool->context, &of->tensors[i]);
  if (of->tensors)
    coco_free(&coco_heap, of->tensors,
              (of->compiled->input_count + of->compiled->output_count + 1) * sizeof *of->tensors);
}

/* ---- Runs ---- */

/* Layers that are calls are in the order of the calls. */
static void take_times(report_variant *variant) {
  size_t call = 0;
  for (size_t i = 0; i < variant->layer_count; ++i)
    if (variant->layers[i].runs) variant->layers[i].milliseconds = 1e3 * measured.least[call++];
}

/* *out_can is false when the processor lacks what the variant needs. */
static coco_status run(const loaded *network, report_variant *variant, size_t runs, bool *out_can) {
  measured.count = network->compiled->layer_count;
  measured.least = coco_allocate_zeroed(&coco_heap, measured.count + 1, sizeof *measured.least);
  if (!measured.least) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < measured.count; ++i) measured.least[i] = 1e30;
  int32_t result = COCO_OBJECT_OK;
  double least = 1e30;
  for (size_t i = 0; i <= runs && result == COCO_OBJECT_OK; ++i) { /* the first warms up the caches, and counts too */
    const double started = coco_seconds();
    result = coco_native_call_run(network->call);
    if (coco_seconds() - started < least) least = coco_seconds() - started;
  }
  *out_can = result != COCO_OBJECT_UNSUPPORTED_PROCESSOR;
  if (result == COCO_OBJECT_OK) {
    take_times(variant);
    variant->runs = runs;
    variant->milliseconds = 1e3 * least;
  }
  coco_free(&coco_heap, measured.least, (measured.count + 1) * sizeof *measured.least);
  measured.least = NULL;
  measured.count = 0;
  return result == COCO_OBJECT_OK || !*out_can ? COCO_OK
                                               : coco_tool_error(network->tool, "the network returned %d: %s",
                                                                 (int)result, coco_native_status_text(result));
}

static size_t count_calls(const report_variant *variant) {
  size_t count = 0;
  for (size_t i = 0; i < variant->layer_count; ++i) count += variant->layers[i].runs;
  return count;
}

static coco_status measure(coco_tool *tool, report_variant *variant, const coco_compile_options *as, size_t runs,
                           bool *out_can) {
  coco_compile_options options = *as;
  coco_compiled compiled;
  options.kind = COCO_EMIT_OBJECT;
  options.weights = COCO_WEIGHTS_EXTERNAL;
  options.weights_path = NULL;
  options.llvm_text = NULL;
  options.observer = NULL;
  options.profile = true;
  options.name = COCO_STRING("measured");
  options.variant = variant->variant->name;
  COCO_TRY(coco_compile(tool->context, variant->loops, &options, &compiled));
  loaded network = {.tool = tool, .compiled = &compiled};
  coco_status status = COCO_OK;
  if (compiled.layer_count != count_calls(variant))
    status = coco_tool_error(tool, "the calls of the loops are not the layers of the plan");
  if (status == COCO_OK) status = load(&network, "measured_run");
  if (status == COCO_OK) status = run(&network, variant, runs, out_can);
  unload(&network);
  coco_compiled_destroy(&compiled);
  return status;
}

coco_status report_keep_loops(report_facts *facts, coco_operation *module, const coco_target_variant *variant) {
  for (size_t i = 0; i < facts->variants.count; ++i)
    if (facts->variants.items[i].variant == variant)
      return coco_operation_clone(module, NULL, &facts->variants.items[i].loops);
  return COCO_OK;
}

coco_status report_measure(coco_tool *tool, report_facts *facts, const coco_compile_options *as, size_t runs) {
  if (!facts->variants.count) return coco_tool_error(tool, "--report-runs: the model came as loops, without layers");
  for (size_t i = 0; i < facts->variants.count; ++i) {
    bool can = true;
    if (!facts->variants.items[i].loops) continue;
    COCO_TRY(measure(tool, &facts->variants.items[i], as, runs, &can));
    if (can) return COCO_OK;
  }
  return coco_tool_error(tool, "--report-runs: this processor lacks instructions that every variant needs");
}
