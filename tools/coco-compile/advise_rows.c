/* Rows: the layers of the dense network, and what becomes of them in pruned ones. Rows are told apart by name, which
 * survives every level. Linear in the weights. */
#include <stdio.h>

#include "api/registry.h"
#include "pruning/plan.h"
#include "tools/coco-compile/advise.h"

/* ---- Names ---- */

size_t advise_find_row(const advise_job *job, coco_string name) {
  size_t i = 0;
  while (i < job->row_count && !coco_string_equal(job->rows[i].name, name)) ++i;
  return i;
}

/* A name that no row has yet: the layer's own, or one with a number. */
static coco_status name_layer(advise_job *job, coco_operation *layer, coco_string *out) {
  char text[128];
  *out = coco_location_layer(layer->location);
  if (out->size && advise_find_row(job, *out) == job->row_count) return COCO_OK;
  const coco_string base = out->size ? *out : coco_operation_name(layer);
  size_t number = job->row_count + 1;
  do {
    snprintf(text, sizeof text, "%.*s#%zu", (int)(base.size < 80 ? base.size : 80), base.data, number++);
    *out = coco_string_from(text);
  } while (advise_find_row(job, *out) < job->row_count);
  layer->location = coco_location_name(layer->context, *out, layer->location);
  if (!layer->location) return COCO_OUT_OF_MEMORY;
  *out = coco_location_layer(layer->location);
  return COCO_OK;
}

/* ---- Taking them ---- */

static coco_status count_kept(const coco_layer *layer, coco_arena *scratch, int64_t *out) {
  coco_kernels kernels;
  int64_t kept = 0;
  COCO_TRY(coco_layer_read(layer, layer->weights, scratch, &kernels));
  const size_t count = coco_layer_kernels(layer) * coco_layer_positions(layer);
  for (size_t i = 0; i < count; ++i) kept += kernels.weights[i] != 0; /* whatever the order of filters and channels */
  *out = kept;
  return COCO_OK;
}

static coco_status describe(const advise_job *job, const coco_layer *layer, advise_row *row) {
  coco_buffer shape = COCO_BUFFER(job->arena.allocator);
  const coco_type *result = coco_operation_result(layer->operation, 0)->type;
  coco_layer_describe(layer, &shape);
  coco_status status = shape.status;
  snprintf(row->shape, sizeof row->shape, "%.*s", COCO_PRINT(coco_buffer_view(&shape)));
  coco_buffer_free(&shape);
  row->weights = (int64_t)(coco_layer_kernels(layer) * coco_layer_positions(layer));
  if (coco_type_has_static_shape(result))
    row->multiplications = coco_type_element_count(result) / (int64_t)layer->filters * row->weights;
  return status;
}

/* More than two fifths of its weights are zero: even the mildest way to prune here leaves no more. */
static coco_status check_dense(const advise_job *job, const coco_layer *layer, const advise_row *row) {
  coco_arena scratch = {.allocator = job->arena.allocator};
  int64_t kept = 0;
  coco_status status = count_kept(layer, &scratch, &kept);
  coco_arena_destroy(&scratch);
  COCO_TRY(status);
  if (kept * 5 >= row->weights * 3) return COCO_OK;
  return coco_operation_error(layer->operation,
                              "is pruned already: of its %lld weights %lld are zero; --advise is for dense networks",
                              (long long)row->weights, (long long)(row->weights - kept));
}

coco_status advise_take_rows(advise_job *job) {
  coco_layers layers;
  COCO_TRY(coco_find_layers(job->module, &job->arena, &layers));
  if (layers.count == 0 || layers.count > ADVISE_MAXIMUM_ROWS)
    return coco_tool_error(job->tool,
                           "--advise: the network has %zu layers with weights, where 1 to %d can be advised on",
                           layers.count, ADVISE_MAXIMUM_ROWS);
  job->rows = coco_arena_allocate_zeroed(&job->arena, layers.count, sizeof *job->rows);
  if (!job->rows) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < layers.count; ++i) {
    advise_row *row = &job->rows[job->row_count];
    COCO_TRY(name_layer(job, layers.items[i].operation, &row->name));
    row->group = job->row_count++;
    if (!layers.items[i].weights) continue;
    COCO_TRY(describe(job, &layers.items[i], row));
    COCO_TRY(check_dense(job, &layers.items[i], row));
  }
  return COCO_OK;
}

/* ---- Pruning ---- */

/* Weights that are left, of the rows that are still there. */
static coco_status count_all(const advise_job *job, advise_result *out) {
  coco_arena scratch = {.allocator = job->arena.allocator};
  coco_layers layers;
  coco_status status = coco_find_layers(job->module, &scratch, &layers);
  for (size_t i = 0; status == COCO_OK && i < layers.count; ++i) {
    const size_t row = advise_find_row(job, coco_location_layer(layers.items[i].operation->location));
    if (row < job->row_count && layers.items[i].weights)
      status = count_kept(&layers.items[i], &scratch, &out->kept[row]);
  }
  coco_arena_destroy(&scratch);
  return status;
}

static coco_status prune_filters(const advise_job *job, int part, advise_result *out) {
  char pipeline[128];
  snprintf(pipeline, sizeof pipeline,
           "canonicalize,graph-fold-constants,graph-fold-batch-norm,canonicalize,prune-filters{part=%d}", part);
  COCO_TRY(coco_run_pipeline(job->tool->context, coco_all_passes(), pipeline, job->module));
  COCO_TRY(count_all(job, out));
  out->nothing = true;
  for (size_t i = 0; i < job->row_count; ++i) {
    if (out->kept[i] == job->rows[i].weights)
      out->reasons[i] = "its channels cannot be left out: they are added to others, or leave the network";
    out->nothing = out->nothing && out->reasons[i];
  }
  return COCO_OK;
}

coco_status advise_prune(advise_job *job, const advise_way *way, advise_result *out) {
  if (way->filters) return prune_filters(job, way->filters, out);
  coco_prune_options options = COCO_PRUNE_OPTIONS;
  coco_prune_plan plan;
  options.kind = way->kind;
  options.rate = options.matrix_rate = way->rate;
  options.may_choose_none = true;
  COCO_TRY(coco_prune_make_plan(job->module, &options, &job->arena, &plan));
  out->nothing = plan.chosen == 0;
  for (size_t i = 0; i < plan.count && i < job->row_count; ++i) out->reasons[i] = plan.items[i].reason;
  COCO_TRY(coco_run_pipeline(job->tool->context, coco_all_passes(), "prune-project", job->module));
  return count_all(job, out);
}
