/* Hooks that are still being written. */
#include "dialects/builtin/hooks.h"
#include "dialects/func/hooks.h"
#include "dialects/cf/hooks.h"
#include "dialects/arith/hooks.h"
#include "dialects/math/hooks.h"
#include "dialects/scf/hooks.h"
#include "dialects/memref/hooks.h"
#include "dialects/vector/hooks.h"
coco_status coco_builtin_verify_cast(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_func_verify_func(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_func_verify_call(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_func_verify_return(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_cf_verify_br(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_cf_verify_cond_br(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_constant(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_flags(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_compare(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_select(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_index_cast(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_index_castui(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_extsi(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_extui(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_trunci(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_sitofp(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_uitofp(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_fptosi(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_fptoui(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_extf(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_bitcast(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_verify_truncf(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_arith_fold_addf(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_subf(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_mulf(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_divf(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_remf(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_maximumf(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_minimumf(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_maxnumf(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_minnumf(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_addi(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_subi(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_muli(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_shli(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_divsi(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_divui(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_ceildivsi(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_ceildivui(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_floordivsi(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_remsi(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_remui(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_andi(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_ori(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_xori(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_shrsi(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_shrui(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_maxsi(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_minsi(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_maxui(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_minui(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_cmpf(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_cmpi(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_select(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_arith_fold_cast(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
void coco_arith_name_constant(const coco_operation *operation, char *buffer, size_t size) {(void)operation;(void)buffer;(void)size;}
coco_status coco_scf_verify_for(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_scf_verify_if(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_scf_verify_while(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_scf_verify_parallel(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_scf_verify_reduce(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_scf_verify_execute_region(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_verify_alloc(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_verify_dealloc(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_verify_access(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_verify_view(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_verify_subview(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_verify_reinterpret_cast(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_verify_cast(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_verify_reshape(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_verify_global(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_verify_get_global(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_verify_copy(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_verify_dim(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_verify_assume_alignment(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_memref_fold_cast(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_memref_fold_dim(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
void coco_memref_name_result(const coco_operation *operation, char *buffer, size_t size) {(void)operation;(void)buffer;(void)size;}
coco_status coco_vector_verify_broadcast(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_splat(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_fma(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_access(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_masked(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_mask(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_extract(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_insert(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_insert_strided_slice(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_extractelement(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_insertelement(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_reduction(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_shuffle(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_bitcast(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_verify_shape_cast(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_vector_fold_broadcast(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_vector_fold_extract(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
coco_status coco_vector_fold_identity(coco_operation *operation, coco_fold *fold) {(void)operation;(void)fold;return COCO_OK;}
