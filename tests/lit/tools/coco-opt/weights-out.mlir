// Weights go to a file beside the text; what a pass makes of them is never spelled out in the text unasked.
// RUN: rm -rf %t && mkdir %t
// RUN: coco-opt %s --canonicalize --allow-unregistered-dialect --weights-out=%t/a.safetensors -o %t/a.mlir
// RUN: FileCheck %s --check-prefix=BESIDE < %t/a.mlir
// RUN: coco-opt %t/a.mlir --cse --allow-unregistered-dialect | FileCheck %s --check-prefix=BESIDE
// RUN: sed 's/"test.hide"/"graph.neg"/' %t/a.mlir > %t/b.mlir
// RUN: not coco-opt %t/b.mlir --canonicalize -o %t/c.mlir 2>&1 | FileCheck %s --check-prefix=UNASKED
// RUN: not ls %t/c.mlir
// RUN: coco-opt %t/b.mlir --canonicalize --weights-out=%t/c.safetensors -o %t/c.mlir
// RUN: coco-opt %t/c.mlir --verify-roundtrip | FileCheck %s --check-prefix=ASKED

// Text in another folder names the file from there, when it is below; else weights have to be written anew.
// RUN: mkdir %t/sub %t/other
// RUN: coco-opt %t/c.mlir --weights-out=%t/sub/d.safetensors -o %t/d.mlir
// RUN: FileCheck %s --check-prefix=BELOW < %t/d.mlir
// RUN: coco-opt %t/d.mlir -o %t/sub/../e.mlir && diff %t/d.mlir %t/e.mlir
// RUN: coco-opt %t/sub/../d.mlir --weights-out=%t/sub/f.safetensors -o %t/sub/f.mlir
// RUN: coco-opt %t/sub/f.mlir -o %t/g.mlir && coco-opt %t/g.mlir | FileCheck %s --check-prefix=MOVED
// RUN: not coco-opt %t/c.mlir -o %t/other/h.mlir 2>&1 | FileCheck %s --check-prefix=ELSEWHERE
// RUN: not coco-opt %t/c.mlir -o %t/other/h.mlir --weights-out=%t/h.safetensors 2>&1 | FileCheck %s --check-prefix=OUTSIDE
// RUN: not coco-opt %t/c.mlir -o %t/same --weights-out=%t/same 2>&1 | FileCheck %s --check-prefix=SAME
// RUN: not ls %t/other/h.mlir %t/h.safetensors %t/same
// RUN: not coco-opt %t/c.mlir -o %t/i.mlir --weights-out=/nonexistent/w 2>&1 | FileCheck %s --check-prefix=NOWHERE
// RUN: not coco-opt %t/c.mlir --split-input-file --weights-out=%t/w 2>&1 | FileCheck %s --check-prefix=SPLIT
// BELOW: weights: "sub/d.safetensors"
// MOVED: weights: "sub/f.safetensors"
// ELSEWHERE: coco-opt: the weights in '{{.*}}/c.safetensors' cannot be named by text in '{{.*}}/other/h.mlir': they must be in its folder or below; --weights-out=FILE writes them elsewhere
// OUTSIDE: coco-opt: the weights in '{{.*}}/h.safetensors' cannot be named by text in '{{.*}}/other/h.mlir'
// SAME: coco-opt: '{{.*}}/same' cannot be both the text and its weights
// RUN: not coco-opt %t/c.mlir -o %t/i.mlir --weights-out=$(printf 'a/%%.0s' $(seq 2100))w 2>&1 | FileCheck %s --check-prefix=LONG
// LONG: coco-opt: 'a/{{.*}}/w' is too long a name
// NOWHERE: coco-opt: cannot find the folder of '/nonexistent/w'
// SPLIT: coco-opt: --weights-out has room for the weights of one module

// BESIDE: graph.constant dense_resource<{{.*}}> : tensor<2000xf32>
// BESIDE: weights: "a.safetensors"
// UNASKED: coco-opt: the passes made new weights ('{{.*}}', 8000 bytes), which are not in the module's weights file; --weights-out=FILE says where to write them
// ASKED-NOT: graph.neg
// ASKED: weights: "c.safetensors"
func.func @f() -> tensor<2000xf32> {
  %0 = graph.constant dense<1.0> : tensor<1000xf32>
  %1 = graph.constant dense<2.0> : tensor<1000xf32>
  %2 = graph.concat %0, %1 {axis = 0 : i64} : (tensor<1000xf32>, tensor<1000xf32>) -> tensor<2000xf32>
  %3 = "test.hide"(%2) : (tensor<2000xf32>) -> tensor<2000xf32>
  return %3 : tensor<2000xf32>
}
