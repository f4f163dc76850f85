/* Code for another processor: an object, linked with a small C program that reads and writes raw
 * tensors, run by the target's emulator. One piece of time, no threads. */
#include <stdio.h>
#include <stdlib.h>

#include "tools/common/command.h"
#include "tools/common/compiled.h"
#include "tools/coco-run/run.h"

typedef struct emulated {
  coco_folder folder;
  uint64_t scratch_size;
} emulated;

/* ---- The program ---- */

/* static unsigned char input_0[SIZE]…: sizes are known, so nothing is allocated. */
static void declare_tensors(coco_buffer *out, const char *kind, const coco_model_tensors *tensors) {
  for (size_t i = 0; i < tensors->count; ++i) {
    int64_t size = coco_type_byte_count(tensors->items[i].type);
    coco_buffer_format(out, "static _Alignas(64) unsigned char %s_%zu[%lld];\n", kind, i, (long long)(size ? size : 1));
  }
}

static void call_files(coco_buffer *out, const char *function, const char *kind, const coco_model_tensors *tensors) {
  for (size_t i = 0; i < tensors->count; ++i)
    coco_buffer_format(out, "  if (!%s(argv[1], \"%s_%zu\", %s_%zu, %lld)) return 1;\n", function, kind, i, kind, i,
                       (long long)coco_type_byte_count(tensors->items[i].type));
}

static void list_arguments(coco_buffer *out, const char *kind, const coco_model_tensors *tensors) {
  for (size_t i = 0; i < tensors->count; ++i) coco_buffer_format(out, "%s_%zu, ", kind, i);
}

static const char program_start[] =
    "#include <stdio.h>\n#include <stdlib.h>\n#include <time.h>\n\n"
    "int model_run();\n"
    "static FILE *open_file(const char *folder, const char *name, const char *mode) {\n"
    "  char path[1024];\n"
    "  snprintf(path, sizeof path, \"%s/%s\", folder, name);\n"
    "  return fopen(path, mode);\n"
    "}\n"
    "static int read_file(const char *folder, const char *name, unsigned char *data, size_t size) {\n"
    "  FILE *file = open_file(folder, name, \"rb\");\n"
    "  int done = file && fread(data, 1, size, file) == size;\n"
    "  if (file) fclose(file);\n"
    "  return done;\n"
    "}\n"
    "static int write_file(const char *folder, const char *name, unsigned char *data, size_t size) {\n"
    "  FILE *file = open_file(folder, name, \"wb\");\n"
    "  int done = file && fwrite(data, 1, size, file) == size;\n"
    "  return file && fclose(file) == 0 && done;\n"
    "}\n"
    "static double seconds(void) {\n"
    "  struct timespec now;\n"
    "  clock_gettime(CLOCK_MONOTONIC, &now);\n"
    "  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;\n"
    "}\n";

static void write_program(coco_buffer *out, const run_network *network, uint64_t scratch) {
  coco_buffer_text(out, program_start);
  declare_tensors(out, "input", &network->inputs);
  declare_tensors(out, "output", &network->outputs);
  coco_buffer_format(out, "static _Alignas(64) unsigned char scratch[%llu];\n",
                     (unsigned long long)(scratch ? scratch : 1));
  coco_buffer_text(out, "int main(int argc, char **argv) {\n  if (argc < 3) return 1;\n");
  call_files(out, "read_file", "input", &network->inputs);
  coco_buffer_text(out,
                   "  for (long i = 0, n = atol(argv[2]); i < n; ++i) {\n    double start = seconds();\n    int status "
                   "= model_run(");
  list_arguments(out, "input", &network->inputs);
  list_arguments(out, "output", &network->outputs);
  coco_buffer_text(
      out,
      "scratch, (void *)0);\n"
      "    if (status) {\n      fprintf(stderr, \"the network returned %d\\n\", status);\n      return 1;\n    }\n"
      "    printf(\"%.9f\\n\", seconds() - start);\n  }\n");
  call_files(out, "write_file", "output", &network->outputs);
  coco_buffer_text(out, "  return 0;\n}\n");
}

static coco_status build(run_network *network, const coco_compiled *compiled) {
  emulated *state = network->state;
  coco_tool *tool = &network->job->tool;
  char object[1024], source[1024], program[1024];
  coco_folder_file(&state->folder, "model.o", object);
  coco_folder_file(&state->folder, "program.c", source);
  coco_folder_file(&state->folder, "program", program);
  coco_buffer text = COCO_BUFFER(coco_context_allocator(tool->context));
  write_program(&text, network, compiled->scratch_size);
  coco_status status = text.status;
  if (status == COCO_OK) status = coco_tool_write(tool, source, coco_buffer_view(&text));
  coco_buffer_free(&text);
  if (status == COCO_OK) status = coco_tool_write_compiled(tool, compiled, object);
  const char *const arguments[] = {
      network->target->linker, "-O1", "-w", "-static", "-o", program, source, object, "-lm", NULL};
  return status == COCO_OK ? coco_command_run(tool, arguments, NULL) : status;
}

static coco_status prepare(run_network *network, coco_operation *module) {
  coco_tool *tool = &network->job->tool;
  const coco_target *target = network->target;
  coco_compile_options options;
  coco_compiled compiled;
  coco_status status = run_compile_options(network, &options);
  options.profile = false;
  if (status == COCO_OK && (!coco_command_exists(target->emulator) || !coco_command_exists(target->linker)))
    status = coco_tool_error(tool, "target %s needs %s and %s on this machine", target->name, target->emulator,
                             target->linker);
  if (status == COCO_OK) status = coco_compile(tool->context, module, &options, &compiled);
  coco_operation_erase(module);
  if (status != COCO_OK) return status;
  emulated *state = coco_allocate_zeroed(&coco_heap, 1, sizeof *state);
  network->state = state;
  status = state ? coco_folder_create(tool, &state->folder) : COCO_OUT_OF_MEMORY;
  if (status == COCO_OK) status = run_take_interface(network, &compiled);
  if (status == COCO_OK) status = build(network, &compiled);
  coco_compiled_destroy(&compiled);
  return status;
}

/* ---- Running it ---- */

static coco_status write_inputs(run_network *network, const run_tensors *inputs) {
  emulated *state = network->state;
  for (size_t i = 0; i < inputs->count; ++i) {
    char name[32], path[1024];
    snprintf(name, sizeof name, "input_%zu", i);
    COCO_TRY(coco_tool_write(&network->job->tool, coco_folder_file(&state->folder, name, path), (coco_string){(const char *)inputs->items[i].data, inputs->items[i].size}));
  }
  return COCO_OK;
}

static coco_status read_output(run_network *network, size_t index, coco_tensor *out) {
  emulated *state = network->state;
  char name[32], path[1024];
  coco_file file;
  snprintf(name, sizeof name, "output_%zu", index);
  coco_status status = coco_file_open(&coco_heap, coco_folder_file(&state->folder, name, path), &file, NULL);
  if (status != COCO_OK) return coco_tool_error(&network->job->tool, "the emulated program left no %s", name);
  if (file.size == out->size && file.size) memcpy(out->data, file.data, file.size);
  else if (file.size != out->size)
    status = coco_tool_error(&network->job->tool, "the emulated program left %zu bytes of %s", file.size, name);
  coco_file_close(&file);
  return status;
}

/* Whether the emulator's list of cores names CORE. */
static bool emulator_has_core(run_network *network, const char *core) {
  const char *const arguments[] = {network->target->emulator, "-cpu", "help", NULL};
  coco_buffer text = COCO_BUFFER(&coco_heap);
  bool found = false;
  if (coco_command_run(&network->job->tool, arguments, &text) == COCO_OK) {
    coco_buffer_byte(&text, '\0');
    for (const char *at = text.status == COCO_OK ? strstr(text.data, core) : NULL; at && !found;
         at = strstr(at + 1, core)) {
      char after = at[strlen(core)];
      found = at > text.data && (at[-1] == ' ' || at[-1] == '\n') && (after == '\0' || after == '\n' || after == ' ');
    }
  }
  coco_buffer_free(&text);
  return found;
}

static void read_times(const coco_buffer *text, double *seconds, size_t repeat) {
  const char *at = text->data, *end = text->data + text->size;
  for (size_t i = 0; seconds && i < repeat && at < end; ++i) {
    size_t line = (size_t)(end - at);
    const char *newline = memchr(at, '\n', line);
    if (newline) line = (size_t)(newline - at);
    if (!coco_string_to_double((coco_string){at, line}, &seconds[i])) seconds[i] = 0;
    at += line + 1;
  }
}

static coco_status run_program(run_network *network, size_t repeat, double *seconds) {
  emulated *state = network->state;
  const char *core = network->job->options.core;
  char program[1024], count[32];
  snprintf(count, sizeof count, "%zu", repeat);
  coco_folder_file(&state->folder, "program", program);
  if (core && !emulator_has_core(network, core)) {
    fprintf(stderr, "%s: %s does not know the core %s: its default is emulated\n", network->job->tool.name,
            network->target->emulator, core);
    core = NULL;
  }
  const char *const plain[] = {network->target->emulator, program, state->folder.path, count, NULL};
  const char *const named[] = {network->target->emulator, "-cpu", core, program, state->folder.path, count, NULL};
  coco_buffer times = COCO_BUFFER(&coco_heap);
  coco_status status = coco_command_run(&network->job->tool, core ? named : plain, &times);
  if (status == COCO_OK) read_times(&times, seconds, repeat);
  coco_buffer_free(&times);
  return status;
}

static coco_status execute(run_network *network, const run_tensors *inputs, run_tensors *outputs, size_t repeat,
                           double *seconds) {
  COCO_TRY(write_inputs(network, inputs));
  COCO_TRY(run_program(network, repeat, seconds));
  for (size_t i = 0; i < network->outputs.count; ++i) {
    COCO_TRY(coco_tensor_create(network->job->tool.context, network->outputs.items[i].type, &outputs->items[i]));
    ++outputs->count;
    COCO_TRY(read_output(network, i, &outputs->items[i]));
  }
  return COCO_OK;
}

static void destroy(run_network *network) {
  emulated *state = network->state;
  coco_folder_remove(&state->folder);
  coco_free(&coco_heap, state, sizeof *state);
}

const run_backend run_emulator = {prepare, execute, destroy};
