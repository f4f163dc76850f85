/* Where reports go, and in which form. */
#include "tools/coco-compile/report.h"

#include <stdio.h>

#include "tools/common/tool.h"

typedef enum report_form { REPORT_TEXT, REPORT_JSON, REPORT_HTML, REPORT_WRONG } report_form;

static const struct {
  const char *word, *suffix;
  report_form form;
} forms[] = {{"", ".txt", REPORT_TEXT},
             {"text", ".txt", REPORT_TEXT},
             {"json", ".json", REPORT_JSON},
             {"html", ".html", REPORT_HTML},
             {"html", ".htm", REPORT_HTML}};

static report_form form_of(const char *one) {
  const char *suffix = strrchr(one, '.');
  for (size_t i = 0; i < sizeof forms / sizeof *forms; ++i)
    if (strcmp(one, forms[i].word) == 0 || (suffix && suffix[1] && strcmp(suffix, forms[i].suffix) == 0))
      return forms[i].form;
  return REPORT_WRONG;
}

bool report_is_file(const char *one) { return strchr(one, '.') != NULL; }

coco_status report_check(const coco_tool *tool, const coco_tool_texts *wanted) {
  for (size_t i = 0; i < wanted->count; ++i)
    if (form_of(wanted->items[i]) == REPORT_WRONG)
      return coco_tool_error(tool,
                             "--report=%s: expected text, json, html, or a file that ends in .txt, .json or .html",
                             wanted->items[i]);
  return COCO_OK;
}

static coco_status render(const report_facts *facts, report_form form, coco_buffer *out) {
  if (form == REPORT_HTML) return report_put_html(facts, out);
  if (form == REPORT_JSON)
    report_put_json(facts, out);
  else
    report_put_text(facts, out);
  return out->status;
}

static coco_status write_one(coco_tool *tool, const char *one, const report_facts *facts) {
  coco_buffer out = COCO_BUFFER(coco_context_allocator(tool->context));
  coco_status status = render(facts, form_of(one), &out);
  if (status == COCO_OK) status = coco_tool_write(tool, report_is_file(one) ? one : "-", coco_buffer_view(&out));
  coco_buffer_free(&out);
  return status;
}

coco_status report_write_files(coco_tool *tool, const coco_tool_texts *wanted, const report_facts *facts) {
  for (size_t i = 0; i < wanted->count; ++i)
    if (report_is_file(wanted->items[i])) COCO_TRY(write_one(tool, wanted->items[i], facts));
  return COCO_OK;
}

void report_remove_files(const coco_tool_texts *wanted) {
  for (size_t i = 0; i < wanted->count; ++i)
    if (report_is_file(wanted->items[i])) coco_tool_remove(wanted->items[i]);
}

coco_status report_print(coco_tool *tool, const coco_tool_texts *wanted, const report_facts *facts) {
  for (size_t i = 0; i < wanted->count; ++i)
    if (!report_is_file(wanted->items[i])) COCO_TRY(write_one(tool, wanted->items[i], facts));
  return COCO_OK;
}
