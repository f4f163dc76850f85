/* .npz archives: out and in again, deflated entries, and archives that lie about sizes, offsets and counts. */
#include "tools/common/npz.h"

#include <stdlib.h>
#include <unistd.h>

#include "ir/base/file.h"
#include "tests/unit/support.h"

static const coco_location *nowhere(fixture *f) { return coco_location_unknown(f->context); }

static coco_status open_bytes(fixture *f, const void *data, size_t size, coco_npz *out) {
  return coco_npz_open(f->context, nowhere(f), (coco_string){data, size}, out);
}

/* Opens an archive in memory of exactly its size, and reads all of it. */
static coco_status read_all(fixture *f, const void *data, size_t size) {
  coco_npz archive;
  char *exact = malloc(size ? size : 1);
  memcpy(exact, data, size);
  coco_status status = open_bytes(f, exact, size, &archive);
  for (size_t i = 0; status == COCO_OK && i < archive.count; ++i) {
    coco_tensor tensor;
    status = coco_npz_read(f->context, &archive, i, &tensor);
    cr_expect_eq(status == COCO_OK, tensor.data != NULL);
    coco_tensor_free(f->context, &tensor);
  }
  if (archive.entries) coco_npz_close(&archive);
  free(exact);
  return status;
}

/* Two entries, "a" (f32, 2x2) and "bc" (i64, 3), as coco_npz_save writes them. */
static size_t make_archive(fixture *f, uint8_t *out, size_t room) {
  char path[64];
  const float a[] = {1, 2, 3, 4};
  const int64_t b[] = {-1, 5, 7};
  snprintf(path, sizeof path, "/tmp/coco-npz-%ld", (long)getpid());
  coco_npz_writer writer = COCO_NPZ_WRITER(&coco_heap);
  const coco_type *square = coco_type_tensor(f->context, 2, (int64_t[]){2, 2}, coco_type_f32(f->context), NULL);
  const coco_type *row = coco_type_tensor(f->context, 1, (int64_t[]){3}, coco_type_integer(f->context, 64), NULL);
  cr_assert_eq(coco_npz_add(f->context, nowhere(f), &writer, COCO_STRING("a"), square, a), COCO_OK);
  cr_assert_eq(coco_npz_add(f->context, nowhere(f), &writer, COCO_STRING("bc"), row, b), COCO_OK);
  cr_assert_eq(coco_npz_save(f->context, &writer, path), COCO_OK);
  coco_npz_writer_free(&writer);
  coco_file file;
  cr_assert_eq(coco_file_open(&coco_heap, path, &file, NULL), COCO_OK);
  cr_assert(file.size <= room);
  memcpy(out, file.data, file.size);
  size_t size = file.size;
  coco_file_close(&file);
  unlink(path);
  return size;
}

Test(npz, what_is_written_is_read) {
  fixture f;
  uint8_t bytes[2048];
  coco_npz archive;
  coco_tensor tensor;
  set_up(&f, NULL);
  size_t size = make_archive(&f, bytes, sizeof bytes);
  cr_assert_eq(open_bytes(&f, bytes, size, &archive), COCO_OK, "%s", f.seen.text);
  cr_assert_eq(archive.count, 2);
  cr_expect(coco_string_is(archive.entries[0].name, "a"));
  cr_expect(coco_string_is(archive.entries[1].name, "bc"));
  cr_assert_eq(coco_npz_read(f.context, &archive, 1, &tensor), COCO_OK, "%s", f.seen.text);
  cr_expect_eq(tensor.size, 24);
  cr_expect_eq(((const int64_t *)(const void *)tensor.data)[2], 7);
  coco_tensor_free(f.context, &tensor);
  coco_npz_close(&archive);
  tear_down(&f);
}

/* One entry "x", 300 bytes that are 7 behind a header, deflated. */
static const uint8_t deflated[] = {
    0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x00, 0x00, 0x08, 0x00, 0x00, 0x00, 0x21, 0x00, 0xe8, 0x89, 0xd4, 0xc1, 0x4b,
    0x00, 0x00, 0x00, 0xac, 0x01, 0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x78, 0x2e, 0x6e, 0x70, 0x79, 0x9b, 0xec, 0x17,
    0xea, 0x1b, 0x10, 0xc9, 0xc8, 0x50, 0xc6, 0x50, 0xad, 0x9e, 0x92, 0x5a, 0x9c, 0x5c, 0xa4, 0x6e, 0xa5, 0xa0, 0x5e,
    0x53, 0x6a, 0xa8, 0xae, 0xa3, 0xa0, 0x9e, 0x96, 0x5f, 0x54, 0x52, 0x94, 0x98, 0x17, 0x9f, 0x5f, 0x94, 0x92, 0x0a,
    0x12, 0x77, 0x4b, 0xcc, 0x29, 0x4e, 0x05, 0x8a, 0x17, 0x67, 0x24, 0x16, 0xa4, 0x02, 0xf9, 0x1a, 0xc6, 0x06, 0x06,
    0x3a, 0x9a, 0x3a, 0x0a, 0xb5, 0x0a, 0x64, 0x03, 0x2e, 0xf6, 0x51, 0x40, 0x34, 0x00, 0x00, 0x50, 0x4b, 0x01, 0x02,
    0x14, 0x00, 0x14, 0x00, 0x00, 0x00, 0x08, 0x00, 0x00, 0x00, 0x21, 0x00, 0xe8, 0x89, 0xd4, 0xc1, 0x4b, 0x00, 0x00,
    0x00, 0xac, 0x01, 0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x78, 0x2e, 0x6e, 0x70, 0x79, 0x50, 0x4b, 0x05, 0x06, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00,
    0x01, 0x00, 0x33, 0x00, 0x00, 0x00, 0x6e, 0x00, 0x00, 0x00, 0x00, 0x00};
enum { DIRECTORY = 110, END = 161 };

static coco_status read_changed(fixture *f, size_t at, uint64_t value, size_t size) {
  uint8_t bytes[sizeof deflated];
  memcpy(bytes, deflated, sizeof bytes);
  for (size_t i = 0; i < size; ++i) bytes[at + i] = (uint8_t)(value >> 8 * i);
  return read_all(f, bytes, sizeof bytes);
}

static bool has_zlib(fixture *f) {
  return read_all(f, deflated, sizeof deflated) == COCO_OK || !strstr(f->seen.text, "zlib");
}

Test(npz, deflated_entries_are_read) {
  fixture f;
  coco_npz archive;
  coco_tensor tensor;
  set_up(&f, NULL);
  if (!has_zlib(&f)) cr_skip_test("built without zlib");
  cr_assert_eq(open_bytes(&f, deflated, sizeof deflated, &archive), COCO_OK, "%s", f.seen.text);
  cr_assert_eq(coco_npz_read(f.context, &archive, 0, &tensor), COCO_OK, "%s", f.seen.text);
  cr_assert_eq(tensor.size, 300);
  for (size_t i = 0; i < tensor.size; ++i) cr_expect_eq(tensor.data[i], 7);
  coco_tensor_free(f.context, &tensor);
  coco_npz_close(&archive);
  tear_down(&f);
}

Test(npz, archives_that_lie_are_refused) {
  static const struct {
    size_t at;
    uint64_t value;
    size_t size;
    const char *said;
  } lies[] = {{DIRECTORY + 8, 1, 2, "encrypted"},
              {DIRECTORY + 10, 12, 2, "method 12"},
              {DIRECTORY + 10, 0, 2, "damaged"}, /* stored, of two sizes */
              {DIRECTORY + 16, 1, 4, "damaged"}, /* the checksum */
              {DIRECTORY + 20, 0x7fffffff, 4, "past its end"},
              {DIRECTORY + 20, 3, 4, "damaged"},
              {DIRECTORY + 24, 0xffffffff, 4, "claims"}, /* a bomb */
              {DIRECTORY + 24, 0x3fffffff, 4, "claims"},
              {DIRECTORY + 24, 427, 4, "damaged"},
              {DIRECTORY + 24, 429, 4, "damaged"},
              {DIRECTORY + 28, 0xffff, 2, "cut short"},
              {DIRECTORY + 30, 1, 2, "cut short"},
              {DIRECTORY + 42, 0xfffffff0, 4, "past its end"},
              {DIRECTORY + 42, 1, 4, "past its end"},
              {DIRECTORY + 46, 'x', 5, "no .npy file"},
              {26, 0xffff, 2, "past its end"}, /* the local name */
              {28, 0xffff, 2, "past its end"},
              {END + 4, 1, 2, "several files"},
              {END + 8, 2, 2, "several files"},
              {END + 10, 0xffff, 2, "several files"},
              {END + 8, 0xffffffff, 4, "more than"},
              {END + 8, 0x00020002, 4, "cut short"},
              {END + 12, 0x7fffffff, 4, "damaged"},
              {END + 16, 0x7fffffff, 4, "damaged"},
              {END + 20, 1, 2, "no directory"}};
  fixture f;
  set_up(&f, NULL);
  if (!has_zlib(&f)) cr_skip_test("built without zlib");
  for (size_t i = 0; i < sizeof lies / sizeof *lies; ++i) {
    f.seen.text[0] = '\0';
    cr_expect_eq(read_changed(&f, lies[i].at, lies[i].value, lies[i].size), COCO_REPORTED, "%zu", i);
    cr_expect_not_null(strstr(f.seen.text, lies[i].said), "%zu: %s", i, f.seen.text);
  }
  tear_down(&f);
}

Test(npz, truncation_is_refused) {
  fixture f;
  uint8_t bytes[2048];
  set_up(&f, NULL);
  size_t size = make_archive(&f, bytes, sizeof bytes);
  cr_expect_eq(read_all(&f, bytes, size), COCO_OK);
  for (size_t cut = 0; cut < size; ++cut) cr_expect_eq(read_all(&f, bytes, cut), COCO_REPORTED, "%zu", cut);
  tear_down(&f);
}

Test(npz, a_name_has_a_length) {
  fixture f;
  char name[5000];
  const float value = 1;
  set_up(&f, NULL);
  memset(name, 'n', sizeof name);
  coco_npz_writer writer = COCO_NPZ_WRITER(&coco_heap);
  const coco_type *type = coco_type_tensor(f.context, 0, NULL, coco_type_f32(f.context), NULL);
  cr_expect_eq(coco_npz_add(f.context, nowhere(&f), &writer, (coco_string){name, sizeof name}, type, &value), COCO_REPORTED);
  cr_expect_str_eq(f.seen.text, "too much for one archive\n");
  coco_npz_writer_free(&writer);
  tear_down(&f);
}
