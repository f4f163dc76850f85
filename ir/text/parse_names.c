/* Names of values and blocks while text is read.
 *
 * One stack of entries, newest last, with hash chains from newer to older entries: lookup is O(1),
 * leaving a scope pops entries. A region isolated from above moves `base` up, so that older entries
 * are not seen. Names used before their definition get a stand-in value; such an entry outlives the
 * scope of its first use until the innermost isolated region ends. */
#include "ir/printer.h"
#include "ir/text/parser_internal.h"

static size_t bucket_of(uint64_t hash, size_t count) { return (size_t)hash & (count - 1); }

/* Twice as many buckets, all empty; FIRST of them when there are none yet. */
static coco_status double_buckets(coco_parser *parser, size_t first, uint32_t **buckets, size_t *count) {
  size_t more = *count ? *count * 2 : first;
  uint32_t *fresh = coco_allocate_zeroed(parser->allocator, more, sizeof *fresh);
  COCO_TRY(coco_made(fresh));
  coco_free(parser->allocator, *buckets, *count * sizeof *fresh);
  *buckets = fresh;
  *count = more;
  return COCO_OK;
}

/* Puts entry NUMBER first in its bucket's chain. */
static void link_entry(uint32_t *buckets, size_t count, uint64_t hash, size_t number, uint32_t *chain) {
  uint32_t *bucket = &buckets[bucket_of(hash, count)];
  *chain = *bucket;
  *bucket = (uint32_t)number + 1;
}

/* Chains are rebuilt oldest first. */
static coco_status grow_values(coco_parser *parser) {
  coco_names *names = &parser->names;
  COCO_TRY(double_buckets(parser, 256, &names->buckets, &names->bucket_count));
  for (size_t i = 0; i < names->entries.count; i++) {
    coco_name_entry *entry = &names->entries.items[i];
    link_entry(names->buckets, names->bucket_count, entry->hash, i, &entry->chain);
  }
  return COCO_OK;
}

static coco_status grow_blocks(coco_parser *parser) {
  coco_names *names = &parser->names;
  COCO_TRY(double_buckets(parser, 64, &names->block_buckets, &names->block_bucket_count));
  for (size_t i = 0; i < names->blocks.count; i++) {
    coco_block_entry *entry = &names->blocks.items[i];
    link_entry(names->block_buckets, names->block_bucket_count, entry->hash, i, &entry->chain);
  }
  return COCO_OK;
}


static uint64_t hash_of(coco_string name) { return coco_hash_bytes(name.data, name.size, 0); }

static coco_name_entry *find(coco_names *names, coco_string name, uint64_t hash) {
  if (!names->bucket_count) return NULL;
  uint32_t i = names->buckets[bucket_of(hash, names->bucket_count)];
  for (; i > names->base; i = names->entries.items[i - 1].chain) {
    coco_name_entry *entry = &names->entries.items[i - 1];
    if (entry->hash == hash && coco_string_equal(entry->name, name)) return entry;
  }
  return NULL;
}

/* Room for another entry; then pushing one cannot fail. */
static coco_status reserve(coco_parser *parser) {
  coco_names *names = &parser->names;
  if (names->entries.count >= names->bucket_count) COCO_TRY(grow_values(parser));
  if (names->entries.count >= UINT32_MAX - 1) return COCO_OUT_OF_MEMORY;
  return coco_vector_reserve(parser->allocator, &names->entries, names->entries.count + 1);
}

static coco_name_entry *push(coco_names *names, const coco_name_entry *entry) {
  size_t number = names->entries.count++;
  coco_name_entry *pushed = &names->entries.items[number];
  *pushed = *entry;
  link_entry(names->buckets, names->bucket_count, entry->hash, number, &pushed->chain);
  return pushed;
}

coco_status coco_names_push(coco_parser *parser, bool isolated, coco_scope *out) {
  coco_names *names = &parser->names;
  *out = (coco_scope){names->entries.count, names->blocks.count, names->base, names->block_base, isolated};
  if (isolated) names->base = names->entries.count;
  names->block_base = names->blocks.count;
  return COCO_OK;
}

static void release_forward(coco_parser *parser, coco_forward_value *forward) {
  forward->next = parser->names.free_forward;
  parser->names.free_forward = forward;
}

/* Cuts the remaining uses of a stand-in off, so that nothing refers to it any more. */
static void drop_uses(coco_value *value) {
  for (coco_use *use = value->first_use; use;) {
    coco_use *next = use->next;
    *use = (coco_use){.owner = use->owner};
    use = next;
  }
  value->first_use = NULL;
}

static coco_status report_forwards(coco_parser *parser, coco_name_entry *entry, bool report) {
  coco_status status = COCO_OK;
  for (coco_forward_value *forward = entry->forward; forward;) {
    coco_forward_value *next = forward->next;
    if (report) status = coco_parser_error_at(parser, forward->line, forward->column, "use of undeclared SSA value name");
    drop_uses(&forward->value);
    release_forward(parser, forward);
    forward = next;
  }
  entry->forward = NULL;
  return status;
}

static coco_status pop_values(coco_parser *parser, const coco_scope *scope, bool report) {
  coco_names *names = &parser->names;
  coco_status status = COCO_OK;
  size_t kept = 0;
  for (size_t i = names->entries.count; i-- > scope->entries;) {
    coco_name_entry *entry = &names->entries.items[i];
    names->buckets[bucket_of(entry->hash, names->bucket_count)] = entry->chain;
  }
  for (size_t i = scope->entries; i < names->entries.count; i++) {
    coco_name_entry *entry = &names->entries.items[i];
    if (!entry->forward) continue;
    if (!scope->isolated) {
      names->entries.items[scope->entries + kept++] = *entry;
    } else {
      coco_status reported = report_forwards(parser, entry, report);
      if (status == COCO_OK) status = reported;
    }
  }
  names->entries.count = scope->entries;
  for (size_t i = 0; i < kept; i++) { /* room is there: they came from the same memory */
    coco_name_entry copy = names->entries.items[scope->entries + i];
    copy.count = 0;
    push(names, &copy);
  }
  return status;
}

coco_status coco_names_pop(coco_parser *parser, const coco_scope *scope, bool report) {
  coco_names *names = &parser->names;
  coco_status status = COCO_OK;
  for (size_t i = names->blocks.count; i-- > scope->blocks;) {
    coco_block_entry *entry = &names->blocks.items[i];
    names->block_buckets[bucket_of(entry->hash, names->block_bucket_count)] = entry->chain;
  }
  for (size_t i = scope->blocks; i < names->blocks.count; i++) {
    coco_block_entry *entry = &names->blocks.items[i];
    if (entry->defined) continue;
    if (report) status = coco_parser_error_at(parser, entry->line, entry->column, "reference to an undefined block");
    coco_block_erase(parser->context, entry->block);
  }
  names->blocks.count = scope->blocks;
  coco_status values = pop_values(parser, scope, report);
  names->base = scope->base;
  names->block_base = scope->block_base;
  return status != COCO_OK ? status : values;
}

/* ---- Values ---- */

/* Gives the uses of a stand-in to the value that it stood for. */
static coco_status resolve_forward(coco_parser *parser, coco_name_entry *entry, coco_forward_value *forward) {
  if (forward->number >= entry->count) {
    return coco_parser_error_at(parser, forward->line, forward->column, "reference to invalid result number");
  }
  coco_value *value = &entry->values[forward->number];
  if (value->type != forward->value.type) {
    char defined[160], used[160];
    coco_type_text(value->type, defined, sizeof defined);
    coco_type_text(forward->value.type, used, sizeof used);
    return coco_parser_error_at(parser, entry->line, entry->column,
                                "definition of SSA value '%.*s#%u' has type '%s', previously used here with type '%s'",
                                COCO_PRINT(entry->name), forward->number, defined, used);
  }
  coco_value_replace_all_uses(&forward->value, value);
  forward->value.owner = value;
  return COCO_OK;
}

coco_value *coco_names_resolved(coco_value *value) {
  bool stands_in = value && value->is_argument && value->index == COCO_FORWARD_INDEX;
  return stands_in && value->owner ? value->owner : value;
}

static coco_status redefinition(coco_parser *parser, const coco_name_entry *entry, uint32_t line, uint32_t column) {
  const coco_location *place = coco_parser_place(parser, line, column);
  const coco_location *former = coco_parser_place(parser, entry->line, entry->column);
  if (!place || !former) return COCO_OUT_OF_MEMORY;
  return coco_error_with_note(parser->context, place, former, "previously defined here", "redefinition of SSA value '%.*s'",
                              COCO_PRINT(entry->name));
}

coco_status coco_names_define(coco_parser *parser, coco_string name, coco_value *values, size_t count, uint32_t line,
                              uint32_t column) {
  uint64_t hash = hash_of(name);
  coco_name_entry *entry = find(&parser->names, name, hash);
  if (entry && entry->count) return redefinition(parser, entry, line, column);
  if (!entry) {
    COCO_TRY(reserve(parser));
    push(&parser->names, &(coco_name_entry){.name = name, .hash = hash, .line = line, .column = column,
                                            .values = values, .count = (uint32_t)count});
    return COCO_OK;
  }
  entry->line = line;
  entry->column = column;
  entry->values = values;
  entry->count = (uint32_t)count;
  while (entry->forward) {
    coco_forward_value *forward = entry->forward;
    COCO_TRY(resolve_forward(parser, entry, forward));
    entry->forward = forward->next; /* not used again: the operation being read may hold it, see coco_names_resolved */
  }
  return COCO_OK;
}

static coco_status wrong_type(coco_parser *parser, const coco_name_entry *entry, const coco_value *value, const coco_type *type,
                              const coco_unresolved *written) {
  char expected[160], actual[160];
  coco_type_text(type, expected, sizeof expected);
  coco_type_text(value->type, actual, sizeof actual);
  const coco_location *place = coco_parser_place(parser, written->line, written->column);
  const coco_location *former = coco_parser_place(parser, entry->line, entry->column);
  if (!place || !former) return COCO_OUT_OF_MEMORY;
  return coco_error_with_note(parser->context, place, former, "prior use here",
                              "use of value '%.*s' expects different type than prior uses: '%s' vs '%s'",
                              COCO_PRINT(entry->name), expected, actual);
}

static coco_status use_forward(coco_parser *parser, coco_name_entry *entry, const coco_unresolved *written,
                               const coco_type *type, coco_value **out) {
  for (coco_forward_value *forward = entry->forward; forward; forward = forward->next) {
    if (forward->number != written->number) continue;
    if (forward->value.type != type) {
      entry->line = forward->line;
      entry->column = forward->column;
      return wrong_type(parser, entry, &forward->value, type, written);
    }
    *out = &forward->value;
    return COCO_OK;
  }
  coco_forward_value *forward = parser->names.free_forward;
  if (forward) parser->names.free_forward = forward->next;
  if (!forward) forward = coco_arena_allocate(&parser->arena, sizeof *forward);
  COCO_TRY(coco_made(forward));
  *forward = (coco_forward_value){
      .next = entry->forward, .number = written->number, .line = written->line, .column = written->column};
  forward->value = (coco_value){.type = type, .is_argument = true, .index = COCO_FORWARD_INDEX};
  entry->forward = forward;
  *out = &forward->value;
  return COCO_OK;
}

/* A name that has no value so far. */
static COCO_NO_INLINE coco_status use_undefined(coco_parser *parser, coco_name_entry *entry, uint64_t hash,
                                                const coco_unresolved *written, const coco_type *type,
                                                coco_value **out) {
  if (!type) return coco_parser_error_at(parser, written->line, written->column, "use of undeclared SSA value name");
  if (!entry) {
    COCO_TRY(reserve(parser));
    entry = push(&parser->names, &(coco_name_entry){.name = written->name, .hash = hash, .line = written->line,
                                                    .column = written->column});
  }
  return use_forward(parser, entry, written, type, out);
}

bool coco_names_is_defined(coco_parser *parser, coco_string name) {
  const coco_name_entry *entry = find(&parser->names, name, hash_of(name));
  return entry && entry->count;
}

coco_status coco_names_use(coco_parser *parser, const coco_unresolved *written, const coco_type *type,
                           coco_value **out) {
  uint64_t hash = hash_of(written->name);
  coco_name_entry *entry = find(&parser->names, written->name, hash);
  if (!entry || !entry->count) return use_undefined(parser, entry, hash, written, type, out);
  if (written->number >= entry->count)
    return coco_parser_error_at(parser, written->line, written->column, "reference to invalid result number");
  *out = &entry->values[written->number];
  if (type && (*out)->type != type) return wrong_type(parser, entry, *out, type, written);
  return COCO_OK;
}

/* ---- Blocks ---- */

static coco_block_entry *find_block(coco_names *names, coco_string name, uint64_t hash) {
  if (!names->block_bucket_count) return NULL;
  uint32_t i = names->block_buckets[bucket_of(hash, names->block_bucket_count)];
  for (; i > names->block_base; i = names->blocks.items[i - 1].chain) {
    coco_block_entry *entry = &names->blocks.items[i - 1];
    if (entry->hash == hash && coco_string_equal(entry->name, name)) return entry;
  }
  return NULL;
}

coco_status coco_names_block(coco_parser *parser, coco_string name, bool define, uint32_t line, uint32_t column, coco_block **out) {
  coco_names *names = &parser->names;
  uint64_t hash = hash_of(name);
  coco_block_entry *entry = find_block(names, name, hash);
  if (!entry) {
    if (names->blocks.count >= names->block_bucket_count) COCO_TRY(grow_blocks(parser));
    coco_block_entry fresh = {.name = name, .hash = hash, .line = line, .column = column, .block = coco_block_create(parser->context)};
    COCO_TRY(coco_made(fresh.block));
    if (coco_vector_push(parser->allocator, &names->blocks, fresh) != COCO_OK) {
      coco_block_erase(parser->context, fresh.block);
      return COCO_OUT_OF_MEMORY;
    }
    entry = &names->blocks.items[names->blocks.count - 1];
    link_entry(names->block_buckets, names->block_bucket_count, hash, names->blocks.count - 1, &entry->chain);
  }
  if (define && entry->defined) {
    const coco_location *place = coco_parser_place(parser, line, column), *former = coco_parser_place(parser, entry->line, entry->column);
    if (!place || !former) return COCO_OUT_OF_MEMORY;
    return coco_error_with_note(parser->context, place, former, "previously defined here", "redefinition of block '%.*s'",
                                COCO_PRINT(name));
  }
  if (define) {
    entry->defined = true;
    entry->line = line;
    entry->column = column;
  }
  *out = entry->block;
  return COCO_OK;
}

void coco_names_free(coco_parser *parser) {
  coco_names *names = &parser->names;
  coco_vector_free(parser->allocator, &names->entries);
  coco_vector_free(parser->allocator, &names->blocks);
  coco_free(parser->allocator, names->buckets, names->bucket_count * sizeof *names->buckets);
  coco_free(parser->allocator, names->block_buckets, names->block_bucket_count * sizeof *names->block_buckets);
}
