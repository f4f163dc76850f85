/* Images between grids of patches, of any extents and halos, and to and from blocks of 16 channels, against the
 * interpreter, which knows no layouts: what comes back is what went in. */
#include <criterion/criterion.h>

#include "ir/base/buffer.h"
#include "tests/support/random_layers.h"

static void put_layout(random_source *chance, coco_buffer *out, const int64_t extents[2]) {
  static const int64_t grids[][2] = {{2, 8}, {4, 4}, {8, 2}, {1, 16}, {16, 1}};
  const int64_t *grid = grids[between(chance, 0, 4)];
  const bool blocks = between(chance, 0, 2) == 0;
  int64_t halo[4], own[2];
  for (size_t i = 0; i < 4; ++i) {
    const int64_t patch = (extents[i % 2] - 1) / grid[i % 2] + 1;
    halo[i] = between(chance, 0, patch < 2 ? patch : 2);
    own[i % 2] = patch + between(chance, 0, 3);
  }
  coco_buffer_text(out, ", #lr.layout<");
  if (blocks) coco_buffer_text(out, "block = 16");
  if (halo[0] || halo[1] || halo[2] || halo[3])
    coco_buffer_format(out, "%shalo = [%lld, %lld, %lld, %lld]%s", blocks ? ", " : "", (long long)halo[0],
                       (long long)halo[1], (long long)halo[2], (long long)halo[3], blocks ? "" : ", ");
  if (!blocks) coco_buffer_format(out, "patches = [%lld, %lld]", (long long)grid[0], (long long)grid[1]);
  if (!blocks && between(chance, 0, 1))
    coco_buffer_format(out, ", extents = [%lld, %lld]", (long long)own[0], (long long)own[1]);
  coco_buffer_byte(out, '>');
}

static void one_case(uint64_t seed) {
  enum { STEPS = 3 };
  random_source chance = {seed};
  const int64_t images = between(&chance, 1, 2), channels = between(&chance, 1, 19),
                extents[] = {between(&chance, 1, 40), between(&chance, 1, 40)};
  coco_buffer types[STEPS + 2], text = COCO_BUFFER(&coco_heap);
  for (int i = 0; i < STEPS + 2; ++i) {
    types[i] = COCO_BUFFER(&coco_heap);
    coco_buffer_format(&types[i], "tensor<%lldx%lldx%lldx%lldxf32", (long long)images, (long long)channels,
                       (long long)extents[0], (long long)extents[1]);
    if (i > 0 && i <= STEPS) put_layout(&chance, &types[i], extents);
    coco_buffer_byte(&types[i], '>');
  }
  const coco_string dense = coco_buffer_view(&types[0]);
  coco_buffer_format(&text, "func.func @main(%%v0: %.*s) -> %.*s {\n", COCO_PRINT(dense), COCO_PRINT(dense));
  for (int i = 0; i <= STEPS; ++i)
    coco_buffer_format(&text, "  %%v%d = lr.relayout %%v%d cpu : %.*s to %.*s\n", i + 1, i,
                       COCO_PRINT(coco_buffer_view(&types[i])), COCO_PRINT(coco_buffer_view(&types[i + 1])));
  coco_buffer_format(&text, "  func.return %%v%d : %.*s\n}\n", STEPS + 1, COCO_PRINT(dense));
  coco_buffer_byte(&text, 0);
  cr_assert_eq(text.status, COCO_OK);
  test_layers_agree(&chance, text.data);
  for (int i = 0; i < STEPS + 2; ++i) coco_buffer_free(&types[i]);
  coco_buffer_free(&text);
}

Test(loops_patches, grids_change) {
  for (uint64_t seed = 1; seed <= 60; ++seed) one_case(seed);
}
