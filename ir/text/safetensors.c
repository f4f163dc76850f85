/* safetensors files: reading with every check, and the header for writing. Cost: the size of the header. */
#include "ir/text/safetensors.h"

#include <stdlib.h>

#include "ir/base/hash.h"
#include "ir/printer.h"
#include "ir/text/json.h"
#include "ir/type.h"

static const struct {
  const char *name;
  size_t bits;
} dtypes[] = {{"F64", 64}, {"F32", 32}, {"F16", 16}, {"BF16", 16},   {"I64", 64},
              {"I32", 32}, {"I16", 16}, {"I8", 8},   {"U64", 64},    {"U32", 32},
              {"U16", 16}, {"U8", 8},   {"BOOL", 8}, {"F8_E5M2", 8}, {"F8_E4M3", 8}};

static size_t dtype_bits(coco_string name) {
  for (size_t i = 0; i < sizeof dtypes / sizeof *dtypes; i++) {
    if (coco_string_is(name, dtypes[i].name)) return dtypes[i].bits;
  }
  return 0;
}

/* ---- Reading ---- */

typedef struct reader {
  coco_json json;
  coco_arena *arena;
  COCO_VECTOR_OF(coco_safetensor) tensors;
  coco_string_map names;
  const uint8_t *data;
  size_t data_size;
} reader;

static void read_shape(reader *r, coco_safetensor *tensor) {
  int64_t shape[COCO_SAFETENSORS_MAXIMUM_RANK];
  tensor->rank = 0;
  coco_json_want(&r->json, '[');
  if (!coco_json_take(&r->json, ']')) {
    do {
      if (tensor->rank == COCO_SAFETENSORS_MAXIMUM_RANK) {
        coco_json_fail(&r->json, "a tensor has too many dimensions");
        return;
      }
      shape[tensor->rank++] = coco_json_count(&r->json);
    } while (!r->json.error && coco_json_take(&r->json, ','));
    coco_json_want(&r->json, ']');
  }
  int64_t *kept = coco_arena_allocate(r->arena, (tensor->rank + 1) * sizeof *kept);
  r->json.no_memory |= !kept;
  if (kept && tensor->rank) memcpy(kept, shape, tensor->rank * sizeof *kept);
  tensor->shape = kept;
}

static void read_offsets(reader *r, coco_safetensor *tensor) {
  coco_json_want(&r->json, '[');
  int64_t start = coco_json_count(&r->json);
  coco_json_want(&r->json, ',');
  int64_t end = coco_json_count(&r->json);
  coco_json_want(&r->json, ']');
  if (r->json.error) return;
  if (start > end || (uint64_t)end > r->data_size) {
    coco_json_fail(&r->json, "a tensor's data lies outside of the file");
    return;
  }
  tensor->data = r->data + start;
  tensor->size = (size_t)(end - start);
}

/* Bytes that dtype and shape want, or SIZE_MAX when that overflows. */
static size_t wanted_size(const coco_safetensor *tensor) {
  uint64_t bits = dtype_bits(tensor->dtype);
  bool is_empty = false;
  for (size_t i = 0; i < tensor->rank; i++) is_empty |= tensor->shape[i] == 0;
  if (is_empty) return 0;
  for (size_t i = 0; i < tensor->rank; i++) {
    if (bits > UINT64_MAX / (uint64_t)tensor->shape[i]) return SIZE_MAX;
    bits *= (uint64_t)tensor->shape[i];
  }
  return bits % 8 ? SIZE_MAX : (size_t)(bits / 8);
}

static void check_tensor(reader *r, const coco_safetensor *tensor, unsigned seen) {
  if (seen != 7) coco_json_fail(&r->json, "a tensor lacks dtype, shape or data_offsets");
  else if (!dtype_bits(tensor->dtype)) coco_json_fail(&r->json, "a tensor's dtype is unknown");
  else if (wanted_size(tensor) != tensor->size) coco_json_fail(&r->json, "a tensor's size does not fit its shape");
}

static void read_tensor(reader *r, coco_safetensor *tensor) {
  unsigned seen = 0, bit;
  coco_json_want(&r->json, '{');
  do {
    coco_string key = coco_json_string(&r->json);
    coco_json_want(&r->json, ':');
    if (r->json.error || r->json.no_memory) return;
    bit = coco_string_is(key, "dtype")          ? 1u
          : coco_string_is(key, "shape")        ? 2u
          : coco_string_is(key, "data_offsets") ? 4u
                                                : 0u;
    if (!bit || seen & bit) {
      coco_json_fail(&r->json, bit ? "a tensor has a member twice" : "a tensor has an unknown member");
      return;
    }
    seen |= bit;
    if (bit == 1) tensor->dtype = coco_json_string(&r->json);
    else if (bit == 2) read_shape(r, tensor);
    else read_offsets(r, tensor);
  } while (!r->json.error && coco_json_take(&r->json, ','));
  coco_json_want(&r->json, '}');
  if (!r->json.error && !r->json.no_memory) check_tensor(r, tensor, seen);
}

static coco_status read_entry(reader *r) {
  coco_safetensor tensor = {.name = coco_json_string(&r->json)};
  coco_json_want(&r->json, ':');
  if (r->json.error || r->json.no_memory) return COCO_OK;
  if (coco_string_is(tensor.name, "__metadata__")) {
    coco_json_skip(&r->json);
    return COCO_OK;
  }
  read_tensor(r, &tensor);
  if (r->json.error || r->json.no_memory) return COCO_OK;
  if (!tensor.name.size) coco_json_fail(&r->json, "a tensor has no name");
  else if (coco_string_map_get(&r->names, tensor.name)) coco_json_fail(&r->json, "two tensors have one name");
  if (r->json.error) return COCO_OK;
  COCO_TRY(coco_string_map_set(&r->names, tensor.name, r));
  return coco_vector_push(r->arena->allocator, &r->tensors, tensor);
}

static int by_place(const void *a, const void *b) {
  const coco_safetensor *left = a, *right = b;
  if (left->data != right->data) return left->data < right->data ? -1 : 1;
  return left->size < right->size ? -1 : left->size > right->size; /* empty ones first */
}

static const char *check_places(reader *r) {
  const uint8_t *end = r->data;
  if (r->tensors.count) qsort(r->tensors.items, r->tensors.count, sizeof *r->tensors.items, by_place);
  for (size_t i = 0; i < r->tensors.count; i++) {
    const coco_safetensor *tensor = &r->tensors.items[i];
    if (tensor->data < end) return "two tensors overlap";
    if (tensor->data > end) return "there is a hole between tensors";
    end = tensor->data + tensor->size;
  }
  return end == r->data + r->data_size ? NULL : "there are bytes behind the last tensor";
}

static coco_status read_all(reader *r, const char **out_error) {
  coco_json_want(&r->json, '{');
  if (!coco_json_take(&r->json, '}')) {
    do {
      COCO_TRY(read_entry(r));
    } while (!r->json.error && !r->json.no_memory && coco_json_take(&r->json, ','));
    coco_json_want(&r->json, '}');
  }
  if (r->json.no_memory) return COCO_OUT_OF_MEMORY;
  if (!r->json.error && !coco_json_at_end(&r->json)) coco_json_fail(&r->json, "something follows the header's JSON");
  *out_error = r->json.error ? r->json.error : check_places(r);
  return *out_error ? COCO_INVALID_ARGUMENT : COCO_OK;
}

static coco_status wrong(const char **out_error, const char *error) {
  *out_error = error;
  return COCO_INVALID_ARGUMENT;
}

coco_status coco_safetensors_read(coco_arena *arena, const uint8_t *data, size_t size, coco_safetensors *out,
                                  const char **out_error) {
  *out = (coco_safetensors){.count = 0};
  *out_error = NULL;
  if (size < 8) return wrong(out_error, "the file is too short for a header");
  uint64_t length = 0;
  for (int i = 0; i < 8; i++) length |= (uint64_t)data[i] << 8 * i;
  if (length > COCO_SAFETENSORS_MAXIMUM_HEADER) return wrong(out_error, "the header is too long");
  if (length > size - 8) return wrong(out_error, "the header is longer than the file");
  out->header = (coco_string){(const char *)data + 8, (size_t)length};
  reader reading = {.arena = arena, .names = {.allocator = arena->allocator}};
  reading.json = (coco_json){.next = out->header.data, .end = out->header.data + length, .arena = arena};
  reading.data = data + 8 + length;
  reading.data_size = size - 8 - (size_t)length;
  coco_status status = read_all(&reading, out_error);
  if (status == COCO_OK) {
    out->count = reading.tensors.count;
    out->tensors = coco_arena_allocate(arena, (out->count + 1) * sizeof *out->tensors);
    if (!out->tensors) status = COCO_OUT_OF_MEMORY;
    else if (out->count) memcpy(out->tensors, reading.tensors.items, out->count * sizeof *out->tensors);
  }
  coco_string_map_free(&reading.names);
  coco_vector_free(arena->allocator, &reading.tensors);
  return status;
}

/* ---- Writing ---- */

static const char *dtype_of(const coco_type *type, size_t size) {
  const coco_type *element = type ? type->element : NULL;
  if (!element || coco_type_byte_count(type) != (int64_t)size) return NULL;
  if (element->kind == COCO_TYPE_INDEX) return "I64";
  if (element->kind == COCO_TYPE_INTEGER) {
    bool is_unsigned = element->signedness == COCO_UNSIGNED;
    switch (element->width) {
      case 1: return "BOOL";
      case 8: return is_unsigned ? "U8" : "I8";
      case 16: return is_unsigned ? "U16" : "I16";
      case 32: return is_unsigned ? "U32" : "I32";
      case 64: return is_unsigned ? "U64" : "I64";
      default: return NULL;
    }
  }
  if (element->kind != COCO_TYPE_FLOAT) return NULL;
  switch (element->format) {
    case COCO_F64: return "F64";
    case COCO_F32: return "F32";
    case COCO_F16: return "F16";
    case COCO_BF16: return "BF16";
    case COCO_F8E5M2: return "F8_E5M2";
    case COCO_F8E4M3FN: return "F8_E4M3";
    default: return NULL;
  }
}

static void write_json_string(coco_buffer *buffer, coco_string text) {
  coco_buffer_byte(buffer, '"');
  for (size_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c == '"' || c == '\\') {
      coco_buffer_byte(buffer, '\\');
      coco_buffer_byte(buffer, (char)c);
    } else if (c < 0x20) {
      coco_buffer_format(buffer, "\\u%04X", c);
    } else {
      coco_buffer_byte(buffer, (char)c);
    }
  }
  coco_buffer_byte(buffer, '"');
}

static void write_part(coco_buffer *buffer, const coco_safetensor_part *part, uint64_t start) {
  const char *dtype = dtype_of(part->type, part->size);
  write_json_string(buffer, part->name);
  coco_buffer_text(buffer, ":{\"dtype\":\"");
  coco_buffer_text(buffer, dtype ? dtype : "U8");
  coco_buffer_text(buffer, "\",\"shape\":[");
  if (!dtype) coco_buffer_unsigned(buffer, part->size);
  for (uint32_t i = 0; dtype && i < part->type->rank; i++) {
    if (i) coco_buffer_byte(buffer, ',');
    coco_buffer_integer(buffer, part->type->shape[i]);
  }
  coco_buffer_text(buffer, "],\"data_offsets\":[");
  coco_buffer_unsigned(buffer, start);
  coco_buffer_byte(buffer, ',');
  coco_buffer_unsigned(buffer, start + part->size);
  coco_buffer_text(buffer, "]}");
}

void coco_safetensors_header(coco_buffer *buffer, const coco_safetensor_part *parts, size_t count) {
  static const char spaces[64] = "                                                               ";
  size_t begin = buffer->size;
  uint64_t start = 0;
  coco_buffer_append(buffer, "\0\0\0\0\0\0\0", 8);
  coco_buffer_byte(buffer, '{');
  for (size_t i = 0; i < count; i++) {
    if (i) coco_buffer_byte(buffer, ',');
    write_part(buffer, &parts[i], start);
    start += parts[i].size;
  }
  coco_buffer_byte(buffer, '}');
  size_t padding = (64 - (buffer->size - begin) % 64) % 64;
  for (size_t i = 0; i < padding; i += 63) coco_buffer_append(buffer, spaces, padding - i < 63 ? padding - i : 63);
  if (buffer->status != COCO_OK) return;
  uint64_t length = buffer->size - begin - 8;
  for (int i = 0; i < 8; i++) buffer->data[begin + (size_t)i] = (char)(length >> 8 * i);
}
