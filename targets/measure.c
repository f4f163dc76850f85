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
  size_t sizes[MOST_TENSORS + 2]; /* of the memory that is ours */
  size_t owned;
  uint64_t sink;
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

/* Filled, so that pages are there, with bytes that are small numbers of any type. */
static coco_status add_tensors(loaded *network, const coco_compiled_tensor *tensors, size_t count) {
  enum { BYTE = 0x3c };
  for (size_t i = 0; i < count; ++i) {
    const int64_t size = coco_type_byte_count(tensors[i].type);
    uint8_t *memory;
    if (size < 0) return COCO_INVALID_ARGUMENT;
    COCO_TRY(add_memory(network, (size_t)size, &memory));
    memset(memory, BYTE, (size_t)size);
  }
  return COCO_OK;
}

static coco_status load(coco_context *context, const coco_compiled *compiled, loaded *network) {
  uint8_t *memory;
  if (compiled->input_count + compiled->output_count > MOST_TENSORS) return COCO_UNSUPPORTED;
  COCO_TRY(add_tensors(network, compiled->inputs, compiled->input_count));
  COCO_TRY(add_tensors(network, compiled->outputs, compiled->output_count));
  if (compiled->weights.size) {
    COCO_TRY(add_memory(network, compiled->weights.size, &memory));
    coco_weights_copy(&compiled->weights, memory);
  }
  COCO_TRY(add_memory(network, compiled->scratch_size, &memory));
  memset(memory, 0, compiled->scratch_size);
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

/* ---- Lowering: scheduled, and without changes of layout at its ends ---- */

static coco_operation *main_of(coco_operation *module) {
  coco_operation *entry = coco_symbol_lookup_in(module, COCO_STRING("main"));
  return coco_operation_is(entry, &coco_func_func) ? entry : NULL;
}

/* An argument that is read in one other layout only comes in that layout. */
static void strip_argument(coco_value *argument) {
  coco_operation *reader = argument->first_use ? argument->first_use->owner : NULL;
  if (!coco_operation_is(reader, &coco_lr_relayout) || !coco_value_has_one_use(argument)) return;
  argument->type = coco_operation_result(reader, 0)->type;
  coco_value_replace_all_uses(coco_operation_result(reader, 0), argument);
  coco_operation_erase(reader);
}

static void strip_result(coco_operation *end, size_t index) {
  coco_operation *last = coco_value_operation(coco_operation_operand(end, index));
  if (!coco_operation_is(last, &coco_lr_relayout) || !coco_value_has_one_use(coco_operation_result(last, 0))) return;
  coco_operation_set_operand(end, index, coco_operation_operand(last, 0));
  coco_operation_erase(last);
}

static coco_status strip_relayouts(coco_operation *module) {
  coco_operation *entry = main_of(module);
  coco_block *block = entry ? coco_operation_body(entry, 0) : NULL;
  const coco_type *types[2 * MOST_TENSORS];
  if (!block || !block->last || block->argument_count > MOST_TENSORS || block->last->operand_count > MOST_TENSORS)
    return COCO_UNSUPPORTED;
  for (uint32_t i = 0; i < block->argument_count; ++i) strip_argument(block->arguments[i]);
  for (uint32_t i = 0; i < block->last->operand_count; ++i) strip_result(block->last, i);
  for (uint32_t i = 0; i < block->argument_count; ++i) types[i] = block->arguments[i]->type;
  for (uint32_t i = 0; i < block->last->operand_count; ++i)
    types[MOST_TENSORS + i] = coco_operation_operand(block->last, i)->type;
  const coco_type *type = coco_type_function(module->context, types, block->argument_count, types + MOST_TENSORS,
                                             block->last->operand_count);
  const coco_attribute *value = type ? coco_attribute_type(module->context, type) : NULL;
  if (!value) return COCO_OUT_OF_MEMORY;
  coco_operation_set_property(entry, COCO_PROPERTY_INDEX(func_func, function_type), value);
  return COCO_OK;
}

static coco_status schedule(coco_context *context, const coco_measure_options *options,
                            const coco_target_variant *variant, const char *sparse, coco_operation *module) {
  char pipeline[120];
  snprintf(pipeline, sizeof pipeline, "graph-optimize,lower-to-lr,lr-schedule{fp=%s sparse=%.8s}",
           options->strict ? "strict" : "fast", sparse);
  COCO_TRY(coco_target_attach(module, coco_target_describe(options->target), variant));
  COCO_TRY(coco_run_pipeline(context, options->passes, pipeline, module));
  return strip_relayouts(module);
}

static coco_status prepare(coco_context *context, const coco_measure_options *options,
                           const coco_target_variant *variant, coco_measure_contestant *of, loaded *network) {
  const coco_compile_options compile = {.target = options->target,
                                        .variant = variant->name,
                                        .strict = options->strict,
                                        .chains = "none",
                                        .sparse = of->sparse,
                                        .name = COCO_STRING("layer"),
                                        .kind = COCO_EMIT_OBJECT,
                                        .weights = COCO_WEIGHTS_EXTERNAL,
                                        .compiler = COCO_STRING("coco"),
                                        .passes = options->passes};
  coco_compiled compiled;
  coco_operation *module;
  network->allocator = coco_context_allocator(context);
  COCO_TRY(coco_operation_clone(of->module, NULL, &module));
  coco_status status = schedule(context, options, variant, of->sparse, module);
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

/* Reads as much as pushes what was used before out of the second cache. */
static uint64_t evict(const uint64_t *memory, size_t count) {
  enum { LINE = 64 / sizeof *memory };
  uint64_t sum = 0;
  for (size_t i = 0; i < count; i += LINE) sum += memory[i];
  return sum;
}

static coco_status run_in_turn(loaded *networks, coco_measure_contestant *contestants, size_t count, double seconds,
                               const uint64_t *other, size_t other_count) {
  double spent = 0;
  for (size_t round = 0; round < MOST_ROUNDS && (round < LEAST_ROUNDS || spent < seconds); ++round) {
    for (size_t i = 0; i < count; ++i) {
      networks[i].sink += evict(other, other_count);
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
  uint64_t *other = coco_allocate_aligned(allocator, bytes, COCO_WEIGHTS_ALIGNMENT);
  coco_status status = networks && other ? COCO_OK : COCO_OUT_OF_MEMORY;
  if (other) memset(other, 1, bytes);
  for (size_t i = 0; i < count && status == COCO_OK; ++i)
    status = prepare(context, options, variant, &contestants[i], &networks[i]);
  if (status == COCO_OK)
    status = run_in_turn(networks, contestants, count, options->seconds > 0 ? options->seconds : default_seconds, other,
                         bytes / sizeof *other);
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
