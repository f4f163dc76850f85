/* The rows: what declares an operation, a dialect attribute and a dialect.
 *
 * Parser, printer, verifier, builder, documentation and accessors all derive from a row. A dialect's
 * rows stand in dialects/<d>/<d>_ops.def, which is included three times by way of
 * ir/declare_operations.inc (header) and ir/define_operations.inc (source). */
#ifndef COCO_IR_DEFINITION_H
#define COCO_IR_DEFINITION_H

#include "ir/operation.h"

/* What a type must be. For FLOAT_LIKE and so on: the scalar, or a vector or tensor of it. */
typedef enum coco_type_constraint {
  COCO_KIND_ANY,
  COCO_KIND_TENSOR,         /* ranked */
  COCO_KIND_FLOAT_TENSOR,
  COCO_KIND_INTEGER_TENSOR, /* integer or index elements */
  COCO_KIND_BOOL_TENSOR,    /* i1 elements */
  COCO_KIND_INDEX,
  COCO_KIND_INTEGER,        /* signless integer, scalar */
  COCO_KIND_BOOL,           /* i1 */
  COCO_KIND_FLOAT,
  COCO_KIND_FLOAT_LIKE,
  COCO_KIND_INTEGER_LIKE,   /* signless integer or index, or a vector or tensor of it */
  COCO_KIND_SIGNLESS_LIKE,  /* as INTEGER_LIKE without index */
  COCO_KIND_BOOL_LIKE,
  COCO_KIND_MEMREF,
  COCO_KIND_VECTOR,
  COCO_KIND_FUNCTION,
  COCO_KIND_SHAPED
} coco_type_constraint;

typedef enum coco_arity { COCO_ONE, COCO_MAYBE, COCO_MANY } coco_arity;

typedef struct coco_operand_row {
  const char *name;
  coco_type_constraint kind;
  coco_arity arity;
} coco_operand_row;
typedef coco_operand_row coco_result_row;

typedef enum coco_attribute_constraint {
  COCO_IS_ANY,
  COCO_IS_UNIT,
  COCO_IS_BOOL,
  COCO_IS_INTEGER,    /* any integer type */
  COCO_IS_I64,
  COCO_IS_I32,
  COCO_IS_INDEX,
  COCO_IS_FLOAT,
  COCO_IS_F32,
  COCO_IS_STRING,     /* detail: allowed values, "direct|gemm"; NULL: any */
  COCO_IS_SYMBOL_NAME, /* a string; what the row declares as sym_name when its format writes it, @name */
  COCO_IS_TYPE,
  COCO_IS_FUNCTION_TYPE,
  COCO_IS_I64_ARRAY,  /* array<i64: …> */
  COCO_IS_I32_ARRAY,
  COCO_IS_BOOL_ARRAY,
  COCO_IS_ARRAY,
  COCO_IS_DICTIONARY,
  COCO_IS_SYMBOL,     /* flat */
  COCO_IS_SYMBOL_REFERENCE,
  COCO_IS_AFFINE_MAP,
  COCO_IS_AFFINE_MAPS, /* an array of affine maps */
  COCO_IS_ELEMENTS,
  COCO_IS_TYPED,      /* an attribute that has a type: number, elements */
  COCO_IS_DIALECT     /* a dialect attribute; detail: its name, "lr.layout" */
} coco_attribute_constraint;

typedef struct coco_attribute_row {
  const char *name;
  coco_attribute_constraint kind;
  bool optional;
  const char *detail;
} coco_attribute_row;

enum { /* traits of an operation */
  COCO_PURE = 1 << 0,               /* no effects of its own: may be folded, merged, erased when unused (regions looked at) */
  COCO_TERMINATOR = 1 << 1,
  COCO_COMMUTATIVE = 1 << 2,
  COCO_IDEMPOTENT = 1 << 3,         /* f(f(x)) = f(x) */
  COCO_INVOLUTION = 1 << 4,         /* f(f(x)) = x */
  COCO_SAME_TYPE = 1 << 5,          /* all operands and results have one type */
  COCO_SAME_OPERAND_TYPES = 1 << 6, /* all operands have one type */
  COCO_ELEMENTWISE = 1 << 7,        /* scalar semantics lifted to vectors and tensors of one shape */
  COCO_CONSTANT_LIKE = 1 << 8,      /* a property `value` is the result */
  COCO_SYMBOL = 1 << 9,             /* has sym_name, optional sym_visibility */
  COCO_SYMBOL_TABLE = 1 << 10,
  COCO_ISOLATED = 1 << 11,          /* regions use no value from outside */
  COCO_SINGLE_BLOCK = 1 << 12,      /* each region has at most one block */
  COCO_NO_TERMINATOR = 1 << 13,     /* blocks of its regions need none */
  COCO_OPERAND_SEGMENTS = 1 << 14,  /* has the property operandSegmentSizes (a row attribute, I32_ARRAY) */
  COCO_RESULT_SEGMENTS = 1 << 15,
  COCO_RECURSIVE_EFFECTS = 1 << 16, /* has just the effects of what is in its regions */
  COCO_READS = 1 << 17,             /* reads memory: may be erased when unused, not moved over writes */
  COCO_ALLOCATES = 1 << 18,         /* fresh memory: may be erased when unused */
  COCO_GRAPH_REGION = 1 << 19,      /* order in the region's block does not imply dominance */
  COCO_CALL = 1 << 20,
  COCO_LOOP = 1 << 21,
  COCO_AFFINE_SCOPE = 1 << 22,
  COCO_IMPLICIT_TERMINATOR = 1 << 23 /* terminator_name is added by the parser and left out by the printer when it has no operands */
};

/* What inference sees: an operation that exists, or one about to be made. */
typedef struct coco_inference {
  coco_context *context;
  const coco_operation_definition *definition;
  const coco_location *location;
  coco_value *const *operands; /* no NULLs */
  size_t operand_count;
  const int32_t *segment_sizes; /* per operand group, always set for rows with COCO_OPERAND_SEGMENTS */
  const coco_attribute *const *properties;
  const coco_region *regions; /* NULL when the operation is about to be made */
  size_t region_count;
  const coco_type **results; /* to be filled: result_count entries */
  size_t result_count;
} coco_inference;

/* The operand of a group (single or optional), NULL when absent; group numbers by COCO_INFER_OPERAND. */
coco_value *coco_inference_operand(const coco_inference *inference, size_t group);
void coco_inference_group(const coco_inference *inference, size_t group, size_t *out_start, size_t *out_count);
#define COCO_INFER_OPERAND(inference, row, name) \
  coco_inference_operand((inference), offsetof(struct coco_##row##_operands, name))
#define COCO_INFER_PROPERTY(inference, row, name) \
  ((inference)->properties[offsetof(struct coco_##row##_attributes, name)])
/* Error at the operation's place, with its name, as coco_operation_error. */
coco_status coco_inference_error(const coco_inference *inference, const char *format, ...) COCO_PRINTF_LIKE(2, 3);

/* Shared rules. */
coco_status coco_infer_like_first(const coco_inference *inference);     /* results have the first operand's type */
coco_status coco_infer_from_value(const coco_inference *inference);     /* result has the type of the property `value` */
coco_status coco_infer_none(const coco_inference *inference);           /* no results */

/* Runs the infer of an operation that exists. With ASSIGN the result types are set, after operands and properties were checked
 * (regions are not looked at); else they are compared to the declared ones. Without infer: nothing to compare; to assign is an error. */
coco_status coco_operation_infer(coco_operation *operation, bool assign) COCO_MUST_USE;

/* What folding may answer for one result: an attribute (a constant) or a value that exists already. */
typedef struct coco_fold_result {
  const coco_attribute *attribute;
  coco_value *value;
} coco_fold_result;

typedef struct coco_fold {
  const coco_attribute *const *operands; /* constant operands, NULL where not constant */
  coco_fold_result *results;             /* result_count entries, zero on entry */
  bool folded;                           /* set when all results were filled */
  bool changed;                          /* set when the operation was changed in place instead */
} coco_fold;

/* The only result folds to VALUE. */
static inline coco_status coco_fold_to_value(coco_fold *fold, coco_value *value) {
  fold->results[0].value = value;
  fold->folded = true;
  return COCO_OK;
}

/* The only result folds to ATTRIBUTE, just made: NULL says that memory ran out. */
static inline coco_status coco_fold_to_attribute(coco_fold *fold, const coco_attribute *attribute) {
  fold->results[0].attribute = attribute;
  fold->folded = attribute != NULL;
  return attribute ? COCO_OK : COCO_OUT_OF_MEMORY;
}

struct coco_operation_definition {
  const char *name;          /* "graph.conv" */
  const char *documentation; /* first sentence: a summary */
  /* Assembly format after the name; NULL: only the generic form. See docs/assembly-format.md:
   * `literal`, $operand, $attribute, $region, type($x), operands, results, functional-type(operands, results),
   * attr-dict, attr-dict-with-keyword, ( optional group )? anchored by ^. */
  const char *format;
  const coco_operand_row *operands;
  const coco_attribute_row *attributes;
  const coco_result_row *results;
  const char *const *region_names;
  uint16_t operand_row_count, attribute_count, result_row_count, region_count;
  uint32_t traits;
  bool is_registered;
  bool variadic_regions;   /* region_count is a minimum */
  const char *parent;      /* the operation it must stand in directly, "|" between alternatives; NULL: any */
  const char *default_dialect; /* whose prefix custom forms leave out directly in its regions; NULL: none */
  const char *terminator;  /* required terminator of its blocks; with COCO_IMPLICIT_TERMINATOR it may be left out */
  const coco_dialect *dialect; /* NULL for unregistered ones of unknown dialects */
  /* Result types from operands and properties. The only place of the shape rule. */
  coco_status (*infer)(const coco_inference *inference);
  /* What the row and infer cannot say. */
  coco_status (*verify)(coco_operation *operation);
  /* Simplification without creating operations. Constant folding of pure ops needs no hook: it calls evaluate. */
  coco_status (*fold)(coco_operation *operation, coco_fold *fold);
  /* Reference semantics; see ir/evaluate.h. */
  coco_status (*evaluate)(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands,
                          coco_runtime_value *results);
  /* Only for upstream operations whose syntax demands it; see ir/parser.h and ir/printer.h. */
  coco_status (*parse)(coco_parser *parser, coco_operation_state *state);
  void (*print)(coco_printer *printer, const coco_operation *operation);
  /* Hints for printed names of results ("cst", "c0"): NULL: numbers. Writes into BUFFER. */
  void (*result_name)(const coco_operation *operation, char *buffer, size_t size);
};

typedef enum coco_parameter_kind {
  COCO_PARAMETER_INTEGER,      /* an i64 attribute, printed bare: 16 */
  COCO_PARAMETER_INTEGERS,     /* an i64 dense array, printed [1, 2] */
  COCO_PARAMETER_KEYWORD,      /* a string attribute, printed bare: direct */
  COCO_PARAMETER_ATTRIBUTE     /* any attribute */
} coco_parameter_kind;

typedef struct coco_parameter_row {
  const char *name;
  coco_parameter_kind kind;
  bool optional;
  const char *detail; /* keyword: allowed values, "a|b"; NULL: any */
} coco_parameter_row;

/* #lr.layout<block = 16, halo = [1, 1, 1, 1]>: parameters by name, in the row's order, absent ones left out. */
struct coco_attribute_definition {
  const char *name; /* "lr.layout" */
  const char *documentation;
  const coco_parameter_row *parameters;
  size_t parameter_count;
  /* Called on construction from text and by the verifier. Reports at LOCATION. NULL: nothing more to check. */
  coco_status (*verify)(coco_context *context, const coco_location *location, const coco_attribute *attribute);
};

struct coco_dialect {
  const char *name; /* "graph" */
  const char *documentation;
  const coco_operation_definition *const *operations;
  size_t operation_count;
  const coco_attribute_definition *const *attributes;
  size_t attribute_count;
  /* Makes an operation with VALUE as its result of TYPE, detached. *out stays NULL when this dialect cannot. NULL: never. */
  coco_status (*materialize_constant)(coco_context *context, const coco_attribute *value, const coco_type *type,
                                      const coco_location *location, coco_operation **out);
  /* Canonicalization patterns of the dialect's operations (see ir/rewriter.h); a row without a name ends them. NULL:
   * there are none. */
  const struct coco_pattern *patterns;
};

/* Index of an attribute of the row, or attribute_count when it has none of this name. */
size_t coco_definition_attribute_index(const coco_operation_definition *definition, coco_string name);
bool coco_type_satisfies(const coco_type *type, coco_type_constraint constraint);
bool coco_attribute_satisfies(const coco_attribute *attribute, const coco_attribute_row *row);
const char *coco_type_constraint_text(coco_type_constraint constraint);       /* "ranked tensor of floats" */
const char *coco_attribute_constraint_text(coco_attribute_constraint constraint);

#endif
