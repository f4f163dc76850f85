/* A compiled network in this process, to be run in one thread on made-up inputs. */
#ifndef COCO_TOOLS_COCO_COMPILE_LOADED_H
#define COCO_TOOLS_COCO_COMPILE_LOADED_H

#include "lowering/llvm/emit.h"
#include "targets/compile.h"
#include "tools/common/native_call.h"
#include "tools/common/tensor_file.h"
#include "tools/common/tool.h"

typedef struct loaded_network {
  coco_context *context;
  coco_jit *engine;
  coco_tensor *tensors; /* inputs, then outputs */
  size_t tensor_count, tensor_room;
  void *weights;
  size_t weights_size;
  coco_native_scratch scratch;
  coco_native_call *call;
} loaded_network;

/* COMPILED, an object with its weights outside and SYMBOL in it, may go afterwards; HOOK is as of coco_jit_create. *OUT
 * is to be destroyed, on failure, too. Failures of the user's or of this build are told. */
coco_status loaded_make(const coco_tool *tool, const coco_compiled *compiled, const char *symbol,
                        coco_profile_hook hook, loaded_network *out) COCO_MUST_USE;
void loaded_destroy(loaded_network *network);

#endif
