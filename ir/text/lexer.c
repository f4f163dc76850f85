/* The tokens of MLIR text. Cost: one look at each byte; a table classifies them. */
#include "ir/text/lexer.h"

enum {
  LETTER = 1,
  DIGIT = 2,
  BARE = 4, /* $ . */
  DASH = 8,
  HEX = 16,
  BLANK = 32,
  SINGLE = 64,   /* a token by itself */
  SPECIAL = 128, /* in strings */
  PAIR = 256,    /* a token by itself unless a SECOND follows */
  SECOND = 512,
  NUMERAL = DIGIT | HEX,
  HEX_LETTER = LETTER | HEX
};

/* The classes of all bytes. */
static const uint16_t classes_of_bytes[256] = {
    ['\t'] = BLANK, ['\n'] = SPECIAL, ['\v'] = SPECIAL, ['\f'] = SPECIAL, ['\r'] = BLANK, [' '] = BLANK,
    ['"'] = SPECIAL, ['$'] = BARE, ['('] = SINGLE, [')'] = SINGLE, ['*'] = SINGLE, ['+'] = SINGLE, [','] = SINGLE,
    ['-'] = DASH | PAIR | SECOND, ['.'] = BARE, ['0'] = NUMERAL, ['1'] = NUMERAL, ['2'] = NUMERAL, ['3'] = NUMERAL,
    ['4'] = NUMERAL, ['5'] = NUMERAL, ['6'] = NUMERAL, ['7'] = NUMERAL, ['8'] = NUMERAL, ['9'] = NUMERAL,
    [':'] = PAIR | SECOND, ['<'] = PAIR, ['='] = PAIR | SECOND, ['>'] = PAIR | SECOND, ['?'] = SINGLE,
    ['A'] = HEX_LETTER, ['B'] = HEX_LETTER, ['C'] = HEX_LETTER, ['D'] = HEX_LETTER, ['E'] = HEX_LETTER,
    ['F'] = HEX_LETTER, ['G'] = LETTER, ['H'] = LETTER, ['I'] = LETTER, ['J'] = LETTER, ['K'] = LETTER,
    ['L'] = LETTER, ['M'] = LETTER, ['N'] = LETTER, ['O'] = LETTER, ['P'] = LETTER, ['Q'] = LETTER, ['R'] = LETTER,
    ['S'] = LETTER, ['T'] = LETTER, ['U'] = LETTER, ['V'] = LETTER, ['W'] = LETTER, ['X'] = LETTER, ['Y'] = LETTER,
    ['Z'] = LETTER, ['['] = SINGLE, ['\\'] = SPECIAL, [']'] = SINGLE, ['_'] = LETTER, ['a'] = HEX_LETTER,
    ['b'] = HEX_LETTER, ['c'] = HEX_LETTER, ['d'] = HEX_LETTER, ['e'] = HEX_LETTER, ['f'] = HEX_LETTER,
    ['g'] = LETTER, ['h'] = LETTER, ['i'] = LETTER, ['j'] = LETTER, ['k'] = LETTER, ['l'] = LETTER, ['m'] = LETTER,
    ['n'] = LETTER, ['o'] = LETTER, ['p'] = LETTER, ['q'] = LETTER, ['r'] = LETTER, ['s'] = LETTER, ['t'] = LETTER,
    ['u'] = LETTER, ['v'] = LETTER, ['w'] = LETTER, ['x'] = LETTER, ['y'] = LETTER, ['z'] = LETTER, ['{'] = PAIR,
    ['|'] = SINGLE, ['}'] = SINGLE,
};

/* Of SINGLE and PAIR bytes. */
static const uint8_t single_tokens[128] = {
    ['('] = COCO_TOKEN_LEFT_PARENTHESIS, [')'] = COCO_TOKEN_RIGHT_PARENTHESIS, [','] = COCO_TOKEN_COMMA,
    ['['] = COCO_TOKEN_LEFT_BRACKET,     [']'] = COCO_TOKEN_RIGHT_BRACKET,     ['}'] = COCO_TOKEN_RIGHT_BRACE,
    ['+'] = COCO_TOKEN_PLUS,             ['*'] = COCO_TOKEN_STAR,              ['?'] = COCO_TOKEN_QUESTION,
    ['|'] = COCO_TOKEN_BAR,              [':'] = COCO_TOKEN_COLON,             ['='] = COCO_TOKEN_EQUAL,
    ['{'] = COCO_TOKEN_LEFT_BRACE,       ['<'] = COCO_TOKEN_LESS,              ['>'] = COCO_TOKEN_GREATER,
    ['-'] = COCO_TOKEN_MINUS,
};

static uint16_t class_of(char character) { return classes_of_bytes[(unsigned char)character]; }

void coco_lexer_begin(coco_lexer *lexer, coco_string text) {
  *lexer = (coco_lexer){.next = text.data, .end = text.data + text.size, .line_start = text.data, .line = 1};
}

void coco_lexer_seek(coco_lexer *lexer, const char *place) { lexer->next = place; }

static bool at(const coco_lexer *lexer, unsigned classes) {
  return lexer->next < lexer->end && (class_of(*lexer->next) & classes);
}

static void skip(coco_lexer *lexer, unsigned classes) {
  const char *next = lexer->next, *end = lexer->end;
  while (next < end && (class_of(*next) & classes)) next++;
  lexer->next = next;
}

/* Blanks, ends of lines and comments. */
static void skip_lines(coco_lexer *lexer, const char *next) {
  const char *end = lexer->end;
  for (; next < end; next++) {
    if (*next == '\n') {
      lexer->line++;
      lexer->line_start = next + 1;
    } else if (*next == '/' && end - next > 1 && next[1] == '/') {
      const char *stop = memchr(next, '\n', (size_t)(end - next));
      next = (stop ? stop : end) - 1; /* the loop steps over it */
    } else if (!(class_of(*next) & BLANK)) {
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
  for (;;) {
    const char *next = lexer->next, *end = lexer->end;
    while (next < end && !(class_of(*next) & SPECIAL)) next++;
    lexer->next = next;
    if (next == end || (*next != '"' && *next != '\\')) break;
    lexer->next++;
    if (*next == '"') return COCO_TOKEN_STRING;
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

/* After the first byte, at START, which is no letter and no token by itself. */
static coco_token_kind lex_other(coco_lexer *lexer, const char *start) {
  if (class_of(*start) & DIGIT) return lex_number(lexer, start);
  switch (*start) {
    case '%': return lex_prefixed(lexer, COCO_TOKEN_PERCENT, "invalid SSA name");
    case ':': return longer(lexer, ":", COCO_TOKEN_COLON_COLON, COCO_TOKEN_COLON);
    case '=': return longer(lexer, "=", COCO_TOKEN_EQUAL_EQUAL, COCO_TOKEN_EQUAL);
    case '-': return longer(lexer, ">", COCO_TOKEN_ARROW, COCO_TOKEN_MINUS);
    case '{': return longer(lexer, "-#", COCO_TOKEN_METADATA_BEGIN, COCO_TOKEN_LEFT_BRACE);
    case '"': return lex_string(lexer);
    case '@': return lex_at(lexer);
    case '^': return lex_prefixed(lexer, COCO_TOKEN_CARET, "invalid block name");
    case '!': return lex_prefixed(lexer, COCO_TOKEN_BANG, "invalid type identifier");
    case '#':
      if (longer(lexer, "-}", COCO_TOKEN_METADATA_END, COCO_TOKEN_HASH) == COCO_TOKEN_METADATA_END)
        return COCO_TOKEN_METADATA_END;
      return lex_prefixed(lexer, COCO_TOKEN_HASH, "invalid attribute name");
    case '<': return longer(lexer, "=", COCO_TOKEN_LESS_EQUAL, COCO_TOKEN_LESS);
    case '>': return longer(lexer, "=", COCO_TOKEN_GREATER_EQUAL, COCO_TOKEN_GREATER);
    case '/': return COCO_TOKEN_SLASH;
    case '.':
      if (longer(lexer, "..", COCO_TOKEN_ELLIPSIS, COCO_TOKEN_ERROR) == COCO_TOKEN_ELLIPSIS) return COCO_TOKEN_ELLIPSIS;
      return fail(lexer, "expected three consecutive dots for an ellipsis");
    default: return fail(lexer, "unexpected character");
  }
}

static bool ends_line(const char *start, const char *end) {
  return *start == '\n' || (*start == '/' && end - start > 1 && start[1] == '/');
}

/* What is neither a word nor a token of one byte, and what may stand between tokens besides blanks. */
static COCO_NO_INLINE void next_other(coco_lexer *lexer, const char *start, coco_token *out) {
  if (ends_line(start, lexer->end)) {
    skip_lines(lexer, start);
    coco_lexer_next(lexer, out);
    return;
  }
  lexer->next = start + 1;
  out->kind = lex_other(lexer, start);
  out->text = (coco_string){start, (size_t)(lexer->next - start)};
}

static bool has_second(const char *start, const char *end) { return start + 1 < end && class_of(start[1]) & SECOND; }

/* What is rare is left to a function that is called last, so that this one needs nothing but its own registers. */
void coco_lexer_next(coco_lexer *lexer, coco_token *out) {
  const char *start = lexer->next, *end = lexer->end, *next;
  while (start < end && (class_of(*start) & BLANK)) start++;
  out->line = lexer->line;
  out->column = (uint32_t)(start - lexer->line_start) + 1;
  unsigned classes = start < end ? class_of(*start) : 0;
  if (classes & LETTER) {
    out->kind = COCO_TOKEN_IDENTIFIER;
    for (next = start + 1; next < end && (class_of(*next) & (LETTER | DIGIT | BARE));) next++;
  } else if (classes & SINGLE || (classes & PAIR && !has_second(start, end))) {
    out->kind = (coco_token_kind)single_tokens[(unsigned char)*start];
    next = start + 1;
  } else if (start == end) {
    out->kind = COCO_TOKEN_END;
    next = start;
  } else if (*start == '%' && start + 1 < end && (class_of(start[1]) & (LETTER | DIGIT))) {
    unsigned name = class_of(start[1]) & DIGIT ? DIGIT : LETTER | DIGIT | BARE | DASH;
    out->kind = COCO_TOKEN_PERCENT;
    for (next = start + 2; next < end && (class_of(*next) & name);) next++;
  } else {
    next_other(lexer, start, out);
    return;
  }
  out->text = (coco_string){start, (size_t)(next - start)};
  lexer->next = next;
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
