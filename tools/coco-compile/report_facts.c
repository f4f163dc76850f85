/* Collects what a report says of a variant: see report.h. Cost: linear in the module, its patterns' arrays included,
 * but for the memory plan, which is quadratic in the values. */
#include "dialects/lr/blocks.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/window.h"
#include "ir/base/arithmetic.h"
#include "lowering/winograd_plan.h"
#include "tools/coco-compile/report.h"

/* ---- Multiplications and weights ---- */

static int64_t extent(const coco_type *type, uint32_t index) { return index < type->rank ? type->shape[index] : 1; }

/* Weights of one output of a convolution that leaves out nothing. */
static int64_t window_depth(const coco_operation *conv, const coco_attribute *info) {
  const coco_lr_window_info window = coco_lr_window_of(info);
  int64_t depth = extent(coco_operation_operand(conv, 0)->type, 1) / window.group;
  for (size_t i = 0; i < window.window.rank; ++i) depth *= window.window.kernel[i];
  return depth;
}

/* Of a depthwise convolution: what its blocks of channels keep. */
static int64_t masked_weights(const coco_operation *conv, int64_t all) {
  const coco_attribute *masks = COCO_PROPERTY(conv, lr_conv, masks);
  if (!masks) return all;
  const int64_t channels = coco_operation_result(conv, 0)->type->shape[1];
  int64_t kept = 0;
  for (int64_t i = 0; i < (int64_t)masks->count; ++i) {
    const int64_t left = channels - i * COCO_LR_LANES, lanes = left < COCO_LR_LANES ? left : COCO_LR_LANES;
    kept += lanes * __builtin_popcountll((uint64_t)coco_attribute_i64s(masks)[i]);
  }
  return kept;
}

static report_weights product_weights(const coco_operation *product) {
  const coco_type *b = COCO_OPERAND(product, lr_matmul, b)->type;
  const coco_attribute *columns = COCO_PROPERTY(product, lr_matmul, columns);
  if (!coco_value_constant(COCO_OPERAND(product, lr_matmul, b))) return (report_weights){0, 0};
  const int64_t all = columns ? columns->integer * extent(b, 1) : coco_type_element_count(b);
  return (report_weights){all, all};
}

/* Blocks count whole, with the outputs that fill up the last; bundles with the zeros that fill up lists. */
static report_weights weights_of(const coco_operation *layer) {
  const coco_type *result = coco_operation_result(layer, 0)->type;
  report_weights weights = {0, 0};
  if (coco_operation_is(layer, &coco_lr_conv)) {
    weights.all = result->shape[1] * window_depth(layer, COCO_PROPERTY(layer, lr_conv, info));
    weights.kept = masked_weights(layer, weights.all);
  } else if (coco_operation_is(layer, &coco_lr_pattern_conv)) {
    weights.all = result->shape[1] * window_depth(layer, COCO_PROPERTY(layer, lr_pattern_conv, info));
    weights.kept = coco_type_element_count(COCO_OPERAND(layer, lr_pattern_conv, weights)->type);
  } else if (coco_operation_is(layer, &coco_lr_pointwise_conv)) {
    weights.all = result->shape[1] * window_depth(layer, COCO_PROPERTY(layer, lr_pointwise_conv, info));
    weights.kept = coco_type_element_count(COCO_OPERAND(layer, lr_pointwise_conv, weights)->type);
  } else if (coco_operation_is(layer, &coco_lr_block_conv)) {
    const int64_t outputs = coco_ceil_divide(result->shape[1], COCO_BLOCK_OUTPUTS) * COCO_BLOCK_OUTPUTS;
    weights.all = outputs * window_depth(layer, COCO_PROPERTY(layer, lr_block_conv, info));
    weights.kept = coco_type_element_count(COCO_OPERAND(layer, lr_block_conv, weights)->type);
  } else if (coco_operation_is(layer, &coco_lr_block_matmul)) {
    const int64_t outputs = coco_ceil_divide(extent(result, 1), COCO_BLOCK_OUTPUTS) * COCO_BLOCK_OUTPUTS;
    weights.all = outputs * extent(COCO_OPERAND(layer, lr_block_matmul, a)->type, 1);
    weights.kept = coco_type_element_count(COCO_OPERAND(layer, lr_block_matmul, weights)->type);
  } else if (coco_operation_is(layer, &coco_lr_matmul)) {
    weights = product_weights(layer);
  }
  return weights;
}

/* Multiplications of an inner product for each element of the result, or each transformed one, and of kept weights only
 * where zeros are left out; layouts do not count, nor do rows that a chain computes twice. The dense layer's besides.
 */
static void count_multiplications(const coco_operation *operation, report_layer *layer) {
  const coco_type *result = coco_operation_result(operation, 0)->type;
  const int64_t elements = coco_type_element_count(result);
  if (coco_operation_is(operation, &coco_lr_matmul)) {
    const coco_type *left = COCO_OPERAND(operation, lr_matmul, a)->type;
    layer->multiplications = layer->dense_multiplications = elements * extent(left, left->rank - 1);
    return;
  }
  if (!layer->weights.all || extent(result, 1) < 1) return;
  const bool is_product = coco_operation_is(operation, &coco_lr_block_matmul);
  const int64_t pixels = elements / extent(result, 1);
  layer->multiplications = pixels * layer->weights.kept;
  layer->dense_multiplications = is_product ? elements * extent(COCO_OPERAND(operation, lr_block_matmul, a)->type, 1)
                                            : pixels * layer->weights.all;
  if (!coco_operation_is(operation, &coco_lr_conv)) return;
  const coco_winograd_plan plan = coco_winograd_plan_of(operation);
  if (!plan.algorithm) return;
  layer->multiplications = coco_multiply_saturated(coco_multiply_saturated(plan.positions, plan.tiles),
                                                   coco_multiply_saturated(plan.channels, plan.filters));
  layer->is_winograd = true;
}

static void count(const coco_operation *operation, report_layer *layer) {
  layer->weights = weights_of(operation);
  count_multiplications(operation, layer);
  for (uint32_t i = 0; i < operation->operand_count; ++i) {
    const coco_value *value = coco_operation_operand(operation, i);
    const int64_t bytes = coco_value_constant(value) ? coco_type_byte_count(value->type) : 0;
    if (bytes > 0) layer->weight_bytes += bytes;
  }
  if (!coco_operation_is(operation, &coco_lr_chain)) return;
  for (const coco_operation *inner = coco_operation_body(operation, 0)->first; inner->next; inner = inner->next) {
    report_layer part = {0};
    part.weights = weights_of(inner);
    count_multiplications(inner, &part);
    layer->weights.kept += part.weights.kept;
    layer->weights.all += part.weights.all;
    layer->multiplications += part.multiplications;
    layer->dense_multiplications += part.dense_multiplications;
  }
}

/* ---- Layers ---- */

static coco_string keyword(const coco_operation *layer, const char *name) {
  const coco_attribute *value = coco_operation_get(layer, coco_string_from(name));
  return coco_attribute_is(value, COCO_ATTRIBUTE_STRING) ? value->text : (coco_string){"", 0};
}

static bool is_layer(const coco_operation *operation) {
  return coco_string_starts_with(coco_operation_name(operation), COCO_STRING("lr.")) && operation->result_count == 1;
}

enum { MOST_CHOICES = 3 }; /* the layers of a chain */
typedef struct found_choices {
  report_choice items[MOST_CHOICES];
  size_t count;
} found_choices;

static coco_walk_result find_choice(coco_operation *operation, void *user) {
  found_choices *found = user;
  coco_layer_choice choice;
  if (found->count < MOST_CHOICES && coco_layer_choice_of(operation, &choice))
    found->items[found->count++] = (report_choice){coco_location_layer(operation->location), choice};
  return COCO_WALK_ON;
}

static coco_status add_choices(coco_arena *arena, coco_operation *operation, report_layer *layer) {
  found_choices found = {.count = 0};
  coco_operation_walk(operation, COCO_PRE_ORDER, find_choice, &found);
  if (!found.count) return COCO_OK;
  layer->choice_count = found.count;
  layer->choices = coco_arena_copy_bytes(arena, found.items, found.count * sizeof *found.items);
  return layer->choices ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* What an entry function is while its facts are taken. */
typedef struct collection {
  report_facts *facts;
  report_variant *variant;
  const coco_planned *planned;
  coco_pointer_map numbers; /* operation -> the number of its layer, from 1 */
} collection;

static coco_status add_sources(const collection *from, const coco_operation *operation, report_layer *layer) {
  report_source *sources =
      coco_arena_allocate_zeroed(&from->facts->arena, operation->operand_count + 1, sizeof *sources);
  if (!sources) return COCO_OUT_OF_MEMORY;
  for (uint32_t i = 0; i < operation->operand_count; ++i) {
    const coco_value *value = coco_operation_operand(operation, i);
    const coco_operation *maker = coco_value_operation(value);
    const size_t number = maker ? (size_t)(uintptr_t)coco_pointer_map_get(&from->numbers, maker) : 0;
    if (number)
      sources[layer->source_count++] = (report_source){false, number - 1};
    else if (!maker)
      sources[layer->source_count++] = (report_source){true, value->index};
  }
  layer->sources = sources;
  return COCO_OK;
}

static report_place place_of(const collection *from, const coco_value *value) {
  const coco_place *place = coco_entry_plan_place(&from->planned->plan, value);
  report_place made = {.kind = COCO_PLACE_ARGUMENT, .bytes = coco_layer_bytes(value)};
  if (!place) return made;
  made.kind = place->kind;
  made.is_view = place->is_alias;
  if (place->kind != COCO_PLACE_ARENA) return made;
  made.buffer = place->index;
  made.offset = from->planned->plan.buffers[place->index].offset + place->offset;
  return made;
}

static coco_status add_layer(collection *to, coco_operation *operation) {
  report_layer *layer = &to->variant->layers[to->variant->layer_count++];
  COCO_TRY(coco_pointer_map_set(&to->numbers, operation, (void *)(uintptr_t)to->variant->layer_count));
  const coco_string storage = keyword(operation, "storage");
  const coco_attribute *tuning = coco_operation_get(operation, COCO_STRING("tuning"));
  *layer = (report_layer){.name = coco_location_layer(operation->location),
                          .operation = coco_operation_name(operation),
                          .storage = storage.size ? storage : keyword(operation, "kind"),
                          .type = coco_operation_result(operation, 0)->type,
                          .tuning = coco_attribute_is(tuning, COCO_ATTRIBUTE_DIALECT) ? tuning : NULL,
                          .place = place_of(to, coco_operation_result(operation, 0)),
                          .runs = coco_planned_runs(to->planned, operation),
                          .milliseconds = REPORT_NONE};
  count(operation, layer);
  COCO_TRY(add_sources(to, operation, layer));
  COCO_TRY(add_choices(&to->facts->arena, operation, layer));
  return report_add_patterns(to->facts, to->variant, operation, layer);
}

static coco_status add_layers(collection *to) {
  const coco_block *body = coco_operation_body(to->planned->entry, 0);
  size_t layers = 0;
  for (const coco_operation *operation = body->first; operation; operation = operation->next)
    layers += is_layer(operation);
  to->variant->layers = coco_arena_allocate_zeroed(&to->facts->arena, layers + 1, sizeof(report_layer));
  if (!to->variant->layers) return COCO_OUT_OF_MEMORY;
  for (coco_operation *operation = body->first; operation; operation = operation->next)
    if (is_layer(operation)) COCO_TRY(add_layer(to, operation));
  return COCO_OK;
}

/* ---- Inputs, outputs, memory ---- */

static coco_status copy_tensors(coco_arena *arena, const coco_model_tensors *from, coco_model_tensor **out) {
  *out = coco_arena_allocate_zeroed(arena, from->count + 1, sizeof **out);
  if (!*out) return COCO_OUT_OF_MEMORY;
  memcpy(*out, from->items, from->count * sizeof **out);
  return COCO_OK;
}

static coco_status add_interface(collection *to) {
  coco_arena *arena = &to->facts->arena;
  report_variant *variant = to->variant;
  coco_model_tensors tensors;
  COCO_TRY(coco_model_inputs(to->planned->module, &tensors));
  COCO_TRY(copy_tensors(arena, &tensors, &variant->inputs));
  variant->input_count = tensors.count;
  COCO_TRY(coco_model_outputs(to->planned->module, &tensors));
  COCO_TRY(copy_tensors(arena, &tensors, &variant->outputs));
  variant->output_layers = coco_arena_allocate_zeroed(arena, tensors.count + 1, sizeof *variant->output_layers);
  if (!variant->output_layers) return COCO_OUT_OF_MEMORY;
  const coco_operation *last = coco_operation_body(to->planned->entry, 0)->last;
  for (uint32_t i = 0; i < last->operand_count && i < tensors.count; ++i) {
    const coco_operation *maker = coco_value_operation(coco_operation_operand(last, i));
    variant->output_layers[variant->output_count++] = (size_t)(uintptr_t)coco_pointer_map_get(&to->numbers, maker) - 1;
  }
  return COCO_OK;
}

/* How many layers stand at STEPS up to STEP. */
static size_t layers_until(const int64_t *steps, size_t count, int64_t step) {
  size_t low = 0, high = count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (steps[middle] <= step)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static coco_status add_memory(collection *to) {
  report_variant *variant = to->variant;
  const coco_entry_plan *plan = &to->planned->plan;
  int64_t *steps = coco_arena_allocate(&to->facts->arena, (variant->layer_count + 1) * sizeof *steps);
  variant->buffers = coco_arena_allocate_zeroed(&to->facts->arena, plan->buffer_count + 1, sizeof *variant->buffers);
  if (!steps || !variant->buffers) return COCO_OUT_OF_MEMORY;
  size_t count = 0;
  for (const coco_operation *operation = coco_operation_body(to->planned->entry, 0)->first; operation;
       operation = operation->next)
    if (is_layer(operation)) steps[count++] = (int64_t)operation->order;
  for (size_t i = 0; i < plan->buffer_count; ++i) {
    const coco_memory_request *from = &plan->buffers[i];
    const size_t first = layers_until(steps, count, from->first), last = layers_until(steps, count, from->last);
    variant->buffers[i] = (report_buffer){from->size, from->offset, first ? first - 1 : 0, last ? last - 1 : 0};
  }
  variant->buffer_count = plan->buffer_count;
  variant->arena_bytes = plan->arena_size;
  variant->alive_bytes = coco_memory_alive(plan->buffers, plan->buffer_count);
  return COCO_OK;
}

coco_status report_add_variant(report_facts *facts, coco_operation *module, const coco_target_variant *variant) {
  coco_planned planned;
  COCO_TRY(coco_planned_make(module, &planned));
  COCO_TRY(coco_vector_push(facts->arena.allocator, &facts->variants, ((report_variant){.variant = variant})));
  collection to = {.facts = facts,
                   .variant = &facts->variants.items[facts->variants.count - 1],
                   .planned = &planned,
                   .numbers = {.allocator = facts->arena.allocator}};
  coco_status status = add_layers(&to);
  if (status == COCO_OK) status = add_interface(&to);
  if (status == COCO_OK) status = add_memory(&to);
  coco_pointer_map_free(&to.numbers);
  coco_planned_destroy(&planned);
  return status;
}

void report_facts_free(report_facts *facts) {
  for (size_t i = 0; i < facts->variants.count; ++i) {
    coco_vector_free(facts->arena.allocator, &facts->variants.items[i].sets);
    if (facts->variants.items[i].loops) coco_operation_erase(facts->variants.items[i].loops);
  }
  coco_vector_free(facts->arena.allocator, &facts->variants);
  coco_arena_destroy(&facts->arena);
}
