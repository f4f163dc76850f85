/* Inside the ONNX export: what the function that writes an operation sees and calls. */
#ifndef COCO_FRONTENDS_ONNX_EXPORTER_H
#define COCO_FRONTENDS_ONNX_EXPORTER_H

#include "dialects/graph/graph.h"
#include "frontends/onnx/tensor.h"

typedef struct coco_onnx_exporter {
  coco_context *context;
  const coco_allocator *allocator;
  coco_arena scratch;                /* the whole message; weights are borrowed from the module */
  coco_pointer_map names;            /* value to the name (char *) that it has in the model */
  coco_string_map taken, node_names; /* what has been used, for values and for nodes */
  COCO_VECTOR_OF(CocoOnnx__NodeProto *) nodes;
  COCO_VECTOR_OF(CocoOnnx__TensorProto *) initializers;
  coco_status status; /* sticky */
} coco_onnx_exporter;

/* How an operation is written: as the node NAME with the operands as its inputs, then whatever `attributes` adds. */
typedef struct coco_onnx_export_row {
  const coco_operation_definition *row;
  const char *name;
  void (*attributes)(coco_onnx_exporter *exporter, const coco_operation *operation, CocoOnnx__NodeProto *node);
} coco_onnx_export_row;

/* NULL: ONNX has no counterpart. */
const coco_onnx_export_row *coco_onnx_find_export(const coco_operation_definition *row);

/* A name like WISH that nothing else in the model has; NULL when the status is not COCO_OK. */
char *coco_onnx_new_name(coco_onnx_exporter *exporter, coco_string wish);
void coco_onnx_export_fail(coco_onnx_exporter *exporter, coco_status status);
void *coco_onnx_export_memory(coco_onnx_exporter *exporter, size_t count,
                              size_t size); /* cleared; NULL when it runs out */

/* Attributes of NODE, each in the order of the calls. */
void coco_onnx_put_integer(coco_onnx_exporter *exporter, CocoOnnx__NodeProto *node, const char *name, int64_t value);
void coco_onnx_put_float(coco_onnx_exporter *exporter, CocoOnnx__NodeProto *node, const char *name, double value);
void coco_onnx_put_string(coco_onnx_exporter *exporter, CocoOnnx__NodeProto *node, const char *name, coco_string value);
void coco_onnx_put_integers(coco_onnx_exporter *exporter, CocoOnnx__NodeProto *node, const char *name,
                            const coco_attribute *i64_array);
void coco_onnx_put_tensor(coco_onnx_exporter *exporter, CocoOnnx__NodeProto *node, const char *name,
                          const coco_attribute *number);
/* Another input: an initializer with an i64 array or a number of rank 0; NULL: left out. */
void coco_onnx_put_input(coco_onnx_exporter *exporter, CocoOnnx__NodeProto *node, const coco_attribute *value);

#endif
