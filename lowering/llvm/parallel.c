/* scf.parallel: the body becomes a function of the index of a piece.
 *
 *   piece(captured..., index)      the body; captured buffers that nothing else captured overlaps are noalias
 *   call(argument, index)          unpacks the captured values and calls piece: what coco_threads->parallel wants
 *
 * The iteration space of several dimensions is flattened, the last dimension fastest. With threads, and more
 * than one piece, the caller's pool runs the pieces; else a loop does, as where the attribute `coco.serial` says that
 * there is too little to do. Pieces write disjoint memory, so the
 * bits do not depend on who runs them. */
#include "dialects/memref/memref.h"
#include "dialects/scf/scf.h"
#include "lowering/llvm/translate.h"

enum { MAXIMUM_DIMENSIONS = 8 };

typedef struct capture {
  const coco_value *value; /* NULL: a number of the iteration space */
  LLVMValueRef outer;
  bool distinct; /* a memref of its own memory */
} capture;

typedef struct outline {
  coco_translator *translator;
  coco_operation *operation;
  coco_block *body;
  size_t dimensions;
  LLVMValueRef lower[MAXIMUM_DIMENSIONS], step[MAXIMUM_DIMENSIONS], extent[MAXIMUM_DIMENSIONS];
  LLVMValueRef total;
  COCO_VECTOR_OF(capture) captures;
  coco_status status;
} outline;

/* ---- The iteration space ---- */

/* max(0, ceil((upper - lower) / step)), folded by the builder where it is constant. */
static LLVMValueRef extent_of(coco_translator *translator, LLVMValueRef lower, LLVMValueRef upper, LLVMValueRef step) {
  LLVMBuilderRef builder = translator->builder;
  LLVMValueRef one = coco_constant_i64(translator, 1), zero = coco_constant_i64(translator, 0);
  LLVMValueRef distance = LLVMBuildSub(builder, upper, lower, "");
  LLVMValueRef rounded = LLVMBuildAdd(builder, distance, LLVMBuildSub(builder, step, one, ""), "");
  LLVMValueRef some = LLVMBuildICmp(builder, LLVMIntSGT, distance, zero, "");
  return LLVMBuildSelect(builder, some, LLVMBuildSDiv(builder, rounded, step, ""), zero, "");
}

static coco_status measure(outline *out) {
  coco_translator *translator = out->translator;
  out->dimensions = out->body->argument_count;
  if (out->operation->result_count || out->operation->operand_count != 3 * out->dimensions)
    return coco_operation_error(out->operation, "has reductions, which have no translation to LLVM IR");
  if (!out->dimensions || out->dimensions > MAXIMUM_DIMENSIONS)
    return coco_operation_error(out->operation, "has %zu dimensions: at most %d have a translation to LLVM IR",
                                out->dimensions, MAXIMUM_DIMENSIONS);
  out->total = coco_constant_i64(translator, 1);
  for (size_t i = 0; i < out->dimensions; ++i) {
    out->lower[i] = coco_translated_operand(translator, out->operation, i);
    out->step[i] = coco_translated_operand(translator, out->operation, 2 * out->dimensions + i);
    out->extent[i] = extent_of(translator, out->lower[i],
                               coco_translated_operand(translator, out->operation, out->dimensions + i), out->step[i]);
    out->total = LLVMBuildMul(translator->builder, out->total, out->extent[i], "");
  }
  return COCO_OK;
}

/* The induction variables of piece INDEX. */
static coco_status set_variables(outline *out, LLVMValueRef index) {
  LLVMBuilderRef builder = out->translator->builder;
  for (size_t i = out->dimensions; i-- > 0;) {
    LLVMValueRef position = index;
    if (i > 0) {
      position = LLVMBuildURem(builder, index, out->extent[i], "");
      index = LLVMBuildUDiv(builder, index, out->extent[i], "");
    }
    LLVMValueRef variable =
        LLVMBuildNSWAdd(builder, out->lower[i], LLVMBuildNSWMul(builder, position, out->step[i], ""), "");
    COCO_TRY(coco_translation_set(out->translator, out->body->arguments[i], variable));
  }
  return COCO_OK;
}

/* ---- Captured values ---- */

static void add_capture(outline *out, const coco_value *value, LLVMValueRef outer) {
  if (out->status != COCO_OK || LLVMIsConstant(outer)) return;
  for (size_t i = 0; i < out->captures.count; ++i)
    if (out->captures.items[i].outer == outer && out->captures.items[i].value == value) return;
  out->status = coco_vector_push(out->translator->allocator, &out->captures, ((capture){value, outer, false}));
}

static coco_walk_result capture_operands(coco_operation *operation, void *user) {
  outline *out = user;
  if (operation == out->operation) return COCO_WALK_ON;
  for (uint32_t i = 0; i < operation->operand_count && out->status == COCO_OK; ++i) {
    const coco_value *value = coco_operation_operand(operation, i);
    coco_block *block = coco_value_block(value);
    if (coco_operation_is_ancestor(out->operation, block->region->owner)) continue;
    add_capture(out, value, coco_translated(out->translator, value));
  }
  return out->status == COCO_OK ? COCO_WALK_ON : COCO_WALK_STOP;
}

/* Arguments of the layer, globals and allocations are memory of their own. */
static bool is_own_memory(const coco_value *root) {
  const coco_operation *operation = coco_value_operation(root);
  return !operation || coco_operation_is(operation, &coco_memref_get_global) ||
         coco_operation_is(operation, &coco_memref_alloca);
}

static bool same_memory(const coco_value *a, const coco_value *b) {
  const coco_operation *left = coco_value_operation(a), *right = coco_value_operation(b);
  if (coco_operation_is(left, &coco_memref_get_global) && coco_operation_is(right, &coco_memref_get_global))
    return COCO_PROPERTY(left, memref_get_global, name) == COCO_PROPERTY(right, memref_get_global, name);
  return a == b;
}

static void find_distinct(outline *out) {
  for (size_t i = 0; i < out->captures.count; ++i) {
    capture *one = &out->captures.items[i];
    if (!one->value || one->value->type->kind != COCO_TYPE_MEMREF) continue;
    const coco_value *root = coco_memref_root(one->value);
    one->distinct = is_own_memory(root);
    for (size_t k = 0; k < out->captures.count && one->distinct; ++k) {
      const coco_value *other = out->captures.items[k].value;
      if (k != i && other && other->type->kind == COCO_TYPE_MEMREF && same_memory(root, coco_memref_root(other)))
        one->distinct = false;
    }
  }
}

static coco_status collect(outline *out) {
  coco_translator *translator = out->translator;
  coco_operation_walk(out->operation, COCO_PRE_ORDER, capture_operands, out);
  for (size_t i = 0; i < out->dimensions; ++i) {
    add_capture(out, NULL, out->lower[i]);
    add_capture(out, NULL, out->step[i]);
    if (i > 0) add_capture(out, NULL, out->extent[i]);
  }
  if (translator->weights) add_capture(out, NULL, translator->weights);
  find_distinct(out);
  return out->status;
}

/* ---- The piece ---- */

static LLVMValueRef inside(const outline *out, LLVMValueRef piece, LLVMValueRef outer) {
  for (size_t i = 0; i < out->captures.count; ++i)
    if (out->captures.items[i].outer == outer && !out->captures.items[i].value) return LLVMGetParam(piece, (unsigned)i);
  return outer;
}

static coco_status fill_piece(outline *out, LLVMValueRef piece) {
  coco_translator *translator = out->translator;
  for (size_t i = 0; i < out->captures.count; ++i)
    if (out->captures.items[i].value)
      COCO_TRY(coco_translation_set(translator, out->captures.items[i].value, LLVMGetParam(piece, (unsigned)i)));
  for (size_t i = 0; i < out->dimensions; ++i) {
    out->lower[i] = inside(out, piece, out->lower[i]);
    out->step[i] = inside(out, piece, out->step[i]);
    out->extent[i] = inside(out, piece, out->extent[i]);
  }
  if (translator->weights) translator->weights = inside(out, piece, translator->weights);
  LLVMPositionBuilderAtEnd(translator->builder, LLVMAppendBasicBlockInContext(translator->llvm, piece, ""));
  COCO_TRY(set_variables(out, LLVMGetParam(piece, (unsigned)out->captures.count)));
  coco_operation *terminator = NULL;
  COCO_TRY(coco_translate_block(translator, out->body, &terminator));
  /* Whoever runs the next layer must see stores past the caches, which no other store waits for. */
  if (translator->streams) LLVMBuildFence(translator->builder, LLVMAtomicOrderingSequentiallyConsistent, 0, "");
  LLVMBuildRetVoid(translator->builder);
  return COCO_OK;
}

static coco_status make_piece(outline *out, LLVMTypeRef type, LLVMValueRef *piece) {
  coco_translator *translator = out->translator;
  *piece = coco_new_function(translator, translator->layer, ".piece", type);
  coco_add_attribute(translator->llvm, *piece, LLVMAttributeFunctionIndex, "noinline", 0);
  for (size_t i = 0; i < out->captures.count; ++i)
    if (out->captures.items[i].distinct) coco_add_attribute(translator->llvm, *piece, (unsigned)i + 1, "noalias", 0);
  const coco_translator saved = *translator;
  LLVMBasicBlockRef here = LLVMGetInsertBlock(translator->builder);
  translator->function = *piece;
  translator->in_piece = true;
  translator->streams = false;
  coco_debug_function(translator, *piece, saved.layer, out->operation->location);
  coco_status status = fill_piece(out, *piece);
  translator->function = saved.function;
  translator->in_piece = saved.in_piece;
  translator->streams = saved.streams;
  translator->weights = saved.weights;
  translator->scope = saved.scope;
  translator->scope_location = saved.scope_location;
  LLVMPositionBuilderAtEnd(translator->builder, here);
  for (size_t i = 0; i < out->captures.count && status == COCO_OK; ++i)
    if (out->captures.items[i].value)
      status = coco_translation_set(translator, out->captures.items[i].value, out->captures.items[i].outer);
  coco_debug_location(translator, out->operation->location);
  return status;
}

/* ---- Running the pieces ---- */

static coco_status call_piece(outline *out, LLVMValueRef piece, LLVMTypeRef pack, LLVMValueRef packed,
                              LLVMValueRef index) {
  coco_translator *translator = out->translator;
  size_t count = out->captures.count;
  LLVMValueRef *arguments = coco_allocate_zeroed(translator->allocator, count + 1, sizeof *arguments);
  if (!arguments) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) {
    arguments[i] = out->captures.items[i].outer;
    if (!packed) continue;
    LLVMValueRef place = LLVMBuildStructGEP2(translator->builder, pack, packed, (unsigned)i, "");
    arguments[i] = LLVMBuildLoad2(translator->builder, LLVMStructGetTypeAtIndex(pack, (unsigned)i), place, "");
  }
  arguments[count] = index;
  LLVMBuildCall2(translator->builder, LLVMGlobalGetValueType(piece), piece, arguments, (unsigned)count + 1, "");
  coco_free(translator->allocator, arguments, (count + 1) * sizeof *arguments);
  return COCO_OK;
}

/* call(argument, index). */
static coco_status make_unpacker(outline *out, LLVMValueRef piece, LLVMTypeRef pack, LLVMValueRef *unpacker) {
  coco_translator *translator = out->translator;
  LLVMTypeRef parameters[] = {coco_pointer_type(translator), LLVMInt64TypeInContext(translator->llvm)};
  *unpacker = coco_new_function(translator, translator->layer, ".call",
                                LLVMFunctionType(LLVMVoidTypeInContext(translator->llvm), parameters, 2, 0));
  LLVMBasicBlockRef here = LLVMGetInsertBlock(translator->builder);
  LLVMMetadataRef location = LLVMGetCurrentDebugLocation2(translator->builder);
  LLVMSetCurrentDebugLocation2(translator->builder, NULL);
  LLVMPositionBuilderAtEnd(translator->builder, LLVMAppendBasicBlockInContext(translator->llvm, *unpacker, ""));
  coco_status status = call_piece(out, piece, pack, LLVMGetParam(*unpacker, 0), LLVMGetParam(*unpacker, 1));
  LLVMBuildRetVoid(translator->builder);
  LLVMPositionBuilderAtEnd(translator->builder, here);
  LLVMSetCurrentDebugLocation2(translator->builder, location);
  return status;
}

static void pack_captures(outline *out, LLVMTypeRef pack, LLVMValueRef packed) {
  for (size_t i = 0; i < out->captures.count; ++i)
    LLVMBuildStore(out->translator->builder, out->captures.items[i].outer,
                   LLVMBuildStructGEP2(out->translator->builder, pack, packed, (unsigned)i, ""));
}

/* threads->parallel(threads->context, unpacker, packed, total) */
static void call_threads(outline *out, LLVMValueRef unpacker, LLVMValueRef packed) {
  coco_translator *translator = out->translator;
  LLVMBuilderRef builder = translator->builder;
  LLVMTypeRef pointer = coco_pointer_type(translator), number = LLVMInt64TypeInContext(translator->llvm);
  LLVMTypeRef members[] = {pointer, LLVMInt32TypeInContext(translator->llvm), pointer};
  LLVMTypeRef threads = LLVMStructTypeInContext(translator->llvm, members, 3, 0);
  LLVMValueRef context =
      LLVMBuildLoad2(builder, pointer, LLVMBuildStructGEP2(builder, threads, translator->threads, 0, ""), "");
  LLVMValueRef parallel =
      LLVMBuildLoad2(builder, pointer, LLVMBuildStructGEP2(builder, threads, translator->threads, 2, ""), "");
  LLVMTypeRef parameters[] = {pointer, pointer, pointer, number};
  LLVMTypeRef type = LLVMFunctionType(LLVMVoidTypeInContext(translator->llvm), parameters, 4, 0);
  LLVMBuildCall2(builder, type, parallel, (LLVMValueRef[]){context, unpacker, packed, out->total}, 4, "");
}

static coco_status serial_loop(outline *out, LLVMValueRef piece, LLVMBasicBlockRef after) {
  coco_translator *translator = out->translator;
  LLVMBuilderRef builder = translator->builder;
  LLVMBasicBlockRef before = LLVMGetInsertBlock(builder), head = coco_new_block(translator, "serial"),
                    body = coco_new_block(translator, "piece");
  LLVMBuildBr(builder, head);
  LLVMPositionBuilderAtEnd(builder, head);
  LLVMValueRef index = LLVMBuildPhi(builder, LLVMInt64TypeInContext(translator->llvm), "");
  LLVMBuildCondBr(builder, LLVMBuildICmp(builder, LLVMIntSLT, index, out->total, ""), body, after);
  LLVMPositionBuilderAtEnd(builder, body);
  COCO_TRY(call_piece(out, piece, NULL, NULL, index));
  LLVMValueRef next = LLVMBuildNSWAdd(builder, index, coco_constant_i64(translator, 1), ""),
               zero = coco_constant_i64(translator, 0);
  LLVMBuildBr(builder, head);
  LLVMAddIncoming(index, (LLVMValueRef[]){zero, next}, (LLVMBasicBlockRef[]){before, body}, 2);
  return COCO_OK;
}

static coco_status alone(outline *out, LLVMValueRef piece) {
  LLVMBasicBlockRef after = coco_new_block(out->translator, "end");
  COCO_TRY(serial_loop(out, piece, after));
  LLVMPositionBuilderAtEnd(out->translator->builder, after);
  return COCO_OK;
}

static coco_status run_pieces(outline *out, LLVMTypeRef *types) {
  coco_translator *translator = out->translator;
  LLVMBuilderRef builder = translator->builder;
  unsigned count = (unsigned)out->captures.count;
  LLVMTypeRef pack = LLVMStructTypeInContext(translator->llvm, types, count, 0);
  types[count] = LLVMInt64TypeInContext(translator->llvm);
  LLVMValueRef piece, unpacker, total = out->total;
  COCO_TRY(make_piece(out, LLVMFunctionType(LLVMVoidTypeInContext(translator->llvm), types, count + 1, 0), &piece));
  if (coco_operation_get(out->operation, COCO_STRING("coco.serial"))) return alone(out, piece);
  COCO_TRY(make_unpacker(out, piece, pack, &unpacker));
  LLVMBasicBlockRef threaded = coco_new_block(translator, "threaded"), serial = coco_new_block(translator, "alone"),
                    after = coco_new_block(translator, "end");
  LLVMValueRef lonely = LLVMBuildIsNull(builder, translator->threads, "");
  lonely =
      LLVMBuildOr(builder, lonely, LLVMBuildICmp(builder, LLVMIntSLE, total, coco_constant_i64(translator, 1), ""), "");
  LLVMBuildCondBr(builder, lonely, serial, threaded);
  LLVMPositionBuilderAtEnd(builder, threaded);
  LLVMValueRef packed = coco_entry_alloca(translator, pack, 8);
  pack_captures(out, pack, packed);
  call_threads(out, unpacker, packed);
  LLVMBuildBr(builder, after);
  LLVMPositionBuilderAtEnd(builder, serial);
  COCO_TRY(serial_loop(out, piece, after));
  LLVMPositionBuilderAtEnd(builder, after);
  return COCO_OK;
}

static coco_status translate_outlined(outline *out) {
  COCO_TRY(collect(out));
  size_t count = out->captures.count + 1;
  LLVMTypeRef *types = coco_allocate_zeroed(out->translator->allocator, count, sizeof *types);
  if (!types) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < out->captures.count; ++i) types[i] = LLVMTypeOf(out->captures.items[i].outer);
  coco_status status = run_pieces(out, types);
  coco_free(out->translator->allocator, types, count * sizeof *types);
  return status;
}

coco_status coco_translate_parallel(coco_translator *translator, coco_operation *operation, int detail) {
  (void)detail;
  outline out = {.translator = translator, .operation = operation, .body = coco_operation_body(operation, 0)};
  if (translator->in_piece)
    return coco_operation_error(operation, "stands inside another scf.parallel: that has no translation to LLVM IR");
  COCO_TRY(measure(&out));
  if (LLVMIsAConstantInt(out.total) && LLVMConstIntGetSExtValue(out.total) == 0) return COCO_OK;
  if (LLVMIsAConstantInt(out.total) && LLVMConstIntGetSExtValue(out.total) == 1) {
    coco_operation *terminator = NULL;
    COCO_TRY(set_variables(&out, coco_constant_i64(translator, 0)));
    return coco_translate_block(translator, out.body, &terminator);
  }
  coco_status status = translate_outlined(&out);
  coco_vector_free(translator->allocator, &out.captures);
  return status;
}
