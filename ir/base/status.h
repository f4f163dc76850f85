/* Result of a call that can fail for reasons other than the user's program.
 *
 * Two failure channels, never mixed: a status says that the call could not be done; a diagnostic
 * (ir/diagnostic.h) says that the user's program is wrong. COCO_REPORTED joins them: "a diagnostic
 * has already said why". */
#ifndef COCO_IR_BASE_STATUS_H
#define COCO_IR_BASE_STATUS_H

typedef enum coco_status {
  COCO_OK = 0,
  COCO_OUT_OF_MEMORY,     /* an allocation failed; nothing was printed */
  COCO_INVALID_ARGUMENT,  /* the caller broke the contract of the function */
  COCO_UNSUPPORTED,       /* a thing that this build or target cannot do */
  COCO_IO_ERROR,          /* a file could not be read or written */
  COCO_REPORTED           /* a diagnostic says why */
} coco_status;

#define COCO_MUST_USE __attribute__((warn_unused_result))
/* For what is seldom needed, so that it does not burden what is called all the time. */
#define COCO_NO_INLINE __attribute__((noinline))
#define COCO_PRINTF_LIKE(format_index, first_argument) \
  __attribute__((format(printf, format_index, first_argument)))

/* Returns from the enclosing function when EXPRESSION is not COCO_OK. The only control-flow macro. */
#define COCO_TRY(expression)                                \
  do {                                                      \
    coco_status coco_try_status = (expression);             \
    if (coco_try_status != COCO_OK) return coco_try_status; \
  } while (0)

/* A short English name for STATUS, never NULL. */
const char *coco_status_name(coco_status status);

#endif
