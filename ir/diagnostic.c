/* Diagnostics: emitting to the context's handler, and rendering with the source line and a caret. */
#include "ir/diagnostic.h"

#include <stdio.h>

#include "ir/base/buffer.h"
#include "ir/context_internal.h"
#include "ir/printer.h"

void coco_set_diagnostic_handler(coco_context *context, coco_diagnostic_handler handler, void *user,
                                 coco_diagnostic_handler *out_handler, void **out_user) {
  if (out_handler) *out_handler = context->handler;
  if (out_user) *out_user = context->handler_user;
  context->handler = handler;
  context->handler_user = user;
}

size_t coco_error_count(const coco_context *context) {
  return context->error_count + (context->sharing ? coco_sharing_error_count(context->sharing) : 0);
}

void coco_diagnostic_emit(coco_context *context, const coco_diagnostic *diagnostic) {
  if (context->sharing) {
    coco_sharing_hold_diagnostic(context->sharing, diagnostic);
    return;
  }
  if (diagnostic->severity == COCO_ERROR) ++context->error_count;
  if (context->handler) context->handler(context->handler_user, context, diagnostic);
}

/* Appends FORMAT to BUFFER. */
static void append_formatted(coco_buffer *buffer, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int size = vsnprintf(NULL, 0, format, again);
  va_end(again);
  if (size < 0) return;
  size_t start = buffer->size;
  coco_buffer_indent(buffer, (size_t)size + 1); /* room, also for the NUL */
  if (buffer->status != COCO_OK) return;
  vsnprintf(buffer->data + start, (size_t)size + 1, format, arguments);
  buffer->size = start + (size_t)size;
}

/* Formats FORMAT and emits it; NOTE (may be NULL) goes with it. */
static coco_status emit_formatted(coco_context *context, coco_severity severity, const coco_location *location,
                                  const coco_diagnostic *note, const char *format, va_list arguments) {
  coco_buffer text = COCO_BUFFER(&context->allocator);
  append_formatted(&text, format, arguments);
  coco_status status = text.status;
  if (status == COCO_OK) {
    coco_diagnostic diagnostic = {.severity = severity, .location = location ? location : context->unknown_location,
                                  .message = coco_buffer_view(&text), .notes = note, .note_count = note ? 1 : 0};
    coco_diagnostic_emit(context, &diagnostic);
    status = COCO_REPORTED;
  } else if (severity == COCO_ERROR && !context->sharing) {
    ++context->error_count;
  }
  coco_buffer_free(&text);
  return status;
}

coco_status coco_error(coco_context *context, const coco_location *location, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  coco_status status = emit_formatted(context, COCO_ERROR, location, NULL, format, arguments);
  va_end(arguments);
  return status;
}

coco_status coco_error_with_note(coco_context *context, const coco_location *location,
                                 const coco_location *note_location, const char *note, const char *format, ...) {
  coco_diagnostic attached = {.severity = COCO_NOTE,
                              .location = note_location ? note_location : context->unknown_location,
                              .message = coco_string_from(note)};
  va_list arguments;
  va_start(arguments, format);
  coco_status status = emit_formatted(context, COCO_ERROR, location, &attached, format, arguments);
  va_end(arguments);
  return status;
}

void coco_warning(coco_context *context, const coco_location *location, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  coco_status status = emit_formatted(context, COCO_WARNING, location, NULL, format, arguments);
  (void)status;
  va_end(arguments);
}

void coco_remark(coco_context *context, const coco_location *location, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  coco_status status = emit_formatted(context, COCO_REMARK, location, NULL, format, arguments);
  (void)status;
  va_end(arguments);
}

/* To number the values around an operation is linear in its function: later errors of a context do without. */
enum { MOST_SHOWN_OPERATIONS = 100 };

/* The first line of the operation's generic text: enough to see which one is meant, whatever its size. */
static void current_operation_text(const coco_operation *operation, coco_buffer *buffer) {
  coco_buffer_text(buffer, "see current operation: ");
  size_t start = buffer->size;
  coco_print_options options = {.generic = true, .no_resources = true, .elide_elements_over = 16};
  if (coco_print_operation(buffer, operation, &options) != COCO_OK) return;
  for (size_t i = start; i < buffer->size; ++i) {
    if (buffer->data[i] != '\n') continue;
    buffer->size = i;
    break;
  }
}

coco_status coco_operation_error(const coco_operation *operation, const char *format, ...) {
  coco_context *context = operation->context;
  coco_buffer message = COCO_BUFFER(&context->allocator), current = COCO_BUFFER(&context->allocator);
  coco_buffer_format(&message, "'%s' op ", operation->definition->name);
  va_list arguments;
  va_start(arguments, format);
  append_formatted(&message, format, arguments);
  va_end(arguments);
  bool shown = context->error_count < MOST_SHOWN_OPERATIONS;
  if (shown) current_operation_text(operation, &current);
  coco_diagnostic note = {
      .severity = COCO_NOTE, .location = operation->location, .message = coco_buffer_view(&current)};
  coco_diagnostic diagnostic = {.severity = COCO_ERROR,
                                .location = operation->location,
                                .message = coco_buffer_view(&message),
                                .notes = &note,
                                .note_count = shown && current.status == COCO_OK ? 1 : 0};
  coco_status status = message.status == COCO_OK ? COCO_REPORTED : message.status;
  if (status == COCO_REPORTED) coco_diagnostic_emit(context, &diagnostic);
  coco_buffer_free(&message);
  coco_buffer_free(&current);
  return status;
}

/* ---- Rendering ---- */

/* Where line NUMBER of SOURCE starts; NULL: it has fewer. Goes on from the line found last, so that many diagnostics
 * in the order of the text cost one walk through it. */
static const char *find_line(coco_context *context, coco_string source, int64_t number) {
  const char *line = source.data, *end = source.data + source.size;
  int64_t at = 1;
  if (context->shown.text == source.data && context->shown.line <= number && context->shown.offset <= source.size) {
    at = context->shown.line;
    line += context->shown.offset;
  }
  for (; at < number; ++at) {
    const char *newline = memchr(line, '\n', (size_t)(end - line));
    if (!newline) return NULL;
    line = newline + 1;
  }
  context->shown.text = source.data;
  context->shown.line = number;
  context->shown.offset = (size_t)(line - source.data);
  return line;
}

static void render_source_line(coco_context *context, const coco_file_place *file, coco_buffer *buffer) {
  coco_string source = coco_context_find_source(context, file->file);
  if (!source.data || file->line < 1) return;
  const char *line = find_line(context, source, file->line), *end = source.data + source.size;
  if (!line) return;
  const char *stop = memchr(line, '\n', (size_t)(end - line));
  if (!stop) stop = end;
  coco_buffer_append(buffer, line, (size_t)(stop - line));
  coco_buffer_byte(buffer, '\n');
  int64_t columns = file->column > stop - line + 1 ? stop - line + 1 : file->column;
  for (int64_t i = 0; i + 1 < columns; ++i) coco_buffer_byte(buffer, line[i] == '\t' ? '\t' : ' ');
  coco_buffer_text(buffer, "^\n");
}

static void render_one(coco_context *context, const coco_diagnostic *diagnostic, coco_buffer *buffer) {
  static const char *const severities[] = {"error", "warning", "remark", "note"};
  coco_file_place place;
  bool has_place = coco_location_find_file(context, diagnostic->location, &place);
  coco_string layer = coco_location_layer(diagnostic->location);
  if (has_place) {
    coco_buffer_format(buffer, "%.*s:%lld:%lld: ", COCO_PRINT(place.file), (long long)place.line,
                       (long long)place.column);
  } else {
    coco_buffer_text(buffer, coco_location_kind(diagnostic->location) == COCO_LOCATION_UNKNOWN ? "<unknown>:0: " : "");
  }
  if (layer.size) coco_buffer_format(buffer, "(\"%.*s\") ", COCO_PRINT(layer));
  coco_buffer_format(buffer, "%s: ", severities[diagnostic->severity]);
  coco_buffer_string(buffer, diagnostic->message);
  coco_buffer_byte(buffer, '\n');
  if (has_place) render_source_line(context, &place, buffer);
}

void coco_diagnostic_render(coco_context *context, const coco_diagnostic *diagnostic, coco_buffer *buffer) {
  render_one(context, diagnostic, buffer);
  for (size_t i = 0; i < diagnostic->note_count; ++i) render_one(context, &diagnostic->notes[i], buffer);
}
