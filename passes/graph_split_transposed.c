/* graph-split-transposed: a transposed convolution computes each phase of its output from the input itself, not from an
 * input spread with zeros.
 *
 *   conv(spread(x, s), w, b) = interleave(conv(x, phases(w, s), b repeated), s)
 *
 * where spread puts s - 1 zeros after each row and column.
 *
 * Output o = s * m + r of an axis meets an input element where r - pad + k is a multiple of s, k a kernel position:
 * those positions are the kernel of phase r, and all phases stand in one window over x. Filter f of the convolution
 * becomes filters (f, row phase, column phase), and reshape, transpose, reshape put their images between each other. An
 * output adds the same products in the same order, without those with the zeros between; the phases' windows may hold
 * zeros of their own. What looks at single elements afterwards goes before the interleaving, so that it stays with the
 * convolution.
 *
 * Done where each output is spared at least 32 multiplications; with fewer, of one channel each or a few, the
 * interleaving costs more than that. Needs constant weights, two spatial axes, stride and dilation 1 of the spread
 * form; runs when constants are folded and pads are in the convolutions, before graph-to-pattern. Linear in the
 * weights. */
#include "dialects/graph/graph.h"
#include "passes/passes.h"
#include "passes/pattern_layers.h"

enum { SPLIT };
static const char *const statistics[] = {"convolutions split"};

enum { AXES = 2, SPREAD_RANK = 6, MOST_PHASES = 64, MOST_ELEMENTWISE = 32, LEAST_SAVED = 32 };

/* One spatial axis. */
typedef struct phased_axis {
  int64_t input, output, kernel, phases, pad; /* of the convolution over the spread input; phases: of the output */
  int64_t first, extent;                      /* the window of all phases: from input m + first on */
  int64_t outputs, pad_end;                   /* of a phase; its first pad is -first */
} phased_axis;

typedef struct transposed {
  coco_operation *conv;
  coco_value *input; /* before zeros were put between */
  const float *weights, *bias;
  int64_t filters, channels; /* channels: of one group */
  phased_axis axes[AXES];
} transposed;

static int64_t floor_divide(int64_t a, int64_t b) { return a / b - (a % b < 0); }
static int64_t ceil_divide(int64_t a, int64_t b) { return floor_divide(a + b - 1, b); }

/* ---- Finding ---- */

/* Zeros behind the elements of axes 3 and 5, those that reshape(x) has with one element. */
static bool pads_behind_elements(const coco_operation *pad, const int64_t *narrow, const int64_t *wide) {
  int64_t pads[2 * SPREAD_RANK];
  size_t count;
  if (!coco_string_is(COCO_PROPERTY(pad, graph_pad, mode)->text, "constant") ||
      !coco_graph_constant_integers(pad->operands[1].value, pads, 2 * SPREAD_RANK, &count) || count != 2 * SPREAD_RANK)
    return false;
  if (pad->operand_count > 2) {
    const coco_attribute *value = coco_value_constant(pad->operands[2].value);
    const void *element = coco_attribute_is_elements(value) ? coco_elements_at(value, 0) : NULL;
    if (!element || coco_element_read_real(value->type->element, element) != 0) return false;
  }
  for (size_t i = 0; i < SPREAD_RANK; ++i) {
    const bool behind = i == 3 || i == 5;
    if (pads[i] != 0 || (behind ? narrow[i] != 1 || wide[i] < 1 : pads[SPREAD_RANK + i] != 0)) return false;
  }
  return true;
}

/* The input of SPREAD, which is reshape(pad(reshape(x))) that puts zeros between the elements of x; NULL: it is not. */
static coco_value *spread_input(coco_value *spread, phased_axis *axes) {
  coco_operation *join = coco_value_defined_by(spread, &coco_graph_reshape);
  coco_operation *pad = join ? coco_value_defined_by(join->operands[0].value, &coco_graph_pad) : NULL;
  coco_operation *part = pad ? coco_value_defined_by(pad->operands[0].value, &coco_graph_reshape) : NULL;
  if (!part) return NULL;
  coco_value *input = part->operands[0].value;
  const coco_type *from = input->type, *narrow = part->results[0].type, *wide = pad->results[0].type,
                  *to = spread->type;
  if (from->rank != 4 || to->rank != 4 || wide->rank != SPREAD_RANK || !coco_type_has_static_shape(to) ||
      !coco_type_has_static_shape(from) || !coco_type_has_static_shape(wide))
    return NULL;
  if (!pads_behind_elements(pad, narrow->shape, wide->shape)) return NULL;
  for (size_t i = 0; i < 2; ++i) {
    if (narrow->shape[i] != from->shape[i] || to->shape[i] != from->shape[i]) return NULL;
    axes[i].input = from->shape[2 + i];
    axes[i].phases = wide->shape[3 + 2 * i];
    if (narrow->shape[2 + 2 * i] != axes[i].input || to->shape[2 + i] != axes[i].input * axes[i].phases) return NULL;
  }
  return input;
}

/* The window that holds the kernels of all phases, and what it gives. */
static void place_window(phased_axis *axis) {
  int64_t last = floor_divide(axis->phases - 1 - axis->pad + axis->kernel - 1, axis->phases);
  axis->first = ceil_divide(-axis->pad, axis->phases);
  axis->outputs = ceil_divide(axis->output, axis->phases);
  axis->pad_end = axis->outputs - axis->input + last;
  if (axis->pad_end < 0) last -= axis->pad_end, axis->pad_end = 0;
  axis->extent = last - axis->first + 1;
}

static bool all_are(const coco_attribute *numbers, int64_t number) {
  for (size_t i = 0; i < numbers->count; ++i)
    if (coco_attribute_i64s(numbers)[i] != number) return false;
  return true;
}

static coco_status read_transposed(coco_pass *pass, coco_operation *conv, transposed *out, bool *out_found) {
  const coco_type *weight = conv->operands[1].value->type;
  *out = (transposed){.conv = conv};
  *out_found = false;
  if (weight->rank != 4 || !coco_type_has_static_shape(conv->results[0].type) ||
      coco_type_element_count(conv->results[0].type) < 1 || !all_are(COCO_PROPERTY(conv, graph_conv, strides), 1) ||
      !all_are(COCO_PROPERTY(conv, graph_conv, dilations), 1))
    return COCO_OK;
  out->input = spread_input(conv->operands[0].value, out->axes);
  if (!out->input || out->axes[0].phases * out->axes[1].phases < 2 ||
      out->axes[0].phases > MOST_PHASES / out->axes[1].phases)
    return COCO_OK;
  COCO_TRY(coco_constant_floats(conv->operands[1].value, pass->scratch, &out->weights));
  if (conv->operand_count > 2) COCO_TRY(coco_constant_floats(conv->operands[2].value, pass->scratch, &out->bias));
  if (!out->weights || (conv->operand_count > 2 && !out->bias)) return COCO_OK;
  out->filters = weight->shape[0], out->channels = weight->shape[1];
  for (size_t i = 0; i < AXES; ++i) {
    phased_axis *axis = &out->axes[i];
    axis->kernel = weight->shape[2 + i];
    axis->output = conv->results[0].type->shape[2 + i];
    axis->pad = coco_attribute_i64s(COCO_PROPERTY(conv, graph_conv, pads))[i];
    if (axis->kernel < 1 || axis->kernel > INT16_MAX || axis->pad < 0 || axis->pad > INT16_MAX) return COCO_OK;
    place_window(axis);
    if (axis->outputs < 1 || axis->extent > INT16_MAX) return COCO_OK;
  }
  *out_found = true;
  return COCO_OK;
}

/* 512 channels of 14x14 to 256 with 3x3 of stride 2 took the same time either way, spread by Winograd's algorithm; 64
 * channels of 28x28 to 32 with 4x4 a quarter of it; 3 channels to 64 with 2x2 took 2.6 times as long split. */
static bool pays(const transposed *of) {
  const phased_axis *rows = &of->axes[0], *columns = &of->axes[1];
  return of->channels * (rows->kernel * columns->kernel - rows->extent * columns->extent) >= LEAST_SAVED;
}

/* ---- Splitting ---- */

static coco_value *build_floats(coco_builder *builder, const transposed *of, const int64_t *shape, size_t rank,
                                float *data, const char *fallback) {
  const coco_type *type = coco_type_tensor(builder->context, rank, shape, of->conv->results[0].type->element, NULL);
  const coco_string layer = coco_location_layer(of->conv->location);
  const coco_runtime_value tensor = {.type = type, .data = data};
  const coco_attribute *value = NULL;
  coco_builder_fail(builder, !type
                                 ? COCO_OUT_OF_MEMORY
                                 : coco_runtime_to_attribute(builder->context, &tensor,
                                                             layer.size ? layer : coco_string_from(fallback), &value));
  return builder->status == COCO_OK ? coco_graph_build_constant(builder, value) : NULL;
}

/* Kernel FROM [kernel...] as the phases' kernels TO [row phase][column phase][window...], which are zero. */
static void split_kernel(const transposed *of, const float *from, float *to, int64_t phase_stride) {
  const phased_axis *rows = &of->axes[0], *columns = &of->axes[1];
  for (int64_t i = 0; i < rows->kernel * columns->kernel; ++i) {
    const int64_t at[AXES] = {i / columns->kernel, i % columns->kernel};
    int64_t phase[AXES], place[AXES];
    for (size_t a = 0; a < AXES; ++a) {
      const phased_axis *axis = &of->axes[a];
      const int64_t reached = floor_divide(at[a] - axis->pad + axis->phases - 1, axis->phases);
      phase[a] = reached * axis->phases - at[a] + axis->pad;
      place[a] = reached - axis->first;
    }
    to[(phase[0] * columns->phases + phase[1]) * phase_stride + place[0] * columns->extent + place[1]] = from[i];
  }
}

static coco_value *build_weight(coco_builder *builder, const transposed *of, coco_arena *arena) {
  const phased_axis *rows = &of->axes[0], *columns = &of->axes[1];
  const int64_t phases = rows->phases * columns->phases, window = rows->extent * columns->extent;
  const int64_t kernel = rows->kernel * columns->kernel;
  float *data = coco_arena_allocate_zeroed(arena, (size_t)(of->filters * phases * of->channels * window), sizeof *data);
  if (!data) {
    coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
    return NULL;
  }
  for (int64_t f = 0; f < of->filters; ++f)
    for (int64_t c = 0; c < of->channels; ++c)
      split_kernel(of, of->weights + (f * of->channels + c) * kernel, data + (f * phases * of->channels + c) * window,
                   of->channels * window);
  return build_floats(builder, of, (const int64_t[]){of->filters * phases, of->channels, rows->extent, columns->extent},
                      4, data, "weight");
}

static coco_value *build_bias(coco_builder *builder, const transposed *of, coco_arena *arena) {
  const int64_t phases = of->axes[0].phases * of->axes[1].phases;
  float *data = of->bias ? coco_arena_allocate(arena, (size_t)(of->filters * phases) * sizeof *data) : NULL;
  if (of->bias && !data) coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
  if (!data) return NULL;
  for (int64_t i = 0; i < of->filters * phases; ++i) data[i] = of->bias[i / phases];
  return build_floats(builder, of, (const int64_t[]){of->filters * phases}, 1, data, "bias");
}

static coco_value *build_phases(coco_builder *builder, const transposed *of, coco_arena *arena) {
  const phased_axis *rows = &of->axes[0], *columns = &of->axes[1];
  const int64_t pads[] = {-rows->first, -columns->first, rows->pad_end, columns->pad_end};
  coco_value *weight = build_weight(builder, of, arena), *bias = build_bias(builder, of, arena);
  return coco_build_value(
      builder, &(coco_operation_state){
                   .definition = &coco_graph_conv,
                   .operands = (coco_value *const[]){of->input, weight, bias},
                   .operand_count = bias ? 3 : 2,
                   COCO_WITH_ATTRIBUTES(COCO_NAMED("strides", COCO_PROPERTY(of->conv, graph_conv, strides)),
                                        COCO_NAMED("pads", coco_attribute_i64_array(builder->context, pads, 4)),
                                        COCO_NAMED("dilations", COCO_PROPERTY(of->conv, graph_conv, dilations)),
                                        COCO_NAMED("group", COCO_PROPERTY(of->conv, graph_conv, group)))});
}

static coco_value *build_reshape(coco_builder *builder, coco_value *input, const int64_t *shape, size_t rank) {
  coco_value *extents = coco_graph_build_integers(builder, shape, rank);
  return coco_build_value(
      builder, &(coco_operation_state){
                   .definition = &coco_graph_reshape,
                   COCO_WITH_OPERANDS(input, extents),
                   COCO_WITH_ATTRIBUTES(COCO_NAMED("allow_zero", coco_attribute_bool(builder->context, true)))});
}

/* The phases' images between each other; what is past the last output is cut off. *out_first: the operation that reads
 * PHASES. */
static coco_value *build_interleaving(coco_builder *builder, const transposed *of, coco_value *phases,
                                      coco_operation **out_first) {
  static const int64_t permutation[] = {0, 1, 4, 2, 5, 3};
  const phased_axis *rows = &of->axes[0], *columns = &of->axes[1];
  const int64_t images = of->input->type->shape[0];
  const int64_t apart[] = {images, of->filters, rows->phases, columns->phases, rows->outputs, columns->outputs};
  const int64_t whole[] = {images, of->filters, rows->outputs * rows->phases, columns->outputs * columns->phases};
  coco_value *value = build_reshape(builder, phases, apart, 6);
  *out_first = value ? coco_value_operation(value) : NULL;
  value = coco_build_value(
      builder,
      &(coco_operation_state){
          .definition = &coco_graph_transpose,
          COCO_WITH_OPERANDS(value),
          COCO_WITH_ATTRIBUTES(COCO_NAMED("permutation", coco_attribute_i64_array(builder->context, permutation, 6)))});
  value = build_reshape(builder, value, whole, 4);
  if (whole[2] == rows->output && whole[3] == columns->output) return value;
  coco_value *starts = coco_graph_build_integers(builder, (const int64_t[]){0, 0}, 2);
  coco_value *ends = coco_graph_build_integers(builder, (const int64_t[]){rows->output, columns->output}, 2);
  coco_value *axes = coco_graph_build_integers(builder, (const int64_t[]){2, 3}, 2),
             *steps = coco_graph_build_integers(builder, (const int64_t[]){1, 1}, 2);
  return coco_build_value(builder, &(coco_operation_state){.definition = &coco_graph_slice,
                                                           COCO_WITH_OPERANDS(value, starts, ends, axes, steps)});
}

/* The operation of one operand, elementwise, that alone reads VALUE; NULL: there is none. */
static coco_operation *elementwise_user(const coco_value *value) {
  coco_operation *user = coco_value_has_one_use(value) ? value->first_use->owner : NULL;
  const coco_operation *definer = coco_value_operation(value);
  if (!user || user->block != definer->block || user->operand_count != 1 || user->result_count != 1 ||
      !coco_graph_is_elementwise(user) || user->results[0].type->element != value->type->element)
    return NULL;
  return user;
}

/* Gives the operations behind the convolution that look at single elements the phases instead; the
 * last one's result. */
static coco_status move_elementwise(const transposed *of, coco_value **phases, coco_value **last) {
  *last = &of->conv->results[0];
  for (size_t i = 0; i < MOST_ELEMENTWISE; ++i) {
    coco_operation *user = elementwise_user(*last);
    if (!user) return COCO_OK;
    coco_operation_set_operand(user, 0, *phases);
    COCO_TRY(coco_operation_infer(user, true));
    *phases = *last = &user->results[0];
  }
  return COCO_OK;
}

/* Every use of LAST reads VALUE instead, but READER's. */
static void replace_uses(coco_value *last, coco_value *value, const coco_operation *reader) {
  for (coco_use *use = last->first_use, *next; use; use = next) {
    next = use->next;
    if (use->owner != reader) coco_operation_set_operand(use->owner, coco_use_index(use), value);
  }
}

/* CONV, which nothing uses, and what spread its input, as far as nothing else does. */
static void erase_spreading(coco_operation *conv) {
  for (coco_operation *operation = conv; operation && coco_value_is_unused(&operation->results[0]);) {
    coco_operation *before = coco_value_operation(operation->operands[0].value);
    const bool last = before && operation != conv && coco_operation_is(operation, &coco_graph_reshape) &&
                      operation->results[0].type->rank == SPREAD_RANK;
    coco_operation_erase(operation);
    operation = last ? NULL : before;
  }
}

static coco_status split(coco_pass *pass, const transposed *of) {
  coco_builder builder = coco_builder_before(of->conv);
  coco_value *phases = build_phases(&builder, of, pass->scratch), *last;
  coco_operation *reader;
  COCO_TRY(builder.status);
  COCO_TRY(move_elementwise(of, &phases, &last));
  builder = coco_builder_after(coco_value_operation(last));
  builder.location = of->conv->location;
  coco_value *end = build_interleaving(&builder, of, phases, &reader);
  COCO_TRY(builder.status);
  replace_uses(last, end, reader);
  erase_spreading(of->conv);
  ++pass->statistics[SPLIT];
  pass->changed = true;
  return COCO_OK;
}

static coco_status visit(coco_pass *pass, coco_operation *operation, void *user) {
  transposed found;
  bool is;
  (void)user;
  if (!coco_operation_is(operation, &coco_graph_conv)) return COCO_OK;
  COCO_TRY(read_transposed(pass, operation, &found, &is));
  return is && pays(&found) ? split(pass, &found) : COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *module) {
  return coco_change_layers(pass, module, visit, NULL);
}

const coco_pass_definition coco_pass_graph_split_transposed = {
    .name = "graph-split-transposed",
    .documentation =
        "Compute transposed convolutions phase by phase, without zeros between the elements of their input.",
    .anchor = "builtin.module",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
