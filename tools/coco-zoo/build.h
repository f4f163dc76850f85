/* A network of the zoo as a module of the graph level. */
#ifndef COCO_TOOLS_COCO_ZOO_BUILD_H
#define COCO_TOOLS_COCO_ZOO_BUILD_H

#include "ir/context.h"
#include "ir/operation.h"
#include "tools/coco-zoo/networks.h"

typedef struct zoo_options {
  int64_t size, classes, batch;
  uint64_t seed;
} zoo_options;

coco_status zoo_build(coco_context *context, const zoo_network *network, const zoo_options *options,
                      coco_operation **out_module) COCO_MUST_USE;

#endif
