/* --advise: what pruning a dense network would bring, before anyone trains: layer by layer and for the network.
 *
 * Every way to prune is tried on the weights as they are, by the library's own pruning, and compiled as coco-compile
 * would. Each does so in a child process, so that the memory it takes is given back; what was found comes back in
 * memory that both share. Where the target is this machine, the child runs what it made in turn with the dense network;
 * else, and past the budget, the cycles of the target's model stand for time. */
#ifndef COCO_TOOLS_COCO_COMPILE_ADVISE_H
#define COCO_TOOLS_COCO_COMPILE_ADVISE_H

#include "dialects/prune/prune.h"
#include "targets/compile.h"
#include "tools/coco-compile/compile.h"
#include "tools/common/progress.h"
#include "tools/common/tensor_file.h"
#include "tools/common/tool.h"

enum { ADVISE_WAYS = 8, ADVISE_MAXIMUM_ROWS = 1024, ADVISE_MAXIMUM_CALLS = 4096, ADVISE_MAXIMUM_JOINED = 4 };

/* A way to prune. */
typedef struct advise_way {
  const char *name, *title; /* in a line of its own; over a column */
  const char *options;      /* of coco-prune, which does the same */
  coco_prune_kind kind;
  double rate; /* of kernels, blocks, and blocks of matrix products */
  int filters; /* the percentage of filters to remove, instead; 0: none */
} advise_way;
extern const advise_way advise_ways[ADVISE_WAYS];

/* A layer of the dense network that has weights. */
typedef struct advise_row {
  coco_string name;
  char shape[40];
  int64_t weights, multiplications; /* 0: they are not known */
  size_t group;                     /* the first row that some network computes together with this one */
} advise_row;

/* A layer of a lowered network: what becomes one call. */
typedef struct advise_call {
  uint16_t rows[ADVISE_MAXIMUM_JOINED]; /* what it computes of the rows; none: another layer */
  uint8_t row_count;
  char kind[32];   /* "lr.conv winograd4" */
  char reason[96]; /* of a layer with pruned weights: why it is computed so; else empty */
  double ms;       /* the least that was measured, or of the target's model; 0: not known */
  double model_ms; /* of a layer that was measured by itself: what the model said before; else 0 */
} advise_call;

typedef struct advise_calls {
  size_t count;
  advise_call items[ADVISE_MAXIMUM_CALLS];
  double ms; /* of the network: more than the sum where something lies between layers; 0: not known */
} advise_calls;

/* What a child found out of one way. */
typedef struct advise_result {
  bool done, measured;
  bool nothing;                             /* no layer of the network is pruned this way */
  advise_calls pruned, dense;               /* measured in turn, where measured */
  advise_calls model; /* of the pruned network, by the target's model, and of single layers, as measured by themselves */
  bool layers_measured;
  int64_t kept[ADVISE_MAXIMUM_ROWS];        /* weights that are not zero */
  const char *reasons[ADVISE_MAXIMUM_ROWS]; /* why a row is not pruned; NULL: it is */
} advise_result;

/* What the command line asks for. */
typedef struct advise_options {
  const char *model, *form;     /* form: "" or "text", "json" */
  coco_compile_options compile; /* as for an object; `measure`: run networks on this machine, unless it is none */
} advise_options;

/* What a way makes of a group of rows, or of the network, for printing. */
typedef struct advise_cell {
  double dense_ms, ms;
  double left;             /* the part of the multiplications that is left */
  const advise_call *call; /* the one that takes longest; NULL: there is none */
} advise_cell;

typedef struct advise_job {
  coco_tool *tool;
  coco_progress *progress;
  const advise_options *options;
  const coco_target_variant *variant; /* that runs here, or the first */
  coco_operation *module;
  coco_arena arena;
  advise_row *rows;
  size_t row_count;
  advise_calls *dense, *dense_model; /* measured; by the target's model */
  advise_result *results;            /* ADVISE_WAYS of them, shared with the children */
  struct advise_network *network;    /* the dense one, compiled; NULL: nothing is measured */
  bool by_layers;                    /* in the child of a way that is to be measured by layers */
} advise_job;

/* ---- advise.c ---- */
/* Whether what goes with --advise is right; true without it, too. */
coco_status advise_check(const coco_tool *tool, const compile_options *options) COCO_MUST_USE;
/* Prints what it finds. MODULE is at the graph level, of known shapes; it stays the caller's, but is changed. */
coco_status advise_run(coco_tool *tool, coco_progress *progress, coco_operation *module,
                       const advise_options *options) COCO_MUST_USE;

/* ---- advise_rows.c ---- */
/* Names the layers and takes them for rows. Errors: there are none, or they are pruned already. */
coco_status advise_take_rows(advise_job *job) COCO_MUST_USE;
/* Prunes the module; fills in what is said of rows. */
coco_status advise_prune(advise_job *job, const advise_way *way, advise_result *out) COCO_MUST_USE;
/* The row of that name; job->row_count: none. */
size_t advise_find_row(const advise_job *job, coco_string name);

/* ---- advise_calls.c ---- */
/* Takes the layers of a scheduled lr-level module in the order of their calls. */
coco_status advise_take_calls(const advise_job *job, coco_operation *module, advise_calls *out) COCO_MUST_USE;
/* Those of an lr-level module that is not scheduled yet, with what the target's model says of them. */
coco_status advise_predict(const advise_job *job, coco_operation *module, advise_calls *out) COCO_MUST_USE;
/* The same, with the layers that have pruned weights measured one by one, as far as some seconds allow. */
coco_status advise_predict_by_layers(const advise_job *job, coco_operation *module, advise_calls *out) COCO_MUST_USE;

/* ---- advise_cells.c ---- */
/* Rows that one call computes, in whatever network, get one group. */
void advise_join_rows(advise_job *job);
/* Whether what was measured of one way tells how wrong the model is of the other. */
bool advise_are_alike(const advise_way *one, const advise_way *other);
/* What WAY makes of the group of ROW; ROW is job->row_count: of all layers that are no rows. */
advise_cell advise_cell_of(const advise_job *job, size_t way, size_t row);
advise_cell advise_network_cell(const advise_job *job, size_t way);
/* Why the group of ROW is not pruned by WAY; NULL: it is. */
const char *advise_reason_of(const advise_job *job, size_t way, size_t row);

/* ---- advise_measure.c ---- */
typedef struct advise_network advise_network;
/* Compiles MODULE, which is optimised in place, for job->variant: *model is what the target's model says. CALLS and OUT
 * NULL: it is not to run. */
coco_status advise_network_make(const advise_job *job, coco_operation *module, advise_calls *model, advise_calls *calls,
                                advise_network **out) COCO_MUST_USE;
/* Whether this processor can run it. */
coco_status advise_network_runs(advise_network *network, bool *out) COCO_MUST_USE;
void advise_network_destroy(advise_network *network);
/* Runs ONE and OTHER (may be NULL) in turn and keeps the least times: those of ONE in CALLS, which are its layers. */
void advise_measure(advise_network *one, advise_calls *calls, advise_network *other);
/* Seconds of processors that this process and its children took. */
double advise_spent(void);

/* ---- advise_print.c ---- */
void advise_put_text(const advise_job *job, coco_buffer *out);
void advise_put_json(const advise_job *job, coco_buffer *out);

#endif
