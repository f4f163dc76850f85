/* Writing what coco_compile made. Only for tools that link libcoco-codegen. */
#ifndef COCO_TOOLS_COMMON_COMPILED_H
#define COCO_TOOLS_COMMON_COMPILED_H

#include "targets/compile.h"
#include "tools/common/tool.h"

/* Writes the code, with its weights behind it, to PATH. Failures are reported. */
coco_status coco_tool_write_compiled(coco_tool *tool, const coco_compiled *compiled, const char *path) COCO_MUST_USE;

/* Reads --measure into OPTIONS, whose target is set: NULL is BY_DEFAULT, and none for a core (--cpu) that may be
 * another machine's. */
coco_status coco_tool_read_measure(coco_tool *tool, const char *measure, coco_measure_which by_default,
                                   coco_compile_options *options) COCO_MUST_USE;

/* The help of --fp, which takes "strict" and "fast", of --conv-storage, of --chains, and of --sparse, in all tools. */
#define COCO_TOOL_FP_HELP \
  "fast (the default) or strict. strict gives the bits of the lr level's evaluation in stored order, fused " \
  "multiply-adds; fast may compute 3x3 convolutions by Winograd's algorithm, which rounds otherwise."
#define COCO_TOOL_STORAGE_HELP \
  "direct, winograd2, winograd4 or winograd6 for every 3x3 convolution that can have it, instead of the fastest by the model of the target."
#define COCO_TOOL_CHAINS_HELP \
  "Depthwise convolutions worked off together with the layers beside them: auto (the default) where the model of the " \
  "target finds that faster, none, or all that can be. The results are the same."
#define COCO_TOOL_SPARSE_HELP \
  "Layers with pruned weights: auto (the default), sparse code where it is faster than dense; all, sparse wherever " \
  "there is code for their zeros; none, dense."
#define COCO_TOOL_MEASURE_HELP                                                                                         \
  "Layers with pruned weights to compile dense and sparse and run on this machine, so that the choice does not rest "  \
  "on "                                                                                                                \
  "the model alone: auto, those of which the model is not sure, for half a minute at most; none, so that equal input " \
  "gives equal code; all. "
/* Reads them into OPTIONS; texts are NULL where they were not given. */
coco_status coco_tool_read_freedom(coco_tool *tool, const char *fp, const char *storage, const char *chains,
                                   const char *sparse, coco_compile_options *options) COCO_MUST_USE;

#endif
