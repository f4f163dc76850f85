/* What the files of random_graphs share: how a graph comes about, and how it is judged.
 *
 * A case is the text of a module whose @main is at the graph level. Its inputs are made from their types and positions
 * alone, so the text is all that a failure needs. */
#ifndef COCO_TESTS_FUZZ_RANDOM_GRAPHS_H
#define COCO_TESTS_FUZZ_RANDOM_GRAPHS_H

#include "ir/base/buffer.h"
#include "ir/context.h"
#include "ir/evaluate.h"
#include "ir/operation.h"

enum { CASE_MAXIMUM_TENSORS = 16, CASE_TEXT_CAPACITY = 1 << 20, CASE_MESSAGE_CAPACITY = 1000 };

/* ---- Chance: the same sequence on every machine ---- */
typedef struct chance {
  uint64_t state;
} chance;
uint64_t chance_next(chance *of);
int64_t chance_between(chance *of, int64_t low, int64_t high); /* both included */
bool chance_of(chance *of, int percent);

/* ---- support.c: contexts that keep the first error, and values ---- */
typedef struct case_session {
  coco_context *context;
  char message[CASE_MESSAGE_CAPACITY]; /* the last error */
} case_session;
bool session_start(case_session *out);
void session_end(case_session *of);
/* @main, its inputs and its outputs. */
coco_operation *case_main(coco_operation *module);
/* Input INDEX of TYPE, made in EVALUATION's memory. */
bool case_input(coco_evaluation *evaluation, const coco_type *type, size_t index, coco_runtime_value *out);
/* The largest finite absolute value; *out_finite tells whether all are finite. */
double case_magnitude(const coco_runtime_value *value, bool *out_finite);

/* ---- generate.c ---- */
/* A module with 1 to MAXIMUM operations. NULL: out of memory. COUNTS (may be NULL) has an entry for each row of the dialect. */
coco_operation *generate_module(coco_context *context, uint64_t seed, int64_t maximum, uint32_t *counts);

/* ---- check.c ---- */
typedef enum verdict_kind { VERDICT_PASSED, VERDICT_UNSUPPORTED, VERDICT_FAILED } verdict_kind;
typedef struct verdict {
  verdict_kind kind;
  char stage[48]; /* where it failed, or what is not supported */
  char message[CASE_MESSAGE_CAPACITY];
  bool in_patterns; /* of CHECK_PATTERNS: there is code for patterns */
} verdict;

enum check_targets { CHECK_TEXT = 1, CHECK_LEVELS = 2, CHECK_LOOPS = 4, CHECK_HOST = 8, CHECK_ONNX = 16, CHECK_ARM64 = 32, CHECK_PATTERNS = 64 };

/* Judges the case TEXT. OUT is written stage by stage, so that after a crash it tells where that was. */
void check_case(coco_string text, unsigned targets, verdict *out);

/* What a case computes by the reference. Values belong to `evaluation`. */
typedef struct reference {
  case_session *session;
  coco_operation *module;
  coco_evaluation *evaluation;
  coco_runtime_value inputs[CASE_MAXIMUM_TENSORS], outputs[CASE_MAXIMUM_TENSORS];
  size_t input_count, output_count;
  double magnitude; /* the largest of any value on the way */
  bool has_halves;  /* some of them are narrower than f32 */
  bool strict;      /* code must give these bits */
} reference;

/* Compares what STAGE computed. TOLERANT: floats may differ in their last bits. False: OUT says how. */
bool check_outputs(const reference *expected, const coco_runtime_value *found, bool tolerant, verdict *out);
/* Code for this machine, in this process. */
void check_host(const reference *expected, verdict *out);
/* Code for arm64, in its emulator. */
void check_arm64(const reference *expected, verdict *out);
bool fail(verdict *out, const char *format, ...) COCO_PRINTF_LIKE(2, 3); /* false */

/* ---- patterns.c ---- */
/* A module with a layer whose kernels are patterns, found in its zeros. NULL: out of memory. */
coco_operation *generate_pattern_module(coco_context *context, uint64_t seed);
/* Against the dense layer; afterwards EXPECTED has the outputs of the lr level, and is strict. */
bool check_pattern_case(reference *expected, verdict *out);

/* ---- shrink.c ---- */
/* Applies reduction INDEX to the case TEXT and appends the new text to OUT. False: there are not so many. OUT is left
 * empty when the reduction does not apply. */
bool shrink_step(coco_string text, size_t index, coco_buffer *out);

#endif
