/* Operands and attributes for a row: by the row's kinds, and by the names that operands and attributes have. */
#include <math.h>
#include <stdio.h>

#include "tests/fuzz/random_graphs/generate.h"

bool plan_is(const operation_plan *of, const char *name) { return strcmp(of->row->name, name) == 0; }

static int64_t between(generator *of, int64_t low, int64_t high) { return chance_between(&of->chance, low, high); }
static bool toss(generator *of, int percent) { return chance_of(&of->chance, percent); }

/* ---- Types ---- */

/* Around the widths of vectors and blocks. */
static int64_t choose_extent(generator *of, int64_t limit) {
  static const int64_t extents[] = {1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 12, 14, 15, 16, 17, 31, 32, 33};
  for (;;) {
    int64_t extent = extents[between(of, 0, (int64_t)(sizeof extents / sizeof *extents) - 1)];
    if (extent <= limit || extent == 1) return extent;
  }
}

static const coco_type *choose_element(generator *of) {
  coco_context *context = of->context;
  int64_t draw = between(of, 0, 99);
  if (draw < 82) return coco_type_f32(context);
  if (draw < 88) return coco_type_integer(context, 64);
  if (draw < 93) return coco_type_integer(context, 32);
  if (draw < 95) return coco_type_float(context, COCO_F64);
  if (draw < 96) return coco_type_float(context, COCO_F16);
  if (draw < 97) return coco_type_integer(context, 8);
  if (draw < 98) return coco_type_integer_signed(context, 8, COCO_UNSIGNED);
  return coco_type_integer(context, 1);
}

static const coco_type *tensor(generator *of, size_t rank, const int64_t *shape, const coco_type *element) {
  return coco_type_tensor(of->context, rank, shape, element, NULL);
}

const coco_type *choose_type(generator *of, size_t rank) {
  int64_t shape[MAXIMUM_RANK], count = 1;
  for (size_t i = 0; i < rank; ++i) {
    int64_t limit = MAXIMUM_ELEMENTS / 4 / count;
    shape[i] = choose_extent(of, i == 0 && rank > 2 ? 2 : limit < 33 ? limit : 33);
    count *= shape[i];
  }
  return tensor(of, rank, shape, choose_element(of));
}

/* ---- Values ---- */

typedef bool (*fitness)(const coco_type *type, const coco_type *other);

static coco_value *find_value(generator *of, coco_type_constraint kind, size_t lowest_rank, size_t highest_rank, fitness fits, const coco_type *other) {
  size_t start = (size_t)between(of, 0, (int64_t)of->count - 1);
  for (size_t i = 0; i < of->count; ++i) {
    const made *entry = &of->values[(start + i) % of->count];
    const coco_type *type = entry->value->type;
    if (entry->constant && !toss(of, 2)) continue;
    if (type->rank >= lowest_rank && type->rank <= highest_rank && coco_type_satisfies(type, kind) && (!fits || fits(type, other))) return entry->value;
  }
  return NULL;
}

/* An input, or a constant once there are many inputs. */
static coco_value *fresh(generator *of, const coco_type *type, double low, double high) {
  coco_value *value = toss(of, 40) ? make_input(of, type) : NULL;
  return value ? value : make_constant(of, type, low, high);
}

static coco_value *main_operand(generator *of, coco_type_constraint kind, size_t lowest_rank, size_t highest_rank) {
  coco_value *found = find_value(of, kind, lowest_rank, highest_rank, NULL, NULL);
  if (found && !toss(of, 5)) return found;
  const coco_type *type = choose_type(of, (size_t)between(of, (int64_t)lowest_rank, highest_rank < 4 ? (int64_t)highest_rank : lowest_rank > 4 ? (int64_t)lowest_rank : 4));
  if (type && !coco_type_satisfies(type, kind)) {
    const coco_type *element = kind == COCO_KIND_BOOL_TENSOR ? coco_type_integer(of->context, 1) : kind == COCO_KIND_INTEGER_TENSOR ? coco_type_integer(of->context, 64) : coco_type_f32(of->context);
    type = coco_type_with_element(of->context, type, element);
  }
  return found && of->block->argument_count >= MAXIMUM_INPUTS ? found : make_input(of, type);
}

static bool broadcasts(const coco_type *type, const coco_type *other) {
  if (type->element != other->element) return false;
  for (size_t i = 1; i <= type->rank && i <= other->rank; ++i) {
    int64_t a = type->shape[type->rank - i], b = other->shape[other->rank - i];
    if (a != b && a != 1 && b != 1) return false;
  }
  return true;
}

/* A shape that broadcasts against that of X. */
static const coco_type *partner_type(generator *of, const coco_type *x, const coco_type *element) {
  int64_t shape[MAXIMUM_RANK];
  size_t rank = toss(of, 60) ? x->rank : (size_t)between(of, 0, (int64_t)x->rank);
  int ones = toss(of, 50) ? 50 : 0;
  for (size_t i = 0; i < rank; ++i) {
    int64_t extent = x->shape[x->rank - rank + i];
    shape[i] = toss(of, ones) ? 1 : extent;
    if (extent == 1 && toss(of, 5)) shape[i] = choose_extent(of, 4);
  }
  return tensor(of, rank, shape, element);
}

static coco_value *partner(generator *of, const coco_value *x, const coco_type *element) {
  const coco_type *like = coco_type_with_element(of->context, x->type, element);
  coco_value *found = toss(of, 60) ? find_value(of, COCO_KIND_TENSOR, 0, MAXIMUM_RANK, broadcasts, like) : NULL;
  return found ? found : fresh(of, partner_type(of, x->type, element), element->width == 1 ? 0 : -2, element->width == 1 ? 1 : 2);
}

/* ---- Where operations are well behaved ---- */

typedef struct domain {
  const char *row;
  size_t operand;
  float low, high;
} domain;

static const domain domains[] = {
    {"graph.log", 0, 0.25f, 50}, {"graph.sqrt", 0, 0.125f, 50}, {"graph.reciprocal", 0, 0.5f, 8}, {"graph.div", 1, 0.5f, 4},
    {"graph.pow", 0, 0.5f, 3},   {"graph.pow", 1, -2, 3},       {"graph.exp", 0, -20, 3},         {"graph.softplus", 0, -20, 20},
};

static coco_value *clip(generator *of, coco_value *value, double low, double high) {
  operation_plan clipping = {.row = &coco_graph_clip, .operands = {value}, .operand_count = 1, .attribute_count = 2};
  clipping.attributes[0] = COCO_NAMED("minimum", coco_attribute_float(of->context, value->type->element, low));
  clipping.attributes[1] = COCO_NAMED("maximum", coco_attribute_float(of->context, value->type->element, high));
  return make_operation(of, &clipping) ? of->values[of->count - 1].value : NULL;
}

static bool keep_in_domain(generator *of, operation_plan *out) {
  for (size_t i = 0; i < sizeof domains / sizeof *domains; ++i) {
    const domain *row = &domains[i];
    if (!plan_is(out, row->row) || row->operand >= out->operand_count) continue;
    coco_value **operand = &out->operands[row->operand];
    if (!coco_type_is_float((*operand)->type->element)) continue;
    const coco_runtime_value *data = &find_made(of, *operand)->data;
    size_t size = coco_type_element_size(data->type->element);
    for (int64_t k = 0; k < coco_type_element_count(data->type); ++k) {
      double number = coco_element_read_real(data->type->element, (const uint8_t *)data->data + (size_t)k * size);
      if (number >= row->low && number <= row->high) continue;
      *operand = clip(of, *operand, row->low, row->high);
      if (!*operand) return false;
      break;
    }
  }
  return true;
}

/* ---- Attributes ---- */

static bool named(const char *name, const char *other) { return strcmp(name, other) == 0; }

static size_t choose_axes(generator *of, const operation_plan *plan, const coco_type *x, int64_t *out) {
  size_t count = 0, rank = x->rank;
  if (plan_is(plan, "graph.unsqueeze")) rank += (size_t)between(of, 1, 2);
  for (size_t i = 0; i < rank; ++i) {
    bool take = plan_is(plan, "graph.squeeze") ? x->shape[i] == 1 && toss(of, 70) : plan_is(plan, "graph.unsqueeze") ? count < rank - x->rank && (toss(of, 40) || rank - i == rank - x->rank - count) : toss(of, 50);
    if (take) out[count++] = (int64_t)i;
  }
  if (!count && rank && !plan_is(plan, "graph.squeeze")) out[count++] = between(of, 0, (int64_t)rank - 1);
  return count;
}

static const coco_attribute *choose_list(generator *of, const operation_plan *plan, const char *name, const coco_type *x) {
  int64_t list[4 * MAXIMUM_RANK];
  size_t count = x->rank > 2 ? x->rank - 2 : x->rank;
  if (named(name, "axes")) {
    count = choose_axes(of, plan, x, list);
  } else if (named(name, "permutation")) {
    count = x->rank;
    for (size_t i = 0; i < count; ++i) {
      size_t other = (size_t)between(of, 0, (int64_t)i);
      list[i] = list[other];
      list[other] = (int64_t)i;
    }
  } else {
    bool pads = strstr(name, "pads") != NULL, dilations = named(name, "dilations"), strides = named(name, "strides");
    if (pads) count *= 2;
    int64_t low = pads || strstr(name, "output_p") ? 0 : 1, high = dilations ? (toss(of, 20) ? 2 : 1) : pads ? (toss(of, 60) ? 1 : 2) : strides && toss(of, 60) ? 1 : 3;
    bool same = toss(of, 60);
    for (size_t i = 0; i < count; ++i) list[i] = i && same ? list[0] : between(of, low, high);
  }
  return coco_attribute_i64_array(of->context, list, count);
}

static const coco_attribute *choose_word(generator *of, const char *alternatives) {
  size_t count = 1;
  for (const char *at = alternatives; *at; ++at) count += *at == '|';
  for (int64_t skip = between(of, 0, (int64_t)count - 1); skip > 0; --skip) alternatives = strchr(alternatives, '|') + 1;
  return coco_attribute_string(of->context, (coco_string){alternatives, strcspn(alternatives, "|")});
}

static const coco_attribute *choose_number(generator *of, const char *name, const coco_type *element) {
  double number = (double)between(of, -8, 8) / 4;
  if (named(name, "minimum")) number = -fabs(number);
  if (named(name, "maximum")) number = fabs(number);
  if (named(name, "epsilon")) number = toss(of, 50) ? 1e-5 : 0.125;
  if (coco_type_is_float(element)) return coco_attribute_float(of->context, element, number);
  if (element->kind != COCO_TYPE_INTEGER) return NULL;
  if (element->width == 1) return coco_attribute_bool(of->context, toss(of, 50));
  return coco_attribute_integer(of->context, element, (int64_t)(element->signedness == COCO_UNSIGNED ? fabs(2 * number) : 2 * number));
}

static const coco_attribute *choose_integer(generator *of, const operation_plan *plan, const char *name, const coco_type *x) {
  if (named(name, "axis")) return coco_attribute_i64(of->context, between(of, 0, plan_is(plan, "graph.flatten") ? (int64_t)x->rank : (int64_t)x->rank - 1));
  if (named(name, "group")) {
    int64_t channels = x->rank > 1 ? x->shape[1] : 1, group = toss(of, 60) ? 1 : toss(of, 50) ? channels : between(of, 1, channels);
    return coco_attribute_i64(of->context, channels % group ? 1 : group);
  }
  return coco_attribute_i64(of->context, between(of, 1, 3));
}

static const coco_attribute *choose_attribute(generator *of, const operation_plan *plan, const coco_attribute_row *row, const coco_type *x) {
  switch (row->kind) {
    case COCO_IS_BOOL: return coco_attribute_bool(of->context, toss(of, named(row->name, "allow_zero") ? 0 : 40));
    case COCO_IS_I64:
    case COCO_IS_INTEGER: return choose_integer(of, plan, row->name, x);
    case COCO_IS_F32: return choose_number(of, row->name, coco_type_f32(of->context));
    case COCO_IS_FLOAT:
    case COCO_IS_TYPED: return choose_number(of, row->name, x->element);
    case COCO_IS_STRING: return row->detail ? choose_word(of, row->detail) : NULL;
    case COCO_IS_TYPE: return coco_attribute_type(of->context, choose_element(of));
    case COCO_IS_I64_ARRAY: return choose_list(of, plan, row->name, x);
    default: return NULL;
  }
}

static void choose_attributes(generator *of, operation_plan *out, const coco_type *x) {
  for (uint16_t i = 0; i < out->row->attribute_count && out->attribute_count < MAXIMUM_ATTRIBUTES; ++i) {
    const coco_attribute_row *row = &out->row->attributes[i];
    if (row->optional && toss(of, 30)) continue;
    const coco_attribute *value = choose_attribute(of, out, row, x);
    if (value) out->attributes[out->attribute_count++] = (coco_named_attribute){coco_string_from(row->name), value};
  }
}

static const coco_attribute *attribute_of(const operation_plan *of, const char *name) {
  for (size_t i = 0; i < of->attribute_count; ++i)
    if (coco_string_is(of->attributes[i].name, name)) return of->attributes[i].value;
  return NULL;
}

static int64_t integer_of(const operation_plan *of, const char *name, int64_t fallback) {
  const coco_attribute *attribute = attribute_of(of, name);
  return attribute ? coco_property_integer(attribute, fallback) : fallback;
}

/* ---- Operands of integers that say shapes and places ---- */

/* Another shape of COUNT elements. */
static coco_value *new_shape(generator *of, const coco_type *x) {
  int64_t shape[MAXIMUM_RANK], left = coco_type_element_count(x);
  size_t rank = (size_t)between(of, 1, 5);
  for (size_t i = 0; i + 1 < rank; ++i) {
    int64_t extent = toss(of, 50) && i < x->rank ? x->shape[i] : between(of, 1, 8);
    shape[i] = left % extent ? 1 : extent;
    left /= shape[i];
  }
  shape[rank - 1] = left;
  if (toss(of, 20)) shape[between(of, 0, (int64_t)rank - 1)] = -1;
  return make_integers(of, shape, rank);
}

static coco_value *extents(generator *of, const coco_type *type) {
  return type ? make_integers(of, type->shape, type->rank) : NULL;
}

static coco_value *bounds(generator *of, const coco_type *x, const char *name) {
  int64_t list[MAXIMUM_RANK];
  for (size_t i = 0; i < x->rank; ++i) {
    int64_t extent = x->shape[i];
    if (named(name, "starts")) list[i] = toss(of, 50) ? 0 : between(of, -extent, extent - 1);
    else if (named(name, "ends")) list[i] = toss(of, 50) ? extent : between(of, -extent, extent + 1);
    else if (named(name, "axes")) list[i] = (int64_t)i;
    else list[i] = toss(of, 70) ? 1 : toss(of, 60) ? 2 : -1;
  }
  return make_integers(of, list, x->rank);
}

static coco_value *amounts(generator *of, const coco_type *x) {
  int64_t list[2 * MAXIMUM_RANK];
  int none = toss(of, 50) ? 40 : 80;
  for (size_t i = 0; i < 2 * x->rank; ++i) list[i] = toss(of, none) ? 0 : between(of, -1, 2);
  return make_integers(of, list, 2 * x->rank);
}

static coco_value *places(generator *of, const coco_type *x, int64_t axis) {
  int64_t shape[2] = {between(of, 1, 5), between(of, 1, 4)}, extent = x->rank ? x->shape[axis] : 1;
  const coco_type *type = tensor(of, (size_t)between(of, 0, 2), shape, coco_type_integer(of->context, toss(of, 70) ? 64 : 32));
  return make_constant(of, type, (double)-extent, (double)extent - 1);
}

static coco_value *integer_operand(generator *of, const operation_plan *plan, const char *name, const coco_type *x) {
  int64_t few[MAXIMUM_RANK];
  if (named(name, "indices")) return places(of, x, integer_of(plan, "axis", 0));
  if (named(name, "pads")) return amounts(of, x);
  if (named(name, "starts") || named(name, "ends") || named(name, "axes") || named(name, "steps")) return bounds(of, x, name);
  if (named(name, "shape")) return plan_is(plan, "graph.expand") ? extents(of, partner_type(of, x, x->element)) : new_shape(of, x);
  for (size_t i = 0; i < x->rank; ++i) few[i] = named(name, "repeats") ? between(of, 1, 3) : x->shape[i] * between(of, 1, 2);
  if (named(name, "k")) return make_integers(of, (int64_t[]){between(of, 1, 3)}, 1);
  return make_integers(of, few, x->rank);
}

/* ---- Operands of layers ---- */

static coco_value *vector_operand(generator *of, int64_t count, const coco_type *element, double low, double high) {
  const coco_type *type = tensor(of, 1, &count, element);
  return toss(of, 90) ? make_constant(of, type, low, high) : fresh(of, type, low, high);
}

static coco_value *weight_operand(generator *of, const operation_plan *plan, const coco_type *x) {
  int64_t shape[MAXIMUM_RANK], group = integer_of(plan, "group", 1), per_group = choose_extent(of, 17), work = 1;
  bool transposed = strstr(plan->row->name, "transpose") != NULL;
  shape[0] = transposed ? x->shape[1] : group * (group > 1 ? between(of, 1, 3) : per_group);
  shape[1] = transposed ? per_group : x->shape[1] / group;
  for (size_t i = 2; i < x->rank; ++i) shape[i] = toss(of, 20) ? 1 : toss(of, 70) ? 3 : between(of, 1, 5);
  for (size_t i = 1; i < x->rank; ++i) work *= shape[i];
  if (work * shape[0] > MAXIMUM_ELEMENTS) return NULL;
  double bound = 2 / sqrt((double)work);
  const coco_type *type = tensor(of, x->rank, shape, x->element);
  return toss(of, 90) ? make_constant(of, type, -bound, bound) : make_input(of, type);
}

static coco_value *matrix_operand(generator *of, const operation_plan *plan, const coco_type *x) {
  int64_t shape[MAXIMUM_RANK], n = choose_extent(of, 33);
  double bound = 1;
  size_t rank = 2;
  if (plan_is(plan, "graph.gemm")) {
    int64_t k = x->shape[integer_of(plan, "trans_a", 0) ? 0 : 1];
    bool transposed = integer_of(plan, "trans_b", 0) != 0;
    shape[0] = transposed ? n : k;
    shape[1] = transposed ? k : n;
    bound = 2 / sqrt((double)k);
  } else {
    int64_t k = x->shape[x->rank - 1];
    rank = toss(of, 10) ? 1 : toss(of, 40) ? 2 : x->rank < 2 ? 2 : x->rank;
    for (size_t i = 0; i + 2 < rank; ++i) shape[i] = toss(of, 50) ? 1 : x->shape[i];
    if (rank > 1) shape[rank - 2] = k, shape[rank - 1] = n;
    else shape[0] = k;
    bound = 2 / sqrt((double)k);
  }
  const coco_type *type = tensor(of, rank, shape, x->element);
  bool integers = !coco_type_is_float(x->element);
  return toss(of, 70) ? make_constant(of, type, integers ? 0 : -bound, integers ? 3 : bound) : make_input(of, type);
}

static coco_value *addend_operand(generator *of, const operation_plan *plan) {
  const coco_type *a = plan->operands[0]->type, *b = plan->operands[1]->type;
  int64_t shape[2] = {a->shape[integer_of(plan, "trans_a", 0) ? 1 : 0], b->shape[integer_of(plan, "trans_b", 0) ? 0 : 1]};
  const coco_type *full = tensor(of, 2, shape, a->element);
  return full ? fresh(of, partner_type(of, full, a->element), 0, 2) : NULL;
}

/* ---- Rows ---- */

static coco_value *choose_operand(generator *of, const operation_plan *plan, const coco_operand_row *row) {
  coco_value *x = plan->operands[0];
  const coco_type *type = x->type;
  bool layer = type->rank >= 3 && (plan_is(plan, "graph.conv") || strstr(plan->row->name, "conv"));
  if (layer && named(row->name, "weight")) return weight_operand(of, plan, type);
  if (layer && named(row->name, "bias")) {
    const coco_type *weight = plan->operands[1]->type;
    bool transposed = strstr(plan->row->name, "transpose") != NULL;
    return vector_operand(of, transposed ? weight->shape[1] * integer_of(plan, "group", 1) : weight->shape[0], type->element, -1, 1);
  }
  if (strstr(plan->row->name, "norm")) return vector_operand(of, type->rank > 1 ? type->shape[1] : 1, type->element, named(row->name, "variance") ? 0.5 : -1, 1.5);
  if (plan_is(plan, "graph.gemm") || plan_is(plan, "graph.matmul")) return named(row->name, "c") ? addend_operand(of, plan) : matrix_operand(of, plan, type);
  if (row->kind == COCO_KIND_INTEGER_TENSOR) return integer_operand(of, plan, row->name, type);
  if (named(row->name, "value") || named(row->name, "depth")) return make_constant(of, tensor(of, 0, NULL, type->element), type->element->signedness == COCO_UNSIGNED || type->element->width == 1 ? 0 : -2, type->element->width == 1 ? 1 : 2);
  return partner(of, x, row->kind == COCO_KIND_BOOL_TENSOR ? coco_type_integer(of->context, 1) : type->element);
}

/* Like the first but along the axis. */
static void choose_list_of_operands(generator *of, operation_plan *out) {
  const coco_type *x = out->operands[0]->type;
  int64_t axis = integer_of(out, "axis", 0), shape[MAXIMUM_RANK];
  size_t count = (size_t)between(of, 0, 3);
  for (size_t i = 0; i < count && out->operand_count < MAXIMUM_OPERANDS; ++i) {
    memcpy(shape, x->shape, x->rank * sizeof *shape);
    if (x->rank && toss(of, 50)) shape[axis] = choose_extent(of, 9);
    const coco_type *type = tensor(of, x->rank, shape, x->element);
    coco_value *value = toss(of, 20) ? out->operands[0] : find_value(of, COCO_KIND_TENSOR, x->rank, x->rank, coco_type_compatible, type);
    if (!value) value = fresh(of, type, x->element->width == 1 ? 0 : -1, x->element->width == 1 ? 1 : 2);
    if (value) out->operands[out->operand_count++] = value;
  }
}

static void ranks_of(const operation_plan *plan, size_t *low, size_t *high) {
  bool windows = strstr(plan->row->name, "conv") || strstr(plan->row->name, "pool") || strstr(plan->row->name, "depth") || strstr(plan->row->name, "resize");
  *low = windows ? 3 : plan_is(plan, "graph.gemm") ? 2 : strstr(plan->row->name, "norm") ? 2 : plan_is(plan, "graph.matmul") ? 1 : 0;
  *high = windows ? 5 : plan_is(plan, "graph.gemm") ? 2 : 5;
}

static bool is_logic(const operation_plan *plan) {
  return plan_is(plan, "graph.and") || plan_is(plan, "graph.or") || plan_is(plan, "graph.xor");
}

bool choose_plan(generator *of, operation_plan *out) {
  size_t low, high;
  const coco_operation_definition *row = out->row;
  ranks_of(out, &low, &high);
  if (!row->operand_row_count) return false;
  if (plan_is(out, "graph.where")) { /* the condition comes first, and the others say its shape */
    coco_value *x = main_operand(of, COCO_KIND_TENSOR, 0, 5);
    coco_value *y = x ? partner(of, x, x->type->element) : NULL, *condition = x ? partner(of, x, coco_type_integer(of->context, 1)) : NULL;
    out->operands[0] = condition, out->operands[1] = x, out->operands[2] = y;
    out->operand_count = 3;
    return condition && y;
  }
  out->operands[0] = named(row->operands[0].name, "shape") ? extents(of, choose_type(of, (size_t)between(of, 1, 4)))
                                                           : main_operand(of, is_logic(out) ? COCO_KIND_BOOL_TENSOR : row->operands[0].kind, low, high);
  if (!out->operands[0]) return false;
  out->operand_count = 1;
  choose_attributes(of, out, out->operands[0]->type);
  if (row->operands[0].arity == COCO_MANY) choose_list_of_operands(of, out);
  for (uint16_t i = 1; i < row->operand_row_count && i < MAXIMUM_OPERANDS; ++i) {
    if (row->operands[i].arity == COCO_MANY) break;
    coco_value *value = row->operands[i].arity == COCO_MAYBE && toss(of, 40) ? NULL : choose_operand(of, out, &row->operands[i]);
    if (!value && row->operands[i].arity == COCO_ONE) return false;
    out->operands[out->operand_count++] = value;
  }
  if (!(row->traits & COCO_OPERAND_SEGMENTS))
    while (out->operand_count && !out->operands[out->operand_count - 1]) --out->operand_count;
  return keep_in_domain(of, out);
}
