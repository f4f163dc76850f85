/* lr.pointwise_conv against the interpreter: random shapes, strides, batches, bundles of any number of strands and of
 * filters that share one, register blocks and lanes, with empty filters, channels and groups, give the same bits as
 * loops in patches as they do by the stored form. And the stored form against the matrix that it was made of. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "dialects/lr/pointwise.h"
#include "ir/base/arithmetic.h"
#include "ir/base/buffer.h"
#include "tests/support/random_layers.h"

typedef struct pointwise_case {
  int64_t images, stride[2], input[2], output[2], patches[2];
  int64_t halo[4], made_halo[4];
  coco_lr_bundles bundles;
} pointwise_case;

static void put_image(coco_buffer *text, const pointwise_case *made, bool input, bool in_patches) {
  const int64_t *extents = input ? made->input : made->output, *halo = input ? made->halo : made->made_halo;
  coco_buffer_format(text, "tensor<%lldx%ux%lldx%lldxf32", (long long)made->images,
                     input ? made->bundles.channels : made->bundles.filters, (long long)extents[0],
                     (long long)extents[1]);
  if (in_patches) coco_buffer_text(text, ", #lr.layout<");
  if (in_patches && (halo[0] || halo[1] || halo[2] || halo[3]))
    coco_buffer_format(text, "halo = [%lld, %lld, %lld, %lld], ", (long long)halo[0], (long long)halo[1],
                       (long long)halo[2], (long long)halo[3]);
  if (in_patches)
    coco_buffer_format(text, "patches = [%lld, %lld]>", (long long)made->patches[0], (long long)made->patches[1]);
  coco_buffer_byte(text, '>');
}

static void put_relayout(coco_buffer *text, const pointwise_case *made, const char *names, bool input, bool to) {
  coco_buffer_format(text, "  %s cpu : ", names);
  put_image(text, made, input, !to);
  coco_buffer_text(text, " to ");
  put_image(text, made, input, to);
  coco_buffer_byte(text, '\n');
}

static void put_numbers(coco_buffer *text, const char *name, const uint32_t *numbers, size_t count, const char *shape) {
  coco_buffer_format(text, "  %%%s = \"graph.constant\"() <{value = dense<", name);
  if (count) coco_buffer_text(text, "\"0x");
  for (size_t i = 0; i < count; ++i) coco_buffer_format(text, "%02X%02X", numbers[i] & 255, numbers[i] >> 8);
  coco_buffer_format(text, "%s> : tensor<%sxui16>}> : () -> tensor<%sxui16>\n", count ? "\"" : "", shape, shape);
}

/* Any form that is right, also one that nobody would make. */
static void choose_form(random_source *chance, coco_arena *arena, coco_lr_bundles *made) {
  *made = (coco_lr_bundles){.filters = (uint32_t)between(chance, 1, 11),
                            .channels = (uint32_t)between(chance, 1, 9),
                            .strands = (uint32_t)between(chance, 1, 5),
                            .share = (uint32_t)between(chance, 1, 3),
                            .phases = (uint32_t)between(chance, 1, 2)};
  made->groups = (uint32_t)between(chance, 1, made->channels > 3 ? 3 : made->channels);
  const uint32_t rows = made->groups * coco_lr_bundle_count(made) * made->phases;
  made->order = coco_arena_allocate(arena, made->groups * made->filters * sizeof *made->order);
  made->offset = coco_arena_allocate_zeroed(arena, rows + 1, sizeof *made->offset);
  const bool empty = between(chance, 1, 12) == 1;
  for (uint32_t row = 0; row < rows; ++row)
    made->offset[row + 1] = made->offset[row] + (empty ? 0 : (uint32_t)between(chance, 0, 4));
  made->steps = made->offset[rows];
  made->index = coco_arena_allocate(arena, (made->steps * made->strands + 1) * sizeof *made->index);
  for (uint32_t i = 0; i < made->steps * made->strands; ++i)
    made->index[i] = (uint32_t)between(chance, 0, made->channels - 1);
  for (uint32_t row = 0; made->phases > 1 && row < rows; row += 2)
    for (uint32_t step = made->offset[row]; step < made->offset[row + 1]; ++step)
      for (uint32_t s = 1; s < made->strands; s += 2)
        made->index[step * made->strands + s] = made->index[step * made->strands + s - 1];
  for (uint32_t g = 0; g < made->groups; ++g) {
    uint32_t *order = made->order + g * made->filters;
    for (uint32_t i = 0; i < made->filters; ++i) order[i] = i;
    for (uint32_t i = made->filters; i-- > 1;) {
      const uint32_t other = (uint32_t)between(chance, 0, i), moved = order[i];
      order[i] = order[other], order[other] = moved;
    }
  }
}

static void put_form(coco_buffer *text, const coco_lr_bundles *form) {
  const uint32_t rows = form->groups * coco_lr_bundle_count(form) * form->phases;
  char shape[64];
  snprintf(shape, sizeof shape, "%ux%u", form->groups, form->filters);
  put_numbers(text, "order", form->order, form->groups * form->filters, shape);
  snprintf(shape, sizeof shape, "%u", rows + 1);
  put_numbers(text, "offset", form->offset, rows + 1, shape);
  snprintf(shape, sizeof shape, "%ux%u", form->steps, form->strands);
  put_numbers(text, "index", form->index, form->steps * form->strands, shape);
}

static void put_operation(random_source *chance, coco_buffer *text, const pointwise_case *made) {
  const coco_lr_bundles *form = &made->bundles;
  const uint32_t rows = form->groups * coco_lr_bundle_count(form) * form->phases;
  coco_buffer_format(text,
                     "  %%out = \"lr.pointwise_conv\"(%%in, %%order, %%offset, %%index, %%w, %%b, %%other) <{device = "
                     "\"cpu\", info = #lr.window<kernel = [1, 1], strides = [%lld, %lld], pads = [0, 0, 0, 0], "
                     "dilations = [1, 1]>, filters = %u : i64, share = %u : i64",
                     (long long)made->stride[0], (long long)made->stride[1], form->filters, form->share);
  if (toss(chance))
    coco_buffer_format(
        text, ", tuning = #lr.tuning<columns = %lld, unroll = %lld, pieces = %lld, rows = %lld, lanes = %lld>",
        (long long)between(chance, 1, 4), (long long)(toss(chance) ? 4 : 1), (long long)between(chance, 1, 3),
        (long long)between(chance, 1, 4), (long long)(4 << between(chance, 0, 2)));
  coco_buffer_text(text,
                   ", maps = [affine_map<(d0, d1, d2, d3) -> (d1)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, "
                   "d3)>]}> ({\n  ^bb0(%a: f32, %e: f32, %f: f32):\n    %biased = arith.addf %a, %e : f32\n"
                   "    %last = arith.addf %biased, %f : f32\n    lr.yield %last : f32\n  }) : (");
  put_image(text, made, true, true);
  coco_buffer_format(text,
                     ", tensor<%ux%uxui16>, tensor<%uxui16>, tensor<%ux%uxui16>, tensor<%ux%uxf32>, tensor<%uxf32>, ",
                     form->groups, form->filters, rows + 1, form->steps, form->strands, form->steps,
                     coco_lr_bundle_filters(form), form->filters);
  put_image(text, made, false, true);
  coco_buffer_text(text, ") -> ");
  put_image(text, made, false, true);
  coco_buffer_byte(text, '\n');
}

static void choose_images(random_source *chance, pointwise_case *made) {
  static const int64_t grids[][2] = {{2, 8}, {4, 4}, {8, 2}, {1, 16}, {16, 1}};
  memcpy(made->patches, grids[between(chance, 0, 4)], sizeof made->patches);
  made->images = between(chance, 1, 2);
  for (size_t axis = 0; axis < 2; ++axis) {
    const int64_t patch = between(chance, 1, 5), whole = patch * made->patches[axis];
    made->stride[axis] = between(chance, 1, 2);
    const bool cut_short = made->patches[axis] > 1 && patch > 1 && made->stride[axis] == 1 && toss(chance);
    made->output[axis] = whole - cut_short;
    made->input[axis] = made->output[axis] * made->stride[axis];
    for (size_t side = 0; side < 2; ++side) {
      made->halo[axis + 2 * side] = between(chance, 0, 1);
      made->made_halo[axis + 2 * side] = between(chance, 0, 1);
    }
  }
}

static void one_case(uint64_t seed) {
  random_source chance = {seed};
  pointwise_case made = {.images = 1};
  coco_arena arena = {.allocator = &coco_heap};
  coco_buffer text = COCO_BUFFER(&coco_heap);
  choose_images(&chance, &made);
  choose_form(&chance, &arena, &made.bundles);
  coco_buffer_text(&text, "func.func @main(%x: ");
  put_image(&text, &made, true, false);
  coco_buffer_format(&text, ", %%w: tensor<%ux%uxf32>, %%b: tensor<%uxf32>, %%r: ", made.bundles.steps,
                     coco_lr_bundle_filters(&made.bundles), made.bundles.filters);
  put_image(&text, &made, false, false);
  coco_buffer_text(&text, ") -> ");
  put_image(&text, &made, false, false);
  coco_buffer_text(&text, " {\n");
  put_form(&text, &made.bundles);
  put_relayout(&text, &made, "%in = lr.relayout %x", true, true);
  put_relayout(&text, &made, "%other = lr.relayout %r", false, true);
  put_operation(&chance, &text, &made);
  put_relayout(&text, &made, "%y = lr.relayout %out", false, false);
  coco_buffer_text(&text, "  func.return %y : ");
  put_image(&text, &made, false, false);
  coco_buffer_text(&text, "\n}\n");
  coco_buffer_byte(&text, 0);
  cr_assert_eq(text.status, COCO_OK);
  test_layers_agree(&chance, text.data);
  coco_buffer_free(&text);
  coco_arena_destroy(&arena);
}

Test(loops_pointwise, random_layers_agree) {
  for (uint64_t seed = 1; seed <= 60; ++seed) one_case(seed);
}

/* ---- The stored form ---- */

typedef struct matrix {
  uint32_t filters, channels, group; /* channels: of one group */
  float *dense;                      /* [filters][channels] */
} matrix;

/* Filters in runs of ALIKE have the same channels. */
static matrix random_matrix(random_source *chance, coco_arena *arena, uint32_t alike) {
  matrix made = {.group = toss(chance) ? 1 : (uint32_t)between(chance, 2, 3),
                 .channels = (uint32_t)between(chance, 1, 200)};
  made.filters = made.group * (uint32_t)between(chance, 1, 17);
  made.dense = coco_arena_allocate_zeroed(arena, (size_t)made.filters * made.channels, sizeof *made.dense);
  const int64_t density = between(chance, 0, 10);
  for (uint32_t f = 0; f < made.filters; ++f)
    for (uint32_t c = 0; c < made.channels; ++c) {
      float *at = &made.dense[(size_t)f * made.channels + c];
      const bool keeps = f % alike ? at[-(ptrdiff_t)made.channels] != 0 : between(chance, 1, 10) <= density;
      *at = keeps ? (float)between(chance, 1, 2000) / 1024.0f : 0.0f;
    }
  return made;
}

static coco_lr_bundles bundles_of(random_source *chance, coco_arena *arena, const matrix *of) {
  static const uint64_t one = 1;
  const coco_fkw_shape shape = {.set = {.masks = &one, .count = 1, .positions = 1, .entries = 1},
                                .filters = of->filters,
                                .channels = of->channels,
                                .group = of->group,
                                .span = (uint32_t)between(chance, 1, of->channels)};
  const coco_fkw_order order = {.by_length = toss(chance), .by_similarity = toss(chance)};
  coco_fkw fkw;
  coco_lr_bundles made;
  bool fits = false;
  cr_assert_eq(coco_fkw_from_dense(&shape, of->dense, &order, arena, &fkw, &fits), COCO_OK);
  cr_assert(fits);
  cr_assert_eq(coco_lr_bundles_from_fkw(&fkw, between(chance, 0, 200), arena, &made), COCO_OK);
  return made;
}

Test(loops_pointwise, bundles_are_the_matrix) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    random_source chance = {seed};
    coco_arena arena = {.allocator = &coco_heap};
    const matrix of = random_matrix(&chance, &arena, 1);
    const coco_lr_bundles made = bundles_of(&chance, &arena, &of);
    const uint32_t columns = of.channels * of.group;
    float *dense = coco_arena_allocate(&arena, (size_t)of.filters * columns * sizeof *dense);
    cr_assert_eq(made.channels, columns);
    coco_lr_bundles_to_dense(&made, dense);
    for (uint32_t f = 0; f < of.filters; ++f)
      for (uint32_t c = 0; c < columns; ++c) {
        const uint32_t first = f / (of.filters / of.group) * of.channels;
        const bool inside = c >= first && c < first + of.channels;
        const float wanted = inside ? of.dense[(size_t)f * of.channels + c - first] : 0;
        cr_assert_eq(dense[(size_t)f * columns + c], wanted, "seed %llu", (unsigned long long)seed);
      }
    coco_arena_destroy(&arena);
  }
}

/* As many steps as channels are kept, none in vain; four filters each. */
Test(loops_pointwise, filters_that_are_alike_share) {
  random_source chance = {7};
  coco_arena arena = {.allocator = &coco_heap};
  matrix of = {.filters = 16, .channels = 100, .group = 1};
  of.dense = coco_arena_allocate_zeroed(&arena, (size_t)of.filters * of.channels, sizeof *of.dense);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < of.filters * of.channels; ++i) {
    const uint32_t f = i / of.channels, c = i % of.channels;
    of.dense[i] = (f % 4 * 7 + c * 5) % 11 < 3 ? 1.5f : 0.0f; /* filters 0, 4, 8, 12 are alike, and so on */
    kept += of.dense[i] != 0;
  }
  const coco_lr_bundles made = bundles_of(&chance, &arena, &of);
  cr_assert_eq(made.share, 4);
  cr_assert_eq(made.strands, 1);
  cr_assert_eq(made.steps * 4, kept);
  coco_arena_destroy(&arena);
}

/* Of channels chosen at random pairs have many in common, and few steps are in vain. */
Test(loops_pointwise, filters_stand_in_pairs) {
  random_source chance = {7};
  coco_arena arena = {.allocator = &coco_heap};
  matrix of = {.filters = 127, .channels = 256, .group = 1};
  of.dense = coco_arena_allocate_zeroed(&arena, (size_t)of.filters * of.channels, sizeof *of.dense);
  uint32_t kept = 0, paired = 0;
  for (uint32_t i = 0; i < of.filters * of.channels; ++i) {
    of.dense[i] = between(&chance, 1, 18) <= 5 ? 1.5f : 0.0f;
    kept += of.dense[i] != 0;
  }
  const coco_lr_bundles made = bundles_of(&chance, &arena, &of);
  cr_assert_eq(made.share, 1);
  cr_assert_eq(made.phases, 2);
  for (uint32_t row = 0; row < made.groups * coco_lr_bundle_count(&made); ++row)
    paired += made.offset[2 * row + 1] - made.offset[2 * row];
  cr_assert_lt(made.steps * 4, kept * 1.03);
  cr_assert_gt(paired, made.steps * 0.35);
  coco_arena_destroy(&arena);
}
