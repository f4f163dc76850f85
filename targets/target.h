/* What a target is to libcoco-codegen: the emitter beside the description of lowering/target.h.
 *
 * One folder, one constant, one line in targets.def. See skeleton/README.md for how to add one. */
#ifndef COCO_TARGETS_TARGET_H
#define COCO_TARGETS_TARGET_H

#include "lowering/llvm/emit.h"
#include "lowering/target.h"

typedef struct coco_target {
  const char *name; /* of its description */
  /* Appends the code for the request's modules to OUT. COCO_UNSUPPORTED: this target makes none. */
  coco_status (*emit)(coco_context *context, const coco_emission_request *request, coco_emission_kind kind,
                      coco_buffer *out);
  const char *const *cores; /* names for --cpu, NULL-terminated; the first is the default */
  const char *linker;       /* a C compiler driver for its objects; NULL: it makes no code */
  const char *emulator;     /* runs its programs on other machines; NULL: none */
} coco_target;

/* All of them, NULL-terminated. */
extern const coco_target *const coco_targets[];
/* By the name or an alias of its description, or by an LLVM triple of its processor whose objects are ELF; NULL: none.
 */
const coco_target *coco_target_select(coco_string name_alias_or_triple);
const coco_target_description *coco_target_describe(const coco_target *target);
/* Whether code for TARGET runs in this process, if the processor has what a variant requires. */
bool coco_target_runs_here(const coco_target *target);
/* Whether --cpu knows CORE. */
bool coco_target_has_core(const coco_target *target, coco_string core);

#endif
