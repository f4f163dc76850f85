/* Judging one case: its text, then every level of the compiler against the reference evaluation. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "api/registry.h"
#include "frontends/onnx/export.h"
#include "frontends/onnx/import.h"
#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "lowering/target.h"
#include "tests/fuzz/random_graphs/random_graphs.h"

/* Differences over this part of the largest number on the way are wrong. */
static const double tolerance = 1e-5, tolerance_of_halves = 4e-3;
/* The interpreter is slow at the loop level: larger cases are left to the targets. */
enum { LOOPS_MAXIMUM_ELEMENTS = 6000 };

bool fail(verdict *out, const char *format, ...) {
  va_list arguments;
  out->kind = VERDICT_FAILED;
  va_start(arguments, format);
  vsnprintf(out->message, sizeof out->message, format, arguments);
  va_end(arguments);
  return false;
}

static void enter(verdict *out, const char *stage) { snprintf(out->stage, sizeof out->stage, "%s", stage); }

static bool unsupported(verdict *out, const char *message) {
  out->kind = VERDICT_UNSUPPORTED;
  snprintf(out->message, sizeof out->message, "%s", message);
  return false;
}

/* ---- Comparing ---- */

static bool same_tensor(const reference *expected, size_t index, const coco_runtime_value *found, bool tolerant, verdict *out) {
  const coco_runtime_value *wanted = &expected->outputs[index];
  const coco_type *element = wanted->type->element;
  size_t size = coco_type_element_size(element);
  bool is_float = coco_type_is_float(element);
  double scale = fmax(1, expected->magnitude), part = expected->has_halves ? tolerance_of_halves : tolerance;
  if (coco_type_byte_count(found->type) != coco_type_byte_count(wanted->type)) return fail(out, "output %zu has another size", index);
  for (int64_t i = 0; i < coco_type_element_count(wanted->type); ++i) {
    const uint8_t *a = (const uint8_t *)wanted->data + (size_t)i * size, *b = (const uint8_t *)found->data + (size_t)i * size;
    if (memcmp(a, b, size) == 0) continue;
    double x = coco_element_read_real(element, a), y = coco_element_read_real(element, b);
    if (x == y || (isnan(x) && isnan(y))) continue;
    if (is_float && tolerant && fabs(x - y) <= part * scale) continue;
    return fail(out, "output %zu, element %lld: %.9g, expected %.9g", index, (long long)i, y, x);
  }
  return true;
}

bool check_outputs(const reference *expected, const coco_runtime_value *found, bool tolerant, verdict *out) {
  for (size_t i = 0; i < expected->output_count; ++i)
    if (!same_tensor(expected, i, &found[i], tolerant, out)) return false;
  return true;
}

/* ---- Text ---- */

static bool print(coco_operation *module, bool generic, coco_buffer *out) {
  coco_print_options options = {.generic = generic, .inline_resources_up_to = CASE_TEXT_CAPACITY};
  return coco_print_operation(out, module, &options) == COCO_OK;
}

/* What is printed, read again in another context, prints the same. */
static bool check_print(coco_operation *module, bool generic, verdict *out) {
  case_session other;
  coco_operation *again = NULL;
  coco_buffer first = COCO_BUFFER(&coco_heap), second = COCO_BUFFER(&coco_heap);
  enter(out, generic ? "generic text" : "text");
  bool good = session_start(&other) && print(module, generic, &first);
  if (good && (coco_parse_module(other.context, coco_buffer_view(&first), COCO_STRING("again"), &again) != COCO_OK ||
               coco_verify(again) != COCO_OK))
    good = fail(out, "what was printed is refused: %s", other.message);
  if (good) good = print(again, generic, &second);
  if (good && !coco_string_equal(coco_buffer_view(&first), coco_buffer_view(&second))) good = fail(out, "printed again it differs");
  if (again) coco_operation_erase(again);
  session_end(&other);
  coco_buffer_free(&first);
  coco_buffer_free(&second);
  return good;
}

/* ---- The reference ---- */

static void observe(void *user, const coco_operation *operation, const coco_runtime_value *results, bool after) {
  reference *of = user;
  for (uint32_t i = 0; after && i < operation->result_count; ++i) {
    bool finite;
    const coco_type *element = results[i].type->element;
    if (!coco_type_is_float(element)) continue;
    of->magnitude = fmax(of->magnitude, case_magnitude(&results[i], &finite));
    if (element->width < 32) of->has_halves = true;
  }
}

static bool evaluate_reference(reference *of, verdict *out) {
  coco_operation *function = case_main(of->module);
  enter(out, "reference");
  if (!function) return fail(out, "there is no @main");
  coco_block *block = coco_operation_body(function, 0);
  of->input_count = block->argument_count;
  of->output_count = coco_block_terminator(block)->operand_count;
  if (of->input_count > CASE_MAXIMUM_TENSORS || of->output_count > CASE_MAXIMUM_TENSORS) return fail(out, "too many inputs or outputs");
  if (coco_evaluation_create(of->session->context, &of->evaluation) != COCO_OK) return fail(out, "no memory");
  for (size_t i = 0; i < of->input_count; ++i)
    if (!case_input(of->evaluation, block->arguments[i]->type, i, &of->inputs[i])) return fail(out, "no memory");
  coco_evaluation_observe(of->evaluation, observe, of);
  if (coco_evaluate_function(of->evaluation, function, of->inputs, of->input_count, of->outputs, of->output_count) != COCO_OK)
    return fail(out, "%s", of->session->message);
  return true;
}

static void release_reference(reference *of) {
  for (size_t i = 0; i < of->input_count; ++i) coco_runtime_release(&of->inputs[i]);
  for (size_t i = 0; i < of->output_count; ++i) coco_runtime_release(&of->outputs[i]);
  if (of->evaluation) coco_evaluation_destroy(of->evaluation);
  if (of->module) coco_operation_erase(of->module);
}

/* ---- The levels ---- */

static bool check_tensors(const reference *expected, coco_operation *module, verdict *out) {
  coco_evaluation *evaluation;
  coco_runtime_value results[CASE_MAXIMUM_TENSORS] = {{0}};
  if (coco_evaluation_create(module->context, &evaluation) != COCO_OK) return fail(out, "no memory");
  expected->session->message[0] = '\0';
  bool good = coco_evaluate_function(evaluation, case_main(module), expected->inputs, expected->input_count, results, expected->output_count) == COCO_OK;
  if (!good) fail(out, "%s", expected->session->message);
  good = good && check_outputs(expected, results, true, out);
  for (size_t i = 0; i < expected->output_count; ++i) coco_runtime_release(&results[i]);
  coco_evaluation_destroy(evaluation);
  return good;
}

/* Arguments at the loop level: inputs, outputs, the arena. What is not an input holds NaNs before. */
static bool check_loops(const reference *expected, coco_operation *module, verdict *out) {
  coco_evaluation *evaluation;
  coco_operation *function = case_main(module);
  coco_block *block = coco_operation_body(function, 0);
  coco_runtime_value arguments[2 * CASE_MAXIMUM_TENSORS + 1] = {{0}};
  size_t count = block->argument_count;
  if (count != expected->input_count + expected->output_count + 1) return fail(out, "@main has %zu arguments", count);
  if (coco_evaluation_create(module->context, &evaluation) != COCO_OK) return fail(out, "no memory");
  bool good = true;
  for (size_t i = 0; good && i < count; ++i) {
    good = coco_evaluation_allocate(evaluation, block->arguments[i]->type, &arguments[i]) == COCO_OK;
    if (!good) break;
    size_t size = (size_t)coco_type_byte_count(block->arguments[i]->type);
    if (i < expected->input_count) memcpy(arguments[i].data, expected->inputs[i].data, size);
    else memset(arguments[i].data, 0xff, size);
  }
  expected->session->message[0] = '\0';
  if (good && coco_evaluate_function(evaluation, function, arguments, count, NULL, 0) != COCO_OK) good = fail(out, "%s", expected->session->message);
  good = good && check_outputs(expected, arguments + expected->input_count, true, out);
  for (size_t i = 0; i < count; ++i) coco_runtime_release(&arguments[i]);
  coco_evaluation_destroy(evaluation);
  return good;
}

static bool run_passes(const reference *expected, coco_operation *module, const char *pipeline, verdict *out) {
  case_session *of = expected->session;
  enter(out, pipeline);
  of->message[0] = '\0';
  if (coco_run_pipeline(of->context, coco_all_passes(), pipeline, module) != COCO_OK) {
    if (strcmp(pipeline, "lower-to-lr") == 0) return unsupported(out, of->message);
    return fail(out, "the pass fails: %s", of->message);
  }
  if (coco_verify(module) != COCO_OK) return fail(out, "is invalid afterwards: %s", of->message);
  return true;
}

/* A target and a variant, chosen by what the case looks like. */
static const coco_target_variant *choose_variant(const reference *of, const coco_target_description **out_target) {
  size_t count = 0, targets = 0;
  while (coco_target_descriptions[targets]) ++targets;
  coco_operation *body = coco_operation_body(case_main(of->module), 0)->first;
  for (; body; body = body->next) ++count;
  count += (size_t)coco_type_byte_count(of->outputs[0].type);
  for (size_t i = 0; i < targets; ++i) {
    const coco_target_description *target = coco_target_descriptions[(count + i) % targets];
    *out_target = target;
    if (target->variant_count) return &target->variants[count / targets % target->variant_count];
  }
  return NULL;
}

static bool is_small(const reference *of) {
  int64_t total = 0;
  for (coco_operation *at = coco_operation_body(case_main(of->module), 0)->first; at; at = at->next)
    for (uint32_t i = 0; i < at->result_count; ++i) total += coco_type_element_count(at->results[i].type);
  return total <= LOOPS_MAXIMUM_ELEMENTS;
}

static bool check_levels(const reference *expected, unsigned targets, verdict *out) {
  static const char *const tensor_levels[] = {"graph-optimize", "lower-to-lr", "lr-schedule{sparse=all}",
                                              "lr-chain{chains=all}"};
  coco_operation *module = NULL;
  const coco_target_description *target = NULL;
  const coco_target_variant *variant = choose_variant(expected, &target);
  if (coco_operation_clone(expected->module, NULL, &module) != COCO_OK) return fail(out, "no memory");
  bool good = !variant || coco_target_attach(module, target, variant) == COCO_OK;
  for (size_t i = 0; good && i < sizeof tensor_levels / sizeof *tensor_levels; ++i)
    good = run_passes(expected, module, tensor_levels[i], out) && check_tensors(expected, module, out);
  if (good && (targets & CHECK_LOOPS)) {
    good = run_passes(expected, module, "lower-to-loops", out);
    if (good && is_small(expected)) good = check_loops(expected, module, out);
  }
  coco_operation_erase(module);
  return good;
}

/* ---- ONNX, out and in ---- */

static bool check_onnx(const reference *expected, verdict *out) {
  case_session *of = expected->session;
  coco_buffer bytes = COCO_BUFFER(&coco_heap);
  coco_operation *copy = NULL, *again = NULL;
  enter(out, "ONNX export");
  of->message[0] = '\0';
  if (coco_operation_clone(expected->module, NULL, &copy) != COCO_OK) return fail(out, "no memory");
  coco_status status = coco_onnx_export(copy, &bytes);
  bool good = status == COCO_OK && bytes.status == COCO_OK, exported = good;
  if (!good && !of->message[0]) fail(out, "%s without a message", coco_status_name(status));
  if (good) {
    enter(out, "ONNX import");
    status = coco_onnx_import(of->context, coco_buffer_view(&bytes), COCO_STRING("-"), &again);
    if (status != COCO_OK) good = fail(out, "%s", of->message);
  }
  if (good && coco_verify(again) != COCO_OK) good = fail(out, "is invalid: %s", of->message);
  good = good && check_tensors(expected, again, out);
  if (again) coco_operation_erase(again);
  coco_operation_erase(copy);
  coco_buffer_free(&bytes);
  return good || (!exported && of->message[0]); /* what ONNX cannot say is no failure */
}

void check_case(coco_string text, unsigned targets, verdict *out) {
  case_session of;
  reference expected = {.session = &of};
  *out = (verdict){.kind = VERDICT_PASSED, .stage = "parse"};
  if (!session_start(&of)) {
    fail(out, "no memory");
    return;
  }
  bool good = coco_parse_module(of.context, text, COCO_STRING("case"), &expected.module) == COCO_OK && coco_verify(expected.module) == COCO_OK;
  if (!good) fail(out, "%s", of.message);
  if (good && (targets & CHECK_TEXT)) good = check_print(expected.module, false, out) && check_print(expected.module, true, out);
  good = good && evaluate_reference(&expected, out);
  if (good && (targets & CHECK_PATTERNS)) good = check_pattern_case(&expected, out);
  if (good && (targets & CHECK_ONNX)) good = check_onnx(&expected, out);
  if (good && (targets & CHECK_LEVELS)) good = check_levels(&expected, targets, out);
  if (good && (targets & CHECK_HOST)) {
    enter(out, "host");
    check_host(&expected, out);
  }
  if (out->kind == VERDICT_PASSED && good && (targets & CHECK_ARM64)) {
    enter(out, "arm64");
    check_arm64(&expected, out);
  }
  release_reference(&expected);
  session_end(&of);
}
