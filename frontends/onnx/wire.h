/* Decoding protobuf messages that cannot be trusted.
 *
 * The bytes are walked against the schema before protobuf-c sees them: lengths, wire types, nesting
 * depth and repeated single fields are checked, so that its recursion is bounded. Its memory comes
 * from the context's allocator and may not exceed a multiple of the input's size. */
#ifndef COCO_FRONTENDS_ONNX_WIRE_H
#define COCO_FRONTENDS_ONNX_WIRE_H

#include <protobuf-c/protobuf-c.h>

#include "ir/context.h"

enum { COCO_WIRE_MAXIMUM_DEPTH = 64 };

/* A decoded message and the memory that it was decoded into. The struct must not move while the message lives. */
typedef struct coco_wire_message {
  ProtobufCMessage *message;
  ProtobufCAllocator hooks;
  const coco_allocator *allocator;
  size_t used, limit;
  bool over_limit; /* more was asked for than the limit allows */
  bool exhausted;  /* the allocator had no more */
} coco_wire_message;

/* Bytes that are not decoded but stay where they are: from COCO_WIRE_LARGE bytes on, the field BYTES of messages of
 * DESCRIPTOR is absent, and its fields ADDRESS and SIZE tell where in the input it is. Those two are ours: fields from
 * number COCO_WIRE_OWN on that the schema knows are refused in what is decoded. */
enum { COCO_WIRE_LARGE = 4096, COCO_WIRE_OWN = 1000 };
typedef struct coco_wire_in_place {
  const ProtobufCMessageDescriptor *descriptor;
  uint32_t bytes, address, size; /* field numbers */
} coco_wire_in_place;

/* Decodes BYTES (borrowed for the call; with IN_PLACE, which may be NULL, as long as the message is used). What is wrong is reported at LOCATION, with WHAT ("model") as its subject. */
coco_status coco_wire_unpack(coco_context *context, const ProtobufCMessageDescriptor *descriptor, coco_string bytes,
                             const coco_wire_in_place *in_place, const coco_location *location, const char *what,
                             coco_wire_message *out) COCO_MUST_USE;
void coco_wire_free(coco_wire_message *message);

/* Appends MESSAGE, encoded, to BUFFER, whose memory is reserved once. */
struct coco_buffer;
coco_status coco_wire_pack(const ProtobufCMessage *message, struct coco_buffer *buffer) COCO_MUST_USE;

#endif
