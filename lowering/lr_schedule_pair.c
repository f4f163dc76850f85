/* Layers that leave out weights beside their dense forms: the ways of both, and what is said of the choice.
 *
 * What was measured (coco.measured) takes the place of the model's cycles: the sparse way takes what it took, and of
 * the dense ways the fastest, the others in proportion. A layer stays sparse where that is faster by more than what a
 * measurement, or the model, may be wrong by. Cost: that of the ways. */
#include <stdio.h>

#include "dialects/builtin/builtin.h"
#include "dialects/lr/blocks.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "lowering/layer_choice.h"
#include "lowering/lr_schedule.h"

/* What may be wrong by this much says nothing. A matrix product takes as long as its weights take to come, and from how
 * far they come in the network, alone it cannot be told: 1.07 times as fast alone was seen to be 0.96 in ResNet-18. */
static const double measured_margin = 1.03, model_margin = 1.05, weights_margin = 1.15;

static double margin_of(const coco_schedule_pair *pair) {
  if (coco_operation_is(pair->layer, &coco_lr_block_matmul)) return weights_margin;
  return pair->measured ? measured_margin : model_margin;
}

static double cycles_of_ms(const coco_schedule_freedom *freedom, double ms) {
  return ms * (double)freedom->figures.megahertz * 1000;
}

static double ms_of_cycles(const coco_schedule_freedom *freedom, double cycles) {
  return freedom->figures.megahertz > 0 ? cycles / ((double)freedom->figures.megahertz * 1000) : 0;
}

static const coco_schedule_choice *fastest(const coco_schedule_choice *ways, size_t count) {
  const coco_schedule_choice *best = ways;
  for (size_t i = 1; i < count; ++i)
    if (ways[i].cycles < best->cycles) best = &ways[i];
  return best;
}

static const char *storage_of(const coco_schedule_choice *way) {
  switch (way->way) {
    case COCO_WAY_ROWS: return "rows";
    case COCO_WAY_DIRECT: return "direct";
    case COCO_WAY_GEMM: return "gemm";
    case COCO_WAY_WINOGRAD: return way->algorithm->storage;
    case COCO_WAY_DEPTHWISE: return "depthwise";
    case COCO_WAY_PRODUCT: return "product";
    default: return "plain";
  }
}

static void scale(coco_schedule_choice *ways, size_t count, double factor) {
  for (size_t i = 0; i < count; ++i) ways[i].cycles *= factor;
}

/* Weights of the dense form by those that LAYER keeps. */
static double saved(const coco_operation *layer, const coco_operation *dense) {
  size_t first;
  coco_schedule_maps(layer, &first);
  const double kept = (double)coco_type_element_count(coco_operation_operand(layer, first - 1)->type);
  return kept > 0 ? (double)coco_type_element_count(coco_operation_operand(dense, 1)->type) / kept : 0;
}

/* Whether LAYER leaves out hardly a weight of DENSE: a block of 16 outputs where there are fewer, say. What its code
 * would gain is less than what models and measurements can tell. */
static bool saves_nothing(const coco_operation *layer, const coco_operation *dense) {
  static const double least_saved = 1.05;
  return saved(layer, dense) < least_saved;
}

/* Whether LAYER may be worth it for its layouts alone: it has few input channels, and little work. */
static bool is_thin(const coco_operation *layer) {
  return coco_operation_is(layer, &coco_lr_pattern_conv) &&
         coco_operation_operand(layer, 0)->type->shape[1] < COCO_LR_LANES;
}

/* Sparse ways count how images pass between the kernels and memory, which dense ones leave out, but for Winograd's. */
static void add_images(coco_schedule_choice *ways, size_t count, const coco_schedule_figures *figures,
                       const coco_operation *dense) {
  if (!coco_operation_is(dense, &coco_lr_conv)) return;
  for (size_t i = 0; i < count; ++i)
    if (ways[i].way != COCO_WAY_WINOGRAD) ways[i].cycles += coco_schedule_image_cycles(figures, dense);
}

size_t coco_schedule_pair_ways(coco_schedule_pair *pair, const coco_schedule_freedom *freedom,
                               coco_schedule_choice ways[2 * COCO_SCHEDULE_CHOICES]) {
  const size_t own = coco_schedule_choices(pair->layer, freedom, ways);
  coco_schedule_choice *dense = ways + own;
  const size_t count = coco_schedule_choices(pair->dense, freedom, dense);
  add_images(dense, count, &freedom->figures, pair->dense);
  const coco_schedule_choice *best = fastest(dense, count);
  coco_layer_times times;
  for (size_t i = 0; i < count; ++i) dense[i].dense = pair->dense;
  pair->fastest = storage_of(best);
  pair->sparse_cycles = fastest(ways, own)->cycles;
  pair->dense_cycles = best->cycles;
  pair->measured = coco_layer_measured(pair->layer, &times) && pair->sparse_cycles > 0 && pair->dense_cycles > 0;
  if (pair->measured) {
    scale(ways, own, cycles_of_ms(freedom, times.sparse_ms) / pair->sparse_cycles);
    scale(dense, count, cycles_of_ms(freedom, times.dense_ms) / pair->dense_cycles);
    pair->sparse_cycles = cycles_of_ms(freedom, times.sparse_ms);
    pair->dense_cycles = cycles_of_ms(freedom, times.dense_ms);
  }
  scale(ways, own, margin_of(pair));
  const bool dense_only = freedom->sparse == COCO_SPARSE_NONE ||
                          (freedom->sparse == COCO_SPARSE_AUTO && saves_nothing(pair->layer, pair->dense) &&
                           !is_thin(pair->layer));
  if (!dense_only) return own + count;
  memmove(ways, dense, count * sizeof *ways);
  return count;
}

coco_status coco_layer_predict(coco_operation *layer, coco_layer_times *out, bool *out_has) {
  coco_schedule_choice ways[2 * COCO_SCHEDULE_CHOICES];
  coco_schedule_pair pair = {.layer = layer};
  coco_schedule_freedom freedom = {.sparse = COCO_SPARSE_AUTO};
  const coco_operation *module = coco_operation_parent_of(layer, &coco_builtin_module);
  *out_has = false;
  COCO_TRY(coco_schedule_dense_build(layer, &pair.dense));
  if (!pair.dense) return COCO_OK;
  if (module) {
    coco_schedule_freedom_of(module, &freedom);
    coco_schedule_pair_ways(&pair, &freedom, ways);
    *out = (coco_layer_times){ms_of_cycles(&freedom, pair.dense_cycles), ms_of_cycles(&freedom, pair.sparse_cycles)};
    *out_has = true;
  }
  coco_schedule_dense_erase(pair.dense);
  return COCO_OK;
}

/* ---- Reasons ---- */

static const char *scheme_of(const coco_operation *layer, double times) {
  if (coco_lr_is_blocks(layer)) return "blocks";
  if (coco_operation_is(layer, &coco_lr_pointwise_conv)) return "connectivity";
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(layer, lr_pattern_conv, info));
  const double positions = (double)(info.window.kernel[0] * info.window.kernel[1]),
               entries = (double)coco_schedule_pattern_entries(layer);
  if (entries >= positions) return times > 1 ? "connectivity" : "whole kernels";
  return times > 1.01 * positions / entries ? "patterns and connectivity" : "patterns";
}

static int verdict(const coco_schedule_pair *pair, bool sparse, char *out, size_t size) {
  const double gain = pair->sparse_cycles > 0 ? pair->dense_cycles / pair->sparse_cycles : 0;
  if (sparse && gain > 1) return snprintf(out, size, "%.2f times as fast as dense %s", gain, pair->fastest);
  if (sparse) return snprintf(out, size, "spares changes of layout that dense %s would need", pair->fastest);
  if (gain > margin_of(pair))
    return snprintf(out, size, "%.2f times as fast as dense %s alone, but changes of layout would cost more", gain,
                    pair->fastest);
  if (gain >= 1) return snprintf(out, size, "no faster than dense %s by more than can be told", pair->fastest);
  return snprintf(out, size, "dense %s is faster", pair->fastest);
}

coco_status coco_schedule_pair_record(const coco_schedule_pair *pair, const coco_schedule_freedom *freedom) {
  char text[160], said[112];
  const bool sparse = !pair->taken->dense;
  const double times = saved(pair->layer, pair->dense);
  if (freedom->sparse == COCO_SPARSE_NONE)
    snprintf(said, sizeof said, "dense was asked for");
  else
    verdict(pair, sparse, said, sizeof said);
  const bool nothing = saves_nothing(pair->layer, pair->dense);
  if (!sparse && times <= 1 && is_thin(pair->layer)) return COCO_OK; /* nobody has pruned it */
  int size;
  if (nothing && !sparse && freedom->sparse == COCO_SPARSE_AUTO)
    size = snprintf(text, sizeof text, "%s, nothing saved", scheme_of(pair->layer, times));
  else if (nothing)
    size = snprintf(text, sizeof text, "%s, nothing saved: %s", scheme_of(pair->layer, times), said);
  else
    size = snprintf(text, sizeof text, "%s %.1fx%s: %s", scheme_of(pair->layer, times), times, sparse ? "" : " only",
                    said);
  const coco_layer_choice choice = {.sparse = sparse,
                                    .measured = pair->measured,
                                    .times = {ms_of_cycles(freedom, pair->dense_cycles),
                                              ms_of_cycles(freedom, pair->sparse_cycles)},
                                    .reason = {text, (size_t)size}};
  return coco_layer_set_choice(sparse ? pair->layer : pair->dense, &choice);
}
