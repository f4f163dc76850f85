/* Networks that run in this process, one beside the other, each layer's time the least of many turns. Time is that of
 * the thread's processor, so that what else the machine does disturbs least. */
#include <sys/resource.h>
#include <time.h>

#include "coco/object.h"
#include "tools/coco-compile/advise.h"
#include "tools/coco-compile/loaded.h"

/* Runs and seconds of a turn at least (the caches are the other network's before the first run), and seconds of all. */
enum { LEAST_RUNS = 2, LEAST_TURNS = 2 };
static const double seconds_of_turn = 0.04, seconds_of_turns = 1.2;

struct advise_network {
  const advise_job *job;
  advise_calls *model, *calls; /* calls NULL: it is not to run */
  bool stopped;                /* the compilation, once the model had said its part */
  loaded_network loaded;
};

/* ---- Making one ---- */

static coco_status observe(void *user, const char *level, const coco_target_variant *variant, coco_operation *module) {
  advise_network *network = user;
  if (variant && strcmp(level, "lr-scheduled") == 0) return advise_take_calls(network->job, module, network->calls);
  if (!variant || strcmp(level, "lr") != 0) return COCO_OK;
  if (network->job->by_layers) COCO_TRY(advise_predict_by_layers(network->job, module, network->model));
  else COCO_TRY(advise_predict(network->job, module, network->model));
  network->stopped = !network->calls;
  return network->stopped ? COCO_REPORTED : COCO_OK;
}

static void between_layers(uint32_t index, uint32_t after);

static coco_status compile(advise_network *network, coco_operation *module) {
  const advise_job *job = network->job;
  coco_compile_options options = job->options->compile;
  coco_compiled compiled;
  options.variant = job->variant->name;
  options.name = COCO_STRING("model");
  options.kind = COCO_EMIT_OBJECT;
  options.weights = COCO_WEIGHTS_EXTERNAL;
  options.profile = true;
  options.observer = observe;
  options.user = network;
  coco_status status = coco_compile(job->tool->context, module, &options, &compiled);
  if (network->stopped) return COCO_OK;
  COCO_TRY(status);
  if (compiled.layer_count != network->calls->count)
    status = COCO_UNSUPPORTED; /* a model that came as loops */
  else
    status = loaded_make(job->tool, &compiled, "model_run", between_layers, &network->loaded);
  coco_compiled_destroy(&compiled);
  return status;
}

coco_status advise_network_make(const advise_job *job, coco_operation *module, advise_calls *model, advise_calls *calls,
                                advise_network **out) {
  advise_network *network = coco_allocate_zeroed(&coco_heap, 1, sizeof *network);
  if (!network) return COCO_OUT_OF_MEMORY;
  *network = (advise_network){.job = job, .model = model, .calls = calls};
  const coco_status status = compile(network, module);
  if (status == COCO_OK && calls)
    *out = network;
  else
    advise_network_destroy(network);
  return status;
}

void advise_network_destroy(advise_network *network) {
  if (!network) return;
  loaded_destroy(&network->loaded);
  coco_free(&coco_heap, network, sizeof *network);
}

/* ---- Measuring ---- */

static double processor_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double of_usage(int who) {
  struct rusage usage;
  getrusage(who, &usage);
  return (double)usage.ru_utime.tv_sec + (double)usage.ru_stime.tv_sec +
         1e-6 * ((double)usage.ru_utime.tv_usec + (double)usage.ru_stime.tv_usec);
}

double advise_spent(void) { return of_usage(RUSAGE_SELF) + of_usage(RUSAGE_CHILDREN); }

/* The hook has no argument for us: what runs is the one network that a turn is of. */
static struct {
  advise_calls *calls;
  double started;
  double clock; /* seconds that reading the clock takes */
} turn;

static void time_clock(void) {
  turn.clock = 1;
  for (int i = 0; i < 1000; ++i) {
    const double start = processor_seconds(), took = processor_seconds() - start;
    if (took < turn.clock) turn.clock = took;
  }
}

static void between_layers(uint32_t index, uint32_t after) {
  if (!after) {
    turn.started = processor_seconds();
    return;
  }
  const double ms = 1e3 * (processor_seconds() - turn.started - turn.clock);
  if (index >= turn.calls->count) return;
  advise_call *call = &turn.calls->items[index];
  if (call->ms == 0 || ms < call->ms) call->ms = ms > 0 ? ms : 1e-6;
}

static int32_t call(advise_network *network) {
  turn.calls = network->calls;
  return coco_native_call_run(network->loaded.call);
}

coco_status advise_network_runs(advise_network *network, bool *out) {
  const int32_t result = call(network);
  *out = result == COCO_OBJECT_OK;
  return *out || result == COCO_OBJECT_UNSUPPORTED_PROCESSOR ? COCO_OK : COCO_UNSUPPORTED;
}

static void run(advise_network *network) {
  const double start = processor_seconds();
  (void)call(network); /* it ran before */
  const double read = (1 + 2 * (double)network->calls->count) * turn.clock;
  const double ms = 1e3 * (processor_seconds() - start - read);
  if (network->calls->ms == 0 || ms < network->calls->ms) network->calls->ms = ms;
}

static void take_turn(advise_network *network) {
  const double start = processor_seconds();
  for (int i = 0; i < LEAST_RUNS || processor_seconds() - start < seconds_of_turn; ++i) run(network);
}

void advise_measure(advise_network *one, advise_calls *calls, advise_network *other) {
  time_clock();
  const double start = processor_seconds();
  one->calls = calls;
  calls->ms = 0;
  for (size_t i = 0; i < calls->count; ++i) calls->items[i].ms = 0;
  for (int i = 0; i < LEAST_TURNS || processor_seconds() - start < seconds_of_turns; ++i) {
    take_turn(one);
    if (other) take_turn(other);
  }
}
