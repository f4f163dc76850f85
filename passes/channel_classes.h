/* The channels of all values of a block, and which of them only go together.
 *
 * Channels stand along axis 1. Every channel of every value is a number, and channels that an operation takes or makes
 * together are of one class: those of an elementwise operation's operands and result (so of both summands of a sum),
 * of a value and what a pool makes of it, of a part of a concatenation and where it lies in the result, of all inputs
 * and outputs of one group of a convolution, of filters that keep the same inputs four by four or two by two. Layers
 * that read all channels (convolutions of one group, products) end a class: their inputs and outputs are of different
 * ones. A class is held where an operation that is not known here has to do with it, or an argument, a result of the
 * function or another block.
 *
 * Values are tensors of static shape that are not empty; what has others is not known. Linear in the operands and
 * their channels. */
#ifndef COCO_PASSES_CHANNEL_CLASSES_H
#define COCO_PASSES_CHANNEL_CLASSES_H

#include "ir/base/hash.h"
#include "passes/channel_select.h"

/* What an operation does with channels. */
typedef enum coco_channel_kind {
  COCO_CHANNELS_UNKNOWN, /* all it has to do with is held */
  COCO_CHANNELS_LAYER,   /* reads all: a convolution of one group, a product, a layer in blocks */
  COCO_CHANNELS_GROUPED, /* a convolution of several groups, a depthwise one among them */
  COCO_CHANNELS_EACH,    /* elementwise */
  COCO_CHANNELS_ALONG,   /* one result channel from the same channel of operand INPUT */
  COCO_CHANNELS_REGROUP, /* elements as they are: several channels become one or one several (reshape, flatten) */
  COCO_CHANNELS_JOIN,    /* a concatenation along channels */
  COCO_CHANNELS_STACK,   /* one along another axis */
  COCO_CHANNELS_PART     /* the channels from START on */
} coco_channel_kind;

/* An operation, and the channels of its one result: numbers [FIRST, FIRST + COUNT). */
typedef struct coco_channel_step {
  coco_operation *operation;
  coco_channel_kind kind;
  uint32_t first, count; /* count 0: the result has none that are looked at */
  uint32_t input;        /* the operand that it takes channels from; of a concatenation: all */
  uint32_t start;
  const float *weights, *bias; /* of a convolution or product; NULL: none, or a layer in blocks */
} coco_channel_step;

typedef struct coco_channel_classes {
  coco_pointer_map steps_of; /* from an operation to its step */
  coco_channel_step *steps;  /* in program order */
  size_t step_count;
  uint32_t *parents; /* by channel: towards what stands for its class */
  uint8_t *held;     /* by what stands for a class */
  uint32_t channels;
} coco_channel_classes;

/* Memory is the pass's scratch; the map must be freed by coco_channel_classes_free, whatever this returns. */
coco_status coco_channel_classes_find(coco_pass *pass, coco_block *block, coco_channel_classes *out) COCO_MUST_USE;
void coco_channel_classes_free(coco_channel_classes *classes);

/* The step that makes VALUE; NULL where its channels are not looked at. */
const coco_channel_step *coco_channel_step_of(const coco_channel_classes *classes, const coco_value *value);
/* What stands for the class of CHANNEL. */
uint32_t coco_channel_class(coco_channel_classes *classes, uint32_t channel);
void coco_channel_hold(coco_channel_classes *classes, uint32_t channel);
/* How many channels of operand 0 a group of GROUPED reads. */
uint32_t coco_channels_in_group(const coco_channel_step *grouped);

#endif
