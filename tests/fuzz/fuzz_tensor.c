/* Fuzzes the readers of tensor files: the first byte chooses .npy, TensorProto or an image. */
#include "tools/common/tensor_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  coco_context *context;
  coco_tensor tensor = {0};
  if (size == 0 || coco_context_create(NULL, &context) != COCO_OK) return 0;
  const coco_location *nowhere = coco_location_unknown(context);
  coco_string bytes = {(const char *)data + 1, size - 1};
  coco_status status = data[0] % 3 == 0   ? coco_tensor_from_npy(context, nowhere, bytes, &tensor)
                       : data[0] % 3 == 1 ? coco_tensor_from_pb(context, nowhere, bytes, COCO_STRING("-"), &tensor)
                                          : coco_tensor_from_image(context, nowhere, bytes, &COCO_IMAGE_OPTIONS, &tensor);
  if ((status == COCO_OK) != (tensor.data != NULL)) __builtin_trap();
  coco_tensor_free(context, &tensor);
  coco_context_destroy(context);
  return 0;
}
