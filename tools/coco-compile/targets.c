/* --print-targets. */
#include <stdio.h>

#include "tools/coco-compile/compile.h"

void compile_print_targets(void) {
  for (size_t i = 0; coco_targets[i]; ++i) {
    const coco_target_description *description = coco_target_describe(coco_targets[i]);
    if (!description) continue;
    printf("%s", description->name);
    if (description->aliases) printf(" (also %s)", description->aliases);
    printf(": %s\n", description->documentation ? description->documentation : "");
    if (description->triple) printf("  triple    %s\n", description->triple);
    for (size_t v = 0; v < description->variant_count; ++v)
      printf("  variant   %-10s needs %s\n", description->variants[v].name, description->variants[v].requirements);
    if (coco_targets[i]->cores) printf("  --cpu    ");
    for (size_t c = 0; coco_targets[i]->cores && coco_targets[i]->cores[c]; ++c)
      printf(" %s", coco_targets[i]->cores[c]);
    if (coco_targets[i]->cores) printf("\n");
  }
}
