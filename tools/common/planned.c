/* See planned.h. Cost: a copy of the module; weights are shared. */
#include "tools/common/planned.h"

#include "dialects/func/func.h"
#include "dialects/lr/layout.h"
#include "ir/context.h"

coco_status coco_planned_make(coco_operation *module, coco_planned *out) {
  *out = (coco_planned){.scratch.allocator = coco_context_allocator(module->context)};
  COCO_TRY(coco_operation_clone(module, NULL, &out->module));
  out->entry = coco_symbol_lookup_in(out->module, COCO_STRING("main"));
  coco_status status = COCO_OK;
  if (!coco_operation_is(out->entry, &coco_func_func))
    status = coco_error(module->context, module->location, "the module has no function @main");
  if (status == COCO_OK) status = coco_entry_own_results(out->entry);
  if (status == COCO_OK) status = coco_entry_plan_make(out->entry, &out->scratch, &out->plan);
  if (status != COCO_OK) {
    coco_operation_erase(out->module);
    coco_arena_destroy(&out->scratch);
    *out = (coco_planned){0};
  }
  return status;
}

void coco_planned_destroy(coco_planned *planned) {
  if (!planned->module) return;
  coco_entry_plan_free(&planned->plan);
  coco_operation_erase(planned->module);
  coco_arena_destroy(&planned->scratch);
  *planned = (coco_planned){0};
}

bool coco_planned_runs(const coco_planned *planned, const coco_operation *operation) {
  if (operation->result_count != 1 || coco_operation_has_trait(operation, COCO_CONSTANT_LIKE)) return false;
  const coco_value *result = coco_operation_result(operation, 0);
  const coco_place *place = coco_entry_plan_place(&planned->plan, result);
  return place && !place->is_alias && !coco_value_is_unused(result);
}

void coco_layer_kind(coco_buffer *out, const coco_operation *layer) {
  coco_buffer_string(out, coco_operation_name(layer));
  const coco_attribute *value = coco_operation_get(layer, COCO_STRING("storage"));
  if (!coco_attribute_is(value, COCO_ATTRIBUTE_STRING)) value = coco_operation_get(layer, COCO_STRING("kind"));
  if (!coco_attribute_is(value, COCO_ATTRIBUTE_STRING)) return;
  coco_buffer_byte(out, ' ');
  coco_buffer_string(out, value->text);
}

int64_t coco_layer_bytes(const coco_value *value) {
  const coco_type *type = value->type;
  if (type->kind == COCO_TYPE_TENSOR && type->encoding) {
    const coco_type *memref = coco_lr_physical_memref(coco_value_operation(value)->context, type);
    if (memref) type = memref;
  }
  int64_t bytes = coco_type_has_static_shape(type) ? coco_type_byte_count(type) : 0;
  return bytes > 0 ? bytes : 0;
}
