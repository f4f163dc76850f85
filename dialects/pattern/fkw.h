/* FKW (filter, kernel, weight): the compact form of a convolution whose kernels are patterns or empty.
 *
 * A set of masks says which positions a kernel of pattern p keeps: bit i is kernel position i, row-major; all masks
 * have the same number of bits (`entries`). Kernels stand in the order in which they are computed: channel group g
 * outermost (groups of `span` input channels), then filter i in a new order, then pattern p, then channel. With G =
 * ceil(channels / span), F filters, K kernels:
 *
 *   offset  [G * F + 1]     the first kernel of (g, i) is offset[g * F + i]
 *   reorder [F]             the output channel of filter i; [G][F] where each channel group has an order of its own
 *   index   [K]             a kernel's input channel, relative to the first channel of its filter's convolution group
 *   runs    [G][F][P + 1]   kernels of pattern p in (g, i): offset + runs[p] to offset + runs[p + 1]
 *   weights [K * entries]   kernel by kernel, by increasing position
 *
 * Invariant, checked by coco_fkw_check: every number is in range, offset and runs do not fall, an order is a
 * permutation, and a filter has a channel once. Arrays come from an arena. Everything is linear in its arrays, but the
 * order by similarity and orders for caches (see there). */
#ifndef COCO_DIALECTS_PATTERN_FKW_H
#define COCO_DIALECTS_PATTERN_FKW_H

#include "ir/base/memory.h"

enum {
  COCO_FKW_MAX_POSITIONS = 63,
  COCO_FKW_MAX_PATTERNS = 4096,
  COCO_FKW_MAX_EXTENT = 1 << 24 /* filters, channels */
};

typedef struct coco_fkw_set {
  const uint64_t *masks;
  uint32_t count, positions, entries;
} coco_fkw_set;

/* Filters of all convolution groups; channels of one. */
typedef struct coco_fkw_shape {
  coco_fkw_set set;
  uint32_t filters, channels, group, span;
} coco_fkw_shape;

typedef struct coco_fkw {
  coco_fkw_shape shape;
  uint32_t kernels;
  bool own_orders; /* reorder [G][F]: each channel group has an order of the filters of its own */
  uint32_t *offset, *reorder, *index, *runs;
  float *weights;
} coco_fkw;

/* Filter reorder: within a convolution group, filters of equal length (number of kernels) stand together, longest first
 * unless ASCENDING; among those, each is followed by the one that is most similar (as many equal patterns at equal
 * places of their lists as can be; then common kernels of one channel and pattern; then the lower number). All false:
 * the original order. */
typedef struct coco_fkw_order {
  bool by_length, ascending, by_similarity;
} coco_fkw_order;

/* What is wrong, NULL when nothing is. */
const char *coco_fkw_set_check(const coco_fkw_set *set);
const char *coco_fkw_shape_check(const coco_fkw_shape *shape); /* the set included */
/* The arrays of FKW, whose shape is checked and whose lengths are right. *out_wrong as above. */
coco_status coco_fkw_check(const coco_fkw *fkw, coco_arena *scratch, const char **out_wrong) COCO_MUST_USE;

uint32_t coco_fkw_channel_groups(const coco_fkw_shape *shape);
/* How many numbers `reorder` has. */
size_t coco_fkw_reorder_length(const coco_fkw *fkw);
/* The output channel of ROW = g * F + i. */
uint32_t coco_fkw_filter(const coco_fkw *fkw, size_t row);
/* Bytes of one element that holds all COUNT values: 1, 2 or 4. */
size_t coco_fkw_element_size(const uint32_t *values, size_t count);
/* Bytes of the four arrays beside the weights, each in its smallest elements. */
size_t coco_fkw_structure_size(const coco_fkw *fkw);

/* The positions where KERNEL is not zero; a zero of either sign is zero. */
uint64_t coco_fkw_support(const float *kernel, uint32_t positions);

/* WEIGHTS [filters][channels][positions]. Kernels of zeros are left out; another takes the first mask that covers all
 * its bits that are set (a kept -0.0 stays), else the first that covers what is not zero. *out_fits is false, and OUT
 * untouched, when there is none. */
coco_status coco_fkw_from_dense(const coco_fkw_shape *shape, const float *weights, const coco_fkw_order *order,
                                coco_arena *arena, coco_fkw *out, bool *out_fits) COCO_MUST_USE;
/* The same numbers in their places; +0.0 elsewhere. */
void coco_fkw_to_dense(const coco_fkw *fkw, float *weights);

/* The same kernels with groups of SPAN channels and filters in ORDER; NULL keeps the order. Runs have ascending
 * channels. */
coco_status coco_fkw_rearrange(const coco_fkw *fkw, uint32_t span, const coco_fkw_order *order, coco_arena *arena,
                               coco_fkw *out) COCO_MUST_USE;
/* The convolution whose output channel f is FKW's FILTERS[f] (filter_count of them) and whose input channel c is its
 * CHANNELS[c]; NULL: all, unmoved. Filters stay in their order as far as they stay. Maps may leave out, not repeat, and
 * keep convolution groups; where each group is one filter of one channel, groups go with their filters. */
coco_status coco_fkw_select(const coco_fkw *fkw, const uint32_t *filters, uint32_t filter_count,
                            const uint32_t *channels, uint32_t channel_count, coco_arena *arena,
                            coco_fkw *out) COCO_MUST_USE;

/* ---- Bodies shared by translated masks (fkw_share.c) ---- */

enum { COCO_FKW_MAX_SHIFTS = 16 };

/* Masks that stand side by side in a set and are translations of each other become one mask, in the top left corner of
 * the kernel. A kernel's index then says its shift too: index[k] = member * coco_fkw_shift_stride(span) + channel -
 * first channel of the channel group, and it stands where the mask moved down by rows[member] and right by
 * columns[member] is. Kernels keep their order; runs count the kernels of a body. */
typedef struct coco_fkw_shifts {
  uint32_t count;
  uint32_t rows[COCO_FKW_MAX_SHIFTS], columns[COCO_FKW_MAX_SHIFTS];
} coco_fkw_shifts;

/* The smallest power of two that is at least SPAN. */
uint32_t coco_fkw_shift_stride(uint32_t span);
/* MASK moved to the top left corner of a kernel whose rows have WIDTH positions. */
uint64_t coco_fkw_corner(uint64_t mask, uint32_t width);
/* Brings COUNT distinct masks of kernels whose rows have WIDTH positions into an order that coco_fkw_share takes:
 * translations stand together, the shifts of all bodies in one order. First uses keep theirs. */
void coco_fkw_gather(uint64_t *masks, uint32_t count, uint32_t width);
/* FKW, of kernels of two axes with rows of WIDTH positions, so. *out_fits is false, and OUT untouched, when there would
 * be too many shifts, masks that are translations stand apart, or two bodies have shifts in different orders. */
coco_status coco_fkw_share(const coco_fkw *fkw, uint32_t width, coco_arena *arena, coco_fkw *out,
                           coco_fkw_shifts *out_shifts, bool *out_fits) COCO_MUST_USE;
/* The plain form of SHARED, whose lengths are right and whose shape is checked but for the masks; the result is
 * checked. *out_wrong as in coco_fkw_check. */
coco_status coco_fkw_unshare(const coco_fkw *shared, uint32_t width, const coco_fkw_shifts *shifts, coco_arena *arena,
                             coco_fkw *out, const char **out_wrong) COCO_MUST_USE;

/* ---- Orders for caches (fkw_locality.c) ---- */

/* The same kernels, SHARED as above or plain, of one convolution group, where each channel group has an order of its
 * own: filters that follow each other read channels that were read a moment ago, and have runs of the same lengths, so
 * that the first cache has what they read and branches go as they went. Each of RANGES equal ranges (the last may be
 * shorter) has the same filters in all groups: neighbours, or where those would differ much in their kernels, others, so
 * that ranges have as many as each other, as far as whole filters can. Each filter keeps its kernels' order, so that
 * results keep their bits. */
coco_status coco_fkw_localize(const coco_fkw *fkw, bool shared, uint32_t ranges, coco_arena *arena,
                              coco_fkw *out) COCO_MUST_USE;
/* *out_kept: whether all channel groups have the same filters in each of RANGES ranges; FKW's reorder need not be
 * checked, and the other arrays are not read. */
coco_status coco_fkw_keeps_ranges(const coco_fkw *fkw, uint32_t ranges, coco_arena *scratch,
                                  bool *out_kept) COCO_MUST_USE;

/* ---- Between the files of this form ---- */

/* What coco_fkw_check checks of reorder, offset and runs. */
coco_status coco_fkw_check_rows(const coco_fkw *fkw, coco_arena *scratch, const char **out_wrong) COCO_MUST_USE;

/* Kernels by original filter and channel: choice[f * channels + c] is 0 (none) or 1 + the pattern. */
typedef struct coco_fkw_kernels {
  uint16_t *choice;
  float *dense;
} coco_fkw_kernels;

/* *out_reorder: the filters in ORDER. By similarity, each filter is compared with at most COCO_FKW_NEIGHBOURS others of
 * its length. */
enum { COCO_FKW_NEIGHBOURS = 1024 };
coco_status coco_fkw_reorder(const coco_fkw_shape *shape, const uint16_t *choice, const coco_fkw_order *order,
                             coco_arena *arena, uint32_t **out_reorder) COCO_MUST_USE;

#endif
