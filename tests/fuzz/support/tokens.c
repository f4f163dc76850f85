/* Changes of MLIR text by its tokens, without reading it as a program: what comes out mostly fails to parse, close to
 * where valid programs end. Linear in the text. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tests/fuzz/support/mutators.h"

enum { MOST_TOKENS = 1 << 14 };

typedef struct token {
  size_t start, end;
} token;
typedef struct tokens {
  coco_string text;
  token items[MOST_TOKENS];
  size_t count;
} tokens;

static bool is_word(char letter) {
  return isalnum((unsigned char)letter) || letter == '_' || letter == '.' || letter == '$';
}

static size_t token_end(coco_string text, size_t start) {
  const char *data = text.data;
  size_t end = start + 1;
  if (data[start] == '"') {
    while (end < text.size && data[end] != '"' && data[end] != '\n') end += data[end] == '\\' ? 2 : 1;
    return end < text.size ? end + 1 : text.size;
  }
  if (is_word(data[start]) || strchr("%@#^!", data[start]))
    while (end < text.size && is_word(data[end])) ++end;
  return end;
}

static void find_tokens(tokens *t, coco_string text) {
  t->text = text;
  t->count = 0;
  for (size_t at = 0; at < text.size && t->count < MOST_TOKENS;) {
    if (isspace((unsigned char)text.data[at]) || text.data[at] == 0) {
      ++at;
      continue;
    }
    size_t end = token_end(text, at);
    t->items[t->count++] = (token){at, end};
    at = end;
  }
}

static char first_letter(const tokens *t, size_t index) { return t->text.data[t->items[index].start]; }

/* Tokens that may stand in each other's place. */
static int token_class(const tokens *t, size_t index) {
  char first = first_letter(t, index);
  if (isdigit((unsigned char)first)) return '0';
  return is_word(first) ? 'a' : first;
}

/* The token behind the bracket that token INDEX opens, `count` when it is never closed. */
static size_t behind_group(const tokens *t, size_t index) {
  size_t depth = 0;
  for (; index < t->count; ++index) {
    char first = first_letter(t, index);
    if (strchr("([{<", first))
      ++depth;
    else if (strchr(")]}>", first) && depth && --depth == 0)
      return index + 1;
  }
  return t->count;
}

static void append_range(coco_buffer *out, const tokens *t, size_t start, size_t end) {
  coco_buffer_append(out, t->text.data + start, end - start);
}

/* The text with what stands from START to END replaced by WITH. */
static bool replace(coco_buffer *out, const tokens *t, size_t start, size_t end, coco_string with) {
  append_range(out, t, 0, start);
  coco_buffer_append(out, with.data, with.size);
  append_range(out, t, end, t->text.size);
  return true;
}

static coco_string token_text(const tokens *t, token item) {
  return (coco_string){t->text.data + item.start, item.end - item.start};
}

static bool replace_by_another(choice *c, const tokens *t, coco_buffer *out) {
  size_t index = choose(c, t->count), other = choose(c, t->count);
  for (size_t tries = 0; tries < t->count; ++tries, other = (other + 1) % t->count)
    if (token_class(t, other) == token_class(t, index) &&
        !coco_string_equal(token_text(t, t->items[other]), token_text(t, t->items[index])))
      return replace(out, t, t->items[index].start, t->items[index].end, token_text(t, t->items[other]));
  return false;
}

static bool change_number(choice *c, const tokens *t, coco_buffer *out) {
  size_t index = choose(c, t->count);
  for (size_t tries = 0; tries < t->count; ++tries, index = (index + 1) % t->count) {
    if (token_class(t, index) != '0') continue;
    char number[32];
    int size = snprintf(number, sizeof number, "%" PRId64, choose_integer(c));
    return replace(out, t, t->items[index].start, t->items[index].end, (coco_string){number, (size_t)size});
  }
  return false;
}

/* A token, or all of a group, or a line. */
static token choose_piece(choice *c, const tokens *t) {
  size_t index = choose(c, t->count);
  token piece = t->items[index];
  if (one_in(c, 3)) return piece;
  if (one_in(c, 2)) {
    for (size_t tries = 0; tries < t->count && !strchr("([{<", first_letter(t, index)); ++tries)
      index = (index + 1) % t->count;
    return (token){t->items[index].start, t->items[behind_group(t, index) - 1].end};
  }
  while (piece.start > 0 && t->text.data[piece.start - 1] != '\n') --piece.start;
  while (piece.end < t->text.size && t->text.data[piece.end++] != '\n') continue;
  return piece;
}

static bool remove_piece(choice *c, const tokens *t, coco_buffer *out) {
  token piece = choose_piece(c, t);
  return replace(out, t, piece.start, piece.end, (coco_string){"", 0});
}

static bool copy_piece(choice *c, const tokens *t, coco_buffer *out) {
  token piece = choose_piece(c, t);
  size_t to = one_in(c, 2) ? piece.end : t->items[choose(c, t->count)].start;
  append_range(out, t, 0, to);
  for (size_t times = one_in(c, 8) ? 1 + choose(c, 64) : 1; times; --times) {
    append_range(out, t, piece.start, piece.end);
    coco_buffer_append(out, " ", 1);
  }
  append_range(out, t, to, t->text.size);
  return true;
}

static bool swap_pieces(choice *c, const tokens *t, coco_buffer *out) {
  token first = choose_piece(c, t), second = choose_piece(c, t);
  if (second.start < first.start) {
    token swapped = first;
    first = second;
    second = swapped;
  }
  if (first.end > second.start) return false;
  append_range(out, t, 0, first.start);
  append_range(out, t, second.start, second.end);
  append_range(out, t, first.end, second.start);
  append_range(out, t, first.start, first.end);
  append_range(out, t, second.end, t->text.size);
  return true;
}

/* A piece inside brackets, many times over at times: depth is limited, and must be by an error. */
static bool nest_piece(choice *c, const tokens *t, coco_buffer *out) {
  static const char *const around[][2] = {{"(", ")"},         {"[", "]"},         {"{", "}"},
                                          {"<", ">"},         {"tuple<", ">"},    {"(", ") -> ()"},
                                          {"[1, ", "]"},      {"{a = ", "}"},     {"loc(", ")"},
                                          {"vector<2x", ">"}, {"memref<?x", ">"}, {"\"t.o\"() ({", "}) : () -> ()"}};
  token piece = choose_piece(c, t);
  const char *const *pair = around[choose(c, sizeof around / sizeof *around)];
  size_t times = one_in(c, 8) ? choose(c, 1200) : 1;
  append_range(out, t, 0, piece.start);
  for (size_t i = 0; i < times; ++i) coco_buffer_append(out, pair[0], strlen(pair[0]));
  append_range(out, t, piece.start, piece.end);
  for (size_t i = 0; i < times; ++i) coco_buffer_append(out, pair[1], strlen(pair[1]));
  append_range(out, t, piece.end, t->text.size);
  return true;
}

static bool insert_fragment(choice *c, const tokens *t, coco_buffer *out) {
  static const char *const fragments[] = {" loc(\"a\":1:2)",
                                          " loc(fused<\"m\">[\"a\", callsite(\"b\" at unknown)])",
                                          " loc(#l)",
                                          "#l = loc(\"a\"(\"f\":3:4))\n",
                                          "{a = 1 : i32, b}",
                                          "attributes {c = @s::@t}",
                                          "<{value = 1 : i64}>",
                                          "dense<[[1, 2], [3, 4]]> : tensor<2x2xi8>",
                                          "dense<\"0x00FF\"> : tensor<2xui8>",
                                          "dense<> : tensor<0xf32>",
                                          "sparse<[[0, 1]], [2.0]> : tensor<2x3xf32>",
                                          "array<i64: 1, -2>",
                                          "affine_map<(d0)[s0] -> (d0 floordiv 2, s0 mod 3 + d0)>",
                                          "affine_set<(d0) : (d0 - 1 >= 0, d0 == 0)>",
                                          "strided<[?, 1], offset: ?>",
                                          "memref<2x?xf32, strided<[?, 1]>, 3>",
                                          "vector<[4]x2xf32>",
                                          "tensor<*xcomplex<f16>>",
                                          "!d.t<[\"a\", 1]>",
                                          "#d.a<b : i1>",
                                          "distinct[1]<unit>",
                                          "0x7FC00000 : f32",
                                          "-0.0 : f64",
                                          "1.0e400",
                                          "opaque<\"d\", \"0x\">",
                                          "\"t.op\"() : () -> ()\n",
                                          "%0:2 = \"t.two\"() : () -> (i32, index)\n",
                                          "^bb7(%a : i32):\n",
                                          "// -----\n",
                                          "{-# dialect_resources: { builtin: { r: \"0x04000000AB\" } } #-}",
                                          "dense_resource<r> : tensor<1xi8>",
                                          "!a = i32\n",
                                          "!a"};
  const char *fragment = fragments[choose(c, sizeof fragments / sizeof *fragments)];
  size_t index = choose(c, t->count), at = one_in(c, 2) ? t->items[index].start : t->items[index].end;
  return replace(out, t, at, one_in(c, 4) ? t->items[index].end : at, (coco_string){fragment, strlen(fragment)});
}

bool mutate_tokens(choice *c, coco_string text, coco_buffer *out) {
  static bool (*const changes[])(choice *, const tokens *, coco_buffer *) = {
      replace_by_another, replace_by_another, change_number, remove_piece,
      copy_piece,         swap_pieces,        nest_piece,    insert_fragment};
  static tokens t; /* too big for a stack; fuzzers have one thread */
  find_tokens(&t, text);
  return t.count != 0 && changes[choose(c, sizeof changes / sizeof *changes)](c, &t, out);
}
