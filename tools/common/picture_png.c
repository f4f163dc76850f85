/* PNG pictures through libpng, where the build has it. See picture.h. */
#include "ir/base/file.h"
#include "tools/common/picture.h"

#ifdef COCO_HAS_PNG
#include <png.h>

static coco_status read_pixels(coco_context *context, const coco_location *location, png_image *image,
                               coco_picture *out) {
  size_t channels = image->format & PNG_FORMAT_FLAG_COLOR ? 3 : 1;
  image->format = channels == 3 ? PNG_FORMAT_RGBA : PNG_FORMAT_GA;
  const coco_allocator *allocator = coco_context_allocator(context);
  COCO_TRY(coco_picture_create(allocator, image->width, image->height, channels, out));
  size_t row = (size_t)image->width * (channels + 1), size = row * image->height;
  uint8_t *pixels = coco_allocate(allocator, size);
  if (!pixels) return COCO_OUT_OF_MEMORY;
  coco_status status = COCO_OK;
  if (!png_image_finish_read(image, NULL, pixels, 0, NULL))
    status = coco_error(context, location, "the image cannot be read: %s", image->message);
  for (size_t y = 0; status == COCO_OK && y < image->height; ++y)
    coco_picture_take_row(out, y, pixels + y * row, channels + 1);
  coco_free(allocator, pixels, size);
  return status;
}

coco_status coco_picture_from_png(coco_context *context, const coco_location *location, coco_string bytes,
                                  coco_picture *out) {
  png_image image = {.version = PNG_IMAGE_VERSION};
  coco_status status;
  if (png_image_begin_read_from_memory(&image, bytes.data, bytes.size))
    status = read_pixels(context, location, &image, out);
  else
    status = coco_error(context, location, "the image cannot be read: %s", image.message);
  png_image_free(&image);
  return status;
}

static void round_pixels(const coco_picture *picture, uint8_t *pixels) {
  size_t count = picture->width * picture->height;
  for (size_t channel = 0; channel < picture->channels; ++channel)
    for (size_t i = 0; i < count; ++i) {
      float value = picture->planes[channel * count + i] + 0.5f;
      pixels[i * picture->channels + channel] = (uint8_t)(value >= 255 ? 255 : value >= 0 ? value : 0);
    }
}

coco_status coco_picture_save(coco_context *context, const char *path, const coco_picture *picture) {
  png_image image = {.version = PNG_IMAGE_VERSION,
                     .width = (png_uint_32)picture->width,
                     .height = (png_uint_32)picture->height,
                     .format = picture->channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY};
  const coco_location *location = coco_location_file(context, coco_string_from(path), 0, 0);
  const coco_allocator *allocator = coco_context_allocator(context);
  size_t count = picture->width * picture->height * picture->channels;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  uint8_t *pixels = coco_allocate(allocator, count), *bytes = coco_allocate(allocator, size);
  png_alloc_size_t written = size;
  coco_status status = location && pixels && bytes ? COCO_OK : COCO_OUT_OF_MEMORY;
  if (status == COCO_OK) {
    round_pixels(picture, pixels);
    /* Pictures are within what PNG can say: memory alone can run out. */
    if (!png_image_write_to_memory(&image, bytes, &written, 0, pixels, 0, NULL)) status = COCO_OUT_OF_MEMORY;
  }
  coco_string part = {(const char *)bytes, written};
  int problem = 0;
  if (status == COCO_OK) status = coco_file_write(path, &part, 1, &problem);
  if (status == COCO_IO_ERROR)
    status = coco_error(context, location, "the file cannot be written: %s", strerror(problem));
  coco_free(allocator, pixels, count);
  coco_free(allocator, bytes, size);
  return status;
}

#else

coco_status coco_picture_from_png(coco_context *context, const coco_location *location, coco_string bytes,
                                  coco_picture *out) {
  (void)bytes, (void)out;
  return coco_error(context, location, "this build cannot read PNG images: libpng was not there when it was made");
}

coco_status coco_picture_save(coco_context *context, const char *path, const coco_picture *picture) {
  const coco_location *location = coco_location_file(context, coco_string_from(path), 0, 0);
  (void)picture;
  if (!location) return COCO_OUT_OF_MEMORY;
  return coco_error(context, location, "this build cannot write PNG images: libpng was not there when it was made");
}

#endif
