/* AArch64 with Advanced SIMD, through LLVM. */
#include "targets/target.h"

static const char *const cores[] = {
    "generic",    "cortex-a53", "cortex-a55", "cortex-a57",  "cortex-a72",  "cortex-a73",  "cortex-a75", "cortex-a76",
    "cortex-a77", "cortex-a78", "cortex-x1",  "neoverse-n1", "neoverse-v1", "neoverse-n2", "apple-m1",   NULL};

const coco_target coco_target_arm64 = {.name = "arm64",
                                       .emit = coco_llvm_emit,
                                       .cores = cores,
                                       .linker = "aarch64-linux-gnu-gcc",
                                       .emulator = "qemu-aarch64"};
