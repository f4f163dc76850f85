/* What the files of coco-compile share. */
#ifndef COCO_TOOLS_COCO_COMPILE_COMPILE_H
#define COCO_TOOLS_COCO_COMPILE_COMPILE_H

#include "ir/text/sidecar.h"
#include "targets/compile.h"
#include "tools/common/options.h"
#include "tools/common/tool.h"

/* The command line. */
typedef struct compile_options {
  coco_tool_texts inputs, shapes;
  const char *output, *target, *core, *variant, *name, *emit, *weights, *dump, *fp, *storage, *chains, *sparse;
  bool report, print_targets, verify;
} compile_options;

typedef enum compile_kind { COMPILE_OBJECT, COMPILE_LIBRARY, COMPILE_ASSEMBLY, COMPILE_LLVM } compile_kind;

/* ---- report.c ---- */
/* Appends a line for each layer of a scheduled lr-level module, and the memory plan: where and how long each value lives. */
coco_status compile_report_layers(coco_buffer *out, coco_operation *module, const coco_target_variant *variant) COCO_MUST_USE;
void compile_report_end(coco_buffer *out, const coco_compiled *compiled);
void compile_print_targets(void);

/* ---- choices.c ---- */
/* Appends a line for each layer with pruned weights of a scheduled module: dense and sparse ms, what was taken, why. */
void compile_report_choices(coco_buffer *out, coco_operation *module);

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
