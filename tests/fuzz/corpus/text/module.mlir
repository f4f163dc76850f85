#map = affine_map<(d0, d1)[s0] -> (d0 + s0, d1 floordiv 2, -d0 - d1 * 3 + 7)>
!t = tensor<4x?xf32>
module @m attributes {a.x = 5 : i32, a.y = #map} {
  func.func @f(%arg0: !t, %arg1: memref<4x4xf32, strided<[4, 1], offset: ?>, 3>) -> tensor<4x?xf32> {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %x:2 = "t.op"(%arg0, %c0) ({
    ^bb0(%a: i32):
      "t.br"(%a)[^bb1, ^bb2] : (i32) -> ()
    ^bb1:
      %q = "t.z"() : () -> i1
      "t.end"(%q) : (i1) -> ()
    ^bb2:
      "t.end"() : () -> ()
    }, {}) {f = 1.5 : f16, g = 0x7FC00001 : f32, h = [1, 2.5, "a\22b\n", @s::@t, unit, i32, -3 : si8], d = dense<[[1, 2], [3, 4]]> : tensor<2x2xi8>, e = dense<1.5> : vector<4xf32>, j = array<i64: 1, -2>, k = array<i1: true, false>, l = 123456789012345678901234567890 : i128, m = -1 : i128} : (tensor<4x?xf32>, index) -> (i32, f32)
    %y = "t.fwd"(%x#0, %x#1) <{p = 1 : i64}> : (i32, f32) -> i32
    scf.for %i = %c0 to %c4 step %c1 {
      %cc = arith.constant 1.0 : f32
      memref.store %cc, %arg1[%i, %i] : memref<4x4xf32, strided<[4, 1], offset: ?>, 3>
    }
    %s = scf.for %i = %c0 to %c4 step %c1 iter_args(%acc = %c0) -> (index) {
      %n = arith.addi %acc, %i : index
      scf.yield %n : index
    }
    func.return %arg0 : tensor<4x?xf32>
  }
}
