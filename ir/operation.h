/* Operations, values, uses, blocks and regions: the program itself.
 *
 *   operation --has--> results (values), operands (uses), properties, regions, successors
 *   region    --has--> blocks --has--> arguments (values), operations in order
 *
 * Memory comes from the context's pool and is used again after an erase. One allocation holds an
 * operation's results, operands, successors, properties and regions; growing the operands moves
 * them to an allocation of their own. Pointers to live entities are stable. A module is an
 * operation (builtin.module) without a parent. */
#ifndef COCO_IR_OPERATION_H
#define COCO_IR_OPERATION_H

#include "ir/attribute.h"
#include "ir/context.h"

struct coco_use {
  coco_value *value;
  coco_operation *owner;
  coco_use *next;      /* another use of the same value */
  coco_use **previous; /* what points at this use */
};

struct coco_value {
  const coco_type *type;
  coco_use *first_use;
  void *owner;    /* the operation, or the block of an argument */
  uint32_t index; /* among the results or arguments */
  bool is_argument;
};

/* A block argument: its value knows that it is one. */
typedef struct coco_argument {
  coco_value value;
  const coco_location *location;
} coco_argument;

struct coco_operation {
  const coco_operation_definition *definition;
  coco_context *context;
  coco_block *block; /* NULL: detached, or a top-level module */
  coco_operation *previous, *next;
  const coco_location *location;
  const coco_attribute *attributes;  /* discardable ones: a dictionary, NULL when empty */
  const coco_attribute **properties; /* by index of the row's attributes; NULL where absent. Unregistered: [0] is the whole dictionary */
  coco_use *operands;
  coco_value *results; /* behind them in memory: regions, successors */
  uint32_t operand_count, operand_capacity : 31, operands_moved : 1, result_count;
  uint16_t region_count, successor_count;
  uint32_t order; /* position in the block, when the block's order is valid */
  uint32_t size;  /* bytes of the allocation */
};

struct coco_block {
  coco_region *region;
  coco_block *previous, *next;
  coco_operation *first, *last;
  coco_value **arguments; /* each allocated alone, so that pointers are stable */
  uint32_t argument_count, argument_capacity;
  bool order_valid;
  uint32_t order; /* scratch for analyses: position in the region's list when numbered */
};

struct coco_region {
  coco_operation *owner;
  coco_block *first, *last;
};

/* ---- Creating and erasing ---- */

/* What an operation is made of. Everything is borrowed for the call. Zero fields mean none. */
typedef struct coco_operation_state {
  const coco_operation_definition *definition;
  const coco_location *location; /* NULL: unknown (or the builder's) */
  coco_value *const *operands;   /* NULL entries are left out, see segment_sizes */
  size_t operand_count;
  /* For rows with the trait COCO_OPERAND_SEGMENTS: the size of each operand group. NULL: as many
   * entries in `operands` as the row has groups, one each, a NULL entry being an empty group. */
  const int32_t *segment_sizes;
  const coco_type *const *result_types; /* NULL: inferred by the row (definition->infer) */
  size_t result_count;                  /* used with result_types */
  const coco_named_attribute *attributes; /* a name of the row becomes a property, any other is discardable; NULL values are left out */
  size_t attribute_count;
  size_t region_count; /* 0: as many as the row says */
  coco_block *const *successors;
  size_t successor_count;
} coco_operation_state;

/* For literals: &(coco_operation_state){.definition = &coco_arith_addf, COCO_WITH_OPERANDS(x, y)}. */
#define COCO_WITH_OPERANDS(...)                      \
  .operands = (coco_value *const[]){__VA_ARGS__},    \
  .operand_count = sizeof((coco_value *const[]){__VA_ARGS__}) / sizeof(coco_value *)
#define COCO_WITH_RESULTS(...)                                \
  .result_types = (const coco_type *const[]){__VA_ARGS__},    \
  .result_count = sizeof((const coco_type *const[]){__VA_ARGS__}) / sizeof(coco_type *)
#define COCO_NAMED(name, value) ((coco_named_attribute){{(name), sizeof(name) - 1}, (value)})
#define COCO_WITH_ATTRIBUTES(...)                                      \
  .attributes = (const coco_named_attribute[]){__VA_ARGS__},           \
  .attribute_count = sizeof((const coco_named_attribute[]){__VA_ARGS__}) / sizeof(coco_named_attribute)

/* A detached operation. COCO_REPORTED when inference finds the operands wrong. */
coco_status coco_operation_create(coco_context *context, const coco_operation_state *state, coco_operation **out) COCO_MUST_USE;
/* Detaches it and destroys it with its regions. Its results must have no uses left (uses inside itself excepted). */
void coco_operation_erase(coco_operation *operation);
void coco_operation_detach(coco_operation *operation);
void coco_operation_insert_before(coco_operation *operation, coco_operation *anchor);
void coco_operation_insert_after(coco_operation *operation, coco_operation *anchor);
void coco_block_append(coco_block *block, coco_operation *operation);
void coco_block_prepend(coco_block *block, coco_operation *operation);

/* Appends an empty block. NULL when memory runs out. */
coco_block *coco_region_append_block(coco_context *context, coco_region *region);
coco_block *coco_block_create(coco_context *context); /* detached */
void coco_region_insert_block(coco_region *region, coco_block *block, coco_block *before); /* NULL: at the end */
void coco_block_detach(coco_block *block);
void coco_block_erase(coco_context *context, coco_block *block); /* with its operations */
/* Moves all blocks of FROM to the end of TO. */
void coco_region_take(coco_region *to, coco_region *from);
/* Moves the operations of FROM before ANCHOR (or to the end of TO when ANCHOR is NULL). */
void coco_block_splice(coco_block *to, coco_operation *anchor, coco_block *from);
/* Moves FIRST and what follows it to the end of TO, another block. */
void coco_block_move_tail(coco_operation *first, coco_block *to);
coco_value *coco_block_add_argument(coco_context *context, coco_block *block, const coco_type *type); /* NULL: no memory */
/* Unknown until it is set. */
static inline const coco_location *coco_argument_location(const coco_value *argument) { return ((const coco_argument *)(const void *)argument)->location; }
static inline void coco_argument_set_location(coco_value *argument, const coco_location *location) { ((coco_argument *)(void *)argument)->location = location; }
/* The argument must be unused. */
void coco_block_remove_argument(coco_context *context, coco_block *block, size_t index);

/* ---- Navigating ---- */
static inline coco_value *coco_operation_operand(const coco_operation *operation, size_t index) { return operation->operands[index].value; }
static inline coco_value *coco_operation_result(const coco_operation *operation, size_t index) { return &operation->results[index]; }
/* All regions, in a row. */
static inline coco_region *coco_operation_regions(const coco_operation *operation) {
  return (coco_region *)(void *)(operation->results + operation->result_count);
}
static inline coco_region *coco_operation_region(const coco_operation *operation, size_t index) {
  return coco_operation_regions(operation) + index;
}
/* All successors, in a row. */
static inline coco_block **coco_operation_successors(const coco_operation *operation) {
  return (coco_block **)(void *)(coco_operation_regions(operation) + operation->region_count);
}
static inline coco_block *coco_operation_successor(const coco_operation *operation, size_t index) {
  return coco_operation_successors(operation)[index];
}
static inline bool coco_operation_is(const coco_operation *operation, const coco_operation_definition *definition) {
  return operation && operation->definition == definition;
}
coco_string coco_operation_name(const coco_operation *operation);
/* The operation that defines VALUE, or NULL for a block argument. */
static inline coco_operation *coco_value_operation(const coco_value *value) { return value->is_argument ? NULL : (coco_operation *)value->owner; }
static inline coco_block *coco_value_argument_block(const coco_value *value) { return value->is_argument ? (coco_block *)value->owner : NULL; }
coco_block *coco_value_block(const coco_value *value); /* where it is defined */
/* The defining operation when its row is DEFINITION, else NULL. */
static inline coco_operation *coco_value_defined_by(const coco_value *value, const coco_operation_definition *definition) {
  coco_operation *operation = coco_value_operation(value);
  return coco_operation_is(operation, definition) ? operation : NULL;
}
coco_operation *coco_operation_parent(const coco_operation *operation); /* NULL at the top */
/* The closest parent (not itself) with this row; NULL when there is none. */
coco_operation *coco_operation_parent_of(const coco_operation *operation, const coco_operation_definition *definition);
bool coco_operation_is_ancestor(const coco_operation *ancestor, const coco_operation *operation); /* itself included */
coco_operation *coco_block_terminator(const coco_block *block); /* the last operation if it may end a block, else NULL */
coco_block *coco_operation_body(const coco_operation *operation, size_t region); /* the region's first block; NULL: empty region */
bool coco_value_has_one_use(const coco_value *value);
bool coco_value_is_unused(const coco_value *value);
size_t coco_value_use_count(const coco_value *value);
/* Both in one block. O(1) amortised. */
bool coco_operation_is_before(coco_operation *a, coco_operation *b);
size_t coco_use_index(const coco_use *use); /* which operand of its owner */

/* ---- Operands, by position and by the row's names ---- */
void coco_operation_set_operand(coco_operation *operation, size_t index, coco_value *value);
/* Replaces all operands; SEGMENT_SIZES as in the state. */
coco_status coco_operation_set_operands(coco_operation *operation, coco_value *const *operands, size_t count, const int32_t *segment_sizes) COCO_MUST_USE;
/* Start and size of operand (result) group GROUP of the row. */
void coco_operation_operand_group(const coco_operation *operation, size_t group, size_t *out_start, size_t *out_count);
void coco_operation_result_group(const coco_operation *operation, size_t group, size_t *out_start, size_t *out_count);
/* The value of a single or optional operand group: NULL when absent. */
coco_value *coco_operation_group_value(const coco_operation *operation, size_t group);
void coco_value_replace_all_uses(coco_value *from, coco_value *to);

/* The operand NAME of a row: COCO_OPERAND(op, graph_conv, bias); a misspelt name does not compile. */
#define COCO_OPERAND(operation, row, name) \
  coco_operation_group_value((operation), offsetof(struct coco_##row##_operands, name))
#define COCO_OPERAND_GROUP(operation, row, name, out_start, out_count) \
  coco_operation_operand_group((operation), offsetof(struct coco_##row##_operands, name), (out_start), (out_count))
#define COCO_RESULT(operation, row, name) \
  (&(operation)->results[offsetof(struct coco_##row##_results, name)])
/* The property NAME of a row, NULL when absent. Assign through coco_operation_set_property. */
#define COCO_PROPERTY(operation, row, name) \
  ((operation)->properties[offsetof(struct coco_##row##_attributes, name)])
#define COCO_PROPERTY_INDEX(row, name) offsetof(struct coco_##row##_attributes, name)

/* ---- Attributes ---- */
/* By name, properties first, then discardable ones. NULL when absent. */
const coco_attribute *coco_operation_get(const coco_operation *operation, coco_string name);
/* VALUE NULL removes. A name of the row sets the property. */
coco_status coco_operation_set(coco_operation *operation, coco_string name, const coco_attribute *value) COCO_MUST_USE;
static inline void coco_operation_set_property(coco_operation *operation, size_t index, const coco_attribute *value) { operation->properties[index] = value; }
size_t coco_operation_property_count(const coco_operation *operation); /* entries of `properties` */
/* The property, or its row's default when it is absent, as an integer / list; FALLBACK when there is neither. */
int64_t coco_property_integer(const coco_attribute *property, int64_t fallback);

/* ---- Whole operations ---- */
typedef enum coco_walk_order { COCO_PRE_ORDER, COCO_POST_ORDER } coco_walk_order;
typedef enum coco_walk_result { COCO_WALK_ON, COCO_WALK_SKIP /* the regions; pre-order only */, COCO_WALK_STOP } coco_walk_result;
typedef coco_walk_result (*coco_walk_function)(coco_operation *operation, void *user);
/* Visits OPERATION and everything inside. The function may erase the operation it is given (in post-order). False: stopped. No recursion limit. */
bool coco_operation_walk(coco_operation *operation, coco_walk_order order, coco_walk_function function, void *user);

/* For loops: what follows OPERATION in pre-order inside ROOT (start with ROOT itself); NULL at the end. */
coco_operation *coco_walk_next(const coco_operation *operation, const coco_operation *root);
/* The same, leaving out what is inside OPERATION. */
coco_operation *coco_walk_next_outside(const coco_operation *operation, const coco_operation *root);

/* Clones with regions. MAP (may be NULL) maps old values, blocks and operations to new ones: entries
 * that are there on entry replace operands from outside; clones are added. */
coco_status coco_operation_clone(coco_operation *operation, coco_pointer_map *map, coco_operation **out) COCO_MUST_USE;
/* Clones the operations of BLOCK but its terminator before ANCHOR (or at the end of TO). Block arguments must be in MAP. */
coco_status coco_block_clone_into(coco_block *block, coco_block *to, coco_operation *anchor, coco_pointer_map *map) COCO_MUST_USE;

bool coco_operation_has_trait(const coco_operation *operation, uint32_t trait);
bool coco_operation_is_pure(coco_operation *operation);          /* no effect, regions included */
bool coco_operation_is_trivially_dead(coco_operation *operation); /* unused and erasable */
/* Same row, operands, types, properties, attributes, and (when it has them) equal regions. Locations do not count. */
bool coco_operation_equivalent(const coco_operation *a, const coco_operation *b);
uint64_t coco_operation_hash(const coco_operation *operation); /* agrees with coco_operation_equivalent */
/* The value of a constant-like defining operation, else NULL. */
const coco_attribute *coco_value_constant(const coco_value *value);

/* ---- Symbols ---- */
coco_string coco_symbol_name(const coco_operation *operation); /* sym_name; size 0: none */
/* Looks in the region of the nearest symbol table at or above FROM, then outwards. */
coco_operation *coco_symbol_lookup(coco_operation *from, const coco_attribute *symbol);
/* Directly inside the symbol table TABLE. */
coco_operation *coco_symbol_lookup_in(coco_operation *table, coco_string name);

#endif
