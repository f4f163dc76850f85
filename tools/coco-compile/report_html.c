/* The report as one page of HTML: see report_html.h and docs/report.md. Cost: linear but for the graph's arrangement.
 */
#include "tools/coco-compile/report_html.h"

#include <stdlib.h>

enum { TOP_LAYERS = 10 };

/* ---- Numbers ---- */

static void put_scaled(coco_buffer *out, double number, double step, const char *const *units) {
  while (number >= 999.5 && units[1]) {
    number /= step;
    ++units;
  }
  coco_buffer_format(out, number >= 99.5 ? "%.0f%s" : number >= 9.95 ? "%.1f%s" : "%.2f%s", number, *units);
}

void report_put_count(coco_buffer *out, double number) {
  static const char *const units[] = {"", " k", " M", " G", " T", NULL};
  if (number < 1000)
    coco_buffer_format(out, "%.0f", number);
  else
    put_scaled(out, number, 1000, units);
}

void report_put_bytes(coco_buffer *out, double bytes) {
  static const char *const units[] = {" B", " KB", " MB", " GB", " TB", NULL};
  if (bytes < 1000)
    coco_buffer_format(out, "%.0f B", bytes);
  else
    put_scaled(out, bytes, 1000, units);
}

void report_put_milliseconds(coco_buffer *out, double milliseconds) {
  const int decimals = milliseconds >= 99.95 ? 0 : milliseconds >= 9.995 ? 1 : milliseconds >= 0.9995 ? 2 : 3;
  coco_buffer_format(out, "%.*f ms", milliseconds < 0.0095 ? 4 : decimals, milliseconds);
}

void report_put_shape(coco_buffer *out, const coco_type *type) {
  if (!type->rank) coco_buffer_text(out, "scalar");
  for (uint32_t i = 0; i < type->rank; ++i) coco_buffer_format(out, "%s%lld", i ? "x" : "", (long long)type->shape[i]);
}

void report_put_ending(coco_buffer *out, coco_string text, size_t characters) {
  size_t count = 0, skipped, size;
  for (size_t at = 0; at < text.size; at += size, ++count)
    coco_utf8_first((coco_string){text.data + at, text.size - at}, &size);
  if (count > characters) {
    coco_buffer_text(out, "…");
    for (skipped = count - characters + 1; skipped; --skipped) {
      coco_utf8_first(text, &size);
      text = (coco_string){text.data + size, text.size - size};
    }
  }
  coco_put_html_text(out, text);
}

/* ---- Shares ---- */

report_basis report_basis_of(const report_variant *variant) {
  report_basis basis = {.is_time = variant->runs > 0};
  const report_basis each = {.is_time = basis.is_time, .total = 1};
  for (size_t i = 0; i < variant->layer_count; ++i) {
    basis.total += report_share(&each, &variant->layers[i]);
    for (size_t k = 0; k < variant->layers[i].choice_count; ++k)
      basis.has_choices |= coco_layer_had_choice(&variant->layers[i].choices[k].choice);
  }
  basis.has_bars_of_time = basis.is_time || basis.has_choices;
  return basis;
}

double report_share(const report_basis *basis, const report_layer *layer) {
  const double own = basis->is_time ? layer->milliseconds : (double)layer->multiplications;
  return own > 0 && basis->total > 0 ? own / basis->total : 0;
}

static const double heat_limits[] = {0.005, 0.01, 0.02, 0.05, 0.1};
enum { HEATS = 6 };

const char *report_heat(const report_basis *basis, const report_layer *layer) {
  static const char *const names[HEATS] = {"h0", "h1", "h2", "h3", "h4", "h5"};
  const double share = report_share(basis, layer);
  size_t heat = 0;
  while (heat < HEATS - 1 && share >= heat_limits[heat]) ++heat;
  return names[heat];
}

void report_put_legend(coco_buffer *out) {
  coco_buffer_text(out, "<p class=\"legend\">");
  for (size_t i = 0; i < HEATS; ++i) {
    coco_buffer_format(out, "<span class=\"h%zu\">", i);
    if (i == HEATS - 1)
      coco_buffer_format(out, "%g %% and more", 100 * heat_limits[i - 1]);
    else
      coco_buffer_format(out, "below %g %%", 100 * heat_limits[i]);
    coco_buffer_text(out, "</span>");
  }
  coco_buffer_text(out, "</p>\n");
}

/* ---- Tiles ---- */

static void open_tile(coco_buffer *out) { coco_buffer_text(out, "<div><b>"); }

static void close_tile(coco_buffer *out, const char *what) {
  coco_buffer_format(out, "</b><span class=\"f\">%s</span></div>\n", what);
}

static void put_work_tile(const report_variant *variant, coco_buffer *out) {
  int64_t own = 0, dense = 0;
  for (size_t i = 0; i < variant->layer_count; ++i) {
    own += variant->layers[i].multiplications;
    dense += variant->layers[i].dense_multiplications;
  }
  open_tile(out);
  report_put_count(out, (double)own);
  coco_buffer_text(out, "</b><span class=\"f\">multiplications");
  if (dense != own) {
    coco_buffer_text(out, ", of ");
    report_put_count(out, (double)dense);
    coco_buffer_text(out, " without what was left out");
  }
  coco_buffer_text(out, "</span></div>\n");
}

static void put_tiles(const report_facts *facts, const report_variant *variant, const report_basis *basis,
                      coco_buffer *out) {
  coco_buffer_text(out, "<div class=\"tiles\">\n");
  if (basis->is_time) {
    open_tile(out);
    report_put_milliseconds(out, variant->milliseconds);
    coco_buffer_format(out, "</b><span class=\"f\">on one thread, the least of %zu runs</span></div>\n", variant->runs);
  }
  put_work_tile(variant, out);
  open_tile(out);
  report_put_bytes(out, (double)facts->compiled->weights.size);
  close_tile(out, "weights, all variants");
  open_tile(out);
  report_put_bytes(out, (double)facts->compiled->scratch_size);
  close_tile(out, "memory for values");
  open_tile(out);
  report_put_bytes(out, (double)facts->compiled->code.size);
  close_tile(out, "code, all variants");
  coco_buffer_text(out, "</div>\n");
}

/* ---- Layers ---- */

static void put_link(coco_buffer *out, const report_variant *variant, size_t index) {
  const coco_string name = variant->layers[index].name;
  coco_buffer_format(out, "<a href=\"#l%zu\">%zu <bdi>", index + 1, index + 1);
  coco_put_html_text(out, name.size ? name : variant->layers[index].operation);
  coco_buffer_text(out, "</bdi></a>");
}

/* What a layer became, in words. */
static void put_details(const report_layer *layer, coco_buffer *out) {
  coco_put_html_text(out, layer->operation);
  coco_buffer_byte(out, ' ');
  coco_put_html_text(out, layer->storage);
  coco_buffer_text(out, " · ");
  report_put_shape(out, layer->type);
  if (layer->multiplications) {
    coco_buffer_text(out, " · ");
    report_put_count(out, (double)layer->multiplications);
    coco_buffer_text(out, " multiplications");
  }
  if (layer->weight_bytes) {
    coco_buffer_text(out, " · ");
    report_put_bytes(out, (double)layer->weight_bytes);
  }
  if (layer->weights.all && layer->weights.kept != layer->weights.all)
    coco_buffer_format(out, " · %.1f %% of the weights kept",
                       100 * (double)layer->weights.kept / (double)layer->weights.all);
  if (!layer->runs) coco_buffer_text(out, " · nothing is computed");
}

typedef struct bar {
  const char *title, *colour;
  double value, most;
  bool is_time, taken;
} bar;

static void put_bar(coco_buffer *out, const bar *of) {
  const double part = of->most > 0 && of->value > 0 ? of->value / of->most : 0;
  coco_buffer_format(out,
                     "<div class=\"row%s\"><i>%s</i><span class=\"w\"><u class=\"%s\" style=\"width:%.2f%%\"></u>"
                     "</span><b>",
                     of->taken ? " taken" : "", of->title, of->colour, 100 * part);
  if (of->is_time)
    report_put_milliseconds(out, of->value);
  else
    report_put_count(out, of->value);
  coco_buffer_text(out, "</b></div>");
}

static void keep_most(double value, double *most) {
  if (value > *most && value < 1e15) *most = value;
}

/* The longest bar of all layers: of times where the page has any, else of multiplications. */
static double most_of(const report_variant *variant, const report_basis *basis) {
  double most = 0;
  for (size_t i = 0; i < variant->layer_count; ++i) {
    const report_layer *layer = &variant->layers[i];
    if (!basis->has_bars_of_time) keep_most((double)layer->dense_multiplications, &most);
    if (basis->is_time) keep_most(layer->milliseconds, &most);
    for (size_t k = 0; basis->has_bars_of_time && k < layer->choice_count; ++k) {
      keep_most(layer->choices[k].choice.times.dense_ms, &most);
      keep_most(layer->choices[k].choice.times.sparse_ms, &most);
    }
  }
  return most;
}

static void put_choice_bars(const report_choice *one, double most, coco_buffer *out) {
  const coco_layer_choice *choice = &one->choice;
  if (!coco_layer_had_choice(choice)) return;
  put_bar(out, &(bar){"dense", "dense", choice->times.dense_ms, most, true, !choice->sparse});
  put_bar(out, &(bar){"sparse", "sparse", choice->times.sparse_ms, most, true, choice->sparse});
}

static void put_bars(const report_layer *layer, const report_basis *basis, double most, coco_buffer *out) {
  if (basis->is_time && layer->milliseconds >= 0)
    put_bar(out, &(bar){"run", report_heat(basis, layer), layer->milliseconds, most, true, false});
  for (size_t i = 0; i < layer->choice_count; ++i) put_choice_bars(&layer->choices[i], most, out);
  if (basis->has_bars_of_time || !layer->multiplications) return;
  const bool same = layer->dense_multiplications == layer->multiplications;
  put_bar(out, &(bar){"dense", "dense", (double)layer->dense_multiplications, most, false, false});
  if (!same) put_bar(out, &(bar){"kept", "sparse", (double)layer->multiplications, most, false, true});
}

static void put_reasons(const report_layer *layer, coco_buffer *out) {
  for (size_t i = 0; i < layer->choice_count; ++i) {
    const coco_layer_choice *choice = &layer->choices[i].choice;
    coco_buffer_format(out, "<div class=\"f\"><b>%s</b>%s: ", choice->sparse ? "sparse" : "dense",
                       !coco_layer_had_choice(choice) ? ""
                       : choice->measured             ? ", measured"
                                                      : ", by the model");
    coco_put_html_text(out, choice->reason);
    coco_buffer_text(out, "</div>");
  }
}

static void put_layer(const report_variant *variant, const report_basis *basis, double most, size_t index,
                      coco_buffer *out) {
  const report_layer *layer = &variant->layers[index];
  coco_buffer_format(out, "<tr id=\"l%zu\"><td class=\"n\">%zu</td><td><a href=\"#g%zu\"><bdi>", index + 1, index + 1,
                     index + 1);
  coco_put_html_text(out, layer->name.size ? layer->name : layer->operation);
  coco_buffer_text(out, "</bdi></a><div class=\"f\">");
  put_details(layer, out);
  coco_buffer_text(out, "</div>");
  put_reasons(layer, out);
  coco_buffer_text(out, "</td><td class=\"b\">");
  put_bars(layer, basis, most, out);
  coco_buffer_text(out, "</td></tr>\n");
}

/* What the bars are. */
static void put_key_to_bars(const report_basis *basis, coco_buffer *out) {
  if (basis->is_time)
    coco_buffer_text(out,
                     "<b>run</b> is what the layer took when the whole network ran on this machine, in one thread, "
                     "the least of the runs. ");
  if (basis->has_choices)
    coco_buffer_text(out,
                     "<b>dense</b> and <b>sparse</b> is what a layer with pruned weights takes in both forms, without "
                     "changes of layout; the one that was compiled is in bold. ");
  if (!basis->has_bars_of_time)
    coco_buffer_text(out,
                     "No time is known: bars are multiplications, of the dense layer and of the weights that are "
                     "kept.");
}

static void put_layers(const report_variant *variant, const report_basis *basis, coco_buffer *out) {
  const double most = most_of(variant, basis);
  coco_buffer_text(out, "<h2 id=\"layers\">Layers</h2>\n<p>In the order in which they run. ");
  put_key_to_bars(basis, out);
  coco_buffer_text(out, "</p>\n<table class=\"layers\"><tbody>\n");
  for (size_t i = 0; i < variant->layer_count; ++i) put_layer(variant, basis, most, i, out);
  coco_buffer_text(out, "</tbody></table>\n");
}

/* ---- What takes most ---- */

static coco_status put_top(const report_variant *variant, const report_basis *basis, coco_buffer *out) {
  const size_t count = variant->layer_count;
  if (basis->total <= 0) return COCO_OK;
  bool *shown = coco_allocate_zeroed(out->allocator, count + 1, sizeof *shown);
  if (!shown) return COCO_OUT_OF_MEMORY;
  coco_buffer_format(out, "<h2 id=\"top\">What takes most %s</h2>\n<ol class=\"top\">\n",
                     basis->is_time ? "time" : "multiplications");
  for (size_t rank = 0; rank < TOP_LAYERS; ++rank) {
    size_t best = count;
    for (size_t i = 0; i < count; ++i)
      if (!shown[i] && report_share(basis, &variant->layers[i]) > 0 &&
          (best == count || report_share(basis, &variant->layers[i]) > report_share(basis, &variant->layers[best])))
        best = i;
    if (best == count) break;
    shown[best] = true;
    coco_buffer_text(out, "<li>");
    put_link(out, variant, best);
    coco_buffer_format(out, " <span class=\"f\">%.1f %%</span></li>\n",
                       100 * report_share(basis, &variant->layers[best]));
  }
  coco_buffer_text(out, "</ol>\n");
  coco_free(out->allocator, shown, (count + 1) * sizeof *shown);
  return COCO_OK;
}

/* ---- The page ---- */

static void put_title(const report_facts *facts, coco_buffer *out) {
  coco_put_html_text(out, coco_string_from(facts->model));
  coco_buffer_text(out, " for ");
  coco_put_html_text(out, coco_string_from(facts->target));
  if (!facts->core) return;
  coco_buffer_text(out, ", ");
  coco_put_html_text(out, coco_string_from(facts->core));
}

static void put_head(const report_facts *facts, coco_buffer *out) {
  coco_buffer_text(out,
                   "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                   "'unsafe-inline'\"/>\n<meta name=\"viewport\" content=\"width=device-width, "
                   "initial-scale=1\"/>\n<title>");
  put_title(facts, out);
  coco_buffer_text(out, "</title>\n<style>\n");
  for (size_t i = 0; report_style[i]; ++i) coco_buffer_text(out, report_style[i]);
  coco_buffer_text(out, "</style></head>\n<body>\n<h1><bdi>");
  put_title(facts, out);
  coco_buffer_text(out, "</bdi></h1>\n<p class=\"f\">coco " COCO_VERSION ", schedule ");
  coco_put_html_text(out, coco_string_from(facts->compiled->schedule_hash));
}

/* Variants differ in registers, not in what a layer is: shown is the one that was measured, or else the first, which
 * the best processors run. NULL: there is none. */
static const report_variant *shown_variant(const report_facts *facts) {
  for (size_t i = 0; i < facts->variants.count; ++i)
    if (facts->variants.items[i].runs) return &facts->variants.items[i];
  return facts->variants.count ? &facts->variants.items[0] : NULL;
}

static void put_variants(const report_facts *facts, coco_buffer *out) {
  for (size_t i = 0; i < facts->variants.count; ++i)
    coco_buffer_format(out, "%s%s",
                       !i       ? "; this page is of the variant "
                       : i == 1 ? "; compiled besides: "
                                : ", ",
                       facts->variants.items[i].variant->name);
  coco_buffer_text(out, "</p>\n");
}

coco_status report_put_html(const report_facts *facts, coco_buffer *out) {
  coco_status status = COCO_OK;
  put_head(facts, out);
  put_variants(facts, out);
  const report_variant *variant = shown_variant(facts);
  if (variant) {
    const report_basis basis = report_basis_of(variant);
    put_tiles(facts, variant, &basis, out);
    coco_buffer_text(out,
                     "<nav><a href=\"#layers\">Layers</a><a href=\"#graph\">Graph</a>"
                     "<a href=\"#masks\">Masks</a><a href=\"#memory\">Memory</a></nav>\n");
    status = put_top(variant, &basis, out);
    if (status == COCO_OK) status = report_put_graph(variant, &basis, out);
    put_layers(variant, &basis, out);
    report_put_masks(variant, out);
    report_put_memory(variant, out);
  } else {
    coco_buffer_text(out, "<p>The model came as loops: there are no layers to tell of.</p>\n");
  }
  coco_buffer_text(out, "</body></html>\n");
  return status == COCO_OK ? out->status : status;
}
