/* Random layers whose kernels are patterns or empty, and how they are judged.
 *
 * A case holds pattern.conv, found in the zeros of a random convolution: plain, of several groups, depthwise, 1x1, or
 * transposed (split into its phases), with any kernel up to 7x7, stride, dilation, padding, set of masks and density.
 * It must compute what the dense convolution does within 1e-5 * sum |w x|, and code for it the bits of the
 * interpreter. */
#include <math.h>
#include <stdio.h>

#include "api/registry.h"
#include "dialects/graph/graph.h"
#include "dialects/lr/lr.h"
#include "dialects/pattern/pattern.h"
#include "ir/parser.h"
#include "ir/verifier.h"
#include "tests/fuzz/random_graphs/random_graphs.h"

enum { MOST_MASKS = 12, AXES = 2, MOST_CHANNELS = 150 };

typedef enum layer_kind { PLAIN, GROUPED, DEPTHWISE, TRANSPOSED, POINTWISE, KINDS } layer_kind;

typedef struct pattern_layer {
  layer_kind kind;
  int64_t images, channels, filters, group; /* channels: of one group */
  int64_t input[AXES], kernel[AXES], strides[AXES], dilations[AXES], pads[2 * AXES], output[AXES];
  uint64_t masks[MOST_MASKS];
  int64_t mask_count, entries, density; /* density: of 100 kernels so many are not empty */
  int64_t alike;                        /* so many filters keep the same channels */
} pattern_layer;

/* ---- Choosing ---- */

static void choose_masks(chance *from, pattern_layer *out) {
  const int64_t positions = out->kernel[0] * out->kernel[1];
  out->entries =
      positions == 1 || chance_of(from, 10) ? positions : chance_between(from, 1, positions < 12 ? positions : 12);
  out->mask_count = chance_between(from, 1, chance_of(from, 50) ? 4 : MOST_MASKS);
  for (int64_t i = 0; i < out->mask_count; ++i)
    for (uint64_t mask = 0; __builtin_popcountll(out->masks[i] = mask) < out->entries;)
      mask |= UINT64_C(1) << chance_between(from, 0, positions - 1);
}

static void choose_channels(chance *from, pattern_layer *out) {
  out->channels = chance_between(from, 1, chance_of(from, 30) ? 40 : 9);
  out->filters = chance_between(from, 1, chance_of(from, 30) ? 40 : 9);
  out->group = 1;
  if (out->kind == POINTWISE) {
    if (chance_of(from, 30)) out->channels = chance_between(from, 65, MOST_CHANNELS);
    if (chance_of(from, 30)) out->alike = chance_between(from, 2, 4);
    if (chance_of(from, 20)) out->group = chance_between(from, 2, 3), out->filters *= out->group;
  } else if (out->kind == GROUPED || (out->kind == TRANSPOSED && chance_of(from, 25))) {
    out->group = chance_between(from, 2, 4);
    out->channels = chance_between(from, 1, 8), out->filters = out->group * chance_between(from, 1, 6);
  } else if (out->kind == DEPTHWISE) {
    out->group = chance_between(from, 2, 40);
    out->channels = 1, out->filters = out->group * (chance_of(from, 80) ? 1 : 2);
  }
}

/* Strides of a transposed layer say how far its inputs come apart. False: there is no output. */
static bool choose_axis(chance *from, pattern_layer *out, size_t axis) {
  const bool transposed = out->kind == TRANSPOSED;
  const int64_t kernel = out->kernel[axis] =
      out->kind == POINTWISE ? 1 : chance_between(from, 1, chance_of(from, 60) ? 3 : 7);
  const int64_t stride = out->strides[axis] = chance_between(from, 1, 3);
  const int64_t dilation = out->dilations[axis] = transposed || chance_of(from, 70) ? 1 : chance_between(from, 2, 3);
  const int64_t reach = (kernel - 1) * dilation;
  out->input[axis] = transposed ? chance_between(from, 1, 9) : chance_between(from, 1, chance_of(from, 30) ? 40 : 17);
  for (size_t end = 0; end < 2; ++end)
    out->pads[end * AXES + axis] = chance_of(from, 70) ? reach / 2 : chance_between(from, 0, reach);
  const int64_t padded =
      out->input[axis] * (transposed ? stride : 1) + out->pads[axis] + out->pads[AXES + axis] - reach;
  if (padded < 1) return false;
  out->output[axis] = transposed ? padded : (padded - 1) / stride + 1;
  return true;
}

static bool choose_layer(chance *from, pattern_layer *out) {
  *out = (pattern_layer){
      .kind = (layer_kind)chance_between(from, 0, KINDS - 1), .images = chance_between(from, 1, 2), .alike = 1};
  choose_channels(from, out);
  for (size_t axis = 0; axis < AXES; ++axis)
    if (!choose_axis(from, out, axis)) return false;
  choose_masks(from, out);
  out->density = chance_between(from, 0, 10) * 10;
  return out->kernel[0] * out->kernel[1] <= COCO_FKW_MAX_POSITIONS;
}

/* ---- Writing ---- */

static void put_shape(coco_buffer *out, const int64_t *extents, size_t rank) {
  coco_buffer_text(out, "tensor<");
  for (size_t i = 0; i < rank; ++i) coco_buffer_format(out, "%lldx", (long long)extents[i]);
  coco_buffer_text(out, "f32>");
}

static void put_numbers(coco_buffer *out, const char *name, const int64_t *numbers, size_t count) {
  coco_buffer_format(out, "%s = array<i64: ", name);
  for (size_t i = 0; i < count; ++i) coco_buffer_format(out, "%s%lld", i ? ", " : "", (long long)numbers[i]);
  coco_buffer_text(out, ">");
}

static void put_integers(coco_buffer *out, const char *name, const int64_t *numbers, size_t count) {
  coco_buffer_format(out, "  %%%s = graph.constant dense<[", name);
  for (size_t i = 0; i < count; ++i) coco_buffer_format(out, "%s%lld", i ? ", " : "", (long long)numbers[i]);
  coco_buffer_format(out, "]> : tensor<%zuxi64>\n", count);
}

static void put_weights(chance *from, coco_buffer *out, const pattern_layer *of, const int64_t *shape) {
  const int64_t kernels = of->filters * of->channels, positions = of->kernel[0] * of->kernel[1];
  const int64_t dead = chance_of(from, 30) ? chance_between(from, 0, of->filters - 1) : -1;
  bool empty[MOST_CHANNELS];
  coco_buffer_text(out, "  %w = graph.constant dense<\"0x");
  for (int64_t k = 0; k < kernels; ++k) {
    const int64_t channel = k % of->channels, filter = k / of->channels;
    if (filter % of->alike == 0) empty[channel] = !chance_of(from, (int)of->density);
    const uint64_t mask = filter == dead || empty[channel] ? 0 : of->masks[chance_between(from, 0, of->mask_count - 1)];
    for (int64_t i = 0; i < positions; ++i) {
      const float weight = mask >> i & 1 ? (float)chance_between(from, -4000, 4000) / 3001.0f : 0;
      coco_buffer_hex(out, &weight, sizeof weight);
    }
  }
  coco_buffer_text(out, "\"> : ");
  put_shape(out, shape, 4);
  coco_buffer_text(out, "\n");
}

/* Zeros between the elements of %x, as the import of a transposed convolution puts them: %spread. */
static void put_spreading(coco_buffer *out, const pattern_layer *of, const int64_t *input, int64_t *spread) {
  const int64_t *by = of->strides;
  const int64_t apart[] = {input[0], input[1], input[2], 1, input[3], 1},
                wide[] = {input[0], input[1], input[2], by[0], input[3], by[1]};
  const int64_t zeros[12] = {[9] = by[0] - 1, [11] = by[1] - 1};
  for (size_t i = 0; i < 2; ++i) spread[i] = input[i], spread[2 + i] = input[2 + i] * by[i];
  put_integers(out, "apart", apart, 6);
  put_integers(out, "zeros", zeros, 12);
  put_integers(out, "joined", spread, 4);
  coco_buffer_text(out, "  %a = graph.reshape %x, %apart {allow_zero = true} : (");
  put_shape(out, input, 4), coco_buffer_text(out, ", tensor<6xi64>) -> "), put_shape(out, apart, 6);
  coco_buffer_text(out, "\n  %z = graph.pad constant %a, %zeros : (");
  put_shape(out, apart, 6), coco_buffer_text(out, ", tensor<12xi64>) -> "), put_shape(out, wide, 6);
  coco_buffer_text(out, "\n  %spread = graph.reshape %z, %joined {allow_zero = true} : (");
  put_shape(out, wide, 6), coco_buffer_text(out, ", tensor<4xi64>) -> "), put_shape(out, spread, 4);
  coco_buffer_text(out, "\n");
}

static void put_layer(chance *from, coco_buffer *out, const pattern_layer *of) {
  static const int64_t ones[] = {1, 1};
  const bool transposed = of->kind == TRANSPOSED, with_bias = chance_of(from, 50), with_relu = chance_of(from, 50);
  const int64_t input[] = {of->images, of->channels * of->group, of->input[0], of->input[1]};
  const int64_t output[] = {of->images, of->filters, of->output[0], of->output[1]};
  const int64_t weight[] = {of->filters, of->channels, of->kernel[0], of->kernel[1]};
  int64_t read[] = {input[0], input[1], input[2], input[3]};
  coco_buffer_text(out, "func.func @main(%x: ");
  put_shape(out, input, 4), coco_buffer_text(out, ") -> "), put_shape(out, output, 4);
  coco_buffer_text(out, " {\n");
  put_weights(from, out, of, weight);
  if (with_bias)
    coco_buffer_format(out, "  %%b = graph.constant dense<0.375> : tensor<%lldxf32>\n", (long long)of->filters);
  if (transposed) put_spreading(out, of, input, read);
  coco_buffer_format(out, "  %%0 = graph.conv %%%s, %%w%s {", transposed ? "spread" : "x", with_bias ? ", %b" : "");
  put_numbers(out, "strides", transposed ? ones : of->strides, 2), coco_buffer_text(out, ", ");
  put_numbers(out, "pads", of->pads, 4), coco_buffer_text(out, ", ");
  put_numbers(out, "dilations", of->dilations, 2);
  coco_buffer_format(out, ", group = %lld : i64} : (", (long long)of->group);
  put_shape(out, read, 4), coco_buffer_text(out, ", "), put_shape(out, weight, 4);
  if (with_bias) coco_buffer_format(out, ", tensor<%lldxf32>", (long long)of->filters);
  coco_buffer_text(out, ") -> "), put_shape(out, output, 4);
  if (with_relu) coco_buffer_text(out, "\n  %1 = graph.relu %0 : "), put_shape(out, output, 4);
  coco_buffer_format(out, "\n  return %%%d : ", with_relu), put_shape(out, output, 4);
  coco_buffer_text(out, "\n}\n");
}

coco_operation *generate_pattern_module(coco_context *context, uint64_t seed) {
  chance from = {seed * 0x9e3779b97f4a7c15u};
  pattern_layer layer;
  coco_operation *module = NULL;
  coco_buffer text = COCO_BUFFER(&coco_heap);
  char pipeline[160];
  while (!choose_layer(&from, &layer)) continue;
  put_layer(&from, &text, &layer);
  const int64_t span = chance_of(&from, 50) ? 0 : chance_between(&from, 1, layer.channels);
  snprintf(
      pipeline, sizeof pipeline,
      "graph-split-transposed,graph-to-pattern{max-density=100 grouped-max-density=100 span=%d reorder=%s},symbol-dce",
      (int)span, chance_of(&from, 50) ? "true" : "false");
  bool good = text.status == COCO_OK &&
              coco_parse_module(context, coco_buffer_view(&text), COCO_STRING("layer"), &module) == COCO_OK &&
              coco_verify(module) == COCO_OK &&
              coco_run_pipeline(context, coco_all_passes(), pipeline, module) == COCO_OK;
  coco_buffer_free(&text);
  if (good) return module;
  if (module) coco_operation_erase(module);
  return NULL;
}

/* ---- Judging ---- */

static size_t count_rows(coco_operation *module, const coco_operation_definition *row) {
  size_t count = 0;
  for (coco_operation *at = module; at; at = coco_walk_next(at, module)) count += coco_operation_is(at, row);
  return count;
}

static bool run(const reference *of, coco_operation *module, const char *pipeline, verdict *out) {
  snprintf(out->stage, sizeof out->stage, "%s", pipeline);
  of->session->message[0] = '\0';
  return (coco_run_pipeline(of->session->context, coco_all_passes(), pipeline, module) == COCO_OK &&
          coco_verify(module) == COCO_OK) ||
         fail(out, "%s", of->session->message);
}

/* What MODULE computes; its one output. INPUT: absolute values. */
static bool evaluate(const reference *of, coco_operation *module, bool absolute, coco_runtime_value *result,
                     verdict *out) {
  coco_evaluation *evaluation;
  coco_runtime_value input;
  if (coco_evaluation_create(module->context, &evaluation) != COCO_OK) return fail(out, "no memory");
  bool good = coco_evaluation_allocate(evaluation, of->inputs[0].type, &input) == COCO_OK || fail(out, "no memory");
  const int64_t count = coco_type_element_count(of->inputs[0].type);
  for (int64_t i = 0; good && i < count; ++i) {
    const float x = ((const float *)of->inputs[0].data)[i];
    ((float *)input.data)[i] = absolute ? fabsf(x) : x;
  }
  if (good && coco_evaluate_function(evaluation, case_main(module), &input, 1, result, 1) != COCO_OK)
    good = fail(out, "%s", of->session->message);
  if (input.data) coco_runtime_release(&input);
  coco_evaluation_destroy(evaluation);
  return good;
}

/* Constant AT of floats becomes its absolute values. */
static bool make_constant_absolute(coco_operation *at, const coco_attribute *value) {
  bool splat;
  const float *data = coco_elements_data(value, &splat);
  const size_t count = (size_t)coco_type_element_count(value->type);
  float *copy = data ? coco_allocate(&coco_heap, (count + 1) * sizeof *copy) : NULL;
  if (!copy) return false;
  for (size_t i = 0; i < count; ++i) copy[i] = fabsf(data[splat ? 0 : i]);
  const coco_runtime_value tensor = {.type = value->type, .data = copy};
  const coco_attribute *attribute = NULL;
  const bool good = coco_runtime_to_attribute(at->context, &tensor, COCO_STRING("absolute"), &attribute) == COCO_OK;
  if (good) coco_operation_set_property(at, COCO_PROPERTY_INDEX(graph_constant, value), attribute);
  coco_free(&coco_heap, copy, (count + 1) * sizeof *copy);
  return good;
}

static bool make_absolute(coco_operation *module) {
  for (coco_operation *at = module; at; at = coco_walk_next(at, module)) {
    const coco_attribute *value =
        coco_operation_is(at, &coco_graph_constant) ? COCO_PROPERTY(at, graph_constant, value) : NULL;
    if (value && coco_type_is_float(value->type->element) && !make_constant_absolute(at, value)) return false;
  }
  return true;
}

/* |a - b| <= 1e-5 * sum |w x| for each output, b the dense convolution's. */
static bool check_dense(const reference *of, coco_operation *module, verdict *out) {
  coco_runtime_value dense = {0}, sums = {0};
  bool good = run(of, module, "pattern-to-graph", out) && evaluate(of, module, false, &dense, out);
  good = good && (make_absolute(module) || fail(out, "no memory")) && evaluate(of, module, true, &sums, out);
  const float *a = of->outputs[0].data, *b = dense.data, *bound = sums.data;
  for (int64_t i = 0; good && i < coco_type_element_count(of->outputs[0].type); ++i)
    if (!(fabs((double)a[i] - (double)b[i]) <= 1e-5 * (double)bound[i]))
      good = fail(out, "element %lld: %.9g, dense %.9g, sum of absolute products %.9g", (long long)i, (double)a[i],
                  (double)b[i], (double)bound[i]);
  if (dense.data) coco_runtime_release(&dense);
  if (sums.data) coco_runtime_release(&sums);
  return good;
}

/* The outputs of the lr level become what code must give to the bit. Where patterns stay patterns they are those of the
 * graph; bundles of 1x1 kernels have an order of their own. */
static bool take_layer_outputs(reference *of, coco_operation *module, verdict *out) {
  coco_runtime_value found = {0};
  const size_t layers = count_rows(module, &coco_pattern_conv);
  bool good = run(of, module, "graph-optimize", out) && run(of, module, "lower-to-lr", out) &&
              evaluate(of, module, false, &found, out);
  of->strict = true;
  const size_t kept = count_rows(module, &coco_lr_pattern_conv), bundled = count_rows(module, &coco_lr_pointwise_conv);
  out->in_patterns = layers > 0 && kept + bundled == layers;
  good = good && check_outputs(of, &found, !out->in_patterns || bundled > 0, out);
  if (!good) {
    if (found.data) coco_runtime_release(&found);
    return false;
  }
  coco_runtime_release(&of->outputs[0]);
  of->outputs[0] = found;
  return true;
}

bool check_pattern_case(reference *of, verdict *out) {
  coco_operation *copies[2] = {NULL, NULL};
  bool good = of->input_count == 1 && of->output_count == 1;
  if (!good) fail(out, "expected one input and one output");
  for (size_t i = 0; i < 2; ++i)
    if (coco_operation_clone(of->module, NULL, &copies[i]) != COCO_OK) good = fail(out, "no memory");
  good = good && check_dense(of, copies[0], out) && take_layer_outputs(of, copies[1], out);
  for (size_t i = 0; i < 2; ++i)
    if (copies[i]) coco_operation_erase(copies[i]);
  return good;
}
