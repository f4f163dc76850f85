/* Hooks of the cf rows, shared by the files of this folder. */
#ifndef COCO_DIALECTS_CF_HOOKS_H
#define COCO_DIALECTS_CF_HOOKS_H

#include "ir/hooks.h"

COCO_VERIFY_HOOK(coco_cf_verify_br)
COCO_VERIFY_HOOK(coco_cf_verify_cond_br)
COCO_SYNTAX_HOOKS(cf, br)
COCO_SYNTAX_HOOKS(cf, cond_br)

#endif
