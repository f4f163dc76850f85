/* What layers take when the network runs on this machine: the loops that the object was made of are compiled once more,
 * with a call of ours around each layer, loaded into this process and run on made-up inputs in one thread. */
#include <stdio.h>

#include "coco/object.h"
#include "tools/coco-compile/loaded.h"
#include "tools/coco-compile/report.h"
#include "tools/common/progress.h"

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

/* ---- Runs ---- */

/* Layers that are calls are in the order of the calls. */
static void take_times(report_variant *variant) {
  size_t call = 0;
  for (size_t i = 0; i < variant->layer_count; ++i)
    if (variant->layers[i].runs) variant->layers[i].milliseconds = 1e3 * measured.least[call++];
}

static size_t count_calls(const report_variant *variant) {
  size_t count = 0;
  for (size_t i = 0; i < variant->layer_count; ++i) count += variant->layers[i].runs;
  return count;
}

/* *out_can is false when the processor lacks what the variant needs. */
static coco_status run(const loaded_network *network, const coco_tool *tool, report_variant *variant, size_t runs,
                       bool *out_can) {
  measured.count = count_calls(variant);
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
  return result == COCO_OBJECT_OK || !*out_can
             ? COCO_OK
             : coco_tool_error(tool, "the network returned %d: %s", (int)result, coco_native_status_text(result));
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
  loaded_network network = {.call = NULL};
  coco_status status = COCO_OK;
  if (compiled.layer_count != count_calls(variant))
    status = COCO_INVALID_ARGUMENT; /* the loops are not those of the plan */
  if (status == COCO_OK) status = loaded_make(tool, &compiled, "measured_run", measure_layer, &network);
  if (status == COCO_OK) status = run(&network, tool, variant, runs, out_can);
  loaded_destroy(&network);
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
