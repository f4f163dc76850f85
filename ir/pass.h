/* Passes, pipelines, and the manager that runs them.
 *
 * A pass is one descriptor in one file. It turns valid IR into valid IR. Scratch memory lasts until it returns. */
#ifndef COCO_IR_PASS_H
#define COCO_IR_PASS_H

#include "ir/base/buffer.h"
#include "ir/definition.h"

typedef struct coco_pass coco_pass;

typedef enum coco_option_kind {
  COCO_OPTION_BOOL,
  COCO_OPTION_INTEGER,
  COCO_OPTION_COUNT, /* an integer, 0 or more */
  COCO_OPTION_STRING,
  COCO_OPTION_INTEGERS
} coco_option_kind;
typedef struct coco_option_row {
  const char *name; /* "max-iterations" */
  coco_option_kind kind;
  const char *default_text; /* as it would be typed; NULL: false, 0, "" or [] */
  const char *documentation;
} coco_option_row;
typedef struct coco_option_value {
  bool given;
  int64_t integer; /* also a bool */
  coco_string string;
  const int64_t *integers;
  size_t count;
} coco_option_value;

typedef struct coco_pass_definition {
  const char *name;          /* "symbol-dce" */
  const char *documentation; /* first sentence: a summary */
  const char *anchor;        /* the operation it runs on, "builtin.module"; NULL: any (in a pipeline of its parent's) */
  const coco_option_row *options;
  size_t option_count;
  const char *const *statistics; /* "what is counted" */
  size_t statistic_count;
  coco_status (*run)(coco_pass *pass, coco_operation *root);
  /* A named pipeline instead of run: the text that it stands for, "canonicalize,cse". */
  const char *pipeline;
} coco_pass_definition;

/* How often a pattern was applied. */
typedef struct coco_pattern_count {
  const char *name; /* as in the pattern */
  uint64_t count;
} coco_pattern_count;
typedef struct coco_pattern_counts {
  coco_pattern_count *items;
  size_t count, capacity;
} coco_pattern_counts;

struct coco_pass {
  const coco_pass_definition *definition;
  coco_context *context;
  coco_arena *scratch;              /* reset after the pass */
  const coco_option_value *options; /* by index of the definition's rows */
  uint64_t *statistics;             /* by index */
  coco_pattern_counts *patterns;    /* see coco_pass_count_pattern */
  void (*print)(void *user, coco_string text); /* what the pass has to tell people; NULL: nobody listens */
  void *print_user;
  struct coco_analysis_cache *analyses; /* see ir/analysis.h */
  bool changed;                     /* to be set by run when it changed anything */
};

/* Adds to how often the pass applied the pattern NAME, a literal. */
coco_status coco_pass_count_pattern(coco_pass *pass, const char *name, uint64_t count) COCO_MUST_USE;

/* The passes that a pipeline may name. A list of lists, so that each library contributes one. */
typedef struct coco_pass_registry {
  const coco_pass_definition *const *const *lists; /* each ends with NULL; the outer list too */
} coco_pass_registry;
const coco_pass_definition *coco_pass_find(const coco_pass_registry *registry, coco_string name);

typedef struct coco_pass_manager coco_pass_manager;

/* What an observer is told. */
typedef enum coco_pass_event { COCO_BEFORE_PASS, COCO_AFTER_PASS, COCO_AFTER_FAILED_PASS } coco_pass_event;
typedef void (*coco_pass_observer)(void *user, coco_pass_event event, const coco_pass *pass, coco_operation *root);
/* "canonicalize{max-iterations=3}": as it would be typed, with all options. */
void coco_pass_print(const coco_pass *pass, coco_buffer *buffer);

typedef struct coco_pass_manager_options {
  bool verify_each; /* after every pass that changed something */
  /* Nested pipelines run on up to so many operations at once, where these have no symbols of their own; 0, 1: one after
   * the other. What is told and made does not depend on it. More than one needs an allocator that threads may share;
   * with an observer, whose order matters, one thread does all. */
  uint32_t threads;
  coco_string root; /* the operation that the pipeline is for; size 0: builtin.module */
  void (*print)(void *user, coco_string text); /* gets the text that passes like print-op-stats make; NULL: it is dropped */
  void *print_user;
  coco_pass_observer observer;
  void *observer_user;
} coco_pass_manager_options;

/* Parses "builtin.module(func.func(cse,canonicalize{max-iterations=3}),symbol-dce)" or, without an anchor, a list for the root.
 * Passes run only on operations that are isolated from above; any(…) leaves out those that are not.
 * Errors are diagnostics that show the whole pipeline text with a caret, and suggest names. */
coco_status coco_pass_manager_create(coco_context *context, const coco_pass_registry *registry, coco_string pipeline,
                                     const coco_pass_manager_options *options, coco_pass_manager **out) COCO_MUST_USE;
coco_status coco_pass_manager_run(coco_pass_manager *manager, coco_operation *module) COCO_MUST_USE;
void coco_pass_manager_print_pipeline(const coco_pass_manager *manager, coco_buffer *buffer);
/* What a step of the pipeline did so far, all runs together. */
typedef struct coco_pass_report {
  const coco_pass_definition *pass; /* NULL: a nested pipeline, whose steps follow with a greater depth */
  coco_string anchor;               /* the operation that the pass or the pipeline runs on */
  size_t depth;                     /* 0: directly in the root's pipeline */
  uint64_t runs, nanoseconds; /* nanoseconds: of all threads together */
  const uint64_t *statistics; /* by index of the pass's rows */
  const coco_pattern_counts *patterns; /* those that were applied, in the order in which they were first */
} coco_pass_report;
typedef void (*coco_pass_reporter)(void *user, const coco_pass_report *report);
/* Calls REPORTER for every step, in order. */
void coco_pass_manager_report(const coco_pass_manager *manager, coco_pass_reporter reporter, void *user);
void coco_pass_manager_destroy(coco_pass_manager *manager);
/* Creates, runs, destroys. */
coco_status coco_run_pipeline(coco_context *context, const coco_pass_registry *registry, const char *pipeline, coco_operation *module) COCO_MUST_USE;

#endif
