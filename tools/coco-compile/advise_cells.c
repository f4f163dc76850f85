/* The numbers of the advice: sums of calls, measured or of the model.
 *
 * What could not be measured is the model's, corrected by how wrong it was of the nearest way that was measured:
 *
 *   ms(way) = model(way) * measured(near) / model(near)
 *
 * near is the way of the same kind whose rate is nearest and that was measured, in the network or layer by layer; else
 * the dense network. Layers of the way itself that were measured stand for themselves. */
#include <math.h>

#include "tools/coco-compile/advise.h"

/* ---- Groups ---- */

static void join(advise_job *job, const advise_calls *calls) {
  for (size_t i = 0; i < calls->count; ++i)
    for (size_t k = 1; k < calls->items[i].row_count; ++k) {
      const size_t one = job->rows[calls->items[i].rows[0]].group, other = job->rows[calls->items[i].rows[k]].group;
      const size_t least = one < other ? one : other, most = one < other ? other : one;
      for (size_t row = 0; row < job->row_count; ++row)
        if (job->rows[row].group == most) job->rows[row].group = least;
    }
}

void advise_join_rows(advise_job *job) {
  join(job, job->dense);
  for (size_t way = 0; way < ADVISE_WAYS; ++way) join(job, &job->results[way].pruned);
}

static size_t group_of(const advise_job *job, size_t row) { return row < job->row_count ? job->rows[row].group : row; }

static bool is_of_group(const advise_job *job, const advise_call *call, size_t group) {
  return group_of(job, call->row_count ? call->rows[0] : job->row_count) == group;
}

/* Milliseconds of all calls of GROUP; *longest: of these calls, and the one that is there. */
static double sum_calls(const advise_job *job, const advise_calls *calls, size_t group, const advise_call **longest) {
  double sum = 0;
  for (size_t i = 0; i < calls->count; ++i) {
    const advise_call *call = &calls->items[i];
    if (!is_of_group(job, call, group)) continue;
    sum += call->ms;
    if (!*longest || call->ms > (*longest)->ms) *longest = call;
  }
  return sum;
}

/* ---- Without measurement ---- */

bool advise_are_alike(const advise_way *one, const advise_way *other) {
  return one->kind == other->kind && !one->filters == !other->filters;
}

/* How far apart the rates of two ways of one kind are. */
static double distance(const advise_way *one, const advise_way *other) {
  return fabs(log(one->rate / other->rate)) + fabs((double)(one->filters - other->filters));
}

/* Of the calls of GROUP that were measured by themselves: what they take by what the model said of them; 0: none was. */
static double layers_correction(const advise_job *job, const advise_calls *calls, size_t group) {
  double measured = 0, model = 0;
  for (size_t i = 0; i < calls->count; ++i) {
    const advise_call *call = &calls->items[i];
    if (!is_of_group(job, call, group) || call->model_ms <= 0) continue;
    measured += call->ms;
    model += call->model_ms;
  }
  return model > 0 ? measured / model : 0;
}

/* What the model's milliseconds for GROUP are to be multiplied by; 1: nothing was measured. */
static double correction(const advise_job *job, size_t way, size_t group) {
  const advise_calls *measured = job->dense, *model = job->dense_model;
  const advise_call *call = NULL;
  double nearest = INFINITY;
  if (!job->network) return 1;
  for (size_t i = 0; i < ADVISE_WAYS; ++i) {
    const advise_result *result = &job->results[i];
    const double far = distance(&advise_ways[way], &advise_ways[i]);
    if (!advise_are_alike(&advise_ways[way], &advise_ways[i]) || far >= nearest) continue;
    if (!result->measured && layers_correction(job, &result->model, group) <= 0) continue;
    nearest = far;
    measured = result->measured ? &result->pruned : NULL, model = &result->model;
  }
  if (!measured) return layers_correction(job, model, group);
  const double foreseen = sum_calls(job, model, group, &call);
  return foreseen > 0 ? sum_calls(job, measured, group, &call) / foreseen : 1;
}

/* Milliseconds of GROUP in a way that was not measured as a whole. */
static double corrected(const advise_job *job, size_t way, size_t group, const advise_call **longest) {
  const advise_calls *calls = &job->results[way].model;
  const double factor = correction(job, way, group), all = sum_calls(job, calls, group, longest);
  double alone = 0;
  for (size_t i = 0; i < calls->count; ++i) {
    const advise_call *call = &calls->items[i];
    if (is_of_group(job, call, group) && call->model_ms > 0) alone += call->ms;
  }
  return alone + (all - alone) * factor;
}

/* ---- Cells ---- */

static double multiplications_left(const advise_job *job, const advise_result *result, size_t group, bool all_groups) {
  double kept = 0, all = 0;
  for (size_t i = 0; i < job->row_count; ++i) {
    const advise_row *row = &job->rows[i];
    if ((!all_groups && row->group != group) || !row->weights) continue;
    all += (double)row->multiplications;
    kept += (double)row->multiplications * (double)result->kept[i] / (double)row->weights;
  }
  return all > 0 ? kept / all : 1;
}

advise_cell advise_cell_of(const advise_job *job, size_t way, size_t row) {
  const advise_result *result = &job->results[way];
  const size_t group = group_of(job, row);
  advise_cell cell = {.left = multiplications_left(job, result, group, false)};
  if (result->measured) {
    const advise_call *dense = NULL;
    cell.dense_ms = sum_calls(job, &result->dense, group, &dense);
    cell.ms = sum_calls(job, &result->pruned, group, &cell.call);
    return cell;
  }
  cell.dense_ms = cell.ms = sum_calls(job, job->network ? job->dense : job->dense_model, group, &cell.call);
  if (result->nothing) return cell;
  cell.call = NULL;
  cell.ms = corrected(job, way, group, &cell.call);
  return cell;
}

advise_cell advise_network_cell(const advise_job *job, size_t way) {
  const advise_result *result = &job->results[way];
  advise_cell cell = {.left = multiplications_left(job, result, 0, true)};
  if (result->measured) {
    cell.dense_ms = result->dense.ms;
    cell.ms = result->pruned.ms;
    return cell;
  }
  cell.dense_ms = cell.ms = job->network ? job->dense->ms : job->dense_model->ms;
  if (result->nothing) return cell;
  if (!job->network) {
    cell.ms = result->model.ms;
    return cell;
  }
  double dense = 0, pruned = 0;
  for (size_t row = 0; row <= job->row_count; ++row) {
    if (group_of(job, row) != row) continue;
    const advise_cell part = advise_cell_of(job, way, row);
    dense += part.dense_ms, pruned += part.ms;
  }
  if (dense > 0) cell.ms *= pruned / dense;
  return cell;
}

const char *advise_reason_of(const advise_job *job, size_t way, size_t row) {
  const char *reason = NULL;
  for (size_t i = 0; i < job->row_count; ++i) {
    if (job->rows[i].group != group_of(job, row)) continue;
    reason = job->results[way].reasons[i];
    if (!reason) break;
  }
  return reason;
}
