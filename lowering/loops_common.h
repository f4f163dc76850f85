/* Building the loops of one layer: index arithmetic, loops, views of tensors in memory, points of a tensor.
 *
 * One coco_loops lives while one layer's function is built. The builder's status is sticky, so code builds freely
 * and the driver looks once at the end. Everything here is allocated from the pass's scratch arena. */
#ifndef COCO_LOWERING_LOOPS_COMMON_H
#define COCO_LOWERING_LOOPS_COMMON_H

#include "dialects/lr/index_map.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/window.h"
#include "ir/builder.h"

enum {
  COCO_LOOPS_RANK = COCO_LR_MAX_RANK,
  COCO_LOOPS_PHYSICAL_RANK = COCO_LOOPS_RANK + 1,
  COCO_LOOPS_LANES = COCO_LR_LANES,
  COCO_LOOPS_COLUMNS = 6 /* of a register block without a schedule */
};

/* value + constant; VALUE NULL: the constant alone. Materialised only when an operation needs it. */
typedef struct coco_index {
  coco_value *value;
  int64_t constant;
} coco_index;

/* A tensor in memory: MEMORY has the type coco_lr_physical_memref(tensor).
 *
 * Or, with a RING, some rows of one image of a tensor of blocks without halo: row r at r % ring, blocks of channels from
 * FIRST_BLOCK on. Whoever builds the loops sees to it that what is read is still there. */
typedef struct coco_view {
  coco_value *memory;
  const coco_type *tensor;
  coco_lr_layout_info layout;
  int64_t ring; /* 0: the whole tensor */
  coco_index first_block;
} coco_view;

/* A point of a tensor (lanes 0), or LANES neighbours along AXIS of which the first VALID lie inside the tensor. */
typedef struct coco_point {
  size_t rank;
  coco_index index[COCO_LOOPS_RANK];
  size_t lanes, axis, valid;
  bool in_patches; /* index[2], index[3] stand in a patch; the lanes are the patches, from PATCH on */
  coco_index patch;
  bool streams; /* in patches: stores go past the caches */
} coco_point;

/* product = factor * by, so that product / by needs no division. */
typedef struct coco_known_product {
  coco_value *product, *factor;
  int64_t by;
} coco_known_product;

typedef struct coco_loops {
  coco_context *context;
  coco_arena *scratch;
  coco_builder builder;
  coco_operation *layer;  /* the lr operation being lowered */
  coco_view *operands;    /* by operand number */
  coco_view output;
  coco_value *workspace;  /* elements as the output's; NULL: the layer needs none */
  const struct coco_schedule_figures *figures; /* of the target */
  bool is_short;          /* parallel loops of so little work are left to one thread */
  const coco_affine_map **maps; /* by operand number; NULL: the identity */
  coco_block *entry;
  coco_operation *last_constant; /* constants stand first in the entry block */
  coco_pointer_map constants;    /* attribute -> value */
  COCO_VECTOR_OF(coco_known_product) products;
} coco_loops;

/* ---- Constants and indices ---- */
coco_value *coco_loops_constant(coco_loops *loops, const coco_attribute *value);
/* TYPE: a scalar or a vector (all lanes). Numbers are given as a real or an integer, by the scalar type. */
coco_value *coco_loops_number(coco_loops *loops, const coco_type *type, double real, int64_t integer);
const coco_type *coco_loops_vector_type(coco_loops *loops, const coco_type *scalar,
                                        size_t lanes); /* lanes 0: SCALAR itself */

static inline coco_index coco_index_of(int64_t constant) { return (coco_index){NULL, constant}; }
static inline coco_index coco_index_plus(coco_index index, int64_t constant) {
  return (coco_index){index.value, index.constant + constant};
}
coco_value *coco_index_value(coco_loops *loops, coco_index index);
coco_index coco_index_fixed(coco_loops *loops, coco_index index); /* the same, computed here */
coco_index coco_index_add(coco_loops *loops, coco_index a, coco_index b);
coco_index coco_index_subtract(coco_loops *loops, coco_index a, coco_index b);
coco_index coco_index_multiply(coco_loops *loops, coco_index index, int64_t by);
coco_index coco_index_divide(coco_loops *loops, coco_index index, int64_t by); /* floor; the index is not negative */
coco_index coco_index_modulo(coco_loops *loops, coco_index index, int64_t by);        /* likewise */
coco_index coco_index_ceil_divide(coco_loops *loops, coco_index index, int64_t by);   /* signed */
coco_index coco_index_floor_divide(coco_loops *loops, coco_index index, int64_t by);  /* signed */
coco_index coco_index_minimum(coco_loops *loops, coco_index a, coco_index b);
coco_index coco_index_maximum(coco_loops *loops, coco_index a, coco_index b);
bool coco_index_is_multiple(const coco_loops *loops, coco_index index, int64_t of);
coco_index coco_index_expand(coco_loops *loops, const coco_affine_expression *expression, const coco_index *dimensions);

/* ---- Loops ---- */
typedef struct coco_loop {
  coco_operation *operation; /* NULL: a single turn; no loop was made */
  coco_index induction;
  coco_value **carried; /* inside: the values carried in; after coco_loop_end: the results */
  size_t count;
  coco_block *outer;
  coco_operation *outer_before;
} coco_loop;

/* The builder goes inside, and behind the loop again at the end. The initial values are copied. */
coco_loop coco_loop_begin(coco_loops *loops, coco_index lower, coco_index upper, int64_t step, coco_value **carried,
                          size_t count);
void coco_loop_end(coco_loops *loops, coco_loop *loop, coco_value *const *carried);

/* scf.parallel over [0, extents[i]); axes of one turn are left out, and the operation too when none is left. */
coco_loop coco_parallel_begin(coco_loops *loops, const int64_t *extents, size_t count, coco_index *indices);
void coco_parallel_end(coco_loops *loops, coco_loop *parallel);

/* ---- Operations ---- */
/* ELEMENT, or the signless integers that arithmetic sees unsigned ones as; and VALUE's bits as elements of another
 * signedness. */
const coco_type *coco_loops_signless(coco_loops *loops, const coco_type *element);
coco_value *coco_loops_seen_as(coco_loops *loops, coco_value *value, const coco_type *element);
coco_value *coco_loops_fma(coco_loops *loops, coco_value *a, coco_value *b,
                           coco_value *c); /* scalars or vectors of floats */
coco_value *coco_loops_broadcast(coco_loops *loops, coco_value *scalar, size_t lanes);     /* lanes 0: the scalar */
coco_index coco_loops_to_index(coco_loops *loops, coco_value *integer); /* unsigned ones without a sign */
/* The integer at PLACE, of COUNT indices, in the memory of an operand. */
coco_index coco_loops_load_number(coco_loops *loops, size_t operand, const coco_index *place, size_t count);
/* EXTENT as pieces of at most LARGEST, of two sizes that differ by one: COUNTS[0] of SIZES[0], then COUNTS[1] of
 * SIZES[1]. */
void coco_loops_split(int64_t extent, int64_t largest, int64_t sizes[2], int64_t counts[2]);
/* COUNT values of one TYPE by CONDITION: what is built after begin gives them where it holds, what is built after the else
 * where not. After the end, carried has the results. */
coco_loop coco_if_begin(coco_loops *loops, coco_value *condition, const coco_type *type, size_t count);
void coco_if_else(coco_loops *loops, coco_loop *choice, coco_value *const *values);
void coco_if_end(coco_loops *loops, coco_loop *choice, coco_value *const *values);
coco_value *coco_loops_is_equal(coco_loops *loops, coco_value *a, coco_value *b); /* integers or indices: an i1 */
coco_value *coco_loops_insert(coco_loops *loops, coco_value *scalar, coco_value *vector, int64_t lane);
coco_value *coco_loops_extract(coco_loops *loops, coco_value *vector, int64_t lane);
/* Lanes of LEFT, followed by RIGHT's, by number. */
coco_value *coco_loops_shuffle(coco_loops *loops, coco_value *left, coco_value *right, const int64_t *lanes,
                               size_t count);
/* ROWS[i] becomes lane i of each, for 16 vectors of 16 lanes. */
void coco_loops_transpose(coco_loops *loops, coco_value *rows[COCO_LOOPS_LANES]);
/* One element at physical indices (LANES 0), or a vector along the innermost dimension. */
coco_value *coco_loops_load(coco_loops *loops, coco_value *memory, const coco_index *indices, size_t count,
                            size_t lanes);
void coco_loops_store(coco_loops *loops, coco_value *value, coco_value *memory, const coco_index *indices,
                      size_t count);
/* The same; where it STREAMS, past the caches. */
void coco_loops_store_past(coco_loops *loops, coco_value *value, coco_value *memory, const coco_index *indices,
                           size_t count, bool streams);
/* Into which cache something is read ahead; the numbers are memref.prefetch's. */
typedef enum coco_loops_cache { COCO_LOOPS_SECOND_CACHE = 2, COCO_LOOPS_FIRST_CACHE = 3 } coco_loops_cache;
/* Element INDEX of MEMORY, of one dimension, will be read soon; not if it is not there. */
void coco_loops_prefetch(coco_loops *loops, coco_value *memory, coco_index index, coco_loops_cache cache);
/* MEMORY, static and contiguous, in one dimension. */
coco_value *coco_loops_flatten(coco_loops *loops, coco_value *memory);
/* COUNT elements of MEMORY, of one dimension, from FIRST on. Addresses within it are one register and a number. */
coco_value *coco_loops_part(coco_loops *loops, coco_value *memory, coco_index first, int64_t count);
/* f32 memory on the stack, until the piece ends. Its contents are undefined; aligned for a vector of 16. */
coco_value *coco_loops_stack(coco_loops *loops, size_t rank, const int64_t *shape);

/* ---- Views ---- */
coco_view coco_view_make(coco_value *memory, const coco_type *tensor);
/* Where the image, the block of channels and the row of PLACE, which are the storage's, lie: themselves but for a ring. */
void coco_view_turn(coco_loops *loops, const coco_view *view, coco_index place[3]);
/* Physical indices of a logical one; returns how many. */
size_t coco_view_physical(coco_loops *loops, const coco_view *view, const coco_index *logical, coco_index *out);
coco_value *coco_view_load(coco_loops *loops, const coco_view *view, const coco_index *logical);
/* The element at a point. lane l is read at logical[d] + l * steps[d]; lanes past VALID are zero or whatever the
 * storage holds. */
coco_value *coco_view_load_lanes(coco_loops *loops, const coco_view *view, const coco_index *logical,
                                 const int64_t *steps, size_t lanes, size_t valid);
void coco_view_store_lanes(coco_loops *loops, const coco_view *view, coco_value *value, const coco_index *logical,
                           const int64_t *steps, size_t lanes, size_t valid);
/* The elements of VIEW that MAP (NULL: identity) gives for the point. */
coco_value *coco_view_load_mapped(coco_loops *loops, const coco_view *view, const coco_affine_map *map,
                                  const coco_point *point);
void coco_view_store_point(coco_loops *loops, const coco_view *view, coco_value *value, const coco_point *point);
/* Writes zeros to the border. */
void coco_view_zero_halo(coco_loops *loops, const coco_view *view);

/* ---- Patches ---- */
/* Ends the writing of a VIEW in patches: lanes past the image become zero, the halo the neighbours' pixels, past the
 * caches where it STREAMS. */
void coco_patches_finish(coco_loops *loops, const coco_view *view, bool streams);
/* Lanes of VECTOR by number; COCO_LOOPS_LANES and more: zero. */
coco_value *coco_patches_pick_lanes(coco_loops *loops, coco_value *vector, const int64_t *lanes);
/* Whether row (AXIS 0) or column (AXIS 1) NUMBER of LANE's patch is a pixel of the image. */
bool coco_patches_lane_is_inside(const coco_view *view, size_t axis, int64_t number, int64_t lane);
/* VECTOR with what patches one STEP further along AXIS have in it; zero where there is none. */
coco_value *coco_patches_moved(coco_loops *loops, const coco_view *view, coco_value *vector, size_t axis, int64_t step);
/* lr.relayout where input or result has patches. */
void coco_patches_relayout(coco_loops *loops);
/* lr.window from patches to patches: the largest of a few positions, or a single one. */
void coco_patches_pool(coco_loops *loops, const coco_window *window);

/* ---- Blocks in patches (loops_patch_blocks.c) ---- */
typedef struct coco_patch_block {
  coco_index plane[2]; /* image, channel */
  coco_index first[2]; /* row and column of the first vector, in the patch */
  int64_t sizes[2];    /* rows, columns */
} coco_patch_block;

/* Whether all of VIEW can be written in blocks of ROWS x COLUMNS vectors, or of as many as a patch has: lanes that lie
 * past the image are known along axes only that one block covers. */
bool coco_patches_take_blocks(const coco_view *view, int64_t rows, int64_t columns);
/* Stores VECTORS, row by row, and what they are in the halos of the patches beside; past the caches where it STREAMS.
 * Lanes past the image become zero, in VECTORS too. When all blocks of a VIEW that takes them are stored, nothing is
 * left for coco_patches_finish. */
void coco_patches_store_block(coco_loops *loops, const coco_view *view, const coco_patch_block *block,
                              coco_value **vectors, bool streams);

/* ---- Points of the output ---- */
typedef void (*coco_point_function)(coco_loops *loops, const coco_point *point, void *user);
enum { COCO_NO_AXIS = COCO_LOOPS_RANK };
/* Calls FUNCTION inside loops over all points of VIEW: vectors of 16 along AXIS as far as they go, single elements for
 * the rest. PIECES: how many turns the parallel loop has at least, as far as there are axes; 0: a default. */
void coco_loops_over_points(coco_loops *loops, const coco_view *view, size_t axis, int64_t pieces,
                            coco_point_function function, void *user);
/* The axis whose neighbours make good vectors for a layer that writes OUTPUT, COCO_NO_AXIS: elements that are not f32.
 */
size_t coco_loops_axis(const coco_loops *loops);

/* ---- Sums in patches (loops_patch_sums.c) ---- */
/* The sums of a register block of a layer that takes its input channels group by group. */
typedef struct coco_patch_sums {
  const coco_type *vector; /* of a sum */
  size_t count;
  coco_index group; /* the one at hand */
  int64_t groups;
  size_t first_extra; /* operand of the epilogue */
  bool streams;       /* the result goes past the caches */
  coco_point (*point)(const void *block, size_t sum);
  const void *block;
  coco_value *waiting; /* where they wait for the next group, in one dimension; NULL: in the output */
  coco_index place;    /* element of WAITING: of the first one, behind which the others stand */
  const coco_patch_block *whole; /* what the sums are, where halos are stored with them; NULL: where they are not */
} coco_patch_sums;

/* Zeros before the first group; after others, what waits. */
void coco_patch_sums_begin(coco_loops *loops, const coco_patch_sums *of, coco_value **sums);
/* The epilogue after the last group; else SUMS wait. */
void coco_patch_sums_end(coco_loops *loops, const coco_patch_sums *of, coco_value *const *sums);

/* ---- Epilogues ---- */
/* Stores at the point what the layer's region 0 yields for ACCUMULATOR (NULL: none) and the operands from FIRST on, each
 * read where its map says. */
void coco_loops_finish(coco_loops *loops, const coco_point *point, coco_value *accumulator, size_t first);
/* What coco_loops_finish stores. */
coco_value *coco_loops_finished(coco_loops *loops, const coco_point *point, coco_value *accumulator, size_t first);

/* ---- Windows ---- */
/* Kernel positions [*low, *high) along AXIS that lie inside EXTENT for output position OUTPUT, of OUTPUTS in all.
 * Constants where no position can lie outside. */
void coco_loops_window_range(coco_loops *loops, const coco_window *window, size_t axis, coco_index output,
                             int64_t outputs, int64_t extent, coco_index *low, coco_index *high);

/* ---- Rows of a layer, one after the other: for chains ---- */
/* Output rows [begin, end) of IMAGE, which are BLOCKS blocks of channels from FIRST on. The storages direct and gemm, of
 * all channels at once; and depthwise, whose channels are whole blocks. */
void coco_loops_direct_rows(coco_loops *loops, coco_index image, coco_index first, int64_t blocks, coco_index begin,
                            coco_index end);
void coco_loops_depthwise_rows(coco_loops *loops, coco_index image, coco_index first, int64_t blocks, coco_index begin,
                               coco_index end);

/* ---- Layers: each builds the body of the function for its kind ---- */
void coco_loops_conv(coco_loops *loops);        /* plain */
void coco_loops_conv_direct(coco_loops *loops); /* direct and gemm */
void coco_loops_conv_depthwise(coco_loops *loops);
void coco_loops_conv_winograd(coco_loops *loops);
void coco_loops_chain(coco_loops *loops);
void coco_loops_pattern_conv(coco_loops *loops);
void coco_loops_pointwise_conv(coco_loops *loops);
void coco_loops_block_matmul(coco_loops *loops);
void coco_loops_block_conv(coco_loops *loops);
void coco_loops_conv_rows(coco_loops *loops);
void coco_loops_matmul(coco_loops *loops);
void coco_loops_window(coco_loops *loops);
void coco_loops_map(coco_loops *loops);
void coco_loops_reduce(coco_loops *loops);
void coco_loops_move(coco_loops *loops);
void coco_loops_gather(coco_loops *loops);
void coco_loops_scatter(coco_loops *loops);
void coco_loops_relayout(coco_loops *loops);

#endif
