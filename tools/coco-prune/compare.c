/* How far outputs move: the network as it came and as it goes, on the same inputs, run by the interpreter.
 *
 * It runs on clones, so that extents which are given for the run are not written into the network. */
#include <math.h>

#include "ir/evaluate.h"
#include "ir/printer.h"
#include "tools/coco-prune/prune.h"

static void free_tensors(prune_job *job, prune_tensors *tensors) {
  for (size_t i = 0; i < tensors->count; ++i) coco_tensor_free(job->tool.context, &tensors->items[i]);
  tensors->count = 0;
}

void prune_comparison_free(prune_job *job, prune_comparison *comparison) {
  free_tensors(job, &comparison->inputs);
  free_tensors(job, &comparison->before);
  free_tensors(job, &comparison->after);
}

/* ---- Inputs ---- */

static coco_status load_inputs(prune_job *job, coco_operation *module, prune_comparison *comparison) {
  const coco_tool_texts *data = &job->options.data;
  coco_model_tensors declared;
  COCO_TRY(coco_model_inputs(module, &declared));
  if (data->count != declared.count)
    return coco_tool_error(&job->tool, "%zu files of --data are given: the network has %zu inputs", data->count, declared.count);
  for (size_t i = 0; i < data->count; ++i) {
    coco_tensor *tensor = &comparison->inputs.items[i];
    COCO_TRY(coco_tensor_load(job->tool.context, data->items[i], NULL, tensor));
    ++comparison->inputs.count;
    char is[96], wanted[96];
    if (!coco_type_compatible(declared.items[i].type, tensor->type))
      return coco_tool_error(&job->tool, "'%s' holds %s: input '%.*s' is %s", data->items[i],
                             coco_type_text(tensor->type, is, sizeof is), COCO_PRINT(declared.items[i].name),
                             coco_type_text(declared.items[i].type, wanted, sizeof wanted));
    COCO_TRY(coco_model_set_input(module, i, tensor->type));
  }
  return COCO_OK;
}

static coco_status make_up_inputs(prune_job *job, coco_operation *module, prune_comparison *comparison) {
  coco_model_tensors declared;
  COCO_TRY(coco_model_inputs(module, &declared));
  for (size_t i = 0; i < declared.count; ++i) {
    COCO_TRY(coco_tensor_create(job->tool.context, declared.items[i].type, &comparison->inputs.items[i]));
    ++comparison->inputs.count;
    coco_tensor_randomize(&comparison->inputs.items[i], (uint64_t)job->options.seed * 1000003u + i);
  }
  return COCO_OK;
}

/* Whether every input has known extents, with what --shape says. */
static coco_status has_extents(coco_operation *module, bool *out) {
  coco_model_tensors declared;
  const coco_block *body = coco_operation_body(coco_model_entry(module), 0);
  COCO_TRY(coco_model_inputs(module, &declared));
  *out = true;
  for (size_t i = 0; i < declared.count; ++i) *out = *out && coco_type_has_static_shape(body->arguments[i]->type);
  return COCO_OK;
}

/* ---- Running ---- */

static coco_status evaluate(prune_job *job, coco_operation *module, prune_comparison *comparison, prune_tensors *out) {
  coco_evaluation *evaluation;
  coco_runtime_value values[COCO_MODEL_MAXIMUM_TENSORS], results[COCO_MODEL_MAXIMUM_TENSORS] = {0};
  const size_t count = comparison->outputs.count;
  for (size_t i = 0; i < comparison->inputs.count; ++i) values[i] = coco_tensor_value(&comparison->inputs.items[i]);
  COCO_TRY(coco_evaluation_create(job->tool.context, &evaluation));
  coco_status status =
      coco_evaluate_function(evaluation, coco_model_entry(module), values, comparison->inputs.count, results, count);
  for (size_t i = 0; i < count && status == COCO_OK; ++i) {
    status = coco_tensor_create(job->tool.context, results[i].type, &out->items[i]);
    if (status != COCO_OK) break;
    ++out->count;
    if (out->items[i].size) memcpy(out->items[i].data, results[i].data, out->items[i].size);
  }
  for (size_t i = 0; i < count; ++i) coco_runtime_release(&results[i]);
  coco_evaluation_destroy(evaluation);
  return status;
}

/* A clone of the network whose inputs have the extents of this run. */
static coco_status run_clone(prune_job *job, coco_operation *clone, prune_comparison *comparison, prune_tensors *out) {
  COCO_TRY(coco_model_apply_shapes(&job->tool, clone, &job->options.shapes));
  if (comparison->inputs.count) {
    for (size_t i = 0; i < comparison->inputs.count; ++i)
      COCO_TRY(coco_model_set_input(clone, i, comparison->inputs.items[i].type));
  } else if (job->options.data.count) {
    COCO_TRY(load_inputs(job, clone, comparison));
  }
  COCO_TRY(has_extents(clone, &comparison->wanted));
  if (!comparison->wanted && !job->options.data.count && !job->options.shapes.count) return COCO_OK;
  COCO_TRY(coco_model_refine(clone));
  if (!comparison->inputs.count) COCO_TRY(make_up_inputs(job, clone, comparison));
  COCO_TRY(coco_model_outputs(clone, &comparison->outputs));
  return evaluate(job, clone, comparison, out);
}

static coco_status run_network(prune_job *job, prune_comparison *comparison, prune_tensors *out) {
  coco_operation *clone;
  COCO_TRY(coco_operation_clone(job->module, NULL, &clone));
  const coco_status status = run_clone(job, clone, comparison, out);
  coco_operation_erase(clone);
  return status;
}

static bool is_none(const coco_tool_texts *data) { return data->count == 1 && strcmp(data->items[0], "none") == 0; }

coco_status prune_run_before(prune_job *job, prune_comparison *out) {
  *out = (prune_comparison){.random = !job->options.data.count};
  if (is_none(&job->options.data)) return COCO_OK;
  return run_network(job, out, &out->before);
}

/* ---- Comparing ---- */

static size_t largest(const coco_tensor *tensor) {
  const size_t size = coco_type_element_size(tensor->type->element);
  size_t best = 0;
  double most = -(double)INFINITY;
  for (size_t i = 0; (i + 1) * size <= tensor->size; ++i) {
    const double value = coco_element_read_real(tensor->type->element, tensor->data + i * size);
    if (value > most) most = value, best = i;
  }
  return best;
}

static void print_change(const prune_job *job, coco_string name, const coco_tensor *before, const coco_tensor *after) {
  char text[96];
  const coco_type *element = before->type->element;
  const size_t size = coco_type_element_size(element);
  double moved = 0, length = 0, most = 0;
  for (size_t i = 0; (i + 1) * size <= before->size; ++i) {
    const double a = coco_element_read_real(element, before->data + i * size), b = coco_element_read_real(element, after->data + i * size);
    moved += (a - b) * (a - b);
    length += a * a;
    if (!(fabs(a - b) <= most)) most = fabs(a - b);
  }
  fprintf(job->report, "  %.*s: %s, moved by %.3g of its length, by %.3g where most", COCO_PRINT(name),
          coco_type_text(before->type, text, sizeof text), length > 0 ? sqrt(moved / length) : sqrt(moved), most);
  if (before->size >= 2 * size) fprintf(job->report, "; largest element [%zu] before, [%zu] after", largest(before), largest(after));
  fputc('\n', job->report);
}

coco_status prune_run_after(prune_job *job, prune_comparison *comparison) {
  if (is_none(&job->options.data)) return COCO_OK;
  if (!comparison->before.count) {
    fprintf(job->report, "outputs: not compared, since the network's inputs have no fixed extents; --shape or --data gives them\n");
    return COCO_OK;
  }
  COCO_TRY(run_network(job, comparison, &comparison->after));
  if (comparison->random)
    fprintf(job->report, "outputs on random input (seed %lld), which says little of real data:\n", (long long)job->options.seed);
  else
    fprintf(job->report, "outputs on the data given:\n");
  for (size_t i = 0; i < comparison->before.count; ++i) {
    const coco_tensor *before = &comparison->before.items[i], *after = &comparison->after.items[i];
    if (before->size == after->size && before->type->element == after->type->element)
      print_change(job, comparison->outputs.items[i].name, before, after);
    else
      fprintf(job->report, "  %.*s: has another shape\n", COCO_PRINT(comparison->outputs.items[i].name));
  }
  return COCO_OK;
}
