/* See loaded.h. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "tools/coco-compile/loaded.h"

#include <sys/mman.h>

#include "lowering/memory_plan.h"

static coco_status add_tensors(loaded_network *to, const coco_compiled_tensor *from, size_t count, uint64_t seed) {
  for (size_t i = 0; i < count; ++i) {
    const coco_type *type =
        coco_type_tensor(to->context, from[i].type->rank, from[i].type->shape, from[i].type->element, NULL);
    coco_tensor *tensor = &to->tensors[to->tensor_count];
    if (!type) return COCO_OUT_OF_MEMORY;
    COCO_TRY(coco_tensor_create(to->context, type, tensor));
    coco_tensor_randomize(tensor, seed + i);
    ++to->tensor_count;
  }
  return COCO_OK;
}

static coco_status add_memory(loaded_network *to, const coco_compiled *compiled) {
  const coco_weights *weights = &compiled->weights;
  if (weights->size) {
    /* Pages of their own, wherever other memory comes from: how fast they are read depends on it. */
    void *pages = mmap(NULL, weights->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) return COCO_OUT_OF_MEMORY;
    to->weights = pages;
    to->weights_size = weights->size;
    coco_weights_copy(weights, to->weights);
  }
  if (!compiled->scratch_size) return COCO_OK;
  return coco_native_scratch_create(compiled->scratch_size, COCO_MEMORY_ALIGNMENT, &to->scratch);
}

static coco_status make_call(const coco_tool *tool, loaded_network *to, uint64_t address) {
  size_t count = 0;
  const void **pointers = coco_allocate_zeroed(&coco_heap, to->tensor_count + 3, sizeof *pointers);
  if (!pointers) return COCO_OUT_OF_MEMORY;
  while (count < to->tensor_count) {
    pointers[count] = to->tensors[count].data;
    ++count;
  }
  if (to->weights) pointers[count++] = to->weights;
  pointers[count++] = to->scratch.data;
  pointers[count++] = NULL; /* one thread */
  coco_status status = coco_native_call_create((void (*)(void))(uintptr_t)address, pointers, count, &to->call);
  coco_free(&coco_heap, pointers, (to->tensor_count + 3) * sizeof *pointers);
  if (status == COCO_UNSUPPORTED) return coco_tool_error(tool, "this build cannot run networks: it is without libffi");
  return status;
}

coco_status loaded_make(const coco_tool *tool, const coco_compiled *compiled, const char *symbol,
                        coco_profile_hook hook, loaded_network *out) {
  *out = (loaded_network){.context = tool->context, .tensor_room = compiled->input_count + compiled->output_count + 1};
  out->tensors = coco_allocate_zeroed(&coco_heap, out->tensor_room, sizeof *out->tensors);
  if (!out->tensors) return COCO_OUT_OF_MEMORY;
  COCO_TRY(add_tensors(out, compiled->inputs, compiled->input_count, 0));
  COCO_TRY(add_tensors(out, compiled->outputs, compiled->output_count, 0));
  COCO_TRY(add_memory(out, compiled));
  COCO_TRY(coco_jit_create(tool->context, coco_buffer_view(&compiled->code), hook, &out->engine));
  const uint64_t address = coco_jit_find(out->engine, symbol);
  return address ? make_call(tool, out, address) : COCO_REPORTED;
}

void loaded_destroy(loaded_network *network) {
  coco_native_call_destroy(network->call);
  coco_native_scratch_free(&network->scratch);
  if (network->engine) coco_jit_destroy(network->engine);
  if (network->weights) munmap(network->weights, network->weights_size);
  for (size_t i = 0; i < network->tensor_count; ++i) coco_tensor_free(network->context, &network->tensors[i]);
  if (network->tensors) coco_free(&coco_heap, network->tensors, network->tensor_room * sizeof *network->tensors);
  *network = (loaded_network){0};
}
