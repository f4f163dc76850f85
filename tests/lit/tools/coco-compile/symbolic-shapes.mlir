// A model that leaves an extent open wants it from the command line, and says how.
// RUN: not coco-compile %s -o %t.o --name=network 2>&1 | FileCheck %s --check-prefix=ASKS
// RUN: coco-compile %s -o %t.o --name=network --shape=x=3x4
// RUN: coco-run %s --shape=3x4 | FileCheck %s
// ASKS: input 'x' has the shape tensor<?x4xf32>: give its extents with --shape=x=1x3x224x224
// CHECK: y: tensor<3x4xf32>
func.func @main(%x: tensor<?x4xf32>) -> tensor<?x4xf32> attributes {coco.inputs = ["x"], coco.outputs = ["y"]} {
  %0 = graph.relu %x : tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}
