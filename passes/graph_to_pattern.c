/* graph-to-pattern: finds patterns and empty kernels in the zeros of constant weights; such a graph.conv becomes a
 * pattern.conv.
 *
 *   conv(x, w, b) = pattern.conv(x, fkw(w), b), where the kernels of w lie within the masks of a set
 *
 * No metadata is needed. A layer's patterns are its largest supports (sets of positions that are not zero), which must
 * be few and of one size; smaller supports lie within one of them, or within masks that are made for them. Layers of
 * one kernel and one size share a set, as long as it stays small. A pattern.set that the module has already is
 * preferred where it covers a layer. Where there are no patterns, a layer with enough empty kernels has the full mask:
 * connectivity alone, which is what a 1x1 kernel can have. Layers of several groups, whose dense code is slower, have
 * limits of their own. Dense layers stay, but for those of few input channels whose result goes to a converted one: the
 * full mask spares them a change of layout, which costs as much as such a layer. Results change by roundings: the order
 * of sums.
 *
 * Runs before graph-fuse, and after what finds larger structures (graph-to-blocks) or makes smaller layers. Cost:
 * linear in the weights, times the masks; and that of the filter reorder. */
#include <stdio.h>

#include "dialects/graph/graph.h"
#include "passes/passes.h"
#include "passes/pattern_layers.h"

enum { MAX_DENSITY, MAX_PATTERNS, SPAN, REORDER, GROUPED_DENSITY, GROUPED_SAVED, FEW_CHANNELS };
static const coco_option_row options[] = {
    {"max-density", COCO_OPTION_COUNT, "60", "The percentage of multiplications up to which a layer is converted."},
    {"max-patterns", COCO_OPTION_COUNT, "64", "The largest set of patterns to find."},
    {"span", COCO_OPTION_COUNT, "0",
     "Input channels of one channel group, whose input should stay in the first cache. 0: 32."},
    {"reorder", COCO_OPTION_BOOL, "true", "Put filters of one length and alike ones side by side."},
    {"grouped-max-density", COCO_OPTION_COUNT, "60", "The same as max-density for layers of several groups."},
    {"grouped-least-saved", COCO_OPTION_COUNT, "0",
     "How many multiplications for each output a layer of several groups is to be spared at least; a quarter where it "
     "has a stride."},
    {"few-channels", COCO_OPTION_COUNT, "0",
     "Dense layers of at most so many input channels are converted, too, where a converted one reads what they make."},
};
enum { CONVERTED, KEPT, ALL, SETS };
static const char *const statistics[] = {"convolutions converted", "kernels kept in them", "kernels in them",
                                         "sets made"};

enum { LIMIT = 512 }; /* of max-patterns */

/* A set to be, or one that the module has. */
typedef struct set {
  struct set *next;
  const coco_attribute *kernel, *symbol;
  coco_operation *operation; /* NULL: not made yet */
  uint32_t count, positions, entries;
  uint64_t masks[LIMIT];
} set;

/* A convolution with constant weights, and its largest supports. */
typedef struct layer {
  struct layer *next;
  coco_operation *conv;
  const coco_attribute *kernel;
  const float *weights;
  set *set;
  size_t kernels, kept;
  uint32_t filters, channels, group, positions, entries, support_count;
  uint64_t supports[LIMIT]; /* support_count of them; LIMIT + 1 says too many */
} layer;

typedef struct search {
  coco_pass *pass;
  coco_operation *module;
  layer *layers, **last_layer;
  set *sets, **last_set;
  uint32_t limit;
} search;

/* ---- Looking at layers ---- */

static void add_support(layer *l, uint64_t support, uint32_t limit) {
  const uint32_t bits = (uint32_t)__builtin_popcountll(support);
  if (bits < l->entries) return;
  if (bits > l->entries) l->entries = bits, l->support_count = 0;
  if (l->support_count > limit) return;
  for (uint32_t i = 0; i < l->support_count; ++i)
    if (l->supports[i] == support) return;
  if (l->support_count < limit)
    l->supports[l->support_count++] = support;
  else
    l->support_count = limit + 1;
}

/* Whether CONV is of a kind that has a compact form. */
static bool is_candidate(const coco_operation *conv) {
  const coco_type *input = conv->operands[0].value->type, *weight = conv->operands[1].value->type;
  const int64_t count = coco_type_element_count(weight);
  if (input->shape[1] == COCO_DYNAMIC || count < 1 || count > INT32_MAX || weight->shape[0] > COCO_FKW_MAX_EXTENT)
    return false;
  return count / weight->shape[0] / weight->shape[1] <= COCO_FKW_MAX_POSITIONS;
}

static coco_status look_at(coco_pass *pass, coco_operation *conv, void *user) {
  search *s = user;
  const float *weights;
  if (!coco_operation_is(conv, &coco_graph_conv) || !is_candidate(conv)) return COCO_OK;
  COCO_TRY(coco_constant_floats(conv->operands[1].value, pass->scratch, &weights));
  if (!weights) return COCO_OK;
  const coco_type *type = conv->operands[1].value->type;
  layer *l = coco_arena_allocate_zeroed(pass->scratch, 1, sizeof *l);
  if (!l) return COCO_OUT_OF_MEMORY;
  *s->last_layer = l, s->last_layer = &l->next;
  l->conv = conv, l->weights = weights;
  l->kernel = coco_attribute_i64_array(pass->context, type->shape + 2, type->rank - 2);
  l->filters = (uint32_t)type->shape[0], l->channels = (uint32_t)type->shape[1];
  l->group = (uint32_t)coco_property_integer(COCO_PROPERTY(conv, graph_conv, group), 1);
  l->kernels = (size_t)l->filters * l->channels;
  l->positions = (uint32_t)((size_t)coco_type_element_count(type) / l->kernels);
  for (size_t i = 0; i < l->kernels; ++i) {
    const uint64_t support = coco_fkw_support(weights + i * l->positions, l->positions);
    if (!support) continue;
    ++l->kept;
    add_support(l, support, s->limit);
  }
  return l->kernel ? COCO_OK : COCO_OUT_OF_MEMORY;
}

static bool is_sparse(const search *s, const layer *l, uint32_t entries) {
  const double left = (double)l->kept * entries, all = (double)l->kernels * l->positions;
  const coco_option_value *given = s->pass->options;
  /* Dense code of groups has no vectors where there is a stride. */
  const coco_attribute *strides = COCO_PROPERTY(l->conv, graph_conv, strides);
  const bool strided = coco_attribute_i64s(strides)[strides->count - 1] > 1;
  const double least = (double)given[GROUPED_SAVED].integer / (strided ? 4 : 1);
  if (l->group == 1) return left * 100 <= all * (double)given[MAX_DENSITY].integer;
  return left * 100 <= all * (double)given[GROUPED_DENSITY].integer && all - left >= least * l->filters;
}

/* ---- Sets ---- */

static coco_status add_set(search *s, const layer *like, uint32_t entries, set **out) {
  *out = coco_arena_allocate_zeroed(s->pass->scratch, 1, sizeof **out);
  if (!*out) return COCO_OUT_OF_MEMORY;
  **out = (set){.kernel = like->kernel, .positions = like->positions, .entries = entries};
  *s->last_set = *out, s->last_set = &(*out)->next;
  return COCO_OK;
}

static coco_status add_existing_sets(search *s) {
  coco_block *body = coco_operation_body(s->module, 0);
  for (coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next) {
    if (!coco_operation_is(operation, &coco_pattern_set)) continue;
    const coco_fkw_set masks = coco_pattern_set_masks(operation);
    set *made;
    if (masks.count > LIMIT) continue;
    COCO_TRY(add_set(s, &(layer){.kernel = COCO_PROPERTY(operation, pattern_set, kernel), .positions = masks.positions},
                     masks.entries, &made));
    made->operation = operation, made->count = masks.count;
    made->symbol = coco_attribute_symbol(s->pass->context, coco_symbol_name(operation));
    for (uint32_t i = 0; i < masks.count; ++i) made->masks[i] = masks.masks[i];
    if (!made->symbol) return COCO_OUT_OF_MEMORY;
  }
  return COCO_OK;
}

static bool covers(const set *of, uint64_t support) {
  for (uint32_t i = 0; i < of->count; ++i)
    if ((support & ~of->masks[i]) == 0) return true;
  return false;
}

/* Every kernel lies within a mask. */
static bool covers_layer(const set *of, const layer *l) {
  if (of->kernel != l->kernel) return false;
  for (size_t i = 0; i < l->kernels; ++i)
    if (!covers(of, coco_fkw_support(l->weights + i * l->positions, l->positions))) return false;
  return true;
}

/* Adds COUNT masks; false, and nothing changed, when the set would become too large. */
static bool join(set *to, const uint64_t *masks, uint32_t mask_count, uint32_t limit) {
  uint32_t count = to->count;
  for (uint32_t i = 0; i < mask_count; ++i) {
    bool known = false;
    for (uint32_t k = 0; k < count && !known; ++k) known = to->masks[k] == masks[i];
    if (known) continue;
    if (count == limit) return false;
    to->masks[count++] = masks[i];
  }
  to->count = count;
  return true;
}

/* The distinct supports that no mask of OF covers, the largest first; LIMIT at most, *out_count is more
 * when there are. */
static void list_uncovered(const set *of, const layer *l, uint64_t *list, uint32_t *out_count) {
  uint32_t count = 0;
  for (size_t i = 0; i < l->kernels && count <= LIMIT; ++i) {
    const uint64_t support = coco_fkw_support(l->weights + i * l->positions, l->positions);
    bool known = !support || covers(of, support);
    for (uint32_t k = 0; k < count && !known; ++k) known = list[k] == support;
    if (known) continue;
    if (count == LIMIT) {
      *out_count = LIMIT + 1;
      return;
    }
    uint32_t at = count++;
    for (; at > 0 && __builtin_popcountll(list[at - 1]) < __builtin_popcountll(support); --at) list[at] = list[at - 1];
    list[at] = support;
  }
  *out_count = count;
}

/* Adds masks for the supports that none covers: each with as many others as fit into it, then with the first positions
 * that are free. */
static coco_status complete(const search *s, set *of, const layer *l) {
  uint64_t *list = coco_arena_allocate(s->pass->scratch, LIMIT * sizeof *list);
  uint32_t count;
  if (!list) return COCO_OUT_OF_MEMORY;
  list_uncovered(of, l, list, &count);
  if (count > LIMIT) return COCO_OK;
  for (uint32_t i = 0; i < count && of->count < s->limit; ++i) {
    uint64_t mask = list[i];
    if (covers(of, mask)) continue;
    for (uint32_t k = i + 1; k < count; ++k)
      if ((uint32_t)__builtin_popcountll(mask | list[k]) <= of->entries && !covers(of, list[k])) mask |= list[k];
    for (uint32_t p = 0; (uint32_t)__builtin_popcountll(mask) < of->entries; ++p) mask |= UINT64_C(1) << p;
    of->masks[of->count++] = mask;
  }
  return COCO_OK;
}

/* The set of the layer's patterns; a layer without stays without a set. */
static coco_status find_patterns(search *s, layer *l) {
  if (l->support_count == 0 || l->support_count > s->limit || l->entries == l->positions ||
      !is_sparse(s, l, l->entries))
    return COCO_OK;
  const set own = {.kernel = l->kernel, .count = 0, .positions = l->positions, .entries = l->entries};
  set *mine = coco_arena_copy_bytes(s->pass->scratch, &own, sizeof own);
  if (!mine) return COCO_OUT_OF_MEMORY;
  if (!join(mine, l->supports, l->support_count, s->limit)) return COCO_OK;
  COCO_TRY(complete(s, mine, l));
  if (!covers_layer(mine, l)) return COCO_OK;
  for (set *other = s->sets; other; other = other->next)
    if (!other->operation && other->kernel == l->kernel && other->entries == l->entries &&
        join(other, mine->masks, mine->count, s->limit)) {
      l->set = other;
      return COCO_OK;
    }
  COCO_TRY(add_set(s, l, l->entries, &l->set));
  join(l->set, mine->masks, mine->count, s->limit);
  return COCO_OK;
}

static coco_status set_full_mask(search *s, layer *l) {
  const uint64_t full = (UINT64_C(1) << l->positions) - 1;
  for (set *other = s->sets; other; other = other->next)
    if (other->kernel == l->kernel && other->entries == l->positions) {
      l->set = other;
      return COCO_OK;
    }
  COCO_TRY(add_set(s, l, l->positions, &l->set));
  l->set->masks[l->set->count++] = full;
  return COCO_OK;
}

static coco_status find_set(search *s, layer *l) {
  for (set *given = s->sets; given; given = given->next) {
    if (!given->operation || given->entries == l->positions || (l->set && l->set->entries <= given->entries)) continue;
    if (is_sparse(s, l, given->entries) && covers_layer(given, l)) l->set = given;
  }
  if (l->set) return COCO_OK;
  COCO_TRY(find_patterns(s, l));
  return l->set || !is_sparse(s, l, l->positions) ? COCO_OK : set_full_mask(s, l);
}

/* Whether a layer with a set reads VALUE, or what elementwise operations and pooling make of it. */
static bool goes_to_patterns(const search *s, const coco_value *value, int depth) {
  for (const coco_use *use = depth > 0 ? value->first_use : NULL; use; use = use->next) {
    const coco_operation *user = use->owner;
    for (const layer *l = s->layers; l; l = l->next)
      if (l->conv == user && l->set) return true;
    const bool passes_on = coco_graph_is_elementwise(user) || coco_operation_is(user, &coco_graph_max_pool);
    if (passes_on && goes_to_patterns(s, &user->results[0], depth - 1)) return true;
  }
  return false;
}

static coco_status find_whole_kernels(search *s, layer *l) {
  enum { DEPTH = 4 };
  const int64_t few = s->pass->options[FEW_CHANNELS].integer;
  if (l->set || l->group > 1 || l->channels > few || l->positions == 1) return COCO_OK;
  return goes_to_patterns(s, &l->conv->results[0], DEPTH) ? set_full_mask(s, l) : COCO_OK;
}

/* "patterns_3x3_4", and a number where the module has that already. */
static coco_status name_set(search *s, set *of) {
  char text[128];
  const int64_t *extents = coco_attribute_i64s(of->kernel);
  for (uint32_t number = 0;; ++number) {
    int length = snprintf(text, sizeof text, "patterns_");
    for (size_t i = 0; i < of->kernel->count; ++i)
      length += snprintf(text + length, sizeof text - (size_t)length, "%s%lld", i ? "x" : "", (long long)extents[i]);
    length += snprintf(text + length, sizeof text - (size_t)length, "_%u", of->entries);
    if (number) snprintf(text + length, sizeof text - (size_t)length, "_%u", number);
    if (coco_symbol_lookup_in(s->module, coco_string_from(text))) continue;
    of->symbol = coco_attribute_symbol(s->pass->context, coco_string_from(text));
    return of->symbol ? COCO_OK : COCO_OUT_OF_MEMORY;
  }
}

static coco_status build_set(search *s, set *of) {
  if (of->operation) return COCO_OK;
  COCO_TRY(name_set(s, of));
  if (of->kernel->count <= 2) /* within one plane only */
    coco_fkw_gather(of->masks, of->count, (uint32_t)coco_attribute_i64s(of->kernel)[of->kernel->count - 1]);
  coco_block *body = coco_operation_body(s->module, 0);
  coco_builder builder = coco_builder_before(body->first);
  builder.location = coco_location_unknown(s->pass->context);
  const coco_attribute *masks = coco_attribute_i64_array(s->pass->context, (const int64_t *)of->masks, of->count),
                       *name = coco_attribute_string(s->pass->context, of->symbol->text),
                       *visibility = coco_attribute_string(s->pass->context, COCO_STRING("private"));
  if (!masks || !name || !visibility || !builder.location) return COCO_OUT_OF_MEMORY;
  of->operation = coco_build(
      &builder, &(coco_operation_state){
                    .definition = &coco_pattern_set,
                    COCO_WITH_ATTRIBUTES(COCO_NAMED("sym_name", name), COCO_NAMED("sym_visibility", visibility),
                                         COCO_NAMED("kernel", of->kernel), COCO_NAMED("masks", masks))});
  ++s->pass->statistics[SETS];
  return builder.status;
}

/* ---- Converting ---- */

/* About as many channels as the first cache holds windows of for a while: more are read from the second, fewer have
 * their sums moved more often. */
static uint32_t span_of(const search *s, const layer *l) {
  enum { CHANNELS = 32 };
  const int64_t given = s->pass->options[SPAN].integer;
  const uint32_t span = given < 1 ? CHANNELS : given < l->channels ? (uint32_t)given : l->channels;
  return span < l->channels ? span : l->channels;
}

static coco_status convert(search *s, layer *l, coco_arena *arena) {
  const coco_option_value *given = s->pass->options;
  const bool reorder = given[REORDER].integer != 0;
  const coco_fkw_shape shape = {.set = coco_pattern_set_masks(l->set->operation),
                                .filters = l->filters,
                                .channels = l->channels,
                                .group = l->group,
                                .span = span_of(s, l)};
  coco_fkw fkw;
  bool fits;
  if (coco_fkw_shape_check(&shape)) return COCO_OK;
  COCO_TRY(coco_fkw_from_dense(&shape, l->weights, &(coco_fkw_order){.by_length = reorder, .by_similarity = reorder},
                               arena, &fkw, &fits));
  if (!fits) return COCO_OK;
  coco_builder builder = coco_builder_before(l->conv);
  coco_value *value;
  COCO_TRY(coco_pattern_layer_build(&builder, l->conv, l->set->symbol, l->kernel, &fkw, &value));
  coco_value_replace_all_uses(&l->conv->results[0], value);
  coco_operation_erase(l->conv);
  ++s->pass->statistics[CONVERTED];
  s->pass->statistics[KEPT] += fkw.kernels;
  s->pass->statistics[ALL] += l->kernels;
  s->pass->changed = true;
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  search s = {.pass = pass, .module = module};
  const int64_t limit = pass->options[MAX_PATTERNS].integer;
  s.last_layer = &s.layers, s.last_set = &s.sets;
  s.limit = limit < 1 ? 1 : limit > LIMIT ? LIMIT : (uint32_t)limit;
  COCO_TRY(add_existing_sets(&s));
  COCO_TRY(coco_visit_layers(pass, module, look_at, &s));
  for (layer *l = s.layers; l; l = l->next) COCO_TRY(find_set(&s, l));
  for (layer *l = s.layers; l; l = l->next) COCO_TRY(find_whole_kernels(&s, l));
  coco_status status = COCO_OK;
  for (layer *l = s.layers; l && status == COCO_OK; l = l->next) {
    coco_arena arena = {.allocator = coco_context_allocator(pass->context)};
    if (!l->set) continue;
    status = build_set(&s, l->set);
    if (status == COCO_OK) status = convert(&s, l, &arena);
    coco_arena_destroy(&arena);
  }
  return status == COCO_OK ? coco_erase_dead_constants(pass, module) : status;
}

const coco_pass_definition coco_pass_graph_to_pattern = {
    .name = "graph-to-pattern",
    .documentation = "Find patterns and empty kernels in the zeros of weights, and store such convolutions compactly.",
    .anchor = "builtin.module",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
