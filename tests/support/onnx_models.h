/* Small ONNX models for tests, valid and hostile, written byte by byte. */
#ifndef COCO_TESTS_SUPPORT_ONNX_MODELS_H
#define COCO_TESTS_SUPPORT_ONNX_MODELS_H

#include <stddef.h>
#include <stdint.h>

enum { TEST_MODEL_CAPACITY = 1 << 15 };

typedef struct test_bytes {
  uint8_t data[TEST_MODEL_CAPACITY];
  size_t size; /* beyond the capacity nothing is kept */
} test_bytes;

typedef struct test_model {
  const char *name;
  const char *error; /* a part of the message that importing it gives; NULL: it is valid */
  void (*make)(test_bytes *out);
} test_model;

extern const test_model test_models[];
extern const size_t test_model_count;

/* NULL: there is none. */
const test_model *find_test_model(const char *name);

#endif
