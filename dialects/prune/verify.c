/* What the rows of prune cannot say. */
#include <math.h>

#include "dialects/prune/hooks.h"
#include "dialects/prune/prune.h"

static coco_status check_balance(coco_context *context, const coco_location *location, const coco_attribute *attribute,
                                 bool is_blocks) {
  const coco_attribute *balance = COCO_PARAMETER(attribute, prune_scheme, balance),
                       *span = COCO_PARAMETER(attribute, prune_scheme, span);
  coco_balance found = COCO_BALANCE_NONE;
  if (balance && !coco_balance_from(balance->text, &found))
    return coco_error(context, location, "#prune.scheme needs a 'balance' of none, filter or runs, but it is '%.*s'",
                      COCO_PRINT(balance->text));
  if (balance && is_blocks) return coco_error(context, location, "#prune.scheme of blocks has no 'balance'");
  if (!span) return COCO_OK;
  if (found != COCO_BALANCE_RUNS)
    return coco_error(context, location, "#prune.scheme has a 'span' for balanced runs only");
  return span->integer > 0 ? COCO_OK : coco_error(context, location, "#prune.scheme needs a 'span' of at least 1");
}

static coco_status check_block(coco_context *context, const coco_location *location, const coco_attribute *block,
                               bool is_blocks) {
  if (!is_blocks)
    return block ? coco_error(context, location, "#prune.scheme has a 'block' for blocks only") : COCO_OK;
  if (!block || block->count != 2)
    return coco_error(context, location, "#prune.scheme of blocks needs a 'block' of two extents");
  for (size_t i = 0; i < 2; ++i)
    if (coco_attribute_i64s(block)[i] < 1 || coco_attribute_i64s(block)[i] > COCO_PRUNE_MAXIMUM_BLOCK)
      return coco_error(context, location, "#prune.scheme needs extents of a 'block' from 1 to %d",
                        COCO_PRUNE_MAXIMUM_BLOCK);
  return COCO_OK;
}

coco_status coco_prune_scheme_verify(coco_context *context, const coco_location *location,
                                     const coco_attribute *attribute) {
  const coco_attribute *rate = COCO_PARAMETER(attribute, prune_scheme, rate),
                       *set = COCO_PARAMETER(attribute, prune_scheme, set);
  coco_prune_kind kind = COCO_PRUNE_PATTERN;
  coco_prune_kind_from(COCO_PARAMETER(attribute, prune_scheme, kind)->text, &kind); /* the row allows no other */
  if (!coco_attribute_is(rate, COCO_ATTRIBUTE_FLOAT) || !(rate->real >= 1) || isinf(rate->real))
    return coco_error(context, location, "#prune.scheme needs a 'rate' that is a number of at least 1, as 3.6 : f64");
  if (kind == COCO_PRUNE_PATTERN && !coco_attribute_is(set, COCO_ATTRIBUTE_SYMBOL))
    return coco_error(context, location, "#prune.scheme of patterns needs a 'set' that names a pattern.set");
  if (kind != COCO_PRUNE_PATTERN && set)
    return coco_error(context, location, "#prune.scheme has a 'set' for patterns only");
  COCO_TRY(check_balance(context, location, attribute, kind == COCO_PRUNE_BLOCKS));
  return check_block(context, location, COCO_PARAMETER(attribute, prune_scheme, block), kind == COCO_PRUNE_BLOCKS);
}
