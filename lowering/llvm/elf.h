/* Attaching bytes to an ELF object after the compiler has made it, so that weights never pass through LLVM. */
#ifndef COCO_LOWERING_LLVM_ELF_H
#define COCO_LOWERING_LLVM_ELF_H

#include "ir/base/buffer.h"

/* OBJECT is a 64-bit little-endian ELF object with an empty section SECTION. Afterwards that section has SIZE bytes,
 * which are those that follow the object: OBJECT is padded to a multiple of 64, and the caller writes the bytes right
 * behind it. COCO_UNSUPPORTED when OBJECT is no such file or has no such section. */
coco_status coco_elf_attach(coco_buffer *object, const char *section, uint64_t size) COCO_MUST_USE;

#endif
