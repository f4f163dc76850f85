/* Reading and writing #lr.window and #lr.tuning. */
#include "dialects/lr/window.h"

#include <string.h>

#include "dialects/lr/lr.h"

coco_lr_window_info coco_lr_window_of(const coco_attribute *info) {
  const coco_attribute *kernel = COCO_PARAMETER(info, lr_window, kernel),
                       *group = COCO_PARAMETER(info, lr_window, group);
  return (coco_lr_window_info){.window = {.rank = kernel->count,
                                          .kernel = coco_attribute_i64s(kernel),
                                          .strides = coco_attribute_i64s(COCO_PARAMETER(info, lr_window, strides)),
                                          .pads = coco_attribute_i64s(COCO_PARAMETER(info, lr_window, pads)),
                                          .dilations = coco_attribute_i64s(COCO_PARAMETER(info, lr_window, dilations))},
                               .group = group ? group->integer : 1};
}

const coco_attribute *coco_lr_window_attribute(coco_context *context, const coco_window *window, int64_t group) {
  const coco_attribute *parameters[] = {coco_attribute_i64_array(context, window->kernel, window->rank),
                                        coco_attribute_i64_array(context, window->strides, window->rank),
                                        coco_attribute_i64_array(context, window->pads, 2 * window->rank),
                                        coco_attribute_i64_array(context, window->dilations, window->rank),
                                        group == 1 ? NULL : coco_attribute_i64(context, group)};
  for (size_t i = 0; i < 4; ++i) {
    if (!parameters[i]) return NULL;
  }
  if (group != 1 && !parameters[4]) return NULL;
  return coco_attribute_dialect(context, &coco_lr_window_attribute_definition, parameters);
}

coco_convolution coco_lr_convolution_of(const coco_operation *layer, const coco_lr_window_info *info,
                                        const coco_type *input) {
  const coco_type *output = coco_operation_result(layer, 0)->type;
  coco_convolution convolution = {.window = info->window,
                                  .batch = input->shape[0],
                                  .channels = input->shape[1],
                                  .filters = output->shape[1],
                                  .group = info->group};
  memcpy(convolution.input, input->shape + 2, info->window.rank * sizeof *input->shape);
  memcpy(convolution.output, output->shape + 2, info->window.rank * sizeof *output->shape);
  return convolution;
}

coco_lr_tuning_info coco_lr_tuning_of(const coco_attribute *tuning) {
  coco_lr_tuning_info info = {0};
  if (!tuning) return info;
  info.columns = coco_property_integer(COCO_PARAMETER(tuning, lr_tuning, columns), 0);
  info.filters = coco_property_integer(COCO_PARAMETER(tuning, lr_tuning, filters), 0);
  info.unroll = coco_property_integer(COCO_PARAMETER(tuning, lr_tuning, unroll), 0);
  info.pieces = coco_property_integer(COCO_PARAMETER(tuning, lr_tuning, pieces), 0);
  info.rows = coco_property_integer(COCO_PARAMETER(tuning, lr_tuning, rows), 0);
  info.channels = coco_property_integer(COCO_PARAMETER(tuning, lr_tuning, channels), 0);
  info.tiles = coco_property_integer(COCO_PARAMETER(tuning, lr_tuning, tiles), 0);
  info.lanes = coco_property_integer(COCO_PARAMETER(tuning, lr_tuning, lanes), 0);
  info.streams = coco_property_integer(COCO_PARAMETER(tuning, lr_tuning, streams), 0);
  return info;
}

const coco_attribute *coco_lr_tuning_attribute(coco_context *context, const coco_lr_tuning_info *info) {
  const int64_t values[] = {info->columns, info->filters, info->unroll, info->pieces, info->rows, info->channels, info->tiles,
                            info->lanes, info->streams};
  enum { COUNT = sizeof values / sizeof *values };
  const coco_attribute *parameters[COUNT] = {NULL};
  for (size_t i = 0; i < COUNT; ++i) {
    if (values[i] && !(parameters[i] = coco_attribute_i64(context, values[i]))) return NULL;
  }
  return coco_attribute_dialect(context, &coco_lr_tuning_attribute_definition, parameters);
}
