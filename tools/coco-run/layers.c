/* --compare-layers: the values of all layers on two targets, to find where they part.
 *
 * After graph-optimize, every value at the top of @main that is no constant becomes a result of @main, so that both targets
 * compute the same layers and give each away. Each target works on what it computed itself: differences add up, and the first
 * layer beyond the tolerance is where to look. Values that are given away take no part in what joins layers below the graph
 * (buffers shared between them, copies left out), so an error of that kind may go away here. Cost: memory for all values, twice. */
#include <math.h>
#include <stdio.h>

#include "api/registry.h"
#include "dialects/func/func.h"
#include "dialects/graph/graph.h"
#include "ir/printer.h"
#include "tools/coco-run/run.h"

/* ---- Giving every value away ---- */

static bool is_graph(coco_operation *entry) {
  for (const coco_operation *operation = coco_operation_body(entry, 0)->first; operation; operation = operation->next)
    if (coco_string_starts_with(coco_operation_name(operation), COCO_STRING("lr."))) return false;
  return true;
}

/* "graph.conv +2": a group by its first member and how many follow. */
static coco_string name_kind(const coco_operation *operation) {
  const coco_block *body = coco_operation_is(operation, &coco_graph_fused) ? coco_operation_body(operation, 0) : NULL;
  if (!body || !body->first) return coco_operation_name(operation);
  size_t more = 0;
  for (const coco_operation *member = body->first->next; member && member->next; member = member->next) ++more;
  char text[96];
  snprintf(text, sizeof text, "%.*s +%zu", COCO_PRINT(coco_operation_name(body->first)), more);
  return coco_context_intern(operation->context, coco_string_from(text));
}

static coco_status add_value(run_values *values, coco_value *value, size_t output) {
  const coco_operation *operation = coco_value_operation(value);
  if (values->count == values->capacity) COCO_TRY(coco_vector_grow(&coco_heap, &values->items, &values->capacity, sizeof *values->items, values->count + 1));
  run_layer layer = {.name = coco_location_layer(operation->location), .kind = name_kind(operation)};
  values->items[values->count++] = (run_value){layer, output};
  return layer.kind.data ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* Whether VALUE is something that a target computes and a caller can have. */
static bool is_computed(const coco_value *value) {
  return value->type->kind == COCO_TYPE_TENSOR && coco_type_has_static_shape(value->type) && !coco_value_constant(value);
}

/* OUT receives the operands of RETURNED, then all values that are not among them; it has room for ROOM. */
static coco_status list_results(coco_operation *returned, run_values *values, coco_value **out, size_t room, size_t *out_count) {
  size_t count = returned->operand_count;
  for (size_t i = 0; i < count; ++i) out[i] = coco_operation_operand(returned, i);
  for (coco_operation *operation = returned->block->first; operation; operation = operation->next)
    for (size_t i = 0; i < operation->result_count; ++i) {
      coco_value *value = coco_operation_result(operation, i);
      size_t place = 0;
      if (!is_computed(value)) continue;
      while (place < count && out[place] != value) ++place;
      if (place == room) return coco_operation_error(returned->block->first, "--compare-layers: the model has more than %zu values", room);
      if (place == count) out[count++] = value;
      COCO_TRY(add_value(values, value, place));
    }
  *out_count = count;
  return COCO_OK;
}

static coco_status set_results(coco_operation *entry, coco_operation *returned, coco_value *const *results, size_t count) {
  const coco_type *types[COCO_MODEL_MAXIMUM_TENSORS];
  for (size_t i = 0; i < count; ++i) types[i] = results[i]->type;
  const coco_type *old = COCO_PROPERTY(entry, func_func, function_type)->type;
  const coco_type *type = coco_type_function(entry->context, old->inputs, old->input_count, types, count);
  const coco_attribute *attribute = type ? coco_attribute_type(entry->context, type) : NULL;
  if (!attribute) return COCO_OUT_OF_MEMORY;
  coco_operation_set_property(entry, COCO_PROPERTY_INDEX(func_func, function_type), attribute);
  COCO_TRY(coco_operation_set(entry, COCO_STRING("coco.outputs"), NULL)); /* the names are of fewer */
  return coco_operation_set_operands(returned, results, count, NULL);
}

coco_status run_expose_values(run_network *network, coco_operation *module) {
  coco_operation *entry = coco_model_entry(module);
  if (!entry) return COCO_REPORTED;
  if (coco_model_is_loops(module) || !is_graph(entry)) return coco_tool_error(&network->job->tool, "--compare-layers: the model is below the graph level");
  COCO_TRY(coco_run_pipeline(module->context, coco_all_passes(), "graph-optimize", module));
  coco_operation *returned = coco_block_terminator(coco_operation_body(entry, 0));
  if (!returned || returned->operand_count > COCO_MODEL_MAXIMUM_TENSORS) return coco_tool_error(&network->job->tool, "--compare-layers: @main cannot have more results");
  coco_value *results[COCO_MODEL_MAXIMUM_TENSORS];
  size_t count = 0;
  network->values.count = 0;
  COCO_TRY(list_results(returned, &network->values, results, COCO_MODEL_MAXIMUM_TENSORS, &count));
  return set_results(entry, returned, results, count);
}

void run_values_clear(run_values *values) {
  coco_free(&coco_heap, values->items, values->capacity * sizeof *values->items);
  *values = (run_values){0};
}

/* ---- The table ---- */

typedef struct distance {
  double absolute, relative, ulp;
  bool agree;
} distance;

/* Relative: of the largest number of the reference. ULP: of each number itself. */
static distance measure(const run_job *job, const coco_tensor *is, const coco_tensor *expected) {
  distance out = {0};
  const coco_type *element = expected->type->element;
  size_t size = coco_type_element_size(element);
  double largest = 0;
  out.agree = run_tensors_agree(job, is, expected, &out.absolute);
  for (size_t at = 0; size && at + size <= expected->size && at + size <= is->size; at += size) {
    double x = coco_element_read_real(element, is->data + at), y = coco_element_read_real(element, expected->data + at);
    double unit = run_ulp(element, y), error = fabs(x - y);
    if (fabs(y) > largest && isfinite(y)) largest = fabs(y);
    if (x != y && isfinite(error) && unit > 0 && error / unit > out.ulp) out.ulp = error / unit;
  }
  out.relative = out.absolute == 0 ? 0 : out.absolute / largest;
  return out;
}

static void print_row(const run_value *value, const coco_tensor *tensor, const distance *found, bool first) {
  char type[128];
  coco_type_text(tensor->type, type, sizeof type);
  printf("%11.3g %11.3g %11.3g  %-24.*s %-24s %.*s%s\n", found->absolute, found->relative, found->ulp, COCO_PRINT(value->layer.kind), type, COCO_PRINT(value->layer.name),
         first ? "  <- they part here" : found->agree ? "" : "  beyond the tolerance");
}

/* Returns COCO_REPORTED when a layer is beyond the tolerance. */
static coco_status print_table(run_job *job, const char *target, const run_network *network, const run_tensors *is, const run_tensors *expected) {
  const char *own = job->options.target ? job->options.target : "host";
  const run_value *first = NULL;
  size_t beyond = 0;
  printf("%11s %11s %11s  %-24s %-24s %s\n", "[largest]", "[relative]", "[ULP]", "[node type]", "[type]", "[Name]");
  for (size_t i = 0; i < network->values.count; ++i) {
    const run_value *value = &network->values.items[i];
    distance found = measure(job, &is->items[value->output], &expected->items[value->output]);
    print_row(value, &is->items[value->output], &found, !found.agree && !first);
    if (!found.agree && !first) first = value;
    beyond += !found.agree;
  }
  if (!first) {
    printf("%s agrees with %s in all %zu layers\n", own, target, network->values.count);
    return COCO_OK;
  }
  printf("%s and %s part at layer '%.*s' (%.*s); %zu of %zu layers are beyond the tolerance\n", own, target, COCO_PRINT(first->layer.name), COCO_PRINT(first->layer.kind), beyond,
         network->values.count);
  return COCO_REPORTED;
}

coco_status run_compare_layers(run_job *job, const run_network *network, const run_tensors *inputs, const run_tensors *outputs) {
  const char *target = job->options.compare_layers;
  const coco_type *types[COCO_MODEL_MAXIMUM_TENSORS];
  run_tensors expected = {.count = 0};
  run_network reference;
  for (size_t i = 0; i < inputs->count; ++i) types[i] = inputs->items[i].type;
  COCO_TRY(run_network_choose(job, target, &reference));
  coco_status status = run_network_prepare(&reference, types, inputs->count);
  if (status == COCO_OK) status = reference.backend->execute(&reference, inputs, &expected, 1, NULL);
  if (status == COCO_OK && expected.count != outputs->count) status = COCO_INVALID_ARGUMENT; /* one model has as many values everywhere */
  if (status == COCO_OK) status = print_table(job, target, network, outputs, &expected);
  run_tensors_free(job, &expected);
  run_network_destroy(&reference);
  return status;
}
