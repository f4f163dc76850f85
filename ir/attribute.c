/* Attributes: construction with uniquing, which locations share. Reading them is in attribute_access.c, numbers in
 * number.c. */
#include "ir/attribute.h"

#include <stdlib.h>

#include "ir/context_internal.h"

/* Bytes behind the payload pointer: DATA_SIZE of elements and dense arrays, so many for each of COUNT of other kinds
 * (an integer counts its words only when it is wide). */
static const uint8_t payload_units[] = {
    [COCO_ATTRIBUTE_INTEGER] = sizeof(uint64_t),
    [COCO_ATTRIBUTE_ARRAY] = sizeof(coco_attribute *),
    [COCO_ATTRIBUTE_DICTIONARY] = sizeof(coco_named_attribute),
    [COCO_ATTRIBUTE_SYMBOL] = sizeof(coco_attribute *),
    [COCO_ATTRIBUTE_INTEGER_SET] = 1,
    [COCO_ATTRIBUTE_STRIDED_LAYOUT] = sizeof(int64_t),
    [COCO_ATTRIBUTE_DENSE_STRINGS] = sizeof(coco_attribute *),
    [COCO_ATTRIBUTE_SPARSE] = sizeof(coco_attribute *),
    [COCO_ATTRIBUTE_DIALECT] = sizeof(coco_attribute *),
    [COCO_LOCATION_FUSED] = sizeof(coco_attribute *),
};
static size_t payload_size(const coco_attribute *a) { return a->count * payload_units[a->kind] + a->data_size; }

/* Only file locations have a column; elsewhere those bytes of the union hold nothing. */
static uint64_t column_of(const coco_attribute *a) { return a->kind == COCO_LOCATION_FILE ? (uint64_t)a->column : 0; }

/* Dictionary entries are compared by their interned parts, never as raw bytes: padding is none, pointers are unique. */
static bool attribute_equal(const void *candidate, const void *key) {
  const coco_attribute *a = candidate, *b = key;
  if (a->kind != b->kind || a->splat != b->splat || a->type != b->type || a->count != b->count ||
      a->data_size != b->data_size || a->line != b->line || column_of(a) != column_of(b) || a->child != b->child ||
      a->caller != b->caller || a->text.size != b->text.size ||
      (a->text.data != b->text.data && memcmp(a->text.data, b->text.data, a->text.size) != 0))
    return false;
  size_t size = payload_size(a); /* of an equal type and count, so B's too */
  return size == 0 || memcmp(a->data, b->data, size) == 0;
}

static uint64_t attribute_hash(const coco_attribute *a, size_t payload) {
  uint64_t hash = coco_hash_combine((uint64_t)a->kind << 1 | a->splat, (uint64_t)(uintptr_t)a->type);
  hash = coco_hash_combine(hash, (uint64_t)a->line);
  hash = coco_hash_combine(hash, column_of(a) ^ a->count ^ (uint64_t)(uintptr_t)a->child);
  if (a->caller) hash = coco_hash_combine(hash, (uint64_t)(uintptr_t)a->caller);
  if (a->text.size) hash = coco_hash_bytes(a->text.data, a->text.size, hash);
  return payload ? coco_hash_bytes(a->data, payload, hash) : hash;
}

static const coco_attribute *find_or_make(coco_context *context, const coco_attribute *key, uint64_t hash,
                                          size_t size) {
  const coco_attribute *found = coco_unique_find(&context->attributes, hash, key, attribute_equal);
  if (found) return found;
  coco_attribute *made = coco_arena_copy_bytes(&context->arena, key, sizeof *key);
  if (!made) return NULL;
  if (size) {
    made->data = coco_arena_copy_bytes(&context->arena, key->data, size);
    if (!made->data) return NULL;
  }
  if (key->text.data) {
    made->text = coco_context_intern(context, key->text);
    if (!made->text.data) return NULL;
  }
  if (coco_unique_insert(context, &context->attributes, hash, made) != COCO_OK) return NULL;
  return made;
}

const coco_attribute *coco_unique_attribute(coco_context *context, const coco_attribute *key) {
  size_t size = payload_size(key);
  uint64_t hash = attribute_hash(key, size);
  if (!context->sharing) return find_or_make(context, key, hash, size);
  const coco_attribute *made = coco_sharing_recall(context->sharing, hash, key, attribute_equal);
  if (made) return made;
  coco_context_enter(context);
  made = find_or_make(context, key, hash, size);
  coco_context_leave(context);
  if (made) coco_sharing_remember(context->sharing, hash, made, attribute_equal);
  return made;
}

/* ---- Numbers and strings ---- */

const coco_attribute *coco_attribute_unit(coco_context *context) {
  return context->unit ? context->unit : coco_unique_attribute(context, &(coco_attribute){.kind = COCO_ATTRIBUTE_UNIT});
}

/* VALUE cut to WIDTH bits and sign-extended (zero-extended for unsigned types and for i1). */
static int64_t truncate_integer(const coco_type *type, int64_t value) {
  uint32_t width = coco_type_bits(type);
  if (width >= 64) return value;
  if (width == 0) return 0;
  uint64_t mask = ((uint64_t)1 << width) - 1, bits = (uint64_t)value & mask;
  bool negative = width > 1 && type->signedness != COCO_UNSIGNED && (bits >> (width - 1)) != 0;
  return (int64_t)(negative ? bits | ~mask : bits);
}

const coco_attribute *coco_attribute_integer(coco_context *context, const coco_type *type, int64_t value) {
  if (type->kind == COCO_TYPE_INTEGER && type->width > 64) {
    size_t count = (type->width + 63) / 64;
    uint64_t *words = coco_allocate(&context->allocator, count * sizeof *words);
    if (!words) return NULL;
    for (size_t i = 0; i < count; ++i) words[i] = i == 0 ? (uint64_t)value : value < 0 ? UINT64_MAX : 0;
    const coco_attribute *made = coco_attribute_integer_wide(context, type, words, count);
    coco_free(&context->allocator, words, count * sizeof *words);
    return made;
  }
  return coco_unique_attribute(
      context,
      &(coco_attribute){.kind = COCO_ATTRIBUTE_INTEGER, .type = type, .integer = truncate_integer(type, value)});
}

const coco_attribute *coco_attribute_integer_wide(coco_context *context, const coco_type *type, const uint64_t *words, size_t count) {
  if (type->width <= 64) return coco_attribute_integer(context, type, count ? (int64_t)words[0] : 0);
  return coco_unique_attribute(context, &(coco_attribute){.kind = COCO_ATTRIBUTE_INTEGER, .type = type, .count = count,
                                                     .integer = count ? (int64_t)words[0] : 0, .words = words});
}

const coco_attribute *coco_attribute_bool(coco_context *context, bool value) { return coco_attribute_integer(context, context->i1, value); }
const coco_attribute *coco_attribute_i64(coco_context *context, int64_t value) { return coco_attribute_integer(context, context->i64, value); }
const coco_attribute *coco_attribute_i32(coco_context *context, int32_t value) { return coco_attribute_integer(context, context->i32, value); }
const coco_attribute *coco_attribute_index(coco_context *context, int64_t value) { return coco_attribute_integer(context, context->index, value); }

const coco_attribute *coco_attribute_float(coco_context *context, const coco_type *type, double value) {
  return coco_unique_attribute(
      context,
      &(coco_attribute){.kind = COCO_ATTRIBUTE_FLOAT, .type = type, .real = coco_round_to_format(type->format, value)});
}
const coco_attribute *coco_attribute_f32(coco_context *context, float value) { return coco_attribute_float(context, context->f32, value); }

const coco_attribute *coco_attribute_string_typed(coco_context *context, coco_string text, const coco_type *type) {
  if (!text.data) text = COCO_STRING("");
  return coco_unique_attribute(context, &(coco_attribute){.kind = COCO_ATTRIBUTE_STRING, .text = text, .type = type});
}
const coco_attribute *coco_attribute_string(coco_context *context, coco_string text) { return coco_attribute_string_typed(context, text, NULL); }

const coco_attribute *coco_attribute_type(coco_context *context, const coco_type *type) {
  return coco_unique_attribute(context, &(coco_attribute){.kind = COCO_ATTRIBUTE_TYPE, .type = type});
}

/* ---- Containers ---- */

const coco_attribute *coco_attribute_array(coco_context *context, const coco_attribute *const *elements, size_t count) {
  return coco_unique_attribute(context,
                               &(coco_attribute){.kind = COCO_ATTRIBUTE_ARRAY, .elements = elements, .count = count});
}

static int compare_names(const void *a, const void *b) {
  const coco_named_attribute *left = a, *right = b;
  return coco_string_compare(left->name, right->name);
}

/* Stable for the few entries that operations have, and O(n log n) for many. */
static void sort_entries(coco_named_attribute *entries, size_t count) {
  enum { FEW = 16 };
  if (count > FEW) {
    qsort(entries, count, sizeof *entries, compare_names);
    return;
  }
  for (size_t i = 1; i < count; ++i) {
    coco_named_attribute entry = entries[i];
    size_t at = i;
    for (; at > 0 && coco_string_compare(entries[at - 1].name, entry.name) > 0; --at) entries[at] = entries[at - 1];
    entries[at] = entry;
  }
}

const coco_attribute *coco_attribute_dictionary(coco_context *context, const coco_named_attribute *entries, size_t count) {
  coco_named_attribute few[16], *sorted = few;
  size_t size = count * sizeof *sorted;
  if (count > sizeof few / sizeof *few) {
    sorted = coco_allocate(&context->allocator, size);
    if (!sorted) return NULL;
  }
  const coco_attribute *made = NULL;
  size_t present = 0;
  bool complete = true;
  for (size_t i = 0; i < count; ++i) {
    if (!entries[i].value) continue;
    coco_string name = coco_context_intern(context, entries[i].name);
    sorted[present++] = (coco_named_attribute){name, entries[i].value};
    complete = complete && name.data;
  }
  if (complete) {
    sort_entries(sorted, present);
    size_t kept = 0;
    for (size_t i = 0; i < present; ++i) {
      if (kept && sorted[kept - 1].name.data == sorted[i].name.data) --kept;
      sorted[kept++] = sorted[i];
    }
    made = coco_unique_attribute(
        context, &(coco_attribute){.kind = COCO_ATTRIBUTE_DICTIONARY, .entries = sorted, .count = kept});
  }
  if (sorted != few) coco_free(&context->allocator, sorted, size);
  return made;
}

const coco_attribute *coco_attribute_symbol_nested(coco_context *context, coco_string root, const coco_attribute *const *nested, size_t count) {
  return coco_unique_attribute(
      context, &(coco_attribute){.kind = COCO_ATTRIBUTE_SYMBOL, .text = root, .elements = nested, .count = count});
}
const coco_attribute *coco_attribute_symbol(coco_context *context, coco_string name) { return coco_attribute_symbol_nested(context, name, NULL, 0); }

const coco_attribute *coco_attribute_affine_map(coco_context *context, const coco_affine_map *map) {
  return coco_unique_attribute(context, &(coco_attribute){.kind = COCO_ATTRIBUTE_AFFINE_MAP, .map = map});
}

const coco_attribute *coco_attribute_integer_set(coco_context *context, const coco_affine_map *constraints, const uint8_t *equalities) {
  return coco_unique_attribute(context, &(coco_attribute){.kind = COCO_ATTRIBUTE_INTEGER_SET,
                                                          .map = constraints,
                                                          .flags = equalities,
                                                          .count = constraints->result_count});
}

const coco_attribute *coco_attribute_strided_layout(coco_context *context, int64_t offset, const int64_t *strides, size_t count) {
  return coco_unique_attribute(
      context,
      &(coco_attribute){.kind = COCO_ATTRIBUTE_STRIDED_LAYOUT, .integer = offset, .integers = strides, .count = count});
}

/* ---- Elements ---- */

const coco_attribute *coco_attribute_dense(coco_context *context, const coco_type *type, const void *data, size_t data_size) {
  size_t element = coco_type_element_size(type);
  int64_t count = coco_type_element_count(type);
  bool splat = count >= 1 && element > 0 && data_size >= element &&
               (data_size == element || memcmp(data, (const char *)data + element, data_size - element) == 0);
  if (splat) data_size = element;
  return coco_unique_attribute(
      context, &(coco_attribute){
                   .kind = COCO_ATTRIBUTE_DENSE, .type = type, .data = data, .data_size = data_size, .splat = splat});
}

const coco_attribute *coco_attribute_dense_strings(coco_context *context, const coco_type *type, const coco_attribute *const *elements, size_t count) {
  bool splat = count >= 1;
  for (size_t i = 1; i < count; ++i) splat = splat && elements[i] == elements[0];
  return coco_unique_attribute(context, &(coco_attribute){.kind = COCO_ATTRIBUTE_DENSE_STRINGS,
                                                          .type = type,
                                                          .elements = elements,
                                                          .count = splat ? 1 : count,
                                                          .splat = splat});
}

const coco_attribute *coco_attribute_dense_resource(coco_context *context, const coco_type *type, coco_resource *resource) {
  return coco_unique_attribute(
      context, &(coco_attribute){.kind = COCO_ATTRIBUTE_DENSE_RESOURCE, .type = type, .resource = resource});
}

const coco_attribute *coco_attribute_dense_array(coco_context *context, const coco_type *element, const void *data, size_t count) {
  size_t size = coco_type_element_size(element);
  return coco_unique_attribute(context, &(coco_attribute){.kind = COCO_ATTRIBUTE_DENSE_ARRAY,
                                                          .type = element,
                                                          .data = data,
                                                          .data_size = count * size,
                                                          .count = count});
}
const coco_attribute *coco_attribute_i64_array(coco_context *context, const int64_t *values, size_t count) {
  return coco_attribute_dense_array(context, context->i64, values, count);
}
const coco_attribute *coco_attribute_i32_array(coco_context *context, const int32_t *values, size_t count) {
  return coco_attribute_dense_array(context, context->i32, values, count);
}

const coco_attribute *coco_attribute_opaque(coco_context *context, coco_string text, const coco_type *type) {
  return coco_unique_attribute(context, &(coco_attribute){.kind = COCO_ATTRIBUTE_OPAQUE, .text = text, .type = type});
}

const coco_attribute *coco_attribute_sparse(coco_context *context, const coco_type *type, const coco_attribute *indices,
                                            const coco_attribute *values) {
  const coco_attribute *const elements[] = {indices, values};
  return coco_unique_attribute(
      context, &(coco_attribute){.kind = COCO_ATTRIBUTE_SPARSE, .type = type, .elements = elements, .count = 2});
}

const coco_attribute *coco_attribute_distinct(coco_context *context, const coco_attribute *child) {
  coco_context_enter(context);
  const int64_t number = (int64_t)context->distinct_count++;
  coco_context_leave(context);
  return coco_unique_attribute(context,
                               &(coco_attribute){.kind = COCO_ATTRIBUTE_DISTINCT, .child = child, .integer = number});
}

const coco_attribute *coco_attribute_dialect(coco_context *context, const coco_attribute_definition *definition,
                                             const coco_attribute *const *parameters) {
  return coco_unique_attribute(context, &(coco_attribute){.kind = COCO_ATTRIBUTE_DIALECT,
                                                          .definition = definition,
                                                          .elements = parameters,
                                                          .count = definition->parameter_count});
}
