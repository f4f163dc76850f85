/* Tests of the lexer: kinds and places of tokens, the awkward neighbours, errors. */
#include "ir/text/lexer.h"

#include <criterion/criterion.h>

static coco_lexer lexer_of(const char *text) {
  coco_lexer lexer;
  coco_lexer_begin(&lexer, coco_string_from(text));
  return lexer;
}

static coco_token next(coco_lexer *lexer) {
  coco_token token;
  coco_lexer_next(lexer, &token);
  return token;
}

static void expect(coco_lexer *lexer, coco_token_kind kind, const char *text) {
  coco_token token = next(lexer);
  cr_assert_eq(token.kind, kind, "kind of '%s' is %d", text, (int)token.kind);
  cr_assert(coco_string_is(token.text, text), "expected '%s', got '%.*s'", text, COCO_PRINT(token.text));
}

Test(lexer, names_with_their_prefixes) {
  coco_lexer lexer = lexer_of("%0 %a.b-c$ ^bb1 #map #d.a !t.u @f @\"na me\" foo.bar$1 _x i32");
  expect(&lexer, COCO_TOKEN_PERCENT, "%0");
  expect(&lexer, COCO_TOKEN_PERCENT, "%a.b-c$");
  expect(&lexer, COCO_TOKEN_CARET, "^bb1");
  expect(&lexer, COCO_TOKEN_HASH, "#map");
  expect(&lexer, COCO_TOKEN_HASH, "#d.a");
  expect(&lexer, COCO_TOKEN_BANG, "!t.u");
  expect(&lexer, COCO_TOKEN_AT, "@f");
  expect(&lexer, COCO_TOKEN_AT, "@\"na me\"");
  expect(&lexer, COCO_TOKEN_IDENTIFIER, "foo.bar$1");
  expect(&lexer, COCO_TOKEN_IDENTIFIER, "_x");
  expect(&lexer, COCO_TOKEN_IDENTIFIER, "i32");
  expect(&lexer, COCO_TOKEN_END, "");
}

Test(lexer, numbers_end_where_another_token_begins) {
  coco_lexer lexer = lexer_of("4x8 0x1F 0xz 1.5e-3 1.e 2. 1.5e+ 12#3");
  expect(&lexer, COCO_TOKEN_INTEGER, "4");
  expect(&lexer, COCO_TOKEN_IDENTIFIER, "x8");
  expect(&lexer, COCO_TOKEN_INTEGER, "0x1F");
  expect(&lexer, COCO_TOKEN_INTEGER, "0");
  expect(&lexer, COCO_TOKEN_IDENTIFIER, "xz");
  expect(&lexer, COCO_TOKEN_FLOAT, "1.5e-3");
  expect(&lexer, COCO_TOKEN_FLOAT, "1.");
  expect(&lexer, COCO_TOKEN_IDENTIFIER, "e");
  expect(&lexer, COCO_TOKEN_FLOAT, "2.");
  expect(&lexer, COCO_TOKEN_FLOAT, "1.5");
  expect(&lexer, COCO_TOKEN_IDENTIFIER, "e");
  expect(&lexer, COCO_TOKEN_PLUS, "+");
  expect(&lexer, COCO_TOKEN_INTEGER, "12");
  expect(&lexer, COCO_TOKEN_HASH, "#3");
}

Test(lexer, punctuation_is_as_long_as_it_can_be) {
  coco_lexer lexer = lexer_of("-> - :: : ... >= > <= < == = {-# { #-}");
  const coco_token_kind kinds[] = {COCO_TOKEN_ARROW, COCO_TOKEN_MINUS, COCO_TOKEN_COLON_COLON, COCO_TOKEN_COLON, COCO_TOKEN_ELLIPSIS,
                                   COCO_TOKEN_GREATER_EQUAL, COCO_TOKEN_GREATER, COCO_TOKEN_LESS_EQUAL, COCO_TOKEN_LESS,
                                   COCO_TOKEN_EQUAL_EQUAL, COCO_TOKEN_EQUAL, COCO_TOKEN_METADATA_BEGIN, COCO_TOKEN_LEFT_BRACE,
                                   COCO_TOKEN_METADATA_END, COCO_TOKEN_END};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) cr_assert_eq(next(&lexer).kind, kinds[i], "token %zu", i);
}

Test(lexer, places_count_lines_and_bytes) {
  coco_lexer lexer = lexer_of("a\n  // a comment\n\tb\r\n c");
  coco_token a = next(&lexer), b = next(&lexer), c = next(&lexer);
  cr_assert(a.line == 1 && a.column == 1);
  cr_assert(b.line == 3 && b.column == 2);
  cr_assert(c.line == 4 && c.column == 2);
}

Test(lexer, errors_say_what_is_wrong) {
  static const char *const cases[][2] = {{"\"abc", "expected '\"' in string literal"},
                                         {"\"a\nb\"", "expected '\"' in string literal"},
                                         {"\"\\q\"", "unknown escape in string literal"},
                                         {"% ", "invalid SSA name"},
                                         {"^", "invalid block name"},
                                         {"@1", "@ identifier expected to start with letter or '_'"},
                                         {"..", "expected three consecutive dots for an ellipsis"},
                                         {"\x01", "unexpected character"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    coco_lexer lexer = lexer_of(cases[i][0]);
    cr_assert_eq(next(&lexer).kind, COCO_TOKEN_ERROR, "case %zu", i);
    cr_assert_str_eq(lexer.message, cases[i][1]);
  }
}

Test(lexer, strings_are_unescaped) {
  coco_arena arena = {.allocator = &coco_heap};
  coco_string value = coco_string_token_value(&arena, COCO_STRING("\"a\\n\\t\\\\\\\"\\00\\fF\""));
  cr_assert(coco_string_equal(value, (coco_string){"a\n\t\\\"\0\xff", 7}));
  coco_string plain = COCO_STRING("\"plain\"");
  cr_assert_eq(coco_string_token_value(&arena, plain).data, plain.data + 1, "a string without escapes is not copied");
  cr_assert_eq(coco_string_token_value(&arena, COCO_STRING("\"\"")).size, 0);
  coco_arena_destroy(&arena);
}

Test(lexer, balanced_text_respects_strings_and_arrows) {
  const char *text = "<a, [b -> c], \">\", {<>}> tail";
  coco_lexer lexer = lexer_of(text);
  coco_string body = coco_lexer_balanced(&lexer, text);
  cr_assert(coco_string_is(body, "<a, [b -> c], \">\", {<>}>"));
  expect(&lexer, COCO_TOKEN_IDENTIFIER, "tail");
  lexer = lexer_of("<(>)");
  cr_assert_null(coco_lexer_balanced(&lexer, lexer.next).data);
  lexer = lexer_of("<<>");
  cr_assert_null(coco_lexer_balanced(&lexer, lexer.next).data);
}
