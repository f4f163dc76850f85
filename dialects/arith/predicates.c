/* Numbers and words of arith's enumerations; the order is upstream's. */
#include "dialects/arith/predicates.h"

static const char *const float_words[COCO_CMPF_COUNT] = {"false", "oeq", "ogt", "oge", "olt", "ole", "one", "ord",
                                                         "ueq",   "ugt", "uge", "ult", "ule", "une", "uno", "true"};
static const char *const integer_words[COCO_CMPI_COUNT] = {"eq",  "ne",  "slt", "sle", "sgt",
                                                           "sge", "ult", "ule", "ugt", "uge"};
static const char *const rounding_words[COCO_ROUND_COUNT] = {"to_nearest_even", "downward", "upward", "toward_zero",
                                                             "to_nearest_away"};

static int64_t find(const char *const *words, size_t count, coco_string word) {
  for (size_t i = 0; i < count; i++)
    if (coco_string_is(word, words[i])) return (int64_t)i;
  return -1;
}

static const char *word_at(const char *const *words, int64_t count, int64_t index) {
  return index >= 0 && index < count ? words[index] : "?";
}

int64_t coco_arith_predicate_from_text(bool is_float, coco_string word) {
  return is_float ? find(float_words, COCO_CMPF_COUNT, word) : find(integer_words, COCO_CMPI_COUNT, word);
}

const char *coco_arith_predicate_text(bool is_float, int64_t predicate) {
  return is_float ? word_at(float_words, COCO_CMPF_COUNT, predicate)
                  : word_at(integer_words, COCO_CMPI_COUNT, predicate);
}

int64_t coco_arith_rounding_from_text(coco_string word) { return find(rounding_words, COCO_ROUND_COUNT, word); }

const char *coco_arith_rounding_text(int64_t mode) { return word_at(rounding_words, COCO_ROUND_COUNT, mode); }

coco_value *coco_arith_compare(coco_builder *builder, const coco_operation_definition *row, int64_t predicate,
                               coco_value *x, coco_value *y) {
  const coco_attribute *attribute = coco_attribute_i64(builder->context, predicate);
  if (!attribute) coco_builder_fail(builder, COCO_OUT_OF_MEMORY);
  if (builder->status != COCO_OK) return NULL;
  return coco_build_value(builder, &(coco_operation_state){.definition = row,
                                                           COCO_WITH_OPERANDS(x, y),
                                                           COCO_WITH_ATTRIBUTES(COCO_NAMED("predicate", attribute))});
}
