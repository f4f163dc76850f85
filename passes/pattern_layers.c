/* What passes over pattern.conv share; see the header. */
#include "passes/pattern_layers.h"

#include <string.h>

#include "dialects/func/func.h"
#include "dialects/graph/graph.h"

coco_status coco_visit_layers(coco_pass *pass, coco_operation *module, coco_layer_visitor visit, void *user) {
  coco_block *body = coco_operation_body(module, 0);
  for (coco_operation *function = body ? body->first : NULL; function; function = function->next) {
    if (!coco_operation_is(function, &coco_func_func)) continue;
    for (coco_block *block = coco_operation_region(function, 0)->first; block; block = block->next)
      for (coco_operation *operation = block->first, *next; operation; operation = next) {
        next = operation->next;
        COCO_TRY(visit(pass, operation, user));
      }
  }
  return COCO_OK;
}

static coco_status erase_dead_constant(coco_pass *pass, coco_operation *operation, void *user) {
  (void)pass, (void)user;
  if (coco_operation_is(operation, &coco_graph_constant) && coco_value_is_unused(&operation->results[0]))
    coco_operation_erase(operation);
  return COCO_OK;
}

coco_status coco_erase_dead_constants(coco_pass *pass, coco_operation *module) {
  return pass->changed ? coco_visit_layers(pass, module, erase_dead_constant, NULL) : COCO_OK;
}

coco_status coco_change_layers(coco_pass *pass, coco_operation *module, coco_layer_visitor visit, void *user) {
  COCO_TRY(coco_visit_layers(pass, module, visit, user));
  return coco_erase_dead_constants(pass, module);
}

static coco_status visit_pattern(coco_pass *pass, coco_operation *operation, void *user) {
  const coco_pattern_visitor *visit = user;
  if (!coco_operation_is(operation, &coco_pattern_conv)) return COCO_OK;
  coco_arena arena = {.allocator = coco_context_allocator(pass->context)};
  coco_fkw fkw;
  bool known;
  coco_status status = coco_pattern_layer_read(operation, &arena, &fkw, &known);
  if (status == COCO_OK && known) status = (*visit)(pass, operation, &fkw, &arena);
  coco_arena_destroy(&arena);
  return status;
}

coco_status coco_visit_patterns(coco_pass *pass, coco_operation *module, coco_pattern_visitor visit) {
  return coco_change_layers(pass, module, visit_pattern, &visit);
}

coco_status coco_constant_floats(const coco_value *value, coco_arena *arena, const float **out) {
  const coco_attribute *constant = coco_value_constant(value);
  bool splat;
  *out = NULL;
  if (!coco_attribute_is_elements(constant) || !coco_type_is_float(constant->type->element) ||
      constant->type->element->format != COCO_F32)
    return COCO_OK;
  const void *data = coco_elements_data(constant, &splat);
  const int64_t count = coco_type_element_count(constant->type);
  if (!data || count < 1) return COCO_OK;
  if (!splat && (uintptr_t)data % sizeof(float) == 0) {
    *out = data;
    return COCO_OK;
  }
  float *copy = coco_arena_allocate(arena, (size_t)count * sizeof *copy);
  if (!copy) return COCO_OUT_OF_MEMORY;
  if (!splat) memcpy(copy, data, (size_t)count * sizeof *copy);
  for (int64_t i = 0; splat && i < count; ++i) memcpy(&copy[i], data, sizeof *copy);
  *out = copy;
  return COCO_OK;
}

coco_status coco_pattern_layer_read(const coco_operation *conv, coco_arena *arena, coco_fkw *out, bool *out_known) {
  coco_value *values[COCO_PATTERN_ARRAYS];
  for (size_t i = 0; i < COCO_PATTERN_ARRAYS; ++i) values[i] = conv->operands[i + 1].value;
  return coco_pattern_read_constants(conv, values, arena, out, out_known);
}

coco_status coco_pattern_layer_write(coco_operation *conv, const coco_fkw *fkw) {
  coco_value *arrays[COCO_PATTERN_ARRAYS];
  coco_builder builder = coco_builder_before(conv);
  const coco_attribute *filters = coco_attribute_i64(conv->context, fkw->shape.filters),
                       *span = coco_attribute_i64(conv->context, fkw->shape.span);
  if (!filters || !span) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_pattern_build_arrays(&builder, fkw, coco_location_layer(conv->location), arrays));
  for (size_t i = 0; i < COCO_PATTERN_ARRAYS; ++i) coco_operation_set_operand(conv, i + 1, arrays[i]);
  coco_operation_set_property(conv, COCO_PROPERTY_INDEX(pattern_conv, filters), filters);
  coco_operation_set_property(conv, COCO_PROPERTY_INDEX(pattern_conv, span), span);
  return COCO_OK;
}

coco_status coco_pattern_layer_build(coco_builder *builder, const coco_operation *window_of,
                                     const coco_attribute *symbol, const coco_attribute *kernel, const coco_fkw *fkw,
                                     coco_value **out) {
  coco_value *arrays[COCO_PATTERN_ARRAYS];
  COCO_TRY(coco_pattern_build_arrays(builder, fkw, coco_location_layer(window_of->location), arrays));
  coco_value *bias = COCO_OPERAND(window_of, graph_conv, bias);
  const coco_attribute *filters = coco_attribute_i64(builder->context, fkw->shape.filters),
                       *span = coco_attribute_i64(builder->context, fkw->shape.span);
  if (!filters || !span) return COCO_OUT_OF_MEMORY;
  *out = coco_build_value(
      builder, &(coco_operation_state){
                   .definition = &coco_pattern_conv,
                   .operands = (coco_value *const[]){window_of->operands[0].value, arrays[0], arrays[1], arrays[2],
                                                     arrays[3], arrays[4], bias},
                   .operand_count = bias ? 7 : 6,
                   COCO_WITH_ATTRIBUTES(COCO_NAMED("set", symbol), COCO_NAMED("kernel", kernel),
                                        COCO_NAMED("strides", COCO_PROPERTY(window_of, graph_conv, strides)),
                                        COCO_NAMED("pads", COCO_PROPERTY(window_of, graph_conv, pads)),
                                        COCO_NAMED("dilations", COCO_PROPERTY(window_of, graph_conv, dilations)),
                                        COCO_NAMED("group", COCO_PROPERTY(window_of, graph_conv, group)),
                                        COCO_NAMED("filters", filters), COCO_NAMED("span", span))});
  return builder->status;
}
