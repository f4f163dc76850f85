/* Hooks of the scf rows, shared by the files of this folder. */
#ifndef COCO_DIALECTS_SCF_HOOKS_H
#define COCO_DIALECTS_SCF_HOOKS_H

#include "ir/hooks.h"
#include "ir/rewriter.h"

COCO_INFER_HOOK(coco_scf_infer_for)
COCO_INFER_HOOK(coco_scf_infer_parallel)
COCO_VERIFY_HOOK(coco_scf_verify_for)
COCO_VERIFY_HOOK(coco_scf_verify_if)
COCO_VERIFY_HOOK(coco_scf_verify_while)
COCO_VERIFY_HOOK(coco_scf_verify_parallel)
COCO_VERIFY_HOOK(coco_scf_verify_reduce)
COCO_VERIFY_HOOK(coco_scf_verify_execute_region)
COCO_EVALUATE_HOOK(coco_scf_evaluate_for)
COCO_EVALUATE_HOOK(coco_scf_evaluate_if)
COCO_EVALUATE_HOOK(coco_scf_evaluate_while)
COCO_EVALUATE_HOOK(coco_scf_evaluate_parallel)
COCO_EVALUATE_HOOK(coco_scf_evaluate_execute_region)
COCO_SYNTAX_HOOKS(scf, for)
COCO_SYNTAX_HOOKS(scf, if)
COCO_SYNTAX_HOOKS(scf, while)
COCO_SYNTAX_HOOKS(scf, parallel)
COCO_SYNTAX_HOOKS(scf, reduce)
COCO_SYNTAX_HOOKS(scf, execute_region)

extern const coco_pattern coco_scf_patterns[];

#endif
