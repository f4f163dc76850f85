/* Changes of a program in memory: what they make is well formed, and mostly verifies.
 *
 * A mutation reads the text, changes operations a few times, and prints. A new operation is a clone of one that there
 * is, of this program or of another, with operands that are visible where it goes to: values of the same types, or
 * constants made for it. Cost: linear in the program for each change. */
#include <string.h>

#include "api/registry.h"
#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tests/fuzz/support/mutators.h"

enum { MOST_CHANGES = 4, MOST_VISIBLE = 256, LONGEST_RESULT = 1 << 16 };

typedef struct mutation {
  choice *choice;
  coco_context *context;
  coco_operation *module;
} mutation;

/* One of the operations inside ROOT, each as likely; NULL when there is none. */
static coco_operation *choose_operation(choice *c, coco_operation *root) {
  coco_operation *chosen = NULL;
  size_t count = 0;
  for (coco_operation *o = coco_walk_next(root, root); o; o = coco_walk_next(o, root))
    if (one_in(c, ++count)) chosen = o;
  return chosen;
}

/* ---- Values ---- */

typedef struct visible {
  coco_value *values[MOST_VISIBLE];
  size_t count;
  const coco_type *type; /* that are wanted */
} visible;

static void see(visible *v, coco_value *value) {
  if (value->type == v->type && v->count < MOST_VISIBLE) v->values[v->count++] = value;
}

/* The values before ANCHOR in its block, that block's arguments, and the same around it up to what is isolated. */
static void find_visible(visible *v, const coco_operation *anchor) {
  while (anchor && anchor->block) {
    for (coco_operation *o = anchor->previous; o; o = o->previous)
      for (size_t i = 0; i < o->result_count; ++i) see(v, coco_operation_result(o, i));
    for (size_t i = 0; i < anchor->block->argument_count; ++i) see(v, anchor->block->arguments[i]);
    anchor = coco_operation_parent(anchor);
    if (!anchor || coco_operation_has_trait(anchor, COCO_ISOLATED)) return;
  }
}

static const coco_attribute *constant_of(mutation *m, const coco_type *type) {
  const coco_type *scalar = coco_type_scalar(type);
  bool number = scalar->kind == COCO_TYPE_INDEX || scalar->kind == COCO_TYPE_FLOAT || scalar->kind == COCO_TYPE_INTEGER;
  if (!number) return NULL;
  if (scalar == type && type->kind == COCO_TYPE_FLOAT)
    return coco_attribute_float(m->context, type, (double)choose_integer(m->choice) / 4);
  if (scalar == type) return coco_attribute_integer(m->context, type, choose_integer(m->choice));
  if (type->kind != COCO_TYPE_TENSOR && type->kind != COCO_TYPE_VECTOR) return NULL;
  if (!coco_type_has_static_shape(type) || (scalar->kind == COCO_TYPE_INTEGER && scalar->width > 64)) return NULL;
  uint8_t element[16] = {0};
  if (scalar->kind == COCO_TYPE_FLOAT)
    coco_element_write_real(scalar, element, (double)choose(m->choice, 5) - 2);
  else
    coco_element_write_integer(scalar, element, choose_integer(m->choice));
  return coco_attribute_dense(m->context, type, element, coco_packed_size(scalar));
}

/* A new operation before ANCHOR with a result of TYPE: a constant, or one of an unknown dialect. */
static coco_value *make_value(mutation *m, const coco_type *type, coco_operation *anchor) {
  const coco_attribute *value = constant_of(m, type);
  const char *name = value ? "arith.constant" : "test.make";
  coco_operation_state state = {.definition = coco_context_operation(m->context, (coco_string){name, strlen(name)}),
                                COCO_WITH_RESULTS(type)};
  if (value) {
    state.attributes = &COCO_NAMED("value", value);
    state.attribute_count = 1;
  }
  coco_operation *made;
  if (coco_operation_create(m->context, &state, &made) != COCO_OK) return NULL;
  coco_operation_insert_before(made, anchor);
  return coco_operation_result(made, 0);
}

/* A value of TYPE that may be used at ANCHOR. */
static coco_value *choose_value(mutation *m, const coco_type *type, coco_operation *anchor) {
  visible v = {.type = type};
  if (!one_in(m->choice, 8)) find_visible(&v, anchor);
  return v.count ? v.values[choose(m->choice, v.count)] : make_value(m, type, anchor);
}

/* ---- Changes: false when there was nothing to change ---- */

static bool change_operand(mutation *m, coco_operation *operation) {
  if (!operation->operand_count) return false;
  size_t index = choose(m->choice, operation->operand_count);
  coco_value *value = choose_value(m, coco_operation_operand(operation, index)->type, operation);
  if (value) coco_operation_set_operand(operation, index, value);
  return value != NULL;
}

static bool swap_operands(mutation *m, coco_operation *operation) {
  if (operation->operand_count < 2) return false;
  size_t first = choose(m->choice, operation->operand_count), second = choose(m->choice, operation->operand_count);
  coco_value *value = coco_operation_operand(operation, first);
  coco_operation_set_operand(operation, first, coco_operation_operand(operation, second));
  coco_operation_set_operand(operation, second, value);
  return true;
}

static bool erase_operation(mutation *m, coco_operation *operation) {
  if (operation->successor_count || operation == coco_block_terminator(operation->block)) return false;
  for (size_t i = 0; i < operation->result_count; ++i) {
    coco_value *result = coco_operation_result(operation, i);
    if (coco_value_is_unused(result)) continue;
    coco_value *other = choose_value(m, result->type, operation);
    if (!other) return false;
    coco_value_replace_all_uses(result, other);
  }
  coco_operation_erase(operation);
  return true;
}

static bool move_operation(mutation *m, coco_operation *operation) {
  coco_operation *anchor = operation;
  for (size_t steps = 1 + choose(m->choice, 4); steps && anchor->previous; --steps) anchor = anchor->previous;
  if (anchor == operation || operation == coco_block_terminator(operation->block)) return false;
  coco_operation_detach(operation);
  coco_operation_insert_before(operation, anchor);
  return true;
}

/* What the clone's operations use from outside of it gets values that are visible at ANCHOR. */
static bool settle_operands(mutation *m, coco_operation *clone) {
  for (coco_operation *o = clone; o; o = coco_walk_next(o, clone)) {
    for (size_t i = 0; i < o->operand_count; ++i) {
      coco_block *block = coco_value_block(coco_operation_operand(o, i));
      coco_operation *owner = block ? block->region->owner : NULL;
      if (owner && coco_operation_is_ancestor(clone, owner)) continue;
      coco_value *value = choose_value(m, coco_operation_operand(o, i)->type, clone);
      if (!value) return false;
      coco_operation_set_operand(o, i, value);
    }
  }
  return true;
}

/* A clone of OPERATION, which may be of another program, before ANCHOR. Some of what follows uses its results. */
static bool clone_operation(mutation *m, coco_operation *operation, coco_operation *anchor) {
  coco_operation *clone;
  if (operation->successor_count || coco_operation_has_trait(operation, COCO_TERMINATOR)) return false;
  if (coco_operation_is_ancestor(operation, anchor)) return false;
  coco_pointer_map map = {.allocator = &coco_heap};
  coco_status status = coco_operation_clone(operation, &map, &clone);
  coco_pointer_map_free(&map);
  if (status != COCO_OK) return false;
  coco_operation_insert_before(clone, anchor);
  if (!settle_operands(m, clone)) {
    coco_operation_erase(clone);
    return false;
  }
  for (coco_operation *o = clone->next; o; o = o->next)
    for (size_t i = 0; i < o->operand_count; ++i)
      for (size_t r = 0; r < clone->result_count; ++r)
        if (coco_operation_operand(o, i)->type == clone->results[r].type && one_in(m->choice, 3))
          coco_operation_set_operand(o, i, coco_operation_result(clone, r));
  return true;
}

/* Another row of the same dialect that takes and gives as many values: addi becomes muli. */
static const coco_operation_definition *choose_row(mutation *m, const coco_operation *operation) {
  const coco_operation_definition *row = operation->definition, *chosen = NULL;
  size_t count = 0;
  for (size_t i = 0; row->dialect && i < row->dialect->operation_count; ++i) {
    const coco_operation_definition *other = row->dialect->operations[i];
    bool alike = other != row && other->operand_row_count == row->operand_row_count &&
                 other->result_row_count == row->result_row_count && other->region_count == row->region_count;
    if (alike && one_in(m->choice, ++count)) chosen = other;
  }
  return chosen;
}

static bool change_row(mutation *m, coco_operation *operation) {
  const coco_operation_definition *row = choose_row(m, operation);
  if (!row || operation->region_count || operation->successor_count || operation->operand_count > 8 ||
      operation->result_count != 1 || (row->traits & (COCO_OPERAND_SEGMENTS | COCO_RESULT_SEGMENTS)))
    return false;
  coco_value *operands[8];
  for (size_t i = 0; i < operation->operand_count; ++i) operands[i] = coco_operation_operand(operation, i);
  coco_named_attribute attributes[16];
  size_t count = 0, known = operation->definition->attribute_count;
  for (size_t i = 0; i < known && count < 16; ++i) {
    const char *name = operation->definition->attributes[i].name;
    if (coco_definition_attribute_index(row, (coco_string){name, strlen(name)}) == row->attribute_count) continue;
    attributes[count++] = (coco_named_attribute){{name, strlen(name)}, operation->properties[i]};
  }
  coco_operation_state state = {.definition = row,
                                .location = operation->location,
                                .operands = operands,
                                .operand_count = operation->operand_count,
                                COCO_WITH_RESULTS(operation->results[0].type),
                                .attributes = attributes,
                                .attribute_count = count};
  coco_operation *made;
  if (coco_operation_create(m->context, &state, &made) != COCO_OK) return false;
  coco_operation_insert_before(made, operation);
  coco_value_replace_all_uses(coco_operation_result(operation, 0), coco_operation_result(made, 0));
  coco_operation_erase(operation);
  return true;
}

/* ATTRIBUTE with a number or an entry of it changed. */
static const coco_attribute *changed_attribute(mutation *m, const coco_attribute *attribute) {
  choice *c = m->choice;
  switch (attribute->kind) {
    case COCO_ATTRIBUTE_INTEGER:
      return coco_attribute_integer(m->context, attribute->type, choose_integer(c));
    case COCO_ATTRIBUTE_FLOAT:
      return coco_attribute_float(m->context, attribute->type, (double)choose_integer(c) / 2);
    case COCO_ATTRIBUTE_DENSE_ARRAY: {
      if (!coco_type_is_integer(attribute->type, 64) || attribute->count > 64) return NULL;
      int64_t values[65];
      if (attribute->count) memcpy(values, attribute->data, attribute->count * sizeof *values);
      size_t count = attribute->count;
      if (count && !one_in(c, 6))
        values[choose(c, count)] = choose_integer(c);
      else if (count && one_in(c, 2))
        --count;
      else
        values[count++] = choose_integer(c);
      return coco_attribute_i64_array(m->context, values, count);
    }
    case COCO_ATTRIBUTE_ARRAY: {
      const coco_attribute *elements[16];
      if (attribute->count == 0 || attribute->count > 16) return NULL;
      memcpy(elements, attribute->elements, attribute->count * sizeof *elements);
      size_t index = choose(c, attribute->count);
      if (one_in(c, 3)) return coco_attribute_array(m->context, elements, attribute->count - 1);
      elements[index] = changed_attribute(m, elements[index]);
      return elements[index] ? coco_attribute_array(m->context, elements, attribute->count) : NULL;
    }
    case COCO_ATTRIBUTE_DENSE:
      if (attribute->type->kind == COCO_TYPE_TENSOR || attribute->type->kind == COCO_TYPE_VECTOR)
        return constant_of(m, attribute->type);
      return NULL;
    default:
      return NULL;
  }
}

static bool change_attribute(mutation *m, coco_operation *operation) {
  size_t count = coco_operation_property_count(operation);
  if (!operation->definition->is_registered || !count) return false;
  size_t index = choose(m->choice, count);
  const coco_attribute *old = operation->properties[index];
  if (!old) {
    coco_operation *other = choose_operation(m->choice, m->module);
    if (!other || other->definition != operation->definition) return false;
    coco_operation_set_property(operation, index, other->properties[index]);
    return true;
  }
  const coco_attribute *made = one_in(m->choice, 10) ? NULL : changed_attribute(m, old);
  if (made || operation->definition->attributes[index].optional) coco_operation_set_property(operation, index, made);
  return true;
}

static bool change(mutation *m, coco_operation *other) {
  coco_operation *operation = choose_operation(m->choice, m->module), *from = choose_operation(m->choice, m->module);
  if (!operation) return false;
  if (other && one_in(m->choice, 2)) from = choose_operation(m->choice, other);
  switch (choose(m->choice, 10)) {
    case 0:
    case 1:
      return change_operand(m, operation);
    case 2:
      return swap_operands(m, operation);
    case 3:
      return erase_operation(m, operation);
    case 4:
      return move_operation(m, operation);
    case 5:
      return change_row(m, operation);
    case 6:
    case 7:
      return change_attribute(m, operation);
    default:
      return from && clone_operation(m, from, operation);
  }
}

static void ignore(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  (void)user, (void)context, (void)diagnostic;
}

static coco_operation *parse(coco_context *context, coco_string text) {
  coco_operation *module = NULL;
  if (text.data && coco_parse_module(context, text, COCO_STRING("/nonexistent/fuzz.mlir"), &module) != COCO_OK)
    return NULL;
  return module;
}

bool mutate_program(choice *c, coco_string text, coco_string other_text, coco_buffer *out) {
  mutation m = {.choice = c};
  if (coco_context_create(&fuzz_allocator, &m.context) != COCO_OK) return false;
  coco_set_diagnostic_handler(m.context, ignore, NULL, NULL, NULL);
  coco_context_allow_unregistered(m.context, true);
  bool changed = false;
  if (coco_register_all_dialects(m.context) == COCO_OK && (m.module = parse(m.context, text)) != NULL) {
    coco_operation *other = parse(m.context, other_text);
    for (size_t tries = 1 + choose(c, MOST_CHANGES); tries; --tries) changed |= change(&m, other);
    /* Custom forms are for programs that verify. */
    bool generic = one_in(c, 8) || coco_verify(m.module) != COCO_OK;
    const coco_print_options form = {.generic = generic, .locations = one_in(c, 16)};
    changed = changed && coco_print_operation(out, m.module, &form) == COCO_OK && out->size < LONGEST_RESULT;
    if (other) coco_operation_erase(other);
    coco_operation_erase(m.module);
  }
  coco_context_destroy(m.context);
  return changed;
}

size_t take_mutation(const coco_buffer *out, uint8_t *data, size_t maximum_size) {
  size_t size = out->size < maximum_size ? out->size : maximum_size;
  if (size) memcpy(data, out->data, size);
  return size;
}

size_t mutate_source(choice *c, uint8_t *data, size_t size, size_t maximum_size) {
  coco_buffer out = COCO_BUFFER(&coco_heap);
  coco_string text = {(const char *)data, size};
  bool changed = false;
  if (!one_in(c, 3)) changed = mutate_program(c, text, (coco_string){NULL, 0}, &out);
  if (!changed && !one_in(c, 5)) {
    out.size = 0;
    changed = mutate_tokens(c, text, &out);
  }
  size_t taken = changed ? take_mutation(&out, data, maximum_size) : LLVMFuzzerMutate(data, size, maximum_size);
  coco_buffer_free(&out);
  return taken;
}
