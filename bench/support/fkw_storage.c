/* Bytes beside the weights of pruned convolutions, as FKW and as CSR: fkw_storage RATE SPAN [SEED].
 *
 * The layers are VGG-16's convolutions after the first, each with ceil(kernels / RATE) kernels at random places, whose
 * patterns are drawn from eight of four entries. CSR has a column of four bytes for each weight and a row pointer of
 * four bytes for each filter and one more. FKW's arrays are in the smallest elements that hold them, groups of SPAN
 * channels (0: all in one). */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "dialects/pattern/fkw.h"

static const uint32_t layers[][2] = {{64, 64},   {64, 128},  {128, 128}, {128, 256}, {256, 256}, {256, 256},
                                     {256, 512}, {512, 512}, {512, 512}, {512, 512}, {512, 512}, {512, 512}};
static const uint64_t masks[8] = {0x1b0, 0xd8, 0x36, 0x1b, 0x3a, 0xb8, 0xb2, 0x9a};
static uint64_t random_state;

static uint32_t random_below(uint32_t limit) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((random_state >> 33) % limit);
}

/* Each kernel with the chance of what is still wanted among what is left, so that their number is exact. */
static void draw(float *weights, uint32_t kernels, uint32_t wanted) {
  for (uint32_t left = kernels; left > 0; --left, weights += 9) {
    if (random_below(left) >= wanted) continue;
    --wanted;
    for (uint64_t mask = masks[random_below(8)]; mask; mask &= mask - 1) weights[__builtin_ctzll(mask)] = 1;
  }
}

typedef struct sizes {
  uint64_t fkw, csr, weights;
} sizes;

static int measure(uint32_t channels, uint32_t filters, double rate, uint32_t span, sizes *out) {
  const coco_fkw_order order = {.by_length = true, .by_similarity = true};
  const coco_fkw_shape shape = {.set = {masks, 8, 9, 4},
                                .filters = filters,
                                .channels = channels,
                                .group = 1,
                                .span = span == 0 || span > channels ? channels : span};
  coco_arena arena = {.allocator = &coco_heap};
  coco_fkw fkw;
  bool fits = false;
  const uint32_t kernels = filters * channels, wanted = (uint32_t)((double)kernels / rate + 0.999999);
  float *weights = coco_arena_allocate_zeroed(&arena, (size_t)kernels * 9, sizeof *weights);
  if (weights) draw(weights, kernels, wanted);
  const bool done = weights && coco_fkw_from_dense(&shape, weights, &order, &arena, &fkw, &fits) == COCO_OK && fits;
  if (done)
    *out = (sizes){coco_fkw_structure_size(&fkw), 4 * (4 * (uint64_t)fkw.kernels + filters + 1),
                   16 * (uint64_t)fkw.kernels};
  coco_arena_destroy(&arena);
  return done;
}

static void print(const char *name, const sizes *s) {
  printf("%-9s %9" PRIu64 " %9" PRIu64 " %9" PRIu64 "   %5.1f %%\n", name, s->weights, s->csr, s->fkw,
         100.0 * (double)s->fkw / (double)s->csr);
}

int main(int count, char **arguments) {
  const double rate = count > 1 ? strtod(arguments[1], NULL) : 3.6;
  const uint32_t span = count > 2 ? (uint32_t)strtoul(arguments[2], NULL, 10) : 0;
  sizes total = {0};
  if (!(rate >= 1)) return fprintf(stderr, "RATE must be 1 or more\n"), 2;
  random_state = count > 3 ? strtoull(arguments[3], NULL, 10) : 0;
  printf("rate %.1f (%.1f with patterns), groups of %u channels\n", rate, rate * 9 / 4, span);
  printf("layer       weights       CSR       FKW   FKW/CSR\n");
  for (size_t i = 0; i < sizeof layers / sizeof *layers; ++i) {
    sizes s;
    char name[16];
    if (!measure(layers[i][0], layers[i][1], rate, span, &s)) return fprintf(stderr, "no memory\n"), 1;
    snprintf(name, sizeof name, "%u-%u", layers[i][0], layers[i][1]);
    print(name, &s);
    total.fkw += s.fkw, total.csr += s.csr, total.weights += s.weights;
  }
  print("all", &total);
  return 0;
}
