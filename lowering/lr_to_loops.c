/* lr-to-loops: each lr operation becomes a function of loops over memory, and the entry a list of calls.
 *
 * Needs: functions of one block, of lr operations and constants, with static shapes. Leaves: weights as globals, one private
 * function for all layers that are alike, and an entry (inputs..., outputs..., arena) that allocates nothing. */
#include "dialects/func/func.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/pattern.h"
#include "dialects/memref/memref.h"
#include "dialects/lr/blocks.h"
#include "dialects/shared/shape.h"
#include "ir/pass.h"
#include "lowering/loops_common.h"
#include "lowering/loops_layer.h"
#include "lowering/lowerings.h"
#include "lowering/winograd_plan.h"

enum { LAYERS, FUNCTIONS, ARENA_BYTES, ALIVE_BYTES };

typedef struct loops_lowering {
  coco_pass *pass;
  coco_context *context;
  coco_operation *module;
  coco_layer_cache cache;
  coco_pointer_map globals; /* constant's value -> memref.global */
} loops_lowering;

/* The entry being built. */
typedef struct entry_point {
  loops_lowering *lowering;
  coco_operation *old;
  coco_entry_plan plan;
  coco_loops loops; /* for constants */
  coco_value **arguments;
  size_t input_count, output_count;
  coco_pointer_map memories; /* constant's value -> memref */
} entry_point;

/* ---- Before ---- */

/* Loops follow the integers of patterns and blocks without a check: the verifier's must have seen them. The weights, last, are only numbers. */
static bool has_known_arrays(const coco_operation *operation) {
  coco_pattern_array array;
  const size_t count = coco_lr_is_blocks(operation) ? COCO_BLOCK_ARRAYS : coco_lr_first_mapped(operation) - 1;
  for (size_t i = 1; i < count; ++i)
    if (!coco_pattern_constant_array(coco_operation_operand(operation, i), &array)) return false;
  return true;
}

static coco_status check_operation(const coco_operation *operation) {
  if (coco_operation_has_trait(operation, COCO_CONSTANT_LIKE)) return COCO_OK;
  if (operation->definition->dialect != &coco_lr_dialect || operation->result_count != 1) return coco_operation_error(operation, "cannot be lowered to loops: only lr operations and constants can");
  const bool has_form = coco_lr_takes_patches(operation) || coco_lr_is_blocks(operation);
  if (has_form && !has_known_arrays(operation))
    return coco_operation_error(operation, "cannot be lowered to loops: its arrays are no constants at hand");
  return COCO_OK;
}

static coco_status check_type(const coco_operation *function, const coco_type *type, const char *what) {
  if (coco_type_is(type, COCO_TYPE_TENSOR) && coco_type_has_static_shape(type)) return COCO_OK;
  return coco_operation_error(function, "has %s that is no static tensor, so that it cannot be lowered to loops", what);
}

static coco_status check_function(coco_operation *function) {
  coco_block *block = coco_operation_body(function, 0);
  if (block->next) return coco_operation_error(function, "has several blocks, so that it cannot be lowered to loops");
  for (size_t i = 0; i < block->argument_count; ++i)
    COCO_TRY(check_type(function, block->arguments[i]->type, "an argument"));
  for (const coco_operation *operation = block->first; operation && operation->next; operation = operation->next) COCO_TRY(check_operation(operation));
  if (!coco_operation_is(block->last, &coco_func_return)) return coco_operation_error(function, "does not end in func.return");
  for (size_t i = 0; i < block->last->operand_count; ++i)
    COCO_TRY(check_type(function, coco_operation_operand(block->last, i)->type, "a result"));
  return coco_entry_own_results(function);
}

/* ---- Weights ---- */

/* Elements in the order of the physical layout, zeros where there is none. */
static coco_status pack_constant(loops_lowering *lowering, const coco_operation *constant, const coco_attribute *value, const coco_type *tensor, const coco_type *memref, const coco_attribute **out) {
  coco_lr_layout_info layout = coco_lr_layout_of(tensor);
  size_t size = coco_type_element_size(tensor->element);
  int64_t bytes = coco_type_byte_count(memref);
  uint8_t *data;
  coco_resource *resource;
  if (bytes < 0) return coco_operation_error(constant, "is too large");
  COCO_TRY(coco_resource_allocate(lowering->context, COCO_STRING("packed"), (size_t)bytes, &data, &resource));
  memset(data, 0, (size_t)bytes);
  const int64_t *shape = tensor->shape, *physical = memref->shape;
  int64_t element = 0, index[4] = {0};
  if (coco_type_element_count(tensor) > 0) {
    do {
      int64_t at = ((index[0] * physical[1] + index[1] / layout.block) * physical[2] + index[2] + layout.halo[COCO_LR_TOP]) * physical[3] + index[3] + layout.halo[COCO_LR_LEFT];
      const void *from = coco_elements_at(value, element++);
      if (!from) return coco_operation_error(constant, "has elements that are not at hand");
      memcpy(data + (size_t)(at * layout.block + index[1] % layout.block) * size, from, size);
    } while (coco_index_next(shape, 4, index));
  }
  const coco_type *plain = coco_type_tensor(lowering->context, memref->rank, memref->shape, memref->element, NULL);
  *out = plain ? coco_attribute_dense_resource(lowering->context, plain, resource) : NULL;
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* The constant's value with the type of its memory. */
static coco_status physical_value(loops_lowering *lowering, const coco_operation *constant, const coco_type *memref, const coco_attribute **out) {
  const coco_attribute *value = coco_value_constant(coco_operation_result(constant, 0));
  const coco_type *tensor = coco_operation_result(constant, 0)->type;
  coco_lr_layout_info layout = coco_lr_layout_of(tensor);
  if (!coco_lr_layout_is_dense(&layout)) return pack_constant(lowering, constant, value, tensor, memref, out);
  *out = value;
  if (!tensor->encoding && value->type == tensor) return COCO_OK;
  const coco_type *plain = coco_type_tensor(lowering->context, tensor->rank, tensor->shape, tensor->element, NULL);
  if (!plain) return COCO_OUT_OF_MEMORY;
  *out = coco_attribute_is(value, COCO_ATTRIBUTE_DENSE_RESOURCE) ? coco_attribute_dense_resource(lowering->context, plain, value->resource)
                                                                 : coco_attribute_dense(lowering->context, plain, value->data, value->data_size);
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

static coco_status global_of(entry_point *entry, coco_value *value, coco_operation **out) {
  loops_lowering *lowering = entry->lowering;
  coco_operation *constant = coco_value_operation(value);
  const coco_type *memref = coco_lr_physical_memref(lowering->context, value->type);
  const coco_attribute *elements = NULL;
  if (!memref) return COCO_OUT_OF_MEMORY;
  COCO_TRY(physical_value(lowering, constant, memref, &elements));
  *out = coco_pointer_map_get(&lowering->globals, elements);
  if (*out) return COCO_OK;
  coco_string name = coco_attribute_is(elements, COCO_ATTRIBUTE_DENSE_RESOURCE) ? elements->resource->name : coco_location_layer(constant->location);
  COCO_TRY(coco_layer_unique_name(&lowering->cache, name, "constant", &name));
  coco_builder builder = coco_builder_before(entry->old);
  coco_context *context = lowering->context;
  builder.location = constant->location;
  const coco_named_attribute attributes[] = {COCO_NAMED("sym_name", coco_attribute_string(context, name)),
                                             COCO_NAMED("sym_visibility", coco_attribute_string(context, COCO_STRING("private"))),
                                             COCO_NAMED("type", coco_attribute_type(context, memref)),
                                             COCO_NAMED("initial_value", elements),
                                             COCO_NAMED("constant", coco_attribute_unit(context)),
                                             COCO_NAMED("alignment", coco_attribute_i64(context, COCO_MEMORY_ALIGNMENT))};
  enum { COUNT = sizeof attributes / sizeof *attributes };
  for (size_t i = 0; i < COUNT; ++i) {
    if (!attributes[i].value) return COCO_OUT_OF_MEMORY;
  }
  *out = coco_build(&builder, &(coco_operation_state){.definition = &coco_memref_global, .attributes = attributes, .attribute_count = COUNT});
  if (!*out) return builder.status;
  return coco_pointer_map_set(&lowering->globals, elements, *out);
}

/* ---- The entry ---- */

static coco_status constant_memory(entry_point *entry, coco_value *value, coco_value **out) {
  *out = coco_pointer_map_get(&entry->memories, value);
  if (*out) return COCO_OK;
  coco_operation *global;
  COCO_TRY(global_of(entry, value, &global));
  coco_context *context = entry->lowering->context;
  const coco_attribute *symbol = coco_attribute_symbol(context, coco_symbol_name(global));
  if (!symbol) return COCO_OUT_OF_MEMORY;
  const coco_type *memref = COCO_PROPERTY(global, memref_global, type)->type;
  *out = coco_build_value(&entry->loops.builder, &(coco_operation_state){.definition = &coco_memref_get_global, COCO_WITH_RESULTS(memref), COCO_WITH_ATTRIBUTES(COCO_NAMED("name", symbol))});
  return *out ? coco_pointer_map_set(&entry->memories, value, *out) : entry->loops.builder.status;
}

/* The memory at PLACE, in the arena, as a MEMREF. */
static coco_status view_arena(entry_point *entry, const coco_place *place, const coco_type *memref, coco_value **out) {
  if (!memref) return COCO_OUT_OF_MEMORY;
  coco_value *arena = entry->arguments[entry->input_count + entry->output_count];
  coco_value *offset = coco_index_value(&entry->loops, coco_index_of(entry->plan.buffers[place->index].offset + place->offset));
  *out = coco_build_value(&entry->loops.builder, &(coco_operation_state){.definition = &coco_memref_view, COCO_WITH_OPERANDS(arena, offset), COCO_WITH_RESULTS(memref)});
  return entry->loops.builder.status;
}

/* The memory of VALUE, seen as a tensor of TYPE. */
static coco_status memory_of(entry_point *entry, coco_value *value, const coco_type *type, coco_value **out) {
  const coco_place *place = coco_entry_plan_place(&entry->plan, value);
  if (!place) return COCO_INVALID_ARGUMENT;
  if (place->kind == COCO_PLACE_CONSTANT) return constant_memory(entry, value, out);
  if (place->kind == COCO_PLACE_ARGUMENT) {
    *out = entry->arguments[place->index];
    return COCO_OK;
  }
  if (place->kind == COCO_PLACE_OUTPUT) {
    *out = entry->arguments[entry->input_count + place->index];
    return COCO_OK;
  }
  return view_arena(entry, place, coco_lr_physical_memref(entry->lowering->context, type), out);
}

static coco_status call_layer(entry_point *entry, coco_operation *layer) {
  loops_lowering *lowering = entry->lowering;
  coco_layer_signature signature;
  coco_operation *function;
  COCO_TRY(coco_layer_signature_make(layer, &entry->plan, lowering->pass->scratch, &signature));
  COCO_TRY(coco_layer_function(&lowering->cache, &signature, entry->old, &function));
  const coco_place *workspace = coco_entry_plan_workspace(&entry->plan, layer);
  size_t count = signature.argument_count + 1;
  coco_value **operands = coco_arena_allocate(lowering->pass->scratch, (count + 1) * sizeof *operands);
  if (!operands) return COCO_OUT_OF_MEMORY;
  entry->loops.builder.location = layer->location;
  entry->loops.layer = layer;
  for (uint32_t i = 0; i < signature.argument_count; ++i) COCO_TRY(memory_of(entry, signature.arguments[i], signature.argument_types[i], &operands[i]));
  COCO_TRY(memory_of(entry, coco_operation_result(layer, 0), signature.result_type, &operands[signature.argument_count]));
  if (workspace) COCO_TRY(view_arena(entry, workspace, coco_lr_workspace_memref(layer), &operands[count++]));
  const coco_attribute *callee = coco_attribute_symbol(lowering->context, coco_symbol_name(function));
  if (!callee) return COCO_OUT_OF_MEMORY;
  coco_build(&entry->loops.builder, &(coco_operation_state){.definition = &coco_func_call, .operands = operands, .operand_count = count,
                                                            COCO_WITH_ATTRIBUTES(COCO_NAMED("callee", callee))});
  lowering->pass->statistics[LAYERS] += 1;
  return entry->loops.builder.status;
}

static coco_status call_layers(entry_point *entry) {
  for (coco_operation *layer = coco_operation_body(entry->old, 0)->first; layer; layer = layer->next) {
    if (layer->result_count != 1 || coco_operation_has_trait(layer, COCO_CONSTANT_LIKE)) continue;
    const coco_place *place = coco_entry_plan_place(&entry->plan, coco_operation_result(layer, 0));
    if (place->is_alias || coco_value_is_unused(coco_operation_result(layer, 0))) continue;
    COCO_TRY(call_layer(entry, layer));
  }
  coco_build(&entry->loops.builder, &(coco_operation_state){.definition = &coco_func_return});
  return entry->loops.builder.status;
}

static coco_status argument_types(entry_point *entry, const coco_type ***out) {
  coco_context *context = entry->lowering->context;
  coco_block *block = coco_operation_body(entry->old, 0);
  size_t count = entry->input_count + entry->output_count + 1;
  const coco_type **types = coco_arena_allocate_zeroed(entry->lowering->pass->scratch, count, sizeof *types);
  const coco_type *i8 = coco_type_integer(context, 8);
  if (!types || !i8) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count - 1; ++i) {
    const coco_value *value = i < entry->input_count ? block->arguments[i] : coco_operation_operand(block->last, i - entry->input_count);
    if (!(types[i] = coco_lr_physical_memref(context, value->type))) return COCO_OUT_OF_MEMORY;
  }
  types[count - 1] = coco_type_memref(context, 1, &entry->plan.arena_size, i8, NULL, NULL);
  *out = types;
  return types[count - 1] ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* The new function with the old one's name and discardable attributes, empty, before the old one. */
static coco_status begin_entry(entry_point *entry, coco_operation **out) {
  coco_context *context = entry->lowering->context;
  const coco_type **types;
  COCO_TRY(argument_types(entry, &types));
  size_t count = entry->input_count + entry->output_count + 1;
  const coco_type *type = coco_type_function(context, types, count, NULL, 0);
  const coco_attribute *type_attribute = type ? coco_attribute_type(context, type) : NULL;
  if (!type_attribute) return COCO_OUT_OF_MEMORY;
  coco_builder builder = coco_builder_before(entry->old);
  *out = coco_build(&builder, &(coco_operation_state){.definition = &coco_func_func,
                                                      COCO_WITH_ATTRIBUTES(COCO_NAMED("sym_name", COCO_PROPERTY(entry->old, func_func, sym_name)),
                                                                           COCO_NAMED("function_type", type_attribute),
                                                                           COCO_NAMED("sym_visibility", COCO_PROPERTY(entry->old, func_func, sym_visibility)))});
  coco_block *block = coco_build_block(&builder, *out, 0, types, count);
  COCO_TRY(builder.status);
  (*out)->attributes = entry->old->attributes;
  entry->arguments = block->arguments;
  entry->loops.entry = block;
  entry->loops.builder = coco_builder_at_end(context, block, entry->old->location);
  return COCO_OK;
}

static coco_status lower_function(loops_lowering *lowering, coco_operation *function) {
  COCO_TRY(check_function(function));
  const coco_allocator *allocator = coco_context_allocator(lowering->context);
  entry_point entry = {.lowering = lowering, .old = function, .memories = {.allocator = allocator}};
  COCO_TRY(coco_entry_plan_make(function, lowering->pass->scratch, &entry.plan));
  coco_block *block = coco_operation_body(function, 0);
  entry.input_count = block->argument_count;
  entry.output_count = block->last->operand_count;
  entry.loops = (coco_loops){.context = lowering->context, .scratch = lowering->pass->scratch, .constants = {.allocator = allocator}};
  coco_operation *made;
  coco_status status = begin_entry(&entry, &made);
  if (status == COCO_OK) status = call_layers(&entry);
  lowering->pass->statistics[ARENA_BYTES] += (uint64_t)entry.plan.arena_size;
  lowering->pass->statistics[ALIVE_BYTES] += (uint64_t)coco_memory_alive(entry.plan.buffers, entry.plan.buffer_count);
  coco_entry_plan_free(&entry.plan);
  coco_pointer_map_free(&entry.memories);
  coco_pointer_map_free(&entry.loops.constants);
  coco_vector_free(allocator, &entry.loops.products);
  return status;
}

/* ---- The pass ---- */

static bool has_tensors(const coco_operation *function) {
  const coco_block *block = coco_operation_body(function, 0);
  if (!block) return false;
  for (size_t i = 0; i < block->argument_count; ++i) {
    if (coco_type_is(block->arguments[i]->type, COCO_TYPE_TENSOR)) return true;
  }
  for (const coco_operation *operation = block->first; operation; operation = operation->next) {
    if (operation->definition->dialect == &coco_lr_dialect) return true;
    if (operation->operand_count && coco_type_is(coco_operation_operand(operation, 0)->type, COCO_TYPE_TENSOR)) return true;
  }
  return false;
}

/* Old functions are erased at the end, since remembered layers stand in them. */
static coco_status lower_module(loops_lowering *lowering) {
  coco_block *block = coco_operation_body(lowering->module, 0);
  COCO_VECTOR_OF(coco_operation *) old = {0};
  const coco_allocator *allocator = coco_context_allocator(lowering->context);
  coco_status status = COCO_OK;
  for (coco_operation *operation = block->first; operation && status == COCO_OK; operation = operation->next) {
    coco_string name = coco_symbol_name(operation);
    if (name.size) status = coco_string_map_set(&lowering->cache.names, name, lowering);
    if (status == COCO_OK && coco_operation_is(operation, &coco_func_func) && has_tensors(operation)) status = coco_vector_push(allocator, &old, operation);
  }
  for (size_t i = 0; i < old.count && status == COCO_OK; ++i) status = lower_function(lowering, old.items[i]);
  if (status == COCO_OK) {
    for (size_t i = 0; i < old.count; ++i) coco_operation_erase(old.items[i]);
    lowering->pass->changed = old.count > 0;
  }
  coco_vector_free(allocator, &old);
  return status;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  const coco_allocator *allocator = coco_context_allocator(pass->context);
  loops_lowering lowering = {.pass = pass, .context = pass->context, .module = root, .globals = {.allocator = allocator}};
  lowering.cache = (coco_layer_cache){.module = root, .scratch = pass->scratch, .figures = coco_schedule_figures_of(root), .names = {.allocator = allocator}};
  coco_status status = lower_module(&lowering);
  pass->statistics[FUNCTIONS] = lowering.cache.entries.count;
  coco_layer_cache_free(&lowering.cache);
  coco_pointer_map_free(&lowering.globals);
  return status;
}

static const char *const statistics[] = {"layers", "functions of layers", "bytes of arena", "bytes alive at once"};

const coco_pass_definition coco_pass_lr_to_loops = {
    .name = "lr-to-loops",
    .documentation = "Turns lr operations into functions of loops over memory, with one arena planned for all values.",
    .anchor = "builtin.module",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run,
};
