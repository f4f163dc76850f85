/* Decoding protobuf messages that cannot be trusted: see wire.h. Cost: one walk over the tags, then protobuf-c's. */
#include "frontends/onnx/wire.h"

#include "ir/base/buffer.h"

/* ---- Memory for protobuf-c: each block is preceded by its size, so that it can be given back ---- */

enum { HEADER = 16 };

static void *wire_allocate(void *user, size_t size) {
  coco_wire_message *message = user;
  if (size > message->limit - message->used) {
    message->over_limit = true;
    return NULL;
  }
  char *block = coco_allocate(message->allocator, size + HEADER);
  if (!block) {
    message->exhausted = true;
    return NULL;
  }
  memcpy(block, &size, sizeof size);
  message->used += size;
  return block + HEADER;
}

static void wire_free(void *user, void *pointer) {
  coco_wire_message *message = user;
  if (!pointer) return;
  char *block = (char *)pointer - HEADER;
  size_t size;
  memcpy(&size, block, sizeof size);
  message->used -= size;
  coco_free(message->allocator, block, size + HEADER);
}

/* ---- The walk before decoding ---- */

typedef struct wire_scan {
  const uint8_t *start;
  const char *problem; /* NULL: none yet */
  size_t offset;       /* where it is */
  const coco_wire_in_place *in_place;
  coco_buffer *outline; /* with in_place: the message without what stays in place */
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

/* ---- The outline: the message without the bytes that stay in place ----
 *
 * Lengths of messages are written in LENGTH_SIZE bytes whatever they are, since they are known only afterwards. */

enum { LENGTH_SIZE = 5 };

static void put_varint(coco_buffer *outline, uint64_t value) {
  for (; value >= 0x80; value >>= 7) coco_buffer_byte(outline, (char)(value | 0x80));
  coco_buffer_byte(outline, (char)value);
}

/* Field NUMBER up to its length, which end_message writes. */
static size_t begin_message(coco_buffer *outline, uint64_t tag) {
  put_varint(outline, tag);
  size_t at = outline->size;
  coco_buffer_append(outline, "\0\0\0\0\0", LENGTH_SIZE);
  return at;
}

static void end_message(coco_buffer *outline, size_t length_at) {
  if (outline->status != COCO_OK) return;
  uint64_t length = outline->size - length_at - LENGTH_SIZE;
  for (size_t i = 0; i < LENGTH_SIZE; ++i)
    outline->data[length_at + i] = (char)((length >> (7 * i) & 0x7f) | (i + 1 < LENGTH_SIZE ? 0x80 : 0));
}

static bool stays_in_place(const wire_scan *scan, const ProtobufCMessageDescriptor *descriptor, uint64_t tag,
                           const uint8_t *payload, const uint8_t *end) {
  const coco_wire_in_place *in_place = scan->in_place;
  return in_place && descriptor == in_place->descriptor && tag >> 3 == in_place->bytes && payload &&
         end - payload >= COCO_WIRE_LARGE;
}

static void put_place(wire_scan *scan, const uint8_t *payload, const uint8_t *end) {
  put_varint(scan->outline, (uint64_t)scan->in_place->address << 3);
  put_varint(scan->outline, (uintptr_t)payload);
  put_varint(scan->outline, (uint64_t)scan->in_place->size << 3);
  put_varint(scan->outline, (uint64_t)(end - payload));
}

static bool scan_message(wire_scan *scan, const ProtobufCMessageDescriptor *descriptor, const uint8_t *at,
                         const uint8_t *end, unsigned depth);

static bool scan_submessage(wire_scan *scan, const ProtobufCMessageDescriptor *descriptor, uint64_t tag,
                            const uint8_t *payload, const uint8_t *end, unsigned depth) {
  if (!scan->outline) return scan_message(scan, descriptor, payload, end, depth);
  size_t length_at = begin_message(scan->outline, tag);
  bool good = scan_message(scan, descriptor, payload, end, depth);
  end_message(scan->outline, length_at);
  return good;
}

/* Recursion: bounded by DEPTH. */
static bool scan_message(wire_scan *scan, const ProtobufCMessageDescriptor *descriptor, const uint8_t *at,
                         const uint8_t *end, unsigned depth) {
  if (depth > COCO_WIRE_MAXIMUM_DEPTH) return scan_problem(scan, at, "messages are nested too deeply");
  uint64_t seen = 0; /* single fields that may be there once, by index */
  while (at < end) {
    const uint8_t *tag_at = at;
    uint64_t tag;
    if (!read_varint(&at, end, &tag)) return scan_problem(scan, tag_at, "a tag is cut short");
    if (tag >> 3 == 0 || tag >> 3 > 0x1fffffff) return scan_problem(scan, tag_at, "a field number is out of range");
    const uint8_t *payload = NULL;
    if (!skip_payload(scan, &at, end, (unsigned)(tag & 7), &payload)) return false;
    size_t index = find_field(descriptor, tag >> 3);
    if (index == descriptor->n_fields) continue;
    if (tag >> 3 >= COCO_WIRE_OWN) return scan_problem(scan, tag_at, "a field number is out of range");
    const ProtobufCFieldDescriptor *field = &descriptor->fields[index];
    bool is_message = field->type == PROTOBUF_C_TYPE_MESSAGE, in_place = stays_in_place(scan, descriptor, tag, payload, at);
    if (is_message && !payload) return scan_problem(scan, tag_at, "a number stands where a message should");
    if ((is_message && field->label != PROTOBUF_C_LABEL_REPEATED) || field->type == PROTOBUF_C_TYPE_BYTES) {
      if (seen >> index & 1 && field->label != PROTOBUF_C_LABEL_REPEATED)
        return scan_problem(scan, tag_at, "a field that may be there once is there twice");
      seen |= (uint64_t)1 << index;
    }
    if (is_message) {
      if (!scan_submessage(scan, field->descriptor, tag, payload, at, depth + 1)) return false;
    } else if (in_place) {
      put_place(scan, payload, at);
    } else if (scan->outline) {
      coco_buffer_append(scan->outline, tag_at, (size_t)(at - tag_at));
    }
  }
  return true;
}

/* ---- Decoding and encoding ---- */

static coco_status unpack(coco_context *context, const ProtobufCMessageDescriptor *descriptor, coco_string bytes,
                          const coco_location *location, const char *what, coco_wire_message *out) {
  out->message = protobuf_c_message_unpack(descriptor, &out->hooks, bytes.size, (const uint8_t *)bytes.data);
  if (out->message) return COCO_OK;
  if (out->over_limit) return coco_error(context, location, "the %s needs more than 12 times its size in memory", what);
  if (out->exhausted) return COCO_OUT_OF_MEMORY;
  return coco_error(context, location, "the %s is malformed: a field's encoding does not fit its type", what);
}

coco_status coco_wire_unpack(coco_context *context, const ProtobufCMessageDescriptor *descriptor, coco_string bytes,
                             const coco_wire_in_place *in_place, const coco_location *location, const char *what,
                             coco_wire_message *out) {
  const uint8_t *data = (const uint8_t *)bytes.data;
  coco_buffer outline = COCO_BUFFER(coco_context_allocator(context));
  *out = (coco_wire_message){.allocator = coco_context_allocator(context)};
  out->hooks = (ProtobufCAllocator){.alloc = wire_allocate, .free = wire_free, .allocator_data = out};
  wire_scan scan = {.start = data, .in_place = in_place, .outline = in_place ? &outline : NULL};
  if (bytes.size == 0) return coco_error(context, location, "the %s is empty", what);
  /* Packed numbers grow eightfold when decoded, small messages more; a file of nothing but those is hostile. */
  const size_t base = (size_t)16 << 20;
  out->limit = bytes.size > (SIZE_MAX - base) / 12 ? SIZE_MAX : base + bytes.size * 12;
  coco_status status = COCO_OK;
  if (!scan_message(&scan, descriptor, data, data + bytes.size, 0))
    status = coco_error(context, location, "the %s is malformed: %s at byte %zu", what, scan.problem, scan.offset);
  else
    status = outline.status;
  if (status == COCO_OK)
    status = unpack(context, descriptor, in_place ? coco_buffer_view(&outline) : bytes, location, what, out);
  coco_buffer_free(&outline);
  return status;
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
