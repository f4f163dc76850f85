/* Two networks in one program, and a pool of threads for both:
 *
 *   coco-compile first.onnx -o first.o && coco-compile second.onnx -o second.o
 *   cc -Iinclude -I. examples/two_models.c first.o second.o -Lbuild/release -lcoco-runtime -lm -lpthread -o both && ./both
 */
#include <coco/thread_pool.h>
#include <stdio.h>
#include <stdlib.h>

#include "first.h"
#include "second.h" /* both: one f32 input, one f32 output */

static float *numbers(size_t count) {
  float *data = malloc(count * sizeof *data);
  for (size_t i = 0; data && i < count; ++i) data[i] = (float)(i % 17) / 17.0f;
  return data;
}

int main(void) {
  /* One scratch serves both: nothing in it outlives a call. */
  size_t bytes = FIRST_SCRATCH_BYTES > SECOND_SCRATCH_BYTES ? FIRST_SCRATCH_BYTES : SECOND_SCRATCH_BYTES;
  void *scratch = aligned_alloc(64, (bytes + 64) / 64 * 64);
  float *in = numbers(FIRST_INPUT_0_ELEMENTS), *out = numbers(FIRST_OUTPUT_0_ELEMENTS);
  float *second_in = numbers(SECOND_INPUT_0_ELEMENTS), *second_out = numbers(SECOND_OUTPUT_0_ELEMENTS);
  coco_thread_pool *pool = NULL;
  int failed = !scratch || !in || !out || !second_in || !second_out || coco_thread_pool_create(2, &pool) != 0;
  if (!failed) {
    const struct coco_threads *threads = coco_thread_pool_threads(pool);
    failed = first_run(in, out, scratch, threads) != COCO_OBJECT_OK ||
             second_run(second_in, second_out, scratch, threads) != COCO_OBJECT_OK;
  }
  if (!failed) printf("%s: %g\n%s: %g\n", first_info.name, out[0], second_info.name, second_out[0]);
  coco_thread_pool_destroy(pool);
  free(second_out);
  free(second_in);
  free(out);
  free(in);
  free(scratch);
  return failed;
}
