/* See compile.h. Cost: the passes, twice for a target with two variants, and LLVM's time, which is most of it. */
#include "targets/compile.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "dialects/func/func.h"
#include "ir/base/file.h"
#include "ir/printer.h"

enum { MAXIMUM_VARIANTS = 4, MEASURING_SECONDS = 30 };

#define GRAPH_PIPELINE "graph-optimize"
#define SCHEDULE "lr-schedule"
static const char *const lower_levels[][2] = {
    {"lower-to-lr", "lr"}, {SCHEDULE, "lr-scheduled"}, {"lower-to-loops", "loops"}};

typedef struct compilation {
  coco_context *context;
  const coco_compile_options *options;
  const coco_target_description *description;
  coco_emission_variant variants[MAXIMUM_VARIANTS];
  size_t variant_count;
  uint64_t schedule_hash;
  coco_measured_layers *measured; /* NULL: nothing is measured */
  coco_compiled *out;
} compilation;

/* ---- Levels ---- */

enum { MAXIMUM_STEP = 180 };

/* The text of a step: the schedule's has the options, and the chains behind it. */
static coco_string step_text(const coco_compile_options *options, const char *step, char buffer[MAXIMUM_STEP]) {
  const char *storage = options->conv_storage, *chains = options->chains, *sparse = options->sparse;
  int size = strcmp(step, SCHEDULE) != 0
                 ? snprintf(buffer, MAXIMUM_STEP, "%s", step)
                 : snprintf(buffer, MAXIMUM_STEP, "%s{fp=%s%s%.32s sparse=%.32s},lr-chain{chains=%.32s}", step,
                            options->strict ? "strict" : "fast", storage ? " conv-storage=" : "",
                            storage ? storage : "", sparse ? sparse : "auto", chains ? chains : "auto");
  return (coco_string){buffer, (size_t)size};
}

coco_string coco_compile_pipeline(const coco_compile_options *options, char buffer[COCO_COMPILE_PIPELINE_SIZE]) {
  size_t used = (size_t)snprintf(buffer, COCO_COMPILE_PIPELINE_SIZE, "%s", GRAPH_PIPELINE);
  for (size_t i = 0; i < sizeof lower_levels / sizeof *lower_levels; ++i) {
    char text[MAXIMUM_STEP];
    coco_string step = step_text(options, lower_levels[i][0], text);
    used += (size_t)snprintf(buffer + used, COCO_COMPILE_PIPELINE_SIZE - used, ",%.*s", COCO_PRINT(step));
  }
  return (coco_string){buffer, used};
}

static coco_status tell(const compilation *of, const char *level, const coco_target_variant *variant,
                        coco_operation *module) {
  return of->options->observer ? of->options->observer(of->options->user, level, variant, module) : COCO_OK;
}

static coco_status run_pipeline(const compilation *of, coco_string pipeline, coco_operation *module) {
  coco_pass_manager_options options = {.verify_each = of->options->verify};
  coco_pass_manager *manager = NULL;
  COCO_TRY(coco_pass_manager_create(of->context, of->options->passes, pipeline, &options, &manager));
  coco_status status = coco_pass_manager_run(manager, module);
  coco_pass_manager_destroy(manager);
  return status;
}

/* The schedule is what the operations of the lr level say: their rows and properties. */
static coco_walk_result hash_schedule(coco_operation *operation, void *user) {
  compilation *of = user;
  if (!coco_string_starts_with(coco_operation_name(operation), COCO_STRING("lr."))) return COCO_WALK_ON;
  coco_buffer text = COCO_BUFFER(coco_context_allocator(of->context));
  coco_buffer_string(&text, coco_operation_name(operation));
  for (uint16_t i = 0; i < operation->definition->attribute_count; ++i)
    if (operation->properties[i]) coco_print_attribute(&text, operation->properties[i]);
  of->schedule_hash = coco_hash_combine(of->schedule_hash, coco_hash_bytes(text.data, text.size, 0));
  coco_buffer_free(&text);
  return COCO_WALK_ON;
}

/* Layers with pruned weights of a MODULE at the lr level get the times that they take here. Those of later variants get
 * what was measured for the first, so that all make the same choices. */
static coco_status measure_layers(compilation *of, coco_operation *module) {
  static const double known_only = 1e-9;
  const double limit = of->options->measure == COCO_MEASURE_AUTO ? MEASURING_SECONDS : 0;
  const coco_measure_options options = {.target = of->options->target,
                                        .variant = of->options->variant,
                                        .strict = of->options->strict,
                                        .passes = of->options->passes,
                                        .limit = of->variant_count > 1 ? known_only : limit};
  const coco_status status = coco_measure_layers(module, &options, of->options->measure, of->measured,
                                                 &of->out->measured);
  return status == COCO_UNSUPPORTED ? COCO_OK : status; /* a processor that runs none of the variants: the model's */
}

static coco_status lower_variant(compilation *of, coco_operation *graph, const coco_target_variant *variant) {
  coco_emission_variant *made = &of->variants[of->variant_count];
  made->target = variant;
  COCO_TRY(coco_operation_clone(graph, NULL, &made->module));
  ++of->variant_count;
  COCO_TRY(coco_target_attach(made->module, of->description, variant));
  for (size_t i = 0; i < sizeof lower_levels / sizeof *lower_levels; ++i) {
    char text[MAXIMUM_STEP];
    if (of->measured && strcmp(lower_levels[i][0], SCHEDULE) == 0) COCO_TRY(measure_layers(of, made->module));
    COCO_TRY(run_pipeline(of, step_text(of->options, lower_levels[i][0], text), made->module));
    COCO_TRY(tell(of, lower_levels[i][1], variant, made->module));
    if (coco_string_is(coco_string_from(lower_levels[i][1]), "lr-scheduled"))
      coco_operation_walk(made->module, COCO_PRE_ORDER, hash_schedule, of);
  }
  return COCO_OK;
}

static bool are_names(const coco_attribute *names) {
  if (!coco_attribute_is(names, COCO_ATTRIBUTE_ARRAY)) return false;
  for (size_t i = 0; i < names->count; ++i)
    if (!coco_attribute_is(names->elements[i], COCO_ATTRIBUTE_STRING)) return false;
  return true;
}

/* Gives tensors of @main that have no names "input_0", "output_0", …. */
static coco_status name_tensors(coco_operation *entry, const char *attribute, const char *kind, size_t count) {
  const coco_attribute *given = coco_operation_get(entry, coco_string_from(attribute));
  if (given && are_names(given) && given->count == count) return COCO_OK;
  if (given)
    return coco_operation_error(entry, "has an attribute %s that is not a list of %zu names", attribute, count);
  coco_context *context = entry->context;
  const coco_attribute **names = coco_allocate_zeroed(coco_context_allocator(context), count + 1, sizeof *names);
  const coco_attribute *array = NULL;
  bool whole = names != NULL;
  for (size_t i = 0; whole && i < count; ++i) {
    char text[32];
    snprintf(text, sizeof text, "%s_%zu", kind, i);
    names[i] = coco_attribute_string(context, coco_string_from(text));
    whole = names[i] != NULL;
  }
  if (whole) array = coco_attribute_array(context, names, count);
  coco_free(coco_context_allocator(context), names, (count + 1) * sizeof *names);
  return array ? coco_operation_set(entry, coco_string_from(attribute), array) : COCO_OUT_OF_MEMORY;
}

static coco_status complete_names(const compilation *of, coco_operation *module) {
  coco_operation *entry = coco_symbol_lookup_in(module, COCO_STRING("main"));
  if (!coco_operation_is(entry, &coco_func_func))
    return coco_error(of->context, module->location, "the module has no function @main");
  const coco_type *type = COCO_PROPERTY(entry, func_func, function_type)->type;
  COCO_TRY(name_tensors(entry, "coco.inputs", "input", type->input_count));
  return name_tensors(entry, "coco.outputs", "output", type->result_count);
}

static size_t variant_limit(const compilation *of) { return of->options->first_variant ? 1 : MAXIMUM_VARIANTS; }

static coco_status lower(compilation *of, coco_operation *graph) {
  const char *wanted = of->options->variant;
  COCO_TRY(complete_names(of, graph));
  COCO_TRY(tell(of, "graph", NULL, graph));
  COCO_TRY(run_pipeline(of, COCO_STRING(GRAPH_PIPELINE), graph));
  COCO_TRY(tell(of, "graph-optimized", NULL, graph));
  for (size_t i = 0; i < of->description->variant_count && of->variant_count < variant_limit(of); ++i) {
    const coco_target_variant *variant = &of->description->variants[i];
    if (!wanted || coco_string_is(coco_string_from(wanted), variant->name)) COCO_TRY(lower_variant(of, graph, variant));
  }
  if (of->variant_count) return COCO_OK;
  return coco_error(of->context, graph->location, "target %s has no variant '%s'", of->description->name,
                    wanted ? wanted : "");
}

/* ---- What the caller learns ---- */

static coco_status read_tensors(compilation *of, const coco_operation *entry, const char *attribute, size_t first,
                                const coco_compiled_tensor **out, size_t *out_count) {
  const coco_attribute *names = coco_operation_get(entry, coco_string_from(attribute));
  const coco_type *type = COCO_PROPERTY(entry, func_func, function_type)->type;
  if (!are_names(names) || first + names->count > type->input_count)
    return coco_operation_error(entry, "lacks the attribute %s, which names arguments", attribute);
  coco_compiled_tensor *items = coco_arena_allocate_zeroed(&of->out->arena, names->count + 1, sizeof *items);
  if (!items) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < names->count; ++i)
    items[i] = (coco_compiled_tensor){names->elements[i]->text, type->inputs[first + i]};
  *out = items;
  *out_count = names->count;
  return COCO_OK;
}

static coco_status read_layers(compilation *of, const coco_operation *entry) {
  coco_block *body = coco_operation_body(entry, 0);
  size_t count = 0;
  for (const coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next)
    count += coco_operation_is(operation, &coco_func_call);
  coco_string *names = coco_arena_allocate_zeroed(&of->out->arena, count + 1, sizeof *names);
  if (!names) return COCO_OUT_OF_MEMORY;
  of->out->layers = names;
  for (const coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next)
    if (coco_operation_is(operation, &coco_func_call)) {
      coco_string layer = coco_location_layer(operation->location);
      names[of->out->layer_count++] = layer.size ? layer : COCO_PROPERTY(operation, func_call, callee)->text;
    }
  return COCO_OK;
}

static coco_status read_interface(compilation *of) {
  coco_compiled *out = of->out;
  coco_operation *entry = coco_symbol_lookup_in(of->variants[0].module, COCO_STRING("main"));
  if (!coco_operation_is(entry, &coco_func_func))
    return coco_error(of->context, of->variants[0].module->location, "the module has no function @main");
  COCO_TRY(read_tensors(of, entry, "coco.inputs", 0, &out->inputs, &out->input_count));
  COCO_TRY(read_tensors(of, entry, "coco.outputs", out->input_count, &out->outputs, &out->output_count));
  for (size_t i = 0; i < of->variant_count; ++i) {
    entry = coco_symbol_lookup_in(of->variants[i].module, COCO_STRING("main"));
    if (!entry) continue;
    const coco_type *type = COCO_PROPERTY(entry, func_func, function_type)->type;
    int64_t size = type->input_count > out->input_count + out->output_count
                       ? coco_type_byte_count(type->inputs[type->input_count - 1])
                       : 0;
    if (size > 0 && (uint64_t)size > out->scratch_size) out->scratch_size = (uint64_t)size;
  }
  return read_layers(of, coco_symbol_lookup_in(of->variants[0].module, COCO_STRING("main")));
}

/* ---- Emission ---- */

static coco_status report_write(const compilation *of, const char *path, coco_status status, int error) {
  if (status != COCO_IO_ERROR) return status;
  return coco_error(of->context, coco_location_unknown(of->context), "cannot write the weights to %s: %s", path,
                    strerror(error));
}

static coco_status emit_code(compilation *of) {
  const coco_compile_options *options = of->options;
  coco_compiled *out = of->out;
  char pipeline[COCO_COMPILE_PIPELINE_SIZE];
  coco_emission_request request = {.name = options->name,
                                   .triple = options->triple ? options->triple : of->description->triple,
                                   .tune = options->core,
                                   .variants = of->variants,
                                   .variant_count = of->variant_count,
                                   .weights = &out->weights,
                                   .placement = options->weights,
                                   .weights_path = options->weights_path,
                                   .llvm_text = options->llvm_text,
                                   .profile = options->profile,
                                   .optimize = !options->as_translated,
                                   .compiler = options->compiler,
                                   .pipeline = coco_compile_pipeline(options, pipeline),
                                   .schedule_hash = coco_string_from(out->schedule_hash)};
  coco_status status = options->target->emit(of->context, &request, options->kind, &out->code);
  if (status != COCO_UNSUPPORTED) return status;
  return coco_error(of->context, of->variants[0].module->location, "target %s makes no code", options->target->name);
}

static coco_status emit(compilation *of) {
  const coco_compile_options *options = of->options;
  COCO_TRY(coco_weights_create(of->context, &of->out->weights));
  for (size_t i = 0; i < of->variant_count; ++i) COCO_TRY(coco_weights_add(&of->out->weights, of->variants[i].module));
  snprintf(of->out->schedule_hash, sizeof of->out->schedule_hash, "%016llx", (unsigned long long)of->schedule_hash);
  COCO_TRY(read_interface(of));
  COCO_TRY(tell(of, "llvm", NULL, NULL));
  if (options->weights_path && options->weights == COCO_WEIGHTS_EMBEDDED && of->out->weights.size) {
    int error = 0;
    coco_status written = coco_weights_write(&of->out->weights, options->weights_path, &error);
    COCO_TRY(report_write(of, options->weights_path, written, error));
  }
  of->out->weights_follow = options->kind == COCO_EMIT_OBJECT && options->weights == COCO_WEIGHTS_EMBEDDED;
  return emit_code(of);
}

coco_status coco_compiled_write(const coco_compiled *compiled, const char *path, int *out_error) {
  coco_string code = coco_buffer_view(&compiled->code);
  if (compiled->weights_follow) return coco_weights_write_after(&compiled->weights, code, path, out_error);
  return coco_file_write(path, &code, 1, out_error);
}

static coco_status begin(coco_context *context, const coco_operation *module, const coco_compile_options *options,
                         coco_compiled *out, compilation *of) {
  *out = (coco_compiled){.arena.allocator = coco_context_allocator(context),
                         .code = COCO_BUFFER(coco_context_allocator(context))};
  *of = (compilation){
      .context = context, .options = options, .description = coco_target_describe(options->target), .out = out};
  if (!of->description) return COCO_INVALID_ARGUMENT;
  if (!of->description->triple || !of->description->variant_count)
    return coco_error(context, module->location, "target %s makes no code", options->target->name);
  return COCO_OK;
}

/* Emission of a module that is at the loop level: it stays the caller's. */
static coco_status take_loops(compilation *of, coco_operation *module) {
  const coco_attribute *target = coco_operation_get(module, COCO_STRING("coco.target"));
  const coco_attribute *name =
      coco_attribute_is(target, COCO_ATTRIBUTE_DICTIONARY) ? coco_dictionary_get(target, COCO_STRING("variant")) : NULL;
  for (size_t i = 0; i < of->description->variant_count && of->variant_count < variant_limit(of); ++i) {
    const coco_target_variant *variant = &of->description->variants[i];
    bool wanted = !of->options->variant || strcmp(of->options->variant, variant->name) == 0;
    if (wanted && (!name || coco_string_is(name->text, variant->name)))
      of->variants[of->variant_count++] = (coco_emission_variant){variant, module};
  }
  if (of->variant_count) return COCO_OK;
  return coco_error(of->context, module->location, "the module was lowered for another target or variant");
}

static bool is_loops(coco_operation *module) {
  const coco_operation *entry = coco_symbol_lookup_in(module, COCO_STRING("main"));
  const coco_type *type =
      coco_operation_is(entry, &coco_func_func) ? COCO_PROPERTY(entry, func_func, function_type)->type : NULL;
  return type && type->input_count && type->inputs[0]->kind == COCO_TYPE_MEMREF;
}

coco_status coco_compile(coco_context *context, coco_operation *module, const coco_compile_options *options,
                         coco_compiled *out) {
  compilation of;
  bool loops = is_loops(module);
  coco_status status = begin(context, module, options, out, &of);
  if (status == COCO_OK && options->measure != COCO_MEASURE_NONE && coco_target_runs_here(options->target))
    status = coco_measured_layers_create(context, &of.measured);
  if (status == COCO_OK) status = loops ? take_loops(&of, module) : lower(&of, module);
  if (status == COCO_OK) status = emit(&of);
  for (size_t i = 0; i < of.variant_count && !loops; ++i) coco_operation_erase(of.variants[i].module);
  coco_measured_layers_destroy(of.measured);
  if (status != COCO_OK) coco_compiled_destroy(out);
  return status;
}

void coco_compiled_destroy(coco_compiled *compiled) {
  coco_buffer_free(&compiled->code);
  coco_weights_destroy(&compiled->weights);
  coco_arena_destroy(&compiled->arena);
  *compiled = (coco_compiled){0};
}

/* ---- Names ---- */

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

coco_string coco_compile_symbol(const char *path, char *buffer, size_t size) {
  const char *start = strrchr(path, '/');
  start = start ? start + 1 : path;
  const char *end = strrchr(start, '.');
  size_t count = end && end != start ? (size_t)(end - start) : strlen(start), length = 0;
  if (count && is_digit(*start) && size > 1) buffer[length++] = '_';
  for (size_t i = 0; i < count && length + 1 < size; ++i)
    buffer[length++] = is_letter(start[i]) || is_digit(start[i]) ? start[i] : '_';
  buffer[length] = '\0';
  return (coco_string){buffer, length};
}
