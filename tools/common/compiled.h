/* Writing what coco_compile made. Only for tools that link libcoco-codegen. */
#ifndef COCO_TOOLS_COMMON_COMPILED_H
#define COCO_TOOLS_COMMON_COMPILED_H

#include "targets/compile.h"
#include "tools/common/tool.h"

/* Writes the code, with its weights behind it, to PATH. Failures are reported. */
coco_status coco_tool_write_compiled(coco_tool *tool, const coco_compiled *compiled, const char *path) COCO_MUST_USE;

#endif
