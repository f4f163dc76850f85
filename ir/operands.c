/* Operands and uses: a value knows its uses through a doubly linked list, so that linking, unlinking
 * and replacing one use cost O(1) however many there are. */
#include "ir/operation_internal.h"
#include "ir/row_check.h"

void coco_use_link(coco_use *use, coco_value *value) {
  use->value = value;
  use->next = value->first_use;
  use->previous = &value->first_use;
  if (use->next) use->next->previous = &use->next;
  value->first_use = use;
}

void coco_use_unlink(coco_use *use) {
  if (!use->value) return;
  *use->previous = use->next;
  if (use->next) use->next->previous = use->previous;
  use->value = NULL;
  use->next = NULL;
  use->previous = NULL;
}

bool coco_value_has_one_use(const coco_value *value) { return value->first_use && !value->first_use->next; }
bool coco_value_is_unused(const coco_value *value) { return !value->first_use; }

size_t coco_value_use_count(const coco_value *value) {
  size_t count = 0;
  for (const coco_use *use = value->first_use; use; use = use->next) ++count;
  return count;
}

size_t coco_use_index(const coco_use *use) { return (size_t)(use - use->owner->operands); }

void coco_operation_set_operand(coco_operation *operation, size_t index, coco_value *value) {
  coco_use *use = &operation->operands[index];
  if (use->value == value) return;
  coco_use_unlink(use);
  if (value) coco_use_link(use, value);
}

/* Splices FROM's uses in front of TO's: one visit of each use. */
void coco_value_replace_all_uses(coco_value *from, coco_value *to) {
  if (from == to || !from->first_use) return;
  coco_use *last = from->first_use;
  for (coco_use *use = from->first_use; use; use = use->next) {
    use->value = to;
    last = use;
  }
  last->next = to->first_use;
  if (last->next) last->next->previous = &last->next;
  to->first_use = from->first_use;
  to->first_use->previous = &to->first_use;
  from->first_use = NULL;
}

static coco_status grow_operands(coco_operation *operation, size_t count) {
  if (count > UINT32_MAX / sizeof(coco_use)) return COCO_OUT_OF_MEMORY;
  coco_pool *pool = coco_context_pool(operation->context);
  coco_use *moved = coco_pool_allocate(pool, count * sizeof(coco_use));
  if (!moved) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) moved[i] = (coco_use){.owner = operation};
  for (size_t i = 0; i < operation->operand_count; ++i) coco_use_unlink(&operation->operands[i]);
  if (operation->operands_moved)
    coco_pool_release(pool, operation->operands, operation->operand_capacity * sizeof(coco_use));
  operation->operands = moved;
  operation->operand_capacity = (uint32_t)count & COCO_MOST_OPERANDS;
  operation->operands_moved = true;
  return COCO_OK;
}

static coco_status new_segments(coco_operation *operation, coco_value *const *operands, size_t count,
                                const int32_t *segment_sizes, const coco_attribute **out, size_t *out_index) {
  const coco_operation_definition *row = operation->definition;
  *out = NULL;
  if (!(row->traits & COCO_OPERAND_SEGMENTS)) return COCO_OK;
  *out_index = coco_definition_attribute_index(row, COCO_STRING("operandSegmentSizes"));
  size_t groups = row->operand_row_count;
  if (*out_index == row->attribute_count || groups > COCO_MAXIMUM_GROUPS) return COCO_INVALID_ARGUMENT;
  int32_t sizes[COCO_MAXIMUM_GROUPS] = {0};
  if (!segment_sizes) {
    if (count != groups) return COCO_INVALID_ARGUMENT;
    for (size_t i = 0; i < groups; ++i) sizes[i] = operands[i] != NULL;
    segment_sizes = sizes;
  }
  *out = coco_attribute_i32_array(operation->context, segment_sizes, groups);
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

coco_status coco_operation_set_operands(coco_operation *operation, coco_value *const *operands, size_t count,
                                        const int32_t *segment_sizes) {
  const coco_attribute *segments;
  size_t index = 0, present = 0;
  COCO_TRY(new_segments(operation, operands, count, segment_sizes, &segments, &index));
  for (size_t i = 0; i < count; ++i) present += operands[i] != NULL;
  if (present > operation->operand_capacity) COCO_TRY(grow_operands(operation, present));
  for (size_t i = 0; i < operation->operand_count; ++i) coco_use_unlink(&operation->operands[i]);
  size_t next = 0;
  for (size_t i = 0; i < count; ++i)
    if (operands[i]) coco_use_link(&operation->operands[next++], operands[i]);
  operation->operand_count = (uint32_t)present;
  if (segments) operation->properties[index] = segments;
  return COCO_OK;
}

/* ---- Groups ---- */

static void group_by_segments(const coco_attribute *segments, size_t group, size_t *out_start, size_t *out_count) {
  *out_start = *out_count = 0;
  if (!coco_attribute_is(segments, COCO_ATTRIBUTE_DENSE_ARRAY) || group >= segments->count) return;
  const int32_t *sizes = segments->data;
  for (size_t i = 0; i < group; ++i) *out_start += (size_t)sizes[i];
  *out_count = (size_t)sizes[group];
}

void coco_row_group(const coco_operand_row *rows, size_t row_count, size_t total, size_t group, size_t *out_start,
                    size_t *out_count) {
  size_t variable = row_count;
  for (size_t i = 0; i < row_count && variable == row_count; ++i)
    if (rows[i].arity != COCO_ONE) variable = i;
  size_t variable_size = total + 1 >= row_count ? total + 1 - row_count : 0;
  *out_start = group <= variable ? group : group - 1 + variable_size;
  *out_count = group == variable ? variable_size : 1;
}

static void operation_group(const coco_operation *operation, bool of_results, size_t group, size_t *out_start,
                            size_t *out_count) {
  const coco_operation_definition *row = operation->definition;
  if (row->traits & (of_results ? COCO_RESULT_SEGMENTS : COCO_OPERAND_SEGMENTS)) {
    coco_string name = of_results ? COCO_STRING("resultSegmentSizes") : COCO_STRING("operandSegmentSizes");
    size_t index = coco_definition_attribute_index(row, name);
    group_by_segments(index < row->attribute_count ? operation->properties[index] : NULL, group, out_start, out_count);
  } else if (of_results) {
    coco_row_group(row->results, row->result_row_count, operation->result_count, group, out_start, out_count);
  } else {
    coco_row_group(row->operands, row->operand_row_count, operation->operand_count, group, out_start, out_count);
  }
}

void coco_operation_operand_group(const coco_operation *operation, size_t group, size_t *out_start, size_t *out_count) {
  operation_group(operation, false, group, out_start, out_count);
}

void coco_operation_result_group(const coco_operation *operation, size_t group, size_t *out_start, size_t *out_count) {
  operation_group(operation, true, group, out_start, out_count);
}

coco_value *coco_operation_group_value(const coco_operation *operation, size_t group) {
  size_t start, count;
  coco_operation_operand_group(operation, group, &start, &count);
  return count && start < operation->operand_count ? operation->operands[start].value : NULL;
}
