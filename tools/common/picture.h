/* Pictures: reading PNG, JPEG and BMP, cutting and resampling, and tensors from and to them.
 *
 * Untrusted input: sizes are limited, damage is a diagnostic. Alpha is left out; the orientation that a camera notes in
 * a JPEG is not applied. Libraries that the build lacks are named by a diagnostic. */
#ifndef COCO_TOOLS_COMMON_PICTURE_H
#define COCO_TOOLS_COMMON_PICTURE_H

#include "tools/common/tensor_file.h"

/* PLANES is channels x height x width, from 0 to 255, not rounded after resampling. */
typedef struct coco_picture {
  size_t width, height, channels; /* 1: gray; 3: red, green, blue */
  float *planes;
  const coco_allocator *allocator;
} coco_picture;

/* A part of a picture, in its pixels. */
typedef struct coco_picture_area {
  double x, y, width, height;
} coco_picture_area;

/* A picture with no meaningful content. Larger than 2^26 pixels or 2^15 on a side: COCO_INVALID_ARGUMENT. */
coco_status coco_picture_create(const coco_allocator *allocator, size_t width, size_t height, size_t channels,
                                coco_picture *out) COCO_MUST_USE;
void coco_picture_free(coco_picture *picture);
/* Fills it from rows of 8-bit pixels with STRIDE components each, of which the first ones count. */
void coco_picture_take_row(coco_picture *picture, size_t row, const uint8_t *pixels, size_t stride);

/* Whether the first bytes are those of a picture. */
bool coco_picture_is(coco_string bytes);
coco_status coco_picture_decode(coco_context *context, const coco_location *location, coco_string bytes,
                                coco_picture *out) COCO_MUST_USE;

/* What of PICTURE a picture of WIDTH x HEIGHT shows. */
coco_picture_area coco_picture_fit_area(const coco_picture *picture, coco_image_fit fit, size_t width, size_t height);
/* AREA of PICTURE, resampled with a triangle filter as wide as a pixel of the coarser of the two grids. */
coco_status coco_picture_resample(const coco_picture *picture, coco_picture_area area, size_t width, size_t height,
                                  coco_picture *out) COCO_MUST_USE;
/* Gray to equal red, green, blue; colour to luma (0.299 R + 0.587 G + 0.114 B). In place. */
coco_status coco_picture_set_channels(coco_picture *picture, size_t channels) COCO_MUST_USE;
/* tensor<1 x channels x height x width x f32> with mean, scale and order of OPTIONS. */
coco_status coco_picture_to_tensor(coco_context *context, const coco_picture *picture,
                                   const coco_image_options *options, coco_tensor *out) COCO_MUST_USE;
/* Writes a PNG, rounded to 8 bits. */
coco_status coco_picture_save(coco_context *context, const char *path, const coco_picture *picture) COCO_MUST_USE;

/* ---- The formats ---- */
coco_status coco_picture_from_png(coco_context *context, const coco_location *location, coco_string bytes,
                                  coco_picture *out) COCO_MUST_USE;
coco_status coco_picture_from_jpeg(coco_context *context, const coco_location *location, coco_string bytes,
                                   coco_picture *out) COCO_MUST_USE;
coco_status coco_picture_from_bmp(coco_context *context, const coco_location *location, coco_string bytes,
                                  coco_picture *out) COCO_MUST_USE;

#endif
