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
coco_status coco_builtin_evaluate_cast(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_func_verify_func(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_func_verify_call(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_func_verify_return(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_func_evaluate_call(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
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
coco_status coco_arith_evaluate_constant(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_addf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_subf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_mulf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_divf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_remf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_maximumf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_minimumf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_maxnumf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_minnumf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_negf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_addi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_subi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_muli(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_shli(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_divsi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_divui(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_ceildivsi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_ceildivui(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_floordivsi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_remsi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_remui(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_andi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_ori(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_xori(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_shrsi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_shrui(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_maxsi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_minsi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_maxui(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_minui(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_cmpf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_cmpi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_select(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_index_cast(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_index_castui(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_extsi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_extui(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_trunci(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_sitofp(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_uitofp(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_fptosi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_fptoui(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_extf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_bitcast(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_arith_evaluate_truncf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
void coco_arith_name_constant(const coco_operation *operation, char *buffer, size_t size) {(void)operation;(void)buffer;(void)size;}
coco_status coco_math_evaluate_exp(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_exp2(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_expm1(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_log(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_log2(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_log1p(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_tanh(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_erf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_sqrt(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_rsqrt(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_absf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_floor(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_ceil(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_round(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_roundeven(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_trunc(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_sin(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_cos(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_tan(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_atan(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_powf(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_copysign(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_absi(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_math_evaluate_fma(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_scf_verify_for(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_scf_verify_if(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_scf_verify_while(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_scf_verify_parallel(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_scf_verify_reduce(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_scf_verify_execute_region(coco_operation *operation) {(void)operation;return COCO_OK;}
coco_status coco_scf_evaluate_for(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_scf_evaluate_if(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_scf_evaluate_while(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_scf_evaluate_parallel(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_scf_evaluate_execute_region(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
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
coco_status coco_memref_evaluate_alloc(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_memref_evaluate_nothing(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_memref_evaluate_load(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_memref_evaluate_store(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_memref_evaluate_view(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_memref_evaluate_subview(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_memref_evaluate_reinterpret_cast(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_memref_evaluate_cast(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_memref_evaluate_collapse_shape(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_memref_evaluate_expand_shape(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_memref_evaluate_get_global(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_memref_evaluate_copy(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_memref_evaluate_dim(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
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
coco_status coco_vector_evaluate_broadcast(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_fma(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_load(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_store(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_maskedload(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_maskedstore(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_create_mask(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_constant_mask(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_extract(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_insert(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_extract_strided_slice(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_insert_strided_slice(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_extractelement(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_insertelement(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_reduction(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_shuffle(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
coco_status coco_vector_evaluate_bytes(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results) {(void)evaluation;(void)operation;(void)operands;(void)results;return COCO_UNSUPPORTED;}
