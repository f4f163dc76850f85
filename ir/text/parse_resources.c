/* Reading the {-# … #-} section: small blobs as hex, and the weights file beside the text.
 *
 * A blob may be named before its bytes are known; it is declared then and filled when they come.
 * Entries of other tools, and keys that nothing names, are read over. */
#include "ir/text/parser_internal.h"
#include "ir/text/sidecar.h"

enum { BLOB_ALIGNMENT = 64, BLOB_PREFIX = 10 /* 0x and the alignment */ };

coco_status coco_parse_resource_reference(coco_parser *parser, coco_string name, coco_resource **out) {
  *out = coco_string_map_get(&parser->resources, name);
  if (*out) return COCO_OK;
  COCO_TRY(coco_resource_create(parser->context, name, NULL, 0, 1, NULL, NULL, out));
  return coco_string_map_set(&parser->resources, name, *out);
}

static void release_blob(void *owner, const uint8_t *data, size_t size) {
  coco_free_aligned(owner, (void *)(uintptr_t)data, size, BLOB_ALIGNMENT);
}

static int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool hex_decode(coco_string digits, uint8_t *out) {
  for (size_t i = 0; i + 1 < digits.size; i += 2) {
    int high = hex_value(digits.data[i]), low = hex_value(digits.data[i + 1]);
    if (high < 0 || low < 0) return false;
    out[i / 2] = (uint8_t)(high << 4 | low);
  }
  return digits.size % 2 == 0;
}

static coco_status blob_error(coco_parser *parser, const coco_token *at, coco_string key, const char *what) {
  return coco_parser_error_at(parser, at->line, at->column, "expected hex string blob for key '%.*s' %s",
                              COCO_PRINT(key), what);
}

/* "0x" + alignment (4 bytes, least significant first) + the bytes. */
static coco_status fill_blob(coco_parser *parser, const coco_token *at, coco_string key, coco_string text,
                             coco_resource *resource) {
  uint8_t prefix[4];
  if (text.size < BLOB_PREFIX || text.data[0] != '0' || text.data[1] != 'x' ||
      !hex_decode((coco_string){text.data + 2, 8}, prefix)) {
    return blob_error(parser, at, key, "to start with 0x and an alignment of 4 bytes");
  }
  uint32_t alignment = prefix[0] | (uint32_t)prefix[1] << 8 | (uint32_t)prefix[2] << 16 | (uint32_t)prefix[3] << 24;
  if (!alignment || alignment & (alignment - 1))
    return blob_error(parser, at, key, "to begin with an alignment that is a power of two");
  coco_string digits = {text.data + BLOB_PREFIX, text.size - BLOB_PREFIX};
  size_t size = digits.size / 2;
  uint8_t *data = coco_allocate_aligned(parser->allocator, size ? size : 1, BLOB_ALIGNMENT);
  COCO_TRY(coco_made(data));
  if (!hex_decode(digits, data)) {
    coco_free_aligned(parser->allocator, data, size ? size : 1, BLOB_ALIGNMENT);
    return blob_error(parser, at, key, "of an even number of hexadecimal digits");
  }
  resource->data = data;
  resource->size = size;
  resource->alignment = alignment < BLOB_ALIGNMENT ? alignment : BLOB_ALIGNMENT;
  resource->release = release_blob;
  resource->owner = (void *)(uintptr_t)parser->allocator;
  return COCO_OK;
}

/* ---- The section ---- */

static coco_status key(coco_parser *parser, coco_string *out) {
  *out = parser->token.text;
  if (coco_at(parser, COCO_TOKEN_STRING)) {
    COCO_TRY(coco_take_string(parser, out));
  } else if (coco_at(parser, COCO_TOKEN_IDENTIFIER)) {
    coco_advance(parser);
  } else {
    return coco_parser_error(parser, "expected identifier key in file metadata dictionary");
  }
  return coco_expect(parser, COCO_TOKEN_COLON, "':' after a key");
}

typedef struct entry {
  coco_token at;
  coco_string key, text; /* text: the string, or the word */
  bool is_string;
} entry;

static coco_status value(coco_parser *parser, entry *out) {
  COCO_TRY(key(parser, &out->key));
  out->at = parser->token;
  out->text = parser->token.text;
  out->is_string = coco_at(parser, COCO_TOKEN_STRING);
  if (out->is_string) return coco_take_string(parser, &out->text);
  if (!coco_at(parser, COCO_TOKEN_IDENTIFIER) && !coco_at(parser, COCO_TOKEN_INTEGER)) {
    return coco_parser_error(parser, "expected a value for a resource entry");
  }
  coco_advance(parser);
  return COCO_OK;
}

/* An inline blob. Keys that nothing has named yet are declared: the section may come first. */
static coco_status inline_entry(coco_parser *parser, const entry *blob) {
  coco_resource *resource;
  if (!blob->is_string)
    return coco_parser_error_at(parser, blob->at.line, blob->at.column, "expected hex string blob for key '%.*s'",
                                COCO_PRINT(blob->key));
  COCO_TRY(coco_parse_resource_reference(parser, blob->key, &resource));
  if (resource->data)
    return coco_parser_error_at(parser, blob->at.line, blob->at.column, "resource '%.*s' is given twice",
                                COCO_PRINT(blob->key));
  return fill_blob(parser, &blob->at, blob->key, blob->text, resource);
}

static coco_status group(coco_parser *parser, bool external) {
  coco_string owner;
  COCO_TRY(key(parser, &owner));
  bool is_inline = !external && coco_string_equal(owner, COCO_STRING("builtin"));
  bool is_weights = external && coco_string_equal(owner, COCO_STRING("coco"));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LEFT_BRACE, "'{'"));
  while (!coco_at(parser, COCO_TOKEN_RIGHT_BRACE)) {
    entry found;
    COCO_TRY(value(parser, &found));
    if (is_inline) COCO_TRY(inline_entry(parser, &found));
    if (external && !is_weights && parser->options.external)
      parser->options.external(parser->options.user, owner, found.key, found.text);
    if (is_weights && coco_string_equal(found.key, COCO_STRING("weights")))
      parser->sidecar = found.text, parser->sidecar_at = found.at;
    if (is_weights && coco_string_equal(found.key, COCO_STRING("hash"))) parser->sidecar_hash = found.text;
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  return coco_expect(parser, COCO_TOKEN_RIGHT_BRACE, "'}'");
}

static coco_status section(coco_parser *parser) {
  coco_string name;
  coco_token at = parser->token;
  COCO_TRY(key(parser, &name));
  bool external = coco_string_equal(name, COCO_STRING("external_resources"));
  if (!external && !coco_string_equal(name, COCO_STRING("dialect_resources"))) {
    return coco_parser_error_at(parser, at.line, at.column, "unknown key '%.*s' in file metadata dictionary",
                                COCO_PRINT(name));
  }
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LEFT_BRACE, "'{'"));
  while (!coco_at(parser, COCO_TOKEN_RIGHT_BRACE)) {
    COCO_TRY(group(parser, external));
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  return coco_expect(parser, COCO_TOKEN_RIGHT_BRACE, "'}'");
}

coco_status coco_parse_metadata(coco_parser *parser) {
  coco_advance(parser);
  while (!coco_at(parser, COCO_TOKEN_METADATA_END)) {
    COCO_TRY(section(parser));
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  return coco_expect(parser, COCO_TOKEN_METADATA_END, "'#-}'");
}

/* ---- At the end of the text ---- */

coco_status coco_check_resource_uses(coco_parser *parser) {
  if (parser->sidecar.data) COCO_TRY(coco_sidecar_load(parser));
  for (size_t i = 0; i < parser->resource_uses.count; i++) {
    const coco_resource_use *use = &parser->resource_uses.items[i];
    int64_t bytes = coco_type_byte_count(use->type);
    if (!use->resource->data || (bytes >= 0 && use->resource->size == (size_t)bytes)) continue;
    return coco_parser_error_at(parser, use->line, use->column, "resource '%.*s' has %zu bytes, its type wants %lld",
                                COCO_PRINT(use->resource->name), use->resource->size, (long long)bytes);
  }
  return COCO_OK;
}
