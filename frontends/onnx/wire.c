/* Decoding protobuf messages that cannot be trusted: see wire.h. Cost: one walk over the tags, then protobuf-c's. */
#include "frontends/onnx/wire.h"

#include "ir/base/buffer.h"

/* ---- Memory for protobuf-c: each block is preceded by its size, so that it can be given back ---- */

enum { HEADER = 16, LARGE_HEADER = 64 };

static void *wire_allocate(void *user, size_t size) {
  coco_wire_message *message = user;
  if (size > message->limit - message->used) {
    message->over_limit = true;
    return NULL;
  }
  bool large = size >= COCO_WIRE_LARGE;
  char *block = large ? coco_allocate_aligned(message->allocator, size + LARGE_HEADER, LARGE_HEADER)
                      : coco_allocate(message->allocator, size + HEADER);
  if (!block) {
    message->exhausted = true;
    return NULL;
  }
  char *data = block + (large ? LARGE_HEADER : HEADER);
  memcpy(data - HEADER, &size, sizeof size);
  message->used += size;
  return data;
}

static size_t release_block(const coco_allocator *allocator, void *pointer) {
  char *data = pointer;
  size_t size;
  memcpy(&size, data - HEADER, sizeof size);
  if (size >= COCO_WIRE_LARGE)
    coco_free_aligned(allocator, data - LARGE_HEADER, size + LARGE_HEADER, LARGE_HEADER);
  else
    coco_free(allocator, data - HEADER, size + HEADER);
  return size;
}

static void wire_free(void *user, void *pointer) {
  coco_wire_message *message = user;
  if (pointer) message->used -= release_block(message->allocator, pointer);
}

const uint8_t *coco_wire_take(coco_wire_message *message, ProtobufCBinaryData *field) {
  const uint8_t *data = field->data;
  message->used -= field->len;
  *field = (ProtobufCBinaryData){0};
  return data;
}

void coco_wire_release(void *allocator, const uint8_t *data, size_t size) {
  (void)size;
  release_block(allocator, (void *)(uintptr_t)data);
}

/* ---- The walk before decoding ---- */

typedef struct wire_scan {
  const uint8_t *start;
  const char *problem; /* NULL: none yet */
  size_t offset;       /* where it is */
} wire_scan;

static bool scan_problem(wire_scan *scan, const uint8_t *at, const char *problem) {
  scan->problem = problem;
  scan->offset = (size_t)(at - scan->start);
  return false;
}

/* Reads a variable-length integer of at most ten bytes. */
static bool read_varint(const uint8_t **at, const uint8_t *end, uint64_t *out) {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 70 && *at < end; shift += 7) {
    uint8_t byte = *(*at)++;
    if (shift < 64) value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) {
      *out = value;
      return true;
    }
  }
  return false;
}

/* Steps over the payload of a field; length-prefixed ones answer it in *out_payload. */
static bool skip_payload(wire_scan *scan, const uint8_t **at, const uint8_t *end, unsigned wire_type,
                         const uint8_t **out_payload) {
  uint64_t value = 0;
  size_t step = 0;
  switch (wire_type) {
    case PROTOBUF_C_WIRE_TYPE_VARINT:
      return read_varint(at, end, &value) || scan_problem(scan, *at, "a number is cut short");
    case PROTOBUF_C_WIRE_TYPE_64BIT:
      step = 8;
      break;
    case PROTOBUF_C_WIRE_TYPE_32BIT:
      step = 4;
      break;
    case PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED:
      if (!read_varint(at, end, &value)) return scan_problem(scan, *at, "a length is cut short");
      if (value > (uint64_t)(end - *at)) return scan_problem(scan, *at, "a length goes past the end");
      *out_payload = *at;
      step = (size_t)value;
      break;
    default:
      return scan_problem(scan, *at, "unknown wire type");
  }
  if (step > (size_t)(end - *at)) return scan_problem(scan, *at, "a number is cut short");
  *at += step;
  return true;
}

static size_t find_field(const ProtobufCMessageDescriptor *descriptor, uint64_t number) {
  for (unsigned i = 0; i < descriptor->n_fields; ++i)
    if (descriptor->fields[i].id == number) return i;
  return descriptor->n_fields;
}

/* Recursion: bounded by DEPTH. */
static bool scan_message(wire_scan *scan, const ProtobufCMessageDescriptor *descriptor, const uint8_t *at,
                         const uint8_t *end, unsigned depth) {
  if (depth > COCO_WIRE_MAXIMUM_DEPTH) return scan_problem(scan, at, "messages are nested too deeply");
  uint64_t seen = 0; /* single message fields, by index */
  while (at < end) {
    const uint8_t *tag_at = at;
    uint64_t tag;
    if (!read_varint(&at, end, &tag)) return scan_problem(scan, tag_at, "a tag is cut short");
    if (tag >> 3 == 0 || tag >> 3 > 0x1fffffff) return scan_problem(scan, tag_at, "a field number is out of range");
    const uint8_t *payload = NULL;
    if (!skip_payload(scan, &at, end, (unsigned)(tag & 7), &payload)) return false;
    size_t index = find_field(descriptor, tag >> 3);
    if (index == descriptor->n_fields) continue;
    const ProtobufCFieldDescriptor *field = &descriptor->fields[index];
    if (field->type != PROTOBUF_C_TYPE_MESSAGE) continue;
    if (!payload) return scan_problem(scan, tag_at, "a number stands where a message should");
    if (field->label != PROTOBUF_C_LABEL_REPEATED) {
      if (seen >> index & 1) return scan_problem(scan, tag_at, "a field that may be there once is there twice");
      seen |= (uint64_t)1 << index;
    }
    if (!scan_message(scan, field->descriptor, payload, at, depth + 1)) return false;
  }
  return true;
}

/* ---- Decoding and encoding ---- */

coco_status coco_wire_unpack(coco_context *context, const ProtobufCMessageDescriptor *descriptor, coco_string bytes,
                             const coco_location *location, const char *what, coco_wire_message *out) {
  const uint8_t *data = (const uint8_t *)bytes.data;
  *out = (coco_wire_message){.allocator = coco_context_allocator(context)};
  wire_scan scan = {.start = data};
  if (bytes.size == 0) return coco_error(context, location, "the %s is empty", what);
  if (!scan_message(&scan, descriptor, data, data + bytes.size, 0))
    return coco_error(context, location, "the %s is malformed: %s at byte %zu", what, scan.problem, scan.offset);
  /* Packed numbers grow eightfold when decoded, small messages more; a file of nothing but those is hostile. */
  const size_t base = (size_t)16 << 20;
  out->limit = bytes.size > (SIZE_MAX - base) / 12 ? SIZE_MAX : base + bytes.size * 12;
  out->hooks = (ProtobufCAllocator){.alloc = wire_allocate, .free = wire_free, .allocator_data = out};
  out->message = protobuf_c_message_unpack(descriptor, &out->hooks, bytes.size, data);
  if (out->message) return COCO_OK;
  if (out->over_limit) return coco_error(context, location, "the %s needs more than 12 times its size in memory", what);
  if (out->exhausted) return COCO_OUT_OF_MEMORY;
  return coco_error(context, location, "the %s is malformed: a field's encoding does not fit its type", what);
}

void coco_wire_free(coco_wire_message *message) {
  if (message->message) protobuf_c_message_free_unpacked(message->message, &message->hooks);
  message->message = NULL;
}

typedef struct pack_target {
  ProtobufCBuffer base;
  coco_buffer *buffer;
} pack_target;

static void append_packed(ProtobufCBuffer *base, size_t size, const uint8_t *data) {
  coco_buffer_append(((pack_target *)base)->buffer, data, size);
}

coco_status coco_wire_pack(const ProtobufCMessage *message, coco_buffer *buffer) {
  size_t size = protobuf_c_message_get_packed_size(message);
  COCO_TRY(coco_vector_grow(buffer->allocator, &buffer->data, &buffer->capacity, 1, buffer->size + size));
  pack_target target = {.base = {.append = append_packed}, .buffer = buffer};
  protobuf_c_message_pack_to_buffer(message, &target.base);
  return buffer->status;
}
