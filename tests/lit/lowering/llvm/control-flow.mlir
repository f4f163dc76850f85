// RUN: coco-translate --emit-llvm %s | FileCheck %s
// Values that loops carry are phis; a branch's results too.

// CHECK-LABEL: define internal void @control_flow.{{.*}}loop
// CHECK: for:
// CHECK-NEXT: [[I:%.*]] = phi i64 [ 0, %{{.*}} ], [ [[NEXT:%.*]], %{{.*}} ]
// CHECK-NEXT: [[SUM:%.*]] = phi float [ 0.000000e+00, %{{.*}} ], [ [[MORE:%.*]], %{{.*}} ]
// CHECK: icmp slt i64 [[I]], 8
// CHECK: br i1 %{{.*}}, label %then, label %else
// CHECK: phi float [ %{{.*}}, %then ], [ [[SUM]], %else ]
// CHECK: [[NEXT]] = add nsw i64 [[I]], 1
// CHECK: while:
// CHECK: phi i64
func.func private @loop(%m: memref<8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %zero = arith.constant 0.0 : f32
  %r = scf.for %i = %c0 to %c8 step %c1 iter_args(%sum = %zero) -> (f32) {
    %x = memref.load %m[%i] : memref<8xf32>
    %p = arith.cmpf ogt, %x, %zero : f32
    %s = scf.if %p -> (f32) {
      %t = arith.addf %sum, %x : f32
      scf.yield %t : f32
    } else {
      scf.yield %sum : f32
    }
    scf.yield %s : f32
  }
  %n = scf.while (%k = %c0) : (index) -> index {
    %q = arith.cmpi slt, %k, %c8 : index
    scf.condition(%q) %k : index
  } do {
  ^bb0(%k: index):
    memref.store %r, %m[%k] : memref<8xf32>
    %next = arith.addi %k, %c1 : index
    scf.yield %next : index
  }
  return
}

func.func @main(%m: memref<8xf32>) attributes {coco.inputs = ["m"], coco.outputs = []} {
  call @loop(%m) : (memref<8xf32>) -> ()
  return
}
