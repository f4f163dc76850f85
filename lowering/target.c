/* Finding target descriptions, and carrying a variant's figures in the module attribute `coco.target`. */
#include "lowering/target.h"

/* Whether NAME is one of the alternatives "a|b". */
static bool is_one_of(const char *alternatives, coco_string name) {
  while (alternatives) {
    size_t size = strcspn(alternatives, "|");
    if (coco_string_equal((coco_string){alternatives, size}, name)) return true;
    alternatives = alternatives[size] ? alternatives + size + 1 : NULL;
  }
  return false;
}

const coco_target_description *coco_target_find(coco_string name) {
  if (name.size == 0) return NULL;
  for (const coco_target_description *const *entry = coco_target_descriptions; *entry; ++entry) {
    if (coco_string_is(name, (*entry)->name) || is_one_of((*entry)->aliases, name)) return *entry;
  }
  return NULL;
}

coco_status coco_target_attach(coco_operation *module, const coco_target_description *target,
                               const coco_target_variant *variant) {
  const struct {
    coco_string name;
    int64_t value;
  } figures[] = {{COCO_STRING("vector_bits"), variant->vector_bits},
                 {COCO_STRING("vector_registers"), variant->vector_registers},
                 {COCO_STRING("l1_bytes"), variant->l1_bytes},
                 {COCO_STRING("l2_bytes"), variant->l2_bytes},
                 {COCO_STRING("fma_per_cycle"), variant->fma_per_cycle},
                 {COCO_STRING("fma_latency"), variant->fma_latency},
                 {COCO_STRING("loads_per_cycle"), variant->loads_per_cycle},
                 {COCO_STRING("l3_bytes"), variant->l3_bytes},
                 {COCO_STRING("l2_rate"), variant->l2_rate},
                 {COCO_STRING("l3_rate"), variant->l3_rate},
                 {COCO_STRING("memory_rate"), variant->memory_rate},
                 {COCO_STRING("shuffles_per_cycle"), variant->shuffles_per_cycle},
                 {COCO_STRING("barrier_cycles"), variant->barrier_cycles},
                 {COCO_STRING("megahertz"), variant->megahertz}};
  enum { FIGURES = sizeof figures / sizeof *figures };
  coco_context *context = module->context;
  coco_named_attribute entries[FIGURES + 2] = {
      COCO_NAMED("name", coco_attribute_string(context, coco_string_from(target->name))),
      COCO_NAMED("variant", coco_attribute_string(context, coco_string_from(variant->name)))};
  for (size_t i = 0; i < FIGURES; ++i)
    entries[i + 2] = (coco_named_attribute){figures[i].name, coco_attribute_i64(context, figures[i].value)};
  for (size_t i = 0; i < FIGURES + 2; ++i) {
    if (!entries[i].value) return COCO_OUT_OF_MEMORY;
  }
  const coco_attribute *dictionary = coco_attribute_dictionary(context, entries, FIGURES + 2);
  return dictionary ? coco_operation_set(module, COCO_STRING("coco.target"), dictionary) : COCO_OUT_OF_MEMORY;
}

int64_t coco_target_figure(const coco_operation *module, const char *name, int64_t fallback) {
  const coco_attribute *target = coco_operation_get(module, COCO_STRING("coco.target"));
  if (!coco_attribute_is(target, COCO_ATTRIBUTE_DICTIONARY)) return fallback;
  const coco_attribute *value = coco_dictionary_get(target, coco_string_from(name));
  return coco_attribute_is(value, COCO_ATTRIBUTE_INTEGER) ? value->integer : fallback;
}
