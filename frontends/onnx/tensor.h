/* ONNX's TensorProto: element types, shapes, and bytes from whichever of its fields holds them.
 *
 * Untrusted input: extents, counts and sizes are checked against the bytes that are there before
 * anything is allocated for them. */
#ifndef COCO_FRONTENDS_ONNX_TENSOR_H
#define COCO_FRONTENDS_ONNX_TENSOR_H

#include "frontends/onnx/onnx.pb-c.h"
#include "frontends/onnx/wire.h"

/* TensorProto.DataType. */
typedef enum coco_onnx_data_type {
  COCO_ONNX_UNDEFINED,
  COCO_ONNX_FLOAT,
  COCO_ONNX_UINT8,
  COCO_ONNX_INT8,
  COCO_ONNX_UINT16,
  COCO_ONNX_INT16,
  COCO_ONNX_INT32,
  COCO_ONNX_INT64,
  COCO_ONNX_STRING,
  COCO_ONNX_BOOL,
  COCO_ONNX_FLOAT16,
  COCO_ONNX_DOUBLE,
  COCO_ONNX_UINT32,
  COCO_ONNX_UINT64,
  COCO_ONNX_COMPLEX64,
  COCO_ONNX_COMPLEX128,
  COCO_ONNX_BFLOAT16,
  COCO_ONNX_FLOAT8E4M3FN,
  COCO_ONNX_FLOAT8E4M3FNUZ,
  COCO_ONNX_FLOAT8E5M2,
  COCO_ONNX_FLOAT8E5M2FNUZ,
  COCO_ONNX_UINT4,
  COCO_ONNX_INT4
} coco_onnx_data_type;

/* Of any value: inputs, constants and what inference gives are checked. */
enum { COCO_ONNX_MAXIMUM_RANK = 32 };

/* Signless integers stand for signed ones, ui8 … for unsigned ones, i1 for bool.
 * *out is NULL for a type that CoCo has not (strings, complex numbers, unknown numbers). False: no memory. */
bool coco_onnx_element_type(coco_context *context, int64_t data_type, const coco_type **out);
/* The number of ELEMENT in ONNX; COCO_ONNX_UNDEFINED when there is none. */
coco_onnx_data_type coco_onnx_data_type_of(const coco_type *element);
/* "float32" for messages; "unknown" for numbers that are not in the list. */
const char *coco_onnx_data_type_name(int64_t data_type);

/* Where a tensor stands, for messages and for external data. */
typedef struct coco_onnx_place {
  coco_context *context;
  const coco_location *location;
  coco_string path; /* of the model's file; empty or "-": it has no folder, and so no external data */
} coco_onnx_place;

/* The type of TENSOR: element and extents are checked, and that its bytes are there in the right number. */
coco_status coco_onnx_tensor_type(const coco_onnx_place *place, const CocoOnnx__TensorProto *tensor,
                                  const coco_type **out) COCO_MUST_USE;
/* Writes the elements, as buffers store them, to OUT: coco_type_byte_count(type) bytes, TYPE from
 * coco_onnx_tensor_type. */
coco_status coco_onnx_tensor_fill(const coco_onnx_place *place, const CocoOnnx__TensorProto *tensor,
                                  const coco_type *type, uint8_t *out) COCO_MUST_USE;
/* For coco_wire_unpack: large raw data is not decoded. */
extern const coco_wire_in_place coco_onnx_raw_data_in_place;
/* The raw bytes of TENSOR, decoded or in place; data NULL: it has none. */
coco_string coco_onnx_tensor_raw(const CocoOnnx__TensorProto *tensor);
/* True when the raw bytes of TENSOR are the elements already, and may be taken as they are. */
bool coco_onnx_tensor_is_plain(const CocoOnnx__TensorProto *tensor, const coco_type *type);

/* Reads the file that TENSOR's external_data names: inside the folder of place->path only, through no link.
 * SIZE bytes to OUT; NULL only checks that they are there. */
coco_status coco_onnx_external_read(const coco_onnx_place *place, const CocoOnnx__TensorProto *tensor, uint8_t *out,
                                    size_t size) COCO_MUST_USE;

#endif
