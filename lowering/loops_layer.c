/* Signatures, comparison and making of layers' functions. See loops_layer.h. Cost: linear in the layers and their
 * regions. */
#include "lowering/loops_layer.h"

#include "dialects/func/func.h"
#include "lowering/loops_common.h"
#include "lowering/winograd_plan.h"

/* ---- Other shapes of the same bytes ---- */

static bool in_arena(const coco_entry_plan *plan, const coco_value *value) {
  const coco_place *place = coco_entry_plan_place(plan, value);
  return place && place->kind == COCO_PLACE_ARENA;
}

static bool has_halo(const coco_type *type) {
  static const int64_t none[4];
  coco_lr_layout_info info = coco_lr_layout_of(type);
  return memcmp(info.halo, none, sizeof none) != 0;
}

/* Depth as that of the parsed expression. */
static bool depends_on(const coco_affine_expression *expression, int64_t first) {
  if (expression->kind == COCO_AFFINE_DIMENSION) return expression->value >= first;
  if (expression->kind == COCO_AFFINE_CONSTANT || expression->kind == COCO_AFFINE_SYMBOL) return false;
  return depends_on(expression->left, first) || depends_on(expression->right, first);
}

/* Whether the mapped operands are read at the result's own index (and are of its type, in the arena), or do not depend
 * on the dimensions from FIRST on. */
static bool operands_allow_joining(const coco_layer_signature *signature, const coco_entry_plan *plan, int64_t first) {
  const coco_operation *layer = signature->layer;
  size_t from = coco_lr_first_mapped(layer);
  const coco_attribute *maps = coco_operation_get(layer, COCO_STRING("maps"));
  for (size_t i = from; i < layer->operand_count; ++i) {
    const coco_affine_map *map = maps->elements[i - from]->map;
    if (signature->is_identity[i]) {
      if (signature->operand_types[i] != signature->result_type || !in_arena(plan, coco_operation_operand(layer, i)))
        return false;
      continue;
    }
    for (size_t j = 0; j < map->result_count; ++j) {
      if (depends_on(map->results[j], first)) return false;
    }
  }
  return true;
}

static void retype(coco_layer_signature *signature, const coco_type *from, const coco_type *to) {
  for (size_t i = 0; i < signature->layer->operand_count; ++i) {
    if (signature->operand_types[i] == from &&
        (signature->is_identity[i] || i < coco_lr_first_mapped(signature->layer)))
      signature->operand_types[i] = to;
  }
}

/* A map of equal layouts is a map of vectors: all elements in [pieces, elements / pieces]. */
static coco_status join_map(coco_layer_signature *signature, const coco_entry_plan *plan) {
  const coco_type *result = signature->result_type;
  if (has_halo(result) || result->rank == 0 || !operands_allow_joining(signature, plan, 0)) return COCO_OK;
  coco_context *context = signature->layer->context;
  const coco_type *memref = coco_lr_physical_memref(context, result);
  if (!memref) return COCO_OUT_OF_MEMORY;
  int64_t elements = coco_type_element_count(memref), pieces = 64;
  if (elements <= 0) return COCO_OK;
  while (pieces > 1 && elements % (pieces * COCO_LOOPS_LANES)) pieces /= 2;
  const coco_type *joined =
      coco_type_tensor(context, 2, (const int64_t[]){pieces, elements / pieces}, result->element, NULL);
  if (!joined) return COCO_OUT_OF_MEMORY;
  retype(signature, result, joined);
  signature->result_type = joined;
  return COCO_OK;
}

enum { MOST_ROWS = 32 };

/* As how many equal rows PIXELS are to be taken, in blocks of COLUMNS: rows are what runs in parallel, but their ends
 * cost blocks that are not full; a twentieth more blocks is allowed. */
static int64_t rows_of_pixels(int64_t pixels, int64_t columns) {
  int64_t best = 1, least = coco_ceil_divide(pixels, columns);
  for (int64_t rows = 2; rows <= MOST_ROWS && rows <= pixels; ++rows) {
    int64_t width = pixels / rows, blocks = rows * coco_ceil_divide(width, columns);
    if (pixels % rows == 0 && blocks * 20 <= least * 21) best = rows;
  }
  return best;
}

static const coco_type *in_rows(coco_context *context, const coco_type *type, int64_t rows) {
  return coco_type_tensor(
      context, 4, (const int64_t[]){type->shape[0], type->shape[1], rows, type->shape[2] * type->shape[3] / rows},
      type->element, type->encoding);
}

/* A 1x1 convolution of packed weights takes the image as rows of pixels of any length. */
static coco_status join_pixels(coco_layer_signature *signature, const coco_entry_plan *plan) {
  const coco_operation *layer = signature->layer;
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(layer, lr_conv, info));
  const coco_type *input = signature->operand_types[0], *result = signature->result_type;
  if (coco_string_is(COCO_PROPERTY(layer, lr_conv, storage)->text, "plain") || result->rank != 4 ||
      result->shape[2] == 1)
    return COCO_OK;
  if (!coco_window_is_pointwise(&info.window) || has_halo(input) || has_halo(result) ||
      coco_lr_layout_of(input).block != coco_lr_layout_of(result).block)
    return COCO_OK;
  if (!in_arena(plan, coco_operation_operand(layer, 0)) || !operands_allow_joining(signature, plan, 2)) return COCO_OK;
  int64_t columns = coco_lr_tuning_of(COCO_PROPERTY(layer, lr_conv, tuning)).columns;
  int64_t rows = rows_of_pixels(result->shape[2] * result->shape[3], columns > 0 ? columns : COCO_LOOPS_COLUMNS);
  const coco_type *joined_input = in_rows(layer->context, input, rows), *joined = in_rows(layer->context, result, rows);
  if (!joined_input || !joined) return COCO_OUT_OF_MEMORY;
  for (size_t i = 2; i < layer->operand_count; ++i) {
    if (signature->is_identity[i]) signature->operand_types[i] = joined;
  }
  signature->operand_types[0] = joined_input;
  signature->result_type = joined;
  return COCO_OK;
}

static bool has_patches(const coco_type *type) {
  const coco_lr_layout_info layout = coco_lr_layout_of(type);
  return coco_lr_layout_has_patches(&layout);
}

/* A change of layout between tensors without borders takes the image as rows of pixels too: of whole vectors where that
 * can be, else as one row. Patches depend on the extents, which stay then. */
static coco_status join_relayout(coco_layer_signature *signature, const coco_entry_plan *plan) {
  const coco_operation *layer = signature->layer;
  const coco_type *input = signature->operand_types[0], *result = signature->result_type;
  if (result->rank != 4 || result->shape[2] <= 1 || has_halo(input) || has_halo(result)) return COCO_OK;
  if (has_patches(input) || has_patches(result) || !in_arena(plan, coco_operation_operand(layer, 0))) return COCO_OK;
  int64_t pixels = result->shape[2] * result->shape[3], rows = MOST_ROWS;
  while (rows > 1 && pixels % (rows * COCO_LOOPS_LANES)) --rows;
  signature->operand_types[0] = in_rows(layer->context, input, rows);
  signature->result_type = in_rows(layer->context, result, rows);
  return signature->operand_types[0] && signature->result_type ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* ---- Signatures ---- */

static bool allocate(coco_layer_signature *signature, coco_arena *scratch) {
  size_t count = signature->layer->operand_count + 1;
  signature->operand_types = coco_arena_allocate_zeroed(scratch, count, sizeof *signature->operand_types);
  signature->is_identity = coco_arena_allocate_zeroed(scratch, count, sizeof *signature->is_identity);
  signature->argument_of = coco_arena_allocate_zeroed(scratch, count, sizeof *signature->argument_of);
  signature->arguments = coco_arena_allocate_zeroed(scratch, count, sizeof *signature->arguments);
  signature->argument_types = coco_arena_allocate_zeroed(scratch, count, sizeof *signature->argument_types);
  return signature->operand_types && signature->is_identity && signature->argument_of && signature->arguments &&
         signature->argument_types;
}

/* Where values lie, so that two that lie together are one argument. */
static bool same_memory(const coco_entry_plan *plan, const coco_value *a, const coco_value *b) {
  if (a == b) return true;
  const coco_place *left = coco_entry_plan_place(plan, a), *right = coco_entry_plan_place(plan, b);
  return left && right && left->kind == COCO_PLACE_ARENA && right->kind == COCO_PLACE_ARENA &&
         left->index == right->index && left->offset == right->offset;
}

static void add_argument(coco_layer_signature *signature, const coco_entry_plan *plan, size_t operand) {
  coco_value *value = coco_operation_operand(signature->layer, operand);
  const coco_value *result = coco_operation_result(signature->layer, 0);
  if (same_memory(plan, value, result)) {
    signature->argument_of[operand] = COCO_IS_OUTPUT;
    return;
  }
  for (uint32_t i = 0; i < signature->argument_count; ++i) {
    if (signature->argument_types[i] == signature->operand_types[operand] &&
        same_memory(plan, value, signature->arguments[i])) {
      signature->argument_of[operand] = i;
      return;
    }
  }
  signature->argument_of[operand] = signature->argument_count;
  signature->arguments[signature->argument_count] = value;
  signature->argument_types[signature->argument_count++] = signature->operand_types[operand];
}

coco_status coco_layer_signature_make(coco_operation *layer, const coco_entry_plan *plan, coco_arena *scratch,
                                      coco_layer_signature *out) {
  *out = (coco_layer_signature){.layer = layer, .result_type = coco_operation_result(layer, 0)->type};
  if (!allocate(out, scratch)) return COCO_OUT_OF_MEMORY;
  size_t first = coco_lr_first_mapped(layer);
  const coco_attribute *maps = first < layer->operand_count ? coco_operation_get(layer, COCO_STRING("maps")) : NULL;
  for (size_t i = 0; i < layer->operand_count; ++i) {
    const coco_type *type = coco_operation_operand(layer, i)->type;
    out->operand_types[i] = type;
    if (i >= first)
      out->is_identity[i] =
          type->rank == out->result_type->rank && coco_affine_map_is_identity(maps->elements[i - first]->map);
  }
  if (in_arena(plan, coco_operation_result(layer, 0))) {
    if (coco_operation_is(layer, &coco_lr_map)) COCO_TRY(join_map(out, plan));
    if (coco_operation_is(layer, &coco_lr_conv)) COCO_TRY(join_pixels(out, plan));
    if (coco_operation_is(layer, &coco_lr_relayout)) COCO_TRY(join_relayout(out, plan));
  }
  for (int constants = 0; constants < 2; ++constants) {
    for (size_t i = 0; i < layer->operand_count; ++i) {
      const coco_place *place = coco_entry_plan_place(plan, coco_operation_operand(layer, i));
      if ((place && place->kind == COCO_PLACE_CONSTANT) == constants) add_argument(out, plan, i);
    }
  }
  return COCO_OK;
}

static uint64_t hash_signature(const coco_layer_signature *signature) {
  const coco_operation *layer = signature->layer;
  uint64_t hash = coco_hash_pointer(layer->definition);
  for (size_t i = 0; i < layer->definition->attribute_count; ++i)
    hash = coco_hash_combine(hash, coco_hash_pointer(layer->properties[i]));
  for (size_t i = 0; i < layer->operand_count; ++i) {
    hash = coco_hash_combine(hash, coco_hash_pointer(signature->operand_types[i]));
    hash = coco_hash_combine(hash, signature->argument_of[i]);
  }
  return coco_hash_combine(hash, coco_hash_pointer(signature->result_type));
}

static bool same_value(const coco_pointer_map *map, coco_value *a, coco_value *b) {
  coco_value *known = coco_pointer_map_get(map, a);
  if (known) return known == b;
  const coco_attribute *constant = coco_value_constant(a);
  return constant && constant == coco_value_constant(b);
}

static coco_status map_regions(coco_pointer_map *map, const coco_operation *a, const coco_operation *b, bool *same);

/* Depth is that of lr's regions: a layer in a chain. */
static coco_status map_block(coco_pointer_map *map, const coco_block *a, const coco_block *b, bool *same) {
  for (size_t i = 0; i < a->argument_count && *same; ++i) {
    *same = a->arguments[i]->type == b->arguments[i]->type;
    COCO_TRY(coco_pointer_map_set(map, a->arguments[i], b->arguments[i]));
  }
  const coco_operation *left = a->first, *right = b->first;
  for (; left && right && *same; left = left->next, right = right->next) {
    *same = left->definition == right->definition && left->operand_count == right->operand_count &&
            left->result_count == right->result_count;
    for (size_t i = 0; *same && i < left->operand_count; ++i)
      *same = same_value(map, coco_operation_operand(left, i), coco_operation_operand(right, i));
    for (size_t i = 0; *same && i < left->definition->attribute_count; ++i)
      *same = left->properties[i] == right->properties[i];
    if (*same) COCO_TRY(map_regions(map, left, right, same));
    for (size_t i = 0; *same && i < left->result_count; ++i) {
      *same = coco_operation_result(left, i)->type == coco_operation_result(right, i)->type;
      COCO_TRY(coco_pointer_map_set(map, coco_operation_result(left, i), coco_operation_result(right, i)));
    }
  }
  *same = *same && !left && !right;
  return COCO_OK;
}

static coco_status map_regions(coco_pointer_map *map, const coco_operation *a, const coco_operation *b, bool *same) {
  if (a->region_count == 0) return COCO_OK;
  const coco_block *left = coco_operation_body(a, 0), *right = coco_operation_body(b, 0);
  *same = (!left && !right) || (left && right && left->argument_count == right->argument_count);
  return left && *same ? map_block(map, left, right, same) : COCO_OK;
}

static coco_status same_regions(const coco_operation *a, const coco_operation *b, bool *same) {
  coco_pointer_map map = {.allocator = coco_context_allocator(a->context)};
  coco_status status = map_regions(&map, a, b, same);
  coco_pointer_map_free(&map);
  return status;
}

static coco_status same_signature(const coco_layer_signature *a, const coco_layer_signature *b, bool *same) {
  const coco_operation *left = a->layer, *right = b->layer;
  *same = left->definition == right->definition && left->operand_count == right->operand_count &&
          a->result_type == b->result_type;
  for (size_t i = 0; *same && i < left->definition->attribute_count; ++i)
    *same = left->properties[i] == right->properties[i];
  for (size_t i = 0; *same && i < left->operand_count; ++i)
    *same = a->operand_types[i] == b->operand_types[i] && a->argument_of[i] == b->argument_of[i];
  return *same ? same_regions(left, right, same) : COCO_OK;
}

/* ---- Functions ---- */

typedef struct layer_builder {
  const coco_operation_definition *definition;
  void (*build)(coco_loops *loops);
} layer_builder;

static void build_conv(coco_loops *loops) {
  coco_string storage = COCO_PROPERTY(loops->layer, lr_conv, storage)->text;
  if (coco_string_is(storage, "plain"))
    coco_loops_conv(loops);
  else if (coco_string_is(storage, "depthwise"))
    coco_loops_conv_depthwise(loops);
  else if (coco_winograd_of_storage(storage))
    coco_loops_conv_winograd(loops);
  else if (coco_string_is(storage, "rows"))
    coco_loops_conv_rows(loops);
  else
    coco_loops_conv_direct(loops);
}

static const layer_builder builders[] = {
    {&coco_lr_pattern_conv, coco_loops_pattern_conv}, {&coco_lr_pointwise_conv, coco_loops_pointwise_conv},
    {&coco_lr_block_matmul, coco_loops_block_matmul}, {&coco_lr_block_conv, coco_loops_block_conv},
    {&coco_lr_conv, build_conv},         {&coco_lr_matmul, coco_loops_matmul}, {&coco_lr_window, coco_loops_window}, {&coco_lr_map, coco_loops_map},
    {&coco_lr_reduce, coco_loops_reduce}, {&coco_lr_move, coco_loops_move},     {&coco_lr_relayout, coco_loops_relayout},
    {&coco_lr_gather, coco_loops_gather},  {&coco_lr_scatter, coco_loops_scatter}, {&coco_lr_chain, coco_loops_chain},
};

static coco_status build_body(coco_layer_cache *cache, const coco_layer_signature *signature, coco_block *entry) {
  coco_operation *layer = signature->layer;
  coco_context *context = layer->context;
  size_t count = layer->operand_count, first = coco_lr_first_mapped(layer);
  const coco_attribute *maps = first < count ? coco_operation_get(layer, COCO_STRING("maps")) : NULL;
  coco_loops loops = {.context = context,
                      .scratch = cache->scratch,
                      .builder = coco_builder_at_end(context, entry, layer->location),
                      .layer = layer,
                      .figures = &cache->figures,
                      .is_short = coco_schedule_is_short(&cache->figures, layer),
                      .entry = entry,
                      .constants = {.allocator = coco_context_allocator(context)}};
  loops.operands = coco_arena_allocate_zeroed(cache->scratch, count + 1, sizeof *loops.operands);
  loops.maps = coco_arena_allocate_zeroed(cache->scratch, count + 1, sizeof *loops.maps);
  if (!loops.operands || !loops.maps) return COCO_OUT_OF_MEMORY;
  loops.output = coco_view_make(entry->arguments[signature->argument_count], signature->result_type);
  if (entry->argument_count > signature->argument_count + 1)
    loops.workspace = entry->arguments[signature->argument_count + 1];
  for (size_t i = 0; i < count; ++i) {
    uint32_t argument =
        signature->argument_of[i] == COCO_IS_OUTPUT ? signature->argument_count : signature->argument_of[i];
    loops.operands[i] = coco_view_make(entry->arguments[argument], signature->operand_types[i]);
    if (i >= first && !signature->is_identity[i]) loops.maps[i] = maps->elements[i - first]->map;
  }
  void (*build)(coco_loops *) = NULL;
  for (size_t i = 0; i < sizeof builders / sizeof *builders; ++i) {
    if (builders[i].definition == layer->definition) build = builders[i].build;
  }
  if (!build) {
    coco_builder_fail(&loops.builder, COCO_INVALID_ARGUMENT); /* every layer has its line above */
  } else {
    build(&loops);
    coco_build(&loops.builder, &(coco_operation_state){.definition = &coco_func_return});
  }
  coco_pointer_map_free(&loops.constants);
  coco_vector_free(coco_context_allocator(context), &loops.products);
  return loops.builder.status;
}

static coco_status make_function(coco_layer_cache *cache, const coco_layer_signature *signature, coco_operation *anchor,
                                 coco_operation **out) {
  coco_operation *layer = signature->layer;
  coco_context *context = layer->context;
  const coco_type **types = coco_arena_allocate(cache->scratch, (signature->argument_count + 2) * sizeof *types);
  if (!types) return COCO_OUT_OF_MEMORY;
  for (uint32_t i = 0; i <= signature->argument_count; ++i) {
    const coco_type *tensor = i < signature->argument_count ? signature->argument_types[i] : signature->result_type;
    if (!(types[i] = coco_lr_physical_memref(context, tensor))) return COCO_OUT_OF_MEMORY;
  }
  size_t count = signature->argument_count + 1;
  if (coco_lr_workspace(layer)) {
    if (!(types[count++] = coco_lr_workspace_memref(layer))) return COCO_OUT_OF_MEMORY;
  }
  coco_string name;
  COCO_TRY(coco_layer_unique_name(cache, coco_location_layer(layer->location), "layer", &name));
  const coco_type *type = coco_type_function(context, types, count, NULL, 0);
  const coco_attribute *type_attribute = type ? coco_attribute_type(context, type) : NULL,
                       *symbol = coco_attribute_string(context, name);
  const coco_attribute *visibility = coco_attribute_string(context, COCO_STRING("private"));
  if (!type_attribute || !symbol || !visibility) return COCO_OUT_OF_MEMORY;
  coco_builder builder = coco_builder_before(anchor);
  builder.location = layer->location;
  coco_operation *function = coco_build(
      &builder, &(coco_operation_state){.definition = &coco_func_func,
                                        COCO_WITH_ATTRIBUTES(COCO_NAMED("sym_name", symbol), COCO_NAMED("function_type", type_attribute), COCO_NAMED("sym_visibility", visibility))});
  coco_block *entry = coco_build_block(&builder, function, 0, types, count);
  COCO_TRY(builder.status);
  *out = function;
  return build_body(cache, signature, entry);
}

coco_status coco_layer_function(coco_layer_cache *cache, const coco_layer_signature *signature, coco_operation *anchor,
                                coco_operation **out) {
  uint64_t hash = hash_signature(signature);
  for (size_t i = 0; i < cache->entries.count; ++i) {
    bool same = false;
    if (cache->entries.items[i].hash != hash) continue;
    COCO_TRY(same_signature(&cache->entries.items[i].signature, signature, &same));
    if (same) {
      *out = cache->entries.items[i].function;
      return COCO_OK;
    }
  }
  COCO_TRY(make_function(cache, signature, anchor, out));
  coco_layer_entry entry = {hash, *signature, *out};
  return coco_vector_push(coco_context_allocator(cache->module->context), &cache->entries, entry);
}

/* ---- Names ---- */

coco_status coco_layer_unique_name(coco_layer_cache *cache, coco_string name, const char *fallback, coco_string *out) {
  enum { ROOM = 24 };
  if (name.size == 0) name = coco_string_from(fallback);
  char *text = coco_arena_allocate(cache->scratch, name.size + ROOM);
  if (!text) return COCO_OUT_OF_MEMORY;
  size_t size = 0;
  if (name.data[0] >= '0' && name.data[0] <= '9') text[size++] = '_';
  for (size_t i = 0; i < name.size; ++i) {
    char c = name.data[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    text[size++] = plain ? c : '_';
  }
  size_t base = size;
  for (uint64_t number = 1; coco_string_map_get(&cache->names, (coco_string){text, size}); ++number) {
    char digits[ROOM];
    size_t count = 0;
    for (uint64_t rest = number; rest; rest /= 10) digits[count++] = (char)('0' + rest % 10);
    size = base;
    text[size++] = '_';
    while (count) text[size++] = digits[--count];
  }
  *out = (coco_string){text, size};
  return coco_string_map_set(&cache->names, *out, cache);
}

void coco_layer_cache_free(coco_layer_cache *cache) {
  coco_vector_free(coco_context_allocator(cache->module->context), &cache->entries);
  coco_string_map_free(&cache->names);
}
