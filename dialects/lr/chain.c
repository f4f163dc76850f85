/* lr.chain: what may stand in one, and its meaning, which is that of its layers one after the other. */
#include "dialects/lr/chain.h"

#include "dialects/lr/hooks.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/window.h"
#include "ir/evaluate.h"

static const coco_type *result_type(const coco_operation *operation) {
  return coco_operation_result(operation, 0)->type;
}

static bool has_storage(const coco_operation *conv, const char *storage) {
  return coco_operation_is(conv, &coco_lr_conv) && coco_string_is(COCO_PROPERTY(conv, lr_conv, storage)->text, storage);
}

static int64_t whole_blocks(int64_t channels) {
  return (channels + COCO_LR_LANES - 1) / COCO_LR_LANES * COCO_LR_LANES;
}

/* Whether CONV can compute its last block of channels like the others: no extra ends before it. */
static bool has_whole_blocks(const coco_operation *conv) {
  enum { EXTRAS = 2 };
  const int64_t channels = result_type(conv)->shape[1];
  if (channels % COCO_LR_LANES == 0) return true;
  for (size_t i = EXTRAS; i < conv->operand_count; ++i) {
    const coco_type *type = coco_operation_operand(conv, i)->type;
    const bool padded = type->rank == 0 || (type->rank == 1 && type->shape[0] >= whole_blocks(channels));
    if (!padded && coco_lr_layout_of(type).block != COCO_LR_LANES) return false;
  }
  return true;
}

/* What stays between two layers: f32, blocks of channels, no border. */
static bool is_between(const coco_type *type) {
  static const int64_t none[4];
  coco_lr_layout_info layout = coco_lr_layout_of(type);
  return type->rank == 4 && coco_type_is_float(type->element) && type->element->format == COCO_F32 &&
         coco_type_has_static_shape(type) && coco_type_element_count(type) > 0 && layout.block == COCO_LR_LANES &&
         !memcmp(layout.halo, none, sizeof none);
}

bool coco_lr_is_depthwise(const coco_operation *operation) {
  if (!has_storage(operation, "depthwise")) return false;
  const coco_type *type = result_type(operation);
  return type->rank == 4 && coco_type_element_count(type) > 0 && has_whole_blocks(operation);
}

bool coco_lr_may_precede(const coco_operation *conv, const coco_operation *depthwise) {
  return (has_storage(conv, "gemm") || has_storage(conv, "direct")) &&
         coco_operation_operand(depthwise, 0) == coco_operation_result(conv, 0) && is_between(result_type(conv)) &&
         has_whole_blocks(conv);
}

bool coco_lr_may_follow(const coco_operation *conv, const coco_operation *depthwise) {
  if (!has_storage(conv, "gemm") && !has_storage(conv, "direct")) return false;
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  return coco_window_is_pointwise(&info.window) && is_between(result_type(depthwise)) &&
         coco_type_element_count(result_type(conv)) > 0 &&
         coco_operation_operand(conv, 0) == coco_operation_result(depthwise, 0);
}

coco_lr_chain_layers coco_lr_chain_of(const coco_operation *chain) {
  coco_lr_chain_layers out = {0};
  for (const coco_operation *layer = coco_operation_body(chain, 0)->first; layer; layer = layer->next) {
    if (!coco_operation_is(layer, &coco_lr_conv)) continue;
    if (coco_lr_is_depthwise(layer))
      out.depthwise = layer;
    else if (out.depthwise)
      out.after = layer;
    else
      out.before = layer;
  }
  return out;
}

/* ---- Verification ---- */

static coco_status check_arguments(const coco_operation *chain, const coco_block *block) {
  if (block->argument_count != chain->operand_count)
    return coco_operation_error(chain, "needs a region of %u arguments, but it has %u", chain->operand_count,
                                block->argument_count);
  for (uint32_t i = 0; i < block->argument_count; ++i) {
    if (block->arguments[i]->type != coco_operation_operand(chain, i)->type)
      return coco_operation_error(chain, "has a region argument #%u that is not of its operand's type", i);
  }
  return COCO_OK;
}

/* A layer of the region, whose former one is PREVIOUS (NULL: the first): it alone reads that, and nothing else of the
 * region. */
static coco_status check_layer(const coco_operation *chain, const coco_operation *layer, const coco_value *previous) {
  if (!coco_operation_is(layer, &coco_lr_conv))
    return coco_operation_error(chain, "has '%s' in its region, which takes lr.conv", layer->definition->name);
  for (uint32_t i = 0; i < layer->operand_count; ++i) {
    const coco_value *value = coco_operation_operand(layer, i);
    if (i == 0 && previous ? value != previous : coco_value_operation(value) != NULL)
      return coco_operation_error(chain,
                                  "needs layers that read their input from the one before, and all else from outside");
  }
  return COCO_OK;
}

static coco_status check_roles(const coco_operation *chain, const coco_operation *const *layers, size_t count) {
  size_t at = 0;
  while (at < count && !coco_lr_is_depthwise(layers[at])) ++at;
  if (count < 2 || at == count || at > 1 || count - at > 2)
    return coco_operation_error(chain,
                                "needs a depthwise convolution of whole blocks, and one before it, after it, or both");
  if (at == 1 && !coco_lr_may_precede(layers[0], layers[1]))
    return coco_operation_error(chain, "has a layer that cannot stand before a depthwise convolution");
  if (at + 1 < count && !coco_lr_may_follow(layers[at + 1], layers[at]))
    return coco_operation_error(chain, "has a layer that cannot stand after a depthwise convolution");
  return COCO_OK;
}

coco_status coco_lr_chain_verify(coco_operation *chain) {
  enum { MOST_LAYERS = 3 };
  const coco_block *block = coco_operation_body(chain, 0);
  const coco_operation *layers[MOST_LAYERS];
  const coco_value *previous = NULL;
  size_t count = 0;
  if (!block) return coco_operation_error(chain, "needs a region with a block");
  COCO_TRY(check_arguments(chain, block));
  for (const coco_operation *layer = block->first; layer != block->last; layer = layer->next) {
    if (count == MOST_LAYERS) return coco_operation_error(chain, "has more than %d layers", MOST_LAYERS);
    COCO_TRY(check_layer(chain, layer, previous));
    layers[count++] = layer;
    previous = coco_operation_result(layer, 0);
  }
  if (!previous || coco_operation_operand(block->last, 0) != previous)
    return coco_operation_error(chain, "needs a region that yields the result of its last layer");
  if (previous->type != result_type(chain))
    return coco_operation_error(chain, "needs a result of the type that its region yields");
  return check_roles(chain, layers, count);
}

coco_status coco_lr_chain_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                   const coco_runtime_value *operands, coco_runtime_value *results) {
  return coco_evaluate_region(evaluation, coco_operation_region(operation, 0), operands, operation->operand_count,
                              results, 1, NULL);
}
