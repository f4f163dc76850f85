/* Operations: making them, erasing them, where they stand, what is known about them.
 *
 * One block of pool memory holds
 *   [operation | results | regions | successors | operands | properties]
 * each part 8-byte aligned. Creation and erasure cost the size of the operation; nothing depends on
 * how many operations a block has or how often a value is used. */
#include "ir/builder.h"
#include "ir/operation_internal.h"
#include "ir/row_check.h"

static size_t property_count(const coco_operation_definition *definition) {
  return definition->is_registered ? definition->attribute_count : 1;
}

size_t coco_operation_property_count(const coco_operation *operation) { return property_count(operation->definition); }

static size_t round_up(size_t size) { return (size + 7) & ~(size_t)7; }

coco_status coco_operation_allocate(coco_context *context, const coco_operation_definition *definition,
                                    const coco_location *location, const coco_operation_counts *counts,
                                    coco_operation **out) {
  *out = NULL;
  if (counts->regions > UINT16_MAX || counts->successors > UINT16_MAX) return COCO_INVALID_ARGUMENT;
  if (counts->operands > UINT32_MAX / 64 || counts->results > UINT32_MAX / 64) return COCO_OUT_OF_MEMORY;
  size_t properties = property_count(definition);
  size_t results_at = round_up(sizeof(coco_operation));
  size_t regions_at = results_at + round_up(counts->results * sizeof(coco_value));
  size_t successors_at = regions_at + round_up(counts->regions * sizeof(coco_region));
  size_t operands_at = successors_at + round_up(counts->successors * sizeof(coco_block *));
  size_t properties_at = operands_at + round_up(counts->operands * sizeof(coco_use));
  size_t size = properties_at + round_up(properties * sizeof(coco_attribute *));
  if (size > UINT32_MAX) return COCO_OUT_OF_MEMORY;
  char *memory = coco_pool_allocate(coco_context_pool(context), size);
  if (!memory) return COCO_OUT_OF_MEMORY;
  coco_operation *operation = (coco_operation *)(void *)memory;
  *operation = (coco_operation){.definition = definition,
                                .context = context,
                                .location = location,
                                .properties = (const coco_attribute **)(void *)(memory + properties_at),
                                .operands = (coco_use *)(void *)(memory + operands_at),
                                .results = (coco_value *)(void *)(memory + results_at),
                                .operand_count = (uint32_t)counts->operands,
                                .operand_capacity = (uint32_t)counts->operands & COCO_MOST_OPERANDS,
                                .result_count = (uint32_t)counts->results,
                                .region_count = (uint16_t)counts->regions,
                                .successor_count = (uint16_t)counts->successors,
                                .size = (uint32_t)size};
  for (size_t i = 0; i < counts->operands; ++i) operation->operands[i] = (coco_use){.owner = operation};
  for (size_t i = 0; i < properties; ++i) operation->properties[i] = NULL;
  for (size_t i = 0; i < counts->regions; ++i) *coco_operation_region(operation, i) = (coco_region){.owner = operation};
  for (size_t i = 0; i < counts->successors; ++i) coco_operation_successors(operation)[i] = NULL;
  for (size_t i = 0; i < counts->results; ++i)
    operation->results[i] = (coco_value){.owner = operation, .index = (uint32_t)i};
  *out = operation;
  return COCO_OK;
}

/* ---- Creating ---- */

static size_t count_present(coco_value *const *operands, size_t count) {
  size_t present = 0;
  for (size_t i = 0; i < count; ++i) present += operands[i] != NULL;
  return present;
}

static void link_operands(coco_operation *operation, coco_value *const *operands, size_t count) {
  size_t next = 0;
  for (size_t i = 0; i < count; ++i)
    if (operands[i]) coco_use_link(&operation->operands[next++], operands[i]);
}

/* Discardable attributes become one dictionary at once: one by one would make as many dictionaries. */
static coco_status set_attributes(coco_operation *operation, const coco_operation_state *state) {
  if (state->attribute_count == 0) return COCO_OK;
  const coco_operation_definition *row = operation->definition;
  if (!row->is_registered) {
    const coco_attribute *all =
        coco_attribute_dictionary(operation->context, state->attributes, state->attribute_count);
    operation->attributes = all && all->count ? all : NULL;
    return all ? COCO_OK : COCO_OUT_OF_MEMORY;
  }
  coco_pool *pool = coco_context_pool(operation->context);
  size_t size = state->attribute_count * sizeof(coco_named_attribute), discardable = 0;
  coco_named_attribute few[8], *others = few;
  if (state->attribute_count > sizeof few / sizeof *few) others = coco_pool_allocate(pool, size);
  if (!others) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < state->attribute_count; ++i) {
    const coco_named_attribute *entry = &state->attributes[i];
    if (!entry->value) continue;
    size_t index = coco_definition_attribute_index(row, entry->name);
    if (index < row->attribute_count)
      operation->properties[index] = entry->value;
    else
      others[discardable++] = *entry;
  }
  if (discardable) operation->attributes = coco_attribute_dictionary(operation->context, others, discardable);
  if (others != few) coco_pool_release(pool, others, size);
  return discardable && !operation->attributes ? COCO_OUT_OF_MEMORY : COCO_OK;
}

/* operandSegmentSizes from what the state says, unless it stands among the attributes. */
static coco_status set_segments(coco_operation *operation, const coco_operation_state *state) {
  const coco_operation_definition *row = operation->definition;
  if (!(row->traits & COCO_OPERAND_SEGMENTS)) return COCO_OK;
  size_t index = coco_definition_attribute_index(row, COCO_STRING("operandSegmentSizes"));
  size_t groups = row->operand_row_count;
  if (index == row->attribute_count || groups > COCO_MAXIMUM_GROUPS) return COCO_INVALID_ARGUMENT;
  if (!state->segment_sizes && operation->properties[index]) return COCO_OK;
  int32_t sizes[COCO_MAXIMUM_GROUPS] = {0};
  if (state->segment_sizes) {
    memcpy(sizes, state->segment_sizes, groups * sizeof *sizes);
  } else {
    if (state->operand_count != groups) return COCO_INVALID_ARGUMENT;
    for (size_t i = 0; i < groups; ++i) sizes[i] = state->operands[i] != NULL;
  }
  operation->properties[index] = coco_attribute_i32_array(operation->context, sizes, groups);
  return operation->properties[index] ? COCO_OK : COCO_OUT_OF_MEMORY;
}

static coco_status set_result_types(coco_operation *operation, const coco_operation_state *state) {
  if (state->result_types) {
    for (size_t i = 0; i < state->result_count; ++i) operation->results[i].type = state->result_types[i];
    return COCO_OK;
  }
  if (operation->result_count == 0 && !operation->definition->infer) return COCO_OK;
  return coco_operation_infer(operation, true);
}

static coco_status fill(coco_operation *operation, const coco_operation_state *state) {
  link_operands(operation, state->operands, state->operand_count);
  if (state->successor_count)
    memcpy(coco_operation_successors(operation), state->successors, state->successor_count * sizeof *state->successors);
  COCO_TRY(set_attributes(operation, state));
  COCO_TRY(set_segments(operation, state));
  return set_result_types(operation, state);
}

/* How many results an operation has when nobody says: variable groups are empty. */
static size_t count_certain_results(const coco_operation_definition *row) {
  size_t count = 0;
  for (size_t i = 0; i < row->result_row_count; ++i) count += row->results[i].arity == COCO_ONE;
  return count;
}

coco_status coco_operation_create(coco_context *context, const coco_operation_state *state, coco_operation **out) {
  *out = NULL;
  const coco_operation_definition *row = state->definition;
  if (!row) return COCO_INVALID_ARGUMENT;
  const coco_location *location = state->location ? state->location : coco_location_unknown(context);
  if (!location) return COCO_OUT_OF_MEMORY;
  coco_operation_counts counts = {.operands = count_present(state->operands, state->operand_count),
                                  .results = state->result_count,
                                  .regions = state->region_count ? state->region_count : row->region_count,
                                  .successors = state->successor_count};
  if (!state->result_types && counts.results == 0) counts.results = count_certain_results(row);
  coco_operation *operation;
  COCO_TRY(coco_operation_allocate(context, row, location, &counts, &operation));
  coco_status status = fill(operation, state);
  if (status != COCO_OK) {
    coco_operation_erase(operation);
    return status;
  }
  *out = operation;
  return COCO_OK;
}

/* ---- Erasing ---- */

static void drop_references(coco_operation *operation) {
  for (size_t i = 0; i < operation->operand_count; ++i) coco_use_unlink(&operation->operands[i]);
  for (size_t i = 0; i < operation->successor_count; ++i) coco_operation_successors(operation)[i] = NULL;
}

/* Uses that the caller left behind lose their value, which the verifier reports, rather than dangle. */
static void orphan_uses(coco_value *value) {
  while (value->first_use) coco_use_unlink(value->first_use);
}

static void release_empty_blocks(coco_context *context, coco_region *region) {
  coco_pool *pool = coco_context_pool(context);
  for (coco_block *block = region->first, *next; block; block = next) {
    next = block->next;
    for (size_t i = 0; i < block->argument_count; ++i) {
      orphan_uses(block->arguments[i]);
      coco_pool_release(pool, block->arguments[i], sizeof(coco_value));
    }
    coco_pool_release(pool, block->arguments, block->argument_capacity * sizeof(coco_value *));
    coco_pool_release(pool, block, sizeof *block);
  }
  region->first = region->last = NULL;
}

static void release(coco_operation *operation) {
  if (operation->definition->traits & (COCO_SYMBOL | COCO_SYMBOL_TABLE)) coco_symbol_forget(operation);
  coco_pool *pool = coco_context_pool(operation->context);
  for (size_t i = 0; i < operation->region_count; ++i)
    release_empty_blocks(operation->context, coco_operation_region(operation, i));
  for (size_t i = 0; i < operation->result_count; ++i) orphan_uses(&operation->results[i]);
  if (operation->operands_moved)
    coco_pool_release(pool, operation->operands, operation->operand_capacity * sizeof(coco_use));
  coco_pool_release(pool, operation, operation->size);
}

void coco_operation_erase(coco_operation *operation) {
  if (!operation) return;
  coco_operation_detach(operation);
  for (coco_operation *each = operation; each; each = coco_walk_next(each, operation)) drop_references(each);
  coco_operation *inner = coco_walk_deepest_first(operation);
  while (inner != operation) {
    coco_operation *next = coco_walk_next_post_order(inner, operation);
    coco_operation_detach(inner);
    release(inner);
    inner = next;
  }
  release(operation);
}

/* ---- Navigating ---- */

coco_string coco_operation_name(const coco_operation *operation) {
  return coco_string_from(operation->definition->name);
}

coco_block *coco_value_block(const coco_value *value) {
  return value->is_argument ? value->owner : ((const coco_operation *)value->owner)->block;
}

coco_operation *coco_operation_parent(const coco_operation *operation) {
  return operation->block && operation->block->region ? operation->block->region->owner : NULL;
}

coco_operation *coco_operation_parent_of(const coco_operation *operation, const coco_operation_definition *definition) {
  coco_operation *parent = coco_operation_parent(operation);
  while (parent && parent->definition != definition) parent = coco_operation_parent(parent);
  return parent;
}

bool coco_operation_is_ancestor(const coco_operation *ancestor, const coco_operation *operation) {
  while (operation && operation != ancestor) operation = coco_operation_parent(operation);
  return operation != NULL;
}

coco_block *coco_operation_body(const coco_operation *operation, size_t region) {
  return region < operation->region_count ? coco_operation_region(operation, region)->first : NULL;
}

/* ---- Attributes ---- */

const coco_attribute *coco_operation_get(const coco_operation *operation, coco_string name) {
  const coco_operation_definition *row = operation->definition;
  if (!row->is_registered) {
    const coco_attribute *found = operation->properties[0] ? coco_dictionary_get(operation->properties[0], name) : NULL;
    if (found) return found;
  } else {
    size_t index = coco_definition_attribute_index(row, name);
    if (index < row->attribute_count) return operation->properties[index];
  }
  return operation->attributes ? coco_dictionary_get(operation->attributes, name) : NULL;
}

coco_status coco_operation_set(coco_operation *operation, coco_string name, const coco_attribute *value) {
  const coco_operation_definition *row = operation->definition;
  if (row->is_registered) {
    size_t index = coco_definition_attribute_index(row, name);
    if (index < row->attribute_count) {
      operation->properties[index] = value;
      return COCO_OK;
    }
  } else if (operation->properties[0] && coco_dictionary_get(operation->properties[0], name)) {
    const coco_attribute *with = coco_dictionary_with(operation->context, operation->properties[0], name, value);
    if (!with) return COCO_OUT_OF_MEMORY;
    operation->properties[0] = with;
    return COCO_OK;
  }
  if (!operation->attributes && !value) return COCO_OK;
  const coco_attribute *with = coco_dictionary_with(operation->context, operation->attributes, name, value);
  if (!with) return COCO_OUT_OF_MEMORY;
  operation->attributes = with->count ? with : NULL;
  return COCO_OK;
}

int64_t coco_property_integer(const coco_attribute *property, int64_t fallback) {
  return coco_attribute_is(property, COCO_ATTRIBUTE_INTEGER) ? property->integer : fallback;
}
