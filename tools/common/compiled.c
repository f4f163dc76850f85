/* Writing what coco_compile made. */
#include "tools/common/compiled.h"

#include <string.h>

#include "dialects/lr/winograd.h"

coco_status coco_tool_write_compiled(coco_tool *tool, const coco_compiled *compiled, const char *path) {
  int error = 0;
  coco_status status = coco_compiled_write(compiled, path, &error);
  if (status == COCO_IO_ERROR) return coco_tool_error(tool, "cannot write '%s': %s", path, strerror(error));
  return status;
}

coco_status coco_tool_read_freedom(coco_tool *tool, const char *fp, const char *storage, const char *chains,
                                   const char *sparse, coco_compile_options *options) {
  options->strict = fp && strcmp(fp, "strict") == 0;
  options->conv_storage = storage;
  options->chains = chains;
  options->sparse = sparse;
  if (chains && strcmp(chains, "auto") != 0 && strcmp(chains, "none") != 0 && strcmp(chains, "all") != 0)
    return coco_tool_error(tool, "--chains=%s: expected auto, none or all", chains);
  if (sparse && strcmp(sparse, "auto") != 0 && strcmp(sparse, "none") != 0 && strcmp(sparse, "all") != 0)
    return coco_tool_error(tool, "--sparse=%s: expected auto, none or all", sparse);
  if (fp && !options->strict && strcmp(fp, "fast") != 0)
    return coco_tool_error(tool, "--fp=%s: expected strict or fast", fp);
  if (!storage || strcmp(storage, "direct") == 0) return COCO_OK;
  if (!coco_winograd_of_storage(coco_string_from(storage)))
    return coco_tool_error(tool, "--conv-storage=%s: expected direct, winograd2, winograd4 or winograd6", storage);
  if (options->strict) return coco_tool_error(tool, "--conv-storage=%s needs --fp=fast", storage);
  return COCO_OK;
}

coco_status coco_tool_read_measure(coco_tool *tool, const char *measure, coco_measure_which by_default,
                                   coco_compile_options *options) {
  static const char *const names[] = {"none", "auto", "all"};
  options->measure = options->core ? COCO_MEASURE_NONE : by_default;
  if (!measure) return COCO_OK;
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
    if (strcmp(measure, names[i]) != 0) continue;
    options->measure = (coco_measure_which)i;
    if (i == COCO_MEASURE_NONE || coco_target_runs_here(options->target)) return COCO_OK;
    return coco_tool_error(tool, "--measure=%s: code for this target does not run here", measure);
  }
  return coco_tool_error(tool, "--measure=%s: expected auto, none or all", measure);
}
