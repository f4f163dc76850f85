/* Layers that move elements: each is boxes of indices with affine maps into input and result. */
#include "dialects/arith/arith.h"
#include "dialects/lr/reshape.h"
#include "dialects/shared/shape.h"
#include "lowering/graph_to_lr.h"

enum { MAX_GATHERED = 16 }; /* boxes of a move; more indices are looked up */

static coco_value *operand(const coco_layer *layer, size_t group) {
  coco_value *value = coco_operation_group_value(layer->anchor, group);
  return value ? coco_layer_outer(layer, value) : NULL;
}
static const coco_type *anchor_type(const coco_layer *layer) { return coco_operation_result(layer->anchor, 0)->type; }

/* ---- Building ---- */

const coco_affine_map *coco_layer_strided_map(coco_layer *layer, size_t rank, const int64_t *offsets,
                                              const int64_t *steps) {
  const coco_affine_expression *results[COCO_MAXIMUM_RANK];
  for (size_t i = 0; i < rank; ++i) {
    const coco_affine_expression *dimension = coco_affine_dimension(layer->context, (uint32_t)i),
                                 *step = coco_affine_constant(layer->context, steps[i]);
    const coco_affine_expression *offset = coco_affine_constant(layer->context, offsets[i]);
    if (!dimension || !step || !offset) return NULL;
    const coco_affine_expression *scaled = coco_affine_binary(layer->context, COCO_AFFINE_MULTIPLY, dimension, step);
    results[i] = scaled ? coco_affine_binary(layer->context, COCO_AFFINE_ADD, scaled, offset) : NULL;
    if (!results[i]) return NULL;
  }
  return coco_affine_map_create(layer->context, (uint32_t)rank, 0, results, (uint32_t)rank);
}

coco_value *coco_layer_build_move(coco_layer *layer, const coco_type *type, const coco_move_box *boxes, size_t count,
                                  const coco_attribute *fill) {
  coco_context *context = layer->context;
  if (layer->builder.status != COCO_OK) return NULL;
  coco_value **inputs = coco_arena_allocate_zeroed(layer->scratch, count + 1, sizeof *inputs);
  const coco_attribute **lists = coco_arena_allocate_zeroed(layer->scratch, 3 * count + 1, sizeof *lists);
  if (!inputs || !lists) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  for (size_t i = 0; i < count; ++i) {
    inputs[i] = boxes[i].input;
    lists[i] = coco_attribute_i64_array(context, boxes[i].extents, boxes[i].rank);
    lists[count + i] = boxes[i].source ? coco_attribute_affine_map(context, boxes[i].source) : NULL;
    lists[2 * count + i] = boxes[i].destination ? coco_attribute_affine_map(context, boxes[i].destination) : NULL;
    if (!lists[i] || !lists[count + i] || !lists[2 * count + i]) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  }
  const coco_named_attribute attributes[] = {
      COCO_NAMED("device", coco_attribute_string(context, COCO_STRING("cpu"))),
      COCO_NAMED("shape", coco_attribute_i64_array(context, type->shape, type->rank)),
      COCO_NAMED("domains", coco_attribute_array(context, lists, count)),
      COCO_NAMED("sources", coco_attribute_array(context, lists + count, count)),
      COCO_NAMED("destinations", coco_attribute_array(context, lists + 2 * count, count)),
      COCO_NAMED("fill", fill)};
  for (size_t i = 0; i < 5; ++i) {
    if (!attributes[i].value) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  }
  return coco_build_value(&layer->builder,
                          &(coco_operation_state){.definition = &coco_lr_move,
                                                  .operands = inputs,
                                                  .operand_count = count,
                                                  .attributes = attributes,
                                                  .attribute_count = sizeof attributes / sizeof *attributes,
                                                  COCO_WITH_RESULTS(type)});
}

/* A move with one box, that of the result, written in place. */
static coco_value *build_read(coco_layer *layer, coco_value *input, const coco_type *type,
                              const coco_affine_map *source) {
  coco_move_box box = {.input = input,
                       .rank = type->rank,
                       .source = source,
                       .destination = coco_affine_map_identity(layer->context, type->rank)};
  memcpy(box.extents, type->shape, type->rank * sizeof *type->shape);
  return coco_layer_build_move(layer, type, &box, 1, NULL);
}

static bool has_shape(const coco_type *type, size_t rank, const int64_t *shape) {
  return type->rank == rank && memcmp(type->shape, shape, rank * sizeof *shape) == 0;
}

const coco_type *coco_layer_shaped(coco_layer *layer, const coco_value *input, size_t rank, const int64_t *shape) {
  if (rank > sizeof((coco_move_box *)0)->extents / sizeof(int64_t)) {
    coco_layer_fail(layer, coco_operation_error(layer->group, "has more dimensions than a layer can take"));
    return NULL;
  }
  const coco_type *type = coco_type_tensor(layer->context, rank, shape, input->type->element, NULL);
  if (!type) coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  return type;
}

coco_value *coco_layer_build_reshape(coco_layer *layer, coco_value *input, size_t rank, const int64_t *shape) {
  if (has_shape(input->type, rank, shape)) return input;
  const coco_type *type = coco_layer_shaped(layer, input, rank, shape);
  return type ? build_read(layer, input, type, coco_lr_reshape_map(layer->context, input->type, type)) : NULL;
}

coco_value *coco_layer_build_expand(coco_layer *layer, coco_value *input, size_t rank, const int64_t *shape) {
  if (has_shape(input->type, rank, shape)) return input;
  const coco_type *type = coco_layer_shaped(layer, input, rank, shape);
  return type ? build_read(layer, input, type, coco_layer_broadcast_map(layer, input->type, type)) : NULL;
}

coco_value *coco_layer_build_transpose(coco_layer *layer, coco_value *input, const int64_t *permutation) {
  const coco_affine_expression *results[COCO_MAXIMUM_RANK];
  int64_t shape[COCO_MAXIMUM_RANK];
  size_t rank = input->type->rank;
  for (size_t i = 0; i < rank; ++i) {
    shape[i] = input->type->shape[permutation[i]];
    results[permutation[i]] = coco_affine_dimension(layer->context, (uint32_t)i);
    if (!results[permutation[i]]) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  }
  const coco_type *type = coco_layer_shaped(layer, input, rank, shape);
  return type ? build_read(layer, input, type,
                           coco_affine_map_create(layer->context, (uint32_t)rank, 0, results, (uint32_t)rank))
              : NULL;
}

/* ---- Anchors ---- */

/* reshape, squeeze, unsqueeze, flatten: the result's type says it all. */
coco_value *coco_lower_reshape(coco_layer *layer) {
  const coco_type *type = anchor_type(layer);
  return coco_layer_build_reshape(layer, operand(layer, 0), type->rank, type->shape);
}

coco_value *coco_lower_expand(coco_layer *layer) {
  const coco_type *type = anchor_type(layer);
  return coco_layer_build_expand(layer, operand(layer, 0), type->rank, type->shape);
}

coco_value *coco_lower_transpose(coco_layer *layer) {
  return coco_layer_build_transpose(layer, operand(layer, 0),
                                    coco_attribute_i64s(COCO_PROPERTY(layer->anchor, graph_transpose, permutation)));
}

/* One box for each input, side by side along the axis. */
coco_value *coco_lower_concat(coco_layer *layer) {
  const coco_operation *anchor = layer->anchor;
  const coco_type *type = anchor_type(layer);
  size_t rank = type->rank, count = anchor->operand_count;
  int64_t axis = COCO_PROPERTY(anchor, graph_concat, axis)->integer, offsets[COCO_MAXIMUM_RANK] = {0},
          ones[COCO_MAXIMUM_RANK];
  for (size_t i = 0; i < COCO_MAXIMUM_RANK; ++i) ones[i] = 1;
  coco_move_box *boxes = coco_arena_allocate_zeroed(layer->scratch, count + 1, sizeof *boxes);
  if (!boxes) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  if (!coco_layer_shaped(layer, operand(layer, 0), rank, type->shape)) return NULL;
  for (size_t i = 0; i < count; ++i) {
    coco_value *input = coco_layer_outer(layer, coco_operation_operand(anchor, i));
    boxes[i] = (coco_move_box){
        .input = input, .rank = rank, .source = coco_affine_map_identity(layer->context, (uint32_t)rank)};
    boxes[i].destination = coco_layer_strided_map(layer, rank, offsets, ones);
    memcpy(boxes[i].extents, input->type->shape, rank * sizeof *input->type->shape);
    offsets[axis] += input->type->shape[axis];
  }
  return coco_layer_build_move(layer, type, boxes, count, NULL);
}

/* Starts, ends, axes and steps of a slice whose operands are constants. */
typedef struct slice_numbers {
  int64_t starts[COCO_MAXIMUM_RANK], ends[COCO_MAXIMUM_RANK], axes[COCO_MAXIMUM_RANK], steps[COCO_MAXIMUM_RANK];
  size_t count;
} slice_numbers;

static bool read_slice(coco_value *const operands[4], slice_numbers *numbers) {
  size_t count;
  if (!coco_graph_constant_integers(operands[0], numbers->starts, COCO_MAXIMUM_RANK, &numbers->count)) return false;
  if (!coco_graph_constant_integers(operands[1], numbers->ends, COCO_MAXIMUM_RANK, &count) || count != numbers->count)
    return false;
  for (size_t i = 0; i < numbers->count; ++i) {
    numbers->axes[i] = (int64_t)i;
    numbers->steps[i] = 1;
  }
  if (operands[2] &&
      (!coco_graph_constant_integers(operands[2], numbers->axes, COCO_MAXIMUM_RANK, &count) || count != numbers->count))
    return false;
  return !operands[3] || (coco_graph_constant_integers(operands[3], numbers->steps, COCO_MAXIMUM_RANK, &count) &&
                          count == numbers->count);
}

coco_value *coco_layer_resolve(const coco_operation *operation, size_t group) {
  coco_value *value = coco_operation_group_value(operation, group);
  if (!value) return NULL;
  coco_block *block = coco_value_argument_block(value);
  coco_operation *owner = block && block->region ? block->region->owner : NULL;
  return coco_operation_is(owner, &coco_graph_fused) ? coco_operation_operand(owner, value->index) : value;
}

const char *coco_supports_slice(const coco_operation *operation) {
  slice_numbers numbers;
  coco_value *const operands[] = {coco_layer_resolve(operation, 1), coco_layer_resolve(operation, 2), coco_layer_resolve(operation, 3),
                                  coco_layer_resolve(operation, 4)};
  return read_slice(operands, &numbers) ? NULL : "with bounds that are not constants";
}

coco_value *coco_lower_slice(coco_layer *layer) {
  slice_numbers numbers;
  coco_value *const operands[] = {operand(layer, 1), operand(layer, 2), operand(layer, 3), operand(layer, 4)};
  coco_value *input = operand(layer, 0);
  const coco_type *type = anchor_type(layer);
  int64_t starts[COCO_MAXIMUM_RANK] = {0}, steps[COCO_MAXIMUM_RANK];
  if (!read_slice(operands, &numbers)) return coco_layer_fail(layer, COCO_INVALID_ARGUMENT);
  for (size_t i = 0; i < type->rank; ++i) steps[i] = 1;
  for (size_t i = 0; i < numbers.count; ++i) {
    int64_t axis = numbers.axes[i] < 0 ? numbers.axes[i] + (int64_t)type->rank : numbers.axes[i];
    coco_graph_range range =
        coco_graph_slice_range(input->type->shape[axis], numbers.starts[i], numbers.ends[i], numbers.steps[i]);
    starts[axis] = range.start;
    steps[axis] = range.step;
  }
  if (!coco_layer_shaped(layer, input, type->rank, type->shape)) return NULL;
  return build_read(layer, input, type, coco_layer_strided_map(layer, type->rank, starts, steps));
}

static coco_value *build_indexed(coco_layer *layer, const coco_operation_definition *definition, coco_value *const *operands,
                                 size_t count, const char *property, const coco_attribute *value) {
  const coco_named_attribute attributes[] = {
      COCO_NAMED("device", coco_attribute_string(layer->context, COCO_STRING("cpu"))), {coco_string_from(property), value}};
  if (!attributes[0].value || !value) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  return coco_build_value(&layer->builder, &(coco_operation_state){.definition = definition,
                                                                   .operands = operands,
                                                                   .operand_count = count,
                                                                   .attributes = attributes,
                                                                   .attribute_count = 2});
}

coco_value *coco_lower_scatter(coco_layer *layer) {
  coco_value *const operands[] = {operand(layer, 0), operand(layer, 1), operand(layer, 2)};
  return build_indexed(layer, &coco_lr_scatter, operands, 3, "reduction",
                       COCO_PROPERTY(layer->anchor, graph_scatter, reduction));
}

/* indices[i] = (i * step + offset) floordiv divisor for all COUNT of them (at least two, none negative). */
typedef struct index_line {
  int64_t step, offset, divisor;
} index_line;

static bool fits_line(const int64_t *indices, size_t count, const index_line *line) {
  for (size_t i = 0; i < count; ++i) {
    if ((int64_t)i * line->step + line->offset != indices[i] * line->divisor + ((int64_t)i * line->step + line->offset) % line->divisor)
      return false;
  }
  return true;
}

static bool find_line(const int64_t *indices, size_t count, index_line *line) {
  enum { LARGEST_DIVISOR = 16 };
  for (size_t i = 0; i < count; ++i) {
    if (indices[i] < 0 || indices[i] > INT32_MAX) return false;
  }
  if (count < 2 || count > INT32_MAX) return false;
  *line = (index_line){indices[1] - indices[0], indices[0], 1};
  if (fits_line(indices, count, line)) return true;
  for (int64_t divisor = 2; divisor <= LARGEST_DIVISOR; ++divisor) {
    for (int64_t offset = 0; offset < divisor; ++offset) {
      *line = (index_line){1, indices[0] * divisor + offset, divisor};
      if (fits_line(indices, count, line)) return true;
    }
  }
  return false;
}

/* gather at indices on a line => one read in place, whose map has the line along the axis. */
static coco_value *read_along_line(coco_layer *layer, coco_value *input, const coco_type *type, size_t axis, const index_line *line) {
  coco_context *context = layer->context;
  const coco_affine_expression *results[COCO_MAXIMUM_RANK];
  for (size_t i = 0; i < type->rank; ++i) {
    results[i] = coco_affine_dimension(context, (uint32_t)i);
    if (!results[i]) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  }
  const int64_t numbers[] = {line->step, line->offset, line->divisor};
  const coco_affine_kind kinds[] = {COCO_AFFINE_MULTIPLY, COCO_AFFINE_ADD, COCO_AFFINE_FLOOR_DIVIDE};
  for (size_t i = 0; i < 3; ++i) {
    const coco_affine_expression *number = coco_affine_constant(context, numbers[i]);
    results[axis] = number ? coco_affine_binary(context, kinds[i], results[axis], number) : NULL;
    if (!results[axis]) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  }
  return build_read(layer, input, type, coco_affine_map_create(context, type->rank, 0, results, type->rank));
}

static coco_value *gather_boxes(coco_layer *layer, const int64_t *indices, size_t count);

/* Constant indices on a line are one map, a few constant ones a box each, others are looked up. */
coco_value *coco_lower_gather(coco_layer *layer) {
  coco_value *input = operand(layer, 0), *list = operand(layer, 1);
  const coco_attribute *axis = COCO_PROPERTY(layer->anchor, graph_gather, axis);
  const coco_type *type = anchor_type(layer);
  int64_t elements = coco_type_element_count(list->type);
  if (!coco_layer_shaped(layer, input, type->rank, type->shape) || !coco_layer_shaped(layer, input, input->type->rank, input->type->shape)) return NULL;
  size_t count = 0, capacity = coco_value_constant(list) && elements > 0 ? (size_t)elements : 0;
  int64_t *indices = coco_arena_allocate_zeroed(layer->scratch, capacity + 1, sizeof *indices);
  if (!indices) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  bool known = coco_graph_constant_integers(list, indices, capacity, &count) && count > 0;
  int64_t extent = input->type->shape[axis->integer];
  for (size_t i = 0; known && i < count; ++i)
    if (indices[i] < -extent || indices[i] >= extent)
      return coco_layer_fail(layer, coco_operation_error(layer->anchor, "index %lld is out of range for an extent of %lld",
                                                         (long long)indices[i], (long long)extent));
  index_line line;
  if (known && list->type->rank == 1 && find_line(indices, count, &line) && indices[count - 1] < extent)
    return read_along_line(layer, input, type, (size_t)axis->integer, &line);
  if (elements <= MAX_GATHERED && (known || elements == 0)) return gather_boxes(layer, indices, count);
  return build_indexed(layer, &coco_lr_gather, (coco_value *const[]){input, list}, 2, "axis", axis);
}

/* A box for each index: the input's slice there, into its place of the result, where the indices' axes stand for the
 * gathered one. */
static coco_value *gather_boxes(coco_layer *layer, const int64_t *indices, size_t count) {
  coco_value *input = operand(layer, 0);
  const coco_type *type = anchor_type(layer), *indices_type = operand(layer, 1)->type;
  int64_t axis = COCO_PROPERTY(layer->anchor, graph_gather, axis)->integer, place[COCO_MAXIMUM_RANK] = {0};
  size_t rank = input->type->rank;
  coco_move_box *boxes = coco_arena_allocate_zeroed(layer->scratch, count + 1, sizeof *boxes);
  if (!boxes) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  for (size_t i = 0; i < count; ++i) {
    const coco_affine_expression *to[COCO_MAXIMUM_RANK];
    int64_t from[COCO_MAXIMUM_RANK] = {0}, steps[COCO_MAXIMUM_RANK];
    size_t next = 0;
    boxes[i] = (coco_move_box){.input = input, .rank = rank};
    for (size_t j = 0; j < rank; ++j) {
      bool gathered = (int64_t)j == axis;
      steps[j] = 1;
      boxes[i].extents[j] = gathered ? 1 : input->type->shape[j];
      if (!gathered) to[next++] = coco_affine_dimension(layer->context, (uint32_t)j);
      for (uint32_t k = 0; gathered && k < indices_type->rank; ++k)
        to[next++] = coco_affine_constant(layer->context, place[k]);
    }
    from[axis] = indices[i] < 0 ? indices[i] + input->type->shape[axis] : indices[i];
    for (size_t j = 0; j < next; ++j) {
      if (!to[j]) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
    }
    boxes[i].source = coco_layer_strided_map(layer, rank, from, steps);
    boxes[i].destination = coco_affine_map_create(layer->context, (uint32_t)rank, 0, to, (uint32_t)next);
    coco_index_next(indices_type->shape, indices_type->rank, place);
  }
  return coco_layer_build_move(layer, type, boxes, count, NULL);
}

/* ---- Shapes as values ---- */

coco_value *coco_lower_shape(coco_layer *layer) {
  const coco_type *input = operand(layer, 0)->type;
  return coco_layer_constant(layer, coco_attribute_dense(layer->context, anchor_type(layer), input->shape,
                                                    input->rank * sizeof *input->shape));
}

coco_value *coco_lower_constant_of_shape(coco_layer *layer) {
  const coco_attribute *value = COCO_PROPERTY(layer->anchor, graph_constant_of_shape, value);
  const coco_type *type = anchor_type(layer);
  uint8_t element[16] = {0};
  if (coco_type_is_float(type->element)) {
    coco_element_write_real(type->element, element, value->real);
  } else {
    coco_element_write_integer(type->element, element, value->integer);
  }
  return coco_layer_constant(layer,
                        coco_attribute_dense(layer->context, type, element, coco_type_element_size(type->element)));
}
