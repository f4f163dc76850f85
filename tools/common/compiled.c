/* Writing what coco_compile made. */
#include "tools/common/compiled.h"

#include <string.h>

coco_status coco_tool_write_compiled(coco_tool *tool, const coco_compiled *compiled, const char *path) {
  int error = 0;
  coco_status status = coco_compiled_write(compiled, path, &error);
  if (status == COCO_IO_ERROR) return coco_tool_error(tool, "cannot write '%s': %s", path, strerror(error));
  return status;
}
