/* The layers of a network, each taken out and measured: see measure.h. */
#include <time.h>

#include "dialects/builtin/builtin.h"
#include "dialects/func/func.h"
#include "dialects/lr/lr.h"
#include "ir/builder.h"
#include "targets/measure.h"

/* What times depend on: the row, properties, types, and how much is kept, within a few percent. */
typedef struct known_layer {
  struct known_layer *next;
  const coco_operation_definition *definition;
  const coco_attribute **properties;
  const coco_type **types; /* of operands that are no constants, and of the result */
  size_t type_count;
  int64_t constants; /* elements */
  bool strict;
  coco_layer_times times;
} known_layer;

struct coco_measured_layers {
  const coco_allocator *allocator;
  coco_arena arena;
  known_layer *first;
};

coco_status coco_measured_layers_create(coco_context *context, coco_measured_layers **out) {
  const coco_allocator *allocator = coco_context_allocator(context);
  *out = coco_allocate_zeroed(allocator, 1, sizeof **out);
  if (!*out) return COCO_OUT_OF_MEMORY;
  (*out)->allocator = (*out)->arena.allocator = allocator;
  return COCO_OK;
}

void coco_measured_layers_destroy(coco_measured_layers *layers) {
  if (!layers) return;
  coco_arena_destroy(&layers->arena);
  coco_free(layers->allocator, layers, sizeof *layers);
}

static bool is_constant(const coco_operation *layer, uint32_t index) {
  return coco_value_constant(coco_operation_operand(layer, index)) != NULL;
}

/* What LAYER is, in the arena of KNOWN. */
static coco_status describe(coco_measured_layers *known, const coco_operation *layer, bool strict, known_layer **out) {
  const size_t properties = layer->definition->attribute_count;
  known_layer *made = coco_arena_allocate_zeroed(&known->arena, 1, sizeof *made);
  if (!made) return COCO_OUT_OF_MEMORY;
  made->definition = layer->definition;
  made->strict = strict;
  made->properties = coco_arena_allocate_zeroed(&known->arena, properties + 1, sizeof *made->properties);
  made->types = coco_arena_allocate_zeroed(&known->arena, layer->operand_count + 1, sizeof *made->types);
  if (!made->properties || !made->types) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < properties; ++i) made->properties[i] = layer->properties[i];
  made->types[made->type_count++] = coco_operation_result(layer, 0)->type;
  for (uint32_t i = 0; i < layer->operand_count; ++i) {
    if (is_constant(layer, i))
      made->constants += coco_type_element_count(coco_operation_operand(layer, i)->type);
    else
      made->types[made->type_count++] = coco_operation_operand(layer, i)->type;
  }
  *out = made;
  return COCO_OK;
}

static bool are_alike(const known_layer *a, const known_layer *b) {
  enum { PARTS = 25 }; /* of which one may differ */
  const int64_t difference = a->constants > b->constants ? a->constants - b->constants : b->constants - a->constants;
  bool alike = a->definition == b->definition && a->strict == b->strict && a->type_count == b->type_count &&
               difference <= b->constants / PARTS;
  for (size_t i = 0; alike && i < a->definition->attribute_count; ++i) alike = a->properties[i] == b->properties[i];
  for (size_t i = 0; alike && i < a->type_count; ++i) alike = a->types[i] == b->types[i];
  return alike;
}

/* ---- A network of one layer ---- */

static coco_status fill_function(coco_operation *layer, coco_operation *function, const coco_type *const *types,
                                 size_t count) {
  coco_pointer_map map = {.allocator = coco_context_allocator(layer->context)};
  coco_builder builder = coco_builder_at_end(layer->context, NULL, layer->location);
  coco_block *block = coco_build_block(&builder, function, 0, types, count);
  coco_status status = builder.status;
  size_t argument = 0;
  coco_operation *copy = NULL;
  for (uint32_t i = 0; i < layer->operand_count && status == COCO_OK; ++i) {
    coco_value *value = coco_operation_operand(layer, i);
    if (coco_pointer_map_contains(&map, value)) continue;
    if (!is_constant(layer, i)) {
      status = coco_pointer_map_set(&map, value, block->arguments[argument++]);
      continue;
    }
    status = coco_operation_clone(coco_value_operation(value), &map, &copy);
    if (status == COCO_OK) coco_block_append(block, copy);
  }
  if (status == COCO_OK) status = coco_operation_clone(layer, &map, &copy);
  if (status == COCO_OK) {
    coco_block_append(block, copy);
    builder = coco_builder_at_end(layer->context, block, layer->location);
    coco_build(&builder, &(coco_operation_state){.definition = &coco_func_return,
                                                 COCO_WITH_OPERANDS(coco_operation_result(copy, 0))});
    status = builder.status;
  }
  coco_pointer_map_free(&map);
  return status;
}

/* Types of the operands that are no constants, each value once. */
static size_t argument_types(const coco_operation *layer, const coco_type **types) {
  size_t count = 0;
  for (uint32_t i = 0; i < layer->operand_count; ++i) {
    bool known = is_constant(layer, i);
    for (uint32_t k = 0; k < i && !known; ++k)
      known = coco_operation_operand(layer, k) == coco_operation_operand(layer, i);
    if (!known) types[count++] = coco_operation_operand(layer, i)->type;
  }
  return count;
}

static coco_status make_module(coco_operation *layer, coco_operation **out) {
  coco_context *context = layer->context;
  const coco_allocator *allocator = coco_context_allocator(context);
  const size_t room = (layer->operand_count + 1) * sizeof(const coco_type *);
  const coco_type **types = coco_allocate_zeroed(allocator, layer->operand_count + 1, sizeof *types);
  if (!types) return COCO_OUT_OF_MEMORY;
  const size_t count = argument_types(layer, types);
  const coco_type *result = coco_operation_result(layer, 0)->type,
                  *type = coco_type_function(context, types, count, &result, 1);
  const coco_attribute *type_attribute = type ? coco_attribute_type(context, type) : NULL,
                       *name = coco_attribute_string(context, COCO_STRING("main"));
  coco_status status = type_attribute && name ? COCO_OK : COCO_OUT_OF_MEMORY;
  if (status == COCO_OK)
    status = coco_operation_create(
        context, &(coco_operation_state){.definition = &coco_builtin_module, .location = layer->location}, out);
  if (status == COCO_OK) {
    coco_builder builder = coco_builder_at_end(context, NULL, layer->location);
    coco_block *body = coco_operation_body(*out, 0);
    if (!body) body = coco_build_block(&builder, *out, 0, NULL, 0);
    if (body) builder = coco_builder_at_end(context, body, layer->location);
    coco_operation *function = coco_build(
        &builder, &(coco_operation_state){
                      .definition = &coco_func_func,
                      COCO_WITH_ATTRIBUTES(COCO_NAMED("sym_name", name), COCO_NAMED("function_type", type_attribute))});
    status = builder.status;
    if (status == COCO_OK) status = fill_function(layer, function, types, count);
    if (status != COCO_OK) coco_operation_erase(*out);
  }
  coco_free(allocator, types, room);
  return status;
}

static coco_status measure_layer(coco_operation *layer, const coco_measure_options *options, coco_layer_times *out) {
  coco_operation *module;
  COCO_TRY(make_module(layer, &module));
  coco_measure_contestant contestants[] = {{.module = module, .sparse = "none"}, {.module = module, .sparse = "all"}};
  const coco_status status = coco_measure(layer->context, options, contestants, 2);
  coco_operation_erase(module);
  *out = (coco_layer_times){1000 * contestants[0].seconds, 1000 * contestants[1].seconds};
  return status;
}

/* ---- All layers ---- */

typedef struct layer_walk {
  const coco_measure_options *options;
  coco_measure_which which;
  coco_measured_layers *known;
  coco_measure_counts *counts;
  double begun;
  coco_status status;
} layer_walk;

static double clock_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool is_clear(const coco_layer_times *model) {
  const double sure = 1.6;
  return model->dense_ms > sure * model->sparse_ms || model->sparse_ms > sure * model->dense_ms;
}

/* Other work on the machine that meets one of two contestants looks like a gain: a small one is measured once more, and
 * the smaller counts. */
static coco_status measure_surely(coco_operation *layer, const coco_measure_options *options, coco_layer_times *out) {
  const double small = 1.2;
  coco_layer_times again;
  COCO_TRY(measure_layer(layer, options, out));
  if (out->dense_ms <= out->sparse_ms || out->dense_ms >= small * out->sparse_ms) return COCO_OK;
  COCO_TRY(measure_layer(layer, options, &again));
  if (again.dense_ms * out->sparse_ms < out->dense_ms * again.sparse_ms) *out = again;
  return COCO_OK;
}

/* Those of a layer that is alike, or as measured now; *out NULL: the time for that is over. */
static coco_status find_times(layer_walk *walk, coco_operation *layer, const coco_layer_times **out) {
  known_layer *made;
  COCO_TRY(describe(walk->known, layer, walk->options->strict, &made));
  for (const known_layer *k = walk->known->first; k; k = k->next) {
    if (!are_alike(k, made)) continue;
    *out = &k->times;
    return COCO_OK;
  }
  *out = NULL;
  if (walk->options->limit > 0 && clock_seconds() - walk->begun > walk->options->limit) return COCO_OK;
  COCO_TRY(measure_surely(layer, walk->options, &made->times));
  made->next = walk->known->first;
  walk->known->first = made;
  ++walk->counts->measured;
  *out = &made->times;
  return COCO_OK;
}

static coco_status visit(layer_walk *walk, coco_operation *layer) {
  const coco_layer_times *times;
  coco_layer_times model;
  bool has;
  COCO_TRY(coco_layer_predict(layer, &model, &has));
  if (!has) return COCO_OK;
  ++walk->counts->layers;
  if (walk->which == COCO_MEASURE_AUTO && is_clear(&model)) return COCO_OK;
  COCO_TRY(find_times(walk, layer, &times));
  return times ? coco_layer_set_measured(layer, times) : COCO_OK;
}

static coco_walk_result visit_operation(coco_operation *operation, void *user) {
  layer_walk *walk = user;
  walk->status = visit(walk, operation);
  return walk->status == COCO_OK ? COCO_WALK_ON : COCO_WALK_STOP;
}

coco_status coco_measure_layers(coco_operation *module, const coco_measure_options *options, coco_measure_which which,
                                coco_measured_layers *known, coco_measure_counts *counts) {
  coco_measure_counts ignored = {0};
  layer_walk walk = {options, which, known, counts ? counts : &ignored, clock_seconds(), COCO_OK};
  if (which == COCO_MEASURE_NONE) return COCO_OK;
  coco_operation_walk(module, COCO_PRE_ORDER, visit_operation, &walk);
  walk.counts->seconds += clock_seconds() - walk.begun;
  return walk.status;
}
