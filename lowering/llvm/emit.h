/* From loop-level modules to one object through LLVM. The only header of this folder for the rest of the
 * code; it needs no LLVM header.
 *
 * Allocation failures inside LLVM's own calls stop the process: LLVM has no other way. Everything
 * else here fails through a status or a diagnostic. */
#ifndef COCO_LOWERING_LLVM_EMIT_H
#define COCO_LOWERING_LLVM_EMIT_H

#include "ir/base/buffer.h"
#include "lowering/llvm/weights.h"
#include "lowering/target.h"

typedef enum coco_emission_kind { COCO_EMIT_OBJECT, COCO_EMIT_ASSEMBLY, COCO_EMIT_LLVM_IR } coco_emission_kind;

/* A loop-level module, and the processors that its code is for. */
typedef struct coco_emission_variant {
  const coco_target_variant *target;
  coco_operation *module;
} coco_emission_variant;

/* Where the weights are: in the code's own read-only data, or an argument of NAME_run. */
typedef enum coco_weights_placement { COCO_WEIGHTS_EMBEDDED, COCO_WEIGHTS_EXTERNAL } coco_weights_placement;

typedef struct coco_emission_request {
  coco_string name;          /* prefix of the two global symbols: an identifier of C */
  const char *triple;
  const char *tune;          /* the core that instructions are ordered for; NULL: each variant's own */
  const coco_emission_variant *variants; /* best first: the first that the processor can run is taken */
  size_t variant_count;
  const coco_weights *weights;  /* of all variants */
  coco_weights_placement placement;
  const char *weights_path;     /* assembly and LLVM IR with embedded weights: the file that `.incbin` names */
  coco_buffer *llvm_text;       /* receives the LLVM IR as text besides; NULL: not wanted */
  bool profile; /* calls coco_profile_layer around each layer: only for a just-in-time compiler that defines it */
  bool optimize;
  coco_string compiler, pipeline, schedule_hash; /* for NAME_info */
} coco_emission_request;

/* The code takes its weights from a section of its own, not from an argument. */
static inline bool coco_emission_embeds(const coco_emission_request *request) {
  return request->weights->size && request->placement == COCO_WEIGHTS_EMBEDDED;
}

/* Appends the object, assembly or LLVM IR text to OUT. An object that embeds its weights is complete when they are
 * written right behind it (coco_weights_write_after). Diagnostics name the operation that has no translation. */
coco_status coco_llvm_emit(coco_context *context, const coco_emission_request *request, coco_emission_kind kind,
                           coco_buffer *out) COCO_MUST_USE;

/* What LLVM a module is translated to, e.g. "19.1.7". Writes into BUFFER. */
void coco_llvm_version(char *buffer, size_t size);
/* The triple as LLVM spells it, and whether this library can make code for it. */
bool coco_llvm_supports(const char *triple);

/* ---- Just in time ---- */
typedef struct coco_jit coco_jit;
/* Called around layer INDEX (order of the calls in @main) of code compiled with `profile`. */
typedef void (*coco_profile_hook)(uint32_t index, uint32_t after);
/* Loads an object into this process. HOOK may be NULL when it was not compiled with `profile`. Errors are diagnostics.
 */
coco_status coco_jit_create(coco_context *context, coco_string object, coco_profile_hook hook,
                            coco_jit **out) COCO_MUST_USE;
/* The address of a global symbol; 0 after a diagnostic. */
uint64_t coco_jit_find(coco_jit *jit, const char *symbol);
void coco_jit_destroy(coco_jit *jit);

#endif
