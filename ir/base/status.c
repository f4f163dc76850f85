/* Names of statuses. */
#include "ir/base/status.h"

const char *coco_status_name(coco_status status) {
  switch (status) {
    case COCO_OK: return "ok";
    case COCO_OUT_OF_MEMORY: return "out of memory";
    case COCO_INVALID_ARGUMENT: return "invalid argument";
    case COCO_UNSUPPORTED: return "not supported";
    case COCO_IO_ERROR: return "input or output failed";
    case COCO_REPORTED: return "reported by a diagnostic";
  }
  return "unknown status";
}
