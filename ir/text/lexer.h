/* The tokens of MLIR text.
 *
 * The lexer never looks back and never allocates: a token is a view of the text with its place. It
 * can be put at another place of the same line, which the parser of shapes needs ("4x8xf32"). */
#ifndef COCO_IR_TEXT_LEXER_H
#define COCO_IR_TEXT_LEXER_H

#include "ir/base/memory.h"

typedef enum coco_token_kind {
  COCO_TOKEN_END,
  COCO_TOKEN_ERROR,      /* the lexer's message says why */
  COCO_TOKEN_IDENTIFIER, /* foo, foo.bar, i32, true */
  COCO_TOKEN_AT,         /* @foo or @"fo o" */
  COCO_TOKEN_HASH,       /* #foo.bar, #3 */
  COCO_TOKEN_PERCENT,    /* %foo */
  COCO_TOKEN_CARET,      /* ^bb0 */
  COCO_TOKEN_BANG,       /* !foo.bar */
  COCO_TOKEN_INTEGER,    /* 12 or 0x1F */
  COCO_TOKEN_FLOAT,      /* 1.5e-3 */
  COCO_TOKEN_STRING,     /* with its quotes */
  COCO_TOKEN_ARROW, COCO_TOKEN_COLON_COLON, COCO_TOKEN_ELLIPSIS, COCO_TOKEN_GREATER_EQUAL, COCO_TOKEN_LESS_EQUAL,
  COCO_TOKEN_EQUAL_EQUAL, COCO_TOKEN_METADATA_BEGIN /* {-# */, COCO_TOKEN_METADATA_END /* #-} */,
  COCO_TOKEN_LEFT_PARENTHESIS, COCO_TOKEN_RIGHT_PARENTHESIS, COCO_TOKEN_LEFT_BRACE, COCO_TOKEN_RIGHT_BRACE,
  COCO_TOKEN_LEFT_BRACKET, COCO_TOKEN_RIGHT_BRACKET, COCO_TOKEN_LESS, COCO_TOKEN_GREATER, COCO_TOKEN_COMMA,
  COCO_TOKEN_COLON, COCO_TOKEN_EQUAL, COCO_TOKEN_PLUS, COCO_TOKEN_MINUS, COCO_TOKEN_STAR, COCO_TOKEN_QUESTION,
  COCO_TOKEN_SLASH, COCO_TOKEN_BAR
} coco_token_kind;

typedef struct coco_token {
  coco_token_kind kind;
  coco_string text;
  uint32_t line, column; /* from 1; columns count bytes */
} coco_token;

typedef struct coco_lexer {
  const char *next, *end;
  const char *line_start;
  uint32_t line;
  const char *message; /* of the last error token */
} coco_lexer;

void coco_lexer_begin(coco_lexer *lexer, coco_string text);
void coco_lexer_next(coco_lexer *lexer, coco_token *out);
/* Lexes on from PLACE, which is on the current line. */
void coco_lexer_seek(coco_lexer *lexer, const char *place);
/* The text from PLACE (at a '<') through the matching '>', other brackets and strings respected; data NULL when there
 * is none. The lexer is left behind it. */
coco_string coco_lexer_balanced(coco_lexer *lexer, const char *place);
/* The value of a string token's TEXT (quotes included), unescaped into ARENA when it has escapes; data NULL: no memory.
 */
coco_string coco_string_token_value(coco_arena *arena, coco_string text);
/* foo, foo.bar$1: what may stand without quotes as a name. */
bool coco_is_bare_identifier(coco_string text);

#endif
