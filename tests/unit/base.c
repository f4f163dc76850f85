/* Tests of ir/base: memory, tables, buffers, numbers in text, files. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ir/base/arithmetic.h"
#include "ir/base/buffer.h"
#include "ir/base/file.h"
#include "ir/base/hash.h"

Test(memory, aligned_blocks_are_aligned_and_can_be_freed) {
  for (size_t alignment = 1; alignment <= 4096; alignment *= 2) {
    void *block = coco_allocate_aligned(&coco_heap, 100, alignment);
    cr_assert_not_null(block);
    cr_assert_eq((uintptr_t)block % alignment, 0);
    memset(block, 1, 100);
    coco_free_aligned(&coco_heap, block, 100, alignment);
  }
}

Test(memory, zeroed_allocation_refuses_an_overflowing_size) {
  cr_assert_null(coco_allocate_zeroed(&coco_heap, SIZE_MAX / 2, 3));
}

Test(memory, arena_keeps_blocks_apart_and_resets) {
  coco_arena arena = {.allocator = &coco_heap};
  char *blocks[1000];
  for (size_t i = 0; i < 1000; ++i) {
    blocks[i] = coco_arena_allocate(&arena, i);
    memset(blocks[i], (int)(i % 251), i);
  }
  for (size_t i = 1; i < 1000; ++i) {
    cr_assert_eq((unsigned char)blocks[i][0], i % 251);
    cr_assert_eq((unsigned char)blocks[i][i - 1], i % 251);
  }
  size_t before = arena.total;
  coco_arena_reset(&arena);
  cr_assert_lt(arena.total, before, "a reset keeps one chunk at most");
  cr_assert_not_null(coco_arena_allocate(&arena, 3 << 20));
  coco_arena_reset(&arena);
  cr_assert_eq(arena.total, 0, "a chunk that was made for one large block is not kept");
  coco_arena_destroy(&arena);
}

Test(memory, arena_refuses_a_size_that_overflows) {
  coco_arena arena = {.allocator = &coco_heap};
  cr_assert_null(coco_arena_allocate(&arena, SIZE_MAX));
  cr_assert_null(coco_arena_allocate(&arena, SIZE_MAX - 8));
  coco_arena_destroy(&arena);
}

Test(memory, pool_uses_released_memory_again) {
  coco_arena arena = {.allocator = &coco_heap};
  coco_pool pool = {.arena = &arena};
  void *first = coco_pool_allocate(&pool, 100);
  coco_pool_release(&pool, first, 100);
  cr_assert_eq(coco_pool_allocate(&pool, 100), first);
  void *large = coco_pool_allocate(&pool, 100000), *another = coco_pool_allocate(&pool, 200000);
  coco_pool_release(&pool, large, 100000);
  coco_pool_release(&pool, another, 200000);
  cr_assert_eq(pool.live, 100);
  coco_pool_destroy(&pool);
  coco_arena_destroy(&arena);
}

Test(memory, vector_grows_and_keeps_its_items) {
  COCO_VECTOR_OF(int) numbers = {0};
  for (int i = 0; i < 1000; ++i) cr_assert_eq(coco_vector_push(&coco_heap, &numbers, i), COCO_OK);
  for (int i = 0; i < 1000; ++i) cr_assert_eq(numbers.items[i], i);
  coco_vector_free(&coco_heap, &numbers);
}

static void *never(void *context, void *pointer, size_t old_size, size_t new_size) {
  (void)context;
  (void)pointer;
  (void)old_size;
  (void)new_size;
  return NULL;
}

Test(memory, failure_of_the_allocator_travels_up) {
  const coco_allocator failing = {NULL, never};
  COCO_VECTOR_OF(int) numbers = {0};
  cr_assert_eq(coco_vector_push(&failing, &numbers, 1), COCO_OUT_OF_MEMORY);
  cr_assert_eq(numbers.count, 0);
  coco_buffer buffer = COCO_BUFFER(&failing);
  coco_buffer_text(&buffer, "x");
  coco_buffer_format(&buffer, "%d", 1);
  cr_assert_eq(buffer.status, COCO_OUT_OF_MEMORY);
  coco_arena arena = {.allocator = &failing};
  cr_assert_null(coco_arena_allocate(&arena, 1));
  coco_string_map map = {.allocator = &failing};
  cr_assert_eq(coco_string_map_set(&map, COCO_STRING("a"), &map), COCO_OUT_OF_MEMORY);
}

Test(hash, pointer_map_finds_removes_and_finds_again) {
  static char keys[5000];
  coco_pointer_map map = {.allocator = &coco_heap};
  for (size_t i = 0; i < 5000; ++i) cr_assert_eq(coco_pointer_map_set(&map, &keys[i], (void *)(i + 1)), COCO_OK);
  for (size_t i = 0; i < 5000; i += 2) coco_pointer_map_remove(&map, &keys[i]);
  cr_assert_eq(map.count, 2500);
  for (size_t i = 0; i < 5000; ++i) cr_assert_eq(coco_pointer_map_get(&map, &keys[i]), i % 2 ? (void *)(i + 1) : NULL);
  size_t used = map.used;
  for (size_t round = 0; round < 100000; ++round) { /* removal must not fill the table with tombstones */
    cr_assert_eq(coco_pointer_map_set(&map, &keys[0], &map), COCO_OK);
    coco_pointer_map_remove(&map, &keys[0]);
  }
  cr_assert_leq(map.capacity, 16384);
  cr_assert_leq(map.used, used, "a key that comes and goes takes a place each time");
  coco_pointer_map_free(&map);
}

Test(hash, string_map_tells_equal_texts_at_other_places) {
  coco_string_map map = {.allocator = &coco_heap};
  char names[1000][8];
  for (size_t i = 0; i < 1000; ++i) {
    snprintf(names[i], sizeof names[i], "n%zu", i);
    cr_assert_eq(coco_string_map_set(&map, coco_string_from(names[i]), &names[i]), COCO_OK);
  }
  char copy[8] = "n777";
  cr_assert_eq(coco_string_map_get(&map, coco_string_from(copy)), &names[777]);
  cr_assert_null(coco_string_map_get(&map, COCO_STRING("n1000")));
  coco_string_map_free(&map);
}

Test(text, integers_are_parsed_whole_and_in_range) {
  int64_t value;
  cr_assert(coco_string_to_int64(COCO_STRING("-9223372036854775808"), &value));
  cr_assert_eq(value, INT64_MIN);
  cr_assert(coco_string_to_int64(COCO_STRING("0x7fffffffffffffff"), &value));
  cr_assert_eq(value, INT64_MAX);
  const char *const wrong[] = {"", "-", "9223372036854775808", "1x", "0x", " 1", "1 "};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; ++i) cr_assert_not(coco_string_to_int64(coco_string_from(wrong[i]), &value), "%s", wrong[i]);
}

Test(text, reals_are_parsed_whole) {
  double value;
  cr_assert(coco_string_to_double(COCO_STRING("-1.5e-3"), &value));
  cr_assert_float_eq(value, -0.0015, 1e-18);
  cr_assert_not(coco_string_to_double(COCO_STRING("1.5z"), &value));
  cr_assert_not(coco_string_to_double(COCO_STRING("nan"), &value));
}

Test(text, distance_counts_edits_up_to_the_limit) {
  cr_assert_eq(coco_string_distance(COCO_STRING("canonicalise"), COCO_STRING("canonicalize"), 3), 1);
  cr_assert_eq(coco_string_distance(COCO_STRING("cse"), COCO_STRING("symbol-dce"), 3), 4);
  cr_assert_eq(coco_string_distance(COCO_STRING(""), COCO_STRING("ab"), 3), 2);
}

Test(buffer, writes_numbers_text_and_hex) {
  coco_buffer buffer = COCO_BUFFER(&coco_heap);
  coco_buffer_integer(&buffer, INT64_MIN);
  coco_buffer_byte(&buffer, ' ');
  coco_buffer_unsigned(&buffer, UINT64_MAX);
  coco_buffer_byte(&buffer, ' ');
  coco_buffer_hex(&buffer, "\x01\xab", 2);
  coco_buffer_format(&buffer, " %s", "end");
  cr_assert(coco_string_is(coco_buffer_view(&buffer), "-9223372036854775808 18446744073709551615 01AB end"));
  coco_buffer_free(&buffer);
}

Test(file, a_write_replaces_the_whole_file_and_leaves_nothing_beside_it) {
  char folder[] = "/tmp/coco-test-XXXXXX", path[64];
  cr_assert_not_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/out", folder);
  coco_string parts[] = {COCO_STRING("one "), COCO_STRING("two")};
  cr_assert_eq(coco_file_write(path, parts, 2, NULL), COCO_OK);
  cr_assert_eq(coco_file_write(path, parts, 1, NULL), COCO_OK);
  coco_file file;
  cr_assert_eq(coco_file_open(&coco_heap, path, &file, NULL), COCO_OK);
  cr_assert_eq(file.size, 4);
  cr_assert_eq(memcmp(file.data, "one ", 4), 0);
  coco_file_close(&file);
  unlink(path);
  cr_assert_eq(rmdir(folder), 0, "a temporary file was left");
}

Test(file, errors_are_told_apart) {
  coco_file file;
  int error = 0;
  cr_assert_eq(coco_file_open(&coco_heap, "/tmp", &file, &error), COCO_IO_ERROR);
  cr_assert_neq(error, 0);
  cr_assert_eq(coco_file_open(&coco_heap, "/nonexistent/file", &file, &error), COCO_IO_ERROR);
  cr_assert_eq(coco_file_write("/nonexistent/file", NULL, 0, &error), COCO_IO_ERROR);
}

/* ---- Arithmetic ---- */

Test(arithmetic, sizes_do_not_overflow) {
  cr_expect_eq(coco_ceil_divide(0, 16), 0);
  cr_expect_eq(coco_ceil_divide(17, 16), 2);
  cr_expect_eq(coco_ceil_divide(INT64_MAX, 16), INT64_MAX / 16 + 1);
  cr_expect_eq(coco_ceil_divide(3, INT64_MAX), 1);
  cr_expect_eq(coco_add_saturated(2, 3), 5);
  cr_expect_eq(coco_add_saturated(INT64_MAX, 3), INT64_MAX);
  cr_expect_eq(coco_multiply_saturated(INT64_MAX, 0), 0);
  cr_expect_eq(coco_multiply_saturated(INT64_MAX / 2, 2), INT64_MAX - 1);
  cr_expect_eq(coco_multiply_saturated(INT64_MAX / 2, 3), INT64_MAX);
}
