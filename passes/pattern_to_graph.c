/* pattern-to-graph: convolutions with patterns become dense ones again.
 *
 *   pattern.conv(x, fkw, b) = conv(x, dense(fkw), b)
 *
 * Kept weights keep their bits, the others are +0.0. What has arrays that are no constants stays. Runs before
 * graph-fuse. Linear in the dense weights. */
#include "dialects/graph/graph.h"
#include "passes/passes.h"
#include "passes/pattern_layers.h"

enum { CONVERTED };
static const char *const statistics[] = {"convolutions converted"};

/* [filters, channels / group, kernel...] */
static const coco_type *weight_type(const coco_operation *conv, const coco_fkw_shape *shape) {
  const coco_attribute *kernel = COCO_PROPERTY(conv, pattern_conv, kernel);
  int64_t extents[5] = {shape->filters, shape->channels};
  for (size_t i = 0; i < kernel->count; ++i) extents[i + 2] = coco_attribute_i64s(kernel)[i];
  return coco_type_tensor(conv->context, kernel->count + 2, extents, conv->operands[0].value->type->element, NULL);
}

static coco_status build_weight(coco_builder *builder, const coco_operation *conv, const coco_fkw *fkw,
                                coco_arena *arena, coco_value **out) {
  const coco_type *type = weight_type(conv, &fkw->shape);
  const coco_attribute *attribute;
  if (!type) return COCO_OUT_OF_MEMORY;
  float *dense = coco_arena_allocate(arena, (size_t)coco_type_byte_count(type));
  if (!dense) return COCO_OUT_OF_MEMORY;
  coco_fkw_to_dense(fkw, dense);
  const coco_runtime_value tensor = {.type = type, .data = dense};
  const coco_string layer = coco_location_layer(conv->location);
  COCO_TRY(coco_runtime_to_attribute(conv->context, &tensor, layer.size ? layer : COCO_STRING("weight"), &attribute));
  *out = coco_graph_build_constant(builder, attribute);
  return builder->status;
}

static coco_status replace(coco_operation *conv, const coco_fkw *fkw, coco_arena *arena) {
  coco_builder builder = coco_builder_before(conv);
  coco_value *weight, *bias = COCO_OPERAND(conv, pattern_conv, bias);
  COCO_TRY(build_weight(&builder, conv, fkw, arena, &weight));
  coco_value *value = coco_build_value(
      &builder, &(coco_operation_state){
                    .definition = &coco_graph_conv,
                    .operands = (coco_value *const[]){conv->operands[0].value, weight, bias},
                    .operand_count = bias ? 3 : 2,
                    COCO_WITH_ATTRIBUTES(COCO_NAMED("strides", COCO_PROPERTY(conv, pattern_conv, strides)),
                                         COCO_NAMED("pads", COCO_PROPERTY(conv, pattern_conv, pads)),
                                         COCO_NAMED("dilations", COCO_PROPERTY(conv, pattern_conv, dilations)),
                                         COCO_NAMED("group", COCO_PROPERTY(conv, pattern_conv, group)))});
  if (!value) return builder.status;
  coco_value_replace_all_uses(&conv->results[0], value);
  coco_operation_erase(conv);
  return COCO_OK;
}

static coco_status visit(coco_pass *pass, coco_operation *operation, void *user) {
  (void)user;
  if (!coco_operation_is(operation, &coco_pattern_conv)) return COCO_OK;
  coco_arena arena = {.allocator = coco_context_allocator(pass->context)};
  coco_fkw fkw;
  bool known;
  coco_status status = coco_pattern_layer_read(operation, &arena, &fkw, &known);
  if (status == COCO_OK && known) {
    status = replace(operation, &fkw, &arena);
    ++pass->statistics[CONVERTED];
    pass->changed = true;
  }
  coco_arena_destroy(&arena);
  return status;
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  COCO_TRY(coco_visit_layers(pass, module, visit, NULL));
  return coco_erase_dead_constants(pass, module);
}

const coco_pass_definition coco_pass_pattern_to_graph = {
    .name = "pattern-to-graph",
    .documentation = "Make convolutions with patterns dense again, exactly.",
    .anchor = "builtin.module",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
