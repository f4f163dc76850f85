/* Tests of safetensors files: what is written is read; every lie in a file is found. */
#include "ir/text/safetensors.h"

#include <criterion/criterion.h>

#include "ir/context.h"

/* A file of HEADER and SIZE bytes of data, in memory. */
static coco_buffer file_of(const char *header, size_t size) {
  coco_buffer file = COCO_BUFFER(&coco_heap);
  uint64_t length = strlen(header);
  for (int i = 0; i < 8; i++) coco_buffer_byte(&file, (char)(length >> 8 * i));
  coco_buffer_text(&file, header);
  for (size_t i = 0; i < size; i++) coco_buffer_byte(&file, (char)i);
  return file;
}

static const char *error_of(const coco_buffer *file) {
  coco_arena arena = {.allocator = &coco_heap};
  coco_safetensors tensors;
  const char *error = "";
  coco_status status = coco_safetensors_read(&arena, (const uint8_t *)file->data, file->size, &tensors, &error);
  cr_assert_eq(status == COCO_OK, error == NULL);
  coco_arena_destroy(&arena);
  return error ? error : "";
}

static void expect_error(const char *header, size_t size, const char *error) {
  coco_buffer file = file_of(header, size);
  cr_assert_str_eq(error_of(&file), error, "for %s: %s", header, error_of(&file));
  coco_buffer_free(&file);
}

Test(safetensors, what_is_written_is_read) {
  coco_context *context;
  cr_assert_eq(coco_context_create(NULL, &context), COCO_OK);
  const int64_t shape[] = {2, 3};
  static const uint8_t bytes[24] = {1, 2, 3}, odd[5] = {9};
  const coco_safetensor_part parts[] = {
      {COCO_STRING("w\"1"), coco_type_tensor(context, 2, shape, coco_type_f32(context), NULL), bytes, sizeof bytes},
      {COCO_STRING("raw"), NULL, odd, sizeof odd}};
  coco_buffer file = COCO_BUFFER(&coco_heap);
  coco_safetensors_header(&file, parts, 2);
  cr_assert_eq(file.size % 64, 0, "the data is aligned");
  coco_buffer_append(&file, bytes, sizeof bytes);
  coco_buffer_append(&file, odd, sizeof odd);
  coco_arena arena = {.allocator = &coco_heap};
  coco_safetensors tensors;
  const char *error;
  cr_assert_eq(coco_safetensors_read(&arena, (const uint8_t *)file.data, file.size, &tensors, &error), COCO_OK);
  cr_assert_eq(tensors.count, 2);
  cr_assert(coco_string_is(tensors.tensors[0].name, "w\"1") && coco_string_is(tensors.tensors[0].dtype, "F32"));
  cr_assert(tensors.tensors[0].rank == 2 && tensors.tensors[0].shape[1] == 3);
  cr_assert_eq(memcmp(tensors.tensors[0].data, bytes, sizeof bytes), 0);
  cr_assert(coco_string_is(tensors.tensors[1].dtype, "U8") && tensors.tensors[1].size == 5 && tensors.tensors[1].data[0] == 9);
  coco_arena_destroy(&arena);
  coco_buffer_free(&file);
  coco_context_destroy(context);
}

Test(safetensors, escapes_in_names_and_metadata_are_read) {
  coco_buffer file = file_of("{\"__metadata__\":{\"a\":[1,{\"b\":null}]},\"\\u00e9\\ud83d\\ude00\\n\":{\"shape\":[],\"dtype\":\"I8\",\"data_offsets\":[0,1]}}", 1);
  coco_arena arena = {.allocator = &coco_heap};
  coco_safetensors tensors;
  const char *error;
  cr_assert_eq(coco_safetensors_read(&arena, (const uint8_t *)file.data, file.size, &tensors, &error), COCO_OK);
  cr_assert(coco_string_is(tensors.tensors[0].name, "\xc3\xa9\xf0\x9f\x98\x80\n"));
  coco_arena_destroy(&arena);
  coco_buffer_free(&file);
}

#define TENSOR(name, dtype, shape, offsets) "\"" name "\":{\"dtype\":\"" dtype "\",\"shape\":" shape ",\"data_offsets\":" offsets "}"

Test(safetensors, lies_about_data_are_found) {
  expect_error("{" TENSOR("a", "F32", "[2]", "[0,8]") "}", 4, "a tensor's data lies outside of the file");
  expect_error("{" TENSOR("a", "F32", "[2]", "[8,0]") "}", 8, "a tensor's data lies outside of the file");
  expect_error("{" TENSOR("a", "F32", "[3]", "[0,8]") "}", 8, "a tensor's size does not fit its shape");
  expect_error("{" TENSOR("a", "F32", "[4611686018427387904,4,4]", "[0,8]") "}", 8, "a tensor's size does not fit its shape");
  expect_error("{" TENSOR("a", "F33", "[2]", "[0,8]") "}", 8, "a tensor's dtype is unknown");
  expect_error("{" TENSOR("a", "I8", "[2]", "[0,2]") "," TENSOR("b", "I8", "[2]", "[1,3]") "}", 3, "two tensors overlap");
  expect_error("{" TENSOR("a", "I8", "[2]", "[0,2]") "," TENSOR("b", "I8", "[2]", "[3,5]") "}", 5, "there is a hole between tensors");
  expect_error("{" TENSOR("a", "I8", "[2]", "[0,2]") "}", 3, "there are bytes behind the last tensor");
  expect_error("{" TENSOR("a", "I8", "[1]", "[0,1]") "," TENSOR("a", "I8", "[1]", "[1,2]") "}", 2, "two tensors have one name");
  expect_error("{" TENSOR("a", "I8", "[99999999999999999999]", "[0,1]") "}", 1, "a number in the header is too large");
}

Test(safetensors, malformed_headers_are_found) {
  expect_error("", 0, "the header is not well-formed JSON");
  expect_error("{} x", 0, "something follows the header's JSON");
  expect_error("{\"a\":{\"dtype\":\"I8\",\"shape\":[]}}", 0, "a tensor lacks dtype, shape or data_offsets");
  expect_error("{\"a\":{\"dtype\":\"I8\",\"dtype\":\"I8\"}}", 0, "a tensor has a member twice");
  expect_error("{\"a\":{\"x\":1}}", 0, "a tensor has an unknown member");
  expect_error("{\"__metadata__\":", 0, "the header ends early");
  expect_error("{\"a", 0, "a string in the header does not end");
  expect_error("{\"\\ud800\":1}", 0, "a string in the header has a wrong escape");
  expect_error("{\"a\":{\"dtype\":\"I8\",\"shape\":[-1]", 0, "the header wants a whole number");
  expect_error("{" TENSOR("", "I8", "[0]", "[0,0]") "}", 0, "a tensor has no name");
}

Test(safetensors, header_length_is_checked) {
  coco_buffer file = file_of("{}", 0);
  for (size_t size = 0; size < 8; size++) {
    coco_buffer cut = file;
    cut.size = size;
    cr_assert_str_eq(error_of(&cut), "the file is too short for a header");
  }
  file.data[0] = 3;
  cr_assert_str_eq(error_of(&file), "the header is longer than the file");
  file.data[7] = 1;
  cr_assert_str_eq(error_of(&file), "the header is too long");
  coco_buffer_free(&file);
}

Test(safetensors, deep_metadata_does_not_overflow_the_stack) {
  coco_buffer header = COCO_BUFFER(&coco_heap);
  coco_buffer_text(&header, "{\"__metadata__\":");
  for (int i = 0; i < 100000; i++) coco_buffer_byte(&header, '[');
  coco_buffer_byte(&header, '\0');
  expect_error(header.data, 0, "the header is nested too deeply");
  coco_buffer_free(&header);
}
