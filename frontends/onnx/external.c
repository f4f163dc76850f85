/* External data of ONNX tensors: bytes in other files of the model's folder.
 *
 * A model is untrusted, so its paths are: relative, without "..", opened one component at a time without
 * following links, below the folder of the model's file; only regular files; range checked against the size. Read, not
 * mapped: a file that shrinks meanwhile is a diagnostic, not a fault. */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "frontends/onnx/tensor.h"
#include "ir/base/file.h"

typedef struct file_range {
  coco_string file;
  int64_t offset, length; /* length -1: not said */
} file_range;

static coco_status refuse(const coco_onnx_place *place, const CocoOnnx__TensorProto *tensor, const char *why) {
  return coco_error(place->context, place->location, "tensor '%s': external data: %s", tensor->name ? tensor->name : "",
                    why);
}

static coco_status read_reference(const coco_onnx_place *place, const CocoOnnx__TensorProto *tensor, file_range *out) {
  *out = (file_range){.length = -1};
  for (size_t i = 0; i < tensor->n_external_data; ++i) {
    const CocoOnnx__StringStringEntryProto *entry = tensor->external_data[i];
    coco_string key = coco_string_from(entry->key), value = coco_string_from(entry->value);
    int64_t *number = coco_string_is(key, "offset")   ? &out->offset
                      : coco_string_is(key, "length") ? &out->length
                                                      : NULL;
    if (coco_string_is(key, "location")) out->file = value;
    if (number && (!coco_string_to_int64(value, number) || *number < 0))
      return refuse(place, tensor, "offset or length is not a count");
  }
  return out->file.size ? COCO_OK : refuse(place, tensor, "no location is given");
}

/* Opens FILE below the model's folder; reports why not. */
static coco_status open_inside(const coco_onnx_place *place, const CocoOnnx__TensorProto *tensor, coco_string file,
                               int *out) {
  if (place->path.size == 0 || coco_string_is(place->path, "-"))
    return refuse(place, tensor, "the model is not read from a file, so it has no folder to look in");
  if (file.data[0] == '/') return refuse(place, tensor, "the location is an absolute path");
  int error = 0;
  switch (coco_file_find_beside(place->path, file, out, &error)) {
    case COCO_OK:
      return COCO_OK;
    case COCO_INVALID_ARGUMENT:
      return refuse(place, tensor, "the location leaves the model's folder");
    default:
      return refuse(place, tensor,
                    error == ELOOP || error == ENOTDIR ? "the location goes through a link or a file"
                                                       : "the file cannot be opened");
  }
}

static bool read_all(int handle, uint8_t *out, size_t size, int64_t offset) {
  while (size) {
    ssize_t count = pread(handle, out, size, (off_t)offset);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    out += count;
    size -= (size_t)count;
    offset += count;
  }
  return true;
}

coco_status coco_onnx_external_read(const coco_onnx_place *place, const CocoOnnx__TensorProto *tensor, uint8_t *out,
                                    size_t size) {
  file_range reference;
  COCO_TRY(read_reference(place, tensor, &reference));
  if (reference.length >= 0 && (uint64_t)reference.length != size)
    return coco_error(place->context, place->location, "tensor '%s' should hold %zu bytes; its external data has %lld",
                      tensor->name ? tensor->name : "", size, (long long)reference.length);
  int handle = -1;
  COCO_TRY(open_inside(place, tensor, reference.file, &handle));
  struct stat status;
  coco_status result = COCO_OK;
  if (fstat(handle, &status) != 0 || !S_ISREG(status.st_mode))
    result = refuse(place, tensor, "the location is not a regular file");
  else if (reference.offset > status.st_size || size > (uint64_t)(status.st_size - reference.offset))
    result = refuse(place, tensor, "offset and length go past the end of the file");
  else if (out && !read_all(handle, out, size, reference.offset))
    result = refuse(place, tensor, "the file cannot be read");
  close(handle);
  return result;
}
