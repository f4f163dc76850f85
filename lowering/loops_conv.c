/* Convolutions of storage plain: any group, dilation and number of spatial axes, dense tensors.
 *
 * A walk over the channels of the group and the kernel positions inside the input, for one output or for 16 of a row
 * where no window reaches past the row's ends (positions outside do not count). */
#include "lowering/loops_common.h"

typedef struct plain {
  coco_lr_window_info info;
  int64_t channels, filters; /* of a group */
} plain;

typedef struct plain_walk {
  const plain *plan;
  const coco_point *point;
  const coco_index *low, *high;
  coco_index input[COCO_LOOPS_RANK], weight[COCO_LOOPS_RANK];
} plain_walk;

/* The walk over the spatial axes from AXIS on. */
static coco_value *walk(coco_loops *loops, plain_walk *state, size_t axis, coco_value *sum) {
  const coco_window *window = &state->plan->info.window;
  const coco_point *point = state->point;
  if (axis == window->rank) {
    int64_t steps[COCO_LOOPS_RANK] = {0}, none[COCO_LOOPS_RANK] = {0};
    if (point->lanes) steps[point->axis] = window->strides[point->axis - 2];
    coco_value *element =
        coco_view_load_lanes(loops, &loops->operands[0], state->input, steps, point->lanes, point->valid);
    coco_value *weight =
        coco_view_load_lanes(loops, &loops->operands[1], state->weight, none, point->lanes, point->valid);
    return coco_loops_fma(loops, element, weight, sum);
  }
  coco_loop loop = coco_loop_begin(loops, state->low[axis], state->high[axis], 1, &sum, 1);
  coco_index first =
      coco_index_plus(coco_index_multiply(loops, point->index[2 + axis], window->strides[axis]), -window->pads[axis]);
  state->input[2 + axis] =
      coco_index_add(loops, first, coco_index_multiply(loops, loop.induction, window->dilations[axis]));
  state->weight[2 + axis] = loop.induction;
  coco_value *next = walk(loops, state, axis + 1, loop.carried[0]);
  coco_loop_end(loops, &loop, &next);
  return loop.carried[0];
}

static void plain_point(coco_loops *loops, const coco_point *point, void *user) {
  const plain *plan = user;
  const coco_window *window = &plan->info.window;
  coco_index low[COCO_WINDOW_MAX_RANK], high[COCO_WINDOW_MAX_RANK];
  for (size_t i = 0; i < window->rank; ++i) {
    int64_t outputs = loops->output.tensor->shape[2 + i], extent = loops->operands[0].tensor->shape[2 + i];
    coco_loops_window_range(loops, window, i, point->index[2 + i], outputs, extent, &low[i], &high[i]);
  }
  plain_walk state = {.plan = plan, .point = point, .low = low, .high = high};
  const coco_type *type = coco_loops_vector_type(loops, loops->operands[0].tensor->element, point->lanes);
  coco_value *sum = coco_loops_number(loops, type, 0, 0);
  coco_index group = coco_index_divide(loops, point->index[1], plan->filters);
  coco_index base = plan->info.group == 1 ? coco_index_of(0) : coco_index_multiply(loops, group, plan->channels);
  if (plan->channels > 0) {
    coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(plan->channels), 1, &sum, 1);
    state.input[0] = point->index[0];
    state.input[1] = coco_index_add(loops, base, loop.induction);
    state.weight[0] = point->index[1];
    state.weight[1] = loop.induction;
    coco_value *next = walk(loops, &state, 0, loop.carried[0]);
    coco_loop_end(loops, &loop, &next);
    sum = loop.carried[0];
  }
  coco_loops_finish(loops, point, sum, 2);
}

void coco_loops_conv(coco_loops *loops) {
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(loops->layer, lr_conv, tuning));
  plain plan = {.info = coco_lr_window_of(COCO_PROPERTY(loops->layer, lr_conv, info))};
  const coco_type *input = loops->operands[0].tensor, *output = loops->output.tensor;
  plan.channels = input->shape[1] / plan.info.group;
  plan.filters = output->shape[1] / plan.info.group;
  size_t axis = coco_loops_axis(loops), last = plan.info.window.rank - 1;
  int64_t reach =
      coco_window_index(&plan.info.window, last, output->shape[2 + last] - 1, plan.info.window.kernel[last] - 1);
  if (plan.info.window.pads[last] || reach >= input->shape[2 + last] || plan.info.window.strides[last] != 1)
    axis = COCO_NO_AXIS;
  coco_loops_over_points(loops, &loops->output, axis, tuning.pieces, plain_point, &plan);
}
