/* The checks of a model that come before its nodes are imported. */
#ifndef COCO_FRONTENDS_ONNX_IMPORT_CHECK_H
#define COCO_FRONTENDS_ONNX_IMPORT_CHECK_H

#include "frontends/onnx/importer.h"

/* Sets importer->opset. */
coco_status coco_onnx_check_opset(coco_onnx_importer *importer) COCO_MUST_USE;
/* Reports, in one diagnostic, all operators that no row can import, those in subgraphs included. */
coco_status coco_onnx_check_operators(coco_onnx_importer *importer) COCO_MUST_USE;
/* Fills importer->names; a name that is given twice is an error. */
coco_status coco_onnx_collect_names(coco_onnx_importer *importer) COCO_MUST_USE;
/* Fills importer->order: the file's order where that is possible. Missing names and cycles are errors. */
coco_status coco_onnx_order_nodes(coco_onnx_importer *importer) COCO_MUST_USE;

bool coco_onnx_is_default_domain(const char *domain);
/* The node's name, else that of its first output. */
coco_string coco_onnx_node_name(const CocoOnnx__NodeProto *node);

#endif
