/* --test-data and --save-test-data: every test_data_set_N of ONNX's layout, input_J.pb in and output_J.pb compared. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/coco-run/run.h"

enum { MAXIMUM_SETS = 1000, MAXIMUM_NAME = 256 };

typedef struct set_list {
  char (*names)[MAXIMUM_NAME];
  size_t count, capacity;
} set_list;

/* Numbers at the end in their order: set 2 before set 10. */
static int compare_names(const void *left, const void *right) {
  const char *a = left, *b = right;
  size_t size_a = strlen(a), size_b = strlen(b);
  return size_a != size_b ? (size_a < size_b ? -1 : 1) : strcmp(a, b);
}

static coco_status list_sets(run_job *job, set_list *out) {
  static const char prefix[] = "test_data_set_";
  DIR *folder = opendir(job->options.test_data);
  if (!folder) return coco_tool_error(&job->tool, "cannot open the folder '%s'", job->options.test_data);
  coco_status status = COCO_OK;
  for (struct dirent *entry = readdir(folder); entry && status == COCO_OK; entry = readdir(folder)) {
    if (strncmp(entry->d_name, prefix, sizeof prefix - 1) != 0 || strlen(entry->d_name) >= MAXIMUM_NAME ||
        out->count == MAXIMUM_SETS)
      continue;
    if (out->count == out->capacity)
      status = coco_vector_grow(&coco_heap, &out->names, &out->capacity, sizeof *out->names, out->count + 1);
    if (status == COCO_OK) strcpy(out->names[out->count++], entry->d_name);
  }
  closedir(folder);
  if (status == COCO_OK && out->count) qsort(out->names, out->count, sizeof *out->names, compare_names);
  if (status == COCO_OK && !out->count)
    return coco_tool_error(&job->tool, "'%s' has no test_data_set_*", job->options.test_data);
  return status;
}

/* input_0.pb, input_1.pb, … or output_…, as many as there are. */
static coco_status load_files(run_job *job, const char *set, const char *kind, run_tensors *out) {
  for (size_t i = 0; i < COCO_MODEL_MAXIMUM_TENSORS; ++i) {
    char path[1024];
    if (snprintf(path, sizeof path, "%s/%s/%s_%zu.pb", job->options.test_data, set, kind, i) >= (int)sizeof path)
      return coco_tool_error(&job->tool, "the name of the folder is too long");
    if (access(path, R_OK) != 0) return COCO_OK;
    COCO_TRY(coco_tensor_load(job->tool.context, path, NULL, &out->items[i]));
    ++out->count;
  }
  return COCO_OK;
}

static coco_status compare(run_job *job, const char *set, const run_tensors *outputs, const run_tensors *expected) {
  bool agree = outputs->count == expected->count;
  double largest = 0;
  for (size_t i = 0; i < outputs->count && i < expected->count; ++i) {
    double difference;
    if (!run_tensors_agree(job, &outputs->items[i], &expected->items[i], &difference)) agree = false;
    if (!(difference <= largest)) largest = difference;
  }
  printf("%s: %s, largest difference %.3g\n", set, agree ? "agrees" : "DIFFERS", largest);
  if (outputs->count != expected->count)
    return coco_tool_error(&job->tool, "%s has %zu outputs: the model has %zu", set, expected->count, outputs->count);
  return agree ? COCO_OK : COCO_REPORTED;
}

static coco_status run_set(run_job *job, run_network *network, const char *set, run_tensors *inputs,
                           run_tensors *expected, run_tensors *outputs) {
  const coco_type *types[COCO_MODEL_MAXIMUM_TENSORS];
  COCO_TRY(load_files(job, set, "input", inputs));
  COCO_TRY(load_files(job, set, "output", expected));
  if (!expected->count) return coco_tool_error(&job->tool, "%s has no output_0.pb", set);
  for (size_t i = 0; i < inputs->count; ++i) types[i] = inputs->items[i].type;
  COCO_TRY(run_network_prepare(network, types, inputs->count));
  if (inputs->count != network->inputs.count)
    return coco_tool_error(&job->tool, "%s has %zu inputs: the model has %zu", set, inputs->count,
                           network->inputs.count);
  COCO_TRY(network->backend->execute(network, inputs, outputs, 1, NULL));
  return compare(job, set, outputs, expected);
}

coco_status run_test_data(run_job *job, run_network *network) {
  set_list sets = {0};
  coco_status status = list_sets(job, &sets);
  size_t failed = 0;
  for (size_t i = 0; i < sets.count && (status == COCO_OK || status == COCO_REPORTED); ++i) {
    run_tensors inputs = {.count = 0}, expected = {.count = 0}, outputs = {.count = 0};
    status = run_set(job, network, sets.names[i], &inputs, &expected, &outputs);
    failed += status != COCO_OK;
    run_tensors_free(job, &inputs);
    run_tensors_free(job, &expected);
    run_tensors_free(job, &outputs);
  }
  if (sets.count) printf("%zu of %zu sets agree\n", sets.count - failed, sets.count);
  coco_free(&coco_heap, sets.names, sets.capacity * sizeof *sets.names);
  return status == COCO_OK && failed ? COCO_REPORTED : status;
}

/* ---- Making sets ---- */

static coco_status save_files(run_job *job, const char *set, const char *kind, const coco_model_tensors *names,
                              const run_tensors *tensors) {
  for (size_t i = 0; i < tensors->count; ++i) {
    char path[1024];
    if (snprintf(path, sizeof path, "%s/%s_%zu.pb", set, kind, i) >= (int)sizeof path)
      return coco_tool_error(&job->tool, "the name of the folder is too long");
    COCO_TRY(coco_tensor_save_pb(job->tool.context, path, tensors->items[i].type, tensors->items[i].data, names->items[i].name));
  }
  return COCO_OK;
}

coco_status run_save_test_data(run_job *job, const run_network *network, const run_tensors *inputs,
                               const run_tensors *outputs) {
  char set[900];
  const char *folder = job->options.save;
  if (mkdir(folder, 0777) != 0 && errno != EEXIST)
    return coco_tool_error(&job->tool, "cannot make the folder '%s': %s", folder, strerror(errno));
  for (int number = 0;; ++number) {
    if (snprintf(set, sizeof set, "%s/test_data_set_%d", folder, number) >= (int)sizeof set)
      return coco_tool_error(&job->tool, "the name of the folder is too long");
    if (mkdir(set, 0777) == 0) break;
    if (errno != EEXIST || number == MAXIMUM_SETS)
      return coco_tool_error(&job->tool, "cannot make the folder '%s': %s", set, strerror(errno));
  }
  COCO_TRY(save_files(job, set, "input", &network->inputs, inputs));
  COCO_TRY(save_files(job, set, "output", &network->outputs, outputs));
  printf("wrote %s\n", set);
  return COCO_OK;
}
