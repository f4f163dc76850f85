/* expand-math against the C library's functions in double: the arithmetic that stands for a function is evaluated on values from all
 * 2^32 bit patterns and on all special ones, as a vector. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "ir/evaluate.h"
#include "ir/parser.h"
#include "ir/pass.h"
#include "ir/verifier.h"
#include "tests/unit/support.h"

enum { LANES = 4096 };
/* A prime, so that low bits vary. */
static const uint64_t stride = 20011;
static const double limit = 2;

static const uint32_t special[] = {
    0x00000000, 0x80000000, 0x00000001, 0x80000001, 0x007fffff, 0x807fffff, 0x00800000, 0x80800000, 0x7f800000, 0xff800000,
    0x7fc00000, 0xffc00000, 0x7f7fffff, 0xff7fffff, 0x3f800000, 0xbf800000, 0x3f7fffff, 0xbf7fffff, 0x3f800001, 0xbf800001,
    0x3f000000, 0xbf000000, 0x40000000, 0xc0000000, 0x40400000, 0xc0400000, 0x40200000, 0xc0200000, 0x4b7fffff, 0xcb7fffff,
    0x4b800000, 0xcb800000, 0x3f19999a, 0x3f6b851f, 0x407ccccd, 0x42b17217, 0x42b17218, 0xc2cff1b5, 0xc2d00000, 0x43000000,
};
enum { SPECIAL = sizeof special / sizeof *special };

static float from_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* The distance from the true value in units of the last place there; huge where a NaN, an infinity or a zero's sign is wrong. */
static double error_of(float found, double truth) {
  if (isnan(truth) || isnan(found)) return isnan(truth) && isnan(found) ? 0 : HUGE_VAL;
  const float nearest = (float)truth;
  if (!signbit(found) != !signbit(nearest)) return HUGE_VAL;
  if (isinf(nearest) || isinf(found)) return found == nearest ? 0 : fabsf(isinf(found) ? nearest : found) == from_bits(0x7f7fffff) ? 1 : HUGE_VAL;
  int exponent;
  frexp(truth, &exponent);
  return fabs(found - truth) / ldexp(1, exponent < -125 ? -149 : exponent - 24);
}

typedef struct subject {
  fixture f;
  coco_operation *module, *function;
  coco_evaluation *evaluation;
  float in[2][LANES], out[LANES];
  size_t count;
  double worst;
  float at[2];
} subject;

static subject *open_subject(const char *name, bool binary) {
  char text[512];
  subject *s = calloc(1, sizeof *s);
  cr_assert_not_null(s);
  set_up(&s->f, NULL);
  snprintf(text, sizeof text, "func.func @f(%%x: vector<4096xf32>, %%y: vector<4096xf32>) -> vector<4096xf32> { %%r = math.%s %%x%s : vector<4096xf32> return %%r : vector<4096xf32> }",
           name, binary ? ", %y" : "");
  cr_assert_eq(coco_parse_module(s->f.context, coco_string_from(text), COCO_STRING("test"), &s->module), COCO_OK, "%s", s->f.seen.text);
  cr_assert_eq(coco_run_pipeline(s->f.context, coco_all_passes(), "expand-math,canonicalize,cse", s->module), COCO_OK, "%s", s->f.seen.text);
  cr_assert_eq(coco_verify(s->module), COCO_OK, "%s", s->f.seen.text);
  s->function = coco_symbol_lookup_in(s->module, COCO_STRING("f"));
  char full[32];
  snprintf(full, sizeof full, "math.%s", name);
  for (coco_operation *operation = s->function; operation; operation = coco_walk_next(operation, s->function))
    cr_assert(!coco_string_is(coco_operation_name(operation), full), "%s is still there", full);
  cr_assert_eq(coco_evaluation_create(s->f.context, &s->evaluation), COCO_OK);
  return s;
}

static void close_subject(subject *s, const char *name) {
  const double worst = s->worst;
  cr_expect_leq(worst, limit, "%s is off by %g ULP at %a, %a", name, worst, (double)s->at[0], (double)s->at[1]);
  coco_evaluation_destroy(s->evaluation);
  coco_operation_erase(s->module);
  tear_down(&s->f);
  free(s);
}

typedef double (*unary)(double);
typedef double (*binary)(double, double);

static void flush(subject *s, unary one, binary two) {
  const coco_type *type = coco_operation_body(s->function, 0)->arguments[0]->type;
  coco_runtime_value arguments[2], result = {0};
  for (size_t i = 0; i < 2; ++i) cr_assert(coco_runtime_borrow(type, s->in[i], sizeof s->in[i], &arguments[i]));
  cr_assert_eq(coco_evaluate_function(s->evaluation, s->function, arguments, 2, &result, 1), COCO_OK, "%s", s->f.seen.text);
  memcpy(s->out, result.data, sizeof s->out);
  coco_runtime_release(&result);
  for (size_t i = 0; i < s->count; ++i) {
    const double truth = one ? one((double)s->in[0][i]) : two((double)s->in[0][i], (double)s->in[1][i]);
    const double error = error_of(s->out[i], truth);
    if (!(error > s->worst)) continue;
    s->worst = error;
    s->at[0] = s->in[0][i];
    s->at[1] = s->in[1][i];
  }
  s->count = 0;
}

static void push(subject *s, float x, float y, unary one, binary two) {
  s->in[0][s->count] = x;
  s->in[1][s->count] = y;
  if (++s->count == LANES) flush(s, one, two);
}

static void check_unary(const char *name, unary truth) {
  subject *s = open_subject(name, false);
  for (size_t i = 0; i < SPECIAL; ++i) push(s, from_bits(special[i]), 0, truth, NULL);
  for (uint64_t bits = 0; bits < UINT64_C(1) << 32; bits += stride) push(s, from_bits((uint32_t)bits), 0, truth, NULL);
  if (s->count) flush(s, truth, NULL);
  close_subject(s, name);
}

Test(expand_math, exp_is_within_two_units_everywhere) { check_unary("exp", exp); }
Test(expand_math, exp2_is_within_two_units_everywhere) { check_unary("exp2", exp2); }
Test(expand_math, expm1_is_within_two_units_everywhere) { check_unary("expm1", expm1); }
Test(expand_math, tanh_is_within_two_units_everywhere) { check_unary("tanh", tanh); }
Test(expand_math, erf_is_within_two_units_everywhere) { check_unary("erf", erf); }
Test(expand_math, log_is_within_two_units_everywhere) { check_unary("log", log); }
Test(expand_math, log2_is_within_two_units_everywhere) { check_unary("log2", log2); }
Test(expand_math, log1p_is_within_two_units_everywhere) { check_unary("log1p", log1p); }

/* Every pair of special values; then bases from all bit patterns with exponents of three kinds: any bits, small whole numbers, and
 * those whose results cover all exponents of a float. */
Test(expand_math, powf_is_within_two_units_everywhere) {
  subject *s = open_subject("powf", true);
  for (size_t i = 0; i < SPECIAL; ++i)
    for (size_t k = 0; k < SPECIAL; ++k) push(s, from_bits(special[i]), from_bits(special[k]), NULL, pow);
  uint64_t chance = 1;
  for (uint64_t bits = 0; bits < UINT64_C(1) << 32; bits += stride) {
    const float x = from_bits((uint32_t)bits);
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    const uint32_t number = (uint32_t)(chance >> 32);
    const double scale = log2(fabs((double)x));
    const float any = from_bits(number), whole = (float)((int32_t)(number % 2001) - 1000);
    const float spread = (float)((number / 0x1p31 - 1) * 152 / (scale == 0 || isnan(scale) ? 1 : scale));
    push(s, x, bits % 3 == 0 ? any : bits % 3 == 1 ? whole : spread, NULL, pow);
  }
  if (s->count) flush(s, NULL, pow);
  close_subject(s, "powf");
}
