/* Pictures of graphs: what must hold of an arrangement in rows, whatever the graph; that of Graphviz where there is
 * one. Text of strangers: which bytes are UTF-8. */
#include "tools/common/arrange.h"

#include <criterion/criterion.h>

#include "tools/common/escape.h"

enum { BOXES = 60 };

static coco_arrangement random_graph(uint32_t seed, coco_arranged_arrow *arrows) {
  coco_arrangement graph = {.arena.allocator = &coco_heap,
                            .box_count = BOXES,
                            .arrows = arrows,
                            .box_width = 100,
                            .box_height = 20,
                            .row_height = 20};
  for (size_t to = 1; to < BOXES; ++to)
    for (size_t k = 0; k < 2; ++k) {
      seed = seed * 1664525u + 1013904223u;
      const size_t back = 1 + (seed >> 16) % (k ? to : to < 3 ? to : 3);
      graph.arrows[graph.arrow_count++] = (coco_arranged_arrow){.from = to - back, .to = to};
    }
  return graph;
}

/* Until its last reader, no box stands on the line that leads down from a box. */
static void check_lanes(const coco_arrangement *graph) {
  for (size_t i = 0; i < graph->arrow_count; ++i) {
    const coco_arranged_arrow *arrow = &graph->arrows[i];
    for (size_t box = arrow->from + 1; box < arrow->to; ++box)
      cr_expect_neq(graph->boxes[box].x, graph->boxes[arrow->from].x);
    cr_expect_eq(arrow->count % 3, 1u);
    cr_expect_eq(arrow->curve[0].y, graph->boxes[arrow->from].y);
    cr_expect_eq(arrow->curve[arrow->count - 1].x, graph->boxes[arrow->to].x);
    cr_expect_eq(arrow->curve[arrow->count - 1].y, graph->boxes[arrow->to].y);
  }
}

Test(arrange, in_rows_no_box_stands_on_a_line) {
  coco_arranged_arrow arrows[2 * BOXES];
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    coco_arrangement graph = random_graph(seed, arrows);
    cr_assert_eq(coco_arrange(&graph, true), COCO_OK);
    cr_expect(graph.in_rows);
    for (size_t i = 1; i < BOXES; ++i) cr_expect_eq(graph.boxes[i].y, graph.boxes[i - 1].y + 20);
    check_lanes(&graph);
    coco_arrange_free(&graph);
  }
}

Test(arrange, a_chain_is_one_lane) {
  coco_arranged_arrow arrows[] = {{.from = 0, .to = 1}, {.from = 1, .to = 2}};
  coco_arrangement graph = {
      .arena.allocator = &coco_heap, .box_count = 3, .arrow_count = 2, .arrows = arrows, .row_height = 10};
  cr_assert_eq(coco_arrange(&graph, true), COCO_OK);
  cr_expect_eq(graph.boxes[0].x, graph.boxes[2].x);
  cr_expect_eq(graph.height, 30);
  coco_arrange_free(&graph);
}

/* Graphviz would take hours: it gets rows at once. */
Test(arrange, many_long_arrows_are_rows) {
  enum { DENSE = 100 };
  static coco_arranged_arrow arrows[DENSE * DENSE / 2];
  coco_arrangement graph = {.arena.allocator = &coco_heap, .box_count = DENSE, .arrows = arrows, .row_height = 10};
  for (size_t to = 1; to < DENSE; ++to)
    for (size_t from = 0; from < to; ++from)
      arrows[graph.arrow_count++] = (coco_arranged_arrow){.from = from, .to = to};
  cr_assert_eq(coco_arrange(&graph, false), COCO_OK);
  cr_expect(graph.in_rows);
  check_lanes(&graph);
  coco_arrange_free(&graph);
}

Test(arrange, nothing_at_all) {
  coco_arrangement graph = {.arena.allocator = &coco_heap};
  cr_assert_eq(coco_arrange(&graph, true), COCO_OK);
  cr_expect_eq(graph.height, 0);
  coco_arrange_free(&graph);
}

static void expect_first(const char *bytes, size_t count, uint32_t code, size_t size) {
  size_t read;
  cr_expect_eq(coco_utf8_first((coco_string){bytes, count}, &read), code, "%zu bytes, %x", count, (unsigned)code);
  cr_expect_eq(read, size, "%zu bytes, %x", count, (unsigned)code);
}

Test(escape, only_utf_8_is_text) {
  expect_first("a", 1, 'a', 1);
  expect_first("\xc3\xa9", 2, 0xe9, 2);
  expect_first("\xe2\x82\xac", 3, 0x20ac, 3);
  expect_first("\xf0\x9f\x98\x80", 4, 0x1f600, 4);
  expect_first("\xf4\x8f\xbf\xbf", 4, 0x10ffff, 4);
  expect_first("\xc3", 1, 0xfffd, 1); /* cut off */
  expect_first("\xe2\x82", 2, 0xfffd, 1);
  expect_first("\xc0\xaf", 2, 0xfffd, 1); /* longer than needed */
  expect_first("\xe0\x80\xaf", 3, 0xfffd, 1);
  expect_first("\xed\xa0\x80", 3, 0xfffd, 1);     /* half of a pair */
  expect_first("\xf4\x90\x80\x80", 4, 0xfffd, 1); /* too large */
  expect_first("\xff", 1, 0xfffd, 1);
  expect_first("\x80", 1, 0xfffd, 1);
}

Test(escape, a_column_counts_characters) {
  coco_buffer out = COCO_BUFFER(&coco_heap);
  coco_put_column_text(&out, COCO_STRING("\xc3\xa9\x1b[2J"), 6);
  coco_put_column_text(&out, COCO_STRING("\xc3\xa9\xc3\xa9"), 1);
  cr_expect(coco_string_is(coco_buffer_view(&out), "\xc3\xa9\xef\xbf\xbd[2J \xc3\xa9"));
  coco_buffer_free(&out);
}
