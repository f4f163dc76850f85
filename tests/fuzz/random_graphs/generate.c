/* Random graphs: valid by construction. Every operation is made from its row, checked by inference and the verifier,
 * and evaluated at once on the inputs that cases have, so that what would overflow, divide by nothing or magnify
 * rounding is never part of a graph. A row that is new in the dialect takes part without a change here, as far as the
 * names of its operands and attributes say what they are. */
#include "tests/fuzz/random_graphs/generate.h"

#include <math.h>
#include <stdio.h>

#include "dialects/builtin/builtin.h"
#include "dialects/func/func.h"
#include "ir/builder.h"
#include "ir/verifier.h"

enum { ATTEMPTS = 30, MAXIMUM_OUTPUTS = 5, LARGEST_REAL = 200, LARGEST_INTEGER = 1000000 };

const made *find_made(const generator *of, const coco_value *value) {
  for (size_t i = 0; i < of->count; ++i)
    if (of->values[i].value == value) return &of->values[i];
  return NULL;
}

static made *add_made(generator *of, coco_value *value) {
  if (of->count == MAXIMUM_VALUES) return NULL;
  of->values[of->count] = (made){.value = value, .exact = true};
  return &of->values[of->count++];
}

/* ---- Inputs and constants ---- */

coco_value *make_input(generator *of, const coco_type *type) {
  size_t index = of->block->argument_count;
  if (!type || index >= MAXIMUM_INPUTS || of->count == MAXIMUM_VALUES) return NULL;
  coco_value *value = coco_block_add_argument(of->context, of->block, type);
  made *entry = value ? add_made(of, value) : NULL;
  return entry && case_input(of->evaluation, type, index, &entry->data) ? value : NULL;
}

static coco_value *append_constant(generator *of, coco_runtime_value *data) {
  char name[32];
  const coco_attribute *attribute = NULL;
  coco_operation *operation = NULL;
  snprintf(name, sizeof name, "weight_%u", of->constants++);
  bool good = of->count < MAXIMUM_VALUES && coco_runtime_to_attribute(of->context, data, coco_string_from(name), &attribute) == COCO_OK &&
              coco_operation_create(of->context,
                                    &(coco_operation_state){.definition = &coco_graph_constant,
                                                            COCO_WITH_ATTRIBUTES(COCO_NAMED("value", attribute))},
                                    &operation) == COCO_OK;
  if (!good) {
    coco_runtime_release(data);
    return NULL;
  }
  coco_block_append(of->block, operation);
  made *entry = add_made(of, coco_operation_result(operation, 0));
  entry->data = *data;
  entry->constant = true;
  return entry->value;
}

coco_value *make_constant(generator *of, const coco_type *type, double low, double high) {
  coco_runtime_value data;
  if (!type || coco_evaluation_allocate(of->evaluation, type, &data) != COCO_OK) return NULL;
  const coco_type *element = type->element;
  size_t size = coco_type_element_size(element);
  int zeros = chance_of(&of->chance, 15) ? 50 : 0;
  for (int64_t i = 0; i < coco_type_element_count(type); ++i) {
    uint8_t *at = (uint8_t *)data.data + (size_t)i * size;
    double part = (double)chance_between(&of->chance, 0, 1024) / 1024;
    bool zero = low <= 0 && chance_of(&of->chance, zeros);
    if (coco_type_is_float(element)) coco_element_write_real(element, at, zero ? 0 : low + (high - low) * part);
    else coco_element_write_integer(element, at, (int64_t)floor(low + (high - low + 0.999) * part));
  }
  return append_constant(of, &data);
}

coco_value *make_integers(generator *of, const int64_t *numbers, size_t count) {
  coco_runtime_value data;
  const coco_type *type = coco_type_tensor(of->context, 1, (int64_t[]){(int64_t)count}, coco_type_integer(of->context, 64), NULL);
  if (!type || coco_evaluation_allocate(of->evaluation, type, &data) != COCO_OK) return NULL;
  memcpy(data.data, numbers, count * sizeof *numbers);
  return append_constant(of, &data);
}

/* ---- Which values may go where ---- */

/* What booleans are for. */
static const char *const boolean_rows =
    "|where|not|and|or|xor|equal|reshape|squeeze|unsqueeze|flatten|transpose|concat|slice|pad|gather|expand|shape|cast|tile|split|identity"
    "|constant_of_shape|gather_elements|gather_nd|";
/* Copies, selects, or rounds exactly what it is given. */
static const char *const exact_rows =
    "|relu|abs|neg|floor|ceil|round|sign|maximum|minimum|clip|where|not|and|or|xor|equal|less|greater|less_or_equal|greater_or_equal"
    "|reshape|squeeze|unsqueeze|flatten|transpose|concat|slice|pad|gather|expand|max_pool|shape|constant_of_shape|tile|split|cast"
    "|depth_to_space|space_to_depth|identity|gather_elements|gather_nd|scatter|range|arg_max|argmax|arg_min|top_k|topk|trilu|reverse|";
/* Continuous: a small change of an operand makes a small change of the result. */
static const char *const smooth_rows =
    "|relu|abs|neg|maximum|minimum|clip|where|reshape|squeeze|unsqueeze|flatten|transpose|concat|slice|pad|gather|expand|max_pool"
    "|shape|tile|split|depth_to_space|space_to_depth|identity|gather_elements|gather_nd|add|sub|mul|div|pow|sigmoid|tanh|exp|log|sqrt"
    "|reciprocal|erf|leaky_relu|conv|conv_transpose|gemm|matmul|batch_norm|average_pool|reduce|softmax|log_softmax|resize|cast|sin|cos"
    "|instance_norm|layer_norm|group_norm|elu|selu|gelu|softplus|softsign|hard_sigmoid|hard_swish|prelu|mish|trilu|reverse|";

static bool listed(const char *list, const coco_operation_definition *row) {
  char pattern[80];
  const char *dot = strchr(row->name, '.');
  snprintf(pattern, sizeof pattern, "|%s|", dot ? dot + 1 : row->name);
  return strstr(list, pattern) != NULL;
}

static bool is_boolean(const coco_value *value) { return coco_type_is_integer(value->type->element, 1); }
static bool is_float_tensor(const coco_value *value) { return coco_type_is_float(value->type->element); }

/* Step functions of rounded numbers would differ between levels for good reasons. */
static bool may_use(const generator *of, const operation_plan *plan, const coco_operation *operation) {
  bool smooth = listed(smooth_rows, plan->row);
  if (is_boolean(coco_operation_operand(operation, 0)) && !listed(boolean_rows, plan->row)) return false;
  if (plan_is(plan, "graph.cast")) smooth = is_float_tensor(coco_operation_result(operation, 0));
  for (uint32_t i = 0; i < operation->operand_count && !smooth; ++i) {
    const coco_value *operand = coco_operation_operand(operation, i);
    const made *entry = find_made(of, operand);
    if (is_float_tensor(operand) && !entry->exact) return false;
  }
  return true;
}

static bool is_exact(const generator *of, const operation_plan *plan, const coco_operation *operation, const coco_value *result) {
  if (!is_float_tensor(result)) return true;
  for (uint32_t i = 0; i < operation->operand_count; ++i)
    if (!find_made(of, coco_operation_operand(operation, i))->exact) return false;
  return listed(exact_rows, plan->row) && result->type->element->width >= 32;
}

static bool is_comparable(const coco_runtime_value *value) {
  bool finite;
  double magnitude = case_magnitude(value, &finite);
  return finite && magnitude <= (coco_type_is_float(value->type->element) ? LARGEST_REAL : LARGEST_INTEGER);
}

static bool is_moderate(const coco_type *type) {
  int64_t count = coco_type_element_count(type);
  return type->rank <= MAXIMUM_RANK && count > 0 && count <= MAXIMUM_ELEMENTS;
}

static bool evaluate(generator *of, coco_operation *operation, coco_runtime_value *results) {
  coco_runtime_value operands[MAXIMUM_OPERANDS];
  for (uint32_t i = 0; i < operation->operand_count; ++i) operands[i] = find_made(of, coco_operation_operand(operation, i))->data;
  for (uint32_t i = 0; i < operation->result_count; ++i)
    if (!is_moderate(operation->results[i].type)) return false;
  if (coco_evaluate_operation(of->evaluation, operation, operands, results) != COCO_OK) return false;
  for (uint32_t i = 0; i < operation->result_count; ++i)
    if (!is_comparable(&results[i])) return false;
  return true;
}

bool make_operation(generator *of, const operation_plan *plan) {
  coco_operation *operation = NULL;
  coco_runtime_value results[MAXIMUM_OPERANDS] = {{0}};
  coco_operation_state state = {.definition = plan->row,
                                .operands = plan->operands,
                                .operand_count = plan->operand_count,
                                .attributes = plan->attributes,
                                .attribute_count = plan->attribute_count};
  if (coco_operation_create(of->context, &state, &operation) != COCO_OK) return false;
  coco_block_append(of->block, operation);
  bool good = operation->result_count <= MAXIMUM_OPERANDS && of->count + operation->result_count <= MAXIMUM_VALUES &&
              coco_verify(operation) == COCO_OK && may_use(of, plan, operation) && evaluate(of, operation, results);
  for (uint32_t i = 0; i < operation->result_count && good; ++i) {
    coco_value *result = coco_operation_result(operation, i);
    bool exact = is_exact(of, plan, operation, result);
    made *entry = add_made(of, result);
    entry->data = results[i];
    entry->exact = exact;
  }
  if (good) return true;
  for (uint32_t i = 0; i < operation->result_count && i < MAXIMUM_OPERANDS; ++i) coco_runtime_release(&results[i]);
  coco_operation_erase(operation);
  return false;
}

/* ---- The whole graph ---- */

/* Rows that stand for most of a network's work are taken more often. */
static const char *const frequent_rows = "|conv|gemm|matmul|batch_norm|max_pool|average_pool|reduce|softmax|add|mul|relu|concat|";

static size_t choose_row(generator *of) {
  const coco_dialect *dialect = &coco_graph_dialect;
  for (;;) {
    size_t index = (size_t)chance_between(&of->chance, 0, (int64_t)dialect->operation_count - 1);
    const coco_operation_definition *row = dialect->operations[index];
    if (row->region_count || (row->traits & (COCO_TERMINATOR | COCO_CONSTANT_LIKE)) || !row->result_row_count) continue;
    if (listed(frequent_rows, row) || chance_of(&of->chance, 40)) return index;
  }
}

static bool grow(generator *of, uint32_t *counts) {
  for (int attempt = 0; attempt < ATTEMPTS; ++attempt) {
    size_t index = choose_row(of);
    operation_plan plan = {.row = coco_graph_dialect.operations[index]};
    if (!choose_plan(of, &plan) || !make_operation(of, &plan)) continue;
    if (counts) ++counts[index];
    return true;
  }
  return false;
}

static void erase_unused_constants(generator *of) {
  for (coco_operation *at = of->block->last, *before; at; at = before) {
    before = at->previous;
    if (coco_operation_is(at, &coco_graph_constant) && coco_value_is_unused(coco_operation_result(at, 0))) coco_operation_erase(at);
  }
}

/* What nothing uses, and sometimes what something does, an input, or one value twice. */
static size_t choose_outputs(generator *of, coco_value **out) {
  size_t count = 0;
  for (size_t i = of->count; i-- > 0 && count < MAXIMUM_OUTPUTS;) {
    const made *entry = &of->values[i];
    if (entry->constant || (entry->value->is_argument && !chance_of(&of->chance, 2))) continue;
    if (coco_value_is_unused(entry->value) || chance_of(&of->chance, 8)) out[count++] = entry->value;
  }
  if (count && count < MAXIMUM_OUTPUTS && chance_of(&of->chance, 3)) {
    out[count] = out[0];
    ++count;
  }
  if (!count) out[count++] = of->values[of->count - 1].value;
  return count;
}

static bool close_function(generator *of, coco_operation *function) {
  coco_value *outputs[MAXIMUM_OUTPUTS];
  const coco_type *inputs[MAXIMUM_INPUTS], *results[MAXIMUM_OUTPUTS];
  coco_operation *end = NULL;
  size_t count = choose_outputs(of, outputs);
  for (size_t i = 0; i < count; ++i) results[i] = outputs[i]->type;
  for (uint32_t i = 0; i < of->block->argument_count; ++i) inputs[i] = of->block->arguments[i]->type;
  const coco_type *type = coco_type_function(of->context, inputs, of->block->argument_count, results, count);
  coco_operation_state state = {.definition = &coco_func_return, .operands = outputs, .operand_count = count};
  if (!type || coco_operation_create(of->context, &state, &end) != COCO_OK) return false;
  coco_block_append(of->block, end);
  erase_unused_constants(of);
  const coco_attribute *attribute = coco_attribute_type(of->context, type);
  return attribute && coco_operation_set(function, COCO_STRING("function_type"), attribute) == COCO_OK;
}

static bool fill(generator *of, coco_operation *module, int64_t maximum, uint32_t *counts) {
  coco_context *context = of->context;
  coco_block *body = coco_region_append_block(context, coco_operation_region(module, 0));
  if (!body) return false;
  coco_builder builder = coco_builder_at_end(context, body, module->location);
  const coco_type *none = coco_type_function(context, NULL, 0, NULL, 0);
  coco_operation *function =
      coco_build(&builder, &(coco_operation_state){
                               .definition = &coco_func_func,
                               COCO_WITH_ATTRIBUTES(COCO_NAMED("sym_name", coco_attribute_string(context, COCO_STRING("main"))),
                                                    COCO_NAMED("function_type", coco_attribute_type(context, none)))});
  of->block = function ? coco_build_block(&builder, function, 0, NULL, 0) : NULL;
  if (!of->block || coco_evaluation_create(context, &of->evaluation) != COCO_OK) return false;
  coco_evaluation_set_quiet(of->evaluation, true);
  int64_t wanted = chance_between(&of->chance, 1, maximum);
  size_t rank = chance_of(&of->chance, 60) ? 4 : (size_t)chance_between(&of->chance, 1, 5);
  if (!make_input(of, choose_type(of, rank))) return false;
  for (int64_t i = 0; i < wanted && grow(of, counts);) ++i;
  return close_function(of, function);
}

coco_operation *generate_module(coco_context *context, uint64_t seed, int64_t maximum, uint32_t *counts) {
  static generator of; /* large; one graph at a time */
  coco_operation *module = NULL;
  of = (generator){.context = context, .chance = {seed}};
  of.chance.state = chance_next(&of.chance) ^ seed << 32; /* neighbours must not be the same sequence, shifted */
  coco_operation_state state = {.definition = &coco_builtin_module};
  if (coco_operation_create(context, &state, &module) != COCO_OK) return NULL;
  bool good = fill(&of, module, maximum, counts);
  for (size_t i = 0; i < of.count; ++i) coco_runtime_release(&of.values[i].data);
  if (of.evaluation) coco_evaluation_destroy(of.evaluation);
  if (good) return module;
  coco_operation_erase(module);
  return NULL;
}
