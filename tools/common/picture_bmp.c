/* BMP pictures without compression, of 24 or 32 bits. See picture.h.
 *
 * A file is: "BM", at 10 the offset of the pixels, at 14 a header of at least 40 bytes with width, height (negative:
 * rows from the top), bits and compression; rows of blue, green, red, padded to 4 bytes. */
#include "tools/common/picture.h"

enum { HEADERS = 54, WITH_MASKS = 3 };

static uint32_t read_number(const uint8_t *at, size_t size) {
  uint32_t value = 0;
  while (size--) value = value << 8 | at[size];
  return value;
}

/* Blue, green, red in ROW become red, green, blue of the picture. */
static void take_row(coco_picture *picture, size_t y, const uint8_t *row, size_t stride) {
  for (size_t channel = 0; channel < 3; ++channel) {
    float *to = picture->planes + (channel * picture->height + y) * picture->width;
    for (size_t x = 0; x < picture->width; ++x) to[x] = row[x * stride + 2 - channel];
  }
}

coco_status coco_picture_from_bmp(coco_context *context, const coco_location *location, coco_string bytes,
                                  coco_picture *out) {
  const uint8_t *data = (const uint8_t *)bytes.data;
  if (bytes.size < HEADERS || read_number(data + 14, 4) < 40)
    return coco_error(context, location, "the header of the BMP image is cut short or of an old version");
  uint32_t start = read_number(data + 10, 4), bits = read_number(data + 28, 2), compression = read_number(data + 30, 4);
  int32_t width = (int32_t)read_number(data + 18, 4), height = (int32_t)read_number(data + 22, 4);
  if ((bits != 24 && bits != 32) || (compression && !(compression == WITH_MASKS && bits == 32)))
    return coco_error(context, location, "the BMP image is compressed or has %u bits a pixel: 24 or 32 can be read",
                      bits);
  if (width <= 0 || height == 0 || height == INT32_MIN) return COCO_INVALID_ARGUMENT;
  size_t rows = (size_t)(height < 0 ? -(int64_t)height : height), stride = bits / 8;
  COCO_TRY(coco_picture_create(coco_context_allocator(context), (size_t)width, rows, 3, out));
  size_t row = ((size_t)width * stride + 3) / 4 * 4;
  if (start > bytes.size || bytes.size - start < row * rows)
    return coco_error(context, location, "the BMP image is cut short");
  for (size_t y = 0; y < rows; ++y) take_row(out, height < 0 ? y : rows - 1 - y, data + start + y * row, stride);
  return COCO_OK;
}
