/* Unrolls scf.for: a turn of the new loop does what several turns of the old one did, in their order; what is left over
 * is a loop behind it.
 *
 *   for i = l to u step s { f(i) }  =>  for i = l to m step k*s { f(i); f(i+s); ... }; for i = m to u step s { f(i) }
 *
 * where m is u rounded down to whole turns. Bounds may be values: then m is computed, from a distance u - l that must
 * be a number of their type, as must the new step. A loop is unrolled fully when its turns are known; it is gone then.
 * Cost: linear in what comes out; a run makes at most COCO_UNROLLED operations, however often it looks for loops, and
 * leaves what would be more, which its statistics tell. */
#include "dialects/arith/arith.h"
#include "dialects/scf/scf.h"
#include "passes/for_loops.h"
#include "passes/passes.h"

enum { UNROLL_FACTOR, UNROLL_FULL, UNROLL_FULL_THRESHOLD, UNROLL_UP_TO_FACTOR, UNROLL_NUM_REPS };
static const coco_option_row options[] = {
    {"unroll-factor", COCO_OPTION_COUNT, "4", "How many turns become one."},
    {"unroll-full", COCO_OPTION_BOOL, "false", "Unroll innermost loops whose turns are known fully."},
    {"unroll-full-threshold", COCO_OPTION_COUNT, "1",
     "When given with unroll-full: unroll all loops of at most so many turns, not innermost ones alone."},
    {"unroll-up-to-factor", COCO_OPTION_BOOL, "false", "Unroll loops of fewer turns than the factor by these."},
    {"unroll-num-reps", COCO_OPTION_COUNT, "1", "How often to look for innermost loops."},
};
enum { UNROLLED, FULLY, TOO_LARGE };
static const char *const statistics[] = {"loops unrolled", "loops unrolled fully", "loops too large to unroll"};
enum { COCO_UNROLLED = 1 << 18 };

typedef struct unrolling {
  coco_pass *pass;
  coco_builder builder;
  coco_operation *loop;
  coco_block *body;
  const coco_type *type; /* of the counter */
  coco_value **carried;  /* what the next turn gets */
  size_t carried_count;
} unrolling;

/* Whether COPIES of LOOP are no more operations than the ROOM that the run has left; then they take it. */
static bool take_room(coco_operation *loop, int64_t copies, int64_t *room) {
  int64_t size = 0;
  for (coco_operation *inner = loop; (inner = coco_walk_next(inner, loop)) != NULL;) ++size;
  if (copies > *room || size * copies > *room) return false;
  *room -= size * copies;
  return true;
}

/* A turn with COUNTER at the builder's place; `carried` goes on. */
static coco_status copy_turn(unrolling *u, coco_value *counter) {
  coco_pointer_map map = {.allocator = coco_context_allocator(u->pass->context)};
  const coco_operation *end = u->body->last;
  COCO_TRY(coco_pointer_map_set(&map, u->body->arguments[0], counter));
  coco_status status = COCO_OK;
  for (size_t i = 0; i < u->carried_count && status == COCO_OK; ++i)
    status = coco_pointer_map_set(&map, u->body->arguments[1 + i], u->carried[i]);
  if (status == COCO_OK) status = coco_block_clone_into(u->body, u->builder.block, u->builder.before, &map);
  for (size_t i = 0; i < u->carried_count && status == COCO_OK; ++i) {
    coco_value *value = coco_operation_operand(end, i), *copy = coco_pointer_map_get(&map, value);
    u->carried[i] = copy ? copy : value;
  }
  coco_pointer_map_free(&map);
  return status;
}

static bool is_used(const unrolling *u) { return u->body->arguments[0]->first_use != NULL; }

static coco_value *add(unrolling *u, coco_value *a, coco_value *b) {
  return coco_build_binary(&u->builder, &coco_arith_addi, a, b);
}

/* ---- Fully ---- */

static coco_status unroll_fully(unrolling *u, int64_t turns) {
  int64_t lower = 0, step = 1;
  coco_value_integer(COCO_OPERAND(u->loop, scf_for, lowerBound), &lower);
  coco_value_integer(COCO_OPERAND(u->loop, scf_for, step), &step);
  for (int64_t i = 0; i < turns; ++i) {
    coco_value *counter = is_used(u) ? coco_build_integer(&u->builder, u->type, lower + i * step)
                                     : COCO_OPERAND(u->loop, scf_for, lowerBound);
    COCO_TRY(u->builder.status);
    COCO_TRY(copy_turn(u, counter));
  }
  for (size_t i = 0; i < u->carried_count; ++i) coco_value_replace_all_uses(&u->loop->results[i], u->carried[i]);
  coco_operation_erase(u->loop);
  ++u->pass->statistics[FULLY];
  return COCO_OK;
}

/* ---- By a factor ---- */

/* The upper bound of the unrolled loop, and its step. */
typedef struct bounds {
  coco_value *upper, *step;
  bool has_rest;
} bounds;

static void constant_bounds(unrolling *u, int64_t turns, int64_t factor, bounds *out) {
  int64_t lower = 0, step = 1;
  coco_value_integer(COCO_OPERAND(u->loop, scf_for, lowerBound), &lower);
  coco_value_integer(COCO_OPERAND(u->loop, scf_for, step), &step);
  int64_t whole = turns - turns % factor;
  out->has_rest = whole != turns;
  out->upper = out->has_rest ? coco_build_integer(&u->builder, u->type, lower + whole * step)
                             : COCO_OPERAND(u->loop, scf_for, upperBound);
  out->step = coco_build_integer(&u->builder, u->type, step * factor);
}

/* turns = ceil(max(u - l, 0) / s); m = l + (turns - turns % k) * s */
static void computed_bounds(unrolling *u, int64_t factor, bounds *out) {
  coco_builder *b = &u->builder;
  coco_value *lower = COCO_OPERAND(u->loop, scf_for, lowerBound), *step = COCO_OPERAND(u->loop, scf_for, step);
  coco_value *count = coco_build_integer(b, u->type, factor), *zero = coco_build_integer(b, u->type, 0);
  coco_value *distance = coco_build_binary(b, &coco_arith_subi, COCO_OPERAND(u->loop, scf_for, upperBound), lower);
  distance = coco_build_binary(b, &coco_arith_maxsi, distance, zero);
  coco_value *turns = coco_build_binary(b, &coco_arith_ceildivsi, distance, step);
  coco_value *rest = coco_build_binary(b, &coco_arith_remsi, turns, count);
  coco_value *whole = coco_build_binary(b, &coco_arith_subi, turns, rest);
  out->upper = add(u, lower, coco_build_binary(b, &coco_arith_muli, whole, step));
  out->step = coco_build_binary(b, &coco_arith_muli, step, count);
  out->has_rest = true;
}

/* The turns of the new loop LOOP. */
static coco_status fill(unrolling *u, coco_operation *loop, int64_t factor) {
  coco_block *body = coco_operation_body(loop, 0);
  coco_value *step = COCO_OPERAND(u->loop, scf_for, step);
  int64_t constant;
  bool is_constant = coco_value_integer(step, &constant);
  coco_builder_to_end(&u->builder, body);
  for (size_t i = 0; i < u->carried_count; ++i) u->carried[i] = body->arguments[1 + i];
  coco_value *counter = body->arguments[0];
  for (int64_t i = 0; i < factor; ++i) {
    if (i && is_used(u)) {
      coco_value *offset = is_constant ? coco_build_integer(&u->builder, u->type, constant * i) : step;
      counter = add(u, is_constant ? body->arguments[0] : counter, offset);
    }
    COCO_TRY(u->builder.status);
    COCO_TRY(copy_turn(u, counter));
  }
  coco_build(&u->builder,
             &(coco_operation_state){
                 .definition = &coco_scf_yield, .operands = u->carried, .operand_count = u->carried_count});
  return u->builder.status;
}

/* The old loop does what is left over, or nothing is. */
static coco_status unroll_by(unrolling *u, int64_t factor, bool known, int64_t turns) {
  bounds b;
  if (known)
    constant_bounds(u, turns, factor, &b);
  else
    computed_bounds(u, factor, &b);
  coco_operation *loop = coco_build_for(&u->builder, COCO_OPERAND(u->loop, scf_for, lowerBound), b.upper, b.step,
                                        u->carried, u->carried_count);
  COCO_TRY(u->builder.status);
  COCO_TRY(fill(u, loop, factor));
  ++u->pass->statistics[UNROLLED];
  if (!b.has_rest) {
    for (size_t i = 0; i < u->carried_count; ++i) coco_value_replace_all_uses(&u->loop->results[i], &loop->results[i]);
    coco_operation_erase(u->loop);
    return COCO_OK;
  }
  coco_operation_set_operand(u->loop, 0, b.upper);
  for (size_t i = 0; i < u->carried_count; ++i)
    coco_operation_set_operand(u->loop, COCO_FOR_BOUNDS + i, &loop->results[i]);
  return COCO_OK;
}

/* The step of the unrolled loop is a number of the counter's type. */
static bool step_fits(const coco_operation *loop, int64_t factor) {
  int64_t step, unrolled;
  if (!coco_value_integer(COCO_OPERAND(loop, scf_for, step), &step)) return true;
  uint32_t bits = coco_type_bits(COCO_OPERAND(loop, scf_for, step)->type);
  return !__builtin_mul_overflow(step, factor, &unrolled) && (bits >= 64 || unrolled < (int64_t)1 << (bits - 1));
}

static coco_status unroll(coco_pass *pass, coco_operation *loop, bool fully, int64_t *room) {
  int64_t turns = 0, factor = pass->options[UNROLL_FACTOR].integer;
  bool known = coco_for_turns(loop, &turns);
  if (known && pass->options[UNROLL_UP_TO_FACTOR].integer && turns < factor) factor = turns;
  if (fully ? !known : factor < 2 || (known && turns < factor)) return COCO_OK;
  if (!fully && !step_fits(loop, factor)) return COCO_OK;
  if (!take_room(loop, fully ? turns : factor, room)) {
    ++pass->statistics[TOO_LARGE];
    return COCO_OK;
  }
  size_t count = loop->result_count;
  unrolling u = {.pass = pass,
                 .builder = coco_builder_before(loop),
                 .loop = loop,
                 .body = coco_operation_body(loop, 0),
                 .type = coco_operation_operand(loop, 0)->type,
                 .carried = coco_arena_allocate_zeroed(pass->scratch, count + 1, sizeof(coco_value *)),
                 .carried_count = count};
  if (!u.carried) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) u.carried[i] = coco_operation_operand(loop, COCO_FOR_BOUNDS + i);
  pass->changed = true;
  return fully ? unroll_fully(&u, turns) : unroll_by(&u, factor, known, turns);
}

static coco_status unroll_all(coco_pass *pass, coco_operation *root, int64_t *room) {
  bool fully = pass->options[UNROLL_FULL].integer;
  bool by_turns = fully && pass->options[UNROLL_FULL_THRESHOLD].given;
  coco_loops loops = {0};
  coco_status status = coco_find_for_loops(root, !by_turns, &loops);
  for (size_t i = 0; i < loops.count && status == COCO_OK; ++i) {
    int64_t turns;
    bool is_short = coco_for_turns(loops.items[i], &turns) && turns <= pass->options[UNROLL_FULL_THRESHOLD].integer;
    if (!by_turns || is_short) status = unroll(pass, loops.items[i], fully, room);
  }
  coco_vector_free(coco_context_allocator(pass->context), &loops);
  return status;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  if (pass->options[UNROLL_FACTOR].integer < 1)
    return coco_error(pass->context, root->location, "unroll-factor must be at least 1");
  int64_t room = COCO_UNROLLED;
  for (int64_t i = 0; i < pass->options[UNROLL_NUM_REPS].integer; ++i) {
    uint64_t before = pass->statistics[UNROLLED] + pass->statistics[FULLY];
    COCO_TRY(unroll_all(pass, root, &room));
    if (before == pass->statistics[UNROLLED] + pass->statistics[FULLY]) break;
  }
  return COCO_OK;
}

const coco_pass_definition coco_pass_scf_loop_unroll = {
    .name = "scf-loop-unroll",
    .documentation = "Let a turn of a loop do what several turns did.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
