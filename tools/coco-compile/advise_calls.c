/* Calls: what becomes of rows in a lowered network. Linear in its layers, times the rows. */
#include <stdio.h>

#include "dialects/lr/chain.h"
#include "dialects/lr/lr.h"
#include "lowering/layer_choice.h"
#include "lowering/lr_predict.h"
#include "lowering/target.h"
#include "targets/measure.h"
#include "tools/coco-compile/advise.h"
#include "tools/common/planned.h"

static void add_row(const advise_job *job, const coco_operation *operation, advise_call *call) {
  const size_t row = advise_find_row(job, coco_location_layer(operation->location));
  for (size_t i = 0; i < call->row_count; ++i)
    if (call->rows[i] == row) return;
  if (row < job->row_count && call->row_count < ADVISE_MAXIMUM_JOINED) call->rows[call->row_count++] = (uint16_t)row;
}

static void set_reason(advise_call *call, coco_string reason) {
  snprintf(call->reason, sizeof call->reason, "%.*s", COCO_PRINT(reason));
}

static coco_status take_call(const advise_job *job, const coco_operation *layer, advise_call *call) {
  coco_buffer kind = COCO_BUFFER(job->arena.allocator);
  coco_layer_kind(&kind, layer);
  const coco_status status = kind.status;
  snprintf(call->kind, sizeof call->kind, "%.*s", COCO_PRINT(coco_buffer_view(&kind)));
  coco_buffer_free(&kind);
  add_row(job, layer, call);
  coco_layer_choice choice;
  if (coco_layer_choice_of(layer, &choice)) set_reason(call, choice.reason);
  if (!coco_operation_is(layer, &coco_lr_chain)) return status;
  const coco_lr_chain_layers parts = coco_lr_chain_of(layer);
  if (parts.before) add_row(job, parts.before, call);
  add_row(job, parts.depthwise, call);
  if (parts.after) add_row(job, parts.after, call);
  return status;
}

coco_status advise_predict(const advise_job *job, coco_operation *module, advise_calls *out) {
  coco_arena scratch = {.allocator = job->arena.allocator};
  coco_lr_prediction made;
  const double per_ms = 1e3 * (double)coco_target_figure(module, "megahertz", 3000);
  coco_status status = coco_lr_predict(module, job->options->compile.strict, &scratch, &made);
  out->count = 0;
  out->ms = made.cycles / per_ms;
  for (size_t i = 0; i < made.count && status == COCO_OK; ++i) {
    if (out->count == ADVISE_MAXIMUM_CALLS)
      status = COCO_UNSUPPORTED;
    else
      status = take_call(job, made.layers[i].operation, &out->items[out->count++]);
    if (status != COCO_OK) break;
    advise_call *call = &out->items[out->count - 1];
    call->ms = made.layers[i].cycles / per_ms;
    if (made.layers[i].dense) snprintf(call->kind, sizeof call->kind, "lr.conv");
    set_reason(call, made.layers[i].reason);
  }
  coco_arena_destroy(&scratch);
  return status;
}

/* What was measured of the layer that CALL stands for, if it was. */
static void take_measured(advise_call *call, const coco_operation *layer, double model_ms, bool dense) {
  coco_layer_times times;
  if (!coco_layer_measured(layer, &times)) return;
  call->ms = dense ? times.dense_ms : times.sparse_ms;
  call->model_ms = model_ms;
}

coco_status advise_predict_by_layers(const advise_job *job, coco_operation *module, advise_calls *out) {
  static const double limit = 8;
  const coco_measure_options options = {.target = job->options->compile.target,
                                        .variant = job->variant->name,
                                        .strict = job->options->compile.strict,
                                        .passes = job->options->compile.passes,
                                        .limit = limit};
  coco_arena scratch = {.allocator = job->arena.allocator};
  coco_measured_layers *known = NULL;
  coco_lr_prediction made;
  COCO_TRY(advise_predict(job, module, out));
  coco_status status = coco_measured_layers_create(module->context, &known);
  if (status == COCO_OK) status = coco_measure_layers(module, &options, COCO_MEASURE_ALL, known, NULL);
  coco_measured_layers_destroy(known);
  if (status == COCO_OK) status = coco_lr_predict(module, options.strict, &scratch, &made);
  for (size_t i = 0; status == COCO_OK && i < made.count && i < out->count; ++i) {
    advise_call *call = &out->items[i];
    take_measured(call, made.layers[i].operation, call->ms, made.layers[i].dense);
    if (made.layers[i].dense) snprintf(call->kind, sizeof call->kind, "lr.conv");
    set_reason(call, made.layers[i].reason);
  }
  coco_arena_destroy(&scratch);
  return status;
}

coco_status advise_take_calls(const advise_job *job, coco_operation *module, advise_calls *out) {
  coco_planned planned;
  COCO_TRY(coco_planned_make(module, &planned));
  coco_status status = COCO_OK;
  out->count = 0;
  for (const coco_operation *layer = coco_operation_body(planned.entry, 0)->first; layer && status == COCO_OK;
       layer = layer->next) {
    if (!coco_planned_runs(&planned, layer)) continue;
    if (out->count == ADVISE_MAXIMUM_CALLS)
      status = COCO_UNSUPPORTED;
    else
      status = take_call(job, layer, &out->items[out->count++]);
  }
  coco_planned_destroy(&planned);
  return status;
}
