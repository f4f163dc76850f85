/* The lines of --report about layers with pruned weights: what each takes dense and sparse, what was taken, and why. */
#include "lowering/layer_choice.h"
#include "tools/coco-compile/compile.h"

typedef struct choice_lines {
  coco_buffer *out;
  size_t count;
} choice_lines;

static coco_walk_result add_line(coco_operation *operation, void *user) {
  choice_lines *to = user;
  coco_layer_choice choice;
  if (!coco_layer_choice_of(operation, &choice)) return COCO_WALK_ON;
  coco_string name = coco_location_layer(operation->location);
  if (name.size > 40) name.size = 40;
  if (to->count++ == 0)
    coco_buffer_format(to->out, "%-40s %10s %10s  %-6s %-8s  %s\n", "pruned layer", "dense ms", "sparse ms", "taken",
                       "by", "why");
  coco_buffer_format(to->out, "%-40.*s %10.4f %10.4f  %-6s %-8s  %.*s\n", COCO_PRINT(name), choice.times.dense_ms,
                     choice.times.sparse_ms, choice.sparse ? "sparse" : "dense", choice.measured ? "measured" : "model",
                     COCO_PRINT(choice.reason));
  return COCO_WALK_ON;
}

void compile_report_choices(coco_buffer *out, coco_operation *module) {
  choice_lines lines = {.out = out};
  coco_operation_walk(module, COCO_PRE_ORDER, add_line, &lines);
}
