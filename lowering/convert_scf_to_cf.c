/* Structured control flow as branches between blocks: scf.for, scf.while, scf.if, scf.parallel and scf.execute_region.
 *
 * What follows such an operation becomes a block of its own, `behind`, and the blocks of the regions go between. Turns
 * of scf.parallel run in order, and its reductions become blocks in a row. A loop asks before every turn:
 *
 *   for i = l to u step s carrying (a = x) { ...; yield y }
 *     =>  br ^head(l, x); ^head(i, a): cond_br i < u, ^body, ^behind; ^body: ...; br ^head(i + s, y); ^behind: ...
 *
 * All or nothing: an operation that has no place for more blocks (directly in a module, for instance) is an error, and
 * everything is as it was. Cost: linear; blocks are split from their ends on. */
#include "dialects/arith/arith.h"
#include "dialects/arith/predicates.h"
#include "dialects/cf/cf.h"
#include "dialects/scf/scf.h"
#include "ir/context.h"
#include "ir/conversion.h"
#include "lowering/lowerings.h"
#include "passes/for_loops.h"

/* One operation that becomes branches. */
typedef struct flow {
  coco_conversion *conversion;
  coco_builder *builder;
  coco_operation *operation;
  coco_block *around, *behind;           /* it stands at the end of the former; what followed it is in the latter */
  COCO_VECTOR_OF(coco_value *) operands; /* of the branch to be built next */
  COCO_VECTOR_OF(coco_value *) reduced;  /* what the blocks that combine end with */
  COCO_VECTOR_OF(coco_block *) heads;    /* of the loops that scf.parallel becomes, the outermost first */
} flow;

/* ---- Branches ---- */

static const coco_allocator *allocator_of(const flow *f) { return coco_context_allocator(f->operation->context); }

static void pass_on(flow *f, coco_value *value) {
  if (coco_vector_push(allocator_of(f), &f->operands, value) != COCO_OK)
    coco_builder_fail(f->builder, COCO_OUT_OF_MEMORY);
}
static void pass_on_operands(flow *f, const coco_operation *operation, size_t first, size_t count) {
  for (size_t i = 0; i < count; ++i) pass_on(f, coco_operation_operand(operation, first + i));
}
static void pass_on_arguments(flow *f, const coco_block *block, size_t first) {
  for (size_t i = first; i < block->argument_count; ++i) pass_on(f, block->arguments[i]);
}

static void branch(flow *f, coco_block *to) {
  if (f->builder->status == COCO_OK)
    coco_build(f->builder, &(coco_operation_state){.definition = &coco_cf_br,
                                                   .operands = f->operands.items,
                                                   .operand_count = f->operands.count,
                                                   .successors = (coco_block *const[]){to},
                                                   .successor_count = 1});
  f->operands.count = 0;
}

/* Operands, the first of them the condition, go to YES. */
static void branch_if(flow *f, coco_block *yes, coco_block *no) {
  if (f->builder->status == COCO_OK)
    coco_build(f->builder, &(coco_operation_state){.definition = &coco_cf_cond_br,
                                                   .operands = f->operands.items,
                                                   .operand_count = f->operands.count,
                                                   .segment_sizes = (int32_t[]){1, (int32_t)f->operands.count - 1, 0},
                                                   .successors = (coco_block *const[]){yes, no},
                                                   .successor_count = 2});
  f->operands.count = 0;
}

/* In place of END, which hands on its operands. */
static coco_status end_by_branch(flow *f, coco_operation *end, coco_block *to) {
  coco_builder_to_before(f->builder, end);
  pass_on_operands(f, end, 0, end->operand_count);
  branch(f, to);
  return coco_conversion_erase(f->conversion, end);
}

/* ---- Places ---- */

static bool has_place(const coco_operation *operation) {
  const coco_operation *parent = coco_operation_parent(operation);
  return parent && operation->next && coco_block_terminator(operation->block) && !coco_operation_has_trait(parent, COCO_SINGLE_BLOCK) &&
         !coco_operation_has_trait(parent, COCO_GRAPH_REGION);
}

static coco_block *create_block(flow *f, coco_block *after) {
  return coco_conversion_create_block(f->conversion, after);
}

/* What follows the operation goes behind. With RESULTS, arguments of that block are what stands for these. */
static coco_status split_behind(flow *f, bool results) {
  f->around = f->operation->block;
  f->behind = create_block(f, f->around);
  for (size_t i = 0; results && i < f->operation->result_count; ++i)
    coco_conversion_add_argument(f->conversion, f->behind, f->operation->results[i].type);
  if (f->builder->status != COCO_OK) return f->builder->status;
  return coco_conversion_move_tail(f->conversion, f->operation->next, f->behind);
}

/* The blocks of region INDEX come before what is behind. The first one, or NULL for an empty region. */
static coco_block *inline_region(flow *f, coco_operation *operation, size_t index) {
  coco_block *first = coco_operation_body(operation, index);
  coco_status status =
      coco_conversion_inline_region(f->conversion, coco_operation_region(operation, index), f->behind);
  if (status != COCO_OK) coco_builder_fail(f->builder, status);
  return status == COCO_OK ? first : NULL;
}

/* ---- Conditions ---- */

static coco_status convert_if(flow *f) {
  COCO_TRY(split_behind(f, true));
  coco_block *const yes = inline_region(f, f->operation, 0), *const no = inline_region(f, f->operation, 1);
  if (f->builder->status != COCO_OK) return f->builder->status;
  COCO_TRY(end_by_branch(f, yes->last, f->behind));
  if (no) COCO_TRY(end_by_branch(f, no->last, f->behind));
  coco_builder_to_before(f->builder, f->operation);
  pass_on(f, COCO_OPERAND(f->operation, scf_if, condition));
  branch_if(f, yes, no ? no : f->behind);
  return coco_conversion_replace(f->conversion, f->operation, f->behind->arguments, f->operation->result_count);
}

static coco_status convert_execute_region(flow *f) {
  COCO_TRY(split_behind(f, true));
  coco_block *entry = inline_region(f, f->operation, 0);
  for (coco_block *block = entry; block && block != f->behind; block = block->next)
    if (coco_operation_is(block->last, &coco_scf_yield)) COCO_TRY(end_by_branch(f, block->last, f->behind));
  coco_builder_to_before(f->builder, f->operation);
  branch(f, entry);
  return coco_conversion_replace(f->conversion, f->operation, f->behind->arguments, f->operation->result_count);
}

/* ---- Loops ---- */

/* At the end of HEAD, whose first argument counts: the condition of a branch that goes on where a turn is left. */
static void ask_for_a_turn(flow *f, coco_block *head, coco_value *upper) {
  coco_builder_to_end(f->builder, head);
  pass_on(f, coco_arith_compare(f->builder, &coco_arith_cmpi, COCO_CMPI_SLT, head->arguments[0], upper));
}

static void count_on(flow *f, const coco_block *head, coco_value *step) {
  pass_on(f, coco_build_binary(f->builder, &coco_arith_addi, head->arguments[0], step));
}

static coco_status convert_for(flow *f) {
  coco_operation *loop = f->operation;
  COCO_TRY(split_behind(f, false));
  coco_block *head = inline_region(f, loop, 0);
  coco_block *body = f->builder->status == COCO_OK ? create_block(f, head) : NULL;
  if (!body) return f->builder->status;
  COCO_TRY(coco_conversion_move_tail(f->conversion, head->first, body));
  coco_builder_to_before(f->builder, body->last);
  count_on(f, head, COCO_OPERAND(loop, scf_for, step));
  COCO_TRY(end_by_branch(f, body->last, head));
  ask_for_a_turn(f, head, COCO_OPERAND(loop, scf_for, upperBound));
  branch_if(f, body, f->behind);
  coco_builder_to_before(f->builder, loop);
  pass_on(f, COCO_OPERAND(loop, scf_for, lowerBound));
  pass_on_operands(f, loop, COCO_FOR_BOUNDS, loop->result_count);
  branch(f, head);
  return coco_conversion_replace(f->conversion, loop, head->arguments + 1, loop->result_count);
}

static coco_status convert_while(flow *f) {
  coco_operation *loop = f->operation;
  COCO_TRY(split_behind(f, false));
  coco_block *const before = inline_region(f, loop, 0), *const after = inline_region(f, loop, 1);
  if (f->builder->status != COCO_OK) return f->builder->status;
  COCO_TRY(end_by_branch(f, after->last, before));
  coco_operation *condition = before->last;
  coco_builder_to_before(f->builder, condition);
  f->builder->location = condition->location;
  pass_on_operands(f, condition, 0, condition->operand_count);
  branch_if(f, after, f->behind);
  coco_builder_to_before(f->builder, loop);
  f->builder->location = loop->location;
  pass_on_operands(f, loop, 0, loop->operand_count);
  branch(f, before);
  pass_on_operands(f, condition, 1, loop->result_count);
  if (f->builder->status != COCO_OK) return f->builder->status;
  COCO_TRY(coco_conversion_replace(f->conversion, loop, f->operands.items, loop->result_count));
  return coco_conversion_erase(f->conversion, condition);
}

/* ---- Parallel loops ---- */

enum { LOWER, UPPER, STEP, INITS }; /* operand groups */

static coco_value *bound(const flow *f, size_t group, size_t dimension) {
  size_t start, count;
  coco_operation_operand_group(f->operation, group, &start, &count);
  return coco_operation_operand(f->operation, start + dimension);
}

/* A head for each dimension: its arguments are the counter and what was reduced. */
static coco_status create_heads(flow *f, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    coco_block *head = create_block(f, i ? f->heads.items[i - 1] : f->around);
    coco_conversion_add_argument(f->conversion, head, coco_type_index(f->operation->context));
    for (size_t k = 0; k < f->operation->result_count; ++k)
      coco_conversion_add_argument(f->conversion, head, f->operation->results[k].type);
    if (f->builder->status != COCO_OK) return f->builder->status;
    COCO_TRY(coco_vector_push(allocator_of(f), &f->heads, head));
  }
  return COCO_OK;
}

/* The head of a loop leads to that of the next one inside, the innermost to BODY; where no turn is left, to a block in
 * which the loop around counts on. */
static coco_status connect_heads(flow *f, coco_block *body) {
  coco_block *exit = f->behind, *const *heads = f->heads.items;
  for (size_t i = 0; i < f->heads.count; ++i) {
    const bool is_innermost = i + 1 == f->heads.count;
    ask_for_a_turn(f, heads[i], bound(f, UPPER, i));
    for (size_t k = 0; is_innermost && k <= i; ++k) pass_on(f, heads[k]->arguments[0]);
    if (!is_innermost) {
      pass_on(f, bound(f, LOWER, i + 1));
      pass_on_arguments(f, heads[i], 1);
    }
    branch_if(f, is_innermost ? body : heads[i + 1], exit);
    if (is_innermost) break;
    exit = create_block(f, f->behind->previous);
    if (!exit) return f->builder->status;
    coco_builder_to_end(f->builder, exit);
    count_on(f, heads[i], bound(f, STEP, i));
    pass_on_arguments(f, heads[i + 1], 1);
    branch(f, heads[i]);
  }
  return f->builder->status;
}

/* At the end of BODY: through the blocks that combine, one for each reduction, and back to the innermost head. */
static coco_status reduce(flow *f, const coco_block *body) {
  coco_block *head = f->heads.items[f->heads.count - 1];
  coco_operation *const reductions = body->last, *end = reductions;
  for (size_t i = 0; i < f->operation->result_count; ++i) {
    coco_block *block = inline_region(f, reductions, i);
    coco_builder_to_before(f->builder, end);
    pass_on(f, head->arguments[1 + i]);
    pass_on(f, coco_operation_operand(reductions, i));
    branch(f, block);
    if (f->builder->status != COCO_OK) return f->builder->status;
    if (end != reductions) COCO_TRY(coco_conversion_erase(f->conversion, end));
    end = block->last;
    COCO_TRY(coco_vector_push(allocator_of(f), &f->reduced, coco_operation_operand(end, 0)));
  }
  coco_builder_to_before(f->builder, end);
  count_on(f, head, bound(f, STEP, f->heads.count - 1));
  for (size_t i = 0; i < f->reduced.count; ++i) pass_on(f, f->reduced.items[i]);
  branch(f, head);
  if (end != reductions) COCO_TRY(coco_conversion_erase(f->conversion, end));
  return coco_conversion_erase(f->conversion, reductions);
}

static coco_status convert_parallel(flow *f) {
  size_t start, count;
  COCO_TRY(split_behind(f, false));
  coco_block *body = inline_region(f, f->operation, 0);
  if (!body) return f->builder->status;
  COCO_TRY(create_heads(f, body->argument_count));
  COCO_TRY(connect_heads(f, body));
  COCO_TRY(reduce(f, body));
  coco_builder_to_before(f->builder, f->operation);
  pass_on(f, bound(f, LOWER, 0));
  coco_operation_operand_group(f->operation, INITS, &start, &count);
  pass_on_operands(f, f->operation, start, count);
  branch(f, f->heads.items[0]);
  return coco_conversion_replace(f->conversion, f->operation, f->heads.items[0]->arguments + 1,
                                 f->operation->result_count);
}

/* ---- The pass ---- */

static coco_status convert(coco_conversion *conversion, coco_operation *operation, bool *matched,
                           coco_status (*one)(flow *f)) {
  if (!has_place(operation)) return COCO_OK;
  flow f = {.conversion = conversion, .builder = coco_conversion_builder(conversion), .operation = operation};
  coco_status status = one(&f);
  coco_vector_free(allocator_of(&f), &f.operands);
  coco_vector_free(allocator_of(&f), &f.reduced);
  coco_vector_free(allocator_of(&f), &f.heads);
  *matched = true;
  return status;
}

#define PATTERN(symbol)                                                                                              \
  static coco_status pattern_##symbol(coco_conversion *conversion, coco_operation *operation, bool *matched) {       \
    return convert(conversion, operation, matched, convert_##symbol);                                                \
  }                                                                                                                  \
  static const coco_conversion_pattern symbol##_pattern = {"scf-" #symbol "-to-cf", &coco_scf_##symbol, 1,           \
                                                           pattern_##symbol};
PATTERN(if)
PATTERN(execute_region)
PATTERN(for)
PATTERN(while)
PATTERN(parallel)

static const coco_conversion_pattern *const patterns[] = {&if_pattern, &execute_region_pattern, &for_pattern,
                                                          &while_pattern, &parallel_pattern};

/* What else may stand in scf is not ours. */
static const coco_legality_row rows[] = {{"scf.if", COCO_ILLEGAL, NULL},
                                         {"scf.execute_region", COCO_ILLEGAL, NULL},
                                         {"scf.for", COCO_ILLEGAL, NULL},
                                         {"scf.while", COCO_ILLEGAL, NULL},
                                         {"scf.parallel", COCO_ILLEGAL, NULL}};

static coco_status run(coco_pass *pass, coco_operation *root) {
  const coco_conversion_options options = {.rows = rows,
                                           .row_count = sizeof rows / sizeof *rows,
                                           .partial = true,
                                           .last_first = true,
                                           .pass = pass};
  return coco_convert(root, patterns, sizeof patterns / sizeof *patterns, &options, &pass->changed);
}

const coco_pass_definition coco_pass_convert_scf_to_cf = {
    .name = "convert-scf-to-cf",
    .documentation = "Turn structured control flow into branches between blocks.",
    .run = run};
