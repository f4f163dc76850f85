/* How an lr.chain is worked off: what runs in parallel, and the memory that each piece has on the stack.
 *
 * A piece is a band of output rows of the depthwise convolution, of some of its blocks of channels where nothing
 * follows it (each of its channels needs all of the input of the layer before, but only its own channel of that layer),
 * and of all where a 1x1 does. The band is worked off in strips: the rows of the layer before that the strip needs and
 * the last one did not (kept in a ring), a group of blocks at a time; from them the strip's rows; from those the rows
 * of the 1x1. Pieces that share a border each compute the rows that both need. */
#ifndef COCO_LOWERING_CHAIN_PLAN_H
#define COCO_LOWERING_CHAIN_PLAN_H

#include "dialects/lr/chain.h"
#include "dialects/lr/window.h"

typedef struct coco_chain_plan {
  coco_lr_chain_layers layers;
  int64_t images, height; /* output rows of the depthwise convolution */
  int64_t blocks, group;  /* of its channels, and how many are worked off together */
  int64_t bands, band_rows;
  int64_t rows;                          /* of a strip */
  int64_t ring;                          /* rows of the layer before that are kept; 0: there is none */
  int64_t kept_blocks;                   /* of its blocks that are kept: a group's, or all */
  int64_t ring_elements, strip_elements; /* on the stack: of the layer before, of the depthwise convolution */
} coco_chain_plan;

/* Bytes of the stack that a piece may take. */
enum { COCO_CHAIN_STACK = 256 << 10 };

/* TUNING, made to fit as far as it can. */
coco_chain_plan coco_chain_plan_make(const coco_lr_chain_layers *layers, const coco_lr_tuning_info *tuning);
coco_chain_plan coco_chain_plan_of(const coco_operation *chain);
int64_t coco_chain_plan_bytes(const coco_chain_plan *plan);

#endif
