/* Tests of dominance: branches, loops, unreachable blocks, nested regions. */
#include "ir/dominance.h"

#include "tests/unit/support.h"

/* Blocks 0 … COUNT-1 in the function, each ended by an unregistered branch to the blocks in EDGES. */
static void make_graph(fixture *f, coco_block **blocks, size_t count, const int (*edges)[2], size_t edge_count) {
  blocks[0] = f->body;
  for (size_t i = 1; i < count; ++i) blocks[i] = coco_region_append_block(f->context, f->body->region);
  for (size_t i = 0; i < count; ++i) {
    coco_block *successors[8];
    size_t successor_count = 0;
    for (size_t e = 0; e < edge_count; ++e)
      if ((size_t)edges[e][0] == i) successors[successor_count++] = blocks[edges[e][1]];
    coco_builder_to_end(&f->builder, blocks[i]);
    cr_assert_not_null(coco_build(&f->builder, &(coco_operation_state){.definition = coco_context_operation(
                                                                           f->context, COCO_STRING("test.branch")),
                                                                       .successors = successors,
                                                                       .successor_count = successor_count}));
  }
}

Test(dominance, diamond_with_a_loop_and_an_unreachable_block) {
  fixture f;
  set_up(&f, NULL);
  /* 0 -> 1, 2; 1 -> 3; 2 -> 3; 3 -> 1 (a loop back), 4; 5 -> 4, unreachable. */
  static const int edges[][2] = {{0, 1}, {0, 2}, {1, 3}, {2, 3}, {3, 1}, {3, 4}, {5, 4}};
  coco_block *b[6];
  make_graph(&f, b, 6, edges, sizeof edges / sizeof *edges);
  coco_dominance *d;
  cr_assert_eq(coco_dominance_create(f.context, &d), COCO_OK);
  static const bool expected[5][5] = {
      {1, 1, 1, 1, 1}, {0, 1, 0, 0, 0}, {0, 0, 1, 0, 0}, {0, 0, 0, 1, 1}, {0, 0, 0, 0, 1}};
  for (size_t i = 0; i < 5; ++i)
    for (size_t k = 0; k < 5; ++k)
      cr_assert_eq(coco_block_dominates(d, b[i], b[k]), expected[i][k], "%zu over %zu", i, k);
  cr_assert_not(coco_block_is_reachable(d, b[5]));
  cr_assert(coco_block_is_reachable(d, b[4]));
  coco_dominance_destroy(d);
  tear_down(&f);
}

/* Dominance by its definition: A dominates B when B cannot be reached without passing A. */
static bool dominates_by_definition(size_t count, const int (*edges)[2], size_t edge_count, size_t a, size_t b) {
  if (a == b || a == 0) return true;
  bool reached[16] = {true};
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t e = 0; e < edge_count; ++e) {
      size_t from = (size_t)edges[e][0], to = (size_t)edges[e][1];
      if (!reached[from] || from == a || reached[to] || to == a) continue;
      reached[to] = changed = true;
    }
  }
  (void)count;
  return !reached[b];
}

Test(dominance, random_graphs_agree_with_the_definition) {
  uint32_t random = 12345;
  for (size_t round = 0; round < 200; ++round) {
    fixture f;
    set_up(&f, NULL);
    int edges[20][2];
    size_t count = 2 + round % 9, edge_count = 0;
    for (size_t i = 0; i < 2 * count && edge_count < 20; ++i) {
      random = random * 1664525u + 1013904223u;
      edges[edge_count][0] = (int)((random >> 8) % count);
      edges[edge_count++][1] = (int)(1 + (random >> 20) % (count - 1));
    }
    coco_block *b[16];
    make_graph(&f, b, count, (const int(*)[2])edges, edge_count);
    coco_dominance *d;
    cr_assert_eq(coco_dominance_create(f.context, &d), COCO_OK);
    for (size_t i = 0; i < count; ++i)
      for (size_t k = 0; k < count; ++k) {
        if (!coco_block_is_reachable(d, b[i])) continue;
        bool expected = dominates_by_definition(count, (const int(*)[2])edges, edge_count, i, k);
        cr_assert_eq(coco_block_dominates(d, b[i], b[k]), expected, "round %zu: %zu over %zu", round, i, k);
      }
    coco_dominance_destroy(d);
    tear_down(&f);
  }
}

Test(dominance, a_value_dominates_inner_regions_after_it_only) {
  fixture f;
  set_up(&f, NULL);
  coco_value *before = make_constant(&f, 1);
  coco_operation *holder = make_unregistered(&f, "test.holder", NULL, 0, NULL, 0, 1);
  coco_value *after = make_constant(&f, 2);
  coco_builder_to_end(&f.builder, coco_build_block(&f.builder, holder, 0, NULL, 0));
  coco_value *inside = make_constant(&f, 3);
  coco_operation *user = make_unregistered(&f, "test.use", NULL, 0, NULL, 0, 0);
  coco_dominance *d;
  cr_assert_eq(coco_dominance_create(f.context, &d), COCO_OK);
  cr_assert(coco_value_dominates(d, before, user));
  cr_assert(coco_value_dominates(d, inside, user));
  cr_assert_not(coco_value_dominates(d, after, user));
  cr_assert_not(coco_value_dominates(d, inside, coco_value_operation(after)));
  coco_dominance_destroy(d);
  tear_down(&f);
}

Test(dominance, order_does_not_matter_in_a_graph_region) {
  fixture f;
  set_up(&f, NULL);
  coco_builder_to_end(&f.builder, f.module_body);
  coco_value *first = make_constant(&f, 1), *second = make_constant(&f, 2);
  coco_dominance *d;
  cr_assert_eq(coco_dominance_create(f.context, &d), COCO_OK);
  cr_assert(coco_value_dominates(d, second, coco_value_operation(first)));
  coco_dominance_destroy(d);
  tear_down(&f);
}
