/* Hooks of the builtin rows, shared by the files of this folder. */
#ifndef COCO_DIALECTS_BUILTIN_HOOKS_H
#define COCO_DIALECTS_BUILTIN_HOOKS_H

#include "ir/hooks.h"

COCO_VERIFY_HOOK(coco_builtin_verify_module)
COCO_VERIFY_HOOK(coco_builtin_verify_cast)
COCO_EVALUATE_HOOK(coco_builtin_evaluate_cast)
COCO_SYNTAX_HOOKS(builtin, module)

#endif
