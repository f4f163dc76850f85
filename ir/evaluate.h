/* Evaluation: the reference meaning of every operation, in plain loops.
 *
 * Constant folding, the interpreter and the tests' oracle are this one thing. Each row's `evaluate`
 * computes results from operands; ops with regions call back with coco_evaluate_region. Floating
 * point: f32 products are accumulated with fmaf in the documented order; nothing is reassociated. */
#ifndef COCO_IR_EVALUATE_H
#define COCO_IR_EVALUATE_H

#include "ir/definition.h"

enum { COCO_EVALUATION_RANK = 16 }; /* the largest rank of a memref or vector that is evaluated */

/* Counted memory of a tensor, vector or memref. */
typedef struct coco_storage coco_storage;

/* A value at run time.
 *  - index, integer: `integer`, sign-extended to 64 bits (i1: 0 or 1; unsigned: zero-extended).
 *  - float: `real`, already rounded to the type.
 *  - tensor, vector: `data`, row-major, contiguous, elements as stored in attributes (i1: a byte); the
 *    type is static. A tensor's layout encoding does not change its data here.
 *  - memref: `data` points at the element at index zero, that is, the type's offset is in it already. The
 *    type here is static in shape and strides even where the IR's type is not, and every element that
 *    it reaches lies within `limit_low/high`: checked when the value is made, so an access needs to
 *    check its indices only. `limit_low` is also the base that memref.reinterpret_cast counts from.
 * `data` is aligned for its element type. */
struct coco_runtime_value {
  const coco_type *type;
  union {
    int64_t integer;
    double real;
  };
  void *data;
  coco_storage *storage; /* NULL: data is borrowed (constants) or there is none */
  const uint8_t *limit_low, *limit_high;
  bool read_only; /* memref: a constant global; stores are errors */
};

coco_context *coco_evaluation_context(coco_evaluation *evaluation);
coco_arena *coco_evaluation_scratch(coco_evaluation *evaluation); /* until the current function or top call returns */

/* A fresh tensor, vector or memref of a static TYPE, cleared to zero. Owned by *out. Too large: COCO_OUT_OF_MEMORY. */
coco_status coco_evaluation_allocate(coco_evaluation *evaluation, const coco_type *type, coco_runtime_value *out) COCO_MUST_USE;
/* Whether memory for a static TYPE could be asked for: its layout says what it reaches, and a size can hold that. */
bool coco_evaluation_can_allocate(const coco_type *type);
/* A tensor, vector or memref of a static TYPE over SIZE bytes of the caller's, aligned for the elements. False: it does not fit. */
bool coco_runtime_borrow(const coco_type *type, void *data, size_t size, coco_runtime_value *out);
/* The same, with index zero OFFSET bytes above BASE: for views. The owner's storage is to be set (and retained) by the caller. */
bool coco_runtime_place(const coco_type *type, uint8_t *base, size_t size, int64_t offset, coco_runtime_value *out);
/* A value that the evaluation keeps until its end, for KEY (an operation): cleared when it is new. For globals. */
coco_status coco_evaluation_persistent(coco_evaluation *evaluation, const void *key, coco_runtime_value **out) COCO_MUST_USE;
coco_runtime_value coco_runtime_integer(const coco_type *type, int64_t value); /* truncated to the type */
coco_runtime_value coco_runtime_real(const coco_type *type, double value);     /* rounded to the type */
coco_runtime_value coco_runtime_retain(const coco_runtime_value *value);       /* another owner of the same memory */
void coco_runtime_release(coco_runtime_value *value);
/* A number (also as every element of a shaped TYPE), elements attribute, or dense array as a value of TYPE; elements are
 * borrowed, splats expanded. COCO_INVALID_ARGUMENT: the sizes do not agree; COCO_IO_ERROR: a resource's bytes are not at hand;
 * COCO_UNSUPPORTED: numbers that are wider than 64 bits. */
coco_status coco_runtime_from_attribute(coco_evaluation *evaluation, const coco_attribute *attribute, const coco_type *type,
                                        coco_runtime_value *out) COCO_MUST_USE;
/* The attribute that a value is; tensors over 1 KiB become resources named NAME. */
coco_status coco_runtime_to_attribute(coco_context *context, const coco_runtime_value *value, coco_string name,
                                      const coco_attribute **out) COCO_MUST_USE;

/* For hooks of operations with regions: runs the region's block on ARGUMENTS (borrowed) until its terminator,
 * whose operands (RESULT_COUNT of them) become RESULTS (owned by the caller). *out_terminator (may be NULL) tells which it was.
 * Branches inside are followed: of a terminator with successors the last operand groups, one each, are the blocks' arguments;
 * with several successors the first operand chooses, the first block when it is not zero. */
coco_status coco_evaluate_region(coco_evaluation *evaluation, const coco_region *region, const coco_runtime_value *arguments,
                                 size_t argument_count, coco_runtime_value *results, size_t result_count,
                                 const coco_operation **out_terminator) COCO_MUST_USE;
/* Calls a function by symbol, as seen from FROM. */
coco_status coco_evaluate_call(coco_evaluation *evaluation, const coco_operation *from, const coco_attribute *callee,
                               const coco_runtime_value *arguments, size_t argument_count, coco_runtime_value *results,
                               size_t result_count) COCO_MUST_USE;
/* One operation on given operands (those of its regions' free values are looked up in the current frame). */
coco_status coco_evaluate_operation(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands,
                                    coco_runtime_value *results) COCO_MUST_USE;
/* Error at OPERATION, to be returned by hooks: what went wrong at run time (index out of bounds, division by zero). */
coco_status coco_evaluation_error(coco_evaluation *evaluation, const coco_operation *operation, const char *format, ...) COCO_PRINTF_LIKE(3, 4);

/* ---- From outside ---- */
coco_status coco_evaluation_create(coco_context *context, coco_evaluation **out) COCO_MUST_USE;
void coco_evaluation_destroy(coco_evaluation *evaluation);
/* While QUIET, run-time errors give COCO_REPORTED without a diagnostic: for folding, where an error means "do not fold". */
void coco_evaluation_set_quiet(coco_evaluation *evaluation, bool quiet);
/* Told before (false) and after (true) each operation of a called function's top-level block; for profiles and comparisons. */
typedef void (*coco_evaluation_observer)(void *user, const coco_operation *operation, const coco_runtime_value *results, bool after);
void coco_evaluation_observe(coco_evaluation *evaluation, coco_evaluation_observer observer, void *user);
/* Functions that were called are prepared once: the IR must not change while the evaluation lives, but between
 * calls of coco_evaluate_operation on operations without regions.
 * Runs FUNCTION (a func.func) on INPUTS (borrowed). RESULTS are the caller's to release. */
coco_status coco_evaluate_function(coco_evaluation *evaluation, const coco_operation *function, const coco_runtime_value *inputs,
                                   size_t input_count, coco_runtime_value *results, size_t result_count) COCO_MUST_USE;

#endif
