/* Removes batch normalisation whose parameters are constants: into the weights of the layer before it, or into a
 * product and a sum.
 *
 * With s = scale / sqrt(variance + epsilon), computed in double and rounded once:
 *   batch_norm(conv(x, w, b)) = conv(x, w * s, (b - mean) * s + bias)
 *   batch_norm(gemm(a, w, c)) = gemm(a, w * s, (beta * c - mean) * s + bias)
 *   batch_norm(x)             = x * s + (bias - mean * s)
 * Results change by roundings. New weights are resources named after the layer. Linear in the weights. */
#include <math.h>

#include "dialects/graph/graph.h"
#include "dialects/shared/shape.h"
#include "ir/rewriter.h"
#include "passes/passes.h"

enum { CONV, GEMM, ALONE, PATTERNS };
static const char *const statistics[] = {"folded into convolutions", "folded into matrix products",
                                         "made a product and a sum"};

/* ---- Parameters ---- */

/* factor and addend of each channel: batch_norm(x) = x * factor + addend. */
typedef struct affine {
  int64_t channels;
  double *factor, *addend;
} affine;

static void affine_free(coco_context *context, affine *a) {
  if (a->factor) coco_free(coco_context_allocator(context), a->factor, (size_t)a->channels * 2 * sizeof(double));
  a->factor = NULL;
}

static double read_constant(const coco_attribute *elements, int64_t index) {
  return coco_element_read_real(elements->type->element, coco_elements_at(elements, index));
}

/* A constant whose elements are at hand, else NULL. */
static const coco_attribute *constant_of(const coco_value *value) {
  const coco_attribute *constant = coco_value_constant(value);
  bool splat;
  return coco_attribute_is_elements(constant) && coco_elements_data(constant, &splat) ? constant : NULL;
}

/* *out_known is false when the parameters are not constants. */
static coco_status affine_of(const coco_operation *norm, affine *out, bool *out_known) {
  const coco_attribute *parameters[4]; /* scale, bias, mean, variance */
  *out = (affine){0};
  *out_known = false;
  for (size_t i = 0; i < 4; ++i) {
    parameters[i] = constant_of(norm->operands[i + 1].value);
    if (!parameters[i] || parameters[i]->type->rank != 1) return COCO_OK;
    if (i > 0 && parameters[i]->type->shape[0] != parameters[0]->type->shape[0]) return COCO_OK;
  }
  out->channels = parameters[0]->type->shape[0];
  if (out->channels <= 0) return COCO_OK;
  out->factor = coco_allocate_zeroed(coco_context_allocator(norm->context), (size_t)out->channels * 2, sizeof(double));
  if (!out->factor) return COCO_OUT_OF_MEMORY;
  out->addend = out->factor + out->channels;
  const double epsilon = COCO_PROPERTY(norm, graph_batch_norm, epsilon)->real;
  for (int64_t i = 0; i < out->channels; ++i) {
    out->factor[i] = read_constant(parameters[0], i) / sqrt(read_constant(parameters[3], i) + epsilon);
    out->addend[i] = read_constant(parameters[1], i) - read_constant(parameters[2], i) * out->factor[i];
  }
  *out_known = true;
  return COCO_OK;
}

/* ---- New constants ---- */

/* Elements of a constant as numbers, without looking its type up for each. */
typedef struct reader {
  const coco_type *element;
  const char *data;
  size_t step; /* bytes from one element to the next: 0 where all are one */
} reader;

static reader read_elements(const coco_attribute *elements) {
  bool splat;
  const void *data = coco_elements_data(elements, &splat);
  const coco_type *element = elements->type->element;
  return (reader){element, data,
                  splat || coco_type_element_count(elements->type) == 1 ? 0 : coco_type_element_size(element)};
}

static double read_number(const reader *r, int64_t index) {
  return coco_element_read_real(r->element, r->data + (size_t)index * r->step);
}

/* What the elements of a new constant are: value(user, channel, index), channel = index / inner % channels. */
typedef struct recipe {
  const affine *norm;
  int64_t inner;
  double (*value)(const struct recipe *recipe, int64_t channel, int64_t index);
  reader from;        /* the weights or the bias that are changed; no data: none */
  double from_factor; /* of the bias */
} recipe;

/* w * s */
static double scaled_weight(const recipe *r, int64_t channel, int64_t index) {
  return read_number(&r->from, index) * r->norm->factor[channel];
}
/* (beta * b - mean) * s + bias */
static double shifted_bias(const recipe *r, int64_t channel, int64_t index) {
  const double bias = r->from.data ? r->from_factor * read_number(&r->from, index) : 0;
  return bias * r->norm->factor[channel] + r->norm->addend[channel];
}
static double factor_value(const recipe *r, int64_t channel, int64_t index) {
  return (void)index, r->norm->factor[channel];
}
static double addend_value(const recipe *r, int64_t channel, int64_t index) {
  return (void)index, r->norm->addend[channel];
}

static void cook(const recipe *r, const coco_type *type, char *data) {
  const int64_t count = coco_type_element_count(type);
  const size_t size = coco_type_element_size(type);
  for (int64_t index = 0; index < count;)
    for (int64_t channel = 0; channel < r->norm->channels; ++channel)
      for (int64_t i = 0; i < r->inner; ++i, ++index, data += size)
        coco_element_write_real(type->element, data, r->value(r, channel, index));
}

/* A constant of TYPE, whose elements come in whole rounds of the channels; large ones become resources. */
static coco_value *build_elements(coco_builder *builder, const coco_type *type, const recipe *r) {
  const size_t bytes = (size_t)coco_type_byte_count(type);
  const coco_allocator *allocator = coco_context_allocator(builder->context);
  if (builder->status != COCO_OK) return NULL;
  char *data = coco_allocate(allocator, bytes);
  if (!data) {
    coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
    return NULL;
  }
  cook(r, type, data);
  const coco_runtime_value tensor = {.type = type, .data = data};
  const coco_attribute *attribute = NULL;
  const coco_string layer = coco_location_layer(builder->location);
  coco_builder_fail(builder, coco_runtime_to_attribute(builder->context, &tensor,
                                                       layer.size ? layer : COCO_STRING("weight"), &attribute));
  coco_free(allocator, data, bytes);
  return builder->status == COCO_OK ? coco_graph_build_constant(builder, attribute) : NULL;
}

/* ---- Patterns ---- */

/* The layer before NORM when it is of row DEFINITION, used by NORM alone, and its weight is a constant. */
static coco_operation *layer_before(const coco_operation *norm, const coco_operation_definition *definition) {
  coco_operation *layer = coco_value_defined_by(norm->operands[0].value, definition);
  if (!layer || !coco_value_has_one_use(&layer->results[0]) || !constant_of(layer->operands[1].value)) return NULL;
  return !(layer->operand_count > 2) || constant_of(layer->operands[2].value) ? layer : NULL;
}

/* LAYER with WEIGHT and BIAS in the place of NORM; BETA (NULL: none) replaces the property of that name. */
static coco_status replace_layer(coco_rewriter *rewriter, coco_operation *norm, coco_operation *layer,
                                 coco_value *weight, coco_value *bias, const coco_attribute *beta) {
  coco_named_attribute attributes[8];
  const coco_operation_definition *row = layer->definition;
  for (size_t i = 0; i < row->attribute_count; ++i) {
    const bool is_beta = beta && coco_string_is(coco_string_from(row->attributes[i].name), "beta");
    attributes[i] =
        (coco_named_attribute){coco_string_from(row->attributes[i].name), is_beta ? beta : layer->properties[i]};
  }
  coco_builder *builder = coco_rewriter_builder(rewriter);
  coco_value *value = coco_build_value(builder, &(coco_operation_state){.definition = row,
                                                                        .location = layer->location,
                                                                        COCO_WITH_OPERANDS(layer->operands[0].value, weight, bias),
                                                                        COCO_WITH_RESULTS(norm->results[0].type),
                                                                        .attributes = attributes,
                                                                        .attribute_count = row->attribute_count});
  return value ? coco_rewriter_replace_one(rewriter, norm, value) : builder->status;
}

static coco_status into_layer(coco_rewriter *rewriter, coco_operation *norm, coco_operation *layer, const affine *a,
                              int64_t inner, double beta, const coco_attribute *new_beta, bool *matched) {
  coco_builder *builder = coco_rewriter_builder(rewriter);
  const coco_attribute *weight = constant_of(layer->operands[1].value);
  const coco_attribute *bias = layer->operand_count > 2 ? constant_of(layer->operands[2].value) : NULL;
  const coco_type *bias_type = coco_type_tensor(builder->context, 1, &a->channels, weight->type->element, NULL);
  if (!bias_type) return COCO_OUT_OF_MEMORY;
  builder->location = layer->location;
  coco_value *scaled =
      build_elements(builder, weight->type, &(recipe){a, inner, scaled_weight, read_elements(weight), 1});
  coco_value *shifted =
      build_elements(builder, bias_type, &(recipe){a, 1, shifted_bias, bias ? read_elements(bias) : (reader){0}, beta});
  if (!scaled || !shifted) return builder->status;
  *matched = true;
  return replace_layer(rewriter, norm, layer, scaled, shifted, new_beta);
}

/* batch_norm(conv(x, w, b)) = conv(x, w * s, (b - mean) * s + bias) */
static coco_status into_conv(coco_rewriter *rewriter, coco_operation *norm, bool *matched) {
  coco_operation *conv = layer_before(norm, &coco_graph_conv);
  affine a;
  bool known;
  if (!conv) return COCO_OK;
  const coco_type *weight = conv->operands[1].value->type;
  COCO_TRY(affine_of(norm, &a, &known));
  coco_status status = COCO_OK;
  if (known && weight->shape[0] == a.channels && coco_type_element_count(weight) > 0)
    status = into_layer(rewriter, norm, conv, &a, coco_type_element_count(weight) / a.channels, 1, NULL, matched);
  affine_free(norm->context, &a);
  return status;
}

/* batch_norm(gemm(a, w, c)) = gemm(a, w * s, (beta * c - mean) * s + bias) */
static coco_status into_gemm(coco_rewriter *rewriter, coco_operation *norm, bool *matched) {
  coco_operation *gemm = layer_before(norm, &coco_graph_gemm);
  affine a;
  bool known;
  if (!gemm) return COCO_OK;
  const bool trans_b = coco_property_integer(COCO_PROPERTY(gemm, graph_gemm, trans_b), 0) != 0;
  const coco_type *weight = gemm->operands[1].value->type,
                  *c = gemm->operand_count > 2 ? gemm->operands[2].value->type : NULL;
  const coco_attribute *one = coco_attribute_f32(norm->context, 1);
  if (!one) return COCO_OUT_OF_MEMORY;
  COCO_TRY(affine_of(norm, &a, &known));
  coco_status status = COCO_OK;
  /* c must not differ between rows. */
  const bool fits = !c || coco_type_element_count(c) == 1 ||
                    (coco_type_element_count(c) == a.channels && c->shape[c->rank - 1] == a.channels);
  if (known && fits && weight->shape[trans_b ? 0 : 1] == a.channels && coco_type_element_count(weight) > 0)
    status = into_layer(rewriter, norm, gemm, &a, trans_b ? weight->shape[1] : 1,
                        COCO_PROPERTY(gemm, graph_gemm, beta)->real, one, matched);
  affine_free(norm->context, &a);
  return status;
}

static coco_status build_affine(coco_rewriter *rewriter, coco_operation *norm, const affine *a, bool *matched) {
  coco_builder *builder = coco_rewriter_builder(rewriter);
  const coco_type *input = norm->operands[0].value->type;
  coco_extents extents = {.rank = input->rank - 1};
  if (extents.rank > COCO_MAXIMUM_RANK) return COCO_OK;
  for (size_t i = 0; i < extents.rank; ++i) extents.at[i] = i == 0 ? a->channels : 1;
  const coco_type *type = coco_type_tensor(builder->context, extents.rank, extents.at, input->element, NULL);
  if (!type) return COCO_OUT_OF_MEMORY;
  coco_value *factor = build_elements(builder, type, &(recipe){.norm = a, .inner = 1, .value = factor_value});
  coco_value *addend = build_elements(builder, type, &(recipe){.norm = a, .inner = 1, .value = addend_value});
  coco_value *product = coco_build_binary(builder, &coco_graph_mul, norm->operands[0].value, factor);
  coco_value *sum = coco_build_binary(builder, &coco_graph_add, product, addend);
  if (!sum) return builder->status;
  *matched = true;
  return coco_rewriter_replace_one(rewriter, norm, sum);
}

/* batch_norm(x) = x * s + (bias - mean * s) */
static coco_status alone(coco_rewriter *rewriter, coco_operation *norm, bool *matched) {
  affine a;
  bool known;
  COCO_TRY(affine_of(norm, &a, &known));
  coco_status status = known ? build_affine(rewriter, norm, &a, matched) : COCO_OK;
  affine_free(norm->context, &a);
  return status;
}

static const coco_pattern patterns[PATTERNS] = {
    [CONV] = {.name = "batch-norm-into-conv", .root = &coco_graph_batch_norm, .benefit = 2, .rewrite = into_conv},
    [GEMM] = {.name = "batch-norm-into-gemm", .root = &coco_graph_batch_norm, .benefit = 2, .rewrite = into_gemm},
    [ALONE] = COCO_REWRITE("batch-norm-alone", &coco_graph_batch_norm, alone),
};

static coco_status run(coco_pass *pass, coco_operation *root) {
  const coco_pattern *list[PATTERNS];
  uint64_t hits[PATTERNS] = {0};
  for (size_t i = 0; i < PATTERNS; ++i) list[i] = &patterns[i];
  COCO_TRY(coco_rewrite_greedily(pass->context, root, list, PATTERNS,
                                 &(coco_greedy_options){.pattern_hits = hits, .pass = pass}, &pass->changed));
  for (size_t i = 0; i < PATTERNS; ++i) pass->statistics[i] += hits[i];
  return COCO_OK;
}

const coco_pass_definition coco_pass_graph_fold_batch_norm = {
    .name = "graph-fold-batch-norm",
    .documentation = "Fold batch normalisation into the weights of the layer before it.",
    .anchor = "builtin.module",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
