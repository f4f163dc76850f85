/* Tests of the memory plan: no two values that live at once share a byte, and the peak is what it says. */
#include <criterion/criterion.h>

#include "api/registry.h"
#include "ir/context.h"
#include "ir/parser.h"
#include "lowering/memory_plan.h"

enum { MOST = 64 };

static uint32_t next(uint64_t *state) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 33);
}

static void make_requests(uint64_t seed, coco_memory_request *requests, size_t *out_count) {
  uint64_t state = seed;
  size_t count = 1 + next(&state) % MOST;
  for (size_t i = 0; i < count; ++i) {
    int64_t first = next(&state) % 40;
    requests[i] = (coco_memory_request){.size = next(&state) % 3000, .first = first, .last = first + next(&state) % 10};
  }
  *out_count = count;
}

/* The most bytes that live at one step: no plan has a lower peak. */
static int64_t lower_bound(const coco_memory_request *requests, size_t count) {
  int64_t most = 0;
  for (int64_t step = 0; step < 60; ++step) {
    int64_t sum = 0;
    for (size_t i = 0; i < count; ++i) sum += requests[i].first <= step && step <= requests[i].last ? requests[i].size : 0;
    if (sum > most) most = sum;
  }
  return most;
}

Test(memory_plan, what_is_alive_at_once_is_counted) {
  for (uint64_t seed = 1; seed <= 500; ++seed) {
    coco_memory_request requests[MOST];
    size_t count;
    make_requests(seed, requests, &count);
    cr_assert_eq(coco_memory_alive(requests, count), lower_bound(requests, count));
  }
}

Test(memory_plan, values_that_live_at_once_do_not_overlap) {
  for (uint64_t seed = 1; seed <= 500; ++seed) {
    coco_memory_request requests[MOST];
    size_t count;
    int64_t peak, end = 0;
    make_requests(seed, requests, &count);
    cr_assert_eq(coco_memory_plan(&coco_heap, requests, count, 64, &peak), COCO_OK);
    for (size_t i = 0; i < count; ++i) {
      cr_assert(requests[i].offset >= 0 && requests[i].offset % 64 == 0);
      if (requests[i].offset + requests[i].size > end) end = requests[i].offset + requests[i].size;
      for (size_t j = 0; j < i; ++j) {
        bool together = requests[i].first <= requests[j].last && requests[j].first <= requests[i].last;
        bool overlap = requests[i].offset < requests[j].offset + requests[j].size && requests[j].offset < requests[i].offset + requests[i].size;
        cr_assert(!(together && overlap && requests[i].size && requests[j].size), "seed %d: %zu and %zu", (int)seed, i, j);
      }
    }
    cr_assert_eq(peak, end);
    cr_assert_geq(peak, lower_bound(requests, count));
  }
}

Test(memory_plan, a_chain_of_equal_values_takes_two_places) {
  coco_memory_request requests[20];
  int64_t peak;
  for (int64_t i = 0; i < 20; ++i) requests[i] = (coco_memory_request){.size = 640, .first = i, .last = i + 1};
  cr_assert_eq(coco_memory_plan(&coco_heap, requests, 20, 64, &peak), COCO_OK);
  cr_assert_eq(peak, 1280);
}

Test(memory_plan, a_value_goes_to_the_smallest_gap_that_takes_it) {
  coco_memory_request requests[] = {{.size = 1000, .first = 0, .last = 9}, {.size = 512, .first = 0, .last = 3}, {.size = 448, .first = 0, .last = 9},
                                    {.size = 256, .first = 0, .last = 3}, {.size = 220, .first = 0, .last = 9}, {.size = 200, .first = 5, .last = 9}};
  int64_t peak;
  cr_assert_eq(coco_memory_plan(&coco_heap, requests, 6, 64, &peak), COCO_OK);
  cr_assert(requests[5].offset >= requests[3].offset && requests[5].offset + 200 <= requests[3].offset + 256);
}

/* ---- Whole entries ---- */

#define NEGATE(result, input, type) \
  "  " result " = \"lr.map\"(" input ") <{device = \"cpu\", shape = array<i64: 40>, maps = [affine_map<(d0) -> (d0)>]}> ({\n  ^bb0(%a: f32):\n    %n = arith.negf %a : f32\n    lr.yield %n : f32\n  }) : (" type ") -> " type "\n"
#define RESHAPE(result, input) \
  "  " result " = \"lr.move\"(" input ") <{device = \"cpu\", shape = array<i64: 8, 5>, domains = [array<i64: 40>], sources = [affine_map<(d0) -> (d0)>], destinations = [affine_map<(d0) -> (d0 floordiv 5, d0 mod 5)>]}> : (tensor<40xf32>) -> tensor<8x5xf32>\n"
#define TRANSPOSE(result, input) \
  "  " result " = \"lr.move\"(" input ") <{device = \"cpu\", shape = array<i64: 5, 8>, domains = [array<i64: 5, 8>], sources = [affine_map<(d0, d1) -> (d1, d0)>], destinations = [affine_map<(d0, d1) -> (d0, d1)>]}> : (tensor<8x5xf32>) -> tensor<5x8xf32>\n"

typedef struct planned_entry {
  coco_context *context;
  coco_operation *module;
  coco_arena scratch;
  coco_entry_plan plan;
  coco_block *block;
} planned_entry;

static void plan_entry(planned_entry *planned, const char *text) {
  cr_assert_eq(coco_context_create(NULL, &planned->context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(planned->context), COCO_OK);
  cr_assert_eq(coco_parse_module(planned->context, coco_string_from(text), COCO_STRING("test"), &planned->module), COCO_OK);
  planned->scratch = (coco_arena){.allocator = &coco_heap};
  coco_operation *function = coco_symbol_lookup_in(planned->module, COCO_STRING("main"));
  planned->block = coco_operation_body(function, 0);
  cr_assert_eq(coco_entry_plan_make(function, &planned->scratch, &planned->plan), COCO_OK);
}

static const coco_place *place_of(const planned_entry *planned, size_t number) {
  const coco_operation *operation = planned->block->first;
  while (number--) operation = operation->next;
  return coco_entry_plan_place(&planned->plan, coco_operation_result(operation, 0));
}

static void forget(planned_entry *planned) {
  coco_entry_plan_free(&planned->plan);
  coco_arena_destroy(&planned->scratch);
  coco_operation_erase(planned->module);
  coco_context_destroy(planned->context);
}

Test(memory_plan, elementwise_layers_write_over_what_dies_in_them) {
  planned_entry planned;
  plan_entry(&planned, "func.func @main(%x: tensor<40xf32>) -> tensor<40xf32> {\n" NEGATE("%0", "%x", "tensor<40xf32>") NEGATE("%1", "%0", "tensor<40xf32>")
                           NEGATE("%2", "%1", "tensor<40xf32>") "  func.return %2 : tensor<40xf32>\n}\n");
  cr_assert_eq(place_of(&planned, 0)->kind, COCO_PLACE_ARENA);
  cr_assert_eq(place_of(&planned, 1)->index, place_of(&planned, 0)->index);
  cr_assert_eq(place_of(&planned, 2)->kind, COCO_PLACE_OUTPUT);
  cr_assert_eq(planned.plan.arena_size, 160);
  forget(&planned);
}

Test(memory_plan, what_is_read_later_is_not_written_over) {
  planned_entry planned;
  plan_entry(&planned, "func.func @main(%x: tensor<40xf32>) -> (tensor<40xf32>, tensor<40xf32>) {\n" NEGATE("%0", "%x", "tensor<40xf32>")
                           NEGATE("%1", "%0", "tensor<40xf32>") NEGATE("%2", "%1", "tensor<40xf32>") NEGATE("%3", "%0", "tensor<40xf32>")
                           "  func.return %2, %3 : tensor<40xf32>, tensor<40xf32>\n}\n");
  cr_assert_neq(place_of(&planned, 1)->index, place_of(&planned, 0)->index);
  cr_assert_eq(planned.plan.arena_size, 192 + 160);
  forget(&planned);
}

Test(memory_plan, a_reshape_is_a_view_and_keeps_its_bytes_alive) {
  planned_entry planned;
  plan_entry(&planned, "func.func @main(%x: tensor<40xf32>) -> tensor<5x8xf32> {\n" NEGATE("%0", "%x", "tensor<40xf32>") RESHAPE("%1", "%0")
                           NEGATE("%2", "%x", "tensor<40xf32>") RESHAPE("%3", "%2") TRANSPOSE("%4", "%1") "  func.return %4 : tensor<5x8xf32>\n}\n");
  cr_assert(place_of(&planned, 1)->is_alias);
  cr_assert_eq(place_of(&planned, 1)->index, place_of(&planned, 0)->index);
  cr_assert_neq(place_of(&planned, 2)->index, place_of(&planned, 0)->index);
  const coco_memory_request *first = &planned.plan.buffers[place_of(&planned, 0)->index], *second = &planned.plan.buffers[place_of(&planned, 2)->index];
  cr_assert(first->offset + first->size <= second->offset || second->offset + second->size <= first->offset);
  forget(&planned);
}

Test(memory_plan, a_transpose_is_no_view) {
  planned_entry planned;
  plan_entry(&planned, "func.func @main(%x: tensor<40xf32>) -> tensor<5x8xf32> {\n" NEGATE("%0", "%x", "tensor<40xf32>") RESHAPE("%1", "%0") TRANSPOSE("%2", "%1")
                           TRANSPOSE("%3", "%1") "  func.return %3 : tensor<5x8xf32>\n}\n");
  cr_assert_not(place_of(&planned, 2)->is_alias);
  forget(&planned);
}

#define CONCATENATE(result, left, right)                                                                                                              \
  "  " result " = \"lr.move\"(" left ", " right ") <{device = \"cpu\", shape = array<i64: 112>, domains = [array<i64: 64>, array<i64: 48>], "             \
  "sources = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], destinations = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0 + 64)>]}> : "       \
  "(tensor<64xf32>, tensor<48xf32>) -> tensor<112xf32>\n"
#define NEGATE_OF(result, input, count)                                                                                                              \
  "  " result " = \"lr.map\"(" input ") <{device = \"cpu\", shape = array<i64: " count ">, maps = [affine_map<(d0) -> (d0)>]}> ({\n  ^bb0(%a: f32):\n"    \
  "    %n = arith.negf %a : f32\n    lr.yield %n : f32\n  }) : (tensor<" count "xf32>) -> tensor<" count "xf32>\n"

Test(memory_plan, parts_of_a_concatenation_are_computed_in_their_places) {
  planned_entry planned;
  plan_entry(&planned, "func.func @main(%x: tensor<64xf32>, %y: tensor<48xf32>) -> tensor<112xf32> {\n" NEGATE_OF("%0", "%x", "64") NEGATE_OF("%1", "%y", "48")
                           CONCATENATE("%2", "%0", "%1") NEGATE_OF("%3", "%2", "112") "  func.return %3 : tensor<112xf32>\n}\n");
  cr_assert(place_of(&planned, 2)->is_alias);
  cr_assert_eq(place_of(&planned, 0)->index, place_of(&planned, 2)->index);
  cr_assert_eq(place_of(&planned, 1)->index, place_of(&planned, 2)->index);
  cr_assert_eq(place_of(&planned, 0)->offset, 0);
  cr_assert_eq(place_of(&planned, 1)->offset, 256);
  cr_assert_eq(planned.plan.buffer_count, 1);
  cr_assert_eq(planned.plan.buffers[0].size, 448);
  forget(&planned);
}

Test(memory_plan, inputs_and_repeated_values_are_copied_into_a_concatenation) {
  planned_entry planned;
  plan_entry(&planned, "func.func @main(%x: tensor<64xf32>, %y: tensor<48xf32>) -> tensor<112xf32> {\n" NEGATE_OF("%0", "%x", "64") CONCATENATE("%1", "%0", "%y")
                           NEGATE_OF("%2", "%1", "112") "  func.return %2 : tensor<112xf32>\n}\n");
  cr_assert_not(place_of(&planned, 1)->is_alias);
  cr_assert_neq(place_of(&planned, 0)->index, place_of(&planned, 1)->index);
  forget(&planned);
}
