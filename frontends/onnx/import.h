/* ONNX models in: nodes become operations of the graph dialect in `func.func @main` of a module. */
#ifndef COCO_FRONTENDS_ONNX_IMPORT_H
#define COCO_FRONTENDS_ONNX_IMPORT_H

#include "ir/base/file.h"
#include "ir/context.h"
#include "ir/operation.h"

/* The newest operator set whose changes were looked at; newer models are read as of this one, with a warning. */
enum { COCO_ONNX_LAST_CHECKED_OPSET = 28 };

/* Imports a model from BYTES (borrowed for the call). PATH names it in locations, and its folder is where external
 * data is looked for ("-": nowhere). The context knows the dialects builtin, func and graph.
 *
 * The function's discardable attributes coco.inputs and coco.outputs are ONNX's names; each operation's location is
 * the name of its node (of its first output, when it has none) in PATH, with the node's number as the line.
 * Weights are resources named as their initializers. What cannot be imported is one diagnostic that tells every
 * operator, how often it occurs, and where first. On failure *out_module is NULL. */
coco_status coco_onnx_import(coco_context *context, coco_string bytes, coco_string path,
                             coco_operation **out_module) COCO_MUST_USE;

/* The same from a file, which is taken and left empty: large weights stay in it, so that they cost no memory of their own,
 * and the context closes it. The file must not change as long as the context lives. */
coco_status coco_onnx_import_file(coco_context *context, coco_file *file, coco_string path,
                                  coco_operation **out_module) COCO_MUST_USE;

/* What can be imported: row INDEX of the tables, false after the last. VERSIONS, up to 16 and 0 after the last, are
 * those in which ONNX changed the operator and which are read; an operator may have several rows. */
bool coco_onnx_list_operator(size_t index, const char **out_name, const uint8_t **out_versions);

#endif
