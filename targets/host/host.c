/* The machine that CoCo runs on: x86-64 through LLVM, one variant for each width of vectors. */
#include "targets/target.h"

static const char *const cores[] = {
    "x86-64",         "haswell",   "broadwell", "skylake", "skylake-avx512", "cascadelake", "icelake-server",
    "sapphirerapids", "alderlake", "znver2",    "znver3",  "znver4",         NULL};

const coco_target coco_target_host = {.name = "host", .emit = coco_llvm_emit, .cores = cores, .linker = "cc"};
