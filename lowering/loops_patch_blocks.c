/* Blocks of a result in patches, stored together with what neighbours see of them.
 *
 * The first and last rows and columns of a patch are the halo of the patches beside it: the same vector, its lanes
 * moved by one patch. Where they are stored while the vector is still in a register, no pass over the planes follows
 * that would read them again (coco_patches_finish), maybe from another core's cache. Rows come first, and columns of all
 * rows, those of the halo too, so that corners come by themselves. Cost: code in the size of the block. */
#include "lowering/loops_common.h"

typedef struct block_writer {
  coco_loops *loops;
  const coco_view *view;
  const coco_patch_block *block;
  int64_t patch[2];
  bool streams;
} block_writer;

static const coco_lr_layout_info *layout_of(const block_writer *writer) { return &writer->view->layout; }

bool coco_patches_take_blocks(const coco_view *view, int64_t rows, int64_t columns) {
  const int64_t sizes[] = {rows, columns};
  int64_t patch[2];
  coco_lr_patch_extents(view->tensor, patch);
  for (size_t axis = 0; axis < 2; ++axis)
    if (view->tensor->shape[2 + axis] != patch[axis] * view->layout.patches[axis] && sizes[axis] < patch[axis])
      return false;
  return true;
}

/* ---- Places ---- */

static bool covers(const block_writer *writer, size_t axis) {
  return writer->block->sizes[axis] == writer->patch[axis];
}

/* Begins what is done where number I of the block along AXIS is number K of the patch; false: it never is. */
static bool begin_where(const block_writer *writer, size_t axis, int64_t i, int64_t k, coco_loop *choice) {
  coco_loops *loops = writer->loops;
  *choice = (coco_loop){0};
  if (covers(writer, axis)) return i == k;
  if (k < i || k > writer->patch[axis] - writer->block->sizes[axis] + i) return false;
  coco_value *at = coco_index_value(loops, coco_index_plus(writer->block->first[axis], i));
  coco_value *wanted = coco_index_value(loops, coco_index_of(k));
  if (loops->builder.status != COCO_OK) return false;
  *choice = coco_if_begin(loops, coco_loops_is_equal(loops, at, wanted), writer->view->tensor->element, 0);
  return true;
}

static void end_where(const block_writer *writer, coco_loop *choice) {
  if (!choice->operation) return;
  coco_if_else(writer->loops, choice, NULL);
  coco_if_end(writer->loops, choice, NULL);
}

/* At ROW and COLUMN of the patch, which may be those of the halo. */
static void put(const block_writer *writer, coco_value *vector, coco_index row, coco_index column) {
  const int64_t *halo = layout_of(writer)->halo;
  const coco_index place[] = {writer->block->plane[0], writer->block->plane[1], coco_index_plus(row, halo[COCO_LR_TOP]),
                              coco_index_plus(column, halo[COCO_LR_LEFT]), coco_index_of(0)};
  coco_loops_store_past(writer->loops, vector, writer->view->memory, place, 5, writer->streams);
}

/* ---- Vectors and their copies ---- */

/* VECTOR, number I and J of the block, with zeros in the lanes past the image; lanes along an axis that the block does
 * not cover are all inside. */
static coco_value *inside(const block_writer *writer, coco_value *vector, int64_t i, int64_t j) {
  const int64_t numbers[] = {i, j};
  int64_t lanes[COCO_LOOPS_LANES];
  bool all = true;
  for (int64_t lane = 0; lane < COCO_LOOPS_LANES; ++lane) {
    lanes[lane] = lane;
    for (size_t axis = 0; axis < 2; ++axis)
      if (covers(writer, axis) && !coco_patches_lane_is_inside(writer->view, axis, numbers[axis], lane))
        lanes[lane] = COCO_LOOPS_LANES + lane, all = false;
  }
  return all ? vector : coco_patches_pick_lanes(writer->loops, vector, lanes);
}

/* The row of the block, now at ROW of the patch or its halo, and its ends in the halos to the left and right. */
static void put_row(const block_writer *writer, coco_value *const *vectors, coco_index row) {
  const int64_t *halo = layout_of(writer)->halo, extent = writer->patch[1];
  coco_loop choice;
  for (int64_t j = 0; j < writer->block->sizes[1]; ++j) {
    put(writer, vectors[j], row, coco_index_plus(writer->block->first[1], j));
    for (int64_t k = 0; k < halo[COCO_LR_RIGHT]; ++k) {
      if (!begin_where(writer, 1, j, k, &choice)) continue;
      put(writer, coco_patches_moved(writer->loops, writer->view, vectors[j], 1, 1), row, coco_index_of(extent + k));
      end_where(writer, &choice);
    }
    for (int64_t k = extent - halo[COCO_LR_LEFT]; k < extent; ++k) {
      if (!begin_where(writer, 1, j, k, &choice)) continue;
      put(writer, coco_patches_moved(writer->loops, writer->view, vectors[j], 1, -1), row, coco_index_of(k - extent));
      end_where(writer, &choice);
    }
  }
}

/* Row I of the block, where it is row K of the patch, for the patches one STEP further. */
static void put_halo_row(const block_writer *writer, coco_value *const *vectors, int64_t i, int64_t k, int64_t step) {
  coco_loop choice;
  if (!begin_where(writer, 0, i, k, &choice)) return;
  coco_loops *loops = writer->loops;
  coco_value **moved = coco_arena_allocate(loops->scratch, (size_t)writer->block->sizes[1] * sizeof *moved);
  if (!moved) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  for (int64_t j = 0; moved && j < writer->block->sizes[1]; ++j)
    moved[j] = coco_patches_moved(loops, writer->view, vectors[j], 0, step);
  if (moved) put_row(writer, moved, coco_index_of(k + step * writer->patch[0]));
  end_where(writer, &choice);
}

void coco_patches_store_block(coco_loops *loops, const coco_view *view, const coco_patch_block *block,
                              coco_value **vectors, bool streams) {
  block_writer writer = {.loops = loops, .view = view, .block = block, .streams = streams};
  const int64_t *halo = view->layout.halo;
  coco_lr_patch_extents(view->tensor, writer.patch);
  for (int64_t i = 0; i < block->sizes[0]; ++i) {
    coco_value **row = vectors + i * block->sizes[1];
    for (int64_t j = 0; j < block->sizes[1]; ++j) row[j] = inside(&writer, row[j], i, j);
    put_row(&writer, row, coco_index_plus(block->first[0], i));
    for (int64_t k = 0; k < halo[COCO_LR_BOTTOM]; ++k) put_halo_row(&writer, row, i, k, 1);
    for (int64_t k = writer.patch[0] - halo[COCO_LR_TOP]; k < writer.patch[0]; ++k)
      put_halo_row(&writer, row, i, k, -1);
  }
}
