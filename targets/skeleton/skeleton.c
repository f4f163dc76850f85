/* A target to start from: it has a description, is listed, and makes no code. README.md tells what to fill in. */
#include "targets/target.h"

static coco_status emit(coco_context *context, const coco_emission_request *request, coco_emission_kind kind,
                        coco_buffer *out) {
  (void)context;
  (void)request;
  (void)kind;
  (void)out;
  return COCO_UNSUPPORTED;
}

const coco_target coco_target_skeleton = {.name = "skeleton", .emit = emit};
