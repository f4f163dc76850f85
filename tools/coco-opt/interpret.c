/* --interpret: runs functions without arguments and prints what they return, as attributes. */
#include "dialects/func/func.h"
#include "ir/evaluate.h"
#include "tools/coco-opt/opt.h"

/* "@name = value, value", memrefs as the tensors that they hold at the end. */
static coco_status print_results(coco_context *context, const coco_operation *function,
                                 const coco_runtime_value *results, size_t count, coco_buffer *out) {
  coco_print_symbol_name(out, coco_symbol_name(function));
  coco_buffer_text(out, count ? " = " : " returned");
  for (size_t i = 0; i < count; ++i) {
    const coco_attribute *attribute;
    coco_status status = coco_runtime_to_attribute(context, &results[i], COCO_STRING("result"), &attribute);
    if (status == COCO_UNSUPPORTED) return coco_error(context, function->location, "result #%zu cannot be printed", i);
    COCO_TRY(status);
    if (i) coco_buffer_text(out, ", ");
    coco_print_attribute(out, attribute);
  }
  coco_buffer_byte(out, '\n');
  return out->status;
}

static coco_status run_function(coco_evaluation *evaluation, const coco_operation *function, coco_buffer *out) {
  const coco_type *type = COCO_PROPERTY(function, func_func, function_type)->type;
  coco_context *context = coco_evaluation_context(evaluation);
  size_t count = type->result_count;
  if (type->input_count) return coco_operation_error(function, "takes arguments, so it cannot be interpreted here");
  coco_runtime_value *results = coco_allocate_zeroed(&coco_heap, count + 1, sizeof *results);
  if (!results) return COCO_OUT_OF_MEMORY;
  coco_status status = coco_evaluate_function(evaluation, function, NULL, 0, results, count);
  if (status == COCO_OK) status = print_results(context, function, results, count, out);
  for (size_t i = 0; i < count; ++i) coco_runtime_release(&results[i]);
  coco_free(&coco_heap, results, (count + 1) * sizeof *results);
  return status;
}

static bool takes_nothing(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_func_func) && coco_operation_body(operation, 0) &&
         COCO_PROPERTY(operation, func_func, function_type)->type->input_count == 0;
}

/* All functions without arguments, in order; one that fails does not keep the others from running. */
static coco_status run_all(coco_evaluation *evaluation, const coco_operation *module, coco_buffer *out) {
  coco_status result = COCO_OK;
  const coco_block *body = coco_operation_body(module, 0);
  for (const coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next) {
    if (!takes_nothing(operation)) continue;
    coco_status status = run_function(evaluation, operation, out);
    if (status == COCO_OUT_OF_MEMORY) return status;
    if (status != COCO_OK) result = status;
  }
  return result;
}

coco_status opt_interpret(coco_operation *module, const char *what, coco_buffer *out) {
  coco_evaluation *evaluation;
  coco_string name = coco_string_from(what[0] == '@' ? what + 1 : what);
  const coco_operation *function = what[0] == '@' ? coco_symbol_lookup_in(module, name) : NULL;
  bool all = strcmp(what, "all") == 0;
  if (!all && !coco_operation_is(function, &coco_func_func))
    return coco_error(module->context, module->location, "there is no function '%s' to interpret; write @NAME, or all",
                      what);
  COCO_TRY(coco_evaluation_create(module->context, &evaluation));
  coco_status status = all ? run_all(evaluation, module, out) : run_function(evaluation, function, out);
  coco_evaluation_destroy(evaluation);
  return status;
}
