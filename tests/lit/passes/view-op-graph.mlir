// RUN: coco-opt %s -p 'builtin.module(view-op-graph)' -o /dev/null 2> %t.dot
// RUN: FileCheck %s < %t.dot
// RUN: coco-opt %s -p 'func.func(view-op-graph{print-attrs=false print-result-types=false print-control-flow-edges=true max-label-len=8})' -o /dev/null 2>&1 | FileCheck %s --check-prefix=EDGES

// CHECK: digraph G {
// CHECK: label = "builtin.module : ()";
// CHECK: label = "func.func : ()\nfunction_type: (i32, i1) -> i32\nsym_name: \"f\"";
// CHECK: v[[#A:]] [label = "arg0 : i32", shape = ellipse];
// CHECK: v[[#ADD:]] [label = "arith.addi : (i32)", shape = box];
// CHECK: v[[#BRANCH:]] [label = "cf.cond_br : ()\noperandSegmentSizes: array<i32: 1, 1, 0>", shape = box];
// CHECK: v[[#A]] -> v[[#ADD]] [label = "0"];
// CHECK: v[[#A]] -> v[[#ADD]] [label = "1"];
// CHECK: v[[#ADD]] -> v[[#BRANCH]] [label = "1"];
// CHECK-NOT: dashed

// EDGES: label = "func.func : ()";
// EDGES: v[[#BLOCK:]] [label = " ", shape = plain];
// EDGES: v[[#BRANCH:]] [label = "cf.cond_br : ()", shape = box];
// EDGES: v[[#BRANCH]] -> v{{[0-9]+}} [style = dashed];
// EDGES: v[[#BRANCH]] -> v{{[0-9]+}} [style = dashed];
func.func @f(%a: i32, %c: i1) -> i32 {
  %0 = arith.addi %a, %a : i32
  cf.cond_br %c, ^x(%0 : i32), ^y
^x(%b: i32):
  return %b : i32
^y:
  return %a : i32
}
