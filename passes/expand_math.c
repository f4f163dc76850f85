/* Writes functions of f32 and of vectors of f32 as arithmetic, so that no lane calls a library and bits do not depend on one.
 *
 * Each row of the table gives one operation's expansion, in expand_math_exponential.c and expand_math_logarithm.c; those use additions,
 * multiplications, divisions, math.fma, comparisons, selections, and integer operations on the bits, each of which is exact or rounded
 * once on every target. NaN, infinities, subnormal numbers and signed zeros come out as C's functions have them.
 * Largest errors over every f32 (powf: over a grid of pairs), in units of the last place: see docs/accuracy.md.
 * Linear in the operations; an expansion is 15 to 70 operations. */
#include "passes/expand_math.h"
#include "passes/passes.h"

enum { KEEP };
static const coco_option_row options[] = {
    {"keep", COCO_OPTION_STRING, NULL, "Operations to leave alone, with bars between: math.exp|math.tanh."},
};
enum { EXPANDED };
static const char *const statistics[] = {"operations expanded"};

typedef struct expansion_row {
  const coco_operation_definition *definition;
  coco_value *(*expand)(coco_expansion *expansion, coco_value *const *operands);
} expansion_row;

static const expansion_row rows[] = {
    {&coco_math_exp, coco_expand_exp},     {&coco_math_exp2, coco_expand_exp2}, {&coco_math_expm1, coco_expand_expm1},
    {&coco_math_tanh, coco_expand_tanh},   {&coco_math_erf, coco_expand_erf},   {&coco_math_log, coco_expand_log},
    {&coco_math_log2, coco_expand_log2},   {&coco_math_log1p, coco_expand_log1p}, {&coco_math_powf, coco_expand_powf},
};
enum { ROW_COUNT = sizeof rows / sizeof *rows };

static const expansion_row *find_row(coco_string name) {
  for (size_t i = 0; i < ROW_COUNT; ++i)
    if (coco_string_is(name, rows[i].definition->name)) return &rows[i];
  return NULL;
}

/* Marks in KEPT the operations that TEXT names. */
static coco_status read_kept(coco_pass *pass, const coco_operation *root, coco_string text, bool *kept) {
  while (text.size) {
    size_t length = 0;
    while (length < text.size && text.data[length] != '|') ++length;
    const coco_string name = {text.data, length};
    const expansion_row *row = find_row(name);
    if (!row) return coco_error(pass->context, root->location, "expand-math cannot keep '%.*s', which it does not expand", COCO_PRINT(name));
    kept[row - rows] = true;
    const size_t step = length < text.size ? length + 1 : length;
    text = (coco_string){text.data + step, text.size - step};
  }
  return COCO_OK;
}

static bool is_expandable(const coco_operation *operation) {
  const coco_type *type = operation->results[0].type, *scalar = coco_type_scalar(type);
  if (scalar->kind != COCO_TYPE_FLOAT || scalar != coco_type_f32(operation->context)) return false;
  return type == scalar || (type->kind == COCO_TYPE_VECTOR && type->rank == 1);
}

static const coco_type *shaped(coco_context *context, const coco_type *like, const coco_type *scalar) {
  if (!scalar || like->kind != COCO_TYPE_VECTOR) return scalar;
  return coco_type_vector(context, like->rank, like->shape, NULL, scalar);
}

static coco_status expand(coco_pass *pass, coco_operation *operation, const expansion_row *row) {
  coco_context *context = pass->context;
  const coco_type *type = operation->results[0].type;
  coco_expansion expansion = {.builder = coco_builder_before(operation),
                              .f32 = type,
                              .f64 = shaped(context, type, coco_type_float(context, COCO_F64)),
                              .i32 = shaped(context, type, coco_type_integer(context, 32)),
                              .i64 = shaped(context, type, coco_type_integer(context, 64))};
  if (!expansion.f64 || !expansion.i32 || !expansion.i64) return COCO_OUT_OF_MEMORY;
  coco_value *operands[2] = {0};
  for (uint32_t i = 0; i < operation->operand_count && i < 2; ++i) operands[i] = coco_operation_operand(operation, i);
  coco_value *result = row->expand(&expansion, operands);
  if (expansion.builder.status != COCO_OK) return expansion.builder.status;
  coco_value_replace_all_uses(&operation->results[0], result);
  coco_operation_erase(operation);
  ++pass->statistics[EXPANDED];
  pass->changed = true;
  return COCO_OK;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  bool kept[ROW_COUNT] = {false};
  COCO_TRY(read_kept(pass, root, pass->options[KEEP].string, kept));
  for (coco_operation *operation = root, *next; operation; operation = next) {
    next = coco_walk_next(operation, root);
    if (operation->definition->dialect != &coco_math_dialect) continue;
    const expansion_row *row = find_row(coco_operation_name(operation));
    if (row && !kept[row - rows] && is_expandable(operation)) COCO_TRY(expand(pass, operation, row));
  }
  return COCO_OK;
}

const coco_pass_definition coco_pass_expand_math = {
    .name = "expand-math",
    .documentation = "Write functions of f32, exp, exp2, expm1, tanh, erf, log, log2, log1p and powf, as arithmetic within 2 ULP.",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
