/* The graph of the report's page: a box, or a dot in a row, for each input, layer and output. */
#include <stdio.h>

#include "tools/coco-compile/report_html.h"
#include "tools/common/arrange.h"

enum {
  BOX_WIDTH = 210,
  BOX_HEIGHT = 48,
  ROW_HEIGHT = 24,
  BOX_CHARACTERS = 29,
  ROW_CHARACTERS = 60,
  ROW_WIDTH = 560,
  MARGIN = 8
};

/* Boxes stand in the order inputs, layers, outputs. */
typedef struct picture {
  const report_variant *variant;
  const report_basis *basis;
  coco_arrangement graph;
  coco_buffer *out;
} picture;

/* ---- What there is ---- */

static coco_status find_arrows(picture *of) {
  const report_variant *variant = of->variant;
  size_t count = variant->output_count;
  for (size_t i = 0; i < variant->layer_count; ++i) count += variant->layers[i].source_count;
  of->graph.box_count = variant->input_count + variant->layer_count + variant->output_count;
  of->graph.arrows = coco_arena_allocate_zeroed(&of->graph.arena, count + 1, sizeof *of->graph.arrows);
  if (!of->graph.arrows) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < variant->layer_count; ++i)
    for (size_t k = 0; k < variant->layers[i].source_count; ++k) {
      const report_source *source = &variant->layers[i].sources[k];
      of->graph.arrows[of->graph.arrow_count++] =
          (coco_arranged_arrow){.from = source->is_input ? source->index : variant->input_count + source->index,
                                .to = variant->input_count + i};
    }
  for (size_t i = 0; i < variant->output_count; ++i)
    if (variant->output_layers[i] < variant->layer_count)
      of->graph.arrows[of->graph.arrow_count++] =
          (coco_arranged_arrow){.from = variant->input_count + variant->output_layers[i],
                                .to = variant->input_count + variant->layer_count + i};
  return COCO_OK;
}

/* ---- Drawing ---- */

static void put_arrow(coco_buffer *out, const coco_arranged_arrow *arrow, bool in_rows) {
  if (arrow->count < 2) return;
  coco_buffer_text(out, "<path class=\"arrow\" d=\"");
  for (size_t i = 0; i < arrow->count; ++i)
    coco_buffer_format(out, "%s%.1f,%.1f", !i ? "M" : i == 1 ? "C" : " ", arrow->curve[i].x, arrow->curve[i].y);
  coco_buffer_text(out, in_rows ? "\"/>\n" : "\" marker-end=\"url(#head)\"/>\n");
}

static const coco_model_tensor *terminal_of(const picture *of, size_t box) {
  const report_variant *variant = of->variant;
  if (box < variant->input_count) return &variant->inputs[box];
  return box < variant->input_count + variant->layer_count
             ? NULL
             : &variant->outputs[box - variant->input_count - variant->layer_count];
}

/* The whole of what a box says. */
static void put_tooltip(const picture *of, const report_layer *layer) {
  coco_buffer *out = of->out;
  coco_buffer_text(out, "<title>");
  coco_put_html_text(out, layer->name);
  coco_buffer_byte(out, '\n');
  coco_put_html_text(out, layer->operation);
  coco_buffer_byte(out, ' ');
  coco_put_html_text(out, layer->storage);
  coco_buffer_byte(out, ' ');
  report_put_shape(out, layer->type);
  coco_buffer_format(out, "\n%.2f %% of all %s", 100 * report_share(of->basis, layer),
                     of->basis->is_time ? "time" : "multiplications");
  coco_buffer_text(out, "</title>");
}

/* "conv direct 1.23 ms" */
static void put_second_line(const picture *of, const report_layer *layer) {
  coco_buffer *out = of->out;
  coco_string kind = layer->operation;
  if (coco_string_starts_with(kind, COCO_STRING("lr."))) kind = (coco_string){kind.data + 3, kind.size - 3};
  coco_put_html_text(out, kind);
  coco_buffer_byte(out, ' ');
  coco_put_html_text(out, layer->storage);
  if (of->basis->is_time && layer->milliseconds >= 0) {
    coco_buffer_text(out, " · ");
    report_put_milliseconds(out, layer->milliseconds);
  } else if (!of->basis->is_time && layer->multiplications) {
    coco_buffer_text(out, " · ");
    report_put_count(out, (double)layer->multiplications);
  }
}

static void open_text(const picture *of, double x, double y, const char *class) {
  coco_buffer_format(of->out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\"%s>", class, x, y,
                     of->graph.in_rows ? "" : " text-anchor=\"middle\"");
}

static void put_label(const picture *of, coco_string name, coco_point at) {
  const bool in_rows = of->graph.in_rows;
  open_text(of, in_rows ? of->graph.width + MARGIN : at.x, in_rows ? at.y + 4 : at.y - 4, "");
  report_put_ending(of->out, name, in_rows ? ROW_CHARACTERS : BOX_CHARACTERS);
}

static void put_shape_of_box(const picture *of, const char *class, coco_point at, bool is_end) {
  if (of->graph.in_rows)
    coco_buffer_format(of->out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"5.5\"/>", class, at.x, at.y);
  else
    coco_buffer_format(of->out, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%d\" rx=\"%d\"/>",
                       class, at.x - BOX_WIDTH / 2.0, at.y - BOX_HEIGHT / 2.0, BOX_WIDTH, BOX_HEIGHT, is_end ? 24 : 6);
}

static void put_terminal(const picture *of, const coco_model_tensor *terminal, coco_point at) {
  put_shape_of_box(of, "end", at, true);
  put_label(of, terminal->name, at);
  if (of->graph.in_rows) {
    coco_buffer_text(of->out, " <tspan class=\"f\">");
    report_put_shape(of->out, terminal->type);
    coco_buffer_text(of->out, "</tspan></text>\n");
    return;
  }
  coco_buffer_text(of->out, "</text>");
  open_text(of, at.x, at.y + 13, "f");
  report_put_shape(of->out, terminal->type);
  coco_buffer_text(of->out, "</text>\n");
}

static void put_layer(const picture *of, size_t index, coco_point at) {
  const report_layer *layer = &of->variant->layers[index];
  char class[16];
  snprintf(class, sizeof class, "box %s", report_heat(of->basis, layer));
  coco_buffer_format(of->out, "<a id=\"g%zu\" href=\"#l%zu\">", index + 1, index + 1);
  put_tooltip(of, layer);
  put_shape_of_box(of, class, at, false);
  put_label(of, layer->name.size ? layer->name : layer->operation, at);
  if (of->graph.in_rows) {
    coco_buffer_text(of->out, " <tspan class=\"f\">");
    put_second_line(of, layer);
    coco_buffer_text(of->out, "</tspan></text></a>\n");
    return;
  }
  coco_buffer_text(of->out, "</text>");
  open_text(of, at.x, at.y + 13, "f");
  put_second_line(of, layer);
  coco_buffer_text(of->out, "</text></a>\n");
}

static void draw(const picture *of) {
  const coco_arrangement *graph = &of->graph;
  const double width = graph->width + 2 * MARGIN + (graph->in_rows ? ROW_WIDTH : 0),
               height = graph->height + 2 * MARGIN;
  coco_buffer_format(of->out,
                     "<div class=\"scroll\"><svg%s xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"The "
                     "graph of the layers\" width=\"%.0f\" height=\"%.0f\" viewBox=\"%d %d %.0f %.0f\">\n"
                     "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" "
                     "markerHeight=\"7\" orient=\"auto\"><path class=\"head\" d=\"M0,0L8,4L0,8z\"/></marker></defs>\n",
                     graph->in_rows ? " class=\"rows\"" : "", width, height, -MARGIN, -MARGIN, width, height);
  for (size_t i = 0; i < graph->arrow_count; ++i) put_arrow(of->out, &graph->arrows[i], graph->in_rows);
  for (size_t i = 0; i < graph->box_count; ++i) {
    const coco_model_tensor *terminal = terminal_of(of, i);
    if (terminal)
      put_terminal(of, terminal, graph->boxes[i]);
    else
      put_layer(of, i - of->variant->input_count, graph->boxes[i]);
  }
  coco_buffer_text(of->out, "</svg></div>\n");
}

coco_status report_put_graph(const report_variant *variant, const report_basis *basis, coco_buffer *out) {
  picture of = {.variant = variant, .basis = basis, .out = out, .graph.arena.allocator = out->allocator};
  coco_buffer_text(out, "<h2 id=\"graph\">Graph</h2>\n<p>A click on a layer leads to its line.");
  if (basis->total > 0)
    coco_buffer_format(out, " Coloured by its share of all %s.", basis->is_time ? "time" : "multiplications");
  coco_buffer_text(out, "</p>\n");
  if (basis->total > 0) report_put_legend(out);
  coco_status status = find_arrows(&of);
  of.graph.box_width = BOX_WIDTH;
  of.graph.box_height = BOX_HEIGHT;
  of.graph.row_height = ROW_HEIGHT;
  if (status == COCO_OK) status = coco_arrange(&of.graph, false);
  if (status == COCO_OK) draw(&of);
  coco_arrange_free(&of.graph);
  return status;
}
