/* Pictures: three formats in, PNG out and in again, cutting, resampling, colours; damage and lies are refused. */
#include "tools/common/picture.h"

#include <stdlib.h>
#include <unistd.h>

#include "ir/base/file.h"
#include "tests/unit/support.h"

/* 3x2 pixels of (200, 100, 50). */
static const uint8_t jpeg[] = {
    0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00, 0x01, 0x01, 0x00, 0x00, 0x01, 0x00, 0x01,
    0x00, 0x00, 0xff, 0xdb, 0x00, 0x43, 0x00, 0x10, 0x0b, 0x0c, 0x0e, 0x0c, 0x0a, 0x10, 0x0e, 0x0d, 0x0e, 0x12,
    0x11, 0x10, 0x13, 0x18, 0x28, 0x1a, 0x18, 0x16, 0x16, 0x18, 0x31, 0x23, 0x25, 0x1d, 0x28, 0x3a, 0x33, 0x3d,
    0x3c, 0x39, 0x33, 0x38, 0x37, 0x40, 0x48, 0x5c, 0x4e, 0x40, 0x44, 0x57, 0x45, 0x37, 0x38, 0x50, 0x6d, 0x51,
    0x57, 0x5f, 0x62, 0x67, 0x68, 0x67, 0x3e, 0x4d, 0x71, 0x79, 0x70, 0x64, 0x78, 0x5c, 0x65, 0x67, 0x63, 0xff,
    0xdb, 0x00, 0x43, 0x01, 0x11, 0x12, 0x12, 0x18, 0x15, 0x18, 0x2f, 0x1a, 0x1a, 0x2f, 0x63, 0x42, 0x38, 0x42,
    0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63,
    0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63,
    0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0xff, 0xc0, 0x00, 0x11,
    0x08, 0x00, 0x02, 0x00, 0x03, 0x03, 0x01, 0x22, 0x00, 0x02, 0x11, 0x01, 0x03, 0x11, 0x01, 0xff, 0xc4, 0x00,
    0x15, 0x00, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x02, 0xff, 0xc4, 0x00, 0x14, 0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xc4, 0x00, 0x14, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x05, 0xff, 0xc4, 0x00, 0x14, 0x11, 0x01, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xda, 0x00, 0x0c,
    0x03, 0x01, 0x00, 0x02, 0x11, 0x03, 0x11, 0x00, 0x3f, 0x00, 0x90, 0x05, 0x99, 0x7f, 0xff, 0xd9};

/* 2x1 pixels of 24 bits: (1, 2, 3) and (4, 5, 6). */
static const uint8_t bmp[] = {'B', 'M', 62, 0, 0, 0, 0, 0,  0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0,
                              0,   1,   0,  0, 0, 1, 0, 24, 0, 0, 0,  0, 0, 0, 0,  0, 0, 0, 0, 0, 0,
                              0,   0,   0,  0, 0, 0, 0, 0,  0, 0, 0,  0, 3, 2, 1,  6, 5, 4, 0, 0};

static coco_status decode(fixture *f, const void *bytes, size_t size, coco_picture *out) {
  char *exact = malloc(size ? size : 1);
  memcpy(exact, bytes, size);
  f->seen.text[0] = '\0';
  coco_status status =
      coco_picture_decode(f->context, coco_location_unknown(f->context), (coco_string){exact, size}, out);
  free(exact);
  return status;
}

static bool has_jpeg(fixture *f) {
  coco_picture picture;
  coco_status status = decode(f, jpeg, sizeof jpeg, &picture);
  coco_picture_free(&picture);
  return status == COCO_OK || !strstr(f->seen.text, "libjpeg");
}

Test(picture, a_jpeg_is_read) {
  fixture f;
  coco_picture picture;
  set_up(&f, NULL);
  if (!has_jpeg(&f)) cr_skip_test("built without libjpeg");
  cr_assert_eq(decode(&f, jpeg, sizeof jpeg, &picture), COCO_OK, "%s", f.seen.text);
  cr_expect(picture.width == 3 && picture.height == 2 && picture.channels == 3);
  const float expected[] = {200, 100, 50};
  for (size_t i = 0; i < 18; ++i)
    cr_expect(picture.planes[i] > expected[i / 6] - 8 && picture.planes[i] < expected[i / 6] + 8);
  coco_picture_free(&picture);
  tear_down(&f);
}

Test(picture, a_jpeg_that_is_cut_short_is_refused) {
  fixture f;
  set_up(&f, NULL);
  if (!has_jpeg(&f)) cr_skip_test("built without libjpeg");
  for (size_t size = 3; size + 2 < sizeof jpeg; ++size) {
    coco_picture picture;
    cr_expect_eq(decode(&f, jpeg, size, &picture), COCO_REPORTED, "%zu", size);
    cr_expect_null(picture.planes);
  }
  tear_down(&f);
}

Test(picture, a_jpeg_with_any_byte_changed_does_no_harm) {
  fixture f;
  set_up(&f, NULL);
  for (size_t i = 0; i < 8 * sizeof jpeg; ++i) {
    uint8_t bytes[sizeof jpeg];
    coco_picture picture;
    memcpy(bytes, jpeg, sizeof jpeg);
    bytes[i / 8] ^= (uint8_t)(1 << i % 8);
    coco_status status = decode(&f, bytes, sizeof bytes, &picture);
    cr_expect_eq(status == COCO_OK, picture.planes != NULL);
    coco_picture_free(&picture);
  }
  tear_down(&f);
}

Test(picture, a_bmp_is_read_from_the_bottom_or_the_top) {
  fixture f;
  coco_picture picture;
  uint8_t bytes[sizeof bmp];
  const float expected[] = {1, 4, 2, 5, 3, 6};
  set_up(&f, NULL);
  memcpy(bytes, bmp, sizeof bmp);
  for (int turn = 0; turn < 2; ++turn) {
    cr_assert_eq(decode(&f, bytes, sizeof bytes, &picture), COCO_OK, "%s", f.seen.text);
    cr_expect_arr_eq(picture.planes, expected, sizeof expected);
    coco_picture_free(&picture);
    memset(bytes + 22, 0xff, 4); /* height -1 */
  }
  tear_down(&f);
}

Test(picture, a_bmp_that_lies_is_refused) {
  static const struct {
    size_t at;
    uint32_t value;
    size_t size;
  } lies[] = {{10, 55, 4}, {10, 0xffffffff, 4}, {14, 12, 4},         {18, 0, 4},
              {18, 3, 4},  {18, 0x7fffffff, 4}, {18, 0xffffffff, 4}, {22, 0, 4},
              {22, 2, 4},  {22, 0x80000000, 4}, {28, 8, 2},          {30, 1, 4}};
  fixture f;
  coco_picture picture;
  set_up(&f, NULL);
  for (size_t i = 0; i < sizeof lies / sizeof *lies; ++i) {
    uint8_t bytes[sizeof bmp];
    memcpy(bytes, bmp, sizeof bmp);
    for (size_t k = 0; k < lies[i].size; ++k) bytes[lies[i].at + k] = (uint8_t)(lies[i].value >> 8 * k);
    cr_expect_eq(decode(&f, bytes, sizeof bytes, &picture), COCO_REPORTED, "%zu", i);
    cr_expect_null(picture.planes);
  }
  for (size_t size = 0; size < sizeof bmp; ++size) cr_expect_eq(decode(&f, bmp, size, &picture), COCO_REPORTED);
  tear_down(&f);
}

Test(picture, a_saved_picture_is_read_back_rounded_and_clamped) {
  fixture f;
  char path[64];
  coco_picture picture, again;
  coco_file file;
  set_up(&f, NULL);
  snprintf(path, sizeof path, "/tmp/coco-picture-%ld.png", (long)getpid());
  cr_assert_eq(coco_picture_create(&coco_heap, 2, 3, 3, &picture), COCO_OK);
  for (size_t i = 0; i < 18; ++i) picture.planes[i] = (float)i * 20.4f - 10;
  coco_status status = coco_picture_save(f.context, path, &picture);
  if (status == COCO_REPORTED && strstr(f.seen.text, "libpng")) cr_skip_test("built without libpng");
  cr_assert_eq(status, COCO_OK, "%s", f.seen.text);
  cr_assert_eq(coco_file_open(&coco_heap, path, &file, NULL), COCO_OK);
  cr_assert_eq(decode(&f, file.data, file.size, &again), COCO_OK, "%s", f.seen.text);
  coco_file_close(&file);
  unlink(path);
  cr_expect(again.width == 2 && again.height == 3 && again.channels == 3);
  for (size_t i = 0; i < 18; ++i) {
    float value = picture.planes[i], clamped = value < 0 ? 0 : value > 255 ? 255 : value;
    cr_expect(again.planes[i] - clamped <= 0.5f && clamped - again.planes[i] <= 0.5f);
  }
  coco_picture_free(&picture);
  coco_picture_free(&again);
  tear_down(&f);
}

/* ---- Sizes and colours ---- */

static void make_ramp(coco_picture *out, size_t width, size_t height) {
  cr_assert_eq(coco_picture_create(&coco_heap, width, height, 1, out), COCO_OK);
  for (size_t i = 0; i < width * height; ++i) out->planes[i] = (float)(i % width);
}

Test(picture, the_same_size_changes_nothing) {
  coco_picture picture, same;
  make_ramp(&picture, 5, 4);
  coco_picture_area all = coco_picture_fit_area(&picture, COCO_IMAGE_CROP, 5, 4);
  cr_assert_eq(coco_picture_resample(&picture, all, 5, 4, &same), COCO_OK);
  cr_expect_arr_eq(picture.planes, same.planes, 20 * sizeof *same.planes);
  coco_picture_free(&picture);
  coco_picture_free(&same);
}

Test(picture, cropping_keeps_the_middle_and_stretching_all) {
  coco_picture picture;
  make_ramp(&picture, 12, 4);
  coco_picture_area middle = coco_picture_fit_area(&picture, COCO_IMAGE_CROP, 8, 8);
  cr_expect(middle.x == 4 && middle.y == 0 && middle.width == 4 && middle.height == 4);
  coco_picture_area wide = coco_picture_fit_area(&picture, COCO_IMAGE_CROP, 24, 4);
  cr_expect(wide.x == 0 && wide.y == 1 && wide.width == 12 && wide.height == 2);
  coco_picture_area all = coco_picture_fit_area(&picture, COCO_IMAGE_STRETCH, 8, 8);
  cr_expect(all.x == 0 && all.y == 0 && all.width == 12 && all.height == 4);
  coco_picture_free(&picture);
}

Test(picture, shrinking_by_two_weighs_neighbours_like_a_triangle) {
  coco_picture picture, half;
  make_ramp(&picture, 8, 2);
  coco_picture_area all = coco_picture_fit_area(&picture, COCO_IMAGE_STRETCH, 4, 1);
  cr_assert_eq(coco_picture_resample(&picture, all, 4, 1, &half), COCO_OK);
  cr_expect_float_eq(half.planes[1], 2.5f, 1e-6f); /* symmetric around the middle of pixels 2 and 3 */
  cr_expect_float_eq(half.planes[2], 4.5f, 1e-6f);
  cr_expect_float_eq(half.planes[0], 5.0f / 7, 1e-6f); /* weights 3, 3, 1 of 0, 1, 2 */
  coco_picture_free(&picture);
  coco_picture_free(&half);
}

Test(picture, colours_become_luma_and_gray_becomes_colours) {
  coco_picture picture;
  cr_assert_eq(coco_picture_create(&coco_heap, 1, 1, 3, &picture), COCO_OK);
  picture.planes[0] = 100, picture.planes[1] = 50, picture.planes[2] = 10;
  cr_assert_eq(coco_picture_set_channels(&picture, 1), COCO_OK);
  cr_expect_float_eq(picture.planes[0], 60.39f, 1e-3f);
  cr_assert_eq(coco_picture_set_channels(&picture, 3), COCO_OK);
  cr_expect_eq(picture.planes[2], picture.planes[0]);
  coco_picture_free(&picture);
}

Test(picture, too_large_a_picture_is_refused) {
  coco_picture picture;
  cr_expect_eq(coco_picture_create(&coco_heap, 1 << 14, 1 << 13, 1, &picture), COCO_INVALID_ARGUMENT);
  cr_expect_eq(coco_picture_create(&coco_heap, 40000, 1, 1, &picture), COCO_INVALID_ARGUMENT);
  cr_expect_eq(coco_picture_create(&coco_heap, 0, 1, 1, &picture), COCO_INVALID_ARGUMENT);
}
