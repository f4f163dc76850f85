/* Which masks the kernels of layers have, and how often each is used: see report.h. Cost: linear in the kernels, and
 * the sets times the layers. */
#include <stdlib.h>

#include "dialects/lr/lr.h"
#include "dialects/lr/pattern.h"
#include "dialects/lr/window.h"
#include "tools/coco-compile/report.h"

typedef struct counted_mask {
  uint64_t mask, count;
} counted_mask;

/* Masks of one layer, distinct and ascending. */
typedef struct mask_counts {
  counted_mask *items;
  size_t count;
  uint64_t empty;
  bool of_blocks;
  const coco_attribute *info; /* #lr.window */
} mask_counts;

static int compare_masks(const void *left, const void *right) {
  const counted_mask *a = left, *b = right;
  return a->mask < b->mask ? -1 : a->mask > b->mask;
}

/* Sorts them, and makes one of equals. */
static void settle(mask_counts *counts) {
  size_t kept = 0;
  if (counts->count) qsort(counts->items, counts->count, sizeof *counts->items, compare_masks);
  for (size_t i = 0; i < counts->count; ++i) {
    const counted_mask *item = &counts->items[i];
    if (!item->mask)
      counts->empty += item->count;
    else if (kept && counts->items[kept - 1].mask == item->mask)
      counts->items[kept - 1].count += item->count;
    else
      counts->items[kept++] = *item;
  }
  counts->count = kept;
}

/* Those of the kernels of a pattern convolution. */
static coco_status count_kernels(const coco_operation *conv, coco_arena *arena, mask_counts *out) {
  coco_fkw fkw;
  bool known = false;
  const char *wrong = NULL;
  COCO_TRY(coco_lr_pattern_read(conv, arena, &fkw, &known, &wrong));
  if (!known || wrong) return COCO_OK;
  const size_t masks = fkw.shape.set.count, rows = coco_fkw_channel_groups(&fkw.shape) * (size_t)fkw.shape.filters;
  out->items = coco_arena_allocate_zeroed(arena, masks + 1, sizeof *out->items);
  if (!out->items) return COCO_OUT_OF_MEMORY;
  for (size_t p = 0; p < masks; ++p) out->items[p].mask = fkw.shape.set.masks[p];
  for (size_t row = 0; row < rows; ++row) {
    const uint32_t *runs = fkw.runs + row * (masks + 1);
    for (size_t p = 0; p < masks; ++p) out->items[p].count += runs[p + 1] - runs[p];
  }
  out->count = masks;
  out->empty = (uint64_t)fkw.shape.filters * fkw.shape.channels - fkw.kernels;
  out->info = COCO_PROPERTY(conv, lr_pattern_conv, info);
  return COCO_OK;
}

/* Those of the blocks of channels of a depthwise convolution. */
static coco_status count_blocks(const coco_operation *conv, coco_arena *arena, mask_counts *out) {
  const coco_attribute *masks = COCO_PROPERTY(conv, lr_conv, masks);
  if (!masks) return COCO_OK;
  out->items = coco_arena_allocate_zeroed(arena, masks->count + 1, sizeof *out->items);
  if (!out->items) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < masks->count; ++i) out->items[i] = (counted_mask){(uint64_t)coco_attribute_i64s(masks)[i], 1};
  out->count = masks->count;
  out->of_blocks = true;
  out->info = COCO_PROPERTY(conv, lr_conv, info);
  return COCO_OK;
}

static coco_status count_masks(const coco_operation *operation, coco_arena *arena, mask_counts *out) {
  coco_status status = COCO_OK;
  if (coco_operation_is(operation, &coco_lr_pattern_conv)) status = count_kernels(operation, arena, out);
  if (coco_operation_is(operation, &coco_lr_conv)) status = count_blocks(operation, arena, out);
  if (coco_operation_is(operation, &coco_lr_chain))
    for (const coco_operation *inner = coco_operation_body(operation, 0)->first; inner->next; inner = inner->next)
      if (!out->info && status == COCO_OK && coco_operation_is(inner, &coco_lr_conv))
        status = count_blocks(inner, arena, out);
  settle(out);
  return status;
}

static bool is_set(const report_set *set, const coco_window *window, const mask_counts *counts) {
  if (set->count != counts->count || set->rank != window->rank || set->of_blocks != counts->of_blocks) return false;
  if (memcmp(set->kernel, window->kernel, set->rank * sizeof *set->kernel) != 0) return false;
  for (size_t i = 0; i < set->count; ++i)
    if (set->masks[i] != counts->items[i].mask) return false;
  return true;
}

static coco_status add_set(report_facts *facts, report_variant *variant, const coco_window *window,
                           const mask_counts *counts) {
  uint64_t *masks = coco_arena_allocate(&facts->arena, (counts->count + 1) * sizeof *masks);
  if (!masks) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < counts->count; ++i) masks[i] = counts->items[i].mask;
  const report_set set = {window->kernel, window->rank, counts->count, masks, counts->of_blocks};
  return coco_vector_push(facts->arena.allocator, &variant->sets, set);
}

static coco_status use_set(report_facts *facts, report_variant *variant, const mask_counts *counts,
                           report_layer *layer) {
  const coco_window window = coco_lr_window_of(counts->info).window;
  size_t set = 0;
  while (set < variant->sets.count && !is_set(&variant->sets.items[set], &window, counts)) ++set;
  if (set == variant->sets.count) COCO_TRY(add_set(facts, variant, &window, counts));
  layer->use =
      (report_use){set, coco_arena_allocate_zeroed(&facts->arena, counts->count + 1, sizeof(uint64_t)), counts->empty};
  if (!layer->use.counts) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < counts->count; ++i) layer->use.counts[i] = counts->items[i].count;
  return COCO_OK;
}

coco_status report_add_patterns(report_facts *facts, report_variant *variant, const coco_operation *operation,
                                report_layer *layer) {
  coco_arena scratch = {.allocator = facts->arena.allocator};
  mask_counts counts = {0};
  coco_status status = count_masks(operation, &scratch, &counts);
  if (status == COCO_OK && counts.info) status = use_set(facts, variant, &counts, layer);
  coco_arena_destroy(&scratch);
  return status;
}
