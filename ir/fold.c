/* Folding one operation: what traits say, then the row's own rules, then plain evaluation.
 *
 * Evaluation is the reference meaning of the operation, so a folded program means what the unfolded
 * one did, by construction. An evaluation that fails (a division by zero) folds nothing and says
 * nothing: the operation may never be reached. */
#include "ir/fold.h"
#include "ir/operation_internal.h"
#include "ir/rewriter.h"

void coco_folder_destroy(coco_folder *folder) {
  if (folder->evaluation) coco_evaluation_destroy(folder->evaluation);
  folder->evaluation = NULL;
}

/* ---- Traits ---- */

/* f(constant, x) = f(x, constant) */
static bool move_constant_right(coco_operation *operation) {
  if (!(operation->definition->traits & COCO_COMMUTATIVE) || operation->operand_count != 2) return false;
  coco_value *left = coco_operation_operand(operation, 0), *right = coco_operation_operand(operation, 1);
  if (!coco_value_constant(left) || coco_value_constant(right)) return false;
  coco_operation_set_operand(operation, 0, right);
  coco_operation_set_operand(operation, 1, left);
  return true;
}

static bool same_properties(const coco_operation *a, const coco_operation *b) {
  size_t count = coco_operation_property_count(a);
  return count == 0 || memcmp(a->properties, b->properties, count * sizeof *a->properties) == 0;
}

/* f(f(x)) = x, f(f(x)) = f(x), f(x, x) = x; NULL when none of them applies. */
static coco_value *fold_by_traits(const coco_operation *operation) {
  uint32_t traits = operation->definition->traits;
  if (!(traits & (COCO_INVOLUTION | COCO_IDEMPOTENT)) || operation->result_count != 1) return NULL;
  coco_value *operand = operation->operand_count ? coco_operation_operand(operation, 0) : NULL;
  coco_value *folded = NULL;
  if (operation->operand_count == 1) {
    coco_operation *inner = coco_value_defined_by(operand, operation->definition);
    if (inner && inner != operation && inner->operand_count == 1 && same_properties(operation, inner))
      folded = (traits & COCO_INVOLUTION) ? coco_operation_operand(inner, 0) : operand;
  } else if (operation->operand_count == 2 && (traits & COCO_IDEMPOTENT) &&
             operand == coco_operation_operand(operation, 1)) {
    folded = operand;
  }
  /* In unreachable code an operation may come after itself. */
  if (!folded || folded->owner == operation) return NULL;
  return folded->type == operation->results[0].type ? folded : NULL;
}

/* ---- Evaluation ---- */

static bool can_be_constant(const coco_type *type) {
  switch (type->kind) {
    case COCO_TYPE_INDEX:
    case COCO_TYPE_INTEGER:
    case COCO_TYPE_FLOAT:
      return true;
    case COCO_TYPE_VECTOR:
    case COCO_TYPE_TENSOR: {
      int64_t size = coco_type_byte_count(type);
      return size >= 0 && size <= COCO_FOLD_LIMIT;
    }
    default:
      return false;
  }
}

static bool can_evaluate(const coco_operation *operation, const coco_attribute *const *constants) {
  const coco_operation_definition *row = operation->definition;
  if (!row->evaluate || !(row->traits & COCO_PURE) || (row->traits & (COCO_CONSTANT_LIKE | COCO_TERMINATOR)))
    return false;
  if (operation->operand_count == 0 || operation->result_count == 0 || operation->region_count) return false;
  for (size_t i = 0; i < operation->operand_count; ++i) {
    if (!constants[i]) return false;
    bool splat;
    if (coco_attribute_is_elements(constants[i]) && !coco_elements_data(constants[i], &splat)) return false;
  }
  for (size_t i = 0; i < operation->result_count; ++i)
    if (!can_be_constant(operation->results[i].type)) return false;
  return true;
}

static coco_status to_attributes(coco_operation *operation, const coco_runtime_value *values,
                                 coco_fold_result *results) {
  coco_string name = coco_location_layer(operation->location);
  if (name.size == 0) name = COCO_STRING("folded");
  for (size_t i = 0; i < operation->result_count; ++i)
    COCO_TRY(coco_runtime_to_attribute(operation->context, &values[i], name, &results[i].attribute));
  return COCO_OK;
}

static coco_status evaluate_values(coco_folder *folder, coco_operation *operation,
                                   const coco_attribute *const *constants, coco_runtime_value *operands,
                                   coco_runtime_value *values, coco_fold_result *results) {
  if (!folder->evaluation) {
    COCO_TRY(coco_evaluation_create(folder->context, &folder->evaluation));
    coco_evaluation_set_quiet(folder->evaluation, true);
  }
  for (size_t i = 0; i < operation->operand_count; ++i)
    COCO_TRY(coco_runtime_from_attribute(folder->evaluation, constants[i], operation->operands[i].value->type,
                                         &operands[i]));
  COCO_TRY(coco_evaluate_operation(folder->evaluation, operation, operands, values));
  return to_attributes(operation, values, results);
}

static coco_status evaluate(coco_folder *folder, coco_operation *operation, const coco_attribute *const *constants,
                            coco_fold_result *results, bool *out_folded) {
  size_t count = (size_t)operation->operand_count + operation->result_count;
  const coco_allocator *allocator = coco_context_allocator(folder->context);
  coco_runtime_value *values = coco_allocate_zeroed(allocator, count, sizeof *values);
  if (!values) return COCO_OUT_OF_MEMORY;
  coco_status status =
      evaluate_values(folder, operation, constants, values, values + operation->operand_count, results);
  for (size_t i = 0; i < count; ++i) coco_runtime_release(&values[i]);
  coco_free(allocator, values, count * sizeof *values);
  *out_folded = status == COCO_OK;
  if (!*out_folded) memset(results, 0, operation->result_count * sizeof *results);
  return status == COCO_OUT_OF_MEMORY ? status : COCO_OK;
}

/* ---- All of it ---- */

static bool is_complete(const coco_operation *operation, const coco_fold_result *results) {
  for (size_t i = 0; i < operation->result_count; ++i) {
    const coco_value *value = results[i].value;
    if (!results[i].attribute && !value) return false;
    if (value && (value->type != operation->results[i].type || value->owner == operation)) return false;
  }
  return operation->result_count > 0;
}

static coco_status fold_with_constants(coco_folder *folder, coco_operation *operation,
                                       const coco_attribute *const *constants, coco_fold_result *results,
                                       bool *out_folded, bool *out_changed) {
  if (operation->definition->fold) {
    coco_fold fold = {.operands = constants, .results = results};
    COCO_TRY(operation->definition->fold(operation, &fold));
    *out_folded = fold.folded && is_complete(operation, results);
    *out_changed = *out_changed || fold.changed;
    if (*out_folded || fold.changed) return COCO_OK;
    memset(results, 0, operation->result_count * sizeof *results);
  }
  if (!can_evaluate(operation, constants)) return COCO_OK;
  return evaluate(folder, operation, constants, results, out_folded);
}

coco_status coco_fold_attempt(coco_folder *folder, coco_operation *operation, coco_fold_result *results,
                              bool *out_folded, bool *out_changed) {
  *out_folded = false;
  *out_changed = move_constant_right(operation);
  coco_value *value = fold_by_traits(operation);
  if (value) {
    results[0].value = value;
    *out_folded = true;
    return COCO_OK;
  }
  const coco_operation_definition *row = operation->definition;
  if (row->traits & COCO_CONSTANT_LIKE || (!row->fold && !row->evaluate)) return COCO_OK;
  const coco_attribute *few[16], **constants = few;
  size_t size = operation->operand_count * sizeof *constants;
  coco_pool *pool = coco_context_pool(folder->context);
  if (operation->operand_count > sizeof few / sizeof *few) constants = coco_pool_allocate(pool, size);
  if (!constants) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < operation->operand_count; ++i)
    constants[i] = coco_value_constant(coco_operation_operand(operation, i));
  coco_status status = fold_with_constants(folder, operation, constants, results, out_folded, out_changed);
  if (constants != few) coco_pool_release(pool, constants, size);
  return status;
}

/* What a row's fold may change in place. */
typedef struct saved_operation {
  coco_value **operands;
  const coco_attribute **properties;
  const coco_attribute *attributes;
} saved_operation;

static void restore(coco_operation *operation, const saved_operation *saved, size_t operand_count) {
  for (size_t i = 0; i < operand_count && i < operation->operand_count; ++i)
    if (operation->operands[i].value != saved->operands[i])
      coco_operation_set_operand(operation, i, saved->operands[i]);
  memcpy(operation->properties, saved->properties,
         coco_operation_property_count(operation) * sizeof *operation->properties);
  operation->attributes = saved->attributes;
}

coco_status coco_fold_given(coco_folder *folder, coco_operation *operation, const coco_attribute *const *constants,
                            coco_fold_result *results, bool *out_folded) {
  size_t operands = operation->operand_count, properties = coco_operation_property_count(operation);
  coco_pool *pool = coco_context_pool(folder->context);
  size_t size = (operands + properties + 1) * sizeof(void *);
  void **memory = coco_pool_allocate(pool, size);
  if (!memory) return COCO_OUT_OF_MEMORY;
  saved_operation saved = {.operands = (coco_value **)memory,
                           .properties = (const coco_attribute **)(memory + operands),
                           .attributes = operation->attributes};
  for (size_t i = 0; i < operands; ++i) saved.operands[i] = coco_operation_operand(operation, i);
  if (properties) memcpy(saved.properties, operation->properties, properties * sizeof *saved.properties);
  bool changed = false;
  *out_folded = false;
  coco_status status = fold_with_constants(folder, operation, constants, results, out_folded, &changed);
  if (changed) {
    restore(operation, &saved, operands);
    memset(results, 0, operation->result_count * sizeof *results);
    *out_folded = false;
  }
  coco_pool_release(pool, memory, size);
  return status;
}

static coco_status materialize_in(const coco_dialect *dialect, const coco_operation *like, const coco_attribute *value,
                                  const coco_type *type, coco_operation **out) {
  if (!dialect || !dialect->materialize_constant) return COCO_OK;
  COCO_TRY(dialect->materialize_constant(like->context, value, type, like->location, out));
  if (!*out || ((*out)->result_count == 1 && (*out)->results[0].type == type)) return COCO_OK;
  coco_operation_erase(*out);
  *out = NULL;
  return COCO_OK;
}

coco_status coco_materialize(const coco_operation *like, const coco_attribute *value, const coco_type *type,
                             coco_operation **out) {
  *out = NULL;
  COCO_TRY(materialize_in(like->definition->dialect, like, value, type, out));
  size_t count = coco_context_dialect_count(like->context);
  for (size_t i = 0; i < count && !*out; ++i)
    COCO_TRY(materialize_in(coco_context_dialect(like->context, i), like, value, type, out));
  return COCO_OK;
}

/* ---- Outside the driver ---- */

static void erase_constants(const coco_fold_result *results, coco_value **values, size_t count) {
  for (size_t i = 0; i < count; ++i)
    if (results[i].attribute) coco_operation_erase(coco_value_operation(values[i]));
}

/* All constants are made before the first is put in, so that one that cannot be made leaves nothing behind. */
static coco_status insert_constants(coco_builder *builder, coco_operation *operation, const coco_fold_result *results,
                                    coco_value **out_values, bool *out_folded) {
  for (size_t i = 0; i < operation->result_count; ++i) {
    out_values[i] = results[i].value;
    if (!results[i].attribute) continue;
    coco_operation *constant;
    coco_status status = coco_materialize(operation, results[i].attribute, operation->results[i].type, &constant);
    if (status != COCO_OK || !constant) {
      erase_constants(results, out_values, i);
      *out_folded = false;
      return status;
    }
    out_values[i] = &constant->results[0];
  }
  for (size_t i = 0; i < operation->result_count; ++i) {
    if (!results[i].attribute) continue;
    coco_operation *constant = coco_value_operation(out_values[i]);
    coco_operation_insert_before(constant, operation);
    if (builder->inserted) builder->inserted(builder->listener, constant);
  }
  return COCO_OK;
}

coco_status coco_fold_operation(coco_builder *builder, coco_operation *operation, coco_value **out_values,
                                bool *out_folded, bool *out_changed) {
  const coco_allocator *allocator = coco_context_allocator(builder->context);
  size_t size = (operation->result_count + 1) * sizeof(coco_fold_result);
  coco_fold_result *results = coco_allocate_zeroed(allocator, 1, size);
  if (!results) return COCO_OUT_OF_MEMORY;
  coco_folder folder = {.context = builder->context};
  coco_status status = coco_fold_attempt(&folder, operation, results, out_folded, out_changed);
  if (status == COCO_OK && *out_folded) status = insert_constants(builder, operation, results, out_values, out_folded);
  coco_folder_destroy(&folder);
  coco_free(allocator, results, size);
  return status;
}
