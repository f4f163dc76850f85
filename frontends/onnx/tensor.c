/* ONNX's TensorProto: see tensor.h. Elements are little-endian on the wire and in memory. */
#include "frontends/onnx/tensor.h"

enum { EXTERNAL = 1 }; /* TensorProto.DataLocation */

/* Which repeated field holds the elements when raw_data does not. */
typedef enum element_field { NO_FIELD, FLOATS, INTS32, INTS64, DOUBLES, UNSIGNED64 } element_field;

typedef enum kind { NOTHING, SIGNLESS, UNSIGNED, REAL } kind;

typedef struct element_row {
  const char *name;
  element_field field;
  kind kind;
  uint32_t width; /* bits in raw_data; a bool has a byte there */
  coco_float_format format;
} element_row;

static const element_row elements[] = {
    [COCO_ONNX_UNDEFINED] = {"undefined", NO_FIELD, NOTHING, 0, COCO_F32},
    [COCO_ONNX_FLOAT] = {"float32", FLOATS, REAL, 32, COCO_F32},
    [COCO_ONNX_UINT8] = {"uint8", INTS32, UNSIGNED, 8, COCO_F32},
    [COCO_ONNX_INT8] = {"int8", INTS32, SIGNLESS, 8, COCO_F32},
    [COCO_ONNX_UINT16] = {"uint16", INTS32, UNSIGNED, 16, COCO_F32},
    [COCO_ONNX_INT16] = {"int16", INTS32, SIGNLESS, 16, COCO_F32},
    [COCO_ONNX_INT32] = {"int32", INTS32, SIGNLESS, 32, COCO_F32},
    [COCO_ONNX_INT64] = {"int64", INTS64, SIGNLESS, 64, COCO_F32},
    [COCO_ONNX_STRING] = {"string", NO_FIELD, NOTHING, 0, COCO_F32},
    [COCO_ONNX_BOOL] = {"bool", INTS32, SIGNLESS, 1, COCO_F32},
    [COCO_ONNX_FLOAT16] = {"float16", INTS32, REAL, 16, COCO_F16},
    [COCO_ONNX_DOUBLE] = {"float64", DOUBLES, REAL, 64, COCO_F64},
    [COCO_ONNX_UINT32] = {"uint32", UNSIGNED64, UNSIGNED, 32, COCO_F32},
    [COCO_ONNX_UINT64] = {"uint64", UNSIGNED64, UNSIGNED, 64, COCO_F32},
    [COCO_ONNX_COMPLEX64] = {"complex64", NO_FIELD, NOTHING, 0, COCO_F32},
    [COCO_ONNX_COMPLEX128] = {"complex128", NO_FIELD, NOTHING, 0, COCO_F32},
    [COCO_ONNX_BFLOAT16] = {"bfloat16", INTS32, REAL, 16, COCO_BF16},
    [COCO_ONNX_FLOAT8E4M3FN] = {"float8e4m3fn", INTS32, REAL, 8, COCO_F8E4M3FN},
    [COCO_ONNX_FLOAT8E4M3FNUZ] = {"float8e4m3fnuz", INTS32, REAL, 8, COCO_F8E4M3FNUZ},
    [COCO_ONNX_FLOAT8E5M2] = {"float8e5m2", INTS32, REAL, 8, COCO_F8E5M2},
    [COCO_ONNX_FLOAT8E5M2FNUZ] = {"float8e5m2fnuz", INTS32, REAL, 8, COCO_F8E5M2FNUZ},
    [COCO_ONNX_UINT4] = {"uint4", INTS32, UNSIGNED, 4, COCO_F32},
    [COCO_ONNX_INT4] = {"int4", INTS32, SIGNLESS, 4, COCO_F32},
};
enum { ELEMENT_COUNT = sizeof elements / sizeof *elements };

static const element_row *element_of(int64_t data_type) {
  return data_type > 0 && data_type < ELEMENT_COUNT ? &elements[data_type] : &elements[COCO_ONNX_UNDEFINED];
}

const char *coco_onnx_data_type_name(int64_t data_type) {
  return data_type > 0 && data_type < ELEMENT_COUNT ? elements[data_type].name : "unknown";
}

bool coco_onnx_element_type(coco_context *context, int64_t data_type, const coco_type **out) {
  const element_row *row = element_of(data_type);
  *out = NULL;
  if (row->kind == NOTHING) return true;
  if (row->kind == REAL)
    *out = coco_type_float(context, row->format);
  else
    *out = coco_type_integer_signed(context, row->width, row->kind == UNSIGNED ? COCO_UNSIGNED : COCO_SIGNLESS);
  return *out != NULL;
}

coco_onnx_data_type coco_onnx_data_type_of(const coco_type *element) {
  for (int i = 1; i < ELEMENT_COUNT; ++i) {
    const element_row *row = &elements[i];
    if (row->kind == REAL
            ? coco_type_is_float(element) && element->format == row->format
            : row->kind != NOTHING && element->kind == COCO_TYPE_INTEGER && element->width == row->width &&
                  (element->signedness == COCO_UNSIGNED) == (row->kind == UNSIGNED))
      return (coco_onnx_data_type)i;
  }
  return COCO_ONNX_UNDEFINED;
}

static const char *tensor_name(const CocoOnnx__TensorProto *tensor) { return tensor->name ? tensor->name : ""; }

static size_t raw_size(const element_row *row, size_t count) {
  if (row->width == 1) return count;
  return row->width < 8 ? count / 2 + count % 2 : count * (row->width / 8);
}

static size_t field_count(const CocoOnnx__TensorProto *tensor, element_field field) {
  switch (field) {
    case FLOATS:
      return tensor->n_float_data;
    case INTS32:
      return tensor->n_int32_data;
    case INTS64:
      return tensor->n_int64_data;
    case DOUBLES:
      return tensor->n_double_data;
    case UNSIGNED64:
      return tensor->n_uint64_data;
    case NO_FIELD:
      break;
  }
  return 0;
}

/* That COUNT elements are there, wherever they are. */
static coco_status check_bytes(const coco_onnx_place *place, const CocoOnnx__TensorProto *tensor,
                               const element_row *row, size_t count) {
  size_t expected = raw_size(row, count);
  if (tensor->data_location == EXTERNAL) return coco_onnx_external_read(place, tensor, NULL, expected);
  coco_string raw = coco_onnx_tensor_raw(tensor);
  if (raw.data) {
    if (raw.size == expected) return COCO_OK;
    return coco_error(place->context, place->location, "tensor '%s' should hold %zu bytes and holds %zu",
                      tensor_name(tensor), expected, raw.size);
  }
  size_t there = field_count(tensor, row->field);
  size_t needed = row->width == 4 ? count / 2 + count % 2 : count;
  if (there == needed) return COCO_OK;
  return coco_error(place->context, place->location, "tensor '%s' should hold %zu numbers and holds %zu",
                    tensor_name(tensor), needed, there);
}

coco_status coco_onnx_tensor_type(const coco_onnx_place *place, const CocoOnnx__TensorProto *tensor,
                                  const coco_type **out) {
  const coco_type *element;
  if (!coco_onnx_element_type(place->context, tensor->data_type, &element)) return COCO_OUT_OF_MEMORY;
  if (!element)
    return coco_error(place->context, place->location,
                      "tensor '%s' has elements of a type that is not supported: %s (%d)", tensor_name(tensor),
                      coco_onnx_data_type_name(tensor->data_type), (int)tensor->data_type);
  if (tensor->n_dims > COCO_ONNX_MAXIMUM_RANK)
    return coco_error(place->context, place->location, "tensor '%s' has %zu dimensions; at most %d are allowed",
                      tensor_name(tensor), tensor->n_dims, COCO_ONNX_MAXIMUM_RANK);
  for (size_t i = 0; i < tensor->n_dims; ++i)
    if (tensor->dims[i] < 0)
      return coco_error(place->context, place->location, "tensor '%s' has a negative extent", tensor_name(tensor));
  *out = coco_type_tensor(place->context, tensor->n_dims, tensor->dims, element, NULL);
  if (!*out) return COCO_OUT_OF_MEMORY;
  int64_t bytes = coco_type_byte_count(*out), count = coco_type_element_count(*out);
  if (bytes < 0 || count < 0 || (uint64_t)bytes > SIZE_MAX / 2)
    return coco_error(place->context, place->location, "tensor '%s' is too large", tensor_name(tensor));
  return check_bytes(place, tensor, element_of(tensor->data_type), (size_t)count);
}

const coco_wire_in_place coco_onnx_raw_data_in_place = {&coco_onnx__tensor_proto__descriptor, 9, 1000, 1001};

coco_string coco_onnx_tensor_raw(const CocoOnnx__TensorProto *tensor) {
  if (tensor->has_raw_address) return (coco_string){(const char *)(uintptr_t)tensor->raw_address, (size_t)tensor->raw_size};
  if (!tensor->has_raw_data) return (coco_string){NULL, 0};
  return (coco_string){tensor->raw_data.data ? (const char *)tensor->raw_data.data : "", tensor->raw_data.len};
}

bool coco_onnx_tensor_is_plain(const CocoOnnx__TensorProto *tensor, const coco_type *type) {
  return tensor->data_location != EXTERNAL && coco_onnx_tensor_raw(tensor).data && coco_type_scalar(type)->width >= 8;
}

/* From the bytes of raw_data or of a file, in place when OUT holds them already. Bools become 0 or 1; two
 * 4-bit integers share a byte, the first in its low half, and are widened from the last to the first. */
static void spread(const element_row *row, uint8_t *out, size_t count) {
  if (row->width == 1) {
    for (size_t i = 0; i < count; ++i) out[i] = out[i] != 0;
  } else if (row->width == 4) {
    for (size_t i = count; i-- > 0;) {
      uint8_t half = (uint8_t)(out[i / 2] >> (i % 2 * 4) & 0xf);
      out[i] = row->kind == UNSIGNED || half < 8 ? half : (uint8_t)(half | 0xf0);
    }
  }
}

/* From a repeated field. The narrow types take the low bits of each number; 4-bit ones two to a number. */
static void fill_from_field(const CocoOnnx__TensorProto *tensor, const element_row *row, uint8_t *out, size_t count) {
  size_t size = row->width < 8 ? 1 : row->width / 8;
  switch (row->field) {
    case FLOATS:
      memcpy(out, tensor->float_data, count * 4);
      break;
    case DOUBLES:
      memcpy(out, tensor->double_data, count * 8);
      break;
    case INTS64:
      memcpy(out, tensor->int64_data, count * 8);
      break;
    case INTS32:
      for (size_t i = 0; i < (row->width == 4 ? count / 2 + count % 2 : count); ++i)
        memcpy(out + i * size, &tensor->int32_data[i], size);
      spread(row, out, count);
      break;
    case UNSIGNED64:
      for (size_t i = 0; i < count; ++i) memcpy(out + i * size, &tensor->uint64_data[i], size);
      break;
    case NO_FIELD:
      break;
  }
}

coco_status coco_onnx_tensor_fill(const coco_onnx_place *place, const CocoOnnx__TensorProto *tensor,
                                  const coco_type *type, uint8_t *out) {
  const element_row *row = element_of(tensor->data_type);
  size_t count = (size_t)coco_type_element_count(type);
  coco_string raw = coco_onnx_tensor_raw(tensor);
  if (count == 0) return COCO_OK;
  if (tensor->data_location == EXTERNAL) {
    COCO_TRY(coco_onnx_external_read(place, tensor, out, raw_size(row, count)));
  } else if (raw.data) {
    memcpy(out, raw.data, raw.size);
  } else {
    fill_from_field(tensor, row, out, count);
    return COCO_OK;
  }
  spread(row, out, count);
  return COCO_OK;
}
