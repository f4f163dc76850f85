/* What the files of the parser share. The public contract for parse hooks is in ir/parser.h.
 *
 * Invariants: `token` is the next token, not yet taken. `frame` belongs to the operation being read;
 * frames are kept for later operations of the same depth, so that reading an operation allocates
 * nothing but the operation. Every function that returns a status has reported when it is COCO_REPORTED. */
#ifndef COCO_IR_TEXT_PARSER_INTERNAL_H
#define COCO_IR_TEXT_PARSER_INTERNAL_H

#include "ir/base/buffer.h"
#include "ir/base/hash.h"
#include "ir/parser.h"
#include "ir/text/format.h"
#include "ir/text/lexer.h"

/* ---- Names in scope (parse_names.c) ---- */

/* A value used before its definition. Its uses move to the real value once that is known. */
typedef struct coco_forward_value {
  struct coco_forward_value *next;
  coco_value value;
  uint32_t number;
  uint32_t line, column; /* of the first use */
} coco_forward_value;

#define COCO_FORWARD_INDEX UINT32_MAX /* the index of a stand-in; its owner is the real value once that is known */

typedef struct coco_name_entry {
  coco_string name;
  uint64_t hash;
  uint32_t chain;  /* the older entry in the same bucket, plus one */
  uint32_t count;  /* values of this name; 0: only used so far */
  uint32_t line, column;
  coco_value *values; /* `count` of them in a row */
  coco_forward_value *forward;
} coco_name_entry;

typedef struct coco_block_entry {
  coco_string name;
  uint64_t hash;
  uint32_t chain;
  uint32_t line, column; /* of the first mention */
  bool defined;
  coco_block *block;
} coco_block_entry;

/* Entries are pushed and popped with the scopes; a chain leads from newer to older ones. */
typedef struct coco_names {
  COCO_VECTOR_OF(coco_name_entry) entries;
  COCO_VECTOR_OF(coco_block_entry) blocks;
  uint32_t *buckets, *block_buckets;
  size_t bucket_count, block_bucket_count;
  size_t base;       /* entries below are outside the innermost isolated region */
  size_t block_base; /* entries below belong to other regions */
  coco_forward_value *free_forward;
} coco_names;

typedef struct coco_scope {
  size_t entries, blocks, base, block_base;
  bool isolated;
} coco_scope;

/* ---- The operation being read ---- */

typedef COCO_VECTOR_OF(coco_named_attribute) coco_entry_vector;

typedef struct coco_result_name {
  coco_string name;
  uint32_t count, line, column;
} coco_result_name;

typedef struct coco_frame {
  struct coco_frame *outer, *inner;
  coco_operation_state state;
  coco_arena arena;
  COCO_VECTOR_OF(coco_value *) operands;
  COCO_VECTOR_OF(const coco_type *) result_types;
  coco_entry_vector attributes;
  COCO_VECTOR_OF(coco_block *) successors;
  COCO_VECTOR_OF(coco_region *) regions; /* each owned by nobody until the operation takes its blocks */
  COCO_VECTOR_OF(coco_result_name) names;
  const coco_attribute *unregistered_properties;
  coco_string generic_name; /* the last in quotes at this depth, as it is written: they come in runs; and its row */
  const coco_operation_definition *generic_row;
} coco_frame;

typedef struct coco_deferred_location {
  coco_operation *operation; /* or */
  coco_value *argument;
  coco_string alias;
  uint32_t line, column;
} coco_deferred_location;

/* A dense_resource<…> seen: its bytes are checked against the type once all resources are known. */
typedef struct coco_resource_use {
  coco_resource *resource;
  const coco_type *type;
  uint32_t line, column;
} coco_resource_use;

/* A word of at most eight bytes that is a type by itself, as its bytes, and the type. */
typedef struct coco_word_type {
  uint64_t word;
  const coco_type *type;
} coco_word_type;
enum { COCO_WORD_TYPES = 16 };

struct coco_parser {
  coco_context *context;
  const coco_allocator *allocator;
  coco_string file;
  coco_parse_options options;
  coco_lexer lexer;
  coco_token token;
  const char *begin;    /* of the text */
  const char *last_end; /* of the token before; NULL: there is none */
  coco_frame *frame;        /* NULL outside of operations */
  coco_frame *first_frame;  /* the outermost */
  coco_names names;
  const char *default_dialect; /* its prefix may be left out here; NULL: none */
  size_t depth;             /* of nested regions, types and attributes together */
  coco_arena arena;         /* until the end of the text */
  coco_string_map type_aliases, attribute_aliases;
  coco_string_map type_alias_sizes, attribute_alias_sizes; /* bytes of text that each stands for */
  size_t expanded; /* bytes that aliases stood for so far */
  coco_string_map resources; /* name in the text to resource */
  coco_pointer_map distinct; /* number in the text + 1 to the distinct attribute */
  COCO_VECTOR_OF(coco_deferred_location) deferred_locations;
  COCO_VECTOR_OF(coco_resource_use) resource_uses;
  coco_word_type word_types[COCO_WORD_TYPES]; /* the last that were read, by a hash of their bytes */
  coco_formats formats;
  coco_string sidecar, sidecar_hash; /* the weights file that the text names; data NULL: none */
  coco_token sidecar_at;
};

/* ---- Tokens (parser.c) ---- */
static inline bool coco_at(const coco_parser *parser, coco_token_kind kind) { return parser->token.kind == kind; }
static inline void coco_advance(coco_parser *parser) {
  parser->last_end = parser->token.text.data + parser->token.text.size;
  coco_lexer_next(&parser->lexer, &parser->token);
}
static inline bool coco_take(coco_parser *parser, coco_token_kind kind) {
  if (parser->token.kind != kind) return false;
  coco_advance(parser);
  return true;
}
bool coco_at_identifier(const coco_parser *parser, coco_string identifier);
bool coco_take_identifier(coco_parser *parser, coco_string identifier);
/* "expected WHAT": at the next token, or behind the token before when that ends its line. */
COCO_NO_INLINE coco_status coco_parser_missing(coco_parser *parser, const char *before, const char *what,
                                               const char *after);
static inline COCO_MUST_USE coco_status coco_expect(coco_parser *parser, coco_token_kind kind, const char *what) {
  return coco_take(parser, kind) ? COCO_OK : coco_parser_missing(parser, "", what, "");
}
const coco_location *coco_parser_place(coco_parser *parser, uint32_t line, uint32_t column); /* NULL: no memory */
coco_status coco_parser_error_at(coco_parser *parser, uint32_t line, uint32_t column, const char *format, ...)
    COCO_PRINTF_LIKE(4, 5);
/* One level of nesting more; the caller decrements parser->depth when it returned COCO_OK. */
coco_status coco_parser_enter(coco_parser *parser) COCO_MUST_USE;
/* Lexes on from PLACE, on the line of the present token. */
void coco_parser_seek(coco_parser *parser, const char *place);
/* COCO_OUT_OF_MEMORY when POINTER is NULL. */
static inline coco_status coco_made(const void *pointer) { return pointer ? COCO_OK : COCO_OUT_OF_MEMORY; }
/* The value of the string token that is next, taken; lives as long as the parser. */
coco_status coco_take_string(coco_parser *parser, coco_string *out) COCO_MUST_USE;

/* ---- Names ---- */
coco_status coco_names_push(coco_parser *parser, bool isolated, coco_scope *out) COCO_MUST_USE;
/* Ends the scope. With REPORT, names that were never defined are errors. */
coco_status coco_names_pop(coco_parser *parser, const coco_scope *scope, bool report) COCO_MUST_USE;
coco_status coco_names_define(coco_parser *parser, coco_string name, coco_value *values, size_t count, uint32_t line,
                              uint32_t column) COCO_MUST_USE;
/* What VALUE stands in for, when that is known by now, else VALUE. */
coco_value *coco_names_resolved(coco_value *value);
/* Whether a value of this name has come already. */
bool coco_names_is_defined(coco_parser *parser, coco_string name);
/* The value of a name. TYPE NULL: it must be defined. */
coco_status coco_names_use(coco_parser *parser, const coco_unresolved *written, const coco_type *type,
                           coco_value **out) COCO_MUST_USE;
coco_status coco_names_block(coco_parser *parser, coco_string name, bool define, uint32_t line, uint32_t column,
                             coco_block **out) COCO_MUST_USE;
void coco_names_free(coco_parser *parser);

/* ---- Types, attributes, locations ---- */
/* What an alias stands for, NULL when it is not defined. Aliases of aliases could stand for endless text: it is
 * limited. */
coco_status coco_parse_alias_use(coco_parser *parser, bool is_type, coco_string name, const void **out) COCO_MUST_USE;
coco_status coco_parse_attribute_nested(coco_parser *parser, const coco_type *type,
                                        const coco_attribute **out) COCO_MUST_USE;
/* A number, with its sign already taken when NEGATIVE; ": type" may follow unless TYPE is given and BARE. */
coco_status coco_parse_number(coco_parser *parser, const coco_type *type, bool bare,
                              const coco_attribute **out) COCO_MUST_USE;
/* The bytes of the literal TEXT as an element of SCALAR, at OUT (coco_type_element_size bytes). */
coco_status coco_parse_element(coco_parser *parser, const coco_token *token, bool negative, const coco_type *scalar,
                               void *out) COCO_MUST_USE;
/* The integer literal TEXT as a number of SCALAR, an index or an integer of at most 64 bits. */
coco_status coco_parse_integer_value(coco_parser *parser, const coco_token *token, bool negative,
                                     const coco_type *scalar, int64_t *out) COCO_MUST_USE;
coco_status coco_parse_sparse(coco_parser *parser, const coco_type *expected,
                              const coco_attribute **out) COCO_MUST_USE;
/* An integer of a type wider than 64 bits, as sign-extended words in the scratch memory. */
coco_status coco_parse_wide(coco_parser *parser, const coco_token *token, bool negative, const coco_type *type, uint64_t **out,
                            size_t *out_count) COCO_MUST_USE;
coco_status coco_parse_dense(coco_parser *parser, const coco_type *expected,
                             const coco_attribute **out) COCO_MUST_USE; /* at 'dense' */
coco_status coco_parse_dense_resource(coco_parser *parser, const coco_type *expected,
                                      const coco_attribute **out) COCO_MUST_USE; /* at 'dense_resource' */
coco_status coco_parse_dense_array(coco_parser *parser, const coco_attribute **out) COCO_MUST_USE;    /* at 'array' */
coco_status coco_parse_strided(coco_parser *parser, const coco_attribute **out) COCO_MUST_USE;        /* at 'strided' */
coco_status coco_parse_affine_attribute(coco_parser *parser,
                                        const coco_attribute **out) COCO_MUST_USE; /* at affine_map or affine_set */
coco_status coco_parse_dialect_attribute(coco_parser *parser, const coco_attribute **out) COCO_MUST_USE; /* at #d.a */
/* "[1, 2]" or "[]" as an i64 array; '?' is COCO_DYNAMIC where allowed. */
coco_status coco_parse_integer_list(coco_parser *parser, bool question, int64_t **out, size_t *out_count) COCO_MUST_USE;
/* { a = 1, b } at the brace, appended to the frame's attributes (or to a dictionary of its own). */
coco_status coco_parse_dictionary(coco_parser *parser, const coco_attribute **out) COCO_MUST_USE;
bool coco_at_type(const coco_parser *parser); /* a token that starts a type */
bool coco_at_location(const coco_parser *parser); /* 'loc' */
/* loc( … ). *out_alias gets the name of an alias that is not defined yet (then *out is NULL) when it is not NULL. */
coco_status coco_parse_location(coco_parser *parser, const coco_location **out, coco_string *out_alias) COCO_MUST_USE;
coco_status coco_parse_location_instance(coco_parser *parser,
                                         const coco_location **out) COCO_MUST_USE; /* inside loc( ) */
coco_status coco_parse_decimal(coco_parser *parser, int64_t *out) COCO_MUST_USE; /* an unsigned token, checked */

/* ---- Operations ---- */
/* The attributes of the operation whose STATE is filled; NULL: it is not the present one. */
coco_entry_vector *coco_parse_entries_of(coco_parser *parser, const coco_operation_state *state);
/* Hands them to STATE. Those from FORMER on are new and named differently; a name that was there before is an error. */
coco_status coco_parse_new_entries(coco_parser *parser, coco_operation_state *state, size_t former) COCO_MUST_USE;
coco_status coco_parse_custom_format(coco_parser *parser, coco_frame *frame, const coco_format *format) COCO_MUST_USE;
coco_status coco_parse_successor_list(coco_parser *parser,
                                      coco_frame *frame) COCO_MUST_USE; /* names, comma separated */
/* A region of the operation whose STATE is filled; it goes away with a failure. */
coco_status coco_parse_add_region(coco_parser *parser, coco_operation_state *state, coco_region **out) COCO_MUST_USE;
/* "{ … }" into REGION of an OWNER; its entry block has ARGUMENTS of TYPES, which stand before the brace. */
coco_status coco_parse_region_body(coco_parser *parser, const coco_operation_definition *owner, coco_region *region,
                                   const coco_unresolved *arguments, const coco_type *const *types,
                                   size_t count) COCO_MUST_USE;
coco_status coco_parse_top(coco_parser *parser, coco_block *block) COCO_MUST_USE;
/* "d.op" with the prefix of a default dialect left out is not supported; names are whole. */
coco_status coco_parse_operation(coco_parser *parser, coco_block *block) COCO_MUST_USE;

/* ---- Resources (parse_resources.c) ---- */
coco_status coco_parse_metadata(coco_parser *parser) COCO_MUST_USE; /* at {-# */
coco_status coco_parse_resource_reference(coco_parser *parser, coco_string name, coco_resource **out) COCO_MUST_USE;
coco_status coco_check_resource_uses(coco_parser *parser) COCO_MUST_USE;

#endif
