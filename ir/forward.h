/* Names of the IR's entities, so that headers need not include each other. */
#ifndef COCO_IR_FORWARD_H
#define COCO_IR_FORWARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ir/base/memory.h"
#include "ir/base/status.h"
#include "ir/base/text.h"

typedef struct coco_context coco_context;
typedef struct coco_type coco_type;
typedef struct coco_attribute coco_attribute;
typedef struct coco_location coco_location; /* never defined, a handle: see ir/attribute.h */
typedef struct coco_affine_expression coco_affine_expression;
typedef struct coco_affine_map coco_affine_map;
typedef struct coco_operation coco_operation;
typedef struct coco_value coco_value;
typedef struct coco_use coco_use;
typedef struct coco_block coco_block;
typedef struct coco_region coco_region;
typedef struct coco_operation_definition coco_operation_definition;
typedef struct coco_attribute_definition coco_attribute_definition;
typedef struct coco_dialect coco_dialect;
typedef struct coco_resource coco_resource;
typedef struct coco_builder coco_builder;
typedef struct coco_parser coco_parser;
typedef struct coco_printer coco_printer;
typedef struct coco_evaluation coco_evaluation;
typedef struct coco_runtime_value coco_runtime_value;

#endif
