/* What the files of the printer share. */
#ifndef COCO_IR_TEXT_PRINTER_INTERNAL_H
#define COCO_IR_TEXT_PRINTER_INTERNAL_H

#include "ir/context.h"
#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/text/format.h"

typedef struct coco_printed_names {
  coco_pointer_map values; /* value to name: a tagged number or a text in the arena, see print_names.c */
  coco_pointer_map blocks; /* block to number + 1 */
} coco_printed_names;

struct coco_printer {
  const coco_context *context;
  coco_buffer *buffer;
  coco_print_options options;
  coco_arena arena;
  coco_printed_names names;
  coco_printed_names spare; /* empty, with memory to use again */
  coco_formats formats;
  const char *default_dialect; /* its prefix is left out here; NULL: none */
  size_t indent, depth;
  COCO_VECTOR_OF(coco_resource *) resources; /* met while printing, in order */
  coco_pointer_map seen_resources;
  coco_pointer_map predecessors; /* block to a list, see print_predecessors.c */
  coco_pointer_map distinct;     /* distinct attribute to its number + 1 */
};

/* Attributes are printed with or without a printer: without one, nothing is remembered and options are the defaults. */
typedef enum coco_type_elision {
  COCO_KEEP_TYPE,
  COCO_ELIDE_COMMON_TYPE /* i64, f64 */,
  COCO_ELIDE_TYPE
} coco_type_elision;
void coco_write_attribute(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute,
                          coco_type_elision elision);
void coco_write_type(coco_printer *printer, coco_buffer *buffer, const coco_type *type);
void coco_write_elements(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute,
                         coco_type_elision elision);
void coco_write_real(coco_buffer *buffer, const coco_type *type, const void *element); /* one float, without its type */
/* WORDS hold a sign-extended integer of TYPE, which is wider than 64 bits. */
void coco_write_wide(coco_buffer *buffer, const coco_type *type, const uint64_t *words);
void coco_write_key(coco_buffer *buffer, coco_string key); /* bare when possible, else quoted */
/* { a = 1, b } of the entries, without braces. */
void coco_write_entry(coco_printer *printer, coco_buffer *buffer, coco_string name, const coco_attribute *value);
void coco_write_functional_type(coco_printer *printer, const coco_operation *operation);
void coco_write_result_types(coco_printer *printer, const coco_value *results, size_t count); /* t or (t, t) */
void coco_write_segment_list(coco_printer *printer, const coco_operation *operation, size_t start, size_t count,
                             bool types);

/* Names (print_names.c). */
coco_status coco_name_values(coco_printer *printer, const coco_operation *root);
/* Isolated operations where nothing outside has a name are named when they are written, so that names need no more
 * memory than one of them: true when that is now, and then *OUT_OUTER keeps the names outside until they are
 * restored. */
bool coco_names_enter(coco_printer *printer, const coco_operation *operation, coco_printed_names *out_outer);
void coco_names_leave(coco_printer *printer, const coco_printed_names *outer);
void coco_printed_names_free(coco_printed_names *names);
void coco_write_value(coco_printer *printer, const coco_value *value);
/* %name of an argument, of an operation's first result or, with value_users, of an operation without results. */
void coco_write_value_name(coco_printer *printer, const void *first);
void coco_write_block_name(coco_printer *printer, const coco_block *block);

/* Comments on who branches to a block (print_predecessors.c): to be found for a region before they are written. */
void coco_find_predecessors(coco_printer *printer, const coco_region *region);
void coco_write_predecessors(coco_printer *printer, const coco_block *block);
/* Comments on who uses what (print_users.c): behind an operation; a line for each argument of a block. */
void coco_write_operation_users(coco_printer *printer, const coco_operation *operation);
void coco_write_argument_users(coco_printer *printer, const coco_block *block);

/* file:line:column */
void coco_write_pretty_location(coco_buffer *buffer, const coco_context *context, const coco_location *location);
void coco_write_operation(coco_printer *printer, const coco_operation *operation);   /* without newline */
void coco_write_custom_format(coco_printer *printer, const coco_operation *operation, const coco_format *format);
void coco_write_resources(coco_printer *printer, const coco_operation *operation);
void coco_printer_resource(coco_printer *printer, coco_resource *resource);

#endif
