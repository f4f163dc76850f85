/* The prune dialect: what is to be pruned and how, as attributes on graph operations. It has no operations.
 *
 * prune-plan attaches the schemes, prune-project puts the zeros in, prune-check verifies them; training may stand between.
 * The masks live in the weights, as zeros: the compact form belongs to the pattern dialect. */
#ifndef COCO_DIALECTS_PRUNE_PRUNE_H
#define COCO_DIALECTS_PRUNE_PRUNE_H

#include "ir/definition.h"

#define COCO_ATTRIBUTE_ROWS "dialects/prune/prune_attributes.def"
#include "ir/declare_attributes.inc"

extern const coco_dialect coco_prune_dialect;

/* The name under which an operation carries its scheme. */
#define COCO_PRUNE_SCHEME COCO_STRING("prune.scheme")

typedef enum coco_prune_kind { COCO_PRUNE_PATTERN, COCO_PRUNE_CONNECTIVITY, COCO_PRUNE_BLOCKS } coco_prune_kind;

/* How many kernels each part of a layer keeps. */
typedef enum coco_balance {
  COCO_BALANCE_NONE,   /* the strongest kernels of the layer */
  COCO_BALANCE_FILTER, /* as many in each filter */
  COCO_BALANCE_RUNS    /* as many of each pattern in each filter and channel group */
} coco_balance;

/* A #prune.scheme as a struct. */
typedef struct coco_prune_scheme {
  coco_prune_kind kind;
  const coco_attribute *set; /* a symbol; NULL where there is none */
  double rate;
  coco_balance balance;
  int64_t span;     /* 0: none */
  int64_t block[2]; /* outputs, input channels; 0: none */
} coco_prune_scheme;

enum { COCO_PRUNE_MAXIMUM_BLOCK = 4096 };

/* ATTRIBUTE must be a verified #prune.scheme. */
coco_prune_scheme coco_prune_scheme_of(const coco_attribute *attribute);
/* What is at its default is left out. NULL when memory runs out. */
const coco_attribute *coco_prune_scheme_attribute(coco_context *context, const coco_prune_scheme *scheme);
/* The scheme that OPERATION carries; NULL: none, or one that is no #prune.scheme. */
const coco_attribute *coco_prune_scheme_on(const coco_operation *operation);
/* "none", "filter", "runs". */
const char *coco_balance_name(coco_balance balance);
bool coco_balance_from(coco_string name, coco_balance *out);
const char *coco_prune_kind_name(coco_prune_kind kind);
bool coco_prune_kind_from(coco_string name, coco_prune_kind *out);
/* A rate: a finite number of at least 1. */
bool coco_prune_rate_from(coco_string text, double *out);
/* The extents of a block, as "16x4": each from 1 to COCO_PRUNE_MAXIMUM_BLOCK. */
bool coco_prune_block_from(coco_string text, int64_t out[2]);

#endif
