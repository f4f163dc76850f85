/* Hooks of the func rows, shared by the files of this folder. */
#ifndef COCO_DIALECTS_FUNC_HOOKS_H
#define COCO_DIALECTS_FUNC_HOOKS_H

#include "ir/hooks.h"

COCO_VERIFY_HOOK(coco_func_verify_func)
COCO_VERIFY_HOOK(coco_func_verify_call)
COCO_VERIFY_HOOK(coco_func_verify_return)
COCO_EVALUATE_HOOK(coco_func_evaluate_call)
COCO_SYNTAX_HOOKS(func, func)

#endif
