/* The pattern dialect: convolutions whose weights are patterned, stored compactly, and the sets of patterns that they
 * name. */
#ifndef COCO_DIALECTS_PATTERN_PATTERN_H
#define COCO_DIALECTS_PATTERN_PATTERN_H

#include "dialects/pattern/blocks.h"
#include "dialects/pattern/fkw.h"
#include "dialects/shared/products.h"
#include "ir/builder.h"
#include "ir/evaluate.h"

#define COCO_ROWS "dialects/pattern/pattern_ops.def"
#include "ir/declare_operations.inc"

extern const coco_dialect coco_pattern_dialect;

/* What FKW's kernels add to OUTPUT, in the stored order, each step one fused multiply-add. Dense tensors. */
void coco_fkw_convolve(const coco_convolution *convolution, const coco_fkw *fkw, const float *input, float *output);

enum { COCO_PATTERN_ARRAYS = 5 }; /* operands 1 to 5 of pattern.conv: offset, reorder, index, runs, weights */

/* The masks of a verified pattern.set, borrowed. */
coco_fkw_set coco_pattern_set_masks(const coco_operation *set);
/* The set that a pattern.conv names; NULL: there is no pattern.set of this name. */
coco_operation *coco_pattern_conv_set(const coco_operation *conv);

/* Elements of an array, wherever they lie. */
typedef struct coco_pattern_array {
  const coco_type *type; /* a static tensor */
  const void *data;
  bool splat;
} coco_pattern_array;

/* The numbers of ARRAY, from ARENA. */
coco_status coco_pattern_read_integers(const coco_pattern_array *array, coco_arena *arena,
                                       uint32_t **out) COCO_MUST_USE;
coco_status coco_pattern_read_floats(const coco_pattern_array *array, coco_arena *arena, float **out) COCO_MUST_USE;
/* VALUE as an array, when it is a constant whose bytes are at hand. */
bool coco_pattern_constant_array(const coco_value *value, coco_pattern_array *out);
/* What is wrong with the lengths of ARRAYS' types, NULL when nothing is. Index may have one element more, which says
 * nothing: so code may look a kernel ahead. */
const char *coco_pattern_check_lengths(const coco_fkw_shape *shape, const coco_pattern_array *arrays);
/* The FKW form of SHAPE, which is checked, with ARRAYS: *out_wrong says what is wrong with them, NULL
 * when nothing is. */
coco_status coco_pattern_read_arrays(const coco_fkw_shape *shape, const coco_pattern_array *arrays, coco_arena *arena,
                                     coco_fkw *out, const char **out_wrong) COCO_MUST_USE;
/* The same with contents that are not checked, so that OUT is not yet good for anything. */
coco_status coco_pattern_load_arrays(const coco_fkw_shape *shape, const coco_pattern_array *arrays, coco_arena *arena,
                                     coco_fkw *out, const char **out_wrong) COCO_MUST_USE;
/* The FKW form of CONV with ARRAYS, checked: *out_wrong says what is wrong, NULL when nothing is. CHANNELS: of the
 * input. */
coco_status coco_pattern_read(const coco_operation *conv, int64_t channels, const coco_pattern_array *arrays,
                              coco_arena *arena, coco_fkw *out, const char **out_wrong) COCO_MUST_USE;
/* The same from constants; VALUES are those of operands 1 to 5. *out_known is false when some are no constants whose
 * bytes are at hand, or wrong. */
coco_status coco_pattern_read_constants(const coco_operation *conv, coco_value *const *values, coco_arena *arena,
                                        coco_fkw *out, bool *out_known) COCO_MUST_USE;
/* VALUES as a tensor of SHAPE, in the smallest unsigned elements that hold them; a large one is a resource named after
 * LAYER (may be empty) and NAME. */
coco_status coco_pattern_integers(coco_context *context, coco_string layer, const char *name, const uint32_t *values,
                                  size_t rank, const int64_t *shape, const coco_attribute **out) COCO_MUST_USE;
/* Floats of TYPE so. */
coco_status coco_pattern_floats(coco_context *context, coco_string layer, const char *name, const coco_type *type,
                                float *values, const coco_attribute **out) COCO_MUST_USE;
/* Constants before the builder's place for FKW's arrays, integers in the smallest elements that hold them. Large ones
 * are resources named after LAYER (may be empty). */
coco_status coco_pattern_build_arrays(coco_builder *builder, const coco_fkw *fkw, coco_string layer,
                                      coco_value *out[COCO_PATTERN_ARRAYS]) COCO_MUST_USE;
/* One such constant, named after LAYER and NAME; NULL: the builder has failed. */
coco_value *coco_pattern_build_floats(coco_builder *builder, coco_string layer, const char *name, const coco_type *type,
                                      void *data);
coco_value *coco_pattern_build_integers(coco_builder *builder, coco_string layer, const char *name,
                                        const uint32_t *values, size_t rank, const int64_t *shape);
/* The dense weight of CONV, whose form is FKW: [filters, channels / group, kernel...], named after its layer. */
coco_status coco_pattern_dense_weight(const coco_operation *conv, const coco_fkw *fkw, coco_arena *arena,
                                      const coco_attribute **out) COCO_MUST_USE;

/* ---- Blocks: pattern.linear and pattern.block_conv (pattern_blocks.c) ---- */

enum { COCO_BLOCK_ARRAYS = 3 }; /* operands 1 to 3: offset, index, weights */

bool coco_pattern_is_blocks(const coco_operation *operation);
/* What is wrong with the lengths of ARRAYS' types for blocks of OUTPUTS by DEPTH, NULL when nothing is. */
const char *coco_blocks_check_lengths(int64_t outputs, int64_t depth, const coco_pattern_array *arrays);
/* The blocks that ARRAYS are, checked: *out_wrong says what is wrong, NULL when nothing is. */
coco_status coco_blocks_read_arrays(int64_t outputs, int64_t depth, const coco_pattern_array *arrays, coco_arena *arena,
                                    coco_blocks *out, const char **out_wrong) COCO_MUST_USE;
/* Those of OPERATION, where VALUES, those of operands 1 to 3, are constants at hand and right; else *out_known is
 * false. */
coco_status coco_blocks_read_constants(const coco_operation *operation, coco_value *const *values, coco_arena *arena,
                                       coco_blocks *out, bool *out_known) COCO_MUST_USE;
/* As coco_pattern_build_arrays. */
coco_status coco_blocks_build_arrays(coco_builder *builder, const coco_blocks *blocks, coco_string layer,
                                     coco_value *out[COCO_BLOCK_ARRAYS]) COCO_MUST_USE;
/* The window of a pattern.block_conv; NULL, or what is wrong with it. */
const char *coco_pattern_block_window(const coco_operation *conv, coco_window *out);
/* The dense weight of OPERATION, named after its layer: of a convolution [filters, channels, kernel...], of a product
 * [outputs, k], or [k, outputs] where TRANSPOSED. */
coco_status coco_blocks_dense_weight(const coco_operation *operation, const coco_blocks *blocks, bool transposed,
                                     coco_arena *arena, const coco_attribute **out) COCO_MUST_USE;

#endif
