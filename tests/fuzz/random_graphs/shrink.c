/* Smaller cases that may fail in the same way: fewer outputs, fewer operations, smaller extents, plainer constants. Each
 * reduction is one number, so that the caller can try them in a process of their own, one after the other. */
#include "dialects/builtin/builtin.h"
#include "dialects/func/func.h"
#include "dialects/graph/graph.h"
#include "ir/builder.h"
#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tests/fuzz/random_graphs/random_graphs.h"

enum { MAXIMUM_EXTENTS = 64, EXTENT_TARGETS = 3, LARGEST_CONSTANT = 1 << 16 };

typedef struct shrinker {
  coco_context *context;
  coco_operation *module, *function, *end;
  coco_block *block;
  size_t left; /* the reduction is the one that finds 0 here */
} shrinker;

static bool chosen(shrinker *of) { return of->left-- == 0; }

/* ---- Putting the function right again ---- */

static void erase_dead(shrinker *of) {
  for (coco_operation *at = of->block->last, *before; at; at = before) {
    before = at->previous;
    if (at != of->end && coco_operation_is_trivially_dead(at)) coco_operation_erase(at);
  }
}

static bool set_type(shrinker *of) {
  const coco_type *inputs[CASE_MAXIMUM_TENSORS + 1], *outputs[CASE_MAXIMUM_TENSORS + 1];
  if (of->block->argument_count > CASE_MAXIMUM_TENSORS || of->end->operand_count > CASE_MAXIMUM_TENSORS) return false;
  for (uint32_t i = 0; i < of->block->argument_count; ++i) inputs[i] = of->block->arguments[i]->type;
  for (uint32_t i = 0; i < of->end->operand_count; ++i) outputs[i] = coco_operation_operand(of->end, i)->type;
  const coco_type *type = coco_type_function(of->context, inputs, of->block->argument_count, outputs, of->end->operand_count);
  const coco_attribute *attribute = type ? coco_attribute_type(of->context, type) : NULL;
  return attribute && coco_operation_set(of->function, COCO_STRING("function_type"), attribute) == COCO_OK;
}

/* ---- Fewer outputs ---- */

static bool keep_outputs(shrinker *of, size_t start, size_t count, size_t without) {
  coco_value *kept[CASE_MAXIMUM_TENSORS];
  size_t kept_count = 0;
  for (size_t i = start; i < start + count && i < of->end->operand_count && kept_count < CASE_MAXIMUM_TENSORS; ++i)
    if (i != without) kept[kept_count++] = coco_operation_operand(of->end, i);
  return coco_operation_set_operands(of->end, kept, kept_count, NULL) == COCO_OK;
}

static bool fewer_outputs(shrinker *of, bool *applied) {
  size_t count = of->end->operand_count;
  for (size_t i = 0; i < count && count > 1; ++i) {
    if (chosen(of)) return *applied = keep_outputs(of, i, 1, SIZE_MAX), true;
    if (chosen(of)) return *applied = keep_outputs(of, 0, count, i), true;
  }
  for (size_t i = 0; i < count; ++i) {
    coco_operation *maker = coco_value_operation(coco_operation_operand(of->end, i));
    for (uint32_t k = 0; maker && k < maker->operand_count; ++k) {
      if (coco_value_constant(coco_operation_operand(maker, k))) continue;
      if (!chosen(of)) continue;
      coco_operation_set_operand(of->end, i, coco_operation_operand(maker, k));
      return *applied = true, true;
    }
  }
  return false;
}

/* ---- Fewer operations ---- */

static bool skip_operation(shrinker *of, bool *applied) {
  for (coco_operation *at = of->block->last; at; at = at->previous) {
    if (at == of->end || coco_operation_is(at, &coco_graph_constant)) continue;
    coco_value *result = coco_operation_result(at, 0);
    for (uint32_t i = 0; i < at->operand_count; ++i) {
      coco_value *operand = coco_operation_operand(at, i);
      if (operand->type != result->type || !chosen(of)) continue;
      coco_value_replace_all_uses(result, operand);
      return *applied = true, true;
    }
  }
  for (coco_operation *at = of->block->last; at; at = at->previous) {
    if (at == of->end || coco_operation_is(at, &coco_graph_constant) || !chosen(of)) continue;
    coco_value *result = coco_operation_result(at, 0);
    coco_value *input = coco_block_add_argument(of->context, of->block, result->type);
    if (input) coco_value_replace_all_uses(result, input);
    return *applied = input != NULL, true;
  }
  for (uint32_t i = 0; i < of->block->argument_count; ++i) {
    if (!coco_value_is_unused(of->block->arguments[i]) || !chosen(of)) continue;
    coco_block_remove_argument(of->context, of->block, i);
    return *applied = true, true;
  }
  return false;
}

/* ---- Smaller extents: everything is made again, with types inferred ---- */

typedef struct replacement {
  int64_t from, to;
} replacement;

static const coco_type *resize_type(shrinker *of, const coco_type *type, replacement by) {
  int64_t shape[16];
  if (type->rank > 16) return NULL;
  for (uint32_t i = 0; i < type->rank; ++i) shape[i] = type->shape[i] == by.from ? by.to : type->shape[i];
  return coco_type_with_shape(of->context, type, type->rank, shape);
}

/* The numbers again from the start where there were too few; shapes among them change as the types do. */
static const coco_attribute *resize_constant(shrinker *of, const coco_attribute *value, replacement by) {
  static uint64_t memory[LARGEST_CONSTANT / sizeof(uint64_t)]; /* one process, one reduction */
  uint8_t *data = (uint8_t *)memory;
  const coco_type *type = resize_type(of, value->type, by);
  int64_t count = type ? coco_type_element_count(type) : 0, old = coco_type_element_count(value->type);
  size_t size = coco_type_element_size(value->type->element);
  if (count <= 0 || old <= 0 || (size_t)count * size > LARGEST_CONSTANT) return NULL;
  for (int64_t i = 0; i < count; ++i) {
    const void *element = coco_elements_at(value, i % old);
    if (!element) return NULL;
    memcpy(data + (size_t)i * size, element, size);
    if (coco_type_is_float(type->element) || type->rank != 1) continue;
    if (coco_element_read_integer(type->element, element) == by.from) coco_element_write_integer(type->element, data + (size_t)i * size, by.to);
  }
  return coco_attribute_dense(of->context, type, data, (size_t)count * size);
}

static coco_operation *make_again(shrinker *of, coco_operation *old, coco_pointer_map *map, replacement by) {
  coco_value *operands[64];
  coco_named_attribute attributes[32];
  int32_t segments[16];
  coco_operation *made = NULL;
  size_t properties = coco_operation_property_count(old), count = 0;
  if (old->operand_count > 64 || properties > 32 || old->definition->operand_row_count > 16 || old->region_count) return NULL;
  for (uint32_t i = 0; i < old->operand_count; ++i) {
    operands[i] = coco_pointer_map_get(map, coco_operation_operand(old, i));
    if (!operands[i]) return NULL;
  }
  for (size_t i = 0; i < properties; ++i) {
    const coco_attribute *value = old->properties[i];
    if (value && coco_operation_is(old, &coco_graph_constant)) value = resize_constant(of, value, by);
    if (!value && old->properties[i]) return NULL;
    if (!value || strcmp(old->definition->attributes[i].name, "operandSegmentSizes") == 0) continue;
    attributes[count++] = (coco_named_attribute){coco_string_from(old->definition->attributes[i].name), value};
  }
  for (size_t i = 0; i < old->definition->operand_row_count; ++i) {
    size_t start, size;
    coco_operation_operand_group(old, i, &start, &size);
    segments[i] = (int32_t)size;
  }
  coco_operation_state state = {.definition = old->definition, .operands = operands, .operand_count = old->operand_count, .attributes = attributes, .attribute_count = count};
  if (old->definition->traits & COCO_OPERAND_SEGMENTS) state.segment_sizes = segments;
  return coco_operation_create(of->context, &state, &made) == COCO_OK ? made : NULL;
}

static bool make_all_again(shrinker *of, coco_pointer_map *map, replacement by) {
  uint32_t arguments = of->block->argument_count;
  coco_operation *last = of->block->last;
  for (uint32_t i = 0; i < arguments; ++i) {
    const coco_type *type = resize_type(of, of->block->arguments[i]->type, by);
    coco_value *added = type ? coco_block_add_argument(of->context, of->block, type) : NULL;
    if (!added || coco_pointer_map_set(map, of->block->arguments[i], added) != COCO_OK) return false;
  }
  for (coco_operation *at = of->block->first, *next; at; at = next) {
    next = at == last ? NULL : at->next;
    coco_operation *again = make_again(of, at, map, by);
    if (!again) return false;
    coco_block_append(of->block, again);
    for (uint32_t i = 0; i < again->result_count; ++i)
      if (coco_pointer_map_set(map, coco_operation_result(at, i), coco_operation_result(again, i)) != COCO_OK) return false;
    if (at == of->end) of->end = again;
  }
  for (coco_operation *at = last, *before; at; at = before) {
    before = at->previous;
    coco_operation_erase(at);
  }
  for (uint32_t i = 0; i < arguments; ++i) coco_block_remove_argument(of->context, of->block, 0);
  return true;
}

static void note_extents(const coco_type *type, int64_t *extents, size_t *count) {
  for (uint32_t i = 0; i < type->rank; ++i) {
    size_t k = 0;
    while (k < *count && extents[k] != type->shape[i]) ++k;
    if (k == *count && *count < MAXIMUM_EXTENTS && type->shape[i] > 1) extents[(*count)++] = type->shape[i];
  }
}

static bool smaller_extents(shrinker *of, bool *applied) {
  int64_t extents[MAXIMUM_EXTENTS];
  size_t count = 0;
  for (uint32_t i = 0; i < of->block->argument_count; ++i) note_extents(of->block->arguments[i]->type, extents, &count);
  for (coco_operation *at = of->block->first; at; at = at->next)
    if (coco_operation_is(at, &coco_graph_constant)) note_extents(coco_operation_result(at, 0)->type, extents, &count);
  for (size_t i = 0; i < count; ++i) {
    const int64_t targets[EXTENT_TARGETS] = {1, extents[i] / 2, extents[i] - 1};
    for (size_t k = 0; k < EXTENT_TARGETS; ++k) {
      if (!chosen(of)) continue;
      coco_pointer_map map = {.allocator = &coco_heap};
      *applied = make_all_again(of, &map, (replacement){extents[i], targets[k]});
      coco_pointer_map_free(&map);
      return true;
    }
  }
  return false;
}

/* ---- Plainer constants ---- */

static bool plainer_constants(shrinker *of, bool *applied) {
  for (coco_operation *at = of->block->first; at; at = at->next) {
    if (!coco_operation_is(at, &coco_graph_constant)) continue;
    const coco_type *type = coco_operation_result(at, 0)->type;
    bool splat = false;
    if (!coco_elements_data(COCO_PROPERTY(at, graph_constant, value), &splat) || splat || !coco_type_is_float(type->element)) continue;
    if (!chosen(of)) continue;
    uint64_t one = 0;
    coco_element_write_real(type->element, &one, 1);
    const coco_attribute *value = coco_attribute_dense(of->context, type, &one, coco_type_element_size(type->element));
    if (value) coco_operation_set_property(at, COCO_PROPERTY_INDEX(graph_constant, value), value);
    return *applied = value != NULL, true;
  }
  return false;
}

bool shrink_step(coco_string text, size_t index, coco_buffer *out) {
  case_session session;
  shrinker of = {.left = index};
  bool applied = false, there = true;
  if (!session_start(&session)) return false;
  of.context = session.context;
  if (coco_parse_module(of.context, text, COCO_STRING("case"), &of.module) != COCO_OK) {
    session_end(&session);
    return false;
  }
  of.function = case_main(of.module);
  of.block = coco_operation_body(of.function, 0);
  of.end = coco_block_terminator(of.block);
  there = fewer_outputs(&of, &applied) || skip_operation(&of, &applied) || smaller_extents(&of, &applied) || plainer_constants(&of, &applied);
  if (there && applied) {
    erase_dead(&of);
    coco_print_options options = {.inline_resources_up_to = CASE_TEXT_CAPACITY};
    if (!set_type(&of) || coco_verify(of.module) != COCO_OK || coco_print_operation(out, of.module, &options) != COCO_OK) coco_buffer_clear(out);
  }
  coco_operation_erase(of.module);
  session_end(&session);
  return there;
}
