/* Diagnostics: what is wrong with the user's program, and where. The library never prints: a handler receives them. */
#ifndef COCO_IR_DIAGNOSTIC_H
#define COCO_IR_DIAGNOSTIC_H

#include <stdarg.h>

#include "ir/base/buffer.h"
#include "ir/forward.h"



typedef enum coco_severity { COCO_ERROR, COCO_WARNING, COCO_REMARK, COCO_NOTE } coco_severity;

/* A diagnostic and its notes. Valid during the handler's call. */
typedef struct coco_diagnostic {
  coco_severity severity;
  const coco_location *location; /* never NULL */
  coco_string message;
  const struct coco_diagnostic *notes; /* note_count of them, each with severity COCO_NOTE and no notes */
  size_t note_count;
} coco_diagnostic;

typedef void (*coco_diagnostic_handler)(void *user, coco_context *context, const coco_diagnostic *diagnostic);

/* Replaces the handler; the former one is returned through the out parameters (each may be NULL). NULL: drop. */
void coco_set_diagnostic_handler(coco_context *context, coco_diagnostic_handler handler, void *user,
                                 coco_diagnostic_handler *out_handler, void **out_user);
/* Errors emitted so far in this context. */
size_t coco_error_count(const coco_context *context);

/* Emits an error at LOCATION and returns COCO_REPORTED (or COCO_OUT_OF_MEMORY), to be returned directly. */
coco_status coco_error(coco_context *context, const coco_location *location, const char *format, ...) COCO_PRINTF_LIKE(3, 4);
coco_status coco_error_with_note(coco_context *context, const coco_location *location, const coco_location *note_location,
                                 const char *note, const char *format, ...) COCO_PRINTF_LIKE(5, 6);
void coco_warning(coco_context *context, const coco_location *location, const char *format, ...) COCO_PRINTF_LIKE(3, 4);
void coco_remark(coco_context *context, const coco_location *location, const char *format, ...) COCO_PRINTF_LIKE(3, 4);
/* "'NAME' op MESSAGE" at the operation's location, with "see current operation" as a note, as mlir-opt says it; without
 * the note behind a hundred errors, whose cost would else be quadratic. */
coco_status coco_operation_error(const coco_operation *operation, const char *format, ...) COCO_PRINTF_LIKE(2, 3);
void coco_diagnostic_emit(coco_context *context, const coco_diagnostic *diagnostic);

/* Renders "file:line:col: error: message", the source line and a caret (when the context knows the source), and the notes. */
void coco_diagnostic_render(coco_context *context, const coco_diagnostic *diagnostic, coco_buffer *buffer);

#endif
