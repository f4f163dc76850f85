/* What a pass manager tells about itself: its pipeline, statistics, times. */
#include "ir/pass_internal.h"
#include "ir/pass_options.h"

void coco_pipeline_visit(const coco_pipeline *pipeline, size_t depth, coco_pipeline_visitor function, void *user) {
  for (const coco_pipeline_step *step = pipeline->first; step; step = step->next) {
    function(user, pipeline, step, depth);
    if (step->nested) coco_pipeline_visit(step->nested, depth + 1, function, user);
  }
}

static void print_pipeline(const coco_pipeline *pipeline, coco_buffer *buffer) {
  coco_buffer_string(buffer, pipeline->anchor);
  coco_buffer_text(buffer, "(");
  for (const coco_pipeline_step *step = pipeline->first; step; step = step->next) {
    if (step != pipeline->first) coco_buffer_text(buffer, ",");
    if (step->nested) {
      print_pipeline(step->nested, buffer);
    } else {
      coco_buffer_text(buffer, step->pass->name);
      coco_options_print(step->pass, step->options, buffer);
    }
  }
  coco_buffer_text(buffer, ")");
}

void coco_pass_manager_print_pipeline(const coco_pass_manager *manager, coco_buffer *buffer) {
  print_pipeline(&manager->root, buffer);
}

static void print_title(coco_buffer *buffer, const char *title) {
  static const char rule[] = "===-------------------------------------------------------------------------===\n";
  coco_buffer_text(buffer, rule);
  coco_buffer_format(buffer, "                         ... %s ...\n", title);
  coco_buffer_text(buffer, rule);
}

static void print_statistics(void *user, const coco_pipeline *pipeline, const coco_pipeline_step *step, size_t depth) {
  coco_buffer *buffer = user;
  (void)pipeline;
  coco_buffer_indent(buffer, 2 * depth);
  if (step->nested) {
    coco_buffer_format(buffer, "'%.*s' Pipeline\n", COCO_PRINT(step->nested->anchor));
    return;
  }
  coco_buffer_format(buffer, "%s\n", step->pass->name);
  for (size_t i = 0; i < step->pass->statistic_count; ++i) {
    coco_buffer_indent(buffer, 2 * depth);
    coco_buffer_format(buffer, "  (S) %8llu %s\n", (unsigned long long)step->statistics[i], step->pass->statistics[i]);
  }
}

void coco_pass_manager_print_statistics(const coco_pass_manager *manager, coco_buffer *buffer) {
  print_title(buffer, "Pass statistics report");
  coco_pipeline_visit(&manager->root, 0, print_statistics, buffer);
}

typedef struct timing {
  coco_buffer *buffer;
  uint64_t total;
} timing;

static void print_time(void *user, const coco_pipeline *pipeline, const coco_pipeline_step *step, size_t depth) {
  const timing *t = user;
  (void)pipeline;
  double share = t->total ? 100.0 * (double)step->nanoseconds / (double)t->total : 0;
  coco_buffer_format(t->buffer, "  %10.6f (%5.1f%%)  ", (double)step->nanoseconds * 1e-9, share);
  coco_buffer_indent(t->buffer, 2 * depth);
  if (step->nested)
    coco_buffer_format(t->buffer, "'%.*s' Pipeline\n", COCO_PRINT(step->nested->anchor));
  else
    coco_buffer_format(t->buffer, "%s\n", step->pass->name);
}

void coco_pass_manager_print_timing(const coco_pass_manager *manager, coco_buffer *buffer) {
  timing t = {.buffer = buffer};
  for (const coco_pipeline_step *step = manager->root.first; step; step = step->next) t.total += step->nanoseconds;
  print_title(buffer, "Execution time report");
  coco_buffer_format(buffer, "  Total Execution Time: %.6f seconds\n\n  -----Wall Time-----  ----Name----\n",
                     (double)t.total * 1e-9);
  coco_pipeline_visit(&manager->root, 0, print_time, &t);
  coco_buffer_format(buffer, "  %10.6f (100.0%%)  Total\n", (double)t.total * 1e-9);
}
