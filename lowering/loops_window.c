/* Pooling: for each output point, or 16 channels of it, a walk over the window's positions inside the input.
 *
 * Positions outside do not count, so the walk's bounds are clamped, and no halo is needed. */
#include <math.h>

#include "dialects/arith/arith.h"
#include "dialects/arith/predicates.h"
#include "lowering/loops_common.h"

enum { UNROLLED = 4 /* positions along an axis */ };

void coco_loops_window_range(coco_loops *loops, const coco_window *window, size_t axis, coco_index output, int64_t outputs, int64_t extent, coco_index *low, coco_index *high) {
  int64_t kernel = window->kernel[axis], dilation = window->dilations[axis], pad = window->pads[axis];
  int64_t last = coco_window_index(window, axis, outputs - 1, kernel - 1);
  *low = coco_index_of(0);
  *high = coco_index_of(kernel);
  if (pad == 0 && last < extent) return;
  /* The first input index is o * stride - pad; position k lies inside when 0 <= first + k * dilation < extent. */
  coco_index first = coco_index_plus(coco_index_multiply(loops, output, window->strides[axis]), -pad);
  if (pad > 0) {
    coco_index before = coco_index_subtract(loops, coco_index_of(0), first);
    *low = coco_index_maximum(loops, *low, coco_index_ceil_divide(loops, before, dilation));
  }
  if (last >= extent) {
    coco_index room = coco_index_subtract(loops, coco_index_of(extent), first);
    *high = coco_index_minimum(loops, *high, coco_index_ceil_divide(loops, room, dilation));
  }
}

typedef struct pool_plan {
  coco_lr_window_info info;
  bool maximum, count_padding;
  bool may_be_empty; /* some window has no position inside */
  const coco_type *scalar; /* signless */
  bool is_unsigned;
} pool_plan;

/* The walk over spatial axis AXIS and the ones after it. */
static coco_value *walk(coco_loops *loops, const pool_plan *pool, const coco_point *point, coco_index *place, const coco_index *low, const coco_index *high,
                        size_t axis, coco_value *sum) {
  const coco_window *window = &pool->info.window;
  if (axis == window->rank) {
    int64_t steps[COCO_LOOPS_RANK] = {0};
    if (point->lanes) steps[point->axis] = point->axis < 2 ? 1 : window->strides[point->axis - 2];
    coco_value *element = coco_view_load_lanes(loops, &loops->operands[0], place, steps, point->lanes, point->valid);
    if (!pool->maximum) return coco_build_binary(&loops->builder, &coco_arith_addf, sum, element);
    const coco_operation_definition *larger = coco_type_is_float(pool->scalar) ? &coco_arith_maximumf : pool->is_unsigned ? &coco_arith_maxui : &coco_arith_maxsi;
    return coco_build_binary(&loops->builder, larger, sum, coco_loops_seen_as(loops, element, pool->scalar));
  }
  coco_index first = coco_index_plus(coco_index_multiply(loops, point->index[2 + axis], window->strides[axis]), -window->pads[axis]);
  if (!low[axis].value && !high[axis].value && window->kernel[axis] <= UNROLLED) {
    for (int64_t k = low[axis].constant; k < high[axis].constant; ++k) {
      place[2 + axis] = coco_index_plus(first, k * window->dilations[axis]);
      sum = walk(loops, pool, point, place, low, high, axis + 1, sum);
    }
    return sum;
  }
  coco_loop loop = coco_loop_begin(loops, low[axis], high[axis], 1, &sum, 1);
  place[2 + axis] = coco_index_add(loops, first, coco_index_multiply(loops, loop.induction, window->dilations[axis]));
  coco_value *next = walk(loops, pool, point, place, low, high, axis + 1, loop.carried[0]);
  coco_loop_end(loops, &loop, &next);
  return loop.carried[0];
}

/* How many positions an average is over: those inside the input, or also those on its padding. */
static coco_value *divisor(coco_loops *loops, const pool_plan *pool, const coco_point *point, const coco_index *low, const coco_index *high) {
  const coco_window *window = &pool->info.window;
  coco_index count = coco_index_of(1);
  for (size_t i = 0; i < window->rank; ++i) {
    coco_index inside = coco_index_subtract(loops, high[i], low[i]);
    if (pool->count_padding) {
      int64_t end = loops->operands[0].tensor->shape[2 + i] + window->pads[window->rank + i];
      int64_t outputs = loops->output.tensor->shape[2 + i];
      inside = coco_index_of(window->kernel[i]);
      if (coco_window_index(window, i, outputs - 1, window->kernel[i] - 1) >= end) {
        coco_index first = coco_index_plus(coco_index_multiply(loops, point->index[2 + i], window->strides[i]), -window->pads[i]);
        coco_index room = coco_index_ceil_divide(loops, coco_index_subtract(loops, coco_index_of(end), first), window->dilations[i]);
        inside = coco_index_minimum(loops, inside, room);
      }
    }
    if (!count.value) {
      count = coco_index_multiply(loops, inside, count.constant);
    } else if (!inside.value) {
      count = coco_index_multiply(loops, count, inside.constant);
    } else {
      coco_value *left = coco_index_value(loops, count), *right = coco_index_value(loops, inside);
      count = (coco_index){coco_build_binary(&loops->builder, &coco_arith_muli, left, right), 0};
    }
  }
  const coco_type *vector = coco_loops_vector_type(loops, pool->scalar, point->lanes);
  if (!count.value) return coco_loops_number(loops, vector, (double)count.constant, 0);
  coco_value *index = coco_index_value(loops, count);
  const coco_type *i64 = coco_type_integer(loops->context, 64);
  if (!i64) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  if (loops->builder.status != COCO_OK) return NULL;
  coco_value *number = coco_build_value(&loops->builder, &(coco_operation_state){.definition = &coco_arith_index_cast, COCO_WITH_OPERANDS(index), COCO_WITH_RESULTS(i64)});
  number = coco_build_value(&loops->builder, &(coco_operation_state){.definition = &coco_arith_sitofp, COCO_WITH_OPERANDS(number), COCO_WITH_RESULTS(pool->scalar)});
  return coco_loops_broadcast(loops, number, point->lanes);
}

/* VALUE, or zero where a window has no position inside. */
static coco_value *zero_when_empty(coco_loops *loops, const pool_plan *pool, coco_value *value, const coco_index *low, const coco_index *high) {
  for (size_t i = 0; i < pool->info.window.rank && value; ++i) {
    if (!low[i].value && !high[i].value) {
      if (low[i].constant >= high[i].constant) return coco_loops_number(loops, value->type, 0, 0);
      continue;
    }
    coco_value *from = coco_index_value(loops, low[i]), *to = coco_index_value(loops, high[i]);
    coco_value *some = coco_arith_compare(&loops->builder, &coco_arith_cmpi, COCO_CMPI_SLT, from, to);
    coco_value *zero = coco_loops_number(loops, value->type, 0, 0);
    if (loops->builder.status != COCO_OK) return NULL;
    value = coco_build_value(&loops->builder, &(coco_operation_state){.definition = &coco_arith_select, COCO_WITH_OPERANDS(some, value, zero), COCO_WITH_RESULTS(value->type)});
  }
  return value;
}

static void pool_point(coco_loops *loops, const coco_point *point, void *user) {
  const pool_plan *pool = user;
  const coco_window *window = &pool->info.window;
  coco_index low[COCO_WINDOW_MAX_RANK], high[COCO_WINDOW_MAX_RANK], place[COCO_LOOPS_RANK];
  for (size_t i = 0; i < window->rank; ++i) {
    int64_t outputs = loops->output.tensor->shape[2 + i], extent = loops->operands[0].tensor->shape[2 + i];
    coco_loops_window_range(loops, window, i, point->index[2 + i], outputs, extent, &low[i], &high[i]);
  }
  place[0] = point->index[0];
  place[1] = point->index[1];
  bool real = coco_type_is_float(pool->scalar);
  int64_t smallest = real || pool->is_unsigned ? 0 : -((int64_t)1 << (pool->scalar->width - 2)) * 2;
  const coco_type *type = coco_loops_vector_type(loops, pool->scalar, point->lanes);
  coco_value *sum = coco_loops_number(loops, type, pool->maximum ? -INFINITY : 0, pool->maximum ? smallest : 0);
  sum = walk(loops, pool, point, place, low, high, 0, sum);
  if (!pool->maximum) sum = coco_build_binary(&loops->builder, &coco_arith_divf, sum, divisor(loops, pool, point, low, high));
  if (pool->may_be_empty) sum = zero_when_empty(loops, pool, sum, low, high);
  coco_loops_finish(loops, point, coco_loops_seen_as(loops, sum, loops->operands[0].tensor->element), 1);
}

static bool has_empty_window(const coco_loops *loops, const coco_window *window) {
  for (size_t i = 0; i < window->rank; ++i) {
    for (int64_t o = 0; o < loops->output.tensor->shape[2 + i]; ++o) {
      int64_t begin, end;
      coco_window_range(window, i, o, loops->operands[0].tensor->shape[2 + i], &begin, &end);
      if (begin >= end) return true;
    }
  }
  return false;
}

void coco_loops_window(coco_loops *loops) {
  if (coco_lr_layout_has_patches(&loops->output.layout)) {
    const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(loops->layer, lr_window, info));
    coco_patches_pool(loops, &info.window);
    return;
  }
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(loops->layer, lr_window, tuning));
  pool_plan pool = {.info = coco_lr_window_of(COCO_PROPERTY(loops->layer, lr_window, info)),
               .maximum = coco_string_is(COCO_PROPERTY(loops->layer, lr_window, kind)->text, "max"),
               .count_padding = COCO_PROPERTY(loops->layer, lr_window, count_include_pad)->integer != 0,
               .scalar = coco_loops_signless(loops, loops->operands[0].tensor->element),
               .is_unsigned = loops->operands[0].tensor->element->signedness == COCO_UNSIGNED || coco_type_is_integer(loops->operands[0].tensor->element, 1)};
  pool.may_be_empty = has_empty_window(loops, &pool.info.window);
  size_t axis = coco_loops_axis(loops);
  /* Along a row the lanes' windows are clamped differently; a row of windows is vectorised only where none is. */
  if (axis != COCO_NO_AXIS && axis != 1) {
    const coco_window *window = &pool.info.window;
    size_t last = window->rank - 1;
    int64_t reach = coco_window_index(window, last, loops->output.tensor->shape[2 + last] - 1, window->kernel[last] - 1);
    if (window->pads[last] || reach >= loops->operands[0].tensor->shape[2 + last]) axis = COCO_NO_AXIS;
  }
  coco_loops_over_points(loops, &loops->output, axis, tuning.pieces, pool_point, &pool);
  coco_view_zero_halo(loops, &loops->output);
}
