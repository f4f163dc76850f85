/* Writing types. */
#include "ir/text/printer_internal.h"

static const char *const float_texts[COCO_FLOAT_FORMAT_COUNT] = {
    [COCO_F16] = "f16",
    [COCO_BF16] = "bf16",
    [COCO_F32] = "f32",
    [COCO_F64] = "f64",
    [COCO_TF32] = "tf32",
    [COCO_F80] = "f80",
    [COCO_F128] = "f128",
    [COCO_F8E5M2] = "f8E5M2",
    [COCO_F8E4M3FN] = "f8E4M3FN",
    [COCO_F8E5M2FNUZ] = "f8E5M2FNUZ",
    [COCO_F8E4M3FNUZ] = "f8E4M3FNUZ",
    [COCO_F8E4M3B11FNUZ] = "f8E4M3B11FNUZ",
    [COCO_F8E4M3] = "f8E4M3",
    [COCO_F8E3M4] = "f8E3M4",
};

static void write_list(coco_printer *printer, coco_buffer *buffer, const coco_type *const *types, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i) coco_buffer_append(buffer, ", ", 2);
    coco_write_type(printer, buffer, types[i]);
  }
}

static void write_shape(coco_buffer *buffer, const coco_type *type) {
  for (uint32_t i = 0; i < type->rank; i++) {
    bool scalable = type->scalable && type->scalable[i];
    if (scalable) coco_buffer_byte(buffer, '[');
    if (type->shape[i] == COCO_DYNAMIC) coco_buffer_byte(buffer, '?');
    else coco_buffer_integer(buffer, type->shape[i]);
    if (scalable) coco_buffer_byte(buffer, ']');
    coco_buffer_byte(buffer, 'x');
  }
}

static void write_shaped(coco_printer *printer, coco_buffer *buffer, const coco_type *type, const char *word) {
  bool unranked = type->kind == COCO_TYPE_UNRANKED_TENSOR || type->kind == COCO_TYPE_UNRANKED_MEMREF;
  coco_buffer_text(buffer, word);
  coco_buffer_byte(buffer, '<');
  if (unranked) coco_buffer_append(buffer, "*x", 2);
  else write_shape(buffer, type);
  coco_write_type(printer, buffer, type->element);
  if (type->encoding) {
    coco_buffer_append(buffer, ", ", 2);
    coco_write_attribute(printer, buffer, type->encoding, COCO_KEEP_TYPE);
  }
  if (type->memory_space) {
    coco_buffer_append(buffer, ", ", 2);
    coco_write_attribute(printer, buffer, type->memory_space, COCO_ELIDE_COMMON_TYPE);
  }
  coco_buffer_byte(buffer, '>');
}

static void write_function(coco_printer *printer, coco_buffer *buffer, const coco_type *type) {
  coco_buffer_byte(buffer, '(');
  write_list(printer, buffer, type->inputs, type->input_count);
  coco_buffer_append(buffer, ") -> ", 5);
  bool bare = type->result_count == 1 && type->results[0]->kind != COCO_TYPE_FUNCTION;
  if (!bare) coco_buffer_byte(buffer, '(');
  write_list(printer, buffer, type->results, type->result_count);
  if (!bare) coco_buffer_byte(buffer, ')');
}

void coco_write_type(coco_printer *printer, coco_buffer *buffer, const coco_type *type) {
  if (!type) {
    coco_buffer_text(buffer, "<<NULL TYPE>>");
    return;
  }
  switch (type->kind) {
    case COCO_TYPE_NONE: coco_buffer_text(buffer, "none"); return;
    case COCO_TYPE_INDEX: coco_buffer_text(buffer, "index"); return;
    case COCO_TYPE_INTEGER: coco_buffer_string(buffer, type->text); return;
    case COCO_TYPE_FLOAT: coco_buffer_text(buffer, float_texts[type->format]); return;
    case COCO_TYPE_COMPLEX:
      coco_buffer_text(buffer, "complex<");
      coco_write_type(printer, buffer, type->element);
      coco_buffer_byte(buffer, '>');
      return;
    case COCO_TYPE_TUPLE:
      coco_buffer_text(buffer, "tuple<");
      write_list(printer, buffer, type->results, type->result_count);
      coco_buffer_byte(buffer, '>');
      return;
    case COCO_TYPE_FUNCTION: write_function(printer, buffer, type); return;
    case COCO_TYPE_VECTOR: write_shaped(printer, buffer, type, "vector"); return;
    case COCO_TYPE_TENSOR:
    case COCO_TYPE_UNRANKED_TENSOR: write_shaped(printer, buffer, type, "tensor"); return;
    case COCO_TYPE_MEMREF:
    case COCO_TYPE_UNRANKED_MEMREF: write_shaped(printer, buffer, type, "memref"); return;
    case COCO_TYPE_OPAQUE:
      coco_buffer_byte(buffer, '!');
      coco_buffer_string(buffer, type->text);
      return;
  }
}

void coco_print_type(coco_buffer *buffer, const coco_type *type) { coco_write_type(NULL, buffer, type); }

const char *coco_type_text(const coco_type *type, char *buffer, size_t size) {
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_print_type(&text, type);
  if (size == 0) return buffer;
  size_t kept = text.status == COCO_OK ? text.size : 0;
  bool cut = kept >= size;
  if (cut) kept = size - 1;
  if (kept) memcpy(buffer, text.data, kept);
  if (cut && kept >= 3) memcpy(buffer + kept - 3, "...", 3);
  buffer[kept] = '\0';
  coco_buffer_free(&text);
  return buffer;
}
