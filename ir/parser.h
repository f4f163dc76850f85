/* Reading MLIR text: the generic form of any operation, and the custom forms of the rows.
 *
 * Untrusted input: nesting is limited (COCO_MAXIMUM_NESTING), counts and numbers are checked, errors
 * are diagnostics with file, line and column. Operand types come from the values themselves, so a
 * custom form may leave out every type that the row's `infer` can tell. */
#ifndef COCO_IR_PARSER_H
#define COCO_IR_PARSER_H

#include "ir/definition.h"

enum { COCO_MAXIMUM_NESTING = 1000 };
enum { COCO_WIDEST_INTEGER = 4096 }; /* bits of an integer constant */

/* Parses one module. When TEXT holds anything but exactly one top-level builtin.module, an implicit one is put around.
 * FILE names the text in locations and is where relative sidecar paths start. TEXT must outlive the
 * context when diagnostics are to show source lines (it is added as a source). The result is not verified. */
coco_status coco_parse_module(coco_context *context, coco_string text, coco_string file, coco_operation **out) COCO_MUST_USE;
/* What may differ from coco_parse_module. */
typedef struct coco_parse_options {
  bool no_implicit_module; /* TEXT holds one operation, which is returned as it stands */
  /* Called for each entry of external_resources whose owner is not coco's; views live during the call. NULL: nobody. */
  void (*external)(void *user, coco_string owner, coco_string key, coco_string value);
  void *user;
} coco_parse_options;
coco_status coco_parse_source(coco_context *context, coco_string text, coco_string file, const coco_parse_options *options,
                              coco_operation **out) COCO_MUST_USE;
/* Parses a type or an attribute that must span all of TEXT. */
coco_status coco_parse_type_text(coco_context *context, coco_string text, const coco_type **out) COCO_MUST_USE;
coco_status coco_parse_attribute_text(coco_context *context, coco_string text, const coco_attribute **out) COCO_MUST_USE;

/* ---- For the parse hooks of rows. Each returns COCO_REPORTED after a diagnostic. ---- */

/* An operand as written: a name whose value may not be known yet. */
typedef struct coco_unresolved {
  coco_string name; /* "%x" */
  uint32_t number;  /* of %x#2 */
  uint32_t line, column; /* where it is written */
  const coco_location *location; /* of an argument, loc(…) behind it; NULL: where it is written */
  coco_string location_alias;    /* or this alias, which may come later; data NULL: none */
} coco_unresolved;
/* loc(…) of a region's argument, when there is one; ARGUMENT may be NULL: it is read over. */
coco_status coco_parse_argument_location(coco_parser *parser, coco_unresolved *argument) COCO_MUST_USE;

coco_context *coco_parser_context(coco_parser *parser);
const coco_location *coco_parser_location(coco_parser *parser); /* of the next token */
coco_status coco_parser_error(coco_parser *parser, const char *format, ...) COCO_PRINTF_LIKE(2, 3);
/* Memory until the operation is made; for arrays that the state points to. */
coco_arena *coco_parser_scratch(coco_parser *parser);

/* Punctuation ("(", "->", ":", "=", …) or a bare keyword. */
bool coco_parse_optional(coco_parser *parser, const char *token);
coco_status coco_parse_expected(coco_parser *parser, const char *token) COCO_MUST_USE;
bool coco_parse_at(coco_parser *parser, const char *token); /* looks, takes nothing; "@", "%", "#", "!", "^": any name of this kind */
bool coco_parse_optional_keyword(coco_parser *parser, coco_string *out); /* any bare identifier */
coco_status coco_parse_keyword(coco_parser *parser, coco_string *out) COCO_MUST_USE;
bool coco_parse_at_operand(coco_parser *parser);
coco_status coco_parse_operand(coco_parser *parser, coco_unresolved *out) COCO_MUST_USE;
/* A comma-separated list up to, not including, what follows; possibly empty. */
coco_status coco_parse_operands(coco_parser *parser, coco_unresolved **out, size_t *out_count) COCO_MUST_USE;
/* TYPE NULL: the type of the value itself, which must be defined already. */
coco_status coco_parse_resolve(coco_parser *parser, const coco_unresolved *operand, const coco_type *type, coco_value **out) COCO_MUST_USE;
/* Resolves and appends to the state's operands (which must have been filled by this function only). */
coco_status coco_parse_add_operand(coco_parser *parser, coco_operation_state *state, const coco_unresolved *operand, const coco_type *type) COCO_MUST_USE;
coco_status coco_parse_type(coco_parser *parser, const coco_type **out) COCO_MUST_USE;
coco_status coco_parse_type_list(coco_parser *parser, const coco_type ***out, size_t *out_count) COCO_MUST_USE; /* t, t, t */
coco_status coco_parse_attribute(coco_parser *parser, const coco_type *type, const coco_attribute **out) COCO_MUST_USE; /* TYPE: of untyped numbers, may be NULL */
coco_status coco_parse_integer(coco_parser *parser, int64_t *out) COCO_MUST_USE;
coco_status coco_parse_string(coco_parser *parser, coco_string *out) COCO_MUST_USE;
coco_status coco_parse_symbol(coco_parser *parser, const coco_attribute **out) COCO_MUST_USE; /* @name, nested allowed */
/* Optional { … }; entries are added to the state (properties and discardable ones alike). */
coco_status coco_parse_attribute_dictionary(coco_parser *parser, coco_operation_state *state) COCO_MUST_USE;
coco_status coco_parse_attribute_dictionary_with_keyword(coco_parser *parser, coco_operation_state *state) COCO_MUST_USE; /* attributes { … } */
coco_status coco_parse_add_attribute(coco_parser *parser, coco_operation_state *state, const char *name, const coco_attribute *value) COCO_MUST_USE;
coco_status coco_parse_add_result_type(coco_parser *parser, coco_operation_state *state, const coco_type *type) COCO_MUST_USE;
/* A region { … }. The arguments (may be none) belong to its entry block and are in scope. It becomes the next region of the state. */
coco_status coco_parse_region(coco_parser *parser, coco_operation_state *state, const coco_unresolved *arguments,
                              const coco_type *const *argument_types, size_t argument_count) COCO_MUST_USE;
/* As coco_parse_region; a body without a block is an error. */
coco_status coco_parse_function_body(coco_parser *parser, coco_operation_state *state, const coco_unresolved *arguments,
                                     const coco_type *const *argument_types, size_t argument_count) COCO_MUST_USE;
coco_status coco_parse_empty_region(coco_parser *parser, coco_operation_state *state) COCO_MUST_USE; /* adds one without text */
coco_status coco_parse_successor(coco_parser *parser, coco_operation_state *state) COCO_MUST_USE;
/* [..., %x, ...] with constants mixed in: static values to OUT_STATIC (COCO_DYNAMIC for an operand), operands to OUT. For memref views. */
coco_status coco_parse_index_list(coco_parser *parser, const coco_attribute **out_static, coco_unresolved **out, size_t *out_count) COCO_MUST_USE;

#endif
