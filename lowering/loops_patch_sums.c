/* The sums of a register block in patches, which wait from one group of channels to the next: in memory of the piece that
 * stays in a near cache, or in the output.
 *
 * Which group it is may be known only when the code runs: the first one begins with zeros, the last one ends with the
 * layer's epilogue. Where there is a single group nothing is asked. */
#include "lowering/loops_common.h"

static coco_value *is_group(coco_loops *loops, const coco_patch_sums *of, int64_t group) {
  coco_value *at = coco_index_value(loops, of->group), *there = coco_index_value(loops, coco_index_of(group));
  return loops->builder.status == COCO_OK ? coco_loops_is_equal(loops, at, there) : NULL;
}

static coco_index waits_at(const coco_patch_sums *of, size_t sum) {
  return coco_index_plus(of->place, (int64_t)(sum * of->point(of->block, sum).lanes));
}

static coco_value *load_waiting(coco_loops *loops, const coco_patch_sums *of, size_t sum) {
  const coco_point point = of->point(of->block, sum);
  const coco_index place = waits_at(of, sum);
  return of->waiting ? coco_loops_load(loops, of->waiting, &place, 1, point.lanes)
                     : coco_view_load_mapped(loops, &loops->output, NULL, &point);
}

void coco_patch_sums_begin(coco_loops *loops, const coco_patch_sums *of, coco_value **sums) {
  for (size_t i = 0; i < of->count; ++i) sums[i] = coco_loops_number(loops, of->vector, 0, 0);
  if (of->groups == 1) return;
  coco_loop choice = coco_if_begin(loops, is_group(loops, of, 0), of->vector, of->count);
  coco_if_else(loops, &choice, sums);
  for (size_t i = 0; i < of->count; ++i) sums[i] = load_waiting(loops, of, i);
  coco_if_end(loops, &choice, sums);
  if (loops->builder.status == COCO_OK) memcpy(sums, choice.carried, of->count * sizeof *sums);
}

static void store_finished(coco_loops *loops, const coco_patch_sums *of, coco_value *const *sums) {
  coco_value **finished = coco_arena_allocate(loops->scratch, of->count * sizeof *finished);
  if (!finished) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  for (size_t i = 0; finished && i < of->count; ++i) {
    coco_point point = of->point(of->block, i);
    point.streams = of->streams;
    finished[i] = coco_loops_finished(loops, &point, sums[i], of->first_extra);
    if (!of->whole) coco_view_store_point(loops, &loops->output, finished[i], &point);
  }
  if (of->whole && loops->builder.status == COCO_OK)
    coco_patches_store_block(loops, &loops->output, of->whole, finished, of->streams);
}

static void store(coco_loops *loops, const coco_patch_sums *of, coco_value *const *sums) {
  for (size_t i = 0; i < of->count; ++i) {
    const coco_point point = of->point(of->block, i);
    const coco_index place = waits_at(of, i);
    if (of->waiting)
      coco_loops_store(loops, sums[i], of->waiting, &place, 1);
    else
      coco_view_store_point(loops, &loops->output, sums[i], &point);
  }
}

void coco_patch_sums_end(coco_loops *loops, const coco_patch_sums *of, coco_value *const *sums) {
  if (of->groups == 1) {
    store_finished(loops, of, sums);
    return;
  }
  coco_loop choice = coco_if_begin(loops, is_group(loops, of, of->groups - 1), of->vector, 0);
  store_finished(loops, of, sums);
  coco_if_else(loops, &choice, NULL);
  store(loops, of, sums);
  coco_if_end(loops, &choice, NULL);
}
