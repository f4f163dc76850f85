/* lr-to-loops against the interpreter: random small layers of every kind, layout and schedule give the same bits as loops as they
 * do as lr operations. The arena holds NaNs before, so that nothing may depend on memory that was not written. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "dialects/lr/winograd.h"
#include "ir/base/buffer.h"
#include "tests/support/random_layers.h"

/* ---- Text ---- */

typedef struct shape4 {
  int64_t n, c, h, w;
  int64_t block, halo[4];
} shape4;

static shape4 dense(shape4 shape) { return (shape4){shape.n, shape.c, shape.h, shape.w, 1, {0}}; }

static void put_type(coco_buffer *text, shape4 shape) {
  bool halo = shape.halo[0] || shape.halo[1] || shape.halo[2] || shape.halo[3];
  coco_buffer_format(text, "tensor<%lldx%lldx%lldx%lldxf32", (long long)shape.n, (long long)shape.c, (long long)shape.h, (long long)shape.w);
  if (shape.block > 1 || halo) {
    coco_buffer_text(text, ", #lr.layout<");
    if (shape.block > 1) coco_buffer_format(text, "block = %lld", (long long)shape.block);
    if (shape.block > 1 && halo) coco_buffer_text(text, ", ");
    if (halo) coco_buffer_format(text, "halo = [%lld, %lld, %lld, %lld]", (long long)shape.halo[0], (long long)shape.halo[1], (long long)shape.halo[2], (long long)shape.halo[3]);
    coco_buffer_byte(text, '>');
  }
  coco_buffer_byte(text, '>');
}

/* %to = relayout %from; the result always has the type TO. */
static void put_relayout(coco_buffer *text, const char *to, const char *from, shape4 from_shape, shape4 to_shape) {
  coco_buffer_format(text, "  %s = \"lr.relayout\"(%s) <{device = \"cpu\"}> : (", to, from);
  put_type(text, from_shape);
  coco_buffer_text(text, ") -> ");
  put_type(text, to_shape);
  coco_buffer_text(text, "\n");
}

static void random_halo(random_source *chance, shape4 *shape, int64_t most) {
  for (size_t i = 0; i < 4; ++i) shape->halo[i] = toss(chance) ? between(chance, 0, most) : 0;
}

static void finish(random_source *chance, coco_buffer *text) {
  coco_buffer_byte(text, 0);
  cr_assert_eq(text->status, COCO_OK);
  test_layers_agree(chance, text->data);
  coco_buffer_free(text);
}

static const char relu[] = "    %zero = arith.constant 0.0 : f32\n    %relu = arith.maximumf %last, %zero : f32\n    lr.yield %relu : f32\n";

/* ---- Convolutions ---- */

typedef struct test_window {
  int64_t kernel[2], strides[2], pads[4], dilations[2], group;
} test_window;

static void put_window(coco_buffer *text, const test_window *window) {
  coco_buffer_format(text, "#lr.window<kernel = [%lld, %lld], strides = [%lld, %lld], pads = [%lld, %lld, %lld, %lld], dilations = [%lld, %lld]",
                     (long long)window->kernel[0], (long long)window->kernel[1], (long long)window->strides[0], (long long)window->strides[1],
                     (long long)window->pads[0], (long long)window->pads[1], (long long)window->pads[2], (long long)window->pads[3],
                     (long long)window->dilations[0], (long long)window->dilations[1]);
  if (window->group > 1) coco_buffer_format(text, ", group = %lld", (long long)window->group);
  coco_buffer_byte(text, '>');
}

static test_window random_window(random_source *chance, int64_t largest) {
  test_window window = {.group = 1};
  for (size_t i = 0; i < 2; ++i) {
    window.kernel[i] = between(chance, 1, largest);
    window.strides[i] = between(chance, 1, 2);
    window.dilations[i] = between(chance, 1, 4) == 1 ? 2 : 1;
    window.pads[i] = between(chance, 0, window.kernel[i] - 1);
    window.pads[2 + i] = between(chance, 0, window.kernel[i] - 1);
  }
  return window;
}

static int64_t extent(const test_window *window, size_t axis, int64_t input) {
  return (input + window->pads[axis] + window->pads[2 + axis] - window->dilations[axis] * (window->kernel[axis] - 1) - 1) / window->strides[axis] + 1;
}

/* Room for windows of an output extent. */
static int64_t smallest(const test_window *window, size_t axis) {
  int64_t needed = window->dilations[axis] * (window->kernel[axis] - 1) + 1 - window->pads[axis] - window->pads[2 + axis];
  return needed > 1 ? needed : 1;
}

static void put_tuning(random_source *chance, coco_buffer *text, int64_t columns, int64_t filters, bool tiles) {
  if (between(chance, 0, 3) == 0) return;
  coco_buffer_format(text, ", tuning = #lr.tuning<columns = %lld, filters = %lld", (long long)between(chance, 1, columns), (long long)between(chance, 1, filters));
  if (toss(chance)) coco_buffer_format(text, ", unroll = %lld", (long long)between(chance, 1, 9));
  if (toss(chance)) coco_buffer_format(text, ", rows = %lld", (long long)between(chance, 1, 4));
  if (toss(chance)) coco_buffer_format(text, ", channels = %lld", (long long)between(chance, 1, 3) * 8);
  if (tiles) coco_buffer_format(text, ", tiles = %lld", (long long)between(chance, 1, 9));
  if (tiles && toss(chance)) coco_buffer_format(text, ", pieces = %lld", (long long)between(chance, 1, 5));
  coco_buffer_byte(text, '>');
}

/* Inputs x, weight, bias, residual; the residual has the result's type. */
static void conv(random_source *chance, const char *storage) {
  bool gemm = strcmp(storage, "gemm") == 0, plain = strcmp(storage, "plain") == 0, depthwise = strcmp(storage, "depthwise") == 0, rows = strcmp(storage, "rows") == 0;
  bool packed = !plain && !rows;
  test_window window = random_window(chance, gemm ? 1 : between(chance, 1, 8) == 1 ? 7 : 3);
  if (gemm) window = (struct test_window){{1, 1}, {1, 1}, {0}, {1, 1}, 1};
  const coco_winograd *algorithm = coco_winograd_of_storage(coco_string_from(storage));
  if (algorithm) window = (struct test_window){{3, 3}, {1, 1}, {between(chance, 0, 2), between(chance, 0, 2), between(chance, 0, 2), between(chance, 0, 2)}, {1, 1}, 1};
  shape4 in = {.n = between(chance, 1, 2), .c = between(chance, 1, 3) == 1 ? 16 * between(chance, 2, 4) : between(chance, 1, 20), .h = smallest(&window, 0) + between(chance, 0, 5), .w = smallest(&window, 1) + between(chance, 0, 14), .block = 1};
  if (!packed) {
    window.group = between(chance, 1, 3);
    in.c = window.group * between(chance, 1, 3);
    if (toss(chance)) in.w += 16;
  }
  if (depthwise) window.group = in.c;
  shape4 out = {.n = in.n, .c = depthwise ? in.c : !packed ? window.group * between(chance, 1, 3) : between(chance, 1, 40), .h = extent(&window, 0, in.h), .w = extent(&window, 1, in.w), .block = 1};
  shape4 placed = in, made = out;
  if (!plain) {
    made.block = rows ? 1 : 16;
    placed.block = gemm || depthwise || algorithm || (packed && toss(chance)) ? 16 : 1;
    if (depthwise) {
      random_halo(chance, &made, 2);
      random_halo(chance, &placed, 2);
    } else if (!gemm) {
      random_halo(chance, &made, 2);
      for (size_t i = 0; i < 2; ++i) {
        int64_t last = (i ? out.w - 1 : out.h - 1) * window.strides[i] - window.pads[i] + (window.kernel[i] - 1) * window.dilations[i] - (i ? in.w : in.h) + 1;
        if (algorithm) { /* the last tile reaches past the result */
          int64_t outputs = i ? out.w : out.h;
          last += (outputs + algorithm->tile - 1) / algorithm->tile * algorithm->tile - outputs;
        }
        placed.halo[i] = window.pads[i] + between(chance, 0, 1);
        placed.halo[2 + i] = (last > 0 ? last : 0) + between(chance, 0, 1);
      }
    }
  }
  bool residual = toss(chance), bias = toss(chance);
  char weight[100];
  if (!packed) snprintf(weight, sizeof weight, "tensor<%lldx%lldx%lldx%lldxf32>", (long long)out.c, (long long)(in.c / window.group), (long long)window.kernel[0], (long long)window.kernel[1]);
  else if (algorithm) snprintf(weight, sizeof weight, "tensor<%lldx%lldx%lldx16xf32>", (long long)(algorithm->reach * algorithm->reach), (long long)((out.c + 15) / 16), (long long)in.c);
  else snprintf(weight, sizeof weight, "tensor<%lldx%lldx%lldx%lldx16xf32>", (long long)((out.c + 15) / 16), (long long)(in.c / window.group), (long long)window.kernel[0], (long long)window.kernel[1]);
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_buffer_text(&text, "func.func @main(%x: ");
  put_type(&text, in);
  coco_buffer_format(&text, ", %%w: %s, %%b: tensor<%lldxf32>, %%r: ", weight, (long long)out.c);
  put_type(&text, out);
  coco_buffer_text(&text, ") -> ");
  put_type(&text, out);
  coco_buffer_text(&text, " {\n");
  put_relayout(&text, "%in", "%x", in, placed);
  put_relayout(&text, "%other", "%r", out, made);
  coco_buffer_format(&text, "  %%out = \"lr.conv\"(%%in, %%w%s%s) <{device = \"cpu\", storage = \"%s\", info = ", bias ? ", %b" : "", residual ? ", %other" : "", storage);
  put_window(&text, &window);
  if (packed) coco_buffer_format(&text, ", filters = %lld : i64", (long long)out.c);
  put_tuning(chance, &text, 8, 3, algorithm != NULL);
  coco_buffer_text(&text, ", maps = [");
  if (bias) coco_buffer_text(&text, "affine_map<(d0, d1, d2, d3) -> (d1)>");
  if (residual) coco_buffer_format(&text, "%saffine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>", bias ? ", " : "");
  coco_buffer_format(&text, "]}> ({\n  ^bb0(%%a: f32%s%s):\n", bias ? ", %e: f32" : "", residual ? ", %f: f32" : "");
  coco_buffer_format(&text, "    %%biased = arith.addf %%a, %s : f32\n    %%last = arith.addf %%biased, %s : f32\n%s", bias ? "%e" : "%a", residual ? "%f" : "%a", relu);
  coco_buffer_text(&text, "  }) : (");
  put_type(&text, placed);
  coco_buffer_format(&text, ", %s", weight);
  if (bias) coco_buffer_format(&text, ", tensor<%lldxf32>", (long long)out.c);
  if (residual) {
    coco_buffer_text(&text, ", ");
    put_type(&text, made);
  }
  coco_buffer_text(&text, ") -> ");
  put_type(&text, made);
  coco_buffer_text(&text, "\n");
  put_relayout(&text, "%result", "%out", made, out);
  coco_buffer_text(&text, "  func.return %result : ");
  put_type(&text, out);
  coco_buffer_text(&text, "\n}\n");
  finish(chance, &text);
}

Test(loops, direct_convolutions_agree) {
  for (uint64_t seed = 1; seed <= 40; ++seed) conv(&(random_source){seed}, "direct");
}
Test(loops, depthwise_convolutions_agree) {
  for (uint64_t seed = 1; seed <= 40; ++seed) conv(&(random_source){seed}, "depthwise");
}
Test(loops, winograd_convolutions_agree) {
  for (uint64_t seed = 1; seed <= 24; ++seed) {
    conv(&(random_source){seed}, "winograd2");
    conv(&(random_source){seed}, "winograd4");
    conv(&(random_source){seed}, "winograd6");
  }
}
Test(loops, convolutions_over_planes_agree) {
  for (uint64_t seed = 1; seed <= 40; ++seed) conv(&(random_source){seed}, "rows");
}
Test(loops, convolutions_over_joined_pixels_agree) {
  for (uint64_t seed = 1; seed <= 12; ++seed) conv(&(random_source){seed}, "gemm");
}
Test(loops, plain_convolutions_agree) {
  for (uint64_t seed = 1; seed <= 20; ++seed) conv(&(random_source){seed}, "plain");
}

/* ---- Pooling ---- */

static void pool(random_source *chance) {
  test_window window = random_window(chance, 3);
  for (size_t i = 0; i < 2; ++i) {
    if (toss(chance)) window.pads[i] = window.pads[2 + i] = 0;
  }
  shape4 in = {.n = between(chance, 1, 2), .c = between(chance, 1, 36), .h = smallest(&window, 0) + between(chance, 0, 6), .w = smallest(&window, 1) + between(chance, 0, 20), .block = 1};
  shape4 out = {.n = in.n, .c = in.c, .h = extent(&window, 0, in.h), .w = extent(&window, 1, in.w), .block = 1};
  bool blocked = toss(chance);
  shape4 placed = in, made = out;
  placed.block = made.block = blocked ? 16 : 1;
  random_halo(chance, &placed, 2);
  random_halo(chance, &made, 2);
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_buffer_text(&text, "func.func @main(%x: ");
  put_type(&text, in);
  coco_buffer_text(&text, ") -> ");
  put_type(&text, out);
  coco_buffer_text(&text, " {\n");
  put_relayout(&text, "%in", "%x", in, placed);
  coco_buffer_format(&text, "  %%out = \"lr.window\"(%%in) <{device = \"cpu\", kind = \"%s\", count_include_pad = %s, ceil_mode = false, maps = [], info = ", toss(chance) ? "max" : "average", toss(chance) ? "true" : "false");
  put_window(&text, &window);
  coco_buffer_format(&text, "}> ({\n  ^bb0(%%last: f32):\n%s  }) : (", relu);
  put_type(&text, placed);
  coco_buffer_text(&text, ") -> ");
  put_type(&text, made);
  coco_buffer_text(&text, "\n");
  put_relayout(&text, "%result", "%out", made, out);
  coco_buffer_text(&text, "  func.return %result : ");
  put_type(&text, out);
  coco_buffer_text(&text, "\n}\n");
  finish(chance, &text);
}

Test(loops, windows_agree) {
  for (uint64_t seed = 1; seed <= 30; ++seed) pool(&(random_source){seed});
}

/* ---- Layouts and maps ---- */

static void relayout(random_source *chance) {
  shape4 shape = {.n = between(chance, 1, 2), .c = between(chance, 1, 40), .h = between(chance, 1, 5), .w = between(chance, 1, 20), .block = 1};
  shape4 first = shape, second = shape;
  static const int64_t blocks[] = {1, 4, 16};
  first.block = blocks[between(chance, 0, 2)];
  second.block = blocks[between(chance, 0, 2)];
  random_halo(chance, &first, 3);
  random_halo(chance, &second, 3);
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_buffer_text(&text, "func.func @main(%x: ");
  put_type(&text, shape);
  coco_buffer_text(&text, ") -> ");
  put_type(&text, shape);
  coco_buffer_text(&text, " {\n");
  put_relayout(&text, "%first", "%x", shape, first);
  put_relayout(&text, "%second", "%first", first, second);
  put_relayout(&text, "%third", "%second", second, shape);
  coco_buffer_text(&text, "  func.return %third : ");
  put_type(&text, shape);
  coco_buffer_text(&text, "\n}\n");
  finish(chance, &text);
}

Test(loops, changes_of_layout_agree) {
  for (uint64_t seed = 1; seed <= 20; ++seed) relayout(&(random_source){seed});
}

/* A chain of maps on one layout: some in place, some with broadcast operands. */
static void maps(random_source *chance) {
  shape4 shape = {.n = between(chance, 1, 2), .c = between(chance, 1, 40), .h = between(chance, 1, 5), .w = between(chance, 1, 40), .block = 1}, placed = shape;
  placed.block = toss(chance) ? 16 : 1;
  if (toss(chance)) random_halo(chance, &placed, 2);
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_buffer_text(&text, "#same = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>\nfunc.func @main(%x: ");
  put_type(&text, shape);
  coco_buffer_format(&text, ", %%c: tensor<%lldxf32>, %%w: tensor<%lldxf32>, %%s: tensor<f32>) -> ", (long long)shape.c, (long long)shape.w);
  put_type(&text, shape);
  coco_buffer_text(&text, " {\n");
  put_relayout(&text, "%0", "%x", shape, placed);
  int64_t count = between(chance, 1, 4);
  for (int64_t i = 1; i <= count; ++i) {
    static const char *const names[] = {"%c", "%w", "%s"};
    static const char *const results[] = {"d1", "d3", ""};
    int64_t kind = between(chance, 0, 3);
    char other[16], other_type[64], map[64];
    if (kind == 3) {
      snprintf(other, sizeof other, "%%%lld", (long long)(i > 1 && toss(chance) ? i - 2 : i - 1));
      snprintf(map, sizeof map, "#same");
    } else {
      snprintf(other, sizeof other, "%s", names[kind]);
      snprintf(map, sizeof map, "affine_map<(d0, d1, d2, d3) -> (%s)>", results[kind]);
    }
    if (kind == 2) snprintf(other_type, sizeof other_type, "tensor<f32>");
    else snprintf(other_type, sizeof other_type, "tensor<%lldxf32>", (long long)(kind == 0 ? shape.c : shape.w));
    coco_buffer_format(&text, "  %%%lld = \"lr.map\"(%%%lld, %s) <{device = \"cpu\", shape = array<i64: %lld, %lld, %lld, %lld>, maps = [#same, %s]}> ({\n  ^bb0(%%a: f32, %%b: f32):\n",
                       (long long)i, (long long)(i - 1), other, (long long)shape.n, (long long)shape.c, (long long)shape.h, (long long)shape.w, map);
    coco_buffer_format(&text, "    %%p = arith.mulf %%a, %%b : f32\n    %%last = arith.subf %%p, %%a : f32\n%s  }) : (", toss(chance) ? relu : "    lr.yield %last : f32\n");
    put_type(&text, placed);
    coco_buffer_text(&text, ", ");
    if (kind == 3) put_type(&text, placed);
    else coco_buffer_text(&text, other_type);
    coco_buffer_text(&text, ") -> ");
    put_type(&text, placed);
    coco_buffer_text(&text, "\n");
  }
  char last[16];
  snprintf(last, sizeof last, "%%%lld", (long long)count);
  put_relayout(&text, "%result", last, placed, shape);
  coco_buffer_text(&text, "  func.return %result : ");
  put_type(&text, dense(shape));
  coco_buffer_text(&text, "\n}\n");
  finish(chance, &text);
}

Test(loops, chains_of_maps_agree) {
  for (uint64_t seed = 1; seed <= 40; ++seed) maps(&(random_source){seed});
}

Test(loops, maps_of_other_elements_and_index_maps_agree) {
  test_layers_agree(&(random_source){7},
        "func.func @main(%x: tensor<3x20xf32>, %y: tensor<20x3xf32>) -> (tensor<3x20xi1>, tensor<3x20xf32>, tensor<60xf32>) {\n"
        "  %0 = \"lr.map\"(%x, %y) <{device = \"cpu\", shape = array<i64: 3, 20>, maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1, d0)>]}> ({\n"
        "  ^bb0(%a: f32, %b: f32):\n    %c = arith.cmpf olt, %a, %b : f32\n    lr.yield %c : i1\n  }) : (tensor<3x20xf32>, tensor<20x3xf32>) -> tensor<3x20xi1>\n"
        "  %1 = \"lr.map\"(%0, %y) <{device = \"cpu\", shape = array<i64: 3, 20>, maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1, d0)>]}> ({\n"
        "  ^bb0(%a: i1, %b: f32):\n    %z = arith.constant 2.5 : f32\n    %c = arith.select %a, %b, %z : f32\n    lr.yield %c : f32\n  }) : (tensor<3x20xi1>, tensor<20x3xf32>) -> tensor<3x20xf32>\n"
        "  %2 = \"lr.map\"(%1) <{device = \"cpu\", shape = array<i64: 60>, maps = [affine_map<(d0) -> (d0 floordiv 20, d0 mod 20)>]}> ({\n"
        "  ^bb0(%a: f32):\n    %c = arith.negf %a : f32\n    lr.yield %c : f32\n  }) : (tensor<3x20xf32>) -> tensor<60xf32>\n"
        "  func.return %0, %1, %2 : tensor<3x20xi1>, tensor<3x20xf32>, tensor<60xf32>\n}\n");
}

/* ---- Products ---- */

static void matmul(random_source *chance) {
  bool packed = toss(chance), batched = !packed && toss(chance);
  long long m = (long long)(toss(chance) ? 1 : between(chance, 1, 17)), n = (long long)between(chance, 1, 90), k = (long long)between(chance, 1, 20), batch = (long long)between(chance, 1, 3);
  char a[64], b[64], c[64];
  if (batched) {
    snprintf(a, sizeof a, "tensor<%lldx%lldx%lldxf32>", batch, m, k);
    snprintf(b, sizeof b, "tensor<%lldx%lldx%lldxf32>", batch, k, n);
    snprintf(c, sizeof c, "tensor<%lldx%lldx%lldxf32>", batch, m, n);
  } else {
    snprintf(a, sizeof a, "tensor<%lldx%lldxf32>", m, k);
    snprintf(c, sizeof c, "tensor<%lldx%lldxf32>", m, n);
    if (packed) snprintf(b, sizeof b, "tensor<%lldx%lldx16xf32>", (n + 15) / 16, k);
    else snprintf(b, sizeof b, "tensor<%lldx%lldxf32>", k, n);
  }
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_buffer_format(&text, "func.func @main(%%a: %s, %%b: %s, %%e: tensor<%lldxf32>) -> %s {\n  %%0 = \"lr.matmul\"(%%a, %%b, %%e) <{device = \"cpu\", storage = \"%s\"", a, b, n, c, packed ? "packed" : "plain");
  if (packed) coco_buffer_format(&text, ", columns = %lld : i64", n);
  put_tuning(chance, &text, 6, 4, false);
  coco_buffer_format(&text, ", maps = [affine_map<(%s) -> (%s)>]}> ({\n  ^bb0(%%s: f32, %%t: f32):\n    %%last = arith.addf %%s, %%t : f32\n%s  }) : (%s, %s, tensor<%lldxf32>) -> %s\n  func.return %%0 : %s\n}\n",
                     batched ? "d0, d1, d2" : "d0, d1", batched ? "d2" : "d1", relu, a, b, n, c, c);
  finish(chance, &text);
}

Test(loops, products_agree) {
  for (uint64_t seed = 1; seed <= 40; ++seed) matmul(&(random_source){seed});
}

/* ---- Reductions ---- */

static void reduce(random_source *chance) {
  static const char *const kinds[] = {"sum", "mean", "max", "min", "product", "l1", "l2"};
  int64_t shape[3], result[3];
  size_t rank = 0;
  bool keep = toss(chance), axes[3];
  coco_buffer text = COCO_BUFFER(&coco_heap), list = COCO_BUFFER(&coco_heap);
  bool any = false;
  for (size_t i = 0; i < 3; ++i) {
    shape[i] = between(chance, 1, i == 2 ? 40 : 5);
    axes[i] = toss(chance);
    if (axes[i]) {
      coco_buffer_format(&list, "%s%d", any ? ", " : "", (int)i);
      any = true;
    }
    if (!axes[i] || keep) result[rank++] = axes[i] ? 1 : shape[i];
  }
  if (!any) {
    axes[1] = true;
    coco_buffer_format(&list, "1");
    rank = 0;
    for (size_t i = 0; i < 3; ++i) {
      if (i != 1 || keep) result[rank++] = i == 1 ? 1 : shape[i];
    }
  }
  char output[64] = "tensor<";
  for (size_t i = 0; i < rank; ++i) snprintf(output + strlen(output), sizeof output - strlen(output), "%lldx", (long long)result[i]);
  snprintf(output + strlen(output), sizeof output - strlen(output), "f32>");
  coco_buffer_format(&text, "func.func @main(%%x: tensor<%lldx%lldx%lldxf32>) -> %s {\n", (long long)shape[0], (long long)shape[1], (long long)shape[2], output);
  coco_buffer_format(&text, "  %%0 = \"lr.reduce\"(%%x) <{device = \"cpu\", kind = \"%s\", axes = array<i64: %.*s>, keep_dimensions = %s, maps = []}> ({\n  ^bb0(%%last: f32):\n%s  }) : (tensor<%lldx%lldx%lldxf32>) -> %s\n",
                     kinds[between(chance, 0, 6)], COCO_PRINT(coco_buffer_view(&list)), keep ? "true" : "false", relu, (long long)shape[0], (long long)shape[1], (long long)shape[2], output);
  coco_buffer_format(&text, "  func.return %%0 : %s\n}\n", output);
  coco_buffer_free(&list);
  finish(chance, &text);
}

Test(loops, reductions_agree) {
  for (uint64_t seed = 1; seed <= 40; ++seed) reduce(&(random_source){seed});
}

Test(loops, reductions_of_integers_agree) {
  test_layers_agree(&(random_source){3},
        "func.func @main(%x: tensor<4x7xi64>) -> (tensor<4xi64>, tensor<7xi64>) {\n"
        "  %0 = \"lr.reduce\"(%x) <{device = \"cpu\", kind = \"max\", axes = array<i64: 1>, keep_dimensions = false, maps = []}> ({\n  ^bb0(%a: i64):\n    lr.yield %a : i64\n  }) : (tensor<4x7xi64>) -> tensor<4xi64>\n"
        "  %1 = \"lr.reduce\"(%x) <{device = \"cpu\", kind = \"mean\", axes = array<i64: 0>, keep_dimensions = false, maps = []}> ({\n  ^bb0(%a: i64):\n    lr.yield %a : i64\n  }) : (tensor<4x7xi64>) -> tensor<7xi64>\n"
        "  func.return %0, %1 : tensor<4xi64>, tensor<7xi64>\n}\n");
}

/* ---- Moves ---- */

Test(loops, dense_moves_agree) {
  test_layers_agree(&(random_source){11},
        "func.func @main(%x: tensor<3x20xf32>, %y: tensor<2x20xf32>, %z: tensor<5x4xi64>) -> (tensor<5x20xf32>, tensor<20x3xf32>, tensor<4x25xf32>, tensor<3x5xi64>, tensor<3x3x20xf32>) {\n"
        "  %concat = \"lr.move\"(%x, %y) <{device = \"cpu\", shape = array<i64: 5, 20>, domains = [array<i64: 3, 20>, array<i64: 2, 20>], sources = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], "
        "destinations = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0 + 3, d1)>]}> : (tensor<3x20xf32>, tensor<2x20xf32>) -> tensor<5x20xf32>\n"
        "  %transpose = \"lr.move\"(%x) <{device = \"cpu\", shape = array<i64: 20, 3>, domains = [array<i64: 20, 3>], sources = [affine_map<(d0, d1) -> (d1, d0)>], destinations = [affine_map<(d0, d1) -> (d0, d1)>]}> : (tensor<3x20xf32>) -> tensor<20x3xf32>\n"
        "  %pad = \"lr.move\"(%y) <{device = \"cpu\", shape = array<i64: 4, 25>, fill = 1.5 : f32, domains = [array<i64: 2, 20>], sources = [affine_map<(d0, d1) -> (d0, d1)>], destinations = [affine_map<(d0, d1) -> (d0 + 1, d1 + 2)>]}> : (tensor<2x20xf32>) -> tensor<4x25xf32>\n"
        "  %slice = \"lr.move\"(%z) <{device = \"cpu\", shape = array<i64: 3, 5>, fill = -3 : i64, domains = [array<i64: 3, 2>], sources = [affine_map<(d0, d1) -> (d0 * 2, d1 + 1)>], destinations = [affine_map<(d0, d1) -> (d0, d1 * 2)>]}> : (tensor<5x4xi64>) -> tensor<3x5xi64>\n"
        "  %expand = \"lr.move\"(%x) <{device = \"cpu\", shape = array<i64: 3, 3, 20>, domains = [array<i64: 3, 3, 20>], sources = [affine_map<(d0, d1, d2) -> (d1, d2)>], destinations = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>]}> : (tensor<3x20xf32>) -> tensor<3x3x20xf32>\n"
        "  func.return %concat, %transpose, %pad, %slice, %expand : tensor<5x20xf32>, tensor<20x3xf32>, tensor<4x25xf32>, tensor<3x5xi64>, tensor<3x3x20xf32>\n}\n");
}

/* Concatenation of blocked tensors along channels, the last of which may end inside a block. */
static void concat_blocked(random_source *chance) {
  shape4 shape = {.n = between(chance, 1, 2), .c = 0, .h = between(chance, 1, 3), .w = between(chance, 1, 4), .block = 16};
  shape4 first = shape, second = shape, both = shape;
  first.c = 16 * between(chance, 1, 2);
  second.c = between(chance, 1, 33);
  both.c = first.c + second.c;
  random_halo(chance, &first, 1);
  random_halo(chance, &both, 2);
  if (toss(chance)) {
    shape.n = first.n = second.n = both.n = 1;
    memcpy(first.halo, both.halo, sizeof both.halo);
    memcpy(second.halo, both.halo, sizeof both.halo);
  }
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_buffer_text(&text, "#same = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>\nfunc.func @main(%x: ");
  put_type(&text, dense(first));
  coco_buffer_text(&text, ", %y: ");
  put_type(&text, dense(second));
  coco_buffer_text(&text, ") -> ");
  put_type(&text, dense(both));
  coco_buffer_text(&text, " {\n");
  put_relayout(&text, "%0", "%x", dense(first), first);
  put_relayout(&text, "%1", "%y", dense(second), second);
  coco_buffer_format(&text, "  %%2 = \"lr.move\"(%%0, %%1) <{device = \"cpu\", shape = array<i64: %lld, %lld, %lld, %lld>, domains = [array<i64: %lld, %lld, %lld, %lld>, array<i64: %lld, %lld, %lld, %lld>], sources = [#same, #same], "
                     "destinations = [#same, affine_map<(d0, d1, d2, d3) -> (d0, d1 + %lld, d2, d3)>]}> : (",
                     (long long)both.n, (long long)both.c, (long long)both.h, (long long)both.w, (long long)first.n, (long long)first.c, (long long)first.h, (long long)first.w,
                     (long long)second.n, (long long)second.c, (long long)second.h, (long long)second.w, (long long)first.c);
  put_type(&text, first);
  coco_buffer_text(&text, ", ");
  put_type(&text, second);
  coco_buffer_text(&text, ") -> ");
  put_type(&text, both);
  coco_buffer_text(&text, "\n");
  put_relayout(&text, "%3", "%2", both, dense(both));
  coco_buffer_text(&text, "  func.return %3 : ");
  put_type(&text, dense(both));
  coco_buffer_text(&text, "\n}\n");
  finish(chance, &text);
}

Test(loops, blocked_concatenations_agree) {
  for (uint64_t seed = 1; seed <= 40; ++seed) concat_blocked(&(random_source){seed});
}

/* A concatenation inside another one, of which one part is computed from the other. */
Test(loops, nested_concatenations_agree) {
  test_layers_agree(&(random_source){9},
        "func.func @main(%x: tensor<64xf32>, %y: tensor<48xf32>) -> (tensor<224xf32>, tensor<112xf32>) {\n"
        "  %0 = \"lr.map\"(%x) <{device = \"cpu\", shape = array<i64: 64>, maps = [affine_map<(d0) -> (d0)>]}> ({\n  ^bb0(%a: f32):\n    %n = math.absf %a : f32\n    %m = arith.negf %n : f32\n    lr.yield %m : f32\n  }) : (tensor<64xf32>) -> tensor<64xf32>\n"
        "  %1 = \"lr.map\"(%y) <{device = \"cpu\", shape = array<i64: 48>, maps = [affine_map<(d0) -> (d0)>]}> ({\n  ^bb0(%a: f32):\n    %n = math.absf %a : f32\n    %m = arith.negf %n : f32\n    lr.yield %m : f32\n  }) : (tensor<48xf32>) -> tensor<48xf32>\n"
        "  %2 = \"lr.move\"(%0, %1) <{device = \"cpu\", shape = array<i64: 112>, domains = [array<i64: 64>, array<i64: 48>], sources = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], destinations = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0 + 64)>]}> : (tensor<64xf32>, tensor<48xf32>) -> tensor<112xf32>\n"
        "  %3 = \"lr.map\"(%2) <{device = \"cpu\", shape = array<i64: 112>, maps = [affine_map<(d0) -> (d0)>]}> ({\n  ^bb0(%a: f32):\n    %n = math.absf %a : f32\n    %m = arith.negf %n : f32\n    lr.yield %m : f32\n  }) : (tensor<112xf32>) -> tensor<112xf32>\n"
        "  %4 = \"lr.move\"(%2, %3) <{device = \"cpu\", shape = array<i64: 224>, domains = [array<i64: 112>, array<i64: 112>], sources = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], destinations = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0 + 112)>]}> : (tensor<112xf32>, tensor<112xf32>) -> tensor<224xf32>\n"
        "  %5 = \"lr.map\"(%4) <{device = \"cpu\", shape = array<i64: 224>, maps = [affine_map<(d0) -> (d0)>]}> ({\n  ^bb0(%a: f32):\n    %n = math.absf %a : f32\n    %m = arith.negf %n : f32\n    lr.yield %m : f32\n  }) : (tensor<224xf32>) -> tensor<224xf32>\n"
        "  %6 = \"lr.map\"(%2) <{device = \"cpu\", shape = array<i64: 112>, maps = [affine_map<(d0) -> (d0)>]}> ({\n  ^bb0(%a: f32):\n    %n = math.absf %a : f32\n    %m = arith.negf %n : f32\n    lr.yield %m : f32\n  }) : (tensor<112xf32>) -> tensor<112xf32>\n"
        "  func.return %5, %6 : tensor<224xf32>, tensor<112xf32>\n}\n");
}

/* ---- Entries ---- */

Test(loops, inputs_constants_and_repeated_values_can_be_returned) {
  test_layers_agree(&(random_source){5},
        "func.func @main(%x: tensor<3x4xf32>) -> (tensor<3x4xf32>, tensor<2xf32>, tensor<12xf32>, tensor<12xf32>, tensor<2x6xf32>) {\n"
        "  %c = arith.constant dense<[1.5, 2.5]> : tensor<2xf32>\n"
        "  %r = \"lr.move\"(%x) <{device = \"cpu\", shape = array<i64: 12>, domains = [array<i64: 12>], sources = [affine_map<(d0) -> (d0 floordiv 4, d0 mod 4)>], destinations = [affine_map<(d0) -> (d0)>]}> : (tensor<3x4xf32>) -> tensor<12xf32>\n"
        "  %m = \"lr.map\"(%r) <{device = \"cpu\", shape = array<i64: 12>, maps = [affine_map<(d0) -> (d0)>]}> ({\n  ^bb0(%a: f32):\n    %n = arith.negf %a : f32\n    lr.yield %n : f32\n  }) : (tensor<12xf32>) -> tensor<12xf32>\n"
        "  %s = \"lr.move\"(%m) <{device = \"cpu\", shape = array<i64: 2, 6>, domains = [array<i64: 2, 6>], sources = [affine_map<(d0, d1) -> (d0 * 6 + d1)>], destinations = [affine_map<(d0, d1) -> (d0, d1)>]}> : (tensor<12xf32>) -> tensor<2x6xf32>\n"
        "  %t = \"lr.map\"(%s, %s) <{device = \"cpu\", shape = array<i64: 2, 6>, maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>]}> ({\n  ^bb0(%a: f32, %b: f32):\n    %n = arith.mulf %a, %b : f32\n    lr.yield %n : f32\n  }) : (tensor<2x6xf32>, tensor<2x6xf32>) -> tensor<2x6xf32>\n"
        "  func.return %x, %c, %r, %r, %t : tensor<3x4xf32>, tensor<2xf32>, tensor<12xf32>, tensor<12xf32>, tensor<2x6xf32>\n}\n");
}

/* ---- Memory that runs out ---- */

static const char network[] =
    "#same = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>\n"
    "#padded = #lr.layout<block = 16, halo = [1, 1, 1, 1]>\n"
    "func.func @main(%x: tensor<1x16x4x4xf32>) -> (tensor<1x10xf32>, tensor<1x16x4x4xf32>) {\n"
    "  %w = arith.constant dense<0.5> : tensor<1x16x3x3x16xf32>\n  %v = arith.constant dense<0.5> : tensor<1x16x16xf32>\n  %b = arith.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 0.0]> : tensor<10xf32>\n"
    "  %0 = \"lr.relayout\"(%x) <{device = \"cpu\"}> : (tensor<1x16x4x4xf32>) -> tensor<1x16x4x4xf32, #padded>\n"
    "  %1 = \"lr.conv\"(%0, %w) <{device = \"cpu\", storage = \"direct\", filters = 16 : i64, info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({\n"
    "  ^bb0(%a: f32):\n    %z = arith.constant 0.0 : f32\n    %r = arith.maximumf %a, %z : f32\n    lr.yield %r : f32\n  }) : (tensor<1x16x4x4xf32, #padded>, tensor<1x16x3x3x16xf32>) -> tensor<1x16x4x4xf32, #padded>\n"
    "  %2 = \"lr.map\"(%1, %1) <{device = \"cpu\", shape = array<i64: 1, 16, 4, 4>, maps = [#same, #same]}> ({\n  ^bb0(%a: f32, %c: f32):\n    %r = arith.addf %a, %c : f32\n    lr.yield %r : f32\n  }) : (tensor<1x16x4x4xf32, #padded>, tensor<1x16x4x4xf32, #padded>) -> tensor<1x16x4x4xf32, #padded>\n"
    "  %3 = \"lr.window\"(%2) <{device = \"cpu\", kind = \"average\", count_include_pad = false, ceil_mode = false, maps = [], info = #lr.window<kernel = [6, 6], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>}> ({\n"
    "  ^bb0(%a: f32):\n    lr.yield %a : f32\n  }) : (tensor<1x16x4x4xf32, #padded>) -> tensor<1x16x1x1xf32, #lr.layout<block = 16>>\n"
    "  %6 = \"lr.relayout\"(%3) <{device = \"cpu\"}> : (tensor<1x16x1x1xf32, #lr.layout<block = 16>>) -> tensor<1x16x1x1xf32>\n"
    "  %4 = \"lr.move\"(%6) <{device = \"cpu\", shape = array<i64: 1, 16>, domains = [array<i64: 1, 16>], sources = [affine_map<(d0, d1) -> (d0, d1, 0, 0)>], destinations = [affine_map<(d0, d1) -> (d0, d1)>]}> : (tensor<1x16x1x1xf32>) -> tensor<1x16xf32>\n"
    "  %5 = \"lr.matmul\"(%4, %v, %b) <{device = \"cpu\", storage = \"packed\", columns = 10 : i64, maps = [affine_map<(d0, d1) -> (d1)>]}> ({\n  ^bb0(%a: f32, %e: f32):\n    %s = arith.addf %a, %e : f32\n    lr.yield %s : f32\n  }) : (tensor<1x16xf32>, tensor<1x16x16xf32>, tensor<10xf32>) -> tensor<1x10xf32>\n"
    "  func.return %5, %x : tensor<1x10xf32>, tensor<1x16x4x4xf32>\n}\n";

Test(loops, memory_that_runs_out_is_an_orderly_failure) {
  test_layers_agree(&(random_source){1}, network);
  test_memory_runs_out(network, "builtin.module(lr-to-loops)");
}
