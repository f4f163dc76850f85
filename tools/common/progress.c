/* See progress.h. */
#include "tools/common/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

double coco_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void coco_progress_begin(coco_progress *progress) {
  progress->terminal = isatty(2) == 1;
  progress->start = coco_seconds();
}

void coco_progress_step(coco_progress *progress, const char *tool, const char *what) {
  double passed = coco_seconds() - progress->start;
  if (!progress->terminal || passed < 1) return;
  fprintf(stderr, "\r\033[K%s: %s (%.0f s)", tool, what, passed);
  fflush(stderr);
  progress->shown = true;
}

void coco_progress_end(coco_progress *progress) {
  if (progress->shown) fprintf(stderr, "\r\033[K");
  progress->shown = false;
}
