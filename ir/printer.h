/* Writing MLIR text. What is printed parses back to an equal module; the generic form also parses in stock mlir-opt. */
#ifndef COCO_IR_PRINTER_H
#define COCO_IR_PRINTER_H

#include "ir/base/buffer.h"
#include "ir/definition.h"

typedef struct coco_print_options {
  bool generic;              /* only the generic form */
  bool locations;            /* loc(...) after every operation */
  bool pretty_locations;     /* with locations: file:line:column alone, for people; cannot be read back */
  bool value_users;          /* comments that say which operations use what an operation or a block gives */
  bool unique_names;         /* no two values have one name, in whatever regions they are */
  bool location_names;       /* a result is named after the name that its operation's location has */
  bool skip_regions;         /* { ... } for what is inside an operation; cannot be read back */
  bool local_scope;          /* no aliases */
  size_t elide_elements_over; /* dense<...> larger than this many elements print as dense_resource<__elided__>; 0: never */
  size_t hex_elements_over;   /* larger ones print as hex strings; 0: the default, 100 */
  size_t inline_resources_up_to; /* blobs up to this size print in dialect_resources; 0: 4096 bytes; larger ones need a sidecar */
  /* Where blobs that are not printed inline are, as external_resources: {coco: {weights: SIDECAR, hash: …}}.
   * size 0: larger blobs that were read from a weights file are named there as they were; all others are printed inline. */
  coco_string sidecar;
  coco_string origin; /* without a sidecar: the name of the weights file that blobs were read from; size 0: as it was */
  coco_string external; /* text of one more entry of external_resources: "owner: {\n      key: value\n    }"; size 0: none */
  bool no_resources; /* leave the {-# #-} section out (dumps for people) */
} coco_print_options;

/* Appends OPERATION's text and a newline. NULL options: the defaults. Custom forms are for what verifies; the generic form
 * writes any operation. */
coco_status coco_print_operation(coco_buffer *buffer, const coco_operation *operation, const coco_print_options *options) COCO_MUST_USE;
void coco_print_type(coco_buffer *buffer, const coco_type *type);
void coco_print_attribute(coco_buffer *buffer, const coco_attribute *attribute);
void coco_print_location(coco_buffer *buffer, const coco_context *context,
                         const coco_location *location); /* without loc( ) */
void coco_print_affine_map(coco_buffer *buffer, const coco_affine_map *map);
void coco_print_string_literal(coco_buffer *buffer, coco_string text); /* with quotes and escapes */
void coco_print_symbol_name(coco_buffer *buffer, coco_string name);    /* @name or @"na me" */
/* For messages: the short text of a type in BUFFER, cut to SIZE with "...". Returns BUFFER. */
const char *coco_type_text(const coco_type *type, char *buffer, size_t size);

/* Writes every blob reachable from MODULE to a safetensors file at PATH (beside, then renamed). The file's hash, as printed
 * in external_resources, covers its header and its size, not the weights' bytes: reading stays independent of their size. */
coco_status coco_write_sidecar(const coco_operation *module, const char *path) COCO_MUST_USE;

/* ---- For the print hooks of rows ---- */
coco_buffer *coco_printer_buffer(coco_printer *printer);
void coco_printer_text(coco_printer *printer, const char *text);
void coco_printer_value(coco_printer *printer, const coco_value *value);
void coco_printer_values(coco_printer *printer, const coco_operation *operation, size_t start, size_t count); /* operands, ", " between */
void coco_printer_type(coco_printer *printer, const coco_type *type); /* uses aliases */
void coco_printer_attribute(coco_printer *printer, const coco_attribute *attribute);
void coco_printer_attribute_without_type(coco_printer *printer, const coco_attribute *attribute); /* numbers, strings */
void coco_printer_argument_location(coco_printer *printer, const coco_value *argument); /* " loc(…)" when locations are printed */
void coco_printer_newline(coco_printer *printer);
/* " {…}" of properties and discardable attributes but those in ELIDED (NULL-terminated); nothing when none is left. */
void coco_printer_attribute_dictionary(coco_printer *printer, const coco_operation *operation, const char *const *elided, bool with_keyword);
void coco_printer_region(coco_printer *printer, const coco_region *region, bool print_entry_arguments, bool print_terminator);
void coco_printer_successor(coco_printer *printer, const coco_block *block);
void coco_printer_index_list(coco_printer *printer, const coco_attribute *statics, const coco_operation *operation, size_t start);

#endif
