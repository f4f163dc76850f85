/* Planning: which layers are pruned, how, and with which pattern sets; and reading a plan back from the IR. */
#ifndef COCO_PRUNING_PLAN_H
#define COCO_PRUNING_PLAN_H

#include "pruning/layers.h"
#include "pruning/patterns.h"

/* What is asked for, for the whole network. */
typedef struct coco_prune_options {
  coco_prune_kind kind;        /* of convolutions whose kernels have several positions */
  size_t patterns;             /* in each set; as coco_pattern_choice */
  size_t entries;              /* kept in each kernel; 0: 4 of 9 or 16, 8 of 25, 12 of 49 */
  coco_pattern_method method;
  bool method_given;           /* else: by frequency for 3x3, by coverage for larger kernels */
  const int64_t *masks;        /* the set for 3x3 kernels, instead of one chosen; NULL: none given */
  size_t mask_count;
  double rate;                 /* connectivity of convolutions; of blocks: of their positions */
  double pointwise_rate;       /* of 1x1 convolutions; 0: as `rate` */
  int64_t share;               /* so many filters of a 1x1 convolution, side by side, keep the same channels */
  double matrix_rate;          /* of matrix products, in blocks of 16 outputs by 1 input; 1: they stay as they are */
  coco_balance balance;
  int64_t span;                /* of balanced runs */
  int64_t block[2];            /* of blocks */
  bool first;                  /* prune the layers that see the network's inputs, too */
  bool may_choose_none;        /* that nothing can be pruned is no error */
  coco_string overrides;       /* text of an override file */
  const coco_location *overrides_location; /* where it stands, for messages */
} coco_prune_options;
#define COCO_PRUNE_OPTIONS \
  ((coco_prune_options){   \
      .patterns = 8, .rate = 3.6, .share = 1, .matrix_rate = 1, .balance = COCO_BALANCE_NONE, .block = {16, 4}})

/* One layer of a plan. */
typedef struct coco_planned_layer {
  coco_layer layer;
  bool chosen;
  coco_prune_scheme scheme; /* where chosen; `set` is known once the sets are */
  size_t entries;           /* of patterns */
  const char *reason;       /* why it is not chosen */
} coco_planned_layer;
typedef struct coco_prune_plan {
  coco_planned_layer *items;
  size_t count, chosen;
} coco_prune_plan;

/* Chooses for each layer under MODULE, makes the pattern sets at the head of MODULE, and attaches the schemes; earlier schemes
 * go. Errors: nothing can be pruned, an override that is wrong or names no layer. ARENA holds the plan. */
coco_status coco_prune_make_plan(coco_operation *module, const coco_prune_options *options, coco_arena *arena,
                                 coco_prune_plan *out) COCO_MUST_USE;

/* ---- Overrides: a text, one layer (or a wildcard) and what differs for it in each line ---- */

/* What one line says; what it leaves out is as elsewhere. */
typedef struct coco_prune_override {
  coco_string name; /* of layers, with * and ? */
  int64_t line;
  const coco_location *location; /* of the line, where the text is a file; else unknown */
  bool skip, matched, block_used, span_used; /* whether some layer has what the line says */
  bool has_kind, has_balance;
  coco_prune_kind kind;
  coco_balance balance;
  double rate;     /* 0: not said */
  int64_t entries, span; /* 0: not said */
  int64_t block[2];
} coco_prune_override;

/* Reads every line of TEXT: `NAME skip` or `NAME key=value ...`; # begins a comment. */
coco_status coco_prune_read_overrides(coco_context *context, const coco_location *location, coco_string text,
                                      coco_arena *arena, coco_prune_override **out, size_t *out_count) COCO_MUST_USE;
/* Whether NAME is what WILDCARD describes: * is any text, ? any character. */
bool coco_prune_matches(coco_string wildcard, coco_string name);

/* ---- Schemes in the IR ---- */

/* What a scheme says of LAYER, ready for the projections. */
typedef struct coco_constraint {
  coco_prune_scheme scheme;
  coco_projection projection; /* its masks in memory of the arena */
} coco_constraint;
/* Errors at the operation: it cannot be pruned, or its set is missing or does not fit. */
coco_status coco_constraint_of(const coco_layer *layer, const coco_attribute *scheme, coco_arena *arena,
                               coco_constraint *out) COCO_MUST_USE;

#endif
