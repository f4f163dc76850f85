/* See lr_predict.h. Cost: that of a plan. */
#include "lowering/lr_predict.h"

#include "dialects/func/func.h"
#include "lowering/layer_choice.h"
#include "lowering/lr_schedule.h"

/* What is said of the layer of PAIR. */
static coco_status explain(const coco_schedule_pair *pair, const coco_schedule_freedom *freedom,
                           coco_lr_layer_cycles *layer) {
  coco_layer_choice choice;
  COCO_TRY(coco_schedule_pair_record(pair, freedom));
  layer->dense = pair->taken->dense != NULL;
  if (coco_layer_choice_of(layer->dense ? pair->dense : pair->layer, &choice)) layer->reason = choice.reason;
  return COCO_OK;
}

static coco_status explain_pairs(const coco_schedule_plan *plan, const coco_schedule_freedom *freedom,
                                 coco_lr_prediction *out) {
  for (size_t i = 0; i < plan->pairs.count; ++i)
    for (size_t k = 0; k < out->count; ++k)
      if (out->layers[k].operation == plan->pairs.items[i].layer)
        COCO_TRY(explain(&plan->pairs.items[i], freedom, &out->layers[k]));
  return COCO_OK;
}

coco_status coco_lr_predict(coco_operation *module, bool strict, coco_arena *arena, coco_lr_prediction *out) {
  coco_schedule_freedom freedom = {.strict = strict, .sparse = COCO_SPARSE_AUTO};
  coco_schedule_plan plan;
  coco_operation *entry = coco_symbol_lookup_in(module, COCO_STRING("main"));
  coco_block *body = coco_operation_is(entry, &coco_func_func) ? coco_operation_body(entry, 0) : NULL;
  *out = (coco_lr_prediction){0};
  if (!body) return coco_error(module->context, module->location, "the module has no function @main");
  size_t count = 1;
  for (const coco_operation *operation = body->first; operation; operation = operation->next) ++count;
  out->layers = coco_arena_allocate_zeroed(arena, count, sizeof *out->layers);
  if (!out->layers) return COCO_OUT_OF_MEMORY;
  coco_schedule_freedom_of(module, &freedom);
  COCO_TRY(coco_schedule_plan_make(body, &freedom, &plan));
  out->cycles = plan.cycles;
  for (const coco_operation *operation = body->first; operation; operation = operation->next) {
    const coco_schedule_choice *choice = coco_pointer_map_get(&plan.choices, operation);
    if (choice && operation->result_count == 1 && !coco_operation_has_trait(operation, COCO_CONSTANT_LIKE))
      out->layers[out->count++] = (coco_lr_layer_cycles){.operation = operation, .cycles = choice->cycles};
  }
  const coco_status status = explain_pairs(&plan, &freedom, out);
  coco_schedule_plan_free(&plan);
  return status;
}
