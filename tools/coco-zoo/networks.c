/* The zoo's networks: see networks.h. Images of 32 x 32 lose fewer rows at the start than those of 224 x 224. */
#include "tools/coco-zoo/networks.h"

static const zoo_layer vgg16[] = {
    {.kind = ZOO_CONV, .filters = 64, .kernel = 3, .repeat = 2},
    {.kind = ZOO_MAX_POOL, .kernel = 2, .stride = 2},
    {.kind = ZOO_CONV, .filters = 128, .kernel = 3, .repeat = 2},
    {.kind = ZOO_MAX_POOL, .kernel = 2, .stride = 2},
    {.kind = ZOO_CONV, .filters = 256, .kernel = 3, .repeat = 3},
    {.kind = ZOO_MAX_POOL, .kernel = 2, .stride = 2},
    {.kind = ZOO_CONV, .filters = 512, .kernel = 3, .repeat = 3},
    {.kind = ZOO_MAX_POOL, .kernel = 2, .stride = 2},
    {.kind = ZOO_CONV, .filters = 512, .kernel = 3, .repeat = 3},
    {.kind = ZOO_MAX_POOL, .kernel = 2, .stride = 2},
    {.kind = ZOO_LINEAR, .filters = 4096, .repeat = 2, .only = 224},
    {.kind = ZOO_LINEAR, .filters = 512, .repeat = 2, .only = 32},
    {.kind = ZOO_CLASSIFIER},
};

static const zoo_layer resnet18[] = {
    {.kind = ZOO_CONV_NORM, .filters = 64, .kernel = 7, .stride = 2, .only = 224},
    {.kind = ZOO_PADDED_POOL, .kernel = 3, .stride = 2, .only = 224},
    {.kind = ZOO_CONV_NORM, .filters = 64, .kernel = 3, .only = 32},
    {.kind = ZOO_BASIC, .filters = 64, .repeat = 2},
    {.kind = ZOO_BASIC, .filters = 128, .stride = 2, .repeat = 2},
    {.kind = ZOO_BASIC, .filters = 256, .stride = 2, .repeat = 2},
    {.kind = ZOO_BASIC, .filters = 512, .stride = 2, .repeat = 2},
    {.kind = ZOO_GLOBAL_POOL},
    {.kind = ZOO_CLASSIFIER},
};

static const zoo_layer resnet50[] = {
    {.kind = ZOO_CONV_NORM, .filters = 64, .kernel = 7, .stride = 2, .only = 224},
    {.kind = ZOO_PADDED_POOL, .kernel = 3, .stride = 2, .only = 224},
    {.kind = ZOO_CONV_NORM, .filters = 64, .kernel = 3, .only = 32},
    {.kind = ZOO_BOTTLENECK, .filters = 64, .repeat = 3},
    {.kind = ZOO_BOTTLENECK, .filters = 128, .stride = 2, .repeat = 4},
    {.kind = ZOO_BOTTLENECK, .filters = 256, .stride = 2, .repeat = 6},
    {.kind = ZOO_BOTTLENECK, .filters = 512, .stride = 2, .repeat = 3},
    {.kind = ZOO_GLOBAL_POOL},
    {.kind = ZOO_CLASSIFIER},
};

static const zoo_layer mobilenet_v2[] = {
    {.kind = ZOO_CONV_NORM6, .filters = 32, .kernel = 3, .stride = 2, .only = 224},
    {.kind = ZOO_CONV_NORM6, .filters = 32, .kernel = 3, .only = 32},
    {.kind = ZOO_INVERTED, .filters = 16, .more = 1},
    {.kind = ZOO_INVERTED, .filters = 24, .more = 6, .stride = 2, .repeat = 2, .only = 224},
    {.kind = ZOO_INVERTED, .filters = 24, .more = 6, .repeat = 2, .only = 32},
    {.kind = ZOO_INVERTED, .filters = 32, .more = 6, .stride = 2, .repeat = 3},
    {.kind = ZOO_INVERTED, .filters = 64, .more = 6, .stride = 2, .repeat = 4},
    {.kind = ZOO_INVERTED, .filters = 96, .more = 6, .repeat = 3},
    {.kind = ZOO_INVERTED, .filters = 160, .more = 6, .stride = 2, .repeat = 3},
    {.kind = ZOO_INVERTED, .filters = 320, .more = 6},
    {.kind = ZOO_CONV_NORM6, .filters = 1280, .kernel = 1},
    {.kind = ZOO_GLOBAL_POOL},
    {.kind = ZOO_CLASSIFIER},
};

static const zoo_layer squeezenet[] = {
    {.kind = ZOO_CONV, .filters = 64, .kernel = 3, .stride = 2, .only = 224},
    {.kind = ZOO_CONV, .filters = 64, .kernel = 3, .only = 32},
    {.kind = ZOO_MAX_POOL, .kernel = 3, .stride = 2},
    {.kind = ZOO_FIRE, .filters = 16, .more = 64, .repeat = 2},
    {.kind = ZOO_MAX_POOL, .kernel = 3, .stride = 2},
    {.kind = ZOO_FIRE, .filters = 32, .more = 128, .repeat = 2},
    {.kind = ZOO_MAX_POOL, .kernel = 3, .stride = 2},
    {.kind = ZOO_FIRE, .filters = 48, .more = 192, .repeat = 2},
    {.kind = ZOO_FIRE, .filters = 64, .more = 256, .repeat = 2},
    {.kind = ZOO_CLASS_CONV},
    {.kind = ZOO_GLOBAL_POOL},
};

#define NETWORK(name, description, layers) {name, description, layers, sizeof layers / sizeof *layers}
const zoo_network zoo_networks[] = {
    NETWORK("vgg16", "VGG-16: 13 convolutions and 3 products, no batch norm", vgg16),
    NETWORK("resnet18", "ResNet-18: basic residual blocks", resnet18),
    NETWORK("resnet50", "ResNet-50: bottleneck residual blocks, stride in the 3x3", resnet50),
    NETWORK("mobilenet-v2", "MobileNet V2: inverted residuals, depthwise convolutions", mobilenet_v2),
    NETWORK("squeezenet1.1", "SqueezeNet 1.1: fire modules", squeezenet),
};
#undef NETWORK
const size_t zoo_network_count = sizeof zoo_networks / sizeof *zoo_networks;
