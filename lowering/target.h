/* What a target must provide, in two halves: a description (this library; no LLVM) that reaches the
 * passes as the module attribute `coco.target`, and an emitter (libcoco-codegen). */
#ifndef COCO_LOWERING_TARGET_H
#define COCO_LOWERING_TARGET_H

#include "ir/base/buffer.h"
#include "ir/operation.h"

/* One variant of code for a target, chosen by the processor's features when it runs. */
typedef struct coco_target_variant {
  const char *name;         /* "avx512": suffix of local symbols */
  const char *cpu;          /* LLVM's -mcpu */
  const char *features;     /* LLVM's -mattr: "+avx512f,+fma" */
  const char *requirements; /* for people and for the run-time check: "avx512f,avx512vl,fma" */
  int64_t vector_bits;      /* of one register */
  int64_t vector_registers;
  int64_t l1_bytes, l2_bytes;
  int64_t fma_per_cycle;    /* vector FMAs a cycle */
  int64_t fma_latency;      /* cycles */
  int64_t loads_per_cycle;  /* vector loads a cycle */
  int64_t l3_bytes;         /* what one program may expect of the last cache that cores share */
  int64_t l2_rate, l3_rate, memory_rate; /* bytes a cycle that one core reads from there */
  int64_t shuffles_per_cycle;            /* of vectors, inside a register */
  int64_t barrier_cycles;                /* to end a loop that ran in parallel and to begin the next */
  bool extremum_chooses; /* its maximum of floats is a > b ? a : b; else that of IEEE 754, which minds NaN and -0 */
  int64_t megahertz;                     /* to tell people milliseconds, and to read what was measured */
} coco_target_variant;

typedef struct coco_target_description {
  const char *name;    /* "host" */
  const char *aliases; /* "x86-64|x86_64"; NULL: none */
  const char *documentation;
  const char *triple;  /* the default; NULL: no code generation */
  const coco_target_variant *variants; /* best first */
  size_t variant_count;
} coco_target_description;

/* All of them, NULL-terminated: one line each in targets/descriptions.c. */
extern const coco_target_description *const coco_target_descriptions[];
const coco_target_description *coco_target_find(coco_string name_or_alias); /* NULL: none */

/* Sets the module attribute `coco.target` = {name, variant, vector_bits, …} from a variant. */
coco_status coco_target_attach(coco_operation *module, const coco_target_description *target,
                               const coco_target_variant *variant) COCO_MUST_USE;
/* A figure from `coco.target` ("vector_bits"), or FALLBACK without one. */
int64_t coco_target_figure(const coco_operation *module, const char *name, int64_t fallback);

#endif
