/* The table of the pattern dialect, and reading and writing the arrays of its convolutions. */
#include "dialects/pattern/pattern.h"

#include <string.h>

#include "dialects/graph/graph.h"
#include "dialects/pattern/hooks.h"
#include "ir/base/buffer.h"

#define COCO_ROWS "dialects/pattern/pattern_ops.def"
#define COCO_ROWS_DIALECT coco_pattern_dialect
#define COCO_ROWS_LIST coco_pattern_operations
#include "ir/define_operations.inc"

coco_fkw_set coco_pattern_set_masks(const coco_operation *set) {
  const coco_attribute *masks = COCO_PROPERTY(set, pattern_set, masks),
                       *kernel = COCO_PROPERTY(set, pattern_set, kernel);
  coco_fkw_set result = {.masks = (const uint64_t *)masks->data, .count = (uint32_t)masks->count, .positions = 1};
  for (size_t i = 0; i < kernel->count; ++i) result.positions *= (uint32_t)coco_attribute_i64s(kernel)[i];
  result.entries = (uint32_t)__builtin_popcountll(result.masks[0]);
  return result;
}

coco_operation *coco_pattern_conv_set(const coco_operation *conv) {
  coco_operation *set = coco_symbol_lookup((coco_operation *)(uintptr_t)conv,
                                           COCO_PROPERTY(conv, pattern_conv, set)); /* only looked at */
  return coco_operation_is(set, &coco_pattern_set) ? set : NULL;
}

/* ---- Reading ---- */

coco_status coco_pattern_read_integers(const coco_pattern_array *array, coco_arena *arena, uint32_t **out) {
  const size_t count = (size_t)coco_type_element_count(array->type),
               step = coco_type_element_size(array->type->element);
  const uint64_t bits = coco_type_bits(array->type->element),
                 limit = bits < 32 ? (UINT64_C(1) << bits) - 1 : UINT32_MAX;
  uint32_t *values = *out = coco_arena_allocate_zeroed(arena, count + 1, sizeof *values);
  if (!values) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) {
    const char *at = (const char *)array->data + (array->splat ? 0 : i * step);
    values[i] = (uint32_t)((uint64_t)coco_element_read_integer(array->type->element, at) & limit);
  }
  return COCO_OK;
}

coco_status coco_pattern_read_floats(const coco_pattern_array *array, coco_arena *arena, float **out) {
  const size_t count = (size_t)coco_type_element_count(array->type);
  float *values = *out = coco_arena_allocate_zeroed(arena, count + 1, sizeof *values);
  if (!values) return COCO_OUT_OF_MEMORY;
  if (!array->splat) memcpy(values, array->data, count * sizeof *values);
  for (size_t i = 0; array->splat && i < count; ++i) memcpy(&values[i], array->data, sizeof *values);
  return COCO_OK;
}

/* Whether a reorder of TYPE has an order for each channel group. */
static bool has_own_orders(const coco_fkw_shape *shape, const coco_type *type) {
  return type->rank == 2 && type->shape[0] == coco_fkw_channel_groups(shape);
}

const char *coco_pattern_check_lengths(const coco_fkw_shape *shape, const coco_pattern_array *arrays) {
  const int64_t groups = coco_fkw_channel_groups(shape), rows = groups * shape->filters;
  const int64_t weights = coco_type_element_count(arrays[4].type), kernels = weights / shape->set.entries,
                indices = coco_type_element_count(arrays[2].type);
  if (coco_type_element_count(arrays[0].type) != rows + 1)
    return "needs one offset per filter and channel group, and one more";
  if (coco_type_element_count(arrays[1].type) != (has_own_orders(shape, arrays[1].type) ? rows : shape->filters))
    return "needs a reorder with one element per filter";
  if (coco_type_element_count(arrays[3].type) != rows * (shape->set.count + 1))
    return "needs one run per pattern, and one more";
  if (kernels > INT32_MAX || weights % shape->set.entries || (indices != kernels && indices != kernels + 1))
    return "needs as many weights for each kernel as its pattern has entries";
  return NULL;
}

static const char *shape_of(const coco_operation *conv, const coco_operation *set, int64_t channels,
                            coco_fkw_shape *out) {
  const int64_t group = coco_property_integer(COCO_PROPERTY(conv, pattern_conv, group), 1);
  const int64_t filters = coco_property_integer(COCO_PROPERTY(conv, pattern_conv, filters), 0);
  const int64_t span = coco_property_integer(COCO_PROPERTY(conv, pattern_conv, span), 0);
  if (channels < 1 || group < 1 || channels % group || channels > COCO_FKW_MAX_EXTENT ||
      filters > COCO_FKW_MAX_EXTENT || span > COCO_FKW_MAX_EXTENT || filters < 1 || span < 1)
    return "numbers are out of range";
  *out = (coco_fkw_shape){.set = coco_pattern_set_masks(set),
                          .filters = (uint32_t)filters,
                          .channels = (uint32_t)(channels / group),
                          .group = (uint32_t)group,
                          .span = (uint32_t)span};
  return coco_fkw_shape_check(out);
}

coco_status coco_pattern_read(const coco_operation *conv, int64_t channels, const coco_pattern_array *arrays,
                              coco_arena *arena, coco_fkw *out, const char **out_wrong) {
  const coco_operation *set = coco_pattern_conv_set(conv);
  coco_fkw_shape shape;
  if (!set) return COCO_INVALID_ARGUMENT; /* a verified one has a set */
  *out_wrong = shape_of(conv, set, channels, &shape);
  return *out_wrong ? COCO_OK : coco_pattern_read_arrays(&shape, arrays, arena, out, out_wrong);
}

coco_status coco_pattern_load_arrays(const coco_fkw_shape *shape, const coco_pattern_array *arrays, coco_arena *arena,
                                     coco_fkw *out, const char **out_wrong) {
  *out = (coco_fkw){.shape = *shape};
  *out_wrong = coco_pattern_check_lengths(shape, arrays);
  if (*out_wrong) return COCO_OK;
  out->kernels = (uint32_t)(coco_type_element_count(arrays[4].type) / shape->set.entries);
  out->own_orders = has_own_orders(shape, arrays[1].type);
  COCO_TRY(coco_pattern_read_integers(&arrays[0], arena, &out->offset));
  COCO_TRY(coco_pattern_read_integers(&arrays[1], arena, &out->reorder));
  COCO_TRY(coco_pattern_read_integers(&arrays[2], arena, &out->index));
  COCO_TRY(coco_pattern_read_integers(&arrays[3], arena, &out->runs));
  return coco_pattern_read_floats(&arrays[4], arena, &out->weights);
}

coco_status coco_pattern_read_arrays(const coco_fkw_shape *shape, const coco_pattern_array *arrays, coco_arena *arena,
                                     coco_fkw *out, const char **out_wrong) {
  COCO_TRY(coco_pattern_load_arrays(shape, arrays, arena, out, out_wrong));
  return *out_wrong ? COCO_OK : coco_fkw_check(out, arena, out_wrong);
}

bool coco_pattern_constant_array(const coco_value *value, coco_pattern_array *out) {
  const coco_attribute *constant = coco_value_constant(value);
  if (!coco_attribute_is_elements(constant)) return false;
  bool splat = false;
  const void *data = coco_elements_data(constant, &splat);
  *out = (coco_pattern_array){.type = constant->type, .data = data, .splat = splat};
  return data || coco_type_element_count(constant->type) == 0;
}

coco_status coco_pattern_read_constants(const coco_operation *conv, coco_value *const *values, coco_arena *arena,
                                        coco_fkw *out, bool *out_known) {
  coco_pattern_array arrays[COCO_PATTERN_ARRAYS];
  const char *wrong;
  *out_known = false;
  for (size_t i = 0; i < COCO_PATTERN_ARRAYS; ++i)
    if (!coco_pattern_constant_array(values[i], &arrays[i])) return COCO_OK;
  COCO_TRY(coco_pattern_read(conv, conv->operands[0].value->type->shape[1], arrays, arena, out, &wrong));
  *out_known = !wrong;
  return COCO_OK;
}

/* ---- Writing ---- */

static coco_status array_attribute(coco_context *context, coco_string layer, const char *name, const coco_type *type,
                                   void *data, const coco_attribute **out) {
  const coco_runtime_value tensor = {.type = type, .data = data};
  coco_buffer text = COCO_BUFFER(coco_context_allocator(context));
  if (layer.size) coco_buffer_format(&text, "%.*s.", COCO_PRINT(layer));
  coco_buffer_text(&text, name);
  coco_status status = text.status;
  if (status == COCO_OK) status = coco_runtime_to_attribute(context, &tensor, coco_buffer_view(&text), out);
  coco_buffer_free(&text);
  return status;
}

coco_status coco_pattern_integers(coco_context *context, coco_string layer, const char *name, const uint32_t *values,
                                  size_t rank, const int64_t *shape, const coco_attribute **out) {
  size_t count = 1;
  for (size_t i = 0; i < rank; ++i) count *= (size_t)shape[i];
  const size_t size = coco_fkw_element_size(values, count), bytes = count * size;
  const coco_allocator *allocator = coco_context_allocator(context);
  const coco_type *element = coco_type_integer_signed(context, (uint32_t)(8 * size), COCO_UNSIGNED);
  const coco_type *type = element ? coco_type_tensor(context, rank, shape, element, NULL) : NULL;
  char *data = type ? coco_allocate(allocator, bytes + 1) : NULL;
  if (!data) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) coco_element_write_integer(element, data + i * size, values[i]);
  const coco_status status = array_attribute(context, layer, name, type, data, out);
  coco_free(allocator, data, bytes + 1);
  return status;
}

coco_status coco_pattern_floats(coco_context *context, coco_string layer, const char *name, const coco_type *type,
                                float *values, const coco_attribute **out) {
  return array_attribute(context, layer, name, type, values, out);
}

static coco_value *build_constant(coco_builder *builder, coco_status status, const coco_attribute *value) {
  coco_builder_fail(builder, status);
  return builder->status == COCO_OK ? coco_graph_build_constant(builder, value) : NULL;
}

coco_value *coco_pattern_build_floats(coco_builder *builder, coco_string layer, const char *name, const coco_type *type,
                                      void *data) {
  const coco_attribute *attribute = NULL;
  const coco_status status = array_attribute(builder->context, layer, name, type, data, &attribute);
  return build_constant(builder, status, attribute);
}

coco_value *coco_pattern_build_integers(coco_builder *builder, coco_string layer, const char *name,
                                        const uint32_t *values, size_t rank, const int64_t *shape) {
  const coco_attribute *attribute = NULL;
  const coco_status status = coco_pattern_integers(builder->context, layer, name, values, rank, shape, &attribute);
  return build_constant(builder, status, attribute);
}

coco_status coco_pattern_build_arrays(coco_builder *builder, const coco_fkw *fkw, coco_string layer,
                                      coco_value *out[COCO_PATTERN_ARRAYS]) {
  const coco_fkw_shape *shape = &fkw->shape;
  const int64_t groups = coco_fkw_channel_groups(shape), filters = shape->filters, kernels = fkw->kernels;
  const int64_t weights = kernels * shape->set.entries;
  const coco_type *element = coco_type_f32(builder->context);
  const coco_type *type = element ? coco_type_tensor(builder->context, 1, &weights, element, NULL) : NULL;
  if (!type) return COCO_OUT_OF_MEMORY;
  out[0] =
      coco_pattern_build_integers(builder, layer, "offset", fkw->offset, 1, (const int64_t[]){groups * filters + 1});
  out[1] = coco_pattern_build_integers(builder, layer, "reorder", fkw->reorder, 1, &filters);
  out[2] = coco_pattern_build_integers(builder, layer, "index", fkw->index, 1, &kernels);
  out[3] = coco_pattern_build_integers(builder, layer, "runs", fkw->runs, 3,
                                       (const int64_t[]){groups, filters, shape->set.count + 1});
  out[4] = coco_pattern_build_floats(builder, layer, "weights", type, fkw->weights);
  return builder->status;
}

coco_status coco_pattern_dense_weight(const coco_operation *conv, const coco_fkw *fkw, coco_arena *arena,
                                      const coco_attribute **out) {
  const coco_attribute *kernel = COCO_PROPERTY(conv, pattern_conv, kernel);
  int64_t extents[5] = {fkw->shape.filters, fkw->shape.channels};
  for (size_t i = 0; i < kernel->count; ++i) extents[i + 2] = coco_attribute_i64s(kernel)[i];
  const coco_type *type =
      coco_type_tensor(conv->context, kernel->count + 2, extents, conv->operands[0].value->type->element, NULL);
  float *dense = type ? coco_arena_allocate(arena, (size_t)coco_type_byte_count(type)) : NULL;
  if (!dense) return COCO_OUT_OF_MEMORY;
  coco_fkw_to_dense(fkw, dense);
  const coco_runtime_value tensor = {.type = type, .data = dense};
  const coco_string layer = coco_location_layer(conv->location);
  return coco_runtime_to_attribute(conv->context, &tensor, layer.size ? layer : COCO_STRING("weight"), out);
}

/* Results of folding are graph.constant. */
static coco_status materialize(coco_context *context, const coco_attribute *value, const coco_type *type,
                               const coco_location *location, coco_operation **out) {
  return coco_graph_dialect.materialize_constant(context, value, type, location, out);
}

const coco_dialect coco_pattern_dialect = {
    .name = "pattern",
    .documentation = "Convolutions whose kernels are patterns or empty, stored compactly, among graph operations.",
    .operations = coco_pattern_operations,
    .operation_count = sizeof coco_pattern_operations / sizeof *coco_pattern_operations,
    .materialize_constant = materialize,
};
