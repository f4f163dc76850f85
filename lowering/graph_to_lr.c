/* graph-to-lr: every layer of graph operations becomes lr operations (and constants arith.constant).
 *
 * Needs: static shapes. Gives: functions without graph operations; no layouts, storage plain, no tuning. What cannot be
 * lowered is said at once, in one diagnostic, before anything is changed. Cost: linear in the operations; weights of
 * products are packed. */
#include "lowering/graph_to_lr.h"

#include "dialects/arith/arith.h"
#include "dialects/func/func.h"
#include "dialects/pattern/pattern.h"
#include "ir/base/buffer.h"

/* How an anchor is lowered. */
typedef struct lowering_rule {
  const coco_operation_definition *root;
  coco_value *(*lower)(coco_layer *layer);
  bool takes_chain; /* else an lr.map follows for the elementwise operations */
  const char *(*supports)(const coco_operation *operation);
} lowering_rule;

static const lowering_rule rules[] = {
    {&coco_graph_conv, coco_lower_conv, true, NULL},
    {&coco_pattern_conv, coco_lower_pattern_conv, true, NULL},
    {&coco_pattern_linear, coco_lower_pattern_linear, true, NULL},
    {&coco_pattern_block_conv, coco_lower_pattern_block_conv, true, NULL},
    {&coco_graph_gemm, coco_lower_gemm, true, coco_supports_gemm},
    {&coco_graph_matmul, coco_lower_matmul, true, NULL},
    {&coco_graph_batch_norm, coco_lower_batch_norm, true, NULL},
    {&coco_graph_max_pool, coco_lower_pool, true, NULL},
    {&coco_graph_average_pool, coco_lower_pool, true, NULL},
    {&coco_graph_reduce, coco_lower_reduce, true, NULL},
    {&coco_graph_softmax, coco_lower_softmax, true, NULL},
    {&coco_graph_reshape, coco_lower_reshape, false, NULL},
    {&coco_graph_squeeze, coco_lower_reshape, false, NULL},
    {&coco_graph_unsqueeze, coco_lower_reshape, false, NULL},
    {&coco_graph_flatten, coco_lower_reshape, false, NULL},
    {&coco_graph_transpose, coco_lower_transpose, false, NULL},
    {&coco_graph_concat, coco_lower_concat, false, NULL},
    {&coco_graph_slice, coco_lower_slice, false, coco_supports_slice},
    {&coco_graph_pad, coco_lower_pad, false, coco_supports_pad},
    {&coco_graph_gather, coco_lower_gather, false, NULL},
    {&coco_graph_scatter, coco_lower_scatter, false, NULL},
    {&coco_graph_expand, coco_lower_expand, false, NULL},
    {&coco_graph_shape, coco_lower_shape, false, NULL},
    {&coco_graph_constant_of_shape, coco_lower_constant_of_shape, false, NULL},
};

static const lowering_rule *rule_of(const coco_operation *operation) {
  for (size_t i = 0; i < sizeof rules / sizeof *rules; ++i) {
    if (coco_operation_is(operation, rules[i].root)) return &rules[i];
  }
  return NULL;
}

/* Of the level that goes: graph, and pattern's layers among it. */
static bool is_graph(const coco_operation *operation) {
  return operation->definition->dialect == &coco_graph_dialect || coco_operation_is(operation, &coco_pattern_conv) ||
         coco_pattern_is_blocks(operation);
}

/* ---- What cannot be lowered ---- */

typedef struct complaint {
  const char *name, *reason; /* reason NULL: never */
  size_t count;
  const coco_operation *first;
} complaint;

typedef struct survey {
  const coco_allocator *allocator;
  COCO_VECTOR_OF(complaint) complaints;
  const coco_operation *dynamic; /* the first operation with a shape that is not static */
  coco_status status;
} survey;

static void complain(survey *found, const coco_operation *operation, const char *reason) {
  for (size_t i = 0; i < found->complaints.count; ++i) {
    complaint *known = &found->complaints.items[i];
    if (known->name != operation->definition->name || known->reason != reason) continue;
    ++known->count;
    return;
  }
  complaint entry = {operation->definition->name, reason, 1, operation};
  if (coco_vector_push(found->allocator, &found->complaints, entry) != COCO_OK) found->status = COCO_OUT_OF_MEMORY;
}

static bool is_static(const coco_value *value) {
  return !coco_type_is_shaped(value->type) ||
         (coco_type_has_static_shape(value->type) && coco_type_element_count(value->type) >= 0);
}

static coco_walk_result look_at(coco_operation *operation, void *user) {
  survey *found = user;
  if (!is_graph(operation) || coco_operation_is(operation, &coco_graph_yield)) return COCO_WALK_ON;
  bool all_static = true;
  for (uint32_t i = 0; i < operation->operand_count; ++i)
    all_static = all_static && is_static(coco_operation_operand(operation, i));
  for (uint32_t i = 0; i < operation->result_count; ++i)
    all_static = all_static && is_static(coco_operation_result(operation, i));
  if (!all_static && !found->dynamic) found->dynamic = operation;
  if (!all_static || coco_operation_is(operation, &coco_graph_constant) ||
      coco_operation_is(operation, &coco_graph_fused))
    return COCO_WALK_ON;
  const lowering_rule *rule = rule_of(operation);
  if (!rule && !coco_graph_is_elementwise(operation)) complain(found, operation, NULL);
  const char *reason = rule && rule->supports ? rule->supports(operation) : NULL;
  if (reason) complain(found, operation, reason);
  return COCO_WALK_ON;
}

static coco_status report(survey *found, coco_operation *function) {
  coco_context *context = function->context;
  if (found->status != COCO_OK) return found->status;
  if (found->dynamic) {
    return coco_operation_error(
        found->dynamic,
        "has a shape that is not static, which the lr level cannot take: give the extents of the "
        "network's inputs with --shape");
  }
  if (found->complaints.count == 0) return COCO_OK;
  coco_buffer text = COCO_BUFFER(found->allocator);
  for (size_t i = 0; i < found->complaints.count; ++i) {
    const complaint *entry = &found->complaints.items[i];
    coco_string layer = coco_location_layer(entry->first->location);
    coco_buffer_format(&text, "%s%s%s%s (%zu time%s", i ? ", " : "", entry->name, entry->reason ? " " : "",
                       entry->reason ? entry->reason : "", entry->count, entry->count == 1 ? "" : "s");
    if (layer.size) coco_buffer_format(&text, ", first in '%.*s'", COCO_PRINT(layer));
    coco_buffer_byte(&text, ')');
  }
  coco_status status = text.status;
  coco_string view = coco_buffer_view(&text);
  if (status == COCO_OK)
    status = coco_error(context, found->complaints.items[0].first->location, "cannot be lowered to lr: %.*s",
                        COCO_PRINT(view));
  coco_buffer_free(&text);
  return status;
}

static coco_status check_function(coco_operation *function) {
  survey found = {.allocator = coco_context_allocator(function->context)};
  coco_operation_walk(function, COCO_PRE_ORDER, look_at, &found);
  coco_status status = report(&found, function);
  coco_vector_free(found.allocator, &found.complaints);
  return status;
}

/* ---- Lowering ---- */

/* The operand that a group hands on as it is; NULL: its result is computed. */
static coco_value *handed_on(const coco_operation *group) {
  if (!coco_operation_is(group, &coco_graph_fused)) return NULL;
  const coco_value *yielded = coco_operation_operand(coco_operation_body(group, 0)->last, 0);
  return coco_value_argument_block(yielded) ? coco_operation_operand(group, yielded->index) : NULL;
}

static coco_status lower_layer(coco_pass *pass, coco_operation *group) {
  coco_layer layer = {
      .context = pass->context, .scratch = pass->scratch, .builder = coco_builder_before(group), .group = group};
  layer.type = coco_type_with_encoding(pass->context, coco_operation_result(group, 0)->type, NULL);
  if (!layer.type) return COCO_OUT_OF_MEMORY;
  if (coco_operation_is(group, &coco_graph_fused)) {
    layer.anchor = coco_graph_fused_anchor(group);
  } else if (!coco_graph_is_elementwise(group)) {
    layer.anchor = group;
  }
  coco_value *value = handed_on(group);
  if (!value && !layer.anchor) {
    value = coco_lower_elementwise(&layer);
  } else if (!value) {
    const lowering_rule *rule = rule_of(layer.anchor);
    value = rule->lower(&layer);
    if (value && !rule->takes_chain) value = coco_layer_build_chain(&layer, value);
  }
  COCO_TRY(layer.builder.status);
  if (!value) return COCO_INVALID_ARGUMENT; /* the survey passed it */
  coco_value_replace_all_uses(coco_operation_result(group, 0), value);
  coco_operation_erase(group);
  return COCO_OK;
}

/* graph.constant => arith.constant, or nothing when it is not used any more. */
static coco_status lower_constant(coco_operation *constant) {
  coco_builder builder = coco_builder_before(constant);
  coco_value *value = coco_operation_result(constant, 0);
  if (!coco_value_is_unused(value)) {
    coco_value *made = coco_build_value(
        &builder, &(coco_operation_state){
                      .definition = &coco_arith_constant,
                      COCO_WITH_ATTRIBUTES(COCO_NAMED("value", COCO_PROPERTY(constant, graph_constant, value)))});
    COCO_TRY(builder.status);
    coco_value_replace_all_uses(value, made);
  }
  coco_operation_erase(constant);
  return COCO_OK;
}

static coco_status lower_block(coco_pass *pass, coco_block *block) {
  enum { LAYERS };
  for (coco_operation *operation = block->first, *next; operation; operation = next) {
    next = operation->next;
    if (!is_graph(operation) || coco_operation_is(operation, &coco_graph_constant)) continue;
    COCO_TRY(lower_layer(pass, operation));
    ++pass->statistics[LAYERS];
    pass->changed = true;
  }
  for (coco_operation *operation = block->first, *next; operation; operation = next) {
    next = operation->next;
    if (!coco_operation_is(operation, &coco_graph_constant)) continue;
    COCO_TRY(lower_constant(operation));
    pass->changed = true;
  }
  return COCO_OK;
}

/* Layers that were not looked at stand deeper, in functions in functions. */
static bool names_sets(const coco_operation *module) {
  const coco_operation *operation = coco_walk_next(module, module);
  while (operation && (operation->definition->dialect != coco_pattern_set.dialect ||
                       coco_operation_is(operation, &coco_pattern_set)))
    operation = coco_walk_next(operation, module);
  return operation != NULL;
}

/* lr.pattern_conv has its masks itself: where nothing names a set any more, sets go, public ones too. */
static void erase_sets(coco_pass *pass, const coco_operation *module, coco_block *body) {
  if (names_sets(module)) return;
  for (coco_operation *operation = body ? body->first : NULL, *next; operation; operation = next) {
    next = operation->next;
    if (!coco_operation_is(operation, &coco_pattern_set)) continue;
    coco_operation_erase(operation);
    pass->changed = true;
  }
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  coco_block *body = coco_operation_body(module, 0);
  for (coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next) {
    if (coco_operation_is(operation, &coco_func_func)) COCO_TRY(check_function(operation));
  }
  for (coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next) {
    coco_block *block = coco_operation_is(operation, &coco_func_func) ? coco_operation_body(operation, 0) : NULL;
    for (; block; block = block->next) COCO_TRY(lower_block(pass, block));
  }
  erase_sets(pass, module, body);
  return COCO_OK;
}

const coco_pass_definition coco_pass_graph_to_lr = {
    .name = "graph-to-lr",
    .documentation = "Lowers layers of graph operations to lr operations. Needs static shapes.",
    .anchor = "builtin.module",
    .statistics = (const char *const[]){"layers lowered"},
    .statistic_count = 1,
    .run = run,
};
