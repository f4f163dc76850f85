/* Comments that say who uses a value, as mlir-opt writes them. An operation without results is named by a number of its
 * own. Cost: linear in uses, for each as much as its operation has operands. */
#include "ir/text/printer_internal.h"

/* Whether an operand before this one is the same value: each user is named once. */
static bool is_repeated(const coco_use *use) {
  for (const coco_use *other = use->owner->operands; other != use; other++)
    if (other->value == use->value) return true;
  return false;
}

static void write_user(coco_printer *printer, const coco_operation *user, bool first) {
  if (!first) coco_buffer_append(printer->buffer, ", ", 2);
  if (!user->result_count) coco_write_value_name(printer, user);
  for (uint32_t i = 0; i < user->result_count; i++) {
    if (i) coco_buffer_append(printer->buffer, ", ", 2);
    coco_write_value(printer, &user->results[i]);
  }
}

static void write_users(coco_printer *printer, const coco_value *value) {
  if (!value->first_use) coco_buffer_text(printer->buffer, "unused");
  bool first = true;
  for (const coco_use *use = value->first_use; use; use = use->next) {
    if (is_repeated(use)) continue;
    write_user(printer, use->owner, first);
    first = false;
  }
}

/* One operation with at most one result uses all that OPERATION gives. */
static bool has_one_user(const coco_operation *operation) {
  const coco_operation *user = NULL;
  for (uint32_t i = 0; i < operation->result_count; i++)
    for (const coco_use *use = operation->results[i].first_use; use; use = use->next) {
      if (user && user != use->owner) return false;
      user = use->owner;
    }
  return user && user->result_count <= 1 && operation->result_count == 1;
}

void coco_write_operation_users(coco_printer *printer, const coco_operation *operation) {
  coco_buffer *buffer = printer->buffer;
  bool used = false;
  for (uint32_t i = 0; i < operation->result_count; i++) used = used || operation->results[i].first_use;
  if (!operation->result_count) {
    if (!operation->operand_count) return;
    coco_buffer_text(buffer, " // id: ");
    coco_write_value_name(printer, operation);
    return;
  }
  if (!used) {
    coco_buffer_text(buffer, " // unused");
    return;
  }
  coco_buffer_text(buffer, has_one_user(operation) ? " // user: " : " // users: ");
  for (uint32_t i = 0; i < operation->result_count; i++) {
    coco_buffer_text(buffer, i ? ", " : "");
    coco_buffer_text(buffer, operation->result_count > 1 ? "(" : "");
    write_users(printer, &operation->results[i]);
    coco_buffer_text(buffer, operation->result_count > 1 ? ")" : "");
  }
}

void coco_write_argument_users(coco_printer *printer, const coco_block *block) {
  for (uint32_t i = 0; i < block->argument_count; i++) {
    const coco_value *argument = block->arguments[i];
    coco_printer_newline(printer);
    coco_buffer_text(printer->buffer, "// ");
    coco_write_value(printer, argument);
    coco_buffer_text(printer->buffer, argument->first_use ? " is used by " : " is ");
    write_users(printer, argument);
  }
}
