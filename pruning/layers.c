/* See layers.h. */
#include "pruning/layers.h"

/* ---- What an operation is ---- */

/* Where the constant of operand INDEX comes in: through the arguments of a group, if OPERATION stands in one. */
static coco_use *outer_use(coco_operation *operation, size_t index) {
  coco_use *use = &operation->operands[index];
  const coco_value *value = use->value;
  coco_operation *group = coco_operation_parent(operation);
  if (!value->is_argument || !coco_operation_is(group, &coco_graph_fused)) return use;
  return coco_value_argument_block(value) == coco_operation_body(group, 0) ? &group->operands[value->index] : use;
}

static void read_weights(coco_layer *layer, size_t rank) {
  bool splat;
  layer->use = outer_use(layer->operation, 1);
  const coco_attribute *constant = coco_value_constant(layer->use->value);
  if (!coco_attribute_is_elements(constant))
    layer->unusable = "its weights are not constant";
  else if (constant->type->rank != rank || !coco_type_is_float(constant->type->element))
    layer->unusable = rank == 4 ? "not a two-dimensional convolution" : "its weights are no matrix";
  else if (!coco_type_element_count(constant->type) || !coco_elements_data(constant, &splat))
    layer->unusable = "the bytes of its weights are not at hand";
  else
    layer->weights = constant;
}

static void read_convolution(coco_layer *layer) {
  read_weights(layer, 4);
  if (!layer->weights) return;
  const int64_t *shape = layer->weights->type->shape;
  const int64_t group = coco_property_integer(COCO_PROPERTY(layer->operation, graph_conv, group), 1);
  layer->filters = (size_t)shape[0];
  layer->channels = (size_t)shape[1];
  layer->height = (size_t)shape[2];
  layer->width = (size_t)shape[3];
  layer->channel_stride = coco_layer_positions(layer);
  layer->filter_stride = layer->channels * layer->channel_stride;
  layer->kind = group > 1 && layer->channels == 1           ? COCO_LAYER_DEPTHWISE
                : layer->height == 1 && layer->width == 1 ? COCO_LAYER_POINTWISE
                                                            : COCO_LAYER_SPATIAL;
}

static void read_matrix(coco_layer *layer, bool transposed) {
  layer->kind = COCO_LAYER_MATRIX;
  layer->height = layer->width = 1;
  read_weights(layer, 2);
  if (!layer->weights) return;
  const int64_t *shape = layer->weights->type->shape;
  layer->filters = (size_t)shape[transposed ? 0 : 1];
  layer->channels = (size_t)shape[transposed ? 1 : 0];
  layer->filter_stride = transposed ? layer->channels : 1;
  layer->channel_stride = transposed ? 1 : layer->filters;
}

bool coco_layer_of(coco_operation *operation, coco_layer *out) {
  *out = (coco_layer){.operation = operation};
  if (coco_operation_is(operation, &coco_graph_conv))
    read_convolution(out);
  else if (coco_operation_is(operation, &coco_graph_gemm))
    read_matrix(out, coco_property_integer(COCO_PROPERTY(operation, graph_gemm, trans_b), 0) != 0);
  else if (coco_operation_is(operation, &coco_graph_matmul))
    read_matrix(out, false);
  else
    return false;
  return true;
}

void coco_layer_describe(const coco_layer *layer, coco_buffer *out) {
  coco_buffer_format(out, "%zux%zu", layer->filters, layer->channels);
  if (layer->kind != COCO_LAYER_MATRIX) coco_buffer_format(out, " %zux%zu", layer->height, layer->width);
}

/* ---- Which are first ---- */

/* A value is marked when a layer stands between the network's inputs and it. */
static bool any_marked(const coco_pointer_map *marks, const coco_operation *operation) {
  for (size_t i = 0; i < operation->operand_count; ++i)
    if (coco_pointer_map_contains(marks, operation->operands[i].value)) return true;
  return false;
}

static coco_status mark_results(coco_pointer_map *marks, coco_operation *operation) {
  for (size_t i = 0; i < operation->result_count; ++i) COCO_TRY(coco_pointer_map_set(marks, &operation->results[i], operation));
  return COCO_OK;
}

/* The arguments of a body that has one for each operand. */
static coco_status mark_arguments(coco_pointer_map *marks, coco_operation *operation) {
  for (size_t r = 0; r < operation->region_count; ++r) {
    const coco_block *body = coco_operation_body(operation, r);
    if (!body || body->argument_count != operation->operand_count) continue;
    for (size_t i = 0; i < body->argument_count; ++i)
      if (coco_pointer_map_contains(marks, operation->operands[i].value))
        COCO_TRY(coco_pointer_map_set(marks, body->arguments[i], operation));
  }
  return COCO_OK;
}

static coco_status mark(coco_pointer_map *marks, coco_operation *operation, bool is_layer) {
  const bool marked = any_marked(marks, operation);
  COCO_TRY(mark_arguments(marks, operation));
  if (is_layer || marked) COCO_TRY(mark_results(marks, operation));
  /* What a region yields is what its operation gives. */
  coco_operation *parent = coco_operation_parent(operation);
  if (marked && parent && coco_operation_has_trait(operation, COCO_TERMINATOR)) COCO_TRY(mark_results(marks, parent));
  return COCO_OK;
}

coco_status coco_find_layers(coco_operation *root, coco_arena *arena, coco_layers *out) {
  const coco_allocator *allocator = coco_context_allocator(root->context);
  coco_pointer_map marks = {.allocator = allocator};
  COCO_VECTOR_OF(coco_layer) found = {0};
  coco_status status = COCO_OK;
  for (coco_operation *operation = root; operation && status == COCO_OK; operation = coco_walk_next(operation, root)) {
    coco_layer layer;
    const bool is_layer = coco_layer_of(operation, &layer);
    if (is_layer) {
      layer.first = !coco_pointer_map_contains(&marks, operation->operands[0].value);
      status = coco_vector_push(allocator, &found, layer);
    }
    if (status == COCO_OK) status = mark(&marks, operation, is_layer);
  }
  out->count = found.count;
  out->items = coco_arena_copy_bytes(arena, found.count ? (const void *)found.items : "", found.count * sizeof *found.items);
  if (status == COCO_OK && found.count && !out->items) status = COCO_OUT_OF_MEMORY;
  coco_vector_free(allocator, &found);
  coco_pointer_map_free(&marks);
  return status;
}

/* ---- Weights ---- */

coco_status coco_layer_read(const coco_layer *layer, const coco_attribute *weights, coco_arena *arena,
                            coco_kernels *out) {
  bool splat;
  const coco_type *element = weights->type->element;
  const char *data = coco_elements_data(weights, &splat);
  const size_t count = (size_t)coco_type_element_count(weights->type), step = splat ? 0 : coco_type_element_size(element);
  *out = (coco_kernels){NULL, layer->filters, layer->channels, coco_layer_positions(layer), layer->filter_stride,
                        layer->channel_stride};
  const bool in_place = element == coco_type_float(layer->operation->context, COCO_F32) && !splat;
  if (in_place && (uintptr_t)data % sizeof(float) == 0) {
    out->weights = (const float *)(const void *)data;
    return COCO_OK;
  }
  float *copy = coco_arena_allocate_zeroed(arena, count, sizeof *copy);
  if (!copy) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) copy[i] = (float)coco_element_read_real(element, data + i * step);
  out->weights = copy;
  return COCO_OK;
}

/* Most elements are floats, which need no help. */
static bool is_no_zero(const coco_type *element, const uint8_t *from) {
  float value;
  if (!coco_type_is_float(element) || element->format != COCO_F32) return coco_element_read_real(element, from) != 0;
  memcpy(&value, from, sizeof value);
  return value != 0;
}

/* Copies the elements, with zeros where KEPT has none. */
static size_t copy_kept(const coco_layer *layer, const uint64_t *kept, uint8_t *out) {
  bool splat;
  const coco_type *element = layer->weights->type->element;
  const size_t size = coco_type_element_size(element), positions = coco_layer_positions(layer);
  const uint8_t *data = coco_elements_data(layer->weights, &splat);
  size_t removed = 0;
  for (size_t f = 0; f < layer->filters; ++f)
    for (size_t c = 0; c < layer->channels; ++c)
      for (size_t i = 0; i < positions; ++i) {
        const size_t at = f * layer->filter_stride + c * layer->channel_stride + i;
        const uint8_t *from = data + (splat ? 0 : at * size);
        const bool stays = kept[f * layer->channels + c] >> i & 1;
        if (stays)
          memcpy(out + at * size, from, size);
        else
          memset(out + at * size, 0, size);
        removed += !stays && is_no_zero(element, from);
      }
  return removed;
}

static coco_status replace_constant(coco_layer *layer, const coco_attribute *weights) {
  coco_operation *old = coco_value_operation(layer->use->value), *user = layer->use->owner;
  coco_builder builder = coco_builder_before(old);
  coco_value *value = coco_graph_build_constant(&builder, weights);
  if (!value) return builder.status;
  coco_operation_set_operand(user, coco_use_index(layer->use), value);
  if (coco_value_is_unused(&old->results[0])) coco_operation_erase(old);
  layer->weights = weights;
  return COCO_OK;
}

coco_status coco_layer_put_zeros(coco_layer *layer, const uint64_t *kept, size_t *out_removed) {
  coco_context *context = layer->operation->context;
  const coco_type *type = layer->weights->type;
  const coco_string layer_name = coco_location_layer(layer->operation->location);
  const coco_string name = layer->weights->kind == COCO_ATTRIBUTE_DENSE_RESOURCE ? layer->weights->resource->name
                           : layer_name.size                                     ? layer_name
                                                                                 : COCO_STRING("weight");
  const size_t size = (size_t)coco_type_element_count(type) * coco_type_element_size(type->element);
  const coco_attribute *weights = NULL;
  uint8_t *data = coco_allocate(coco_context_allocator(context), size);
  if (!data) return COCO_OUT_OF_MEMORY;
  *out_removed = copy_kept(layer, kept, data);
  const coco_runtime_value tensor = {.type = type, .data = data};
  coco_status status = *out_removed ? coco_runtime_to_attribute(context, &tensor, name, &weights) : COCO_OK;
  coco_free(coco_context_allocator(context), data, size);
  return status == COCO_OK && weights ? replace_constant(layer, weights) : status;
}
