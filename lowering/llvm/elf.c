/* The part of ELF that attaching needs: the header, the table of sections and their names. Offsets are those of the
 * published format; every one is checked against the file's size before use. */
#include "lowering/llvm/elf.h"

enum {
  HEADER_SIZE = 64,
  HEADER_TABLE_OFFSET = 40, /* where the table of sections begins */
  HEADER_ENTRY_SIZE = 58,
  HEADER_ENTRY_COUNT = 60,
  HEADER_NAMES_INDEX = 62, /* which section holds the names */
  ENTRY_SIZE = 64,
  ENTRY_NAME = 0,
  ENTRY_OFFSET = 24,
  ENTRY_BYTES = 32,
  ALIGNMENT = 64
};

static uint64_t read_number(const char *at, size_t size) {
  uint64_t number = 0;
  for (size_t i = size; i-- > 0;) number = number << 8 | (uint8_t)at[i];
  return number;
}

static void write_number(char *at, uint64_t number) {
  for (size_t i = 0; i < 8; ++i) at[i] = (char)(number >> (8 * i));
}

static bool is_object(const coco_buffer *object) {
  static const char magic[] = {0x7f, 'E', 'L', 'F', 2 /* 64 bits */, 1 /* little endian */};
  return object->size >= HEADER_SIZE && memcmp(object->data, magic, sizeof magic) == 0 &&
         read_number(object->data + HEADER_ENTRY_SIZE, 2) == ENTRY_SIZE;
}

/* The entry of the section called NAME, or NULL. */
static char *find_section(coco_buffer *object, const char *name) {
  uint64_t table = read_number(object->data + HEADER_TABLE_OFFSET, 8),
           count = read_number(object->data + HEADER_ENTRY_COUNT, 2);
  uint64_t names_index = read_number(object->data + HEADER_NAMES_INDEX, 2);
  if (table > object->size || count * ENTRY_SIZE > object->size - table || names_index >= count) return NULL;
  char *entries = object->data + table;
  uint64_t names = read_number(entries + names_index * ENTRY_SIZE + ENTRY_OFFSET, 8);
  uint64_t names_size = read_number(entries + names_index * ENTRY_SIZE + ENTRY_BYTES, 8);
  if (names > object->size || names_size > object->size - names) return NULL;
  size_t length = strlen(name) + 1;
  for (uint64_t i = 0; i < count; ++i) {
    uint64_t at = read_number(entries + i * ENTRY_SIZE + ENTRY_NAME, 4);
    if (at <= names_size && length <= names_size - at && memcmp(object->data + names + at, name, length) == 0)
      return entries + i * ENTRY_SIZE;
  }
  return NULL;
}

coco_status coco_elf_attach(coco_buffer *object, const char *section, uint64_t size) {
  if (!is_object(object) || !find_section(object, section)) return COCO_UNSUPPORTED;
  while (object->size % ALIGNMENT != 0 && object->status == COCO_OK) coco_buffer_byte(object, '\0');
  if (object->status != COCO_OK) return object->status;
  char *entry = find_section(object, section); /* the buffer may have moved */
  write_number(entry + ENTRY_OFFSET, object->size);
  write_number(entry + ENTRY_BYTES, size);
  return COCO_OK;
}
