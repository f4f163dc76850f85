/* Debug counters: see debug_counter.h. */
#include "ir/debug_counter.h"

#include "ir/context_internal.h"

static const char *const names[COCO_COUNTED_KINDS] = {"pattern", "fold", "pass"};

const char *coco_counted_name(coco_counted kind) { return names[kind]; }

/* A whole number below 2^62 that spans TEXT. */
static bool read_number(coco_string text, int64_t *out) {
  *out = 0;
  for (size_t i = 0; i < text.size; ++i) {
    if (text.data[i] < '0' || text.data[i] > '9' || *out >= INT64_MAX / 20) return false;
    *out = *out * 10 + (text.data[i] - '0');
  }
  return text.size > 0;
}

/* "NAME-skip=N" or "NAME-count=N". */
static const char *read_one(coco_debug_counters *counters, coco_string text) {
  const char *equal = memchr(text.data, '=', text.size);
  if (!equal) return "expected NAME-skip=N or NAME-count=N";
  const coco_string key = {text.data, (size_t)(equal - text.data)}, number = {equal + 1, text.size - key.size - 1};
  int64_t value;
  if (!read_number(number, &value)) return "expected a whole number behind '='";
  for (size_t i = 0; i < COCO_COUNTED_KINDS; ++i) {
    const size_t size = strlen(names[i]);
    if (key.size <= size || memcmp(key.data, names[i], size) != 0) continue;
    const coco_string rest = {key.data + size, key.size - size};
    if (coco_string_is(rest, "-skip")) {
      counters->of[i].skip = value;
      return NULL;
    }
    if (coco_string_is(rest, "-count")) {
      counters->of[i].count = value;
      return NULL;
    }
  }
  return "expected the counter pattern, fold or pass, and -skip or -count";
}

const char *coco_debug_counters_read(coco_debug_counters *counters, coco_string text) {
  for (size_t at = 0; at <= text.size;) {
    const char *comma = at < text.size ? memchr(text.data + at, ',', text.size - at) : NULL;
    const size_t end = comma ? (size_t)(comma - text.data) : text.size;
    const char *error = read_one(counters, (coco_string){text.data + at, end - at});
    if (error) return error;
    at = end + 1;
  }
  return NULL;
}

void coco_context_set_debug_counters(coco_context *context, coco_debug_counters *counters) {
  context->counters = counters;
}

bool coco_context_permits(coco_context *context, coco_counted kind) {
  if (!context->counters) return true;
  const int64_t seen = context->counters->of[kind].seen++, skip = context->counters->of[kind].skip;
  const int64_t count = context->counters->of[kind].count;
  return seen >= skip && (count < 0 || seen - skip < count);
}
