/* What the files of coco-compile share. */
#ifndef COCO_TOOLS_COCO_COMPILE_COMPILE_H
#define COCO_TOOLS_COCO_COMPILE_COMPILE_H

#include "ir/text/sidecar.h"
#include "targets/compile.h"
#include "tools/common/options.h"
#include "tools/common/tool.h"

/* The command line. */
typedef struct compile_options {
  coco_tool_texts inputs, shapes, reports;
  const char *output, *target, *core, *variant, *name, *emit, *weights, *dump, *fp, *storage, *chains, *sparse,
      *measured, *advise;
  int64_t report_runs;
  bool print_targets, verify;
} compile_options;

typedef enum compile_kind { COMPILE_OBJECT, COMPILE_LIBRARY, COMPILE_ASSEMBLY, COMPILE_LLVM } compile_kind;

/* ---- targets.c ---- */
void compile_print_targets(void);

/* ---- header.c ---- */
/* The text of NAME.h. */
void compile_write_header(coco_buffer *out, coco_string name, const coco_compiled *compiled, bool external_weights, const char *weights);

/* ---- dump.c ---- */
/* Files of weights that were written: levels with the same blobs share one. */
enum { COMPILE_MAXIMUM_SIDECARS = 16 };
typedef struct compile_dumps {
  unsigned number; /* of the next level */
  char hashes[COMPILE_MAXIMUM_SIDECARS][COCO_SIDECAR_HASH_SIZE];
  char sidecars[COMPILE_MAXIMUM_SIDECARS][96];
  size_t sidecar_count;
} compile_dumps;
/* Writes DIRECTORY/NUMBER-LEVEL[-VARIANT].mlir, and its weights beside it. */
coco_status compile_dump(const coco_tool *tool, compile_dumps *dumps, const char *directory, const char *level, const coco_target_variant *variant,
                         coco_operation *module) COCO_MUST_USE;

#endif
