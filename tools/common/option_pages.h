/* Pages made from the rows of a tool's options: a manual page, and completions for shells. Printed to stdout. */
#ifndef COCO_TOOLS_COMMON_OPTION_PAGES_H
#define COCO_TOOLS_COMMON_OPTION_PAGES_H

#include "tools/common/options.h"

/* KIND: "man" (roff), "bash", "zsh" or "fish". False: none of these, and nothing is printed. */
bool coco_tool_print_page(const coco_tool_usage *usage, const char *kind);

#endif
