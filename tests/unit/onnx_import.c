/* The ONNX import and export: valid models, hostile ones, damage at every bit, memory that runs out. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dialects/graph/graph.h"
#include "frontends/onnx/export.h"
#include "frontends/onnx/import.h"
#include "ir/resource.h"
#include "ir/verifier.h"
#include "tests/support/limited_memory.h"
#include "tests/support/onnx_models.h"
#include "tests/unit/support.h"

/* A folder with the files that the models' external data speaks of; the model itself need not be there. */
typedef struct test_folder {
  char path[64], model[80];
} test_folder;

static void inside(char *out, size_t size, const test_folder *folder, const char *name) {
  snprintf(out, size, "%s/%s", folder->path, name);
}

static void make_folder(test_folder *out) {
  char path[96], target[96];
  snprintf(out->path, sizeof out->path, "/tmp/coco-onnx-XXXXXX");
  cr_assert_not_null(mkdtemp(out->path));
  inside(out->model, sizeof out->model, out, "model.onnx");
  inside(path, sizeof path, out, "weights.bin");
  FILE *file = fopen(path, "wb");
  const float numbers[6] = {1, 2, 3, 4, 5, 6};
  cr_assert_eq(fwrite(numbers, 1, sizeof numbers, file), sizeof numbers);
  cr_assert_eq(fclose(file), 0);
  inside(target, sizeof target, out, "link.bin");
  cr_assert_eq(symlink("weights.bin", target), 0);
  inside(path, sizeof path, out, "folder");
  cr_assert_eq(mkdir(path, 0700), 0);
}

static void remove_folder(const test_folder *folder) {
  char path[96];
  const char *const files[] = {"weights.bin", "link.bin"};
  for (size_t i = 0; i < 2; ++i) {
    inside(path, sizeof path, folder, files[i]);
    unlink(path);
  }
  inside(path, sizeof path, folder, "folder");
  rmdir(path);
  rmdir(folder->path);
}

static coco_string view(const test_bytes *bytes) { return (coco_string){(const char *)bytes->data, bytes->size}; }

static coco_operation *import_named(fixture *f, const char *name, const char *path) {
  test_bytes bytes = {.size = 0};
  coco_operation *module = NULL;
  find_test_model(name)->make(&bytes);
  cr_assert_eq(coco_onnx_import(f->context, view(&bytes), coco_string_from(path), &module), COCO_OK, "%s: %s", name,
               f->seen.text);
  return module;
}

static coco_block *main_body(coco_operation *module) {
  return coco_operation_body(coco_operation_body(module, 0)->first, 0);
}

Test(onnx_import, every_model_imports_or_says_why) {
  test_folder folder;
  make_folder(&folder);
  for (size_t i = 0; i < test_model_count; ++i) {
    fixture f;
    test_bytes bytes = {.size = 0};
    coco_operation *module = NULL;
    set_up(&f, NULL);
    test_models[i].make(&bytes);
    cr_assert_lt(bytes.size, TEST_MODEL_CAPACITY);
    coco_status status = coco_onnx_import(f.context, view(&bytes), coco_string_from(folder.model), &module);
    const char *error = test_models[i].error;
    cr_expect_eq(status, error ? COCO_REPORTED : COCO_OK, "%s: %s %s", test_models[i].name, coco_status_name(status),
                 f.seen.text);
    cr_expect_eq(module == NULL, error != NULL, "%s", test_models[i].name);
    cr_expect_eq(f.seen.count, error ? 1 : 0, "%s: %s", test_models[i].name, f.seen.text);
    if (error) cr_expect_not_null(strstr(f.seen.text, error), "%s: %s", test_models[i].name, f.seen.text);
    if (module) {
      cr_expect_eq(coco_verify(module), COCO_OK, "%s: %s", test_models[i].name, f.seen.text);
      coco_operation_erase(module);
    }
    tear_down(&f);
  }
  remove_folder(&folder);
}

Test(onnx_import, a_model_from_a_pipe_has_no_external_data) {
  fixture f;
  test_bytes bytes = {.size = 0};
  coco_operation *module = NULL;
  set_up(&f, NULL);
  find_test_model("external")->make(&bytes);
  cr_expect_eq(coco_onnx_import(f.context, view(&bytes), COCO_STRING("-"), &module), COCO_REPORTED);
  cr_expect_not_null(strstr(f.seen.text, "has no folder"));
  tear_down(&f);
}

Test(onnx_import, external_data_are_the_files_bytes) {
  fixture f;
  test_folder folder;
  make_folder(&folder);
  set_up(&f, NULL);
  coco_operation *module = import_named(&f, "external", folder.model);
  const coco_attribute *value = coco_value_constant(&main_body(module)->first->results[0]);
  float last;
  memcpy(&last, coco_elements_at(value, 5), sizeof last);
  cr_expect_eq(last, 6);
  coco_operation_erase(module);
  tear_down(&f);
  remove_folder(&folder);
}

Test(onnx_import, shape_arithmetic_is_folded) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *module = import_named(&f, "shape-chain", "m.onnx");
  coco_block *body = main_body(module);
  cr_assert_eq(count_operations(body), 3); /* constant, reshape, return */
  const coco_operation *reshape = body->last->previous;
  cr_expect_eq(reshape->definition, &coco_graph_reshape);
  cr_expect_eq(reshape->results[0].type,
               coco_type_tensor(f.context, 2, (int64_t[]){2, 12}, coco_type_f32(f.context), NULL));
  coco_operation_erase(module);
  tear_down(&f);
}

Test(onnx_import, symbolic_extents_are_dynamic_and_names_are_kept) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *module = import_named(&f, "symbolic", "m.onnx"), *function = coco_operation_body(module, 0)->first;
  cr_expect_eq(main_body(module)->arguments[0]->type->shape[0], COCO_DYNAMIC);
  const coco_attribute *inputs = coco_operation_get(function, COCO_STRING("coco.inputs")),
                       *outputs = coco_operation_get(function, COCO_STRING("coco.outputs"));
  cr_assert_eq(inputs->count, 1);
  cr_expect(coco_string_is(inputs->elements[0]->text, "x"));
  cr_assert_eq(outputs->count, 1);
  cr_expect(coco_string_is(outputs->elements[0]->text, "y"));
  coco_operation_erase(module);
  tear_down(&f);
}

Test(onnx_import, locations_name_the_node_or_its_output_and_number) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *named = import_named(&f, "unsorted", "m.onnx"), *unnamed = import_named(&f, "symbolic", "m.onnx");
  const coco_operation *first = main_body(named)->first;
  cr_expect_eq(first->definition, &coco_graph_relu);
  cr_expect(coco_string_is(coco_location_layer(first->location), "first"));
  coco_file_place place;
  cr_expect(coco_location_find_file(first->context, first->location, &place));
  cr_expect_eq(place.line, 3);
  cr_expect(coco_string_is(coco_location_layer(main_body(unnamed)->first->location), "y"));
  coco_operation_erase(named);
  coco_operation_erase(unnamed);
  tear_down(&f);
}

Test(onnx_import, an_initializer_that_is_an_input_is_a_constant) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *module = import_named(&f, "convolution", "m.onnx");
  cr_expect_eq(main_body(module)->argument_count, 1);
  const coco_attribute *weight = coco_value_constant(&main_body(module)->first->results[0]);
  cr_assert(coco_attribute_is(weight, COCO_ATTRIBUTE_DENSE_RESOURCE));
  cr_expect(coco_string_is(weight->resource->name, "w"));
  cr_expect_eq(weight->resource->size, 72);
  coco_operation_erase(module);
  tear_down(&f);
}

/* The bytes of a large weight are those of the file, wherever they stand in it; those of a model in memory are copied. */
Test(onnx_import, large_weights_stay_in_their_file) {
  fixture f;
  test_folder folder;
  test_bytes bytes = {.size = 0};
  coco_file file;
  coco_operation *module = NULL;
  make_folder(&folder);
  set_up(&f, NULL);
  find_test_model("large-weight")->make(&bytes);
  coco_string whole = view(&bytes);
  cr_assert_eq(coco_file_write(folder.model, &whole, 1, NULL), COCO_OK);
  cr_assert_eq(coco_file_open(&coco_heap, folder.model, &file, NULL), COCO_OK);
  const uint8_t *start = file.data, *end = start + file.size;
  cr_assert_eq(coco_onnx_import_file(f.context, &file, coco_string_from(folder.model), &module), COCO_OK, "%s", f.seen.text);
  cr_expect_null(file.data);
  const coco_resource *weight = coco_resource_find(f.context, COCO_STRING("w"));
  cr_assert_not_null(weight);
  cr_expect(weight->mapped && weight->data > start && weight->data + weight->size <= end);
  coco_resource_let_go(weight);
  for (size_t i = 0; i < 2400; ++i) {
    float number;
    memcpy(&number, weight->data + 4 * i, 4);
    cr_assert_eq(number, (float)i);
  }
  coco_operation_erase(module);
  module = import_named(&f, "large-weight", "m.onnx");
  weight = coco_resource_find(f.context, COCO_STRING("w_1"));
  cr_assert_not_null(weight);
  cr_expect(!weight->mapped && weight->size == 9600);
  coco_operation_erase(module);
  tear_down(&f);
  unlink(folder.model);
  remove_folder(&folder);
}

/* Importing what was exported gives the same operations on the same types. */
Test(onnx_export, import_of_export_is_the_same_function) {
  fixture f;
  test_folder folder;
  make_folder(&folder);
  set_up(&f, NULL);
  for (size_t i = 0; i < test_model_count; ++i) {
    if (test_models[i].error) continue;
    coco_operation *module = import_named(&f, test_models[i].name, folder.model), *again = NULL;
    coco_buffer bytes = COCO_BUFFER(&coco_heap);
    cr_assert_eq(coco_onnx_export(module, &bytes), COCO_OK, "%s: %s", test_models[i].name, f.seen.text);
    cr_assert_eq(coco_onnx_import(f.context, coco_buffer_view(&bytes), COCO_STRING("-"), &again), COCO_OK, "%s: %s",
                 test_models[i].name, f.seen.text);
    const coco_operation *a = main_body(module)->first, *b = main_body(again)->first;
    for (; a && b; a = a->next, b = b->next) {
      cr_expect_eq(a->definition, b->definition, "%s", test_models[i].name);
      if (a->result_count) cr_expect_eq(a->results[0].type, b->results[0].type, "%s", test_models[i].name);
    }
    cr_expect(!a && !b, "%s", test_models[i].name);
    coco_operation_erase(module);
    coco_operation_erase(again);
    coco_buffer_free(&bytes);
  }
  tear_down(&f);
  remove_folder(&folder);
}

/* ---- Damage ---- */

static void import_damaged(fixture *f, const uint8_t *data, size_t size) {
  coco_operation *module = NULL;
  uint8_t *exact = malloc(size ? size : 1); /* so that reading past the end is noticed */
  memcpy(exact, data, size);
  coco_status status =
      coco_onnx_import(f->context, (coco_string){(const char *)exact, size}, COCO_STRING("-"), &module);
  cr_expect(status == COCO_OK || status == COCO_REPORTED, "%s", coco_status_name(status));
  cr_expect_eq(module != NULL, status == COCO_OK);
  if (module) coco_operation_erase(module);
  free(exact);
}

Test(onnx_import, truncation_at_every_byte_is_survived) {
  for (size_t i = 0; i < test_model_count; ++i) {
    fixture f;
    test_bytes bytes = {.size = 0};
    test_models[i].make(&bytes);
    if (bytes.size > 1000) continue;
    set_up(&f, NULL);
    for (size_t size = 0; size < bytes.size; ++size) import_damaged(&f, bytes.data, size);
    tear_down(&f);
  }
}

Test(onnx_import, every_flipped_bit_is_survived) {
  for (size_t i = 0; i < test_model_count; ++i) {
    fixture f;
    test_bytes bytes = {.size = 0};
    test_models[i].make(&bytes);
    if (bytes.size > 1000) continue;
    set_up(&f, NULL);
    for (size_t bit = 0; bit < bytes.size * 8; ++bit) {
      bytes.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
      import_damaged(&f, bytes.data, bytes.size);
      bytes.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    tear_down(&f);
  }
}

/* ---- Memory that runs out ---- */

Test(onnx_import, running_out_of_memory_is_a_status) {
  const char *const names[] = {"convolution", "shape-chain", "large-weight", "unknown-operators"};
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    const test_model *model = find_test_model(names[i]);
    test_bytes bytes = {.size = 0};
    model->make(&bytes);
    coco_status status = COCO_OUT_OF_MEMORY;
    size_t steps = 0;
    for (; status == COCO_OUT_OF_MEMORY && steps < 10000; ++steps) {
      limited_memory limit = {.left = SIZE_MAX};
      const coco_allocator allocator = {&limit, limited_reallocate};
      fixture f;
      coco_operation *module = NULL;
      set_up(&f, &allocator);
      limit.left = steps;
      status = coco_onnx_import(f.context, view(&bytes), COCO_STRING("-"), &module);
      limit.left = SIZE_MAX;
      cr_expect_eq(module != NULL, status == COCO_OK);
      if (module) coco_operation_erase(module);
      tear_down(&f);
    }
    cr_expect_eq(status, model->error ? COCO_REPORTED : COCO_OK, "%s after %zu: %s", names[i], steps,
                 coco_status_name(status));
    cr_expect_gt(steps, 5);
  }
}
