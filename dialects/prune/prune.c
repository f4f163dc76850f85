/* The table of the prune dialect, and its attribute as a struct. */
#include "dialects/prune/prune.h"

#include <math.h>

#include "dialects/prune/hooks.h"

#define COCO_ATTRIBUTE_ROWS "dialects/prune/prune_attributes.def"
#define COCO_ATTRIBUTE_ROWS_LIST coco_prune_attributes
#include "ir/define_attributes.inc"

const coco_dialect coco_prune_dialect = {
    .name = "prune",
    .documentation = "What is to be pruned and how: attributes on graph operations. The masks themselves are zeros in the weights.",
    .attributes = coco_prune_attributes,
    .attribute_count = sizeof coco_prune_attributes / sizeof *coco_prune_attributes,
};

/* ---- Names ---- */

static const char *const balances[] = {
    [COCO_BALANCE_NONE] = "none", [COCO_BALANCE_FILTER] = "filter", [COCO_BALANCE_RUNS] = "runs"};
static const char *const kinds[] = {
    [COCO_PRUNE_PATTERN] = "pattern", [COCO_PRUNE_CONNECTIVITY] = "connectivity", [COCO_PRUNE_BLOCKS] = "blocks"};

const char *coco_balance_name(coco_balance balance) { return balances[balance]; }
const char *coco_prune_kind_name(coco_prune_kind kind) { return kinds[kind]; }

static bool find_name(const char *const *names, size_t count, coco_string name, size_t *out) {
  for (*out = 0; *out < count; ++*out)
    if (coco_string_is(name, names[*out])) return true;
  return false;
}

bool coco_balance_from(coco_string name, coco_balance *out) {
  size_t index;
  const bool known = find_name(balances, sizeof balances / sizeof *balances, name, &index);
  if (known) *out = (coco_balance)index;
  return known;
}

bool coco_prune_kind_from(coco_string name, coco_prune_kind *out) {
  size_t index;
  const bool known = find_name(kinds, sizeof kinds / sizeof *kinds, name, &index);
  if (known) *out = (coco_prune_kind)index;
  return known;
}

bool coco_prune_rate_from(coco_string text, double *out) {
  return coco_string_to_double(text, out) && *out >= 1 && !isinf(*out);
}

static bool read_extent(coco_string text, int64_t *out) {
  return coco_string_to_int64(text, out) && *out >= 1 && *out <= COCO_PRUNE_MAXIMUM_BLOCK;
}

bool coco_prune_block_from(coco_string text, int64_t out[2]) {
  const char *cross = text.size ? memchr(text.data, 'x', text.size) : NULL;
  if (!cross) return false;
  const coco_string first = {text.data, (size_t)(cross - text.data)}, second = {cross + 1, text.size - first.size - 1};
  return read_extent(first, &out[0]) && read_extent(second, &out[1]);
}

/* ---- The attribute ---- */

const coco_attribute *coco_prune_scheme_on(const coco_operation *operation) {
  const coco_attribute *scheme = coco_operation_get(operation, COCO_PRUNE_SCHEME);
  const bool is_scheme =
      coco_attribute_is(scheme, COCO_ATTRIBUTE_DIALECT) && scheme->definition == &coco_prune_scheme_attribute_definition;
  return is_scheme ? scheme : NULL;
}

coco_prune_scheme coco_prune_scheme_of(const coco_attribute *attribute) {
  const coco_attribute *balance = COCO_PARAMETER(attribute, prune_scheme, balance),
                       *block = COCO_PARAMETER(attribute, prune_scheme, block);
  coco_prune_scheme scheme = {.set = COCO_PARAMETER(attribute, prune_scheme, set),
                              .rate = COCO_PARAMETER(attribute, prune_scheme, rate)->real,
                              .span = coco_property_integer(COCO_PARAMETER(attribute, prune_scheme, span), 0)};
  coco_prune_kind_from(COCO_PARAMETER(attribute, prune_scheme, kind)->text, &scheme.kind);
  if (balance) coco_balance_from(balance->text, &scheme.balance);
  if (block) scheme.block[0] = coco_attribute_i64s(block)[0], scheme.block[1] = coco_attribute_i64s(block)[1];
  return scheme;
}

/* Parameter NAME of the row is VALUE, just made. */
#define PUT(name, value)                                                                                   \
  if (!(parameters[offsetof(struct coco_prune_scheme_parameters, name)] = (value))) return NULL

const coco_attribute *coco_prune_scheme_attribute(coco_context *context, const coco_prune_scheme *scheme) {
  const coco_attribute *parameters[sizeof(struct coco_prune_scheme_parameters)] = {NULL};
  PUT(kind, coco_attribute_string(context, coco_string_from(coco_prune_kind_name(scheme->kind))));
  PUT(rate, coco_attribute_float(context, coco_type_float(context, COCO_F64), scheme->rate));
  if (scheme->set) PUT(set, scheme->set);
  if (scheme->balance != COCO_BALANCE_NONE)
    PUT(balance, coco_attribute_string(context, coco_string_from(coco_balance_name(scheme->balance))));
  if (scheme->span) PUT(span, coco_attribute_i64(context, scheme->span));
  if (scheme->block[0]) PUT(block, coco_attribute_i64_array(context, scheme->block, 2));
  return coco_attribute_dialect(context, &coco_prune_scheme_attribute_definition, parameters);
}
