/* Hooks of the memref rows, shared by the files of this folder. */
#ifndef COCO_DIALECTS_MEMREF_HOOKS_H
#define COCO_DIALECTS_MEMREF_HOOKS_H

#include "ir/hooks.h"

COCO_INFER_HOOK(coco_memref_infer_load)
COCO_INFER_HOOK(coco_memref_infer_dim)
COCO_VERIFY_HOOK(coco_memref_verify_alloc)
COCO_VERIFY_HOOK(coco_memref_verify_dealloc)
COCO_VERIFY_HOOK(coco_memref_verify_access)
COCO_VERIFY_HOOK(coco_memref_verify_prefetch)
COCO_VERIFY_HOOK(coco_memref_verify_view)
COCO_VERIFY_HOOK(coco_memref_verify_subview)
COCO_VERIFY_HOOK(coco_memref_verify_reinterpret_cast)
COCO_VERIFY_HOOK(coco_memref_verify_cast)
COCO_VERIFY_HOOK(coco_memref_verify_reshape)
COCO_VERIFY_HOOK(coco_memref_verify_global)
COCO_VERIFY_HOOK(coco_memref_verify_get_global)
COCO_VERIFY_HOOK(coco_memref_verify_copy)
COCO_VERIFY_HOOK(coco_memref_verify_assume_alignment)
COCO_FOLD_HOOK(coco_memref_fold_cast)
COCO_FOLD_HOOK(coco_memref_fold_dim)
COCO_EVALUATE_HOOK(coco_memref_evaluate_alloc)
COCO_EVALUATE_HOOK(coco_memref_evaluate_nothing)
COCO_EVALUATE_HOOK(coco_memref_evaluate_load)
COCO_EVALUATE_HOOK(coco_memref_evaluate_store)
COCO_EVALUATE_HOOK(coco_memref_evaluate_view)
COCO_EVALUATE_HOOK(coco_memref_evaluate_subview)
COCO_EVALUATE_HOOK(coco_memref_evaluate_reinterpret_cast)
COCO_EVALUATE_HOOK(coco_memref_evaluate_cast)
COCO_EVALUATE_HOOK(coco_memref_evaluate_collapse_shape)
COCO_EVALUATE_HOOK(coco_memref_evaluate_expand_shape)
COCO_EVALUATE_HOOK(coco_memref_evaluate_get_global)
COCO_EVALUATE_HOOK(coco_memref_evaluate_copy)
COCO_EVALUATE_HOOK(coco_memref_evaluate_dim)
COCO_NAME_HOOK(coco_memref_name_result)
COCO_SYNTAX_HOOKS(memref, alloc)
COCO_SYNTAX_HOOKS(memref, prefetch)
COCO_SYNTAX_HOOKS(memref, subview)
COCO_SYNTAX_HOOKS(memref, reinterpret_cast)
COCO_SYNTAX_HOOKS(memref, expand_shape)
COCO_SYNTAX_HOOKS(memref, global)

/* The product of extents or strides, COCO_DYNAMIC where it is not known. False: overflow. */
bool coco_memref_multiply(int64_t a, int64_t b, int64_t *out);

#endif
