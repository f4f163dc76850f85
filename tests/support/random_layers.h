/* Random small layers of the lr level, run as they are and as loops: what the unit tests of lowering share. */
#ifndef COCO_TESTS_SUPPORT_RANDOM_LAYERS_H
#define COCO_TESTS_SUPPORT_RANDOM_LAYERS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct random_source {
  uint64_t state;
} random_source;

static inline uint32_t next(random_source *chance) {
  chance->state = chance->state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(chance->state >> 33);
}
static inline int64_t between(random_source *chance, int64_t low, int64_t high) { return low + next(chance) % (uint32_t)(high - low + 1); }
static inline bool toss(random_source *chance) { return next(chance) & 1; }

/* TEXT is a module whose @main is of lr operations. Evaluated, and lowered to loops and evaluated, as they are and cleaned up, it
 * gives the same bits for random inputs. The arena and the outputs hold NaNs before. Fails the test that calls it. */
void test_layers_agree(random_source *chance, const char *text);

/* Runs PIPELINE on TEXT with memory for no allocation, for one, and so on until it suffices: each is an orderly failure.
 * Fails the test that calls it. */
void test_memory_runs_out(const char *text, const char *pipeline);

#endif
