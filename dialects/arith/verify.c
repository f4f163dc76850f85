/* Rules of arith that the rows cannot say: flags, predicates, and which types a cast goes between. */
#include "dialects/arith/arith.h"
#include "dialects/arith/hooks.h"
#include "dialects/arith/predicates.h"
#include "ir/printer.h"

enum { TYPE_TEXT = 128 };

/* ---- Flags ---- */

/* Whether ATTRIBUTE is #NAME<word, …> with words of the list "a|b". */
static bool is_flags(const coco_attribute *attribute, const char *name, const char *words) {
  size_t length = strlen(name);
  if (!coco_attribute_is(attribute, COCO_ATTRIBUTE_OPAQUE)) return false;
  coco_string text = attribute->text;
  if (text.size < length + 3 || memcmp(text.data, name, length) != 0 || text.data[length] != '<' ||
      text.data[text.size - 1] != '>')
    return false;
  for (size_t at = length + 1, end = text.size - 1; at < end;) {
    while (at < end && text.data[at] == ' ') at++;
    size_t stop = at;
    while (stop < end && text.data[stop] != ',') stop++;
    coco_string word = {text.data + at, stop - at};
    bool known = false;
    for (const char *start = words; *start && !known; start += start[0] == '|') {
      size_t size = strcspn(start, "|");
      known = size == word.size && memcmp(start, word.data, size) == 0;
      start += size;
    }
    if (!known) return false;
    at = stop + 1;
  }
  return true;
}

static coco_status check_flags(coco_operation *operation, const char *property, const char *name, const char *words) {
  size_t index = coco_definition_attribute_index(operation->definition, coco_string_from(property));
  if (index == operation->definition->attribute_count) return COCO_OK;
  const coco_attribute *value = operation->properties[index];
  if (!value || is_flags(value, name, words)) return COCO_OK;
  return coco_operation_error(operation, "attribute '%s' failed to satisfy constraint: #%s of %s", property, name,
                              words);
}

coco_status coco_arith_verify_flags(coco_operation *operation) {
  COCO_TRY(check_flags(operation, "fastmath", "arith.fastmath", "none|reassoc|nnan|ninf|nsz|arcp|contract|afn|fast"));
  return check_flags(operation, "overflowFlags", "arith.overflow", "none|nsw|nuw");
}

coco_status coco_arith_verify_compare(coco_operation *operation) {
  bool is_float = operation->definition == &coco_arith_cmpf;
  const coco_attribute *predicate =
      is_float ? COCO_PROPERTY(operation, arith_cmpf, predicate) : COCO_PROPERTY(operation, arith_cmpi, predicate);
  int64_t value = coco_property_integer(predicate, -1),
          count = is_float ? (int64_t)COCO_CMPF_COUNT : (int64_t)COCO_CMPI_COUNT;
  if (value < 0 || value >= count)
    return coco_operation_error(operation, "attribute 'predicate' failed to satisfy constraint: a number from 0 to %d",
                                (int)count - 1);
  return coco_arith_verify_flags(operation);
}

/* ---- Constants, selection ---- */

/* That the value has the result's type is what infer says, and its kind what its row says. */
coco_status coco_arith_verify_constant(coco_operation *operation) {
  const coco_type *type = operation->results[0].type;
  if (type->kind == COCO_TYPE_INTEGER && type->signedness != COCO_SIGNLESS)
    return coco_operation_error(operation, "integer return type must be signless");
  return COCO_OK;
}

/* That a shaped condition goes with shaped values is what the trait says. */
coco_status coco_arith_verify_select(coco_operation *operation) {
  if (coco_operation_operand(operation, 1)->type != coco_operation_operand(operation, 2)->type)
    return coco_operation_error(operation,
                                "failed to verify that all of {true_value, false_value, result} have same type");
  return COCO_OK;
}

/* ---- Casts ---- */

static const coco_type *from_scalar(const coco_operation *operation) {
  return coco_type_scalar(coco_operation_operand(operation, 0)->type);
}
static const coco_type *to_scalar(const coco_operation *operation) {
  return coco_type_scalar(operation->results[0].type);
}

static coco_status incompatible(coco_operation *operation) {
  char from[TYPE_TEXT], to[TYPE_TEXT];
  return coco_operation_error(operation, "operand type '%s' and result type '%s' are cast incompatible",
                              coco_type_text(coco_operation_operand(operation, 0)->type, from, sizeof from),
                              coco_type_text(operation->results[0].type, to, sizeof to));
}

/* The rule of the trait says that shapes agree when both are shaped; here also that both are, or neither is. */
static coco_status check_cast(coco_operation *operation, bool elements_agree) {
  const coco_type *from = coco_operation_operand(operation, 0)->type, *to = operation->results[0].type;
  return elements_agree && (from->element != NULL) == (to->element != NULL) ? COCO_OK : incompatible(operation);
}

static coco_status check_widths(coco_operation *operation, bool wider) {
  const coco_type *from = from_scalar(operation), *to = to_scalar(operation);
  COCO_TRY(check_cast(operation, true));
  if (wider ? to->width > from->width : to->width < from->width) return COCO_OK;
  char text[TYPE_TEXT];
  return coco_operation_error(operation, "result type '%s' must be %s than operand type",
                              coco_type_text(to, text, sizeof text), wider ? "wider" : "shorter");
}

static coco_status check_index_cast(coco_operation *operation) {
  return check_cast(
      operation, (from_scalar(operation)->kind == COCO_TYPE_INDEX) != (to_scalar(operation)->kind == COCO_TYPE_INDEX));
}

coco_status coco_arith_verify_index_cast(coco_operation *operation) { return check_index_cast(operation); }
coco_status coco_arith_verify_index_castui(coco_operation *operation) { return check_index_cast(operation); }
coco_status coco_arith_verify_extsi(coco_operation *operation) { return check_widths(operation, true); }
coco_status coco_arith_verify_extui(coco_operation *operation) { return check_widths(operation, true); }
coco_status coco_arith_verify_extf(coco_operation *operation) { return check_widths(operation, true); }
coco_status coco_arith_verify_trunci(coco_operation *operation) { return check_widths(operation, false); }
coco_status coco_arith_verify_sitofp(coco_operation *operation) { return check_cast(operation, true); }
coco_status coco_arith_verify_uitofp(coco_operation *operation) { return check_cast(operation, true); }
coco_status coco_arith_verify_fptosi(coco_operation *operation) { return check_cast(operation, true); }
coco_status coco_arith_verify_fptoui(coco_operation *operation) { return check_cast(operation, true); }

coco_status coco_arith_verify_truncf(coco_operation *operation) {
  int64_t mode = coco_property_integer(COCO_PROPERTY(operation, arith_truncf, roundingmode), 0);
  if (mode < 0 || mode >= COCO_ROUND_COUNT)
    return coco_operation_error(operation,
                                "attribute 'roundingmode' failed to satisfy constraint: a number from 0 to %d",
                                COCO_ROUND_COUNT - 1);
  return check_widths(operation, false);
}

coco_status coco_arith_verify_bitcast(coco_operation *operation) {
  const coco_type *from = from_scalar(operation), *to = to_scalar(operation);
  bool numbers = (from->kind == COCO_TYPE_INTEGER || from->kind == COCO_TYPE_FLOAT) &&
                 (to->kind == COCO_TYPE_INTEGER || to->kind == COCO_TYPE_FLOAT);
  return check_cast(operation, numbers && from->width == to->width);
}
