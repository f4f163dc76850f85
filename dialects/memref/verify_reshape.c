/* Rules of joining and splitting the dimensions of a memref: which types the results of memref.collapse_shape and
 * memref.expand_shape have, as mlir-opt says it. */
#include "dialects/memref/hooks.h"
#include "dialects/memref/memref.h"
#include "ir/printer.h"

enum { TYPE_TEXT = 256, MAXIMUM_RANK = 32 };

bool coco_memref_multiply(int64_t a, int64_t b, int64_t *out) {
  *out = COCO_DYNAMIC;
  if (a == 0 || b == 0) {
    *out = 0;
    return true;
  }
  return a == COCO_DYNAMIC || b == COCO_DYNAMIC || !__builtin_mul_overflow(a, b, out);
}

/* ---- Extents ---- */

/* The dimensions of GROUP are the next ones of EXPANDED; their product, and whether one of them is dynamic. */
static coco_status check_group(coco_operation *operation, const coco_attribute *group, const coco_type *expanded,
                               int64_t *next, int64_t *extent, bool *dynamic) {
  *extent = 1;
  *dynamic = false;
  if (!coco_attribute_is(group, COCO_ATTRIBUTE_ARRAY) || group->count == 0)
    return coco_operation_error(operation, "expected a list of dimensions in each group");
  for (size_t i = 0; i < group->count; i++, ++*next) {
    const coco_attribute *dimension = group->elements[i];
    if (!coco_attribute_is(dimension, COCO_ATTRIBUTE_INTEGER) || dimension->integer != *next || *next >= expanded->rank)
      return coco_operation_error(operation, "expected the dimensions in order, each once");
    if (!coco_memref_multiply(*extent, expanded->shape[*next], extent))
      return coco_operation_error(operation, "has too large a group");
    *dynamic = *dynamic || expanded->shape[*next] == COCO_DYNAMIC;
  }
  return COCO_OK;
}

/* The groups of COLLAPSED's dimensions are all of EXPANDED's, in order, and their extents multiply to the joint one. */
static coco_status check_groups(coco_operation *operation, const coco_attribute *groups, const coco_type *collapsed,
                                const coco_type *expanded) {
  if (groups->count != collapsed->rank)
    return coco_operation_error(operation, "has %zu groups of dimensions for rank %u", groups->count, collapsed->rank);
  int64_t next = 0, extent;
  bool dynamic;
  for (size_t i = 0; i < groups->count; i++) {
    COCO_TRY(check_group(operation, groups->elements[i], expanded, &next, &extent, &dynamic));
    if (dynamic != (collapsed->shape[i] == COCO_DYNAMIC))
      return coco_operation_error(
          operation, "collapsed dim (%zu) must be dynamic if and only if reassociation group is dynamic", i);
    if (!dynamic && extent != collapsed->shape[i])
      return coco_operation_error(operation, "collapsed dim size (%lld) must equal reassociation group size (%lld)",
                                  (long long)collapsed->shape[i], (long long)extent);
  }
  for (; collapsed->rank == 0 && next < expanded->rank; next++)
    if (expanded->shape[next] != 1 && expanded->shape[next] != COCO_DYNAMIC)
      return coco_operation_error(operation, "expected dimensions of size 1 beside rank 0, but got %lld",
                                  (long long)expanded->shape[next]);
  if (next != expanded->rank) return coco_operation_error(operation, "expected the dimensions in order, each once");
  return COCO_OK;
}

/* ---- Strides ---- */

/* The stride of the joint dimension: that of the last one that has more than one element; not known where that has as
 * many as the running program says, since it may be one. False: the dimensions from FIRST to LAST, of strides OWN, do
 * not follow on one another in memory. What strides of single elements are does not matter, and those that are not
 * known may fit. */
static bool join(const coco_type *source, const int64_t *own, size_t first, size_t last, int64_t *out) {
  size_t varying = last;
  while (varying > first && source->shape[varying] == 1) varying--;
  *out = varying > first && source->shape[varying] == COCO_DYNAMIC ? COCO_DYNAMIC : own[varying];
  int64_t stride = *out;
  for (size_t i = last; i > first; i--) {
    if (!coco_memref_multiply(stride, source->shape[i], &stride)) return false;
    if (source->shape[i - 1] != 1 && stride != COCO_DYNAMIC && own[i - 1] != COCO_DYNAMIC && stride != own[i - 1])
      return false;
  }
  return true;
}

static bool join_all(const coco_type *source, const coco_attribute *groups, const int64_t *own, int64_t *out) {
  size_t first = 0;
  for (size_t i = 0; i < groups->count; first += groups->elements[i++]->count)
    if (!join(source, own, first, first + groups->elements[i]->count - 1, &out[i])) return false;
  return true;
}

/* The strides of SHAPE: each group's dimensions lie in the place of one of stride OWN. One element has no groups. */
static bool split_all(const int64_t *shape, size_t rank, const coco_attribute *groups, const int64_t *own,
                      int64_t *out) {
  size_t end = 0;
  for (size_t i = 0; i < groups->count; i++) {
    size_t first = end;
    int64_t stride = own[i];
    end += groups->elements[i]->count;
    for (size_t j = end; j-- > first;) {
      out[j] = stride;
      if (!coco_memref_multiply(stride, shape[j], &stride)) return false;
    }
  }
  while (end < rank) out[end++] = 1;
  return true;
}

/* Elements in their order, without gaps. In one dimension such strides may be spelled out. */
static bool is_contiguous(const coco_type *type, const int64_t *strides, int64_t offset) {
  return !type->encoding || (type->rank == 1 && strides[0] == 1 && offset == 0);
}

/* The type of a result of DECLARED's shape. */
static coco_status expected_type(coco_operation *operation, const coco_attribute *groups, const coco_type *declared,
                                 const coco_type **out) {
  const bool collapses = operation->definition == &coco_memref_collapse_shape;
  const coco_type *source = coco_operation_operand(operation, 0)->type;
  const coco_attribute *layout = NULL;
  int64_t own[MAXIMUM_RANK], strides[MAXIMUM_RANK], offset = 0;
  char text[TYPE_TEXT];
  if (source->encoding && (source->rank > MAXIMUM_RANK || !coco_memref_strides(source, own, &offset)))
    return coco_operation_error(operation, "operand #0 must be strided memref of any type values, but got '%s'",
                                coco_type_text(source, text, sizeof text));
  if (!is_contiguous(source, own, offset)) {
    const bool fits = declared->rank <= MAXIMUM_RANK &&
                      (collapses ? join_all(source, groups, own, strides)
                                 : split_all(declared->shape, declared->rank, groups, own, strides));
    if (!fits)
      return coco_operation_error(operation, "invalid source layout map%s",
                                  collapses ? " or collapsing non-contiguous dims" : "");
    layout = coco_attribute_strided_layout(operation->context, offset, strides, declared->rank);
    if (!layout) return COCO_OUT_OF_MEMORY;
  }
  *out = coco_type_memref(operation->context, declared->rank, declared->shape, source->element, layout,
                          source->memory_space);
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

static coco_status check_type(coco_operation *operation, const coco_attribute *groups, const char *what) {
  const coco_type *declared = coco_operation_result(operation, 0)->type, *expected = NULL;
  COCO_TRY(expected_type(operation, groups, declared, &expected));
  if (declared == expected) return COCO_OK;
  char wanted[TYPE_TEXT], given[TYPE_TEXT];
  return coco_operation_error(operation, "expected %s type to be '%s' but found '%s'", what,
                              coco_type_text(expected, wanted, sizeof wanted),
                              coco_type_text(declared, given, sizeof given));
}

/* ---- The operations ---- */

static coco_status check_output_shape(coco_operation *operation, const coco_type *to) {
  const coco_attribute *shape = COCO_PROPERTY(operation, memref_expand_shape, static_output_shape);
  const int64_t *extents = coco_attribute_i64s(shape);
  if (shape->count != to->rank)
    return coco_operation_error(operation,
                                "expected number of static shape dims to be equal to the output rank (%u) but found "
                                "%zu inputs instead",
                                to->rank, shape->count);
  if (coco_count_dynamic(extents, shape->count) != operation->operand_count - 1u)
    return coco_operation_error(operation, "mismatch in dynamic dims in output_shape and static_output_shape");
  for (size_t i = 0; i < shape->count; i++)
    if (to->shape[i] != COCO_DYNAMIC && to->shape[i] != extents[i])
      return coco_operation_error(operation, "invalid output shape provided at pos %zu", i);
  return COCO_OK;
}

coco_status coco_memref_verify_reshape(coco_operation *operation) {
  const coco_type *from = coco_operation_operand(operation, 0)->type, *to = operation->results[0].type;
  if (from->element != to->element || from->memory_space != to->memory_space)
    return coco_operation_error(operation, "expected the same element type and memory space");
  if (operation->definition == &coco_memref_collapse_shape) {
    const coco_attribute *groups = COCO_PROPERTY(operation, memref_collapse_shape, reassociation);
    COCO_TRY(check_groups(operation, groups, to, from));
    return check_type(operation, groups, "collapsed");
  }
  const coco_attribute *groups = COCO_PROPERTY(operation, memref_expand_shape, reassociation);
  COCO_TRY(check_groups(operation, groups, from, to));
  COCO_TRY(check_type(operation, groups, "expanded"));
  return check_output_shape(operation, to);
}
