/* The frame of every tool: see tool.h. */
#include "tools/common/tool.h"

#include <stdio.h>

#include "api/registry.h"

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

coco_status coco_tool_start(coco_tool *tool, const char *name) {
  *tool = (coco_tool){.name = name};
  coco_status status = coco_context_create(NULL, &tool->context);
  if (status == COCO_OK) status = coco_register_all_dialects(tool->context);
  if (status != COCO_OK) return coco_tool_error(tool, "%s", coco_status_name(status));
  coco_set_diagnostic_handler(tool->context, coco_tool_print_diagnostic, NULL, NULL, NULL);
  return COCO_OK;
}

int coco_tool_finish(coco_tool *tool, coco_status status) {
  if (status != COCO_OK && status != COCO_REPORTED) coco_tool_error(tool, "%s", coco_status_name(status));
  coco_context_destroy(tool->context);
  coco_file_close(&tool->input);
  bool flushed = fflush(stdout) == 0;
  if (!flushed) coco_tool_error(tool, "standard output could not be written");
  return status == COCO_OK && flushed ? 0 : 1;
}

coco_status coco_tool_read(coco_tool *tool, const char *path, coco_string *out) {
  int error = 0;
  coco_status status = coco_file_open(&coco_heap, path, &tool->input, &error);
  if (status == COCO_IO_ERROR) return coco_tool_error(tool, "cannot open '%s': %s", path, strerror(error));
  *out = (coco_string){(const char *)tool->input.data, tool->input.size};
  return status;
}

coco_status coco_tool_write(coco_tool *tool, const char *path, coco_string text) {
  int error = 0;
  coco_status status = coco_file_write(path, &text, 1, &error);
  if (status == COCO_IO_ERROR) return coco_tool_error(tool, "cannot write '%s': %s", path, strerror(error));
  return status;
}

coco_string coco_tool_sidecar_name(const char *output, const char *weights) {
  const char *slash = strrchr(weights, '/'), *output_slash = strrchr(output, '/');
  size_t folder = slash ? (size_t)(slash - weights) : 0,
         output_folder = output_slash ? (size_t)(output_slash - output) : 0;
  bool together = slash && output_slash && folder == output_folder && memcmp(weights, output, folder) == 0;
  return coco_string_from(together ? slash + 1 : weights);
}
