/* lr-chain: depthwise convolutions and their neighbours become lr.chain where what lies between them is better kept
 * near.
 *
 *   d = depthwise(p = conv(x, ...), ...), y = pointwise(d, ...)  =>  y = chain { p, d, y }
 *
 * where p is read by d alone, and d by y alone; without p, or without y, too. Needs: scheduled lr operations. Keeps:
 * bits, layouts, weights; register blocks are chosen anew. Cost: linear in the operations, and the model. */
#include "dialects/func/func.h"
#include "dialects/lr/lr.h"
#include "ir/builder.h"
#include "ir/pass.h"
#include "lowering/lr_schedule.h"

enum { CHAINS = 0 };
enum { MOST_LAYERS = 3 };

typedef struct chaining {
  coco_pass *pass;
  coco_context *context;
  coco_schedule_figures figures;
  coco_schedule_freedom freedom; /* its figures choose: all variants of a target have the same layers */
  bool always;
} chaining;

static coco_operation *only_reader(const coco_operation *layer) {
  const coco_value *value = coco_operation_result(layer, 0);
  return coco_value_has_one_use(value) ? value->first_use->owner : NULL;
}

/* What may be one chain around DEPTHWISE. */
static coco_lr_chain_layers find(const coco_operation *depthwise) {
  coco_operation *before = coco_value_operation(coco_operation_operand(depthwise, 0)), *after = only_reader(depthwise);
  bool precedes = before && before->block == depthwise->block && coco_lr_may_precede(before, depthwise) &&
                  only_reader(before) == depthwise;
  bool follows = after && after->block == depthwise->block && coco_lr_may_follow(after, depthwise);
  return (coco_lr_chain_layers){precedes ? before : NULL, depthwise, follows ? after : NULL};
}

/* The layers in order. */
typedef struct candidate {
  coco_operation *layers[MOST_LAYERS];
  size_t count, depthwise; /* number of the depthwise one */
} candidate;

static candidate in_order(const coco_lr_chain_layers *layers) {
  const coco_operation *const all[] = {layers->before, layers->depthwise, layers->after};
  candidate out = {.depthwise = layers->before ? 1 : 0};
  for (size_t i = 0; i < MOST_LAYERS; ++i) {
    if (all[i]) out.layers[out.count++] = (coco_operation *)all[i];
  }
  return out;
}

/* Operands of the layers that come from outside, each once; and where each stands. */
typedef struct outside {
  coco_value **values;
  const coco_type **types;
  size_t count;
} outside;

static bool is_inside(const candidate *of, const coco_value *value) {
  for (size_t i = 0; i < of->count; ++i) {
    if (coco_value_operation(value) == of->layers[i]) return true;
  }
  return false;
}

static size_t find_outside(const outside *from, const coco_value *value) {
  size_t at = 0;
  while (at < from->count && from->values[at] != value) ++at;
  return at;
}

static coco_status collect(const chaining *work, const candidate *of, outside *out) {
  size_t most = 0;
  for (size_t i = 0; i < of->count; ++i) most += of->layers[i]->operand_count;
  out->values = coco_arena_allocate(work->pass->scratch, most * sizeof *out->values);
  out->types = coco_arena_allocate(work->pass->scratch, most * sizeof *out->types);
  if (!out->values || !out->types) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < of->count; ++i) {
    for (size_t j = 0; j < of->layers[i]->operand_count; ++j) {
      coco_value *value = coco_operation_operand(of->layers[i], j);
      if (is_inside(of, value) || find_outside(out, value) < out->count) continue;
      out->types[out->count] = value->type;
      out->values[out->count++] = value;
    }
  }
  return COCO_OK;
}

/* Rows are blocked alone here, and not as joined pixels. */
static coco_status tune_rows(const chaining *work, coco_operation *conv, int64_t blocks) {
  coco_lr_tuning_info info = coco_schedule_chain_rows(&work->figures, conv, blocks);
  const coco_attribute *tuning = coco_lr_tuning_attribute(work->context, &info);
  if (!tuning) return COCO_OUT_OF_MEMORY;
  coco_operation_set_property(conv, COCO_PROPERTY_INDEX(lr_conv, tuning), tuning);
  return COCO_OK;
}

/* LAYERS move into the region of a chain, which stands where the last of them did. */
static coco_status make_chain(chaining *work, const candidate *of, const coco_lr_tuning_info *tuning) {
  outside from = {0};
  COCO_TRY(collect(work, of, &from));
  coco_operation *last = of->layers[of->count - 1];
  coco_value *yielded = coco_operation_result(last, 0);
  const coco_attribute *device = COCO_PROPERTY(last, lr_conv, device),
                       *numbers = coco_lr_tuning_attribute(work->context, tuning);
  if (!numbers) return COCO_OUT_OF_MEMORY;
  coco_builder builder = coco_builder_before(last);
  coco_operation *chain = coco_build(
      &builder,
      &(coco_operation_state){.definition = &coco_lr_chain,
                              .operands = from.values,
                              .operand_count = from.count,
                              COCO_WITH_ATTRIBUTES(COCO_NAMED("device", device), COCO_NAMED("tuning", numbers)),
                              COCO_WITH_RESULTS(yielded->type)});
  coco_block *block = coco_build_block(&builder, chain, 0, from.types, from.count);
  COCO_TRY(builder.status);
  coco_value_replace_all_uses(yielded, coco_operation_result(chain, 0));
  for (size_t i = 0; i < of->count; ++i) {
    coco_operation *layer = of->layers[i];
    if (i != of->depthwise) COCO_TRY(tune_rows(work, layer, i < of->depthwise ? tuning->filters : 0));
    coco_operation_detach(layer);
    coco_block_append(block, layer);
    for (size_t j = 0; j < layer->operand_count; ++j) {
      size_t at = find_outside(&from, coco_operation_operand(layer, j));
      if (at < from.count) coco_operation_set_operand(layer, j, block->arguments[at]);
    }
  }
  coco_builder_to_end(&builder, block);
  coco_build(&builder, &(coco_operation_state){.definition = &coco_lr_yield, COCO_WITH_OPERANDS(yielded)});
  ++work->pass->statistics[CHAINS];
  work->pass->changed = true;
  return builder.status;
}

/* Kernels larger than 3x3 that leave out positions are better whole: a chain has them turn by turn, with more rows at
 * the top and bottom of which all positions are computed. 192 channels of 28x28 with 12 of 7x7 took 0.77 of the chain's
 * time, 672 of 14x14 with 8 of 5x5 took 0.89. */
static bool leaves_out_much(const coco_operation *conv) {
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  return COCO_PROPERTY(conv, lr_conv, masks) && info.window.kernel[0] * info.window.kernel[1] > 9;
}

static coco_status chain_block(chaining *work, coco_block *block) {
  for (coco_operation *operation = block->first, *next; operation; operation = next) {
    next = operation->next;
    if (!coco_lr_is_depthwise(operation) || (!work->always && leaves_out_much(operation))) continue;
    coco_lr_chain_layers layers = find(operation);
    coco_lr_tuning_info tuning;
    if (!coco_schedule_chain(&work->freedom.figures, work->always, &layers, &tuning)) continue;
    candidate chosen = in_order(&layers);
    next = chosen.layers[chosen.count - 1]->next;
    COCO_TRY(make_chain(work, &chosen, &tuning));
  }
  return COCO_OK;
}

enum { CHAINS_OPTION };
static const coco_option_row options[] = {
    {"chains", COCO_OPTION_STRING, "auto",
     "auto: where the model of the target finds them faster; none; all: wherever they can be. For measurements."},
};

static coco_status run(coco_pass *pass, coco_operation *module) {
  chaining work = {.pass = pass, .context = pass->context, .figures = coco_schedule_figures_of(module)};
  coco_string chains = pass->options[CHAINS_OPTION].string;
  work.always = coco_string_is(chains, "all");
  if (coco_string_is(chains, "none")) return COCO_OK;
  if (!work.always && !coco_string_is(chains, "auto"))
    return coco_error(pass->context, module->location, "lr-chain: chains=%.*s is none of auto, none, all",
                      COCO_PRINT(chains));
  coco_schedule_freedom_of(module, &work.freedom);
  coco_block *body = coco_operation_body(module, 0);
  for (coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next) {
    coco_block *block = coco_operation_is(operation, &coco_func_func) ? coco_operation_body(operation, 0) : NULL;
    for (; block; block = block->next) COCO_TRY(chain_block(&work, block));
  }
  return COCO_OK;
}

const coco_pass_definition coco_pass_lr_chain = {
    .name = "lr-chain",
    .documentation = "Joins depthwise convolutions and their neighbours to lr.chain where that pays.",
    .anchor = "builtin.module",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = (const char *const[]){"chains"},
    .statistic_count = 1,
    .run = run,
};
