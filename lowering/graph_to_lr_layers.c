/* Layers that compute: convolutions, products, pools, reductions, normalisation, softmax. */
#include "dialects/arith/arith.h"
#include "dialects/builtin/builtin.h"
#include "dialects/lr/pack.h"
#include "dialects/lr/window.h"
#include "dialects/math/math.h"
#include "dialects/shared/shape.h"
#include "lowering/graph_to_lr.h"

static coco_value *operand(const coco_layer *layer, size_t group) {
  coco_value *value = coco_operation_group_value(layer->anchor, group);
  return value ? coco_layer_outer(layer, value) : NULL;
}
#define ANCHOR_OPERAND(layer, row, name) operand((layer), offsetof(struct coco_##row##_operands, name))

static const coco_attribute *keyword(coco_layer *layer, const char *text) {
  const coco_attribute *attribute = coco_attribute_string(layer->context, coco_string_from(text));
  if (!attribute) coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  return attribute;
}

/* The map from an index of RANK dimensions to dimension AXIS. */
static const coco_affine_map *pick(coco_layer *layer, uint32_t rank, uint32_t axis) {
  const coco_affine_expression *dimension = coco_affine_dimension(layer->context, axis);
  return dimension ? coco_affine_map_create(layer->context, rank, 0, &dimension, 1) : NULL;
}

static coco_value *arith(coco_layer *layer, const coco_operation_definition *definition, coco_value *left,
                         coco_value *right) {
  return coco_build_binary(&layer->builder, definition, left, right);
}

static coco_value *add_argument(coco_layer *layer, coco_value *const *arguments, const void *user) {
  (void)user;
  return arith(layer, &coco_arith_addf, arguments[0], arguments[1]);
}

coco_core_function coco_layer_add_bias(coco_layer *layer, coco_extras *extras, coco_value *bias) {
  if (bias) coco_extras_add(layer, extras, bias, pick(layer, layer->type->rank, 1));
  return bias ? add_argument : NULL;
}

/* conv(x, w, b) => lr.conv(x, w, b) { acc + b[channel], then the chain } */
coco_value *coco_layer_build_conv(coco_layer *layer, coco_value *input, coco_value *weight, coco_value *bias,
                                  const coco_attribute *info) {
  coco_extras extras = {.count = 0};
  const coco_core_function core = coco_layer_add_bias(layer, &extras, bias);
  const coco_named_attribute attributes[] = {COCO_NAMED("storage", keyword(layer, "plain")), COCO_NAMED("info", info)};
  return coco_layer_build(layer,
                          &(coco_layer_operation){.definition = &coco_lr_conv,
                                                  .own = {input, weight},
                                                  .own_count = 2,
                                                  .has_accumulator = true,
                                                  .attributes = attributes,
                                                  .attribute_count = 2,
                                                  .core = core,
                                                  .chain = true},
                          &extras);
}

coco_value *coco_lower_conv(coco_layer *layer) {
  const coco_operation *anchor = layer->anchor;
  coco_value *weight = ANCHOR_OPERAND(layer, graph_conv, weight), *bias = ANCHOR_OPERAND(layer, graph_conv, bias);
  const char *wrong;
  coco_window window;
  wrong = coco_window_make(&window, weight->type->rank - 2, weight->type->shape + 2,
                           COCO_PROPERTY(anchor, graph_conv, strides), COCO_PROPERTY(anchor, graph_conv, pads),
                           COCO_PROPERTY(anchor, graph_conv, dilations), false);
  if (wrong) return coco_layer_fail(layer, coco_operation_error(anchor, "%s", wrong));
  const coco_attribute *info = coco_lr_window_attribute(
      layer->context, &window, coco_property_integer(COCO_PROPERTY(anchor, graph_conv, group), 1));
  if (!info) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  return coco_layer_build_conv(layer, ANCHOR_OPERAND(layer, graph_conv, input), weight, bias, info);
}

/* ---- Products ---- */

typedef struct gemm_scale {
  double alpha, beta;
  bool has_c;
} gemm_scale;

/* The same bits as TYPE, integers of another signedness. */
static coco_value *seen_as(coco_layer *layer, coco_value *value, const coco_type *type) {
  if (!value || !type || value->type == type) return value;
  return coco_build_value(&layer->builder, &(coco_operation_state){.definition = &coco_builtin_unrealized_conversion_cast,
                                                                   COCO_WITH_OPERANDS(value), COCO_WITH_RESULTS(type)});
}

static coco_value *add_integers(coco_layer *layer, coco_value *left, coco_value *right) {
  const coco_type *type = left->type, *signless = coco_type_integer(layer->context, type->width);
  if (!signless) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  return seen_as(layer, arith(layer, &coco_arith_addi, seen_as(layer, left, signless), seen_as(layer, right, signless)), type);
}

static coco_value *scale_and_add(coco_layer *layer, coco_value *const *arguments, const void *user) {
  const gemm_scale *scale = user;
  coco_value *element = arguments[0];
  const coco_type *type = element->type;
  if (!coco_type_is_float(type)) return scale->has_c ? add_integers(layer, element, arguments[1]) : element;
  if (scale->alpha != 1)
    element = arith(layer, &coco_arith_mulf, element, coco_layer_scalar(layer, type, scale->alpha));
  if (!scale->has_c) return element;
  coco_value *c = arguments[1];
  if (scale->beta != 1) c = arith(layer, &coco_arith_mulf, c, coco_layer_scalar(layer, type, scale->beta));
  return arith(layer, &coco_arith_addf, element, c);
}

/* An lr.matmul of A by B (transposed when TRANSPOSED), both matrices or both with a batch. A constant B is packed. */
static coco_value *build_product(coco_layer *layer, coco_value *a, coco_value *b, bool transposed,
                                 const gemm_scale *scale, bool chain, coco_extras *extras) {
  const coco_attribute *packed = NULL, *columns = NULL, *constant = b->type->rank == 2 ? coco_value_constant(b) : NULL;
  int64_t shape[3] = {a->type->shape[0], a->type->shape[1], 0};
  shape[a->type->rank - 1] = b->type->shape[b->type->rank - (transposed ? 2 : 1)];
  if (constant) {
    coco_status status = coco_lr_pack_matmul_weight(layer->context, constant, transposed, &packed);
    if (status != COCO_OK) return coco_layer_fail(layer, status);
  }
  if (packed) {
    b = coco_build_value(&layer->builder, &(coco_operation_state){.definition = &coco_arith_constant,
                                                                  COCO_WITH_ATTRIBUTES(COCO_NAMED("value", packed))});
    columns = coco_attribute_i64(layer->context, shape[1]);
    if (!columns) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  } else if (transposed) {
    b = coco_layer_build_transpose(layer, b, b->type->rank == 3 ? (const int64_t[]){0, 2, 1} : (const int64_t[]){1, 0});
  }
  const coco_type *type = coco_type_tensor(layer->context, a->type->rank, shape, a->type->element, NULL);
  if (!type) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  const coco_named_attribute attributes[] = {COCO_NAMED("storage", keyword(layer, packed ? "packed" : "plain")),
                                             COCO_NAMED("columns", columns)};
  return coco_layer_build(layer,
                          &(coco_layer_operation){.definition = &coco_lr_matmul,
                                                  .own = {a, b},
                                                  .own_count = 2,
                                                  .has_accumulator = true,
                                                  .attributes = attributes,
                                                  .attribute_count = 2,
                                                  .core = scale ? scale_and_add : NULL,
                                                  .user = scale,
                                                  .chain = chain,
                                                  .type = type},
                          extras);
}

const char *coco_supports_gemm(const coco_operation *operation) {
  if (coco_type_is_float(coco_operation_operand(operation, 0)->type->element)) return NULL;
  bool plain = COCO_PROPERTY(operation, graph_gemm, alpha)->real == 1 &&
               (!COCO_OPERAND(operation, graph_gemm, c) || COCO_PROPERTY(operation, graph_gemm, beta)->real == 1);
  return plain ? NULL : "of integers with other factors than 1";
}

/* gemm(a, b, c) => lr.matmul(a', b', c) { alpha * acc + beta * c, then the chain } */
coco_value *coco_lower_gemm(coco_layer *layer) {
  const coco_operation *anchor = layer->anchor;
  coco_value *a = ANCHOR_OPERAND(layer, graph_gemm, a), *b = ANCHOR_OPERAND(layer, graph_gemm, b),
             *c = ANCHOR_OPERAND(layer, graph_gemm, c);
  if (COCO_PROPERTY(anchor, graph_gemm, trans_a)->integer)
    a = coco_layer_build_transpose(layer, a, (const int64_t[]){1, 0});
  if (!a) return NULL;
  gemm_scale scale = {COCO_PROPERTY(anchor, graph_gemm, alpha)->real, COCO_PROPERTY(anchor, graph_gemm, beta)->real,
                      c != NULL};
  coco_extras extras = {.count = 0};
  if (c) coco_extras_add(layer, &extras, c, coco_layer_broadcast_map(layer, c->type, layer->type));
  return build_product(layer, a, b, COCO_PROPERTY(anchor, graph_gemm, trans_b)->integer != 0, &scale, true, &extras);
}

/* VALUE with its batch dimensions stretched to BATCH and joined to one, as [batch, rows, columns]. */
static coco_value *with_one_batch(coco_layer *layer, coco_value *value, const coco_extents *batch, int64_t count) {
  const coco_type *type = value->type;
  int64_t shape[COCO_MAXIMUM_RANK + 2];
  int64_t rows = type->shape[type->rank - 2], columns = type->shape[type->rank - 1];
  for (size_t i = 0; i < batch->rank; ++i) shape[i] = batch->at[i];
  shape[batch->rank] = rows;
  shape[batch->rank + 1] = columns;
  value = coco_layer_build_expand(layer, value, batch->rank + 2, shape);
  return value ? coco_layer_build_reshape(layer, value, 3, (int64_t[]){count, rows, columns}) : NULL;
}

/* A product of matrices with batches: numpy's rule. Leading dimensions of A against a single matrix B are rows. */
static coco_value *batched_product(coco_layer *layer, coco_value *a, coco_value *b, coco_extras *extras) {
  const coco_type *left = a->type, *right = b->type;
  if (right->rank == 2) {
    int64_t rows = 1, depth = left->shape[left->rank - 1];
    if (!coco_extents_product(left->shape, left->rank - 1, &rows)) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
    a = coco_layer_build_reshape(layer, a, 2, (int64_t[]){rows, depth});
    return a ? build_product(layer, a, b, false, NULL, false, extras) : NULL;
  }
  coco_extents one = {.rank = left->rank - 2}, two = {.rank = right->rank - 2}, batch;
  int64_t count;
  memcpy(one.at, left->shape, one.rank * sizeof *one.at);
  memcpy(two.at, right->shape, two.rank * sizeof *two.at);
  if (!coco_broadcast(&one, &two, &batch) || !coco_extents_product(batch.at, batch.rank, &count))
    return coco_layer_fail(layer, COCO_INVALID_ARGUMENT);
  a = with_one_batch(layer, a, &batch, count);
  b = a ? with_one_batch(layer, b, &batch, count) : NULL;
  return b ? build_product(layer, a, b, false, NULL, false, extras) : NULL;
}

/* matmul(a, b) => lr.matmul, between reshapes unless both are matrices. */
coco_value *coco_lower_matmul(coco_layer *layer) {
  coco_value *a = ANCHOR_OPERAND(layer, graph_matmul, a), *b = ANCHOR_OPERAND(layer, graph_matmul, b);
  coco_extras extras = {.count = 0};
  if (a->type->rank == 2 && b->type->rank == 2) return build_product(layer, a, b, false, NULL, true, &extras);
  if (a->type->rank == 1) a = coco_layer_build_reshape(layer, a, 2, (int64_t[]){1, a->type->shape[0]});
  if (b->type->rank == 1) b = coco_layer_build_reshape(layer, b, 2, (int64_t[]){b->type->shape[0], 1});
  coco_value *product = a && b ? batched_product(layer, a, b, &extras) : NULL;
  const coco_type *type = coco_operation_result(layer->anchor, 0)->type;
  product = product ? coco_layer_build_reshape(layer, product, type->rank, type->shape) : NULL;
  return product ? coco_layer_build_chain(layer, product) : NULL;
}

/* ---- Normalisation, pools, reductions ---- */

/* scale * (x - mean) / sqrt(variance + epsilon) + bias */
static coco_value *normalise(coco_layer *layer, coco_value *const *arguments, const void *user) {
  const double *epsilon = user;
  coco_value *deviation =
      arith(layer, &coco_arith_addf, arguments[4], coco_layer_scalar(layer, arguments[0]->type, *epsilon));
  coco_value *centred = arith(layer, &coco_arith_subf, arguments[0], arguments[3]);
  coco_value *scaled = arith(layer, &coco_arith_mulf, arguments[1], centred);
  scaled = arith(layer, &coco_arith_divf, scaled, coco_build_unary(&layer->builder, &coco_math_sqrt, deviation));
  return arith(layer, &coco_arith_addf, scaled, arguments[2]);
}

coco_value *coco_lower_batch_norm(coco_layer *layer) {
  coco_extras extras = {.count = 0};
  uint32_t rank = layer->type->rank;
  coco_extras_add(layer, &extras, operand(layer, 0), coco_affine_map_identity(layer->context, rank));
  for (size_t i = 1; i < 5; ++i) {
    coco_value *value = operand(layer, i);
    /* Two of the four may be one value: each has its own place among the arguments. */
    extras.values[extras.count] = value;
    extras.maps[extras.count++] = pick(layer, rank, 1);
    if (!extras.maps[extras.count - 1]) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  }
  double epsilon = COCO_PROPERTY(layer->anchor, graph_batch_norm, epsilon)->real;
  return coco_layer_build_map(layer, layer->type, normalise, &epsilon, true, &extras);
}

static const coco_attribute *boolean(coco_layer *layer, bool value) {
  const coco_attribute *attribute = coco_attribute_bool(layer->context, value);
  if (!attribute) coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  return attribute;
}

/* max_pool, average_pool => lr.window with the chain. */
coco_value *coco_lower_pool(coco_layer *layer) {
  const coco_operation *anchor = layer->anchor;
  bool maximum = coco_operation_is(anchor, &coco_graph_max_pool);
  const coco_attribute *kernel = coco_operation_get(anchor, COCO_STRING("kernel")),
                       *strides = coco_operation_get(anchor, COCO_STRING("strides"));
  const coco_attribute *pads = coco_operation_get(anchor, COCO_STRING("pads")),
                       *dilations = coco_operation_get(anchor, COCO_STRING("dilations"));
  bool ceil_mode = coco_operation_get(anchor, COCO_STRING("ceil_mode"))->integer != 0;
  bool include_pad = !maximum && COCO_PROPERTY(anchor, graph_average_pool, count_include_pad)->integer != 0;
  coco_window window;
  const char *wrong =
      coco_window_make(&window, kernel->count, coco_attribute_i64s(kernel), strides, pads, dilations, ceil_mode);
  if (wrong) return coco_layer_fail(layer, coco_operation_error(anchor, "%s", wrong));
  const coco_attribute *info = coco_lr_window_attribute(layer->context, &window, 1);
  if (!info) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  coco_extras extras = {.count = 0};
  const coco_named_attribute attributes[] = {
      COCO_NAMED("kind", keyword(layer, maximum ? "max" : "average")), COCO_NAMED("info", info),
      COCO_NAMED("count_include_pad", boolean(layer, include_pad)), COCO_NAMED("ceil_mode", boolean(layer, ceil_mode))};
  return coco_layer_build(layer,
                          &(coco_layer_operation){.definition = &coco_lr_window,
                                                  .own = {operand(layer, 0)},
                                                  .own_count = 1,
                                                  .has_accumulator = true,
                                                  .attributes = attributes,
                                                  .attribute_count = 4,
                                                  .chain = true},
                          &extras);
}

/* An lr.reduce of INPUT. TYPE: without the chain. */
static coco_value *build_reduce(coco_layer *layer, coco_value *input, const coco_attribute *kind,
                                const coco_attribute *axes, const coco_attribute *keep, const coco_type *type) {
  coco_extras extras = {.count = 0};
  if (!kind || !axes || !keep) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  const coco_named_attribute attributes[] = {COCO_NAMED("kind", kind), COCO_NAMED("axes", axes),
                                             COCO_NAMED("keep_dimensions", keep)};
  return coco_layer_build(layer,
                          &(coco_layer_operation){.definition = &coco_lr_reduce,
                                                  .own = {input},
                                                  .own_count = 1,
                                                  .has_accumulator = true,
                                                  .attributes = attributes,
                                                  .attribute_count = 3,
                                                  .chain = type == NULL,
                                                  .type = type},
                          &extras);
}

coco_value *coco_lower_reduce(coco_layer *layer) {
  const coco_operation *anchor = layer->anchor;
  return build_reduce(layer, operand(layer, 0), COCO_PROPERTY(anchor, graph_reduce, kind),
                      COCO_PROPERTY(anchor, graph_reduce, axes), COCO_PROPERTY(anchor, graph_reduce, keep_dimensions),
                      NULL);
}

static coco_value *exponential(coco_layer *layer, coco_value *const *arguments, const void *user) {
  (void)user;
  return coco_build_unary(&layer->builder, &coco_math_exp, arith(layer, &coco_arith_subf, arguments[0], arguments[1]));
}

static coco_value *quotient(coco_layer *layer, coco_value *const *arguments, const void *user) {
  (void)user;
  return arith(layer, &coco_arith_divf, arguments[0], arguments[1]);
}

/* softmax(x) => e / sum(e), where e = exp(x - max(x)) */
coco_value *coco_lower_softmax(coco_layer *layer) {
  coco_value *input = operand(layer, 0);
  const coco_type *type = coco_operation_result(layer->anchor, 0)->type;
  int64_t axis = COCO_PROPERTY(layer->anchor, graph_softmax, axis)->integer, shape[COCO_MAXIMUM_RANK];
  memcpy(shape, type->shape, type->rank * sizeof *shape);
  shape[axis] = 1;
  const coco_type *reduced = coco_type_tensor(layer->context, type->rank, shape, type->element, NULL);
  const coco_attribute *axes = coco_attribute_i64_array(layer->context, &axis, 1), *keep = boolean(layer, true);
  const coco_affine_map *identity = coco_affine_map_identity(layer->context, type->rank);
  if (!reduced) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  const coco_affine_map *stretch = coco_layer_broadcast_map(layer, reduced, type);
  coco_value *largest = build_reduce(layer, input, keyword(layer, "max"), axes, keep, reduced);
  if (!largest) return NULL;
  coco_extras first = {.count = 0}, second = {.count = 0};
  coco_extras_add(layer, &first, input, identity);
  coco_extras_add(layer, &first, largest, stretch);
  coco_value *powers = coco_layer_build_map(layer, type, exponential, NULL, false, &first);
  if (!powers) return NULL;
  coco_value *sum = build_reduce(layer, powers, keyword(layer, "sum"), axes, keep, reduced);
  if (!sum) return NULL;
  coco_extras_add(layer, &second, powers, identity);
  coco_extras_add(layer, &second, sum, stretch);
  return coco_layer_build_map(layer, layer->type, quotient, NULL, true, &second);
}
