/* Running a case as code: in this process for the machine that it is on, in an emulator for arm64. */
#include <ffi.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "api/registry.h"
#include "coco/object.h"
#include "coco/thread_pool.h"
#include "ir/base/file.h"
#include "targets/compile.h"
#include "tests/fuzz/random_graphs/random_graphs.h"

enum { GUARD = 64, ALIGNMENT = 64, MAXIMUM_ARGUMENTS = 2 * CASE_MAXIMUM_TENSORS + 3, GUARD_BYTE = 0xa5, GARBAGE = 0xff };

/* ---- Memory between guards, so that a write beside it is seen ---- */

typedef struct guarded {
  uint8_t *base;
  size_t size, total;
} guarded;

static bool guard(guarded *out, size_t size) {
  out->size = size;
  out->total = (size + 2 * GUARD + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  out->base = coco_allocate_aligned(&coco_heap, out->total, ALIGNMENT);
  if (!out->base) return false;
  memset(out->base, GUARD_BYTE, out->total);
  memset(out->base + GUARD, GARBAGE, size);
  return true;
}

static bool is_intact(const guarded *of) {
  for (size_t i = 0; i < of->total; ++i)
    if ((i < GUARD || i >= GUARD + of->size) && of->base[i] != GUARD_BYTE) return false;
  return true;
}

static void unguard(guarded *of) {
  if (of->base) coco_free_aligned(&coco_heap, of->base, of->total, ALIGNMENT);
  *of = (guarded){0};
}

/* ---- One call ---- */

typedef struct call {
  const reference *expected;
  const coco_compiled *compiled;
  void (*run)(void);
  uint8_t *weights;
  guarded inputs[CASE_MAXIMUM_TENSORS], outputs[CASE_MAXIMUM_TENSORS], scratch;
} call;

static bool prepare(call *of) {
  const reference *expected = of->expected;
  for (size_t i = 0; i < expected->input_count; ++i) {
    size_t size = (size_t)coco_type_byte_count(expected->inputs[i].type);
    if (!guard(&of->inputs[i], size)) return false;
    memcpy(of->inputs[i].base + GUARD, expected->inputs[i].data, size);
  }
  for (size_t i = 0; i < expected->output_count; ++i)
    if (!guard(&of->outputs[i], (size_t)coco_type_byte_count(expected->outputs[i].type))) return false;
  return guard(&of->scratch, of->compiled->scratch_size);
}

static void finish(call *of) {
  for (size_t i = 0; i < CASE_MAXIMUM_TENSORS; ++i) unguard(&of->inputs[i]), unguard(&of->outputs[i]);
  unguard(&of->scratch);
}

static int32_t invoke(call *of, const struct coco_threads *threads) {
  ffi_cif interface;
  ffi_type *types[MAXIMUM_ARGUMENTS];
  const void *pointers[MAXIMUM_ARGUMENTS];
  void *values[MAXIMUM_ARGUMENTS];
  unsigned count = 0;
  for (size_t i = 0; i < of->expected->input_count; ++i) pointers[count++] = of->inputs[i].base + GUARD;
  for (size_t i = 0; i < of->expected->output_count; ++i) pointers[count++] = of->outputs[i].base + GUARD;
  if (of->weights) pointers[count++] = of->weights;
  pointers[count++] = of->scratch.base + GUARD;
  pointers[count++] = threads;
  for (unsigned i = 0; i < count; ++i) {
    types[i] = &ffi_type_pointer;
    values[i] = &pointers[i];
  }
  ffi_arg result = 0;
  if (ffi_prep_cif(&interface, FFI_DEFAULT_ABI, count, &ffi_type_sint32, types) != FFI_OK) return -1;
  ffi_call(&interface, of->run, &result, values);
  return (int32_t)result;
}

static bool check_guards(const call *of, verdict *out) {
  for (size_t i = 0; i < of->expected->input_count; ++i) {
    if (!is_intact(&of->inputs[i])) return fail(out, "wrote beside input %zu", i);
    if (memcmp(of->inputs[i].base + GUARD, of->expected->inputs[i].data, of->inputs[i].size) != 0) return fail(out, "wrote to input %zu", i);
  }
  for (size_t i = 0; i < of->expected->output_count; ++i)
    if (!is_intact(&of->outputs[i])) return fail(out, "wrote beside output %zu", i);
  return is_intact(&of->scratch) || fail(out, "wrote beside the scratch memory");
}

/* Runs once, and keeps the outputs in BITS: compares with them when they are there already. */
static bool run_once(call *of, const struct coco_threads *threads, guarded *bits, verdict *out) {
  coco_runtime_value found[CASE_MAXIMUM_TENSORS];
  if (!prepare(of)) return fail(out, "no memory");
  int32_t status = invoke(of, threads);
  if (status != COCO_OBJECT_OK) return fail(out, "returned %d", (int)status);
  if (!check_guards(of, out)) return false;
  for (size_t i = 0; i < of->expected->output_count; ++i) {
    found[i] = of->expected->outputs[i];
    found[i].data = of->outputs[i].base + GUARD;
  }
  if (!check_outputs(of->expected, found, !of->expected->strict, out)) return false;
  for (size_t i = 0; i < of->expected->output_count; ++i) {
    if (!bits[i].base) {
      bits[i] = of->outputs[i];
      of->outputs[i] = (guarded){0};
    } else if (memcmp(bits[i].base + GUARD, found[i].data, bits[i].size) != 0) {
      return fail(out, "output %zu has other bits than before", i);
    }
  }
  return true;
}

static const struct coco_threads *threads(void) {
  static coco_thread_pool *pool; /* lives as long as the process */
  if (!pool && coco_thread_pool_create(2, &pool) != 0) return NULL;
  return coco_thread_pool_threads(pool);
}

/* ---- Compiling ---- */

static bool compile(const reference *expected, const char *target, const char *variant, coco_compiled *compiled, verdict *out) {
  case_session *of = expected->session;
  coco_operation *module = NULL;
  coco_compile_options options = {.target = coco_target_select(coco_string_from(target)),
                                  .variant = variant,
                                  .strict = expected->strict,
                                  .sparse = "all",
                                  .name = COCO_STRING("model"),
                                  .kind = COCO_EMIT_OBJECT,
                                  .weights = COCO_WEIGHTS_EXTERNAL,
                                  .compiler = COCO_STRING("random_graphs"),
                                  .passes = coco_all_passes()};
  of->message[0] = '\0';
  if (coco_operation_clone(expected->module, NULL, &module) != COCO_OK) return fail(out, "no memory");
  coco_status status = coco_compile(of->context, module, &options, compiled);
  coco_operation_erase(module);
  if (status == COCO_OK) return true;
  fail(out, "cannot be compiled: %s", of->message[0] ? of->message : coco_status_name(status));
  if (strstr(of->message, "cannot be lowered to lr") || strstr(of->message, "cannot be computed for")) out->kind = VERDICT_UNSUPPORTED;
  return false;
}

static bool load_weights(call *of) {
  size_t size = (size_t)of->compiled->weights.size;
  of->weights = size ? coco_allocate_aligned(&coco_heap, size, COCO_WEIGHTS_ALIGNMENT) : NULL;
  if (of->weights) coco_weights_copy(&of->compiled->weights, of->weights);
  return of->weights || !size;
}

static bool check_variant(const reference *expected, const char *variant, guarded *bits, verdict *out) {
  coco_compiled compiled;
  coco_jit *engine = NULL;
  snprintf(out->stage, sizeof out->stage, "host %s", variant);
  if (!compile(expected, "host", variant, &compiled, out)) return false;
  call of = {.expected = expected, .compiled = &compiled};
  bool good = coco_jit_create(expected->session->context, coco_buffer_view(&compiled.code), NULL, &engine) == COCO_OK;
  uint64_t address = good ? coco_jit_find(engine, "model_run") : 0;
  of.run = (void (*)(void))(uintptr_t)address;
  if (!address || !load_weights(&of)) good = fail(out, "cannot be loaded: %s", expected->session->message);
  good = good && run_once(&of, NULL, bits, out);
  finish(&of);
  snprintf(out->stage, sizeof out->stage, good ? "host %s, 2 threads" : "host %s", variant);
  good = good && run_once(&of, threads(), bits, out);
  finish(&of);
  if (of.weights) coco_free_aligned(&coco_heap, of.weights, (size_t)compiled.weights.size, COCO_WEIGHTS_ALIGNMENT);
  if (engine) coco_jit_destroy(engine);
  coco_compiled_destroy(&compiled);
  return good;
}

void check_host(const reference *expected, verdict *out) {
  const coco_target_description *host = coco_target_find(COCO_STRING("host"));
  guarded bits[CASE_MAXIMUM_TENSORS] = {{0}};
  bool good = host != NULL || fail(out, "there is no target host");
  for (size_t i = 0; good && i < host->variant_count; ++i) good = check_variant(expected, host->variants[i].name, bits, out);
  for (size_t i = 0; i < expected->output_count; ++i) unguard(&bits[i]);
}

/* ---- arm64: a program of its own, statically linked ---- */

static const char program[] =
    "#include <stdio.h>\n"
    "#include <stdlib.h>\n"
    "#include <string.h>\n"
    "int model_run();\n"
    "static _Alignas(64) unsigned char memory[%zu];\n"
    "int main(int argc, char **argv) {\n"
    "  FILE *in = fopen(argv[1], \"rb\"), *out = fopen(argv[2], \"wb\");\n"
    "  if (argc != 3 || !in || !out || fread(memory, 1, %zu, in) != %zu) return 1;\n"
    "  memset(memory + %zu, 255, sizeof memory - %zu);\n"
    "  int status = model_run(";

static size_t align(size_t size) { return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; }

/* Inputs, weights, outputs and scratch, one after the other in `memory`. */
static void write_program(const call *of, FILE *file) {
  const reference *expected = of->expected;
  size_t given = 0, made = 0, at = 0;
  for (size_t i = 0; i < expected->input_count; ++i) given += align((size_t)coco_type_byte_count(expected->inputs[i].type));
  given += align((size_t)of->compiled->weights.size);
  for (size_t i = 0; i < expected->output_count; ++i) made += align((size_t)coco_type_byte_count(expected->outputs[i].type));
  fprintf(file, program, given + made + align((size_t)of->compiled->scratch_size) + ALIGNMENT, given, given, given, given);
  for (size_t i = 0; i < expected->input_count; ++i) {
    fprintf(file, "memory + %zu, ", at);
    at += align((size_t)coco_type_byte_count(expected->inputs[i].type));
  }
  size_t weights = at;
  at += align((size_t)of->compiled->weights.size);
  for (size_t i = 0; i < expected->output_count; ++i) {
    fprintf(file, "memory + %zu, ", at);
    at += align((size_t)coco_type_byte_count(expected->outputs[i].type));
  }
  if (of->weights) fprintf(file, "memory + %zu, ", weights);
  fprintf(file, "memory + %zu, (void *)0);\n  if (status) return 2;\n  return fwrite(memory + %zu, 1, %zu, out) == %zu && fclose(out) == 0 ? 0 : 3;\n}\n", at, given, made, made);
}

static void write_padded(const void *data, size_t size, FILE *file) {
  static const uint8_t zeros[ALIGNMENT];
  fwrite(data, 1, size, file);
  fwrite(zeros, 1, align(size) - size, file);
}

static bool write_files(const call *of, const char *folder) {
  char path[256];
  const reference *expected = of->expected;
  snprintf(path, sizeof path, "%s/model.o", folder);
  FILE *object = fopen(path, "wb");
  snprintf(path, sizeof path, "%s/program.c", folder);
  FILE *source = fopen(path, "wb");
  snprintf(path, sizeof path, "%s/in", folder);
  FILE *input = fopen(path, "wb");
  if (object) fwrite(of->compiled->code.data, 1, of->compiled->code.size, object);
  if (source) write_program(of, source);
  for (size_t i = 0; input && i < expected->input_count; ++i)
    write_padded(expected->inputs[i].data, (size_t)coco_type_byte_count(expected->inputs[i].type), input);
  if (input && of->weights) write_padded(of->weights, (size_t)of->compiled->weights.size, input);
  bool good = object && source && input;
  if (object && fclose(object) != 0) good = false;
  if (source && fclose(source) != 0) good = false;
  if (input && fclose(input) != 0) good = false;
  return good;
}

static bool read_outputs(const call *of, const char *folder, verdict *out) {
  char path[256];
  coco_file file;
  snprintf(path, sizeof path, "%s/out", folder);
  if (coco_file_open(&coco_heap, path, &file, NULL) != COCO_OK) return fail(out, "left no outputs");
  coco_runtime_value found[CASE_MAXIMUM_TENSORS];
  size_t at = 0;
  for (size_t i = 0; i < of->expected->output_count; ++i) {
    found[i] = of->expected->outputs[i];
    found[i].data = (void *)(uintptr_t)(file.data + at);
    at += align((size_t)coco_type_byte_count(found[i].type));
  }
  bool good = at == file.size ? check_outputs(of->expected, found, !of->expected->strict, out) : fail(out, "left %zu bytes of outputs, expected %zu", file.size, at);
  coco_file_close(&file);
  return good;
}

static void run_emulated(const call *of, verdict *out) {
  char folder[] = "/tmp/random-graphs-XXXXXX", command[1024];
  if (!mkdtemp(folder) || !write_files(of, folder)) {
    fail(out, "cannot write temporary files");
    return;
  }
  snprintf(command, sizeof command,
           "aarch64-linux-gnu-gcc -O0 -w -static -o %s/program %s/program.c %s/model.o -lm && qemu-aarch64 %s/program %s/in %s/out", folder,
           folder, folder, folder, folder, folder);
  int status = system(command);
  if (status != 0) fail(out, "the program ended with %d", status);
  else read_outputs(of, folder, out);
  snprintf(command, sizeof command, "rm -r %s", folder);
  if (system(command) != 0) fail(out, "cannot remove temporary files");
}

void check_arm64(const reference *expected, verdict *out) {
  coco_compiled compiled;
  if (!compile(expected, "arm64", NULL, &compiled, out)) return;
  call of = {.expected = expected, .compiled = &compiled};
  if (load_weights(&of)) run_emulated(&of, out);
  else fail(out, "no memory");
  if (of.weights) coco_free_aligned(&coco_heap, of.weights, (size_t)compiled.weights.size, COCO_WEIGHTS_ALIGNMENT);
  coco_compiled_destroy(&compiled);
}
