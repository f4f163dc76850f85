/* What passes over pattern.conv share: making one, changing its arrays, erasing constants that nothing uses any more.
 *
 * These passes look at the top-level blocks of functions: inside graph.fused, weights are arguments. They run before
 * graph-fuse. */
#ifndef COCO_PASSES_PATTERN_LAYERS_H
#define COCO_PASSES_PATTERN_LAYERS_H

#include "dialects/pattern/pattern.h"
#include "ir/pass.h"

/* Calls VISIT for each operation directly in a function's blocks, in program order; it may erase the one it is given.
 */
typedef coco_status (*coco_layer_visitor)(coco_pass *pass, coco_operation *operation, void *user);
coco_status coco_visit_layers(coco_pass *pass, coco_operation *module, coco_layer_visitor visit,
                              void *user) COCO_MUST_USE;
/* The same, of a visitor that changes layers; afterwards constants that nothing uses any more are erased. */
coco_status coco_change_layers(coco_pass *pass, coco_operation *module, coco_layer_visitor visit,
                               void *user) COCO_MUST_USE;

/* The same for each pattern.conv whose arrays are constants, with its form. FKW and ARENA end with the call. */
typedef coco_status (*coco_pattern_visitor)(coco_pass *pass, coco_operation *conv, const coco_fkw *fkw,
                                            coco_arena *arena);
coco_status coco_visit_patterns(coco_pass *pass, coco_operation *module, coco_pattern_visitor visit) COCO_MUST_USE;

/* The floats of a constant tensor of f32 that is not empty, copied when they do not lie as floats do; NULL with COCO_OK
 * where VALUE is something else or its bytes are not at hand. A splat is spread. */
coco_status coco_constant_floats(const coco_value *value, coco_arena *arena, const float **out) COCO_MUST_USE;

/* The form of CONV from its constants. *out_known is false where they are not at hand. */
coco_status coco_pattern_layer_read(const coco_operation *conv, coco_arena *arena, coco_fkw *out,
                                    bool *out_known) COCO_MUST_USE;
/* Gives CONV the arrays of FKW, and the span and filters. The result's type stays. */
coco_status coco_pattern_layer_write(coco_operation *conv, const coco_fkw *fkw) COCO_MUST_USE;
/* A pattern.conv of the set SYMBOL before the builder's place; strides, pads, dilations and group are those of
 * WINDOW_OF, a graph.conv. */
coco_status coco_pattern_layer_build(coco_builder *builder, const coco_operation *window_of,
                                     const coco_attribute *symbol, const coco_attribute *kernel, const coco_fkw *fkw,
                                     coco_value **out) COCO_MUST_USE;
/* Erases constants that nothing uses. Passes call it at their end: while layers are visited, constants stay. */
coco_status coco_erase_dead_constants(coco_pass *pass, coco_operation *module) COCO_MUST_USE;

#endif
