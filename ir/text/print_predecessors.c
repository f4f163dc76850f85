/* Comments behind the names of blocks that say from where they are reached, as mlir-opt writes them. Linear in
 * branches. */
#include "ir/text/printer_internal.h"

typedef struct predecessor {
  const coco_block *block;
  struct predecessor *next;
} predecessor;

/* Backwards, so that each list is in the order of the blocks. */
void coco_find_predecessors(coco_printer *printer, const coco_region *region) {
  for (const coco_block *block = region->last; block; block = block->previous) {
    const coco_operation *end = block->last;
    for (size_t i = end ? end->successor_count : 0; i-- > 0;) {
      predecessor *added = coco_arena_allocate(&printer->arena, sizeof *added);
      coco_status status = added ? COCO_OK : COCO_OUT_OF_MEMORY;
      if (added)
        *added = (predecessor){block, coco_pointer_map_get(&printer->predecessors, coco_operation_successor(end, i))};
      if (added) status = coco_pointer_map_set(&printer->predecessors, coco_operation_successor(end, i), added);
      if (status != COCO_OK) printer->buffer->status = status;
    }
  }
}

void coco_write_predecessors(coco_printer *printer, const coco_block *block) {
  const predecessor *first = coco_pointer_map_get(&printer->predecessors, block);
  coco_buffer *buffer = printer->buffer;
  size_t count = 0;
  for (const predecessor *p = first; p; p = p->next) count++;
  if (!count) {
    if (block != block->region->first) coco_buffer_text(buffer, "  // no predecessors");
    return;
  }
  if (count == 1)
    coco_buffer_text(buffer, "  // pred: ");
  else
    coco_buffer_format(buffer, "  // %zu preds: ", count);
  for (const predecessor *p = first; p; p = p->next) {
    if (p != first) coco_buffer_append(buffer, ", ", 2);
    coco_write_block_name(printer, p->block);
  }
}
