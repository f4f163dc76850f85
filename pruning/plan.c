/* See plan.h. A plan is made in three steps: each layer's scheme, the sets that the schemes need, and the attributes. */
#include "pruning/plan.h"

#include <math.h>
#include <stdio.h>

#include "dialects/pattern/pattern.h"

/* ---- Each layer ---- */

/* How many entries a kernel keeps when nobody says it; 0: no number is usual. */
static size_t usual_entries(const coco_layer *layer) {
  if (layer->height != layer->width) return 0;
  return layer->height == 3 || layer->height == 4 ? 4 : layer->height == 5 ? 8 : layer->height == 7 ? 12 : 0;
}

static size_t entries_of(const coco_layer *layer, const coco_prune_options *options) {
  if (options->entries) return options->entries;
  if (options->mask_count && layer->height == 3 && layer->width == 3) return coco_mask_entries((uint64_t)options->masks[0]);
  return usual_entries(layer);
}

static coco_prune_scheme network_scheme(const coco_layer *layer, const coco_prune_options *options) {
  coco_prune_scheme scheme = {.kind = options->kind, .rate = options->rate, .balance = options->balance, .span = options->span};
  memcpy(scheme.block, options->block, sizeof scheme.block);
  if (layer->kind == COCO_LAYER_MATRIX) {
    scheme.kind = COCO_PRUNE_BLOCKS;
    scheme.rate = options->matrix_rate;
    scheme.block[0] = 16, scheme.block[1] = 1;
  } else if (layer->kind == COCO_LAYER_POINTWISE) {
    if (scheme.kind == COCO_PRUNE_PATTERN) scheme.kind = COCO_PRUNE_CONNECTIVITY;
    if (options->pointwise_rate > 0) scheme.rate = options->pointwise_rate;
    if (options->share > 1) {
      scheme.kind = COCO_PRUNE_BLOCKS;
      scheme.block[0] = options->share, scheme.block[1] = 1;
    }
  } else if (layer->kind == COCO_LAYER_DEPTHWISE) {
    scheme.rate = 1; /* a kernel less would be a channel less */
    scheme.balance = COCO_BALANCE_NONE;
  }
  return scheme;
}

static void apply_override(coco_planned_layer *planned, const coco_prune_override *override) {
  coco_prune_scheme *scheme = &planned->scheme;
  const bool depthwise = planned->layer.kind == COCO_LAYER_DEPTHWISE; /* keeps all kernels, whatever the rate */
  if (override->has_kind) scheme->kind = override->kind;
  if (override->has_balance) scheme->balance = override->balance;
  if (override->rate > 0 && !depthwise) scheme->rate = override->rate;
  if (override->span) scheme->span = override->span;
  if (override->block[0]) memcpy(scheme->block, override->block, sizeof scheme->block);
  if (override->entries) planned->entries = (size_t)override->entries;
}

/* Leaves out what the kind of scheme does not have. */
static void tidy(coco_prune_scheme *scheme) {
  if (scheme->kind == COCO_PRUNE_BLOCKS) scheme->balance = COCO_BALANCE_NONE;
  if (scheme->kind != COCO_PRUNE_BLOCKS) scheme->block[0] = scheme->block[1] = 0;
  if (scheme->balance != COCO_BALANCE_RUNS) scheme->span = 0;
}

static const char *reason_against(const coco_planned_layer *planned) {
  const coco_layer *layer = &planned->layer;
  const coco_prune_scheme *scheme = &planned->scheme;
  const size_t positions = coco_layer_positions(layer);
  if (positions >= COCO_KERNEL_MAXIMUM_POSITIONS) return "its kernels have more than 63 positions";
  if (layer->kind == COCO_LAYER_DEPTHWISE && (scheme->kind != COCO_PRUNE_PATTERN || scheme->rate > 1))
    return "depthwise: a kernel less is a channel less";
  if (scheme->kind != COCO_PRUNE_PATTERN) return scheme->rate > 1 ? NULL : "nothing is to be removed";
  if (!planned->entries) return "no number of entries is usual for its kernels";
  if (planned->entries >= positions) return scheme->rate > 1 ? "its kernels have too few positions for patterns" : "nothing is to be removed";
  return NULL;
}

/* Notes which lines say something that the layer's kind of scheme has. */
static void note_use(coco_prune_override *override, const coco_prune_scheme *scheme) {
  override->block_used |= scheme->kind == COCO_PRUNE_BLOCKS;
  override->span_used |= scheme->balance == COCO_BALANCE_RUNS;
}

static void choose_layer(coco_planned_layer *planned, const coco_prune_options *options, coco_prune_override *overrides,
                         size_t override_count) {
  const coco_layer *layer = &planned->layer;
  const coco_string name = coco_location_layer(layer->operation->location);
  bool named = false, skip = false;
  planned->scheme = network_scheme(layer, options);
  planned->entries = entries_of(layer, options);
  for (size_t i = 0; i < override_count; ++i) {
    if (!coco_prune_matches(overrides[i].name, name)) continue;
    overrides[i].matched = true;
    named = !overrides[i].skip; /* the last line that matches says whether */
    skip = overrides[i].skip;
    apply_override(planned, &overrides[i]);
  }
  tidy(&planned->scheme);
  for (size_t i = 0; i < override_count; ++i)
    if (coco_prune_matches(overrides[i].name, name)) note_use(&overrides[i], &planned->scheme);
  if (layer->unusable)
    planned->reason = layer->unusable;
  else if (skip)
    planned->reason = "skipped by the override file";
  else if (layer->first && !options->first && !named)
    planned->reason = "first layer: few kernels, and sensitive";
  else
    planned->reason = reason_against(planned);
  planned->chosen = !planned->reason;
}

/* Leaves out a layer that is all zeros, which has nothing to choose by; one with a weight that is no finite number is a
 * mistake, as it has no energy. */
static coco_status look_at_weights(coco_planned_layer *planned, coco_arena *scratch) {
  const coco_layer *layer = &planned->layer;
  coco_kernels kernels;
  bool all_zero = true;
  if (!planned->chosen) return COCO_OK;
  COCO_TRY(coco_layer_read(layer, layer->weights, scratch, &kernels));
  for (size_t f = 0; f < layer->filters; ++f)
    for (size_t c = 0; c < layer->channels; ++c) {
      const float *kernel = coco_kernel_at(&kernels, f, c);
      for (size_t i = 0; i < kernels.positions; ++i) {
        if (!isfinite(kernel[i]))
          return coco_operation_error(layer->operation, "has a weight that is no finite number: filter %zu, channel %zu", f, c);
        all_zero = all_zero && kernel[i] == 0;
      }
    }
  if (all_zero) planned->chosen = false, planned->reason = "its weights are all zero";
  return COCO_OK;
}

/* Each line names a layer, and says nothing that all of its layers would do without. */
static coco_status check_overrides(const coco_operation *module, const coco_prune_options *options,
                                   const coco_prune_override *overrides, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const coco_prune_override *line = &overrides[i];
    const char *wrong = !line->matched                           ? "is the name of no layer"
                        : line->block[0] && !line->block_used    ? "has no layer of scheme=blocks, which block is for"
                        : line->span && !line->span_used         ? "has no layer of balance=runs, which span is for"
                                                                 : NULL;
    if (wrong)
      return coco_error(module->context, options->overrides_location ? line->location : module->location,
                        "line %lld of the overrides: '%.*s' %s", (long long)line->line, COCO_PRINT(line->name), wrong);
  }
  return COCO_OK;
}

static coco_status choose_layers(coco_operation *module, const coco_prune_options *options, coco_arena *arena,
                                 coco_prune_plan *plan) {
  coco_prune_override *overrides;
  coco_layers layers;
  size_t override_count;
  COCO_TRY(coco_prune_read_overrides(module->context, options->overrides_location, options->overrides, arena, &overrides, &override_count));
  COCO_TRY(coco_find_layers(module, arena, &layers));
  *plan = (coco_prune_plan){.items = coco_arena_allocate_zeroed(arena, layers.count + 1, sizeof *plan->items), .count = layers.count};
  if (!plan->items) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < layers.count; ++i) {
    plan->items[i].layer = layers.items[i];
    coco_arena scratch = {.allocator = coco_context_allocator(module->context)};
    choose_layer(&plan->items[i], options, overrides, override_count);
    const coco_status status = look_at_weights(&plan->items[i], &scratch);
    coco_arena_destroy(&scratch);
    COCO_TRY(status);
    plan->chosen += plan->items[i].chosen;
  }
  return check_overrides(module, options, overrides, override_count);
}

/* ---- Sets ---- */

static bool needs_set(const coco_planned_layer *planned) { return planned->chosen && planned->scheme.kind == COCO_PRUNE_PATTERN; }

static bool shares_set(const coco_planned_layer *a, const coco_planned_layer *b) {
  return needs_set(a) && needs_set(b) && a->layer.height == b->layer.height && a->layer.width == b->layer.width &&
         a->entries == b->entries;
}

static bool is_given(const coco_planned_layer *planned, const coco_prune_options *options) {
  return options->mask_count && planned->layer.height == 3 && planned->layer.width == 3 &&
         planned->entries == coco_mask_entries((uint64_t)options->masks[0]);
}

/* The masks of the set that PLANNED and all like it use. */
static coco_status choose_masks(const coco_prune_plan *plan, const coco_planned_layer *planned, const coco_prune_options *options,
                                coco_arena *scratch, uint64_t *masks, size_t *out_count) {
  if (is_given(planned, options)) {
    *out_count = options->mask_count;
    memcpy(masks, options->masks, options->mask_count * sizeof *masks);
    return COCO_OK;
  }
  const coco_layer *layer = &planned->layer;
  const coco_pattern_choice choice = {.count = options->patterns,
                                      .entries = planned->entries,
                                      .forced = coco_kernel_centre(layer->height, layer->width),
                                      .method = options->method_given        ? options->method
                                                : coco_layer_positions(layer) > 9 ? COCO_PATTERNS_BY_COVERAGE
                                                                                  : COCO_PATTERNS_BY_FREQUENCY,
                                      .rate = planned->scheme.rate};
  coco_kernels *kernels = coco_arena_allocate_zeroed(scratch, plan->count, sizeof *kernels);
  size_t count = 0;
  if (!kernels) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < plan->count; ++i)
    if (shares_set(planned, &plan->items[i]))
      COCO_TRY(coco_layer_read(&plan->items[i].layer, plan->items[i].layer.weights, scratch, &kernels[count++]));
  COCO_TRY(coco_choose_patterns(kernels, count, &choice, scratch->allocator, masks, out_count));
  return *out_count ? COCO_OK : COCO_INVALID_ARGUMENT; /* a layer of zeros alone is not chosen */
}

/* A name that no symbol of MODULE has. */
static const coco_attribute *set_name(coco_operation *module, const coco_planned_layer *planned) {
  char base[64], text[96];
  const bool usual = planned->entries == usual_entries(&planned->layer);
  snprintf(base, sizeof base, usual ? "patterns_%zux%zu" : "patterns_%zux%zu_of_%zu", planned->layer.height, planned->layer.width,
           planned->entries);
  snprintf(text, sizeof text, "%s", base);
  for (int i = 1; coco_symbol_lookup_in(module, coco_string_from(text)); ++i) snprintf(text, sizeof text, "%s_%d", base, i);
  return coco_attribute_string(module->context, coco_string_from(text));
}

static coco_status build_set(coco_operation *module, const coco_planned_layer *planned, const uint64_t *masks, size_t count,
                             const coco_attribute **out_symbol) {
  const int64_t extents[2] = {(int64_t)planned->layer.height, (int64_t)planned->layer.width};
  int64_t values[COCO_PATTERN_MAXIMUM_COUNT];
  for (size_t i = 0; i < count; ++i) values[i] = (int64_t)masks[i];
  coco_context *context = module->context;
  const coco_attribute *name = set_name(module, planned), *kernel = coco_attribute_i64_array(context, extents, 2),
                       *list = coco_attribute_i64_array(context, values, count);
  if (!name || !kernel || !list) return COCO_OUT_OF_MEMORY;
  coco_block *body = coco_operation_body(module, 0);
  coco_builder builder = coco_builder_at_end(context, body, module->location);
  if (body->first) coco_builder_to_before(&builder, body->first);
  coco_build(&builder, &(coco_operation_state){.definition = &coco_pattern_set,
                                               COCO_WITH_ATTRIBUTES(COCO_NAMED("sym_name", name), COCO_NAMED("kernel", kernel),
                                                                    COCO_NAMED("masks", list))});
  *out_symbol = coco_attribute_symbol(context, name->text);
  return builder.status != COCO_OK ? builder.status : *out_symbol ? COCO_OK : COCO_OUT_OF_MEMORY;
}

static coco_status choose_sets(coco_operation *module, const coco_prune_options *options, coco_prune_plan *plan) {
  coco_arena scratch = {.allocator = coco_context_allocator(module->context)};
  coco_status status = COCO_OK;
  for (size_t i = 0; i < plan->count && status == COCO_OK; ++i) {
    uint64_t masks[COCO_PATTERN_MAXIMUM_COUNT];
    size_t count;
    const coco_attribute *symbol = NULL;
    if (!needs_set(&plan->items[i]) || plan->items[i].scheme.set) continue;
    status = choose_masks(plan, &plan->items[i], options, &scratch, masks, &count);
    if (status == COCO_OK) status = build_set(module, &plan->items[i], masks, count, &symbol);
    for (size_t k = i; k < plan->count && status == COCO_OK; ++k)
      if (shares_set(&plan->items[i], &plan->items[k])) plan->items[k].scheme.set = symbol;
    coco_arena_reset(&scratch);
  }
  coco_arena_destroy(&scratch);
  return status;
}

/* ---- Attributes ---- */

static coco_status attach(const coco_planned_layer *planned) {
  coco_operation *operation = planned->layer.operation;
  const coco_attribute *scheme = NULL;
  if (planned->chosen && !(scheme = coco_prune_scheme_attribute(operation->context, &planned->scheme))) return COCO_OUT_OF_MEMORY;
  return coco_operation_set(operation, COCO_PRUNE_SCHEME, scheme);
}

static coco_status check_given_masks(coco_operation *module, const coco_prune_options *options) {
  for (size_t i = 0; i < options->mask_count; ++i) {
    const int64_t mask = options->masks[i];
    if (options->mask_count > COCO_PATTERN_MAXIMUM_COUNT || mask < 1 || mask > 511 ||
        coco_mask_entries((uint64_t)mask) != coco_mask_entries((uint64_t)options->masks[0]))
      return coco_error(module->context, module->location,
                        "the masks must be from 1 to 511, at most %d of them, and have one number of bits", COCO_PATTERN_MAXIMUM_COUNT);
    for (size_t k = 0; k < i; ++k)
      if (options->masks[k] == mask) return coco_error(module->context, module->location, "the mask %lld is given twice", (long long)mask);
  }
  return COCO_OK;
}

coco_status coco_prune_make_plan(coco_operation *module, const coco_prune_options *options, coco_arena *arena, coco_prune_plan *out) {
  COCO_TRY(check_given_masks(module, options));
  COCO_TRY(choose_layers(module, options, arena, out));
  if (!out->chosen && !options->may_choose_none)
    return coco_error(module->context, module->location, "no layer of the network is to be pruned");
  COCO_TRY(choose_sets(module, options, out));
  for (size_t i = 0; i < out->count; ++i) COCO_TRY(attach(&out->items[i]));
  return COCO_OK;
}
