/* ONNX models out: a function of graph operations becomes a model. */
#ifndef COCO_FRONTENDS_ONNX_EXPORT_H
#define COCO_FRONTENDS_ONNX_EXPORT_H

#include "ir/base/buffer.h"
#include "ir/operation.h"

/* The version of ONNX's operators that is written, and that of the format which goes with it. */
enum { COCO_ONNX_EXPORT_OPSET = 14, COCO_ONNX_EXPORT_FORMAT = 7 };

/* Appends the model to OUT: `func.func @main` of MODULE, which is verified, or its only function. Names come from coco.inputs and
 * coco.outputs where they are, else from locations. Bodies of graph.fused stand in line. An operation that ONNX
 * cannot say is reported. The bytes depend on the module alone. */
coco_status coco_onnx_export(coco_operation *module, coco_buffer *out) COCO_MUST_USE;

#endif
