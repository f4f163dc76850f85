/* Regions of lr operations: which tensors they read and where, and the scalar operations inside.
 *
 * Constants of one element (or of equal elements) become constants of the region instead of operands. */
#include "dialects/arith/arith.h"
#include "dialects/shared/shape.h"
#include "lowering/graph_to_lr.h"

coco_value *coco_layer_fail(coco_layer *layer, coco_status status) {
  coco_builder_fail(&layer->builder, status);
  return NULL;
}

coco_value *coco_layer_outer(const coco_layer *layer, coco_value *value) {
  const coco_block *block = coco_value_argument_block(value);
  bool inside = block && block->region && block->region->owner == layer->group;
  return inside ? coco_operation_operand(layer->group, value->index) : value;
}

/* The first elementwise operation of the layer, and the next one after OPERATION. */
static coco_operation *next_of_chain(const coco_layer *layer, coco_operation *operation) {
  if (!coco_operation_is(layer->group, &coco_graph_fused)) return operation || layer->anchor ? NULL : layer->group;
  operation = operation ? operation->next : coco_operation_body(layer->group, 0)->first;
  while (operation && (operation == layer->anchor || coco_operation_is(operation, &coco_graph_yield)))
    operation = operation->next;
  return operation;
}

bool coco_layer_has_chain(const coco_layer *layer) { return next_of_chain(layer, NULL) != NULL; }

/* ---- Operands ---- */

size_t coco_extras_add(coco_layer *layer, coco_extras *extras, coco_value *value, const coco_affine_map *map) {
  if (!map) {
    coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
    return 0;
  }
  for (size_t i = 0; i < extras->count; ++i) {
    if (extras->values[i] == value && extras->maps[i] == map) return i;
  }
  if (extras->count == COCO_LAYER_MAX_EXTRAS) {
    coco_layer_fail(layer, coco_operation_error(layer->group, "has more than %d operands, which one layer cannot take",
                                                COCO_LAYER_MAX_EXTRAS));
    return 0;
  }
  extras->values[extras->count] = value;
  extras->maps[extras->count] = map;
  return extras->count++;
}

const coco_affine_map *coco_layer_broadcast_map(coco_layer *layer, const coco_type *type, const coco_type *shape) {
  const coco_affine_expression *results[COCO_MAXIMUM_RANK];
  for (uint32_t i = 0; i < type->rank; ++i) {
    uint32_t axis = shape->rank - type->rank + i;
    results[i] = type->shape[i] == shape->shape[axis] ? coco_affine_dimension(layer->context, axis)
                                                      : coco_affine_constant(layer->context, 0);
    if (!results[i]) return NULL;
  }
  return coco_affine_map_create(layer->context, shape->rank, 0, results, type->rank);
}

/* The number that all elements of a constant are, as an attribute of the element's type; NULL: none, or not known. */
static const coco_attribute *single_number(coco_layer *layer, const coco_value *value) {
  const coco_attribute *constant = coco_value_constant(value);
  if (!constant || !coco_attribute_is_elements(constant)) return NULL;
  bool splat = false;
  const void *data = coco_elements_data(constant, &splat);
  const coco_type *element = constant->type->element;
  if (!data || (!splat && coco_type_element_count(constant->type) != 1)) return NULL;
  if (coco_type_is_float(element))
    return coco_attribute_float(layer->context, element, coco_element_read_real(element, data));
  return coco_attribute_integer(layer->context, element, coco_element_read_integer(element, data));
}

/* Whether an elementwise operation of the layer made VALUE, or the anchor did. */
static bool is_inner(const coco_layer *layer, const coco_value *value) {
  const coco_operation *operation = coco_value_operation(value);
  if (!operation) return false;
  return operation == layer->anchor || coco_operation_parent(operation) == layer->group;
}

void coco_extras_add_chain(coco_layer *layer, coco_extras *extras) {
  for (coco_operation *operation = next_of_chain(layer, NULL); operation; operation = next_of_chain(layer, operation)) {
    for (uint32_t i = 0; i < operation->operand_count; ++i) {
      coco_value *value = coco_operation_operand(operation, i);
      if (is_inner(layer, value)) continue;
      value = coco_layer_outer(layer, value);
      if (!single_number(layer, value))
        coco_extras_add(layer, extras, value, coco_layer_broadcast_map(layer, value->type, layer->type));
    }
  }
}

/* ---- Scalars ---- */

/* Constants of arith are signless: the bits are the same. */
coco_value *coco_layer_constant(coco_layer *layer, const coco_attribute *value) {
  if (value && coco_attribute_is(value, COCO_ATTRIBUTE_INTEGER) && value->type->signedness != COCO_SIGNLESS) {
    const coco_type *type = coco_type_integer(layer->context, value->type->width);
    value = type ? coco_attribute_integer(layer->context, type, value->integer) : NULL;
  }
  if (!value) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  return coco_build_value(&layer->builder, &(coco_operation_state){.definition = &coco_arith_constant,
                                                                   COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))});
}

coco_value *coco_layer_scalar(coco_layer *layer, const coco_type *type, double value) {
  return coco_layer_constant(layer, coco_type_is_float(type) ? coco_attribute_float(layer->context, type, value)
                                                        : coco_attribute_integer(layer->context, type, (int64_t)value));
}

/* The scalar that stands for an operand of an elementwise operation. ARGUMENTS are those of the extras. */
static coco_value *scalar_of(coco_layer *layer, const coco_pointer_map *scalars, coco_value *value,
                             const coco_extras *extras, coco_value *const *arguments) {
  if (is_inner(layer, value)) return coco_pointer_map_get(scalars, value);
  value = coco_layer_outer(layer, value);
  const coco_attribute *number = single_number(layer, value);
  if (number) return coco_layer_constant(layer, number);
  const coco_affine_map *map = coco_layer_broadcast_map(layer, value->type, layer->type);
  for (size_t i = 0; i < extras->count; ++i) {
    if (extras->values[i] == value && extras->maps[i] == map) return arguments[i];
  }
  return NULL;
}

/* The elementwise operations on START, the anchor's element (NULL: no anchor); gives the layer's element. */
static coco_value *emit_chain(coco_layer *layer, coco_pointer_map *scalars, coco_value *start,
                              const coco_extras *extras, coco_value *const *arguments) {
  coco_value *last = start;
  if (start && coco_pointer_map_set(scalars, coco_operation_result(layer->anchor, 0), start) != COCO_OK)
    return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  for (coco_operation *operation = next_of_chain(layer, NULL); operation; operation = next_of_chain(layer, operation)) {
    coco_value *values[8];
    if (operation->operand_count > sizeof values / sizeof *values) return coco_layer_fail(layer, COCO_INVALID_ARGUMENT);
    for (uint32_t i = 0; i < operation->operand_count; ++i) {
      values[i] = scalar_of(layer, scalars, coco_operation_operand(operation, i), extras, arguments);
    }
    if (layer->builder.status != COCO_OK) return NULL;
    coco_status status = coco_graph_emit_scalar(&layer->builder, operation, values, operation->operand_count, &last);
    if (status != COCO_OK) return coco_layer_fail(layer, status);
    if (coco_pointer_map_set(scalars, coco_operation_result(operation, 0), last) != COCO_OK)
      return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  }
  if (!coco_operation_is(layer->group, &coco_graph_fused)) return last;
  coco_value *yielded = coco_operation_operand(coco_operation_body(layer->group, 0)->last, 0);
  return coco_pointer_map_get(scalars, yielded);
}

/* ---- Operations with regions ---- */

static void fill_region(coco_layer *layer, coco_operation *made, const coco_layer_operation *operation,
                        const coco_extras *extras) {
  const coco_type *types[COCO_LAYER_MAX_EXTRAS + 1];
  size_t own = operation->has_accumulator ? 1 : 0;
  if (own) types[0] = operation->own[0]->type->element;
  for (size_t i = 0; i < extras->count; ++i) types[own + i] = extras->values[i]->type->element;
  coco_builder outside = layer->builder;
  coco_block *block = coco_build_block(&layer->builder, made, 0, types, own + extras->count);
  if (!block) return;
  coco_builder_to_end(&layer->builder, block);
  coco_value *element = own ? block->arguments[0] : NULL;
  if (operation->core) element = operation->core(layer, block->arguments, operation->user);
  if (operation->chain && coco_layer_has_chain(layer)) {
    coco_pointer_map scalars = {.allocator = coco_context_allocator(layer->context)};
    element = emit_chain(layer, &scalars, element, extras, block->argument_count ? block->arguments + own : NULL);
    coco_pointer_map_free(&scalars);
  }
  if (!element) coco_builder_fail(&layer->builder, COCO_INVALID_ARGUMENT);
  coco_build(&layer->builder, &(coco_operation_state){.definition = &coco_lr_yield, COCO_WITH_OPERANDS(element)});
  outside.status = layer->builder.status;
  layer->builder = outside;
}

coco_value *coco_layer_build(coco_layer *layer, const coco_layer_operation *operation, coco_extras *extras) {
  coco_value *operands[COCO_LAYER_MAX_EXTRAS + COCO_LAYER_MAX_OWN];
  const coco_attribute *maps[COCO_LAYER_MAX_EXTRAS + 1];
  coco_named_attribute attributes[12];
  if (operation->chain) coco_extras_add_chain(layer, extras);
  if (layer->builder.status != COCO_OK) return NULL;
  for (size_t i = 0; i < operation->own_count; ++i) operands[i] = operation->own[i];
  for (size_t i = 0; i < extras->count; ++i) {
    operands[operation->own_count + i] = extras->values[i];
    maps[i] = coco_attribute_affine_map(layer->context, extras->maps[i]);
    if (!maps[i]) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  }
  size_t count = operation->attribute_count;
  for (size_t i = 0; i < count; ++i) attributes[i] = operation->attributes[i];
  attributes[count++] = COCO_NAMED("device", coco_attribute_string(layer->context, COCO_STRING("cpu")));
  attributes[count++] = COCO_NAMED("maps", coco_attribute_array(layer->context, maps, extras->count));
  for (size_t i = 0; i < count; ++i) {
    if (!attributes[i].value && i >= operation->attribute_count) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  }
  coco_operation *made = coco_build(
      &layer->builder, &(coco_operation_state){.definition = operation->definition,
                                               .operands = operands,
                                               .operand_count = operation->own_count + extras->count,
                                               .attributes = attributes,
                                               .attribute_count = count,
                                               COCO_WITH_RESULTS(operation->chain ? layer->type : operation->type)});
  if (!made) return NULL;
  fill_region(layer, made, operation, extras);
  return coco_operation_result(made, 0);
}

coco_value *coco_layer_build_map(coco_layer *layer, const coco_type *type, coco_core_function core, const void *user,
                                 bool chain, coco_extras *extras) {
  const coco_attribute *shape = coco_attribute_i64_array(layer->context, type->shape, type->rank);
  if (!shape) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  const coco_named_attribute attributes[] = {COCO_NAMED("shape", shape)};
  return coco_layer_build(layer,
                          &(coco_layer_operation){.definition = &coco_lr_map,
                                                  .attributes = attributes,
                                                  .attribute_count = 1,
                                                  .core = core,
                                                  .user = user,
                                                  .chain = chain,
                                                  .type = type},
                          extras);
}

static coco_value *first_argument(coco_layer *layer, coco_value *const *arguments, const void *user) {
  (void)layer;
  (void)user;
  return arguments[0];
}

coco_value *coco_layer_build_chain(coco_layer *layer, coco_value *value) {
  if (!coco_layer_has_chain(layer)) return value;
  coco_extras extras = {.count = 0};
  if (value) coco_extras_add(layer, &extras, value, coco_affine_map_identity(layer->context, layer->type->rank));
  return coco_layer_build_map(layer, layer->type, value ? first_argument : NULL, NULL, true, &extras);
}

coco_value *coco_lower_elementwise(coco_layer *layer) { return coco_layer_build_chain(layer, NULL); }
