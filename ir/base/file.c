/* Whole files in and out. */
#define _DEFAULT_SOURCE /* madvise */
#include "ir/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static coco_status failed(int *out_error) {
  if (out_error) *out_error = errno;
  return COCO_IO_ERROR;
}

static coco_status read_stream(const coco_allocator *allocator, int descriptor, coco_file *out, int *out_error) {
  COCO_VECTOR_OF(uint8_t) bytes = {0};
  for (;;) {
    if (coco_vector_reserve(allocator, &bytes, bytes.count + 65536) != COCO_OK) {
      coco_vector_free(allocator, &bytes);
      return COCO_OUT_OF_MEMORY;
    }
    ssize_t got = read(descriptor, bytes.items + bytes.count, bytes.capacity - bytes.count);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      coco_status status = failed(out_error);
      coco_vector_free(allocator, &bytes);
      return status;
    }
    if (got == 0) break;
    bytes.count += (size_t)got;
  }
  /* The file keeps exactly its bytes: the capacity is not remembered. */
  uint8_t *exact = coco_allocate(allocator, bytes.count);
  if (exact && bytes.count) memcpy(exact, bytes.items, bytes.count);
  size_t size = bytes.count;
  coco_vector_free(allocator, &bytes);
  if (!exact) return COCO_OUT_OF_MEMORY;
  *out = (coco_file){.data = exact, .size = size, .allocator = allocator};
  return COCO_OK;
}

/* Maps or reads what DESCRIPTOR stands for, and closes it. */
static coco_status take_descriptor(const coco_allocator *allocator, int descriptor, coco_file *out, int *out_error) {
  struct stat information;
  coco_status status = COCO_OK;
  if (fstat(descriptor, &information) != 0) {
    status = failed(out_error);
  } else if (S_ISDIR(information.st_mode) || S_ISBLK(information.st_mode)) {
    errno = S_ISDIR(information.st_mode) ? EISDIR : EINVAL;
    status = failed(out_error);
  } else if (S_ISREG(information.st_mode) && information.st_size > 0) {
    void *mapping = mmap(NULL, (size_t)information.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (mapping != MAP_FAILED)
      *out = (coco_file){.data = mapping, .size = (size_t)information.st_size, .mapped = true, .allocator = allocator};
    else
      status = read_stream(allocator, descriptor, out, out_error);
  } else {
    status = read_stream(allocator, descriptor, out, out_error);
  }
  close(descriptor);
  return status;
}

coco_status coco_file_open(const coco_allocator *allocator, const char *path, coco_file *out, int *out_error) {
  *out = (coco_file){.allocator = allocator};
  if (strcmp(path, "-") == 0) return read_stream(allocator, STDIN_FILENO, out, out_error);
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return failed(out_error);
  return take_descriptor(allocator, descriptor, out, out_error);
}

/* The next part of a path: up to a slash, without the slashes around. Size 0 at the end. */
static coco_string next_part(coco_string *path) {
  while (path->size && *path->data == '/') path->data++, path->size--;
  coco_string part = {path->data, 0};
  while (part.size < path->size && part.data[part.size] != '/') part.size++;
  path->data += part.size;
  path->size -= part.size;
  return part;
}

static int open_folder_of(coco_string beside, int *out_error) {
  char folder[4096];
  while (beside.size && beside.data[beside.size - 1] != '/') beside.size--;
  if (beside.size >= sizeof folder) {
    if (out_error) *out_error = ENAMETOOLONG;
    return -1;
  }
  memcpy(folder, beside.size ? beside.data : ".", beside.size ? beside.size : 1);
  folder[beside.size ? beside.size : 1] = '\0';
  int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0 && out_error) *out_error = errno;
  return descriptor;
}

static bool stays_inside(coco_string relative) {
  if (!relative.size || relative.data[0] == '/' || memchr(relative.data, '\0', relative.size)) return false;
  for (coco_string part = next_part(&relative); part.size; part = next_part(&relative)) {
    if (coco_string_equal(part, COCO_STRING("..")) || part.size > 255) return false;
  }
  return true;
}

coco_status coco_file_find_beside(coco_string beside, coco_string relative, int *out_descriptor, int *out_error) {
  if (!stays_inside(relative)) return COCO_INVALID_ARGUMENT;
  int descriptor = open_folder_of(beside, out_error);
  for (coco_string part = next_part(&relative); descriptor >= 0 && part.size; part = next_part(&relative)) {
    char name[256];
    memcpy(name, part.data, part.size);
    name[part.size] = '\0';
    int next = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (next < 0 && out_error) *out_error = errno;
    close(descriptor);
    descriptor = next;
  }
  *out_descriptor = descriptor;
  return descriptor < 0 ? COCO_IO_ERROR : COCO_OK;
}

coco_status coco_file_open_beside(const coco_allocator *allocator, coco_string beside, coco_string relative,
                                  coco_file *out, int *out_error) {
  *out = (coco_file){.allocator = allocator};
  int descriptor = -1;
  COCO_TRY(coco_file_find_beside(beside, relative, &descriptor, out_error));
  return take_descriptor(allocator, descriptor, out, out_error);
}

void coco_file_close(coco_file *file) {
  if (!file->data) return;
  if (file->mapped) munmap((void *)(uintptr_t)file->data, file->size);
  else coco_free(file->allocator, (void *)(uintptr_t)file->data, file->size);
  file->data = NULL;
  file->size = 0;
}

void coco_file_let_go(const uint8_t *data, size_t size) {
  const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  uintptr_t first = ((uintptr_t)data + page - 1) / page * page, end = ((uintptr_t)data + size) / page * page;
  if (first < end) (void)madvise((void *)first, end - first, MADV_DONTNEED);
}

static bool write_all(int descriptor, const coco_string *parts, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    size_t done = 0;
    while (done < parts[i].size) {
      ssize_t wrote = write(descriptor, parts[i].data + done, parts[i].size - done);
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote < 0) return false;
      done += (size_t)wrote;
    }
  }
  return true;
}

static coco_status write_directly(const char *path, const coco_string *parts, size_t count, int *out_error) {
  int descriptor = open(path, O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return failed(out_error);
  bool good = write_all(descriptor, parts, count);
  coco_status status = good ? COCO_OK : failed(out_error);
  if (close(descriptor) != 0 && status == COCO_OK) status = failed(out_error);
  return status;
}

/* Creates a file that was not there, named by the six last characters of TEMPORARY, with the permissions that open
 * gives any new file (mkstemp's are narrower). */
static int create_beside(char *temporary) {
  char *tail = temporary + strlen(temporary) - 6;
  for (unsigned attempt = 0; attempt < 1000; ++attempt) {
    snprintf(tail, 7, "%06u", (unsigned)(((unsigned)getpid() * 1000u + attempt) % 1000000u));
    int descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
  return -1;
}

static coco_status write_beside(const char *path, char *temporary, const coco_string *parts, size_t count,
                                int *out_error) {
  int descriptor = create_beside(temporary);
  if (descriptor < 0) return failed(out_error);
  bool good = write_all(descriptor, parts, count);
  int error = errno;
  if (close(descriptor) != 0 && good) {
    error = errno;
    good = false;
  }
  if (good && rename(temporary, path) != 0) {
    error = errno;
    good = false;
  }
  if (good) return COCO_OK;
  unlink(temporary);
  errno = error;
  return failed(out_error);
}

coco_status coco_file_write(const char *path, const coco_string *parts, size_t count, int *out_error) {
  if (strcmp(path, "-") == 0) return write_all(STDOUT_FILENO, parts, count) ? COCO_OK : failed(out_error);
  struct stat information;
  if (stat(path, &information) == 0 && !S_ISREG(information.st_mode)) {
    if (S_ISDIR(information.st_mode)) {
      errno = EISDIR;
      return failed(out_error);
    }
    return write_directly(path, parts, count, out_error);
  }
  static const char suffix[] = ".XXXXXX";
  size_t length = strlen(path);
  char *temporary = coco_allocate(&coco_heap, length + sizeof suffix);
  if (!temporary) return COCO_OUT_OF_MEMORY;
  memcpy(temporary, path, length);
  memcpy(temporary + length, suffix, sizeof suffix);
  coco_status status = write_beside(path, temporary, parts, count, out_error);
  coco_free(&coco_heap, temporary, length + sizeof suffix);
  return status;
}
