/* lr.pattern_conv against the interpreter: random shapes, strides, dilations, pads, groups (one filter for each channel among them),
 * sets of masks, densities and blocks, with empty filters and channels, give the same bits as loops in patches as they do by the stored form. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "dialects/pattern/fkw.h"
#include "tests/support/random_layers.h"

#include "ir/base/arithmetic.h"
#include "ir/base/buffer.h"

enum { MOST_MASKS = 6, MOST_ENTRIES = 12 };

typedef struct pattern_case {
  int64_t images, channels, filters, group, span; /* channels: of one group */
  int64_t kernel[2], stride[2], pad[2], dilation[2], input[2], output[2];
  int64_t patches[2], halo[4], made_halo[4];
  uint64_t masks[MOST_MASKS];
  uint32_t mask_count, entries;
  coco_fkw_shifts shifts; /* none: masks stand where they are */
  bool blocks;            /* images become blocks of channels on their way into patches and out */
  int64_t pieces;
  char reorder[64]; /* its shape, in text */
} pattern_case;

/* Distinct masks of one number of bits. */
static void choose_masks(random_source *chance, pattern_case *made) {
  int64_t positions = made->kernel[0] * made->kernel[1];
  made->entries = (uint32_t)between(chance, 1, positions < MOST_ENTRIES ? positions : toss(chance) ? 5 : MOST_ENTRIES);
  int64_t wanted = between(chance, 1, MOST_MASKS);
  for (int64_t tries = 0; tries < 40 && made->mask_count < wanted; ++tries) {
    uint64_t mask = 0;
    while ((uint32_t)__builtin_popcountll(mask) < made->entries) mask |= UINT64_C(1) << between(chance, 0, positions - 1);
    bool known = false;
    for (uint32_t i = 0; i < made->mask_count; ++i) known = known || made->masks[i] == mask;
    if (!known) made->masks[made->mask_count++] = mask;
  }
  uint64_t corner = coco_fkw_corner(made->masks[made->mask_count - 1], (uint32_t)made->kernel[1]);
  bool known = made->mask_count == MOST_MASKS;
  for (uint32_t i = 0; i < made->mask_count; ++i) known = known || made->masks[i] == corner;
  if (!known) made->masks[made->mask_count++] = corner; /* a translation of the last */
}


/* Extents such that patches of input and result fit each other; the last patches may be cut short. */
static void choose_extent(random_source *chance, pattern_case *made, size_t axis) {
  made->kernel[axis] = between(chance, 1, toss(chance) ? 3 : 7);
  made->stride[axis] = between(chance, 1, 2);
  made->dilation[axis] = between(chance, 1, 2);
  int64_t reach = (made->kernel[axis] - 1) * made->dilation[axis], patch = between(chance, 2, 4);
  made->pad[axis] = between(chance, 0, reach < 2 ? reach : 2);
  int64_t missing = made->patches[axis] > 1 ? between(chance, 0, patch > 2 ? 1 : 0) : 0;
  made->output[axis] = patch * made->patches[axis] - missing;
  int64_t from = patch * made->stride[axis] * made->patches[axis];
  int64_t least = (made->output[axis] - 1) * made->stride[axis] + reach + 1 - 2 * made->pad[axis];
  made->input[axis] = least < 1 ? 1 : least;
  if (made->input[axis] > from) made->input[axis] = from;
}

static bool is_possible(pattern_case *made) {
  for (size_t axis = 0; axis < 2; ++axis) {
    int64_t reach = (made->kernel[axis] - 1) * made->dilation[axis];
    int64_t span = made->input[axis] + 2 * made->pad[axis] - reach - 1;
    if (span < 0 || span / made->stride[axis] + 1 != made->output[axis]) return false;
    int64_t from = coco_ceil_divide(made->input[axis], made->patches[axis]), to = coco_ceil_divide(made->output[axis], made->patches[axis]);
    if (made->patches[axis] > 1 && from != to * made->stride[axis]) return false;
    int64_t beyond = (to - 1) * made->stride[axis] - made->pad[axis] + reach - (from - 1);
    made->halo[axis] = made->pad[axis];
    made->halo[2 + axis] = beyond > 0 ? beyond : 0;
    if (made->halo[axis] > from || made->halo[2 + axis] > from) return false;
    made->made_halo[axis] = made->made_halo[2 + axis] = 1;
  }
  return true;
}

static void put_layout(coco_buffer *text, const pattern_case *made, const int64_t *halo) {
  coco_buffer_text(text, "#lr.layout<");
  if (halo[0] || halo[1] || halo[2] || halo[3])
    coco_buffer_format(text, "halo = [%lld, %lld, %lld, %lld], ", (long long)halo[0], (long long)halo[1], (long long)halo[2],
                       (long long)halo[3]);
  coco_buffer_format(text, "patches = [%lld, %lld]>", (long long)made->patches[0], (long long)made->patches[1]);
}

static void put_extents(coco_buffer *text, const pattern_case *made, bool input) {
  const int64_t *extents = input ? made->input : made->output;
  coco_buffer_format(text, "tensor<%lldx%lldx%lldx%lldxf32", (long long)made->images,
                     (long long)(input ? made->channels * made->group : made->filters), (long long)extents[0], (long long)extents[1]);
}

static void put_image(coco_buffer *text, const pattern_case *made, bool input, const int64_t *halo) {
  put_extents(text, made, input);
  if (halo) {
    coco_buffer_text(text, ", ");
    put_layout(text, made, halo);
  }
  coco_buffer_byte(text, '>');
}

static void put_numbers(coco_buffer *text, const char *name, const uint32_t *numbers, size_t count, const char *shape) {
  if (count == 0)
    coco_buffer_format(text, "  %%%s = \"graph.constant\"() <{value = dense<> : tensor<%sxui16>}> : () -> tensor<%sxui16>\n", name, shape, shape);
  if (count == 0) return;
  coco_buffer_format(text, "  %%%s = \"graph.constant\"() <{value = dense<\"0x", name);
  for (size_t i = 0; i < count; ++i) coco_buffer_format(text, "%02X%02X", numbers[i] & 255, numbers[i] >> 8);
  coco_buffer_format(text, "\"> : tensor<%sxui16>}> : () -> tensor<%sxui16>\n", shape, shape);
}

/* One body for masks that are translations, where the form can have it. */
static void share_bodies(random_source *chance, pattern_case *made, coco_arena *arena, coco_fkw *form) {
  coco_fkw shared;
  bool fits = false;
  if (toss(chance)) return;
  cr_assert_eq(coco_fkw_share(form, (uint32_t)made->kernel[1], arena, &shared, &made->shifts, &fits), COCO_OK);
  if (!fits) {
    made->shifts.count = 0;
    return;
  }
  *form = shared;
  made->mask_count = shared.shape.set.count;
  memcpy(made->masks, shared.shape.set.masks, made->mask_count * sizeof *made->masks);
}

/* Random kernels, stored. */
static void put_stored_form(random_source *chance, coco_buffer *text, pattern_case *made, coco_arena *arena, coco_fkw *out) {
  int64_t positions = made->kernel[0] * made->kernel[1], kernels = made->filters * made->channels, density = between(chance, 0, 10);
  float *dense = coco_arena_allocate_zeroed(arena, (size_t)(kernels * positions), sizeof *dense);
  for (int64_t k = 0; k < kernels; ++k) {
    if (between(chance, 1, 10) > density || k % made->filters == 1) continue;
    uint64_t mask = made->masks[between(chance, 0, made->mask_count - 1)];
    for (int64_t i = 0; i < positions; ++i)
      if (mask >> i & 1) dense[k * positions + i] = (float)between(chance, 1, 2000) / 1024.0f;
  }
  coco_fkw_shape shape = {.set = {.masks = made->masks, .count = made->mask_count, .positions = (uint32_t)positions, .entries = made->entries},
                          .filters = (uint32_t)made->filters,
                          .channels = (uint32_t)made->channels,
                          .group = (uint32_t)made->group,
                          .span = (uint32_t)made->span};
  coco_fkw_order order = {.by_length = toss(chance), .by_similarity = toss(chance)};
  bool fits = false;
  cr_assert_eq(coco_fkw_from_dense(&shape, dense, &order, arena, out, &fits), COCO_OK);
  cr_assert(fits);
  share_bodies(chance, made, arena, out);
  made->pieces = between(chance, 1, made->filters < 3 ? made->filters : 3);
  if (made->group == 1 && toss(chance)) {
    const coco_fkw form = *out;
    cr_assert_eq(coco_fkw_localize(&form, made->shifts.count > 0, (uint32_t)made->pieces, arena, out), COCO_OK);
  }
  size_t rows = (size_t)coco_ceil_divide(made->channels, made->span) * (size_t)made->filters;
  char extents[64];
  snprintf(extents, sizeof extents, "%zu", rows + 1);
  put_numbers(text, "offset", out->offset, rows + 1, extents);
  if (out->own_orders)
    snprintf(made->reorder, sizeof made->reorder, "%ux%lld", coco_fkw_channel_groups(&out->shape),
             (long long)made->filters);
  else
    snprintf(made->reorder, sizeof made->reorder, "%lld", (long long)made->filters);
  put_numbers(text, "reorder", out->reorder, coco_fkw_reorder_length(out), made->reorder);
  snprintf(extents, sizeof extents, "%u", out->kernels);
  put_numbers(text, "index", out->index, out->kernels, extents);
  snprintf(extents, sizeof extents, "%lldx%lldx%u", (long long)coco_ceil_divide(made->channels, made->span), (long long)made->filters, made->mask_count + 1);
  put_numbers(text, "runs", out->runs, rows * (made->mask_count + 1), extents);
}

static void put_operation(random_source *chance, coco_buffer *text, const pattern_case *made, const coco_fkw *fkw) {
  coco_buffer_format(text, "  %%out = \"lr.pattern_conv\"(%%in, %%offset, %%reorder, %%index, %%runs, %%w, %%b, %%other) <{device = \"cpu\", info = "
                           "#lr.window<kernel = [%lld, %lld], strides = [%lld, %lld], pads = [%lld, %lld, %lld, %lld], dilations = [%lld, %lld], group = %lld>, masks = array<i64: ",
                     (long long)made->kernel[0], (long long)made->kernel[1], (long long)made->stride[0], (long long)made->stride[1],
                     (long long)made->pad[0], (long long)made->pad[1], (long long)made->pad[0], (long long)made->pad[1],
                     (long long)made->dilation[0], (long long)made->dilation[1], (long long)made->group);
  for (uint32_t i = 0; i < made->mask_count; ++i) coco_buffer_format(text, "%s%llu", i ? ", " : "", (unsigned long long)made->masks[i]);
  coco_buffer_format(text, ">, filters = %lld : i64, span = %lld : i64", (long long)made->filters, (long long)made->span);
  for (uint32_t i = 0; i < made->shifts.count; ++i)
    coco_buffer_format(text, "%s%u, %u%s", i ? ", " : ", shifts = array<i64: ", made->shifts.rows[i], made->shifts.columns[i],
                       i + 1 == made->shifts.count ? ">" : "");
  if (toss(chance))
    coco_buffer_format(text, ", tuning = #lr.tuning<columns = %lld, unroll = %lld, pieces = %lld, rows = %lld, lanes = %lld%s>",
                       (long long)between(chance, 1, 4), (long long)(toss(chance) ? 4 : 1), (long long)made->pieces,
                       (long long)between(chance, 1, 4), (long long)(4 << between(chance, 0, 2)), toss(chance) ? ", streams = 1" : "");
  coco_buffer_text(text, ", maps = [affine_map<(d0, d1, d2, d3) -> (d1)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>]}> ({\n"
                         "  ^bb0(%a: f32, %e: f32, %f: f32):\n    %biased = arith.addf %a, %e : f32\n    %last = arith.addf %biased, %f : f32\n"
                         "    lr.yield %last : f32\n  }) : (");
  put_image(text, made, true, made->halo);
  size_t rows = (size_t)coco_ceil_divide(made->channels, made->span) * (size_t)made->filters;
  coco_buffer_format(text,
                     ", tensor<%zuxui16>, tensor<%sxui16>, tensor<%uxui16>, tensor<%lldx%lldx%uxui16>, tensor<%uxf32>, "
                     "tensor<%lldxf32>, ",
                     rows + 1, made->reorder, fkw->kernels, (long long)coco_ceil_divide(made->channels, made->span),
                     (long long)made->filters, made->mask_count + 1, fkw->kernels * made->entries,
                     (long long)made->filters);
  put_image(text, made, false, made->made_halo);
  coco_buffer_text(text, ") -> ");
  put_image(text, made, false, made->made_halo);
  coco_buffer_text(text, "\n");
}

/* Dense images become blocks of channels first, and blocks dense images, so that tiles are tested as pixels are. */
static void put_blocks(coco_buffer *text, const pattern_case *made, bool input) {
  put_extents(text, made, input);
  coco_buffer_text(text, ", #lr.layout<block = 16>>");
}

static void put_relayout(coco_buffer *text, const pattern_case *made, const char *to, const char *from, bool input, bool to_patches) {
  const int64_t *halo = input ? made->halo : made->made_halo;
  coco_buffer_format(text, "  %s%s = lr.relayout %s cpu : ", to, made->blocks ? "_blocks" : "", from);
  put_image(text, made, input, to_patches ? NULL : halo);
  coco_buffer_text(text, " to ");
  if (made->blocks) {
    put_blocks(text, made, input);
    coco_buffer_format(text, "\n  %s = lr.relayout %s_blocks cpu : ", to, to);
    put_blocks(text, made, input);
    coco_buffer_text(text, " to ");
  }
  put_image(text, made, input, to_patches ? halo : NULL);
  coco_buffer_text(text, "\n");
}

/* One group, several, or one for each channel with one or two filters. */
static void choose_groups(random_source *chance, pattern_case *made) {
  bool depthwise = between(chance, 1, 4) == 1;
  made->group = depthwise ? between(chance, 2, 9) : between(chance, 1, 4) == 1 ? between(chance, 2, 4) : 1;
  made->channels = depthwise ? 1 : between(chance, 1, 9);
  made->filters = made->group * between(chance, made->group > 1 ? 1 : 2, made->group > 1 ? 2 : 7);
}

/* False: these numbers make no convolution. */
static bool one_case(uint64_t seed) {
  static const int64_t grids[][2] = {{2, 8}, {4, 4}, {8, 2}, {1, 16}, {16, 1}};
  random_source chance = {seed};
  pattern_case made = {.images = between(&chance, 1, 2)};
  choose_groups(&chance, &made);
  made.span = between(&chance, 1, made.channels);
  memcpy(made.patches, grids[between(&chance, 0, 4)], sizeof made.patches);
  for (size_t axis = 0; axis < 2; ++axis) choose_extent(&chance, &made, axis);
  if (!is_possible(&made)) return false;
  made.blocks = seed % 2;
  choose_masks(&chance, &made);
  coco_arena arena = {.allocator = &coco_heap};
  coco_buffer text = COCO_BUFFER(&coco_heap), constants = COCO_BUFFER(&coco_heap);
  coco_fkw fkw;
  put_stored_form(&chance, &constants, &made, &arena, &fkw);
  coco_buffer_text(&text, "func.func @main(%x: ");
  put_image(&text, &made, true, NULL);
  coco_buffer_format(&text, ", %%w: tensor<%uxf32>, %%b: tensor<%lldxf32>, %%r: ", fkw.kernels * made.entries, (long long)made.filters);
  put_image(&text, &made, false, NULL);
  coco_buffer_text(&text, ") -> ");
  put_image(&text, &made, false, NULL);
  coco_buffer_text(&text, " {\n");
  coco_buffer_format(&text, "%.*s", COCO_PRINT(coco_buffer_view(&constants)));
  put_relayout(&text, &made, "%in", "%x", true, true);
  put_relayout(&text, &made, "%other", "%r", false, true);
  put_operation(&chance, &text, &made, &fkw);
  put_relayout(&text, &made, "%y", "%out", false, false);
  coco_buffer_text(&text, "  func.return %y : ");
  put_image(&text, &made, false, NULL);
  coco_buffer_text(&text, "\n}\n");
  coco_buffer_byte(&text, 0);
  cr_assert_eq(text.status, COCO_OK);
  test_layers_agree(&chance, text.data);
  coco_buffer_free(&text);
  coco_buffer_free(&constants);
  coco_arena_destroy(&arena);
  return true;
}

Test(loops_pattern, random_layers_agree) {
  int ran = 0;
  for (uint64_t seed = 1; ran < 60 && seed < 1000; ++seed) ran += one_case(seed);
  cr_assert_eq(ran, 60);
}
