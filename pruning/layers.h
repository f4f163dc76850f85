/* The layers of a graph-level module that have weights, and their weights as kernels. */
#ifndef COCO_PRUNING_LAYERS_H
#define COCO_PRUNING_LAYERS_H

#include "dialects/graph/graph.h"
#include "pruning/projection.h"

typedef enum coco_layer_kind {
  COCO_LAYER_SPATIAL,   /* convolution with a kernel of several positions */
  COCO_LAYER_POINTWISE, /* with one position */
  COCO_LAYER_DEPTHWISE, /* each output sees one input channel */
  COCO_LAYER_MATRIX     /* graph.gemm or graph.matmul */
} coco_layer_kind;

typedef struct coco_layer {
  coco_operation *operation;
  coco_layer_kind kind;
  bool first; /* no layer stands between it and the network's inputs */
  const char *unusable; /* why its weights cannot be pruned at all; NULL: they can */
  const coco_attribute *weights; /* the constant's elements; NULL: unusable */
  coco_use *use;                 /* where the constant comes in: of the operation, or of the group that it stands in */
  size_t filters, channels, height, width; /* channels: those that one filter sees; a matrix has kernels of 1x1 */
  size_t filter_stride, channel_stride;    /* in elements */
} coco_layer;

typedef struct coco_layers {
  coco_layer *items;
  size_t count;
} coco_layers;

/* Every convolution and matrix product under ROOT, in order, in memory of ARENA. Pointers are good until the IR
 * changes. Linear in the operations. */
coco_status coco_find_layers(coco_operation *root, coco_arena *arena, coco_layers *out) COCO_MUST_USE;
/* The layer that OPERATION is. False: it is none. `first` is false. */
bool coco_layer_of(coco_operation *operation, coco_layer *out);

static inline size_t coco_layer_positions(const coco_layer *layer) { return layer->height * layer->width; }
static inline size_t coco_layer_kernels(const coco_layer *layer) { return layer->filters * layer->channels; }
/* "64x128 3x3", a matrix "10x512": for reports. Appends to OUT. */
void coco_layer_describe(const coco_layer *layer, coco_buffer *out);

/* The weights of a usable layer as kernels: borrowed where they are floats in their place, else copied to ARENA. */
coco_status coco_layer_read(const coco_layer *layer, const coco_attribute *weights, coco_arena *arena,
                            coco_kernels *out) COCO_MUST_USE;
/* The layer uses a new constant, with zeros where KEPT has none. *out_removed: how many weights became zero that were not. The old
 * constant is erased when nothing else uses it. LAYER is up to date afterwards. */
coco_status coco_layer_put_zeros(coco_layer *layer, const uint64_t *kept, size_t *out_removed) COCO_MUST_USE;

#endif
