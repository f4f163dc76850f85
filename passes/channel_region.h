/* The channels that a layer makes, followed to everything that reads them, so that they can be put in another order or
 * left out.
 *
 * A region is a convolution or a product (the producer; graph.conv or pattern.conv of one group, graph.gemm,
 * graph.matmul of matrices, whose outputs are channels), the operations that keep channels apart (elementwise ones,
 * pools, depthwise convolutions, reductions over space, flatten: the members), and the layers that read all channels
 * (the sinks: convolutions of one group, products, layers in blocks). All their weights are constants. It exists only
 * when nothing else uses any of these values: not when the result of the network or a sum with another layer is among
 * them. Runs before graph-fuse. Linear in the uses. */
#ifndef COCO_PASSES_CHANNEL_REGION_H
#define COCO_PASSES_CHANNEL_REGION_H

#include "passes/channel_select.h"

enum { COCO_REGION_LIMIT = 64 };

/* A value whose channel c is its elements [c * inner, (c + 1) * inner) along axis 1. */
typedef struct coco_channel_value {
  coco_value *value;
  int64_t inner;
} coco_channel_value;

typedef struct coco_channel_region {
  coco_operation *producer;
  int64_t channels;
  coco_channel_value values[COCO_REGION_LIMIT]; /* the producer's result first */
  coco_operation *members[COCO_REGION_LIMIT];   /* values[1 + i] is the result of members[i] */
  coco_operation *sinks[COCO_REGION_LIMIT];
  size_t sink_values[COCO_REGION_LIMIT]; /* which value a sink reads */
  size_t member_count, sink_count;
} coco_channel_region;

/* False when there is no region that begins at PRODUCER. */
bool coco_channel_region_find(coco_operation *producer, coco_channel_region *out);
/* Whether MEMBER, of a region, is a depthwise convolution: graph.conv or pattern.conv with a filter for each channel.
 */
bool coco_channel_region_is_depthwise(const coco_operation *member);
/* New channel i is the old channel CHANNELS[i]; COUNT of them, each at most once. */
coco_status coco_channel_region_select(coco_pass *pass, coco_channel_region *region, const uint32_t *channels,
                                       uint32_t count) COCO_MUST_USE;

#endif
