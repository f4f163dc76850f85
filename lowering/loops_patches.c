/* Images in patches: borders, and the way there and back.
 *
 * One vector holds the same pixel of all patches (dialects/lr/layout.h), so that what lies beside a patch is another
 * lane of the same plane. Whoever writes a plane of patches in pieces that loops_patch_blocks.c does not take ends with
 * coco_patches_finish, which makes lanes past the image zero and copies the neighbours' pixels into the halo: rows
 * first, then columns of all rows, so that corners come by themselves.
 *
 * Between patches and blocks of 16 channels, one pixel of 16 patches by 16 channels is a tile, which is transposed in
 * registers; other layouts go pixel by pixel. */
#include "dialects/arith/arith.h"
#include "dialects/lr/pattern.h"
#include "lowering/loops_common.h"

typedef struct patches {
  const coco_view *view;
  int64_t patch[2];    /* rows, columns */
  coco_index plane[2]; /* image, channel */
  bool streams;        /* halos go past the caches */
} patches;

static patches patches_of(const coco_view *view) {
  patches of = {.view = view};
  coco_lr_patch_extents(view->tensor, of.patch);
  return of;
}

/* Lanes of VECTOR by number; COCO_LOOPS_LANES and more: zero. */
coco_value *coco_patches_pick_lanes(coco_loops *loops, coco_value *vector, const int64_t *lanes) {
  if (loops->builder.status != COCO_OK) return NULL;
  coco_value *zero = coco_loops_number(loops, vector->type, 0, 0);
  return coco_loops_shuffle(loops, vector, zero, lanes, COCO_LOOPS_LANES);
}

bool coco_patches_lane_is_inside(const coco_view *view, size_t axis, int64_t number, int64_t lane) {
  const int64_t across = view->layout.patches[1];
  int64_t patch[2];
  coco_lr_patch_extents(view->tensor, patch);
  return (axis ? lane % across : lane / across) * patch[axis] + number < view->tensor->shape[2 + axis];
}

/* The lane that comes to LANE from the patch one STEP back along AXIS; zero where there is none. */
static void moved_lanes(const coco_view *view, size_t axis, int64_t step, int64_t lanes[COCO_LOOPS_LANES]) {
  const coco_lr_layout_info *layout = &view->layout;
  for (int64_t i = 0; i < COCO_LOOPS_LANES; ++i) {
    int64_t other = (axis ? i % layout->patches[1] : i / layout->patches[1]) + step;
    lanes[i] =
        other >= 0 && other < layout->patches[axis] ? i + step * (axis ? 1 : layout->patches[1]) : COCO_LOOPS_LANES + i;
  }
}

coco_value *coco_patches_moved(coco_loops *loops, const coco_view *view, coco_value *vector, size_t axis,
                               int64_t step) {
  int64_t lanes[COCO_LOOPS_LANES];
  moved_lanes(view, axis, step, lanes);
  return coco_patches_pick_lanes(loops, vector, lanes);
}

/* The vector at (ROW, COLUMN) of the physical plane, its lanes picked, is stored at (TO_ROW, TO_COLUMN). */
static void move_vector(coco_loops *loops, const patches *of, coco_index row, coco_index column, const int64_t *lanes,
                        coco_index to_row, coco_index to_column) {
  coco_index from[] = {of->plane[0], of->plane[1], row, column, coco_index_of(0)},
             to[] = {of->plane[0], of->plane[1], to_row, to_column, coco_index_of(0)};
  coco_value *vector = coco_loops_load(loops, of->view->memory, from, 5, COCO_LOOPS_LANES);
  coco_loops_store_past(loops, coco_patches_pick_lanes(loops, vector, lanes), of->view->memory, to, 5, of->streams);
}

/* ---- Lanes past the image ---- */

/* Zeros the lanes of row (AXIS 0) or column (AXIS 1) NUMBER that lie past the image, over all of the other axis. */
static void clear_line(coco_loops *loops, const patches *of, size_t axis, int64_t number) {
  const coco_lr_layout_info *layout = &of->view->layout;
  int64_t lanes[COCO_LOOPS_LANES];
  for (int64_t i = 0; i < COCO_LOOPS_LANES; ++i)
    lanes[i] = coco_patches_lane_is_inside(of->view, axis, number, i) ? i : COCO_LOOPS_LANES + i;
  coco_index fixed = coco_index_of(number + layout->halo[axis ? COCO_LR_LEFT : COCO_LR_TOP]);
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(of->patch[1 - axis]), 1, NULL, 0);
  coco_index moving = coco_index_plus(loop.induction, layout->halo[axis ? COCO_LR_TOP : COCO_LR_LEFT]);
  coco_index row = axis ? moving : fixed, column = axis ? fixed : moving;
  move_vector(loops, of, row, column, lanes, row, column);
  coco_loop_end(loops, &loop, NULL);
}

/* The last patch reaches past the image from some row on, or starts there (then other patches do too). */
static void clear_past_image(coco_loops *loops, const patches *of) {
  for (size_t axis = 0; axis < 2; ++axis) {
    int64_t extent = of->view->tensor->shape[2 + axis], last = (of->view->layout.patches[axis] - 1) * of->patch[axis];
    for (int64_t number = extent > last ? extent - last : 0; number < of->patch[axis]; ++number)
      clear_line(loops, of, axis, number);
  }
}

/* ---- Halos ---- */

/* Line HALO (from -before to -1, or from the patch's extent on) of AXIS: the neighbour's line, one patch away. */
static void fill_line(coco_loops *loops, const patches *of, size_t axis, int64_t halo) {
  const coco_lr_layout_info *layout = &of->view->layout;
  int64_t lanes[COCO_LOOPS_LANES], extent = of->patch[axis], step = halo < 0 ? -1 : 1;
  moved_lanes(of->view, axis, step, lanes);
  int64_t before = layout->halo[axis ? COCO_LR_LEFT : COCO_LR_TOP];
  coco_index to = coco_index_of(halo + before), from = coco_index_of(halo - step * extent + before);
  /* Columns are filled over the rows of the halo too. */
  int64_t begin = axis ? 0 : layout->halo[COCO_LR_LEFT],
          end = axis ? layout->halo[COCO_LR_TOP] + of->patch[0] + layout->halo[COCO_LR_BOTTOM] : begin + of->patch[1];
  coco_loop loop = coco_loop_begin(loops, coco_index_of(begin), coco_index_of(end), 1, NULL, 0);
  coco_index moving = loop.induction;
  move_vector(loops, of, axis ? moving : from, axis ? from : moving, lanes, axis ? moving : to, axis ? to : moving);
  coco_loop_end(loops, &loop, NULL);
}

static void fill_halo(coco_loops *loops, const patches *of) {
  for (size_t axis = 0; axis < 2; ++axis) {
    for (int64_t i = 1; i <= of->view->layout.halo[axis]; ++i) fill_line(loops, of, axis, -i);
    for (int64_t i = 0; i < of->view->layout.halo[2 + axis]; ++i) fill_line(loops, of, axis, of->patch[axis] + i);
  }
}

static void finish_plane(coco_loops *loops, const patches *of) {
  clear_past_image(loops, of);
  fill_halo(loops, of);
}

void coco_patches_finish(coco_loops *loops, const coco_view *view, bool streams) {
  patches of = patches_of(view);
  of.streams = streams;
  const int64_t *shape = view->tensor->shape, *halo = view->layout.halo;
  bool whole = shape[2] == of.patch[0] * view->layout.patches[0] && shape[3] == of.patch[1] * view->layout.patches[1];
  if (whole && !halo[0] && !halo[1] && !halo[2] && !halo[3]) return;
  coco_loop planes = coco_parallel_begin(loops, shape, 2, of.plane);
  finish_plane(loops, &of);
  coco_parallel_end(loops, &planes);
}

/* ---- To patches and back ---- */

/* Pixels of patch row I, row Y, patch column J, column X: lane by lane. TO_PATCHES: from OTHER into OF's plane, else
 * back. */
static void copy_pixels(coco_loops *loops, const patches *of, const coco_view *other, bool to_patches) {
  const coco_lr_layout_info *layout = &of->view->layout;
  const int64_t *shape = of->view->tensor->shape;
  coco_index zero = coco_index_of(0), patch[2], inside[2], pixel[2];
  coco_loop loop[4];
  for (size_t axis = 0; axis < 2; ++axis) {
    int64_t rows = of->patch[axis], used = coco_ceil_divide(shape[2 + axis], rows); /* patches that are not empty */
    loop[2 * axis] = coco_loop_begin(loops, zero, coco_index_of(used), 1, NULL, 0);
    patch[axis] = loop[2 * axis].induction;
    coco_index first = coco_index_fixed(loops, coco_index_multiply(loops, patch[axis], rows)),
               end = coco_index_of(rows);
    if (shape[2 + axis] % rows)
      end = coco_index_minimum(loops, end, coco_index_subtract(loops, coco_index_of(shape[2 + axis]), first));
    loop[2 * axis + 1] = coco_loop_begin(loops, zero, end, 1, NULL, 0);
    inside[axis] = loop[2 * axis + 1].induction;
    pixel[axis] = coco_index_add(loops, first, inside[axis]);
  }
  coco_index lane = coco_index_add(loops, coco_index_multiply(loops, patch[0], layout->patches[1]), patch[1]);
  coco_index physical[] = {of->plane[0], of->plane[1], coco_index_plus(inside[0], layout->halo[COCO_LR_TOP]),
                           coco_index_plus(inside[1], layout->halo[COCO_LR_LEFT]), lane};
  coco_index logical[] = {of->plane[0], of->plane[1], pixel[0], pixel[1]}, place[COCO_LOOPS_PHYSICAL_RANK];
  size_t count = coco_view_physical(loops, other, logical, place);
  if (to_patches)
    coco_loops_store(loops, coco_loops_load(loops, other->memory, place, count, 0), of->view->memory, physical, 5);
  else
    coco_loops_store(loops, coco_loops_load(loops, of->view->memory, physical, 5, 0), other->memory, place, count);
  for (size_t i = 4; i-- > 0;) coco_loop_end(loops, &loop[i], NULL);
}

static void clear_plane(coco_loops *loops, const patches *of) {
  const coco_lr_layout_info *layout = &of->view->layout;
  coco_value *none =
      coco_loops_number(loops, coco_loops_vector_type(loops, of->view->tensor->element, COCO_LOOPS_LANES), 0, 0);
  coco_loop rows = coco_loop_begin(loops, coco_index_of(0), coco_index_of(of->patch[0]), 1, NULL, 0);
  coco_loop columns = coco_loop_begin(loops, coco_index_of(0), coco_index_of(of->patch[1]), 1, NULL, 0);
  coco_index place[] = {of->plane[0], of->plane[1], coco_index_plus(rows.induction, layout->halo[COCO_LR_TOP]),
                        coco_index_plus(columns.induction, layout->halo[COCO_LR_LEFT]), coco_index_of(0)};
  coco_loops_store(loops, none, of->view->memory, place, 5);
  coco_loop_end(loops, &columns, NULL);
  coco_loop_end(loops, &rows, NULL);
}

/* ---- Tiles ---- */

/* Pixels at which the same patches reach into the image: rows [low[0], high[0]) by columns [low[1], high[1]). */
typedef struct tile_range {
  int64_t low[2], high[2];
  coco_index channel; /* the first of a block */
  int64_t channels;
} tile_range;

/* The pixel (ROW, COLUMN) of the patch of LANE; false: it lies past the image wherever in RANGE. */
static bool lane_pixel(const patches *of, const tile_range *range, int64_t lane, coco_index *row, coco_index *column) {
  const int64_t across = of->view->layout.patches[1], patch[] = {lane / across, lane % across};
  for (size_t axis = 0; axis < 2; ++axis)
    if (patch[axis] * of->patch[axis] + range->low[axis] >= of->view->tensor->shape[2 + axis]) return false;
  *row = coco_index_plus(*row, patch[0] * of->patch[0]);
  *column = coco_index_plus(*column, patch[1] * of->patch[1]);
  return true;
}

/* The tile at pixel INSIDE of all patches, TO_PATCHES or back. Lanes past the image, and channels past the last, are
 * zero. */
static void move_tile(coco_loops *loops, const patches *of, const coco_view *other, const tile_range *range,
                      const coco_index inside[2], bool to_patches) {
  const coco_lr_layout_info *layout = &of->view->layout;
  coco_value *zero =
      coco_loops_number(loops, coco_loops_vector_type(loops, of->view->tensor->element, COCO_LOOPS_LANES), 0, 0);
  coco_value *rows[COCO_LOOPS_LANES];
  for (int turn = 0; turn < 2; ++turn) {
    const bool blocks = (turn == 0) == to_patches;
    for (int64_t i = 0; i < COCO_LOOPS_LANES; ++i) {
      coco_index row = inside[0], column = inside[1], place[COCO_LOOPS_PHYSICAL_RANK];
      bool there = i < range->channels;
      if (blocks) {
        there = lane_pixel(of, range, i, &row, &column);
        coco_view_physical(loops, other, (coco_index[]){of->plane[0], range->channel, row, column}, place);
      } else {
        place[0] = of->plane[0];
        place[1] = coco_index_plus(range->channel, i);
        place[2] = coco_index_plus(row, layout->halo[COCO_LR_TOP]);
        place[3] = coco_index_plus(column, layout->halo[COCO_LR_LEFT]);
        place[4] = coco_index_of(0);
      }
      coco_value *memory = blocks ? other->memory : of->view->memory;
      if (turn == 0)
        rows[i] = there ? coco_loops_load(loops, memory, place, 5, COCO_LOOPS_LANES) : zero;
      else if (there)
        coco_loops_store(loops, rows[i], memory, place, 5);
    }
    if (loops->builder.status != COCO_OK) return;
    if (turn == 0) coco_loops_transpose(loops, rows);
  }
}

/* The ranges of one axis: the rows (or columns) that the last patch of the image has, and those that it lacks. */
static void move_ranges(coco_loops *loops, const patches *of, const coco_view *other, tile_range *range,
                        bool to_patches) {
  int64_t cut[2];
  for (size_t axis = 0; axis < 2; ++axis) {
    const int64_t rest = of->view->tensor->shape[2 + axis] % of->patch[axis];
    cut[axis] = rest ? rest : of->patch[axis];
  }
  for (int part = 0; part < 4; ++part) {
    for (size_t axis = 0; axis < 2; ++axis) {
      const bool second = part >> axis & 1;
      range->low[axis] = second ? cut[axis] : 0;
      range->high[axis] = second ? of->patch[axis] : cut[axis];
    }
    if (range->low[0] == range->high[0] || range->low[1] == range->high[1]) continue;
    coco_loop rows = coco_loop_begin(loops, coco_index_of(range->low[0]), coco_index_of(range->high[0]), 1, NULL, 0);
    coco_loop columns = coco_loop_begin(loops, coco_index_of(range->low[1]), coco_index_of(range->high[1]), 1, NULL, 0);
    move_tile(loops, of, other, range, (coco_index[]){rows.induction, columns.induction}, to_patches);
    coco_loop_end(loops, &columns, NULL);
    coco_loop_end(loops, &rows, NULL);
  }
}

/* COUNT blocks of CHANNELS channels, from block FIRST on. */
static void move_blocks(coco_loops *loops, patches *of, const coco_view *other, int64_t first, int64_t count,
                        int64_t channels, bool to_patches) {
  if (count <= 0) return;
  coco_index indices[2];
  coco_loop parallel = coco_parallel_begin(loops, (const int64_t[]){of->view->tensor->shape[0], count}, 2, indices);
  of->plane[0] = indices[0];
  coco_index block = coco_index_plus(indices[1], first);
  tile_range range = {.channel = coco_index_fixed(loops, coco_index_multiply(loops, block, COCO_LOOPS_LANES)),
                      .channels = channels};
  move_ranges(loops, of, other, &range, to_patches);
  if (to_patches) {
    coco_loop planes = coco_loop_begin(loops, coco_index_of(0), coco_index_of(channels), 1, NULL, 0);
    of->plane[1] = coco_index_fixed(loops, coco_index_add(loops, range.channel, planes.induction));
    fill_halo(loops, of);
    coco_loop_end(loops, &planes, NULL);
  }
  coco_parallel_end(loops, &parallel);
}

static bool takes_tiles(const coco_view *other) {
  const coco_type *element = other->tensor->element;
  return other->layout.block == COCO_LOOPS_LANES && !coco_lr_layout_has_patches(&other->layout) && !other->ring &&
         coco_type_is_float(element) && element->format == COCO_F32;
}

/* One by one. */
static void move_pixels(coco_loops *loops, patches *of, const coco_view *other, bool to_patches) {
  coco_loop planes = coco_parallel_begin(loops, other->tensor->shape, 2, of->plane);
  bool whole = true;
  for (size_t i = 0; i < 2; ++i)
    whole = whole && of->view->tensor->shape[2 + i] == of->patch[i] * of->view->layout.patches[i];
  if (to_patches && !whole) clear_plane(loops, of);
  copy_pixels(loops, of, other, to_patches);
  if (to_patches) fill_halo(loops, of);
  coco_parallel_end(loops, &planes);
}

void coco_patches_relayout(coco_loops *loops) {
  const coco_view *input = &loops->operands[0], *output = &loops->output;
  const bool to_patches = coco_lr_layout_has_patches(&output->layout);
  const coco_view *other = to_patches ? input : output;
  patches of = patches_of(to_patches ? output : input);
  const int64_t channels = output->tensor->shape[1], rest = channels % COCO_LOOPS_LANES;
  if (takes_tiles(other)) {
    move_blocks(loops, &of, other, 0, channels / COCO_LOOPS_LANES, COCO_LOOPS_LANES, to_patches);
    move_blocks(loops, &of, other, channels / COCO_LOOPS_LANES, rest > 0, rest, to_patches);
  } else {
    move_pixels(loops, &of, other, to_patches);
  }
  if (!to_patches) coco_view_zero_halo(loops, output);
}

/* ---- Picking pixels, and the largest of some ---- */

/* Where lines of all patches of the result along an axis come from: line n of patch i is line stride * n + base[i] of
 * patch from[i] of the input; from[i] < 0: past the image. */
typedef struct pick_range {
  int64_t from[COCO_LOOPS_LANES], base[COCO_LOOPS_LANES];
} pick_range;

typedef struct picking {
  patches to, from;
  const coco_window *window;
} picking;

/* The places of LINE for POSITION of the window. */
static void locate_line(const picking *pick, size_t axis, int64_t line, int64_t position, pick_range *out) {
  const int64_t stride = pick->window->strides[axis], extent = pick->from.patch[axis];
  for (int64_t i = 0; i < pick->to.view->layout.patches[axis]; ++i) {
    int64_t first = coco_window_index(pick->window, axis, i * pick->to.patch[axis], position),
            patch = (first + stride * line) / extent;
    bool is_there = patch < pick->from.view->layout.patches[axis];
    out->from[i] = is_there ? patch : -1;
    out->base[i] = is_there ? first - patch * extent : 0;
  }
}

/* The lines from BEGIN on whose positions, one in each of OUT, come from the same patches each. The end. */
static int64_t find_ranges(const picking *pick, size_t axis, int64_t begin, pick_range out[COCO_LR_PATCH_POOL]) {
  int64_t end = pick->to.patch[axis];
  for (int64_t i = 0; i < pick->window->kernel[axis]; ++i) {
    pick_range next = {0};
    int64_t line = begin + 1;
    out[i] = (pick_range){0};
    locate_line(pick, axis, begin, i, &out[i]);
    for (; line < end; ++line) {
      locate_line(pick, axis, line, i, &next);
      if (memcmp(next.from, out[i].from, sizeof next.from) != 0) break;
    }
    end = line;
  }
  return end;
}

/* The vectors of the input that hold one position of pixel INSIDE of all patches, their lanes brought together. */
static coco_value *picked(coco_loops *loops, const picking *pick, const pick_range *const ranges[2],
                          const coco_index inside[2]) {
  const int64_t across = pick->to.view->layout.patches[1], from_across = pick->from.view->layout.patches[1];
  const int64_t *halo = pick->from.view->layout.halo;
  bool done[COCO_LOOPS_LANES] = {false};
  coco_value *vector =
      coco_loops_number(loops, coco_loops_vector_type(loops, pick->to.view->tensor->element, COCO_LOOPS_LANES), 0, 0);
  for (int64_t i = 0; i < COCO_LOOPS_LANES; ++i) {
    const int64_t row = i / across, column = i % across;
    if (done[i] || ranges[0]->from[row] < 0 || ranges[1]->from[column] < 0) continue;
    int64_t lanes[COCO_LOOPS_LANES];
    for (int64_t j = 0; j < COCO_LOOPS_LANES; ++j) {
      const int64_t r = j / across, c = j % across;
      bool same = ranges[0]->from[r] >= 0 && ranges[1]->from[c] >= 0 && ranges[0]->base[r] == ranges[0]->base[row] &&
                  ranges[1]->base[c] == ranges[1]->base[column];
      lanes[j] = same ? COCO_LOOPS_LANES + ranges[0]->from[r] * from_across + ranges[1]->from[c] : j;
      done[j] = done[j] || same;
    }
    coco_index place[] = {pick->to.plane[0], pick->to.plane[1],
                          coco_index_plus(coco_index_multiply(loops, inside[0], pick->window->strides[0]),
                                          ranges[0]->base[row] + halo[COCO_LR_TOP]),
                          coco_index_plus(coco_index_multiply(loops, inside[1], pick->window->strides[1]),
                                          ranges[1]->base[column] + halo[COCO_LR_LEFT]),
                          coco_index_of(0)};
    coco_value *source = coco_loops_load(loops, pick->from.view->memory, place, 5, COCO_LOOPS_LANES);
    vector = coco_loops_shuffle(loops, vector, source, lanes, COCO_LOOPS_LANES);
  }
  return vector;
}

static coco_value *largest(coco_loops *loops, const picking *pick, const pick_range rows[COCO_LR_PATCH_POOL],
                           const pick_range columns[COCO_LR_PATCH_POOL], const coco_index inside[2]) {
  coco_value *value = NULL;
  for (int64_t i = 0; i < pick->window->kernel[0]; ++i) {
    for (int64_t j = 0; j < pick->window->kernel[1]; ++j) {
      coco_value *other = picked(loops, pick, (const pick_range *[]){&rows[i], &columns[j]}, inside);
      value = value ? coco_build_binary(&loops->builder, &coco_arith_maximumf, value, other) : other;
    }
  }
  return value;
}

/* Rows from BEGIN[0] to END[0], and columns likewise. */
static void pick_ranges(coco_loops *loops, const picking *pick, const pick_range rows[COCO_LR_PATCH_POOL],
                        const pick_range columns[COCO_LR_PATCH_POOL], const int64_t begin[2], const int64_t end[2]) {
  const int64_t *halo = pick->to.view->layout.halo;
  coco_loop loop[2];
  coco_index inside[2];
  for (size_t axis = 0; axis < 2; ++axis) {
    loop[axis] = coco_loop_begin(loops, coco_index_of(begin[axis]), coco_index_of(end[axis]), 1, NULL, 0);
    inside[axis] = loop[axis].induction;
  }
  coco_index place[] = {pick->to.plane[0], pick->to.plane[1], coco_index_plus(inside[0], halo[COCO_LR_TOP]),
                        coco_index_plus(inside[1], halo[COCO_LR_LEFT]), coco_index_of(0)};
  coco_loops_store(loops, largest(loops, pick, rows, columns, inside), pick->to.view->memory, place, 5);
  for (size_t axis = 2; axis-- > 0;) coco_loop_end(loops, &loop[axis], NULL);
}

/* From patches to patches, a vector at a time. Past the image the input has zeros, and so has the result. */
static void pick_vectors(coco_loops *loops, picking *pick) {
  coco_loop planes = coco_parallel_begin(loops, pick->to.view->tensor->shape, 2, pick->to.plane);
  pick_range rows[COCO_LR_PATCH_POOL], columns[COCO_LR_PATCH_POOL];
  int64_t begin[2], end[2];
  for (begin[0] = 0; begin[0] < pick->to.patch[0]; begin[0] = end[0]) {
    end[0] = find_ranges(pick, 0, begin[0], rows);
    for (begin[1] = 0; begin[1] < pick->to.patch[1]; begin[1] = end[1]) {
      end[1] = find_ranges(pick, 1, begin[1], columns);
      pick_ranges(loops, pick, rows, columns, begin, end);
    }
  }
  fill_halo(loops, &pick->to);
  coco_parallel_end(loops, &planes);
}

void coco_patches_pool(coco_loops *loops, const coco_window *window) {
  const coco_view *input = &loops->operands[0];
  picking pick = {.to = patches_of(&loops->output), .from = patches_of(input), .window = window};
  pick_vectors(loops, &pick);
}
