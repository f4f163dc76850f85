/* Structured control flow: loops and branches become blocks with phis.
 *
 * The builder always stands at the end of an open block; after an operation it stands in the block
 * that follows the construct. */
#include "dialects/scf/scf.h"
#include "lowering/llvm/translate.h"

typedef struct phis {
  LLVMValueRef *items;
  size_t count;
} phis;

static coco_status make_phis(coco_translator *translator, const coco_operation *operation, coco_value *const *values,
                             const coco_value *results, size_t count, phis *out) {
  *out = (phis){NULL, count};
  if (!count) return COCO_OK;
  out->items = coco_allocate_zeroed(translator->allocator, count, sizeof *out->items);
  if (!out->items) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) {
    const coco_value *value = values ? values[i] : &results[i];
    LLVMTypeRef type;
    COCO_TRY(coco_translate_type(translator, operation, value->type, &type));
    out->items[i] = LLVMBuildPhi(translator->builder, type, "");
    COCO_TRY(coco_translation_set(translator, value, out->items[i]));
  }
  return COCO_OK;
}

static void free_phis(coco_translator *translator, phis *list) {
  coco_free(translator->allocator, list->items, list->count * sizeof *list->items);
}

/* The phis receive operands [START, START + count) of OPERATION when control comes from FROM. */
static void feed_phis(coco_translator *translator, phis *list, const coco_operation *operation, size_t start,
                      LLVMBasicBlockRef from) {
  for (size_t i = 0; i < list->count; ++i) {
    LLVMValueRef value = coco_translated_operand(translator, operation, start + i);
    LLVMAddIncoming(list->items[i], &value, &from, 1);
  }
}

static coco_status translate_for_with(coco_translator *translator, coco_operation *operation, phis *carried) {
  LLVMBuilderRef builder = translator->builder;
  LLVMValueRef lower = coco_translated_operand(translator, operation, 0),
               upper = coco_translated_operand(translator, operation, 1);
  LLVMValueRef step = coco_translated_operand(translator, operation, 2);
  coco_block *body = coco_operation_body(operation, 0);
  LLVMBasicBlockRef before = LLVMGetInsertBlock(builder);
  LLVMBasicBlockRef head = coco_new_block(translator, "for"), inside = coco_new_block(translator, "body"),
                    after = coco_new_block(translator, "end");
  LLVMBuildBr(builder, head);
  LLVMPositionBuilderAtEnd(builder, head);
  LLVMValueRef variable = LLVMBuildPhi(builder, LLVMTypeOf(lower), "");
  LLVMAddIncoming(variable, &lower, &before, 1);
  COCO_TRY(coco_translation_set(translator, body->arguments[0], variable));
  COCO_TRY(make_phis(translator, operation, body->arguments + 1, NULL, operation->operand_count - 3, carried));
  feed_phis(translator, carried, operation, 3, before);
  LLVMBuildCondBr(builder, LLVMBuildICmp(builder, LLVMIntSLT, variable, upper, ""), inside, after);

  LLVMPositionBuilderAtEnd(builder, inside);
  coco_operation *yield = NULL;
  COCO_TRY(coco_translate_block(translator, body, &yield));
  coco_debug_location(translator, operation->location);
  LLVMBasicBlockRef latch = LLVMGetInsertBlock(builder);
  feed_phis(translator, carried, yield, 0, latch);
  LLVMValueRef next = LLVMBuildNSWAdd(builder, variable, step, "");
  LLVMAddIncoming(variable, &next, &latch, 1);
  LLVMBuildBr(builder, head);

  LLVMPositionBuilderAtEnd(builder, after);
  for (size_t i = 0; i < carried->count; ++i)
    COCO_TRY(coco_translation_set(translator, coco_operation_result(operation, i), carried->items[i]));
  return COCO_OK;
}

static coco_status translate_for(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  phis carried = {0};
  coco_status status = translate_for_with(translator, operation, &carried);
  free_phis(translator, &carried);
  return status;
}

/* One branch of scf.if: its code, then the jump to AFTER. Without a block it is empty. */
typedef struct branch {
  coco_block *block;
  coco_operation *yield;
  LLVMBasicBlockRef start, end;
} branch;

static coco_status translate_branch(coco_translator *translator, branch *side, LLVMBasicBlockRef after) {
  LLVMPositionBuilderAtEnd(translator->builder, side->start);
  if (side->block) COCO_TRY(coco_translate_block(translator, side->block, &side->yield));
  side->end = LLVMGetInsertBlock(translator->builder);
  LLVMBuildBr(translator->builder, after);
  return COCO_OK;
}

static coco_status translate_if(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  LLVMBuilderRef builder = translator->builder;
  branch sides[2] = {{.block = coco_operation_body(operation, 0)}, {.block = coco_operation_body(operation, 1)}};
  for (size_t i = 0; i < 2; ++i) sides[i].start = coco_new_block(translator, i ? "else" : "then");
  LLVMBasicBlockRef after = coco_new_block(translator, "end");
  LLVMBuildCondBr(builder, coco_translated_operand(translator, operation, 0), sides[0].start, sides[1].start);
  for (size_t i = 0; i < 2; ++i) COCO_TRY(translate_branch(translator, &sides[i], after));
  LLVMPositionBuilderAtEnd(builder, after);
  coco_debug_location(translator, operation->location);
  phis results = {0};
  coco_status status = make_phis(translator, operation, NULL, operation->results, operation->result_count, &results);
  for (size_t i = 0; i < 2 && status == COCO_OK; ++i)
    if (sides[i].yield) feed_phis(translator, &results, sides[i].yield, 0, sides[i].end);
  free_phis(translator, &results);
  return status;
}

static coco_status translate_while_with(coco_translator *translator, coco_operation *operation, phis *carried) {
  LLVMBuilderRef builder = translator->builder;
  coco_block *before = coco_operation_body(operation, 0), *after = coco_operation_body(operation, 1);
  LLVMBasicBlockRef here = LLVMGetInsertBlock(builder);
  LLVMBasicBlockRef head = coco_new_block(translator, "while"), inside = coco_new_block(translator, "body"),
                    end = coco_new_block(translator, "end");
  LLVMBuildBr(builder, head);
  LLVMPositionBuilderAtEnd(builder, head);
  COCO_TRY(make_phis(translator, operation, before->arguments, NULL, before->argument_count, carried));
  feed_phis(translator, carried, operation, 0, here);
  coco_operation *condition = NULL, *yield = NULL;
  COCO_TRY(coco_translate_block(translator, before, &condition));
  LLVMBuildCondBr(builder, coco_translated_operand(translator, condition, 0), inside, end);
  for (uint32_t i = 0; i + 1 < condition->operand_count; ++i) {
    LLVMValueRef value = coco_translated_operand(translator, condition, i + 1);
    COCO_TRY(coco_translation_set(translator, after->arguments[i], value));
    COCO_TRY(coco_translation_set(translator, coco_operation_result(operation, i), value));
  }
  LLVMPositionBuilderAtEnd(builder, inside);
  COCO_TRY(coco_translate_block(translator, after, &yield));
  feed_phis(translator, carried, yield, 0, LLVMGetInsertBlock(builder));
  LLVMBuildBr(builder, head);
  LLVMPositionBuilderAtEnd(builder, end);
  return COCO_OK;
}

static coco_status translate_while(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  phis carried = {0};
  coco_status status = translate_while_with(translator, operation, &carried);
  free_phis(translator, &carried);
  return status;
}

static const coco_translation_row rows[] = {
    {&coco_scf_for, translate_for, 0, NULL},
    {&coco_scf_if, translate_if, 0, NULL},
    {&coco_scf_while, translate_while, 0, NULL},
    {&coco_scf_parallel, coco_translate_parallel, 0, NULL},
};
const coco_translation_table coco_translate_scf = {rows, sizeof rows / sizeof *rows};
