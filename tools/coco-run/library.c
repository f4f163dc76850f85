/* A shared library that coco-compile made: what NAME_info tells is all that is known. */
#include <dlfcn.h>
#include <elf.h>
#include <stdio.h>

#include "tools/coco-run/native.h"

typedef struct library {
  native_code code;
  void *handle;
  coco_file weights;
} library;

static const coco_type *element_type(coco_context *context, uint32_t element) {
  switch (element) {
    case COCO_OBJECT_F32: return coco_type_float(context, COCO_F32);
    case COCO_OBJECT_F64: return coco_type_float(context, COCO_F64);
    case COCO_OBJECT_F16: return coco_type_float(context, COCO_F16);
    case COCO_OBJECT_BF16: return coco_type_float(context, COCO_BF16);
    case COCO_OBJECT_BOOL: return coco_type_integer(context, 1);
    case COCO_OBJECT_I8: return coco_type_integer(context, 8);
    case COCO_OBJECT_I16: return coco_type_integer(context, 16);
    case COCO_OBJECT_I32: return coco_type_integer(context, 32);
    case COCO_OBJECT_I64: return coco_type_integer(context, 64);
    case COCO_OBJECT_U8: return coco_type_integer_signed(context, 8, COCO_UNSIGNED);
    case COCO_OBJECT_U16: return coco_type_integer_signed(context, 16, COCO_UNSIGNED);
    case COCO_OBJECT_U32: return coco_type_integer_signed(context, 32, COCO_UNSIGNED);
    case COCO_OBJECT_U64: return coco_type_integer_signed(context, 64, COCO_UNSIGNED);
    default: return NULL;
  }
}

static coco_status take_tensors(run_job *job, const struct coco_object_tensor *tensors, uint32_t count,
                                coco_model_tensors *out) {
  if (count > COCO_MODEL_MAXIMUM_TENSORS)
    return coco_tool_error(&job->tool, "the library has more than %d inputs or outputs", COCO_MODEL_MAXIMUM_TENSORS);
  out->count = count;
  for (uint32_t i = 0; i < count; ++i) {
    const coco_type *element = element_type(job->tool.context, tensors[i].element);
    if (!element || tensors[i].rank > COCO_OBJECT_MAXIMUM_RANK)
      return coco_tool_error(&job->tool, "the library's description of '%s' is not understood", tensors[i].name);
    out->items[i] =
        (coco_model_tensor){coco_string_from(tensors[i].name),
                            coco_type_tensor(job->tool.context, tensors[i].rank, tensors[i].shape, element, NULL)};
    if (!out->items[i].type) return COCO_OUT_OF_MEMORY;
  }
  return COCO_OK;
}

static coco_status open_weights(run_job *job, library *state, const struct coco_object_info *info) {
  int error = 0;
  if (!info->weights_external) return COCO_OK;
  if (!job->options.weights)
    return coco_tool_error(&job->tool, "the library's weights are in a file of their own: give it with --weights");
  coco_status status = coco_file_open(&coco_heap, job->options.weights, &state->weights, &error);
  if (status == COCO_IO_ERROR)
    return coco_tool_error(&job->tool, "cannot open '%s': %s", job->options.weights, strerror(error));
  if (status != COCO_OK) return status;
  if (state->weights.size != info->weights_size)
    return coco_tool_error(&job->tool, "'%s' has %zu bytes: the library wants %llu", job->options.weights,
                           state->weights.size, (unsigned long long)info->weights_size);
  state->code.weights = state->weights.data;
  return COCO_OK;
}

static coco_status find_symbols(run_job *job, library *state, coco_string name, const struct coco_object_info **out) {
  char text[160];
  snprintf(text, sizeof text, "%.*s_info", COCO_PRINT(name));
  *out = dlsym(state->handle, text);
  if (!*out)
    return coco_tool_error(&job->tool, "the library has no symbol %s: give the network's name with --name", text);
  if ((*out)->magic != COCO_OBJECT_MAGIC || (*out)->version != COCO_OBJECT_VERSION)
    return coco_tool_error(&job->tool, "%s is not of this version of CoCo", text);
  snprintf(text, sizeof text, "%.*s_run", COCO_PRINT(name));
  void *run = dlsym(state->handle, text);
  if (!run) return coco_tool_error(&job->tool, "the library has no symbol %s", text);
  memcpy(&state->code.run, &run, sizeof run); /* ISO C has no cast from an object's pointer to a function's */
  return COCO_OK;
}

#if defined(__aarch64__)
enum { OWN_MACHINE = EM_AARCH64 };
#else
enum { OWN_MACHINE = EM_X86_64 };
#endif

/* What keeps the system from loading FILE, which it would say badly, or by a signal; NULL: nothing that is known. */
static const char *wrong_with(const coco_file *file) {
  Elf64_Ehdr header;
  if (file->size < sizeof header) return "is no shared library";
  memcpy(&header, file->data, sizeof header);
  if (memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64)
    return "is no shared library";
  if (header.e_machine != OWN_MACHINE) return "is for another processor than this one";
  if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phoff > file->size ||
      (file->size - header.e_phoff) / sizeof(Elf64_Phdr) < header.e_phnum)
    return "is cut off";
  for (size_t i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr part;
    memcpy(&part, file->data + header.e_phoff + i * sizeof part, sizeof part);
    if (part.p_type == PT_LOAD && (part.p_offset > file->size || part.p_filesz > file->size - part.p_offset))
      return "is cut off";
  }
  return NULL;
}

static coco_status check_library(run_job *job, const char *path) {
  coco_file file;
  int error = 0;
  const coco_status status = coco_file_open(&coco_heap, path, &file, &error);
  if (status == COCO_IO_ERROR) return coco_tool_error(&job->tool, "cannot open '%s': %s", path, strerror(error));
  COCO_TRY(status);
  const char *wrong = wrong_with(&file);
  coco_file_close(&file);
  return wrong ? coco_tool_error(&job->tool, "'%s' %s", path, wrong) : COCO_OK;
}

static coco_status prepare(run_network *network, coco_operation *module) {
  run_job *job = network->job;
  const char *path = job->options.positional.items[0];
  char text[128], local[1024];
  (void)module;
  library *state = coco_allocate_zeroed(&coco_heap, 1, sizeof *state);
  network->state = state;
  if (!state) return COCO_OUT_OF_MEMORY;
  /* Without a '/' the system would look in its own folders. */
  if (snprintf(local, sizeof local, "%s%s", strchr(path, '/') ? "" : "./", path) >= (int)sizeof local)
    return coco_tool_error(&job->tool, "the library's name is too long");
  COCO_TRY(check_library(job, path));
  state->handle = dlopen(local, RTLD_NOW | RTLD_LOCAL);
  if (!state->handle) return coco_tool_error(&job->tool, "%s", dlerror());
  const struct coco_object_info *info;
  coco_string name =
      job->options.name ? coco_string_from(job->options.name) : coco_compile_symbol(path, text, sizeof text);
  COCO_TRY(find_symbols(job, state, name, &info));
  state->code.scratch_size = info->scratch_size;
  state->code.scratch_alignment = info->scratch_alignment;
  COCO_TRY(open_weights(job, state, info));
  COCO_TRY(take_tensors(job, info->inputs, info->input_count, &network->inputs));
  COCO_TRY(take_tensors(job, info->outputs, info->output_count, &network->outputs));
  return native_start_threads(job, &state->code);
}

static coco_status execute(run_network *network, const run_tensors *inputs, run_tensors *outputs, size_t repeat,
                           double *seconds) {
  library *state = network->state;
  return native_execute(network, &state->code, inputs, outputs, repeat, seconds);
}

static void destroy(run_network *network) {
  library *state = network->state;
  coco_thread_pool_destroy(state->code.pool);
  coco_file_close(&state->weights);
  /* Names in the network are the library's: it stays loaded until the process ends. */
  coco_free(&coco_heap, state, sizeof *state);
}

const run_backend run_library = {prepare, execute, destroy};
