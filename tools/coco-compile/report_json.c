/* The report as JSON: docs/report.md says what each key is. Keys are never renamed or removed within a version. */
#include "ir/printer.h"
#include "tools/coco-compile/report.h"
#include "tools/common/escape.h"

enum { FORMAT_VERSION = 1 };

/* Appends items of an object or array, a comma before all but the first. */
typedef struct json_writer {
  coco_buffer *out;
  bool has_items;
} json_writer;

static void next_item(json_writer *json) {
  if (json->has_items) coco_buffer_text(json->out, ", ");
  json->has_items = true;
}

static void put_key(json_writer *json, const char *key) {
  next_item(json);
  coco_buffer_format(json->out, "\"%s\": ", key);
}

static void put_text(json_writer *json, const char *key, coco_string text) {
  put_key(json, key);
  coco_put_json_text(json->out, text);
}

static void put_number(json_writer *json, const char *key, int64_t number) {
  put_key(json, key);
  coco_buffer_integer(json->out, number);
}

static void put_flag(json_writer *json, const char *key, bool flag) {
  put_key(json, key);
  coco_buffer_text(json->out, flag ? "true" : "false");
}

static json_writer open_value(json_writer *json, const char *key, char bracket) {
  put_key(json, key);
  coco_buffer_byte(json->out, bracket);
  return (json_writer){json->out, false};
}

/* An object of an array, on a line of its own. */
static json_writer open_row(json_writer *rows) {
  coco_buffer_text(rows->out, rows->has_items ? ",\n    {" : "\n    {");
  rows->has_items = true;
  return (json_writer){rows->out, false};
}

static void put_numbers(json_writer *json, const char *key, const int64_t *numbers, size_t count) {
  json_writer array = open_value(json, key, '[');
  for (size_t i = 0; i < count; ++i) {
    next_item(&array);
    coco_buffer_integer(array.out, numbers[i]);
  }
  coco_buffer_byte(json->out, ']');
}

static void put_type(json_writer *json, const coco_type *type) {
  char text[64];
  put_numbers(json, "shape", type->shape, type->rank);
  put_text(json, "element", coco_string_from(coco_type_text(coco_type_scalar(type), text, sizeof text)));
}

/* Times that are no numbers are null. */
static void put_milliseconds(json_writer *json, const char *key, double milliseconds) {
  put_key(json, key);
  if (milliseconds < 1e15)
    coco_buffer_format(json->out, "%.6f", milliseconds);
  else
    coco_buffer_text(json->out, "null");
}

/* ---- Layers ---- */

static void put_tuning(json_writer *json, const coco_attribute *tuning) {
  json_writer object = open_value(json, "schedule", '{');
  for (size_t i = 0; tuning && i < tuning->definition->parameter_count; ++i)
    if (tuning->elements[i]) put_number(&object, tuning->definition->parameters[i].name, tuning->elements[i]->integer);
  coco_buffer_byte(json->out, '}');
}

static void put_sources(json_writer *json, const report_layer *layer) {
  json_writer array = open_value(json, "reads", '[');
  for (size_t i = 0; i < layer->source_count; ++i) {
    const report_source *source = &layer->sources[i];
    next_item(&array);
    coco_buffer_format(array.out, source->is_input ? "{\"input\": %zu}" : "{\"layer\": %zu}", source->index + 1);
  }
  coco_buffer_byte(json->out, ']');
}

static void put_use(json_writer *json, const report_variant *variant, const report_layer *layer) {
  if (!layer->use.counts) return;
  json_writer object = open_value(json, "masks", '{');
  put_number(&object, "set", (int64_t)layer->use.set + 1);
  put_numbers(&object, "uses", (const int64_t *)layer->use.counts, variant->sets.items[layer->use.set].count);
  put_number(&object, "empty", (int64_t)layer->use.empty);
  coco_buffer_byte(json->out, '}');
}

static void put_choices(json_writer *json, const report_layer *layer) {
  if (!layer->choice_count) return;
  json_writer array = open_value(json, "choices", '[');
  for (size_t i = 0; i < layer->choice_count; ++i) {
    const coco_layer_choice *choice = &layer->choices[i].choice;
    next_item(&array);
    coco_buffer_byte(array.out, '{');
    json_writer object = {array.out, false};
    put_text(&object, "name", layer->choices[i].name);
    put_text(&object, "taken", choice->sparse ? COCO_STRING("sparse") : COCO_STRING("dense"));
    put_milliseconds(&object, "dense_ms", choice->times.dense_ms);
    put_milliseconds(&object, "sparse_ms", choice->times.sparse_ms);
    put_flag(&object, "measured", choice->measured);
    put_text(&object, "reason", choice->reason);
    coco_buffer_byte(array.out, '}');
  }
  coco_buffer_byte(json->out, ']');
}

static void put_place(json_writer *json, const report_place *place) {
  static const char *const kinds[] = {[COCO_PLACE_ARGUMENT] = "input",
                                      [COCO_PLACE_CONSTANT] = "constant",
                                      [COCO_PLACE_OUTPUT] = "output",
                                      [COCO_PLACE_ARENA] = "arena"};
  json_writer object = open_value(json, "memory", '{');
  put_text(&object, "place", coco_string_from(kinds[place->kind]));
  put_number(&object, "bytes", place->bytes);
  if (place->kind == COCO_PLACE_ARENA) {
    put_number(&object, "offset", place->offset);
    put_number(&object, "buffer", (int64_t)place->buffer + 1);
  }
  put_flag(&object, "view", place->is_view);
  coco_buffer_byte(json->out, '}');
}

static void put_layer(json_writer *json, const report_variant *variant, size_t number) {
  const report_layer *layer = &variant->layers[number - 1];
  put_number(json, "layer", (int64_t)number);
  put_text(json, "name", layer->name);
  put_text(json, "operation", layer->operation);
  put_text(json, "storage", layer->storage);
  put_type(json, layer->type);
  put_sources(json, layer);
  put_flag(json, "runs", layer->runs);
  if (layer->milliseconds >= 0) put_milliseconds(json, "ms", layer->milliseconds);
  put_number(json, "multiplications", layer->multiplications);
  put_number(json, "dense_multiplications", layer->dense_multiplications);
  put_number(json, "weight_bytes", layer->weight_bytes);
  put_number(json, "weights_kept", layer->weights.kept);
  put_number(json, "weights_dense", layer->weights.all);
  put_flag(json, "rounds_otherwise", layer->is_winograd);
  put_tuning(json, layer->tuning);
  put_use(json, variant, layer);
  put_choices(json, layer);
  put_place(json, &layer->place);
}

static void put_layers(json_writer *json, const report_variant *variant) {
  json_writer rows = open_value(json, "layers", '[');
  for (size_t i = 0; i < variant->layer_count; ++i) {
    json_writer row = open_row(&rows);
    put_layer(&row, variant, i + 1);
    coco_buffer_byte(json->out, '}');
  }
  coco_buffer_byte(json->out, ']');
}

/* ---- Sets of masks ---- */

static void put_mask(json_writer *masks, const report_set *set, uint64_t mask) {
  int64_t positions = 1;
  for (size_t i = 0; i < set->rank; ++i) positions *= set->kernel[i];
  next_item(masks);
  coco_buffer_byte(masks->out, '"');
  for (int64_t i = 0; i < positions; ++i) coco_buffer_byte(masks->out, mask >> i & 1 ? '1' : '0');
  coco_buffer_byte(masks->out, '"');
}

static void put_sets(json_writer *json, const report_variant *variant) {
  json_writer rows = open_value(json, "mask_sets", '[');
  for (size_t i = 0; i < variant->sets.count; ++i) {
    const report_set *set = &variant->sets.items[i];
    json_writer row = open_row(&rows);
    put_number(&row, "set", (int64_t)i + 1);
    put_text(&row, "of", set->of_blocks ? COCO_STRING("channel blocks") : COCO_STRING("kernels"));
    put_numbers(&row, "kernel", set->kernel, set->rank);
    json_writer masks = open_value(&row, "masks", '[');
    for (size_t p = 0; p < set->count; ++p) put_mask(&masks, set, set->masks[p]);
    coco_buffer_text(json->out, "]}");
  }
  coco_buffer_byte(json->out, ']');
}

/* ---- The interface and memory ---- */

static void put_tensors(json_writer *json, const char *key, const coco_model_tensor *tensors, size_t count,
                        const size_t *layers) {
  json_writer rows = open_value(json, key, '[');
  for (size_t i = 0; i < count; ++i) {
    json_writer row = open_row(&rows);
    put_text(&row, "name", tensors[i].name);
    put_type(&row, tensors[i].type);
    if (layers) put_number(&row, "layer", (int64_t)layers[i] + 1);
    coco_buffer_byte(json->out, '}');
  }
  coco_buffer_byte(json->out, ']');
}

static void put_memory(json_writer *json, const report_variant *variant) {
  json_writer object = open_value(json, "memory", '{');
  put_number(&object, "arena_bytes", variant->arena_bytes);
  put_number(&object, "alive_bytes", variant->alive_bytes);
  put_number(&object, "alignment", COCO_MEMORY_ALIGNMENT);
  json_writer rows = open_value(&object, "buffers", '[');
  for (size_t i = 0; i < variant->buffer_count; ++i) {
    const report_buffer *buffer = &variant->buffers[i];
    json_writer row = open_row(&rows);
    put_number(&row, "buffer", (int64_t)i + 1);
    put_number(&row, "bytes", buffer->bytes);
    put_number(&row, "offset", buffer->offset);
    put_number(&row, "first_layer", (int64_t)buffer->first + 1);
    put_number(&row, "last_layer", (int64_t)buffer->last + 1);
    coco_buffer_byte(json->out, '}');
  }
  coco_buffer_text(json->out, "]}");
}

static void put_variant(json_writer *json, const report_variant *variant) {
  put_text(json, "name", coco_string_from(variant->variant->name));
  if (variant->runs) {
    put_number(json, "measured_runs", (int64_t)variant->runs);
    put_milliseconds(json, "ms", variant->milliseconds);
  }
  put_tensors(json, "inputs", variant->inputs, variant->input_count, NULL);
  put_tensors(json, "outputs", variant->outputs, variant->output_count, variant->output_layers);
  put_layers(json, variant);
  put_sets(json, variant);
  put_memory(json, variant);
}

static void put_object(json_writer *json, const coco_compiled *compiled) {
  json_writer object = open_value(json, "object", '{');
  put_number(&object, "arena_bytes", (int64_t)compiled->scratch_size);
  put_number(&object, "weight_bytes", (int64_t)compiled->weights.size);
  put_number(&object, "code_bytes", (int64_t)compiled->code.size);
  put_text(&object, "schedule", coco_string_from(compiled->schedule_hash));
  coco_buffer_byte(json->out, '}');
}

void report_put_json(const report_facts *facts, coco_buffer *out) {
  json_writer json = {out, false};
  coco_buffer_text(out, "{");
  put_text(&json, "format", COCO_STRING("coco-report"));
  put_number(&json, "version", FORMAT_VERSION);
  put_text(&json, "compiler", COCO_STRING("coco " COCO_VERSION));
  put_text(&json, "model", coco_string_from(facts->model));
  put_text(&json, "target", coco_string_from(facts->target));
  if (facts->core) put_text(&json, "core", coco_string_from(facts->core));
  put_object(&json, facts->compiled);
  open_value(&json, "variants", '[');
  for (size_t i = 0; i < facts->variants.count; ++i) {
    coco_buffer_text(out, i ? ",\n  {" : "\n  {");
    json_writer row = {out, false};
    put_variant(&row, &facts->variants.items[i]);
    coco_buffer_byte(out, '}');
  }
  coco_buffer_text(out, "]}\n");
}
