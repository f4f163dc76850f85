"t.w"() {a = dense_resource<w1> : tensor<4xf32>, b = [dense_resource<"w 2"> : tensor<2x2xi8>], c = dense_resource<w1> : tensor<2x2xf32>} : () -> ()
{-#
  dialect_resources: {
    builtin: { w1: "0x040000000000803F000000400000404000008040", "w 2": "0x0400000001020304"},
    foo: { x: "0x01" }
  },
  external_resources: { mlir_reproducer: { pipeline: "x", disable_threading: true } }
#-}
