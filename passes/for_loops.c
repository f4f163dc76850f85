/* Helpers on scf.for: see for_loops.h. */
#include "passes/for_loops.h"

#include "dialects/arith/arith.h"
#include "dialects/scf/scf.h"

bool coco_value_integer(const coco_value *value, int64_t *out) {
  const coco_attribute *constant = coco_value_constant(value);
  if (!coco_attribute_is(constant, COCO_ATTRIBUTE_INTEGER) || coco_type_bits(constant->type) > 64) return false;
  *out = constant->integer;
  return true;
}

bool coco_for_turns(const coco_operation *loop, int64_t *out_turns) {
  int64_t lower, upper, step, distance;
  if (!coco_value_integer(COCO_OPERAND(loop, scf_for, lowerBound), &lower) ||
      !coco_value_integer(COCO_OPERAND(loop, scf_for, upperBound), &upper) ||
      !coco_value_integer(COCO_OPERAND(loop, scf_for, step), &step) || step <= 0)
    return false;
  if (upper <= lower) {
    *out_turns = 0;
    return true;
  }
  if (__builtin_sub_overflow(upper, lower, &distance)) return false;
  *out_turns = distance / step + (distance % step != 0);
  return true;
}

coco_value *coco_build_integer(coco_builder *builder, const coco_type *type, int64_t value) {
  const coco_attribute *attribute = coco_attribute_integer(builder->context, type, value);
  if (!attribute) coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
  return coco_build_value(builder, &(coco_operation_state){.definition = &coco_arith_constant,
                                                           COCO_WITH_ATTRIBUTES(COCO_NAMED("value", attribute))});
}

coco_operation *coco_build_for(coco_builder *builder, coco_value *lower, coco_value *upper, coco_value *step,
                               coco_value *const *inits, size_t init_count) {
  if (builder->status != COCO_OK) return NULL;
  coco_pool *pool = coco_context_pool(builder->context);
  size_t operands_size = (COCO_FOR_BOUNDS + init_count) * sizeof(coco_value *);
  size_t types_size = (1 + init_count) * sizeof(coco_type *);
  coco_value **operands = coco_pool_allocate(pool, operands_size);
  const coco_type **types = coco_pool_allocate(pool, types_size);
  coco_operation *loop = NULL;
  if (operands && types) {
    operands[0] = lower, operands[1] = upper, operands[2] = step;
    types[0] = lower->type;
    for (size_t i = 0; i < init_count; ++i) {
      operands[COCO_FOR_BOUNDS + i] = inits[i];
      types[1 + i] = inits[i]->type;
    }
    loop = coco_build(builder, &(coco_operation_state){.definition = &coco_scf_for,
                                                       .operands = operands,
                                                       .operand_count = COCO_FOR_BOUNDS + init_count,
                                                       .result_types = types + 1,
                                                       .result_count = init_count});
    if (loop) coco_build_block(builder, loop, 0, types, 1 + init_count);
  } else {
    coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
  }
  coco_pool_release(pool, operands, operands_size);
  coco_pool_release(pool, types, types_size);
  return builder->status == COCO_OK ? loop : NULL;
}

typedef struct finding {
  const coco_allocator *allocator;
  bool innermost;
  coco_loops *loops;
  coco_status status;
} finding;

static bool holds_loop(coco_operation *loop) {
  for (coco_operation *inner = loop; (inner = coco_walk_next(inner, loop)) != NULL;)
    if (coco_operation_has_trait(inner, COCO_LOOP)) return true;
  return false;
}

static coco_walk_result find(coco_operation *operation, void *user) {
  finding *f = user;
  if (!coco_operation_is(operation, &coco_scf_for) || (f->innermost && holds_loop(operation))) return COCO_WALK_ON;
  f->status = coco_vector_push(f->allocator, f->loops, operation);
  return f->status == COCO_OK ? COCO_WALK_ON : COCO_WALK_STOP;
}

coco_status coco_find_for_loops(coco_operation *root, bool innermost, coco_loops *out) {
  finding f = {.allocator = coco_context_allocator(root->context), .innermost = innermost, .loops = out};
  coco_operation_walk(root, COCO_POST_ORDER, find, &f);
  return f.status;
}
