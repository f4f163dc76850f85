/* Shapes of a network's inputs and results, for passes and tools. */
#ifndef COCO_PASSES_GRAPH_SHAPES_H
#define COCO_PASSES_GRAPH_SHAPES_H

#include "ir/operation.h"

/* Gives the input NAME of the module's network a static shape, before graph-infer-shapes. The network is the first
 * function with the attribute coco.inputs (an array of strings: the names of its arguments), or else the first function
 * with a body, whose arguments are called by number ("0"). An empty NAME is the only input. Errors are diagnostics: no
 * such input, another rank, an extent that contradicts. */
coco_status coco_graph_set_input_shape(coco_operation *module, coco_string name, const int64_t *shape,
                                       size_t rank) COCO_MUST_USE;

/* Sets FUNCTION's type (a func.func with a body of one block) from the types of its block's arguments and of what it
 * returns. */
coco_status coco_graph_update_function_type(coco_operation *function) COCO_MUST_USE;

#endif
