/* lr.chain against the interpreter: random windows, channels, borders, register blocks, strips and pieces give the same
 * bits as loops as the layers do one after the other. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "ir/base/buffer.h"
#include "tests/support/random_layers.h"

typedef struct chain_window {
  int64_t kernel[2], strides[2], pads[4], dilations[2];
} chain_window;

typedef struct chain_shape {
  int64_t c, h, w, block, halo[4];
} chain_shape;

typedef struct chain_layer {
  const char *storage;
  chain_window window;
  chain_shape in, out;
  int64_t group;
  int64_t bias; /* its length; 0: none */
  bool residual;
  char weight[100];
} chain_layer;

static void put_type(coco_buffer *text, int64_t images, const chain_shape *shape) {
  const int64_t *halo = shape->halo;
  coco_buffer_format(text, "tensor<%lldx%lldx%lldx%lldxf32", (long long)images, (long long)shape->c,
                     (long long)shape->h, (long long)shape->w);
  bool border = halo[0] || halo[1] || halo[2] || halo[3];
  if (shape->block > 1 || border) coco_buffer_text(text, ", #lr.layout<");
  if (shape->block > 1) coco_buffer_format(text, "block = %lld%s", (long long)shape->block, border ? ", " : "");
  if (border)
    coco_buffer_format(text, "halo = [%lld, %lld, %lld, %lld]", (long long)halo[0], (long long)halo[1],
                       (long long)halo[2], (long long)halo[3]);
  coco_buffer_text(text, shape->block > 1 || border ? ">>" : ">");
}

static chain_window random_window(random_source *chance) {
  chain_window window;
  for (size_t i = 0; i < 2; ++i) {
    window.kernel[i] = between(chance, 1, 4);
    window.strides[i] = between(chance, 1, 3);
    window.dilations[i] = between(chance, 1, 4) == 1 ? 2 : 1;
    window.pads[i] = between(chance, 0, window.kernel[i] - 1);
    window.pads[2 + i] = between(chance, 0, window.kernel[i] - 1);
  }
  return window;
}

static const chain_window pointwise = {{1, 1}, {1, 1}, {0}, {1, 1}};

static int64_t outputs(const chain_window *window, size_t axis, int64_t input) {
  int64_t room =
      input + window->pads[axis] + window->pads[2 + axis] - window->dilations[axis] * (window->kernel[axis] - 1) - 1;
  return room < 0 ? 0 : room / window->strides[axis] + 1;
}

/* The border that a direct convolution needs, and a little more. */
static void add_halo(random_source *chance, chain_layer *layer) {
  const chain_window *window = &layer->window;
  for (size_t i = 0; i < 2; ++i) {
    int64_t in = i ? layer->in.w : layer->in.h, out = i ? layer->out.w : layer->out.h;
    int64_t beyond =
        (out - 1) * window->strides[i] - window->pads[i] + (window->kernel[i] - 1) * window->dilations[i] - in + 1;
    layer->in.halo[i] = window->pads[i] + between(chance, 0, 1);
    layer->in.halo[2 + i] = (beyond > 0 ? beyond : 0) + between(chance, 0, 1);
  }
}

static void put_tuning(random_source *chance, coco_buffer *text, bool of_chain) {
  if (between(chance, 0, 3) == 0) return;
  coco_buffer_format(text, ", tuning = #lr.tuning<%s = %lld, filters = %lld", of_chain ? "rows" : "columns",
                     (long long)between(chance, 1, of_chain ? 4 : 8), (long long)between(chance, 1, of_chain ? 5 : 3));
  if (of_chain && toss(chance)) coco_buffer_format(text, ", pieces = %lld", (long long)between(chance, 1, 7));
  coco_buffer_text(text, ">");
}

static void put_list(coco_buffer *text, const char *name, const int64_t *numbers, size_t count) {
  coco_buffer_format(text, "%s = [", name);
  for (size_t i = 0; i < count; ++i) coco_buffer_format(text, "%s%lld", i ? ", " : "", (long long)numbers[i]);
  coco_buffer_text(text, "]");
}

/* "%yI = lr.conv(IN, %wI, %bI, %r)" with names of the region's. */
static void put_layer(random_source *chance, coco_buffer *text, int64_t images, const chain_layer *layer, int number,
                      const char *in) {
  coco_buffer_format(text, "    %%y%d = \"lr.conv\"(%s, %%iw%d", number, in, number);
  if (layer->bias) coco_buffer_format(text, ", %%ib%d", number);
  coco_buffer_format(text, "%s) <{device = \"cpu\", storage = \"%s\", filters = %lld : i64, info = #lr.window<",
                     layer->residual ? ", %ir" : "", layer->storage, (long long)layer->out.c);
  put_list(text, "kernel", layer->window.kernel, 2);
  put_list(text, ", strides", layer->window.strides, 2);
  put_list(text, ", pads", layer->window.pads, 4);
  put_list(text, ", dilations", layer->window.dilations, 2);
  if (layer->group > 1) coco_buffer_format(text, ", group = %lld", (long long)layer->group);
  coco_buffer_text(text, ">");
  put_tuning(chance, text, false);
  coco_buffer_text(text, ", maps = [");
  if (layer->bias) coco_buffer_text(text, "affine_map<(d0, d1, d2, d3) -> (d1)>");
  if (layer->residual)
    coco_buffer_format(text, "%saffine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>", layer->bias ? ", " : "");
  coco_buffer_format(text, "]}> ({\n    ^bb0(%%a: f32%s%s):\n", layer->bias ? ", %e: f32" : "",
                     layer->residual ? ", %f: f32" : "");
  coco_buffer_format(text, "      %%p = arith.addf %%a, %s : f32\n      %%q = arith.addf %%p, %s : f32\n",
                     layer->bias ? "%e" : "%a", layer->residual ? "%f" : "%a");
  coco_buffer_text(text,
                   "      %zero = arith.constant -1.0 : f32\n      %s = arith.maximumf %q, %zero : f32\n      lr.yield "
                   "%s : f32\n    }) : (");
  put_type(text, images, &layer->in);
  coco_buffer_format(text, ", %s", layer->weight);
  if (layer->bias) coco_buffer_format(text, ", tensor<%lldxf32>", (long long)layer->bias);
  if (layer->residual) {
    coco_buffer_text(text, ", ");
    put_type(text, images, &layer->out);
  }
  coco_buffer_text(text, ") -> ");
  put_type(text, images, &layer->out);
  coco_buffer_text(text, "\n");
}

static void choose_before(random_source *chance, chain_layer *layer, int64_t channels) {
  bool gemm = toss(chance);
  *layer = (chain_layer){
      .storage = gemm ? "gemm" : "direct", .window = gemm ? pointwise : random_window(chance), .group = 1};
  layer->in = (chain_shape){.c = between(chance, 1, 40),
                            .h = between(chance, 5, 14),
                            .w = between(chance, 5, 20),
                            .block = gemm || toss(chance) ? 16 : 1};
  layer->out = (chain_shape){.c = channels,
                             .h = outputs(&layer->window, 0, layer->in.h),
                             .w = outputs(&layer->window, 1, layer->in.w),
                             .block = 16};
  if (!gemm) add_halo(chance, layer);
}

static void choose_depthwise(random_source *chance, chain_layer *layer, const chain_layer *before, int64_t channels) {
  *layer = (chain_layer){.storage = "depthwise", .window = random_window(chance), .group = channels};
  layer->in = before
                  ? before->out
                  : (chain_shape){.c = channels, .h = between(chance, 3, 14), .w = between(chance, 3, 20), .block = 16};
  for (size_t i = 0; i < 4 && !before; ++i) layer->in.halo[i] = toss(chance) ? between(chance, 0, 2) : 0;
  layer->out = (chain_shape){.c = channels,
                             .h = outputs(&layer->window, 0, layer->in.h),
                             .w = outputs(&layer->window, 1, layer->in.w),
                             .block = 16};
}

static void choose_after(random_source *chance, chain_layer *layer, const chain_layer *depthwise) {
  bool gemm = toss(chance);
  *layer = (chain_layer){.storage = gemm ? "gemm" : "direct",
                         .window = pointwise,
                         .group = 1,
                         .in = depthwise->out,
                         .out = depthwise->out};
  layer->out.c = between(chance, 1, 40);
  for (size_t i = 0; i < 4 && !gemm; ++i) layer->out.halo[i] = toss(chance) ? between(chance, 0, 2) : 0;
}

/* The types of what the layers read from outside, in the order of their names; NAMES: with them. */
static void put_outside(coco_buffer *text, int64_t images, const chain_layer *layers, int count, const char *prefix,
                        bool types) {
  coco_buffer_format(text, "%%%sx", prefix);
  if (types) coco_buffer_text(text, ": "), put_type(text, images, &layers[0].in);
  for (int i = 0; i < count; ++i) {
    coco_buffer_format(text, ", %%%sw%d", prefix, i);
    if (types) coco_buffer_format(text, ": %s", layers[i].weight);
    if (layers[i].bias) coco_buffer_format(text, ", %%%sb%d", prefix, i);
    if (layers[i].bias && types) coco_buffer_format(text, ": tensor<%lldxf32>", (long long)layers[i].bias);
    if (layers[i].residual) coco_buffer_format(text, ", %%%sr", prefix);
    if (layers[i].residual && types) coco_buffer_text(text, ": "), put_type(text, images, &layers[i].out);
  }
}

static void put_only_types(coco_buffer *text, int64_t images, const chain_layer *layers, int count) {
  put_type(text, images, &layers[0].in);
  for (int i = 0; i < count; ++i) {
    coco_buffer_format(text, ", %s", layers[i].weight);
    if (layers[i].bias) coco_buffer_format(text, ", tensor<%lldxf32>", (long long)layers[i].bias);
    if (layers[i].residual) coco_buffer_text(text, ", "), put_type(text, images, &layers[i].out);
  }
}

static void put_relayout(coco_buffer *text, int64_t images, const char *to, const char *from,
                         const chain_shape *from_shape, const chain_shape *to_shape) {
  coco_buffer_format(text, "  %s = \"lr.relayout\"(%s) <{device = \"cpu\"}> : (", to, from);
  put_type(text, images, from_shape);
  coco_buffer_text(text, ") -> ");
  put_type(text, images, to_shape);
  coco_buffer_text(text, "\n");
}

static chain_shape dense(const chain_shape *shape) {
  return (chain_shape){.c = shape->c, .h = shape->h, .w = shape->w, .block = 1};
}

static void put_main(random_source *chance, coco_buffer *text, int64_t images, const chain_layer *layers, int count) {
  const chain_layer *last = &layers[count - 1];
  chain_shape in = dense(&layers[0].in), out = dense(&last->out);
  chain_layer given[3];
  memcpy(given, layers, sizeof given);
  given[0].in = in;
  given[count - 1].out = out;
  coco_buffer_text(text, "func.func @main(");
  put_outside(text, images, given, count, "", true);
  coco_buffer_text(text, ") -> ");
  put_type(text, images, &out);
  coco_buffer_text(text, " {\n");
  put_relayout(text, images, "%ox", "%x", &in, &layers[0].in);
  if (last->residual) put_relayout(text, images, "%or", "%r", &out, &last->out);
  for (int i = 0; i < count; ++i) { /* the other operands by names of their own, so that one list names all */
    coco_buffer_format(text, "  %%ow%d = \"lr.relayout\"(%%w%d) <{device = \"cpu\"}> : (%s) -> %s\n", i, i,
                       layers[i].weight, layers[i].weight);
    if (layers[i].bias)
      coco_buffer_format(
          text, "  %%ob%d = \"lr.relayout\"(%%b%d) <{device = \"cpu\"}> : (tensor<%lldxf32>) -> tensor<%lldxf32>\n", i,
          i, (long long)layers[i].bias, (long long)layers[i].bias);
  }
  coco_buffer_text(text, "  %out = \"lr.chain\"(");
  put_outside(text, images, layers, count, "o", false);
  coco_buffer_text(text, ") <{device = \"cpu\"");
  put_tuning(chance, text, true);
  coco_buffer_text(text, "}> ({\n  ^bb0(");
  put_outside(text, images, layers, count, "i", true);
  coco_buffer_text(text, "):\n");
  char from[16] = "%ix";
  for (int i = 0; i < count; ++i) {
    put_layer(chance, text, images, &layers[i], i, from);
    snprintf(from, sizeof from, "%%y%d", i);
  }
  coco_buffer_format(text, "    lr.yield %s : ", from);
  put_type(text, images, &last->out);
  coco_buffer_text(text, "\n  }) : (");
  put_only_types(text, images, layers, count);
  coco_buffer_text(text, ") -> ");
  put_type(text, images, &last->out);
  coco_buffer_text(text, "\n");
  put_relayout(text, images, "%result", "%out", &last->out, &out);
  coco_buffer_text(text, "  func.return %result : ");
  put_type(text, images, &out);
  coco_buffer_text(text, "\n}\n");
}

/* WITH: 1 a layer before, 2 one after, 3 both. False: windows that fit nowhere were drawn. */
static bool chain(random_source *chance, int with) {
  chain_layer layers[3];
  int64_t images = between(chance, 1, 2), channels = between(chance, 1, 64);
  int count = 0;
  if (with & 1) choose_before(chance, &layers[count++], channels);
  choose_depthwise(chance, &layers[count], count ? &layers[count - 1] : NULL, channels);
  ++count;
  if (with & 2) choose_after(chance, &layers[count], &layers[count - 1]), ++count;
  for (int i = 0; i < count; ++i) {
    const chain_layer *layer = &layers[i];
    if (layer->out.h < 1 || layer->out.w < 1) return false;
    const bool after = i > 0 && layer->group == 1;
    layers[i].bias = !toss(chance) ? 0 : after ? layer->out.c : (layer->out.c + 15) / 16 * 16;
    layers[i].residual = i == count - 1 && toss(chance);
    snprintf(layers[i].weight, sizeof layers[i].weight, "tensor<%lldx%lldx%lldx%lldx16xf32>",
             (long long)((layer->out.c + 15) / 16), (long long)(layer->in.c / layer->group),
             (long long)layer->window.kernel[0], (long long)layer->window.kernel[1]);
  }
  coco_buffer text = COCO_BUFFER(&coco_heap);
  put_main(chance, &text, images, layers, count);
  coco_buffer_byte(&text, 0);
  cr_assert_eq(text.status, COCO_OK);
  test_layers_agree(chance, text.data);
  coco_buffer_free(&text);
  return true;
}

/* At least COUNT chains that fit. */
static void chains(int with, int count) {
  for (uint64_t seed = 1; count > 0; ++seed) count -= chain(&(random_source){seed}, with);
}

Test(loops_chain, layers_before_and_depthwise_ones_agree) { chains(1, 24); }
Test(loops_chain, depthwise_layers_and_those_after_agree) { chains(2, 24); }
Test(loops_chain, three_layers_agree) { chains(3, 36); }

/* ---- Memory that runs out ---- */

#define POINTWISE "#lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>"
static const char network[] =
    "func.func @main(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>, %u: tensor<1x16x1x1x16xf32>, %v: "
    "tensor<1x1x3x3x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>> {\n"
    "  %0 = \"lr.conv\"(%x, %u) <{device = \"cpu\", storage = \"gemm\", info = " POINTWISE
    ", maps = [], filters = 16 : i64}> ({\n  ^bb0(%a: f32):\n    lr.yield %a : f32\n  })"
    " : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<1x16x1x1x16xf32>) -> tensor<1x16x4x4xf32, "
    "#lr.layout<block = 16>>\n"
    "  %1 = \"lr.conv\"(%0, %v) <{device = \"cpu\", storage = \"depthwise\", info = #lr.window<kernel = [3, 3], "
    "strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 16>, maps = [], filters = 16 : i64}> ({\n"
    "  ^bb0(%a: f32):\n    lr.yield %a : f32\n  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, "
    "tensor<1x1x3x3x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>\n"
    "  %2 = \"lr.conv\"(%1, %u, %x) <{device = \"cpu\", storage = \"gemm\", info = " POINTWISE
    ", maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], filters = 16 : i64}> ({\n"
    "  ^bb0(%a: f32, %e: f32):\n    %s = arith.addf %a, %e : f32\n    lr.yield %s : f32\n  }) : (tensor<1x16x4x4xf32, "
    "#lr.layout<block = 16>>, tensor<1x16x1x1x16xf32>,"
    " tensor<1x16x4x4xf32, #lr.layout<block = 16>>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>\n"
    "  func.return %2 : tensor<1x16x4x4xf32, #lr.layout<block = 16>>\n}\n";

Test(loops_chain, memory_that_runs_out_is_an_orderly_failure) {
  test_memory_runs_out(network, "builtin.module(lr-chain{chains=all},lr-to-loops)");
}
