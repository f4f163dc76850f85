/* Rewriting: patterns, the rewriter through which they change IR, and the greedy driver.
 *
 * Each pattern opens with its equation. IR is changed only through the rewriter, which keeps the worklist true. */
#ifndef COCO_IR_REWRITER_H
#define COCO_IR_REWRITER_H

#include "ir/builder.h"

typedef struct coco_rewriter coco_rewriter;

typedef struct coco_pattern {
  const char *name;                      /* "relu-of-relu" */
  const coco_operation_definition *root; /* NULL: any operation */
  int benefit;                           /* higher is tried first */
  /* COCO_OK with *matched false leaves the IR untouched. Anything but COCO_OK ends the pass. */
  coco_status (*rewrite)(coco_rewriter *rewriter, coco_operation *operation, bool *matched);
  const char *equation; /* in place of `rewrite` and `root`: the pattern as data, see ir/equation.h */
} coco_pattern;

/* Rows of a table of patterns: COCO_REWRITE("not-of-not", &coco_test_not, not_of_not), or
 * COCO_EQUATION("not-of-not", "test.not(test.not(x)) = x"). */
#define COCO_REWRITE(name_, root_, rewrite_) \
  { .name = (name_), .root = (root_), .benefit = 1, .rewrite = (rewrite_) }
#define COCO_EQUATION(name_, equation_) \
  { .name = (name_), .benefit = 1, .equation = (equation_) }

/* A builder that inserts before the operation being matched and tells the driver. */
coco_builder *coco_rewriter_builder(coco_rewriter *rewriter);
coco_context *coco_rewriter_context(coco_rewriter *rewriter);
/* Replaces all results with VALUES and erases the operation. */
coco_status coco_rewriter_replace(coco_rewriter *rewriter, coco_operation *operation, coco_value *const *values, size_t count) COCO_MUST_USE;
coco_status coco_rewriter_replace_one(coco_rewriter *rewriter, coco_operation *operation, coco_value *value) COCO_MUST_USE;
void coco_rewriter_erase(coco_rewriter *rewriter, coco_operation *operation);
/* To be called after changing OPERATION in place (operands, attributes, types, regions). */
void coco_rewriter_changed(coco_rewriter *rewriter, coco_operation *operation);

typedef struct coco_greedy_options {
  int64_t max_iterations; /* 0: 10 */
  int64_t max_rewrites;   /* 0: no limit */
  bool bottom_up;
  bool fold;              /* fold and merge constants, erase trivially dead operations */
  uint64_t *pattern_hits; /* by pattern, or NULL */
  struct coco_pass *pass; /* told how often each pattern was applied; NULL: nobody is */
} coco_greedy_options;

/* Applies PATTERNS inside ROOT until nothing changes. */
coco_status coco_rewrite_greedily(coco_context *context, coco_operation *root, const coco_pattern *const *patterns, size_t count,
                                  const coco_greedy_options *options, bool *out_changed) COCO_MUST_USE;
/* Goes through ROOT once, in program order, and tries the PATTERNS on each operation that was there before. What a
 * pattern makes is not looked at, so that patterns may undo each other; nothing is folded. OPTIONS (NULL: none) may
 * give pattern_hits and pass. Cost: one walk. */
coco_status coco_rewrite_in_one_walk(coco_context *context, coco_operation *root, const coco_pattern *const *patterns,
                                     size_t count, const coco_greedy_options *options, bool *out_changed) COCO_MUST_USE;
/* One operation's fold, with new constants put before it. *out_values (caller's, result_count entries) when folded; *out_changed when changed in place. */
coco_status coco_fold_operation(coco_builder *builder, coco_operation *operation, coco_value **out_values, bool *out_folded, bool *out_changed) COCO_MUST_USE;

#endif
