/* JPEG pictures through libjpeg, where the build has it. See picture.h. libjpeg reports by a call that must not return:
 * it leaves through longjmp to the one frame that owns the decompressor. */
#include "tools/common/picture.h"

#ifdef COCO_HAS_JPEG
/* clang-format off */
#include <setjmp.h>
#include <stdio.h> /* jpeglib.h needs it */
#include <jpeglib.h>
#include <jerror.h>
/* clang-format on */

enum { MAXIMUM_SCANS = 100 }; /* a small file may ask for any number of passes over a large picture */

typedef struct jpeg_reader {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf failed;
  char message[JMSG_LENGTH_MAX];
  uint8_t *row;
  size_t row_size;
  coco_status status;
} jpeg_reader;

static void fail(j_common_ptr jpeg) {
  jpeg_reader *reader = jpeg->client_data;
  reader->errors.format_message(jpeg, reader->message);
  longjmp(reader->failed, 1);
}

/* Damage that libjpeg would paint over fails too; stray bytes between segments are harmless. */
static void on_message(j_common_ptr jpeg, int level) {
  if (level < 0 && jpeg->err->msg_code != JWRN_EXTRANEOUS_DATA) fail(jpeg);
}

static void on_progress(j_common_ptr jpeg) {
  jpeg_reader *reader = jpeg->client_data;
  if (reader->jpeg.input_scan_number <= MAXIMUM_SCANS) return;
  snprintf(reader->message, sizeof reader->message, "it has more than %d scans", MAXIMUM_SCANS);
  longjmp(reader->failed, 1);
}

static void read_rows(jpeg_reader *reader, const coco_allocator *allocator, coco_string bytes, coco_picture *out) {
  struct jpeg_decompress_struct *jpeg = &reader->jpeg;
  jpeg_mem_src(jpeg, (const unsigned char *)bytes.data, (unsigned long)bytes.size);
  (void)jpeg_read_header(jpeg, TRUE);
  size_t channels = jpeg->jpeg_color_space == JCS_GRAYSCALE ? 1 : 3;
  jpeg->out_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  reader->status = coco_picture_create(allocator, jpeg->image_width, jpeg->image_height, channels, out);
  if (reader->status != COCO_OK) return;
  reader->row_size = (size_t)jpeg->image_width * channels;
  reader->row = coco_allocate(allocator, reader->row_size);
  reader->status = reader->row ? COCO_OK : COCO_OUT_OF_MEMORY;
  if (!reader->row || !jpeg_start_decompress(jpeg)) return;
  while (jpeg->output_scanline < jpeg->output_height) {
    size_t y = jpeg->output_scanline;
    if (jpeg_read_scanlines(jpeg, &reader->row, 1) == 1) coco_picture_take_row(out, y, reader->row, channels);
  }
  (void)jpeg_finish_decompress(jpeg);
}

coco_status coco_picture_from_jpeg(coco_context *context, const coco_location *location, coco_string bytes,
                                   coco_picture *out) {
  const coco_allocator *allocator = coco_context_allocator(context);
  jpeg_reader *reader = coco_allocate_zeroed(allocator, 1, sizeof *reader);
  if (!reader) return COCO_OUT_OF_MEMORY;
  reader->jpeg.err = jpeg_std_error(&reader->errors);
  reader->errors.error_exit = fail;
  reader->errors.emit_message = on_message;
  reader->progress.progress_monitor = on_progress;
  reader->jpeg.client_data = reader;
  if (setjmp(reader->failed) == 0) {
    jpeg_create_decompress(&reader->jpeg);
    reader->jpeg.client_data = reader;
    reader->jpeg.progress = &reader->progress;
    read_rows(reader, allocator, bytes, out);
  } else {
    reader->status = coco_error(context, location, "the image cannot be read: %s", reader->message);
  }
  jpeg_destroy_decompress(&reader->jpeg);
  coco_status status = reader->status;
  coco_free(allocator, reader->row, reader->row_size);
  coco_free(allocator, reader, sizeof *reader);
  return status;
}

#else

coco_status coco_picture_from_jpeg(coco_context *context, const coco_location *location, coco_string bytes,
                                   coco_picture *out) {
  (void)bytes, (void)out;
  return coco_error(context, location, "this build cannot read JPEG images: libjpeg was not there when it was made");
}

#endif
