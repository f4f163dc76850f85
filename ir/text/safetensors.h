/* safetensors: named tensors in one file, mapped and borrowed, never copied.
 *
 *   8 bytes  length N of the header, least significant byte first
 *   N bytes  JSON: {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, "__metadata__": {…}}
 *   rest     the data; tensors lie one after the other without holes or overlap
 *
 * Files are hostile until checked: length, nesting, numbers, names, offsets, sizes, overlap, holes. */
#ifndef COCO_IR_TEXT_SAFETENSORS_H
#define COCO_IR_TEXT_SAFETENSORS_H

#include "ir/base/buffer.h"
#include "ir/forward.h"

enum { COCO_SAFETENSORS_MAXIMUM_HEADER = 100 * 1000 * 1000, COCO_SAFETENSORS_MAXIMUM_RANK = 64 };

typedef struct coco_safetensor {
  coco_string name, dtype;
  size_t rank;
  const int64_t *shape;
  const uint8_t *data;
  size_t size;
} coco_safetensor;

typedef struct coco_safetensors {
  coco_safetensor *tensors; /* in the order of their data */
  size_t count;
  coco_string header;       /* the JSON text */
} coco_safetensors;

/* Reads SIZE bytes at DATA, which must outlive the result; the rest is in ARENA. COCO_INVALID_ARGUMENT when the file is
 * wrong: *out_error says how, with a constant text. */
coco_status coco_safetensors_read(coco_arena *arena, const uint8_t *data, size_t size, coco_safetensors *out,
                                  const char **out_error) COCO_MUST_USE;

/* A tensor to be written. */
typedef struct coco_safetensor_part {
  coco_string name;
  const coco_type *type; /* NULL, or one that the format has no name for: bytes */
  const uint8_t *data;
  size_t size;
} coco_safetensor_part;

/* Appends the length and the header for PARTS in their order; padded, so that the data begins at a multiple of 64. */
void coco_safetensors_header(coco_buffer *buffer, const coco_safetensor_part *parts, size_t count);

#endif
