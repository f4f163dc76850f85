/* lr.chain: the layers of one, by what they are to the depthwise convolution in their middle. */
#ifndef COCO_DIALECTS_LR_CHAIN_H
#define COCO_DIALECTS_LR_CHAIN_H

#include "ir/operation.h"

typedef struct coco_lr_chain_layers {
  const coco_operation *before, *depthwise, *after; /* lr.conv; before or after is NULL where there is none */
} coco_lr_chain_layers;

/* CHAIN must be a verified lr.chain. */
coco_lr_chain_layers coco_lr_chain_of(const coco_operation *chain);
/* Whether an lr.conv may stand before, or after, DEPTHWISE in a chain, as far as storages, layouts and windows go. */
bool coco_lr_may_precede(const coco_operation *conv, const coco_operation *depthwise);
bool coco_lr_may_follow(const coco_operation *conv, const coco_operation *depthwise);
bool coco_lr_is_depthwise(const coco_operation *operation);

#endif
