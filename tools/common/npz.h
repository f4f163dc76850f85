/* NumPy's .npz archives: zip files whose entries are .npy files, stored or deflated (the latter needs zlib).
 *
 * Untrusted input: nothing is read before its offset, size and count have been checked against the file; an entry is
 * inflated only when it is asked for, to the size that was declared, which is limited. Archives of more than 4 GiB or
 * on several disks, and encrypted entries, are refused. */
#ifndef COCO_TOOLS_COMMON_NPZ_H
#define COCO_TOOLS_COMMON_NPZ_H

#include "ir/base/buffer.h"
#include "tools/common/tensor_file.h"

enum { COCO_NPZ_MAXIMUM_ENTRIES = 4096 };

typedef struct coco_npz_entry {
  coco_string name; /* without ".npy"; in the archive's bytes */
  bool deflated;
  uint32_t checksum, packed_size, size;
  size_t offset; /* of the local header */
} coco_npz_entry;

typedef struct coco_npz {
  coco_string bytes; /* borrowed */
  const coco_location *location;
  const coco_allocator *allocator;
  coco_npz_entry *entries;
  size_t count;
} coco_npz;

bool coco_npz_is(coco_string bytes);
/* Reads the directory. */
coco_status coco_npz_open(coco_context *context, const coco_location *location, coco_string bytes,
                          coco_npz *out) COCO_MUST_USE;
void coco_npz_close(coco_npz *archive);
coco_status coco_npz_read(coco_context *context, const coco_npz *archive, size_t index, coco_tensor *out) COCO_MUST_USE;

/* ---- Writing: stored entries, as numpy.savez writes them ---- */
typedef struct coco_npz_writer {
  coco_buffer entries, directory;
  size_t count;
} coco_npz_writer;
#define COCO_NPZ_WRITER(allocator) ((coco_npz_writer){COCO_BUFFER(allocator), COCO_BUFFER(allocator), 0})
coco_status coco_npz_add(coco_context *context, const coco_location *location, coco_npz_writer *writer,
                         coco_string name, const coco_type *type, const void *data) COCO_MUST_USE;
/* Writes the file beside, then renames it. */
coco_status coco_npz_save(coco_context *context, coco_npz_writer *writer, const char *path) COCO_MUST_USE;
void coco_npz_writer_free(coco_npz_writer *writer);

#endif
