/* The sums of a register block in patches, which wait in the output from one group of channels to the next.
 *
 * Which group it is may be known only when the code runs: the first one begins with zeros, the last one ends with the
 * layer's epilogue. Where there is a single group nothing is asked. */
#include "lowering/loops_common.h"

static coco_value *is_group(coco_loops *loops, const coco_patch_sums *of, int64_t group) {
  coco_value *at = coco_index_value(loops, of->group), *there = coco_index_value(loops, coco_index_of(group));
  return loops->builder.status == COCO_OK ? coco_loops_is_equal(loops, at, there) : NULL;
}

void coco_patch_sums_begin(coco_loops *loops, const coco_patch_sums *of, coco_value **sums) {
  for (size_t i = 0; i < of->count; ++i) sums[i] = coco_loops_number(loops, of->vector, 0, 0);
  if (of->groups == 1) return;
  coco_loop choice = coco_if_begin(loops, is_group(loops, of, 0), of->vector, of->count);
  coco_if_else(loops, &choice, sums);
  for (size_t i = 0; i < of->count; ++i) {
    const coco_point point = of->point(of->block, i);
    sums[i] = coco_view_load_mapped(loops, &loops->output, NULL, &point);
  }
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
