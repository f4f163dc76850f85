/* x86-64. Figures are those of cores with two vector FMA pipes; the order of variants is that of preference. */
#include "lowering/target.h"

extern const coco_target_description coco_host_description;

static const coco_target_variant variants[] = {
    {.name = "avx512",
     .cpu = "x86-64-v4",
     .features = "-prefer-256-bit",
     .requirements = "avx512f,avx512vl,avx512bw,avx512dq,avx512cd,avx2,fma,f16c,bmi,bmi2,movbe,popcnt",
     .vector_bits = 512,
     .vector_registers = 32,
     .l1_bytes = 32 << 10,
     .l2_bytes = 1 << 20,
     .fma_per_cycle = 2,
     .fma_latency = 4,
     .loads_per_cycle = 2,
     .l3_bytes = 32 << 20,
     .l2_rate = 50,
     .l3_rate = 10,
     .memory_rate = 4,
     .shuffles_per_cycle = 1,
     .barrier_cycles = 4000,
     .extremum_chooses = true,
     .megahertz = 3500},
    {.name = "avx2",
     .cpu = "x86-64-v3",
     .features = "",
     .requirements = "avx2,fma,f16c,bmi,bmi2,movbe,popcnt",
     .vector_bits = 256,
     .vector_registers = 16,
     .l1_bytes = 32 << 10,
     .l2_bytes = 512 << 10,
     .fma_per_cycle = 2,
     .fma_latency = 4,
     .loads_per_cycle = 2,
     .l3_bytes = 32 << 20,
     .l2_rate = 32,
     .l3_rate = 10,
     .memory_rate = 4,
     .shuffles_per_cycle = 1,
     .barrier_cycles = 4000,
     .extremum_chooses = true,
     .megahertz = 3500},
};

const coco_target_description coco_host_description = {
    .name = "host",
    .aliases = "x86-64|x86_64",
    .documentation = "x86-64: AVX-512 or AVX2, chosen when the code runs.",
    .triple = "x86_64-unknown-linux-gnu",
    .variants = variants,
    .variant_count = sizeof variants / sizeof *variants,
};
