/* PNG images as tensors, through libpng where the build has it. See tensor_file.h. */
#include "tools/common/tensor_file.h"

#ifdef COCO_HAS_PNG
#include <png.h>

enum { MAXIMUM_SIDE = 1 << 15, MAXIMUM_PIXELS = 1 << 27 };

/* Pixels of COMPONENTS bytes (the last is alpha, left out) to planes of f32. */
static void planes_of_pixels(const uint8_t *pixels, size_t count, size_t components, const coco_image_options *options,
                             coco_tensor *out) {
  for (size_t channel = 0; channel + 1 < components; ++channel)
    for (size_t i = 0; i < count; ++i) {
      float value =
          (float)(((double)pixels[i * components + channel] - options->mean[channel]) * options->scale[channel]);
      memcpy(out->data + (channel * count + i) * sizeof value, &value, sizeof value);
    }
}

coco_status coco_tensor_from_png(coco_context *context, const coco_location *location, coco_string bytes,
                                 const coco_image_options *options, coco_tensor *out) {
  png_image image = {.version = PNG_IMAGE_VERSION};
  *out = (coco_tensor){0};
  if (!png_image_begin_read_from_memory(&image, bytes.data, bytes.size)) {
    coco_status status = coco_error(context, location, "the image cannot be read: %s", image.message);
    png_image_free(&image);
    return status;
  }
  if (image.width > MAXIMUM_SIDE || image.height > MAXIMUM_SIDE ||
      (uint64_t)image.width * image.height > MAXIMUM_PIXELS) {
    png_image_free(&image);
    return coco_error(context, location, "the image is too large");
  }
  size_t channels = options->channels ? options->channels : image.format & PNG_FORMAT_FLAG_COLOR ? 3 : 1;
  image.format = channels == 3 ? PNG_FORMAT_RGBA : PNG_FORMAT_GA;
  const coco_allocator *allocator = coco_context_allocator(context);
  size_t count = (size_t)image.width * image.height, size = count * (channels + 1);
  const coco_type *type = coco_type_tensor(context, 4, (int64_t[]){1, (int64_t)channels, image.height, image.width},
                                           coco_type_f32(context), NULL);
  uint8_t *pixels = coco_allocate(allocator, size);
  coco_status status = type && pixels ? coco_tensor_create(context, type, out) : COCO_OUT_OF_MEMORY;
  if (status == COCO_OK && !png_image_finish_read(&image, NULL, pixels, 0, NULL))
    status = coco_error(context, location, "the image cannot be read: %s", image.message);
  if (status == COCO_OK)
    planes_of_pixels(pixels, count, channels + 1, options, out);
  else
    coco_tensor_free(context, out);
  png_image_free(&image);
  coco_free(allocator, pixels, size);
  return status;
}

#else

coco_status coco_tensor_from_png(coco_context *context, const coco_location *location, coco_string bytes,
                                 const coco_image_options *options, coco_tensor *out) {
  (void)bytes, (void)options;
  *out = (coco_tensor){0};
  return coco_error(context, location, "this build cannot read PNG images: libpng was not there when it was made");
}

#endif
