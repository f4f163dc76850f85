/* The frame of every tool: see tool.h. */
#define _XOPEN_SOURCE 700 /* realpath */
#define _DEFAULT_SOURCE   /* madvise */
#include "tools/common/tool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/registry.h"
#include "ir/printer.h"
#include "tools/common/options.h"

void coco_tool_print_diagnostic(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  (void)user;
  coco_buffer buffer = COCO_BUFFER(coco_context_allocator(context));
  coco_diagnostic_render(context, diagnostic, &buffer);
  if (buffer.status == COCO_OK)
    fwrite(buffer.data, 1, buffer.size, stderr);
  else
    fprintf(stderr, "%.*s\n", COCO_PRINT(diagnostic->message));
  coco_buffer_free(&buffer);
}

coco_status coco_tool_error(const coco_tool *tool, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "%s: ", tool->name);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  return COCO_REPORTED;
}

/* Weights of hundreds of megabytes are copied with each change. On large pages that takes a fraction of the faults: of
 * pruning and compiling VGG-16, about a tenth of the time. */
static void *reallocate(void *context, void *pointer, size_t old_size, size_t new_size) {
  enum { LARGE_PAGE = 1 << 21, LARGE = 16 * LARGE_PAGE };
  void *memory = coco_heap.reallocate(context, pointer, old_size, new_size);
#ifdef MADV_HUGEPAGE
  if (memory && !pointer && new_size >= LARGE) {
    char *first = (char *)memory + (-(uintptr_t)memory & (LARGE_PAGE - 1));
    (void)madvise(first, (new_size - LARGE_PAGE) & ~(size_t)(LARGE_PAGE - 1), MADV_HUGEPAGE); /* it may fail */
  }
#endif
  return memory;
}
static const coco_allocator large_pages = {NULL, reallocate};

coco_status coco_tool_start(coco_tool *tool, const char *name) {
  *tool = (coco_tool){.name = name};
  coco_status status = coco_context_create(&large_pages, &tool->context);
  if (status == COCO_OK) {
    coco_set_diagnostic_handler(tool->context, coco_tool_print_diagnostic, NULL, NULL, NULL);
    status = coco_register_all_dialects(tool->context);
  }
  if (status == COCO_OK || status == COCO_REPORTED) return status;
  return coco_tool_error(tool, "%s", coco_status_name(status));
}

int coco_tool_finish(coco_tool *tool, coco_status status) {
  if (status != COCO_OK && status != COCO_REPORTED) coco_tool_error(tool, "%s", coco_status_name(status));
  coco_context_destroy(tool->context);
  coco_file_close(&tool->input);
  return coco_tool_flush(tool->name) && status == COCO_OK ? 0 : 1;
}

coco_status coco_tool_read(coco_tool *tool, const char *path, coco_string *out) {
  int error = 0;
  coco_status status = coco_file_open(&coco_heap, path, &tool->input, &error);
  tool->input_path = path;
  if (status == COCO_IO_ERROR) return coco_tool_error(tool, "cannot open '%s': %s", path, strerror(error));
  *out = (coco_string){(const char *)tool->input.data, tool->input.size};
  return status;
}

coco_status coco_tool_read_text(coco_tool *tool, const char *path, coco_string *out) {
  COCO_TRY(coco_tool_read(tool, path, out));
  if (!out->size || !memchr(out->data, 0, out->size)) return COCO_OK;
  const char *what = coco_string_starts_with(*out, COCO_STRING("\x7f" "ELF"))  ? ": it is machine code"
                     : coco_string_starts_with(*out, COCO_STRING("\x93NUMPY")) ? ": it is an array of numbers"
                     : coco_string_starts_with(*out, COCO_STRING("\b")) ? "; a model of ONNX has a name that ends in .onnx"
                                                                        : "";
  return coco_tool_error(tool, "'%s' is no MLIR text%s", path, what);
}

coco_status coco_tool_write(coco_tool *tool, const char *path, coco_string text) {
  int error = 0;
  coco_status status = coco_file_write(path, &text, 1, &error);
  if (status == COCO_IO_ERROR) return coco_tool_error(tool, "cannot write '%s': %s", path, strerror(error));
  return status;
}

bool coco_tool_is_same_file(const char *one, const char *other) {
  struct stat a, b;
  if (strcmp(one, other) == 0) return true;
  return stat(one, &a) == 0 && stat(other, &b) == 0 && S_ISREG(a.st_mode) && a.st_dev == b.st_dev &&
         a.st_ino == b.st_ino;
}

void coco_tool_remove(const char *path) {
  struct stat information;
  if (lstat(path, &information) == 0 && S_ISREG(information.st_mode)) unlink(path);
}

coco_status coco_tool_write_weights(const coco_tool *tool, const coco_operation *module, const char *path) {
  coco_status status = coco_write_sidecar(module, path);
  return status == COCO_IO_ERROR ? coco_tool_error(tool, "cannot write '%s': %s", path, strerror(errno)) : status;
}

/* The folder of PATH, without links: absolute, "" for the root. NULL: a diagnostic has told. */
static char *folder_of(const coco_tool *tool, const char *path) {
  const char *slash = strrchr(path, '/');
  char folder[4096];
  if (snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".") >=
      (int)sizeof folder) {
    (void)coco_tool_error(tool, "'%s' is too long a name", path);
    return NULL;
  }
  char *real = realpath(folder, NULL);
  if (!real)
    (void)coco_tool_error(tool, "cannot find the folder of '%s': %s", path, strerror(errno));
  else if (strcmp(real, "/") == 0)
    *real = '\0';
  return real;
}

static coco_status name_below(const coco_tool *tool, const char *output_folder, const char *folder, const char *output,
                              const char *weights, coco_string *out) {
  size_t size = strlen(output_folder);
  const char *slash = strrchr(weights, '/');
  if (strncmp(folder, output_folder, size) != 0 || (folder[size] && folder[size] != '/'))
    return coco_tool_error(tool,
                           "the weights in '%s' cannot be named by text in '%s': they must be in its folder or below; "
                           "--weights-out=FILE writes them elsewhere",
                           weights, output);
  const char *output_slash = strrchr(output, '/'), *output_file = output_slash ? output_slash + 1 : output;
  if (!folder[size] && strcmp(output_file, slash ? slash + 1 : weights) == 0)
    return coco_tool_error(tool, "'%s' cannot be both the text and its weights", output);
  coco_buffer name = COCO_BUFFER(&coco_heap);
  if (folder[size]) coco_buffer_format(&name, "%s/", folder + size + 1);
  coco_buffer_text(&name, slash ? slash + 1 : weights);
  coco_status status = name.status;
  if (status == COCO_OK) *out = coco_context_intern(tool->context, coco_buffer_view(&name));
  coco_buffer_free(&name);
  return status == COCO_OK && !out->data ? COCO_OUT_OF_MEMORY : status;
}

coco_status coco_tool_sidecar_name(const coco_tool *tool, const char *output, const char *weights, coco_string *out) {
  struct stat information;
  if (tool->input_path && coco_tool_is_same_file(tool->input_path, weights))
    return coco_tool_error(tool, "'%s' is what is read: the weights need a file of their own", weights);
  *out = coco_string_from(weights);
  if (strcmp(output, "-") == 0 || (stat(output, &information) == 0 && !S_ISREG(information.st_mode))) return COCO_OK;
  char *output_folder = folder_of(tool, output), *folder = output_folder ? folder_of(tool, weights) : NULL;
  coco_status status = folder ? name_below(tool, output_folder, folder, output, weights, out) : COCO_REPORTED;
  free(output_folder);
  free(folder);
  return status;
}
