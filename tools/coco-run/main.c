/* coco-run: runs a network on a target, on files or made-up inputs, and compares, measures, profiles. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ir/printer.h"
#include "tools/coco-run/run.h"
#include "tools/common/compiled.h"

/* ---- The command line ---- */

static coco_tool_parsed parse_command_line(run_options *o, int argc, char **argv) {
  const coco_tool_option rows[] = {
      {NULL, COCO_TOOL_HEADING, NULL, "Target", NULL},
      {"target", COCO_TOOL_TEXT, "NAME", "host (the default), arm64 (through qemu-aarch64 on other machines), interpreter.", &o->target},
      {"cpu", COCO_TOOL_TEXT, "CORE", "The core to order instructions for, and to emulate.", &o->core},
      {"variant", COCO_TOOL_TEXT, "NAME", "Only this variant of the target (default: all, chosen when the code runs).", &o->variant},
      {"fp", COCO_TOOL_TEXT, "MODE", COCO_TOOL_FP_HELP, &o->fp},
      {"conv-storage", COCO_TOOL_TEXT, "STORAGE", COCO_TOOL_STORAGE_HELP, &o->storage},
      {"chains", COCO_TOOL_TEXT, "WHICH", COCO_TOOL_CHAINS_HELP, &o->chains},
      {"sparse", COCO_TOOL_TEXT, "WHICH", COCO_TOOL_SPARSE_HELP, &o->sparse},
      {"measure", COCO_TOOL_TEXT, "WHICH", COCO_TOOL_MEASURE_HELP "(default: none)", &o->measured},
      {"threads", COCO_TOOL_INTEGER, "N", "Threads; 0: as many as processors (default 1).", &o->threads},
      {NULL, COCO_TOOL_HEADING, NULL, "Inputs and outputs", NULL},
      {"shape", COCO_TOOL_TEXTS, "NAME=1x3x224x224", "The extents of an input; needed where neither model nor files tell.", &o->shapes},
      {"mean", COCO_TOOL_TEXT, "R,G,B", "For images: what is subtracted from each channel (0 to 255).", &o->mean},
      {"scale", COCO_TOOL_TEXT, "R,G,B", "For images: what each channel is multiplied by then.", &o->scale},
      {"resize", COCO_TOOL_TEXT, "HOW", "Images of another size: crop (the default) takes the largest middle part of the input's proportions (crop:0.875: only so much of that), stretch takes all of it; both resample. none refuses them.", &o->resize},
      {"bgr", COCO_TOOL_FLAG, NULL, "The model's images are blue, green, red; --mean and --scale are in that order then.", &o->reversed},
      {"seed", COCO_TOOL_INTEGER, "N", "Seed of inputs that are not given (default 0).", &o->seed},
      {"o|output-dir", COCO_TOOL_TEXT, "DIR", "Write the outputs to DIR as .npy files instead of printing about them.", &o->output},
      {"output-npz", COCO_TOOL_TEXT, "FILE", "Write the outputs to FILE, one .npz archive.", &o->archive},
      {"output-png", COCO_TOOL_TEXT, "[NAME=]FILE", "Write an output that is a picture (the first such, or NAME) to FILE. Of one channel where the input was in colour, it is luma: the colours are the input's.", &o->picture},
      {"range", COCO_TOOL_TEXT, "LOW,HIGH", "What is black and what is white in --output-png (default 0,1).", &o->range},
      {"labels", COCO_TOOL_TEXT, "FILE", "Print the classes with the largest values; line I of FILE names class I.", &o->labels},
      {"top", COCO_TOOL_INTEGER, "N", "How many classes (default 5).", &o->top},
      {"boxes", COCO_TOOL_TEXT, "THRESHOLD", "Print the boxes of a face detector (UltraFace, YuNet) with a score of at least THRESHOLD, in the picture's pixels; of those that overlap only the best.", &o->boxes},
      {"weights", COCO_TOOL_TEXT, "FILE", "The weights of a shared library that has none embedded.", &o->weights},
      {"name", COCO_TOOL_TEXT, "NAME", "The network's name in a shared library (default: the file's name).", &o->name},
      {NULL, COCO_TOOL_HEADING, NULL, "Comparing", NULL},
      {"test-data", COCO_TOOL_TEXT, "DIR", "Run every test_data_set_* in DIR; exit 0 only when all agree and there is one.", &o->test_data},
      {"save-test-data", COCO_TOOL_TEXT, "DIR", "Write inputs and outputs to DIR as another test_data_set_*.", &o->save},
      {"compare", COCO_TOOL_TEXT, "TARGET", "Run TARGET on the same inputs too; exit 0 only when the outputs agree.", &o->compare},
      {"compare-layers", COCO_TOOL_TEXT, "TARGET", "Run TARGET on the same inputs too and compare every layer: the largest difference, that relative to the layer's largest number, and the largest in units in the last place of a number; exit 0 only when no layer is beyond the tolerance.", &o->compare_layers},
      {"rtol", COCO_TOOL_TEXT, "X", "Relative tolerance (default 1e-3): |a - b| <= atol + rtol |b|.", &o->rtol},
      {"atol", COCO_TOOL_TEXT, "X", "Absolute tolerance (default 1e-4).", &o->atol},
      {NULL, COCO_TOOL_HEADING, NULL, "Measuring", NULL},
      {"repeat", COCO_TOOL_INTEGER, "N", "Run N times and print the fastest, the median and the mean time.", &o->repeat},
      {"measure-scratch", COCO_TOOL_FLAG, NULL, "Run twice more on scratch filled with a pattern, and print the size that was planned, up to which byte it was written, and how many bytes were; exit 0 only when the last byte that was planned is needed, and none behind it.", &o->measure},
      {"profile", COCO_TOOL_FLAG, NULL, "Print how long each layer took: in the order of execution, the slowest, and by kind. Memory is that of the results.", &o->profile},
      {"profile-trace", COCO_TOOL_TEXT, "FILE", "Write every call of a layer to FILE, as JSON for chrome://tracing or Perfetto.", &o->trace},
  };
  const coco_tool_usage usage = {.name = "coco-run",
                                 .summary = "Runs a neural network: .onnx or MLIR text (compiled in memory), or a shared library that coco-compile made.\n"
                                            "INPUT is a .npy, .pb, .png, .jpg or .bmp file, in the model's order, or NAME=FILE, or a .npz file whose entries have the inputs' names.",
                                 .usage = "[options] MODEL [INPUT...]",
                                 .options = rows,
                                 .option_count = sizeof rows / sizeof *rows,
                                 .inputs = &o->positional,
                                 .maximum_inputs = COCO_TOOL_MAXIMUM_TEXTS};
  return coco_tool_parse_options(&usage, argc, argv);
}

static coco_status parse_real(const run_job *job, const char *option, const char *text, double *out) {
  if (!text || (coco_string_to_double(coco_string_from(text), out) && *out >= 0)) return COCO_OK;
  return coco_tool_error(&job->tool, "--%s=%s: expected a number", option, text);
}

/* "1,2,3", or one number for all channels. */
static coco_status parse_channels(const run_job *job, const char *option, const char *text, double *out) {
  size_t count = 0;
  for (const char *at = text; at && *at && count < 3; ++count) {
    size_t size = strcspn(at, ",");
    if (!coco_string_to_double((coco_string){at, size}, &out[count])) break;
    at += size + (at[size] == ',');
    if (!*at) ++count;
    if (!*at) break;
  }
  if (count == 1) out[1] = out[2] = out[0];
  if (!text || count == 1 || count == 3) return COCO_OK;
  return coco_tool_error(&job->tool, "--%s=%s: expected one or three numbers", option, text);
}

/* "0,1" */
static coco_status parse_range(run_job *job) {
  const char *text = job->options.range, *comma = text ? strchr(text, ',') : NULL;
  if (!text) return COCO_OK;
  if (comma && coco_string_to_double((coco_string){text, (size_t)(comma - text)}, &job->range[0]) && coco_string_to_double(coco_string_from(comma + 1), &job->range[1]) &&
      job->range[0] != job->range[1])
    return COCO_OK;
  return coco_tool_error(&job->tool, "--range=%s: expected two different numbers", text);
}

static coco_status check_pictures(run_job *job) {
  static const char *const ways[] = {[COCO_IMAGE_AS_IS] = "none", [COCO_IMAGE_CROP] = "crop", [COCO_IMAGE_STRETCH] = "stretch"};
  const run_options *o = &job->options;
  job->image.fit = COCO_IMAGE_CROP;
  job->image.reversed = o->reversed;
  bool known = !o->resize;
  job->crop = 1;
  if (o->resize && strncmp(o->resize, "crop:", 5) == 0) known = coco_string_to_double(coco_string_from(o->resize + 5), &job->crop) && job->crop > 0 && job->crop <= 1;
  for (size_t i = 0; i < sizeof ways / sizeof *ways && o->resize; ++i)
    if (strcmp(o->resize, ways[i]) == 0) {
      job->image.fit = (coco_image_fit)i;
      known = true;
    }
  if (!known) return coco_tool_error(&job->tool, "--resize=%s: expected crop, crop:PART, stretch or none", o->resize);
  if (o->top < 1 || o->top > RUN_MAXIMUM_TOP) return coco_tool_error(&job->tool, "--top=%lld: expected 1 to %d", (long long)o->top, RUN_MAXIMUM_TOP);
  COCO_TRY(parse_real(job, "boxes", o->boxes, &job->threshold));
  COCO_TRY(parse_range(job));
  COCO_TRY(parse_channels(job, "mean", o->mean, job->image.mean));
  return parse_channels(job, "scale", o->scale, job->image.scale);
}

static coco_status check_options(run_job *job) {
  run_options *o = &job->options;
  if (!o->positional.count) return coco_tool_error(&job->tool, "no model given: coco-run MODEL [INPUT...] (see --help)");
  if (o->repeat < 1 || o->repeat > RUN_MAXIMUM_REPEAT) return coco_tool_error(&job->tool, "--repeat=%lld: expected 1 to %d", (long long)o->repeat, RUN_MAXIMUM_REPEAT);
  if (o->test_data && (o->positional.count > 1 || o->compare || o->save)) return coco_tool_error(&job->tool, "--test-data brings its own inputs and outputs: give no others");
  if (o->compare_layers && (o->test_data || o->save || o->compare || o->output || o->archive || o->picture || o->labels || o->boxes || o->repeat > 1 || o->measure || o->profile || o->trace))
    return coco_tool_error(&job->tool, "--compare-layers prints its table and nothing else: leave out other outputs and measurements");
  if (o->output && mkdir(o->output, 0777) != 0 && errno != EEXIST) return coco_tool_error(&job->tool, "cannot make the folder '%s': %s", o->output, strerror(errno));
  o->trace_only = o->trace && !o->profile;
  o->profile = o->profile || o->trace;
  COCO_TRY(parse_real(job, "rtol", o->rtol, &job->rtol));
  COCO_TRY(parse_real(job, "atol", o->atol, &job->atol));
  return check_pictures(job);
}

/* ---- Inputs ---- */

/* The inputs as the model declares them, before anything is compiled. */
static coco_status declared_inputs(run_job *job, run_network *network, coco_model_tensors *out) {
  if (network->backend == &run_library) {
    COCO_TRY(run_network_prepare(network, NULL, 0));
    *out = network->inputs;
    return COCO_OK;
  }
  coco_operation *module = NULL;
  COCO_TRY(coco_model_load(&job->tool, job->options.positional.items[0], &module));
  coco_status status = coco_model_apply_shapes(&job->tool, module, &job->options.shapes);
  if (status == COCO_OK) status = coco_model_inputs(module, out);
  for (size_t i = 0; i < out->count && status == COCO_OK && coco_model_is_loops(module); ++i) out->items[i].type = run_tensor_type(job->tool.context, out->items[i].type);
  coco_operation_erase(module);
  return status;
}

/* Which input NAME=FILE or FILE means; *out_file is the file. */
static coco_status find_input(const run_job *job, const coco_model_tensors *declared, const char *text, size_t position, size_t *out_index, const char **out_file) {
  for (size_t i = 0; i < declared->count; ++i) {
    coco_string name = declared->items[i].name;
    if (strncmp(text, name.data, name.size) != 0 || text[name.size] != '=') continue;
    *out_index = i;
    *out_file = text + name.size + 1;
    return COCO_OK;
  }
  const char *equals = strchr(text, '=');
  if (equals && access(text, F_OK) != 0)
    return coco_tool_error(&job->tool, "'%s': the model has no input '%.*s'", text, (int)(equals - text), text);
  *out_index = position;
  *out_file = text;
  if (position >= declared->count) return coco_tool_error(&job->tool, "'%s' is one input too many: the model has %zu", text, declared->count);
  return COCO_OK;
}

static coco_status load_input(run_job *job, const coco_model_tensors *declared, size_t index, const char *file, const coco_npz *archive, size_t entry, run_tensors *inputs, bool *given) {
  if (given[index]) return coco_tool_error(&job->tool, "input '%.*s' is given twice", COCO_PRINT(declared->items[index].name));
  COCO_TRY(run_load_input(job, file, archive, entry, declared->items[index].type, &inputs->items[index]));
  given[index] = true;
  return COCO_OK;
}

static size_t find_declared(const coco_model_tensors *declared, coco_string name) {
  size_t index = 0;
  while (index < declared->count && !coco_string_equal(declared->items[index].name, name)) ++index;
  return index;
}

/* Entries go to the inputs of their names; when none has such a name, in order. */
static coco_status load_entries(run_job *job, const coco_model_tensors *declared, const char *file, const coco_npz *archive, run_tensors *inputs, bool *given) {
  bool named = false;
  for (size_t i = 0; i < archive->count; ++i) named = named || find_declared(declared, archive->entries[i].name) < declared->count;
  for (size_t i = 0; i < archive->count; ++i) {
    size_t index = named ? find_declared(declared, archive->entries[i].name) : i;
    if (index >= declared->count) return coco_tool_error(&job->tool, "'%s' has an entry '%.*s': the model has no such input", file, COCO_PRINT(archive->entries[i].name));
    COCO_TRY(load_input(job, declared, index, file, archive, i, inputs, given));
  }
  return COCO_OK;
}

/* An archive of all inputs; *out_is: whether FILE is one. */
static coco_status load_archive(run_job *job, const coco_model_tensors *declared, const char *file, run_tensors *inputs, bool *given, bool *out_is) {
  coco_file opened;
  coco_npz archive;
  *out_is = false;
  const coco_location *location = coco_location_file(job->tool.context, coco_string_from(file), 0, 0);
  if (!location) return COCO_OUT_OF_MEMORY;
  coco_status status = coco_file_open(&coco_heap, file, &opened, NULL);
  if (status == COCO_IO_ERROR) return COCO_OK; /* NAME=FILE, or there is none: said later */
  COCO_TRY(status);
  coco_string bytes = {(const char *)opened.data, opened.size};
  *out_is = coco_npz_is(bytes);
  if (*out_is) status = coco_npz_open(job->tool.context, location, bytes, &archive);
  if (*out_is && status == COCO_OK) {
    status = load_entries(job, declared, file, &archive, inputs, given);
    coco_npz_close(&archive);
  }
  coco_file_close(&opened);
  return status;
}

static coco_status load_inputs(run_job *job, const coco_model_tensors *declared, run_tensors *inputs, bool *given) {
  inputs->count = declared->count;
  size_t position = 0;
  for (size_t i = 1; i < job->options.positional.count; ++i) {
    const char *file = NULL;
    size_t index = 0;
    bool archive;
    COCO_TRY(load_archive(job, declared, job->options.positional.items[i], inputs, given, &archive));
    if (archive) continue;
    while (position < declared->count && given[position]) ++position;
    COCO_TRY(find_input(job, declared, job->options.positional.items[i], position, &index, &file));
    COCO_TRY(load_input(job, declared, index, file, NULL, 0, inputs, given));
  }
  return COCO_OK;
}

static coco_status make_up_inputs(run_job *job, const run_network *network, run_tensors *inputs, const bool *given) {
  for (size_t i = 0; i < network->inputs.count; ++i) {
    char text[96];
    if (given[i]) continue;
    COCO_TRY(run_random_input(job, network->inputs.items[i].type, (uint64_t)job->options.seed * 1000003u + i, &inputs->items[i]));
    printf("%.*s: random %s (seed %lld)\n", COCO_PRINT(network->inputs.items[i].name), coco_type_text(inputs->items[i].type, text, sizeof text), (long long)job->options.seed);
  }
  return COCO_OK;
}

/* ---- Results ---- */

static int compare_times(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return a < b ? -1 : a > b;
}

static void print_times(double *seconds, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; ++i) sum += seconds[i];
  qsort(seconds, count, sizeof *seconds, compare_times);
  double median = count % 2 ? seconds[count / 2] : 0.5 * (seconds[count / 2 - 1] + seconds[count / 2]);
  printf("%zu runs: min %.3f ms, median %.3f ms, mean %.3f ms\n", count, 1e3 * seconds[0], 1e3 * median, 1e3 * sum / (double)count);
}

static coco_status show(run_job *job, const run_network *network, const run_tensors *outputs, double *seconds) {
  const run_options *o = &job->options;
  if (o->output) COCO_TRY(run_save_outputs(job, network, outputs));
  if (o->archive) COCO_TRY(run_save_archive(job, network, outputs));
  if (o->picture) COCO_TRY(run_save_picture(job, network, outputs));
  if (o->labels) COCO_TRY(run_print_classes(job, network, outputs));
  if (o->boxes) COCO_TRY(run_print_boxes(job, network, outputs));
  if (!o->output && !o->archive && !o->picture && !o->labels && !o->boxes)
    for (size_t i = 0; i < outputs->count; ++i) run_print_tensor(network->outputs.items[i].name, &outputs->items[i]);
  if (job->options.repeat > 1) print_times(seconds, (size_t)job->options.repeat);
  if (o->trace) COCO_TRY(run_profile_trace(job, &network->profile));
  return o->profile && !o->trace_only ? run_profile_print(&network->profile) : COCO_OK;
}

/* The reference runs TARGET; its outputs are what ours must agree with. */
static coco_status compare_with(run_job *job, const char *target, const run_tensors *inputs, const run_network *network, const run_tensors *outputs) {
  run_network reference;
  const coco_type *types[COCO_MODEL_MAXIMUM_TENSORS];
  run_tensors expected = {.count = 0};
  for (size_t i = 0; i < inputs->count; ++i) types[i] = inputs->items[i].type;
  COCO_TRY(run_network_choose(job, target, &reference));
  coco_status status = run_network_prepare(&reference, types, inputs->count);
  if (status == COCO_OK) status = reference.backend->execute(&reference, inputs, &expected, 1, NULL);
  if (status == COCO_OK && expected.count != outputs->count) status = COCO_INVALID_ARGUMENT; /* one model has as many everywhere */
  for (size_t i = 0; i < expected.count && (status == COCO_OK || status == COCO_REPORTED); ++i) {
    double difference;
    bool agree = run_tensors_agree(job, &outputs->items[i], &expected.items[i], &difference);
    printf("%.*s: %s with %s, largest difference %.3g\n", COCO_PRINT(network->outputs.items[i].name), agree ? "agrees" : "DIFFERS", target, difference);
    if (!agree) status = COCO_REPORTED;
  }
  run_tensors_free(job, &expected);
  run_network_destroy(&reference);
  return status;
}

static coco_status run_once(run_job *job, run_network *network, run_tensors *inputs, run_tensors *outputs, double *seconds) {
  coco_model_tensors declared = {.count = 0};
  bool given[COCO_MODEL_MAXIMUM_TENSORS] = {false};
  const coco_type *types[COCO_MODEL_MAXIMUM_TENSORS] = {NULL};
  COCO_TRY(declared_inputs(job, network, &declared));
  COCO_TRY(load_inputs(job, &declared, inputs, given));
  for (size_t i = 0; i < declared.count; ++i) types[i] = given[i] ? inputs->items[i].type : NULL;
  COCO_TRY(run_network_prepare(network, types, declared.count));
  COCO_TRY(make_up_inputs(job, network, inputs, given));
  fflush(stdout);
  COCO_TRY(network->backend->execute(network, inputs, outputs, (size_t)job->options.repeat, seconds));
  if (job->options.compare_layers) return run_compare_layers(job, network, inputs, outputs);
  COCO_TRY(show(job, network, outputs, seconds));
  if (job->options.save) COCO_TRY(run_save_test_data(job, network, inputs, outputs));
  return job->options.compare ? compare_with(job, job->options.compare, inputs, network, outputs) : COCO_OK;
}

static coco_status run_inputs(run_job *job, run_network *network) {
  run_tensors inputs = {.count = 0}, outputs = {.count = 0};
  size_t bytes = (size_t)job->options.repeat * sizeof(double);
  double *seconds = coco_allocate_zeroed(&coco_heap, (size_t)job->options.repeat, sizeof *seconds);
  if (!seconds) return COCO_OUT_OF_MEMORY;
  coco_status status = run_once(job, network, &inputs, &outputs, seconds);
  run_tensors_free(job, &inputs);
  run_tensors_free(job, &outputs);
  coco_free(&coco_heap, seconds, bytes);
  return status;
}

static coco_status run(run_job *job) {
  run_network network;
  COCO_TRY(check_options(job));
  COCO_TRY(run_network_choose(job, job->options.target ? job->options.target : "host", &network));
  if (job->options.profile && network.backend != &run_interpreter && network.backend != &run_just_in_time)
    return coco_tool_error(&job->tool, "only the interpreter and code that is compiled here, for this machine, can be profiled");
  if (job->options.compare_layers && network.backend == &run_library) return coco_tool_error(&job->tool, "--compare-layers needs the model: a library has no layers");
  if (job->options.compare && network.backend == &run_library) return coco_tool_error(&job->tool, "--compare needs the model: a library can only be run as it is");
  if (job->options.target && network.backend == &run_library) return coco_tool_error(&job->tool, "--target needs the model: a library can only be run as it is");
  if (job->options.measure && (network.backend == &run_interpreter || network.backend == &run_emulator))
    return coco_tool_error(&job->tool, "scratch can be measured only of code that runs in this process");
  coco_progress_begin(&job->progress);
  coco_status status = job->options.test_data ? run_test_data(job, &network) : run_inputs(job, &network);
  run_network_destroy(&network);
  return status;
}

int main(int argc, char **argv) {
  run_job job = {.options = {.repeat = 1, .threads = 1, .top = 5}, .image = COCO_IMAGE_OPTIONS, .range = {0, 1}, .rtol = 1e-3, .atol = 1e-4};
  switch (parse_command_line(&job.options, argc, argv)) {
    case COCO_TOOL_DONE: return 0;
    case COCO_TOOL_MISUSED: return 1;
    default: break;
  }
  if (coco_tool_start(&job.tool, "coco-run") != COCO_OK) return 1;
  coco_status status = run(&job);
  coco_picture_free(&job.source.picture);
  return coco_tool_finish(&job.tool, status);
}
