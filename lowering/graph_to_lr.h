/* The parts of graph-to-lr: how a layer of graph operations becomes lr operations. Private to graph_to_lr*.c.
 *
 * A layer is a graph.fused group or a single graph operation. Its anchor (the operation that is not elementwise)
 * becomes an lr operation; the elementwise ones become that operation's epilogue. */
#ifndef COCO_LOWERING_GRAPH_TO_LR_H
#define COCO_LOWERING_GRAPH_TO_LR_H

#include "dialects/graph/graph.h"
#include "dialects/lr/lr.h"
#include "ir/builder.h"
#include "ir/pass.h"

/* While one layer is lowered. The builder stands before the layer; its status is sticky. */
typedef struct coco_layer {
  coco_context *context;
  coco_arena *scratch;
  coco_builder builder;
  coco_operation *group;  /* what is to be replaced */
  coco_operation *anchor; /* NULL: elementwise operations only. GROUP itself when it is no graph.fused */
  const coco_type *type;  /* of the result, no layout */
} coco_layer;

/* The value outside the group that VALUE, used inside, stands for. */
coco_value *coco_layer_outer(const coco_layer *layer, coco_value *value);
/* Whether elementwise operations follow the anchor. */
bool coco_layer_has_chain(const coco_layer *layer);
/* Says what cannot be done at the layer, and fails the builder. Returns NULL. */
coco_value *coco_layer_fail(coco_layer *layer, coco_status status);

/* ---- Regions (graph_to_lr_region.c) ---- */

enum { COCO_LAYER_MAX_EXTRAS = 256, COCO_LAYER_MAX_OWN = 6 };

/* The extra operands of an lr operation, with their maps. */
typedef struct coco_extras {
  coco_value *values[COCO_LAYER_MAX_EXTRAS];
  const coco_affine_map *maps[COCO_LAYER_MAX_EXTRAS];
  size_t count;
} coco_extras;

/* Adds VALUE, read at MAP, once; its number. */
size_t coco_extras_add(coco_layer *layer, coco_extras *extras, coco_value *value, const coco_affine_map *map);
/* The map with which an operand of TYPE is read when it is broadcast to SHAPE (both static), as numpy does. */
const coco_affine_map *coco_layer_broadcast_map(coco_layer *layer, const coco_type *type, const coco_type *shape);
/* Adds the tensors from outside that the layer's elementwise operations read. */
void coco_extras_add_chain(coco_layer *layer, coco_extras *extras);

/* Builds what comes between the accumulator and the chain (a bias): ARGUMENTS are the region's, the accumulator first
 * where there is one. Gives the element that the chain starts from. */
typedef coco_value *(*coco_core_function)(coco_layer *layer, coco_value *const *arguments, const void *user);

/* An lr operation with a region: OWN operands, then the extras. ATTRIBUTES without `maps`. CORE NULL: the accumulator
 * itself. With CHAIN the layer's elementwise operations follow, and the result has the layer's type; else it has TYPE.
 */
typedef struct coco_layer_operation {
  const coco_operation_definition *definition;
  coco_value *own[COCO_LAYER_MAX_OWN];
  size_t own_count;
  bool has_accumulator; /* of own[0]'s element type */
  const coco_named_attribute *attributes;
  size_t attribute_count;
  coco_core_function core;
  const void *user;
  bool chain;
  const coco_type *type;
} coco_layer_operation;
coco_value *coco_layer_build(coco_layer *layer, const coco_layer_operation *operation, coco_extras *extras);

/* An lr.map over the elements of TYPE; with CHAIN as above. */
coco_value *coco_layer_build_map(coco_layer *layer, const coco_type *type, coco_core_function core, const void *user,
                                 bool chain, coco_extras *extras);
/* The layer's elementwise operations on VALUE, the anchor's result (NULL: none), as an lr.map. VALUE itself when there
 * are none. */
coco_value *coco_layer_build_chain(coco_layer *layer, coco_value *value);

/* An lr.conv of storage plain, of INPUT and WEIGHT, plus BIAS (NULL: none), then the chain. INFO: an #lr.window. */
coco_value *coco_layer_build_conv(coco_layer *layer, coco_value *input, coco_value *weight, coco_value *bias,
                                  const coco_attribute *info);
/* What adds a bias of one element per channel as the first extra: adds it to EXTRAS and gives the region's core; NULL without BIAS. */
coco_core_function coco_layer_add_bias(coco_layer *layer, coco_extras *extras, coco_value *bias);

/* An arith.constant of VALUE, just made: NULL says that memory ran out. */
coco_value *coco_layer_constant(coco_layer *layer, const coco_attribute *value);
/* A constant scalar in the region being built. */
coco_value *coco_layer_scalar(coco_layer *layer, const coco_type *type, double value);

/* ---- Moves (graph_to_lr_move.c) ---- */

typedef struct coco_move_box {
  coco_value *input;
  size_t rank;
  int64_t extents[16];
  const coco_affine_map *source, *destination;
} coco_move_box;

/* An lr.move with a result of TYPE. FILL NULL: the boxes cover it. */
coco_value *coco_layer_build_move(coco_layer *layer, const coco_type *type, const coco_move_box *boxes, size_t count,
                                  const coco_attribute *fill);
/* The map that takes dimension i to offsets[i] + i * steps[i]. */
const coco_affine_map *coco_layer_strided_map(coco_layer *layer, size_t rank, const int64_t *offsets, const int64_t *steps);
/* A tensor type of INPUT's elements, of a rank that moves can have; else NULL after a diagnostic. */
const coco_type *coco_layer_shaped(coco_layer *layer, const coco_value *input, size_t rank, const int64_t *shape);
/* Operand GROUP of an operation, outside of the group that it may be in. */
coco_value *coco_layer_resolve(const coco_operation *operation, size_t group);
/* INPUT in another shape of as many elements; INPUT itself when it has it. */
coco_value *coco_layer_build_reshape(coco_layer *layer, coco_value *input, size_t rank, const int64_t *shape);
/* INPUT stretched to SHAPE; INPUT itself when it has it. */
coco_value *coco_layer_build_expand(coco_layer *layer, coco_value *input, size_t rank, const int64_t *shape);
coco_value *coco_layer_build_transpose(coco_layer *layer, coco_value *input, const int64_t *permutation);

/* ---- Anchors: each gives the layer's result ---- */
coco_value *coco_lower_conv(coco_layer *layer);
coco_value *coco_lower_pattern_conv(coco_layer *layer); /* pattern_to_lr.c */
coco_value *coco_lower_pattern_linear(coco_layer *layer); /* blocks_to_lr.c */
coco_value *coco_lower_pattern_block_conv(coco_layer *layer);
coco_value *coco_lower_gemm(coco_layer *layer);
coco_value *coco_lower_matmul(coco_layer *layer);
coco_value *coco_lower_batch_norm(coco_layer *layer);
coco_value *coco_lower_pool(coco_layer *layer);
coco_value *coco_lower_reduce(coco_layer *layer);
coco_value *coco_lower_softmax(coco_layer *layer);
coco_value *coco_lower_elementwise(coco_layer *layer);
/* These leave the chain to coco_layer_build_chain. */
coco_value *coco_lower_reshape(coco_layer *layer);
coco_value *coco_lower_transpose(coco_layer *layer);
coco_value *coco_lower_concat(coco_layer *layer);
coco_value *coco_lower_slice(coco_layer *layer);
coco_value *coco_lower_pad(coco_layer *layer);
coco_value *coco_lower_gather(coco_layer *layer);
coco_value *coco_lower_scatter(coco_layer *layer);
coco_value *coco_lower_expand(coco_layer *layer);
coco_value *coco_lower_shape(coco_layer *layer);
coco_value *coco_lower_constant_of_shape(coco_layer *layer);

/* Why an operation of a row cannot be lowered though the row can: NULL when it can. */
const char *coco_supports_gemm(const coco_operation *operation);
const char *coco_supports_slice(const coco_operation *operation);
const char *coco_supports_pad(const coco_operation *operation);

#endif
