/* See advise.h: the dense network first, then each way to prune in a child of its own. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "tools/coco-compile/advise.h"

#include <errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "api/registry.h"

/* The ways, those that say most first: past the budget, ways are not measured any more. */
const advise_way advise_ways[ADVISE_WAYS] = {
    {"patterns", "patterns", "--connectivity=1", COCO_PRUNE_PATTERN, 1, 0},
    {"patterns + connectivity 2x", "conn 2x", "--connectivity=2 --matrix=2", COCO_PRUNE_PATTERN, 2, 0},
    {"patterns + connectivity 3.6x", "conn 3.6x", "--connectivity=3.6 --matrix=3.6", COCO_PRUNE_PATTERN, 3.6, 0},
    {"patterns + connectivity 8x", "conn 8x", "--connectivity=8 --matrix=8", COCO_PRUNE_PATTERN, 8, 0},
    {"blocks 4x", "block 4x", "--scheme=blocks --connectivity=4 --matrix=4", COCO_PRUNE_BLOCKS, 4, 0},
    {"blocks 8x", "block 8x", "--scheme=blocks --connectivity=8 --matrix=8", COCO_PRUNE_BLOCKS, 8, 0},
    {"filters 25 %", "filt 25%", "--filters=25", COCO_PRUNE_PATTERN, 1, 25},
    {"filters 50 %", "filt 50%", "--filters=50", COCO_PRUNE_PATTERN, 1, 50},
};
/* In the order in which they are tried. */
static const uint8_t order[ADVISE_WAYS] = {2, 0, 7, 5, 3, 1, 4, 6};

/* Seconds of processors that all ways may take: the rest of a minute is for reading and writing. A way that is not
 * measured takes about this part of the time of one that is. */
static const double budget = 52, unmeasured_part = 0.6;

/* ---- The command line ---- */

coco_status advise_check(const coco_tool *tool, const compile_options *o) {
  const char *form = o->advise;
  if (!form) return COCO_OK;
  if (*form && strcmp(form, "text") != 0 && strcmp(form, "json") != 0)
    return coco_tool_error(tool, "--advise=%s: expected text or json", form);
  if (o->output || o->emit || o->name || o->weights || o->dump || o->reports.count)
    return coco_tool_error(
        tool, "--advise compiles nothing: it takes no -o, --emit, --name, --weights, --dump-ir or --report");
  if (o->storage || o->chains || o->sparse)
    return coco_tool_error(tool, "--advise says what is fastest: it takes no --conv-storage, --chains or --sparse");
  return COCO_OK;
}

/* ---- Memory that children share ---- */

static void *share(size_t size) {
  void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

/* ---- A way ---- */

static coco_status measure_way(advise_job *job, advise_result *out) {
  advise_network *network = NULL;
  COCO_TRY(advise_network_make(job, job->module, &out->model, &out->pruned, &network));
  memcpy(&out->dense, job->dense, sizeof out->dense);
  advise_measure(job->network, &out->dense, network);
  out->measured = true;
  advise_network_destroy(network);
  return COCO_OK;
}

/* Whether nothing like WAY has been measured, so that the model alone would have to tell. */
static bool is_first_of_its_kind(const advise_job *job, size_t way) {
  for (size_t i = 0; i < ADVISE_WAYS; ++i) {
    const advise_result *other = &job->results[i];
    if (i != way && (other->measured || other->layers_measured) && advise_are_alike(&advise_ways[way], &advise_ways[i]))
      return false;
  }
  return true;
}

/* In the child. */
static coco_status try_way(advise_job *job, size_t way, bool measured) {
  advise_result *out = &job->results[way];
  COCO_TRY(advise_prune(job, &advise_ways[way], out));
  if (!out->nothing) {
    if (measured) {
      COCO_TRY(measure_way(job, out));
    } else {
      job->by_layers = job->network && !advise_ways[way].filters && is_first_of_its_kind(job, way);
      COCO_TRY(advise_network_make(job, job->module, &out->model, NULL, NULL));
      out->layers_measured = job->by_layers;
    }
  }
  out->done = true;
  return COCO_OK;
}

static coco_status fork_way(advise_job *job, size_t way, bool measured) {
  int state = 0;
  fflush(NULL);
  const pid_t child = fork();
  if (child < 0) return COCO_OUT_OF_MEMORY;
  if (child == 0) {
    const coco_status status = try_way(job, way, measured);
    if (status != COCO_OK && status != COCO_REPORTED) (void)coco_tool_error(job->tool, "%s", coco_status_name(status));
    _exit(status != COCO_OK);
  }
  while (waitpid(child, &state, 0) < 0)
    if (errno != EINTR) return COCO_IO_ERROR;
  if (WIFSIGNALED(state)) { /* whoever ends processes that take too much memory; else, what it stumbled over is ours */
    if (WTERMSIG(state) == SIGKILL) return COCO_OUT_OF_MEMORY;
    raise(WTERMSIG(state));
  }
  return job->results[way].done ? COCO_OK : COCO_REPORTED;
}

static coco_status try_ways(advise_job *job) {
  double dearest = 0;
  for (size_t i = 0; i < ADVISE_WAYS; ++i) {
    const double start = advise_spent();
    coco_progress_step(job->progress, job->tool->name, advise_ways[order[i]].name);
    const double least = dearest * (1 + unmeasured_part * (double)(ADVISE_WAYS - 1 - i));
    COCO_TRY(fork_way(job, order[i], job->network && start + least < budget));
    const double took = advise_spent() - start;
    if (took > dearest) dearest = took;
  }
  return COCO_OK;
}

/* ---- The dense network ---- */

static bool is_wanted(const advise_job *job, const coco_target_variant *variant) {
  const char *wanted = job->options->compile.variant;
  return !wanted || strcmp(wanted, variant->name) == 0;
}

static coco_status make_dense(advise_job *job) {
  coco_operation *module;
  COCO_TRY(coco_operation_clone(job->module, NULL, &module));
  advise_calls *calls = job->options->compile.measure != COCO_MEASURE_NONE ? job->dense : NULL;
  const coco_status status = advise_network_make(job, module, job->dense_model, calls, &job->network);
  coco_operation_erase(module);
  return status;
}

/* For the best variant; where it is to run, of those that can. */
static coco_status choose_variant(advise_job *job) {
  const coco_target_description *description = coco_target_describe(job->options->compile.target);
  for (size_t i = 0; description && i < description->variant_count; ++i) {
    bool runs = true;
    job->variant = &description->variants[i];
    if (!is_wanted(job, job->variant)) continue;
    coco_progress_step(job->progress, job->tool->name, "dense");
    COCO_TRY(make_dense(job));
    if (job->network) COCO_TRY(advise_network_runs(job->network, &runs));
    if (runs && job->network) advise_measure(job->network, job->dense, NULL);
    if (runs) return COCO_OK;
    advise_network_destroy(job->network);
    job->network = NULL;
  }
  return coco_tool_error(job->tool, "--advise: target %s has no variant '%s' that can be used here",
                         job->options->compile.target->name,
                         job->options->compile.variant ? job->options->compile.variant : "");
}

/* ---- All of it ---- */

static coco_status print(advise_job *job) {
  coco_buffer out = COCO_BUFFER(coco_context_allocator(job->tool->context));
  coco_progress_end(job->progress);
  advise_join_rows(job);
  if (strcmp(job->options->form, "json") == 0)
    advise_put_json(job, &out);
  else
    advise_put_text(job, &out);
  const coco_status status = out.status;
  if (status == COCO_OK) fwrite(out.data, 1, out.size, stdout);
  coco_buffer_free(&out);
  return status;
}

static coco_status advise(advise_job *job) {
  COCO_TRY(advise_take_rows(job));
  COCO_TRY(choose_variant(job));
  COCO_TRY(try_ways(job));
  return print(job);
}

/* Arrays as large as all weights come and go: what is free stays with the process, since pages that are given back and
 * asked for again are cleared each time, which took a third of the time for VGG-16. */
static void keep_memory(void) {
#ifdef __GLIBC__
  (void)mallopt(M_MMAP_MAX, 0);
  (void)mallopt(M_TRIM_THRESHOLD, -1); /* never */
#endif
}

coco_status advise_run(coco_tool *tool, coco_progress *progress, coco_operation *module,
                       const advise_options *options) {
  const size_t size = 2 * sizeof(advise_calls) + ADVISE_WAYS * sizeof(advise_result);
  advise_calls *shared = share(size);
  if (!shared) return COCO_OUT_OF_MEMORY;
  keep_memory();
  advise_job job = {.tool = tool,
                    .progress = progress,
                    .options = options,
                    .module = module,
                    .arena.allocator = coco_context_allocator(tool->context),
                    .dense = &shared[0],
                    .dense_model = &shared[1],
                    .results = (advise_result *)(void *)&shared[2]};
  const coco_status status = advise(&job);
  advise_network_destroy(job.network);
  coco_arena_destroy(&job.arena);
  munmap(shared, size);
  return status;
}
