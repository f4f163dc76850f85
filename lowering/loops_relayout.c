/* Changes of layout.
 *
 * Between blocks of 16 channels and planes, tiles of 16 channels by up to 16 columns are transposed in registers: 64
 * shuffles, each of which stays inside 128 bits or moves whole 128 bits, so that narrower processors split them well.
 * What else there is, other blocks and other elements, goes point by point: lanes follow the channels when the result
 * is blocked, else the rows; the other side is gathered from or scattered to. */
#include "dialects/vector/vector.h"
#include "lowering/loops_common.h"

enum { TILE = COCO_LOOPS_LANES, LEAST_COLUMNS = 4 };

coco_value *coco_loops_shuffle(coco_loops *loops, coco_value *left, coco_value *right, const int64_t *lanes,
                               size_t count) {
  const coco_attribute *elements[2 * TILE];
  if (loops->builder.status != COCO_OK) return NULL;
  for (size_t i = 0; i < count; ++i) {
    if ((elements[i] = coco_attribute_i64(loops->context, lanes[i]))) continue;
    coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
    return NULL;
  }
  const coco_attribute *mask = coco_attribute_array(loops->context, elements, count);
  const coco_type *type = coco_loops_vector_type(loops, left->type->element, count);
  if (!mask) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  if (loops->builder.status != COCO_OK) return NULL;
  return coco_build_value(&loops->builder, &(coco_operation_state){.definition = &coco_vector_shuffle,
                                                                   COCO_WITH_OPERANDS(left, right),
                                                                   COCO_WITH_RESULTS(type),
                                                                   COCO_WITH_ATTRIBUTES(COCO_NAMED("mask", mask))});
}

/* The first LANES lanes; those that VECTOR has not may hold anything. */
static coco_value *resize(coco_loops *loops, coco_value *vector, size_t lanes) {
  int64_t mask[TILE];
  if (loops->builder.status != COCO_OK) return NULL;
  int64_t have = vector->type->shape[0];
  if (have == (int64_t)lanes) return vector;
  for (size_t i = 0; i < lanes; ++i) mask[i] = (int64_t)i < have ? (int64_t)i : 0;
  return coco_loops_shuffle(loops, vector, vector, mask, lanes);
}

/* In each quarter of 4 lanes, those that PICK names: the left's (0 to 3) and the right's (4 to 7). */
static coco_value *in_quarters(coco_loops *loops, coco_value *left, coco_value *right, const int64_t pick[4]) {
  int64_t mask[TILE];
  for (int64_t i = 0; i < TILE; ++i) {
    int64_t lane = pick[i % 4];
    mask[i] = i / 4 * 4 + lane % 4 + (lane < 4 ? 0 : TILE);
  }
  return coco_loops_shuffle(loops, left, right, mask, TILE);
}

/* Whole quarters of the left (0 to 3) and the right (4 to 7). */
static coco_value *of_quarters(coco_loops *loops, coco_value *left, coco_value *right, const int64_t pick[4]) {
  int64_t mask[TILE];
  for (int64_t i = 0; i < TILE; ++i) mask[i] = pick[i / 4] * 4 + i % 4;
  return coco_loops_shuffle(loops, left, right, mask, TILE);
}

void coco_loops_transpose(coco_loops *loops, coco_value *rows[COCO_LOOPS_LANES]) {
  static const int64_t low[] = {0, 4, 1, 5}, high[] = {2, 6, 3, 7}, low_pair[] = {0, 1, 4, 5},
                       high_pair[] = {2, 3, 6, 7};
  static const int64_t even[] = {0, 2, 4, 6}, odd[] = {1, 3, 5, 7};
  coco_value *pairs[TILE], *fours[TILE], *eights[TILE];
  for (int i = 0; i < TILE; i += 2) {
    pairs[i] = in_quarters(loops, rows[i], rows[i + 1], low);
    pairs[i + 1] = in_quarters(loops, rows[i], rows[i + 1], high);
  }
  /* fours[4 g + j]: quarter q holds column 4 q + j of rows 4 g to 4 g + 3. */
  for (int i = 0; i < TILE; i += 4) {
    fours[i] = in_quarters(loops, pairs[i], pairs[i + 2], low_pair);
    fours[i + 1] = in_quarters(loops, pairs[i], pairs[i + 2], high_pair);
    fours[i + 2] = in_quarters(loops, pairs[i + 1], pairs[i + 3], low_pair);
    fours[i + 3] = in_quarters(loops, pairs[i + 1], pairs[i + 3], high_pair);
  }
  for (int j = 0; j < 4; ++j) {
    for (int half = 0; half < 2; ++half) {
      eights[8 * half + j] = of_quarters(loops, fours[8 * half + j], fours[8 * half + 4 + j], even);
      eights[8 * half + 4 + j] = of_quarters(loops, fours[8 * half + j], fours[8 * half + 4 + j], odd);
    }
  }
  for (int j = 0; j < 4; ++j) {
    rows[j] = of_quarters(loops, eights[j], eights[8 + j], even);
    rows[8 + j] = of_quarters(loops, eights[j], eights[8 + j], odd);
    rows[4 + j] = of_quarters(loops, eights[4 + j], eights[12 + j], even);
    rows[12 + j] = of_quarters(loops, eights[4 + j], eights[12 + j], odd);
  }
}

/* ---- Tiles ---- */

/* A tile: CHANNELS channels from block BLOCK on, COLUMNS columns from COLUMN on of one row. */
typedef struct relayout_tile {
  coco_index image, block, row, column;
  int64_t channels, columns;
} relayout_tile;

/* Physical places of column NUMBER of the blocks, and of channel NUMBER's row of the planes. */
static void place_in_blocks(const coco_view *view, const relayout_tile *tile, int64_t number, coco_index *place) {
  place[0] = tile->image;
  place[1] = tile->block;
  place[2] = coco_index_plus(tile->row, view->layout.halo[COCO_LR_TOP]);
  place[3] = coco_index_plus(tile->column, view->layout.halo[COCO_LR_LEFT] + number);
  place[4] = coco_index_of(0);
}

static void place_in_planes(coco_loops *loops, const coco_view *view, const relayout_tile *tile, int64_t number,
                            coco_index *place) {
  place[0] = tile->image;
  place[1] = coco_index_plus(coco_index_multiply(loops, tile->block, TILE), number);
  place[2] = coco_index_plus(tile->row, view->layout.halo[COCO_LR_TOP]);
  place[3] = coco_index_plus(tile->column, view->layout.halo[COCO_LR_LEFT]);
}

static void blocks_to_planes(coco_loops *loops, const relayout_tile *tile) {
  coco_value *rows[TILE];
  coco_index place[COCO_LOOPS_PHYSICAL_RANK];
  for (int64_t i = 0; i < TILE; ++i) {
    rows[i] = i ? rows[0] : NULL;
    place_in_blocks(&loops->operands[0], tile, i, place);
    if (i < tile->columns) rows[i] = coco_loops_load(loops, loops->operands[0].memory, place, 5, TILE);
  }
  coco_loops_transpose(loops, rows);
  for (int64_t i = 0; i < tile->channels; ++i) {
    place_in_planes(loops, &loops->output, tile, i, place);
    coco_loops_store(loops, resize(loops, rows[i], (size_t)tile->columns), loops->output.memory, place, 4);
  }
}

static void planes_to_blocks(coco_loops *loops, const relayout_tile *tile) {
  coco_value *rows[TILE];
  coco_index place[COCO_LOOPS_PHYSICAL_RANK];
  for (int64_t i = 0; i < TILE; ++i) {
    rows[i] = i ? rows[0] : NULL;
    if (i >= tile->channels) continue;
    place_in_planes(loops, &loops->operands[0], tile, i, place);
    coco_value *row = coco_loops_load(loops, loops->operands[0].memory, place, 4, (size_t)tile->columns);
    rows[i] = resize(loops, row, TILE);
  }
  coco_loops_transpose(loops, rows);
  for (int64_t i = 0; i < tile->columns; ++i) {
    place_in_blocks(&loops->output, tile, i, place);
    coco_loops_store(loops, rows[i], loops->output.memory, place, 5);
  }
}

static void build_tile(coco_loops *loops, const relayout_tile *tile) {
  if (loops->output.layout.block > 1)
    planes_to_blocks(loops, tile);
  else
    blocks_to_planes(loops, tile);
}

/* COUNT blocks of CHANNELS channels from block FIRST on. */
static void build_blocks(coco_loops *loops, int64_t first, int64_t count, int64_t channels) {
  const int64_t *shape = loops->output.tensor->shape;
  int64_t whole = shape[3] - shape[3] % TILE;
  if (count <= 0) return;
  coco_index indices[3];
  coco_loop parallel = coco_parallel_begin(loops, (const int64_t[]){shape[0], count, shape[2]}, 3, indices);
  relayout_tile tile = {.image = indices[0], .row = indices[2], .channels = channels, .columns = TILE};
  tile.block = coco_index_fixed(loops, coco_index_plus(indices[1], first));
  if (whole > 0) {
    coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(whole), TILE, NULL, 0);
    tile.column = loop.induction;
    build_tile(loops, &tile);
    coco_loop_end(loops, &loop, NULL);
  }
  if (whole < shape[3]) {
    tile.column = coco_index_of(whole);
    tile.columns = shape[3] - whole;
    build_tile(loops, &tile);
  }
  coco_parallel_end(loops, &parallel);
}

static bool takes_tiles(const coco_loops *loops) {
  const coco_type *type = loops->output.tensor;
  int64_t from = loops->operands[0].layout.block, to = loops->output.layout.block;
  return type->rank == 4 && coco_type_is_float(type->element) && type->element->format == COCO_F32 &&
         type->shape[3] >= LEAST_COLUMNS && type->shape[1] >= LEAST_COLUMNS &&
         ((from == TILE && to == 1) || (from == 1 && to == TILE));
}

/* ---- Points ---- */

static void copy_point(coco_loops *loops, const coco_point *point, void *user) {
  (void)user;
  coco_view_store_point(loops, &loops->output, coco_view_load_mapped(loops, &loops->operands[0], NULL, point), point);
}

void coco_loops_relayout(coco_loops *loops) {
  const coco_type *type = loops->output.tensor;
  if (coco_lr_layout_has_patches(&loops->operands[0].layout) || coco_lr_layout_has_patches(&loops->output.layout)) {
    coco_patches_relayout(loops);
    return;
  }
  if (takes_tiles(loops) && coco_type_element_count(type) > 0) {
    int64_t whole = type->shape[1] / TILE, rest = type->shape[1] % TILE;
    build_blocks(loops, 0, whole, TILE);
    if (rest) build_blocks(loops, whole, 1, rest);
  } else {
    coco_loops_over_points(loops, &loops->output, coco_loops_axis(loops), 0, copy_point, NULL);
  }
  coco_view_zero_halo(loops, &loops->output);
}
