/* What the command line asks for, checked. */
#include "tools/coco-prune/prune.h"

static coco_status read_rate(prune_job *job, const char *name, const char *text, double *out) {
  if (!text) return COCO_OK;
  if (coco_prune_rate_from(coco_string_from(text), out)) return COCO_OK;
  return coco_tool_error(&job->tool, "--%s=%s: expected a number of at least 1", name, text);
}

static coco_status read_names(prune_job *job) {
  const prune_options *o = &job->options;
  coco_prune_options *choice = &job->choice;
  if (o->scheme && !coco_prune_kind_from(coco_string_from(o->scheme), &choice->kind))
    return coco_tool_error(&job->tool, "--scheme=%s: expected pattern, connectivity or blocks", o->scheme);
  if (o->balance && !coco_balance_from(coco_string_from(o->balance), &choice->balance))
    return coco_tool_error(&job->tool, "--balance=%s: expected none, filter or runs", o->balance);
  if (!o->method) return COCO_OK;
  choice->method_given = true;
  if (!coco_pattern_method_from(coco_string_from(o->method), &choice->method))
    return coco_tool_error(&job->tool, "--method=%s: expected frequency or coverage", o->method);
  return COCO_OK;
}

static coco_status read_block(prune_job *job) {
  const char *text = job->options.block;
  if (!text || coco_prune_block_from(coco_string_from(text), job->choice.block)) return COCO_OK;
  return coco_tool_error(&job->tool, "--block=%s: expected two extents from 1 to %d, as 16x4", text, COCO_PRUNE_MAXIMUM_BLOCK);
}

/* "0x1b0,216" */
static coco_status read_masks(prune_job *job) {
  const char *text = job->options.masks;
  if (!text) return COCO_OK;
  int64_t *masks = coco_arena_allocate_zeroed(&job->arena, COCO_PATTERN_MAXIMUM_COUNT, sizeof *masks);
  if (!masks) return COCO_OUT_OF_MEMORY;
  for (const char *at = text; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
    const char *comma = strchr(at, ',');
    const coco_string item = {at, comma ? (size_t)(comma - at) : strlen(at)};
    if (job->choice.mask_count == COCO_PATTERN_MAXIMUM_COUNT || !coco_string_to_int64(item, &masks[job->choice.mask_count]))
      return coco_tool_error(&job->tool, "--masks=%s: expected at most %d numbers with commas between them", text, COCO_PATTERN_MAXIMUM_COUNT);
    ++job->choice.mask_count;
  }
  job->choice.masks = masks;
  return COCO_OK;
}

static coco_status read_numbers(prune_job *job) {
  const prune_options *o = &job->options;
  if (o->patterns != PRUNE_NOT_GIVEN && (o->patterns < 1 || o->patterns > COCO_PATTERN_MAXIMUM_COUNT))
    return coco_tool_error(&job->tool, "--patterns=%lld: expected a number from 1 to %d", (long long)o->patterns, COCO_PATTERN_MAXIMUM_COUNT);
  if (o->entries < 0 || o->entries >= COCO_KERNEL_MAXIMUM_POSITIONS)
    return coco_tool_error(&job->tool, "--entries=%lld: expected a number from 1 to %d", (long long)o->entries, COCO_KERNEL_MAXIMUM_POSITIONS - 1);
  if (o->span < 0) return coco_tool_error(&job->tool, "--span=%lld: expected a number of channels", (long long)o->span);
  if (o->patterns != PRUNE_NOT_GIVEN) job->choice.patterns = (size_t)o->patterns;
  job->choice.entries = (size_t)o->entries;
  if (o->share < 1 || o->share > COCO_PRUNE_MAXIMUM_BLOCK)
    return coco_tool_error(&job->tool, "--share=%lld: expected a number from 1 to %d", (long long)o->share,
                           COCO_PRUNE_MAXIMUM_BLOCK);
  job->choice.span = o->span;
  job->choice.share = o->share;
  job->choice.first = o->first;
  COCO_TRY(read_rate(job, "connectivity", o->connectivity, &job->choice.rate));
  COCO_TRY(read_rate(job, "pointwise", o->pointwise, &job->choice.pointwise_rate));
  return read_rate(job, "matrix", o->matrix, &job->choice.matrix_rate);
}

/* The override file's text lasts as long as the job. */
static coco_status read_overrides(prune_job *job) {
  coco_file file;
  int error = 0;
  const char *path = job->options.overrides;
  if (!path) return COCO_OK;
  const coco_status status = coco_file_open(&coco_heap, path, &file, &error);
  if (status == COCO_IO_ERROR) return coco_tool_error(&job->tool, "cannot open '%s': %s", path, strerror(error));
  COCO_TRY(status);
  job->choice.overrides = coco_arena_copy(&job->arena, (coco_string){(const char *)file.data, file.size});
  coco_file_close(&file);
  job->choice.overrides_location = coco_location_file(job->tool.context, coco_string_from(path), 0, 0);
  return job->choice.overrides.data && job->choice.overrides_location ? COCO_OK : COCO_OUT_OF_MEMORY;
}

static coco_status check_together(prune_job *job) {
  if (job->choice.span && job->choice.balance != COCO_BALANCE_RUNS)
    return coco_tool_error(&job->tool, "--span is for --balance=runs");
  if (job->options.two_steps && job->choice.balance == COCO_BALANCE_RUNS)
    return coco_tool_error(&job->tool, "--two-steps and --balance=runs cannot be asked for together: equal runs are always chosen jointly");
  if (job->options.block && job->choice.kind != COCO_PRUNE_BLOCKS)
    return coco_tool_error(&job->tool, "--block is for --scheme=blocks");
  const prune_options *o = &job->options;
  if (o->masks && (o->patterns != PRUNE_NOT_GIVEN || o->method || o->entries))
    return coco_tool_error(&job->tool, "--masks gives the set: --patterns, --entries and --method would choose one");
  if (o->seed != PRUNE_NOT_GIVEN && o->data.count)
    return coco_tool_error(&job->tool, "--seed is of random inputs, which --data takes the place of");
  if (o->seed == PRUNE_NOT_GIVEN) job->options.seed = 0;
  if (o->filters != PRUNE_NOT_GIVEN && (o->filters < 0 || o->filters > 99))
    return coco_tool_error(&job->tool, "--filters=%lld: expected a percentage from 0 to 99", (long long)o->filters);
  if (o->filters >= 0 && (o->scheme || o->connectivity || o->pointwise || o->matrix || o->balance || o->masks ||
                          o->overrides || o->share != 1 || o->patterns != PRUNE_NOT_GIVEN || o->entries || o->method ||
                          o->two_steps))
    return coco_tool_error(&job->tool, "--filters removes filters alone: prune what it writes once more");
  return COCO_OK;
}

coco_status prune_read_choice(prune_job *job) {
  job->choice = COCO_PRUNE_OPTIONS;
  COCO_TRY(read_names(job));
  COCO_TRY(read_numbers(job));
  COCO_TRY(read_block(job));
  COCO_TRY(read_masks(job));
  COCO_TRY(check_together(job));
  return read_overrides(job);
}
