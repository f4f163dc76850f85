/* What the files of coco-run share: the command line, and a network prepared for one target. */
#ifndef COCO_TOOLS_COCO_RUN_RUN_H
#define COCO_TOOLS_COCO_RUN_RUN_H

#include "targets/compile.h"
#include "tools/common/model.h"
#include "tools/common/npz.h"
#include "tools/common/options.h"
#include "tools/common/picture.h"
#include "tools/common/progress.h"
#include "tools/common/tensor_file.h"
#include "tools/common/tool.h"

enum { RUN_MAXIMUM_REPEAT = 100000, RUN_MAXIMUM_TOP = 100 };

typedef struct run_options {
  coco_tool_texts positional, shapes; /* the model, then inputs */
  const char *target, *core, *variant, *compare, *compare_layers, *name, *weights, *output, *test_data, *save, *mean, *scale, *rtol, *atol;
  const char *resize, *labels, *boxes, *picture, *range, *archive, *trace, *fp, *storage, *chains, *sparse, *measured;
  int64_t repeat, threads, seed, top;
  bool profile, trace_only, measure, reversed; /* profile: also for --profile-trace alone */
} run_options;

/* The last picture that was read. */
typedef struct run_source {
  coco_picture picture;   /* as the model got it, but in colour */
  coco_picture_area area; /* the part of the file's picture that this is */
} run_source;

typedef struct run_job {
  coco_tool tool;
  run_options options;
  coco_image_options image;
  run_source source;
  double rtol, atol, threshold, crop, range[2]; /* --rtol, --atol, --boxes, --resize=crop:PART, --range */
  coco_progress progress;
} run_job;

/* What runs as one call. */
typedef struct run_layer {
  coco_string name, kind; /* the model's layer; the operation */
  int64_t bytes;          /* of the result */
} run_layer;

/* Time spent in one layer. */
typedef struct run_layer_time {
  uintptr_t key; /* several layers may have one name */
  run_layer layer;
  double first, seconds; /* of the first call, of all */
  uint64_t calls;
} run_layer_time;

typedef struct run_event {
  size_t layer;
  uint64_t run;
  double start, seconds;
} run_event;

typedef struct run_profile {
  run_layer_time *layers;
  size_t count, capacity;
  run_event *events; /* for --profile-trace */
  size_t event_count, event_capacity;
  run_layer *planned; /* of compiled code: the layers in the order of calls */
  size_t planned_count, planned_capacity;
  bool keeps_events;
} run_profile;

typedef struct run_tensors {
  coco_tensor items[COCO_MODEL_MAXIMUM_TENSORS];
  size_t count;
} run_tensors;

/* A value of the model that @main gives away for --compare-layers. */
typedef struct run_value {
  run_layer layer;
  size_t output; /* which of @main's outputs it is */
} run_value;

typedef struct run_values {
  run_value *items;
  size_t count, capacity;
} run_values;

/* A network, prepared for inputs of certain types. */
typedef struct run_network {
  run_job *job;
  const struct run_backend *backend;
  const coco_target *target; /* NULL: none is needed */
  coco_model_tensors inputs, outputs;
  run_profile profile;
  run_values values; /* with --compare-layers: all of them, in order */
  void *state; /* the backend's */
} run_network;

typedef struct run_backend {
  /* MODULE has static inputs; it is the backend's to erase, on failure too. */
  coco_status (*prepare)(run_network *network, coco_operation *module);
  /* Runs REPEAT times and keeps the outputs, which it creates, of the last; SECONDS (may be NULL) receives the times. */
  coco_status (*execute)(run_network *network, const run_tensors *inputs, run_tensors *outputs, size_t repeat, double *seconds);
  void (*destroy)(run_network *network); /* of what prepare left, which may be little */
} run_backend;

extern const run_backend run_interpreter, run_just_in_time, run_emulator, run_library;

/* ---- network.c ---- */
/* Finds the backend of a target's name, or of a shared library when the model is one. */
coco_status run_network_choose(run_job *job, const char *target, run_network *out) COCO_MUST_USE;
/* Prepares NETWORK for TYPES (of COUNT inputs; NULL entries, and those past COUNT: as the model and --shape say). Does nothing when it is so already. */
coco_status run_network_prepare(run_network *network, const coco_type *const *types, size_t count) COCO_MUST_USE;
void run_network_destroy(run_network *network);
/* Memrefs as tensors. */
const coco_type *run_tensor_type(coco_context *context, const coco_type *type);
/* Options of a compilation for NETWORK. */
coco_status run_compile_options(run_network *network, coco_compile_options *out) COCO_MUST_USE;
/* Takes the names and types of the tensors from COMPILED. */
coco_status run_take_interface(run_network *network, const coco_compiled *compiled) COCO_MUST_USE;

/* ---- profile.c ---- */
coco_status run_profile_add(run_profile *profile, uintptr_t key, run_layer layer, double start, double seconds) COCO_MUST_USE;
void run_profile_clear(run_profile *profile);
/* Takes the layers that a scheduled lr-level module will run, once. */
coco_status run_profile_plan(run_profile *profile, coco_operation *module) COCO_MUST_USE;
coco_status run_profile_print(const run_profile *profile) COCO_MUST_USE;
/* Writes --profile-trace. */
coco_status run_profile_trace(run_job *job, const run_profile *profile) COCO_MUST_USE;

/* ---- layers.c ---- */
/* Optimizes MODULE and makes every value a result of @main; NETWORK's values tell which is which. */
coco_status run_expose_values(run_network *network, coco_operation *module) COCO_MUST_USE;
void run_values_clear(run_values *values);
/* --compare-layers: runs that target too and prints the table; INPUTS and OUTPUTS are those of NETWORK. */
coco_status run_compare_layers(run_job *job, const run_network *network, const run_tensors *inputs, const run_tensors *outputs) COCO_MUST_USE;

/* ---- tensors.c ---- */
void run_tensors_free(run_job *job, run_tensors *tensors);
/* Reads FILE for an input of the type EXPECTED, which tells the channels and the size of a picture, or entry INDEX of ARCHIVE when that is not NULL. */
coco_status run_load_input(run_job *job, const char *file, const coco_npz *archive, size_t index, const coco_type *expected, coco_tensor *out) COCO_MUST_USE;
/* Numbers between -1 and 1 (integers: 0 to 9) from the seed. */
coco_status run_random_input(run_job *job, const coco_type *type, uint64_t seed, coco_tensor *out) COCO_MUST_USE;
/* Whether A agrees with the reference B; *out_difference is the largest one between numbers. */
bool run_tensors_agree(const run_job *job, const coco_tensor *a, const coco_tensor *b, double *out_difference);
/* One unit in the last place of VALUE as a float ELEMENT; 0 for integers. */
double run_ulp(const coco_type *element, double value);
typedef struct run_ranked {
  size_t index;
  double value;
} run_ranked;
/* The COUNT largest elements, or as many as there are, the largest first. */
size_t run_find_top(const coco_tensor *tensor, run_ranked *top, size_t count);
void run_print_tensor(coco_string name, const coco_tensor *tensor);
coco_status run_save_outputs(run_job *job, const run_network *network, const run_tensors *outputs) COCO_MUST_USE;

coco_status run_save_archive(run_job *job, const run_network *network, const run_tensors *outputs) COCO_MUST_USE;

/* ---- pictures.c, classes.c, boxes.c ---- */
coco_status run_load_picture(run_job *job, const coco_location *location, coco_string bytes, const coco_type *expected, coco_tensor *out) COCO_MUST_USE;
/* --output-png */
coco_status run_save_picture(run_job *job, const run_network *network, const run_tensors *outputs) COCO_MUST_USE;
/* --labels */
coco_status run_print_classes(run_job *job, const run_network *network, const run_tensors *outputs) COCO_MUST_USE;
/* --boxes */
coco_status run_print_boxes(run_job *job, const run_network *network, const run_tensors *outputs) COCO_MUST_USE;

/* ---- test_data.c ---- */
coco_status run_test_data(run_job *job, run_network *network) COCO_MUST_USE;
/* Writes inputs and outputs as the next free test_data_set_N of the folder --save-test-data. */
coco_status run_save_test_data(run_job *job, const run_network *network, const run_tensors *inputs, const run_tensors *outputs) COCO_MUST_USE;

#endif
