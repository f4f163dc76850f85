/* coco-zoo: well-known networks with seeded weights, as ONNX models. */
#include <stdio.h>

#include "frontends/onnx/export.h"
#include "ir/verifier.h"
#include "tools/coco-zoo/build.h"
#include "tools/common/options.h"
#include "tools/common/tool.h"

enum { LARGE_IMAGE = 224, SMALL_IMAGE = 32, LARGE_CLASSES = 1000, SMALL_CLASSES = 10, MAXIMUM_COUNT = 1 << 20, BY_SIZE = INT32_MIN };

static void list_networks(void) {
  for (size_t i = 0; i < zoo_network_count; ++i)
    printf("%-14s %s\n", zoo_networks[i].name, zoo_networks[i].description);
}

static const zoo_network *find_network(const char *name) {
  for (size_t i = 0; i < zoo_network_count; ++i)
    if (strcmp(zoo_networks[i].name, name) == 0) return &zoo_networks[i];
  return NULL;
}

static coco_status check_options(const coco_tool *tool, zoo_options *options) {
  if (options->size != LARGE_IMAGE && options->size != SMALL_IMAGE)
    return coco_tool_error(tool, "--size is %d or %d", LARGE_IMAGE, SMALL_IMAGE);
  if (options->classes == BY_SIZE) options->classes = options->size == LARGE_IMAGE ? LARGE_CLASSES : SMALL_CLASSES;
  if (options->classes < 1 || options->classes > MAXIMUM_COUNT)
    return coco_tool_error(tool, "--classes is out of range");
  if (options->batch < 1 || options->batch > MAXIMUM_COUNT) return coco_tool_error(tool, "--batch is out of range");
  return COCO_OK;
}

static coco_status write_network(coco_tool *tool, const char *name, zoo_options *options, const char *output) {
  const zoo_network *network = find_network(name);
  if (!network) return coco_tool_error(tool, "there is no network '%s'; --list tells which there are", name);
  COCO_TRY(check_options(tool, options));
  coco_operation *module = NULL;
  COCO_TRY(zoo_build(tool->context, network, options, &module));
  coco_buffer out = COCO_BUFFER(coco_context_allocator(tool->context));
  coco_status status = coco_verify(module);
  if (status == COCO_OK) status = coco_onnx_export(module, &out);
  coco_operation_erase(module);
  if (status == COCO_OK) status = out.status;
  if (status == COCO_OK) status = coco_tool_write(tool, output, coco_buffer_view(&out));
  coco_buffer_free(&out);
  return status;
}

int main(int argc, char **argv) {
  zoo_options options = {.size = LARGE_IMAGE, .classes = BY_SIZE, .batch = 1};
  int64_t seed = 0;
  const char *output = NULL;
  bool list = false;
  coco_tool_texts inputs = {0};
  const coco_tool_option rows[] = {
      {"o|output", COCO_TOOL_TEXT, "FILE", "where to write (-: standard output)", &output},
      {"size", COCO_TOOL_INTEGER, "N",
       "height and width of the image: 224 (the default) as for ImageNet, 32 as for CIFAR-10", &options.size},
      {"classes", COCO_TOOL_INTEGER, "N", "number of classes (1000, and 10 for images of 32)", &options.classes},
      {"batch", COCO_TOOL_INTEGER, "N", "images at once (1)", &options.batch},
      {"seed", COCO_TOOL_INTEGER, "N", "of the weights' generator (0); equal seeds give equal bytes", &seed},
      {"list", COCO_TOOL_FLAG, NULL, "list the networks", &list},
  };
  const coco_tool_usage usage = {.name = "coco-zoo",
                                 .summary = "Writes a well-known network with seeded random weights as an ONNX model.",
                                 .usage = "NAME [options] -o FILE.onnx",
                                 .options = rows,
                                 .option_count = sizeof rows / sizeof *rows,
                                 .inputs = &inputs,
                                 .maximum_inputs = 1};
  coco_tool_parsed parsed = coco_tool_parse_options(&usage, argc, argv);
  if (parsed != COCO_TOOL_GO_ON) return parsed == COCO_TOOL_DONE ? 0 : 1;
  if (list) {
    list_networks();
    return coco_tool_flush(usage.name) ? 0 : 1;
  }
  coco_tool tool;
  coco_status status = coco_tool_start(&tool, "coco-zoo");
  options.seed = (uint64_t)seed;
  if (status == COCO_OK && inputs.count == 0)
    status = coco_tool_error(&tool, "no network is named; --list tells which there are");
  if (status == COCO_OK && !output) status = coco_tool_error(&tool, "-o FILE is missing");
  if (status == COCO_OK) status = write_network(&tool, inputs.items[0], &options, output);
  return coco_tool_finish(&tool, status);
}
