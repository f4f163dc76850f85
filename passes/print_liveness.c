/* Says how many values live across the borders of blocks, and where values are used last. */
#include "ir/analysis.h"
#include "ir/diagnostic.h"
#include "ir/liveness.h"
#include "passes/passes.h"

static void visit(coco_pass *pass, const coco_liveness *liveness, coco_operation *operation) {
  if (operation == operation->block->first) {
    size_t in, out;
    coco_liveness_in(liveness, operation->block, &in);
    coco_liveness_out(liveness, operation->block, &out);
    coco_remark(pass->context, operation->location, "%zu values live into this block, %zu out of it", in, out);
  }
  for (size_t i = 0; i < operation->operand_count; ++i)
    if (coco_value_is_dead_after(liveness, coco_operation_operand(operation, i), operation))
      coco_remark(pass->context, operation->location, "operand #%zu is not used behind this", i);
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  void *liveness;
  COCO_TRY(coco_pass_analysis(pass, &coco_liveness_analysis, &liveness));
  for (coco_operation *operation = coco_walk_next(root, root); operation; operation = coco_walk_next(operation, root))
    visit(pass, liveness, operation);
  return COCO_OK;
}

const coco_pass_definition coco_pass_print_liveness = {
    .name = "print-liveness",
    .documentation = "Say as remarks how many values live across the borders of blocks, and which uses are the last.",
    .run = run};
