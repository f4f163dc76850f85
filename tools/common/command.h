/* Other programs, and a folder for temporary files. */
#ifndef COCO_TOOLS_COMMON_COMMAND_H
#define COCO_TOOLS_COMMON_COMMAND_H

#include "tools/common/tool.h"

/* Runs a program found in PATH (ARGUMENTS ends with NULL) and waits. OUTPUT receives what it writes to standard
 * output; NULL: it goes to ours. Says itself when the program is missing or fails. */
coco_status coco_command_run(const coco_tool *tool, const char *const *arguments, coco_buffer *output) COCO_MUST_USE;
/* Whether PATH has such a program. */
bool coco_command_exists(const char *program);

typedef struct coco_folder {
  char path[512];
} coco_folder;
/* A new folder in $TMPDIR or /tmp. */
coco_status coco_folder_create(const coco_tool *tool, coco_folder *out) COCO_MUST_USE;
/* FOLDER/NAME in BUFFER, which has room for 1024 characters. Returns BUFFER. */
const char *coco_folder_file(const coco_folder *folder, const char *name, char *buffer);
/* With the files directly in it. */
void coco_folder_remove(coco_folder *folder);

#endif
