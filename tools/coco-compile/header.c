/* The C header of an object. */
#include "tools/coco-compile/compile.h"

static const char *element_name(const coco_type *element) {
  if (element->kind == COCO_TYPE_FLOAT)
    return element->format == COCO_F32 ? "float" : element->format == COCO_F64 ? "double" : "uint16_t";
  if (element->kind == COCO_TYPE_INDEX) return "int64_t";
  bool is_unsigned = element->signedness == COCO_UNSIGNED;
  switch (element->width) {
    case 1: return "uint8_t";
    case 8: return is_unsigned ? "uint8_t" : "int8_t";
    case 16: return is_unsigned ? "uint16_t" : "int16_t";
    case 32: return is_unsigned ? "uint32_t" : "int32_t";
    default: return is_unsigned ? "uint64_t" : "int64_t";
  }
}

/* A name of C from a tensor's name; the index keeps names apart. */
static void parameter(coco_buffer *out, const char *kind, size_t index) {
  coco_buffer_format(out, "%s_%zu", kind, index);
}

static void upper(coco_buffer *out, coco_string name) {
  for (size_t i = 0; i < name.size; ++i)
    coco_buffer_byte(out, name.data[i] >= 'a' && name.data[i] <= 'z' ? (char)(name.data[i] - 'a' + 'A') : name.data[i]);
}

/* Names of tensors come from the model: nothing in them may end the comment. */
static void comment_text(coco_buffer *out, coco_string text) {
  for (size_t i = 0; i < text.size; ++i) {
    bool odd = (unsigned char)text.data[i] < ' ' || (text.data[i] == '/' && i > 0 && text.data[i - 1] == '*') ||
               (text.data[i] == '*' && i > 0 && text.data[i - 1] == '/');
    coco_buffer_byte(out, odd ? '?' : text.data[i]);
  }
}

static void describe(coco_buffer *out, const char *kind, const coco_compiled_tensor *tensors, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const coco_type *type = tensors[i].type;
    coco_buffer_text(out, " *   ");
    parameter(out, kind, i);
    coco_buffer_text(out, "  \"");
    comment_text(out, tensors[i].name);
    coco_buffer_format(out, "\" %s", element_name(type->element));
    for (uint32_t d = 0; d < type->rank; ++d) coco_buffer_format(out, "[%lld]", (long long)type->shape[d]);
    coco_buffer_text(out, "\n");
  }
}

static void define_sizes(coco_buffer *out, coco_string name, const char *kind, const coco_compiled_tensor *tensors,
                         size_t count) {
  for (size_t i = 0; i < count; ++i) {
    coco_buffer_text(out, "#define ");
    upper(out, name);
    coco_buffer_format(out, "_%s_%zu_ELEMENTS %lld\n", kind, i, (long long)coco_type_element_count(tensors[i].type));
  }
}

static void prototype(coco_buffer *out, coco_string name, const coco_compiled *compiled, bool external) {
  coco_buffer_format(out, "int32_t %.*s_run(", COCO_PRINT(name));
  for (size_t i = 0; i < compiled->input_count; ++i) {
    coco_buffer_format(out, "const %s *", element_name(compiled->inputs[i].type->element));
    parameter(out, "input", i);
    coco_buffer_text(out, ", ");
  }
  for (size_t i = 0; i < compiled->output_count; ++i) {
    coco_buffer_format(out, "%s *", element_name(compiled->outputs[i].type->element));
    parameter(out, "output", i);
    coco_buffer_text(out, ", ");
  }
  coco_buffer_format(out, "%svoid *scratch, const struct coco_threads *threads);\n",
                     external ? "const void *weights, " : "");
}

void compile_write_header(coco_buffer *out, coco_string name, const coco_compiled *compiled, bool external,
                          const char *weights) {
  coco_buffer_format(out, "/* %.*s: made by coco-compile. See coco/object.h for what the object promises.\n *\n",
                     COCO_PRINT(name));
  describe(out, "input", compiled->inputs, compiled->input_count);
  describe(out, "output", compiled->outputs, compiled->output_count);
  coco_buffer_format(out, " *   scratch  %llu bytes, aligned to 64\n", (unsigned long long)compiled->scratch_size);
  if (external) {
    coco_buffer_format(out, " *   weights  %llu bytes, aligned to 64: the contents of ",
                       (unsigned long long)compiled->weights.size);
    comment_text(out, coco_string_from(weights));
    coco_buffer_text(out, "\n");
  }
  coco_buffer_format(
      out,
      " *\n * Usage: void *scratch = aligned_alloc(64, (%.*s_info.scratch_size + 63) / 64 * 64);\n"
      " *        int32_t status = %.*s_run(..., scratch, NULL); // 0: done; NULL threads: on this thread\n */\n",
      COCO_PRINT(name), COCO_PRINT(name));
  coco_buffer_text(out, "#ifndef COCO_MODEL_");
  upper(out, name);
  coco_buffer_text(out, "_H\n#define COCO_MODEL_");
  upper(out, name);
  coco_buffer_text(out, "_H\n\n#include <coco/object.h>\n\n");
  define_sizes(out, name, "INPUT", compiled->inputs, compiled->input_count);
  define_sizes(out, name, "OUTPUT", compiled->outputs, compiled->output_count);
  coco_buffer_text(out, "#define ");
  upper(out, name);
  coco_buffer_format(out, "_SCRATCH_BYTES %llu\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n",
                     (unsigned long long)compiled->scratch_size);
  prototype(out, name, compiled, external);
  coco_buffer_format(out,
                     "extern const struct coco_object_info %.*s_info;\n\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n",
                     COCO_PRINT(name));
}
