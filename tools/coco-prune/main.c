/* coco-prune: prunes a network in one shot. ONNX (or MLIR text) in and out, with a report of what each layer keeps. */
#include "api/registry.h"
#include "frontends/onnx/export.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tools/coco-prune/prune.h"

/* ---- The output ---- */

static bool ends_with(const char *text, const char *end) {
  const size_t size = strlen(text), tail = strlen(end);
  return size >= tail && strcmp(text + size - tail, end) == 0;
}

static bool is_text(const char *output) { return ends_with(output, ".mlir"); }

static coco_status check_output(prune_job *job) {
  const prune_options *o = &job->options;
  if (!o->output && !o->list) return coco_tool_error(&job->tool, "-o FILE says where the pruned network goes; --list writes none");
  if (o->output && o->list) return coco_tool_error(&job->tool, "--list writes no network: it cannot be asked for together with -o");
  if (o->weights && (!o->output || !is_text(o->output)))
    return coco_tool_error(&job->tool, "--weights-out is for text: an ONNX file holds its weights");
  job->report = o->output && strcmp(o->output, "-") == 0 ? stderr : stdout;
  return COCO_OK;
}

static coco_status make_output(prune_job *job, coco_buffer *out) {
  const prune_options *o = &job->options;
  if (!is_text(o->output)) return coco_onnx_export(job->module, out);
  coco_print_options printing = {0};
  if (o->weights) {
    COCO_TRY(coco_tool_sidecar_name(&job->tool, o->output, o->weights, &printing.sidecar));
    COCO_TRY(coco_tool_write_weights(&job->tool, job->module, o->weights));
  }
  return coco_print_operation(out, job->module, &printing);
}

static coco_status write_output(prune_job *job) {
  coco_buffer out = COCO_BUFFER(coco_context_allocator(job->tool.context));
  coco_status status = make_output(job, &out);
  if (status == COCO_OK) status = out.status;
  if (status == COCO_OK) status = coco_tool_write(&job->tool, job->options.output, coco_buffer_view(&out));
  coco_buffer_free(&out);
  return status;
}

/* ---- Pruning ---- */

static coco_status run_passes(prune_job *job, const char *pipeline) {
  return coco_run_pipeline(job->tool.context, coco_all_passes(), pipeline, job->module);
}

static coco_status project(prune_job *job) {
  char filters[48];
  if (job->options.filters >= 0) {
    snprintf(filters, sizeof filters, "prune-filters{part=%lld}", (long long)job->options.filters);
    COCO_TRY(run_passes(job, filters));
    return coco_verify(job->module);
  }
  COCO_TRY(run_passes(job, job->options.two_steps ? "prune-project{two-steps=true},prune-check" : "prune-project,prune-check"));
  return coco_verify(job->module);
}

/* The network is written before it is spoken of, and only when all of it is right. */
static coco_status prune(prune_job *job, prune_comparison *comparison) {
  COCO_TRY(prune_run_before(job, comparison));
  COCO_TRY(project(job));
  COCO_TRY(write_output(job));
  prune_print_sets(job);
  COCO_TRY(prune_print_layers(job, true));
  COCO_TRY(prune_run_after(job, comparison));
  fprintf(job->report,
          "Weights were projected in one shot. Without training afterwards accuracy falls: train the weights that are kept, and let the zeros stay.\n");
  return COCO_OK;
}

/* What is pruned must be a constant: weights that are made of others, as those of transposed convolutions are, are folded. */
static coco_status fold(prune_job *job) {
  if (job->options.fold || job->options.filters >= 0)
    return run_passes(job, "canonicalize,graph-fold-constants,graph-fold-batch-norm,canonicalize");
  coco_layers layers;
  COCO_TRY(coco_find_layers(job->module, &job->arena, &layers));
  for (size_t i = 0; i < layers.count; ++i)
    if (layers.items[i].kind != COCO_LAYER_MATRIX && !coco_value_constant(layers.items[i].use->value))
      return run_passes(job, "graph-fold-constants,canonicalize");
  return COCO_OK;
}

/* For --filters: every layer that has weights, to be reported; which of them lose filters is the pass's choice, so --list
 * runs it. */
static coco_status list_layers(prune_job *job) {
  coco_layers layers;
  COCO_TRY(coco_find_layers(job->module, &job->arena, &layers));
  job->plan.items = coco_arena_allocate_zeroed(&job->arena, layers.count + 1, sizeof *job->plan.items);
  if (!job->plan.items) return COCO_OUT_OF_MEMORY;
  for (; job->plan.count < layers.count; ++job->plan.count) {
    coco_planned_layer *planned = &job->plan.items[job->plan.count];
    planned->layer = layers.items[job->plan.count];
    planned->chosen = !planned->layer.unusable;
    planned->reason = planned->layer.unusable;
    job->plan.chosen += planned->chosen;
  }
  return COCO_OK;
}

/* Nothing can be pruned: why not, layer by layer. */
static coco_status tell_none(prune_job *job) {
  job->report = stderr;
  if (job->plan.count) COCO_TRY(prune_print_layers(job, false));
  return coco_tool_error(&job->tool, "no layer of the network is to be pruned (--first prunes first layers, too, --matrix=RATE "
                                     "matrix products)");
}

static coco_status run(prune_job *job) {
  prune_comparison comparison = {0};
  COCO_TRY(check_output(job));
  COCO_TRY(prune_read_choice(job));
  job->choice.may_choose_none = true; /* which is told with reasons */
  COCO_TRY(coco_model_load(&job->tool, job->options.input, &job->module));
  COCO_TRY(fold(job));
  if (job->options.filters >= 0)
    COCO_TRY(list_layers(job));
  else
    COCO_TRY(coco_prune_make_plan(job->module, &job->choice, &job->arena, &job->plan));
  if (!job->plan.chosen) return tell_none(job);
  if (job->options.list) {
    if (job->options.filters >= 0) COCO_TRY(project(job));
    prune_print_sets(job);
    return prune_print_layers(job, false);
  }
  const coco_status status = prune(job, &comparison);
  prune_comparison_free(job, &comparison);
  return status;
}

/* ---- The command line ---- */

static coco_tool_parsed parse_command_line(prune_options *o, int argc, char **argv) {
  coco_tool_texts inputs = {0};
  const coco_tool_option rows[] = {
      {"o|output", COCO_TOOL_TEXT, "FILE",
       "where the pruned network goes: MLIR text when it ends in .mlir, else ONNX (-: standard output)", &o->output},
      {"weights-out", COCO_TOOL_TEXT, "FILE",
       "of text: write weights to this safetensors file instead of into the text", &o->weights},
      {"list", COCO_TOOL_FLAG, NULL, "print what would be done with each layer, and write nothing", &o->list},
      {.kind = COCO_TOOL_HEADING, .help = "What is pruned"},
      {"patterns", COCO_TOOL_INTEGER, "N",
       "patterns in each set, chosen from the weights (8; 6 and 12 are usual; 56 is every one of 3x3)", &o->patterns},
      {"connectivity", COCO_TOOL_TEXT, "RATE", "of RATE kernels one stays; 1: all of them (3.6)", &o->connectivity},
      {"pointwise", COCO_TOOL_TEXT, "RATE", "the same for 1x1 convolutions (as --connectivity)", &o->pointwise},
      {"share", COCO_TOOL_INTEGER, "N",
       "N filters of a 1x1 convolution, side by side, keep the same channels; four are fastest (1)", &o->share},
      {"matrix", COCO_TOOL_TEXT, "RATE",
       "of RATE blocks of 16 outputs by 1 input of matrix products one stays (1: all of them)", &o->matrix},
      {"scheme", COCO_TOOL_TEXT, "KIND",
       "for kernels of several positions: pattern, connectivity (whole kernels) or blocks, which 1x1 kernels get, too "
       "(pattern)", &o->scheme},
      {"block", COCO_TOOL_TEXT, "FxC", "of blocks: filters and channels whose kernels keep the same positions (16x4)",
       &o->block},
      {"filters", COCO_TOOL_INTEGER, "P",
       "remove the weakest P of 100 filters of each layer instead, where nothing needs their channels; batch "
       "normalisation is folded",
       &o->filters},
      {"first", COCO_TOOL_FLAG, NULL, "prune the layers that see the network's inputs, too", &o->first},
      {"layers", COCO_TOOL_TEXT, "FILE", "what differs for single layers: lines such as 'conv5* rate=2' or 'head skip'",
       &o->overrides},
      {.kind = COCO_TOOL_HEADING, .help = "How it is chosen"},
      {"balance", COCO_TOOL_TEXT, "HOW",
       "none: the strongest kernels of a layer; filter: as many in each filter; runs: as many of each pattern in each "
       "filter, in the number of runs that is nearest to the rate (none)",
       &o->balance},
      {"span", COCO_TOOL_INTEGER, "N", "of --balance=runs: input channels in a group that has equal runs (all)",
       &o->span},
      {"masks", COCO_TOOL_TEXT, "LIST",
       "the set for 3x3 kernels, instead of one chosen: 0x1b0,0xd8,... (bit i is position i, row by row)", &o->masks},
      {"entries", COCO_TOOL_INTEGER, "N", "positions that a pattern keeps (4 of 3x3 and 4x4, 8 of 5x5, 12 of 7x7)",
       &o->entries},
      {"method", COCO_TOOL_TEXT, "HOW",
       "sets by frequency of natural patterns or by coverage of kept energy (3x3: frequency; larger: coverage)",
       &o->method},
      {"two-steps", COCO_TOOL_FLAG, NULL,
       "rank kernels by their whole energy, as published, not by what their pattern keeps", &o->two_steps},
      {"fold-batch-norm", COCO_TOOL_FLAG, NULL,
       "fold batch normalisation into the weights before; what is trained on should keep it", &o->fold},
      {.kind = COCO_TOOL_HEADING, .help = "How far outputs move"},
      {"data", COCO_TOOL_TEXTS, "FILE",
       "an input (.npy, .pb), once for each in their order, on which outputs before and after are compared; what is "
       "pruned does not depend on it. none: they are not compared (random inputs)", &o->data},
      {"seed", COCO_TOOL_INTEGER, "N", "of random inputs (0)", &o->seed},
      {"shape", COCO_TOOL_TEXTS, "NAME=1x3x224x224",
       "extents of an input for this comparison; the network keeps its own", &o->shapes},
  };
  const coco_tool_usage usage = {
      .name = "coco-prune",
      .summary = "Prunes a network: puts zeros into its weights so that each kernel keeps a pattern, or nothing.\n"
                 "It works in one shot: without training afterwards accuracy falls. The network is ONNX (.onnx) or MLIR text.",
      .usage = "[options] -o FILE MODEL",
      .options = rows,
      .option_count = sizeof rows / sizeof *rows,
      .inputs = &inputs,
      .maximum_inputs = 1};
  const coco_tool_parsed parsed = coco_tool_parse_options(&usage, argc, argv);
  o->input = inputs.count ? inputs.items[0] : "-";
  return parsed;
}

int main(int argc, char **argv) {
  prune_job job = {.options = {.patterns = PRUNE_NOT_GIVEN, .share = 1, .seed = PRUNE_NOT_GIVEN, .filters = PRUNE_NOT_GIVEN}};
  switch (parse_command_line(&job.options, argc, argv)) {
    case COCO_TOOL_DONE: return 0;
    case COCO_TOOL_MISUSED: return 1;
    default: break;
  }
  if (coco_tool_start(&job.tool, "coco-prune") != COCO_OK) return 1;
  job.arena.allocator = coco_context_allocator(job.tool.context);
  const coco_status status = run(&job);
  if (job.module) coco_operation_erase(job.module);
  coco_arena_destroy(&job.arena);
  return coco_tool_finish(&job.tool, status);
}
