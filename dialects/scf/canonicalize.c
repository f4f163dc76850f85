/* Canonicalization patterns of structured control flow whose way is known. */
#include "dialects/scf/hooks.h"
#include "dialects/scf/scf.h"

/* Moves what BLOCK does before OPERATION, its arguments being VALUES, and replaces OPERATION by what its terminator
 * hands on. */
static coco_status inline_block(coco_rewriter *rewriter, coco_operation *operation, coco_block *block,
                                coco_value *const *values) {
  coco_context *context = coco_rewriter_context(rewriter);
  coco_operation *terminator = block->last;
  size_t count = operation->result_count, size = (count + 1) * sizeof(coco_value *);
  coco_value **results = coco_allocate(coco_context_allocator(context), size);
  if (!results) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < block->argument_count; i++) {
    for (coco_use *use = block->arguments[i]->first_use; use; use = use->next)
      coco_rewriter_changed(rewriter, use->owner);
    coco_value_replace_all_uses(block->arguments[i], values[i]);
  }
  for (size_t i = 0; i < count; i++) results[i] = coco_operation_operand(terminator, i);
  coco_rewriter_erase(rewriter, terminator);
  coco_block_splice(operation->block, operation, block);
  coco_status status = coco_rewriter_replace(rewriter, operation, results, count);
  coco_free(coco_context_allocator(context), results, size);
  return status;
}

static bool constant_of(const coco_value *value, int64_t *out) {
  const coco_attribute *attribute = coco_value_constant(value);
  if (!coco_attribute_is(attribute, COCO_ATTRIBUTE_INTEGER) || attribute->words) return false;
  *out = attribute->integer;
  return true;
}

/* if (true) { a } else { b } = a;  if (false) { a } else { b } = b */
static coco_status if_of_constant(coco_rewriter *rewriter, coco_operation *operation, bool *matched) {
  int64_t condition;
  if (!constant_of(coco_operation_operand(operation, 0), &condition)) return COCO_OK;
  coco_block *block = coco_operation_body(operation, condition ? 0 : 1);
  *matched = true;
  if (block) return inline_block(rewriter, operation, block, NULL);
  coco_rewriter_erase(rewriter, operation);
  return COCO_OK;
}

static coco_value *const *initial_values(const coco_operation *operation, coco_value **buffer, size_t first) {
  for (size_t i = first; i < operation->operand_count; i++) buffer[i - first] = coco_operation_operand(operation, i);
  return buffer;
}

enum { MAXIMUM_CARRIED = 64 };

/* for (i = l; i < u; i += s) with l >= u = its initial values;  with l < u <= l + s = its body with i = l */
static coco_status for_of_few_turns(coco_rewriter *rewriter, coco_operation *operation, bool *matched) {
  int64_t lower, upper, step, second;
  coco_value *lower_value = coco_operation_operand(operation, 0), *values[MAXIMUM_CARRIED + 1];
  if (operation->operand_count - 3 > MAXIMUM_CARRIED) return COCO_OK;
  bool same = lower_value == coco_operation_operand(operation, 1);
  bool known = constant_of(lower_value, &lower) && constant_of(coco_operation_operand(operation, 1), &upper);
  if (same || (known && lower >= upper)) {
    *matched = true;
    return coco_rewriter_replace(rewriter, operation, initial_values(operation, values, 3), operation->result_count);
  }
  if (!known || !constant_of(coco_operation_operand(operation, 2), &step) || step <= 0) return COCO_OK;
  if (!__builtin_add_overflow(lower, step, &second) && second < upper) return COCO_OK;
  *matched = true;
  values[0] = lower_value;
  initial_values(operation, values + 1, 3);
  return inline_block(rewriter, operation, coco_operation_body(operation, 0), values);
}

const coco_pattern coco_scf_patterns[] = {
    COCO_REWRITE("if-of-constant", &coco_scf_if, if_of_constant),
    COCO_REWRITE("for-of-few-turns", &coco_scf_for, for_of_few_turns),
    {0},
};
