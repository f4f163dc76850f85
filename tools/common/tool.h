/* What every tool does around its work: a context with all dialects, diagnostics on standard error,
 * reading and writing files. main returns coco_tool_finish(...). */
#ifndef COCO_TOOLS_COMMON_TOOL_H
#define COCO_TOOLS_COMMON_TOOL_H

#include "ir/base/buffer.h"
#include "ir/base/file.h"
#include "ir/context.h"
#include "ir/operation.h"

typedef struct coco_tool {
  const char *name;
  coco_context *context;
  coco_file input; /* of coco_tool_read */
  const char *input_path;
} coco_tool;

/* Creates the context, registers all dialects, sends diagnostics to standard error. Says so itself when it fails. */
coco_status coco_tool_start(coco_tool *tool, const char *name) COCO_MUST_USE;
/* Destroys the context; modules must be gone. Returns the exit status: 0 only for COCO_OK, and prints
 * what STATUS means unless a diagnostic has said it. */
int coco_tool_finish(coco_tool *tool, coco_status status);

/* Opens PATH ("-": standard input). The text lives until coco_tool_finish. Says what is wrong itself. */
coco_status coco_tool_read(coco_tool *tool, const char *path, coco_string *out) COCO_MUST_USE;
/* The same for MLIR text. A file with zero bytes is none, and is refused without being shown. */
coco_status coco_tool_read_text(coco_tool *tool, const char *path, coco_string *out) COCO_MUST_USE;
/* Writes the whole file or nothing ("-": standard output). Says what is wrong itself. */
coco_status coco_tool_write(coco_tool *tool, const char *path, coco_string text) COCO_MUST_USE;
/* Whether both name one file, by whatever names. */
bool coco_tool_is_same_file(const char *one, const char *other);
/* Removes an output that is not to be left behind: a file, but no link, pipe or device. */
void coco_tool_remove(const char *path);
/* Writes MODULE's weights to a safetensors file. Says what is wrong itself. */
coco_status coco_tool_write_weights(const coco_tool *tool, const coco_operation *module,
                                    const char *path) COCO_MUST_USE;
/* How text written to OUTPUT names the weights' file WEIGHTS, which must not be the tool's input: by its path from the output's folder, in which or below
 * which it must be, so that the text can be read back. Text for standard output, a pipe or a device names it as it is
 * given. The name is kept by the tool's context. */
coco_status coco_tool_sidecar_name(const coco_tool *tool, const char *output, const char *weights,
                                   coco_string *out) COCO_MUST_USE;
/* "NAME: message" on standard error; returns COCO_REPORTED. */
coco_status coco_tool_error(const coco_tool *tool, const char *format, ...) COCO_PRINTF_LIKE(2, 3);

/* A diagnostic handler that renders to standard error. */
void coco_tool_print_diagnostic(void *user, coco_context *context, const coco_diagnostic *diagnostic);

#endif
