/* Applying equations: matching their left sides against operations, and building their right sides. */
#include "ir/equation_internal.h"

#include "ir/operation_internal.h"

/* What names stand for while one operation is looked at. */
typedef struct match {
  const coco_equation *equation;
  const coco_operation *root;
  coco_value *values[COCO_EQUATION_NAMES];
  const coco_attribute *attributes[COCO_EQUATION_NAMES];
} match;

const coco_operation_definition *coco_equation_root(const coco_equation *equation) {
  return equation->nodes[0].definition;
}

static bool bind(match *m, uint8_t name, coco_value *value) {
  if (name == COCO_EQUATION_NO_NAME) return true;
  if (m->values[name]) return m->values[name] == value;
  const coco_equation_constraint *constraint = &m->equation->constraints[name];
  m->values[name] = value;
  return (!constraint->constant || coco_value_constant(value)) && (!constraint->once || coco_value_has_one_use(value)) &&
         (!constraint->of_result_type || value->type == m->root->results[0].type) &&
         (!constraint->of_rank || (coco_type_is_shaped(value->type) && (int64_t)value->type->rank == constraint->rank));
}

static const coco_equation_attribute *mentioned(const coco_equation_node *node, size_t index) {
  for (size_t i = 0; i < node->attribute_count; ++i)
    if (node->attributes[i].index == index) return &node->attributes[i];
  return NULL;
}

static bool match_attributes(match *m, const coco_equation_node *node, const coco_operation *operation) {
  for (size_t i = 0; i < node->definition->attribute_count; ++i) {
    const coco_attribute *property = operation->properties[i];
    const coco_equation_attribute *attribute = mentioned(node, i);
    if (!attribute) {
      if (property) return false;
    } else if (attribute->literal) {
      if (property != attribute->literal) return false;
    } else if (attribute->name != COCO_EQUATION_NO_NAME) {
      const coco_attribute **bound = &m->attributes[attribute->name];
      if (!property || (*bound && *bound != property)) return false;
      *bound = property;
    }
  }
  return true;
}

/* Recursion ends with the equation's nodes, each of which is reached once. */
static bool match_operation(match *m, const coco_equation_node *node, coco_operation *operation) {
  if (operation->definition != node->definition || operation->operand_count != node->operand_count) return false;
  for (size_t i = 0; i < node->operand_count; ++i) {
    const coco_equation_node *operand = &m->equation->nodes[node->operands[i]];
    coco_value *value = operation->operands[i].value;
    coco_operation *definer = operand->definition ? coco_value_operation(value) : NULL;
    /* In unreachable code an operation may come after itself. */
    if (operand->definition && (!definer || definer == m->root || !match_operation(m, operand, definer))) return false;
    if (!bind(m, operand->name, value)) return false;
  }
  return match_attributes(m, node, operation);
}

static coco_value *build_node(match *m, coco_builder *builder, const coco_equation_node *node) {
  if (!node->definition) return m->values[node->name];
  coco_value *operands[COCO_EQUATION_OPERANDS];
  coco_named_attribute attributes[COCO_EQUATION_ATTRIBUTES];
  for (size_t i = 0; i < node->operand_count; ++i)
    operands[i] = build_node(m, builder, &m->equation->nodes[node->operands[i]]);
  for (size_t i = 0; i < node->attribute_count; ++i) {
    const coco_equation_attribute *attribute = &node->attributes[i];
    attributes[i] = (coco_named_attribute){
        coco_string_from(node->definition->attributes[attribute->index].name),
        attribute->literal ? attribute->literal : m->attributes[attribute->name]};
  }
  const coco_type *type = m->root->results[0].type;
  const bool is_result = node == &m->equation->nodes[m->equation->result];
  return coco_build_value(builder, &(coco_operation_state){.definition = node->definition,
                                                           .operands = operands,
                                                           .operand_count = node->operand_count,
                                                           .result_types = is_result ? &type : NULL,
                                                           .result_count = is_result ? 1 : 0,
                                                           .attributes = attributes,
                                                           .attribute_count = node->attribute_count});
}

/* A quick look at the root's operands, which rules out most operations. */
static bool may_match(const coco_equation *equation, const coco_operation *operation) {
  const coco_equation_node *root = &equation->nodes[0];
  if (operation->operand_count != root->operand_count) return false;
  for (size_t i = root->operand_count; i-- > 0;) {
    const coco_equation_node *node = &equation->nodes[root->operands[i]];
    const coco_value *value = operation->operands[i].value;
    if (node->definition ? !coco_value_defined_by(value, node->definition)
                         : equation->constraints[node->name].constant && !coco_value_constant(value))
      return false;
  }
  return true;
}

coco_status coco_equation_apply(const coco_equation *equation, coco_rewriter *rewriter, coco_operation *operation,
                                bool *matched) {
  if (!may_match(equation, operation)) return COCO_OK;
  match m = {.equation = equation, .root = operation};
  if (!match_operation(&m, &equation->nodes[0], operation)) return COCO_OK;
  const coco_equation_node *result = &equation->nodes[equation->result];
  if (!result->definition) {
    const coco_value *value = m.values[result->name];
    if (value->owner == operation || value->type != operation->results[0].type) return COCO_OK;
  }
  coco_builder *builder = coco_rewriter_builder(rewriter);
  if (equation->location != COCO_EQUATION_NO_NAME) {
    const coco_operation *definer = coco_value_operation(m.values[equation->location]);
    if (definer) builder->location = definer->location;
  }
  coco_value *value = build_node(&m, builder, result);
  if (!value) return builder->status;
  *matched = true;
  return coco_rewriter_replace_one(rewriter, operation, value);
}
