/* What was chosen and what is kept, layer by layer. */
#include "dialects/pattern/pattern.h"
#include "tools/coco-prune/prune.h"

/* ---- Sets ---- */

/* "[.x. xx. .x.]" */
static void print_pattern(FILE *out, uint64_t mask, int64_t height, int64_t width) {
  fputc('[', out);
  for (int64_t y = 0; y < height; ++y) {
    if (y) fputc(' ', out);
    for (int64_t x = 0; x < width; ++x) fputc(mask >> (y * width + x) & 1 ? 'x' : '.', out);
  }
  fputc(']', out);
}

static void print_set(const prune_job *job, const coco_prune_scheme *scheme) {
  const coco_operation *set = coco_symbol_lookup_in(job->module, scheme->set->text);
  const coco_attribute *kernel = COCO_PROPERTY(set, pattern_set, kernel), *masks = COCO_PROPERTY(set, pattern_set, masks);
  size_t users = 0;
  for (size_t i = 0; i < job->plan.count; ++i) users += job->plan.items[i].chosen && job->plan.items[i].scheme.set == scheme->set;
  fprintf(job->report, "@%.*s: %zu patterns of %zu entries, for %zu layer%s\n", COCO_PRINT(scheme->set->text),
          masks->count,
          coco_mask_entries((uint64_t)coco_attribute_i64s(masks)[0]), users, users == 1 ? "" : "s");
  const int64_t *extents = coco_attribute_i64s(kernel);
  const size_t a_line = extents[1] > 3 ? 2 : 6;
  for (size_t i = 0; i < masks->count; ++i) {
    fprintf(job->report, i % a_line ? " " : "  ");
    print_pattern(job->report, (uint64_t)coco_attribute_i64s(masks)[i], extents[0], extents[1]);
    if (i + 1 == masks->count || i % a_line + 1 == a_line) fputc('\n', job->report);
  }
}

void prune_print_sets(const prune_job *job) {
  for (size_t i = 0; i < job->plan.count; ++i) {
    const coco_attribute *set = job->plan.items[i].chosen ? job->plan.items[i].scheme.set : NULL;
    bool printed = false;
    for (size_t k = 0; k < i; ++k) printed = printed || (job->plan.items[k].chosen && job->plan.items[k].scheme.set == set);
    if (set && !printed) print_set(job, &job->plan.items[i].scheme);
  }
}

/* ---- Layers ---- */

typedef struct amounts {
  size_t weights, kept_weights, kernels, kept_kernels, empty_filters;
  double energy, kept_energy;
} amounts;

static void add_kernel(amounts *sum, const coco_kernels *before, const coco_kernels *after, size_t filter, size_t channel) {
  const float *old = coco_kernel_at(before, filter, channel), *new = coco_kernel_at(after, filter, channel);
  const uint64_t support = coco_fkw_support(new, (uint32_t)after->positions);
  sum->weights += before->positions;
  sum->kept_weights += coco_mask_entries(support);
  ++sum->kernels;
  sum->kept_kernels += support != 0;
  sum->energy += coco_kernel_energy(old, before->positions, UINT64_MAX);
  sum->kept_energy += coco_kernel_energy(new, after->positions, UINT64_MAX);
}

/* LAYER's weights when the plan was made, and now. */
static coco_status measure(const prune_job *job, const coco_layer *layer, amounts *out) {
  coco_arena scratch = {.allocator = coco_context_allocator(job->tool.context)};
  coco_kernels before = {0}, after = {0};
  coco_layer now;
  *out = (amounts){0};
  if (layer->unusable || coco_layer_positions(layer) > COCO_KERNEL_MAXIMUM_POSITIONS) return COCO_OK;
  coco_layer_of(layer->operation, &now);
  coco_status status = coco_layer_read(layer, layer->weights, &scratch, &before);
  if (status == COCO_OK) status = coco_layer_read(&now, now.weights, &scratch, &after);
  for (size_t f = 0; f < layer->filters && status == COCO_OK; ++f) {
    const size_t kept = out->kept_kernels;
    for (size_t c = 0; c < layer->channels; ++c) add_kernel(out, &before, &after, f, c);
    out->empty_filters += out->kept_kernels == kept;
  }
  coco_arena_destroy(&scratch);
  return status;
}

static void add(amounts *sum, const amounts *more) {
  sum->weights += more->weights;
  sum->kept_weights += more->kept_weights;
  sum->kernels += more->kernels;
  sum->kept_kernels += more->kept_kernels;
  sum->empty_filters += more->empty_filters;
  sum->energy += more->energy;
  sum->kept_energy += more->kept_energy;
}

static double rate_of(const amounts *a) { return a->kept_weights ? (double)a->weights / (double)a->kept_weights : 0; }
static double energy_of(const amounts *a) { return a->energy > 0 ? 100 * a->kept_energy / a->energy : 100; }

/* Of a layer that has lost the amounts A: which filters go is known only when they are gone. */
static void describe_filters(const prune_job *job, const amounts *a, coco_buffer *out) {
  if (a->empty_filters)
    coco_buffer_format(out, "filters %lld %%", (long long)job->options.filters);
  else
    coco_buffer_text(out, a->kept_kernels < a->kernels ? "fewer inputs only" : "all filters stay");
}

static void describe_scheme(const coco_prune_scheme *scheme, coco_buffer *out) {
  if (scheme->kind == COCO_PRUNE_BLOCKS)
    coco_buffer_format(out, "blocks %lldx%lld", (long long)scheme->block[0], (long long)scheme->block[1]);
  else
    coco_buffer_text(out, coco_prune_kind_name(scheme->kind));
  if (scheme->rate > 1) coco_buffer_format(out, " %g", scheme->rate);
  if (scheme->balance != COCO_BALANCE_NONE) coco_buffer_format(out, " %s", coco_balance_name(scheme->balance));
}

/* Room for the longest name. */
static int name_width(const prune_job *job) {
  size_t width = 13; /* "pruned layers" */
  for (size_t i = 0; i < job->plan.count; ++i) {
    const size_t size = coco_location_layer(job->plan.items[i].layer.operation->location).size;
    if (size > width) width = size;
  }
  return width < 60 ? (int)width : 60;
}

static void print_amounts(const prune_job *job, const char *name, const char *shape, const char *scheme, const amounts *a) {
  fprintf(job->report, "%-*s %-14s %-22s %9zu %9zu %10zu %10zu %6.2fx %7.2f %%\n", name_width(job), name, shape, scheme, a->kernels, a->kept_kernels, a->weights,
          a->kept_weights, rate_of(a), energy_of(a));
}

static coco_status print_layer(const prune_job *job, const coco_planned_layer *planned, bool pruned, amounts *chosen, amounts *all) {
  coco_buffer shape = COCO_BUFFER(&coco_heap), scheme = COCO_BUFFER(&coco_heap), name = COCO_BUFFER(&coco_heap);
  amounts a;
  COCO_TRY(measure(job, &planned->layer, &a));
  const coco_string layer = coco_location_layer(planned->layer.operation->location);
  coco_buffer_string(&name, layer.size ? layer : COCO_STRING("(no name)"));
  if (!planned->layer.unusable) coco_layer_describe(&planned->layer, &shape);
  if (job->options.filters >= 0)
    describe_filters(job, &a, &scheme);
  else
    describe_scheme(&planned->scheme, &scheme);
  coco_buffer_byte(&name, '\0');
  coco_buffer_byte(&shape, '\0');
  coco_buffer_byte(&scheme, '\0');
  coco_status status = name.status != COCO_OK ? name.status : shape.status != COCO_OK ? shape.status : scheme.status;
  if (status == COCO_OK && planned->chosen && pruned)
    print_amounts(job, name.data, shape.data, scheme.data, &a);
  else if (status == COCO_OK)
    fprintf(job->report, "%-*s %-14s %s\n", name_width(job), name.data, shape.data, planned->chosen ? scheme.data : planned->reason);
  add(all, &a);
  if (planned->chosen) add(chosen, &a);
  coco_buffer_free(&name);
  coco_buffer_free(&shape);
  coco_buffer_free(&scheme);
  return status;
}

/* Of a layer whose runs come further from the rate than a twentieth: whole runs are few, or there is none between. */
static coco_status tell_runs(const prune_job *job, const coco_planned_layer *planned) {
  static const double near = 1.05;
  const coco_prune_scheme *scheme = &planned->scheme;
  amounts a;
  if (!planned->chosen || scheme->balance != COCO_BALANCE_RUNS || !(scheme->rate > 1)) return COCO_OK;
  COCO_TRY(measure(job, &planned->layer, &a));
  const double rate = a.kept_kernels ? (double)a.kernels / (double)a.kept_kernels : 0;
  if (rate == 0 || (rate < scheme->rate * near && scheme->rate < rate * near)) return COCO_OK;
  const coco_string name = coco_location_layer(planned->layer.operation->location);
  fprintf(job->report,
          "%.*s: equal runs of all patterns keep one of %.2f kernels, not of %g as asked: of other numbers there are "
          "no whole runs (--span, --patterns)\n",
          COCO_PRINT(name), rate, scheme->rate);
  return COCO_OK;
}

coco_status prune_print_layers(const prune_job *job, bool pruned) {
  amounts chosen = {0}, all = {0};
  if (pruned)
    fprintf(job->report, "%-*s %-14s %-22s %9s %9s %10s %10s %7s %9s\n", name_width(job), "layer", "shape", "scheme", "kernels", "kept", "weights", "kept", "rate", "energy");
  else
    fprintf(job->report, "%-*s %-14s %s\n", name_width(job), "layer", "shape", "scheme");
  for (size_t i = 0; i < job->plan.count; ++i) COCO_TRY(print_layer(job, &job->plan.items[i], pruned, &chosen, &all));
  if (!pruned) return COCO_OK;
  print_amounts(job, "pruned layers", "", "", &chosen);
  print_amounts(job, "all layers", "", "", &all);
  for (size_t i = 0; i < job->plan.count; ++i) COCO_TRY(tell_runs(job, &job->plan.items[i]));
  if (chosen.empty_filters) fprintf(job->report, "filters without any kernel: %zu\n", chosen.empty_filters);
  return COCO_OK;
}
