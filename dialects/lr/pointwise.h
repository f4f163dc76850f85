/* The stored form of lr.pointwise_conv: a sparse matrix of filters by channels, in bundles.
 *
 * Channels come in groups, whose input is to stay in a near cache. In each group the filters stand in an order of its
 * own, `strands` * `share` of them in a bundle (the last one may have fewer). A strand is `share` filters and a list of
 * channels that all of them read; the strands of a bundle walk their lists in step, so that lists that are shorter are
 * filled up with weights of zero. A bundle's steps have one phase, or two: in the first of two, strands 2 i and 2 i + 1
 * read the same channel, so that its vectors are loaded once for both. With F filters, G groups,
 * B = ceil(F / (strands * share)) bundles, P phases, N steps:
 *   order   [G][F]                    the filter at each place
 *   offset  [G * B * P + 1]           the first step of a bundle's phase
 *   index   [N][strands]              the channel of a strand
 *   weights [N][strands * share]      those of its filters
 * Invariant, checked by coco_lr_bundles_check: each group's order is a permutation, offset begins with 0, does not fall
 * and ends with N, channels exist. The sum of a filter adds its products group by group, step by step. */
#ifndef COCO_DIALECTS_LR_POINTWISE_H
#define COCO_DIALECTS_LR_POINTWISE_H

#include "dialects/pattern/fkw.h"
#include "ir/operation.h"

enum { COCO_BUNDLE_FILTERS = 4, COCO_BUNDLES_MOST_FILTERS = 64, COCO_BUNDLES_MOST_PHASES = 2 };

typedef struct coco_lr_bundles {
  uint32_t filters, channels, groups, strands, share, phases, steps;
  uint32_t *order, *offset, *index;
  float *weights;
} coco_lr_bundles;

/* Filters of a full bundle, and bundles of a group. */
static inline uint32_t coco_lr_bundle_filters(const coco_lr_bundles *bundles) {
  return bundles->strands * bundles->share;
}
static inline uint32_t coco_lr_bundle_count(const coco_lr_bundles *bundles) {
  return (bundles->filters - 1) / coco_lr_bundle_filters(bundles) + 1;
}
/* The first step of bundle ROW, counted through all groups. */
static inline uint32_t coco_lr_bundle_begin(const coco_lr_bundles *bundles, size_t row) {
  return bundles->offset[row * bundles->phases];
}

/* FKW, whose kernels have one position, in bundles of COCO_BUNDLE_FILTERS; convolution groups become zeros of the
 * matrix. Filters that read almost the same channels share them: four or two, whichever is to take the least time; else
 * each has its own strand, and in each group of channels those stand in pairs that have many of them in common.
 * PIXELS: of an image that is made, by which groups are chosen. */
coco_status coco_lr_bundles_from_fkw(const coco_fkw *fkw, int64_t pixels, coco_arena *arena,
                                     coco_lr_bundles *out) COCO_MUST_USE;
/* The matrix [filters][channels]. */
void coco_lr_bundles_to_dense(const coco_lr_bundles *bundles, float *dense);

/* The form of CONV, checked, in ARENA. *out_wrong says what is wrong, NULL when nothing is; *out_known is false, and
 * OUT untouched, when its arrays are no constants at hand. */
coco_status coco_lr_pointwise_read(const coco_operation *conv, coco_arena *arena, coco_lr_bundles *out, bool *out_known,
                                   const char **out_wrong) COCO_MUST_USE;
/* How many of CONV's steps are those of a first phase of two; 0 when they are no constants at hand. */
int64_t coco_lr_pointwise_paired_steps(const coco_operation *conv);

#endif
