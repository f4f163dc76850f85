/* Inside the ONNX import: what an operator's import function sees and calls.
 *
 * An operator is a row of one of the tables (import_nn.c, import_elementwise.c, …): its name, the versions in which
 * ONNX changed it that the function was written for, and the function. Of an operator's rows the one with the
 * newest version that is not newer than the model's opset is taken, so an opset in which an operator did not
 * change needs nothing new. */
#ifndef COCO_FRONTENDS_ONNX_IMPORTER_H
#define COCO_FRONTENDS_ONNX_IMPORTER_H

#include "dialects/graph/graph.h"
#include "frontends/onnx/tensor.h"
#include "ir/builder.h"
#include "ir/resource.h"

typedef struct coco_onnx_importer coco_onnx_importer;
typedef struct coco_onnx_node coco_onnx_node;

enum { COCO_ONNX_VERSIONS = 16 };

typedef struct coco_onnx_operator {
  const char *name;
  uint8_t versions[COCO_ONNX_VERSIONS]; /* ascending, 0 after the last */
  coco_status (*import)(coco_onnx_node *node);
  const coco_operation_definition *row; /* for functions that serve several operators */
  const char *choice;
} coco_onnx_operator;

/* Each ends with a row without a name. */
extern const coco_onnx_operator coco_onnx_nn_operators[];
extern const coco_onnx_operator coco_onnx_elementwise_operators[];
extern const coco_onnx_operator coco_onnx_activation_operators[];
extern const coco_onnx_operator coco_onnx_shape_operators[];
extern const coco_onnx_operator coco_onnx_move_operators[];
extern const coco_onnx_operator coco_onnx_reduce_operators[];
extern const coco_onnx_operator coco_onnx_resize_operators[];
extern const coco_onnx_operator coco_onnx_index_operators[];
extern const coco_onnx_operator coco_onnx_norm_operators[];
extern const coco_onnx_operator coco_onnx_normalization_operators[];
extern const coco_onnx_operator coco_onnx_attention_operators[];
extern const coco_onnx_operator coco_onnx_places_operators[];
extern const coco_onnx_operator coco_onnx_transposed_operators[];
extern const coco_onnx_operator coco_onnx_sample_operators[];

/* The row for NAME at OPSET, and the version in which it last changed. NULL: unknown, or not in a version that is
 * known. */
const coco_onnx_operator *coco_onnx_find_operator(coco_string name, int64_t opset, int64_t *out_version);

struct coco_onnx_importer {
  coco_context *context;
  coco_arena scratch; /* lives as long as the import */
  coco_wire_message message;
  coco_resource_file *file; /* that weights may borrow from; NULL: the model's bytes go away after the import */
  const CocoOnnx__ModelProto *model;
  const CocoOnnx__GraphProto *graph;
  int64_t opset; /* of ONNX's own domain */
  coco_string path;
  coco_string_map names; /* to coco_onnx_name */
  size_t *order;         /* node numbers, each after the nodes that it reads from */
  coco_builder builder;
  coco_operation *module, *function;
};

/* A name of the graph: where its value comes from, and the value once it is there. */
typedef struct coco_onnx_name {
  coco_value *value;
  CocoOnnx__TensorProto *initializer;
  const CocoOnnx__NodeProto *producer;
  size_t node; /* number of the producer */
  bool is_input;
} coco_onnx_name;

struct coco_onnx_node {
  coco_onnx_importer *importer;
  coco_context *context;
  const CocoOnnx__NodeProto *proto;
  const coco_onnx_operator *operator_row;
  int64_t version; /* in which the operator last changed, at most the model's opset */
  const coco_location *location;
  coco_value **inputs;  /* NULL where left out */
  coco_value **outputs; /* to be set by coco_onnx_set */
  size_t input_count;
  bool *read; /* which attributes were asked for */
};

/* ---- Messages ---- */
/* "node 'NAME' (OPERATOR-VERSION): MESSAGE". */
coco_status coco_onnx_node_error(const coco_onnx_node *node, const char *format, ...) COCO_PRINTF_LIKE(2, 3);

/* ---- Inputs and outputs ---- */
/* That inputs 0 to REQUIRED - 1 are there, and none from MAXIMUM on. */
coco_status coco_onnx_check_inputs(const coco_onnx_node *node, size_t required, size_t maximum) COCO_MUST_USE;
static inline coco_value *coco_onnx_input(const coco_onnx_node *node, size_t index) {
  return index < node->input_count ? node->inputs[index] : NULL;
}
/* Answers output INDEX with VALUE (NULL: building it failed) and returns the builder's status. */
coco_status coco_onnx_set(coco_onnx_node *node, size_t index, coco_value *value) COCO_MUST_USE;
/* Input INDEX as integers, when it is a constant that is at hand: *out stays NULL otherwise (or when it is left out).
 */
coco_status coco_onnx_constant_integers(coco_onnx_node *node, size_t index, int64_t **out,
                                        size_t *out_count) COCO_MUST_USE;
/* Likewise as real numbers, of any number type. */
coco_status coco_onnx_constant_reals(coco_onnx_node *node, size_t index, double **out, size_t *out_count) COCO_MUST_USE;
/* The scalar that input INDEX is, when it is a constant of one element. */
bool coco_onnx_constant_real(const coco_onnx_node *node, size_t index, double *out);

/* ---- Attributes: absent ones give the fallback, another type than the one asked for is an error ---- */
bool coco_onnx_has(coco_onnx_node *node, const char *name);
coco_status coco_onnx_get_integer(coco_onnx_node *node, const char *name, int64_t fallback, int64_t *out) COCO_MUST_USE;
coco_status coco_onnx_get_bool(coco_onnx_node *node, const char *name, bool fallback, bool *out) COCO_MUST_USE;
coco_status coco_onnx_get_float(coco_onnx_node *node, const char *name, double fallback, double *out) COCO_MUST_USE;
coco_status coco_onnx_get_string(coco_onnx_node *node, const char *name, const char *fallback,
                                 coco_string *out) COCO_MUST_USE;
coco_status coco_onnx_get_integers(coco_onnx_node *node, const char *name, const int64_t **out,
                                   size_t *out_count) COCO_MUST_USE; /* NULL: absent */
coco_status coco_onnx_get_tensor(coco_onnx_node *node, const char *name,
                                 CocoOnnx__TensorProto **out) COCO_MUST_USE;                 /* NULL: absent */
const CocoOnnx__AttributeProto *coco_onnx_attribute(coco_onnx_node *node, const char *name); /* marks it as read */
/* An attribute without bearing on the result. */
void coco_onnx_ignore(coco_onnx_node *node, const char *name);
/* AXIS, negative from the end, as one of RANK axes. */
coco_status coco_onnx_normalize_axis(coco_onnx_node *node, int64_t axis, size_t rank, int64_t *out) COCO_MUST_USE;
/* Likewise for all, sorted when SORT; duplicates are an error. The copy lives as long as the import. */
coco_status coco_onnx_normalize_axes(coco_onnx_node *node, const int64_t *axes, size_t count, size_t rank, bool sort,
                                     int64_t **out) COCO_MUST_USE;

/* ---- Building: NULL once the builder has failed ---- */
/* Builds; an operation whose result is small and whose operands are constants is folded at once, so that
 * shapes that are computed by nodes are known to the nodes that use them. A NULL attribute means no memory. */
coco_value *coco_onnx_emit(coco_onnx_node *node, const coco_operation_state *state);
coco_value *coco_onnx_unary(coco_onnx_node *node, const coco_operation_definition *row, coco_value *operand);
coco_value *coco_onnx_binary(coco_onnx_node *node, const coco_operation_definition *row, coco_value *left,
                             coco_value *right);
coco_value *coco_onnx_reduce(coco_onnx_node *node, const char *kind, coco_value *input, const int64_t *axes,
                             size_t count, bool keep);
coco_value *coco_onnx_cast(coco_onnx_node *node, coco_value *input, const coco_type *element);
coco_value *coco_onnx_unsqueeze(coco_onnx_node *node, coco_value *input, const int64_t *axes, size_t count);
coco_value *coco_onnx_reshape(coco_onnx_node *node, coco_value *input, coco_value *shape, bool allow_zero);
/* A constant tensor<COUNT x i64>. */
coco_value *coco_onnx_integers(coco_onnx_node *node, const int64_t *values, size_t count);
/* A constant tensor<ELEMENT> of rank 0. */
coco_value *coco_onnx_scalar(coco_onnx_node *node, const coco_type *element, double value);
/* A constant of SHAPE with these numbers, row-major, as elements of type ELEMENT; a large one becomes a resource. */
coco_value *coco_onnx_numbers(coco_onnx_node *node, const coco_type *element, const int64_t *shape, size_t rank,
                              const double *values);
/* Slices of INPUT along AXIS, by index. */
coco_value *coco_onnx_gather(coco_onnx_node *node, coco_value *input, coco_value *indices, int64_t axis);
coco_value *coco_onnx_where(coco_onnx_node *node, coco_value *condition, coco_value *left, coco_value *right);
coco_value *coco_onnx_transpose(coco_onnx_node *node, coco_value *input, const int64_t *permutation, size_t count);
/* Elements START, START + STEP, … before END of INPUT along AXIS. */
coco_value *coco_onnx_slice(coco_onnx_node *node, coco_value *input, int64_t axis, int64_t start, int64_t end, int64_t step);
coco_value *coco_onnx_concat(coco_onnx_node *node, coco_value *const *values, size_t count, int64_t axis);
/* INPUT stretched to SHAPE. */
coco_value *coco_onnx_expand_to(coco_onnx_node *node, coco_value *input, const int64_t *shape, size_t rank);
coco_value *coco_onnx_softmax(coco_onnx_node *node, coco_value *input, int64_t axis);
/* That the extents of VALUE are known and its rank is at most 16; an error names them "the extents of WHAT". */
coco_status coco_onnx_check_static(const coco_onnx_node *node, const coco_value *value, const char *what) COCO_MUST_USE;
/* INPUT as a tensor of SHAPE, of as many elements. */
coco_value *coco_onnx_reshape_to(coco_onnx_node *node, coco_value *input, const int64_t *shape, size_t rank);
/* The extents of VALUE: a constant where they are known. */
coco_value *coco_onnx_shape(coco_onnx_node *node, coco_value *value);
/* A constant with the elements of TENSOR; large ones become a resource named NAME. */
coco_value *coco_onnx_tensor_constant(coco_onnx_importer *importer, CocoOnnx__TensorProto *tensor, coco_string name,
                                      const coco_location *location);
/* The constant positions 0 to EXTENT - 1 along an axis with TRAILING axes behind it; an error when EXTENT is not known. */
coco_status coco_onnx_positions(coco_onnx_node *node, int64_t extent, size_t trailing, coco_value **out) COCO_MUST_USE;
/* Where along AXIS (not negative) the largest or smallest element of X is, as i64; the first such place, or the last. */
coco_status coco_onnx_arg(coco_onnx_node *node, coco_value *x, int64_t axis, bool largest, bool last, bool keep, coco_value **out) COCO_MUST_USE;
/* (x - max) - log(sum(exp(x - max))) along AXIS. */
coco_value *coco_onnx_log_softmax(coco_onnx_node *node, coco_value *x, int64_t axis);
/* VALUE as an element of type ELEMENT, in memory and as an attribute; integers are cut to their range. */
void coco_onnx_write_number(const coco_type *element, void *out, double value);
const coco_attribute *coco_onnx_number(coco_context *context, const coco_type *element, double value);

#endif
