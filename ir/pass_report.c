/* What a pass manager tells about itself: its pipeline as text, and what each step did. */
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

void coco_pass_print(const coco_pass *pass, coco_buffer *buffer) {
  coco_buffer_text(buffer, pass->definition->name);
  coco_options_print(pass->definition, pass->options, buffer);
}

typedef struct reporting {
  coco_pass_reporter function;
  void *user;
} reporting;

static void report_step(void *user, const coco_pipeline *pipeline, const coco_pipeline_step *step, size_t depth) {
  const reporting *r = user;
  coco_pass_report report = {.pass = step->pass,
                             .anchor = step->nested ? step->nested->anchor : pipeline->anchor,
                             .depth = depth,
                             .runs = step->record.runs,
                             .nanoseconds = step->record.nanoseconds,
                             .statistics = step->record.statistics,
                             .patterns = &step->record.patterns};
  r->function(r->user, &report);
}

void coco_pass_manager_report(const coco_pass_manager *manager, coco_pass_reporter reporter, void *user) {
  reporting r = {reporter, user};
  coco_pipeline_visit(&manager->root, 0, report_step, &r);
}
