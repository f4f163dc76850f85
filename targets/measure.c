/* Contests: see measure.h. */
#include "targets/measure.h"

#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "coco/object.h"
#include "dialects/func/func.h"
#include "dialects/lr/lr.h"
#include "targets/compile.h"

enum { MOST_TENSORS = 8, LEAST_ROUNDS = 5, MOST_ROUNDS = 200, EVICTING_CACHES = 2 };
static const double default_seconds = 0.1;

/* ---- One network, loaded ---- */

typedef struct loaded {
  const coco_allocator *allocator;
  coco_jit *engine;
  void (*run)(void);
  void *arguments[MOST_TENSORS + 3]; /* inputs, outputs, weights (where there are some), scratch, threads */
  size_t argument_count;
  size_t sizes[MOST_TENSORS + 2];         /* of the memory that is ours */
  size_t owned, weights;                  /* which of them are weights, none: SIZE_MAX */
  volatile uint64_t sink; /* of what is read only to be in the caches */
} loaded;

static void unload(loaded *network) {
  if (network->engine) coco_jit_destroy(network->engine);
  for (size_t i = 0; i < network->owned; ++i)
    coco_free_aligned(network->allocator, network->arguments[i], network->sizes[i], COCO_WEIGHTS_ALIGNMENT);
  *network = (loaded){0};
}

static coco_status add_memory(loaded *network, size_t size, uint8_t **out) {
  uint8_t *memory = coco_allocate_aligned(network->allocator, size ? size : 1, COCO_WEIGHTS_ALIGNMENT);
  if (!memory) return COCO_OUT_OF_MEMORY;
  network->sizes[network->owned++] = size ? size : 1;
  network->arguments[network->argument_count++] = memory;
  *out = memory;
  return COCO_OK;
}

/* Memory is filled, so that pages are there, with bytes that are small numbers of any type. */
enum { SMALL_NUMBERS = 0x3c };

static coco_status add_tensors(loaded *network, const coco_compiled_tensor *tensors, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const int64_t size = coco_type_byte_count(tensors[i].type);
    uint8_t *memory;
    if (size < 0) return COCO_INVALID_ARGUMENT;
    COCO_TRY(add_memory(network, (size_t)size, &memory));
    memset(memory, SMALL_NUMBERS, (size_t)size);
  }
  return COCO_OK;
}

static coco_status load(coco_context *context, const coco_compiled *compiled, loaded *network) {
  uint8_t *memory;
  if (compiled->input_count + compiled->output_count > MOST_TENSORS) return COCO_UNSUPPORTED;
  COCO_TRY(add_tensors(network, compiled->inputs, compiled->input_count));
  COCO_TRY(add_tensors(network, compiled->outputs, compiled->output_count));
  network->weights = SIZE_MAX;
  if (compiled->weights.size) {
    network->weights = network->owned;
    COCO_TRY(add_memory(network, compiled->weights.size, &memory));
    coco_weights_copy(&compiled->weights, memory);
  }
  COCO_TRY(add_memory(network, compiled->scratch_size, &memory));
  memset(memory, SMALL_NUMBERS, compiled->scratch_size);
  network->arguments[network->argument_count++] = NULL;
  COCO_TRY(coco_jit_create(context, coco_buffer_view(&compiled->code), NULL, &network->engine));
  const uint64_t address = coco_jit_find(network->engine, "layer_run");
  if (!address) return COCO_REPORTED;
  network->run = (void (*)(void))(uintptr_t)address;
  return COCO_OK;
}

/* NAME_run takes as many pointers as there are: all that a layer can have are spelled out. */
static int32_t call(const loaded *network) {
  typedef void *p;
  void *const *a = network->arguments;
  void (*f)(void) = network->run;
  switch (network->argument_count) {
    case 3: return ((int32_t(*)(p, p, p))f)(a[0], a[1], a[2]);
    case 4: return ((int32_t(*)(p, p, p, p))f)(a[0], a[1], a[2], a[3]);
    case 5: return ((int32_t(*)(p, p, p, p, p))f)(a[0], a[1], a[2], a[3], a[4]);
    case 6: return ((int32_t(*)(p, p, p, p, p, p))f)(a[0], a[1], a[2], a[3], a[4], a[5]);
    case 7: return ((int32_t(*)(p, p, p, p, p, p, p))f)(a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
    case 8: return ((int32_t(*)(p, p, p, p, p, p, p, p))f)(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
    default: return COCO_OBJECT_NULL_ARGUMENT;
  }
}

/* ---- Lowering: loops, without the changes of layout ---- */

#define RELAYOUT COCO_STRING("change of layout")

static coco_operation *main_of(coco_operation *module) {
  coco_operation *entry = coco_symbol_lookup_in(module, COCO_STRING("main"));
  return coco_operation_is(entry, &coco_func_func) ? entry : NULL;
}

static const coco_attribute *names_of(coco_context *context, const char *name, size_t count) {
  const coco_attribute *names[MOST_TENSORS];
  for (size_t i = 0; i < count; ++i) {
    names[i] = coco_attribute_string(context, coco_string_from(name));
    if (!names[i]) return NULL;
  }
  return coco_attribute_array(context, names, count);
}

/* Tensors get names, which the loop level must have; changes of layout get one by which their calls are known. */
static coco_status name_all(coco_operation *module) {
  coco_operation *entry = main_of(module);
  coco_block *block = entry ? coco_operation_body(entry, 0) : NULL;
  coco_context *context = module->context;
  if (!block || !block->last || block->argument_count > MOST_TENSORS || block->last->operand_count > MOST_TENSORS)
    return COCO_UNSUPPORTED;
  const coco_location *location = coco_location_name(context, RELAYOUT, NULL);
  const coco_attribute *inputs = names_of(context, "input", block->argument_count),
                       *outputs = names_of(context, "output", block->last->operand_count);
  if (!location || !inputs || !outputs) return COCO_OUT_OF_MEMORY;
  for (coco_operation *operation = block->first; operation; operation = operation->next)
    if (coco_operation_is(operation, &coco_lr_relayout)) operation->location = location;
  COCO_TRY(coco_operation_set(entry, COCO_STRING("coco.inputs"), inputs));
  return coco_operation_set(entry, COCO_STRING("coco.outputs"), outputs);
}

/* The layers work on memory that nobody fills, which takes as long. */
static void drop_relayouts(coco_operation *module) {
  coco_operation *entry = main_of(module);
  coco_block *block = entry ? coco_operation_body(entry, 0) : NULL;
  for (coco_operation *operation = block ? block->first : NULL, *next; operation; operation = next) {
    next = operation->next;
    if (coco_operation_is(operation, &coco_func_call) &&
        coco_string_equal(coco_location_layer(operation->location), RELAYOUT))
      coco_operation_erase(operation);
  }
}

static coco_status lower(coco_context *context, const coco_measure_options *options,
                         const coco_target_variant *variant, const char *sparse, coco_operation *module) {
  char pipeline[120];
  snprintf(pipeline, sizeof pipeline, "graph-optimize,lower-to-lr,lr-schedule{fp=%s sparse=%.8s}",
           options->strict ? "strict" : "fast", sparse);
  COCO_TRY(coco_target_attach(module, coco_target_describe(options->target), variant));
  COCO_TRY(coco_run_pipeline(context, options->passes, pipeline, module));
  COCO_TRY(name_all(module));
  COCO_TRY(coco_run_pipeline(context, options->passes, "lower-to-loops", module));
  drop_relayouts(module);
  return coco_run_pipeline(context, options->passes, "symbol-dce", module);
}

static coco_status prepare(coco_context *context, const coco_measure_options *options,
                           const coco_target_variant *variant, coco_measure_contestant *of, loaded *network) {
  const coco_compile_options compile = {.target = options->target,
                                        .variant = variant->name,
                                        .name = COCO_STRING("layer"),
                                        .kind = COCO_EMIT_OBJECT,
                                        .weights = COCO_WEIGHTS_EXTERNAL,
                                        .compiler = COCO_STRING("coco"),
                                        .passes = options->passes};
  coco_compiled compiled;
  coco_operation *module;
  network->allocator = coco_context_allocator(context);
  COCO_TRY(coco_operation_clone(of->module, NULL, &module));
  coco_status status = lower(context, options, variant, of->sparse, module);
  if (status == COCO_OK) status = coco_compile(context, module, &compile, &compiled);
  coco_operation_erase(module);
  if (status != COCO_OK) return status;
  status = load(context, &compiled, network);
  coco_compiled_destroy(&compiled);
  return status;
}

/* ---- Running ---- */

static double processor_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* A byte of each line. */
static uint64_t read_lines(const uint8_t *memory, size_t size) {
  enum { LINE = 64 };
  uint64_t sum = 0;
  for (size_t i = 0; i < size; i += LINE) sum += memory[i];
  return sum;
}

/* Reads as much as pushes what was used before out of the second cache, then what layers find there in a network, as
 * far as it fits: all but the weights. */
static uint64_t prepare_caches(const loaded *network, const uint8_t *other, size_t other_size) {
  uint64_t sum = read_lines(other, other_size);
  for (size_t i = 0; i < network->owned; ++i)
    if (i != network->weights) sum += read_lines(network->arguments[i], network->sizes[i]);
  return sum;
}

static coco_status run_in_turn(loaded *networks, coco_measure_contestant *contestants, size_t count, double seconds,
                               const uint8_t *other, size_t other_size) {
  double spent = 0;
  for (size_t round = 0; round < MOST_ROUNDS && (round < LEAST_ROUNDS || spent < seconds); ++round) {
    for (size_t i = 0; i < count; ++i) {
      networks[i].sink += prepare_caches(&networks[i], other, other_size);
      const double begun = processor_seconds();
      const int32_t result = call(&networks[i]);
      const double taken = processor_seconds() - begun;
      if (result == COCO_OBJECT_UNSUPPORTED_PROCESSOR) return COCO_UNSUPPORTED;
      if (result != COCO_OBJECT_OK) return COCO_INVALID_ARGUMENT;
      if (round == 0 || taken < contestants[i].seconds) contestants[i].seconds = taken;
      spent += taken;
    }
  }
  return COCO_OK;
}

static coco_status contest(coco_context *context, const coco_measure_options *options,
                           const coco_target_variant *variant, coco_measure_contestant *contestants, size_t count) {
  const coco_allocator *allocator = coco_context_allocator(context);
  loaded *networks = coco_allocate_zeroed(allocator, count, sizeof *networks);
  const size_t bytes = EVICTING_CACHES * (size_t)variant->l2_bytes;
  uint8_t *other = coco_allocate_aligned(allocator, bytes, COCO_WEIGHTS_ALIGNMENT);
  coco_status status = networks && other ? COCO_OK : COCO_OUT_OF_MEMORY;
  if (other) memset(other, 1, bytes);
  for (size_t i = 0; i < count && status == COCO_OK; ++i)
    status = prepare(context, options, variant, &contestants[i], &networks[i]);
  if (status == COCO_OK)
    status = run_in_turn(networks, contestants, count, options->seconds > 0 ? options->seconds : default_seconds, other,
                         bytes);
  for (size_t i = 0; i < count && networks; ++i) unload(&networks[i]);
  if (other) coco_free_aligned(allocator, other, bytes, COCO_WEIGHTS_ALIGNMENT);
  coco_free(allocator, networks, count * sizeof *networks);
  return status;
}

coco_status coco_measure(coco_context *context, const coco_measure_options *options,
                         coco_measure_contestant *contestants, size_t count) {
  const coco_target_description *description = coco_target_describe(options->target);
  if (!coco_target_runs_here(options->target)) return COCO_UNSUPPORTED;
  for (size_t v = 0; v < description->variant_count; ++v) {
    const coco_target_variant *variant = &description->variants[v];
    if (options->variant && strcmp(options->variant, variant->name) != 0) continue;
    const coco_status status = contest(context, options, variant, contestants, count);
    if (status != COCO_UNSUPPORTED) return status;
  }
  return COCO_UNSUPPORTED;
}
