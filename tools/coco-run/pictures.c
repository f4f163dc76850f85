/* Pictures as inputs, and outputs that are pictures.
 *
 * An input is cut or stretched to what the model wants and turned to gray when that has one channel. An output of one
 * channel, where the last picture read was in colour, is taken for its luma: the colours are those of the input, resampled.
 * (Adding the same number to red, green and blue changes luma and keeps both chromas.) */
#include <stdio.h>

#include "tools/coco-run/run.h"

/* ---- In ---- */

static coco_status fit(run_job *job, const coco_location *location, const coco_picture *picture, const coco_type *expected,
                       coco_picture *out) {
  bool sized = expected && expected->rank == 4;
  size_t height = sized && expected->shape[2] > 0 ? (size_t)expected->shape[2] : picture->height;
  size_t width = sized && expected->shape[3] > 0 ? (size_t)expected->shape[3] : picture->width;
  bool same = width == picture->width && height == picture->height;
  if (job->image.fit == COCO_IMAGE_AS_IS && !same)
    return coco_error(job->tool.context, location, "the image is %zux%zu pixels: the model wants %zux%zu", picture->width, picture->height, width, height);
  coco_picture_area area = coco_picture_fit_area(picture, job->image.fit, width, height);
  double cut = 0.5 * (1 - job->crop);
  job->source.area = (coco_picture_area){area.x + cut * area.width, area.y + cut * area.height, job->crop * area.width, job->crop * area.height};
  coco_status status = coco_picture_resample(picture, job->source.area, width, height, out);
  return status == COCO_INVALID_ARGUMENT ? coco_error(job->tool.context, location, "the image is to become too large") : status;
}

static coco_status to_tensor(run_job *job, coco_picture *fitted, const coco_type *expected, coco_tensor *out) {
  size_t channels = expected && expected->rank == 4 && expected->shape[1] == 1 ? 1 : 3;
  coco_picture_free(&job->source.picture);
  COCO_TRY(coco_picture_resample(fitted, (coco_picture_area){0, 0, (double)fitted->width, (double)fitted->height}, fitted->width, fitted->height, &job->source.picture));
  COCO_TRY(coco_picture_set_channels(fitted, channels));
  return coco_picture_to_tensor(job->tool.context, fitted, &job->image, out);
}

coco_status run_load_picture(run_job *job, const coco_location *location, coco_string bytes, const coco_type *expected, coco_tensor *out) {
  coco_picture picture, fitted;
  *out = (coco_tensor){0};
  COCO_TRY(coco_picture_decode(job->tool.context, location, bytes, &picture));
  coco_status status = fit(job, location, &picture, expected, &fitted);
  coco_picture_free(&picture);
  if (status != COCO_OK) return status;
  status = to_tensor(job, &fitted, expected, out);
  coco_picture_free(&fitted);
  return status;
}

/* ---- Out ---- */

/* CxHxW or HxW behind extents of 1; C is 1 or 3. */
static bool is_picture(const coco_type *type, size_t *out_channels, size_t *out_height, size_t *out_width) {
  uint32_t rank = type->rank;
  if (rank < 2) return false;
  *out_width = (size_t)type->shape[rank - 1];
  *out_height = (size_t)type->shape[rank - 2];
  *out_channels = rank > 2 ? (size_t)type->shape[rank - 3] : 1;
  for (uint32_t i = 0; i + 3 < rank; ++i)
    if (type->shape[i] != 1) return false;
  return (*out_channels == 1 || *out_channels == 3) && *out_width > 1 && *out_height > 1;
}

static coco_status from_tensor(run_job *job, const coco_tensor *tensor, coco_picture *out) {
  size_t channels, width, height, element = coco_type_element_size(tensor->type->element);
  if (!is_picture(tensor->type, &channels, &height, &width)) return COCO_INVALID_ARGUMENT;
  COCO_TRY(coco_picture_create(coco_context_allocator(job->tool.context), width, height, channels, out));
  double low = job->range[0], scale = 255 / (job->range[1] - job->range[0]);
  size_t count = width * height;
  for (size_t channel = 0; channel < channels; ++channel) {
    size_t from = (job->image.reversed ? channels - 1 - channel : channel) * count;
    for (size_t i = 0; i < count; ++i)
      out->planes[channel * count + i] = (float)((coco_element_read_real(tensor->type->element, tensor->data + (from + i) * element) - low) * scale);
  }
  return COCO_OK;
}

/* LUMA becomes a picture in the colours of the input. */
static coco_status add_colours(const run_job *job, coco_picture *luma) {
  const coco_picture *source = &job->source.picture;
  coco_picture colours;
  size_t count = luma->width * luma->height;
  coco_picture_area whole = {0, 0, (double)source->width, (double)source->height};
  COCO_TRY(coco_picture_resample(source, whole, luma->width, luma->height, &colours));
  coco_picture gray = {0};
  coco_status status = coco_picture_resample(source, whole, luma->width, luma->height, &gray);
  if (status == COCO_OK) status = coco_picture_set_channels(&gray, 1);
  for (size_t i = 0; status == COCO_OK && i < 3 * count; ++i) {
    float value = luma->planes[i % count];
    colours.planes[i] += (value < 0 ? 0 : value > 255 ? 255 : value) - gray.planes[i % count];
  }
  coco_picture_free(&gray);
  if (status != COCO_OK) {
    coco_picture_free(&colours);
    return status;
  }
  coco_picture_free(luma);
  *luma = colours;
  return COCO_OK;
}

/* The output that [NAME=]FILE means: without a name the first that looks like a picture. */
static coco_status find_output(const run_job *job, const run_network *network, const run_tensors *outputs, size_t *out_index, const char **out_file) {
  const char *text = job->options.picture;
  size_t channels, height, width;
  *out_file = text;
  *out_index = 0;
  for (size_t i = 0; i < outputs->count; ++i) {
    coco_string name = network->outputs.items[i].name;
    if (strncmp(text, name.data, name.size) != 0 || text[name.size] != '=') continue;
    *out_index = i;
    *out_file = text + name.size + 1;
    if (is_picture(outputs->items[i].type, &channels, &height, &width)) return COCO_OK;
    return coco_tool_error(&job->tool, "the output '%.*s' has not the shape of a picture", COCO_PRINT(name));
  }
  for (size_t i = 0; i < outputs->count; ++i) {
    *out_index = i;
    if (is_picture(outputs->items[i].type, &channels, &height, &width)) return COCO_OK;
  }
  return coco_tool_error(&job->tool, "no output has the shape of a picture: 1x1xHxW or 1x3xHxW");
}

coco_status run_save_picture(run_job *job, const run_network *network, const run_tensors *outputs) {
  size_t index;
  const char *file;
  coco_picture picture = {0};
  COCO_TRY(find_output(job, network, outputs, &index, &file));
  coco_status status = from_tensor(job, &outputs->items[index], &picture);
  if (status == COCO_INVALID_ARGUMENT) return coco_tool_error(&job->tool, "the output '%.*s' is too large for a picture", COCO_PRINT(network->outputs.items[index].name));
  if (status == COCO_OK && picture.channels == 1 && job->source.picture.channels == 3) status = add_colours(job, &picture);
  if (status == COCO_OK) status = coco_picture_save(job->tool.context, file, &picture);
  if (status == COCO_OK) printf("%.*s: %s (%zux%zu)\n", COCO_PRINT(network->outputs.items[index].name), file, picture.width, picture.height);
  coco_picture_free(&picture);
  return status;
}
