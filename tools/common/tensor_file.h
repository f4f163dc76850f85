/* Tensors in files: NumPy's .npy (versions 1 to 3) and .npz, ONNX's TensorProto (.pb), and images (PNG, JPEG, BMP).
 *
 * Untrusted input: headers, extents and sizes are checked; what is wrong is a diagnostic at the file. */
#ifndef COCO_TOOLS_COMMON_TENSOR_FILE_H
#define COCO_TOOLS_COMMON_TENSOR_FILE_H

#include "ir/base/buffer.h"
#include "ir/context.h"
#include "ir/evaluate.h"

/* A tensor and its memory: row-major elements as buffers store them, aligned to 64 bytes. */
typedef struct coco_tensor {
  const coco_type *type; /* a tensor of static shape */
  uint8_t *data;
  size_t size;
} coco_tensor;

/* How an image gets another size. */
typedef enum coco_image_fit {
  COCO_IMAGE_AS_IS,  /* it must have that size */
  COCO_IMAGE_CROP,   /* the largest middle part of the wanted proportions, resampled */
  COCO_IMAGE_STRETCH /* all of it, resampled: proportions change */
} coco_image_fit;

/* How an image becomes numbers: channel c of a pixel p (0 to 255) is (p - mean[c]) * scale[c]. */
typedef struct coco_image_options {
  size_t channels; /* 1 or 3; 0: as the file has, without its alpha */
  double mean[3], scale[3];
  size_t width, height; /* 0: as the file has */
  coco_image_fit fit;
  bool reversed; /* blue, green, red; mean and scale are in the tensor's order */
} coco_image_options;
#define COCO_IMAGE_OPTIONS ((coco_image_options){.scale = {1, 1, 1}})

/* A tensor of TYPE, cleared. */
coco_status coco_tensor_create(coco_context *context, const coco_type *type, coco_tensor *out) COCO_MUST_USE;
/* Reads PATH; its first bytes tell the format. An image becomes tensor<1 x channels x height x width x f32>;
 * IMAGE may be NULL: mean 0, scale 1. */
coco_status coco_tensor_load(coco_context *context, const char *path, const coco_image_options *image,
                             coco_tensor *out) COCO_MUST_USE;
void coco_tensor_free(coco_context *context, coco_tensor *tensor);
/* Fills it: floats from -1 to 1, integers from 0 to 9, i1 either; the same for the same seed. */
void coco_tensor_randomize(coco_tensor *tensor, uint64_t seed);
/* A value for coco_evaluate_function: the memory stays TENSOR's. */
coco_runtime_value coco_tensor_value(const coco_tensor *tensor);

/* Writes a version 1 .npy file, beside and then renamed. Floats that NumPy does not have become float32. */
coco_status coco_tensor_save_npy(coco_context *context, const char *path, const coco_type *type,
                                 const void *data) COCO_MUST_USE;
/* Appends what such a file holds. */
coco_status coco_tensor_to_npy(coco_context *context, const coco_location *location, const coco_type *type,
                               const void *data, coco_buffer *out) COCO_MUST_USE;
/* Writes a TensorProto. */
coco_status coco_tensor_save_pb(coco_context *context, const char *path, const coco_type *type, const void *data,
                                coco_string name) COCO_MUST_USE;

/* The parts, for files that are in memory already. */
coco_status coco_tensor_from_npy(coco_context *context, const coco_location *location, coco_string bytes,
                                 coco_tensor *out) COCO_MUST_USE;
coco_status coco_tensor_from_pb(coco_context *context, const coco_location *location, coco_string bytes,
                                coco_string path, coco_tensor *out) COCO_MUST_USE;
coco_status coco_tensor_from_image(coco_context *context, const coco_location *location, coco_string bytes,
                                   const coco_image_options *options, coco_tensor *out) COCO_MUST_USE;

#endif
