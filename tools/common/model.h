/* Models for the tools: ONNX or MLIR files, and giving symbolic extents a number. */
#ifndef COCO_TOOLS_COMMON_MODEL_H
#define COCO_TOOLS_COMMON_MODEL_H

#include "ir/operation.h"
#include "tools/common/options.h"
#include "tools/common/tool.h"

enum { COCO_MODEL_MAXIMUM_TENSORS = 1024, COCO_MODEL_MAXIMUM_RANK = 16 };

typedef struct coco_model_tensor {
  coco_string name;
  const coco_type *type; /* tensor or memref */
} coco_model_tensor;

/* The inputs or the outputs of @main. */
typedef struct coco_model_tensors {
  coco_model_tensor items[COCO_MODEL_MAXIMUM_TENSORS];
  size_t count;
} coco_model_tensors;

/* Reads PATH: an ONNX model when its name ends in .onnx, else MLIR text. The module is verified. A tool reads one
 * model, maybe several times. */
coco_status coco_model_load(coco_tool *tool, const char *path, coco_operation **out) COCO_MUST_USE;
/* @main; NULL after a diagnostic. */
coco_operation *coco_model_entry(coco_operation *module);
/* Names come from coco.inputs and coco.outputs; "input_0", "output_0", … without. At the loop level, outputs are
 * arguments. */
coco_status coco_model_inputs(coco_operation *module, coco_model_tensors *out) COCO_MUST_USE;
coco_status coco_model_outputs(coco_operation *module, coco_model_tensors *out) COCO_MUST_USE;
/* Whether @main works on memrefs. */
bool coco_model_is_loops(coco_operation *module);

/* Sets input INDEX of a graph-level @main to TYPE, whose known extents must agree. coco_model_refine must follow. */
coco_status coco_model_set_input(coco_operation *module, size_t index, const coco_type *type) COCO_MUST_USE;
/* Applies --shape=NAME=1x3x224x224 (NAME may be left out when there is one input). */
coco_status coco_model_apply_shapes(coco_tool *tool, coco_operation *module,
                                    const coco_tool_texts *shapes) COCO_MUST_USE;
/* Works the types of @main out again from its inputs. An input that stays dynamic is an error that names --shape. */
coco_status coco_model_refine(coco_operation *module) COCO_MUST_USE;

#endif
