/* The zoo's networks, as tables of layers. */
#ifndef COCO_TOOLS_COCO_ZOO_NETWORKS_H
#define COCO_TOOLS_COCO_ZOO_NETWORKS_H

#include <stddef.h>

typedef enum zoo_kind {
  ZOO_CONV,        /* convolution, padded to keep the size at stride 1, bias, ReLU */
  ZOO_CONV_NORM,   /* convolution, batch norm, ReLU */
  ZOO_CONV_NORM6,  /* convolution, batch norm, ReLU6 */
  ZOO_MAX_POOL,    /* kernel x kernel, not padded */
  ZOO_PADDED_POOL, /* likewise, padded by kernel / 2 */
  ZOO_FIRE,        /* 1x1 to `filters`, then 1x1 and 3x3 to `more` each, joined */
  ZOO_BASIC,       /* residual block: two 3x3 convolutions */
  ZOO_BOTTLENECK,  /* residual block: 1x1, 3x3, and 1x1 to 4 * filters */
  ZOO_INVERTED,    /* inverted residual: 1x1 to `more` times the channels, depthwise 3x3, linear 1x1 to `filters` */
  ZOO_GLOBAL_POOL, /* mean of each channel */
  ZOO_LINEAR,      /* matrix product, bias, ReLU */
  ZOO_CLASSIFIER,  /* matrix product to the classes, bias */
  ZOO_CLASS_CONV   /* 1x1 convolution to the classes, bias, ReLU */
} zoo_kind;

typedef struct zoo_layer {
  zoo_kind kind;
  int filters, kernel, stride; /* stride: of the first when repeated; 0 is 1 */
  int more;
  int repeat; /* 0 is 1 */
  int only;   /* image size that it is for; 0: both */
} zoo_layer;

typedef struct zoo_network {
  const char *name, *description;
  const zoo_layer *layers;
  size_t layer_count;
} zoo_network;

extern const zoo_network zoo_networks[];
extern const size_t zoo_network_count;

#endif
