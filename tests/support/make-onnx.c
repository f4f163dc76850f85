/* make-onnx NAME FILE: writes one of the models of onnx_models.h; make-onnx --list names them. */
#include <stdio.h>
#include <string.h>

#include "tests/support/onnx_models.h"

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "--list") == 0) {
    for (size_t i = 0; i < test_model_count; ++i) printf("%s\n", test_models[i].name);
    return 0;
  }
  const test_model *model = argc == 3 ? find_test_model(argv[1]) : NULL;
  if (!model) {
    fprintf(stderr, "usage: make-onnx NAME FILE\n");
    return 1;
  }
  test_bytes bytes = {.size = 0};
  model->make(&bytes);
  FILE *file = fopen(argv[2], "wb");
  if (!file) return 1;
  size_t written = fwrite(bytes.data, 1, bytes.size, file);
  return fclose(file) == 0 && written == bytes.size ? 0 : 1;
}
