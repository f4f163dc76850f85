/* --labels: the classes with the largest values, by name. */
#include <stdio.h>

#include "tools/coco-run/run.h"

/* Line INDEX of the file without spaces and quotes around it; false past the end. */
static bool find_line(const coco_file *file, size_t index, coco_string *out) {
  const char *at = (const char *)file->data, *end = at + file->size;
  for (; at < end; --index) {
    const char *newline = memchr(at, '\n', (size_t)(end - at)), *stop = newline ? newline : end;
    if (index == 0) {
      while (stop > at && strchr(" \t\r'\"", stop[-1]) && stop[-1]) --stop;
      while (at < stop && strchr(" \t'\"", *at) && *at) ++at;
      *out = (coco_string){at, (size_t)(stop - at)};
      return true;
    }
    at = newline ? newline + 1 : end;
  }
  return false;
}

static size_t count_lines(const coco_file *file) {
  size_t count = 0;
  for (size_t i = 0; i < file->size; ++i) count += file->data[i] == '\n';
  return count + (file->size && file->data[file->size - 1] != '\n');
}

static void print_classes(const run_job *job, const coco_file *labels, coco_string name, const coco_tensor *tensor) {
  run_ranked top[RUN_MAXIMUM_TOP];
  size_t count = run_find_top(tensor, top, (size_t)job->options.top);
  printf("%.*s: the first %zu of %zu classes\n", COCO_PRINT(name), count, count_lines(labels));
  for (size_t i = 0; i < count; ++i) {
    coco_string label = {0};
    (void)find_line(labels, top[i].index, &label);
    printf("%4zu  %12.6g  %.*s\n", i + 1, top[i].value, COCO_PRINT(label));
  }
}

coco_status run_print_classes(run_job *job, const run_network *network, const run_tensors *outputs) {
  coco_file labels;
  int error = 0;
  coco_status status = coco_file_open(&coco_heap, job->options.labels, &labels, &error);
  if (status == COCO_IO_ERROR) return coco_tool_error(&job->tool, "cannot open '%s': %s", job->options.labels, strerror(error));
  COCO_TRY(status);
  size_t lines = count_lines(&labels), found = 0;
  for (size_t i = 0; i < outputs->count; ++i)
    if (coco_type_element_count(outputs->items[i].type) == (int64_t)lines) {
      print_classes(job, &labels, network->outputs.items[i].name, &outputs->items[i]);
      ++found;
    }
  if (!found) status = coco_tool_error(&job->tool, "no output has as many elements as '%s' has lines: %zu", job->options.labels, lines);
  coco_file_close(&labels);
  return status;
}
