/* What is the same for all formats of pictures. See picture.h. Resampling costs the pixels of both pictures times the
 * filter's width. */
#include "tools/common/picture.h"

#include <math.h>

enum { MAXIMUM_SIDE = 1 << 15, MAXIMUM_PIXELS = 1 << 26 };

static size_t plane_bytes(const coco_picture *picture) {
  return picture->width * picture->height * picture->channels * sizeof *picture->planes;
}

coco_status coco_picture_create(const coco_allocator *allocator, size_t width, size_t height, size_t channels,
                                coco_picture *out) {
  *out = (coco_picture){0};
  if (!width || !height || width > MAXIMUM_SIDE || height > MAXIMUM_SIDE || width * height > MAXIMUM_PIXELS)
    return COCO_INVALID_ARGUMENT;
  coco_picture made = {width, height, channels, NULL, allocator};
  made.planes = coco_allocate(allocator, plane_bytes(&made));
  if (!made.planes) return COCO_OUT_OF_MEMORY;
  *out = made;
  return COCO_OK;
}

void coco_picture_free(coco_picture *picture) {
  if (picture->planes) coco_free(picture->allocator, picture->planes, plane_bytes(picture));
  *picture = (coco_picture){0};
}

void coco_picture_take_row(coco_picture *picture, size_t row, const uint8_t *pixels, size_t stride) {
  for (size_t channel = 0; channel < picture->channels; ++channel) {
    float *to = picture->planes + (channel * picture->height + row) * picture->width;
    for (size_t x = 0; x < picture->width; ++x) to[x] = pixels[x * stride + channel];
  }
}

/* ---- Reading ---- */

static bool is_png(coco_string bytes) { return coco_string_starts_with(bytes, COCO_STRING("\x89PNG")); }
static bool is_jpeg(coco_string bytes) { return coco_string_starts_with(bytes, COCO_STRING("\xff\xd8\xff")); }
static bool is_bmp(coco_string bytes) { return coco_string_starts_with(bytes, COCO_STRING("BM")); }

bool coco_picture_is(coco_string bytes) { return is_png(bytes) || is_jpeg(bytes) || is_bmp(bytes); }

coco_status coco_picture_decode(coco_context *context, const coco_location *location, coco_string bytes,
                                coco_picture *out) {
  *out = (coco_picture){0};
  coco_status status;
  if (is_jpeg(bytes))
    status = coco_picture_from_jpeg(context, location, bytes, out);
  else if (is_bmp(bytes))
    status = coco_picture_from_bmp(context, location, bytes, out);
  else
    status = coco_picture_from_png(context, location, bytes, out);
  if (status != COCO_OK) coco_picture_free(out);
  return status == COCO_INVALID_ARGUMENT ? coco_error(context, location, "the image is empty or too large") : status;
}

/* ---- Resampling ---- */

coco_picture_area coco_picture_fit_area(const coco_picture *picture, coco_image_fit fit, size_t width, size_t height) {
  double w = (double)picture->width, h = (double)picture->height;
  coco_picture_area area = {0, 0, w, h};
  if (fit != COCO_IMAGE_CROP) return area;
  if (w * (double)height > h * (double)width)
    area.width = h * (double)width / (double)height;
  else
    area.height = w * (double)height / (double)width;
  area.x = 0.5 * (w - area.width);
  area.y = 0.5 * (h - area.height);
  return area;
}

/* FROM is outer x size x inner, TO is outer x count x inner; START and LENGTH say which part of the middle axis. */
typedef struct resampled_axis {
  size_t outer, size, count, inner;
  double start, length;
} resampled_axis;

static void resample_point(const resampled_axis *axis, size_t index, const float *from, float *to) {
  double scale = axis->length / (double)axis->count, support = scale > 1 ? scale : 1;
  double center = axis->start + ((double)index + 0.5) * scale, sum = 0;
  double low = floor(center - support + 0.5), high = floor(center + support + 0.5);
  size_t first = low > 0 ? (size_t)low : 0, last = high < (double)axis->size ? (size_t)high : axis->size;
  for (size_t k = first; k < last; ++k) sum += fmax(0, 1 - fabs((double)k + 0.5 - center) / support);
  for (size_t o = 0; o < axis->outer; ++o)
    for (size_t i = 0; i < axis->inner; ++i) {
      double value = 0;
      for (size_t k = first; k < last; ++k)
        value += fmax(0, 1 - fabs((double)k + 0.5 - center) / support) *
                 (double)from[(o * axis->size + k) * axis->inner + i];
      to[(o * axis->count + index) * axis->inner + i] = (float)(value / sum);
    }
}

static void resample_axis(const resampled_axis *axis, const float *from, float *to) {
  for (size_t i = 0; i < axis->count; ++i) resample_point(axis, i, from, to);
}

coco_status coco_picture_resample(const coco_picture *picture, coco_picture_area area, size_t width, size_t height,
                                  coco_picture *out) {
  coco_picture narrow;
  COCO_TRY(coco_picture_create(picture->allocator, width, picture->height, picture->channels, &narrow));
  coco_status status = coco_picture_create(picture->allocator, width, height, picture->channels, out);
  if (status == COCO_OK) {
    const resampled_axis columns = {picture->channels * picture->height, picture->width, width, 1, area.x, area.width};
    const resampled_axis rows = {picture->channels, picture->height, height, width, area.y, area.height};
    resample_axis(&columns, picture->planes, narrow.planes);
    resample_axis(&rows, narrow.planes, out->planes);
  }
  coco_picture_free(&narrow);
  return status;
}

coco_status coco_picture_set_channels(coco_picture *picture, size_t channels) {
  if (picture->channels == channels) return COCO_OK;
  coco_picture made;
  size_t count = picture->width * picture->height;
  COCO_TRY(coco_picture_create(picture->allocator, picture->width, picture->height, channels, &made));
  const float *from = picture->planes;
  for (size_t i = 0; i < count; ++i) {
    if (channels == 1)
      made.planes[i] = 0.299f * from[i] + 0.587f * from[count + i] + 0.114f * from[2 * count + i];
    else
      made.planes[i] = made.planes[count + i] = made.planes[2 * count + i] = from[i];
  }
  coco_picture_free(picture);
  *picture = made;
  return COCO_OK;
}

/* ---- Tensors ---- */

coco_status coco_picture_to_tensor(coco_context *context, const coco_picture *picture,
                                   const coco_image_options *options, coco_tensor *out) {
  size_t count = picture->width * picture->height, channels = picture->channels;
  *out = (coco_tensor){0};
  const int64_t shape[] = {1, (int64_t)channels, (int64_t)picture->height, (int64_t)picture->width};
  const coco_type *type = coco_type_tensor(context, 4, shape, coco_type_f32(context), NULL);
  if (!type) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_tensor_create(context, type, out));
  float *to = (float *)(void *)out->data;
  for (size_t channel = 0; channel < channels; ++channel) {
    const float *from = picture->planes + (options->reversed ? channels - 1 - channel : channel) * count;
    for (size_t i = 0; i < count; ++i)
      to[channel * count + i] = (float)(((double)from[i] - options->mean[channel]) * options->scale[channel]);
  }
  return COCO_OK;
}

coco_status coco_tensor_from_image(coco_context *context, const coco_location *location, coco_string bytes,
                                   const coco_image_options *options, coco_tensor *out) {
  coco_picture picture, fitted = {0};
  *out = (coco_tensor){0};
  COCO_TRY(coco_picture_decode(context, location, bytes, &picture));
  size_t width = options->width ? options->width : picture.width,
         height = options->height ? options->height : picture.height;
  coco_status status = coco_picture_set_channels(&picture, options->channels ? options->channels : picture.channels);
  if (status == COCO_OK && options->fit == COCO_IMAGE_AS_IS && (width != picture.width || height != picture.height))
    status = coco_error(context, location, "the image is %zux%zu pixels: %zux%zu are wanted", picture.width,
                        picture.height, width, height);
  if (status == COCO_OK)
    status = coco_picture_resample(&picture, coco_picture_fit_area(&picture, options->fit, width, height), width,
                                   height, &fitted);
  if (status == COCO_INVALID_ARGUMENT) status = coco_error(context, location, "the image is to become too large");
  if (status == COCO_OK) status = coco_picture_to_tensor(context, &fitted, options, out);
  coco_picture_free(&fitted);
  coco_picture_free(&picture);
  return status;
}
