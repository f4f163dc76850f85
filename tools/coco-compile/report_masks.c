/* The pictures of masks on the report's page: each set, how often each mask is used, and in which layers. */
#include <stdlib.h>

#include "tools/coco-compile/report_html.h"

enum { SHOWN_MASKS = 64, CELL = 14, TABLE_MASKS = 16 };

typedef struct ranked_mask {
  uint64_t mask, uses;
  size_t index; /* in the set */
} ranked_mask;

static int compare_uses(const void *left, const void *right) {
  const ranked_mask *a = left, *b = right;
  if (a->uses != b->uses) return a->uses > b->uses ? -1 : 1;
  return a->mask < b->mask ? -1 : a->mask > b->mask;
}

static void put_mask(const report_set *set, uint64_t mask, coco_buffer *out) {
  const int64_t rows = set->rank > 1 ? set->kernel[0] : 1;
  int64_t columns = 1;
  for (size_t i = set->rank > 1 ? 1 : 0; i < set->rank; ++i) columns *= set->kernel[i];
  coco_buffer_format(out,
                     "<svg width=\"%lld\" height=\"%lld\" viewBox=\"-0.05 -0.05 %lld.1 %lld.1\" role=\"img\" "
                     "aria-label=\"mask\">",
                     (long long)columns * CELL, (long long)rows * CELL, (long long)columns, (long long)rows);
  for (int64_t i = 0; i < rows * columns; ++i)
    coco_buffer_format(out, "<rect%s x=\"%lld\" y=\"%lld\" width=\"1\" height=\"1\"/>",
                       mask >> i & 1 ? " class=\"k\"" : "", (long long)(i % columns), (long long)(i / columns));
  coco_buffer_text(out, "</svg>");
}

/* COUNT masks that are used. */
static void put_figures(const report_set *set, const ranked_mask *masks, size_t count, uint64_t empty,
                        coco_buffer *out) {
  uint64_t all = empty;
  for (size_t i = 0; i < count; ++i) all += masks[i].uses;
  coco_buffer_text(out, "<div class=\"masks\">\n");
  for (size_t i = 0; i < count && i < SHOWN_MASKS; ++i) {
    coco_buffer_text(out, "<figure>");
    put_mask(set, masks[i].mask, out);
    report_put_count(out, (double)masks[i].uses);
    coco_buffer_format(out, "<br/><span class=\"f\">%.1f %%</span></figure>\n",
                       100 * (double)masks[i].uses / (double)all);
  }
  if (empty) {
    coco_buffer_text(out, "<figure>");
    put_mask(set, 0, out);
    report_put_count(out, (double)empty);
    coco_buffer_format(out, "<br/><span class=\"f\">%.1f %%</span></figure>\n", 100 * (double)empty / (double)all);
  }
  coco_buffer_text(out, "</div>\n");
  if (count > SHOWN_MASKS)
    coco_buffer_format(out, "<p class=\"f\">and %zu masks that are used less</p>\n", count - SHOWN_MASKS);
}

/* A line for each layer: how often it uses each of the first masks. */
static void put_uses(const report_variant *variant, size_t number, const ranked_mask *masks, size_t count,
                     coco_buffer *out) {
  const report_set *set = &variant->sets.items[number];
  coco_buffer_text(out,
                   "<details><summary>by layer</summary><div class=\"scroll\"><table class=\"uses\"><tbody><tr>"
                   "<td></td>");
  for (size_t p = 0; p < count && p < TABLE_MASKS; ++p) {
    coco_buffer_text(out, "<th>");
    put_mask(set, masks[p].mask, out);
    coco_buffer_text(out, "</th>");
  }
  coco_buffer_text(out, "<th>empty</th></tr>\n");
  for (size_t i = 0; i < variant->layer_count; ++i) {
    const report_layer *layer = &variant->layers[i];
    if (!layer->use.counts || layer->use.set != number) continue;
    coco_buffer_format(out, "<tr><td><a href=\"#l%zu\">%zu <bdi>", i + 1, i + 1);
    coco_put_html_text(out, layer->name);
    coco_buffer_text(out, "</bdi></a></td>");
    for (size_t p = 0; p < count && p < TABLE_MASKS; ++p)
      coco_buffer_format(out, "<td>%llu</td>", (unsigned long long)layer->use.counts[masks[p].index]);
    coco_buffer_format(out, "<td>%llu</td></tr>\n", (unsigned long long)layer->use.empty);
  }
  coco_buffer_text(out, "</tbody></table></div></details>\n");
}

static void put_set(const report_variant *variant, size_t number, coco_buffer *out) {
  const report_set *set = &variant->sets.items[number];
  ranked_mask *masks = coco_allocate_zeroed(out->allocator, set->count + 1, sizeof *masks);
  if (!masks) {
    out->status = COCO_OUT_OF_MEMORY;
    return;
  }
  uint64_t empty = 0;
  size_t layers = 0, used = 0;
  for (size_t p = 0; p < set->count; ++p) masks[p] = (ranked_mask){set->masks[p], 0, p};
  for (size_t i = 0; i < variant->layer_count; ++i) {
    const report_use *use = &variant->layers[i].use;
    if (!use->counts || use->set != number) continue;
    for (size_t p = 0; p < set->count; ++p) masks[p].uses += use->counts[p];
    empty += use->empty;
    ++layers;
  }
  qsort(masks, set->count, sizeof *masks, compare_uses);
  while (used < set->count && masks[used].uses) ++used;
  coco_buffer_format(out, "<h3>Set %zu: %zu mask%s, ", number + 1, used, used == 1 ? "" : "s");
  for (size_t i = 0; i < set->rank; ++i) coco_buffer_format(out, "%s%lld", i ? "x" : "", (long long)set->kernel[i]);
  coco_buffer_format(out, ", %zu layer%s</h3>\n<p class=\"f\">Numbers count %s.</p>\n", layers, layers == 1 ? "" : "s",
                     set->of_blocks ? "blocks of 16 channels" : "kernels");
  put_figures(set, masks, used, empty, out);
  put_uses(variant, number, masks, used, out);
  coco_free(out->allocator, masks, (set->count + 1) * sizeof *masks);
}

void report_put_masks(const report_variant *variant, coco_buffer *out) {
  coco_buffer_text(out, "<h2 id=\"masks\">Masks</h2>\n");
  if (!variant->sets.count)
    coco_buffer_text(out, "<p>No layer was compiled for a pattern of its kernels.</p>\n");
  else
    coco_buffer_text(out,
                     "<p>Which positions of a kernel are kept, and how often; a picture without any is the kernels "
                     "that are left out.</p>\n");
  for (size_t i = 0; i < variant->sets.count; ++i) put_set(variant, i, out);
}
