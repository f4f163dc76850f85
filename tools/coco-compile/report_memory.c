/* The memory plan on the report's page: each value is as wide as the layers for which it is kept, as high as its bytes.
 */
#include <stdio.h>

#include "tools/coco-compile/report_html.h"

enum { COLOURS = 6 };

/* The least part of the picture in which a digit can be read, or a line of them; narrow ones on a wide page only. */
static const double LABEL_HEIGHT = 0.04, DIGIT_WIDTH = 0.008, NARROW_DIGIT_WIDTH = 0.025;

typedef struct rectangle {
  const report_buffer *buffer;
  int64_t bytes, offset;
  coco_string name;
  size_t layer; /* from 0 */
  bool is_workspace;
} rectangle;

/* Whether its number fits when a digit has that part of the width. */
static bool has_room(const report_variant *variant, const rectangle *of, size_t steps, double digit) {
  char text[24];
  const int digits = of->is_workspace ? 1 : snprintf(text, sizeof text, "%zu", of->layer + 1);
  return (double)steps >= (double)variant->layer_count * digit * digits &&
         (double)of->bytes >= (double)variant->arena_bytes * LABEL_HEIGHT;
}

static void put_rectangle(const report_variant *variant, const rectangle *of, coco_buffer *out) {
  const double steps = (double)variant->layer_count, arena = (double)variant->arena_bytes;
  const size_t first = of->is_workspace ? of->buffer->first : of->layer, last = of->buffer->last;
  const bool is_narrow = !has_room(variant, of, last + 1 - first, NARROW_DIGIT_WIDTH);
  coco_buffer_format(
      out, "<div class=\"m%zu%s\" style=\"left:%.3f%%;width:%.3f%%;bottom:%.3f%%;height:%.3f%%\" title=\"",
      of->layer % COLOURS, is_narrow ? " s" : "", 100 * (double)first / steps, 100 * (double)(last + 1 - first) / steps,
      100 * (double)of->offset / arena, 100 * (double)of->bytes / arena);
  if (of->is_workspace)
    coco_buffer_text(out, "workspace");
  else
    coco_put_html_text(out, of->name);
  coco_buffer_format(out, ": %lld bytes at %lld, layers %zu to %zu\">", (long long)of->bytes, (long long)of->offset,
                     first + 1, last + 1);
  if (has_room(variant, of, last + 1 - first, DIGIT_WIDTH))
    coco_buffer_format(out, of->is_workspace ? "w" : "%zu", of->layer + 1);
  coco_buffer_text(out, "</div>\n");
}

/* Values that are no views; then buffers of no value, which layers use while they run. */
static coco_status put_rectangles(const report_variant *variant, coco_buffer *out) {
  bool *has_value = coco_allocate_zeroed(out->allocator, variant->buffer_count + 1, sizeof *has_value);
  if (!has_value) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < variant->layer_count; ++i) {
    const report_layer *layer = &variant->layers[i];
    if (layer->place.kind != COCO_PLACE_ARENA) continue;
    has_value[layer->place.buffer] = true;
    if (layer->place.is_view) continue;
    put_rectangle(variant,
                  &(rectangle){&variant->buffers[layer->place.buffer], layer->place.bytes, layer->place.offset,
                               layer->name, i, false},
                  out);
  }
  for (size_t i = 0; i < variant->buffer_count; ++i) {
    const report_buffer *buffer = &variant->buffers[i];
    if (!has_value[i])
      put_rectangle(variant, &(rectangle){buffer, buffer->bytes, buffer->offset, {0}, buffer->first, true}, out);
  }
  coco_free(out->allocator, has_value, (variant->buffer_count + 1) * sizeof *has_value);
  return COCO_OK;
}

void report_put_memory(const report_variant *variant, coco_buffer *out) {
  const int64_t arena = variant->arena_bytes, alive = variant->alive_bytes;
  coco_buffer_text(out, "<h2 id=\"memory\">Memory</h2>\n");
  if (arena <= 0 || !variant->layer_count) {
    coco_buffer_text(out, "<p>No value needs memory beside the inputs and the outputs.</p>\n");
    return;
  }
  coco_buffer_text(out, "<p>Values between the layers share ");
  report_put_bytes(out, (double)arena);
  coco_buffer_format(out,
                     ", %.3f times the most that live at once. From left to right: the layers; from bottom to top: "
                     "where a value lies. A number is the layer that writes the value, w its workspace.</p>\n",
                     alive > 0 ? (double)arena / (double)alive : 1.0);
  coco_buffer_text(out, "<div class=\"axis\"><span>");
  report_put_bytes(out, (double)arena);
  coco_buffer_text(out, "</span></div>\n<div class=\"plan\">\n");
  const coco_status status = put_rectangles(variant, out);
  if (status != COCO_OK) out->status = status;
  coco_buffer_format(out, "</div>\n<div class=\"axis\"><span>layer 1</span><span>layer %zu</span></div>\n",
                     variant->layer_count);
}
