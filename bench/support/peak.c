/* The peak of this machine's fused multiply-adds: windows of them and nothing else, on N threads at once.
 *
 * coco_bench_peak(threads, seconds) returns GFLOP/s of the best window in that time, one multiply-add counted as two.
 * Twelve independent accumulators hide the latency of two units. The widest vectors that the processor has are used. */
#include <immintrin.h>
#include <pthread.h>
#include <stdint.h>
#include <time.h>

enum { MAXIMUM_THREADS = 64, ACCUMULATORS = 12, STEPS = 20000 };

typedef struct window {
  pthread_barrier_t *barrier;
  double seconds, sink;
} window;

double coco_bench_peak(int threads, double seconds);

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* FACTOR is opaque to the compiler, so that no step can be foreseen; the inner loop is unrolled into registers. */
#define STEP(fmadd)                                                                                           \
  for (int i = 0; i < STEPS; ++i) {                                                                           \
    _Pragma("GCC unroll 12") for (int j = 0; j < ACCUMULATORS; ++j) sums[j] = fmadd(sums[j], factor, addend); \
    __asm__ volatile("" : "+v"(factor));                                                                      \
  }

__attribute__((target("avx512f"))) static double fma_512(void) {
  __m512 sums[ACCUMULATORS], factor = _mm512_set1_ps(0.5f), addend = _mm512_set1_ps(1), total = _mm512_setzero_ps();
  _Pragma("GCC unroll 12") for (int j = 0; j < ACCUMULATORS; ++j) sums[j] = _mm512_set1_ps((float)j);
  STEP(_mm512_fmadd_ps)
  _Pragma("GCC unroll 12") for (int j = 0; j < ACCUMULATORS; ++j) total = _mm512_add_ps(total, sums[j]);
  return (double)_mm512_cvtss_f32(total);
}

__attribute__((target("avx2,fma"))) static double fma_256(void) {
  __m256 sums[ACCUMULATORS], factor = _mm256_set1_ps(0.5f), addend = _mm256_set1_ps(1), total = _mm256_setzero_ps();
  _Pragma("GCC unroll 12") for (int j = 0; j < ACCUMULATORS; ++j) sums[j] = _mm256_set1_ps((float)j);
  STEP(_mm256_fmadd_ps)
  _Pragma("GCC unroll 12") for (int j = 0; j < ACCUMULATORS; ++j) total = _mm256_add_ps(total, sums[j]);
  return (double)_mm256_cvtss_f32(total);
}

static void *run_window(void *argument) {
  window *self = argument;
  int wide = __builtin_cpu_supports("avx512f");
  pthread_barrier_wait(self->barrier);
  double start = now();
  self->sink = wide ? fma_512() : fma_256();
  self->seconds = now() - start;
  return NULL;
}

/* One window on all threads; the slowest thread tells the time. 0 when threads could not be started. */
static double one_window(int threads) {
  pthread_t ids[MAXIMUM_THREADS];
  window windows[MAXIMUM_THREADS];
  pthread_barrier_t barrier;
  double slowest = 0, lanes = __builtin_cpu_supports("avx512f") ? 16 : 8;
  if (pthread_barrier_init(&barrier, NULL, (unsigned)threads)) return 0;
  for (int i = 0; i < threads; ++i) {
    windows[i] = (window){&barrier, 0, 0};
    if (pthread_create(&ids[i], NULL, run_window, &windows[i])) return 0;
  }
  for (int i = 0; i < threads; ++i) {
    pthread_join(ids[i], NULL);
    if (windows[i].seconds > slowest) slowest = windows[i].seconds;
  }
  pthread_barrier_destroy(&barrier);
  return slowest > 0 ? 2e-9 * lanes * ACCUMULATORS * STEPS * threads / slowest : 0;
}

double coco_bench_peak(int threads, double seconds) {
  double best = 0, end = now() + seconds;
  if (threads < 1 || threads > MAXIMUM_THREADS) return 0;
  do {
    double rate = one_window(threads);
    if (rate > best) best = rate;
  } while (now() < end);
  return best;
}
