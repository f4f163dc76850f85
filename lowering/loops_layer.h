/* Functions of layers: what a layer's function takes, and one function for all layers that are alike. */
#ifndef COCO_LOWERING_LOOPS_LAYER_H
#define COCO_LOWERING_LOOPS_LAYER_H

#include "lowering/lr_schedule.h"
#include "lowering/memory_plan.h"

#define COCO_IS_OUTPUT UINT32_MAX

/* How a layer meets its function. Memory that several operands share is one argument, so that arguments never overlap;
 * an operand that the result is written over is the output argument. Types may be other shapes of the same bytes
 * (pixels joined in one axis). */
typedef struct coco_layer_signature {
  coco_operation *layer;
  const coco_type **operand_types; /* by operand */
  const coco_type *result_type;
  bool *is_identity;               /* by operand: read where the result is written */
  uint32_t *argument_of;           /* by operand; COCO_IS_OUTPUT */
  coco_value **arguments;          /* values of the entry: activations, then constants */
  const coco_type **argument_types;
  uint32_t argument_count;         /* without the output, which comes last */
} coco_layer_signature;

coco_status coco_layer_signature_make(coco_operation *layer, const coco_entry_plan *plan, coco_arena *scratch,
                                      coco_layer_signature *out) COCO_MUST_USE;

typedef struct coco_layer_entry {
  uint64_t hash;
  coco_layer_signature signature;
  coco_operation *function;
} coco_layer_entry;

/* The functions made so far for one module. Zero-initialise all but the first three. */
typedef struct coco_layer_cache {
  coco_operation *module;
  coco_arena *scratch;      /* outlives the cache */
  coco_schedule_figures figures;
  coco_string_map names;    /* symbols taken */
  COCO_VECTOR_OF(coco_layer_entry) entries;
} coco_layer_cache;

/* The function for SIGNATURE, made before ANCHOR when there is none yet. */
coco_status coco_layer_function(coco_layer_cache *cache, const coco_layer_signature *signature, coco_operation *anchor,
                                coco_operation **out) COCO_MUST_USE;
/* NAME made an identifier that no symbol of the module has; taken from now on. */
coco_status coco_layer_unique_name(coco_layer_cache *cache, coco_string name, const char *fallback,
                                   coco_string *out) COCO_MUST_USE;
void coco_layer_cache_free(coco_layer_cache *cache);

#endif
