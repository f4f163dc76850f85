/* The ways in which a layer can be computed: storage, the forms of its input and result, and the cycles of each by a
 * model of one core with the target's figures.
 *
 * Multiply-adds count as the model of the kernel's inner loop says (lr_schedule_tuning.c, _winograd.c, _rows.c),
 * weights at the rate of the memory that they come from, changes of layout as vectors that are transposed and as bytes
 * at the rate of the cache that holds them. What all ways of a layer cost alike is left out: sums of cycles compare
 * plans, they do not tell a network's time. Cost: some hundred evaluations of a model for each convolution. */
#include "dialects/func/func.h"
#include "dialects/lr/blocks.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/pattern.h"
#include "dialects/math/math.h"
#include "lowering/lr_schedule.h"

enum { VECTOR_BYTES = COCO_LR_LANES * sizeof(float), LEAST_TRANSPOSED = 4 };

/* Cycles for an element, or a vector of 16, that kernels without a schedule of their own were seen to take. */
static const double plain_step = 2, scalar_step = 2, depthwise_step = 0.8, window_step = 2, gather_step = 32,
                    reduce_step = 4, picking_step = 8;
/* Multiply-adds whose input comes from planes of many channels, by the same from blocks: measured between 1.23 and 1.53
 * for single positions, and 1.03 and 1.07 for 3x3, whose rows are used again. */
static const double pointwise_planes_slower = 1.4, planes_slower = 1.06;

static const coco_type *input_of(const coco_operation *operation) { return coco_operation_operand(operation, 0)->type; }
static const coco_type *result_of(const coco_operation *operation) { return coco_operation_result(operation, 0)->type; }

static bool is_image(const coco_type *type) {
  return coco_type_is(type, COCO_TYPE_TENSOR) && type->rank == 4 && coco_type_is_float(type->element) &&
         type->element->format == COCO_F32 && coco_type_element_count(type) > 0;
}

/* ---- Operands ---- */

const coco_attribute *coco_schedule_maps(const coco_operation *operation, size_t *first) {
  if (coco_lr_is_blocks(operation)) {
    *first = COCO_LR_BLOCK_OPERANDS;
    return coco_operation_get(operation, COCO_STRING("maps"));
  }
  *first = coco_operation_is(operation, &coco_lr_map)                                                       ? 0
           : coco_operation_is(operation, &coco_lr_window) || coco_operation_is(operation, &coco_lr_reduce) ? 1
           : coco_operation_is(operation, &coco_lr_pattern_conv) ? (size_t)COCO_LR_PATTERN_OPERANDS
           : coco_operation_is(operation, &coco_lr_pointwise_conv) ? (size_t)COCO_LR_POINTWISE_OPERANDS
                                                                 : 2;
  if (coco_operation_is(operation, &coco_lr_map)) return COCO_PROPERTY(operation, lr_map, maps);
  if (coco_operation_is(operation, &coco_lr_window)) return COCO_PROPERTY(operation, lr_window, maps);
  if (coco_operation_is(operation, &coco_lr_reduce)) return COCO_PROPERTY(operation, lr_reduce, maps);
  if (coco_operation_is(operation, &coco_lr_matmul)) return COCO_PROPERTY(operation, lr_matmul, maps);
  if (coco_operation_is(operation, &coco_lr_pattern_conv)) return COCO_PROPERTY(operation, lr_pattern_conv, maps);
  if (coco_operation_is(operation, &coco_lr_pointwise_conv)) return COCO_PROPERTY(operation, lr_pointwise_conv, maps);
  return coco_operation_is(operation, &coco_lr_conv) ? COCO_PROPERTY(operation, lr_conv, maps) : NULL;
}

bool coco_schedule_reads_in_place(const coco_operation *operation, const coco_attribute *maps, size_t first,
                                  size_t index) {
  const coco_type *type = coco_operation_operand(operation, first + index)->type, *own = result_of(operation);
  return coco_affine_map_is_identity(maps->elements[index]->map) && coco_type_same_shape(type, own);
}

const coco_type *coco_schedule_fixed_type(coco_operation *operation, size_t index) {
  if (coco_operation_is(operation, &coco_lr_chain)) return coco_operation_body(operation, 0)->arguments[index]->type;
  bool is_return = coco_operation_is(operation, &coco_func_return);
  coco_operation *function = is_return ? coco_operation_parent_of(operation, &coco_func_func) : NULL;
  if (coco_operation_is(operation, &coco_func_call))
    function = coco_symbol_lookup(operation, COCO_PROPERTY(operation, func_call, callee));
  if (!coco_operation_is(function, &coco_func_func)) return NULL;
  const coco_type *type = COCO_PROPERTY(function, func_func, function_type)->type;
  return is_return ? type->results[index] : type->inputs[index];
}

coco_schedule_form coco_schedule_form_of(const coco_type *type) {
  coco_lr_layout_info layout = coco_lr_layout_of(type);
  if (coco_lr_layout_has_patches(&layout)) return COCO_FORM_PATCHES;
  if (layout.block != 1 && layout.block != COCO_LR_LANES) return COCO_FORM_OTHER;
  bool bordered = layout.halo[0] || layout.halo[1] || layout.halo[2] || layout.halo[3];
  if (layout.block == 1) return bordered ? COCO_FORM_BORDERED_PLANES : COCO_FORM_PLANES;
  return bordered ? COCO_FORM_BORDERED_BLOCKS : COCO_FORM_BLOCKS;
}

static coco_schedule_form without_border(coco_schedule_form form) {
  if (form == COCO_FORM_BORDERED_BLOCKS) return COCO_FORM_BLOCKS;
  return form == COCO_FORM_BORDERED_PLANES ? COCO_FORM_PLANES : form;
}

coco_schedule_form coco_schedule_operand_form(const coco_operation *operation, const coco_schedule_choice *choice,
                                              uint32_t index, bool *borders) {
  size_t first;
  const coco_attribute *maps = coco_schedule_maps(operation, &first);
  bool all = coco_operation_is(operation, &coco_lr_move);
  *borders = false;
  if (all || (index == 0 && !coco_operation_is(operation, &coco_lr_map))) {
    bool planes = choice->input == COCO_FORM_PLANES || choice->input == COCO_FORM_BORDERED_PLANES;
    *borders = planes ? choice->way == COCO_WAY_ROWS || choice->way == COCO_WAY_DIRECT : choice->way != COCO_WAY_GEMM;
    return choice->input;
  }
  if (!maps || index < first || index - first >= maps->count ||
      !coco_schedule_reads_in_place(operation, maps, first, index - first))
    return COCO_FORM_PLANES;
  coco_schedule_form form = without_border(choice->output);
  *borders = form != COCO_FORM_PLANES;
  return form;
}

void coco_schedule_halo(const coco_operation *conv, const coco_schedule_choice *choice, int64_t halo[4]) {
  bool blocks = coco_operation_is(conv, &coco_lr_block_conv);
  coco_lr_window_info info =
      coco_lr_window_of(blocks ? COCO_PROPERTY(conv, lr_block_conv, info) : COCO_PROPERTY(conv, lr_conv, info));
  if (choice->algorithm)
    coco_winograd_halo_needed(choice->algorithm, &info.window, input_of(conv), result_of(conv), halo);
  else
    coco_lr_halo_needed(&info.window, input_of(conv), result_of(conv), halo);
}

/* ---- Changes of layout ---- */

static double rate_of(const coco_schedule_figures *figures, double bytes) {
  if (bytes <= (double)figures->l2_bytes) return (double)figures->l2_rate;
  return (double)(bytes <= (double)figures->l3_bytes ? figures->l3_rate : figures->memory_rate);
}

static bool is_blocks(coco_schedule_form form) { return form == COCO_FORM_BLOCKS || form == COCO_FORM_BORDERED_BLOCKS; }

static double bytes_of(const coco_type *type, coco_schedule_form form) {
  double pixels = (double)type->shape[0] * (double)type->shape[2] * (double)type->shape[3];
  if (is_blocks(form)) return pixels * (double)coco_ceil_divide(type->shape[1], COCO_LR_LANES) * VECTOR_BYTES;
  return pixels * (double)type->shape[1] * sizeof(float);
}

/* Both tensors pass once through the cache that holds both. Meanwhile tiles of 16 x 16 are transposed by 64 shuffles,
 * in which loads and stores hide; the last tile of a row of planes, which is not full, takes about twice as long. The
 * pixels of a tile of patches lie far apart: there nothing hides. From one grid of patches to another blocks are
 * between. */
double coco_schedule_relayout_cycles(const coco_schedule_figures *figures, const coco_type *type,
                                     coco_schedule_form from, coco_schedule_form to) {
  enum { SHUFFLES = 64, COPIED = 4 };
  if (type->rank != 4) return 0;
  if (from == COCO_FORM_PATCHES && to == COCO_FORM_PATCHES)
    return coco_schedule_relayout_cycles(figures, type, from, COCO_FORM_BLOCKS) +
           coco_schedule_relayout_cycles(figures, type, COCO_FORM_BLOCKS, to);
  double from_bytes = bytes_of(type, from), to_bytes = bytes_of(type, to),
         parts = (double)coco_schedule_vectors(figures);
  double moving = (from_bytes + to_bytes) / rate_of(figures, from_bytes + to_bytes), working;
  double vectors = (from_bytes > to_bytes ? from_bytes : to_bytes) / VECTOR_BYTES;
  const bool patches = from == COCO_FORM_PATCHES || to == COCO_FORM_PATCHES;
  if (patches && (is_blocks(from) || is_blocks(to))) {
    working = moving + vectors / COCO_LR_LANES * SHUFFLES * parts / (double)figures->shuffles_per_cycle;
  } else if (patches || from == COCO_FORM_OTHER || to == COCO_FORM_OTHER) {
    working = vectors * gather_step;
  } else if (is_blocks(from) == is_blocks(to)) {
    working = vectors * COPIED * parts;
  } else if (type->shape[1] < LEAST_TRANSPOSED || type->shape[3] < LEAST_TRANSPOSED) {
    working = vectors * COCO_LR_LANES * scalar_step;
  } else {
    double tiles = (double)(type->shape[3] / COCO_LR_LANES) + 2 * (double)(type->shape[3] % COCO_LR_LANES != 0);
    tiles *= (double)(type->shape[0] * type->shape[2]) * (double)coco_ceil_divide(type->shape[1], COCO_LR_LANES);
    working = tiles * SHUFFLES * parts / (double)figures->shuffles_per_cycle;
  }
  return (moving > working ? moving : working) + (double)figures->barrier_cycles / 2;
}

/* ---- Convolutions ---- */

coco_schedule_work coco_schedule_conv_work(const coco_operation *conv, bool gemm) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  const coco_type *type = result_of(conv);
  return (coco_schedule_work){.width = gemm ? type->shape[2] * type->shape[3] : type->shape[3],
                              .outputs = type->shape[1],
                              .kernel = info.window.kernel[1],
                              .stride = info.window.strides[1],
                              .height = type->shape[2],
                              .channels = input_of(conv)->shape[1],
                              .positions = info.window.kernel[0] * info.window.kernel[1]};
}

static double packed_cycles(const coco_operation *conv, const coco_schedule_freedom *freedom, bool gemm) {
  const coco_schedule_figures *figures = &freedom->figures;
  coco_schedule_work work = coco_schedule_conv_work(conv, gemm);
  double rows = (double)(result_of(conv)->shape[0] * (gemm ? 1 : work.height));
  double steps = (double)(work.channels * (work.kernel > 0 ? work.positions / work.kernel : 1));
  double weights =
      (double)coco_ceil_divide(work.outputs, COCO_LR_LANES) * (double)(work.channels * work.positions) * VECTOR_BYTES;
  int64_t rate = freedom->constant_bytes > figures->l3_bytes ? figures->memory_rate : figures->l3_rate;
  return coco_schedule_block_cycles(figures, &work) * rows * steps + weights / (double)rate;
}

/* f32, two axes, weights at hand. */
static bool can_be_packed(const coco_operation *conv) {
  const coco_attribute *weight = coco_value_constant(coco_operation_operand(conv, 1));
  bool splat;
  return weight && coco_attribute_is_elements(weight) && coco_elements_data(weight, &splat) &&
         is_image(input_of(conv)) && is_image(result_of(conv));
}

typedef struct way_list {
  coco_schedule_choice *items;
  size_t count;
} way_list;

static coco_schedule_choice *add(way_list *list, coco_schedule_way way, coco_schedule_form input,
                                 coco_schedule_form output, double cycles) {
  coco_schedule_choice *made = &list->items[list->count++];
  *made = (coco_schedule_choice){.way = way, .input = input, .output = output, .cycles = cycles};
  return made;
}

static double plain_cycles(const coco_operation *conv) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  double steps = (double)coco_type_element_count(result_of(conv)) * (double)(input_of(conv)->shape[1] / info.group);
  for (size_t i = 0; i < info.window.rank; ++i) steps *= (double)info.window.kernel[i];
  return steps * plain_step;
}

static double depthwise_cycles(const coco_schedule_figures *figures, const coco_operation *conv) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  double vectors = bytes_of(result_of(conv), COCO_FORM_BLOCKS) / VECTOR_BYTES * (double)coco_schedule_vectors(figures);
  return vectors * (double)(info.window.kernel[0] * info.window.kernel[1]) * depthwise_step;
}

static bool needs_border(const coco_operation *conv) {
  int64_t halo[4];
  coco_schedule_halo(conv, &(coco_schedule_choice){.way = COCO_WAY_DIRECT}, halo);
  return halo[0] || halo[1] || halo[2] || halo[3];
}

static bool is_pointwise(const coco_operation *conv) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  return coco_window_is_pointwise(&info.window);
}

static void add_rows(way_list *list, const coco_operation *conv, const coco_schedule_freedom *freedom) {
  coco_schedule_form input = needs_border(conv) ? COCO_FORM_BORDERED_PLANES : COCO_FORM_PLANES;
  add(list, COCO_WAY_ROWS, input, COCO_FORM_PLANES, coco_schedule_rows_cycles(&freedom->figures, conv));
}

static void add_direct(way_list *list, const coco_operation *conv, const coco_schedule_freedom *freedom) {
  bool border = needs_border(conv), few = input_of(conv)->shape[1] < COCO_LR_LANES;
  double cycles = packed_cycles(conv, freedom, false);
  add(list, COCO_WAY_DIRECT, border ? COCO_FORM_BORDERED_PLANES : COCO_FORM_PLANES, COCO_FORM_BLOCKS,
      few ? cycles : cycles * (is_pointwise(conv) ? pointwise_planes_slower : planes_slower));
  if (!few) add(list, COCO_WAY_DIRECT, border ? COCO_FORM_BORDERED_BLOCKS : COCO_FORM_BLOCKS, COCO_FORM_BLOCKS, cycles);
}

static void add_gemm(way_list *list, const coco_operation *conv, const coco_schedule_freedom *freedom) {
  add(list, COCO_WAY_GEMM, COCO_FORM_BLOCKS, COCO_FORM_BLOCKS, packed_cycles(conv, freedom, true));
}

static void add_winograd(way_list *list, const coco_operation *conv, const coco_schedule_freedom *freedom) {
  double cycles = 0;
  const coco_winograd *algorithm = coco_schedule_winograd(conv, freedom, &cycles);
  if (!algorithm) return;
  add(list, COCO_WAY_WINOGRAD, COCO_FORM_BORDERED_BLOCKS, COCO_FORM_BLOCKS, cycles)->algorithm = algorithm;
}

static void add_depthwise(way_list *list, const coco_operation *conv, const coco_schedule_freedom *freedom) {
  add(list, COCO_WAY_DEPTHWISE, COCO_FORM_BLOCKS, COCO_FORM_BLOCKS, depthwise_cycles(&freedom->figures, conv));
}

/* A storage that is there already stays. */
static void add_given(way_list *list, const coco_operation *conv, coco_string storage,
                      const coco_schedule_freedom *freedom) {
  if (coco_string_is(storage, "rows"))
    add_rows(list, conv, freedom);
  else if (coco_string_is(storage, "depthwise"))
    add_depthwise(list, conv, freedom);
  else if (coco_string_is(storage, "direct"))
    add_direct(list, conv, freedom);
  else if (coco_string_is(storage, "gemm"))
    add_gemm(list, conv, freedom);
  else
    add_winograd(list, conv, freedom);
}

static void add_convolution(way_list *list, const coco_operation *conv, const coco_schedule_freedom *freedom) {
  coco_string storage = COCO_PROPERTY(conv, lr_conv, storage)->text;
  if (!coco_string_is(storage, "plain")) {
    add_given(list, conv, storage, freedom);
    return;
  }
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  bool images = is_image(input_of(conv)) && is_image(result_of(conv)), packed = can_be_packed(conv);
  bool one_group = packed && info.group == 1, winograd = one_group && coco_winograd_fits(&info.window);
  if (winograd && input_of(conv)->shape[1] >= COCO_LR_LANES && freedom->forced.size && !freedom->strict) {
    if (coco_winograd_of_storage(freedom->forced))
      add_winograd(list, conv, freedom);
    else
      add_direct(list, conv, freedom);
    return;
  }
  if (packed && coco_schedule_is_depthwise(conv)) add_depthwise(list, conv, freedom);
  if (one_group && is_pointwise(conv)) add_gemm(list, conv, freedom);
  if (one_group) add_direct(list, conv, freedom);
  if (winograd) add_winograd(list, conv, freedom);
  if (images && coco_schedule_can_be_rows(conv)) add_rows(list, conv, freedom);
  if (!packed || list->count == 0 || info.group != 1)
    add(list, COCO_WAY_PLAIN, COCO_FORM_PLANES, COCO_FORM_PLANES, plain_cycles(conv));
}

/* ---- Other layers ---- */

static void add_window(way_list *list, const coco_operation *window, const coco_schedule_freedom *freedom) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(window, lr_window, info));
  double positions = 1, parts = (double)coco_schedule_vectors(&freedom->figures);
  for (size_t i = 0; i < info.window.rank; ++i) positions *= (double)info.window.kernel[i];
  double elements = (double)coco_type_element_count(result_of(window));
  add(list, COCO_WAY_OTHER, COCO_FORM_PLANES, COCO_FORM_PLANES, elements * positions * scalar_step);
  if (!is_image(input_of(window)) || !is_image(result_of(window))) return;
  double vectors = bytes_of(result_of(window), COCO_FORM_BLOCKS) / VECTOR_BYTES * parts;
  add(list, COCO_WAY_OTHER, COCO_FORM_BLOCKS, COCO_FORM_BLOCKS, vectors * positions * window_step);
  const bool picks = coco_lr_picks_pixels(window);
  if (picks || coco_lr_pools_patches(window))
    add(list, COCO_WAY_OTHER, COCO_FORM_PATCHES, COCO_FORM_PATCHES,
        elements / COCO_LR_LANES * parts * (picking_step + (picks ? 0 : positions * window_step)));
}

static void add_moved(way_list *list, const coco_operation *operation, const coco_schedule_freedom *freedom,
                      bool blocks) {
  double parts = (double)coco_schedule_vectors(&freedom->figures);
  double elements = (double)coco_type_element_count(result_of(operation));
  add(list, COCO_WAY_OTHER, COCO_FORM_PLANES, COCO_FORM_PLANES, elements / COCO_LR_LANES * parts);
  if (!blocks) return;
  double vectors = bytes_of(result_of(operation), COCO_FORM_BLOCKS) / VECTOR_BYTES;
  add(list, COCO_WAY_OTHER, COCO_FORM_BLOCKS, COCO_FORM_BLOCKS, vectors * parts);
}

/* A sum waits for the one before it. */
static void add_reduce(way_list *list, const coco_operation *reduce, const coco_schedule_freedom *freedom) {
  const coco_type *type = input_of(reduce);
  double elements = (double)coco_type_element_count(type);
  add(list, COCO_WAY_OTHER, COCO_FORM_PLANES, COCO_FORM_PLANES, elements * reduce_step);
  if (!is_image(type) || !coco_type_is_float(result_of(reduce)->element) || !coco_lr_reduce_keeps_channels(reduce))
    return;
  double vectors = bytes_of(type, COCO_FORM_BLOCKS) / VECTOR_BYTES * (double)coco_schedule_vectors(&freedom->figures);
  add(list, COCO_WAY_OTHER, COCO_FORM_BLOCKS, result_of(reduce)->rank == 4 ? COCO_FORM_BLOCKS : COCO_FORM_PLANES,
      vectors * reduce_step);
}

/* In blocks where each operand is f32 and one of the result's shape at least is read in place. */
static bool map_takes_blocks(const coco_operation *map) {
  size_t first;
  const coco_attribute *maps = coco_schedule_maps(map, &first);
  bool some = false;
  if (!is_image(result_of(map))) return false;
  for (uint32_t i = 0; i < map->operand_count; ++i) {
    const coco_type *element = coco_operation_operand(map, i)->type->element;
    if (!coco_type_is_float(element) || element->format != COCO_F32) return false;
    some = some || coco_schedule_reads_in_place(map, maps, first, i);
  }
  return some;
}

static bool move_takes_blocks(const coco_operation *move) {
  if (move->operand_count == 0 || !is_image(result_of(move))) return false;
  for (uint32_t i = 0; i < move->operand_count; ++i) {
    if (!is_image(coco_operation_operand(move, i)->type)) return false;
  }
  return coco_lr_move_shifts_blocks(move, COCO_LR_LANES);
}

static bool is_packed_product(const coco_operation *operation) {
  return coco_operation_is(operation, &coco_lr_matmul) && input_of(operation)->rank == 2 &&
         coco_string_is(COCO_PROPERTY(operation, lr_matmul, storage)->text, "packed");
}

size_t coco_schedule_choices(const coco_operation *operation, const coco_schedule_freedom *freedom,
                             coco_schedule_choice choices[COCO_SCHEDULE_CHOICES]) {
  way_list list = {.items = choices};
  if (coco_operation_is(operation, &coco_lr_conv))
    add_convolution(&list, operation, freedom);
  else if (coco_operation_is(operation, &coco_lr_pattern_conv))
    add(&list, COCO_WAY_PATTERN, COCO_FORM_PATCHES, COCO_FORM_PATCHES,
        coco_schedule_pattern_cycles(&freedom->figures, operation));
  else if (coco_operation_is(operation, &coco_lr_pointwise_conv))
    add(&list, COCO_WAY_POINTWISE, COCO_FORM_PATCHES, COCO_FORM_PATCHES,
        coco_schedule_pointwise_cycles(&freedom->figures, operation));
  else if (coco_operation_is(operation, &coco_lr_block_conv))
    add(&list, COCO_WAY_BLOCKS, needs_border(operation) ? COCO_FORM_BORDERED_BLOCKS : COCO_FORM_BLOCKS,
        COCO_FORM_BLOCKS, coco_schedule_block_conv_cycles(&freedom->figures, operation));
  else if (coco_operation_is(operation, &coco_lr_block_matmul) || is_packed_product(operation))
    add(&list, COCO_WAY_PRODUCT, COCO_FORM_PLANES, COCO_FORM_PLANES, coco_schedule_product_cycles(freedom, operation));
  else if (coco_operation_is(operation, &coco_lr_window))
    add_window(&list, operation, freedom);
  else if (coco_operation_is(operation, &coco_lr_reduce))
    add_reduce(&list, operation, freedom);
  else if (coco_operation_is(operation, &coco_lr_map))
    add_moved(&list, operation, freedom, map_takes_blocks(operation));
  else if (coco_operation_is(operation, &coco_lr_move))
    add_moved(&list, operation, freedom, move_takes_blocks(operation));
  if (list.count == 0) add(&list, COCO_WAY_OTHER, COCO_FORM_PLANES, COCO_FORM_PLANES, 0);
  return list.count;
}

/* ---- Layers that are not worth a second thread ---- */

/* Of one element, or of a vector. */
static double body_cycles(const coco_operation *map) {
  enum { FUNCTION = 30 };
  double sum = 2;
  const coco_block *body = coco_operation_body(map, 0);
  for (const coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next)
    sum += operation->definition->dialect == &coco_math_dialect ? FUNCTION : 1;
  return sum;
}

/* Vectors of rows, or of whole blocks, and the single elements that are left. */
static double mapped_steps(const coco_type *type) {
  double elements = (double)coco_type_element_count(type);
  int64_t row = type->rank > 0 ? type->shape[type->rank - 1] : 1;
  if (row <= 0 || is_blocks(coco_schedule_form_of(type))) return elements / COCO_LR_LANES;
  return elements / (double)row * (double)(row / COCO_LR_LANES + row % COCO_LR_LANES);
}

static double product_cycles(const coco_schedule_figures *figures, const coco_operation *product) {
  const coco_type *left = input_of(product);
  double elements = (double)coco_type_element_count(result_of(product)), depth = (double)left->shape[left->rank - 1];
  return elements * depth / COCO_LR_LANES * (double)coco_schedule_vectors(figures) / (double)figures->fma_per_cycle;
}

/* Vectors of kept weights by the rows or pixels, or as they come from the last cache. */
static double blocks_cycles(const coco_schedule_figures *figures, const coco_operation *layer) {
  const double kept = (double)coco_type_element_count(coco_operation_operand(layer, 2)->type);
  const double sites = (double)(coco_type_element_count(result_of(layer)) / result_of(layer)->shape[1]);
  const double added = kept * sites * (double)coco_schedule_vectors(figures) / (double)figures->fma_per_cycle,
               read = kept * VECTOR_BYTES / (double)figures->l3_rate;
  return added > read ? added : read;
}

/* Below 0: not known. */
static double layer_cycles(const coco_schedule_figures *figures, const coco_operation *layer) {
  double elements = (double)coco_type_element_count(result_of(layer)), parts = (double)coco_schedule_vectors(figures);
  if (coco_operation_is(layer, &coco_lr_relayout)) {
    coco_schedule_form from = coco_schedule_form_of(input_of(layer)), to = coco_schedule_form_of(result_of(layer));
    return coco_schedule_relayout_cycles(figures, result_of(layer), from, to) - (double)figures->barrier_cycles / 2;
  }
  if (coco_operation_is(layer, &coco_lr_map)) return mapped_steps(result_of(layer)) * parts * body_cycles(layer);
  if (coco_operation_is(layer, &coco_lr_move)) return elements;
  if (coco_operation_is(layer, &coco_lr_matmul)) return product_cycles(figures, layer);
  if (coco_lr_is_blocks(layer)) return blocks_cycles(figures, layer);
  if (coco_operation_is(layer, &coco_lr_pointwise_conv)) return coco_schedule_pointwise_cycles(figures, layer);
  if (!coco_operation_is(layer, &coco_lr_conv) && !coco_operation_is(layer, &coco_lr_window) &&
      !coco_operation_is(layer, &coco_lr_reduce))
    return -1;
  coco_schedule_choice choices[COCO_SCHEDULE_CHOICES];
  coco_schedule_freedom freedom = {.figures = *figures};
  size_t count = coco_schedule_choices(layer, &freedom, choices);
  coco_schedule_form form = without_border(coco_schedule_form_of(input_of(layer)));
  for (size_t i = 0; i < count; ++i) {
    if (without_border(choices[i].input) == form) return choices[i].cycles;
  }
  return -1;
}

/* Half of the work is what a second thread could take. */
bool coco_schedule_are_few(const coco_schedule_figures *figures, double cycles) {
  return cycles >= 0 && cycles / 2 < (double)figures->barrier_cycles;
}

bool coco_schedule_is_short(const coco_schedule_figures *figures, const coco_operation *layer) {
  return layer->result_count == 1 && coco_schedule_are_few(figures, layer_cycles(figures, layer));
}
