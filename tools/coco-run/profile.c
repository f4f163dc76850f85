/* --profile and --profile-trace: a row for each layer that runs, in the tables that TensorFlow Lite's benchmark_model made
 * familiar, and each call as an event that chrome://tracing and Perfetto show. */
#include <stdio.h>
#include <stdlib.h>

#include "tools/coco-run/run.h"
#include "tools/common/escape.h"
#include "tools/common/planned.h"

enum { MAXIMUM_EVENTS = 1 << 20, TOP_LAYERS = 10 };

/* ---- Collecting ---- */

coco_status run_profile_add(run_profile *profile, uintptr_t key, run_layer layer, double start, double seconds) {
  size_t index = 0;
  while (index < profile->count && profile->layers[index].key != key) ++index;
  if (index == profile->count) {
    if (profile->count == profile->capacity)
      COCO_TRY(coco_vector_grow(&coco_heap, &profile->layers, &profile->capacity, sizeof *profile->layers, profile->count + 1));
    profile->layers[profile->count++] = (run_layer_time){.key = key, .layer = layer, .first = seconds};
  }
  run_layer_time *to = &profile->layers[index];
  to->seconds += seconds;
  ++to->calls;
  if (!profile->keeps_events || profile->event_count == MAXIMUM_EVENTS) return COCO_OK;
  if (profile->event_count == profile->event_capacity)
    COCO_TRY(coco_vector_grow(&coco_heap, &profile->events, &profile->event_capacity, sizeof *profile->events, profile->event_count + 1));
  profile->events[profile->event_count++] = (run_event){index, to->calls - 1, start, seconds};
  return COCO_OK;
}

void run_profile_clear(run_profile *profile) {
  coco_free(&coco_heap, profile->layers, profile->capacity * sizeof *profile->layers);
  coco_free(&coco_heap, profile->events, profile->event_capacity * sizeof *profile->events);
  coco_free(&coco_heap, profile->planned, profile->planned_capacity * sizeof *profile->planned);
  *profile = (run_profile){.keeps_events = profile->keeps_events};
}

coco_status run_profile_plan(run_profile *profile, coco_operation *module) {
  coco_planned planned;
  if (profile->planned_count) return COCO_OK;
  COCO_TRY(coco_planned_make(module, &planned));
  coco_status status = COCO_OK;
  for (const coco_operation *layer = coco_operation_body(planned.entry, 0)->first; layer && status == COCO_OK; layer = layer->next) {
    if (!coco_planned_runs(&planned, layer)) continue;
    if (profile->planned_count == profile->planned_capacity)
      status = coco_vector_grow(&coco_heap, &profile->planned, &profile->planned_capacity, sizeof *profile->planned, profile->planned_count + 1);
    coco_buffer kind = COCO_BUFFER(&coco_heap);
    coco_layer_kind(&kind, layer);
    run_layer made = {coco_location_layer(layer->location), coco_context_intern(module->context, coco_buffer_view(&kind)), coco_layer_bytes(coco_operation_result(layer, 0))};
    if (status == COCO_OK && (kind.status != COCO_OK || !made.kind.data)) status = COCO_OUT_OF_MEMORY;
    coco_buffer_free(&kind);
    if (status == COCO_OK) profile->planned[profile->planned_count++] = made;
  }
  coco_planned_destroy(&planned);
  return status;
}

/* ---- Tables ---- */

static void print_title(const char *title, const char *last) {
  printf("\n============================== %s ==============================\n", title);
  printf("%24s %9s %9s %9s %9s %10s %14s  %s\n", "[node type]", "[first]", "[avg ms]", "[%]", "[cdf%]", "[mem KB]", "[times called]", last);
}

static void print_row(const run_layer_time *row, double total, double *sum) {
  *sum += row->seconds;
  double share = total > 0 ? 100 / total : 0;
  printf("%24.*s %9.4f %9.4f %8.3f%% %8.3f%% %10.1f %14llu  %.*s\n", COCO_PRINT(row->layer.kind), 1e3 * row->first, 1e3 * row->seconds / (double)row->calls, share * row->seconds,
         share * *sum, (double)row->layer.bytes / 1024, (unsigned long long)row->calls, COCO_PRINT(row->layer.name));
}

static int compare_seconds(const void *left, const void *right) {
  const run_layer_time *a = left, *b = right;
  if (a->seconds != b->seconds) return a->seconds > b->seconds ? -1 : 1;
  return a->key < b->key ? -1 : a->key > b->key;
}

/* One row for each kind, where the name tells how many layers there are. KINDS has room for all layers. */
static size_t sum_by_kind(const run_profile *profile, run_layer_time *kinds) {
  size_t count = 0;
  for (size_t i = 0; i < profile->count; ++i) {
    const run_layer_time *from = &profile->layers[i];
    size_t k = 0;
    while (k < count && !coco_string_equal(kinds[k].layer.kind, from->layer.kind)) ++k;
    if (k == count) kinds[count++] = (run_layer_time){.key = 0, .layer = {.kind = from->layer.kind}};
    kinds[k].first += from->first;
    kinds[k].seconds += from->seconds;
    kinds[k].calls += from->calls;
    kinds[k].layer.bytes += from->layer.bytes;
    ++kinds[k].key;
  }
  return count;
}

static void print_kinds(run_layer_time *kinds, size_t count, double total) {
  double sum = 0;
  qsort(kinds, count, sizeof *kinds, compare_seconds);
  print_title("Summary by node type", "[count]");
  for (size_t i = 0; i < count; ++i) {
    char layers[24];
    snprintf(layers, sizeof layers, "%llu", (unsigned long long)kinds[i].key);
    kinds[i].layer.name = coco_string_from(layers);
    uint64_t calls = kinds[i].calls;
    kinds[i].calls = kinds[i].key ? calls / kinds[i].key : 1; /* runs: the average is of a run, all layers together */
    print_row(&kinds[i], total, &sum);
  }
}

coco_status run_profile_print(const run_profile *profile) {
  double total = 0, sum = 0;
  size_t count = profile->count, bytes = (count + 1) * sizeof(run_layer_time);
  run_layer_time *rows = coco_allocate_zeroed(&coco_heap, count + 1, sizeof *rows);
  if (!rows) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) total += profile->layers[i].seconds;
  print_title("Run Order", "[Name]");
  for (size_t i = 0; i < count; ++i) print_row(&profile->layers[i], total, &sum);
  if (count) memcpy(rows, profile->layers, count * sizeof *rows);
  qsort(rows, count, sizeof *rows, compare_seconds);
  sum = 0;
  print_title("Top by Computation Time", "[Name]");
  for (size_t i = 0; i < count && i < TOP_LAYERS; ++i) print_row(&rows[i], total, &sum);
  print_kinds(rows, sum_by_kind(profile, rows), total);
  coco_free(&coco_heap, rows, bytes);
  return COCO_OK;
}

/* ---- Events ---- */

coco_status run_profile_trace(run_job *job, const run_profile *profile) {
  coco_buffer out = COCO_BUFFER(&coco_heap);
  double begun = profile->event_count ? profile->events[0].start : 0;
  coco_buffer_text(&out, "{\"displayTimeUnit\": \"ms\", \"traceEvents\": [");
  for (size_t i = 0; i < profile->event_count; ++i) {
    const run_event *event = &profile->events[i];
    const run_layer *layer = &profile->layers[event->layer].layer;
    coco_buffer_text(&out, i ? ",\n  {\"name\": " : "\n  {\"name\": ");
    coco_put_json_text(&out, layer->name);
    coco_buffer_text(&out, ", \"cat\": ");
    coco_put_json_text(&out, layer->kind);
    coco_buffer_format(&out,
                       ", \"ph\": \"X\", \"ts\": %.3f, \"dur\": %.3f, \"pid\": 1, \"tid\": 1, \"args\": {\"run\": "
                       "%llu, \"bytes\": %lld}}",
                       1e6 * (event->start - begun), 1e6 * event->seconds, (unsigned long long)event->run,
                       (long long)layer->bytes);
  }
  coco_buffer_text(&out, "\n]}\n");
  coco_status status = out.status;
  if (status == COCO_OK) status = coco_tool_write(&job->tool, job->options.trace, coco_buffer_view(&out));
  coco_buffer_free(&out);
  if (profile->event_count == MAXIMUM_EVENTS) fprintf(stderr, "%s: the trace ends after %d calls\n", job->tool.name, MAXIMUM_EVENTS);
  return status;
}
