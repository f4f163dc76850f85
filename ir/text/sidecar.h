/* The weights file beside a text. */
#ifndef COCO_IR_TEXT_SIDECAR_H
#define COCO_IR_TEXT_SIDECAR_H

#include "ir/base/buffer.h"
#include "ir/parser.h"

/* Fills the resources that the text names and does not hold from its sidecar. */
coco_status coco_sidecar_load(coco_parser *parser) COCO_MUST_USE;
/* Where RESOURCE came from, when it was read from a sidecar: the path and hash as they stood in the text. */
bool coco_sidecar_origin(const coco_resource *resource, coco_string *out_path, coco_string *out_hash);
/* The hash of a sidecar: of its header (with its length) and the file's size, not of all bytes, so that loading is
 * O(header). */
enum { COCO_SIDECAR_HASH_SIZE = 17 };
void coco_sidecar_hash(coco_string header, uint64_t file_size, char out[COCO_SIDECAR_HASH_SIZE]);

#endif
