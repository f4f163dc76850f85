/* Tests of operations, values, blocks: making, erasing, order, uses, walking, cloning, comparing, symbols. */
#include "tests/unit/support.h"

Test(operation, results_are_inferred_from_the_row) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1);
  coco_value *sum = coco_build_binary(&f.builder, &coco_arith_addi, x, x);
  cr_assert_not_null(sum);
  cr_assert_eq(sum->type, x->type);
  cr_assert_eq(coco_value_use_count(x), 2);
  tear_down(&f);
}

Test(operation, wrong_operands_are_reported_and_nothing_is_made) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1);
  cr_assert_null(coco_build_binary(&f.builder, &coco_arith_addf, x, x));
  cr_assert_eq(f.builder.status, COCO_REPORTED);
  cr_assert(strstr(f.seen.text, "'arith.addf' op operand #0 must be floating-point-like, but got 'i64'"));
  cr_assert(coco_value_is_unused(x));
  tear_down(&f);
}

Test(operation, attributes_of_the_row_are_properties_and_others_discardable) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *constant = coco_value_operation(make_constant(&f, 7));
  const coco_attribute *unit = coco_attribute_unit(f.context);
  cr_assert_eq(coco_operation_set(constant, COCO_STRING("mine"), unit), COCO_OK);
  cr_assert_eq(coco_operation_get(constant, COCO_STRING("mine")), unit);
  cr_assert_eq(COCO_PROPERTY(constant, arith_constant, value), coco_attribute_i64(f.context, 7));
  cr_assert_eq(constant->attributes->count, 1);
  cr_assert_eq(coco_operation_set(constant, COCO_STRING("mine"), NULL), COCO_OK);
  cr_assert_null(constant->attributes);
  tear_down(&f);
}

Test(operation, memory_of_an_erased_operation_is_used_again) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *first = coco_value_operation(make_constant(&f, 1));
  coco_operation_erase(first);
  cr_assert_eq(coco_value_operation(make_constant(&f, 2)), first);
  tear_down(&f);
}

Test(operation, a_million_uses_of_one_value_link_and_unlink_in_linear_time) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1), *y = make_constant(&f, 2);
  for (size_t i = 0; i < 500000; ++i) coco_build_binary(&f.builder, &coco_arith_addi, x, x);
  cr_assert_eq(coco_value_use_count(x), 1000000);
  coco_value_replace_all_uses(x, y);
  cr_assert(coco_value_is_unused(x));
  cr_assert_eq(coco_value_use_count(y), 1000000);
  while (f.body->last != coco_value_operation(y)) coco_operation_erase(f.body->last);
  cr_assert(coco_value_is_unused(y));
  tear_down(&f);
}

Test(operation, replacing_uses_keeps_the_list_linked_both_ways) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1), *y = make_constant(&f, 2);
  coco_operation *a = coco_value_operation(coco_build_binary(&f.builder, &coco_arith_addi, x, y));
  coco_operation *b = coco_value_operation(coco_build_binary(&f.builder, &coco_arith_addi, y, x));
  coco_value_replace_all_uses(x, y);
  cr_assert_eq(coco_value_use_count(y), 4);
  coco_operation_erase(a);
  cr_assert_eq(coco_value_use_count(y), 2);
  coco_operation_erase(b);
  cr_assert(coco_value_is_unused(y));
  tear_down(&f);
}

Test(operation, operands_can_grow_and_shrink) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1);
  coco_operation *user = make_unregistered(&f, "test.use", NULL, 0, NULL, 0, 0);
  coco_value *many[100];
  for (size_t i = 0; i < 100; ++i) many[i] = x;
  cr_assert_eq(coco_operation_set_operands(user, many, 100, NULL), COCO_OK);
  cr_assert_eq(coco_value_use_count(x), 100);
  cr_assert_eq(coco_use_index(&user->operands[57]), 57);
  cr_assert_eq(coco_operation_set_operands(user, many, 3, NULL), COCO_OK);
  cr_assert_eq(coco_value_use_count(x), 3);
  coco_operation_set_operand(user, 1, NULL);
  cr_assert_eq(coco_value_use_count(x), 2);
  coco_operation_set_operand(user, 1, x);
  tear_down(&f);
}

Test(block, order_follows_insertions_anywhere) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *first = coco_value_operation(make_constant(&f, 0)),
                 *last = coco_value_operation(make_constant(&f, 1));
  for (int64_t i = 0; i < 200; ++i) { /* far more than the gap between two neighbours holds */
    coco_operation *between = coco_value_operation(make_constant(&f, i));
    coco_operation_insert_before(between, last);
    cr_assert(coco_operation_is_before(first, between));
    cr_assert(coco_operation_is_before(between, last));
    cr_assert_not(coco_operation_is_before(last, between));
  }
  coco_operation_insert_before(last, first);
  cr_assert(coco_operation_is_before(last, first));
  cr_assert_eq(f.body->first, last);
  tear_down(&f);
}

Test(block, splice_moves_all_operations) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *here = coco_value_operation(make_constant(&f, 0));
  coco_operation *other = make_function(&f, "other", NULL);
  coco_block *from = coco_operation_body(other, 0);
  coco_builder_to_end(&f.builder, from);
  coco_operation *a = coco_value_operation(make_constant(&f, 1)), *b = coco_value_operation(make_constant(&f, 2));
  coco_block_splice(f.body, here, from);
  cr_assert_null(from->first);
  cr_assert_eq(f.body->first, a);
  cr_assert_eq(a->next, b);
  cr_assert_eq(b->next, here);
  cr_assert_eq(a->block, f.body);
  cr_assert(coco_operation_is_before(b, here));
  tear_down(&f);
}

Test(block, arguments_keep_their_address_and_renumber) {
  fixture f;
  set_up(&f, NULL);
  const coco_type *type = coco_type_f32(f.context);
  coco_value *arguments[10];
  for (size_t i = 0; i < 10; ++i) arguments[i] = coco_block_add_argument(f.context, f.body, type);
  coco_block_remove_argument(f.context, f.body, 3);
  cr_assert_eq(f.body->argument_count, 9);
  cr_assert_eq(f.body->arguments[3], arguments[4]);
  cr_assert_eq(arguments[4]->index, 3);
  cr_assert_eq(arguments[9]->index, 8);
  tear_down(&f);
}

/* ---- Walking ---- */

typedef struct trace {
  char text[256];
  const char *erase, *skip, *stop;
} trace;

static coco_walk_result note(coco_operation *operation, void *user) {
  trace *t = user;
  const char *name = operation->definition->name;
  const char *dot = strrchr(name, '.');
  strncat(t->text, dot + 1, sizeof t->text - strlen(t->text) - 1);
  strncat(t->text, " ", sizeof t->text - strlen(t->text) - 1);
  if (t->stop && strcmp(name, t->stop) == 0) return COCO_WALK_STOP;
  if (t->skip && strcmp(name, t->skip) == 0) return COCO_WALK_SKIP;
  if (t->erase && strcmp(name, t->erase) == 0) coco_operation_erase(operation);
  return COCO_WALK_ON;
}

/* a { b { c } { d ^ e } } f, where ^ starts another block. */
static void make_nest(fixture *f) {
  coco_operation *a = make_unregistered(f, "test.a", NULL, 0, NULL, 0, 1);
  make_unregistered(f, "test.f", NULL, 0, NULL, 0, 0);
  coco_builder_to_end(&f->builder, coco_build_block(&f->builder, a, 0, NULL, 0));
  coco_operation *b = make_unregistered(f, "test.b", NULL, 0, NULL, 0, 3);
  coco_builder_to_end(&f->builder, coco_build_block(&f->builder, b, 0, NULL, 0));
  make_unregistered(f, "test.c", NULL, 0, NULL, 0, 0);
  coco_builder_to_end(&f->builder, coco_build_block(&f->builder, b, 2, NULL, 0)); /* region 1 stays empty */
  make_unregistered(f, "test.d", NULL, 0, NULL, 0, 0);
  coco_build_block(&f->builder, b, 2, NULL, 0); /* an empty block */
  coco_builder_to_end(&f->builder, coco_build_block(&f->builder, b, 2, NULL, 0));
  make_unregistered(f, "test.e", NULL, 0, NULL, 0, 0);
  coco_builder_to_end(&f->builder, f->body);
}

Test(walk, pre_order_and_post_order_visit_everything) {
  fixture f;
  set_up(&f, NULL);
  make_nest(&f);
  trace pre = {0}, post = {0};
  cr_assert(coco_operation_walk(f.function, COCO_PRE_ORDER, note, &pre));
  cr_assert_str_eq(pre.text, "func a b c d e f ");
  cr_assert(coco_operation_walk(f.function, COCO_POST_ORDER, note, &post));
  cr_assert_str_eq(post.text, "c d e b a f func ");
  tear_down(&f);
}

Test(walk, skips_stops_and_lets_operations_be_erased) {
  fixture f;
  set_up(&f, NULL);
  make_nest(&f);
  trace skip = {.skip = "test.b"}, stop = {.stop = "test.c"}, erase = {.erase = "test.b"}, after = {0};
  cr_assert(coco_operation_walk(f.function, COCO_PRE_ORDER, note, &skip));
  cr_assert_str_eq(skip.text, "func a b f ");
  cr_assert_not(coco_operation_walk(f.function, COCO_PRE_ORDER, note, &stop));
  cr_assert_str_eq(stop.text, "func a b c ");
  cr_assert(coco_operation_walk(f.function, COCO_POST_ORDER, note, &erase));
  cr_assert(coco_operation_walk(f.function, COCO_PRE_ORDER, note, &after));
  cr_assert_str_eq(after.text, "func a f ");
  tear_down(&f);
}

Test(walk, nesting_of_a_hundred_thousand_needs_no_stack) {
  fixture f;
  set_up(&f, NULL);
  for (size_t i = 0; i < 100000; ++i) {
    coco_operation *nested = make_unregistered(&f, "test.nest", NULL, 0, NULL, 0, 1);
    coco_builder_to_end(&f.builder, coco_build_block(&f.builder, nested, 0, NULL, 0));
  }
  coco_operation *copy;
  cr_assert_eq(coco_operation_clone(f.function, NULL, &copy), COCO_OK);
  cr_assert(coco_operation_equivalent(f.function, copy));
  coco_operation_erase(copy);
  tear_down(&f);
}

/* ---- Cloning and comparing ---- */

Test(clone, maps_inner_references_and_keeps_outer_ones) {
  fixture f;
  set_up(&f, NULL);
  coco_value *outer = make_constant(&f, 1);
  coco_operation *holder = make_unregistered(&f, "test.holder", NULL, 0, NULL, 0, 1);
  coco_block *block = coco_build_block(&f.builder, holder, 0, &outer->type, 1);
  coco_builder_to_end(&f.builder, block);
  coco_value *inner = coco_build_binary(&f.builder, &coco_arith_addi, outer, block->arguments[0]);
  coco_build_binary(&f.builder, &coco_arith_muli, inner, inner);
  coco_operation *copy;
  cr_assert_eq(coco_operation_clone(holder, NULL, &copy), COCO_OK);
  coco_block *cloned = coco_operation_body(copy, 0);
  coco_operation *sum = cloned->first;
  cr_assert_eq(coco_operation_operand(sum, 0), outer);
  cr_assert_eq(coco_operation_operand(sum, 1), cloned->arguments[0]);
  cr_assert_eq(coco_operation_operand(sum->next, 0), coco_operation_result(sum, 0));
  cr_assert(coco_operation_equivalent(holder, copy));
  cr_assert_eq(coco_operation_hash(holder), coco_operation_hash(copy));
  coco_operation_set_operand(sum->next, 0, outer);
  cr_assert_not(coco_operation_equivalent(holder, copy));
  coco_operation_erase(copy);
  tear_down(&f);
}

Test(clone, a_given_map_replaces_operands_from_outside) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1), *y = make_constant(&f, 2);
  coco_operation *sum = coco_value_operation(coco_build_binary(&f.builder, &coco_arith_addi, x, x));
  coco_pointer_map map = {.allocator = &coco_heap};
  cr_assert_eq(coco_pointer_map_set(&map, x, y), COCO_OK);
  coco_operation *copy;
  cr_assert_eq(coco_operation_clone(sum, &map, &copy), COCO_OK);
  cr_assert_eq(coco_operation_operand(copy, 0), y);
  cr_assert_eq(coco_pointer_map_get(&map, &sum->results[0]), &copy->results[0]);
  coco_pointer_map_free(&map);
  coco_operation_erase(copy);
  tear_down(&f);
}

Test(equivalence, commutative_operations_agree_in_either_order) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1), *y = make_constant(&f, 2);
  coco_operation *sum = coco_value_operation(coco_build_binary(&f.builder, &coco_arith_addi, x, y));
  coco_operation *turned = coco_value_operation(coco_build_binary(&f.builder, &coco_arith_addi, y, x));
  coco_operation *difference = coco_value_operation(coco_build_binary(&f.builder, &coco_arith_subi, x, y));
  coco_operation *other = coco_value_operation(coco_build_binary(&f.builder, &coco_arith_subi, y, x));
  cr_assert(coco_operation_equivalent(sum, turned));
  cr_assert_eq(coco_operation_hash(sum), coco_operation_hash(turned));
  cr_assert_not(coco_operation_equivalent(difference, other));
  tear_down(&f);
}

/* ---- Symbols ---- */

Test(symbol, lookup_goes_outwards) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *inside = coco_value_operation(make_constant(&f, 1));
  coco_operation *other = make_function(&f, "other", "private");
  const coco_attribute *name = coco_attribute_symbol(f.context, COCO_STRING("other"));
  cr_assert_eq(coco_symbol_lookup(inside, name), other);
  cr_assert_null(coco_symbol_lookup(inside, coco_attribute_symbol(f.context, COCO_STRING("none"))));
  cr_assert(coco_string_is(coco_symbol_name(other), "other"));
  tear_down(&f);
}

/* So many that their table is indexed. */
enum { MANY_SYMBOLS = 500 };

static coco_operation *find_symbol(const fixture *f, const char *name) {
  return coco_symbol_lookup_in(f->module, coco_string_from(name));
}

Test(symbol, many_are_found_as_they_come_and_go) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *functions[MANY_SYMBOLS];
  char name[32];
  for (size_t i = 0; i < MANY_SYMBOLS; ++i) {
    snprintf(name, sizeof name, "f%zu", i);
    functions[i] = make_function(&f, name, "private");
  }
  for (size_t i = 0; i < MANY_SYMBOLS; ++i) {
    snprintf(name, sizeof name, "f%zu", i);
    cr_assert_eq(find_symbol(&f, name), functions[i]);
  }
  cr_assert_null(find_symbol(&f, "none"));
  coco_operation_erase(functions[400]);
  cr_assert_null(find_symbol(&f, "f400"));
  coco_operation *again = make_function(&f, "f400", "private"); /* perhaps in the same memory */
  cr_assert_eq(find_symbol(&f, "f400"), again);
  const coco_attribute *renamed = coco_attribute_string(f.context, COCO_STRING("other"));
  cr_assert_eq(coco_operation_set(functions[300], COCO_STRING("sym_name"), renamed), COCO_OK);
  cr_assert_null(find_symbol(&f, "f300"));
  cr_assert_eq(find_symbol(&f, "other"), functions[300]);
  coco_operation_detach(functions[301]);
  cr_assert_null(find_symbol(&f, "f301"));
  coco_block_append(f.module_body, functions[301]);
  cr_assert_eq(find_symbol(&f, "f301"), functions[301]);
  coco_operation_erase(functions[300]);
  cr_assert_null(find_symbol(&f, "other"));
  tear_down(&f);
}

/* ---- Effects ---- */

Test(effects, an_unused_pure_operation_is_dead_and_a_used_one_is_not) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = make_constant(&f, 1);
  coco_value *sum = coco_build_binary(&f.builder, &coco_arith_addi, x, x);
  coco_operation *unknown = make_unregistered(&f, "test.unknown", NULL, 0, NULL, 0, 0);
  cr_assert(coco_operation_is_trivially_dead(coco_value_operation(sum)));
  cr_assert_not(coco_operation_is_trivially_dead(coco_value_operation(x)));
  cr_assert_not(coco_operation_is_trivially_dead(unknown));
  tear_down(&f);
}
