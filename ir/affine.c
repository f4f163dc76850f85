/* Affine expressions and maps: construction with uniquing and simplification, evaluation, composition.
 * Expressions are simplified one level deep as they are built, so recursion is bounded by what was built. */
#include "ir/affine.h"

#include "ir/context_internal.h"

static bool expression_equal(const void *candidate, const void *key) {
  const coco_affine_expression *a = candidate, *b = key;
  return a->kind == b->kind && a->value == b->value && a->left == b->left && a->right == b->right;
}

static const coco_affine_expression *find_or_make(coco_context *context, coco_affine_expression key) {
  uint64_t hash = coco_hash_combine((uint64_t)key.kind, (uint64_t)key.value);
  hash = coco_hash_combine(coco_hash_combine(hash, coco_hash_pointer(key.left)), coco_hash_pointer(key.right));
  const coco_affine_expression *found = coco_unique_find(&context->expressions, hash, &key, expression_equal);
  if (found) return found;
  coco_affine_expression *made = coco_arena_copy_bytes(&context->arena, &key, sizeof key);
  if (!made || coco_unique_insert(context, &context->expressions, hash, made) != COCO_OK) return NULL;
  return made;
}

static const coco_affine_expression *unique_expression(coco_context *context, coco_affine_expression key) {
  coco_context_enter(context);
  const coco_affine_expression *made = find_or_make(context, key);
  coco_context_leave(context);
  return made;
}

const coco_affine_expression *coco_affine_constant(coco_context *context, int64_t value) {
  return unique_expression(context, (coco_affine_expression){.kind = COCO_AFFINE_CONSTANT, .value = value});
}
const coco_affine_expression *coco_affine_dimension(coco_context *context, uint32_t position) {
  return unique_expression(context, (coco_affine_expression){.kind = COCO_AFFINE_DIMENSION, .value = position});
}
const coco_affine_expression *coco_affine_symbol(coco_context *context, uint32_t position) {
  return unique_expression(context, (coco_affine_expression){.kind = COCO_AFFINE_SYMBOL, .value = position});
}

static bool binary_value(coco_affine_kind kind, int64_t a, int64_t b, int64_t *out) {
  switch (kind) {
    case COCO_AFFINE_ADD: return !__builtin_add_overflow(a, b, out);
    case COCO_AFFINE_MULTIPLY: return !__builtin_mul_overflow(a, b, out);
    case COCO_AFFINE_MODULO:
      if (b <= 0) return false;
      *out = a % b < 0 ? a % b + b : a % b;
      return true;
    case COCO_AFFINE_FLOOR_DIVIDE:
      if (b <= 0) return false;
      *out = a / b - (a % b < 0);
      return true;
    case COCO_AFFINE_CEIL_DIVIDE:
      if (b <= 0) return false;
      *out = a / b + (a % b > 0);
      return true;
    default: return false;
  }
}

/* Whether every value of EXPRESSION is a multiple of DIVISOR, as far as a look one product deep tells. */
static bool is_multiple(const coco_affine_expression *expression, int64_t divisor) {
  if (expression->kind == COCO_AFFINE_CONSTANT) return expression->value % divisor == 0;
  return expression->kind == COCO_AFFINE_MULTIPLY && expression->right->kind == COCO_AFFINE_CONSTANT &&
         expression->right->value % divisor == 0;
}

static const coco_affine_expression *simplify_add(coco_context *context, const coco_affine_expression *left,
                                                  const coco_affine_expression *right) {
  if (right->kind != COCO_AFFINE_CONSTANT) return NULL;
  if (right->value == 0) return left; /* x + 0 = x */
  int64_t sum;                        /* (x + a) + b = x + (a + b) */
  if (left->kind == COCO_AFFINE_ADD && left->right->kind == COCO_AFFINE_CONSTANT &&
      binary_value(COCO_AFFINE_ADD, left->right->value, right->value, &sum))
    return coco_affine_binary(context, COCO_AFFINE_ADD, left->left, coco_affine_constant(context, sum));
  return NULL;
}

static const coco_affine_expression *simplify_multiply(coco_context *context, const coco_affine_expression *left,
                                                       const coco_affine_expression *right) {
  if (right->kind != COCO_AFFINE_CONSTANT) return NULL;
  if (right->value == 1) return left;  /* x * 1 = x */
  if (right->value == 0) return right; /* x * 0 = 0 */
  int64_t product;                     /* (x * a) * b = x * (a * b) */
  if (left->kind == COCO_AFFINE_MULTIPLY && left->right->kind == COCO_AFFINE_CONSTANT &&
      binary_value(COCO_AFFINE_MULTIPLY, left->right->value, right->value, &product))
    return coco_affine_binary(context, COCO_AFFINE_MULTIPLY, left->left, coco_affine_constant(context, product));
  return NULL;
}

static const coco_affine_expression *simplify_division(coco_context *context, coco_affine_kind kind,
                                                       const coco_affine_expression *left,
                                                       const coco_affine_expression *right) {
  if (right->kind != COCO_AFFINE_CONSTANT || right->value <= 0) return NULL;
  int64_t divisor = right->value;
  if (kind == COCO_AFFINE_MODULO)
    return divisor == 1 || is_multiple(left, divisor) ? coco_affine_constant(context, 0) : NULL;
  if (divisor == 1) return left; /* x / 1 = x */
  if (left->kind == COCO_AFFINE_MULTIPLY && is_multiple(left, divisor)) /* (x * (a * b)) / b = x * a */
    return coco_affine_binary(context, COCO_AFFINE_MULTIPLY, left->left,
                              coco_affine_constant(context, left->right->value / divisor));
  return NULL;
}

const coco_affine_expression *coco_affine_binary(coco_context *context, coco_affine_kind kind,
                                                 const coco_affine_expression *left,
                                                 const coco_affine_expression *right) {
  if (!left || !right) return NULL;
  int64_t value;
  if (left->kind == COCO_AFFINE_CONSTANT && right->kind == COCO_AFFINE_CONSTANT &&
      binary_value(kind, left->value, right->value, &value))
    return coco_affine_constant(context, value);
  bool commutes = kind == COCO_AFFINE_ADD || kind == COCO_AFFINE_MULTIPLY;
  if (commutes && left->kind == COCO_AFFINE_CONSTANT) { /* constants move right */
    const coco_affine_expression *swapped = left;
    left = right;
    right = swapped;
  }
  const coco_affine_expression *simpler = kind == COCO_AFFINE_ADD ? simplify_add(context, left, right)
                                          : kind == COCO_AFFINE_MULTIPLY
                                              ? simplify_multiply(context, left, right)
                                              : simplify_division(context, kind, left, right);
  if (simpler) return simpler;
  return unique_expression(context, (coco_affine_expression){.kind = kind, .left = left, .right = right});
}

/* ---- Maps ---- */

static bool map_equal(const void *candidate, const void *key) {
  const coco_affine_map *a = candidate, *b = key;
  return a->dimension_count == b->dimension_count && a->symbol_count == b->symbol_count &&
         a->result_count == b->result_count &&
         (a->result_count == 0 || memcmp(a->results, b->results, a->result_count * sizeof *a->results) == 0);
}

static const coco_affine_map *find_or_make_map(coco_context *context, const coco_affine_map *key, uint64_t hash) {
  const coco_affine_map *found = coco_unique_find(&context->maps, hash, key, map_equal);
  if (found) return found;
  coco_affine_map *made = coco_arena_copy_bytes(&context->arena, key, sizeof *key);
  if (!made) return NULL;
  made->results = coco_arena_copy_bytes(&context->arena, key->results, key->result_count * sizeof *key->results);
  if (!made->results || coco_unique_insert(context, &context->maps, hash, made) != COCO_OK) return NULL;
  return made;
}

const coco_affine_map *coco_affine_map_create(coco_context *context, uint32_t dimension_count, uint32_t symbol_count,
                                              const coco_affine_expression *const *results, uint32_t result_count) {
  for (uint32_t i = 0; i < result_count; ++i) {
    if (!results[i]) return NULL;
  }
  coco_affine_map key = {dimension_count, symbol_count, result_count, results};
  uint64_t hash =
      coco_hash_bytes(results, result_count * sizeof *results, (uint64_t)dimension_count << 32 | symbol_count);
  coco_context_enter(context);
  const coco_affine_map *made = find_or_make_map(context, &key, hash);
  coco_context_leave(context);
  return made;
}

const coco_affine_map *coco_affine_map_identity(coco_context *context, uint32_t rank) {
  const coco_affine_expression **results = coco_allocate_zeroed(&context->allocator, rank + 1u, sizeof *results);
  if (!results) return NULL;
  for (uint32_t i = 0; i < rank; ++i) results[i] = coco_affine_dimension(context, i);
  const coco_affine_map *map = coco_affine_map_create(context, rank, 0, results, rank);
  coco_free(&context->allocator, results, (rank + 1u) * sizeof *results);
  return map;
}

bool coco_affine_map_is_identity(const coco_affine_map *map) {
  if (map->dimension_count != map->result_count) return false;
  for (uint32_t i = 0; i < map->result_count; ++i) {
    if (map->results[i]->kind != COCO_AFFINE_DIMENSION || map->results[i]->value != i) return false;
  }
  return true;
}

bool coco_affine_evaluate(const coco_affine_expression *expression, const int64_t *dimensions, const int64_t *symbols,
                          int64_t *out) {
  switch (expression->kind) {
    case COCO_AFFINE_CONSTANT: *out = expression->value; return true;
    case COCO_AFFINE_DIMENSION: *out = dimensions[expression->value]; return true;
    case COCO_AFFINE_SYMBOL: *out = symbols[expression->value]; return true;
    default: {
      int64_t left, right;
      return coco_affine_evaluate(expression->left, dimensions, symbols, &left) &&
             coco_affine_evaluate(expression->right, dimensions, symbols, &right) &&
             binary_value(expression->kind, left, right, out);
    }
  }
}

bool coco_affine_map_evaluate(const coco_affine_map *map, const int64_t *dimensions, const int64_t *symbols,
                              int64_t *out) {
  for (uint32_t i = 0; i < map->result_count; ++i) {
    if (!coco_affine_evaluate(map->results[i], dimensions, symbols, &out[i])) return false;
  }
  return true;
}

static const coco_affine_expression *substitute(coco_context *context, const coco_affine_expression *expression,
                                                const coco_affine_map *inner) {
  switch (expression->kind) {
    case COCO_AFFINE_CONSTANT:
    case COCO_AFFINE_SYMBOL: return expression;
    case COCO_AFFINE_DIMENSION: return inner->results[expression->value];
    default:
      return coco_affine_binary(context, expression->kind, substitute(context, expression->left, inner),
                                substitute(context, expression->right, inner));
  }
}

const coco_affine_map *coco_affine_map_compose(coco_context *context, const coco_affine_map *outer,
                                               const coco_affine_map *inner) {
  size_t size = (outer->result_count + 1u) * sizeof(const coco_affine_expression *);
  const coco_affine_expression **results = coco_allocate(&context->allocator, size);
  if (!results) return NULL;
  for (uint32_t i = 0; i < outer->result_count; ++i) results[i] = substitute(context, outer->results[i], inner);
  const coco_affine_map *map =
      coco_affine_map_create(context, inner->dimension_count,
                             outer->symbol_count > inner->symbol_count ? outer->symbol_count : inner->symbol_count,
                             results, outer->result_count);
  coco_free(&context->allocator, results, size);
  return map;
}
