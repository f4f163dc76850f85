/* Depthwise lr.conv with masks against the interpreter: random shapes, windows, runs of masks and empty blocks give the
 * same bits as loops as they do by all of their weights. */
#include <criterion/criterion.h>

#include "ir/base/buffer.h"
#include "tests/support/random_layers.h"

enum { MOST_BLOCKS = 5, LANES = 16 };

typedef struct masked_case {
  int64_t images, channels, blocks, kernel[2], stride[2], pad[4], dilation[2], input[2], output[2];
  uint64_t masks[MOST_BLOCKS];
} masked_case;

static void choose(random_source *chance, masked_case *made) {
  made->images = between(chance, 1, 2), made->blocks = between(chance, 1, MOST_BLOCKS);
  made->channels = made->blocks * LANES - (toss(chance) ? between(chance, 0, LANES - 1) : 0);
  if (made->channels < 4) made->channels = 4;
  for (size_t i = 0; i < 2; ++i) {
    made->kernel[i] = between(chance, 1, 5), made->stride[i] = between(chance, 1, 2),
    made->dilation[i] = between(chance, 1, 4) == 1 ? 2 : 1;
    const int64_t reach = (made->kernel[i] - 1) * made->dilation[i];
    made->pad[i] = between(chance, 0, reach), made->pad[2 + i] = between(chance, 0, reach);
    int64_t least = reach + 1 - made->pad[i] - made->pad[2 + i];
    made->input[i] = (least > 1 ? least : 1) + between(chance, 0, 12);
    made->output[i] = (made->input[i] + made->pad[i] + made->pad[2 + i] - reach - 1) / made->stride[i] + 1;
  }
  for (int64_t b = 0; b < made->blocks; ++b) {
    made->masks[b] = b && toss(chance) ? made->masks[b - 1] : 0;
    if (made->masks[b] || between(chance, 1, 6) == 1) continue;
    for (int64_t i = between(chance, 1, 4); i > 0; --i)
      made->masks[b] |= UINT64_C(1) << between(chance, 0, made->kernel[0] * made->kernel[1] - 1);
  }
}

static void put_image(coco_buffer *text, const masked_case *made, bool input, bool blocked) {
  const int64_t *extents = input ? made->input : made->output;
  coco_buffer_format(text, "tensor<%lldx%lldx%lldx%lldxf32%s>", (long long)made->images, (long long)made->channels,
                     (long long)extents[0], (long long)extents[1], blocked ? ", #lr.layout<block = 16>" : "");
}

/* Packed; some weights at the masks' positions are zero too. */
static void put_weight(random_source *chance, coco_buffer *text, const masked_case *made) {
  const int64_t positions = made->kernel[0] * made->kernel[1];
  coco_buffer_text(text, "  %w = arith.constant dense<\"0x");
  for (int64_t b = 0; b < made->blocks; ++b)
    for (int64_t i = 0; i < positions; ++i)
      for (int64_t lane = 0; lane < LANES; ++lane) {
        const bool used = b * LANES + lane < made->channels && made->masks[b] >> i & 1 && between(chance, 0, 3);
        const float weight = used ? (float)between(chance, -2000, 2000) / 1024.0f : 0;
        coco_buffer_hex(text, &weight, sizeof weight);
      }
  coco_buffer_format(text, "\"> : tensor<%lldx1x%lldx%lldx16xf32>\n", (long long)made->blocks,
                     (long long)made->kernel[0], (long long)made->kernel[1]);
}

static void put_convolution(random_source *chance, coco_buffer *text, const masked_case *made) {
  coco_buffer_format(text,
                     "  %%out = \"lr.conv\"(%%in, %%w, %%b) <{device = \"cpu\", storage = \"depthwise\", info = "
                     "#lr.window<kernel = [%lld, %lld], "
                     "strides = [%lld, %lld], pads = [%lld, %lld, %lld, %lld], dilations = [%lld, %lld], group = "
                     "%lld>, filters = %lld : i64, masks = array<i64: ",
                     (long long)made->kernel[0], (long long)made->kernel[1], (long long)made->stride[0],
                     (long long)made->stride[1], (long long)made->pad[0], (long long)made->pad[1],
                     (long long)made->pad[2], (long long)made->pad[3], (long long)made->dilation[0],
                     (long long)made->dilation[1], (long long)made->channels, (long long)made->channels);
  for (int64_t b = 0; b < made->blocks; ++b)
    coco_buffer_format(text, "%s%llu", b ? ", " : "", (unsigned long long)made->masks[b]);
  coco_buffer_text(text, ">");
  if (toss(chance))
    coco_buffer_format(text, ", tuning = #lr.tuning<columns = %lld, pieces = %lld>", (long long)between(chance, 1, 6),
                       (long long)between(chance, 1, 9));
  coco_buffer_text(text,
                   ", maps = [affine_map<(d0, d1, d2, d3) -> (d1)>]}> ({\n  ^bb0(%a: f32, %e: f32):\n    %s = "
                   "arith.addf %a, %e : f32\n"
                   "    lr.yield %s : f32\n  }) : (");
  put_image(text, made, true, true);
  coco_buffer_format(text, ", tensor<%lldx1x%lldx%lldx16xf32>, tensor<%lldxf32>) -> ", (long long)made->blocks,
                     (long long)made->kernel[0], (long long)made->kernel[1], (long long)made->channels);
  put_image(text, made, false, true);
  coco_buffer_text(text, "\n");
}

static void one_case(uint64_t seed) {
  random_source chance = {seed};
  masked_case made = {0};
  coco_buffer text = COCO_BUFFER(&coco_heap);
  choose(&chance, &made);
  coco_buffer_text(&text, "func.func @main(%x: ");
  put_image(&text, &made, true, false);
  coco_buffer_format(&text, ", %%b: tensor<%lldxf32>) -> ", (long long)made.channels);
  put_image(&text, &made, false, false);
  coco_buffer_text(&text, " {\n");
  put_weight(&chance, &text, &made);
  coco_buffer_text(&text, "  %in = lr.relayout %x cpu : ");
  put_image(&text, &made, true, false), coco_buffer_text(&text, " to "), put_image(&text, &made, true, true);
  coco_buffer_text(&text, "\n");
  put_convolution(&chance, &text, &made);
  coco_buffer_text(&text, "  %y = lr.relayout %out cpu : ");
  put_image(&text, &made, false, true), coco_buffer_text(&text, " to "), put_image(&text, &made, false, false);
  coco_buffer_text(&text, "\n  func.return %y : ");
  put_image(&text, &made, false, false);
  coco_buffer_text(&text, "\n}\n");
  coco_buffer_byte(&text, 0);
  cr_assert_eq(text.status, COCO_OK);
  test_layers_agree(&chance, text.data);
  coco_buffer_free(&text);
}

Test(loops_depthwise, masked_convolutions_agree) {
  for (uint64_t seed = 1; seed <= 60; ++seed) one_case(seed);
}
