/* A line on a terminal that tells what goes on, when it takes longer than a second. */
#ifndef COCO_TOOLS_COMMON_PROGRESS_H
#define COCO_TOOLS_COMMON_PROGRESS_H

#include <stdbool.h>

typedef struct coco_progress {
  bool terminal, shown;
  double start; /* seconds; 0: not begun */
} coco_progress;

/* Seconds of a clock that never goes back. */
double coco_seconds(void);
void coco_progress_begin(coco_progress *progress);
/* WHAT replaces what the line said, once a second has passed. */
void coco_progress_step(coco_progress *progress, const char *tool, const char *what);
void coco_progress_end(coco_progress *progress); /* takes the line away */

#endif
