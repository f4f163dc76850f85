/* Mutators that know what MLIR text is made of, for the fuzzers of text and pipelines.
 *
 * Each takes a text and appends a changed one to OUT, whose allocator is the heap; false: it found nothing to change,
 * and OUT holds nothing of use. None promises that what it makes parses or verifies: most of it does, some on purpose
 * does not. */
#ifndef COCO_TESTS_FUZZ_SUPPORT_MUTATORS_H
#define COCO_TESTS_FUZZ_SUPPORT_MUTATORS_H

#include "ir/base/buffer.h"
#include "tests/fuzz/support/choice.h"

/* Tokens, lines and balanced brackets: replaced, removed, repeated, swapped, nested. */
bool mutate_tokens(choice *c, coco_string text, coco_buffer *out);
/* The program that TEXT says: operations erased, cloned to other places, made of another row; operands and attributes
 * changed; with OTHER (data NULL: nothing) also operations of that program. */
bool mutate_program(choice *c, coco_string text, coco_string other, coco_buffer *out);
/* A pipeline: passes and options put in, taken out, changed, nested. */
bool mutate_pipeline(choice *c, coco_string text, coco_buffer *out);

/* libFuzzer's interface for a text that mutate_tokens and mutate_program may change: the new size of DATA. */
size_t mutate_source(choice *c, uint8_t *data, size_t size, size_t maximum_size);
/* OUT's bytes to DATA as far as these have room: their number. */
size_t take_mutation(const coco_buffer *out, uint8_t *data, size_t maximum_size);

/* The heap, which refuses blocks of more than 64 MiB: a program of few words may ask for any size. */
extern const coco_allocator fuzz_allocator;

/* Of libFuzzer. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maximum_size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maximum_size, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second, size_t second_size,
                                 uint8_t *out, size_t maximum_size, unsigned seed);

#endif
