/* Tensor files: .npy and TensorProto out and in again, headers of every version, and damage. */
#include "tools/common/tensor_file.h"

#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/support.h"

static void make_path(char path[64], const char *suffix) {
  snprintf(path, 64, "/tmp/coco-tensor-%ld%s", (long)getpid(), suffix);
}

static const coco_location *nowhere(fixture *f) { return coco_location_unknown(f->context); }

static bool same_type(const coco_type *a, const coco_type *b) { return a == b; }

Test(tensor_file, every_element_type_survives_npy_and_pb) {
  fixture f;
  char npy[64], pb[64];
  set_up(&f, NULL);
  make_path(npy, ".npy");
  make_path(pb, ".pb");
  coco_context *c = f.context;
  uint8_t data[16];
  for (size_t i = 0; i < sizeof data; ++i) data[i] = (uint8_t)(i * 7 + 1);
  const coco_type *elements[] = {coco_type_float(c, COCO_F16),
                                 coco_type_f32(c),
                                 coco_type_float(c, COCO_F64),
                                 coco_type_integer(c, 8),
                                 coco_type_integer(c, 16),
                                 coco_type_integer(c, 32),
                                 coco_type_integer(c, 64),
                                 coco_type_integer_signed(c, 8, COCO_UNSIGNED),
                                 coco_type_integer_signed(c, 16, COCO_UNSIGNED),
                                 coco_type_integer_signed(c, 32, COCO_UNSIGNED),
                                 coco_type_integer_signed(c, 64, COCO_UNSIGNED)};
  for (size_t i = 0; i < sizeof elements / sizeof *elements; ++i) {
    const coco_type *type = coco_type_tensor(c, 2, (int64_t[]){2, 1}, elements[i], NULL);
    coco_tensor tensor;
    cr_assert_eq(coco_tensor_save_npy(c, npy, type, data), COCO_OK);
    cr_assert_eq(coco_tensor_load(c, npy, NULL, &tensor), COCO_OK, "%s", f.seen.text);
    cr_expect(same_type(tensor.type, type));
    cr_expect_arr_eq(tensor.data, data, tensor.size);
    coco_tensor_free(c, &tensor);
    cr_assert_eq(coco_tensor_save_pb(c, pb, type, data, COCO_STRING("t")), COCO_OK);
    cr_assert_eq(coco_tensor_load(c, pb, NULL, &tensor), COCO_OK, "%s", f.seen.text);
    cr_expect(same_type(tensor.type, type));
    cr_expect_arr_eq(tensor.data, data, tensor.size);
    coco_tensor_free(c, &tensor);
  }
  unlink(npy);
  unlink(pb);
  tear_down(&f);
}

Test(tensor_file, ranks_zero_and_one_and_empty_tensors_survive) {
  fixture f;
  char path[64];
  set_up(&f, NULL);
  make_path(path, ".npy");
  const int64_t shapes[3][2] = {{0, 0}, {3, 0}, {0, 5}};
  const size_t ranks[] = {0, 1, 2};
  const float data[3] = {1, 2, 3};
  for (size_t i = 0; i < 3; ++i) {
    const coco_type *type = coco_type_tensor(f.context, ranks[i], shapes[i], coco_type_f32(f.context), NULL);
    coco_tensor tensor;
    cr_assert_eq(coco_tensor_save_npy(f.context, path, type, data), COCO_OK);
    cr_assert_eq(coco_tensor_load(f.context, path, NULL, &tensor), COCO_OK, "%s", f.seen.text);
    cr_expect(same_type(tensor.type, type));
    coco_tensor_free(f.context, &tensor);
  }
  unlink(path);
  tear_down(&f);
}

/* A .npy file of VERSION with HEADER and DATA. */
static size_t make_npy(uint8_t *out, int version, const char *header, const void *data, size_t size) {
  size_t header_size = strlen(header), at = 8;
  memcpy(out, "\x93NUMPY", 6);
  out[6] = (uint8_t)version;
  out[7] = 0;
  for (int i = 0; i < (version == 1 ? 2 : 4); ++i) out[at++] = (uint8_t)(header_size >> 8 * i);
  memcpy(out + at, header, header_size);
  memcpy(out + at + header_size, data, size);
  return at + header_size + size;
}

static coco_status read_npy(fixture *f, int version, const char *header, const void *data, size_t size,
                            coco_tensor *out) {
  uint8_t bytes[512];
  size_t total = make_npy(bytes, version, header, data, size);
  return coco_tensor_from_npy(f->context, nowhere(f), (coco_string){(const char *)bytes, total}, out);
}

Test(tensor_file, versions_byte_orders_and_column_order_are_read) {
  fixture f;
  set_up(&f, NULL);
  const uint8_t big[] = {0x3f, 0x80, 0, 0, 0x40, 0, 0, 0}; /* 1, 2 */
  const int32_t columns[] = {1, 4, 2, 5, 3, 6}, rows[] = {1, 2, 3, 4, 5, 6};
  for (int version = 1; version <= 3; ++version) {
    coco_tensor tensor;
    cr_assert_eq(
        read_npy(&f, version, "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }\n", big, sizeof big, &tensor),
        COCO_OK, "%s", f.seen.text);
    cr_expect_eq(((const float *)(const void *)tensor.data)[1], 2);
    coco_tensor_free(f.context, &tensor);
    cr_assert_eq(read_npy(&f, version, "{\"shape\":(2,3),\"descr\":\"<i4\",\"fortran_order\":True}", columns,
                          sizeof columns, &tensor),
                 COCO_OK, "%s", f.seen.text);
    cr_expect_arr_eq(tensor.data, rows, sizeof rows);
    coco_tensor_free(f.context, &tensor);
  }
  tear_down(&f);
}

Test(tensor_file, bools_become_zero_or_one) {
  fixture f;
  coco_tensor tensor;
  set_up(&f, NULL);
  cr_assert_eq(read_npy(&f, 1, "{'descr': '|b1', 'fortran_order': False, 'shape': (3,), }", "\x00\x02\xff", 3, &tensor),
               COCO_OK);
  cr_expect_arr_eq(tensor.data, "\x00\x01\x01", 3);
  coco_tensor_free(f.context, &tensor);
  tear_down(&f);
}

Test(tensor_file, wrong_headers_are_refused) {
  static const char *const headers[] = {
      "",
      "{",
      "{}",
      "{'descr': '<f4', 'fortran_order': False}",
      "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296, 4294967296), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1, }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } trailing",
      "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }",
      "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
      "{'descr': '<f3', 'fortran_order': False, 'shape': (1,), }",
      "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
      "{'descr':'<f4','fortran_order':False,'shape':(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)}",
  };
  fixture f;
  set_up(&f, NULL);
  for (size_t i = 0; i < sizeof headers / sizeof *headers; ++i) {
    coco_tensor tensor;
    cr_expect_eq(read_npy(&f, 1, headers[i], "\0\0\0\0", 4, &tensor), COCO_REPORTED, "%s", headers[i]);
    cr_expect_null(tensor.data);
  }
  tear_down(&f);
}

Test(tensor_file, truncation_is_refused) {
  fixture f;
  uint8_t bytes[512];
  set_up(&f, NULL);
  size_t total = make_npy(bytes, 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "\0\0\0\0", 4);
  for (size_t size = 0; size < total; ++size) {
    coco_tensor tensor;
    char *exact = malloc(size ? size : 1);
    memcpy(exact, bytes, size);
    cr_expect_eq(coco_tensor_from_npy(f.context, nowhere(&f), (coco_string){exact, size}, &tensor), COCO_REPORTED,
                 "%zu", size);
    free(exact);
  }
  tear_down(&f);
}

/* A gray image of one row: 0, 128, 255. */
static const uint8_t image[] = {0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
                                0x44, 0x52, 0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00,
                                0x00, 0x3e, 0x8b, 0x4b, 0x68, 0x00, 0x00, 0x00, 0x0c, 0x49, 0x44, 0x41, 0x54, 0x78,
                                0x9c, 0x63, 0x60, 0x68, 0xf8, 0x0f, 0x00, 0x02, 0x03, 0x01, 0x80, 0x24, 0x61, 0xf5,
                                0x97, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

Test(tensor_file, an_image_becomes_planes_with_mean_and_scale) {
  fixture f;
  coco_tensor tensor;
  set_up(&f, NULL);
  coco_string bytes = {(const char *)image, sizeof image};
  coco_image_options options = {.channels = 3, .mean = {0, 1, 128}, .scale = {1, 1, 0.5}};
  coco_status status = coco_tensor_from_image(f.context, nowhere(&f), bytes, &options, &tensor);
  if (status == COCO_REPORTED && strstr(f.seen.text, "libpng")) cr_skip_test("built without libpng");
  cr_assert_eq(status, COCO_OK, "%s", f.seen.text);
  cr_expect(
      same_type(tensor.type, coco_type_tensor(f.context, 4, (int64_t[]){1, 3, 1, 3}, coco_type_f32(f.context), NULL)));
  const float expected[] = {0, 128, 255, -1, 127, 254, -64, 0, 63.5};
  cr_expect_arr_eq(tensor.data, expected, sizeof expected);
  coco_tensor_free(f.context, &tensor);
  tear_down(&f);
}

Test(tensor_file, a_damaged_image_is_refused) {
  fixture f;
  set_up(&f, NULL);
  for (size_t size = 0; size < sizeof image - 12; ++size) {
    coco_tensor tensor;
    char *exact = malloc(size ? size : 1);
    memcpy(exact, image, size);
    cr_expect_eq(coco_tensor_from_image(f.context, nowhere(&f), (coco_string){exact, size}, &COCO_IMAGE_OPTIONS, &tensor),
                 COCO_REPORTED, "%zu", size);
    cr_expect_null(tensor.data);
    free(exact);
  }
  tear_down(&f);
}

Test(tensor_file, a_missing_file_is_reported_with_its_name) {
  fixture f;
  coco_tensor tensor;
  set_up(&f, NULL);
  cr_expect_eq(coco_tensor_load(f.context, "/nonexistent/file.npy", NULL, &tensor), COCO_REPORTED);
  cr_expect_not_null(strstr(f.seen.text, "cannot be read"));
  tear_down(&f);
}
