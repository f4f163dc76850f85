/* NumPy's .npy files, versions 1 to 3.
 *
 * A file is: 0x93 "NUMPY", major, minor, header length (2 bytes in version 1, else 4), then a header that is a
 * Python dictionary {'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }, then the elements. */
#include "ir/base/buffer.h"
#include "ir/base/file.h"
#include "tools/common/tensor_file.h"

enum { MAXIMUM_RANK = 32, MAGIC_SIZE = 6 };

/* What a header says. */
typedef struct npy_header {
  char order, kind; /* '<', '>', '|' or '='; 'f', 'i', 'u' or 'b' */
  unsigned width;   /* bytes of an element */
  bool fortran_order;
  int64_t shape[MAXIMUM_RANK];
  size_t rank;
} npy_header;

/* ---- Reading ---- */

static void skip_spaces(coco_string *text) {
  while (text->size && (text->data[0] == ' ' || text->data[0] == '\n')) ++text->data, --text->size;
}

static bool take(coco_string *text, char character) {
  skip_spaces(text);
  if (text->size == 0 || text->data[0] != character) return false;
  ++text->data, --text->size;
  return true;
}

static bool take_word(coco_string *text, const char *word) {
  skip_spaces(text);
  if (!coco_string_starts_with(*text, coco_string_from(word))) return false;
  text->data += strlen(word), text->size -= strlen(word);
  return true;
}

static bool take_quoted(coco_string *text, coco_string *out) {
  skip_spaces(text);
  if (text->size < 2 || (text->data[0] != '\'' && text->data[0] != '"')) return false;
  const char *end = memchr(text->data + 1, text->data[0], text->size - 1);
  if (!end) return false;
  *out = (coco_string){text->data + 1, (size_t)(end - text->data - 1)};
  text->size -= out->size + 2;
  text->data = end + 1;
  return true;
}

static bool take_count(coco_string *text, int64_t *out) {
  skip_spaces(text);
  size_t size = 0;
  while (size < text->size && text->data[size] >= '0' && text->data[size] <= '9') ++size;
  if (size == 0 || !coco_string_to_int64((coco_string){text->data, size}, out)) return false;
  text->data += size, text->size -= size;
  return true;
}

static bool take_shape(coco_string *text, npy_header *out) {
  out->rank = 0;
  if (!take(text, '(')) return false;
  while (!take(text, ')')) {
    if (out->rank == MAXIMUM_RANK || !take_count(text, &out->shape[out->rank++])) return false;
    if (!take(text, ',')) return take(text, ')');
  }
  return true;
}

static bool take_element(coco_string *text, npy_header *out) {
  coco_string name;
  int64_t width;
  if (!take_quoted(text, &name) || name.size < 3) return false;
  if (!coco_string_to_int64((coco_string){name.data + 2, name.size - 2}, &width)) return false;
  out->order = name.data[0];
  out->kind = name.data[1];
  out->width = width > 0 && width <= 8 ? (unsigned)width : 0;
  return memchr("<>|=", out->order, 4) != NULL;
}

static bool read_header(coco_string text, npy_header *out) {
  bool has_element = false, has_order = false, has_shape = false;
  if (!take(&text, '{')) return false;
  while (!take(&text, '}')) {
    coco_string key;
    bool ok = take_quoted(&text, &key) && take(&text, ':');
    if (ok && coco_string_is(key, "descr")) {
      ok = has_element = take_element(&text, out);
    } else if (ok && coco_string_is(key, "fortran_order")) {
      out->fortran_order = take_word(&text, "True");
      ok = has_order = out->fortran_order || take_word(&text, "False");
    } else if (ok && coco_string_is(key, "shape")) {
      ok = has_shape = take_shape(&text, out);
    } else {
      ok = false;
    }
    if (!ok) return false;
    if (!take(&text, ',')) {
      if (!take(&text, '}')) return false;
      break;
    }
  }
  skip_spaces(&text);
  return has_element && has_order && has_shape && text.size == 0;
}

/* NULL with *out_known true: no memory. */
static const coco_type *element_type(coco_context *context, const npy_header *header, bool *out_known) {
  *out_known = true;
  uint32_t bits = header->width * 8;
  switch (header->kind) {
    case 'f':
      if (bits == 16) return coco_type_float(context, COCO_F16);
      if (bits == 32) return coco_type_float(context, COCO_F32);
      if (bits == 64) return coco_type_float(context, COCO_F64);
      break;
    case 'i':
    case 'u':
      if (bits == 8 || bits == 16 || bits == 32 || bits == 64)
        return coco_type_integer_signed(context, bits, header->kind == 'u' ? COCO_UNSIGNED : COCO_SIGNLESS);
      break;
    case 'b':
      if (bits == 8) return coco_type_integer(context, 1);
      break;
    default:
      break;
  }
  *out_known = false;
  return NULL;
}

/* The elements in row-major order; the file has them with the first index running fastest when FORTRAN_ORDER. */
static void copy_elements(const npy_header *header, const uint8_t *from, uint8_t *to, size_t count) {
  size_t width = header->width;
  if (!header->fortran_order || header->rank < 2) {
    memcpy(to, from, count * width);
    return;
  }
  int64_t index[MAXIMUM_RANK] = {0};
  for (size_t i = 0; i < count; ++i) {
    size_t offset = 0, stride = 1;
    for (size_t d = 0; d < header->rank; ++d) {
      offset += (size_t)index[d] * stride;
      stride *= (size_t)header->shape[d];
    }
    memcpy(to + i * width, from + offset * width, width);
    for (size_t d = header->rank; d-- > 0 && ++index[d] == header->shape[d];) index[d] = 0;
  }
}

static void normalize_elements(const npy_header *header, uint8_t *data, size_t count) {
  if (header->order == '>' && header->width > 1) {
    for (uint8_t *element = data; element < data + count * header->width; element += header->width)
      for (size_t i = 0; i < header->width / 2; ++i) {
        uint8_t byte = element[i];
        element[i] = element[header->width - 1 - i];
        element[header->width - 1 - i] = byte;
      }
  }
  for (size_t i = 0; header->kind == 'b' && i < count; ++i) data[i] = data[i] != 0;
}

coco_status coco_tensor_from_npy(coco_context *context, const coco_location *location, coco_string bytes,
                                 coco_tensor *out) {
  const uint8_t *data = (const uint8_t *)bytes.data;
  *out = (coco_tensor){0};
  if (bytes.size < 12) return coco_error(context, location, "the .npy file is cut short");
  unsigned version = data[MAGIC_SIZE];
  if (version < 1 || version > 3) return coco_error(context, location, "version %u of .npy is not known", version);
  size_t start = version == 1 ? 10 : 12;
  size_t header_size = (size_t)data[8] | (size_t)data[9] << 8;
  if (version > 1) header_size |= (size_t)data[10] << 16 | (size_t)data[11] << 24;
  if (header_size > bytes.size - start)
    return coco_error(context, location, "the header of the .npy file goes past its end");
  npy_header header = {0};
  if (!read_header((coco_string){bytes.data + start, header_size}, &header))
    return coco_error(context, location, "the header of the .npy file is malformed");
  bool known;
  const coco_type *element = element_type(context, &header, &known);
  if (!known) return coco_error(context, location, "the .npy file's elements are of a type that is not supported");
  const coco_type *type = element ? coco_type_tensor(context, header.rank, header.shape, element, NULL) : NULL;
  if (!type) return COCO_OUT_OF_MEMORY;
  int64_t expected = coco_type_byte_count(type);
  if (expected < 0 || (uint64_t)expected != bytes.size - start - header_size)
    return coco_error(context, location, "the .npy file holds %zu bytes of elements; its shape asks for %lld",
                      bytes.size - start - header_size, (long long)expected);
  COCO_TRY(coco_tensor_create(context, type, out));
  size_t count = out->size / header.width;
  copy_elements(&header, data + start + header_size, out->data, count);
  normalize_elements(&header, out->data, count);
  return COCO_OK;
}

/* ---- Writing ---- */

/* NumPy's name of ELEMENT; NULL when it has none. */
static const char *element_name(const coco_type *element) {
  if (coco_type_is_float(element)) {
    if (element->format == COCO_F16) return "<f2";
    if (element->format == COCO_F32) return "<f4";
    return element->format == COCO_F64 ? "<f8" : NULL;
  }
  if (element->kind == COCO_TYPE_INDEX) return "<i8";
  bool is_unsigned = element->signedness == COCO_UNSIGNED;
  switch (element->width) {
    case 1:
      return "|b1";
    case 8:
      return is_unsigned ? "|u1" : "|i1";
    case 16:
      return is_unsigned ? "<u2" : "<i2";
    case 32:
      return is_unsigned ? "<u4" : "<i4";
    case 64:
      return is_unsigned ? "<u8" : "<i8";
    default:
      return NULL;
  }
}

/* Total size divisible by 64, as NumPy wants it. */
static void append_header(coco_buffer *buffer, const char *element, const coco_type *type) {
  coco_buffer header = COCO_BUFFER(buffer->allocator);
  coco_buffer_format(&header, "{'descr': '%s', 'fortran_order': False, 'shape': (", element);
  for (uint32_t i = 0; i < type->rank; ++i)
    coco_buffer_format(&header, "%lld%s", (long long)type->shape[i],
                       type->rank == 1      ? ","
                       : i + 1 < type->rank ? ", "
                                            : "");
  coco_buffer_text(&header, "), }");
  coco_buffer_indent(&header, (64 - (10 + header.size + 1) % 64) % 64);
  coco_buffer_byte(&header, '\n');
  coco_buffer_append(buffer, "\x93NUMPY\x01\x00", 8);
  coco_buffer_byte(buffer, (char)(header.size & 0xff));
  coco_buffer_byte(buffer, (char)(header.size >> 8));
  coco_buffer_string(buffer, coco_buffer_view(&header));
  if (header.status != COCO_OK) buffer->status = header.status;
  coco_buffer_free(&header);
}

coco_status coco_tensor_to_npy(coco_context *context, const coco_location *location, const coco_type *type,
                               const void *data, coco_buffer *out) {
  const coco_type *scalar = coco_type_scalar(type);
  const char *element = element_name(scalar);
  bool convert = !element && coco_type_is_float(scalar);
  if (!element && !convert) return coco_error(context, location, "NumPy has no type for these elements");
  append_header(out, convert ? "<f4" : element, type);
  size_t size = coco_type_element_size(scalar);
  for (int64_t i = 0; convert && i < coco_type_element_count(type); ++i) {
    float value = (float)coco_element_read_real(scalar, (const char *)data + (size_t)i * size);
    coco_buffer_append(out, &value, sizeof value);
  }
  if (!convert) coco_buffer_append(out, data, (size_t)coco_type_byte_count(type));
  return out->status;
}

coco_status coco_tensor_save_npy(coco_context *context, const char *path, const coco_type *type, const void *data) {
  const coco_location *location = coco_location_file(context, coco_string_from(path), 0, 0);
  if (!location) return COCO_OUT_OF_MEMORY;
  coco_buffer bytes = COCO_BUFFER(coco_context_allocator(context));
  coco_status status = coco_tensor_to_npy(context, location, type, data, &bytes);
  coco_string part = coco_buffer_view(&bytes);
  int problem = 0;
  if (status == COCO_OK) status = coco_file_write(path, &part, 1, &problem);
  if (status == COCO_IO_ERROR)
    status = coco_error(context, location, "the file cannot be written: %s", strerror(problem));
  coco_buffer_free(&bytes);
  return status;
}
