/* Following what is known of channels through a block; see the header. */
#include "passes/channel_numbers.h"

#include "dialects/graph/graph.h"

/* What is known of all numbers of a channel; the later, the more. */
typedef enum number { ANY, AT_MOST_ZERO, ZERO } number;
enum { MOST_OPERANDS = 3 }; /* of elementwise operations that something is known of */

typedef struct numbers {
  coco_pass *pass;
  const coco_channel_classes *classes;
  uint8_t *of; /* by channel */
} numbers;

static number weaker(number a, number b) { return a < b ? a : b; }

static const coco_channel_step *source(const numbers *n, const coco_channel_step *step, size_t index) {
  return coco_channel_step_of(n->classes, step->operation->operands[index].value);
}

/* ---- Layers ---- */

coco_channel_weights coco_channel_weights_of(const coco_channel_step *layer) {
  const coco_operation *operation = layer->operation;
  const coco_type *type = operation->operands[1].value->type;
  if (coco_operation_is(operation, &coco_graph_conv)) {
    const int64_t filter = coco_type_element_count(type) / type->shape[0], kernel = filter / type->shape[1];
    return (coco_channel_weights){layer->weights, filter, kernel, kernel};
  }
  const bool rows = coco_operation_is(operation, &coco_graph_gemm) &&
                    coco_property_integer(COCO_PROPERTY(operation, graph_gemm, trans_b), 0) != 0;
  return (coco_channel_weights){layer->weights, rows ? type->shape[1] : 1, rows ? 1 : type->shape[1], 1};
}

bool coco_channel_weights_are_zero(const coco_channel_weights *weights, uint32_t output, uint32_t input) {
  const float *from = weights->at + output * weights->output + input * weights->input;
  for (int64_t i = 0; i < weights->size; ++i)
    if (from[i] != 0) return false;
  return true;
}

/* Output OUTPUT of a layer, which reads inputs from channel FIRST of the block on, where these are looked at. */
static number summed(const numbers *n, const coco_channel_weights *weights, const float *bias, uint32_t output,
                     const uint32_t *first, uint32_t inputs) {
  for (uint32_t i = 0; i < inputs; ++i)
    if ((!first || n->of[*first + i] != ZERO) && !coco_channel_weights_are_zero(weights, output, i)) return ANY;
  if (!bias || bias[output] == 0) return ZERO;
  return bias[output] < 0 ? AT_MOST_ZERO : ANY;
}

/* A gemm's bias may be scaled or of another shape: nothing is known then. */
static bool adds_one_each(const coco_channel_step *layer) {
  return coco_operation_is(layer->operation, &coco_graph_conv) || coco_channels_made_apart(layer->operation);
}

static void follow_layer(const numbers *n, const coco_channel_step *step) {
  const coco_channel_step *from = source(n, step, 0);
  if (!step->weights || !adds_one_each(step)) return;
  const coco_channel_weights weights = coco_channel_weights_of(step);
  const uint32_t inputs = (uint32_t)step->operation->operands[0].value->type->shape[1];
  for (uint32_t o = 0; o < step->count; ++o)
    n->of[step->first + o] = (uint8_t)summed(n, &weights, step->bias, o, from ? &from->first : NULL, inputs);
}

static void follow_groups(const numbers *n, const coco_channel_step *step) {
  const coco_channel_step *from = source(n, step, 0);
  if (!from) return;
  const coco_channel_weights weights = coco_channel_weights_of(step);
  const uint32_t inputs = coco_channels_in_group(step), outputs = step->count / (from->count / inputs);
  for (uint32_t o = 0; o < step->count; ++o) {
    const uint32_t first = from->first + o / outputs * inputs;
    n->of[step->first + o] = (uint8_t)summed(n, &weights, step->bias, o, &first, inputs);
  }
}

/* ---- Elementwise operations ---- */

static bool is_one_of(const coco_operation *operation, const coco_operation_definition *const *rows, size_t count) {
  for (size_t i = 0; i < count; ++i)
    if (coco_operation_is(operation, rows[i])) return true;
  return false;
}

static number clipped(const coco_operation *clip, number input) {
  const coco_attribute *minimum = COCO_PROPERTY(clip, graph_clip, minimum),
                       *maximum = COCO_PROPERTY(clip, graph_clip, maximum);
  if ((minimum && !coco_attribute_is(minimum, COCO_ATTRIBUTE_FLOAT)) ||
      (maximum && !coco_attribute_is(maximum, COCO_ATTRIBUTE_FLOAT)))
    return ANY;
  const double low = minimum ? minimum->real : -1, high = maximum ? maximum->real : 1;
  if (low > 0 || high < 0 || input == ANY) return ANY;
  return minimum && low == 0 ? ZERO : input;
}

static number of_one(const coco_operation *operation, number input) {
  static const coco_operation_definition *const keep_zero[] = {&coco_graph_abs,   &coco_graph_neg,  &coco_graph_sqrt,
                                                               &coco_graph_floor, &coco_graph_ceil, &coco_graph_round,
                                                               &coco_graph_sign,  &coco_graph_cast};
  if (coco_operation_is(operation, &coco_graph_relu)) return input == ANY ? ANY : ZERO;
  if (coco_operation_is(operation, &coco_graph_clip)) return clipped(operation, input);
  if (coco_operation_is(operation, &coco_graph_leaky_relu))
    return COCO_PROPERTY(operation, graph_leaky_relu, alpha)->real >= 0 ? input : input == ZERO ? ZERO : ANY;
  return input == ZERO && is_one_of(operation, keep_zero, sizeof keep_zero / sizeof *keep_zero) ? ZERO : ANY;
}

/* RIGHT_DIVIDES: right is a constant without zeros. */
static number of_two(const coco_operation *operation, number left, number right, bool right_divides) {
  if (coco_operation_is(operation, &coco_graph_add)) return weaker(left, right);
  if (coco_operation_is(operation, &coco_graph_sub)) return right == ZERO ? left : ANY;
  if (coco_operation_is(operation, &coco_graph_mul)) return left == ZERO || right == ZERO ? ZERO : ANY;
  if (coco_operation_is(operation, &coco_graph_div)) return left == ZERO && right_divides ? ZERO : ANY;
  if (coco_operation_is(operation, &coco_graph_maximum)) {
    if (left == ANY || right == ANY) return ANY;
    return left == ZERO || right == ZERO ? ZERO : AT_MOST_ZERO;
  }
  if (!coco_operation_is(operation, &coco_graph_minimum)) return ANY;
  if (left == ZERO && right == ZERO) return ZERO;
  return left == ANY && right == ANY ? ANY : AT_MOST_ZERO;
}

/* An operand of an elementwise operation; a constant one has numbers, or nothing is known of it. */
typedef struct operand {
  const coco_channel_step *from;
  const coco_type *type;
  const float *constant;
  int64_t axis;
} operand;

static coco_status read_operand(const numbers *n, const coco_channel_step *step, size_t index, operand *out) {
  const coco_value *value = step->operation->operands[index].value;
  const coco_type *result = step->operation->results[0].type;
  *out = (operand){.from = source(n, step, index), .type = value->type};
  if (out->from && value->type->rank != result->rank) out->from = NULL;
  if (!coco_channels_are_constant(value)) return COCO_OK;
  out->axis = coco_channels_axis(value->type, result);
  return coco_constant_floats(value, n->pass->scratch, &out->constant);
}

/* Of the numbers of CHANNEL, or of all channels. */
static number constant_number(const operand *o, uint32_t channel) {
  int64_t outer = 1, inner = 1, length = 1;
  for (int64_t i = 0; i < (int64_t)o->type->rank; ++i)
    *(i == o->axis ? &length : i < o->axis ? &outer : &inner) *= o->type->shape[i];
  number known = ZERO;
  for (int64_t i = 0; i < outer * inner && known != ANY; ++i) {
    const float x = o->constant[(i / inner * length + (length > 1 ? channel : 0)) * inner + i % inner];
    if (x != 0) known = x < 0 ? AT_MOST_ZERO : ANY;
  }
  return known;
}

static number operand_number(const numbers *n, const operand *o, uint32_t channel) {
  if (o->constant) return constant_number(o, channel);
  if (!o->from) return ANY;
  return n->of[o->from->first + (o->from->count == 1 ? 0 : channel)];
}

static bool has_no_zeros(const operand *o) {
  const int64_t count = o->constant ? coco_type_element_count(o->type) : 0;
  for (int64_t i = 0; i < count; ++i)
    if (o->constant[i] == 0) return false;
  return count > 0;
}

static coco_status follow_elementwise(const numbers *n, const coco_channel_step *step) {
  const coco_operation *operation = step->operation;
  const size_t count = operation->operand_count;
  operand operands[MOST_OPERANDS];
  if (count < 1 || count > MOST_OPERANDS) return COCO_OK;
  for (size_t i = 0; i < count; ++i) COCO_TRY(read_operand(n, step, i, &operands[i]));
  const bool divides = count == 2 && has_no_zeros(&operands[1]);
  for (uint32_t c = 0; c < step->count; ++c) {
    number known[MOST_OPERANDS], result = ANY;
    for (size_t i = 0; i < count; ++i) known[i] = operand_number(n, &operands[i], c);
    if (count == 1)
      result = of_one(operation, known[0]);
    else if (count == 2)
      result = of_two(operation, known[0], known[1], divides);
    else if (coco_operation_is(operation, &coco_graph_where))
      result = weaker(known[1], known[2]);
    n->of[step->first + c] = (uint8_t)result;
  }
  return COCO_OK;
}

/* ---- What moves channels ---- */

/* Whether what a pad adds is zero, or of the channel itself. */
static bool pads_with_zeros(const coco_operation *pad) {
  if (!coco_string_is(COCO_PROPERTY(pad, graph_pad, mode)->text, "constant") || pad->operand_count < 3) return true;
  const coco_attribute *value = coco_value_constant(pad->operands[2].value);
  const void *element = coco_attribute_is_elements(value) ? coco_elements_at(value, 0) : NULL;
  return element && coco_element_read_real(value->type->element, element) == 0;
}

/* A mean is not above 0 where no number is; a sum of squares is 0 only where all are. */
static bool keeps_order(const coco_operation *reduce) {
  static const char *const kinds[] = {"sum", "mean", "max", "min"};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i)
    if (coco_string_is(COCO_PROPERTY(reduce, graph_reduce, kind)->text, kinds[i])) return true;
  return false;
}

static number moved(const coco_operation *operation, number input) {
  if (coco_operation_is(operation, &coco_graph_softmax)) return ANY;
  if (coco_operation_is(operation, &coco_graph_pad)) return pads_with_zeros(operation) ? input : ANY;
  if (coco_operation_is(operation, &coco_graph_matmul) ||
      (coco_operation_is(operation, &coco_graph_reduce) && !keeps_order(operation)))
    return input == ZERO ? ZERO : ANY;
  return input;
}

static void follow_along(const numbers *n, const coco_channel_step *step) {
  const coco_channel_step *from = source(n, step, step->input);
  if (!from || from->count < step->start + step->count) return;
  for (uint32_t c = 0; c < step->count; ++c)
    n->of[step->first + c] = (uint8_t)moved(step->operation, (number)n->of[from->first + step->start + c]);
}

static void follow_regrouped(const numbers *n, const coco_channel_step *step) {
  const coco_channel_step *from = source(n, step, 0);
  if (!from) return;
  const uint32_t most = from->count > step->count ? from->count : step->count;
  for (uint32_t c = 0; c < step->count; ++c) n->of[step->first + c] = ZERO;
  for (uint32_t c = 0; c < most; ++c) {
    uint8_t *to = &n->of[step->first + c / (most / step->count)];
    *to = (uint8_t)weaker((number)*to, (number)n->of[from->first + c / (most / from->count)]);
  }
}

static void follow_join(const numbers *n, const coco_channel_step *step) {
  uint32_t at = step->first;
  for (size_t i = 0; i < step->operation->operand_count; ++i) {
    const coco_channel_step *from = source(n, step, i);
    const uint32_t count = (uint32_t)step->operation->operands[i].value->type->shape[1];
    for (uint32_t c = 0; from && c < count; ++c) n->of[at + c] = n->of[from->first + c];
    at += count;
  }
}

static void follow_stack(const numbers *n, const coco_channel_step *step) {
  for (uint32_t c = 0; c < step->count; ++c) n->of[step->first + c] = ZERO;
  for (size_t i = 0; i < step->operation->operand_count; ++i) {
    const coco_channel_step *from = source(n, step, i);
    for (uint32_t c = 0; c < step->count; ++c) {
      uint8_t *to = &n->of[step->first + c];
      *to = (uint8_t)weaker((number)*to, from && from->count == step->count ? (number)n->of[from->first + c] : ANY);
    }
  }
}

static coco_status follow(const numbers *n, const coco_channel_step *step) {
  switch (step->kind) {
    case COCO_CHANNELS_UNKNOWN:
      break;
    case COCO_CHANNELS_LAYER:
      follow_layer(n, step);
      break;
    case COCO_CHANNELS_GROUPED:
      follow_groups(n, step);
      break;
    case COCO_CHANNELS_EACH:
      return follow_elementwise(n, step);
    case COCO_CHANNELS_ALONG:
    case COCO_CHANNELS_PART:
      follow_along(n, step);
      break;
    case COCO_CHANNELS_REGROUP:
      follow_regrouped(n, step);
      break;
    case COCO_CHANNELS_JOIN:
      follow_join(n, step);
      break;
    case COCO_CHANNELS_STACK:
      follow_stack(n, step);
      break;
  }
  return COCO_OK;
}

coco_status coco_channel_numbers_find(coco_pass *pass, const coco_channel_classes *classes, uint8_t **out) {
  *out = coco_arena_allocate_zeroed(pass->scratch, (size_t)classes->channels + 1, 1);
  if (!*out) return COCO_OUT_OF_MEMORY;
  const numbers n = {pass, classes, *out};
  for (size_t i = 0; i < classes->step_count; ++i) COCO_TRY(follow(&n, &classes->steps[i]));
  for (uint32_t c = 0; c < classes->channels; ++c) (*out)[c] = (*out)[c] == ZERO;
  return COCO_OK;
}
