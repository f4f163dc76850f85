/* Erases private symbols that nothing alive refers to.
 *
 * Alive is what is not a symbol, every public symbol, and what something alive refers to by name. A
 * reference keeps every symbol of that name in whatever table: at worst too much is kept. Linear in
 * operations and distinct attributes. */
#include "passes/passes.h"

enum { ERASED };
static const char *const statistics[] = {"symbols erased"};

/* A symbol that may go, and the next of the same name. */
typedef struct symbol {
  coco_operation *operation;
  struct symbol *next;
  bool alive;
} symbol;

typedef struct state {
  coco_pass *pass;
  const coco_allocator *allocator;
  coco_string_map by_name;       /* to the first symbol */
  coco_pointer_map by_operation; /* to its symbol */
  coco_pointer_map seen;         /* attributes looked at */
  COCO_VECTOR_OF(symbol *) symbols;
  COCO_VECTOR_OF(coco_operation *) pending; /* alive, not looked into yet */
  COCO_VECTOR_OF(const coco_attribute *) attributes;
} state;

static bool is_private(const coco_operation *operation) {
  const coco_attribute *visibility = coco_operation_get(operation, COCO_STRING("sym_visibility"));
  return coco_attribute_is(visibility, COCO_ATTRIBUTE_STRING) &&
         (coco_string_is(visibility->text, "private") || coco_string_is(visibility->text, "nested"));
}

static coco_status gather(state *s, coco_operation *root) {
  for (coco_operation *operation = root; (operation = coco_walk_next(operation, root)) != NULL;) {
    coco_string name = coco_symbol_name(operation);
    const coco_operation *parent = coco_operation_parent(operation);
    if (name.size && is_private(operation) && coco_operation_has_trait(parent, COCO_SYMBOL_TABLE)) {
      symbol *found = coco_arena_allocate_zeroed(s->pass->scratch, 1, sizeof *found);
      if (!found) return COCO_OUT_OF_MEMORY;
      *found = (symbol){.operation = operation, .next = coco_string_map_get(&s->by_name, name)};
      COCO_TRY(coco_string_map_set(&s->by_name, name, found));
      COCO_TRY(coco_pointer_map_set(&s->by_operation, operation, found));
      COCO_TRY(coco_vector_push(s->allocator, &s->symbols, found));
    }
  }
  return COCO_OK;
}

static coco_status mark(state *s, coco_string name) {
  for (symbol *found = coco_string_map_get(&s->by_name, name); found; found = found->next) {
    if (found->alive) continue;
    found->alive = true;
    COCO_TRY(coco_vector_push(s->allocator, &s->pending, found->operation));
  }
  return COCO_OK;
}

static coco_status push_attribute(state *s, const coco_attribute *attribute) {
  if (!attribute || coco_pointer_map_contains(&s->seen, attribute)) return COCO_OK;
  COCO_TRY(coco_pointer_map_set(&s->seen, attribute, s));
  return coco_vector_push(s->allocator, &s->attributes, attribute);
}

static coco_status look_at(state *s, const coco_attribute *attribute) {
  switch (attribute->kind) {
    case COCO_ATTRIBUTE_SYMBOL:
      COCO_TRY(mark(s, attribute->text));
      break;
    case COCO_ATTRIBUTE_ARRAY:
      break;
    case COCO_ATTRIBUTE_DISTINCT:
      return push_attribute(s, attribute->child);
    case COCO_ATTRIBUTE_DICTIONARY:
      for (size_t i = 0; i < attribute->count; ++i) COCO_TRY(push_attribute(s, attribute->entries[i].value));
      return COCO_OK;
    case COCO_ATTRIBUTE_DIALECT:
      for (size_t i = 0; i < attribute->definition->parameter_count; ++i)
        COCO_TRY(push_attribute(s, attribute->elements[i]));
      return COCO_OK;
    default:
      return COCO_OK;
  }
  for (size_t i = 0; i < attribute->count; ++i) COCO_TRY(push_attribute(s, attribute->elements[i]));
  return COCO_OK;
}

static coco_status look_at_operation(state *s, const coco_operation *operation) {
  COCO_TRY(push_attribute(s, operation->attributes));
  size_t count = coco_operation_property_count(operation);
  for (size_t i = 0; i < count; ++i) COCO_TRY(push_attribute(s, operation->properties[i]));
  while (s->attributes.count) COCO_TRY(look_at(s, s->attributes.items[--s->attributes.count]));
  return COCO_OK;
}

/* Everything inside ROOT but private symbols, whose turn comes when they are found alive. */
static coco_status look_inside(state *s, coco_operation *root) {
  COCO_TRY(look_at_operation(s, root));
  for (coco_operation *operation = coco_walk_next(root, root); operation;) {
    bool waits = coco_pointer_map_contains(&s->by_operation, operation);
    if (!waits) COCO_TRY(look_at_operation(s, operation));
    operation = waits ? coco_walk_next_outside(operation, root) : coco_walk_next(operation, root);
  }
  return COCO_OK;
}

static coco_status find_alive(state *s, coco_operation *root) {
  COCO_TRY(gather(s, root));
  COCO_TRY(coco_vector_push(s->allocator, &s->pending, root));
  while (s->pending.count) COCO_TRY(look_inside(s, s->pending.items[--s->pending.count]));
  return COCO_OK;
}

/* Inner symbols come after the outer ones that hold them: backwards, each is erased once. */
static void erase_dead(state *s) {
  for (size_t i = s->symbols.count; i-- > 0;) {
    if (s->symbols.items[i]->alive) continue;
    coco_operation_erase(s->symbols.items[i]->operation);
    ++s->pass->statistics[ERASED];
    s->pass->changed = true;
  }
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  const coco_allocator *allocator = coco_context_allocator(pass->context);
  state s = {.pass = pass,
             .allocator = allocator,
             .by_name = {.allocator = allocator},
             .by_operation = {.allocator = allocator},
             .seen = {.allocator = allocator}};
  coco_status status = find_alive(&s, root);
  if (status == COCO_OK) erase_dead(&s);
  coco_string_map_free(&s.by_name);
  coco_pointer_map_free(&s.by_operation);
  coco_pointer_map_free(&s.seen);
  coco_vector_free(allocator, &s.symbols);
  coco_vector_free(allocator, &s.pending);
  coco_vector_free(allocator, &s.attributes);
  return status;
}

const coco_pass_definition coco_pass_symbol_dce = {.name = "symbol-dce",
                                                   .documentation = "Erase private symbols that are never referred to.",
                                                   .statistics = statistics,
                                                   .statistic_count = sizeof statistics / sizeof *statistics,
                                                   .run = run};
