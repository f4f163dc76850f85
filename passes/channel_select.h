/* Layers whose outputs or inputs are channels that can be told apart, and what it takes to reorder these or to leave
 * some out: the constants of one operation. What becomes of the operations around it is for regions (channel_region.h)
 * and remove-empty-channels to know. */
#ifndef COCO_PASSES_CHANNEL_SELECT_H
#define COCO_PASSES_CHANNEL_SELECT_H

#include "passes/pattern_layers.h"

/* ---- Telling apart ---- */

/* A constant whose bytes are at hand. */
bool coco_channels_are_constant(const coco_value *value);
/* Every operand of OPERATION from FIRST on is one. */
bool coco_channels_have_constants(const coco_operation *operation, size_t first);
/* graph.conv or pattern.conv, and its groups. */
bool coco_channels_is_conv(const coco_operation *operation);
int64_t coco_channels_group(const coco_operation *conv);
/* A matrix by a constant one, and for a gemm one number more for each output. */
bool coco_channels_is_product(const coco_operation *operation);
/* Of a product: whether its outputs can be told apart. */
bool coco_channels_made_apart(const coco_operation *product);
/* The axis of constant OPERAND that stands under the channels of RESULT: -1 where it has none. */
int64_t coco_channels_axis(const coco_type *operand, const coco_type *result);
/* How many inputs of SINK, a layer in blocks, are of one channel, whose elements lie INNER by INNER before it. */
int64_t coco_channels_unit(const coco_operation *sink, int64_t inner);

/* ---- Changing ---- */

/* New channel i is the old channel CHANNELS[i]; COUNT of them, each at most once. */
typedef struct coco_channel_selection {
  coco_pass *pass;
  const uint32_t *channels;
  uint32_t count;
} coco_channel_selection;

/* Operand INDEX of OPERATION, a constant, with the chosen pieces of INNER elements along AXIS. */
coco_status coco_channels_gather(const coco_channel_selection *s, coco_operation *operation, size_t index, size_t axis,
                                 int64_t inner) COCO_MUST_USE;
/* The outputs of LAYER, a convolution or a product; its result's type stays. */
coco_status coco_channels_select_outputs(const coco_channel_selection *s, coco_operation *layer) COCO_MUST_USE;
/* The inputs of SINK, a convolution of one group, a product or a layer in blocks; INNER elements for each channel. */
coco_status coco_channels_select_inputs(const coco_channel_selection *s, coco_operation *sink,
                                        int64_t inner) COCO_MUST_USE;

#endif
