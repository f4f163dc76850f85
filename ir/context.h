/* The context: owner of types, attributes, interned strings, resources, dialects and the allocator.
 *
 * Lifetimes: context > module > pass scratch. A context and everything in it belongs to one thread at
 * a time; different contexts share nothing. The one exception is a pass manager with several threads: see ir/pass.h. */
#ifndef COCO_IR_CONTEXT_H
#define COCO_IR_CONTEXT_H

#include "ir/attribute.h"
#include "ir/base/hash.h"
#include "ir/diagnostic.h"
#include "ir/resource.h"

/* ALLOCATOR NULL: the C heap. */
coco_status coco_context_create(const coco_allocator *allocator, coco_context **out) COCO_MUST_USE;
/* Modules must be destroyed before. NULL is allowed. */
void coco_context_destroy(coco_context *context);

const coco_allocator *coco_context_allocator(const coco_context *context);
coco_arena *coco_context_arena(coco_context *context); /* memory that lives as long as the context */
coco_pool *coco_context_pool(coco_context *context);   /* memory of operations, blocks, regions */

/* The one copy of TEXT in this context: equal strings give equal data pointers. data is NULL when memory runs out. */
coco_string coco_context_intern(coco_context *context, coco_string text);

/* Makes DIALECT's rows known. Registering twice is harmless. The rows must outlive the context. */
coco_status coco_context_register_dialect(coco_context *context, const coco_dialect *dialect) COCO_MUST_USE;
const coco_dialect *coco_context_find_dialect(const coco_context *context, coco_string name);
size_t coco_context_dialect_count(const coco_context *context);
const coco_dialect *coco_context_dialect(const coco_context *context, size_t index);

/* The row of an operation: a registered one, or the context's stand-in for an unregistered name
 * (is_registered false). NULL when memory runs out. */
const coco_operation_definition *coco_context_operation(coco_context *context, coco_string name);
/* Registered rows only; NULL when there is none. */
const coco_operation_definition *coco_context_find_operation(const coco_context *context, coco_string name);
const coco_attribute_definition *coco_context_find_attribute(const coco_context *context, coco_string name);

bool coco_context_allows_unregistered(const coco_context *context);
void coco_context_allow_unregistered(coco_context *context, bool allow);

/* Keeps a source text (borrowed) so that diagnostics can show its lines. */
coco_status coco_context_add_source(coco_context *context, coco_string file, coco_string text) COCO_MUST_USE;
coco_string coco_context_find_source(const coco_context *context, coco_string file); /* data NULL: unknown */

#endif
