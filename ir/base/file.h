/* Files: mapping whole files for reading, and writing that never leaves half a file. */
#ifndef COCO_IR_BASE_FILE_H
#define COCO_IR_BASE_FILE_H

#include "ir/base/memory.h"

/* A file's bytes, mapped read-only where the system can, else read. "-" is standard input. */
typedef struct coco_file {
  const uint8_t *data;
  size_t size;
  bool mapped;
  const coco_allocator *allocator;
} coco_file;

/* On COCO_IO_ERROR *out_error (may be NULL) receives errno. Directories and devices are refused. */
coco_status coco_file_open(const coco_allocator *allocator, const char *path, coco_file *out,
                           int *out_error) COCO_MUST_USE;
/* Opens RELATIVE in the folder of the file BESIDE (a name without a folder, or "-": the current one) and gives its
 * descriptor, which the caller closes; opening waits for nothing, and what kind of file it is is the caller's question. It
 * must stay inside: COCO_INVALID_ARGUMENT when it is empty, absolute or has "..", COCO_IO_ERROR when it cannot be opened
 * (ELOOP: a link stands on the way; ENOTDIR: a file does). */
coco_status coco_file_find_beside(coco_string beside, coco_string relative, int *out_descriptor,
                                  int *out_error) COCO_MUST_USE;
/* The same, with its bytes as coco_file_open gives them. */
coco_status coco_file_open_beside(const coco_allocator *allocator, coco_string beside, coco_string relative,
                                  coco_file *out, int *out_error) COCO_MUST_USE;
void coco_file_close(coco_file *file);
/* Bytes of a mapping need not stay in memory: they come from the file again when they are read. Changes nothing else. */
void coco_file_let_go(const uint8_t *data, size_t size);

/* Writes the parts, in order, to a temporary file beside PATH, then renames it over PATH; on failure
 * PATH is untouched and the temporary file is gone. "-" writes to standard output. A path that is
 * not a regular file (a device, a pipe) is written directly. */
coco_status coco_file_write(const char *path, const coco_string *parts, size_t count,
                            int *out_error) COCO_MUST_USE;

#endif
