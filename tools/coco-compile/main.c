/* coco-compile: a network in, an object (or shared library, assembly, LLVM IR) and its C header out. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "api/registry.h"
#include "tools/coco-compile/advise.h"
#include "tools/coco-compile/compile.h"
#include "tools/coco-compile/report.h"
#include "tools/common/command.h"
#include "tools/common/compiled.h"
#include "tools/common/model.h"
#include "tools/common/progress.h"

enum { MAXIMUM_PATH = 1024, MAXIMUM_RUNS = 10000 };

typedef struct compile_job {
  coco_tool tool;
  compile_options options;
  compile_kind kind;
  const coco_target *target;
  coco_string name;
  char name_text[128], header[MAXIMUM_PATH], weights[MAXIMUM_PATH];
  report_facts facts;
  coco_progress progress;
  compile_dumps dumps;
  bool external;
} compile_job;

/* ---- The command line ---- */

static coco_tool_parsed parse_command_line(compile_options *o, int argc, char **argv) {
  const coco_tool_option rows[] = {
      {NULL, COCO_TOOL_HEADING, NULL, "Output", NULL},
      {"o|output", COCO_TOOL_TEXT, "FILE",
       "Where to write; .o .so .s or .ll tells what. A C header is written beside it, NAME.h; and for .s and .ll, "
       "which name it by the path given here, the weights, FILE.weights. Of .so a C compiler is the linker: cc, or "
       "aarch64-linux-gnu-gcc.",
       &o->output},
      {"emit", COCO_TOOL_TEXT, "KIND", "object, library, assembly or llvm, whatever the file is called.", &o->emit},
      {"name", COCO_TOOL_TEXT, "NAME", "Prefix of the symbols NAME_run and NAME_info (default: the output's name, with _ for what C does not allow).",
       &o->name},
      {"weights", COCO_TOOL_TEXT, "FILE",
       "Write the weights to FILE instead of embedding them; NAME_run takes them as an argument.", &o->weights},
      {NULL, COCO_TOOL_HEADING, NULL, "Target", NULL},
      {"target", COCO_TOOL_TEXT, "NAME", "A name or alias of --print-targets, or an LLVM triple of their processors whose objects are ELF, as "
       "aarch64-linux-android (default: host).",
       &o->target},
      {"cpu", COCO_TOOL_TEXT, "CORE",
       "The core to order instructions for; it does not change which instructions are used.", &o->core},
      {"variant", COCO_TOOL_TEXT, "NAME", "Only this variant of the target (default: all, chosen when the code runs).",
       &o->variant},
      {"fp", COCO_TOOL_TEXT, "MODE", COCO_TOOL_FP_HELP, &o->fp},
      {"conv-storage", COCO_TOOL_TEXT, "STORAGE", COCO_TOOL_STORAGE_HELP, &o->storage},
      {"chains", COCO_TOOL_TEXT, "WHICH", COCO_TOOL_CHAINS_HELP, &o->chains},
      {"sparse", COCO_TOOL_TEXT, "WHICH", COCO_TOOL_SPARSE_HELP, &o->sparse},
      {"measure", COCO_TOOL_TEXT, "WHICH", COCO_TOOL_MEASURE_HELP "(default: auto where the target runs here)",
       &o->measured},
      {"print-targets", COCO_TOOL_FLAG, NULL, "List targets, their variants and cores.", &o->print_targets},
      {NULL, COCO_TOOL_HEADING, NULL, "Model", NULL},
      {"shape", COCO_TOOL_TEXTS, "NAME=1x3x224x224",
       "The extents of an input; needed where the model leaves them open.", &o->shapes},
      {NULL, COCO_TOOL_HEADING, NULL, "Looking inside", NULL},
      {"report", COCO_TOOL_MAYBE_TEXTS, "FORM|FILE",
       "What each layer became, in numbers, and where and how long each value lies in memory: as text (the default), "
       "json or html to standard output, or to a FILE that ends in .txt, .json or .html. May be given several times.",
       &o->reports},
      {"report-runs", COCO_TOOL_INTEGER, "N",
       "For --report: run the network N times on this machine, in one thread, and say what each layer took "
       "(default: 0).",
       &o->report_runs},
      {"advise", COCO_TOOL_MAYBE_TEXT, "text|json",
       "Compile nothing: say what patterns, connectivity, blocks and fewer filters would bring this dense network, per "
       "layer and in all, before it is trained. Networks are run where the target is this machine, for about a minute "
       "of processor time at most, unless --measure=none.",
       &o->advise},
      {"dump-ir", COCO_TOOL_TEXT, "DIR", "Write the IR of every level to files in DIR.", &o->dump},
      {"verify-each", COCO_TOOL_FLAG, NULL, "Verify after each pass.", &o->verify},
  };
  const coco_tool_usage usage = {
      .name = "coco-compile",
      .summary = "Compiles a neural network (.onnx, or MLIR text of any level from graph down) to machine code.",
      .usage = "[options] MODEL -o FILE\n       coco-compile MODEL --advise [options]",
      .options = rows,
      .option_count = sizeof rows / sizeof *rows,
      .inputs = &o->inputs,
      .maximum_inputs = 1};
  return coco_tool_parse_options(&usage, argc, argv);
}

static coco_status find_kind(compile_job *job) {
  static const char *const suffixes[] = {".o", ".so", ".s", ".ll"};
  static const char *const names[] = {"object", "library", "assembly", "llvm"};
  const char *text = job->options.emit, *suffix = strrchr(job->options.output, '.');
  for (int i = 0; i < 4; ++i)
    if (text ? strcmp(text, names[i]) == 0 : suffix && strcmp(suffix, suffixes[i]) == 0) {
      job->kind = (compile_kind)i;
      return COCO_OK;
    }
  if (text) return coco_tool_error(&job->tool, "--emit=%s: expected object, library, assembly or llvm", text);
  return coco_tool_error(&job->tool, "'%s' ends in none of .o .so .s .ll: say what to write with --emit",
                         job->options.output);
}

static bool is_identifier(coco_string name) {
  for (size_t i = 0; i < name.size; ++i) {
    char c = name.data[i];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (i && c >= '0' && c <= '9'))) return false;
  }
  return name.size > 0 && name.size < 100;
}

static coco_status find_names(compile_job *job) {
  const char *slash = strrchr(job->options.output, '/');
  job->name = job->options.name ? coco_string_from(job->options.name)
                                : coco_compile_symbol(job->options.output, job->name_text, sizeof job->name_text);
  if (!is_identifier(job->name))
    return coco_tool_error(&job->tool, job->options.name ? "--name=%.*s: expected an identifier of C, of at most 99 characters"
                                              : "'%.*s' is too long a name for symbols: give one with --name",
                           COCO_PRINT(job->name));
  int folder = slash ? (int)(slash - job->options.output) + 1 : 0;
  if (snprintf(job->header, sizeof job->header, "%.*s%.*s.h", folder, job->options.output, COCO_PRINT(job->name)) >=
          (int)sizeof job->header ||
      snprintf(job->weights, sizeof job->weights, "%s.weights", job->options.output) >= (int)sizeof job->weights)
    return coco_tool_error(&job->tool, "the name of the output is too long");
  return COCO_OK;
}

/* No two files of one run may be the same. */
static coco_status check_files(const compile_job *job) {
  const compile_options *o = &job->options;
  const char *files[4 + COCO_TOOL_MAXIMUM_TEXTS] = {o->inputs.items[0], o->output, job->header};
  size_t count = 3;
  if (o->weights) files[count++] = o->weights;
  for (size_t i = 0; i < o->reports.count; ++i)
    if (report_is_file(o->reports.items[i])) files[count++] = o->reports.items[i];
  for (size_t i = 0; i < count; ++i)
    for (size_t j = 0; j < i; ++j)
      if (strcmp(files[i], "-") != 0 && coco_tool_is_same_file(files[i], files[j]))
        return coco_tool_error(&job->tool,
                               "'%s' cannot be two of the model, the output, its header, its weights and its reports",
                               files[i]);
  return COCO_OK;
}

/* Told before all the work: the folder that the output is to lie in. */
static coco_status check_folder(const compile_job *job) {
  const char *output = job->options.output, *slash = strrchr(output, '/');
  char folder[MAXIMUM_PATH];
  struct stat information;
  if (!slash || slash == output) return COCO_OK;
  snprintf(folder, sizeof folder, "%.*s", (int)(slash - output), output);
  if (stat(folder, &information) != 0)
    return coco_tool_error(&job->tool, "cannot write '%s': %s", output, strerror(errno));
  return S_ISDIR(information.st_mode)
             ? COCO_OK
             : coco_tool_error(&job->tool, "cannot write '%s': '%s' is no folder", output, folder);
}

static coco_status find_target(compile_job *job) {
  const char *name = job->options.target ? job->options.target : "host";
  job->target = coco_target_select(coco_string_from(name));
  if (!job->target) return coco_tool_error(&job->tool, "no target '%s': --print-targets lists them", name);
  if (job->options.core && !coco_target_has_core(job->target, coco_string_from(job->options.core)))
    return coco_tool_error(&job->tool, "target %s knows no core '%s': --print-targets lists them", job->target->name,
                           job->options.core);
  return COCO_OK;
}

/* ---- On the way ---- */

static coco_status observe(void *user, const char *level, const coco_target_variant *variant, coco_operation *module) {
  compile_job *job = user;
  coco_progress_step(&job->progress, "coco-compile", level);
  if (!module) return COCO_OK;
  if (job->options.reports.count && variant && strcmp(level, "lr-scheduled") == 0)
    COCO_TRY(report_add_variant(&job->facts, module, variant));
  if (job->options.report_runs && variant && strcmp(level, "loops") == 0)
    COCO_TRY(report_keep_loops(&job->facts, module, variant));
  return job->options.dump ? compile_dump(&job->tool, &job->dumps, job->options.dump, level, variant, module) : COCO_OK;
}

/* --report-runs needs a report to be in, and code that runs here. */
static coco_status check_runs(const compile_job *job) {
  const int64_t runs = job->options.report_runs;
  if (!runs) return COCO_OK;
  if (runs < 0 || runs > MAXIMUM_RUNS)
    return coco_tool_error(&job->tool, "--report-runs=%lld: expected 0 to %d", (long long)runs, MAXIMUM_RUNS);
  if (!job->options.reports.count) return coco_tool_error(&job->tool, "--report-runs needs --report");
  if (coco_target_runs_here(job->target)) return COCO_OK;
  return coco_tool_error(&job->tool, "--report-runs: code for target %s cannot run on this machine", job->target->name);
}

static coco_status make_dump_folder(const compile_job *job) {
  if (!job->options.dump || mkdir(job->options.dump, 0777) == 0 || errno == EEXIST) return COCO_OK;
  return coco_tool_error(&job->tool, "cannot make the folder '%s': %s", job->options.dump, strerror(errno));
}

/* ---- Output ---- */

/* Links the object into a shared library at job->options.output. */
static coco_status link_library(compile_job *job, const coco_compiled *compiled) {
  coco_folder folder;
  char input[MAXIMUM_PATH], output[MAXIMUM_PATH];
  COCO_TRY(coco_folder_create(&job->tool, &folder));
  coco_folder_file(&folder, "model.o", input);
  coco_folder_file(&folder, "model.so", output);
  const char *const arguments[] = {job->target->linker, "-shared", "-o", output, input, "-lm", NULL};
  coco_file library = {0};
  coco_status status = coco_tool_write_compiled(&job->tool, compiled, input);
  if (status == COCO_OK) status = coco_command_run(&job->tool, arguments, NULL);
  if (status == COCO_OK) status = coco_file_open(coco_context_allocator(job->tool.context), output, &library, NULL);
  if (status == COCO_OK)
    status = coco_tool_write(&job->tool, job->options.output, (coco_string){(const char *)library.data, library.size});
  coco_file_close(&library);
  coco_folder_remove(&folder);
  return status;
}

static coco_status write_outputs(compile_job *job, const coco_compiled *compiled) {
  coco_buffer header = COCO_BUFFER(coco_context_allocator(job->tool.context));
  compile_write_header(&header, job->name, compiled, job->external && compiled->weights.size, job->options.weights);
  coco_status status = header.status;
  int error = 0;
  if (status == COCO_OK) status = coco_tool_write(&job->tool, job->header, coco_buffer_view(&header));
  coco_buffer_free(&header);
  if (status == COCO_OK && job->external) {
    status = coco_weights_write(&compiled->weights, job->options.weights, &error);
    if (status == COCO_IO_ERROR)
      status = coco_tool_error(&job->tool, "cannot write '%s': %s", job->options.weights, strerror(error));
  }
  if (status == COCO_OK) status = report_write_files(&job->tool, &job->options.reports, &job->facts);
  if (status == COCO_OK)
    status = job->kind == COMPILE_LIBRARY ? link_library(job, compiled)
                                          : coco_tool_write_compiled(&job->tool, compiled, job->options.output);
  if (status == COCO_OK) return COCO_OK;
  coco_tool_remove(job->header);
  report_remove_files(&job->options.reports);
  if (job->external) coco_tool_remove(job->options.weights);
  return status;
}

/* What the facts say of the whole. */
static void describe(compile_job *job, const coco_compiled *compiled) {
  const char *model = job->options.inputs.items[0], *slash = strrchr(model, '/');
  job->facts.model = slash ? slash + 1 : model;
  job->facts.target = job->options.target ? job->options.target : job->target->name;
  job->facts.core = job->options.core;
  job->facts.compiled = compiled;
}

/* ---- The compilation ---- */

/* An LLVM triple, where the target was given by one. */
static const char *triple_of(const compile_job *job) {
  const char *target = job->options.target;
  return target && strchr(target, '-') && !coco_target_find(coco_string_from(target)) ? target : NULL;
}

static coco_status advise(compile_job *job, coco_operation *module) {
  const compile_options *o = &job->options;
  advise_options options = {.model = o->inputs.items[0],
                            .form = o->advise,
                            .compile = {.target = job->target,
                                        .triple = triple_of(job),
                                        .core = o->core,
                                        .variant = o->variant,
                                        .verify = o->verify,
                                        .compiler = COCO_STRING("coco " COCO_VERSION),
                                        .passes = coco_all_passes()}};
  const bool can = !options.compile.triple && coco_target_runs_here(job->target);
  COCO_TRY(coco_tool_read_freedom(&job->tool, o->fp, NULL, NULL, NULL, &options.compile));
  COCO_TRY(
      coco_tool_read_measure(&job->tool, o->measured, can ? COCO_MEASURE_AUTO : COCO_MEASURE_NONE, &options.compile));
  return advise_run(&job->tool, &job->progress, module, &options);
}

static coco_status compile_module(compile_job *job, coco_operation *module) {
  bool text = job->kind == COMPILE_ASSEMBLY || job->kind == COMPILE_LLVM;
  coco_buffer llvm = COCO_BUFFER(coco_context_allocator(job->tool.context));
  coco_compile_options options = {
      .target = job->target,
      .triple = triple_of(job),
      .core = job->options.core,
      .variant = job->options.variant,
      .name = job->name,
      .kind = job->kind == COMPILE_LLVM       ? COCO_EMIT_LLVM_IR
              : job->kind == COMPILE_ASSEMBLY ? COCO_EMIT_ASSEMBLY
                                              : COCO_EMIT_OBJECT,
      .weights = job->external ? COCO_WEIGHTS_EXTERNAL : COCO_WEIGHTS_EMBEDDED,
      .weights_path = text ? job->weights : NULL,
      .verify = job->options.verify,
      .compiler = COCO_STRING("coco " COCO_VERSION),
      .passes = coco_all_passes(),
      .llvm_text = job->options.dump ? &llvm : NULL,
      .observer = observe,
      .user = job};
  coco_compiled compiled;
  coco_status status = coco_tool_read_freedom(&job->tool, job->options.fp, job->options.storage, job->options.chains,
                                              job->options.sparse, &options);
  if (status == COCO_OK)
    status = coco_tool_read_measure(&job->tool, job->options.measured,
                                    options.triple ? COCO_MEASURE_NONE : COCO_MEASURE_AUTO, &options);
  if (status != COCO_OK) return status;
  status = coco_compile(job->tool.context, module, &options, &compiled);
  coco_progress_end(&job->progress);
  if (status == COCO_OK) {
    describe(job, &compiled);
    if (job->options.report_runs)
      status = report_measure(&job->tool, &job->facts, &options, (size_t)job->options.report_runs);
    /* Printed first: where that fails, no file has been written. */
    if (status == COCO_OK) status = report_print(&job->tool, &job->options.reports, &job->facts);
    if (status == COCO_OK) status = write_outputs(job, &compiled);
    coco_compiled_destroy(&compiled);
  }
  char path[MAXIMUM_PATH];
  if (status == COCO_OK && llvm.size &&
      snprintf(path, sizeof path, "%s/%u-llvm.ll", job->options.dump, job->dumps.number) < (int)sizeof path)
    status = coco_tool_write(&job->tool, path, coco_buffer_view(&llvm));
  coco_buffer_free(&llvm);
  if (status != COCO_OK && text && !job->external) coco_tool_remove(job->weights);
  return status;
}

static coco_status check_output(compile_job *job) {
  if (!job->options.output)
    return coco_tool_error(&job->tool, "no output given: coco-compile MODEL -o FILE (see --help)");
  if (strcmp(job->options.output, "-") == 0)
    return coco_tool_error(&job->tool, "-o -: the output must be a file, as its header lies beside it");
  COCO_TRY(find_kind(job));
  COCO_TRY(find_names(job));
  COCO_TRY(report_check(&job->tool, &job->options.reports));
  COCO_TRY(check_folder(job));
  return check_files(job);
}

static coco_status compile(compile_job *job) {
  coco_operation *module = NULL;
  job->external = job->options.weights != NULL;
  if (!job->options.inputs.count)
    return coco_tool_error(&job->tool, "no model given: coco-compile MODEL -o FILE (see --help)");
  COCO_TRY(advise_check(&job->tool, &job->options));
  if (!job->options.advise) COCO_TRY(check_output(job));
  COCO_TRY(find_target(job));
  COCO_TRY(check_runs(job));
  COCO_TRY(make_dump_folder(job));
  coco_progress_begin(&job->progress);
  COCO_TRY(coco_model_load(&job->tool, job->options.inputs.items[0], &module));
  coco_status status = coco_model_apply_shapes(&job->tool, module, &job->options.shapes);
  if (status == COCO_OK) status = coco_model_refine(module);
  if (status == COCO_OK) status = job->options.advise ? advise(job, module) : compile_module(job, module);
  coco_operation_erase(module);
  return status;
}

int main(int argc, char **argv) {
  compile_job job = {0};
  switch (parse_command_line(&job.options, argc, argv)) {
    case COCO_TOOL_DONE: return 0;
    case COCO_TOOL_MISUSED: return 1;
    default: break;
  }
  if (job.options.print_targets) {
    compile_print_targets();
    return fflush(stdout) == 0 ? 0 : 1;
  }
  if (coco_tool_start(&job.tool, "coco-compile") != COCO_OK) return 1;
  job.facts.arena.allocator = coco_context_allocator(job.tool.context);
  coco_status status = compile(&job);
  report_facts_free(&job.facts);
  return coco_tool_finish(&job.tool, status);
}
