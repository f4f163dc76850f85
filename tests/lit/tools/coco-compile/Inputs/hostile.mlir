func.func @main(%x: tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32> attributes {coco.inputs = ["<img src=x onerror=alert(1)>"], coco.outputs = ["\22 style='x'"]} {
  %0 = graph.relu %x : tensor<1x2x4x4xf32> loc("</title></style><script>alert(1)</script>")
  %1 = graph.reduce mean %0 {axes = array<i64: 2>, keep_dimensions = true} : (tensor<1x2x4x4xf32>) -> tensor<1x2x1x4xf32> loc("\22 onmouseover='a' \FF\C0\AF\01\E2\80\AE&amp; \\u0041 a very long name that goes on and on, longer than any box of the picture is wide")
  %2 = graph.add %0, %1 : (tensor<1x2x4x4xf32>, tensor<1x2x1x4xf32>) -> tensor<1x2x4x4xf32> loc("]]><!--")
  return %2 : tensor<1x2x4x4xf32>
}
