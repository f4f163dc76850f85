/* --boxes: what a face detector found, in pixels of the picture that was read.
 *
 * Two kinds of outputs are known. "scores" [1, N, 2] (the second counts) with "boxes" [1, N, 4]: corners, from 0 to 1 of
 * the input. And for strides S of 8, 16 and 32, grids of cells with "cls_S", "obj_S" (their product is the score's square)
 * and "bbox_S": the centre's offset from the cell in cells, and the logarithms of width and height in cells. Of boxes that
 * overlap by more than OVERLAP (intersection over union) only the best stays. Cost: quadratic in the boxes over the threshold. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tools/coco-run/run.h"

static const double overlap_limit = 0.3;

typedef struct box {
  double left, top, right, bottom, score; /* from 0 to 1 of the input */
} box;

typedef struct box_list {
  box *items;
  size_t count, capacity;
} box_list;

static coco_status add_box(run_job *job, box_list *boxes, box item) {
  if (!(item.score >= job->threshold)) return COCO_OK;
  if (boxes->count == boxes->capacity) COCO_TRY(coco_vector_grow(&coco_heap, &boxes->items, &boxes->capacity, sizeof *boxes->items, boxes->count + 1));
  boxes->items[boxes->count++] = item;
  return COCO_OK;
}

/* Output NAME when it has f32 elements and the shape [1, rows, COLUMNS]; its rows are counted in *out_rows. */
static const float *find_rows(const run_network *network, const run_tensors *outputs, const char *name, int64_t columns, size_t *out_rows) {
  for (size_t i = 0; i < outputs->count; ++i) {
    const coco_type *type = outputs->items[i].type;
    if (!coco_string_is(network->outputs.items[i].name, name) || type->rank != 3 || type->shape[0] != 1 || type->shape[2] != columns) continue;
    *out_rows = (size_t)type->shape[1];
    if (type->element == coco_type_f32(network->job->tool.context)) return (const float *)(const void *)outputs->items[i].data;
  }
  return NULL;
}

static coco_status collect_corners(run_job *job, const float *scores, const float *corners, size_t count, box_list *out) {
  for (size_t i = 0; i < count; ++i) {
    const float *c = corners + 4 * i;
    COCO_TRY(add_box(job, out, (box){c[0], c[1], c[2], c[3], scores[2 * i + 1]}));
  }
  return COCO_OK;
}

static double unit(double value) { return value < 0 ? 0 : value > 1 ? 1 : value; }

static coco_status collect_cells(run_job *job, const run_network *network, const run_tensors *outputs, size_t stride, box_list *out) {
  char names[3][16];
  size_t counts[3] = {0};
  snprintf(names[0], sizeof names[0], "cls_%zu", stride);
  snprintf(names[1], sizeof names[1], "obj_%zu", stride);
  snprintf(names[2], sizeof names[2], "bbox_%zu", stride);
  const float *classes = find_rows(network, outputs, names[0], 1, &counts[0]), *objects = find_rows(network, outputs, names[1], 1, &counts[1]);
  const float *places = find_rows(network, outputs, names[2], 4, &counts[2]);
  const coco_type *input = network->inputs.items[0].type;
  size_t columns = (size_t)input->shape[3] / stride, rows = (size_t)input->shape[2] / stride;
  if (!classes || !objects || !places || counts[0] != columns * rows || counts[1] != counts[0] || counts[2] != counts[0])
    return coco_tool_error(&job->tool, "--boxes: the model has neither scores and boxes, nor cls_%zu, obj_%zu and bbox_%zu", stride, stride, stride);
  for (size_t i = 0; i < counts[0]; ++i) {
    const float *place = places + 4 * i;
    double x = ((double)(i % columns) + place[0]) / (double)columns, y = ((double)(i / columns) + place[1]) / (double)rows;
    double width = exp(place[2]) / (double)columns, height = exp(place[3]) / (double)rows;
    COCO_TRY(add_box(job, out, (box){x - width / 2, y - height / 2, x + width / 2, y + height / 2, sqrt(unit(classes[i]) * unit(objects[i]))}));
  }
  return COCO_OK;
}

static coco_status collect(run_job *job, const run_network *network, const run_tensors *outputs, box_list *out) {
  size_t count = 0, others = 0;
  const float *scores = find_rows(network, outputs, "scores", 2, &count), *corners = find_rows(network, outputs, "boxes", 4, &others);
  if (!network->inputs.count || network->inputs.items[0].type->rank != 4) return coco_tool_error(&job->tool, "--boxes: the first input is no picture");
  if (scores && corners && count == others) return collect_corners(job, scores, corners, count, out);
  for (size_t stride = 8; stride <= 32; stride *= 2) COCO_TRY(collect_cells(job, network, outputs, stride, out));
  return COCO_OK;
}

/* ---- Which of them stay ---- */

static int compare_scores(const void *left, const void *right) {
  double a = ((const box *)left)->score, b = ((const box *)right)->score;
  return a > b ? -1 : a < b;
}

static double area(const box *b) { return fmax(0, b->right - b->left) * fmax(0, b->bottom - b->top); }

static bool overlaps(const box *a, const box *b) {
  box both = {fmax(a->left, b->left), fmax(a->top, b->top), fmin(a->right, b->right), fmin(a->bottom, b->bottom), 0};
  double common = area(&both);
  return common > overlap_limit * (area(a) + area(b) - common);
}

static void keep_best(box_list *boxes) {
  size_t kept = 0;
  if (boxes->count) qsort(boxes->items, boxes->count, sizeof *boxes->items, compare_scores);
  for (size_t i = 0; i < boxes->count; ++i) {
    bool covered = false;
    for (size_t j = 0; j < kept && !covered; ++j) covered = overlaps(&boxes->items[j], &boxes->items[i]);
    if (!covered) boxes->items[kept++] = boxes->items[i];
  }
  boxes->count = kept;
}

coco_status run_print_boxes(run_job *job, const run_network *network, const run_tensors *outputs) {
  box_list boxes = {0};
  coco_status status = collect(job, network, outputs, &boxes);
  if (status == COCO_OK) {
    keep_best(&boxes);
    const coco_type *input = network->inputs.items[0].type;
    coco_picture_area seen = job->source.area;
    if (!job->source.picture.planes) seen = (coco_picture_area){0, 0, (double)input->shape[3], (double)input->shape[2]};
    printf("%zu boxes over %g: left, top, width, height, score\n", boxes.count, job->threshold);
    for (size_t i = 0; i < boxes.count; ++i) {
      const box *b = &boxes.items[i];
      printf("%4zu  %8.1f %8.1f %8.1f %8.1f  %.3f\n", i + 1, seen.x + b->left * seen.width, seen.y + b->top * seen.height, (b->right - b->left) * seen.width, (b->bottom - b->top) * seen.height, b->score);
    }
  }
  coco_free(&coco_heap, boxes.items, boxes.capacity * sizeof *boxes.items);
  return status;
}
