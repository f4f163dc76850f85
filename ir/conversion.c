/* Conversion: see conversion.h. Every change is logged before it is made, with one free place in the log at all times,
 * so that an operation that was built can be logged, too, and undoing needs no memory. */
#include "ir/conversion.h"

#include "ir/context.h"
#include "ir/debug_counter.h"
#include "ir/operation_internal.h"
#include "ir/pass.h"
#include "ir/printer.h"

enum { NESTING = 64 }; /* conversions of what conversions made */

typedef enum change_kind {
  CREATED,
  REMOVED,
  OPERAND,
  PROPERTY,
  ATTRIBUTES,
  REGION,
  BLOCKS,
  BLOCK,
  TAIL,
  ARGUMENT_TYPE
} change_kind;

typedef struct change {
  change_kind kind;
  coco_operation *operation;
  size_t index; /* of an operand or a property */
  union {
    struct {
      coco_block *block;
      coco_operation *next;
    } place; /* REMOVED */
    coco_value *value;                                            /* OPERAND: the former one */
    const coco_attribute *attribute;                              /* PROPERTY, ATTRIBUTES: the former one */
    struct { coco_region *to, *from; } regions;                   /* REGION */
    struct { coco_block *first, *last; coco_region *from; } blocks; /* BLOCKS */
    coco_block *block;                                            /* BLOCK: it was created */
    struct { coco_block *to, *from; } tail;                       /* TAIL */
    struct { coco_value *value; const coco_type *type; } argument; /* ARGUMENT_TYPE: the former one */
  } as;
} change;

struct coco_conversion {
  coco_context *context;
  coco_operation *root;
  coco_builder builder;
  const coco_conversion_options *options;
  const coco_conversion_pattern **patterns; /* by benefit */
  uint64_t *hits;                           /* as patterns */
  size_t pattern_count;
  size_t held; /* how many trials of patterns debug counters left out */
  const coco_allocator *allocator;
  COCO_VECTOR_OF(change) log;
};

/* ---- The log ---- */

/* Takes the free place, and gets another one for the next change. There is none once memory ran out. */
static coco_status record(coco_conversion *c, change made) {
  if (c->log.count == c->log.capacity) return COCO_OUT_OF_MEMORY;
  c->log.items[c->log.count++] = made;
  coco_status status = coco_vector_reserve(c->allocator, &c->log, c->log.count + 1);
  if (status != COCO_OK) coco_builder_fail(&c->builder, status);
  return status;
}

static void inserted(void *listener, coco_operation *operation) {
  coco_conversion *c = listener;
  coco_status status = record(c, (change){.kind = CREATED, .operation = operation});
  (void)status; /* the builder's now */
}

/* FIRST to LAST, blocks side by side, go to the end of TO, or before BEFORE. */
static void move_blocks(coco_region *to, coco_block *before, coco_block *first, const coco_block *last) {
  for (coco_block *block = first, *next = NULL; block; block = block == last ? NULL : next) {
    next = block->next;
    coco_block_detach(block);
    coco_region_insert_block(to, block, before);
  }
}

static void undo_one(coco_context *context, const change *made) {
  switch (made->kind) {
    case CREATED:
      coco_operation_erase(made->operation);
      break;
    case REMOVED:
      if (made->as.place.next) coco_operation_insert_before(made->operation, made->as.place.next);
      else coco_block_append(made->as.place.block, made->operation);
      break;
    case OPERAND:
      coco_operation_set_operand(made->operation, made->index, made->as.value);
      break;
    case PROPERTY:
      made->operation->properties[made->index] = made->as.attribute;
      break;
    case ATTRIBUTES:
      made->operation->attributes = made->as.attribute;
      break;
    case REGION:
      coco_region_take(made->as.regions.from, made->as.regions.to);
      break;
    case BLOCKS:
      move_blocks(made->as.blocks.from, NULL, made->as.blocks.first, made->as.blocks.last);
      break;
    case BLOCK:
      coco_block_erase(context, made->as.block);
      break;
    case TAIL:
      coco_block_splice(made->as.tail.from, NULL, made->as.tail.to);
      break;
    case ARGUMENT_TYPE:
      made->as.argument.value->type = made->as.argument.type;
      break;
  }
}

static void undo_to(coco_conversion *c, size_t count) {
  while (c->log.count > count) undo_one(c->context, &c->log.items[--c->log.count]);
}

/* What was removed is gone: a user always before what it uses. */
static void commit(coco_conversion *c) {
  for (size_t i = 0; i < c->log.count; ++i)
    if (c->log.items[i].kind == REMOVED) coco_operation_erase(c->log.items[i].operation);
  c->log.count = 0;
}

/* ---- For patterns ---- */

coco_builder *coco_conversion_builder(coco_conversion *conversion) { return &conversion->builder; }

const coco_type *coco_conversion_type(coco_conversion *conversion, const coco_type *type) {
  const coco_conversion_options *options = conversion->options;
  return options->convert_type ? options->convert_type(options->user, conversion->context, type) : type;
}

static coco_value *build_cast(coco_conversion *c, coco_value *value, const coco_type *type) {
  if (!c->options->cast) {
    coco_builder_fail(&c->builder, COCO_UNSUPPORTED);
    return NULL;
  }
  return coco_build_value(
      &c->builder,
      &(coco_operation_state){.definition = c->options->cast, COCO_WITH_OPERANDS(value), COCO_WITH_RESULTS(type)});
}

static bool is_cast(const coco_conversion *c, const coco_operation *operation) {
  return c->options->cast && coco_operation_is(operation, c->options->cast) && operation->operand_count == 1 &&
         operation->result_count == 1;
}

/* VALUE as it was before a cast from TYPE, when there is one. */
static coco_value *before_cast(const coco_conversion *c, const coco_value *value, const coco_type *type) {
  const coco_operation *definer = coco_value_operation(value);
  if (!definer || !is_cast(c, definer)) return NULL;
  coco_value *source = coco_operation_operand(definer, 0);
  return source->type == type ? source : NULL;
}

coco_value *coco_conversion_operand(coco_conversion *conversion, coco_operation *operation, size_t index) {
  coco_value *value = coco_operation_operand(operation, index);
  const coco_type *type = coco_conversion_type(conversion, value->type);
  if (!type) {
    coco_builder_fail(&conversion->builder, COCO_UNSUPPORTED);
    return NULL;
  }
  if (type == value->type) return value;
  coco_value *source = before_cast(conversion, value, type);
  return source ? source : build_cast(conversion, value, type);
}

static coco_status set_operand(coco_conversion *c, coco_operation *operation, size_t index, coco_value *value) {
  coco_value *before = coco_operation_operand(operation, index);
  COCO_TRY(record(c, (change){.kind = OPERAND, .operation = operation, .index = index, .as.value = before}));
  coco_operation_set_operand(operation, index, value);
  return COCO_OK;
}

/* All uses of FROM but that by EXCEPT. */
static coco_status replace_uses(coco_conversion *c, coco_value *from, coco_value *to, const coco_operation *except) {
  for (coco_use *use = from->first_use, *next; use; use = next) {
    next = use->next;
    if (use->owner != except) COCO_TRY(set_operand(c, use->owner, coco_use_index(use), to));
  }
  return COCO_OK;
}

static coco_status take_out(coco_conversion *c, coco_operation *operation) {
  COCO_TRY(record(c, (change){.kind = REMOVED,
                              .operation = operation,
                              .as.place = {.block = operation->block, .next = operation->next}}));
  if (c->builder.before == operation) c->builder.before = operation->next;
  coco_operation_detach(operation);
  return COCO_OK;
}

coco_status coco_conversion_replace(coco_conversion *conversion, coco_operation *operation, coco_value *const *values,
                                    size_t count) {
  if (conversion->builder.status != COCO_OK) return conversion->builder.status;
  if (count != operation->result_count) return COCO_INVALID_ARGUMENT;
  for (size_t i = 0; i < count; ++i) {
    coco_value *result = &operation->results[i], *value = values[i];
    if (!result->first_use) continue;
    if (!value || value->owner == operation) return COCO_INVALID_ARGUMENT;
    if (value->type != result->type) value = build_cast(conversion, value, result->type);
    if (!value) return conversion->builder.status;
    COCO_TRY(replace_uses(conversion, result, value, NULL));
  }
  return take_out(conversion, operation);
}

coco_status coco_conversion_erase(coco_conversion *conversion, coco_operation *operation) {
  for (size_t i = 0; i < operation->result_count; ++i)
    for (const coco_use *use = operation->results[i].first_use; use; use = use->next)
      if (use->owner->block) return COCO_INVALID_ARGUMENT; /* others were taken out before */
  return take_out(conversion, operation);
}

coco_status coco_conversion_modify(coco_conversion *conversion, coco_operation *operation) {
  for (size_t i = 0; i < operation->operand_count; ++i)
    COCO_TRY(record(conversion, (change){.kind = OPERAND,
                                         .operation = operation,
                                         .index = i,
                                         .as.value = coco_operation_operand(operation, i)}));
  for (size_t i = 0; i < coco_operation_property_count(operation); ++i)
    COCO_TRY(record(conversion, (change){.kind = PROPERTY,
                                         .operation = operation,
                                         .index = i,
                                         .as.attribute = operation->properties[i]}));
  return record(conversion,
                (change){.kind = ATTRIBUTES, .operation = operation, .as.attribute = operation->attributes});
}

coco_status coco_conversion_take_region(coco_conversion *conversion, coco_region *to, coco_region *from) {
  if (to->first) return COCO_INVALID_ARGUMENT;
  COCO_TRY(record(conversion, (change){.kind = REGION, .as.regions = {to, from}}));
  coco_region_take(to, from);
  return COCO_OK;
}

coco_status coco_conversion_inline_region(coco_conversion *conversion, coco_region *from, coco_block *block) {
  if (!from->first) return COCO_OK;
  coco_block *first = from->first, *last = from->last;
  COCO_TRY(record(conversion, (change){.kind = BLOCKS, .as.blocks = {first, last, from}}));
  move_blocks(block->region, block, first, last);
  return COCO_OK;
}

coco_block *coco_conversion_create_block(coco_conversion *conversion, coco_block *after) {
  if (conversion->builder.status != COCO_OK) return NULL;
  coco_block *block = coco_block_create(conversion->context);
  if (!block) {
    coco_builder_fail(&conversion->builder, COCO_OUT_OF_MEMORY);
    return NULL;
  }
  coco_region_insert_block(after->region, block, after->next);
  return record(conversion, (change){.kind = BLOCK, .as.block = block}) == COCO_OK ? block : NULL;
}

coco_value *coco_conversion_add_argument(coco_conversion *conversion, coco_block *block, const coco_type *type) {
  coco_builder *builder = &conversion->builder;
  if (builder->status != COCO_OK) return NULL;
  coco_value *argument = coco_block_add_argument(conversion->context, block, type);
  if (argument) coco_argument_set_location(argument, builder->location);
  else coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
  return argument;
}

coco_status coco_conversion_move_tail(coco_conversion *conversion, coco_operation *first, coco_block *to) {
  if (to->first || to == first->block) return COCO_INVALID_ARGUMENT;
  coco_block *from = first->block;
  COCO_TRY(record(conversion, (change){.kind = TAIL, .as.tail = {to, from}}));
  coco_block_move_tail(first, to);
  if (conversion->builder.block == from && conversion->builder.before && conversion->builder.before->block == to)
    conversion->builder.before = NULL;
  return COCO_OK;
}

static coco_status convert_argument(coco_conversion *c, coco_value *argument) {
  const coco_type *former = argument->type, *type = coco_conversion_type(c, former);
  if (!type) return COCO_UNSUPPORTED;
  if (type == former) return COCO_OK;
  COCO_TRY(record(c, (change){.kind = ARGUMENT_TYPE, .as.argument = {argument, former}}));
  argument->type = type;
  if (!argument->first_use) return COCO_OK;
  coco_value *cast = build_cast(c, argument, former);
  if (!cast) return c->builder.status;
  return replace_uses(c, argument, cast, coco_value_operation(cast));
}

coco_status coco_conversion_convert_arguments(coco_conversion *conversion, coco_block *block) {
  coco_builder *builder = &conversion->builder;
  coco_block *own_block = builder->block;
  coco_operation *own_before = builder->before;
  builder->block = block;
  builder->before = block->first;
  coco_status status = COCO_OK;
  for (size_t i = 0; status == COCO_OK && i < block->argument_count; ++i)
    status = convert_argument(conversion, block->arguments[i]);
  builder->block = own_block;
  builder->before = own_before;
  return status;
}

/* ---- Legality ---- */

/* 2: ROW names the operation; 1: its dialect; 0: neither. */
static int rank_of(const coco_legality_row *row, coco_string name) {
  const size_t size = strlen(row->name);
  if (name.size < size || memcmp(name.data, row->name, size) != 0) return 0;
  return name.size == size ? 2 : name.data[size] == '.' ? 1 : 0;
}

static coco_legality legality_of(const coco_conversion *c, const coco_operation *operation) {
  if (is_cast(c, operation)) return COCO_LEGAL; /* casts are looked at in the end */
  const coco_legality_row *decides = NULL;
  int best = 0;
  for (size_t i = 0; i < c->options->row_count; ++i) {
    const int rank = rank_of(&c->options->rows[i], coco_operation_name(operation));
    if (rank == 0 || rank < best) continue;
    best = rank;
    decides = &c->options->rows[i];
  }
  if (!decides) return COCO_LEGALITY_UNKNOWN;
  if (!decides->is_legal) return decides->legality;
  return decides->is_legal(c->options->user, operation) ? COCO_LEGAL : COCO_ILLEGAL;
}

static bool is_inside(const coco_conversion *c, const coco_operation *operation) {
  while (operation && operation != c->root) operation = coco_operation_parent(operation);
  return operation != NULL;
}

/* ---- The driver ---- */

static coco_status legalize(coco_conversion *c, coco_operation *operation, size_t nesting, bool *out_done);

/* Whether all that was made since MARK, and OPERATION if it is still there, is or becomes legal. */
static coco_status legalize_made(coco_conversion *c, coco_operation *operation, size_t mark, size_t nesting,
                                 bool *out_done) {
  *out_done = nesting < NESTING;
  for (size_t i = mark; *out_done && i < c->log.count; ++i) {
    const change made = c->log.items[i];
    if (made.kind == CREATED && is_inside(c, made.operation))
      COCO_TRY(legalize(c, made.operation, nesting + 1, out_done));
  }
  if (*out_done && is_inside(c, operation)) COCO_TRY(legalize(c, operation, nesting + 1, out_done));
  return COCO_OK;
}

/* A status that says only that this pattern does not do. */
static bool is_refusal(coco_status status) { return status == COCO_UNSUPPORTED; }

static coco_status try_pattern(coco_conversion *c, size_t index, coco_operation *operation, size_t nesting,
                               bool *out_done) {
  const size_t mark = c->log.count;
  bool matched = false;
  *out_done = false;
  coco_builder_to_before(&c->builder, operation);
  c->builder.location = operation->location;
  coco_status status = c->patterns[index]->convert(c, operation, &matched);
  if (status == COCO_OK || is_refusal(status)) {
    if (c->builder.status != COCO_OK) status = c->builder.status;
    if (is_refusal(c->builder.status)) c->builder.status = COCO_OK;
  }
  if (status != COCO_OK && !is_refusal(status)) return status;
  if (status == COCO_OK && matched) COCO_TRY(legalize_made(c, operation, mark, nesting, out_done));
  if (*out_done) ++c->hits[index];
  else undo_to(c, mark);
  return COCO_OK;
}

static coco_status legalize(coco_conversion *c, coco_operation *operation, size_t nesting, bool *out_done) {
  const coco_legality legality = legality_of(c, operation);
  *out_done = legality == COCO_LEGAL;
  for (size_t i = 0; !*out_done && i < c->pattern_count; ++i) {
    const coco_operation_definition *root = c->patterns[i]->root;
    if (root && !coco_operation_is(operation, root)) continue;
    if (coco_context_permits(c->context, COCO_COUNTED_PATTERN))
      COCO_TRY(try_pattern(c, i, operation, nesting, out_done));
    else
      ++c->held;
  }
  if (legality == COCO_LEGALITY_UNKNOWN && c->options->partial) *out_done = true;
  return COCO_OK;
}

/* A cast whose value is not used, or is what another cast was made from, goes. */
static coco_status drop_cast(coco_conversion *c, coco_operation *cast) {
  coco_value *result = &cast->results[0];
  coco_value *source = before_cast(c, coco_operation_operand(cast, 0), result->type);
  if (source && result->first_use) COCO_TRY(replace_uses(c, result, source, NULL));
  for (const coco_use *use = result->first_use; use; use = use->next)
    if (use->owner->block) return COCO_OK;
  return take_out(c, cast);
}

/* Later casts are from earlier ones: from the end on. */
static coco_status drop_casts(coco_conversion *c) {
  for (size_t i = c->log.count; i > 0; --i) {
    const change made = c->log.items[i - 1];
    if (made.kind == CREATED && made.operation->block && is_cast(c, made.operation))
      COCO_TRY(drop_cast(c, made.operation));
  }
  return COCO_OK;
}

/* The first cast that is left, or NULL. */
static coco_operation *remaining_cast(const coco_conversion *c) {
  for (size_t i = 0; i < c->log.count; ++i) {
    const change *made = &c->log.items[i];
    if (made->kind == CREATED && made->operation->block && is_cast(c, made->operation)) return made->operation;
  }
  return NULL;
}

static coco_status finish(coco_conversion *c) {
  enum { TYPE_TEXT = 128 };
  COCO_TRY(drop_casts(c));
  const coco_operation *cast = c->options->partial ? NULL : remaining_cast(c);
  if (!cast) return COCO_OK;
  char from[TYPE_TEXT], to[TYPE_TEXT];
  return coco_error(c->context, cast->location,
                    "failed to convert '%s' to '%s', as something still asks for the latter",
                    coco_type_text(coco_operation_operand(cast, 0)->type, from, sizeof from),
                    coco_type_text(cast->results[0].type, to, sizeof to));
}

typedef COCO_VECTOR_OF(coco_operation *) operations;

/* What is inside the root, in the order in which it is to be converted. */
static coco_status gather(coco_conversion *c, operations *work) {
  if (!c->options->last_first) {
    for (coco_operation *at = coco_walk_next(c->root, c->root); at; at = coco_walk_next(at, c->root))
      COCO_TRY(coco_vector_push(c->allocator, work, at));
    return COCO_OK;
  }
  for (coco_operation *at = coco_walk_deepest_first(c->root); at && at != c->root;
       at = coco_walk_next_post_order(at, c->root))
    COCO_TRY(coco_vector_push(c->allocator, work, at));
  for (size_t i = 0, count = work->count; i < count / 2; ++i) {
    coco_operation *other = work->items[i];
    work->items[i] = work->items[count - 1 - i];
    work->items[count - 1 - i] = other;
  }
  return COCO_OK;
}

static coco_status cannot_be_legalized(const coco_conversion *c, coco_operation *operation) {
  if (c->held) return coco_operation_error(operation, "cannot be legalized while debug counters leave out patterns");
  return coco_operation_error(operation, legality_of(c, operation) == COCO_ILLEGAL
                                             ? "cannot be legalized, and was marked illegal"
                                             : "cannot be legalized, and was not marked legal");
}

static coco_status convert_all(coco_conversion *c) {
  operations work = {0};
  coco_status status = gather(c, &work);
  for (size_t i = 0; status == COCO_OK && i < work.count; ++i) {
    coco_operation *operation = work.items[i];
    bool done = true;
    if (is_inside(c, operation)) status = legalize(c, operation, 0, &done);
    if (status == COCO_OK && !done) status = cannot_be_legalized(c, operation);
  }
  coco_vector_free(c->allocator, &work);
  return status == COCO_OK ? finish(c) : status;
}

static coco_status sort_patterns(coco_conversion *c, const coco_conversion_pattern *const *patterns, size_t count) {
  c->patterns = coco_allocate_zeroed(c->allocator, count, sizeof *c->patterns);
  c->hits = coco_allocate_zeroed(c->allocator, count, sizeof *c->hits);
  if (!c->patterns || !c->hits) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) { /* by insertion: few, and equal ones keep their order */
    size_t at = i;
    for (; at > 0 && c->patterns[at - 1]->benefit < patterns[i]->benefit; --at) c->patterns[at] = c->patterns[at - 1];
    c->patterns[at] = patterns[i];
  }
  c->pattern_count = count;
  return coco_vector_reserve(c->allocator, &c->log, 1);
}

coco_status coco_convert(coco_operation *root, const coco_conversion_pattern *const *patterns, size_t count,
                         const coco_conversion_options *options, bool *out_changed) {
  coco_conversion c = {.context = root->context,
                       .root = root,
                       .options = options,
                       .allocator = coco_context_allocator(root->context),
                       .builder = {.context = root->context, .inserted = inserted}};
  c.builder.listener = &c;
  coco_status status = sort_patterns(&c, patterns, count);
  if (status == COCO_OK) status = convert_all(&c);
  if (status != COCO_OK) undo_to(&c, 0);
  if (out_changed) *out_changed = c.log.count > 0;
  commit(&c);
  for (size_t i = 0; status == COCO_OK && options->pass && i < count; ++i)
    if (c.hits[i]) status = coco_pass_count_pattern(options->pass, c.patterns[i]->name, c.hits[i]);
  coco_free(c.allocator, c.patterns, count * sizeof *c.patterns);
  coco_free(c.allocator, c.hits, count * sizeof *c.hits);
  coco_vector_free(c.allocator, &c.log);
  return status;
}
