/* See layer_choice.h. */
#include "lowering/layer_choice.h"

#define CHOICE COCO_STRING("coco.choice")
#define MEASURED COCO_STRING("coco.measured")

static const coco_attribute *dictionary_of(const coco_operation *layer, coco_string name) {
  const coco_attribute *value = coco_operation_get(layer, name);
  return coco_attribute_is(value, COCO_ATTRIBUTE_DICTIONARY) ? value : NULL;
}

static bool read_ms(const coco_attribute *dictionary, coco_string name, double *out) {
  const coco_attribute *value = coco_dictionary_get(dictionary, name);
  if (!coco_attribute_is(value, COCO_ATTRIBUTE_FLOAT) || !(value->real >= 0)) return false;
  *out = value->real;
  return true;
}

static bool read_times(const coco_attribute *dictionary, coco_layer_times *out) {
  return read_ms(dictionary, COCO_STRING("dense_ms"), &out->dense_ms) &&
         read_ms(dictionary, COCO_STRING("sparse_ms"), &out->sparse_ms);
}

bool coco_layer_measured(const coco_operation *layer, coco_layer_times *out) {
  const coco_attribute *dictionary = dictionary_of(layer, MEASURED);
  coco_layer_times times;
  if (!dictionary || !read_times(dictionary, &times)) return false;
  *out = times;
  return true;
}

bool coco_layer_choice_of(const coco_operation *layer, coco_layer_choice *out) {
  const coco_attribute *dictionary = dictionary_of(layer, CHOICE);
  coco_layer_choice choice;
  if (!dictionary || !read_times(dictionary, &choice.times)) return false;
  const coco_attribute *taken = coco_dictionary_get(dictionary, COCO_STRING("taken")),
                       *measured = coco_dictionary_get(dictionary, COCO_STRING("measured")),
                       *reason = coco_dictionary_get(dictionary, COCO_STRING("reason"));
  if (!coco_attribute_is(taken, COCO_ATTRIBUTE_STRING) || !coco_attribute_is(measured, COCO_ATTRIBUTE_INTEGER) ||
      !coco_attribute_is(reason, COCO_ATTRIBUTE_STRING))
    return false;
  choice.sparse = coco_string_is(taken->text, "sparse");
  choice.measured = measured->integer != 0;
  choice.reason = reason->text;
  *out = choice;
  return true;
}

static coco_status set(coco_operation *layer, coco_string name, const coco_named_attribute *entries, size_t count) {
  for (size_t i = 0; i < count; ++i)
    if (!entries[i].value) return COCO_OUT_OF_MEMORY;
  const coco_attribute *dictionary = coco_attribute_dictionary(layer->context, entries, count);
  return dictionary ? coco_operation_set(layer, name, dictionary) : COCO_OUT_OF_MEMORY;
}

static const coco_attribute *ms_attribute(coco_context *context, double ms) {
  return coco_attribute_float(context, coco_type_float(context, COCO_F64), ms);
}

coco_status coco_layer_set_measured(coco_operation *layer, const coco_layer_times *times) {
  const coco_named_attribute entries[] = {COCO_NAMED("dense_ms", ms_attribute(layer->context, times->dense_ms)),
                                          COCO_NAMED("sparse_ms", ms_attribute(layer->context, times->sparse_ms))};
  return set(layer, MEASURED, entries, sizeof entries / sizeof *entries);
}

coco_status coco_layer_set_choice(coco_operation *layer, const coco_layer_choice *choice) {
  coco_context *context = layer->context;
  const coco_string taken = choice->sparse ? COCO_STRING("sparse") : COCO_STRING("dense");
  const coco_named_attribute entries[] = {COCO_NAMED("taken", coco_attribute_string(context, taken)),
                                          COCO_NAMED("dense_ms", ms_attribute(context, choice->times.dense_ms)),
                                          COCO_NAMED("sparse_ms", ms_attribute(context, choice->times.sparse_ms)),
                                          COCO_NAMED("measured", coco_attribute_bool(context, choice->measured)),
                                          COCO_NAMED("reason", coco_attribute_string(context, choice->reason))};
  return set(layer, CHOICE, entries, sizeof entries / sizeof *entries);
}
