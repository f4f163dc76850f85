/* Which channels are zero, whatever the input.
 *
 * Numbers that are not finite are taken to be none: 0 times anything is 0. Linear in the weights and the operations'
 * channels. */
#ifndef COCO_PASSES_CHANNEL_NUMBERS_H
#define COCO_PASSES_CHANNEL_NUMBERS_H

#include "passes/channel_classes.h"

/* Where a layer's weights of an output and an input stand: SIZE of them from at + output * o + input * i on. */
typedef struct coco_channel_weights {
  const float *at;
  int64_t output, input, size;
} coco_channel_weights;

/* Of a layer with weights; inputs of a convolution of groups are counted from the group's first. */
coco_channel_weights coco_channel_weights_of(const coco_channel_step *layer);
bool coco_channel_weights_are_zero(const coco_channel_weights *weights, uint32_t output, uint32_t input);

/* *out: by channel, 1 where all its numbers are zero; in the pass's scratch. */
coco_status coco_channel_numbers_find(coco_pass *pass, const coco_channel_classes *classes,
                                      uint8_t **out) COCO_MUST_USE;

#endif
