/* Inputs and outputs: reading, making up, comparing, printing. */
#include <math.h>
#include <stdio.h>

#include "ir/printer.h"
#include "tools/coco-run/run.h"

void run_tensors_free(run_job *job, run_tensors *tensors) {
  for (size_t i = 0; i < tensors->count; ++i) coco_tensor_free(job->tool.context, &tensors->items[i]);
  tensors->count = 0;
}

/* ---- Inputs ---- */

static coco_status load_file(run_job *job, const char *file, const coco_type *expected, coco_tensor *out) {
  coco_file opened;
  const coco_location *location = coco_location_file(job->tool.context, coco_string_from(file), 0, 0);
  if (!location) return COCO_OUT_OF_MEMORY;
  coco_status status = coco_file_open(&coco_heap, file, &opened, NULL);
  if (status == COCO_IO_ERROR) return coco_tensor_load(job->tool.context, file, NULL, out); /* says why */
  COCO_TRY(status);
  coco_string bytes = {(const char *)opened.data, opened.size};
  status = coco_picture_is(bytes) ? run_load_picture(job, location, bytes, expected, out) : coco_tensor_load(job->tool.context, file, NULL, out);
  coco_file_close(&opened);
  return status;
}

coco_status run_load_input(run_job *job, const char *file, const coco_npz *archive, size_t index, const coco_type *expected, coco_tensor *out) {
  if (archive) COCO_TRY(coco_npz_read(job->tool.context, archive, index, out));
  else COCO_TRY(load_file(job, file, expected, out));
  if (!expected || coco_type_compatible(out->type, expected)) return COCO_OK;
  char is[96], wanted[96];
  coco_type_text(out->type, is, sizeof is);
  coco_tensor_free(job->tool.context, out);
  return coco_tool_error(&job->tool, "'%s' holds %s: the input is %s", file, is, coco_type_text(expected, wanted, sizeof wanted));
}

coco_status run_random_input(run_job *job, const coco_type *type, uint64_t seed, coco_tensor *out) {
  COCO_TRY(coco_tensor_create(job->tool.context, run_tensor_type(job->tool.context, type), out));
  coco_tensor_randomize(out, seed);
  return COCO_OK;
}

/* ---- Comparing ---- */

bool run_tensors_agree(const run_job *job, const coco_tensor *a, const coco_tensor *b, double *out_difference) {
  *out_difference = INFINITY;
  if (a->type->element != b->type->element || a->size != b->size || !coco_type_compatible(a->type, b->type)) return false;
  size_t element = coco_type_element_size(a->type->element);
  bool is_float = coco_type_is_float(a->type->element), agree = true;
  *out_difference = 0;
  for (size_t at = 0; element && at + element <= a->size; at += element) {
    double x = coco_element_read_real(a->type->element, a->data + at), y = coco_element_read_real(b->type->element, b->data + at);
    if ((isnan(x) && isnan(y)) || x == y) continue;
    double difference = fabs(x - y);
    if (!(difference <= *out_difference)) *out_difference = difference; /* NaN counts as the largest */
    if (!is_float || !(difference <= job->atol + job->rtol * fabs(y))) agree = false;
  }
  return agree;
}

double run_ulp(const coco_type *element, double value) {
  if (!coco_type_is_float(element)) return 0;
  int mantissa = 24, lowest = -149;
  switch (element->format) {
    case COCO_F64: mantissa = 53, lowest = -1074; break;
    case COCO_F16: mantissa = 11, lowest = -24; break;
    case COCO_BF16: mantissa = 8, lowest = -133; break;
    case COCO_F32: break;
    default: return 0;
  }
  int exponent;
  frexp(value, &exponent);
  return ldexp(1, exponent - mantissa < lowest || value == 0 ? lowest : exponent - mantissa);
}

/* ---- Printing ---- */

enum { TOP = 5 };

size_t run_find_top(const coco_tensor *tensor, run_ranked *top, size_t count) {
  size_t element = coco_type_element_size(tensor->type->element), found = 0;
  for (size_t i = 0; (i + 1) * element <= tensor->size; ++i) {
    double value = coco_element_read_real(tensor->type->element, tensor->data + i * element);
    size_t place = found;
    while (place > 0 && value > top[place - 1].value) --place;
    if (place >= count) continue;
    size_t last = found < count ? found++ : count - 1;
    for (size_t k = last; k > place; --k) top[k] = top[k - 1];
    top[place] = (run_ranked){i, value};
  }
  return found;
}

void run_print_tensor(coco_string name, const coco_tensor *tensor) {
  char text[128];
  size_t element = coco_type_element_size(tensor->type->element);
  double low = INFINITY, high = -INFINITY;
  for (size_t at = 0; element && at + element <= tensor->size; at += element) {
    double value = coco_element_read_real(tensor->type->element, tensor->data + at);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  coco_type_text(tensor->type, text, sizeof text);
  if (!tensor->size) {
    printf("%.*s: %s\n", COCO_PRINT(name), text);
    return;
  }
  printf("%.*s: %s, min %.7g, max %.7g", COCO_PRINT(name), text, low, high);
  run_ranked top[TOP] = {{0, 0}};
  size_t count = run_find_top(tensor, top, TOP);
  printf("; largest:");
  for (size_t i = 0; i < count; ++i) printf(" [%zu] %.7g", top[i].index, top[i].value);
  printf("\n");
}

/* A name of a file from a tensor's name. */
static void file_name(char *out, size_t size, coco_string name) {
  size_t length = 0;
  for (size_t i = 0; i < name.size && length + 1 < size; ++i) {
    char c = name.data[i];
    bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || (c == '.' && i > 0);
    out[length++] = plain ? c : '_';
  }
  out[length] = '\0';
}

coco_status run_save_outputs(run_job *job, const run_network *network, const run_tensors *outputs) {
  for (size_t i = 0; i < outputs->count; ++i) {
    char name[128], path[1024];
    file_name(name, sizeof name, network->outputs.items[i].name);
    if (snprintf(path, sizeof path, "%s/%s.npy", job->options.output, name) >= (int)sizeof path) return coco_tool_error(&job->tool, "the name of the output folder is too long");
    COCO_TRY(coco_tensor_save_npy(job->tool.context, path, outputs->items[i].type, outputs->items[i].data));
    printf("%.*s: %s\n", COCO_PRINT(network->outputs.items[i].name), path);
  }
  return COCO_OK;
}

coco_status run_save_archive(run_job *job, const run_network *network, const run_tensors *outputs) {
  coco_npz_writer writer = COCO_NPZ_WRITER(coco_context_allocator(job->tool.context));
  const coco_location *location = coco_location_file(job->tool.context, coco_string_from(job->options.archive), 0, 0);
  coco_status status = location ? COCO_OK : COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < outputs->count && status == COCO_OK; ++i) {
    char name[128];
    file_name(name, sizeof name, network->outputs.items[i].name);
    status = coco_npz_add(job->tool.context, location, &writer, coco_string_from(name), outputs->items[i].type, outputs->items[i].data);
  }
  if (status == COCO_OK) status = coco_npz_save(job->tool.context, &writer, job->options.archive);
  coco_npz_writer_free(&writer);
  if (status == COCO_OK) printf("outputs: %s\n", job->options.archive);
  return status;
}
