/* The report of a compilation: facts, collected once, and what shows them: text, JSON, a page of HTML.
 *
 * Facts are taken from the scheduled lr-level module of each variant, as lowering will plan its memory. Names, types
 * and attributes are the context's, which must outlive them; all else is the arena's. A number that is not known is
 * negative.
 */
#ifndef COCO_TOOLS_COCO_COMPILE_REPORT_H
#define COCO_TOOLS_COCO_COMPILE_REPORT_H

#include "lowering/layer_choice.h"
#include "targets/compile.h"
#include "tools/common/model.h"
#include "tools/common/planned.h"

enum { REPORT_NONE = -1 };

/* Where a value that a layer reads is made. */
typedef struct report_source {
  bool is_input;
  size_t index; /* of the network's input, or of the layer, from 0 */
} report_source;

/* What is kept of the weights of a layer: of its kernels, or of its products. */
typedef struct report_weights {
  int64_t kept, all; /* all: of the dense layer */
} report_weights;

/* How a layer uses a set of masks; NULL counts: it has none. */
typedef struct report_use {
  size_t set;
  uint64_t *counts; /* for each mask of the set */
  uint64_t empty;   /* without any position */
} report_use;

typedef struct report_place {
  coco_place_kind kind;
  int64_t bytes, offset; /* offset: of COCO_PLACE_ARENA */
  size_t buffer;         /* likewise */
  bool is_view;          /* of another value's bytes */
} report_place;

/* What was chosen for a layer with pruned weights, which may be one of a chain. */
typedef struct report_choice {
  coco_string name;
  coco_layer_choice choice;
} report_choice;

typedef struct report_layer {
  coco_string name, operation, storage;
  const coco_type *type;        /* of the result */
  const coco_attribute *tuning; /* #lr.tuning; NULL: none */
  int64_t multiplications, dense_multiplications, weight_bytes;
  report_weights weights; /* all 0: it has none */
  const report_source *sources;
  size_t source_count;
  report_use use;
  report_choice *choices;
  size_t choice_count;
  double milliseconds; /* the least in runs of the network, one thread; REPORT_NONE: not measured */
  report_place place;
  bool runs; /* it becomes a call */
  bool is_winograd;
} report_layer;

/* Masks of kernels of the same extents; bit i of a mask is position i, row-major. Layers with the same masks, in
 * whatever order, share a set. */
typedef struct report_set {
  const int64_t *kernel;
  size_t rank, count;
  const uint64_t *masks; /* ascending */
  bool of_blocks;        /* each stands for a block of 16 channels, not for a kernel */
} report_set;

/* A piece of the arena; layers are counted from 0. */
typedef struct report_buffer {
  int64_t bytes, offset;
  size_t first, last;
} report_buffer;

typedef struct report_variant {
  const coco_target_variant *variant;
  coco_model_tensor *inputs, *outputs;
  size_t *output_layers; /* which layer makes each output */
  size_t input_count, output_count;
  report_layer *layers;
  size_t layer_count;
  COCO_VECTOR_OF(report_set) sets;
  report_buffer *buffers;
  size_t buffer_count;
  int64_t arena_bytes, alive_bytes; /* planned; the most that live at once */
  size_t runs;                      /* of the whole network that were measured; 0: none */
  double milliseconds;              /* the least of them */
  coco_operation *loops;            /* what is to be measured; NULL: nothing */
} report_variant;

typedef struct report_facts {
  coco_arena arena;
  COCO_VECTOR_OF(report_variant) variants;
  const char *model, *target, *core; /* the model's file without its folder; CORE may be NULL */
  const coco_compiled *compiled;
} report_facts;

/* ---- report_facts.c, report_patterns.c ---- */
/* Adds what there is to say about VARIANT, whose lr-level MODULE is scheduled. */
coco_status report_add_variant(report_facts *facts, coco_operation *module,
                               const coco_target_variant *variant) COCO_MUST_USE;
void report_facts_free(report_facts *facts);
/* Sets LAYER's use of masks, whose set is added to VARIANT where it is new. */
coco_status report_add_patterns(report_facts *facts, report_variant *variant, const coco_operation *operation,
                                report_layer *layer) COCO_MUST_USE;

/* ---- report_times.c ---- */
/* Keeps a clone of the loops of a VARIANT that was added. */
coco_status report_keep_loops(report_facts *facts, coco_operation *module,
                              const coco_target_variant *variant) COCO_MUST_USE;
/* Runs the loops of the first variant that this processor can run, compiled as AS says, RUNS times and once before, on
 * one thread, and gives its layers times. */
coco_status report_measure(coco_tool *tool, report_facts *facts, const coco_compile_options *as,
                           size_t runs) COCO_MUST_USE;

/* ---- What shows them: report_text.c, report_json.c, report_html.c ---- */
void report_put_text(const report_facts *facts, coco_buffer *out);
void report_put_json(const report_facts *facts, coco_buffer *out);
coco_status report_put_html(const report_facts *facts, coco_buffer *out) COCO_MUST_USE;

/* ---- report.c: where to, as --report says: "", text, json, html (standard output), or a file ending in .txt, .json,
 * .html ---- */
coco_status report_check(const coco_tool *tool, const coco_tool_texts *wanted) COCO_MUST_USE;
/* Whether ONE of them is a file. */
bool report_is_file(const char *one);
/* Writes the files; those are whole or not there. */
coco_status report_write_files(coco_tool *tool, const coco_tool_texts *wanted, const report_facts *facts) COCO_MUST_USE;
void report_remove_files(const coco_tool_texts *wanted);
coco_status report_print(coco_tool *tool, const coco_tool_texts *wanted, const report_facts *facts) COCO_MUST_USE;

#endif
