/* The report as text: for each variant a line for each layer and the memory plan; then what was written. */
#include <stdio.h>

#include "tools/coco-compile/report.h"
#include "tools/common/escape.h"

enum { NAME_COLUMNS = 40 };

static void put_number_and_name(coco_buffer *out, size_t number, coco_string name) {
  coco_buffer_format(out, "%4zu  ", number);
  coco_put_column_text(out, name, NAME_COLUMNS);
}

/* "columns=8 filters=2" */
static void put_tuning(coco_buffer *out, const coco_attribute *tuning) {
  for (size_t i = 0; tuning && i < tuning->definition->parameter_count; ++i)
    if (tuning->elements[i])
      coco_buffer_format(out, " %s=%lld", tuning->definition->parameters[i].name,
                         (long long)tuning->elements[i]->integer);
}

static void shape_text(char *out, size_t size, const coco_type *type) {
  size_t used = 0;
  out[0] = '\0';
  for (uint32_t i = 0; i < type->rank && used + 24 < size; ++i)
    used += (size_t)snprintf(out + used, size - used, "%s%lld", i ? "x" : "", (long long)type->shape[i]);
}

/* ---- Layers ---- */

static void put_milliseconds(coco_buffer *out, double milliseconds) {
  if (milliseconds >= 0)
    coco_buffer_format(out, " %10.4f", milliseconds);
  else
    coco_buffer_format(out, " %10s", "");
}

static void put_layers(const report_variant *variant, coco_buffer *out) {
  int64_t multiplications = 0, weight_bytes = 0;
  coco_buffer_format(out, "variant %s\n%4s  %-40s %-18s %-9s %-18s %12s %12s%s  %s\n", variant->variant->name, "#",
                     "layer", "kind", "storage", "shape", "MACs", "weight bytes", variant->runs ? "         ms" : "",
                     "schedule");
  for (size_t i = 0; i < variant->layer_count; ++i) {
    const report_layer *layer = &variant->layers[i];
    char shape[96];
    shape_text(shape, sizeof shape, layer->type);
    put_number_and_name(out, i + 1, layer->name);
    coco_buffer_format(out, " %-18.*s %-9.*s %-18s %12lld %12lld", COCO_PRINT(layer->operation),
                       COCO_PRINT(layer->storage), shape, (long long)layer->multiplications,
                       (long long)layer->weight_bytes);
    if (variant->runs) put_milliseconds(out, layer->milliseconds);
    coco_buffer_byte(out, ' ');
    put_tuning(out, layer->tuning);
    coco_buffer_text(out, "\n");
    multiplications += layer->multiplications;
    weight_bytes += layer->weight_bytes;
  }
  coco_buffer_format(out, "%4s  %-40s %-18s %-9s %-18s %12lld %12lld", "", "total", "", "", "",
                     (long long)multiplications, (long long)weight_bytes);
  if (variant->runs) put_milliseconds(out, variant->milliseconds);
  coco_buffer_text(out, "\n");
}

/* Layers with pruned weights: what each takes dense and sparse, what was taken, and why. */
static void put_choices(const report_variant *variant, coco_buffer *out) {
  bool has_title = false;
  for (size_t i = 0; i < variant->layer_count; ++i)
    for (size_t k = 0; k < variant->layers[i].choice_count; ++k) {
      const report_choice *one = &variant->layers[i].choices[k];
      const coco_layer_choice *choice = &one->choice;
      if (!has_title)
        coco_buffer_format(out, "%-40s %10s %10s  %-6s %-8s  %s\n", "pruned layer", "dense ms", "sparse ms", "taken",
                           "by", "why");
      has_title = true;
      coco_put_column_text(out, one->name, NAME_COLUMNS);
      if (coco_layer_had_choice(choice))
        coco_buffer_format(out, " %10.4f %10.4f  %-6s %-8s  ", choice->times.dense_ms, choice->times.sparse_ms,
                           choice->sparse ? "sparse" : "dense", choice->measured ? "measured" : "model");
      else
        coco_buffer_format(out, " %10s %10s  %-6s %-8s  ", "-", "-", "dense", "-");
      coco_put_column_text(out, choice->reason, choice->reason.size);
      coco_buffer_text(out, "\n");
    }
}

/* Freedoms that --fp=fast took: a storage that rounds otherwise than the sum in stored order. */
static void put_freedoms(const report_variant *variant, coco_buffer *out) {
  size_t count = 0;
  for (size_t i = 0; i < variant->layer_count; ++i) count += variant->layers[i].is_winograd;
  if (count)
    coco_buffer_format(
        out, "fp: %zu convolutions by Winograd's algorithm, which rounds otherwise (--fp=strict forbids it)\n", count);
  else
    coco_buffer_text(out, "fp: the bits of the evaluation in stored order\n");
}

/* ---- The memory plan ---- */

static void put_memory(const report_variant *variant, coco_buffer *out) {
  coco_buffer_format(out, "%4s  %-40s %12s %12s %6s %6s\n", "#", "value of layer", "bytes", "offset", "first", "last");
  for (size_t i = 0; i < variant->layer_count; ++i) {
    const report_layer *layer = &variant->layers[i];
    const report_place *place = &layer->place;
    put_number_and_name(out, i + 1, layer->name);
    coco_buffer_format(out, " %12lld ", (long long)place->bytes);
    if (place->kind != COCO_PLACE_ARENA) {
      coco_buffer_text(out, place->kind == COCO_PLACE_OUTPUT ? "      output\n" : "       input\n");
      continue;
    }
    const report_buffer *buffer = &variant->buffers[place->buffer];
    coco_buffer_format(out, "%12lld %6zu %6zu%s\n", (long long)place->offset, buffer->first + 1, buffer->last + 1,
                       place->is_view ? "  view" : "");
  }
  const int64_t arena = variant->arena_bytes, alive = variant->alive_bytes;
  coco_buffer_format(out, "predicted peak %lld bytes, %.3f times the most that live at once: %lld bytes\n",
                     (long long)arena, alive > 0 ? (double)arena / (double)alive : 1.0, (long long)alive);
}

void report_put_text(const report_facts *facts, coco_buffer *out) {
  const coco_compiled *compiled = facts->compiled;
  for (size_t i = 0; i < facts->variants.count; ++i) {
    put_layers(&facts->variants.items[i], out);
    put_choices(&facts->variants.items[i], out);
    put_freedoms(&facts->variants.items[i], out);
    put_memory(&facts->variants.items[i], out);
  }
  coco_buffer_format(out, "arena %llu bytes, weights %llu bytes, code %zu bytes, schedule %s\n",
                     (unsigned long long)compiled->scratch_size, (unsigned long long)compiled->weights.size,
                     compiled->code.size, compiled->schedule_hash);
}
