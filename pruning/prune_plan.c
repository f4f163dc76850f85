/* Attaches a pruning scheme to every layer that is to be pruned, and makes the pattern sets that the schemes name, chosen
 * from the weights. Weights stay as they are. Earlier schemes go. Cost: sorting the kernels. */
#include "ir/base/file.h"
#include "pruning/plan.h"
#include "pruning/pruning.h"

enum {
  PATTERNS,
  MASKS,
  ENTRIES,
  METHOD,
  SCHEME,
  CONNECTIVITY,
  POINTWISE,
  SHARE,
  MATRIX,
  BALANCE,
  SPAN,
  BLOCK,
  FIRST,
  OVERRIDES
};
static const coco_option_row options[] = {
    [PATTERNS] = {"patterns", COCO_OPTION_INTEGER, "8", "Patterns in each set, at most 256."},
    [MASKS] = {"masks", COCO_OPTION_INTEGERS, NULL,
               "The set for 3x3 kernels, instead of one chosen: bit i is position i, row by row."},
    [ENTRIES] = {"entries", COCO_OPTION_INTEGER, "0",
                 "Positions that a pattern keeps; 0 stands for 4 of 3x3 and 4x4, 8 of 5x5, 12 of 7x7."},
    [METHOD] = {"method", COCO_OPTION_STRING, NULL,
                "How a set is chosen: frequency (of natural patterns; what 3x3 kernels get) or coverage (of kept "
                "energy; what larger ones get)."},
    [SCHEME] = {"scheme", COCO_OPTION_STRING, "pattern",
                "For kernels of several positions: pattern, connectivity or blocks."},
    [CONNECTIVITY] = {"connectivity", COCO_OPTION_STRING, "3.6",
                      "Of so many kernels (or positions of blocks) one stays."},
    [POINTWISE] = {"pointwise", COCO_OPTION_STRING, NULL,
                   "The same for 1x1 convolutions; as connectivity where it is not given."},
    [SHARE] = {"share", COCO_OPTION_INTEGER, "1",
               "So many filters of a 1x1 convolution, side by side, keep the same channels."},
    [MATRIX] = {"matrix", COCO_OPTION_STRING, "1",
                "Of so many blocks of 16 outputs by 1 input of matrix products one stays."},
    [BALANCE] = {"balance", COCO_OPTION_STRING, "none",
                 "none, filter (as many kernels in each) or runs (as many of each pattern in each filter)."},
    [SPAN] = {"span", COCO_OPTION_INTEGER, "0", "Of balanced runs: input channels in one group; 0 stands for all."},
    [BLOCK] = {"block", COCO_OPTION_INTEGERS, "16,4", "Of blocks: outputs and input channels."},
    [FIRST] = {"first", COCO_OPTION_BOOL, "false", "Prune layers that see the network's inputs, too."},
    [OVERRIDES] = {"overrides", COCO_OPTION_STRING, NULL, "A file with what differs for single layers."},
};
enum { CHOSEN, LEFT };
static const char *const statistics[] = {"layers with a scheme", "layers without"};

static coco_status wrong(const coco_pass *pass, const coco_operation *root, size_t option, const char *wanted) {
  return coco_error(pass->context, root->location, "prune-plan: the option '%s' must be %s", options[option].name, wanted);
}

static coco_status read_rate(const coco_pass *pass, const coco_operation *root, size_t option, double *out) {
  const coco_string text = pass->options[option].string;
  if (!text.size) return COCO_OK;
  if (coco_prune_rate_from(text, out)) return COCO_OK;
  return wrong(pass, root, option, "a number of at least 1");
}

static coco_status read_names(const coco_pass *pass, const coco_operation *root, coco_prune_options *out) {
  const coco_string method = pass->options[METHOD].string;
  out->method_given = method.size != 0;
  if (method.size && !coco_pattern_method_from(method, &out->method))
    return wrong(pass, root, METHOD, "frequency or coverage");
  if (!coco_prune_kind_from(pass->options[SCHEME].string, &out->kind))
    return wrong(pass, root, SCHEME, "pattern, connectivity or blocks");
  if (!coco_balance_from(pass->options[BALANCE].string, &out->balance)) return wrong(pass, root, BALANCE, "none, filter or runs");
  return COCO_OK;
}

static coco_status read_numbers(const coco_pass *pass, const coco_operation *root, coco_prune_options *out) {
  const int64_t patterns = pass->options[PATTERNS].integer, entries = pass->options[ENTRIES].integer;
  const coco_option_value *block = &pass->options[BLOCK];
  if (patterns < 1 || patterns > COCO_PATTERN_MAXIMUM_COUNT) return wrong(pass, root, PATTERNS, "from 1 to 256");
  if (entries < 0 || entries >= COCO_KERNEL_MAXIMUM_POSITIONS) return wrong(pass, root, ENTRIES, "from 1 to 63");
  if (pass->options[SPAN].integer < 0) return wrong(pass, root, SPAN, "a number of channels");
  if (pass->options[SHARE].integer < 1 || pass->options[SHARE].integer > COCO_PRUNE_MAXIMUM_BLOCK)
    return wrong(pass, root, SHARE, "from 1 to 4096");
  if (block->count != 2) return wrong(pass, root, BLOCK, "two extents");
  for (size_t i = 0; i < 2; ++i)
    if (block->integers[i] < 1 || block->integers[i] > COCO_PRUNE_MAXIMUM_BLOCK) return wrong(pass, root, BLOCK, "two extents from 1 to 4096");
  out->patterns = (size_t)patterns;
  out->entries = (size_t)entries;
  out->span = pass->options[SPAN].integer;
  out->share = pass->options[SHARE].integer;
  memcpy(out->block, block->integers, sizeof out->block);
  out->masks = pass->options[MASKS].integers;
  out->mask_count = pass->options[MASKS].count;
  out->first = pass->options[FIRST].integer != 0;
  COCO_TRY(read_rate(pass, root, CONNECTIVITY, &out->rate));
  COCO_TRY(read_rate(pass, root, POINTWISE, &out->pointwise_rate));
  return read_rate(pass, root, MATRIX, &out->matrix_rate);
}

static coco_status plan(coco_pass *pass, coco_operation *root, const coco_prune_options *chosen) {
  coco_prune_plan made;
  COCO_TRY(coco_prune_make_plan(root, chosen, pass->scratch, &made));
  pass->statistics[CHOSEN] += made.chosen;
  pass->statistics[LEFT] += made.count - made.chosen;
  pass->changed = true;
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  coco_prune_options chosen = COCO_PRUNE_OPTIONS;
  COCO_TRY(read_names(pass, root, &chosen));
  COCO_TRY(read_numbers(pass, root, &chosen));
  const coco_string path = pass->options[OVERRIDES].string; /* ends in a NUL, as the options' texts do */
  if (!path.size) return plan(pass, root, &chosen);
  coco_file file;
  const coco_location *location = coco_location_file(pass->context, path, 0, 0);
  if (!location) return COCO_OUT_OF_MEMORY;
  const coco_status opened = coco_file_open(coco_context_allocator(pass->context), path.data, &file, NULL);
  if (opened == COCO_IO_ERROR) return coco_error(pass->context, root->location, "prune-plan: cannot read '%.*s'", COCO_PRINT(path));
  COCO_TRY(opened);
  chosen.overrides = (coco_string){(const char *)file.data, file.size};
  chosen.overrides_location = location;
  const coco_status status = plan(pass, root, &chosen);
  coco_file_close(&file);
  return status;
}

const coco_pass_definition coco_pass_prune_plan = {
    .name = "prune-plan",
    .documentation = "Choose pattern sets from the weights, and say for each layer how it is to be pruned.",
    .anchor = "builtin.module",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
