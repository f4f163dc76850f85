/* Reading locations: loc(…) after operations, arguments and as attributes. */
#include "ir/text/parser_internal.h"

bool coco_at_location(const coco_parser *parser) { return coco_at_identifier(parser, COCO_STRING("loc")); }

static coco_status location_string(coco_parser *parser, const coco_location **out) {
  coco_string text;
  COCO_TRY(coco_take_string(parser, &text));
  if (coco_take(parser, COCO_TOKEN_COLON)) {
    int64_t line, column;
    COCO_TRY(coco_parse_decimal(parser, &line));
    COCO_TRY(coco_expect(parser, COCO_TOKEN_COLON, "':' in location"));
    COCO_TRY(coco_parse_decimal(parser, &column));
    return coco_made(*out = coco_location_file(parser->context, text, line, column));
  }
  const coco_location *child = NULL;
  if (coco_take(parser, COCO_TOKEN_LEFT_PARENTHESIS)) {
    COCO_TRY(coco_parse_location_instance(parser, &child));
    COCO_TRY(coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')' after child location of NameLoc"));
    if (coco_location_kind(child) == COCO_LOCATION_UNKNOWN) child = NULL;
  }
  return coco_made(*out = coco_location_name(parser->context, text, child));
}

static coco_status location_call_site(coco_parser *parser, const coco_location **out) {
  const coco_location *callee, *caller;
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LEFT_PARENTHESIS, "'(' in callsite location"));
  COCO_TRY(coco_parse_location_instance(parser, &callee));
  if (!coco_take_identifier(parser, COCO_STRING("at")))
    return coco_parser_error(parser, "expected 'at' in callsite location");
  COCO_TRY(coco_parse_location_instance(parser, &caller));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')' in callsite location"));
  return coco_made(*out = coco_location_call_site(parser->context, callee, caller));
}

typedef COCO_VECTOR_OF(const coco_location *) location_vector;

static coco_status fused_body(coco_parser *parser, location_vector *parts, const coco_location **out) {
  const coco_attribute *metadata = NULL;
  if (coco_take(parser, COCO_TOKEN_LESS)) {
    COCO_TRY(coco_parse_attribute_nested(parser, NULL, &metadata));
    COCO_TRY(coco_expect(parser, COCO_TOKEN_GREATER, "'>' after fused location metadata"));
  }
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LEFT_BRACKET, "'[' in fused location"));
  while (!coco_at(parser, COCO_TOKEN_RIGHT_BRACKET)) {
    const coco_location *part;
    COCO_TRY(coco_parse_location_instance(parser, &part));
    COCO_TRY(coco_vector_push(parser->allocator, parts, part));
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  COCO_TRY(coco_expect(parser, COCO_TOKEN_RIGHT_BRACKET, "']' in fused location"));
  return coco_made(*out = coco_location_fused(parser->context, parts->items, parts->count, metadata));
}

static coco_status location_alias(coco_parser *parser, const coco_location **out, coco_string *out_alias) {
  coco_string name = {parser->token.text.data + 1, parser->token.text.size - 1};
  const void *alias;
  COCO_TRY(coco_parse_alias_use(parser, false, name, &alias));
  const coco_attribute *known = alias;
  if (!known && !out_alias) return coco_parser_error(parser, "undefined symbol alias id '%.*s'", COCO_PRINT(name));
  if (known && known->kind < COCO_LOCATION_UNKNOWN) {
    return coco_parser_error(parser, "expected location, but found '%.*s'", COCO_PRINT(name));
  }
  if (known) COCO_TRY(coco_made(*out = coco_location_from_attribute(parser->context, known)));
  else *out_alias = name;
  coco_advance(parser);
  return COCO_OK;
}

static coco_status location_instance(coco_parser *parser, const coco_location **out) {
  if (coco_at(parser, COCO_TOKEN_HASH)) return location_alias(parser, out, NULL);
  if (coco_at(parser, COCO_TOKEN_STRING)) return location_string(parser, out);
  if (coco_take_identifier(parser, COCO_STRING("unknown")))
    return coco_made(*out = coco_location_unknown(parser->context));
  if (coco_take_identifier(parser, COCO_STRING("callsite"))) return location_call_site(parser, out);
  if (coco_take_identifier(parser, COCO_STRING("fused"))) {
    location_vector parts = {0};
    coco_status status = fused_body(parser, &parts, out);
    coco_vector_free(parser->allocator, &parts);
    return status;
  }
  if (coco_at_location(parser)) return coco_parse_location(parser, out, NULL);
  return coco_parser_error(parser, "expected location instance");
}

coco_status coco_parse_location_instance(coco_parser *parser, const coco_location **out) {
  *out = NULL;
  COCO_TRY(coco_parser_enter(parser));
  coco_status status = location_instance(parser, out);
  parser->depth--;
  return status;
}

coco_status coco_parse_location(coco_parser *parser, const coco_location **out, coco_string *out_alias) {
  *out = NULL;
  coco_advance(parser);
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LEFT_PARENTHESIS, "'(' in location"));
  if (coco_at(parser, COCO_TOKEN_HASH)) {
    COCO_TRY(location_alias(parser, out, out_alias));
  } else {
    COCO_TRY(coco_parse_location_instance(parser, out));
  }
  return coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')' in location");
}
