/* Index arithmetic with constant folding, loops, and the few operations that layers are made of. */
#include "lowering/loops_common.h"

#include "dialects/arith/arith.h"
#include "dialects/arith/predicates.h"
#include "dialects/builtin/builtin.h"
#include "dialects/math/math.h"
#include "dialects/memref/memref.h"
#include "dialects/scf/scf.h"
#include "dialects/vector/vector.h"
#include "ir/affine.h"

/* ---- Constants ---- */

coco_value *coco_loops_constant(coco_loops *loops, const coco_attribute *value) {
  if (!value) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  if (loops->builder.status != COCO_OK) return NULL;
  coco_value *known = coco_pointer_map_get(&loops->constants, value);
  if (known) return known;
  coco_builder builder = loops->builder;
  builder.block = loops->entry;
  builder.before = loops->last_constant ? loops->last_constant->next : loops->entry->first;
  coco_operation *operation =
      coco_build(&builder, &(coco_operation_state){.definition = &coco_arith_constant, COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))});
  if (!operation) {
    coco_builder_fail(&loops->builder, builder.status);
    return NULL;
  }
  loops->last_constant = operation;
  known = coco_operation_result(operation, 0);
  coco_status status = coco_pointer_map_set(&loops->constants, value, known);
  if (status != COCO_OK) coco_builder_fail(&loops->builder, status);
  return known;
}

const coco_type *coco_loops_vector_type(coco_loops *loops, const coco_type *scalar, size_t lanes) {
  if (lanes == 0) return scalar;
  const coco_type *type = coco_type_vector(loops->context, 1, (const int64_t[]){(int64_t)lanes}, NULL, scalar);
  if (!type) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  return type;
}

coco_value *coco_loops_number(coco_loops *loops, const coco_type *type, double real, int64_t integer) {
  if (!type) return NULL;
  const coco_type *scalar = coco_type_scalar(type);
  if (type->kind == COCO_TYPE_INTEGER && type->signedness != COCO_SIGNLESS) { /* arith has no such constants */
    coco_value *bits = coco_loops_number(loops, coco_type_integer(loops->context, type->width), real, integer);
    if (!bits) return NULL;
    return coco_build_value(&loops->builder,
                            &(coco_operation_state){.definition = &coco_builtin_unrealized_conversion_cast,
                                                    COCO_WITH_OPERANDS(bits), COCO_WITH_RESULTS(type)});
  }
  const coco_attribute *value = coco_type_is_float(scalar) ? coco_attribute_float(loops->context, scalar, real)
                                                           : coco_attribute_integer(loops->context, scalar, integer);
  if (value && type != scalar) {
    uint8_t element[16];
    if (coco_type_is_float(scalar)) {
      coco_element_write_real(scalar, element, real);
    } else {
      coco_element_write_integer(scalar, element, integer);
    }
    value = coco_attribute_dense(loops->context, type, element, coco_type_element_size(type));
  }
  return coco_loops_constant(loops, value);
}

/* ---- Indices ---- */

coco_value *coco_index_value(coco_loops *loops, coco_index index) {
  if (!index.value) return coco_loops_constant(loops, coco_attribute_index(loops->context, index.constant));
  if (index.constant == 0) return index.value;
  coco_value *constant = coco_loops_constant(loops, coco_attribute_index(loops->context, index.constant));
  return coco_build_binary(&loops->builder, &coco_arith_addi, index.value, constant);
}

coco_index coco_index_fixed(coco_loops *loops, coco_index index) {
  if (!index.value || index.constant == 0) return index;
  return (coco_index){coco_index_value(loops, index), 0};
}

static coco_value *binary(coco_loops *loops, const coco_operation_definition *definition, coco_value *value, int64_t by) {
  return coco_build_binary(&loops->builder, definition, value, coco_index_value(loops, coco_index_of(by)));
}

coco_index coco_index_add(coco_loops *loops, coco_index a, coco_index b) {
  int64_t constant = a.constant + b.constant;
  if (!a.value) return (coco_index){b.value, constant};
  if (!b.value) return (coco_index){a.value, constant};
  return (coco_index){coco_build_binary(&loops->builder, &coco_arith_addi, a.value, b.value), constant};
}

coco_index coco_index_subtract(coco_loops *loops, coco_index a, coco_index b) {
  int64_t constant = a.constant - b.constant;
  if (!b.value) return (coco_index){a.value, constant};
  coco_value *left = coco_index_value(loops, coco_index_of(0));
  return (coco_index){coco_build_binary(&loops->builder, &coco_arith_subi, a.value ? a.value : left, b.value), constant};
}

coco_index coco_index_multiply(coco_loops *loops, coco_index index, int64_t by) {
  if (!index.value || by == 1) return (coco_index){index.value, index.constant * by};
  if (by == 0) return coco_index_of(0);
  coco_value *product = binary(loops, &coco_arith_muli, index.value, by);
  if (product && by > 0) {
    coco_known_product known = {product, index.value, by};
    const coco_allocator *allocator = coco_context_allocator(loops->context);
    if (coco_vector_push(allocator, &loops->products, known) != COCO_OK) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  }
  return (coco_index){product, index.constant * by};
}


static const coco_known_product *find_product(const coco_loops *loops, const coco_value *value, int64_t by) {
  for (size_t i = loops->products.count; i-- > 0;) {
    const coco_known_product *known = &loops->products.items[i];
    if (known->product == value) return known->by % by == 0 ? known : NULL;
  }
  return NULL;
}

bool coco_index_is_multiple(const coco_loops *loops, coco_index index, int64_t of) {
  return index.constant % of == 0 && (!index.value || of == 1 || find_product(loops, index.value, of));
}

coco_index coco_index_divide(coco_loops *loops, coco_index index, int64_t by) {
  if (by == 1) return index;
  if (!index.value) return coco_index_of(coco_floor_divide(index.constant, by));
  const coco_known_product *known = find_product(loops, index.value, by);
  if (known) {
    /* (factor * m * by + constant) / by = factor * m + constant / by, since the first is a multiple. */
    coco_index factor = coco_index_multiply(loops, (coco_index){known->factor, 0}, known->by / by);
    return coco_index_plus(factor, coco_floor_divide(index.constant, by));
  }
  int64_t whole = index.constant % by == 0 ? index.constant / by : 0;
  if (index.constant % by == 0) index.constant = 0;
  return (coco_index){binary(loops, &coco_arith_divui, coco_index_value(loops, index), by), whole};
}

coco_index coco_index_modulo(coco_loops *loops, coco_index index, int64_t by) {
  if (by == 1) return coco_index_of(0);
  if (!index.value) return coco_index_of(index.constant - by * coco_floor_divide(index.constant, by));
  if (find_product(loops, index.value, by)) return coco_index_of(index.constant - by * coco_floor_divide(index.constant, by));
  if (index.constant % by == 0) index.constant = 0;
  return (coco_index){binary(loops, &coco_arith_remui, coco_index_value(loops, index), by), 0};
}

coco_index coco_index_ceil_divide(coco_loops *loops, coco_index index, int64_t by) {
  if (by == 1) return index;
  if (!index.value) return coco_index_of(-coco_floor_divide(-index.constant, by));
  return (coco_index){binary(loops, &coco_arith_ceildivsi, coco_index_value(loops, index), by), 0};
}

coco_index coco_index_floor_divide(coco_loops *loops, coco_index index, int64_t by) {
  if (by == 1) return index;
  if (!index.value) return coco_index_of(coco_floor_divide(index.constant, by));
  return (coco_index){binary(loops, &coco_arith_floordivsi, coco_index_value(loops, index), by), 0};
}

coco_index coco_index_minimum(coco_loops *loops, coco_index a, coco_index b) {
  if (a.value == b.value) return a.constant < b.constant ? a : b;
  coco_value *left = coco_index_value(loops, a), *right = coco_index_value(loops, b);
  return (coco_index){coco_build_binary(&loops->builder, &coco_arith_minsi, left, right), 0};
}

coco_index coco_index_maximum(coco_loops *loops, coco_index a, coco_index b) {
  if (a.value == b.value) return a.constant > b.constant ? a : b;
  coco_value *left = coco_index_value(loops, a), *right = coco_index_value(loops, b);
  return (coco_index){coco_build_binary(&loops->builder, &coco_arith_maxsi, left, right), 0};
}

static coco_index combine(coco_loops *loops, coco_affine_kind kind, coco_index left, coco_index right) {
  if (kind == COCO_AFFINE_ADD) return coco_index_add(loops, left, right);
  if (kind == COCO_AFFINE_MULTIPLY && !left.value) return coco_index_multiply(loops, right, left.constant);
  if (right.value || (kind != COCO_AFFINE_MULTIPLY && right.constant <= 0)) {
    coco_builder_fail(&loops->builder, COCO_INVALID_ARGUMENT); /* no map that the verifier saw */
    return coco_index_of(0);
  }
  int64_t by = right.constant;
  switch (kind) {
    case COCO_AFFINE_MULTIPLY: return coco_index_multiply(loops, left, by);
    case COCO_AFFINE_FLOOR_DIVIDE: return coco_index_floor_divide(loops, left, by);
    case COCO_AFFINE_CEIL_DIVIDE: return coco_index_ceil_divide(loops, left, by);
    default: {
      coco_index whole = coco_index_multiply(loops, coco_index_floor_divide(loops, left, by), by);
      return coco_index_subtract(loops, left, whole);
    }
  }
}

/* Depth of an expression is bounded by its parser and by construction from few terms. */
coco_index coco_index_expand(coco_loops *loops, const coco_affine_expression *expression, const coco_index *dimensions) {
  switch (expression->kind) {
    case COCO_AFFINE_CONSTANT: return coco_index_of(expression->value);
    case COCO_AFFINE_DIMENSION: return dimensions[expression->value];
    case COCO_AFFINE_SYMBOL:
      coco_builder_fail(&loops->builder, COCO_INVALID_ARGUMENT);
      return coco_index_of(0);
    default: break;
  }
  coco_index left = coco_index_expand(loops, expression->left, dimensions);
  coco_index right = coco_index_expand(loops, expression->right, dimensions);
  return combine(loops, expression->kind, left, right);
}

/* ---- Loops ---- */

/* Never NULL for a count over 0: without memory the builder has failed, and the values stand for themselves. */
static coco_value **copy_values(coco_loops *loops, coco_value **values, size_t count) {
  if (count == 0) return NULL;
  coco_value **copy = coco_arena_copy_bytes(loops->scratch, values, count * sizeof *values);
  if (!copy) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  return copy ? copy : values;
}

static void enter_region(coco_loops *loops, coco_loop *loop, size_t region, const coco_type *const *arguments, size_t count) {
  coco_block *body = coco_build_block(&loops->builder, loop->operation, region, arguments, count);
  if (body) coco_builder_to_end(&loops->builder, body);
}

static void enter(coco_loops *loops, coco_loop *loop, const coco_type *const *arguments, size_t count) {
  loop->outer = loops->builder.block;
  loop->outer_before = loops->builder.before;
  enter_region(loops, loop, 0, arguments, count);
}

static void leave(coco_loops *loops, const coco_loop *loop) {
  loops->builder.block = loop->outer;
  loops->builder.before = loop->outer_before;
}

coco_loop coco_loop_begin(coco_loops *loops, coco_index lower, coco_index upper, int64_t step, coco_value **carried, size_t count) {
  coco_loop loop = {.induction = lower, .carried = copy_values(loops, carried, count), .count = count};
  int64_t turns = lower.value == upper.value ? upper.constant - lower.constant : 0;
  if ((turns > 0 && turns <= step) || loops->builder.status != COCO_OK) return loop;
  coco_value **operands = coco_arena_allocate(loops->scratch, (count + 3) * sizeof *operands);
  const coco_type **types = coco_arena_allocate(loops->scratch, (count + 1) * sizeof *types);
  if (!operands || !types) {
    coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
    return loop;
  }
  operands[0] = coco_index_value(loops, lower);
  operands[1] = coco_index_value(loops, upper);
  operands[2] = coco_index_value(loops, coco_index_of(step));
  types[0] = coco_type_index(loops->context);
  for (size_t i = 0; i < count; ++i) {
    operands[3 + i] = carried[i];
    if (carried[i]) types[1 + i] = carried[i]->type;
  }
  loop.operation = coco_build(&loops->builder, &(coco_operation_state){.definition = &coco_scf_for,
                                                                       .operands = operands,
                                                                       .operand_count = count + 3,
                                                                       .result_types = types + 1,
                                                                       .result_count = count});
  if (!loop.operation) return loop;
  enter(loops, &loop, types, count + 1);
  coco_block *body = loops->builder.block;
  if (loops->builder.status != COCO_OK) return loop;
  loop.induction = (coco_index){body->arguments[0], 0};
  for (size_t i = 0; i < count; ++i) loop.carried[i] = body->arguments[1 + i];
  return loop;
}

void coco_loop_end(coco_loops *loops, coco_loop *loop, coco_value *const *carried) {
  if (loops->builder.status != COCO_OK) return;
  if (!loop->operation) {
    for (size_t i = 0; i < loop->count; ++i) loop->carried[i] = carried[i];
    return;
  }
  coco_build(&loops->builder, &(coco_operation_state){.definition = &coco_scf_yield, .operands = carried, .operand_count = loop->count});
  leave(loops, loop);
  for (size_t i = 0; i < loop->count; ++i) loop->carried[i] = coco_operation_result(loop->operation, i);
}

coco_loop coco_parallel_begin(coco_loops *loops, const int64_t *extents, size_t count, coco_index *indices) {
  coco_loop loop = {0};
  coco_value *operands[3 * COCO_LOOPS_PHYSICAL_RANK];
  const coco_type *types[COCO_LOOPS_PHYSICAL_RANK];
  size_t used = 0;
  for (size_t i = 0; i < count; ++i) {
    indices[i] = coco_index_of(0);
    used += extents[i] != 1;
  }
  if (used == 0 || loops->builder.status != COCO_OK) return loop;
  for (size_t i = 0, at = 0; i < count; ++i) {
    if (extents[i] == 1) continue;
    operands[at] = coco_index_value(loops, coco_index_of(0));
    operands[used + at] = coco_index_value(loops, coco_index_of(extents[i]));
    operands[2 * used + at] = coco_index_value(loops, coco_index_of(1));
    types[at++] = coco_type_index(loops->context);
  }
  const int32_t segments[] = {(int32_t)used, (int32_t)used, (int32_t)used, 0};
  const coco_attribute *serial = loops->is_short ? coco_attribute_unit(loops->context) : NULL;
  loop.operation = coco_build(&loops->builder, &(coco_operation_state){.definition = &coco_scf_parallel,
                                                                       .operands = operands,
                                                                       .operand_count = 3 * used,
                                                                       .segment_sizes = segments,
                                                                       COCO_WITH_ATTRIBUTES(COCO_NAMED("coco.serial", serial))});
  if (!loop.operation) return loop;
  enter(loops, &loop, types, used);
  if (loops->builder.status != COCO_OK) return loop;
  for (size_t i = 0, at = 0; i < count; ++i) {
    if (extents[i] != 1) indices[i].value = loops->builder.block->arguments[at++];
  }
  return loop;
}

void coco_parallel_end(coco_loops *loops, coco_loop *parallel) {
  if (loops->builder.status != COCO_OK || !parallel->operation) return;
  coco_build(&loops->builder, &(coco_operation_state){.definition = &coco_scf_reduce});
  leave(loops, parallel);
}

/* ---- Choices ---- */

coco_loop coco_if_begin(coco_loops *loops, coco_value *condition, const coco_type *type, size_t count) {
  coco_loop choice = {.count = count};
  const coco_type **types = coco_arena_allocate(loops->scratch, (count + 1) * sizeof *types);
  choice.carried = coco_arena_allocate_zeroed(loops->scratch, count + 1, sizeof *choice.carried);
  if (!types || !choice.carried) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  if (loops->builder.status != COCO_OK) return choice;
  for (size_t i = 0; i < count; ++i) types[i] = type;
  choice.operation = coco_build(&loops->builder, &(coco_operation_state){.definition = &coco_scf_if, COCO_WITH_OPERANDS(condition),
                                                                         .result_types = types, .result_count = count});
  if (choice.operation) enter(loops, &choice, NULL, 0);
  return choice;
}

static void yield(coco_loops *loops, const coco_loop *choice, coco_value *const *values) {
  coco_build(&loops->builder, &(coco_operation_state){.definition = &coco_scf_yield, .operands = values, .operand_count = choice->count});
}

void coco_if_else(coco_loops *loops, coco_loop *choice, coco_value *const *values) {
  if (loops->builder.status != COCO_OK) return;
  yield(loops, choice, values);
  leave(loops, choice);
  enter_region(loops, choice, 1, NULL, 0);
}

void coco_if_end(coco_loops *loops, coco_loop *choice, coco_value *const *values) {
  if (loops->builder.status != COCO_OK) return;
  yield(loops, choice, values);
  leave(loops, choice);
  for (size_t i = 0; i < choice->count; ++i) choice->carried[i] = coco_operation_result(choice->operation, i);
}

/* ---- Operations ---- */

coco_value *coco_loops_fma(coco_loops *loops, coco_value *a, coco_value *b, coco_value *c) {
  if (loops->builder.status != COCO_OK) return NULL;
  const coco_operation_definition *definition = coco_type_is(a->type, COCO_TYPE_VECTOR) ? &coco_vector_fma : &coco_math_fma;
  return coco_build_value(&loops->builder, &(coco_operation_state){.definition = definition, COCO_WITH_OPERANDS(a, b, c)});
}

coco_value *coco_loops_broadcast(coco_loops *loops, coco_value *scalar, size_t lanes) {
  if (lanes == 0 || loops->builder.status != COCO_OK) return scalar;
  const coco_type *type = coco_loops_vector_type(loops, scalar->type, lanes);
  return coco_build_value(&loops->builder, &(coco_operation_state){.definition = &coco_vector_broadcast, COCO_WITH_OPERANDS(scalar), COCO_WITH_RESULTS(type)});
}

/* The position of a lane, as vector.insert and vector.extract have it; NULL once the builder has failed. */
static const coco_attribute *lane_position(coco_loops *loops, int64_t lane) {
  const coco_attribute *position = loops->builder.status == COCO_OK ? coco_attribute_i64_array(loops->context, &lane, 1) : NULL;
  if (!position) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  return position;
}

coco_value *coco_loops_insert(coco_loops *loops, coco_value *scalar, coco_value *vector, int64_t lane) {
  const coco_attribute *position = lane_position(loops, lane);
  if (!position) return NULL;
  return coco_build_value(&loops->builder, &(coco_operation_state){.definition = &coco_vector_insert, COCO_WITH_OPERANDS(scalar, vector),
                                                                   COCO_WITH_RESULTS(vector->type), COCO_WITH_ATTRIBUTES(COCO_NAMED("static_position", position))});
}

coco_value *coco_loops_extract(coco_loops *loops, coco_value *vector, int64_t lane) {
  const coco_attribute *position = lane_position(loops, lane);
  if (!position) return NULL;
  return coco_build_value(&loops->builder, &(coco_operation_state){.definition = &coco_vector_extract, COCO_WITH_OPERANDS(vector),
                                                                   COCO_WITH_RESULTS(vector->type->element), COCO_WITH_ATTRIBUTES(COCO_NAMED("static_position", position))});
}

coco_value *coco_loops_load(coco_loops *loops, coco_value *memory, const coco_index *indices, size_t count, size_t lanes) {
  coco_value *operands[1 + COCO_LOOPS_PHYSICAL_RANK] = {memory};
  for (size_t i = 0; i < count; ++i) operands[1 + i] = coco_index_value(loops, indices[i]);
  if (loops->builder.status != COCO_OK) return NULL;
  const coco_type *type = coco_loops_vector_type(loops, memory->type->element, lanes);
  return coco_build_value(&loops->builder, &(coco_operation_state){.definition = lanes ? &coco_vector_load : &coco_memref_load,
                                                                   .operands = operands,
                                                                   .operand_count = 1 + count,
                                                                   COCO_WITH_RESULTS(type)});
}

void coco_loops_store(coco_loops *loops, coco_value *value, coco_value *memory, const coco_index *indices, size_t count) {
  coco_loops_store_past(loops, value, memory, indices, count, false);
}

void coco_loops_store_past(coco_loops *loops, coco_value *value, coco_value *memory, const coco_index *indices, size_t count, bool streams) {
  coco_value *operands[2 + COCO_LOOPS_PHYSICAL_RANK] = {value, memory};
  for (size_t i = 0; i < count; ++i) operands[2 + i] = coco_index_value(loops, indices[i]);
  const coco_attribute *yes = streams ? coco_attribute_bool(loops->context, true) : NULL;
  if (streams && !yes) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  if (loops->builder.status != COCO_OK) return;
  bool is_vector = coco_type_is(value->type, COCO_TYPE_VECTOR);
  const coco_named_attribute past = COCO_NAMED("nontemporal", yes);
  coco_build(&loops->builder, &(coco_operation_state){.definition = is_vector ? &coco_vector_store : &coco_memref_store,
                                                      .operands = operands, .operand_count = 2 + count,
                                                      .attributes = &past, .attribute_count = yes ? 1 : 0});
}

coco_index coco_loops_load_number(coco_loops *loops, size_t operand, const coco_index *place, size_t count) {
  return coco_loops_to_index(loops, coco_loops_load(loops, loops->operands[operand].memory, place, count, 0));
}

void coco_loops_split(int64_t extent, int64_t largest, int64_t sizes[2], int64_t counts[2]) {
  const int64_t pieces = coco_ceil_divide(extent, largest);
  sizes[1] = extent / pieces;
  sizes[0] = sizes[1] + 1;
  counts[0] = extent % pieces;
  counts[1] = pieces - counts[0];
}

void coco_loops_prefetch(coco_loops *loops, coco_value *memory, coco_index index, coco_loops_cache cache) {
  const coco_attribute *no = coco_attribute_bool(loops->context, false), *yes = coco_attribute_bool(loops->context, true);
  const coco_attribute *locality = coco_attribute_i32(loops->context, (int32_t)cache);
  coco_value *place = coco_index_value(loops, index);
  if (!no || !yes || !locality) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  if (loops->builder.status != COCO_OK) return;
  coco_build(&loops->builder, &(coco_operation_state){.definition = &coco_memref_prefetch, COCO_WITH_OPERANDS(memory, place),
                                                      COCO_WITH_ATTRIBUTES(COCO_NAMED("isWrite", no), COCO_NAMED("localityHint", locality), COCO_NAMED("isDataCache", yes))});
}

coco_value *coco_loops_flatten(coco_loops *loops, coco_value *memory) {
  int64_t count = coco_type_element_count(memory->type);
  const coco_attribute *axes[COCO_LOOPS_PHYSICAL_RANK], *group = NULL, *groups = NULL;
  const size_t rank = memory->type->rank;
  bool made = rank <= COCO_LOOPS_PHYSICAL_RANK;
  for (size_t i = 0; made && i < rank; ++i) {
    axes[i] = coco_attribute_i64(loops->context, (int64_t)i);
    made = axes[i] != NULL;
  }
  if (made) group = coco_attribute_array(loops->context, axes, rank);
  if (group) groups = coco_attribute_array(loops->context, &group, 1);
  const coco_type *type = coco_type_memref(loops->context, 1, &count, memory->type->element, NULL, NULL);
  if (!groups || !type) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  if (loops->builder.status != COCO_OK) return NULL;
  return coco_build_value(&loops->builder, &(coco_operation_state){.definition = &coco_memref_collapse_shape, COCO_WITH_OPERANDS(memory),
                                                                   COCO_WITH_RESULTS(type), COCO_WITH_ATTRIBUTES(COCO_NAMED("reassociation", groups))});
}

coco_value *coco_loops_part(coco_loops *loops, coco_value *memory, coco_index first, int64_t count) {
  static const int64_t one = 1, dynamic = COCO_DYNAMIC;
  static const int32_t segments[] = {1, 1, 0, 0};
  coco_context *context = loops->context;
  const coco_attribute *layout = coco_attribute_strided_layout(context, COCO_DYNAMIC, &one, 1);
  const coco_attribute *offsets = coco_attribute_i64_array(context, &dynamic, 1), *sizes = coco_attribute_i64_array(context, &count, 1),
                       *strides = coco_attribute_i64_array(context, &one, 1);
  coco_value *offset = coco_index_value(loops, first);
  const coco_type *type = layout && memory ? coco_type_memref(context, 1, &count, memory->type->element, layout, NULL) : NULL;
  if (!offsets || !sizes || !strides || !type) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  if (loops->builder.status != COCO_OK) return NULL;
  return coco_build_value(&loops->builder, &(coco_operation_state){.definition = &coco_memref_reinterpret_cast, COCO_WITH_OPERANDS(memory, offset),
                                                                   COCO_WITH_RESULTS(type), .segment_sizes = segments,
                                                                   COCO_WITH_ATTRIBUTES(COCO_NAMED("static_offsets", offsets), COCO_NAMED("static_sizes", sizes),
                                                                                        COCO_NAMED("static_strides", strides))});
}

coco_value *coco_loops_stack(coco_loops *loops, size_t rank, const int64_t *shape) {
  static const int32_t segments[] = {0, 0};
  enum { ALIGNMENT = 64 };
  const coco_type *element = coco_type_float(loops->context, COCO_F32),
                  *type = element ? coco_type_memref(loops->context, rank, shape, element, NULL, NULL) : NULL;
  const coco_attribute *alignment = coco_attribute_i64(loops->context, ALIGNMENT);
  if (!type || !alignment) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  if (loops->builder.status != COCO_OK) return NULL;
  return coco_build_value(&loops->builder,
                          &(coco_operation_state){.definition = &coco_memref_alloca,
                                                  COCO_WITH_ATTRIBUTES(COCO_NAMED("alignment", alignment)),
                                                  COCO_WITH_RESULTS(type),
                                                  .segment_sizes = segments});
}

coco_value *coco_loops_is_equal(coco_loops *loops, coco_value *a, coco_value *b) {
  return coco_arith_compare(&loops->builder, &coco_arith_cmpi, COCO_CMPI_EQ, a, b);
}

coco_index coco_loops_to_index(coco_loops *loops, coco_value *integer) {
  if (loops->builder.status != COCO_OK) return coco_index_of(0);
  const coco_type *type = integer->type;
  bool natural = type->signedness == COCO_UNSIGNED;
  if (type->signedness != COCO_SIGNLESS) { /* arith takes signless integers */
    integer = coco_build_value(&loops->builder,
                               &(coco_operation_state){.definition = &coco_builtin_unrealized_conversion_cast,
                                                       COCO_WITH_OPERANDS(integer),
                                                       COCO_WITH_RESULTS(coco_type_integer(loops->context, type->width))});
    if (!integer) return coco_index_of(0);
  }
  coco_value *value = coco_build_value(
      &loops->builder, &(coco_operation_state){.definition = natural ? &coco_arith_index_castui : &coco_arith_index_cast,
                                               COCO_WITH_OPERANDS(integer),
                                               COCO_WITH_RESULTS(coco_type_index(loops->context))});
  return (coco_index){value, 0};
}
