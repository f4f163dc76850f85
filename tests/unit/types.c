/* Tests of types, attributes, affine maps and numbers: uniquing, layout, rounding, failure of memory. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "ir/context.h"
#include "ir/printer.h"

static coco_context *context;
static void start(void) { cr_assert_eq(coco_context_create(NULL, &context), COCO_OK); }
static void stop(void) { coco_context_destroy(context); }
TestSuite(types, .init = start, .fini = stop);

Test(types, equal_types_are_one_pointer_and_unequal_ones_are_not) {
  const int64_t shape[] = {1, COCO_DYNAMIC, 3}, other[] = {1, 2, 3};
  const coco_type *f32 = coco_type_f32(context);
  cr_assert_eq(coco_type_tensor(context, 3, shape, f32, NULL), coco_type_tensor(context, 3, shape, f32, NULL));
  cr_assert_neq(coco_type_tensor(context, 3, shape, f32, NULL), coco_type_tensor(context, 3, other, f32, NULL));
  cr_assert_neq(coco_type_tensor(context, 3, shape, f32, NULL), coco_type_memref(context, 3, shape, f32, NULL, NULL));
  cr_assert_neq(coco_type_integer(context, 8), coco_type_integer_signed(context, 8, COCO_UNSIGNED));
}

Test(types, sizes_of_shapes_are_checked_for_overflow) {
  const int64_t huge[] = {INT64_MAX, 3}, empty[] = {INT64_MAX, 0, INT64_MAX};
  const coco_type *f32 = coco_type_f32(context);
  cr_assert_eq(coco_type_element_count(coco_type_tensor(context, 2, huge, f32, NULL)), -1);
  cr_assert_eq(coco_type_byte_count(coco_type_tensor(context, 1, huge, f32, NULL)), -1);
  cr_assert_eq(coco_type_element_count(coco_type_tensor(context, 3, empty, f32, NULL)), 0);
}

Test(types, strides_come_from_shape_layout_or_map) {
  const int64_t shape[] = {2, 3, 4}, given[] = {100, COCO_DYNAMIC, 1};
  int64_t strides[3], offset;
  const coco_type *f32 = coco_type_f32(context);
  cr_assert(coco_memref_strides(coco_type_memref(context, 3, shape, f32, NULL, NULL), strides, &offset));
  cr_assert(strides[0] == 12 && strides[1] == 4 && strides[2] == 1 && offset == 0);
  const coco_attribute *layout = coco_attribute_strided_layout(context, 7, given, 3);
  cr_assert(coco_memref_strides(coco_type_memref(context, 3, shape, f32, layout, NULL), strides, &offset));
  cr_assert(strides[0] == 100 && strides[1] == COCO_DYNAMIC && offset == 7);
}

Test(types, dictionaries_are_sorted_and_found_by_name) {
  coco_named_attribute entries[40];
  char names[40][8];
  for (int i = 0; i < 40; ++i) {
    snprintf(names[i], sizeof names[i], "k%d", (i * 17) % 40);
    entries[i] = (coco_named_attribute){coco_string_from(names[i]), coco_attribute_i64(context, (i * 17) % 40)};
  }
  const coco_attribute *dictionary = coco_attribute_dictionary(context, entries, 40);
  cr_assert_eq(dictionary->count, 40);
  cr_assert_eq(coco_dictionary_get(dictionary, COCO_STRING("k23"))->integer, 23);
  cr_assert_null(coco_dictionary_get(dictionary, COCO_STRING("k40")));
  dictionary = coco_dictionary_with(context, dictionary, COCO_STRING("k23"), NULL);
  cr_assert_null(coco_dictionary_get(dictionary, COCO_STRING("k23")));
}

Test(types, integers_are_cut_to_their_width) {
  cr_assert_eq(coco_attribute_integer(context, coco_type_integer(context, 8), 200)->integer, -56);
  cr_assert_eq(coco_attribute_integer(context, coco_type_integer_signed(context, 8, COCO_UNSIGNED), 456)->integer, 200);
  cr_assert_eq(coco_attribute_bool(context, true)->integer, 1);
  cr_assert_eq(coco_attribute_integer(context, coco_type_integer(context, 8), 200), coco_attribute_integer(context, coco_type_integer(context, 8), -56));
}

Test(types, equal_elements_become_a_splat) {
  const int64_t shape[] = {4};
  const float same[] = {2, 2, 2, 2}, mixed[] = {2, 2, 2, 3};
  const coco_type *type = coco_type_tensor(context, 1, shape, coco_type_f32(context), NULL);
  cr_assert(coco_attribute_dense(context, type, same, sizeof same)->splat);
  const coco_attribute *elements = coco_attribute_dense(context, type, mixed, sizeof mixed);
  cr_assert_not(elements->splat);
  cr_assert_eq(coco_element_read_real(coco_type_f32(context), coco_elements_at(elements, 3)), 3.0);
  cr_assert_null(coco_elements_at(elements, 4));
}

Test(types, narrow_floats_round_to_nearest_even) {
  cr_assert_eq(coco_round_to_format(COCO_F16, 1.0 + 1.0 / 2048), 1.0);                  /* a tie, to even */
  cr_assert_eq(coco_round_to_format(COCO_F16, 1.0 + 3.0 / 2048), 1.0 + 2.0 / 1024);     /* a tie, up to even */
  cr_assert_eq(coco_round_to_format(COCO_F16, 65519.0), 65504.0);
  cr_assert(isinf(coco_round_to_format(COCO_F16, 65520.0)));
  cr_assert_eq(coco_round_to_format(COCO_F16, 5.9604644775390625e-08), 5.9604644775390625e-08); /* the smallest subnormal */
  cr_assert_eq(coco_round_to_format(COCO_F16, 2.9802322387695312e-08), 0.0);                    /* half of it: a tie, to zero */
  cr_assert_eq(coco_round_to_format(COCO_BF16, 1.00390625), 1.0);
  cr_assert_eq(coco_round_to_format(COCO_F8E4M3FN, 448.0), 448.0);
  cr_assert(isnan(coco_round_to_format(COCO_F8E4M3FN, 480.0)));
  cr_assert(isnan(coco_round_to_format(COCO_F16, NAN)));
}

/* The f32 path of the narrow formats against every half: decode then encode is the identity. */
Test(types, every_half_survives_a_round_trip) {
  const coco_type *f16 = coco_type_float(context, COCO_F16);
  for (uint32_t bits = 0; bits < 65536; ++bits) {
    uint8_t in[2] = {(uint8_t)bits, (uint8_t)(bits >> 8)}, out[2];
    double value = coco_element_read_real(f16, in);
    coco_element_write_real(f16, out, value);
    if (isnan(value)) continue;
    cr_assert_eq(memcmp(in, out, 2), 0, "%04x", bits);
  }
}

Test(types, affine_expressions_simplify_and_evaluate) {
  const coco_affine_expression *d0 = coco_affine_dimension(context, 0), *four = coco_affine_constant(context, 4);
  const coco_affine_expression *scaled = coco_affine_binary(context, COCO_AFFINE_MULTIPLY, four, d0);
  cr_assert_eq(coco_affine_binary(context, COCO_AFFINE_FLOOR_DIVIDE, scaled, four), d0);
  cr_assert_eq(coco_affine_binary(context, COCO_AFFINE_MODULO, scaled, four), coco_affine_constant(context, 0));
  int64_t value, minus_five = -5;
  cr_assert(coco_affine_evaluate(coco_affine_binary(context, COCO_AFFINE_FLOOR_DIVIDE, d0, four), &minus_five, NULL, &value));
  cr_assert_eq(value, -2);
  cr_assert(coco_affine_evaluate(coco_affine_binary(context, COCO_AFFINE_MODULO, d0, four), &minus_five, NULL, &value));
  cr_assert_eq(value, 3);
  int64_t zero = 0;
  cr_assert_not(coco_affine_evaluate(coco_affine_binary(context, COCO_AFFINE_MODULO, four, d0), &zero, NULL, &value));
}

/* Fails after a number of allocations; frees always work. */
typedef struct rationed {
  size_t left;
  int64_t live;
} rationed;
static void *ration(void *user, void *pointer, size_t old_size, size_t new_size) {
  rationed *budget = user;
  if (new_size == 0) {
    budget->live -= pointer != NULL;
    free(pointer);
    return NULL;
  }
  (void)old_size;
  if (budget->left == 0) return NULL;
  --budget->left;
  budget->live += pointer == NULL;
  return realloc(pointer, new_size);
}

Test(types, running_out_of_memory_anywhere_is_reported_and_leaks_nothing) {
  for (size_t allowed = 0; allowed < 200; ++allowed) {
    rationed budget = {allowed, 0};
    const coco_allocator allocator = {&budget, ration};
    coco_context *small = NULL;
    if (coco_context_create(&allocator, &small) == COCO_OK) {
      for (int64_t i = 0; i < 400; ++i) {
        const int64_t shape[] = {i, 2, 3};
        const coco_type *type = coco_type_tensor(small, 3, shape, coco_type_f32(small), NULL);
        const coco_attribute *attribute = coco_attribute_i64_array(small, shape, 3);
        const coco_named_attribute entry = {COCO_STRING("name"), attribute};
        if (!type || !attribute || !coco_attribute_dictionary(small, &entry, 1)) break;
      }
      uint8_t *data;
      coco_resource *resource;
      coco_status status = coco_resource_allocate(small, COCO_STRING("w"), 1000, &data, &resource);
      cr_assert(status == COCO_OK || status == COCO_OUT_OF_MEMORY);
      coco_context_destroy(small);
    }
    cr_assert_eq(budget.live, 0, "%lld blocks leaked when %zu allocations were allowed", (long long)budget.live, allowed);
  }
}

Test(types, resources_get_names_of_their_own) {
  coco_resource *a, *b;
  uint8_t *data;
  cr_assert_eq(coco_resource_allocate(context, COCO_STRING("w"), 4, &data, &a), COCO_OK);
  cr_assert_eq((uintptr_t)data % 64, 0);
  cr_assert_eq(coco_resource_allocate(context, COCO_STRING("w"), 4, &data, &b), COCO_OK);
  cr_assert(coco_string_is(a->name, "w"));
  cr_assert(coco_string_is(b->name, "w_1"));
  cr_assert_eq(coco_resource_find(context, COCO_STRING("w_1")), b);
}
