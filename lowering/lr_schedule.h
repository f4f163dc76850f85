/* The parts of lr-schedule. Private to lr_schedule*.c, but for what lr-chain asks for, the figures, whether images can
 * be cut into patches, and which layers are short. */
#ifndef COCO_LOWERING_LR_SCHEDULE_H
#define COCO_LOWERING_LR_SCHEDULE_H

#include "dialects/lr/chain.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/window.h"
#include "dialects/lr/winograd.h"
#include "dialects/pattern/pattern.h"
#include "ir/base/hash.h"
#include "ir/base/memory.h"
#include "ir/operation.h"

/* What the schedule needs to know of a processor: see lowering/target.h. */
typedef struct coco_schedule_figures {
  int64_t vector_bits, vector_registers, fma_per_cycle, fma_latency, loads_per_cycle, l1_bytes, l2_bytes, l3_bytes,
      l2_rate, l3_rate, memory_rate, shuffles_per_cycle, barrier_cycles, megahertz;
} coco_schedule_figures;

coco_schedule_figures coco_schedule_figures_of(const coco_operation *module);
/* How many vectors of the processor hold 16 lanes of f32. */
int64_t coco_schedule_vectors(const coco_schedule_figures *figures);

/* What a register block is for: WIDTH columns (or pixels, or rows), OUTPUTS filters (or columns of b), and for
 * convolutions the kernel columns that share input elements (at most COCO_SCHEDULE_SHARED_COLUMNS; wider kernels take
 * one column at a time) and the stride. */
typedef struct coco_schedule_work {
  int64_t width, outputs, kernel, stride;
  int64_t height, channels, positions; /* of convolutions: output rows, input channels, kernel positions; else 0 */
} coco_schedule_work;

/* Whether CONV, an lr.conv of two axes, can be computed over planes; the cycles that takes; and a register block. */
bool coco_schedule_can_be_rows(const coco_operation *conv);
double coco_schedule_rows_cycles(const coco_schedule_figures *figures, const coco_operation *conv);
coco_lr_tuning_info coco_schedule_rows_block(const coco_schedule_figures *figures, const coco_operation *conv);
/* Whether CONV, an lr.conv of two axes, has one filter of its own for each channel, and is to be computed so. */
bool coco_schedule_is_depthwise(const coco_operation *conv);
/* A register block for rows of WIDTH outputs and KERNEL columns. */
coco_lr_tuning_info coco_schedule_depthwise_block(const coco_schedule_figures *figures, int64_t width, int64_t kernel);

/* The positions at which the packed weight of CONV is not zero, for each block of 16 channels; runs of blocks that are
 * alike have one mask, so that there are few runs. *out NULL: what is zero is not worth leaving out. */
coco_status coco_schedule_depthwise_masks(const coco_operation *conv, const coco_allocator *allocator,
                                          const coco_attribute **out) COCO_MUST_USE;

enum { COCO_SCHEDULE_SHARED_COLUMNS = 3 };

/* Of the register blocks that fit the registers, the one that the model below finds fastest.
 *
 * A step of the inner loop adds one kernel row. With v vectors of the processor for 16 lanes and k kernel columns, a
 * block of c x f needs c * f * v * k fused multiply-adds, a load for each input column that any of them reads, and f *
 * v * k loads of weights; no step is shorter than the latency of its k additions. What is left over at the ends of
 * width and filters is a smaller block.
 *
 * Small images of many channels also get `rows` and `channels`: each block would read all weights of its filters from
 * the second cache, and there are too few blocks to hide it. */
coco_lr_tuning_info coco_schedule_register_block(const coco_schedule_figures *figures, const coco_schedule_work *work);

/* The cycles of the best register block for all of WORK but its height and channels: one kernel row of one channel. */
double coco_schedule_block_cycles(const coco_schedule_figures *figures, const coco_schedule_work *work);

/* The layouts in patches for the input and the result of CONV, a layer that takes patches (dialects/lr/pattern.h);
 * false: none serves both. The result's halo is left to those who read it. */
bool coco_schedule_patches(const coco_operation *conv, coco_lr_layout_info *input, coco_lr_layout_info *result);
/* Its register block: as many sums as the registers hold beside the weights, in the shape that loads least. The
 * result's layout is known. `pieces`: parts of the filters where blocks of rows are too few to run in parallel. */
coco_lr_tuning_info coco_schedule_pattern_tuning(const coco_schedule_figures *figures, const coco_operation *conv);
/* The block, lanes and unrolling of it for a result in patches of these extents; positions that a kernel keeps. */
coco_lr_tuning_info coco_schedule_pattern_block(const coco_schedule_figures *figures, const coco_operation *conv,
                                                const int64_t patch[2]);
int64_t coco_schedule_pattern_entries(const coco_operation *conv);

/* Lanes of a vector of patches that one sum has, and registers that hold it. */
int64_t coco_schedule_patch_lanes(const coco_schedule_figures *figures);
int64_t coco_schedule_sum_registers(const coco_schedule_figures *figures);
/* The same for CONV, an lr.pointwise_conv; and the cycles that it takes, whose layouts need not be known. */
coco_lr_tuning_info coco_schedule_pointwise_tuning(const coco_schedule_figures *figures, const coco_operation *conv);
double coco_schedule_pointwise_cycles(const coco_schedule_figures *figures, const coco_operation *conv);

/* A stored form in which translated masks share a body, and groups of channels have orders of the filters that suit the
 * first cache, as far as TUNING's pieces let them; see dialects/pattern/fkw.h. */
typedef struct coco_schedule_kernels {
  const coco_attribute *arrays[COCO_PATTERN_ARRAYS]; /* NULL: as it is */
  const coco_attribute *masks, *shifts;              /* NULL: as they are */
} coco_schedule_kernels;
coco_status coco_schedule_pattern_form(const coco_operation *conv, const coco_lr_tuning_info *tuning,
                                       coco_arena *scratch, coco_schedule_kernels *out) COCO_MUST_USE;
/* Rows of a in a register block of PRODUCT, an lr.block_matmul (`columns`), and output rows and columns in one of CONV,
 * an lr.block_conv. */
coco_lr_tuning_info coco_schedule_block_matmul(const coco_schedule_figures *figures, const coco_operation *product);
coco_lr_tuning_info coco_schedule_block_conv(const coco_schedule_figures *figures, const coco_operation *conv);

/* ---- Chains (lr_schedule_chain.c) ---- */

/* Of LAYERS (before, after or both may be NULL) leaves those that the model finds faster as a chain around the
 * depthwise one, and says how; false: none are. ALWAYS: whatever the model says, as long as the memory between them
 * suffices. */
bool coco_schedule_chain(const coco_schedule_figures *figures, bool always, coco_lr_chain_layers *layers,
                         coco_lr_tuning_info *tuning);
/* A register block for single rows of CONV, a layer beside the depthwise one, and BLOCKS blocks of its filters (0:
 * all). */
coco_lr_tuning_info coco_schedule_chain_rows(const coco_schedule_figures *figures, const coco_operation *conv,
                                             int64_t blocks);

/* ---- Winograd (lr_schedule_winograd.c) ---- */

/* Layers that leave out weights stay so, or become dense, or what the plan finds faster. */
typedef enum coco_schedule_sparse { COCO_SPARSE_ALL, COCO_SPARSE_NONE, COCO_SPARSE_AUTO } coco_schedule_sparse;

/* What layers may become, and what decides. */
typedef struct coco_schedule_freedom {
  bool strict;        /* nothing that changes results against the evaluation in stored order */
  coco_schedule_sparse sparse; /* layers that leave out weights */
  coco_string forced; /* the storage of every convolution that can have it; empty: the fastest by the model */
  coco_schedule_figures figures; /* of the target's first variant, so that all variants share weights and bits */
  int64_t constant_bytes; /* of the module: weights that do not fit the last cache come from memory in every run */
} coco_schedule_freedom;

/* Fills in the figures and the bytes. */
void coco_schedule_freedom_of(const coco_operation *module, coco_schedule_freedom *freedom);
/* The algorithm for CONV, a convolution for the packed kernels, and the cycles that it takes; NULL: there is none. The
 * storage that it has already, or else the fastest that FREEDOM allows. */
const coco_winograd *coco_schedule_winograd(const coco_operation *conv, const coco_schedule_freedom *freedom,
                                            double *cycles);
/* Tiles at once and pieces, the same for all variants, so that they need the same workspace; and a register block for
 * the variant of FIGURES. */
coco_lr_tuning_info coco_schedule_winograd_tuning(const coco_schedule_figures *figures,
                                                  const coco_schedule_freedom *freedom, const coco_winograd *algorithm,
                                                  const coco_operation *conv);

/* ---- Layers: what each can be (lr_schedule_ways.c) ---- */

/* How a value can lie in memory, as far as the choice goes; how wide borders are is known when all is chosen. */
typedef enum coco_schedule_form {
  COCO_FORM_PLANES,          /* dense */
  COCO_FORM_BORDERED_PLANES, /* with the border that windows read */
  COCO_FORM_BLOCKS,          /* of 16 channels */
  COCO_FORM_BORDERED_BLOCKS,
  COCO_FORM_PATCHES,
  COCO_FORM_OTHER, /* a layout that a program came with */
  COCO_FORMS
} coco_schedule_form;

typedef enum coco_schedule_way {
  COCO_WAY_OTHER, /* the only one that the operation has */
  COCO_WAY_PLAIN,
  COCO_WAY_ROWS,
  COCO_WAY_DIRECT,
  COCO_WAY_GEMM,
  COCO_WAY_WINOGRAD,
  COCO_WAY_DEPTHWISE,
  COCO_WAY_PATTERN,
  COCO_WAY_POINTWISE,
  COCO_WAY_BLOCKS,
  COCO_WAY_PRODUCT
} coco_schedule_way;

typedef struct coco_schedule_choice {
  coco_operation *dense; /* of a layer that leaves out weights: the dense one in its place; NULL: it stays */
  coco_schedule_way way;
  coco_schedule_form input, output;
  const coco_winograd *algorithm; /* of COCO_WAY_WINOGRAD */
  double cycles;                  /* of one core, without changes of layout */
} coco_schedule_choice;

enum { COCO_SCHEDULE_CHOICES = 16 };
/* All ways to compute OPERATION, at least one; where borders may be written, the way without them is the one told. */
size_t coco_schedule_choices(const coco_operation *operation, const coco_schedule_freedom *freedom,
                             coco_schedule_choice choices[COCO_SCHEDULE_CHOICES]);
/* How CHOICE reads operand INDEX; *borders: whether a border that it does not need is in no one's way. */
coco_schedule_form coco_schedule_operand_form(const coco_operation *operation, const coco_schedule_choice *choice,
                                              uint32_t index, bool *borders);
coco_schedule_form coco_schedule_form_of(const coco_type *type);
/* The border that the input of CONV needs under CHOICE. */
void coco_schedule_halo(const coco_operation *conv, const coco_schedule_choice *choice, int64_t halo[4]);
/* What CONV is for the packed kernels; GEMM: all pixels in one dimension. */
coco_schedule_work coco_schedule_conv_work(const coco_operation *conv, bool gemm);
/* The type that is fixed for an operand: a function's for what it is called with and what it returns, a chain's by its
 * layers. NULL: none. */
const coco_type *coco_schedule_fixed_type(coco_operation *operation, size_t index);
/* Index maps of the extras of an operation, NULL: it has none; and the first of them. */
const coco_attribute *coco_schedule_maps(const coco_operation *operation, size_t *first);
/* Whether extra number INDEX of an operation is read at the result's own index. */
bool coco_schedule_reads_in_place(const coco_operation *operation, const coco_attribute *maps, size_t first,
                                  size_t index);
/* The cycles of lr.relayout; FROM and TO differ. */
double coco_schedule_relayout_cycles(const coco_schedule_figures *figures, const coco_type *type,
                                     coco_schedule_form from, coco_schedule_form to);

/* Whether LAYER, scheduled, takes less time than its loops would to begin and end in several threads; layers that the
 * model does not know do not. */
bool coco_schedule_is_short(const coco_schedule_figures *figures, const coco_operation *layer);
/* Likewise for CYCLES of work. */
bool coco_schedule_are_few(const coco_schedule_figures *figures, double cycles);

/* ---- Layers that leave out weights (lr_schedule_sparse.c, lr_schedule_dense.c) ---- */

/* The cycles in which the images of LAYER pass once between the kernels and the memory that holds them. */
double coco_schedule_image_cycles(const coco_schedule_figures *figures, const coco_operation *layer);
double coco_schedule_pattern_cycles(const coco_schedule_figures *figures, const coco_operation *conv);
double coco_schedule_block_conv_cycles(const coco_schedule_figures *figures, const coco_operation *conv);
/* Of an lr.block_matmul, or a packed lr.matmul of matrices. */
double coco_schedule_product_cycles(const coco_schedule_freedom *freedom, const coco_operation *product);

/* The dense form of LAYER, detached, with weights that are all zero so far; *out NULL: there is none, LAYER's arrays
 * are not at hand, or it has a schedule already. */
coco_status coco_schedule_dense_build(coco_operation *layer, coco_operation **out) COCO_MUST_USE;
/* Puts it, with its weights, in LAYER's place, which is erased. */
coco_status coco_schedule_dense_take(coco_operation *layer, coco_operation *dense) COCO_MUST_USE;
void coco_schedule_dense_erase(coco_operation *dense);

/* ---- The choice for all layers of a block (lr_schedule_plan.c) ---- */

/* A layer that leaves out weights beside its dense form, and what each takes at least, without changes of layout. */
typedef struct coco_schedule_pair {
  coco_operation *layer, *dense;
  const coco_schedule_choice *taken;
  double sparse_cycles, dense_cycles;
  const char *fastest; /* storage of the dense form */
  bool measured;
} coco_schedule_pair;

/* Fills in what is said of PAIR, of which layer and dense form are known, and gives the ways of both, as far as FREEDOM
 * allows them; at least one. */
size_t coco_schedule_pair_ways(coco_schedule_pair *pair, const coco_schedule_freedom *freedom,
                               coco_schedule_choice ways[2 * COCO_SCHEDULE_CHOICES]);
/* Writes what was taken, and why, on it: see lowering/layer_choice.h. Nothing on a first layer that nobody pruned and that
 * stays dense. */
coco_status coco_schedule_pair_record(const coco_schedule_pair *pair,
                                      const coco_schedule_freedom *freedom) COCO_MUST_USE;

typedef struct coco_schedule_plan {
  coco_arena arena;
  coco_pointer_map choices; /* operation -> coco_schedule_choice */
  COCO_VECTOR_OF(coco_schedule_pair) pairs;
  double cycles;            /* of all, changes of layout included */
} coco_schedule_plan;

/* Dense forms that are not taken are erased with the plan. */
coco_status coco_schedule_plan_make(coco_block *block, const coco_schedule_freedom *freedom, coco_schedule_plan *out);
void coco_schedule_plan_free(coco_schedule_plan *plan);

#endif
