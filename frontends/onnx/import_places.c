/* ONNX operators that move elements to places that data or constants say: gathers, scatters, one-hot, top-k, tiles.
 *
 * Elements by several indices are slices by one: the tensor is seen as rows, and the indices are joined to the row's number. */
#include "frontends/onnx/importer.h"

static const coco_type *i64(coco_onnx_node *node) { return coco_type_integer(node->context, 64); }

/* COUNT numbers for a constant; NULL fails the builder. */
static double *numbers(coco_onnx_node *node, int64_t count) {
  enum { LARGEST_TABLE = 1 << 24 };
  if (count < 0 || count > LARGEST_TABLE) {
    coco_builder_fail(&node->importer->builder, coco_onnx_node_error(node, "needs a table of more than %d numbers", LARGEST_TABLE));
    return NULL;
  }
  double *out = coco_arena_allocate_zeroed(&node->importer->scratch, (size_t)count + 1, sizeof *out);
  if (!out) coco_builder_fail(&node->importer->builder, COCO_OUT_OF_MEMORY);
  return out;
}

/* 0, 1, …, COUNT - 1 along AXIS of RANK axes. */
static coco_value *counting(coco_onnx_node *node, const coco_type *element, int64_t count, size_t axis, size_t rank) {
  double *values = numbers(node, count);
  int64_t shape[COCO_ONNX_MAXIMUM_RANK];
  if (!values) return NULL;
  for (int64_t i = 0; i < count; ++i) values[i] = (double)i;
  for (size_t i = 0; i < rank; ++i) shape[i] = i == axis ? count : 1;
  return coco_onnx_numbers(node, element, shape, rank, values);
}

/* index < 0 ? index + extent : index, in i64; EXTENT broadcasts. */
static coco_value *from_start(coco_onnx_node *node, coco_value *index, coco_value *extent) {
  index = coco_onnx_cast(node, index, i64(node));
  coco_value *negative = coco_onnx_binary(node, &coco_graph_less, index, coco_onnx_scalar(node, i64(node), 0));
  return coco_onnx_where(node, negative, coco_onnx_binary(node, &coco_graph_add, index, extent), index);
}

static coco_value *vector_of(coco_onnx_node *node, coco_value *value) { return coco_onnx_reshape_to(node, value, (int64_t[]){-1}, 1); }

static int64_t product(const int64_t *extents, size_t count) {
  int64_t all = 1;
  for (size_t i = 0; i < count; ++i) all *= extents[i];
  return all;
}

static coco_value *scatter(coco_onnx_node *node, coco_value *input, coco_value *indices, coco_value *updates, coco_string reduction) {
  return coco_onnx_emit(
      node, &(coco_operation_state){.definition = &coco_graph_scatter,
                                    COCO_WITH_OPERANDS(input, indices, updates),
                                    COCO_WITH_ATTRIBUTES(COCO_NAMED("reduction", coco_attribute_string(node->context, reduction)))});
}

static coco_status read_reduction(coco_onnx_node *node, coco_string *out) {
  static const char *const known[] = {"none", "add", "mul", "max", "min"};
  COCO_TRY(coco_onnx_get_string(node, "reduction", "none", out));
  for (size_t i = 0; i < sizeof known / sizeof *known; ++i)
    if (coco_string_is(*out, known[i])) return COCO_OK;
  return coco_onnx_node_error(node, "attribute 'reduction' says '%.*s', which is not known", COCO_PRINT(*out));
}

/* ---- Elements ---- */

/* The place of each element in the row-major order of TYPE, where INDEX stands for its index along AXIS, and the others are its own. */
static coco_value *flat_places(coco_onnx_node *node, coco_value *index, const coco_type *type, size_t axis) {
  const coco_type *shape = index->type;
  int64_t stride = product(type->shape + axis + 1, type->rank - axis - 1), count = coco_type_element_count(shape), at[COCO_ONNX_MAXIMUM_RANK] = {0};
  double *places = numbers(node, count);
  if (!places) return NULL;
  for (int64_t i = 0; i < count; ++i) {
    int64_t place = 0;
    for (size_t k = 0; k < type->rank; ++k) place = place * type->shape[k] + (k == axis ? 0 : at[k]);
    places[i] = (double)place;
    for (size_t k = type->rank; k-- > 0 && ++at[k] == shape->shape[k];) at[k] = 0;
  }
  coco_value *along = from_start(node, index, coco_onnx_scalar(node, i64(node), (double)type->shape[axis]));
  along = coco_onnx_binary(node, &coco_graph_mul, along, coco_onnx_scalar(node, i64(node), (double)stride));
  return coco_onnx_binary(node, &coco_graph_add, along, coco_onnx_numbers(node, i64(node), shape->shape, shape->rank, places));
}

/* The axis, and that indices lie beside the input: no axis but it may be longer. */
static coco_status check_elements(coco_onnx_node *node, int64_t *axis) {
  const coco_type *type = node->inputs[0]->type, *index = node->inputs[1]->type;
  COCO_TRY(coco_onnx_get_integer(node, "axis", 0, axis));
  COCO_TRY(coco_onnx_check_static(node, node->inputs[0], "the input"));
  COCO_TRY(coco_onnx_check_static(node, node->inputs[1], "the indices"));
  COCO_TRY(coco_onnx_normalize_axis(node, *axis, type->rank, axis));
  bool fits = index->rank == type->rank && coco_type_is(index->element, COCO_TYPE_INTEGER);
  for (size_t i = 0; fits && i < type->rank; ++i) fits = (int64_t)i == *axis || index->shape[i] <= type->shape[i];
  return fits ? COCO_OK : coco_onnx_node_error(node, "the indices do not fit the input");
}

static coco_status import_gather_elements(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  int64_t axis;
  COCO_TRY(check_elements(node, &axis));
  coco_value *x = node->inputs[0], *flat = vector_of(node, x);
  return coco_onnx_set(node, 0, coco_onnx_gather(node, flat, flat_places(node, node->inputs[1], x->type, (size_t)axis), 0));
}

static coco_status import_scatter_elements(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 3, 3));
  int64_t axis;
  coco_string reduction;
  COCO_TRY(check_elements(node, &axis));
  COCO_TRY(read_reduction(node, &reduction));
  coco_value *x = node->inputs[0], *places = flat_places(node, node->inputs[1], x->type, (size_t)axis);
  coco_value *flat = scatter(node, vector_of(node, x), vector_of(node, places), vector_of(node, node->inputs[2]), reduction);
  return coco_onnx_set(node, 0, coco_onnx_reshape_to(node, flat, x->type->shape, x->type->rank));
}

/* ---- Slices ---- */

/* The rows that the last axis of INDICES names, by DEPTH indices into axes FIRST and on of TYPE: of one axis less. */
static coco_value *row_places(coco_onnx_node *node, coco_value *indices, const coco_type *type, size_t first, size_t depth) {
  double extents[COCO_ONNX_MAXIMUM_RANK], strides[COCO_ONNX_MAXIMUM_RANK];
  int64_t count = (int64_t)depth, axis = (int64_t)indices->type->rank - 1;
  for (size_t i = 0; i < depth; ++i) {
    extents[i] = (double)type->shape[first + i];
    strides[i] = (double)product(type->shape + first + i + 1, depth - i - 1);
  }
  coco_value *index = from_start(node, indices, coco_onnx_numbers(node, i64(node), &count, 1, extents));
  index = coco_onnx_binary(node, &coco_graph_mul, index, coco_onnx_numbers(node, i64(node), &count, 1, strides));
  return coco_onnx_reduce(node, "sum", index, &axis, 1, false);
}

static coco_status check_slices(coco_onnx_node *node, size_t batch, size_t *depth) {
  COCO_TRY(coco_onnx_check_static(node, node->inputs[0], "the input"));
  COCO_TRY(coco_onnx_check_static(node, node->inputs[1], "the indices"));
  const coco_type *type = node->inputs[0]->type, *index = node->inputs[1]->type;
  *depth = index->rank ? (size_t)index->shape[index->rank - 1] : 0;
  bool fits = index->rank > batch && *depth >= 1 && batch <= type->rank && *depth <= type->rank - batch && coco_type_is(index->element, COCO_TYPE_INTEGER);
  for (size_t i = 0; fits && i < batch; ++i) fits = index->shape[i] == type->shape[i];
  return fits ? COCO_OK : coco_onnx_node_error(node, "the indices do not fit the input");
}

static coco_status import_gather_nd(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  int64_t batch, shape[COCO_ONNX_MAXIMUM_RANK];
  size_t depth, rank = 0;
  COCO_TRY(coco_onnx_get_integer(node, "batch_dims", 0, &batch));
  if (batch < 0 || batch > COCO_ONNX_MAXIMUM_RANK) return coco_onnx_node_error(node, "attribute 'batch_dims' is out of range");
  COCO_TRY(check_slices(node, (size_t)batch, &depth));
  const coco_type *type = node->inputs[0]->type, *index = node->inputs[1]->type;
  size_t after = (size_t)batch + depth;
  int64_t batches = product(type->shape, (size_t)batch), rows = product(type->shape + batch, depth), rest = product(type->shape + after, type->rank - after);
  if (index->rank - 1 + type->rank - after > COCO_ONNX_MAXIMUM_RANK) return coco_onnx_node_error(node, "the result's rank is too large");
  for (size_t i = 0; i + 1 < index->rank; ++i) shape[rank++] = index->shape[i];
  for (size_t i = after; i < type->rank; ++i) shape[rank++] = type->shape[i];
  coco_value *places = row_places(node, node->inputs[1], type, (size_t)batch, depth);
  if (batches != 1) {
    int64_t each = batches ? product(index->shape + batch, index->rank - 1 - (size_t)batch) : 0;
    coco_value *starts = coco_onnx_binary(node, &coco_graph_mul, counting(node, i64(node), batches, 0, 2), coco_onnx_scalar(node, i64(node), (double)rows));
    places = coco_onnx_binary(node, &coco_graph_add, coco_onnx_reshape_to(node, places, (int64_t[]){batches, each}, 2), starts);
  }
  coco_value *flat = coco_onnx_reshape_to(node, node->inputs[0], (int64_t[]){batches * rows, rest}, 2);
  return coco_onnx_set(node, 0, coco_onnx_reshape_to(node, coco_onnx_gather(node, flat, vector_of(node, places), 0), shape, rank));
}

static coco_status import_scatter_nd(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 3, 3));
  size_t depth;
  coco_string reduction;
  COCO_TRY(check_slices(node, 0, &depth));
  COCO_TRY(read_reduction(node, &reduction));
  const coco_type *type = node->inputs[0]->type, *index = node->inputs[1]->type;
  int64_t rows = product(type->shape, depth), rest = product(type->shape + depth, type->rank - depth), count = product(index->shape, index->rank - 1);
  coco_value *flat = coco_onnx_reshape_to(node, node->inputs[0], (int64_t[]){rows, rest}, 2);
  coco_value *updates = coco_onnx_reshape_to(node, node->inputs[2], (int64_t[]){count, rest}, 2);
  coco_value *places = vector_of(node, row_places(node, node->inputs[1], type, 0, depth));
  return coco_onnx_set(node, 0, coco_onnx_reshape_to(node, scatter(node, flat, places, updates, reduction), type->shape, type->rank));
}

/* Update t of batch b is written to place write_indices[b] + t along the axis, in a circle when asked for. */
static coco_status import_tensor_scatter(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 3));
  int64_t axis;
  coco_string mode;
  COCO_TRY(coco_onnx_get_integer(node, "axis", -2, &axis));
  COCO_TRY(coco_onnx_get_string(node, "mode", "linear", &mode));
  COCO_TRY(coco_onnx_check_static(node, node->inputs[0], "the cache"));
  COCO_TRY(coco_onnx_check_static(node, node->inputs[1], "the update"));
  const coco_type *type = node->inputs[0]->type, *update = node->inputs[1]->type;
  COCO_TRY(coco_onnx_normalize_axis(node, axis, type->rank, &axis));
  if (axis == 0 || update->rank != type->rank) return coco_onnx_node_error(node, "the update does not fit the cache");
  int64_t batch = type->shape[0], middle = product(type->shape + 1, (size_t)axis - 1), extent = type->shape[axis], fresh = update->shape[axis],
          rest = product(type->shape + axis + 1, type->rank - (size_t)axis - 1);
  const coco_type *element = i64(node);
  coco_value *place = counting(node, element, fresh, 2, 3);
  if (coco_onnx_input(node, 2)) {
    coco_value *start = coco_onnx_reshape_to(node, coco_onnx_cast(node, node->inputs[2], element), (int64_t[]){batch, 1, 1}, 3);
    place = coco_onnx_binary(node, &coco_graph_add, start, place);
  }
  coco_value *length = coco_onnx_scalar(node, element, (double)extent);
  if (coco_string_is(mode, "circular"))
    place = coco_onnx_where(node, coco_onnx_binary(node, &coco_graph_less, place, length), place, coco_onnx_binary(node, &coco_graph_sub, place, length));
  double *rows = numbers(node, batch * middle);
  if (!rows) return node->importer->builder.status;
  for (int64_t i = 0; i < batch * middle; ++i) rows[i] = (double)(i * extent);
  place = coco_onnx_binary(node, &coco_graph_add, place, coco_onnx_numbers(node, element, (int64_t[]){batch, middle, 1}, 3, rows));
  coco_value *cache = coco_onnx_reshape_to(node, node->inputs[0], (int64_t[]){batch * middle * extent, rest}, 2);
  coco_value *updates = coco_onnx_reshape_to(node, node->inputs[1], (int64_t[]){batch * middle * fresh, rest}, 2);
  coco_value *flat = scatter(node, cache, vector_of(node, place), updates, COCO_STRING("none"));
  return coco_onnx_set(node, 0, coco_onnx_reshape_to(node, flat, type->shape, type->rank));
}

/* ---- One-hot, top-k ---- */

/* where(index = [0, 1, …], on, off), along a new axis. */
static coco_status import_one_hot(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 3, 3));
  int64_t axis;
  double depth;
  size_t rank = node->inputs[0]->type->rank;
  COCO_TRY(coco_onnx_get_integer(node, "axis", -1, &axis));
  COCO_TRY(coco_onnx_normalize_axis(node, axis, rank + 1, &axis));
  if (!coco_onnx_constant_real(node, 1, &depth) || !(depth >= 1 && depth <= INT32_MAX) || rank + 1 > COCO_ONNX_MAXIMUM_RANK)
    return coco_onnx_node_error(node, "the depth must be a constant of at least 1");
  coco_value *index = from_start(node, node->inputs[0], coco_onnx_scalar(node, i64(node), (double)(int64_t)depth));
  index = coco_onnx_unsqueeze(node, index, &axis, 1);
  coco_value *hot = coco_onnx_binary(node, &coco_graph_equal, index, counting(node, i64(node), (int64_t)depth, (size_t)axis, rank + 1));
  coco_value *values = node->inputs[2];
  coco_value *off = coco_onnx_reshape_to(node, coco_onnx_slice(node, values, 0, 0, 1, 1), NULL, 0);
  coco_value *on = coco_onnx_reshape_to(node, coco_onnx_slice(node, values, 0, 1, 2, 1), NULL, 0);
  return coco_onnx_set(node, 0, coco_onnx_where(node, hot, on, off));
}

/* The element of X (and its index) that stands at each of COUNT places of the order. The place of an element is the number of elements
 * before it, larger (or smaller) ones and equal ones with a smaller index. AXIS is the last one. */
static coco_status order(coco_onnx_node *node, coco_value *x, int64_t count, bool largest, coco_value **value, coco_value **index) {
  size_t rank = x->type->rank;
  int64_t extent = x->type->shape[rank - 1], last = (int64_t)rank - 1, next = last + 1;
  const coco_type *bit = coco_type_integer(node->context, 1);
  coco_value *own = coco_onnx_unsqueeze(node, x, &next, 1), *other = coco_onnx_unsqueeze(node, x, &last, 1);
  double *earlier = numbers(node, extent * extent);
  if (!earlier) return node->importer->builder.status;
  for (int64_t i = 0; i < extent * extent; ++i) earlier[i] = i % extent < i / extent;
  coco_value *first = coco_onnx_numbers(node, bit, (int64_t[]){extent, extent}, 2, earlier);
  coco_value *before = coco_onnx_binary(node, largest ? &coco_graph_greater : &coco_graph_less, other, own);
  coco_value *tied = coco_onnx_binary(node, &coco_graph_and, coco_onnx_binary(node, &coco_graph_equal, other, own), first);
  before = coco_onnx_cast(node, coco_onnx_binary(node, &coco_graph_or, before, tied), i64(node));
  coco_value *place = coco_onnx_reduce(node, "sum", before, &next, 1, false);
  coco_value *chosen = coco_onnx_binary(node, &coco_graph_equal, coco_onnx_unsqueeze(node, place, &last, 1),
                                        counting(node, i64(node), count, rank - 1, rank + 1));
  coco_value *zero = coco_onnx_scalar(node, x->type->element, 0);
  *value = coco_onnx_reduce(node, "sum", coco_onnx_where(node, chosen, other, zero), &next, 1, false);
  coco_value *numbered = coco_onnx_where(node, chosen, counting(node, i64(node), extent, rank, rank + 1), coco_onnx_scalar(node, i64(node), 0));
  *index = coco_onnx_reduce(node, "sum", numbered, &next, 1, false);
  return COCO_OK;
}

static coco_status import_top_k(coco_onnx_node *node) {
  enum { LARGEST_EXTENT = 4096 };
  COCO_TRY(coco_onnx_check_inputs(node, node->version < 10 ? 1 : 2, node->version < 10 ? 1 : 2));
  int64_t axis, count, permutation[COCO_ONNX_MAXIMUM_RANK];
  double given = 0;
  bool largest, sorted;
  coco_value *x = node->inputs[0], *value = NULL, *index = NULL;
  COCO_TRY(coco_onnx_get_integer(node, "axis", -1, &axis));
  COCO_TRY(coco_onnx_get_bool(node, "largest", true, &largest));
  COCO_TRY(coco_onnx_get_bool(node, "sorted", true, &sorted));
  COCO_TRY(coco_onnx_get_integer(node, "k", 0, &count));
  COCO_TRY(coco_onnx_check_static(node, x, "the input"));
  COCO_TRY(coco_onnx_normalize_axis(node, axis, x->type->rank, &axis));
  if (node->version >= 10 && !coco_onnx_constant_real(node, 1, &given)) return coco_onnx_node_error(node, "k must be a constant");
  if (node->version >= 10) count = (int64_t)given;
  int64_t extent = x->type->shape[axis];
  if (count < 0 || count > extent || extent > LARGEST_EXTENT || x->type->rank + 1 > COCO_ONNX_MAXIMUM_RANK)
    return coco_onnx_node_error(node, "k should be at most the axis's extent, and that at most %d", LARGEST_EXTENT);
  size_t rank = x->type->rank;
  for (size_t i = 0; i < rank; ++i) permutation[i] = (int64_t)i;
  permutation[axis] = (int64_t)rank - 1, permutation[rank - 1] = axis;
  bool moves = (size_t)axis != rank - 1;
  if (moves) x = coco_onnx_transpose(node, x, permutation, rank);
  if (!x) return node->importer->builder.status;
  COCO_TRY(order(node, x, count, largest, &value, &index));
  COCO_TRY(coco_onnx_set(node, 0, moves ? coco_onnx_transpose(node, value, permutation, rank) : value));
  return coco_onnx_set(node, 1, moves ? coco_onnx_transpose(node, index, permutation, rank) : index);
}

/* ---- Tiles and blocks ---- */

/* [a, b] as [1, a, 1, b], stretched to [r, a, s, b], as [r * a, s * b] */
static coco_status import_tile(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  int64_t *repeats, apart[2 * COCO_ONNX_MAXIMUM_RANK], stretched[2 * COCO_ONNX_MAXIMUM_RANK], shape[COCO_ONNX_MAXIMUM_RANK];
  size_t count;
  COCO_TRY(coco_onnx_check_static(node, node->inputs[0], "the input"));
  COCO_TRY(coco_onnx_constant_integers(node, 1, &repeats, &count));
  const coco_type *type = node->inputs[0]->type;
  if (!repeats || count != type->rank) return coco_onnx_node_error(node, "the repeats should be constants, one for each axis");
  for (size_t i = 0; i < count; ++i) {
    if (repeats[i] < 0 || repeats[i] > INT32_MAX) return coco_onnx_node_error(node, "a number of repeats is out of range");
    apart[2 * i] = 1, stretched[2 * i] = repeats[i];
    apart[2 * i + 1] = stretched[2 * i + 1] = type->shape[i];
    if (type->shape[i] > INT64_MAX / (repeats[i] + 1)) return coco_onnx_node_error(node, "the result is too large");
    shape[i] = repeats[i] * type->shape[i];
  }
  coco_value *value = coco_onnx_reshape_to(node, node->inputs[0], apart, 2 * count);
  return coco_onnx_set(node, 0, coco_onnx_reshape_to(node, coco_onnx_expand_to(node, value, stretched, 2 * count), shape, count));
}

static coco_status read_block(coco_onnx_node *node, int64_t *out) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  COCO_TRY(coco_onnx_get_integer(node, "blocksize", 0, out));
  COCO_TRY(coco_onnx_check_static(node, node->inputs[0], "the input"));
  if (*out < 1 || *out > INT16_MAX || node->inputs[0]->type->rank != 4) return coco_onnx_node_error(node, "needs an input of 4 axes and a positive blocksize");
  return COCO_OK;
}

static coco_status import_depth_to_space(coco_onnx_node *node) {
  int64_t b;
  coco_string mode;
  COCO_TRY(read_block(node, &b));
  COCO_TRY(coco_onnx_get_string(node, "mode", "DCR", &mode));
  const int64_t *e = node->inputs[0]->type->shape;
  if (e[1] % (b * b) != 0) return coco_onnx_node_error(node, "blocks do not divide the channels");
  bool depth_first = coco_string_is(mode, "DCR");
  int64_t c = e[1] / (b * b);
  const int64_t dcr[] = {e[0], b, b, c, e[2], e[3]}, crd[] = {e[0], c, b, b, e[2], e[3]}, dcr_order[] = {0, 3, 4, 1, 5, 2}, crd_order[] = {0, 1, 4, 2, 5, 3};
  coco_value *value = coco_onnx_reshape_to(node, node->inputs[0], depth_first ? dcr : crd, 6);
  value = coco_onnx_transpose(node, value, depth_first ? dcr_order : crd_order, 6);
  return coco_onnx_set(node, 0, coco_onnx_reshape_to(node, value, (int64_t[]){e[0], c, e[2] * b, e[3] * b}, 4));
}

static coco_status import_space_to_depth(coco_onnx_node *node) {
  int64_t b;
  COCO_TRY(read_block(node, &b));
  coco_string mode;
  COCO_TRY(coco_onnx_get_string(node, "mode", "DCR", &mode));
  const int64_t *e = node->inputs[0]->type->shape;
  if (e[2] % b != 0 || e[3] % b != 0) return coco_onnx_node_error(node, "blocks do not divide the image");
  bool depth_first = coco_string_is(mode, "DCR");
  const int64_t dcr_order[] = {0, 3, 5, 1, 2, 4}, crd_order[] = {0, 1, 3, 5, 2, 4};
  coco_value *value = coco_onnx_reshape_to(node, node->inputs[0], (int64_t[]){e[0], e[1], e[2] / b, b, e[3] / b, b}, 6);
  value = coco_onnx_transpose(node, value, depth_first ? dcr_order : crd_order, 6);
  return coco_onnx_set(node, 0, coco_onnx_reshape_to(node, value, (int64_t[]){e[0], e[1] * b * b, e[2] / b, e[3] / b}, 4));
}

/* One pad of every axis, negative where the input is the longer one. */
static coco_status import_center_crop_pad(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  const int64_t *given;
  int64_t *axes = NULL, *wanted, pads[2 * COCO_ONNX_MAXIMUM_RANK] = {0};
  size_t count, wanted_count;
  COCO_TRY(coco_onnx_check_static(node, node->inputs[0], "the input"));
  const coco_type *type = node->inputs[0]->type;
  COCO_TRY(coco_onnx_get_integers(node, "axes", &given, &count));
  COCO_TRY(coco_onnx_constant_integers(node, 1, &wanted, &wanted_count));
  if (given) COCO_TRY(coco_onnx_normalize_axes(node, given, count, type->rank, false, &axes));
  if (!wanted || wanted_count != (given ? count : type->rank)) return coco_onnx_node_error(node, "the shape should be constants, one for each axis");
  for (size_t i = 0; i < wanted_count; ++i) {
    size_t axis = axes ? (size_t)axes[i] : i;
    if (wanted[i] < 0 || wanted[i] > INT32_MAX) return coco_onnx_node_error(node, "an extent is out of range");
    int64_t missing = wanted[i] - type->shape[axis];
    pads[axis] = missing / 2;
    pads[type->rank + axis] = missing - missing / 2;
  }
  return coco_onnx_set(
      node, 0,
      coco_onnx_emit(node, &(coco_operation_state){.definition = &coco_graph_pad,
                                                   COCO_WITH_OPERANDS(node->inputs[0], coco_onnx_integers(node, pads, 2 * type->rank)),
                                                   COCO_WITH_ATTRIBUTES(COCO_NAMED("mode", coco_attribute_string(node->context, COCO_STRING("constant"))))}));
}

const coco_onnx_operator coco_onnx_places_operators[] = {
    {"GatherElements", {11, 13}, import_gather_elements, NULL, NULL},
    {"GatherND", {11, 12, 13}, import_gather_nd, NULL, NULL},
    {"Scatter", {9}, import_scatter_elements, NULL, NULL},
    {"ScatterElements", {11, 13, 16, 18}, import_scatter_elements, NULL, NULL},
    {"ScatterND", {11, 13, 16, 18}, import_scatter_nd, NULL, NULL},
    {"TensorScatter", {24}, import_tensor_scatter, NULL, NULL},
    {"OneHot", {9, 11}, import_one_hot, NULL, NULL},
    {"TopK", {1, 10, 11, 24}, import_top_k, NULL, NULL},
    {"Tile", {6, 13}, import_tile, NULL, NULL},
    {"DepthToSpace", {1, 11, 13}, import_depth_to_space, NULL, NULL},
    {"SpaceToDepth", {1, 13}, import_space_to_depth, NULL, NULL},
    {"CenterCropPad", {18}, import_center_crop_pad, NULL, NULL},
    {0},
};
