/* Inside of the context, for ir/ only: uniquing tables and registries. */
#ifndef COCO_IR_CONTEXT_INTERNAL_H
#define COCO_IR_CONTEXT_INTERNAL_H

#include "ir/context.h"
#include "ir/debug_counter.h"
#include "ir/definition.h"

/* Open addressing; entries are pointers to uniqued objects with their hashes. */
typedef struct coco_unique_table {
  const void **items;
  uint64_t *hashes;
  size_t count, capacity;
} coco_unique_table;

typedef bool (*coco_unique_equal)(const void *candidate, const void *key);

/* The entry equal to KEY, or NULL. */
const void *coco_unique_find(const coco_unique_table *table, uint64_t hash, const void *key, coco_unique_equal equal);
coco_status coco_unique_insert(coco_context *context, coco_unique_table *table, uint64_t hash, const void *item) COCO_MUST_USE;

/* The one attribute equal to KEY, made from a deep copy when it is new; NULL: no memory. */
const coco_attribute *coco_unique_attribute(coco_context *context, const coco_attribute *key);

enum { COCO_LOCATION_FILES = 256 }; /* files whose places locations hold without memory: see ir/location.c */

typedef struct coco_source {
  coco_string file, text;
} coco_source;

typedef struct coco_sharing coco_sharing; /* see ir/parallel.c */

struct coco_context {
  coco_sharing *sharing; /* while several threads work in the context; NULL: one thread, and no locks are taken */
  coco_allocator allocator;
  coco_arena arena;
  coco_pool pool;
  coco_unique_table types, attributes, expressions, maps, strings;
  coco_string_map operations;            /* name to coco_operation_definition */
  coco_string_map attribute_definitions; /* name to coco_attribute_definition */
  coco_pointer_map equations;            /* pattern of a dialect to its coco_equation */
  coco_string_map resources;
  coco_resource *first_resource, *last_resource;
  COCO_VECTOR_OF(const coco_dialect *) dialects;
  COCO_VECTOR_OF(coco_source) sources;
  struct {
    const char *text; /* never looked into: which source it was */
    int64_t line;
    size_t offset;
  } shown; /* the line of a source that a diagnostic showed last */
  bool allow_unregistered;
  coco_debug_counters *counters; /* borrowed; NULL: none */
  coco_diagnostic_handler handler;
  void *handler_user;
  size_t error_count;
  coco_pointer_map symbol_tables, symbol_hints; /* see ir/symbol.c */
  uint64_t distinct_count; /* distinct attributes made so far */
  /* Types and attributes asked for all the time. */
  const coco_type *f32, *index, *i1, *i32, *i64;
  const coco_attribute *unit;
  const coco_location *unknown_location;
  coco_string location_files[COCO_LOCATION_FILES]; /* interned */
  size_t location_file_count;
};

/* What several threads would change is read and changed between these two; they may be nested. */
void coco_sharing_enter(coco_sharing *sharing);
void coco_sharing_leave(coco_sharing *sharing);
static inline void coco_context_enter(const coco_context *context) {
  if (context->sharing) coco_sharing_enter(context->sharing);
}
static inline void coco_context_leave(const coco_context *context) {
  if (context->sharing) coco_sharing_leave(context->sharing);
}

/* What the calling thread had of a table lately, so that it need not wait for the lock: the entry equal to KEY, or
 * NULL. */
const void *coco_sharing_recall(coco_sharing *sharing, uint64_t hash, const void *key, coco_unique_equal equal);
void coco_sharing_remember(coco_sharing *sharing, uint64_t hash, const void *item, coco_unique_equal equal);

/* The calling thread's pool. */
coco_pool *coco_sharing_pool(coco_sharing *sharing);
/* Keeps DIAGNOSTIC until its turn comes. */
void coco_sharing_hold_diagnostic(coco_sharing *sharing, const coco_diagnostic *diagnostic);
/* Errors that the calling thread has emitted. */
size_t coco_sharing_error_count(const coco_sharing *sharing);

#endif
