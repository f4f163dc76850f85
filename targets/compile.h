/* From a graph-level module to code: the pipelines of every level, once for each variant of a target,
 * and the emission. What coco-compile and coco-run do, without files and options.
 *
 * The module that is given is optimised in place; the lower levels are clones. */
#ifndef COCO_TARGETS_COMPILE_H
#define COCO_TARGETS_COMPILE_H

#include "ir/pass.h"
#include "targets/measure.h"
#include "targets/target.h"

/* What happens on the way; for dumps, reports, progress. LEVEL: "graph", "graph-optimized" (VARIANT is NULL), "lr",
 * "lr-scheduled", "loops" (for each variant), "llvm" (VARIANT and MODULE are NULL: the emission begins). A failure
 * stops the compilation. */
typedef coco_status (*coco_compile_observer)(void *user, const char *level, const coco_target_variant *variant,
                                             coco_operation *module);

typedef struct coco_compile_options {
  const coco_target *target;
  const char *triple;   /* NULL: the description's */
  const char
      *core; /* instructions are ordered for it; NULL: the variant's own. It does not widen the set of instructions */
  const char *variant;  /* only this one; NULL: all */
  bool first_variant;   /* only the best of those */
  bool as_translated;   /* LLVM IR without LLVM's passes */
  bool strict;          /* results are those of the lr level's evaluation in stored order */
  const char *conv_storage; /* for measurements: see lr-schedule's option conv-storage; NULL: the fastest by the model */
  const char *chains;       /* for measurements: see lr-chain's option chains; NULL: auto */
  const char *sparse;       /* layers with pruned weights: see lr-schedule's option sparse; NULL: auto */
  coco_measure_which measure; /* layers with pruned weights to be measured on this machine; the target must run on it */
  coco_string name;     /* prefix of the global symbols: an identifier of C */
  coco_emission_kind kind;
  coco_weights_placement weights;
  const char
      *weights_path; /* assembly and LLVM IR with embedded weights: the file that the text names, which is written */
  coco_buffer *llvm_text; /* receives the optimised LLVM IR besides; NULL: not wanted */
  bool profile;         /* see coco_emission_request */
  bool verify;          /* after every pass */
  coco_string compiler; /* "coco 0.1.0" */
  const coco_pass_registry *passes;
  coco_compile_observer observer;
  void *user;
} coco_compile_options;

typedef struct coco_compiled_tensor {
  coco_string name;
  const coco_type *type; /* a memref */
} coco_compiled_tensor;

typedef struct coco_compiled {
  coco_arena arena; /* of the arrays */
  coco_buffer code; /* an object with embedded weights is written by coco_compiled_write */
  bool weights_follow; /* the weights belong right behind the code */
  coco_weights weights;
  const coco_compiled_tensor *inputs, *outputs;
  size_t input_count, output_count;
  uint64_t scratch_size;
  const coco_string *layers; /* names, in order of execution: the indices of profiles */
  size_t layer_count;
  char schedule_hash[17];
  coco_measure_counts measured;
} coco_compiled;

/* The passes between the graph level and the loops, as text. Writes into BUFFER. */
enum { COCO_COMPILE_PIPELINE_SIZE = 240 };
coco_string coco_compile_pipeline(const coco_compile_options *options, char buffer[COCO_COMPILE_PIPELINE_SIZE]);

/* On failure *out holds nothing. A MODULE whose @main works on memrefs is at the loop level already: it is emitted for
 * the variant that its coco.target names, or else for each. */
coco_status coco_compile(coco_context *context, coco_operation *module, const coco_compile_options *options,
                         coco_compiled *out) COCO_MUST_USE;
/* Writes code, and the weights behind it where they are embedded, to PATH: beside it, then renamed. */
coco_status coco_compiled_write(const coco_compiled *compiled, const char *path, int *out_error) COCO_MUST_USE;
void coco_compiled_destroy(coco_compiled *compiled);

/* "MODEL" from a path or a name: letters, digits and '_', not starting with a digit. Writes into BUFFER; size 0:
 * nothing is left. */
coco_string coco_compile_symbol(const char *path, char *buffer, size_t size);

#endif
