/* What rows and inference of pattern cannot say: sets, and that constant arrays say what they may. */
#include "dialects/pattern/hooks.h"
#include "dialects/pattern/pattern.h"

coco_status coco_pattern_set_verify(coco_operation *operation) {
  const coco_attribute *kernel = COCO_PROPERTY(operation, pattern_set, kernel),
                       *masks = COCO_PROPERTY(operation, pattern_set, masks);
  const int64_t *extents = coco_attribute_i64s(kernel);
  int64_t positions = 1;
  if (kernel->count < 1 || kernel->count > 3)
    return coco_operation_error(operation, "expects a kernel of 1 to 3 extents, but it has %zu", kernel->count);
  for (size_t i = 0; i < kernel->count; ++i) {
    if (extents[i] < 1 || extents[i] > COCO_FKW_MAX_POSITIONS)
      return coco_operation_error(operation, "expects kernel extents of 1 to 63, but one is %lld",
                                  (long long)extents[i]);
    positions *= extents[i];
  }
  if (positions > COCO_FKW_MAX_POSITIONS)
    return coco_operation_error(operation, "expects a kernel of at most 63 positions, but it has %lld",
                                (long long)positions);
  if (masks->count == 0 || masks->count > COCO_FKW_MAX_PATTERNS)
    return coco_operation_error(operation, "expects 1 to 4096 masks, but there are %zu", masks->count);
  const coco_fkw_set set = coco_pattern_set_masks(operation);
  const char *wrong = coco_fkw_set_check(&set);
  return wrong ? coco_operation_error(operation, "has a wrong set of patterns: %s", wrong) : COCO_OK;
}

/* Lengths that depend on the set, for arrays that are no constants too. */
static coco_status check_types(coco_operation *operation, const coco_fkw_set *set) {
  const coco_type *index = COCO_OPERAND(operation, pattern_conv, index)->type,
                  *runs = COCO_OPERAND(operation, pattern_conv, runs)->type,
                  *weights = COCO_OPERAND(operation, pattern_conv, weights)->type;
  if (runs->shape[2] != COCO_DYNAMIC && runs->shape[2] != (int64_t)set->count + 1)
    return coco_operation_error(operation,
                                "expects runs with one element per pattern and one more, %u, but there are %lld",
                                set->count + 1, (long long)runs->shape[2]);
  if (index->shape[0] == COCO_DYNAMIC || weights->shape[0] == COCO_DYNAMIC) return COCO_OK;
  if (index->shape[0] > INT32_MAX || weights->shape[0] != index->shape[0] * set->entries)
    return coco_operation_error(operation, "expects %u weights for each of %lld kernels, but there are %lld",
                                set->entries, (long long)index->shape[0], (long long)weights->shape[0]);
  return COCO_OK;
}

/* The contents of the arrays, when all are constants at hand. */
static coco_status check_constants(coco_operation *operation) {
  coco_pattern_array arrays[COCO_PATTERN_ARRAYS];
  for (size_t i = 0; i < COCO_PATTERN_ARRAYS; ++i)
    if (!coco_pattern_constant_array(operation->operands[i + 1].value, &arrays[i])) return COCO_OK;
  coco_arena scratch = {.allocator = coco_context_allocator(operation->context)};
  coco_fkw fkw;
  const char *wrong = NULL;
  const int64_t channels = operation->operands[0].value->type->shape[1];
  const coco_status status = coco_pattern_read(operation, channels, arrays, &scratch, &fkw, &wrong);
  coco_arena_destroy(&scratch);
  if (status != COCO_OK) return status;
  return wrong ? coco_operation_error(operation, "has wrong arrays: %s", wrong) : COCO_OK;
}

coco_status coco_pattern_conv_verify(coco_operation *operation) {
  const coco_operation *set = coco_pattern_conv_set(operation);
  const coco_string name = COCO_PROPERTY(operation, pattern_conv, set)->text;
  if (!set) return coco_operation_error(operation, "names '%.*s', which is no 'pattern.set'", COCO_PRINT(name));
  /* A set that is wrong has its own error. */
  if (coco_pattern_set_verify((coco_operation *)(uintptr_t)set) != COCO_OK) return COCO_REPORTED;
  if (COCO_PROPERTY(operation, pattern_conv, kernel) != COCO_PROPERTY(set, pattern_set, kernel))
    return coco_operation_error(operation, "expects the kernel extents of its set '%.*s'", COCO_PRINT(name));
  const coco_fkw_set masks = coco_pattern_set_masks(set);
  COCO_TRY(check_types(operation, &masks));
  return check_constants(operation);
}
