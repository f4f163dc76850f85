/* What the files of coco-translate share. */
#ifndef COCO_TOOLS_COCO_TRANSLATE_TRANSLATE_H
#define COCO_TOOLS_COCO_TRANSLATE_TRANSLATE_H

#include "ir/operation.h"
#include "tools/common/tool.h"

/* MODULE as LLVM IR, as translated: not optimised, weights an argument. Modules above the loop level are lowered first.
 */
coco_status coco_translate_to_llvm(coco_tool *tool, const char *input, coco_operation *module,
                                   coco_buffer *out) COCO_MUST_USE;

#endif
