// What is written is DOT that Graphviz reads, whatever strings and symbols hold.
// REQUIRES: graphviz
// RUN: coco-opt %s --allow-unregistered-dialect -p 'builtin.module(view-op-graph{max-label-len=80 print-control-flow-edges=true})' -o /dev/null 2> %t.dot
// RUN: dot -Tplain %t.dot 2>&1 | FileCheck %s
// CHECK-NOT: rror
// CHECK: graph 1
// CHECK: node {{.*}}odd
// CHECK: stop
func.func @"odd \22name\22 \\ <b> { | }"(%x: i32) -> i32 {
  "test.odd"() {text = "quote \22, \\n, line\0A, <b>&amp; { | } \E2\98\83 \00"} : () -> ()
  cf.br ^next(%x : i32)
^next(%y: i32):
  return %y : i32
}
