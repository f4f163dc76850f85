/* Numbers and words of arith's enumerations. */
#ifndef COCO_DIALECTS_ARITH_PREDICATES_H
#define COCO_DIALECTS_ARITH_PREDICATES_H

#include "ir/builder.h"

typedef enum coco_float_predicate {
  COCO_CMPF_FALSE,
  COCO_CMPF_OEQ,
  COCO_CMPF_OGT,
  COCO_CMPF_OGE,
  COCO_CMPF_OLT,
  COCO_CMPF_OLE,
  COCO_CMPF_ONE,
  COCO_CMPF_ORD,
  COCO_CMPF_UEQ,
  COCO_CMPF_UGT,
  COCO_CMPF_UGE,
  COCO_CMPF_ULT,
  COCO_CMPF_ULE,
  COCO_CMPF_UNE,
  COCO_CMPF_UNO,
  COCO_CMPF_TRUE,
  COCO_CMPF_COUNT
} coco_float_predicate;

typedef enum coco_integer_predicate {
  COCO_CMPI_EQ, COCO_CMPI_NE, COCO_CMPI_SLT, COCO_CMPI_SLE, COCO_CMPI_SGT, COCO_CMPI_SGE, COCO_CMPI_ULT, COCO_CMPI_ULE,
  COCO_CMPI_UGT, COCO_CMPI_UGE,
  COCO_CMPI_COUNT
} coco_integer_predicate;

typedef enum coco_rounding_mode {
  COCO_ROUND_NEAREST_EVEN, COCO_ROUND_DOWNWARD, COCO_ROUND_UPWARD, COCO_ROUND_TOWARD_ZERO, COCO_ROUND_NEAREST_AWAY,
  COCO_ROUND_COUNT
} coco_rounding_mode;

/* arith.cmpi or arith.cmpf, as ROW says. */
coco_value *coco_arith_compare(coco_builder *builder, const coco_operation_definition *row, int64_t predicate,
                               coco_value *x, coco_value *y);
int64_t coco_arith_predicate_from_text(bool is_float, coco_string word); /* -1: none */
const char *coco_arith_predicate_text(bool is_float, int64_t predicate); /* "eq" … ; out of range: "?" */
int64_t coco_arith_rounding_from_text(coco_string word);                 /* -1: none */
const char *coco_arith_rounding_text(int64_t mode);

#endif
