// RUN: coco-translate --emit-dot %s | FileCheck %s
// Names are escaped; a group is one box, named after its anchor or its first operation, with what follows.
// CHECK: label=<a&lt;b&gt;&amp;&quot;?<br/>
// CHECK: <b>relu</b> + exp
func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> attributes {coco.inputs = ["a<b>&\"\09"]} {
  %y = "graph.fused"(%x) ({
  ^bb0(%a: tensor<2x3xf32>):
    %r = graph.relu %a : tensor<2x3xf32>
    %e = graph.exp %r : tensor<2x3xf32>
    graph.yield %e : tensor<2x3xf32>
  }) : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}
