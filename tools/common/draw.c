/* The DOT text of a network: see draw.h. Names come from models, so everything is escaped. Cost: linear. */
#include "tools/common/draw.h"

#include "dialects/func/func.h"
#include "dialects/graph/graph.h"
#include "ir/printer.h"

typedef struct dot_drawing {
  coco_buffer *out;
  coco_pointer_map numbers; /* operation to its node's number plus 1 */
  size_t count;
} dot_drawing;

/* ---- Text ---- */

/* What is special to DOT's HTML-like labels and to SVG, and what is no text. */
static void put_escaped(coco_buffer *out, coco_string text) {
  for (size_t i = 0; i < text.size; ++i) {
    char c = text.data[i];
    if (c == '<')
      coco_buffer_text(out, "&lt;");
    else if (c == '>')
      coco_buffer_text(out, "&gt;");
    else if (c == '&')
      coco_buffer_text(out, "&amp;");
    else if (c == '"')
      coco_buffer_text(out, "&quot;");
    else
      coco_buffer_byte(out, (unsigned char)c < 0x20 || (unsigned char)c >= 0x7f ? '?' : c);
  }
}

/* 1x64x56x56, with the element's type where it is not f32. */
static void put_shape(coco_buffer *out, const coco_type *type) {
  char text[64];
  const coco_type *scalar = coco_type_scalar(type);
  for (uint32_t i = 0; i < type->rank; ++i) {
    if (i) coco_buffer_byte(out, 'x');
    if (type->shape[i] == COCO_DYNAMIC)
      coco_buffer_byte(out, '?');
    else
      coco_buffer_integer(out, type->shape[i]);
  }
  if (type->rank == 0) coco_buffer_text(out, "scalar");
  if (coco_type_is_float(scalar) && scalar->format == COCO_F32) return;
  coco_buffer_byte(out, ' ');
  put_escaped(out, coco_string_from(coco_type_text(scalar, text, sizeof text)));
}

/* ---- Colours, by what an operation does ---- */

typedef struct colour_row {
  const char *colour;
  const char *operations; /* names without their dialect, between spaces */
} colour_row;

static const colour_row colours[] = {
    {"#cfe2f3", " conv "},
    {"#d9d2e9", " gemm matmul "},
    {"#d9ead3", " max_pool average_pool reduce window "},
    {"#fff2cc", " batch_norm softmax "},
    {"#fce5cd", " relu leaky_relu clip sigmoid tanh exp log sqrt erf reciprocal abs neg floor ceil not cast "},
    {"#f4cccc", " add sub mul div pow maximum minimum equal less greater and or where map "},
    {"#e0e0e0",
     " shape reshape squeeze unsqueeze flatten transpose concat slice pad gather expand constant_of_shape move "
     "relayout resize "},
};

static coco_string short_name(const coco_operation *operation) {
  coco_string name = coco_operation_name(operation);
  const char *dot = memchr(name.data, '.', name.size);
  return dot ? (coco_string){dot + 1, name.size - (size_t)(dot + 1 - name.data)} : name;
}

/* The operation whose kind a group is of. */
static const coco_operation *leading_operation(const coco_operation *operation) {
  if (!coco_operation_is(operation, &coco_graph_fused)) return operation;
  const coco_operation *anchor = coco_graph_fused_anchor(operation);
  const coco_block *body = coco_operation_body(operation, 0);
  return anchor ? anchor : body && body->first ? body->first : operation;
}

static const char *colour_of(const coco_operation *operation) {
  coco_string name = short_name(leading_operation(operation));
  for (size_t i = 0; i < sizeof colours / sizeof *colours; ++i)
    for (const char *at = colours[i].operations + 1; *at;) {
      size_t size = strcspn(at, " ");
      if (coco_string_equal(name, (coco_string){at, size})) return colours[i].colour;
      at += size + 1;
    }
  return "#ffffff";
}

/* ---- Boxes ---- */

/* "3x3" of a convolution's weight or a pool's kernel, strides that are not 1, and groups. */
static void put_window(coco_buffer *out, const coco_operation *operation) {
  const coco_attribute *kernel = coco_operation_get(operation, COCO_STRING("kernel"));
  const coco_attribute *strides = coco_operation_get(operation, COCO_STRING("strides"));
  const coco_type *weight = coco_operation_is(operation, &coco_graph_conv) ? operation->operands[1].value->type : NULL;
  size_t count = weight && weight->rank > 2                              ? weight->rank - 2
                 : coco_attribute_is(kernel, COCO_ATTRIBUTE_DENSE_ARRAY) ? kernel->count
                                                                         : 0;
  const int64_t *extents = weight ? weight->shape + 2 : coco_attribute_i64s(kernel);
  for (size_t i = 0; i < count; ++i) coco_buffer_format(out, "%s%lld", i ? "x" : " ", (long long)extents[i]);
  if (count && coco_attribute_is(strides, COCO_ATTRIBUTE_DENSE_ARRAY) && strides->count &&
      coco_attribute_i64s(strides)[0] != 1)
    coco_buffer_format(out, " /%lld", (long long)coco_attribute_i64s(strides)[0]);
  if (!coco_operation_is(operation, &coco_graph_conv)) return;
  int64_t group = coco_property_integer(COCO_PROPERTY(operation, graph_conv, group), 1);
  if (group == operation->operands[0].value->type->shape[1])
    coco_buffer_text(out, group == 1 ? "" : " depthwise");
  else if (group != 1)
    coco_buffer_format(out, " in %lld groups", (long long)group);
}

static void put_operation(coco_buffer *out, const coco_operation *operation) {
  const coco_attribute *kind = coco_operation_get(operation, COCO_STRING("kind"));
  put_escaped(out, short_name(operation));
  if (coco_attribute_is(kind, COCO_ATTRIBUTE_STRING)) {
    coco_buffer_byte(out, ' ');
    put_escaped(out, kind->text);
  }
  put_window(out, operation);
}

static void put_title(coco_buffer *out, const coco_operation *operation) {
  coco_buffer_text(out, "<b>");
  put_operation(out, leading_operation(operation));
  coco_buffer_text(out, "</b>");
  const coco_block *body = coco_operation_is(operation, &coco_graph_fused) ? coco_operation_body(operation, 0) : NULL;
  for (const coco_operation *inner = body ? body->first : NULL; inner; inner = inner->next) {
    if (inner == leading_operation(operation) || inner == body->last || coco_operation_is(inner, &coco_graph_constant))
      continue;
    coco_buffer_text(out, " + ");
    put_operation(out, inner);
  }
}

/* Shapes of the constants that feed OPERATION, without scalars and small vectors of integers. */
static void put_constants(coco_buffer *out, const coco_operation *operation) {
  bool first = true;
  for (uint32_t i = 0; i < operation->operand_count; ++i) {
    const coco_value *value = operation->operands[i].value;
    if (!coco_value_constant(value) || value->type->rank == 0 || !coco_type_is_float(coco_type_scalar(value->type)))
      continue;
    coco_buffer_text(out, first ? "<br/><font point-size=\"9\" color=\"#555555\">weights " : ", ");
    put_shape(out, value->type);
    first = false;
  }
  if (!first) coco_buffer_text(out, "</font>");
}

static void put_box(dot_drawing *drawing, const coco_operation *operation, size_t number) {
  coco_buffer *out = drawing->out;
  coco_string layer = coco_location_layer(operation->location);
  coco_buffer_format(out, "  n%zu [fillcolor=\"%s\", label=<", number, colour_of(operation));
  put_title(out, operation);
  if (layer.size) {
    coco_buffer_text(out, "<br/><font point-size=\"10\">");
    put_escaped(out, layer);
    coco_buffer_text(out, "</font>");
  }
  put_constants(out, operation);
  coco_buffer_text(out, ">];\n");
}

/* ---- Inputs, outputs, arrows ---- */

static void put_terminal(dot_drawing *drawing, const coco_operation *function, const char *attribute, const char *node,
                         size_t index, const coco_type *type) {
  const coco_attribute *names = coco_operation_get(function, coco_string_from(attribute));
  coco_buffer_format(drawing->out, "  %s%zu [shape=ellipse, fillcolor=\"#ffffff\", label=<", node, index);
  if (coco_attribute_is(names, COCO_ATTRIBUTE_ARRAY) && index < names->count &&
      coco_attribute_is(names->elements[index], COCO_ATTRIBUTE_STRING))
    put_escaped(drawing->out, names->elements[index]->text);
  else
    coco_buffer_format(drawing->out, "%s %zu", node, index);
  coco_buffer_text(drawing->out, "<br/><font point-size=\"9\">");
  put_shape(drawing->out, type);
  coco_buffer_text(drawing->out, "</font>>];\n");
}

/* An arrow from where VALUE is made to the node TARGET; none for constants. */
static void put_arrow(dot_drawing *drawing, const coco_value *value, const char *target, size_t number) {
  const coco_operation *operation = coco_value_operation(value);
  if (coco_value_constant(value)) return;
  if (operation) {
    size_t source = (size_t)(uintptr_t)coco_pointer_map_get(&drawing->numbers, operation);
    if (!source) return;
    coco_buffer_format(drawing->out, "  n%zu -> %s%zu", source - 1, target, number);
  } else {
    coco_buffer_format(drawing->out, "  input%u -> %s%zu", value->index, target, number);
  }
  coco_buffer_text(drawing->out, " [label=<");
  put_shape(drawing->out, value->type);
  coco_buffer_text(drawing->out, ">];\n");
}

static coco_status draw_function(dot_drawing *drawing, coco_operation *function) {
  coco_buffer *out = drawing->out;
  coco_block *body = coco_operation_body(function, 0);
  coco_operation *last = body ? coco_block_terminator(body) : NULL;
  if (!last) return coco_operation_error(function, "has no body to draw");
  coco_buffer_text(out,
                   "digraph network {\n  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", "
                   "fontsize=12, color=\"#777777\"];\n"
                   "  edge [fontname=\"Helvetica\", fontsize=9, color=\"#777777\", fontcolor=\"#555555\"];\n");
  for (uint32_t i = 0; i < body->argument_count; ++i)
    put_terminal(drawing, function, "coco.inputs", "input", i, body->arguments[i]->type);
  for (coco_operation *operation = body->first; operation && operation != last; operation = operation->next) {
    if (operation->result_count && coco_value_constant(&operation->results[0])) continue;
    size_t number = drawing->count++;
    COCO_TRY(coco_pointer_map_set(&drawing->numbers, operation, (void *)(uintptr_t)(number + 1)));
    put_box(drawing, operation, number);
    for (uint32_t i = 0; i < operation->operand_count; ++i)
      put_arrow(drawing, operation->operands[i].value, "n", number);
  }
  for (uint32_t i = 0; i < last->operand_count; ++i) {
    put_terminal(drawing, function, "coco.outputs", "output", i, last->operands[i].value->type);
    put_arrow(drawing, last->operands[i].value, "output", i);
  }
  coco_buffer_text(out, "}\n");
  return out->status;
}

coco_status coco_draw_dot(coco_operation *module, coco_buffer *out) {
  coco_block *body = coco_operation_body(module, 0);
  coco_operation *function = NULL;
  for (coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next)
    if (coco_operation_is(operation, &coco_func_func) &&
        (!function || coco_string_is(coco_symbol_name(operation), "main")))
      function = operation;
  if (!function) return coco_operation_error(module, "has no function to draw");
  dot_drawing drawing = {.out = out, .numbers = {.allocator = out->allocator}};
  coco_status status = draw_function(&drawing, function);
  coco_pointer_map_free(&drawing.numbers);
  return status;
}
