/* Reports of coco-opt on what a run cost and counted. */
#ifndef COCO_TOOLS_COCO_OPT_REPORTS_H
#define COCO_TOOLS_COCO_OPT_REPORTS_H

#include "tools/coco-opt/opt.h"

/* In nanoseconds. What of the total is neither here nor a pass is the rest. */
typedef struct opt_times {
  uint64_t parse, verify, print, total;
} opt_times;

/* MANAGER may be NULL: no pass ran. */
coco_status opt_report_times(const opt_times *times, const coco_pass_manager *manager, opt_display display,
                             opt_format format, coco_buffer *out) COCO_MUST_USE;
coco_status opt_report_statistics(const coco_pass_manager *manager, opt_display display,
                                  coco_buffer *out) COCO_MUST_USE;

#endif
