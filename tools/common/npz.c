/* See npz.h. A zip file is: for each entry a local header, its name, an extra field and the data; then the directory, a
 * record for each entry; then the end record, which says where the directory is. The directory counts: sizes in local
 * headers may be placeholders. */
#include "tools/common/npz.h"

#ifdef COCO_HAS_ZLIB
#include <zlib.h>
#endif

#include "ir/base/file.h"

enum { LOCAL_SIZE = 30, RECORD_SIZE = 46, END_SIZE = 22, MAXIMUM_COMMENT = 65535, MAXIMUM_NAME = 4096 };
enum { STORED = 0, DEFLATED = 8, ENCRYPTED = 1, VERSION = 20, DATE = 0x21 /* the first day that it can say */ };
enum { MAXIMUM_INFLATED = 1 << 30, MAXIMUM_RATIO = 1032 /* deflate cannot do better */ };

#define LOCAL_MAGIC "PK\x03\x04"
#define RECORD_MAGIC "PK\x01\x02"
#define END_MAGIC "PK\x05\x06"

static uint32_t number(const uint8_t *at, size_t size) {
  uint32_t value = 0;
  while (size--) value = value << 8 | at[size];
  return value;
}

static uint32_t checksum_of(const void *data, size_t size) {
  uint32_t table[256], value = 0xffffffff;
  const uint8_t *at = data;
  for (uint32_t i = 0; i < 256; ++i) {
    table[i] = i;
    for (int bit = 0; bit < 8; ++bit) table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0xedb88320 : 0);
  }
  while (size--) value = value >> 8 ^ table[(value ^ *at++) & 0xff];
  return ~value;
}

bool coco_npz_is(coco_string bytes) {
  return coco_string_starts_with(bytes, COCO_STRING(LOCAL_MAGIC)) ||
         coco_string_starts_with(bytes, COCO_STRING(END_MAGIC));
}

/* ---- The directory ---- */

/* NULL: there is none. A comment may follow it. */
static const uint8_t *find_end(coco_string bytes) {
  const uint8_t *data = (const uint8_t *)bytes.data;
  for (size_t comment = 0; comment <= MAXIMUM_COMMENT && bytes.size >= END_SIZE + comment; ++comment) {
    const uint8_t *end = data + bytes.size - END_SIZE - comment;
    if (memcmp(end, END_MAGIC, 4) == 0 && number(end + 20, 2) == comment) return end;
  }
  return NULL;
}

static coco_status read_record(coco_context *context, const coco_npz *archive, const uint8_t *record, size_t room,
                               size_t limit, coco_npz_entry *out, size_t *out_size) {
  if (room < RECORD_SIZE || memcmp(record, RECORD_MAGIC, 4) != 0)
    return coco_error(context, archive->location, "the archive's directory is cut short or damaged");
  size_t name = number(record + 28, 2);
  *out_size = RECORD_SIZE + name + number(record + 30, 2) + number(record + 32, 2);
  if (*out_size > room || name > MAXIMUM_NAME)
    return coco_error(context, archive->location, "the archive's directory is cut short or damaged");
  uint32_t method = number(record + 10, 2);
  coco_string full = {(const char *)record + RECORD_SIZE, name}, suffix = COCO_STRING(".npy");
  *out = (coco_npz_entry){full,
                          method == DEFLATED,
                          number(record + 16, 4),
                          number(record + 20, 4),
                          number(record + 24, 4),
                          number(record + 42, 4)};
  if (number(record + 8, 2) & ENCRYPTED) return coco_error(context, archive->location, "the archive is encrypted");
  if (method != STORED && method != DEFLATED)
    return coco_error(context, archive->location, "compression method %u is not known", method);
  if (name > suffix.size && memcmp(full.data + name - suffix.size, suffix.data, suffix.size) == 0)
    out->name.size -= suffix.size;
  else
    return coco_error(context, archive->location, "the archive's entry '%.*s' is no .npy file", COCO_PRINT(full));
  if (out->offset >= limit || out->packed_size > limit - out->offset)
    return coco_error(context, archive->location, "the archive's entry '%.*s' goes past its end",
                      COCO_PRINT(out->name));
  return COCO_OK;
}

coco_status coco_npz_open(coco_context *context, const coco_location *location, coco_string bytes, coco_npz *out) {
  *out = (coco_npz){.bytes = bytes, .location = location, .allocator = coco_context_allocator(context)};
  const uint8_t *data = (const uint8_t *)bytes.data, *end = find_end(bytes);
  if (!end) return coco_error(context, location, "the archive has no directory: it is cut short");
  size_t count = number(end + 10, 2), size = number(end + 12, 4), start = number(end + 16, 4),
         limit = (size_t)(end - data);
  if (number(end + 4, 4) || number(end + 8, 2) != count)
    return coco_error(context, location, "the archive is spread over several files");
  if (start > limit || size > limit - start || count > COCO_NPZ_MAXIMUM_ENTRIES)
    return coco_error(context, location, "the archive's directory is damaged, or has more than %d entries",
                      COCO_NPZ_MAXIMUM_ENTRIES);
  out->entries = coco_allocate_zeroed(out->allocator, count + 1, sizeof *out->entries);
  if (!out->entries) return COCO_OUT_OF_MEMORY;
  out->count = count;
  coco_status status = COCO_OK;
  for (size_t i = 0, at = 0, used = 0; status == COCO_OK && i < count; ++i, at += used)
    status = read_record(context, out, data + start + at, size - at, start, &out->entries[i], &used);
  if (status != COCO_OK) coco_npz_close(out);
  return status;
}

void coco_npz_close(coco_npz *archive) {
  coco_free(archive->allocator, archive->entries, (archive->count + 1) * sizeof *archive->entries);
  *archive = (coco_npz){0};
}

/* ---- Entries ---- */

#ifdef COCO_HAS_ZLIB

/* Whether DATA inflates to exactly SIZE bytes, which TO has room for. */
static bool inflate_to(const uint8_t *data, uint32_t packed, uint8_t *to, uint32_t size) {
  z_stream stream = {.next_in = (Bytef *)(uintptr_t)data, .avail_in = packed, .next_out = to, .avail_out = size};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return false;
  int result = inflate(&stream, Z_FINISH);
  bool whole = result == Z_STREAM_END && stream.avail_out == 0;
  inflateEnd(&stream);
  return whole;
}

static coco_status read_deflated(coco_context *context, const coco_npz *archive, const coco_npz_entry *entry,
                                 const uint8_t *data, coco_tensor *out) {
  if (entry->size > MAXIMUM_INFLATED || entry->size / MAXIMUM_RATIO > entry->packed_size)
    return coco_error(context, archive->location, "the archive's entry '%.*s' claims %u bytes out of %u",
                      COCO_PRINT(entry->name), entry->size, entry->packed_size);
  uint8_t *bytes = coco_allocate(archive->allocator, entry->size ? entry->size : 1);
  if (!bytes) return COCO_OUT_OF_MEMORY;
  coco_status status;
  if (inflate_to(data, entry->packed_size, bytes, entry->size) && checksum_of(bytes, entry->size) == entry->checksum)
    status = coco_tensor_from_npy(context, archive->location, (coco_string){(const char *)bytes, entry->size}, out);
  else
    status = coco_error(context, archive->location, "the archive's entry '%.*s' is damaged", COCO_PRINT(entry->name));
  coco_free(archive->allocator, bytes, entry->size ? entry->size : 1);
  return status;
}

#else

static coco_status read_deflated(coco_context *context, const coco_npz *archive, const coco_npz_entry *entry,
                                 const uint8_t *data, coco_tensor *out) {
  (void)entry, (void)data, (void)out;
  return coco_error(context, archive->location,
                    "this build cannot read compressed archives: zlib was not there when it was made");
}

#endif

coco_status coco_npz_read(coco_context *context, const coco_npz *archive, size_t index, coco_tensor *out) {
  const coco_npz_entry *entry = &archive->entries[index];
  const uint8_t *local = (const uint8_t *)archive->bytes.data + entry->offset;
  size_t room = archive->bytes.size - entry->offset;
  *out = (coco_tensor){0};
  size_t header = room >= LOCAL_SIZE ? LOCAL_SIZE + (size_t)number(local + 26, 2) + number(local + 28, 2) : 0;
  if (!header || memcmp(local, LOCAL_MAGIC, 4) != 0 || header > room || entry->packed_size > room - header)
    return coco_error(context, archive->location, "the archive's entry '%.*s' goes past its end",
                      COCO_PRINT(entry->name));
  if (entry->deflated) return read_deflated(context, archive, entry, local + header, out);
  if (entry->size != entry->packed_size || checksum_of(local + header, entry->size) != entry->checksum)
    return coco_error(context, archive->location, "the archive's entry '%.*s' is damaged", COCO_PRINT(entry->name));
  return coco_tensor_from_npy(context, archive->location, (coco_string){(const char *)local + header, entry->size},
                              out);
}

/* ---- Writing ---- */

static void put(coco_buffer *buffer, uint64_t value, size_t size) {
  for (size_t i = 0; i < size; ++i) coco_buffer_byte(buffer, (char)(value >> 8 * i & 0xff));
}

/* What local headers and records have in common. */
static void put_common(coco_buffer *buffer, uint32_t checksum, size_t size, size_t name_size) {
  const uint64_t numbers[] = {VERSION, 0, STORED, 0, DATE};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; ++i) put(buffer, numbers[i], 2);
  put(buffer, checksum, 4);
  put(buffer, size, 4);
  put(buffer, size, 4);
  put(buffer, name_size, 2);
  put(buffer, 0, 2);
}

coco_status coco_npz_add(coco_context *context, const coco_location *location, coco_npz_writer *writer,
                         coco_string name, const coco_type *type, const void *data) {
  coco_buffer content = COCO_BUFFER(writer->entries.allocator);
  coco_status status = coco_tensor_to_npy(context, location, type, data, &content);
  size_t offset = writer->entries.size, name_size = name.size + strlen(".npy");
  if (status == COCO_OK &&
      (name.size > MAXIMUM_NAME || writer->count == COCO_NPZ_MAXIMUM_ENTRIES || offset + content.size > UINT32_MAX / 2))
    status = coco_error(context, location, "too much for one archive");
  if (status == COCO_OK) {
    uint32_t checksum = checksum_of(content.data, content.size);
    coco_buffer_append(&writer->entries, LOCAL_MAGIC, 4);
    put_common(&writer->entries, checksum, content.size, name_size);
    coco_buffer_append(&writer->directory, RECORD_MAGIC, 4);
    put(&writer->directory, VERSION, 2);
    put_common(&writer->directory, checksum, content.size, name_size);
    put(&writer->directory, 0, 8); /* comment, disk, attributes */
    put(&writer->directory, 0, 2);
    put(&writer->directory, offset, 4);
    coco_buffer *both[] = {&writer->entries, &writer->directory};
    for (size_t i = 0; i < 2; ++i) {
      coco_buffer_string(both[i], name);
      coco_buffer_text(both[i], ".npy");
    }
    coco_buffer_string(&writer->entries, coco_buffer_view(&content));
    ++writer->count;
    status = writer->entries.status != COCO_OK ? writer->entries.status : writer->directory.status;
  }
  coco_buffer_free(&content);
  return status;
}

coco_status coco_npz_save(coco_context *context, coco_npz_writer *writer, const char *path) {
  const coco_location *location = coco_location_file(context, coco_string_from(path), 0, 0);
  size_t size = writer->directory.size;
  if (!location) return COCO_OUT_OF_MEMORY;
  coco_buffer_append(&writer->directory, END_MAGIC, 4);
  put(&writer->directory, 0, 4);
  put(&writer->directory, writer->count, 2);
  put(&writer->directory, writer->count, 2);
  put(&writer->directory, size, 4);
  put(&writer->directory, writer->entries.size, 4);
  put(&writer->directory, 0, 2);
  COCO_TRY(writer->directory.status);
  const coco_string parts[] = {coco_buffer_view(&writer->entries), coco_buffer_view(&writer->directory)};
  int problem = 0;
  coco_status status = coco_file_write(path, parts, 2, &problem);
  if (status != COCO_IO_ERROR) return status;
  return coco_error(context, location, "the file cannot be written: %s", strerror(problem));
}

void coco_npz_writer_free(coco_npz_writer *writer) {
  coco_buffer_free(&writer->entries);
  coco_buffer_free(&writer->directory);
}
