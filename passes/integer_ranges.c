/* Integer ranges in one walk: an operation's results from its operands, whose ranges are known by then.
 *
 * Nothing is followed round a loop: a loop's counter stays between its bounds, and all else that is handed from turn to
 * turn, or comes by a branch, has the range of its type. Where numbers might wrap around, nothing is known either.
 * Expected cost: linear in operations. */
#include "passes/integer_ranges.h"

#include "dialects/arith/arith.h"
#include "dialects/memref/memref.h"
#include "dialects/scf/scf.h"
#include "ir/context.h"
#include "passes/for_loops.h"

typedef coco_integer_range range;

struct coco_integer_ranges {
  const coco_allocator *allocator;
  coco_pointer_map positions; /* value to its place + 1 in found; absent: nothing is known */
  COCO_VECTOR_OF(range) found;
};

static uint32_t width_of(const coco_type *type) {
  if (type->kind == COCO_TYPE_INDEX) return 64;
  return type->kind == COCO_TYPE_INTEGER && type->width <= 64 ? type->width : 0;
}

static range full(const coco_type *type) {
  const uint32_t width = width_of(type);
  if (width == 1) return (range){0, 1};
  const int64_t high = (int64_t)(UINT64_MAX >> (65 - width));
  return (range){-high - 1, high};
}

bool coco_integer_range_is_full(const coco_type *type, coco_integer_range r) {
  const range all = full(type);
  return r.low == all.low && r.high == all.high;
}

static bool is_within(range inner, range outer) { return outer.low <= inner.low && inner.high <= outer.high; }
static range join(range a, range b) {
  return (range){a.low < b.low ? a.low : b.low, a.high > b.high ? a.high : b.high};
}
static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }

/* The counter of LOOP, dimension DIMENSION of COUNT: lower <= counter < upper, as steps are positive. */
static range counter_range(const coco_integer_ranges *ranges, const coco_operation *loop, size_t dimension,
                           size_t count) {
  range lower, upper;
  const coco_value *from = coco_operation_operand(loop, dimension),
                   *to = coco_operation_operand(loop, count + dimension);
  if (!coco_integer_range_of(ranges, from, &lower) || !coco_integer_range_of(ranges, to, &upper))
    return full(from->type);
  if (upper.high <= lower.low) return (range){lower.low, lower.low}; /* it never turns */
  int64_t first, step, distance, last = upper.high - 1;
  const bool is_even = coco_value_integer(from, &first) &&
                       coco_value_integer(coco_operation_operand(loop, 2 * count + dimension), &step) && step > 0 &&
                       !__builtin_sub_overflow(last, first, &distance);
  if (is_even) last = first + distance / step * step;
  return (range){lower.low, last};
}

static range argument_range(const coco_integer_ranges *ranges, const coco_value *argument) {
  const coco_block *block = coco_value_argument_block(argument);
  const coco_operation *owner = block->region ? block->region->owner : NULL;
  if (coco_operation_is(owner, &coco_scf_for) && block->arguments[0] == argument)
    return counter_range(ranges, owner, 0, 1);
  if (!coco_operation_is(owner, &coco_scf_parallel)) return full(argument->type);
  for (size_t i = 0; i < block->argument_count; ++i)
    if (block->arguments[i] == argument) return counter_range(ranges, owner, i, block->argument_count);
  return full(argument->type);
}

bool coco_integer_range_of(const coco_integer_ranges *ranges, const coco_value *value, coco_integer_range *out) {
  if (!width_of(value->type)) return false;
  const size_t position = (uintptr_t)coco_pointer_map_get(&ranges->positions, value);
  if (position) *out = ranges->found.items[position - 1];
  else *out = value->is_argument ? argument_range(ranges, value) : full(value->type);
  return true;
}

/* ---- Operations: false when nothing is known, and *OUT within the type otherwise is for the caller to see to ---- */

typedef bool (*rule)(range a, range b, range *out);

static bool add_ranges(range a, range b, range *out) {
  return !__builtin_add_overflow(a.low, b.low, &out->low) && !__builtin_add_overflow(a.high, b.high, &out->high);
}
static bool subtract_ranges(range a, range b, range *out) {
  return !__builtin_sub_overflow(a.low, b.high, &out->low) && !__builtin_sub_overflow(a.high, b.low, &out->high);
}
static bool multiply_ranges(range a, range b, range *out) {
  int64_t corner[4];
  if (__builtin_mul_overflow(a.low, b.low, &corner[0]) || __builtin_mul_overflow(a.low, b.high, &corner[1]) ||
      __builtin_mul_overflow(a.high, b.low, &corner[2]) || __builtin_mul_overflow(a.high, b.high, &corner[3]))
    return false;
  *out = (range){least(least(corner[0], corner[1]), least(corner[2], corner[3])),
                 most(most(corner[0], corner[1]), most(corner[2], corner[3]))};
  return true;
}
/* By what is positive: towards zero. */
static bool divide_ranges(range a, range b, range *out) {
  if (b.low <= 0) return false;
  *out = (range){least(a.low / b.low, a.low / b.high), most(a.high / b.low, a.high / b.high)};
  return true;
}
static bool divide_unsigned(range a, range b, range *out) { return a.low >= 0 && divide_ranges(a, b, out); }
/* Smaller than the divisor, no further from zero than the dividend, and with its sign. */
static bool remainder_ranges(range a, range b, range *out) {
  if (b.low <= 0) return false;
  *out = (range){a.low < 0 ? most(a.low, 1 - b.high) : 0, a.high > 0 ? least(a.high, b.high - 1) : 0};
  if (a.low >= 0 && a.high < b.low) out->low = a.low; /* it is the dividend */
  return true;
}
static bool remainder_unsigned(range a, range b, range *out) {
  if (b.low <= 0) return false;
  if (a.low >= 0) return remainder_ranges(a, b, out);
  *out = (range){0, b.high - 1};
  return true;
}
static bool smaller(range a, range b, range *out) {
  *out = (range){least(a.low, b.low), least(a.high, b.high)};
  return true;
}
static bool larger(range a, range b, range *out) {
  *out = (range){most(a.low, b.low), most(a.high, b.high)};
  return true;
}
static bool smaller_unsigned(range a, range b, range *out) { return a.low >= 0 && b.low >= 0 && smaller(a, b, out); }
static bool larger_unsigned(range a, range b, range *out) { return a.low >= 0 && b.low >= 0 && larger(a, b, out); }
static bool and_ranges(range a, range b, range *out) {
  if (a.low < 0 && b.low < 0) return false;
  *out = (range){0, a.low < 0 ? b.high : b.low < 0 ? a.high : least(a.high, b.high)};
  return true;
}
/* No bit above the highest one of both. */
static bool or_ranges(range a, range b, range *out) {
  if (a.low < 0 || b.low < 0) return false;
  const int64_t high = most(a.high, b.high);
  *out = (range){0, high ? (int64_t)(UINT64_MAX >> __builtin_clzll((unsigned long long)high)) : 0};
  return true;
}
static bool shift_left(range a, range b, range *out) {
  if (b.low != b.high || b.low < 0 || b.low > 62) return false;
  return multiply_ranges(a, (range){(int64_t)1 << b.low, (int64_t)1 << b.low}, out);
}
static bool shift_right(range a, range b, range *out) {
  if (a.low < 0 || b.low < 0 || b.high > 63) return false;
  *out = (range){a.low >> b.high, a.high >> b.low};
  return true;
}

static const struct {
  const coco_operation_definition *row;
  rule rule;
} binary_rules[] = {
    {&coco_arith_addi, add_ranges},
    {&coco_arith_subi, subtract_ranges},
    {&coco_arith_muli, multiply_ranges},
    {&coco_arith_divsi, divide_ranges},
    {&coco_arith_divui, divide_unsigned},
    {&coco_arith_remsi, remainder_ranges},
    {&coco_arith_remui, remainder_unsigned},
    {&coco_arith_minsi, smaller},
    {&coco_arith_maxsi, larger},
    {&coco_arith_minui, smaller_unsigned},
    {&coco_arith_maxui, larger_unsigned},
    {&coco_arith_andi, and_ranges},
    {&coco_arith_ori, or_ranges},
    {&coco_arith_xori, or_ranges},
    {&coco_arith_shli, shift_left},
    {&coco_arith_shrui, shift_right},
    {&coco_arith_shrsi, shift_right},
};

/* Whether a PREDICATE holds for all of A and B (1), for none (0), or -1. Numbered as in arith.cmpi. */
static int compare(int64_t predicate, range a, range b) {
  enum { EQ, NE, SLT, SLE, SGT, SGE, ULT, ULE, UGT, UGE };
  if (predicate >= ULT) {
    if (a.low < 0 || b.low < 0) return -1;
    predicate -= ULT - SLT;
  }
  switch (predicate) {
    case EQ:
      return a.high < b.low || b.high < a.low ? 0 : a.low == a.high && b.low == b.high && a.low == b.low ? 1 : -1;
    case NE:
      return a.high < b.low || b.high < a.low ? 1 : a.low == a.high && b.low == b.high && a.low == b.low ? 0 : -1;
    case SLT: return a.high < b.low ? 1 : a.low >= b.high ? 0 : -1;
    case SLE: return a.high <= b.low ? 1 : a.low > b.high ? 0 : -1;
    case SGT: return a.low > b.high ? 1 : a.high <= b.low ? 0 : -1;
    default: return a.low >= b.high ? 1 : a.high < b.low ? 0 : -1;
  }
}

/* Casts: the same number where the new type has it. */
static bool cast_range(const coco_operation *operation, range from, range *out) {
  const uint32_t width = width_of(coco_operation_operand(operation, 0)->type);
  const bool is_unsigned =
      coco_operation_is(operation, &coco_arith_extui) || coco_operation_is(operation, &coco_arith_index_castui);
  const bool is_signed = coco_operation_is(operation, &coco_arith_extsi) ||
                         coco_operation_is(operation, &coco_arith_trunci) ||
                         coco_operation_is(operation, &coco_arith_index_cast);
  if (!is_unsigned && !is_signed) return false;
  *out = from;
  if (width == 1 && is_signed) *out = (range){-from.high, -from.low};
  if (is_unsigned && from.low < 0) {
    if (width == 64) return false;
    *out = (range){0, (int64_t)(UINT64_MAX >> (64 - width))};
  }
  return true;
}

static bool result_range(const coco_integer_ranges *ranges, const coco_operation *operation, range *out) {
  range operands[3];
  const size_t count = operation->operand_count;
  if (coco_operation_is(operation, &coco_memref_dim)) {
    *out = (range){0, INT64_MAX};
    return true;
  }
  if (count == 0 || count > 3) return false;
  for (size_t i = 0; i < count; ++i)
    if (!coco_integer_range_of(ranges, coco_operation_operand(operation, i), &operands[i])) return false;
  if (coco_operation_is(operation, &coco_arith_select)) {
    const range condition = operands[0];
    *out = condition.low == 1 ? operands[1] : condition.high == 0 ? operands[2] : join(operands[1], operands[2]);
    return true;
  }
  if (coco_operation_is(operation, &coco_arith_cmpi)) {
    if (width_of(coco_operation_operand(operation, 0)->type) == 1) return false;
    const int holds =
        compare(COCO_PROPERTY(operation, arith_cmpi, predicate)->integer, operands[0], operands[1]);
    *out = (range){holds == 1, holds != 0};
    return true;
  }
  if (count == 1) return cast_range(operation, operands[0], out);
  if (width_of(operation->results[0].type) == 1) return false; /* its arithmetic is not that of 0 and 1 */
  for (size_t i = 0; i < sizeof binary_rules / sizeof *binary_rules; ++i)
    if (coco_operation_is(operation, binary_rules[i].row)) return binary_rules[i].rule(operands[0], operands[1], out);
  return false;
}

static coco_status keep(coco_integer_ranges *ranges, const coco_value *value, range found) {
  if (!is_within(found, full(value->type)) || coco_integer_range_is_full(value->type, found)) return COCO_OK;
  COCO_TRY(coco_vector_push(ranges->allocator, &ranges->found, found));
  return coco_pointer_map_set(&ranges->positions, value, (void *)(uintptr_t)ranges->found.count);
}

/* What scf.if yields on one way or the other. */
static coco_status visit_if(coco_integer_ranges *ranges, const coco_operation *operation) {
  for (size_t i = 0; i < operation->result_count; ++i) {
    range yielded[2];
    bool is_known = true;
    for (size_t k = 0; k < 2; ++k)
      is_known =
          is_known && coco_integer_range_of(ranges, coco_operation_operand(coco_operation_body(operation, k)->last, i),
                                            &yielded[k]);
    if (is_known) COCO_TRY(keep(ranges, &operation->results[i], join(yielded[0], yielded[1])));
  }
  return COCO_OK;
}

static coco_status visit(coco_integer_ranges *ranges, const coco_operation *operation) {
  if (coco_operation_is(operation, &coco_scf_if)) return visit_if(ranges, operation);
  if (operation->result_count != 1 || !width_of(operation->results[0].type)) return COCO_OK;
  const coco_value *result = &operation->results[0];
  int64_t number;
  range found;
  if (coco_value_integer(result, &number)) {
    if (width_of(result->type) == 1) number = number != 0;
    return keep(ranges, result, (range){number, number});
  }
  return result_range(ranges, operation, &found) ? keep(ranges, result, found) : COCO_OK;
}

/* ---- As an analysis ---- */

static void destroy(void *analysis) {
  coco_integer_ranges *ranges = analysis;
  coco_pointer_map_free(&ranges->positions);
  coco_vector_free(ranges->allocator, &ranges->found);
  coco_free(ranges->allocator, ranges, sizeof *ranges);
}

typedef struct walk_state {
  coco_integer_ranges *ranges;
  coco_status status;
} walk_state;

static coco_walk_result visit_next(coco_operation *operation, void *user) {
  walk_state *walk = user;
  walk->status = visit(walk->ranges, operation);
  return walk->status == COCO_OK ? COCO_WALK_ON : COCO_WALK_STOP;
}

static coco_status create(coco_operation *root, void **out) {
  const coco_allocator *allocator = coco_context_allocator(root->context);
  coco_integer_ranges *ranges = coco_allocate_zeroed(allocator, 1, sizeof *ranges);
  if (!ranges) return COCO_OUT_OF_MEMORY;
  ranges->allocator = ranges->positions.allocator = allocator;
  walk_state walk = {ranges, COCO_OK};
  coco_operation_walk(root, COCO_POST_ORDER, visit_next, &walk);
  if (walk.status != COCO_OK) destroy(ranges);
  else *out = ranges;
  return walk.status;
}

const coco_analysis_definition coco_integer_ranges_analysis = {"integer ranges", create, destroy};
