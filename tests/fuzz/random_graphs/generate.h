/* Inside the generator: the graph as it grows, and what the choice of operands and attributes needs. */
#ifndef COCO_TESTS_FUZZ_RANDOM_GRAPHS_GENERATE_H
#define COCO_TESTS_FUZZ_RANDOM_GRAPHS_GENERATE_H

#include "dialects/graph/graph.h"
#include "tests/fuzz/random_graphs/random_graphs.h"

enum { MAXIMUM_VALUES = 160, MAXIMUM_INPUTS = 5, MAXIMUM_OPERANDS = 8, MAXIMUM_ATTRIBUTES = 16, MAXIMUM_RANK = 6, MAXIMUM_ELEMENTS = 12000 };

/* A value and what it is for the inputs that cases have. */
typedef struct made {
  coco_value *value;
  coco_runtime_value data;
  bool exact;    /* no rounding on the way: a step function of it is the same at every level */
  bool constant;
} made;

typedef struct generator {
  coco_context *context;
  chance chance;
  coco_block *block;
  coco_evaluation *evaluation;
  made values[MAXIMUM_VALUES];
  size_t count;
  uint32_t constants; /* for names */
} generator;

/* An operation about to be made. */
typedef struct operation_plan {
  const coco_operation_definition *row;
  coco_value *operands[MAXIMUM_OPERANDS]; /* NULL: an optional one that is absent */
  size_t operand_count;
  coco_named_attribute attributes[MAXIMUM_ATTRIBUTES];
  size_t attribute_count;
} operation_plan;

/* ---- choose.c: operands and attributes ---- */
/* Fills PLAN for its row. False: not with the values that there are. */
bool choose_plan(generator *of, operation_plan *out);
const coco_type *choose_type(generator *of, size_t rank); /* of an input */
bool plan_is(const operation_plan *of, const char *name);

/* ---- generate.c: values ---- */
/* NULL when there is no room. */
coco_value *make_input(generator *of, const coco_type *type);
/* Numbers between LOW and HIGH. */
coco_value *make_constant(generator *of, const coco_type *type, double low, double high);
coco_value *make_integers(generator *of, const int64_t *numbers, size_t count);
const made *find_made(const generator *of, const coco_value *value);
/* Makes the operation, unless it is invalid or its results are not numbers to compare. */
bool make_operation(generator *of, const operation_plan *plan);

#endif
