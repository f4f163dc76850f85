/* Simplifies by every dialect's patterns and by folding, until nothing changes.
 *
 * Constants are shared within each isolated region and stand at its head; dead pure operations go. */
#include "ir/context.h"
#include "ir/rewriter.h"
#include "passes/passes.h"

enum { MAX_ITERATIONS, MAX_REWRITES, TOP_DOWN };
static const coco_option_row options[] = {
    {"max-iterations", COCO_OPTION_INTEGER, "10", "How often to go through everything; 0: as by default; -1: no limit."},
    {"max-num-rewrites", COCO_OPTION_INTEGER, "-1", "How many rewrites to make; -1: no limit."},
    {"top-down", COCO_OPTION_BOOL, "true", "Visit definitions before uses."},
};

enum { REWRITES };
static const char *const statistics[] = {"patterns applied"};

static size_t gather(const coco_context *context, const coco_pattern **out) {
  size_t count = 0;
  for (size_t i = 0; i < coco_context_dialect_count(context); ++i) {
    const coco_pattern *pattern = coco_context_dialect(context, i)->patterns;
    for (; pattern && pattern->name; ++pattern, ++count)
      if (out) out[count] = pattern;
  }
  return count;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  size_t count = gather(pass->context, NULL);
  const coco_pattern **patterns = coco_arena_allocate_zeroed(pass->scratch, count + 1, sizeof *patterns);
  uint64_t *hits = coco_arena_allocate_zeroed(pass->scratch, count + 1, sizeof *hits);
  if (!patterns || !hits) return COCO_OUT_OF_MEMORY;
  gather(pass->context, patterns);
  int64_t rounds = pass->options[MAX_ITERATIONS].integer, rewrites = pass->options[MAX_REWRITES].integer;
  coco_greedy_options greedy = {.max_iterations = rounds < 0 ? INT64_MAX : rounds,
                                .max_rewrites = rewrites < 0 ? 0 : rewrites,
                                .bottom_up = !pass->options[TOP_DOWN].integer,
                                .fold = true,
                                .pass = pass,
                                .pattern_hits = hits};
  COCO_TRY(coco_rewrite_greedily(pass->context, root, patterns, count, &greedy, &pass->changed));
  for (size_t i = 0; i < count; ++i) pass->statistics[REWRITES] += hits[i];
  return COCO_OK;
}

const coco_pass_definition coco_pass_canonicalize = {
    .name = "canonicalize",
    .documentation = "Simplify operations by folding and by every dialect's patterns.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
