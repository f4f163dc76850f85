/* The tokens of MLIR text. Cost: one look at each byte; a table classifies them. */
#include "ir/text/lexer.h"

enum { LETTER = 1, DIGIT = 2, BARE = 4 /* $ . */, DASH = 8, HEX = 16 };

/* Classes of all bytes: 1 letter, 2 digit, 4 bare, 8 dash, 16 hexadecimal digit. */
static const uint8_t classes_of_bytes[256] = {
    ['$'] = 4, ['-'] = 8, ['.'] = 4, ['0'] = 18, ['1'] = 18, ['2'] = 18, ['3'] = 18, ['4'] = 18, ['5'] = 18,
    ['6'] = 18, ['7'] = 18, ['8'] = 18, ['9'] = 18, ['A'] = 17, ['B'] = 17, ['C'] = 17, ['D'] = 17, ['E'] = 17,
    ['F'] = 17, ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1,
    ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1, ['Y'] = 1,
    ['Z'] = 1, ['_'] = 1, ['a'] = 17, ['b'] = 17, ['c'] = 17, ['d'] = 17, ['e'] = 17, ['f'] = 17, ['g'] = 1,
    ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1,
    ['r'] = 1, ['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1,
};

static uint8_t class_of(char character) { return classes_of_bytes[(unsigned char)character]; }

void coco_lexer_begin(coco_lexer *lexer, coco_string text) {
  *lexer = (coco_lexer){.next = text.data, .end = text.data + text.size, .line_start = text.data, .line = 1};
}

void coco_lexer_seek(coco_lexer *lexer, const char *place) { lexer->next = place; }

static bool at(const coco_lexer *lexer, uint8_t classes) {
  return lexer->next < lexer->end && (class_of(*lexer->next) & classes);
}

static void skip(coco_lexer *lexer, uint8_t classes) {
  const char *next = lexer->next, *end = lexer->end;
  while (next < end && (class_of(*next) & classes)) next++;
  lexer->next = next;
}

static void skip_space(coco_lexer *lexer) {
  const char *next = lexer->next, *end = lexer->end;
  for (; next < end; next++) {
    if (*next == '\n') {
      lexer->line++;
      lexer->line_start = next + 1;
    } else if (*next == '/' && end - next > 1 && next[1] == '/') {
      const char *stop = memchr(next, '\n', (size_t)(end - next));
      next = (stop ? stop : end) - 1; /* the loop steps over it */
    } else if (*next != ' ' && *next != '\t' && *next != '\r') {
      break;
    }
  }
  lexer->next = next;
}

static coco_token_kind fail(coco_lexer *lexer, const char *message) {
  lexer->message = message;
  return COCO_TOKEN_ERROR;
}

/* After the opening quote. */
static coco_token_kind lex_string(coco_lexer *lexer) {
  while (lexer->next < lexer->end) {
    char c = *lexer->next++;
    if (c == '"') return COCO_TOKEN_STRING;
    if (c == '\n' || c == '\v' || c == '\f') {
      lexer->next--;
      break;
    }
    if (c != '\\') continue;
    if (lexer->next < lexer->end && strchr("\"\\nt", *lexer->next) && *lexer->next) {
      lexer->next++;
    } else if (lexer->end - lexer->next > 1 && (class_of(lexer->next[0]) & HEX) && (class_of(lexer->next[1]) & HEX)) {
      lexer->next += 2;
    } else {
      return fail(lexer, "unknown escape in string literal");
    }
  }
  return fail(lexer, "expected '\"' in string literal");
}

/* After the prefix of #, %, ^ or !. */
static coco_token_kind lex_prefixed(coco_lexer *lexer, coco_token_kind kind, const char *message) {
  if (at(lexer, DIGIT)) {
    skip(lexer, DIGIT);
    return kind;
  }
  if (!at(lexer, LETTER | BARE | DASH)) return fail(lexer, message);
  skip(lexer, LETTER | DIGIT | BARE | DASH);
  return kind;
}

static coco_token_kind lex_at(coco_lexer *lexer) {
  if (lexer->next < lexer->end && *lexer->next == '"') {
    lexer->next++;
    coco_token_kind kind = lex_string(lexer);
    return kind == COCO_TOKEN_STRING ? COCO_TOKEN_AT : kind;
  }
  if (!at(lexer, LETTER)) return fail(lexer, "@ identifier expected to start with letter or '_'");
  skip(lexer, LETTER | DIGIT | BARE);
  return COCO_TOKEN_AT;
}

/* After the first digit, which starts at START. */
static coco_token_kind lex_number(coco_lexer *lexer, const char *start) {
  if (*start == '0' && lexer->end - lexer->next > 1 && *lexer->next == 'x' && (class_of(lexer->next[1]) & HEX)) {
    lexer->next++;
    skip(lexer, HEX);
    return COCO_TOKEN_INTEGER;
  }
  skip(lexer, DIGIT);
  if (lexer->next >= lexer->end || *lexer->next != '.') return COCO_TOKEN_INTEGER;
  lexer->next++;
  skip(lexer, DIGIT);
  if (lexer->next < lexer->end && (*lexer->next == 'e' || *lexer->next == 'E')) {
    const char *digits = lexer->next + 1;
    if (digits < lexer->end && (*digits == '+' || *digits == '-')) digits++;
    if (digits < lexer->end && (class_of(*digits) & DIGIT)) {
      lexer->next = digits;
      skip(lexer, DIGIT);
    }
  }
  return COCO_TOKEN_FLOAT;
}

static coco_token_kind longer(coco_lexer *lexer, const char *rest, coco_token_kind kind, coco_token_kind otherwise) {
  for (size_t i = 0; rest[i]; i++) {
    if ((size_t)(lexer->end - lexer->next) <= i || lexer->next[i] != rest[i]) return otherwise;
  }
  lexer->next += strlen(rest);
  return kind;
}

static coco_token_kind lex_punctuation(coco_lexer *lexer, char c) {
  switch (c) {
    case '(': return COCO_TOKEN_LEFT_PARENTHESIS;
    case ')': return COCO_TOKEN_RIGHT_PARENTHESIS;
    case '{': return longer(lexer, "-#", COCO_TOKEN_METADATA_BEGIN, COCO_TOKEN_LEFT_BRACE);
    case '}': return COCO_TOKEN_RIGHT_BRACE;
    case '[': return COCO_TOKEN_LEFT_BRACKET;
    case ']': return COCO_TOKEN_RIGHT_BRACKET;
    case '<': return longer(lexer, "=", COCO_TOKEN_LESS_EQUAL, COCO_TOKEN_LESS);
    case '>': return longer(lexer, "=", COCO_TOKEN_GREATER_EQUAL, COCO_TOKEN_GREATER);
    case ',': return COCO_TOKEN_COMMA;
    case ':': return longer(lexer, ":", COCO_TOKEN_COLON_COLON, COCO_TOKEN_COLON);
    case '=': return longer(lexer, "=", COCO_TOKEN_EQUAL_EQUAL, COCO_TOKEN_EQUAL);
    case '+': return COCO_TOKEN_PLUS;
    case '-': return longer(lexer, ">", COCO_TOKEN_ARROW, COCO_TOKEN_MINUS);
    case '*': return COCO_TOKEN_STAR;
    case '?': return COCO_TOKEN_QUESTION;
    case '/': return COCO_TOKEN_SLASH;
    case '|': return COCO_TOKEN_BAR;
    case '.':
      if (longer(lexer, "..", COCO_TOKEN_ELLIPSIS, COCO_TOKEN_ERROR) == COCO_TOKEN_ELLIPSIS) return COCO_TOKEN_ELLIPSIS;
      return fail(lexer, "expected three consecutive dots for an ellipsis");
    default: return fail(lexer, "unexpected character");
  }
}

static coco_token_kind lex(coco_lexer *lexer) {
  const char *start = lexer->next++;
  uint8_t classes = class_of(*start);
  if (classes & LETTER) {
    skip(lexer, LETTER | DIGIT | BARE);
    return COCO_TOKEN_IDENTIFIER;
  }
  if (classes & DIGIT) return lex_number(lexer, start);
  switch (*start) {
    case '"': return lex_string(lexer);
    case '%': return lex_prefixed(lexer, COCO_TOKEN_PERCENT, "invalid SSA name");
    case '@': return lex_at(lexer);
    case '^': return lex_prefixed(lexer, COCO_TOKEN_CARET, "invalid block name");
    case '!': return lex_prefixed(lexer, COCO_TOKEN_BANG, "invalid type identifier");
    case '#':
      if (longer(lexer, "-}", COCO_TOKEN_METADATA_END, COCO_TOKEN_HASH) == COCO_TOKEN_METADATA_END)
        return COCO_TOKEN_METADATA_END;
      return lex_prefixed(lexer, COCO_TOKEN_HASH, "invalid attribute name");
    default: return lex_punctuation(lexer, *start);
  }
}

coco_token coco_lexer_next(coco_lexer *lexer) {
  skip_space(lexer);
  const char *start = lexer->next;
  coco_token token = {.kind = COCO_TOKEN_END, .line = lexer->line, .column = (uint32_t)(start - lexer->line_start) + 1};
  if (start < lexer->end) token.kind = lex(lexer);
  token.text = (coco_string){start, (size_t)(lexer->next - start)};
  return token;
}

/* One step over the bytes of a bracketed text: strings are skipped whole, lines are counted. False: no end. */
static bool balanced_step(coco_lexer *lexer, char *open, size_t *depth, size_t limit) {
  char c = *lexer->next++;
  switch (c) {
    case '<': case '(': case '[': case '{':
      if (*depth == limit) return false;
      open[(*depth)++] = c;
      return true;
    case '>': return *depth && open[--*depth] == '<';
    case ')': return *depth && open[--*depth] == '(';
    case ']': return *depth && open[--*depth] == '[';
    case '}': return *depth && open[--*depth] == '{';
    case '"': return lex_string(lexer) == COCO_TOKEN_STRING;
    case '-':
      if (lexer->next < lexer->end && *lexer->next == '>') lexer->next++;
      return true;
    case '\n':
      lexer->line++;
      lexer->line_start = lexer->next;
      return true;
    case '\0': return false;
    default: return true;
  }
}

coco_string coco_lexer_balanced(coco_lexer *lexer, const char *place) {
  char open[256];
  size_t depth = 0;
  lexer->next = place;
  while (lexer->next < lexer->end) {
    if (!balanced_step(lexer, open, &depth, sizeof open)) break;
    if (depth == 0) return (coco_string){place, (size_t)(lexer->next - place)};
  }
  return (coco_string){NULL, 0};
}

static uint8_t hex_digit(char c) { return (uint8_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10); }

coco_string coco_string_token_value(coco_arena *arena, coco_string text) {
  coco_string inner = {text.data + 1, text.size - 2};
  if (inner.size == 0) return COCO_STRING("");
  if (!memchr(inner.data, '\\', inner.size)) return inner;
  char *out = coco_arena_allocate(arena, inner.size);
  if (!out) return (coco_string){NULL, 0};
  size_t size = 0;
  for (size_t i = 0; i < inner.size; i++) {
    char c = inner.data[i];
    if (c != '\\') {
      out[size++] = c;
      continue;
    }
    c = inner.data[++i];
    bool is_hex = (class_of(c) & HEX) && i + 1 < inner.size && (class_of(inner.data[i + 1]) & HEX);
    if (is_hex) {
      out[size++] = (char)(hex_digit(c) << 4 | hex_digit(inner.data[++i]));
    } else {
      out[size++] = c == 'n' ? '\n' : c == 't' ? '\t' : c;
    }
  }
  return (coco_string){out, size};
}

bool coco_is_bare_identifier(coco_string text) {
  if (!text.size || !(class_of(text.data[0]) & LETTER)) return false;
  for (size_t i = 1; i < text.size; i++) {
    if (!(class_of(text.data[i]) & (LETTER | DIGIT | BARE))) return false;
  }
  return true;
}
