/* ONNX's Attention and RotaryEmbedding, as products, softmax and movement.
 *
 * What is not allowed to be attended to is a bias of minus infinity; a query that may attend to nothing gives zeros. */
#include <math.h>

#include "frontends/onnx/importer.h"

typedef enum qk_output { QK_PRODUCT, QK_CAPPED, QK_BIASED, QK_PROBABILITIES } qk_output;

/* All values have four axes: batch, head, position, element. */
typedef struct attention {
  coco_value *query, *key, *value;
  coco_value *seen; /* number of keys of each batch that are there, [batch]; NULL: all */
  const coco_type *element;
  int64_t batch, heads, queries, keys, past;
  int64_t left, right; /* window; negative: none */
  bool is_causal;
} attention;

/* [batch, positions, heads * size] as [batch, heads, positions, size]. */
static coco_value *split_heads(coco_onnx_node *node, coco_value *input, int64_t heads) {
  const int64_t *shape = input->type->shape;
  if (input->type->rank == 4) return input;
  coco_value *split = coco_onnx_reshape_to(node, input, (int64_t[]){shape[0], shape[1], heads, shape[2] / heads}, 4);
  return coco_onnx_transpose(node, split, (int64_t[]){0, 2, 1, 3}, 4);
}

static coco_value *join_heads(coco_onnx_node *node, coco_value *input) {
  if (!input) return NULL;
  const int64_t *shape = input->type->shape;
  int64_t joined[] = {shape[0], shape[2], shape[1] * shape[3]};
  return coco_onnx_reshape_to(node, coco_onnx_transpose(node, input, (int64_t[]){0, 2, 1, 3}, 4), joined, 3);
}

/* Each head REPEATS times, one after the other. */
static coco_value *repeat_heads(coco_onnx_node *node, coco_value *input, int64_t repeats) {
  if (repeats == 1 || !input) return input;
  const int64_t *shape = input->type->shape;
  coco_value *apart = coco_onnx_unsqueeze(node, input, (int64_t[]){2}, 1);
  apart = coco_onnx_expand_to(node, apart, (int64_t[]){shape[0], shape[1], repeats, shape[2], shape[3]}, 5);
  return coco_onnx_reshape_to(node, apart, (int64_t[]){shape[0], shape[1] * repeats, shape[2], shape[3]}, 4);
}

static coco_status read_heads(coco_onnx_node *node, const coco_value *input, const char *attribute, int64_t *out) {
  COCO_TRY(coco_onnx_get_integer(node, attribute, 0, out));
  COCO_TRY(coco_onnx_check_static(node, input, "query, key and value"));
  const coco_type *type = input->type;
  if (coco_type_element_count(type) <= 0) return coco_onnx_node_error(node, "query, key and value must not be empty");
  if (type->rank == 4) *out = type->shape[1];
  if ((type->rank != 3 && type->rank != 4) || *out < 1 || type->shape[type->rank - 1] % (type->rank == 3 ? *out : 1) != 0)
    return coco_onnx_node_error(node, "the inputs should have 4 axes, or 3 and attribute '%s'", attribute);
  return COCO_OK;
}

/* Keys or values with those of the past before them. */
static coco_status with_past(coco_onnx_node *node, size_t past, coco_value **value) {
  if (!coco_onnx_input(node, past)) return COCO_OK;
  *value = coco_onnx_concat(node, (coco_value *const[]){node->inputs[past], *value}, 2, 2);
  return coco_onnx_check_static(node, *value, "the past");
}

static coco_status read_tensors(coco_onnx_node *node, attention *out) {
  int64_t heads, key_heads, value_heads;
  COCO_TRY(read_heads(node, node->inputs[0], "q_num_heads", &heads));
  COCO_TRY(read_heads(node, node->inputs[1], "kv_num_heads", &key_heads));
  COCO_TRY(read_heads(node, node->inputs[2], "kv_num_heads", &value_heads));
  out->query = split_heads(node, node->inputs[0], heads);
  out->key = split_heads(node, node->inputs[1], key_heads);
  out->value = split_heads(node, node->inputs[2], value_heads);
  if (!out->query || !out->key || !out->value) return node->importer->builder.status;
  int64_t fresh = out->key->type->shape[2];
  COCO_TRY(with_past(node, 4, &out->key));
  COCO_TRY(with_past(node, 5, &out->value));
  COCO_TRY(coco_onnx_set(node, 1, out->key));
  COCO_TRY(coco_onnx_set(node, 2, out->value));
  if (heads % key_heads != 0 || key_heads != value_heads)
    return coco_onnx_node_error(node, "%lld heads of keys do not divide %lld of queries", (long long)key_heads, (long long)heads);
  out->element = out->query->type->element;
  out->batch = out->query->type->shape[0];
  out->heads = heads;
  out->queries = out->query->type->shape[2];
  out->keys = out->key->type->shape[2];
  out->past = out->keys - fresh;
  out->seen = coco_onnx_input(node, 6);
  out->key = repeat_heads(node, out->key, heads / key_heads);
  out->value = repeat_heads(node, out->value, heads / key_heads);
  return COCO_OK;
}

/* ---- Bias ---- */

static coco_value *minus_infinity(coco_onnx_node *node, const attention *a) {
  return coco_onnx_scalar(node, a->element, -INFINITY);
}

/* The mask as numbers to add, as long as there are keys. */
static coco_value *bias_of_mask(coco_onnx_node *node, const attention *a, coco_value *mask) {
  const coco_type *type = mask->type;
  if (coco_type_is_integer(type->element, 1))
    mask = coco_onnx_where(node, mask, coco_onnx_scalar(node, a->element, 0), minus_infinity(node, a));
  int64_t missing = a->keys - type->shape[type->rank - 1], pads[2 * COCO_ONNX_MAXIMUM_RANK] = {0};
  if (missing <= 0 || !mask) return mask;
  pads[2 * type->rank - 1] = missing;
  return coco_onnx_emit(
      node, &(coco_operation_state){
                .definition = &coco_graph_pad,
                COCO_WITH_OPERANDS(mask, coco_onnx_integers(node, pads, 2 * type->rank), minus_infinity(node, a)),
                COCO_WITH_ATTRIBUTES(COCO_NAMED("mode", coco_attribute_string(node->context, COCO_STRING("constant"))))});
}

/* key - query * BY_QUERY + PLUS for all pairs, as constants [queries or 1, keys] of type ELEMENT; clipped to a bit where ELEMENT is one:
 * whether it is at most 0. */
static coco_value *distances(coco_onnx_node *node, const attention *a, int64_t by_query, int64_t sign, int64_t plus, const coco_type *element) {
  enum { LARGEST_TABLE = 1 << 24 };
  int64_t rows = by_query ? a->queries : 1;
  if (rows > LARGEST_TABLE / a->keys) {
    coco_builder_fail(&node->importer->builder, coco_onnx_node_error(node, "has a bias of more than %d elements", LARGEST_TABLE));
    return NULL;
  }
  double *numbers = coco_arena_allocate_zeroed(&node->importer->scratch, (size_t)(rows * a->keys) + 1, sizeof *numbers);
  if (!numbers) coco_builder_fail(&node->importer->builder, COCO_OUT_OF_MEMORY);
  if (!numbers) return NULL;
  bool bit = coco_type_is_integer(element, 1);
  for (int64_t i = 0; i < rows; ++i) {
    for (int64_t j = 0; j < a->keys; ++j) {
      int64_t distance = sign * (j - by_query * i) + plus;
      numbers[i * a->keys + j] = bit ? distance <= 0 : (double)distance;
    }
  }
  return coco_onnx_numbers(node, element, (int64_t[]){rows, a->keys}, 2, numbers);
}

/* BIAS where sign * (key - by_query * query) + plus - factor * seen <= 0, minus infinity elsewhere. */
static coco_value *allow(coco_onnx_node *node, const attention *a, coco_value *bias, int64_t by_query, int64_t sign, int64_t plus, int64_t factor) {
  coco_value *allowed;
  if (factor == 0) {
    allowed = distances(node, a, by_query, sign, plus, coco_type_integer(node->context, 1));
  } else {
    /* distance - factor * seen <= 0, so distance - 1 < factor * seen */
    const coco_type *element = a->seen->type->element;
    coco_value *seen = coco_onnx_reshape_to(node, a->seen, (int64_t[]){a->batch, 1, 1, 1}, 4);
    if (factor < 0) seen = coco_onnx_unary(node, &coco_graph_neg, seen);
    allowed = coco_onnx_binary(node, &coco_graph_less, distances(node, a, by_query, sign, plus - 1, element), seen);
  }
  return coco_onnx_where(node, allowed, bias ? bias : coco_onnx_scalar(node, a->element, 0), minus_infinity(node, a));
}

/* The bias of the mask, of what lies in the future, outside the window and past the keys that are there; NULL: none. Query i stands at
 * position i + offset among the keys: after the past, or such that the last query is the last key that is there. */
static coco_value *whole_bias(coco_onnx_node *node, const attention *a) {
  coco_value *mask = coco_onnx_input(node, 3), *bias = mask ? bias_of_mask(node, a, mask) : NULL;
  bool from_end = a->seen && a->past == 0;
  int64_t offset = from_end ? -a->queries : a->past, factor = from_end ? 1 : 0;
  /* key <= query + offset + right; key >= query + offset - left */
  if (a->is_causal) bias = allow(node, a, bias, 1, 1, -offset, factor);
  if (a->right >= 0) bias = allow(node, a, bias, 1, 1, -offset - a->right, factor);
  if (a->left >= 0) bias = allow(node, a, bias, 1, -1, offset - a->left, -factor);
  if (a->seen) bias = allow(node, a, bias, 0, 1, 1, 1);
  return bias;
}

/* ---- Attention ---- */

static coco_value *scaled(coco_onnx_node *node, const attention *a, coco_value *value, double by) {
  return coco_onnx_binary(node, &coco_graph_mul, value, coco_onnx_scalar(node, a->element, by));
}

static coco_value *capped(coco_onnx_node *node, const attention *a, coco_value *value, double cap) {
  value = coco_onnx_binary(node, &coco_graph_div, value, coco_onnx_scalar(node, a->element, cap));
  return scaled(node, a, coco_onnx_unary(node, &coco_graph_tanh, value), cap);
}

/* softmax(scores), 0 in the rows whose bias allows nothing. */
static coco_value *probabilities(coco_onnx_node *node, const attention *a, coco_value *scores, coco_value *bias, const coco_type *precision) {
  coco_value *value = coco_onnx_softmax(node, coco_onnx_cast(node, scores, precision), 3);
  value = coco_onnx_cast(node, value, a->element);
  if (!bias || !value) return value;
  coco_value *largest = coco_onnx_reduce(node, "max", bias, (int64_t[]){(int64_t)bias->type->rank - 1}, 1, true);
  coco_value *nothing = coco_onnx_binary(node, &coco_graph_equal, largest, minus_infinity(node, a));
  return coco_onnx_where(node, nothing, coco_onnx_scalar(node, a->element, 0), value);
}

static coco_status read_precision(coco_onnx_node *node, const coco_type *element, const coco_type **out) {
  int64_t precision;
  COCO_TRY(coco_onnx_get_integer(node, "softmax_precision", COCO_ONNX_UNDEFINED, &precision));
  *out = element;
  if (precision == COCO_ONNX_UNDEFINED) return COCO_OK;
  if (!coco_onnx_element_type(node->context, precision, out)) return COCO_OUT_OF_MEMORY;
  if (!*out || !coco_type_is_float(*out)) return coco_onnx_node_error(node, "attribute 'softmax_precision' names no type of floats");
  return COCO_OK;
}

static coco_status import_attention(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 3, node->version < 24 ? 6 : 7));
  attention a = {.left = -1, .right = -1};
  double scale, cap;
  int64_t mode;
  const coco_type *precision;
  if ((coco_onnx_input(node, 4) != NULL) != (coco_onnx_input(node, 5) != NULL))
    return coco_onnx_node_error(node, "past keys and past values should come together");
  COCO_TRY(read_tensors(node, &a));
  COCO_TRY(coco_onnx_get_bool(node, "is_causal", false, &a.is_causal));
  COCO_TRY(coco_onnx_get_integer(node, "left_window_size", -1, &a.left));
  COCO_TRY(coco_onnx_get_integer(node, "right_window_size", -1, &a.right));
  COCO_TRY(coco_onnx_get_float(node, "scale", 1 / sqrt((double)a.query->type->shape[3]), &scale));
  COCO_TRY(coco_onnx_get_float(node, "softcap", 0, &cap));
  COCO_TRY(coco_onnx_get_integer(node, "qk_matmul_output_mode", QK_PRODUCT, &mode));
  COCO_TRY(read_precision(node, a.element, &precision));
  if (coco_onnx_input(node, 3)) COCO_TRY(coco_onnx_check_static(node, node->inputs[3], "the mask"));
  if (coco_onnx_input(node, 3) && node->inputs[3]->type->rank == 0) return coco_onnx_node_error(node, "the mask has no axes");
  coco_value *key = coco_onnx_transpose(node, scaled(node, &a, a.key, sqrt(scale)), (int64_t[]){0, 1, 3, 2}, 4);
  coco_value *product = coco_onnx_binary(node, &coco_graph_matmul, scaled(node, &a, a.query, sqrt(scale)), key);
  coco_value *scores = cap > 0 ? capped(node, &a, product, cap) : product;
  coco_value *bias = whole_bias(node, &a);
  coco_value *biased = bias ? coco_onnx_binary(node, &coco_graph_add, scores, bias) : scores;
  coco_value *probable = probabilities(node, &a, biased, bias, precision);
  coco_value *outcome = coco_onnx_binary(node, &coco_graph_matmul, probable, a.value);
  if (node->inputs[0]->type->rank == 3) outcome = join_heads(node, outcome);
  COCO_TRY(coco_onnx_set(node, 0, outcome));
  return coco_onnx_set(node, 3, mode == QK_PRODUCT ? product : mode == QK_CAPPED ? scores : mode == QK_BIASED ? biased : probable);
}

/* ---- RotaryEmbedding ---- */

/* Cosines or sines, [batch, positions, half], as what the input [batch, …, half] is multiplied with; HEAD is its axis of heads. */
static coco_value *angles(coco_onnx_node *node, size_t cache, int64_t head) {
  coco_value *positions = coco_onnx_input(node, 3), *value = node->inputs[cache];
  if (positions) value = coco_onnx_gather(node, value, positions, 0);
  return coco_onnx_unsqueeze(node, value, &head, 1);
}

/* Pairs (a, b) of the first ROTATED elements turn into (a cos - b sin, a sin + b cos). Pairs are neighbours, or a half apart. */
static coco_value *rotate(coco_onnx_node *node, coco_value *x, int64_t head, int64_t rotated, bool neighbours) {
  int64_t half = rotated / 2, size = x->type->shape[3], step = neighbours ? 2 : 1;
  coco_value *a = coco_onnx_slice(node, x, 3, 0, neighbours ? rotated : half, step);
  coco_value *b = coco_onnx_slice(node, x, 3, neighbours ? 1 : half, rotated, step);
  coco_value *cosine = angles(node, 1, head), *sine = angles(node, 2, head);
  coco_value *real = coco_onnx_binary(node, &coco_graph_sub, coco_onnx_binary(node, &coco_graph_mul, cosine, a),
                                      coco_onnx_binary(node, &coco_graph_mul, sine, b));
  coco_value *imaginary = coco_onnx_binary(node, &coco_graph_add, coco_onnx_binary(node, &coco_graph_mul, sine, a),
                                           coco_onnx_binary(node, &coco_graph_mul, cosine, b));
  if (neighbours) {
    real = coco_onnx_unsqueeze(node, real, (int64_t[]){4}, 1);
    imaginary = coco_onnx_unsqueeze(node, imaginary, (int64_t[]){4}, 1);
  }
  coco_value *value = coco_onnx_concat(node, (coco_value *const[]){real, imaginary}, 2, neighbours ? 4 : 3);
  const int64_t *shape = x->type->shape;
  if (neighbours) value = coco_onnx_reshape_to(node, value, (int64_t[]){shape[0], shape[1], shape[2], rotated}, 4);
  if (rotated == size) return value;
  coco_value *rest = coco_onnx_slice(node, x, 3, rotated, size, 1);
  return coco_onnx_concat(node, (coco_value *const[]){value, rest}, 2, 3);
}

static coco_status import_rotary_embedding(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 3, 4));
  int64_t heads, rotated;
  bool neighbours;
  coco_value *x = node->inputs[0];
  const coco_type *type = x->type;
  COCO_TRY(coco_onnx_get_integer(node, "num_heads", 0, &heads));
  COCO_TRY(coco_onnx_get_integer(node, "rotary_embedding_dim", 0, &rotated));
  COCO_TRY(coco_onnx_get_bool(node, "interleaved", false, &neighbours));
  COCO_TRY(coco_onnx_check_static(node, x, "the input"));
  bool joined = type->rank == 3;
  if (!joined && type->rank != 4) return coco_onnx_node_error(node, "the input should have 3 or 4 axes");
  if (joined && (heads < 1 || type->shape[2] % heads != 0)) return coco_onnx_node_error(node, "attribute 'num_heads' does not divide the input");
  if (joined) x = coco_onnx_reshape_to(node, x, (int64_t[]){type->shape[0], type->shape[1], heads, type->shape[2] / heads}, 4);
  if (!x) return node->importer->builder.status;
  if (rotated == 0) rotated = x->type->shape[3];
  if (rotated < 0 || rotated % 2 != 0 || rotated > x->type->shape[3]) return coco_onnx_node_error(node, "attribute 'rotary_embedding_dim' is out of range");
  for (size_t i = 1; i < 3; ++i)
    if (node->inputs[i]->type->rank != (coco_onnx_input(node, 3) ? 2 : 3)) return coco_onnx_node_error(node, "the caches have a wrong rank");
  coco_value *value = rotate(node, x, joined ? 2 : 1, rotated, neighbours);
  return coco_onnx_set(node, 0, joined ? coco_onnx_reshape_to(node, value, type->shape, 3) : value);
}

const coco_onnx_operator coco_onnx_attention_operators[] = {
    {"Attention", {23, 24, 25}, import_attention, NULL, NULL},
    {"RotaryEmbedding", {23}, import_rotary_embedding, NULL, NULL},
    {0},
};
