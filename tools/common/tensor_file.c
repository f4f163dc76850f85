/* Tensors in files: the common part and ONNX's TensorProto. See tensor_file.h. */
#include "tools/common/tensor_file.h"

#include "frontends/onnx/tensor.h"
#include "ir/base/buffer.h"
#include "ir/base/file.h"
#include "tools/common/picture.h"

enum { ALIGNMENT = 64 };

coco_status coco_tensor_create(coco_context *context, const coco_type *type, coco_tensor *out) {
  int64_t bytes = coco_type_byte_count(type);
  if (bytes < 0 || (uint64_t)bytes > SIZE_MAX / 2) return COCO_OUT_OF_MEMORY;
  *out = (coco_tensor){.type = type, .size = (size_t)bytes};
  out->data = coco_allocate_aligned(coco_context_allocator(context), out->size ? out->size : 1, ALIGNMENT);
  if (!out->data) return COCO_OUT_OF_MEMORY;
  memset(out->data, 0, out->size);
  return COCO_OK;
}

void coco_tensor_free(coco_context *context, coco_tensor *tensor) {
  if (tensor->data)
    coco_free_aligned(coco_context_allocator(context), tensor->data, tensor->size ? tensor->size : 1, ALIGNMENT);
  *tensor = (coco_tensor){0};
}

coco_runtime_value coco_tensor_value(const coco_tensor *tensor) {
  return (coco_runtime_value){.type = tensor->type, .data = tensor->data};
}

coco_status coco_tensor_from_pb(coco_context *context, const coco_location *location, coco_string bytes,
                                coco_string path, coco_tensor *out) {
  coco_wire_message message;
  *out = (coco_tensor){0};
  COCO_TRY(coco_wire_unpack(context, &coco_onnx__tensor_proto__descriptor, bytes, NULL, location, "tensor", &message));
  const CocoOnnx__TensorProto *proto = (const CocoOnnx__TensorProto *)message.message;
  coco_onnx_place place = {context, location, path};
  const coco_type *type;
  coco_status status = coco_onnx_tensor_type(&place, proto, &type);
  if (status == COCO_OK) status = coco_tensor_create(context, type, out);
  if (status == COCO_OK) status = coco_onnx_tensor_fill(&place, proto, type, out->data);
  if (status != COCO_OK) coco_tensor_free(context, out);
  coco_wire_free(&message);
  return status;
}

coco_status coco_tensor_load(coco_context *context, const char *path, const coco_image_options *image,
                             coco_tensor *out) {
  *out = (coco_tensor){0};
  const coco_location *location = coco_location_file(context, coco_string_from(path), 0, 0);
  if (!location) return COCO_OUT_OF_MEMORY;
  coco_file file;
  int problem = 0;
  coco_status status = coco_file_open(coco_context_allocator(context), path, &file, &problem);
  if (status == COCO_IO_ERROR) return coco_error(context, location, "the file cannot be read: %s", strerror(problem));
  COCO_TRY(status);
  coco_string bytes = {(const char *)file.data, file.size};
  if (coco_string_starts_with(bytes, COCO_STRING("\x93NUMPY")))
    status = coco_tensor_from_npy(context, location, bytes, out);
  else if (coco_picture_is(bytes))
    status = coco_tensor_from_image(context, location, bytes, image ? image : &COCO_IMAGE_OPTIONS, out);
  else
    status = coco_tensor_from_pb(context, location, bytes, coco_string_from(path), out);
  coco_file_close(&file);
  return status;
}

coco_status coco_tensor_save_pb(coco_context *context, const char *path, const coco_type *type, const void *data,
                                coco_string name) {
  CocoOnnx__TensorProto proto = COCO_ONNX__TENSOR_PROTO__INIT;
  const coco_location *location = coco_location_file(context, coco_string_from(path), 0, 0);
  if (!location) return COCO_OUT_OF_MEMORY;
  coco_onnx_data_type data_type = coco_onnx_data_type_of(coco_type_scalar(type));
  if (data_type == COCO_ONNX_UNDEFINED || coco_type_scalar(type)->width == 4)
    return coco_error(context, location, "ONNX has no tensor for these elements");
  coco_buffer text = COCO_BUFFER(coco_context_allocator(context));
  coco_buffer_string(&text, name);
  coco_buffer_byte(&text, 0);
  coco_status status = text.status;
  proto.n_dims = type->rank;
  proto.dims = (int64_t *)(uintptr_t)type->shape;
  proto.has_data_type = proto.has_raw_data = 1;
  proto.data_type = (int32_t)data_type;
  proto.name = text.data;
  proto.raw_data = (ProtobufCBinaryData){(size_t)coco_type_byte_count(type), (uint8_t *)(uintptr_t)data};
  coco_buffer buffer = COCO_BUFFER(coco_context_allocator(context));
  if (status == COCO_OK) status = coco_wire_pack(&proto.base, &buffer);
  coco_string part = coco_buffer_view(&buffer);
  int problem = 0;
  if (status == COCO_OK) status = coco_file_write(path, &part, 1, &problem);
  if (status == COCO_IO_ERROR)
    status = coco_error(context, location, "the file cannot be written: %s", strerror(problem));
  coco_buffer_free(&buffer);
  coco_buffer_free(&text);
  return status;
}
