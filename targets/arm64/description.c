/* AArch64. Figures are those of the middle of today's cores: two vector pipes, 64 KiB of L1. */
#include "lowering/target.h"

extern const coco_target_description coco_arm64_description;

static const coco_target_variant variants[] = {
    {.name = "neon",
     .cpu = "generic",
     .features = "+neon",
     .requirements = "neon",
     .vector_bits = 128,
     .vector_registers = 32,
     .l1_bytes = 64 << 10,
     .l2_bytes = 512 << 10,
     .fma_per_cycle = 2,
     .fma_latency = 4,
     .loads_per_cycle = 2,
     .l3_bytes = 2 << 20,
     .l2_rate = 16,
     .l3_rate = 8,
     .memory_rate = 4,
     .shuffles_per_cycle = 2,
     .barrier_cycles = 4000,
     .megahertz = 2400},
};

const coco_target_description coco_arm64_description = {
    .name = "arm64",
    .aliases = "aarch64",
    .documentation = "AArch64 with NEON.",
    .triple = "aarch64-unknown-linux-gnu",
    .variants = variants,
    .variant_count = sizeof variants / sizeof *variants,
};
