/* What generated code and its caller agree on. Needs nothing but a C compiler; no library.
 *
 * An object made by coco-compile with --name=NAME defines two symbols and no others:
 *
 *   int32_t NAME_run(const T *input..., T *output..., void *scratch, const struct coco_threads *threads);
 *   extern const struct coco_object_info NAME_info;
 *
 * Tensors are dense and row-major, in the order and with the shapes that NAME_info tells. They need the
 * alignment of their element only. SCRATCH has NAME_info.scratch_size bytes, aligned to
 * NAME_info.scratch_alignment; its contents need no initialisation and mean nothing afterwards. With
 * weights in a file of their own (--weights=FILE), "const void *weights" comes before SCRATCH: the file's bytes, 64-byte aligned.
 * Running allocates nothing, keeps no state and writes to nothing but the outputs and the scratch, so
 * concurrent calls with separate scratch and outputs are allowed. Outputs must not overlap anything else.
 * Each thread that runs pieces needs some 300 KiB of stack for it.
 * The same input gives the same bits, whatever the number of threads. */
#ifndef COCO_OBJECT_H
#define COCO_OBJECT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What NAME_run returns. */
enum coco_object_status {
  COCO_OBJECT_OK = 0,
  COCO_OBJECT_NULL_ARGUMENT = 1,       /* an input, an output, the weights, or a scratch that is needed is NULL */
  COCO_OBJECT_MISALIGNED = 2,          /* scratch, weights, or a tensor */
  COCO_OBJECT_UNSUPPORTED_PROCESSOR = 3 /* the processor lacks what NAME_info.required_features names */
};

/* How to run pieces in parallel. A NULL threads argument means: on the calling thread. */
struct coco_threads {
  void *context;
  uint32_t count; /* threads at hand, the caller's included; a hint */
  /* Calls body(argument, index) once for each index in [0, pieces), in any order and on any thread, and
   * returns when all have returned. */
  void (*parallel)(void *context, void (*body)(void *argument, int64_t index), void *argument, int64_t pieces);
};

enum { COCO_OBJECT_MAGIC = 0x4f434f43, COCO_OBJECT_VERSION = 1, COCO_OBJECT_MAXIMUM_RANK = 8 };

/* Element types, as ONNX numbers them. */
enum coco_object_element {
  COCO_OBJECT_F32 = 1, COCO_OBJECT_U8 = 2, COCO_OBJECT_I8 = 3, COCO_OBJECT_U16 = 4, COCO_OBJECT_I16 = 5, COCO_OBJECT_I32 = 6,
  COCO_OBJECT_I64 = 7, COCO_OBJECT_BOOL = 9, COCO_OBJECT_F16 = 10, COCO_OBJECT_F64 = 11, COCO_OBJECT_U32 = 12, COCO_OBJECT_U64 = 13,
  COCO_OBJECT_BF16 = 16
};

struct coco_object_tensor {
  const char *name;
  uint32_t element; /* enum coco_object_element */
  uint32_t rank;
  int64_t shape[COCO_OBJECT_MAXIMUM_RANK]; /* elements; rank entries, the others are 0 */
  uint64_t size;                           /* bytes */
};

struct coco_object_info {
  uint32_t magic;   /* COCO_OBJECT_MAGIC */
  uint32_t version; /* COCO_OBJECT_VERSION */
  const char *name;
  uint32_t input_count, output_count;
  const struct coco_object_tensor *inputs, *outputs;
  uint64_t scratch_size;      /* bytes: every intermediate value of the network, at once */
  uint64_t scratch_alignment; /* a power of two */
  uint64_t weights_size;      /* bytes */
  uint32_t weights_external;  /* 1: NAME_run takes the weights as an argument */
  uint32_t reserved;
  const char *compiler;          /* "coco 0.1.0" */
  const char *triple;            /* LLVM target triple */
  const char *required_features; /* "avx2,fma"; empty: none beyond the triple's */
  const char *pipeline;          /* the pass pipeline that made it */
  const char *schedule_hash;     /* hexadecimal; equal hashes: equal schedules */
};

#ifdef __cplusplus
}
#endif

#endif
