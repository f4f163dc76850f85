/* Checks what object.h promises, from outside: no allocation while running, inputs untouched, statuses, concurrent calls. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "network.h"

static unsigned long allocations;
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *malloc(size_t size) { ++allocations; return __libc_malloc(size); }
void *calloc(size_t count, size_t size) { ++allocations; return __libc_calloc(count, size); }
void *realloc(void *old, size_t size) { ++allocations; return __libc_realloc(old, size); }

static float input[NETWORK_INPUT_0_ELEMENTS], copy[NETWORK_INPUT_0_ELEMENTS], expected[NETWORK_OUTPUT_0_ELEMENTS];
static int wrong;

static void check(int holds, const char *what) {
  if (!holds) printf("broken: %s\n", what);
  wrong |= !holds;
}

static void *run_many(void *unused) {
  _Alignas(64) static _Thread_local char scratch[NETWORK_SCRATCH_BYTES];
  static _Thread_local float output[NETWORK_OUTPUT_0_ELEMENTS];
  for (int i = 0; i < 200; ++i) {
    memset(scratch, i, sizeof scratch);
    memset(output, i, sizeof output);
    if (network_run(input, output, scratch, NULL) != COCO_OBJECT_OK || memcmp(output, expected, sizeof output)) return unused;
  }
  return &wrong;
}

int main(void) {
  _Alignas(64) static char scratch[NETWORK_SCRATCH_BYTES + 64];
  for (size_t i = 0; i < NETWORK_INPUT_0_ELEMENTS; ++i) copy[i] = input[i] = (float)(i % 7) - 3.0f;
  unsigned long before = allocations;
  int32_t status = network_run(input, expected, scratch, NULL);
  check(allocations == before, "running allocates nothing");
  check(status == COCO_OBJECT_OK, "it runs");
  check(memcmp(input, copy, sizeof input) == 0, "inputs are not written");
  check(network_run(NULL, expected, scratch, NULL) == COCO_OBJECT_NULL_ARGUMENT, "a NULL input is told");
  check(network_run(input, NULL, scratch, NULL) == COCO_OBJECT_NULL_ARGUMENT, "a NULL output is told");
  check(network_run(input, expected, NULL, NULL) == COCO_OBJECT_NULL_ARGUMENT, "a NULL scratch is told");
  check(network_run(input, expected, scratch + 4, NULL) == COCO_OBJECT_MISALIGNED, "a misaligned scratch is told");
  check(network_run((const float *)((const char *)input + 1), expected, scratch, NULL) == COCO_OBJECT_MISALIGNED, "a misaligned input is told");
  check(network_info.magic == COCO_OBJECT_MAGIC && network_info.version == COCO_OBJECT_VERSION, "the description is of this version");
  check(network_info.scratch_size == NETWORK_SCRATCH_BYTES, "header and description agree");
  pthread_t threads[4];
  for (int i = 0; i < 4; ++i) pthread_create(&threads[i], NULL, run_many, NULL);
  for (int i = 0; i < 4; ++i) {
    void *fine = NULL;
    pthread_join(threads[i], &fine);
    check(fine != NULL, "concurrent calls with separate scratch agree");
  }
  if (!wrong) printf("all promises hold\n");
  return wrong;
}
