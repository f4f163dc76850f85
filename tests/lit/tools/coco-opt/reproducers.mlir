// A reproducer holds the module and the pipeline, and both tools run it.
// RUN: coco-opt %s -p 'func.func(cse),canonicalize{max-iterations=3}' --mlir-generate-reproducer=%t.mlir -o /dev/null
// RUN: FileCheck %s --check-prefix=TEXT < %t.mlir
// RUN: coco-opt %t.mlir --run-reproducer | FileCheck %s --check-prefix=REPLAYED
// RUN: coco-opt %t.mlir --run-reproducer --dump-pass-pipeline 2>&1 | FileCheck %s --check-prefix=DUMP
// RUN: coco-opt %t.mlir | FileCheck %s --check-prefix=UNTOUCHED
// RUN: not coco-opt %s --run-reproducer 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not coco-opt %t.mlir --run-reproducer --cse 2>&1 | FileCheck %s --check-prefix=TWO
// A pass that fails leaves one; a local one has the IR before that pass, and that pass alone. Success leaves nothing.
// RUN: rm -f %t.failed %t.local %t.good
// RUN: not coco-opt %s -p 'cse,pattern-to-graph,lr-to-loops' --mlir-pass-pipeline-crash-reproducer=%t.failed 2>&1 | FileCheck %s --check-prefix=SAID
// RUN: FileCheck %s --check-prefix=FAILED < %t.failed
// RUN: not coco-opt %s -p 'cse,pattern-to-graph,lr-to-loops' --mlir-pass-pipeline-crash-reproducer=%t.local --mlir-pass-pipeline-local-reproducer 2>&1 | FileCheck %s --check-prefix=SAID
// RUN: FileCheck %s --check-prefix=LOCAL < %t.local
// RUN: not coco-opt --run-reproducer %t.local 2>&1 | FileCheck %s --check-prefix=AGAIN
// RUN: coco-opt %s -p 'cse' --mlir-pass-pipeline-crash-reproducer=%t.good -o /dev/null
// RUN: not ls %t.good
// RUN: not coco-opt %s --cse --mlir-pass-pipeline-local-reproducer 2>&1 | FileCheck %s --check-prefix=LONELY

// TEXT: arith.addi
// TEXT: arith.addi
// TEXT: external_resources: {
// TEXT-NEXT: mlir_reproducer: {
// TEXT-NEXT: pipeline: "builtin.module(func.func(cse),canonicalize{max-iterations=3 max-num-rewrites=-1 top-down=true})",
// TEXT-NEXT: disable_threading: true,
// TEXT-NEXT: verify_each: true
// TEXT-NEXT: }
// TEXT-NEXT: }
// TEXT-NEXT: #-}
// REPLAYED: arith.addi
// REPLAYED-NOT: arith.addi
// DUMP: builtin.module(func.func(cse),canonicalize{max-iterations=3
// UNTOUCHED: arith.addi
// UNTOUCHED: arith.addi
// UNTOUCHED-NOT: mlir_reproducer
// NONE: error: the text has no mlir_reproducer with a pipeline to run
// TWO: coco-opt: --run-reproducer runs the recorded pipeline; no other can be given
// SAID: coco-opt: a pass failed; a reproducer is in '{{.*}}'
// FAILED: arith.addi
// FAILED: arith.addi
// FAILED: pipeline: "builtin.module(cse,pattern-to-graph,lr-to-loops)",
// LOCAL: arith.addi
// LOCAL-NOT: arith.addi
// LOCAL: pipeline: "builtin.module(lr-to-loops)",
// AGAIN: error:
// LONELY: coco-opt: --mlir-pass-pipeline-local-reproducer needs --mlir-pass-pipeline-crash-reproducer=FILE
func.func @f(%a: i32) -> (i32, i32) {
  %0 = arith.addi %a, %a : i32
  %1 = arith.addi %a, %a : i32
  return %0, %1 : i32, i32
}
func.func @g(%a: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %0 = graph.relu %a : tensor<1x4xf32>
  return %0 : tensor<1x4xf32>
}
