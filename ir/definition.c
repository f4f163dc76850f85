/* Rows: constraints on types and attributes, and what the rules of inference share. */
#include "ir/definition.h"

#include <stdio.h>

#include "ir/row_check.h"

size_t coco_definition_attribute_index(const coco_operation_definition *definition, coco_string name) {
  for (size_t i = 0; i < definition->attribute_count; ++i)
    if (coco_string_is(name, definition->attributes[i].name)) return i;
  return definition->attribute_count;
}

/* ---- Types ---- */

/* TYPE itself, or the element of a vector or tensor. */
static const coco_type *like_scalar(const coco_type *type) {
  switch (type->kind) {
    case COCO_TYPE_VECTOR:
    case COCO_TYPE_TENSOR:
    case COCO_TYPE_UNRANKED_TENSOR:
      return type->element;
    default:
      return type;
  }
}

static bool is_signless(const coco_type *type) {
  return type->kind == COCO_TYPE_INTEGER && type->signedness == COCO_SIGNLESS;
}

bool coco_type_satisfies(const coco_type *type, coco_type_constraint constraint) {
  if (!type) return false;
  const coco_type *scalar = like_scalar(type);
  bool tensor = type->kind == COCO_TYPE_TENSOR;
  switch (constraint) {
    case COCO_KIND_ANY:
      return true;
    case COCO_KIND_TENSOR:
      return tensor;
    case COCO_KIND_FLOAT_TENSOR:
      return tensor && coco_type_is_float(type->element);
    case COCO_KIND_INTEGER_TENSOR:
      return tensor && (type->element->kind == COCO_TYPE_INTEGER || type->element->kind == COCO_TYPE_INDEX);
    case COCO_KIND_BOOL_TENSOR:
      return tensor && coco_type_is_integer(type->element, 1);
    case COCO_KIND_INDEX:
      return type->kind == COCO_TYPE_INDEX;
    case COCO_KIND_INTEGER:
      return is_signless(type);
    case COCO_KIND_BOOL:
      return coco_type_is_integer(type, 1);
    case COCO_KIND_FLOAT:
      return coco_type_is_float(type);
    case COCO_KIND_FLOAT_LIKE:
      return coco_type_is_float(scalar);
    case COCO_KIND_INTEGER_LIKE:
      return is_signless(scalar) || scalar->kind == COCO_TYPE_INDEX;
    case COCO_KIND_SIGNLESS_LIKE:
      return is_signless(scalar);
    case COCO_KIND_BOOL_LIKE:
      return coco_type_is_integer(scalar, 1);
    case COCO_KIND_MEMREF:
      return type->kind == COCO_TYPE_MEMREF;
    case COCO_KIND_VECTOR:
      return type->kind == COCO_TYPE_VECTOR;
    case COCO_KIND_FUNCTION:
      return type->kind == COCO_TYPE_FUNCTION;
    case COCO_KIND_SHAPED:
      return coco_type_is_shaped(type);
  }
  return false;
}

const char *coco_type_constraint_text(coco_type_constraint constraint) {
  switch (constraint) {
    case COCO_KIND_ANY:
      return "any type";
    case COCO_KIND_TENSOR:
      return "ranked tensor of any type values";
    case COCO_KIND_FLOAT_TENSOR:
      return "ranked tensor of floating-point values";
    case COCO_KIND_INTEGER_TENSOR:
      return "ranked tensor of integer or index values";
    case COCO_KIND_BOOL_TENSOR:
      return "ranked tensor of 1-bit signless integer values";
    case COCO_KIND_INDEX:
      return "index";
    case COCO_KIND_INTEGER:
      return "signless integer";
    case COCO_KIND_BOOL:
      return "1-bit signless integer";
    case COCO_KIND_FLOAT:
      return "floating-point";
    case COCO_KIND_FLOAT_LIKE:
      return "floating-point-like";
    case COCO_KIND_INTEGER_LIKE:
      return "signless-integer-like";
    case COCO_KIND_SIGNLESS_LIKE:
      return "signless-fixed-width-integer-like";
    case COCO_KIND_BOOL_LIKE:
      return "bool-like";
    case COCO_KIND_MEMREF:
      return "memref of any type values";
    case COCO_KIND_VECTOR:
      return "vector of any type values";
    case COCO_KIND_FUNCTION:
      return "function type";
    case COCO_KIND_SHAPED:
      return "shaped of any type values";
  }
  return "any type";
}

/* ---- Attributes ---- */

/* Whether TEXT is one of CHOICES, "a|b|c". */
static bool is_choice(coco_string text, const char *choices) {
  for (const char *start = choices; *start;) {
    size_t size = strcspn(start, "|");
    if (coco_string_equal(text, (coco_string){start, size})) return true;
    start += size + (start[size] == '|');
  }
  return false;
}

static bool all_elements_are(const coco_attribute *array, coco_attribute_kind kind) {
  for (size_t i = 0; i < array->count; ++i)
    if (array->elements[i]->kind != kind) return false;
  return true;
}

static bool is_integer_of_width(const coco_attribute *attribute, uint32_t width) {
  return attribute->kind == COCO_ATTRIBUTE_INTEGER && coco_type_is_integer(attribute->type, width);
}

static bool is_array_of_width(const coco_attribute *attribute, uint32_t width) {
  return attribute->kind == COCO_ATTRIBUTE_DENSE_ARRAY && coco_type_is_integer(attribute->type, width);
}

static bool has_type(const coco_attribute *attribute) {
  switch (attribute->kind) {
    case COCO_ATTRIBUTE_INTEGER:
    case COCO_ATTRIBUTE_FLOAT:
    case COCO_ATTRIBUTE_DENSE:
    case COCO_ATTRIBUTE_DENSE_STRINGS:
    case COCO_ATTRIBUTE_DENSE_RESOURCE:
      return true;
    case COCO_ATTRIBUTE_STRING:
      return attribute->type != NULL;
    default:
      return false;
  }
}

bool coco_attribute_satisfies(const coco_attribute *attribute, const coco_attribute_row *row) {
  switch (row->kind) {
    case COCO_IS_ANY:
      return true;
    case COCO_IS_UNIT:
      return attribute->kind == COCO_ATTRIBUTE_UNIT;
    case COCO_IS_BOOL:
      return is_integer_of_width(attribute, 1);
    case COCO_IS_INTEGER:
      return attribute->kind == COCO_ATTRIBUTE_INTEGER;
    case COCO_IS_I64:
      return is_integer_of_width(attribute, 64);
    case COCO_IS_I32:
      return is_integer_of_width(attribute, 32);
    case COCO_IS_INDEX:
      return attribute->kind == COCO_ATTRIBUTE_INTEGER && attribute->type->kind == COCO_TYPE_INDEX;
    case COCO_IS_FLOAT:
      return attribute->kind == COCO_ATTRIBUTE_FLOAT;
    case COCO_IS_F32:
      return attribute->kind == COCO_ATTRIBUTE_FLOAT && attribute->type->format == COCO_F32;
    case COCO_IS_STRING:
      return attribute->kind == COCO_ATTRIBUTE_STRING && (!row->detail || is_choice(attribute->text, row->detail));
    case COCO_IS_SYMBOL_NAME:
      return attribute->kind == COCO_ATTRIBUTE_STRING;
    case COCO_IS_TYPE:
      return attribute->kind == COCO_ATTRIBUTE_TYPE;
    case COCO_IS_FUNCTION_TYPE:
      return attribute->kind == COCO_ATTRIBUTE_TYPE && attribute->type->kind == COCO_TYPE_FUNCTION;
    case COCO_IS_I64_ARRAY:
      return is_array_of_width(attribute, 64);
    case COCO_IS_I32_ARRAY:
      return is_array_of_width(attribute, 32);
    case COCO_IS_BOOL_ARRAY:
      return is_array_of_width(attribute, 1);
    case COCO_IS_ARRAY:
      return attribute->kind == COCO_ATTRIBUTE_ARRAY;
    case COCO_IS_DICTIONARY:
      return attribute->kind == COCO_ATTRIBUTE_DICTIONARY;
    case COCO_IS_SYMBOL:
      return attribute->kind == COCO_ATTRIBUTE_SYMBOL && attribute->count == 0;
    case COCO_IS_SYMBOL_REFERENCE:
      return attribute->kind == COCO_ATTRIBUTE_SYMBOL;
    case COCO_IS_AFFINE_MAP:
      return attribute->kind == COCO_ATTRIBUTE_AFFINE_MAP;
    case COCO_IS_AFFINE_MAPS:
      return attribute->kind == COCO_ATTRIBUTE_ARRAY && all_elements_are(attribute, COCO_ATTRIBUTE_AFFINE_MAP);
    case COCO_IS_ELEMENTS:
      return coco_attribute_is_elements(attribute);
    case COCO_IS_TYPED:
      return has_type(attribute);
    case COCO_IS_DIALECT:
      return attribute->kind == COCO_ATTRIBUTE_DIALECT && row->detail &&
             strcmp(attribute->definition->name, row->detail) == 0;
  }
  return false;
}

const char *coco_attribute_constraint_text(coco_attribute_constraint constraint) {
  switch (constraint) {
    case COCO_IS_ANY:
      return "any attribute";
    case COCO_IS_UNIT:
      return "unit attribute";
    case COCO_IS_BOOL:
      return "bool attribute";
    case COCO_IS_INTEGER:
      return "arbitrary integer attribute";
    case COCO_IS_I64:
      return "64-bit signless integer attribute";
    case COCO_IS_I32:
      return "32-bit signless integer attribute";
    case COCO_IS_INDEX:
      return "index attribute";
    case COCO_IS_FLOAT:
      return "arbitrary float attribute";
    case COCO_IS_F32:
      return "32-bit float attribute";
    case COCO_IS_STRING:
    case COCO_IS_SYMBOL_NAME:
      return "string attribute";
    case COCO_IS_TYPE:
      return "any type attribute";
    case COCO_IS_FUNCTION_TYPE:
      return "type attribute of function type";
    case COCO_IS_I64_ARRAY:
      return "i64 dense array attribute";
    case COCO_IS_I32_ARRAY:
      return "i32 dense array attribute";
    case COCO_IS_BOOL_ARRAY:
      return "i1 dense array attribute";
    case COCO_IS_ARRAY:
      return "array attribute";
    case COCO_IS_DICTIONARY:
      return "dictionary of named attribute values";
    case COCO_IS_SYMBOL:
      return "flat symbol reference attribute";
    case COCO_IS_SYMBOL_REFERENCE:
      return "symbol reference attribute";
    case COCO_IS_AFFINE_MAP:
      return "AffineMap attribute";
    case COCO_IS_AFFINE_MAPS:
      return "AffineMap array attribute";
    case COCO_IS_ELEMENTS:
      return "constant vector/tensor attribute";
    case COCO_IS_TYPED:
      return "TypedAttr instance";
    case COCO_IS_DIALECT:
      return "dialect attribute";
  }
  return "any attribute";
}

/* ---- Inference ---- */

void coco_inference_group(const coco_inference *inference, size_t group, size_t *out_start, size_t *out_count) {
  const coco_operation_definition *row = inference->definition;
  if (!inference->segment_sizes) {
    coco_row_group(row->operands, row->operand_row_count, inference->operand_count, group, out_start, out_count);
    return;
  }
  *out_start = 0;
  for (size_t i = 0; i < group; ++i) *out_start += (size_t)inference->segment_sizes[i];
  *out_count = (size_t)inference->segment_sizes[group];
}

coco_value *coco_inference_operand(const coco_inference *inference, size_t group) {
  size_t start, count;
  coco_inference_group(inference, group, &start, &count);
  return count && start < inference->operand_count ? inference->operands[start] : NULL;
}

coco_status coco_inference_error(const coco_inference *inference, const char *format, ...) {
  char message[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  return coco_error(inference->context, inference->location, "'%s' op %s", inference->definition->name, message);
}

coco_status coco_infer_like_first(const coco_inference *inference) {
  if (inference->operand_count == 0) return coco_inference_error(inference, "expected an operand");
  for (size_t i = 0; i < inference->result_count; ++i) inference->results[i] = inference->operands[0]->type;
  return COCO_OK;
}

coco_status coco_infer_from_value(const coco_inference *inference) {
  size_t index = coco_definition_attribute_index(inference->definition, COCO_STRING("value"));
  const coco_attribute *value = index < inference->definition->attribute_count ? inference->properties[index] : NULL;
  if (!value || !value->type) return coco_inference_error(inference, "requires an attribute 'value' with a type");
  for (size_t i = 0; i < inference->result_count; ++i) inference->results[i] = value->type;
  return COCO_OK;
}

coco_status coco_infer_none(const coco_inference *inference) {
  return inference->result_count == 0 ? COCO_OK : coco_inference_error(inference, "has no results");
}
