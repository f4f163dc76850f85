/* How coco-opt shows diagnostics: as text or as JSON, one object a line; which kinds, and with which notes. */
#include <stdio.h>

#include "tools/coco-opt/opt.h"
#include "tools/common/escape.h"

enum { SHOWN_NOTES = 16 };

static const char *const severity_names[] = {
    [COCO_ERROR] = "error", [COCO_WARNING] = "warning", [COCO_REMARK] = "remark", [COCO_NOTE] = "note"};

/* ---- JSON ---- */

static void write_one(coco_buffer *out, const coco_context *context, const coco_diagnostic *diagnostic) {
  coco_buffer_format(out, "\"severity\": \"%s\"", severity_names[diagnostic->severity]);
  coco_file_place place;
  if (coco_location_find_file(context, diagnostic->location, &place)) {
    coco_buffer_text(out, ", \"file\": ");
    coco_put_json_text(out, place.file);
    coco_buffer_format(out, ", \"line\": %lld, \"column\": %lld", (long long)place.line, (long long)place.column);
  }
  coco_string layer = coco_location_layer(diagnostic->location);
  if (layer.size) {
    coco_buffer_text(out, ", \"layer\": ");
    coco_put_json_text(out, layer);
  }
  coco_buffer_text(out, ", \"message\": ");
  coco_put_json_text(out, diagnostic->message);
}

static void print_json(const coco_context *context, const coco_diagnostic *diagnostic) {
  coco_buffer out = COCO_BUFFER(&coco_heap);
  coco_buffer_text(&out, "{");
  write_one(&out, context, diagnostic);
  for (size_t i = 0; i < diagnostic->note_count; ++i) {
    coco_buffer_text(&out, i ? ", {" : ", \"notes\": [{");
    write_one(&out, context, &diagnostic->notes[i]);
    coco_buffer_text(&out, "}");
  }
  coco_buffer_text(&out, diagnostic->note_count ? "]}\n" : "}\n");
  if (out.status == COCO_OK)
    fwrite(out.data, 1, out.size, stderr);
  else
    fprintf(stderr, "{\"severity\": \"error\", \"message\": \"out of memory\"}\n");
  coco_buffer_free(&out);
}

/* ---- Which of them ---- */

static bool is_shown(const opt_options *options, coco_severity severity) {
  return severity == COCO_ERROR || options->verbosity >= (severity == COCO_WARNING ? 1 : 2);
}

void opt_print_diagnostic(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  const opt_options *options = user;
  if (!is_shown(options, diagnostic->severity)) return;
  coco_diagnostic notes[SHOWN_NOTES], copy = *diagnostic;
  copy.notes = notes;
  copy.note_count = 0;
  for (size_t i = 0; i < diagnostic->note_count && copy.note_count < SHOWN_NOTES && !options->no_notes; ++i) {
    bool shows_operation = coco_string_starts_with(diagnostic->notes[i].message, COCO_STRING("see current operation"));
    if (options->show_operations || !shows_operation) notes[copy.note_count++] = diagnostic->notes[i];
  }
  if (options->diagnostics_format == OPT_JSON)
    print_json(context, &copy);
  else
    coco_tool_print_diagnostic(NULL, context, &copy);
}
