// RUN: coco-translate --emit-llvm %s | FileCheck %s
// The body of a parallel loop becomes a function of a piece's number; threads run the pieces, or a loop does.

// CHECK-LABEL: define internal void @parallel.{{.*}}rows
// CHECK-SAME: ptr [[THREADS:%[0-9]+]])
// CHECK: icmp eq ptr [[THREADS]], null
// CHECK: threaded:
// CHECK: getelementptr inbounds { ptr, i32, ptr }, ptr [[THREADS]], i32 0, i32 2
// CHECK: call void %{{[0-9]+}}(ptr %{{[0-9]+}}, ptr @[[CALL:.*call.*]], ptr %{{[0-9]+}}, i64 6)
// CHECK: serial:
// CHECK: icmp slt i64 %{{[0-9]+}}, 6
// CHECK: call void @[[PIECE:.*piece.*]](ptr %0, ptr %1,
func.func private @rows(%x: memref<2x3xf32>, %y: memref<2x3xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  scf.parallel (%i, %j) = (%c0, %c0) to (%c2, %c3) step (%c1, %c1) {
    %v = memref.load %x[%i, %j] : memref<2x3xf32>
    memref.store %v, %y[%i, %j] : memref<2x3xf32>
  }
  return
}

// So little work is not worth other threads.
// CHECK-LABEL: define internal void @parallel.{{.*}}short
// CHECK-NOT: threaded:
// CHECK: serial:
// CHECK: icmp slt i64 %{{[0-9]+}}, 6
// CHECK: call void @{{.*piece.*}}(ptr %0, ptr %1,
// CHECK-NOT: threaded:
func.func private @short(%x: memref<2x3xf32>, %y: memref<2x3xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  scf.parallel (%i, %j) = (%c0, %c0) to (%c2, %c3) step (%c1, %c1) {
    %v = memref.load %x[%i, %j] : memref<2x3xf32>
    memref.store %v, %y[%i, %j] : memref<2x3xf32>
  } {coco.serial}
  return
}

// One piece needs no function of its own.
// CHECK-LABEL: define internal void @parallel.{{.*}}single
// CHECK-NOT: call
// CHECK: ret void
func.func private @single(%y: memref<2x3xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  scf.parallel (%i) = (%c0) to (%c1) step (%c1) {
    memref.store %zero, %y[%i, %c0] : memref<2x3xf32>
  }
  return
}

// CHECK: define internal void @[[PIECE]](ptr noalias %0, ptr noalias %1,
// CHECK: urem i64 %{{[0-9]+}}, 3
// CHECK: udiv i64 %{{[0-9]+}}, 3
// CHECK: define internal void @[[CALL]](ptr %0, i64 %1)
// CHECK: call void @[[PIECE]](

func.func @main(%x: memref<2x3xf32>, %y: memref<2x3xf32>) attributes {coco.inputs = ["x"], coco.outputs = ["y"]} {
  call @rows(%x, %y) : (memref<2x3xf32>, memref<2x3xf32>) -> ()
  call @single(%y) : (memref<2x3xf32>) -> ()
  return
}
