/* coco-translate: between MLIR text and other formats. One row of `translations` is one translation. */
#include <stdio.h>

#include "frontends/onnx/export.h"
#include "frontends/onnx/import.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tools/coco-translate/translate.h"
#include "tools/common/draw.h"
#include "tools/common/model.h"
#include "tools/common/options.h"
#include "tools/common/tool.h"

typedef struct translation_options {
  const char *input, *output, *weights;
  bool generic, locations;
} translation_options;

typedef struct translation {
  const char *flag, *help;
  bool from_onnx; /* the input is ONNX whatever its name; else its name tells (.onnx, or MLIR text) */
  /* Appends MODULE, verified, to OUT. */
  coco_status (*translate)(coco_tool *tool, const translation_options *options, coco_operation *module,
                           coco_buffer *out);
} translation;

static coco_status print_module(coco_tool *tool, const translation_options *options, coco_operation *module,
                                coco_buffer *out) {
  coco_print_options printing = {.generic = options->generic, .locations = options->locations};
  if (options->weights) {
    COCO_TRY(coco_tool_sidecar_name(tool, options->output, options->weights, &printing.sidecar));
    COCO_TRY(coco_tool_write_weights(tool, module, options->weights));
  }
  return coco_print_operation(out, module, &printing);
}

static coco_status export_onnx(coco_tool *tool, const translation_options *options, coco_operation *module,
                               coco_buffer *out) {
  (void)tool, (void)options;
  return coco_onnx_export(module, out);
}

static coco_status emit_dot(coco_tool *tool, const translation_options *options, coco_operation *module,
                            coco_buffer *out) {
  (void)tool, (void)options;
  return coco_draw_dot(module, out);
}

static coco_status emit_svg(coco_tool *tool, const translation_options *options, coco_operation *module,
                            coco_buffer *out) {
  (void)options;
  coco_buffer dot = COCO_BUFFER(out->allocator);
  coco_status status = coco_draw_dot(module, &dot);
  if (status == COCO_OK) status = coco_draw_svg(coco_buffer_view(&dot), out);
  if (status == COCO_UNSUPPORTED)
    status = coco_tool_error(tool,
                             "Graphviz cannot draw the graph, or this build is without it; --emit-dot gives its input");
  coco_buffer_free(&dot);
  return status;
}

static coco_status emit_llvm(coco_tool *tool, const translation_options *options, coco_operation *module,
                             coco_buffer *out) {
  return coco_translate_to_llvm(tool, options->input, module, out);
}

static const translation translations[] = {
    {"import-onnx", "ONNX model to MLIR text of the graph level", true, print_module},
    {"export-onnx", "graph level to an ONNX model", false, export_onnx},
    {"emit-dot", "graph level, or a model, to a picture in Graphviz's DOT", false, emit_dot},
    {"emit-llvm", "a model or loops to LLVM IR, as translated: before LLVM's own passes", false, emit_llvm},
    {"emit-svg", "graph level, or a model, to a picture in SVG", false, emit_svg},
};
enum { TRANSLATION_COUNT = sizeof translations / sizeof *translations };

/* ---- The command line ---- */

enum { FIXED_OPTIONS = 7 };

static const translation *chosen_translation(coco_tool *tool, const bool *flags) {
  const translation *chosen = NULL;
  for (size_t i = 0; i < TRANSLATION_COUNT; ++i) {
    if (!flags[i]) continue;
    if (chosen) {
      (void)coco_tool_error(tool, "--%s and --%s cannot be asked for together", chosen->flag, translations[i].flag);
      return NULL;
    }
    chosen = &translations[i];
  }
  if (!chosen) (void)coco_tool_error(tool, "no translation is asked for; --help lists them");
  return chosen;
}

static coco_status load(coco_tool *tool, const translation_options *options, bool from_onnx, coco_operation **out) {
  if (!from_onnx) return coco_model_load(tool, options->input, out);
  coco_string bytes;
  COCO_TRY(coco_tool_read(tool, options->input, &bytes));
  COCO_TRY(coco_onnx_import_file(tool->context, &tool->input, coco_string_from(options->input), out));
  coco_status status = coco_verify(*out);
  if (status != COCO_OK) coco_operation_erase(*out);
  return status;
}

static coco_status translate(coco_tool *tool, const translation_options *options, const bool *flags) {
  const translation *chosen = chosen_translation(tool, flags);
  if (!chosen) return COCO_REPORTED;
  coco_operation *module = NULL;
  COCO_TRY(load(tool, options, chosen->from_onnx, &module));
  coco_buffer out = COCO_BUFFER(coco_context_allocator(tool->context));
  coco_status status = chosen->translate(tool, options, module, &out);
  if (status == COCO_OK) status = out.status;
  if (status == COCO_OK) status = coco_tool_write(tool, options->output, coco_buffer_view(&out));
  coco_buffer_free(&out);
  coco_operation_erase(module);
  return status;
}

static void list_onnx_operators(void) {
  const char *name;
  const uint8_t *versions;
  printf("Operators of ONNX that can be imported, up to operator set %d, and the versions in which they changed:\n",
         COCO_ONNX_LAST_CHECKED_OPSET);
  for (size_t row = 0; coco_onnx_list_operator(row, &name, &versions); ++row) {
    printf("  %-24s", name);
    for (size_t i = 0; i < 16 && versions[i]; ++i) printf(" %d", versions[i]);
    putchar('\n');
  }
}

int main(int argc, char **argv) {
  translation_options options = {.output = "-"};
  coco_tool_texts inputs = {0};
  bool flags[TRANSLATION_COUNT] = {false}, list = false;
  coco_tool_option rows[TRANSLATION_COUNT + FIXED_OPTIONS] = {{.kind = COCO_TOOL_HEADING, .help = "Translations"}};
  for (size_t i = 0; i < TRANSLATION_COUNT; ++i)
    rows[i + 1] = (coco_tool_option){translations[i].flag, COCO_TOOL_FLAG, NULL, translations[i].help, &flags[i]};
  const coco_tool_option fixed[FIXED_OPTIONS - 1] = {
      {.kind = COCO_TOOL_HEADING, .help = "Options"},
      {"o|output", COCO_TOOL_TEXT, "FILE", "where to write (-: standard output)", &options.output},
      {"weights-out", COCO_TOOL_TEXT, "FILE", "write weights to this safetensors file instead of into the text",
       &options.weights},
      {"mlir-print-op-generic", COCO_TOOL_FLAG, NULL, "print the generic form only", &options.generic},
      {"mlir-print-debuginfo", COCO_TOOL_FLAG, NULL, "print locations: the nodes' names", &options.locations},
      {"list-onnx-operators", COCO_TOOL_FLAG, NULL, "list the operators of ONNX that can be imported", &list},
  };
  memcpy(rows + TRANSLATION_COUNT + 1, fixed, sizeof fixed);
  const coco_tool_usage usage = {.name = "coco-translate",
                                 .summary = "Translates between MLIR text and other formats.",
                                 .usage = "--TRANSLATION [options] [FILE]",
                                 .options = rows,
                                 .option_count = TRANSLATION_COUNT + FIXED_OPTIONS,
                                 .inputs = &inputs,
                                 .maximum_inputs = 1};
  coco_tool_parsed parsed = coco_tool_parse_options(&usage, argc, argv);
  if (parsed != COCO_TOOL_GO_ON) return parsed == COCO_TOOL_DONE ? 0 : 1;
  if (list) {
    list_onnx_operators();
    return fflush(stdout) == 0 ? 0 : 1;
  }
  options.input = inputs.count ? inputs.items[0] : "-";
  coco_tool tool;
  coco_status status = coco_tool_start(&tool, "coco-translate");
  if (status == COCO_OK) status = translate(&tool, &options, flags);
  return coco_tool_finish(&tool, status);
}
