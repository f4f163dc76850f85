/* --report and --print-targets. */
#include <stdio.h>

#include "dialects/lr/blocks.h"
#include "dialects/lr/lr.h"
#include "ir/printer.h"
#include "lowering/winograd_plan.h"
#include "tools/coco-compile/compile.h"
#include "tools/common/planned.h"

typedef struct layer_sizes {
  int64_t multiplications, weight_bytes;
} layer_sizes;

typedef struct report {
  coco_buffer *out;
  layer_sizes total;
  size_t count;
} report;

static int64_t extent(const coco_type *type, uint32_t index) { return index < type->rank ? type->shape[index] : 1; }

/* Multiplications of an inner product for each element of the result, or each transformed one, and of kept weights only
 * where zeros are left out; layouts do not count, nor do rows that a chain computes twice. */
static int64_t multiplications(const coco_operation *layer) {
  if (coco_operation_is(layer, &coco_lr_chain)) {
    int64_t sum = 0;
    for (const coco_operation *inner = coco_operation_body(layer, 0)->first; inner->next; inner = inner->next)
      sum += multiplications(inner);
    return sum;
  }
  int64_t elements = coco_type_element_count(coco_operation_result(layer, 0)->type);
  if (coco_operation_is(layer, &coco_lr_conv)) {
    coco_winograd_plan plan = coco_winograd_plan_of(layer);
    if (plan.algorithm) return plan.positions * plan.tiles * plan.channels * plan.filters;
    const coco_type *weight = COCO_OPERAND(layer, lr_conv, weight)->type;
    return elements * extent(weight, 1) * extent(weight, 2) * extent(weight, 3);
  }
  if (coco_operation_is(layer, &coco_lr_pattern_conv) || coco_lr_is_blocks(layer)) {
    const uint32_t weights = coco_lr_is_blocks(layer) ? COCO_LR_BLOCK_OPERANDS - 1 : COCO_LR_PATTERN_OPERANDS - 1;
    const coco_type *result = coco_operation_result(layer, 0)->type;
    return elements / result->shape[1] * coco_type_element_count(coco_operation_operand(layer, weights)->type);
  }
  if (coco_operation_is(layer, &coco_lr_matmul)) {
    const coco_type *left = COCO_OPERAND(layer, lr_matmul, a)->type;
    return elements * extent(left, left->rank - 1);
  }
  return 0;
}

static int64_t weight_bytes(const coco_operation *layer) {
  int64_t sum = 0;
  for (uint32_t i = 0; i < layer->operand_count; ++i) {
    const coco_value *value = coco_operation_operand(layer, i);
    int64_t bytes = coco_value_constant(value) ? coco_type_byte_count(value->type) : 0;
    if (bytes > 0) sum += bytes;
  }
  return sum;
}

static coco_string keyword(const coco_operation *layer, const char *name) {
  const coco_attribute *value = coco_operation_get(layer, coco_string_from(name));
  return coco_attribute_is(value, COCO_ATTRIBUTE_STRING) ? value->text : (coco_string){"", 0};
}

/* "columns=8 filters=2" */
static void schedule(coco_buffer *out, const coco_operation *layer) {
  const coco_attribute *tuning = coco_operation_get(layer, COCO_STRING("tuning"));
  if (!coco_attribute_is(tuning, COCO_ATTRIBUTE_DIALECT)) return;
  for (size_t i = 0; i < tuning->definition->parameter_count; ++i)
    if (tuning->elements[i])
      coco_buffer_format(out, " %s=%lld", tuning->definition->parameters[i].name,
                         (long long)tuning->elements[i]->integer);
}

static void shape_text(char *out, size_t size, const coco_type *type) {
  size_t used = 0;
  out[0] = '\0';
  for (uint32_t i = 0; i < type->rank && used + 24 < size; ++i)
    used += (size_t)snprintf(out + used, size - used, "%s%lld", i ? "x" : "", (long long)type->shape[i]);
}

static bool is_layer(const coco_operation *operation) {
  return coco_string_starts_with(coco_operation_name(operation), COCO_STRING("lr.")) && operation->result_count == 1;
}

static coco_walk_result add_layer(coco_operation *operation, void *user) {
  report *to = user;
  if (!is_layer(operation)) return COCO_WALK_ON;
  char shape[96];
  shape_text(shape, sizeof shape, coco_operation_result(operation, 0)->type);
  coco_string name = coco_location_layer(operation->location), kind = coco_operation_name(operation);
  coco_string storage = keyword(operation, "storage");
  if (!storage.size) storage = keyword(operation, "kind");
  layer_sizes sizes = {multiplications(operation), weight_bytes(operation)};
  if (name.size > 40) name.size = 40;
  coco_buffer_format(to->out, "%4zu  %-40.*s %-12.*s %-9.*s %-18s %12lld %12lld ", ++to->count, COCO_PRINT(name),
                     COCO_PRINT(kind), COCO_PRINT(storage), shape, (long long)sizes.multiplications,
                     (long long)sizes.weight_bytes);
  schedule(to->out, operation);
  coco_buffer_text(to->out, "\n");
  to->total.multiplications += sizes.multiplications;
  to->total.weight_bytes += sizes.weight_bytes;
  return COCO_WALK_SKIP;
}

/* ---- The memory plan ---- */

/* Layers are numbered as in the table above: lr operations of the entry, from 1. */
static size_t layer_number(const coco_planned *planned, int64_t step) {
  size_t number = 0;
  for (const coco_operation *operation = coco_operation_body(planned->entry, 0)->first;
       operation && (int64_t)operation->order <= step; operation = operation->next)
    number += is_layer(operation);
  return number;
}

static void add_value(coco_buffer *out, const coco_planned *planned, const coco_operation *layer) {
  const coco_value *value = coco_operation_result(layer, 0);
  const coco_place *place = coco_entry_plan_place(&planned->plan, value);
  coco_string name = coco_location_layer(layer->location);
  if (name.size > 40) name.size = 40;
  coco_buffer_format(out, "%4zu  %-40.*s %12lld ", layer_number(planned, layer->order), COCO_PRINT(name),
                     (long long)coco_layer_bytes(value));
  if (!place || place->kind != COCO_PLACE_ARENA) {
    coco_buffer_text(out, place && place->kind == COCO_PLACE_OUTPUT ? "      output\n" : "       input\n");
    return;
  }
  const coco_memory_request *buffer = &planned->plan.buffers[place->index];
  coco_buffer_format(out, "%12lld %6zu %6zu%s\n", (long long)(buffer->offset + place->offset),
                     layer_number(planned, buffer->first), layer_number(planned, buffer->last),
                     place->is_alias ? "  view" : "");
}

static coco_status report_memory(coco_buffer *out, coco_operation *module) {
  coco_planned planned;
  COCO_TRY(coco_planned_make(module, &planned));
  coco_buffer_format(out, "%4s  %-40s %12s %12s %6s %6s\n", "#", "value of layer", "bytes", "offset", "first", "last");
  for (const coco_operation *operation = coco_operation_body(planned.entry, 0)->first; operation;
       operation = operation->next)
    if (is_layer(operation)) add_value(out, &planned, operation);
  int64_t arena = planned.plan.arena_size, alive = coco_memory_alive(planned.plan.buffers, planned.plan.buffer_count);
  coco_buffer_format(out, "predicted peak %lld bytes, %.3f times the most that live at once: %lld bytes\n",
                     (long long)arena, alive > 0 ? (double)arena / (double)alive : 1.0, (long long)alive);
  coco_planned_destroy(&planned);
  return out->status;
}

/* Freedoms that --fp=fast took: a storage that rounds otherwise than the sum in stored order. */
static coco_walk_result count_freedom(coco_operation *operation, void *user) {
  report *to = user;
  if (!coco_operation_is(operation, &coco_lr_conv)) return COCO_WALK_ON;
  to->count += coco_winograd_of_storage(COCO_PROPERTY(operation, lr_conv, storage)->text) != NULL;
  return COCO_WALK_SKIP;
}

static void report_freedoms(coco_buffer *out, coco_operation *module) {
  report to = {.out = out};
  coco_operation_walk(module, COCO_PRE_ORDER, count_freedom, &to);
  if (to.count)
    coco_buffer_format(out, "fp: %zu convolutions by Winograd's algorithm, which rounds otherwise (--fp=strict forbids it)\n",
                       to.count);
  else
    coco_buffer_text(out, "fp: the bits of the evaluation in stored order\n");
}

coco_status compile_report_layers(coco_buffer *out, coco_operation *module, const coco_target_variant *variant) {
  report to = {.out = out};
  coco_buffer_format(out, "variant %s\n%4s  %-40s %-12s %-9s %-18s %12s %12s  %s\n", variant->name, "#", "layer",
                     "kind", "storage", "shape", "MACs", "weight bytes", "schedule");
  coco_operation_walk(module, COCO_PRE_ORDER, add_layer, &to);
  coco_buffer_format(out, "%4s  %-40s %-12s %-9s %-18s %12lld %12lld\n", "", "total", "", "", "",
                     (long long)to.total.multiplications, (long long)to.total.weight_bytes);
  compile_report_choices(out, module);
  report_freedoms(out, module);
  return report_memory(out, module);
}

void compile_report_end(coco_buffer *out, const coco_compiled *compiled) {
  coco_buffer_format(out, "arena %llu bytes, weights %llu bytes, code %zu bytes, schedule %s\n",
                     (unsigned long long)compiled->scratch_size, (unsigned long long)compiled->weights.size,
                     compiled->code.size, compiled->schedule_hash);
}

void compile_print_targets(void) {
  for (size_t i = 0; coco_targets[i]; ++i) {
    const coco_target_description *description = coco_target_describe(coco_targets[i]);
    if (!description) continue;
    printf("%s", description->name);
    if (description->aliases) printf(" (also %s)", description->aliases);
    printf(": %s\n", description->documentation ? description->documentation : "");
    if (description->triple) printf("  triple    %s\n", description->triple);
    for (size_t v = 0; v < description->variant_count; ++v)
      printf("  variant   %-10s needs %s\n", description->variants[v].name, description->variants[v].requirements);
    if (coco_targets[i]->cores) printf("  --cpu    ");
    for (size_t c = 0; coco_targets[i]->cores && coco_targets[i]->cores[c]; ++c)
      printf(" %s", coco_targets[i]->cores[c]);
    if (coco_targets[i]->cores) printf("\n");
  }
}
