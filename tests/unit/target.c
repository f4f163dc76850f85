/* Targets are found by name or alias, and a variant's figures reach the passes through the module. */
#include "lowering/target.h"

#include <criterion/criterion.h>

#include "api/registry.h"
#include "dialects/builtin/builtin.h"
#include "ir/verifier.h"

Test(target, is_found_by_its_name_or_an_alias_only) {
  cr_assert_eq(coco_target_find(COCO_STRING("aarch64")), coco_target_find(COCO_STRING("arm64")));
  cr_assert_not_null(coco_target_find(COCO_STRING("x86_64")));
  cr_assert_null(coco_target_find(COCO_STRING("x86-64|x86_64")));
  cr_assert_null(coco_target_find(COCO_STRING("hos")));
  cr_assert_null(coco_target_find(COCO_STRING("")));
}

Test(target, variants_have_figures_that_schedules_can_use) {
  for (size_t i = 0; coco_target_descriptions[i]; ++i) {
    const coco_target_description *target = coco_target_descriptions[i];
    for (size_t j = 0; j < target->variant_count; ++j) {
      const coco_target_variant *variant = &target->variants[j];
      cr_assert(variant->vector_bits >= 32 && 512 % variant->vector_bits == 0, "%s", variant->name);
      cr_assert(variant->vector_registers >= 8 && variant->fma_per_cycle > 0 && variant->loads_per_cycle > 0);
      cr_assert(variant->requirements && variant->cpu && variant->features);
    }
  }
}

Test(target, figures_come_from_the_module_or_are_the_fallback) {
  coco_context *context;
  cr_assert_eq(coco_context_create(NULL, &context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
  coco_operation *module;
  cr_assert_eq(coco_operation_create(context, &(coco_operation_state){.definition = &coco_builtin_module}, &module),
               COCO_OK);
  cr_assert_not_null(coco_region_append_block(context, coco_operation_region(module, 0)));
  cr_assert_eq(coco_target_figure(module, "vector_bits", 77), 77);
  const coco_target_description *arm64 = coco_target_find(COCO_STRING("arm64"));
  cr_assert_eq(coco_target_attach(module, arm64, &arm64->variants[0]), COCO_OK);
  cr_assert_eq(coco_target_figure(module, "vector_bits", 77), 128);
  cr_assert_eq(coco_target_figure(module, "name", 77), 77);
  cr_assert_eq(coco_target_figure(module, "no_such_figure", 5), 5);
  cr_assert_eq(coco_verify(module), COCO_OK);
  coco_operation_erase(module);
  coco_context_destroy(context);
}
