/* The weights file beside a text. */
#include "ir/text/parser_internal.h"
#include "ir/text/sidecar.h"

coco_status coco_sidecar_load(coco_parser *parser) {
  return coco_parser_error_at(parser, parser->sidecar_at.line, parser->sidecar_at.column, "weights files are not read yet");
}
