/* Which symbols the attributes of operations name. */
#ifndef COCO_PASSES_SYMBOL_USES_H
#define COCO_PASSES_SYMBOL_USES_H

#include "ir/base/hash.h"
#include "ir/pass.h"

/* What to gather. Zero-initialise; `skip_callees` and what follows it are choices. */
typedef struct coco_symbol_uses {
  coco_string_map names; /* every name that was found, outermost or nested, is a key; to be freed by the caller */
  bool skip_callees;     /* leave out the `callee` of calls */
  const coco_pointer_map *skip; /* operations not to be looked at, nor what is inside; NULL: none */
  coco_status (*found)(void *user, coco_string name); /* called when a name is found for the first time; NULL: nobody */
  void *user;
} coco_symbol_uses;

/* Adds the names that attributes and properties inside ROOT (itself included) refer to. Linear in operations and
 * distinct attributes. */
coco_status coco_symbol_uses_gather(coco_operation *root, coco_symbol_uses *uses) COCO_MUST_USE;
/* The property of a call that names the function directly; NULL: none does. */
const coco_attribute *coco_callee_of(const coco_operation *operation);

/* The functions directly inside TABLE by name, those with a body alone. OUT is the caller's, empty. */
coco_status coco_functions_by_name(coco_operation *table, coco_string_map *out) COCO_MUST_USE;
bool coco_symbol_is_private(const coco_operation *operation);

#endif
