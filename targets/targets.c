/* The list of targets, and how a name on the command line finds one. */
#include "targets/target.h"

#define TARGET(symbol) extern const coco_target coco_target_##symbol;
#include "targets/targets.def"
#undef TARGET

#define TARGET(symbol) &coco_target_##symbol,
const coco_target *const coco_targets[] = {
#include "targets/targets.def"
    NULL};
#undef TARGET

const coco_target_description *coco_target_describe(const coco_target *target) {
  return coco_target_find(coco_string_from(target->name));
}

/* The processor of a triple: what comes before the first '-'. */
static coco_string processor(coco_string triple) {
  const char *end = memchr(triple.data, '-', triple.size);
  return (coco_string){triple.data, end ? (size_t)(end - triple.data) : 0};
}

/* Objects of these systems are Mach-O or COFF, which the emitter does not write. */
static bool has_other_objects(coco_string triple) {
  static const char *const systems[] = {"darwin",    "macos",   "ios",   "tvos",  "watchos", "xros",
                                        "driverkit", "windows", "win32", "mingw", "cygwin",  "uefi"};
  for (const char *at = memchr(triple.data, '-', triple.size), *end = triple.data + triple.size; at;
       at = memchr(at + 1, '-', (size_t)(end - at - 1)))
    for (size_t i = 0; i < sizeof systems / sizeof *systems; ++i) {
      const coco_string rest = {at + 1, (size_t)(end - at - 1)};
      if (coco_string_starts_with(rest, coco_string_from(systems[i]))) return true;
    }
  return false;
}

static const coco_target *find_by_name(coco_string name) {
  const coco_target_description *description = coco_target_find(name);
  for (size_t i = 0; description && coco_targets[i]; ++i)
    if (coco_string_is(coco_string_from(description->name), coco_targets[i]->name)) return coco_targets[i];
  return NULL;
}

const coco_target *coco_target_select(coco_string name) {
  const coco_target *found = find_by_name(name);
  if (found || !name.size || has_other_objects(name)) return found;
  coco_string wanted = processor(name);
  for (size_t i = 0; wanted.size && coco_targets[i]; ++i) {
    const coco_target_description *description = coco_target_describe(coco_targets[i]);
    if (description && description->triple &&
        coco_string_equal(processor(coco_string_from(description->triple)), wanted))
      return coco_targets[i];
  }
  return NULL;
}

bool coco_target_runs_here(const coco_target *target) {
#if defined(__x86_64__)
  const coco_string own = COCO_STRING("x86_64");
#elif defined(__aarch64__)
  const coco_string own = COCO_STRING("aarch64");
#else
  const coco_string own = {"", 0};
#endif
  const coco_target_description *description = target ? coco_target_describe(target) : NULL;
  return own.size && description && description->triple &&
         coco_string_equal(processor(coco_string_from(description->triple)), own);
}

bool coco_target_has_core(const coco_target *target, coco_string core) {
  for (size_t i = 0; target->cores && target->cores[i]; ++i)
    if (coco_string_is(core, target->cores[i])) return true;
  return false;
}
